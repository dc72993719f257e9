//! What real servers do otherwise, each to be switched on.

/// None by default: the server keeps to the RFCs, and finds the members of a multiget by its own spelling alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    /// Names in sync reports are not escaped, and hrefs of a multiget are decoded, whatever was meant (SOGo).
    pub(crate) unescaped_reports: bool,
    /// Members of a multiget are found by any spelling, absolute URLs too (most servers; it is no fault).
    pub(crate) any_spelling: bool,
    /// A multiget finds nothing: 404 for every href (iCloud, when they are absolute).
    pub(crate) multiget_finds_nothing: bool,
    /// What a multiget does not find is left out of its answer (against RFC 4791, and clients have to bear it).
    pub(crate) multiget_is_silent: bool,
    /// A multiget of more than one href is answered by 404 as a whole (SabreDAV 1.8 as soon as one of them is missing).
    pub(crate) multiget_of_one: bool,
    /// The data in a multiget is empty (iCloud, Kolab).
    pub(crate) data_is_empty: bool,
    /// A listing has the collection alone (Zoho).
    pub(crate) lists_itself: bool,
    /// A listing is the href of the collection and nothing else (oCIS, after a token was revoked).
    pub(crate) lists_bare_href: bool,
    /// A report without token names no member, and has a token (Xandikos 0.4 and Cyrus 3.6, for a calendar home).
    pub(crate) first_names_nobody: bool,
    /// A report without token tells of what was removed, too (Radicale 3.9, SOGo 5.8).
    pub(crate) first_has_removals: bool,
    /// A limit is kept without a mark, and the token is that of the full state (Xandikos 0.4).
    pub(crate) limit_without_mark: bool,
    /// Sync reports and listings have no entity tags; multigets have them (servers that clients have to bear).
    pub(crate) tags_are_missing: bool,
    /// The limit that a client sends is passed over (all but Cyrus and Xandikos).
    pub(crate) limit_ignored: bool,
    /// A report names the collection itself, with 200 (iCloud).
    pub(crate) report_has_itself: bool,
    /// Removals have an empty propstat of 418 after their 404 (SabreDAV 4, Nextcloud, Baïkal).
    pub(crate) removals_have_propstat: bool,
    /// Removals are reported by 410 instead of 404 (some, as the authors of calrs report).
    pub(crate) removals_are_410: bool,
    /// A token is forgotten when so many changes came after it (servers with a short history); without a number, never.
    pub(crate) token_life: Option<u64>,
    /// An unknown token is answered by 412 instead of 403 (Xandikos).
    pub(crate) unknown_token_is_412: bool,
    /// An unknown token is answered by a report of all that is there (SOGo).
    pub(crate) unknown_token_is_first: bool,
    /// PROPFIND of what is not there: 207 with 404 inside (Xandikos, Cyrus, nginx).
    pub(crate) missing_is_207: bool,
    /// Requests that fail once, each at its turn. One that has come is taken out.
    pub(crate) once: Vec<Once>,
}

/// A request that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Once {
    /// How many requests are answered before it.
    pub(crate) after: usize,
    pub(crate) failure: Failure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It is not carried out, and answered with this status: 401, 403, 429, 500, 503 (any server).
    Status(u16),
    /// It is carried out, and its answer is cut: this part of the body comes, in percent (any connection).
    Cut(u8),
}

impl Faults {
    /// The failure of the request that comes now, if it is its turn.
    pub(super) fn next(&mut self) -> Option<Failure> {
        let turn = self.once.iter().position(|once| once.after == 0);
        let failure = turn.map(|turn| self.once.remove(turn).failure);
        for once in &mut self.once {
            once.after = once.after.saturating_sub(1);
        }
        failure
    }
}
