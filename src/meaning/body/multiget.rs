//! The answer to a multiget report (RFC 4791 section 7.9, RFC 6352 section 8.7): tables M and G of the guide.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::advice::Advice;
use super::observer::{Observer, Report, Ticket, sealed};
use super::response::{getetag, has_values, hrefs, is_ambiguous, may_be_misread};
use super::shown::{End, Shown, Unread};
use crate::href::{HrefKey, RequestUrl};
use crate::value::{ElementName, EntityTag};
use crate::{Href, Name, Response, parse::Code};

/// Reads the answer to a multiget report: the data or failure that came for each href of the request.
///
/// ```
/// use multistatus::{href::RequestUrl, names::caldav::CALENDAR_DATA};
/// use multistatus::meaning::{Multiget, Observer};
/// use url::Url;
///
/// let body = b"<D:multistatus xmlns:D='DAV:'><D:response><D:href>/cal/a.ics</D:href>\
///     <D:propstat><D:prop><calendar-data xmlns='urn:ietf:params:xml:ns:caldav'>\
///     BEGIN:VCALENDAR</calendar-data></D:prop>\
///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>";
/// let url = RequestUrl::new(Url::parse("https://dav.example/cal/")?);
/// let asked = ["/cal/a.ics", "/cal/b.ics"];
/// let report = Multiget::new(url, 207, CALENDAR_DATA, asked).read(body)?;
/// let got = report.got().next().unwrap();
/// assert_eq!((got.asked.as_str(), &*got.data), ("/cal/a.ics", "BEGIN:VCALENDAR"));
/// assert_eq!(report.end.open, ["/cal/b.ics"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Multiget {
    url: RequestUrl,
    http_status: u16,
    data: ElementName<'static>,
    pub(super) ticket: Ticket,
    /// The hrefs of the request, in the order of the request.
    asked: Vec<Asked>,
    /// The index of each href in `asked`, by the key of the href.
    places: HashMap<HrefKey, usize>,
    responses: u64,
    has_success: bool,
    hash: RandomState,
}

/// An href that was asked for, and what came for it.
#[derive(Clone, Debug)]
struct Asked {
    href: String,
    came: Came,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Nothing,
    /// Data came. The number is the hash of the entity tag and the data.
    Got(u64),
    NotFound,
    /// No data, a failure, or answers that contradict each other.
    Other,
    /// Two values that differ: it is not known which one is right (rule G3 of the guide).
    Conflict,
    /// The href cannot be resolved, or shares its key with another href of the request: so it is not known which answer
    /// is about this href.
    Open,
}

/// What one response of a multiget says. A client may act on an answer at once: that does no harm. Resources that were
/// not found are only in [`MultigetEnd`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer<'a> {
    /// The data was returned.
    Got(Got<'a>),
    /// The resource exists, but its data was not returned, or is empty (iCloud, Kolab).
    NoData {
        /// The href, as it was asked for.
        asked: String,
    },
    /// The answer does not say whether the resource exists.
    Failed {
        /// The href, as it was asked for.
        asked: String,
        /// The status of the response, or of its propstats if these name no property. `None` when there is no status,
        /// or an unreadable one.
        status: Option<u16>,
    },
    /// The href was not asked for, is empty, or cannot be resolved.
    Unasked(Href<'a>),
}

/// A resource whose data was returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Got<'a> {
    /// The href, as it was asked for: keep the data under this spelling.
    pub asked: String,
    /// The href, as sent.
    pub href: Href<'a>,
    /// The entity tag of the resource. `None` when the tag was not returned, or cannot be read.
    pub getetag: Option<EntityTag<'a>>,
    /// The data of the resource, as sent, never empty or blank.
    pub data: Cow<'a, str>,
}

/// What only the end of a multiget can say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct MultigetEnd {
    /// The hrefs, as asked for, that were not found. Being here proves no removal: iCloud answers 404 for all hrefs
    /// when the request had absolute URLs. [`Round`](crate::meaning::Round) finds out what was removed.
    pub not_found: Vec<String>,
    /// The hrefs, as asked for, that are not settled: nothing came, no data came, the resource failed, or two answers
    /// differ. Ask for these hrefs once more, then for each by itself.
    pub open: Vec<String>,
    /// Whether a response about a resource of the collection was a success. Without a success, a 404 in the same
    /// answer means nothing.
    pub has_success: bool,
    /// What to do next.
    pub advice: Advice,
}

