//! Other encodings than UTF-8: feature `encoding`. Which one a body is in is told, in this order (RFC 7303 section 3.3),
//! by its byte order mark, by the caller, who has it from the Content-Type header, and by its XML declaration.
//!
//! In what [`decode`] has transcoded the declaration would be wrong: blanks stand in the place of the encoding. So all
//! places are those in the same document in UTF-8, as they are in a stream. A sequence that its encoding does not have
//! becomes a byte that is not UTF-8, and is treated as that.

use std::borrow::Cow;

use encoding_rs::{Decoder, DecoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::{
    Error, Options,
    parse::{self, Declared},
};

/// A byte that is nowhere in UTF-8.
const WRONG: u8 = 0xFF;

/// So many bytes at the beginning of a body are waited for and searched for its declaration.
const SEARCHED: usize = 1024;

/// Reads `body` in the encoding that its byte order mark names, or `charset`, the one of the Content-Type header
/// without quotes, or its XML declaration, in that order (RFC 7303 section 3.3). What is in UTF-8 is borrowed; anything
/// else comes as UTF-8, in which the declaration names no encoding any more.
///
/// Streams do this by themselves: see [`Options::charset`].
///
/// # Errors
/// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) when the encoding is not one of the Encoding Standard of the
/// WHATWG, whose labels count. A sequence that the encoding does not have is an error of the parser, at its place.
///
/// ```
/// use multistatus::{Multistatus, decode};
///
/// let body = b"<multistatus xmlns='DAV:'><response><href>/caf\xE9</href></response></multistatus>";
/// let body = decode(body, Some("iso-8859-1"))?;
/// let mut responses = Multistatus::new(&body);
/// assert_eq!(responses.next_response()?.unwrap().href().as_str(), "/caf\u{E9}");
/// # Ok::<(), multistatus::Error>(())
/// ```
pub fn decode<'a>(body: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, [u8]>, Error> {
    let options = charset.map_or(Options::new(), |label| Options::new().charset(label));
    match encoding_of(body, options.charset.as_deref(), true) {
        Found::Utf8 | Found::Later => Ok(Cow::Borrowed(body)),
        Found::Unknown => Err(parse::unknown_encoding(&options)),
        Found::Other(encoding) => {
            let mut body = transcode(&mut encoding.new_decoder_without_bom_handling(), body, true);
            if let Declared::At { attribute, .. } = parse::declared_encoding(&body) {
                body.get_mut(attribute).unwrap_or_default().fill(b' ');
            }
            Ok(Cow::Owned(body))
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
    Other(Box<Decoder>),
}

impl Transcoder {
    pub(crate) fn new(options: &Options) -> Self {
        Transcoder { state: State::Waiting(Vec::new()), charset: options.charset.clone() }
    }

    /// What `chunk` is in UTF-8, as far as that can be told yet. `is_last`: no more comes.
    pub(crate) fn take<'c>(&mut self, chunk: &'c [u8], is_last: bool) -> Cow<'c, [u8]> {
        let (held, found) = match &mut self.state {
            State::Utf8 => return Cow::Borrowed(chunk),
            State::Other(decoder) => return Cow::Owned(transcode(decoder, chunk, is_last)),
            State::Waiting(held) => {
                held.extend_from_slice(chunk);
                let found = encoding_of(held, self.charset.as_deref(), is_last);
                (if found == Found::Later { Vec::new() } else { std::mem::take(held) }, found)
            }
        };
        Cow::Owned(match found {
            Found::Later => held,
            // The parser tells when it is unknown.
            Found::Utf8 | Found::Unknown => {
                self.state = State::Utf8;
                held
            }
            Found::Other(encoding) => {
                let mut decoder = Box::new(encoding.new_decoder_without_bom_handling());
                let text = transcode(&mut decoder, &held, is_last);
                self.state = State::Other(decoder);
                text
            }
        })
    }

    /// Bytes that wait for more.
    pub(crate) fn held(&self) -> usize {
        if let State::Waiting(held) = &self.state { held.len() } else { 0 }
    }

    /// Whether the parser gets what was transcoded.
    pub(crate) fn is_active(&self) -> bool {
        matches!(self.state, State::Other(_))
    }
}

/// What the encoding of a body is.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    /// More of it has to come.
    Later,
    /// Or whatever the parser makes of it.
    Utf8,
    Other(&'static Encoding),
    /// The one the caller named.
    Unknown,
}

fn encoding_of(body: &[u8], charset: Option<&str>, is_last: bool) -> Found {
    match body {
        _ if body.len() < 4 && !is_last => return Found::Later,
        // UTF-32 is not supported.
        [0xFF, 0xFE, 0, 0, ..] | [0xEF, 0xBB, 0xBF, ..] => return Found::Utf8,
        [0xFF, 0xFE, ..] => return Found::Other(UTF_16LE),
        [0xFE, 0xFF, ..] => return Found::Other(UTF_16BE),
        _ => {}
    }
    if let Some(charset) = charset {
        return of_label(charset).unwrap_or(Found::Unknown);
    }
    let beginning = body.get(..SEARCHED).unwrap_or(body);
    match parse::declared_encoding(beginning) {
        Declared::Later if !is_last && body.len() < SEARCHED => Found::Later,
        Declared::At { name, .. } => match of_label(name) {
            // In UTF-16 it could not have been read.
            Some(Found::Other(encoding)) if encoding != UTF_16LE && encoding != UTF_16BE => {
                Found::Other(encoding)
            }
            _ => Found::Utf8,
        },
        _ => Found::Utf8,
    }
}

fn of_label(label: &str) -> Option<Found> {
    // The Encoding Standard takes ASCII for windows-1252. Here bytes beyond it are a fault.
    if label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii") {
        return Some(Found::Utf8);
    }
    let encoding = Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)?;
    Some(if encoding == UTF_8 { Found::Utf8 } else { Found::Other(encoding) })
}

fn transcode(decoder: &mut Decoder, mut bytes: &[u8], is_last: bool) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let start = out.len();
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        out.resize(start + room.unwrap_or(bytes.len()).max(16), 0);
        let free = out.get_mut(start..).unwrap_or_default();
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, free, is_last);
        out.truncate(start + written);
        bytes = bytes.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return out,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => out.push(WRONG),
        }
    }
}
