//! How to use the crate: one page for each task, and the rules that the pages follow.
//!
//! | you want to | page |
//! |---|---|
//! | show what is in a folder, and know whether that is all | [`list_folder`] |
//! | know whether a request worked, and if not, why | [`outcome`] |
//! | write a file client or an object store | [`object_store`] |
//! | sync a calendar or an address book | [`sync`] |
//! | keep responses, reports and values | [`keep`] |
//! | read values, also those that are not as they should be | [`values`] |
//! | get past an error of the borrow checker | [`borrowing`] |
//! | look up a rule | [`rules`] |
//! | know what a new version may change | [`compatibility`] |
//!
//! The programs run as they are. Most read a body in memory, so they need no server.

// If the programs on a page need a feature, they are tested only with that feature.
#[cfg_attr(any(not(doctest), feature = "date"), doc = include_str!("guide/list_folder.md"))]
pub mod list_folder {}

#[doc = include_str!("guide/outcome.md")]
pub mod outcome {}

#[cfg_attr(any(not(doctest), feature = "date"), doc = include_str!("guide/object_store.md"))]
pub mod object_store {}

#[doc = include_str!("guide/sync.md")]
#[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("guide/sync_async.md"))]
pub mod sync {}

#[doc = include_str!("guide/keep.md")]
#[cfg_attr(any(not(doctest), feature = "futures"), doc = include_str!("guide/keep_async.md"))]
pub mod keep {}

#[cfg_attr(
    any(not(doctest), all(feature = "date", feature = "serde")),
    doc = include_str!("guide/values.md")
)]
pub mod values {}

#[doc = include_str!("guide/borrowing.md")]
pub mod borrowing {}

#[doc = include_str!("guide/rules.md")]
pub mod rules {}

#[doc = include_str!("guide/compatibility.md")]
pub mod compatibility {}
