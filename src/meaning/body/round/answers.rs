//! Takes in the answers to multigets, listings and probes.

use std::collections::{BTreeMap, HashSet};

use super::kept::{Known, text};
use super::queue::{Purpose, Wanted};
use super::state::{State, Subject, Suspect};
use crate::{
    Href,
    href::HrefKey,
    meaning::body::{
        advice::Advice,
        listing::{Entry, ListingEnd},
        multiget::Multiget,
        observer::Report,
    },
};

/// The round ends after this many failed requests in a row, each for one href: the server is the cause, not a member.
const FAILURES: u32 = 3;

impl State {
    pub(super) fn take_multiget(
        &mut self,
        purpose: Purpose,
        hrefs: &[String],
        report: &Report<'_, Multiget>,
    ) {
        if matches!(report.end.advice, Advice::Later | Advice::LogIn | Advice::OneByOne) {
            return self.multiget_failed(purpose, hrefs, report.end.advice);
        }
        self.failures = 0;
        for got in report.got() {
            let Some(key) = self.key(&got.asked) else { continue };
            let tag = text(&got.getetag);
            self.is_there(&key);
            self.missing.remove(&key);
            let is_as_before = self.is_known_with(&key, &tag);
            match self.queue.asked(&got.asked).filter(|wanted| wanted.tag != tag) {
                // The tag of the data differs from that of the report: the report meant another member (rule D11).
                Some(wanted) if wanted.respelled.is_some() => self.list_for_token(),
                // The data has not changed yet: one of several servers at one address may lag. Or the report
                // meant a member whose name ends with a blank. A listing shows which is the case.
                Some(wanted) if wanted.tag.is_some() && is_as_before => {
                    if !self.has_listing() {
                        self.list_for_token();
                    }
                    self.missing.insert(key.clone(), wanted);
                }
                _ => {}
            }
            let now = Known { href: got.asked.clone(), tag };
            let before = self.known.insert(key, now);
            self.superseded.extend(before.filter(|before| before.href != got.asked));
        }
        // A witness is a member that is there. A status of success does not show that: data has to come.
        let has_witness = report.end.has_success && report.got().next().is_some();
        for href in &report.end.not_found {
            match purpose {
                // Rule G2: the member is gone if it was asked for by its known href, together with a witness.
                Purpose::Confirm => {
                    let key = self.key(href).filter(|key| self.suspects.contains_key(key));
                    let known = key.and_then(|key| (self.known.get(&key)?.href == *href).then_some(key));
                    if let Some(key) = known.filter(|_| has_witness) {
                        self.remove(&key);
                    }
                }
                _ => self.is_not_got(href),
            }
        }
        for href in &report.end.open {
            match purpose {
                Purpose::Confirm => {}
                Purpose::Fetch => self.ask_again(href, Purpose::Again),
                Purpose::Again | Purpose::Single => self.is_not_got(href),
            }
        }
    }

    /// Takes in a multiget that failed as a whole.
    pub(super) fn multiget_failed(&mut self, purpose: Purpose, hrefs: &[String], advice: Advice) {
        self.failures += u32::from(purpose == Purpose::Single);
        if matches!(advice, Advice::Later | Advice::LogIn) || self.failures >= FAILURES {
            if purpose != Purpose::Confirm {
                hrefs.iter().for_each(|href| self.ask_again(href, Purpose::Fetch));
            }
            let advice = if advice == Advice::LogIn { advice } else { Advice::Later };
            return self.stop(advice);
        }
        for href in hrefs {
            match (purpose, advice) {
                (Purpose::Confirm, _) => {}
                (Purpose::Single, _) => self.is_not_got(href),
                (Purpose::Fetch, Advice::Repeat) => self.ask_again(href, Purpose::Again),
                (Purpose::Fetch | Purpose::Again, _) => self.ask_again(href, Purpose::Single),
            }
        }
    }

    fn ask_again(&mut self, href: &str, purpose: Purpose) {
        if let Some(wanted) = self.queue.asked(href) {
            self.queue.put_back(wanted, purpose);
        }
    }

