//! Whether a request succeeded, one test per row of the table: O before any method, P on one resource, T on trees, R on
//! reading; and M of multiget, and listings.

mod support;

use multistatus::{
    Answer, Document, ErrorKind, Found, Listing, Multiget, Multistatus, Outcome, Relation, RequestUrl,
    Verdict, names,
};
use support::multistatus;
use url::Url;

fn url(path: &str) -> RequestUrl {
    RequestUrl::new(Url::parse("https://dav.example").and_then(|base| base.join(path)).expect("a URL"))
}

fn status(code: u16) -> String {
    format!("<D:status>HTTP/1.1 {code} x</D:status>")
}

/// A response with a status of its own; 0 for none.
fn own(href: &str, code: u16) -> String {
    let status = if code == 0 { String::new() } else { status(code) };
    format!("<D:response><D:href>{href}</D:href>{status}</D:response>")
}

fn propstat(prop: &str, code: u16) -> String {
    format!("<D:propstat><D:prop>{prop}</D:prop>{}</D:propstat>", status(code))
}

/// A response with propstats of one property each, `<D:a/>` under the first code and so on.
fn stats(href: &str, codes: &[u16]) -> String {
    let names = ["<D:a/>", "<D:b/>", "<D:c/>"];
    let stats: String = codes.iter().zip(names).map(|(code, name)| propstat(name, *code)).collect();
    format!("<D:response><D:href>{href}</D:href>{stats}</D:response>")
}

/// The verdict on a multistatus, and the culprits.
fn seen(mut outcome: Outcome, children: &str) -> (Verdict, Vec<String>) {
    let body = multistatus(children);
    let mut responses = Multistatus::new(body.as_bytes());
    for response in responses.by_ref().flatten() {
        outcome.see(&response);
    }
    let verdict = outcome.verdict(&responses.finish().expect("it is complete"));
    let shown = |status: Option<u16>| status.map_or("?".to_owned(), |status| status.to_string());
    (verdict, outcome.culprits().iter().map(|c| format!("{} {}", c.href(), shown(c.status()))).collect())
}

fn verdict(method: &str, http: u16, children: &str) -> (Verdict, Vec<String>) {
    seen(Outcome::new(method, http, url("/a/")), children)
}

/// The verdict on a body with another root.
fn of_root(method: &str, http: u16, body: &str) -> (Verdict, Vec<String>) {
    let mut outcome = Outcome::new(method, http, url("/a/"));
    let document = Document::new(body.as_bytes()).expect("it is well-formed");
    outcome.see_root(document.root().expect("no multistatus"));
    let culprits =
        outcome.culprits().iter().map(|c| format!("{:?}", c.conditions().collect::<Vec<_>>().len()));
    (outcome.verdict_without_responses(), culprits.collect())
}

macro_rules! rows {
    ($($row:ident { $($seen:expr => $verdict:ident $culprits:expr;)+ })*) => {
        $(
            #[test]
            fn $row() {
                $({
                    let (verdict, culprits) = $seen;
                    let expected: &[&str] = &$culprits;
                    assert_eq!((verdict, &*culprits), (Verdict::$verdict, &*expected.iter().map(|c| c.to_string()).collect::<Vec<_>>()), "{}", stringify!($seen));
                })+
            }
        )*

        #[test]
        fn every_row_is_there() {
            let rows = [$(stringify!($row)),*];
            for (letter, last) in [("p", 14), ("t", 8), ("r", 10)] {
                for number in 1..=last {
                    let name = format!("{letter}{number}_");
                    assert!(rows.iter().any(|row| row.starts_with(&name)), "{name}");
                }
            }
            println!("meaning: {} rows of outcomes", rows.len());
        }
    };
}

const MKCOL: &str = "<D:mkcol-response xmlns:D='DAV:'>";

