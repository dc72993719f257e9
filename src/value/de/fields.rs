use serde::de::{DeserializeSeed, MapAccess, value::BorrowedStrDeserializer};

use super::{
    item::Item,
    source::{Inside, Source},
};
use crate::{Name, value::ValueError};

/// The fields of a struct that are there, one after the other.
pub(super) struct Fields<'s, 'r, 'a> {
    source: Source<'s, 'r, 'a>,
    fields: std::slice::Iter<'static, &'static str>,
    next: Option<Item<'s, 'r, 'a>>,
}

impl<'s, 'r, 'a> Fields<'s, 'r, 'a> {
    /// The `fields` of a struct or variant.
    pub(super) fn of(source: Source<'s, 'r, 'a>, fields: &'static [&'static str]) -> Self {
        Fields { source, fields: fields.iter(), next: None }
    }

    /// The content for a field.
    fn find(&self, field: &'static str) -> Option<Item<'s, 'r, 'a>> {
        let reading = self.source.reading;
        if let Inside::Element(element) = self.source.inside {
            if let Some(attribute) = field.strip_prefix('@') {
                return Some(Item::text(element, element.attribute(attribute)?, reading));
            }
            match field {
                "$text" => return Some(Item::text(element, element.text(), reading)),
                "$value" => return Some(Item::children(element, reading)),
                _ => {}
            }
        }
        let first = self.source.inside.first(Name::from(field))?;
        Some(Item::named(first, self.source.inside, reading))
    }
}

impl<'a> MapAccess<'a> for Fields<'_, '_, 'a> {
    type Error = ValueError;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, ValueError> {
        while let Some(field) = self.fields.next() {
            self.next = self.find(field);
            if self.next.is_some() {
                return seed.deserialize(BorrowedStrDeserializer::new(field)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, ValueError> {
        Item::into(self.next.take(), seed)
    }
}
