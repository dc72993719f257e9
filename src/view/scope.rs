//! Works out which namespaces and which language are in force at an element. The result is kept, once for a root and
//! once for a response, because start tags are long and callers ask about every element.

use std::{borrow::Cow, sync::OnceLock};

use crate::parse::{self, Node};
use crate::xml::{self, flag};
use crate::{repair::Repairs, text::slice};

/// The start tag of a multistatus, which all its responses share.
#[derive(Debug)]
pub(crate) struct Head {
    /// The tag, followed by the decoded form of each namespace name in the tag that had references.
    pub(crate) text: Box<str>,
    /// The length of the tag in bytes.
    tag: usize,
    repairs: Repairs,
    scope: OnceLock<Scope>,
}

/// The start tags of a response, and that of the root.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tags<'r> {
    pub(crate) nodes: &'r [Node],
    /// The text of the nodes.
    pub(crate) text: &'r str,
    /// `None` when the first node is the root.
    pub(crate) head: Option<&'r Head>,
    pub(crate) repairs: Repairs,
}

/// The namespaces and languages that the start tags of one text declare.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    bindings: Vec<Binding>,
    /// The nodes that declare namespaces, in order, each with the innermost binding in force at the node.
    declaring: Vec<Said<u32>>,
    /// The nodes with an `xml:lang`, in order.
    languages: Vec<Said<Part>>,
    /// The values that had references in them, with the references resolved.
    decoded: String,
}

/// Something that a start tag says of its node and of everything inside the node.
#[derive(Clone, Copy, Debug)]
struct Said<T> {
    node: u32,
    /// The index, in the same list, of the entry for the nearest node around; [`NONE`] if there is no such entry.
    around: u32,
    what: T,
}

/// A declaration of a namespace.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding {
    /// The prefix packed into one word, to be compared before the whole prefix.
    packed: u64,
    prefix: Part,
    namespace: Part,
    /// The next declaration outwards; [`NONE`] where the declarations of the root begin.
    outer: u32,
    /// How many declarations are outside this one.
    depth: u32,
    /// The depth of the declaration that this one hides; [`NONE`] if this one hides nothing.
    hides: u32,
}

const NONE: u32 = u32::MAX;

/// A part of the text of the tags, or of [`Scope::decoded`].
#[derive(Clone, Copy, Debug)]
struct Part {
    is_decoded: bool,
    start: u32,
    len: u32,
}

/// A scope and the text that its parts are in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'r> {
    scope: &'r Scope,
    text: &'r str,
}

/// The declarations in force at an element, innermost first, hidden ones included.
#[derive(Clone, Debug)]
pub(crate) struct Bindings<'r> {
    source: Source<'r>,
    next: u32,
    head: Option<&'r Head>,
}

impl Head {
    /// Makes the head of a root whose tag is the first `tag` bytes of `text`.
    pub(crate) fn new(text: String, tag: usize, repairs: Repairs) -> Self {
        Head { text: text.into(), tag, repairs, scope: OnceLock::new() }
    }

    pub(crate) fn tag(&self) -> &str {
        self.text.get(..self.tag).unwrap_or_default()
    }

    fn source(&self) -> Source<'_> {
        let scope = self.scope.get_or_init(|| {
            let mut scope = Scope::default();
            let tags = Tags { nodes: &[], text: &self.text, head: None, repairs: self.repairs };
            scope.enter(0, self.tag(), &tags);
            scope.imply_dav(self.tag(), &tags);
            scope
        });
        Source { scope, text: &self.text }
    }
}

impl Scope {
    /// Collects what the nodes declare.
    pub(crate) fn of(tags: &Tags<'_>) -> Self {
        let mut scope = Scope::default();
        let is_dav_root = |id: u32, n: &Node| id == 0 && tags.head.is_none() && n.namespace().is_dav();
        for (id, n) in (0..).zip(tags.nodes) {
            if n.has(flag::DECLARES | flag::LANGUAGE) {
                scope.enter(id, n.start_tag(tags.text), tags);
            }
            if is_dav_root(id, n) {
                scope.imply_dav(n.start_tag(tags.text), tags);
            }
        }
        scope
    }

