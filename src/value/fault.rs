//! What is wrong with an element, before anything is looked up for the error.

use super::error::{Places, ValueError, ValueErrorKind};
use crate::{Element, Tolerance};

/// A fault that is not an error yet. An error costs an allocation and a search for its place, and not every fault
/// becomes one.
#[derive(Clone, Copy)]
pub(super) struct Fault<'r, 'a> {
    element: Element<'r, 'a>,
    problem: Problem,
}

#[derive(Clone, Copy)]
enum Problem {
    Not(&'static str),
    Refused(Tolerance),
}

impl<'r, 'a> Fault<'r, 'a> {
    /// `element` is not `expected`.
    pub(super) fn not(element: Element<'r, 'a>, expected: &'static str) -> Self {
        Fault { element, problem: Problem::Not(expected) }
    }

    /// The error, to be kept beside others of the same list or struct.
    #[cold]
    pub(super) fn among(self, places: &Places) -> ValueError {
        places.keep(self.without_place(), self.element)
    }

    /// The error, whose path is looked up later.
    #[cfg(feature = "serde")]
    #[cold]
    pub(super) fn pending(self) -> ValueError {
        self.without_place().at(self.element)
    }

    fn without_place(&self) -> ValueError {
        match self.problem {
            Problem::Not(expected) => ValueError::not(&expected),
            Problem::Refused(tolerance) => {
                let message = format!("{tolerance} is refused");
                ValueError::without_place(ValueErrorKind::Refused(tolerance), message, None)
            }
        }
    }
}

impl From<Fault<'_, '_>> for ValueError {
    #[cold]
    fn from(fault: Fault<'_, '_>) -> Self {
        fault.without_place().placed(fault.element)
    }
}

impl<'r, 'a> Element<'r, 'a> {
    /// A fault when `tolerance` is not forgiven.
    pub(super) fn forgive(self, tolerance: Tolerance) -> Result<(), Fault<'r, 'a>> {
        match self.frame.about.refused.has(tolerance) {
            true => Err(Fault { element: self, problem: Problem::Refused(tolerance) }),
            false => Ok(()),
        }
    }
}
