//! Between the tags of the root: character data, tags and other markup, each entered into the index.

use super::{
    chars::{self, seen},
    fault::{Fault, Problem},
    grammar::{self, Role},
    index::{Run, Start, flag},
    markup::{self, Kind},
    scan::{Part, Scanner, Step},
    scope::{self, Texts},
    tag::{self, Site},
    text,
};
use crate::{Limit, Options, Tolerance, options::Notes};

impl Scanner {
    /// Everything between the root's tags, up to the next item. `None`: the root was closed.
    pub(crate) fn content(&mut self, head: &str, window: &str) -> Result<Option<Step>, Fault> {
        let d = window.as_bytes();
        loop {
            if self.in_section && !self.section(head, window)? {
                return Ok(Some(Step::NeedInput));
            }
            let Some(p) = self.character_data(head, window)? else {
                self.lose_what_grew(head, window, self.pos);
                return Ok(Some(Step::NeedInput));
            };
            let progress = match d.get(p + 1) {
                Some(b'/') => self.end_tag(head, window, p)?,
                Some(b'!' | b'?') => self.other_markup(head, window, p)?,
                Some(_) => self.start_tag(head, window, p)?,
                None => Progress::NeedInput,
            };
            match progress {
                Progress::More => {}
                Progress::NeedInput => return Ok(Some(Step::NeedInput)),
                Progress::Item => return Ok(Some(Step::Item)),
                Progress::RootClosed => return Ok(None),
            }
        }
    }

    /// Whether reading goes on among the children of a multistatus, in none of them.
    #[inline]
    fn is_between(&self) -> bool {
        self.part == Part::Children && self.index.depth() == 0
    }

    /// Where the child begins that the tag at `p` is part of: with it, unless it is inside one or may join a run.
    #[inline]
    fn origin(&self, p: usize) -> usize {
        if self.is_between() && self.index.run == Run::None { p } else { self.child.start }
    }

    /// Reads up to the next `<`, if it is there.
    #[inline]
    fn character_data(&mut self, head: &str, window: &str) -> Result<Option<usize>, Fault> {
        let d = window.as_bytes();
        let mut p = self.pos;
        // A line feed between two tags is the commonest text of all.
        if let Some([b'\n', b'<']) = d.get(p..p + 2) {
            p += 1;
        }
        if d.get(p) != Some(&b'<') {
            let mut flags = 0;
            p = chars::text_end(d, self.run_from, p, self.options.repairs(), &mut flags)?;
            self.mark(flags);
        }
        if p - self.run_from > self.options.most(Limit::TextBytes) {
            self.lose_text(head, window, p);
        }
        self.pos = p;
        Ok(Some(p).filter(|p| d.get(*p) == Some(&b'<')))
    }

    /// Keeps what was seen in a text: with the element around it, repairs with the response.
    #[inline]
    fn mark(&mut self, flags: u16) {
        if flags != 0 {
            self.index.mark(flags);
            let is_between = self.is_between();
            text::note_repairs(flags, if is_between { &mut self.trail.notes } else { &mut self.index.notes });
        }
    }

    /// The text that was read up to `p` is longer than allowed.
    #[cold]
    fn lose_text(&mut self, head: &str, window: &str, p: usize) {
        let text_may_end = self.run_from.saturating_add(self.options.most(Limit::TextBytes));
        let child_may_end = self.child.start.saturating_add(self.options.most(Limit::ResponseBytes));
        if child_may_end <= text_may_end {
            // The child passes its limit before the text does: that comes first, as it does in small chunks.
            self.lose_what_grew(head, window, p);
        }
        if let Some(id) = self.index.innermost() {
            let at = self.index.nodes.get(id as usize).map_or(0, |n| n.at()) as usize;
            self.lose(head, window, Problem::Limit(Limit::TextBytes), at, id);
        }
    }

    /// Makes the child that is being read an error item, for what stands at `at` of it.
    #[cold]
    fn lose(&mut self, head: &str, window: &str, problem: Problem, at: usize, node: u32) {
        if self.index.loss.is_some() {
            return;
        }
        // From now on it is the part of the window that is kept of the child: nothing, until `keep_names` puts names
        // there.
        self.child.end = self.child.start;
        let texts = texts(head, window, self.child.start, &self.scopes);
        self.index.lose(problem, at, node, &texts);
    }

