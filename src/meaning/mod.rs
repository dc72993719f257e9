//! What an answer says about resources. Observers are fed with responses as they pass, from whatever input, and keep
//! nothing that grows with their number.

mod changes;
mod culprit;
#[cfg(feature = "http")]
mod http;
mod listing;
mod multiget;
mod multiget_report;
mod outcome;
mod stated;
mod sync_report;
mod verdict;

#[cfg(feature = "http")]
pub use self::http::{Expected, Unreadable, Worth};
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
