//! Finds the calendars and address books of a user: the principal, the homes, what is in them (RFC 5397, RFC 4791
//! section 6.2.1, RFC 6352 section 7.1.1).

use std::error::Error;

use multistatus::{
    Name, Reader,
    href::RequestUrl,
    names::{CURRENT_USER_PRINCIPAL, caldav, carddav},
    value::ResourceType,
};
use url::Url;

use crate::engine::{Kind, Request, Transport};

const ASKED: &str = "<propfind xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav' \
    xmlns:A='urn:ietf:params:xml:ns:carddav'><prop><resourcetype/><current-user-principal/>\
    <C:calendar-home-set/><A:addressbook-home-set/></prop></propfind>";

/// The collections of the user who is logged in at `start`. One that is a collection itself is the only one.
pub(crate) fn collections(
    start: &Url,
    transport: &mut impl Transport,
) -> Result<Vec<(RequestUrl, Kind)>, Box<dyn Error>> {
    let here = look(start, "0", transport)?;
    if !here.collections.is_empty() {
        return Ok(here.collections);
    }
    let principal = here.principals.first().ok_or("the server names no principal")?;
    let homes = look(principal, "0", transport)?.homes;
    let mut found = Vec::new();
    for home in homes {
        found.extend(look(&home, "1", transport)?.collections);
    }
    Ok(found)
}

#[derive(Default)]
struct Found {
    principals: Vec<Url>,
    homes: Vec<Url>,
    collections: Vec<(RequestUrl, Kind)>,
}

/// What one answer names. What cannot be read or resolved is passed over.
fn look(url: &Url, depth: &str, transport: &mut impl Transport) -> Result<Found, Box<dyn Error>> {
    let (status, body) = transport.send(&Request { method: "PROPFIND", url, depth, body: ASKED })?;
    if status != 207 {
        return Err(format!("{url}: HTTP status {status}").into());
    }
    let (request, mut responses, mut found) =
        (RequestUrl::new(url.clone()), Reader::new(body), Found::default());
    while let Some(response) = responses.next_response()? {
        let props = response.props();
        let urls = |name: Name<'_>| {
            let hrefs = props.get(name).into_iter().flat_map(|element| element.hrefs());
            hrefs.filter_map(|href| Some(request.resolve(&href).ok()?.url)).collect::<Vec<_>>()
        };
        found.principals.extend(urls(CURRENT_USER_PRINCIPAL));
        found.homes.extend(urls(caldav::CALENDAR_HOME_SET));
        found.homes.extend(urls(carddav::ADDRESSBOOK_HOME_SET));
        let kind = kind(props.resourcetype().ok().flatten());
        if let (Some(kind), Ok(resolved)) = (kind, request.resolve(&response.href())) {
            found.collections.push((RequestUrl::new(resolved.url), kind));
        }
    }
    responses.finish()?;
    found.homes.dedup();
    Ok(found)
}

fn kind(resourcetype: Option<ResourceType<'_>>) -> Option<Kind> {
    let resourcetype = resourcetype?;
    match () {
        () if resourcetype.contains(caldav::CALENDAR) => Some(Kind::Calendar),
        () if resourcetype.contains(carddav::ADDRESSBOOK) => Some(Kind::AddressBook),
        () => None,
    }
}
