//! Whether a request succeeded, one test per row of the table: O before any method, P on one resource, T on trees, R on
//! reading, J for all.

mod support;

use multistatus::{
    Decoder, ErrorKind, Limit, Multistatus, Options, OtherBody, Reader,
    href::RequestUrl,
    meaning::{Advice, Culprit, Incomplete, Method, MethodError, Observer, Outcome, Request, Verdict},
};
use support::{multistatus, own, propstat, request, resource, stats, status};

/// A method by its name: PROPPATCH of `a`, COPY and MOVE to `/z/`.
fn method(name: &str) -> Method {
    match name {
        "PROPPATCH" => Method::proppatch(["a"]),
        "COPY" => Method::Copy(request("/z/")),
        "MOVE" => Method::Move(request("/z/")),
        name => name.parse().expect("a method without arguments"),
    }
}

fn asked(name: &str, http: u16) -> Request {
    Request::new(method(name), request("/a/"), http)
}

fn to(name: fn(RequestUrl) -> Method, from: &str, to: &str) -> Request {
    Request::new(name(request(to)), request(from), 207)
}

fn proppatch(names: &[&'static str]) -> Request {
    Request::new(Method::proppatch(names.iter().copied()), request("/a/"), 207)
}

/// What a body means, which is the same by every input.
fn outcome(request: &Request, body: &[u8]) -> Result<Outcome, Incomplete<Request>> {
    let judged = request.clone().read(body).map(|report| report.end);
    let same = |other: Result<Outcome, Incomplete<Request>>| match (&judged, other) {
        (Ok(judged), Ok(other)) => assert_eq!(judged, &other),
        (Err(judged), Err(other)) => assert_eq!(judged.to_string(), other.to_string()),
        (judged, other) => panic!("{judged:?}, {other:?}"),
    };
    same(request.clone().over(Decoder::new()).read(body.chunks(1)).map(|report| report.end));
    same(request.clone().over(Reader::new(body)).read().map(|report| report.end));
    let mut one_by_one = request.clone().over(Multistatus::new(body));
    loop {
        match one_by_one.next_response() {
            Ok(Some(_)) => {}
            Err(error) if !error.is_fatal() => {}
            _ => break,
        }
    }
    same(one_by_one.finish());
    judged
}

/// The verdict, and each culprit with its status. The request itself has no href.
fn seen_in(request: &Request, body: &[u8]) -> (Verdict, Vec<String>) {
    let Outcome { verdict, culprits, culprit_count, .. } = outcome(request, body).expect("it is complete");
    assert_eq!(culprits.len() as u64, culprit_count);
    assert!(verdict != Verdict::Failure || culprit_count > 0, "a failure has a culprit");
    let shown = |culprit: &Culprit| {
        let status = culprit.status.map_or("?".to_owned(), |status| status.to_string());
        format!("{} {status}", culprit.href)
    };
    (verdict, culprits.iter().map(shown).collect())
}

fn seen(request: Request, children: &str) -> (Verdict, Vec<String>) {
    seen_in(&request, multistatus(children).as_bytes())
}

fn verdict(method: &str, http: u16, children: &str) -> (Verdict, Vec<String>) {
    seen(asked(method, http), children)
}

const HTML: &[u8] = b"<!DOCTYPE html><html><body>Created</body></html>";

/// The verdict on what is no body of WebDAV.
fn without_body(method: &str, http: u16, body: &[u8]) -> (Verdict, Vec<String>) {
    seen_in(&asked(method, http), body)
}

/// The verdict on a page of HTML.
fn page(method: &str, http: u16) -> (Verdict, Vec<String>) {
    without_body(method, http, HTML)
}

/// The verdict on a body with another root.
fn of_root(method: &str, http: u16, body: &str) -> (Verdict, Vec<String>) {
    seen_in(&asked(method, http), body.as_bytes())
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
        verdict("DELETE", 404, "") => Failure [" 404"];
        verdict("LOCK", 409, &own("/a/b", 423)) => Failure ["/a/b 423"];
        of_root("PUT", 403, "<D:error xmlns:D='DAV:'><D:need-privileges/></D:error>") => Failure [" 403"];
        of_root("PUT", 200, "<D:error xmlns:D='DAV:'><D:need-privileges/></D:error>") => Failure [" ?"];
        of_root("PROPPATCH", 207, &format!("{MKCOL}{}</D:mkcol-response>", propstat("<D:a/>", 403))) => Failure [" 403"];
    }
    o3_redirected {
        verdict("PROPFIND", 301, &stats("/a/", &[200])) => Failure [" 301"];
        without_body("PUT", 302, b"") => Failure [" 302"];
        without_body("MOVE", 308, HTML) => Failure [" 308"];
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
        without_body("MKCOL", 405, b"") => Failure [" 405"];
        without_body("DELETE", 404, HTML) => Failure [" 404"];
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
            propstat("<D:a/>", 200), propstat("<D:a/>", 424))) => Partial [" ?"];
    }
    p3_proppatch_failing_only {
        verdict("PROPPATCH", 207, &stats("/a/", &[403, 424])) => Failure ["/a/ 403"];
        verdict("PROPPATCH", 207, &resource("/a/", &propstat("", 403))) =>
            Failure ["/a/ 403"];
    }
    p4_proppatch_all_because_of_something_else {
        // By J3 the culprit is the request itself.
        verdict("PROPPATCH", 207, &stats("/a/", &[424, 424])) => Failure [" ?"];
    }
    p5_proppatch_without_a_word {
        verdict("PROPPATCH", 207, "") => Unproven [];
        verdict("PROPPATCH", 207, &own("/a/", 0)) => Unproven [];
        verdict("PROPPATCH", 207, "<D:response><D:href>/a/</D:href><D:propstat><D:prop><D:a/></D:prop></D:propstat></D:response>")
            => Unproven [];
        seen(proppatch(&["a", "z"]), &stats("/a/", &[200])) => Unproven [];
        seen(proppatch(&["a", "z"]), &(stats("/a/", &[200]) + &own("/z", 200))) => Unproven [];
        verdict("PROPPATCH", 207, &format!("<D:response><D:href>/a/</D:href>{}<D:propstat><D:prop><D:b/></D:prop></D:propstat></D:response>",
            propstat("<D:a/>", 200))) => Unproven [];
        seen(proppatch(&["a", "b"]), &stats("/a/", &[200, 200])) => Success [];
        seen(proppatch(&["a"]), &own("/a/", 200)) => Success [];
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
            => Partial [" 403"];
    }
    p11_not_made {
        verdict("MKCALENDAR", 207, &propstat("<D:a/>", 403)) => Failure [" 403"];
        verdict("MKCOL", 207, &stats("/a/", &[403, 424])) => Failure ["/a/ 403"];
        of_root("MKCALENDAR", 207, &format!("<C:mkcalendar-response xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:D='DAV:'>{}\
            </C:mkcalendar-response>", propstat("<D:a/>", 403))) => Failure [" 403"];
    }
    p12_made_perhaps {
        verdict("MKCALENDAR", 207, &stats("/a/", &[200])) => Unproven [];
        of_root("MKCOL", 207, &format!("{MKCOL}{}</D:mkcol-response>", propstat("<D:a/>", 200))) => Unproven [];
    }
    p13_another_method_on_one_resource_failed {
        verdict("UNLOCK", 207, &own("/a/", 412)) => Failure ["/a/ 412"];
        verdict("PUT", 207, &(own("/a/", 424) + &own("/", 423))) => Failure ["/ 423"];
        verdict("ACL", 207, &own("/elsewhere", 403)) => Failure ["/elsewhere 403"];
        // By J3 the culprit is the request itself.
        verdict("ORDERPATCH", 207, &own("/a/b", 424)) => Failure [" ?"];
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
        seen(to(Method::Copy, "/a/", "/z/"), &own("/z", 412)) => Failure ["/z 412"];
        seen(to(Method::Move, "/a/", "/y/z/"), &own("/y/", 423)) => Failure ["/y/ 423"];
        // Hrefs are relative to the request, not to the destination.
        seen(to(Method::Move, "/d/a", "/d/e/b"), &own("e/b", 423)) => Failure ["e/b 423"];
        seen(Request::new(Method::Delete, request("/webdav/docs/sub/").mount("/webdav"), 207), &own("/docs/", 423)) => Failure ["/docs/ 423"];
        seen(Request::new(Method::Delete, request("/docs/sub/").by_path(), 207), &own("http://backend.lan/docs/", 423)) =>
            Failure ["http://backend.lan/docs/ 423"];
        verdict("DELETE", 207, &own("http://dav.example:81/", 423)) => Failure ["http://dav.example:81/ 423"];
    }
    t4_the_target_because_of_another {
        verdict("DELETE", 207, &(own("/a/", 424) + &own("/a/b", 423))) => Failure ["/a/b 423"];
        seen(to(Method::Copy, "/a/", "/z/"), &(own("/z/", 424) + &own("/z/b", 423))) =>
            Failure ["/z/b 423"];
    }
    t5_members_only {
        verdict("DELETE", 207, &own("/a/b", 423)) => Partial ["/a/b 423"];
        seen(to(Method::Copy, "/a/", "/z/"), &own("/z/b", 507)) => Partial ["/z/b 507"];
    }
    t6_something_unrelated {
        verdict("DELETE", 207, &own("/b/c", 423)) => Partial ["/b/c 423"];
        verdict("MOVE", 207, &own("https://other.example/a/", 423)) => Partial ["https://other.example/a/ 423"];
        seen(to(Method::Move, "/d/a", "/y/x"), &own("x", 423)) => Partial ["x 423"];
    }
    t7_only_because_of_something_else {
        // By J3 the culprit is the request itself.
        verdict("DELETE", 207, &own("/a/b", 424)) => Partial [" ?"];
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
        seen(Request::new(Method::Propfind, request("/a/"), 207).noroot(), &stats("/a/b", &[200])) => Success [];
        seen(Request::new(Method::Propfind, request("/a/"), 207).noroot(), "") => Unproven [];
        seen(Request::new(Method::Propfind, request("/a/"), 207).noroot(), &stats("https://other.example/a/b", &[200])) => Unproven [];
        seen(Request::new(Method::Propfind, request("/"), 207).depth_zero(), &stats("/174/principal/", &[200])) => Success [];
        seen(Request::new(Method::Propfind, request("/"), 207).depth_zero(), &own("/174/", 404)) => Failure ["/174/ 404"];
        seen(Request::new(Method::Propfind, request("/"), 207).depth_zero(), &own("", 200)) => Unproven [];
        seen(Request::new(Method::Propfind, request("/a/"), 207).depth_zero(), &(resource("/x/", &propstat("", 404)) + &stats("/a/", &[200]))) =>
            Success [];
        seen(Request::new(Method::Propfind, request("/"), 207).depth_zero(), &stats("https://other.example/", &[200])) => Unproven [];
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
    j1_proppatch_by_the_names_that_were_asked {
        seen(proppatch(&["a", "b"]), &stats("/a/", &[200, 200])) => Success [];
        seen(proppatch(&["a", "b"]), &(stats("/a/", &[200]) + &resource("/a", &propstat("<D:b/>", 200)))) => Success [];
        seen(proppatch(&["a", "b"]), &stats("/a/", &[200])) => Unproven [];
        seen(proppatch(&["a", "{urn:x}a"]), &stats("/a/", &[200])) => Unproven [];
        seen(proppatch(&["a", "b", "c"]), &stats("/a/", &[200, 403])) => Partial ["/a/ 403"];
        seen(proppatch(&["a", "b"]), &stats("/a/", &[403])) => Failure ["/a/ 403"];
        // All of them, whatever they are.
        seen(proppatch(&["a", "b"]), &own("/a/", 200)) => Success [];
        seen(proppatch(&["a", "b"]), &own("/b/", 200)) => Unproven [];
        seen(Request::new(Method::proppatch(["a"]), request("/a/"), 200), &stats("/a/", &[200])) => Success [];
        seen(Request::new(Method::proppatch(["z"]), request("/a/"), 200), &stats("/a/", &[200])) => Unproven [];
        without_body("PROPPATCH", 204, b"") => Success [];
        without_body("PROPPATCH", 200, b"") => Success [];
    }
    j3_a_failure_has_a_culprit {
        page("PUT", 403) => Failure [" 403"];
        without_body("PUT", 507, b"") => Failure [" 507"];
        of_root("DELETE", 423, "<D:error xmlns:D='DAV:'/>") => Failure [" 423"];
        of_root("DELETE", 302, "<D:error xmlns:D='DAV:'/>") => Failure [" 302"];
        of_root("DELETE", 409, "<html xmlns='urn:x'/>") => Failure [" 409"];
        verdict("DELETE", 424, &own("/a/b", 424)) => Failure [" 424"];
        verdict("DELETE", 207, &own("/a/", 424)) => Failure [" ?"];
        verdict("COPY", 207, &own("/z/", 424)) => Failure [" ?"];
        verdict("PUT", 500, &own("/a/", 200)) => Failure [" 500"];
        of_root("MKCOL", 207, &format!("{MKCOL}{}</D:mkcol-response>", propstat("<D:a/>", 424))) => Failure [" ?"];
        of_root("MKCOL", 403, &format!("{MKCOL}{}</D:mkcol-response>", propstat("<D:a/>", 200))) => Failure [" 403"];
        verdict("REPORT", 207, &own("/a/b", 424)) => Partial [" ?"];
        // The one that could not be read may have been the culprit, or not.
        verdict("PUT", 207, &format!("<D:response/>{}", own("/a/", 424))) => Failure [" ?"];
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
            for end in 1..body.len() {
                let cut = &body.as_bytes()[..end];
                let judged = asked(method, http).read(cut);
                assert!(judged.is_err(), "{method} {http}, cut at {end}");
            }
        }
    }
    let incomplete = asked("DELETE", 207).read(&body.as_bytes()[..body.len() - 1]).expect_err("it is cut");
    assert_eq!((incomplete.advice(), incomplete.error().is_truncated()), (Advice::Repeat, true));
}

