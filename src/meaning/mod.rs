//! What an answer says about resources. Observers are fed with responses as they pass, from whatever input, and keep
//! nothing of them that grows with their number.

mod changes;
#[cfg(feature = "http")]
mod http;
mod judged;
mod listing;
mod multiget;
mod outcome;

#[cfg(feature = "http")]
pub use self::http::{Expected, Unreadable, Worth};
pub use self::{
    changes::{Change, Changes, Withheld},
    listing::Listing,
    multiget::{Answer, Multiget},
    outcome::{Culprit, Outcome, Verdict},
};
