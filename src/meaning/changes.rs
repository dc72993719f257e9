//! The answer to a sync-collection report (RFC 6578).

use super::stated::{Stated, has_condition, has_values, hrefs, is_ambiguous, is_implicit, is_limit};
use crate::{
    Href, Name, Response, Trailer,
    href::{HrefKey, HrefRelation, RequestUrl},
    names,
};

/// Reads the answer to a sync-collection report: one [`Change`] per href, and in the end the token for the next one, or
/// why there is none.
///
/// [`Changes::read`] reads a body in memory, and gives one entry per member. To other inputs [`Changes::see`] is shown the
/// responses as they pass, and [`Changes::finish`] the end.
///
/// A 404 of a property is never a removal, nor is anything but a 404 or 410 of the resource itself. One member may have
/// both a removal and another change in one answer, in any order and under two spellings: then it is not gone. So who
/// uses `see` collects the changes, and drops each removal whose [key](RequestUrl::key) is among the others, as below.
///
/// ```
/// use multistatus::{
///     Multistatus,
///     href::RequestUrl,
///     meaning::{Change, Changes, Withheld},
/// };
/// use std::collections::HashMap;
/// use url::Url;
///
/// let body = br#"<D:multistatus xmlns:D="DAV:">
///   <D:response><D:href>/cal/a.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>
///   <D:response><D:href>/cal/b.ics</D:href><D:propstat><D:prop><D:getetag>"2"</D:getetag></D:prop>
///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
///   <D:sync-token>urn:token:2</D:sync-token></D:multistatus>"#;
/// let request = RequestUrl::new(Url::parse("https://dav.example/cal/").unwrap());
/// let mut changes = Changes::new(207, request.clone()).token("urn:token:1");
/// let mut responses = Multistatus::new(body);
/// let (mut removed, mut others) = (HashMap::new(), HashMap::new());
/// while let Some(response) = responses.next_response()? {
///     for change in changes.see(&response) {
///         match change {
///             Change::Removed(href) => drop(removed.insert(request.key(&href)?, href.into_owned())),
///             Change::Updated(href) | Change::CannotSync(href) => {
///                 others.insert(request.key(&href)?, href.into_owned());
///             }
///             Change::Failed { href, .. } => match request.key(&href) {
///                 Ok(key) => drop(others.insert(key, href.into_owned())),
///                 // The token will be withheld.
///                 Err(error) => eprintln!("{href}: {error}"),
///             },
///             other => eprintln!("{other:?}"),
///         }
///     }
/// }
/// // Only now is anything done: a body that was cut has not come here.
/// let token = changes.finish(&responses.finish()?);
/// if token == Err(Withheld::NoToken) {
///     // That was no answer to a sync-collection report.
///     removed.clear();
/// }
/// removed.retain(|key, _| !others.contains_key(key));
/// assert_eq!((removed.len(), others.len()), (1, 1));
/// assert_eq!(token?, "urn:token:2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Changes {
    http_status: u16,
    request: RequestUrl,
    limit: Option<u64>,
    token: Option<Box<str>>,
    responses: u64,
    /// Responses that a server may not count towards a limit: those about the collection itself alone, and as far as is
    /// known those about a member that was named before.
    uncounted: u64,
    hrefs: u64,
    is_truncated: bool,
    withheld: Option<Withheld>,
}

