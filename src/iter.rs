//! The iterators that methods give, by their names: to be put into a field, or returned from a function.
//!
//! Each gives items in document order unless its method says otherwise, is fused, and can be cloned, which keeps its place.

pub use crate::view::iter::{
    Attributes, Children, Conditions, Hrefs, InnerResponses, Namespaces, Properties, Propstats, Repairs,
    SyncTokens, Tolerances, Values,
};
