use std::{borrow::Cow, collections::HashSet, fmt};

use super::scope::{Bindings, Visible, tag_name};
use super::{Attribute, Frame, Href, Name, frame::Sought};
use crate::parse::{self, Role};
use crate::xml::{self, TagAttributes};
use crate::{fused::fused, text::slice};

/// An element of a response: a property, a condition, or an element inside one. `Element` is two words long.
///
/// `'r` is the lifetime of the response, `'a` that of the body. An element refers into the response. To keep the
/// element, keep the response ([`Response::into_owned`](crate::Response::into_owned)), the element's
/// [text](Element::text), or the whole element as [XML](Element::to_xml).
#[derive(Clone, Copy)]
pub struct Element<'r, 'a> {
    pub(crate) frame: &'r Frame<'a>,
    pub(crate) node: u32,
}

impl<'r, 'a> Element<'r, 'a> {
    /// Returns the expanded name of the element.
    pub fn name(&self) -> Name<'r> {
        self.frame.node(self.node).map_or(Name::new("", ""), |n| self.frame.name(n))
    }

    /// Returns all character data in the element, at any depth, as XML means it: references resolved, CDATA sections
    /// joined, comments left out, line ends as line feeds (XML 1.0 section 2.11; a carriage return sent as `&#13;`
    /// stays). White space is kept.
    ///
    /// The text is borrowed from the body when it needs no change, or when it is one CDATA section.
    pub fn text(&self) -> Cow<'a, str> {
        self.frame.value(self.node)
    }

    /// Returns the first child called `name`, or `None` if there is no such child.
    pub fn child<'n>(&self, name: impl Into<Name<'n>>) -> Option<Element<'r, 'a>> {
        let frame = self.frame;
        let sought = Frame::sought(&name.into())?;
        let (node, _) = frame.children(self.node).find(|(_, n)| frame.is(n, &sought))?;
        Some(Element { frame, node })
    }

    /// Returns the child elements, in order.
    pub fn children(&self) -> Children<'r, 'a> {
        Children::of(*self)
    }

    /// Returns the value of the attribute `name`. `"version"` names an attribute without a prefix, `"{urn:x}name"` one
    /// in the namespace `urn:x`. `None` if the element has no such attribute.
    ///
    /// An attribute without a prefix is in no namespace (Namespaces in XML 1.0 section 6.2), so a bare name stands for
    /// no namespace here. Everywhere else a bare name stands for an element in `DAV:`. [`Element::attribute_ns`] takes
    /// a [`Name`].
    ///
    /// ```
    /// use multistatus::{Multistatus, Name};
    ///
    /// let body = br#"<D:multistatus xmlns:D="DAV:"
    ///     xmlns:C="urn:ietf:params:xml:ns:caldav"><D:response><D:href>/c/</D:href>
    ///     <D:propstat><D:prop><C:supported-calendar-component-set>
    ///     <C:comp name="VTODO" D:note="x"/></C:supported-calendar-component-set></D:prop>
    ///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"#;
    /// let response = Multistatus::new(body).next().unwrap()?;
    /// let component = response.props().iter().next().unwrap().children().next().unwrap();
    /// assert_eq!(component.attribute("name").unwrap(), "VTODO");
    /// assert_eq!(component.attribute("note"), None);
    /// assert_eq!(component.attribute("{DAV:}note").unwrap(), "x");
    /// assert_eq!(component.attribute_ns(Name::new("DAV:", "note")).unwrap(), "x");
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        if name.starts_with('{') {
            return self.attribute_ns(Name::from(name));
        }
        // An attribute without a prefix has no namespace that must be looked up.
        let is_it = |key: &str| key == name && !key.contains(':') && xml::tag::declared_prefix(key).is_none();
        let (_, value) = xml::tag::attributes(self.frame.start_tag(self.node)).find(|(key, _)| is_it(key))?;
        Some(self.frame.attribute(value))
    }

    /// Returns the value of the attribute with the expanded name `name`. An empty namespace means no namespace. `None`
    /// if the element has no such attribute.
    pub fn attribute_ns(&self, name: Name<'_>) -> Option<Cow<'a, str>> {
        self.attributes().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }

    /// Returns the attributes in order, without the declarations of namespaces.
    pub fn attributes(&self) -> Attributes<'r, 'a> {
        Attributes::of(*self)
    }

    /// Returns the `DAV:href` children, in order: the values in a property such as `current-user-principal` or
    /// `calendar-home-set`.
    pub fn hrefs(&self) -> Hrefs<'r, 'a> {
        Hrefs::of_element(*self)
    }

    /// Whether the element holds nothing: no elements and no character data, not even white space.
    pub fn is_empty(&self) -> bool {
        self.frame.node(self.node).is_none_or(|n| {
            let is_leaf = n.next == self.node + 1;
            n.start == n.end || (is_leaf && self.text().is_empty())
        })
    }

    /// Returns [`Element::text`] with every line end as carriage return and line feed, however the server sent them.
    /// iCalendar (RFC 5545 section 3.1) and vCard (RFC 6350 section 3.2) have such line ends.
    pub fn text_crlf(&self) -> Cow<'a, str> {
        with_crlf(self.text())
    }

    /// Returns the language of the text: the nearest `xml:lang` on the element or an element around it, the root
    /// included (RFC 4918 section 4.3). `None` if there is no `xml:lang`, or if the nearest is empty.
    pub fn lang(&self) -> Option<Cow<'r, str>> {
        self.frame.language(self.node).filter(|lang| !lang.is_empty()).map(Cow::Borrowed)
    }

    /// Returns the `DAV:response` children, in order: a `DAV:expand-property` report (RFC 3253 section 3.8) puts them
    /// in the place of an href. Each child is checked like any response, but no tolerance of the structure is refused.
    ///
    /// # Errors
    /// A child that is not a valid response gives an error. The other children are not affected.
    pub fn responses(&self) -> InnerResponses<'r, 'a> {
        InnerResponses { frame: self.frame, nodes: self.frame.children(self.node) }
    }

    /// Returns the element as it was sent, with its tags. Elsewhere the text means the same only together with
    /// [`Element::namespaces`], which [`Element::to_xml`] adds.
    ///
    /// The text is borrowed from the body, unless bytes that were not UTF-8 were repaired. Such bytes show as U+001A.
    pub fn raw(&self) -> Cow<'a, str> {
        self.frame.raw(self.node)
    }

    /// Returns the element as a document of its own, to store it or to send it back as a property. The element is as it
    /// was sent, but its start tag gets all declarations and the `xml:lang` in force around it. Faults inside the
    /// element stay: the document is malformed if the element could be read only with a [`Repair`](crate::Repair) or a
    /// tolerance of the XML ([`Tolerance::is_fatal`](crate::Tolerance::is_fatal)). An implicit response, which has no
    /// tags, is returned as it was sent.
    /// ```
    /// let body = br#"<D:multistatus xmlns:D="DAV:" xmlns:x="urn:x"><D:response>
    ///   <D:href>/a</D:href><D:propstat>
    ///   <D:prop xml:lang="en"><x:note>me &amp; you</x:note></D:prop>
    ///   <D:status>HTTP/1.1 200 OK</D:status>
    ///   </D:propstat></D:response></D:multistatus>"#;
    /// let response = multistatus::Multistatus::new(body).next().unwrap()?;
    /// let note = response.props().get("{urn:x}note").unwrap();
    /// assert_eq!(
    ///     note.to_xml(),
    ///     "<x:note xmlns:D=\"DAV:\" xmlns:x=\"urn:x\" xmlns=\"\" xml:lang=\"en\">\
    ///      me &amp; you</x:note>"
    /// );
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    pub fn to_xml(&self) -> String {
        let raw = self.raw();
        let own = self.frame.start_tag(self.node);
        if own.is_empty() {
            return raw.into_owned();
        }
        let own_keys: HashSet<_> = xml::tag::attributes(own).map(|(key, _)| key).collect();
        let (name, rest) = raw.split_at_checked(1 + tag_name(own).len()).unwrap_or((&raw, ""));
        let mut out = name.to_owned();
        let mut add = |key: String, value: &str| {
            if !own_keys.contains(&*key) {
                out.push_str(&format!(" {key}=\"{}\"", xml::decode::escape(value)));
            }
        };
        let mut default = "";
        for (prefix, namespace) in self.namespaces() {
            match prefix {
                "" => default = namespace,
                prefix => add(format!("xmlns:{prefix}"), namespace),
            }
        }
        // `xmlns` is added even if it is empty: a name without a prefix must not get the namespace of a new place.
        add("xmlns".to_owned(), default);
        if let Some(lang) = self.lang() {
            add("xml:lang".to_owned(), &lang);
        }
        out + rest
    }

    /// Returns the namespace declarations in force at the element, its own included, as pairs of prefix (empty for the
    /// default namespace) and namespace name. The innermost come first, and each prefix comes once. With
    /// [`Repair::RootNamespace`](crate::Repair::RootNamespace), the declaration that the root lacked is included.
    pub fn namespaces(&self) -> Namespaces<'r> {
        Namespaces(self.frame.bindings(self.node).visible())
    }

    /// Returns how many bytes of the body come before the start tag.
    pub fn offset(&self) -> u64 {
        self.frame.offset(self.node)
    }

    /// Whether both elements have the same value: the same attributes, the same elements in the same order, and the
    /// same text. The names of the two elements, prefixes and ways of escaping do not count.
    pub(crate) fn is_same_value(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.frame.node(self.node), other.frame.node(other.node)) else {
            return false;
        };
        if one.content(&self.frame.text) == two.content(&other.frame.text) && one.next - self.node == 1 {
            return self.has_same_attributes(other);
        }
        let (first, second) = (self.node..one.next, other.node..two.next);
        let is_same = |(one, two)| {
            let (one, two) = (Element { node: one, ..*self }, Element { node: two, ..*other });
            let (Some(n), Some(m)) = (one.frame.node(one.node), two.frame.node(two.node)) else {
                return false;
            };
            let is_leaf = n.next - one.node == 1;
            n.next - one.node == m.next - two.node
                && (one.node == self.node || one.name() == two.name())
                && (!is_leaf || one.text() == two.text())
                && one.has_same_attributes(&two)
        };
        first.len() == second.len() && first.zip(second).all(is_same) && self.text() == other.text()
    }

    fn has_same_attributes(&self, other: &Self) -> bool {
        let sorted = |element: &Self| {
            let mut attributes: Vec<_> = element.attributes().map(|a| (a.name, a.value)).collect();
            attributes.sort_unstable();
            attributes
        };
        sorted(self) == sorted(other)
    }
}

