//! How a body is read.

use crate::{Limit, Repair, Tolerance, notes::Notes, repair::Repairs, tolerance::Refused};

/// How a body is read. [`Options::new`] forgives every [`Tolerance`], makes no [`Repair`] and keeps the default of
/// every [`Limit`].
///
/// ```
/// use multistatus::{Limit, Multistatus, Options, Tolerance};
///
/// let options = Options::new().refuse(Tolerance::ImplicitResponse);
/// let options = options.limit(Limit::Depth, 64);
/// let body = b"<multistatus xmlns='DAV:'><href>/a</href><status>HTTP/1.1 200 OK</status>\
///     </multistatus>";
/// let mut responses = Multistatus::with_options(body, &options);
/// assert!(responses.next_response().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    refused: Refused,
    repairs: Repairs,
    limits: [u64; Limit::ALL.len()],
    salvages: bool,
    pub(crate) charset: Option<Box<str>>,
    #[cfg(feature = "encoding")]
    pub(crate) transcodes: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// Lenient, no repairs, default limits.
    pub fn new() -> Self {
        let limits = std::array::from_fn(|i| Limit::ALL.get(i).map_or(0, |limit| limit.default_value()));
        Options {
            refused: Refused::EMPTY,
            repairs: Repairs::EMPTY,
            limits,
            salvages: false,
            charset: None,
            #[cfg(feature = "encoding")]
            transcodes: false,
        }
    }

    /// Like [`Options::new`], but every [`Tolerance`] is refused.
    pub fn strict() -> Self {
        Options { refused: Refused::all(), ..Self::new() }
    }

    /// For programs that show what there is and delete nothing: every [`Repair`], and [`Options::salvage`].
    ///
    /// A listing is whole when `finish` is `Ok` and [`Trailer::is_complete`](crate::Trailer::is_complete). Otherwise
    /// the person should learn that rows may be missing.
    pub fn browse() -> Self {
        Repair::ALL.iter().fold(Self::new(), |options, repair| options.repair(*repair)).salvage()
    }

    /// Goes on after a fault that otherwise ends the reading, if it is inside the root of a multistatus: the response
    /// with the fault becomes an error item, and the next thing read is the next start tag of a `response` that is not
    /// inside a property. So one broken response does not hide the rest of a folder.
    ///
    /// After that the body can never pass for complete: at its end, and from `finish`, that first error comes again,
    /// now a fatal one, unless another one has ended the reading. What comes after the fault may be forged by
    /// whoever wrote the broken value. Show it, but never delete or overwrite anything because of it. On the way to
    /// the next response, whatever else is under the root is passed over silently.
    ///
    /// This holds for limits and refused faults that are fatal otherwise, too. A body that is cut stays cut; faults
    /// before the root or after it are as fatal as ever, and so are all of other documents than a multistatus.
    ///
    /// ```
    /// use multistatus::{Multistatus, Options};
    ///
    /// let body = b"<multistatus xmlns='DAV:'><response><href>/a&b</href></response>\
    ///     <response><href>/c</href></response></multistatus>";
    /// let mut responses = Multistatus::with_options(body, &Options::new().salvage());
    /// assert!(responses.next_response().is_err_and(|error| !error.is_fatal()));
    /// assert_eq!(responses.next_response()?.unwrap().href().as_str(), "/c");
    /// assert!(responses.finish().is_err_and(|error| error.is_fatal()));
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    #[must_use]
    pub fn salvage(mut self) -> Self {
        self.salvages = true;
        self
    }

    /// Makes this fault an error: [`ErrorKind::Refused`](crate::ErrorKind::Refused).
    #[must_use]
    pub fn refuse(mut self, tolerance: Tolerance) -> Self {
        self.refused = self.refused.with(tolerance);
        self
    }

    /// Forgives this fault, after [`Options::strict`] or [`Options::refuse`].
    #[must_use]
    pub fn forgive(mut self, tolerance: Tolerance) -> Self {
        self.refused = self.refused.without(tolerance);
        self
    }

    /// Repairs this fault: the body can still finish without an error.
    #[must_use]
    pub fn repair(mut self, repair: Repair) -> Self {
        self.repairs = self.repairs.with(repair);
        self
    }

    /// Sets a limit; reaching `most` is allowed, passing it is an error.
    #[must_use]
    pub fn limit(mut self, limit: Limit, most: u64) -> Self {
        if let Some(slot) = self.limits.get_mut(limit as usize) {
            *slot = most.min(limit.most());
        }
        self
    }

    /// The encoding of the body that the Content-Type header names, such as `utf-8` in `text/xml; charset="utf-8"`,
    /// quotes or not. A byte order mark in the body counts more, its XML declaration less (RFC 7303 section 3.3).
    ///
    /// Any encoding but UTF-8 is treated as one that the body declares: a single-byte encoding is read as long as all
    /// bytes are ASCII ([`Tolerance::DeclaredEncoding`]), and others are an error that names them. `Options::transcode`
    /// reads them all.
    #[must_use]
    pub fn charset(mut self, label: &str) -> Self {
        let is_around = |c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'');
        let label = label.trim_matches(is_around);
        self.charset = (!label.is_empty()).then(|| label.into());
        self
    }

    /// Reads bodies in any encoding of the Encoding Standard of the WHATWG, such as UTF-16 and windows-1252. A byte order
    /// mark tells which one it is, or else [`Options::charset`], or else the XML declaration (RFC 7303 section 3.3).
    ///
    /// Without this option every body is read as UTF-8, whether feature `encoding` is on or not. The option holds for
    /// every input. All places are those in the UTF-8 form of the body. What is in UTF-8 is still borrowed; the
    /// responses of another body in memory have a copy of their text, which [`decode`](crate::decode) avoids.
    ///
    /// ```
    /// use multistatus::{Multistatus, Options};
    ///
    /// let body = b"<multistatus xmlns='DAV:'>\
    ///     <response><href>/caf\xE9</href></response></multistatus>";
    /// let options = Options::new().charset("iso-8859-1");
    /// assert!(Multistatus::with_options(body, &options).next_response().is_err());
    /// let mut responses = Multistatus::with_options(body, &options.transcode());
    /// assert_eq!(responses.next_response()?.unwrap().href().as_str(), "/caf\u{E9}");
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    #[cfg(feature = "encoding")]
    #[must_use]
    pub fn transcode(mut self) -> Self {
        self.transcodes = true;
        self
    }

    pub(crate) fn refused(&self) -> Refused {
        self.refused
    }

    /// The first fault among `notes` that is not forgiven.
    pub(crate) fn first_refused(&self, notes: Notes) -> Option<Tolerance> {
        notes.tolerated().find(|tolerance| self.refused.has(*tolerance))
    }

    pub(crate) fn salvages(&self) -> bool {
        self.salvages
    }

    /// Whether bytes that are not UTF-8 are replaced, so that reading goes on after them.
    pub(crate) fn replaces_bytes(&self) -> bool {
        self.salvages || self.repairs.has(Repair::ForbiddenCharacters)
    }

    pub(crate) fn repairs(&self) -> Repairs {
        self.repairs
    }

    pub(crate) fn with_repairs(mut self, repairs: Repairs) -> Self {
        self.repairs = repairs;
        self
    }

    pub(crate) fn most(&self, limit: Limit) -> usize {
        let most = self.limits.get(limit as usize).copied().unwrap_or_default();
        usize::try_from(most).unwrap_or(usize::MAX)
    }
}