    /// The child that is being read reaches to `end` and is longer than allowed.
    #[inline]
    fn lose_if_too_long(&mut self, head: &str, window: &str, end: usize) {
        if end - self.child.start > self.options.most(Limit::ResponseBytes) {
            let id = self.index.innermost().unwrap_or_default();
            self.lose(head, window, Problem::Limit(Limit::ResponseBytes), 0, id);
        }
        if let Some(run) =
            self.run_around.as_ref().filter(|run| end - run.start > self.options.most(Limit::ResponseBytes))
        {
            // The run is kept while this child is read, so the limit counts both.
            let texts = texts(head, window, run.start, &self.scopes);
            self.aside.lose(Problem::Limit(Limit::ResponseBytes), 0, 0, &texts);
        }
    }

    /// The same for a child or run that reaches to `p` without a tag that ends there. Between children there is none.
    #[cold]
    fn lose_what_grew(&mut self, head: &str, window: &str, p: usize) {
        if !self.is_between() || self.index.run != Run::None {
            self.lose_if_too_long(head, window, p);
        }
    }

    fn start_tag(&mut self, head: &str, window: &str, p: usize) -> Result<Progress, Fault> {
        let d = window.as_bytes();
        let is_root = self.part == Part::Whole && self.index.depth() == 0;
        if self.pending.is_none() && !is_root {
            if let Some(name) = chars::name(window.get(p + 1..).unwrap_or_default()) {
                // No attributes and no blanks.
                let name_end = p + 1 + name.len;
                match (d.get(name_end), d.get(name_end + 1)) {
                    (Some(b'>'), _) => return self.plain_tag(head, window, p, name, name_end + 1),
                    (Some(b'/'), Some(b'>')) => return self.plain_tag(head, window, p, name, name_end + 2),
                    _ => {}
                }
            }
        }
        let Some(end) = self.markup_end(Kind::Tag, d, p)? else { return Ok(Progress::NeedInput) };
        self.full_tag(head, window, p, end)
    }

    /// A tag that is only a name; it ends at `end`.
    #[inline(always)]
    fn plain_tag(
        &mut self,
        head: &str,
        window: &str,
        p: usize,
        name: chars::Lexeme,
        end: usize,
    ) -> Result<Progress, Fault> {
        markup::within_limit(p, end, &self.options)?;
        if name.len > self.options.most(Limit::NameBytes) {
            return Err(Fault::new(p, Problem::Limit(Limit::NameBytes)));
        }
        let content = window.get(p + 1..end - 1).unwrap_or_default();
        let namespace = tag::element_namespace(content, name, p, &self.scopes)?;
        let is_empty = end > p + 2 + name.len;
        let flags = if is_empty { flag::EMPTY_TAG } else { 0 };
        let start = Start {
            name,
            namespace,
            at: p,
            end,
            flags,
            outside: self.scopes.len(),
            side: self.scopes.side.len(),
        };
        self.enter(head, window, start, Notes::default())
    }

    fn full_tag(&mut self, head: &str, window: &str, p: usize, end: usize) -> Result<Progress, Fault> {
        let content = window.get(p + 1..end - 1).unwrap_or_default();
        let (content, mut flags) =
            content.strip_suffix('/').map_or((content, 0), |content| (content, flag::EMPTY_TAG));
        let origin = self.origin(p);
        let text = window.get(origin..).unwrap_or_default();
        let site = Site { content, at: p, origin, place: scope::Place::Text, head, text };
        let mut notes = Notes::default();
        let side = self.scopes.side.len();
        let mut tag = self.tags.read(&site, &mut self.scopes, &self.options, &mut notes)?;
        if self.part == Part::Whole && self.index.depth() == 0 {
            // What the prolog has repaired to know the root is to be repaired inside it.
            self.repair_root(&mut tag, content, p)?;
        }
        flags |= tag.flags;
        if tag.forbidden {
            flags |= seen::FORBIDDEN;
        }
        let start =
            Start { name: tag.name, namespace: tag.namespace, at: p, end, flags, outside: tag.outside, side };
        self.enter(head, window, start, notes)
    }

