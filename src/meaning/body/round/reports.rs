//! Takes in the pages of a sync report, and settles what they mean together.

use std::collections::HashSet;

use super::pages::{Named, What};
use super::{kept::text, queue::Wanted, state::State};
use crate::{
    Href,
    href::HrefKey,
    meaning::body::{
        advice::Advice,
        change::{Change, SyncMember},
        level::SyncLevel,
        observer::Report,
        place::{Place, has_escape},
        sync::SyncCollection,
        withheld::TokenWithheld,
    },
};

impl State {
    /// Takes in a page. `Some(token)` if another report has to be sent, where `Some(None)` sends no token.
    pub(super) fn take_report(
        &mut self,
        report: Report<'_, SyncCollection>,
        sent: Option<String>,
    ) -> Option<Option<String>> {
        let end = report.end;
        self.advice = end.advice;
        // Some servers refuse a token in other ways than RFC 6578 says.
        let is_refused = matches!(end.token, Err(TokenWithheld::HttpStatus(400 | 409 | 410 | 412)));
        match end.advice {
            _ if is_refused && sent.is_some() && self.pages.start_over() => return Some(None),
            Advice::WithoutLimit if self.limit.is_some() => {
                self.limit = None;
                return Some(sent);
            }
            Advice::WithoutToken if sent.is_some() && self.pages.start_over() => return Some(None),
            Advice::Later | Advice::LogIn => {
                self.stop(end.advice);
                return None;
            }
            _ => {}
        }
        let count_before = self.pages.count();
        for member in &end.ambiguous {
            self.pages.ambiguous.insert(member.key.clone());
        }
        end.doubtful.iter().for_each(|member| self.name_removed(member, false));
        end.removed.iter().for_each(|member| self.name_removed(member, end.token.is_ok()));
        report.seen.into_iter().for_each(|change| self.name(change));
        match end.token {
            Ok(token) => {
                let is_new = self.pages.tokens.insert(token.clone());
                // Only the last page may repeat the token that was sent (rule E6).
                let is_circle = !is_new && sent.as_ref() != Some(&token);
                // Pages that each have a new token, but no new member, might never end either.
                let is_empty = end.is_truncated && self.pages.count() == count_before;
                if is_circle || is_empty {
                    self.list_for(None);
                } else if end.is_truncated {
                    return Some(Some(token));
                } else {
                    self.token = Some(token);
                }
            }
            Err(TokenWithheld::InvalidToken) => self.list_for(None),
            Err(_) => self.list_for(end.sent_token),
        }
        self.settle();
        None
    }

    /// Settles what is known when a page could not be read.
    pub(super) fn report_failed(&mut self, advice: Advice) {
        self.advice = advice;
        match advice {
            Advice::Later | Advice::LogIn => return self.stop(advice),
            // The earlier pages count. Without a token, the members that they do not name do not count as gone.
            Advice::Repeat => {}
            _ => self.list_for(None),
        }
        self.settle();
    }

    fn name(&mut self, change: Change<'_>) {
        let (member, what) = match change {
            Change::Updated(member) => {
                let (tag, is_collection) = (text(&member.getetag), member.is_collection == Some(true));
                (member, What::There { tag, is_collection })
            }
            Change::Failed(member) => {
                self.pages.has_doubt = true;
                // A multiget cannot fetch the collection itself.
                if member.key == *self.url.own_key() {
                    return;
                }
                (member, What::Failed)
            }
            Change::CannotSync(member) => {
                self.pages.named.remove(&member.key);
                self.is_there(&member.key);
                self.pages.unsynced.insert(member.key, member.href.into());
                return;
            }
            Change::Foreign(_) => {
                self.pages.has_doubt = true;
                return;
            }
        };
        // If the server does not escape names, an href may mean either of two members. A tag would show which. Without
        // a tag, both are named (rule D4 of the guide).
        if matches!(what, What::Failed | What::There { tag: None, .. }) {
            self.name_literal(&member.href, What::Failed, false);
        }
        self.insert(member.key, member.href.into(), what);
    }

    /// Notes a removal. A removal in a first report is doubtful: the member may never have existed (rule F1).
    fn name_removed(&mut self, member: &SyncMember<'_>, is_sure: bool) {
        let is_sure = is_sure && !self.pages.is_first;
        let what = if is_sure { What::Removed } else { What::Doubtful };
        self.insert(member.key.clone(), member.href.to_string(), what);
        self.name_literal(&member.href, What::Doubtful, !is_sure);
    }

    /// Notes `what` for the known members that the href means if the server does not escape names. What the
    /// report says about such a member under its own href counts more.
    fn name_literal(&mut self, href: &Href<'_>, what: What, may_be_cut: bool) {
        for key in self.literal_keys(href, may_be_cut) {
            if let Some(known) = self.known.get(&key) {
                let named = Named { href: known.href.clone(), what: what.clone() };
                self.pages.named.entry(key).or_insert(named);
            }
        }
    }

    /// Notes what a page says about a member. A later page counts more. Two spellings make the member ambiguous.
    fn insert(&mut self, key: HrefKey, href: String, what: What) {
        let before = self.pages.named.get(&key).filter(|before| before.what != What::Doubtful);
        if before.is_some_and(|before| !self.is_one_spelling(&before.href, &href)) {
            self.pages.ambiguous.insert(key.clone());
        }
        self.pages.named.insert(key, Named { href, what });
    }