    /// Notes that a member that the report names did not come under this href.
    fn is_not_got(&mut self, href: &str) {
        let Some(wanted) = self.queue.asked(href) else { return };
        let known = self.known.get(&wanted.key);
        match known.map(|known| self.is_one_spelling(&known.href, &wanted.href)) {
            // The member may be there under the spelling of the report: a listing shows whether (rule D11).
            Some(_) if wanted.respelled.is_some() => {
                self.list_for_token();
                self.missing.insert(wanted.key.clone(), wanted);
            }
            // Some servers leave missing members out of a multiget. But the report says that this member is there. So
            // the multiget alone is not believed, and the member is asked for by itself.
            Some(true) => {
                let suspect = Suspect { was_asked: true, is_wanted: true, is_from_listing: false };
                self.suspects.insert(wanted.key, suspect);
            }
            // The member may be there under another spelling: a listing shows whether.
            Some(false) | None => {
                self.list();
                self.missing.insert(wanted.key.clone(), wanted);
            }
        }
    }

    /// Takes in the listing. `end` is `None` when the body could not be read to its end.
    pub(super) fn take_listing(&mut self, entries: &[Entry<'_>], end: Option<&ListingEnd>) {
        let is_member = |entry: &&Entry<'_>| entry.relation.is_inside() && self.is_at_level(&entry.key);
        let members: Vec<_> = entries.iter().filter(is_member).collect();
        let (mut first, mut twice) = (BTreeMap::<&HrefKey, &Entry<'_>>::new(), HashSet::new());
        for entry in &members {
            let before = *first.entry(&entry.key).or_insert(entry);
            let is_same = before.getetag == entry.getetag
                && self.is_one_spelling(before.href.as_str(), entry.href.as_str());
            if !is_same {
                twice.insert(&entry.key);
            }
        }
        for (key, entry) in &first {
            self.is_there(key);
            // The entries with this key may be one resource or two. The listing is not complete then.
            if twice.contains(key) {
                continue;
            }
            let tag = text(&entry.getetag);
            let has_same_tag = self.is_known_with(key, &tag);
            let missing = self.missing.remove(key);
            let wanted = Wanted::new((*key).clone(), entry.href.to_string());
            match missing {
                _ if entry.is_collection == Some(true) => {}
                _ if !has_same_tag => self.queue.push(Wanted { tag, ..wanted }),
                // The listing has the known tag, so the listing may be older than the report.
                Some(missing) => self.queue.push(Wanted { href: wanted.href, ..missing }),
                None => {}
            }
        }
        let there: HashSet<HrefKey> = first.into_keys().cloned().collect();
        let Some(end) = end.filter(|end| end.is_complete()) else {
            if let Some(end) = end {
                self.advice = end.advice;
            }
            self.token_if_listed = None;
            return;
        };
        // A listing without a member may come from a server that takes every depth for 0 (Zoho).
        self.is_listed = end.has_member || self.may_be_empty;
        // If the server does not escape names, a missing member may be listed under its literal name.
        let mut missing = std::mem::take(&mut self.missing);
        missing.retain(|_, wanted| {
            let named = wanted.respelled.as_ref().unwrap_or(&wanted.href);
            !self.literal_keys(&Href::from(&**named), true).iter().any(|key| there.contains(key))
        });
        self.missing = missing;
        // A known member that the listing does not name is a suspect: the listing may have left that member out.
        for key in self.absent_from(&there) {
            if self.missing.get(&key).is_some_and(|wanted| wanted.respelled.is_some()) {
                // The report names the member in another spelling, so a 404 for the known href would prove nothing.
                self.is_listed = false;
            } else if !self.gone.contains(&key) {
                let suspect = self.suspects.entry(key).or_default();
                suspect.is_from_listing = true;
            }
        }
        if end.proves_absence() {
            // A pending href that was found in neither of two rounds does not exist.
            self.missing.retain(|_, wanted| !wanted.is_pending);
        }
    }

    /// Takes in the answer to a probe. `is_there` is `None` when the answer does not say whether the resource is there.
    pub(super) fn take_probe(&mut self, subject: Subject, is_there: Option<bool>) {
        let key = match subject {
            Subject::Collection => {
                self.is_collection_there = Some(is_there == Some(true));
                return;
            }
            Subject::Member(key) => key,
        };
        let suspect = self.suspects.get(&key).copied().unwrap_or_default();
        match is_there {
            Some(false) => self.remove(&key),
            Some(true) => {
                self.is_there(&key);
                if suspect.is_wanted {
                    // The member is there, but its data did not come.
                    self.pending.fetch.extend(self.known.get(&key).map(|known| known.href.clone()));
                }
            }
            None => {
                self.suspects.remove(&key);
                self.leave_open(&key, suspect);
            }
        }
    }
}
