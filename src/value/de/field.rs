//! A field that keeps its error, so that the struct around it can be read all the same.

use std::{fmt, marker::PhantomData, slice};

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::error::Read;
use super::slot::{leave, take};
use super::{empty::is_bare, item::Item, kept::whole};
use crate::Element;
use crate::value::{ValueError, ValueErrorKind};

/// A field of a struct that keeps its error. A value that cannot be read costs only this field, not the struct.
///
/// See [`Props::deserialize`](crate::Props::deserialize). The field is [`Field::Empty`] where an `Option` would be
/// `None`, and also where the element is empty and a `T` cannot be read from that. Errors are kept only when a WebDAV
/// body is read. From other formats, a field is read as `Option<T>` is.
///
/// ```
/// use multistatus::{
///     Multistatus,
///     value::{Field, HttpDate},
/// };
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct File {
///     displayname: String,
///     getlastmodified: Field<HttpDate>,
///     getcontentlength: Field<u64>,
/// }
///
/// let body = br#"<multistatus xmlns="DAV:"><response><href>/a</href><propstat><prop>
///     <displayname>a</displayname><getlastmodified>a week ago</getlastmodified></prop>
///     <status>HTTP/1.1 200 OK</status></propstat></response>
///     </multistatus>"#;
/// let file: File = Multistatus::new(body).next().unwrap()?.props().deserialize()?;
/// assert_eq!((file.displayname.as_str(), file.getcontentlength.value()), ("a", None));
/// assert_eq!(file.getlastmodified.text(), Some("a week ago"));
/// assert_eq!(file.getlastmodified.error().unwrap().message(), "not a date");
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Field<T> {
    /// The value was read.
    Value(T),
    /// The property was not returned with success, or is empty.
    #[default]
    Empty,
    /// The value cannot be read.
    #[non_exhaustive]
    Unreadable {
        /// Why the value cannot be read.
        error: ValueError,
        /// The text of the property. If there are elements inside, this is the whole element as sent.
        text: String,
    },
}

impl<T> Field<T> {
    /// The value, if the property has one and it could be read. Use [`Field::result`] if a value that cannot be read
    /// must not be taken for a missing one.
    pub fn value(&self) -> Option<&T> {
        self.result().ok().flatten()
    }

    /// The reason, if the value could not be read.
    pub fn error(&self) -> Option<&ValueError> {
        self.result().err()
    }

    /// The text, if the value could not be read.
    pub fn text(&self) -> Option<&str> {
        match self {
            Field::Unreadable { text, .. } => Some(text),
            Field::Value(_) | Field::Empty => None,
        }
    }

    /// The value as a getter returns it: `None` when the property is missing or empty.
    ///
    /// # Errors
    /// When the value could not be read.
    pub fn result(&self) -> Result<Option<&T>, &ValueError> {
        match self {
            Field::Value(value) => Ok(Some(value)),
            Field::Empty => Ok(None),
            Field::Unreadable { error, .. } => Err(error),
        }
    }

    /// Returns the same as [`Field::result`], by value.
    ///
    /// # Errors
    /// When the value could not be read.
    pub fn into_result(self) -> Read<Option<T>> {
        match self {
            Field::Value(value) => Ok(Some(value)),
            Field::Empty => Ok(None),
            Field::Unreadable { error, .. } => Err(error),
        }
    }
}

/// Shows the value, or the error without the text.
impl<T: fmt::Debug> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Value(value) => f.debug_tuple("Value").field(value).finish(),
            Field::Empty => f.write_str("Empty"),
            Field::Unreadable { error, .. } => {
                f.debug_struct("Unreadable").field("error", error).finish_non_exhaustive()
            }
        }
    }
}

/// Never fails because a value cannot be read: such a value becomes [`Field::Unreadable`].
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The field is read as an `Option`, so that the property may be missing.
        deserializer.deserialize_option(Any(PhantomData))
    }
}

/// Writes the field as an `Option`. Fails when the value could not be read: `None` would make the value look empty.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Field::Value(value) => serializer.serialize_some(value),
            Field::Empty => serializer.serialize_none(),
            Field::Unreadable { error, .. } => {
                whole(slice::from_ref(error))?;
                serializer.serialize_none()
            }
        }
    }
}

/// The name by which a field asks an [`Item`] for an [`Attempt`].
pub(super) const NAME: &str = "$multistatus::value::Field";

struct Any<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Any<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field")
    }

    fn visit_none<E>(self) -> Result<Field<T>, E> {
        Ok(Field::Empty)
    }

    fn visit_unit<E>(self) -> Result<Field<T>, E> {
        Ok(Field::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field<T>, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field<T>, D::Error> {
        T::deserialize(deserializer).map(Field::Value)
    }

    /// Reads the field from an [`Attempt`]. When the attempt fails, the reason is in the slot of the thread.
    fn visit_seq<A: SeqAccess<'de>>(self, mut attempt: A) -> Result<Field<T>, A::Error> {
        match attempt.next_element() {
            Ok(value) => Ok(value.map_or(Field::Empty, Field::Value)),
            Err(failed) => match take::<Option<Failure>>().ok_or(failed)? {
                Some(Failure { error, text }) => Ok(Field::Unreadable { error, text }),
                None => Ok(Field::Empty),
            },
        }
    }
}

struct Failure {
    error: ValueError,
    text: String,
}

/// Reads an item as the type of a field. On failure, the slot of the thread (`slot.rs`) gets a `Failure`, or `None` if
/// the item is empty.
pub(super) struct Attempt<'s, 'r, 'a>(pub(super) Option<Item<'s, 'r, 'a>>);

impl<'a> SeqAccess<'a> for Attempt<'_, '_, 'a> {
    type Error = ValueError;

    fn next_element_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        let Some(item) = self.0.take() else { return Ok(None) };
        let (element, reading) = (item.element, item.reading);
        let attribute = item.own_text();
        seed.deserialize(item).map(Some).map_err(|error| {
            leave((!is_empty(element, attribute.as_deref(), &error)).then(|| {
                let text = attribute.unwrap_or_else(|| whole_text(element));
                Failure { error: reading.places.keep(error, element), text }
            }));
            // This error only says that the reason is in the slot of the thread.
            de::Error::custom("")
        })
    }
}

/// Whether `error` arises only because the element or attribute is empty.
fn is_empty(element: Element<'_, '_>, attribute: Option<&str>, error: &ValueError) -> bool {
    let is_blank = attribute.map_or_else(|| is_bare(element), |text| text.trim().is_empty());
    let is_about_it = matches!(error.kind(), ValueErrorKind::Unreadable | ValueErrorKind::Missing);
    error.is_nothing() || (is_blank && is_about_it)
}

fn whole_text(element: Element<'_, '_>) -> String {
    if element.has_children() { element.raw() } else { element.text() }.into_owned()
}
