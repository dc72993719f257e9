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

use std::{ops::Range, sync::Arc};

use super::{
    chars::{self, seen},
    fault::{Fault, Problem},
    grammar::{self, Role},
    index::{Index, Node, Run, Start, flag},
    markup::{self, Kind, Pending},
    path,
    prolog::RootKind,
    scope::{NamespaceId, Namespaces, Scopes},
    tag::{self, TagReader},
    text,
};
use crate::{Error, Limit, Options, Tolerance, Trailer, options::Notes};

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

/// Where in the document reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At the first byte.
    Start,
    /// Before the root.
    Prolog,
    /// Among the children of a `multistatus`.
    Children,
    /// In another root, which is the only item.
    Whole,
    /// Behind the root.
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
    pub(crate) faults: u64,
}

#[derive(Debug)]
pub(crate) struct Scanner {
    pub(crate) options: Options,
    pub(crate) place: Place,
    pub(crate) root: Option<RootKind>,
    /// Bytes of its name.
    pub(crate) root_name: usize,
    /// The name of a root that is not known.
    pub(crate) strange_root: Option<Box<str>>,
    /// A document type declaration was passed over.
    pub(crate) doctype: bool,
    #[cfg(test)]
    pub(crate) takes_any_root: bool,
    /// Where reading goes on.
    pub(crate) pos: usize,
    /// Where the run of character data at `pos` began.
    pub(crate) run_from: usize,
    pub(crate) pending: Option<Pending>,
    /// The start tag of the root.
    pub(crate) head: Range<usize>,
    /// The child that is being read, or was read last.
    pub(crate) child: Range<usize>,
    /// The window's place in the body.
    base: u64,
    /// The declared encoding is not UTF-8 but looks the same as long as all bytes are ASCII; they are up to here.
    pub(crate) ascii_up_to: Option<usize>,
    pub(crate) scopes: Scopes,
    pub(crate) tags: TagReader,
    index: Index,
    pub(crate) trail: Trail,
    /// An item was given out: the index is to be cleared first.
    given: bool,
    failed: Option<Error>,
}

impl Scanner {
    pub(crate) fn new(options: &Options) -> Self {
        Scanner {
            options: options.clone(),
            place: Place::Start,
            root: None,
            root_name: 0,
            strange_root: None,
            doctype: false,
            #[cfg(test)]
            takes_any_root: false,
            pos: 0,
            run_from: 0,
            pending: None,
            head: 0..0,
            child: 0..0,
            base: 0,
            ascii_up_to: None,
            scopes: Scopes::default(),
            tags: TagReader::default(),
            index: Index::default(),
            trail: Trail::default(),
            given: false,
            failed: None,
        }
    }

