//! Sources that fail, and futures that are dropped: nothing is lost, and nothing passes as complete that was not.

mod support;

use std::{
    borrow::Cow,
    error,
    future::Future,
    io::{self, BufRead, ErrorKind},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures::{Stream, executor::block_on, stream};
use multistatus::{
    Decoder, Document, Error, ErrorKind as Kind, Multistatus, Options, Reader, StreamReader, TokioReader,
    decode,
};
use support::{
    Lines, complete_bodies,
    input::{self, Chunks, Input, Source, Visitor},
    lines, multistatus, response,
};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

/// A body in chunks of up to 64 bytes, whose source fails some times before its byte `at`, and then goes on.
#[derive(Clone, Debug)]
struct Failing<'b> {
    body: &'b [u8],
    given: usize,
    at: usize,
    kind: ErrorKind,
    times: usize,
}

impl<'b> Iterator for Failing<'b> {
    type Item = io::Result<&'b [u8]>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.given == self.at && self.times > 0 {
            self.times -= 1;
            return Some(Err(self.kind.into()));
        }
        let stop = if self.times > 0 { self.at } else { self.body.len() };
        let chunk = &self.body[self.given..stop.min(self.given + 64)];
        self.given += chunk.len();
        Some(Ok(chunk)).filter(|_| !chunk.is_empty())
    }
}

/// What is read from it in three ways.
fn by_all(source: &Failing<'_>) -> [Lines; 3] {
    let mut all = [Lines::default(), Lines::default(), Lines::default()];
    let [reader, tokio, stream] = &mut all;
    input::reader(Reader::new(Source::new(source.clone())), reader);
    block_on(input::tokio(TokioReader::new(Source::new(source.clone())), tokio));
    block_on(input::futures(StreamReader::new(stream::iter(source.clone())), stream));
    all
}

#[test]
fn a_source_that_fails_at_any_byte_loses_nothing_and_completes_nothing() {
    let mut bodies = complete_bodies(0);
    // Places are those in the text, which is another in other encodings.
    bodies.retain(|(_, body)| body.len() > 200 && matches!(decode(body, None), Ok(Cow::Borrowed(_))));
    bodies.truncate(50);
    let mut readings = 0;
    for (name, body) in &bodies {
        let whole = lines(Input::Slice, body, 64);
        for at in 0..=body.len() {
            for times in 1..=3 {
                for kind in [ErrorKind::Interrupted, ErrorKind::WouldBlock, ErrorKind::TimedOut] {
                    let source = Failing { body, given: 0, at, kind, times };
                    for lines in by_all(&source) {
                        assert_eq!(lines, whole, "{name}: {kind:?} at {at}, {times} times");
                        readings += 1;
                    }
                }
                for kind in [ErrorKind::UnexpectedEof, ErrorKind::Other] {
                    let source = Failing { body, given: 0, at, kind, times };
                    for lines in by_all(&source) {
                        let what = format!("{name}: {kind:?} at {at}, {times} times: {lines:?}");
                        assert!(!lines.is_complete, "{what}");
                        let (last, items) = lines.lines.split_last().expect("an error at least");
                        assert!(
                            last.contains(&format!("at byte {at},")) && last.contains("fatal: true"),
                            "{what}"
                        );
                        assert!(whole.lines.starts_with(items), "{what}");
                        readings += 1;
                    }
                }
            }
        }
    }
    println!("sources: {} bodies, {readings} readings from sources that fail", bodies.len());
    assert_eq!(bodies.len(), 50);
}

/// What fails comes again from every call.
#[test]
fn a_failed_source_is_never_taken_for_an_end() {
    let body = multistatus(&response("HTTP/1.1 200 OK", "<D:a/>"));
    for (kind, is_truncated) in [(ErrorKind::UnexpectedEof, true), (ErrorKind::ConnectionReset, false)] {
        for at in [0, 20, 60, body.len()] {
            let source = Failing { body: body.as_bytes(), given: 0, at, kind, times: 1 };
            let mut reader = Reader::new(Source::new(source));
            for _ in 0..3 {
                let error = loop {
                    match reader.next_response() {
                        Ok(Some(_)) => {}
                        Ok(None) => panic!("the source has failed"),
                        Err(error) => break error,
                    }
                };
                assert_eq!((error.kind(), error.offset()), (&Kind::Io(kind), at as u64));
                assert_eq!(
                    (error.is_truncated(), error.is_retryable(), error.is_fatal()),
                    (is_truncated, false, true)
                );
                assert!(reader.finish().is_err_and(|again| again.to_string() == error.to_string()));
                assert!(reader.document().is_err_and(|again| again.to_string() == error.to_string()));
            }
        }
    }
}

