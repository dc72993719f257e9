//! Values of properties: text becomes dates, sizes, tags, sets.
//!
//! The getters of [`Props`] give them, and [`names`](crate::names) says as what a property is read. A type of your own
//! becomes one by [`Value`]. What cannot be read is a [`ValueError`], which costs that value only; a [`List`] has it
//! beside the entries that can be read.

// `props` lists every property that is known by name, with its type. A new property is a row there; a new kind of value
// a file here.

mod acl;
mod calendar;
#[cfg(all(test, feature = "date"))]
mod captured;
mod checksums;
mod collection;
#[cfg(feature = "date")]
mod date;
#[cfg(feature = "serde")]
mod de;
mod element_names;
mod error;
mod etag;
mod href;
pub(crate) mod iter;
mod list;
mod lock;
mod media_type;
mod number;
mod owned;
mod parent;
mod props;
mod roots;
#[cfg(all(test, feature = "date"))]
mod samples;
mod supported;
mod text;

use std::{borrow::Cow, ops::ControlFlow};

#[cfg(feature = "date")]
pub use self::date::{DateError, DateForm, DateTime, HttpDate, IcalendarDate};
#[cfg(feature = "serde")]
pub use self::de::Field;
pub use self::{
    acl::{Ace, Acl, NeededPrivileges, Principal, PrivilegeSet, PrivilegeTree, SupportedPrivilege},
    calendar::{ComponentSet, ObjectData, ObjectDataType},
    checksums::Checksums,
    collection::{CollectionGuess, Evidence, ResourceType},
    element_names::{ElementName, ElementNames},
    error::{ValueError, ValueErrorKind},
    etag::EntityTag,
    list::List,
    lock::{ActiveLock, Depth, LockEntry, LockScope, Timeout},
    media_type::{LanguageTag, MediaType},
    number::{FileAttributes, Quota, UnixTime},
    parent::{ParentBinding, VersionControlledBinding},
    roots::{PrincipalSearchProperty, RecipientResponse},
    supported::SupportedSet,
    text::{OpaqueText, PresenceFlag, TextSet},
};
#[cfg(all(test, feature = "date"))]
use crate::names::properties;
use crate::{Element, Name, Props, view::Frame};

/// A type that a property can be read as. Implemented for numbers, `bool`, text and the types of this crate that stand
/// for values; implement it for your own.
///
/// `'a` is the life of the body, or of the response when that was lent: what a value may borrow from.
///
/// ```
/// use multistatus::{
///     Element, Multistatus,
///     value::{Value, ValueError},
/// };
///
/// /// A colour as Apple's calendar program has it, red, green and blue.
/// #[derive(Debug, PartialEq)]
/// struct Colour(u8, u8, u8);
///
/// impl<'a> Value<'a> for Colour {
///     fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
///         let text = element.text();
///         let digits = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
///         let colour = || Some(Colour(digits(1)?, digits(3)?, digits(5)?));
///         match text.starts_with('#') {
///             _ if text.is_empty() => Ok(None),
///             true => match colour() {
///                 Some(colour) => Ok(Some(colour)),
///                 None => Err(ValueError::new(element, "a colour")),
///             },
///             false => Err(ValueError::new(element, "a colour")),
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
    /// What `element`, a property, says. `None` when it is empty and that has no meaning, as for a number.
    ///
    /// # Errors
    /// When it says something else than such a value.
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError>;

    /// What `element`, a property, says as a list of such values: how [`List`] and `Vec` of the type are read.
    ///
    /// Unless a type says otherwise, each child element is an entry, whatever it is called. One that says nothing is left
    /// out, and one that cannot be read is an error beside the others. [`List::read_children`] takes those of one name.
    ///
    /// # Errors
    /// When there is something in it, and no entry that can be read.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        if !element.has_children() && !element.is_blank() {
            return Err(ValueError::new(element, "a list"));
        }
        List::read_each(element.children()).map(Some)
    }
}

impl<'r, 'a> Props<'r, 'a> {
    /// The value of any property, as any type. `None` when it was not returned with success
    /// ([`Response::lookup`](crate::Response::lookup) says why) or when it is empty: that is `None` for numbers, dates,
    /// tags and hrefs, but `""` for text and an empty set for sets.
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
    /// When it was returned and cannot be read, or several times with values that differ as they were sent
    /// ([`ValueErrorKind::Conflicting`]). The other properties are not affected.
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

/// Whether an element says something else than the one shown before it: of elements with one name, the first that does
/// is in conflict. A large one is looked at twice, and not once for each of the others.
fn differs_from_last<'r, 'a: 'r>() -> impl FnMut(&Element<'r, 'a>) -> bool {
    let mut last = None::<Element<'r, 'a>>;
    move |element| last.replace(*element).is_some_and(|last| !last.is_same_value(element))
}

impl<'a> Element<'_, 'a> {
    /// What it says as a value of type `V`, as [`Props::read`] for a property.
    ///
    /// # Errors
    /// When it cannot be read as one.
    pub fn read<V: Value<'a>>(self) -> Result<Option<V>, ValueError> {
        V::read(self)
    }

    fn has_children(&self) -> bool {
        self.frame.node(self.node).is_some_and(|n| n.next != self.node + 1)
    }

    /// Its text, if it has no child elements.
    fn plain_text(self) -> Result<Cow<'a, str>, ValueError> {
        if self.has_children() {
            return Err(ValueError::new(self, "text without elements"));
        }
        Ok(self.text())
    }

    /// Its text without white space around it, if it has no child elements. `None` when there is none.
    fn trimmed_text(self, expected: &'static str) -> Result<Option<Cow<'a, str>>, ValueError> {
        if self.has_children() {
            return Err(ValueError::new(self, expected));
        }
        Ok(Some(self.frame.trimmed(self.node)).filter(|text| !text.is_empty()))
    }

    /// Its children called `name`. Others are passed over; but when there is something, and none of these, it is
    /// unreadable rather than empty.
    fn members<'n>(self, name: Name<'n>, expected: &str) -> Result<Vec<Self>, ValueError> {
        let members: Vec<_> = self.children().filter(|child| child.name() == name).collect();
        if members.is_empty() && !self.is_blank() {
            return Err(ValueError::new(self, expected));
        }
        Ok(members)
    }

    /// Whether there is nothing in it, or white space.
    fn is_blank(&self) -> bool {
        !self.has_children() && self.frame.trimmed(self.node).is_empty()
    }
}
