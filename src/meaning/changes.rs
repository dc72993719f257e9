//! The answer to a sync-collection report (RFC 6578).

use super::judged::{Own, has_condition, has_values, hrefs, is_ambiguous, is_implicit};
use crate::{Href, Relation, RequestUrl, Response, Status, Trailer, names};

/// Reads the answer to a sync-collection report: one [`Change`] per href, and in the end the token for the next one, or
/// why there is none.
///
/// A 404 of a property is never a removal, nor is anything but a 404 or 410 of the resource itself. One member may have
/// both a removal and another change in one answer, in any order and under two spellings: then it is not gone. So a
/// caller collects the changes, and drops each removal whose [key](RequestUrl::key) is among the others, as below.
///
/// ```
/// use multistatus::{Change, Changes, Multistatus, RequestUrl};
/// use std::collections::HashMap;
/// use url::Url;
///
/// let body = br#"<D:multistatus xmlns:D="DAV:">
///   <D:response><D:href>/cal/a.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>
///   <D:response><D:href>/cal/b.ics</D:href><D:propstat><D:prop><D:getetag>"2"</D:getetag></D:prop>
///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
///   <D:sync-token>urn:token:2</D:sync-token></D:multistatus>"#;
/// let request = RequestUrl::new(Url::parse("https://dav.example/cal/").unwrap());
/// let mut changes = Changes::new(request.clone()).token("urn:token:1");
/// let mut responses = Multistatus::new(body);
/// let (mut removed, mut others) = (HashMap::new(), HashMap::new());
/// while let Some(response) = responses.next_response()? {
///     for change in changes.see(&response) {
///         match change {
///             Change::Removed(href) => drop(removed.insert(request.key(&href), href.into_owned())),
///             Change::Updated(href) | Change::CannotSync(href) | Change::Failed { href, .. } => {
///                 others.insert(request.key(&href), href.into_owned());
///             }
///             other => eprintln!("{other:?}"),
///         }
///     }
/// }
/// // Only now is anything done: a body that was cut has not come here.
/// let token = changes.finish(&responses.finish()?);
/// removed.retain(|key, _| !others.contains_key(key));
/// assert_eq!((removed.len(), others.len()), (1, 1));
/// assert_eq!(token.unwrap(), "urn:token:2");
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Changes {
    request: RequestUrl,
    limit: Option<u64>,
    token: Option<Box<str>>,
    responses: u64,
    /// Responses that are about the collection itself alone.
    about_itself: u64,
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
    /// The collection that was asked for is not what it was: this says nothing of its members.
    CollectionFailed(Status<'a>),
    /// No member of the collection, as far as the href tells: see [`RequestUrl`] for hrefs that are wrong.
    Foreign(Href<'a>),
    /// The member stays as it was known; it has to be fetched again, because what is said of it failed, contradicts
    /// itself or cannot be understood.
    Failed {
        /// The member; empty when that is what cannot be understood.
        href: Href<'a>,
        /// Its own status, if it has one.
        status: Option<Status<'a>>,
        /// Where it has moved to, with a status of 3xx.
        location: Option<Href<'a>>,
    },
}

/// Why an answer to a sync-collection report gives no token. Ask again with the old one, or list everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Withheld {
    /// Responses could not be read.
    #[error("responses could not be read")]
    Unreadable,
    /// Responses were not shown to [`Changes::see`].
    #[error("not every response was seen")]
    Unseen,
    /// An href was empty or cannot be resolved.
    #[error("an href names no resource")]
    Href,
    /// Elements of a response stood directly under `multistatus`.
    #[error("elements of a response stood outside one")]
    Implicit,
    /// The collection itself failed.
    #[error("the collection failed")]
    CollectionFailed,
    /// An href was none of a member.
    #[error("an href is outside the collection")]
    Foreign,
    /// The answer has no token, or an empty one.
    #[error("there is no token")]
    NoToken,
    /// It has two that differ.
    #[error("there are several tokens")]
    SeveralTokens,
    /// There were as many changes as the limit allows, and nothing says that there are no more: xandikos cuts without a
    /// word, and its token skips the rest. Ask again without a limit.
    #[error("the limit was reached, and nothing tells whether there is more")]
    Limit,
    /// There is more to come, but the token is the one that was sent: asking again would never end.
    #[error("there is more, but the token has not moved")]
    NoProgress,
}

impl Changes {
    /// For the collection that was asked for.
    pub fn new(request: RequestUrl) -> Self {
        Changes {
            request,
            limit: None,
            token: None,
            responses: 0,
            about_itself: 0,
            hrefs: 0,
            is_truncated: false,
            withheld: None,
        }
    }

    /// The `DAV:limit` that was sent: so many changes were asked for at most.
    #[must_use]
    pub fn limit(mut self, most: u64) -> Self {
        self.limit = Some(most);
        self
    }

    /// The sync-token that was sent.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        self.token = Some(token.trim().into());
        self
    }

    /// What a response says, one change per href; none for the collection itself. Every response has to be shown, in
    /// whatever order.
    pub fn see<'a>(&mut self, response: &Response<'a>) -> Vec<Change<'a>> {
        self.responses += 1;
        let (is_implicit, is_ambiguous) = (is_implicit(response), is_ambiguous(response));
        let mut changes = Vec::new();
        for href in hrefs(response) {
            self.hrefs += 1;
            if is_implicit {
                self.withhold(Withheld::Implicit);
                changes.push(failed(href, response));
            } else if is_ambiguous {
                self.judge_ambiguous(href, response, &mut changes);
            } else {
                self.judge(href, response, &mut changes);
            }
        }
        self.about_itself += u64::from(changes.is_empty());
        changes
    }

    fn judge<'a>(&mut self, href: Href<'a>, response: &Response<'a>, changes: &mut Vec<Change<'a>>) {
        let own = Own::of(response);
        let Ok(related) = self.request.relate(&href) else {
            self.withhold(Withheld::Href);
            return changes.push(failed(href, response));
        };
        let is_inside = related.relation.is_inside();
        if own == Own::Code(507) {
            self.is_truncated = true;
            changes.push(Change::Truncated);
            // Without the condition it may be the member that there was no room for.
            if is_inside && !has_condition(response, &[names::conditions::NUMBER_OF_MATCHES_WITHIN_LIMITS]) {
                changes.push(failed(href, response));
            }
            return;
        }
        if related.relation == Relation::Same {
            match response.status() {
                Some(status) if !own.is_success() => {
                    self.withhold(Withheld::CollectionFailed);
                    changes.push(Change::CollectionFailed(status));
                }
                _ => {}
            }
            return;
        }
        if !is_inside {
            self.withhold(Withheld::Foreign);
            return changes.push(Change::Foreign(href));
        }
        const CANNOT_SYNC: [crate::Name<'static>; 2] =
            [names::conditions::SYNC_TRAVERSAL_SUPPORTED, names::conditions::SUPPORTED_REPORT];
        changes.push(match own {
            own if own.is_gone() && !has_values(response) => Change::Removed(href),
            Own::Code(403) if has_condition(response, &CANNOT_SYNC) => Change::CannotSync(href),
            // Whatever its propstats say: that some property is missing is no matter of the member.
            Own::None | Own::Code(200..=299) => Change::Updated(href),
            _ => failed(href, response),
        });
    }

    /// One of several hrefs that share properties: nothing is known of any, and the token is held back as ever.
    fn judge_ambiguous<'a>(
        &mut self,
        href: Href<'a>,
        response: &Response<'a>,
        changes: &mut Vec<Change<'a>>,
    ) {
        let own = Own::of(response);
        self.is_truncated |= own == Own::Code(507);
        match self.request.relate(&href).map(|related| related.relation) {
            Err(_) => self.withhold(Withheld::Href),
            Ok(Relation::Same) if !matches!(own, Own::None | Own::Code(200..=299 | 507)) => {
                self.withhold(Withheld::CollectionFailed);
            }
            Ok(relation) if relation != Relation::Same && !relation.is_inside() => {
                self.withhold(Withheld::Foreign)
            }
            Ok(_) => {}
        }
        changes.push(failed(href, response));
    }

    /// The first reason stays.
    fn withhold(&mut self, reason: Withheld) {
        self.withheld.get_or_insert(reason);
    }

    /// Whether there are more changes to ask for.
    pub fn is_truncated(&self) -> bool {
        self.is_truncated
    }

    /// The token to send next time, once the body was read to its end.
    ///
    /// What has [failed](Change::Failed) does not hold it back: the caller was told, and asks again for those.
    ///
    /// # Errors
    /// When storing it might lose changes for good.
    pub fn finish(self, trailer: &Trailer) -> Result<String, Withheld> {
        if trailer.faults() > 0 {
            return Err(Withheld::Unreadable);
        }
        if trailer.unseen() > 0 || self.responses != trailer.responses() {
            return Err(Withheld::Unseen);
        }
        if let Some(reason) = self.withheld {
            return Err(reason);
        }
        let mut tokens = trailer.sync_tokens().filter(|token| !token.is_empty());
        let token = tokens.next().ok_or(Withheld::NoToken)?;
        if tokens.next().is_some() {
            return Err(Withheld::SeveralTokens);
        }
        // Whether a server counts hrefs or responses, the collection itself or not, nobody knows: what it counts is
        // one of these or between them.
        let counted = self.responses - self.about_itself..=self.hrefs;
        if self.limit.is_some_and(|limit| counted.contains(&limit)) && !self.is_truncated {
            return Err(Withheld::Limit);
        }
        if self.is_truncated && self.token.as_deref() == Some(token) {
            return Err(Withheld::NoProgress);
        }
        Ok(token.to_owned())
    }
}

fn failed<'a>(href: Href<'a>, response: &Response<'a>) -> Change<'a> {
    Change::Failed { href, status: response.status(), location: response.location() }
}
