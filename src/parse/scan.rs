//! The state machine under every input: give it what is there, it says what it found.
//!
//! It never fetches and never lends, and it stops at any byte: where a window ends inside a tag or a text, the search
//! for its end goes on there when more has come. A piece of markup is judged when it is there whole, never before, so
//! that faults, and their places, do not depend on how a body was cut into chunks. One machine for bodies in memory
//! and for streams is simpler than an index beside a scanner that must agree with it, and costs nothing: in memory
//! the window is the body, and nothing is ever pending.
//!
//! Advice before changing it: a position in here counts from the start of the window, one in [`Index`] from the start
//! of the child. [`Scanner::advance`] must leave everything as it was when it asks for more.

use std::{borrow::Cow, io, ops::Range};

use super::{
    chars,
    fault::{Fault, Problem},
    index::{Index, Node},
    markup::{self, Kind, Pending},
    path,
    prolog::KnownRoot,
    salvage::Search,
    scope::{Scopes, Texts},
    tag::TagReader,
};
use crate::{Error, Limit, Options, Trailer, options::Notes};

/// Plain data on purpose: a driver's loop asks for steps until there is something to lend, then lends once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The window is used up, and more may follow.
    NeedInput,
    /// The start tag of a `multistatus` was read: [`Scanner::head`].
    Head,
    /// A response, or a whole document of another root: [`Scanner::nodes`].
    Item,
    /// The body is complete.
    End,
}

/// What follows the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    More,
    End,
    /// Bytes that cannot be read as text.
    Unreadable(Problem),
}

/// The part of the document in which reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// At the first byte.
    Start,
    /// After what says how the body is encoded, but for its declaration.
    Opening,
    /// Before the root.
    Prolog,
    /// Among the children of a `multistatus`.
    Children,
    /// There too, after a fault, on the way to the next response.
    Salvage,
    /// In another root, which is the only item.
    Whole,
    /// After the root.
    Epilog,
    /// At a legal end.
    End,
}

/// What belongs to the root and not to a response.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    pub(crate) sync_tokens: Vec<String>,
    pub(crate) description: Option<String>,
    pub(crate) notes: Notes,
    /// Responses that were found, error items counted.
    pub(crate) responses: u64,
    /// Those that could be read.
    pub(crate) readable: u64,
    pub(crate) faults: u64,
}

impl Trail {
    /// Keeps the first token, the first that differs from it, and an empty one, which is none: a body may have any
    /// number.
    pub(crate) fn add_token(&mut self, token: String) {
        let told = self.sync_tokens.iter().filter(|token| !token.is_empty()).count();
        if (token.is_empty() || told < 2) && !self.sync_tokens.contains(&token) {
            self.sync_tokens.push(token);
        }
    }
}

