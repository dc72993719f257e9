//! Namespaces: which prefix stands for what at the place that is being read.
//!
//! Bindings are a stack, which is cut back when an element closes, and is never longer than [`Limit::Namespaces`]
//! allows. A prefix is looked up from the top. A namespace name is a place in a text, so that nothing is copied per
//! response. The text is the root's start tag or the child of the root that is being read. A name with references in
//! it is decoded into another text; the decoded names of the root are moved to the end of its start tag.

use std::ops::Range;

use super::{Fault, Problem, Read};
use crate::{Limit, text::slice};

/// What a prefix stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Namespace {
    pub(crate) place: Place,
    /// Beyond 4 GiB of one child, places are wrong and names empty; but such a child is lost by then.
    start: u32,
    len: u32,
}

/// Where the name of a namespace is, or which well-known namespace it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In no namespace.
    None,
    /// The prefix is not declared, so the namespace is not known.
    Undeclared,
    Dav,
    /// The namespace of `xml:lang`.
    Xml,
    /// In the root's start tag, or after it in [`Scanner::root_tag`](super::Scanner::root_tag).
    Head,
    /// In the child of the root that is being read.
    Text,
    /// In the text of the decoded names.
    Decoded,
}

/// The texts that namespace names are in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts<'t> {
    pub(crate) head: &'t str,
    pub(crate) text: &'t str,
    pub(crate) decoded: &'t str,
}

pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

impl Namespace {
    pub(crate) const NONE: Self = Self::of(Place::None);
    pub(crate) const UNDECLARED: Self = Self::of(Place::Undeclared);
    pub(crate) const DAV: Self = Self::of(Place::Dav);

    const fn of(place: Place) -> Self {
        Namespace { place, start: 0, len: 0 }
    }

    /// Makes the namespace whose name has `len` bytes and begins at `start` of the text at `place`.
    pub(crate) fn at(place: Place, start: usize, len: usize) -> Self {
        let short = |places: usize| u32::try_from(places).unwrap_or(u32::MAX);
        Namespace { place, start: short(start), len: short(len) }
    }

    pub(crate) const fn from_parts(place: Place, start: u32, len: u32) -> Self {
        Namespace { place, start, len }
    }

    /// Returns which text the name is in, where the name begins there, and how many bytes it has.
    pub(crate) const fn into_parts(self) -> (Place, u32, u32) {
        (self.place, self.start, self.len)
    }

    /// Returns where the name begins in its text.
    pub(crate) fn start(self) -> usize {
        self.start as usize
    }

    /// Returns the namespace with its name at another place.
    pub(crate) fn moved(self, place: Place, start: usize) -> Self {
        Self::at(place, start, self.len as usize)
    }

    /// Returns the namespace called `name`, if it is well known, so that no text has to hold the name.
    pub(crate) fn known(name: &str) -> Option<Self> {
        Some(match name {
            "" => Self::NONE,
            "DAV:" => Self::DAV,
            XML => Self::of(Place::Xml),
            _ => return None,
        })
    }

    #[inline]
    pub(crate) fn is_dav(self) -> bool {
        self.place == Place::Dav
    }

    pub(crate) fn is_undeclared(self) -> bool {
        self.place == Place::Undeclared
    }

    /// Returns the name of the namespace; empty when it has no name.
    pub(crate) fn name<'t>(self, texts: &Texts<'t>) -> &'t str {
        let text = match self.place {
            Place::None | Place::Undeclared => return "",
            Place::Dav => return "DAV:",
            Place::Xml => return XML,
            Place::Head => texts.head,
            Place::Text => texts.text,
            Place::Decoded => texts.decoded,
        };
        let start = self.start as usize;
        slice(text, start..start + self.len as usize)
    }

    /// Whether two namespaces are the same. An undeclared one equals nothing, not even itself.
    pub(crate) fn is_same(self, other: Self, texts: &Texts<'_>) -> bool {
        match (self.place, other.place) {
            (Place::Undeclared, _) | (_, Place::Undeclared) => false,
            // Nearly always both come from one declaration.
            (Place::Head | Place::Text | Place::Decoded, Place::Head | Place::Text | Place::Decoded) => {
                self == other || self.name(texts) == other.name(texts)
            }
            (mine, others) => mine == others,
        }
    }
}

#[derive(Debug)]
struct Binding {
    /// The prefix: see [`pack`].
    packed: u64,
    /// Where a prefix that is too long to be packed is in `Scopes::prefixes`.
    long: Range<usize>,
    namespace: Namespace,
}

