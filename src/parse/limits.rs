//! The limits that cost an item. An item over such a limit is lost: it is checked to its end, but no longer kept.
//!
//! Other limits are enforced where the thing is counted: `Depth` in `content.rs`, `TagBytes` in `cursor.rs`,
//! `NameBytes`, `Attributes` and `NamespaceBytes` in `tag.rs`, `Namespaces` in `scope.rs`, `Elements`, `Properties` and
//! `HrefBytes` in `index.rs`.

use super::{Problem, Walk, Window};
use crate::Limit;

impl Walk {
    /// Loses the item, because the text that was read up to `p` is longer than allowed.
    #[cold]
    pub(super) fn lose_text(&mut self, window: Window<'_>, p: usize) {
        let text_may_end = self.cursor.text_from.saturating_add(self.options.most(Limit::TextBytes));
        let item_may_end = self.item.range.start.saturating_add(self.options.most(Limit::ResponseBytes));
        if item_may_end <= text_may_end {
            // The item exceeds its own limit first, so that limit is reported, as when the body comes in small chunks.
            self.lose_what_grew(window, p);
        }
        if let Some(id) = self.item.index.innermost() {
            let at = self.item.index.nodes.get(id as usize).map_or(0, |n| n.at()) as usize;
            self.lose(window, Problem::Limit(Limit::TextBytes), at, id);
        }
    }

    /// Makes the item an error item, for the `problem` at its byte `at`.
    #[cold]
    pub(super) fn lose(&mut self, window: Window<'_>, problem: Problem, at: usize, node: u32) {
        self.item.lose(problem, at, node, window, &self.scopes);
    }

    /// Loses the item, which reaches to `end`, if it is longer than allowed. Does the same for the run it interrupts.
    #[inline]
    pub(super) fn lose_if_too_long(&mut self, window: Window<'_>, end: usize) {
        let most = self.options.most(Limit::ResponseBytes);
        let problem = Problem::Limit(Limit::ResponseBytes);
        if end - self.item.range.start > most {
            let id = self.item.index.innermost().unwrap_or_default();
            self.lose(window, problem, 0, id);
        }
        if let Some(parked) = &mut self.parked {
            // The run is kept while this item is read, so the limit counts both.
            if end - parked.item.range.start > most {
                parked.item.lose(problem, 0, 0, window, &self.scopes);
            }
        }
    }

    /// As [`Walk::lose_if_too_long`], for an item that is still open at `p`; does nothing between children.
    #[cold]
    pub(super) fn lose_what_grew(&mut self, window: Window<'_>, p: usize) {
        if self.item.is_begun() || !self.root.is_multistatus() {
            self.lose_if_too_long(window, p);
        }
    }
}
