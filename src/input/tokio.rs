use std::task::{Context, Poll, ready};
use std::{fmt, future::poll_fn, io, pin::Pin};

// `::tokio` is the crate: this module has the same name.
use ::tokio::io::AsyncBufRead;

use super::{decoder::Advance, driver::driver};
use crate::{Decoder, Document, Error, Options, Response, Trailer, parse::KnownRoot};

/// Reads a multistatus body from a tokio [`AsyncBufRead`]: feature `tokio`.
///
/// It reads as [`Reader`](crate::Reader) does, with the same errors. Every future can be dropped before it is ready, by
/// a timeout or by `select!`: no byte is lost, and the next call goes on.
///
/// ```
/// use multistatus::TokioReader;
///
/// # futures::executor::block_on(async {
/// # let source: &[u8] = b"<multistatus xmlns='DAV:'><response><href>/a</href></response></multistatus>";
/// let mut responses = TokioReader::new(source);
/// let mut hrefs = Vec::new();
/// loop {
///     match responses.next_response().await {
///         Ok(Some(response)) => hrefs.push(response.href().to_string()),
///         Ok(None) => break,
///         Err(error) if error.is_fatal() => return Err(error),
///         Err(error) => eprintln!("one response is lost: {error}"),
///     }
/// }
/// assert!(responses.finish().await?.is_complete());
/// assert_eq!(hrefs, ["/a"]);
/// # Ok::<(), multistatus::Error>(())
/// # }).unwrap();
/// ```
pub struct TokioReader<R> {
    source: R,
    decoder: Decoder,
}

driver!(TokioReader<R>, [R: AsyncBufRead + Unpin], [], [async await]);

impl<R: AsyncBufRead + Unpin> TokioReader<R> {
    async fn fetch(&mut self) -> Result<(), Error> {
        poll_fn(|context| self.poll_fetch(context)).await
    }

    /// Gives the decoder the bytes that the source has; all else is in `driver.rs`. The decoder has what was fetched
    /// before this function returns.
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
