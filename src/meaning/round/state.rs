//! What a round knows. Nothing here asks for anything: [`super::steps`] does.
//!
//! The order of things: all pages of the report; what was named is fetched; a listing, if the report leaves something
//! open; what may be gone is confirmed by a multiget, and then one by one. Whatever turns up as being there is neither
//! gone nor suspected any more.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use url::Url;

use super::{Done, Known, Pending, SyncLevel};
use crate::{
    Href,
    href::{HrefKey, HrefRelation, RequestUrl},
    meaning::{
        Advice, Change, Entry, ListingEnd, Multiget, Report, SyncCollection, SyncMember, TokenWithheld,
        place::Place,
    },
    value::EntityTag,
};

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) url: RequestUrl,
    pub(super) level: SyncLevel,
    pub(super) limit: Option<u64>,
    pub(super) batch: usize,
    pub(super) advice: Advice,
    known: HashMap<HrefKey, Known>,
    known_count: usize,
    /// No token was sent.
    is_first: bool,
    /// Tokens that came or were sent in this round.
    tokens: HashSet<String>,
    token: Option<String>,
    /// The token of a report that left something open: a complete listing makes it good (F6).
    token_if_listed: Option<String>,
    /// What the pages say, the later page before the earlier.
    named: BTreeMap<HrefKey, Named>,
    /// Keys that stand for one member or two.
    ambiguous: HashSet<HrefKey>,
    /// Something failed, was foreign or ambiguous: what is not named may be there.
    has_doubt: bool,
    /// Collections whose members are not in the report.
    unsynced: Vec<HrefKey>,
    cannot_sync: Vec<String>,
    listing: ListingState,
    fetch: VecDeque<Wanted>,
    /// What has got no answer, to be asked for once more.
    again: VecDeque<Wanted>,
    /// The tags that the report told for members by other spellings than are known (D11).
    told: HashMap<String, Option<String>>,
    /// The multiget as a whole has failed: one request for each.
    singles: VecDeque<Wanted>,
    /// Named, and not found under that spelling.
    missing: BTreeMap<HrefKey, String>,
    suspects: BTreeMap<HrefKey, Suspect>,
    gone: BTreeSet<HrefKey>,
    /// Whether the collection itself is there, once that was asked.
    is_collection_there: Option<bool>,
    pending: Pending,
}

/// What a report says of one member.
#[derive(Clone, Debug)]
enum Named {
    There { href: String, tag: Option<String>, is_collection: bool },
    Failed { href: String },
    Removed,
    Doubtful,
}

/// Whether a listing is needed, or was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListingState {
    NotNeeded,
    Needed,
    Asked,
}

/// An href to fetch.
#[derive(Clone, Debug)]
struct Wanted {
    href: String,
    /// The report named it by another spelling, with this tag: the one that comes has to be the same (D11).
    told: Option<Option<String>>,
}

/// A member that may be gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Suspect {
    /// A multiget did not settle it.
    was_asked: bool,
    /// Its data was to be fetched: it stays so when it is there.
    is_wanted: bool,
}

/// Why a multiget was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Fetch,
    Again,
    Single,
    Confirm,
}

/// What is probed.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Collection,
    Member(HrefKey),
}

impl State {
    pub(super) fn new(url: RequestUrl, known: impl IntoIterator<Item = Known>) -> Self {
        let key = |known: &Known| url.key(&Href::new(&*known.href)).ok();
        let known: HashMap<_, _> =
            known.into_iter().filter_map(|known| Some((key(&known)?, known))).collect();
        State {
            level: SyncLevel::One,
            limit: None,
            batch: 100,
            advice: Advice::Proceed,
            known_count: known.len(),
            known,
            is_first: true,
            tokens: HashSet::new(),
            token: None,
            token_if_listed: None,
            named: BTreeMap::new(),
            ambiguous: HashSet::new(),
            has_doubt: false,
            unsynced: Vec::new(),
            cannot_sync: Vec::new(),
            listing: ListingState::NotNeeded,
            fetch: VecDeque::new(),
            again: VecDeque::new(),
            told: HashMap::new(),
            singles: VecDeque::new(),
            missing: BTreeMap::new(),
            suspects: BTreeMap::new(),
            gone: BTreeSet::new(),
            is_collection_there: None,
            pending: Pending::default(),
            url,
        }
    }

