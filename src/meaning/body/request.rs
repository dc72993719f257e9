//! Whether a request succeeded: tables O, P, T, R and J of the guide.
//!
//! Every response adds to a [`Tally`], and the tally gives the verdict at the end. Only culprits are kept, up to a
//! limit.

use std::cell::LazyCell;

use super::culprit::{Culprits, Why};
use super::observer::{Observer, sealed};
use super::response::{conditions, has_values, hrefs, is_about_nothing, is_limit};
use super::shown::{End, Shown, Unread};
use super::verdict::{Asked, Rules, Tally, Verdict};
use super::{advice::Advice, condition::Condition, method::Method, outcome::Outcome};
use crate::href::{HrefKey, HrefRelation, LocatedHref, RequestUrl};
use crate::{
    Element, ErrorKind, Href, OtherBody, Propstat, Response, Root, Trailer, names, parse::Code,
    value::ElementName,
};

/// Judges the answer to any request: whether it succeeded, and what failed.
///
/// ```
/// use multistatus::{href::RequestUrl, meaning::{Method, Observer, Request, Verdict}};
/// use url::Url;
///
/// // DELETE /a/, HTTP 207: one member is locked. It and its collection are still there.
/// let body = b"<multistatus xmlns='DAV:'><response><href>/a/b</href>\
///     <status>HTTP/1.1 423 Locked</status></response></multistatus>";
/// let url = RequestUrl::new(Url::parse("https://dav.example/a/")?);
/// let outcome = Request::new(Method::Delete, url, 207).read(body)?.end;
/// assert_eq!(outcome.verdict, Verdict::Partial);
/// assert_eq!(outcome.culprits[0].to_string(), "/a/b: 423");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// When a body is empty or is not WebDAV, such as a page of HTML, the HTTP status counts: MKCOL with 201 and a page is
/// a success. A page with 200 may come from a login, and proves nothing. With 207, such a body is an error. A body that
/// may be meant as WebDAV, such as a multistatus after the warning of a script, is an error with any 2xx.
///
/// A request has one answer. Reading the answer uses the `Request` up:
///
/// ```compile_fail
/// use multistatus::meaning::{Observer, Outcome, Request};
///
/// fn twice(request: Request, body: &[u8]) -> Option<(Outcome, Outcome)> {
///     Some((request.read(body).ok()?.end, request.read(body).ok()?.end))
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Request {
    asked: Asked,
    is_known: bool,
    url: RequestUrl,
    destination: Option<RequestUrl>,
    /// The properties that the answer has not mentioned yet.
    unmentioned: Vec<ElementName<'static>>,
    is_depth_zero: bool,
    culprits: Culprits,
    tally: Tally,
}

impl Request {
    /// Makes an observer from the method, the URL of the request after redirects, and the HTTP status.
    pub fn new(method: Method, url: RequestUrl, http_status: u16) -> Self {
        let rules = method.rules();
        let (destination, unmentioned) = match method {
            Method::Copy(destination) | Method::Move(destination) => (Some(destination), Vec::new()),
            Method::Proppatch(properties) => (None, properties.0),
            _ => (None, Vec::new()),
        };
        Request {
            asked: Asked { rules: rules.unwrap_or(Rules::Other), http_status, noroot: false },
            is_known: rules.is_some(),
            url,
            destination,
            unmentioned,
            is_depth_zero: false,
            culprits: Culprits::new(100),
            tally: Tally::default(),
        }
    }

    /// Says that a PROPFIND did not ask for the resource itself (`Depth: 1,noroot`): then a listed member is enough for
    /// a success.
    pub fn noroot(mut self) -> Self {
        self.asked.noroot = true;
        self
    }

    /// Says that a PROPFIND asked only for the resource itself (`Depth: 0`): then a single response is about that
    /// resource, even under another href. iCloud answers a PROPFIND of `/` with the path of the user.
    pub fn depth_zero(mut self) -> Self {
        self.is_depth_zero = true;
        self
    }

