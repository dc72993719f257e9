//! Children of the root that together make an implicit response.

use super::Role;

/// A run: `href`, `status` and the like in a row, directly under the root. Together they are one implicit response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Run {
    #[default]
    None,
    /// The run has only hrefs so far: another href belongs to it.
    Hrefs,
    /// The run has a status or a propstat: an href begins the next run.
    Full,
    /// The run begins with a response that is out of place, so the run is lost. Only elements that cannot begin a
    /// response belong to it.
    Foreign,
}

impl Run {
    /// Returns the run that a child of the root begins; `meant` is the role that the child was meant to have.
    pub(crate) fn begun_by(meant: Role, is_out_of_place: bool) -> Self {
        match meant {
            Role::Response if is_out_of_place => Run::Foreign,
            _ if meant.joins_run() => Run::Hrefs,
            _ => Run::None,
        }
    }

    /// Returns the run with one more child of the root in it.
    pub(crate) fn with(self, meant: Role) -> Self {
        match (self, meant) {
            (Run::Hrefs, Role::Status | Role::Propstat) => Run::Full,
            _ => self,
        }
    }

    /// Whether a child of the root ends the run; `role` is what the child is, `meant` what it was meant to be.
    pub(crate) fn is_ended_by(self, role: Role, meant: Role) -> bool {
        match (meant, self) {
            (Role::Href, run) => run != Run::Hrefs,
            (Role::Response, Run::Foreign) => true,
            _ => role == Role::Response,
        }
    }
}
