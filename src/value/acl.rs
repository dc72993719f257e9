//! Who may do what (RFC 3744).

use std::borrow::Cow;

use super::{Element, ElementName, ElementNames, Name, Value, ValueError, element_names::is_set_of_names};
use crate::{Href, names};

/// Someone, in an access control entry (RFC 3744 section 5.5.1) or as `current-user-principal` (RFC 5397).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Principal<'a> {
    /// The principal with this URL, or its members.
    Href(Href<'a>),
    /// Everybody.
    All,
    /// Everybody who has logged in.
    Authenticated,
    /// Everybody who has not: as `current-user-principal`, you have not.
    Unauthenticated,
    /// Whoever the property of the resource names, such as `DAV:owner`.
    Property(ElementName<'a>),
    /// The resource itself, if that is a principal.
    This,
    /// Something else.
    Other(ElementName<'a>),
}

/// As [`Href`] is read, but a `DAV:unauthenticated` counts.
impl<'a> Value<'a> for Principal<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        // A server that sends both means the href.
        if let Some(href) = Href::read(element)? {
            return Ok(Some(Principal::Href(href)));
        }
        Ok(element.child(names::UNAUTHENTICATED).map(|_| Principal::Unauthenticated))
    }
}

impl<'a> Principal<'a> {
    /// Its URL, if that is how it is named.
    pub fn href(&self) -> Option<&Href<'a>> {
        match self {
            Principal::Href(href) => Some(href),
            _ => None,
        }
    }

    /// The principal that a child of `principal` means.
    fn of(child: Element<'_, 'a>) -> Self {
        match child.name() {
            name if name == names::HREF => Principal::Href(Href(child.frame.trimmed(child.node))),
            name if name == names::ALL => Principal::All,
            name if name == names::AUTHENTICATED => Principal::Authenticated,
            name if name == names::UNAUTHENTICATED => Principal::Unauthenticated,
            name if name == names::SELF => Principal::This,
            name if name == names::PROPERTY => match child.children().next() {
                Some(property) => Principal::Property(ElementName::of(property)),
                None => Principal::Other(ElementName::of(child)),
            },
            _ => Principal::Other(ElementName::of(child)),
        }
    }
}

/// Privileges, as in `current-user-privilege-set` (RFC 3744 section 5.4). That the property was not returned says
/// nothing about what one may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivilegeSet<'a>(ElementNames<'a>);

is_set_of_names!(PrivilegeSet, "itself in the set");

impl<'a> PrivilegeSet<'a> {
    /// Whether `name` is in the set, or one that always includes it: `DAV:all` includes everything, `DAV:write`
    /// includes `write-properties`, `write-content`, `bind` and `unbind` (RFC 3744 section 3), and `DAV:read` includes
    /// `CALDAV:read-free-busy` (RFC 4791 section 6.1.1). What else includes what differs from server to server: see
    /// [`PrivilegeTree`].
    pub fn allows<'n>(&self, name: impl Into<Name<'n>>) -> bool {
        const WRITING: [Name<'static>; 4] =
            [names::WRITE_PROPERTIES, names::WRITE_CONTENT, names::BIND, names::UNBIND];
        let name = name.into();
        self.contains(name)
            || self.contains(names::ALL)
            || (WRITING.contains(&name) && self.contains(names::WRITE))
            || (name == names::caldav::READ_FREE_BUSY && self.contains(names::READ))
    }

    fn of(privileges: &[Element<'_, 'a>]) -> Result<Self, ValueError> {
        // Some servers put several into one `privilege`.
        for privilege in privileges {
            if !privilege.has_children() && !privilege.is_blank() {
                return Err(ValueError::new(*privilege, "a privilege"));
            }
        }
        Ok(PrivilegeSet(ElementNames::of(privileges.iter().flat_map(|privilege| privilege.children()))))
    }
}

impl<'a> Value<'a> for PrivilegeSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        PrivilegeSet::of(&element.members(names::PRIVILEGE, "a set of privileges")?).map(Some)
    }
}

/// An access control list (RFC 3744 section 5.5), in the order it was sent in. An empty one grants nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acl<'a>(Vec<Ace<'a>>);

/// An entry of an [`Acl`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ace<'a> {
    /// Whom it is about.
    pub principal: Principal<'a>,
    /// Whether it is about everybody else instead.
    pub is_inverted: bool,
    /// Whether it grants its privileges; otherwise it denies them.
    pub is_grant: bool,
    /// What it grants or denies.
    pub privileges: PrivilegeSet<'a>,
    /// Whether it cannot be changed.
    pub is_protected: bool,
    /// The resource it is inherited from.
    pub inherited: Option<Href<'a>>,
}

impl<'a> Acl<'a> {
    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = &Ace<'a>> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> Value<'a> for Acl<'a> {
    /// An entry that cannot be understood makes all of it unreadable: it might deny what others grant.
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let entries = element.members(names::ACE, "an access control list")?;
        if let Some(other) = element.children().find(|child| child.name() != names::ACE) {
            return Err(ValueError::new(other, "an access control entry"));
        }
        Ok(Some(Acl(entries.into_iter().map(ace).collect::<Result<_, _>>()?)))
    }
}

