//! What a response says of one property, and of its resource.

mod support;

use multistatus::{Disposition, Lookup, Multistatus, Name, OwnedResponse, value::ValueErrorKind};
use support::multistatus;

const OK: &str = "<D:status>HTTP/1.1 200 OK</D:status>";
const NOT_FOUND: &str = "<D:status>HTTP/1.1 404 Not Found</D:status>";
const FORBIDDEN: &str = "<D:status>HTTP/1.1 403 Forbidden</D:status>";
const FAILED_DEPENDENCY: &str = "<D:status>HTTP/1.1 424 Failed Dependency</D:status>";

fn propstat(props: &str, status: &str) -> String {
    format!("<D:propstat><D:prop>{props}</D:prop>{status}</D:propstat>")
}

fn response(content: &str) -> OwnedResponse {
    let body = multistatus(&format!("<D:response><D:href>/a</D:href>{content}</D:response>"));
    let mut responses = Multistatus::new(body.as_bytes());
    let response = responses.next_response().expect("well-formed").expect("one response").into_owned();
    responses.finish().expect("complete");
    response
}

/// The value, the status that refuses it, or `unsaid` or `absent`.
fn lookup(response: &OwnedResponse, name: &str) -> String {
    let said = response.as_response();
    let said = said.lookup(name);
    assert_eq!(said.found().is_some(), matches!(said, Lookup::Found(_)));
    match said {
        Lookup::Found(value) => format!("found {}", value.text()),
        Lookup::Refused(propstat) => {
            let status = propstat.effective_status().expect("a status refuses");
            format!("refused {}", status.as_u16().map_or("unreadable".into(), |code| code.to_string()))
        }
        Lookup::WithoutStatus => "unsaid".into(),
        Lookup::NotMentioned => "absent".into(),
        _ => unreachable!("a new kind of answer"),
    }
}

/// What a getter gives: the value, `none`, or what is wrong.
fn getter(response: &OwnedResponse, name: &str) -> String {
    match response.as_response().props().read::<String>(name) {
        Ok(value) => value.map_or("none".to_owned(), |value| format!("value {value}")),
        Err(error) => format!("{:?}", error.kind()),
    }
}

fn values(response: &OwnedResponse, name: &str) -> Vec<String> {
    response.as_response().props().get_all(name).map(|value| value.text().into_owned()).collect()
}

#[test]
fn l1_a_value_is_found_in_any_propstat_and_order() {
    let (found, missing) = (propstat("<D:getetag>1</D:getetag>", OK), propstat("<D:getetag/>", NOT_FOUND));
    for content in [format!("{found}{missing}"), format!("{missing}{found}")] {
        assert_eq!(lookup(&response(&content), "getetag"), "found 1");
        assert_eq!(getter(&response(&content), "getetag"), "value 1");
        assert_eq!(values(&response(&content), "getetag"), ["1"]);
    }
    let two = propstat("<D:a/>", OK) + &propstat("<D:getetag>1</D:getetag>", OK);
    assert_eq!(lookup(&response(&two), "getetag"), "found 1");
    let created = propstat("<D:a>x</D:a>", "<D:status>HTTP/1.1 201 Created</D:status>");
    assert_eq!(lookup(&response(&created), "a"), "found x");
}

#[test]
fn l1_an_empty_element_with_success_is_a_value() {
    let empty = response(&propstat("<D:displayname/>", OK));
    assert_eq!((&*lookup(&empty, "displayname"), &*getter(&empty, "displayname")), ("found ", "value "));
}

#[test]
fn l2_equal_values_are_both_seen() {
    let twice = response(&propstat("<D:a>x</D:a><D:a>x</D:a>", OK));
    assert_eq!(lookup(&twice, "a"), "found x");
    assert_eq!((values(&twice, "a"), &*getter(&twice, "a")), (vec!["x".to_owned(); 2], "value x"));
}

#[test]
fn l3_of_different_values_the_first_is_found_and_no_getter_chooses() {
    let two = propstat("<D:a>x</D:a>", OK) + &propstat("<D:a>y</D:a>", OK);
    assert_eq!(lookup(&response(&two), "a"), "found x");
    assert_eq!(values(&response(&two), "a"), ["x", "y"]);
    assert_eq!(getter(&response(&two), "a"), format!("{:?}", ValueErrorKind::Conflicting));
}

#[test]
fn l4_the_first_refusal_that_is_neither_404_nor_424_counts() {
    let name = "<D:a/>";
    let all = propstat(name, NOT_FOUND) + &propstat(name, FAILED_DEPENDENCY) + &propstat(name, FORBIDDEN);
    assert_eq!((&*lookup(&response(&all), "a"), &*getter(&response(&all), "a")), ("refused 403", "none"));
    let mild = propstat(name, FAILED_DEPENDENCY) + &propstat(name, NOT_FOUND);
    assert_eq!(lookup(&response(&mild), "a"), "refused 424");
    let unreadable = propstat(name, NOT_FOUND) + &propstat("<D:a>x</D:a>", "<D:status>OK</D:status>");
    assert_eq!(lookup(&response(&unreadable), "a"), "refused unreadable");
    assert_eq!(values(&response(&unreadable), "a"), [""; 0]);
}