    /// Keeps at most `most` culprits, in less than a megabyte. The other culprits are only counted.
    pub fn most_culprits(mut self, most: usize) -> Self {
        self.culprits.most = most;
        self
    }

    /// Whether the resource that was asked for is in the answer to a PROPFIND.
    pub(super) fn has_itself(&self) -> bool {
        self.tally.has_self || self.tally.has_alias || (self.asked.noroot && self.tally.has_member)
    }

    /// Whether every response was read, and counted.
    pub(super) fn has_seen_all(&self, trailer: &Trailer) -> bool {
        trailer.is_complete() && self.tally.responses == trailer.responses()
    }

    /// Whether the answer has a single response so far, about one resource.
    pub(super) fn is_alone(&self) -> bool {
        self.tally.responses == 1 && self.tally.hrefs == 1
    }

    /// Counts a response. Returns where its last href is. `None` when that href cannot be resolved.
    pub(super) fn count(&mut self, response: &Response<'_>) -> Option<(LocatedHref, HrefKey)> {
        self.tally.responses += 1;
        let said = self.read_response(response);
        let why = LazyCell::new(|| {
            let described = || response.propstats().find_map(|propstat| propstat.description());
            let description = response.description().or_else(described);
            why(response.propstats(), conditions(response), description.as_deref())
        });
        let mut last = None;
        for href in hrefs(response) {
            last = self.url.locate_with_key(&href).ok();
            // An implicit response without href is about the resource that was asked for.
            let relation = match href.is_empty() && said.is_implicit {
                true => Some(HrefRelation::Same),
                false => last.as_ref().map(|(located, _)| located.relation),
            };
            if relation == Some(HrefRelation::Same) && said.own.is_success() && !said.has_propstats {
                // A success without propstats is about all properties.
                self.unmentioned.clear();
            }
            self.count_href(&said, relation, &href, &why);
        }
        last
    }

    /// Counts a root other than `multistatus`: LOCK is answered with `DAV:prop`, MKCOL with `DAV:mkcol-response`, and a
    /// failed request with `DAV:error`.
    fn count_root(&mut self, root: &Root<'_>) {
        self.tally.has_root = true;
        self.tally.has_error |= root.name().local() == "error";
        let locks = root.props().get(names::LOCKDISCOVERY);
        self.tally.has_activelock |= locks.is_some_and(|locks| locks.child(names::ACTIVELOCK).is_some());
        let effect = self.judge_propstats(root.propstats());
        let why = LazyCell::new(|| {
            let inside = root.propstats().flat_map(|propstat| propstat.conditions());
            why(root.propstats(), root.conditions().chain(inside), root.description().as_deref())
        });
        if let Effect::Culprit(status) = effect {
            self.culprits.add(None, status, &why);
        } else if self.tally.has_error {
            self.culprits.add(None, self.failed_status(), &why);
        }
        self.tally.failing += u64::from(!matches!(effect, Effect::Success | Effect::Silent));
    }

    /// Counts a response, and returns what the response says about each of its hrefs.
    fn read_response(&mut self, response: &Response<'_>) -> Said {
        let own = response.code();
        let by_propstats = self.judge_propstats(response.propstats());
        let by_own = self.judge_status(own, true);
        // The status of the response itself counts more than those of its propstats.
        let effect = by_own.worse(by_propstats);
        let has_propstats = response.propstats().next().is_some();
        self.tally.has_unsaid |= own == Code::None && !has_propstats;
        let rules = self.asked.rules;
        Said {
            own,
            effect,
            has_propstats,
            is_implicit: response.is_implicit(),
            is_gone: own.is_gone() && !matches!(by_propstats, Effect::Culprit(_)),
            is_missing: rules == Rules::Propfind
                && own == Code::None
                && !has_values(response)
                && is_about_nothing(response),
            is_limit: rules == Rules::Query && is_limit(response),
        }
    }