rows! {
    o2_a_status_of_failure_whatever_the_root {
        verdict("COPY", 424, &own("/a/b", 423)) => Failure ["/a/b 423"];
        verdict("DELETE", 404, "") => Failure [];
        verdict("LOCK", 409, &own("/a/b", 423)) => Failure ["/a/b 423"];
        of_root("PUT", 403, "<D:error xmlns:D='DAV:'><D:need-privileges/></D:error>") => Failure ["1"];
        of_root("PUT", 200, "<D:error xmlns:D='DAV:'><D:need-privileges/></D:error>") => Failure ["1"];
        of_root("PROPPATCH", 207, &format!("{MKCOL}{}</D:mkcol-response>", propstat("<D:a/>", 403))) => Failure ["0"];
    }
    o3_redirected {
        verdict("PROPFIND", 301, &stats("/a/", &[200])) => Failure [];
    }
    o5_another_success_with_a_multistatus {
        verdict("DELETE", 200, "") => Success [];
        verdict("DELETE", 200, &own("/a/b", 423)) => Partial ["/a/b 423"];
    }
    o6_no_body {
        (Outcome::new("DELETE", 204, url("/a/")).verdict_without_responses(), vec![]) => Success [];
        (Outcome::new("PUT", 201, url("/a/")).verdict_without_responses(), vec![]) => Success [];
        (Outcome::new("MKCOL", 405, url("/a/")).verdict_without_responses(), vec![]) => Failure [];
    }
    o7_an_error_item_among_them {
        verdict("DELETE", 207, &format!("<D:response/>{}", own("/a/b", 423))) => Partial ["/a/b 423"];
        verdict("DELETE", 207, "<D:response/>") => Unproven [];
        verdict("PROPFIND", 207, &format!("<D:response/>{}", stats("/a/", &[200]))) => Unproven [];
        verdict("PUT", 207, &format!("<D:response/>{}", own("/a/", 507))) => Failure ["/a/ 507"];
    }
    p1_proppatch_all_done {
        verdict("PROPPATCH", 207, &stats("/a/", &[200, 201])) => Success [];
        verdict("PROPPATCH", 207, &own("/a/", 200)) => Success [];
        verdict("PROPPATCH", 207, &stats("/b/", &[200])) => Success [];
    }
    p2_proppatch_mixed {
        verdict("PROPPATCH", 207, &stats("/a/", &[200, 403])) => Partial ["/a/ 403"];
        verdict("PROPPATCH", 207, &format!("<D:response><D:href>/a/</D:href>{}{}</D:response>",
            propstat("<D:a/>", 200), propstat("<D:a/>", 424))) => Partial [];
    }
    p3_proppatch_failing_only {
        verdict("PROPPATCH", 207, &stats("/a/", &[403, 424])) => Failure ["/a/ 403"];
        verdict("PROPPATCH", 207, &format!("<D:response><D:href>/a/</D:href>{}</D:response>", propstat("", 403))) =>
            Failure ["/a/ 403"];
    }
    p4_proppatch_all_because_of_something_else {
        verdict("PROPPATCH", 207, &stats("/a/", &[424, 424])) => Failure [];
    }
    p5_proppatch_without_a_word {
        verdict("PROPPATCH", 207, "") => Unproven [];
        verdict("PROPPATCH", 207, &own("/a/", 0)) => Unproven [];
        verdict("PROPPATCH", 207, "<D:response><D:href>/a/</D:href><D:propstat><D:prop><D:a/></D:prop></D:propstat></D:response>")
            => Unproven [];
        seen(Outcome::new("PROPPATCH", 207, url("/a/")).asked(["a", "z"]), &stats("/a/", &[200])) => Unproven [];
        seen(Outcome::new("PROPPATCH", 207, url("/a/")).asked(["a", "z"]), &(stats("/a/", &[200]) + &own("/z", 200))) => Unproven [];
        verdict("PROPPATCH", 207, &format!("<D:response><D:href>/a/</D:href>{}<D:propstat><D:prop><D:b/></D:prop></D:propstat></D:response>",
            propstat("<D:a/>", 200))) => Unproven [];
        seen(Outcome::new("PROPPATCH", 207, url("/a/")).asked(["a", "b"]), &stats("/a/", &[200, 200])) => Success [];
        seen(Outcome::new("PROPPATCH", 207, url("/a/")).asked(["a"]), &own("/a/", 200)) => Success [];
    }
    p6_lock_is_held {
        of_root("LOCK", 200, "<D:prop xmlns:D='DAV:'><D:lockdiscovery><D:activelock/></D:lockdiscovery></D:prop>") => Success [];
        of_root("LOCK", 200, "<D:prop xmlns:D='DAV:'><D:lockdiscovery/></D:prop>") => Unproven [];
    }
    p7_lock_failed {
        verdict("LOCK", 207, &(own("/a/b", 423) + &own("/a/", 424))) => Failure ["/a/b 423"];
        verdict("LOCK", 207, &format!("{}<D:response><D:href>/a/</D:href>{}</D:response>", own("/a/b", 403),
            propstat("<D:lockdiscovery/>", 424))) => Failure ["/a/b 403"];
    }
    p8_lock_with_another_multistatus {
        verdict("LOCK", 207, "") => Unproven [];
        verdict("LOCK", 207, &stats("/a/", &[200])) => Unproven [];
    }
    p9_made {
        of_root("MKCOL", 201, &format!("{MKCOL}{}</D:mkcol-response>", propstat("<D:a/>", 200))) => Success [];
        of_root("MKCOL", 201, &format!("{MKCOL}<D:propstat><D:prop><D:a/></D:prop></D:propstat></D:mkcol-response>")) => Unproven [];
        of_root("MKCALENDAR", 201, "<C:mkcalendar-response xmlns:C='urn:ietf:params:xml:ns:caldav'/>") => Success [];
    }
    p10_made_and_not_all_set {
        of_root("MKCOL", 201, &format!("{MKCOL}{}{}</D:mkcol-response>", propstat("<D:a/>", 200), propstat("<D:b/>", 403)))
            => Partial ["0"];
    }
    p11_not_made {
        verdict("MKCALENDAR", 207, &propstat("<D:a/>", 403)) => Failure [" 403"];
        verdict("MKCOL", 207, &stats("/a/", &[403, 424])) => Failure ["/a/ 403"];
        of_root("MKCALENDAR", 207, &format!("<C:mkcalendar-response xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:D='DAV:'>{}\
            </C:mkcalendar-response>", propstat("<D:a/>", 403))) => Failure ["0"];
    }
    p12_made_perhaps {
        verdict("MKCALENDAR", 207, &stats("/a/", &[200])) => Unproven [];
        of_root("MKCOL", 207, &format!("{MKCOL}{}</D:mkcol-response>", propstat("<D:a/>", 200))) => Unproven [];
    }
    p13_another_method_on_one_resource_failed {
        verdict("UNLOCK", 207, &own("/a/", 412)) => Failure ["/a/ 412"];
        verdict("PUT", 207, &(own("/a/", 424) + &own("/", 423))) => Failure ["/ 423"];
        verdict("ACL", 207, &own("/elsewhere", 403)) => Failure ["/elsewhere 403"];
        verdict("ORDERPATCH", 207, &own("/a/b", 424)) => Failure [];
    }
    p14_another_method_on_one_resource_done {
        verdict("UNLOCK", 207, &own("/a/", 204)) => Success [];
        verdict("PUT", 207, "") => Success [];
    }
    t1_nothing_failed {
        verdict("DELETE", 207, "") => Success [];
        verdict("COPY", 207, &own("/a/b", 201)) => Success [];
    }
    t2_gone_already {
        verdict("DELETE", 207, &(own("/a/b", 404) + &own("/a/c", 410))) => Success [];
        verdict("COPY", 207, &own("/a/b", 404)) => Partial ["/a/b 404"];
        verdict("DELETE", 207, &stats("/a/b", &[404])) => Partial ["/a/b 404"];
        verdict("DELETE", 207, &stats("/a/b", &[403, 404])) => Partial ["/a/b 403"];
        verdict("DELETE", 207, &format!("<D:response><D:href>/a/b</D:href>{}{}</D:response>", status(403), propstat("<D:x/>", 404)))
            => Partial ["/a/b 403"];
    }
    t3_the_target_or_what_is_above_it {
        verdict("DELETE", 207, &own("/a/", 423)) => Failure ["/a/ 423"];
        verdict("DELETE", 207, &own("/a", 404)) => Failure ["/a 404"];
        verdict("DELETE", 207, &own("/", 423)) => Failure ["/ 423"];
        seen(Outcome::new("COPY", 207, url("/a/")).destination(url("/z/")), &own("/z", 412)) => Failure ["/z 412"];
        seen(Outcome::new("MOVE", 207, url("/a/")).destination(url("/y/z/")), &own("/y/", 423)) => Failure ["/y/ 423"];
    }
    t4_the_target_because_of_another {
        verdict("DELETE", 207, &(own("/a/", 424) + &own("/a/b", 423))) => Failure ["/a/b 423"];
        seen(Outcome::new("COPY", 207, url("/a/")).destination(url("/z/")), &(own("/z/", 424) + &own("/z/b", 423))) =>
            Failure ["/z/b 423"];
    }
    t5_members_only {
        verdict("DELETE", 207, &own("/a/b", 423)) => Partial ["/a/b 423"];
        seen(Outcome::new("COPY", 207, url("/a/")).destination(url("/z/")), &own("/z/b", 507)) => Partial ["/z/b 507"];
    }
    t6_something_unrelated {
        verdict("DELETE", 207, &own("/b/c", 423)) => Partial ["/b/c 423"];
        verdict("MOVE", 207, &own("https://other.example/a/", 423)) => Partial ["https://other.example/a/ 423"];
    }
    t7_only_because_of_something_else {
        verdict("DELETE", 207, &own("/a/b", 424)) => Partial [];
    }
    t8_failed_with_a_status_that_is_not_known {
        verdict("DELETE", 207, &own("/a/b", 0)) => Partial ["/a/b ?"];
        verdict("COPY", 207, &own("/a/b", 0)) => Partial ["/a/b ?"];
        verdict("DELETE", 207, "<D:response><D:href>/a/b</D:href><D:status>locked</D:status></D:response>") =>
            Partial ["/a/b ?"];
        verdict("DELETE", 207, &own("/a/", 0)) => Failure ["/a/ ?"];
    }
    r1_listed {
        verdict("PROPFIND", 207, &(stats("/a/b", &[200, 404]) + &stats("/a", &[200, 403]))) => Success [];
        verdict("PROPFIND", 207, &own("/a/", 200)) => Success [];
        verdict("PROPFIND", 207, &stats("/a/", &[404])) => Success [];
        verdict("PROPFIND", 207, &(stats("/a/", &[200]) + &stats("/a/b", &[200, 424]))) => Success [];
    }
    r2_the_resource_itself_failed {
        verdict("PROPFIND", 207, &own("/a/", 404)) => Failure ["/a/ 404"];
        verdict("PROPFIND", 207, &format!("<D:response><D:href>/a/</D:href>{}</D:response>", propstat("", 404))) =>
            Failure ["/a/ 404"];
    }
    r3_members_failed {
        verdict("PROPFIND", 207, &(stats("/a/", &[200]) + &own("/a/b", 403))) => Partial ["/a/b 403"];
        verdict("PROPFIND", 207, &(stats("/a/", &[200]) + &stats("/a/b", &[200, 500]))) => Partial ["/a/b 500"];
    }
    r4_the_resource_itself_is_missing {
        verdict("PROPFIND", 207, "") => Unproven [];
        verdict("PROPFIND", 207, &stats("/a/b", &[200])) => Unproven [];
        seen(Outcome::new("PROPFIND", 207, url("/a/")).noroot(), &stats("/a/b", &[200])) => Success [];
        seen(Outcome::new("PROPFIND", 207, url("/a/")).noroot(), "") => Unproven [];
        seen(Outcome::new("PROPFIND", 207, url("/")).depth_zero(), &stats("/174/principal/", &[200])) => Success [];
        seen(Outcome::new("PROPFIND", 207, url("/")).depth_zero(), &own("/174/", 404)) => Failure ["/174/ 404"];
        seen(Outcome::new("PROPFIND", 207, url("/")).depth_zero(), &own("", 200)) => Unproven [];
        seen(Outcome::new("PROPFIND", 207, url("/")).depth_zero(), &stats("https://other.example/", &[200])) => Unproven [];
    }
    r5_hits_or_none {
        verdict("REPORT", 207, "") => Success [];
        verdict("SEARCH", 207, &stats("/z/b", &[200, 404])) => Success [];
    }
    r6_cut_by_the_server {
        verdict("REPORT", 207, &(stats("/a/b", &[200]) + &own("/a/", 507))) => Partial [];
        verdict("SEARCH", 207, &own("https://other.example/", 507)) => Partial [];
        verdict("REPORT", 207, &format!("<D:response><D:href>/a/b</D:href>{}<D:error><D:number-of-matches-within-limits/>\
            </D:error></D:response>", status(507))) => Partial [];
    }
    r7_a_hit_failed {
        verdict("REPORT", 207, &(stats("/a/b", &[200]) + &own("/a/c", 415))) => Partial ["/a/c 415"];
    }
    r8_updated {
        verdict("UPDATE", 207, &(own("/a/b", 200) + &own("/a/c", 409))) => Partial ["/a/c 409"];
        verdict("MERGE", 207, &own("/a/b", 200)) => Success [];
    }
    r9_posted_in_bulk {
        verdict("POST", 207, &(own("/a/b", 201) + &own("/a/c", 412))) => Partial ["/a/c 412"];
        verdict("POST", 207, &own("/a/c", 412)) => Failure ["/a/c 412"];
        verdict("POST", 207, &format!("<D:response><D:href>/a/b</D:href><D:href>/a/c</D:href>{}</D:response>{}", status(412), own("/a/d", 201)))
            => Partial ["/a/b 412", "/a/c 412"];
        verdict("POST", 207, &own("/a/c", 201)) => Success [];
        verdict("POST", 207, &(own("", 0) + &own("/a/c", 201))) => Partial [" ?"];
    }
    r10_any_other_method {
        verdict("LABEL", 207, "") => Success [];
        verdict("LABEL", 207, &(own("/a/", 200) + &own("/a/b", 403))) => Partial ["/a/b 403"];
        verdict("LABEL", 207, &own("/a/b", 403)) => Failure ["/a/b 403"];
    }
}

