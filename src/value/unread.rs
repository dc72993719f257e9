use std::fmt;

use super::{ValueError, fault::Fault, owned::owned};

/// Why parts of a value could not be read.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Unread(
    // There are nearly always none.
    #[allow(clippy::box_collection, reason = "a word instead of three")] Option<Box<Vec<ValueError>>>,
);

/// The number of errors that are kept. More are not needed to find out what is wrong with a list.
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

    /// Adds an error, and makes it only if it is kept.
    fn push_with(&mut self, error: impl FnOnce() -> ValueError) {
        let errors = self.0.get_or_insert_default();
        if errors.len() < MOST {
            errors.push(error());
        }
    }

    pub(super) fn first(&self) -> &[ValueError] {
        self.0.as_ref().map_or(&[], |errors| errors)
    }

    /// The first error, if there is one.
    pub(super) fn none(&self) -> Result<(), ValueError> {
        self.first().first().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// The first error, if there is one and the rest of the value `is_empty`.
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
