//! From the first byte of a body to the start tag of its root, and what a body is that is not a WebDAV document.

use super::{
    chars,
    fault::{Fault, Problem, Strange},
    grammar::Role,
    markup::{self, Encoding, Kind},
    scan::{After, Part, Scanner, Step},
    scope::{Namespace, Place, Texts},
    tag::{self, Site, StartTag},
};
use crate::{Limit, Options, Repair, Tolerance, error::quoted, options::Notes};

macro_rules! roots {
    ($($(#[$doc:meta])* $kind:ident = $namespace:literal $local:literal, $role:ident
        $(, or $other:literal: $tolerance:ident)?;)*) => {
        /// The roots a client meets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum KnownRoot {
            $($(#[$doc])* $kind,)*
            /// Any other, for the tests of XML alone.
            #[cfg(test)]
            Any,
        }

        impl KnownRoot {
            /// The kind of the root `local` in `namespace`, and what has to be forgiven for it.
            fn of(namespace: &str, local: &str) -> Option<(Self, Option<Tolerance>)> {
                match (namespace, local) {
                    $(
                        ($namespace, $local) => Some((KnownRoot::$kind, None)),
                        $(($other, $local) => Some((KnownRoot::$kind, Some(Tolerance::$tolerance))),)?
                    )*
                    _ => None,
                }
            }

            /// Its expanded name, as the standard has it.
            pub(crate) fn expanded(self) -> &'static str {
                match self {
                    $(KnownRoot::$kind => concat!("{", $namespace, "}", $local),)*
                    #[cfg(test)]
                    KnownRoot::Any => "any",
                }
            }

            pub(crate) fn role(self) -> Role {
                match self {
                    $(KnownRoot::$kind => Role::$role,)*
                    #[cfg(test)]
                    KnownRoot::Any => Role::Value,
                }
            }
        }
    };
}

// Kind, namespace and local name, role of the element, and a namespace that is forgiven. A new row needs a variant of
// `RootKind` too.
roots! {
    /// RFC 4918 section 14.16.
    Multistatus = "DAV:" "multistatus", Multistatus;
    /// RFC 4918 section 14.5.
    Error = "DAV:" "error", Error, or "DAV": ErrorNamespace;
    /// RFC 4918 section 14.18.
    Prop = "DAV:" "prop", Prop;
    /// RFC 5689 section 5.2.
    MkcolResponse = "DAV:" "mkcol-response", Properties;
    /// RFC 4791 section 9.3.
    MkcalendarResponse = "urn:ietf:params:xml:ns:caldav" "mkcalendar-response", Properties,
        or "urn:ietf:params:xml:ns:carldav:": MkcalendarNamespace;
    /// RFC 6638 section 10.1.
    ScheduleResponse = "urn:ietf:params:xml:ns:caldav" "schedule-response", Value;
    /// RFC 3744 section 9.5.
    PrincipalSearchPropertySet = "DAV:" "principal-search-property-set", Value;
}

/// The byte order mark, in UTF-8.
pub(super) const MARK: char = '\u{FEFF}';

/// Bytes of the beginning of a body that are looked through for signs of HTML.
pub(super) const SNIFFED: usize = 1024;

/// What is looked through.
pub(super) fn beginning(window: &str) -> &str {
    window.get(..chars::boundary(window, SNIFFED)).unwrap_or(window)
}

/// Whether the first bytes that are not white space are a byte order mark of UTF-8. `None`: more has to come.
pub(crate) fn begins_with_mark(body: &[u8]) -> Option<bool> {
    let mut buffer = [0; 3];
    let mark = MARK.encode_utf8(&mut buffer).as_bytes();
    let blanks = body.iter().take_while(|b| chars::is_space(**b)).count();
    let rest = body.get(blanks..).unwrap_or_default();
    if rest.len() < mark.len() && mark.starts_with(rest) { None } else { Some(rest.starts_with(mark)) }
}

impl Scanner {
    /// Byte order mark and the encoding that the caller names.
    pub(crate) fn start(&mut self, window: &str, after: After) -> Result<Option<Step>, Fault> {
        let d = window.as_bytes();
        if d.len() < 4 && after == After::More {
            return Ok(Some(Step::NeedInput));
        }
        match d {
            [0, 0, 0, b'<', ..] | [b'<', 0, 0, 0, ..] => return Err(Fault::new(0, Problem::Utf32)),
            [0, b'<', ..] | [b'<', 0, ..] => return Err(Fault::new(0, Problem::Utf16)),
            [0xEF, 0xBB, 0xBF, ..] => {
                self.pos = MARK.len_utf8();
                // The mark counts more than anyone's word (RFC 7303 section 3.3).
                self.options.charset = None;
                self.marked = !self.is_transcoded;
            }
            _ => {}
        }
        if self.options.charset.is_some() {
            match begins_with_mark(beginning(window).as_bytes()) {
                None if after == After::More && window.len() < SNIFFED => return Ok(Some(Step::NeedInput)),
                Some(true) => self.options.charset = None,
                None | Some(false) => {}
            }
        }
        if let Some(charset) = self.options.charset.clone() {
            if let Err(fault) = self.encoded(&charset, 0, 0, false) {
                return self.strange(fault, window, after);
            }
        }
        // What follows is read only when it is known which bytes may be in it.
        self.part = Part::Opening;
        Ok(None)
    }

    /// White space, further byte order marks, XML declaration.
    pub(crate) fn opening(&mut self, window: &str, after: After) -> Result<Option<Step>, Fault> {
        let d = window.as_bytes();
        self.pass_blanks(d);
        while window.get(self.pos..).is_some_and(|rest| rest.starts_with(MARK)) {
            let tolerance = Tolerance::ByteOrderMark;
            tag::tolerate(tolerance, self.pos, &self.options, &mut self.trail.notes)?;
            self.marked = !self.is_transcoded;
            self.pos += MARK.len_utf8();
            self.pass_blanks(d);
        }
        let rest = d.get(self.pos..).unwrap_or_default();
        match rest.first() {
            Some(b'<') => {}
            Some(b'{' | b'[') => return Err(Fault::new(self.pos, Problem::NotDav(Strange::Json))),
            Some(_) => {
                return self.strange(Fault::new(self.pos, Problem::NotDav(Strange::Text)), window, after);
            }
            None if after == After::End => return Err(Fault::new(self.pos, Problem::NotDav(Strange::Empty))),
            None => return Ok(Some(Step::NeedInput)),
        }
        if rest.len() < 6 && b"<?xml ".starts_with(rest) && after == After::More {
            return Ok(Some(Step::NeedInput));
        }
        let is_declaration =
            rest.strip_prefix(b"<?xml").and_then(|r| r.first()).is_some_and(|b| chars::is_space(*b));
        if is_declaration {
            match self.declaration(window) {
                Ok(true) => {}
                Ok(false) => return Ok(Some(Step::NeedInput)),
                Err(fault) => return self.strange(fault, window, after),
            }
        }
        self.part = Part::Prolog;
        Ok(None)
    }

    /// The XML declaration. `false`: it does not end in the window.
    fn declaration(&mut self, window: &str) -> Result<bool, Fault> {
        let at = self.pos;
        let Some(end) = self.markup_end(Kind::Instruction, window.as_bytes(), at)? else { return Ok(false) };
        let declaration = markup::declaration(window, at, end)?;
        let is_after_blanks =
            at.checked_sub(1).and_then(|at| window.as_bytes().get(at)).is_some_and(|b| chars::is_space(*b));
        if is_after_blanks {
            tag::tolerate(Tolerance::SpaceBeforeDeclaration, at, &self.options, &mut self.trail.notes)?;
        }
        let name = declaration.encoding.clone().and_then(|name| window.get(name)).unwrap_or("utf-8");
        let at = declaration.encoding.map_or(at, |name| name.start);
        if self.marked && Encoding::of(name) != Encoding::Utf8 {
            tag::tolerate(Tolerance::DeclaredEncoding, at, &self.options, &mut self.trail.notes)?;
        } else if !self.marked && !self.is_transcoded && self.options.charset.is_none() {
            self.encoded(name, at, end, true)?;
        }
        self.pos = end;
        Ok(true)
    }

    /// Takes note that the body is said to be in the encoding `name`: by its declaration, with the name at `at`, or by
    /// the caller. What is read from `from` on has to be ASCII if that is a single-byte encoding.
    fn encoded(&mut self, name: &str, at: usize, from: usize, is_declared: bool) -> Result<(), Fault> {
        let encoding = Encoding::of(name);
        if encoding == Encoding::Utf8 {
            return Ok(());
        }
        if encoding == Encoding::Wide && is_declared {
            // The declaration was read as ASCII, so it is wrong.
            return tag::tolerate(Tolerance::DeclaredEncoding, at, &self.options, &mut self.trail.notes);
        }
        self.encoding = Some(quoted(name, 64).into());
        match encoding {
            Encoding::Other | Encoding::Wide => return Err(Fault::new(at, Problem::UnknownEncoding)),
            Encoding::SingleByte => {
                tag::tolerate(Tolerance::DeclaredEncoding, at, &self.options, &mut self.trail.notes)?;
            }
            Encoding::Utf8 | Encoding::Ascii => {}
        }
        self.ascii_up_to = Some(from);
        Ok(())
    }

    fn pass_blanks(&mut self, d: &[u8]) {
        while d.get(self.pos).is_some_and(|&b| chars::is_space(b)) {
            self.pos += 1;
        }
    }

    /// Comments, instructions and white space before the root, and the root's start tag.
    pub(crate) fn prolog(&mut self, window: &str, after: After) -> Result<Option<Step>, Fault> {
        match self.prolog_or_fault(window, after) {
            Err(fault) => self.strange(fault, window, after),
            step => step,
        }
    }

    fn prolog_or_fault(&mut self, window: &str, after: After) -> Result<Option<Step>, Fault> {
        let d = window.as_bytes();
        loop {
            self.pass_blanks(d);
            let at = self.pos;
            match d.get(at) {
                None => return Ok(Some(Step::NeedInput)),
                Some(b'<') => {}
                Some(_) => return Err(Fault::new(at, Problem::TextBeforeRoot)),
            }
            match markup::kind(d, at)? {
                None => return Ok(Some(Step::NeedInput)),
                Some(Kind::Tag | Kind::EndTag) => {
                    let Some(end) = self.markup_end(Kind::Tag, d, at)? else {
                        return Ok(Some(Step::NeedInput));
                    };
                    return self.root_tag(window, at, end).map(Some);
                }
                Some(kind @ (Kind::Comment | Kind::Instruction)) => {
                    if !self.pass_comment_or_instruction(window, kind)? {
                        return Ok(Some(Step::NeedInput));
                    }
                }
                Some(Kind::Doctype) if self.options.repairs().has(Repair::SkipDoctype) && !self.doctype => {
                    let length = d.len() - at;
                    let is_due = length >= self.doctype_retry || length > self.options.most(Limit::TagBytes);
                    if after == After::More && !is_due {
                        return Ok(Some(Step::NeedInput));
                    }
                    // The next time it is looked through from its start again: not before it is longer by an eighth.
                    self.doctype_retry = length + length / 8;
                    // Only as far as the limit allows: a fault beyond it must not count more than the limit.
                    let allowed = markup::allowed(d, at, self.options.most(Limit::TagBytes)).len();
                    let allowed = window.get(..chars::boundary(window, allowed)).unwrap_or_default();
                    let end = markup::doctype_end(allowed, at)?;
                    markup::within_limit(at, end.unwrap_or(d.len()), &self.options)?;
                    let Some(end) = end else { return Ok(Some(Step::NeedInput)) };
                    self.trail.notes.repair(Repair::SkipDoctype);
                    self.doctype = true;
                    self.pos = end;
                }
                Some(Kind::Doctype) => return Err(Fault::new(at, Problem::Doctype)),
                Some(Kind::Section) => return Err(Fault::new(at, Problem::TextBeforeRoot)),
            }
        }
    }

    /// The root's start tag, from `at` to `end`: it decides what document this is.
    fn root_tag(&mut self, window: &str, at: usize, end: usize) -> Result<Step, Fault> {
        let content = window.get(at + 1..end - 1).unwrap_or_default();
        let (content, is_empty) =
            content.strip_suffix('/').map_or((content, false), |content| (content, true));
        let head = window.get(at..end).unwrap_or_default();
        let site = Site { content, at, origin: at, place: Place::Head, head, text: "" };
        let mut notes = Notes::default();
        let mut tag = self.tags.read(&site, &mut self.scopes, &self.options, &mut notes)?;
        if tag.forbidden {
            return Err(Fault::new(at, Problem::Name));
        }
        if self.options.most(Limit::Depth) == 0 {
            return Err(Fault::new(at, Problem::Limit(Limit::Depth)));
        }
        self.repair_root(&mut tag, content, at)?;
        let qualified = content.get(..tag.name.len).unwrap_or_default();
        let local = qualified.get(tag.name.local..).unwrap_or_default();
        let namespace = tag.namespace.name(&Texts { head, text: "", side: &self.scopes.side });
        let known = KnownRoot::of(namespace, local).filter(|_| !tag.namespace.is_undeclared());
        #[cfg(test)]
        let known = if self.takes_any_root { Some((KnownRoot::Any, None)) } else { known };
        let Some((kind, tolerance)) = known else {
            let name = match tag.namespace.is_undeclared() {
                true => qualified.to_owned(),
                false => format!("{{{namespace}}}{local}"),
            };
            self.strange_root = Some(quoted(&name, 64).into());
            let is_html = local.eq_ignore_ascii_case("html");
            return Err(Fault::new(at, Problem::NotDav(if is_html { Strange::Html } else { Strange::Root })));
        };
        if let Some(tolerance) = tolerance {
            tag::tolerate(tolerance, at, &self.options, &mut self.trail.notes)?;
        }
        self.root = Some(kind);
        self.root_name = qualified.len();
        if kind == KnownRoot::Multistatus {
            self.trail.notes.add(notes);
            self.head = at..end;
            self.head_names = self.scopes.take_names_of_root(end - at);
            self.head_bindings = self.scopes.len();
            self.pos = end;
            self.part = if is_empty { Part::Epilog } else { Part::Children };
        } else {
            // It is read again as the item it is.
            self.scopes.leave(tag.outside);
            self.scopes.side.clear();
            self.child = at..at;
            self.index.base = self.offset(at);
            self.part = Part::Whole;
        }
        self.run_from = self.pos;
        Ok(Step::Head)
    }

    /// [`Repair::RootNamespace`]: puts the binding in force that the root lacks. `content` is that of its tag.
    pub(crate) fn repair_root(&mut self, tag: &mut StartTag, content: &str, at: usize) -> Result<(), Fault> {
        let lacks = matches!(tag.namespace, Namespace::NONE | Namespace::UNDECLARED) && tag.name.qualified;
        let qualified = content.get(..tag.name.len).unwrap_or_default();
        let local = qualified.get(tag.name.local..).unwrap_or_default();
        if lacks
            && self.options.repairs().has(Repair::RootNamespace)
            && KnownRoot::of("DAV:", local).is_some()
        {
            let prefix = qualified.get(..tag.name.local.saturating_sub(1)).unwrap_or_default();
            self.scopes.bind(prefix, Namespace::DAV, at, usize::MAX)?;
            tag.namespace = Namespace::DAV;
            self.trail.notes.repair(Repair::RootNamespace);
        }
        Ok(())
    }

    /// A fault before the root. Where the beginning of the body names an HTML root, that is what a user should
    /// hear.
    #[cold]
    fn strange(&mut self, fault: Fault, window: &str, after: After) -> Result<Option<Step>, Fault> {
        if matches!(fault.problem, Problem::NotDav(Strange::Html | Strange::Root) | Problem::Limit(_)) {
            return Err(fault);
        }
        if self.beginning.is_none() && window.len() < SNIFFED && after == After::More {
            // The decision must not depend on where a chunk ended. All is read again from `pos` on.
            self.scopes.leave(0);
            self.scopes.side.clear();
            return Ok(Some(Step::NeedInput));
        }
        let sniffed = self.beginning.take().unwrap_or_else(|| beginning(window).into());
        self.name_root(fault, &sniffed);
        if !names_html(sniffed.as_bytes()) {
            return Err(fault);
        }
        Err(Fault { problem: Problem::NotDav(Strange::Html), ..fault })
    }

    /// Finds out which root a body has that is refused for its document type.
    fn name_root(&mut self, fault: Fault, start: &str) {
        if fault.problem == Problem::Doctype && !self.options.repairs().has(Repair::SkipDoctype) {
            let mut probe = Scanner::new(&Options::new().repair(Repair::SkipDoctype));
            probe.options.charset.clone_from(&self.options.charset);
            probe.is_transcoded = self.is_transcoded;
            // Whether it fails or not, it has come as far as the root, or the root is not there.
            let _ = probe.advance("", start, After::End);
            let name = probe.root.map(|root| root.expanded().into());
            self.strange_root = name.or(probe.strange_root);
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
