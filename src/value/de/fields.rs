use serde::de::{DeserializeSeed, MapAccess, value::BorrowedStrDeserializer};

use super::{Item, Source, ValueError};
use crate::Name;

/// What a struct wants, one field after the other.
pub(super) struct Fields<'r, 'a> {
    source: Source<'r, 'a>,
    fields: std::slice::Iter<'static, &'static str>,
    next: Option<Item<'r, 'a>>,
}

impl<'r, 'a> Fields<'r, 'a> {
    pub(super) fn of(source: Source<'r, 'a>, fields: &'static [&'static str]) -> Self {
        Fields { source, fields: fields.iter(), next: None }
    }

    /// What there is for a field.
    fn find(&self, field: &'static str) -> Option<Item<'r, 'a>> {
        if let Source::Element(element) = self.source {
            if let Some(attribute) = field.strip_prefix('@') {
                return Some(Item::text(element, element.attribute(attribute)?));
            }
            match field {
                "$text" => return Some(Item::text(element, element.text())),
                "$value" => return Item::children(element),
                _ => {}
            }
        }
        Some(Item::group(self.source, self.source.first(Name::from(field))?))
    }
}

impl<'a> MapAccess<'a> for Fields<'_, 'a> {
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
