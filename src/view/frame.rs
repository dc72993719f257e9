use std::{borrow::Cow, sync::Arc};

use crate::{
    Name,
    options::Notes,
    parse::{self, Judged, NamespaceId, Namespaces, Node},
};

/// An index and the text its places point into.
///
/// `Cow` decides who owns the index: the parser (`Borrowed`, when lending) or the item (`Owned`, from the iterator).
/// `'a` is the shorter of the lives of both, so that one type serves both. Namespace names are in a table that the
/// items of a body share, because they may stand anywhere above an item, or be written with references.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    /// The root's start tag: the bindings and the `xml:lang` in force above `text`. This and the text are owned
    /// only when bytes of them had to be repaired.
    pub(crate) head: Cow<'a, str>,
    pub(crate) text: Cow<'a, str>,
    pub(crate) nodes: Cow<'a, [Node]>,
    pub(crate) names: Arc<Namespaces>,
    /// Bytes of the body before `text`.
    pub(crate) base: u64,
    pub(crate) notes: Notes,
}

impl<'a> Frame<'a> {
    #[inline]
    pub(crate) fn node(&self, id: u32) -> Option<&Node> {
        parse::node(&self.nodes, id)
    }

    /// A part of the text, borrowed from the body unless that had to be repaired.
    fn slice(&self, start: usize, end: usize) -> Cow<'a, str> {
        match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(start..end).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(start..end).unwrap_or_default().to_owned()),
        }
    }

    /// The value of an element, as XML means it.
    #[inline]
    pub(crate) fn value(&self, id: u32) -> Cow<'a, str> {
        match &self.text {
            Cow::Borrowed(text) => parse::value(&self.nodes, text, id),
            Cow::Owned(text) => Cow::Owned(parse::value(&self.nodes, text, id).into_owned()),
        }
    }

    /// [`Frame::value`] without white space around it.
    #[inline]
    pub(crate) fn trimmed(&self, id: u32) -> Cow<'a, str> {
        match self.value(id) {
            Cow::Borrowed(text) => Cow::Borrowed(parse::trim(text)),
            Cow::Owned(mut text) => {
                let trimmed = parse::trim(&text);
                let (start, len) = (parse::offset(&text, trimmed), trimmed.len());
                text.truncate(start + len);
                text.drain(..start);
                Cow::Owned(text)
            }
        }
    }

    /// An element with its tags.
    pub(crate) fn outer(&self, id: u32) -> Cow<'a, str> {
        let Some(n) = self.node(id) else { return Cow::Borrowed("") };
        let (start, mut end) = (n.name as usize, n.end as usize);
        if n.has(parse::flag::IMPLICIT) {
            return self.slice(start, end);
        }
        if !n.has(parse::flag::EMPTY_TAG) {
            let rest = self.text.get(end..).unwrap_or_default();
            end += rest.find('>').map_or(rest.len(), |i| i + 1);
        }
        self.slice(start.saturating_sub(1), end)
    }

    /// `part`, which is a slice of the text, for as long as the text lives.
    pub(crate) fn part(&self, part: &str) -> Cow<'a, str> {
        let start = parse::offset(&self.text, part);
        self.slice(start, start + part.len())
    }

    /// The start tag of an element; empty for what has none.
    pub(crate) fn start_tag(&self, n: &Node) -> &str {
        let start = if n.has(parse::flag::IMPLICIT) { n.start } else { n.name.saturating_sub(1) };
        self.text.get(start as usize..n.start as usize).unwrap_or_default()
    }

    /// The name in a declaration, `value` as sent.
    pub(crate) fn namespace_of(&self, value: &str) -> &str {
        let name = parse::attribute(value, parse::seen::FORBIDDEN);
        self.names.find(&name).map_or("", |id| self.names.get(id))
    }

    /// Bytes of the body before the element.
    pub(crate) fn offset(&self, id: u32) -> u64 {
        self.base + self.node(id).map_or(0, |n| u64::from(n.name.saturating_sub(1)))
    }

    pub(crate) fn namespace(&self, id: NamespaceId) -> &str {
        self.names.get(id)
    }

    pub(crate) fn status(&self, parent: u32) -> (Judged, Option<u32>) {
        parse::status_of(&self.nodes, &self.text, parent)
    }

    #[inline]
    pub(crate) fn children(&self, id: u32) -> impl Iterator<Item = (u32, &Node)> + Clone {
        parse::children(&self.nodes, id)
    }

    /// What to compare nodes with when looking for `name`; `None` when nothing here can have it.
    #[inline]
    pub(crate) fn sought<'n>(&self, name: &Name<'n>) -> Option<Sought<'n>> {
        if name.is_undeclared() {
            return None;
        }
        Some(Sought { namespace: self.names.find(name.namespace())?, local: name.local() })
    }

    #[inline]
    pub(crate) fn is(&self, n: &Node, sought: &Sought<'_>) -> bool {
        n.namespace == sought.namespace
            && usize::from(n.name_len - n.local) == sought.local.len()
            && n.local_name(&self.text) == sought.local
    }
}

/// A name whose namespace was looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought<'n> {
    namespace: NamespaceId,
    local: &'n str,
}
