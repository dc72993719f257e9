//! What a sync report removes, and when it gives a token: one test per row of the table, D1 to D9.

mod support;

use std::io::BufReader;

use multistatus::{
    Decoder, Multistatus, Options, Reader, Repair, Tolerance,
    href::RequestUrl,
    meaning::{
        Advice, DoubtReason, Multiget, Observer, Propfind, Report, SyncCollection, SyncEnd, SyncLevel,
        SyncMember, TokenWithheld,
    },
};
use support::{multistatus, own, propstat, request, resource, status};

const TOKEN: &str = "<D:sync-token>urn:2</D:sync-token>";
const ETAG: &str = "<D:getetag>\"1\"</D:getetag>";
const LIMITS: &str = "<D:error><D:number-of-matches-within-limits/></D:error>";

fn asked() -> SyncCollection {
    SyncCollection::new(request("/c/"), 207).level(SyncLevel::Infinite)
}

fn gone(href: &str) -> String {
    own(href, 404)
}

fn report_of(asked: SyncCollection, children: &str) -> Report<'static, SyncCollection> {
    asked.read(multistatus(children).as_bytes()).expect("it is complete").into_owned()
}

fn end_of(asked: SyncCollection, children: &str) -> SyncEnd {
    report_of(asked, children).end
}

fn hrefs<'m, 'a: 'm>(members: impl IntoIterator<Item = &'m SyncMember<'a>>) -> Vec<&'m str> {
    members.into_iter().map(|member| member.href.as_str()).collect()
}

/// That `/c/a` was called gone and is not removed, but doubtful.
fn assert_doubtful(end: &SyncEnd, children: &str) {
    assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec![], vec!["/c/a"]), "{children}");
}

/// Responses one by one, from an input whose calls have to be awaited or not: that no removal is among what is seen, and
/// what the end says.
macro_rules! one_by_one {
    ($observed:expr $(, $await:tt)?) => {{
        let mut observed = $observed;
        let mut taken = 0;
        while let Some((response, seen)) = observed.next_response()$(.$await)?.expect("it is well-formed") {
            taken += 1;
            assert_eq!(seen.len(), usize::from(response.href() == "/c/b"), "{seen:?}");
        }
        assert_eq!(taken, 3);
        observed.finish()$(.$await)?.expect("it is complete")
    }};
}

#[test]
fn d1_no_removal_passes_while_responses_do() {
    let body = multistatus(&(gone("/c/a") + &own("/c/b", 200) + &gone("/c/d") + TOKEN));
    let expected = asked().read(body.as_bytes()).expect("it is complete").end;
    assert_eq!((hrefs(&expected.removed), hrefs(&expected.doubtful)), (vec!["/c/a", "/c/d"], vec![]));
    assert_eq!((&expected.token, expected.advice), (&Ok("urn:2".to_owned()), Advice::Proceed));
    let mut ends = vec![
        one_by_one!(asked().over(Multistatus::new(body.as_bytes()))),
        one_by_one!(asked().over(Reader::new(BufReader::with_capacity(7, body.as_bytes())))),
    ];
    let mut pushed = asked().over(Decoder::new());
    pushed.push(body.as_bytes());
    ends.push(one_by_one!(pushed));
    #[cfg(feature = "tokio")]
    ends.push(futures::executor::block_on(async {
        let reader = multistatus::TokioReader::new(body.as_bytes());
        one_by_one!(asked().over(reader), await)
    }));
    #[cfg(feature = "futures")]
    ends.push(futures::executor::block_on(async {
        let chunks = futures::stream::iter(body.as_bytes().chunks(7).map(Ok::<_, std::io::Error>));
        one_by_one!(asked().over(multistatus::StreamReader::new(chunks)), await)
    }));
    for end in ends {
        assert_eq!(end, expected);
    }
}

