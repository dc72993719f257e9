//! What is wrong with an element, before anything is looked up for the error.

use super::error::{Places, ValueError, ValueErrorKind};
use crate::{Element, Tolerance};

/// A fault that is not an error yet. Making an error costs an allocation and a search for the place, and not every
/// fault becomes an error.
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
    /// Makes the fault that `element` is not `expected`.
    pub(super) fn not(element: Element<'r, 'a>, expected: &'static str) -> Self {
        Fault { element, problem: Problem::Not(expected) }
    }

    /// Makes the error, to be kept beside other errors of one list or struct.
    #[cold]
    pub(super) fn among(self, places: &Places) -> ValueError {
        places.keep(self.without_place(), self.element)
    }

    /// Makes the error. The place of the error is looked up later.
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
    /// Returns a fault when the options do not forgive `tolerance`.
    pub(super) fn forgive(self, tolerance: Tolerance) -> Result<(), Fault<'r, 'a>> {
        match self.frame.about.refused.has(tolerance) {
            true => Err(Fault { element: self, problem: Problem::Refused(tolerance) }),
            false => Ok(()),
        }
    }
}