#[derive(Debug)]
pub(crate) struct Scanner {
    pub(crate) options: Options,
    pub(crate) part: Part,
    pub(crate) root: Option<KnownRoot>,
    /// Bytes of its name.
    pub(crate) root_name: usize,
    /// The name of a root that is not known.
    pub(crate) strange_root: Option<Box<str>>,
    /// A document type declaration was passed over.
    pub(crate) doctype: bool,
    /// How long it must have become before its end is looked for again.
    pub(crate) doctype_retry: usize,
    #[cfg(test)]
    pub(crate) takes_any_root: bool,
    /// Where reading goes on.
    pub(crate) pos: usize,
    /// Where the run of character data at `pos` began.
    pub(crate) run_from: usize,
    pub(crate) pending: Option<Pending>,
    /// Reading goes on inside a CDATA section.
    pub(crate) in_section: bool,
    /// Under salvage, where it began: the search for the next response goes back there.
    pub(crate) section_from: Option<usize>,
    /// Under salvage, where a response begins inside the `prop` that is being read.
    pub(crate) nested_from: Option<usize>,
    /// The body is in UTF-8, whatever it declares.
    pub(crate) is_transcoded: bool,
    /// The start tag of the root.
    pub(crate) head: Range<usize>,
    /// The child that is being read, or was read last. Of one that is lost, what is kept of it: names.
    pub(crate) child: Range<usize>,
    /// The window's place in the body.
    pub(super) base: u64,
    /// The beginning of the body, once the window has lost it before a root came.
    pub(super) beginning: Option<Box<str>>,
    /// The body has a byte order mark of UTF-8, which counts more than any declared encoding.
    pub(crate) marked: bool,
    /// The declared encoding is not UTF-8 but looks the same as long as all bytes are ASCII; they are up to here.
    pub(crate) ascii_up_to: Option<usize>,
    /// The first byte that was not UTF-8, and for which the input put another into the window.
    pub(crate) replaced_at: Option<usize>,
    /// The name of the declared encoding, unless it is UTF-8.
    pub(crate) encoding: Option<Box<str>>,
    pub(crate) scopes: Scopes,
    pub(crate) tags: TagReader,
    pub(crate) index: Index,
    /// Namespace names of the root that had references in them.
    pub(crate) head_names: String,
    /// Bindings of the root.
    pub(crate) head_bindings: usize,
    /// Of the run that is interrupted by the child that is being read: its place, and in `aside` its index.
    pub(crate) run_around: Option<Range<usize>>,
    pub(crate) aside: Index,
    /// Length of [`Scopes::side`] when that run was interrupted.
    pub(crate) run_side: usize,
    pub(crate) trail: Trail,
    /// An item was given out: the index is to be cleared first.
    pub(super) given: bool,
    pub(super) search: Search,
    /// The first fault after which reading went on: the end of the body will tell it again.
    pub(super) salvaged: Option<Error>,
    failed: Option<Error>,
}

impl Scanner {
    pub(crate) fn new(options: &Options) -> Self {
        Scanner {
            options: options.clone(),
            part: Part::Start,
            root: None,
            root_name: 0,
            strange_root: None,
            doctype: false,
            doctype_retry: 0,
            #[cfg(test)]
            takes_any_root: false,
            pos: 0,
            run_from: 0,
            pending: None,
            in_section: false,
            section_from: None,
            nested_from: None,
            is_transcoded: false,
            head: 0..0,
            child: 0..0,
            base: 0,
            beginning: None,
            marked: false,
            ascii_up_to: None,
            replaced_at: None,
            encoding: None,
            scopes: Scopes::default(),
            tags: TagReader::default(),
            index: Index::default(),
            head_names: String::new(),
            head_bindings: 0,
            run_around: None,
            aside: Index::default(),
            run_side: 0,
            trail: Trail::default(),
            given: false,
            search: Search::default(),
            salvaged: None,
            failed: None,
        }
    }

    /// The start tag of the root, and after it its namespace names that had references in them: what
    /// [`Scanner::advance`] is given from then on. To be asked for after [`Step::Head`].
    pub(crate) fn root_head(&self, window: &str) -> String {
        let tag = window.get(self.head.clone()).unwrap_or_default();
        [tag, &self.head_names].concat()
    }

