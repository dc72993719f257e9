//! The key of an href: equal for all spellings of one resource.
//!
//! SOGo names one member `ev 3 & ü%.ics` in one answer and `ev%203%20%26%20%C3%BC%25.ics` in another. So segments are
//! decoded before they are compared. Each segment is decoded on its own: a `%2F` never ends a segment.

use std::{fmt, sync::Arc};

use url::Url;

use super::path::Path;

/// An href as a key of maps: equal for two spellings of one resource.
///
/// Two keys are equal when origin, query and the segments of the path are equal. Queries are compared as they are
/// spelled, and segments percent-decoded. A `%` that begins no escape stands for itself. An escaped `/` differs from
/// one that is not escaped. Slashes at the end do not count. Letters in upper and lower case differ.
///
/// In a database, store the href as sent: requests to the server need that. Make the key from the stored href again.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HrefKey {
    origin: Arc<str>,
    path: Path,
    query: Option<Box<str>>,
}

impl HrefKey {
    /// Makes the key of a URL. The fragment does not count. In an [`Href`](crate::Href), `#` is part of the path.
    pub fn from_url(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().map_or(String::new(), |port| format!(":{port}"));
        HrefKey {
            origin: format!("{}://{host}{port}", url.scheme()).into(),
            path: Path::of(url.path()),
            query: url.query().map(Into::into),
        }
    }

    /// Makes the key of another resource of the same origin.
    pub(super) fn with(&self, path: Path, query: Option<&str>) -> Self {
        HrefKey { origin: Arc::clone(&self.origin), path, query: query.map(Into::into) }
    }

    /// Whether the resource is a member of `above`, at any depth.
    pub fn is_below(&self, above: &HrefKey) -> bool {
        self.origin == above.origin && self.path.relation(&above.path).is_inside()
    }

    /// Returns the last segment, decoded. `None` when that segment is not a valid name.
    pub(crate) fn name(&self) -> Option<String> {
        self.path.name()
    }

    /// Counts the segments below `above`, which is an ancestor of this resource.
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

/// Writes the key decoded, for people. Bytes that are not UTF-8 are replaced, and control characters are escaped. `%2F`
/// and `%25` stay. The text cannot be turned back into an href.
impl fmt::Display for HrefKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:?}", self.origin, self.path)?;
        match &self.query {
            Some(query) => write!(f, "?{}", query.escape_debug()),
            None => Ok(()),
        }
    }
}

/// Writes what `Display` writes.
impl fmt::Debug for HrefKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
