//! The steps of a round. Each step knows what it asks for, and takes the report of the answer.

use url::Url;

use super::state::{State, Subject};
use super::{kept::Done, queue::Purpose};
use crate::{
    Href, Name,
    href::{HrefRelation, RequestUrl},
    meaning::body::{
        advice::Advice,
        level::SyncLevel,
        multiget::Multiget,
        observer::{Incomplete, Observer, Report, Ticket},
        propfind::Propfind,
        sync::SyncCollection,
    },
    names,
};

/// What to do next in a round.
#[derive(Clone, Debug)]
#[must_use]
#[allow(
    clippy::exhaustive_enums,
    reason = "an engine has to take every step: a new one breaks it in any case"
)]
pub enum Step {
    /// Send a sync-collection report.
    Report(AskReport),
    /// Send a multiget, and store the data that comes.
    Fetch(AskFetch),
    /// Send a PROPFIND with `Depth: 0`, or a HEAD.
    Probe(AskProbe),
    /// Send a PROPFIND of the collection.
    List(AskList),
    /// Remove what is gone, store what is pending, and store the token last.
    Done(Done),
}

/// A sync-collection report to send (RFC 6578 section 3.2). Ask for `getetag` and `resourcetype`.
#[derive(Clone, Debug)]
#[must_use]
pub struct AskReport {
    state: Box<State>,
    token: Option<String>,
}

/// A multiget to send.
#[derive(Clone, Debug)]
#[must_use]
pub struct AskFetch {
    state: Box<State>,
    purpose: Purpose,
    hrefs: Vec<String>,
}

/// A PROPFIND with `Depth: 0` or a HEAD to send, to see whether a resource is there. Ask for `resourcetype`: an answer
/// without any property proves nothing.
#[derive(Clone, Debug)]
#[must_use]
pub struct AskProbe {
    state: Box<State>,
    subject: Subject,
    url: Url,
}

/// A PROPFIND of the collection to send. Ask for `getetag` and `resourcetype`.
#[derive(Clone, Debug)]
#[must_use]
pub struct AskList {
    state: Box<State>,
}

pub(super) fn report(mut state: Box<State>, token: Option<String>) -> Step {
    state.ticket = Ticket::new();
    Step::Report(AskReport { state, token })
}

/// Gives the first of these steps that has something to ask: a fetch, a listing, a confirmation, a probe. Else the end.
fn next(mut state: Box<State>) -> Step {
    state.ticket = Ticket::new();
    if let Some((purpose, hrefs)) = state.next_fetch() {
        return Step::Fetch(AskFetch { state, purpose, hrefs });
    }
    if state.next_list() {
        return Step::List(AskList { state });
    }
    if let Some(hrefs) = state.next_confirm() {
        return Step::Fetch(AskFetch { state, purpose: Purpose::Confirm, hrefs });
    }
    if let Some((subject, url)) = state.next_probe() {
        return Step::Probe(AskProbe { state, subject, url });
    }
    Step::Done(state.done())
}

/// Returns the report if it belongs to this step. The report of another step is read as a body that was cut.
fn checked<'a, O: Observer>(
    ticket: Ticket,
    answer: Result<Report<'a, O>, Incomplete<O>>,
) -> Result<Report<'a, O>, (Advice, Vec<O::Seen<'static>>)> {
    match answer {
        // If the program took something out of the report, the round would not see that.
        Ok(report) if report.ticket == ticket && report.is_untouched() => Ok(report),
        Err(incomplete) if incomplete.ticket() == ticket => {
            Err((incomplete.advice(), incomplete.into_seen()))
        }
        _ => Err((Advice::Repeat, Vec::new())),
    }
}

/// Whether a resource is there, by the answer to its PROPFIND. `Some(true)` if the answer is about this resource alone
/// and has a value. `Some(false)` if the answer is only 404 or 410. `None` for any other answer.
fn presence(url: &RequestUrl, report: &Report<'_, Propfind>) -> Option<bool> {
    let is_itself = |href: &Href<'_>| url.locate(href).is_ok_and(|at| at.relation == HrefRelation::Same);
    match (&*report.seen, &*report.end.culprits) {
        ([entry], []) if report.end.is_complete() && report.end.has_value && is_itself(&entry.href) => {
            Some(true)
        }
        _ if report.says_missing(is_itself) => Some(false),
        _ => None,
    }
}

impl AskReport {
    /// Returns the URL to send the request to.
    pub fn url(&self) -> &Url {
        self.state.url.url()
    }

    /// Returns the token to send. `None`: send an empty `sync-token` element.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Returns the limit to send. `None`: send no limit.
    pub fn limit(&self) -> Option<u64> {
        self.state.limit
    }

    /// Returns the `sync-level` to send.
    pub fn level(&self) -> SyncLevel {
        self.state.level
    }

