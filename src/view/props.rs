use std::{borrow::Cow, fmt, ops::ControlFlow};

use super::{
    Element, Frame, Name, Status,
    frame::Sought,
    iter::{Conditions, Properties, Values},
    response,
};
use crate::parse::{Judged, Node, Role, flag};

/// A status and the properties it is about (RFC 4918 section 14.22). With
/// [`Repair::PropOutsidePropstat`](crate::Repair::PropOutsidePropstat) it may also be a `prop` directly in a response.
///
/// It is references into the response. To keep it, keep the response ([`Response::into_owned`](crate::Response::into_owned)),
/// or the [`Status`] and the names as [`ElementName`](crate::value::ElementName)s.
#[derive(Clone, Copy)]
pub struct Propstat<'r, 'a> {
    pub(crate) element: Element<'r, 'a>,
    /// The status of the response around it, if that has one.
    pub(crate) own: Option<(Judged, u32)>,
}

impl<'r, 'a> Propstat<'r, 'a> {
    /// Its own status. `None` when it has none, or an empty one.
    pub fn status(&self) -> Option<Status<'a>> {
        response::status(self.element.frame, self.element.node)
    }

    /// The status it is judged by: its own, else that of the response. `None` when neither has one.
    pub fn effective_status(&self) -> Option<Status<'a>> {
        self.status().or_else(|| {
            self.own.map(|(judged, node)| Status::new(self.element.frame.own_trimmed(node), judged))
        })
    }

    /// What the status it is judged by amounts to.
    #[cfg(feature = "url")]
    pub(crate) fn code(&self) -> Judged {
        match self.element.frame.status(self.element.node) {
            (judged, Some(_)) => judged,
            (_, None) => self.own.map_or(Judged::None, |(judged, _)| judged),
        }
    }

    /// The properties it speaks of, whatever its status says: values, refusals or mere names.
    pub fn elements(&self) -> Properties<'r, 'a> {
        Properties::of_propstat(self.element.frame, self.element.node)
    }

    /// The conditions that were violated, as [`Response::conditions`](crate::Response::conditions).
    pub fn conditions(&self) -> Conditions<'r, 'a> {
        Conditions::in_errors_of(self.element.frame, self.element.node)
    }

    /// Its description for a user, white space around it cut off. `None` without one.
    pub fn description(&self) -> Option<Cow<'a, str>> {
        let frame = self.element.frame;
        let (id, _) = frame.children(self.element.node).find(|(_, n)| n.role == Role::Description)?;
        Some(frame.trimmed(id))
    }

    /// The element itself, for what no other method gives.
    pub fn element(&self) -> Element<'r, 'a> {
        self.element
    }
}

/// Its status and the names of its properties: no values.
impl fmt::Debug for Propstat<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.elements().map(|element| element.name()).collect();
        f.debug_struct("Propstat")
            .field("status", &self.status())
            .field("properties", &names)
            .finish_non_exhaustive()
    }
}

/// The properties in a propstat, or in a `prop` that is read as one.
fn properties<'r>(frame: &'r Frame<'_>, propstat: u32) -> impl Iterator<Item = (u32, &'r Node)> + Clone {
    let own = frame.node(propstat).filter(|n| n.role == Role::Prop).map(|_| frame.children(propstat));
    let props = frame.children(propstat).filter(|(_, n)| n.role == Role::Prop);
    own.into_iter().flatten().chain(props.flat_map(|(id, _)| frame.children(id)))
}

/// The properties of a response that were returned with success: those of a propstat whose status is 2xx, and what
/// is not empty in a propstat without any status ([`Tolerance::PropstatWithoutStatus`](crate::Tolerance)).
///
/// The answers to a PROPPATCH and to a PROPFIND with `propname` hold names, not values: there, an empty element says
/// nothing about a value.
///
/// They are references into the response. To keep them, keep the response
/// ([`Response::into_owned`](crate::Response::into_owned)), or the values that were read.
#[derive(Clone, Copy)]
pub struct Props<'r, 'a> {
    pub(crate) frame: &'r Frame<'a>,
    pub(crate) response: u32,
}

