//! What a WebDAV document says, by a plain walk over the tree that roxmltree makes of it: RFC 4918 section 14.24 and the
//! rules that the documentation states. Slow and simple: `differential.rs` compares it with what the crate reads.

use std::fmt::Write;

use roxmltree::{Document, Node};

/// What an element is by its name and the element around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Multistatus,
    /// The roots `mkcol-response` and `mkcalendar-response`.
    Properties,
    Response,
    Href,
    Status,
    Propstat,
    Prop,
    Error,
    Description,
    Location,
    SyncToken,
    /// A property, or inside one or a condition.
    Value,
    Unknown,
}

/// An element and what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'t> {
    pub(crate) node: Node<'t, 't>,
    pub(crate) kind: Kind,
}

/// What makes a response, or should.
#[derive(Debug)]
pub(crate) enum Item<'t> {
    Response(At<'t>),
    /// `href`, `status` and so on without a `response` around them.
    Bare(Vec<At<'t>>),
    /// `Response` in other letters, for example: never passed over.
    OutOfPlace(At<'t>),
}

const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";
const CARLDAV: &str = "urn:ietf:params:xml:ns:carldav:";

fn namespace<'t>(node: Node<'t, 't>) -> &'t str {
    node.tag_name().namespace().unwrap_or_default()
}

fn is_dav(node: Node<'_, '_>, local: &str) -> bool {
    namespace(node) == "DAV:" && node.tag_name().name() == local
}

fn is_bare_status(node: Node<'_, '_>) -> bool {
    namespace(node).is_empty() && node.tag_name().name() == "status"
}

pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

/// The code in a status line.
fn code(line: &str) -> Option<u16> {
    let mut words = line.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
    let mut word = words.next()?;
    if word.get(..5).is_some_and(|protocol| protocol.eq_ignore_ascii_case("HTTP/")) {
        word = words.next()?;
    }
    let is_code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit()) && !word.starts_with('0');
    is_code.then(|| word.parse().expect("three digits"))
}

impl<'t> At<'t> {
    pub(crate) fn root(tree: &'t Document<'t>) -> Self {
        let node = tree.root_element();
        let kind = match (namespace(node), node.tag_name().name()) {
            ("DAV:", "multistatus") => Kind::Multistatus,
            ("DAV:" | "DAV", "error") => Kind::Error,
            ("DAV:", "prop") => Kind::Prop,
            ("DAV:", "mkcol-response") | (CALDAV | CARLDAV, "mkcalendar-response") => Kind::Properties,
            ("DAV:", "principal-search-property-set") | (CALDAV, "schedule-response") => Kind::Value,
            _ => Kind::Unknown,
        };
        At { node, kind }
    }

    pub(crate) fn children(self) -> impl Iterator<Item = At<'t>> {
        let elements = self.node.children().filter(|node| node.is_element());
        elements.map(move |node| {
            let is_status = self.kind == Kind::Propstat && self.has_bare_status() && is_bare_status(node);
            At { node, kind: if is_status { Kind::Status } else { kind_below(self.kind, node) } }
        })
    }

    pub(crate) fn all(self, kind: Kind) -> impl Iterator<Item = At<'t>> {
        self.children().filter(move |child| child.kind == kind)
    }

    /// Whether a `status` in no namespace is that of this propstat: it has no other.
    fn has_bare_status(self) -> bool {
        !self.node.children().any(|node| is_dav(node, "status"))
    }

    /// All character data, at any depth.
    fn text(self) -> String {
        self.node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
    }

    fn trimmed(self) -> String {
        trim(&self.text()).to_owned()
    }

    /// The text of an `href` or `status`: what is in elements inside it does not count.
    fn line(self) -> String {
        let own: String = self.node.children().filter(Node::is_text).filter_map(|node| node.text()).collect();
        trim(&own).to_owned()
    }
}

