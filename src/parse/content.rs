//! Reads what is between the tags of the root, and enters it into the index: character data, tags and other markup.

use super::{
    Fault, Item, Kind, Leniency, Lexeme, Parked, Place, Problem, Progress, Read, Role, Run, Salvage, Section,
    StartTag, TagSource, Tree, Walk, Window, decode, flag, is_space, markup, name, role, root, tag,
    text_scan, trim, within,
};
use crate::{Limit, Options, Tolerance, notes::Notes, text::slice};

impl Walk {
    /// Reads everything between the root's tags, up to the end of an item or of the root.
    pub(super) fn content(&mut self, window: Window<'_>) -> Read<Progress> {
        let d = window.text.as_bytes();
        loop {
            if self.cursor.section.is_some() && !self.section(window)? {
                return Ok(Progress::NeedInput);
            }
            let Some(p) = self.character_data(window)? else {
                self.lose_what_grew(window, self.cursor.pos);
                return Ok(Progress::NeedInput);
            };
            let progress = match d.get(p + 1) {
                Some(b'/') => self.end_tag(window, p)?,
                Some(b'!' | b'?') => self.other_markup(window, p)?,
                Some(_) => self.start_tag(window, p)?,
                None => Progress::NeedInput,
            };
            if progress != Progress::More {
                return Ok(progress);
            }
        }
    }

    /// Returns where the item of the tag at `p` begins: at `p`, unless the tag is inside an item or may join a run.
    #[inline]
    fn origin(&self, p: usize) -> usize {
        if self.is_between() && self.item.index.run == Run::None { p } else { self.item.range.start }
    }

    /// Reads character data up to the next `<`. Returns the place of the `<`; `None` when no `<` has come yet.
    #[inline]
    fn character_data(&mut self, window: Window<'_>) -> Read<Option<usize>> {
        let d = window.text.as_bytes();
        let mut p = self.cursor.pos;
        // A line feed between two tags is the commonest text of all.
        if let Some([b'\n', b'<']) = d.get(p..p + 2) {
            p += 1;
        }
        if d.get(p) != Some(&b'<') {
            let mut flags = 0;
            p = text_scan::text_end(d, self.cursor.text_from, p, self.options.repairs(), &mut flags)?;
            self.mark(flags);
        }
        if p - self.cursor.text_from > self.options.most(Limit::TextBytes) {
            self.lose_text(window, p);
        }
        self.cursor.pos = p;
        Ok(Some(p).filter(|p| d.get(*p) == Some(&b'<')))
    }

    /// Keeps what was seen in a text: flags go to the element around the text, repairs to the response or to the root.
    #[inline]
    fn mark(&mut self, flags: u16) {
        if flags != 0 {
            self.item.index.mark(flags);
            let is_between = self.is_between();
            let notes = if is_between { &mut self.facts.notes } else { &mut self.item.index.notes };
            decode::note_repairs(flags, notes);
        }
    }

    fn start_tag(&mut self, window: Window<'_>, p: usize) -> Read<Progress> {
        let d = window.text.as_bytes();
        let is_root = self.item.index.depth() == 0 && !self.root.is_multistatus();
        if self.cursor.pending.is_none() && !is_root {
            if let Some(name) = name::name(window.from(p + 1)) {
                // The tag has no attributes and no blanks.
                let name_end = p + 1 + name.len;
                match (d.get(name_end), d.get(name_end + 1)) {
                    (Some(b'>'), _) => return self.plain_tag(window, p, name, name_end + 1),
                    (Some(b'/'), Some(b'>')) => return self.plain_tag(window, p, name, name_end + 2),
                    _ => {}
                }
            }
        }
        let Some(end) = self.markup_end(Kind::Tag, window, p)? else { return Ok(Progress::NeedInput) };
        self.full_tag(window, p, end, is_root)
    }

    /// Reads a tag that is only a name, and ends at `end`.
    #[inline(always)]
    fn plain_tag(&mut self, window: Window<'_>, p: usize, name: Lexeme, end: usize) -> Read<Progress> {
        within(Limit::TagBytes, end - p, p, &self.options)?;
        within(Limit::NameBytes, name.len, p, &self.options)?;
        let content = slice(window.text, p + 1..end - 1);
        let namespace = tag::element_namespace(content, name, p, &self.scopes)?;
        let tag = StartTag::plain(name, namespace, p, end, &self.scopes);
        self.enter(window, tag, Notes::default())
    }

