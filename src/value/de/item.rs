use std::{borrow::Cow, str::FromStr, vec};

use serde::de::{self, DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::{
    Entries, Fields, Inside, Reading, Source, ValueError, differs_from_last,
    field::{self, Attempt},
    says_nothing, values,
    variant::Choice,
};
use crate::{
    Element, names,
    parse::{self, Role},
    value::{error::Fault, number::count, text::boolean},
};

/// What there is for a name, about to become what its type asks for.
pub(super) struct Item<'s, 'r, 'a> {
    /// The element it is, the first of them, or the one it belongs to.
    pub(super) element: Element<'r, 'a>,
    kind: Kind<'r, 'a>,
    pub(super) reading: &'s Reading,
}

enum Kind<'r, 'a> {
    /// An element, and where others with its name are.
    Named(Inside<'r, 'a>),
    /// All elements with one name.
    Listed(Vec<Element<'r, 'a>>),
    /// An element by itself.
    One,
    /// The same, but the variant of an enum is its own name, not that of the element inside.
    Own,
    /// One of the elements that have the name of a field which is a sequence.
    Repeated,
    /// The elements inside, whatever their names.
    Children,
    /// An attribute, or the text of the element.
    Text(Cow<'a, str>),
}

impl<'s, 'r, 'a> Item<'s, 'r, 'a> {
    /// The elements in `inside` with the name of `first`.
    pub(super) fn named(first: Element<'r, 'a>, inside: Inside<'r, 'a>, reading: &'s Reading) -> Self {
        Item { element: first, kind: Kind::Named(inside), reading }
    }

    /// Elements of one name, of which `first` is the first.
    pub(super) fn listed(first: Element<'r, 'a>, all: Vec<Element<'r, 'a>>, reading: &'s Reading) -> Self {
        Item { element: first, kind: Kind::Listed(all), reading }
    }

    /// `element` alone.
    pub(super) fn one(element: Element<'r, 'a>, reading: &'s Reading) -> Self {
        Item { element, kind: Kind::One, reading }
    }

    /// The elements in `element`.
    pub(super) fn children(element: Element<'r, 'a>, reading: &'s Reading) -> Self {
        Item { element, kind: Kind::Children, reading }
    }

    pub(super) fn text(element: Element<'r, 'a>, text: Cow<'a, str>, reading: &'s Reading) -> Self {
        Item { element, kind: Kind::Text(text), reading }
    }

    /// What a map has for the key it has just given.
    pub(super) fn into<S: DeserializeSeed<'a>>(item: Option<Self>, seed: S) -> Result<S::Value, ValueError> {
        let item =
            item.ok_or_else(|| <ValueError as de::Error>::custom("a value was asked for before its key"))?;
        let element = item.element;
        seed.deserialize(item).map_err(|error| error.at(element))
    }

    /// The one element it is. Where there are several that differ, which one is meant cannot be known.
    fn single(&self) -> Result<Element<'r, 'a>, ValueError> {
        let conflicting = match &self.kind {
            Kind::Named(inside) => inside.conflicting(self.element.name()),
            Kind::Listed(all) => all.iter().copied().find(differs_from_last()),
            Kind::Children => {
                let mut children = self.element.children();
                let child =
                    children.next().ok_or_else(|| ValueError::pending(self.element, "one element"))?;
                return children
                    .next()
                    .map_or(Ok(child), |_| Err(ValueError::pending(self.element, "one element")));
            }
            Kind::One | Kind::Repeated | Kind::Own | Kind::Text(_) => None,
        };
        conflicting.map_or(Ok(self.element), |element| Err(ValueError::conflicting(element)))
    }

    /// Its text, if it is not an element.
    pub(super) fn own_text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(text) => Some(text.to_string()),
            _ => None,
        }
    }

    /// Whether it is a property in which there may be several hrefs.
    fn is_set_of_hrefs(&self) -> bool {
        let is_property =
            self.element.frame.node(self.element.node).is_some_and(|n| n.role == Role::Property);
        is_property && self.element.name() != names::HREF
    }

    /// Its text, which is all there is in it.
    fn plain(self) -> Result<Cow<'a, str>, ValueError> {
        match self.kind {
            Kind::Text(text) => Ok(text),
            _ => match self.single()? {
                element if element.has_children() => {
                    Err(ValueError::pending(element, "text without elements"))
                }
                element => Ok(element.text()),
            },
        }
    }

    fn parsed<T: FromStr>(self, expected: &str) -> Result<T, ValueError> {
        let element = self.element;
        let text = self.plain()?;
        let text = parse::trim(&text);
        // Floats know words: `inf`, `nan`.
        let is_number =
            text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.')) && !text.contains("inf");
        let parsed = text.parse().ok().filter(|_| is_number);
        parsed.ok_or_else(|| ValueError::pending(element, expected))
    }

    /// The element whose content it is. A text is not an element: types would go round in circles.
    fn inside(&self) -> Result<Source<'s, 'r, 'a>, ValueError> {
        match self.kind {
            Kind::Text(_) => Err(ValueError::pending(self.element, "an element")),
            _ => Ok(Source::of(self.single()?, self.reading)),
        }
    }

    /// The elements it is as a sequence. An item of a sequence is not one, nor is a text.
    fn all(self) -> Result<Elements<'s, 'r, 'a>, ValueError> {
        let is_own = matches!(self.kind, Kind::Children);
        let elements = match self.kind {
            Kind::Named(inside) => inside.all(Some(self.element.name())),
            Kind::Listed(all) => all,
            Kind::Children => self.element.children().collect(),
            Kind::One | Kind::Repeated | Kind::Own | Kind::Text(_) => {
                return Err(ValueError::pending(self.element, "a sequence"));
            }
        };
        Ok(Elements { elements: elements.into_iter(), is_own, reading: self.reading })
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $expected:literal;)*) => { $(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
            visitor.$visit(self.parsed($expected)?)
        }
    )* };
}

