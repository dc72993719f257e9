//! What is forgiven, and the note that is taken of it.

use crate::{Options, fault::Problem, notes::Notes};

/// What the options allow, and where it is noted when it is made use of.
#[derive(Debug)]
pub(crate) struct Leniency<'l> {
    pub(crate) options: &'l Options,
    pub(crate) notes: &'l mut Notes,
}

impl Leniency<'_> {
    /// Forgives faults, or refuses them at their place: a byte of the window, or a node.
    pub(crate) fn forgive<P>(&mut self, faults: impl Into<Notes>, at: P) -> Result<(), (P, Problem)> {
        let faults = faults.into();
        if let Some(tolerance) = self.options.first_refused(faults) {
            return Err((at, Problem::Refused(tolerance)));
        }
        self.notes.add(faults);
        Ok(())
    }
}