    pub(super) fn add_pending(&mut self, pending: Pending) {
        self.fetch.extend(pending.fetch.into_iter().map(Wanted::new));
        for href in pending.confirm {
            if let Some(key) = self.key(&href).filter(|key| self.known.contains_key(key)) {
                self.suspects.insert(key, Suspect::default());
            }
        }
    }

    pub(super) fn begin(&mut self, token: Option<&str>) {
        self.is_first = token.is_none();
        self.tokens.extend(token.map(str::to_owned));
    }

    fn key(&self, href: &str) -> Option<HrefKey> {
        self.url.key(&Href::new(href)).ok()
    }

    /// The request for another URL on the same terms.
    pub(super) fn url_of(&self, url: &Url) -> RequestUrl {
        self.url.with_url(url.clone())
    }

    // ---- The report.

    /// Takes a page in. `Some`: the token to ask for the next page with.
    pub(super) fn take_report(
        &mut self,
        report: Report<'_, SyncCollection>,
        sent: Option<String>,
    ) -> Option<Option<String>> {
        let end = report.end;
        self.advice = end.advice;
        match (end.advice, &end.token) {
            (Advice::WithoutLimit, _) if self.limit.is_some() => {
                self.limit = None;
                return Some(sent);
            }
            (Advice::WithoutToken, _) if sent.is_some() => {
                self.start_over();
                return Some(None);
            }
            (Advice::Later | Advice::LogIn, _) => {
                self.stop(end.advice);
                return None;
            }
            _ => {}
        }
        let is_sound = matches!(end.token, Ok(_));
        let keys = end.ambiguous.iter().map(|member| member.key.clone());
        self.ambiguous.extend(keys);
        self.has_doubt |= !end.ambiguous.is_empty();
        end.doubtful.iter().for_each(|member| self.name_removed(member, false));
        end.removed.iter().for_each(|member| self.name_removed(member, is_sound));
        report.seen.into_iter().for_each(|change| self.name(change));
        match end.token {
            Ok(token) => {
                // A token that came before would go in a circle (F1). The last page may repeat the one that was sent.
                let is_new = self.tokens.insert(token.clone());
                if !is_new && (end.is_truncated || sent.as_ref() != Some(&token)) {
                    self.advice = Advice::List;
                    self.list_for(None);
                } else if end.is_truncated {
                    return Some(Some(token));
                } else {
                    self.token = Some(token);
                }
            }
            // Its token is that of the whole: with the mark of the limit away, a listing says the rest.
            Err(TokenWithheld::InvalidToken) => self.list_for(None),
            Err(_) => self.list_for(end.sent_token),
        }
        self.settle();
        None
    }

    /// A page could not be read.
    pub(super) fn report_failed(&mut self, advice: Advice) {
        self.advice = advice;
        match advice {
            Advice::Later | Advice::LogIn => self.stop(advice),
            // The pages before stand. Without a token, what they do not name is not missed.
            Advice::Repeat => self.settle(),
            _ => {
                self.list_for(None);
                self.settle();
            }
        }
    }

    /// The token was not valid: all of it comes again, from the start.
    fn start_over(&mut self) {
        self.is_first = true;
        self.has_doubt = false;
        self.tokens.clear();
        self.named.clear();
        self.ambiguous.clear();
        self.unsynced.clear();
        self.cannot_sync.clear();
    }

    fn name(&mut self, change: Change<'_>) {
        match change {
            Change::Updated(member) => {
                let is_collection = member.is_collection == Some(true);
                let tag = text(&member.getetag);
                self.named.insert(member.key, Named::There { href: member.href.into(), tag, is_collection });
            }
            Change::Failed(member) => {
                self.has_doubt = true;
                self.named.insert(member.key, Named::Failed { href: member.href.into() });
            }
            Change::CannotSync(member) => {
                self.cannot_sync.push(member.href.into());
                self.unsynced.push(member.key);
            }
            Change::Foreign(_) => self.has_doubt = true,
        }
    }

    /// A server that does not escape names may mean another member by an escape: both are suspected (D4).
    fn name_removed(&mut self, member: &SyncMember<'_>, is_sure: bool) {
        // In a first report it may name what never was there (F1).
        let is_sure = is_sure && !self.is_first;
        let named = if is_sure { Named::Removed } else { Named::Doubtful };
        self.named.insert(member.key.clone(), named);
        if member.href.as_str().contains('%') {
            if let Some(literal) = self.key(&member.href.as_str().replace('%', "%25")) {
                if self.known.contains_key(&literal) {
                    self.named.entry(literal).or_insert(Named::Doubtful);
                }
            }
        }
    }

