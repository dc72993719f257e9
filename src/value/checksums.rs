use std::borrow::Cow;

use super::{Element, Value, ValueError};

/// Checksums of the content, as ownCloud and Nextcloud have them: `SHA1:aa MD5:bb`, several in one element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksums<'a>(Vec<Cow<'a, str>>);

impl Checksums<'_> {
    /// Name of the algorithm and value of each, as sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|text| text.split_ascii_whitespace()).filter_map(|one| one.split_once(':'))
    }

    /// The value of the first of this algorithm, whose name may be in any letters.
    pub fn get(&self, algorithm: &str) -> Option<&str> {
        self.iter().find(|(name, _)| name.eq_ignore_ascii_case(algorithm)).map(|(_, value)| value)
    }
}

impl<'a> Value<'a> for Checksums<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let texts: Vec<_> = element.children().map(|child| child.frame.trimmed(child.node)).collect();
        let is_sum = |text: &Cow<'a, str>| text.split_ascii_whitespace().all(|one| one.contains(':'));
        if !texts.iter().all(is_sum) || (texts.is_empty() && !element.is_blank()) {
            return Err(ValueError::new(element, "a set of checksums"));
        }
        Ok(Some(Checksums(texts)))
    }
}
