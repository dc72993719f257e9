use serde::de::{DeserializeSeed, MapAccess, value::BorrowedStrDeserializer};

use super::error::Read;
use super::item::{Item, Kind};
use super::source::{Inside, Source};
use crate::{Name, value::ValueError};

/// Goes through the fields of a struct, but only those that the source has content for.
pub(super) struct Fields<'s, 'r, 'a> {
    source: Source<'s, 'r, 'a>,
    fields: std::slice::Iter<'static, &'static str>,
    next: Option<Item<'s, 'r, 'a>>,
}

impl<'s, 'r, 'a> Fields<'s, 'r, 'a> {
    /// Looks in `source` for the `fields` of a struct or variant.
    pub(super) fn of(source: Source<'s, 'r, 'a>, fields: &'static [&'static str]) -> Self {
        Fields { source, fields: fields.iter(), next: None }
    }

    /// Finds the content for a field.
    fn find(&self, field: &'static str) -> Option<Item<'s, 'r, 'a>> {
        let Source { inside, reading } = self.source;
        if let Inside::Element(element) = inside {
            let kind = match field {
                "$text" => Some(Kind::Text(element.text())),
                "$value" => Some(Kind::Children),
                _ if field.starts_with('@') => Some(Kind::Text(element.attribute(field.get(1..)?)?)),
                _ => None,
            };
            if let Some(kind) = kind {
                return Some(Item { element, kind, reading });
            }
        }
        let first = inside.first(Name::from(field))?;
        Some(Item { element: first, kind: Kind::Named(inside), reading })
    }
}

impl<'a> MapAccess<'a> for Fields<'_, '_, 'a> {
    type Error = ValueError;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        while let Some(field) = self.fields.next() {
            self.next = self.find(field);
            if self.next.is_some() {
                return seed.deserialize(BorrowedStrDeserializer::new(field)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Read<S::Value> {
        Item::into(self.next.take(), seed)
    }
}
