//! How the window of a stream drops what has been read: [`Scanner::compact`].
//!
//! The window keeps the child of the root that is being read, from its first byte on, because the index of the child
//! points into it. Between children it keeps nothing. A child that is too large is lost: it is checked to its end, but
//! not kept. Only the names of its open elements and of the namespaces in force stay, put together at the beginning of
//! the window. The limits of depth, names, namespaces and tags bound their length.

use super::{Parked, Scanner, State, Walk};
use crate::text::slice;

impl Scanner {
    /// Returns how many bytes of the window are no longer needed.
    pub(crate) fn dead(&self, text: &str) -> usize {
        if matches!(&self.state, State::Prolog(prolog) if prolog.needs_beginning(text)) {
            return 0;
        }
        let read = self.walk.cursor.read(text);
        let item = &self.walk.item.range;
        match self.kept_from() {
            // The names that an earlier call has kept stay.
            Some(from) if self.is_lost() => read.saturating_sub(item.end.max(from)),
            // The item is the root. It stays, because it is given out only when the body has ended.
            Some(from) if matches!(self.state, State::Epilog) => from + read.saturating_sub(item.end),
            Some(from) => from,
            None => read,
        }
    }

    /// Drops the bytes that are no longer needed. Nothing that is read later changes, nor any place that is reported.
    pub(crate) fn compact(&mut self, text: &mut String) {
        self.forget_item();
        if self.dead(text) == 0 {
            return;
        }
        if let State::Prolog(prolog) = &mut self.state {
            prolog.keep_beginning(text);
        }
        let read = self.walk.cursor.read(text);
        match self.kept_from() {
            Some(_) if self.is_lost() => self.keep_names(text, read),
            Some(from) => {
                if matches!(self.state, State::Epilog) {
                    let item = self.walk.item.range.clone();
                    text.drain(item.end..read);
                    self.walk.shift(read - item.end);
                    self.walk.item.range = item;
                }
                text.drain(..from);
                self.walk.shift(from);
            }
            None => {
                text.drain(..read);
                self.walk.shift(read);
            }
        }
    }

    /// Returns where the bytes to keep begin: at the interrupted run, or at the item being read. `None` between items.
    fn kept_from(&self) -> Option<usize> {
        let Walk { item, parked, root, .. } = &self.walk;
        let is_in_item = match self.state {
            State::Children => item.is_begun(),
            State::Whole => true,
            State::Epilog => !root.is_multistatus(),
            State::Prolog(_) | State::Seeking | State::End => false,
        };
        let kept_run = parked.as_ref().filter(|parked| parked.item.index.loss.is_none());
        kept_run.map(|parked| parked.item.range.start).or(is_in_item.then_some(item.range.start))
    }

    /// Whether the item that the window keeps is lost. Such an item will be an error item.
    fn is_lost(&self) -> bool {
        let is_kept = |parked: &Parked| parked.item.index.loss.is_none();
        self.walk.item.index.loss.is_some() && !self.walk.parked.as_ref().is_some_and(is_kept)
    }

    /// Drops the bytes of a lost item up to `read`, except for names.
    fn keep_names(&mut self, text: &mut String, read: usize) {
        let Walk { item, scopes, cursor, .. } = &mut self.walk;
        let item_text = slice(text, item.range.start..);
        let mut names = String::new();
        item.index.keep_names(item_text, &mut names);
        scopes.keep_names(item_text, &mut names);
        // Each name was in the text, with more around it.
        debug_assert!(names.len() <= read);
        text.replace_range(..read, &names);
        cursor.text_from = cursor.text_from.max(read);
        self.walk.shift(read.saturating_sub(names.len()));
        self.walk.item.range = 0..names.len();
    }
}