#[test]
fn d2_beside_a_token_that_is_withheld_nothing_is_removed() {
    let other = "<D:sync-token>urn:3</D:sync-token>";
    let needs = resource("/c/", &format!("{}<D:error><D:need-privileges/></D:error>", status(403)));
    let two_in_one = format!(
        "<D:response><D:href>/c/</D:href><D:href>/c/b</D:href>{}{}</D:response>",
        status(404),
        propstat("", 404)
    );
    for (beside, reason) in [
        (own("/c/", 403), TokenWithheld::CollectionFailed),
        (own("/c/", 404), TokenWithheld::CollectionFailed),
        (own("/c", 503), TokenWithheld::CollectionFailed),
        (needs, TokenWithheld::CollectionFailed),
        // Several hrefs of one response that has properties: the collection is one of them.
        (two_in_one, TokenWithheld::CollectionFailed),
        (other.to_owned(), TokenWithheld::SeveralTokens),
        (own("/d/b", 200), TokenWithheld::Foreign),
        (own("/", 404), TokenWithheld::Foreign),
        (own("https://other.example/c/b", 404), TokenWithheld::Foreign),
        (own("", 404), TokenWithheld::Href),
        (own(" ", 200), TokenWithheld::Href),
        (own("http:/dav.example/c/b", 200), TokenWithheld::Href),
        ("<D:response/>".to_owned(), TokenWithheld::Unreadable),
        ("<response><href>/c/a</href></response>".to_owned(), TokenWithheld::Unreadable),
        (status(404), TokenWithheld::Unreadable),
        (format!("<D:href>/c/b</D:href>{}", status(404)), TokenWithheld::Implicit),
    ] {
        for children in
            [format!("{beside}{}{TOKEN}", gone("/c/a")), format!("{}{beside}{TOKEN}", gone("/c/a"))]
        {
            let end = end_of(asked(), &children);
            assert_doubtful(&end, &children);
            assert_eq!((end.token, end.advice), (Err(reason), Advice::List), "{children}");
        }
    }
    let end = end_of(asked(), &gone("/c/a"));
    assert_doubtful(&end, "no token");
    assert_eq!(end.token, Err(TokenWithheld::NoToken));
}

#[test]
fn d2_no_progress_removes_nothing_and_a_limit_that_was_reached_does() {
    let children = gone("/c/a") + &own("/c/", 507) + TOKEN;
    let end = end_of(asked().token("urn:2"), &children);
    assert_doubtful(&end, &children);
    assert_eq!((end.token, end.advice), (Err(TokenWithheld::NoProgress), Advice::List));

    let end = end_of(asked().limit(2), &(gone("/c/a") + &gone("/c/%62") + TOKEN));
    assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec!["/c/a"], vec!["/c/%62"]));
    assert_eq!((end.token, end.advice), (Err(TokenWithheld::Limit), Advice::WithoutLimit));
    // Another reason counts more than the limit.
    let children = gone("/c/a") + &own("/c/", 403) + TOKEN;
    let end = end_of(asked().limit(1), &children);
    assert_doubtful(&end, &children);
    assert_eq!(end.token, Err(TokenWithheld::CollectionFailed));
}

/// The second response has lost its namespace prefix, and with it what it says of the member.
#[test]
fn d2_what_cannot_be_read_may_be_about_the_member_that_was_called_gone() {
    for unreadable in [
        "<D:response><D:href>/c/a</D:href><undeclared:propstat><D:prop/></undeclared:propstat></D:response>",
        "<D:response><D:href>/c/a</D:href><propstat><D:prop/></propstat></D:response>",
        "<undeclared:response><D:href>/c/a</D:href></undeclared:response>",
    ] {
        let children = gone("/c/a") + unreadable + TOKEN;
        let end = end_of(asked(), &children);
        assert_doubtful(&end, &children);
        assert_eq!((end.token, end.advice), (Err(TokenWithheld::Unreadable), Advice::List));
    }
}