    /// Counts a status, and returns its effect on the resource. `is_own`: whether the response itself has this status.
    fn judge_status(&mut self, status: Code, is_own: bool) -> Effect {
        let is_normal = self.asked.rules.reads() && !is_own;
        match status {
            Code::None => Effect::Silent,
            Code::Is(200..=299) => {
                self.tally.has_success = true;
                Effect::Success
            }
            Code::Is(code) if is_normal && code < 500 => Effect::Success,
            Code::Is(424) => Effect::Follows,
            Code::Is(code) => Effect::Culprit(Some(code)),
            Code::Bad => Effect::Culprit(None),
        }
    }

    /// Counts propstats, and returns their worst effect on the resource.
    fn judge_propstats<'r, 'a: 'r>(&mut self, propstats: impl Iterator<Item = Propstat<'r, 'a>>) -> Effect {
        let mut effect = Effect::Silent;
        for propstat in propstats {
            let status = propstat.code();
            self.tally.has_unsaid |= status == Code::None;
            effect = effect.worse(self.judge_status(status, false));
            if !self.unmentioned.is_empty() && status != Code::None {
                for element in propstat.elements() {
                    let name = element.name();
                    self.unmentioned.retain(|asked| *asked != name);
                }
            }
        }
        effect
    }

    fn count_href(
        &mut self,
        said: &Said,
        relation: Option<HrefRelation>,
        href: &Href<'_>,
        why: &LazyCell<Why, impl FnOnce() -> Why>,
    ) {
        let rules = self.asked.rules;
        let is_self = relation == Some(HrefRelation::Same);
        let is_inside = relation.is_some_and(HrefRelation::is_inside);
        if rules == Rules::Query && said.own == Code::Is(507) && (!is_inside || said.is_limit) {
            self.tally.is_truncated = true;
            return;
        }
        self.tally.hrefs += 1;
        if rules == Rules::Propfind {
            self.count_listed(said, relation);
        }
        let effect = match said.effect {
            _ if said.is_missing && is_self => Effect::Culprit(Some(404)),
            // A member that is gone counts as deleted.
            _ if said.is_gone && rules == Rules::Delete && is_inside => Effect::Success,
            // The answer to DELETE, COPY and MOVE lists only what failed.
            Effect::Silent if matches!(rules, Rules::Delete | Rules::Copy) => Effect::Culprit(None),
            // A response without a usable href is about a member that could not be made.
            Effect::Success | Effect::Silent if rules == Rules::Other && relation.is_none() => {
                Effect::Culprit(None)
            }
            effect => effect,
        };
        if matches!(effect, Effect::Success | Effect::Silent) {
            return;
        }
        self.tally.failing += 1;
        let of_destination = self.destination.as_ref();
        let of_destination = of_destination.and_then(|url| url.locate_as_sent_to(&self.url, href).ok());
        let relations = [relation, of_destination.map(|located| located.relation)];
        let is_target = relations.contains(&Some(HrefRelation::Same));
        match effect {
            Effect::Culprit(status) => {
                self.tally.target_failed |= is_target || relations.contains(&Some(HrefRelation::Ancestor));
                self.culprits.add(Some(href), status, why);
            }
            _ => self.tally.target_follows |= is_target,
        }
    }

    /// Counts whether the resource that was asked for is listed.
    fn count_listed(&mut self, said: &Said, relation: Option<HrefRelation>) {
        let has_failed = said.is_missing || !(said.own == Code::None || said.own.is_success());
        let is_self = relation == Some(HrefRelation::Same);
        self.tally.has_self |= is_self;
        self.tally.self_failed |= is_self && has_failed;
        self.tally.has_member |= relation.is_some_and(HrefRelation::is_inside);
        // A single response may be about the resource under another href (an alias), anywhere on this server.
        self.tally.has_alias = self.is_depth_zero
            && self.is_alone()
            && relation.is_some_and(|relation| relation != HrefRelation::OtherOrigin);
        self.tally.alias_failed = self.tally.has_alias && has_failed;
    }

    /// Returns the HTTP status, if it is 300 or more.
    fn failed_status(&self) -> Option<u16> {
        Some(self.asked.http_status).filter(|status| *status >= 300)
    }

    /// Whether the body says nothing, so that only the HTTP status counts.
    fn is_only_http(&self, unread: &Unread<'_>) -> bool {
        const MEANT: [&str; 6] =
            ["error", "mkcalendar-response", "mkcol-response", "prop", "propstat", "response"];
        let ErrorKind::NotDav { found } = unread.error.kind() else { return false };
        let is_meant = match found {
            OtherBody::Root(name) => MEANT.iter().any(|local| name.rsplit(['}', ':']).next() == Some(local)),
            _ => false,
        };
        match self.asked.http_status {
            207 => false,
            300.. => true,
            _ => !is_meant && !unread.mentions_multistatus,
        }
    }
}