impl Multiget {
    /// Makes an observer from the URL of the request after redirects, the HTTP status, the property with the data, such
    /// as [`CALENDAR_DATA`](crate::names::caldav::CALENDAR_DATA), and the hrefs exactly as they were sent. Hrefs that
    /// share a key stay [open](MultigetEnd::open), and so does an href that cannot be resolved.
    pub fn new<'n, H: Into<String>>(
        url: RequestUrl,
        http_status: u16,
        data: impl Into<Name<'n>>,
        hrefs: impl IntoIterator<Item = H>,
    ) -> Self {
        let (mut asked, mut places) = (Vec::<Asked>::new(), HashMap::new());
        for href in hrefs {
            let href = href.into();
            let mut came = Came::Nothing;
            match url.key(&Href::new(&*href)) {
                Err(_) => came = Came::Open,
                Ok(key) => {
                    let first = *places.entry(key).or_insert(asked.len());
                    if let Some(first) = asked.get_mut(first) {
                        (first.came, came) = (Came::Open, Came::Open);
                    }
                }
            }
            asked.push(Asked { href, came });
        }
        Multiget {
            url,
            http_status,
            data: ElementName::from(data),
            ticket: Ticket::default(),
            asked,
            places,
            responses: 0,
            has_success: false,
            hash: RandomState::new(),
        }
    }

    /// Returns what a response says about one of its hrefs. `None` when a client need not know that before the end.
    fn judge<'a>(&mut self, href: Href<'a>, response: &Response<'a>, said: &Said<'a>) -> Option<Answer<'a>> {
        let Ok((located, key)) = self.url.locate_with_key(&href) else { return Some(Answer::Unasked(href)) };
        let has_success = matches!(said, Said::Got(_) | Said::NoData { is_success: true });
        self.has_success |= has_success && located.relation.is_found();
        let asked = self.places.get(&key).and_then(|place| self.asked.get_mut(*place));
        let Some(Asked { href: asked, came }) = asked else { return Some(Answer::Unasked(href)) };
        let failed = |asked: &String, status| Some(Answer::Failed { asked: asked.clone(), status });
        let (now, answer) = match (*came, said) {
            (Came::Open, _) => return failed(asked, None),
            (_, Said::Got(data)) => {
                let getetag = getetag(response);
                let tag = getetag.as_ref().map(EntityTag::as_str);
                let got = Came::Got(self.hash.hash_one((tag, data)));
                let asked = asked.clone();
                (got, Some(Answer::Got(Got { asked, href, getetag, data: data.clone() })))
            }
            (_, Said::NotFound) => (Came::NotFound, None),
            (_, Said::NoData { .. }) => (Came::Other, Some(Answer::NoData { asked: asked.clone() })),
            (_, Said::Failed(status)) => (Came::Other, failed(asked, *status)),
        };
        *came = came.and(now);
        answer
    }
}

impl Came {
    /// Returns what two answers about one href mean together.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Came::Open | Came::Conflict, _) => self,
            (Came::Nothing, _) => other,
            (Came::Got(one), Came::Got(other)) if one != other => Came::Conflict,
            (Came::Got(_), _) => self,
            (_, Came::Got(_)) => other,
            _ if self == other => self,
            _ => Came::Other,
        }
    }
}

/// What a response says about each of its hrefs.
enum Said<'a> {
    Got(Cow<'a, str>),
    NotFound,
    NoData { is_success: bool },
    Failed(Option<u16>),
}

impl<'a> Said<'a> {
    fn of(response: &Response<'a>, data: Name<'_>) -> Self {
        let own = response.code();
        if response.is_implicit() || is_ambiguous(response) {
            return Said::Failed(own.as_u16());
        }
        match own {
            Code::None | Code::Is(200..=299) => {}
            // A 404 proves nothing if it may be about another href, or was only made a 404 by a repair.
            own if own.is_gone() && !has_values(response) && !may_be_misread(response) => {
                return Said::NotFound;
            }
            own => return Said::Failed(own.as_u16()),
        }
        match response.props().read::<Cow<'a, str>>(data) {
            // iCloud and Kolab send an empty value, which is no data (rule G1).
            Ok(Some(text)) if !text.trim().is_empty() => Said::Got(text),
            Ok(_) => match refused_unnamed(response).filter(|_| own == Code::None) {
                Some(status) => Said::Failed(status),
                None => Said::NoData { is_success: own.is_success() || has_values(response) },
            },
            Err(_) => Said::Failed(own.as_u16()),
        }
    }
}

