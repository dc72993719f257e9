use std::cell::{Cell, RefCell};
use std::{borrow::Cow, fmt, sync::Arc};

use crate::error::{Facts, line_column, shortened};
use crate::parse::{self, Role};
use crate::text::{boundary, slice};
use crate::{Element, Error, ErrorKind, Tolerance};

/// The error when the value of a property cannot be read. The other values are not affected.
///
/// The displayed text names the property and the place. It never shows the text that was found, which may be private:
/// [`ValueError::found`] returns that text. A `ValueError` converts to an [`Error`] that is not fatal, so `?` works for
/// both.
#[derive(Clone, PartialEq, Eq)]
pub struct ValueError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: ValueErrorKind,
    message: Cow<'static, str>,
    property: Arc<str>,
    href: Arc<str>,
    path: Box<str>,
    offset: u64,
    found: Box<str>,
    reason: Option<Box<str>>,
    place: Place,
    /// Whether the element at fault is present but has no value, such as a time of 0.
    is_nothing: bool,
}

/// How much is known about the place of an error. The place is the offset, path, property and href.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Unknown,
    /// Only the element at fault is known. The rest of the place is not looked up yet.
    #[cfg(feature = "serde")]
    Element(u32),
    /// The whole place is known.
    Known,
}

/// What the errors of one list or struct share. Only the first [`WITH_PATH`] errors have a path, so that many errors
/// take neither much time nor much memory.
#[derive(Default)]
pub(super) struct Places {
    count: Cell<usize>,
    last: RefCell<Option<(Arc<str>, Arc<str>)>>,
}

/// The number of errors of one list or struct that have a path.
const WITH_PATH: usize = 100;

impl Places {
    /// Counts the next error, and returns whether that error has a path.
    fn has_path(&self) -> bool {
        self.count.set(self.count.get() + 1);
        self.count.get() <= WITH_PATH
    }

    /// Gives `error` a place, so that it can be kept beside other errors. The place is `element`, unless the error
    /// already has a place or an element.
    pub(super) fn keep(&self, mut error: ValueError, element: Element<'_, '_>) -> ValueError {
        let has_path = self.has_path();
        if error.0.place == Place::Known {
            if !has_path {
                error.0.path = Box::default();
            }
            return self.share(error);
        }
        match &*self.last.borrow() {
            Some((property, href)) if !has_path => {
                let element = error.element(element);
                let inner = &mut *error.0;
                (inner.offset, inner.found) = (element.frame.offset(element.node), found(element));
                (inner.property, inner.href) = (Arc::clone(property), Arc::clone(href));
                inner.place = Place::Known;
                return error;
            }
            _ => error = error.placed(element),
        }
        self.share(error)
    }

    /// Makes `error` share property and href with the last error, if both are equal to those of the last error.
    fn share(&self, mut error: ValueError) -> ValueError {
        let mut last = self.last.borrow_mut();
        let inner = &mut *error.0;
        match &*last {
            Some((property, href)) if *property == inner.property && *href == inner.href => {
                (inner.property, inner.href) = (Arc::clone(property), Arc::clone(href));
            }
            _ => *last = Some((Arc::clone(&inner.property), Arc::clone(&inner.href))),
        }
        error
    }
}

/// The kinds of [`ValueError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueErrorKind {
    /// The value does not have the form that the property, or the type it is read as, requires.
    Unreadable,
    /// The property was returned several times, with different values.
    Conflicting,
    /// The value has a fault that the [`Options`](crate::Options) do not forgive.
    Refused(Tolerance),
    /// A struct has a field for the property, but the property was not returned with success.
    Missing,
}

/// The largest number of bytes of [`ValueError::found`].
const FOUND: usize = 256;

/// The largest number of bytes of a message. A message may list the variants of an enum, which may be many.
const MESSAGE: usize = 200;

impl ValueError {
    /// Makes an error for a [`Value`](crate::value::Value) of your own. The error says that `element` is not
    /// `expected`, such as "a colour".
    #[cold]
    pub fn new(element: Element<'_, '_>, expected: &str) -> Self {
        Self::not(&expected).placed(element)
    }

    #[cold]
    pub(super) fn conflicting(element: Element<'_, '_>) -> Self {
        Self::sent_again().placed(element)
    }

    /// Makes an error as [`ValueError::conflicting`] does, without a place yet.
    pub(super) fn sent_again() -> Self {
        let message = "sent again with another value".to_owned();
        Self::without_place(ValueErrorKind::Conflicting, message, None)
    }

    /// Makes an error as [`ValueError::new`] does, without a place yet.
    pub(super) fn not(expected: &dyn fmt::Display) -> Self {
        Self::without_place(ValueErrorKind::Unreadable, format!("not {expected}"), None)
    }

    /// Makes an error whose place is not known yet. The words of a user's type may contain the value, so they are
    /// passed as `reason`, not in `message`.
    #[cold]
    pub(super) fn without_place(kind: ValueErrorKind, mut message: String, reason: Option<String>) -> Self {
        message.truncate(boundary(&message, MESSAGE));
        ValueError(Box::new(Inner {
            kind,
            message: Cow::Owned(message),
            property: Arc::default(),
            href: Arc::default(),
            path: Box::default(),
            offset: 0,
            found: Box::default(),
            reason: reason.map(Into::into),
            place: Place::Unknown,
            is_nothing: false,
        }))
    }