    /// Makes the observer that reads the answer.
    pub fn observer(&self, http_status: u16) -> SyncCollection {
        let sent = SyncCollection::new(self.state.url.clone(), http_status).token(self.token());
        let mut sent = sent.limit(self.state.limit).level(self.state.level);
        sent.ticket = self.state.ticket;
        sent
    }

    /// Takes the result of this step's observer, and returns the next step. Any other result is read as a cut body.
    pub fn answer(self, answer: Result<Report<'_, SyncCollection>, Incomplete<SyncCollection>>) -> Step {
        let AskReport { mut state, token } = self;
        match checked(state.ticket, answer) {
            Ok(answer) => match state.take_report(answer, token) {
                Some(token) => report(state, token),
                None => next(state),
            },
            Err((advice, _)) => {
                state.report_failed(advice);
                next(state)
            }
        }
    }
}

impl AskFetch {
    /// Returns the URL to send the request to.
    pub fn url(&self) -> &Url {
        self.state.url.url()
    }

    /// Returns the hrefs, exactly as they have to be sent.
    pub fn hrefs(&self) -> &[String] {
        &self.hrefs
    }

    /// Makes the observer that reads the answer. `data` is the property with the data, such as `calendar-data`.
    pub fn observer<'n>(&self, http_status: u16, data: impl Into<Name<'n>>) -> Multiget {
        let mut sent = Multiget::new(self.state.url.clone(), http_status, data, &self.hrefs);
        sent.ticket = self.state.ticket;
        sent
    }

    /// Takes the result of this step's observer, and returns the next step. Store the data first. Any other result is
    /// read as a cut body.
    pub fn answer(self, answer: Result<Report<'_, Multiget>, Incomplete<Multiget>>) -> Step {
        let AskFetch { mut state, purpose, hrefs } = self;
        match checked(state.ticket, answer) {
            Ok(report) => state.take_multiget(purpose, &hrefs, &report),
            Err((advice, _)) => state.multiget_failed(purpose, &hrefs, advice),
        }
        next(state)
    }
}

impl AskProbe {
    /// Returns the URL to send the request to.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Makes the observer that reads the answer to a PROPFIND.
    pub fn observer(&self, http_status: u16) -> Propfind {
        let mut sent = Propfind::new(self.state.url.with_url(self.url.clone()), http_status).depth_zero();
        sent.ticket = self.state.ticket;
        sent
    }

    /// Takes the result of this step's observer, and returns the next step. Any other result is read as a cut body.
    pub fn answer(self, answer: Result<Report<'_, Propfind>, Incomplete<Propfind>>) -> Step {
        let AskProbe { mut state, subject, url } = self;
        match checked(state.ticket, answer) {
            Ok(report) => {
                let presence = presence(&state.url.with_url(url), &report);
                state.take_probe(subject, presence);
            }
            Err(_) => state.take_probe(subject, None),
        }
        next(state)
    }

    /// Takes the HTTP status of the answer to a HEAD, and returns the next step. The status can prove that a member is
    /// gone. It cannot prove that a member is there: a page of HTML is a success, too. Then the next round asks again.
    pub fn answer_head(self, http_status: u16) -> Step {
        let AskProbe { mut state, subject, .. } = self;
        let presence = match http_status {
            200..=299 if matches!(subject, Subject::Collection) => Some(true),
            404 | 410 => Some(false),
            _ => None,
        };
        state.take_probe(subject, presence);
        next(state)
    }
}

impl AskList {
    /// Returns the URL to send the request to.
    pub fn url(&self) -> &Url {
        self.state.url.url()
    }

    /// Returns the `Depth` header to send: `1` or `infinity`.
    pub fn depth(&self) -> &'static str {
        match self.state.level {
            SyncLevel::One => "1",
            SyncLevel::Infinite => "infinity",
        }
    }

    /// Makes the observer that reads the answer.
    pub fn observer(&self, http_status: u16) -> Propfind {
        let sent = Propfind::new(self.state.url.clone(), http_status);
        let mut sent = sent.asked([names::RESOURCETYPE, names::GETETAG]);
        sent.ticket = self.state.ticket;
        if self.state.level == SyncLevel::Infinite { sent.depth_infinity() } else { sent }
    }

    /// Takes the result of this step's observer, and returns the next step. Any other result is read as a cut body.
    pub fn answer(self, answer: Result<Report<'_, Propfind>, Incomplete<Propfind>>) -> Step {
        let AskList { mut state } = self;
        match checked(state.ticket, answer) {
            Ok(report) => state.take_listing(&report.seen, Some(&report.end)),
            Err((advice, seen)) => {
                state.advice = advice;
                state.take_listing(&seen, None);
            }
        }
        next(state)
    }
}
