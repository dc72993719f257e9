//! The trait of all observers. An input shows an observer every response once, and then the end of the same body.
//! A caller has no method to show a response. So responses and end never come from two bodies, and no response is
//! shown twice or left out.

use std::sync::atomic::{AtomicU64, Ordering};
use std::{error, fmt};

use super::shown::{End, Shown, Unread};
use super::{advice::Advice, observed::Observed};
use crate::{Error, Multistatus, Options};

/// Reads one answer. An observer is made for one request and the HTTP status of its answer.
///
/// | the request | observer | one response | the end |
/// |---|---|---|---|
/// | sync-collection | [`SyncCollection`](crate::meaning::SyncCollection) | [`Change`](crate::meaning::Change) | [`SyncEnd`](crate::meaning::SyncEnd) |
/// | multiget | [`Multiget`](crate::meaning::Multiget) | [`Answer`](crate::meaning::Answer) | [`MultigetEnd`](crate::meaning::MultigetEnd) |
/// | PROPFIND | [`Propfind`](crate::meaning::Propfind) | [`Entry`](crate::meaning::Entry) | [`ListingEnd`](crate::meaning::ListingEnd) |
/// | any | [`Request`](crate::meaning::Request) | nothing | [`Outcome`](crate::meaning::Outcome) |
///
/// Acting on what one response says ([`Observer::Seen`]) does no harm, even if it is wrong. What can destroy something,
/// such as a removal or a token, is only in [`Observer::End`], when the whole answer supports it.
///
/// A pair of observers is an observer, too: `(SyncCollection::new(..), Request::new(..))` reads one body in two ways.
/// [`Report::split`] gives the report of each observer. A body that one observer cannot read is an error of the pair.
///
/// The trait is sealed. Only an input shows responses to an observer:
///
/// ```compile_fail
/// use multistatus::{Response, meaning::{Observer, Propfind}};
///
/// fn twice(listing: &mut Propfind, response: &Response<'_>) {
///     listing.see(response, &mut Vec::new());
/// }
/// ```
///
/// An observer reads one body. Reading uses the observer up:
///
/// ```compile_fail,E0382
/// use multistatus::meaning::{Observer, Propfind};
///
/// fn again(listing: Propfind, body: &[u8]) {
///     let _ = listing.read(body);
///     let _ = listing.read(body);
/// }
/// ```
pub trait Observer: Sized + sealed::Sealed {
    /// What one response says. Acting on it does no harm, even when it is wrong.
    type Seen<'a>: Clone + fmt::Debug + PartialEq;

    /// What only the end of a body can say.
    type End: Clone + fmt::Debug + PartialEq;

    /// Reads a body in memory. The report borrows from the body where it can.
    ///
    /// # Errors
    /// When the body cannot be read to its end, or is not of the kind that was asked for.
    fn read(self, body: &[u8]) -> Result<Report<'_, Self>, Incomplete<Self>> {
        self.read_with(body, &Options::new())
    }

    /// Reads a body in memory as `options` say.
    ///
    /// # Errors
    /// As [`Observer::read`].
    fn read_with<'a>(self, body: &'a [u8], options: &Options) -> Result<Report<'a, Self>, Incomplete<Self>> {
        self.over(Multistatus::with_options(body, options)).read()
    }

    /// Reads from an input: the whole body with `read`, or response by response with `next_response` and `finish`.
    fn over<I>(self, input: I) -> Observed<I, Self> {
        Observed::new(input, self)
    }

    #[doc(hidden)]
    fn see<'a>(&mut self, shown: Shown<'_, 'a>, seen: &mut Vec<Self::Seen<'a>>);

    #[doc(hidden)]
    fn unread(&self, unread: &Unread<'_>) -> Option<Advice>;

    #[doc(hidden)]
    fn end(self, end: End<'_>) -> Self::End;

    /// Removes from a report what the end of the body contradicts.
    #[doc(hidden)]
    fn settle<'a>(_: &mut Report<'a, Self>) {}

    #[doc(hidden)]
    fn own(seen: Self::Seen<'_>) -> Self::Seen<'static>;

    /// Returns the number of the step of a round that made the observer.
    #[doc(hidden)]
    fn ticket(&self) -> Ticket {
        Ticket::default()
    }
}

pub(super) mod sealed {
    pub trait Sealed {}
}

/// Everything that an answer says.
///
/// To compare two reports, their lifetimes have to be equal: use [`Report::into_owned`].
#[non_exhaustive]
#[must_use]
pub struct Report<'a, O: Observer> {
    /// What the responses say, in the order they came.
    pub seen: Vec<O::Seen<'a>>,
    /// What only the end of the body can say.
    pub end: O::End,
    pub(super) ticket: Ticket,
    /// The length of `seen` when the report was made.
    pub(super) count: usize,
}

