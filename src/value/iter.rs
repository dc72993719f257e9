//! What sets and lists go through, each with a name.

use std::{borrow::Cow, fmt, iter::FusedIterator, iter::Rev, slice, str};

use super::{
    Ace, Acl, Checksums, ComponentSet, ElementName, ElementNames, LanguageTag, Name, PrivilegeSet,
    PrivilegeTree, ResourceType, SupportedPrivilege, SupportedSet, TextSet, ValueError,
    media_type::next_parameter,
};

/// Iterators over what is in a slice.
macro_rules! in_slices {
    ($($(#[$doc:meta])* $name:ident: $one:ty => $item:ty, $of:expr;)*) => { $(
        $(#[$doc])*
        #[derive(Clone)]
        #[must_use = "iterators are lazy"]
        pub struct $name<'s, 'a>(pub(super) slice::Iter<'s, $one>);

        impl<'s, 'a> Iterator for $name<'s, 'a> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().map($of)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl DoubleEndedIterator for $name<'_, '_> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().map($of)
            }
        }

        impl ExactSizeIterator for $name<'_, '_> {}
    )* };
}

in_slices! {
    /// Names of elements: [`ElementNames::iter`], [`ResourceType::iter`], [`SupportedSet::iter`], [`PrivilegeSet::iter`].
    Names: ElementName<'a> => Name<'s>, ElementName::as_name;
    /// Texts: [`TextSet::iter`], [`ComponentSet::iter`].
    Texts: Cow<'a, str> => &'s str, |text| &**text;
    /// The entries of an access control list, each or why it cannot be read: [`Acl::iter`].
    AclEntries: Result<Box<Ace<'a>>, ValueError> => Result<&'s Ace<'a>, &'s ValueError>, Result::as_deref;
    /// Privileges, each before those it includes: [`PrivilegeTree::iter`].
    Privileges: SupportedPrivilege<'a> => &'s SupportedPrivilege<'a>, |privilege| privilege;
}

/// The privileges that include one, innermost first: [`PrivilegeTree::including`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct IncludingPrivileges<'s, 'a> {
    upwards: Rev<slice::Iter<'s, SupportedPrivilege<'a>>>,
    depth: usize,
}

impl<'s, 'a> IncludingPrivileges<'s, 'a> {
    /// Those around the last one, and that.
    pub(super) fn of(until: &'s [SupportedPrivilege<'a>]) -> Self {
        IncludingPrivileges { upwards: until.iter().rev(), depth: usize::MAX }
    }
}

impl<'s, 'a> Iterator for IncludingPrivileges<'s, 'a> {
    type Item = &'s SupportedPrivilege<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let around = self.upwards.find(|one| one.depth < self.depth)?;
        self.depth = around.depth;
        Some(around)
    }
}

/// Names of algorithms and values: [`Checksums::iter`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct ChecksumPairs<'s, 'a> {
    texts: slice::Iter<'s, Cow<'a, str>>,
    words: str::SplitAsciiWhitespace<'s>,
}

impl<'s, 'a> ChecksumPairs<'s, 'a> {
    pub(super) fn of(texts: &'s [Cow<'a, str>]) -> Self {
        ChecksumPairs { texts: texts.iter(), words: "".split_ascii_whitespace() }
    }
}

impl<'s> Iterator for ChecksumPairs<'s, '_> {
    type Item = (&'s str, &'s str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(pair) = self.words.find_map(|word| word.split_once(':')) {
                return Some(pair);
            }
            self.words = self.texts.next()?.split_ascii_whitespace();
        }
    }
}

/// The parameters of a media type, their values without quotes: [`MediaType::parameters`](super::MediaType::parameters).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Parameters<'m> {
    pub(super) rest: &'m str,
}

impl<'m> Iterator for Parameters<'m> {
    type Item = (&'m str, Cow<'m, str>);

    fn next(&mut self) -> Option<Self::Item> {
        next_parameter(&mut self.rest)
    }
}

/// Language tags: [`LanguageTag::iter`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct LanguageTags<'t>(pub(super) str::Split<'t, char>);

impl<'t> Iterator for LanguageTags<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.by_ref().map(str::trim_ascii).find(|tag| !tag.is_empty())
    }
}

macro_rules! fused {
    ($($name:ident<$($life:lifetime),*>;)*) => { $(
        impl FusedIterator for $name<$($life),*> {}

        /// What is left of it.
        impl fmt::Debug for $name<$($life),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )* };
}

fused! {
    AclEntries<'_, '_>;
    ChecksumPairs<'_, '_>;
    IncludingPrivileges<'_, '_>;
    LanguageTags<'_>;
    Names<'_, '_>;
    Parameters<'_>;
    Privileges<'_, '_>;
    Texts<'_, '_>;
}

/// What `iter` gives.
macro_rules! by_reference {
    ($($name:ident: $iter:ident<'s $(, $life:lifetime)?>;)*) => { $(
        #[doc = concat!("As [`", stringify!($name), "::iter`].")]
        impl<'s, 'a> IntoIterator for &'s $name<'a> {
            type Item = <Self::IntoIter as Iterator>::Item;
            type IntoIter = $iter<'s $(, $life)?>;

            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }
    )* };
}

by_reference! {
    Acl: AclEntries<'s, 'a>;
    Checksums: ChecksumPairs<'s, 'a>;
    ComponentSet: Texts<'s, 'a>;
    ElementNames: Names<'s, 'a>;
    LanguageTag: LanguageTags<'s>;
    PrivilegeSet: Names<'s, 'a>;
    PrivilegeTree: Privileges<'s, 'a>;
    ResourceType: Names<'s, 'a>;
    SupportedSet: Names<'s, 'a>;
    TextSet: Texts<'s, 'a>;
}
