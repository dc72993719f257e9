//! The answer to a PROPFIND as a listing (RFC 4918 section 9.1): tables R and H of the guide.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use super::{
    Advice, Culprit, Method, Observer, Outcome, Request, Verdict,
    observer::{End, Report, Shown, Ticket, Unread, sealed},
    own_status::{OwnStatus, has_values, hrefs, is_about_nothing},
    place::Place,
    spelling::{Before, Spellings, Statement},
};
#[cfg(feature = "date")]
use crate::value::HttpDate;
use crate::{
    Disposition, Href, Lookup, Name, Response,
    href::{HrefKey, HrefRelation, RequestUrl},
    value::{ElementName, EntityTag},
};

/// Reads the answer to a PROPFIND: what is there, and in the end whether that is all.
///
/// ```
/// use multistatus::{href::RequestUrl, meaning::{Observer, Propfind}};
/// use url::Url;
///
/// let body = b"<multistatus xmlns='DAV:'>\
///     <response><href>/a/</href><propstat><prop><resourcetype><collection/></resourcetype></prop>\
///     <status>HTTP/1.1 200 OK</status></propstat></response>\
///     <response><href>/a/b%20c</href><propstat><prop><getcontentlength>7</getcontentlength></prop>\
///     <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
/// let url = RequestUrl::new(Url::parse("https://dav.example/a/")?);
/// let listing = Propfind::new(url, 207).read(body)?;
/// let member = listing.members().next().unwrap();
/// assert_eq!((member.name.as_deref(), member.getcontentlength), (Some("b c"), Some(7)));
/// assert_eq!(listing.itself().unwrap().is_collection, Some(true));
/// assert!(listing.end.is_complete());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Propfind {
    url: RequestUrl,
    http_status: u16,
    depth: Depth,
    /// The names that were asked for and are not mentioned yet. `None`: it does not matter.
    unmentioned: Option<Vec<ElementName<'static>>>,
    judge: Request,
    ticket: Ticket,
    spellings: Spellings,
    has_success: bool,
    has_value: bool,
    has_member: bool,
    /// A child that is a collection.
    has_folder: bool,
    has_descendant: bool,
    doubts: Vec<Doubt>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Zero,
    One,
    Infinity,
}

/// A resource in a listing.
///
/// A value that cannot be read is `None` here, as one that was not returned. To tell the two apart, take responses one
/// by one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// Its href, as sent: what to ask for.
    pub href: Href<'a>,
    /// Its key: equal for all spellings of one href.
    pub key: HrefKey,
    /// How it stands to the collection: [`HrefRelation::Same`] is the collection itself.
    pub relation: HrefRelation,
    /// Its name: the last segment of its path, decoded. `None` for the root of a server, and when the segment decodes to
    /// no name ([`Href::file_name`]).
    pub name: Option<String>,
    /// Whether it is a collection. `None` when its `resourcetype` was not returned.
    pub is_collection: Option<bool>,
    /// Its entity tag.
    pub getetag: Option<EntityTag<'a>>,
    /// Its size in bytes.
    pub getcontentlength: Option<u64>,
    /// When it was last changed (feature `date`).
    #[cfg(feature = "date")]
    pub getlastmodified: Option<HttpDate>,
}

/// What only the end of a listing can say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct ListingEnd {
    /// Why the listing is not complete, each reason once, with an example. Empty when it is.
    pub doubts: Vec<Doubt>,
    /// What failed, the collection itself included: see [`Outcome::culprits`].
    pub culprits: Vec<Culprit>,
    /// A member is in it. Without one, absence is not proven: a server that ignores `Depth: 1` answers so, too.
    pub has_member: bool,
    /// What to do next.
    pub advice: Advice,
    pub(super) http_status: u16,
    /// A property was returned.
    pub(super) has_value: bool,
}

/// Why a listing is not complete.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doubt {
    /// What is wrong.
    pub reason: DoubtReason,
    /// The first href it is wrong with. `None` when it is about the whole answer.
    pub example: Option<Href<'static>>,
}

