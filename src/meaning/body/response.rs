//! The questions that all observers ask about a response, in the words of the tables in the guide.

use crate::{Element, Href, Name, Propstat, Response, Tolerance, names, parse::Code, value::EntityTag};

/// Returns the hrefs of a response, or one empty href if the response has no href.
pub(super) fn hrefs<'a>(response: &Response<'a>) -> Vec<Href<'a>> {
    let mut hrefs: Vec<_> = response.hrefs().collect();
    if hrefs.is_empty() {
        hrefs.push(Href::default());
    }
    hrefs
}

/// Whether several hrefs share properties: then it is not known which of the resources has them.
pub(super) fn is_ambiguous(response: &Response<'_>) -> bool {
    response.hrefs().count() > 1 && response.propstats().next().is_some()
}

/// Whether a response returns a value, or names a property with success.
pub(super) fn has_values(response: &Response<'_>) -> bool {
    response.props().iter().next().is_some()
}

/// Returns the entity tag in a response. `None` when the tag was not returned, or cannot be read.
pub(super) fn getetag<'a>(response: &Response<'a>) -> Option<EntityTag<'a>> {
    response.props().getetag().ok().flatten()
}

/// Whether a response is about a collection. `None` when its `resourcetype` was not returned, or cannot be read.
pub(super) fn is_collection(response: &Response<'_>) -> Option<bool> {
    Some(response.props().resourcetype().ok()??.is_collection())
}

/// Returns the conditions of a response, and those of its propstats.
pub(super) fn conditions<'r, 'a>(
    response: &'r Response<'a>,
) -> impl Iterator<Item = Element<'r, 'a>> + use<'r, 'a> {
    response.conditions().chain(response.propstats().flat_map(|propstat| propstat.conditions()))
}

/// Whether the [`conditions`] of a response have one of these names.
pub(super) fn has_condition(response: &Response<'_>, names: &[Name<'_>]) -> bool {
    conditions(response).any(|condition| names.contains(&condition.name()))
}

/// Whether a response says that the server has more results than it gives.
pub(super) fn is_limit(response: &Response<'_>) -> bool {
    response.code() == Code::Is(507)
        && has_condition(response, &[names::conditions::NUMBER_OF_MATCHES_WITHIN_LIMITS])
}

/// Whether the href or the status may not be what the server meant (rule D5): something was repaired, an element was in
/// one of them, blanks were cut off the href, or the status had no namespace.
pub(super) fn may_be_misread(response: &Response<'_>) -> bool {
    response.repaired().next().is_some()
        || response.has_element_in_text()
        || response.has_blank_around_href()
        || response.tolerated().any(|tolerance| tolerance == Tolerance::StatusWithoutNamespace)
}

/// Whether a response has propstats, and all of them are 404 and name no property: nginx answers like this for a
/// resource that does not exist.
pub(super) fn is_about_nothing(response: &Response<'_>) -> bool {
    let mut propstats = response.propstats().peekable();
    let says_nothing =
        |propstat: Propstat<'_, '_>| propstat.code() == Code::Is(404) && propstat.elements().next().is_none();
    propstats.peek().is_some() && propstats.all(says_nothing)
}
