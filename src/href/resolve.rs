//! Makes a URL of an href, and refuses an href that would lead elsewhere than its text says.
//!
//! The crate `url` follows the WHATWG, which forgives what browsers forgive: it reads `\` as `/`, drops tabs and line
//! ends, and takes the `x` of `http:/x` and `http:///x` for a host. Each of these can turn a path into another host. So
//! such an href is refused first, and the URL is then compared with a plain split of the text by RFC 3986.

use std::{borrow::Cow, fmt};

use url::Url;

use crate::Href;

/// Where an href leads.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResolvedHref {
    /// The URL that the href leads to.
    pub url: Url,
    /// The origin of that URL, compared with the origin of the request. Send credentials only to [`Origin::Same`].
    pub origin: Origin,
}

/// The origin of an href, compared with the origin of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// The same scheme, host and port.
    Same,
    /// The same host under another scheme or port, as with a proxy that ends TLS.
    SameHost,
    /// Another host.
    Other,
    /// A scheme other than HTTP: `mailto:`, `urn:` and the like. If a response has such an href, it may be meant as the
    /// name of a member ([`Href::key`]).
    NotHttp,
}

/// Why an href cannot be resolved. The message does not show the href.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum HrefError {
    /// The href is empty: it names no resource, not even the one that was asked for. iCloud sends such hrefs.
    #[error("the href is empty")]
    Empty,
    /// The href has `http:` without `//`, or no host between `//` and the path. SOGo sends `http:/host/path`.
    #[error("the href has a scheme of HTTP and no host")]
    NoHost,
    /// The href has a control character, such as a line end or a tab.
    #[error("the href has a control character")]
    Control,
    /// The href has a backslash.
    #[error("the href has a backslash")]
    Backslash,
    /// The href has a user before the host, as in `https://me@dav.example/`: the user may look like a host.
    #[error("the href names a user before the host")]
    UserInfo,
    /// The host or port is impossible, or the host becomes the one that was asked for only when it is decoded.
    #[error("the href has an invalid host or port")]
    Invalid,
    /// With the repairs of a [`RequestUrl`](crate::href::RequestUrl), the href may mean two resources, both at the URL
    /// of the request or below.
    #[error("the href can be read in two ways")]
    Ambiguous,
}

/// Shows the URL without its password.
impl fmt::Debug for ResolvedHref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.url.clone();
        let _ = url.set_password(None);
        f.debug_struct("ResolvedHref").field("url", &url.as_str()).field("origin", &self.origin).finish()
    }
}

impl Origin {
    /// Whether paths of this origin are paths on the server that was asked.
    pub(super) fn is_comparable(self) -> bool {
        matches!(self, Origin::Same | Origin::SameHost)
    }
}

impl Href<'_> {
    /// Resolves the href against `request`, the URL that was asked for, after redirects (RFC 3986 section 5).
    ///
    /// A `#` belongs to the path, because hrefs have no fragments (RFC 4918 section 8.3); nginx sends it unescaped.
    /// Blanks and letters beyond ASCII are percent-encoded.
    ///
    /// ```
    /// use multistatus::{
    ///     Multistatus,
    ///     href::{HrefError, Origin},
    /// };
    /// use url::Url;
    ///
    /// let body = br"<multistatus xmlns='DAV:'><response><href>/dav/a b.txt</href></response>\
    ///     <response><href>http://dav.example:8080/dav/c</href></response>\
    ///     <response><href>/\evil</href></response>\
    ///     </multistatus>";
    /// let request = Url::parse("https://dav.example/dav/").unwrap();
    /// let responses = Multistatus::new(body).collect::<Result<Vec<_>, _>>()?;
    /// let hrefs = responses.iter().map(|response| response.href().resolve(&request));
    /// let hrefs: Vec<_> = hrefs.collect();
    /// let first = hrefs[0].as_ref().unwrap();
    /// assert_eq!(first.url.as_str(), "https://dav.example/dav/a%20b.txt");
    /// assert_eq!(first.origin, Origin::Same);
    /// assert_eq!(hrefs[1].as_ref().unwrap().origin, Origin::SameHost);
    /// assert_eq!(hrefs[2], Err(HrefError::Backslash));
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the href is empty, names a user before the host, has a control character or a backslash, or when [`Url`]
    /// would read something else in it than its text says.
    pub fn resolve(&self, request: &Url) -> Result<ResolvedHref, HrefError> {
        let parts = Parts::of(self.as_str())?;
        if parts.userinfo.is_some() {
            return Err(HrefError::UserInfo);
        }
        parts.resolve(request)
    }
}

