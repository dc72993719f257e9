//! What is known on the way from a fault to the next response: [`Options::salvage`](crate::Options::salvage).
//!
//! Open elements are known by their names. An end tag closes its element and all that was left open inside it. An end
//! tag without a start tag closes nothing.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Kind, Namespace, Role, Scopes, tag};
use crate::Error;

/// What the search for the next response knows, and what is remembered for it before there is a fault.
#[derive(Debug, Default)]
pub(crate) struct Salvage {
    pub(crate) open: Open,
    /// Whether the next markup is the one with the fault, so that it is not taken for the next response.
    pub(crate) is_first: bool,
    /// One offset each for comments, sections and instructions: those that begin before the offset do not end.
    unclosed: [u64; 3],
    /// Where a response begins inside the `prop` that is being read.
    pub(crate) nested_from: Option<usize>,
    /// The error of the first fault after which reading went on. It is returned again at the end of the body.
    pub(crate) first: Option<Error>,
}

/// The open elements, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Open {
    /// Hashes of the names as sent, and the roles by name. No more elements than `Limit::Depth` allows.
    elements: Vec<(u64, Role)>,
    /// How many more elements are open, inside those.
    deeper: u64,
}

impl Open {
    /// Whether the innermost open element is a value or inside one. A server may have taken the value from a client.
    pub(crate) fn is_in_value(&self) -> bool {
        let mut roles = self.elements.iter().map(|(_, role)| *role);
        let after_prop = roles.clone().skip_while(|role| *role != Role::Prop).nth(1);
        self.deeper > 0 || after_prop.is_some() || roles.any(|role| !role.is_around_properties())
    }

    pub(crate) fn clear(&mut self) {
        self.elements.clear();
        self.deeper = 0;
    }

    pub(crate) fn enter(&mut self, name: &str, role: Role, most: usize) {
        if self.elements.len() < most {
            self.elements.push((hash(name), role));
        } else {
            self.deeper += 1;
        }
    }

    /// Closes an element and all that was left open inside it. Returns `false` when no such element is open.
    pub(crate) fn leave(&mut self, name: &str) -> bool {
        if let Some(fewer) = self.deeper.checked_sub(1) {
            self.deeper = fewer;
            return true;
        }
        let name = hash(name);
        let at = self.elements.iter().rposition(|(open, _)| *open == name);
        self.elements.truncate(at.unwrap_or(self.elements.len()));
        at.is_some()
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

impl Salvage {
    /// Whether markup that begins at byte `offset` of the body is known not to end.
    pub(crate) fn is_unclosed(&self, kind: Kind, offset: u64) -> bool {
        kind.slot().and_then(|slot| self.unclosed.get(slot)).is_some_and(|upto| offset < *upto)
    }

    /// Notes that markup of this kind does not end before byte `upto` of the body. So neither the search nor the
    /// parser scans those bytes again for an end.
    pub(crate) fn set_unclosed(&mut self, kind: Kind, upto: u64) {
        if let Some(unclosed) = kind.slot().and_then(|slot| self.unclosed.get_mut(slot)) {
            *unclosed = upto;
        }
    }

    /// Moves all places, because the window lost `bytes` of its beginning.
    pub(crate) fn shift(&mut self, bytes: usize) {
        let Salvage { nested_from, open: _, is_first: _, unclosed: _, first: _ } = self;
        *nested_from = nested_from.map(|at| at.saturating_sub(bytes));
    }
}

/// Returns the role of an element by its name as sent, where the namespaces of `scopes` are in force. An element in
/// none of those namespaces is taken as one of `DAV:`.
pub(crate) fn role_by_name(name: &str, scopes: &Scopes) -> Role {
    let (prefix, local) = split(name);
    let namespace = scopes.element(prefix.as_bytes());
    let may_be_dav = namespace.is_dav() || matches!(namespace, Namespace::NONE | Namespace::UNDECLARED);
    if may_be_dav { Role::named(local.as_bytes()) } else { Role::Other }
}

/// As [`role_by_name`], for the start tag `text`, which may bind the prefix of its `name` itself.
pub(crate) fn role_of_tag(text: &str, name: &str, scopes: &Scopes) -> Role {
    let (prefix, local) = split(name);
    let is_own = |key| tag::declared_prefix(key) == Some(prefix);
    let declares_dav = tag::attributes(text).any(|(key, value)| is_own(key) && value == "DAV:");
    if declares_dav { Role::named(local.as_bytes()) } else { role_by_name(name, scopes) }
}

/// Splits a name as sent into its prefix, which may be empty, and its local name.
fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}
