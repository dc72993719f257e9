//! One child of the root as a flat list of nodes in document order. A node holds places in the child's text, never a
//! borrow: recycling the list is `clear`, owning it is a clone.

use super::{
    chars::{Lexeme, seen},
    fault::Problem,
    grammar::{self, Role},
    path,
    scope::{Namespace, Place, Texts},
};
use crate::{Limit, Options, options::Notes};

/// What [`Node::flags`] says besides what [`seen`] lists.
pub(crate) mod flag {
    /// A status of a propstat that is in no namespace.
    pub(crate) const UNQUALIFIED: u16 = 1 << 7;
    /// It stands for the children of the root of an implicit response and has no tags of its own.
    pub(crate) const IMPLICIT: u16 = 1 << 8;
    /// Its tag is `<a/>`.
    pub(crate) const EMPTY_TAG: u16 = 1 << 9;
    /// A propstat whose properties were returned with success.
    pub(crate) const VALUES: u16 = 1 << 10;
    /// A propstat without any status to judge it by: what is not empty in it is a value.
    pub(crate) const UNSAID: u16 = 1 << 11;
    /// By its local name it is part of the structure, but its namespace or its letters are others.
    pub(crate) const FOREIGN: u16 = 1 << 12;
    /// An element of the structure where it does not belong.
    pub(crate) const MISPLACED: u16 = 1 << 13;
    /// Its start tag declares namespaces.
    pub(crate) const DECLARES: u16 = 1 << 14;
    /// Its start tag has an `xml:lang`.
    pub(crate) const LANGUAGE: u16 = 1 << 15;
}

/// The parent of a node that has none.
pub(crate) const NO_PARENT: u32 = u32::MAX;

/// An element. Places are bytes from the start of the text of its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Of the qualified name, one byte after `<`.
    name: u32,
    /// Of its content.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The number of the first node that is not inside this one.
    pub(crate) next: u32,
    pub(crate) parent: u32,
    /// Its namespace, in two parts: whole it would leave three bytes of each node unused.
    namespace_start: u32,
    namespace_len: u32,
    /// Bytes of the qualified name.
    name_len: u16,
    /// Bytes before the local name in it.
    local: u16,
    pub(crate) flags: u16,
    namespace_place: Place,
    pub(crate) role: Role,
}

// What the documentation says of the memory that an element takes.
const _: () = assert!(size_of::<Node>() == 36);

impl Node {
    pub(crate) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Of its `<`; of an implicit response, where it begins.
    pub(crate) fn at(&self) -> u32 {
        self.name.saturating_sub(1)
    }

    #[inline]
    pub(crate) fn namespace(&self) -> Namespace {
        Namespace::from_parts(self.namespace_place, self.namespace_start, self.namespace_len)
    }

    #[inline]
    pub(crate) fn content<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn qualified_name<'t>(&self, text: &'t str) -> &'t str {
        let name = self.name as usize;
        text.get(name..name + usize::from(self.name_len)).unwrap_or_default()
    }

    /// What equals other names; an undeclared prefix belongs to it.
    #[inline]
    pub(crate) fn local_name<'t>(&self, text: &'t str) -> &'t str {
        self.qualified_name(text).get(usize::from(self.local)..).unwrap_or_default()
    }

    /// Whether `local` may be its local name, by its length.
    #[inline]
    pub(crate) fn fits(&self, local: &str) -> bool {
        usize::from(self.name_len - self.local) == local.len()
    }

    /// Its start tag; empty for an implicit response, which has none.
    pub(crate) fn start_tag<'t>(&self, text: &'t str) -> &'t str {
        let start = if self.has(flag::IMPLICIT) { self.start } else { self.at() };
        text.get(start as usize..self.start as usize).unwrap_or_default()
    }

    /// After its end tag.
    pub(crate) fn outer_end(&self, text: &str) -> usize {
        let end = self.end as usize;
        if self.has(flag::IMPLICIT | flag::EMPTY_TAG) {
            return end;
        }
        let rest = text.get(end..).unwrap_or_default();
        end + rest.find('>').map_or(rest.len(), |at| at + 1)
    }
}

