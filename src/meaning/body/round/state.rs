//! What a round knows. [`super::steps`] asks for more.
//!
//! A round first takes all pages of the report. It fetches what they name, and lists the collection if the report left
//! something open. Then it confirms what may be gone: by a multiget, and then one by one. A *suspect* is a known member
//! that may be gone. A member that turns out to be there is neither gone nor a suspect any more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use url::Url;

use super::kept::{Done, Known, Pending};
use super::pages::Pages;
use super::queue::{Purpose, Queue, Wanted};
use crate::Href;
use crate::href::{HrefKey, HrefRelation, RequestUrl};
use crate::meaning::body::{advice::Advice, level::SyncLevel, observer::Ticket};

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) url: RequestUrl,
    /// The number of the current step.
    pub(super) ticket: Ticket,
    pub(super) level: SyncLevel,
    pub(super) limit: Option<u64>,
    pub(super) batch: usize,
    pub(super) advice: Advice,
    pub(super) known: HashMap<HrefKey, Known>,
    known_count: usize,
    pub(super) pages: Pages,
    pub(super) token: Option<String>,
    /// The token of a report that left something open. It is given only after a complete listing (rule F6).
    pub(super) token_if_listed: Option<String>,
    listing: Listing,
    /// Whether the listing was complete, and left out nothing that is known to be there.
    pub(super) is_listed: bool,
    /// Whether the report is sound and names no member: then a listing without a member agrees with the report.
    pub(super) may_be_empty: bool,
    pub(super) queue: Queue,
    /// The number of requests in a row that asked for a single href and failed.
    pub(super) failures: u32,
    /// Members that a report names, but that no multiget gave under that spelling and with the tag of the report.
    pub(super) missing: BTreeMap<HrefKey, Wanted>,
    pub(super) suspects: BTreeMap<HrefKey, Suspect>,
    pub(super) gone: BTreeSet<HrefKey>,
    /// Whether the collection itself is there. `None` before the round has asked.
    pub(super) is_collection_there: Option<bool>,
    pub(super) pending: Pending,
    pub(super) superseded: Vec<Known>,
    left_alone: Vec<Known>,
}

/// Whether a listing is needed, or was asked for. A round lists once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listing {
    NotNeeded,
    Needed,
    Asked,
}

/// What is known about a suspect: a known member that may be gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Suspect {
    /// Whether a multiget has asked for the member.
    pub(super) was_asked: bool,
    /// Whether the data has to be fetched, if the member is there.
    pub(super) is_wanted: bool,
    /// Whether the listing leaves the member out.
    pub(super) is_from_listing: bool,
}

/// The resource that a probe asks for.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Collection,
    Member(HrefKey),
}

impl State {
    pub(super) fn new(url: RequestUrl, all: impl IntoIterator<Item = Known>) -> Self {
        let (mut known, mut left_alone) = (HashMap::new(), Vec::new());
        for one in all {
            let located = url.locate_with_key(&one.href()).ok();
            match located.filter(|(located, _)| located.relation.is_inside()) {
                Some((_, key)) => left_alone.extend(known.insert(key, one)),
                None => left_alone.push(one),
            }
        }
        State {
            url,
            ticket: Ticket::default(),
            level: SyncLevel::One,
            limit: None,
            batch: 100,
            advice: Advice::Proceed,
            known_count: known.len(),
            known,
            pages: Pages::default(),
            token: None,
            token_if_listed: None,
            listing: Listing::NotNeeded,
            is_listed: false,
            may_be_empty: false,
            queue: Queue::default(),
            failures: 0,
            missing: BTreeMap::new(),
            suspects: BTreeMap::new(),
            gone: BTreeSet::new(),
            is_collection_there: None,
            pending: Pending::default(),
            superseded: Vec::new(),
            left_alone,
        }
    }

