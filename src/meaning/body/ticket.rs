//! The number of a request.

use std::sync::atomic::{AtomicU64, Ordering};

/// The number of a request, by which a round notices the report of another one. A pair of observers has two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(pub(super) u64, pub(super) u64);

impl Ticket {
    /// One that nobody else has. 0 is that of observers which no round has made.
    pub(super) fn new() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Ticket(LAST.fetch_add(1, Ordering::Relaxed) + 1, 0)
    }
}