    /// Takes a start tag into the index, its places still counted from the start of the window.
    fn enter(&mut self, head: &str, window: &str, mut start: Start, notes: Notes) -> Result<Progress, Fault> {
        let (p, end) = (start.at, start.end);
        let depth = self.index.depth() + usize::from(self.part == Part::Children);
        if depth >= self.options.most(Limit::Depth) {
            return Err(Fault::new(p, Problem::Limit(Limit::Depth)));
        }
        let qualified = window.get(p + 1..p + 1 + start.name.len).unwrap_or_default().as_bytes();
        let local = qualified.get(start.name.local..).unwrap_or_default();
        let is_child = self.is_between();
        if self.is_nested(p, start.namespace, local) {
            return Err(Fault::new(p, Problem::Nested));
        }
        let parent = self.index.role().unwrap_or(Role::Multistatus);
        let mut role = match self.root {
            // The start tag of another root than multistatus.
            Some(root) if depth == 0 => root.role(),
            _ => grammar::role(parent, start.namespace.is_dav(), local),
        };
        if role == Role::Other {
            let texts = texts(head, window, self.origin(p), &self.scopes);
            let repairs = self.options.repairs();
            let flags;
            (role, flags) = grammar::unexpected(parent, start.namespace, qualified, &texts, repairs);
            start.flags |= flags;
        }
        let is_out_of_place = start.flags & (flag::FOREIGN | flag::MISPLACED) != 0;
        // What an element in a wrong namespace has to say is lost, but not which response it belonged to.
        let meant = if is_child && is_out_of_place { grammar::meant(qualified) } else { role };
        if is_child && self.index.run != Run::None {
            self.lose_what_grew(head, window, p);
            let ends_run = match (meant, self.index.run) {
                (Role::Href, run) => run != Run::Hrefs,
                (Role::Response, Run::Foreign) => true,
                _ => role == Role::Response,
            };
            if ends_run {
                // The tag is read again when the run was given out.
                self.scopes.leave(start.outside);
                return Ok(self.close_run(head, window));
            }
            if !meant.joins_run() && !is_out_of_place {
                // The tag is read again as one that does not belong to the run around it.
                self.scopes.leave(start.outside);
                std::mem::swap(&mut self.index, &mut self.aside);
                self.run_around = Some(self.child.clone());
                self.scopes.side.truncate(start.side);
                self.run_side = start.side;
                return Ok(Progress::More);
            }
        }
        if start.namespace.is_undeclared() {
            let tolerance = match start.name.qualified {
                true => Tolerance::UndeclaredPrefix,
                false => Tolerance::ColonInName,
            };
            tag::tolerate(tolerance, p, &self.options, &mut self.index.notes)?;
        }
        if is_child {
            if self.index.run == Run::None {
                self.begin_child(p, meant, is_out_of_place);
            }
            if self.index.run != Run::None {
                self.index.join_run(meant);
            }
        }
        self.index.notes.add(notes);
        let has_forbidden_name = start.flags & seen::FORBIDDEN != 0;
        start.flags &= !seen::FORBIDDEN;
        start.at = p - self.child.start;
        start.end = end - self.child.start;
        self.lose_if_too_long(head, window, end);
        let mut problem = self.index.start(&start, role, &self.options);
        if has_forbidden_name {
            problem = Some(Problem::ForbiddenInName);
        }
        if is_child && is_out_of_place {
            let is_foreign = start.flags & flag::FOREIGN != 0;
            problem = Some(if is_foreign { Problem::ForeignName } else { Problem::Misplaced });
        }
        if let Some(problem) = problem {
            let id = self.index.innermost().unwrap_or_default();
            self.lose(head, window, problem, start.at, id);
        }
        self.pos = end;
        self.run_from = end;
        let is_empty = start.flags & flag::EMPTY_TAG != 0;
        if is_empty { Ok(self.leave(head, window, end, end)) } else { Ok(Progress::More) }
    }

