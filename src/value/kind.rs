//! The trait of values, and how lists of them are read.

use std::ops::ControlFlow;

use super::{List, ValueError, unread::Unread};
use crate::{Element, Name, Props, view::Frame};

/// A type that a property can be read as. Numbers, `bool`, text and the value types of this crate implement it.
/// Implement it for types of your own.
///
/// `'a` is the lifetime of the body, or of the response if an input lends it. A value may borrow from that.
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
    /// The value of `element`, a property. `None` when it is empty and the type has no empty value, as for a number.
    ///
    /// # Errors
    /// When its content is not such a value.
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError>;

    /// The values in `element`, a property that is a list. [`List`] and `Vec` of the type are read by it.
    ///
    /// Unless a type says otherwise, each child element is an entry, whatever its name. An entry that reads as `None`
    /// is left out. One that cannot be read is an error beside the others. [`List::read_children`] takes only children
    /// of one name.
    ///
    /// # Errors
    /// When it is not empty but has no entry that can be read.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        if element.is_only_text() {
            return Err(ValueError::new(element, "a list"));
        }
        List::read_each(element.children()).map(Some)
    }
}

impl<'r, 'a> Props<'r, 'a> {
    /// The value of any property, as any type. `None` when the property was not returned with success
    /// ([`Response::lookup`](crate::Response::lookup) says why). An empty property is `None` for numbers, dates, tags
    /// and hrefs, `""` for text, and an empty set for sets.
    ///
    /// ```
    /// # let body = br#"<D:multistatus xmlns:D="DAV:" xmlns:oc="http://owncloud.org/ns"><D:response><D:href>/a</D:href>
    /// #   <D:propstat><D:prop><oc:size>7</oc:size></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>
    /// #   </D:response></D:multistatus>"#;
    /// # let response = multistatus::Multistatus::new(body).next().unwrap()?;
    /// use multistatus::{names, value::Quota};
    ///
    /// let props = response.props();
    /// assert_eq!(props.read::<Quota>(names::owncloud::SIZE)?, Some(Quota::Bytes(7)));
    /// assert_eq!(props.read::<String>("{urn:x}note")?, None);
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the property was returned but cannot be read, or was returned several times and not sent the same each time
    /// ([`ValueErrorKind::Conflicting`](super::ValueErrorKind::Conflicting)). The other properties are not affected.
    pub fn read<'n, V: Value<'a>>(&self, name: impl Into<Name<'n>>) -> Result<Option<V>, ValueError> {
        let Some(sought) = Frame::sought(&name.into()) else { return Ok(None) };
        let (mut first, mut differs) = (None, differs_from_last());
        let conflict = self.find(&sought, |element| {
            if differs(&element) {
                return ControlFlow::Break(element);
            }
            first.get_or_insert(element);
            ControlFlow::Continue(())
        });
        match (first, conflict) {
            (_, Some(element)) => Err(ValueError::conflicting(element)),
            (Some(element), None) => V::read(element),
            (None, None) => Ok(None),
        }
    }
}

/// Whether an element has another value than the element of the call before. Of elements with one name, the first for
/// which this is true is in conflict. Each is compared only with its neighbours, so a large one is looked at only
/// twice.
pub(super) fn differs_from_last<'r, 'a: 'r>() -> impl FnMut(&Element<'r, 'a>) -> bool {
    let mut last = None::<Element<'r, 'a>>;
    move |element| last.replace(*element).is_some_and(|last| !last.is_same_value(element))
}

impl<'a> Element<'_, 'a> {
    /// Its value as a `V`, as [`Props::read`] reads a property.
    ///
    /// # Errors
    /// When it cannot be read as a `V`.
    pub fn read<V: Value<'a>>(self) -> Result<Option<V>, ValueError> {
        V::read(self)
    }
}

impl<'a, T: Value<'a>> List<T> {
    /// The children of `element` called `name`, each as [`Value::read`] reads it, for a [`Value::read_list`] of your
    /// own. A child that reads as `None` is left out. One that cannot be read is an error beside the others. Children
    /// of other names are passed over.
    ///
    /// # Errors
    /// When there are such children but none of them can be read. Also when `element` has only other content: then it
    /// is not `expected`, such as "a set of colours".
    pub fn read_children<'n>(
        element: Element<'_, 'a>,
        name: impl Into<Name<'n>>,
        expected: &str,
    ) -> Result<Option<Self>, ValueError> {
        List::read_each(element.members(name.into(), expected)?.into_iter()).map(Some)
    }

    /// The value of each of `elements`.
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

/// The entries of the property, as [`Value::read_list`] of `T` reads them.
impl<'a, T: Value<'a>> Value<'a> for List<T> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        T::read_list(element)
    }
}

/// Every entry of the [`List`]. An error when one of them cannot be read.
impl<'a, T: Value<'a>> Value<'a> for Vec<T> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        T::read_list(element)?.map(List::complete).transpose()
    }
}
