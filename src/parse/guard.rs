//! What is known of the encoding of a body, and the check of its bytes that follows from that.

use super::{After, Encoding, Fault, Leniency, Problem, REPLACEMENT, Read, Window};
use crate::{Tolerance, error::quoted, text::slice};

/// What decides that the body is in UTF-8, whatever encoding it declares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Utf8By {
    /// Nothing outranks the declaration yet.
    #[default]
    Nothing,
    /// A byte order mark, which outranks any declared encoding (RFC 7303 section 3.3).
    Mark,
    /// The input, which has transcoded the body.
    Input,
}

/// What is known of the encoding of the body.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    /// The encoding that the caller names, unless something outranks it.
    pub(crate) charset: Option<Box<str>>,
    pub(crate) utf8_by: Utf8By,
    /// The place up to which all bytes are ASCII. Set for an encoding that equals UTF-8 only as far as bytes are ASCII.
    pub(crate) ascii_up_to: Option<usize>,
    /// Where the first byte that is not UTF-8 was. The input has put [`REPLACEMENT`] in the place of that byte.
    pub(crate) replaced_at: Option<usize>,
    /// The name of the encoding, when it is not UTF-8.
    pub(crate) encoding: Option<Box<str>>,
}

impl Guard {
    /// Returns the window, cut before the first byte that the encoding of the body does not allow.
    #[inline]
    pub(crate) fn cut<'w>(&mut self, window: Window<'w>) -> Window<'w> {
        match self.ascii_up_to {
            Some(from) => self.cut_ascii(window, from),
            None => window,
        }
    }

    fn cut_ascii<'w>(&mut self, window: Window<'w>, from: usize) -> Window<'w> {
        let end = window.from(from).bytes().position(|b| !b.is_ascii());
        let end = end.map_or(window.text.len(), |i| from + i);
        let end = self.replaced_at.map_or(end, |at| end.min(at));
        self.ascii_up_to = Some(end);
        if end == window.text.len() && window.after != After::Unreadable(Problem::NotUtf8) {
            return window;
        }
        let text = slice(window.text, ..end);
        Window { text, after: After::Unreadable(Problem::NotAscii), ..window }
    }

    /// Notes that a byte order mark was read.
    pub(crate) fn mark(&mut self) {
        if self.utf8_by == Utf8By::Nothing {
            self.utf8_by = Utf8By::Mark;
        }
    }

    /// Notes that the XML declaration, which ends at `end`, names the encoding `name` at `at`.
    pub(crate) fn declared(
        &mut self,
        name: &str,
        at: usize,
        end: usize,
        leniency: &mut Leniency<'_>,
    ) -> Read<()> {
        match (self.utf8_by, Encoding::of(name)) {
            (_, Encoding::Utf8) | (Utf8By::Input, _) => Ok(()),
            (Utf8By::Nothing, _) if self.charset.is_some() => Ok(()),
            // In UTF-16 the declaration could not have been read as ASCII, so what it says is wrong.
            (Utf8By::Mark, _) | (_, Encoding::Wide) => Ok(leniency.forgive(Tolerance::DeclaredEncoding, at)?),
            (Utf8By::Nothing, _) => self.named(name, at, end, leniency),
        }
    }

    /// Notes that the body is said to be in the encoding `name`, which is named at `at`. If that is ASCII or a
    /// single-byte encoding, all bytes from `from` on have to be ASCII.
    pub(crate) fn named(
        &mut self,
        name: &str,
        at: usize,
        from: usize,
        leniency: &mut Leniency<'_>,
    ) -> Read<()> {
        let encoding = Encoding::of(name);
        if encoding == Encoding::Utf8 {
            return Ok(());
        }
        self.encoding = Some(quoted(name, 64).into());
        match encoding {
            Encoding::Other | Encoding::Wide => return Err(Fault::new(at, Problem::UnknownEncoding)),
            Encoding::SingleByte => leniency.forgive(Tolerance::DeclaredEncoding, at)?,
            Encoding::Utf8 | Encoding::Ascii => {}
        }
        self.ascii_up_to = Some(from);
        Ok(())
    }

    /// Whether the character at `at`, which XML forbids, replaces a byte that is not UTF-8.
    pub(crate) fn is_replaced(&self, window: Window<'_>, at: usize) -> bool {
        let is_after_first = self.replaced_at.is_some_and(|first| first <= at);
        is_after_first && window.from(at).starts_with(REPLACEMENT)
    }

    /// Moves all places, because the window lost `bytes` of its beginning.
    pub(crate) fn shift(&mut self, bytes: usize) {
        let Guard { ascii_up_to, replaced_at, charset: _, utf8_by: _, encoding: _ } = self;
        for place in [ascii_up_to, replaced_at].into_iter().flatten() {
            *place = place.saturating_sub(bytes);
        }
    }
}
