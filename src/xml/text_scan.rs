//! Character data: where it ends, and every check on the way, in one pass.
//!
//! Blocks of sixteen bytes are classified with plain byte arithmetic that the compiler turns into vector code. The
//! slow twin of this code is in `twins.rs`. Two rules keep it fast, and the instruction bench shows when one is
//! broken: differences are joined by `min`, because comparisons joined by `||` become a branch per byte; and two words
//! of 64 bits are cheaper than one of 128.

use super::{Fault, Problem, Read, flag, is_char, reference};
use crate::{Repair, repair::Repairs};

const BLOCK: usize = 16;
/// The highest bit of each byte. It is set where the character ends the text or needs a check.
const STOP: u64 = 0x8080_8080_8080_8080;
/// The lowest bit of each byte. It is set at a carriage return.
const RETURN: u64 = 0x0101_0101_0101_0101;

const fn mask(on: bool) -> u8 {
    0u8.wrapping_sub(on as u8)
}

#[inline(always)]
fn words(bytes: [u8; BLOCK]) -> (u64, u64) {
    let both = u128::from_le_bytes(bytes);
    (both as u64, (both >> 64) as u64)
}

/// Returns zero for a byte that is a control character forbidden in XML.
#[inline(always)]
const fn control(c: u8) -> u8 {
    mask(c >= 0x20) | mask(c == b'\n') | mask(c == b'\t') | mask(c == b'\r')
}

/// Marks the bytes of a block of character data that end it or need a check ([`STOP`]), or are carriage returns.
#[inline(always)]
fn classify(block: &[u8; BLOCK]) -> (u64, u64) {
    let mut marks = [0; BLOCK];
    for (mark, &c) in marks.iter_mut().zip(block) {
        // `<` and `>` differ in one bit. 0xEF is the first byte of U+FFFE and U+FFFF.
        let stop = ((c | 2) ^ b'>').min(c ^ b'&').min(c ^ 0xEF).min(control(c));
        *mark = (mask(stop == 0) & 0x80) | (mask(c == b'\r') & 1);
    }
    words(marks)
}

/// Returns where character data ends: at the first `<` of `d` from `p` on, at an `&` whose reference is not whole in
/// `d`, or at the end of `d`. The data began at `from`: `]]>` does not reach back over markup.
///
/// `d` is valid UTF-8 up to a character boundary at its end.
#[inline]
pub(crate) fn text_end(
    d: &[u8],
    from: usize,
    mut p: usize,
    repairs: Repairs,
    flags: &mut u16,
) -> Read<usize> {
    while let Some(block) = d.get(p..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        let (low, high) = classify(block);
        if (low | high) & STOP == 0 {
            if low | high != 0 {
                *flags |= flag::RETURN;
            }
            p += BLOCK;
            continue;
        }
        let mut marks = low;
        if low & STOP == 0 {
            if low != 0 {
                *flags |= flag::RETURN;
            }
            marks = high;
            p += 8;
        }
        let stop = marks & STOP;
        let before_stop = stop.wrapping_sub(1) & !stop;
        if marks & RETURN & before_stop != 0 {
            *flags |= flag::RETURN;
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
                *flags |= flag::RETURN;
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

/// Checks one byte that is not plain text. Returns where to go on, or `None` when a reference is not whole.
#[inline]
fn special(d: &[u8], from: usize, p: usize, repairs: Repairs, flags: &mut u16) -> Read<Option<usize>> {
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

fn forbidden(p: usize, repairs: Repairs, flags: &mut u16) -> Read<()> {
    if !repairs.has(Repair::ForbiddenCharacters) {
        return Err(Fault::new(p, Problem::Character));
    }
    *flags |= flag::FORBIDDEN;
    Ok(())
}

#[inline]
fn ampersand(d: &[u8], p: usize, repairs: Repairs, flags: &mut u16) -> Read<Option<usize>> {
    *flags |= flag::REFERENCE;
    let resolved = reference::resolve(d, p, repairs, false).map_err(|problem| Fault::new(p, problem))?;
    Ok(resolved.map(|resolved| {
        *flags |= resolved.flag;
        resolved.next
    }))
}

/// Checks the characters of a comment, an instruction or a CDATA section. `text` begins at `at`.
pub(crate) fn check(text: &str, at: usize, repairs: Repairs, flags: &mut u16) -> Read<()> {
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
