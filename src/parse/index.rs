//! One child of the root as a flat list of nodes in document order. A node holds places in the child's text and the
//! number of its namespace, never a borrow: recycling the list is `clear`, owning it is a clone.

use super::{
    chars::{Lexeme, seen},
    fault::Problem,
    grammar::{self, Role},
    scope::NamespaceId,
};
use crate::{Limit, Options, options::Notes};

/// What [`Node::flags`] says besides what [`seen`] lists.
pub(crate) mod flag {
    /// It stands for the children of the root of an implicit response and has no tags of its own.
    pub(crate) const IMPLICIT: u16 = 1 << 8;
    /// Its tag is `<a/>`.
    pub(crate) const EMPTY_TAG: u16 = 1 << 9;
    /// A propstat whose properties were returned with success.
    pub(crate) const VALUES: u16 = 1 << 10;
    /// A propstat without any status to judge it by: what is not empty in it is a value.
    pub(crate) const UNSAID: u16 = 1 << 11;
    /// A structural local name without the namespace `DAV:`.
    pub(crate) const FOREIGN: u16 = 1 << 12;
}

/// An element. Places are bytes from the start of the text of its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Of the qualified name, one byte behind `<`.
    pub(crate) name: u32,
    /// Of its content.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The number of the first node that is not inside this one.
    pub(crate) next: u32,
    pub(crate) namespace: NamespaceId,
    /// Bytes of the qualified name.
    pub(crate) name_len: u16,
    /// Bytes before the local name in it.
    pub(crate) local: u16,
    pub(crate) flags: u16,
    pub(crate) role: Role,
}

impl Node {
    pub(crate) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    pub(crate) fn content<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    pub(crate) fn qualified_name<'t>(&self, text: &'t str) -> &'t str {
        let name = self.name as usize;
        text.get(name..name + usize::from(self.name_len)).unwrap_or_default()
    }

    /// What equals other names; an undeclared prefix belongs to it.
    pub(crate) fn local_name<'t>(&self, text: &'t str) -> &'t str {
        self.qualified_name(text).get(usize::from(self.local)..).unwrap_or_default()
    }
}

/// The node with number `id`.
pub(crate) fn node(nodes: &[Node], id: u32) -> Option<&Node> {
    nodes.get(id as usize)
}

/// The numbers of the children of `id`, in order. Of an element that is still open, those that are closed.
pub(crate) fn children(nodes: &[Node], id: u32) -> impl Iterator<Item = (u32, &Node)> + Clone {
    let end = node(nodes, id).map_or(0, |n| n.next);
    let mut at = id + 1;
    std::iter::from_fn(move || {
        let child = node(nodes, at).filter(|_| at < end)?;
        Some((std::mem::replace(&mut at, child.next), child))
    })
}

/// An element whose end tag is still to come.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// In the list of nodes, unless that is not kept any more.
    node: u32,
    /// Place and length of the qualified name.
    name: usize,
    name_len: usize,
    /// Bindings in force outside it.
    outside: usize,
    role: Role,
}

/// Why the child that is being read is an error item.
#[derive(Clone, Debug)]
pub(crate) struct Loss {
    pub(crate) problem: Problem,
    /// From the start of the child.
    pub(crate) at: usize,
    pub(crate) path: String,
}

/// A run of `href`, `status`, … directly under the root, which makes an implicit response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Run {
    #[default]
    None,
    /// Only hrefs so far: another one belongs to it.
    Hrefs,
    /// It has a status or a propstat: an href begins the next run.
    Full,
}

/// The list of nodes, and what is open while it grows.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) nodes: Vec<Node>,
    open: Vec<Open>,
    pub(crate) run: Run,
    properties: usize,
    /// The number of the response that is being read, from 1.
    pub(crate) number: u64,
    pub(crate) notes: Notes,
    /// From here on the child is checked, but no longer kept.
    pub(crate) loss: Option<Loss>,
}

/// What closed with an end tag, or with an empty-element tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed {
    pub(crate) node: u32,
    pub(crate) role: Role,
    /// Bindings in force outside it.
    pub(crate) outside: usize,
}

/// A start tag as [`Index::start`] takes it. Places are counted from the start of the child.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub(crate) name: Lexeme,
    pub(crate) namespace: NamespaceId,
    /// Of the `<`.
    pub(crate) at: usize,
    /// Behind the `>`.
    pub(crate) end: usize,
    pub(crate) flags: u16,
    pub(crate) outside: usize,
}

impl Index {
    /// Ready for the next child.
    pub(crate) fn clear(&mut self) {
        self.nodes.clear();
        self.open.clear();
        self.run = Run::None;
        self.properties = 0;
        self.notes = Notes::default();
        self.loss = None;
    }

    #[inline]
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Place and length of the name the next end tag must have.
    #[inline]
    pub(crate) fn open_name(&self) -> Option<(usize, usize)> {
        self.open.last().map(|open| (open.name, open.name_len))
    }

    /// The role of the innermost open element.
    #[inline]
    pub(crate) fn role(&self) -> Option<Role> {
        self.open.last().map(|open| open.role)
    }

