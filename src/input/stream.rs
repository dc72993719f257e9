use std::{
    error, fmt,
    future::poll_fn,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::{
    Decoder, Document, Error, Options, Response, Trailer,
    parse::{RootKind, Step},
};

/// A multistatus body from a [`Stream`] of chunks, such as the body of reqwest or hyper: feature `futures`.
///
/// The same as [`Reader`](crate::Reader), with its errors: what the stream fails with becomes an [`io::Error`], unless
/// it is one. Every future can be dropped before it is ready: no byte is lost, and the next call goes on. Empty chunks
/// are passed over; the body ends with the stream.
pub struct StreamReader<S> {
    source: S,
    decoder: Decoder,
}

impl<S, B, E> StreamReader<S>
where
    S: Stream<Item = Result<B, E>> + Unpin,
    B: AsRef<[u8]>,
    E: Into<Box<dyn error::Error + Send + Sync>>,
{
    /// Reads `source`, forgiving what [`Tolerance`](crate::Tolerance) lists. [`Box::pin`] makes any stream `Unpin`.
    pub fn new(source: S) -> Self {
        Self::with_options(source, &Options::new())
    }

    /// Reads `source` as `options` say.
    pub fn with_options(source: S, options: &Options) -> Self {
        StreamReader { source, decoder: Decoder::with_options(options) }
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
    pub fn get_ref(&self) -> &S {
        &self.source
    }

    async fn fetch(&mut self) -> Result<(), Error> {
        poll_fn(|context| self.poll_fetch(context)).await
    }

    /// The only lines in which the inputs differ. What was fetched is in the decoder before this returns.
    fn poll_fetch(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        loop {
            match ready!(Pin::new(&mut self.source).poll_next(context)).transpose() {
                Ok(Some(chunk)) if chunk.as_ref().is_empty() => continue,
                Ok(Some(chunk)) => self.decoder.push(chunk.as_ref()),
                Ok(None) => self.decoder.end(),
                Err(error) => {
                    let error = error.into().downcast().map_or_else(io::Error::other, |error| *error);
                    if error.kind() == io::ErrorKind::Interrupted {
                        continue;
                    }
                    return Poll::Ready(Err(self.decoder.fail(error)));
                }
            }
            return Poll::Ready(Ok(()));
        }
    }
}

impl<S> fmt::Debug for StreamReader<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StreamReader").field(&self.decoder).finish()
    }
}
