//! One child of the root as a list of nodes, and the elements that are open while the list grows.

use super::{
    Judge, Leniency, Loss, NO_PARENT, Node, Problem, Role, Run, StartTag, Texts, Tree, flag, node, path,
};
use crate::{Limit, Options, notes::Notes, text::slice};

/// An element whose end tag is still to come.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// The number of the element in the list of nodes; [`NO_PARENT`] when the list is no longer kept.
    node: u32,
    /// Where the qualified name begins, from the start of the child.
    name: usize,
    name_len: usize,
    /// How many namespace bindings are in force outside the element.
    outside: usize,
    role: Role,
    is_dav: bool,
}

/// How many elements are open around a property of the response itself: response, propstat and prop. Properties of
/// responses inside values are deeper.
const PROP_DEPTH: usize = 3;

/// The list of nodes, and the elements that are open while the list grows.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) nodes: Vec<Node>,
    open: Vec<Open>,
    pub(crate) run: Run,
    properties: usize,
    /// The number of the response that is being read, from 1.
    pub(crate) number: u64,
    /// How many bytes of the body come before the child.
    pub(crate) base: u64,
    pub(crate) notes: Notes,
    /// Set when the child is lost: from then on the child is checked, but no longer kept.
    pub(crate) loss: Option<Loss>,
    /// Flags that the judge has found, with the numbers of their nodes, until they are set in the nodes.
    pending_flags: Vec<(u32, u16)>,
}

/// An element that was closed by its end tag, or is an empty-element tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed {
    pub(crate) node: u32,
    /// Where the start tag of the element begins, from the start of the child.
    pub(crate) at: usize,
    pub(crate) role: Role,
    /// How many namespace bindings are in force outside the element.
    pub(crate) outside: usize,
    /// The limit that the element exceeds, if it exceeds one.
    pub(crate) problem: Option<Problem>,
}

impl Index {
    /// Makes the index ready for the next child.
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

    /// Returns place and length of the name that the next end tag must have, if an element is open.
    #[inline]
    pub(crate) fn open_name(&self) -> Option<(usize, usize)> {
        self.open.last().map(|open| (open.name, open.name_len))
    }

    /// Returns the role of the innermost open element.
    #[inline]
    pub(crate) fn role(&self) -> Option<Role> {
        self.open.last().map(|open| open.role)
    }

    /// Returns names and roles of the open elements, outermost first.
    pub(crate) fn open_elements<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'t str, Role)> {
        let name = |open: &Open| slice(text, open.name..open.name + open.name_len);
        self.open.iter().map(move |open| (name(open), open.role))
    }

    /// Returns the number of the innermost open element. `None` between elements, and once the child is lost.
    pub(crate) fn innermost(&self) -> Option<u32> {
        self.open.last().map(|open| open.node).filter(|_| self.loss.is_none())
    }

    /// Returns the path of the innermost open element. Elements that began after the loss are shown without numbers.
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
            let name = slice(texts.text, open.name..open.name + open.name_len);
            if open.is_dav { name.rsplit(':').next().unwrap_or_default() } else { name }
        });
        path::with_names(path, names)
    }

    /// Moves the names of the open elements to `kept`. The child is lost, and the rest of its text will be dropped.
    pub(crate) fn keep_names(&mut self, text: &str, kept: &mut String) {
        for open in &mut self.open {
            // As in every tag, one byte comes before the name.
            kept.push('<');
            let place = kept.len();
            kept.push_str(slice(text, open.name..open.name + open.name_len));
            open.name = place;
        }
    }

    /// Enters a start tag; the element stays open. Returns the limit that the child now exceeds, if any.
    #[inline]
    pub(crate) fn start(&mut self, tag: &StartTag, role: Role, options: &Options) -> Option<Problem> {
        let (mut id, mut problem) = (NO_PARENT, None);
        if self.loss.is_none() {
            id = self.nodes.len() as u32;
            let is_in_run = self.run != Run::None;
            let parent = self.open.last().map_or(if is_in_run { 0 } else { NO_PARENT }, |open| open.node);
            if self.nodes.len() == self.nodes.capacity() {
                self.make_room();
            }
            self.nodes.push(Node::new(tag, role, parent));
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
            name: tag.at + 1,
            name_len: tag.name.len,
            outside: tag.outside,
            role,
            is_dav: tag.namespace.is_dav(),
        });
        problem
    }

    /// Makes room for more nodes. A long list grows in small steps: while it is moved, there are two lists, and with
    /// doubling they would take three times the memory that is needed.
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
            // An element inside an href or status is ignored.
            let counts = !matches!(self.role(), Some(Role::Href | Role::Status));
            if flags & flag::FORBIDDEN != 0 && counts {
                // The character is part of the value of the element around it, too.
                self.mark(flag::FORBIDDEN);
            }
        }
        Some(closed)
    }

    /// Judges the response `id`, which is complete.
    pub(crate) fn check(&mut self, id: u32, texts: &Texts<'_>, options: &Options) {
        if self.open.is_empty() {
            self.judge(texts, options, |judge| judge.response(id));
        } else {
            // The response is inside a value. Its faults cost no item; a caller that reads the value gets them.
            let (options, notes) = (Options::new().with_repairs(options.repairs()), self.notes);
            self.judge(texts, &options, |judge| judge.response(id).or(Ok(())));
            self.notes = notes;
        }
    }

    /// Judges a root other than multistatus, which is complete.
    pub(crate) fn check_root(&mut self, texts: &Texts<'_>, options: &Options) {
        self.judge(texts, options, |judge| judge.root());
    }

    fn judge(
        &mut self,
        texts: &Texts<'_>,
        options: &Options,
        ask: impl FnOnce(&mut Judge<'_>) -> Result<(), (u32, Problem)>,
    ) {
        if self.loss.is_some() {
            return;
        }
        let Index { nodes, notes, pending_flags: flags, .. } = self;
        flags.clear();
        let tree = Tree { nodes, text: texts.text, repairs: options.repairs() };
        let verdict = ask(&mut Judge { tree, leniency: Leniency { options, notes }, flags });
        for (id, flags) in self.pending_flags.drain(..) {
            if let Some(node) = self.nodes.get_mut(id as usize) {
                node.flags |= flags;
            }
        }
        if let Err((id, problem)) = verdict {
            let at = node(&self.nodes, id).map_or(0, |n| n.at() as usize);
            self.lose(problem, at, id, texts);
        }
    }

    /// Begins a run, which is an implicit response, with the child of the root at hand.
    pub(crate) fn begin_run(&mut self, run: Run) {
        self.nodes.push(Node::implicit());
        self.run = run;
    }

    /// Extends the run to `end`, where a child of the root that belongs to the run ends.
    pub(crate) fn extend_run(&mut self, end: usize) {
        if let (Some(node), None) = (self.nodes.first_mut(), &self.loss) {
            node.end = end as u32;
        }
    }

    /// Completes the run, and judges it as a response.
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

    /// Makes the child an error item. Only the first reason counts.
    #[cold]
    pub(crate) fn lose(&mut self, problem: Problem, at: usize, node: u32, texts: &Texts<'_>) {
        if self.loss.is_none() {
            let path = path::of_node(&self.nodes, texts, node, self.number);
            let around = self.path(texts);
            self.loss = Some(Loss { problem, at, path, around });
        }
    }
}