#[test]
fn o1_a_body_that_was_salvaged_has_no_verdict() {
    let body = multistatus(&("<D:response><D:href></x></D:response>".to_owned() + &own("/a/b", 423)));
    for options in [Options::new(), Options::new().salvage(), Options::browse()] {
        assert!(asked("DELETE", 207).read_with(body.as_bytes(), &options).is_err());
    }
    // It is judged as it is read.
    let small = Options::new().limit(Limit::Elements, 2);
    let body = multistatus(&own("/a/b", 423));
    let Outcome { verdict, culprit_count, .. } =
        asked("DELETE", 207).read_with(body.as_bytes(), &small).expect("it is complete").end;
    assert_eq!((verdict, culprit_count), (Verdict::Unproven, 0), "the response is lost");
}

#[test]
fn o4_an_empty_body_is_an_error() {
    for method in METHODS {
        for body in ["", " \n"] {
            let error = outcome(&asked(method, 207), body.as_bytes()).expect_err("it is empty");
            assert_eq!(error.error().kind(), &ErrorKind::NotDav { found: OtherBody::Empty });
        }
        assert!(outcome(&asked(method, 207), HTML).is_err(), "a page is no answer to {method}");
    }
}

/// A member is locked, and the body is not of WebDAV: it must not pass for a page that says nothing.
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
                let judged = outcome(&asked(method, http), body.as_bytes());
                let judged = judged.ok().filter(|outcome| outcome.verdict != Verdict::Failure);
                assert_eq!(judged, None, "{method} {http}: {body}");
            }
            let failed = outcome(&asked(method, 500), body.as_bytes());
            assert_eq!(
                failed.ok().map(|outcome| outcome.verdict),
                Some(Verdict::Failure),
                "{method}: {body}"
            );
        }
    }
}