    /// All pages have come: what they mean together.
    fn settle(&mut self) {
        let named = std::mem::take(&mut self.named);
        let (mut there, mut has_removal, mut has_known_tag) = (HashSet::new(), false, false);
        // First what is gone, so that what is named as being there counts more.
        for (key, named) in &named {
            if self.ambiguous.contains(key) {
                self.suspects.remove(key);
                continue;
            }
            match named {
                Named::Removed => {
                    has_removal = true;
                    self.remove(key);
                }
                Named::Doubtful => {
                    has_removal = true;
                    self.suspect(key, false);
                }
                _ => {}
            }
        }
        for (key, named) in named {
            if self.ambiguous.contains(&key) {
                continue;
            }
            match named {
                Named::There { href, tag, is_collection } => {
                    let known = self.known.get(&key);
                    let is_same = tag.is_some() && known.is_some_and(|known| known.tag == tag);
                    has_known_tag |= is_same;
                    self.is_there(&key);
                    if !is_same && !is_collection {
                        self.want(&key, href, tag);
                    }
                    there.insert(key);
                }
                Named::Failed { href } => {
                    self.is_there(&key);
                    self.want(&key, href, None);
                }
                Named::Removed | Named::Doubtful => {}
            }
        }
        if self.token.is_none() {
            return;
        }
        if self.is_first {
            self.find_candidates(&there);
        } else if !has_removal && has_known_tag {
            // It may be a full list, for a token that the server has forgotten (F4).
            let token = self.token.take();
            self.list_for(token);
        }
    }

    /// Known members that a first report does not name (F2, F3).
    fn find_candidates(&mut self, there: &HashSet<HrefKey>) {
        if there.is_empty() {
            // Absence is not proven. The token is good all the same.
            if !self.known.is_empty() && self.listing == ListingState::NotNeeded {
                self.listing = ListingState::Needed;
            }
            return;
        }
        if self.has_doubt {
            return;
        }
        let is_unsynced = |key: &HrefKey| self.unsynced.iter().any(|above| key.is_below(above));
        let absent = self.known.keys().filter(|key| !there.contains(key) && !is_unsynced(key));
        let absent: Vec<_> = absent.filter(|key| self.is_at_level(key)).cloned().collect();
        absent.iter().for_each(|key| self.suspect(key, false));
    }

    /// Whether a member is one of those that were asked for.
    fn is_at_level(&self, key: &HrefKey) -> bool {
        match self.url.relation_of(key) {
            HrefRelation::Child => true,
            relation => self.level == SyncLevel::Infinite && relation.is_inside(),
        }
    }

    /// A listing is needed, and makes `token` good.
    fn list_for(&mut self, token: Option<String>) {
        self.token_if_listed = token;
        self.listing = ListingState::Needed;
    }

    /// To be fetched: a known member by the spelling that is known (D11).
    fn want(&mut self, key: &HrefKey, href: String, tag: Option<String>) {
        let is_one = |known: &Known| {
            let spelling = |href: &str| Place::of(&self.url, &Href::new(href)).map(|place| place.spelling);
            known.href == href || spelling(&known.href) == spelling(&href)
        };
        let wanted = match self.known.get(key).filter(|known| !is_one(known)) {
            Some(known) => Wanted { href: known.href.clone(), told: Some(tag) },
            None => Wanted::new(href),
        };
        self.fetch.push_back(wanted);
    }

    /// It is gone, and with it everything below (D10).
    fn remove(&mut self, key: &HrefKey) {
        self.suspects.remove(key);
        if self.level == SyncLevel::Infinite {
            let below: Vec<_> = self.known.keys().filter(|known| known.is_below(key)).cloned().collect();
            self.gone.extend(below);
        }
        if self.known.contains_key(key) {
            self.gone.insert(key.clone());
        }
    }

    fn suspect(&mut self, key: &HrefKey, is_wanted: bool) {
        // A collection that is gone takes its members with it, whether it is a member itself or not.
        let is_known = self.known.contains_key(key);
        if is_known && !self.gone.contains(key) {
            self.suspects.entry(key.clone()).or_default().is_wanted |= is_wanted;
        }
    }

    fn is_there(&mut self, key: &HrefKey) {
        self.suspects.remove(key);
        self.gone.remove(key);
    }

