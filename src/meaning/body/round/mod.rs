//! One round of a sync engine: what to ask for next, and at the end what to remove. A round does no I/O. It follows
//! tables F and G of `guide::rules`, and the rows D10 and D11.

mod answers;
mod kept;
mod pages;
mod queue;
mod reports;
mod start;
mod state;
mod steps;

pub use self::kept::{Done, Known, Pending};
pub use self::start::Round;
pub use self::steps::{AskFetch, AskList, AskProbe, AskReport, Step};