#[test]
fn a_query_tells_whether_it_was_cut() {
    for (children, is_truncated) in
        [(own("/a/", 507), true), (own("/a/b", 507), false), (own("/a/b", 200), false)]
    {
        let judged = outcome(&asked("REPORT", 207), multistatus(&children).as_bytes());
        assert_eq!(judged.expect("it is complete").is_truncated, is_truncated, "{children}");
    }
}

/// Whoever asks for the end early has not seen what may have failed.
#[test]
fn what_was_not_taken_leaves_it_unproven() {
    let body = multistatus(&(stats("/a/", &[200]) + &stats("/a/b", &[200])));
    let mut responses = asked("PROPFIND", 207).over(Multistatus::new(body.as_bytes()));
    assert!(responses.next_response().expect("well-formed").is_some());
    assert_eq!(responses.finish().expect("complete").verdict, Verdict::Unproven);
    let mut responses = asked("PROPFIND", 207).over(Reader::new(body.as_bytes()));
    assert!(responses.next_response().expect("well-formed").is_some());
    assert_eq!(responses.finish().expect("complete").verdict, Verdict::Unproven);
    let mut responses = asked("PROPFIND", 207).over(Decoder::new());
    responses.push(body.as_bytes());
    assert!(responses.next_response().expect("well-formed").is_some());
    assert_eq!(responses.finish().expect("complete").verdict, Verdict::Unproven);
}