/// SOGo 5.8 escapes no name in a report: what looks like an escape is a part of the name.
#[test]
fn d3_two_members_of_a_server_that_does_not_escape_names() {
    let children = resource("/c/new plan.ics", &propstat("<D:getetag>\"n\"</D:getetag>", 200))
        + &resource("/c/new%20plan.ics", &propstat("<D:getetag>\"m\"</D:getetag>", 200))
        + &gone("/c/%42udget.ics")
        + TOKEN;
    let report = report_of(asked(), &children);
    assert_eq!(hrefs(report.ambiguous()), ["/c/new plan.ics", "/c/new%20plan.ics"]);
    assert_eq!(hrefs(report.updated()), ["/c/new plan.ics", "/c/new%20plan.ics"]);
    // The live `Budget.ics` is not removed in place of `%42udget.ics`.
    assert_eq!((hrefs(&report.end.removed), hrefs(&report.end.doubtful)), (vec![], vec!["/c/%42udget.ics"]));
    assert_eq!((report.end.token, report.end.advice), (Err(TokenWithheld::AmbiguousHref), Advice::List));
}

#[test]
fn d3_two_spellings_of_one_key_are_ambiguous() {
    let (plain, escaped) = ("/c/a b", "/c/a%20b");
    let refused = format!("{}<D:error><D:sync-traversal-supported/></D:error>", status(403));
    let says =
        |href: &str| [own(href, 200), gone(href), own(href, 423), own(href, 507), resource(href, &refused)];
    for one in says(plain) {
        for other in says(escaped) {
            for (children, spellings) in [
                (format!("{one}{other}{TOKEN}"), [plain, escaped]),
                (format!("{other}{}{one}{TOKEN}", gone("/c/x")), [escaped, plain]),
            ] {
                let report = report_of(asked(), &children);
                let mut all = hrefs(report.ambiguous());
                all.sort_unstable();
                assert_eq!(all, [plain, escaped], "both, as sent: {children}");
                assert_eq!(hrefs(&report.end.ambiguous), [spellings[1]], "{children}");
                assert!(report.end.removed.is_empty(), "{children}");
                let is_x_doubtful = hrefs(&report.end.doubtful).contains(&"/c/x");
                assert_eq!(is_x_doubtful, children.contains("/c/x"), "{children}");
                let end = report.end;
                assert_eq!((end.token, end.advice), (Err(TokenWithheld::AmbiguousHref), Advice::List));
            }
        }
    }
    for (one, other) in
        [("/c/a", "/c/%61"), ("/c/~a", "/c/%7Ea"), ("/c/ü", "/c/%C3%BC"), ("/c/s/a", "/c/%73/a")]
    {
        let asked = asked().level(SyncLevel::Infinite);
        let end = end_of(asked, &(own(one, 200) + &own(other, 200) + TOKEN));
        assert_eq!(end.token, Err(TokenWithheld::AmbiguousHref), "{one} {other}");
    }
}

#[test]
fn d3_one_spelling_in_several_forms_is_not_ambiguous() {
    let plain = || request("/c/");
    let mounted = || request("/webdav/c/").mount("/webdav");
    for (url, one, other) in [
        (plain(), "https://dav.example/c/a", "/c/a"),
        (plain(), "http://dav.example:80/c/a", "/c/a"),
        (plain(), "a", "/c/a"),
        (plain(), "/c/%c3%bc", "/c/%C3%BC"),
        (plain(), "/c/s/", "/c/s"),
        (plain(), "/%63/a", "/c/a"),
        (plain().by_path(), "https://backend.lan/c/a", "/c/a"),
        (plain().by_path(), "//c//a", "/c/a"),
        (mounted(), "/c/a", "/webdav/c/a"),
        (plain().decode_twice(), "/%2563/a", "/c/a"),
        (plain().decode_twice(), "/%2563/%2561", "/c/%61"),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let asked = || SyncCollection::new(url.clone(), 207).level(SyncLevel::Infinite);
            let there = |href| resource(href, &propstat(ETAG, 200));
            let children = there(one) + &there(other) + TOKEN;
            let end = end_of(asked(), &children);
            assert_eq!((end.token.as_deref(), end.ambiguous.len()), (Ok("urn:2"), 0), "{children}");
            // One member that is both there and gone is not removed, and the token is withheld.
            let end = end_of(asked(), &(own(one, 200) + &gone(other) + TOKEN));
            assert_eq!(
                (end.token, end.ambiguous.len()),
                (Err(TokenWithheld::Contradiction), 0),
                "{children}"
            );
            assert!(end.removed.is_empty() && end.doubtful.is_empty(), "{children}");
        }
    }
    // What an aid does not change counts.
    let end = end_of(
        SyncCollection::new(plain().by_path(), 207),
        &(own("https://backend.lan/c/%61", 200) + &own("/c/a", 200) + TOKEN),
    );
    assert_eq!(end.token, Err(TokenWithheld::AmbiguousHref));
}