#[test]
fn o1_a_cut_body_has_no_verdict() {
    let body = multistatus(&(own("/a/b", 423) + &own("/a/c", 423)));
    for end in 0..body.len() {
        assert!(Multistatus::new(&body.as_bytes()[..end]).finish().is_err(), "no trailer, cut at {end}");
    }
}

#[test]
fn o4_an_empty_body_is_an_error() {
    let error = Multistatus::new(b"").finish().expect_err("it is empty");
    assert_eq!(error.kind(), &ErrorKind::NotDav { found: Found::Empty });
}

#[test]
fn culprits_are_kept_up_to_a_limit_and_counted() {
    let many: String = (0..1000).map(|number| own(&format!("/a/{number}"), 423)).collect();
    let body = multistatus(&many);
    let mut outcome = Outcome::new("DELETE", 207, url("/a/")).most_culprits(10);
    let mut responses = Multistatus::new(body.as_bytes());
    for response in responses.by_ref().flatten() {
        outcome.see(&response);
    }
    assert_eq!((outcome.culprits().len(), outcome.culprit_count()), (10, 1000));
    assert_eq!(outcome.verdict(&responses.finish().expect("complete")), Verdict::Partial);
}

#[test]
fn what_was_not_seen_leaves_it_unproven() {
    let body = multistatus(&(stats("/a/", &[200]) + &stats("/a/b", &[200])));
    let mut outcome = Outcome::new("PROPFIND", 207, url("/a/"));
    let mut responses = Multistatus::new(body.as_bytes());
    outcome.see(&responses.next_response().expect("well-formed").expect("one"));
    assert_eq!(outcome.verdict(&responses.finish().expect("complete")), Verdict::Unproven);
}

