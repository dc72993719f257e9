//! The walk through the document: the data that every state of the machine reads with.

use super::{
    After, BYTE_ORDER_MARK, Cursor, Fault, Guard, Index, Item, Kind, Leniency, Parked, Problem, Read, Root,
    RootFacts, Salvage, Scopes, TagReader, Window, decode, markup,
};
use crate::{Options, Repair, Tolerance};

/// How far a state has come. `Scanner::steps` decides which state follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// The state goes on at once.
    More,
    /// The window is used up.
    NeedInput,
    /// The start tag of the root was read.
    Root {
        is_empty: bool,
    },
    /// An item is complete.
    Item,
    /// After a fault, the next response was found.
    Found,
    RootClosed,
    BodyEnded,
}

/// What every state reads with, and what the states have found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) options: Options,
    pub(super) guard: Guard,
    pub(super) cursor: Cursor,
    pub(super) scopes: Scopes,
    pub(super) tags: TagReader,
    pub(super) root: Root,
    pub(super) facts: RootFacts,
    pub(super) item: Item,
    pub(super) parked: Option<Parked>,
    /// An empty index for the next item that interrupts a run: its memory is used again.
    pub(super) spare: Index,
    /// What the search for the next response needs; `None` without [`Options::salvage`].
    pub(super) salvage: Option<Box<Salvage>>,
}

impl Walk {
    pub(super) fn new(options: &Options) -> Self {
        Walk {
            options: options.clone(),
            guard: Guard { charset: options.charset.clone(), ..Guard::default() },
            salvage: options.salvages().then(Box::default),
            ..Walk::default()
        }
    }

    /// Moves all places, because the window lost `bytes` before the place where reading goes on.
    pub(super) fn shift(&mut self, bytes: usize) {
        // Places in namespaces and in the index count from the start of the item, so they stay.
        let Walk {
            guard,
            cursor,
            root,
            item,
            parked,
            salvage,
            options: _,
            scopes: _,
            tags: _,
            facts: _,
            spare: _,
        } = self;
        guard.shift(bytes);
        cursor.shift(bytes);
        item.shift(bytes);
        // A stream keeps its own copy of the root's start tag.
        root.tag = 0..0;
        if let Some(parked) = parked {
            parked.item.shift(bytes);
        }
        if let Some(salvage) = salvage {
            salvage.shift(bytes);
        }
    }

    /// Whether reading goes on between the children of a multistatus, inside none of them.
    #[inline]
    pub(super) fn is_between(&self) -> bool {
        self.item.index.depth() == 0 && self.root.is_multistatus()
    }

    /// Forgets the item that was read last. If it has interrupted a run, reading goes back to that run.
    pub(super) fn next_item(&mut self) {
        self.item.index.clear();
        if let Some(salvage) = &mut self.salvage {
            salvage.nested_from = None;
        }
        self.scopes.decoded.truncate(self.parked_decoded());
        if let Some(parked) = self.parked.take() {
            self.spare = std::mem::replace(&mut self.item, parked.item).index;
        }
    }

    /// Returns how many bytes of decoded names belong to the run that the item interrupts.
    pub(super) fn parked_decoded(&self) -> usize {
        self.parked.as_ref().map_or(0, |parked| parked.decoded)
    }

    /// Forgives a fault outside of all items, or refuses it, as the options say.
    pub(super) fn forgive(&mut self, tolerance: Tolerance, at: usize) -> Read<()> {
        let mut leniency = Leniency { options: &self.options, notes: &mut self.facts.notes };
        Ok(leniency.forgive(tolerance, at)?)
    }

    /// Returns where the markup at `p` ends; `None` when it does not end in the window.
    pub(super) fn markup_end(&mut self, kind: Kind, window: Window<'_>, p: usize) -> Read<Option<usize>> {
        self.cursor.markup_end(kind, window.text.as_bytes(), p, &self.options)
    }

    /// Passes over a comment or an instruction outside the root. Returns `false` when it does not end in the window.
    pub(super) fn pass_comment_or_instruction(&mut self, window: Window<'_>, kind: Kind) -> Read<bool> {
        let at = self.cursor.pos;
        let Some(end) = self.markup_end(kind, window, at)? else { return Ok(false) };
        let mut flags = 0;
        markup::check(kind, window.text, at, end, self.options.repairs(), &mut flags)?;
        decode::note_repairs(flags, &mut self.facts.notes);
        self.cursor.go_to(end);
        Ok(true)
    }

    /// Reads comments, instructions and white space after the root, up to the end of the body.
    pub(super) fn epilog(&mut self, window: Window<'_>) -> Read<Progress> {
        let d = window.text.as_bytes();
        loop {
            self.cursor.pass_blanks(d);
            let at = self.cursor.pos;
            let Some(&next) = d.get(at) else { break };
            let is_padding = window.from(at).starts_with(['\0', BYTE_ORDER_MARK]);
            if is_padding && self.options.repairs().has(Repair::BytesAfterRoot) {
                self.facts.notes.repair(Repair::BytesAfterRoot);
                self.cursor.pos += if next == 0 { 1 } else { BYTE_ORDER_MARK.len_utf8() };
                continue;
            }
            let problem = if is_padding { Problem::Padding } else { Problem::AfterRoot };
            if next != b'<' {
                return Err(Fault::new(at, problem));
            }
            match markup::kind(d, at)? {
                None => return Ok(Progress::NeedInput),
                Some(kind @ (Kind::Comment | Kind::Instruction)) => {
                    if !self.pass_comment_or_instruction(window, kind)? {
                        return Ok(Progress::NeedInput);
                    }
                }
                Some(_) => return Err(Fault::new(at, problem)),
            }
        }
        Ok(if window.after == After::End { Progress::BodyEnded } else { Progress::NeedInput })
    }
}
