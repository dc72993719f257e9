//! Where a piece of markup ends, and the checks of those that are no tags: comments, CDATA sections, instructions,
//! the XML declaration and the document type declaration.

use quick_xml::{
    Reader,
    events::{Event, attributes::Attributes},
    parser::{CommentParser, ElementParser, Parser, PiParser},
};

use super::{
    chars,
    fault::{Fault, Problem},
    tag,
};
use crate::{Limit, Options, options::Repairs};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Tag,
    Comment,
    Section,
    Instruction,
    Doctype,
}

const SECTION: &[u8] = b"<![CDATA[";

/// What the `<` at `p` begins; `None` when too little is there to tell.
pub(crate) fn kind(d: &[u8], p: usize) -> Result<Option<Kind>, Fault> {
    let rest = d.get(p..).unwrap_or_default();
    Ok(Some(match rest {
        [b'<', b'?', ..] => Kind::Instruction,
        [b'<', b'!', b'D' | b'd', ..] => Kind::Doctype,
        [b'<', b'!', b'-', b'-', ..] => Kind::Comment,
        [b'<', b'!', ..] if rest.starts_with(SECTION) => Kind::Section,
        [b'<', b'!'] | [b'<', b'!', b'-'] | [b'<'] => return Ok(None),
        [b'<', b'!', ..] if SECTION.starts_with(rest) => return Ok(None),
        [b'<', b'!', ..] => return Err(Fault::new(p, Problem::Markup)),
        _ => Kind::Tag,
    }))
}

/// A search for the end of markup that goes on when more is there. No byte is looked at twice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    search: Search,
    /// Up to here, in the window.
    fed: usize,
}

#[derive(Clone, Copy, Debug)]
enum Search {
    Tag(ElementParser),
    Comment(CommentParser),
    Instruction(PiParser),
    Section,
}

impl Pending {
    pub(crate) fn new(kind: Kind, p: usize) -> Self {
        let search = match kind {
            Kind::Comment => Search::Comment(CommentParser::default()),
            Kind::Instruction => Search::Instruction(PiParser::default()),
            Kind::Section => Search::Section,
            Kind::Tag | Kind::Doctype => Search::Tag(ElementParser::default()),
        };
        Pending { search, fed: p }
    }

    /// The position behind the markup, if it ends in `d`. (quick-xml gives the index of `>` for tags and
    /// instructions, and that behind it for comments.)
    pub(crate) fn feed(&mut self, d: &[u8]) -> Option<usize> {
        let from = self.fed;
        let new = d.get(from..)?;
        self.fed = d.len();
        match &mut self.search {
            Search::Tag(parser) => parser.feed(new).map(|end| from + end + 1),
            Search::Instruction(parser) => parser.feed(new).map(|end| from + end + 1),
            Search::Comment(parser) => parser.feed(new).map(|end| from + end),
            Search::Section => {
                let end = memchr::memmem::find(new, b"]]>").map(|end| from + end + 3);
                // Its last bytes may be the first of `]]>`.
                self.fed = d.len().saturating_sub(2).max(from);
                end
            }
        }
    }
}

/// No piece of markup is longer than this, `end` being behind it or how far it was read.
pub(crate) fn within_limit(kind: Kind, p: usize, end: usize, options: &Options) -> Result<(), Fault> {
    if kind != Kind::Section && end.saturating_sub(p) > options.most(Limit::TagBytes) {
        return Err(Fault::new(p, Problem::Limit(Limit::TagBytes)));
    }
    Ok(())
}

