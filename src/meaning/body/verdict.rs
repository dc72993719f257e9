//! Gives the verdict on a [`Tally`], method by method, by the tables of the guide.

/// Whether what was asked for has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[must_use]
pub enum Verdict {
    /// Everything that was asked for has happened.
    Success,
    /// A part of what was asked for has happened. Look at the culprits, and list again.
    Partial,
    /// What was asked for has not happened. The server may still have changed something below the resource.
    Failure,
    /// The answer does not say what has happened.
    Unproven,
}

/// The rules that an answer is judged by: the rows of the tables in the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    Proppatch,
    Lock,
    /// MKCOL, MKCALENDAR.
    Make,
    /// UNLOCK, PUT, ACL, ORDERPATCH.
    Single,
    Delete,
    /// COPY, MOVE.
    Copy,
    Propfind,
    /// REPORT, SEARCH.
    Query,
    /// UPDATE, MERGE.
    Update,
    /// POST and others: members succeed or fail one by one.
    Other,
}

impl Rules {
    /// Whether the request reads properties: then a missing or forbidden property is normal in the answer.
    pub(super) fn reads(self) -> bool {
        matches!(self, Rules::Propfind | Rules::Query)
    }
}

/// What decides, apart from the body, how an answer is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) rules: Rules,
    pub(super) http_status: u16,
    /// Whether the request did not ask for the resource itself (`Depth: 1,noroot`).
    pub(super) noroot: bool,
}

/// What was seen in the whole body.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) responses: u64,
    /// Whether a propstat or response has a status of success.
    pub(super) has_success: bool,
    /// The number of hrefs for which something failed, 424 included.
    pub(super) failing: u64,
    /// The number of hrefs that were judged.
    pub(super) hrefs: u64,
    /// Whether a propstat, or a response without propstats, has no status.
    pub(super) has_unsaid: bool,
    /// Whether a culprit is the target (the resource or the destination of the request), or an ancestor of the target.
    pub(super) target_failed: bool,
    /// Whether the target failed because something else failed (424).
    pub(super) target_follows: bool,
    /// Whether the resource that was asked for is listed.
    pub(super) has_self: bool,
    pub(super) self_failed: bool,
    /// Whether a member of the resource that was asked for is listed.
    pub(super) has_member: bool,
    /// Whether the only response may be about the resource that was asked for, under another href (an alias).
    pub(super) has_alias: bool,
    pub(super) alias_failed: bool,
    pub(super) is_truncated: bool,
    pub(super) has_activelock: bool,
    /// Whether the root of the body is `DAV:error`.
    pub(super) has_error: bool,
    /// Whether the body has a root other than multistatus.
    pub(super) has_root: bool,
    /// Whether the body is a page of HTML.
    pub(super) has_page: bool,
}

impl Tally {
    /// Returns the verdict on a multistatus. `is_whole`: whether every response was read and seen.
    /// `is_all_mentioned`: whether the answer mentions every property that was asked for.
    pub(super) fn verdict(&self, asked: Asked, is_whole: bool, is_all_mentioned: bool) -> Verdict {
        match self.by_responses(asked, is_all_mentioned) {
            // A response that was not seen may be a failure.
            Verdict::Success | Verdict::Unproven if !is_whole => Verdict::Unproven,
            // A response that was not seen may be a success: sending the request again would do that part twice.
            Verdict::Failure if !is_whole && asked.rules == Rules::Other && asked.http_status < 300 => {
                Verdict::Partial
            }
            verdict => verdict,
        }
    }

    /// Returns the verdict on a body that is not a multistatus, or on no body.
    pub(super) fn verdict_without_responses(&self, asked: Asked) -> Verdict {
        match (asked.http_status, asked.rules) {
            (0..=199, _) => Verdict::Unproven,
            (300.., _) => Verdict::Failure,
            _ if self.has_error => Verdict::Failure,
            (201, Rules::Make) if self.failing > 0 => Verdict::Partial,
            _ if self.failing > 0 => Verdict::Failure,
            // Without the end of a multistatus, more responses or propstats may have followed.
            _ if self.responses > 0 || self.has_unsaid => Verdict::Unproven,
            (207, _) if !self.has_root => Verdict::Unproven,
            // The page may come from a login, or from a hotel's network.
            (200, _) if self.has_page => Verdict::Unproven,
            (207, Rules::Make | Rules::Proppatch) | (_, Rules::Propfind | Rules::Query) => Verdict::Unproven,
            (_, Rules::Lock) if !self.has_activelock => Verdict::Unproven,
            _ => Verdict::Success,
        }
    }

    fn by_responses(&self, asked: Asked, is_all_mentioned: bool) -> Verdict {
        match asked.http_status {
            0..=199 => return Verdict::Unproven,
            // What the body does not list was not done either.
            300.. => return Verdict::Failure,
            _ => {}
        }
        let has_failed = self.failing > 0;
        let failed = |verdict| if has_failed { verdict } else { Verdict::Success };
        match asked.rules {
            Rules::Proppatch => match (self.has_success, has_failed) {
                (true, true) => Verdict::Partial,
                (false, true) => Verdict::Failure,
                (true, false) if is_all_mentioned && !self.has_unsaid => Verdict::Success,
                _ => Verdict::Unproven,
            },
            Rules::Lock | Rules::Make if has_failed => Verdict::Failure,
            Rules::Lock | Rules::Make => Verdict::Unproven,
            Rules::Single => failed(Verdict::Failure),
            Rules::Delete | Rules::Copy if self.target_failed || self.target_follows => Verdict::Failure,
            Rules::Delete | Rules::Copy | Rules::Update => failed(Verdict::Partial),
            Rules::Propfind => {
                let is_bare = asked.noroot && self.has_member;
                if self.self_failed || (!self.has_self && self.alias_failed) {
                    Verdict::Failure
                } else if self.has_self || is_bare || self.has_alias {
                    failed(Verdict::Partial)
                } else {
                    Verdict::Unproven
                }
            }
            Rules::Query if self.is_truncated => Verdict::Partial,
            Rules::Query => failed(Verdict::Partial),
            Rules::Other if self.failing >= self.hrefs => failed(Verdict::Failure),
            Rules::Other => failed(Verdict::Partial),
        }
    }
}
