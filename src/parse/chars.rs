//! The characters XML allows: in character data, in references and in names.
//!
//! Character data is read by one fused pass that finds the next `<` and makes every check on the way. Blocks of
//! sixteen bytes are classified with plain byte arithmetic that the compiler turns into vector code; its slow twin is
//! in `twins.rs`. Two rules keep it so, and the instruction bench shows when they are broken: differences are joined
//! by `min`, because comparisons joined by `||` become a switch per byte; and two words of 64 bits are cheaper than
//! one of 128.

use super::fault::{Fault, Problem};
pub(crate) use crate::text::boundary;
use crate::{Repair, options::Repairs};

/// What was seen in a text. While all of these are unset the bytes are the value.
pub(crate) mod seen {
    /// A reference, or an `&` that stands for itself.
    pub(crate) const REFERENCE: u16 = 1;
    /// A carriage return.
    pub(crate) const RETURN: u16 = 1 << 1;
    /// A CDATA section, a comment or a processing instruction.
    pub(crate) const MARKUP: u16 = 1 << 2;
    /// Repaired: a character that XML forbids.
    pub(crate) const FORBIDDEN: u16 = 1 << 3;
    /// Repaired: an entity of HTML.
    pub(crate) const HTML: u16 = 1 << 4;
    /// Repaired: an `&` that begins no reference.
    pub(crate) const AMPERSAND: u16 = 1 << 5;
    /// Repaired: two references that are a surrogate pair.
    pub(crate) const SURROGATES: u16 = 1 << 6;
    pub(crate) const REPAIRED: u16 = FORBIDDEN | HTML | AMPERSAND | SURROGATES;
}

const BLOCK: usize = 16;
/// The highest bit of each byte: the pass has to look at it.
const STOP: u64 = 0x8080_8080_8080_8080;
/// The lowest bit of each byte: a carriage return.
const RETURN: u64 = 0x0101_0101_0101_0101;

const fn mask(on: bool) -> u8 {
    0u8.wrapping_sub(on as u8)
}

#[inline(always)]
fn words(bytes: [u8; BLOCK]) -> (u64, u64) {
    let both = u128::from_le_bytes(bytes);
    (both as u64, (both >> 64) as u64)
}

/// Zero for a character that no XML text may hold as one byte.
#[inline(always)]
const fn control(c: u8) -> u8 {
    mask(c >= 0x20) | mask(c == b'\n') | mask(c == b'\t') | mask(c == b'\r')
}

/// Which bytes of a block of character data end it, need a check or are carriage returns.
#[inline(always)]
fn classify(block: &[u8; BLOCK]) -> (u64, u64) {
    let mut marks = [0; BLOCK];
    for (mark, &c) in marks.iter_mut().zip(block) {
        // `<` and `>` differ in one bit. 0xEF leads U+FFFE and U+FFFF.
        let stop = ((c | 2) ^ b'>').min(c ^ b'&').min(c ^ 0xEF).min(control(c));
        *mark = (mask(stop == 0) & 0x80) | (mask(c == b'\r') & 1);
    }
    words(marks)
}

