//! From bytes to nodes: the state machine, and the structure of a WebDAV body.
//!
//! The files from the bottom up; a file uses only those before it:
//!
//! | files | what they know |
//! |---|---|
//! | `window`, `cursor`, `guard` | the part of the body that is there, where reading goes on in it, and its encoding |
//! | `status`, `role`, `node`, `tree`, `judge`, `path` | the structure: what an element is, and whether a response is valid |
//! | `loss`, `run`, `index`, `item`, `root`, `salvage` | the item that is being read, the root, and what is known after a fault |
//! | `walk`, `limits` | what every state reads with |
//! | `prolog`, `content`, `seek`, `scan`, `compact` | the states, and the machine that goes from one to the next |

#[cfg(test)]
mod chunking;
mod compact;
#[cfg(test)]
mod conformance;
mod content;
mod cursor;
mod guard;
mod index;
mod item;
mod judge;
mod limits;
mod loss;
mod node;
mod path;
mod prolog;
mod role;
mod root;
mod run;
mod salvage;
mod scan;
mod seek;
mod status;
mod tree;
mod walk;
mod window;

pub(crate) use self::node::{Children, Node, children, node, upwards};
pub(crate) use self::path::{numbers, of_value as path_of};
#[cfg(feature = "encoding")]
pub(crate) use self::prolog::begins_with_mark;
pub use self::root::RootKind;
pub(crate) use self::root::{KnownRoot, RootFacts};
pub(crate) use self::scan::{Scanner, Step};
pub(crate) use self::status::{Code, parse as parse_status};
pub(crate) use self::window::{After, Window};
pub(crate) use self::{guard::Utf8By, item::Item, judge::Judge, role::Role, tree::Tree};
// For the files of this module.
use self::cursor::{Cursor, Section};
use self::salvage::{Salvage, role_by_name, role_of_tag};
use self::walk::{Progress, Walk};
use self::{
    guard::Guard, index::Index, item::Parked, loss::Loss, node::NO_PARENT, prolog::Prolog, root::Root,
    run::Run, scan::State,
};
use crate::fault::{Fault, NotDavReason, Problem, Read, within};
use crate::leniency::Leniency;
use crate::xml::{
    BYTE_ORDER_MARK, Kind, Lexeme, Namespace, Pending, Place, REPLACEMENT, Scopes, StartTag, TagReader,
    TagSource, Texts, declaration, declaration::Encoding, decode, doctype, flag, is_space, markup, name, tag,
    text_scan, trim,
};
