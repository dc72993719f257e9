//! Which privileges a server has, and which of them include others.

use std::{borrow::Cow, iter::Rev, slice};

use super::iter::in_slices;
use super::owned::{Namespaces, own};
use super::{ElementName, Value, ValueError, fault::Fault, unread::Unread};
use crate::fused::fused;
use crate::{Element, Name, names};

/// The privileges of a server, and which of them include others (RFC 3744 section 5.3). The tree is a flat list: a
/// privilege comes after the privilege that includes it, and has a depth that is one more than that privilege has.
///
/// A privilege whose name cannot be read is one of the [errors](PrivilegeTree::errors). The tree puts the privileges
/// inside such a privilege directly under the privilege around it.
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
    /// The name of the privilege.
    pub name: ElementName<'a>,
    /// The number of privileges around this one.
    pub depth: usize,
    /// Whether the privilege itself cannot be granted, but only the privileges it includes.
    pub is_abstract: bool,
    /// A description for people.
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

    /// The number of privileges.
    pub fn len(&self) -> usize {
        self.privileges.len()
    }

    /// Whether the tree has no privileges.
    pub fn is_empty(&self) -> bool {
        self.privileges.is_empty()
    }

    /// The errors of the privileges that could not be read, in their order. At most the first 100 errors.
    pub fn errors(&self) -> &[ValueError] {
        self.errors.first()
    }

    /// The privileges that include `name`, the innermost first, beginning with `name` itself. Empty when `name` is not
    /// supported.
    pub fn including<'n>(&self, name: impl Into<Name<'n>>) -> IncludingPrivileges<'_, 'a> {
        let name = name.into();
        let place = self.privileges.iter().position(|one| one.name.as_name() == name);
        // The last of these is the privilege itself. The privileges around it come before it.
        let until = place.and_then(|at| self.privileges.get(..=at)).unwrap_or_default();
        IncludingPrivileges { upwards: until.iter().rev(), depth: usize::MAX }
    }
}

impl<'a> Value<'a> for PrivilegeTree<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let (mut tree, mut errors) = (Vec::new(), Unread::default());
        let mut namespaces = Namespaces::default();
        // A stack of the privileges to be read, the next one last. Recursion would go as deep as the body does.
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

in_slices! {
    /// An iterator over privileges, each before those it includes, from [`PrivilegeTree::iter`].
    Privileges of PrivilegeTree: SupportedPrivilege<'a> => &'s SupportedPrivilege<'a>, |privilege| privilege;
}

/// An iterator over the privileges that include a privilege, innermost first, from [`PrivilegeTree::including`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct IncludingPrivileges<'s, 'a> {
    upwards: Rev<slice::Iter<'s, SupportedPrivilege<'a>>>,
    depth: usize,
}

impl<'s, 'a> Iterator for IncludingPrivileges<'s, 'a> {
    type Item = &'s SupportedPrivilege<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let around = self.upwards.find(|one| one.depth < self.depth)?;
        self.depth = around.depth;
        Some(around)
    }
}

fused! { IncludingPrivileges<'_, '_>; }
