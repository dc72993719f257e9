//! Who may do what (RFC 3744).

use std::borrow::Cow;

use super::{
    Element, ElementName, ElementNames, List, Name, Value, ValueError,
    element_names::{Collected, is_set_of_names},
    error::{Fault, Places},
    iter::{AclEntries, IncludingPrivileges, Privileges},
    list::Unread,
    owned::{Namespaces, Own, own},
};
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

impl Own for Principal<'_> {
    type Owned = Principal<'static>;

    fn own(self, namespaces: &mut Namespaces) -> Principal<'static> {
        match self {
            Principal::Href(href) => Principal::Href(href.own(namespaces)),
            Principal::All => Principal::All,
            Principal::Authenticated => Principal::Authenticated,
            Principal::Unauthenticated => Principal::Unauthenticated,
            Principal::Property(name) => Principal::Property(name.own(namespaces)),
            Principal::This => Principal::This,
            Principal::Other(name) => Principal::Other(name.own(namespaces)),
        }
    }
}

impl<'a> Principal<'a> {
    /// The same, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Principal<'static> {
        self.own(&mut Namespaces::default())
    }

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
            name if name == names::HREF => Principal::Href(Href(child.frame.own_trimmed(child.node))),
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
/// nothing about what one may do. A `privilege` that cannot be read is not in the set ([`PrivilegeSet::errors`]): so it
/// never has more than was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivilegeSet<'a>(ElementNames<'a>);

is_set_of_names!(PrivilegeSet, "itself in the set", errors);

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

    /// The set of all `privileges`; a fault when one of them cannot be read.
    fn of_all<'r>(privileges: impl Iterator<Item = Element<'r, 'a>>) -> Result<Self, Fault<'r, 'a>>
    where
        'a: 'r,
    {
        let mut collected = Collected::default();
        for privilege in privileges {
            collected.extend(members_of(privilege)?);
        }
        Ok(PrivilegeSet(collected.set))
    }
}

/// What is in a `privilege`: some servers put several into one.
fn members_of<'r, 'a>(
    privilege: Element<'r, 'a>,
) -> Result<impl Iterator<Item = Element<'r, 'a>> + use<'r, 'a>, Fault<'r, 'a>> {
    match privilege.has_children() || privilege.is_blank() {
        true => Ok(privilege.children()),
        false => Err(Fault::not(privilege, "a privilege")),
    }
}

impl<'a> Value<'a> for PrivilegeSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let mut collected = Collected::default();
        for privilege in element.members(names::PRIVILEGE, "a set of privileges")? {
            match members_of(privilege) {
                Ok(names) => collected.extend(names),
                Err(fault) => collected.set.unread.push(fault),
            }
        }
        let set = collected.set;
        set.unread.or_nothing(set.is_empty())?;
        Ok(Some(PrivilegeSet(set)))
    }
}

/// An access control list (RFC 3744 section 5.5), in the order it was sent in. An empty one grants nothing.
///
/// An entry that cannot be read is an error in its place, since it may deny what those after it grant: a program that
/// decides by the list has to give up there. So is a denial of which a part cannot be read. A list of which no entry can
/// be read is an error as a whole.
///
/// ```
/// use multistatus::{Multistatus, names, value::ValueError};
///
/// let body = br#"<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a</D:href>
///     <D:propstat><D:prop><D:acl>
///     <D:ace><D:principal><D:all/></D:principal><D:deny>everything</D:deny></D:ace>
///     <D:ace><D:principal><D:all/></D:principal>
///         <D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>
///     </D:acl></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>
///     </D:response></D:multistatus>"#;
/// let response = Multistatus::new(body).next().unwrap()?;
/// let acl = response.props().acl()?.unwrap();
/// assert!(acl.iter().collect::<Result<Vec<_>, _>>().is_err());
/// // `flatten` passes over what may deny: only to show the list.
/// let readable = acl.iter().flatten().next().unwrap();
/// assert!(readable.is_grant && readable.privileges.contains(names::READ));
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acl<'a>(
    // Boxed, so that what cannot be read takes a tenth.
    Vec<Result<Box<Ace<'a>>, ValueError>>,
);

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
    /// What it grants or denies. Empty when it grants nothing, as DAViCal has it; never when it denies.
    pub privileges: PrivilegeSet<'a>,
    /// Whether it cannot be changed.
    pub is_protected: bool,
    /// The resource it is inherited from.
    pub inherited: Option<Href<'a>>,
}

own! { Ace { principal, is_inverted, is_grant, privileges, is_protected, inherited } }

