use std::task::{Context, Poll, ready};
use std::{error, fmt, future::poll_fn, io, pin::Pin};

use futures_core::Stream;

use super::{decoder::Advance, driver::driver};
use crate::{Decoder, Document, Error, Options, Response, Trailer, parse::KnownRoot};

/// Reads a multistatus body from a [`Stream`] of chunks, such as `bytes_stream()` of reqwest, or a body of hyper made a
/// stream by http-body-util: feature `futures`.
///
/// It reads as [`Reader`](crate::Reader) does, with the same errors. An error of the stream becomes an [`io::Error`],
/// unless it already is one. After a retryable error ([`Error::is_retryable`]), call again only if the stream goes on
/// after an error; most do not. Every future can be dropped before it is ready: no byte is lost, and the next call goes
/// on. Empty chunks are passed over; the body ends with the stream.
///
/// The stream has to be [`Unpin`]. [`Box::pin`] makes any stream [`Unpin`]:
///
/// ```
/// use multistatus::StreamReader;
///
/// # futures::executor::block_on(async {
/// # let chunks = ["<multistatus xmlns='DAV:'><response><hr", "ef>/a</href></response></multistatus>"];
/// # let stream = futures::stream::iter(chunks.map(Ok::<_, std::io::Error>));
/// let mut responses = StreamReader::new(Box::pin(stream));
/// let mut hrefs = Vec::new();
/// while let Some(response) = responses.next_response().await? {
///     hrefs.push(response.href().to_string());
/// }
/// assert!(responses.finish().await?.is_complete());
/// assert_eq!(hrefs, ["/a"]);
/// # Ok::<(), multistatus::Error>(())
/// # }).unwrap();
/// ```
pub struct StreamReader<S> {
    source: S,
    decoder: Decoder,
}

driver!(
    StreamReader<S>,
    [S, B, E],
    [S: Stream<Item = Result<B, E>> + Unpin, B: AsRef<[u8]>, E: Into<Box<dyn error::Error + Send + Sync>>],
    [async await]
);

impl<S, B, E> StreamReader<S>
where
    S: Stream<Item = Result<B, E>> + Unpin,
    B: AsRef<[u8]>,
    E: Into<Box<dyn error::Error + Send + Sync>>,
{
    async fn fetch(&mut self) -> Result<(), Error> {
        poll_fn(|context| self.poll_fetch(context)).await
    }

    /// Gives the decoder the next chunk of the source; all else is in `driver.rs`. The decoder has what was fetched
    /// before this function returns.
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
