//! Encodings other than UTF-8, for [`decode`] and [`Options::transcode`]: feature `encoding`. The first of these that
//! is there says which encoding a body is in (RFC 7303 section 3.3): the byte order mark; the caller, who has it from
//! the Content-Type header; the XML declaration.
//!
//! The declaration of a transcoded body would be wrong, so [`decode`] puts blanks in place of the encoding. Thus
//! offsets are those in the same document in UTF-8, as in a stream. A sequence that is wrong in its encoding becomes a
//! byte that is not UTF-8. A sequence that the end of the body cuts becomes a cut sequence of UTF-8. The parser then
//! judges both.

use std::borrow::Cow;

use encoding_rs::{Decoder, DecoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::parse::{self, Scanner, Utf8By};
use crate::xml::{self, declaration::Declared};
use crate::{Error, Options};

/// A byte that never occurs in UTF-8.
const WRONG: u8 = 0xFF;

/// A byte of UTF-8 that has to be followed by another one.
const CUT: u8 = 0xC3;

/// The declaration is searched for in this many bytes at the beginning of a body. A stream waits for these bytes.
const SEARCHED: usize = 1024;

/// Returns `body` in UTF-8. The encoding to read it in is that of its byte order mark, or else `charset`, which the
/// Content-Type header names, or else that of the XML declaration (RFC 7303 section 3.3). Quotes and blanks around
/// `charset` and an empty `charset` do not count. A body in UTF-8 is borrowed if it has a byte order mark or declares
/// no other encoding. Any other body is copied, and its declaration no longer names an encoding. When the encoding is
/// `us-ascii`, bytes beyond ASCII are wrong.
///
/// With [`Options::transcode`] every input does this by itself. Read the returned text without
/// [`Options::charset`], which would be wrong for it.
///
/// # Errors
/// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) when `charset` is used and is no label of the WHATWG's Encoding
/// Standard. A sequence that is wrong in the encoding, and an unknown encoding that only the declaration names, are
/// errors of the parser, each at its place.
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

/// Returns a body in memory in UTF-8, and what was found out about its encoding.
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

/// Makes UTF-8 of the bytes of a stream, chunk by chunk.
pub(crate) struct Transcoder {
    state: State,
    charset: Option<Box<str>>,
}

enum State {
    /// The beginning of the body, held until its encoding is known.
    Waiting(Vec<u8>),
    Utf8,
    Ascii,
    Other(Box<Decoder>),
}

/// What was found out about the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// The encoding is known: the parser gets UTF-8, whatever the body declares.
    Known,
    /// The parser has to find out, from the mark or the declaration.
    Left,
    /// The caller named an unknown encoding.
    Unknown,
}

impl Charset {
    /// Gives `scanner` what it has to know of the encoding.
    pub(crate) fn tell(self, scanner: &mut Scanner) {
        match self {
            // The parser must not judge the encoding again.
            Charset::Known => {
                scanner.guard().charset = None;
                scanner.guard().utf8_by = Utf8By::Input;
            }
            // The parser looks at the byte order mark, which counts more than the caller.
            Charset::Left => scanner.guard().charset = None,
            Charset::Unknown => _ = scanner.refuse_charset(),
        }
    }
}

impl Transcoder {
    /// Makes a transcoder. `None` unless `options` ask for one.
    pub(crate) fn new(options: &Options) -> Option<Self> {
        let charset = options.charset.clone();
        options.transcodes.then_some(Transcoder { state: State::Waiting(Vec::new()), charset })
    }

    /// Returns new text in UTF-8 and, once only, what was found out about the encoding. `is_last`: no more comes.
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

    /// Returns how many bytes wait for more.
    pub(crate) fn held(&self) -> usize {
        if let State::Waiting(held) = &self.state { held.len() } else { 0 }
    }
}

/// Which encoding a body is in, or who has to find out.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    /// More of the body has to come.
    Later,
    /// The caller named UTF-8.
    Utf8,
    /// The caller named ASCII.
    Ascii,
    /// The parser has to look at the mark or the declaration.
    Declared,
    Other(&'static Encoding),
    /// The caller named an encoding that is not known.
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
        // The mark may come after blanks, which the parser forgives.
        Some(true) => return Found::Declared,
        None if !is_last && body.len() < SEARCHED => return Found::Later,
        _ => {}
    }
    if let Some(charset) = charset {
        return match (of_label(charset), body) {
            // The label `utf-16` does not say which byte order: the Encoding Standard and RFC 2781 do not agree.
            (Some(Found::Other(encoding)), [0, b'<', ..]) if encoding == UTF_16LE => Found::Other(UTF_16BE),
            (found, _) => found.unwrap_or(Found::Unknown),
        };
    }
    match xml::declaration::declared_encoding(beginning) {
        Declared::Later if !is_last && body.len() < SEARCHED => Found::Later,
        Declared::At { name, .. } => match of_label(name) {
            // A declaration that is itself in UTF-16 could not have been read.
            Some(Found::Other(encoding)) if encoding != UTF_16LE && encoding != UTF_16BE => {
                Found::Other(encoding)
            }
            _ => Found::Declared,
        },
        _ => Found::Declared,
    }
}

fn of_label(label: &str) -> Option<Found> {
    // The Encoding Standard reads ASCII as windows-1252. Here bytes beyond ASCII are a fault.
    if label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii") {
        return Some(Found::Ascii);
    }
    let encoding = Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)?;
    Some(if encoding == UTF_8 { Found::Utf8 } else { Found::Other(encoding) })
}

/// Replaces each byte beyond ASCII by [`WRONG`].
fn only_ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    match bytes.is_ascii() {
        true => Cow::Borrowed(bytes),
        false => bytes.iter().map(|b| if b.is_ascii() { *b } else { WRONG }).collect(),
    }
}

/// How many bytes are transcoded at a time.
const PIECE: usize = 4096;

/// Transcodes `bytes`. `is_last`: no more comes, so a sequence that waits for its other bytes is cut.
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
