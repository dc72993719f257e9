use std::{borrow::Cow, fmt};

use super::{Conditions, Element, Frame, Properties, Status, status};
use crate::fused::fused;
use crate::parse::{self, Code, Node, Role};

/// A status and the properties that have it (RFC 4918 section 14.22). With
/// [`Repair::PropOutsidePropstat`](crate::Repair::PropOutsidePropstat) a `prop` directly in a response counts, too.
///
/// A propstat refers into the response. To keep it, keep the response
/// ([`Response::into_owned`](crate::Response::into_owned)), or the [`Status`] and the names as
/// [`ElementName`](crate::value::ElementName)s.
#[derive(Clone, Copy)]
pub struct Propstat<'r, 'a> {
    pub(crate) element: Element<'r, 'a>,
    /// The code of the status of the response, and the node of that status. `None` when the response has no status.
    pub(crate) own: Option<(Code, u32)>,
}

impl<'r, 'a> Propstat<'r, 'a> {
    /// Returns the status of the propstat. `None` when it has no status, or an empty one.
    pub fn status(&self) -> Option<Status<'a>> {
        status::status(self.element.frame, self.element.node)
    }

    /// Returns the status that applies: the propstat's own, or else the response's. `None` when neither has one.
    pub fn effective_status(&self) -> Option<Status<'a>> {
        self.status().or_else(|| {
            self.own.map(|(judged, node)| Status::new(self.element.frame.own_trimmed(node), judged))
        })
    }

    /// Returns the code of the status that applies.
    #[cfg(feature = "url")]
    pub(crate) fn code(&self) -> Code {
        match self.element.frame.status(self.element.node) {
            (judged, Some(_)) => judged,
            (_, None) => self.own.map_or(Code::None, |(judged, _)| judged),
        }
    }

    /// Returns the properties in the propstat, whatever its status: values, refusals or mere names.
    pub fn elements(&self) -> Properties<'r, 'a> {
        Properties::of_propstat(self.element.frame, self.element.node)
    }

    /// Returns the conditions that were violated, as [`Response::conditions`](crate::Response::conditions) does.
    pub fn conditions(&self) -> Conditions<'r, 'a> {
        Conditions::in_errors_of(self.element.frame, self.element.node)
    }

    /// Returns the description for a user, without white space around it. `None` if there is no description.
    pub fn description(&self) -> Option<Cow<'a, str>> {
        let frame = self.element.frame;
        let (id, _) = frame.children(self.element.node).find(|(_, n)| n.role == Role::Description)?;
        Some(frame.trimmed(id))
    }

    /// Returns the `propstat` element. It gives access to what no other method returns.
    pub fn element(&self) -> Element<'r, 'a> {
        self.element
    }
}

/// Shows the status and the names of the properties, but no values.
impl fmt::Debug for Propstat<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.elements().map(|element| element.name()).collect();
        f.debug_struct("Propstat")
            .field("status", &self.status())
            .field("properties", &names)
            .finish_non_exhaustive()
    }
}

/// Propstats, in order: [`Response::propstats`](crate::Response::propstats),
/// [`Root::propstats`](crate::Root::propstats).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Propstats<'r, 'a> {
    frame: &'r Frame<'a>,
    nodes: parse::Children<'r>,
    /// The code and the node of the status of the response.
    own: Option<(Code, u32)>,
}

impl<'r, 'a> Propstats<'r, 'a> {
    #[inline]
    pub(super) fn of(frame: &'r Frame<'a>, parent: u32, own: Option<(Code, u32)>) -> Self {
        Propstats { frame, nodes: frame.children(parent), own }
    }
}

impl<'r, 'a> Iterator for Propstats<'r, 'a> {
    type Item = Propstat<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (node, _) = self.nodes.find(|(_, n)| is_propstat(n))?;
        Some(Propstat { element: Element { frame: self.frame, node }, own: self.own })
    }
}

fused! {
    Propstats<'_, '_>;
}

/// Whether a child of a response is a propstat, or a `prop` that is read as a propstat.
pub(crate) fn is_propstat(n: &Node) -> bool {
    matches!(n.role, Role::Propstat | Role::Prop)
}
