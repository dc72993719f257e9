//! Reads the body of an HTTP 207 answer (RFC 4918 section 13): one borrowed [`Response`] per resource.
//!
//! ```
//! use multistatus::{Lookup, Multistatus, names};
//!
//! let body = br#"<?xml version="1.0"?>
//! <D:multistatus xmlns:D="DAV:">
//!   <D:response><D:href>/a.txt</D:href>
//!     <D:propstat><D:prop><D:getetag>"7"</D:getetag></D:prop>
//!       <D:status>HTTP/1.1 200 OK</D:status></D:propstat>
//!     <D:propstat><D:prop><D:owner/></D:prop>
//!       <D:status>HTTP/1.1 403 Forbidden</D:status></D:propstat>
//!   </D:response>
//! </D:multistatus>"#;
//! let mut responses = Multistatus::new(body);
//! while let Some(response) = responses.next_response()? {
//!     assert_eq!(response.href().as_str(), "/a.txt");
//!     assert_eq!(response.props().getetag()?.unwrap().as_str(), "\"7\"");
//!     assert!(matches!(response.lookup(names::OWNER), Lookup::Refused(_)));
//! }
//! responses.finish()?;
//! # Ok::<(), multistatus::Error>(())
//! ```
//!
//! # Which input
//!
//! | the body | type | |
//! |---|---|---|
//! | is in memory | [`Multistatus`] | an iterator, too: its responses borrow the body |
//! | comes from a [`BufRead`](std::io::BufRead): a file, a blocking HTTP client | [`Reader`] | |
//! | comes from a tokio `AsyncBufRead` | [`TokioReader`] | feature `tokio` |
//! | comes as a `Stream` of chunks, such as `bytes_stream()` of reqwest | [`StreamReader`] | feature `futures` |
//! | is fetched by code of your own | [`Decoder`] | does no I/O: chunks are pushed in |
//!
//! All inputs give the same for the same body, however it is cut into chunks: responses, errors, offsets, end. Each
//! lends a response with `next_response`, which allocates nothing. Each says with `finish` whether the body was
//! complete. For a body that is in memory anyway, use [`Multistatus`]. The streams never hold more than one response,
//! one chunk and 64 KiB (twice that while the buffer is moved), 36 bytes for each element of that response, the
//! namespaces in force, a description and two sync-tokens: a listing may be of any length. [`Limit::ResponseBytes`]
//! says how long one response may be. The streams cost 1 to 3 % more instructions.
//! # The types to know
//!
//! - [`Response`]: a resource, with its [`Href`], [`Status`], [`Propstat`]s and [`Props`]. `lookup` tells a property
//!   that was refused from one that is not mentioned.
//! - [`Props`]: typed values of the properties, one by one, or as a struct ([`Props::deserialize`]).
//! - [`Element`]: a property or an element inside one: text, children, attributes, raw form.
//! - [`OwnedResponse`]: a response to be kept. Values, [`Status`] and [`Root`] have `into_owned`. The iterators that
//!   methods return have names in [`iter`].
//! - [`Document`]: any body a client meets, `DAV:error` and the answer to a LOCK among them.
//! - [`Error`]: what went wrong, with kind, offset and path. An error that is not fatal costs one response only; a
//!   [`ValueError`](value::ValueError) costs one value.
//!
//! # Complete or not
//!
//! Only `finish` says whether the body was complete; the end of the iteration does not. `finish` is `Ok` only for a
//! body that is well-formed to its last byte. Until then, what was read is provisional, and absent resources may
//! still come. Even so, a loop to the end cannot mistake a cut body for a complete one: the loop ends with an error.
//! # Values
//!
//! The properties of the RFCs have a getter each, such as [`Props::getetag`], named after the property. All known
//! properties, those of Nextcloud, Apple, Microsoft and others included, are in [`names`], with the type that
//! [`Props::read`] reads them as. A type of your own can be read, too, if it implements [`Value`](value::Value). A
//! struct of yours takes several properties at once by [`Props::deserialize`], which matches names by their namespaces
//! (feature `serde`). The types are in [`value`].
//!
//! A getter returns `Ok(None)` when the property was not returned with success. An empty property gives `Ok(None)`,
//! too, unless its type is text or a set. A getter returns an error when the value cannot be read, or was sent several
//! times with different values. One bad value never hides the others; in a struct it costs the whole struct, unless the
//! field is a [`Field`]. Lists are read entry by entry: a [`List`](value::List) has the entries that can be read, and
//! an error for each other entry. Dates come as instants ([`HttpDate::time`]), entity tags as they were sent
//! ([`EntityTag::as_str`](value::EntityTag::as_str), with what to send as `If-Match`). Values with a fault that servers
//! are known to make are read, and the fault is reported.
//!
//! # Meaning
//!
//! A body alone does not say whether the request succeeded, what has changed and what is gone: that depends on the
//! request, too. So the module [`meaning`] has an [`Observer`] for each kind of request. An observer is made from the
//! URL, the HTTP status and what was asked. It reads a body in memory (`read`) or any input (`over`).
//!
//! | the request | observer | what the observer says at the end |
//! |---|---|---|
//! | PROPFIND | [`Propfind`] | whether the listing is complete, and if not, why |
//! | any | [`Request`] | whether the request worked, and if not, why |
//! | sync-collection | [`SyncCollection`] | removals, and the token |
//! | multiget | [`Multiget`] | what was not found, and what has no clear answer |
//!
//! [`Round`] joins the observers to a sync engine without I/O. The [`guide`] has a page for each task, and one with all
//! rules. Hrefs stay as they were sent. [`RequestUrl`] resolves them, and says how they relate to the request URL. An
//! [`HrefKey`] is equal for two spellings of one resource.
//!
//! # Features
//!
//! A feature only adds items. Every build reads the same body the same way: the same responses, errors and offsets.
//!
//! | feature | gives | adds | crates |
//! |---|---|---|---|
//! | `date` (default) | [`HttpDate`], [`DateTime`], [`IcalendarDate`] and the getters of dates | `jiff` | 2 |
//! | `serde` (default) | [`Props::deserialize`], [`Element::deserialize`]; values in other formats, which read back as equal values | `serde` | 2 |
//! | `url` (default) | where hrefs lead: [`Href::resolve`], [`href`]; what an answer means: [`meaning`]; the [`guide`] | `url`, `percent-encoding` | 29 |
//! | `encoding` | [`Options::transcode`], [`decode`] | `encoding_rs` | 2 |
//! | `futures` | [`StreamReader`] | `futures-core` | 1 |
//! | `http` | [`BodyHint`], codes of [`Status`]; with `url`, requests made of an [`http::Uri`] | `http` | 3 |
//! | `tokio` | [`TokioReader`] | `tokio` | 2 |
//!
//! The last column counts all crates that a feature adds to a build without features.
//!
//! # Lenient and strict
//!
//! [`Options`] hold three lists. Each known fault of servers is forgiven unless you refuse it by name ([`Tolerance`]).
//! Malformed XML is repaired only when asked for ([`Repair`]). Everything that can grow has a [`Limit`].
//!
//! A program that shows a folder to a person, and deletes nothing, may want to show the other rows when one is broken:
//! [`Options::browse`]. Such a program still learns that the listing is not complete.
//!
//! # Encodings
//!
//! A body in UTF-8 is borrowed. A body in another encoding is an error that names the encoding. Feature `encoding`
//! gives two ways to read it: [`Options::transcode`] for every input, and [`decode`] for a body in memory. Both read
//! UTF-16 and every other encoding that browsers know. All offsets are those in the UTF-8 form.
//!
//! # What it does not do
//!
//! The crate speaks no HTTP, sends no requests, and knows no entities but the five of XML. Hrefs stay as sent: they are
//! resolved or percent-decoded only by methods that are called for that.
//!
//! # With HTTP clients
//!
#![cfg_attr(not(doctest), doc = include_str!("input/http.md"))]
// The documentation also names items that a build lacks, with a link to the feature that adds them.
#![cfg_attr(
    feature = "date",
    doc = "
