//! The trait of values, and how lists of them are read.

use super::{List, ValueError, unread::Unread};
use crate::{Element, Name};

/// A type that a property can be read as. Numbers, `bool`, text and the value types of this crate implement it.
/// Implement it for types of your own.
///
/// `'a` is the lifetime of what a value may borrow from: the body, or the response if an input lends each response.
///
/// ```
/// use multistatus::{
///     Element, Multistatus,
///     value::{Value, ValueError},
/// };
///
/// /// A colour as Apple's calendar writes it: red, green and blue.
/// #[derive(Debug, PartialEq)]
/// struct Colour(u8, u8, u8);
///
/// impl<'a> Value<'a> for Colour {
///     fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
///         let text = element.text();
///         if text.is_empty() {
///             return Ok(None);
///         }
///         let digits = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
///         let colour = || Some(Colour(digits(1)?, digits(3)?, digits(5)?));
///         match colour().filter(|_| text.starts_with('#')) {
///             Some(colour) => Ok(Some(colour)),
///             None => Err(ValueError::new(element, "a colour")),
///         }
///     }
/// }
///
/// let body = br##"<D:multistatus xmlns:D="DAV:" xmlns:A="http://apple.com/ns/ical/">
///     <D:response><D:href>/c/</D:href>
///     <D:propstat><D:prop><A:calendar-color>#FF8800FF</A:calendar-color></D:prop>
///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"##;
/// let response = Multistatus::new(body).next().unwrap()?;
/// let colour = response.props().read::<Colour>(multistatus::names::ical::CALENDAR_COLOR)?;
/// assert_eq!(colour, Some(Colour(255, 136, 0)));
/// # Ok::<(), multistatus::Error>(())
/// ```
pub trait Value<'a>: Sized {
    /// Reads `element`, a property. `None` when `element` is empty and the type has no empty value, as with numbers.
    ///
    /// # Errors
    /// When the content of `element` is not such a value.
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError>;

    /// Reads `element`, a property that is a list. [`List`] and `Vec` of the type are read by this function.
    ///
    /// Unless a type says otherwise, each child element is an entry, whatever its name. An entry that reads as `None`
    /// is left out. An entry that cannot be read becomes an error of the list. [`List::read_children`] takes only
    /// children of one name.
    ///
    /// # Errors
    /// When the property is not empty but has no entry that can be read.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        if element.is_only_text() {
            return Err(ValueError::new(element, "a list"));
        }
        List::read_each(element.children()).map(Some)
    }
}

impl<'a, T: Value<'a>> List<T> {
    /// Reads the children of `element` called `name` with [`Value::read`], for a [`Value::read_list`] of your own. A
    /// child that reads as `None` is left out. A child that cannot be read becomes an error of the list. Children of
    /// other names are passed over.
    ///
    /// # Errors
    /// When there are such children but all of them fail. Also when `element` has only other content: then the error
    /// says that `element` is not `expected`, such as "a set of colours".
    pub fn read_children<'n>(
        element: Element<'_, 'a>,
        name: impl Into<Name<'n>>,
        expected: &str,
    ) -> Result<Option<Self>, ValueError> {
        List::read_each(element.members(name.into(), expected)?.into_iter()).map(Some)
    }

    /// Reads the value of each of `elements`.
    pub(super) fn read_each<'r>(elements: impl Iterator<Item = Element<'r, 'a>>) -> Result<Self, ValueError>
    where
        'a: 'r,
    {
        let (mut entries, mut unread) = (Vec::new(), Unread::default());
        for element in elements {
            match T::read(element) {
                Ok(entry) => entries.extend(entry),
                Err(error) => unread.push_error(error),
            }
        }
        List::of(entries, unread)
    }
}

/// Reads the entries of the property with [`Value::read_list`] of `T`.
impl<'a, T: Value<'a>> Value<'a> for List<T> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        T::read_list(element)
    }
}

/// Reads every entry of the [`List`]. Fails when one of them cannot be read.
impl<'a, T: Value<'a>> Value<'a> for Vec<T> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        T::read_list(element)?.map(List::complete).transpose()
    }
}