/// What is wrong with a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DoubtReason {
    /// The status of HTTP is neither 200 nor 207.
    #[error("the request failed with HTTP status {0}")]
    HttpStatus(u16),
    /// The root is not that of a multistatus.
    #[error("the answer has another root than multistatus")]
    OtherRoot,
    /// Responses could not be read, or were not taken before the end was asked for.
    #[error("not every response was read")]
    Unread,
    /// The body was repaired.
    #[error("the body was repaired")]
    Repaired,
    /// The collection itself is not in it.
    #[error("the collection itself is not in it")]
    NoCollection,
    /// A resource failed, or the server has cut the answer (507).
    #[error("a resource failed")]
    Failed,
    /// Properties of the collection itself are refused, and not because they are missing: it may be closed to this user.
    #[error("properties of the collection itself are refused")]
    CollectionRefused,
    /// Nothing in the whole answer has a status of success. oCIS answers so after a token was revoked.
    #[error("nothing was returned with success")]
    NoSuccess,
    /// A resource is deeper than was asked for.
    #[error("a resource is deeper than was asked for")]
    TooDeep,
    /// Infinity was asked for, and collections in it are listed without any member. SabreDAV answers as for a depth of 1.
    #[error("no member of a member is in it")]
    TooShallow,
    /// An href is not in the collection, or cannot be resolved, or a response has several.
    #[error("an href is outside of the collection")]
    Foreign,
    /// One resource has two entity tags that differ, or comes twice without one, or two hrefs may be one resource or two.
    #[error("a resource is listed twice")]
    Twice,
    /// A segment decodes to a name with a slash in it, or to no name. civetweb escapes the whole path.
    #[error("an href has no usable name")]
    Name,
    /// None of the properties that were asked for is mentioned anywhere: the request may have come without its body.
    #[error("no property that was asked for is mentioned")]
    NotMentioned,
}

/// The reason, and the example.
impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.example {
            Some(href) => write!(f, "{}: {}", self.reason, href.as_str().escape_debug()),
            None => self.reason.fmt(f),
        }
    }
}

impl Propfind {
    /// For the URL that was asked, redirects followed, and the status of HTTP. The depth is 1.
    pub fn new(url: RequestUrl, http_status: u16) -> Self {
        Propfind {
            judge: Request::new(Method::Propfind, url.clone(), http_status),
            url,
            http_status,
            depth: Depth::One,
            unmentioned: None,
            ticket: Ticket::default(),
            spellings: Spellings::default(),
            has_success: false,
            has_value: false,
            has_member: false,
            has_folder: false,
            has_descendant: false,
            doubts: Vec::new(),
        }
    }

    /// `Depth: 0` was asked for. A single response is then about the resource itself, under whatever alias.
    pub fn depth_zero(mut self) -> Self {
        self.depth = Depth::Zero;
        self.judge = self.judge.depth_zero();
        self
    }

    /// `Depth: infinity` was asked for. Without a `Depth` header that is so, too (RFC 4918 section 9.1).
    pub fn depth_infinity(mut self) -> Self {
        self.depth = Depth::Infinity;
        self
    }

    /// The resource itself was not asked for (`Depth: 1,noroot`).
    pub fn noroot(mut self) -> Self {
        self.judge = self.judge.noroot();
        self
    }