    /// Ends the round: what is not done stays for the next one.
    fn stop(&mut self, advice: Advice) {
        self.advice = advice;
        self.token = None;
        self.token_if_listed = None;
        self.listing = ListingState::Asked;
        let rest = self.fetch.drain(..).chain(self.again.drain(..)).chain(self.singles.drain(..));
        self.pending.fetch.extend(rest.map(|wanted| wanted.href));
        let suspects = std::mem::take(&mut self.suspects);
        suspects.into_iter().for_each(|(key, suspect)| self.leave_open(&key, suspect));
    }

    // ---- What to ask for next.

    pub(super) fn next_fetch(&mut self) -> Option<(Purpose, Vec<String>)> {
        let (purpose, queue, most) = match () {
            () if !self.fetch.is_empty() => (Purpose::Fetch, &mut self.fetch, self.batch),
            () if !self.again.is_empty() => (Purpose::Again, &mut self.again, self.batch),
            () if !self.singles.is_empty() => (Purpose::Single, &mut self.singles, 1),
            () => return None,
        };
        let mut hrefs = Vec::new();
        while let Some(wanted) = queue.pop_front() {
            if !hrefs.contains(&wanted.href) {
                hrefs.push(wanted.href.clone());
            }
            if let Some(told) = wanted.told {
                self.told.insert(wanted.href, told);
            }
            if hrefs.len() == most {
                break;
            }
        }
        Some((purpose, hrefs))
    }

    pub(super) fn next_list(&mut self) -> bool {
        let is_needed = self.listing == ListingState::Needed;
        if is_needed {
            self.listing = ListingState::Asked;
        }
        is_needed
    }

