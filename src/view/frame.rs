use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::scope::{Bindings, Head, Scope, Tags, tag_name};
use crate::parse::{self, Code, Node, Role, Tree};
use crate::xml::{self, Namespace, Place, Texts};
use crate::{Name, notes::Notes, repair::Repairs, text::slice, tolerance::Refused};

/// An index (the nodes of all elements) and the texts that its offsets point into.
///
/// `Cow` decides who owns the index: the parser (`Borrowed`, for a lent response) or the response (`Owned`, from the
/// iterator). `'a` is the lifetime of index or texts, whichever is shorter, so that one type serves both cases.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    /// The root's start tag; `None` when the first node is the root.
    pub(crate) head: Option<Arc<Head>>,
    /// The part of the head's text that lives as long as the body.
    pub(crate) lasting_head: &'a str,
    /// The text of the nodes. It is owned only in a copy, and when bytes in it had to be repaired.
    pub(crate) text: Cow<'a, str>,
    /// The namespace names that had references in them, with the references resolved.
    pub(crate) decoded: Cow<'a, str>,
    pub(crate) nodes: Cow<'a, [Node]>,
    pub(crate) about: About,
    pub(crate) derived: Shared<'a>,
}

/// What a frame knows besides its texts and its index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    /// How many bytes of the body come before the text.
    pub(crate) base: u64,
    /// The number of the frame's response, counted from 1. 0 when the response is in no list of responses.
    pub(crate) number: u64,
    pub(crate) notes: Notes,
    /// The repairs that are on. They are kept because values are decoded on demand.
    pub(crate) repairs: Repairs,
    pub(crate) refused: Refused,
}

/// Facts that are worked out from a response on demand, and only once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derived {
    pub(crate) scope: OnceLock<Scope>,
    /// The numbers that elements have in paths.
    pub(crate) numbers: OnceLock<Box<[u16]>>,
    /// The node and the href of the response in which the first faulty value was found. Errors share the href.
    pub(crate) href: OnceLock<(u32, Arc<str>)>,
    /// A copy that borrows nothing. The copies of all responses inside the frame share it.
    pub(crate) copy: OnceLock<Arc<Frame<'static>>>,
}

/// The derived facts of a frame, or a reference to them. Most frames never derive anything, so the facts are boxed.
#[derive(Clone, Debug)]
pub(crate) enum Shared<'a> {
    Own(OnceLock<Box<Derived>>),
    Lent(&'a OnceLock<Box<Derived>>),
}

impl Shared<'_> {
    #[inline]
    pub(crate) const fn new() -> Self {
        Shared::Own(OnceLock::new())
    }

    fn derived(&self) -> &OnceLock<Box<Derived>> {
        match self {
            Shared::Own(derived) => derived,
            Shared::Lent(derived) => derived,
        }
    }

    pub(crate) fn lend(&self) -> Shared<'_> {
        Shared::Lent(self.derived())
    }

    pub(crate) fn get(&self) -> &Derived {
        self.derived().get_or_init(Box::default)
    }
}

impl<'a> Frame<'a> {
    #[inline]
    pub(crate) fn node(&self, id: u32) -> Option<&Node> {
        parse::node(&self.nodes, id)
    }

