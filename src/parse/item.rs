//! The item that is being read: a child of the root, a run of them, or another root than multistatus.

use std::ops::Range;

use super::{Index, Problem, Run, Scopes, Texts, Window};

/// The item that is being read, or was read last.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// Its place in the window. Of a lost one, what is kept of it: names.
    pub(crate) range: Range<usize>,
    pub(crate) index: Index,
}

/// A run that is interrupted by another child of the root.
#[derive(Debug)]
pub(crate) struct Parked {
    pub(crate) item: Item,
    /// Bytes of decoded namespace names that belong to it.
    pub(crate) decoded: usize,
}

impl Item {
    /// The texts that its namespace names are in.
    #[inline]
    pub(crate) fn texts<'t>(&self, window: Window<'t>, scopes: &'t Scopes) -> Texts<'t> {
        Self::texts_from(self.range.start, window, scopes)
    }

    /// The same of an item that begins at `origin`.
    #[inline]
    pub(crate) fn texts_from<'t>(origin: usize, window: Window<'t>, scopes: &'t Scopes) -> Texts<'t> {
        Texts { head: window.root_tag, text: window.from(origin), decoded: &scopes.decoded }
    }

    /// It has begun: in one of its elements, or in the middle of a run.
    #[inline]
    pub(crate) fn is_begun(&self) -> bool {
        self.index.depth() > 0 || self.index.run != Run::None
    }

    /// Makes it an error item, for what is at its byte `at`. From now on nothing is kept of its text but names.
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

    /// The window lost `bytes` of its beginning.
    pub(crate) fn shift(&mut self, bytes: usize) {
        // Places in the index count from the start of the item.
        let Item { range, index: _ } = self;
        *range = range.start.saturating_sub(bytes)..range.end.saturating_sub(bytes);
    }
}