[`HttpDate`]: value::HttpDate
[`HttpDate::time`]: value::HttpDate::time
[`DateTime`]: value::DateTime
[`IcalendarDate`]: value::IcalendarDate
"
)]
#![cfg_attr(
    not(feature = "date"),
    doc = "
[`HttpDate`]: #features
[`HttpDate::time`]: #features
[`DateTime`]: #features
[`IcalendarDate`]: #features
"
)]
#![cfg_attr(feature = "serde", doc = "\n[`Field`]: value::Field")]
#![cfg_attr(
    not(feature = "serde"),
    doc = "
[`Field`]: #features
[`Props::deserialize`]: #features
[`Element::deserialize`]: #features
"
)]
#![cfg_attr(not(feature = "encoding"), doc = "\n[`decode`]: #features\n[`Options::transcode`]: #features")]
#![cfg_attr(not(feature = "futures"), doc = "\n[`StreamReader`]: #features")]
#![cfg_attr(feature = "http", doc = "\n[`BodyHint`]: meaning::BodyHint")]
#![cfg_attr(not(feature = "http"), doc = "\n[`BodyHint`]: #features\n[`http::Uri`]: #features")]
#![cfg_attr(not(feature = "tokio"), doc = "\n[`TokioReader`]: #features")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    feature = "url",
    doc = "
