use std::{borrow::Cow, collections::HashSet, vec};

use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, value::BorrowedStrDeserializer};

use super::{Inside, Item, Source, ValueError, key};
use crate::Name;

/// Everything there is, for a map: attributes, elements by their names in the order of their first, and the text of
/// what has no elements.
pub(super) struct Entries<'s, 'r, 'a> {
    entries: vec::IntoIter<(Cow<'a, str>, Item<'s, 'r, 'a>)>,
    next: Option<Item<'s, 'r, 'a>>,
}

impl<'s, 'r, 'a> Entries<'s, 'r, 'a> {
    pub(super) fn of(source: Source<'s, 'r, 'a>) -> Self {
        let mut entries = Vec::new();
        let elements = source.inside.all(None);
        if let Inside::Element(element) = source.inside {
            for attribute in element.attributes() {
                let name = match attribute.name.namespace() {
                    "" => format!("@{}", attribute.name.local()),
                    _ => format!("@{}", attribute.name),
                };
                entries.push((Cow::Owned(name), Item::text(element, source.empties, attribute.value)));
            }
            if elements.is_empty() && !element.is_empty() {
                entries.push((Cow::Borrowed("$text"), Item::text(element, source.empties, element.text())));
            }
        }
        let mut seen: HashSet<Name<'r>> = HashSet::new();
        let firsts = elements.into_iter().filter(|element| seen.insert(element.name()));
        entries.extend(firsts.map(|element| (key(element), Item::group(source, element))));
        Entries { entries: entries.into_iter(), next: None }
    }
}

impl<'a> MapAccess<'a> for Entries<'_, '_, 'a> {
    type Error = ValueError;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, ValueError> {
        let Some((key, item)) = self.entries.next() else { return Ok(None) };
        self.next = Some(item);
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(key.into_deserializer()),
        }
        .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, ValueError> {
        Item::into(self.next.take(), seed)
    }
}
