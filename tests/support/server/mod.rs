//! A server in memory that engines are tried against: WebDAV, CalDAV and CardDAV as far as a client reads, changes by
//! PUT and DELETE, and the faults of real servers, each on demand.
//!
//! It depends on nothing of this crate, so that neither can hide a mistake of the other.
#![allow(dead_code, unused_imports, reason = "every program uses a part of it")]

mod ask;
mod faults;
pub(crate) mod mutations;
mod path;
mod props;
mod report;
mod tree;
mod write;

use ask::{Ask, Props};
pub(crate) use faults::{Failure, Faults, Once};
use path::Path;
pub(crate) use path::escaped;
use props::Form;
pub(crate) use props::{HOME, PRINCIPAL};
use report::Sync;
pub(crate) use tree::Kind;
use tree::{Node, Tree};

/// A request, as far as the server looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    /// Escaped.
    pub(crate) path: &'a str,
    /// The header `Depth`.
    pub(crate) depth: Option<&'a str>,
    pub(crate) body: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// The server. All that it does is repeatable: nothing depends on time or chance.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) faults: Faults,
    /// The most members that a sync report names at once, if the client wants no fewer.
    pub(crate) page: Option<usize>,
    tree: Tree,
}

impl Default for Server {
    fn default() -> Self {
        Server::new()
    }
}

impl Server {
    /// With a principal and a home for collections, and none in it.
    pub(crate) fn new() -> Self {
        let mut server = Server { faults: Faults::default(), page: None, tree: Tree::new() };
        server.collection(PRINCIPAL, Kind::Principal);
        server.collection(HOME, Kind::Folder);
        server
    }

    /// Makes a collection, and folders above it where there are none.
    ///
    /// # Panics
    /// When the path is not one, as below.
    pub(crate) fn collection(&mut self, path: &str, kind: Kind) {
        let path = own(path);
        for length in 0..path.len() {
            if self.tree.get(&path[..length]).is_none() {
                self.tree.put(path[..length].to_vec(), Kind::Folder, String::new());
            }
        }
        self.tree.put(path, kind, String::new());
    }

    /// Makes or changes the member of a collection; its name is any text. Gives its href.
    pub(crate) fn put(&mut self, collection: &str, name: &str, data: &str) -> String {
        let path = [own(collection), vec![name.to_owned()]].concat();
        let href = path::spelled(&path, false);
        self.tree.put(path, Kind::Resource, data.to_owned());
        href
    }

    /// Removes a resource by its href, a collection with all that is below it. Says whether it was there.
    pub(crate) fn remove(&mut self, href: &str) -> bool {
        self.tree.remove(&own(href))
    }

    /// The hrefs of all resources below a collection that are no collections.
    pub(crate) fn live(&self, collection: &str) -> Vec<String> {
        let path = own(collection);
        let below = self.tree.below(&path, true).filter(|(_, node)| !node.kind.is_collection());
        below.map(|(path, node)| self.spelled(path, node)).collect()
    }

    /// The entity tag of a resource, with its quotes.
    pub(crate) fn tag(&self, href: &str) -> Option<String> {
        self.tree.get(&own(href)).map(Node::tag)
    }

    /// What a resource holds.
    pub(crate) fn data_of(&self, href: &str) -> Option<&str> {
        self.tree.get(&own(href)).map(|node| node.data.as_str())
    }

    /// The token for a collection as it is now.
    pub(crate) fn token(&self, collection: &str) -> String {
        let path = own(collection);
        self.tree.token(&path, self.tree.state(&path))
    }

    /// All tokens that were given are unknown from now on.
    pub(crate) fn forget_tokens(&mut self) {
        self.tree.forget_tokens();
    }

    /// Carries out a request.
    pub(crate) fn answer(&mut self, request: &Request<'_>) -> Answer {
        match self.faults.next() {
            Some(Failure::Status(status)) => empty(status),
            Some(Failure::Cut(percent)) => {
                let mut answer = self.carry_out(request);
                let mut end = answer.body.len() * usize::from(percent.min(100)) / 100;
                while !answer.body.is_char_boundary(end) {
                    end -= 1;
                }
                answer.body.truncate(end);
                answer
            }
            None => self.carry_out(request),
        }
    }