/// Where character data ends: at the first `<` of `d` from `p` on, at an `&` whose reference `d` does not hold
/// whole, or at the end of `d`. The run of data began at `from`: `]]>` does not reach back over markup.
///
/// `d` is valid UTF-8 up to a character boundary at its end.
#[inline]
pub(crate) fn text_end(
    d: &[u8],
    from: usize,
    mut p: usize,
    repairs: Repairs,
    flags: &mut u16,
) -> Result<usize, Fault> {
    while let Some(block) = d.get(p..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        let (low, high) = classify(block);
        if (low | high) & STOP == 0 {
            if low | high != 0 {
                *flags |= seen::RETURN;
            }
            p += BLOCK;
            continue;
        }
        let mut marks = low;
        if low & STOP == 0 {
            if low != 0 {
                *flags |= seen::RETURN;
            }
            marks = high;
            p += 8;
        }
        let stop = marks & STOP;
        let before_stop = stop.wrapping_sub(1) & !stop;
        if marks & RETURN & before_stop != 0 {
            *flags |= seen::RETURN;
        }
        p += (stop.trailing_zeros() / 8) as usize;
        match d.get(p) {
            Some(b'<') => return Ok(p),
            _ => match special(d, from, p, repairs, flags)? {
                Some(next) => p = next,
                None => return Ok(p),
            },
        }
    }
    while let Some(&c) = d.get(p) {
        match c {
            b'<' => return Ok(p),
            b'\r' => {
                *flags |= seen::RETURN;
                p += 1;
            }
            b'&' | b'>' | 0xEF | 0..=0x1F => match special(d, from, p, repairs, flags)? {
                Some(next) => p = next,
                None => return Ok(p),
            },
            _ => p += 1,
        }
    }
    Ok(p)
}

/// One byte that is not plain text: where to go on, or `None` when a reference is not there whole.
#[inline]
fn special(
    d: &[u8],
    from: usize,
    p: usize,
    repairs: Repairs,
    flags: &mut u16,
) -> Result<Option<usize>, Fault> {
    match d.get(p) {
        Some(b'&') => ampersand(d, p, repairs, flags),
        Some(b'>') if p >= from + 2 && d.get(p - 2..p) == Some(b"]]") => {
            Err(Fault::new(p - 2, Problem::SectionEnd))
        }
        Some(0xEF) if matches!(d.get(p + 1..p + 3), Some([0xBF, 0xBE | 0xBF])) => {
            forbidden(p, repairs, flags).map(|()| Some(p + 3))
        }
        Some(b'\t' | b'\n' | b'\r') => Ok(Some(p + 1)),
        Some(0..=0x1F) => forbidden(p, repairs, flags).map(|()| Some(p + 1)),
        _ => Ok(Some(p + 1)),
    }
}

fn forbidden(p: usize, repairs: Repairs, flags: &mut u16) -> Result<(), Fault> {
    if !repairs.has(Repair::ForbiddenCharacters) {
        return Err(Fault::new(p, Problem::Character));
    }
    *flags |= seen::FORBIDDEN;
    Ok(())
}

#[inline]
fn ampersand(d: &[u8], p: usize, repairs: Repairs, flags: &mut u16) -> Result<Option<usize>, Fault> {
    *flags |= seen::REFERENCE;
    match reference(d, p) {
        Reference::Character(_, next) => Ok(Some(next)),
        Reference::Surrogate(..) if repairs.has(Repair::SurrogatePairs) => match pair(d, p) {
            Pair::Character(_, next) => {
                *flags |= seen::SURROGATES;
                Ok(Some(next))
            }
            Pair::Incomplete(_) => Ok(None),
            Pair::None(_) => forbidden_reference(d, p, repairs, flags).map(Some),
        },
        Reference::Forbidden(_) | Reference::Surrogate(..) => {
            forbidden_reference(d, p, repairs, flags).map(Some)
        }
        Reference::Entity(next) if repairs.has(Repair::HtmlEntities) => {
            *flags |= seen::HTML;
            Ok(Some(next))
        }
        Reference::Incomplete => Ok(None),
        _ if repairs.has(Repair::RawAmpersand) => {
            *flags |= seen::AMPERSAND;
            Ok(Some(p + 1))
        }
        Reference::Entity(_) => Err(Fault::new(p, Problem::Entity)),
        Reference::None => Err(Fault::new(p, Problem::Ampersand)),
    }
}

/// The position after the reference at `p`, which is one to what is not a character of XML.
#[cold]
pub(crate) fn forbidden_reference(
    d: &[u8],
    p: usize,
    repairs: Repairs,
    flags: &mut u16,
) -> Result<usize, Fault> {
    let fault = Fault::new(p, Problem::CharacterReference);
    let (Reference::Forbidden(next) | Reference::Surrogate(_, next)) = reference(d, p) else {
        return Err(fault);
    };
    forbidden(p, repairs, flags).map(|()| next).map_err(|_| fault)
}