/// Checks what is neither tag nor document type declaration, from `p` to `end`.
pub(crate) fn check(
    kind: Kind,
    text: &str,
    p: usize,
    end: usize,
    repairs: Repairs,
    flags: &mut u16,
) -> Result<(), Fault> {
    let (before, after, problem) = match kind {
        Kind::Comment => (4, 3, Problem::Comment),
        Kind::Section => (SECTION.len(), 3, Problem::Markup),
        _ => (2, 2, Problem::Instruction),
    };
    // `<!-->` and `<?>` are too short to be whole.
    let inside = end.checked_sub(after).and_then(|end| text.get(p + before..end));
    let inside = inside.ok_or(Fault::new(p, problem))?;
    match kind {
        Kind::Comment if inside.contains("--") || inside.ends_with('-') => {
            return Err(Fault::new(p, problem));
        }
        Kind::Instruction => {
            let target = chars::name(inside).filter(|name| name.local == 0).map_or(0, |name| name.len);
            let ends = inside.as_bytes().get(target).is_none_or(|&b| chars::is_space(b));
            if target == 0 || !ends {
                return Err(Fault::new(p, problem));
            }
            if inside.get(..target).is_some_and(|target| target.eq_ignore_ascii_case("xml")) {
                return Err(Fault::new(p, Problem::Declaration));
            }
        }
        _ => {}
    }
    chars::check(inside, p + before, repairs, flags)
}

/// An XML declaration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declaration {
    pub(crate) encoding: Encoding,
    /// Where the name of the encoding begins.
    pub(crate) encoding_at: usize,
}

/// What a declaration says of the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Or nothing.
    Utf8,
    Ascii,
    /// Whose first half is ASCII.
    SingleByte,
    Other,
}

impl Encoding {
    fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let is_single = |prefix: &&str| name.starts_with(*prefix);
        match &*name {
            "utf-8" | "utf8" => Encoding::Utf8,
            "us-ascii" | "ascii" => Encoding::Ascii,
            _ if [
                "iso-8859-",
                "iso8859-",
                "iso_8859-",
                "latin",
                "windows-125",
                "cp125",
                "koi8-",
                "macintosh",
            ]
            .iter()
            .any(is_single) =>
            {
                Encoding::SingleByte
            }
            _ => Encoding::Other,
        }
    }
}

/// Reads the declaration from `p` to `end`: XML 1.0 section 2.8.
pub(crate) fn declaration(text: &str, p: usize, end: usize) -> Result<Declaration, Fault> {
    let fault = |at| Fault::new(at, Problem::Declaration);
    let content = end.checked_sub(2).and_then(|end| text.get(p + 2..end)).ok_or(fault(p))?;
    let mut found = Declaration { encoding: Encoding::Utf8, encoding_at: p };
    let (mut step, mut last) = (0, 3);
    let mut attributes = Attributes::new(content, 3);
    for attribute in attributes.with_checks(false) {
        let attribute = attribute.map_err(|_| fault(p))?;
        let (start, key, value) = tag::parts(content, &attribute)?;
        if start == last {
            return Err(fault(p));
        }
        let value_at = tag::offset(content, value);
        last = value_at + value.len() + 1;
        let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let is_valid = match (key, step) {
            ("version", 0) => {
                step = 1;
                value.strip_prefix("1.").is_some_and(is_digits)
            }
            ("encoding", 1) => {
                step = 2;
                found.encoding = Encoding::of(value);
                found.encoding_at = p + 2 + value_at;
                let starts = value.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
                starts && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
            }
            ("standalone", 1 | 2) => {
                step = 3;
                matches!(value, "yes" | "no")
            }
            _ => false,
        };
        if !is_valid {
            return Err(fault(p));
        }
    }
    if step == 0 { Err(fault(p)) } else { Ok(found) }
}

/// Where the document type declaration at `p` ends. quick-xml finds it, knowing quotes, comments and the internal
/// subset; whether what is inside is well-formed nobody looks.
pub(crate) fn doctype_end(text: &str, p: usize) -> Option<usize> {
    let rest = text.get(p..)?.strip_prefix("<!DOCTYPE").and(text.get(p..))?;
    let mut reader = Reader::from_str(rest);
    match reader.read_event() {
        Ok(Event::DocType(_)) => usize::try_from(reader.buffer_position()).ok().map(|length| p + length),
        _ => None,
    }
}