/// Shows the name and the offset of the element, but no values.
impl fmt::Debug for Element<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Element");
        debug.field("name", &self.name()).field("offset", &self.offset()).finish_non_exhaustive()
    }
}

/// Child elements, in order: [`Element::children`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Children<'r, 'a> {
    frame: &'r Frame<'a>,
    nodes: parse::Children<'r>,
}

impl<'r, 'a> Children<'r, 'a> {
    #[inline]
    pub(super) fn of(element: Element<'r, 'a>) -> Self {
        Children { frame: element.frame, nodes: element.frame.children(element.node) }
    }
}

impl<'r, 'a> Iterator for Children<'r, 'a> {
    type Item = Element<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (node, _) = self.nodes.next()?;
        Some(Element { frame: self.frame, node })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.nodes.size_hint()
    }
}

/// Attributes in order, without the declarations of namespaces: [`Element::attributes`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Attributes<'r, 'a> {
    element: Element<'r, 'a>,
    all: TagAttributes<'r>,
    /// The declarations in force. They are worked out when the first prefix is met.
    scope: Option<Bindings<'r>>,
}

impl<'r, 'a> Attributes<'r, 'a> {
    #[inline]
    pub(super) fn of(element: Element<'r, 'a>) -> Self {
        Attributes { element, all: xml::tag::attributes(element.frame.start_tag(element.node)), scope: None }
    }
}