impl<'a> Deserializer<'a> for Item<'_, '_, 'a> {
    type Error = ValueError;

    /// As a map or a value of unknown type wants it: text when there is only that.
    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        if let Kind::Text(_) = self.kind {
            return self.deserialize_str(visitor);
        }
        if matches!(&self.kind, Kind::Children) || matches!(&self.kind, Kind::Listed(all) if all.len() > 1) {
            return self.deserialize_seq(visitor);
        }
        match self.element.has_children() || self.element.attributes().next().is_some() {
            true => self.deserialize_map(visitor),
            false => self.deserialize_str(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        let element = self.element;
        let is_true =
            boolean(parse::trim(&self.plain()?)).ok_or_else(|| ValueError::pending(element, "a boolean"))?;
        visitor.visit_bool(is_true)
    }

    numbers! {
        deserialize_i8 visit_i8 "a number within 2^7";
        deserialize_i16 visit_i16 "a number within 2^15";
        deserialize_i32 visit_i32 "a number within 2^31";
        deserialize_i64 visit_i64 "a number within 2^63";
        deserialize_i128 visit_i128 "a number within 2^127";
        deserialize_u8 visit_u8 "a number below 2^8";
        deserialize_u16 visit_u16 "a number below 2^16";
        deserialize_u32 visit_u32 "a number below 2^32";
        deserialize_u128 visit_u128 "a number below 2^128";
        deserialize_f32 visit_f32 "a number";
        deserialize_f64 visit_f64 "a number";
    }

    /// As the getters read it: with an exponent, too.
    fn deserialize_u64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        let element = self.element;
        let text = self.plain()?;
        let number = count(element, parse::trim(&text), "a number below 2^64").map_err(Fault::pending)?;
        visitor.visit_u64(number)
    }

    fn deserialize_char<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.plain()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.plain()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Cow::Owned(text) => visitor.visit_byte_buf(text.into_bytes()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        let is_nothing = match &self.kind {
            Kind::Text(text) => text.trim().is_empty(),
            _ => says_nothing(self.element),
        };
        // Where it was sent again with something in it, the type inside tells the two apart.
        if is_nothing && self.single().is_ok() {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        let text = matches!(self.kind, Kind::Text(_));
        match name {
            field::NAME => visitor.visit_seq(Attempt::First(self)),
            // As a sequence, `calendar-home-set` is one element: its first href would stand for all of them.
            _ if matches!(self.kind, Kind::Repeated) && values::is_href(name) && self.is_set_of_hrefs() => {
                Err(ValueError::pending(self.element, "one entry, but a list: a field for it is a `List`"))
            }
            // Types of this crate, which read the whole element, and are as strict as the body was read.
            _ if !text && values::is_value(name) => values::read(name, self.single()?, self.reading, visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_seq(self.all()?)
    }

    fn deserialize_tuple<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_map(Entries::of(self.inside()?))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_map(Fields::of(self.inside()?, fields))
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        let is_own = matches!(self.kind, Kind::Own | Kind::Children);
        let (element, reading) = (self.single()?, self.reading);
        visitor.visit_enum(match self.kind {
            Kind::Text(text) => Choice::text(element, reading, text, variants)?,
            _ if is_own => Choice::element(element, reading, variants),
            _ => match element.children().nth(1) {
                Some(_) => return Err(ValueError::pending(element, "one element")),
                None => match element.children().next() {
                    Some(child) => Choice::element(child, reading, variants),
                    None => Choice::text(element, reading, element.text(), variants)?,
                },
            },
        })
    }

    fn deserialize_identifier<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_unit()
    }
}

/// The elements of a sequence.
struct Elements<'s, 'r, 'a> {
    elements: vec::IntoIter<Element<'r, 'a>>,
    is_own: bool,
    reading: &'s Reading,
}

impl<'a> SeqAccess<'a> for Elements<'_, '_, 'a> {
    type Error = ValueError;

    fn next_element_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<Option<S::Value>, ValueError> {
        let Some(element) = self.elements.next() else { return Ok(None) };
        let kind = if self.is_own { Kind::Own } else { Kind::Repeated };
        seed.deserialize(Item { element, kind, reading: self.reading })
            .map(Some)
            .map_err(|error| error.at(element))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }
}
