//! Where a piece of markup ends, and the checks of those that are not tags: comments, CDATA sections, instructions,
//! the XML declaration and the document type declaration.
//!
//! Of quick-xml's searches only that for the end of a tag is used here. The one for comments takes the `--` of `<!--`
//! for that of `-->`, and a single `-` at the end of a chunk for two; the one for instructions forgets a `?` when it is
//! fed nothing.

use std::ops::Range;

use quick_xml::{
    Reader,
    errors::SyntaxError,
    events::{Event, attributes::Attributes},
    parser::{ElementParser, Parser},
};

use super::{
    chars,
    fault::{Fault, Problem},
    tag,
};
use crate::{Limit, Options, Repair, options::Repairs};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Of an element's start, or an empty one.
    Tag,
    EndTag,
    Comment,
    Section,
    Instruction,
    Doctype,
}

pub(crate) const SECTION: &[u8] = b"<![CDATA[";

impl Kind {
    /// What is wrong when it does not end.
    pub(crate) fn unclosed(self) -> Problem {
        match self {
            Kind::Comment => Problem::Comment,
            Kind::Section => Problem::Section,
            Kind::Instruction => Problem::Instruction,
            Kind::Tag | Kind::EndTag | Kind::Doctype => Problem::Truncated,
        }
    }
}