    fn full_tag(&mut self, window: Window<'_>, p: usize, end: usize, is_root: bool) -> Read<Progress> {
        let source = TagSource::new(window.text, window.root_tag, p, end, Place::Text, self.origin(p));
        let mut notes = Notes::default();
        let (options, scopes) = (&self.options, &mut self.scopes);
        let mut tag = self.tags.read(&source, scopes, &mut Leniency { options, notes: &mut notes })?;
        if is_root {
            // The prolog has made this repair to recognise the root. The root, read again as an item, needs it again.
            let leniency = &mut Leniency { options, notes: &mut self.facts.notes };
            root::repair_namespace(&mut tag, source.content, scopes, leniency)?;
        }
        self.enter(window, tag, notes)
    }

    /// Takes a start tag into the index. The places in `tag` still count from the start of the window.
    fn enter(&mut self, window: Window<'_>, mut tag: StartTag, notes: Notes) -> Read<Progress> {
        let (p, end) = (tag.at, tag.end);
        let depth = self.item.index.depth() + usize::from(self.root.is_multistatus());
        within(Limit::Depth, depth + 1, p, &self.options)?;
        let qualified = slice(window.text, p + 1..p + 1 + tag.name.len).as_bytes();
        let local = qualified.get(tag.name.local..).unwrap_or_default();
        let is_child = self.is_between();
        if local == b"response" && self.is_nested(&tag) {
            return Err(Fault::new(p, Problem::Nested));
        }
        let parent = self.item.index.role().unwrap_or(Role::Multistatus);
        let mut role = match self.root.kind {
            // The start tag of a root other than multistatus.
            Some(root) if depth == 0 => root.role(),
            _ => role::role(parent, tag.namespace.is_dav(), local),
        };
        if role == Role::Other {
            let texts = Item::texts_from(self.origin(p), window, &self.scopes);
            let repairs = self.options.repairs();
            let flags;
            (role, flags) = role::unexpected(parent, tag.namespace, qualified, &texts, repairs);
            tag.flags |= flags;
        }
        let is_out_of_place = tag.flags & (flag::FOREIGN | flag::MISPLACED) != 0;
        // An element out of place is lost. The role it was meant to have still decides which response it belongs to.
        let meant = if is_child && is_out_of_place { role::meant(qualified) } else { role };
        if is_child && self.item.index.run != Run::None {
            self.lose_what_grew(window, p);
            if self.item.index.run.is_ended_by(role, meant) {
                // The tag is read again after the run was given out.
                self.scopes.leave(tag.outside);
                return Ok(self.close_run(window));
            }
            if !meant.joins_run() && !is_out_of_place {
                // The tag is read again as a child that interrupts the run and does not belong to it.
                self.scopes.leave(tag.outside);
                self.scopes.decoded.truncate(tag.decoded);
                let index = std::mem::take(&mut self.spare);
                let item = std::mem::replace(&mut self.item, Item { range: p..p, index });
                self.parked = Some(Parked { item, decoded: tag.decoded });
                return Ok(Progress::More);
            }
        }
        if tag.namespace.is_undeclared() {
            let tolerance = match tag.name.qualified {
                true => Tolerance::UndeclaredPrefix,
                false => Tolerance::ColonInName,
            };
            Leniency { options: &self.options, notes: &mut self.item.index.notes }.forgive(tolerance, p)?;
        }
        if is_child {
            if self.item.index.run == Run::None {
                self.begin_child(p, meant, is_out_of_place);
            }
            self.item.index.run = self.item.index.run.with(meant);
        }
        self.item.index.notes.add(notes);
        let has_forbidden_name = tag.flags & flag::FORBIDDEN != 0;
        tag.flags &= !flag::FORBIDDEN;
        tag.at = p - self.item.range.start;
        tag.end = end - self.item.range.start;
        self.lose_if_too_long(window, end);
        let mut problem = self.item.index.start(&tag, role, &self.options);
        if has_forbidden_name {
            problem = Some(Problem::ForbiddenInName);
        }
        if is_child && is_out_of_place {
            let is_foreign = tag.flags & flag::FOREIGN != 0;
            problem = Some(if is_foreign { Problem::ForeignName } else { Problem::Misplaced });
        }
        if let Some(problem) = problem {
            let id = self.item.index.innermost().unwrap_or_default();
            self.lose(window, problem, tag.at, id);
        }
        self.cursor.go_to(end);
        if tag.is_empty() { Ok(self.leave(window, end, end)) } else { Ok(Progress::More) }
    }

