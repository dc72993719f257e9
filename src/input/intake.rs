//! Makes text of bytes as they come. A character that is cut by the end of a chunk waits for its other bytes.

use std::str;

use crate::fault::Problem;
use crate::parse::{After, Scanner};
use crate::xml::REPLACEMENT;

/// How many bytes are needed to recognise a byte order mark of any kind.
const MARK: usize = 4;

/// Bytes that have come and are not text yet.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    /// First the beginning of the body, up to [`MARK`] bytes; later the bytes of a character that is not whole.
    held: Vec<u8>,
    has_begun: bool,
}

impl Intake {
    /// Adds `bytes` to `window`, as far as they are text.
    ///
    /// # Errors
    /// When the bytes that come next cannot be text.
    pub(crate) fn take(
        &mut self,
        bytes: &[u8],
        window: &mut String,
        scanner: &mut Scanner,
    ) -> Result<(), After> {
        if !self.has_begun {
            self.held.extend_from_slice(bytes);
            if self.held.len() < MARK {
                return Ok(());
            }
            self.has_begun = true;
            let first = std::mem::take(&mut self.held);
            return self.text(&first, window, scanner, true);
        }
        let mut rest = bytes;
        while let (false, Some((&byte, left))) = (self.held.is_empty(), rest.split_first()) {
            self.held.push(byte);
            match str::from_utf8(&self.held) {
                Ok(character) => window.push_str(character),
                Err(error) if error.error_len().is_none() => {
                    rest = left;
                    continue;
                }
                Err(_) => {
                    // The new byte begins another character.
                    self.held.pop();
                    self.replace(window, scanner)?;
                    continue;
                }
            }
            self.held.clear();
            rest = left;
        }
        self.text(rest, window, scanner, false)
    }

    /// Returns how many bytes wait for more.
    pub(crate) fn held(&self) -> usize {
        self.held.len()
    }

    /// Ends the body: bytes that wait for more are judged.
    pub(crate) fn end(&mut self, window: &mut String, scanner: &mut Scanner) -> Result<(), After> {
        if !std::mem::replace(&mut self.has_begun, true) {
            let first = std::mem::take(&mut self.held);
            self.text(&first, window, scanner, true)?;
        }
        if self.held.is_empty() {
            return Ok(());
        }
        // A cut character is not repaired unless other bytes were: the body may go on.
        if scanner.guard().replaced_at.is_none() {
            return Err(After::Unreadable(Problem::Truncated));
        }
        self.replace(window, scanner)
    }

    fn text(
        &mut self,
        mut bytes: &[u8],
        window: &mut String,
        scanner: &mut Scanner,
        mut is_first: bool,
    ) -> Result<(), After> {
        loop {
            let error = match str::from_utf8(bytes) {
                Ok(text) => {
                    window.push_str(text);
                    return Ok(());
                }
                Err(error) => error,
            };
            let (text, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
            window.push_str(str::from_utf8(text).unwrap_or_default());
            let begins_body = std::mem::take(&mut is_first) && text.is_empty();
            if begins_body {
                let problem = Problem::of_bytes(rest, error);
                if !matches!(problem, Problem::NotUtf8 | Problem::Truncated) {
                    return Err(After::Unreadable(problem));
                }
            }
            let Some(len) = error.error_len() else {
                self.held.extend_from_slice(rest);
                return Ok(());
            };
            let (wrong, rest) = rest.split_at_checked(len).unwrap_or((rest, &[]));
            self.held.extend_from_slice(wrong);
            self.replace(window, scanner)?;
            bytes = rest;
        }
    }

    /// Replaces the held bytes, which are not UTF-8, by as many [`REPLACEMENT`] characters.
    fn replace(&mut self, window: &mut String, scanner: &mut Scanner) -> Result<(), After> {
        if !scanner.options().replaces_bytes() {
            return Err(After::Unreadable(Problem::NotUtf8));
        }
        scanner.guard().replaced_at.get_or_insert(window.len());
        for _ in self.held.drain(..) {
            window.push(REPLACEMENT);
        }
        Ok(())
    }
}
