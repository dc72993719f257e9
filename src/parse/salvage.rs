//! [`Options::salvage`](crate::Options::salvage): after a fault, the next response is looked for.
//!
//! On the way nothing is checked. What is told apart is what may hide a tag (comments, CDATA sections, instructions)
//! and whose child a response is: one inside the value of a property is none of the root's. For that the open
//! elements are known by their names; an end tag closes all that was left open inside its element, and one without a
//! start tag nothing.
//!
//! Markup without an end would hide all that follows, so it is passed over as if it were text. Up to where there is
//! no end is remembered, here and for the content that is read afterwards, so that no byte is searched twice for the
//! same.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{
    chars,
    fault::{Fault, Problem},
    grammar::Role,
    markup::{self, Kind, Pending},
    scan::{After, Part, Scanner, Step},
    scope::Namespace,
    tag,
};
use crate::{Error, Limit};

/// What is known on the way to the next response.
#[derive(Debug, Default)]
pub(crate) struct Search {
    open: Open,
    /// The next markup is the one with the fault, so it is not taken for the next response.
    is_first: bool,
    /// Of comments, sections and instructions: those that begin before this byte of the body do not end.
    unclosed: [u64; 3],
}

/// The open elements, outermost first.
#[derive(Debug, Default)]
struct Open {
    /// Hashes of their names as sent, and what they are. No more than [`Limit::Depth`] allows.
    elements: Vec<(u64, Kin)>,
    /// How many more there are.
    deeper: u64,
}

/// What an element is to the search, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kin {
    Response,
    /// Any other element around properties.
    Structure,
    Prop,
    Value,
}

impl Kin {
    /// That of the element with this name, its prefix standing for `DAV:`.
    fn of(name: &str) -> Self {
        match name.split_once(':').map_or(name, |(_, local)| local) {
            "response" => Kin::Response,
            "propstat" | "href" | "status" | "responsedescription" | "location" => Kin::Structure,
            "prop" => Kin::Prop,
            _ => Kin::Value,
        }
    }

    /// That of an element with this role.
    fn of_role(role: Role) -> Self {
        match role {
            Role::Response => Kin::Response,
            Role::Propstat | Role::Href | Role::Status | Role::Description | Role::Location => Kin::Structure,
            Role::Prop => Kin::Prop,
            _ => Kin::Value,
        }
    }
}

impl Open {
    /// Whether the place is inside something that servers take from clients.
    fn is_in_value(&self) -> bool {
        let kin = || self.elements.iter().map(|(_, kin)| *kin);
        let behind_prop = kin().skip_while(|kin| *kin != Kin::Prop).skip(1);
        self.deeper > 0 || behind_prop.chain(kin().filter(|kin| *kin == Kin::Value)).next().is_some()
    }

    fn clear(&mut self) {
        self.elements.clear();
        self.deeper = 0;
    }

    fn enter(&mut self, name: &str, kin: Kin, most: usize) {
        if self.elements.len() < most {
            self.elements.push((hash(name), kin));
        } else {
            self.deeper += 1;
        }
    }

