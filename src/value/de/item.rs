use std::{borrow::Cow, str::FromStr, vec};

use serde::de::{self, DeserializeSeed, SeqAccess};

use super::error::Read;
use super::source::{Inside, Reading, Source};
use crate::value::{ValueError, read::differs_from_last};
use crate::{Element, names, xml};

/// An item is the content that was found for one name, before it becomes the value of a type.
pub(super) struct Item<'s, 'r, 'a> {
    /// The element of the item: the only one, the first of several, or the element that a text belongs to.
    pub(super) element: Element<'r, 'a>,
    pub(super) kind: Kind<'r, 'a>,
    pub(super) reading: &'s Reading,
}

pub(super) enum Kind<'r, 'a> {
    /// An element, and the place to search for others with its name.
    Named(Inside<'r, 'a>),
    /// All elements with one name. The first of them is the element of the item.
    Listed(Vec<Element<'r, 'a>>),
    /// A single element.
    One,
    /// A single element whose own name is the variant of an enum. For `One`, the variant is the element inside.
    Own,
    /// One element of a sequence. All elements of the sequence have the name of a field.
    Repeated,
    /// All elements inside the element of the item, whatever their names.
    Children,
    /// The text of an attribute, or of the element.
    Text(Cow<'a, str>),
}

impl<'s, 'r, 'a> Item<'s, 'r, 'a> {
    /// Reads the item for the key that a map has just given.
    pub(super) fn into<S: DeserializeSeed<'a>>(item: Option<Self>, seed: S) -> Read<S::Value> {
        let item =
            item.ok_or_else(|| <ValueError as de::Error>::custom("a value was asked for before its key"))?;
        let element = item.element;
        seed.deserialize(item).map_err(|error| error.at(element))
    }

    /// Returns the only element. Fails if there are several that differ, because it is not known which one is meant.
    pub(super) fn single(&self) -> Read<Element<'r, 'a>> {
        let conflicting = match &self.kind {
            Kind::Named(inside) => inside.conflicting(self.element.name()),
            Kind::Listed(all) => all.iter().copied().find(differs_from_last()),
            Kind::Children => {
                let mut children = self.element.children();
                return match (children.next(), children.next()) {
                    (Some(child), None) => Ok(child),
                    _ => Err(ValueError::pending(self.element, "one element")),
                };
            }
            Kind::One | Kind::Repeated | Kind::Own | Kind::Text(_) => None,
        };
        conflicting.map_or(Ok(self.element), |element| Err(ValueError::conflicting(element)))
    }

    /// Returns the text, if the item is an attribute or `$text`.
    pub(super) fn own_text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(text) => Some(text.to_string()),
            _ => None,
        }
    }

    /// Whether the item is a property that may contain several hrefs.
    pub(super) fn is_set_of_hrefs(&self) -> bool {
        self.element.is_property() && self.element.name() != names::HREF
    }

    /// Returns the text of the item. Fails if there are elements inside.
    pub(super) fn plain(self) -> Read<Cow<'a, str>> {
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

    pub(super) fn parsed<T: FromStr>(self, expected: &str) -> Read<T> {
        let element = self.element;
        let text = self.plain()?;
        let text = xml::trim(&text);
        // Rust also parses the words `inf` and `nan` as floats.
        let is_number =
            text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.')) && !text.contains("inf");
        let parsed = text.parse().ok().filter(|_| is_number);
        parsed.ok_or_else(|| ValueError::pending(element, expected))
    }

    /// Returns the element as a source. Fails for a text, because a recursive type would read that text for ever.
    pub(super) fn inside(&self) -> Read<Source<'s, 'r, 'a>> {
        match self.kind {
            Kind::Text(_) => Err(ValueError::pending(self.element, "an element")),
            _ => Ok(Source::of(self.single()?, self.reading)),
        }
    }

    /// Returns the elements of the item as a sequence. Fails for a single element and for a text.
    pub(super) fn all(self) -> Read<Elements<'s, 'r, 'a>> {
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

pub(super) struct Elements<'s, 'r, 'a> {
    elements: vec::IntoIter<Element<'r, 'a>>,
    is_own: bool,
    reading: &'s Reading,
}

impl<'a> SeqAccess<'a> for Elements<'_, '_, 'a> {
    type Error = ValueError;

    fn next_element_seed<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Read<Option<S::Value>> {
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
