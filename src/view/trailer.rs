use super::{Repairs, SyncTokens, Tolerances};
use crate::parse::RootFacts;

/// What `finish` gives, because only a body that was read to its end shows it.
#[derive(Clone, Debug)]
pub struct Trailer {
    pub(crate) facts: RootFacts,
    pub(crate) unseen: u64,
}

impl Trailer {
    /// Whether nothing was kept from the caller: [`Trailer::unseen`] and [`Trailer::faults`] are both 0. What was
    /// repaired counts as given.
    #[must_use = "what is not complete proves nothing about what it does not mention"]
    pub fn is_complete(&self) -> bool {
        self.unseen == 0 && self.facts.faults == 0
    }

    /// The token to ask for the next changes with (RFC 6578 section 6.2), white space around it cut off.
    ///
    /// `None` without one, with several that differ, empty ones not counted, and unless
    /// [`Trailer::is_complete`]: a client that stores a token without having seen all changes loses them for
    /// good.
    ///
    /// What the responses *say* is not judged here. Before it stores the token, a client has to have dealt with every
    /// href of every response: those that failed, those with an empty href, and a 507, which says that there is more to
    /// ask for (RFC 6578 section 3.6).
    #[must_use]
    pub fn sync_token(&self) -> Option<&str> {
        let mut tokens = self.named_tokens();
        let token = tokens.next()?;
        (tokens.next().is_none() && self.is_complete()).then_some(token)
    }

    /// How many responses could be read, whether the caller was given them or not.
    pub fn responses(&self) -> u64 {
        self.facts.readable
    }

    /// How many responses the caller was not given, because `finish` came before them.
    pub fn unseen(&self) -> u64 {
        self.unseen
    }

    /// How many responses could not be read, and other children of the root that were too large, whether they were
    /// given out as errors or passed by `finish`.
    pub fn faults(&self) -> u64 {
        self.facts.faults
    }

    /// The description of the whole answer for a user (RFC 4918 section 14.25), white space around it cut off. `None`
    /// without one.
    pub fn description(&self) -> Option<&str> {
        self.facts.description.as_deref()
    }

    /// All that was forgiven in the body, responses included, values not.
    pub fn tolerated(&self) -> Tolerances {
        Tolerances(self.facts.notes.tolerated())
    }

    /// All that was repaired in the body, responses included.
    pub fn repaired(&self) -> Repairs {
        Repairs(self.facts.notes.repaired())
    }

    /// The text of each `sync-token` under the root, white space cut off, whatever else went wrong: at most three, two that
    /// differ and an empty one. To be shown, not to be stored: see [`Trailer::sync_token`].
    pub fn sync_tokens(&self) -> SyncTokens<'_> {
        SyncTokens(self.facts.sync_tokens.iter())
    }

    /// The tokens that are not empty.
    pub(crate) fn named_tokens(&self) -> impl Iterator<Item = &str> {
        self.sync_tokens().filter(|token| !token.is_empty())
    }

    /// The only one that is not empty, whatever else went wrong.
    #[cfg(feature = "url")]
    pub(crate) fn single_token(&self) -> Option<&str> {
        let mut tokens = self.named_tokens();
        tokens.next().filter(|_| tokens.next().is_none())
    }
}