    /// `false`: no such element is open.
    fn leave(&mut self, name: &str) -> bool {
        if let Some(fewer) = self.deeper.checked_sub(1) {
            self.deeper = fewer;
            return true;
        }
        let name = hash(name);
        let at = self.elements.iter().rposition(|(open, _)| *open == name);
        self.elements.truncate(at.unwrap_or(self.elements.len()));
        at.is_some()
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// What a `<` begins.
enum Piece {
    /// Markup up to here. A tag may be broken: it reaches to where the next markup begins.
    Markup(Kind, usize),
    /// Nothing, or markup without an end.
    Text,
    /// More has to come to tell.
    Later,
}

/// How many elements can be left open before the next response of the root: response, propstat, prop.
const LEFT_OPEN: usize = 3;

impl Scanner {
    /// Whether reading can go on after `fault`.
    pub(crate) fn can_salvage(&self, fault: Fault) -> bool {
        // A body that is cut, or that is not text, stays so.
        let is_end = matches!(fault.problem, Problem::Truncated | Problem::NotAscii);
        self.options.salvages() && self.part == Part::Children && !is_end
    }

    /// Makes the child with the fault an error item.
    #[cold]
    pub(crate) fn salvage(&mut self, fault: Fault, head: &str, window: &str) -> Error {
        let error = self.fatal(fault, head, window);
        self.trail.faults += 1;
        self.trail.notes.add(self.index.notes);
        self.scopes.leave(self.head_bindings);
        self.scopes.side.clear();
        let mut open = std::mem::take(&mut self.search.open);
        open.clear();
        for (name, role) in self.index.open_elements(window.get(self.child.start..).unwrap_or_default()) {
            // By its own prefix it may be what its name in the root's is not.
            let kin = match self.kin(name) {
                Kin::Value => Kin::of_role(role),
                kin => kin,
            };
            open.enter(name, kin, usize::MAX);
        }
        self.search.open = open;
        // Without its start, a section is left where it was found to be wrong.
        if let Some(from) = self.section_from.take() {
            self.pos = from;
            self.in_section = false;
        }
        let is_nested = fault.problem == Problem::Nested;
        let nested = self.nested_from.take().filter(|_| self.index.loss.is_none() && !is_nested);
        if let Some(from) = nested {
            self.pos = from;
            self.in_section = false;
        }
        self.search.is_first = window.as_bytes().get(self.pos) == Some(&b'<');
        self.pending = None;
        self.run_around = None;
        self.index.clear();
        self.aside.clear();
        self.run_from = self.pos;
        // Where the next response is known, it needs no search.
        self.part = if is_nested || nested.is_some() { Part::Children } else { Part::Salvage };
        if self.salvaged.is_none() {
            self.salvaged = Some(error.clone().with_fatal(true));
        }
        error.with_fatal(false)
    }

    /// Whether a response begins at `p` where one of the root's is still open: end tags are missing.
    ///
    /// A property may have that name, too. So inside a `prop` the place is only remembered, for when a fault comes:
    /// after the first one, anything may be forged anyway.
    #[inline]
    pub(crate) fn is_nested(&mut self, p: usize, namespace: Namespace, local: &[u8]) -> bool {
        // The name comes first: it is the cheapest to compare, for every tag.
        let may_be = local == b"response"
            && self.options.salvages()
            && self.part == Part::Children
            && (1..=LEFT_OPEN).contains(&self.index.depth())
            && namespace.is_dav();
        if !may_be {
            return false;
        }
        match self.index.role().map(Kin::of_role) {
            Some(Kin::Prop) if self.salvaged.is_none() => {
                self.nested_from.get_or_insert(p);
                false
            }
            kin => kin.is_some_and(|kin| kin != Kin::Value),
        }
    }

    /// The comment, section or instruction in which the body ends.
    #[cold]
    pub(crate) fn unclosed(&self, window: &str) -> Option<Fault> {
        if let Some(from) = self.section_from {
            return Some(Fault::new(from, Kind::Section.unclosed()));
        }
        self.pending.filter(Pending::may_hide_tags)?;
        let kind = markup::kind(window.as_bytes(), self.pos).ok()??;
        Some(Fault::new(self.pos, kind.unclosed()))
    }

    /// Whether the markup that begins at `p` is known not to end.
    pub(crate) fn is_unclosed(&self, kind: Kind, p: usize) -> bool {
        let upto = slot(kind).and_then(|slot| self.search.unclosed.get(slot)).copied();
        upto.is_some_and(|upto| self.offset(p) < upto)
    }

    /// Looks for the next response, or the end of the root.
    pub(crate) fn seek(&mut self, head: &str, window: &str, after: After) -> Option<Step> {
        let d = window.as_bytes();
        loop {
            let rest = d.get(self.pos..).unwrap_or_default();
            if self.in_section {
                let end = memchr::memmem::find(rest, b"]]>");
                self.in_section = end.is_none();
                // The last bytes may be the first of those that end it.
                let cut = chars::boundary(window, d.len().saturating_sub(2)).max(self.pos);
                self.go_on(end.map_or(cut, |end| self.pos + end + 3));
                if self.in_section {
                    return Some(Step::NeedInput);
                }
                continue;
            }
            let markup = memchr::memchr(b'<', rest);
            let p = self.pos + markup.unwrap_or(rest.len());
            self.go_on(p);
            if markup.is_none() {
                return Some(Step::NeedInput);
            }
            let (kind, end) = match self.piece(window, after) {
                Piece::Markup(kind, end) => (Some(kind), end),
                Piece::Text => (None, p + 1),
                Piece::Later => return Some(Step::NeedInput),
            };
            let is_first = std::mem::take(&mut self.search.is_first);
            let text = window.get(p..end).unwrap_or_default();
            if kind == Some(Kind::Tag) && self.begins_response(text, is_first) {
                self.part = Part::Children;
                return None;
            }
            self.go_on(end);
            if kind == Some(Kind::EndTag) && self.ends_root(text, head) {
                self.part = Part::Epilog;
                return None;
            }
        }
    }

    /// What is not looked at again ends at `at`.
    fn go_on(&mut self, at: usize) {
        self.pos = at;
        self.run_from = at;
    }

    /// What begins at the `<` at hand.
    fn piece(&mut self, window: &str, after: After) -> Piece {
        let (d, p) = (window.as_bytes(), self.pos);
        let kind = match markup::kind(d, p) {
            Ok(Some(kind)) => kind,
            Ok(None) => return Piece::Later,
            Err(_) => return Piece::Text,
        };
        if self.is_unclosed(kind, p) {
            return Piece::Text;
        }
        // It is only passed over: as long as a response is, it may be.
        let most = self.options.most(Limit::ResponseBytes);
        let allowed = markup::allowed(d, p, most);
        let searched = if kind == Kind::EndTag { Kind::Tag } else { kind };
        let mut pending = self.pending.take().unwrap_or_else(|| Pending::new(searched, p));
        let is_tag = slot(kind).is_none();
        let no_end_before = match pending.feed(allowed) {
            Err(fault) => return Piece::Markup(kind, fault.at),
            Ok(Some(end)) if kind != Kind::Comment => return Piece::Markup(kind, end),
            Ok(Some(end)) => match inner_comment(window, p, end) {
                // The end belongs to that one.
                Some(inner) => inner,
                None => return Piece::Markup(kind, end),
            },
            Ok(None) if allowed.len() > p.saturating_add(most) && is_tag => {
                return Piece::Markup(kind, chars::boundary(window, allowed.len()));
            }
            Ok(None) if allowed.len() > p.saturating_add(most) => p.saturating_add(most),
            Ok(None) if after == After::More => {
                self.pending = Some(pending);
                return Piece::Later;
            }
            Ok(None) => d.len(),
        };
        let upto = self.offset(no_end_before);
        if let Some(unclosed) = slot(kind).and_then(|slot| self.search.unclosed.get_mut(slot)) {
            *unclosed = upto;
        }
        Piece::Text
    }

    /// Whether the start tag `text` is that of a response of the root. Any other is entered.
    fn begins_response(&mut self, text: &str, is_first: bool) -> bool {
        let Some(name) = name(text) else { return false };
        let kin = if declares_dav(text, name) { Kin::of(name) } else { self.kin(name) };
        if kin == Kin::Response && !self.search.open.is_in_value() {
            if !is_first {
                return true;
            }
            // It was not counted before its start tag was read.
            self.trail.responses += 1;
        }
        // Of what is broken, only a response is known to have been meant.
        let is_whole = text.ends_with('>') || kin == Kin::Response;
        if is_whole && !text.ends_with("/>") {
            self.search.open.enter(name, kin, self.options.most(Limit::Depth));
        }
        false
    }

    /// Whether the end tag `text` is that of the root. Any other is left.
    fn ends_root(&mut self, text: &str, head: &str) -> bool {
        let root = head.get(1..1 + self.root_name);
        name(text).is_some_and(|name| !self.search.open.leave(name) && Some(name) == root)
    }

    /// What the element with this name is, where the root's namespaces are in force. One whose prefix they do not
    /// have may be anything.
    fn kin(&self, name: &str) -> Kin {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let namespace = self.scopes.element(prefix.as_bytes());
        if !namespace.is_dav() && !matches!(namespace, Namespace::NONE | Namespace::UNDECLARED) {
            return Kin::Value;
        }
        Kin::of(name)
    }
}

/// The name in the tag `text`, if it is one.
fn name(text: &str) -> Option<&str> {
    let content = text.trim_start_matches(['<', '/']);
    content.get(..chars::name(content)?.len)
}

/// Whether the tag `text` itself binds the prefix of its `name` to `DAV:`.
fn declares_dav(text: &str, name: &str) -> bool {
    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
    let is_own = |key| tag::declared_prefix(key) == Some(prefix);
    tag::attributes(text).any(|(key, value)| is_own(key) && value == "DAV:")
}

/// Where the last comment begins inside the one from `p` to `end`. The `--` of `-->` are not those of its `<!--`.
fn inner_comment(window: &str, p: usize, end: usize) -> Option<usize> {
    let inside = p + 1..end.saturating_sub("-->".len());
    window.get(inside)?.rfind("<!--").map(|at| p + 1 + at)
}

/// Where [`Search::unclosed`] has the markup of this kind.
fn slot(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Comment => Some(0),
        Kind::Section => Some(1),
        Kind::Instruction => Some(2),
        Kind::Tag | Kind::EndTag | Kind::Doctype => None,
    }
}
