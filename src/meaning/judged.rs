//! How a response is judged, in the words of the tables: the status of the resource itself, and whether there are values.

use crate::{Name, Response};

/// The status of a response itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    None,
    /// Unreadable, or two that differ.
    Bad,
    Code(u16),
}

impl Own {
    pub(super) fn of(response: &Response<'_>) -> Self {
        match response.status() {
            None => Own::None,
            Some(status) => status.as_u16().map_or(Own::Bad, Own::Code),
        }
    }

    pub(super) fn is_gone(self) -> bool {
        matches!(self, Own::Code(404 | 410))
    }

    pub(super) fn is_success(self) -> bool {
        matches!(self, Own::Code(200..=299))
    }
}

/// Whether a value was returned, or a property with success.
pub(super) fn has_values(response: &Response<'_>) -> bool {
    response.props().iter().next().is_some()
}

/// Whether one of these conditions is among those of the response or of its propstats.
pub(super) fn has_condition(response: &Response<'_>, names: &[Name<'_>]) -> bool {
    let inside = response.propstats().flat_map(|propstat| propstat.conditions());
    response.conditions().chain(inside).any(|condition| names.contains(&condition.name()))
}
