//! What the pages of a sync report have said so far. A server may send a report in several pages.

use std::collections::{BTreeMap, HashSet};

use crate::href::HrefKey;

/// What the pages have said so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    /// The tokens that this round has sent or received.
    pub(super) tokens: HashSet<String>,
    /// Whether no token was sent: then the report names every member that is there.
    pub(super) is_first: bool,
    /// Whether the report was already started over without a token.
    pub(super) is_restarted: bool,
    /// What the pages say about each member. What a later page says replaces what an earlier page says.
    pub(super) named: BTreeMap<HrefKey, Named>,
    /// Keys that came in two spellings: each may be one member or two.
    pub(super) ambiguous: HashSet<HrefKey>,
    /// Whether something failed or was foreign: then members that no page names may be there.
    pub(super) has_doubt: bool,
    /// The hrefs of the collections that are in the report without their members.
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

    /// Starts the report over without a token, because the server refused the token. Returns `false` if that was done
    /// before: two servers at one address may know different tokens, and refuse each other's tokens for ever.
    pub(super) fn start_over(&mut self) -> bool {
        if self.is_restarted {
            return false;
        }
        *self = Pages { is_first: true, is_restarted: true, ..Pages::default() };
        true
    }

    /// Counts the resources that the pages have named.
    pub(super) fn count(&self) -> usize {
        self.named.len() + self.unsynced.len()
    }
}
