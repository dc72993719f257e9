//! The answer to a multiget report (RFC 4791 section 7.9, RFC 6352 section 8.7).

use std::collections::HashMap;

use super::stated::{Stated, has_values, hrefs, is_ambiguous, is_implicit};
use crate::{
    Href, Lookup, Name, Response, Trailer,
    href::{HrefError, HrefKey, RequestUrl},
};

/// Reads the answer to a multiget report: what came of each href that was asked for.
///
/// [`Multiget::read`] reads a body in memory. To other inputs [`Multiget::see`] is shown the responses as they pass, and
/// [`Multiget::unanswered`] the end.
///
/// `NotFound` is a statement about one spelling of an href: iCloud answers 404 for all of them when the request had
/// absolute URLs. Take it for a removal only when the request repeated the href exactly as the server had listed it and
/// at least one other was [`Answer::Got`]; otherwise list the collection first.
#[derive(Clone, Debug)]
pub struct Multiget<'n> {
    http_status: u16,
    request: RequestUrl,
    data: Name<'n>,
    asked: HashMap<HrefKey, Asked>,
    responses: u64,
}

/// The spellings that a resource was asked for by.
#[derive(Clone, Debug, Default)]
struct Asked {
    hrefs: Vec<String>,
    is_answered: bool,
}

/// What came of one href of a multiget report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer<'a> {
    /// The data is in the response.
    Got(Href<'a>),
    /// There is no resource under this spelling.
    NotFound(Href<'a>),
    /// The resource exists, but its data was not returned.
    NoData(Href<'a>),
    /// Whether the resource exists is not told.
    Failed {
        /// The href; empty or unusable when that is what failed.
        href: Href<'a>,
        /// Its own status, or that of propstats that name no property. `None` when there is none, or one that is
        /// unreadable.
        status: Option<u16>,
    },
    /// Nobody has asked for it.
    Unasked(Href<'a>),
}

impl<'n> Multiget<'n> {
    /// For a request whose data is the property `data`, such as [`names::caldav::CALENDAR_DATA`], and the status of HTTP it
    /// was answered with. If that is none of success, everything has failed.
    ///
    /// [`names::caldav::CALENDAR_DATA`]: crate::names::caldav::CALENDAR_DATA
    pub fn new(http_status: u16, request: RequestUrl, data: impl Into<Name<'n>>) -> Self {
        Multiget { http_status, request, data: data.into(), asked: HashMap::new(), responses: 0 }
    }

    /// An href that was asked for.
    ///
    /// # Errors
    /// When it cannot be resolved.
    pub fn ask(&mut self, href: &str) -> Result<(), HrefError> {
        let key = self.request.key(&Href::from(href))?;
        self.asked.entry(key).or_default().hrefs.push(href.to_owned());
        Ok(())
    }

    /// What a response says of each of its hrefs. Where two answers to one href differ, do not take it for gone.
    pub fn see<'a>(&mut self, response: &Response<'a>) -> Vec<Answer<'a>> {
        self.see_keyed(response).into_iter().map(|(answer, _)| answer).collect()
    }

    /// The same, each with the key of its href if that is usable.
    pub(super) fn see_keyed<'a>(&mut self, response: &Response<'a>) -> Vec<(Answer<'a>, Option<HrefKey>)> {
        self.responses += 1;
        let own = Stated::of(response);
        let is_implicit = is_implicit(response);
        let is_refused = !Stated::Code(self.http_status).is_success();
        let said = match is_refused || is_implicit || is_ambiguous(response) {
            true => Said::Failed(own.code()),
            false => self.judge(own, response),
        };
        let answer = |href: Href<'a>| {
            let key = self.request.key(&href).ok();
            let asked = key.as_ref().and_then(|key| self.asked.get_mut(key));
            let is_asked = asked.is_some();
            if let Some(asked) = asked {
                asked.is_answered = true;
            }
            let answer = match said {
                _ if is_implicit || key.is_none() => Answer::Failed { href, status: own.code() },
                _ if !is_asked => Answer::Unasked(href),
                Said::Got => Answer::Got(href),
                Said::NotFound => Answer::NotFound(href),
                Said::NoData => Answer::NoData(href),
                Said::Failed(status) => Answer::Failed { href, status },
            };
            (answer, key)
        };
        hrefs(response).into_iter().map(answer).collect()
    }

    fn judge(&self, own: Stated, response: &Response<'_>) -> Said {
        match own {
            Stated::None | Stated::Code(200..=299) => match response.lookup(self.data) {
                Lookup::Found(_) => Said::Got,
                _ if own == Stated::None => refused_unnamed(response).map_or(Said::NoData, Said::Failed),
                _ => Said::NoData,
            },
            own if own.is_gone() && !has_values(response) => Said::NotFound,
            own => Said::Failed(own.code()),
        }
    }

    /// The hrefs that were asked for and have got no answer, once the body was read to its end: nothing is known of them,
    /// least of all that they are gone. `None` when responses could not be read or were not shown to [`Multiget::see`],
    /// which may have been about any of them.
    pub fn unanswered<'s>(
        &'s self,
        trailer: &Trailer,
    ) -> Option<impl Iterator<Item = &'s str> + use<'s, 'n>> {
        let open = self.asked.values().filter(|asked| !asked.is_answered);
        let open = open.flat_map(|asked| asked.hrefs.iter().map(String::as_str));
        (trailer.is_complete() && self.responses == trailer.responses()).then_some(open)
    }
}

/// What a response says, whichever of its hrefs it is about.
#[derive(Clone, Copy, Debug)]
enum Said {
    Got,
    NotFound,
    NoData,
    Failed(Option<u16>),
}

/// The first status of propstats that all fail and name no property, as dav-server 0.11 answers for what is not there.
fn refused_unnamed(response: &Response<'_>) -> Option<Option<u16>> {
    let mut first = None;
    for propstat in response.propstats() {
        let status = Stated::None.of_propstat(&propstat);
        if status.is_success() || propstat.elements().next().is_some() {
            return None;
        }
        if status != Stated::None {
            first.get_or_insert(status.code());
        }
    }
    first
}
