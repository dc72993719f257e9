use std::{borrow::Cow, fmt, iter::FusedIterator, ops::Range, str};

#[cfg(feature = "url")]
use super::Next;
use super::{parsing::Parsing, pass_over};
use crate::fault::Problem;
use crate::parse::{After, KnownRoot, Scanner, Step};
use crate::view::{Frame, Shared};
use crate::xml::replace_invalid;
use crate::{Error, Options, Response, Root, RootKind, Trailer, text::slice};

/// Reads a multistatus body in memory (RFC 4918 section 13): an iterator of its responses, which borrow the body.
///
/// # Errors
/// An error that is not fatal ([`Error::is_fatal`]) stands for one response that could not be read; the next call goes
/// on after that. The iterator gives a fatal error once, then `None`. A body that is cut, or goes on after its root,
/// gives a fatal error before the `None`: a loop to the end cannot mistake it for a complete body.
///
/// ```
/// let body = br#"<?xml version="1.0"?>
/// <D:multistatus xmlns:D="DAV:">
///   <D:response><D:href>/a</D:href>
///     <D:status>HTTP/1.1 404 Not Found</D:status></D:response>
///   <D:sync-token>urn:2</D:sync-token>
/// </D:multistatus>"#;
/// let mut responses = multistatus::Multistatus::new(body);
/// let all = responses.by_ref().collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(all[0].href().as_str(), "/a");
/// assert_eq!(responses.finish()?.sync_token(), Some("urn:2"));
/// # Ok::<(), multistatus::Error>(())
/// ```
pub struct Multistatus<'a> {
    body: &'a [u8],
    text: Text<'a>,
    /// What comes after the text: the end of the body, or bytes that cannot be read.
    after: After,
    parsing: Parsing,
    /// Whether the iterator has given its last item.
    done: bool,
}

/// The body as far as it is text.
enum Text<'a> {
    Borrowed(&'a str),
    /// A copy in which bytes that are not UTF-8 are replaced, one by one: offsets are still those in the body.
    Repaired(String),
    /// The UTF-8 form of a body in another encoding.
    #[cfg(feature = "encoding")]
    Transcoded(String),
}

impl<'a> Multistatus<'a> {
    /// Makes a reader of `body` that forgives what [`Tolerance`](crate::Tolerance) lists.
    pub fn new(body: &'a [u8]) -> Self {
        Self::with_options(body, &Options::new())
    }

    /// Makes a reader of `body` that reads as `options` say.
    pub fn with_options(body: &'a [u8], options: &Options) -> Self {
        let mut parsing = Parsing::new(options);
        #[cfg(feature = "encoding")]
        if options.transcodes {
            let (text, found) = super::encoding::whole(body, options);
            found.tell(&mut parsing.scanner);
            if let Cow::Owned(bytes) = text {
                let (text, after) = as_text(&bytes, &mut parsing.scanner);
                let text = Text::Transcoded(text.into_owned());
                return Multistatus { body, text, after, parsing, done: false };
            }
        }
        let (text, after) = match as_text(body, &mut parsing.scanner) {
            (Cow::Borrowed(text), after) => (Text::Borrowed(text), after),
            (Cow::Owned(text), after) => (Text::Repaired(text), after),
        };
        Multistatus { body, text, after, parsing, done: false }
    }

