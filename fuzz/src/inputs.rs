use std::io::{self, BufRead, ErrorKind, Read};

use multistatus::{
    Decoder, Document, Error, Multistatus, Options, OwnedResponse, Reader, Response, Root, decode,
};

use super::{limited, options, outline};

/// What a body reads as.
#[derive(Debug, Default, PartialEq)]
struct Reading {
    items: Vec<Item>,
    /// What `finish` gave.
    end: Option<Result<String, String>>,
}

#[derive(Debug, PartialEq)]
enum Item {
    Response((OwnedResponse, u64, String)),
    Fault(String),
    /// Another root than multistatus.
    Document(String),
}

/// A body in memory, from a reader and pushed in pieces: the same items, errors and end, whatever the pieces, whether it
/// is transcoded or not, and however often the reader is not ready. Where it fails for good nothing passes as complete.
pub fn inputs(data: &[u8]) {
    let [choice, low, high, seed, body @ ..] = data else { return };
    let options = limited(options([*choice, *low, *high]), *seed);
    let charset = ["utf-8", "windows-1252", "utf-16", "us-ascii"].get(usize::from(*seed) >> 2 & 15).copied();
    let named = charset.iter().fold(options.clone(), |options, label| options.charset(label));
    let transcodes = choice >> 2 & 1 == 0;
    let named = if transcodes { named.transcode() } else { named };
    let whole = in_memory(body, &named);
    if let (true, Ok(text)) = (transcodes, decode(body, charset)) {
        assert_eq!(in_memory(&text, &options), whole);
    }
    let options = named;
    let pieces = || Pieces { rest: body, piece: &[], random: u64::from(*seed) + 1, fails: choice >> 7 == 1 };
    assert_eq!(pushed(pieces(), &options), whole);
    let reader = Reader::with_options(Source { pieces: pieces(), is_ready: false, ends: true }, &options);
    assert_eq!(read(reader), whole);

    let end = body.len() * usize::from(*seed) / 256;
    let cut = Pieces { rest: &body[..end], ..pieces() };
    let reader = Reader::with_options(Source { pieces: cut, is_ready: false, ends: false }, &options);
    let cut = read(reader);
    let is_document = |item: &Item| matches!(item, Item::Document(_));
    assert!(
        whole.items.starts_with(&cut.items)
            || whole.items.iter().all(is_document)
            || cut.items.iter().all(is_document)
    );
    assert!(cut.end.is_some_and(|end| end.is_err()), "nothing but a part of it was there");
}

fn in_memory(body: &[u8], options: &Options) -> Reading {
    match Document::with_options(body, options) {
        Ok(Document::Multistatus(responses)) => Reading::default().slice(responses),
        other => Reading::default().document(other),
    }
}

impl Reading {
    fn push(&mut self, item: Result<&Response<'_>, &Error>) {
        self.items.push(match item {
            Ok(response) => Item::Response(outline(response)),
            Err(error) => Item::Fault(text(error)),
        });
    }

    fn document<M>(mut self, document: Result<Document<'_, M>, Error>) -> Self {
        let root = |root: &Root<'_>| {
            let tolerated: Vec<_> = root.tolerated().map(|t| t.as_str()).collect();
            format!("{} {tolerated:?} {}", root.element().raw(), root.element().to_xml())
        };
        match document.as_ref().map(|document| document.root().map(root)) {
            Ok(root) => self.items.push(Item::Document(root.unwrap_or_default())),
            Err(error) => self.end = Some(Err(text(error))),
        }
        self
    }

    fn slice(mut self, mut responses: Multistatus<'_>) -> Self {
        for item in responses.by_ref() {
            match &item {
                Err(error) if error.is_fatal() => {}
                item => self.push(item.as_ref()),
            }
        }
        self.end =
            Some(responses.finish().map(|trailer| format!("{trailer:?}")).map_err(|error| text(&error)));
        self
    }
}

fn text(error: &Error) -> String {
    format!("{error}, {:?}, fatal {}", error.kind(), error.is_fatal())
}

fn read(mut reader: Reader<Source<'_>>) -> Reading {
    let mut reading = Reading::default();
    loop {
        match reader.document() {
            Err(error) if error.is_retryable() => {}
            Ok(Document::Multistatus(_)) => break,
            other => return reading.document(other),
        }
    }
    loop {
        match reader.next_response() {
            Ok(Some(response)) => reading.push(Ok(&response)),
            Ok(None) => break,
            Err(error) if error.is_retryable() => {}
            Err(error) if error.is_fatal() => break,
            Err(error) => reading.push(Err(&error)),
        }
    }
    let end = loop {
        match reader.finish() {
            Err(error) if error.is_retryable() => {}
            end => break end,
        }
    };
    reading.end = Some(end.map(|trailer| format!("{trailer:?}")).map_err(|error| text(&error)));
    reading
}

fn pushed(mut pieces: Pieces<'_>, options: &Options) -> Reading {
    let (mut decoder, mut reading) = (Decoder::with_options(options), Reading::default());
    loop {
        match decoder.document() {
            Ok(None) => {}
            Ok(Some(Document::Multistatus(_))) => break,
            Ok(Some(document)) => return reading.document(Ok(document)),
            Err(error) => return reading.document::<()>(Err(error)),
        }
        match pieces.next() {
            Some(piece) => decoder.push(piece),
            None => decoder.end(),
        }
    }
    loop {
        match decoder.next_response() {
            Ok(Some(response)) => reading.push(Ok(&response)),
            Ok(None) => match pieces.next() {
                Some(piece) => decoder.push(piece),
                None => break,
            },
            Err(error) if error.is_fatal() => break,
            Err(error) => reading.push(Err(&error)),
        }
    }
    decoder.end();
    loop {
        match decoder.next_response() {
            Ok(Some(response)) => reading.push(Ok(&response)),
            Ok(None) => break,
            Err(error) if error.is_fatal() => break,
            Err(error) => reading.push(Err(&error)),
        }
    }
    reading.end = Some(decoder.finish().map(|trailer| format!("{trailer:?}")).map_err(|error| text(&error)));
    reading
}

/// A body in pieces of 1 to 16 bytes, now and then of more.
struct Pieces<'b> {
    rest: &'b [u8],
    piece: &'b [u8],
    random: u64,
    /// As a source, it is often not ready.
    fails: bool,
}

impl Pieces<'_> {
    fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.random >> 33
    }
}

impl<'b> Iterator for Pieces<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let most = if self.random() % 8 == 0 { 300 } else { 16 };
        let length = (self.random() % most + 1) as usize;
        (self.piece, self.rest) = self.rest.split_at(length.min(self.rest.len()));
        Some(self.piece).filter(|piece| !piece.is_empty())
    }
}

/// The pieces as a source that fails in all the ways that pass, and in the end for good unless it ends.
struct Source<'b> {
    pieces: Pieces<'b>,
    is_ready: bool,
    ends: bool,
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let passing = [ErrorKind::Interrupted, ErrorKind::WouldBlock, ErrorKind::TimedOut];
        let kind = passing.get(self.pieces.random() as usize % 4).filter(|_| self.pieces.fails);
        if let (Some(kind), false) = (kind, self.is_ready) {
            return Err((*kind).into());
        }
        self.is_ready = true;
        if self.pieces.piece.is_empty() && self.pieces.next().is_none() && !self.ends {
            return Err(ErrorKind::Other.into());
        }
        Ok(self.pieces.piece)
    }

    fn consume(&mut self, count: usize) {
        self.pieces.piece = &self.pieces.piece[count..];
        self.is_ready = false;
    }
}
