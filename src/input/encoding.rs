//! Other encodings than UTF-8, for [`decode`] and [`Options::transcode`]: feature `encoding`. These say which
//! encoding a body is in, the first of them counts (RFC 7303 section 3.3): its byte order mark, the caller, who has it
//! from the Content-Type header, and its XML declaration.
//!
//! In a transcoded body the declaration would be wrong, so [`decode`] puts blanks in the place of the encoding. So all
//! places are those in the same document in UTF-8, as they are in a stream. A sequence that its encoding does not have
//! becomes a byte that is not UTF-8. One that the end of the body cuts becomes UTF-8 cut short. Both are treated as such.

use std::borrow::Cow;

use encoding_rs::{Decoder, DecoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::parse::{self, Scanner, Utf8By};
use crate::xml::{self, declaration::Declared};
use crate::{Error, Options};

/// A byte that is nowhere in UTF-8.
const WRONG: u8 = 0xFF;

/// A byte that another one has to follow.
const CUT: u8 = 0xC3;

/// The bytes at the beginning of a body that are awaited, and searched for its declaration.
const SEARCHED: usize = 1024;

/// Reads `body` in the encoding that its byte order mark names, or `charset`, the one of the Content-Type header, or
/// its XML declaration, in that order (RFC 7303 section 3.3). Quotes and blanks around `charset` do not count, and an
/// empty one does not count. A body in UTF-8 that does not say otherwise is borrowed, and so is one with a mark of UTF-8;
/// anything else comes as UTF-8, in which the declaration names no encoding any more. As `us-ascii`, bytes beyond
/// ASCII are wrong.
///
/// Under [`Options::transcode`] every input does this by itself. Read what it returns without
/// [`Options::charset`], which would be wrong for it.
///
/// # Errors
/// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) when `charset` counts and is not one of the Encoding Standard
/// of the WHATWG, whose labels are known. A sequence that the encoding does not have is an error of the parser, at
/// its place, and so is an unknown encoding that only the declaration names.
///
/// ```
/// use multistatus::{Multistatus, decode};
///
/// let body = b"<multistatus xmlns='DAV:'><response><href>/caf\xE9</href></response>\
///     </multistatus>";
/// let body = decode(body, Some("iso-8859-1"))?;
/// let mut responses = Multistatus::new(&body);
/// assert_eq!(responses.next_response()?.unwrap().href().as_str(), "/caf\u{E9}");
/// # Ok::<(), multistatus::Error>(())
/// ```
pub fn decode<'a>(body: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, [u8]>, Error> {
    let options = charset.map_or(Options::new(), |label| Options::new().charset(label));
    let mut text = match whole(body, &options) {
        (text, Charset::Known) => text,
        (text, Charset::Left) => return Ok(text),
        (_, Charset::Unknown) => return Err(Scanner::new(&options).refuse_charset()),
    };
    if let Declared::At { attribute, name } = xml::declaration::declared_encoding(&text) {
        let says_otherwise = !name.eq_ignore_ascii_case("utf-8");
        let is_own = matches!(text, Cow::Owned(_));
        if is_own || says_otherwise {
            text.to_mut().get_mut(attribute).unwrap_or_default().fill(b' ');
        }
    }
    Ok(text)
}

/// What a body in memory is in UTF-8, and what was found out.
pub(super) fn whole<'b>(body: &'b [u8], options: &Options) -> (Cow<'b, [u8]>, Charset) {
    match encoding_of(body, options.charset.as_deref(), true) {
        Found::Declared | Found::Later => (Cow::Borrowed(body), Charset::Left),
        Found::Unknown => (Cow::Borrowed(body), Charset::Unknown),
        Found::Utf8 => (Cow::Borrowed(body), Charset::Known),
        Found::Ascii => (only_ascii(body), Charset::Known),
        Found::Other(encoding) => {
            let text = transcode(&mut encoding.new_decoder_without_bom_handling(), body, true);
            (Cow::Owned(text), Charset::Known)
        }
    }
}

/// What a stream does with the bytes before they are taken for UTF-8.
pub(crate) struct Transcoder {
    state: State,
    charset: Option<Box<str>>,
}

enum State {
    /// The beginning of the body, until its encoding is known.
    Waiting(Vec<u8>),
    Utf8,
    Ascii,
    Other(Box<Decoder>),
}

/// What was found out about the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// The parser gets UTF-8, whatever the body declares.
    Known,
    /// The parser has to look.
    Left,
    /// The caller named an unknown one.
    Unknown,
}

impl Charset {
    /// What `scanner` has to know of it.
    pub(crate) fn tell(self, scanner: &mut Scanner) {
        match self {
            // It is not for the parser to judge the encoding again.
            Charset::Known => {
                scanner.guard().charset = None;
                scanner.guard().utf8_by = Utf8By::Input;
            }
            // By its mark, if it has one: that counts more than what the caller said.
            Charset::Left => scanner.guard().charset = None,
            Charset::Unknown => _ = scanner.refuse_charset(),
        }
    }
}

impl Transcoder {
    /// `None` unless `options` ask for one.
    pub(crate) fn new(options: &Options) -> Option<Self> {
        let charset = options.charset.clone();
        options.transcodes.then_some(Transcoder { state: State::Waiting(Vec::new()), charset })
    }

