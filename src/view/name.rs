use std::{borrow::Cow, fmt};

/// The expanded name of an element or attribute: a namespace name and a local name (Namespaces in XML 1.0).
///
/// A name displays in Clark's notation, `{namespace}local`, and can be made from that notation: `"getetag"` is in
/// `DAV:`, `"{urn:x}y"` in `urn:x`, `"{}y"` in no namespace. A name whose prefix is not declared displays as it was
/// sent, and equals no name that a program can make.
///
/// A name holds references. To keep it, make an [`ElementName`](crate::value::ElementName) of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name<'n> {
    namespace: &'n str,
    local: &'n str,
    undeclared: bool,
}

impl<'n> Name<'n> {
    /// Makes the name `local` in `namespace`. An empty namespace means no namespace.
    pub const fn new(namespace: &'n str, local: &'n str) -> Self {
        Name { namespace, local, undeclared: false }
    }

    pub(crate) const fn with_undeclared_prefix(name: &'n str) -> Self {
        Name { namespace: "", local: name, undeclared: true }
    }

    /// Returns the namespace name; it is empty when the name is in no namespace.
    pub const fn namespace(&self) -> &'n str {
        self.namespace
    }

    /// Returns the local name, or the whole name as it was sent when its prefix is undeclared.
    pub const fn local(&self) -> &'n str {
        self.local
    }

    /// Whether the name was sent with an undeclared prefix, or with a colon in a place where no colon belongs
    /// ([`Tolerance::UndeclaredPrefix`](crate::Tolerance::UndeclaredPrefix),
    /// [`Tolerance::ColonInName`](crate::Tolerance::ColonInName)).
    pub const fn is_undeclared(&self) -> bool {
        self.undeclared
    }
}

impl<'n> From<&'n str> for Name<'n> {
    fn from(name: &'n str) -> Self {
        // A namespace name may hold a `}`, a local name cannot.
        let clark = name.strip_prefix('{').and_then(|s| s.rsplit_once('}'));
        let (namespace, local) = clark.unwrap_or(("DAV:", name));
        Name::new(namespace, local)
    }
}

/// Does what the conversion from `&str` does.
impl<'n> From<&'n String> for Name<'n> {
    fn from(name: &'n String) -> Self {
        Name::from(name.as_str())
    }
}

impl<'n> From<(&'n str, &'n str)> for Name<'n> {
    fn from((namespace, local): (&'n str, &'n str)) -> Self {
        Name::new(namespace, local)
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.undeclared {
            f.write_str(self.local)
        } else {
            write!(f, "{{{}}}{}", self.namespace, self.local)
        }
    }
}

/// One attribute of an element: its name and its value, normalised by XML 1.0 section 3.3.3.
///
/// The name refers into the response. To keep both, take
/// [`ElementName::from(attribute.name)`](crate::value::ElementName) and the value's [`into_owned`](Cow::into_owned).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribute<'r, 'a> {
    /// The name of the attribute. A name without a prefix is in no namespace.
    pub name: Name<'r>,
    /// The value, borrowed from the body unless it holds references or white space other than blanks.
    pub value: Cow<'a, str>,
}

/// Shows the name of the attribute, but not the value.
impl fmt::Debug for Attribute<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn names_in_the_notation_of_clark() {
        for (text, name) in [
            ("getetag", Name::new("DAV:", "getetag")),
            ("{urn:x}y", Name::new("urn:x", "y")),
            ("{}y", Name::new("", "y")),
            ("{urn:{x}}y", Name::new("urn:{x}", "y")),
            ("{y", Name::new("DAV:", "{y")),
        ] {
            assert_eq!(Name::from(text), name);
        }
        let name = Name::new("urn:{x}}", "y");
        assert_eq!(Name::from(&*name.to_string()), name);
    }
}