/// What the `<` at `p` begins; `None` when too little is there to tell.
pub(crate) fn kind(d: &[u8], p: usize) -> Result<Option<Kind>, Fault> {
    let rest = d.get(p..).unwrap_or_default();
    Ok(Some(match rest {
        [b'<', b'/', ..] => Kind::EndTag,
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

/// Whether a name may begin after the `<` at `p`: a blank there is the fault, whatever follows.
pub(crate) fn may_name(d: &[u8], p: usize, options: &Options) -> bool {
    let may_begin =
        |b: u8| chars::may_begin_name(b) || (b < 0x20 && !chars::is_space(b) && is_repaired(options));
    d.get(p + 1).is_none_or(|&b| may_begin(b))
}

fn is_repaired(options: &Options) -> bool {
    options.repairs().has(Repair::ForbiddenCharacters)
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
    /// `>` outside of quotes.
    Tag(ElementParser),
    For(&'static str),
}

impl Pending {
    /// The markup begins at `p`.
    pub(crate) fn new(kind: Kind, p: usize) -> Self {
        let (search, opening) = match kind {
            Kind::Comment => (Search::For("-->"), "<!--".len()),
            Kind::Instruction => (Search::For("?>"), "<?".len()),
            Kind::EndTag => (Search::For(">"), "</".len()),
            Kind::Section => (Search::For("]]>"), SECTION.len()),
            // A document type declaration has its own search.
            Kind::Tag | Kind::Doctype => (Search::Tag(ElementParser::default()), "<".len()),
        };
        Pending { search, fed: p + opening }
    }

    /// Whether a comment, a section or an instruction is open, and not a tag.
    pub(crate) fn may_hide_tags(&self) -> bool {
        matches!(self.search, Search::For(end) if end.len() > 1)
    }

    /// The window lost its first `bytes`.
    pub(crate) fn shift(&mut self, bytes: usize) {
        self.fed = self.fed.saturating_sub(bytes);
    }

    /// The position after the markup, if it ends in `d`.
    ///
    /// # Errors
    /// A `<` in a tag ends the search: no tag has one, and without the check a missing quote would hide all that
    /// follows.
    pub(crate) fn feed(&mut self, d: &[u8]) -> Result<Option<usize>, Fault> {
        let from = self.fed;
        let Some(new) = d.get(from..) else { return Ok(None) };
        self.fed = d.len();
        match &mut self.search {
            Search::Tag(parser) => {
                // Nobody looks beyond that: there may be many of them, and a quote before each.
                let bracket = memchr::memchr(b'<', new);
                let tag = new.get(..bracket.unwrap_or(new.len())).unwrap_or_default();
                match (parser.feed(tag), bracket) {
                    // quick-xml gives the index of `>`.
                    (Some(end), _) => Ok(Some(from + end + 1)),
                    (None, Some(at)) => Err(Fault::new(from + at, Problem::BracketInTag)),
                    (None, None) => Ok(None),
                }
            }
            Search::For(end) => {
                // The last bytes may be the first of what is sought.
                self.fed = d.len().saturating_sub(end.len() - 1).max(from);
                Ok(memchr::memmem::find(new, end.as_bytes()).map(|at| from + at + end.len()))
            }
        }
    }
}

/// The beginning of `d` in which markup at `p` of at most so many bytes has to end; one more, so that passing it shows.
pub(crate) fn allowed(d: &[u8], p: usize, most: usize) -> &[u8] {
    d.get(..p.saturating_add(most).saturating_add(1)).unwrap_or(d)
}

/// No piece of markup is longer than this, `end` being after it or how far it was read.
pub(crate) fn within_limit(p: usize, end: usize, options: &Options) -> Result<(), Fault> {
    if end.saturating_sub(p) > options.most(Limit::TagBytes) {
        return Err(Fault::new(p, Problem::Limit(Limit::TagBytes)));
    }
    Ok(())
}

/// Checks a comment or an instruction from `p` to `end`.
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
        _ => (2, 2, Problem::Instruction),
    };
    let inside = text.get(p + before..end.saturating_sub(after)).ok_or(Fault::new(p, problem))?;
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
#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    /// The name of the encoding, where it has one.
    pub(crate) encoding: Option<Range<usize>>,
}

/// What a declaration says of the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Or nothing.
    Utf8,
    Ascii,
    /// Whose first half is ASCII.
    SingleByte,
    /// In which no character is one byte long.
    Wide,
    Other,
}

impl Encoding {
    pub(crate) fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let begins = |prefix: &&str| name.starts_with(*prefix);
        match &*name {
            "utf-8" | "utf8" => Encoding::Utf8,
            "us-ascii" | "ascii" => Encoding::Ascii,
            _ if ["utf-16", "utf-32", "iso-10646-ucs-", "ucs-2", "ucs-4", "unicode", "csunicode"]
                .iter()
                .any(begins) =>
            {
                Encoding::Wide
            }
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
            .any(begins) =>
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
    let mut found = Declaration { encoding: None };
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
                found.encoding = Some(p + 2 + value_at..p + 2 + value_at + value.len());
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

/// Where the document type declaration at `p` ends; `None` when it does not in `text`. quick-xml finds it, knowing
/// quotes, comments and the internal subset; whether what is inside is well-formed nobody looks.
pub(crate) fn doctype_end(text: &str, p: usize) -> Result<Option<usize>, Fault> {
    const OPENING: &str = "<!DOCTYPE";
    let fault = Fault::new(p, Problem::Doctype);
    let rest = text.get(p..).unwrap_or_default();
    #[cfg(test)]
    tests::SEARCHED.set(tests::SEARCHED.get() + rest.len());
    if rest.len() <= OPENING.len() && OPENING.starts_with(rest) {
        return Ok(None);
    }
    if !rest.strip_prefix(OPENING).is_some_and(|rest| rest.bytes().next().is_some_and(chars::is_space)) {
        return Err(fault);
    }
    let mut reader = Reader::from_str(rest);
    match reader.read_event() {
        Ok(Event::DocType(_)) => Ok(usize::try_from(reader.buffer_position()).ok().map(|length| p + length)),
        Err(quick_xml::Error::Syntax(SyntaxError::UnclosedDoctype)) => Ok(None),
        _ => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use crate::{
        Limit, Options, Repair,
        parse::{After, Scanner, Step},
    };

    thread_local! {
        /// Bytes that were looked through for the end of a document type declaration.
        pub(super) static SEARCHED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn a_long_document_type_is_searched_in_linear_time() {
        let mut searched = Vec::new();
        for entities in [1_000, 2_000, 10_000] {
            let declarations: String = (0..entities).map(|n| format!("<!ENTITY e{n} \"]>\">")).collect();
            let doctype = format!("<!DOCTYPE multistatus [{declarations}]>");
            let body = format!("{doctype}<multistatus xmlns='DAV:'/>");
            let options = Options::new().repair(Repair::SkipDoctype).limit(Limit::TagBytes, 1 << 20);
            let mut scanner = Scanner::new(&options);
            SEARCHED.set(0);
            let mut advance =
                |end, after| scanner.advance("", &body[..end], after).expect("nothing is wrong");
            let steps = (16..body.len()).step_by(16).map(|end| advance(end, After::More));
            assert_eq!(steps.filter(|step| *step == Step::Head).count(), 0, "the root is in the last bytes");
            assert_eq!(advance(body.len(), After::End), Step::Head);
            searched.push(SEARCHED.get() as f64 / doctype.len() as f64);
        }
        // Each time it is longer by an eighth: nine times its length in all.
        assert!(searched.iter().all(|times| (1.0..12.0).contains(times)), "{searched:?} times their length");
    }
}
