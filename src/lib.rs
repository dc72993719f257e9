//! Reads the body of an HTTP 207 answer (RFC 4918 section 13): one borrowed [`Response`] per resource.
//!
//! ```
//! use multistatus::{Lookup, Multistatus, names};
//!
//! let body = br#"<?xml version="1.0"?>
//! <D:multistatus xmlns:D="DAV:">
//!   <D:response><D:href>/a.txt</D:href>
//!     <D:propstat><D:prop><D:getetag>"7"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>
//!     <D:propstat><D:prop><D:owner/></D:prop><D:status>HTTP/1.1 403 Forbidden</D:status></D:propstat>
//!   </D:response>
//! </D:multistatus>"#;
//! let mut responses = Multistatus::new(body);
//! while let Some(response) = responses.next_response()? {
//!     assert_eq!(response.href().as_str(), "/a.txt");
//!     assert_eq!(response.props().get(names::GETETAG).unwrap().text(), "\"7\"");
//!     assert!(matches!(response.lookup(names::OWNER), Lookup::Refused(_)));
//! }
//! responses.finish()?;
//! # Ok::<(), multistatus::Error>(())
//! ```
//!
//! # The types to know
//!
//! - [`Multistatus`]: a body in memory. An iterator of responses that borrow the body; `next_response` lends them
//!   instead, and allocates nothing. `finish` reads what is left and gives the [`Trailer`].
//! - [`Response`]: a resource, with its [`Href`], [`Status`], [`Propstat`]s and [`Props`]. `lookup` distinguishes a
//!   value that was refused from one that is not mentioned.
//! - [`Element`]: a property or what is in it: text, children, attributes, raw form.
//! - [`Document`]: any body a client meets, `DAV:error` and the answer to a LOCK among them.
//! - [`Error`]: with its kind, place and path. One that is not fatal costs one response only.
//!
//! # Complete or not
//!
//! The end of the iteration says nothing by itself, `finish` does: it is `Ok` only for a body that is well-formed to
//! its last byte. Until then, what was read is provisional, and that something has not appeared proves nothing. Still,
//! a loop to the end cannot mistake a cut body for a complete one: it ends with an error.
//!
//! # Lenient and strict
//!
//! [`Options`] hold three lists. What servers are known to get wrong is forgiven, each fault by name ([`Tolerance`]);
//! malformed XML is repaired only when asked for ([`Repair`]); everything that can grow has a [`Limit`].
//!
//! # What it does not do
//!
//! No HTTP, no requests, no encodings but UTF-8 (a declared one is named in the error), no entities but the five of XML.
//! Hrefs stay as sent: nothing is resolved or percent-decoded.
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

#[cfg(feature = "futures")]
pub use crate::input::StreamReader;
#[cfg(feature = "tokio")]
pub use crate::input::TokioReader;
#[cfg(feature = "encoding")]
pub use crate::input::decode;
pub use crate::{
    error::{Error, ErrorKind, Found, line_column},
    input::{Decoder, Multistatus, Reader},
    options::{Limit, Options, Repair, Tolerance},
    view::{
        Attribute, Disposition, Document, Element, Href, Lookup, Name, OwnedResponse, Props, Propstat,
        Response, Root, Status, Trailer, names,
    },
};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