/// Collects why something failed: the properties of propstats that failed, the conditions and the description.
fn why<'r, 'a: 'r>(
    propstats: impl Iterator<Item = Propstat<'r, 'a>>,
    conditions: impl Iterator<Item = Element<'r, 'a>>,
    description: Option<&str>,
) -> Why {
    let is_failure = |status: Code| !status.is_success() && !matches!(status, Code::None | Code::Is(424));
    let failed = propstats.filter(|propstat| is_failure(propstat.code()));
    let names =
        failed.flat_map(|propstat| propstat.elements()).map(|element| ElementName::from(element.name()));
    Why::new(names, conditions.map(Condition::of), description)
}

impl sealed::Sealed for Request {}

impl Observer for Request {
    type Seen<'a> = ();
    type End = Outcome;

    fn see<'a>(&mut self, Shown(response): Shown<'_, 'a>, _: &mut Vec<()>) {
        self.count(response);
    }

    fn unread(&self, unread: &Unread<'_>) -> Option<Advice> {
        (!self.is_only_http(unread)).then(|| Advice::for_error(self.asked.http_status, unread.error))
    }

    fn end(mut self, end: End<'_>) -> Outcome {
        let verdict = match end {
            End::Whole(trailer) => {
                let is_whole = self.has_seen_all(trailer);
                self.tally.verdict(self.asked, is_whole, self.unmentioned.is_empty())
            }
            End::Other(root) => {
                self.count_root(root);
                self.tally.verdict_without_responses(self.asked)
            }
            End::HttpOnly { is_html } => {
                self.tally.has_page = is_html;
                self.tally.verdict_without_responses(self.asked)
            }
        };
        let verdict = match verdict {
            // It is not known what an unknown method does (rule J2 of the guide).
            Verdict::Success if !self.is_known => Verdict::Unproven,
            verdict => verdict,
        };
        // If the body names no culprit, the request itself is the culprit (rule J3).
        if verdict == Verdict::Failure || self.tally.failing > 0 {
            let status = self.failed_status();
            self.culprits.or_request(status);
        }
        Outcome {
            verdict,
            culprits: self.culprits.kept,
            culprit_count: self.culprits.count,
            is_truncated: self.tally.is_truncated,
        }
    }

    fn own((): ()) {}
}

/// What a response says about each of its hrefs.
#[derive(Clone, Copy, Debug)]
struct Said {
    own: Code,
    effect: Effect,
    has_propstats: bool,
    is_implicit: bool,
    /// Whether the status of the response says that the resource is gone, and no property failed.
    is_gone: bool,
    /// Whether the propstats say that the resource does not exist: nginx answers a PROPFIND like this.
    is_missing: bool,
    /// Whether the server does not give all hits of a query.
    is_limit: bool,
}

/// The effect of a status on a resource, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    /// There is no status.
    Silent,
    Success,
    /// The resource failed because something else did (424).
    Follows,
    Culprit(Option<u16>),
}

impl Effect {
    /// Returns the worse of both effects. Of two culprits, returns the first.
    fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Effect::Culprit(_), _) => self,
            _ => self.max(other),
        }
    }
}
