//! Which resource an href means: RFC 3986, without fragments (RFC 4918 section 8.3).

use super::super::path;

/// A resource of the server that was asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Decoded.
    segments: Vec<Vec<u8>>,
    query: Option<String>,
}

impl Place {
    /// Of an href in the answer to a request. `None` when it means nothing, or something on another host.
    pub(crate) fn of(href: &str, origin: &str, request: &str) -> Option<Self> {
        Place::read(href, origin, request, false)
    }

    /// The same, where names are not escaped. The path of the request is, or is not.
    pub(crate) fn of_unescaped(href: &str, origin: &str, request: &str) -> Option<Self> {
        Place::read(href, origin, request, true)
    }

    fn read(href: &str, origin: &str, request: &str, is_unescaped: bool) -> Option<Self> {
        let href = href.trim();
        if href.is_empty() || href.contains(|c: char| c.is_control() || c == '\\') {
            return None;
        }
        let (scheme, rest) = scheme(href).map_or((None, href), |(scheme, rest)| (Some(scheme), rest));
        let is_http =
            scheme.is_none_or(|scheme| ["http", "https"].iter().any(|s| s.eq_ignore_ascii_case(scheme)));
        let text = match rest.strip_prefix("//") {
            Some(rest) if is_http => {
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                let (authority, path) = rest.split_at_checked(end)?;
                if !host(authority).eq_ignore_ascii_case(host(origin.split_once("//")?.1)) {
                    return None;
                }
                format!("/{}", path.strip_prefix('/').unwrap_or(path))
            }
            Some(_) => return None,
            None if scheme.is_some() && is_http => return None,
            // `urn:x` is the name of a member. A relative reference begins where the request ends.
            None if href.starts_with('/') => href.to_owned(),
            None => format!("{}/{href}", request.rsplit_once('/')?.0),
        };
        let (path, query) = match text.split_once('?') {
            Some((path, query)) if !is_unescaped => (path, Some(query)),
            _ => (&*text, None),
        };
        let path = path.strip_prefix('/').unwrap_or(path).trim_end_matches('/');
        let own = path::parse(request).filter(|_| is_unescaped).unwrap_or_default();
        let mut segments = Vec::new();
        for segment in path.split('/') {
            match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
                "." => {}
                ".." => {
                    segments.pop();
                }
                _ => {
                    let decoded = path::decoded(segment);
                    let is_own = own.get(segments.len()).is_some_and(|own| own.as_bytes() == decoded);
                    let is_as_sent = is_unescaped && !is_own;
                    segments.push(if is_as_sent { segment.as_bytes().to_vec() } else { decoded });
                }
            }
        }
        // Dots may have left slashes at the end, as in `/a/./`.
        while segments.last().is_some_and(Vec::is_empty) {
            segments.pop();
        }
        Some(Place { segments, query: query.map(str::to_owned) })
    }

    /// How many segments deeper it is than a collection that it is in.
    pub(crate) fn depth_below(&self, collection: &Place) -> Option<usize> {
        let depth = self.segments.len().checked_sub(collection.segments.len())?;
        self.segments.starts_with(&collection.segments).then_some(depth)
    }

    /// As the server spells it, without a slash at the end.
    pub(crate) fn spelled(&self) -> String {
        let mut text: String =
            self.segments.iter().map(|segment| format!("/{}", path::escaped_bytes(segment))).collect();
        if let Some(query) = &self.query {
            text = format!("{text}?{query}");
        }
        text
    }
}

fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_in_scheme = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(is_in_scheme);
    is_scheme.then_some((scheme, rest))
}

/// Without user and port: a proxy that ends TLS changes the port.
fn host(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    }
}
