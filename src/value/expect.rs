//! What kinds of values expect in an element: its text, or children of one name. Anything else is an error.

use std::borrow::Cow;

use super::error::ValueError;
use crate::{Element, Name};

impl<'a> Element<'_, 'a> {
    /// Its text. An error when it has child elements.
    pub(super) fn plain_text(self) -> Result<Cow<'a, str>, ValueError> {
        if self.has_children() {
            return Err(ValueError::new(self, "text without elements"));
        }
        Ok(self.text())
    }

    /// Its text without white space around it. `None` when that is empty, and an error when it has child elements.
    pub(super) fn trimmed_text(self, expected: &'static str) -> Result<Option<Cow<'a, str>>, ValueError> {
        if self.has_children() {
            return Err(ValueError::new(self, expected));
        }
        Ok(Some(self.frame.trimmed(self.node)).filter(|text| !text.is_empty()))
    }

    /// What `of` makes of its text without white space around it. `None` when that is empty. It is not `expected` when
    /// `of` makes nothing of it, or when it has child elements.
    pub(super) fn read_text<T>(
        self,
        expected: &'static str,
        of: impl FnOnce(Cow<'a, str>) -> Option<T>,
    ) -> Result<Option<T>, ValueError> {
        let Some(text) = self.trimmed_text(expected)? else { return Ok(None) };
        of(text).map(Some).ok_or_else(|| ValueError::new(self, expected))
    }

    /// The element itself, if it is called `name`. It is not `expected` otherwise.
    pub(super) fn called(self, name: Name<'_>, expected: &str) -> Result<Self, ValueError> {
        if self.name() == name { Ok(self) } else { Err(ValueError::new(self, expected)) }
    }

    /// Its children called `name`. Children of other names are passed over. If it has some content but no such child, it
    /// is not `expected`.
    pub(super) fn members(self, name: Name<'_>, expected: &str) -> Result<Vec<Self>, ValueError> {
        let members: Vec<_> = self.children().filter(|child| child.name() == name).collect();
        if members.is_empty() && !self.is_blank() {
            return Err(ValueError::new(self, expected));
        }
        Ok(members)
    }
}
