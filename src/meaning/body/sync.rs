//! The answer to a sync-collection report (RFC 6578): tables C, E and D of the guide.

use std::{collections::HashSet, mem};

use super::change::{Change, Said, Statement, SyncMember};
use super::observer::{Observer, Report, Ticket, sealed};
use super::place::{Place, has_escape};
use super::response::{conditions, getetag, has_condition, hrefs, is_collection, may_be_misread};
use super::shown::{End, Shown, Unread};
use super::spelling::{Before, Claim, Spellings};
use super::{advice::Advice, condition::Condition, level::SyncLevel, withheld::TokenWithheld};
use crate::names::conditions::{NUMBER_OF_MATCHES_WITHIN_LIMITS, VALID_SYNC_TOKEN};
use crate::{Href, Name, Response, Root, Trailer, href::RequestUrl, value::EntityTag};

/// Reads the answer to a sync-collection report: what has changed, and at the end what is gone, and the next token.
///
/// ```
/// use multistatus::{href::RequestUrl, meaning::{Advice, Observer, SyncCollection}};
/// use url::Url;
///
/// let body = br#"<D:multistatus xmlns:D="DAV:">
///   <D:response><D:href>/cal/a.ics</D:href>
///     <D:status>HTTP/1.1 404 Not Found</D:status></D:response>
///   <D:response><D:href>/cal/b.ics</D:href>
///     <D:propstat><D:prop><D:getetag>"2"</D:getetag></D:prop>
///     <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>
///   <D:sync-token>urn:token:2</D:sync-token></D:multistatus>"#;
/// let url = RequestUrl::new(Url::parse("https://dav.example/cal/")?);
/// let report = SyncCollection::new(url, 207).token("urn:token:1").read(body)?;
/// assert_eq!(report.updated().next().unwrap().href, "/cal/b.ics");
/// assert_eq!(report.end.removed[0].href, "/cal/a.ics");
/// assert_eq!(report.end.advice, Advice::Proceed);
/// assert_eq!(report.end.token?, "urn:token:2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A report may be of any length: the observer keeps at most 54 bytes for each member. Only members that are removed or
/// have two spellings are kept whole.
#[derive(Clone, Debug)]
#[must_use]
pub struct SyncCollection {
    url: RequestUrl,
    http_status: u16,
    limit: Option<u64>,
    token: Option<Box<str>>,
    level: SyncLevel,
    pub(super) ticket: Ticket,
    spellings: Spellings,
    /// Members that the answer says are gone, each once.
    removed: Vec<SyncMember<'static>>,
    /// Members that the answer says are gone, but whose href may not be what the server meant.
    doubtful: Vec<SyncMember<'static>>,
    responses: u64,
    hrefs: u64,
    /// The number of responses that a server may leave out of the count for a limit: those about the collection itself,
    /// and those about a member that was named before.
    uncounted: u64,
    withheld: Option<TokenWithheld>,
    ambiguous: Vec<SyncMember<'static>>,
    is_truncated: bool,
    collection_status: Option<u16>,
    conditions: Vec<Condition>,
    /// Whether the response about the collection itself has the condition `valid-sync-token`.
    is_token_invalid: bool,
}

/// What only the end of a sync report can say.
///
/// Act on the end in this order: fetch what was updated and what failed, confirm what is doubtful, remove what is gone,
/// and store the token last. [`Round`](crate::meaning::Round) does that.
///
/// An answer that was cut gives no removals:
///
/// ```compile_fail,E0609
/// use multistatus::meaning::{Incomplete, SyncCollection};
///
/// fn cut(answer: Incomplete<SyncCollection>) -> usize {
///     answer.end.removed.len()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct SyncEnd {
    /// Members that are gone, in the order of the body. Empty when the token is withheld, except for a limit that
    /// was reached. The answer to a report without a token may list members that never existed.
    pub removed: Vec<SyncMember<'static>>,
    /// Members that may be gone, in no order: an escape in the href may be a part of the name (SOGo 5.8), or the token
    /// is withheld. Ask for each member before you remove it.
    pub doubtful: Vec<SyncMember<'static>>,
    /// Members that have the key of an earlier member in another spelling: the two may be one member or two. Keep both
    /// as they are, and list the collection. [`Report::ambiguous`] also returns the earlier members.
    pub ambiguous: Vec<SyncMember<'static>>,
    /// The status of the collection itself, if it failed and the status can be read.
    pub collection_status: Option<u16>,
    /// The conditions that were violated: those of a root `DAV:error`, or those of the collection itself.
    pub conditions: Vec<Condition>,
    /// Whether there are more changes: ask for the next page with the new token (RFC 6578 section 3.6).
    pub is_truncated: bool,
    /// The token for the next report, or why that token is withheld. Store the token last, after all else is done.
    pub token: Result<String, TokenWithheld>,
    /// What to do next.
    pub advice: Advice,
    /// The token in the body, if the body has exactly one, even when `token` is withheld. A complete listing after the
    /// report makes that token usable.
    pub(super) sent_token: Option<String>,
}

