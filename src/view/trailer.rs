use super::{Repairs, SyncTokens, Tolerances};
use crate::parse::RootFacts;

/// The facts that are known only when a body was read to its end. `finish` returns them.
#[derive(Clone, Debug)]
pub struct Trailer {
    pub(crate) facts: RootFacts,
    pub(crate) unseen: u64,
}

impl Trailer {
    /// Whether the caller was given every response: [`Trailer::unseen`] and [`Trailer::faults`] are both 0. A response
    /// that was repaired counts as given.
    #[must_use = "what is not complete proves nothing about what it does not mention"]
    pub fn is_complete(&self) -> bool {
        self.unseen == 0 && self.facts.faults == 0
    }

    /// Returns the token for asking for the next changes (RFC 6578 section 6.2), without white space around it.
    ///
    /// `None` if there is no token, if several tokens differ (empty ones do not count), or if the answer is not
    /// complete ([`Trailer::is_complete`]). A client that stores a token without having seen all changes loses them for
    /// good.
    ///
    /// This method does not judge what the responses *say*. Before a client stores the token, it must have dealt with
    /// every href of every response: those that failed, those with an empty href, and a 507, which says that there is
    /// more to ask for (RFC 6578 section 3.6).
    #[must_use]
    pub fn sync_token(&self) -> Option<&str> {
        let mut tokens = self.named_tokens();
        let token = tokens.next()?;
        (tokens.next().is_none() && self.is_complete()).then_some(token)
    }

    /// Returns how many responses could be read, whether the caller was given them or not.
    pub fn responses(&self) -> u64 {
        self.facts.readable
    }

    /// Returns how many responses the caller was not given, because `finish` passed over them.
    pub fn unseen(&self) -> u64 {
        self.unseen
    }

    /// Returns how many responses could not be read, plus how many other children of the root were too large. Those
    /// that were given as errors count, and so do those that `finish` passed over.
    pub fn faults(&self) -> u64 {
        self.facts.faults
    }

    /// Returns the description of the whole answer for a user (RFC 4918 section 14.25), without white space around it.
    /// `None` if there is no description.
    pub fn description(&self) -> Option<&str> {
        self.facts.description.as_deref()
    }

    /// Returns all faults that were forgiven in the body and its responses, but not those of values.
    pub fn tolerated(&self) -> Tolerances {
        Tolerances(self.facts.notes.tolerated())
    }

    /// Returns all repairs that were made in the body and its responses.
    pub fn repaired(&self) -> Repairs {
        Repairs(self.facts.notes.repaired())
    }

    /// Returns the trimmed text of each `sync-token` under the root, whatever else went wrong. There are at most three:
    /// two that differ and an empty one. Show them, but do not store them: see [`Trailer::sync_token`].
    pub fn sync_tokens(&self) -> SyncTokens<'_> {
        SyncTokens(self.facts.sync_tokens.iter())
    }

    pub(crate) fn named_tokens(&self) -> impl Iterator<Item = &str> {
        self.sync_tokens().filter(|token| !token.is_empty())
    }

    /// Returns the non-empty token if there is exactly one, whatever else went wrong.
    #[cfg(feature = "url")]
    pub(crate) fn single_token(&self) -> Option<&str> {
        let mut tokens = self.named_tokens();
        tokens.next().filter(|_| tokens.next().is_none())
    }
}
