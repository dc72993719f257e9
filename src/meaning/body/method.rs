//! The method of a request, with the arguments that decide how the answer is judged.

use std::fmt;

use super::verdict::Rules;
use crate::{Name, href::RequestUrl, value::ElementName};

/// The method of a request, with the arguments that decide how the answer is judged.
///
/// A method without arguments can be made from its name: `"MKCOL".parse()`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Method {
    /// DELETE (RFC 4918 section 9.6).
    Delete,
    /// COPY, with the destination (RFC 4918 section 9.8).
    Copy(RequestUrl),
    /// MOVE, with the destination (RFC 4918 section 9.9).
    Move(RequestUrl),
    /// LOCK (RFC 4918 section 9.10).
    Lock,
    /// UNLOCK (RFC 4918 section 9.11).
    Unlock,
    /// MKCOL (RFC 4918 section 9.3, RFC 5689).
    Mkcol,
    /// MKCALENDAR (RFC 4791 section 5.3.1).
    Mkcalendar,
    /// PUT.
    Put,
    /// PROPFIND (RFC 4918 section 9.1).
    Propfind,
    /// PROPPATCH, made by [`Method::proppatch`] with the properties to set or remove (RFC 4918 section 9.2).
    Proppatch(Properties),
    /// REPORT (RFC 3253 section 3.6).
    Report,
    /// SEARCH (RFC 5323 section 2).
    Search,
    /// ACL (RFC 3744 section 8.1).
    Acl,
    /// ORDERPATCH (RFC 3648 section 7).
    Orderpatch,
    /// UPDATE (RFC 3253 section 7.1).
    Update,
    /// MERGE (RFC 3253 section 11.2).
    Merge,
    /// POST: what it does depends on the resource.
    Post,
    /// Another method, by its name. The methods of HTTP and of RFC 3253, 4437 and 5842, PATCH and QUERY are judged by
    /// what failed. With any other method, an answer without a failure proves nothing.
    Other(String),
}

/// The names of the properties in a PROPPATCH: see [`Method::proppatch`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties(pub(super) Vec<ElementName<'static>>);

/// Methods without rules of their own: an answer is judged by what failed.
const KNOWN: [&str; 19] = [
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "GET",
    "HEAD",
    "LABEL",
    "MKACTIVITY",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "OPTIONS",
    "PATCH",
    "QUERY",
    "REBIND",
    "TRACE",
    "UNBIND",
    "UNCHECKOUT",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
];

impl Method {
    /// Makes a PROPPATCH from the names of all properties that were sent. When the answer does not mention one of them,
    /// success is unproven: Tomcat 10 leaves out the properties that it refuses.
    pub fn proppatch<'n, N: Into<Name<'n>>>(names: impl IntoIterator<Item = N>) -> Self {
        Method::Proppatch(Properties(names.into_iter().map(ElementName::from).collect()))
    }

    /// Returns the name of the method, as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Method::Delete => "DELETE",
            Method::Copy(_) => "COPY",
            Method::Move(_) => "MOVE",
            Method::Lock => "LOCK",
            Method::Unlock => "UNLOCK",
            Method::Mkcol => "MKCOL",
            Method::Mkcalendar => "MKCALENDAR",
            Method::Put => "PUT",
            Method::Propfind => "PROPFIND",
            Method::Proppatch(_) => "PROPPATCH",
            Method::Report => "REPORT",
            Method::Search => "SEARCH",
            Method::Acl => "ACL",
            Method::Orderpatch => "ORDERPATCH",
            Method::Update => "UPDATE",
            Method::Merge => "MERGE",
            Method::Post => "POST",
            Method::Other(name) => name,
        }
    }

    /// Returns the rules to judge an answer by. `None` for a method that is not known.
    pub(super) fn rules(&self) -> Option<Rules> {
        Some(match self {
            Method::Proppatch(_) => Rules::Proppatch,
            Method::Lock => Rules::Lock,
            Method::Mkcol | Method::Mkcalendar => Rules::Make,
            Method::Unlock | Method::Put | Method::Acl | Method::Orderpatch => Rules::Single,
            Method::Delete => Rules::Delete,
            Method::Copy(_) | Method::Move(_) => Rules::Copy,
            Method::Propfind => Rules::Propfind,
            Method::Report | Method::Search => Rules::Query,
            Method::Update | Method::Merge => Rules::Update,
            Method::Post => Rules::Other,
            Method::Other(name) if KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name)) => Rules::Other,
            Method::Other(_) => return None,
        })
    }
}

/// Shows the name of the method, as it is sent.
impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error: a method cannot be made from its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MethodError {
    /// PROPPATCH needs the names of the properties: see [`Method::proppatch`].
    #[error("PROPPATCH needs the names of the properties")]
    NeedsProperties,
    /// COPY and MOVE need the destination: see [`Method::Copy`].
    #[error("COPY and MOVE need the destination")]
    NeedsDestination,
}

/// Makes a method from its name, in upper or lower case. A name that is not known makes [`Method::Other`].
impl std::str::FromStr for Method {
    type Err = MethodError;

    fn from_str(name: &str) -> Result<Self, MethodError> {
        let upper = name.to_ascii_uppercase();
        Ok(match &*upper {
            "COPY" | "MOVE" => return Err(MethodError::NeedsDestination),
            "PROPPATCH" => return Err(MethodError::NeedsProperties),
            "DELETE" => Method::Delete,
            "LOCK" => Method::Lock,
            "UNLOCK" => Method::Unlock,
            "MKCOL" => Method::Mkcol,
            "MKCALENDAR" => Method::Mkcalendar,
            "PUT" => Method::Put,
            "PROPFIND" => Method::Propfind,
            "REPORT" => Method::Report,
            "SEARCH" => Method::Search,
            "ACL" => Method::Acl,
            "ORDERPATCH" => Method::Orderpatch,
            "UPDATE" => Method::Update,
            "MERGE" => Method::Merge,
            "POST" => Method::Post,
            _ => Method::Other(name.to_owned()),
        })
    }
}