#[test]
fn culprits_are_kept_up_to_a_limit_and_counted() {
    let many: String = (0..1000).map(|number| own(&format!("/a/{number}"), 423)).collect();
    let body = multistatus(&many);
    for (most, kept) in [(None, 100), (Some(10), 10), (Some(5000), 1000), (Some(0), 0)] {
        let request = asked("DELETE", 207);
        let request = most.into_iter().fold(request, Request::most_culprits);
        let Outcome { verdict, culprits, culprit_count, .. } =
            outcome(&request, body.as_bytes()).expect("it is complete");
        assert_eq!((verdict, culprits.len(), culprit_count), (Verdict::Partial, kept, 1000));
    }
}

/// Where the root itself cannot be read, asking for the end does not pass for a body that says nothing.
#[test]
fn a_root_that_cannot_be_read_has_no_verdict() {
    let body = "<D:mkcol-response xmlns:D='DAV:'><D:propstat><D:prop/><D:status>HTTP/1.1 403 x</D:status></D:propstat>\
        <D:propstat><D:status>HTTP/1.1 403 x</D:status><D:x><D:status/></D:x><D:prop/></D:propstat></D:mkcol-response>";
    for name in METHODS {
        for http in [200, 201, 207] {
            let options = Options::new().limit(Limit::Elements, 4);
            let request = asked(name, http);
            let judged = request.clone().read_with(body.as_bytes(), &options).expect_err("too many elements");
            let mut whole = request.clone().over(Multistatus::with_options(body.as_bytes(), &options));
            let error = whole.next_response().map(|_| ()).expect_err("at first");
            assert!(error.is_fatal());
            assert_eq!(whole.finish().expect_err("and then").to_string(), judged.to_string());
            let mut read = request.clone().over(Reader::with_options(body.as_bytes(), &options));
            let error = read.next_response().map(|_| ()).expect_err("at first");
            assert!(error.is_fatal());
            assert_eq!(read.finish().expect_err("and then").to_string(), judged.to_string());
        }
    }
}

