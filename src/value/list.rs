use std::{fmt, ops::Deref, slice, vec};

use super::{
    Element, Name, Value, ValueError,
    error::Fault,
    owned::{Namespaces, Own, owned},
};

/// What a property that is a list says: the entries that can be read, in the order they were sent in, and beside them
/// why the others cannot.
///
/// It is used like a slice of what can be read. Where one entry too few does harm, ask [`List::is_complete`], take
/// [`List::complete`], or let [`Props::read`](crate::Props::read) give a `Vec<T>`, which is an error as soon as one entry
/// cannot be read. (An access control list is an [`Acl`](crate::value::Acl), which shows at its place what cannot be read.)
///
/// A property in which something is, but no entry that can be read, is an error as a whole.
///
/// What is an entry, and how it is read, its type says by [`Value::read_list`]; so a list of a type of your own can be
/// read, too.
///
/// ```
/// use multistatus::{
///     Multistatus, names,
///     value::{List, ParentBinding},
/// };
///
/// let body = br#"<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href>
///     <D:propstat><D:prop><D:parent-set>
///     <D:parent><D:href>/p/</D:href><D:segment>a</D:segment></D:parent>
///     <D:parent><D:segment>b</D:segment></D:parent>
///     </D:parent-set></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>
///     </D:response></D:multistatus>"#;
/// let response = Multistatus::new(body).next().unwrap()?;
/// let parents = response.props().parent_set()?.unwrap();
/// assert_eq!((parents.len(), parents[0].segment.as_ref()), (1, "a"));
/// assert_eq!(parents.errors()[0].message(), "not a parent");
/// assert!(response.props().read::<Vec<ParentBinding>>(names::PARENT_SET).is_err());
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct List<T> {
    entries: Vec<T>,
    unread: Unread,
}

impl<'a, T: Value<'a>> List<T> {
    /// For a [`Value::read_list`] of your own: the children of `element` called `name`, each as [`Value::read`] reads it.
    /// One that says nothing is left out, and one that cannot be read is an error beside the others. Children of other
    /// names are passed over.
    ///
    /// # Errors
    /// When no entry can be read, and when there is something and none of these: it is not `expected`, such as "a set of
    /// colours".
    pub fn read_children<'n>(
        element: Element<'_, 'a>,
        name: impl Into<Name<'n>>,
        expected: &str,
    ) -> Result<Option<Self>, ValueError> {
        List::read_each(element.members(name.into(), expected)?.into_iter()).map(Some)
    }

    /// Each of `elements`.
    pub(super) fn read_each<'r>(elements: impl Iterator<Item = Element<'r, 'a>>) -> Result<Self, ValueError>
    where
        'a: 'r,
    {
        let mut list = List::default();
        for element in elements {
            match T::read(element) {
                Ok(entry) => list.entries.extend(entry),
                Err(error) => list.unread.push_error(error),
            }
        }
        List::of(list.entries, list.unread)
    }
}

/// As [`Value::read_list`] of `T` reads it: the children of the property that are entries.
impl<'a, T: Value<'a>> Value<'a> for List<T> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        T::read_list(element)
    }
}

impl<T> List<T> {
    pub(super) fn new(entries: Vec<T>) -> Self {
        List { entries, unread: Unread::default() }
    }

    /// The children of `element` called `name`, each as `entry` reads it. Others are passed over; but when there is
    /// something, and none of these, it is not `expected`.
    pub(super) fn read_members<'r, 'a>(
        element: Element<'r, 'a>,
        name: Name<'_>,
        expected: &'static str,
        entry: impl Fn(Element<'r, 'a>) -> Result<T, Fault<'r, 'a>>,
    ) -> Result<Option<Self>, ValueError> {
        let members = element.members(name, expected)?;
        let mut list = List::new(Vec::with_capacity(members.len()));
        for member in members {
            match entry(member) {
                Ok(entry) => list.entries.push(entry),
                Err(fault) => list.unread.push(fault),
            }
        }
        List::of(list.entries, list.unread).map(Some)
    }

    /// What was read: an error when nothing could be.
    pub(super) fn of(entries: Vec<T>, unread: Unread) -> Result<Self, ValueError> {
        unread.or_nothing(entries.is_empty())?;
        Ok(List { entries, unread })
    }

    /// Why entries could not be read, in their order; the first 100.
    pub fn errors(&self) -> &[ValueError] {
        self.unread.first()
    }

    /// Whether every entry could be read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.errors().is_empty()
    }

    /// All entries.
    ///
    /// # Errors
    /// The first error, when an entry could not be read.
    pub fn complete(self) -> Result<Vec<T>, ValueError> {
        self.unread.none()?;
        Ok(self.entries)
    }

    /// The entries that could be read.
    pub fn into_vec(self) -> Vec<T> {
        self.entries
    }
}

impl<T: Own> List<T> {
    /// The same, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> List<T::Owned> {
        self.own(&mut Namespaces::default())
    }
}

impl<T: Own> Own for List<T> {
    type Owned = List<T::Owned>;

    fn own(self, namespaces: &mut Namespaces) -> Self::Owned {
        List { entries: self.entries.own(namespaces), unread: self.unread }
    }
}

/// Every entry, as [`List`]; an error when one of them cannot be read.
impl<'a, T: Value<'a>> Value<'a> for Vec<T> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        T::read_list(element)?.map(List::complete).transpose()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List::new(Vec::new())
    }
}

/// The entries that could be read.
impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.entries
    }
}

/// The entries that could be read.
impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// The entries that could be read.
impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(entries: Vec<T>) -> Self {
        List::new(entries)
    }
}

/// A list with an entry that could not be read is unequal to every array.
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for List<T> {
    fn eq(&self, other: &[U; N]) -> bool {
        self.is_complete() && self.entries == *other
    }
}

/// A list with an entry that could not be read is unequal to every `Vec`.
impl<T: PartialEq<U>, U> PartialEq<Vec<U>> for List<T> {
    fn eq(&self, other: &Vec<U>) -> bool {
        self.is_complete() && self.entries == *other
    }
}

/// The entries that could be read, then the errors of the others.
impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.entries).entries(self.errors()).finish()
    }
}

/// Why parts of a value could not be read.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Unread(
    // Nearly always there are none.
    #[allow(clippy::box_collection, reason = "a word instead of three")] Option<Box<Vec<ValueError>>>,
);

/// So many errors are kept: who wants to know what is wrong with a list needs no more.
const MOST: usize = 100;

impl Unread {
    #[cold]
    pub(super) fn push(&mut self, fault: Fault<'_, '_>) {
        self.push_with(|| fault.into());
    }

    #[cold]
    fn push_error(&mut self, error: ValueError) {
        self.push_with(|| error);
    }

    /// Makes no error that is not kept.
    fn push_with(&mut self, error: impl FnOnce() -> ValueError) {
        let errors = self.0.get_or_insert_default();
        if errors.len() < MOST {
            errors.push(error());
        }
    }

    pub(super) fn first(&self) -> &[ValueError] {
        self.0.as_ref().map_or(&[], |errors| errors)
    }

    /// The first error, if there is one.
    fn none(&self) -> Result<(), ValueError> {
        self.first().first().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// The first error, when nothing else `is_empty`.
    pub(super) fn or_nothing(&self, is_empty: bool) -> Result<(), ValueError> {
        if is_empty { self.none() } else { Ok(()) }
    }
}

owned! { Unread }

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.first()).finish()
    }
}
