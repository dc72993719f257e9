//! What an answer lets a client do.
//!
//! An [`Observer`] reads the answer to a request. A client makes the observer from the URL, the HTTP status and what
//! was asked for. The observer reads a body from memory ([`Observer::read`]) or from any input ([`Observer::over`]). A
//! client may act on each response at once: that does no harm. A removal or a new token comes only at the end of the
//! body, when the whole answer proves it. [`Round`] joins the answers that a sync engine gets. The round says what
//! to ask for next, and in the end what to remove and which token to store.
//!
//! The [`guide`](crate::guide) has a page for each task, and the tables of all rules.

#[cfg(feature = "url")]
mod body;
#[cfg(feature = "http")]
mod http;

#[cfg(feature = "url")]
pub use self::body::{
    advice::Advice,
    change::{Change, SyncMember},
    condition::Condition,
    culprit::Culprit,
    doubt::{Doubt, DoubtReason},
    drive::Lent,
    level::SyncLevel,
    listing::{Entry, ListingEnd, NotComplete},
    method::{Method, MethodError, Properties},
    multiget::{Answer, Got, Multiget, MultigetEnd},
    observed::Observed,
    observer::{Incomplete, Observer, Report},
    outcome::{NotSuccess, Outcome},
    propfind::Propfind,
    request::Request,
    round::{AskFetch, AskList, AskProbe, AskReport, Done, Known, Pending, Round, Step},
    sync::{SyncCollection, SyncEnd},
    verdict::Verdict,
    withheld::TokenWithheld,
};
#[cfg(feature = "http")]
pub use self::http::{BodyHint, ExpectedBody, UnreadableStatus};
