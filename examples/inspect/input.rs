//! Every way to read a body, given in chunks.

use std::io::{self, BufRead, Read};
#[cfg(feature = "tokio")]
use std::{
    pin::Pin,
    task::{Context, Poll},
};

#[cfg(feature = "tokio")]
use ::tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};
use clap::ValueEnum;
#[cfg(any(feature = "futures", feature = "tokio"))]
use futures::executor::block_on;
#[cfg(feature = "futures")]
use futures::{Stream, stream};
#[cfg(feature = "futures")]
use multistatus::StreamReader;
#[cfg(feature = "tokio")]
use multistatus::TokioReader;
use multistatus::{Decoder, Document, Error, Multistatus, Options, Reader, Response, Trailer};

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    /// `Multistatus`, from memory.
    Slice,
    Reader,
    Decoder,
    #[cfg(feature = "tokio")]
    Tokio,
    #[cfg(feature = "futures")]
    Stream,
}

impl Input {
    /// All but the one from memory.
    #[allow(dead_code, reason = "the tests use it")]
    pub(crate) const STREAMS: &'static [Input] = &[
        Input::Reader,
        Input::Decoder,
        #[cfg(feature = "tokio")]
        Input::Tokio,
        #[cfg(feature = "futures")]
        Input::Stream,
    ];
}

/// `options`, and other encodings than UTF-8 if this build can read them.
pub(crate) fn transcoding(options: Options) -> Options {
    #[cfg(feature = "encoding")]
    let options = options.transcode();
    options
}

/// What is to be done with what is read.
pub(crate) trait Visitor {
    fn response(&mut self, response: Result<&Response<'_>, &Error>);
    fn finished(&mut self, trailer: Result<&Trailer, &Error>);
    /// Another root than multistatus, or none.
    fn document(&mut self, document: Result<&Document<'_, ()>, &Error>);
}

/// Reads `body` one way. The chunks are those of the body; in memory they do not count.
pub(crate) fn read(
    input: Input,
    body: &[u8],
    chunks: Chunks<'_>,
    options: &Options,
    visitor: &mut impl Visitor,
) {
    match input {
        Input::Slice => slice(Document::with_options(body, options), visitor),
        Input::Reader => reader(Reader::with_options(Source::new(chunks.map(Ok)), options), visitor),
        Input::Decoder => decoder(Decoder::with_options(options), chunks, visitor),
        #[cfg(feature = "tokio")]
        Input::Tokio => {
            let source = Source::new(chunks.map(Ok));
            block_on(tokio(TokioReader::with_options(source, options), visitor));
        }
        #[cfg(feature = "futures")]
        Input::Stream => {
            let chunks = stream::iter(chunks.map(Ok));
            block_on(futures(StreamReader::with_options(chunks, options), visitor));
        }
    }
}

/// Separates the multistatus from all other documents.
fn split<'d, M>(document: Result<Document<'d, M>, Error>, visitor: &mut impl Visitor) -> Option<M> {
    let other = match document {
        Ok(Document::Multistatus(responses)) => return Some(responses),
        Ok(Document::Other(root)) => Ok(Document::Other(root)),
        Ok(_) => return None,
        Err(error) => Err(error),
    };
    visitor.document(other.as_ref());
    None
}

/// The loop over responses, and what it ends with; they differ by how the next one is waited for.
macro_rules! responses {
    ($responses:expr, $visitor:expr $(, $await:tt)?) => {
        loop {
            match $responses.next_response()$(.$await)? {
                Ok(Some(response)) => $visitor.response(Ok(&response)),
                Ok(None) => break,
                Err(error) if error.is_retryable() => {}
                Err(error) if error.is_fatal() => break,
                Err(error) => $visitor.response(Err(&error)),
            }
        }
        let trailer = loop {
            match $responses.finish()$(.$await)? {
                Err(error) if error.is_retryable() => {}
                trailer => break trailer,
            }
        };
        $visitor.finished(trailer.as_ref());
    };
}

fn slice(document: Result<Document<'_>, Error>, visitor: &mut impl Visitor) {
    let multistatus: Option<Multistatus<'_>> = split(document, visitor);
    if let Some(mut responses) = multistatus {
        responses!(responses, visitor);
    }
}

/// What document it is. `false`: not a multistatus, and all was said.
macro_rules! is_multistatus {
    ($reader:expr, $visitor:expr $(, $await:tt)?) => {
        loop {
            match $reader.document()$(.$await)? {
                Err(error) if error.is_retryable() => {}
                document => break split(document, $visitor).is_some(),
            }
        }
    };
}

pub(crate) fn reader(mut reader: Reader<impl BufRead>, visitor: &mut impl Visitor) {
    if is_multistatus!(reader, visitor) {
        responses!(reader, visitor);
    }
}

#[cfg(feature = "tokio")]
pub(crate) async fn tokio(mut reader: TokioReader<impl AsyncBufRead + Unpin>, visitor: &mut impl Visitor) {
    if is_multistatus!(reader, visitor, await) {
        responses!(reader, visitor, await);
    }
}

#[cfg(feature = "futures")]
pub(crate) async fn futures<'b>(
    mut reader: StreamReader<impl Stream<Item = io::Result<&'b [u8]>> + Unpin>,
    visitor: &mut impl Visitor,
) {
    if is_multistatus!(reader, visitor, await) {
        responses!(reader, visitor, await);
    }
}

