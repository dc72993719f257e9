//! The number of a request.

use std::sync::atomic::{AtomicU64, Ordering};

/// The number of a request. A round notices by it when it gets the report of another request. A pair of observers has
/// two numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(pub(super) u64, pub(super) u64);

impl Ticket {
    /// A new number. Observers that no round has made have 0.
    pub(super) fn new() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Ticket(LAST.fetch_add(1, Ordering::Relaxed) + 1, 0)
    }
}
