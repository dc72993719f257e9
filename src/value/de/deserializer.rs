//! Turns an [`Item`] or a [`Source`] into the value of a type.

use std::borrow::Cow;

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::error::Read;
use super::field::{self, Attempt};
use super::item::{Item, Kind};
use super::{empty::says_nothing, entries::Entries, fields::Fields, source::Source, values, variant::Choice};
use crate::value::{ValueError, fault::Fault, number::count, text::boolean};
use crate::xml;

impl<'de> Deserializer<'de> for Source<'_, '_, 'de> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_map(Entries::of(self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_map(Fields::of(self, fields))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// Makes methods that call another method.
macro_rules! as_others {
    ($($method:ident: $other:ident;)*) => { $(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
            self.$other(visitor)
        }
    )* };
}

macro_rules! numbers {
    ($($method:ident $visit:ident $expected:literal;)*) => { $(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
            visitor.$visit(self.parsed($expected)?)
        }
    )* };
}

impl<'a> Deserializer<'a> for Item<'_, '_, 'a> {
    type Error = ValueError;

    /// Reads the content for a map or for a value of unknown type. If there is only text, the value is that text.
    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
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

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        let element = self.element;
        let is_true =
            boolean(xml::trim(&self.plain()?)).ok_or_else(|| ValueError::pending(element, "a boolean"))?;
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

    /// Reads a number as the getters do: an exponent is allowed.
    fn deserialize_u64<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        let element = self.element;
        let text = self.plain()?;
        let number = count(element, xml::trim(&text), "a number below 2^64").map_err(Fault::pending)?;
        visitor.visit_u64(number)
    }

    as_others! {
        deserialize_char: deserialize_str;
        deserialize_string: deserialize_str;
        deserialize_identifier: deserialize_str;
        deserialize_byte_buf: deserialize_bytes;
        deserialize_ignored_any: deserialize_unit;
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        match self.plain()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_bytes<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        match self.plain()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Cow::Owned(text) => visitor.visit_byte_buf(text.into_bytes()),
        }
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        let is_nothing = match &self.kind {
            Kind::Text(text) => text.trim().is_empty(),
            _ => says_nothing(self.element),
        };
        // If the property was sent with several values, the type in the `Option` reads all of them or fails.
        if is_nothing && self.single().is_ok() {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'a>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, name: &'static str, visitor: V) -> Read<V::Value> {
        let text = matches!(self.kind, Kind::Text(_));
        match name {
            field::NAME => visitor.visit_seq(Attempt(Some(self))),
            // A `Vec<Href>` has one entry for all of `calendar-home-set`, so only the first href would be read.
            _ if matches!(self.kind, Kind::Repeated) && values::is_href(name) && self.is_set_of_hrefs() => {
                Err(ValueError::pending(self.element, "one entry, but a list: a field for it is a `List`"))
            }
            // Types of this crate read the whole element, with the options of the body.
            _ if !text && values::is_value(name) => values::read(name, self.single()?, self.reading, visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_seq(self.all()?)
    }

    fn deserialize_tuple<V: Visitor<'a>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_map(Entries::of(self.inside()?))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_map(Fields::of(self.inside()?, fields))
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let (element, reading) = (self.single()?, self.reading);
        let mut children = element.children();
        let (element, text) = match self.kind {
            Kind::Text(text) => (element, Some(text)),
            Kind::Own | Kind::Children => (element, None),
            _ => match (children.next(), children.next()) {
                (Some(child), None) => (child, None),
                (None, _) => (element, Some(element.text())),
                _ => return Err(ValueError::pending(element, "one element")),
            },
        };
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            return Err(ValueError::pending(element, "an element"));
        }
        visitor.visit_enum(Choice { element, reading, text, variants })
    }
}
