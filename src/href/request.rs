//! The URL of a request, and the repairs that find resources whose hrefs are wrong.
//!
//! An href can be read in several ways. Each gives a path on the server that was asked. The href means the path that is
//! at the URL of the request or below. If two different paths are, either could be meant: that is an error.

use std::{fmt, str::FromStr};

use url::Url;

use super::located::{HrefRepairs, LocatedHref};
use super::reading::{Reading, resolve_name};
use super::resolve::{HrefError, Origin, Parts, ResolvedHref, is_same_origin};
use super::segments::{SegmentError, last_segments};
use super::{key::HrefKey, path::Path, relation::HrefRelation};
use crate::Href;

/// The URL of a request, after redirects. The hrefs in the answer are compared with it.
///
/// The query of the URL counts only for hrefs that have a query, too.
///
/// ```
/// use multistatus::{
///     Multistatus,
///     href::{HrefRelation, RequestUrl},
/// };
/// use url::Url;
///
/// // A proxy hands on `/webdav/docs/` as `/docs/`, and the server does not know of it.
/// let body = b"<multistatus xmlns='DAV:'><response><href>/docs/a.txt</href></response>\
///     </multistatus>";
/// let response = Multistatus::new(body).next().unwrap()?;
/// let url = Url::parse("https://dav.example/webdav/docs/").unwrap();
/// assert_eq!(response.href().relation(&url), Ok(HrefRelation::Outside));
/// let request = RequestUrl::new(url).mount("/webdav");
/// let located = request.locate(&response.href()).unwrap();
/// assert!(located.relation == HrefRelation::Child && located.repairs.mount);
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone)]
pub struct RequestUrl {
    url: Url,
    key: HrefKey,
    /// The path to compare with: that of the URL, without empty segments if [`HrefRepairs::by_path`] is on.
    own: Path,
    repairs: HrefRepairs,
    mount: Path,
}

impl RequestUrl {
    /// Makes the URL of a request, without any repair.
    pub fn new(url: Url) -> Self {
        let key = HrefKey::from_url(&url);
        RequestUrl {
            url,
            own: key.path().clone(),
            key,
            repairs: HrefRepairs::default(),
            mount: Path::default(),
        }
    }

    /// Compares hrefs of HTTP by path only, even if they name another host, as servers with a proxy in front do. In a
    /// path, superfluous slashes do not count (Davrods, Nextcloud's search), nor does a missing slash at the start. A
    /// leading `//` is then taken for superfluous slashes, not for a host.
    #[must_use]
    pub fn by_path(mut self) -> Self {
        self.repairs.by_path = true;
        self.own = Path::without_empty(self.url.path());
        self
    }

    /// Also reads each href as a path below `prefix`: a proxy cuts `prefix` off before the server sees the path, so the
    /// hrefs of the server lack it. This repair has no effect when the URL is not at `prefix` or below.
    #[must_use]
    pub fn mount(mut self, prefix: &str) -> Self {
        self.mount = Path::of(prefix);
        self.repairs.mount =
            self.mount != Path::default() && self.key.path().relation(&self.mount).is_found();
        self
    }

    /// Decodes an href twice if it does not lead to this URL or below when decoded once: some servers and proxies
    /// escape twice (Confluence, DavMail). Also reads paths whose slashes are escaped (civetweb).
    #[must_use]
    pub fn decode_twice(mut self) -> Self {
        self.repairs.decode_twice = true;
        self
    }

    pub(crate) fn own_key(&self) -> &HrefKey {
        &self.key
    }

    /// Says where the resource of `key` is, seen from this URL. The key must come from [`RequestUrl::key`].
    pub(crate) fn relation_of(&self, key: &HrefKey) -> HrefRelation {
        key.path().relation(&self.own)
    }

