//! Sets of privileges: those that a user has, and those that a request lacked.

use super::element_names::{Collected, Names, is_set_of_names};
use super::{ElementNames, List, Value, ValueError, fault::Fault, owned::own};
use crate::{Element, Href, Name, names};

/// A set of privileges, as in `current-user-privilege-set` (RFC 3744 section 5.4). If the property was not returned,
/// nothing is known about what the user may do. A `privilege` that cannot be read is among the
/// [errors](PrivilegeSet::errors) instead of in the set, so the set never has more than was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivilegeSet<'a>(ElementNames<'a>);

is_set_of_names!(PrivilegeSet, "itself in the set", errors);

impl<'a> PrivilegeSet<'a> {
    /// Whether the set has `name`, or a privilege that always includes it: `DAV:all` includes everything, `DAV:write`
    /// includes `write-properties`, `write-content`, `bind` and `unbind` (RFC 3744 section 3), and `DAV:read` includes
    /// `CALDAV:read-free-busy` (RFC 4791 section 6.1.1). Servers differ in what else includes what: see
    /// [`PrivilegeTree`](super::PrivilegeTree).
    pub fn allows<'n>(&self, name: impl Into<Name<'n>>) -> bool {
        const WRITING: [Name<'static>; 4] =
            [names::WRITE_PROPERTIES, names::WRITE_CONTENT, names::BIND, names::UNBIND];
        let name = name.into();
        self.contains(name)
            || self.contains(names::ALL)
            || (WRITING.contains(&name) && self.contains(names::WRITE))
            || (name == names::caldav::READ_FREE_BUSY && self.contains(names::READ))
    }

    /// Makes the set of all `privileges`. Returns a fault when one of them cannot be read.
    pub(super) fn of_all<'r>(privileges: impl Iterator<Item = Element<'r, 'a>>) -> Result<Self, Fault<'r, 'a>>
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

/// Returns the names in a `privilege`. Some servers put several names into one `privilege`.
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

/// The privileges that a request lacked on one resource, from the condition `DAV:need-privileges` (RFC 3744 section
/// 7.1.1).
///
/// ```
/// use multistatus::{
///     Document, names,
///     value::{List, NeededPrivileges},
/// };
///
/// // Cyrus answers so to a DELETE of an entry in a calendar that one may only read.
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
    /// The resource that the privileges are needed on. Empty when the server does not say.
    pub href: Href<'a>,
    /// The privileges that the request lacked.
    pub privileges: PrivilegeSet<'a>,
}

own! { NeededPrivileges { href, privileges } }

/// Reads a single `DAV:resource`.
impl<'a> Value<'a> for NeededPrivileges<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let expected = "a resource by itself, but perhaps a list of them";
        Ok(Some(needed(element.called(names::RESOURCE, expected)?)?))
    }

    /// Reads each `DAV:resource` in the condition, in order.
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
