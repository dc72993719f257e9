//! What an answer says about resources. Observers are fed with responses as they pass, from whatever input, and keep
//! nothing of them that grows with their number.

mod changes;
mod judged;
mod listing;
mod multiget;
mod outcome;

pub use self::{
    changes::{Change, Changes, Withheld},
    listing::Listing,
    multiget::{Answer, Multiget},
    outcome::{Culprit, Outcome, Verdict},
};
