//! Whether a request succeeded, one test per row of the table: O before any method, P on one resource, T on trees, R on
//! reading.

mod support;

use multistatus::{Document, ErrorKind, Found, Multistatus, Outcome, Verdict};
use support::{multistatus, own, propstat, request, resource, stats, status};

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
    seen(Outcome::new(method, http, request("/a/")), children)
}

/// The verdict on a body with another root.
fn of_root(method: &str, http: u16, body: &str) -> (Verdict, Vec<String>) {
    let mut outcome = Outcome::new(method, http, request("/a/"));
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
        (Outcome::new("DELETE", 204, request("/a/")).verdict_without_responses(), vec![]) => Success [];
        (Outcome::new("PUT", 201, request("/a/")).verdict_without_responses(), vec![]) => Success [];
        (Outcome::new("MKCOL", 405, request("/a/")).verdict_without_responses(), vec![]) => Failure [];
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
        seen(Outcome::new("PROPFIND", 207, request("/")).depth_zero(), &stats("/174/principal/", &[200])) => Success [];
        seen(Outcome::new("PROPFIND", 207, request("/")).depth_zero(), &own("/174/", 404)) => Failure ["/174/ 404"];
        seen(Outcome::new("PROPFIND", 207, request("/")).depth_zero(), &own("", 200)) => Unproven [];
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
