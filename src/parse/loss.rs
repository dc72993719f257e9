//! Why an item is lost.

use super::Problem;

/// Why the child that is being read is an error item.
#[derive(Clone, Debug)]
pub(crate) struct Loss {
    pub(crate) problem: Problem,
    /// From the start of the child.
    pub(crate) at: usize,
    pub(crate) path: String,
    /// The path of the element that was innermost then: the nodes are no longer kept.
    pub(crate) around: String,
}