    /// Returns the keys that an href may mean if the server does not escape names. An escape or a question mark is then
    /// part of the name, and so is a blank that may have been cut off (rule D4).
    pub(super) fn literal_keys(&self, href: &Href<'_>, may_be_cut: bool) -> Vec<HrefKey> {
        if !may_be_cut && !href.as_str().contains(['%', '?']) {
            return Vec::new();
        }
        let Some(place) = Place::of(&self.url, href) else { return Vec::new() };
        let (path, is_escaped) = (self.url.url().path().trim_end_matches('/'), has_escape(&place.spelling));
        let query = href.as_str().find('?').and_then(|at| href.as_str().get(at..)).unwrap_or_default();
        let asked = place.spelling + &query.replace('?', "%3F");
        let escaped = asked.replace('%', "%25").replace("%253F", "%3F");
        let literal = [
            Some(format!("{asked}%20")).filter(|_| may_be_cut),
            Some(asked).filter(|_| !query.is_empty()),
            Some(escaped).filter(|_| is_escaped),
        ];
        literal.iter().flatten().filter_map(|below| self.key(&format!("{path}/{below}"))).collect()
    }

    /// Settles what all pages mean together, after the last page.
    fn settle(&mut self) {
        let named = std::mem::take(&mut self.pages.named);
        let unsynced: Vec<_> = self.pages.unsynced.keys().cloned().collect();
        let is_named_below = |above: &HrefKey| {
            let named = named.iter().filter(|(_, named)| named.what.is_there()).map(|(key, _)| key);
            named.chain(&unsynced).any(|key| key.is_below(above))
        };
        let (mut has_removal, mut has_known_tag, mut is_respelled) = (false, false, false);
        // Removals come first. The loop below takes them back for members that are there.
        for (key, named) in &named {
            if self.pages.is_ambiguous(key) {
                continue;
            }
            match named.what {
                What::Removed if self.level == SyncLevel::Infinite && is_named_below(key) => {
                    self.suspect_below(key);
                }
                What::Removed => {
                    self.remove_below(key);
                    if !self.known.contains_key(key) {
                        self.queue.drop_key(key);
                    }
                }
                What::Doubtful => self.suspect_below(key),
                What::There { .. } | What::Failed => continue,
            }
            has_removal = true;
        }
        for key in self.pages.ambiguous.clone() {
            self.suspects.remove(&key);
        }
        let mut there = HashSet::new();
        for (key, Named { href, what }) in named {
            if self.pages.is_ambiguous(&key) || !what.is_there() {
                continue;
            }
            self.is_there(&key);
            let tag = match &what {
                What::There { tag, .. } => tag.clone(),
                _ => None,
            };
            let has_same_tag = self.is_known_with(&key, &tag);
            has_known_tag |= has_same_tag;
            match self.known.get(&key).cloned().filter(|known| !self.is_one_spelling(&known.href, &href)) {
                // Another member may have the same tag, because tags may be plain counters (rule D11). A listing shows.
                Some(_) if has_same_tag => is_respelled = true,
                Some(known) => {
                    let wanted = Wanted::new(key.clone(), known.href);
                    self.queue.push(Wanted { tag, respelled: Some(href), ..wanted });
                }
                None if has_same_tag || matches!(what, What::There { is_collection: true, .. }) => {}
                None => self.queue.push(Wanted { tag, ..Wanted::new(key.clone(), href) }),
            }
            there.insert(key);
        }
        if !self.pages.ambiguous.is_empty() || is_respelled {
            self.list_for_token();
        }
        match () {
            () if self.token.is_none() => {}
            // A report without members proves no absence (rule F3), nor does a report with a doubt (rule F2). The
            // next report will not name the other members: a listing has to.
            () if self.pages.is_first && (there.is_empty() || self.pages.has_doubt) => {
                self.may_be_empty = !self.pages.has_doubt && self.pages.unsynced.is_empty();
                self.list_for_token();
            }
            () if self.pages.is_first => {
                let absent = self.absent_from(&there);
                absent.iter().for_each(|key| self.suspect(key, false));
            }
            // The server may have forgotten the token, and sent a full list (rule F4).
            () if !has_removal && has_known_tag => self.list_for_token(),
            () => {}
        }
    }

    /// Returns the known members that are not in `there`, though a report or a listing should name them (rule F2).
    pub(super) fn absent_from(&self, there: &HashSet<HrefKey>) -> Vec<HrefKey> {
        let unsynced = &self.pages.unsynced;
        let is_unsynced =
            |key: &HrefKey| unsynced.keys().any(|unsynced| key == unsynced || key.is_below(unsynced));
        let absent = self
            .known
            .keys()
            .filter(|key| !there.contains(key) && !is_unsynced(key) && self.is_at_level(key));
        absent.cloned().collect()
    }

    /// Whether two hrefs that have one key also have one spelling (rule D3).
    pub(super) fn is_one_spelling(&self, one: &str, other: &str) -> bool {
        let spelling = |href: &str| Place::of(&self.url, &Href::new(href)).map(|place| place.spelling);
        one == other || spelling(one) == spelling(other)
    }
}
