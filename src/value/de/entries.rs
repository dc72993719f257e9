use std::collections::{HashMap, hash_map};
use std::{borrow::Cow, vec};

use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, value::BorrowedStrDeserializer};

use super::error::Read;
use super::item::{Item, Kind};
use super::source::{Inside, Reading, Source, key};
use crate::value::{ValueError, read::differs_from_last};
use crate::{Attribute, Element, Name, view::Attributes};

/// Everything in a source, as the entries of a map: attributes, the text if there are no elements, and the elements.
/// Elements of one name are one entry. The entries are in the order of the first element of each name.
///
/// A key is made only when it is asked for, because it may be many times as long as the name that was sent.
pub(super) struct Entries<'s, 'r, 'a> {
    /// The element that has the attributes and the text. `None` for the properties of a response.
    element: Option<Element<'r, 'a>>,
    attributes: Option<Attributes<'r, 'a>>,
    has_text: bool,
    elements: vec::IntoIter<Grouped<'r, 'a>>,
    next: Option<Item<'s, 'r, 'a>>,
    reading: &'s Reading,
}

/// An element, and the position of the first element that has the same name.
struct Grouped<'r, 'a> {
    group: usize,
    element: Element<'r, 'a>,
}

impl<'s, 'r, 'a> Entries<'s, 'r, 'a> {
    pub(super) fn of(source: Source<'s, 'r, 'a>) -> Self {
        let elements = grouped(source.inside.all(None));
        let element = match source.inside {
            Inside::Element(element) => Some(element),
            Inside::Props(_) => None,
        };
        let attributes = element.map(|element| element.attributes());
        let has_text = elements.len() == 0 && element.is_some_and(|element| !element.is_empty());
        Entries { element, attributes, has_text, elements, next: None, reading: source.reading }
    }

    /// Returns the next key and its content.
    fn advance(&mut self) -> Option<(Cow<'a, str>, Item<'s, 'r, 'a>)> {
        let reading = self.reading;
        if let Some(element) = self.element {
            if let Some(Attribute { name, value }) = self.attributes.as_mut().and_then(Iterator::next) {
                let key = match name.namespace() {
                    "" => format!("@{}", name.local()),
                    _ => format!("@{name}"),
                };
                return Some((Cow::Owned(key), Item { element, kind: Kind::Text(value), reading }));
            }
            if std::mem::take(&mut self.has_text) {
                let item = Item { element, kind: Kind::Text(element.text()), reading };
                return Some((Cow::Borrowed("$text"), item));
            }
        }
        let Grouped { group, element: first } = self.elements.next()?;
        let rest = self.elements.as_slice().iter().take_while(|other| other.group == group).count();
        let mut all = Vec::with_capacity(rest + 1);
        all.push(first);
        all.extend(self.elements.by_ref().take(rest).map(|other| other.element));
        // A property that is repeated with one value is listed once. Elements inside a property may be repeated.
        if self.element.is_none() && !all.iter().any(differs_from_last()) {
            all.truncate(1);
        }
        Some((key(first), Item { element: first, kind: Kind::Listed(all), reading }))
    }
}

/// Sorts the elements so that those of one name follow each other.
fn grouped<'r, 'a>(elements: Vec<Element<'r, 'a>>) -> vec::IntoIter<Grouped<'r, 'a>> {
    let mut places: HashMap<Name<'r>, usize> = HashMap::new();
    let mut grouped = Vec::with_capacity(elements.len());
    let mut is_sorted = true;
    for (number, element) in elements.into_iter().enumerate() {
        let group = match places.entry(element.name()) {
            hash_map::Entry::Vacant(entry) => *entry.insert(number),
            hash_map::Entry::Occupied(entry) => *entry.get(),
        };
        is_sorted &= group == number;
        grouped.push(Grouped { group, element });
    }
    if !is_sorted {
        grouped.sort_by_key(|grouped| grouped.group);
    }
    grouped.into_iter()
}

impl<'a> MapAccess<'a> for Entries<'_, '_, 'a> {
    type Error = ValueError;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        let Some((key, item)) = self.advance() else { return Ok(None) };
        self.next = Some(item);
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(key.into_deserializer()),
        }
        .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Read<S::Value> {
        Item::into(self.next.take(), seed)
    }
}
