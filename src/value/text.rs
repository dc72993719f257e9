use std::borrow::Cow;

use super::owned::{own, owned};
use super::{Value, ValueError, iter::in_slices};
use crate::Element;

/// Reads the whole text with its white space. The text is borrowed from the body unless it had to be unescaped. An
/// empty text is a value, too.
impl<'a> Value<'a> for Cow<'a, str> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        element.plain_text().map(Some)
    }
}

/// Reads the whole text, as for `Cow<str>`.
impl<'a> Value<'a> for String {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(element.plain_text()?.into_owned()))
    }
}

/// Accepts any content. The value says only that the property was returned.
impl<'a> Value<'a> for () {
    fn read(_: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(()))
    }
}

/// Reads `1`, `true`, `t`, `yes` or `0`, `false`, `f`, `no`, in upper or lower case. Servers mix these in one body.
impl<'a> Value<'a> for bool {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        element.read_text("a boolean", |text| boolean(&text))
    }
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    let is_one_of = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_true = is_one_of(["1", "true", "t", "yes"]);
    (is_true || is_one_of(["0", "false", "f", "no"])).then_some(is_true)
}

/// A flag that some servers send as an empty element and some as a boolean. An empty element means that the flag is
/// set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PresenceFlag(bool);

owned! { PresenceFlag }

impl PresenceFlag {
    /// Whether the flag is set.
    pub fn is_set(self) -> bool {
        self.0
    }

    #[cfg(feature = "serde")]
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.is_empty() { Some(PresenceFlag(true)) } else { boolean(text).map(PresenceFlag) }
    }
}

impl<'a> Value<'a> for PresenceFlag {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(PresenceFlag(bool::read(element)?.unwrap_or(true))))
    }
}

/// Text that has no meaning for a client and is sent back to the server unchanged: a sync-token, a ctag, a topic. White
/// space around the text is cut off.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpaqueText<'a>(Cow<'a, str>);

impl<'a> OpaqueText<'a> {
    #[cfg(feature = "serde")]
    pub(super) fn of(text: Cow<'a, str>) -> Option<Self> {
        (!text.is_empty()).then_some(OpaqueText(text))
    }
}

/// Makes the methods and traits of a type that holds its text as sent, without the white space around the text.
macro_rules! is_text {
    ($name:ident) => {
        impl<'a> $name<'a> {
            /// The text as sent.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text as sent, borrowed from the body unless it had to be unescaped.
            pub fn into_inner(self) -> std::borrow::Cow<'a, str> {
                self.0
            }
        }

        $crate::value::owned::own! { $name(_); }

        impl From<$name<'_>> for String {
            fn from(value: $name<'_>) -> Self {
                value.0.into_owned()
            }
        }

        impl AsRef<str> for $name<'_> {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name<'_> {
            fn eq(&self, other: &str) -> bool {
                *self.0 == *other
            }
        }

        impl PartialEq<&str> for $name<'_> {
            fn eq(&self, other: &&str) -> bool {
                *self.0 == **other
            }
        }

        /// Shows the text as sent.
        impl std::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(super) use is_text;

is_text!(OpaqueText);

impl<'a> Value<'a> for OpaqueText<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(element.trimmed_text("a token")?.map(OpaqueText))
    }
}

/// The texts of the child elements, whatever their names: collations, labels, tags, methods. White space around a text
/// is cut off, and empty texts are left out. If a child has an attribute `name`, the value of that attribute is taken
/// instead of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSet<'a>(Vec<Cow<'a, str>>);

own! { TextSet(_); }

impl<'a> TextSet<'a> {
    #[cfg(feature = "serde")]
    pub(super) fn of(texts: Vec<String>) -> Self {
        TextSet(texts.into_iter().filter(|text| !text.is_empty()).map(Cow::Owned).collect())
    }

    /// The texts, in order.
    pub fn iter(&self) -> Texts<'_, 'a> {
        Texts(self.0.iter())
    }

    /// The number of texts.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether `text` is in the set.
    pub fn contains(&self, text: &str) -> bool {
        self.iter().any(|one| one == text)
    }

    /// Whether the set has no texts.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Value<'a> for TextSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        if element.is_only_text() {
            return Err(ValueError::new(element, "a set of elements"));
        }
        let text = |child: Element<'_, 'a>| {
            Some(child.attribute("name").unwrap_or_else(|| child.frame.trimmed(child.node)))
        };
        let texts = element.children().filter_map(text).filter(|text| !text.is_empty());
        Ok(Some(TextSet(texts.collect())))
    }
}

in_slices! {
    /// An iterator over texts, from [`TextSet::iter`] or [`ComponentSet::iter`](super::ComponentSet::iter).
    Texts of TextSet: Cow<'a, str> => &'s str, |text| &**text;
}
