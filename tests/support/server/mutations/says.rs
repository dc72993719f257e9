//! What an answer says of each resource, and whether an honest server can have said it.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::super::{
    Answer, Request,
    ask::{self, Ask, CALDAV, CARDDAV, DAV, Name, Props},
};
use super::resolve::Place;

/// What an answer says of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It is there, or changed, and has these properties, each as its XML.
    There(BTreeMap<Name, String>),
    Gone,
}

impl Said {
    /// Whether it contradicts something else that is said of the same resource. Who says less does not contradict.
    pub(crate) fn contradicts(&self, other: &Said) -> bool {
        match (self, other) {
            (Said::There(these), Said::There(those)) => {
                these.iter().any(|(name, value)| those.get(name).is_some_and(|other| other != value))
            }
            (Said::Gone, Said::Gone) => false,
            _ => true,
        }
    }
}

/// What was asked for, as far as answers depend on it.
pub(crate) struct Question {
    origin: String,
    path: String,
    /// What hrefs in its answer mean.
    read: fn(&str, &str, &str) -> Option<Place>,
    place: Option<Place>,
    form: Form,
}

enum Form {
    /// The token is that of the true answer: another one would go on from another state.
    Sync {
        is_deep: bool,
        token: Option<String>,
    },
    Multiget {
        asked: Vec<Option<Place>>,
        /// The data is asked for.
        wants_data: bool,
    },
    Listing {
        is_deep: bool,
    },
    /// PROPFIND of depth 0.
    One,
    /// GET and HEAD.
    Read,
    Other,
}

impl Question {
    /// `is_unescaped`: names in reports are not escaped.
    pub(crate) fn new(origin: &str, request: &Request<'_>, truth: &Answer, is_unescaped: bool) -> Self {
        let place = |href: &str| Place::of(href, origin, request.path);
        let form = match (request.method, ask::parse(request.body)) {
            ("GET" | "HEAD", _) => Form::Read,
            ("PROPFIND", Some(Ask::Find(_))) => match request.depth {
                Some("0") => Form::One,
                depth => Form::Listing { is_deep: depth != Some("1") },
            },
            ("REPORT", Some(Ask::Sync { is_deep, .. })) => Form::Sync { is_deep, token: token(&truth.body) },
            ("REPORT", Some(Ask::Multiget { hrefs, props, .. })) => Form::Multiget {
                asked: hrefs.iter().map(|href| place(href)).collect(),
                wants_data: matches!(props, Props::Named(names) if names.iter().any(is_data)),
            },
            _ => Form::Other,
        };
        Question {
            origin: origin.to_owned(),
            path: request.path.to_owned(),
            read: match form {
                Form::Sync { .. } if is_unescaped => Place::of_unescaped,
                _ => Place::of,
            },
            place: place(request.path),
            form,
        }
    }

    /// What an answer says, resource by resource. `None` when no honest server sends it: that is, when it has none of the
    /// forms that the RFCs have for this request. No resource is in it twice (RFC 4918 section 14.24), and the order
    /// of responses means nothing.
    ///
    /// | request | an honest answer |
    /// |---|---|
    /// | sync-collection | 207; one token, that of the true answer; members (of level 1: children), each with propstats or 2xx, or with 404 or 410 and no property; the collection itself, if at all, with 2xx; beside it the mark of 507 |
    /// | multiget | 207; no token; every href that was asked for and no other, each with its data, or with 404 or 410 |
    /// | PROPFIND | 207; no token; the collection itself, and members, each with propstats and no status of its own; of depth 0, also 404 or 410, by HTTP or in a response alone |
    /// | GET, HEAD | 2xx, 404, 410 |
    ///
    /// A refusal is honest, too, and says nothing of any resource: it is `None` as well. So is every answer to what only
    /// writes. And 200 is as good as 207, as servers have it.
    pub(crate) fn said(&self, answer: &Answer) -> Option<BTreeMap<Place, Said>> {
        let own = self.place.clone()?;
        let is_gone = matches!(answer.status, 404 | 410);
        match self.form {
            Form::Other => return None,
            Form::Read if is_gone => return Some([(own, Said::Gone)].into()),
            Form::Read => {
                let is_there = (200..300).contains(&answer.status);
                return is_there.then(|| [(own, Said::There(BTreeMap::new()))].into());
            }
            Form::One if is_gone && !answer.body.contains("multistatus") => {
                return Some([(own, Said::Gone)].into());
            }
            _ if !matches!(answer.status, 200 | 207) => return None,
            _ => {}
        }
        let document = Document::parse(&answer.body).ok()?;
        let root = document.root_element();
        if !root.has_tag_name((DAV, "multistatus")) {
            return None;
        }
        let (mut said, mut has_itself, mut tokens) = (BTreeMap::new(), false, Vec::new());
        for child in root.children().filter(Node::is_element) {
            if child.has_tag_name((DAV, "sync-token")) {
                tokens.push(ask::text(child));
                continue;
            }
            if !child.has_tag_name((DAV, "response")) {
                return None;
            }
            let response = Response::of(child)?;
            let place = (self.read)(&response.href, &self.origin, &self.path)?;
            let depth = place.depth_below(&own)?;
            if depth == 0 && place != own {
                return None;
            }
            let what = match (&self.form, depth) {
                (Form::Sync { .. }, 0) if response.status == Some(507) => continue,
                (Form::Sync { .. }, 0) if response.status.is_some_and(|code| code / 100 != 2) => return None,
                (Form::Sync { .. } | Form::Listing { .. }, 0) if has_itself => return None,
                (Form::Sync { .. } | Form::Listing { .. }, 0) => {
                    has_itself = true;
                    continue;
                }
                (Form::Sync { is_deep, .. }, depth) if depth == 1 || *is_deep => response.change()?,
                (Form::Listing { is_deep }, depth) if depth == 1 || *is_deep => response.entry()?,
                (Form::Multiget { asked, wants_data }, _) if asked.contains(&Some(place.clone())) => {
                    response.got(*wants_data)?
                }
                (Form::One, 0) => response.one()?,
                _ => return None,
            };
            if said.insert(place, what).is_some() {
                return None;
            }
        }
        let is_whole = match &self.form {
            Form::Sync { token, .. } => tokens.len() == 1 && tokens.first() == token.as_ref(),
            Form::Listing { .. } => tokens.is_empty() && has_itself,
            Form::Multiget { asked, .. } => {
                tokens.is_empty() && asked.iter().flatten().all(|place| said.contains_key(place))
            }
            _ => tokens.is_empty() && said.len() == 1,
        };
        is_whole.then_some(said)
    }
}