#[test]
fn d4_a_removal_with_an_escape_in_its_href_is_doubtful() {
    for href in ["/c/per%41.ics", "/c/b%20c.ics", "/c/%c3%bc", "/c/100%25", "https://dav.example/c/%61"] {
        let end = end_of(asked(), &(gone(href) + &gone("/c/x") + TOKEN));
        assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec!["/c/x"], vec![href]));
        assert_eq!((end.token.as_deref(), end.advice), (Ok("urn:2"), Advice::Proceed));
    }
    for href in ["/c/100%", "/c/%zz", "/c/a b", "/c/%2"] {
        let end = end_of(asked(), &(gone(href) + TOKEN));
        assert_eq!((hrefs(&end.removed), end.doubtful.len()), (vec![href], 0), "no escape");
    }
}

#[test]
fn d5_a_removal_that_may_be_misread_is_doubtful() {
    let options = Options::new().repair(Repair::RawAmpersand).repair(Repair::SurrogatePairs);
    for (response, href) in [
        (gone("/c/a&b"), "/c/a&b"),
        (gone("/c/&#55357;&#56832;"), "/c/\u{1F600}"),
        (gone("/c/a<x>b</x>"), "/c/a"),
        (gone("/c/a<D:x/>"), "/c/a"),
        (resource("/c/a", "<D:status>HTTP/1.1 404 <x/>x</D:status>"), "/c/a"),
    ] {
        let body = multistatus(&(response + &gone("/c/x") + TOKEN));
        let end = asked().read_with(body.as_bytes(), &options).expect("it is complete").end;
        assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec!["/c/x"], vec![href]), "{body}");
        assert_eq!(end.token.as_deref(), Ok("urn:2"), "{body}");
    }
    // The status is that of the response. Beside it, one in no namespace makes the whole doubtful.
    let bare = "<D:propstat><D:prop/><status xmlns=''>HTTP/1.1 404 x</status></D:propstat>";
    let children = resource("/c/a", &(status(404) + bare)) + TOKEN;
    let body = multistatus(&children);
    let first = Multistatus::new(body.as_bytes()).next().expect("one").expect("it can be read");
    assert!(first.tolerated().any(|tolerance| tolerance == Tolerance::StatusWithoutNamespace));
    assert_doubtful(&end_of(asked(), &children), &children);
    // Alone, it is a status of properties, and says nothing of the member.
    let report = report_of(asked(), &(resource("/c/a", bare) + TOKEN));
    assert_eq!((hrefs(report.updated()), report.end.doubtful.len()), (vec!["/c/a"], 0));
}

