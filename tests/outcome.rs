//! Whether a request succeeded, one test per row of the table: O before any method, P on one resource, T on trees, R on
//! reading.

mod support;

use multistatus::{
    Document, Error, ErrorKind, Limit, Multistatus, Options, OtherBody,
    meaning::{Outcome, Verdict},
};
use support::{multistatus, own, propstat, request, resource, stats, status};

/// The verdict on a multistatus, and the culprits.
fn seen(mut outcome: Outcome, children: &str) -> (Verdict, Vec<String>) {
    let body = multistatus(children);
    let mut at_once = outcome.clone();
    let mut responses = Multistatus::new(body.as_bytes());
    for response in responses.by_ref().flatten() {
        outcome.see(&response);
    }
    let verdict = outcome.verdict(&responses.finish().expect("it is complete"));
    assert_eq!(at_once.judge(body.as_bytes(), &Options::new()).expect("it is complete"), verdict);
    assert_eq!(at_once.culprits(), outcome.culprits());
    let shown = |status: Option<u16>| status.map_or("?".to_owned(), |status| status.to_string());
    (verdict, outcome.culprits().iter().map(|c| format!("{} {}", c.href(), shown(c.status()))).collect())
}

fn verdict(method: &str, http: u16, children: &str) -> (Verdict, Vec<String>) {
    seen(Outcome::new(method, http, request("/a/")), children)
}

const HTML: &[u8] = b"<!DOCTYPE html><html><body>Created</body></html>";

/// The verdict on what is no body of WebDAV, and on 207 without a body.
fn without_body(method: &str, http: u16, body: &[u8]) -> (Verdict, Vec<String>) {
    let mut outcome = Outcome::new(method, http, request("/a/"));
    let verdict = outcome.verdict_without_responses();
    if http != 207 {
        assert_eq!(outcome.judge(body, &Options::new()).expect("the status of HTTP counts"), verdict);
    }
    (verdict, outcome.culprits().iter().map(|culprit| culprit.href().to_owned()).collect())
}

/// The verdict on a page of HTML.
fn page(method: &str, http: u16) -> (Verdict, Vec<String>) {
    let verdict = Outcome::new(method, http, request("/a/")).judge(HTML, &Options::new());
    (verdict.expect("the status of HTTP counts"), vec![])
}

