//! The state machine under every input: it is given the bytes that are there, and says what it found in them.
//!
//! A window is the part of the body that is there. The machine never fetches bytes and never lends responses. It can
//! stop at any byte: where a window ends inside a tag or a text, the search for the end goes on there when more bytes
//! have come. A piece of markup is judged when it is there whole, never before. So faults and their places do not
//! depend on how a body was cut into chunks. One machine for bodies in memory and for streams is simpler than an index
//! and a scanner that must agree. It costs nothing: in memory the window is the body, and nothing is ever pending.
//!
//! Before you change the machine:
//! - [`State`] says which part of the document is being read. What only one part needs is in its state or in a type of
//!   its own; what outlives a part is in [`Walk`]. Only in [`Scanner::steps`] does one state follow another.
//! - A position counts bytes from the start of the window; in an index, from the start of the item; as a `u64`, from
//!   the start of the body.
//! - A type that holds positions has a `shift`, which takes the type apart field by field: a new field does not
//!   compile before you have decided whether it moves.
//! - When [`Scanner::advance`] asks for more, it must leave everything as it was: the next call gets the same bytes
//!   and some new ones. `chunking.rs` compares every way to cut a body.
//! - A child of the root begins in `Walk::begin_child` and ends in `Walk::close_child`, in `content.rs`, and nowhere
//!   else.

use std::{borrow::Cow, io, ops::Range};

use super::{
    After, Fault, Guard, Item, KnownRoot, NotDavReason, Problem, Progress, Prolog, Read, RootFacts, Walk,
    Window, path,
};
use crate::{Error, Options, error::Facts, text::slice};

/// What the machine has found. Plain data on purpose: an input asks for steps until it can lend something, then lends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The window is used up, and more may follow.
    NeedInput,
    /// The start tag of the root was read: see [`Scanner::root_tag`].
    Head,
    /// A response, or a whole document with a root other than multistatus, was read: see [`Scanner::item`].
    Item,
    /// The body is complete.
    End,
}

/// The part of the document in which reading goes on.
#[derive(Debug)]
pub(super) enum State {
    /// Before the root.
    Prolog(Prolog),
    /// Among the children of a multistatus.
    Children,
    /// Among the children of a multistatus, after a fault, on the way to the next response.
    Seeking,
    /// In a root other than multistatus: the root is the only item.
    Whole,
    /// After the root.
    Epilog,
    /// At the end of a complete body.
    End,
}

#[derive(Debug)]
pub(crate) struct Scanner {
    pub(super) state: State,
    pub(super) walk: Walk,
    /// Whether the item was given out: then its index must be cleared before the next step.
    pub(super) is_item_lent: bool,
    pub(super) failed: Option<Error>,
}

impl Scanner {
    pub(crate) fn new(options: &Options) -> Self {
        Scanner {
            state: State::Prolog(Prolog::default()),
            walk: Walk::new(options),
            is_item_lent: false,
            failed: None,
        }
    }

    pub(crate) fn options(&self) -> &Options {
        &self.walk.options
    }

    /// Returns the root, once its start tag was read.
    pub(crate) fn root(&self) -> Option<KnownRoot> {
        self.walk.root.kind
    }

    /// Returns where the start tag of a multistatus is in the window. Valid right after [`Step::Head`].
    pub(crate) fn root_range(&self) -> Range<usize> {
        self.walk.root.tag.clone()
    }

    /// Returns the root's start tag, followed by the decoded form of those of its namespace names that had references.
    /// From then on, every window has this text as its [`Window::root_tag`].
    pub(crate) fn root_tag(&self, window: &str) -> String {
        [slice(window, self.root_range()), &self.walk.root.decoded].concat()
    }

    /// Returns the item that was read last.
    pub(crate) fn item(&self) -> &Item {
        &self.walk.item
    }

    /// Returns the decoded namespace names of the item that was read last.
    pub(crate) fn decoded(&self) -> &str {
        &self.walk.scopes.decoded
    }

    /// Returns what is known of the encoding, so that the input can add what it knows.
    pub(crate) fn guard(&mut self) -> &mut Guard {
        &mut self.walk.guard
    }