    /// Makes ready for the child of the root that begins at `p`.
    fn begin_child(&mut self, p: usize, role: Role, is_out_of_place: bool) {
        self.child = p..p;
        self.index.base = self.offset(p);
        let run = match role {
            Role::Response if is_out_of_place => Run::Foreign,
            role if role.joins_run() => Run::Hrefs,
            _ => Run::None,
        };
        if run != Run::None || role == Role::Response || is_out_of_place {
            self.trail.responses += 1;
            self.index.number = self.trail.responses;
        }
        if run != Run::None {
            self.index.begin_run(run);
        }
    }

    /// The innermost element ends, its end tag being from `at` to `end`.
    #[inline]
    fn leave(&mut self, head: &str, window: &str, at: usize, end: usize) -> Progress {
        self.lose_if_too_long(head, window, end);
        let Some(closed) = self.index.end(at - self.child.start, &self.options) else {
            return Progress::RootClosed;
        };
        if let Some(problem) = closed.problem {
            self.lose(head, window, problem, closed.at, closed.node);
        }
        if closed.role == Role::Response {
            let texts = texts(head, window, self.child.start, &self.scopes);
            self.index.check(closed.node, &texts, &self.options);
        }
        self.scopes.leave(closed.outside);
        if self.index.loss.is_some() {
            self.scopes.forget_side(self.outer_side());
        }
        if self.index.depth() > 0 {
            return Progress::More;
        }
        self.close_child(head, window, closed.node, closed.role, end)
    }

    /// A child of the root, or another root than multistatus, is complete.
    fn close_child(&mut self, head: &str, window: &str, id: u32, role: Role, end: usize) -> Progress {
        if self.index.loss.is_none() {
            self.child.end = end;
        }
        let texts = texts(head, window, self.child.start, &self.scopes);
        if self.part == Part::Whole {
            self.index.check_root(&texts, &self.options);
            self.part = Part::Epilog;
            return Progress::RootClosed;
        }
        if self.index.run != Run::None {
            self.index.extend_run(end - self.child.start);
            return Progress::More;
        }
        let is_lost = self.index.loss.as_ref().is_some_and(|loss| {
            // Of what means nothing to us, only what it may hide counts.
            role != Role::Other || matches!(loss.problem, Problem::ForeignName | Problem::Misplaced)
        });
        if role == Role::Response || is_lost {
            return Progress::Item;
        }
        let value = || {
            chars::trim(&grammar::value(&self.index.nodes, texts.text, id, self.options.repairs())).to_owned()
        };
        match role {
            Role::SyncToken => self.trail.add_token(value()),
            Role::Description if self.trail.description.is_none() => self.trail.description = Some(value()),
            _ => {}
        }
        self.trail.notes.add(self.index.notes);
        self.next_child();
        Progress::More
    }

    /// The child of the root that was read last is done with.
    pub(crate) fn next_child(&mut self) {
        self.index.clear();
        self.nested_from = None;
        self.scopes.side.truncate(self.outer_side());
        if let Some(run) = self.run_around.take() {
            std::mem::swap(&mut self.index, &mut self.aside);
            self.child = run;
        }
    }

    /// Bytes on the side that belong to what is around the child: the run that it interrupts.
    fn outer_side(&self) -> usize {
        if self.run_around.is_some() { self.run_side } else { 0 }
    }

    /// The run of children before the one at hand is complete.
    fn close_run(&mut self, head: &str, window: &str) -> Progress {
        let texts = texts(head, window, self.child.start, &self.scopes);
        self.index.end_run(&texts, &self.options);
        Progress::Item
    }

