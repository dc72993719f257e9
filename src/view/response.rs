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
/// From the iterator it owns its index and `'a` is the life of the body. Lent by `next_response`, index and text
/// belong to the input until its next call: [`Response::into_owned`] keeps it. Walking it cannot fail: its structure was
/// checked.
#[derive(Clone)]
pub struct Response<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) node: u32,
}

/// What became of a resource, by the response's own status.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub enum Disposition<'a> {
    /// 2xx, or no status of its own. This does not prove that it exists: dav-server 0.11 answers for a missing member
    /// with a propstat of status 404 that names no property. See [`Response::propstats`].
    Present,
    /// 404 or 410.
    Gone,
    /// 507: the answer is not whole (RFC 6578 section 3.6).
    Truncated,
    /// 3xx; [`Response::location`] may say where to.
    Redirected,
    /// Anything else, an unreadable status included.
    Failed(Status<'a>),
}

impl<'a> Response<'a> {
    /// The resource it speaks of: the first href (RFC 4918 section 14.7), borrowed from the body.
    ///
    /// Empty when the server sent an empty one. Also empty in an implicit response without one
    /// ([`Tolerance::ImplicitResponse`](crate::Tolerance::ImplicitResponse)): that speaks of the resource that was asked for.
    pub fn href(&self) -> Href<'a> {
        self.hrefs().next().unwrap_or_default()
    }

    /// The properties that were returned with success, over all propstats.
    pub fn props(&self) -> Props<'_, 'a> {
        Props { frame: &self.frame, response: self.node }
    }

    /// The status of the resource (RFC 4918 section 14.28); never one out of a propstat. `None` without one, as
    /// in the answer to a PROPFIND.
    pub fn status(&self) -> Option<Status<'a>> {
        status(&self.frame, self.node)
    }

    /// What the server said about the property `name`: its value, why it has none, or nothing at all.
    pub fn lookup<'n>(&self, name: impl Into<Name<'n>>) -> Lookup<'_, 'a> {
        Lookup::find(&self.frame, self.node, &name.into())
    }

    /// What the response's own status makes of the resource. A 404 in a propstat says that a *property* is missing,
    /// and does not count here.
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

    /// What it says of properties, one propstat per status, in order (RFC 4918 section 14.22).
    pub fn propstats(&self) -> Propstats<'_, 'a> {
        Propstats::of(&self.frame, self.node, own_status(&self.frame, self.node))
    }

    /// All hrefs in order. Several share the status of the response (RFC 4918 section 14.24).
    pub fn hrefs(&self) -> Hrefs<'_, 'a> {
        Hrefs::of_response(&self.frame, self.node)
    }

    /// The conditions that were violated: the children of the `error` of the response (RFC 4918 section 16), also of
    /// one inside its `responsedescription`, where RFC 3253 section 1.6 has it.
    pub fn conditions(&self) -> Conditions<'_, 'a> {
        Conditions::in_errors_of(&self.frame, self.node)
    }

    /// Its description for a user (RFC 4918 section 14.25), white space around it cut off. `None` without one.
    pub fn description(&self) -> Option<Cow<'a, str>> {
        self.with_role(Role::Description).next().map(|id| self.frame.trimmed(id))
    }

    /// Where the resource has moved to (RFC 4918 section 14.9). `None` without a `location` that holds an `href`.
    pub fn location(&self) -> Option<Href<'a>> {
        let mut hrefs = self.with_role(Role::Location).flat_map(|id| self.frame.children(id));
        let (id, _) = hrefs.find(|(_, n)| n.role == Role::Href)?;
        Some(Href(self.frame.own_trimmed(id)))
    }

    /// Those of `names` that it does not mention at all, neither as a value nor as missing. When a proxy drops the body of
    /// a request, the server answers with properties of its own choice, and that says nothing about what was asked.
    pub fn unmentioned<'n, N: Into<Name<'n>>>(
        &self,
        names: impl IntoIterator<Item = N>,
    ) -> impl Iterator<Item = Name<'n>> {
        let is_not_mentioned = |name: &Name<'n>| matches!(self.lookup(*name), Lookup::NotMentioned);
        names.into_iter().map(Into::into).filter(is_not_mentioned)
    }

    /// A copy that borrows nothing; [`OwnedResponse::from`] makes one of a reference. Copies share the root's start tag;
    /// one of a response inside a value keeps the whole response around it, which it shares with the other copies made of
    /// responses in there.
    #[must_use]
    pub fn into_owned(self) -> OwnedResponse {
        OwnedResponse::from(self)
    }

    /// What was forgiven in it, its values not included.
    pub fn tolerated(&self) -> Tolerances {
        Tolerances(self.frame.about.notes.tolerated())
    }

    /// What was repaired in it.
    pub fn repaired(&self) -> Repairs {
        Repairs(self.frame.about.notes.repaired())
    }

    /// The element itself, for what no other method gives: unknown children, attributes. In an implicit response
    /// ([`Tolerance::ImplicitResponse`](crate::Tolerance::ImplicitResponse)) it has children, but neither name nor tags.
    pub fn element(&self) -> Element<'_, 'a> {
        self.at(self.node)
    }

    /// It as it was sent: the element with its tags, or all of an implicit response. See [`Element::raw`].
    pub fn raw(&self) -> Cow<'a, str> {
        self.frame.raw(self.node)
    }

    /// Bytes of the body before it.
    pub fn offset(&self) -> u64 {
        self.frame.offset(self.node)
    }

    pub(crate) fn new(frame: Frame<'a>) -> Self {
        Response { frame, node: 0 }
    }

    /// A response inside a value of another.
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

    /// What its own status amounts to.
    #[cfg(feature = "url")]
    pub(crate) fn code(&self) -> crate::parse::Code {
        self.frame.status(self.node).0
    }

    /// Whether its elements were directly in `multistatus`.
    #[cfg(feature = "url")]
    pub(crate) fn is_implicit(&self) -> bool {
        self.tolerated().any(|tolerance| tolerance == crate::Tolerance::ImplicitResponse)
    }

    /// Whether blanks were cut off an href that is on one line: they may be a part of the name.
    #[cfg(feature = "url")]
    pub(crate) fn has_blank_around_href(&self) -> bool {
        self.with_role(Role::Href).any(|id| {
            let text = self.at(id).text();
            !text.contains('\n') && text.len() != self.frame.own_trimmed(id).len() && !text.trim().is_empty()
        })
    }

    /// Whether an element is in an href or in the status of the response: its text does not count.
    #[cfg(feature = "url")]
    pub(crate) fn has_element_in_text(&self) -> bool {
        let mut texts = self.with_role(Role::Href).chain(self.with_role(Role::Status));
        texts.any(|id| self.at(id).children().next().is_some())
    }
}

impl OwnedResponse {
    /// The response, borrowed from here. Allocates nothing.
    pub fn as_response(&self) -> Response<'_> {
        Response { frame: self.lend(), node: self.node }
    }
}

/// As [`Response`]: no values.
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
    /// The same, which borrows nothing.
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

/// Its hrefs, status and place: no values.
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
