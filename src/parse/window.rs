//! How a window of a stream forgets what has been read: [`Scanner::compact`].
//!
//! What is kept is the child of the root that is being read, from its first byte on, because its index points into it;
//! between children nothing is. A child that is lost, because it is too large for one, is checked to its end without
//! being kept: of its text only the names of the open elements and of the namespaces in force stay, put together at
//! the beginning of the window. How long those can be, the limits of depth, names, namespaces and tags say.

use super::{
    chars,
    index::Run,
    prolog::{SNIFFED, beginning},
    scan::{Part, Scanner},
};

/// As much of a text that was read is looked at again: `]]` before a `>`.
const LOOKED_BACK: usize = 2;

impl Scanner {
    /// How many bytes of the window nobody needs any more.
    pub(crate) fn dead(&self, window: &str) -> usize {
        let read = self.read(window);
        match self.part {
            // What the body is may still depend on how it begins.
            Part::Start | Part::Opening | Part::Prolog
                if self.beginning.is_none() && window.len() < SNIFFED =>
            {
                0
            }
            _ => match self.kept_from() {
                // Of what was dropped before, names are left.
                Some(from) if self.is_lost() => read.saturating_sub(self.child.end.max(from)),
                // It is given out when the body has ended.
                Some(from) if self.part == Part::Epilog => from + read.saturating_sub(self.child.end),
                Some(from) => from,
                None => read,
            },
        }
    }

    /// Drops the dead bytes. Nothing that is read later, and no place that is told, changes.
    pub(crate) fn compact(&mut self, window: &mut String) {
        if std::mem::take(&mut self.given) {
            self.next_child();
        }
        if self.dead(window) == 0 {
            return;
        }
        if matches!(self.part, Part::Start | Part::Opening | Part::Prolog) && self.beginning.is_none() {
            self.beginning = Some(beginning(window).into());
        }
        let read = self.read(window);
        match self.kept_from() {
            Some(_) if self.is_lost() => self.keep_names(window, read),
            Some(from) => {
                if self.part == Part::Epilog {
                    let child = self.child.clone();
                    window.drain(child.end..read);
                    self.shift(read - child.end);
                    self.child = child;
                }
                window.drain(..from);
                self.shift(from);
            }
            None => {
                window.drain(..read);
                self.shift(read);
            }
        }
    }

    /// Up to here nothing is read again, unless it belongs to an item.
    fn read(&self, window: &str) -> usize {
        if let Some(from) = self.section_from {
            return from;
        }
        let back = self.pos.saturating_sub(LOOKED_BACK).max(self.run_from.min(self.pos));
        chars::boundary(window, back)
    }

    /// Where the item begins that is being read, if there is one.
    fn kept_from(&self) -> Option<usize> {
        let is_in_item = match self.part {
            Part::Children => self.index.depth() > 0 || self.index.run != Run::None,
            Part::Whole => true,
            Part::Epilog => !self.is_multistatus(),
            Part::Start | Part::Opening | Part::Prolog | Part::Salvage | Part::End => false,
        };
        let kept_run = self.run_around.as_ref().filter(|_| self.aside.loss.is_none());
        kept_run.map(|run| run.start).or(is_in_item.then_some(self.child.start))
    }

    /// Whether it will be an error item.
    fn is_lost(&self) -> bool {
        self.index.loss.is_some() && (self.run_around.is_none() || self.aside.loss.is_some())
    }

    /// Drops all of a lost item but names.
    fn keep_names(&mut self, window: &mut String, read: usize) {
        let text = window.get(self.child.start..).unwrap_or_default();
        let mut names = String::new();
        self.index.keep_names(text, &mut names);
        self.scopes.keep_names(text, &mut names);
        // Each stood in the text, with more around it.
        debug_assert!(names.len() <= read);
        window.replace_range(..read, &names);
        self.run_from = self.run_from.max(read);
        self.shift(read.saturating_sub(names.len()));
        self.child = 0..names.len();
    }

    /// The window lost `bytes` before the place where reading goes on.
    fn shift(&mut self, bytes: usize) {
        let shifted = |at: usize| at.saturating_sub(bytes);
        self.base += bytes as u64;
        self.pos = shifted(self.pos);
        self.run_from = shifted(self.run_from);
        self.section_from = self.section_from.map(shifted);
        self.nested_from = self.nested_from.map(shifted);
        self.child = shifted(self.child.start)..shifted(self.child.end);
        self.run_around = self.run_around.take().map(|run| shifted(run.start)..shifted(run.end));
        self.ascii_up_to = self.ascii_up_to.map(shifted);
        self.replaced_at = self.replaced_at.map(shifted);
        if let Some(pending) = &mut self.pending {
            pending.shift(bytes);
        }
        // Whoever drops bytes has a copy.
        self.head = 0..0;
    }
}
