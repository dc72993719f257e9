//! Makes text of the bytes of a value, which were checked before: references are resolved, CDATA sections joined,
//! comments, instructions and tags left out, ends of lines become line feeds (XML 1.0 section 2.11).

use std::borrow::Cow;

use super::{flag, is_char, reference};
use crate::{Repair, notes::Notes, repair::Repairs, text::slice};

/// Returns the text of an element that has these `flags` and the content `raw`.
#[inline]
pub(crate) fn content(raw: &str, flags: u16, has_children: bool, repairs: Repairs) -> Cow<'_, str> {
    const SPECIAL: u16 = flag::REFERENCE | flag::RETURN | flag::MARKUP | flag::FORBIDDEN;
    if flags & SPECIAL == 0 && !has_children {
        return Cow::Borrowed(raw);
    }
    if flags & SPECIAL == flag::MARKUP && !has_children {
        if let Some(section) = only_section(raw) {
            return Cow::Borrowed(section);
        }
    }
    Cow::Owned(decode(raw, repairs))
}

/// Returns the inside of `raw` when `raw` is one CDATA section and nothing else.
fn only_section(raw: &str) -> Option<&str> {
    let inside = raw.strip_prefix("<![CDATA[")?.strip_suffix("]]>")?;
    (!inside.contains("]]>")).then_some(inside)
}

fn decode(raw: &str, repairs: Repairs) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr3(b'\r', b'&', b'<', rest.as_bytes()) {
        plain(slice(rest, ..at), repairs, &mut out);
        let at = match rest.as_bytes().get(at) {
            Some(b'\r') => line_end(rest, at, &mut out),
            Some(b'&') => resolve(rest, at, repairs, &mut out),
            _ => markup(rest, at, repairs, &mut out),
        };
        rest = slice(rest, at..);
    }
    plain(rest, repairs, &mut out);
    out
}

/// Writes text that has nothing to resolve.
#[inline]
fn plain(text: &str, repairs: Repairs, out: &mut String) {
    if !repairs.has(Repair::ForbiddenCharacters) {
        out.push_str(text);
    } else {
        out.extend(text.chars().map(|c| if is_char(c) { c } else { char::REPLACEMENT_CHARACTER }));
    }
}

/// Writes a line feed for the carriage return at `at`, unless a line feed follows. Returns where to go on.
fn line_end(text: &str, at: usize, out: &mut String) -> usize {
    if text.as_bytes().get(at + 1) != Some(&b'\n') {
        out.push('\n');
    }
    at + 1
}

/// Writes what the `&` at `at` means. Returns where to go on. The text was checked before.
fn resolve(text: &str, at: usize, repairs: Repairs, out: &mut String) -> usize {
    let Ok(Some(resolved)) = reference::resolve(text.as_bytes(), at, repairs, true) else {
        out.push('&');
        return at + 1;
    };
    match resolved.character {
        Some(c) => out.push(c),
        None => out.push_str(slice(text, at..resolved.next)),
    }
    resolved.next
}

/// Leaves out the markup at `at`, except the inside of a CDATA section. Returns where to go on.
#[cold]
fn markup(text: &str, at: usize, repairs: Repairs, out: &mut String) -> usize {
    let rest = slice(text, at..);
    // An end shares no byte with its opening: `<!-->` is the beginning of a comment (XML 1.0 production 15).
    let past = |opening: &str, end: &str| {
        let inside = slice(rest, opening.len()..);
        inside.find(end).map_or(text.len(), |i| at + opening.len() + i + end.len())
    };
    if let Some(inside) = rest.strip_prefix("<![CDATA[") {
        let section = inside.split("]]>").next().unwrap_or_default();
        let mut done = 0;
        for cr in memchr::memchr_iter(b'\r', section.as_bytes()) {
            plain(slice(section, done..cr), repairs, out);
            done = line_end(section, cr, out);
        }
        plain(slice(section, done..), repairs, out);
        past("<![CDATA[", "]]>")
    } else if rest.starts_with("<!--") {
        past("<!--", "-->")
    } else if rest.starts_with("<?") {
        past("<?", "?>")
    } else {
        at + tag_len(rest)
    }
}

/// Returns the length of the tag at the start of `rest`. A `>` in a quoted value does not end the tag.
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

/// Returns an attribute's value, normalised by XML 1.0 section 3.3.3 as CDATA.
pub(crate) fn attribute(raw: &str, repairs: Repairs) -> Cow<'_, str> {
    // XML forbids control characters, and U+FFFE and U+FFFF. 0xEF is the first byte of these two.
    let is_special = |b: u8| b < 0x20 || matches!(b, b'&' | 0xEF);
    if !raw.bytes().any(is_special) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(c) = raw.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '&' => {
                at = resolve(raw, at, repairs, &mut out);
                continue;
            }
            '\r' if raw.as_bytes().get(at + 1) == Some(&b'\n') => {}
            '\t' | '\n' | '\r' => out.push(' '),
            c if !is_char(c) => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
        at += c.len_utf8();
    }
    Cow::Owned(out)
}

/// Notes the repairs that the flags of a text name.
pub(crate) fn note_repairs(flags: u16, notes: &mut Notes) {
    if flags & flag::REPAIRED == 0 {
        return;
    }
    let repairs = [
        (flag::SURROGATES, Repair::SurrogatePairs),
        (flag::FORBIDDEN, Repair::ForbiddenCharacters),
        (flag::HTML, Repair::HtmlEntities),
        (flag::AMPERSAND, Repair::RawAmpersand),
    ];
    for (_, repair) in repairs.into_iter().filter(|(flag, _)| flags & flag != 0) {
        notes.repair(repair);
    }
}

/// Returns `value` with references for the characters that an attribute cannot have as they are.
pub(crate) fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
