use std::{fmt, io};

#[cfg(feature = "encoding")]
use super::encoding::Transcoder;
#[cfg(feature = "url")]
use super::{Next, WIDE_WORD, mentions_multistatus};
use super::{intake::Intake, parsing::Parsing, pass_over};
use crate::parse::{After, KnownRoot, Step};
use crate::{Document, Error, Limit, Options, Response, Root, RootKind, Trailer};

/// Reads a multistatus body from chunks that the caller pushes in; does no I/O.
///
/// The decoder keeps what was pushed and is not read yet. So take all responses after each chunk: then it keeps no more
/// than [the documentation of the crate](crate#which-input) says. Responses, errors and offsets do not depend on how a
/// body is cut into chunks.
///
/// ```
/// use multistatus::Decoder;
///
/// let chunks = ["<D:multistatus xmlns:D='DAV:'><D:response><D:hr",
///     "ef>/a</D:href><D:status>HTTP/1.1 404 Not Found",
///     "</D:status></D:response></D:multi", "status>"];
/// let mut decoder = Decoder::new();
/// let mut hrefs = Vec::new();
/// for chunk in chunks {
///     decoder.push(chunk.as_bytes());
///     while let Some(response) = decoder.next_response()? {
///         hrefs.push(response.href().to_string());
///     }
/// }
/// // Only this tells that the body was whole.
/// decoder.finish()?;
/// assert_eq!(hrefs, ["/a"]);
/// # Ok::<(), multistatus::Error>(())
/// ```
pub struct Decoder {
    /// The window: the part of the body that was pushed and is still needed, as text.
    window: String,
    intake: Intake,
    #[cfg(feature = "encoding")]
    transcoder: Option<Transcoder>,
    after: After,
    parsing: Parsing,
    /// Whether a root other than multistatus was read whole.
    is_whole: bool,
    #[cfg(feature = "url")]
    mention: Mention,
}

/// Looks for the word `multistatus` in the beginning of a body, up to where its root is known, or in all of a body that
/// is not of WebDAV: a script may print a warning before its multistatus.
#[cfg(feature = "url")]
#[derive(Clone, Debug, Default)]
struct Mention {
    is_found: bool,
    /// The end of what was searched, because the word may be cut by the end of a chunk.
    tail: Vec<u8>,
}

#[cfg(feature = "url")]
impl Mention {
    fn look(&mut self, chunk: &[u8]) {
        if self.is_found {
            return;
        }
        let most = WIDE_WORD.len() - 1;
        let (start, _) = chunk.split_at(chunk.len().min(most));
        self.tail.extend_from_slice(start);
        self.is_found = mentions_multistatus(&self.tail) || mentions_multistatus(chunk);
        self.tail.extend_from_slice(chunk.get(start.len()..).unwrap_or_default());
        self.tail.drain(..self.tail.len().saturating_sub(most));
    }
}

/// Before the window grows, bytes that are no longer needed are dropped, if they are at least this many.
const WORTH_MOVING: usize = 64 << 10;

