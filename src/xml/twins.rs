//! Slow, plain twins of the functions that are written for speed, and seeded texts on which both must agree.

use super::reference::{Reference, reference};
use super::{Problem, chars, flag, name, text_scan};
use crate::{Options, Repair, repair::Repairs, testing::Random};

impl Random {
    /// Makes a text of up to `most` of the `pieces`.
    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        let count = self.below(most);
        (0..count).map(|_| self.one_of(pieces)).collect()
    }
}

/// Where a text ends and what was seen in it, or where it is wrong and why.
type Read = Result<(usize, u16), (usize, Problem)>;

/// Returns the length of the surrogate pair at the start of `s`. If that is not a pair, the error is the length of the
/// first reference. `None` when more has to come.
fn pair(s: &str) -> Option<Result<usize, usize>> {
    let unit = |s: &str| {
        let (digits, _) = s.strip_prefix("&#")?.split_once(';')?;
        let code = match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        Some((code.ok()?, "&#;".len() + digits.len()))
    };
    let (high, first) = unit(s).expect("a reference");
    let is_cut = s.len() == first || reference(s.as_bytes(), first) == Reference::Incomplete;
    if s[first..].starts_with('&') || s.len() == first {
        match unit(&s[first..]) {
            _ if is_cut => return None,
            Some((low, second)) if (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low) => {
                return Some(Ok(first + second));
            }
            _ => {}
        }
    }
    Some(Err(first))
}

/// As [`text_scan::text_end`], but one character after the other.
fn text_end(s: &str, from: usize, repairs: Repairs) -> Read {
    let (mut flags, mut p) = (0, from);
    while let Some(c) = s[p..].chars().next() {
        match c {
            '<' => break,
            '>' if s[from..p].ends_with("]]") => return Err((p - 2, Problem::SectionEnd)),
            '\r' => flags |= flag::RETURN,
            '&' => {
                flags |= flag::REFERENCE;
                let next = match reference(s.as_bytes(), p) {
                    Reference::Character(_, next) => next,
                    Reference::Incomplete => break,
                    Reference::Surrogate(..) if repairs.has(Repair::SurrogatePairs) => match pair(&s[p..]) {
                        Some(Ok(length)) => {
                            flags |= flag::SURROGATES;
                            p + length
                        }
                        Some(Err(length)) if repairs.has(Repair::ForbiddenCharacters) => {
                            flags |= flag::FORBIDDEN;
                            p + length
                        }
                        Some(Err(_)) => return Err((p, Problem::CharacterReference)),
                        None => break,
                    },
                    Reference::Forbidden(next) | Reference::Surrogate(_, next)
                        if repairs.has(Repair::ForbiddenCharacters) =>
                    {
                        flags |= flag::FORBIDDEN;
                        next
                    }
                    Reference::Forbidden(_) | Reference::Surrogate(..) => {
                        return Err((p, Problem::CharacterReference));
                    }
                    Reference::Entity(next) if repairs.has(Repair::HtmlEntities) => {
                        flags |= flag::HTML;
                        next
                    }
                    _ if repairs.has(Repair::RawAmpersand) => {
                        flags |= flag::AMPERSAND;
                        p + 1
                    }
                    Reference::Entity(_) => return Err((p, Problem::Entity)),
                    Reference::None => return Err((p, Problem::Ampersand)),
                };
                p = next;
                continue;
            }
            c if !chars::is_char(c) => {
                if !repairs.has(Repair::ForbiddenCharacters) {
                    return Err((p, Problem::Character));
                }
                flags |= flag::FORBIDDEN;
            }
            _ => {}
        }
        p += c.len_utf8();
    }
    Ok((p, flags))
}

#[rustfmt::skip]
const TEXT: &[&str] = &[
    "a", "bc", " ", "\n", "\t", "\r", "\r\n", "]", "]]", "]]>", ">", "<", "&amp;", "&#13;", "&#x41;",
    "&#0;", "&#55357;", "&#xDE00;", "&#xD83D;&#56832;", "&x;", "&", "&#", "&am", "\u{0}", "\u{1F}",
    "\u{7F}", "ä", "€", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{F000}", "😀", "fourteen bytes",
    "sixteen bytes...", "\u{EFFF}",
];

