//! The text of an element.

use std::borrow::Cow;

use super::{
    chars, decode,
    node::{Node, children, node},
};
use crate::options::Repairs;

/// The text of an element, as XML means it.
#[inline]
pub(crate) fn value<'t>(nodes: &[Node], text: &'t str, id: u32, repairs: Repairs) -> Cow<'t, str> {
    let Some(n) = node(nodes, id) else { return Cow::Borrowed("") };
    decode::content(n.content(text), n.flags, n.next != id + 1, repairs)
}

/// The text of an href or status. Elements in it are as if they were not there (RFC 4918 section 17).
#[inline]
pub(crate) fn own_value<'t>(nodes: &[Node], text: &'t str, id: u32, repairs: Repairs) -> Cow<'t, str> {
    match node(nodes, id) {
        Some(n) if n.next != id + 1 => Cow::Owned(between_children(nodes, text, id, repairs)),
        _ => value(nodes, text, id, repairs),
    }
}

#[cold]
fn between_children(nodes: &[Node], text: &str, id: u32, repairs: Repairs) -> String {
    let Some(n) = node(nodes, id) else { return String::new() };
    let mut own = String::new();
    let mut add = |from: usize, to: usize| {
        let piece = text.get(from..to).unwrap_or_default();
        own.push_str(&decode::content(piece, n.flags, false, repairs));
    };
    let mut at = n.start as usize;
    for (_, child) in children(nodes, id) {
        add(at, child.at() as usize);
        at = child.outer_end(text);
    }
    add(at, n.end as usize);
    own
}

/// Whether there is nothing but white space in an href or status.
pub(crate) fn is_blank(nodes: &[Node], text: &str, id: u32, repairs: Repairs) -> bool {
    let content = node(nodes, id).map_or("", |n| n.content(text));
    match content.as_bytes().first() {
        None => true,
        Some(b'<' | b'&' | b' ' | b'\t' | b'\r' | b'\n') => {
            chars::trim(&own_value(nodes, text, id, repairs)).is_empty()
        }
        Some(_) => false,
    }
}