/// Why reading has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Advance {
    Response,
    NeedInput,
    /// The body is complete.
    End,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Decoder {
    /// Makes a decoder that forgives what [`Tolerance`](crate::Tolerance) lists.
    pub fn new() -> Self {
        Self::with_options(&Options::new())
    }

    /// Makes a decoder that reads as `options` say.
    pub fn with_options(options: &Options) -> Self {
        Decoder {
            window: String::new(),
            intake: Intake::default(),
            #[cfg(feature = "encoding")]
            transcoder: Transcoder::new(options),
            after: After::More,
            parsing: Parsing::new(options),
            is_whole: false,
            #[cfg(feature = "url")]
            mention: Mention::default(),
        }
    }

    /// Takes the next bytes of the body. This cannot fail: [`Decoder::next_response`] returns each fault when reading
    /// comes to it. After a fatal error chunks are ignored. Bytes that come after [`Decoder::end`] or
    /// [`Decoder::finish`] make every later call fail.
    pub fn push(&mut self, chunk: &[u8]) {
        #[cfg(feature = "url")]
        if self.parsing.scanner.root().is_none() {
            self.mention.look(chunk);
        }
        match self.after {
            // After a fatal error nothing more is read.
            _ if self.parsing.scanner.check().is_err() => return,
            After::More => {}
            After::End if !chunk.is_empty() => {
                return self.parsing.pushed_after_end(&self.window);
            }
            After::End | After::Unreadable(_) => return,
        }
        let dead = self.parsing.scanner.dead(&self.window);
        let is_full = self.window.len() + chunk.len() > self.window.capacity();
        if dead >= self.window.len() / 2 || (is_full && dead >= WORTH_MOVING) {
            self.parsing.scanner.compact(&mut self.window);
        }
        #[cfg(feature = "encoding")]
        let chunk = &*self.transcode(chunk, false);
        self.make_room(chunk.len());
        if let Err(after) = self.intake.take(chunk, &mut self.window, &mut self.parsing.scanner) {
            self.after = after;
        }
    }

    /// Makes room for `more` bytes. The window doubles up to the size that a response may have. The last step comes
    /// early: moving takes twice the memory of the window, and is best while the index is still small.
    fn make_room(&mut self, more: usize) {
        let (len, capacity) = (self.window.len(), self.window.capacity());
        let needed = len + more;
        if needed <= capacity {
            return;
        }
        let most =
            self.parsing.scanner.options().most(Limit::ResponseBytes).saturating_add(WORTH_MOVING + more);
        let doubled = capacity.saturating_mul(2);
        let grown = match needed <= most {
            true if doubled > most / 2 => most,
            _ => doubled,
        };
        self.window.reserve_exact(grown.max(needed) - len);
    }

    /// Says that the body has ended. From now on, `None` of [`Decoder::next_response`] means that the body was
    /// complete. If it was cut, that method and [`Decoder::document`] fail. [`Decoder::finish`] calls this method.
    pub fn end(&mut self) {
        if self.after != After::More {
            return;
        }
        #[cfg(feature = "encoding")]
        {
            let rest = self.transcode(&[], true);
            if let Err(after) = self.intake.take(&rest, &mut self.window, &mut self.parsing.scanner) {
                self.after = after;
                return;
            }
        }
        let ended = self.intake.end(&mut self.window, &mut self.parsing.scanner);
        self.after = ended.err().unwrap_or(After::End);
    }

    /// Lends the next response: nothing is allocated for it. `None` means: push more. Only [`Decoder::finish`] can say
    /// whether this was the last response.
    ///
    /// # Errors
    /// An error that is not fatal ([`Error::is_fatal`]) stands for one response; the next call goes on after that.
    /// Every later call returns a fatal error again.
    pub fn next_response(&mut self) -> Result<Option<Response<'_>>, Error> {
        Ok(if self.advance()? == Advance::Response { Some(self.response()) } else { None })
    }

    /// Says that the body has ended, and reads and checks the rest. `Ok` only when the root was closed and nothing but
    /// comments, instructions and white space follows it.
    ///
    /// # Errors
    /// The fatal error, if there is one. Errors of single responses are passed over; [`Trailer::faults`] counts them.
    pub fn finish(&mut self) -> Result<Trailer, Error> {
        self.end();
        self.pass()?;
        Ok(self.trailer())
    }

    /// Returns what document the body is, by its root. Call this before [`Decoder::next_response`], which fails for
    /// every root other than multistatus. `None` means: push more. A root other than multistatus is returned whole,
    /// and only after [`Decoder::end`].
    ///
    /// # Errors
    /// When the root is neither multistatus nor one of [`RootKind`]. For a root other than multistatus, also when
    /// anything is wrong with the body.
    ///
    /// ```
    /// use multistatus::{Decoder, Document, names};
    ///
    /// let chunks = ["<D:error xmlns:D='DAV:'><D:valid-", "sync-token/></D:error>"];
    /// let mut chunks = chunks.into_iter();
    /// let mut decoder = Decoder::new();
    /// let is_multistatus = loop {
    ///     match decoder.document()? {
    ///         Some(Document::Multistatus(_)) => break true,
    ///         Some(Document::Other(root)) => {
    ///             let mut conditions = root.conditions().map(|condition| condition.name());
    ///             assert!(conditions.any(|name| name == names::conditions::VALID_SYNC_TOKEN));
    ///             break false;
    ///         }
    ///         Some(_) => break false,
    ///         None => match chunks.next() {
    ///             Some(chunk) => decoder.push(chunk.as_bytes()),
    ///             None => decoder.end(),
    ///         },
    ///     }
    /// };
    /// // Of a multistatus, the responses would now be taken from the decoder.
    /// assert!(!is_multistatus);
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    pub fn document(&mut self) -> Result<Option<Document<'_, &mut Self>>, Error> {
        Ok(match self.root()? {
            None => None,
            Some(KnownRoot::Multistatus) => Some(Document::Multistatus(self)),
            Some(_) if self.is_ready()? => Some(self.whole()?),
            Some(_) => None,
        })
    }

    /// Returns how much of the body was read, in bytes of its UTF-8 form.
    pub fn position(&self) -> u64 {
        self.parsing.scanner.position()
    }

    #[cfg(feature = "encoding")]
    #[inline(always)]
    fn transcode<'c>(&mut self, chunk: &'c [u8], is_last: bool) -> std::borrow::Cow<'c, [u8]> {
        let Some(transcoder) = &mut self.transcoder else { return std::borrow::Cow::Borrowed(chunk) };
        let (text, found) = transcoder.take(chunk, is_last);
        if let Some(found) = found {
            found.tell(&mut self.parsing.scanner);
        }
        text
    }

    /// Takes a chunk that a source gave. An empty chunk means that the source has ended.
    pub(crate) fn take(&mut self, chunk: &[u8]) {
        if chunk.is_empty() { self.end() } else { self.push(chunk) }
    }

    fn step(&mut self) -> Result<Step, Error> {
        self.parsing.step(&self.window, self.after)
    }

    /// Returns the kind of the root. `None` when more input is needed.
    pub(crate) fn root(&mut self) -> Result<Option<KnownRoot>, Error> {
        self.parsing.scanner.check()?;
        if self.parsing.scanner.root().is_none() {
            self.step()?;
        }
        Ok(self.parsing.scanner.root())
    }

    /// Reads up to the next response, or until more input is needed, or to the end.
    pub(crate) fn advance(&mut self) -> Result<Advance, Error> {
        match self.root()? {
            None => Ok(Advance::NeedInput),
            Some(KnownRoot::Multistatus) => Ok(match self.step()? {
                Step::Item => Advance::Response,
                // `Head` does not come here: the root was read before.
                Step::NeedInput | Step::Head => Advance::NeedInput,
                Step::End => Advance::End,
            }),
            Some(_) => Err(self.parsing.scanner.refuse_root()),
        }
    }

    /// Does what [`Decoder::advance`] does, for observers, which also see roots other than multistatus.
    #[cfg(feature = "url")]
    pub(crate) fn watch(&mut self) -> Result<Next, Error> {
        let Some(root) = self.root()? else { return Ok(Next::NeedInput) };
        Ok(match root.other() {
            Some(kind) if self.is_ready()? => Next::OtherRoot(kind),
            Some(_) => Next::NeedInput,
            None => match self.advance()? {
                Advance::Response => Next::Response,
                Advance::NeedInput => Next::NeedInput,
                Advance::End => Next::End,
            },
        })
    }

    /// Passes over responses, up to anything else that an observer is shown.
    #[cfg(feature = "url")]
    pub(crate) fn watch_rest(&mut self) -> Result<Next, Error> {
        pass_over(self, Next::Response, Self::watch, Self::pass_one)
    }

    /// Counts a response that was passed over.
    pub(crate) fn pass_one(&mut self) {
        self.parsing.unseen += 1;
    }

    /// Returns a root other than multistatus that was read whole.
    pub(crate) fn other_root(&self, kind: RootKind) -> Root<'_> {
        Root::of_body(kind, self.parsing.lend(&self.window), self.parsing.scanner.facts().notes)
    }

    /// Whether the word `multistatus` appears in what was pushed before the kind of the root was known.
    #[cfg(feature = "url")]
    pub(crate) fn mentions_multistatus(&self) -> bool {
        self.mention.is_found
    }

    /// Whether more can be pushed.
    #[cfg(feature = "url")]
    pub(crate) fn is_open(&self) -> bool {
        self.after == After::More
    }

    /// Lends the response that [`Decoder::advance`] came to.
    pub(crate) fn response(&self) -> Response<'_> {
        Response::new(self.parsing.lend(&self.window))
    }

    /// Passes over responses, until more input is needed or to the end.
    pub(crate) fn pass(&mut self) -> Result<Advance, Error> {
        pass_over(self, Advance::Response, Self::advance, Self::pass_one)
    }

    pub(crate) fn trailer(&self) -> Trailer {
        self.parsing.trailer()
    }

    /// Whether a root other than multistatus was read whole. Reads on to find out.
    pub(crate) fn is_ready(&mut self) -> Result<bool, Error> {
        self.is_whole = self.is_whole || self.step()? == Step::Item;
        Ok(self.is_whole)
    }

    /// Returns the root, which is not a multistatus and was read whole, as a document.
    pub(crate) fn whole<M>(&self) -> Result<Document<'_, M>, Error> {
        let kind = self.parsing.scanner.root().and_then(KnownRoot::other);
        kind.map(|kind| Document::Other(self.other_root(kind))).ok_or_else(|| self.parsing.cut(&self.window))
    }

    /// Makes the error of a source that failed. Every later call returns it again, unless it is retryable.
    pub(crate) fn fail(&mut self, error: io::Error) -> Error {
        let held = self.intake.held();
        #[cfg(feature = "encoding")]
        let held = held + self.transcoder.as_ref().map_or(0, Transcoder::held);
        self.parsing.source_failed(error, held, &self.window)
    }
}

/// Shows how far reading has come, but nothing of the body.
impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Decoder");
        debug
            .field("position", &self.position())
            .field("buffered", &self.window.len())
            .finish_non_exhaustive()
    }
}
