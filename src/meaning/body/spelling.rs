//! Remembers how the href of each resource was spelled, in 16 bytes for a resource.
//!
//! Two hrefs with one key may be one resource in two spellings, or two resources: SOGo 5.8 writes the names `a b.ics`
//! and `a%20b.ics` in one report without escaping either. So a key that comes in two spellings is ambiguous.
//!
//! Only hashes of keys and spellings are kept, so a million members need 36 MiB (54 MiB while the table grows). The
//! hashes are keyed at random: a server cannot choose names that collide. By chance, two of a million members share a
//! hash once in 30 million answers. Then a removal may be missing.

use std::collections::{HashMap, hash_map::Entry};
use std::hash::{BuildHasher, RandomState};

use crate::href::HrefKey;

/// What the answer has said about each resource, by the hash of the key of the resource.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings {
    seen: HashMap<u64, Said>,
    hash: RandomState,
}

/// What was said about one resource: the hashes of the first spelling and of the first claim, and two flags.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    spelling: u32,
    /// The hash of the first claim, but the last two bits are the flags below.
    claim: u32,
}

impl Said {
    /// The flag is set when the first claim can be contradicted.
    const HAS_CLAIM: u32 = 1;
    /// The flag is set when a claim about the resource was not a removal.
    const IS_OTHER: u32 = 2;
}

/// What an answer says about one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Claim<'t> {
    /// The resource is there. The claim has the entity tag, and whether the resource is a collection.
    There(Option<&'t str>, Option<bool>),
    Gone,
    /// Anything else. It contradicts no other claim.
    Other,
}

/// What was said about a resource before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing was said.
    Never,
    /// The same claim was made, in the same spelling.
    Same,
    /// In the same spelling, a claim was made that does not contradict the new claim.
    Other,
    /// In the same spelling, a claim was made that contradicts the new claim.
    Contradicted,
    /// The resource was spelled in another way.
    OtherSpelling,
}

impl Spellings {
    /// Keeps a spelling and a claim, and returns what was said about the resource before.
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

    /// Whether any claim about the resource was something other than a removal.
    pub(super) fn is_other_than_gone(&self, key: &HrefKey) -> bool {
        let said = self.seen.get(&self.hash.hash_one(key)).copied().unwrap_or_default();
        said.claim & Said::IS_OTHER != 0
    }
}