impl SyncCollection {
    /// Makes an observer from the URL of the request after redirects, and the HTTP status.
    pub fn new(url: RequestUrl, http_status: u16) -> Self {
        SyncCollection {
            url,
            http_status,
            limit: None,
            token: None,
            level: SyncLevel::One,
            ticket: Ticket::default(),
            spellings: Spellings::default(),
            removed: Vec::new(),
            doubtful: Vec::new(),
            responses: 0,
            hrefs: 0,
            uncounted: 0,
            withheld: None,
            ambiguous: Vec::new(),
            is_truncated: false,
            collection_status: None,
            conditions: Vec::new(),
            is_token_invalid: false,
        }
    }

    /// Says which `DAV:sync-token` was sent. `None` if no token was sent.
    pub fn token<'t>(mut self, token: impl Into<Option<&'t str>>) -> Self {
        self.token = token.into().map(|token| token.trim_matches([' ', '\t', '\r', '\n']).into());
        self
    }

    /// Says which `DAV:limit` was sent: the largest number of members. `None` if no limit was sent.
    pub fn limit(mut self, most: impl Into<Option<u64>>) -> Self {
        self.limit = most.into();
        self
    }

    /// Says which `DAV:sync-level` was sent. The default is 1: only children are members.
    pub fn level(mut self, level: SyncLevel) -> Self {
        self.level = level;
        self
    }

    /// Withholds the token. Only the first reason is kept.
    fn withhold(&mut self, reason: TokenWithheld) {
        self.withheld.get_or_insert(reason);
    }

    /// Returns what a response says about one of its hrefs. `None` when a client need not know that before the end.
    fn judge<'a>(
        &mut self,
        href: Href<'a>,
        response: &Response<'a>,
        statement: &Statement,
    ) -> Option<Change<'a>> {
        let place = Place::of(&self.url, &href);
        let said = statement.about(place.as_ref().map(|place| place.relation), self.level);
        self.uncounted += u64::from(said == Said::Itself);
        match said {
            Said::Itself => {
                // The answer may name the collection twice. If the tags differ, or only one of the responses says that
                // the resource is a collection, one response means another resource.
                if let Some(place) = place {
                    let tag = getetag(response);
                    let claim = Claim::There(tag.as_ref().map(EntityTag::as_str), is_collection(response));
                    if self.spellings.add(&place.key, &place.spelling, claim) == Before::Contradicted {
                        self.withhold(TokenWithheld::Contradiction);
                    }
                }
                return None;
            }
            Said::Truncated { is_failure } => {
                self.is_truncated = true;
                if !is_failure {
                    return None;
                }
            }
            Said::CollectionFailed => {
                self.collection_status = self.collection_status.or(statement.own.as_u16());
                self.is_token_invalid |= has_condition(response, &[VALID_SYNC_TOKEN]);
                if self.conditions.is_empty() {
                    self.conditions = Condition::some(conditions(response));
                }
                self.withhold(TokenWithheld::CollectionFailed);
                return None;
            }
            Said::Foreign => {
                self.withhold(TokenWithheld::Foreign);
                return Some(Change::Foreign(href));
            }
            Said::TooDeep => {
                self.withhold(TokenWithheld::TooDeep);
                return Some(Change::Foreign(href));
            }
            Said::Failed if statement.is_implicit => self.withhold(TokenWithheld::Implicit),
            _ => {}
        }
        let Some(place) = place else {
            self.withhold(TokenWithheld::Href);
            return Some(Change::Foreign(href));
        };
        let is_one = response.hrefs().nth(1).is_none();
        let own = statement.own;
        let member = SyncMember {
            href,
            key: place.key.clone(),
            getetag: if is_one { getetag(response) } else { None },
            is_collection: if is_one { is_collection(response) } else { None },
            status: own.as_u16(),
            // Several resources cannot all have moved to one place.
            location: if is_one && own.is_class(3) { response.location() } else { None },
        };
        let claim = match said {
            Said::Removed => Claim::Gone,
            Said::Updated => Claim::There(member.getetag.as_ref().map(EntityTag::as_str), None),
            _ => Claim::Other,
        };
        let before = self.spellings.add(&member.key, &place.spelling, claim);
        self.uncounted += u64::from(before != Before::Never);
        match before {
            Before::Never => {}
            // Without a tag, nothing shows that both responses are about one member: one may mean another member.
            Before::Same if matches!(claim, Claim::There(None, None) | Claim::Gone) => {
                self.withhold(TokenWithheld::Contradiction);
            }
            Before::Same | Before::Other => {}
            Before::Contradicted => self.withhold(TokenWithheld::Contradiction),
            Before::OtherSpelling => {
                self.withhold(TokenWithheld::AmbiguousHref);
                self.ambiguous.push(member.clone().into_owned());
            }
        }
        match said {
            // The response repeats a removal, or the answer contradicts itself.
            Said::Removed if matches!(before, Before::Same | Before::Other | Before::Contradicted) => None,
            Said::Removed => {
                let is_doubtful = has_escape(&place.spelling) || may_be_misread(response);
                let removals = if is_doubtful { &mut self.doubtful } else { &mut self.removed };
                removals.push(member.into_owned());
                None
            }
            Said::Updated => Some(Change::Updated(member)),
            Said::CannotSync => Some(Change::CannotSync(member)),
            _ => Some(Change::Failed(member)),
        }
    }

    /// Returns the token of a multistatus, or why that token is withheld.
    fn judge_token(&self, trailer: &Trailer) -> Result<String, TokenWithheld> {
        let mut tokens = trailer.named_tokens();
        let token = tokens.next().ok_or(TokenWithheld::NoToken)?;
        if trailer.faults() > 0 {
            return Err(TokenWithheld::Unreadable);
        }
        if trailer.unseen() > 0 || self.responses != trailer.responses() {
            return Err(TokenWithheld::Unseen);
        }
        if let Some(reason) = self.withheld {
            return Err(reason);
        }
        if tokens.next().is_some() {
            return Err(TokenWithheld::SeveralTokens);
        }
        // Servers may count hrefs or responses, with or without the collection itself. Each of these counts is in this
        // range.
        let counted = self.responses.saturating_sub(self.uncounted)..=self.hrefs;
        if self.limit.is_some_and(|limit| counted.contains(&limit)) && !self.is_truncated {
            return Err(TokenWithheld::Limit);
        }
        if self.is_truncated && self.token.as_deref() == Some(token) {
            return Err(TokenWithheld::NoProgress);
        }
        Ok(token.to_owned())
    }

    /// Returns what a root other than multistatus says, under any HTTP status (rule D9 of the guide).
    fn judge_root(&mut self, root: &Root<'_>) -> (TokenWithheld, Advice) {
        self.conditions = Condition::some(root.conditions());
        let has = |name: Name<'_>| root.conditions().any(|condition| condition.name() == name);
        if has(VALID_SYNC_TOKEN) {
            return (TokenWithheld::InvalidToken, Advice::WithoutToken);
        }
        let (reason, advice) = self.failure().unwrap_or((TokenWithheld::OtherRoot, Advice::List));
        let advice = match has(NUMBER_OF_MATCHES_WITHIN_LIMITS) {
            // The HTTP status may be 507. Here it does not mean that the server is busy.
            true if self.limit.is_some() => Advice::WithoutLimit,
            true => Advice::List,
            false => advice,
        };
        (reason, advice)
    }

    /// Returns the reason and the advice for an HTTP status other than 200 and 207 (rule D8), else `None`.
    fn failure(&self) -> Option<(TokenWithheld, Advice)> {
        let advice = Advice::for_status(self.http_status)?;
        Some((TokenWithheld::HttpStatus(self.http_status), advice))
    }

    /// Returns the members that are gone, and those that may be gone.
    fn removals(&mut self, is_sound: bool) -> (Vec<SyncMember<'static>>, Vec<SyncMember<'static>>) {
        let (mut removed, mut doubtful) = (mem::take(&mut self.removed), mem::take(&mut self.doubtful));
        let ambiguous: HashSet<_> = self.ambiguous.iter().map(|member| &member.key).collect();
        // A member that also has a claim other than a removal is not gone, unless two members may share the key.
        let may_be_gone = |member: &SyncMember<'_>| {
            !self.spellings.is_other_than_gone(&member.key) || ambiguous.contains(&member.key)
        };
        removed.retain(may_be_gone);
        doubtful.retain(may_be_gone);
        // When the token is withheld, removals are doubtful. The exception is a limit that was reached (rule D2).
        if !is_sound {
            removed.append(&mut doubtful);
            doubtful = mem::take(&mut removed);
        }
        (removed, doubtful)
    }
}

