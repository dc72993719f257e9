//! References in text (XML 1.0 section 4.1): what an `&` begins, and the character that it means.

use super::{Problem, entities, flag, is_char};
use crate::{Repair, repair::Repairs};

/// What an `&` is read as.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolved {
    /// The character that the reference means; `None` when the text up to `next` is kept exactly as sent.
    pub(crate) character: Option<char>,
    /// The position after the reference.
    pub(crate) next: usize,
    /// The flag of the repair that was needed; 0 if no repair was needed.
    pub(crate) flag: u16,
}

/// Reads the `&` at `p`. `None` when more bytes are needed, unless `is_end` says that nothing follows `d`.
#[inline]
pub(crate) fn resolve(
    d: &[u8],
    p: usize,
    repairs: Repairs,
    is_end: bool,
) -> Result<Option<Resolved>, Problem> {
    match reference(d, p) {
        Reference::Character(c, next) => Ok(Some(Resolved { character: Some(c), next, flag: 0 })),
        other => repaired(other, d, p, repairs, is_end),
    }
}

#[cold]
fn repaired(
    found: Reference,
    d: &[u8],
    p: usize,
    repairs: Repairs,
    is_end: bool,
) -> Result<Option<Resolved>, Problem> {
    let (character, next, flag) = match found {
        Reference::Surrogate(high, next) if repairs.has(Repair::SurrogatePairs) => {
            let second = match d.get(next) {
                None => Reference::Incomplete,
                Some(b'&') => reference(d, next),
                Some(_) => Reference::None,
            };
            match second {
                Reference::Incomplete if !is_end => return Ok(None),
                Reference::Surrogate(low, after) => match char::decode_utf16([high, low]).next() {
                    Some(Ok(c)) => (Some(c), after, flag::SURROGATES),
                    _ => forbidden(next, repairs)?,
                },
                _ => forbidden(next, repairs)?,
            }
        }
        Reference::Forbidden(next) | Reference::Surrogate(_, next) => forbidden(next, repairs)?,
        Reference::Entity(next) if repairs.has(Repair::HtmlEntities) => {
            let name = d.get(p + 1..next - 1).and_then(|name| std::str::from_utf8(name).ok());
            (name.and_then(entities::character), next, flag::HTML)
        }
        Reference::Incomplete if !is_end => return Ok(None),
        _ if repairs.has(Repair::RawAmpersand) => (Some('&'), p + 1, flag::AMPERSAND),
        Reference::Entity(_) => return Err(Problem::Entity),
        _ => return Err(Problem::Ampersand),
    };
    Ok(Some(Resolved { character, next, flag }))
}

/// Repairs or refuses a reference, which ends at `next`, to a character that XML forbids.
fn forbidden(next: usize, repairs: Repairs) -> Result<(Option<char>, usize, u16), Problem> {
    match repairs.has(Repair::ForbiddenCharacters) {
        true => Ok((Some(char::REPLACEMENT_CHARACTER), next, flag::FORBIDDEN)),
        false => Err(Problem::CharacterReference),
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
    /// A reference to an entity that is not one of XML, but may be one of HTML.
    Entity(usize),
    /// The text ends inside what may be a reference.
    Incomplete,
    None,
}

/// A reference has at most this many bytes, `&` and `;` included. This bounds what is scanned again after a cut.
const LONGEST_REFERENCE: usize = 1024;

/// Returns the reference that begins at `p`, where `d` has an `&`.
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
