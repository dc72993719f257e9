//! The root elements that a client can receive, and what the root has beside its responses, such as the sync-token.

use std::ops::Range;

use super::{Leniency, Namespace, Read, Role, Scopes, StartTag};
use crate::{Repair, Tolerance, notes::Notes};

macro_rules! roots {
    ($($(#[$doc:meta])* $kind:ident = $namespace:literal $local:literal, $role:ident
        $(, or $other:literal: $tolerance:ident)?;)*) => {
        /// The kind of a [`Root`](crate::Root). A multistatus has no kind, because it is read response by response.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum RootKind {
            $($(#[$doc])* $kind,)*
        }

        impl RootKind {
            /// Returns the kind of the root `local` in `namespace`, and the fault in the name to forgive, if any.
            fn of(namespace: &str, local: &str) -> Option<(Self, Option<Tolerance>)> {
                match (namespace, local) {
                    $(
                        ($namespace, $local) => Some((RootKind::$kind, None)),
                        $(($other, $local) => Some((RootKind::$kind, Some(Tolerance::$tolerance))),)?
                    )*
                    _ => None,
                }
            }

            fn row(self) -> (Role, &'static str) {
                match self {
                    $(RootKind::$kind => (Role::$role, concat!("{", $namespace, "}", $local)),)*
                }
            }
        }
    };
}

// A row: kind, namespace and local name, role of the element, and perhaps another namespace that is forgiven.
roots! {
    /// `DAV:error` (RFC 4918 section 14.5): why a request failed.
    Error = "DAV:" "error", Error, or "DAV": ErrorNamespace;
    /// `DAV:prop` (RFC 4918 section 14.18): the answer to a LOCK.
    Prop = "DAV:" "prop", Prop;
    /// `DAV:mkcol-response` (RFC 5689 section 5.2): the answer to an extended MKCOL.
    MkcolResponse = "DAV:" "mkcol-response", Properties;
    /// `CALDAV:mkcalendar-response` (RFC 4791 section 9.3): the answer to a MKCALENDAR.
    MkcalendarResponse = "urn:ietf:params:xml:ns:caldav" "mkcalendar-response", Properties,
        or "urn:ietf:params:xml:ns:carldav:": MkcalendarNamespace;
    /// `CALDAV:schedule-response` (RFC 6638 section 10.1): the answer to a POST to a scheduling outbox.
    ScheduleResponse = "urn:ietf:params:xml:ns:caldav" "schedule-response", Value;
    /// `DAV:principal-search-property-set` (RFC 3744 section 9.5): the answer to the report of that name.
    PrincipalSearchPropertySet = "DAV:" "principal-search-property-set", Value;
}

/// The roots a client meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KnownRoot {
    /// `DAV:multistatus` (RFC 4918 section 14.16).
    Multistatus,
    Other(RootKind),
    /// Any other root, for the tests of XML alone.
    #[cfg(test)]
    Any,
}

impl KnownRoot {
    /// Returns the root `local` in `namespace`, and the fault in the name to forgive, if any.
    pub(super) fn of(namespace: &str, local: &str) -> Option<(Self, Option<Tolerance>)> {
        if (namespace, local) == ("DAV:", "multistatus") {
            return Some((KnownRoot::Multistatus, None));
        }
        RootKind::of(namespace, local).map(|(kind, tolerance)| (KnownRoot::Other(kind), tolerance))
    }

    /// Returns the kind of the root; `None` for a multistatus.
    pub(crate) fn other(self) -> Option<RootKind> {
        if let KnownRoot::Other(kind) = self { Some(kind) } else { None }
    }

    pub(super) fn role(self) -> Role {
        self.row().0
    }

    /// Returns the expanded name of the root, as the standard has it.
    pub(super) fn expanded(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (Role, &'static str) {
        match self {
            KnownRoot::Multistatus => (Role::Multistatus, "{DAV:}multistatus"),
            KnownRoot::Other(kind) => kind.row(),
            #[cfg(test)]
            KnownRoot::Any => (Role::Value, "any"),
        }
    }
}

/// The root of the body, once its start tag was read.
#[derive(Debug, Default)]
pub(crate) struct Root {
    pub(crate) kind: Option<KnownRoot>,
    /// The name of a root that is not known.
    pub(crate) unknown: Option<Box<str>>,
    /// How many bytes the name of the root has, as sent.
    pub(crate) name_len: usize,
    /// Where the start tag of a multistatus is. A stream keeps a copy before it drops these bytes.
    pub(crate) tag: Range<usize>,
    /// The namespace names in the root's start tag that had references in them, decoded.
    pub(crate) decoded: String,
    /// How many namespaces the root declares.
    pub(crate) bindings: usize,
}

impl Root {
    pub(crate) fn is_multistatus(&self) -> bool {
        self.kind == Some(KnownRoot::Multistatus)
    }
}

/// Applies [`Repair::RootNamespace`]: puts in force the binding that the root lacks. `content` is in the root's tag.
pub(crate) fn repair_namespace(
    tag: &mut StartTag,
    content: &str,
    scopes: &mut Scopes,
    leniency: &mut Leniency<'_>,
) -> Read<()> {
    let lacks = matches!(tag.namespace, Namespace::NONE | Namespace::UNDECLARED) && tag.name.qualified;
    let (prefix, local) = tag.name.split(content);
    if lacks
        && leniency.options.repairs().has(Repair::RootNamespace)
        && KnownRoot::of("DAV:", local).is_some()
    {
        scopes.bind(prefix, Namespace::DAV, tag.at, usize::MAX)?;
        tag.namespace = Namespace::DAV;
        leniency.notes.repair(Repair::RootNamespace);
    }
    Ok(())
}

/// What belongs to the root and not to a response.
#[derive(Clone, Debug, Default)]
pub(crate) struct RootFacts {
    pub(crate) sync_tokens: Vec<String>,
    pub(crate) description: Option<String>,
    pub(crate) notes: Notes,
    /// How many responses were found, including error items.
    pub(crate) found: u64,
    /// How many of the responses could be read.
    pub(crate) readable: u64,
    pub(crate) faults: u64,
}

impl RootFacts {
    /// Keeps at most three tokens (the first, the first that differs from it, and an empty one), because a body may
    /// repeat the element without limit.
    pub(crate) fn add_token(&mut self, token: String) {
        let named = self.sync_tokens.iter().filter(|token| !token.is_empty()).count();
        if (token.is_empty() || named < 2) && !self.sync_tokens.contains(&token) {
            self.sync_tokens.push(token);
        }
    }
}
