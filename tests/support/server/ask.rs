//! What the body of a request asks for.

use roxmltree::{Document, Node};

pub(crate) const DAV: &str = "DAV:";
pub(crate) const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";
pub(crate) const CARDDAV: &str = "urn:ietf:params:xml:ns:carddav";
pub(crate) const SERVER: &str = "http://calendarserver.org/ns/";

/// An expanded name: namespace and local name.
pub(crate) type Name = (String, String);

/// The properties that are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Props {
    All,
    /// Their names alone.
    Names,
    Named(Vec<Name>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    Find(Props),
    Sync {
        props: Props,
        /// Nothing in a first report.
        token: Option<String>,
        is_deep: bool,
        limit: Option<usize>,
    },
    Multiget {
        props: Props,
        /// Cards, or events.
        are_cards: bool,
        /// As sent.
        hrefs: Vec<String>,
    },
    /// A report that this server does not know.
    Other,
}

/// What a PROPFIND or REPORT asks for. `None` when the body cannot be read.
pub(crate) fn parse(body: &str) -> Option<Ask> {
    if body.trim().is_empty() {
        return Some(Ask::Find(Props::All));
    }
    let document = Document::parse(body).ok()?;
    let root = document.root_element();
    Some(match (root.tag_name().namespace().unwrap_or_default(), root.tag_name().name()) {
        (DAV, "propfind") => Ask::Find(match child(root, DAV, "propname") {
            Some(_) => Props::Names,
            None => props(root)?,
        }),
        (DAV, "sync-collection") => sync(root)?,
        (CALDAV, "calendar-multiget") => multiget(root, false)?,
        (CARDDAV, "addressbook-multiget") => multiget(root, true)?,
        _ => Ask::Other,
    })
}

fn sync(root: Node<'_, '_>) -> Option<Ask> {
    let token = text(child(root, DAV, "sync-token")?);
    let is_deep = match text(child(root, DAV, "sync-level")?).as_str() {
        "1" => false,
        "infinite" => true,
        _ => return None,
    };
    let limit = match child(root, DAV, "limit") {
        Some(limit) => Some(text(child(limit, DAV, "nresults")?).parse().ok()?),
        None => None,
    };
    let token = Some(token).filter(|token| !token.is_empty());
    Some(Ask::Sync { props: props(root)?, token, is_deep, limit })
}

fn multiget(root: Node<'_, '_>, are_cards: bool) -> Option<Ask> {
    let hrefs: Vec<_> = root.children().filter(|node| node.has_tag_name((DAV, "href"))).map(text).collect();
    if hrefs.is_empty() {
        return None;
    }
    Some(Ask::Multiget { props: props(root)?, are_cards, hrefs })
}

/// The properties in `prop`, or all. `None` when neither is asked for.
fn props(root: Node<'_, '_>) -> Option<Props> {
    if child(root, DAV, "allprop").is_some() {
        return Some(Props::All);
    }
    let names = child(root, DAV, "prop")?.children().filter(Node::is_element).map(|node| {
        let name = node.tag_name();
        (name.namespace().unwrap_or_default().to_owned(), name.name().to_owned())
    });
    Some(Props::Named(names.collect()))
}

pub(crate) fn child<'a, 'i>(node: Node<'a, 'i>, namespace: &str, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name((namespace, name)))
}

/// The text of an element, without white space around it.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    let texts = node.children().filter(Node::is_text).filter_map(|text| text.text());
    texts.collect::<String>().trim().to_owned()
}
