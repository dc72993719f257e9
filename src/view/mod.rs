//! Handles that join an index with its text. They borrow; nothing in here reads on.

mod derived;
mod document;
mod element;
mod frame;
mod href;
pub(crate) mod iter;
mod name;
mod owned;
mod props;
mod response;
mod scope;
mod status;
mod trailer;

pub(crate) use self::{derived::Shared, element::with_crlf, frame::Frame, scope::Head};
pub use self::{
    document::{Document, Root, RootKind},
    element::Element,
    href::Href,
    name::{Attribute, Name},
    owned::OwnedResponse,
    props::{Lookup, Props, Propstat},
    response::{Disposition, Response},
    status::Status,
    trailer::Trailer,
};