    /// Returns what the root says beside its responses, as far as the body was read.
    pub(crate) fn facts(&self) -> &RootFacts {
        &self.walk.facts
    }

    /// Returns how many bytes of the body were read.
    pub(crate) fn position(&self) -> u64 {
        self.walk.cursor.offset(self.walk.cursor.pos)
    }

    /// Reads on. After a fatal error, every call returns that error.
    pub(crate) fn advance(&mut self, window: Window<'_>) -> Result<Step, Error> {
        self.check()?;
        match self.steps(window) {
            Ok(Step::Item) => self.complete_item(),
            Ok(Step::End) => match self.walk.salvage.as_mut().and_then(|salvage| salvage.first.take()) {
                Some(error) => Err(self.fail(error)),
                None => Ok(Step::End),
            },
            Ok(step) => Ok(step),
            Err(fault) if self.can_salvage(fault) => {
                let error = self.error_at(fault, window);
                let is_found = self.walk.begin_salvage(fault, &error, window);
                // Where the next response is known, no search is needed.
                self.state = if is_found { State::Children } else { State::Seeking };
                Err(error.with_fatal(false))
            }
            Err(fault) => {
                let error = self.error_at(fault, window);
                Err(self.fail(error))
            }
        }
    }

    fn steps(&mut self, window: Window<'_>) -> Read<Step> {
        self.forget_item();
        loop {
            let window = self.walk.guard.cut(window);
            let progress = match &mut self.state {
                State::Prolog(prolog) => prolog.read(&mut self.walk, window)?,
                State::Children | State::Whole => self.walk.content(window)?,
                State::Seeking => self.walk.seek(window),
                State::Epilog => self.walk.epilog(window)?,
                State::End => return Ok(Step::End),
            };
            match progress {
                Progress::More => {}
                Progress::NeedInput => return self.starved(window),
                Progress::Item => return Ok(Step::Item),
                Progress::Root { is_empty } => {
                    self.state = match self.walk.root.is_multistatus() {
                        true if is_empty => State::Epilog,
                        true => State::Children,
                        false => State::Whole,
                    };
                    return Ok(Step::Head);
                }
                Progress::Found => self.state = State::Children,
                Progress::RootClosed => self.state = State::Epilog,
                Progress::BodyEnded => {
                    self.state = State::End;
                    // A root other than multistatus is given out now that the body is known to be complete.
                    return Ok(if self.walk.root.is_multistatus() { Step::End } else { Step::Item });
                }
            }
        }
    }

    /// Clears the item that was given out last, unless that was done before.
    pub(super) fn forget_item(&mut self) {
        if std::mem::take(&mut self.is_item_lent) {
            self.walk.next_item();
        }
    }

    /// Asks for more bytes, or returns the fault: the window ends where something was still to come.
    #[cold]
    fn starved(&mut self, window: Window<'_>) -> Read<Step> {
        let end = |problem| Fault::new(window.text.len(), problem);
        match (window.after, &self.state) {
            (After::More, _) => Ok(Step::NeedInput),
            (After::End, State::Children) if self.walk.salvage.is_some() => {
                Err(self.walk.unclosed(window).unwrap_or(end(Problem::Truncated)))
            }
            (After::End, _) => Err(end(Problem::Truncated)),
            (After::Unreadable(problem), _) => Err(end(problem)),
        }
    }

    /// Gives out an item that is complete; if the item is lost, returns its error instead.
    fn complete_item(&mut self) -> Result<Step, Error> {
        self.is_item_lent = true;
        let Walk { item: Item { index, .. }, facts, .. } = &mut self.walk;
        facts.notes.add(index.notes);
        let Some(loss) = index.loss.take() else {
            facts.readable += 1;
            return Ok(Step::Item);
        };
        facts.faults += 1;
        let is_multistatus = self.walk.root.is_multistatus();
        let path = if is_multistatus { path::below("multistatus", loss.path) } else { loss.path };
        let error = self.error(loss.problem, self.walk.item.index.base + loss.at as u64, path, "");
        // A fatal error here means that the item was the root itself.
        Err(if error.is_fatal() { self.fail(error) } else { error })
    }

