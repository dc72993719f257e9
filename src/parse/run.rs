//! Children of the root that together make an implicit response.

use super::Role;

/// A run of `href`, `status`, … directly under the root, which is one implicit response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Run {
    #[default]
    None,
    /// Only hrefs so far: another one belongs to it.
    Hrefs,
    /// It has a status or a propstat: an href begins the next run.
    Full,
    /// It begins with a response that is out of place, and so it is lost. Only what cannot begin a response belongs to
    /// it.
    Foreign,
}

impl Run {
    /// What a child of the root begins that is meant to have this role.
    pub(crate) fn begun_by(meant: Role, is_out_of_place: bool) -> Self {
        match meant {
            Role::Response if is_out_of_place => Run::Foreign,
            _ if meant.joins_run() => Run::Hrefs,
            _ => Run::None,
        }
    }

    /// The run with one more child of the root in it.
    pub(crate) fn with(self, meant: Role) -> Self {
        match (self, meant) {
            (Run::Hrefs, Role::Status | Role::Propstat) => Run::Full,
            _ => self,
        }
    }

    /// Whether a child of the root ends it; `role` is what the child is, `meant` what it was meant to be.
    pub(crate) fn is_ended_by(self, role: Role, meant: Role) -> bool {
        match (meant, self) {
            (Role::Href, run) => run != Run::Hrefs,
            (Role::Response, Run::Foreign) => true,
            _ => role == Role::Response,
        }
    }
}