    fn carry_out(&mut self, request: &Request<'_>) -> Answer {
        let Some(path) = path::parse(request.path) else { return empty(400) };
        match request.method {
            "PROPFIND" => self.find(&path, request),
            "REPORT" => self.report(&path, request),
            "GET" | "HEAD" => match self.tree.get(&path) {
                Some(node) if request.method == "GET" => Answer { status: 200, body: node.data.clone() },
                Some(_) => empty(200),
                None => empty(404),
            },
            "PUT" => empty(self.store(path, request.body)),
            "DELETE" if path.is_empty() => empty(403),
            "DELETE" => empty(if self.tree.remove(&path) { 204 } else { 404 }),
            _ => empty(405),
        }
    }

    fn store(&mut self, path: Path, data: &str) -> u16 {
        let node = self.tree.get(&path).map(|node| node.kind);
        let above = path.split_last().and_then(|(_, above)| self.tree.get(above)).map(|node| node.kind);
        match (node, above) {
            (Some(kind), _) if kind.is_collection() => return 405,
            (_, None | Some(Kind::Resource)) => return 409,
            _ => {}
        }
        // A URL can name neither.
        if path.last().is_none_or(|name| name == "." || name == "..") {
            return 400;
        }
        self.tree.put(path, Kind::Resource, data.to_owned());
        if node.is_some() { 204 } else { 201 }
    }

    fn find(&self, path: &Path, request: &Request<'_>) -> Answer {
        let Some(Ask::Find(props)) = ask::parse(request.body) else { return empty(400) };
        let is_deep = match request.depth {
            Some("0") => None,
            Some("1") => Some(false),
            None => Some(true),
            Some(depth) if depth.eq_ignore_ascii_case("infinity") => Some(true),
            Some(_) => return empty(400),
        };
        let Some(node) = self.tree.get(path) else {
            let missing =
                write::response(&path::spelled(path, request.path.ends_with('/')), &write::status(404));
            return if self.faults.missing_is_207 {
                write::multistatus(&[missing], None)
            } else {
                empty(404)
            };
        };
        let is_listing = is_deep.is_some() && node.kind.is_collection();
        if is_listing && self.faults.lists_bare_href {
            return write::multistatus(&[write::response(&self.spelled(path, node), "")], None);
        }
        let mut responses = vec![self.found(path, node, &props)];
        if is_listing && !self.faults.lists_itself {
            let below = self.tree.below(path, is_deep == Some(true));
            responses.extend(below.map(|(path, node)| self.found(path, node, &props)));
        }
        write::multistatus(&responses, None)
    }

    fn found(&self, path: &Path, node: &Node, props: &Props) -> String {
        write::response(&self.spelled(path, node), &self.stated(path, node, props, Form::Listing))
    }

    fn report(&self, path: &Path, request: &Request<'_>) -> Answer {
        let Some(node) = self.tree.get(path) else { return empty(404) };
        let Some(ask) = ask::parse(request.body) else { return empty(400) };
        match ask {
            // The depth of this report is in its body, and the header says 0 (RFC 6578 section 3.3).
            Ask::Sync { .. } if !matches!(request.depth, None | Some("0")) => empty(400),
            Ask::Sync { props, token, is_deep, limit } => {
                let sync = Sync { props: &props, token: token.as_deref(), is_deep, limit };
                self.sync(path, node, &sync)
            }
            Ask::Multiget { props, are_cards, hrefs } => self.multiget(path, node, &props, are_cards, &hrefs),
            Ask::Find(_) | Ask::Other => write::error(403, "supported-report"),
        }
    }
}

fn empty(status: u16) -> Answer {
    Answer { status, body: String::new() }
}

/// The segments of a path that a test names.
fn own(path: &str) -> Path {
    path::parse(path).unwrap_or_else(|| panic!("no path: {path:?}"))
}
