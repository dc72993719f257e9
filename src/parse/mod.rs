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

pub(crate) use self::chars::{REPLACEMENT, replace_invalid, trim};
pub(crate) use self::decode::{attribute, escape};
pub(crate) use self::node::{Children, Node, children, node, upwards};
pub(crate) use self::path::{numbers, of_value as path_of};
pub use self::root::RootKind;
pub(crate) use self::root::{KnownRoot, RootFacts};
pub(crate) use self::scan::{Scanner, Step};
pub(crate) use self::scope::{Namespace, Place, Texts, XML, pack};
pub(crate) use self::status::{Code, parse as parse_status};
pub(crate) use self::tag::{LANGUAGE, TagAttributes, attributes, declared_prefix, offset, split_name};
pub(crate) use self::window::{After, Window};
#[cfg(feature = "encoding")]
pub(crate) use self::{
    declaration::{Declared, declared_encoding},
    prolog::begins_with_mark,
};
pub(crate) use self::{
    fault::Problem, guard::Utf8By, item::Item, judge::Judge, leniency::Leniency, role::Role, tree::Tree,
};
// For the files of this room.
use self::chars::{BYTE_ORDER_MARK, is_char, is_space};
use self::cursor::{Cursor, Section};
use self::fault::{Fault, NotDavReason, within};
use self::markup::{Kind, Pending};
use self::salvage::{Salvage, role_by_name, role_of_tag};
use self::tag::{StartTag, TagReader, TagSource};
use self::walk::{Progress, Walk};
use self::{
    declaration::Encoding, guard::Guard, index::Index, item::Parked, loss::Loss, name::Lexeme,
    node::NO_PARENT, prolog::Prolog, reference::reference, root::Root, run::Run, scan::State, scope::Scopes,
};