impl<'a> Acl<'a> {
    #[cfg(feature = "serde")]
    pub(super) fn of(entries: Vec<Ace<'a>>) -> Self {
        Acl(entries.into_iter().map(|entry| Ok(Box::new(entry))).collect())
    }

    /// The entries, each or why it cannot be read.
    pub fn iter(&self) -> AclEntries<'_, 'a> {
        AclEntries(self.0.iter())
    }

    /// How many entries there are, those that cannot be read included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether every entry could be read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.0.iter().all(Result::is_ok)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Acl<'static> {
        self.own(&mut Namespaces::default())
    }
}

impl Own for Acl<'_> {
    type Owned = Acl<'static>;

    fn own(self, namespaces: &mut Namespaces) -> Acl<'static> {
        Acl(self.0.into_iter().map(|entry| entry.map(|ace| Box::new((*ace).own(namespaces)))).collect())
    }
}

/// Every entry, and an error in the place of each that cannot be read.
impl<'a> Value<'a> for Acl<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        if !element.frame.own_trimmed(element.node).is_empty() {
            return Err(ValueError::new(element, "an access control list"));
        }
        let (places, mut entries) = (Places::default(), Vec::with_capacity(element.children().count()));
        entries.extend(
            element.children().map(|entry| ace(entry).map(Box::new).map_err(|fault| places.error(fault))),
        );
        if let (Some(Err(error)), true) = (entries.first(), entries.iter().all(Result::is_err)) {
            return Err(error.clone());
        }
        Ok(Some(Acl(entries)))
    }
}

fn ace<'r, 'a>(ace: Element<'r, 'a>) -> Result<Ace<'a>, Fault<'r, 'a>> {
    let unreadable = Fault::not(ace, "an access control entry");
    if ace.name() != names::ACE {
        return Err(unreadable);
    }
    let one_of = |parent: Element<'r, 'a>, names: &[Name<'_>]| {
        let mut found = parent.children().filter(|child| names.contains(&child.name()));
        found.next().filter(|_| found.next().is_none()).ok_or(unreadable)
    };
    let who = one_of(ace, &[names::PRINCIPAL, names::INVERT])?;
    let is_inverted = who.name() == names::INVERT;
    let principal = if is_inverted { one_of(who, &[names::PRINCIPAL])? } else { who };
    let mut whom = principal.children();
    let whom = whom.next().filter(|_| whom.next().is_none()).ok_or(unreadable)?;
    let principal = Principal::of(whom);
    if principal.href().is_some_and(Href::is_empty) {
        return Err(unreadable);
    }
    let rights = one_of(ace, &[names::GRANT, names::DENY])?;
    let is_grant = rights.name() == names::GRANT;
    let has_text = |element: Element<'_, '_>| !element.frame.own_trimmed(element.node).is_empty();
    let is_privilege = |child: &Element<'_, '_>| child.name() == names::PRIVILEGE;
    // What is passed over in a grant is not granted. In a denial it would be allowed.
    let is_readable =
        |child: Element<'_, '_>| is_privilege(&child) && child.has_children() && !has_text(child);
    let is_whole_denial = rights.has_children() && rights.children().all(is_readable) && !has_text(rights);
    if ace.children().any(may_be_rights) || !(is_grant || is_whole_denial) {
        return Err(unreadable);
    }
    let privileges = PrivilegeSet::of_all(rights.children().filter(is_privilege))?;
    // DAViCal sends `<grant/>` for those who may do nothing.
    let grants_nothing = rights.children().all(|child| is_privilege(&child)) && !has_text(rights);
    if privileges.is_empty() && !grants_nothing {
        return Err(unreadable);
    }
    Ok(Ace {
        principal,
        is_inverted,
        is_grant,
        privileges,
        is_protected: ace.child(names::PROTECTED).is_some(),
        inherited: ace.child(names::INHERITED).and_then(|inherited| inherited.hrefs().next()),
    })
}

/// Whether `child` has the name of a grant or denial, but another namespace or other letters.
fn may_be_rights(child: Element<'_, '_>) -> bool {
    let name = child.name();
    let local = name.local().rsplit(':').next().unwrap_or_default();
    let is_one = |rights: Name<'_>| local.eq_ignore_ascii_case(rights.local()) && name != rights;
    is_one(names::GRANT) || is_one(names::DENY)
}