/// What a reference to a surrogate begins.
pub(crate) enum Pair {
    /// Two references, up to here, that are a surrogate pair.
    Character(char, usize),
    /// The text ends before it is known whether a second one follows the first, which ends here.
    Incomplete(usize),
    /// The first reference alone, up to here.
    None(usize),
}

/// What begins at `p`, where `d` has a reference to a surrogate.
#[cold]
pub(crate) fn pair(d: &[u8], p: usize) -> Pair {
    let Reference::Surrogate(high, next) = reference(d, p) else { return Pair::None(p + 1) };
    match d.get(next) {
        None => Pair::Incomplete(next),
        Some(b'&') => match reference(d, next) {
            Reference::Surrogate(low, after) => match char::decode_utf16([high, low]).next() {
                Some(Ok(c)) => Pair::Character(c, after),
                _ => Pair::None(next),
            },
            Reference::Incomplete => Pair::Incomplete(next),
            _ => Pair::None(next),
        },
        Some(_) => Pair::None(next),
    }
}

/// What an `&` begins. Positions are those after the `;`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Character(char, usize),
    /// A character reference to what is not a character of XML.
    Forbidden(usize),
    /// A character reference to one half of a surrogate pair, which is not a character of XML either.
    Surrogate(u16, usize),
    /// What may be the name of an entity of HTML, and is not one of XML.
    Entity(usize),
    /// The text ends inside what may be a reference.
    Incomplete,
    None,
}

/// No reference is longer, `&` and `;` counted: it bounds what is scanned again when a chunk ends inside one.
const LONGEST_REFERENCE: usize = 1024;

/// The reference that begins at `p`, where `d` has an `&`.
#[inline(always)]
pub(crate) fn reference(d: &[u8], p: usize) -> Reference {
    let rest = d.get(p + 1..).unwrap_or_default();
    match rest {
        [b'a', b'm', b'p', b';', ..] => Reference::Character('&', p + 5),
        [b'l', b't', b';', ..] => Reference::Character('<', p + 4),
        [b'g', b't', b';', ..] => Reference::Character('>', p + 4),
        [b'q', b'u', b'o', b't', b';', ..] => Reference::Character('"', p + 6),
        [b'a', b'p', b'o', b's', b';', ..] => Reference::Character('\'', p + 6),
        [b'#', b'1', b'3', b';', ..] => Reference::Character('\r', p + 5),
        _ => long_reference(rest, p),
    }
}

#[inline(never)]
fn long_reference(rest: &[u8], p: usize) -> Reference {
    const LONGEST: usize = LONGEST_REFERENCE - "&".len();
    let rest = rest.get(..LONGEST).unwrap_or(rest);
    let (radix, digits) = match rest {
        [b'#', b'x', ..] => (16, 2),
        [b'#', ..] => (10, 1),
        _ => (0, 0),
    };
    let is_part = |&&b: &&u8| {
        if radix == 0 { b.is_ascii_alphanumeric() } else { char::from(b).is_digit(radix) }
    };
    let part = rest.iter().skip(digits).take_while(is_part);
    let end = digits + part.clone().count();
    match rest.get(end) {
        Some(b';') if end > digits => {}
        // `&#` may still become `&#x`; a name may go on.
        None if rest.len() < LONGEST => return Reference::Incomplete,
        _ => return Reference::None,
    }
    let next = p + 1 + end + 1;
    if radix == 0 {
        return Reference::Entity(next);
    }
    let digit = |&b: &u8| char::from(b).to_digit(radix).unwrap_or_default();
    let code = part.fold(0u32, |code, b| code.saturating_mul(radix).saturating_add(digit(b)));
    match char::from_u32(code) {
        Some(c) if is_char(c) => Reference::Character(c, next),
        None if (0xD800..=0xDFFF).contains(&code) => Reference::Surrogate(code as u16, next),
        _ => Reference::Forbidden(next),
    }
}

