//! Where in the window reading goes on.

use super::{Fault, Kind, Pending, Problem, Read, is_space, markup, within};
use crate::text::boundary;
use crate::{Limit, Options};

/// This many bytes of a text are looked at again when more bytes come: they may be the `]]` before a `>`.
const LOOKED_BACK: usize = 2;

/// Where reading goes on. Positions count from the start of the window.
#[derive(Debug, Default)]
pub(crate) struct Cursor {
    /// Bytes of the body before the window.
    pub(crate) base: u64,
    pub(crate) pos: usize,
    /// Where the character data at `pos` began.
    pub(crate) text_from: usize,
    /// The search for the end of the markup at `pos`.
    pub(crate) pending: Option<Pending>,
    /// The CDATA section that `pos` is in.
    pub(crate) section: Option<Section>,
}

/// A CDATA section that has begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section {
    /// Where the section began: the search for a response goes back there. `None` without salvage, or if too far back.
    pub(crate) restart: Option<usize>,
}

impl Cursor {
    /// Returns how many bytes of the body come before byte `at` of the window.
    pub(crate) fn offset(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// Moves to `at`, where new character data may begin.
    #[inline]
    pub(crate) fn go_to(&mut self, at: usize) {
        self.pos = at;
        self.text_from = at;
    }

    pub(crate) fn pass_blanks(&mut self, d: &[u8]) {
        while d.get(self.pos).is_some_and(|&b| is_space(b)) {
            self.pos += 1;
        }
    }

    /// Returns where the markup at `p` ends. `None` when its end is not among the bytes `d`.
    pub(crate) fn markup_end(
        &mut self,
        kind: Kind,
        d: &[u8],
        p: usize,
        options: &Options,
    ) -> Read<Option<usize>> {
        if kind == Kind::Tag && !markup::may_name(d, p, options) {
            return Err(Fault::new(p, Problem::Name));
        }
        let mut pending = self.pending.take().unwrap_or_else(|| Pending::new(kind, p));
        // An end beyond the limit is not looked for.
        let d = markup::allowed(d, p, options.most(Limit::TagBytes));
        let end = pending.feed(d)?;
        within(Limit::TagBytes, end.unwrap_or(d.len()).saturating_sub(p), p, options)?;
        if end.is_none() {
            self.pending = Some(pending);
        }
        Ok(end)
    }

    /// Returns where the section began, if the search for the next response would go back there.
    pub(crate) fn restart(&self) -> Option<usize> {
        self.section.and_then(|section| section.restart)
    }

    /// Returns the place before which no byte is read again, except those of the item in progress.
    pub(crate) fn read(&self, text: &str) -> usize {
        self.restart().unwrap_or_else(|| {
            let back = self.pos.saturating_sub(LOOKED_BACK).max(self.text_from.min(self.pos));
            boundary(text, back)
        })
    }

    /// Moves all places, because the window lost `bytes` before the place where reading goes on.
    pub(crate) fn shift(&mut self, bytes: usize) {
        let Cursor { base, pos, text_from, pending, section } = self;
        *base += bytes as u64;
        *pos = pos.saturating_sub(bytes);
        *text_from = text_from.saturating_sub(bytes);
        if let Some(pending) = pending {
            pending.shift(bytes);
        }
        if let Some(Section { restart: Some(restart) }) = section {
            *restart = restart.saturating_sub(bytes);
        }
    }
}
