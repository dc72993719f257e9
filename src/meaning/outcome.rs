//! Whether a request succeeded, method by method (the tables of the guide).
//!
//! Every response adds to a [`Tally`]; the verdict is read off that in the end. Nothing of a response is kept but the
//! culprits, up to a limit.

use super::judged::{Own, has_condition, has_values, is_implicit};
use crate::{ElementName, Href, Name, Propstat, Relation, RequestUrl, Response, Root, Trailer, names};

/// Whether a request succeeded that was answered with a multistatus or another body of WebDAV.
///
/// ```
/// use multistatus::{Multistatus, Outcome, RequestUrl, Verdict};
/// use url::Url;
///
/// // DELETE /a/, HTTP 207: one member is locked, so it and the collection around it are still there.
/// let body = b"<multistatus xmlns='DAV:'><response><href>/a/b</href><status>HTTP/1.1 423 Locked</status></response>\
///     </multistatus>";
/// let request = RequestUrl::new(Url::parse("https://dav.example/a/").unwrap());
/// let mut outcome = Outcome::new("DELETE", 207, request);
/// let mut responses = Multistatus::new(body);
/// while let Some(response) = responses.next_response()? {
///     outcome.see(&response);
/// }
/// assert_eq!(outcome.verdict(&responses.finish()?), Verdict::Partial);
/// assert_eq!((outcome.culprits()[0].href(), outcome.culprits()[0].status()), ("/a/b", Some(423)));
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Outcome {
    method: Method,
    http_status: u16,
    request: RequestUrl,
    destination: Option<RequestUrl>,
    asked: Vec<ElementName<'static>>,
    noroot: bool,
    is_depth_zero: bool,
    most: usize,
    culprits: Vec<Culprit>,
    tally: Tally,
}

/// Whether what was asked for has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// All of it.
    Success,
    /// Some of it: look at the culprits, and list again.
    Partial,
    /// Not what was asked for. The server may still have changed something below it.
    Failure,
    /// The body does not say.
    Unproven,
}

/// A resource that something failed for, and not only because something else did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Culprit {
    href: Box<str>,
    status: Option<u16>,
    conditions: Vec<ElementName<'static>>,
}

impl Culprit {
    /// Its href as sent; empty when there is none.
    pub fn href(&self) -> &str {
        &self.href
    }

    /// The status it failed with: its own, or else the first of its propstats that failed. `None` when that is unreadable, or
    /// not told.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The names of the conditions that were violated.
    pub fn conditions(&self) -> impl Iterator<Item = Name<'_>> {
        self.conditions.iter().map(ElementName::as_name)
    }
}

/// What methods are judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Proppatch,
    Lock,
    /// MKCOL, MKCALENDAR.
    Make,
    /// UNLOCK, PUT, ACL, ORDERPATCH.
    Single,
    Delete,
    /// COPY, MOVE.
    Copy,
    Propfind,
    /// REPORT, SEARCH.
    Query,
    /// UPDATE, MERGE.
    Update,
    /// POST, and what is not known.
    Other,
}

impl Method {
    /// Names of methods are case-sensitive (RFC 9110 section 9.1).
    fn of(name: &str) -> Self {
        match name {
            "PROPPATCH" => Method::Proppatch,
            "LOCK" => Method::Lock,
            "MKCOL" | "MKCALENDAR" => Method::Make,
            "UNLOCK" | "PUT" | "ACL" | "ORDERPATCH" => Method::Single,
            "DELETE" => Method::Delete,
            "COPY" | "MOVE" => Method::Copy,
            "PROPFIND" => Method::Propfind,
            "REPORT" | "SEARCH" => Method::Query,
            "UPDATE" | "MERGE" => Method::Update,
            _ => Method::Other,
        }
    }

    /// In the answer to it, that a property is missing or forbidden is normal.
    fn reads(self) -> bool {
        matches!(self, Method::Propfind | Method::Query)
    }
}

/// How often what was seen.
#[derive(Clone, Debug, Default)]
struct Tally {
    responses: u64,
    /// Statuses that say success, of propstats or responses.
    successes: u64,
    /// Responses with something that failed, 424 included.
    failing: u64,
    /// Hrefs that were judged.
    hrefs: u64,
    /// Responses and propstats without any status.
    unsaid: u64,
    culprits: u64,
    /// A property under success and under failure.
    contradicts: bool,
    /// The target, or an ancestor of it, is a culprit.
    target_failed: bool,
    /// The target has failed because something else did.
    target_follows: bool,
    /// The resource that was asked for is among them, and there.
    has_self: bool,
    self_failed: bool,
    /// The first response, if it may be about that under an alias.
    has_alias: bool,
    alias_failed: bool,
    is_truncated: bool,
    has_activelock: bool,
    /// The root is `DAV:error`.
    has_error: bool,
    /// The root of a body that is none of responses.
    has_root: bool,
}

