//! What the iterators that methods give have in common.
//!
//! They are plain state instead of adapters: they are called for every response, and a nested loop that is written out
//! costs less than one that is flattened. Each is in the file of what it gives.

/// Says of iterators that they are fused, and how they show.
macro_rules! fused {
    ($($name:ident$(<$($life:lifetime),*>)?;)*) => { $(
        impl std::iter::FusedIterator for $name$(<$($life),*>)? {}

        /// What is left of it. Elements and attributes show their names, not their values.
        impl std::fmt::Debug for $name$(<$($life),*>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )* };
}
pub(crate) use fused;