    /// Adds what `tag`, the start tag of `node`, declares.
    fn enter(&mut self, node: u32, tag: &str, tags: &Tags<'_>) {
        let around = nearest(&self.declaring, tags.nodes, node);
        let outer = self.declaring.get(around as usize).map_or(NONE, |said| said.what);
        let mut innermost = outer;
        // The first declaration of a tag becomes the innermost, so that a walk outwards meets them in order.
        let mut attributes: Vec<_> = xml::tag::attributes(tag).collect();
        attributes.reverse();
        for (key, value) in attributes {
            if key == xml::tag::LANGUAGE {
                let around = nearest(&self.languages, tags.nodes, node);
                let what = self.part(value, tags);
                self.languages.push(Said { node, around, what });
            } else if let Some(prefix) = xml::tag::declared_prefix(key) {
                let namespace = self.part(value, tags);
                innermost = self.bind(prefix, namespace, innermost, tags);
            }
        }
        if innermost != outer {
            self.declaring.push(Said { node, around, what: innermost });
        }
    }

    fn bind(&mut self, prefix: &str, namespace: Part, outer: u32, tags: &Tags<'_>) -> u32 {
        let around = self.from(outer, tags);
        let depth = around.depth();
        let hides = around.of(prefix).map_or(NONE, |(binding, _)| binding.depth);
        let packed = xml::scope::pack(prefix.as_bytes());
        let prefix = Part::of(tags.text, prefix);
        self.bindings.push(Binding { packed, prefix, namespace, outer, depth, hides });
        short(self.bindings.len() - 1)
    }

    /// Adds the declaration of `DAV:` that the root's `tag` lacks when a repair has put the root in `DAV:`.
    fn imply_dav(&mut self, tag: &str, tags: &Tags<'_>) {
        let name = tag_name(tag);
        let prefix = name.get(..name.find(':').unwrap_or_default()).unwrap_or_default();
        let innermost = self.declaring.last().map_or(NONE, |said| said.what);
        if self.from(innermost, tags).namespace(prefix) == Some("DAV:") {
            return;
        }
        let namespace = self.decoded("DAV:");
        let what = self.bind(prefix, namespace, innermost, tags);
        self.declaring = vec![Said { node: 0, around: NONE, what }];
    }

    /// Goes through the binding `next` and the bindings around it.
    fn from<'r>(&'r self, next: u32, tags: &Tags<'r>) -> Bindings<'r> {
        Bindings { source: Source { scope: self, text: tags.text }, next, head: tags.head }
    }

    /// Goes through the declarations in force at the node `id`.
    pub(crate) fn at<'r>(&'r self, id: u32, tags: &Tags<'r>) -> Bindings<'r> {
        let nearest = nearest(&self.declaring, tags.nodes, id);
        self.from(self.declaring.get(nearest as usize).map_or(NONE, |said| said.what), tags)
    }

    /// Returns the value of the nearest `xml:lang` at the node `id` or around it.
    pub(crate) fn language<'r>(&'r self, id: u32, tags: &Tags<'r>) -> Option<&'r str> {
        let nearest = nearest(&self.languages, tags.nodes, id);
        if let Some(said) = self.languages.get(nearest as usize) {
            return Some(Source { scope: self, text: tags.text }.get(said.what));
        }
        let source = tags.head?.source();
        source.scope.languages.last().map(|said| source.get(said.what))
    }

    /// Returns the value of an attribute. `value` is the text between the quotes in the tag.
    fn part(&mut self, value: &str, tags: &Tags<'_>) -> Part {
        match xml::decode::attribute(value, tags.repairs) {
            Cow::Borrowed(value) => Part::of(tags.text, value),
            Cow::Owned(value) => self.decoded(&value),
        }
    }

    fn decoded(&mut self, value: &str) -> Part {
        let start = short(self.decoded.len());
        self.decoded.push_str(value);
        Part { is_decoded: true, start, len: short(value.len()) }
    }
}

impl Part {
    fn of(text: &str, part: &str) -> Self {
        Part { is_decoded: false, start: short(xml::tag::offset(text, part)), len: short(part.len()) }
    }
}

/// Returns an offset in 32 bits: texts are shorter than 4 GiB.
fn short(places: usize) -> u32 {
    u32::try_from(places).unwrap_or(u32::MAX)
}