fn kind_below(parent: Kind, node: Node<'_, '_>) -> Kind {
    use Kind::{Error, Location, Multistatus, Prop, Properties, Propstat, Response, Value};
    match parent {
        Prop => return Value,
        Error if is_dav(node, "responsedescription") => return Kind::Description,
        Value | Error if is_dav(node, "response") => return Response,
        Value | Error => return Value,
        _ => {}
    }
    let rows: [(&str, Kind, &[Kind]); 9] = [
        ("response", Response, &[Multistatus]),
        ("sync-token", Kind::SyncToken, &[Multistatus]),
        ("href", Kind::Href, &[Multistatus, Response, Location]),
        ("status", Kind::Status, &[Multistatus, Response, Propstat]),
        ("propstat", Propstat, &[Multistatus, Response, Properties]),
        ("location", Location, &[Multistatus, Response]),
        ("prop", Prop, &[Propstat]),
        ("error", Error, &[Multistatus, Response, Propstat, Properties, Kind::Description]),
        ("responsedescription", Kind::Description, &[Multistatus, Response, Propstat, Properties]),
    ];
    let row = rows.iter().find(|(name, _, parents)| is_dav(node, name) && parents.contains(&parent));
    row.map_or(Kind::Unknown, |(_, kind, _)| *kind)
}

/// Whether `child` looks like part of the structure below `parent`, but is not: what is in it would be lost.
pub(crate) fn is_out_of_place(parent: Kind, child: At<'_>) -> bool {
    let structural: &[&str] = match parent {
        Kind::Multistatus => &["response", "href", "status", "propstat", "sync-token", "sync-response"],
        Kind::Location => &["href"],
        Kind::Response | Kind::Propstat | Kind::Properties => {
            &["response", "href", "status", "propstat", "prop", "error", "responsedescription", "location"]
        }
        _ => return false,
    };
    if child.kind != Kind::Unknown {
        return false;
    }
    let (namespace, local) = (namespace(child.node), child.node.tag_name().name());
    if namespace == "DAV:" {
        let carries_more = ["multistatus", "response", "propstat", "prop"].contains(&local);
        let in_other_letters = |known: &&str| local != *known && local.eq_ignore_ascii_case(known);
        let is_draft = parent == Kind::Multistatus && local == "sync-response";
        return carries_more && parent != Kind::Location
            || structural.iter().any(in_other_letters)
            || is_draft;
    }
    let is_nearly_dav = namespace.trim().trim_end_matches([':', '/']).eq_ignore_ascii_case("dav");
    let is_structural = structural.iter().any(|known| local.eq_ignore_ascii_case(known));
    is_structural && (namespace.is_empty() || is_nearly_dav)
}

/// What a child of the root is, or by its name was meant to be.
fn meant(child: At<'_>) -> Kind {
    if !is_out_of_place(Kind::Multistatus, child) {
        return child.kind;
    }
    match &*child.node.tag_name().name().to_ascii_lowercase() {
        "response" => Kind::Response,
        "href" => Kind::Href,
        "status" => Kind::Status,
        "propstat" | "prop" => Kind::Propstat,
        _ => Kind::Unknown,
    }
}

