//! What there is to read: the part of the body that is there, and what follows it.

use super::Problem;
use crate::text::slice;

/// A window: the part of the body that is there, and what follows it. It is cheap to copy: every step is given one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window<'w> {
    /// The root's start tag as `Scanner::root_tag` gives it; empty before that tag was read.
    pub(crate) root_tag: &'w str,
    pub(crate) text: &'w str,
    pub(crate) after: After,
}

/// What follows the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    More,
    End,
    /// Bytes that cannot be read as text.
    Unreadable(Problem),
}

impl<'w> Window<'w> {
    /// Makes the window of a whole body whose root was not read yet.
    pub(crate) fn whole(text: &'w str) -> Self {
        Window { root_tag: "", text, after: After::End }
    }

    /// Returns the text from `at` on. `at` must not be beyond the end.
    #[inline]
    pub(crate) fn from(&self, at: usize) -> &'w str {
        slice(self.text, at..)
    }
}