/// The node with number `id`.
#[inline]
pub(crate) fn node(nodes: &[Node], id: u32) -> Option<&Node> {
    nodes.get(id as usize)
}

/// The numbers of the children of `id`, in order. Of an element that is still open, those that are closed.
#[inline]
pub(crate) fn children(nodes: &[Node], id: u32) -> Children<'_> {
    Children { nodes, next: id + 1, end: node(nodes, id).map_or(0, |n| n.next) }
}

/// See [`children`].
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

    /// At most one for each node that is left.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end.saturating_sub(self.next) as usize))
    }
}

/// The node `id` and those around it, innermost first.
pub(crate) fn upwards(nodes: &[Node], id: u32) -> impl Iterator<Item = (u32, &Node)> + Clone {
    std::iter::successors(node(nodes, id).map(|n| (id, n)), |(_, n)| {
        node(nodes, n.parent).map(|p| (n.parent, p))
    })
}

/// An element whose end tag is still to come.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// In the list of nodes, [`NO_PARENT`] when the list was not kept any more.
    node: u32,
    /// Place and length of the qualified name.
    name: usize,
    name_len: usize,
    /// Bindings in force outside it.
    outside: usize,
    role: Role,
    is_dav: bool,
}

/// Why the child that is being read is an error item.
#[derive(Clone, Debug)]
pub(crate) struct Loss {
    pub(crate) problem: Problem,
    /// From the start of the child.
    pub(crate) at: usize,
    pub(crate) path: String,
    /// The path of the element that was innermost then. From now on it is what is left of nodes.
    around: String,
}

/// How many elements are open around a property of the response itself: response, propstat and prop. Those of
/// responses inside values are deeper.
const PROP_DEPTH: usize = 3;

/// A run of `href`, `status`, … directly under the root, which makes an implicit response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Run {
    #[default]
    None,
    /// Only hrefs so far: another one belongs to it.
    Hrefs,
    /// It has a status or a propstat: an href begins the next run.
    Full,
    /// It begins with a response that is out of place, and so is lost with what follows: only what cannot begin a
    /// response belongs to it.
    Foreign,
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
    /// Bytes of the body before the child.
    pub(crate) base: u64,
    pub(crate) notes: Notes,
    /// From here on the child is checked, but no longer kept.
    pub(crate) loss: Option<Loss>,
    /// Flags that a check found, until they are set.
    marks: Vec<(u32, u16)>,
}

/// What closed with an end tag, or with an empty-element tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed {
    pub(crate) node: u32,
    /// Of its start tag, from the start of the child.
    pub(crate) at: usize,
    pub(crate) role: Role,
    /// Bindings in force outside it.
    pub(crate) outside: usize,
    /// It is too large.
    pub(crate) problem: Option<Problem>,
}

