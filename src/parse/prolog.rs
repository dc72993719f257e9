//! Reads a body up to the start tag of its root, and finds out what the body is when it is not a WebDAV document.

use super::{
    After, BYTE_ORDER_MARK, Fault, Guard, Kind, KnownRoot, Leniency, NotDavReason, Place, Problem, Progress,
    Read, TagSource, Texts, Utf8By, Walk, Window, declaration, doctype, flag, is_space, markup, root, within,
};
use crate::text::{boundary, slice};
use crate::{Limit, Options, Repair, Tolerance, error::quoted, notes::Notes};

/// How many bytes at the beginning of a body are searched for signs of HTML.
pub(super) const SNIFFED: usize = 1024;

/// Returns the part of a body that is searched for signs of HTML.
fn beginning(text: &str) -> &str {
    text.get(..boundary(text, SNIFFED)).unwrap_or(text)
}

/// Whether the first bytes after white space are a byte order mark of UTF-8; `None` when more bytes are needed.
pub(crate) fn begins_with_mark(body: &[u8]) -> Option<bool> {
    let mut buffer = [0; 3];
    let mark = BYTE_ORDER_MARK.encode_utf8(&mut buffer).as_bytes();
    let blanks = body.iter().take_while(|b| is_space(**b)).count();
    let rest = body.get(blanks..).unwrap_or_default();
    if rest.len() < mark.len() && mark.starts_with(rest) { None } else { Some(rest.starts_with(mark)) }
}

/// The part of the prolog that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// At the first byte.
    #[default]
    Start,
    /// Byte order marks and the XML declaration, which say how the body is encoded.
    Opening,
    /// Comments and instructions, up to the root.
    Rest,
}

/// Reads what comes before the root.
#[derive(Debug, Default)]
pub(super) struct Prolog {
    stage: Stage,
    /// The first KiB of the body, kept for the search for HTML when a stream drops these bytes before the root.
    beginning: Option<Box<str>>,
    /// Whether a document type declaration was passed over.
    has_doctype: bool,
    /// The end of a document type is looked for again only when the declaration has grown to this length.
    doctype_retry: usize,
    #[cfg(test)]
    pub(super) takes_any_root: bool,
}

impl Prolog {
    pub(super) fn read(&mut self, walk: &mut Walk, window: Window<'_>) -> Read<Progress> {
        let progress = match self.stage {
            Stage::Start => self.start(walk, window),
            Stage::Opening => self.opening(walk, window),
            Stage::Rest => self.rest(walk, window),
        };
        progress.or_else(|fault| self.sniff(fault, walk, window))
    }

    /// Whether the window must be kept from its first byte on, because its first bytes may decide what the body is.
    pub(super) fn needs_beginning(&self, text: &str) -> bool {
        self.beginning.is_none() && text.len() < SNIFFED
    }

    /// Keeps the beginning of the body, before the window loses it.
    pub(super) fn keep_beginning(&mut self, text: &str) {
        self.beginning.get_or_insert_with(|| beginning(text).into());
    }

    /// Reads a byte order mark, and takes in the encoding that the caller names.
    fn start(&mut self, walk: &mut Walk, window: Window<'_>) -> Read<Progress> {
        let d = window.text.as_bytes();
        if d.len() < 4 && window.after == After::More {
            return Ok(Progress::NeedInput);
        }
        match d {
            [0, 0, 0, b'<', ..] | [b'<', 0, 0, 0, ..] => return Err(Fault::new(0, Problem::Utf32)),
            [0, b'<', ..] | [b'<', 0, ..] => return Err(Fault::new(0, Problem::Utf16)),
            [0xEF, 0xBB, 0xBF, ..] => {
                walk.cursor.pos = BYTE_ORDER_MARK.len_utf8();
                // The mark counts more than the encoding that the caller names (RFC 7303 section 3.3).
                walk.guard.charset = None;
                walk.guard.mark();
            }
            _ => {}
        }
        if walk.guard.charset.is_some() {
            match begins_with_mark(beginning(window.text).as_bytes()) {
                None if window.after == After::More && d.len() < SNIFFED => return Ok(Progress::NeedInput),
                Some(true) => walk.guard.charset = None,
                None | Some(false) => {}
            }
        }
        if let Some(charset) = walk.guard.charset.clone() {
            let leniency = &mut Leniency { options: &walk.options, notes: &mut walk.facts.notes };
            walk.guard.named(&charset, 0, 0, leniency)?;
        }
        // Reading goes on only now, because only now the bytes that may follow are known.
        self.stage = Stage::Opening;
        Ok(Progress::More)
    }

