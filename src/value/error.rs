use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    fmt,
    sync::Arc,
};

use crate::{
    Element, Error, ErrorKind, Tolerance,
    error::{line_column, shortened},
    parse::{self, Role},
};

/// Why the value of a property could not be read. It costs that value only.
///
/// Its text names the property and the place, and never shows what was found, which may be private: that is
/// [`ValueError::found`]. It converts to an [`Error`] that is not fatal, so that `?` works for both.
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
    /// Where the fault is, until the error gets its place.
    node: Option<u32>,
    has_place: bool,
    /// It says nothing, as a time of 0 does.
    is_nothing: bool,
}

/// What is wrong with an element, before anything is looked up for the error.
#[derive(Clone, Copy)]
pub(super) struct Fault<'r, 'a> {
    element: Element<'r, 'a>,
    problem: Problem,
}

#[derive(Clone, Copy)]
enum Problem {
    Not(&'static str),
    Refused(Tolerance),
}

impl<'r, 'a> Fault<'r, 'a> {
    /// `element` is not `expected`.
    pub(super) fn not(element: Element<'r, 'a>, expected: &'static str) -> Self {
        Fault { element, problem: Problem::Not(expected) }
    }
}

/// What the errors of one reading share. So that many of them take neither much time nor memory, only the first have a
/// path.
#[derive(Default)]
pub(super) struct Places {
    count: Cell<usize>,
    last: RefCell<Option<(Arc<str>, Arc<str>)>>,
}

/// So many errors of one reading have a path.
const WITH_PATH: usize = 100;

impl Places {
    /// Whether the next error has a path.
    fn has_path(&self) -> bool {
        self.count.set(self.count.get() + 1);
        self.count.get() <= WITH_PATH
    }

    /// The error of a fault.
    #[cold]
    pub(super) fn error(&self, fault: Fault<'_, '_>) -> ValueError {
        self.keep(fault.without_place(), fault.element)
    }

    /// An error that is kept beside others; it is at `element`, unless it knows better.
    pub(super) fn keep(&self, mut error: ValueError, element: Element<'_, '_>) -> ValueError {
        let element = Element { node: error.0.node.unwrap_or(element.node), ..element };
        let has_path = self.has_path();
        if error.0.has_place {
            if !has_path {
                error.0.path = Box::default();
            }
        } else if has_path || self.last.borrow().is_none() {
            error.place(element);
        } else {
            error.0.offset = element.frame.offset(element.node);
            error.0.found = found(element);
            (error.0.has_place, error.0.node) = (true, None);
            if let Some((property, href)) = &*self.last.borrow() {
                (error.0.property, error.0.href) = (Arc::clone(property), Arc::clone(href));
            }
            return error;
        }
        self.share(error)
    }

    /// The same with property and href of the last one, where they are equal.
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

impl Fault<'_, '_> {
    /// The error, whose place is made later.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn pending(self) -> ValueError {
        self.without_place().at(self.element)
    }

    fn without_place(&self) -> ValueError {
        let (kind, message) = match self.problem {
            Problem::Not(expected) => (ValueErrorKind::Unreadable, format!("not {expected}")),
            Problem::Refused(tolerance) => {
                (ValueErrorKind::Refused(tolerance), format!("{tolerance} is refused"))
            }
        };
        ValueError::without_place(kind, message, None)
    }
}

impl From<Fault<'_, '_>> for ValueError {
    #[cold]
    fn from(fault: Fault<'_, '_>) -> Self {
        let mut error = fault.without_place();
        error.place(fault.element);
        error
    }
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

impl ValueError {
    /// For a [`Value`](crate::value::Value) of your own: `element` is not `expected`, such as "a colour".
    #[cold]
    pub fn new(element: Element<'_, '_>, expected: &str) -> Self {
        Self::of(element, ValueErrorKind::Unreadable, format!("not {expected}"))
    }

    #[cold]
    pub(super) fn conflicting(element: Element<'_, '_>) -> Self {
        Self::of(element, ValueErrorKind::Conflicting, "sent again with another value".to_owned())
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
        message.truncate(crate::text::boundary(&message, MESSAGE));
        ValueError(Box::new(Inner {
            kind,
            message: Cow::Owned(message),
            property: Arc::default(),
            href: Arc::default(),
            path: Box::default(),
            offset: 0,
            found: Box::default(),
            reason: reason.map(Into::into),
            node: None,
            has_place: false,
            is_nothing: false,
        }))
    }

