//! Answers as XML. One response has one line, but for the data in it.

use super::{
    Answer,
    ask::{CALDAV, CARDDAV, DAV, Name, SERVER},
};

/// What multistatus bodies begin with.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\" \
                    xmlns:C=\"urn:ietf:params:xml:ns:caldav\" xmlns:A=\"urn:ietf:params:xml:ns:carddav\" \
                    xmlns:S=\"http://calendarserver.org/ns/\">\n";

/// A multistatus of lines that [`response`] made. Nothing follows its root, so that each part of it is cut.
pub(crate) fn multistatus(responses: &[String], token: Option<&str>) -> Answer {
    let token =
        token.map_or(String::new(), |token| format!("<D:sync-token>{}</D:sync-token>\n", text(token)));
    Answer { status: 207, body: format!("{HEAD}{}{token}</D:multistatus>", responses.concat()) }
}

pub(crate) fn response(href: &str, inside: &str) -> String {
    format!("<D:response><D:href>{}</D:href>{inside}</D:response>\n", text(href))
}

pub(crate) fn status(code: u16) -> String {
    format!("<D:status>HTTP/1.1 {code} {}</D:status>", reason(code))
}

/// What the collection says of a report that goes on (RFC 6578 section 3.6).
pub(crate) fn mark() -> String {
    status(507) + "<D:error><D:number-of-matches-within-limits/></D:error>"
}

/// Properties with their values under 200, and names under 404.
pub(crate) fn propstats(found: &str, missing: &str) -> String {
    let propstat = |props: &str, code| match props.is_empty() && code != 200 {
        true => String::new(),
        false => format!("<D:propstat><D:prop>{props}</D:prop>{}</D:propstat>", status(code)),
    };
    match found.is_empty() && !missing.is_empty() {
        true => propstat(missing, 404),
        false => propstat(found, 200) + &propstat(missing, 404),
    }
}

/// A property with a value that is XML already.
pub(crate) fn property((namespace, name): &Name, value: &str) -> String {
    let (prefix, declared) = match namespace.as_str() {
        DAV => ("D:", String::new()),
        CALDAV => ("C:", String::new()),
        CARDDAV => ("A:", String::new()),
        SERVER => ("S:", String::new()),
        "" => ("", String::new()),
        other => ("x:", format!(" xmlns:x=\"{}\"", text(other))),
    };
    match value.is_empty() {
        true => format!("<{prefix}{name}{declared}/>"),
        false => format!("<{prefix}{name}{declared}>{value}</{prefix}{name}>"),
    }
}

/// An error that names a condition of `DAV:`.
pub(crate) fn error(status: u16, condition: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:error xmlns:D=\"DAV:\"><D:{condition}/></D:error>"
    );
    Answer { status, body }
}

/// Text as XML has it. Line ends are kept, and what XML cannot hold is replaced.
pub(crate) fn text(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\r' => xml.push_str("&#13;"),
            '\n' | '\t' => xml.push(c),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => xml.push('\u{FFFD}'),
            c => xml.push(c),
        }
    }
    xml
}

fn reason(code: u16) -> &'static str {
    match code {
        200 => "OK",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        418 => "I'm a teapot",
        507 => "Insufficient Storage",
        _ => "Unknown",
    }
}