    pub(super) fn add_pending(&mut self, pending: Pending) {
        for href in pending.fetch {
            match self.key(&href) {
                Some(key) => self.queue.push(Wanted { is_pending: true, ..Wanted::new(key, href) }),
                None => self.pending.fetch.push(href),
            }
        }
        for href in pending.confirm {
            if let Some(key) = self.key(&href) {
                self.suspect(&key, false);
            }
        }
    }

    pub(super) fn key(&self, href: &str) -> Option<HrefKey> {
        self.url.key(&Href::new(href)).ok()
    }

    /// Whether a member is known with this entity tag: then the member need not be fetched.
    pub(super) fn is_known_with(&self, key: &HrefKey, tag: &Option<String>) -> bool {
        tag.is_some() && self.known.get(key).is_some_and(|known| known.tag == *tag)
    }

    /// Whether a member is no deeper than the level that was asked for.
    pub(super) fn is_at_level(&self, key: &HrefKey) -> bool {
        match self.url.relation_of(key) {
            HrefRelation::Child => true,
            relation => self.level == SyncLevel::Infinite && relation.is_inside(),
        }
    }

    /// Plans a listing, unless the round has already listed.
    pub(super) fn list(&mut self) {
        if self.listing == Listing::NotNeeded {
            self.listing = Listing::Needed;
        }
    }

    /// Whether the round has already listed.
    pub(super) fn has_listing(&self) -> bool {
        self.listing == Listing::Asked
    }

    /// Plans a listing. The round gives `token` only if that listing is complete.
    pub(super) fn list_for(&mut self, token: Option<String>) {
        self.token = None;
        self.token_if_listed = token;
        self.list();
    }

    /// Plans a listing, which has to be complete before the token is given. After an earlier listing, none is given.
    pub(super) fn list_for_token(&mut self) {
        if let Some(token) = self.token.take() {
            self.list_for(Some(token));
        }
        if self.listing == Listing::Asked {
            self.is_listed = false;
        }
        self.list();
    }

    /// Notes that a member is gone, with every known member below it (rule D10 of the guide).
    pub(super) fn remove_below(&mut self, key: &HrefKey) {
        self.with_below(key).iter().for_each(|key| self.remove(key));
    }

    /// Notes that a member is gone. Members below it may still be there: each of them is confirmed by itself.
    pub(super) fn remove(&mut self, key: &HrefKey) {
        self.suspects.remove(key);
        self.gone.insert(key.clone());
    }

    /// Makes suspects of a member and of every known member below it.
    pub(super) fn suspect_below(&mut self, key: &HrefKey) {
        self.with_below(key).iter().for_each(|key| self.suspect(key, false));
    }

    pub(super) fn suspect(&mut self, key: &HrefKey, is_wanted: bool) {
        if self.known.contains_key(key) && !self.gone.contains(key) {
            self.suspects.entry(key.clone()).or_default().is_wanted |= is_wanted;
        }
    }

    /// Returns the key of the member, if it is known. At level infinite, adds the keys of the known members below.
    fn with_below(&self, key: &HrefKey) -> Vec<HrefKey> {
        let is_below = |known: &&HrefKey| self.level == SyncLevel::Infinite && known.is_below(key);
        let own = self.known.get_key_value(key).map(|(key, _)| key);
        own.into_iter().chain(self.known.keys().filter(is_below)).cloned().collect()
    }

    pub(super) fn is_there(&mut self, key: &HrefKey) {
        self.gone.remove(key);
        if self.suspects.remove(key).is_some_and(|suspect| suspect.is_from_listing) {
            // The listing has left the member out, and may have left out more.
            self.is_listed = false;
        }
    }

    pub(super) fn leave_open(&mut self, key: &HrefKey, suspect: Suspect) {
        let Some(known) = self.known.get(key) else { return };
        let list = if suspect.is_wanted { &mut self.pending.fetch } else { &mut self.pending.confirm };
        list.push(known.href.clone());
    }