#[test]
fn d6_truncated_in_any_form() {
    let stat = |code: u16, more: &str| format!("<D:propstat><D:prop/>{}{more}</D:propstat>", status(code));
    for mark in [
        own("/c/", 507),
        resource("/c/", &stat(507, "")),
        resource("/c/", &(status(207) + &stat(507, LIMITS))),
        resource("/c/", &(propstat(ETAG, 200) + &stat(507, ""))),
        resource("/c/", LIMITS),
        resource("/c/", &(status(200) + LIMITS)),
        resource("/c/", &(status(403) + LIMITS)),
        resource("/c/", &(status(404) + LIMITS)),
        resource("/c/", &stat(403, LIMITS)),
        resource("/c/", &format!("<D:status>too many</D:status>{LIMITS}")),
        own("/d/", 507),
    ] {
        for children in [format!("{mark}{}{TOKEN}", gone("/c/a")), format!("{}{mark}{TOKEN}", gone("/c/a"))] {
            // With a limit that would else be taken for reached.
            let report = report_of(asked().limit(1), &children);
            assert!(report.seen.is_empty(), "{children}");
            let end = report.end;
            assert!(end.is_truncated, "{children}");
            assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec!["/c/a"], vec![]), "{children}");
            assert_eq!((end.token.as_deref(), end.advice), (Ok("urn:2"), Advice::NextPage), "{children}");
            assert_eq!((end.collection_status, end.conditions.len()), (None, 0), "{children}");
        }
    }
    // The same about a member does not concern the collection: C13, C16.
    for member in [resource("/c/b", &stat(507, "")), resource("/c/b", &(status(403) + LIMITS))] {
        let report = report_of(asked(), &(member.clone() + TOKEN));
        assert_eq!((report.seen.len(), report.end.is_truncated), (1, false), "{member}");
    }
}

/// That responses and end are of one body, and each response is shown once, no caller can get wrong: only an input shows
/// a response to an observer. What is left is to end before all were taken.
#[test]
fn d7_what_was_not_taken_is_missing() {
    let body = multistatus(&(gone("/c/a") + &own("/c/b", 200) + &gone("/c/d") + TOKEN));
    let whole = asked().read(body.as_bytes()).expect("it is complete").end;
    for taken in 0..=3 {
        let mut from_memory = asked().over(Multistatus::new(body.as_bytes()));
        let mut from_reader = asked().over(Reader::new(body.as_bytes()));
        let mut pushed = asked().over(Decoder::new());
        pushed.push(body.as_bytes());
        for _ in 0..taken {
            assert!(from_memory.next_response().expect("well-formed").is_some());
            assert!(from_reader.next_response().expect("well-formed").is_some());
            assert!(pushed.next_response().expect("well-formed").is_some());
        }
        for end in [from_memory.finish(), from_reader.finish(), pushed.finish()] {
            let end = end.expect("it is complete");
            if taken == 3 {
                assert_eq!(end, whole);
                continue;
            }
            let doubtful = if taken == 0 { vec![] } else { vec!["/c/a"] };
            assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec![], doubtful), "{taken} taken");
            assert_eq!((end.token, end.advice), (Err(TokenWithheld::Unseen), Advice::Repeat));
        }
    }
}

/// The rest of a body, after a response was taken alone, is not proof: the end of it proves nothing.
#[test]
fn d7_the_rest_of_a_body_proves_nothing() {
    let body = multistatus(&(gone("/c/a") + &own("/c/b", 200) + TOKEN));
    let body = body.as_bytes();
    let mut from_memory = asked().over(Multistatus::new(body));
    assert!(from_memory.next_response().expect("well-formed").is_some());
    let mut from_reader = asked().over(Reader::new(body));
    assert!(from_reader.next_response().expect("well-formed").is_some());
    let mut pushed = asked().over(Decoder::new());
    pushed.push(body);
    assert!(pushed.next_response().expect("well-formed").is_some());
    for end in [
        from_memory.read().map(|report| report.end),
        from_reader.read().map(|report| report.end),
        pushed.read([b""]).map(|report| report.end),
    ] {
        let end = end.expect("it is complete");
        assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec![], vec!["/c/a"]));
        assert_eq!((end.token, end.advice), (Err(TokenWithheld::Unseen), Advice::Repeat));
    }
}

