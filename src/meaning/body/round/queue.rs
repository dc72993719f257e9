//! The hrefs that are still to be fetched, each member once.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::href::HrefKey;

#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    first: VecDeque<Wanted>,
    /// Hrefs for which nothing came: to be asked for once more.
    again: VecDeque<Wanted>,
    /// Hrefs of a multiget that failed as a whole: to be asked for one by one.
    singles: VecDeque<Wanted>,
    /// The keys of all hrefs in these three queues.
    keys: HashSet<HrefKey>,
    /// What the current request asks for, by the hrefs that are sent.
    asked: HashMap<String, Wanted>,
}

/// An href to fetch.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) key: HrefKey,
    /// The href, spelled as in the request.
    pub(super) href: String,
    /// The tag that a report or a listing has for the member.
    pub(super) tag: Option<String>,
    /// The href of the report, if it differs from the known spelling: the report may mean another member (rule D11).
    pub(super) respelled: Option<String>,
    /// Whether the href was left over from the round before.
    pub(super) is_pending: bool,
}

/// Why a multiget is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Fetch,
    Again,
    Single,
    Confirm,
}

impl Wanted {
    pub(super) fn new(key: HrefKey, href: String) -> Self {
        Wanted { key, href, tag: None, respelled: None, is_pending: false }
    }
}

impl Queue {
    /// Adds an href, and drops any href with the same key: a report is newer than what was pending.
    pub(super) fn push(&mut self, wanted: Wanted) {
        if !self.keys.insert(wanted.key.clone()) {
            self.drop_key(&wanted.key);
            self.keys.insert(wanted.key.clone());
        }
        self.first.push_back(wanted);
    }

    /// Puts an href back into the queue for `purpose`.
    pub(super) fn put_back(&mut self, wanted: Wanted, purpose: Purpose) {
        self.keys.insert(wanted.key.clone());
        match purpose {
            Purpose::Again => self.again.push_back(wanted),
            Purpose::Single => self.singles.push_back(wanted),
            Purpose::Fetch | Purpose::Confirm => self.first.push_back(wanted),
        }
    }

    /// Drops the href with this key, which need not be fetched any more.
    pub(super) fn drop_key(&mut self, key: &HrefKey) {
        if self.keys.remove(key) {
            for queue in [&mut self.first, &mut self.again, &mut self.singles] {
                queue.retain(|wanted| wanted.key != *key);
            }
        }
    }

    /// Takes the hrefs for the next request, at most `most`. `None` when nothing is left.
    pub(super) fn next(&mut self, most: usize) -> Option<(Purpose, Vec<String>)> {
        let (purpose, queue, most) = match () {
            () if !self.first.is_empty() => (Purpose::Fetch, &mut self.first, most),
            () if !self.again.is_empty() => (Purpose::Again, &mut self.again, most),
            () if !self.singles.is_empty() => (Purpose::Single, &mut self.singles, 1),
            () => return None,
        };
        self.asked.clear();
        let mut hrefs = Vec::new();
        for wanted in queue.drain(..queue.len().min(most)) {
            self.keys.remove(&wanted.key);
            hrefs.push(wanted.href.clone());
            self.asked.insert(wanted.href.clone(), wanted);
        }
        Some((purpose, hrefs))
    }

    /// Takes out what the current request asks for by this href.
    pub(super) fn asked(&mut self, href: &str) -> Option<Wanted> {
        self.asked.remove(href)
    }

    /// Takes all hrefs that are left, without those that the report spells in another way. While those are open, there
    /// is no token, so the next report names them again, in the spelling of the report.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Wanted> {
        self.keys.clear();
        let queues = [&mut self.first, &mut self.again, &mut self.singles];
        queues.map(std::mem::take).into_iter().flatten().filter(|wanted| wanted.respelled.is_none())
    }
}
