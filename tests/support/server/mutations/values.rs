//! The written lists: what statuses and hrefs are replaced by, 40 of each.

use super::super::path;

/// As they stand in the body. What is well-formed here and 2xx, 404 or 410 can be a lie.
pub(crate) const STATUSES: [&str; 40] = [
    // Good, and what is read as if it were.
    "HTTP/1.1 200 OK",
    "HTTP/1.1 200",
    "HTTP/1.1 201 Created",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 299 x",
    "HTTP/1.0 200 OK",
    "HTTP/2 200",
    "200 OK",
    " \n HTTP/1.1 200 OK\t",
    // Gone.
    "HTTP/1.1 404 Not Found",
    "HTTP/1.1 404",
    "http/1.1 404 not found",
    "HTTP/2 404",
    "404",
    "HTTP/1.1 410 Gone",
    // Neither.
    "HTTP/1.1 100 Continue",
    "HTTP/1.1 102 Processing",
    "HTTP/1.1 301 Moved Permanently",
    "HTTP/1.1 304 Not Modified",
    "HTTP/1.1 400 Bad Request",
    "HTTP/1.1 401 Unauthorized",
    "HTTP/1.1 403 Forbidden",
    "HTTP/1.1 409 Conflict",
    "HTTP/1.1 412 Precondition Failed",
    "HTTP/1.1 424 Failed Dependency",
    "HTTP/1.1 429 Too Many Requests",
    "HTTP/1.1 500 Internal Server Error",
    "HTTP/1.1 503",
    "HTTP/1.1 507 Insufficient Storage",
    "HTTP/1.1 507",
    "HTTP/1.1 999 x",
    // Unreadable.
    "",
    " ",
    "HTTP/1.1",
    "HTTP/1.1 OK",
    "HTTP/1.1 99 x",
    "HTTP/1.1 4040 Not Found",
    "HTTP/1.1 404Not Found",
    "HTTP/1.1 4\u{FF10}4 Not Found",
    "\u{FFFD}garbage &lt;404&gt;",
];

/// What an href is replaced by: a label, and what is in the body then.
pub(crate) type Row = (&'static str, String);

/// What the hrefs of one response are made of.
pub(crate) struct Hrefs<'a> {
    /// Scheme and host of the request.
    pub(crate) origin: &'a str,
    /// Path of the collection, with a slash at its end.
    pub(crate) collection: &'a str,
    /// The href that is replaced.
    pub(crate) own: &'a str,
    /// That of another live member, one that the answer does not name if there is one.
    pub(crate) live: &'a str,
    /// That of a member of another collection, and of the collection.
    pub(crate) foreign: &'a str,
    pub(crate) elsewhere: &'a str,
}

impl Hrefs<'_> {
    pub(crate) fn rows(&self) -> [Row; 40] {
        let Hrefs { origin, collection, own, live, foreign, elsewhere } = *self;
        let bare = collection.trim_end_matches('/');
        let parent = bare.rsplit_once('/').map_or("", |(parent, _)| parent);
        let name = live.strip_prefix(collection).unwrap_or(live);
        let host = origin.split_once("//").map_or(origin, |(_, host)| host);
        [
            ("nothing", String::new()),
            ("a blank", " ".to_owned()),
            ("a line end", "\n".to_owned()),
            ("the root", "/".to_owned()),
            ("the collection", collection.to_owned()),
            ("the collection without slash", bare.to_owned()),
            ("the collection with two slashes", format!("{collection}/")),
            ("the collection as a URL", format!("{origin}{collection}")),
            ("the parent", format!("{parent}/")),
            ("two dots behind the collection", format!("{collection}..")),
            ("escaped dots behind the collection", format!("{collection}%2e%2E/")),
            ("a member of another collection", foreign.to_owned()),
            ("another collection", elsewhere.to_owned()),
            ("another host", format!("https://elsewhere.example{live}")),
            ("another host without scheme", format!("//elsewhere.example{live}")),
            ("a host that begins like this", format!("https://{host}.elsewhere.example{live}")),
            ("http:/x", "http:/x".to_owned()),
            ("http:/ and the host, as SOGo", format!("http:/{host}{live}")),
            ("three slashes", format!("https://{live}")),
            ("the name of a live one", name.to_owned()),
            ("the name behind a dot", format!("./{name}")),
            ("a live one behind dots", format!("{collection}x/../{name}")),
            ("a live one, all escaped", format!("{collection}{}", all_escaped(name))),
            ("a live one, escaped twice", format!("{collection}{}", path::escaped(&all_escaped(name)))),
            ("a live one behind an escaped slash", format!("{bare}%2F{name}")),
            ("a live one behind two slashes", format!("{collection}/{name}")),
            ("a live one behind a backslash", format!("{bare}\\{name}")),
            ("a live one with a control character", format!("{live}\u{7F}")),
            ("a live one over two lines", format!("{collection}\n{name}")),
            ("a live one with a query", format!("{live}?x=1")),
            ("a live one and a fragment", format!("{live}#x")),
            ("a live one with a slash", format!("{live}/")),
            ("a live one as a URL", format!("{origin}{live}")),
            ("a live one at another port", format!("{origin}:8443{live}")),
            ("a live one of a user", format!("https://me@{host}{live}")),
            ("below a live one", format!("{live}/deeper.ics")),
            ("one that never was", format!("{collection}never-was.ics")),
            ("no text", format!("{collection}%FF%ZZ.ics")),
            ("the same, all escaped", respelled(own)),
            ("the same as a URL", format!("{origin}{own}")),
        ]
    }
}

/// A segment with every byte escaped.
fn all_escaped(segment: &str) -> String {
    path::decoded(segment).iter().map(|byte| format!("%{byte:02x}")).collect()
}

/// An href with every byte of its last segment escaped.
fn respelled(href: &str) -> String {
    let end = href.trim_end_matches('/').len();
    let start = href[..end].rfind('/').map_or(0, |at| at + 1);
    format!("{}{}{}", &href[..start], all_escaped(&href[start..end]), &href[end..])
}
