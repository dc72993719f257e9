//! Properties into structs of users, by expanded names: what the serde of XML crates cannot do, because it knows
//! prefixes only.
//!
//! [`Fields`] serves a struct, which names what it wants, and allocates nothing; [`Entries`] a map, which wants
//! everything. Both hand out an [`Item`] per name, which becomes what the type asks for. Nothing calls itself but
//! through the types of the user. Those that are inside themselves go down one element each time, as deep as
//! [`Limit::Depth`](crate::Limit::Depth) allows; who raises that needs a larger stack.

mod entries;
mod field;
mod fields;
mod item;
mod kept;
mod slot;
mod values;
mod variant;

use std::{borrow::Cow, cell::RefCell, fmt, ops::ControlFlow};

use serde::{
    de::{self, Deserialize, Deserializer, Expected, Unexpected, Visitor},
    forward_to_deserialize_any,
};

pub use self::field::Field;
use self::{entries::Entries, fields::Fields, item::Item};
use super::{
    ValueError, ValueErrorKind, differs_from_last, error::Places, owned::Namespaces, props::is_nothing,
};
use crate::{Element, Name, Props, parse::Role, view::Frame};

impl<'r, 'a> Props<'r, 'a> {
    /// The properties as a struct of your own. What it has no field for is passed over.
    ///
    /// A field is found by the expanded name of the property, whatever prefixes were used: a bare name is in `DAV:`,
    /// any other is given by `#[serde(rename = "{namespace}local")]`. What a field can be:
    ///
    /// | type | what it is made of |
    /// |---|---|
    /// | `String`, `Cow<'a, str>` | text, white space kept; elements in it are an error. A `Cow` is borrowed from the body where that can be, if it is marked with `#[serde(borrow)]` |
    /// | `&'a str` | the same, where it can be borrowed: an error as soon as a server escapes one letter, as SOGo does with the quotes of ETags |
    /// | numbers | text, white space around it cut off |
    /// | `bool` | `1`, `true`, `t`, `yes` or `0`, `false`, `f`, `no`, in any letters |
    /// | the types of values in this crate, from [`EntityTag`](crate::value::EntityTag) to [`Acl`](crate::value::Acl), and [`List`](crate::value::List) of them | what [`Props::read`] reads, as strict as the body is read. They own what they hold: `EntityTag<'static>` will do |
    /// | `Option` | `None` when there is no such property, and when it says nothing: see below |
    /// | [`Field`] | the value, nothing, or why it cannot be read |
    /// | a struct | the elements inside, by the same rules; `@name` is an attribute, `$text` the text, `$value` the elements whatever their names |
    /// | `Vec` and other sequences | every element with the name of the field. The entries of one property, such as the hrefs of `calendar-home-set`, are a [`List`](crate::value::List), or need a struct around them; a `Vec` of them is an error |
    /// | an enum | the variant with the name of the only element inside or, without one, the text; as an item of `$value` its own name |
    /// | a map, also by `#[serde(flatten)]` | everything, by name: bare in `DAV:`, `{namespace}local` otherwise. Keys are `String` |
    /// | `()` | whatever it holds |
    ///
    /// What was not returned with success does not exist: for it a field has to be an `Option`, or
    /// `#[serde(default)]`; to an empty element the latter does not apply. As in all text formats, what goes through a
    /// map first, as the fields of a flattened struct do, is text where there is only text, a map where there are
    /// elements, and a sequence where a name comes again: nearly every listing has all three.
    ///
    /// # Empty is `None`
    ///
    /// | what is empty | as an `Option` |
    /// |---|---|
    /// | a property that [`names`](crate::names) knows | `None` when [`Props::read`] with the type that it has there gives `None`: a number, date, tag or href is `None`; text is `""`, a set is empty, a mark is there |
    /// | another property | `None`, unless it has attributes without a prefix; white space counts as empty |
    /// | an attribute, and `$text` | `None` when it is white space |
    /// | an element in a property | never `None`: `<collection/>` in `resourcetype` is there. An `Option<u64>` is an error, as `u64` is |
    ///
    /// What says nothing without being empty, such as an `upload_time` of 0, is `None` by the first row. A [`Field`] is
    /// [`Field::Empty`] where an `Option` is `None`, and also where its type cannot be made of an empty element in a
    /// property.
    ///
    /// # One field that cannot be read
    ///
    /// It costs the whole struct, unless it is a [`Field`]. That keeps the error and the text.
    ///
    /// A flattened struct is read through a map, which knows text only: numbers, dates and sets cannot be read there,
    /// empty is not `None`, and a [`Field`] is what an `Option` is. Such fields belong into the struct itself.
    ///
    /// # Example
    ///
    /// ```
    /// use multistatus::{Multistatus, value::EntityTag};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Member<'a> {
    ///     getetag: EntityTag<'static>,
    ///     getcontentlength: Option<u64>,
    ///     #[serde(default)]
    ///     resourcetype: Types,
    ///     #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar-data", borrow)]
    ///     data: std::borrow::Cow<'a, str>,
    /// }
    ///
    /// #[derive(Default, Deserialize)]
    /// struct Types {
    ///     #[serde(rename = "$value", default)]
    ///     kinds: Vec<Kind>,
    /// }
    ///
    /// #[derive(Deserialize, PartialEq, Debug)]
    /// enum Kind {
    ///     #[serde(rename = "collection")]
    ///     Collection,
    ///     #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar")]
    ///     Calendar,
    ///     #[serde(other)]
    ///     Other,
    /// }
    ///
    /// let body = br#"<multistatus xmlns="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav">
    ///     <response><href>/c/1</href><propstat><prop><getetag>"7"</getetag>
    ///     <cal:calendar-data>BEGIN:VCALENDAR&#13;</cal:calendar-data>
    ///     <getcontentlength/><resourcetype><cal:calendar/><collection/></resourcetype></prop>
    ///     <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"#;
    /// let response = Multistatus::new(body).next().unwrap()?;
    /// let member: Member = response.props().deserialize()?;
    /// assert_eq!((member.getetag.as_str(), member.getcontentlength), ("\"7\"", None));
    /// assert_eq!(member.resourcetype.kinds, [Kind::Calendar, Kind::Collection]);
    /// assert_eq!(member.data, "BEGIN:VCALENDAR\r");
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a property cannot be read as its field wants, was returned several times with different values, or is
    /// [missing](ValueErrorKind::Missing). Other responses are not affected.
    pub fn deserialize<T: Deserialize<'a>>(&self) -> Result<T, ValueError> {
        let response = Element { frame: self.frame, node: self.response };
        let reading = &Reading::default();
        let source = Source { inside: Inside::Props(*self), reading };
        T::deserialize(source).map_err(|error| error.placed(response))
    }
}

