//! What an answer says about resources (feature `url`), and what its head says about the body (feature `http`).
//!
//! Observers are shown the responses as they pass, from whatever input, and keep nothing that grows with their number.

#[cfg(feature = "url")]
mod changes;
#[cfg(feature = "url")]
mod culprit;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "url")]
mod listing;
#[cfg(feature = "url")]
mod multiget;
#[cfg(feature = "url")]
mod multiget_report;
#[cfg(feature = "url")]
mod outcome;
#[cfg(feature = "url")]
mod stated;
#[cfg(feature = "url")]
mod sync_report;
#[cfg(feature = "url")]
mod verdict;

#[cfg(feature = "http")]
pub use self::http::{BodyHint, ExpectedBody, UnreadableStatus};
#[cfg(feature = "url")]
pub use self::{
    changes::{Change, Changes, Withheld},
    culprit::Culprit,
    listing::Listing,
    multiget::{Answer, Multiget},
    multiget_report::MultigetReport,
    outcome::Outcome,
    sync_report::{SyncMember, SyncReport},
    verdict::Verdict,
};
