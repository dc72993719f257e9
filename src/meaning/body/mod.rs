//! Judges an answer by its HTTP status and its body together.

pub(super) mod advice;
pub(super) mod change;
pub(super) mod condition;
pub(super) mod culprit;
pub(super) mod doubt;
pub(super) mod drive;
pub(super) mod level;
pub(super) mod listing;
pub(super) mod method;
pub(super) mod multiget;
pub(super) mod observed;
pub(super) mod observer;
pub(super) mod outcome;
mod pair;
mod place;
pub(super) mod propfind;
pub(super) mod request;
mod response;
mod room;
pub(super) mod round;
mod shown;
mod spelling;
pub(super) mod sync;
pub(super) mod verdict;
pub(super) mod withheld;
