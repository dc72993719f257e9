//! The XML declaration, and the encoding that it names.

use std::ops::Range;

use quick_xml::events::attributes::Attributes;

#[cfg(feature = "encoding")]
use super::chars::{BYTE_ORDER_MARK, is_space};
use super::{Fault, Problem, Read, tag};
#[cfg(feature = "encoding")]
use crate::text::slice;

/// A kind of encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Ascii,
    /// A single-byte encoding whose first half is ASCII.
    SingleByte,
    /// An encoding without characters of one byte, such as UTF-16.
    Wide,
    Other,
}

const WIDE: &[&str] = &["utf-16", "utf-32", "iso-10646-ucs-", "ucs-2", "ucs-4", "unicode", "csunicode"];
#[rustfmt::skip]
const SINGLE_BYTE: &[&str] =
    &["iso-8859-", "iso8859-", "iso_8859-", "latin", "windows-125", "cp125", "koi8-", "macintosh"];

impl Encoding {
    pub(crate) fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(*prefix));
        match &*name {
            "utf-8" | "utf8" => Encoding::Utf8,
            "us-ascii" | "ascii" => Encoding::Ascii,
            _ if begins(WIDE) => Encoding::Wide,
            _ if begins(SINGLE_BYTE) => Encoding::SingleByte,
            _ => Encoding::Other,
        }
    }
}

/// Checks the declaration from `p` to `end`. Returns where it names an encoding, if it does (XML 1.0 section 2.8).
pub(crate) fn encoding(text: &str, p: usize, end: usize) -> Read<Option<Range<usize>>> {
    let fault = |at| Fault::new(at, Problem::Declaration);
    let content = end.checked_sub(2).and_then(|end| text.get(p + 2..end)).ok_or(fault(p))?;
    let (mut found, mut step, mut last) = (None, 0, 3);
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
                found = Some(p + 2 + value_at..p + 2 + value_at + value.len());
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

/// What the beginning of a body, still in bytes, says of the encoding: for inputs that transcode.
#[cfg(feature = "encoding")]
#[derive(Debug)]
pub(crate) enum Declared<'b> {
    /// There may be a declaration, but its end has not come yet.
    Later,
    Nothing,
    /// An encoding is named: the place of the pseudo-attribute, and its value.
    At {
        attribute: Range<usize>,
        name: &'b str,
    },
}

/// Looks for the encoding in the XML declaration at the beginning of a body.
#[cfg(feature = "encoding")]
pub(crate) fn declared_encoding(body: &[u8]) -> Declared<'_> {
    const OPENING: &str = "<?xml";
    let text = body.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let rest = text.trim_start_matches(|c: char| c == BYTE_ORDER_MARK || u8::try_from(c).is_ok_and(is_space));
    let at = text.len() - rest.len();
    if OPENING.starts_with(rest) {
        return Declared::Later;
    }
    if !rest.starts_with(OPENING) {
        return Declared::Nothing;
    }
    let Some(end) = rest.find("?>") else { return Declared::Later };
    let name = encoding(text, at, at + end + 2).ok().flatten();
    let key = name.as_ref().and_then(|name| text.get(..name.start)?.rfind("encoding"));
    match (key, name) {
        (Some(key), Some(name)) => Declared::At { attribute: key..name.end + 1, name: slice(text, name) },
        _ => Declared::Nothing,
    }
}
