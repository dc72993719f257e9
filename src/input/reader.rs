use std::fmt;
use std::io::{self, BufRead};

use super::{decoder::Advance, driver::driver};
use crate::{Decoder, Document, Error, Options, Response, Trailer, parse::KnownRoot};

/// Reads a multistatus body from a [`BufRead`]: a file, a socket, the body of a blocking HTTP client.
///
/// Memory does not grow with the body: [the documentation of the crate](crate#which-input) says how much is used. Small
/// reads are slow: a source should give 8 KiB or more at a time, as [`BufReader`](std::io::BufReader) does. Pass `&mut
/// source` to have the source back.
///
/// # Errors
/// Besides those of [`Multistatus`](crate::Multistatus), the errors of the source: [`ErrorKind::Io`]. After
/// [`WouldBlock`](io::ErrorKind::WouldBlock) and [`TimedOut`](io::ErrorKind::TimedOut) the same call can be made again
/// ([`Error::is_retryable`]): reading goes on where it stopped, and nothing is lost. The reader itself tries again
/// after [`Interrupted`](io::ErrorKind::Interrupted). Every other error of the source is final.
///
/// ```
/// use multistatus::Reader;
/// use std::{thread::sleep, time::Duration};
///
/// # let source: &[u8] = b"<multistatus xmlns='DAV:'><response><href>/a</href></response><response/></multistatus>";
/// let mut responses = Reader::new(source);
/// let mut hrefs = Vec::new();
/// loop {
///     match responses.next_response() {
///         Ok(Some(response)) => hrefs.push(response.href().to_string()),
///         Ok(None) => break,
///         // For those who can wait until the source is ready. Without this, it ends here.
///         Err(error) if error.is_retryable() => sleep(Duration::from_millis(50)),
///         Err(error) if error.is_fatal() => return Err(error),
///         Err(error) => eprintln!("one response is lost: {error}"),
///     }
/// }
/// assert_eq!(responses.finish()?.faults(), 1);
/// assert_eq!(hrefs, ["/a"]);
/// # Ok::<(), multistatus::Error>(())
/// ```
///
/// [`ErrorKind::Io`]: crate::ErrorKind::Io
pub struct Reader<R> {
    source: R,
    decoder: Decoder,
}

driver!(Reader<R>, [R: BufRead], [], []);

impl<R: BufRead> Reader<R> {
    /// Gives the decoder the bytes that the source has ready. The other methods are made in `driver.rs`.
    fn fetch(&mut self) -> Result<(), Error> {
        let chunk = loop {
            match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.decoder.fail(error)),
                Ok(chunk) => break chunk,
            }
        };
        let length = chunk.len();
        self.decoder.take(chunk);
        self.source.consume(length);
        Ok(())
    }
}