impl<'r, 'a> Props<'r, 'a> {
    /// The first value of the property `name` in document order. `None` when there is none;
    /// [`Response::lookup`](crate::Response::lookup) says why. A name whose prefix nothing declares
    /// ([`Name::is_undeclared`]) is never found: go through [`Props::iter`] for it.
    pub fn get<'n>(&self, name: impl Into<Name<'n>>) -> Option<Element<'r, 'a>> {
        self.find(&Frame::sought(&name.into())?, ControlFlow::Break)
    }

    /// Every property, in document order.
    pub fn iter(&self) -> Properties<'r, 'a> {
        match self.is_prop() {
            true => Properties::of_propstat(self.frame, self.response),
            false => Properties::of_response(self.frame, self.response),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Every value of the property `name`: one per resource is all that RFC 4918 section 4.4 allows, but servers
    /// send some twice.
    pub fn get_all<'n>(&self, name: impl Into<Name<'n>>) -> Values<'r, 'a, 'n> {
        Values::of(self.iter(), &name.into())
    }

    /// Shows the values of the property sought to `visit`, in document order, until it has enough.
    ///
    /// Plain loops: this is what clients do most, and flattened iterators cost twice as much.
    #[inline]
    pub(crate) fn find<B>(
        &self,
        sought: &Sought<'_>,
        mut visit: impl FnMut(Element<'r, 'a>) -> ControlFlow<B>,
    ) -> Option<B> {
        let frame = self.frame;
        let mut in_prop = |prop, is_unsaid| {
            for (node, n) in frame.children(prop) {
                if frame.is(n, sought) && !(is_unsaid && is_blank(frame, node, n)) {
                    if let ControlFlow::Break(found) = visit(Element { frame, node }) {
                        return Some(found);
                    }
                }
            }
            None
        };
        if self.is_prop() {
            return in_prop(self.response, false);
        }
        for (propstat, n) in frame.children(self.response).filter(|(_, n)| n.has(flag::VALUES | flag::UNSAID))
        {
            let is_unsaid = n.has(flag::UNSAID);
            if n.role == Role::Prop {
                if let Some(found) = in_prop(propstat, is_unsaid) {
                    return Some(found);
                }
                continue;
            }
            for (prop, _) in frame.children(propstat).filter(|(_, n)| n.role == Role::Prop) {
                if let Some(found) = in_prop(prop, is_unsaid) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Whether they are those of a root `prop`, which has no status.
    fn is_prop(&self) -> bool {
        self.frame.node(self.response).is_some_and(|n| n.role == Role::Prop)
    }
}

/// As [`Props::iter`].
impl<'r, 'a> IntoIterator for Props<'r, 'a> {
    type Item = Element<'r, 'a>;
    type IntoIter = Properties<'r, 'a>;

    fn into_iter(self) -> Properties<'r, 'a> {
        self.iter()
    }
}

/// The names of the properties: no values.
impl fmt::Debug for Props<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|element| element.name())).finish()
    }
}

/// Whether a property without any status has no value either: it may be the name of one that is missing.
pub(super) fn is_blank(frame: &Frame<'_>, id: u32, n: &Node) -> bool {
    let is_leaf = n.next == id + 1;
    n.start == n.end || (is_leaf && frame.trimmed(id).is_empty())
}

/// What the server said about one property, for [`Response::lookup`](crate::Response::lookup).
///
/// It is references into the response. To keep it, keep the response ([`Response::into_owned`](crate::Response::into_owned)),
/// or what was found in it: [`Element::text`], [`Status::into_owned`].
#[derive(Clone, Copy, Debug)]
#[must_use]
#[non_exhaustive]
pub enum Lookup<'r, 'a> {
    /// It has a value: the first in document order, in whatever propstat. [`Props::get_all`] gives further ones.
    Found(Element<'r, 'a>),
    /// It has none, and this propstat says why: the first one that is neither 404 nor 424, else the first.
    Refused(Propstat<'r, 'a>),
    /// It is named in a propstat without any status, and empty there: neither a value nor a refusal.
    WithoutStatus,
    /// It is named nowhere.
    NotMentioned,
}

impl<'r, 'a> Lookup<'r, 'a> {
    /// The value, if there is one.
    pub fn found(self) -> Option<Element<'r, 'a>> {
        match self {
            Lookup::Found(element) => Some(element),
            Lookup::Refused(_) | Lookup::WithoutStatus | Lookup::NotMentioned => None,
        }
    }

    pub(crate) fn find(frame: &'r Frame<'a>, response: u32, name: &Name<'_>) -> Self {
        if let Some(found) = (Props { frame, response }).get(*name) {
            return Lookup::Found(found);
        }
        let Some(sought) = Frame::sought(name) else { return Lookup::NotMentioned };
        let propstats = frame.children(response).filter(|(_, n)| response::is_propstat(n));
        let naming = propstats.filter(|(id, _)| properties(frame, *id).any(|(_, n)| frame.is(n, &sought)));
        let (mut refused, mut unsaid) = (None, false);
        let own = response::own_status(frame, response);
        for (node, n) in naming {
            if n.has(flag::UNSAID | flag::VALUES) {
                unsaid |= n.has(flag::UNSAID);
                continue;
            }
            let propstat = Propstat { element: Element { frame, node }, own };
            let code = propstat.effective_status().and_then(|status| status.as_u16());
            if !matches!(code, Some(404 | 424)) {
                return Lookup::Refused(propstat);
            }
            refused.get_or_insert(propstat);
        }
        match refused {
            Some(propstat) => Lookup::Refused(propstat),
            None if unsaid => Lookup::WithoutStatus,
            None => Lookup::NotMentioned,
        }
    }
}
