//! From bytes to nodes: the only room that names quick-xml.
//!
//! From the bottom up; a file uses only those before it:
//!
//! | files | what they know |
//! |---|---|
//! | `fault`, `leniency`, `flag`, `chars`, `name`, `entities`, `reference`, `text_scan`, `decode`, `status` | what can be wrong, and the text of XML |
//! | `window`, `scope`, `markup`, `tag`, `declaration`, `doctype` | one piece of markup that is there whole, or where it ends |
//! | `role`, `node`, `tree`, `judge`, `path` | the structure: what an element is, and whether a response is one |
//! | `loss`, `run`, `index`, `item` | the item that is being read |
//! | `cursor`, `guard`, `root`, `salvage`, `walk`, `limits` | what every state reads with |
//! | `prolog`, `content`, `seek`, `scan`, `compact` | the states, and the machine that goes from one to the next |

mod chars;
#[cfg(test)]
mod chunking;
mod compact;
#[cfg(test)]
mod conformance;
mod content;
mod cursor;
mod declaration;
mod decode;
mod doctype;
mod entities;
mod fault;
pub(crate) mod flag;
mod guard;
mod index;
mod item;
mod judge;
mod leniency;
mod limits;
mod loss;
mod markup;
mod name;
mod node;
mod path;
mod prolog;
mod reference;
mod role;
mod root;
mod run;
mod salvage;
mod scan;
mod scope;
mod seek;
mod status;
mod tag;
mod text_scan;
mod tree;
#[cfg(test)]
mod twins;
mod walk;
mod window;

pub use self::root::RootKind;
pub(crate) use self::{
    chars::{REPLACEMENT, replace_invalid, trim},
    decode::{attribute, escape},
    fault::Problem,
    guard::Utf8By,
    item::Item,
    judge::Judge,
    leniency::Leniency,
    node::{Children, Node, children, node, upwards},
    path::{numbers, of_value as path_of},
    role::Role,
    root::{KnownRoot, RootFacts},
    scan::{Scanner, Step},
    scope::{Namespace, Place, Texts, XML, pack},
    status::{Code, parse as parse_status},
    tag::{LANGUAGE, TagAttributes, attributes, declared_prefix, offset, split_name},
    tree::Tree,
    window::{After, Window},
};
#[cfg(feature = "encoding")]
pub(crate) use self::{
    declaration::{Declared, declared_encoding},
    prolog::begins_with_mark,
};
// For the files of this room.
use self::{
    chars::{BYTE_ORDER_MARK, is_char, is_space},
    cursor::{Cursor, Section},
    declaration::Encoding,
    fault::{Fault, NotDavReason, within},
    guard::Guard,
    index::Index,
    item::Parked,
    loss::Loss,
    markup::{Kind, Pending},
    name::Lexeme,
    node::NO_PARENT,
    prolog::Prolog,
    reference::reference,
    root::Root,
    run::Run,
    salvage::{Salvage, role_by_name, role_of_tag},
    scan::State,
    scope::Scopes,
    tag::{StartTag, TagReader, TagSource},
    walk::{Progress, Walk},
};
