//! What the pages of a sync report say together.

use std::collections::{BTreeMap, HashSet};

use crate::href::HrefKey;

/// What was said so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    /// Tokens that came or were sent in this round.
    pub(super) tokens: HashSet<String>,
    /// No token was sent: the report names what is there.
    pub(super) is_first: bool,
    /// It was started over already.
    pub(super) is_restarted: bool,
    /// By member. The later page counts.
    pub(super) named: BTreeMap<HrefKey, Named>,
    /// Keys that stand for one member or two.
    pub(super) ambiguous: HashSet<HrefKey>,
    /// Something failed, was foreign or ambiguous: what is not named may be there.
    pub(super) has_doubt: bool,
    /// Collections whose members are not in the report, with their hrefs. They are there themselves.
    pub(super) unsynced: BTreeMap<HrefKey, String>,
}

/// What a report says of one member.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) href: String,
    pub(super) what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    There { tag: Option<String>, is_collection: bool },
    Failed,
    Removed,
    Doubtful,
}

impl What {
    pub(super) fn is_there(&self) -> bool {
        matches!(self, What::There { .. } | What::Failed)
    }
}

impl Pages {
    pub(super) fn new(token: Option<&str>) -> Self {
        let tokens = token.map(str::to_owned).into_iter().collect();
        Pages { tokens, is_first: token.is_none(), ..Pages::default() }
    }

    pub(super) fn is_ambiguous(&self, key: &HrefKey) -> bool {
        self.ambiguous.contains(key)
    }

    /// The token that was sent is not valid: all of it comes again, from the start. That is done once: two servers behind
    /// one address may know different tokens, and refuse each other's for ever.
    pub(super) fn start_over(&mut self) -> bool {
        if self.is_restarted {
            return false;
        }
        *self = Pages { is_first: true, is_restarted: true, ..Pages::default() };
        true
    }

    /// How many resources are named.
    pub(super) fn count(&self) -> usize {
        self.named.len() + self.unsynced.len()
    }
}
