//! What the server holds, and when it changed.

use std::collections::BTreeMap;

use super::path::Path;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Folder,
    Principal,
    Calendar,
    AddressBook,
    /// No collection: an event, a card, a file.
    Resource,
}

impl Kind {
    pub(crate) fn is_collection(self) -> bool {
        self != Kind::Resource
    }
}

/// A resource that is there, or one that was.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) data: String,
    /// When it was made, and when it was last changed or removed.
    pub(crate) made: u64,
    pub(crate) changed: u64,
    pub(crate) is_there: bool,
}

impl Node {
    /// With its quotes. It changes with each change, and no two resources have the same.
    pub(crate) fn tag(&self) -> String {
        format!("\"{}\"", self.changed)
    }
}

/// All resources by path. What was removed stays, for the reports that tell of it.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    nodes: BTreeMap<Path, Node>,
    /// Counts changes, so that each has a number of its own.
    clock: u64,
    /// Counts how often all tokens were forgotten.
    epoch: u64,
}

impl Tree {
    /// With nothing but the root.
    pub(crate) fn new() -> Self {
        let mut tree = Tree { nodes: BTreeMap::new(), clock: 0, epoch: 0 };
        tree.put(Path::new(), Kind::Folder, String::new());
        tree
    }

    /// What is there under a path.
    pub(crate) fn get(&self, path: &[String]) -> Option<&Node> {
        self.nodes.get(path).filter(|node| node.is_there)
    }

    /// Makes a resource, or replaces it.
    pub(crate) fn put(&mut self, path: Path, kind: Kind, data: String) {
        self.clock += 1;
        let made = self.get(&path).map_or(self.clock, |node| node.made);
        let node = Node { kind, data, made, changed: self.clock, is_there: true };
        self.nodes.insert(path, node);
    }

    /// Removes a resource, and all that is below it. Says whether it was there. The root stays.
    pub(crate) fn remove(&mut self, path: &[String]) -> bool {
        if path.is_empty() || self.get(path).is_none() {
            return false;
        }
        for (other, node) in &mut self.nodes {
            if other.starts_with(path) && node.is_there {
                // A number for each: a page never ends between two of one number.
                self.clock += 1;
                *node = Node { data: String::new(), changed: self.clock, is_there: false, ..node.clone() };
            }
        }
        true
    }

    /// What is there below a collection, in order of path: its children, or all.
    pub(crate) fn below(&self, path: &[String], is_deep: bool) -> impl Iterator<Item = (&Path, &Node)> {
        self.under(path, is_deep).filter(|(_, node)| node.is_there)
    }

    /// What changed below a collection after `since`, oldest change first. What was in a collection that is gone is not
    /// reported: the collection is (RFC 6578 section 3.5.2).
    pub(crate) fn changed(&self, path: &[String], since: u64, is_deep: bool) -> Vec<(&Path, &Node)> {
        let is_told = |other: &Path| {
            let above = (path.len() + 1..other.len()).filter_map(|length| other.get(..length));
            above.into_iter().all(|above| self.get(above).is_some())
        };
        let changed = self.under(path, is_deep).filter(|(_, node)| node.changed > since);
        let mut changed: Vec<_> = changed.filter(|(other, _)| is_told(other)).collect();
        changed.sort_by_key(|(_, node)| node.changed);
        changed
    }

    fn under(&self, path: &[String], is_deep: bool) -> impl Iterator<Item = (&Path, &Node)> {
        self.nodes.iter().filter(move |(other, _)| {
            let depth = other.len().saturating_sub(path.len());
            other.starts_with(path) && (depth == 1 || (is_deep && depth > 1))
        })
    }

    /// When a collection or what is below it last changed.
    pub(crate) fn state(&self, path: &[String]) -> u64 {
        let own = self.get(path).map_or(0, |node| node.made);
        self.under(path, true).map(|(_, node)| node.changed).fold(own, u64::max)
    }

    /// The token that stands for a collection as it was after the change `state`.
    pub(crate) fn token(&self, path: &[String], state: u64) -> String {
        let made = self.get(path).map_or(0, |node| node.made);
        format!("urn:sync:{}:{made}:{state}", self.epoch)
    }

    /// The change after which a token was given, if it was given for this collection and is no older than `life`
    /// changes.
    pub(crate) fn known(&self, path: &[String], token: &str, life: Option<u64>) -> Option<u64> {
        let state = token.rsplit(':').next()?.parse().ok()?;
        let now = self.state(path);
        let is_young = life.is_none_or(|life| now.saturating_sub(state) <= life);
        (state <= now && is_young && token == self.token(path, state)).then_some(state)
    }

    /// All tokens that were given are unknown from now on.
    pub(crate) fn forget_tokens(&mut self) {
        self.epoch += 1;
    }
}