impl Outcome {
    /// For a request and the status of HTTP it was answered with.
    pub fn new(method: &str, http_status: u16, request: RequestUrl) -> Self {
        Outcome {
            method: Method::of(method),
            http_status,
            request,
            destination: None,
            asked: Vec::new(),
            noroot: false,
            is_depth_zero: false,
            most: 100,
            culprits: Vec::new(),
            tally: Tally::default(),
        }
    }

    /// Where a COPY or MOVE was to go: what fails there has failed altogether.
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

    /// The resource itself was not asked for (`Depth: 1,noroot`): that a PROPFIND does not list it proves nothing.
    #[must_use]
    pub fn noroot(mut self) -> Self {
        self.noroot = true;
        self
    }

    /// Only the resource itself was asked for (`Depth: 0`): a single response is about it, under whatever alias. iCloud
    /// answers a PROPFIND of `/` with the path of the user.
    #[must_use]
    pub fn depth_zero(mut self) -> Self {
        self.is_depth_zero = true;
        self
    }

    /// Keeps so many culprits at most, 100 without it; others are counted.
    #[must_use]
    pub fn most_culprits(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// The resources that failed, in the order they came, as many as are kept.
    pub fn culprits(&self) -> &[Culprit] {
        &self.culprits
    }

    /// How many there were, kept or not.
    pub fn culprit_count(&self) -> u64 {
        self.tally.culprits
    }

    /// Whether a query was cut by the server, with no way to go on (RFC 5323 section 2.3.1, RFC 6352 section 8.6.2).
    pub fn is_truncated(&self) -> bool {
        self.tally.is_truncated
    }

    /// Takes a response into account.
    pub fn see(&mut self, response: &Response<'_>) {
        self.tally.responses += 1;
        let own = Own::of(response);
        let is_implicit = is_implicit(response);
        let conditions =
            || response.conditions().chain(response.propstats().flat_map(|propstat| propstat.conditions()));
        let conditions: Vec<_> = conditions().map(|condition| ElementName::from(condition.name())).collect();
        let by_propstats = self.judge(own, response.propstats());
        let by_own = self.status(own, true);
        // What a resource says of itself counts more than what its properties say.
        let judged = match (by_own, by_propstats) {
            (Judged::Culprit(_), _) => by_own,
            (_, Judged::Culprit(_)) => by_propstats,
            _ => by_own.max(by_propstats),
        };
        let is_gone = own.is_gone() && !matches!(by_propstats, Judged::Culprit(_));
        let sight = Sight { own, judged, is_gone };
        self.tally.unsaid += u64::from(own == Own::None && response.propstats().next().is_none());
        for href in response.hrefs().map(Some).chain(response.hrefs().next().is_none().then_some(None)) {
            // An implicit response without href speaks of the resource that was asked for.
            let relation = match &href {
                None if is_implicit => Some(Relation::Same),
                href => href
                    .as_ref()
                    .and_then(|href| self.request.relate(href).ok())
                    .map(|related| related.relation),
            };
            if relation == Some(Relation::Same) && own.is_success() && response.propstats().next().is_none() {
                // That is about all that was asked.
                self.asked.clear();
            }
            self.place(sight, relation, href, &conditions, response);
        }
    }

    /// What a root other than `multistatus` says: a LOCK is answered with `DAV:prop`, MKCOL with `DAV:mkcol-response`,
    /// a request that failed with `DAV:error`.
    pub fn see_root(&mut self, root: &Root<'_>) {
        self.tally.has_root = true;
        self.tally.has_error |= root.name().local() == "error";
        let locks = root.props().get(names::LOCKDISCOVERY);
        self.tally.has_activelock |= locks.is_some_and(|locks| locks.child(names::ACTIVELOCK).is_some());
        let judged = self.judge(Own::None, root.propstats());
        let conditions = root.conditions().chain(root.propstats().flat_map(|propstat| propstat.conditions()));
        let conditions: Vec<_> = conditions.map(|condition| ElementName::from(condition.name())).collect();
        if let Judged::Culprit(status) = judged {
            self.blame(None, status, &conditions);
        } else if self.tally.has_error {
            let status = Some(self.http_status).filter(|status| *status >= 400);
            self.blame(None, status, &conditions);
        }
        self.tally.failing += u64::from(!matches!(judged, Judged::Success | Judged::Silent));
    }

    /// What one status makes of a resource, counted. `is_own`: it is not that of properties.
    fn status(&mut self, status: Own, is_own: bool) -> Judged {
        let is_normal = self.method.reads() && !is_own;
        match status {
            Own::None => Judged::Silent,
            Own::Code(200..=299) => {
                self.tally.successes += 1;
                Judged::Success
            }
            Own::Code(code) if is_normal && code < 500 => Judged::Success,
            Own::Code(424) => Judged::Follows,
            Own::Code(code) => Judged::Culprit(Some(code)),
            Own::Bad => Judged::Culprit(None),
        }
    }

    /// What propstats make of a resource whose own status is `own`, counted.
    fn judge<'r, 'a: 'r>(
        &mut self,
        own: Own,
        propstats: impl Iterator<Item = Propstat<'r, 'a>> + Clone,
    ) -> Judged {
        let mut judged = Judged::Silent;
        let (mut succeeded, mut failed) = (Vec::new(), Vec::new());
        for propstat in propstats {
            let status = own.of_propstat(&propstat);
            self.tally.unsaid += u64::from(status == Own::None);
            let one = self.status(status, false);
            judged = match (judged, one) {
                // The first culprit.
                (Judged::Culprit(_), Judged::Culprit(_)) => judged,
                _ => judged.max(one),
            };
            if self.method == Method::Proppatch && status != Own::None {
                for element in propstat.elements() {
                    self.asked.retain(|asked| *asked != element.name());
                    let list = if status.is_success() { &mut succeeded } else { &mut failed };
                    list.push(element.name());
                }
            }
        }
        self.tally.contradicts |= succeeded.iter().any(|name| failed.contains(name));
        judged
    }

