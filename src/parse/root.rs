//! The roots a client meets, and what belongs to the root and not to a response.

use std::ops::Range;

use super::{Fault, Leniency, Namespace, Role, Scopes, StartTag};
use crate::{Repair, Tolerance, notes::Notes};

macro_rules! roots {
    ($($(#[$doc:meta])* $kind:ident = $namespace:literal $local:literal, $role:ident
        $(, or $other:literal: $tolerance:ident)?;)*) => {
        /// The roots a client meets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum KnownRoot {
            $($(#[$doc])* $kind,)*
            /// Any other, for the tests of XML alone.
            #[cfg(test)]
            Any,
        }

        impl KnownRoot {
            /// The kind of the root `local` in `namespace`, and what has to be forgiven for it.
            pub(super) fn of(namespace: &str, local: &str) -> Option<(Self, Option<Tolerance>)> {
                match (namespace, local) {
                    $(
                        ($namespace, $local) => Some((KnownRoot::$kind, None)),
                        $(($other, $local) => Some((KnownRoot::$kind, Some(Tolerance::$tolerance))),)?
                    )*
                    _ => None,
                }
            }

            /// Its expanded name, as the standard has it.
            pub(crate) fn expanded(self) -> &'static str {
                match self {
                    $(KnownRoot::$kind => concat!("{", $namespace, "}", $local),)*
                    #[cfg(test)]
                    KnownRoot::Any => "any",
                }
            }

            pub(crate) fn role(self) -> Role {
                match self {
                    $(KnownRoot::$kind => Role::$role,)*
                    #[cfg(test)]
                    KnownRoot::Any => Role::Value,
                }
            }
        }
    };
}

// Kind, namespace and local name, role of the element, and a namespace that is forgiven. A new row needs a variant of
// `RootKind` too.
roots! {
    /// RFC 4918 section 14.16.
    Multistatus = "DAV:" "multistatus", Multistatus;
    /// RFC 4918 section 14.5.
    Error = "DAV:" "error", Error, or "DAV": ErrorNamespace;
    /// RFC 4918 section 14.18.
    Prop = "DAV:" "prop", Prop;
    /// RFC 5689 section 5.2.
    MkcolResponse = "DAV:" "mkcol-response", Properties;
    /// RFC 4791 section 9.3.
    MkcalendarResponse = "urn:ietf:params:xml:ns:caldav" "mkcalendar-response", Properties,
        or "urn:ietf:params:xml:ns:carldav:": MkcalendarNamespace;
    /// RFC 6638 section 10.1.
    ScheduleResponse = "urn:ietf:params:xml:ns:caldav" "schedule-response", Value;
    /// RFC 3744 section 9.5.
    PrincipalSearchPropertySet = "DAV:" "principal-search-property-set", Value;
}

/// The root that was read.
#[derive(Debug, Default)]
pub(crate) struct Root {
    pub(crate) kind: Option<KnownRoot>,
    /// The name of a root that is not known.
    pub(crate) unknown: Option<Box<str>>,
    /// Bytes of its name as sent.
    pub(crate) name_len: usize,
    /// Of a multistatus, where its start tag is. A stream keeps a copy before it drops these bytes.
    pub(crate) tag: Range<usize>,
    /// Its namespace names that had references in them.
    pub(crate) decoded: String,
    /// How many namespaces it declares.
    pub(crate) bindings: usize,
}

impl Root {
    pub(crate) fn is_multistatus(&self) -> bool {
        self.kind == Some(KnownRoot::Multistatus)
    }
}

/// [`Repair::RootNamespace`]: puts the binding in force that the root lacks. `content` is that of its tag.
pub(crate) fn repair_namespace(
    tag: &mut StartTag,
    content: &str,
    scopes: &mut Scopes,
    leniency: &mut Leniency<'_>,
) -> Result<(), Fault> {
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
    /// Responses that were found, error items counted.
    pub(crate) responses: u64,
    /// Those that could be read.
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