    /// Begins an item with the child of the root at `p`.
    fn begin_child(&mut self, p: usize, meant: Role, is_out_of_place: bool) {
        self.item.range = p..p;
        self.item.index.base = self.cursor.offset(p);
        let run = Run::begun_by(meant, is_out_of_place);
        if run != Run::None || meant == Role::Response || is_out_of_place {
            self.facts.found += 1;
            self.item.index.number = self.facts.found;
        }
        if run != Run::None {
            self.item.index.begin_run(run);
        }
    }

    /// Closes the innermost element, whose end tag goes from `at` to `end`.
    #[inline]
    fn leave(&mut self, window: Window<'_>, at: usize, end: usize) -> Progress {
        self.lose_if_too_long(window, end);
        let Some(closed) = self.item.index.end(at - self.item.range.start, &self.options) else {
            return Progress::RootClosed;
        };
        if let Some(problem) = closed.problem {
            self.lose(window, problem, closed.at, closed.node);
        }
        if closed.role == Role::Response {
            let texts = self.item.texts(window, &self.scopes);
            self.item.index.check(closed.node, &texts, &self.options);
        }
        self.scopes.leave(closed.outside);
        if self.item.index.loss.is_some() {
            self.scopes.forget_decoded(self.parked_decoded());
        }
        if self.item.index.depth() > 0 {
            return Progress::More;
        }
        self.close_child(window, closed.node, closed.role, end)
    }

    /// Completes a child of the root, or a root other than multistatus.
    fn close_child(&mut self, window: Window<'_>, id: u32, role: Role, end: usize) -> Progress {
        if self.item.index.loss.is_none() {
            self.item.range.end = end;
        }
        let texts = self.item.texts(window, &self.scopes);
        let index = &mut self.item.index;
        if !self.root.is_multistatus() {
            index.check_root(&texts, &self.options);
            return Progress::RootClosed;
        }
        if index.run != Run::None {
            index.extend_run(end - self.item.range.start);
            return Progress::More;
        }
        let is_lost = index.loss.as_ref().is_some_and(|loss| {
            // An unknown element over a limit makes no error item, unless it was meant to be part of the structure.
            role != Role::Other || matches!(loss.problem, Problem::ForeignName | Problem::Misplaced)
        });
        if role == Role::Response || is_lost {
            return Progress::Item;
        }
        let tree = Tree { nodes: &index.nodes, text: texts.text, repairs: self.options.repairs() };
        let value = || trim(&tree.value(id)).to_owned();
        match role {
            Role::SyncToken => self.facts.add_token(value()),
            Role::Description if self.facts.description.is_none() => self.facts.description = Some(value()),
            _ => {}
        }
        self.facts.notes.add(self.item.index.notes);
        self.next_item();
        Progress::More
    }

    /// Completes the run, which ends before the tag at hand.
    fn close_run(&mut self, window: Window<'_>) -> Progress {
        let texts = self.item.texts(window, &self.scopes);
        self.item.index.end_run(&texts, &self.options);
        Progress::Item
    }

    fn end_tag(&mut self, window: Window<'_>, p: usize) -> Read<Progress> {
        let d = window.text.as_bytes();
        let expected = match self.item.index.open_name() {
            Some((at, len)) => d.get(self.item.range.start + at..self.item.range.start + at + len),
            None => window.root_tag.as_bytes().get(1..1 + self.root.name_len),
        };
        let expected = expected.unwrap_or_default();
        let name_end = p + 2 + expected.len();
        let mut end = name_end + 1;
        // In a plain end tag `>` follows the name at once.
        if d.get(p + 2..name_end) != Some(expected)
            || d.get(name_end) != Some(&b'>')
            || self.cursor.pending.is_some()
        {
            end = match self.markup_end(Kind::EndTag, window, p)? {
                Some(end) => end,
                None => return Ok(Progress::NeedInput),
            };
            check_end_tag(window.text, p, end, expected, &self.options)?;
        } else {
            within(Limit::TagBytes, end - p, p, &self.options)?;
        }
        let closes_root = self.item.index.depth() == 0;
        if closes_root && self.item.index.run != Run::None {
            self.lose_what_grew(window, p);
            // The tag is read again after the run was given out.
            return Ok(self.close_run(window));
        }
        self.cursor.go_to(end);
        if closes_root { Ok(Progress::RootClosed) } else { Ok(self.leave(window, p, end)) }
    }