/// What came of the hrefs of a multiget of `/a/x` and `/a/y`, and which of them were not answered.
fn multiget(children: &str) -> (Vec<String>, Option<Vec<String>>) {
    let body = format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>{children}</D:multistatus>"
    );
    let mut multiget = Multiget::new(url("/a/"), names::caldav::CALENDAR_DATA);
    multiget.ask("/a/x").expect("an href");
    multiget.ask("/a/y%20").expect("an href");
    let mut responses = Multistatus::new(body.as_bytes());
    let mut answers = Vec::new();
    for response in responses.by_ref().flatten() {
        answers.extend(multiget.see(&response).iter().map(|answer| match answer {
            Answer::Got(href) => format!("got {href}"),
            Answer::NotFound(href) => format!("not found {href}"),
            Answer::NoData(href) => format!("no data {href}"),
            Answer::Failed { href, status } => {
                format!("failed {href} {}", status.as_ref().map_or("", |status| status.raw()))
            }
            Answer::Unasked(href) => format!("unasked {href}"),
            _ => unreachable!("no other answer is known"),
        }));
    }
    let trailer = responses.finish().expect("it is complete");
    let open = multiget.unanswered(&trailer).map(|open| open.map(str::to_owned).collect());
    (answers, open)
}

fn answer(inside: &str) -> String {
    let (answers, _) = multiget(&format!("<D:response><D:href>/a/x</D:href>{inside}</D:response>"));
    answers.join(", ")
}

