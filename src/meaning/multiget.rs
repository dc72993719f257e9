//! The answer to a multiget report (RFC 4791 section 7.9, RFC 6352 section 8.7).

use std::collections::HashMap;

use super::judged::{Own, has_values, hrefs, is_ambiguous, is_implicit};
use crate::{Href, HrefError, HrefKey, Lookup, Name, RequestUrl, Response, Status, Trailer};

/// Reads the answer to a multiget report: what came of each href that was asked for.
///
/// `NotFound` is a statement about one spelling of an href: iCloud answers 404 for all of them when the request had
/// absolute URLs. Take it for a removal only when the request repeated the href exactly as the server had listed it and
/// at least one other was [`Answer::Got`]; otherwise list the collection first.
#[derive(Clone, Debug)]
pub struct Multiget<'n> {
    request: RequestUrl,
    data: Name<'n>,
    asked: HashMap<HrefKey, Asked>,
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
        /// Its own status, or that of a propstat that names no property.
        status: Option<Status<'a>>,
    },
    /// Nobody has asked for it.
    Unasked(Href<'a>),
}

impl<'n> Multiget<'n> {
    /// For a request whose data is the property `data`, such as [`names::caldav::CALENDAR_DATA`].
    ///
    /// [`names::caldav::CALENDAR_DATA`]: crate::names::caldav::CALENDAR_DATA
    pub fn new(request: RequestUrl, data: impl Into<Name<'n>>) -> Self {
        Multiget { request, data: data.into(), asked: HashMap::new() }
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

    /// What a response says of each of its hrefs.
    pub fn see<'a>(&mut self, response: &Response<'a>) -> Vec<Answer<'a>> {
        let (is_implicit, is_ambiguous) = (is_implicit(response), is_ambiguous(response));
        let answer = |href: Href<'a>| {
            let key = self.request.key(&href);
            let asked = key.as_ref().ok().and_then(|key| self.asked.get_mut(key));
            let is_asked = asked.is_some();
            if let Some(asked) = asked {
                asked.is_answered = true;
            }
            match is_asked {
                _ if is_implicit || key.is_err() => failed(href, response),
                false => Answer::Unasked(href),
                true if is_ambiguous => failed(href, response),
                true => self.judge(href, response),
            }
        };
        hrefs(response).into_iter().map(answer).collect()
    }

    fn judge<'a>(&self, href: Href<'a>, response: &Response<'a>) -> Answer<'a> {
        let own = Own::of(response);
        match own {
            Own::None | Own::Code(200..=299) => {
                let is_named = response.propstats().any(|propstat| propstat.elements().next().is_some());
                let has_status = response.propstats().any(|propstat| propstat.effective_status().is_some());
                match response.lookup(self.data) {
                    Lookup::Found(_) => Answer::Got(href),
                    // dav-server 0.11: a propstat of 404 that names no property.
                    _ if own == Own::None
                        && has_status
                        && !is_named
                        && response.propstats().all(|p| !is_success(&p)) =>
                    {
                        failed(href, response)
                    }
                    _ => Answer::NoData(href),
                }
            }
            own if own.is_gone() && !has_values(response) => Answer::NotFound(href),
            _ => failed(href, response),
        }
    }

    /// The hrefs that were asked for and have got no answer, once the body was read to its end: nothing is known of them,
    /// least of all that they are gone. `None` when responses could not be read or were not given out, which may have
    /// been about any of them.
    pub fn unanswered(&self, trailer: &Trailer) -> Option<impl Iterator<Item = &str>> {
        let open = self.asked.values().filter(|asked| !asked.is_answered);
        let open = open.flat_map(|asked| asked.hrefs.iter().map(String::as_str));
        trailer.is_complete().then_some(open)
    }
}

fn is_success(propstat: &crate::Propstat<'_, '_>) -> bool {
    propstat.effective_status().is_some_and(|status| status.is_success())
}

fn failed<'a>(href: Href<'a>, response: &Response<'a>) -> Answer<'a> {
    let status = response.status().or_else(|| response.propstats().find_map(|propstat| propstat.status()));
    Answer::Failed { href, status }
}
