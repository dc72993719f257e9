//! Whether a request succeeded.
//!
//! Every response adds to a [`Tally`]; the verdict is read off that in the end. Nothing of a response is kept but the
//! culprits, up to a limit.

use std::cell::LazyCell;

use super::{
    culprit::{Conditions, Culprits},
    stated::{Stated, conditions, has_values, hrefs, is_implicit, is_limit, read_all},
    verdict::{Method, Request, Tally},
};
use crate::{
    Document, Error, ErrorKind, Href, Name, Options, OtherBody, Propstat, Response, Root, Trailer,
    href::{HrefRelation, RequestUrl},
    meaning::{Culprit, Verdict},
    names,
    value::ElementName,
};

/// Whether a request succeeded that was answered with a multistatus or another body of WebDAV.
///
/// [`Outcome::judge`] reads a body in memory; to other inputs and beside other work, [`Outcome::see`] is shown the
/// responses as they pass, and [`Outcome::verdict`] the end.
///
/// ```
/// use multistatus::{
///     Options,
///     href::RequestUrl,
///     meaning::{Outcome, Verdict},
/// };
/// use url::Url;
///
/// // DELETE /a/, HTTP 207: one member is locked, so it and the collection around it are still there.
/// let body = b"<multistatus xmlns='DAV:'><response><href>/a/b</href><status>HTTP/1.1 423 Locked</status></response>\
///     </multistatus>";
/// let request = RequestUrl::new(Url::parse("https://dav.example/a/").unwrap());
/// let mut outcome = Outcome::new("DELETE", 207, request);
/// assert_eq!(outcome.judge(body, &Options::new())?, Verdict::Partial);
/// assert_eq!((outcome.culprits()[0].href(), outcome.culprits()[0].status()), ("/a/b", Some(423)));
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Outcome {
    request: Request,
    url: RequestUrl,
    destination: Option<RequestUrl>,
    /// The properties that nothing was said of yet.
    asked: Vec<ElementName<'static>>,
    is_depth_zero: bool,
    culprits: Culprits,
    tally: Tally,
}

impl Outcome {
    /// For a request and the status of HTTP it was answered with.
    pub fn new(method: &str, http_status: u16, request: RequestUrl) -> Self {
        Outcome {
            request: Request { method: Method::of(method), http_status, noroot: false },
            url: request,
            destination: None,
            asked: Vec::new(),
            is_depth_zero: false,
            culprits: Culprits::new(100),
            tally: Tally::default(),
        }
    }

    /// Where a COPY or MOVE was to go: what fails there has failed altogether. It needs the same repairs as the URL of the
    /// request, or behind a proxy a failure passes for one of something unrelated.
    #[must_use]
    pub fn destination(mut self, destination: RequestUrl) -> Self {
        self.destination = Some(destination);
        self
    }

