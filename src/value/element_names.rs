use std::hash::{Hash, Hasher};
use std::{borrow::Cow, fmt, sync::Arc};

use super::owned::{Namespaces, Own, own};
use super::{Value, ValueError, iter::in_slices, unread::Unread};
use crate::{Element, Name};

/// The name of an element. As the value of a property, it is the name of the first child element, such as
/// `CALDAV:opaque` in `schedule-calendar-transp`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ElementName<'a> {
    namespace: Namespace<'a>,
    local: Cow<'a, str>,
    is_undeclared: bool,
}

/// The namespace of a name. Many names share one namespace.
#[derive(Clone)]
enum Namespace<'a> {
    Borrowed(&'a str),
    Shared(Arc<str>),
}

impl Namespace<'_> {
    fn as_str(&self) -> &str {
        match self {
            Namespace::Borrowed(name) => name,
            Namespace::Shared(name) => name,
        }
    }
}

impl PartialEq for Namespace<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Namespace<'_> {}

impl Hash for Namespace<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Own for Namespace<'_> {
    type Owned = Namespace<'static>;

    fn own(self, namespaces: &mut Namespaces) -> Namespace<'static> {
        match self {
            Namespace::Borrowed("DAV:") => Namespace::Borrowed("DAV:"),
            Namespace::Borrowed("") => Namespace::Borrowed(""),
            Namespace::Borrowed(name) => Namespace::Shared(namespaces.share(name)),
            Namespace::Shared(name) => Namespace::Shared(name),
        }
    }
}

own! { ElementName { namespace, local, is_undeclared } }

impl<'a> ElementName<'a> {
    /// Takes the name of `element`. The name may borrow from the body.
    pub(super) fn of(element: Element<'_, 'a>) -> Self {
        Self::within(element, &mut Namespaces::default())
    }

    /// Takes the name of `element`. A namespace that cannot be borrowed from the body is taken from `namespaces`.
    pub(super) fn within(element: Element<'_, 'a>, namespaces: &mut Namespaces) -> Self {
        let (namespace, local) =
            element.frame.node(element.node).map_or_else(Default::default, |n| element.frame.lasting_name(n));
        let namespace = match namespace {
            Cow::Borrowed(name) => Namespace::Borrowed(name),
            Cow::Owned(name) => Namespace::Shared(namespaces.share(&name)),
        };
        ElementName { namespace, local, is_undeclared: element.name().is_undeclared() }
    }

    /// Makes the name `local` in `DAV:`.
    pub(super) fn dav(local: Cow<'a, str>) -> Self {
        ElementName { namespace: Namespace::Borrowed("DAV:"), local, is_undeclared: false }
    }

    /// Parses `text`, the displayed form of a name.
    #[cfg(feature = "serde")]
    pub(super) fn of_text(text: &str) -> ElementName<'static> {
        match text.contains(':') && !text.starts_with('{') {
            true => ElementName::from(Name::with_undeclared_prefix(text)),
            false => ElementName::from(text),
        }
    }

    /// The name as a [`Name`].
    pub fn as_name(&self) -> Name<'_> {
        match self.is_undeclared {
            true => Name::with_undeclared_prefix(&self.local),
            false => Name::new(self.namespace.as_str(), &self.local),
        }
    }
}

impl<'a> Value<'a> for ElementName<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        match element.children().next() {
            Some(child) => Ok(Some(ElementName::of(child))),
            None if element.is_blank() => Ok(None),
            None => Err(ValueError::new(element, "an element")),
        }
    }
}

/// Copies any name.
impl<'n, N: Into<Name<'n>>> From<N> for ElementName<'static> {
    fn from(name: N) -> Self {
        let name = name.into();
        let namespace = Namespace::Borrowed(name.namespace()).own(&mut Namespaces::default());
        ElementName {
            namespace,
            local: Cow::Owned(name.local().to_owned()),
            is_undeclared: name.is_undeclared(),
        }
    }
}

impl PartialEq<Name<'_>> for ElementName<'_> {
    fn eq(&self, other: &Name<'_>) -> bool {
        self.as_name() == *other
    }
}

/// Shows the name in Clark's notation, `{namespace}local`.
impl fmt::Display for ElementName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_name().fmt(f)
    }
}

/// Shows the name in Clark's notation, `{namespace}local`.
impl fmt::Debug for ElementName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_name())
    }
}

/// The names of the child elements of a property that is a set. The order has no meaning: two sets with the same names
/// are equal.
///
/// A set that borrows nothing holds one copy of each namespace. The names share that copy.
#[derive(Clone, Default)]
pub struct ElementNames<'a> {
    names: Vec<ElementName<'a>>,
    pub(super) unread: Unread,
}

impl<'a> ElementNames<'a> {
    pub(super) fn of<'r>(elements: impl Iterator<Item = Element<'r, 'a>> + Clone) -> Self
    where
        'a: 'r,
    {
        let mut collected = Collected::default();
        collected.set.names.reserve_exact(elements.clone().count());
        collected.extend(elements);
        collected.set
    }

