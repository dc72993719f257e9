//! What an element is, by its name and its place (RFC 4918 section 14).
//!
//! An element has a role only as the child of an element that gives it one: a `status` inside a property is part of a
//! value.

use super::{Namespace, Place, Texts, flag};
use crate::{Repair, repair::Repairs};

/// What an element is to the structure of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The element is not expected at its place, or is inside one that is not. It is passed over (RFC 4918 section 17).
    Other,
    /// The root `multistatus`.
    Multistatus,
    /// The root `mkcol-response` or `mkcalendar-response`.
    Properties,
    Response,
    Href,
    Status,
    Propstat,
    Prop,
    Error,
    Description,
    Location,
    SyncToken,
    /// A child of `prop`.
    Property,
    /// An element below a property; or a condition in an `error`, and what is below the condition.
    Value,
}

// The one table of the structure: its elements, all in `DAV:`, and the parents under which they belong to it.
macro_rules! structure {
    ($($name:literal $role:ident in $($parent:ident)|+;)*) => {
        #[inline]
        fn structural(parent: Role, local: &[u8]) -> Role {
            match (parent, local) {
                $(($(Role::$parent)|+, $name) => Role::$role,)*
                _ => Role::Other,
            }
        }

        impl Role {
            /// Returns the role of an element called `local` where it belongs; `Other` if it belongs nowhere.
            pub(crate) fn named(local: &[u8]) -> Self {
                match local {
                    $($name => Role::$role,)*
                    _ => Role::Other,
                }
            }

            /// As [`Role::named`], in capital or small letters.
            fn named_in_any_letters(local: &[u8]) -> Self {
                match local {
                    $(_ if local.eq_ignore_ascii_case($name) => Role::$role,)*
                    _ => Role::Other,
                }
            }
        }
    };
}

structure! {
    b"response" Response in Multistatus;
    b"sync-token" SyncToken in Multistatus;
    b"href" Href in Multistatus | Response | Location;
    b"status" Status in Multistatus | Response | Propstat;
    b"propstat" Propstat in Multistatus | Response | Properties;
    b"location" Location in Multistatus | Response;
    b"prop" Prop in Propstat;
    b"error" Error in Multistatus | Response | Propstat | Properties | Description;
    b"responsedescription" Description in Multistatus | Response | Propstat | Properties;
}

impl Role {
    /// Whether an element with this role is part of an implicit response when it is directly under the root.
    pub(crate) fn joins_run(self) -> bool {
        matches!(self, Role::Href | Role::Status | Role::Propstat | Role::Error | Role::Location)
    }

    /// Whether an element with this role is around properties or beside them: it is in no value that a client has set.
    pub(crate) fn is_around_properties(self) -> bool {
        matches!(
            self,
            Role::Response
                | Role::Propstat
                | Role::Prop
                | Role::Href
                | Role::Status
                | Role::Description
                | Role::Location
        )
    }
}

/// Returns the role of the element `local`, in `DAV:` or not, whose parent has the role `parent`.
#[inline]
pub(crate) fn role(parent: Role, is_dav: bool, local: &[u8]) -> Role {
    match parent {
        Role::Prop => Role::Property,
        Role::Property | Role::Value | Role::Error if !is_dav => Role::Value,
        Role::Error if local == b"responsedescription" => Role::Description,
        // A response in a value: the answer to a DAV:expand-property report, or to a search outside its scope.
        Role::Property | Role::Value | Role::Error if local == b"response" => Role::Response,
        Role::Property | Role::Value | Role::Error => Role::Value,
        _ if !is_dav => Role::Other,
        _ => structural(parent, local),
    }
}

/// Returns the role and the flags of an element to which [`role`] gives only `Other`.
pub(crate) fn unexpected(
    parent: Role,
    namespace: Namespace,
    name: &[u8],
    texts: &Texts<'_>,
    repairs: Repairs,
) -> (Role, u16) {
    let local = local_name(name);
    match (parent, local) {
        // Yaws 2.1 writes `<status>` where it has bound `D` to `DAV:`.
        (Role::Propstat, b"status") if namespace.place == Place::None => (Role::Status, flag::UNQUALIFIED),
        (Role::Response, b"prop") if namespace.is_dav() && repairs.has(Repair::PropOutsidePropstat) => {
            (Role::Prop, 0)
        }
        _ => (Role::Other, out_of_place(parent, namespace, local, texts)),
    }
}

/// Returns the role that a child of the root was meant to have, when the child is out of place there.
pub(crate) fn meant(name: &[u8]) -> Role {
    match Role::named_in_any_letters(local_name(name)) {
        role @ (Role::Response | Role::Href | Role::Status | Role::Propstat) => role,
        Role::Prop => Role::Propstat,
        _ => Role::Other,
    }
}

fn local_name(name: &[u8]) -> &[u8] {
    name.rsplit(|b| *b == b':').next().unwrap_or_default()
}

/// Returns the flag of an element without a role that must not be passed over, because its content would be lost in
/// silence; 0 for any other element.
///
/// Its local name is one of the structure. But the element does not belong where it is, or it has no namespace, an
/// undeclared prefix, a namespace that looks like `DAV:`, other letters, or the name that a draft of RFC 6578 had.
fn out_of_place(parent: Role, namespace: Namespace, local: &[u8], texts: &Texts<'_>) -> u16 {
    let meant = Role::named_in_any_letters(local);
    let is_draft = parent == Role::Multistatus && local.eq_ignore_ascii_case(b"sync-response");
    let is_structural = match parent {
        Role::Multistatus if is_draft => true,
        Role::Multistatus => {
            matches!(meant, Role::Response | Role::Href | Role::Status | Role::Propstat | Role::SyncToken)
        }
        Role::Response | Role::Propstat | Role::Properties => !matches!(meant, Role::Other | Role::SyncToken),
        Role::Location => meant == Role::Href,
        _ => return 0,
    };
    let is_foreign = if namespace.is_dav() {
        let carries_more = matches!(local, b"multistatus" | b"response" | b"propstat" | b"prop");
        if carries_more && parent != Role::Location {
            return flag::MISPLACED;
        }
        is_draft || (is_structural && local.iter().any(u8::is_ascii_uppercase))
    } else {
        let looks_like_dav = || {
            let name = namespace.name(texts).trim().trim_end_matches([':', '/']);
            name.eq_ignore_ascii_case("dav")
        };
        let lacks_namespace = matches!(namespace.place, Place::None | Place::Undeclared);
        is_structural && (lacks_namespace || looks_like_dav())
    };
    if is_foreign { flag::FOREIGN } else { 0 }
}