impl<'a> Element<'_, 'a> {
    /// The element as a type of your own, by the rules of [`Props::deserialize`].
    ///
    /// # Errors
    /// When it cannot be read as that.
    pub fn deserialize<T: Deserialize<'a>>(self) -> Result<T, ValueError> {
        T::deserialize(Item::one(self, &Reading::default())).map_err(|error| error.placed(self))
    }
}

/// What is known while one type is read.
#[derive(Default)]
struct Reading {
    places: Places,
    namespaces: RefCell<Namespaces>,
}

/// Whether a property says nothing, so that an `Option` of it is `None`: what the type that it is known by reads as
/// `None`, or, when it is not known, what is empty. serde does not let a deserializer ask what type is in an `Option`. That
/// type fails only after `visit_some`, and then `None` cannot be returned any more.
///
/// An element in a property always says something: `collection` in `resourcetype` is empty.
fn says_nothing(element: Element<'_, '_>) -> bool {
    let is_property = element.frame.node(element.node).is_some_and(|n| n.role == Role::Property);
    is_property && is_nothing(element).unwrap_or_else(|| is_bare(element))
}

/// Whether nothing is in an element, nor an attribute of its own.
fn is_bare(element: Element<'_, '_>) -> bool {
    let has_own = || element.attributes().any(|attribute| attribute.name.namespace().is_empty());
    element.is_blank() && !has_own()
}

