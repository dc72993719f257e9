//! The search for the next response after a fault: [`Options::salvage`](crate::Options::salvage).
//!
//! The search checks nothing on the way. It passes over comments, CDATA sections and instructions, because they may
//! hide a tag. A response inside a value does not belong to the root, so the search follows which elements are open.
//!
//! Markup without an end would hide all that follows, so it is passed over as if it were text. We remember the offset
//! up to which no terminator exists, so that neither this search nor the parser scans those bytes again.

use super::{
    After, Fault, Kind, Pending, Problem, Progress, Role, StartTag, Walk, Window, markup, name, role_by_name,
    role_of_tag,
};
use crate::text::{boundary, slice};
use crate::{Error, Limit};

/// What a `<` begins.
enum Piece {
    /// Markup of this kind, and where it ends. A broken tag ends where the next markup begins.
    Markup(Kind, usize),
    /// No markup, or markup without an end.
    Text,
    /// More bytes are needed to know.
    Later,
}

/// At most this many elements of a response can be open when the next response begins: response, propstat, prop.
const LEFT_OPEN: usize = 3;

impl Walk {
    /// Counts the item with the fault as an error item, and prepares the search. `true` if the next response is known.
    #[cold]
    pub(super) fn begin_salvage(&mut self, fault: Fault, error: &Error, window: Window<'_>) -> bool {
        self.facts.faults += 1;
        self.facts.notes.add(self.item.index.notes);
        self.scopes.leave(self.root.bindings);
        self.scopes.decoded.clear();
        let Some(salvage) = &mut self.salvage else { return false };
        salvage.open.clear();
        for (name, role) in self.item.index.open_elements(window.from(self.item.range.start)) {
            // An element may bind its prefix itself: then its name means another at the root, and its real role counts.
            let role = match role_by_name(name, &self.scopes) {
                by_name if by_name.is_around_properties() => by_name,
                _ => role,
            };
            salvage.open.enter(name, role, usize::MAX);
        }
        let is_nested = fault.problem == Problem::Nested;
        let nested = salvage.nested_from.take().filter(|_| self.item.index.loss.is_none() && !is_nested);
        // In a section without a restart, the search begins where the section was found to be wrong.
        if let Some(at) = nested.or(self.cursor.restart()) {
            self.cursor.pos = at;
            self.cursor.section = None;
        }
        salvage.is_first = window.text.as_bytes().get(self.cursor.pos) == Some(&b'<');
        salvage.first.get_or_insert_with(|| error.clone().with_fatal(true));
        self.cursor.pending = None;
        self.cursor.go_to(self.cursor.pos);
        self.parked = None;
        self.item.index.clear();
        is_nested || nested.is_some()
    }

    /// Whether the tag of a response comes while a response of the root is still open: end tags are missing.
    ///
    /// A property may be called `response`, too. So inside a `prop` the place is only remembered, for when a fault
    /// comes. After the first fault the tag counts at once: anything may be forged by then anyway.
    pub(super) fn is_nested(&mut self, tag: &StartTag) -> bool {
        let Some(salvage) = &mut self.salvage else { return false };
        let is_open = (1..=LEFT_OPEN).contains(&self.item.index.depth());
        if !is_open || !tag.namespace.is_dav() || !self.root.is_multistatus() {
            return false;
        }
        match self.item.index.role() {
            Some(Role::Prop) if salvage.first.is_none() => {
                salvage.nested_from.get_or_insert(tag.at);
                false
            }
            role => role.is_some_and(Role::is_around_properties),
        }
    }

    /// Returns the fault of the comment, section or instruction that is open at the end of the body, if one is.
    #[cold]
    pub(super) fn unclosed(&self, window: Window<'_>) -> Option<Fault> {
        if let Some(from) = self.cursor.restart() {
            return Some(Fault::new(from, Kind::Section.unclosed()));
        }
        self.cursor.pending.filter(Pending::may_hide_tags)?;
        let kind = markup::kind(window.text.as_bytes(), self.cursor.pos).ok()??;
        Some(Fault::new(self.cursor.pos, kind.unclosed()))
    }