impl<'r> Source<'r> {
    fn get(self, part: Part) -> &'r str {
        let text = if part.is_decoded { &self.scope.decoded } else { self.text };
        let start = part.start as usize;
        slice(text, start..start + part.len as usize)
    }
}

/// Returns the index in `list` of the entry for the node `id`, or else for the nearest node around it with an entry.
/// [`NONE`] when no such node has one.
fn nearest<T>(list: &[Said<T>], nodes: &[Node], id: u32) -> u32 {
    let mut at = short(list.partition_point(|said| said.node <= id)).wrapping_sub(1);
    while let Some(said) = list.get(at as usize) {
        if parse::node(nodes, said.node).is_none_or(|n| id < n.next) {
            return at;
        }
        // That node has ended before `id`.
        at = said.around;
    }
    NONE
}

impl<'r> Bindings<'r> {
    /// Returns how many declarations are in force, hidden ones included.
    fn depth(&self) -> u32 {
        match self.source.scope.bindings.get(self.next as usize) {
            Some(binding) => binding.depth + 1,
            None => self.head.map_or(0, |head| short(head.source().scope.bindings.len())),
        }
    }

    /// Returns the innermost declaration of `prefix`.
    fn of(&self, prefix: &str) -> Option<(&'r Binding, Source<'r>)> {
        let packed = xml::scope::pack(prefix.as_bytes());
        let is_it = |binding: &Binding, source: &Source<'r>| {
            binding.packed == packed && source.get(binding.prefix) == prefix
        };
        let (source, mut next) = (self.source, self.next);
        while let Some(binding) = source.scope.bindings.get(next as usize) {
            if is_it(binding, &source) {
                return Some((binding, source));
            }
            next = binding.outer;
        }
        // All declarations of the root are in one tag, in a row: a plain search is cheaper than following links.
        let source = self.head?.source();
        let binding = source.scope.bindings.iter().rev().find(|binding| is_it(binding, &source))?;
        Some((binding, source))
    }

    /// Returns the namespace that `prefix` stands for. `None` when `prefix` is not declared.
    pub(crate) fn namespace(&self, prefix: &str) -> Option<&'r str> {
        let (binding, source) = self.of(prefix)?;
        Some(source.get(binding.namespace)).filter(|namespace| !namespace.is_empty())
    }

    /// Goes through the prefixes and the namespaces that they stand for; each prefix comes once.
    pub(crate) fn visible(self) -> Visible<'r> {
        Visible { hidden: vec![false; self.depth() as usize], bindings: self }
    }
}

/// The iterator of [`Bindings::visible`].
#[derive(Clone, Debug)]
pub(crate) struct Visible<'r> {
    bindings: Bindings<'r>,
    /// For each depth, whether a declaration further in has the same prefix as the declaration there.
    hidden: Vec<bool>,
}

impl<'r> Iterator for Visible<'r> {
    type Item = (&'r str, &'r str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (binding, source) = self.bindings.next()?;
            if let Some(outer) = self.hidden.get_mut(binding.hides as usize) {
                *outer = true;
            }
            let namespace = source.get(binding.namespace);
            if self.hidden.get(binding.depth as usize) == Some(&false) && !namespace.is_empty() {
                return Some((source.get(binding.prefix), namespace));
            }
        }
    }
}

impl<'r> Iterator for Bindings<'r> {
    type Item = (&'r Binding, Source<'r>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.next == NONE {
            self.source = self.head.take()?.source();
            self.next = self.source.scope.declaring.last().map_or(NONE, |said| said.what);
        }
        let binding = self.source.scope.bindings.get(self.next as usize)?;
        self.next = binding.outer;
        Some((binding, self.source))
    }
}