    /// Lends the next response: nothing is allocated for it. `None` at the end of a complete body. A lent response ends
    /// with the next call; to return one from a loop, use the iterator.
    ///
    /// # Errors
    /// Those of the iterator, except that every later call returns a fatal error again.
    pub fn next_response(&mut self) -> Result<Option<Response<'_>>, Error> {
        Ok(if self.advance()? { Some(self.response()) } else { None })
    }

    /// Reads and checks the rest of the body. `Ok` only when the root was closed and nothing but comments, instructions
    /// and white space follows, up to the end of the body.
    ///
    /// # Errors
    /// The fatal error, if there is one. Errors of single responses are passed over; [`Trailer::faults`] counts them.
    pub fn finish(&mut self) -> Result<Trailer, Error> {
        pass_over(self, true, Self::advance, Self::pass_one)?;
        Ok(self.trailer())
    }

    /// Returns how much of the body was read, in bytes of its UTF-8 form.
    pub fn position(&self) -> u64 {
        self.parsing.scanner.position()
    }

    fn response(&self) -> Response<'_> {
        Response::new(self.parsing.lend(self.text.as_str()))
    }

    fn step(&mut self) -> Result<Step, Error> {
        self.parsing.step(self.text.as_str(), self.after)
    }

    /// Reads up to what an observer is shown next.
    #[cfg(feature = "url")]
    pub(crate) fn watch(&mut self) -> Result<Next, Error> {
        Ok(match self.other_kind()? {
            Some(kind) => Next::OtherRoot(kind),
            None if self.advance()? => Next::Response,
            None => Next::End,
        })
    }

    /// Reads the root, and all of the body unless the root is a multistatus. Returns the kind of any other root.
    pub(super) fn other_kind(&mut self) -> Result<Option<RootKind>, Error> {
        if self.parsing.scanner.root().is_none() {
            self.step()?;
        }
        let kind = self.parsing.scanner.root().and_then(KnownRoot::other);
        if kind.is_some() && !self.done {
            self.step()?;
            self.done = true;
        }
        Ok(kind)
    }

    /// Returns the response that [`Multistatus::watch`] came to, with an index of its own.
    #[cfg(feature = "url")]
    pub(crate) fn given(&self) -> Response<'a> {
        Response::new(self.give())
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

    pub(crate) fn trailer(&self) -> Trailer {
        self.parsing.trailer()
    }

    /// Returns a root other than multistatus that was read whole.
    pub(crate) fn other_root(&self, kind: RootKind) -> Root<'a> {
        Root::of_body(kind, self.give(), self.parsing.scanner.facts().notes)
    }

    /// Whether the word `multistatus` appears anywhere in the body.
    #[cfg(feature = "url")]
    pub(crate) fn mentions_multistatus(&self) -> bool {
        super::mentions_multistatus(self.body)
    }

    /// Reads up to the next response. False at the end of a complete body.
    fn advance(&mut self) -> Result<bool, Error> {
        loop {
            match self.step()? {
                Step::Item => return Ok(true),
                Step::End | Step::NeedInput => return Ok(false),
                Step::Head if self.parsing.scanner.root() == Some(KnownRoot::Multistatus) => {}
                Step::Head => return Err(self.parsing.scanner.refuse_root()),
            }
        }
    }

    /// Returns the item that was read last, with an index of its own: the one allocation of the iterator.
    fn give(&self) -> Frame<'a> {
        let lent = self.parsing.lend(self.text.as_str());
        let lasting_head = match self.text.part(self.body, self.parsing.scanner.root_range()) {
            Cow::Borrowed(head) => head,
            // The body does not have the tag in this form.
            Cow::Owned(_) => "",
        };
        Frame {
            head: lent.head,
            lasting_head,
            text: self.text.part(self.body, self.parsing.scanner.item().range.clone()),
            nodes: Cow::Owned(lent.nodes.into_owned()),
            decoded: Cow::Owned(lent.decoded.into_owned()),
            derived: Shared::new(),
            ..lent
        }
    }
}

/// Shows how far reading has come, but nothing of the body.
impl fmt::Debug for Multistatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Multistatus");
        debug
            .field("position", &self.position())
            .field("bytes", &self.text.as_str().len())
            .finish_non_exhaustive()
    }
}

/// The iterator ends after its first fatal error. [`Multistatus::finish`] returns that error again.
impl<'a> Iterator for Multistatus<'a> {
    type Item = Result<Response<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        match self.advance() {
            Ok(true) => Some(Ok(Response::new(self.give()))),
            Ok(false) => {
                self.done = true;
                None
            }
            Err(error) => {
                self.done = error.is_fatal();
                Some(Err(error))
            }
        }
    }
}

impl FusedIterator for Multistatus<'_> {}

/// Returns `body` as far as it is text, as a copy where bytes were replaced, and what comes after the text.
fn as_text<'b>(body: &'b [u8], scanner: &mut Scanner) -> (Cow<'b, str>, After) {
    let error = match str::from_utf8(body) {
        Ok(text) => return (Cow::Borrowed(text), After::End),
        Err(error) => error,
    };
    let problem = Problem::of_bytes(body, error);
    if problem == Problem::NotUtf8 && scanner.options().replaces_bytes() {
        scanner.guard().replaced_at = Some(error.valid_up_to());
        return (Cow::Owned(replace_invalid(body)), After::End);
    }
    let valid = body.get(..error.valid_up_to()).and_then(|valid| str::from_utf8(valid).ok());
    (Cow::Borrowed(valid.unwrap_or_default()), After::Unreadable(problem))
}

impl<'a> Text<'a> {
    fn as_str(&self) -> &str {
        match self {
            Text::Borrowed(text) => text,
            Text::Repaired(text) => text,
            #[cfg(feature = "encoding")]
            Text::Transcoded(text) => text,
        }
    }

    /// Returns a part of the text, in a form that outlives the parser.
    fn part(&self, body: &'a [u8], range: Range<usize>) -> Cow<'a, str> {
        match self {
            Text::Borrowed(text) => Cow::Borrowed(slice(text, range)),
            Text::Repaired(text) => match body.get(range.clone()).map(str::from_utf8) {
                Some(Ok(part)) => Cow::Borrowed(part),
                _ => Cow::Owned(slice(text, range).to_owned()),
            },
            #[cfg(feature = "encoding")]
            Text::Transcoded(text) => Cow::Owned(slice(text, range).to_owned()),
        }
    }
}
