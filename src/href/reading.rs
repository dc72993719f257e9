//! The ways to read an href that may be wrong.

use percent_encoding::percent_decode_str;
use url::Url;

use super::resolve::{HrefError, Parts, ResolvedHref, is_http};
use super::{located::HrefRepairs, path::Path};
use crate::Href;

/// One reading of an href: a path that the href may mean, and the repairs that lead to that path.
pub(super) struct Reading {
    pub(super) path: Path,
    pub(super) repairs: HrefRepairs,
}

impl Reading {
    /// Reads an href whose slashes are escaped.
    pub(super) fn of_escaped(href: &Href<'_>) -> Self {
        let path = percent_decode_str(href.as_str()).decode_utf8_lossy();
        Reading {
            path: Path::of(&path),
            repairs: HrefRepairs { decode_twice: true, ..HrefRepairs::default() },
        }
    }

    pub(super) fn below(&self, mount: &Path) -> Self {
        Reading { path: self.path.below(mount), repairs: HrefRepairs { mount: true, ..self.repairs } }
    }

    pub(super) fn decoded(&self) -> Self {
        Reading { path: self.path.decoded(), repairs: HrefRepairs { decode_twice: true, ..self.repairs } }
    }
}

/// Finds the URL that `href` leads to. A user before the host is ignored. A name with a colon but no `//` is taken for
/// the name of a member.
pub(super) fn resolve_name(href: &Href<'_>, request: &Url) -> Result<ResolvedHref, HrefError> {
    let parts = Parts::of(href.as_str())?;
    match parts.scheme.is_some() && parts.is_without_host() {
        true => Parts::of(&format!("./{href}"))?.resolve(request),
        false => parts.resolve(request),
    }
}

impl Href<'_> {
    /// Whether the href is a path whose slashes are all escaped, as civetweb sends it.
    pub(super) fn is_all_escaped(&self) -> bool {
        self.as_str().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%2F"))
    }

    pub(super) fn query(&self) -> Option<&str> {
        self.as_str().split_once('?').map(|(_, query)| query)
    }

    /// Returns the path without empty segments, whatever the host is. `None` when there is no path, or when the href is
    /// neither HTTP nor a path. A leading `//` is taken for superfluous slashes, not for a host.
    pub(super) fn path_alone(&self) -> Option<Path> {
        let text = self.as_str();
        let text = match Parts::of(text) {
            Ok(parts) if parts.scheme.is_some_and(is_http) => parts.rest,
            Ok(Parts { scheme: None, .. }) => text,
            Err(HrefError::NoHost) if text.starts_with('/') => text,
            _ => return None,
        };
        let path = Path::without_empty(text.split('?').next().unwrap_or_default());
        (path != Path::default() || !text.starts_with("//")).then_some(path)
    }
}