/// A start tag as [`Index::start`] takes it. Places are counted from the start of the child.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub(crate) name: Lexeme,
    pub(crate) namespace: Namespace,
    /// Of the `<`.
    pub(crate) at: usize,
    /// After the `>`.
    pub(crate) end: usize,
    pub(crate) flags: u16,
    pub(crate) outside: usize,
    /// Bytes on the side before it.
    pub(crate) side: usize,
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

    /// Names and roles of the open elements, outermost first.
    pub(crate) fn open_elements<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'t str, Role)> {
        let name = |open: &Open| text.get(open.name..open.name + open.name_len).unwrap_or_default();
        self.open.iter().map(move |open| (name(open), open.role))
    }

    /// The innermost open element, while nodes are kept.
    pub(crate) fn innermost(&self) -> Option<u32> {
        self.open.last().map(|open| open.node).filter(|_| self.loss.is_none())
    }

    /// The path of the innermost open element. Those that came when nodes were not kept any more have no numbers.
    #[cold]
    pub(crate) fn path(&self, texts: &Texts<'_>) -> String {
        let kept = self.open.iter().take_while(|open| open.node != NO_PARENT);
        let path = match (&self.loss, kept.clone().last()) {
            (Some(loss), _) => path::outermost(&loss.around, kept.clone().count()).to_owned(),
            (None, Some(open)) => path::of_node(&self.nodes, texts, open.node, self.number),
            (None, None) => String::new(),
        };
        let rest = self.open.iter().skip(kept.count());
        let names = rest.map(|open| {
            let name = texts.text.get(open.name..open.name + open.name_len).unwrap_or_default();
            if open.is_dav { name.rsplit(':').next().unwrap_or_default() } else { name }
        });
        path::with_names(path, names)
    }

    /// The names of the open elements for `kept`, where they stand from now on: the child is lost, and all else of
    /// its text will be dropped.
    pub(crate) fn keep_names(&mut self, text: &str, kept: &mut String) {
        for open in &mut self.open {
            // As everywhere, a byte stands before the name.
            kept.push('<');
            let place = kept.len();
            kept.push_str(text.get(open.name..open.name + open.name_len).unwrap_or_default());
            open.name = place;
        }
    }

    /// Enters a start tag; nothing closes yet. Tells what is too much with it.
    #[inline]
    pub(crate) fn start(&mut self, start: &Start, role: Role, options: &Options) -> Option<Problem> {
        let (mut id, mut problem) = (NO_PARENT, None);
        if self.loss.is_none() {
            id = self.nodes.len() as u32;
            self.push(start, role);
            if self.nodes.len() > options.most(Limit::Elements) {
                problem = Some(Problem::Limit(Limit::Elements));
            } else if role == Role::Property && self.open.len() <= PROP_DEPTH {
                self.properties += 1;
                if self.properties > options.most(Limit::Properties) {
                    problem = Some(Problem::Limit(Limit::Properties));
                }
            }
        }
        self.open.push(Open {
            node: id,
            name: start.at + 1,
            name_len: start.name.len,
            outside: start.outside,
            role,
            is_dav: start.namespace.is_dav(),
        });
        problem
    }

    #[inline]
    fn push(&mut self, start: &Start, role: Role) {
        let is_in_run = self.run != Run::None;
        let parent = self.open.last().map_or(if is_in_run { 0 } else { NO_PARENT }, |open| open.node);
        let end = start.end as u32;
        // The limit of names keeps these two in sixteen bits.
        let (name_len, local) = (start.name.len as u16, start.name.local as u16);
        let (namespace_place, namespace_start, namespace_len) = start.namespace.into_parts();
        if self.nodes.len() == self.nodes.capacity() {
            self.make_room();
        }
        self.nodes.push(Node {
            name: start.at as u32 + 1,
            start: end,
            end,
            // Until it closes, all that follows is inside it.
            next: u32::MAX,
            parent,
            namespace_start,
            namespace_len,
            name_len,
            local: if start.namespace.is_undeclared() { 0 } else { local },
            flags: start.flags,
            namespace_place,
            role,
        });
    }

    /// Makes room for more nodes. A long list grows in small steps: while it is moved there are two of it, and with
    /// doubling they would take three times what it needs.
    #[cold]
    fn make_room(&mut self) {
        const LONG: usize = 4096;
        let len = self.nodes.len();
        self.nodes.reserve_exact(if len < LONG { len.max(16) } else { len / 5 });
    }

    /// Closes the innermost open element, whose end tag begins at `at`.
    #[inline]
    pub(crate) fn end(&mut self, at: usize, options: &Options) -> Option<Closed> {
        let open = self.open.pop()?;
        let mut closed = Closed {
            node: open.node,
            at: open.name - 1,
            role: open.role,
            outside: open.outside,
            problem: None,
        };
        if self.loss.is_some() {
            return Some(closed);
        }
        let next = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(open.node as usize) {
            node.end = at as u32;
            node.next = next;
            let (flags, content) = (node.flags, at.saturating_sub(node.start as usize));
            let is_leaf = next == open.node + 1;
            if is_leaf && content > options.most(Limit::TextBytes) {
                closed.problem = Some(Problem::Limit(Limit::TextBytes));
            } else if open.role == Role::Href && content > options.most(Limit::HrefBytes) {
                closed.problem = Some(Problem::Limit(Limit::HrefBytes));
            }
            // An element in an href or status does not count.
            let counts = !matches!(self.role(), Some(Role::Href | Role::Status));
            if flags & seen::FORBIDDEN != 0 && counts {
                // It is part of the value of the element around it, too.
                self.mark(seen::FORBIDDEN);
            }
        }
        Some(closed)
    }

    /// Judges the response `id`, which is complete.
    pub(crate) fn check(&mut self, id: u32, texts: &Texts<'_>, options: &Options) {
        if self.loss.is_some() {
            return;
        }
        self.marks.clear();
        let is_inside_a_value = !self.open.is_empty();
        let verdict = if is_inside_a_value {
            // Its faults cost nothing outside; they are told when it is asked for.
            let options = Options::new().with_repairs(options.repairs());
            grammar::check(&self.nodes, texts.text, id, &options, &mut Notes::default(), &mut self.marks)
        } else {
            grammar::check(&self.nodes, texts.text, id, options, &mut self.notes, &mut self.marks)
        };
        for (id, flags) in self.marks.drain(..) {
            if let Some(node) = self.nodes.get_mut(id as usize) {
                node.flags |= flags;
            }
        }
        if let (Err((at, problem)), false) = (verdict, is_inside_a_value) {
            self.lose_node(problem, at, texts);
        }
    }

    /// Judges another root than multistatus, which is complete.
    pub(crate) fn check_root(&mut self, texts: &Texts<'_>, options: &Options) {
        if self.loss.is_none() {
            if let Err((node, problem)) =
                grammar::check_root(&self.nodes, texts.text, options, &mut self.notes)
            {
                self.lose_node(problem, node, texts);
            }
        }
    }

    /// Begins an implicit response with the child of the root at hand.
    pub(crate) fn begin_run(&mut self, run: Run) {
        self.nodes.push(Node {
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
        });
        self.run = run;
    }

    /// A child of the root begins that belongs to the run.
    pub(crate) fn join_run(&mut self, role: Role) {
        if matches!(role, Role::Status | Role::Propstat) && self.run != Run::Foreign {
            self.run = Run::Full;
        }
    }

    /// A child of the root that belongs to the run is complete; it ends at `end`.
    pub(crate) fn extend_run(&mut self, end: usize) {
        if let (Some(node), None) = (self.nodes.first_mut(), &self.loss) {
            node.end = end as u32;
        }
    }

    /// No child of the root joins the run any more.
    pub(crate) fn end_run(&mut self, texts: &Texts<'_>, options: &Options) {
        let next = self.nodes.len() as u32;
        if let (Some(node), None) = (self.nodes.first_mut(), &self.loss) {
            node.next = next;
            self.check(0, texts, options);
        }
    }

    /// Marks the innermost open element with what was seen in its text.
    #[inline]
    pub(crate) fn mark(&mut self, flags: u16) {
        if let Some(node) = self.innermost().and_then(|id| self.nodes.get_mut(id as usize)) {
            node.flags |= flags;
        }
    }

    /// Makes the child an error item, for what is wrong with `node`.
    #[cold]
    fn lose_node(&mut self, problem: Problem, id: u32, texts: &Texts<'_>) {
        let at = node(&self.nodes, id).map_or(0, |n| n.at() as usize);
        self.lose(problem, at, id, texts);
    }

    /// Makes the child an error item; the first reason stands.
    #[cold]
    pub(crate) fn lose(&mut self, problem: Problem, at: usize, node: u32, texts: &Texts<'_>) {
        if self.loss.is_none() {
            let path = path::of_node(&self.nodes, texts, node, self.number);
            let around = self.path(texts);
            self.loss = Some(Loss { problem, at, path, around });
        }
    }
}