/// What an answer to a sync-collection report says of one href.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change<'a> {
    /// The member is new or has changed.
    Updated(Href<'a>),
    /// The member is gone. In a first report, without a token, it may name what never was there.
    Removed(Href<'a>),
    /// There are more changes: ask again with the new token (RFC 6578 section 3.6).
    Truncated,
    /// The member is a collection of its own, whose members are not among these: it has to be asked for by itself
    /// (RFC 6578 section 3.3).
    CannotSync(Href<'a>),
    /// The collection that was asked for is not what it was: this says nothing of its members. With its status, if that
    /// is readable.
    CollectionFailed(Option<u16>),
    /// No member of the collection, as far as the href tells: see [`RequestUrl`] for hrefs that are wrong.
    Foreign(Href<'a>),
    /// The member stays as it was known; it has to be fetched again, because what is said of it failed, contradicts
    /// itself or cannot be understood.
    Failed {
        /// The member. It may be empty or unusable, or that of the collection, when that is what cannot be understood.
        href: Href<'a>,
        /// Its own status. `None` when it has none, or one that is unreadable.
        status: Option<u16>,
        /// Where it has moved to, with a status of 3xx.
        location: Option<Href<'a>>,
    },
}

/// Why an answer to a sync-collection report gives no token. Where nothing else is said, ask again with the old one, and if
/// that does not help, list everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Withheld {
    /// The answer has no token, or an empty one: it is none to a sync-collection report, and nothing in it is a removal.
    /// This counts before all other reasons. List everything instead.
    #[error("there is no token")]
    NoToken,
    /// The token that was sent is not valid any more (`DAV:valid-sync-token`, RFC 6578 section 3.2). Start without one.
    /// Only [`Changes::read`] can tell.
    #[error("the token that was sent is not valid")]
    InvalidToken,
    /// The status of HTTP was none of success.
    #[error("the request failed")]
    HttpStatus,
    /// Responses could not be read.
    #[error("responses could not be read")]
    Unreadable,
    /// Responses were not shown to [`Changes::see`], or some were shown twice.
    #[error("not every response was seen once")]
    Unseen,
    /// An href was empty or cannot be resolved.
    #[error("an href names no resource")]
    Href,
    /// Elements of a response stood directly under `multistatus`.
    #[error("elements of a response stood outside one")]
    Implicit,
    /// The collection itself failed: it may be gone, or closed to this user.
    #[error("the collection failed")]
    CollectionFailed,
    /// An href was none of a member. Behind a proxy that will not change: look at [`RequestUrl::by_path`] and
    /// [`RequestUrl::mount`].
    #[error("an href is outside the collection")]
    Foreign,
    /// It has two that differ.
    #[error("there are several tokens")]
    SeveralTokens,
    /// There were as many changes as the limit allows, and nothing says that there are no more: xandikos cuts without a
    /// word, and its token skips the rest. Ask again without a limit.
    #[error("the limit was reached, and nothing tells whether there is more")]
    Limit,
    /// There is more to come, but the token is the one that was sent: asking again would never end. List everything.
    #[error("there is more, but the token has not moved")]
    NoProgress,
}

impl Changes {
    /// For a request of a collection and the status of HTTP it was answered with. If that is none of success, everything
    /// has failed.
    pub fn new(http_status: u16, request: RequestUrl) -> Self {
        Changes {
            http_status,
            request,
            limit: None,
            token: None,
            responses: 0,
            uncounted: 0,
            hrefs: 0,
            is_truncated: false,
            withheld: None,
        }
    }

    /// The `DAV:limit` that was sent, if one was: so many changes were asked for at most.
    #[must_use]
    pub fn limit(mut self, most: impl Into<Option<u64>>) -> Self {
        self.limit = most.into();
        self
    }

    /// The sync-token that was sent, if one was.
    #[must_use]
    pub fn token<'t>(mut self, token: impl Into<Option<&'t str>>) -> Self {
        self.token = token.into().map(|token| crate::parse::trim(token).into());
        self
    }

    /// What a response says, one change per href; none for the collection itself. Every response has to be shown, in
    /// whatever order.
    pub fn see<'a>(&mut self, response: &Response<'a>) -> Vec<Change<'a>> {
        self.see_keyed(response).into_iter().map(|(change, _)| change).collect()
    }

    /// The same, each with the key of its href if that is usable; [`Change::Truncated`] has none.
    pub(super) fn see_keyed<'a>(&mut self, response: &Response<'a>) -> Vec<(Change<'a>, Option<HrefKey>)> {
        let said = Said::of(response);
        self.responses += 1;
        let mut changes = Vec::new();
        for href in hrefs(response) {
            self.hrefs += 1;
            let located = self.request.locate_with_key(&href).ok();
            let (relation, mut key) = located.map(|(located, key)| (located.relation, key)).unzip();
            for change in self.judge(href, relation, &said).into_iter().flatten() {
                let key = if change == Change::Truncated { None } else { key.take() };
                changes.push((change, key));
            }
        }
        self.uncounted += u64::from(changes.is_empty());
        changes
    }

    /// `relation`: how `href` stands to the collection, if that can be told.
    fn judge<'a>(
        &mut self,
        href: Href<'a>,
        relation: Option<HrefRelation>,
        said: &Said<'a>,
    ) -> [Option<Change<'a>>; 2] {
        let own = said.own;
        let relation = match relation {
            Some(relation) if !said.is_implicit && !self.is_refused() => relation,
            relation => {
                if said.is_implicit {
                    self.withhold(Withheld::Implicit);
                } else if relation.is_none() {
                    self.withhold(Withheld::Href);
                }
                return [Some(said.failed(href)), None];
            }
        };
        let (is_self, is_inside) = (relation == HrefRelation::Same, relation.is_inside());
        if own == Stated::Code(507) {
            self.is_truncated = true;
            // Without the condition it may be the member that there was no room for.
            let is_member = is_inside && !said.is_limit;
            let failed = (is_member || said.is_ambiguous).then(|| said.failed(href));
            return [Some(Change::Truncated), failed];
        }
        let has_failed = is_self && own != Stated::None && !own.is_success();
        if has_failed {
            self.withhold(Withheld::CollectionFailed);
        } else if !is_self && !is_inside {
            self.withhold(Withheld::Foreign);
        }
        let change = match is_self {
            false if !is_inside => Some(Change::Foreign(href)),
            // Which of several its properties are about is not known: nothing is, of any of them.
            _ if said.is_ambiguous => Some(said.failed(href)),
            true => has_failed.then(|| Change::CollectionFailed(own.code())),
            false => Some(said.of_member(href)),
        };
        [change, None]
    }

    fn is_refused(&self) -> bool {
        !Stated::Code(self.http_status).is_success()
    }

    /// The first reason stays.
    fn withhold(&mut self, reason: Withheld) {
        self.withheld.get_or_insert(reason);
    }

    /// So many hrefs were those of members that had been named before.
    pub(super) fn are_repeated(&mut self, hrefs: u64) {
        self.uncounted += hrefs;
    }

    /// Whether there are more changes to ask for.
    pub fn is_truncated(&self) -> bool {
        self.is_truncated
    }

    /// The token to send next time, once the body was read to its end.
    ///
    /// What has [failed](Change::Failed) does not hold it back: the caller was told, and asks again for those. `trailer` is
    /// that of the body whose responses were seen.
    ///
    /// # Errors
    /// When storing it might lose changes for good.
    pub fn finish(self, trailer: &Trailer) -> Result<String, Withheld> {
        let mut tokens = trailer.told_tokens();
        let token = tokens.next().ok_or(Withheld::NoToken)?;
        if self.is_refused() {
            return Err(Withheld::HttpStatus);
        }
        if trailer.faults() > 0 {
            return Err(Withheld::Unreadable);
        }
        if trailer.unseen() > 0 || self.responses != trailer.responses() {
            return Err(Withheld::Unseen);
        }
        if let Some(reason) = self.withheld {
            return Err(reason);
        }
        if tokens.next().is_some() {
            return Err(Withheld::SeveralTokens);
        }
        // Whether a server counts hrefs or responses, the collection itself or not, nobody knows: all of these are between
        // the fewest and the most.
        let counted = self.responses.saturating_sub(self.uncounted)..=self.hrefs;
        if self.limit.is_some_and(|limit| counted.contains(&limit)) && !self.is_truncated {
            return Err(Withheld::Limit);
        }
        if self.is_truncated && self.token.as_deref() == Some(token) {
            return Err(Withheld::NoProgress);
        }
        Ok(token.to_owned())
    }
}