#[test]
fn the_error_of_the_source_is_kept() {
    use error::Error as _;
    let body = multistatus("<D:response><D:href>/a</D:href>");
    let chunks = || stream::iter([Ok(&body.as_bytes()[..body.len() - 20]), Err("the wire was cut")]);
    let mut responses = StreamReader::new(chunks());
    let error = block_on(responses.next_response()).map(|_| ()).expect_err("the stream has failed");
    assert_eq!(error.path(), "multistatus/response[1]/href");
    let text = "the source failed: other error at byte 61, in multistatus/response[1]/href";
    assert_eq!(error.to_string(), text.replace("61", &error.offset().to_string()));
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the wire was cut"));
    // An error that is an `io::Error` keeps its kind.
    let failing = stream::iter([Err::<&[u8], _>(io::Error::from(ErrorKind::TimedOut)), Ok(b"x")]);
    let mut responses = StreamReader::new(failing);
    let error = block_on(responses.next_response()).map(|_| ()).expect_err("the stream was not ready");
    // Whoever does not know that it may pass stops.
    assert!(error.is_retryable() && error.is_fatal());
    let error = block_on(responses.next_response()).map(|_| ()).expect_err("no document");
    assert!(matches!(error.kind(), Kind::NotDav { .. }), "{error}");
}

/// A source that has to be waited for before each of its items.
struct Slow<S> {
    source: S,
    waits: bool,
}

impl<S> Slow<S> {
    fn new(source: S) -> Self {
        Slow { source, waits: false }
    }

    /// Whether to say that nothing is there yet.
    fn is_pending(&mut self) -> bool {
        self.waits = !self.waits;
        self.waits
    }
}

impl<S: Stream + Unpin> Stream for Slow<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        if self.is_pending() { Poll::Pending } else { Pin::new(&mut self.source).poll_next(context) }
    }
}

impl<S: AsyncBufRead + Unpin> AsyncRead for Slow<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.source).poll_read(context, into)
    }
}

impl<S: AsyncBufRead + Unpin> AsyncBufRead for Slow<S> {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        if this.is_pending() { Poll::Pending } else { Pin::new(&mut this.source).poll_fill_buf(context) }
    }

    fn consume(mut self: Pin<&mut Self>, count: usize) {
        Pin::new(&mut self.source).consume(count);
    }
}

/// What a future gives that is dropped whenever it is not ready, and made anew; and how often.
macro_rules! dropped {
    ($dropped:ident, $future:expr, $output:pat => $then:expr) => {
        loop {
            match pin!($future).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => $dropped += 1,
                Poll::Ready($output) => break $then,
            }
        }
    };
}

macro_rules! lines_with_dropped_futures {
    ($reader:expr) => {{
        let (mut reader, mut lines, mut dropped) = ($reader, Lines::default(), 0);
        let is_multistatus = dropped!(dropped, reader.document(), document => match document {
            Ok(Document::Multistatus(_)) => true,
            Ok(Document::Other(root)) => { lines.document(Ok(&Document::Other(root))); false }
            Ok(_) => return None,
            Err(error) => { lines.document(Err(&error)); false }
        });
        if is_multistatus {
            while dropped!(dropped, reader.next_response(), response => match response {
                Ok(Some(response)) => { lines.response(Ok(&response)); true }
                Ok(None) => false,
                Err(error) if error.is_fatal() => false,
                Err(error) => { lines.response(Err(&error)); true }
            }) {}
            dropped!(dropped, reader.finish(), trailer => lines.finished(trailer.as_ref()));
        }
        Some((lines, dropped))
    }};
}

fn tokio_with_dropped_futures(chunks: Chunks<'_>) -> Option<(Lines, usize)> {
    lines_with_dropped_futures!(TokioReader::new(Slow::new(Source::new(chunks.map(Ok)))))
}

fn stream_with_dropped_futures(chunks: Chunks<'_>) -> Option<(Lines, usize)> {
    lines_with_dropped_futures!(StreamReader::new(Slow::new(stream::iter(chunks.map(io::Result::Ok)))))
}

#[test]
fn a_future_that_is_dropped_at_any_await_loses_nothing() {
    let (mut bodies, mut futures) = (0, 0);
    for case in support::cases() {
        let whole = lines(Input::Slice, &case.body, 1);
        for chunks in [Chunks::new(&case.body, 1), Chunks::random(&case.body, 1)] {
            for with_dropped_futures in [tokio_with_dropped_futures, stream_with_dropped_futures] {
                let Some((lines, dropped)) = with_dropped_futures(chunks.clone()) else { continue };
                assert_eq!(lines, whole, "{}", case.name);
                futures += dropped;
            }
        }
        bodies += 1;
    }
    println!("sources: {bodies} bodies, {futures} futures dropped");
    assert!(bodies > 150 && futures > 100_000);
}

/// A reader of one's own may be asked for `finish` alone.
#[test]
fn finish_goes_on_where_it_stopped() {
    let body = multistatus(&response("HTTP/1.1 200 OK", "<D:a/>").repeat(3));
    for at in 0..=body.len() {
        let source = Failing { body: body.as_bytes(), given: 0, at, kind: ErrorKind::WouldBlock, times: 2 };
        let mut reader = Reader::new(Source::new(source));
        let mut failures = 0;
        let trailer = loop {
            match reader.finish() {
                Err(error) if error.is_retryable() => failures += 1,
                trailer => break trailer.expect("complete"),
            }
        };
        assert_eq!((failures, trailer.unseen(), trailer.faults()), (2, 3, 0));
    }
}