    /// Whether reading can go on after `fault`: not where the body is cut off, nor at bytes that are not text.
    fn can_salvage(&self, fault: Fault) -> bool {
        let is_end = matches!(fault.problem, Problem::Truncated | Problem::NotAscii);
        self.walk.salvage.is_some() && matches!(self.state, State::Children) && !is_end
    }

    /// Makes every call return a fatal error from now on: `error`, or the one that came first. Returns that error.
    fn fail(&mut self, error: Error) -> Error {
        self.failed.get_or_insert(error).clone()
    }

    /// Makes the error that a caller sees from `fault`.
    #[cold]
    fn error_at(&self, fault: Fault, window: Window<'_>) -> Error {
        let Walk { item, scopes, cursor, .. } = &self.walk;
        let path = item.index.path(&item.texts(window, scopes));
        let path = match self.state {
            State::Children | State::Seeking => path::below("multistatus", path),
            _ => path,
        };
        let at = fault.at.min(window.text.len());
        let problem = match fault.problem {
            Problem::Character if self.walk.guard.is_replaced(window, at) => Problem::NotUtf8,
            problem => problem,
        };
        self.error(problem, cursor.offset(at), path, window.from(at))
    }

    /// Makes an error from a problem and its place. `rest` is the text at the fault.
    #[cold]
    fn error(&self, problem: Problem, offset: u64, path: String, rest: &str) -> Error {
        let root = match self.root() {
            Some(root) => Some(Cow::Borrowed(root.expanded())),
            None => self.walk.root.unknown.clone().map(|name| Cow::Owned(name.into())),
        };
        let is_of_encoding = matches!(problem, Problem::NotAscii | Problem::UnknownEncoding);
        let found = if is_of_encoding { self.walk.guard.encoding.as_deref() } else { root.as_deref() };
        let message = problem.message(rest, found);
        let kind = problem.kind(root.as_deref());
        let is_fatal = kind.is_fatal() || !self.walk.root.is_multistatus();
        Error::new(Facts { kind, offset, path, message, root, is_fatal })
    }

    /// Returns the fatal error again, if there was one.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.failed.clone().map_or(Ok(()), Err)
    }

    /// Fails, because the encoding that the options name is not known.
    #[cfg(feature = "encoding")]
    pub(crate) fn refuse_charset(&mut self) -> Error {
        self.walk.guard.encoding =
            self.options().charset.as_deref().map(|name| crate::error::quoted(name, 64).into());
        let error = self.error_at(Fault::new(0, Problem::UnknownEncoding), Window::whole(""));
        self.fail(error)
    }

    /// Makes the error for a source that failed `held` bytes after the window. Unless the error is retryable, every later
    /// call of [`Scanner::advance`] returns it too.
    #[cold]
    pub(crate) fn source_failed(&mut self, error: io::Error, held: usize, window: Window<'_>) -> Error {
        let error = self.cut(window).with_source(error, held as u64);
        if error.is_retryable() { error } else { self.fail(error) }
    }

    /// Makes the error of a body that ends too early.
    #[cold]
    pub(crate) fn cut(&self, window: Window<'_>) -> Error {
        self.error_at(Fault::new(window.text.len(), Problem::Truncated), window)
    }

    /// Fails, because bytes came after the end was announced.
    #[cold]
    pub(crate) fn pushed_after_end(&mut self, window: Window<'_>) {
        let error = self.error_at(Fault::new(window.text.len(), Problem::AfterEnd), window);
        self.fail(error);
    }

    /// Fails, because the root is not the one that was asked for.
    pub(crate) fn refuse_root(&mut self) -> Error {
        // Much of the root may be dropped already, but the index has kept its place.
        let problem = Problem::NotDav(NotDavReason::Other);
        let error = self.error(problem, self.walk.item.index.base, String::new(), "");
        self.fail(error)
    }

    /// Accepts any root, for the tests of XML alone.
    #[cfg(test)]
    pub(super) fn take_any_root(&mut self) {
        if let State::Prolog(prolog) = &mut self.state {
            prolog.takes_any_root = true;
        }
    }
}