    /// Suspects, and a member that is there beside them.
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
            !self.suspects.contains_key(key) && !self.gone.contains(key) && !self.ambiguous.contains(key)
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
                    let href = self.known.get(&key).map(|known| Href::new(&*known.href));
                    if let Some(Ok(resolved)) = href.map(|href| self.url.resolve(&href)) {
                        return Some((Subject::Member(key), resolved.url));
                    }
                }
                Some(false) => {}
            }
            self.suspects.remove(&key);
            self.leave_open(&key, suspect);
        }
    }

    // ---- What came.

    pub(super) fn take_multiget(&mut self, purpose: Purpose, hrefs: Vec<String>, report: &Report<'_, Multiget>) {
        if matches!(report.end.advice, Advice::Later | Advice::LogIn | Advice::OneByOne) {
            return self.multiget_failed(purpose, hrefs, report.end.advice);
        }
        for got in report.got() {
            let Some(key) = self.key(&got.asked) else { continue };
            let tag = text(&got.getetag);
            if self.told.remove(&got.asked).is_some_and(|told| told != tag) {
                // What was named is another member than the one that is known (D11).
                let token = self.token.take().or(self.token_if_listed.take());
                if self.listing == ListingState::NotNeeded {
                    self.list_for(token);
                }
            }
            self.is_there(&key);
            self.missing.remove(&key);
            self.known.insert(key, Known { href: got.asked.clone(), tag });
        }
        for href in &report.end.not_found {
            let Some(key) = self.key(href) else { continue };
            let is_as_known = self.known.get(&key).is_some_and(|known| known.href == *href);
            match purpose {
                Purpose::Confirm => {
                    // G2: as it was once got, and beside something that is there.
                    if is_as_known && report.end.has_success && self.suspects.contains_key(&key) {
                        self.remove(&key);
                    }
                }
                _ if self.known.contains_key(&key) => self.suspect(&key, true),
                // It may be there under another spelling.
                _ => {
                    self.missing.insert(key, href.clone());
                    if self.listing == ListingState::NotNeeded {
                        self.listing = ListingState::Needed;
                    }
                }
            }
        }
        report.end.open.iter().for_each(|href| self.stays_open(purpose, href.clone()));
    }

    pub(super) fn multiget_failed(&mut self, purpose: Purpose, hrefs: Vec<String>, advice: Advice) {
        match (purpose, advice) {
            (_, Advice::Later | Advice::LogIn) => {
                if purpose != Purpose::Confirm {
                    self.pending.fetch.extend(hrefs);
                }
                self.stop(advice);
            }
            (Purpose::Fetch | Purpose::Again, Advice::OneByOne) => {
                self.singles.extend(hrefs.into_iter().map(Wanted::new));
            }
            _ => hrefs.into_iter().for_each(|href| self.stays_open(purpose, href)),
        }
    }

    /// It was asked for, and nothing is known of it.
    fn stays_open(&mut self, purpose: Purpose, href: String) {
        match (purpose, self.key(&href)) {
            (Purpose::Confirm, _) => {}
            (Purpose::Fetch, _) => self.again.push_back(Wanted::new(href)),
            // Servers leave missing members out: whether it is there is asked next.
            (_, Some(key)) if self.known.contains_key(&key) => {
                self.suspect(&key, true);
                if let Some(suspect) = self.suspects.get_mut(&key) {
                    suspect.was_asked = true;
                }
            }
            _ => self.pending.fetch.push(href),
        }
    }

    pub(super) fn take_listing(&mut self, entries: &[Entry<'_>], end: Option<&ListingEnd>) {
        let mut first: HashMap<&HrefKey, &Entry<'_>> = HashMap::new();
        let mut twice = HashSet::new();
        let members = || entries.iter().filter(|entry| entry.relation.is_inside());
        for entry in members() {
            let before = *first.entry(&entry.key).or_insert(entry);
            if before.href != entry.href || before.getetag != entry.getetag {
                twice.insert(&entry.key);
            }
        }
        for entry in members() {
            self.is_there(&entry.key);
            if twice.contains(&entry.key) {
                continue;
            }
            self.missing.remove(&entry.key);
            let (tag, known) = (text(&entry.getetag), self.known.get(&entry.key));
            let is_same = tag.is_some() && known.is_some_and(|known| known.tag == tag);
            if !is_same && entry.is_collection != Some(true) {
                self.fetch.push_back(Wanted::new(entry.href.to_string()));
            }
        }
        match end {
            Some(end) if end.is_complete() => {
                // What it does not name is confirmed, too: it may have left one out.
                let absent = self.known.keys().filter(|key| !first.contains_key(key) && self.is_at_level(key));
                let absent: Vec<_> = absent.cloned().collect();
                absent.iter().for_each(|key| self.suspect(key, false));
                self.missing.clear();
                self.token = self.token.take().or(self.token_if_listed.take());
                self.advice = Advice::Proceed;
            }
            _ => {
                self.token_if_listed = None;
                if let Some(advice) = end.map(|end| end.advice) {
                    self.advice = advice;
                }
            }
        }
    }

    /// `status`: what it was answered with, if that is known.
    pub(super) fn take_probe(&mut self, subject: Subject, status: Option<u16>) {
        match (subject, status) {
            (Subject::Collection, status) => {
                self.is_collection_there = Some(status.is_some_and(|status| (200..300).contains(&status)));
            }
            (Subject::Member(key), Some(404 | 410)) => self.remove(&key),
            (Subject::Member(key), status) => {
                let suspect = self.suspects.remove(&key).unwrap_or_default();
                match status {
                    // It is there, though its data was not got.
                    Some(200..=299) if suspect.is_wanted => {
                        self.pending.fetch.extend(self.known.get(&key).map(|known| known.href.clone()));
                    }
                    Some(200..=299) => {}
                    _ => self.leave_open(&key, suspect),
                }
            }
        }
    }

    fn leave_open(&mut self, key: &HrefKey, suspect: Suspect) {
        let Some(known) = self.known.get(key) else { return };
        let list = if suspect.is_wanted { &mut self.pending.fetch } else { &mut self.pending.confirm };
        list.push(known.href.clone());
    }

    pub(super) fn done(mut self) -> Done {
        self.pending.fetch.extend(self.missing.into_values());
        let (gone, known) = (self.gone, &mut self.known);
        let remove = gone.iter().filter_map(|key| known.remove(key)).collect();
        let advice = match (&self.token, self.advice) {
            (Some(_), _) => Advice::Proceed,
            (None, Advice::Proceed | Advice::NextPage) => Advice::List,
            (None, advice) => advice,
        };
        Done {
            remove,
            known_count: self.known_count,
            pending: self.pending,
            cannot_sync: self.cannot_sync,
            token: self.token,
            advice,
        }
    }
}

impl Wanted {
    fn new(href: String) -> Self {
        Wanted { href, told: None }
    }
}

fn text(tag: &Option<EntityTag<'_>>) -> Option<String> {
    tag.as_ref().map(|tag| tag.as_str().to_owned())
}
