use std::borrow::{Borrow, Cow};
use std::fmt;

use super::frame::trimmed;

/// The text of a `DAV:href` as it was sent: XML references resolved, white space around it cut off, nothing
/// percent-decoded and nothing resolved (RFC 4918 section 8.3).
///
/// An empty href names no resource, not even the one that was asked for. An href can be compared with a `&str`, and a
/// map with hrefs as keys can be searched by `&str`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Href<'a>(pub(crate) Cow<'a, str>);

impl<'a> Href<'a> {
    /// Makes an href of a text from elsewhere, such as a database, to compare it with the hrefs of a response. **White
    /// space around the text is cut off**, as from an href in a body.
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

    /// Returns the text of the href.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the `href` element was empty or missing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes an href that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Href<'static> {
        Href(Cow::Owned(self.0.into_owned()))
    }

    /// Returns the text, borrowed from the body unless it had references in it.
    pub fn into_inner(self) -> Cow<'a, str> {
        self.0
    }
}

/// Takes the text as it is. Unlike [`Href::new`], this conversion cuts nothing off.
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

/// Lets a map with hrefs as keys be searched by text.
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
