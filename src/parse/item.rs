//! The item that is being read: a child of the root, a run of such children, or a root other than multistatus.

use std::ops::Range;

use super::{Index, Problem, Run, Scopes, Texts, Window};

/// The item that is being read, or was read last.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// Where the item is in the window. Of a lost item the window keeps only names: then this is where they are.
    pub(crate) range: Range<usize>,
    pub(crate) index: Index,
}

/// A run that is set aside while another child of the root, which interrupts the run, is read.
#[derive(Debug)]
pub(crate) struct Parked {
    pub(crate) item: Item,
    /// How many bytes of decoded namespace names belong to the run.
    pub(crate) decoded: usize,
}

impl Item {
    /// Returns the texts that the namespace names of the item are in.
    #[inline]
    pub(crate) fn texts<'t>(&self, window: Window<'t>, scopes: &'t Scopes) -> Texts<'t> {
        Self::texts_from(self.range.start, window, scopes)
    }

    /// As [`Item::texts`], for an item that begins at `origin`.
    #[inline]
    pub(crate) fn texts_from<'t>(origin: usize, window: Window<'t>, scopes: &'t Scopes) -> Texts<'t> {
        Texts { head: window.root_tag, text: window.from(origin), decoded: &scopes.decoded }
    }

    /// Whether the item has begun: one of its elements is open, or it is a run that is not complete.
    #[inline]
    pub(crate) fn is_begun(&self) -> bool {
        self.index.depth() > 0 || self.index.run != Run::None
    }

    /// Makes the item an error item, for the `problem` at its byte `at`. From now on, the window keeps only its names.
    #[cold]
    pub(crate) fn lose(
        &mut self,
        problem: Problem,
        at: usize,
        node: u32,
        window: Window<'_>,
        scopes: &Scopes,
    ) {
        if self.index.loss.is_none() {
            self.range.end = self.range.start;
            let texts = self.texts(window, scopes);
            self.index.lose(problem, at, node, &texts);
        }
    }

    /// Moves the item, because the window lost `bytes` of its beginning.
    pub(crate) fn shift(&mut self, bytes: usize) {
        // Places in the index count from the start of the item.
        let Item { range, index: _ } = self;
        *range = range.start.saturating_sub(bytes)..range.end.saturating_sub(bytes);
    }
}
