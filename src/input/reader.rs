use std::{
    fmt,
    io::{self, BufRead},
};

use crate::{
    Decoder, Document, Error, Options, Response, Trailer,
    parse::{RootKind, Step},
};

/// A multistatus body from a [`BufRead`]: a file, a socket, the body of a blocking HTTP client.
///
/// Memory does not grow with the body: never more is kept than one response, what the source has buffered, and 64 KiB.
/// Small reads are slow reads: 8 KiB or more at a time, as [`BufReader`](std::io::BufReader) gives, are good. Pass
/// `&mut source` to have the source back.
///
/// # Errors
/// Besides those of [`Multistatus`](crate::Multistatus), what the source fails with: [`ErrorKind::Io`]. After
/// [`WouldBlock`](io::ErrorKind::WouldBlock) and [`TimedOut`](io::ErrorKind::TimedOut) the same call goes on where it
/// stopped, and nothing is lost ([`Error::is_retryable`]); [`Interrupted`](io::ErrorKind::Interrupted) is never seen.
/// Every other error of the source is fatal.
///
/// ```
/// use multistatus::Reader;
///
/// # let source: &[u8] = b"<multistatus xmlns='DAV:'><response><href>/a</href></response><response/></multistatus>";
/// let mut responses = Reader::new(source);
/// let mut hrefs = Vec::new();
/// loop {
///     match responses.next_response() {
///         Ok(Some(response)) => hrefs.push(response.href().to_string()),
///         Ok(None) => break,
///         // Here the caller would wait until the source is ready.
///         Err(error) if error.is_retryable() => continue,
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

impl<R: BufRead> Reader<R> {
    /// Reads `source`, forgiving what [`Tolerance`](crate::Tolerance) lists.
    pub fn new(source: R) -> Self {
        Self::with_options(source, &Options::new())
    }

    /// Reads `source` as `options` say.
    pub fn with_options(source: R, options: &Options) -> Self {
        Reader { source, decoder: Decoder::with_options(options) }
    }

    /// Lends the next response: nothing is allocated for it. `None` at the end of a complete body.
    ///
    /// # Errors
    /// As the type says. A fatal error is given by every later call too.
    pub fn next_response(&mut self) -> Result<Option<Response<'_>>, Error> {
        loop {
            match self.decoder.advance()? {
                Step::Item => return Ok(Some(self.decoder.response())),
                Step::NeedInput => self.fetch()?,
                Step::Head | Step::End => return Ok(None),
            }
        }
    }

    /// Reads and checks what is left. `Ok` only when the root was closed and nothing but comments, instructions and
    /// white space follows, up to the end of the source.
    ///
    /// # Errors
    /// The fatal error, if there is one, or one after which the call can be made again. Error items are passed over,
    /// and counted by [`Trailer::faults`].
    pub fn finish(&mut self) -> Result<Trailer, Error> {
        while self.decoder.pass()? == Step::NeedInput {
            self.fetch()?;
        }
        Ok(self.decoder.trailer())
    }

    /// What document it is, by its root: call it before [`Reader::next_response`]. Every other root than that of a
    /// multistatus is read whole, to the end of the source.
    ///
    /// # Errors
    /// When the root is none of those a client meets, and, for another than multistatus, when anything is wrong with
    /// the body.
    pub fn document(&mut self) -> Result<Document<'_, &mut Self>, Error> {
        let is_multistatus = loop {
            match self.decoder.root()? {
                None => self.fetch()?,
                Some(RootKind::Multistatus) => break true,
                Some(_) if self.decoder.is_ready()? => break false,
                Some(_) => self.fetch()?,
            }
        };
        if is_multistatus {
            return Ok(Document::Multistatus(self));
        }
        self.decoder.whole()
    }

    /// How much of the body was read, in bytes of its text.
    pub fn position(&self) -> u64 {
        self.decoder.position()
    }

    /// The source. What was read from it and not yet been looked at is not in it any more.
    pub fn get_ref(&self) -> &R {
        &self.source
    }

    /// The only lines in which the inputs differ.
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

impl<R> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reader").field(&self.decoder).finish()
    }
}