/// All that is kept of culprits, what several share counted once.
fn size(culprits: &[Culprit]) -> usize {
    let mut shared = std::collections::HashMap::new();
    let mut sum = size_of_val(culprits);
    for culprit in culprits {
        sum += culprit.href.as_str().len();
        let names = culprit.properties.iter().map(|name| size_of_val(name) + name.to_string().len());
        shared.insert(culprit.properties.as_ptr().addr(), names.sum::<usize>());
        let conditions =
            culprit.conditions.iter().map(|condition| size_of_val(condition) + condition.to_string().len());
        shared.insert(culprit.conditions.as_ptr().addr(), conditions.sum());
        let description = culprit.description.as_deref().unwrap_or_default();
        shared.insert(description.as_ptr().addr(), description.len());
    }
    sum + shared.values().sum::<usize>()
}

#[test]
fn culprits_stay_below_a_megabyte_and_100() {
    let long = "x".repeat(16_000);
    let names: String = (0..3000).map(|number| format!("<D:p{number}/>")).collect();
    let conditions: String =
        (0..30).map(|number| format!("<D:c{number}><D:href>/{long}</D:href></D:c{number}>")).collect();
    let inside = propstat(&names, 403)
        + &format!("<D:error>{conditions}</D:error><D:responsedescription>{long}</D:responsedescription>");
    let bodies = [
        (0..200).map(|number| own(&format!("/a/{number}{long}"), 423)).collect::<String>(),
        (0..200).map(|number| resource(&format!("/a/{number}"), &propstat(&names, 403))).collect(),
        (0..20).map(|number| resource(&format!("/a/{number}"), &inside)).collect(),
        // All that one response says is shared by its hrefs.
        format!(
            "<D:response>{}{inside}</D:response>",
            (0..1000).map(|number| format!("<D:href>/a/{number}</D:href>")).collect::<String>()
        ),
    ];
    for children in bodies {
        let body = multistatus(&children);
        let Outcome { culprits, culprit_count, .. } =
            asked("DELETE", 207).read(body.as_bytes()).expect("it is complete").end;
        let (count, size) = (culprits.len(), size(&culprits));
        assert!(
            (1..=100).contains(&count) && size < 1 << 20,
            "{count} culprits of {culprit_count} in {size} bytes"
        );
        assert!(culprit_count >= 20);
        assert!(culprits.iter().all(|culprit| culprit.to_string().len() < 1 << 20));
    }
    // One is there, however long its href is.
    let options = Options::new().limit(Limit::HrefBytes, 4 << 20);
    let huge = multistatus(&own(&format!("/a/{}", "y".repeat(2 << 20)), 423));
    let Outcome { verdict, culprits, culprit_count, .. } =
        asked("PUT", 207).read_with(huge.as_bytes(), &options).expect("it is complete").end;
    assert_eq!((verdict, culprits.len(), culprit_count), (Verdict::Failure, 1, 1));
    assert!(size(&culprits) < 1 << 20, "the request stands for what has no room");
}