/// What a response says, whichever of its hrefs it is about.
struct Said<'a> {
    own: Stated,
    location: Option<Href<'a>>,
    is_implicit: bool,
    is_ambiguous: bool,
    has_values: bool,
    is_limit: bool,
    cannot_sync: bool,
}

impl<'a> Said<'a> {
    fn of(response: &Response<'a>) -> Self {
        const CANNOT_SYNC: [Name<'static>; 2] =
            [names::conditions::SYNC_TRAVERSAL_SUPPORTED, names::conditions::SUPPORTED_REPORT];
        let own = Stated::of(response);
        // Several resources have not all moved to one place.
        let is_moved = own.is_redirection() && response.hrefs().nth(1).is_none();
        Said {
            own,
            location: if is_moved { response.location() } else { None },
            is_implicit: is_implicit(response),
            is_ambiguous: is_ambiguous(response),
            has_values: own.is_gone() && has_values(response),
            is_limit: is_limit(own, response),
            cannot_sync: own == Stated::Code(403) && has_condition(response, &CANNOT_SYNC),
        }
    }

    fn of_member(&self, href: Href<'a>) -> Change<'a> {
        match self.own {
            own if own.is_gone() && !self.has_values => Change::Removed(href),
            _ if self.cannot_sync => Change::CannotSync(href),
            // Whatever its propstats say: that some property is missing is no matter of the member.
            Stated::None | Stated::Code(200..=299) => Change::Updated(href),
            _ => self.failed(href),
        }
    }

    fn failed(&self, href: Href<'a>) -> Change<'a> {
        Change::Failed { href, status: self.own.code(), location: self.location.clone() }
    }
}