    /// Ends the round. What is not done is pending for the next round.
    pub(super) fn stop(&mut self, advice: Advice) {
        self.advice = advice;
        self.token = None;
        self.token_if_listed = None;
        self.listing = Listing::Asked;
        self.pending.fetch.extend(self.queue.drain().map(|wanted| wanted.href));
        let suspects = std::mem::take(&mut self.suspects);
        suspects.into_iter().for_each(|(key, suspect)| self.leave_open(&key, suspect));
    }

    pub(super) fn next_fetch(&mut self) -> Option<(Purpose, Vec<String>)> {
        self.queue.next(self.batch)
    }

    pub(super) fn next_list(&mut self) -> bool {
        let is_needed = self.listing == Listing::Needed;
        if is_needed {
            self.listing = Listing::Asked;
        }
        is_needed
    }

    /// Returns hrefs of suspects for a multiget, and the href of a witness: a known member that is not a suspect.
    pub(super) fn next_confirm(&mut self) -> Option<Vec<String>> {
        let unasked = self.suspects.iter_mut().filter(|(_, suspect)| !suspect.was_asked);
        let mut hrefs = Vec::new();
        for (key, suspect) in unasked.take(self.batch - 1) {
            suspect.was_asked = true;
            hrefs.extend(self.known.get(key).map(|known| known.href.clone()));
        }
        if hrefs.is_empty() {
            return None;
        }
        let is_witness = |key: &&HrefKey| {
            !self.suspects.contains_key(key) && !self.gone.contains(key) && !self.pages.is_ambiguous(key)
        };
        let witness = self.known.keys().filter(is_witness).min();
        hrefs.extend(witness.and_then(|key| self.known.get(key)).map(|known| known.href.clone()));
        Some(hrefs)
    }

    pub(super) fn next_probe(&mut self) -> Option<(Subject, Url)> {
        loop {
            let (key, suspect) = self.suspects.iter().next()?;
            let (key, suspect) = (key.clone(), *suspect);
            match self.is_collection_there {
                None => return Some((Subject::Collection, self.url.url().clone())),
                Some(true) => {
                    if let Some(url) =
                        self.known.get(&key).and_then(|known| self.url.spelled_as(&known.href()))
                    {
                        return Some((Subject::Member(key), url));
                    }
                }
                Some(false) => {}
            }
            self.suspects.remove(&key);
            self.leave_open(&key, suspect);
        }
    }

    pub(super) fn done(mut self) -> Done {
        let token = match self.token {
            Some(token) => Some(token),
            None => self.token_if_listed.filter(|_| self.is_listed),
        };
        let remove: Vec<_> = self.gone.iter().filter_map(|key| self.known.remove(key)).collect();
        // While a member that the report respells is open, there is no token: the next report names that member again.
        let missing = self.missing.into_values().filter(|wanted| wanted.respelled.is_none());
        self.pending.fetch.extend(missing.map(|wanted| wanted.href));
        let url = self.url;
        let key = |href: &String| url.key(&Href::new(href.as_str())).ok();
        for list in [&mut self.pending.fetch, &mut self.pending.confirm] {
            let mut keys = BTreeSet::new();
            list.retain(|href| key(href).is_none_or(|key| !self.gone.contains(&key) && keys.insert(key)));
        }
        // An old href that is in use again is not superseded.
        let is_kept = |old: &Known| key(&old.href).and_then(|key| self.known.get(&key));
        self.superseded.retain(|old| is_kept(old).is_none_or(|now| now.href != old.href));
        let advice = match (&token, self.advice) {
            (Some(_), _) => Advice::Proceed,
            (None, Advice::Proceed | Advice::NextPage) => Advice::List,
            (None, advice) => advice,
        };
        Done {
            remove,
            superseded: self.superseded,
            known_count: self.known_count,
            pending: self.pending,
            cannot_sync: self.pages.unsynced.into_values().collect(),
            left_alone: self.left_alone,
            token,
            advice,
        }
    }
}