    /// Makes the URL of another request to this server, with the same repairs.
    pub(crate) fn with_url(&self, url: Url) -> Self {
        let plain = RequestUrl::new(url);
        let other = if self.repairs.by_path { plain.by_path() } else { plain };
        RequestUrl { repairs: self.repairs, mount: self.mount.clone(), ..other }
    }

    /// Returns the URL of the request.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Says where the resource of `href` is, seen from this URL. A repair counts only if it leads to this URL, or to a
    /// resource below or above it.
    ///
    /// # Errors
    /// When the href is unusable: see [`Href::key`]. With repairs, also when it may mean two resources at this URL or
    /// below. For example, with the mount `/webdav`, `/webdav/a` may mean `/webdav/a` or `/webdav/webdav/a`.
    pub fn locate(&self, href: &Href<'_>) -> Result<LocatedHref, HrefError> {
        self.locate_with_key(href).map(|(located, _)| located)
    }

    /// Returns the key of `href`, to compare it with the keys of known members. If the href needs a repair, or has
    /// another scheme or port, the key has the origin of this URL and the repaired path.
    ///
    /// # Errors
    /// As [`RequestUrl::locate`].
    pub fn key(&self, href: &Href<'_>) -> Result<HrefKey, HrefError> {
        self.locate_with_key(href).map(|(_, key)| key)
    }

    /// Returns the URL at which to ask for the resource of `href`. Repairs are made. The key of the URL is that of
    /// [`RequestUrl::key`]. If the href needs a repair, or has another scheme or port, the URL has the origin of the
    /// request: the credentials of the request may go there.
    ///
    /// A name with a colon but no `//` is taken for the name of a member: Xandikos sends `co:lon.ics`.
    ///
    /// ```
    /// use multistatus::{Href, href::RequestUrl};
    ///
    /// let request = "https://dav.example/webdav/cal/".parse::<RequestUrl>()?.mount("/webdav");
    /// let resolve = |href| request.resolve(&Href::new(href));
    /// let url = |href| resolve(href).map(|resolved| resolved.url.to_string());
    /// assert_eq!(url("/cal/a b.ics")?, "https://dav.example/webdav/cal/a%20b.ics");
    /// assert_eq!(url("co:lon.ics")?, "https://dav.example/webdav/cal/co:lon.ics");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`RequestUrl::locate`].
    pub fn resolve(&self, href: &Href<'_>) -> Result<ResolvedHref, HrefError> {
        self.locate_with_url(href).map(|(_, resolved)| resolved)
    }

    /// Gives the results of [`RequestUrl::locate`] and [`RequestUrl::resolve`] in one pass.
    fn locate_with_url(&self, href: &Href<'_>) -> Result<(LocatedHref, ResolvedHref), HrefError> {
        let (located, key) = self.locate_with_key(href)?;
        let resolved = resolve_name(href, &self.url);
        if located.relation == HrefRelation::OtherOrigin {
            return Ok((located, resolved?));
        }
        let mut url = self.url.clone();
        url.set_query(key.query());
        let slash = if href.path().ends_with('/') { "/" } else { "" };
        match resolved {
            // No repair was needed: the path as the href spells it.
            Ok(resolved) if located.repairs == HrefRepairs::default() => url.set_path(resolved.url.path()),
            _ if located.repairs.decode_twice || !located.relation.is_found() => {
                url.set_path(&format!("/{}{slash}", key.path().encoded()));
            }
            // The URL gets the path of the request, followed by the last segments as the href spells them.
            _ => {
                let below = last_segments(href.path(), key.depth_below(&self.key));
                let path = self.url.path().trim_end_matches('/');
                url.set_path(&format!("{path}/{below}{slash}"));
            }
        }
        Ok((located, ResolvedHref { url, origin: Origin::Same }))
    }

    /// Returns the URL that spells a member as `href` does. `None` when the href cannot be resolved, or when it was
    /// decoded twice: the server's spelling is unknown then.
    pub(crate) fn spelled_as(&self, href: &Href<'_>) -> Option<Url> {
        let (located, resolved) = self.locate_with_url(href).ok()?;
        if located.repairs.decode_twice { None } else { Some(resolved.url) }
    }

