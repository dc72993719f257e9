//! Access control lists: who may do what (RFC 3744).

use super::owned::{Namespaces, Own, own};
use super::{Principal, PrivilegeSet, Value, ValueError, error::Places, fault::Fault, iter::in_slices};
use crate::{Element, Href, Name, names};

/// An access control list (RFC 3744 section 5.5), in the order it was sent in. An empty list grants nothing.
///
/// An entry that cannot be read is an error in its place, because it may deny what later entries grant. A program that
/// decides by the list must stop at that error. An entry that denies is an error even if only a part of it cannot be
/// read. If no entry can be read, reading the list fails as a whole.
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
/// // `flatten` passes over what may deny: use it only to show the list.
/// let readable = acl.iter().flatten().next().unwrap();
/// assert!(readable.is_grant && readable.privileges.contains(names::READ));
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acl<'a>(
    // Each entry is boxed. Without the box, an error would take ten times as much memory.
    Vec<Result<Box<Ace<'a>>, ValueError>>,
);

/// An entry of an [`Acl`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ace<'a> {
    /// The principal that the entry is about.
    pub principal: Principal<'a>,
    /// Whether the entry is about everybody but the principal.
    pub is_inverted: bool,
    /// Whether the entry grants its privileges. Otherwise the entry denies them.
    pub is_grant: bool,
    /// What the entry grants or denies. Empty if the entry grants nothing (DAViCal). Never empty if the entry denies.
    pub privileges: PrivilegeSet<'a>,
    /// Whether the entry cannot be changed.
    pub is_protected: bool,
    /// The resource that the entry is inherited from.
    pub inherited: Option<Href<'a>>,
}

own! { Ace { principal, is_inverted, is_grant, privileges, is_protected, inherited } }

impl<'a> Acl<'a> {
    #[cfg(feature = "serde")]
    pub(super) fn of(entries: Vec<Ace<'a>>) -> Self {
        Acl(entries.into_iter().map(|entry| Ok(Box::new(entry))).collect())
    }

    /// The entries in order. An entry that cannot be read is an error in its place.
    pub fn iter(&self) -> AclEntries<'_, 'a> {
        AclEntries(self.0.iter())
    }

    /// The number of entries, those that cannot be read included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether every entry could be read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.0.iter().all(Result::is_ok)
    }

    /// Whether the list has no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Turns the list into one that borrows nothing.
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

/// Reads every entry, and puts an error in the place of each entry that cannot be read.
impl<'a> Value<'a> for Acl<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        if !element.frame.own_trimmed(element.node).is_empty() {
            return Err(ValueError::new(element, "an access control list"));
        }
        let (places, mut entries) = (Places::default(), Vec::with_capacity(element.children().count()));
        entries.extend(
            element.children().map(|entry| ace(entry).map(Box::new).map_err(|fault| fault.among(&places))),
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
    // A part of a grant that is passed over grants nothing. But passing over a part of a denial would allow that part.
    let is_readable =
        |child: Element<'_, '_>| is_privilege(&child) && child.has_children() && !has_text(child);
    let is_whole_denial = rights.has_children() && rights.children().all(is_readable) && !has_text(rights);
    if ace.children().any(may_be_rights) || !(is_grant || is_whole_denial) {
        return Err(unreadable);
    }
    let privileges = PrivilegeSet::of_all(rights.children().filter(is_privilege))?;
    // DAViCal sends `<grant/>` for principals that may do nothing.
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

/// Whether `child` is nearly a grant or denial: its name is in another namespace, or differs in upper and lower case.
fn may_be_rights(child: Element<'_, '_>) -> bool {
    let name = child.name();
    let local = name.local().rsplit(':').next().unwrap_or_default();
    let is_one = |rights: Name<'_>| local.eq_ignore_ascii_case(rights.local()) && name != rights;
    is_one(names::GRANT) || is_one(names::DENY)
}

in_slices! {
    /// An iterator over an access control list, with errors in the places of unreadable entries, from [`Acl::iter`].
    AclEntries of Acl: Result<Box<Ace<'a>>, ValueError> => Result<&'s Ace<'a>, &'s ValueError>, Result::as_deref;
}