#[test]
fn the_rows_of_multiget() {
    const DATA: &str = "<C:calendar-data>BEGIN</C:calendar-data>";
    const ETAG: &str = "<D:getetag>1</D:getetag>";
    for (row, inside, expected) in [
        ("M1", propstat(DATA, 200), "got /a/x"),
        ("M1", propstat(DATA, 200) + &propstat("<D:z/>", 404), "got /a/x"),
        ("M1", status(200) + &propstat(DATA, 200), "got /a/x"),
        ("M2", status(404), "not found /a/x"),
        ("M2", status(410) + &propstat("", 418), "not found /a/x"),
        ("M3", status(403), "failed /a/x HTTP/1.1 403 x"),
        ("M3", "<D:status>x</D:status>".to_owned(), "failed /a/x x"),
        ("M4", propstat(ETAG, 200) + &propstat("<C:calendar-data/>", 404), "no data /a/x"),
        ("M4", propstat(ETAG, 200), "no data /a/x"),
        ("M5", propstat("", 404), "failed /a/x HTTP/1.1 404 x"),
        ("M6", String::new(), "no data /a/x"),
        ("M6", propstat("<C:calendar-data/>", 404), "no data /a/x"),
        ("M7", status(404) + &propstat(ETAG, 200), "failed /a/x HTTP/1.1 404 x"),
    ] {
        assert_eq!(answer(&inside), expected, "{row}: {inside}");
    }
    assert_eq!(answer(&(status(200) + &propstat("", 404))), "no data /a/x", "M6: it says that it is there");
    let of = |children: &str| multiget(children).0.join(", ");
    assert_eq!(of(&format!("<D:href>/a/x</D:href>{}", status(404))), "failed /a/x HTTP/1.1 404 x", "I5");
    assert_eq!(of(&format!("<D:href>/a/z</D:href>{}", status(404))), "failed /a/z HTTP/1.1 404 x", "I5");
    let two = format!(
        "<D:response><D:href>/a/x</D:href><D:href>/a/y%20</D:href>{}</D:response>",
        propstat(DATA, 200)
    );
    assert_eq!(
        of(&two),
        "failed /a/x HTTP/1.1 200 x, failed /a/y%20 HTTP/1.1 200 x",
        "whose data it is is not known"
    );
    assert_eq!(of(&own("/a/z", 404)), "unasked /a/z", "M8");
    assert_eq!(of(&own("", 404)), "failed  HTTP/1.1 404 x", "M9");
    assert_eq!(of(&own("/%61/y%20/", 404)), "not found /%61/y%20/", "another spelling");
    let (_, open) = multiget(&own("/a/x", 404));
    assert_eq!(open, Some(vec!["/a/y%20".to_owned()]), "M10: unknown, never deleted");
    let (_, open) = multiget(&format!("{}<D:response/>", own("/a/x", 404)));
    assert_eq!(open, None, "M10: the one that could not be read may have been it");
    println!("meaning: 11 rows of multiget");
}