impl<O: Observer> Report<'_, O> {
    /// Makes a report that borrows nothing.
    pub fn into_owned(self) -> Report<'static, O> {
        let Report { seen, end, ticket, count } = self;
        Report { seen: seen.into_iter().map(O::own).collect(), end, ticket, count }
    }

    /// Whether `seen` still has as many items as when the report was made.
    pub(super) fn is_untouched(&self) -> bool {
        self.seen.len() == self.count
    }
}

impl<O: Observer> Clone for Report<'_, O> {
    fn clone(&self) -> Self {
        Report { seen: self.seen.clone(), end: self.end.clone(), ticket: self.ticket, count: self.count }
    }
}

impl<O: Observer> PartialEq for Report<'_, O> {
    fn eq(&self, other: &Self) -> bool {
        self.seen == other.seen && self.end == other.end
    }
}

impl<O: Observer> fmt::Debug for Report<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report").field("seen", &self.seen).field("end", &self.end).finish()
    }
}

/// An error: a body could not be read to its end, so nothing in it proves anything.
///
/// The error has what was seen before the fault: a file manager can show that with a warning. The error displays as its
/// cause and the advice.
pub struct Incomplete<O: Observer>(Box<IncompleteParts<O>>);

struct IncompleteParts<O: Observer> {
    seen: Vec<O::Seen<'static>>,
    error: Error,
    advice: Advice,
    ticket: Ticket,
}

impl<O: Observer> Incomplete<O> {
    pub(super) fn ticket(&self) -> Ticket {
        self.0.ticket
    }

    /// Returns what the responses before the fault said, in order. Empty when the responses were taken one by one.
    pub fn seen(&self) -> &[O::Seen<'static>] {
        &self.0.seen
    }

    /// Returns what the responses before the fault said, owned.
    pub fn into_seen(self) -> Vec<O::Seen<'static>> {
        self.0.seen
    }

    /// Returns the error that says why the body could not be read.
    pub fn error(&self) -> &Error {
        &self.0.error
    }

    /// Returns what to do next.
    pub fn advice(&self) -> Advice {
        self.0.advice
    }
}

impl<O: Observer> fmt::Display for Incomplete<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.error, self.0.advice)
    }
}

/// Shows the same as `Display`, and how much was seen before: `main` shows errors in this form.
impl<O: Observer> fmt::Debug for Incomplete<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} ({} seen before)", self.0.seen.len())
    }
}

impl<O: Observer> error::Error for Incomplete<O> {}

impl<O: Observer> From<Incomplete<O>> for Error {
    fn from(incomplete: Incomplete<O>) -> Self {
        incomplete.0.error
    }
}

/// Makes the report from what was seen and from how the body has ended.
pub(super) fn report<'a, O: Observer>(
    observer: O,
    seen: Vec<O::Seen<'a>>,
    ended: Result<End<'_>, Unread<'_>>,
) -> Result<Report<'a, O>, Incomplete<O>> {
    let end = match ended {
        Ok(end) => end,
        Err(unread) => {
            if let Some(advice) = observer.unread(&unread) {
                let seen = seen.into_iter().map(O::own).collect();
                let error = unread.error.clone();
                let ticket = observer.ticket();
                return Err(Incomplete(Box::new(IncompleteParts { seen, error, advice, ticket })));
            }
            End::HttpOnly { is_html: unread.is_html() }
        }
    };
    let ticket = observer.ticket();
    Ok(settled(Report { count: 0, seen, end: observer.end(end), ticket }))
}

pub(super) fn settled<O: Observer>(mut report: Report<'_, O>) -> Report<'_, O> {
    O::settle(&mut report);
    report.count = report.seen.len();
    report
}

/// The number of a request. By this number, a round notices when it gets the report of another request. A pair of
/// observers has two numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(pub(super) u64, pub(super) u64);

impl Ticket {
    /// Makes a new number. Observers that were not made by a round have 0.
    pub(super) fn new() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Ticket(LAST.fetch_add(1, Ordering::Relaxed) + 1, 0)
    }
}