    /// Reads a comment, an instruction or the opening of a CDATA section, inside the root.
    #[cold]
    fn other_markup(&mut self, window: Window<'_>, p: usize) -> Read<Progress> {
        let Some(kind) = markup::kind(window.text.as_bytes(), p)? else { return Ok(Progress::NeedInput) };
        // Many comments may come without a tag between them, so the limit is checked here, too.
        self.lose_what_grew(window, p);
        let is_unclosed = |salvage: &Salvage| salvage.is_unclosed(kind, self.cursor.offset(p));
        match kind {
            Kind::Doctype => return Err(Fault::new(p, Problem::LateDoctype)),
            _ if self.salvage.as_deref().is_some_and(is_unclosed) => {
                return Err(Fault::new(p, kind.unclosed()));
            }
            Kind::Section => {
                self.mark(flag::MARKUP);
                let restart = Some(p).filter(|_| self.salvage.is_some());
                self.cursor.section = Some(Section { restart });
                self.cursor.go_to(p + markup::SECTION.len());
                return Ok(Progress::More);
            }
            _ => {}
        }
        let Some(end) = self.markup_end(kind, window, p)? else { return Ok(Progress::NeedInput) };
        let mut flags = flag::MARKUP;
        markup::check(kind, window.text, p, end, self.options.repairs(), &mut flags)?;
        self.mark(flags);
        self.cursor.go_to(end);
        Ok(Progress::More)
    }

    /// Reads a CDATA section, which may be as long as a text, as far as it has come. Returns whether its end has come.
    #[cold]
    fn section(&mut self, window: Window<'_>) -> Read<bool> {
        let from = self.cursor.pos;
        let inside = window.from(from);
        let end = memchr::memmem::find(inside.as_bytes(), b"]]>");
        // Brackets at the end of the window may be the first ones of the `]]>` that ends the section.
        let brackets = if inside.ends_with("]]") { 2 } else { usize::from(inside.ends_with(']')) };
        let inside = slice(inside, ..end.unwrap_or(inside.len() - brackets));
        let mut flags = if inside.contains('\r') { flag::RETURN } else { 0 };
        let checked = text_scan::check(inside, from, self.options.repairs(), &mut flags);
        let read = checked.map_or_else(|fault| fault.at, |()| from + inside.len());
        if read - self.cursor.text_from > self.options.most(Limit::TextBytes) {
            self.lose_text(window, read);
        }
        self.lose_what_grew(window, read);
        let most = self.options.most(Limit::ResponseBytes);
        let restart = self.cursor.restart().filter(|restart| read - restart <= most);
        self.cursor.section = Some(Section { restart });
        if checked.is_err() && self.salvage.is_some() && restart.is_none() {
            // The search for the next response begins inside the section.
            self.cursor.pos = read;
        }
        checked?;
        self.mark(flags);
        self.cursor.pos = read;
        if end.is_some() {
            self.cursor.section = None;
            self.cursor.go_to(read + "]]>".len());
        }
        Ok(end.is_some())
    }
}

/// Checks the end tag from `p` to `end`, whose name must be `expected`.
#[cold]
fn check_end_tag(text: &str, p: usize, end: usize, expected: &[u8], options: &Options) -> Read<()> {
    let content = slice(text, p + 2..end - 1);
    let (name, _) = tag::element_name(content, options).ok_or(Fault::new(p, Problem::EndName))?;
    if content.as_bytes().get(..name.len) != Some(expected) {
        return Err(Fault::new(p, Problem::EndMismatch));
    }
    let is_blank = content.bytes().skip(name.len).all(is_space);
    if is_blank { Ok(()) } else { Err(Fault::new(p, Problem::EndName)) }
}
