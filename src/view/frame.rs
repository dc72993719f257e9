use std::borrow::Cow;

use crate::{
    Name,
    options::{Notes, Refused, Repairs},
    parse::{self, Judged, Namespace, Node, Place, Texts},
};

/// An index and the texts its places point into.
///
/// `Cow` decides who owns the index: the parser (`Borrowed`, when lending) or the item (`Owned`, from the iterator).
/// `'a` is the shorter of the lives of both, so that one type serves both.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    /// The root's start tag, and in a copy those of all elements around it, outermost first: the bindings and the
    /// `xml:lang` in force above `text`. This and the text are owned only when bytes of them had to be repaired.
    pub(crate) head: Cow<'a, str>,
    pub(crate) text: Cow<'a, str>,
    /// Namespace names that had references in them.
    pub(crate) side: Cow<'a, str>,
    pub(crate) nodes: Cow<'a, [Node]>,
    /// Bytes of the body before `text`.
    pub(crate) base: u64,
    /// Which response it is, or is in, from 1; 0 when it stands in no list.
    pub(crate) number: u64,
    pub(crate) notes: Notes,
    /// The root is in `DAV:`: then its prefix is bound to that, if need be by a repair.
    pub(crate) is_root_dav: bool,
    /// What the body was read with: values are decoded later.
    pub(crate) repairs: Repairs,
    pub(crate) refused: Refused,
}

impl<'a> Frame<'a> {
    #[inline]
    pub(crate) fn node(&self, id: u32) -> Option<&Node> {
        parse::node(&self.nodes, id)
    }

    pub(crate) fn texts(&self) -> Texts<'_> {
        Texts { head: &self.head, text: &self.text, side: &self.side }
    }

    /// A part of the text, borrowed from the body unless that had to be repaired.
    fn slice(&self, start: usize, end: usize) -> Cow<'a, str> {
        slice(&self.text, start, end)
    }

    /// The value of an element, as XML means it.
    #[inline]
    pub(crate) fn value(&self, id: u32) -> Cow<'a, str> {
        match &self.text {
            Cow::Borrowed(text) => parse::value(&self.nodes, text, id, self.repairs),
            Cow::Owned(text) => Cow::Owned(parse::value(&self.nodes, text, id, self.repairs).into_owned()),
        }
    }

    /// [`Frame::value`] without white space around it.
    #[inline]
    pub(crate) fn trimmed(&self, id: u32) -> Cow<'a, str> {
        trimmed(self.value(id))
    }

    /// The text of an href or status, without white space around it and without the elements in it.
    #[inline]
    pub(crate) fn own_trimmed(&self, id: u32) -> Cow<'a, str> {
        match self.node(id) {
            Some(n) if n.next != id + 1 => {
                trimmed(Cow::Owned(parse::own_value(&self.nodes, &self.text, id, self.repairs).into_owned()))
            }
            _ => self.trimmed(id),
        }
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
        let start = parse::offset(&self.text, part);
        self.slice(start, start + part.len())
    }

    /// The value of an attribute, of which `value` is the text in a start tag.
    pub(crate) fn attribute(&self, value: &str) -> Cow<'a, str> {
        match parse::attribute(value, self.repairs) {
            Cow::Borrowed(value) => self.part(value),
            Cow::Owned(value) => Cow::Owned(value),
        }
    }

    /// The start tag of an element; empty for what has none.
    pub(crate) fn start_tag(&self, id: u32) -> &str {
        self.node(id).map_or("", |n| n.start_tag(&self.text))
    }

    /// The start tags of an element and of those around it, innermost first, the root's last.
    pub(crate) fn tags_upwards(&self, id: u32) -> impl Iterator<Item = &str> {
        let inside = parse::upwards(&self.nodes, id).map(|(_, n)| n.start_tag(&self.text));
        let mut outside = Vec::new();
        let mut rest = &*self.head;
        while !rest.is_empty() {
            let (tag, behind) = rest.split_at_checked(parse::tag_len(rest)).unwrap_or((rest, ""));
            outside.push(tag);
            rest = behind;
        }
        inside.chain(outside.into_iter().rev()).filter(|tag| !tag.is_empty())
    }

    /// The local name of the root, unless that is the first node.
    pub(crate) fn root_name(&self) -> Option<&str> {
        let name = tag_name(&self.head);
        Some(name.split_once(':').map_or(name, |(_, local)| local)).filter(|local| !local.is_empty())
    }

    /// Bytes of the body before the element.
    pub(crate) fn offset(&self, id: u32) -> u64 {
        self.base + self.node(id).map_or(0, |n| u64::from(n.at()))
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
        let text = match namespace.place {
            Place::None | Place::Undeclared => None,
            Place::Dav => return (Cow::Borrowed("DAV:"), local),
            Place::Xml => return (Cow::Borrowed(parse::XML), local),
            Place::Head => Some(&self.head),
            Place::Text => Some(&self.text),
            Place::Side => Some(&self.side),
        };
        let (start, len) = (namespace.start(), namespace.name(&self.texts()).len());
        (text.map_or(Cow::Borrowed(""), |text| slice(text, start, start + len)), local)
    }

    /// A namespace name that stands in one of the texts, for as long as they live.
    pub(crate) fn lasting<'r>(&'r self, name: Cow<'r, str>) -> &'r str {
        match name {
            Cow::Borrowed(name) => name,
            Cow::Owned(name) => match Namespace::known(&name) {
                Some(known) => known.name(&self.texts()),
                None => {
                    let start = self.side.find(&name);
                    start.and_then(|start| self.side.get(start..start + name.len())).unwrap_or_default()
                }
            },
        }
    }

    #[inline]
    pub(crate) fn status(&self, parent: u32) -> (Judged, Option<u32>) {
        parse::status_of(&self.nodes, &self.text, parent, self.repairs)
    }

    #[inline]
    pub(crate) fn children(&self, id: u32) -> impl Iterator<Item = (u32, &Node)> + Clone {
        parse::children(&self.nodes, id)
    }

    /// What to compare nodes with when looking for `name`; `None` when nothing can have it.
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
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
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

/// A part of `text` that lives as long as it.
fn slice<'a>(text: &Cow<'a, str>, start: usize, end: usize) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(start..end).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(start..end).unwrap_or_default().to_owned()),
    }
}

/// The qualified name in a start tag; empty when there is none.
pub(crate) fn tag_name(tag: &str) -> &str {
    let ends = |c: char| c.is_ascii_whitespace() || c == '>' || c == '/';
    tag.strip_prefix('<').and_then(|rest| rest.split(ends).next()).unwrap_or_default()
}

/// A name that was looked at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought<'n> {
    /// Of a namespace that is known by itself.
    place: Option<Place>,
    namespace: &'n str,
    local: &'n str,
}