    /// `element` says nothing.
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

    /// A struct wants `field`, and there is none.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn missing(field: &'static str) -> Self {
        let mut error = Self::without_place(ValueErrorKind::Missing, format!("{field} is missing"), None);
        error.0.property = crate::Name::from(field).to_string().into();
        error
    }

    /// For what is read by serde: as [`ValueError::new`], but its place is made later.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn pending(element: Element<'_, '_>, expected: &str) -> Self {
        Self::without_place(ValueErrorKind::Unreadable, format!("not {expected}"), None).at(element)
    }

    /// The same error, which is at `element` unless it knows better.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn at(mut self, element: Element<'_, '_>) -> Self {
        if !self.0.has_place {
            self.0.node.get_or_insert(element.node);
        }
        self
    }

    /// The same error with its place, which is at `element` unless it knows better.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn placed(mut self, element: Element<'_, '_>) -> Self {
        if !self.0.has_place {
            self.place(Element { node: self.0.node.unwrap_or(element.node), ..element });
        }
        self
    }

    fn place(&mut self, element: Element<'_, '_>) {
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
        (inner.has_place, inner.node) = (true, None);
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

    /// The href of the response it was returned in, as sent; empty when there is none among its first 1,000 children.
    pub fn href(&self) -> &str {
        &self.0.href
    }

    /// Where: the number of bytes before the element that could not be read, from the start of the body. Of a body in
    /// another encoding, those of its UTF-8 form.
    pub fn offset(&self) -> u64 {
        self.0.offset
    }

    /// The elements around it, as [`Error::path`]. Empty after the first 100 errors of one list or struct.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The text that could not be read; of an element with others in it, or without text, all of it as sent. Its first
    /// 256 bytes, not escaped.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Line and column of [`ValueError::offset`] in `body`, as [`Error::line_column`].
    pub fn line_column(&self, body: &[u8]) -> (u64, u64) {
        line_column(body, self.offset())
    }

    /// What a `Deserialize` of your own, or of another crate, said. It may hold the value.
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

impl std::error::Error for ValueError {}

/// What is wrong and where: no value.
impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{} at byte {}", inner.message, inner.offset)?;
        if inner.path.is_empty() { Ok(()) } else { write!(f, ", in {}", inner.path) }
    }
}

/// As it displays, with the property and the kind: no value.
impl fmt::Debug for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, property, .. } = &*self.0;
        match property.is_empty() {
            true => write!(f, "{self} ({kind})"),
            false => write!(f, "{property}: {self} ({kind})"),
        }
    }
}

/// The name of the variant, with what it holds in parentheses: `Unreadable`, `Refused(DateForm)`.
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

/// One of kind [`ErrorKind::Value`] or [`ErrorKind::Refused`], which is not fatal.
impl From<ValueError> for Error {
    fn from(error: ValueError) -> Self {
        let inner = *error.0;
        let kind = match inner.kind {
            ValueErrorKind::Refused(tolerance) => ErrorKind::Refused(tolerance),
            _ => ErrorKind::Value,
        };
        Error::new(kind, inner.offset, inner.path.into(), inner.message, None, false)
    }
}

/// The beginning of the text that could not be read, or of the element as sent.
fn found(element: Element<'_, '_>) -> Box<str> {
    let Element { frame, node } = element;
    let cut = |text: &str| text.get(..crate::text::boundary(text, FOUND)).unwrap_or_default().into();
    if !element.has_children() && !element.is_blank() {
        return cut(&element.text());
    }
    // Not `raw`, which copies all of it where the body had to be repaired.
    let (start, end) = frame.node(node).map_or((0, 0), |n| frame.outer(n));
    cut(frame.text.get(start..end).unwrap_or_default())
}

impl<'r, 'a> Element<'r, 'a> {
    /// A fault when `tolerance` is not forgiven.
    pub(super) fn forgive(self, tolerance: Tolerance) -> Result<(), Fault<'r, 'a>> {
        match self.frame.about.refused.has(tolerance) {
            true => Err(Fault { element: self, problem: Problem::Refused(tolerance) }),
            false => Ok(()),
        }
    }
}