fn ace<'a>(ace: Element<'_, 'a>) -> Result<Ace<'a>, ValueError> {
    let unreadable = || ValueError::new(ace, "an access control entry");
    let one_of = |parent: Element<'_, 'a>, names: &[Name<'_>]| {
        let mut found = parent.children().filter(|child| names.contains(&child.name()));
        found.next().filter(|_| found.next().is_none()).map(|child| child.node)
    };
    let at = |node| Element { node, ..ace };
    let who = one_of(ace, &[names::PRINCIPAL, names::INVERT]).map(at).ok_or_else(unreadable)?;
    let is_inverted = who.name() == names::INVERT;
    let principal = match is_inverted {
        true => one_of(who, &[names::PRINCIPAL]).map(at).ok_or_else(unreadable)?,
        false => who,
    };
    let mut whom = principal.children();
    let whom = whom.next().filter(|_| whom.next().is_none()).ok_or_else(unreadable)?;
    let rights = one_of(ace, &[names::GRANT, names::DENY]).map(at).ok_or_else(unreadable)?;
    let principal = Principal::of(whom);
    let privileges =
        PrivilegeSet::read(rights)?.filter(|privileges| !privileges.is_empty()).ok_or_else(unreadable)?;
    if principal.href().is_some_and(Href::is_empty) {
        return Err(unreadable());
    }
    Ok(Ace {
        principal,
        is_inverted,
        is_grant: rights.name() == names::GRANT,
        privileges,
        is_protected: ace.child(names::PROTECTED).is_some(),
        inherited: ace.child(names::INHERITED).and_then(|inherited| inherited.hrefs().next()),
    })
}

/// What a request has failed for the lack of, as the condition `DAV:need-privileges` tells (RFC 3744 section 7.1.1).
///
/// ```
/// use multistatus::{Document, NeededPrivileges, names};
///
/// // DELETE of an entry of a calendar that one may only read: Cyrus.
/// let body = b"<D:error xmlns:D='DAV:'><D:need-privileges><D:resource><D:href>/cal/</D:href>\
///     <D:privilege><D:unbind/></D:privilege></D:resource></D:need-privileges></D:error>";
/// let Document::Error(root) = Document::new(body)? else { panic!("an error") };
/// let condition = root.conditions().next().unwrap();
/// let needed = condition.read::<Vec<NeededPrivileges>>()?.unwrap();
/// assert_eq!(needed[0].href, "/cal/");
/// assert!(needed[0].privileges.contains(names::UNBIND));
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NeededPrivileges<'a> {
    /// The resource they are needed on; empty when that is not told.
    pub href: Href<'a>,
    /// The privileges.
    pub privileges: PrivilegeSet<'a>,
}

/// Each `DAV:resource` in the condition, in order.
impl<'a> Value<'a> for Vec<NeededPrivileges<'a>> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let of = |resource: Element<'_, 'a>| {
            let privileges = resource.children().filter(|child| child.name() == names::PRIVILEGE);
            Ok(NeededPrivileges {
                href: resource.hrefs().next().unwrap_or_default(),
                privileges: PrivilegeSet::of(&privileges.collect::<Vec<_>>())?,
            })
        };
        let resources = element.members(names::RESOURCE, "resources that privileges are needed on")?;
        resources.into_iter().map(of).collect::<Result<_, _>>().map(Some)
    }
}

/// The privileges there are on a server and what includes what (RFC 3744 section 5.3), as a flat list: each stands
/// behind the one that includes it, one deeper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivilegeTree<'a>(Vec<SupportedPrivilege<'a>>);

/// A privilege of a [`PrivilegeTree`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupportedPrivilege<'a> {
    /// Its name.
    pub name: ElementName<'a>,
    /// How many others it is inside.
    pub depth: usize,
    /// Whether it cannot be granted itself, only what it includes.
    pub is_abstract: bool,
    /// For a user.
    pub description: Option<Cow<'a, str>>,
}

impl<'a> PrivilegeTree<'a> {
    /// The privileges, each before those it includes.
    pub fn iter(&self) -> impl Iterator<Item = &SupportedPrivilege<'a>> {
        self.0.iter()
    }

    /// The privileges that include `name`, itself among them, the innermost first; none when it is not supported.
    pub fn including<'n>(&self, name: impl Into<Name<'n>>) -> impl Iterator<Item = &SupportedPrivilege<'a>> {
        let name = name.into();
        let place = self.0.iter().position(|one| one.name.as_name() == name);
        let upwards = self.0.iter().take(place.map_or(0, |at| at + 1)).rev();
        let mut depth = usize::MAX;
        upwards.filter(move |one| {
            let is_around = one.depth < depth;
            depth = depth.min(one.depth);
            is_around
        })
    }
}

impl<'a> Value<'a> for PrivilegeTree<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let mut tree = Vec::new();
        // Those still to come, the next one last: nothing in here calls itself.
        let mut waiting: Vec<_> = element.members(names::SUPPORTED_PRIVILEGE, "a set of privileges")?;
        waiting.reverse();
        let mut waiting: Vec<_> = waiting.into_iter().map(|privilege| (privilege, 0)).collect();
        while let Some((privilege, depth)) = waiting.pop() {
            let name = privilege.child(names::PRIVILEGE).and_then(|privilege| privilege.children().next());
            let Some(name) = name else { return Err(ValueError::new(privilege, "a privilege")) };
            tree.push(SupportedPrivilege {
                name: ElementName::of(name),
                depth,
                is_abstract: privilege.child(names::ABSTRACT).is_some(),
                description: privilege.child(names::DESCRIPTION).map(|text| text.frame.trimmed(text.node)),
            });
            let inside = waiting.len();
            let children = privilege.children().filter(|child| child.name() == names::SUPPORTED_PRIVILEGE);
            waiting.extend(children.map(|child| (child, depth + 1)));
            if let Some(inside) = waiting.get_mut(inside..) {
                inside.reverse();
            }
        }
        Ok(Some(PrivilegeTree(tree)))
    }
}
