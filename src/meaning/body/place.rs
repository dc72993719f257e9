//! Where an href is, seen from the request, and how it is spelled.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::Href;
use crate::href::{HrefKey, HrefRelation, LocatedHref, RequestUrl, last_segments};

/// What all observers need to know about an href.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) relation: HrefRelation,
    pub(super) key: HrefKey,
    /// The part of the href below the URL of the request, as the function `spelling` returns it.
    pub(super) spelling: String,
}

impl Place {
    /// Finds the place of an href. `None` when the href cannot be resolved.
    pub(super) fn of(url: &RequestUrl, href: &Href<'_>) -> Option<Self> {
        url.locate_with_key(href).ok().map(|located| Self::at(url, href, located))
    }

    /// Makes the place of an href that was already located.
    pub(super) fn at(url: &RequestUrl, href: &Href<'_>, (located, key): (LocatedHref, HrefKey)) -> Self {
        let spelling = spelling(href, key.depth_below(url.own_key()), located.repairs.decode_twice);
        Place { relation: located.relation, key, spelling }
    }
}

/// Returns how `href` spells the last `depth` segments of its path: those below the URL of the request. An absolute URL
/// and its path get the same spelling. So do hex digits in upper and lower case, and a path with and without a slash at
/// the end. Segments of the collection are left out, because a mount adds segments there. With `is_decoded`, escapes
/// make no difference either.
fn spelling(href: &Href<'_>, depth: usize, is_decoded: bool) -> String {
    let path = match is_decoded {
        true => percent_decode_str(href.path()).decode_utf8_lossy(),
        false => Cow::Borrowed(href.path()),
    };
    let below = last_segments(&path, depth);
    let mut text = String::with_capacity(below.len());
    for (number, part) in below.split('%').enumerate() {
        let (hex, rest) = part.split_at_checked(2).filter(|_| number > 0).unwrap_or(("", part));
        text.push_str(if number > 0 { "%" } else { "" });
        text.extend(hex.chars().map(|c| c.to_ascii_uppercase()));
        text.push_str(rest);
    }
    text
}

/// Whether a spelling has an escape: `%` and two hex digits. An escape in the path of the collection does not matter:
/// every href has it.
pub(super) fn has_escape(spelling: &str) -> bool {
    let is_hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let mut bytes = spelling.as_bytes().windows(3);
    bytes.any(|at| at.first() == Some(&b'%') && is_hex(at.get(1)) && is_hex(at.get(2)))
}
