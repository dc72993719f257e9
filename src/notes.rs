//! Notes of what was forgiven and repaired.

use crate::set::{Members, Set};
use crate::{Repair, Tolerance};

/// What was forgiven and what was repaired, in a response or in a whole body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    tolerated: Set<Tolerance>,
    repaired: Set<Repair>,
}

impl From<Tolerance> for Notes {
    fn from(tolerance: Tolerance) -> Self {
        Notes { tolerated: Set::EMPTY.with(tolerance), repaired: Set::EMPTY }
    }
}

impl Notes {
    pub(crate) fn tolerate(&mut self, tolerance: Tolerance) {
        self.tolerated = self.tolerated.with(tolerance);
    }

    pub(crate) fn repair(&mut self, repair: Repair) {
        self.repaired = self.repaired.with(repair);
    }

    pub(crate) fn add(&mut self, other: Notes) {
        self.tolerated = self.tolerated.union(other.tolerated);
        self.repaired = self.repaired.union(other.repaired);
    }

    pub(crate) fn tolerated(self) -> Members<Tolerance> {
        self.tolerated.iter()
    }

    pub(crate) fn repaired(self) -> Members<Repair> {
        self.repaired.iter()
    }
}