    /// The properties that a PROPPATCH was to set or remove: one that is not mentioned leaves the success unproven.
    #[must_use]
    pub fn asked<'n, N: Into<Name<'n>>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.asked = names.into_iter().map(ElementName::from).collect();
        self
    }

    /// The resource itself was not asked for (`Depth: 1,noroot`): that a PROPFIND lists a member is enough.
    #[must_use]
    pub fn noroot(mut self) -> Self {
        self.request.noroot = true;
        self
    }

    /// Only the resource itself was asked for (`Depth: 0`): a single response is about it, under whatever alias. iCloud
    /// answers a PROPFIND of `/` with the path of the user.
    #[must_use]
    pub fn depth_zero(mut self) -> Self {
        self.is_depth_zero = true;
        self
    }

    /// Keeps so many culprits at most, 100 without it, and no more than have room in a megabyte. The others are counted.
    #[must_use]
    pub fn most_culprits(mut self, most: usize) -> Self {
        self.culprits.most = most;
        self
    }

    /// The resources that failed, in the order they came, as many as are kept.
    pub fn culprits(&self) -> &[Culprit] {
        &self.culprits.kept
    }

    /// How many there were, kept or not.
    pub fn culprit_count(&self) -> u64 {
        self.culprits.count
    }

    /// Whether a query was cut by the server, with no way to go on (RFC 5323 section 2.3.1, RFC 6352 section 8.6.2).
    pub fn is_truncated(&self) -> bool {
        self.tally.is_truncated
    }

    /// Reads a body of any kind to its end, and gives the verdict on it. Where it is empty or none of WebDAV, such as a page
    /// of HTML, the status of HTTP is what counts: 201 with a page is a success for MKCOL. But a page under 200 may be that
    /// of a login, and proves nothing.
    ///
    /// # Errors
    /// When the body cannot be read to its end, because it is cut, not well-formed, over a limit or in an encoding that is
    /// not known, under whatever status of HTTP. When it is empty or none of WebDAV under 207, and when it might be meant
    /// for WebDAV but is not, such as a multistatus behind the warning of a script. Then there is no verdict.
    pub fn judge(&mut self, body: &[u8], options: &Options) -> Result<Verdict, Error> {
        match Document::with_options(body, options) {
            Ok(Document::Multistatus(responses)) => {
                let trailer = read_all(responses, |response| self.see(&response))?;
                return Ok(self.verdict(&trailer));
            }
            Ok(document) => document.root().into_iter().for_each(|root| self.see_root(root)),
            Err(error) => match error.kind() {
                ErrorKind::NotDav { found } if self.is_told_by_http(found, body) => {
                    self.tally.has_page = *found == OtherBody::Html;
                }
                _ => return Err(error),
            },
        }
        Ok(self.verdict_without_responses())
    }

    /// Whether the status of HTTP is all that such a body leaves to be judged by.
    fn is_told_by_http(&self, found: &OtherBody, body: &[u8]) -> bool {
        const MEANT: [&str; 6] =
            ["error", "mkcalendar-response", "mkcol-response", "prop", "propstat", "response"];
        let is_meant = match found {
            OtherBody::Root(name) => MEANT.iter().any(|local| name.rsplit(['}', ':']).next() == Some(local)),
            _ => false,
        };
        match self.request.http_status {
            207 => false,
            300.. => true,
            _ => !is_meant && memchr::memmem::find(body, b"multistatus").is_none(),
        }
    }

    /// Takes a response into account.
    pub fn see(&mut self, response: &Response<'_>) {
        self.see_related(response);
    }

    /// The same, and how the last of its hrefs stands to the URL of the request, if that can be told.
    pub(super) fn see_related(&mut self, response: &Response<'_>) -> Option<HrefRelation> {
        self.tally.responses += 1;
        let said = self.read(response);
        let conditions = Culprits::names(conditions(response));
        let mut last = None;
        for href in hrefs(response) {
            // An implicit response without href speaks of the resource that was asked for.
            let relation = match href.is_empty() && said.is_implicit {
                true => Some(HrefRelation::Same),
                false => self.url.locate(&href).ok().map(|located| located.relation),
            };
            if relation == Some(HrefRelation::Same) && said.own.is_success() && !said.has_propstats {
                // That is about all that was asked.
                self.asked.clear();
            }
            self.count_href(&said, relation, &href, &conditions);
            last = relation;
        }
        last
    }

    /// What a root other than `multistatus` says: a LOCK is answered with `DAV:prop`, MKCOL with `DAV:mkcol-response`,
    /// a request that failed with `DAV:error`.
    pub fn see_root(&mut self, root: &Root<'_>) {
        self.tally.has_root = true;
        self.tally.has_error |= root.name().local() == "error";
        let locks = root.props().get(names::LOCKDISCOVERY);
        self.tally.has_activelock |= locks.is_some_and(|locks| locks.child(names::ACTIVELOCK).is_some());
        let judged = self.judge_propstats(Stated::None, root.propstats());
        let conditions = root.propstats().flat_map(|propstat| propstat.conditions());
        let conditions = Culprits::names(root.conditions().chain(conditions));
        if let Judged::Culprit(status) = judged {
            self.culprits.add(None, status, &conditions);
        } else if self.tally.has_error {
            let status = Some(self.request.http_status).filter(|status| *status >= 400);
            self.culprits.add(None, status, &conditions);
        }
        self.tally.failing += u64::from(!matches!(judged, Judged::Success | Judged::Silent));
    }

    /// The verdict on a multistatus that was read to its end, all of whose responses were shown to [`Outcome::see`].
    /// `trailer` is that of the same body.
    pub fn verdict(&self, trailer: &Trailer) -> Verdict {
        let is_whole = trailer.is_complete() && self.tally.responses == trailer.responses();
        self.tally.verdict(self.request, is_whole, self.asked.is_empty())
    }

    /// The verdict when the body had another root, which was shown to [`Outcome::see_root`], and when it was empty or none
    /// of WebDAV: then the status of HTTP is what counts, but what was to be read has not come.
    pub fn verdict_without_responses(&self) -> Verdict {
        self.tally.verdict_without_responses(self.request)
    }

    /// What a response says, whichever of its hrefs it is about.
    fn read(&mut self, response: &Response<'_>) -> Said {
        let own = Stated::of(response);
        let by_propstats = self.judge_propstats(own, response.propstats());
        let by_own = self.judge_status(own, true);
        // What a resource says of itself counts more than what its properties say.
        let judged = by_own.worse(by_propstats);
        let has_propstats = response.propstats().next().is_some();
        self.tally.has_unsaid |= own == Stated::None && !has_propstats;
        let method = self.request.method;
        Said {
            own,
            judged,
            has_propstats,
            is_implicit: is_implicit(response),
            is_gone: own.is_gone() && !matches!(by_propstats, Judged::Culprit(_)),
            is_missing: method == Method::Propfind
                && own == Stated::None
                && !has_values(response)
                && is_about_nothing(response),
            is_limit: method == Method::Query && is_limit(own, response),
        }
    }

    /// What one status makes of a resource, counted. `is_own`: it is not that of properties.
    fn judge_status(&mut self, status: Stated, is_own: bool) -> Judged {
        let is_normal = self.request.method.reads() && !is_own;
        match status {
            Stated::None => Judged::Silent,
            Stated::Code(200..=299) => {
                self.tally.has_success = true;
                Judged::Success
            }
            Stated::Code(code) if is_normal && code < 500 => Judged::Success,
            Stated::Code(424) => Judged::Follows,
            Stated::Code(code) => Judged::Culprit(Some(code)),
            Stated::Bad => Judged::Culprit(None),
        }
    }

    /// What propstats make of a resource whose own status is `own`, counted.
    fn judge_propstats<'r, 'a: 'r>(
        &mut self,
        own: Stated,
        propstats: impl Iterator<Item = Propstat<'r, 'a>>,
    ) -> Judged {
        let mut judged = Judged::Silent;
        for propstat in propstats {
            let status = own.of_propstat(&propstat);
            self.tally.has_unsaid |= status == Stated::None;
            judged = judged.worse(self.judge_status(status, false));
            if !self.asked.is_empty() && status != Stated::None {
                for element in propstat.elements() {
                    let name = element.name();
                    self.asked.retain(|asked| *asked != name);
                }
            }
        }
        judged
    }

    fn count_href(
        &mut self,
        said: &Said,
        relation: Option<HrefRelation>,
        href: &Href<'_>,
        conditions: &LazyCell<Conditions, impl FnOnce() -> Conditions>,
    ) {
        let is_self = relation == Some(HrefRelation::Same);
        let is_inside = relation.is_some_and(HrefRelation::is_inside);
        if self.request.method == Method::Query
            && said.own == Stated::Code(507)
            && (!is_inside || said.is_limit)
        {
            self.tally.is_truncated = true;
            return;
        }
        self.tally.hrefs += 1;
        if self.request.method == Method::Propfind {
            self.count_listed(said, relation);
        }
        let judged = match said.judged {
            _ if said.is_missing && is_self => Judged::Culprit(Some(404)),
            // Gone is what a member was to be.
            _ if said.is_gone && self.request.method == Method::Delete && is_inside => Judged::Success,
            // Nothing is said of it but that it was listed, and only what failed is listed.
            Judged::Silent if matches!(self.request.method, Method::Delete | Method::Copy) => {
                Judged::Culprit(None)
            }
            // A member that could not be made has no href that can be used.
            Judged::Success | Judged::Silent
                if self.request.method == Method::Other && relation.is_none() =>
            {
                Judged::Culprit(None)
            }
            judged => judged,
        };
        if matches!(judged, Judged::Success | Judged::Silent) {
            return;
        }
        self.tally.failing += 1;
        let of_destination = self.destination.as_ref();
        let of_destination = of_destination.and_then(|url| url.locate_as_sent_to(&self.url, href).ok());
        let relations = [relation, of_destination.map(|located| located.relation)];
        let is_target = relations.contains(&Some(HrefRelation::Same));
        match judged {
            Judged::Culprit(status) => {
                self.tally.target_failed |= is_target || relations.contains(&Some(HrefRelation::Ancestor));
                self.culprits.add(Some(href), status, conditions);
            }
            _ => self.tally.target_follows |= is_target,
        }
    }

    /// Whether the resource that was asked for is listed.
    fn count_listed(&mut self, said: &Said, relation: Option<HrefRelation>) {
        let has_failed = said.is_missing || !(said.own == Stated::None || said.own.is_success());
        let is_self = relation == Some(HrefRelation::Same);
        self.tally.has_self |= is_self;
        self.tally.self_failed |= is_self && has_failed;
        self.tally.has_member |= relation.is_some_and(HrefRelation::is_inside);
        // Under an alias, if there is but one, wherever that is on this server.
        let is_alone = self.is_depth_zero && self.tally.responses == 1 && self.tally.hrefs == 1;
        self.tally.has_alias =
            is_alone && relation.is_some_and(|relation| relation != HrefRelation::OtherOrigin);
        self.tally.alias_failed = self.tally.has_alias && has_failed;
    }
}

/// What a response says, whichever of its hrefs it is about.
#[derive(Clone, Copy, Debug)]
struct Said {
    own: Stated,
    judged: Judged,
    has_propstats: bool,
    is_implicit: bool,
    /// It says of itself that it is not there, and nothing else failed.
    is_gone: bool,
    /// So nginx says to a PROPFIND that it is not there.
    is_missing: bool,
    /// A query has more hits than the server gives.
    is_limit: bool,
}

/// What a status makes of a resource, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Judged {
    /// No status at all.
    Silent,
    Success,
    /// Failed because something else did.
    Follows,
    Culprit(Option<u16>),
}

impl Judged {
    /// Of two culprits the first.
    fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Judged::Culprit(_), _) => self,
            _ => self.max(other),
        }
    }
}

/// Whether there are propstats, all of them 404, and none names a property: so nginx answers for what does not exist.
fn is_about_nothing(response: &Response<'_>) -> bool {
    let mut propstats = response.propstats().peekable();
    let says_nothing = |propstat: Propstat<'_, '_>| {
        propstat.effective_status().is_some_and(|status| status.as_u16() == Some(404))
            && propstat.elements().next().is_none()
    };
    propstats.peek().is_some() && propstats.all(says_nothing)
}
