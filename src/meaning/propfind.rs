//! The answer to a PROPFIND as a listing (RFC 4918 section 9.1): tables R and H of the guide.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    fmt,
};

use super::{
    Advice, Culprit, Method, Observer, Outcome, Request, Verdict,
    observer::{End, Report, Shown, Ticket, Unread, sealed},
    own_status::{OwnStatus, getetag, has_values, hrefs, is_about_nothing, is_collection},
    place::Place,
    spelling::{Before, Claim, Spellings},
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
///     <response><href>/a/</href><propstat><prop>\
///     <resourcetype><collection/></resourcetype></prop>\
///     <status>HTTP/1.1 200 OK</status></propstat></response>\
///     <response><href>/a/b%20c</href><propstat><prop>\
///     <getcontentlength>7</getcontentlength></prop>\
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
    doubts: Doubts,
}

/// Each reason once, with its first example.
#[derive(Clone, Debug, Default)]
struct Doubts(Vec<Doubt>);

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
    http_status: u16,
    collection: HrefKey,
    depth: Depth,
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
    /// A resource failed, or is named without being there, or the server has cut the answer (507).
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

impl Doubts {
    fn add(&mut self, reason: DoubtReason, example: Option<&Href<'_>>) {
        if self.0.iter().all(|doubt| doubt.reason != reason) {
            self.0.push(Doubt { reason, example: example.map(|href| href.clone().into_owned()) });
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
            doubts: Doubts::default(),
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

    /// What a resource of the collection adds to the doubts.
    fn check(&mut self, entry: &Entry<'_>, spelling: &str) {
        let (href, is_member) = (&entry.href, entry.relation.is_inside());
        let is_deep = match self.depth {
            // The first may be the resource itself under an alias.
            Depth::Zero => is_member && !self.judge.is_alone(),
            Depth::One => entry.relation == HrefRelation::Descendant,
            Depth::Infinity => false,
        };
        if is_deep {
            self.doubts.add(DoubtReason::TooDeep, Some(href));
        }
        if self.depth == Depth::Zero {
            return;
        }
        self.has_member |= is_member;
        if is_member && entry.name.is_none() {
            self.doubts.add(DoubtReason::Name, Some(href));
        }
        self.has_descendant |= entry.relation == HrefRelation::Descendant;
        self.has_folder |= entry.relation == HrefRelation::Child && entry.is_collection == Some(true);
        let tag = entry.getetag.as_ref().map(EntityTag::as_str);
        let claim = Claim::There(tag, entry.is_collection);
        let is_twice = match self.spellings.add(&entry.key, spelling, claim) {
            Before::Never | Before::Other => false,
            // Without a tag, nothing shows that both are about the same: one may stand for another member.
            Before::Same => is_member && tag.is_none(),
            Before::Contradicted => true,
            Before::OtherSpelling => is_member,
        };
        if is_twice {
            self.doubts.add(DoubtReason::Twice, Some(href));
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
            self.doubts.add(DoubtReason::CollectionRefused, Some(&response.href()));
        }
    }
}

/// What is worth knowing of a resource.
fn entry<'a>(href: Href<'a>, place: &Place, response: &Response<'a>) -> Entry<'a> {
    let props = response.props();
    // By the key: a repair may have found the name in another place than the end of the href.
    let name = match place.relation.is_inside() {
        true => place.key.name(),
        false => href.file_name().and_then(Result::ok).map(Cow::into_owned),
    };
    Entry {
        key: place.key.clone(),
        relation: place.relation,
        name,
        is_collection: is_collection(response),
        getetag: getetag(response),
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
        let located = self.judge.count(response);
        let own = OwnStatus::of(response);
        self.has_value = self.has_value || has_values(response);
        self.has_success = self.has_success
            || self.has_value
            || own.is_success()
            || response.propstats().any(|propstat| own.of_propstat(&propstat).is_success());
        if let Some(names) = &mut self.unmentioned {
            if names.iter().any(|name| !matches!(response.lookup(name.as_name()), Lookup::NotMentioned)) {
                self.unmentioned = None;
            }
        }
        let all = hrefs(response);
        let is_one = all.len() == 1 && !response.is_implicit();
        let Some(href) = all.into_iter().next() else { return };
        let place = located.filter(|_| is_one).map(|located| Place::at(&self.url, &href, located));
        // iCloud answers a PROPFIND of `/` with the path of the user.
        let is_alias =
            |place: &Place| self.depth == Depth::Zero && place.relation != HrefRelation::OtherOrigin;
        let Some(place) = place.filter(|place| place.relation.is_found() || is_alias(place)) else {
            return self.doubts.add(DoubtReason::Foreign, Some(&href));
        };
        if place.relation == HrefRelation::Same {
            self.check_itself(response);
        }
        if response.disposition() != Disposition::Present || is_about_nothing(response) {
            // It is named, so it is not absent; nor is it said to be there.
            return self.doubts.add(DoubtReason::Failed, Some(&href));
        }
        let entry = entry(href, &place, response);
        self.check(&entry, &place.spelling);
        seen.push(entry);
    }

    fn unread(&self, unread: &Unread<'_>) -> Option<Advice> {
        unread.advice(self.http_status)
    }

    fn end(self, end: End<'_>) -> ListingEnd {
        let Propfind { url, http_status, depth, unmentioned, judge, mut doubts, .. } = self;
        let Propfind { has_success, has_value, has_member, has_folder, has_descendant, .. } = self;
        let failed = Advice::for_status(http_status);
        if failed.is_some() {
            doubts.add(DoubtReason::HttpStatus(http_status), None);
        }
        match &end {
            End::Whole(trailer) => {
                if !judge.has_seen_all(trailer) {
                    doubts.add(DoubtReason::Unread, None);
                }
                if trailer.repaired().next().is_some() {
                    doubts.add(DoubtReason::Repaired, None);
                }
                if !judge.has_itself() {
                    doubts.add(DoubtReason::NoCollection, None);
                }
                if depth != Depth::Zero && !has_success {
                    doubts.add(DoubtReason::NoSuccess, None);
                }
                if depth == Depth::Infinity && has_folder && !has_descendant {
                    doubts.add(DoubtReason::TooShallow, None);
                }
                if unmentioned.is_some_and(|names| !names.is_empty()) {
                    doubts.add(DoubtReason::NotMentioned, None);
                }
            }
            End::Other(_) | End::HttpOnly { .. } => doubts.add(DoubtReason::OtherRoot, None),
        }
        let Outcome { verdict, culprits, .. } = judge.end(end);
        let mut failed_members = culprits.iter().filter(|culprit| !culprit.href.is_empty());
        if let Some(culprit) = failed_members.next() {
            doubts.add(DoubtReason::Failed, Some(&culprit.href));
        } else if verdict != Verdict::Success && doubts.0.is_empty() {
            doubts.add(DoubtReason::Failed, None);
        }
        let by_doubts = if doubts.0.is_empty() { Advice::Proceed } else { Advice::Later };
        let advice = failed.unwrap_or(by_doubts);
        let collection = url.own_key().clone();
        ListingEnd {
            doubts: doubts.0,
            culprits,
            has_member,
            advice,
            http_status,
            collection,
            depth,
            has_value,
        }
    }

    fn own(seen: Entry<'_>) -> Entry<'static> {
        seen.into_owned()
    }

    fn ticket(&self) -> Ticket {
        self.ticket
    }
}

/// A listing is not complete. It displays as the doubts, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotComplete(ListingEnd);

impl NotComplete {
    /// What the end of the listing said.
    pub fn end(&self) -> &ListingEnd {
        &self.0
    }
}

/// The doubts, one after the other.
impl fmt::Display for NotComplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the listing is not complete")?;
        for (number, doubt) in self.0.doubts.iter().enumerate() {
            write!(f, "{} {doubt}", if number == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl ListingEnd {
    /// Nothing when the listing is complete, and an error with the doubts when it is not.
    ///
    /// # Errors
    /// When there is a doubt.
    pub fn into_result(self) -> Result<(), NotComplete> {
        if self.is_complete() { Ok(()) } else { Err(NotComplete(self)) }
    }

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

    /// Whether a resource would be listed if it were there.
    fn covers(&self, key: &HrefKey) -> bool {
        key.is_below(&self.collection)
            && (self.depth == Depth::Infinity || key.depth_below(&self.collection) == 1)
    }
}

impl<'a> Report<'a, Propfind> {
    /// Whether the resource that was asked for is not there: HTTP 404 or 410 without anything listed, or the only
    /// response says so of it (nginx, dufs).
    pub fn is_missing(&self) -> bool {
        let is_named = || self.end.doubts.iter().all(|doubt| doubt.reason != DoubtReason::NoCollection);
        self.says_missing(|_| is_named())
    }

    /// The same; `is_itself` tells whether the only culprit is the resource that was asked for.
    pub(super) fn says_missing(&self, is_itself: impl FnOnce(&Href<'_>) -> bool) -> bool {
        match (&*self.seen, &*self.end.culprits, self.end.http_status) {
            ([], _, 404 | 410) => true,
            ([], [culprit], 200 | 207) => {
                matches!(culprit.status, Some(404 | 410)) && is_itself(&culprit.href)
            }
            _ => false,
        }
    }

    /// The collection itself, or the one resource of depth 0. `None` when it is not in the listing.
    pub fn itself(&self) -> Option<&Entry<'a>> {
        // Without a member, what is elsewhere is the resource of depth 0 under an alias.
        let alias = self.seen.first().filter(|_| !self.end.has_member && self.seen.len() == 1);
        self.seen.iter().find(|entry| entry.relation == HrefRelation::Same).or(alias)
    }

    /// The members, in the order they came, also when there are doubts. One may come twice.
    pub fn members(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.seen.iter().filter(|entry| entry.relation.is_inside())
    }

    /// The members by their keys, the last where one comes twice.
    pub fn by_key(&self) -> HashMap<&HrefKey, &Entry<'a>> {
        self.members().map(|entry| (&entry.key, entry)).collect()
    }

    /// Those of `known` that are not in the listing, and would be if they were there: without `Depth: infinity` it says
    /// nothing of members of members. Empty unless absence is proven ([`ListingEnd::proves_absence`]).
    pub fn absent<'k>(&self, known: impl IntoIterator<Item = &'k HrefKey>) -> Vec<&'k HrefKey> {
        if !self.end.proves_absence() {
            return Vec::new();
        }
        let seen: HashSet<_> = self.seen.iter().map(|entry| &entry.key).collect();
        known.into_iter().filter(|key| self.end.covers(key) && !seen.contains(key)).collect()
    }
}

impl Entry<'_> {
    /// Its name, or the href where it has no name that can be used.
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.href.as_str())
    }

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
