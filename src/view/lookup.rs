use super::{Element, Frame, Name, Props, Propstat, propstat::is_propstat, status};
use crate::parse::{Node, Role};
use crate::xml::flag;

/// What the server said about one property, for [`Response::lookup`](crate::Response::lookup).
///
/// A lookup refers into the response. To keep it, keep the response
/// ([`Response::into_owned`](crate::Response::into_owned)), or what was found: [`Element::text`],
/// [`Status::into_owned`](crate::Status::into_owned).
#[derive(Clone, Copy, Debug)]
#[must_use]
#[non_exhaustive]
pub enum Lookup<'r, 'a> {
    /// The property has a value: this is the first one in document order. [`Props::get_all`] gives further ones.
    Found(Element<'r, 'a>),
    /// The property has no value. This propstat says why: the first that is neither 404 nor 424, or else the first.
    Refused(Propstat<'r, 'a>),
    /// The property is empty in a propstat without any status: that is neither a value nor a refusal.
    WithoutStatus,
    /// The response does not name the property.
    NotMentioned,
}

impl<'r, 'a> Lookup<'r, 'a> {
    /// Returns the value. `None` in every case but [`Lookup::Found`].
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
        let propstats = frame.children(response).filter(|(_, n)| is_propstat(n));
        let naming = propstats.filter(|(id, _)| properties(frame, *id).any(|(_, n)| frame.is(n, &sought)));
        let (mut refused, mut unsaid) = (None, false);
        let own = status::own_status(frame, response);
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

/// Goes through the properties in a propstat, or in a `prop` that is read as a propstat.
fn properties<'r>(frame: &'r Frame<'_>, propstat: u32) -> impl Iterator<Item = (u32, &'r Node)> + Clone {
    let own = frame.node(propstat).filter(|n| n.role == Role::Prop).map(|_| frame.children(propstat));
    let props = frame.children(propstat).filter(|(_, n)| n.role == Role::Prop);
    own.into_iter().flatten().chain(props.flat_map(|(id, _)| frame.children(id)))
}
