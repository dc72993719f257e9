use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::scope::{Bindings, Head, Scope, Tags, tag_name};
use crate::parse::{self, Code, Node, Role, Tree};
use crate::xml::{self, Namespace, Place, Texts};
use crate::{Name, notes::Notes, repair::Repairs, text::slice, tolerance::Refused};

/// An index and the texts its places point into.
///
/// `Cow` decides who owns the index: the parser (`Borrowed`, when lending) or the item (`Owned`, from the iterator).
/// `'a` is the shorter of the lives of both, so that one type serves both.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    /// The root's start tag; `None` when the first node is the root.
    pub(crate) head: Option<Arc<Head>>,
    /// The part of its text that lives as long as the body.
    pub(crate) lasting_head: &'a str,
    /// Owned only when bytes of it had to be repaired, and in a copy.
    pub(crate) text: Cow<'a, str>,
    /// Namespace names that had references in them.
    pub(crate) decoded: Cow<'a, str>,
    pub(crate) nodes: Cow<'a, [Node]>,
    pub(crate) about: About,
    pub(crate) derived: Shared<'a>,
}

/// What a frame knows beside its texts and its index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    /// Bytes of the body before the text.
    pub(crate) base: u64,
    /// Which response it is, or is in, from 1; 0 when it is in no list.
    pub(crate) number: u64,
    pub(crate) notes: Notes,
    /// What the body was read with: values are decoded later.
    pub(crate) repairs: Repairs,
    pub(crate) refused: Refused,
}

/// What is worked out of a response on demand, and only once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derived {
    pub(crate) scope: OnceLock<Scope>,
    /// The numbers of the elements, for paths.
    pub(crate) numbers: OnceLock<Box<[u16]>>,
    /// The href of the response whose value was found wrong first, and its node: its errors share the href.
    pub(crate) href: OnceLock<(u32, Arc<str>)>,
    /// A copy that borrows nothing, which copies of the responses in it share.
    pub(crate) copy: OnceLock<Arc<Frame<'static>>>,
}

/// What a frame has derived, or the frame it borrows from. Most frames never derive anything, so it takes one word.
#[derive(Clone, Debug)]
pub(crate) enum Shared<'a> {
    Own(OnceLock<Box<Derived>>),
    Lent(&'a OnceLock<Box<Derived>>),
}

impl Shared<'_> {
    /// Nothing yet.
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

    /// The same frame, borrowed from here.
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

    /// The same, which borrows nothing of the body. It shares the root's start tag with all others.
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

    /// The declarations of namespaces in force at an element.
    pub(crate) fn bindings(&self, id: u32) -> Bindings<'_> {
        self.scope().at(id, &self.tags())
    }

    /// The nearest `xml:lang`.
    pub(crate) fn language(&self, id: u32) -> Option<&str> {
        self.scope().language(id, &self.tags())
    }

    /// The elements around one and itself, as an error names them. Of a long path only the part that is shown is made.
    #[cold]
    pub(crate) fn path(&self, id: u32) -> String {
        let texts = self.texts();
        let numbers = self.derived.get().numbers.get_or_init(|| parse::numbers(&self.nodes, &texts));
        parse::path_of(&self.nodes, &texts, id, self.about.number, self.root_name(), numbers)
    }

    /// The href of the response `id`, for an error.
    #[cold]
    pub(crate) fn href_of(&self, id: u32) -> Arc<str> {
        // An href mostly comes first, and each value of a response may be at fault.
        const SEARCHED: usize = 1000;
        let find = || {
            let href = self.children(id).take(SEARCHED).find(|(_, n)| n.role == Role::Href);
            Arc::from(href.map(|(id, _)| self.own_trimmed(id)).unwrap_or_default())
        };
        let (known, href) = self.derived.get().href.get_or_init(|| (id, find()));
        if *known == id { Arc::clone(href) } else { find() }
    }

    /// A part of the text, borrowed from the body unless that had to be repaired.
    fn slice(&self, start: usize, end: usize) -> Cow<'a, str> {
        part(&self.text, start, end)
    }

    /// What `read` finds in the text, borrowed from the body unless that had to be repaired.
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

    /// The value of an element, as XML means it.
    #[inline]
    pub(crate) fn value(&self, id: u32) -> Cow<'a, str> {
        self.in_text(|text| self.tree(text).value(id))
    }

    /// [`Frame::value`] without white space around it.
    #[inline]
    pub(crate) fn trimmed(&self, id: u32) -> Cow<'a, str> {
        trimmed(self.value(id))
    }

    /// The text of an href or status, without white space around it and without the elements in it.
    #[inline]
    pub(crate) fn own_trimmed(&self, id: u32) -> Cow<'a, str> {
        trimmed(self.in_text(|text| self.tree(text).own_value(id)))
    }

    /// Where an element begins and ends in the text, its tags included.
    pub(crate) fn outer(&self, n: &Node) -> (usize, usize) {
        (n.at() as usize, n.outer_end(&self.text))
    }

    /// An element with its tags.
    pub(crate) fn raw(&self, id: u32) -> Cow<'a, str> {
        let Some(n) = self.node(id) else { return Cow::Borrowed("") };
        let (start, end) = self.outer(n);
        self.slice(start, end)
    }

    /// `part`, which is a slice of the text, for as long as the text lives.
    pub(crate) fn part(&self, part: &str) -> Cow<'a, str> {
        let start = xml::tag::offset(&self.text, part);
        self.slice(start, start + part.len())
    }

    /// The value of an attribute, whose text in a start tag is `value`.
    pub(crate) fn attribute(&self, value: &str) -> Cow<'a, str> {
        match xml::decode::attribute(value, self.about.repairs) {
            Cow::Borrowed(value) => self.part(value),
            Cow::Owned(value) => Cow::Owned(value),
        }
    }

    /// The start tag of an element; empty for what has none.
    pub(crate) fn start_tag(&self, id: u32) -> &str {
        self.node(id).map_or("", |n| n.start_tag(&self.text))
    }

    /// The local name of the root, unless that is the first node.
    fn root_name(&self) -> Option<&str> {
        let name = tag_name(self.head());
        Some(name.split_once(':').map_or(name, |(_, local)| local)).filter(|local| !local.is_empty())
    }

    /// Bytes of the body before the element.
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

    /// The namespace name and the local name of an element, for as long as the body lives.
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

    /// `name`, prepared for comparing nodes with it. `None` when no node can have it.
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

/// `text` without white space around it.
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

/// A part of `text` that lives as long as it.
fn part<'a>(text: &Cow<'a, str>, start: usize, end: usize) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(slice(text, start..end)),
        Cow::Owned(text) => Cow::Owned(slice(text, start..end).to_owned()),
    }
}

/// A name that was prepared once, for comparing many nodes with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought<'n> {
    /// The place of its namespace, if that is one of the known ones.
    place: Option<Place>,
    namespace: &'n str,
    local: &'n str,
}

impl Sought<'static> {
    /// `DAV:href`.
    pub(super) const HREF: Self = Sought { place: Some(Place::Dav), namespace: "DAV:", local: "href" };
}
