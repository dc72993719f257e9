use std::{fmt, ops::Deref, slice, vec};

use super::owned::{Namespaces, Own};
use super::{ValueError, fault::Fault, unread::Unread};
use crate::{Element, Name};

/// The value of a property that is a list. A `List` holds the entries that can be read, in the order they were sent in,
/// and the errors of the other entries.
///
/// A list is used like a slice of the entries that can be read. Where a missing entry does harm, check
/// [`List::is_complete`], call [`List::complete`], or let [`Props::read`](crate::Props::read) return a `Vec<T>`, which
/// fails as soon as one entry cannot be read. (An access control list is an [`Acl`](crate::value::Acl), where each
/// error is in the place of its entry.)
///
/// When the property is not empty but no entry can be read, reading the property fails as a whole.
///
/// The type `T` says in [`Value::read_list`](crate::value::Value::read_list) what an entry is and how an entry is read.
/// So you can read lists of your own types, too.
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

impl<T> List<T> {
    pub(super) fn new(entries: Vec<T>) -> Self {
        List { entries, unread: Unread::default() }
    }

    /// Reads the children of `element` called `name`, each with `entry`. Children of other names are passed over. If
    /// `element` has only other content, the error says that `element` is not `expected`.
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

    /// Makes a list of entries and errors. Fails with the first error when there are no entries.
    pub(super) fn of(entries: Vec<T>, unread: Unread) -> Result<Self, ValueError> {
        unread.or_nothing(entries.is_empty())?;
        Ok(List { entries, unread })
    }

    /// The errors of the entries that could not be read, in the order of these entries. At most the first 100 errors.
    pub fn errors(&self) -> &[ValueError] {
        self.unread.first()
    }

    /// Whether every entry could be read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.errors().is_empty()
    }

    /// Returns all entries.
    ///
    /// # Errors
    /// The first error, when an entry could not be read.
    pub fn complete(self) -> Result<Vec<T>, ValueError> {
        self.unread.none()?;
        Ok(self.entries)
    }

    /// Returns the entries that could be read, and drops the errors.
    pub fn into_vec(self) -> Vec<T> {
        self.entries
    }
}

impl<T: Own> List<T> {
    /// Turns the list into one that borrows nothing.
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

impl<T> Default for List<T> {
    fn default() -> Self {
        List::new(Vec::new())
    }
}

/// Returns the entries that could be read.
impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.entries
    }
}

/// Iterates over the entries that could be read.
impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// Iterates over the entries that could be read.
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

/// Shows the entries that could be read, then the errors of the other entries.
impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.entries).entries(self.errors()).finish()
    }
}
