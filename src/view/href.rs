use std::borrow::{Borrow, Cow};
use std::fmt;

use super::frame::trimmed;

/// The text of a `DAV:href` as it was sent: XML references resolved, white space around it cut off, nothing
/// percent-decoded and nothing resolved (RFC 4918 section 8.3).
///
/// An empty href names no resource, least of all the one that was asked for. As text it compares with `&str`, and a map
/// with hrefs as keys is searched by `&str`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Href<'a>(pub(crate) Cow<'a, str>);

impl<'a> Href<'a> {
    /// An href from elsewhere, such as a database, to be compared with those of a response. **White space around it is
    /// cut off**, as it is of an href in a body.
    ///
    /// ```
    /// use multistatus::Href;
    ///
    /// assert_eq!(Href::new(" /a%20b\n").as_str(), "/a%20b");
    /// assert_eq!(Href::new(String::from("/a")).into_owned(), "/a");
    /// ```
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Href(trimmed(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the element was empty, or not there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Href<'static> {
        Href(Cow::Owned(self.0.into_owned()))
    }

    /// The text, borrowed from the body unless references were in it.
    pub fn into_inner(self) -> Cow<'a, str> {
        self.0
    }
}

/// The text as it is: nothing is cut off, other than by [`Href::new`].
impl<'a> From<&'a str> for Href<'a> {
    fn from(text: &'a str) -> Self {
        Href(Cow::Borrowed(text))
    }
}

impl PartialEq<str> for Href<'_> {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Href<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

/// So that a map with hrefs as keys is searched by text.
impl Borrow<str> for Href<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<Href<'_>> for String {
    fn from(href: Href<'_>) -> Self {
        href.0.into_owned()
    }
}

impl AsRef<str> for Href<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Href<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
