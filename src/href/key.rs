//! What makes two hrefs the same resource, however each is spelled.
//!
//! SOGo names one member `ev 3 & ü%.ics` in one answer and `ev%203%20%26%20%C3%BC%25.ics` in another, so that segments are
//! compared by what they decode to, each on its own: `%2F` inside one never becomes the end of it.

use std::{fmt, sync::Arc};

use url::Url;

use super::path::Path;

/// An href as a key of maps: equal for two spellings of one resource.
///
/// That is: the same origin, the same query as it is spelled, and the same segments of the path when each is
/// percent-decoded. A `%` that begins no escape stands for itself, a `/` that was escaped differs from one that was not,
/// and slashes at the end do not count. Letters in upper and lower case differ.
///
/// To keep one in a database, keep the href as sent, which is also what goes back to the server, and make the key anew.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HrefKey {
    origin: Arc<str>,
    path: Path,
    query: Option<Box<str>>,
}

impl HrefKey {
    /// The key of a URL. What follows a `#` there is no part of it, as it is of an [`Href`](crate::Href).
    pub fn from_url(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().map_or(String::new(), |port| format!(":{port}"));
        HrefKey {
            origin: format!("{}://{host}{port}", url.scheme()).into(),
            path: Path::of(url.path()),
            query: url.query().map(Into::into),
        }
    }

    /// Another resource of the same origin.
    pub(super) fn with(&self, path: Path, query: Option<&str>) -> Self {
        HrefKey { origin: Arc::clone(&self.origin), path, query: query.map(Into::into) }
    }

    /// Whether it is a member of `above`, at any depth.
    pub fn is_below(&self, above: &HrefKey) -> bool {
        self.origin == above.origin && self.path.relation(&above.path).is_inside()
    }

    /// How many segments it has below `above`, which is above it.
    pub(crate) fn depth_below(&self, above: &HrefKey) -> usize {
        self.path.depth().saturating_sub(above.path.depth())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }
}

/// For people, decoded: what is not UTF-8 is replaced, and control characters are escaped; `%2F` and `%25` stay. No href
/// can be made of it again.
impl fmt::Display for HrefKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:?}", self.origin, self.path)?;
        match &self.query {
            Some(query) => write!(f, "?{}", query.escape_debug()),
            None => Ok(()),
        }
    }
}

/// As it displays.
impl fmt::Debug for HrefKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
