//! Handles that join an index with its text. They borrow; nothing in here reads on.

mod document;
mod element;
mod frame;
mod href;
mod name;
mod owned;
mod props;
mod response;
mod status;
mod trailer;

pub use self::{
    document::{Document, Root},
    element::Element,
    href::Href,
    name::{Attribute, Name},
    owned::OwnedResponse,
    props::{Lookup, Props, Propstat},
    response::{Disposition, Response},
    status::Status,
    trailer::Trailer,
};
pub(crate) use self::{element::with_crlf, frame::Frame};
