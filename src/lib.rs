//! Reads the body of an HTTP 207 answer: one borrowed [`Response`] per resource.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

mod error;
mod input;
mod options;
mod parse;
mod view;

pub use crate::{
    error::{Error, ErrorKind, Found},
    input::Multistatus,
    options::{Limit, Options, Repair, Tolerance},
    view::{
        Attribute, Disposition, Document, Element, Href, Lookup, Name, OwnedResponse, Props, Propstat,
        Response, Root, Status, Trailer, names,
    },
};
