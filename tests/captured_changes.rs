//! The sync reports that real servers sent, against what the requests before them did: runs when `MULTISTATUS_CORPUS`
//! names a folder with `captures`.
//!
//! Into a calendar came `ev1`, `ev2`, `ev 3 & ü%`, `ev4` and `todo1`; it was asked for; then `ev5` was put, `ev1` changed,
//! `ev4` and `todo1` deleted. Into an address book came `c1`, `c2` and `c3`; it was asked for; then `c3` was deleted and
//! `c4` put.

mod support;

use std::{collections::BTreeSet, fs};

use multistatus::{
    Multistatus, Trailer,
    href::RequestUrl,
    meaning::{Change, Observer, SyncCollection, SyncMember, TokenWithheld},
};
use support::collections;
use url::Url;

const EVENTS: [&str; 5] = ["+ev1.ics", "+ev2.ics", "+ev 3 & ü%.ics", "+ev4.ics", "+todo1.ics"];
const CHANGED: [&str; 4] = ["+ev5.ics", "+ev1.ics", "-ev4.ics", "-todo1.ics"];
const EVENTS_AFTER: [&str; 4] = ["+ev1.ics", "+ev2.ics", "+ev 3 & ü%.ics", "+ev5.ics"];
/// A first report that also names what is gone.
const EVENTS_AND_GONE: [&str; 6] =
    ["+ev1.ics", "+ev2.ics", "+ev 3 & ü%.ics", "+ev5.ics", "-ev4.ics", "-todo1.ics"];
const CARDS: [&str; 3] = ["+c1.vcf", "+c2.vcf", "+c3.vcf"];
const CARDS_CHANGED: [&str; 2] = ["-c3.vcf", "+c4.vcf"];
const FILES: [&str; 16] = [
    "+ünïcödé-日本.txt",
    "+100%.txt",
    "+amp&amp;x.txt",
    "+lt<gt>.txt",
    "+plus+plus.txt",
    // Sent as `hash%23q?.txt`: what follows is a query.
    "+hash#q",
    "+semi;comma,eq=.txt",
    "+%41lit.txt",
    "+col:on.txt",
    "+br[ack]{et}.txt",
    "+til~de(p)!$*@.txt",
    "+combining-e\u{301}.txt",
    "+emoji-\u{1F600}.txt",
    "+\u{202E}rtl.txt",
    "+plain.txt",
    "+a b.txt",
];

struct Report {
    file: &'static str,
    collection: &'static str,
    limit: Option<u64>,
    /// The report whose token was sent.
    after: Option<&'static str>,
    changes: Vec<&'static str>,
    withheld: Option<TokenWithheld>,
}

/// A report, its limit, the one whose token was sent, and the changes.
type Row = (&'static str, Option<u64>, Option<&'static str>, &'static [&'static str]);

