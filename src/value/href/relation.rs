//! Where an href stands to the URL that was asked for.

use url::Url;

use super::{
    key::{HrefKey, Located, Path, decoded, path},
    resolve::{HrefError, Origin},
};
use crate::Href;

/// How a resource stands to the one that was asked for, by their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Relation {
    /// It is the one that was asked for, whatever slash is at the end.
    Same,
    /// A member of it.
    Child,
    /// A member of a member, at any depth.
    Descendant,
    /// A collection it is in.
    Ancestor,
    /// Elsewhere on the server.
    Outside,
    /// On another host. What has a scheme other than HTTP's and no `//`, as `urn:uuid:77.vcf`, counts as the name of a
    /// member instead.
    OtherOrigin,
}

impl Relation {
    /// Whether it is a member, at any depth.
    pub fn is_inside(self) -> bool {
        matches!(self, Relation::Child | Relation::Descendant)
    }
}

/// A [`Relation`], and what had to be done to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// How it stands to the URL of the request.
    pub relation: Relation,
    /// How its origin stands to that of the request. With [`Origin::SameHost`] paths are compared all the same.
    pub origin: Origin,
    /// The aid that made it inside or the same, if one was needed.
    pub aid: Option<Aid>,
}

/// What helps to find resources whose hrefs are wrong. None is used unless it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Aid {
    /// [`RequestUrl::by_path`].
    ByPath,
    /// [`RequestUrl::mount`].
    Mount,
    /// [`RequestUrl::decode_twice`].
    DecodeTwice,
}

/// The URL of a request as hrefs in its answer are held against: the one that was asked for, redirects followed.
///
/// ```
/// use multistatus::{Aid, Multistatus, Relation, RequestUrl};
/// use url::Url;
///
/// // A proxy hands on `/webdav/docs/` as `/docs/`, and the server does not know of it.
/// let body = b"<multistatus xmlns='DAV:'><response><href>/docs/a.txt</href></response></multistatus>";
/// let response = Multistatus::new(body).next().unwrap()?;
/// let url = Url::parse("https://dav.example/webdav/docs/").unwrap();
/// assert_eq!(response.href().relation(&url), Ok(Relation::Outside));
/// let request = RequestUrl::new(url).mount("/webdav");
/// let related = request.relate(&response.href()).unwrap();
/// assert_eq!((related.relation, related.aid), (Relation::Child, Some(Aid::Mount)));
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RequestUrl {
    url: Url,
    key: HrefKey,
    by_path: bool,
    mount: Option<Path>,
    decode_twice: bool,
}

impl RequestUrl {
    /// Without any aid.
    pub fn new(url: Url) -> Self {
        RequestUrl { key: HrefKey::of(&url), url, by_path: false, mount: None, decode_twice: false }
    }

    /// Also compares hrefs by path alone that name another host, as servers behind a proxy do, or that begin with a path
    /// but have two slashes there (Davrods) or none at all.
    #[must_use]
    pub fn by_path(mut self) -> Self {
        self.by_path = true;
        self
    }

    /// Also looks for hrefs below `prefix`, a path that a proxy cuts off before the server sees it.
    #[must_use]
    pub fn mount(mut self, prefix: &str) -> Self {
        self.mount = Some(path(prefix));
        self
    }

    /// Also decodes the segments of hrefs twice, for servers and proxies that escape twice (Confluence, DavMail).
    #[must_use]
    pub fn decode_twice(mut self) -> Self {
        self.decode_twice = true;
        self
    }

    /// The URL.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Where `href` stands to it, with the first of the aids that puts it inside or makes it the same.
    ///
    /// # Errors
    /// When the href is unusable: see [`Href::key`].
    pub fn relate(&self, href: &Href<'_>) -> Result<Related, HrefError> {
        self.locate(href).map(|(related, _)| related)
    }

