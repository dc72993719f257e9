//! What the iterators that methods return have in common.
//!
//! Each iterator keeps its own state instead of combining adapters. Iterators run for every response, and a nested loop
//! that is written out costs less than a flattened iterator. Each iterator is in the file of the items that it returns.

/// Implements `FusedIterator` and `Debug` for iterators.
macro_rules! fused {
    ($($name:ident$(<$($life:lifetime),*>)?;)*) => { $(
        impl std::iter::FusedIterator for $name$(<$($life),*>)? {}

        /// Shows the items that are left. Elements and attributes show their names, not their values.
        impl std::fmt::Debug for $name$(<$($life),*>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )* };
}
pub(crate) use fused;
