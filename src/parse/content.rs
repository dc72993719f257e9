//! Between the tags of the root: character data, tags and other markup, each entered into the index.

use super::{
    chars::{self, seen},
    fault::{Fault, Problem},
    grammar::{self, Role},
    index::{Run, Start, flag},
    markup::{self, Kind},
    scan::{Place, Scanner, Step},
    scope::NamespaceId,
    tag,
};
use crate::{Limit, Options, Tolerance, options::Notes};

impl Scanner {
    /// Everything between the root's tags, up to the next item. `None`: the root was closed.
    pub(crate) fn content(&mut self, head: &str, window: &str) -> Result<Option<Step>, Fault> {
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
    pub(crate) fn child_text<'w>(&self, window: &'w str) -> &'w str {
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
