//! What makes two hrefs the same resource, however each is spelled.
//!
//! SOGo names one member `ev 3 & ü%.ics` in one answer and `ev%203%20%26%20%C3%BC%25.ics` in another, so that segments are
//! compared by what they decode to, each on its own: `%2F` inside one never becomes the end of it.

use std::fmt;

use percent_encoding::percent_decode;
use url::Url;

use super::resolve::{HrefError, Origin, Parts};
use crate::Href;

/// An href as a key of maps: equal for two spellings of one resource.
///
/// That is: the same origin, the same query as it is spelled, and the same segments of the path when each is percent-decoded. A `%` that
/// begins no escape stands for itself, a `/` that was escaped differs from one that was not, and one slash at the end
/// does not count. Letters in upper and lower case differ.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HrefKey {
    origin: Box<str>,
    path: Path,
    query: Option<Box<str>>,
}

/// Decoded segments.
pub(super) type Path = Vec<Box<[u8]>>;

impl Href<'_> {
    /// Its key, seen from the URL that was asked for, redirects followed. A user before the host is passed over. A name
    /// with a colon but no `//`, such as `urn:uuid:77.vcf`, is that of a member, as servers mean it.
    ///
    /// # Errors
    /// As [`Href::resolve`], but for the user.
    pub fn key(&self, request: &Url) -> Result<HrefKey, HrefError> {
        Located::of(self, request).map(|located| located.key)
    }
}

/// An href that was resolved, and its key.
pub(super) struct Located {
    pub(super) origin: Origin,
    pub(super) key: HrefKey,
}

impl Located {
    pub(super) fn of(href: &Href<'_>, request: &Url) -> Result<Self, HrefError> {
        let text = href.as_str();
        let parts = Parts::of(text)?;
        let is_member_name = parts.scheme.is_some() && parts.is_without_host();
        let resolved = match is_member_name {
            true => Parts::of(&format!("./{text}"))?.resolve(request)?,
            false => parts.resolve(request)?,
        };
        Ok(Located { origin: resolved.origin, key: HrefKey::of(&resolved.url) })
    }
}

impl HrefKey {
    /// The key of a URL.
    pub fn of(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().map_or(String::new(), |port| format!(":{port}"));
        HrefKey {
            origin: format!("{}://{host}{port}", url.scheme()).into(),
            path: path(url.path()),
            query: url.query().map(Into::into),
        }
    }

    /// The same resource with the origin of another key, under `path`.
    pub(super) fn moved(&self, other: &HrefKey, path: &[Box<[u8]>]) -> Self {
        HrefKey { origin: other.origin.clone(), path: path.to_vec(), query: self.query.clone() }
    }

    pub(super) fn path(&self) -> &[Box<[u8]>] {
        &self.path
    }

    pub(super) fn has_same_query(&self, other: &Self) -> bool {
        self.query == other.query
    }
}

/// The segments of a path, the empty one behind a slash at the end left out.
pub(super) fn path(path: &str) -> Path {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        Path::new()
    } else {
        path.split('/').map(|segment| decoded(segment.as_bytes())).collect()
    }
}

pub(super) fn decoded(text: &[u8]) -> Box<[u8]> {
    percent_decode(text).collect()
}

/// The decoded URL, for people: what is not UTF-8 is replaced, and control characters are escaped.
impl fmt::Debug for HrefKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.origin)?;
        for segment in &self.path {
            write!(f, "/{}", String::from_utf8_lossy(segment).escape_debug())?;
        }
        match &self.query {
            Some(query) => write!(f, "?{}", query.escape_debug()),
            None => Ok(()),
        }
    }
}