impl sealed::Sealed for SyncCollection {}

impl Observer for SyncCollection {
    type Seen<'a> = Change<'a>;
    type End = SyncEnd;

    fn see<'a>(&mut self, Shown(response): Shown<'_, 'a>, seen: &mut Vec<Change<'a>>) {
        self.responses += 1;
        // With an HTTP status other than 200 and 207, the body is not a sync report (rule D8).
        if Advice::for_status(self.http_status).is_some() {
            return;
        }
        let statement = Statement::of(response);
        for href in hrefs(response) {
            self.hrefs += 1;
            seen.extend(self.judge(href, response, &statement));
        }
    }

    fn unread(&self, unread: &Unread<'_>) -> Option<Advice> {
        unread.advice(self.http_status)
    }

    fn end(mut self, end: End<'_>) -> SyncEnd {
        let failed = self.failure();
        let (token, advice) = match (&end, failed) {
            (End::Other(root), _) => {
                let (reason, advice) = self.judge_root(root);
                (Err(reason), advice)
            }
            (_, Some((reason, advice))) => (Err(reason), advice),
            (End::HttpOnly { .. }, None) => (Err(TokenWithheld::OtherRoot), Advice::List),
            (End::Whole(trailer), None) => match self.judge_token(trailer) {
                Ok(token) if self.is_truncated => (Ok(token), Advice::NextPage),
                Ok(token) => (Ok(token), Advice::Proceed),
                // Here the response about the collection says what other servers say with a `DAV:error`.
                Err(_) if self.is_token_invalid => (Err(TokenWithheld::InvalidToken), Advice::WithoutToken),
                Err(reason) => (Err(reason), reason.advice()),
            },
        };
        let sent_token = match end {
            End::Whole(trailer) if failed.is_none() => trailer.single_token().map(str::to_owned),
            _ => None,
        };
        let is_sound = matches!(token, Ok(_) | Err(TokenWithheld::Limit));
        let (removed, doubtful) = self.removals(is_sound);
        SyncEnd {
            removed,
            doubtful,
            ambiguous: self.ambiguous,
            collection_status: self.collection_status,
            conditions: self.conditions,
            is_truncated: self.is_truncated,
            token,
            advice,
            sent_token,
        }
    }

    fn own(seen: Change<'_>) -> Change<'static> {
        seen.into_owned()
    }

    fn ticket(&self) -> Ticket {
        self.ticket
    }
}

