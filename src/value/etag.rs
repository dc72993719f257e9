use std::borrow::Cow;

use super::{Value, ValueError, text::is_text};
use crate::{Element, Tolerance};

/// An entity tag (RFC 9110 section 8.8.3), as sent. The tag of a resource changes when the content changes.
///
/// Some servers leave the quotes out, double them or write `w/` ([`Tolerance::EntityTagForm`]). The text is kept as
/// sent, and `==` compares the text. [`EntityTag::strong_eq`] and [`EntityTag::weak_eq`] are the comparisons of RFC
/// 9110 section 8.8.3.2. These two ignore such faults.
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

/// The suffixes that servers and proxies append to a tag when they compress the content. They append a suffix either
/// only in the header or only in the property.
const CODINGS: [&str; 8] = ["-gzip", ";gzip", "-br", ";br", "-deflate", ";deflate", "-zstd", ";zstd"];

impl<'a> EntityTag<'a> {
    /// Reads the tag in `text`, such as the value of an ETag header. White space around the tag is cut off. `None` when
    /// `text` is empty, is no more than `W/` or a quote, or has control characters.
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::of(Cow::Borrowed(text.trim_ascii()))
    }

    pub(super) fn of(text: Cow<'a, str>) -> Option<Self> {
        let tag = EntityTag(text);
        let is_empty = tag.quoted().bytes().all(|b| b == b'"') && !tag.is_well_formed();
        let is_tag = !is_empty && !tag.0.bytes().any(|b| b.is_ascii_control());
        is_tag.then_some(tag)
    }

    /// Whether the tag is weak: it begins with `W/` or `w/`. Two contents with one weak tag may differ in their bytes.
    pub fn is_weak(&self) -> bool {
        self.quoted().len() != self.0.len()
    }

    /// Returns the tag without `W/`.
    fn quoted(&self) -> &str {
        self.0.strip_prefix("W/").or_else(|| self.0.strip_prefix("w/")).unwrap_or(&self.0)
    }

    /// The text between the quotes. If there are no quotes, this is the text after `W/`.
    pub fn opaque(&self) -> &str {
        self.quoted().trim_matches('"')
    }

    /// Whether the tag has the form of RFC 9110: `W/` or nothing, then two quotes with only visible characters other
    /// than quotes between them.
    pub fn is_well_formed(&self) -> bool {
        let quoted = self.0.strip_prefix("W/").unwrap_or(&self.0);
        let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inside.is_some_and(|inside| !inside.bytes().any(|b| b <= b' ' || matches!(b, b'"' | 0x7F)))
    }

    /// Whether both tags are the same and neither is weak. Then the contents are the same, byte for byte.
    pub fn strong_eq(&self, other: &EntityTag<'_>) -> bool {
        !self.is_weak() && !other.is_weak() && self.opaque() == other.opaque()
    }

    /// Whether both tags are the same, weak or not.
    pub fn weak_eq(&self, other: &EntityTag<'_>) -> bool {
        self.opaque() == other.opaque()
    }

    /// Compares the tags as [`EntityTag::weak_eq`] does, but ignores the suffixes that compression appends. Apache's
    /// mod_deflate turns `"abc"` into `"abc-gzip"`, but only in the header.
    pub fn weak_eq_ignoring_coding(&self, other: &EntityTag<'_>) -> bool {
        let plain =
            |tag: &'_ str| CODINGS.iter().find_map(|coding| tag.strip_suffix(coding)).unwrap_or(tag).len();
        let (own, others) = (self.opaque(), other.opaque());
        own.get(..plain(own)) == others.get(..plain(others))
    }

    /// Returns the value for an `If-Match` header: the tag as sent, put in quotes if it is not well-formed. `None` for
    /// a weak tag, which never matches in that header (RFC 9110 section 13.1.1). Also `None` if the tag has blanks or
    /// quotes inside, so that in quotes it would be another tag or two tags.
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