#[test]
fn d8_another_status_than_200_and_207() {
    let body =
        multistatus(&(own("/c/", 200) + &gone("/c/a") + &resource("/c/b", &propstat(ETAG, 200)) + TOKEN));
    let body = body.as_bytes();
    let url = || request("/c/");
    for http in [201, 203, 204, 206, 226, 301, 304, 401, 403, 404, 412, 423, 429, 500, 503, 507] {
        let report = SyncCollection::new(url(), http).token("urn:1").read(body).expect("it is complete");
        assert!(report.seen.is_empty() && report.end.removed.is_empty() && report.end.doubtful.is_empty());
        let advice = match http {
            401 => Advice::LogIn,
            429 | 500.. => Advice::Later,
            _ => Advice::List,
        };
        assert_eq!((report.end.token, report.end.advice), (Err(TokenWithheld::HttpStatus(http)), advice));

        let multiget = Multiget::new(url(), http, "DAV:getetag", ["/c/a", "/c/b"]).read(body).expect("whole");
        assert!(multiget.seen.is_empty() && multiget.end.not_found.is_empty(), "{http}");
        assert_eq!(multiget.end.open, ["/c/a", "/c/b"], "{http}");

        let listing = Propfind::new(url(), http).read(body).expect("it is complete").end;
        assert!(!listing.is_complete(), "{http}");
        assert!(listing.doubts.iter().any(|doubt| doubt.reason == DoubtReason::HttpStatus(http)), "{http}");
    }
    for http in [200, 207] {
        let end = SyncCollection::new(url(), http).read(body).expect("it is complete").end;
        assert_eq!((end.token.as_deref(), hrefs(&end.removed)), (Ok("urn:2"), vec!["/c/a"]));
    }
}

/// Of two answers about one member that contradict each other, it is unknown which is right.
#[test]
fn one_member_named_twice() {
    let tagged =
        |href: &str, tag: &str| resource(href, &propstat(&format!("<D:getetag>\"{tag}\"</D:getetag>"), 200));
    let a = |tag: &str| tagged("/c/a", tag);
    for (one, other) in [(a("1"), a("2")), (a("1"), gone("/c/a")), (own("/c/a", 200), gone("/c/a"))] {
        for children in [one.clone() + &gone("/c/x") + &other, other.clone() + &gone("/c/x") + &one] {
            let report = report_of(asked(), &(children.clone() + TOKEN));
            let end = &report.end;
            assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec![], vec!["/c/x"]), "{children}");
            assert_eq!((&end.token, end.advice), (&Err(TokenWithheld::Contradiction), Advice::List));
            assert!(hrefs(report.updated()).contains(&"/c/a"), "it may be fetched: {children}");
        }
    }
    // Without a tag, nothing shows that both are about the same member.
    for (twice, doubtful) in
        [(own("/c/a", 200) + &own("/c/a", 200), vec![]), (gone("/c/a") + &gone("/c/a/"), vec!["/c/a"])]
    {
        let end = end_of(asked(), &(twice.clone() + TOKEN));
        assert_eq!((hrefs(&end.removed), hrefs(&end.doubtful)), (vec![], doubtful), "{twice}");
        assert_eq!(end.token, Err(TokenWithheld::Contradiction), "{twice}");
    }
    // Two equal tags contradict nothing, nor does a failure.
    for (twice, removed) in [
        (a("1") + &a("1"), vec![]),
        (a("1") + &own("/c/a", 423), vec![]),
        (own("/c/a", 423) + &gone("/c/a"), vec![]),
    ] {
        let end = end_of(asked(), &(twice.clone() + TOKEN));
        assert_eq!((end.token.as_deref(), hrefs(&end.removed)), (Ok("urn:2"), removed), "{twice}");
        assert!(end.doubtful.is_empty(), "{twice}");
    }
    // The collection itself, named twice, was to be another resource once.
    for (other, is_one) in [("1", true), ("2", false)] {
        let end = end_of(asked(), &(tagged("/c/", "1") + &tagged("/%63", other) + &gone("/c/a") + TOKEN));
        assert_eq!(end.removed.len(), usize::from(is_one));
        assert_eq!(end.token.err(), Some(TokenWithheld::Contradiction).filter(|_| !is_one));
    }
    let kind = |href: &str, kind: &str| {
        resource(href, &propstat(&format!("{ETAG}<D:resourcetype>{kind}</D:resourcetype>"), 200))
    };
    let end = end_of(asked(), &(kind("/c/", "<D:collection/>") + &kind("/c/", "") + TOKEN));
    assert_eq!(end.token, Err(TokenWithheld::Contradiction), "a collection, and none");
}

