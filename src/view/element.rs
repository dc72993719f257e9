use std::borrow::Cow;

use super::{Attribute, Frame, Href, Name, Response};
use crate::{
    Error,
    parse::{self, NamespaceId, Node, Role, seen},
};

/// An element of a response: a property, a condition, or what is inside one. A copy is two words.
///
/// `'r` is the life of the response it belongs to, `'a` that of the body.
#[derive(Clone, Copy, Debug)]
pub struct Element<'r, 'a> {
    pub(crate) frame: &'r Frame<'a>,
    pub(crate) node: u32,
}

impl<'r, 'a> Element<'r, 'a> {
    /// Its expanded name.
    pub fn name(&self) -> Name<'r> {
        let Some(n) = self.frame.node(self.node) else { return Name::new("", "") };
        let local = n.local_name(&self.frame.text);
        if n.namespace == NamespaceId::UNDECLARED {
            return Name::with_undeclared_prefix(local);
        }
        Name::new(self.frame.namespace(n.namespace), local)
    }

    /// All character data in it, at any depth, as XML means it: references resolved, CDATA sections joined, comments
    /// left out, line ends as line feeds (XML 1.0 section 2.11; a carriage return sent as `&#13;` stays). White space
    /// is kept.
    ///
    /// Borrowed from the body when nothing has to be undone, or when it is one CDATA section.
    pub fn text(&self) -> Cow<'a, str> {
        self.frame.value(self.node)
    }

    /// [`Element::text`] with every line end as carriage return and line feed, as iCalendar (RFC 5545 section 3.1)
    /// and vCard (RFC 6350 section 3.2) write them, however the server sent them.
    pub fn text_crlf(&self) -> Cow<'a, str> {
        let text = self.text();
        let bytes = text.as_bytes();
        let is_bare = |at: &usize| at.checked_sub(1).and_then(|at| bytes.get(at)) != Some(&b'\r');
        let mut bare = memchr::memchr_iter(b'\n', bytes).filter(is_bare).peekable();
        if bare.peek().is_none() {
            return text;
        }
        let mut out = String::with_capacity(text.len() + text.len() / 32);
        let mut done = 0;
        for at in bare {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push('\r');
            done = at;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(out)
    }

    /// The element as it was sent, with its tags. It is a document of its own only together with
    /// [`Element::namespaces`].
    ///
    /// Borrowed from the body, unless that held bytes that are no UTF-8 and had to be repaired; these show as U+001A.
    pub fn raw(&self) -> Cow<'a, str> {
        self.frame.outer(self.node)
    }

    /// The namespace declarations in force at the element, its own included, innermost first and each prefix once:
    /// prefix (empty for the default namespace) and namespace name.
    pub fn namespaces(&self) -> impl Iterator<Item = (&'r str, &'r str)> + use<'r, 'a> {
        let frame = self.frame;
        let declared = self.tags_upwards().flat_map(parse::attributes);
        let declared = declared.filter_map(|(_, key, value)| Some((declared_prefix(key)?, value)));
        let mut found: Vec<(&str, &str)> = Vec::new();
        for (prefix, value) in declared {
            if found.iter().all(|(known, _)| *known != prefix) {
                found.push((prefix, frame.namespace_of(value)));
            }
        }
        found.into_iter().filter(|(_, name)| !name.is_empty())
    }

    /// The language of its text: the nearest `xml:lang` on itself or an element around it, the root included
    /// (RFC 4918 section 4.3). `None` when there is none, or when it is empty.
    pub fn lang(&self) -> Option<Cow<'r, str>> {
        let of =
            |tag| parse::attributes(tag).find(|(_, key, _)| *key == "xml:lang").map(|(_, _, value)| value);
        let value = self.tags_upwards().find_map(of)?;
        Some(parse::attribute(value, seen::FORBIDDEN)).filter(|lang| !lang.is_empty())
    }

    /// The start tags of the element and of those around it, innermost first.
    fn tags_upwards(&self) -> impl Iterator<Item = &'r str> + use<'r, 'a> {
        let Element { frame, node } = *self;
        let around =
            (0..=node).rev().filter_map(move |at| frame.node(at).filter(|n| at == node || n.next > node));
        around.map(move |n| frame.start_tag(n)).chain([&*frame.head])
    }

    /// Its child elements, in order.
    pub fn children(&self) -> impl Iterator<Item = Element<'r, 'a>> + Clone + use<'r, 'a> {
        let frame = self.frame;
        frame.children(self.node).map(move |(node, _)| Element { frame, node })
    }

    /// The first child called `name`.
    pub fn child<'n>(&self, name: impl Into<Name<'n>>) -> Option<Element<'r, 'a>> {
        let frame = self.frame;
        let sought = frame.sought(&name.into())?;
        let (node, _) = frame.children(self.node).find(|(_, n)| frame.is(n, &sought))?;
        Some(Element { frame, node })
    }

    /// Its attributes in order, declarations of namespaces left out.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'r, 'a>> + use<'r, 'a> {
        let this = *self;
        let n = this.frame.node(this.node);
        let flags = seen::FORBIDDEN | n.map_or(0, |n| n.flags & seen::HTML);
        let all = parse::attributes(n.map_or("", |n| this.frame.start_tag(n)));
        all.filter(|(_, key, _)| declared_prefix(key).is_none()).map(move |(_, key, value)| {
            let value = match parse::attribute(value, flags) {
                Cow::Borrowed(value) => this.frame.part(value),
                Cow::Owned(value) => Cow::Owned(value),
            };
            Attribute { name: this.attribute_name(key), value }
        })
    }

    /// The value of an attribute: `"name"` for one in no namespace, as all without a prefix are, `"{urn:x}name"` for
    /// one in `urn:x`.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let name = if name.starts_with('{') { Name::from(name) } else { Name::new("", name) };
        self.attributes().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }

    fn attribute_name(&self, key: &'r str) -> Name<'r> {
        let Some((prefix, local)) = key.split_once(':') else { return Name::new("", key) };
        if prefix == "xml" {
            return Name::new("http://www.w3.org/XML/1998/namespace", local);
        }
        let bound = self.namespaces().find(|(known, _)| *known == prefix);
        match bound.filter(|_| !local.contains(':')) {
            Some((_, namespace)) => Name::new(namespace, local),
            None => Name::with_undeclared_prefix(key),
        }
    }

    /// The `DAV:href` children, in order: the members of a property such as `current-user-principal` or
    /// `calendar-home-set`.
    pub fn hrefs(&self) -> impl Iterator<Item = Href<'a>> + use<'r, 'a> {
        let frame = self.frame;
        let is_href = |n: &Node| n.namespace == NamespaceId::DAV && n.local_name(&frame.text) == "href";
        frame.children(self.node).filter(move |(_, n)| is_href(n)).map(|(id, _)| Href(frame.trimmed(id)))
    }

    /// The `DAV:response` children, in order: what a `DAV:expand-property` report (RFC 3253 section 3.8) puts in the
    /// place of an href. They are judged like any response, tolerances never refused.
    ///
    /// # Errors
    /// For one that is no response; it costs only itself.
    pub fn responses(&self) -> impl Iterator<Item = Result<Response<'r>, Error>> + use<'r, 'a> {
        let frame = self.frame;
        let inside = frame.children(self.node).filter(|(_, n)| n.role == Role::Response);
        inside.map(|(id, _)| Response::nested(frame, id))
    }

    /// Whether nothing is in it: neither elements nor character data, white space included.
    pub fn is_empty(&self) -> bool {
        self.frame.node(self.node).is_none_or(|n| {
            n.start == n.end || (n.next == self.node + 1 && n.has(seen::MARKUP) && self.text().is_empty())
        })
    }

    /// Bytes of the body before its start tag.
    pub fn offset(&self) -> u64 {
        self.frame.offset(self.node)
    }
}

/// The prefix that the attribute `key` declares, empty for the default namespace.
fn declared_prefix(key: &str) -> Option<&str> {
    match key.strip_prefix("xmlns")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}