    /// Looks for the next response, or the end of the root.
    pub(super) fn seek(&mut self, window: Window<'_>) -> Progress {
        loop {
            let from = self.cursor.pos;
            let rest = window.from(from).as_bytes();
            if self.cursor.section.is_some() {
                let end = memchr::memmem::find(rest, b"]]>");
                // The last bytes may be the first ones of the `]]>` that ends the section.
                let cut = boundary(window.text, window.text.len().saturating_sub(2)).max(from);
                self.cursor.go_to(end.map_or(cut, |end| from + end + 3));
                if end.is_none() {
                    return Progress::NeedInput;
                }
                self.cursor.section = None;
                continue;
            }
            let markup = memchr::memchr(b'<', rest);
            let p = from + markup.unwrap_or(rest.len());
            self.cursor.go_to(p);
            if markup.is_none() {
                return Progress::NeedInput;
            }
            let (kind, end) = match self.piece(window) {
                Piece::Markup(kind, end) => (Some(kind), end),
                Piece::Text => (None, p + 1),
                Piece::Later => return Progress::NeedInput,
            };
            let is_first = self.salvage.as_mut().is_some_and(|salvage| std::mem::take(&mut salvage.is_first));
            let text = slice(window.text, p..end);
            if kind == Some(Kind::Tag) && self.begins_response(text, is_first) {
                return Progress::Found;
            }
            self.cursor.go_to(end);
            if kind == Some(Kind::EndTag) && self.ends_root(text, window) {
                return Progress::RootClosed;
            }
        }
    }

    /// Returns what begins at the `<` where the cursor is.
    fn piece(&mut self, window: Window<'_>) -> Piece {
        let (d, p) = (window.text.as_bytes(), self.cursor.pos);
        let kind = match markup::kind(d, p) {
            Ok(Some(kind)) => kind,
            Ok(None) => return Piece::Later,
            Err(_) => return Piece::Text,
        };
        let Some(salvage) = &mut self.salvage else { return Piece::Text };
        if salvage.is_unclosed(kind, self.cursor.offset(p)) {
            return Piece::Text;
        }
        // The markup is only passed over, so it may be as long as a response.
        let most = self.options.most(Limit::ResponseBytes);
        let allowed = markup::allowed(d, p, most);
        let searched = if kind == Kind::EndTag { Kind::Tag } else { kind };
        let mut pending = self.cursor.pending.take().unwrap_or_else(|| Pending::new(searched, p));
        let is_too_long = allowed.len() > p.saturating_add(most);
        let no_end_before = match pending.feed(allowed) {
            Err(fault) => return Piece::Markup(kind, fault.at),
            Ok(Some(end)) if kind != Kind::Comment => return Piece::Markup(kind, end),
            Ok(Some(end)) => match inner_comment(window.text, p, end) {
                // The end belongs to the inner comment.
                Some(inner) => inner,
                None => return Piece::Markup(kind, end),
            },
            Ok(None) if is_too_long && kind.slot().is_none() => {
                return Piece::Markup(kind, boundary(window.text, allowed.len()));
            }
            Ok(None) if is_too_long => p.saturating_add(most),
            Ok(None) if window.after == After::More => {
                self.cursor.pending = Some(pending);
                return Piece::Later;
            }
            Ok(None) => d.len(),
        };
        salvage.set_unclosed(kind, self.cursor.offset(no_end_before));
        Piece::Text
    }

    /// Whether the start tag `text` begins a response of the root. Any other element is entered as open.
    fn begins_response(&mut self, text: &str, is_first: bool) -> bool {
        let (Some(name), Some(salvage)) = (tag_name(text), &mut self.salvage) else { return false };
        let role = role_of_tag(text, name, &self.scopes);
        if role == Role::Response && !salvage.open.is_in_value() {
            if !is_first {
                return true;
            }
            // This response was not counted yet, because its start tag has the fault.
            self.facts.found += 1;
        }
        // A broken tag counts only when it is the tag of a response: others may never have been meant as tags.
        let is_whole = text.ends_with('>') || role == Role::Response;
        if is_whole && !text.ends_with("/>") {
            salvage.open.enter(name, role, self.options.most(Limit::Depth));
        }
        false
    }

    /// Whether the end tag `text` closes the root. Any other end tag closes its element.
    fn ends_root(&mut self, text: &str, window: Window<'_>) -> bool {
        let root = window.root_tag.get(1..1 + self.root.name_len);
        let (Some(name), Some(salvage)) = (tag_name(text), &mut self.salvage) else { return false };
        !salvage.open.leave(name) && Some(name) == root
    }
}

/// Returns the name in the tag `text`, if it is valid.
fn tag_name(text: &str) -> Option<&str> {
    let content = text.trim_start_matches(['<', '/']);
    content.get(..name::name(content)?.len)
}

/// Returns where the last comment inside the one from `p` to `end` begins. Its `<!--` shares no `-` with the `-->`.
fn inner_comment(text: &str, p: usize, end: usize) -> Option<usize> {
    let inside = p + 1..end.saturating_sub("-->".len());
    text.get(inside)?.rfind("<!--").map(|at| p + 1 + at)
}