/// Tomcat 10 was asked to set a live property, too, and leaves that out of a success.
#[test]
fn a_refused_property_is_left_out() {
    let body = "<multistatus xmlns='DAV:'><response><href>/doc.txt</href><propstat><prop><note xmlns='urn:example'/></prop>\
        <status>HTTP/1.1 200 </status></propstat></response></multistatus>";
    let asked = |names: &[&'static str]| {
        let method = Method::proppatch(names.iter().copied());
        outcome(&Request::new(method, request("/doc.txt"), 207), body.as_bytes()).expect("it is complete")
    };
    assert_eq!(asked(&["getetag", "{urn:example}note"]).verdict, Verdict::Unproven);
    assert_eq!(asked(&["{urn:example}note"]).verdict, Verdict::Success);
}

#[test]
fn j2_a_method_that_is_not_known() {
    for known in ["LABEL", "patch", "QUERY", "BIND", "VERSION-CONTROL", "MKACTIVITY", "UPDATEREDIRECTREF"] {
        assert_eq!(verdict(known, 207, "").0, Verdict::Success, "{known}");
        assert_eq!(without_body(known, 204, b"").0, Verdict::Success, "{known}");
    }
    let all = "ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY DELETE GET HEAD LABEL LOCK MERGE MKACTIVITY MKCALENDAR MKCOL \
        MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PROPFIND PROPPATCH PUT QUERY REBIND REPORT SEARCH TRACE \
        UNBIND UNCHECKOUT UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL";
    for name in all.split_whitespace().filter(|name| !["PROPFIND", "REPORT", "SEARCH", "LOCK"].contains(name))
    {
        assert_eq!(without_body(name, 204, b"").0, Verdict::Success, "{name}");
    }
    for unknown in ["FROBNICATE", "", "DELETES", "X-MOVE"] {
        assert_eq!(verdict(unknown, 207, ""), (Verdict::Unproven, vec![]), "{unknown}");
        assert_eq!(verdict(unknown, 207, &own("/a/b", 200)), (Verdict::Unproven, vec![]), "{unknown}");
        assert_eq!(without_body(unknown, 204, b"").0, Verdict::Unproven, "{unknown}");
        let some = verdict(unknown, 207, &(own("/a/b", 200) + &own("/a/c", 403)));
        assert_eq!(some, (Verdict::Partial, vec!["/a/c 403".to_owned()]), "{unknown}");
        assert_eq!(verdict(unknown, 207, &own("/a/c", 403)).0, Verdict::Failure, "{unknown}");
        assert_eq!(without_body(unknown, 500, b"").0, Verdict::Failure, "{unknown}");
    }
    assert_eq!("copy".parse::<Method>().map(|_| ()), Err(MethodError::NeedsDestination));
    assert_eq!("PropPatch".parse::<Method>().map(|_| ()), Err(MethodError::NeedsProperties));
}

