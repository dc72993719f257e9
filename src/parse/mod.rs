//! From bytes to nodes: the only module that names quick-xml.
//!
//! [`scan`] is the state machine: [`prolog`], [`content`] and [`epilog`] are its parts before, inside and after the
//! root, and [`salvage`] is the one after a fault. They ask [`chars`] where a text ends, [`markup`] where a piece of
//! markup does, [`tag`] what a start tag says, [`scope`] what its prefixes stand for and [`grammar`] what it is to
//! the structure, and enter what they learn into an [`index`]. [`fault`] lists everything that can be wrong.

mod chars;
#[cfg(test)]
mod conformance;
mod content;
#[cfg(feature = "encoding")]
mod declared;
mod entities;
mod epilog;
mod fault;
mod grammar;
#[cfg(test)]
mod growing;
mod index;
mod markup;
mod path;
mod prolog;
mod salvage;
mod scan;
mod scope;
mod status;
mod tag;
mod text;
#[cfg(test)]
mod twins;
mod window;

pub(crate) use self::{
    chars::{REPLACEMENT, boundary, replace_invalid, trim},
    fault::Problem,
    grammar::{Judged, Role, check, own_value, status_of, value},
    index::{Children, Node, children, flag, node, upwards},
    path::{numbers, of_value as path_of},
    prolog::KnownRoot,
    scan::{After, Scanner, Step},
    scope::{Namespace, Place, Texts, XML, pack},
    status::parse as parse_status,
    tag::{LANGUAGE, TagAttributes, attributes, declared_prefix, offset, split_name},
    text::{attribute, escape},
};
#[cfg(feature = "encoding")]
pub(crate) use self::{
    declared::{Declared, declared_encoding},
    prolog::begins_with_mark,
};
