//! How a response is judged, in the words of the tables: what its status says, and whether there are values.
//! What all observers share.

use crate::{Element, Error, Href, Multistatus, Name, Propstat, Response, Status, Tolerance, Trailer, names};

/// What a status says, that of a response itself or of a propstat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    None,
    /// Unreadable, or two that differ.
    Bad,
    Code(u16),
}

impl Stated {
    pub(super) fn of(response: &Response<'_>) -> Self {
        Stated::said(response.status())
    }

    /// That of a propstat is the response's, if it has none itself.
    pub(super) fn of_propstat(self, propstat: &Propstat<'_, '_>) -> Self {
        match Stated::said(propstat.status()) {
            Stated::None => self,
            said => said,
        }
    }

    fn said(status: Option<Status<'_>>) -> Self {
        status.map_or(Stated::None, |status| status.as_u16().map_or(Stated::Bad, Stated::Code))
    }

    pub(super) fn is_gone(self) -> bool {
        matches!(self, Stated::Code(404 | 410))
    }

    pub(super) fn is_success(self) -> bool {
        matches!(self, Stated::Code(200..=299))
    }

    pub(super) fn is_redirection(self) -> bool {
        matches!(self, Stated::Code(300..=399))
    }

    pub(super) fn code(self) -> Option<u16> {
        match self {
            Stated::Code(code) => Some(code),
            Stated::None | Stated::Bad => None,
        }
    }
}

/// What stood directly under `multistatus` instead of in a response.
pub(super) fn is_implicit(response: &Response<'_>) -> bool {
    response.tolerated().any(|tolerance| tolerance == Tolerance::ImplicitResponse)
}

/// Its hrefs, or an empty one: never none.
pub(super) fn hrefs<'a>(response: &Response<'a>) -> Vec<Href<'a>> {
    let mut hrefs: Vec<_> = response.hrefs().collect();
    if hrefs.is_empty() {
        hrefs.push(Href::default());
    }
    hrefs
}

/// Whether several hrefs share properties, which are those of one resource: which one is not known.
pub(super) fn is_ambiguous(response: &Response<'_>) -> bool {
    response.hrefs().count() > 1 && response.propstats().next().is_some()
}

/// Whether a value was returned, or a property with success.
pub(super) fn has_values(response: &Response<'_>) -> bool {
    response.props().iter().next().is_some()
}

/// The conditions of a response, and those of its propstats.
pub(super) fn conditions<'r, 'a>(
    response: &'r Response<'a>,
) -> impl Iterator<Item = Element<'r, 'a>> + use<'r, 'a> {
    response.conditions().chain(response.propstats().flat_map(|propstat| propstat.conditions()))
}

/// Whether one of these is among its [`conditions`].
pub(super) fn has_condition(response: &Response<'_>, names: &[Name<'_>]) -> bool {
    conditions(response).any(|condition| names.contains(&condition.name()))
}

/// Whether a response whose own status is `own` says that there is more than the server gives.
pub(super) fn is_limit(own: Stated, response: &Response<'_>) -> bool {
    own == Stated::Code(507) && has_condition(response, &[names::conditions::NUMBER_OF_MATCHES_WITHIN_LIMITS])
}

/// Shows every response that can be read to `see`, and gives the end, which counts the others.
pub(super) fn read_all<'a>(
    mut responses: Multistatus<'a>,
    mut see: impl FnMut(Response<'a>),
) -> Result<Trailer, Error> {
    for response in responses.by_ref() {
        match response {
            Ok(response) => see(response),
            Err(error) if error.is_fatal() => return Err(error),
            Err(_) => {}
        }
    }
    responses.finish()
}
