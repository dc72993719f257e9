//! What XML 1.0 and Namespaces in XML say about one piece of a document: a text, a reference, a name, a tag.
//!
//! Nothing here knows WebDAV, or what came before the piece; only [`scope`] keeps the namespaces in force. No other
//! module names quick-xml.

mod chars;
pub(crate) mod declaration;
pub(crate) mod decode;
pub(crate) mod doctype;
mod entities;
pub(crate) mod flag;
pub(crate) mod markup;
pub(crate) mod name;
mod reference;
pub(crate) mod scope;
pub(crate) mod tag;
pub(crate) mod text_scan;
#[cfg(test)]
mod twins;

pub(crate) use self::chars::{BYTE_ORDER_MARK, REPLACEMENT, is_char, is_space, replace_invalid, trim};
pub(crate) use self::markup::{Kind, Pending};
pub(crate) use self::name::Lexeme;
use self::reference::reference;
pub(crate) use self::scope::{Namespace, Place, Scopes, Texts};
pub(crate) use self::tag::{StartTag, TagAttributes, TagReader, TagSource};
use crate::fault::{Fault, Problem, Read, within};
use crate::leniency::Leniency;