/// `Char` of XML 1.0, section 2.2.
pub(crate) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// `S` of XML 1.0, section 2.3.
pub(crate) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

/// Cuts the white space of XML off both ends.
#[inline]
pub(crate) fn trim(s: &str) -> &str {
    let is_text = |b: &u8| !is_space(*b);
    let start = s.as_bytes().iter().position(is_text).unwrap_or(s.len());
    let end = s.as_bytes().iter().rposition(is_text).map_or(start, |last| last + 1);
    s.get(start..end).unwrap_or_default()
}

/// Comments, instructions and CDATA sections: no check but that for characters. `text` stands at `at`.
pub(crate) fn check(text: &str, at: usize, repairs: Repairs, flags: &mut u16) -> Result<(), Fault> {
    let odd = |block: &[u8; BLOCK]| {
        let mut marks = [0; BLOCK];
        for (mark, &c) in marks.iter_mut().zip(block) {
            *mark = mask((c ^ 0xEF).min(control(c)) == 0);
        }
        u128::from_le_bytes(marks) != 0
    };
    let mut blocks = text.as_bytes().chunks_exact(BLOCK);
    let clean = blocks.by_ref().all(|b| b.first_chunk().is_some_and(|b| !odd(b)))
        && blocks.remainder().iter().all(|&c| c != 0xEF && control(c) != 0);
    if clean {
        return Ok(());
    }
    match text.char_indices().find(|&(_, c)| !is_char(c)) {
        Some((i, _)) => forbidden(at + i, repairs, flags),
        None => Ok(()),
    }
}

const NAME_START: u8 = 1;
const NAME: u8 = 2;
/// Beyond ASCII: to be looked at as characters.
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

/// `NameStartChar` beyond ASCII; with `start` unset, `NameChar`.
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
    /// It is a `QName` of Namespaces in XML.
    pub(crate) qualified: bool,
}

/// The `Name` at the start of `s`, if there is one.
#[inline]
pub(crate) fn name(s: &str) -> Option<Lexeme> {
    plain_name(s.as_bytes()).or_else(|| any_name(s))
}

/// The same for what nearly all names are: ASCII, with one colon or none.
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
    // Whatever else is there, the slow way tells.
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

/// `NameStartChar` of XML 1.0, section 2.3.
pub(crate) fn starts_name(c: char) -> bool {
    if c.is_ascii() { class(c as u8) & NAME_START != 0 } else { is_wide_name_char(c, true) }
}

/// `NameChar`.
pub(crate) fn is_name_char(c: char) -> bool {
    if c.is_ascii() { class(c as u8) & NAME != 0 } else { is_wide_name_char(c, false) }
}

/// The name at the start of `s` under [`Repair::ForbiddenCharacters`]: characters that XML forbids count as part
/// of it.
pub(crate) fn damaged_name(s: &str) -> Option<Lexeme> {
    let is_part = |c: char| !is_char(c) || is_name_char(c);
    let len = s.find(|c| !is_part(c)).unwrap_or(s.len());
    let local = s.get(..len)?.find(':').map_or(0, |colon| colon + 1);
    (len > 0).then_some(Lexeme { len, local, qualified: local != 1 && local < len })
}

/// What stands for a byte that is not UTF-8, where reading goes on behind it: a character that XML forbids, so that
/// it is seen, and one byte long, so that places stay.
pub(crate) const REPLACEMENT: char = '\u{1A}';

/// `body` as text, every byte that is not UTF-8 replaced by one character.
pub(crate) fn replace_invalid(body: &[u8]) -> String {
    let mut text = String::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| REPLACEMENT));
    }
    text
}