    /// The name of every open element, outermost first.
    pub(crate) fn open_names<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.open.iter().map(|open| text.get(open.name..open.name + open.name_len).unwrap_or_default())
    }

    /// The innermost open element, while nodes are kept.
    pub(crate) fn innermost(&self) -> Option<u32> {
        self.open.last().map(|open| open.node).filter(|_| self.loss.is_none())
    }

    /// Enters a start tag; nothing closes yet.
    #[inline]
    pub(crate) fn start(&mut self, start: &Start, role: Role, text: &str, options: &Options) {
        let id = self.nodes.len() as u32;
        if self.loss.is_none() {
            self.push(start, role);
            if self.nodes.len() > options.most(Limit::Elements) {
                self.lose(Problem::Limit(Limit::Elements), start.at, id, text);
            } else if role == Role::Property {
                self.properties += 1;
                if self.properties > options.most(Limit::Properties) {
                    self.lose(Problem::Limit(Limit::Properties), start.at, id, text);
                }
            }
        }
        self.open.push(Open {
            node: id,
            name: start.at + 1,
            name_len: start.name.len,
            outside: start.outside,
            role,
        });
    }

    #[inline]
    fn push(&mut self, start: &Start, role: Role) {
        let name = start.at as u32 + 1;
        let end = start.end as u32;
        // The limit of names keeps these two in sixteen bits.
        let (name_len, local) = (start.name.len as u16, start.name.local as u16);
        let local = if start.namespace == NamespaceId::UNDECLARED { 0 } else { local };
        // Until it closes, all that follows is inside it.
        let next = u32::MAX;
        let (namespace, flags) = (start.namespace, start.flags);
        self.nodes.push(Node { name, start: end, end, next, namespace, name_len, local, flags, role });
    }

    /// Closes the innermost open element, whose end tag begins at `at`.
    #[inline]
    pub(crate) fn end(&mut self, at: usize, text: &str, options: &Options) -> Option<Closed> {
        let open = self.open.pop()?;
        let next = self.nodes.len() as u32;
        if self.loss.is_none() {
            if let Some(node) = self.nodes.get_mut(open.node as usize) {
                node.end = at as u32;
                node.next = next;
                let content = at.saturating_sub(node.start as usize);
                let is_leaf = next == open.node + 1;
                if is_leaf && content > options.most(Limit::TextBytes) {
                    self.lose(Problem::Limit(Limit::TextBytes), open.name - 1, open.node, text);
                } else if open.role == Role::Href && content > options.most(Limit::HrefBytes) {
                    self.lose(Problem::Limit(Limit::HrefBytes), open.name - 1, open.node, text);
                } else if open.role == Role::Response {
                    self.check(open.node, text, options);
                }
            }
        }
        Some(Closed { node: open.node, role: open.role, outside: open.outside })
    }

    /// Judges a response that is complete.
    fn check(&mut self, id: u32, text: &str, options: &Options) {
        if !self.open.is_empty() {
            // One inside a value. Its faults are told when it is asked for.
            let _ = grammar::check(&mut self.nodes, text, id, &Options::new(), &mut Notes::default());
            return;
        }
        if let Err((node, problem)) = grammar::check(&mut self.nodes, text, id, options, &mut self.notes) {
            let at = self.nodes.get(node as usize).map_or(0, |n| n.name.saturating_sub(1)) as usize;
            self.lose(problem, at, node, text);
        }
    }

    /// Begins an implicit response with the child of the root at hand.
    pub(crate) fn begin_run(&mut self) {
        let role = Role::Response;
        let namespace = NamespaceId::DAV;
        let flags = flag::IMPLICIT;
        let next = u32::MAX;
        self.nodes.push(Node {
            name: 0,
            start: 0,
            end: 0,
            next,
            namespace,
            name_len: 0,
            local: 0,
            flags,
            role,
        });
        self.run = Run::Hrefs;
    }

    /// A child of the root that belongs to the run is complete; it ends at `end`.
    pub(crate) fn extend_run(&mut self, role: Role, end: usize) {
        if matches!(role, Role::Status | Role::Propstat) {
            self.run = Run::Full;
        }
        if let (Some(node), None) = (self.nodes.first_mut(), &self.loss) {
            node.end = end as u32;
        }
    }

    /// No child of the root joins the run any more.
    pub(crate) fn end_run(&mut self, text: &str, options: &Options) {
        let next = self.nodes.len() as u32;
        if let (Some(node), None) = (self.nodes.first_mut(), &self.loss) {
            node.next = next;
            self.check(0, text, options);
        }
    }

    /// Forgets a child of the root that is no part of the run before it.
    pub(crate) fn drop_child(&mut self, node: u32) {
        if self.loss.is_none() {
            self.nodes.truncate(node as usize);
        }
    }

    /// Marks the innermost open element with what was seen in its text.
    #[inline]
    pub(crate) fn mark(&mut self, flags: u16) {
        if flags != 0 {
            if let Some(node) = self.innermost().and_then(|id| self.nodes.get_mut(id as usize)) {
                node.flags |= flags;
            }
            if flags & seen::REPAIRED != 0 {
                super::text::note_repairs(flags, &mut self.notes);
            }
        }
    }

    /// Makes the child an error item; the first reason stands.
    #[cold]
    pub(crate) fn lose(&mut self, problem: Problem, at: usize, node: u32, text: &str) {
        if self.loss.is_none() {
            let path = super::path::of_node(&self.nodes, text, node, self.number);
            self.loss = Some(Loss { problem, at, path });
        }
    }
}