    /// Makes the error that `element` is present but has no value.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn nothing(element: Element<'_, '_>) -> Self {
        let mut error = Self::pending(element, "a value");
        error.0.is_nothing = true;
        error
    }

    #[cfg(feature = "serde")]
    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_nothing
    }

    /// Makes the error that a struct requires `field`, which was not returned.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn missing(field: &'static str) -> Self {
        let mut error = Self::without_place(ValueErrorKind::Missing, format!("{field} is missing"), None);
        error.0.property = crate::Name::from(field).to_string().into();
        error
    }

    /// Makes an error as [`ValueError::new`] does, for a value that serde reads. The place is looked up later.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn pending(element: Element<'_, '_>, expected: &str) -> Self {
        Self::not(&expected).at(element)
    }

    /// Notes `element` as the element at fault, unless the error already has a place or an element.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn at(mut self, element: Element<'_, '_>) -> Self {
        if self.0.place == Place::Unknown {
            self.0.place = Place::Element(element.node);
        }
        self
    }

    /// Looks up the place of the error. The place is `element`, unless the error already has a place or an element.
    #[cold]
    pub(super) fn placed(mut self, element: Element<'_, '_>) -> Self {
        if self.0.place == Place::Known {
            return self;
        }
        let element = self.element(element);
        let Element { frame, node } = element;
        let around = || parse::upwards(&frame.nodes, node);
        let property = around().find(|(_, n)| n.role == Role::Property).map(|(id, _)| id);
        let (property, is_property) = (property.unwrap_or(node), property.is_some());
        let response = around().find(|(_, n)| n.role == Role::Response);
        let inner = &mut *self.0;
        if is_property || inner.property.is_empty() {
            inner.property = Element { frame, node: property }.name().to_string().into();
        }
        inner.href = response.map(|(id, _)| frame.href_of(id)).unwrap_or_default();
        inner.path = shortened(frame.path(node)).into();
        inner.offset = frame.offset(node);
        inner.found = found(element);
        inner.place = Place::Known;
        self
    }

    /// Returns the element at fault, or `element` if the one at fault is not known.
    fn element<'r, 'a>(&self, element: Element<'r, 'a>) -> Element<'r, 'a> {
        match self.0.place {
            #[cfg(feature = "serde")]
            Place::Element(node) => Element { node, ..element },
            Place::Unknown | Place::Known => element,
        }
    }

    /// The kind of the fault.
    pub fn kind(&self) -> ValueErrorKind {
        self.0.kind
    }

    /// What is wrong with the value, such as "not a date". The message has neither the place nor the text that was
    /// found.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The expanded name of the property, `{namespace}local`.
    pub fn property(&self) -> &str {
        &self.0.property
    }

    /// The href of the response that the property was returned in, as sent. Empty when there is no href among the first
    /// 1,000 children of the response.
    pub fn href(&self) -> &str {
        &self.0.href
    }

    /// The number of bytes in the body before the element that could not be read. If the body has another encoding than
    /// UTF-8, the bytes are counted after the conversion to UTF-8.
    pub fn offset(&self) -> u64 {
        self.0.offset
    }

    /// The elements around the element at fault, as in [`Error::path`]. Empty after the first 100 errors of one list or
    /// struct.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The text that could not be read. If the element has child elements or no text, this is the whole element as
    /// sent. Returns at most the first 256 bytes, not escaped.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// The line and column of [`ValueError::offset`] in `body`, as [`Error::line_column`] counts them.
    pub fn line_column(&self, body: &[u8]) -> (u64, u64) {
        line_column(body, self.offset())
    }

    /// The message of a `Deserialize` of your own, or of another crate. The message may contain the value.
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

impl std::error::Error for ValueError {}

/// Shows what is wrong and where, without the value.
impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{} at byte {}", inner.message, inner.offset)?;
        if inner.path.is_empty() { Ok(()) } else { write!(f, ", in {}", inner.path) }
    }
}

/// Shows the property, the error as displayed, and the kind, without the value.
impl fmt::Debug for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, property, .. } = &*self.0;
        match property.is_empty() {
            true => write!(f, "{self} ({kind})"),
            false => write!(f, "{property}: {self} ({kind})"),
        }
    }
}

/// Shows the name of the variant, with what it holds in parentheses: `Unreadable`, `Refused(DateForm)`.
impl fmt::Display for ValueErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueErrorKind::Unreadable => f.write_str("Unreadable"),
            ValueErrorKind::Conflicting => f.write_str("Conflicting"),
            ValueErrorKind::Refused(tolerance) => write!(f, "Refused({tolerance})"),
            ValueErrorKind::Missing => f.write_str("Missing"),
        }
    }
}

/// Makes an error of kind [`ErrorKind::Value`] or [`ErrorKind::Refused`]. The error is not fatal.
impl From<ValueError> for Error {
    fn from(error: ValueError) -> Self {
        let inner = *error.0;
        let kind = match inner.kind {
            ValueErrorKind::Refused(tolerance) => ErrorKind::Refused(tolerance),
            _ => ErrorKind::Value,
        };
        let Inner { offset, path, message, .. } = inner;
        Error::new(Facts { kind, offset, path: path.into(), message, root: None, is_fatal: false })
    }
}

/// Returns the beginning of the text that could not be read, or of the element as sent.
fn found(element: Element<'_, '_>) -> Box<str> {
    let Element { frame, node } = element;
    let cut = |text: &str| slice(text, ..boundary(text, FOUND)).into();
    if element.is_only_text() {
        return cut(&element.text());
    }
    // `raw` would copy the whole element if the body had to be repaired.
    let (start, end) = frame.node(node).map_or((0, 0), |n| frame.outer(n));
    cut(slice(&frame.text, start..end))
}