    /// The key of `href` as a resource of this request: what was only found with an aid, or under another scheme or port,
    /// has the key it would have under the URL that was asked for. To compare members with those that were known before.
    ///
    /// # Errors
    /// When the href is unusable: see [`Href::key`].
    pub fn key(&self, href: &Href<'_>) -> Result<HrefKey, HrefError> {
        self.locate(href).map(|(_, key)| key)
    }

    fn locate(&self, href: &Href<'_>) -> Result<(Related, HrefKey), HrefError> {
        let Located { origin, key } = Located::of(href, &self.url)?;
        let is_comparable = matches!(origin, Origin::Same | Origin::SameHost);
        let own = self.key.path();
        let has_same_query = self.key.has_same_query(&key);
        let plain = match is_comparable {
            false => Relation::OtherOrigin,
            true => relation(own, key.path(), has_same_query),
        };
        let is_found = |relation: Relation| relation == Relation::Same || relation.is_inside();
        let with = |aid: Option<Aid>, relation, path: &[Box<[u8]>]| {
            let own_key = key.moved(&self.key, path);
            let key = if aid.is_some() || origin == Origin::SameHost { own_key } else { key.clone() };
            (Related { relation, origin, aid }, key)
        };
        if is_found(plain) {
            return Ok(with(None, plain, key.path()));
        }
        // An aid never makes a path climb.
        let climbs = |path: &[Box<[u8]>]| path.iter().any(|segment| matches!(&**segment, b"." | b".."));
        let aided = |path: &[Box<[u8]>]| {
            let found = Some(relation(own, path, has_same_query)).filter(|relation| is_found(*relation));
            found.filter(|_| !climbs(path))
        };
        if self.by_path {
            for path in self.paths(href, &key) {
                if let Some(found) = aided(&path) {
                    return Ok(with(Some(Aid::ByPath), found, &path));
                }
            }
        }
        if let (true, Some(mount)) = (is_comparable, &self.mount) {
            let path = [mount, key.path()].concat();
            if let Some(found) = aided(&path) {
                return Ok(with(Some(Aid::Mount), found, &path));
            }
        }
        if is_comparable && self.decode_twice {
            let path: Path = key.path().iter().map(|segment| decoded(segment)).collect();
            if let Some(found) = aided(&path) {
                return Ok(with(Some(Aid::DecodeTwice), found, &path));
            }
        }
        Ok(with(None, plain, key.path()))
    }

    /// The paths that the text may have meant.
    fn paths(&self, href: &Href<'_>, key: &HrefKey) -> Vec<Path> {
        let text = href.as_str();
        let without_query = text.split('?').next().unwrap_or_default();
        let is_path = !text.contains("://");
        let rooted: Vec<&str> = without_query.split('/').filter(|segment| !segment.is_empty()).collect();
        let mut paths = vec![key.path().to_vec()];
        if is_path {
            paths.push(path(&rooted.join("/")));
        }
        paths
    }
}

impl Href<'_> {
    /// Where it stands to the URL that was asked for, redirects followed. [`RequestUrl`] offers aids for hrefs that are
    /// wrong, and tells of other ports.
    ///
    /// # Errors
    /// When the href is unusable: see [`Href::key`].
    pub fn relation(&self, request: &Url) -> Result<Relation, HrefError> {
        RequestUrl::new(request.clone()).relate(self).map(|related| related.relation)
    }
}

/// How `path` stands to `own`.
fn relation(own: &[Box<[u8]>], path: &[Box<[u8]>], has_same_query: bool) -> Relation {
    let is_within = |inner: &[Box<[u8]>], outer: &[Box<[u8]>]| inner.starts_with(outer);
    let is_only_slashes = |rest: &[Box<[u8]>]| rest.iter().all(|segment| segment.is_empty());
    match path.len().checked_sub(own.len()) {
        Some(1..) if path.strip_prefix(own).is_some_and(is_only_slashes) => Relation::Same,
        Some(0) if path == own && has_same_query => Relation::Same,
        Some(1) if is_within(path, own) => Relation::Child,
        Some(2..) if is_within(path, own) => Relation::Descendant,
        None if is_within(own, path) => Relation::Ancestor,
        _ => Relation::Outside,
    }
}
