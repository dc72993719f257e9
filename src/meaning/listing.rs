//! A listing, for engines that compare it with the one before.

use super::stated::is_implicit;
use crate::{
    Response, Trailer,
    href::{HrefRelation, RequestUrl},
    meaning::{Outcome, Verdict},
};

/// Watches the answer to a PROPFIND, and says whether what is absent from it may be taken as removed.
///
/// ```
/// use multistatus::{Multistatus, href::RequestUrl, meaning::Listing};
/// use url::Url;
///
/// let body = b"<multistatus xmlns='DAV:'><response><href>/a/</href><propstat><prop><getetag>1</getetag></prop>\
///     <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
/// let mut listing = Listing::new(207, RequestUrl::new(Url::parse("https://dav.example/a/").unwrap()));
/// let mut responses = Multistatus::new(body);
/// while let Some(response) = responses.next_response()? {
///     // `HrefRelation::Same` is the collection itself, wherever it stands.
///     let relation = listing.see(&response);
/// }
/// assert!(listing.is_complete(&responses.finish()?));
/// // Known members are compared by `RequestUrl::key`.
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Listing {
    outcome: Outcome,
    members: u64,
    has_doubt: bool,
}

impl Listing {
    /// For a request of a collection and the status of HTTP it was answered with.
    pub fn new(http_status: u16, request: RequestUrl) -> Self {
        Listing { outcome: Outcome::new("PROPFIND", http_status, request), members: 0, has_doubt: false }
    }

    /// Takes a response into account, and says how its resource stands to the collection. `None` when that cannot be
    /// told: the href is unusable, there are several, or it is an implicit response.
    pub fn see(&mut self, response: &Response<'_>) -> Option<HrefRelation> {
        let is_one = response.hrefs().count() == 1 && !is_implicit(response);
        let relation = self.outcome.see_related(response).filter(|_| is_one);
        self.members += u64::from(relation.is_some_and(HrefRelation::is_inside));
        self.has_doubt |= !relation.is_some_and(HrefRelation::is_found);
        relation
    }

    /// Whether a member that is not in the listing is gone: the only licence to read absence as removal.
    ///
    /// The body was read to its end without an error or a [repair](crate::Repair), every response was read and shown to
    /// [`Listing::see`] once, the collection itself is among them, nothing failed, nothing was cut, and nothing is
    /// elsewhere.
    ///
    /// A server that does not do what the request says cannot be seen through: Zoho takes `Depth: 1` for 0, and lists
    /// nothing but the collection. When [`Listing::members`] is 0 and there were some before, ask again in another way.
    pub fn is_complete(&self, trailer: &Trailer) -> bool {
        let is_as_sent = trailer.repaired().next().is_none();
        is_as_sent && !self.has_doubt && self.outcome.verdict(trailer) == Verdict::Success
    }

    /// How many responses were about members.
    pub fn members(&self) -> u64 {
        self.members
    }

    /// What else the answer says.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }
}
