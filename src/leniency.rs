//! Forgives faults, and notes what was forgiven.

use crate::{Options, fault::Problem, notes::Notes};

/// The options, which say what is allowed, and the notes of what was forgiven or repaired.
#[derive(Debug)]
pub(crate) struct Leniency<'l> {
    pub(crate) options: &'l Options,
    pub(crate) notes: &'l mut Notes,
}

impl Leniency<'_> {
    /// Forgives and notes `faults`, or errs with the first refused one. `at` is a byte of the window or a node.
    pub(crate) fn forgive<P>(&mut self, faults: impl Into<Notes>, at: P) -> Result<(), (P, Problem)> {
        let faults = faults.into();
        if let Some(tolerance) = self.options.first_refused(faults) {
            return Err((at, Problem::Refused(tolerance)));
        }
        self.notes.add(faults);
        Ok(())
    }
}