    /// The nodes of the last item; the first is the item itself.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.index.nodes
    }

    pub(crate) fn notes(&self) -> Notes {
        self.index.notes
    }

    pub(crate) fn names(&self) -> &Arc<Namespaces> {
        self.scopes.names()
    }

    /// Bytes of the body before the window's byte `at`.
    pub(crate) fn offset(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// What the root tells, when the end was reached; `unseen` responses were passed over.
    pub(crate) fn trailer(&self, unseen: u64) -> Trailer {
        let Trail { sync_tokens, description, notes, faults, .. } = &self.trail;
        let (sync_tokens, description) = (sync_tokens.clone(), description.clone());
        Trailer { sync_tokens, description, unseen, faults: *faults, notes: *notes }
    }

    /// Reads on. `head` is the text of [`Scanner::head`], once it was found. An error that is fatal comes again.
    pub(crate) fn advance(&mut self, head: &str, window: &str, after: After) -> Result<Step, Error> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        match self.steps(head, window, after) {
            Ok(Step::Item) => self.item(),
            Ok(step) => Ok(step),
            Err(fault) => {
                let error = self.fatal(fault, window);
                self.failed = Some(error.clone());
                Err(error)
            }
        }
    }

    fn steps(&mut self, head: &str, mut window: &str, mut after: After) -> Result<Step, Fault> {
        if std::mem::take(&mut self.given) {
            self.index.clear();
            self.scopes.forget();
        }
        loop {
            if let Some(from) = self.ascii_up_to {
                let is_wide = |b: &u8| !b.is_ascii();
                let new = window.as_bytes().get(from..).unwrap_or_default();
                let end = new.iter().position(is_wide).map_or(window.len(), |i| from + i);
                self.ascii_up_to = Some(end);
                if end < window.len() {
                    (window, after) =
                        (window.get(..end).unwrap_or_default(), After::Unreadable(Problem::NotAscii));
                }
            }
            let step = match self.place {
                Place::Start => self.start(window, after)?,
                Place::Prolog => self.prolog(window, after)?,
                Place::Children | Place::Whole => self.content(head, window)?,
                Place::Epilog => self.epilog(window, after)?,
                Place::End => Some(Step::End),
            };
            match step {
                Some(Step::NeedInput) => return self.starved(window, after),
                Some(step) => return Ok(step),
                // The place has changed.
                None => {}
            }
        }
    }

    /// The window ends where something was still to come.
    #[cold]
    fn starved(&mut self, window: &str, after: After) -> Result<Step, Fault> {
        match after {
            After::More => Ok(Step::NeedInput),
            After::End => Err(Fault::new(window.len(), Problem::Truncated)),
            After::Unreadable(problem) => Err(Fault::new(window.len(), problem)),
        }
    }

    /// Everything between the root's tags, up to the next item. `None`: the root was closed.
    fn content(&mut self, head: &str, window: &str) -> Result<Option<Step>, Fault> {
        let d = window.as_bytes();
        loop {
            let p = match self.character_data(window)? {
                Some(p) => p,
                None => return Ok(Some(Step::NeedInput)),
            };
            match d.get(p + 1) {
                Some(b'/') => match self.end_tag(head, window, p)? {
                    Progress::More => {}
                    Progress::NeedInput => return Ok(Some(Step::NeedInput)),
                    Progress::Item => return Ok(Some(Step::Item)),
                    Progress::RootClosed => return Ok(None),
                },
                Some(b'!' | b'?') => {
                    if !self.other_markup(window, p)? {
                        return Ok(Some(Step::NeedInput));
                    }
                }
                Some(_) => match self.start_tag(window, p)? {
                    Progress::More => {}
                    Progress::NeedInput => return Ok(Some(Step::NeedInput)),
                    Progress::Item => return Ok(Some(Step::Item)),
                    Progress::RootClosed => return Ok(None),
                },
                None => return Ok(Some(Step::NeedInput)),
            }
        }
    }

    /// Reads up to the next `<`, if it is there.
    #[inline]
    fn character_data(&mut self, window: &str) -> Result<Option<usize>, Fault> {
        let d = window.as_bytes();
        let mut p = self.pos;
        // A line feed between two tags is the commonest text of all.
        if let Some([b'\n', b'<']) = d.get(p..p + 2) {
            p += 1;
        }
        if d.get(p) != Some(&b'<') {
            let mut flags = 0;
            p = chars::text_end(d, self.run_from, p, self.options.repairs(), &mut flags)?;
            self.index.mark(flags);
            if p - self.run_from > self.options.most(Limit::TextBytes) {
                self.lose_text(window);
            }
            if d.get(p) != Some(&b'<') {
                self.pos = p;
                return Ok(None);
            }
        }
        self.pos = p;
        Ok(Some(p))
    }

    /// A run of character data is longer than allowed.
    #[cold]
    fn lose_text(&mut self, window: &str) {
        if let Some(id) = self.index.innermost() {
            let at = self.index.nodes.get(id as usize).map_or(0, |n| n.name.saturating_sub(1)) as usize;
            let text = self.child_text(window).to_owned();
            self.index.lose(Problem::Limit(Limit::TextBytes), at, id, &text);
        }
    }

    /// The window from the start of the child on.
    #[inline]
    fn child_text<'w>(&self, window: &'w str) -> &'w str {
        window.get(self.child.start..).unwrap_or_default()
    }

    fn start_tag(&mut self, window: &str, p: usize) -> Result<Progress, Fault> {
        let d = window.as_bytes();
        let plain =
            if self.pending.is_none() { chars::name(window.get(p + 1..).unwrap_or_default()) } else { None };
        let name_end = plain.map_or(p, |name| p + 1 + name.len);
        let mut notes = Notes::default();
        let (start, is_empty) = match (plain, d.get(name_end), d.get(name_end + 1)) {
            (Some(name), Some(b'>'), _) => (self.plain_tag(window, p, name, name_end + 1)?, false),
            (Some(name), Some(b'/'), Some(b'>')) => (self.plain_tag(window, p, name, name_end + 2)?, true),
            _ => {
                let Some(end) = self.markup_end(Kind::Tag, d, p)? else { return Ok(Progress::NeedInput) };
                self.full_tag(window, p, end, &mut notes)?
            }
        };
        self.enter(window, start, is_empty, notes)
    }

    /// A tag without attributes or blanks.
    #[inline]
    fn plain_tag(&mut self, window: &str, p: usize, name: chars::Lexeme, end: usize) -> Result<Start, Fault> {
        markup::within_limit(Kind::Tag, p, end, &self.options)?;
        if name.len > self.options.most(Limit::NameBytes) {
            return Err(Fault::new(p, Problem::Limit(Limit::NameBytes)));
        }
        let content = window.get(p + 1..end - 1).unwrap_or_default();
        let namespace = tag::element_namespace(content, name, p, &self.scopes)?;
        Ok(Start { name, namespace, at: p, end, flags: 0, outside: self.scopes.len() })
    }

    fn full_tag(
        &mut self,
        window: &str,
        p: usize,
        end: usize,
        notes: &mut Notes,
    ) -> Result<(Start, bool), Fault> {
        let content = window.get(p + 1..end - 1).unwrap_or_default();
        let (content, is_empty) =
            content.strip_suffix('/').map_or((content, false), |content| (content, true));
        let tag = self.tags.read(content, p, &mut self.scopes, &self.options, notes)?;
        let mut flags = if tag.html { seen::HTML } else { 0 };
        if tag.forbidden {
            flags |= seen::FORBIDDEN;
        }
        let start =
            Start { name: tag.name, namespace: tag.namespace, at: p, end, flags, outside: tag.outside };
        Ok((start, is_empty))
    }

    /// Takes a start tag into the index, its places still counted from the start of the window.
    #[inline]
    fn enter(
        &mut self,
        window: &str,
        mut start: Start,
        is_empty: bool,
        notes: Notes,
    ) -> Result<Progress, Fault> {
        let (p, end) = (start.at, start.end);
        let is_child = self.place == Place::Children && self.index.depth() == 0;
        let parent = match self.index.role() {
            Some(role) => role,
            None if is_child => Role::Multistatus,
            None => Role::Other,
        };
        let qualified = window.get(p + 1..p + 1 + start.name.len).unwrap_or_default().as_bytes();
        let local = qualified.get(start.name.local..).unwrap_or_default();
        let role = match self.root {
            // The start tag of another root than multistatus.
            Some(root) if self.place == Place::Whole && self.index.depth() == 0 => root.role(),
            _ => grammar::role(parent, start.namespace, local),
        };
        let depth = self.index.depth() + usize::from(self.place == Place::Children);
        if depth >= self.options.most(Limit::Depth) {
            return Err(Fault::new(p, Problem::Limit(Limit::Depth)));
        }
        let is_foreign = grammar::is_foreign(parent, start.namespace, qualified, role);
        if is_child {
            let ends_run = match self.index.run {
                Run::None => false,
                Run::Hrefs => role == Role::Response || is_foreign,
                Run::Full => matches!(role, Role::Response | Role::Href) || is_foreign,
            };
            if ends_run {
                // The tag is read again when the run was given out.
                self.scopes.leave(start.outside);
                return Ok(self.close_run(window));
            }
            self.begin_child(p, role, is_foreign);
        }
        if start.namespace == NamespaceId::UNDECLARED {
            let tolerance = match start.name.qualified {
                true => Tolerance::UndeclaredPrefix,
                false => Tolerance::ColonInName,
            };
            tag::tolerate(tolerance, p, &self.options, &mut self.index.notes)?;
        }
        self.index.notes.add(notes);
        let forbidden = start.flags & seen::FORBIDDEN != 0;
        start.flags &= !seen::FORBIDDEN;
        if is_empty {
            start.flags |= flag::EMPTY_TAG;
        }
        if is_foreign {
            start.flags |= flag::FOREIGN;
        }
        start.at = p - self.child.start;
        start.end = end - self.child.start;
        let text = window.get(self.child.start..).unwrap_or_default();
        if start.end > self.options.most(Limit::ResponseBytes) {
            self.too_long(text);
        }
        self.index.start(&start, role, text, &self.options);
        if forbidden || (is_foreign && is_child) {
            let problem = if forbidden { Problem::ForbiddenInName } else { Problem::ForeignName };
            let id = (self.index.nodes.len() as u32).saturating_sub(1);
            self.index.lose(problem, start.at, id, text);
        }
        self.pos = end;
        self.run_from = end;
        if is_empty { Ok(self.leave(window, end, end)) } else { Ok(Progress::More) }
    }

    /// Makes ready for a child of the root that begins at `p`.
    fn begin_child(&mut self, p: usize, role: Role, is_foreign: bool) {
        let joins = role.joins_run();
        if self.index.run == Run::None {
            self.child = p..p;
            if joins || role == Role::Response || is_foreign {
                self.trail.responses += 1;
                self.index.number = self.trail.responses;
            }
            if joins {
                self.index.begin_run();
            }
        }
    }

    #[cold]
    fn too_long(&mut self, text: &str) {
        let id = self.index.innermost().unwrap_or_default();
        self.index.lose(Problem::Limit(Limit::ResponseBytes), 0, id, text);
    }

    /// The innermost element ends, its end tag being from `at` to `end`.
    #[inline]
    fn leave(&mut self, window: &str, at: usize, end: usize) -> Progress {
        let text = window.get(self.child.start..).unwrap_or_default();
        let length = end - self.child.start;
        if length > self.options.most(Limit::ResponseBytes) {
            self.too_long(text);
        }
        let Some(closed) = self.index.end(at - self.child.start, text, &self.options) else {
            return Progress::RootClosed;
        };
        self.scopes.leave(closed.outside);
        if self.index.depth() > 0 {
            return Progress::More;
        }
        self.close_child(window, closed.node, closed.role, end)
    }

    /// A child of the root, or another root than multistatus, is complete.
    fn close_child(&mut self, window: &str, id: u32, role: Role, end: usize) -> Progress {
        if self.place == Place::Whole {
            self.child.end = end;
            self.place = Place::Epilog;
            return Progress::RootClosed;
        }
        if role.joins_run() && self.index.run != Run::None {
            self.child.end = end;
            self.index.extend_run(role, end - self.child.start);
            return Progress::More;
        }
        if role == Role::Response || (self.index.loss.is_some() && self.index.run == Run::None) {
            self.child.end = end;
            return Progress::Item;
        }
        let text = self.child_text(window);
        match role {
            Role::SyncToken => {
                let token = grammar::value(&self.index.nodes, text, id);
                self.trail.sync_tokens.push(chars::trim(&token).to_owned());
            }
            Role::Description if self.trail.description.is_none() => {
                let description = grammar::value(&self.index.nodes, text, id);
                self.trail.description = Some(chars::trim(&description).to_owned());
            }
            _ => {}
        }
        if self.index.run == Run::None {
            self.trail.notes.add(self.index.notes);
            self.index.clear();
            self.scopes.forget();
        } else {
            self.index.drop_child(id);
        }
        Progress::More
    }

    /// The run of children before the one at hand is complete.
    fn close_run(&mut self, window: &str) -> Progress {
        let text = window.get(self.child.start..).unwrap_or_default();
        self.index.end_run(text, &self.options);
        Progress::Item
    }

    fn end_tag(&mut self, head: &str, window: &str, p: usize) -> Result<Progress, Fault> {
        let d = window.as_bytes();
        let (open, name_at, from) = match self.index.open_name() {
            Some((at, len)) => (d, self.child.start + at, len),
            None => (head.as_bytes(), 1, self.root_name),
        };
        let expected = open.get(name_at..name_at + from).unwrap_or_default();
        let name_end = p + 2 + expected.len();
        let mut end = name_end + 1;
        // In a plain end tag `>` follows the name at once.
        if d.get(p + 2..name_end) != Some(expected)
            || d.get(name_end) != Some(&b'>')
            || self.pending.is_some()
        {
            end = match self.markup_end(Kind::Tag, d, p)? {
                Some(end) => end,
                None => return Ok(Progress::NeedInput),
            };
            end_name(window, p, end, expected, &self.options)?;
        } else {
            markup::within_limit(Kind::Tag, p, end, &self.options)?;
        }
        if self.index.depth() == 0 && self.index.run != Run::None {
            // The tag is read again when the run was given out.
            return Ok(self.close_run(window));
        }
        self.pos = end;
        self.run_from = end;
        if self.index.depth() == 0 {
            self.place = Place::Epilog;
            return Ok(Progress::RootClosed);
        }
        Ok(self.leave(window, p, end))
    }

    /// Where the markup at `p` ends, if it does in `d`.
    pub(crate) fn markup_end(&mut self, kind: Kind, d: &[u8], p: usize) -> Result<Option<usize>, Fault> {
        let mut pending = self.pending.take().unwrap_or_else(|| Pending::new(kind, p));
        let end = pending.feed(d);
        markup::within_limit(kind, p, end.unwrap_or(d.len()), &self.options)?;
        if end.is_none() {
            self.pending = Some(pending);
        }
        Ok(end)
    }

    /// A comment, an instruction or a CDATA section inside the root. `false`: it does not end in the window.
    #[cold]
    fn other_markup(&mut self, window: &str, p: usize) -> Result<bool, Fault> {
        let d = window.as_bytes();
        let Some(kind) = markup::kind(d, p)? else { return Ok(false) };
        if kind == Kind::Doctype {
            return Err(Fault::new(p, Problem::LateDoctype));
        }
        let Some(end) = self.markup_end(kind, d, p)? else { return Ok(false) };
        let mut flags = seen::MARKUP;
        markup::check(kind, window, p, end, self.options.repairs(), &mut flags)?;
        if kind == Kind::Section && window.get(p..end).is_some_and(|section| section.contains('\r')) {
            flags |= seen::RETURN;
        }
        self.index.mark(flags);
        if kind == Kind::Section && end - p - "<![CDATA[]]>".len() > self.options.most(Limit::TextBytes) {
            self.lose_text(window);
        }
        self.pos = end;
        self.run_from = end;
        Ok(true)
    }

    /// Comments, instructions and white space behind the root, up to the end of the body.
    fn epilog(&mut self, window: &str, after: After) -> Result<Option<Step>, Fault> {
        let d = window.as_bytes();
        loop {
            while d.get(self.pos).is_some_and(|&b| chars::is_space(b)) {
                self.pos += 1;
            }
            let Some(&next) = d.get(self.pos) else { break };
            let behind = Fault::new(self.pos, Problem::Behind);
            if next != b'<' {
                return Err(behind);
            }
            match markup::kind(d, self.pos)? {
                None => return Ok(Some(Step::NeedInput)),
                Some(kind @ (Kind::Comment | Kind::Instruction)) => {
                    if !self.misc(window, kind)? {
                        return Ok(Some(Step::NeedInput));
                    }
                }
                Some(_) => return Err(behind),
            }
        }
        match after {
            After::End if self.place == Place::Epilog => {
                self.place = Place::End;
                // Another root than multistatus is given out now that the body is known to be complete.
                let is_whole = !self.is_multistatus();
                Ok(if is_whole { Some(Step::Item) } else { None })
            }
            _ => Ok(Some(Step::NeedInput)),
        }
    }

    /// A comment or an instruction outside the root. `false`: it does not end in the window.
    pub(crate) fn misc(&mut self, window: &str, kind: Kind) -> Result<bool, Fault> {
        let Some(end) = self.markup_end(kind, window.as_bytes(), self.pos)? else { return Ok(false) };
        let mut flags = 0;
        markup::check(kind, window, self.pos, end, self.options.repairs(), &mut flags)?;
        text::note_repairs(flags, &mut self.trail.notes);
        self.pos = end;
        self.run_from = end;
        Ok(true)
    }

    /// An item is complete. It can be lent, unless it is lost.
    fn item(&mut self) -> Result<Step, Error> {
        self.given = true;
        self.trail.notes.add(self.index.notes);
        let Some(loss) = self.index.loss.take() else { return Ok(Step::Item) };
        self.trail.faults += 1;
        let path = if self.is_multistatus() { path::below("multistatus", &loss.path) } else { loss.path };
        Err(self.error(loss.problem, self.child.start + loss.at, path, ""))
    }

    fn is_multistatus(&self) -> bool {
        self.root == Some(RootKind::Multistatus)
    }

    /// The fault that ends the reading, as a caller sees it.
    #[cold]
    fn fatal(&self, fault: Fault, window: &str) -> Error {
        let text = self.child_text(window);
        let path = match self.index.innermost() {
            Some(id) => path::of_node(&self.index.nodes, text, id, self.index.number),
            None => path::of_names(self.index.open_names(text)),
        };
        let path = match self.place {
            Place::Children => path::below("multistatus", &path),
            _ => path,
        };
        let at = fault.at.min(window.len());
        self.error(fault.problem, at, path, window.get(at..).unwrap_or_default())
    }

    /// `rest` is the text at the fault.
    #[cold]
    fn error(&self, problem: Problem, at: usize, path: String, rest: &str) -> Error {
        let root = self.root.map(|root| root.expanded().into()).or_else(|| self.strange_root.clone());
        let message = problem.message(rest, root.as_deref());
        Error::new(problem.kind(root.as_deref()), self.offset(at), path, message, root)
    }

    /// The root is not the one that was asked for.
    pub(crate) fn refuse_root(&mut self, window: &str) -> Error {
        let fault = Fault::new(self.child.start, Problem::NotDav(super::fault::Strange::Root));
        let error = self.fatal(fault, window);
        self.failed = Some(error.clone());
        error
    }
}

/// How far a tag has brought us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    More,
    NeedInput,
    Item,
    RootClosed,
}

/// Checks the end tag from `p` to `end`, whose name must be `expected`.
#[cold]
fn end_name(window: &str, p: usize, end: usize, expected: &[u8], options: &Options) -> Result<(), Fault> {
    let content = window.get(p + 2..end - 1).unwrap_or_default();
    let (name, _) = tag::element_name(content, options).ok_or(Fault::new(p, Problem::EndName))?;
    if content.as_bytes().get(..name.len) != Some(expected) {
        return Err(Fault::new(p, Problem::EndMismatch));
    }
    let is_blank = content.bytes().skip(name.len).all(chars::is_space);
    if is_blank { Ok(()) } else { Err(Fault::new(p, Problem::EndName)) }
}
