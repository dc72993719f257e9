//! Iterators over what was noticed in a response or a body.

use std::slice;

use crate::{Repair, Tolerance, fused::fused, set::Members};

/// The sync-tokens of a body: [`Trailer::sync_tokens`](crate::Trailer::sync_tokens).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct SyncTokens<'t>(pub(super) slice::Iter<'t, String>);

/// Forgiven faults, in the order of [`Tolerance::ALL`]: [`Response::tolerated`](crate::Response::tolerated),
/// [`Trailer::tolerated`](crate::Trailer::tolerated), [`Root::tolerated`](crate::Root::tolerated).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Tolerances(pub(super) Members<Tolerance>);

/// Repairs that were made, in the order of [`Repair::ALL`]: [`Response::repaired`](crate::Response::repaired),
/// [`Trailer::repaired`](crate::Trailer::repaired), [`Root::repaired`](crate::Root::repaired).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Repairs(pub(super) Members<Repair>);

/// Implements iterators that know how many items are left.
macro_rules! counted {
    ($($name:ident$(<$life:lifetime>)?: $item:ty, $of:expr;)*) => { $(
        impl$(<$life>)? Iterator for $name$(<$life>)? {
            type Item = $item;

            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().map($of)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl$(<$life>)? ExactSizeIterator for $name$(<$life>)? {}
    )* };
}

counted! {
    SyncTokens<'t>: &'t str, String::as_str;
    Tolerances: Tolerance, |tolerance| tolerance;
    Repairs: Repair, |repair| repair;
}

fused! {
    Repairs;
    SyncTokens<'_>;
    Tolerances;
}