fn seen(decoder: &mut Decoder) -> Vec<Result<String, Error>> {
    let mut seen = Vec::new();
    loop {
        match decoder.next_response() {
            Ok(Some(response)) => seen.push(Ok(response.href().to_string())),
            Ok(None) => return seen,
            Err(error) => {
                let is_fatal = error.is_fatal();
                seen.push(Err(error));
                if is_fatal {
                    return seen;
                }
            }
        }
    }
}

#[test]
fn a_decoder_tells_an_end_from_a_pause() {
    let body = multistatus(&response("HTTP/1.1 200 OK", "<D:a/>"));
    let (first, rest) = body.split_at(70);
    let mut decoder = Decoder::new();
    assert!(seen(&mut decoder).is_empty());
    decoder.push(first.as_bytes());
    assert!(seen(&mut decoder).is_empty());
    decoder.push(b"");
    decoder.push(rest.as_bytes());
    assert_eq!(seen(&mut decoder).len(), 1);
    assert!(seen(&mut decoder).is_empty());
    decoder.end();
    decoder.end();
    assert!(seen(&mut decoder).is_empty() && decoder.finish().is_ok() && decoder.finish().is_ok());
    assert_eq!(decoder.position(), body.len() as u64);
    // More after the end is an error, even white space: somebody is confused.
    decoder.push(b"");
    assert!(decoder.finish().is_ok());
    decoder.push(b" ");
    for _ in 0..2 {
        let error = decoder.finish().expect_err("it went on");
        assert!(error.to_string().starts_with("bytes were pushed after the end"), "{error}");
        assert_eq!((error.kind(), error.offset()), (&Kind::Malformed, body.len() as u64));
        assert!(error.is_fatal() && decoder.next_response().is_err() && decoder.document().is_err());
    }
    // An end in the middle.
    let mut decoder = Decoder::new();
    decoder.push(first.as_bytes());
    decoder.end();
    let all = seen(&mut decoder);
    assert!(
        all.len() == 1 && all[0].as_ref().is_err_and(|error| error.is_truncated() && error.offset() == 70)
    );
}

#[test]
fn another_root_is_refused_as_soon_as_it_is_seen() {
    let mut decoder = Decoder::with_options(&Options::strict());
    decoder.push(b"<D:error xmlns:D='DAV:'>");
    let error = decoder.next_response().map(|_| ()).expect_err("no multistatus");
    assert_eq!(error.root(), Some("{DAV:}error"));
    assert!(decoder.document().is_err(), "the error stays");
    // Blanks after the root do not move its place.
    let mut decoder = Decoder::new();
    decoder.push(b"\n<error xmlns='DAV:'/>");
    for _ in 0..30 {
        decoder.push(&[b' '; 10]);
        assert!(decoder.document().expect("an error so far").is_none());
    }
    decoder.end();
    for _ in 0..2 {
        assert!(matches!(decoder.document(), Ok(Some(Document::Other(_)))), "it can be asked for again");
    }
    let error = decoder.next_response().map(|_| ()).expect_err("no multistatus");
    assert_eq!((error.offset(), error.path()), (1, ""));
    assert!(error.to_string().starts_with("not a multistatus, but another document"), "{error}");
    let html = b"<!DOCTYPE html><html><body>".repeat(1000);
    let mut reader = Reader::new(io::BufReader::with_capacity(512, &*html));
    let error = reader.document().map(|_| ()).expect_err("a login page");
    assert_eq!(error.kind(), &Kind::NotDav { found: multistatus::OtherBody::Html });
    assert!(reader.get_ref().get_ref().len() > html.len() - 2048, "no more was read than needed");
}

#[test]
fn an_error_becomes_one_of_io() {
    let kind = |body: &[u8]| io::Error::from(Multistatus::new(body).finish().expect_err("wrong")).kind();
    assert_eq!(kind(b"<multistatus xmlns='DAV:'>"), ErrorKind::UnexpectedEof);
    assert_eq!(kind(b"<html/>"), ErrorKind::InvalidData);
    let source = Failing { body: b"", given: 0, at: 0, kind: ErrorKind::ConnectionReset, times: 1 };
    let error = io::Error::from(Reader::new(Source::new(source)).finish().expect_err("it has failed"));
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert!(error.get_ref().is_some_and(|inner| inner.is::<Error>()));
}

#[test]
fn position_grows_to_the_length_of_the_body() {
    let body = multistatus(&response("HTTP/1.1 200 OK", "<D:a/>").repeat(100));
    let mut reader = Reader::new(io::BufReader::with_capacity(100, body.as_bytes()));
    let mut last = 0;
    while let Some(response) = reader.next_response().expect("well-formed") {
        let end = response.offset() + response.raw().len() as u64;
        assert_eq!(reader.position(), end);
        assert!(end > last);
        last = end;
    }
    assert_eq!(reader.position(), body.len() as u64);
    let _: &dyn BufRead = reader.get_ref();
}