/// What has elements in it.
#[derive(Clone, Copy)]
struct Source<'s, 'r, 'a> {
    inside: Inside<'r, 'a>,
    reading: &'s Reading,
}

#[derive(Clone, Copy)]
enum Inside<'r, 'a> {
    Props(Props<'r, 'a>),
    Element(Element<'r, 'a>),
}

impl<'s, 'r, 'a> Source<'s, 'r, 'a> {
    fn of(element: Element<'r, 'a>, reading: &'s Reading) -> Self {
        Source { inside: Inside::Element(element), reading }
    }
}

impl<'r, 'a> Inside<'r, 'a> {
    /// The first element called `name`.
    fn first(&self, name: Name<'_>) -> Option<Element<'r, 'a>> {
        match self {
            Inside::Props(props) => props.get(name),
            Inside::Element(element) => element.child(name),
        }
    }

    /// All elements, or those called `name`.
    fn all(&self, name: Option<Name<'_>>) -> Vec<Element<'r, 'a>> {
        let is_one = |element: &Element<'r, 'a>| name.is_none_or(|name| element.name() == name);
        match self {
            Inside::Props(props) => props.iter().filter(is_one).collect(),
            Inside::Element(element) => element.children().filter(is_one).collect(),
        }
    }

    /// The first element called `name` that says something else than those before it.
    fn conflicting(&self, name: Name<'_>) -> Option<Element<'r, 'a>> {
        match self {
            Inside::Props(props) => {
                let mut differs = differs_from_last();
                props.find(&Frame::sought(&name)?, |element| match differs(&element) {
                    true => ControlFlow::Break(element),
                    false => ControlFlow::Continue(()),
                })
            }
            Inside::Element(element) => {
                element.children().filter(|child| child.name() == name).find(differs_from_last())
            }
        }
    }
}

impl<'de> Deserializer<'de> for Source<'_, '_, 'de> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_map(Entries::of(self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_map(Fields::of(self, fields))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// What serde says never shows a value: the words of a user's `Deserialize` might, and are kept apart.
impl de::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let unreadable = "not what its type wants".to_owned();
        ValueError::without_place(ValueErrorKind::Unreadable, unreadable, Some(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        not(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        not(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        not(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        let none = format!("none of {}", expected.join(", "));
        ValueError::without_place(ValueErrorKind::Unreadable, none, None)
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        let none = format!("something with a name that is none of {}", expected.join(", "));
        ValueError::without_place(ValueErrorKind::Unreadable, none, None)
    }

    fn missing_field(field: &'static str) -> Self {
        ValueError::missing(field)
    }

    fn duplicate_field(_: &'static str) -> Self {
        ValueError::without_place(
            ValueErrorKind::Conflicting,
            "sent again with another value".to_owned(),
            None,
        )
    }
}

fn not(expected: &dyn Expected) -> ValueError {
    let message = match format!("not {expected}") {
        borrowed if borrowed == "not a borrowed string" => {
            "not text that can be borrowed: use String or Cow".to_owned()
        }
        message => message,
    };
    ValueError::without_place(ValueErrorKind::Unreadable, message, None)
}

/// The name of an element as the key of a map.
fn key<'a>(element: Element<'_, 'a>) -> Cow<'a, str> {
    match element.name() {
        name if name.namespace() == "DAV:" => element.frame.part(name.local()),
        name if name.is_undeclared() => Cow::Owned(name.local().to_owned()),
        // Not by way of `Display`, whose text grows in steps: as a key it is kept.
        name => Cow::Owned(["{", name.namespace(), "}", name.local()].concat()),
    }
}