/// The parts of an href that decide where it leads (RFC 3986 section 3).
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'t> {
    pub(super) scheme: Option<&'t str>,
    userinfo: Option<&'t str>,
    /// The host with its port.
    host: Option<&'t str>,
    /// The path and the query, and the text that would be a fragment in other URLs.
    pub(super) rest: &'t str,
}

impl<'t> Parts<'t> {
    pub(super) fn of(text: &'t str) -> Result<Self, HrefError> {
        if text.is_empty() {
            return Err(HrefError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(HrefError::Control);
        }
        if text.contains('\\') {
            return Err(HrefError::Backslash);
        }
        let (scheme, rest) = scheme(text).map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
        let is_http = scheme.is_none_or(is_http);
        let Some(rest) = rest.strip_prefix("//") else {
            if scheme.is_some() && is_http {
                return Err(HrefError::NoHost);
            }
            return Ok(Parts { scheme, userinfo: None, host: None, rest });
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (userinfo, host) =
            authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        if is_http && split_port(host).0.is_empty() {
            return Err(HrefError::NoHost);
        }
        Ok(Parts { scheme, userinfo, host: Some(host), rest })
    }

    pub(super) fn is_without_host(&self) -> bool {
        self.host.is_none()
    }

    /// Makes the URL. At the origin of the request, the URL has the user of the request. A user in the href is dropped.
    pub(super) fn resolve(&self, request: &Url) -> Result<ResolvedHref, HrefError> {
        // A slash ends the host, so that `#` does not become a part of the host.
        let slash = if self.host.is_some() && self.rest.starts_with('#') { "/" } else { "" };
        let rest = match self.rest.contains('#') {
            true => Cow::Owned(self.rest.replace('#', "%23")),
            false => Cow::Borrowed(self.rest),
        };
        let text = match (self.scheme, self.host) {
            (None, None) => rest,
            (None, Some(host)) => format!("//{host}{slash}{rest}").into(),
            (Some(scheme), None) => format!("{scheme}:{rest}").into(),
            (Some(scheme), Some(host)) => format!("{scheme}://{host}{slash}{rest}").into(),
        };
        let mut url = request.join(&text).map_err(|_| HrefError::Invalid)?;
        let origin = self.origin(request, &url)?;
        if origin == Origin::Same && self.host.is_some() {
            let _ = url.set_username(request.username());
            let _ = url.set_password(request.password());
        }
        Ok(ResolvedHref { url, origin })
    }

    /// Compares the origin of `url`, which was made of these parts, with that of the request.
    fn origin(&self, request: &Url, url: &Url) -> Result<Origin, HrefError> {
        if !is_http(url.scheme()) {
            return Ok(Origin::NotHttp);
        }
        let Some(host) = self.host else {
            // A path must not lead to another origin, whatever was overlooked above.
            return if is_same_origin(url, request) { Ok(Origin::Same) } else { Err(HrefError::Invalid) };
        };
        // The host must lead where its text says.
        let bare = Url::parse(&format!("{}://{host}/", url.scheme())).map_err(|_| HrefError::Invalid)?;
        if !is_same_origin(&bare, url) || !url.username().is_empty() || url.password().is_some() {
            return Err(HrefError::Invalid);
        }
        if url.host() != request.host() {
            return Ok(Origin::Other);
        }
        let (name, _) = split_port(host);
        if !request.host_str().is_some_and(|known| is_spelling(name, known)) {
            return Err(HrefError::Invalid);
        }
        Ok(if is_same_origin(url, request) { Origin::Same } else { Origin::SameHost })
    }
}

/// Whether `name`, which leads to the host `known`, is an honest spelling of that host. It may be in upper or lower
/// case, in the script of an internationalized name, or another form of an IPv6 address. A name that becomes the host
/// only when it is decoded or mapped is not honest.
fn is_spelling(name: &str, known: &str) -> bool {
    let is_internationalized = known.split('.').any(|label| label.starts_with("xn--"));
    known.eq_ignore_ascii_case(name)
        || name.starts_with('[')
        || (is_internationalized && !name.is_ascii() && !name.contains('%'))
}

/// Whether two URLs have one origin. Compares as [`Url::origin`] does, but makes no origins.
pub(super) fn is_same_origin(one: &Url, other: &Url) -> bool {
    (one.scheme(), one.host(), one.port_or_known_default())
        == (other.scheme(), other.host(), other.port_or_known_default())
}

/// Splits the text into its scheme and what comes after the colon. `None` when it does not begin with a scheme.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_in_scheme = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(is_in_scheme);
    is_scheme.then_some((scheme, rest))
}

pub(super) fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Splits a host from its port. The port is empty if none is given.
fn split_port(host: &str) -> (&str, &str) {
    match host.rsplit_once(':') {
        // The colons of an IPv6 address are inside brackets.
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    }
}