impl<'a> Report<'a, SyncCollection> {
    /// Returns the members that are new or have changed, in the order of the body. One member may come twice.
    pub fn updated(&self) -> impl Iterator<Item = &SyncMember<'a>> {
        self.seen.iter().filter(|change| matches!(change, Change::Updated(_))).filter_map(Change::member)
    }

    /// Returns the members of [`Change::Failed`]: keep them, and fetch them again.
    pub fn failed(&self) -> impl Iterator<Item = &SyncMember<'a>> {
        self.seen.iter().filter(|change| matches!(change, Change::Failed(_))).filter_map(Change::member)
    }

    /// Returns the collections that need a report of their own.
    pub fn cannot_sync(&self) -> impl Iterator<Item = &SyncMember<'a>> {
        self.seen.iter().filter(|change| matches!(change, Change::CannotSync(_))).filter_map(Change::member)
    }

    /// Returns all members that the report names in two spellings, including the first of each.
    pub fn ambiguous(&self) -> impl Iterator<Item = &SyncMember<'_>> {
        let keys: HashSet<_> = self.end.ambiguous.iter().map(|member| &member.key).collect();
        let seen = self.seen.iter().filter_map(Change::member);
        let all = seen.chain(&self.end.removed).chain(&self.end.doubtful);
        all.filter(move |member| keys.contains(&member.key))
    }

    /// Returns the hrefs that name no member, and those that cannot be resolved.
    pub fn foreign(&self) -> impl Iterator<Item = &Href<'a>> {
        self.seen.iter().filter_map(|change| match change {
            Change::Foreign(href) => Some(href),
            _ => None,
        })
    }
}
