use std::{
    fmt,
    future::poll_fn,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

// With the colons: this module has the same name.
use ::tokio::io::AsyncBufRead;

use crate::{
    Decoder, Document, Error, Options, Response, Trailer,
    parse::{RootKind, Step},
};

/// A multistatus body from a tokio [`AsyncBufRead`]: feature `tokio`.
///
/// The same as [`Reader`](crate::Reader), with its errors. Every future can be dropped before it is ready: no byte is
/// lost, and the next call goes on.
pub struct TokioReader<R> {
    source: R,
    decoder: Decoder,
}

impl<R: AsyncBufRead + Unpin> TokioReader<R> {
    /// Reads `source`, forgiving what [`Tolerance`](crate::Tolerance) lists.
    pub fn new(source: R) -> Self {
        Self::with_options(source, &Options::new())
    }

    /// Reads `source` as `options` say.
    pub fn with_options(source: R, options: &Options) -> Self {
        TokioReader { source, decoder: Decoder::with_options(options) }
    }

    /// Lends the next response: nothing is allocated for it. `None` at the end of a complete body.
    ///
    /// # Errors
    /// Those of [`Reader::next_response`](crate::Reader::next_response).
    pub async fn next_response(&mut self) -> Result<Option<Response<'_>>, Error> {
        loop {
            match self.decoder.advance()? {
                Step::Item => return Ok(Some(self.decoder.response())),
                Step::NeedInput => self.fetch().await?,
                Step::Head | Step::End => return Ok(None),
            }
        }
    }

    /// Reads and checks what is left, as [`Reader::finish`](crate::Reader::finish) does.
    ///
    /// # Errors
    /// The fatal error, if there is one, or one after which the call can be made again.
    pub async fn finish(&mut self) -> Result<Trailer, Error> {
        while self.decoder.pass()? == Step::NeedInput {
            self.fetch().await?;
        }
        Ok(self.decoder.trailer())
    }

    /// What document it is, as [`Reader::document`](crate::Reader::document) tells.
    ///
    /// # Errors
    /// Those of [`Reader::document`](crate::Reader::document).
    pub async fn document(&mut self) -> Result<Document<'_, &mut Self>, Error> {
        let is_multistatus = loop {
            match self.decoder.root()? {
                None => self.fetch().await?,
                Some(RootKind::Multistatus) => break true,
                Some(_) if self.decoder.is_ready()? => break false,
                Some(_) => self.fetch().await?,
            }
        };
        if is_multistatus { Ok(Document::Multistatus(self)) } else { self.decoder.whole() }
    }

    /// How much of the body was read, in bytes of its text.
    pub fn position(&self) -> u64 {
        self.decoder.position()
    }

    /// The source. What was read from it and not yet been looked at is not in it any more.
    pub fn get_ref(&self) -> &R {
        &self.source
    }

    async fn fetch(&mut self) -> Result<(), Error> {
        poll_fn(|context| self.poll_fetch(context)).await
    }

    /// The only lines in which the inputs differ. What was fetched is in the decoder before this returns.
    fn poll_fetch(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let chunk = loop {
            match ready!(Pin::new(&mut self.source).poll_fill_buf(context)) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(self.decoder.fail(error))),
                Ok(chunk) => break chunk,
            }
        };
        let length = chunk.len();
        self.decoder.take(chunk);
        Pin::new(&mut self.source).consume(length);
        Poll::Ready(Ok(()))
    }
}

impl<R> fmt::Debug for TokioReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TokioReader").field(&self.decoder).finish()
    }
}