/// What a root `DAV:error` says, read from every input.
fn refused(url: RequestUrl, http: u16, limit: Option<u64>, children: &str) -> SyncEnd {
    let body = format!("<?xml version='1.0'?>\n<D:error xmlns:D='DAV:'>{children}</D:error>\n");
    let asked = SyncCollection::new(url, http).token("urn:1").limit(limit);
    let report = asked.clone().read(body.as_bytes()).expect("a report").into_owned();
    assert!(report.seen.is_empty() && report.end.removed.is_empty() && report.end.doubtful.is_empty());
    assert_eq!(asked.clone().over(Reader::new(body.as_bytes())).read().expect("a report"), report);
    assert_eq!(asked.clone().over(Decoder::new()).read(body.as_bytes().chunks(1)).expect("a report"), report);
    let mut one_by_one = asked.over(Multistatus::new(body.as_bytes()));
    for _ in 0..2 {
        assert!(one_by_one.next_response().expect("another root").is_none());
    }
    assert_eq!(one_by_one.finish().expect("an end"), report.end);
    report.end
}

#[test]
fn d9_a_root_error_is_a_report_with_its_conditions() {
    for http in [200, 207, 400, 403, 404, 409, 412, 415, 423, 429, 500, 503, 507] {
        let refused = |limit, children: &str| refused(request("/c/"), http, limit, children);
        let of_status = match http {
            200 | 207 => TokenWithheld::OtherRoot,
            _ => TokenWithheld::HttpStatus(http),
        };
        let end = refused(None, "<D:valid-sync-token/>");
        assert_eq!(end.conditions[0].to_string(), "{DAV:}valid-sync-token");
        assert_eq!((end.token, end.advice), (Err(TokenWithheld::InvalidToken), Advice::WithoutToken));

        let end = refused(Some(9), "<D:number-of-matches-within-limits/>");
        assert_eq!(end.conditions[0].to_string(), "{DAV:}number-of-matches-within-limits");
        assert_eq!((end.token, end.advice), (Err(of_status), Advice::WithoutLimit), "{http}");
        let end = refused(None, "<D:number-of-matches-within-limits/>");
        assert_eq!((end.token, end.advice), (Err(of_status), Advice::List), "{http}: no limit was sent");

        // A server that is busy says so by the status, and a listing would fare no better.
        let advice = if http == 429 || http >= 500 { Advice::Later } else { Advice::List };
        let end = refused(None, "<D:supported-report/><x:full xmlns:x='urn:x'><D:href>/c/</D:href></x:full>");
        let conditions: Vec<_> = end.conditions.iter().map(ToString::to_string).collect();
        assert_eq!(conditions, ["{DAV:}supported-report", "{urn:x}full (/c/)"]);
        assert_eq!((end.token, end.advice), (Err(of_status), advice), "{http}");
        let end = refused(None, "");
        assert_eq!((end.token, end.advice, end.conditions.len()), (Err(of_status), advice, 0), "{http}");
    }
    assert_eq!(refused(request("/c/"), 401, None, "<D:need-privileges/>").advice, Advice::LogIn);
    // An invalid token is reported however many conditions come before.
    let many = "<D:a/>".repeat(100_000) + "<D:valid-sync-token/>";
    let end = refused(request("/c/"), 403, None, &many);
    assert_eq!(end.advice, Advice::WithoutToken);
    assert!((100..10_000).contains(&end.conditions.len()), "{}", end.conditions.len());
}
