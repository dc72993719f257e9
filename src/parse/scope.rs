//! Namespaces: which prefix stands for what at the place that is being read, and the table of their names.
//!
//! Bindings are a stack, cut back when an element closes, never longer than [`Limit::Namespaces`] allows; a prefix is
//! looked up from its top. Namespace names are numbered in a table that lasts longer than a response, because nodes
//! hold the numbers: it is small in honest bodies and searched linearly, hashed (with a random key) once it grows,
//! and emptied between two children of the root before it can grow without bound.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::fault::{Fault, Problem};
use crate::Limit;

/// The number of a namespace name in [`Namespaces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NamespaceId(u16);

impl NamespaceId {
    /// In no namespace.
    pub(crate) const NONE: Self = NamespaceId(0);
    pub(crate) const DAV: Self = NamespaceId(1);
    const XML: Self = NamespaceId(2);
    /// Known by its prefix only, which nothing declares.
    pub(crate) const UNDECLARED: Self = NamespaceId(u16::MAX);
}

/// The name that belongs to [`NamespaceId::XML`].
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
const FIXED: [&str; 3] = ["", "DAV:", XML];

/// Numbered namespace names. Responses share it with the parser, which copies it before it adds to a shared one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Namespaces {
    more: Vec<Arc<str>>,
}

impl Namespaces {
    pub(crate) fn get(&self, id: NamespaceId) -> &str {
        let at = usize::from(id.0);
        match FIXED.get(at) {
            Some(name) => name,
            None => self.more.get(at - FIXED.len()).map_or("", |name| name),
        }
    }

    pub(crate) fn find(&self, name: &str) -> Option<NamespaceId> {
        if name == "DAV:" {
            return Some(NamespaceId::DAV);
        }
        let fixed = FIXED.iter().copied();
        let at = fixed.chain(self.more.iter().map(|name| &**name)).position(|n| n == name)?;
        u16::try_from(at).ok().map(NamespaceId)
    }
}

/// From so many names on they are hashed.
const LINEAR: usize = 16;
/// With so many names the table is emptied between two children of the root.
const BUDGET: usize = 256;

#[derive(Debug)]
struct Binding {
    /// The prefix: its first bytes and, in the highest byte, how many there are. That tells a short one.
    packed: u64,
    /// A longer one, in `Scopes::prefixes`.
    long: Range<usize>,
    namespace: NamespaceId,
}

/// The most bytes of a prefix that [`pack`] tells without looking further.
const SHORT: usize = 7;

#[inline]
fn pack(prefix: &[u8]) -> u64 {
    let count = prefix.len().min(SHORT + 1) as u64;
    prefix.iter().take(SHORT).fold(0, |packed, &b| packed << 8 | u64::from(b)) | count << 56
}

#[derive(Debug, Default)]
pub(crate) struct Scopes {
    bindings: Vec<Binding>,
    /// The long prefixes in force, one behind the other.
    prefixes: Vec<u8>,
    names: Arc<Namespaces>,
    hashed: HashMap<Arc<str>, NamespaceId>,
}

impl Scopes {
    pub(crate) fn names(&self) -> &Arc<Namespaces> {
        &self.names
    }

    /// How many bindings are in force: what [`Scopes::leave`] goes back to.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.bindings.len()
    }

    #[inline]
    pub(crate) fn leave(&mut self, len: usize) {
        if self.bindings.len() != len {
            self.bindings.truncate(len);
            self.prefixes.truncate(self.bindings.last().map_or(0, |b| b.long.end));
        }
    }

    /// Puts a binding in force. The caller has checked it against what is reserved ([`is_allowed`]).
    pub(crate) fn bind(&mut self, prefix: &str, name: &str, at: usize, most: usize) -> Result<(), Fault> {
        // `xmlns=""` takes the default namespace away; `xmlns:p=""` leaves `p` undeclared.
        let namespace = match (prefix, name) {
            ("", "") => NamespaceId::NONE,
            (_, "") => NamespaceId::UNDECLARED,
            _ => self.number(name, at)?,
        };
        if self.bindings.len() >= most {
            return Err(Fault::new(at, Problem::Limit(Limit::Namespaces)));
        }
        let start = self.prefixes.len();
        if prefix.len() > SHORT {
            self.prefixes.extend_from_slice(prefix.as_bytes());
        }
        self.bindings.push(Binding {
            packed: pack(prefix.as_bytes()),
            long: start..self.prefixes.len(),
            namespace,
        });
        Ok(())
    }

    /// What the prefix of an element stands for; the empty one for the default namespace.
    #[inline]
    pub(crate) fn element(&self, prefix: &[u8]) -> NamespaceId {
        let packed = pack(prefix);
        for binding in self.bindings.iter().rev() {
            if binding.packed == packed && (prefix.len() <= SHORT || self.is_long(binding, prefix)) {
                return binding.namespace;
            }
        }
        match prefix {
            b"" => NamespaceId::NONE,
            b"xml" => NamespaceId::XML,
            _ => NamespaceId::UNDECLARED,
        }
    }

    #[cold]
    fn is_long(&self, binding: &Binding, prefix: &[u8]) -> bool {
        self.prefixes.get(binding.long.clone()) == Some(prefix)
    }

    /// What the prefix of an attribute stands for: without one it is in no namespace.
    pub(crate) fn attribute(&self, prefix: &[u8]) -> NamespaceId {
        if prefix.is_empty() { NamespaceId::NONE } else { self.element(prefix) }
    }

    fn number(&mut self, name: &str, at: usize) -> Result<NamespaceId, Fault> {
        let known = if self.names.more.len() < LINEAR {
            self.names.find(name)
        } else {
            if self.hashed.is_empty() {
                let all = FIXED.iter().map(|name| Arc::from(*name)).chain(self.names.more.iter().cloned());
                self.hashed = all.zip(0..).map(|(name, i)| (name, NamespaceId(i))).collect();
            }
            self.hashed.get(name).copied()
        };
        if let Some(id) = known {
            return Ok(id);
        }
        let id = u16::try_from(FIXED.len() + self.names.more.len()).unwrap_or(u16::MAX);
        if id == u16::MAX {
            return Err(Fault::new(at, Problem::Limit(Limit::Namespaces)));
        }
        let name: Arc<str> = name.into();
        if !self.hashed.is_empty() {
            self.hashed.insert(Arc::clone(&name), NamespaceId(id));
        }
        Arc::make_mut(&mut self.names).more.push(name);
        Ok(NamespaceId(id))
    }

    /// Between two children of the root: forgets all names but those the root declares, if there are too many.
    pub(crate) fn forget(&mut self) {
        if self.names.more.len() < BUDGET {
            return;
        }
        let old = std::mem::take(&mut self.names);
        self.hashed.clear();
        let kept = Arc::make_mut(&mut self.names);
        for binding in &mut self.bindings {
            let at = usize::from(binding.namespace.0);
            if at < FIXED.len() || binding.namespace == NamespaceId::UNDECLARED {
                continue;
            }
            let name = old.get(binding.namespace);
            let id = kept.find(name).unwrap_or_else(|| {
                kept.more.push(name.into());
                NamespaceId(u16::try_from(FIXED.len() + kept.more.len() - 1).unwrap_or(u16::MAX))
            });
            binding.namespace = id;
        }
    }
}

/// Whether Namespaces in XML 1.0, section 3, lets `prefix` be bound to `name`.
pub(crate) fn is_allowed(prefix: &str, name: &str) -> bool {
    prefix != "xmlns" && name != XMLNS && (prefix == "xml") == (name == XML)
}
