use super::Multistatus;
use crate::{Error, Options, Root};

/// Any body that a WebDAV client meets. Its root element decides what the body is; the HTTP status never does.
///
/// `M` is the input, which goes on reading a multistatus. Every other root is read whole, to the end of the body.
#[derive(Debug)]
#[non_exhaustive]
#[must_use]
pub enum Document<'a, M = Multistatus<'a>> {
    /// `DAV:multistatus` (RFC 4918 section 14.16).
    Multistatus(M),
    /// Any other root: [`Root::kind`] says which.
    Other(Root<'a>),
}

impl<'a> Document<'a> {
    /// Reads the root of `body`. Reads all of `body` unless the root is a multistatus.
    ///
    /// # Errors
    /// When the root is neither multistatus nor one of [`RootKind`](crate::RootKind). For a root other than
    /// multistatus, also when anything is wrong with the body.
    ///
    /// ```
    /// use multistatus::{Document, RootKind, names};
    ///
    /// let body = br#"<D:error xmlns:D="DAV:"><D:valid-sync-token/></D:error>"#;
    /// let Document::Other(root) = Document::new(body)? else { panic!("a multistatus") };
    /// assert_eq!(root.kind(), RootKind::Error);
    /// let mut conditions = root.conditions().map(|condition| condition.name());
    /// assert!(conditions.any(|name| name == names::conditions::VALID_SYNC_TOKEN));
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    pub fn new(body: &'a [u8]) -> Result<Self, Error> {
        Self::with_options(body, &Options::new())
    }

    /// Does what [`Document::new`] does, but reads as `options` say.
    ///
    /// # Errors
    /// Those of [`Document::new`].
    pub fn with_options(body: &'a [u8], options: &Options) -> Result<Self, Error> {
        let mut input = Multistatus::with_options(body, options);
        Ok(match input.other_kind()? {
            Some(kind) => Document::Other(input.other_root(kind)),
            None => Document::Multistatus(input),
        })
    }
}

impl<'a, M> Document<'a, M> {
    /// Returns the root element. `None` for a multistatus.
    pub fn root(&self) -> Option<&Root<'a>> {
        match self {
            Document::Multistatus(_) => None,
            Document::Other(root) => Some(root),
        }
    }
}