[`Observer`]: meaning::Observer
[`Propfind`]: meaning::Propfind
[`Request`]: meaning::Request
[`SyncCollection`]: meaning::SyncCollection
[`Multiget`]: meaning::Multiget
[`Round`]: meaning::Round
[`RequestUrl`]: href::RequestUrl
[`HrefKey`]: href::HrefKey
"
)]
#![cfg_attr(
    not(feature = "url"),
    doc = "
[`Observer`]: #features
[`Propfind`]: #features
[`Request`]: #features
[`SyncCollection`]: #features
[`Multiget`]: #features
[`Round`]: #features
[`RequestUrl`]: #features
[`HrefKey`]: #features
[`Href::resolve`]: #features
[`href`]: #features
[`guide`]: #features
"
)]
#![cfg_attr(not(any(feature = "http", feature = "url")), doc = "\n[`meaning`]: #features")]
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
mod fault;
mod fused;
#[cfg(feature = "url")]
pub mod guide;
#[cfg(feature = "url")]
pub mod href;
mod input;
pub mod iter;
mod leniency;
mod limit;
mod listed;
// Not `cfg(any(...))`: the documentation would repeat that on every item of the module, beside the item's own feature.
#[cfg_attr(not(any(feature = "http", feature = "url")), cfg(any()))]
pub mod meaning;
pub mod names;
mod notes;
mod options;
mod parse;
mod repair;
mod set;
#[cfg(test)]
mod testing;
mod text;
mod tolerance;
pub mod value;
mod view;
mod xml;

pub use crate::error::{Error, ErrorKind, OtherBody};
#[cfg(feature = "futures")]
pub use crate::input::StreamReader;
#[cfg(feature = "tokio")]
pub use crate::input::TokioReader;
#[cfg(feature = "encoding")]
pub use crate::input::decode;
pub use crate::input::{Decoder, Document, Multistatus, Reader};
pub use crate::view::{
    Attribute, Disposition, Element, Href, Lookup, Name, OwnedResponse, Props, Propstat, Response, Root,
    Status, Trailer,
};
pub use crate::{
    limit::Limit, listed::UnknownOption, options::Options, parse::RootKind, repair::Repair,
    tolerance::Tolerance,
};

#[cfg(all(doctest, feature = "date", feature = "serde", feature = "url"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// Ignoring a result that must not be ignored is a warning, which a program can make an error.
///
/// ```compile_fail
/// # #![deny(unused_must_use)]
/// # fn main() -> Result<(), multistatus::Error> {
/// let mut body = multistatus::Multistatus::new(b"<multistatus xmlns='DAV:'/>");
/// body.finish()?.is_complete();
/// # Ok(())
/// # }
/// ```
///
/// ```compile_fail
/// # #![deny(unused_must_use)]
/// # fn found(response: &multistatus::Response<'_>) {
/// response.lookup("getetag");
/// # }
/// ```
///
/// ```compile_fail
/// # #![deny(unused_must_use)]
/// # fn fatal(error: &multistatus::Error) {
/// error.is_fatal();
/// # }
/// ```
#[cfg(doctest)]
struct MustUse;
