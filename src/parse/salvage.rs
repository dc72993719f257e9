//! [`Options::salvage`](crate::Options::salvage): after a fault, the next response is looked for.
//!
//! On the way nothing is checked. What is told apart is what may hide a tag (comments, CDATA sections, instructions) and
//! whose child a response is: one inside the value of a property is none of the root's. For that it is enough to know,
//! of the open elements, which are responses, propstats and props; an end tag of theirs closes what was left open inside.
//!
//! Markup without an end would hide all that follows, so it is passed over as if it were text. To look for an end that
//! is not there costs as many bytes each time: it is remembered up to where there is none, here and for the content that
//! is read afterwards. So the time stays linear.

use super::{
    chars,
    fault::{Fault, Problem},
    grammar::Role,
    markup::{self, Kind, Pending},
    scan::{After, Part, Scanner, Step},
    scope::Namespace,
};
use crate::{Error, Limit};

/// What is known on the way to the next response.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// Open elements: responses, propstats, props, and inside those any other.
    open: Vec<Role>,
    /// The markup at hand is that with the fault: no response begins with it.
    is_first: bool,
    /// Comments, sections and instructions that begin before these bytes of the body do not end.
    unclosed: [u64; 3],
}

impl Search {
    /// An element begins; at most so many are kept.
    fn enter(&mut self, role: Role, most: usize) {
        let is_in_prop = matches!(self.open.last(), Some(Role::Prop | Role::Value));
        let role = match role {
            Role::Response | Role::Propstat | Role::Prop => role,
            _ if is_in_prop => Role::Value,
            _ => return,
        };
        if self.open.len() < most {
            self.open.push(role);
        }
    }
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

/// Elements that may be open around a response that is none of the root's for lack of end tags: response, propstat, prop.
const STRUCTURE: usize = 3;

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
        self.search.open.clear();
        for role in self.index.roles() {
            self.search.enter(role, usize::MAX);
        }
        if std::mem::take(&mut self.in_section) {
            self.pos = self.section_start();
        }
        self.search.is_first = window.as_bytes().get(self.pos) == Some(&b'<');
        self.pending = None;
        self.run_around = None;
        self.index.clear();
        self.aside.clear();
        self.scopes.leave(self.head_bindings);
        self.scopes.side.truncate(self.head_side);
        self.run_from = self.pos;
        // Which response that is needs no search.
        self.part = if fault.problem == Problem::Nested { Part::Children } else { Part::Salvage };
        self.salvaged.get_or_insert(error.with_fatal(true));
        error.with_fatal(false)
    }

    /// Whether a response begins where one of the root's is still open. In a well-formed body it would be an element of the
    /// structure where it does not belong, or a property, and nobody has one of this name.
    #[inline]
    pub(crate) fn is_nested(&self, namespace: Namespace, local: &[u8]) -> bool {
        // The name comes first: it is the cheapest to compare, for every tag.
        local == b"response"
            && self.options.salvages()
            && self.part == Part::Children
            && (1..=STRUCTURE).contains(&self.index.depth())
            && namespace.is_dav()
            && self.index.role().is_some_and(Role::is_structure)
    }

    /// Where the CDATA section begins that is being read.
    pub(crate) fn section_start(&self) -> usize {
        self.run_from.saturating_sub(markup::SECTION.len())
    }

    /// The comment, section or instruction in which the body ends.
    #[cold]
    pub(crate) fn unclosed(&self, window: &str) -> Option<Fault> {
        if self.in_section {
            return Some(Fault::new(self.section_start(), Kind::Section.unclosed()));
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
        let most = self.options.most(if kind == Kind::Section { Limit::TextBytes } else { Limit::TagBytes });
        let allowed = markup::allowed(d, p, most);
        let searched = if kind == Kind::EndTag { Kind::Tag } else { kind };
        let mut pending = self.pending.take().unwrap_or_else(|| Pending::new(searched, p));
        let is_tag = slot(kind).is_none();
        let nowhere_before = match pending.feed(allowed) {
            Err(fault) => return Piece::Markup(kind, fault.at),
            Ok(Some(end)) => match inner_comment(window, p, end).filter(|_| kind == Kind::Comment) {
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
        let upto = self.offset(nowhere_before);
        if let Some(unclosed) = slot(kind).and_then(|slot| self.search.unclosed.get_mut(slot)) {
            *unclosed = upto;
        }
        Piece::Text
    }

    /// Whether the start tag `text` is that of a response of the root. Any other is entered.
    fn begins_response(&mut self, text: &str, is_first: bool) -> bool {
        let role = self.role_by_name(text.get(1..).unwrap_or_default());
        if role == Role::Response && self.search.open.last() != Some(&Role::Value) {
            if !is_first {
                return true;
            }
            // It was not counted before its start tag was read.
            self.trail.responses += 1;
        }
        if !text.ends_with("/>") {
            self.search.enter(role, self.options.most(Limit::Depth));
        }
        false
    }

    /// Whether the end tag `text` is that of the root. Of any other, what was open inside it is left.
    fn ends_root(&mut self, text: &str, head: &str) -> bool {
        let content = text.get(2..).unwrap_or_default();
        let root = head.get(1..1 + self.root_name).unwrap_or_default();
        let ends_name = |rest: &str| rest.bytes().next().is_none_or(|b| b == b'>' || chars::is_space(b));
        if content.strip_prefix(root).is_some_and(ends_name) {
            return true;
        }
        let (role, open) = (self.role_by_name(content), &mut self.search.open);
        match open.iter().rposition(|around| *around == role) {
            _ if role == Role::Value => _ = open.pop_if(|around| *around == Role::Value),
            Some(at) => open.truncate(at),
            None if role == Role::Response => open.clear(),
            None => {}
        }
        false
    }

    /// The role of the element whose tag begins with a name, as far as it counts here. Its prefix may be declared in the
    /// tag, where it is not looked for.
    fn role_by_name(&self, content: &str) -> Role {
        let Some(name) = chars::name(content) else { return Role::Value };
        let prefix = content.get(..name.local.saturating_sub(1)).unwrap_or_default();
        let namespace = self.scopes.element(prefix.as_bytes());
        let may_be_dav = namespace.is_dav() || matches!(namespace, Namespace::NONE | Namespace::UNDECLARED);
        match content.get(name.local..name.len) {
            Some("response") if may_be_dav => Role::Response,
            Some("propstat") if may_be_dav => Role::Propstat,
            Some("prop") if may_be_dav => Role::Prop,
            _ => Role::Value,
        }
    }
}

/// Where the last comment begins inside the one from `p` to `end`.
fn inner_comment(window: &str, p: usize, end: usize) -> Option<usize> {
    let inside = p + 1..end;
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
