//! Remembers how resources were spelled, in 16 bytes for each.
//!
//! Two hrefs with one key may be one resource in two spellings, or two resources: SOGo 5.8 writes the names `a b.ics`
//! and `a%20b.ics` in one report without escaping either. So a key that comes in two spellings is ambiguous.
//!
//! Hashes stand for keys and spellings, so that a million members need 36 MiB (54 MiB while the table grows). They are
//! keyed at random: nobody can choose names that collide. By chance, two of a million members share a hash once in
//! 30 million answers; then a removal is not told.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, RandomState},
};

use percent_encoding::percent_decode_str;

use crate::{
    Href,
    href::{HrefKey, last_segments},
};

/// What was said of each resource, by the hash of its key.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings {
    seen: HashMap<u64, Said>,
    hash: RandomState,
}

/// The hashes of the first spelling and of the first claim, and two bits.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    spelling: u32,
    /// The hash of the first claim, in all but the last two bits.
    claim: u32,
}

impl Said {
    /// There was a claim that can be contradicted.
    const HAS_CLAIM: u32 = 1;
    /// Something else than a removal was said.
    const IS_OTHER: u32 = 2;
}

/// What an answer says of one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Claim<'t> {
    /// It is there, with this entity tag, and is a collection or not.
    There(Option<&'t str>, Option<bool>),
    Gone,
    /// Neither: that contradicts nothing.
    Other,
}

/// What was known of a resource when it came again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// It had not come.
    Never,
    /// It had come in this spelling, and the same was said of it.
    Same,
    /// It had come in this spelling, and what was said of it contradicts nothing.
    Other,
    /// It had come in this spelling, and something else was said of it.
    Contradicted,
    /// It had come in another spelling.
    OtherSpelling,
}

impl Spellings {
    /// Takes down how a resource is spelled, and what is said of it.
    pub(super) fn add(&mut self, key: &HrefKey, spelling: &str, claim: Claim<'_>) -> Before {
        let spelling = self.hash.hash_one(spelling) as u32;
        let is_other = if claim == Claim::Gone { 0 } else { Said::IS_OTHER };
        let claim = match claim {
            Claim::Other => 0,
            claim => (self.hash.hash_one(claim) as u32 & !Said::IS_OTHER) | Said::HAS_CLAIM,
        };
        let said = match self.seen.entry(self.hash.hash_one(key)) {
            Entry::Vacant(place) => {
                place.insert(Said { spelling, claim: claim | is_other });
                return Before::Never;
            }
            Entry::Occupied(place) => place.into_mut(),
        };
        let first = said.claim & !Said::IS_OTHER;
        let is_contradicted = first != 0 && claim != 0 && first != claim;
        said.claim |= is_other | if first == 0 { claim } else { 0 };
        match () {
            () if said.spelling != spelling => Before::OtherSpelling,
            () if is_contradicted => Before::Contradicted,
            () if first == 0 || claim == 0 => Before::Other,
            () => Before::Same,
        }
    }

    /// Whether something else than a removal was said of a resource.
    pub(super) fn is_other_than_gone(&self, key: &HrefKey) -> bool {
        let said = self.seen.get(&self.hash.hash_one(key)).copied().unwrap_or_default();
        said.claim & Said::IS_OTHER != 0
    }
}

/// How `href` spells what is `depth` segments below the URL of the request. One spelling are an absolute URL and its
/// path, hex digits in either case, and the same with and without a slash at the end. What is above the collection does
/// not count: a mount is added there. Nor does an escape that was `decoded` before.
pub(super) fn spelling(href: &Href<'_>, depth: usize, is_decoded: bool) -> String {
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

/// Whether an escape is in a spelling: `%` and two hex digits. One above the collection changes nothing: it is in every
/// href.
pub(super) fn has_escape(spelling: &str) -> bool {
    let is_hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let mut bytes = spelling.as_bytes().windows(3);
    bytes.any(|at| at.first() == Some(&b'%') && is_hex(at.get(1)) && is_hex(at.get(2)))
}
