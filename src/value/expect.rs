//! Reads what a value expects in an element: text, or children of one name. Anything else is an error.

use std::borrow::Cow;

use super::error::ValueError;
use crate::{Element, Name};

impl<'a> Element<'_, 'a> {
    /// Returns the text of the element. Fails when the element has child elements.
    pub(super) fn plain_text(self) -> Result<Cow<'a, str>, ValueError> {
        if self.has_children() {
            return Err(ValueError::new(self, "text without elements"));
        }
        Ok(self.text())
    }

    /// Returns the text without white space around it, or `None` if that is empty. Fails when there are child elements.
    pub(super) fn trimmed_text(self, expected: &'static str) -> Result<Option<Cow<'a, str>>, ValueError> {
        if self.has_children() {
            return Err(ValueError::new(self, expected));
        }
        Ok(Some(self.frame.trimmed(self.node)).filter(|text| !text.is_empty()))
    }

    /// Makes a value of the trimmed text with `of`. Returns `None` when that text is empty. Fails when `of` returns
    /// `None`, or when there are child elements. Then the error says that the element is not `expected`.
    pub(super) fn read_text<T>(
        self,
        expected: &'static str,
        of: impl FnOnce(Cow<'a, str>) -> Option<T>,
    ) -> Result<Option<T>, ValueError> {
        let Some(text) = self.trimmed_text(expected)? else { return Ok(None) };
        of(text).map(Some).ok_or_else(|| ValueError::new(self, expected))
    }

    /// Returns the element if it is called `name`. Otherwise the error says that it is not `expected`.
    pub(super) fn called(self, name: Name<'_>, expected: &str) -> Result<Self, ValueError> {
        if self.name() == name { Ok(self) } else { Err(ValueError::new(self, expected)) }
    }

    /// Returns the children called `name`. Children of other names are passed over. If the element has some content but
    /// no such child, the error says that it is not `expected`.
    pub(super) fn members(self, name: Name<'_>, expected: &str) -> Result<Vec<Self>, ValueError> {
        let members: Vec<_> = self.children().filter(|child| child.name() == name).collect();
        if members.is_empty() && !self.is_blank() {
            return Err(ValueError::new(self, expected));
        }
        Ok(members)
    }
}
