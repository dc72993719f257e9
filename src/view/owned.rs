use std::sync::Arc;

use super::{About, Frame};
use crate::{notes::Notes, parse, text::slice};

/// A response that borrows nothing, to keep it or to send it to another thread.
///
/// Two owned responses are equal when they are the same bytes inside the same start tags, read with the same repairs
/// and refusals. Their places in a body do not count.
#[derive(Clone)]
pub struct OwnedResponse {
    frame: Arc<Frame<'static>>,
    pub(super) node: u32,
    notes: Notes,
}

impl OwnedResponse {
    pub(super) fn new(frame: &Frame<'_>, node: u32) -> Self {
        let copy = || Arc::new(frame.lend().into_static());
        let copy = match node {
            0 => copy(),
            _ => Arc::clone(frame.derived.get().copy.get_or_init(copy)),
        };
        OwnedResponse { frame: copy, node, notes: frame.about.notes }
    }

    /// Lends the frame with the notes of this response.
    pub(super) fn lend(&self) -> Frame<'_> {
        Frame { about: About { notes: self.notes, ..self.frame.about }, ..self.frame.lend() }
    }

    /// Returns the text of the element, and the start tags around it, from the innermost to that of the root.
    fn parts(&self) -> (&str, impl Iterator<Item = &str>) {
        let Frame { text, nodes, head, .. } = &*self.frame;
        let element = self.frame.node(self.node);
        let (start, end) = element.map_or((0, 0), |n| self.frame.outer(n));
        let around = parse::upwards(nodes, self.node).skip(1).map(|(_, n)| n.start_tag(text));
        (slice(text, start..end), around.chain(head.iter().map(|head| head.tag())))
    }
}

impl PartialEq for OwnedResponse {
    fn eq(&self, other: &Self) -> bool {
        let ((text, around), (other_text, other_around)) = (self.parts(), other.parts());
        text == other_text
            && around.eq(other_around)
            && self.frame.about.repairs == other.frame.about.repairs
            && self.frame.about.refused == other.frame.about.refused
    }
}

impl Eq for OwnedResponse {}