    /// `chunk` in UTF-8, as far as it is known yet, and, once, what was found out. `is_last`: no more comes.
    pub(crate) fn take<'c>(&mut self, chunk: &'c [u8], is_last: bool) -> (Cow<'c, [u8]>, Option<Charset>) {
        let held = match &mut self.state {
            State::Utf8 => return (Cow::Borrowed(chunk), None),
            State::Ascii => return (only_ascii(chunk), None),
            State::Other(decoder) => return (Cow::Owned(transcode(decoder, chunk, is_last)), None),
            State::Waiting(held) => held,
        };
        held.extend_from_slice(chunk);
        let found = encoding_of(held, self.charset.as_deref(), is_last);
        if found == Found::Later {
            return (Cow::Borrowed(&[]), None);
        }
        let held = std::mem::take(held);
        let (state, text, charset) = match found {
            Found::Other(encoding) => {
                let mut decoder = Box::new(encoding.new_decoder_without_bom_handling());
                let text = transcode(&mut decoder, &held, is_last);
                (State::Other(decoder), text, Charset::Known)
            }
            Found::Ascii => (State::Ascii, only_ascii(&held).into_owned(), Charset::Known),
            Found::Utf8 => (State::Utf8, held, Charset::Known),
            Found::Unknown => (State::Utf8, held, Charset::Unknown),
            Found::Declared | Found::Later => (State::Utf8, held, Charset::Left),
        };
        self.state = state;
        (Cow::Owned(text), Some(charset))
    }

    /// Bytes that wait for more.
    pub(crate) fn held(&self) -> usize {
        if let State::Waiting(held) = &self.state { held.len() } else { 0 }
    }
}

/// What the encoding of a body is.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    /// More of it has to come.
    Later,
    /// The caller said so.
    Utf8,
    /// The caller said so.
    Ascii,
    /// What the parser makes of the mark or the declaration.
    Declared,
    Other(&'static Encoding),
    /// The one the caller named.
    Unknown,
}

fn encoding_of(body: &[u8], charset: Option<&str>, is_last: bool) -> Found {
    match body {
        _ if body.len() < 4 && !is_last => return Found::Later,
        // UTF-32 is not supported.
        [0xFF, 0xFE, 0, 0, ..] | [0xEF, 0xBB, 0xBF, ..] => return Found::Declared,
        [0xFF, 0xFE, ..] => return Found::Other(UTF_16LE),
        [0xFE, 0xFF, ..] => return Found::Other(UTF_16BE),
        _ => {}
    }
    let beginning = body.get(..SEARCHED).unwrap_or(body);
    match parse::begins_with_mark(beginning) {
        // After blanks, which the parser forgives.
        Some(true) => return Found::Declared,
        None if !is_last && body.len() < SEARCHED => return Found::Later,
        _ => {}
    }
    if let Some(charset) = charset {
        return match (of_label(charset), body) {
            // The label `utf-16` does not say which, and the Encoding Standard and RFC 2781 do not agree.
            (Some(Found::Other(encoding)), [0, b'<', ..]) if encoding == UTF_16LE => Found::Other(UTF_16BE),
            (found, _) => found.unwrap_or(Found::Unknown),
        };
    }
    match xml::declaration::declared_encoding(beginning) {
        Declared::Later if !is_last && body.len() < SEARCHED => Found::Later,
        Declared::At { name, .. } => match of_label(name) {
            // In UTF-16 it could not have been read.
            Some(Found::Other(encoding)) if encoding != UTF_16LE && encoding != UTF_16BE => {
                Found::Other(encoding)
            }
            _ => Found::Declared,
        },
        _ => Found::Declared,
    }
}

fn of_label(label: &str) -> Option<Found> {
    // The Encoding Standard takes ASCII for windows-1252. Here bytes beyond it are a fault.
    if label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii") {
        return Some(Found::Ascii);
    }
    let encoding = Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)?;
    Some(if encoding == UTF_8 { Found::Utf8 } else { Found::Other(encoding) })
}

/// The bytes, of which those beyond ASCII are wrong.
fn only_ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    match bytes.is_ascii() {
        true => Cow::Borrowed(bytes),
        false => bytes.iter().map(|b| if b.is_ascii() { *b } else { WRONG }).collect(),
    }
}

/// Bytes that are transcoded at a time.
const PIECE: usize = 4096;

/// `is_last`: no more comes, so a sequence that waits for its rest is cut.
fn transcode(decoder: &mut Decoder, bytes: &[u8], is_last: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    transcode_into(&mut out, decoder, bytes, false);
    if is_last {
        transcode_into(&mut out, decoder, &[], true);
    }
    out
}

fn transcode_into(out: &mut Vec<u8>, decoder: &mut Decoder, mut bytes: &[u8], is_last: bool) {
    let mut piece = [0; PIECE];
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut piece, is_last);
        out.extend_from_slice(piece.get(..written).unwrap_or_default());
        bytes = bytes.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => out.push(if is_last { CUT } else { WRONG }),
        }
    }
}
