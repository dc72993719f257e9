use std::{borrow::Cow, fmt};

use super::{Frame, Response};
use crate::{
    options::{Notes, Refused, Repairs},
    parse::{self, Namespace, Node, Place},
};

/// A response that borrows nothing: to be kept, or sent to another thread.
///
/// Two are equal when they are the same bytes below the same start tags, wherever in a body they stood: then they say
/// the same in every respect.
#[derive(Clone)]
pub struct OwnedResponse {
    head: Box<str>,
    text: Box<str>,
    side: Box<str>,
    nodes: Box<[Node]>,
    base: u64,
    number: u64,
    notes: Notes,
    is_root_dav: bool,
    repairs: Repairs,
    refused: Refused,
}

impl OwnedResponse {
    pub(crate) fn new(response: &Response<'_>) -> Self {
        let Response { frame, node } = response;
        let (head, text, nodes) = match node {
            0 => ((&*frame.head).into(), (&*frame.text).into(), (&*frame.nodes).into()),
            _ => part(frame, *node),
        };
        OwnedResponse {
            head,
            text,
            side: (&*frame.side).into(),
            nodes,
            base: frame.offset(*node),
            number: if *node == 0 { frame.number } else { 0 },
            notes: frame.notes,
            is_root_dav: frame.is_root_dav,
            repairs: frame.repairs,
            refused: frame.refused,
        }
    }

    /// The response, borrowed from here. Allocates nothing.
    pub fn as_response(&self) -> Response<'_> {
        Response::new(Frame {
            head: Cow::Borrowed(&self.head),
            text: Cow::Borrowed(&self.text),
            side: Cow::Borrowed(&self.side),
            nodes: Cow::Borrowed(&self.nodes),
            base: self.base,
            number: self.number,
            notes: self.notes,
            is_root_dav: self.is_root_dav,
            repairs: self.repairs,
            refused: self.refused,
        })
    }
}

/// As [`Response`]: no values.
impl fmt::Debug for OwnedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnedResponse").field(&self.as_response()).finish()
    }
}

impl From<&Response<'_>> for OwnedResponse {
    fn from(response: &Response<'_>) -> Self {
        OwnedResponse::new(response)
    }
}

impl PartialEq for OwnedResponse {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
            && self.head == other.head
            && self.repairs == other.repairs
            && self.refused == other.refused
    }
}

impl Eq for OwnedResponse {}

/// The response `id` inside a value: head, text and nodes of a frame of its own.
fn part(frame: &Frame<'_>, id: u32) -> (Box<str>, Box<str>, Box<[Node]>) {
    let Some(n) = frame.node(id) else { return Default::default() };
    let (start, end) = frame.outer(n);
    let text = frame.text.get(start..end).unwrap_or_default();

    // The start tags around it come to the head, and with them the namespace names that are declared there.
    let mut around: Vec<_> = parse::upwards(&frame.nodes, n.parent).map(|(_, n)| n).collect();
    around.reverse();
    let mut head = frame.head.to_string();
    let mut moved = Vec::new();
    for n in around {
        let tag = n.start_tag(&frame.text);
        let at = n.start as usize - tag.len();
        moved.push((at..at + tag.len(), head.len()));
        head.push_str(tag);
    }
    let namespace = |old: Namespace| match old.place {
        Place::Text if old.start() >= start => old.moved(Place::Text, old.start() - start),
        Place::Text => {
            let tag = moved.iter().find(|(tag, _)| tag.contains(&old.start()));
            old.moved(Place::Head, tag.map_or(0, |(tag, to)| old.start() - tag.start + to))
        }
        _ => old,
    };
    let nodes = frame.nodes.get(id as usize..n.next as usize).unwrap_or_default();
    let nodes = nodes.iter().map(|n| {
        let mut node = n.moved(start as u32, id);
        node.set_namespace(namespace(n.namespace()));
        node
    });
    (head.into(), text.into(), nodes.collect())
}
