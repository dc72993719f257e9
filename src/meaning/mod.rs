//! What an answer lets a client do.
//!
//! Each request has an [`Observer`] for its answer. A client makes it from the URL, the status of HTTP and what it
//! asked for. It reads a body from memory ([`Observer::read`]) or from any input ([`Observer::over`]). A client may act
//! on each response at once: that does no harm. What destroys something comes at the end of the body only, with its
//! proof. [`Round`] joins the answers of a sync engine: it says what to ask for next, and in the end what to remove and
//! which token to store.
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
