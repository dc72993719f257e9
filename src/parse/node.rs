//! Elements as nodes of a flat list in document order. A node holds places in the text and borrows nothing, so the list
//! can be cleared and used again, or cloned.

use super::{Namespace, Place, Role, StartTag, flag};
use crate::text::slice;

/// What the field `parent` holds in a node without a parent.
pub(crate) const NO_PARENT: u32 = u32::MAX;

/// An element. Places count bytes from the start of the text of the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Where the qualified name begins: one byte after `<`.
    name: u32,
    /// Where the content of the element begins; `end` is where it ends.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The number of the first later node that is not inside this one.
    pub(crate) next: u32,
    pub(crate) parent: u32,
    /// The namespace is in three fields: as one field it would leave three bytes of each node unused.
    namespace_start: u32,
    namespace_len: u32,
    name_len: u16,
    /// How many bytes of the qualified name come before the local name.
    local: u16,
    pub(crate) flags: u16,
    namespace_place: Place,
    pub(crate) role: Role,
}

// The documentation of the crate names this number.
const _: () = assert!(size_of::<Node>() == 36);

impl Node {
    /// Makes the node of the element that `tag` opens. Until the element closes, all that follows counts as inside.
    #[inline]
    pub(super) fn new(tag: &StartTag, role: Role, parent: u32) -> Self {
        let end = tag.end as u32;
        // The limit of names keeps both numbers in sixteen bits.
        let (name_len, local) = (tag.name.len as u16, tag.name.local as u16);
        let (namespace_place, namespace_start, namespace_len) = tag.namespace.into_parts();
        Node {
            name: tag.at as u32 + 1,
            start: end,
            end,
            next: u32::MAX,
            parent,
            namespace_start,
            namespace_len,
            name_len,
            local: if tag.namespace.is_undeclared() { 0 } else { local },
            flags: tag.flags,
            namespace_place,
            role,
        }
    }

    /// Makes the node of an implicit response.
    pub(super) fn implicit() -> Self {
        Node {
            name: 0,
            start: 0,
            end: 0,
            next: u32::MAX,
            parent: NO_PARENT,
            namespace_start: 0,
            namespace_len: 0,
            name_len: 0,
            local: 0,
            flags: flag::IMPLICIT,
            namespace_place: Place::Dav,
            role: Role::Response,
        }
    }

    pub(crate) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Returns where the `<` of the element is; for an implicit response, where the response begins.
    pub(crate) fn at(&self) -> u32 {
        self.name.saturating_sub(1)
    }

    #[inline]
    pub(crate) fn namespace(&self) -> Namespace {
        Namespace::from_parts(self.namespace_place, self.namespace_start, self.namespace_len)
    }

    #[inline]
    pub(crate) fn content<'t>(&self, text: &'t str) -> &'t str {
        slice(text, self.start as usize..self.end as usize)
    }

    #[inline]
    pub(crate) fn qualified_name<'t>(&self, text: &'t str) -> &'t str {
        let name = self.name as usize;
        slice(text, name..name + usize::from(self.name_len))
    }

    /// Returns the local name. An undeclared prefix is part of it.
    #[inline]
    pub(crate) fn local_name<'t>(&self, text: &'t str) -> &'t str {
        slice(self.qualified_name(text), usize::from(self.local)..)
    }

    /// Whether the local name of the element is as long as `local`.
    #[inline]
    pub(crate) fn fits(&self, local: &str) -> bool {
        usize::from(self.name_len - self.local) == local.len()
    }

    /// Returns the start tag of the element; empty for an implicit response, which has none.
    pub(crate) fn start_tag<'t>(&self, text: &'t str) -> &'t str {
        let start = if self.has(flag::IMPLICIT) { self.start } else { self.at() };
        slice(text, start as usize..self.start as usize)
    }

    /// Returns where the end tag of the element ends.
    pub(crate) fn outer_end(&self, text: &str) -> usize {
        let end = self.end as usize;
        if self.has(flag::IMPLICIT | flag::EMPTY_TAG) {
            return end;
        }
        let rest = slice(text, end..);
        end + rest.find('>').map_or(rest.len(), |at| at + 1)
    }
}

/// Returns the node with number `id`.
#[inline]
pub(crate) fn node(nodes: &[Node], id: u32) -> Option<&Node> {
    nodes.get(id as usize)
}

/// Returns the children of the node `id` in order, with their numbers; of an open element, those so far.
#[inline]
pub(crate) fn children(nodes: &[Node], id: u32) -> Children<'_> {
    Children { nodes, next: id + 1, end: node(nodes, id).map_or(0, |n| n.next) }
}

/// The iterator that [`children`] returns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Children<'r> {
    nodes: &'r [Node],
    next: u32,
    end: u32,
}

impl<'r> Iterator for Children<'r> {
    type Item = (u32, &'r Node);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let child = node(self.nodes, self.next).filter(|_| self.next < self.end)?;
        Some((std::mem::replace(&mut self.next, child.next), child))
    }

    /// There are at most as many children as nodes left.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end.saturating_sub(self.next) as usize))
    }
}

/// Returns the node `id` and the nodes around it, innermost first.
pub(crate) fn upwards(nodes: &[Node], id: u32) -> impl Iterator<Item = (u32, &Node)> + Clone {
    std::iter::successors(node(nodes, id).map(|n| (id, n)), |(_, n)| {
        node(nodes, n.parent).map(|p| (n.parent, p))
    })
}
