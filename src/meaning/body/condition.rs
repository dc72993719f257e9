//! A condition that a request has violated.

use std::{fmt, mem};

use super::room::{fitting, size_of_name};
use crate::{Element, Href, names, value::ElementName};

/// A condition that was violated: a child of `DAV:error` (RFC 4918 section 16).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Condition {
    /// The name of the condition: see [`names::conditions`](crate::names::conditions).
    pub name: ElementName<'static>,
    /// The hrefs in the condition, as sent, at most 16: the resources that are in the way, such as the roots of locks.
    pub hrefs: Vec<Href<'static>>,
}

impl Condition {
    pub(super) fn of(element: Element<'_, '_>) -> Self {
        /// The most hrefs to keep. A server may name every member, if all are locked.
        const MOST: usize = 16;
        let hrefs = element.children().filter(|child| child.name() == names::HREF).take(MOST);
        let hrefs = hrefs.map(|href| Href::new(&*href.text()).into_owned());
        Condition { name: ElementName::from(element.name()), hrefs: hrefs.collect() }
    }

    /// Makes the conditions of one response or root, as many as [`fitting`] has room for.
    pub(super) fn some<'r, 'a: 'r>(elements: impl Iterator<Item = Element<'r, 'a>>) -> Vec<Self> {
        fitting(elements.map(Condition::of), Condition::size).0.to_vec()
    }

    /// Returns how many bytes of memory the condition takes.
    pub(super) fn size(&self) -> usize {
        let hrefs = self.hrefs.iter().map(|href| mem::size_of::<Href<'_>>() + href.as_str().len());
        mem::size_of::<Condition>() + size_of_name(&self.name) + hrefs.sum::<usize>()
    }
}

/// Shows the name, and the hrefs in brackets.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name.to_string().escape_debug())?;
        for (number, href) in self.hrefs.iter().enumerate() {
            write!(f, "{}{}", if number == 0 { " (" } else { ", " }, href.as_str().escape_debug())?;
        }
        f.write_str(if self.hrefs.is_empty() { "" } else { ")" })
    }
}
