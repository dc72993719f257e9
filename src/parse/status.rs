//! Status lines, as RFC 9112 section 4 has them and as servers write them.

use super::chars;
use crate::{Tolerance, notes::Notes};

/// The code of the status of a response or propstat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// There is no status, or it is empty.
    None,
    /// 100 to 999.
    Is(u16),
    /// The status cannot be read, or there are two that differ.
    Bad,
}

impl Code {
    pub(crate) fn as_u16(self) -> Option<u16> {
        if let Code::Is(code) = self { Some(code) } else { None }
    }

    /// Whether the first digit is `class`.
    pub(crate) fn is_class(self, class: u16) -> bool {
        self.as_u16().is_some_and(|code| code / 100 == class)
    }

    pub(crate) fn is_success(self) -> bool {
        self.is_class(2)
    }

    /// Whether it says that the resource is not there.
    #[cfg(feature = "url")]
    pub(crate) fn is_gone(self) -> bool {
        matches!(self, Code::Is(404 | 410))
    }
}

/// The parts of a status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatusLine<'t> {
    pub(crate) code: Code,
    pub(crate) reason: &'t str,
    pub(crate) forgiven: Notes,
}

/// Reads a status line. White space around it does not count, but one without a reason has to end in a blank.
pub(crate) fn parse(text: &str) -> StatusLine<'_> {
    plain(text).unwrap_or_else(|| parse_slowly(text))
}

/// Reads the status line that nearly every server sends: `HTTP/1.1`, code and reason with one blank between, and
/// nothing around them.
#[inline]
pub(crate) fn plain(text: &str) -> Option<StatusLine<'_>> {
    let [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1', b' ', a, b, c, b' ', first] =
        text.as_bytes().first_chunk()?
    else {
        return None;
    };
    let last = text.as_bytes().last()?;
    let code = number([*a, *b, *c])?;
    let is_trimmed = !chars::is_space(*first) && !chars::is_space(*last);
    let line = StatusLine { code: Code::Is(code), reason: text.get(13..)?, forgiven: Notes::default() };
    is_trimmed.then_some(line)
}

fn parse_slowly(text: &str) -> StatusLine<'_> {
    let mut forgiven = Notes::default();
    let line = text.trim_start_matches(is_space);
    let (first, after) = line.split_at_checked(line.find(is_space).unwrap_or(line.len())).unwrap_or_default();
    let code_on = if first.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("HTTP/")) {
        if !matches!(first.as_bytes(), [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9']) {
            forgiven.tolerate(Tolerance::StatusVersion);
        }
        spacing(after, &mut forgiven)
    } else {
        forgiven.tolerate(Tolerance::StatusWithoutVersion);
        line
    };
    let (code, after) = code_on.split_at_checked(3).unwrap_or((code_on, ""));
    match code.as_bytes().first_chunk().and_then(|digits| number(*digits)) {
        Some(code) if after.is_empty() || after.starts_with(is_space) => {
            let reason = chars::trim(after);
            if !reason.is_empty() {
                spacing(after, &mut forgiven);
            } else if !after.starts_with(' ') {
                forgiven.tolerate(Tolerance::StatusWithoutReason);
            }
            StatusLine { code: Code::Is(code), reason, forgiven }
        }
        _ => {
            let mut forgiven = Notes::default();
            forgiven.tolerate(Tolerance::StatusUnreadable);
            StatusLine { code: Code::Bad, reason: "", forgiven }
        }
    }
}

/// The text after the white space at its beginning, which should be one blank.
fn spacing<'t>(text: &'t str, forgiven: &mut Notes) -> &'t str {
    let after = text.trim_start_matches(is_space);
    if text.len() != after.len() + 1 || !text.starts_with(' ') {
        forgiven.tolerate(Tolerance::StatusSpacing);
    }
    after
}

fn is_space(c: char) -> bool {
    u8::try_from(c).is_ok_and(chars::is_space)
}

/// Three ASCII digits, from 100 on.
#[inline]
fn number(digits: [u8; 3]) -> Option<u16> {
    let [a, b, c] = digits.map(|d| d.wrapping_sub(b'0'));
    let valid = (1..=9).contains(&a) && b <= 9 && c <= 9;
    valid.then(|| u16::from(a) * 100 + u16::from(b) * 10 + u16::from(c))
}
