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
    /// Makes lenient options: every fault is forgiven, nothing is repaired, every limit has its default.
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

    /// Makes options like [`Options::new`], but refuses every [`Tolerance`].
    pub fn strict() -> Self {
        Options { refused: Refused::all(), ..Self::new() }
    }

    /// Turns on every [`Repair`] and [`Options::salvage`], for programs that show what there is and delete nothing.
    ///
    /// A listing is whole when `finish` is `Ok` and [`Trailer::is_complete`](crate::Trailer::is_complete) is true.
    /// Otherwise the person who looks at the listing should learn that rows may be missing.
    pub fn browse() -> Self {
        Repair::ALL.iter().fold(Self::new(), |options, repair| options.repair(*repair)).salvage()
    }

    /// Goes on after a fatal fault inside the root of a multistatus. The fault then costs only its response, which is
    /// given as an error that is not fatal. Reading goes on at the next start tag of a `response` that is not inside a
    /// property. So one broken response does not hide the rest of a folder.
    ///
    /// After such a fault the body never counts as complete. The end of the body and `finish` give the first of these
    /// errors again, now as a fatal one, unless another fatal error has ended the reading. What comes after the fault
    /// may be forged by whoever wrote the broken value: show it, but never delete or overwrite anything because of it.
    /// On the way to the next response, everything else under the root is passed over silently. Limits and refused
    /// faults that are fatal otherwise are treated in the same way. A truncated body stays truncated. Faults before the
    /// root or after it stay fatal, and so do all faults in documents other than a multistatus.
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

    /// Makes the fault `tolerance` an error: [`ErrorKind::Refused`](crate::ErrorKind::Refused).
    #[must_use]
    pub fn refuse(mut self, tolerance: Tolerance) -> Self {
        self.refused = self.refused.with(tolerance);
        self
    }

    /// Forgives the fault `tolerance` again, after [`Options::strict`] or [`Options::refuse`].
    #[must_use]
    pub fn forgive(mut self, tolerance: Tolerance) -> Self {
        self.refused = self.refused.without(tolerance);
        self
    }

    /// Turns on the repair `repair`. A body that was repaired can still finish without an error.
    #[must_use]
    pub fn repair(mut self, repair: Repair) -> Self {
        self.repairs = self.repairs.with(repair);
        self
    }

    /// Sets `limit` to `most`. Reaching `most` is allowed, passing it is an error.
    #[must_use]
    pub fn limit(mut self, limit: Limit, most: u64) -> Self {
        if let Some(slot) = self.limits.get_mut(limit as usize) {
            *slot = most.min(limit.most());
        }
        self
    }

    /// Sets the encoding named in the Content-Type header, such as `utf-8` in `text/xml; charset="utf-8"`, quoted or
    /// not. A byte order mark outranks this encoding, which outranks the XML declaration (RFC 7303 section 3.3).
    ///
    /// An encoding other than UTF-8 is treated as if the body declared it. A body in a single-byte encoding is read as
    /// long as all its bytes are ASCII ([`Tolerance::DeclaredEncoding`]). Any other encoding is an error that names it.
    /// `Options::transcode` reads them all.
    #[must_use]
    pub fn charset(mut self, label: &str) -> Self {
        let is_around = |c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'');
        let label = label.trim_matches(is_around);
        self.charset = (!label.is_empty()).then(|| label.into());
        self
    }

    /// Reads bodies in any encoding of the WHATWG's Encoding Standard, such as UTF-16 and windows-1252. The byte order
    /// mark decides which one, or else [`Options::charset`], or else the XML declaration (RFC 7303 section 3.3).
    ///
    /// Without this option every body is read as UTF-8, even with feature `encoding`. The option works with every
    /// input. All offsets are those in the UTF-8 form of the body. A body in UTF-8 is still borrowed. For a body in
    /// memory in another encoding, each response has a copy of its text, which [`decode`](crate::decode) avoids.
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

    /// Returns the first fault among `notes` that is not forgiven.
    pub(crate) fn first_refused(&self, notes: Notes) -> Option<Tolerance> {
        notes.tolerated().find(|tolerance| self.refused.has(*tolerance))
    }

    pub(crate) fn salvages(&self) -> bool {
        self.salvages
    }

    /// Whether bytes that are not UTF-8 are replaced, so that reading can go on after them.
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
