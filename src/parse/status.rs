//! Status lines, as RFC 9112 section 4 has them and as servers write them.

use super::{is_space, trim};
use crate::{Tolerance, notes::Notes};

/// The HTTP status code of a response or propstat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// There is no status, or the status is empty.
    None,
    /// A code from 100 to 999.
    Is(u16),
    /// The status cannot be read, or there are two that differ.
    Bad,
}

impl Code {
    pub(crate) fn as_u16(self) -> Option<u16> {
        if let Code::Is(code) = self { Some(code) } else { None }
    }

    /// Whether the first digit of the code is `class`.
    pub(crate) fn is_class(self, class: u16) -> bool {
        self.as_u16().is_some_and(|code| code / 100 == class)
    }

    pub(crate) fn is_success(self) -> bool {
        self.is_class(2)
    }

    /// Whether the code says that the resource is not there.
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

/// Reads a status line. White space around it is ignored, except that a line without a reason has to end in a blank.
pub(crate) fn parse(text: &str) -> StatusLine<'_> {
    plain(text).unwrap_or_else(|| parse_slowly(text))
}

/// Reads the status line that nearly every server sends: `HTTP/1.1`, code and reason with one blank between, and
/// nothing around them. `None` for any other line.
#[inline]
pub(crate) fn plain(text: &str) -> Option<StatusLine<'_>> {
    let [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1', b' ', a, b, c, b' ', first] =
        text.as_bytes().first_chunk()?
    else {
        return None;
    };
    let last = text.as_bytes().last()?;
    let code = number([*a, *b, *c])?;
    let is_trimmed = !is_space(*first) && !is_space(*last);
    let line = StatusLine { code: Code::Is(code), reason: text.get(13..)?, forgiven: Notes::default() };
    is_trimmed.then_some(line)
}

fn parse_slowly(text: &str) -> StatusLine<'_> {
    let mut forgiven = Notes::default();
    let line = text.trim_start_matches(is_blank);
    let (first, after) = line.split_at_checked(line.find(is_blank).unwrap_or(line.len())).unwrap_or_default();
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
        Some(code) if after.is_empty() || after.starts_with(is_blank) => {
            let reason = trim(after);
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

/// Returns the text after the white space at its beginning. White space other than one blank is forgiven.
fn spacing<'t>(text: &'t str, forgiven: &mut Notes) -> &'t str {
    let after = text.trim_start_matches(is_blank);
    if text.len() != after.len() + 1 || !text.starts_with(' ') {
        forgiven.tolerate(Tolerance::StatusSpacing);
    }
    after
}

fn is_blank(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_space)
}

/// Reads three ASCII digits as a number; `None` below 100.
#[inline]
fn number(digits: [u8; 3]) -> Option<u16> {
    let [a, b, c] = digits.map(|d| d.wrapping_sub(b'0'));
    let valid = (1..=9).contains(&a) && b <= 9 && c <= 9;
    valid.then(|| u16::from(a) * 100 + u16::from(b) * 10 + u16::from(c))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_code_of_a_status_line() {
        for code in 0..100_000u32 {
            for line in [format!("HTTP/1.1 {code} OK"), format!("HTTP/1.1 {code:03} OK"), format!("{code}")] {
                let read = parse(&line);
                let digits = line.trim_start_matches("HTTP/1.1 ").split(' ').next().unwrap_or_default();
                let is_code = digits.len() == 3 && (100..=999).contains(&code);
                assert_eq!(read.code.as_u16(), is_code.then_some(code as u16), "{line}");
            }
        }
    }

    #[test]
    fn status_lines_in_every_spelling() {
        for (line, code, reason) in [
            ("HTTP/1.1 200 OK", Some(200), "OK"),
            ("HTTP/1.1 404 Not Found, sorry (took 200 ms)", Some(404), "Not Found, sorry (took 200 ms)"),
            ("\n HTTP/1.1 200 OK\r\n", Some(200), "OK"),
            ("HTTP/1.1 200 OK\r\n", Some(200), "OK"),
            ("HTTP/1.1 200", Some(200), ""),
            ("HTTP/1.1 200 ", Some(200), ""),
            ("HTTP/2 200", Some(200), ""),
            ("HTTP/0.0 200 OK", Some(200), "OK"),
            ("http/1.1 200 ok", Some(200), "ok"),
            ("HTTP/x 200 OK", Some(200), "OK"),
            ("HTTP/1.1\t200\tOK", Some(200), "OK"),
            ("200 OK", Some(200), "OK"),
            ("200", Some(200), ""),
            ("HTTP/1.1 2000 OK", None, ""),
            ("HTTP/1.1 20 OK", None, ""),
            ("HTTP/1.1 099 OK", None, ""),
            ("HTTP/1.1 200OK", None, ""),
            ("HTTP/1.1 ２００ OK", None, ""),
            ("HTTP/1.1 +20 OK", None, ""),
            ("HTTP/1.1", None, ""),
            ("HTTP/1.1 OK", None, ""),
            ("ICY 200 OK", None, ""),
            ("", None, ""),
            ("é", None, ""),
        ] {
            let read = parse(line);
            assert_eq!((read.code.as_u16(), read.reason), (code, reason), "{line:?}");
        }
    }
}