fn decoder(mut decoder: Decoder, mut chunks: Chunks<'_>, visitor: &mut impl Visitor) {
    let is_multistatus = loop {
        match decoder.document() {
            Ok(None) => {}
            document => {
                let document = document.map(|document| document.expect("it is not `None`"));
                break split(document, visitor).is_some();
            }
        }
        match chunks.next() {
            Some(chunk) => decoder.push(chunk),
            None => decoder.end(),
        }
    };
    if !is_multistatus {
        return;
    }
    loop {
        match decoder.next_response() {
            Ok(Some(response)) => visitor.response(Ok(&response)),
            Ok(None) => match chunks.next() {
                Some(chunk) => decoder.push(chunk),
                None => break,
            },
            Err(error) if error.is_fatal() => break,
            Err(error) => visitor.response(Err(&error)),
        }
    }
    // What the last bytes were is known at their end only.
    decoder.end();
    responses!(decoder, visitor);
}

/// A body in chunks.
#[derive(Clone, Debug)]
pub(crate) struct Chunks<'b> {
    rest: &'b [u8],
    length: Length,
}

#[derive(Clone, Copy, Debug)]
enum Length {
    Fixed(usize),
    /// Between 1 and 100, by a generator that was here.
    Random(u64),
}

impl<'b> Chunks<'b> {
    /// Chunks of `length` bytes, at least one.
    pub(crate) fn new(body: &'b [u8], length: usize) -> Self {
        Chunks { rest: body, length: Length::Fixed(length.max(1)) }
    }

    /// Chunks of 1 to 100 bytes, the same for one seed.
    #[allow(dead_code, reason = "the tests use it")]
    pub(crate) fn random(body: &'b [u8], seed: u64) -> Self {
        Chunks { rest: body, length: Length::Random(seed) }
    }
}

impl<'b> Iterator for Chunks<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let length = match &mut self.length {
            Length::Fixed(length) => *length,
            Length::Random(state) => {
                *state =
                    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (*state >> 33) as usize % 100 + 1
            }
        };
        let (chunk, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        Some(chunk).filter(|chunk| !chunk.is_empty())
    }
}

/// A source of chunks, or of what it fails with.
pub(crate) struct Source<'b, I> {
    chunks: I,
    /// What is left of the chunk that was begun.
    current: &'b [u8],
}

impl<'b, I: Iterator<Item = io::Result<&'b [u8]>>> Source<'b, I> {
    pub(crate) fn new(chunks: I) -> Self {
        Source { chunks, current: &[] }
    }
}

impl<'b, I: Iterator<Item = io::Result<&'b [u8]>>> Read for Source<'b, I> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<'b, I: Iterator<Item = io::Result<&'b [u8]>>> BufRead for Source<'b, I> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.current.is_empty() {
            self.current = self.chunks.next().transpose()?.unwrap_or_default();
        }
        Ok(self.current)
    }

    fn consume(&mut self, count: usize) {
        self.current = &self.current[count..];
    }
}

/// It never has to be waited for.
#[cfg(feature = "tokio")]
impl<'b, I: Iterator<Item = io::Result<&'b [u8]>> + Unpin> AsyncRead for Source<'b, I> {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let count = self.get_mut().read(into.initialize_unfilled())?;
        into.advance(count);
        Poll::Ready(Ok(()))
    }
}

#[cfg(feature = "tokio")]
impl<'b, I: Iterator<Item = io::Result<&'b [u8]>> + Unpin> AsyncBufRead for Source<'b, I> {
    fn poll_fill_buf(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Poll::Ready(self.get_mut().fill_buf())
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        BufRead::consume(self.get_mut(), count);
    }
}
