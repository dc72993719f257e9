//! The answer to a PROPFIND as a listing (RFC 4918 section 9.1): tables R and H of the guide.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::doubt::{DoubtReason, Doubts};
use super::listing::{Depth, Entry, ListingEnd};
use super::observer::{Observer, Report, Ticket, sealed};
use super::response::{getetag, has_values, hrefs, is_about_nothing, is_collection};
use super::shown::{End, Shown, Unread};
use super::spelling::{Before, Claim, Spellings};
use super::{
    advice::Advice, method::Method, outcome::Outcome, place::Place, request::Request, verdict::Verdict,
};
use crate::href::{HrefKey, HrefRelation, RequestUrl};
use crate::value::{ElementName, EntityTag};
use crate::{Disposition, Href, Lookup, Name, Response, parse::Code};

/// Reads the answer to a PROPFIND: which resources are there, and at the end whether the listing is complete.
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
    /// The properties that were asked for. `None` once the answer mentions one of them, or when no names were given.
    unmentioned: Option<Vec<ElementName<'static>>>,
    judge: Request,
    pub(super) ticket: Ticket,
    spellings: Spellings,
    has_success: bool,
    has_value: bool,
    has_member: bool,
    /// Whether a child of the collection is a collection itself.
    has_folder: bool,
    has_descendant: bool,
    doubts: Doubts,
}

impl Propfind {
    /// Makes an observer from the URL of the request after redirects, and the HTTP status. The depth is 1.
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

    /// Says that the request had `Depth: 0`: a single response is about the resource itself, even under another href.
    pub fn depth_zero(mut self) -> Self {
        self.depth = Depth::Zero;
        self.judge = self.judge.depth_zero();
        self
    }

    /// Says that the request had `Depth: infinity` or no `Depth` header, which is the same (RFC 4918 section 9.1).
    pub fn depth_infinity(mut self) -> Self {
        self.depth = Depth::Infinity;
        self
    }

    /// Says that the resource itself was not asked for (`Depth: 1,noroot`).
    pub fn noroot(mut self) -> Self {
        self.judge = self.judge.noroot();
        self
    }

    /// Names the properties that were asked for. When the answer mentions none of them, the request may have arrived
    /// without its body. Do not call this after `Prefer: return=minimal`: a server then leaves out what is missing.
    pub fn asked<'n, N: Into<Name<'n>>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.unmentioned = Some(names.into_iter().map(ElementName::from).collect());
        self
    }

    /// Adds the doubts about a resource of the collection.
    fn check(&mut self, entry: &Entry<'_>, spelling: &str) {
        let (href, is_member) = (&entry.href, entry.relation.is_inside());
        let is_deep = match self.depth {
            // A single response may be about the resource itself, under an alias.
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
            // Without a tag, nothing shows that both responses are about one resource: one may mean another member.
            Before::Same => is_member && tag.is_none(),
            Before::Contradicted => true,
            Before::OtherSpelling => is_member,
        };
        if is_twice {
            self.doubts.add(DoubtReason::Twice, Some(href));
        }
    }

    /// Adds the doubts about the properties of the collection itself (rule H1 of the guide).
    fn check_itself(&mut self, response: &Response<'_>) {
        let is_refused = response.propstats().any(|propstat| {
            let status = propstat.code();
            let is_normal = matches!(status, Code::None | Code::Is(404)) || status.is_success();
            !is_normal && propstat.elements().next().is_some()
        });
        if is_refused && self.depth != Depth::Zero {
            self.doubts.add(DoubtReason::CollectionRefused, Some(&response.href()));
        }
    }
}

fn entry<'a>(href: Href<'a>, place: &Place, response: &Response<'a>) -> Entry<'a> {
    let props = response.props();
    // The name comes from the key: after a repair, the href may not end with the name.
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
        self.has_value = self.has_value || has_values(response);
        self.has_success = self.has_success
            || self.has_value
            || response.code().is_success()
            || response.propstats().any(|propstat| propstat.code().is_success());
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
            // The answer names the resource, but does not say that it is there.
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
                let reasons = [
                    (DoubtReason::Unread, !judge.has_seen_all(trailer)),
                    (DoubtReason::Repaired, trailer.repaired().next().is_some()),
                    (DoubtReason::NoCollection, !judge.has_itself()),
                    (DoubtReason::NoSuccess, depth != Depth::Zero && !has_success),
                    (DoubtReason::TooShallow, depth == Depth::Infinity && has_folder && !has_descendant),
                    (DoubtReason::NotMentioned, unmentioned.is_some_and(|names| !names.is_empty())),
                ];
                let reasons = reasons.into_iter().filter(|(_, is_so)| *is_so);
                reasons.for_each(|(reason, _)| doubts.add(reason, None));
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

impl<'a> Report<'a, Propfind> {
    /// Whether the resource that was asked for is not there: the HTTP status is 404 or 410 and the listing is empty, or
    /// a single response says that the resource is not there (nginx, dufs).
    pub fn is_missing(&self) -> bool {
        let is_named = || self.end.doubts.iter().all(|doubt| doubt.reason != DoubtReason::NoCollection);
        self.says_missing(|_| is_named())
    }

    /// As [`Report::is_missing`], but `is_itself` decides whether an href names the resource that was asked for.
    pub(super) fn says_missing(&self, is_itself: impl FnOnce(&Href<'_>) -> bool) -> bool {
        match (&*self.seen, &*self.end.culprits, self.end.http_status) {
            ([], _, 404 | 410) => true,
            ([], [culprit], 200 | 207) => {
                matches!(culprit.status, Some(404 | 410)) && is_itself(&culprit.href)
            }
            _ => false,
        }
    }

    /// Returns the entry of the collection itself, or of the resource of `Depth: 0`. `None` if that entry is missing.
    pub fn itself(&self) -> Option<&Entry<'a>> {
        // If no member is listed, a single entry is the resource of depth 0, under another href (an alias).
        let alias = self.seen.first().filter(|_| !self.end.has_member && self.seen.len() == 1);
        self.seen.iter().find(|entry| entry.relation == HrefRelation::Same).or(alias)
    }

    /// Returns the members in the order of the body, even when the listing has doubts. One member may come twice.
    pub fn members(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.seen.iter().filter(|entry| entry.relation.is_inside())
    }

    /// Returns the members by their keys. When a member comes twice, the last entry counts.
    pub fn by_key(&self) -> HashMap<&HrefKey, &Entry<'a>> {
        self.members().map(|entry| (&entry.key, entry)).collect()
    }

    /// Returns the keys of `known` that the listing covers but does not name. Without `Depth: infinity`, a listing does
    /// not cover members of members. Empty unless absence is proven ([`ListingEnd::proves_absence`]).
    pub fn absent<'k>(&self, known: impl IntoIterator<Item = &'k HrefKey>) -> Vec<&'k HrefKey> {
        if !self.end.proves_absence() {
            return Vec::new();
        }
        let seen: HashSet<_> = self.seen.iter().map(|entry| &entry.key).collect();
        known.into_iter().filter(|key| self.end.covers(key) && !seen.contains(key)).collect()
    }
}
