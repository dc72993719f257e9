use std::{borrow::Cow, fmt};

use super::{Element, Value, ValueError};

/// All of the text, white space kept; borrowed from the body unless something had to be undone. Empty is a value.
impl<'a> Value<'a> for Cow<'a, str> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        element.plain_text().map(Some)
    }
}

/// As `Cow<str>`.
impl<'a> Value<'a> for String {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(element.plain_text()?.into_owned()))
    }
}

/// The property is there, whatever is in it.
impl<'a> Value<'a> for () {
    fn read(_: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(()))
    }
}

/// `1`, `true`, `t`, `yes` or `0`, `false`, `f`, `no`, in any letters: servers mix these in one body.
impl<'a> Value<'a> for bool {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let Some(text) = element.trimmed_text("a boolean")? else { return Ok(None) };
        boolean(&text).map(Some).ok_or_else(|| ValueError::new(element, "a boolean"))
    }
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    let is_one_of = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(["1", "true", "t", "yes"]) {
        Some(true)
    } else if is_one_of(["0", "false", "f", "no"]) {
        Some(false)
    } else {
        None
    }
}

/// Text that means nothing to a client and goes back to the server as it is: a sync-token, a ctag, a topic. White space
/// around it is cut off.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token<'a>(Cow<'a, str>);

impl Token<'_> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> Value<'a> for Token<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(element.trimmed_text("a token")?.map(Token))
    }
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The texts of the child elements, whatever these are called: collations, labels, tags, methods. White space around
/// them is cut off, empty ones are left out; in place of a text the attribute `name` counts, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSet<'a>(Vec<Cow<'a, str>>);

impl<'a> TextSet<'a> {
    /// The texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|text| &**text)
    }

    /// Whether `text` is among them.
    pub fn contains(&self, text: &str) -> bool {
        self.iter().any(|one| one == text)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Value<'a> for TextSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        if !element.has_children() && !element.is_blank() {
            return Err(ValueError::new(element, "a set of elements"));
        }
        let text = |child: Element<'_, 'a>| match child.frame.trimmed(child.node) {
            text if text.is_empty() => child.attribute("name"),
            text => Some(text),
        };
        let texts = element.children().filter_map(text).filter(|text| !text.is_empty());
        Ok(Some(TextSet(texts.collect())))
    }
}
