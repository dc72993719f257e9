use std::{borrow::Cow, fmt, str};

use super::iter::by_reference;
use super::{Value, ValueError, owned::own, text::is_text};
use crate::fused::fused;
use crate::{Element, Tolerance};

/// A media type with its parameters (RFC 9110 section 8.3.1), as in `getcontenttype`.
///
/// ```
/// use multistatus::value::MediaType;
///
/// let text = "text/calendar; charset=utf-8; component=\"VEVENT\"";
/// let media_type = MediaType::parse(text).unwrap();
/// assert!(media_type.is("text/Calendar"));
/// assert_eq!(media_type.parameter("Component").unwrap(), "VEVENT");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaType<'a>(Cow<'a, str>);

is_text!(MediaType);

impl<'a> MediaType<'a> {
    /// Reads the media type in `text`, such as the value of a Content-Type header. `None` unless `text` begins with a
    /// word, a slash and a word. Some servers send a word and a semicolon, which is read, too.
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::of(Cow::Borrowed(text.trim_ascii()))
    }

    pub(super) fn of(text: Cow<'a, str>) -> Option<Self> {
        let this = MediaType(text);
        let mut words = this.essence().split('/');
        let is_type = words.next().is_some_and(is_token) && words.next().is_none_or(is_token);
        let is_marked = this.0.contains(['/', ';']);
        (is_type && is_marked && words.next().is_none()).then_some(this)
    }

    /// The type and subtype as sent, such as `text/calendar`.
    pub fn essence(&self) -> &str {
        self.0.split(';').next().unwrap_or_default().trim_ascii_end()
    }

    /// Whether type and subtype are those of `essence`, ignoring case.
    pub fn is(&self, essence: &str) -> bool {
        self.essence().eq_ignore_ascii_case(essence)
    }

    /// The parameters in order. The values are without quotes. A parameter without `=` is left out.
    pub fn parameters(&self) -> Parameters<'_> {
        Parameters { rest: self.0.get(self.essence().len()..).unwrap_or_default() }
    }

    /// The value of the first parameter called `name`, ignoring case.
    pub fn parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        self.parameters().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether the text has a type and a subtype. A semicolon without a parameter is allowed (RFC 9110 section 5.6.6).
    pub fn is_well_formed(&self) -> bool {
        self.essence().contains('/')
    }
}

/// Whether `word` is a token (RFC 9110 section 5.6.2).
fn is_token(word: &str) -> bool {
    let is_in_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !word.is_empty() && word.bytes().all(is_in_token)
}

/// An iterator over the parameters of a media type, with values without quotes, from [`MediaType::parameters`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Parameters<'m> {
    rest: &'m str,
}

impl<'m> Iterator for Parameters<'m> {
    type Item = (&'m str, Cow<'m, str>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let text = self.rest.trim_start_matches(|c: char| c == ';' || c.is_ascii_whitespace());
            let end = text.find(['=', ';']).unwrap_or(text.len());
            let (name, after_name) = text.split_at_checked(end)?;
            self.rest = after_name;
            if let Some(value) = after_name.strip_prefix('=') {
                let (value, after_value) = parameter_value(value);
                self.rest = after_value;
                return Some((name.trim_ascii_end(), value));
            }
            if after_name.is_empty() {
                return None;
            }
        }
    }
}

/// Returns the value after `=`, up to the next semicolon that is not in quotes, and the text after that value.
fn parameter_value(text: &str) -> (Cow<'_, str>, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = text.split_once(';').unwrap_or((text, ""));
        return (Cow::Borrowed(value.trim_ascii()), rest);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (Cow::Owned(value), quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            _ => value.push(c),
        }
    }
    (Cow::Owned(value), "")
}

impl<'a> Value<'a> for MediaType<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let media_type = element.read_text("a media type", MediaType::of)?;
        if media_type.as_ref().is_some_and(|media_type| !media_type.is_well_formed()) {
            element.forgive(Tolerance::MediaTypeForm)?;
        }
        Ok(media_type)
    }
}

/// A language tag (RFC 5646), as in `getcontentlanguage`. If several were sent, as in the HTTP header, all are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LanguageTag<'a>(Cow<'a, str>);

impl<'a> LanguageTag<'a> {
    pub(super) fn of(text: Cow<'a, str>) -> Option<Self> {
        let tags = LanguageTag(text);
        let is_subtag =
            |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_tag = |tag: &str| tag.split('-').all(is_subtag);
        (tags.iter().next().is_some() && tags.iter().all(is_tag)).then_some(tags)
    }

    /// The first tag.
    pub fn as_str(&self) -> &str {
        self.iter().next().unwrap_or_default()
    }

    /// All tags, in order.
    pub fn iter(&self) -> LanguageTags<'_> {
        LanguageTags(self.0.split(','))
    }
}

/// Shows all tags as sent.
impl fmt::Display for LanguageTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

own! { LanguageTag(_); }

by_reference! { LanguageTag: LanguageTags<'s>; }

fused! { Parameters<'_>; LanguageTags<'_>; }

/// An iterator over language tags, from [`LanguageTag::iter`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct LanguageTags<'t>(str::Split<'t, char>);

impl<'t> Iterator for LanguageTags<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.by_ref().map(str::trim_ascii).find(|tag| !tag.is_empty())
    }
}

impl<'a> Value<'a> for LanguageTag<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let tags = element.read_text("a language tag", LanguageTag::of)?;
        if tags.as_ref().is_some_and(|tags| tags.0.contains(',')) {
            element.forgive(Tolerance::LanguageList)?;
        }
        Ok(tags)
    }
}
