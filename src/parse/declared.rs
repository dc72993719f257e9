//! What a body declares its encoding to be, before it is text: for those who transcode.

use std::{ops::Range, str};

use super::{chars, markup};

/// What the beginning of a body says of its encoding.
#[derive(Debug)]
pub(crate) enum Declared<'b> {
    /// The declaration does not end there, if there is one.
    Later,
    Nothing,
    /// The pseudo-attribute, and the value it has.
    At {
        attribute: Range<usize>,
        name: &'b str,
    },
}

/// Looks for the encoding in the XML declaration at the beginning of a body.
pub(crate) fn declared_encoding(body: &[u8]) -> Declared<'_> {
    const OPENING: &str = "<?xml";
    const KEY: &str = "encoding";
    let text =
        str::from_utf8(body).or_else(|e| str::from_utf8(body.get(..e.valid_up_to()).unwrap_or_default()));
    let text = text.unwrap_or_default();
    let rest =
        text.trim_start_matches(|c: char| c == '\u{FEFF}' || u8::try_from(c).is_ok_and(chars::is_space));
    let at = text.len() - rest.len();
    if OPENING.starts_with(rest) {
        return Declared::Later;
    }
    if !rest.starts_with(OPENING) {
        return Declared::Nothing;
    }
    let Some(end) = rest.find("?>") else { return Declared::Later };
    let name = markup::declaration(text, at, at + end + 2).ok().and_then(|declaration| declaration.encoding);
    let key = name.as_ref().and_then(|name| text.get(..name.start)?.rfind(KEY));
    match (key, name) {
        (Some(key), Some(name)) => {
            Declared::At { attribute: key..name.end + 1, name: text.get(name).unwrap_or_default() }
        }
        _ => Declared::Nothing,
    }
}
