use std::borrow::Cow;

use serde::de::{
    self, DeserializeSeed, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
    value::BorrowedStrDeserializer,
};

use super::error::Read;
use super::fields::Fields;
use super::item::{Item, Kind};
use super::source::{Reading, Source, key};
use crate::{Element, Name, value::ValueError};

/// The variant of an enum. An element or a text names the variant.
pub(super) struct Choice<'s, 'r, 'a> {
    /// The element whose name or text is the variant.
    pub(super) element: Element<'r, 'a>,
    pub(super) reading: &'s Reading,
    /// The text that is the name of the variant. `None` if the name is that of the element.
    pub(super) text: Option<Cow<'a, str>>,
    pub(super) variants: &'static [&'static str],
}

impl Choice<'_, '_, '_> {
    /// Fails if a text names the variant, because such a variant has no content.
    fn content(&self) -> Read<()> {
        match self.text {
            Some(_) => Err(ValueError::pending(self.element, "an element")),
            None => Ok(()),
        }
    }
}

impl<'a> EnumAccess<'a> for Choice<'_, '_, 'a> {
    type Error = ValueError;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'a>>(self, seed: S) -> Read<(S::Value, Self)> {
        let name = self.element.name();
        let is_it = |variant: &&&'static str| match &self.text {
            Some(text) => text.trim() == **variant,
            None => Name::from(**variant) == name,
        };
        let chosen: Read<_> = match (self.variants.iter().find(is_it), &self.text) {
            (Some(variant), _) => seed.deserialize(BorrowedStrDeserializer::new(variant)),
            // No variant has the name. The enum may have a variant that is `#[serde(other)]`.
            (None, Some(text)) => seed.deserialize(text.trim().into_deserializer()),
            (None, None) => seed.deserialize(key(self.element).into_deserializer()),
        };
        Ok((chosen?, self))
    }
}

impl<'a> VariantAccess<'a> for Choice<'_, '_, 'a> {
    type Error = ValueError;

    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'a>>(self, seed: S) -> Read<S::Value> {
        self.content()?;
        seed.deserialize(Item { element: self.element, kind: Kind::One, reading: self.reading })
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Read<V::Value> {
        Err(de::Error::invalid_type(de::Unexpected::TupleVariant, &visitor))
    }

    fn struct_variant<V: Visitor<'a>>(self, fields: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.content()?;
        visitor.visit_map(Fields::of(Source::of(self.element, self.reading), fields))
    }
}