#[test]
fn j4_a_culprit_says_all_it_knows_in_one_line() {
    let lock = "<D:error><D:lock-token-submitted><D:href>/a/l</D:href><D:href>/a/m</D:href></D:lock-token-submitted></D:error>";
    let body = multistatus(&resource(
        "/a/b%20c",
        &format!(
            "{}<D:propstat><D:prop><D:a/><x xmlns='urn:x'/></D:prop>{}{lock}</D:propstat>\
             <D:responsedescription> It is\n locked. </D:responsedescription>",
            propstat("<D:z/>", 424),
            status(423)
        ),
    ));
    let Outcome { culprits, .. } =
        outcome(&asked("PROPPATCH", 207), body.as_bytes()).expect("it is complete");
    let [culprit] = &culprits[..] else { panic!("{culprits:?}") };
    assert_eq!((culprit.href.as_str(), culprit.status), ("/a/b%20c", Some(423)));
    assert_eq!(*culprit.properties, ["{DAV:}a", "{urn:x}x"].map(multistatus::Name::from));
    assert_eq!(culprit.conditions.len(), 1);
    assert_eq!(culprit.conditions[0].name, multistatus::names::conditions::LOCK_TOKEN_SUBMITTED);
    assert_eq!(culprit.conditions[0].hrefs, ["/a/l", "/a/m"]);
    assert_eq!(culprit.description.as_deref(), Some("It is\n locked."));
    assert_eq!(
        culprit.to_string(),
        "/a/b%20c: 423 for {DAV:}a, {urn:x}x; {DAV:}lock-token-submitted (/a/l, /a/m); \"It is\\n locked.\""
    );
    // Nothing that a server sends breaks the line.
    let odd = "<n:n xmlns:n='a&#10;b&#13;'/>";
    let body = multistatus(&resource(
        "/a/b&#10;c",
        &format!(
            "{}<D:error>{odd}<D:x><D:href>/l&#10;m</D:href></D:x></D:error>\
             <D:responsedescription>a&#13;b\u{2028}c\u{202E}</D:responsedescription>",
            propstat(odd, 403)
        ),
    ));
    let shown =
        outcome(&asked("PROPPATCH", 207), body.as_bytes()).expect("it is complete").culprits[0].to_string();
    assert!(!shown.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{202E}')), "{shown}");
    // The request itself.
    let error = "<D:error xmlns:D='DAV:'><D:need-privileges/></D:error>";
    for (http, body, expected) in [
        (403, error, "the request: 403; {DAV:}need-privileges"),
        (200, error, "the request; {DAV:}need-privileges"),
        (404, "", "the request: 404"),
    ] {
        let culprits = outcome(&asked("PUT", http), body.as_bytes()).expect("it is complete").culprits;
        assert_eq!(culprits.iter().map(Culprit::to_string).collect::<Vec<_>>(), [expected]);
    }
    let unreadable = multistatus(&resource("/a/b", "<D:status>locked</D:status>"));
    let culprits = outcome(&asked("DELETE", 207), unreadable.as_bytes()).expect("it is complete").culprits;
    assert_eq!(culprits[0].to_string(), "/a/b: no readable status");
}

/// `Request` is used up by its answer, and only an input shows it a response: examples that do not compile say so at
/// [`Request`] and [`Observer`]. A clone begins anew.
#[test]
fn j5_one_outcome_is_judged_once() {
    let body = multistatus(&own("/a/b", 423));
    let request = asked("DELETE", 207);
    let first = request.clone().read(body.as_bytes()).expect("it is complete").end;
    let second = request.read(body.as_bytes()).expect("it is complete").end;
    assert_eq!((first.culprit_count, &first), (1, &second), "what one has seen the other has not");
    for (what, source) in [
        ("Request", include_str!("../src/meaning/body/request.rs")),
        ("Observer", include_str!("../src/meaning/body/observer.rs")),
    ] {
        assert!(source.contains("/// ```compile_fail\n"), "{what} has an example that does not compile");
    }
}