    /// Reads white space, further byte order marks and the XML declaration.
    fn opening(&mut self, walk: &mut Walk, window: Window<'_>) -> Read<Progress> {
        let d = window.text.as_bytes();
        walk.cursor.pass_blanks(d);
        while window.from(walk.cursor.pos).starts_with(BYTE_ORDER_MARK) {
            let at = walk.cursor.pos;
            walk.forgive(Tolerance::ByteOrderMark, at)?;
            walk.guard.mark();
            walk.cursor.pos += BYTE_ORDER_MARK.len_utf8();
            walk.cursor.pass_blanks(d);
        }
        let at = walk.cursor.pos;
        let not_dav = |reason| Err(Fault::new(at, Problem::NotDav(reason)));
        let rest = d.get(at..).unwrap_or_default();
        match rest.first() {
            Some(b'<') => {}
            Some(b'{' | b'[') => return not_dav(NotDavReason::Json),
            Some(_) => return not_dav(NotDavReason::Text),
            None if window.after == After::End => return not_dav(NotDavReason::Empty),
            None => return Ok(Progress::NeedInput),
        }
        if rest.len() < 6 && b"<?xml ".starts_with(rest) && window.after == After::More {
            return Ok(Progress::NeedInput);
        }
        let after_target = rest.strip_prefix(b"<?xml").and_then(|rest| rest.first());
        if after_target.is_some_and(|b| is_space(*b)) {
            let Some(end) = walk.markup_end(Kind::Instruction, window, at)? else {
                return Ok(Progress::NeedInput);
            };
            let encoding = declaration::encoding(window.text, at, end)?;
            let before = at.checked_sub(1).and_then(|before| d.get(before));
            if before.is_some_and(|b| is_space(*b)) {
                walk.forgive(Tolerance::SpaceBeforeDeclaration, at)?;
            }
            if let Some(name) = encoding {
                let leniency = &mut Leniency { options: &walk.options, notes: &mut walk.facts.notes };
                let at = name.start;
                walk.guard.declared(slice(window.text, name), at, end, leniency)?;
            }
            walk.cursor.pos = end;
        }
        self.stage = Stage::Rest;
        Ok(Progress::More)
    }

    /// Reads comments, instructions and white space before the root, and the root's start tag.
    fn rest(&mut self, walk: &mut Walk, window: Window<'_>) -> Read<Progress> {
        let d = window.text.as_bytes();
        loop {
            walk.cursor.pass_blanks(d);
            let at = walk.cursor.pos;
            match d.get(at) {
                None => return Ok(Progress::NeedInput),
                Some(b'<') => {}
                Some(_) => return Err(Fault::new(at, Problem::TextBeforeRoot)),
            }
            let is_passed = match markup::kind(d, at)? {
                None => false,
                Some(Kind::Tag | Kind::EndTag) => match walk.markup_end(Kind::Tag, window, at)? {
                    Some(end) => return self.root_tag(walk, window, at, end),
                    None => false,
                },
                Some(kind @ (Kind::Comment | Kind::Instruction)) => {
                    walk.pass_comment_or_instruction(window, kind)?
                }
                Some(Kind::Doctype)
                    if walk.options.repairs().has(Repair::SkipDoctype) && !self.has_doctype =>
                {
                    self.pass_doctype(walk, window, at)?
                }
                Some(Kind::Doctype) => return Err(Fault::new(at, Problem::Doctype)),
                Some(Kind::Section) => return Err(Fault::new(at, Problem::TextBeforeRoot)),
            };
            if !is_passed {
                return Ok(Progress::NeedInput);
            }
        }
    }

    /// Applies [`Repair::SkipDoctype`] to the declaration at `at`. Returns whether the declaration ends in the window.
    fn pass_doctype(&mut self, walk: &mut Walk, window: Window<'_>, at: usize) -> Read<bool> {
        let most = walk.options.most(Limit::TagBytes);
        let length = window.text.len() - at;
        let is_due = length >= self.doctype_retry || length > most;
        if window.after == After::More && !is_due {
            return Ok(false);
        }
        // The next search begins at the start again, so it waits until the declaration is longer by an eighth.
        self.doctype_retry = length + length / 8;
        // The search ends at the limit: a fault beyond the limit must not hide that the limit is exceeded.
        let allowed = markup::allowed(window.text.as_bytes(), at, most).len();
        let allowed = slice(window.text, ..boundary(window.text, allowed));
        let end = doctype::end(allowed, at)?;
        within(Limit::TagBytes, end.unwrap_or(window.text.len()) - at, at, &walk.options)?;
        let Some(end) = end else { return Ok(false) };
        walk.facts.notes.repair(Repair::SkipDoctype);
        self.has_doctype = true;
        walk.cursor.pos = end;
        Ok(true)
    }