fn reports() -> Vec<Report> {
    let mut all = Vec::new();
    let mut server = |name: &'static str, collection: &'static str, reports: &[Row]| {
        for (number, limit, after, changes) in reports {
            let find = |number: &str| -> &'static str { format!("{name}/{number}").leak() };
            // Xandikos cuts without a word, with the token of the whole.
            let is_cut = name == "xandikos-0.4.10" && *limit == Some(1);
            all.push(Report {
                file: find(number),
                collection,
                limit: *limit,
                after: after.map(find),
                changes: changes.to_vec(),
                withheld: is_cut.then_some(TokenWithheld::Limit),
            });
        }
    };
    server("cyrus-3.6.1", "/dav/drive/user/user/cap/", &[("081-REPORT-sync-initial", None, None, &FILES)]);
    server(
        "cyrus-3.6.1",
        "/dav/calendars/user/user/cap-cal/",
        &[
            ("131-REPORT-sync-initial", None, None, &EVENTS),
            ("132-REPORT-sync-limit-1", Some(1), None, &["+ev1.ics", "more"]),
            ("133-REPORT-sync-nochange", None, Some("131-REPORT-sync-initial"), &[]),
            ("135-REPORT-sync-changes", None, Some("131-REPORT-sync-initial"), &CHANGED),
            (
                "136-REPORT-sync-changes-limit-1",
                Some(1),
                Some("131-REPORT-sync-initial"),
                &["+ev5.ics", "more"],
            ),
            ("140-REPORT-sync-depth1", None, None, &EVENTS_AFTER),
            ("141-REPORT-sync-initial", None, None, &EVENTS_AFTER),
        ],
    );
    server(
        "cyrus-3.6.1",
        "/dav/addressbooks/user/user/cap-card/",
        &[
            ("179-REPORT-card-sync-initial", None, None, &CARDS),
            ("180-REPORT-card-sync-changes", None, Some("179-REPORT-card-sync-initial"), &CARDS_CHANGED),
            ("181-REPORT-card-sync-limit-1", Some(1), None, &["+c1.vcf", "more"]),
        ],
    );
    server(
        "radicale-3.9.0",
        "/user/cap-cal/",
        &[
            ("045-REPORT-sync-initial", None, None, &EVENTS),
            ("047-REPORT-sync-nochange", None, Some("045-REPORT-sync-initial"), &[]),
            ("049-REPORT-sync-changes", None, Some("045-REPORT-sync-initial"), &CHANGED),
            ("050-REPORT-sync-changes-limit-1", Some(1), Some("045-REPORT-sync-initial"), &CHANGED),
            ("052-REPORT-sync-infinite", None, None, &EVENTS_AND_GONE),
            ("055-REPORT-sync-initial", None, None, &EVENTS_AND_GONE),
        ],
    );
    server(
        "radicale-3.9.0",
        "/user/cap-card/",
        &[
            ("091-REPORT-card-sync-initial", None, None, &CARDS),
            ("092-REPORT-card-sync-changes", None, Some("091-REPORT-card-sync-initial"), &CARDS_CHANGED),
            ("093-REPORT-card-sync-limit-1", Some(1), None, &["+c1.vcf", "+c2.vcf", "-c3.vcf", "+c4.vcf"]),
        ],
    );
    // Its tokens are seconds, and all of this happened within one.
    server(
        "sogo-5.8.0",
        "/SOGo/dav/user/Calendar/cap-cal/",
        &[
            ("045-REPORT-sync-initial", None, None, &EVENTS),
            ("047-REPORT-sync-nochange", None, Some("045-REPORT-sync-initial"), &[]),
            ("049-REPORT-sync-changes", None, Some("045-REPORT-sync-initial"), &CHANGED),
            ("050-REPORT-sync-changes-limit-1", Some(1), Some("045-REPORT-sync-initial"), &CHANGED),
            ("051-REPORT-sync-bad-token", None, None, &EVENTS_AND_GONE),
            ("052-REPORT-sync-infinite", None, None, &EVENTS_AFTER),
        ],
    );
    server(
        "sogo-5.8.0",
        "/SOGo/dav/user/Contacts/cap-card/",
        &[
            ("093-REPORT-card-sync-initial", None, None, &CARDS),
            (
                "094-REPORT-card-sync-changes",
                None,
                Some("093-REPORT-card-sync-initial"),
                &["+c1.vcf", "+c2.vcf", "-c3.vcf", "+c4.vcf"],
            ),
            ("095-REPORT-card-sync-limit-1", Some(1), None, &["+c1.vcf", "+c2.vcf", "+c4.vcf"]),
        ],
    );
    let with_file =
        |events: &[&'static str]| -> &'static [&'static str] { [events, &["+x.txt"]].concat().leak() };
    server(
        "xandikos-0.4.10",
        "/user/calendars/cap-cal/",
        &[
            ("045-REPORT-sync-initial", None, None, with_file(&EVENTS)),
            ("046-REPORT-sync-limit-1", Some(1), None, &["+ev 3 & ü%.ics"]),
            ("047-REPORT-sync-nochange", None, Some("045-REPORT-sync-initial"), &[]),
            ("049-REPORT-sync-changes", None, Some("045-REPORT-sync-initial"), &CHANGED),
            ("050-REPORT-sync-changes-limit-1", Some(1), Some("045-REPORT-sync-initial"), &["+ev1.ics"]),
            ("054-REPORT-sync-depth1", None, None, with_file(&EVENTS_AFTER)),
            ("055-REPORT-sync-initial", None, None, with_file(&EVENTS_AFTER)),
        ],
    );
    server(
        "xandikos-0.4.10",
        "/user/contacts/cap-card/",
        &[
            ("093-REPORT-card-sync-initial", None, None, &CARDS),
            ("094-REPORT-card-sync-changes", None, Some("093-REPORT-card-sync-initial"), &CARDS_CHANGED),
            ("095-REPORT-card-sync-limit-1", Some(1), None, &["+c1.vcf"]),
        ],
    );
    all
}

fn name(sign: &str, member: &SyncMember<'_>) -> String {
    format!("{sign}{}", member.href.file_name().expect("a segment").expect("a name"))
}

fn shown(change: &Change<'_>) -> String {
    match change {
        Change::Updated(member) => name("+", member),
        other => panic!("{other:?}"),
    }
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn sync_reports_of_real_servers() {
    let root = collections();
    let captures = root.join("captures");
    let body = |file: &str| {
        fs::read(captures.join(file).with_extension("xml")).unwrap_or_else(|e| panic!("{file}: {e}"))
    };
    let trailer = |file: &str| -> Trailer {
        let body = body(file);
        let mut responses = Multistatus::new(&body);
        assert!(responses.by_ref().all(|response| response.is_ok()));
        responses.finish().expect("it is complete")
    };
    let asked = |report: &Report| {
        let url = Url::parse("http://127.0.0.1:8080").and_then(|base| base.join(report.collection));
        let mut asked = SyncCollection::new(RequestUrl::new(url.expect("a URL")), 207).limit(report.limit);
        if let Some(before) = report.after {
            asked = asked.token(trailer(before).sync_token().expect("a token"));
        }
        asked
    };
    let mut withheld = Vec::new();
    let reports = reports();
    for report in &reports {
        let body = body(report.file);
        let seen = asked(report).read(&body).expect("it is complete");
        let mut all: BTreeSet<_> = seen.seen.iter().map(shown).collect();
        let mut observed = asked(report).over(Multistatus::new(&body));
        let mut one_by_one = Vec::new();
        while let Some((_, changes)) = observed.next_response().expect("it is well-formed") {
            one_by_one.extend(changes);
        }
        assert_eq!(one_by_one, seen.seen, "{}", report.file);
        let end = seen.end;
        assert_eq!(observed.finish().expect("it is complete"), end, "{}", report.file);
        all.extend(end.removed.iter().map(|member| name("-", member)));
        all.extend(end.is_truncated.then(|| "more".to_owned()));
        let expected: BTreeSet<_> = report.changes.iter().map(|change| (*change).to_owned()).collect();
        assert_eq!(all, expected, "{}", report.file);
        assert_eq!((end.doubtful.len(), end.ambiguous.len()), (0, 0), "{}", report.file);
        assert_eq!(end.token.err(), report.withheld, "{}", report.file);
        withheld.extend(report.withheld.map(|_| report.file));
    }
    assert_eq!((reports.len(), withheld.len()), (39, 3));
    println!("meaning: {} sync reports of real servers, the token withheld for {withheld:?}", reports.len());
}