/// The sync-token of a multistatus, if it has one that is not empty.
fn token(body: &str) -> Option<String> {
    let document = Document::parse(body).ok()?;
    let token = ask::text(ask::child(document.root_element(), DAV, "sync-token")?);
    Some(token).filter(|token| !token.is_empty())
}

fn is_data((namespace, name): &Name) -> bool {
    matches!((namespace.as_str(), name.as_str()), (CALDAV, "calendar-data") | (CARDDAV, "address-data"))
}

/// A response that can be read.
struct Response {
    href: String,
    /// Its own.
    status: Option<u16>,
    /// What its propstats have under 2xx.
    found: BTreeMap<Name, String>,
    has_propstat: bool,
    /// All that it has is a 404 that names nothing, by which nginx means the resource.
    is_empty_404: bool,
}

impl Response {
    fn of(node: Node<'_, '_>) -> Option<Self> {
        let href = ask::text(ask::child(node, DAV, "href")?);
        let status = match ask::child(node, DAV, "status") {
            Some(status) => Some(code(&ask::text(status))?),
            None => None,
        };
        let (mut found, mut is_empty_404, mut has_propstat) = (BTreeMap::new(), true, false);
        for propstat in node.children().filter(|child| child.has_tag_name((DAV, "propstat"))) {
            has_propstat = true;
            let code = code(&ask::text(ask::child(propstat, DAV, "status")?))?;
            let props = ask::child(propstat, DAV, "prop")?.children().filter(Node::is_element);
            for prop in props {
                is_empty_404 = false;
                let name = prop.tag_name();
                let name = (name.namespace().unwrap_or_default().to_owned(), name.name().to_owned());
                let xml = prop.document().input_text().get(prop.range())?.to_owned();
                if code / 100 == 2 {
                    found.insert(name, xml);
                }
            }
            is_empty_404 &= code == 404;
        }
        Some(Response { href, status, found, has_propstat, is_empty_404: is_empty_404 && has_propstat })
    }

    fn is_gone(&self) -> bool {
        matches!(self.status, Some(404 | 410)) && self.found.is_empty()
    }

    /// As a report says it.
    fn change(self) -> Option<Said> {
        match self.status {
            _ if self.is_gone() => Some(Said::Gone),
            None => Some(Said::There(self.found)),
            Some(code) => (code / 100 == 2).then_some(Said::There(self.found)),
        }
    }

    /// As a listing says it.
    fn entry(self) -> Option<Said> {
        (self.status.is_none() && self.has_propstat).then_some(Said::There(self.found))
    }

    /// As a multiget says it.
    fn got(self, wants_data: bool) -> Option<Said> {
        if self.is_gone() {
            return Some(Said::Gone);
        }
        let is_empty = |xml: &str| xml.ends_with("/>") || xml.contains("></");
        let has_data = self.found.iter().any(|(name, xml)| is_data(name) && !is_empty(xml));
        if wants_data && !has_data {
            return None;
        }
        self.entry()
    }

    /// As PROPFIND of depth 0 says it.
    fn one(self) -> Option<Said> {
        if self.is_gone() || (self.status.is_none() && self.is_empty_404) {
            Some(Said::Gone)
        } else {
            self.entry()
        }
    }
}

/// The code of a status line, read as leniently as any client reads it.
fn code(text: &str) -> Option<u16> {
    let text = text.trim();
    let is_version = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"));
    let text = if is_version { text.split_once(char::is_whitespace)?.1.trim_start() } else { text };
    let (digits, behind) = text.split_at_checked(3)?;
    let is_code = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let is_ended = behind.is_empty() || behind.starts_with(char::is_whitespace);
    if is_code && is_ended { digits.parse().ok() } else { None }
}