    /// The properties that were asked for by name. When none of them is mentioned anywhere, the request may have come
    /// without its body. Leave this out with `Prefer: return=minimal`, where a server does not name what is missing.
    pub fn asked<'n, N: Into<Name<'n>>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.unmentioned = Some(names.into_iter().map(ElementName::from).collect());
        self
    }

    /// For a step of a round.
    pub(super) fn ticket(mut self, ticket: Ticket) -> Self {
        self.ticket = ticket;
        self
    }

    /// Each reason once, with its first example.
    fn doubt(&mut self, reason: DoubtReason, example: Option<&Href<'_>>) {
        if self.doubts.iter().all(|doubt| doubt.reason != reason) {
            self.doubts.push(Doubt { reason, example: example.map(|href| href.clone().into_owned()) });
        }
    }

    /// What a resource of the collection adds to the doubts.
    fn check(&mut self, entry: &Entry<'_>, spelling: &str) {
        let (href, is_member) = (&entry.href, entry.relation.is_inside());
        self.has_member |= is_member;
        self.has_descendant |= entry.relation == HrefRelation::Descendant;
        self.has_folder |= entry.relation == HrefRelation::Child && entry.is_collection == Some(true);
        let is_deep = match self.depth {
            Depth::Zero => is_member,
            Depth::One => entry.relation == HrefRelation::Descendant,
            Depth::Infinity => false,
        };
        if is_deep {
            self.doubt(DoubtReason::TooDeep, Some(href));
        }
        if is_member && (entry.name.is_none() || href.segments().any(|segment| segment.is_err())) {
            self.doubt(DoubtReason::Name, Some(href));
        }
        let tag = entry.getetag.as_ref().map(EntityTag::as_str);
        let statement = Statement::There(tag, entry.is_collection);
        let is_twice = match self.spellings.add(&entry.key, spelling, statement) {
            Before::Never => false,
            // Without a tag, nothing shows that both are about the same: one may stand for another member.
            Before::Same => is_member && tag.is_none(),
            Before::Contradicted => true,
            Before::OtherSpelling => is_member,
        };
        if is_twice {
            self.doubt(DoubtReason::Twice, Some(href));
        }
    }

    /// What a response about the collection itself adds to the doubts (H1).
    fn check_itself(&mut self, response: &Response<'_>) {
        let own = OwnStatus::of(response);
        let is_refused = response.propstats().any(|propstat| {
            let status = own.of_propstat(&propstat);
            let is_normal = matches!(status, OwnStatus::None | OwnStatus::Code(404)) || status.is_success();
            !is_normal && propstat.elements().next().is_some()
        });
        if is_refused && self.depth != Depth::Zero {
            self.doubt(DoubtReason::CollectionRefused, Some(&response.href()));
        }
    }
}

/// What is worth knowing of a resource.
fn entry<'a>(href: Href<'a>, place: &Place, response: &Response<'a>) -> Entry<'a> {
    let props = response.props();
    let name = href.file_name().and_then(Result::ok).map(|name| name.into_owned());
    Entry {
        key: place.key.clone(),
        relation: place.relation,
        name,
        is_collection: props.resourcetype().ok().flatten().map(|kind| kind.is_collection()),
        getetag: props.getetag().ok().flatten(),
        getcontentlength: props.getcontentlength().ok().flatten(),
        #[cfg(feature = "date")]
        getlastmodified: props.getlastmodified().ok().flatten(),
        href,
    }
}

impl sealed::Sealed for Propfind {}

impl Observer for Propfind {
    type Seen<'a> = Entry<'a>;
    type End = ListingEnd;

