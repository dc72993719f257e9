use std::fmt;

use super::{ValueError, fault::Fault, owned::owned};

/// The errors of the parts of a value that could not be read.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Unread(
    // `None` if there are no errors, as in nearly every value.
    #[allow(clippy::box_collection, reason = "a word instead of three")] Option<Box<Vec<ValueError>>>,
);

/// A value keeps at most this many errors. More are not needed to find out what is wrong with a list.
const MOST: usize = 100;

impl Unread {
    #[cold]
    pub(super) fn push(&mut self, fault: Fault<'_, '_>) {
        self.push_with(|| fault.into());
    }

    #[cold]
    pub(super) fn push_error(&mut self, error: ValueError) {
        self.push_with(|| error);
    }

    /// Adds an error. `error` is called only if there is room for the error.
    fn push_with(&mut self, error: impl FnOnce() -> ValueError) {
        let errors = self.0.get_or_insert_default();
        if errors.len() < MOST {
            errors.push(error());
        }
    }

    pub(super) fn first(&self) -> &[ValueError] {
        self.0.as_ref().map_or(&[], |errors| errors)
    }

    /// Fails with the first error, if there are errors.
    pub(super) fn none(&self) -> Result<(), ValueError> {
        self.first().first().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Fails with the first error if there are errors and no part of the value could be read (`is_empty`).
    pub(super) fn or_nothing(&self, is_empty: bool) -> Result<(), ValueError> {
        if is_empty { self.none() } else { Ok(()) }
    }
}

owned! { Unread }

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.first()).finish()
    }
}
