use std::{borrow::Cow, fmt};

use super::{Element, Name, Value, ValueError};

/// The name of an element as a value: the choice that a property makes by the first child element it has, such as
/// `CALDAV:opaque` in `schedule-calendar-transp`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ElementName<'a> {
    namespace: Cow<'a, str>,
    local: Cow<'a, str>,
    is_undeclared: bool,
}

impl<'a> ElementName<'a> {
    /// The name of `element`, which lives as long as the body.
    pub(super) fn of(element: Element<'_, 'a>) -> Self {
        let (namespace, local) =
            element.frame.node(element.node).map_or_else(Default::default, |n| element.frame.lasting_name(n));
        ElementName { namespace, local, is_undeclared: element.name().is_undeclared() }
    }

    /// The name `local` in `DAV:`.
    pub(super) fn dav(local: Cow<'a, str>) -> Self {
        ElementName { namespace: Cow::Borrowed("DAV:"), local, is_undeclared: false }
    }

    /// The name in a text that it was displayed as.
    #[cfg(feature = "serde")]
    pub(super) fn of_text(text: &str) -> ElementName<'static> {
        match text.contains(':') && !text.starts_with('{') {
            true => ElementName::from(Name::with_undeclared_prefix(text)),
            false => ElementName::from(text),
        }
    }

    /// The same, which borrows nothing.
    pub fn into_owned(self) -> ElementName<'static> {
        let ElementName { namespace, local, is_undeclared } = self;
        let [namespace, local] = [namespace, local].map(|part| Cow::Owned(part.into_owned()));
        ElementName { namespace, local, is_undeclared }
    }

    /// The name.
    pub fn as_name(&self) -> Name<'_> {
        match self.is_undeclared {
            true => Name::with_undeclared_prefix(&self.local),
            false => Name::new(&self.namespace, &self.local),
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

/// From any name, which is copied.
impl<'n, N: Into<Name<'n>>> From<N> for ElementName<'static> {
    fn from(name: N) -> Self {
        let name = name.into();
        let [namespace, local] = [name.namespace(), name.local()].map(|part| Cow::Owned(part.to_owned()));
        ElementName { namespace, local, is_undeclared: name.is_undeclared() }
    }
}

impl PartialEq<Name<'_>> for ElementName<'_> {
    fn eq(&self, other: &Name<'_>) -> bool {
        self.as_name() == *other
    }
}

/// In Clark's notation, `{namespace}local`.
impl fmt::Display for ElementName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_name().fmt(f)
    }
}

/// In Clark's notation, `{namespace}local`.
impl fmt::Debug for ElementName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_name())
    }
}

/// The names of the child elements of a property that is a set of them. The order means nothing: two with the same
/// names are equal.
#[derive(Clone, Debug, Default)]
pub struct ElementNames<'a>(Vec<ElementName<'a>>);

impl<'a> ElementNames<'a> {
    pub(super) fn of<'r>(elements: impl Iterator<Item = Element<'r, 'a>>) -> Self
    where
        'a: 'r,
    {
        ElementNames(elements.map(ElementName::of).collect())
    }

    pub(super) fn from_names(names: Vec<ElementName<'a>>) -> Self {
        ElementNames(names)
    }

    /// The same, which borrows nothing.
    pub fn into_owned(self) -> ElementNames<'static> {
        ElementNames(self.0.into_iter().map(ElementName::into_owned).collect())
    }

    /// Whether the set has `name`.
    pub fn contains<'n>(&self, name: impl Into<Name<'n>>) -> bool {
        let name = name.into();
        self.iter().any(|one| one == name)
    }

    /// The names, as often and in the order that they were sent in.
    pub fn iter(&self) -> impl Iterator<Item = Name<'_>> {
        self.0.iter().map(ElementName::as_name)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a value has that is a set of names.
macro_rules! is_set_of_names {
    ($name:ident, $one:literal) => {
        impl<'a> $name<'a> {
            #[cfg(feature = "serde")]
            pub(super) fn of_names(names: $crate::ElementNames<'a>) -> Self {
                $name(names)
            }

            /// The same, which borrows nothing.
            pub fn into_owned(self) -> $name<'static> {
                $name(self.0.into_owned())
            }

            #[doc = concat!("Whether `name` is ", $one, ".")]
            pub fn contains<'n>(&self, name: impl Into<$crate::Name<'n>>) -> bool {
                self.0.contains(name)
            }

            /// The names, as often and in the order that they were sent in.
            pub fn iter(&self) -> impl Iterator<Item = $crate::Name<'_>> {
                self.0.iter()
            }

            /// Whether there are none.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }
    };
}
pub(super) use is_set_of_names;

impl<'a> Value<'a> for ElementNames<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        if !element.has_children() && !element.is_blank() {
            return Err(ValueError::new(element, "a set of elements"));
        }
        Ok(Some(ElementNames::of(element.children())))
    }
}

impl PartialEq for ElementNames<'_> {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |set: &Self| -> Vec<(String, bool)> {
            let mut names: Vec<_> = set.iter().map(|name| (name.to_string(), name.is_undeclared())).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        sorted(self) == sorted(other)
    }
}

impl Eq for ElementNames<'_> {}
