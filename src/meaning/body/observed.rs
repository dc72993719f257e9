//! An input together with the observer that it drives.

use std::fmt;

/// An input together with the observer that it drives, made by [`Observer::over`](crate::meaning::Observer::over).
///
/// `read` reads the whole body, and gives the same report with every input. `next_response` lends one response after
/// the other, with what the response says. `finish` gives the end.
///
/// ```
/// use multistatus::{Reader, href::RequestUrl, meaning::{Observer, Propfind}};
/// use url::Url;
///
/// let body: &[u8] = b"<multistatus xmlns='DAV:'><response><href>/a/</href>\
///     <propstat><prop><getetag>1</getetag></prop>\
///     <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
/// let url = RequestUrl::new(Url::parse("https://dav.example/a/")?);
/// let mut listing = Propfind::new(url, 207).over(Reader::new(body));
/// while let Some((response, entries)) = listing.next_response()? {
///     assert_eq!(response.href(), entries[0].href);
/// }
/// assert!(listing.finish()?.is_complete());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// `finish` uses the input up, so that nothing is asked for after the end:
///
/// ```compile_fail,E0382
/// use multistatus::{Reader, meaning::{Observed, Propfind}};
///
/// fn again(mut listing: Observed<Reader<&[u8]>, Propfind>) {
///     let _ = listing.finish();
///     let _ = listing.next_response();
/// }
/// ```
#[must_use]
pub struct Observed<I, O> {
    pub(super) input: I,
    pub(super) observer: O,
    /// Whether a response was lent. Then `read` reports only the rest.
    pub(super) is_begun: bool,
}

impl<I, O> Observed<I, O> {
    pub(super) fn new(input: I, observer: O) -> Self {
        Observed { input, observer, is_begun: false }
    }
}

impl<I: fmt::Debug, O> fmt::Debug for Observed<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Observed").field(&self.input).finish()
    }
}
