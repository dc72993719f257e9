//! How a round starts.

use super::kept::{Known, Pending};
use super::steps::{Step, report};
use super::{pages::Pages, state::State};
use crate::{href::RequestUrl, meaning::body::level::SyncLevel};

/// One round of a sync engine, for one collection.
///
/// A round starts with what the client knows about the collection, and gives one [`Step`] after the other. Each step
/// says what to send, makes the observer for the answer, and takes the report of the observer. The last step says what
/// to remove and which token to store. Dropping a step ends the round: nothing is removed, and the old token stays.
///
/// ```
/// use multistatus::{href::RequestUrl, names::caldav::CALENDAR_DATA};
/// use multistatus::meaning::{Known, Observer, Round, Step};
/// use url::Url;
///
/// # let report = |_: Option<&str>| (207, "<multistatus xmlns='DAV:'><sync-token>2</sync-token></multistatus>");
/// # let multiget = |_: &[String]| (207, "<multistatus xmlns='DAV:'/>");
/// # let propfind = |_: &Url, _: &str| (207, "<multistatus xmlns='DAV:'/>");
/// let url = RequestUrl::new(Url::parse("https://dav.example/cal/")?);
/// let known = [Known::new("/cal/a.ics", Some("\"1\""))];
/// let mut step = Round::new(url, known).start(Some("urn:token:1"));
/// let done = loop {
///     step = match step {
///         Step::Report(ask) => {
///             let (status, body) = report(ask.token());
///             let answer = ask.observer(status).read(body.as_bytes());
///             ask.answer(answer)
///         }
///         Step::Fetch(ask) => {
///             let (status, body) = multiget(ask.hrefs());
///             let answer = ask.observer(status, CALENDAR_DATA).read(body.as_bytes());
///             // Store what was got here: `answer` has it.
///             ask.answer(answer)
///         }
///         Step::Probe(ask) => {
///             let (status, body) = propfind(ask.url(), "0");
///             let answer = ask.observer(status).read(body.as_bytes());
///             ask.answer(answer)
///         }
///         Step::List(ask) => {
///             let (status, body) = propfind(ask.url(), ask.depth());
///             let answer = ask.observer(status).read(body.as_bytes());
///             ask.answer(answer)
///         }
///         Step::Done(done) => break done,
///     };
/// };
/// // Remove `done.remove`, keep `done.pending`, and store the token last.
/// assert!(done.remove.is_empty());
/// assert_eq!(done.token.as_deref(), Some("2"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A step is answered once:
///
/// ```compile_fail,E0382
/// fn twice(ask: multistatus::meaning::AskProbe) {
///     let _ = ask.answer_head(404);
///     let _ = ask.answer_head(404);
/// }
/// ```
///
/// # What a round removes
///
/// The round removes a member at once when the report names the member as gone, gives a token, and writes the href
/// without a percent-escape. Otherwise the round confirms the removal first: when the href has an escape (SOGo 5.8 does
/// not escape names), when there is no token, and when a first report or a listing does not name the member. The round
/// asks for the member by the href that its data came under. The member is gone when the answer is 404 or 410, and
/// something else of the collection is there. A member that is not confirmed stays, and the next round asks again.
///
/// # Memory
///
/// A round keeps the key, the href and the tag of each known member, and the key and the href of each member that a
/// report names.
#[derive(Clone, Debug)]
#[must_use]
pub struct Round {
    state: Box<State>,
}

impl Round {
    /// Makes a round for the URL of a collection, and the members that the client knows.
    pub fn new(url: RequestUrl, known: impl IntoIterator<Item = Known>) -> Self {
        Round { state: Box::new(State::new(url, known)) }
    }

    /// Asks for at most `most` members in one page of the report. By default, no limit is sent.
    pub fn limit(mut self, most: u64) -> Self {
        self.state.limit = Some(most);
        self
    }

    /// Asks for at most `most` hrefs in one multiget, but at least 2. The default is 100.
    pub fn batch(mut self, most: usize) -> Self {
        self.state.batch = most.max(2);
        self
    }

    /// Asks for members of members, too, at any depth (`DAV:sync-level` infinite).
    pub fn infinite(mut self) -> Self {
        self.state.level = SyncLevel::Infinite;
        self
    }

    /// Adds what the round before could not settle.
    pub fn pending(mut self, pending: Pending) -> Self {
        self.state.add_pending(pending);
        self
    }

    /// Returns the first step. `token` is the token of the round before, if it gave one.
    pub fn start<'t>(mut self, token: impl Into<Option<&'t str>>) -> Step {
        let token = token.into().map(str::trim).filter(|token| !token.is_empty()).map(str::to_owned);
        self.state.pages = Pages::new(token.as_deref());
        report(self.state, token)
    }
}
