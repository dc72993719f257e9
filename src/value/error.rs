use std::{borrow::Cow, fmt};

use crate::{
    Element, Error, ErrorKind, Tolerance,
    error::shortened,
    parse::{self, Role},
};

/// Why the value of a property could not be read. It costs that value only.
///
/// Its text names the property and the place, and never shows what was found, which may be private: that is
/// [`ValueError::found`]. It converts to an [`Error`] that is not fatal, so that `?` works for both.
#[derive(Clone, thiserror::Error)]
#[error("{} at byte {}, in {}", .0.message, .0.offset, .0.path)]
pub struct ValueError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ValueErrorKind,
    message: String,
    property: Box<str>,
    href: Box<str>,
    path: String,
    offset: u64,
    found: Box<str>,
    reason: Option<Box<str>>,
}

/// The kinds of [`ValueError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueErrorKind {
    /// It is not what the property, or the type it is read as, has to be.
    Unreadable,
    /// The property was returned several times, with different values.
    Conflicting,
    /// It has a fault that [`Options`](crate::Options) refuse to forgive.
    Refused(Tolerance),
    /// A struct has a field for it, and it was not returned with success.
    Missing,
}

/// Most bytes of what was found.
const FOUND: usize = 256;

/// Most bytes of what is said of it: an enum may have many variants.
const MESSAGE: usize = 200;

/// The last place in `text` up to `most` where a character begins.
fn boundary(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

impl ValueError {
    /// For a [`Value`](crate::Value) of your own: `element` is not `expected`, such as "a colour".
    #[cold]
    pub fn new(element: Element<'_, '_>, expected: &str) -> Self {
        Self::of(element, ValueErrorKind::Unreadable, format!("not {expected}"))
    }

    #[cold]
    pub(super) fn conflicting(element: Element<'_, '_>) -> Self {
        Self::of(element, ValueErrorKind::Conflicting, "sent again with another value".to_owned())
    }

    #[cold]
    fn refused(element: Element<'_, '_>, tolerance: Tolerance) -> Self {
        Self::of(element, ValueErrorKind::Refused(tolerance), format!("{tolerance} is refused"))
    }

    #[cold]
    fn of(element: Element<'_, '_>, kind: ValueErrorKind, message: String) -> Self {
        let mut error = Self::without_place(kind, message, None);
        error.place(element);
        error
    }

    /// One whose place is not known yet. The words of a user's type may hold the value: they are the `reason`.
    #[cold]
    pub(super) fn without_place(kind: ValueErrorKind, mut message: String, reason: Option<String>) -> Self {
        message.truncate(boundary(&message, MESSAGE));
        ValueError(Box::new(Inner {
            kind,
            message,
            property: Box::default(),
            href: Box::default(),
            path: String::new(),
            offset: 0,
            found: Box::default(),
            reason: reason.map(Into::into),
        }))
    }

    /// A struct wants `field`, and there is none.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn missing(field: &'static str) -> Self {
        let mut error = Self::without_place(ValueErrorKind::Missing, format!("{field} is missing"), None);
        error.0.property = crate::Name::from(field).to_string().into();
        error
    }

    /// The same error at the place of `element`, unless it has one.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn at(mut self, element: Element<'_, '_>) -> Self {
        if self.0.path.is_empty() {
            self.place(element);
        }
        self
    }

    fn place(&mut self, element: Element<'_, '_>) {
        let Element { frame, node } = element;
        let around = || parse::upwards(&frame.nodes, node);
        let property = around().find(|(_, n)| n.role == Role::Property).map(|(id, _)| id);
        let (property, is_property) = (property.unwrap_or(node), property.is_some());
        let response = around().find(|(_, n)| n.role == Role::Response);
        let href = response.and_then(|(id, _)| frame.children(id).find(|(_, n)| n.role == Role::Href));
        let is_text = !element.has_children() && !element.is_blank();
        let found = if is_text { element.text() } else { element.raw() };
        let inner = &mut *self.0;
        if is_property || inner.property.is_empty() {
            inner.property = Element { frame, node: property }.name().to_string().into();
        }
        inner.href = href.map(|(id, _)| frame.trimmed(id)).unwrap_or_default().into();
        inner.path = shortened(frame.path(node));
        inner.offset = frame.offset(node);
        inner.found = found.get(..boundary(&found, FOUND)).unwrap_or_default().into();
    }

    /// What kind of fault it is.
    pub fn kind(&self) -> ValueErrorKind {
        self.0.kind
    }

    /// What is wrong with it, without the place and without what was found: "not a date".
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The expanded name of the property, `{namespace}local`.
    pub fn property(&self) -> &str {
        &self.0.property
    }

    /// The href of the response it was returned in, as sent; empty when there is none.
    pub fn href(&self) -> &str {
        &self.0.href
    }

    /// Where: the number of bytes before the element that could not be read, from the start of the body. Of a body in
    /// another encoding, those of its UTF-8 form.
    pub fn offset(&self) -> u64 {
        self.0.offset
    }

    /// The elements around it, as [`Error::path`].
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The text that could not be read; of an element with others in it, or without text, all of it as sent. Its first
    /// 256 bytes, not escaped.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// What a `Deserialize` of your own, or of another crate, said. It may hold the value.
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

/// As it displays: no value.
impl fmt::Debug for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("ValueError")
            .field("kind", &inner.kind)
            .field("property", &inner.property)
            .field("offset", &inner.offset)
            .field("message", &inner.message)
            .finish_non_exhaustive()
    }
}

/// One of kind [`ErrorKind::Value`] or [`ErrorKind::Refused`], which is not fatal.
impl From<ValueError> for Error {
    fn from(error: ValueError) -> Self {
        let inner = *error.0;
        let kind = match inner.kind {
            ValueErrorKind::Refused(tolerance) => ErrorKind::Refused(tolerance),
            _ => ErrorKind::Value,
        };
        Error::new(kind, inner.offset, inner.path, Cow::Owned(inner.message), None, false)
    }
}

impl<'a> Element<'_, 'a> {
    /// An error when `tolerance` is not forgiven.
    pub(super) fn forgive(self, tolerance: Tolerance) -> Result<(), ValueError> {
        if self.frame.refused.has(tolerance) { Err(ValueError::refused(self, tolerance)) } else { Ok(()) }
    }
}