/// Returns the qualified name in a start tag; empty when `tag` is not one.
pub(crate) fn tag_name(tag: &str) -> &str {
    let ends = |c: char| c.is_ascii_whitespace() || c == '>' || c == '/';
    tag.strip_prefix('<').and_then(|rest| rest.split(ends).next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::{Element, Multistatus, Options, Repair, parse, testing::Random, xml};

    impl Random {
        /// Attributes, each at most once.
        fn attributes(&mut self) -> String {
            const DECLARED: &[&str] =
                &["xmlns", "xmlns:p", "xmlns:q", "xmlns:long-prefix-1", "xmlns:long-prefix-2"];
            const NAMES: &[&str] = &["urn:1", "urn:&#50;", "DAV:", "", "urn:&amp;"];
            let mut out = String::new();
            for key in DECLARED.iter().chain(&["xml:lang", "p:a", "long-prefix-2:a", "q:a", "xml:a:b", ":a"])
            {
                if self.below(4) == 0 {
                    let value = if key.starts_with("xmlns") {
                        self.one_of(NAMES)
                    } else {
                        self.one_of(&["e", "&#100;", ""])
                    };
                    out.push_str(&format!(" {key}=\"{value}\""));
                }
            }
            out
        }

        fn elements(&mut self, depth: usize) -> String {
            (0..self.below(4))
                .map(|_| {
                    let inside = if depth == 0 { String::new() } else { self.elements(depth - 1) };
                    format!("<a{}>{inside}</a>", self.attributes())
                })
                .collect()
        }
    }

    /// The start tags at the element and around it, read from their texts, innermost first.
    fn tags(root: &str, element: Element<'_, '_>) -> Vec<String> {
        let frame = element.frame;
        let inside =
            parse::upwards(&frame.nodes, element.node).map(|(_, n)| n.start_tag(&frame.text).to_owned());
        inside.chain([root.to_owned()]).collect()
    }

    #[test]
    fn what_is_in_force_is_what_the_tags_upwards_say() {
        let mut random = Random(1);
        let options = Options::new().repair(Repair::RootNamespace);
        let (mut elements, mut hidden, mut resolved) = (0, 0, 0);
        for _ in 0..2_000 {
            let root = format!(
                "<multistatus{}>",
                random.attributes().replacen(" xmlns=\"urn:1\"", " xmlns=\"\"", 1)
            );
            let body = format!(
                "{root}<response xmlns=\"DAV:\"{}><href>/</href><propstat><prop>{}</prop><status>200</status>\
                 </propstat></response></multistatus>",
                random.attributes().replace(" xmlns=", " z="),
                random.elements(4)
            );
            let Some(Ok(response)) = Multistatus::with_options(body.as_bytes(), &options).next() else {
                continue;
            };
            let mut open = vec![response.element()];
            while let Some(element) = open.pop() {
                open.extend(element.children());
                let (mut expected, mut language) = (Vec::<(String, String)>::new(), None);
                for (tag, is_root) in tags(&root, element).iter().map(|tag| (tag, *tag == root)) {
                    if is_root && expected.iter().all(|(known, _)| !known.is_empty()) {
                        // It has no prefix and is in `DAV:`.
                        expected.push((String::new(), "DAV:".to_owned()));
                    }
                    for (key, value) in xml::tag::attributes(tag) {
                        let value = xml::decode::attribute(value, options.repairs()).into_owned();
                        if key == "xml:lang" {
                            language.get_or_insert(value);
                        } else if let Some(prefix) = xml::tag::declared_prefix(key) {
                            match expected.iter().any(|(known, _)| known == prefix) {
                                true => hidden += 1,
                                false => expected.push((prefix.to_owned(), value)),
                            }
                        }
                    }
                }
                expected.retain(|(_, name)| !name.is_empty());
                let found: Vec<_> =
                    element.namespaces().map(|(prefix, name)| (prefix.to_owned(), name.to_owned())).collect();
                let language = language.filter(|language| !language.is_empty());
                assert_eq!(element.lang().as_deref(), language.as_deref(), "{body}");
                for attribute in element.attributes() {
                    let name = attribute.name;
                    if !name.is_undeclared() && !["", xml::scope::XML].contains(&name.namespace()) {
                        assert!(
                            expected.iter().any(|(prefix, n)| !prefix.is_empty() && n == name.namespace()),
                            "{body}"
                        );
                        resolved += 1;
                    }
                }
                assert_eq!(found, expected, "{body}");
                elements += 1;
            }
        }
        assert!(elements > 5_000 && hidden > 5_000 && resolved > 500, "{elements} {hidden} {resolved}");
    }
}