#[test]
fn l4_a_propstat_without_status_is_refused_by_the_status_of_the_response() {
    let gone = response(&(propstat("<D:a>x</D:a>", "") + NOT_FOUND));
    assert_eq!((&*lookup(&gone, "a"), &*getter(&gone, "a")), ("refused 404", "none"));
    let there = response(&(propstat("<D:a>x</D:a><D:b/>", "<D:status/>") + OK));
    assert_eq!((lookup(&there, "a"), lookup(&there, "b")), ("found x".into(), "found ".into()));
}

#[test]
fn l5_empty_and_without_any_status_is_unsaid() {
    let unsaid =
        response(&propstat("<D:a/><D:b>x</D:b><D:c> \n </D:c><D:d><!-- --></D:d><D:e><D:f/></D:e>", ""));
    assert_eq!((&*lookup(&unsaid, "a"), &*getter(&unsaid, "a")), ("unsaid", "none"));
    assert_eq!(lookup(&unsaid, "b"), "found x");
    assert_eq!(lookup(&unsaid, "c"), "unsaid");
    assert_eq!(lookup(&unsaid, "d"), "unsaid");
    assert_eq!(lookup(&unsaid, "e"), "found ");
    assert_eq!(values(&unsaid, "a"), [""; 0]);
}

#[test]
fn l6_named_nowhere_is_absent() {
    let some = response(&propstat("<D:a>x</D:a>", OK));
    assert_eq!((&*lookup(&some, "b"), &*getter(&some, "b")), ("absent", "none"));
    assert_eq!(lookup(&some, "{urn:x}a"), "absent");
    assert_eq!(lookup(&some, "{}a"), "absent");
    assert_eq!(lookup(&response(OK), "a"), "absent");
}

#[test]
fn names_are_compared_by_namespace_and_local_name() {
    let body = propstat("<x:a xmlns:x=\"urn:x\">1</x:a><a xmlns=\"urn:y\">2</a><a>3</a><p:a>4</p:a>", OK);
    let response = response(&body);
    let found =
        |name: Name<'_>| response.as_response().props().get(name).map(|value| value.text().into_owned());
    assert_eq!(found(Name::new("urn:x", "a")).as_deref(), Some("1"));
    assert_eq!(found("{urn:y}a".into()).as_deref(), Some("2"));
    assert_eq!(found(("", "a").into()).as_deref(), Some("3"));
    assert_eq!(found("a".into()), None);
    assert_eq!(found("{}p:a".into()), None, "an undeclared prefix equals no name");
}

#[test]
fn only_direct_children_of_prop_are_properties() {
    let nested = propstat("<D:x><D:getetag>1</D:getetag></D:x><D:prop><D:a>1</D:a></D:prop>", OK);
    let response = response(&nested);
    assert_eq!(lookup(&response, "getetag"), "absent");
    assert_eq!(lookup(&response, "prop"), "found 1");
    let names: Vec<_> = response.as_response().props().iter().map(|p| p.name().to_string()).collect();
    assert_eq!(names, ["{DAV:}x", "{DAV:}prop"]);
}

#[test]
fn the_disposition_is_that_of_the_response_itself() {
    let of = |content: &str| match response(content).as_response().disposition() {
        Disposition::Present => "present".to_owned(),
        Disposition::Gone => "gone".to_owned(),
        Disposition::Truncated => "truncated".to_owned(),
        Disposition::Redirected => "redirected".to_owned(),
        Disposition::Failed(status) => format!("failed {status}"),
        _ => unreachable!("a new disposition"),
    };
    let status = |line: &str| of(&format!("<D:status>{line}</D:status>"));
    assert_eq!(of(""), "present");
    assert_eq!(of("<D:status/>"), "present");
    assert_eq!(
        of(&propstat("<D:calendar-data/>", NOT_FOUND)),
        "present",
        "a property is missing, not the member"
    );
    assert_eq!(status("HTTP/1.1 201 Created"), "present");
    assert_eq!(status("HTTP/1.1 302 Found"), "redirected");
    assert_eq!(status("HTTP/1.1 404 Not Found"), "gone");
    assert_eq!(status("HTTP/1.1 410 Gone"), "gone");
    assert_eq!(status("HTTP/1.1 507 Insufficient Storage"), "truncated");
    assert_eq!(status("HTTP/1.1 403 Forbidden"), "failed HTTP/1.1 403 Forbidden");
    assert_eq!(status("oops"), "failed oops");
    assert_eq!(of(&format!("{OK}{NOT_FOUND}")), "failed HTTP/1.1 200 OK", "two that differ are none");
    assert_eq!(of(&format!("{NOT_FOUND}{NOT_FOUND}")), "gone");
}