    /// Reads the root's start tag, from `at` to `end`, which decides what document this is.
    fn root_tag(&mut self, walk: &mut Walk, window: Window<'_>, at: usize, end: usize) -> Read<Progress> {
        let head = slice(window.text, at..end);
        let source = TagSource::new(window.text, head, at, end, Place::Head, at);
        let mut notes = Notes::default();
        let (options, scopes) = (&walk.options, &mut walk.scopes);
        let mut tag = walk.tags.read(&source, scopes, &mut Leniency { options, notes: &mut notes })?;
        if tag.flags & flag::FORBIDDEN != 0 {
            return Err(Fault::new(at, Problem::Name));
        }
        within(Limit::Depth, 1, at, options)?;
        let leniency = &mut Leniency { options, notes: &mut walk.facts.notes };
        root::repair_namespace(&mut tag, source.content, scopes, leniency)?;
        let (_, local) = tag.name.split(source.content);
        let namespace = tag.namespace.name(&Texts { head, text: "", decoded: &scopes.decoded });
        let known = KnownRoot::of(namespace, local).filter(|_| !tag.namespace.is_undeclared());
        #[cfg(test)]
        let known = if self.takes_any_root { Some((KnownRoot::Any, None)) } else { known };
        let Some((kind, tolerance)) = known else {
            let name = match tag.namespace.is_undeclared() {
                true => slice(source.content, ..tag.name.len).to_owned(),
                false => format!("{{{namespace}}}{local}"),
            };
            walk.root.unknown = Some(quoted(&name, 64).into());
            let is_html = local.eq_ignore_ascii_case("html");
            let reason = if is_html { NotDavReason::Html } else { NotDavReason::Root };
            return Err(Fault::new(at, Problem::NotDav(reason)));
        };
        if let Some(tolerance) = tolerance {
            leniency.forgive(tolerance, at)?;
        }
        walk.root.kind = Some(kind);
        walk.root.name_len = tag.name.len;
        if kind == KnownRoot::Multistatus {
            walk.facts.notes.add(notes);
            walk.root.tag = at..end;
            walk.root.decoded = scopes.take_names_of_root(end - at);
            walk.root.bindings = scopes.len();
            walk.cursor.pos = end;
        } else {
            // This root is the only item: its start tag is read again as part of the item.
            scopes.leave(tag.outside);
            scopes.decoded.clear();
            walk.item.range = at..at;
            walk.item.index.base = walk.cursor.offset(at);
        }
        walk.cursor.text_from = walk.cursor.pos;
        Ok(Progress::Root { is_empty: tag.is_empty() })
    }

    /// Returns a fault before the root. Where the beginning of the body names an HTML root, the fault is changed to
    /// say so, because that is what a user should hear.
    #[cold]
    fn sniff(&mut self, fault: Fault, walk: &mut Walk, window: Window<'_>) -> Read<Progress> {
        use NotDavReason::{Empty, Html, Json, Root};
        match fault.problem {
            // These faults count whatever else the beginning has.
            Problem::NotDav(Html | Root | Json | Empty)
            | Problem::Utf16
            | Problem::Utf32
            | Problem::Limit(_)
            | Problem::Refused(Tolerance::ByteOrderMark) => return Err(fault),
            _ => {}
        }
        if self.needs_beginning(window.text) && window.after == After::More {
            // The decision must not depend on where a chunk ended, so everything from `pos` on is read again.
            walk.scopes.leave(0);
            walk.scopes.decoded.clear();
            return Ok(Progress::NeedInput);
        }
        let sniffed = self.beginning.take().unwrap_or_else(|| beginning(window.text).into());
        if fault.problem == Problem::Doctype && !walk.options.repairs().has(Repair::SkipDoctype) {
            walk.root.unknown = name_after_doctype(&sniffed, &walk.guard);
        }
        if !names_html(sniffed.as_bytes()) {
            return Err(fault);
        }
        Err(Fault { problem: Problem::NotDav(Html), ..fault })
    }
}

/// Returns the name of the root of a body that is refused for its document type, if `beginning` has the root.
fn name_after_doctype(beginning: &str, guard: &Guard) -> Option<Box<str>> {
    let (mut prolog, mut walk) = (Prolog::default(), Walk::new(&Options::new().repair(Repair::SkipDoctype)));
    // A byte order mark will be found again.
    let utf8_by = if guard.utf8_by == Utf8By::Input { Utf8By::Input } else { Utf8By::Nothing };
    walk.guard = Guard { charset: guard.charset.clone(), utf8_by, ..Guard::default() };
    loop {
        let window = walk.guard.cut(Window::whole(beginning));
        // With a fault or without, the reading has come as far as the root, or `beginning` does not have the root.
        if prolog.read(&mut walk, window) != Ok(Progress::More) {
            return walk.root.kind.map(|root| root.expanded().into()).or(walk.root.unknown);
        }
    }
}

/// Whether a tag `html`, or a document type of that name, begins somewhere in `start`.
fn names_html(start: &[u8]) -> bool {
    let follows = |at: usize, word: &[u8]| {
        let found = start.get(at..at + word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
        found && start.get(at + word.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
    };
    memchr::memchr_iter(b'<', start).any(|at| follows(at, b"<html") || follows(at, b"<!doctype html"))
}