/// The most bytes that a prefix may have for [`pack`] to hold it whole.
const SHORT: usize = 7;

/// Packs a prefix into one word: its bytes and, in the highest byte, their number. For a longer prefix the word is a
/// hash: two prefixes with equal hashes are then compared byte by byte.
#[inline]
pub(crate) fn pack(prefix: &[u8]) -> u64 {
    if prefix.len() > SHORT {
        return hash(prefix);
    }
    // `take` changes nothing, but with it the compiler unrolls the loop.
    prefix.iter().take(SHORT).fold(0, |packed, &b| packed << 8 | u64::from(b)) | (prefix.len() as u64) << 56
}

/// Returns a hash (FNV-1a). Its highest byte is 0xFF, which no packed short prefix has.
#[cold]
fn hash(prefix: &[u8]) -> u64 {
    let hash = |hash: u64, &b: &u8| (hash ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
    prefix.iter().fold(0xCBF2_9CE4_8422_2325, hash) | 0xFF << 56
}

#[derive(Debug, Default)]
pub(crate) struct Scopes {
    bindings: Vec<Binding>,
    /// The long prefixes in force, one after the other.
    prefixes: Vec<u8>,
    /// Decoded namespace names: those that had references in them.
    pub(crate) decoded: String,
}

impl Scopes {
    /// Returns how many bindings are in force: the number that [`Scopes::leave`] goes back to.
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

    /// Drops decoded names that no binding in force uses, but keeps the first `kept` bytes. This is safe because
    /// the item is lost: its nodes, which used such names, are no longer kept.
    #[cold]
    pub(crate) fn forget_decoded(&mut self, kept: usize) {
        if self.decoded.len() <= kept {
            return;
        }
        let last = self.bindings.iter().rev().map(|b| b.namespace).find(|n| n.place == Place::Decoded);
        let used = last.map_or(0, |namespace| namespace.start as usize + namespace.len as usize);
        self.decoded.truncate(used.max(kept));
    }

    /// Puts a binding in force. The caller has checked with [`is_allowed`] that it is not reserved.
    pub(crate) fn bind(&mut self, prefix: &str, namespace: Namespace, at: usize, most: usize) -> Read<()> {
        if self.bindings.len() >= most {
            return Err(Fault::new(at, Problem::Limit(Limit::Namespaces)));
        }
        let start = self.prefixes.len();
        if prefix.len() > SHORT {
            self.prefixes.extend_from_slice(prefix.as_bytes());
        }
        let long = start..self.prefixes.len();
        self.bindings.push(Binding { packed: pack(prefix.as_bytes()), long, namespace });
        Ok(())
    }

    /// Takes out the decoded names, which are those of the root: they will follow its start tag of `len` bytes.
    pub(crate) fn take_names_of_root(&mut self, len: usize) -> String {
        for binding in self.bindings.iter_mut().filter(|b| b.namespace.place == Place::Decoded) {
            binding.namespace = binding.namespace.moved(Place::Head, len + binding.namespace.start());
        }
        std::mem::take(&mut self.decoded)
    }

    /// Moves the namespace names that are in the child `text` to `kept`.
    pub(crate) fn keep_names(&mut self, text: &str, kept: &mut String) {
        let texts = Texts { head: "", text, decoded: "" };
        for binding in self.bindings.iter_mut().filter(|b| b.namespace.place == Place::Text) {
            let place = kept.len();
            kept.push_str(binding.namespace.name(&texts));
            binding.namespace = binding.namespace.moved(Place::Text, place);
        }
    }

    /// Returns the namespace that the prefix of an element stands for. The empty prefix is the default namespace.
    #[inline]
    pub(crate) fn element(&self, prefix: &[u8]) -> Namespace {
        let packed = pack(prefix);
        for binding in self.bindings.iter().rev() {
            if binding.packed == packed && (prefix.len() <= SHORT || self.is_long(binding, prefix)) {
                return binding.namespace;
            }
        }
        match prefix {
            b"" => Namespace::NONE,
            b"xml" => Namespace::of(Place::Xml),
            _ => Namespace::UNDECLARED,
        }
    }

    #[cold]
    fn is_long(&self, binding: &Binding, prefix: &[u8]) -> bool {
        self.prefixes.get(binding.long.clone()) == Some(prefix)
    }
}

/// Whether Namespaces in XML 1.0, section 3, lets `prefix` be bound to `name`.
pub(crate) fn is_allowed(prefix: &str, name: &str) -> bool {
    prefix != "xmlns" && name != XMLNS && (prefix == "xml") == (name == XML)
}
