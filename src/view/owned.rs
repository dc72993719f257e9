use std::{borrow::Cow, sync::Arc};

use super::{Frame, Response};
use crate::{
    options::Notes,
    parse::{Namespaces, Node},
};

/// A response that borrows nothing: to be kept, or sent to another thread.
///
/// Two are equal when they say the same in the same bytes and the same namespaces, wherever in a body they stood.
#[derive(Clone, Debug)]
pub struct OwnedResponse {
    head: Box<str>,
    text: Box<str>,
    nodes: Box<[Node]>,
    names: Arc<Namespaces>,
    base: u64,
    notes: Notes,
    node: u32,
}

impl OwnedResponse {
    pub(crate) fn new(response: &Response<'_>) -> Self {
        let Frame { head, text, nodes, names, base, notes } = &response.frame;
        OwnedResponse {
            head: (&**head).into(),
            text: (&**text).into(),
            nodes: (&**nodes).into(),
            names: Arc::clone(names),
            base: *base,
            notes: *notes,
            node: response.node,
        }
    }

    /// The response, borrowed from here. Allocates nothing.
    pub fn as_response(&self) -> Response<'_> {
        let frame = Frame {
            head: Cow::Borrowed(&self.head),
            text: Cow::Borrowed(&self.text),
            nodes: Cow::Borrowed(&self.nodes),
            names: Arc::clone(&self.names),
            base: self.base,
            notes: self.notes,
        };
        Response { frame, node: self.node }
    }
}

impl PartialEq for OwnedResponse {
    fn eq(&self, other: &Self) -> bool {
        let names = |r: &Self| r.nodes.iter().map(|n| n.namespace).collect::<Vec<_>>();
        let (mine, others) = (names(self), names(other));
        let same_names = mine.iter().zip(&others).all(|(a, b)| self.names.get(*a) == other.names.get(*b));
        self.text == other.text && self.node == other.node && mine.len() == others.len() && same_names
    }
}

impl Eq for OwnedResponse {}
