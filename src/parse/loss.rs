//! Why an item is lost: it is checked to its end, but not kept, and an error item takes its place.

use super::Problem;

/// Why the child that is being read is an error item.
#[derive(Clone, Debug)]
pub(crate) struct Loss {
    pub(crate) problem: Problem,
    /// Where the problem is, from the start of the child.
    pub(crate) at: usize,
    pub(crate) path: String,
    /// The path of the element that was innermost at the loss. The path is kept because the nodes are not.
    pub(crate) around: String,
}