    pub(crate) fn texts(&self) -> Texts<'_> {
        Texts { head: self.head(), text: &self.text, decoded: &self.decoded }
    }

    fn head(&self) -> &str {
        self.head.as_ref().map_or("", |head| &head.text)
    }

    pub(crate) fn lend(&self) -> Frame<'_> {
        Frame {
            head: self.head.clone(),
            lasting_head: self.head(),
            text: Cow::Borrowed(&*self.text),
            decoded: Cow::Borrowed(&*self.decoded),
            nodes: Cow::Borrowed(&*self.nodes),
            about: self.about,
            derived: self.derived.lend(),
        }
    }

    /// Makes a frame that borrows nothing of the body. The start tag of the root is shared, not copied.
    pub(crate) fn into_static(self) -> Frame<'static> {
        Frame {
            head: self.head,
            lasting_head: "",
            text: Cow::Owned(self.text.into_owned()),
            decoded: Cow::Owned(self.decoded.into_owned()),
            nodes: Cow::Owned(self.nodes.into_owned()),
            about: self.about,
            derived: Shared::new(),
        }
    }

    fn tags(&self) -> Tags<'_> {
        Tags { nodes: &self.nodes, text: &self.text, head: self.head.as_deref(), repairs: self.about.repairs }
    }

    fn scope(&self) -> &Scope {
        self.derived.get().scope.get_or_init(|| Scope::of(&self.tags()))
    }

    /// Returns the declarations of namespaces in force at an element.
    pub(crate) fn bindings(&self, id: u32) -> Bindings<'_> {
        self.scope().at(id, &self.tags())
    }

    /// Returns the value of the nearest `xml:lang`.
    pub(crate) fn language(&self, id: u32) -> Option<&str> {
        self.scope().language(id, &self.tags())
    }

    /// Makes the path of an element for an error. If the path is long, only the part that is shown is made.
    #[cold]
    pub(crate) fn path(&self, id: u32) -> String {
        let texts = self.texts();
        let numbers = self.derived.get().numbers.get_or_init(|| parse::numbers(&self.nodes, &texts));
        parse::path_of(&self.nodes, &texts, id, self.about.number, self.root_name(), numbers)
    }

    /// Returns the href of the response `id`, for an error.
    #[cold]
    pub(crate) fn href_of(&self, id: u32) -> Arc<str> {
        // The href mostly comes first. Every value of a response may be at fault, so the search has to be short.
        const SEARCHED: usize = 1000;
        let find = || {
            let href = self.children(id).take(SEARCHED).find(|(_, n)| n.role == Role::Href);
            Arc::from(href.map(|(id, _)| self.own_trimmed(id)).unwrap_or_default())
        };
        let (known, href) = self.derived.get().href.get_or_init(|| (id, find()));
        if *known == id { Arc::clone(href) } else { find() }
    }

    /// Returns a part of the text, borrowed from the body unless the text had to be repaired.
    fn slice(&self, start: usize, end: usize) -> Cow<'a, str> {
        part(&self.text, start, end)
    }

    /// Returns what `read` finds in the text, borrowed from the body unless the text had to be repaired.
    #[inline]
    fn in_text(&self, read: impl for<'t> Fn(&'t str) -> Cow<'t, str>) -> Cow<'a, str> {
        match &self.text {
            Cow::Borrowed(text) => read(text),
            Cow::Owned(text) => Cow::Owned(read(text).into_owned()),
        }
    }

    pub(super) fn tree<'r, 't>(&'r self, text: &'t str) -> Tree<'r, 't> {
        Tree { nodes: &self.nodes, text, repairs: self.about.repairs }
    }

    /// Returns the value of an element, as XML means it.
    #[inline]
    pub(crate) fn value(&self, id: u32) -> Cow<'a, str> {
        self.in_text(|text| self.tree(text).value(id))
    }

    /// Returns [`Frame::value`] without white space around it.
    #[inline]
    pub(crate) fn trimmed(&self, id: u32) -> Cow<'a, str> {
        trimmed(self.value(id))
    }

    /// Returns the text of an href or status, without white space around it and without the elements in it.
    #[inline]
    pub(crate) fn own_trimmed(&self, id: u32) -> Cow<'a, str> {
        trimmed(self.in_text(|text| self.tree(text).own_value(id)))
    }

    /// Returns where an element begins and ends in the text, its tags included.
    pub(crate) fn outer(&self, n: &Node) -> (usize, usize) {
        (n.at() as usize, n.outer_end(&self.text))
    }

    /// Returns an element with its tags.
    pub(crate) fn raw(&self, id: u32) -> Cow<'a, str> {
        let Some(n) = self.node(id) else { return Cow::Borrowed("") };
        let (start, end) = self.outer(n);
        self.slice(start, end)
    }

    /// Returns `part`, which must be a slice of the text, with the lifetime of the text.
    pub(crate) fn part(&self, part: &str) -> Cow<'a, str> {
        let start = xml::tag::offset(&self.text, part);
        self.slice(start, start + part.len())
    }

    /// Returns the value of an attribute. `value` is the text between the quotes in the start tag.
    pub(crate) fn attribute(&self, value: &str) -> Cow<'a, str> {
        match xml::decode::attribute(value, self.about.repairs) {
            Cow::Borrowed(value) => self.part(value),
            Cow::Owned(value) => Cow::Owned(value),
        }
    }

    /// Returns the start tag of an element; empty for an implicit response, which has no tags.
    pub(crate) fn start_tag(&self, id: u32) -> &str {
        self.node(id).map_or("", |n| n.start_tag(&self.text))
    }

    /// Returns the local name of the root. `None` when the root is the first node.
    fn root_name(&self) -> Option<&str> {
        let name = tag_name(self.head());
        Some(name.split_once(':').map_or(name, |(_, local)| local)).filter(|local| !local.is_empty())
    }

    /// Returns how many bytes of the body come before the element.
    pub(crate) fn offset(&self, id: u32) -> u64 {
        self.about.base + self.node(id).map_or(0, |n| u64::from(n.at()))
    }

    pub(crate) fn name(&self, n: &Node) -> Name<'_> {
        let (namespace, local) = (n.namespace(), n.local_name(&self.text));
        if namespace.is_undeclared() {
            return Name::with_undeclared_prefix(local);
        }
        Name::new(namespace.name(&self.texts()), local)
    }

    /// Returns the namespace name and the local name of an element, borrowed from the body where possible.
    pub(crate) fn lasting_name(&self, n: &Node) -> (Cow<'a, str>, Cow<'a, str>) {
        let (namespace, local) = (n.namespace(), self.part(n.local_name(&self.text)));
        let (start, end) = (namespace.start(), namespace.start() + namespace.name(&self.texts()).len());
        let name = match namespace.place {
            Place::None | Place::Undeclared => Cow::Borrowed(""),
            Place::Dav => Cow::Borrowed("DAV:"),
            Place::Xml => Cow::Borrowed(xml::scope::XML),
            Place::Head => match self.lasting_head.get(start..end) {
                Some(name) => Cow::Borrowed(name),
                None => Cow::Owned(namespace.name(&self.texts()).to_owned()),
            },
            Place::Text => part(&self.text, start, end),
            Place::Decoded => part(&self.decoded, start, end),
        };
        (name, local)
    }

    #[inline]
    pub(crate) fn status(&self, parent: u32) -> (Code, Option<u32>) {
        self.tree(&self.text).status(parent)
    }

    #[inline]
    pub(crate) fn children(&self, id: u32) -> parse::Children<'_> {
        parse::children(&self.nodes, id)
    }

    /// Prepares `name` for comparing nodes with it. `None` when no node can have the name.
    #[inline]
    pub(crate) fn sought<'n>(name: &Name<'n>) -> Option<Sought<'n>> {
        if name.is_undeclared() {
            return None;
        }
        let place = Namespace::known(name.namespace()).map(|known| known.place);
        Some(Sought { place, namespace: name.namespace(), local: name.local() })
    }

    #[inline]
    pub(crate) fn is(&self, n: &Node, sought: &Sought<'_>) -> bool {
        if !n.fits(sought.local) || n.local_name(&self.text) != sought.local {
            return false;
        }
        let namespace = n.namespace();
        match sought.place {
            Some(place) => namespace.place == place,
            None => !namespace.is_undeclared() && namespace.name(&self.texts()) == sought.namespace,
        }
    }
}

/// Cuts off the white space around `text`.
pub(super) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(xml::trim(text)),
        Cow::Owned(mut text) => {
            let trimmed = xml::trim(&text);
            let (start, len) = (xml::tag::offset(&text, trimmed), trimmed.len());
            text.truncate(start + len);
            text.drain(..start);
            Cow::Owned(text)
        }
    }
}

/// Returns a part of `text` that lives as long as `text`.
fn part<'a>(text: &Cow<'a, str>, start: usize, end: usize) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(slice(text, start..end)),
        Cow::Owned(text) => Cow::Owned(slice(text, start..end).to_owned()),
    }
}

/// A name that was prepared once, for comparing many nodes with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought<'n> {
    /// The place of a namespace that is known without its text, such as `DAV:`. `None` for any other.
    place: Option<Place>,
    namespace: &'n str,
    local: &'n str,
}

impl Sought<'static> {
    /// `DAV:href`.
    pub(super) const HREF: Self = Sought { place: Some(Place::Dav), namespace: "DAV:", local: "href" };
}