#[test]
fn character_data_is_read_as_its_twin_reads_it() {
    let mut random = Random(1);
    let all = Repair::ALL.iter().fold(Options::new(), |options, repair| options.repair(*repair));
    let mut wrong = 0;
    for round in 0..300_000 {
        let text = random.text(if round % 3 == 0 { &TEXT[..6] } else { TEXT }, 24);
        let repairs = if round % 2 == 0 { Repairs::default() } else { all.repairs() };
        let starts: Vec<_> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let from = starts[random.below(starts.len())];
        let mut flags = 0;
        let got = text_scan::text_end(text.as_bytes(), from, from, repairs, &mut flags);
        let got: Read = got.map(|end| (end, flags)).map_err(|fault| (fault.at, fault.problem));
        assert_eq!(got, text_end(&text, from, repairs), "{text:?} from {from}");
        wrong += u32::from(got.is_err());
    }
    assert!(
        (10_000..200_000).contains(&wrong),
        "{wrong} texts are wrong: too few or too many to show anything"
    );
}

#[test]
fn characters_are_checked_as_one_by_one() {
    let mut random = Random(2);
    for _ in 0..100_000 {
        let text = random.text(TEXT, 20);
        let mut flags = 0;
        let got = text_scan::check(&text, 7, Repairs::default(), &mut flags).map_err(|fault| fault.at);
        let odd = text.char_indices().find(|(_, c)| !chars::is_char(*c));
        assert_eq!(got, odd.map_or(Ok(()), |(i, _)| Err(7 + i)), "{text:?}");
    }
}

#[test]
fn plain_names_are_those_of_any_kind() {
    const PIECES: &[&str] =
        &["a", "Z", "_", ":", "-", ".", "9", "ä", "\u{B7}", "\u{300}", "\u{D7}", " ", "/", ">", "=", "\u{1}"];
    let mut random = Random(3);
    for _ in 0..200_000 {
        let text = random.text(PIECES, 8);
        assert_eq!(name::name(&text), name::any_name(&text), "{text:?}");
        let Some(name) = name::name(&text) else { continue };
        let (found, rest) = text.split_at(name.len);
        assert!(!rest.starts_with(name::is_name_char), "{text:?} ends too early");
        let is_ncname =
            |part: &str| part.chars().next().is_some_and(name::starts_name) && !part.contains(':');
        let parts: Vec<_> = found.split(':').collect();
        assert_eq!(name.qualified, parts.len() <= 2 && parts.iter().all(|part| is_ncname(part)), "{text:?}");
        assert_eq!(name.local, found.find(':').map_or(0, |colon| colon + 1), "{text:?}");
    }
}

/// `NameStartChar` of XML 1.0 (fifth edition, production 4), the colon left out.
#[rustfmt::skip]
const STARTS_NAME: [(char, char); 15] = [
    ('A', 'Z'), ('_', '_'), ('a', 'z'), ('\u{C0}', '\u{D6}'), ('\u{D8}', '\u{F6}'), ('\u{F8}', '\u{2FF}'),
    ('\u{370}', '\u{37D}'), ('\u{37F}', '\u{1FFF}'), ('\u{200C}', '\u{200D}'), ('\u{2070}', '\u{218F}'),
    ('\u{2C00}', '\u{2FEF}'), ('\u{3001}', '\u{D7FF}'), ('\u{F900}', '\u{FDCF}'), ('\u{FDF0}', '\u{FFFD}'),
    ('\u{10000}', '\u{EFFFF}'),
];

/// The characters that `NameChar` (production 4a) has besides [`STARTS_NAME`].
#[rustfmt::skip]
const CONTINUES_NAME: [(char, char); 6] = [
    ('-', '-'), ('.', '.'), ('0', '9'), ('\u{B7}', '\u{B7}'), ('\u{300}', '\u{36F}'),
    ('\u{203F}', '\u{2040}'),
];

#[test]
fn names_end_at_the_edges_of_the_ranges_of_their_characters() {
    let is_in = |ranges: &[(char, char)], c| ranges.iter().any(|(first, last)| (*first..=*last).contains(&c));
    let mut edges = 0;
    for (first, last) in STARTS_NAME.iter().chain(&CONTINUES_NAME) {
        let beside = [u32::from(*first) - 1, u32::from(*last) + 1].map(char::from_u32);
        for c in [Some(*first), Some(*last)].into_iter().chain(beside).flatten().filter(|c| *c != ':') {
            let (starts, continues) = (is_in(&STARTS_NAME, c), is_in(&CONTINUES_NAME, c));
            let len = |text: &str| name::name(text).map(|name| name.len);
            let whole = 1 + c.len_utf8();
            assert_eq!(len(&format!("{c}a>")), starts.then_some(whole), "{c:?} at the start of a name");
            // A character beyond ASCII that no name may have makes the name invalid.
            let inside = if starts || continues { Some(whole) } else { c.is_ascii().then_some(1) };
            assert_eq!(len(&format!("a{c}>")), inside, "{c:?} in a name");
            assert_eq!((name::starts_name(c), name::is_name_char(c)), (starts, starts || continues), "{c:?}");
            edges += 1;
        }
    }
    assert!(edges > 70, "{edges}");
}