    fn see<'a>(&mut self, Shown(response): Shown<'_, 'a>, seen: &mut Vec<Entry<'a>>) {
        self.judge.count(response);
        let own = OwnStatus::of(response);
        self.has_success |= own.is_success();
        self.has_success |= response.propstats().any(|propstat| own.of_propstat(&propstat).is_success());
        self.has_value |= has_values(response);
        self.has_success |= self.has_value;
        if let Some(names) = &mut self.unmentioned {
            if names.iter().any(|name| !matches!(response.lookup(name.as_name()), Lookup::NotMentioned)) {
                self.unmentioned = None;
            }
        }
        let all = hrefs(response);
        let is_one = all.len() == 1 && !response.is_implicit();
        let Some(href) = all.into_iter().next() else { return };
        let place = Place::of(&self.url, &href).filter(|_| is_one);
        // iCloud answers a PROPFIND of `/` with the path of the user.
        let is_alias =
            |place: &Place| self.depth == Depth::Zero && place.relation != HrefRelation::OtherOrigin;
        let Some(place) = place.filter(|place| place.relation.is_found() || is_alias(place)) else {
            return self.doubt(DoubtReason::Foreign, Some(&href));
        };
        if place.relation == HrefRelation::Same {
            self.check_itself(response);
        }
        if response.disposition() != Disposition::Present || is_about_nothing(response) {
            return;
        }
        let entry = entry(href, &place, response);
        self.check(&entry, &place.spelling);
        seen.push(entry);
    }

    fn unread(&self, unread: &Unread<'_>) -> Option<Advice> {
        unread.advice(self.http_status)
    }

    fn end(mut self, end: End<'_>) -> ListingEnd {
        let failed = Advice::for_status(self.http_status);
        if failed.is_some() {
            self.doubt(DoubtReason::HttpStatus(self.http_status), None);
        }
        match &end {
            End::Whole(trailer) => {
                if !trailer.is_complete() {
                    self.doubt(DoubtReason::Unread, None);
                }
                if trailer.repaired().next().is_some() {
                    self.doubt(DoubtReason::Repaired, None);
                }
                if !self.judge.has_itself() {
                    self.doubt(DoubtReason::NoCollection, None);
                }
                if self.depth != Depth::Zero && !self.has_success {
                    self.doubt(DoubtReason::NoSuccess, None);
                }
                if self.depth == Depth::Infinity && self.has_folder && !self.has_descendant {
                    self.doubt(DoubtReason::TooShallow, None);
                }
                if self.unmentioned.as_ref().is_some_and(|names| !names.is_empty()) {
                    self.doubt(DoubtReason::NotMentioned, None);
                }
            }
            End::Other(_) | End::HttpOnly { .. } => self.doubt(DoubtReason::OtherRoot, None),
        }
        let Outcome { verdict, culprits, .. } = self.judge.clone().end(end);
        if let Some(culprit) = culprits.first() {
            self.doubt(DoubtReason::Failed, Some(&culprit.href));
        } else if verdict != Verdict::Success && self.doubts.is_empty() {
            self.doubt(DoubtReason::Failed, None);
        }
        let by_doubts = if self.doubts.is_empty() { Advice::Proceed } else { Advice::Later };
        let advice = failed.unwrap_or(by_doubts);
        ListingEnd {
            doubts: self.doubts,
            culprits,
            has_member: self.has_member,
            advice,
            http_status: self.http_status,
            has_value: self.has_value,
        }
    }

    fn own(seen: Entry<'_>) -> Entry<'static> {
        seen.into_owned()
    }

    fn ticket(&self) -> Ticket {
        self.ticket
    }
}

impl ListingEnd {
    /// Whether the listing has all that is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.doubts.is_empty()
    }

    /// Whether a member that is not in the listing is gone: it is complete, and has a member. Even so a server can leave
    /// one out: [`Round`](super::Round) asks for each before it removes one.
    #[must_use]
    pub fn proves_absence(&self) -> bool {
        self.is_complete() && self.has_member
    }
}

impl<'a> Report<'a, Propfind> {
    /// The collection itself, or the one resource of depth 0. `None` when it is not in the listing.
    pub fn itself(&self) -> Option<&Entry<'a>> {
        self.seen.iter().find(|entry| !entry.relation.is_inside())
    }

    /// The members, in the order they came, also when there are doubts. One may come twice.
    pub fn members(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.seen.iter().filter(|entry| entry.relation.is_inside())
    }

    /// The members by their keys, the last where one comes twice.
    pub fn by_key(&self) -> HashMap<&HrefKey, &Entry<'a>> {
        self.members().map(|entry| (&entry.key, entry)).collect()
    }

    /// Those of `known` that are not in the listing. Empty unless absence is proven ([`ListingEnd::proves_absence`]).
    pub fn absent<'k>(&self, known: impl IntoIterator<Item = &'k HrefKey>) -> Vec<&'k HrefKey> {
        if !self.end.proves_absence() {
            return Vec::new();
        }
        let seen: HashSet<_> = self.seen.iter().map(|entry| &entry.key).collect();
        known.into_iter().filter(|key| !seen.contains(key)).collect()
    }
}

impl Entry<'_> {
    /// The same, which borrows nothing.
    pub fn into_owned(self) -> Entry<'static> {
        Entry {
            href: self.href.into_owned(),
            key: self.key,
            relation: self.relation,
            name: self.name,
            is_collection: self.is_collection,
            getetag: self.getetag.map(EntityTag::into_owned),
            getcontentlength: self.getcontentlength,
            #[cfg(feature = "date")]
            getlastmodified: self.getlastmodified,
        }
    }
}
