use std::{fmt, sync::Arc};

use super::{Frame, Response, frame::About};
use crate::{notes::Notes, parse, text::slice};

/// A response that borrows nothing: to be kept, or sent to another thread.
///
/// Two are equal when they are the same bytes below the same start tags, wherever in a body they stood: then they say
/// the same in every respect.
#[derive(Clone)]
pub struct OwnedResponse {
    frame: Arc<Frame<'static>>,
    node: u32,
    notes: Notes,
}

impl Response<'_> {
    /// A copy that borrows nothing; [`OwnedResponse::from`] makes one of a reference. Copies share the root's start tag;
    /// one of a response inside a value keeps the whole response around it, which it shares with the other copies made of
    /// responses in there.
    #[must_use]
    pub fn into_owned(self) -> OwnedResponse {
        OwnedResponse::new(&self)
    }
}

impl OwnedResponse {
    pub(crate) fn new(response: &Response<'_>) -> Self {
        let Response { frame, node } = response;
        let copy = || Arc::new(frame.lend().into_static());
        let copy = match node {
            0 => copy(),
            _ => Arc::clone(frame.derived.get().copy.get_or_init(copy)),
        };
        OwnedResponse { frame: copy, node: *node, notes: frame.about.notes }
    }

    /// The response, borrowed from here. Allocates nothing.
    pub fn as_response(&self) -> Response<'_> {
        let about = About { notes: self.notes, ..self.frame.about };
        Response { frame: Frame { about, ..self.frame.lend() }, node: self.node }
    }

    /// The element, and the start tags around it from the innermost to the root's.
    fn parts(&self) -> (&str, impl Iterator<Item = &str>) {
        let Frame { text, nodes, head, .. } = &*self.frame;
        let element = self.frame.node(self.node);
        let (start, end) = element.map_or((0, 0), |n| self.frame.outer(n));
        let around = parse::upwards(nodes, self.node).skip(1).map(|(_, n)| n.start_tag(text));
        (slice(text, start..end), around.chain(head.iter().map(|head| head.tag())))
    }
}

/// As [`Response`]: no values.
impl fmt::Debug for OwnedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnedResponse").field(&self.as_response()).finish()
    }
}

impl From<Response<'_>> for OwnedResponse {
    fn from(response: Response<'_>) -> Self {
        OwnedResponse::new(&response)
    }
}

impl From<&Response<'_>> for OwnedResponse {
    fn from(response: &Response<'_>) -> Self {
        OwnedResponse::new(response)
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