    #[cfg(feature = "serde")]
    pub(super) fn from_names(names: Vec<ElementName<'a>>) -> Self {
        ElementNames { names, unread: Unread::default() }
    }

    pub(super) fn into_names(self) -> Vec<ElementName<'a>> {
        self.names
    }

    /// Turns the set into one that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> ElementNames<'static> {
        self.own(&mut Namespaces::default())
    }

    /// Whether the set has `name`.
    pub fn contains<'n>(&self, name: impl Into<Name<'n>>) -> bool {
        let name = name.into();
        self.iter().any(|one| one == name)
    }

    /// The names in the order they were sent in, repeated names included.
    pub fn iter(&self) -> Names<'_, 'a> {
        Names(self.names.iter())
    }

    /// The number of names that were sent. Repeated names count each time.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether the set has no names.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

impl Own for ElementNames<'_> {
    type Owned = ElementNames<'static>;

    fn own(self, namespaces: &mut Namespaces) -> ElementNames<'static> {
        ElementNames { names: self.names.own(namespaces), unread: self.unread }
    }
}

/// Shows the names, then the errors of the members that could not be read.
impl fmt::Debug for ElementNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct All<'l, 'a>(&'l ElementNames<'a>);
        impl fmt::Debug for All<'_, '_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(&self.0.names).entries(self.0.unread.first()).finish()
            }
        }
        f.debug_tuple("ElementNames").field(&All(self)).finish()
    }
}

/// A set of names while the set is being read, with the namespaces that the names share.
#[derive(Default)]
pub(super) struct Collected<'a> {
    pub(super) set: ElementNames<'a>,
    namespaces: Namespaces,
}

impl<'a> Collected<'a> {
    /// Adds the names of `elements`.
    pub(super) fn extend<'r>(&mut self, elements: impl Iterator<Item = Element<'r, 'a>>)
    where
        'a: 'r,
    {
        for element in elements {
            self.set.names.push(ElementName::within(element, &mut self.namespaces));
        }
    }

    pub(super) fn push(&mut self, name: ElementName<'a>) {
        self.set.names.push(name);
    }
}

/// Makes the methods of a type that is a set of names.
macro_rules! is_set_of_names {
    ($name:ident, $one:literal, errors) => {
        impl $name<'_> {
            /// The errors of the members that could not be read, in order, but at most the first 100 errors. The set
            /// has the members that could be read.
            pub fn errors(&self) -> &[$crate::value::ValueError] {
                self.0.unread.first()
            }
        }

        is_set_of_names!($name, $one);
    };
    ($name:ident, $one:literal) => {
        $crate::value::owned::own! { $name(_); }

        $crate::value::iter::by_reference! { $name: Names<'s, 'a>; }

        impl<'a> $name<'a> {
            #[cfg(feature = "serde")]
            pub(super) fn of_names(names: $crate::value::ElementNames<'a>) -> Self {
                $name(names)
            }

            #[doc = concat!("Whether `name` is ", $one, ".")]
            pub fn contains<'n>(&self, name: impl Into<$crate::Name<'n>>) -> bool {
                self.0.contains(name)
            }

            /// The names in the order they were sent in, repeated names included.
            pub fn iter(&self) -> $crate::value::element_names::Names<'_, 'a> {
                self.0.iter()
            }

            /// The number of names that were sent. Repeated names count each time.
            pub fn len(&self) -> usize {
                self.0.len()
            }

            /// Whether the set has no names.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }
    };
}
pub(super) use is_set_of_names;

impl<'a> Value<'a> for ElementNames<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        if element.is_only_text() {
            return Err(ValueError::new(element, "a set of elements"));
        }
        Ok(Some(ElementNames::of(element.children())))
    }
}

impl PartialEq for ElementNames<'_> {
    fn eq(&self, other: &Self) -> bool {
        fn sorted<'s>(set: &'s ElementNames<'_>) -> Vec<(&'s str, &'s str, bool)> {
            // The local name comes first, because most names differ in their local names.
            let parts =
                |name: &'s ElementName<'_>| (&*name.local, name.namespace.as_str(), name.is_undeclared);
            let mut names: Vec<_> = set.names.iter().map(parts).collect();
            names.sort_unstable();
            names.dedup();
            names
        }
        self.unread == other.unread && (self.names == other.names || sorted(self) == sorted(other))
    }
}

impl Eq for ElementNames<'_> {}

in_slices! {
    /// An iterator over names, from [`ElementNames::iter`], [`ResourceType::iter`](super::ResourceType::iter),
    /// [`SupportedSet::iter`](super::SupportedSet::iter) or [`PrivilegeSet::iter`](super::PrivilegeSet::iter).
    Names of ElementNames: ElementName<'a> => Name<'s>, ElementName::as_name;
}