    fn place(
        &mut self,
        Sight { own, judged, is_gone }: Sight,
        relation: Option<Relation>,
        href: Option<Href<'_>>,
        conditions: &[ElementName<'static>],
        response: &Response<'_>,
    ) {
        let is_self = relation == Some(Relation::Same);
        let is_inside = relation.is_some_and(Relation::is_inside);
        let of_destination = self.destination.as_ref().zip(href.as_ref());
        let of_destination =
            of_destination.and_then(|(url, href)| url.relate(href).ok()).map(|related| related.relation);
        let is_target = is_self || of_destination == Some(Relation::Same);
        let is_above = [relation, of_destination].contains(&Some(Relation::Ancestor));
        let is_limit = own == Own::Code(507)
            && (!is_inside || has_condition(response, &[names::conditions::NUMBER_OF_MATCHES_WITHIN_LIMITS]));
        if self.method == Method::Query && is_limit {
            self.tally.is_truncated = true;
            return;
        }
        let judged = match judged {
            // Gone is what a member was to be.
            _ if is_gone && self.method == Method::Delete && is_inside => Judged::Success,
            // Nothing is said of it but that it was listed, and only what failed is listed.
            Judged::Silent if matches!(self.method, Method::Delete | Method::Copy) => Judged::Culprit(None),
            // A member that could not be made has no href that can be used.
            Judged::Success | Judged::Silent if self.method == Method::Other && relation.is_none() => {
                Judged::Culprit(None)
            }
            judged => judged,
        };
        self.tally.hrefs += 1;
        // Under an alias, if there is but one, wherever that is on this server.
        let is_alias = self.is_depth_zero && self.tally.responses == 1;
        let is_alias = is_alias && relation.is_some_and(|relation| relation != Relation::OtherOrigin);
        if (is_self || is_alias) && self.method == Method::Propfind {
            let is_missing = own == Own::None && !has_values(response) && is_about_nothing(response);
            let has_failed = is_missing || !(own == Own::None || own.is_success());
            self.tally.has_self |= is_self;
            self.tally.self_failed |= is_self && has_failed;
            self.tally.has_alias |= is_alias;
            self.tally.alias_failed |= is_alias && has_failed;
            if is_missing {
                let status = response.propstats().find_map(|propstat| propstat.status()?.as_u16());
                return self.blame(href.as_ref(), status, conditions);
            }
        }
        match judged {
            Judged::Success | Judged::Silent => {}
            Judged::Follows => {
                self.tally.failing += 1;
                self.tally.target_follows |= is_target;
            }
            Judged::Culprit(status) => {
                self.tally.failing += 1;
                self.tally.target_failed |= is_target || is_above;
                self.blame(href.as_ref(), status, conditions);
            }
        }
    }

    fn blame(&mut self, href: Option<&Href<'_>>, status: Option<u16>, conditions: &[ElementName<'static>]) {
        self.tally.culprits += 1;
        if self.culprits.len() < self.most {
            let href = href.map_or("", |href| href.as_str()).into();
            self.culprits.push(Culprit { href, status, conditions: conditions.to_vec() });
        }
    }