/// The responses of a multistatus, and what stands for one. A child that is out of place belongs to the bare children
/// around it, and costs all of them.
pub(crate) fn items(root: At<'_>) -> Vec<Item<'_>> {
    let (mut items, mut bare, mut is_full) = (Vec::<Item<'_>>::new(), Vec::<At<'_>>::new(), false);
    for child in root.children() {
        let is_out_of_place = is_out_of_place(Kind::Multistatus, child);
        let meant = meant(child);
        // A response that is out of place begins bare children, too: those after it may belong to it.
        let is_foreign = bare.first().is_some_and(|first| self::meant(*first) == Kind::Response);
        let begins_next =
            (meant == Kind::Href && (is_full || is_foreign)) || (meant == Kind::Response && is_foreign);
        if (child.kind == Kind::Response || begins_next) && !bare.is_empty() {
            items.push(Item::Bare(std::mem::take(&mut bare)));
            is_full = false;
        }
        let joins =
            matches!(meant, Kind::Href | Kind::Status | Kind::Propstat | Kind::Error | Kind::Location);
        if joins || (is_out_of_place && (meant == Kind::Response || !bare.is_empty())) {
            is_full |= matches!(meant, Kind::Status | Kind::Propstat);
            bare.push(child);
        } else if child.kind == Kind::Response {
            items.push(Item::Response(child));
        } else if is_out_of_place {
            items.push(Item::OutOfPlace(child));
        }
    }
    if !bare.is_empty() {
        items.push(Item::Bare(bare));
    }
    items
}

/// Whether a response with these children can be read: any other is an error item.
pub(crate) fn is_readable(children: &[At<'_>], is_bare: bool) -> bool {
    let (mut hrefs, mut propstats, mut statuses) = (0, 0, 0);
    for child in children {
        match child.kind {
            Kind::Href => hrefs += 1,
            Kind::Status => statuses += u32::from(!child.line().is_empty()),
            Kind::Propstat => propstats += 1,
            _ => {}
        }
        let is_late_href = child.kind == Kind::Href && hrefs > 1 && propstats > 0;
        let is_structure = matches!(child.kind, Kind::Propstat | Kind::Location);
        let holds_foreign = is_structure && child.children().any(|inner| is_out_of_place(child.kind, inner));
        let around = if is_bare { Kind::Multistatus } else { Kind::Response };
        if is_late_href || holds_foreign || is_out_of_place(around, *child) {
            return false;
        }
    }
    if is_bare { statuses <= 1 && hrefs + propstats > 0 } else { hrefs > 0 }
}

/// What the statuses among `children` amount to: the code, if it can be read and is one, and the first line.
type Status = Option<(Option<u16>, String)>;

fn status(children: &[At<'_>]) -> Status {
    let statuses = children.iter().filter(|child| child.kind == Kind::Status);
    let lines: Vec<_> = statuses.map(|status| status.line()).filter(|line| !line.is_empty()).collect();
    let first = lines.first()?;
    let is_one = lines.iter().all(|line| code(line) == code(first));
    Some((code(first).filter(|_| is_one), first.clone()))
}

/// Writes down what is found, in the same words as `differential.rs` does for the crate.
pub(crate) struct Writer<'m> {
    pub(crate) out: String,
    /// For every byte of the document with its line ends normalised, its place in the one that was sent.
    pub(crate) places: &'m [usize],
}

impl Writer<'_> {
    fn place(&self, node: Node<'_, '_>) -> usize {
        self.places[node.range().start]
    }

    pub(crate) fn items(&mut self, root: At<'_>) {
        let mut faults = 0;
        for item in items(root) {
            let (children, is_bare) = match &item {
                Item::Response(response) => (response.children().collect(), false),
                Item::Bare(children) => (children.clone(), true),
                Item::OutOfPlace(_) => (Vec::new(), false),
            };
            if !is_readable(&children, is_bare) {
                faults += 1;
                self.out.push_str("error item\n");
                continue;
            }
            let first = match &item {
                Item::Response(at) | Item::OutOfPlace(at) => *at,
                Item::Bare(children) => children[0],
            };
            self.response(&children, self.place(first.node));
        }
        let mut tokens: Vec<_> =
            root.all(Kind::SyncToken).map(At::trimmed).filter(|t| !t.is_empty()).collect();
        tokens.dedup();
        let token = tokens.first().filter(|first| faults == 0 && tokens.iter().all(|token| token == *first));
        let description = root.all(Kind::Description).next().map(At::trimmed);
        writeln!(self.out, "faults {faults} token {token:?} description {description:?}").expect("a string");
    }

    fn response(&mut self, children: &[At<'_>], place: usize) {
        let all = |kind: Kind| children.iter().filter(move |child| child.kind == kind).copied();
        let own = status(children);
        let hrefs: Vec<_> = all(Kind::Href).map(At::line).collect();
        let description = all(Kind::Description).next().map(At::trimmed);
        let location = all(Kind::Location).flat_map(|location| location.all(Kind::Href)).next().map(At::line);
        writeln!(self.out, "response @{place} {hrefs:?} {own:?} {description:?} {location:?}")
            .expect("a string");
        self.conditions(children);
        let mut values = String::new();
        for propstat in all(Kind::Propstat) {
            let inside: Vec<_> = propstat.children().collect();
            let said = status(&inside);
            let effective = said.clone().or_else(|| own.clone());
            let properties = || propstat.all(Kind::Prop).flat_map(At::children);
            self.propstat(propstat, &said, &effective);
            for property in properties() {
                self.element(property, 1);
            }
            let is_value = |property: &At<'_>| match &effective {
                None => property.children().next().is_some() || !property.trimmed().is_empty(),
                Some((code, _)) => matches!(code, Some(200..=299)),
            };
            values.extend(properties().filter(is_value).map(|property| format!("{} ", name(property.node))));
        }
        writeln!(self.out, "values {values}").expect("a string");
    }

    fn propstat(&mut self, propstat: At<'_>, said: &Status, effective: &Status) {
        let description = propstat.all(Kind::Description).next().map(At::trimmed);
        writeln!(self.out, "propstat {said:?} {effective:?} {description:?}").expect("a string");
        self.conditions(&propstat.children().collect::<Vec<_>>());
    }

    fn conditions(&mut self, children: &[At<'_>]) {
        let errors = children.iter().filter(|child| child.kind == Kind::Error).copied();
        let descriptions = children.iter().filter(|child| child.kind == Kind::Description);
        let inside = descriptions.flat_map(|description| description.all(Kind::Error));
        for condition in errors.chain(inside).flat_map(At::children) {
            if condition.kind != Kind::Description {
                self.out.push_str("condition\n");
                self.element(condition, 1);
            }
        }
    }

    /// Another root than multistatus.
    pub(crate) fn root(&mut self, root: At<'_>) {
        self.element(root, 0);
        let description = root.all(Kind::Description).next().map(At::trimmed);
        writeln!(self.out, "description {description:?}").expect("a string");
        if root.kind == Kind::Error {
            for condition in root.children().filter(|child| child.kind != Kind::Description) {
                writeln!(self.out, "condition {}", name(condition.node)).expect("a string");
            }
        }
        if root.kind == Kind::Properties {
            self.conditions(&root.children().collect::<Vec<_>>());
        }
        for propstat in root.all(Kind::Propstat) {
            let said = status(&propstat.children().collect::<Vec<_>>());
            self.propstat(propstat, &said, &said);
        }
    }

    fn element(&mut self, at: At<'_>, depth: usize) {
        let node = at.node;
        let lang = node.ancestors().filter(Node::is_element).find_map(|node| {
            node.attributes().find(|a| a.name() == "lang" && a.namespace() == Some(roxmltree::NS_XML_URI))
        });
        let lang = lang.map(|lang| lang.value()).filter(|lang| !lang.is_empty());
        let attributes: Vec<_> = node
            .attributes()
            .map(|a| (format!("{{{}}}{}", a.namespace().unwrap_or_default(), a.name()), a.value()))
            .collect();
        let mut namespaces: Vec<_> = node
            .namespaces()
            .map(|namespace| (namespace.name().unwrap_or_default(), namespace.uri()))
            .filter(|(prefix, uri)| *prefix != "xml" && !uri.is_empty())
            .collect();
        namespaces.sort_unstable();
        let (place, name, text) = (self.place(node), name(node), at.text());
        writeln!(self.out, "{:depth$}@{place} {name} {text:?} {lang:?} {attributes:?} {namespaces:?}", "")
            .expect("a string");
        for response in at.all(Kind::Response) {
            let children: Vec<_> = response.children().collect();
            if is_readable(&children, false) {
                self.response(&children, self.place(response.node));
            } else {
                self.out.push_str("error inside\n");
            }
        }
        for child in at.children() {
            self.element(child, depth + 1);
        }
    }
}

fn name(node: Node<'_, '_>) -> String {
    format!("{{{}}}{}", namespace(node), node.tag_name().name())
}
