//! [`Options::salvage`](crate::Options::salvage): after a fault, the next response is looked for.
//!
//! On the way nothing is checked. What is told apart is what may hide a tag (comments, CDATA sections, instructions) and
//! whose child a response is: one inside the value of a property is none of the root's. For that it is enough to count the
//! elements open inside a `prop`; an end tag of a response, propstat or prop closes what was left open inside.
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
    tag,
};
use crate::{Error, Limit};

/// What is known on the way to the next response.
#[derive(Debug, Default)]
pub(crate) struct Search {
    inside: Inside,
    /// The markup at hand is that with the fault: no response begins with it.
    is_first: bool,
    /// Comments, sections and instructions that begin before these bytes of the body do not end.
    unclosed: [u64; 3],
}

/// Whose child an element is, as far as it counts.
#[derive(Debug, Default)]
struct Inside {
    /// A `prop` of a response of the root is open.
    prop: bool,
    /// Inside it, open responses, propstats and props.
    nested: [u64; 3],
    /// Inside it, any other.
    values: u64,
}

impl Inside {
    fn is_value(&self) -> bool {
        self.values > 0 || self.nested != [0; 3]
    }

    /// An element begins that does not end at once.
    fn enter(&mut self, role: Role) {
        match (self.prop, self.nested(role)) {
            (false, _) => self.prop = role == Role::Prop,
            (true, Some(nested)) => *nested += 1,
            (true, None) => self.values += 1,
        }
    }

    /// An element ends, and with it what was left open in it.
    fn leave(&mut self, role: Role) {
        match self.nested(role) {
            Some(0) => *self = Inside::default(),
            Some(nested) => *nested -= 1,
            None => self.values = self.values.saturating_sub(1),
        }
    }

    fn nested(&mut self, role: Role) -> Option<&mut u64> {
        let [responses, propstats, props] = &mut self.nested;
        match role {
            Role::Response => Some(responses),
            Role::Propstat => Some(propstats),
            Role::Prop => Some(props),
            _ => None,
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
        self.search.inside = Inside::default();
        for role in self.index.roles() {
            self.search.inside.enter(role);
        }
        self.in_section = false;
        if let Some(from) = self.section_from.take() {
            self.pos = from;
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
        let role = self.role_by_name(text);
        if role == Role::Response && !self.search.inside.is_value() {
            if !is_first {
                return true;
            }
            // It was not counted before its start tag was read.
            self.trail.responses += 1;
        }
        if !text.ends_with("/>") {
            self.search.inside.enter(role);
        }
        false
    }

    /// Whether the end tag `text` is that of the root. Any other is left.
    fn ends_root(&mut self, text: &str, head: &str) -> bool {
        let content = text.get(2..).unwrap_or_default();
        let root = head.get(1..1 + self.root_name).unwrap_or_default();
        let ends_name = |rest: &str| rest.bytes().next().is_none_or(|b| b == b'>' || chars::is_space(b));
        if content.strip_prefix(root).is_some_and(ends_name) {
            return true;
        }
        let role = self.role_by_name(text);
        self.search.inside.leave(role);
        false
    }

    /// The role of the element with the tag `text`, as far as it counts here.
    fn role_by_name(&self, text: &str) -> Role {
        let content = text.trim_start_matches(['<', '/']);
        let Some(name) = chars::name(content) else { return Role::Value };
        let prefix = content.get(..name.local.saturating_sub(1)).unwrap_or_default();
        let namespace = self.scopes.element(prefix.as_bytes());
        // The prefix may be declared further out, where nobody looks any more, or in the tag.
        let is_own = || {
            tag::attributes(text)
                .any(|(key, value)| tag::declared_prefix(key) == Some(prefix) && value == "DAV:")
        };
        let may_be_dav =
            namespace.is_dav() || matches!(namespace, Namespace::NONE | Namespace::UNDECLARED) || is_own();
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
