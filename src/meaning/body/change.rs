//! What one response of a sync report says about members: table C of the guide.

use super::level::SyncLevel;
use super::response::{has_condition, has_values, is_ambiguous};
use crate::href::{HrefKey, HrefRelation};
use crate::{Href, Name, Response, names, parse::Code, value::EntityTag};

/// What one response of a sync report says: something to fetch, to ask for or to show. A client may act on a change at
/// once: that does no harm. Removals are only in [`SyncEnd`](crate::meaning::SyncEnd).
///
/// ```compile_fail,E0599
/// fn act(change: multistatus::meaning::Change<'_>) {
///     if let multistatus::meaning::Change::Removed(member) = change {}
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change<'a> {
    /// The member is new or has changed: fetch it.
    Updated(SyncMember<'a>),
    /// The status of the member is a failure, or the response contradicts itself or cannot be understood: keep the
    /// member, and fetch it again.
    Failed(SyncMember<'a>),
    /// The member is a collection whose own members are not in this report: sync it by itself (RFC 6578 section 3.3).
    CannotSync(SyncMember<'a>),
    /// The href is empty, cannot be resolved, or names no member at the level that was asked for.
    /// [`RequestUrl`](crate::href::RequestUrl) can repair hrefs that a server or a proxy has made wrong.
    Foreign(Href<'a>),
}

/// A member of the collection, as a sync report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncMember<'a> {
    /// The href of the member, as sent: ask for the member by this href.
    pub href: Href<'a>,
    /// The key of the member: equal for all spellings of one href.
    pub key: HrefKey,
    /// The entity tag of the member. `None` when the tag was not returned, or cannot be read.
    pub getetag: Option<EntityTag<'a>>,
    /// Whether the member is a collection. `None` when its `resourcetype` was not returned, or cannot be read.
    pub is_collection: Option<bool>,
    /// The status of the response itself, not of a propstat. `None` when there is no status, or an unreadable one.
    pub status: Option<u16>,
    /// The href to which the member has moved, when the status of the member is 3xx.
    pub location: Option<Href<'a>>,
}

impl SyncMember<'_> {
    /// Makes a member that borrows nothing.
    pub fn into_owned(self) -> SyncMember<'static> {
        SyncMember {
            href: self.href.into_owned(),
            key: self.key,
            getetag: self.getetag.map(EntityTag::into_owned),
            is_collection: self.is_collection,
            status: self.status,
            location: self.location.map(Href::into_owned),
        }
    }
}

impl<'a> Change<'a> {
    /// Makes a change that borrows nothing.
    pub fn into_owned(self) -> Change<'static> {
        match self {
            Change::Updated(member) => Change::Updated(member.into_owned()),
            Change::Failed(member) => Change::Failed(member.into_owned()),
            Change::CannotSync(member) => Change::CannotSync(member.into_owned()),
            Change::Foreign(href) => Change::Foreign(href.into_owned()),
        }
    }

    /// Returns the member that the change is about. `None` for [`Change::Foreign`].
    pub fn member(&self) -> Option<&SyncMember<'a>> {
        match self {
            Change::Updated(member) | Change::Failed(member) | Change::CannotSync(member) => Some(member),
            Change::Foreign(_) => None,
        }
    }
}

/// What a response says about each of its hrefs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Updated,
    Removed,
    CannotSync,
    Failed,
    /// The server has cut the report. `is_failure`: whether the status may be about a member, too.
    Truncated {
        is_failure: bool,
    },
    /// The response is about the collection itself, which has not failed.
    Itself,
    CollectionFailed,
    Foreign,
    TooDeep,
}

/// The facts about a response of a sync report that are the same for all of its hrefs.
pub(super) struct Statement {
    pub(super) own: Code,
    pub(super) is_implicit: bool,
    is_ambiguous: bool,
    has_values: bool,
    /// Whether a propstat says 507, or a condition says that there are too many results. This matters only for the
    /// collection itself.
    is_cut: bool,
    cannot_sync: bool,
}

impl Statement {
    pub(super) fn of(response: &Response<'_>) -> Self {
        const CANNOT_SYNC: [Name<'static>; 2] =
            [names::conditions::SYNC_TRAVERSAL_SUPPORTED, names::conditions::SUPPORTED_REPORT];
        let own = response.code();
        Statement {
            own,
            is_implicit: response.is_implicit(),
            is_ambiguous: is_ambiguous(response),
            has_values: own.is_gone() && has_values(response),
            is_cut: response.propstats().any(|propstat| propstat.code() == Code::Is(507))
                || has_condition(response, &[names::conditions::NUMBER_OF_MATCHES_WITHIN_LIMITS]),
            cannot_sync: own == Code::Is(403) && has_condition(response, &CANNOT_SYNC),
        }
    }

    /// Returns what the response says about an href. `relation` says where the href is, seen from the
    /// collection: `None` when the href cannot be resolved.
    pub(super) fn about(&self, relation: Option<HrefRelation>, level: SyncLevel) -> Said {
        let Some(relation) = relation.filter(|_| !self.is_implicit) else { return Said::Failed };
        let is_self = relation == HrefRelation::Same;
        if self.own == Code::Is(507) {
            // The 507 may mean that the server had no room for this member.
            return Said::Truncated { is_failure: relation.is_inside() || self.is_ambiguous };
        }
        match is_self {
            true if self.is_cut => Said::Truncated { is_failure: false },
            true if self.own != Code::None && !self.own.is_success() => Said::CollectionFailed,
            false if !relation.is_inside() => Said::Foreign,
            false if level == SyncLevel::One && relation == HrefRelation::Descendant => Said::TooDeep,
            // Several hrefs share the properties: it is not known which of the resources has them.
            _ if self.is_ambiguous => Said::Failed,
            true => Said::Itself,
            false => self.about_member(),
        }
    }

    fn about_member(&self) -> Said {
        match self.own {
            own if own.is_gone() && !self.has_values => Said::Removed,
            _ if self.cannot_sync => Said::CannotSync,
            // A missing property says nothing about the member.
            Code::None | Code::Is(200..=299) => Said::Updated,
            _ => Said::Failed,
        }
    }
}
