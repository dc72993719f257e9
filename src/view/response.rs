use std::{borrow::Cow, fmt};

use super::status::{own_status, status};
use super::{
    Conditions, Element, Frame, Href, Hrefs, InnerResponses, Lookup, Name, OwnedResponse, Props, Propstats,
    Repairs, Status, Tolerances, frame::About,
};
use crate::leniency::Leniency;
use crate::parse::{Judge, Role};
use crate::{Error, Options, error::Facts, fused::fused, notes::Notes};

/// What a multistatus says of one resource (RFC 4918 section 14.24).
///
/// A response from the iterator owns its index, and `'a` is the life of the body. A response lent by `next_response`
/// borrows index and text from the input until the next call; [`Response::into_owned`] makes a copy to keep. Walking
/// a response cannot fail: its structure was checked before.
#[derive(Clone)]
pub struct Response<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) node: u32,
}

/// What became of a resource, as the response's own status says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub enum Disposition<'a> {
    /// The response has a 2xx status, or no status of its own. That does not prove that the resource exists: dav-server
    /// 0.11 answers for a missing resource with a propstat of status 404 without properties ([`Response::propstats`]).
    Present,
    /// 404 or 410.
    Gone,
    /// 507: the answer is not whole (RFC 6578 section 3.6).
    Truncated,
    /// 3xx; [`Response::location`] may say where to.
    Redirected,
    /// Any other status, an unreadable one included.
    Failed(Status<'a>),
}

impl<'a> Response<'a> {
    /// Returns the resource that the response is about: its first href (RFC 4918 section 14.7), borrowed from the body.
    ///
    /// The href is empty when the server sent an empty one. It is also empty in an implicit response without href
    /// ([`Tolerance::ImplicitResponse`](crate::Tolerance::ImplicitResponse)), which is about the resource asked for.
    pub fn href(&self) -> Href<'a> {
        self.hrefs().next().unwrap_or_default()
    }

    /// Returns the properties that the server returned with success, from all propstats.
    pub fn props(&self) -> Props<'_, 'a> {
        Props { frame: &self.frame, response: self.node }
    }

    /// Returns the status of the resource (RFC 4918 section 14.28), never the status in a propstat. `None` when the
    /// response has no status of its own, as in the answer to a PROPFIND.
    pub fn status(&self) -> Option<Status<'a>> {
        status(&self.frame, self.node)
    }

    /// Returns what the server said about the property `name`: its value, why it has no value, or nothing at all.
    pub fn lookup<'n>(&self, name: impl Into<Name<'n>>) -> Lookup<'_, 'a> {
        Lookup::find(&self.frame, self.node, &name.into())
    }

    /// Returns what the response's own status says of the resource. A 404 in a propstat does not count here: it says
    /// that a *property* is missing.
    pub fn disposition(&self) -> Disposition<'a> {
        match self.status() {
            None => Disposition::Present,
            Some(status) => match status.as_u16() {
                Some(200..=299) => Disposition::Present,
                Some(300..=399) => Disposition::Redirected,
                Some(404 | 410) => Disposition::Gone,
                Some(507) => Disposition::Truncated,
                _ => Disposition::Failed(status),
            },
        }
    }

    /// Returns the propstats in order (RFC 4918 section 14.22). Each has a status and the properties with that status.
    pub fn propstats(&self) -> Propstats<'_, 'a> {
        Propstats::of(&self.frame, self.node, own_status(&self.frame, self.node))
    }

    /// Returns all hrefs in order. Several hrefs share the status of the response (RFC 4918 section 14.24).
    pub fn hrefs(&self) -> Hrefs<'_, 'a> {
        Hrefs::of_response(&self.frame, self.node)
    }

    /// Returns the conditions that were violated: the children of the `error` of the response (RFC 4918 section 16). An
    /// `error` inside the `responsedescription` counts, too: RFC 3253 section 1.6 puts it there.
    pub fn conditions(&self) -> Conditions<'_, 'a> {
        Conditions::in_errors_of(&self.frame, self.node)
    }

    /// Returns the description for a user (RFC 4918 section 14.25) without white space around it, if there is one.
    pub fn description(&self) -> Option<Cow<'a, str>> {
        self.with_role(Role::Description).next().map(|id| self.frame.trimmed(id))
    }

    /// Returns the new place of the resource (RFC 4918 section 14.9). `None` if no `location` holds an `href`.
    pub fn location(&self) -> Option<Href<'a>> {
        let mut hrefs = self.with_role(Role::Location).flat_map(|id| self.frame.children(id));
        let (id, _) = hrefs.find(|(_, n)| n.role == Role::Href)?;
        Some(Href(self.frame.own_trimmed(id)))
    }

    /// Returns those `names` that the response does not mention, neither with a value nor as missing. The resource may
    /// still have such properties: when a proxy drops the body of a request, the server itself picks the properties.
    pub fn unmentioned<'n, N: Into<Name<'n>>>(
        &self,
        names: impl IntoIterator<Item = N>,
    ) -> impl Iterator<Item = Name<'n>> {
        let is_not_mentioned = |name: &Name<'n>| matches!(self.lookup(*name), Lookup::NotMentioned);
        names.into_iter().map(Into::into).filter(is_not_mentioned)
    }

    /// Makes a copy that borrows nothing; [`OwnedResponse::from`] copies from a reference. All copies share the start
    /// tag of the root. A copy of a response inside a value keeps the whole response around that value. Copies of
    /// several responses inside one response share it.
    #[must_use]
    pub fn into_owned(self) -> OwnedResponse {
        OwnedResponse::from(self)
    }

    /// Returns the faults that were forgiven in the response, but not the faults of values.
    pub fn tolerated(&self) -> Tolerances {
        Tolerances(self.frame.about.notes.tolerated())
    }

    /// Returns the repairs that were made in the response.
    pub fn repaired(&self) -> Repairs {
        Repairs(self.frame.about.notes.repaired())
    }

    /// Returns the `response` element, for its unknown children and attributes. In an implicit response
    /// ([`Tolerance::ImplicitResponse`](crate::Tolerance::ImplicitResponse)) it has children, but no name and no tags.
    pub fn element(&self) -> Element<'_, 'a> {
        self.at(self.node)
    }

    /// Returns the response as sent: the element with its tags, or all of an implicit response. See [`Element::raw`].
    pub fn raw(&self) -> Cow<'a, str> {
        self.frame.raw(self.node)
    }

    /// Returns how many bytes of the body come before the response.
    pub fn offset(&self) -> u64 {
        self.frame.offset(self.node)
    }

    pub(crate) fn new(frame: Frame<'a>) -> Self {
        Response { frame, node: 0 }
    }

    /// Checks the response at `node`, which is inside a value of another response, and lends it.
    pub(crate) fn nested<'r>(frame: &'r Frame<'a>, node: u32) -> Result<Response<'r>, Error>
    where
        'a: 'r,
    {
        let (mut notes, mut marks) = (Notes::default(), Vec::new());
        let options = Options::new().with_repairs(frame.about.repairs);
        let leniency = Leniency { options: &options, notes: &mut notes };
        let verdict = Judge { tree: frame.tree(&frame.text), leniency, flags: &mut marks }.response(node);
        if let Err((at, problem)) = verdict {
            let (kind, message) = (problem.kind(None), problem.message("", None));
            let (offset, path) = (frame.offset(at), frame.path(at));
            return Err(Error::new(Facts { kind, offset, path, message, root: None, is_fatal: false }));
        }
        let frame = Frame { about: About { notes, ..frame.about }, ..frame.lend() };
        Ok(Response { frame, node })
    }

    fn with_role(&self, role: Role) -> impl Iterator<Item = u32> + Clone {
        self.frame.children(self.node).filter(move |(_, n)| n.role == role).map(|(id, _)| id)
    }

    fn at(&self, node: u32) -> Element<'_, 'a> {
        Element { frame: &self.frame, node }
    }

    /// Returns the code of the response's own status.
    #[cfg(feature = "url")]
    pub(crate) fn code(&self) -> crate::parse::Code {
        self.frame.status(self.node).0
    }

    /// Whether the elements of the response were directly in `multistatus`.
    #[cfg(feature = "url")]
    pub(crate) fn is_implicit(&self) -> bool {
        self.tolerated().any(|tolerance| tolerance == crate::Tolerance::ImplicitResponse)
    }

    /// Whether blanks were cut off around an href on a single line. Such blanks may be part of the resource's name.
    #[cfg(feature = "url")]
    pub(crate) fn has_blank_around_href(&self) -> bool {
        self.with_role(Role::Href).any(|id| {
            let text = self.at(id).text();
            !text.contains('\n') && text.len() != self.frame.own_trimmed(id).len() && !text.trim().is_empty()
        })
    }

    /// Whether an element is inside an href or the status of the response. The text of that element does not count.
    #[cfg(feature = "url")]
    pub(crate) fn has_element_in_text(&self) -> bool {
        let mut texts = self.with_role(Role::Href).chain(self.with_role(Role::Status));
        texts.any(|id| self.at(id).children().next().is_some())
    }
}

