//! The answer to a multiget report as a whole, for bodies in memory.

use std::collections::HashSet;

use super::stated::read_all;
use crate::{
    Error, Href, Multistatus, Options, Response,
    href::HrefKey,
    meaning::{Answer, Multiget},
};

/// All that the answer to a multiget report says: [`Multiget::read`] gives it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MultigetReport<'a> {
    /// The responses with the data, each about one href that was asked for: [`Answer::Got`].
    pub got: Vec<Response<'a>>,
    /// What was found to have no resource, and of which nothing else is said: [`Answer::NotFound`].
    pub not_found: Vec<Href<'a>>,
    /// Resources that exist, but whose data was not returned: [`Answer::NoData`].
    pub no_data: Vec<Href<'a>>,
    /// Hrefs of which is not told whether there is a resource: [`Answer::Failed`].
    pub failed: Vec<Href<'a>>,
    /// What nobody has asked for: [`Answer::Unasked`].
    pub unasked: Vec<Href<'a>>,
    /// The hrefs that were asked for and have got no answer, as they were asked for: nothing is known of them. `None` when
    /// responses could not be read, which may have been about any of them.
    pub unanswered: Option<Vec<String>>,
}

impl MultigetReport<'_> {
    /// Whether what was not found may be taken for removed, if the request repeated hrefs exactly as the server had listed
    /// them: at least one other was got. iCloud answers 404 for all when it does not know how they are spelled.
    pub fn shows_removals(&self) -> bool {
        !self.got.is_empty()
    }
}

impl Multiget<'_> {
    /// Reads a whole body, after all hrefs were [asked](Multiget::ask) for.
    ///
    /// ```
    /// use multistatus::{Options, href::RequestUrl, meaning::Multiget, names::caldav::CALENDAR_DATA, value::ObjectData};
    /// use url::Url;
    ///
    /// let body = b"<D:multistatus xmlns:D='DAV:'><D:response><D:href>/cal/a.ics</D:href><D:propstat><D:prop>\
    ///     <calendar-data xmlns='urn:ietf:params:xml:ns:caldav'>BEGIN:VCALENDAR</calendar-data></D:prop>\
    ///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>";
    /// let request = RequestUrl::new(Url::parse("https://dav.example/cal/").unwrap());
    /// let mut multiget = Multiget::new(207, request, CALENDAR_DATA);
    /// multiget.ask("/cal/a.ics")?;
    /// multiget.ask("/cal/b.ics")?;
    /// let report = multiget.read(body, &Options::new())?;
    /// let data = report.got[0].props().read::<ObjectData>(CALENDAR_DATA)?.unwrap();
    /// assert_eq!((report.got[0].href().as_str(), &*data.text), ("/cal/a.ics", "BEGIN:VCALENDAR"));
    /// assert_eq!(report.unanswered.unwrap(), ["/cal/b.ics"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the body is cut, not well-formed or no multistatus: then nothing of it counts.
    pub fn read<'a>(mut self, body: &'a [u8], options: &Options) -> Result<MultigetReport<'a>, Error> {
        let mut report = MultigetReport {
            got: Vec::new(),
            not_found: Vec::new(),
            no_data: Vec::new(),
            failed: Vec::new(),
            unasked: Vec::new(),
            unanswered: None,
        };
        let (mut not_found, mut others) = (Vec::new(), HashSet::<HrefKey>::new());
        let trailer = read_all(Multistatus::with_options(body, options), |response| {
            let mut got = Vec::new();
            for (answer, key) in self.see_keyed(&response) {
                let (href, list) = match answer {
                    Answer::NotFound(href) => {
                        not_found.push((href, key));
                        continue;
                    }
                    Answer::Got(href) => (href, &mut got),
                    Answer::NoData(href) => (href, &mut report.no_data),
                    Answer::Failed { href, .. } => (href, &mut report.failed),
                    Answer::Unasked(href) => (href, &mut report.unasked),
                };
                others.extend(key);
                list.push(href);
            }
            if !got.is_empty() {
                report.got.push(response);
            }
        })?;
        report.unanswered = self.unanswered(&trailer).map(|open| open.map(str::to_owned).collect());
        // Two answers that differ prove nothing.
        let is_alone = |key: &Option<HrefKey>| key.as_ref().is_some_and(|key| !others.contains(key));
        let not_found = not_found.into_iter().filter(|(_, key)| is_alone(key));
        report.not_found.extend(not_found.map(|(href, _)| href));
        Ok(report)
    }
}
