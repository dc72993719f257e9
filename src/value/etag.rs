use std::borrow::Cow;

use super::{Value, ValueError, text::is_text};
use crate::{Element, Tolerance};

/// An entity tag (RFC 9110 section 8.8.3), as sent: what differs when the content does.
///
/// Servers leave quotes out, double them or write `w/` ([`Tolerance::EntityTagForm`]): the text is kept, and
/// comparisons see through that. `==` compares the text; what RFC 9110 section 8.8.3.2 means by equal are
/// [`EntityTag::strong_eq`] and [`EntityTag::weak_eq`].
///
/// ```
/// use multistatus::value::EntityTag;
///
/// let unquoted = EntityTag::parse("77120-3").unwrap();
/// assert!(!unquoted.is_well_formed());
/// assert!(unquoted.strong_eq(&EntityTag::parse("\"77120-3\"").unwrap()));
/// assert_eq!(unquoted.if_match().unwrap(), "\"77120-3\"");
/// assert_eq!(EntityTag::parse("W/\"a\"").unwrap().if_match(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntityTag<'a>(Cow<'a, str>);

is_text!(EntityTag);

/// What servers and proxies that compress put behind a tag, in the header or in the property only.
const CODINGS: [&str; 8] = ["-gzip", ";gzip", "-br", ";br", "-deflate", ";deflate", "-zstd", ";zstd"];

impl<'a> EntityTag<'a> {
    /// The tag in `text`, such as the value of an ETag header, white space around it cut off. `None` when it is empty,
    /// no more than `W/` or a quote, or has control characters in it.
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::of(Cow::Borrowed(text.trim_ascii()))
    }

    pub(super) fn of(text: Cow<'a, str>) -> Option<Self> {
        let tag = EntityTag(text);
        let is_empty = tag.quoted().bytes().all(|b| b == b'"') && !tag.is_well_formed();
        let is_tag = !is_empty && !tag.0.bytes().any(|b| b.is_ascii_control());
        is_tag.then_some(tag)
    }

    /// Whether two contents with this tag may still differ in their bytes: `W/` or `w/` before it.
    pub fn is_weak(&self) -> bool {
        self.quoted().len() != self.0.len()
    }

    /// All but the `W/`.
    fn quoted(&self) -> &str {
        self.0.strip_prefix("W/").or_else(|| self.0.strip_prefix("w/")).unwrap_or(&self.0)
    }

    /// The text between the quotes, or where there are none all but the `W/`.
    pub fn opaque(&self) -> &str {
        self.quoted().trim_matches('"')
    }

    /// Whether it is what RFC 9110 has: `W/` or nothing, and between two quotes any visible characters but quotes.
    pub fn is_well_formed(&self) -> bool {
        let quoted = self.0.strip_prefix("W/").unwrap_or(&self.0);
        let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inside.is_some_and(|inside| !inside.bytes().any(|b| b <= b' ' || matches!(b, b'"' | 0x7F)))
    }

    /// Whether neither is weak and both are the same: then the contents are, byte for byte.
    pub fn strong_eq(&self, other: &EntityTag<'_>) -> bool {
        !self.is_weak() && !other.is_weak() && self.opaque() == other.opaque()
    }

    /// Whether both are the same, weak or not.
    pub fn weak_eq(&self, other: &EntityTag<'_>) -> bool {
        self.opaque() == other.opaque()
    }

    /// [`EntityTag::weak_eq`], where what compression puts behind a tag does not count: Apache's mod_deflate makes
    /// `"abc-gzip"` of `"abc"`, in the header only.
    pub fn weak_eq_ignoring_coding(&self, other: &EntityTag<'_>) -> bool {
        let plain =
            |tag: &'_ str| CODINGS.iter().find_map(|coding| tag.strip_suffix(coding)).unwrap_or(tag).len();
        let (own, others) = (self.opaque(), other.opaque());
        own.get(..plain(own)) == others.get(..plain(others))
    }

    /// What to send as `If-Match`: the text as sent or, where that is not well-formed, in quotes. `None` for a weak
    /// tag, which never matches there (RFC 9110 section 13.1.1), and where quotes do not help: blanks or quotes inside
    /// would make another tag of it, or two.
    pub fn if_match(&self) -> Option<Cow<'a, str>> {
        match self {
            _ if self.is_weak() => None,
            _ if self.is_well_formed() => Some(self.0.clone()),
            _ => {
                let quoted = format!("\"{}\"", self.opaque());
                let is_one_tag =
                    !self.opaque().is_empty() && EntityTag(Cow::Borrowed(&quoted)).is_well_formed();
                is_one_tag.then_some(Cow::Owned(quoted))
            }
        }
    }
}

impl<'a> Value<'a> for EntityTag<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let tag = element.read_text("an entity tag", EntityTag::of)?;
        if tag.as_ref().is_some_and(|tag| !tag.is_well_formed()) {
            element.forgive(Tolerance::EntityTagForm)?;
        }
        Ok(tag)
    }
}