/// Whether a listing of `/a/` is complete.
fn is_complete(children: &str) -> bool {
    let body = multistatus(children);
    let mut listing = Listing::new(207, url("/a/"));
    let mut responses = Multistatus::new(body.as_bytes());
    for response in responses.by_ref().flatten() {
        listing.see(&response);
    }
    listing.is_complete(&responses.finish().expect("it is complete"))
}

#[test]
fn a_listing_is_complete_only_without_a_doubt() {
    let itself = stats("/a/", &[200]);
    assert!(is_complete(&itself));
    assert!(
        is_complete(&(stats("/a/b", &[200, 404]) + &itself + &own("/a/c", 200))),
        "it may stand anywhere"
    );
    for (doubt, why) in [
        (own("/a/b", 403), "a member failed"),
        (own("/a/b", 404), "a member is gone"),
        (own("/a/", 507), "it is cut"),
        (stats("/b/c", &[200]), "foreign"),
        (stats("https://other.example/a/b", &[200]), "another host"),
        (own("", 200), "an empty href"),
        (stats("/a/b", &[200, 500]), "a member failed in part"),
        ("<D:response/>".to_owned(), "an error item"),
        (format!("<D:href>/a/b</D:href>{}", status(200)), "an implicit response"),
        (
            format!(
                "<D:response><D:href>/a/b</D:href><D:href>/a/c</D:href>{}</D:response>",
                propstat("<D:a/>", 200)
            ),
            "several hrefs",
        ),
    ] {
        assert!(!is_complete(&(itself.clone() + &doubt)), "{why}");
    }
    assert!(!is_complete(""), "itself is missing");
    assert!(!is_complete(&stats("/a/b", &[200])), "itself is missing");
    assert!(!is_complete(&own("/a/", 404)), "itself failed");
}

#[test]
fn the_collection_itself_is_found_by_its_href_wherever_it_stands() {
    let entries = [stats("/a/b", &[200]), stats("/%61", &[200]), stats("/a/c/", &[200])];
    for turn in 0..3 {
        let body = multistatus(
            &[&entries[turn % 3], &entries[(turn + 1) % 3], &entries[(turn + 2) % 3]].map(|s| &**s).concat(),
        );
        let mut listing = Listing::new(207, url("/a/"));
        let mut relations = Vec::new();
        for response in Multistatus::new(body.as_bytes()).flatten() {
            relations.push((response.href().to_string(), listing.see(&response)));
        }
        let itself: Vec<_> =
            relations.iter().filter(|(_, relation)| *relation == Some(Relation::Same)).collect();
        assert_eq!(itself.len(), 1);
        assert_eq!(itself[0].0, "/%61");
    }
}
