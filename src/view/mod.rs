//! Handles: each joins the index of a response with its text. Handles only borrow, and never read on in a body.

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

pub use self::element::{Attributes, Children, Element, Hrefs, InnerResponses, Namespaces};
pub(crate) use self::frame::{About, Frame, Shared};
pub use self::name::{Attribute, Name};
pub use self::noticed::{Repairs, SyncTokens, Tolerances};
pub use self::properties::{Properties, Values};
pub use self::propstat::{Propstat, Propstats};
pub use self::response::{Disposition, Response};
pub use self::{
    conditions::Conditions, href::Href, lookup::Lookup, owned::OwnedResponse, props::Props, root::Root,
    status::Status, trailer::Trailer,
};
pub(crate) use self::{element::with_crlf, scope::Head};