    fn end_tag(&mut self, head: &str, window: &str, p: usize) -> Result<Progress, Fault> {
        let d = window.as_bytes();
        let expected = match self.index.open_name() {
            Some((at, len)) => d.get(self.child.start + at..self.child.start + at + len),
            None => head.as_bytes().get(1..1 + self.root_name),
        };
        let expected = expected.unwrap_or_default();
        let name_end = p + 2 + expected.len();
        let mut end = name_end + 1;
        // In a plain end tag `>` follows the name at once.
        if d.get(p + 2..name_end) != Some(expected)
            || d.get(name_end) != Some(&b'>')
            || self.pending.is_some()
        {
            end = match self.markup_end(Kind::EndTag, d, p)? {
                Some(end) => end,
                None => return Ok(Progress::NeedInput),
            };
            end_name(window, p, end, expected, &self.options)?;
        } else {
            markup::within_limit(p, end, &self.options)?;
        }
        if self.index.depth() == 0 && self.index.run != Run::None {
            self.lose_what_grew(head, window, p);
            // The tag is read again when the run was given out.
            return Ok(self.close_run(head, window));
        }
        self.pos = end;
        self.run_from = end;
        if self.index.depth() == 0 {
            self.part = Part::Epilog;
            return Ok(Progress::RootClosed);
        }
        Ok(self.leave(head, window, p, end))
    }

    /// A comment, an instruction or a CDATA section inside the root.
    #[cold]
    fn other_markup(&mut self, head: &str, window: &str, p: usize) -> Result<Progress, Fault> {
        let d = window.as_bytes();
        let Some(kind) = markup::kind(d, p)? else { return Ok(Progress::NeedInput) };
        // There may be many of them, and no tags.
        self.lose_what_grew(head, window, p);
        match kind {
            Kind::Doctype => return Err(Fault::new(p, Problem::LateDoctype)),
            _ if self.is_unclosed(kind, p) => return Err(Fault::new(p, kind.unclosed())),
            Kind::Section => {
                self.mark(seen::MARKUP);
                self.in_section = true;
                self.section_from = Some(p).filter(|_| self.options.salvages());
                self.pos = p + markup::SECTION.len();
                self.run_from = self.pos;
                return Ok(Progress::More);
            }
            _ => {}
        }
        let Some(end) = self.markup_end(kind, d, p)? else { return Ok(Progress::NeedInput) };
        let mut flags = seen::MARKUP;
        markup::check(kind, window, p, end, self.options.repairs(), &mut flags)?;
        self.mark(flags);
        self.pos = end;
        self.run_from = end;
        Ok(Progress::More)
    }

    /// The inside of a CDATA section, as far as it is there: it may be as long as a text. `false`: more is to come.
    #[cold]
    fn section(&mut self, head: &str, window: &str) -> Result<bool, Fault> {
        let inside = window.get(self.pos..).unwrap_or_default();
        let end = memchr::memmem::find(inside.as_bytes(), b"]]>");
        // Brackets at the end may be the first of those that end it.
        let brackets = if inside.ends_with("]]") { 2 } else { usize::from(inside.ends_with(']')) };
        let inside = inside.get(..end.unwrap_or(inside.len() - brackets)).unwrap_or_default();
        let mut flags = if inside.contains('\r') { seen::RETURN } else { 0 };
        let checked = chars::check(inside, self.pos, self.options.repairs(), &mut flags);
        let read = checked.map_or_else(|fault| fault.at, |()| self.pos + inside.len());
        if read - self.run_from > self.options.most(Limit::TextBytes) {
            self.lose_text(head, window, read);
        }
        self.lose_what_grew(head, window, read);
        let most = self.options.most(Limit::ResponseBytes);
        self.section_from = self.section_from.filter(|from| read - from <= most);
        if checked.is_err() && self.options.salvages() && self.section_from.is_none() {
            // The search for the next response begins inside the section.
            self.pos = read;
        }
        checked?;
        self.mark(flags);
        self.pos = read;
        if end.is_some() {
            self.in_section = false;
            self.section_from = None;
            self.pos += "]]>".len();
            self.run_from = self.pos;
        }
        Ok(end.is_some())
    }
}

/// The texts that namespace names stand in, of a child that begins at `origin`.
#[inline]
fn texts<'t>(head: &'t str, window: &'t str, origin: usize, scopes: &'t scope::Scopes) -> Texts<'t> {
    Texts { head, text: window.get(origin..).unwrap_or_default(), side: &scopes.side }
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
