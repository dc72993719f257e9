//! Handles that join an index with its text. They borrow; nothing in here reads on.

mod conditions;
mod element;
mod frame;
mod href;
mod lookup;
mod name;
mod noticed;
mod owned;
mod properties;
mod props;
mod propstat;
mod response;
mod root;
mod scope;
mod status;
mod trailer;

pub use self::{
    conditions::Conditions,
    element::{Attributes, Children, Element, Hrefs, InnerResponses, Namespaces},
    href::Href,
    lookup::Lookup,
    name::{Attribute, Name},
    noticed::{Repairs, SyncTokens, Tolerances},
    owned::OwnedResponse,
    properties::{Properties, Values},
    props::Props,
    propstat::{Propstat, Propstats},
    response::{Disposition, Response},
    root::Root,
    status::Status,
    trailer::Trailer,
};
pub(crate) use self::{
    element::with_crlf,
    frame::{About, Frame, Shared},
    scope::Head,
};