/// Returns the first status if all propstats fail and name no property, as dav-server 0.11 does for a missing resource.
fn refused_unnamed(response: &Response<'_>) -> Option<Option<u16>> {
    let mut first = None;
    for propstat in response.propstats() {
        let status = propstat.code();
        if status.is_success() || propstat.elements().next().is_some() {
            return None;
        }
        if status != Code::None {
            first.get_or_insert(status.as_u16());
        }
    }
    first
}

impl sealed::Sealed for Multiget {}

impl Observer for Multiget {
    type Seen<'a> = Answer<'a>;
    type End = MultigetEnd;

    fn see<'a>(&mut self, Shown(response): Shown<'_, 'a>, seen: &mut Vec<Answer<'a>>) {
        self.responses += 1;
        // With an HTTP status other than 200 and 207, the body is not the answer to a multiget (rule D8).
        if Advice::for_status(self.http_status).is_some() {
            return;
        }
        let said = Said::of(response, self.data.as_name());
        for href in hrefs(response) {
            seen.extend(self.judge(href, response, &said));
        }
    }

    fn unread(&self, unread: &Unread<'_>) -> Option<Advice> {
        unread.advice(self.http_status)
    }

    fn end(self, end: End<'_>) -> MultigetEnd {
        let failed = Advice::for_status(self.http_status).map(|advice| match advice {
            // Busy servers answer with one of these codes. Otherwise, one bad href may be the cause (rule G5).
            Advice::Later if matches!(self.http_status, 429 | 502..=504) => Advice::Later,
            Advice::List | Advice::Later => Advice::OneByOne,
            advice => advice,
        });
        // The server did not understand the request: repeating the request does not help.
        let failed = failed.or(matches!(end, End::Other(_)).then_some(Advice::OneByOne));
        let is_sound = match &end {
            End::Whole(trailer) => {
                failed.is_none() && trailer.is_complete() && self.responses == trailer.responses()
            }
            _ => false,
        };
        let (mut not_found, mut open) = (Vec::new(), Vec::new());
        for Asked { href, came } in self.asked {
            match came {
                Came::Got(_) => {}
                Came::NotFound if is_sound => not_found.push(href),
                _ => open.push(href),
            }
        }
        let advice = failed.unwrap_or(if open.is_empty() { Advice::Proceed } else { Advice::Repeat });
        MultigetEnd { not_found, open, has_success: self.has_success && is_sound, advice }
    }

    /// Takes back data that came twice and differs (rule G3).
    fn settle<'a>(report: &mut Report<'a, Self>) {
        let open: HashSet<_> = report.end.open.iter().collect();
        report.seen.retain(|answer| !matches!(answer, Answer::Got(got) if open.contains(&got.asked)));
    }

    fn own(seen: Answer<'_>) -> Answer<'static> {
        seen.into_owned()
    }

    fn ticket(&self) -> Ticket {
        self.ticket
    }
}

impl<'a> Report<'a, Multiget> {
    /// Returns the resources whose data was returned, in the order of the body.
    pub fn got(&self) -> impl Iterator<Item = &Got<'a>> {
        self.seen.iter().filter_map(|answer| match answer {
            Answer::Got(got) => Some(got),
            _ => None,
        })
    }
}

impl Answer<'_> {
    /// Makes an answer that borrows nothing.
    pub fn into_owned(self) -> Answer<'static> {
        match self {
            Answer::Got(got) => Answer::Got(got.into_owned()),
            Answer::NoData { asked } => Answer::NoData { asked },
            Answer::Failed { asked, status } => Answer::Failed { asked, status },
            Answer::Unasked(href) => Answer::Unasked(href.into_owned()),
        }
    }
}

impl Got<'_> {
    /// Makes a resource that borrows nothing.
    pub fn into_owned(self) -> Got<'static> {
        let Got { asked, href, getetag, data } = self;
        let getetag = getetag.map(EntityTag::into_owned);
        Got { asked, href: href.into_owned(), getetag, data: Cow::Owned(data.into_owned()) }
    }
}