    /// Returns the segments of `href` below the URL of the request, percent-decoded. For the resource that was asked
    /// for, the list is empty. `None` when the href is elsewhere, or cannot be resolved.
    ///
    /// ```
    /// use multistatus::{Href, href::{RequestUrl, SegmentError}};
    ///
    /// let request = "https://dav.example/files/".parse::<RequestUrl>()?;
    /// let below = |href| request.below(&Href::new(href));
    /// assert_eq!(below("/files/a%20b/c").unwrap()?, ["a b", "c"]);
    /// assert_eq!(below("/files/a%2Fb"), Some(Err(SegmentError::Forbidden)));
    /// assert_eq!(below("/other"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// For a segment that is not a valid name when it is decoded, such as one with a slash in it.
    pub fn below(&self, href: &Href<'_>) -> Option<Result<Vec<String>, SegmentError>> {
        let (located, key) = self.locate_with_key(href).ok()?;
        match located.relation {
            HrefRelation::Same => Some(Ok(Vec::new())),
            relation if relation.is_inside() => key.path().names_below(&self.own),
            _ => None,
        }
    }

    /// Does what [`RequestUrl::locate`] does, for an href in the answer to a request to `sender`.
    pub(crate) fn locate_as_sent_to(
        &self,
        sender: &RequestUrl,
        href: &Href<'_>,
    ) -> Result<LocatedHref, HrefError> {
        let is_of_server = href.as_str().starts_with('/') && is_same_origin(&sender.url, &self.url);
        let parts = Parts::of(href.as_str());
        match parts.is_ok_and(|parts| parts.scheme.is_none() && parts.is_without_host()) && !is_of_server {
            true => self.locate(&Href::new(href.resolve(&sender.url)?.url.as_str())),
            false => self.locate(href),
        }
    }

    /// Gives the results of [`RequestUrl::locate`] and [`RequestUrl::key`] in one pass.
    pub(crate) fn locate_with_key(&self, href: &Href<'_>) -> Result<(LocatedHref, HrefKey), HrefError> {
        let resolved = resolve_name(href, &self.url);
        // With `by_path`, an href is read even if its host is invalid.
        let origin = resolved.as_ref().map_or(Origin::Other, |resolved| resolved.origin);
        let query = resolved.as_ref().map_or(href.query(), |resolved| resolved.url.query());
        let is_all_escaped = href.is_all_escaped();
        let readings = match is_all_escaped {
            // Without the repair, the href would name a member that no URL can reach.
            true => vec![],
            false => self.readings(href, resolved.as_ref().ok()),
        };
        let twice = match self.repairs.decode_twice {
            true if is_all_escaped => vec![Reading::of_escaped(href)],
            true => readings.iter().map(Reading::decoded).collect(),
            false => vec![],
        };
        let found = match self.find(readings, query)? {
            Some(found) if found.1 != HrefRelation::Ancestor => Some(found),
            above => self.find(twice, query)?.or(above),
        };
        if let Some((reading, relation)) = found {
            let key = match relation {
                HrefRelation::Same => self.key.clone(),
                _ => self.key.with(reading.path, query),
            };
            return Ok((LocatedHref { relation, origin, repairs: reading.repairs }, key));
        }
        let ResolvedHref { url, origin } = resolved?;
        let (relation, key) = match origin.is_comparable() {
            true => (HrefRelation::Outside, self.key.with(Path::of(url.path()), url.query())),
            false => (HrefRelation::OtherOrigin, HrefKey::from_url(&url)),
        };
        Ok((LocatedHref { relation, origin, repairs: HrefRepairs::default() }, key))
    }