    /// The verdict on a multistatus that was read to its end.
    pub fn verdict(&self, trailer: &Trailer) -> Verdict {
        let verdict = self.judged();
        let is_whole = trailer.is_complete() && self.tally.responses == trailer.responses();
        match verdict {
            // What was not read or seen may have failed.
            Verdict::Success | Verdict::Unproven if !is_whole => Verdict::Unproven,
            verdict => verdict,
        }
    }

    /// The verdict when the body had another root, which was shown to [`Outcome::see_root`], or when there was none.
    ///
    /// An empty body under 207 is no answer: reading it is an error, and this is not to be asked then.
    pub fn verdict_without_responses(&self) -> Verdict {
        let Tally { failing, unsaid, has_root, has_activelock, has_error, .. } = self.tally;
        match (self.http_status, self.method) {
            (0..=199, _) => Verdict::Unproven,
            (300.., _) => Verdict::Failure,
            _ if has_error => Verdict::Failure,
            (201, Method::Make) if failing > 0 => Verdict::Partial,
            _ if failing > 0 => Verdict::Failure,
            _ if unsaid > 0 => Verdict::Unproven,
            (207, Method::Make) if has_root => Verdict::Unproven,
            (_, Method::Lock) if has_root && !has_activelock => Verdict::Unproven,
            (207, Method::Propfind | Method::Query) => Verdict::Unproven,
            _ => Verdict::Success,
        }
    }

    fn judged(&self) -> Verdict {
        let tally = &self.tally;
        let has_failed = tally.failing > 0;
        match self.http_status {
            0..=199 => return Verdict::Unproven,
            // What is not listed was not done either.
            300.. => return Verdict::Failure,
            _ => {}
        }
        match self.method {
            Method::Proppatch => match (tally.successes > 0, has_failed) {
                _ if tally.contradicts => Verdict::Partial,
                (true, true) => Verdict::Partial,
                (false, true) => Verdict::Failure,
                (true, false) if self.asked.is_empty() && tally.unsaid == 0 => Verdict::Success,
                _ => Verdict::Unproven,
            },
            Method::Lock | Method::Make => {
                if has_failed {
                    Verdict::Failure
                } else {
                    Verdict::Unproven
                }
            }
            Method::Single => {
                if has_failed {
                    Verdict::Failure
                } else {
                    Verdict::Success
                }
            }
            Method::Delete | Method::Copy => {
                if tally.target_failed || tally.target_follows {
                    Verdict::Failure
                } else if has_failed {
                    Verdict::Partial
                } else {
                    Verdict::Success
                }
            }
            Method::Propfind => {
                let is_alias = self.is_depth_zero && tally.responses == 1 && tally.has_alias;
                let is_bare = self.noroot && tally.responses > 0;
                if tally.self_failed || (!tally.has_self && is_alias && tally.alias_failed) {
                    Verdict::Failure
                } else if !(tally.has_self || is_bare || is_alias) {
                    Verdict::Unproven
                } else if has_failed {
                    Verdict::Partial
                } else {
                    Verdict::Success
                }
            }
            Method::Query => {
                if has_failed || tally.is_truncated {
                    Verdict::Partial
                } else {
                    Verdict::Success
                }
            }
            Method::Update => {
                if has_failed {
                    Verdict::Partial
                } else {
                    Verdict::Success
                }
            }
            Method::Other => match tally.failing {
                0 => Verdict::Success,
                failing if failing >= tally.hrefs => Verdict::Failure,
                _ => Verdict::Partial,
            },
        }
    }
}

/// What was made of a response.
#[derive(Clone, Copy, Debug)]
struct Sight {
    own: Own,
    judged: Judged,
    /// It says of itself that it is not there, and nothing else failed.
    is_gone: bool,
}

/// The worse one is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Judged {
    /// No status at all.
    Silent,
    Success,
    /// Failed because something else did.
    Follows,
    Culprit(Option<u16>),
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
