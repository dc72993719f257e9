//! Where a piece of markup ends, and the checks of comments and instructions.
//!
//! quick-xml finds the end of a tag. The other searches of quick-xml are not used: the one for comments takes the `--`
//! of `<!--` for that of `-->`, and a single `-` at the end of a chunk for two; the one for instructions forgets a `?`
//! when it is fed nothing.

use quick_xml::parser::{ElementParser, Parser};

use super::{Fault, Problem, Read, is_space, name, text_scan};
use crate::{Options, Repair, repair::Repairs};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The start tag of an element, or an empty-element tag.
    Tag,
    EndTag,
    Comment,
    Section,
    Instruction,
    Doctype,
}

pub(crate) const SECTION: &[u8] = b"<![CDATA[";

impl Kind {
    /// Returns the problem when markup of this kind does not end.
    pub(crate) fn unclosed(self) -> Problem {
        match self {
            Kind::Comment => Problem::Comment,
            Kind::Section => Problem::Section,
            Kind::Instruction => Problem::Instruction,
            Kind::Tag | Kind::EndTag | Kind::Doctype => Problem::Truncated,
        }
    }

    /// Returns a number for each kind of markup that may hide tags; `None` for other kinds.
    pub(crate) fn slot(self) -> Option<usize> {
        match self {
            Kind::Comment => Some(0),
            Kind::Section => Some(1),
            Kind::Instruction => Some(2),
            Kind::Tag | Kind::EndTag | Kind::Doctype => None,
        }
    }
}

/// Returns what the `<` at `p` begins; `None` when more bytes are needed to know.
pub(crate) fn kind(d: &[u8], p: usize) -> Read<Option<Kind>> {
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

/// Whether a name may begin after the `<` at `p`. If not, that is the fault, whatever follows.
pub(crate) fn may_name(d: &[u8], p: usize, options: &Options) -> bool {
    let may_begin = |b: u8| name::may_begin_name(b) || (b < 0x20 && !is_space(b) && is_repaired(options));
    d.get(p + 1).is_none_or(|&b| may_begin(b))
}

fn is_repaired(options: &Options) -> bool {
    options.repairs().has(Repair::ForbiddenCharacters)
}

/// A search for the end of markup, which goes on when more bytes are there. No byte is looked at twice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    search: Search,
    /// The search has seen the window up to here.
    fed: usize,
}

#[derive(Clone, Copy, Debug)]
enum Search {
    /// The search for a `>` outside of quotes.
    Tag(ElementParser),
    For(&'static str),
}

impl Pending {
    /// Begins the search for the end of markup that begins at `p`.
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

    /// Whether the search is for the end of a comment, a section or an instruction, and not of a tag.
    pub(crate) fn may_hide_tags(&self) -> bool {
        matches!(self.search, Search::For(end) if end.len() > 1)
    }

    /// Moves all places, because the window lost its first `bytes`.
    pub(crate) fn shift(&mut self, bytes: usize) {
        self.fed = self.fed.saturating_sub(bytes);
    }

    /// Returns the position after the markup; `None` when it does not end in `d`.
    ///
    /// # Errors
    /// A `<` in a tag ends the search: no tag has one, and without the check a missing quote would hide all that
    /// follows.
    pub(crate) fn feed(&mut self, d: &[u8]) -> Read<Option<usize>> {
        let from = self.fed;
        let Some(new) = d.get(from..) else { return Ok(None) };
        self.fed = d.len();
        match &mut self.search {
            Search::Tag(parser) => {
                // Stop at the next `<`: otherwise many quoted `<` would make this quadratic.
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
                // The last bytes may be the beginning of what ends the markup.
                self.fed = d.len().saturating_sub(end.len() - 1).max(from);
                Ok(memchr::memmem::find(new, end.as_bytes()).map(|at| from + at + end.len()))
            }
        }
    }
}

/// Returns the beginning of `d` in which markup of at most `most` bytes at `p` has to end, and one byte more. Markup
/// that needs this one byte, too, is too long.
pub(crate) fn allowed(d: &[u8], p: usize, most: usize) -> &[u8] {
    d.get(..p.saturating_add(most).saturating_add(1)).unwrap_or(d)
}

/// Checks a comment or an instruction from `p` to `end`.
pub(crate) fn check(
    kind: Kind,
    text: &str,
    p: usize,
    end: usize,
    repairs: Repairs,
    flags: &mut u16,
) -> Read<()> {
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
            let target = name::name(inside).filter(|name| name.local == 0).map_or(0, |name| name.len);
            let ends = inside.as_bytes().get(target).is_none_or(|&b| is_space(b));
            if target == 0 || !ends {
                return Err(Fault::new(p, problem));
            }
            if inside.get(..target).is_some_and(|target| target.eq_ignore_ascii_case("xml")) {
                return Err(Fault::new(p, Problem::Declaration));
            }
        }
        _ => {}
    }
    text_scan::check(inside, p + before, repairs, flags)
}
