use std::{borrow::Cow, slice, str};

use super::iter::by_reference;
use super::{Value, ValueError, fault::Fault, owned::own, unread::Unread};
use crate::Element;
use crate::fused::fused;

/// Checksums of the content, as ownCloud and Nextcloud send them: several in one element, `SHA1:aa MD5:bb`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksums<'a> {
    texts: Vec<Cow<'a, str>>,
    errors: Unread,
}

own! { Checksums { texts, errors } }

impl<'a> Checksums<'a> {
    #[cfg(feature = "serde")]
    pub(super) fn of(texts: Vec<String>) -> Option<Self> {
        let texts: Vec<_> = texts.into_iter().map(Cow::Owned).collect();
        texts.iter().all(|text| is_sums(text)).then_some(Checksums { texts, errors: Unread::default() })
    }

    #[cfg(feature = "serde")]
    pub(super) fn texts(&self) -> &[Cow<'a, str>] {
        &self.texts
    }

    /// The algorithm and the value of each checksum, as sent.
    pub fn iter(&self) -> ChecksumPairs<'_, 'a> {
        ChecksumPairs { texts: self.texts.iter(), words: "".split_ascii_whitespace() }
    }

    /// Whether there are no checksums.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The value of the first checksum whose algorithm is `algorithm`, ignoring case.
    pub fn get(&self, algorithm: &str) -> Option<&str> {
        self.iter().find(|(name, _)| name.eq_ignore_ascii_case(algorithm)).map(|(_, value)| value)
    }

    /// The errors of the elements that could not be read, in their order. At most the first 100 errors.
    pub fn errors(&self) -> &[ValueError] {
        self.errors.first()
    }
}

/// Whether each word of `text` has a colon, as a checksum has.
fn is_sums(text: &str) -> bool {
    text.split_ascii_whitespace().all(|one| one.contains(':'))
}

impl<'a> Value<'a> for Checksums<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        if element.is_only_text() {
            return Err(ValueError::new(element, "a set of checksums"));
        }
        let mut sums = Checksums::default();
        for child in element.children() {
            let text = child.frame.trimmed(child.node);
            match is_sums(&text) {
                true => sums.texts.push(text),
                false => sums.errors.push(Fault::not(child, "checksums")),
            }
        }
        sums.errors.or_nothing(sums.texts.is_empty())?;
        Ok(Some(sums))
    }
}

/// An iterator over the algorithms and values of checksums, from [`Checksums::iter`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct ChecksumPairs<'s, 'a> {
    texts: slice::Iter<'s, Cow<'a, str>>,
    words: str::SplitAsciiWhitespace<'s>,
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

fused! { ChecksumPairs<'_, '_>; }

by_reference! { Checksums: ChecksumPairs<'s, 'a>; }
