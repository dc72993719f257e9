//! Names in tags (XML 1.0 section 2.3, Namespaces in XML 1.0 section 4).

use super::is_char;
use crate::text::slice;

const NAME_START: u8 = 1;
const NAME: u8 = 2;
/// A byte beyond ASCII: its whole character has to be looked at.
const WIDE: u8 = 4;
const COLON: u8 = 8;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut rest: &mut [u8] = &mut table;
    let mut byte = 0u8;
    while let [slot, more @ ..] = rest {
        *slot = match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => NAME_START | NAME,
            b':' => NAME_START | NAME | COLON,
            b'0'..=b'9' | b'-' | b'.' => NAME,
            0x80.. => NAME_START | NAME | WIDE,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = more;
    }
    table
};

#[inline(always)]
fn class(b: u8) -> u8 {
    CLASS.get(usize::from(b)).copied().unwrap_or_default()
}

/// Whether `c` is a `NameStartChar` beyond ASCII or, if `start` is `false`, a `NameChar` beyond ASCII.
fn is_wide_name_char(c: char, start: bool) -> bool {
    matches!(c,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
        || (!start && matches!(c, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}'))
}

/// A `Name` of XML 1.0 at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) len: usize,
    /// Where the part after the first colon begins, 0 without a colon.
    pub(crate) local: usize,
    /// Whether the name is a `QName` of Namespaces in XML.
    pub(crate) qualified: bool,
}

impl Lexeme {
    /// Returns prefix and local name of the name at the start of `s`. The prefix is empty without a colon.
    pub(crate) fn split(self, s: &str) -> (&str, &str) {
        let prefix = slice(s, ..self.local.saturating_sub(1));
        (prefix, slice(s, self.local..self.len))
    }
}

/// Returns the `Name` at the start of `s`, if there is one.
#[inline]
pub(crate) fn name(s: &str) -> Option<Lexeme> {
    plain_name(s.as_bytes()).or_else(|| any_name(s))
}

/// As [`name`], for nearly all names: ASCII, and at most one colon.
#[inline]
fn plain_name(d: &[u8]) -> Option<Lexeme> {
    let plain_from = |from: usize| {
        let is_plain = |b: &&u8| class(**b) & (NAME | WIDE | COLON) == NAME;
        from + d.iter().skip(from).take_while(is_plain).count()
    };
    let starts = |at: usize| d.get(at).is_some_and(|&b| class(b) & NAME_START != 0);
    let mut len = plain_from(0);
    let mut local = 0;
    if d.get(len) == Some(&b':') {
        local = len + 1;
        len = plain_from(local);
    }
    // Any other name is left to the slow way, `any_name`.
    let ends = d.get(len).is_none_or(|&b| class(b) == 0);
    (ends && len > local && local != 1 && starts(0) && starts(local)).then_some(Lexeme {
        len,
        local,
        qualified: true,
    })
}

#[cold]
pub(crate) fn any_name(s: &str) -> Option<Lexeme> {
    let d = s.as_bytes();
    let len = d.iter().take_while(|b| class(**b) != 0).count();
    let name = s.get(..len)?;
    let mut chars = name.char_indices();
    if !chars.all(|(i, c)| if i == 0 { starts_name(c) } else { is_name_char(c) }) || name.is_empty() {
        return None;
    }
    let Some((prefix, local)) = name.split_once(':') else {
        return Some(Lexeme { len, local: 0, qualified: true });
    };
    let local_starts = local.chars().next().is_some_and(|c| starts_name(c) && c != ':');
    let qualified = !prefix.is_empty() && local_starts && !local.contains(':');
    Some(Lexeme { len, local: prefix.len() + 1, qualified })
}

/// Whether a `NameStartChar` may begin with this byte.
pub(crate) fn may_begin_name(b: u8) -> bool {
    class(b) & NAME_START != 0
}

/// Whether `c` is a `NameStartChar` of XML 1.0, section 2.3.
pub(crate) fn starts_name(c: char) -> bool {
    if c.is_ascii() { class(c as u8) & NAME_START != 0 } else { is_wide_name_char(c, true) }
}

/// Whether `c` is a `NameChar`.
pub(crate) fn is_name_char(c: char) -> bool {
    if c.is_ascii() { class(c as u8) & NAME != 0 } else { is_wide_name_char(c, false) }
}

/// Returns the name at the start of `s` under [`Repair::ForbiddenCharacters`]: characters that XML forbids count as
/// part of the name.
pub(crate) fn damaged_name(s: &str) -> Option<Lexeme> {
    let is_part = |c: char| !is_char(c) || is_name_char(c);
    let len = s.find(|c| !is_part(c)).unwrap_or(s.len());
    let local = s.get(..len)?.find(':').map_or(0, |colon| colon + 1);
    (len > 0).then_some(Lexeme { len, local, qualified: local != 1 && local < len })
}