/// The verdict on a body with another root.
fn of_root(method: &str, http: u16, body: &str) -> (Verdict, Vec<String>) {
    let mut outcome = Outcome::new(method, http, request("/a/"));
    let mut at_once = outcome.clone();
    let document = Document::new(body.as_bytes()).expect("it is well-formed");
    outcome.see_root(document.root().expect("no multistatus"));
    let culprits =
        outcome.culprits().iter().map(|c| format!("{:?}", c.conditions().collect::<Vec<_>>().len()));
    let verdict = outcome.verdict_without_responses();
    assert_eq!(at_once.judge(body.as_bytes(), &Options::new()).expect("it is complete"), verdict);
    (verdict, culprits.collect())
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
        without_body("PUT", 302, b"") => Failure [];
        without_body("MOVE", 308, HTML) => Failure [];
    }
    o5_another_success_with_a_multistatus {
        verdict("DELETE", 200, "") => Success [];
        verdict("DELETE", 200, &own("/a/b", 423)) => Partial ["/a/b 423"];
    }
    o6_no_body {
        without_body("DELETE", 204, b"") => Success [];
        without_body("DELETE", 204, b" \n") => Success [];
        without_body("PUT", 201, b"") => Success [];
        without_body("MKCOL", 201, HTML) => Success [];
        without_body("MKCOL", 405, b"") => Failure [];
        without_body("DELETE", 404, HTML) => Failure [];
        without_body("PUT", 102, b"") => Unproven [];
        // A page under 200 may be that of a login.
        page("DELETE", 200) => Unproven [];
        page("MOVE", 200) => Unproven [];
        page("PROPPATCH", 200) => Unproven [];
        without_body("DELETE", 200, b"{}") => Success [];
        without_body("DELETE", 200, b"<ok xmlns='urn:x'/>") => Success [];
        // What was to be read has not come.
        page("PROPFIND", 200) => Unproven [];
        without_body("PROPFIND", 200, b"") => Unproven [];
        without_body("REPORT", 204, b"") => Unproven [];
        page("LOCK", 200) => Unproven [];
        without_body("LOCK", 200, b"") => Unproven [];
        of_root("PROPFIND", 207, "<D:prop xmlns:D='DAV:'/>") => Unproven [];
        of_root("SEARCH", 200, "<D:prop xmlns:D='DAV:'/>") => Unproven [];
    }
    o7_an_error_item_among_them {
        verdict("DELETE", 207, &format!("<D:response/>{}", own("/a/b", 423))) => Partial ["/a/b 423"];
        verdict("DELETE", 207, "<D:response/>") => Unproven [];
        verdict("PROPFIND", 207, &format!("<D:response/>{}", stats("/a/", &[200]))) => Unproven [];
        verdict("PUT", 207, &format!("<D:response/>{}", own("/a/", 507))) => Failure ["/a/ 507"];
        // The other member may have been made.
        verdict("POST", 207, &format!("<D:response/>{}", own("/a/b", 412))) => Partial ["/a/b 412"];
        verdict("POST", 500, &format!("<D:response/>{}", own("/a/b", 412))) => Failure ["/a/b 412"];
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
        verdict("PROPPATCH", 207, &resource("/a/", &propstat("", 403))) =>
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
        seen(Outcome::new("PROPPATCH", 207, request("/a/")).asked(["a", "z"]), &stats("/a/", &[200])) => Unproven [];
        seen(Outcome::new("PROPPATCH", 207, request("/a/")).asked(["a", "z"]), &(stats("/a/", &[200]) + &own("/z", 200))) => Unproven [];
        verdict("PROPPATCH", 207, &format!("<D:response><D:href>/a/</D:href>{}<D:propstat><D:prop><D:b/></D:prop></D:propstat></D:response>",
            propstat("<D:a/>", 200))) => Unproven [];
        seen(Outcome::new("PROPPATCH", 207, request("/a/")).asked(["a", "b"]), &stats("/a/", &[200, 200])) => Success [];
        seen(Outcome::new("PROPPATCH", 207, request("/a/")).asked(["a"]), &own("/a/", 200)) => Success [];
        of_root("PROPPATCH", 207, "<D:prop xmlns:D='DAV:'/>") => Unproven [];
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
        seen(Outcome::new("COPY", 207, request("/a/")).destination(request("/z/")), &own("/z", 412)) => Failure ["/z 412"];
        seen(Outcome::new("MOVE", 207, request("/a/")).destination(request("/y/z/")), &own("/y/", 423)) => Failure ["/y/ 423"];
        // Hrefs are relative to the request, not to the destination.
        seen(Outcome::new("MOVE", 207, request("/d/a")).destination(request("/d/e/b")), &own("e/b", 423)) => Failure ["e/b 423"];
        seen(Outcome::new("DELETE", 207, request("/webdav/docs/sub/").mount("/webdav")), &own("/docs/", 423)) => Failure ["/docs/ 423"];
        seen(Outcome::new("DELETE", 207, request("/docs/sub/").by_path()), &own("http://backend.lan/docs/", 423)) =>
            Failure ["http://backend.lan/docs/ 423"];
        verdict("DELETE", 207, &own("http://dav.example:81/", 423)) => Failure ["http://dav.example:81/ 423"];
    }
    t4_the_target_because_of_another {
        verdict("DELETE", 207, &(own("/a/", 424) + &own("/a/b", 423))) => Failure ["/a/b 423"];
        seen(Outcome::new("COPY", 207, request("/a/")).destination(request("/z/")), &(own("/z/", 424) + &own("/z/b", 423))) =>
            Failure ["/z/b 423"];
    }
    t5_members_only {
        verdict("DELETE", 207, &own("/a/b", 423)) => Partial ["/a/b 423"];
        seen(Outcome::new("COPY", 207, request("/a/")).destination(request("/z/")), &own("/z/b", 507)) => Partial ["/z/b 507"];
    }
    t6_something_unrelated {
        verdict("DELETE", 207, &own("/b/c", 423)) => Partial ["/b/c 423"];
        verdict("MOVE", 207, &own("https://other.example/a/", 423)) => Partial ["https://other.example/a/ 423"];
        seen(Outcome::new("MOVE", 207, request("/d/a")).destination(request("/y/x")), &own("x", 423)) => Partial ["x 423"];
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
        verdict("PROPFIND", 207, &own("/a/", 0)) => Success [];
        verdict("PROPFIND", 207, &stats("/a/", &[404])) => Success [];
        verdict("propfind", 207, &stats("/a/", &[404])) => Success [];
        verdict("PROPFIND", 207, &(stats("/a/", &[200]) + &stats("/a/b", &[200, 424]))) => Success [];
    }
    r2_the_resource_itself_failed {
        verdict("PROPFIND", 207, &own("/a/", 404)) => Failure ["/a/ 404"];
        verdict("PROPFIND", 207, &resource("/a/", &propstat("", 404))) =>
            Failure ["/a/ 404"];
    }
    r3_members_failed {
        verdict("PROPFIND", 207, &(stats("/a/", &[200]) + &own("/a/b", 403))) => Partial ["/a/b 403"];
        verdict("PROPFIND", 207, &(stats("/a/", &[200]) + &stats("/a/b", &[200, 500]))) => Partial ["/a/b 500"];
    }
    r4_the_resource_itself_is_missing {
        verdict("PROPFIND", 207, "") => Unproven [];
        verdict("PROPFIND", 207, &stats("/a/b", &[200])) => Unproven [];
        seen(Outcome::new("PROPFIND", 207, request("/a/")).noroot(), &stats("/a/b", &[200])) => Success [];
        seen(Outcome::new("PROPFIND", 207, request("/a/")).noroot(), "") => Unproven [];
        seen(Outcome::new("PROPFIND", 207, request("/a/")).noroot(), &stats("https://other.example/a/b", &[200])) => Unproven [];
        seen(Outcome::new("PROPFIND", 207, request("/")).depth_zero(), &stats("/174/principal/", &[200])) => Success [];
        seen(Outcome::new("PROPFIND", 207, request("/")).depth_zero(), &own("/174/", 404)) => Failure ["/174/ 404"];
        seen(Outcome::new("PROPFIND", 207, request("/")).depth_zero(), &own("", 200)) => Unproven [];
        seen(Outcome::new("PROPFIND", 207, request("/a/")).depth_zero(), &(resource("/x/", &propstat("", 404)) + &stats("/a/", &[200]))) =>
            Success [];
        seen(Outcome::new("PROPFIND", 207, request("/")).depth_zero(), &stats("https://other.example/", &[200])) => Unproven [];
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

/// Every method that is judged by rules of its own.
const METHODS: [&str; 10] =
    ["PROPPATCH", "LOCK", "MKCOL", "PUT", "DELETE", "MOVE", "PROPFIND", "REPORT", "MERGE", "POST"];

#[test]
fn o1_a_cut_body_has_no_verdict() {
    let body = multistatus(&(own("/a/b", 204) + &own("/a/c", 204)));
    for method in METHODS {
        for http in [200, 207, 424] {
            let outcome = Outcome::new(method, http, request("/a/"));
            for end in 1..body.len() {
                let cut = &body.as_bytes()[..end];
                assert!(
                    outcome.clone().judge(cut, &Options::new()).is_err(),
                    "{method} {http}, cut at {end}"
                );
            }
        }
        // Whoever asks without a trailer learns nothing good.
        let mut outcome = Outcome::new(method, 207, request("/a/"));
        let mut responses = Multistatus::new(&body.as_bytes()[..body.len() - 1]);
        responses.by_ref().flatten().for_each(|response| outcome.see(&response));
        assert!(responses.finish().is_err());
        assert_eq!(outcome.verdict_without_responses(), Verdict::Unproven, "{method}");
    }
}

#[test]
fn o1_a_body_that_was_salvaged_has_no_verdict() {
    let body = multistatus(&("<D:response><D:href></x></D:response>".to_owned() + &own("/a/b", 423)));
    for options in [Options::new(), Options::new().salvage(), Options::browse()] {
        let mut outcome = Outcome::new("DELETE", 207, request("/a/"));
        assert!(outcome.judge(body.as_bytes(), &options).is_err());
    }
    // It is judged as it is read.
    let mut outcome = Outcome::new("DELETE", 207, request("/a/"));
    let small = Options::new().limit(Limit::Elements, 2);
    let verdict = outcome.judge(multistatus(&own("/a/b", 423)).as_bytes(), &small).expect("it is complete");
    assert_eq!((verdict, outcome.culprit_count()), (Verdict::Unproven, 0), "the response is lost");
}

#[test]
fn o4_an_empty_body_is_an_error() {
    for method in METHODS {
        for body in ["", " \n"] {
            let judged = Outcome::new(method, 207, request("/a/")).judge(body.as_bytes(), &Options::new());
            let error: Error = judged.expect_err("it is empty");
            assert_eq!(error.kind(), &ErrorKind::NotDav { found: OtherBody::Empty });
        }
        assert_eq!(without_body(method, 207, b"").0, Verdict::Unproven, "{method}");
        let page = Outcome::new(method, 207, request("/a/")).judge(HTML, &Options::new());
        assert!(page.is_err(), "a page is no answer to {method}");
    }
}

/// A member is locked, and the body is none of WebDAV: that must not pass for a page that says nothing.
#[test]
fn what_is_meant_for_webdav_and_is_not_has_no_verdict() {
    let body = multistatus(&own("/a/b", 423));
    let bodies = [
        format!("Warning: mysql\n{body}"),
        format!("<b>Warning</b>: mysql\n{body}"),
        format!("{{}}{body}"),
        format!("<!DOCTYPE multistatus><!-- <html> -->{body}"),
        body.replace(" xmlns:D=\"DAV:\"", ""),
        body.replace("DAV:", "DAV"),
        "<response xmlns='DAV:'><href>/a/b</href><status>HTTP/1.1 423 x</status></response>".to_owned(),
        "<error><lock-token-submitted/></error>".to_owned(),
        "<mkcol-response><propstat/></mkcol-response>".to_owned(),
    ];
    for method in METHODS {
        for body in &bodies {
            for http in [200, 201, 204, 207] {
                let judged =
                    Outcome::new(method, http, request("/a/")).judge(body.as_bytes(), &Options::new());
                let judged = judged.ok().filter(|verdict| *verdict != Verdict::Failure);
                assert_eq!(judged, None, "{method} {http}: {body}");
            }
            let failed = Outcome::new(method, 500, request("/a/")).judge(body.as_bytes(), &Options::new());
            assert_eq!(failed.ok(), Some(Verdict::Failure), "{method}: {body}");
        }
    }
}

#[test]
fn a_query_tells_whether_it_was_cut() {
    for (children, is_truncated) in
        [(own("/a/", 507), true), (own("/a/b", 507), false), (own("/a/b", 200), false)]
    {
        let mut outcome = Outcome::new("REPORT", 207, request("/a/"));
        outcome.judge(multistatus(&children).as_bytes(), &Options::new()).expect("it is complete");
        assert_eq!(outcome.is_truncated(), is_truncated, "{children}");
    }
}

#[test]
fn what_was_taken_and_not_shown_leaves_it_unproven() {
    let body = multistatus(&(stats("/a/", &[200]) + &stats("/a/b", &[200])));
    let mut outcome = Outcome::new("PROPFIND", 207, request("/a/"));
    let mut responses = Multistatus::new(body.as_bytes());
    outcome.see(&responses.next_response().expect("well-formed").expect("one"));
    assert_eq!(responses.by_ref().count(), 1);
    assert_eq!(outcome.verdict(&responses.finish().expect("complete")), Verdict::Unproven);
}

#[test]
fn culprits_are_kept_up_to_a_limit_and_counted() {
    let many: String = (0..1000).map(|number| own(&format!("/a/{number}"), 423)).collect();
    let body = multistatus(&many);
    let mut outcome = Outcome::new("DELETE", 207, request("/a/")).most_culprits(10);
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
    let mut outcome = Outcome::new("PROPFIND", 207, request("/a/"));
    let mut responses = Multistatus::new(body.as_bytes());
    outcome.see(&responses.next_response().expect("well-formed").expect("one"));
    assert_eq!(outcome.verdict(&responses.finish().expect("complete")), Verdict::Unproven);
}