/// What a request has failed for the lack of, as the condition `DAV:need-privileges` tells (RFC 3744 section 7.1.1).
///
/// ```
/// use multistatus::{
///     Document, names,
///     value::{List, NeededPrivileges},
/// };
///
/// // DELETE of an entry of a calendar that one may only read: Cyrus.
/// let body = b"<D:error xmlns:D='DAV:'><D:need-privileges>\
///     <D:resource><D:href>/cal/</D:href>\
///     <D:privilege><D:unbind/></D:privilege></D:resource></D:need-privileges></D:error>";
/// let Document::Other(root) = Document::new(body)? else { panic!("an error") };
/// let condition = root.conditions().next().unwrap();
/// let needed = condition.read::<List<NeededPrivileges>>()?.unwrap();
/// assert_eq!(needed[0].href, "/cal/");
/// assert!(needed[0].privileges.contains(names::UNBIND));
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NeededPrivileges<'a> {
    /// The resource they are needed on; empty when the server does not say.
    pub href: Href<'a>,
    /// The privileges.
    pub privileges: PrivilegeSet<'a>,
}

own! { NeededPrivileges { href, privileges } }

/// A `DAV:resource` by itself.
impl<'a> Value<'a> for NeededPrivileges<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        match element.name() == names::RESOURCE {
            true => Ok(Some(needed(element)?)),
            false => Err(ValueError::new(element, "a resource by itself, but perhaps a list of them")),
        }
    }

    /// Each `DAV:resource` in the condition, in order.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        List::read_members(element, names::RESOURCE, "resources that privileges are needed on", needed)
    }
}

fn needed<'r, 'a>(resource: Element<'r, 'a>) -> Result<NeededPrivileges<'a>, Fault<'r, 'a>> {
    let privileges = resource.children().filter(|child| child.name() == names::PRIVILEGE);
    Ok(NeededPrivileges {
        href: resource.hrefs().next().unwrap_or_default(),
        privileges: PrivilegeSet::of_all(privileges)?,
    })
}

/// The privileges there are on a server and what includes what (RFC 3744 section 5.3), as a flat list: each comes
/// after the one that includes it, one deeper.
///
/// One whose name cannot be read is an error beside the others ([`PrivilegeTree::errors`]); those it includes count as
/// included by the one around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivilegeTree<'a> {
    privileges: Vec<SupportedPrivilege<'a>>,
    errors: Unread,
}

own! { PrivilegeTree { privileges, errors } SupportedPrivilege { name, depth, is_abstract, description } }

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
    #[cfg(feature = "serde")]
    pub(super) fn of(privileges: Vec<SupportedPrivilege<'a>>) -> Self {
        PrivilegeTree { privileges, errors: Unread::default() }
    }

    /// The privileges, each before those it includes.
    pub fn iter(&self) -> Privileges<'_, 'a> {
        Privileges(self.privileges.iter())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.privileges.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.privileges.is_empty()
    }

    /// Why privileges could not be read, in their order; the first 100.
    pub fn errors(&self) -> &[ValueError] {
        self.errors.first()
    }

    /// The privileges that include `name`, itself among them, the innermost first; none when it is not supported.
    pub fn including<'n>(&self, name: impl Into<Name<'n>>) -> IncludingPrivileges<'_, 'a> {
        let name = name.into();
        let place = self.privileges.iter().position(|one| one.name.as_name() == name);
        IncludingPrivileges::of(place.and_then(|at| self.privileges.get(..=at)).unwrap_or_default())
    }
}

impl<'a> Value<'a> for PrivilegeTree<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let (mut tree, mut errors) = (Vec::new(), Unread::default());
        let mut namespaces = Namespaces::default();
        // Those still to come, the next one last: nothing in here calls itself.
        let mut waiting: Vec<_> = element.members(names::SUPPORTED_PRIVILEGE, "a set of privileges")?;
        waiting.reverse();
        let mut waiting: Vec<_> = waiting.into_iter().map(|privilege| (privilege, 0)).collect();
        while let Some((privilege, depth)) = waiting.pop() {
            let name = privilege.child(names::PRIVILEGE).and_then(|privilege| privilege.children().next());
            match name {
                Some(name) => tree.push(SupportedPrivilege {
                    name: ElementName::within(name, &mut namespaces),
                    depth,
                    is_abstract: privilege.child(names::ABSTRACT).is_some(),
                    description: privilege
                        .child(names::DESCRIPTION)
                        .map(|text| text.frame.trimmed(text.node)),
                }),
                None => errors.push(Fault::not(privilege, "a privilege")),
            }
            let depth = depth + usize::from(name.is_some());
            let inside = waiting.len();
            let children = privilege.children().filter(|child| child.name() == names::SUPPORTED_PRIVILEGE);
            waiting.extend(children.map(|child| (child, depth)));
            if let Some(inside) = waiting.get_mut(inside..) {
                inside.reverse();
            }
        }
        errors.or_nothing(tree.is_empty())?;
        Ok(Some(PrivilegeTree { privileges: tree, errors }))
    }
}
