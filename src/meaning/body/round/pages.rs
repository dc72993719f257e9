//! What the pages of a sync report have said so far.

use std::collections::{BTreeMap, HashSet};

use crate::href::HrefKey;

/// What the pages have said so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    /// Tokens that were sent or came in this round.
    pub(super) tokens: HashSet<String>,
    /// No token was sent: the report names what is there.
    pub(super) is_first: bool,
    /// The report was already started over.
    pub(super) is_restarted: bool,
    /// By member. A later page replaces an earlier one.
    pub(super) named: BTreeMap<HrefKey, Named>,
    /// Keys that may be one member or two.
    pub(super) ambiguous: HashSet<HrefKey>,
    /// Something failed, was foreign or was ambiguous: members that are not named may be there.
    pub(super) has_doubt: bool,
    /// Collections whose members are not in the report, with their hrefs. The collections are there.
    pub(super) unsynced: BTreeMap<HrefKey, String>,
}

/// What a report says about one member.
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

    /// The token that was sent is not valid: starts again without one. It does so once only: two servers at one address
    /// may know different tokens, and refuse each other's for ever.
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