    /// Picks the reading that is found at this URL or below, else the first above. Errs when two paths are found.
    fn find(
        &self,
        readings: Vec<Reading>,
        query: Option<&str>,
    ) -> Result<Option<(Reading, HrefRelation)>, HrefError> {
        let mut found: Option<(Reading, HrefRelation)> = None;
        let mut above = None;
        for reading in readings {
            let relation = reading.path.relation(&self.own);
            let is_other = relation == HrefRelation::Same && query.is_some() && query != self.key.query();
            // A repair must not make a path climb by `..`.
            if is_other || (reading.repairs != HrefRepairs::default() && reading.path.has_dots()) {
                continue;
            }
            match &found {
                Some((other, _)) if relation.is_found() && reading.path != other.path => {
                    return Err(HrefError::Ambiguous);
                }
                None if relation.is_found() => found = Some((reading, relation)),
                None if relation == HrefRelation::Ancestor && above.is_none() => {
                    above = Some((reading, relation))
                }
                _ => {}
            }
        }
        Ok(found.or(above))
    }

    /// Lists what `href` may mean. The reading that needs the fewest repairs is first.
    fn readings(&self, href: &Href<'_>, resolved: Option<&ResolvedHref>) -> Vec<Reading> {
        let with =
            |path, by_path| Reading { path, repairs: HrefRepairs { by_path, ..HrefRepairs::default() } };
        let plain = resolved.filter(|resolved| resolved.origin.is_comparable()).map(|resolved| {
            let path = Path::of(resolved.url.path());
            match self.repairs.by_path {
                true => {
                    let by_path = Path::without_empty(resolved.url.path());
                    let is_repaired = by_path != path || self.own != *self.key.path();
                    with(by_path, is_repaired)
                }
                false => with(path, false),
            }
        });
        let mut readings: Vec<_> = plain.into_iter().collect();
        if self.repairs.by_path {
            readings.extend(href.path_alone().map(|path| with(path, true)));
        }
        if self.repairs.mount {
            let below: Vec<_> = readings.iter().map(|reading| reading.below(&self.mount)).collect();
            readings.extend(below);
        }
        readings
    }
}

impl Href<'_> {
    /// Says where the resource of the href is, seen from `request`: the URL that was asked for, after redirects.
    /// [`RequestUrl::locate`] can also repair wrong hrefs, and says whether the scheme or port differs.
    ///
    /// # Errors
    /// When the href is unusable: see [`Href::key`].
    pub fn relation(&self, request: &Url) -> Result<HrefRelation, HrefError> {
        RequestUrl::new(request.clone()).locate(self).map(|located| located.relation)
    }

    /// Returns the key that [`RequestUrl::key`] gives without repairs. `request` is the URL that was asked for, after
    /// redirects. A user before the host is ignored. A name with a colon but no `//`, such as `urn:uuid:77.vcf`, is
    /// taken for the name of a member, as servers mean it.
    ///
    /// # Errors
    /// As [`Href::resolve`], but a user before the host is no error.
    pub fn key(&self, request: &Url) -> Result<HrefKey, HrefError> {
        RequestUrl::new(request.clone()).key(self)
    }
}

impl From<Url> for RequestUrl {
    fn from(url: Url) -> Self {
        RequestUrl::new(url)
    }
}

/// Reads an absolute URL.
impl FromStr for RequestUrl {
    type Err = url::ParseError;

    fn from_str(text: &str) -> Result<Self, url::ParseError> {
        Url::parse(text).map(RequestUrl::new)
    }
}

/// Takes an absolute URI (features `http` and `url`).
#[cfg(feature = "http")]
impl TryFrom<&http::Uri> for RequestUrl {
    type Error = url::ParseError;

    fn try_from(uri: &http::Uri) -> Result<Self, url::ParseError> {
        uri.to_string().parse()
    }
}

/// Shows the key of the URL and the repairs, but no password.
impl fmt::Debug for RequestUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RequestUrl");
        debug.field("url", &self.key).field("repairs", &self.repairs).field("mount", &self.mount).finish()
    }
}
