use std::{borrow::Cow, fmt};

use super::{Element, Frame, Name, Props, Propstat, response};
use crate::{
    Multistatus, Repair, Tolerance,
    parse::{Role, RootKind},
};

/// Any body that a WebDAV client meets. Its root element decides what it is, never the status of HTTP.
///
/// `M` is the input that goes on reading a multistatus. Every other root is read whole, to the end of the body.
#[derive(Debug)]
#[non_exhaustive]
pub enum Document<'a, M = Multistatus<'a>> {
    /// `DAV:multistatus` (RFC 4918 section 14.16).
    Multistatus(M),
    /// `DAV:error` (RFC 4918 section 14.5): why a request failed.
    Error(Root<'a>),
    /// `DAV:prop` (RFC 4918 section 14.18): the answer to a LOCK.
    Prop(Root<'a>),
    /// `DAV:mkcol-response` (RFC 5689 section 5.2).
    MkcolResponse(Root<'a>),
    /// `CALDAV:mkcalendar-response` (RFC 4791 section 9.3).
    MkcalendarResponse(Root<'a>),
    /// `CALDAV:schedule-response` (RFC 6638 section 10.1).
    ScheduleResponse(Root<'a>),
    /// `DAV:principal-search-property-set` (RFC 3744 section 9.5).
    PrincipalSearchPropertySet(Root<'a>),
}

impl<'a, M> Document<'a, M> {
    /// `None` for the root of a multistatus, which is not a [`Root`].
    pub(crate) fn of(kind: RootKind, root: Root<'a>) -> Option<Self> {
        Some(match kind {
            RootKind::Multistatus => return None,
            RootKind::Error => Document::Error(root),
            RootKind::Prop => Document::Prop(root),
            RootKind::MkcolResponse => Document::MkcolResponse(root),
            RootKind::MkcalendarResponse => Document::MkcalendarResponse(root),
            RootKind::ScheduleResponse => Document::ScheduleResponse(root),
            RootKind::PrincipalSearchPropertySet => Document::PrincipalSearchPropertySet(root),
            #[cfg(test)]
            RootKind::Any => return None,
        })
    }

    /// The root element, unless the document is a multistatus.
    pub fn root(&self) -> Option<&Root<'a>> {
        match self {
            Document::Multistatus(_) => None,
            Document::Error(root)
            | Document::Prop(root)
            | Document::MkcolResponse(root)
            | Document::MkcalendarResponse(root)
            | Document::ScheduleResponse(root)
            | Document::PrincipalSearchPropertySet(root) => Some(root),
        }
    }
}

/// A root element other than multistatus, with everything in it. The text of an error of SOGo is that of its element.
#[derive(Clone)]
pub struct Root<'a>(pub(crate) Frame<'a>);

impl<'a> Root<'a> {
    /// The root element.
    pub fn element(&self) -> Element<'_, 'a> {
        Element { frame: &self.0, node: 0 }
    }

    /// Its expanded name.
    pub fn name(&self) -> Name<'_> {
        self.element().name()
    }

    /// The conditions that were violated: of `DAV:error` the child elements, of other roots those of an `error` in
    /// them. A `DAV:responsedescription` is none of them.
    pub fn conditions(&self) -> impl Iterator<Item = Element<'_, 'a>> {
        let frame = &self.0;
        let is_error = frame.node(0).is_some_and(|n| n.role == Role::Error);
        let own = frame.children(0).filter(move |(_, n)| is_error && n.role != Role::Description);
        let own = own.map(move |(node, _)| Element { frame, node });
        own.chain(response::conditions(frame, 0).filter(move |_| !is_error))
    }

    /// The propstats of a `mkcol-response` or `mkcalendar-response`.
    pub fn propstats(&self) -> impl Iterator<Item = Propstat<'_, 'a>> + Clone {
        let frame = &self.0;
        let propstats = frame.children(0).filter(|(_, n)| n.role == Role::Propstat);
        propstats.map(move |(node, _)| Propstat { element: Element { frame, node }, own: None })
    }

    /// The properties of a `DAV:prop`, which is the answer to a LOCK. Of any other root there are none: the propstats of
    /// the answer to MKCOL or MKCALENDAR hold names, not values.
    pub fn props(&self) -> Props<'_, 'a> {
        Props { frame: &self.0, response: 0 }
    }

    /// Its description for a user, white space around it cut off. `None` without one.
    pub fn description(&self) -> Option<Cow<'a, str>> {
        let (id, _) = self.0.children(0).find(|(_, n)| n.role == Role::Description)?;
        Some(self.0.trimmed(id))
    }

    /// What was forgiven in the body.
    pub fn tolerated(&self) -> impl Iterator<Item = Tolerance> + Clone + use<> {
        self.0.notes.tolerated()
    }

    /// What was repaired in the body.
    pub fn repaired(&self) -> impl Iterator<Item = Repair> + Clone + use<> {
        self.0.notes.repaired()
    }
}

/// Its name only: no values.
impl fmt::Debug for Root<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Root").field(&self.name()).finish()
    }
}
