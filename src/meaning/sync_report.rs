//! The answer to a sync-collection report as a whole, for bodies in memory.

use std::collections::HashMap;

use super::stated::read_all;
use crate::{
    Document, Error, ErrorKind, Href, Multistatus, Options, Response,
    href::HrefKey,
    meaning::{Change, Changes, Withheld},
    names,
    value::EntityTag,
};

/// All that the answer to a sync-collection report says, one entry per member: [`Changes::read`] gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncReport<'a> {
    /// Members that are new or have changed, in the order they came.
    pub updated: Vec<SyncMember<'a>>,
    /// Members that are gone, and of which nothing else is said: [`Change::Removed`]. None without any token, because
    /// then it is no answer to such a report.
    pub removed: Vec<SyncMember<'a>>,
    /// Members to keep and to fetch again: [`Change::Failed`], and what would be removed if there were a token.
    pub failed: Vec<SyncMember<'a>>,
    /// Collections to be asked for by themselves: [`Change::CannotSync`]. One that has changed, too, is also among the
    /// updated.
    pub cannot_sync: Vec<SyncMember<'a>>,
    /// Hrefs of no member of the collection: [`Change::Foreign`].
    pub foreign: Vec<Href<'a>>,
    /// Hrefs that are empty or cannot be resolved.
    pub unusable: Vec<Href<'a>>,
    /// The status of the collection itself, if that has failed and it is readable.
    pub collection_status: Option<u16>,
    /// Whether there are more changes to ask for.
    pub is_truncated: bool,
    /// The token to send next time, or why there is none. It may be stored when all of the above has been dealt with.
    pub token: Result<String, Withheld>,
}

/// A member of the collection in a [`SyncReport`]. Of several statements about one, that is the one which counts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncMember<'a> {
    /// Its href as sent: what to ask for.
    pub href: Href<'a>,
    /// What to find it by, however it is spelled.
    pub key: HrefKey,
    /// Its entity tag, if that was returned and can be read.
    pub getetag: Option<EntityTag<'a>>,
    /// Its own status. `None` when it has none, or one that is unreadable.
    pub status: Option<u16>,
    /// Where it has moved to, with a status of 3xx.
    pub location: Option<Href<'a>>,
}

/// What is known of a member. Of two the greater counts: what is removed and something else is not gone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Removed,
    CannotSync,
    Failed,
    Updated,
}

impl Changes {
    /// Reads a whole body, and sorts what it says by member. Memory grows with the number of members.
    ///
    /// ```
    /// use multistatus::{Options, href::RequestUrl, meaning::Changes};
    /// use url::Url;
    ///
    /// let body = br#"<D:multistatus xmlns:D="DAV:">
    ///   <D:response><D:href>/cal/a.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>
    ///   <D:response><D:href>/cal/b.ics</D:href><D:propstat><D:prop><D:getetag>"2"</D:getetag></D:prop>
    ///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
    ///   <D:sync-token>urn:token:2</D:sync-token></D:multistatus>"#;
    /// let request = RequestUrl::new(Url::parse("https://dav.example/cal/").unwrap());
    /// let report = Changes::new(207, request).token("urn:token:1").read(body, &Options::new())?;
    /// assert_eq!(report.updated[0].href, "/cal/b.ics");
    /// assert_eq!(report.updated[0].getetag.as_ref().unwrap().as_str(), "\"2\"");
    /// assert_eq!(report.removed[0].href, "/cal/a.ics");
    /// assert_eq!(report.token.as_deref(), Ok("urn:token:2"));
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    ///
    /// An answer of `DAV:error` with `DAV:valid-sync-token` makes an empty report with [`Withheld::InvalidToken`].
    ///
    /// # Errors
    /// When the body is cut, not well-formed or another one that is no multistatus: then nothing of it counts.
    pub fn read<'a>(mut self, body: &'a [u8], options: &Options) -> Result<SyncReport<'a>, Error> {
        let mut report = SyncReport {
            updated: Vec::new(),
            removed: Vec::new(),
            failed: Vec::new(),
            cannot_sync: Vec::new(),
            foreign: Vec::new(),
            unusable: Vec::new(),
            collection_status: None,
            is_truncated: false,
            token: Err(Withheld::InvalidToken),
        };
        let mut members = Members::default();
        let responses = Multistatus::with_options(body, options);
        let trailer = match read_all(responses, |response| self.sort(&response, &mut members, &mut report)) {
            Ok(trailer) => trailer,
            Err(error) if is_invalid_token(&error, body, options) => return Ok(report),
            Err(error) => return Err(error),
        };
        self.are_repeated(members.repeated);
        report.is_truncated = self.is_truncated();
        report.token = self.finish(&trailer);
        let is_answer = report.token != Err(Withheld::NoToken);
        for Entry { member, known, cannot_sync } in members.in_order {
            if cannot_sync {
                report.cannot_sync.push(member.clone());
            }
            match known {
                Known::Removed if is_answer => report.removed.push(member),
                Known::Removed | Known::Failed => report.failed.push(member),
                Known::Updated => report.updated.push(member),
                Known::CannotSync => {}
            }
        }
        Ok(report)
    }

    fn sort<'a>(&mut self, response: &Response<'a>, members: &mut Members<'a>, report: &mut SyncReport<'a>) {
        let changes = self.see_keyed(response);
        let own_status = response.status().and_then(|status| status.as_u16());
        let is_one = changes.len() == 1;
        for (change, key) in changes {
            let (href, known, location) = match change {
                Change::Updated(href) => (href, Known::Updated, None),
                Change::Removed(href) => (href, Known::Removed, None),
                Change::CannotSync(href) => (href, Known::CannotSync, None),
                Change::Failed { href, location, .. } => (href, Known::Failed, location),
                Change::Foreign(href) => {
                    report.foreign.push(href);
                    continue;
                }
                Change::CollectionFailed(status) => {
                    report.collection_status = report.collection_status.or(status);
                    continue;
                }
                Change::Truncated => continue,
            };
            match key {
                Some(key) => {
                    let getetag = if is_one { response.props().getetag().ok().flatten() } else { None };
                    members.add(SyncMember { href, key, getetag, status: own_status, location }, known);
                }
                None => report.unusable.push(href),
            }
        }
    }
}

/// What was said of each member.
#[derive(Default)]
struct Members<'a> {
    in_order: Vec<Entry<'a>>,
    places: HashMap<HrefKey, usize>,
    /// Hrefs of members that had been named before.
    repeated: u64,
}

struct Entry<'a> {
    member: SyncMember<'a>,
    known: Known,
    cannot_sync: bool,
}

impl<'a> Members<'a> {
    fn add(&mut self, member: SyncMember<'a>, known: Known) {
        let place = *self.places.entry(member.key.clone()).or_insert(self.in_order.len());
        let cannot_sync = known == Known::CannotSync;
        let Some(before) = self.in_order.get_mut(place) else {
            return self.in_order.push(Entry { member, known, cannot_sync });
        };
        self.repeated += 1;
        before.cannot_sync |= cannot_sync;
        if known > before.known {
            (before.member, before.known) = (member, known);
        }
    }
}

/// Whether the body is a `DAV:error` which says that the token is not valid.
fn is_invalid_token(error: &Error, body: &[u8], options: &Options) -> bool {
    let is_other_root = matches!(error.kind(), ErrorKind::NotDav { .. });
    let document = if is_other_root { Document::with_options(body, options).ok() } else { None };
    let root = document.as_ref().and_then(|document| document.root());
    root.is_some_and(|root| {
        root.conditions().any(|condition| condition.name() == names::conditions::VALID_SYNC_TOKEN)
    })
}