impl OwnedResponse {
    /// Lends the response. Allocates nothing.
    pub fn as_response(&self) -> Response<'_> {
        Response { frame: self.lend(), node: self.node }
    }
}

/// Shows what `{:?}` shows of a [`Response`]: no values.
impl fmt::Debug for OwnedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnedResponse").field(&self.as_response()).finish()
    }
}

impl From<Response<'_>> for OwnedResponse {
    fn from(response: Response<'_>) -> Self {
        OwnedResponse::from(&response)
    }
}

impl From<&Response<'_>> for OwnedResponse {
    fn from(response: &Response<'_>) -> Self {
        OwnedResponse::new(&response.frame, response.node)
    }
}

impl Disposition<'_> {
    /// Makes a disposition that borrows nothing.
    pub fn into_owned(self) -> Disposition<'static> {
        match self {
            Disposition::Present => Disposition::Present,
            Disposition::Gone => Disposition::Gone,
            Disposition::Truncated => Disposition::Truncated,
            Disposition::Redirected => Disposition::Redirected,
            Disposition::Failed(status) => Disposition::Failed(status.into_owned()),
        }
    }
}

/// Shows the hrefs, the status and the offset of the response, but no values.
impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hrefs: Vec<_> = self.hrefs().collect();
        let mut debug = f.debug_struct("Response");
        debug.field("hrefs", &hrefs).field("status", &self.status()).field("offset", &self.offset());
        debug.finish_non_exhaustive()
    }
}

impl<'r> Iterator for InnerResponses<'r, '_> {
    type Item = Result<Response<'r>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (node, _) = self.nodes.find(|(_, n)| n.role == Role::Response)?;
        Some(Response::nested(self.frame, node))
    }
}

fused! {
    InnerResponses<'_, '_>;
}