impl<'r, 'a> Iterator for Attributes<'r, 'a> {
    type Item = Attribute<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Element { frame, node } = self.element;
        let (key, value) = self.all.find(|(key, _)| xml::tag::declared_prefix(key).is_none())?;
        let name = match xml::tag::split_name(key) {
            None => Name::with_undeclared_prefix(key),
            Some(("", local)) => Name::new("", local),
            Some(("xml", local)) => Name::new(xml::scope::XML, local),
            Some((prefix, local)) => {
                let scope = self.scope.get_or_insert_with(|| frame.bindings(node));
                let namespace = scope.namespace(prefix);
                namespace.map_or(Name::with_undeclared_prefix(key), |name| Name::new(name, local))
            }
        };
        Some(Attribute { name, value: frame.attribute(value) })
    }
}

/// The namespaces in force at an element, as pairs of prefix and name: [`Element::namespaces`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Namespaces<'r>(pub(super) Visible<'r>);

impl<'r> Iterator for Namespaces<'r> {
    type Item = (&'r str, &'r str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// Hrefs, in order: [`Response::hrefs`](crate::Response::hrefs), [`Element::hrefs`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Hrefs<'r, 'a> {
    frame: &'r Frame<'a>,
    nodes: parse::Children<'r>,
    /// Whether the hrefs are children of a response. These are found by their role, other hrefs by their name.
    has_role: bool,
}

impl<'r, 'a> Hrefs<'r, 'a> {
    #[inline]
    pub(super) fn of_response(frame: &'r Frame<'a>, response: u32) -> Self {
        Hrefs { frame, nodes: frame.children(response), has_role: true }
    }

    #[inline]
    pub(super) fn of_element(Element { frame, node }: Element<'r, 'a>) -> Self {
        Hrefs { frame, nodes: frame.children(node), has_role: false }
    }
}

impl<'r, 'a> Iterator for Hrefs<'r, 'a> {
    type Item = Href<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Hrefs { frame, has_role, .. } = *self;
        for (id, n) in self.nodes.by_ref() {
            if if has_role { n.role == Role::Href } else { frame.is(n, &Sought::HREF) } {
                return Some(Href(frame.own_trimmed(id)));
            }
        }
        None
    }
}

/// Responses inside a value: [`Element::responses`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct InnerResponses<'r, 'a> {
    pub(super) frame: &'r Frame<'a>,
    pub(super) nodes: parse::Children<'r>,
}

fused! {
    Attributes<'_, '_>;
    Children<'_, '_>;
    Hrefs<'_, '_>;
    Namespaces<'_>;
}

/// Makes every line end in `text` a carriage return and a line feed.
pub(crate) fn with_crlf(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_bare = |at: &usize| at.checked_sub(1).and_then(|at| bytes.get(at)) != Some(&b'\r');
    let mut bare = memchr::memchr_iter(b'\n', bytes).filter(is_bare).peekable();
    if bare.peek().is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    let mut done = 0;
    for at in bare {
        out.push_str(slice(&text, done..at));
        out.push('\r');
        done = at;
    }
    out.push_str(slice(&text, done..));
    Cow::Owned(out)
}
