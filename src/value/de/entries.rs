use std::{
    borrow::Cow,
    collections::{HashMap, hash_map},
    vec,
};

use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, value::BorrowedStrDeserializer};

use super::{Inside, Item, Source, ValueError, key};
use crate::{Element, Name};

/// Everything there is, for a map: attributes, elements by their names in the order of their first, and the text of
/// what has no elements.
pub(super) struct Entries<'s, 'r, 'a> {
    entries: vec::IntoIter<(Cow<'a, str>, Item<'s, 'r, 'a>)>,
    next: Option<Item<'s, 'r, 'a>>,
}

impl<'s, 'r, 'a> Entries<'s, 'r, 'a> {
    pub(super) fn of(source: Source<'s, 'r, 'a>) -> Self {
        let empties = source.empties;
        let mut entries = Vec::new();
        let groups = groups(source.inside.all(None));
        if let Inside::Element(element) = source.inside {
            for attribute in element.attributes() {
                let name = match attribute.name.namespace() {
                    "" => format!("@{}", attribute.name.local()),
                    _ => format!("@{}", attribute.name),
                };
                entries.push((Cow::Owned(name), Item::text(element, attribute.value, empties)));
            }
            if groups.is_empty() && !element.is_empty() {
                entries.push((Cow::Borrowed("$text"), Item::text(element, element.text(), empties)));
            }
        }
        let is_props = matches!(source.inside, Inside::Props(_));
        for mut group in groups {
            // The same property again says nothing new; other elements may be as often as they like.
            let is_same = |pair: &[Element<'_, '_>]| matches!(pair, [one, next] if one.is_same_value(next));
            if is_props && group.windows(2).all(is_same) {
                group.truncate(1);
            }
            let Some(first) = group.first().copied() else { continue };
            entries.push((key(first), Item::listed(first, group, empties)));
        }
        Entries { entries: entries.into_iter(), next: None }
    }
}

/// Elements by their names.
fn groups<'r, 'a>(elements: Vec<Element<'r, 'a>>) -> Vec<Vec<Element<'r, 'a>>> {
    let mut places: HashMap<Name<'r>, usize> = HashMap::new();
    let mut groups: Vec<Vec<Element<'r, 'a>>> = Vec::new();
    for element in elements {
        match places.entry(element.name()) {
            hash_map::Entry::Vacant(entry) => {
                entry.insert(groups.len());
                groups.push(vec![element]);
            }
            hash_map::Entry::Occupied(entry) => {
                groups.get_mut(*entry.get()).into_iter().for_each(|g| g.push(element))
            }
        }
    }
    groups
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
