//! From the bytes of a value, which were checked before, to the text they mean: references are resolved, CDATA
//! sections joined, comments, instructions and tags left out, ends of lines become line feeds (XML 1.0 section 2.11).

use std::borrow::Cow;

use super::{
    chars::{self, Reference, reference, seen},
    entities,
};
use crate::{Repair, options::Notes};

/// Content of an element whose flags are `flags`; `has_children` when there are tags in it.
#[inline]
pub(crate) fn content(raw: &str, flags: u16, has_children: bool) -> Cow<'_, str> {
    const SPECIAL: u16 = seen::REFERENCE | seen::RETURN | seen::MARKUP | seen::FORBIDDEN;
    if flags & SPECIAL == 0 && !has_children {
        return Cow::Borrowed(raw);
    }
    if flags & SPECIAL == seen::MARKUP && !has_children {
        if let Some(section) = only_section(raw) {
            return Cow::Borrowed(section);
        }
    }
    Cow::Owned(decode(raw, flags))
}

/// The inside of `raw` when it is one CDATA section and nothing else. It has no carriage return.
fn only_section(raw: &str) -> Option<&str> {
    let inside = raw.strip_prefix("<![CDATA[")?.strip_suffix("]]>")?;
    (!inside.contains("]]>")).then_some(inside)
}

fn decode(raw: &str, flags: u16) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr3(b'\r', b'&', b'<', rest.as_bytes()) {
        plain(rest.get(..at).unwrap_or_default(), flags, &mut out);
        let at = match rest.as_bytes().get(at) {
            Some(b'\r') => line_end(rest, at, &mut out),
            Some(b'&') => resolve(rest, at, flags, &mut out),
            _ => markup(rest, at, flags, &mut out),
        };
        rest = rest.get(at..).unwrap_or_default();
    }
    plain(rest, flags, &mut out);
    out
}

/// Text without anything to resolve.
#[inline]
fn plain(text: &str, flags: u16, out: &mut String) {
    if flags & seen::FORBIDDEN == 0 {
        out.push_str(text);
    } else {
        out.extend(text.chars().map(|c| if chars::is_char(c) { c } else { char::REPLACEMENT_CHARACTER }));
    }
}

/// The carriage return at `at`: the line feed of a pair is left to what follows.
fn line_end(text: &str, at: usize, out: &mut String) -> usize {
    if text.as_bytes().get(at + 1) != Some(&b'\n') {
        out.push('\n');
    }
    at + 1
}

/// The `&` at `at`, and where to go on.
fn resolve(text: &str, at: usize, flags: u16, out: &mut String) -> usize {
    match reference(text.as_bytes(), at) {
        Reference::Character(c, next) => {
            out.push(c);
            next
        }
        Reference::Forbidden(next) if flags & seen::FORBIDDEN != 0 => {
            out.push(char::REPLACEMENT_CHARACTER);
            next
        }
        Reference::Entity(next) if flags & seen::HTML != 0 => {
            let name = text.get(at + 1..next - 1).unwrap_or_default();
            match entities::character(name) {
                Some(c) => out.push(c),
                None => out.push_str(text.get(at..next).unwrap_or_default()),
            }
            next
        }
        _ => {
            out.push('&');
            at + 1
        }
    }
}

/// The `<` at `at`: all of its markup but the inside of a CDATA section is left out.
#[cold]
fn markup(text: &str, at: usize, flags: u16, out: &mut String) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let behind = |end: &str| rest.find(end).map_or(text.len(), |i| at + i + end.len());
    if let Some(inside) = rest.strip_prefix("<![CDATA[") {
        let section = inside.split("]]>").next().unwrap_or_default();
        let mut done = 0;
        for cr in memchr::memchr_iter(b'\r', section.as_bytes()) {
            plain(section.get(done..cr).unwrap_or_default(), flags, out);
            done = line_end(section, cr, out);
        }
        plain(section.get(done..).unwrap_or_default(), flags, out);
        behind("]]>")
    } else if rest.starts_with("<!--") {
        behind("-->")
    } else if rest.starts_with("<?") {
        behind("?>")
    } else {
        at + tag_len(rest)
    }
}

/// The length of the tag at the start of `rest`: `>` in a quoted value does not end it.
pub(crate) fn tag_len(rest: &str) -> usize {
    let mut quote = None;
    for (i, b) in rest.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), _) if open == b => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// An attribute's value, normalised by XML 1.0 section 3.3.3 as CDATA.
pub(crate) fn attribute(raw: &str, flags: u16) -> Cow<'_, str> {
    // 0xEF leads the characters beyond the control characters that XML forbids.
    let may_be_forbidden = |b: u8| flags & seen::FORBIDDEN != 0 && (b < 0x20 || b == 0xEF);
    let is_special = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | b'&') || may_be_forbidden(b);
    if !raw.bytes().any(is_special) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(c) = raw.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '&' => {
                at = resolve(raw, at, flags, &mut out);
                continue;
            }
            '\r' if raw.as_bytes().get(at + 1) == Some(&b'\n') => {}
            '\t' | '\n' | '\r' => out.push(' '),
            c if !chars::is_char(c) => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
        at += c.len_utf8();
    }
    Cow::Owned(out)
}

/// Tells which repairs the flags of a text stand for.
pub(crate) fn note_repairs(flags: u16, notes: &mut Notes) {
    if flags & seen::REPAIRED == 0 {
        return;
    }
    let repairs = [
        (seen::FORBIDDEN, Repair::ForbiddenCharacters),
        (seen::HTML, Repair::HtmlEntities),
        (seen::AMPERSAND, Repair::RawAmpersand),
    ];
    for (_, repair) in repairs.into_iter().filter(|(flag, _)| flags & flag != 0) {
        notes.repair(repair);
    }
}