    /// The nodes of the last item; the first is the item itself.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.index.nodes
    }

    pub(crate) fn notes(&self) -> Notes {
        self.index.notes
    }

    /// The text on the side of the last item.
    pub(crate) fn side(&self) -> &str {
        &self.scopes.side
    }

    /// The number of the last item among the responses, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.index.number
    }

    /// Bytes of the body before the last item.
    pub(crate) fn base(&self) -> u64 {
        self.index.base
    }

    /// Bytes of the body before the window's byte `at`.
    pub(crate) fn offset(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// What the root tells, when the end was reached; `unseen` responses were passed over.
    pub(crate) fn trailer(&self, unseen: u64) -> Trailer {
        let Trail { sync_tokens, description, notes, faults, readable, .. } = &self.trail;
        let (sync_tokens, description) = (sync_tokens.clone(), description.clone());
        let (responses, faults, notes) = (*readable, *faults, *notes);
        Trailer { sync_tokens, description, responses, unseen, faults, notes }
    }

    /// Reads on. `head` is [`Scanner::root_head`], once it was found. An error that is fatal comes again.
    pub(crate) fn advance(&mut self, head: &str, window: &str, after: After) -> Result<Step, Error> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        match self.steps(head, window, after) {
            Ok(Step::Item) => self.item(),
            Ok(Step::End) if self.salvaged.is_some() => {
                self.failed = self.salvaged.take();
                self.failed.clone().map_or(Ok(Step::End), Err)
            }
            Ok(step) => Ok(step),
            Err(fault) if self.can_salvage(fault) => Err(self.salvage(fault, head, window)),
            Err(fault) => {
                let error = self.fatal(fault, head, window);
                self.failed = Some(error.clone());
                Err(error)
            }
        }
    }

    fn steps(&mut self, head: &str, mut window: &str, mut after: After) -> Result<Step, Fault> {
        if std::mem::take(&mut self.given) {
            self.next_child();
        }
        loop {
            if let Some(from) = self.ascii_up_to {
                let is_wide = |b: &u8| !b.is_ascii();
                let new = window.as_bytes().get(from..).unwrap_or_default();
                let end = new.iter().position(is_wide).map_or(window.len(), |i| from + i);
                let end = self.replaced_at.map_or(end, |at| end.min(at));
                self.ascii_up_to = Some(end);
                if end < window.len() || after == After::Unreadable(Problem::NotUtf8) {
                    (window, after) =
                        (window.get(..end).unwrap_or_default(), After::Unreadable(Problem::NotAscii));
                }
            }
            let step = match self.part {
                Part::Start => self.start(window, after)?,
                Part::Opening => self.opening(window, after)?,
                Part::Prolog => self.prolog(window, after)?,
                Part::Children | Part::Whole => self.content(head, window)?,
                Part::Salvage => self.seek(head, window, after),
                Part::Epilog => self.epilog(window, after)?,
                Part::End => Some(Step::End),
            };
            match step {
                Some(Step::NeedInput) => return self.starved(window, after),
                Some(step) => return Ok(step),
                // It goes on in another part.
                None => {}
            }
        }
    }

    /// The window ends where something was still to come.
    #[cold]
    fn starved(&mut self, window: &str, after: After) -> Result<Step, Fault> {
        match after {
            After::More => Ok(Step::NeedInput),
            After::End if self.options.salvages() && self.part == Part::Children => {
                Err(self.unclosed(window).unwrap_or(Fault::new(window.len(), Problem::Truncated)))
            }
            After::End => Err(Fault::new(window.len(), Problem::Truncated)),
            After::Unreadable(problem) => Err(Fault::new(window.len(), problem)),
        }
    }

    /// Where the markup at `p` ends, if it does in `d`.
    pub(crate) fn markup_end(&mut self, kind: Kind, d: &[u8], p: usize) -> Result<Option<usize>, Fault> {
        if kind == Kind::Tag && !markup::may_name(d, p, &self.options) {
            return Err(Fault::new(p, Problem::Name));
        }
        let mut pending = self.pending.take().unwrap_or_else(|| Pending::new(kind, p));
        // Nobody looks further than an end may be.
        let d = markup::allowed(d, p, self.options.most(Limit::TagBytes));
        let end = pending.feed(d)?;
        markup::within_limit(p, end.unwrap_or(d.len()), &self.options)?;
        if end.is_none() {
            self.pending = Some(pending);
        }
        Ok(end)
    }

    /// An item is complete. It can be lent, unless it is lost.
    fn item(&mut self) -> Result<Step, Error> {
        self.given = true;
        self.trail.notes.add(self.index.notes);
        let Some(loss) = self.index.loss.take() else {
            self.trail.readable += 1;
            return Ok(Step::Item);
        };
        self.trail.faults += 1;
        let path = if self.is_multistatus() { path::below("multistatus", loss.path) } else { loss.path };
        let error = self.error(loss.problem, self.index.base + loss.at as u64, path, "");
        if error.is_fatal() {
            // It was the root itself.
            self.failed = Some(error.clone());
        }
        Err(error)
    }

    pub(crate) fn is_multistatus(&self) -> bool {
        self.root == Some(KnownRoot::Multistatus)
    }

    /// The fault that ends the reading, as a caller sees it.
    #[cold]
    pub(super) fn fatal(&self, fault: Fault, head: &str, window: &str) -> Error {
        let text = window.get(self.child.start..).unwrap_or_default();
        let path = self.index.path(&Texts { head, text, side: &self.scopes.side });
        let path = match self.part {
            Part::Children | Part::Salvage => path::below("multistatus", path),
            _ => path,
        };
        let at = fault.at.min(window.len());
        let problem = match fault.problem {
            Problem::Character if self.is_replaced(window, at) => Problem::NotUtf8,
            problem => problem,
        };
        self.error(problem, self.offset(at), path, window.get(at..).unwrap_or_default())
    }

    /// `rest` is the text at the fault.
    #[cold]
    fn error(&self, problem: Problem, offset: u64, path: String, rest: &str) -> Error {
        let root = match self.root {
            Some(root) => Some(Cow::Borrowed(root.expanded())),
            None => self.strange_root.clone().map(|name| Cow::Owned(name.into())),
        };
        let is_of_encoding = matches!(problem, Problem::NotAscii | Problem::UnknownEncoding);
        let found = if is_of_encoding { self.encoding.as_deref() } else { root.as_deref() };
        let message = problem.message(rest, found);
        let kind = problem.kind(root.as_deref());
        let is_fatal = kind.is_fatal() || !self.is_multistatus();
        Error::new(kind, offset, path, message, root, is_fatal)
    }

    /// Nobody knows the encoding that the options name.
    #[cfg(feature = "encoding")]
    pub(crate) fn refuse_charset(&mut self) -> Error {
        self.encoding = self.options.charset.as_deref().map(|name| crate::error::quoted(name, 64).into());
        let error = self.fatal(Fault::new(0, Problem::UnknownEncoding), "", "");
        self.failed.get_or_insert(error).clone()
    }

    /// The fatal error, if there was one.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.failed.clone().map_or(Ok(()), Err)
    }

    /// What the source of the body failed with, `held` bytes after the window. Unless that may pass, it comes again.
    #[cold]
    pub(crate) fn source_failed(&mut self, error: io::Error, held: usize, head: &str, window: &str) -> Error {
        let error = self.cut(head, window).with_source(error, held as u64);
        if !error.is_retryable() {
            self.failed = Some(error.clone());
        }
        error
    }

    /// Whether the character at `at`, which XML forbids, stands for a byte that is not UTF-8.
    fn is_replaced(&self, window: &str, at: usize) -> bool {
        let is_after_first = self.replaced_at.is_some_and(|first| first <= at);
        is_after_first && window.get(at..).is_some_and(|rest| rest.starts_with(chars::REPLACEMENT))
    }

    /// The body ends too early.
    #[cold]
    pub(crate) fn cut(&self, head: &str, window: &str) -> Error {
        self.fatal(Fault::new(window.len(), Problem::Truncated), head, window)
    }

    /// Bytes came after the end was said to be there.
    #[cold]
    pub(crate) fn pushed_after_end(&mut self, head: &str, window: &str) {
        let error = self.fatal(Fault::new(window.len(), Problem::AfterEnd), head, window);
        self.failed.get_or_insert(error);
    }

    /// The root is not the one that was asked for.
    pub(crate) fn refuse_root(&mut self) -> Error {
        // Of the root much may be gone already: its place is kept by the index.
        let problem = Problem::NotDav(super::fault::Strange::Other);
        let error = self.error(problem, self.index.base, String::new(), "");
        self.failed = Some(error.clone());
        error
    }
}
