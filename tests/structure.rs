//! Elements directly under multistatus, and names without a namespace: the rows of the decision tables.

mod support;

use multistatus::{
    Error, ErrorKind, Limit, Multistatus, Name, Options, OtherBody, OwnedResponse, Response, Tolerance,
    meaning::{Answer, Change, Method, Multiget, Observer, Request, SyncCollection, TokenWithheld, Verdict},
};
use support::{multistatus, request};

const OK: &str = "<D:status>HTTP/1.1 200 OK</D:status>";
const PROPSTAT: &str = "<D:propstat><D:prop><D:a/></D:prop><D:status>HTTP/1.1 403 No</D:status></D:propstat>";

fn read(body: &str) -> Vec<Result<OwnedResponse, Error>> {
    let items = Multistatus::new(body.as_bytes());
    items.map(|item| item.map(Response::into_owned)).collect()
}

/// For each item its hrefs and statuses, or the kind of its error.
fn outline(children: &str) -> Vec<String> {
    let outline = |response: &OwnedResponse| {
        let response = response.as_response();
        let hrefs: Vec<_> = response.hrefs().map(|href| href.to_string()).collect();
        let status = response.status().map_or("-".into(), |status| status.raw().to_owned());
        let mark =
            if response.tolerated().any(|t| t == Tolerance::ImplicitResponse) { "implicit " } else { "" };
        format!("{mark}[{}] {status} {}", hrefs.join(" "), response.propstats().count())
    };
    read(&multistatus(children))
        .iter()
        .map(|item| item.as_ref().map_or_else(|e| e.to_string(), outline))
        .collect()
}

#[test]
fn i1_a_run_ends_at_a_response_at_the_end_and_at_an_href_behind_a_status() {
    let run = |href: &str| format!("<D:href>{href}</D:href>{OK}");
    let explicit = format!("<D:response>{}</D:response>", run("/r"));
    let one = "implicit [/a] HTTP/1.1 200 OK 0";
    assert_eq!(outline(&run("/a")), [one]);
    assert_eq!(outline(&(run("/a") + &run("/b"))), [one, "implicit [/b] HTTP/1.1 200 OK 0"]);
    assert_eq!(outline(&(run("/a") + &explicit)), [one, "[/r] HTTP/1.1 200 OK 0"]);
    assert_eq!(outline(&(explicit.clone() + &run("/a"))), ["[/r] HTTP/1.1 200 OK 0", one]);
    assert_eq!(
        outline(&format!("<D:href>/a</D:href><D:href>/b</D:href>{OK}")),
        ["implicit [/a /b] HTTP/1.1 200 OK 0"]
    );
    let late_href = format!("{PROPSTAT}<D:href>/b</D:href>{PROPSTAT}");
    assert_eq!(outline(&late_href), ["implicit [] - 1", "implicit [/b] - 1"]);
}

#[test]
fn i2_description_and_sync_token_neither_join_nor_end_a_run() {
    let body = multistatus(&format!(
        "<D:href>/a</D:href><D:sync-token>t</D:sync-token><D:responsedescription>d</D:responsedescription>\
         <x:vendor xmlns:x=\"urn:x\"><x:y/></x:vendor>{OK}"
    ));
    let mut responses = Multistatus::new(body.as_bytes());
    let all: Vec<_> = responses.by_ref().collect::<Result<_, _>>().expect("well-formed");
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].href().as_str(), all[0].status().unwrap().as_u16()), ("/a", Some(200)));
    assert_eq!(all[0].element().children().count(), 2);
    let trailer = responses.finish().expect("complete");
    assert_eq!((trailer.sync_token(), trailer.description()), (Some("t"), Some("d")));
}

#[test]
fn i3_a_run_without_href_is_given_with_an_empty_one() {
    assert_eq!(outline(PROPSTAT), ["implicit [] - 1"]);
    let items = read(&multistatus(PROPSTAT));
    let response = items[0].as_ref().expect("a response").as_response();
    assert!(response.href().is_empty());
    assert_eq!(response.raw(), PROPSTAT);
}

#[test]
fn i4_a_run_that_makes_no_response_is_an_error() {
    for stray in [
        OK.to_owned(),
        format!("{OK}{OK}"),
        format!("<D:href>/a</D:href>{OK}{OK}"),
        "<D:error><D:x/></D:error>".to_owned(),
        "<D:location><D:href>/b</D:href></D:location>".to_owned(),
    ] {
        let items = read(&multistatus(&stray));
        assert_eq!(items.len(), 1, "{stray}");
        let error = items[0].as_ref().expect_err("no response");
        let first = stray.split(['<', '>', ':']).nth(2).expect("a name");
        assert_eq!((error.offset(), error.path()), (30, &*format!("multistatus/{first}")), "{stray}");
        assert_eq!((error.kind(), error.is_fatal()), (&ErrorKind::StrayStatus, false), "{stray}");
    }
}

#[test]
fn i4_two_statuses_in_a_body_that_is_cut_are_no_empty_success() {
    // The sample of the article that asks for a parser like this one.
    let body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<multistatus xmlns=\"DAV:\">\n  \
        <status>HTTP/1.1 200 OK</status>\n  <status>HTTP/1.1 404 Not Found</status>\n";
    let items = read(body);
    assert_eq!(items.len(), 1);
    let error = items[0].as_ref().expect_err("cut");
    assert!(error.is_truncated() && error.is_fatal());
    assert_eq!(error.offset(), body.len() as u64);
    assert!(Multistatus::new(body.as_bytes()).finish().is_err());
}

#[test]
fn a_foreign_child_costs_its_whole_run_and_no_other() {
    let etag = "<D:propstat><D:prop><D:getetag>1</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>";
    let next = format!("<D:href>/next</D:href>{OK}");
    for (run, at) in [
        // Its etag would become that of the collection.
        (format!("<D:href>/a</D:href><x:status>HTTP/1.1 404 X</x:status>{etag}"), "<x:status>"),
        (format!("<D:href>/a</D:href><x:propstat/>{etag}"), "<x:propstat/>"),
        (format!("<x:href>/a</x:href>{etag}"), "<x:href>"),
        (format!("<D:Href>/a</D:Href>{etag}"), "<D:Href>"),
        (format!("<href>/a</href>{etag}"), "<href>"),
        (format!("<D:href>/a</D:href><D:prop><D:a/></D:prop>{etag}"), "<D:prop>"),
        (format!("<D:href>/a</D:href><x:response><D:href>/b</D:href></x:response>{etag}"), "<x:response>"),
        (format!("<D:href>/a</D:href><x:sync-token/>{etag}"), "<x:sync-token/>"),
        (format!("<D:href>/a</D:href>{etag}<x:href>/b</x:href>{etag}"), "<x:href>"),
        ("<x:status>HTTP/1.1 404 X</x:status>".to_owned(), "<x:status>"),
        (format!("<x:response><D:href>/b</D:href></x:response>{etag}"), "<x:response>"),
        (format!("<D:Response><D:href>/b</D:href></D:Response>{etag}{OK}"), "<D:Response>"),
        (format!("<Href>/a</Href>{etag}"), "<Href>"),
        (format!("<D:prop><D:a/></D:prop>{OK}"), "<D:prop>"),
    ] {
        for after in ["", &*next] {
            let body = multistatus(&(run.clone() + after));
            let items = read(&body);
            let errors: Vec<_> = items.iter().filter_map(|item| item.as_ref().err()).collect();
            assert_eq!(errors.len(), 1, "{body}: {items:?}");
            assert_eq!(errors[0].offset() as usize, body.find(at).expect("it is there"), "{}", errors[0]);
            assert!(
                matches!(errors[0].kind(), ErrorKind::ForeignName | ErrorKind::Misplaced),
                "{}",
                errors[0]
            );
            let hrefs: Vec<_> =
                items.iter().flatten().map(|one| one.as_response().href().to_string()).collect();
            assert!(hrefs.iter().all(|href| !href.is_empty()), "{body}: {hrefs:?}");
            assert_eq!(hrefs.iter().any(|href| href == "/next"), !after.is_empty(), "{body}: {hrefs:?}");
            assert!(hrefs.iter().all(|href| href != "/b"), "{body}: {hrefs:?}");
        }
    }
}

#[test]
fn i5_implicit_responses_count_in_outcomes_and_have_failed_elsewhere() {
    let body = multistatus(&format!("<D:href>/c/a</D:href>{OK}<D:sync-token>t</D:sync-token>"));
    let body = body.as_bytes();
    let outcome = Request::new(Method::Post, request("/c/"), 207).read(body).expect("complete").end;
    assert_eq!(outcome.verdict, Verdict::Success);
    let report = SyncCollection::new(request("/c/"), 207).read(body).expect("complete");
    assert!(matches!(&*report.seen, [Change::Failed(member)] if member.href == "/c/a"), "{report:?}");
    assert_eq!(report.end.token, Err(TokenWithheld::Implicit));
    let multiget = Multiget::new(request("/c/"), 207, "getetag", ["/c/a"]).read(body).expect("complete");
    assert!(matches!(&*multiget.seen, [Answer::Failed { asked, .. }] if asked == "/c/a"), "{multiget:?}");
}

#[test]
fn n1_a_root_without_the_namespace_is_an_error_that_names_it() {
    for (body, name) in [
        ("<multistatus/>", "{}multistatus"),
        ("<D:multistatus/>", "D:multistatus"),
        ("<D:multistatus xmlns:D=\"\"/>", "D:multistatus"),
        ("<a:b:multistatus xmlns:a=\"DAV:\"/>", "a:b:multistatus"),
        ("<multistatus xmlns=\"dav:\"/>", "{dav:}multistatus"),
        ("<response xmlns=\"DAV:\"/>", "{DAV:}response"),
    ] {
        let error = Multistatus::new(body.as_bytes()).next_response().expect_err(body);
        assert_eq!(error.kind(), &ErrorKind::NotDav { found: OtherBody::Root(name.into()) });
        assert_eq!(error.root(), Some(name));
        assert!(error.to_string().contains(name), "{error}");
    }
}

/// The kind of the only item.
fn only(body: &str) -> ErrorKind {
    let items = read(body);
    assert_eq!(items.len(), 1, "{body}");
    let error = items[0].as_ref().expect_err(body);
    assert!(!error.is_fatal(), "{error}");
    error.kind().clone()
}

#[test]
fn n2_a_structural_name_without_the_namespace_is_an_error_item() {
    for name in ["response", "href", "status", "propstat", "sync-token"] {
        for bare in [format!("<{name}/>"), format!("<x:{name}/>"), format!("<x:y:{name}/>")] {
            let body = multistatus(&bare);
            assert_eq!(only(&body), ErrorKind::ForeignName, "{bare}");
            let mut responses = Multistatus::new(body.as_bytes());
            let trailer = responses.finish().expect("well-formed");
            assert_eq!(trailer.faults(), 1);
        }
    }
    for name in ["href", "status", "propstat", "prop", "error", "responsedescription", "location", "response"]
    {
        let inside = format!("<D:response><D:href>/a</D:href><x:{name}/></D:response>");
        assert_eq!(only(&multistatus(&inside)), ErrorKind::ForeignName, "{inside}");
        let location = format!(
            "<D:response><D:href>/a</D:href>{OK}<D:location><x:href>/b</x:href></D:location></D:response>"
        );
        assert_eq!(only(&multistatus(&location)), ErrorKind::ForeignName);
        let deeper = format!(
            "<D:response><D:href>/a</D:href><D:propstat><D:prop/><{name}/>{OK}</D:propstat></D:response>"
        );
        assert_eq!(only(&multistatus(&deeper)), ErrorKind::ForeignName, "{deeper}");
    }
}

#[test]
fn n2_an_undeclared_response_is_no_empty_listing() {
    let body = "<multistatus xmlns=\"DAV:\"><D:response><D:href>/a</D:href></D:response></multistatus>";
    assert_eq!(only(body), ErrorKind::ForeignName);
}

#[test]
fn n2_in_a_namespace_of_its_own_a_name_is_no_part_of_the_structure() {
    let body = multistatus("<x:response xmlns:x=\"urn:x\"><x:href>/a</x:href></x:response>");
    assert!(read(&body).is_empty());
}

#[test]
fn n2_other_letters_and_drafts_are_no_empty_listing() {
    for name in ["Response", "RESPONSE", "PropStat", "Sync-Token", "sync-response"] {
        assert_eq!(only(&multistatus(&format!("<D:{name}/>"))), ErrorKind::ForeignName, "{name}");
    }
    for name in ["Href", "propStat", "Prop", "STATUS"] {
        let inside = format!("<D:response><D:href>/a</D:href><D:{name}/>{OK}</D:response>");
        assert_eq!(only(&multistatus(&inside)), ErrorKind::ForeignName, "{name}");
    }
}

#[test]
fn elements_that_would_be_lost_where_they_stand_are_error_items() {
    let (open, close) = ("<D:response><D:href>/a</D:href>", "</D:response>");
    let inner = format!("{open}{OK}{close}");
    for (body, path) in [
        (format!("{open}{OK}{inner}{close}"), "multistatus/response[1]/response"),
        (format!("<D:multistatus>{inner}</D:multistatus>"), "multistatus/multistatus"),
        ("<D:prop><D:getetag>1</D:getetag></D:prop>".to_owned(), "multistatus/prop"),
        (format!("{open}<D:prop><D:a/></D:prop>{close}"), "multistatus/response[1]/prop"),
        (
            format!("{open}<D:propstat>{inner}{OK}</D:propstat>{close}"),
            "multistatus/response[1]/propstat[1]/response",
        ),
        (format!("{open}{PROPSTAT}<D:href>/b</D:href>{PROPSTAT}{close}"), "multistatus/response[1]/href[2]"),
    ] {
        let items = read(&multistatus(&body));
        assert_eq!(items.len(), 1, "{body}");
        let error = items[0].as_ref().expect_err(&body);
        assert_eq!(
            (error.kind(), error.path(), error.is_fatal()),
            (&ErrorKind::Misplaced, path, false),
            "{body}"
        );
    }
}

#[test]
fn what_means_nothing_where_it_stands_is_passed_over() {
    let strange = format!(
        "<D:response><D:href>/a</D:href><D:sync-token/><D:score>1</D:score><D:propstat><D:href>/b</D:href><D:prop/>{OK}\
         <D:location/></D:propstat></D:response><D:score/>"
    );
    assert_eq!(outline(&strange), ["[/a] - 1"]);
}

#[test]
fn a_namespace_that_looks_like_dav_is_no_other_one() {
    for namespace in ["DAV", "dav:", "DAV:/", " DAV: ", "Dav:"] {
        let body =
            multistatus(&format!("<E:response xmlns:E=\"{namespace}\"><E:href>/a</E:href></E:response>"));
        assert_eq!(only(&body), ErrorKind::ForeignName, "{namespace}");
    }
}

#[test]
fn what_interrupts_a_run_leaves_it_alone() {
    let options = Options::new().limit(Limit::HrefBytes, 4).limit(Limit::TextBytes, 30);
    let read = |children: &str| {
        let body = multistatus(children);
        let mut responses = Multistatus::with_options(body.as_bytes(), &options);
        let items: Vec<_> = responses.by_ref().map(|item| item.map(|r| r.href().to_string())).collect();
        let trailer = responses.finish().expect("well-formed");
        let tokens: Vec<_> = trailer.sync_tokens().map(str::to_owned).collect();
        (items, tokens, trailer.description().map(str::to_owned), trailer.faults())
    };
    let after = "<D:sync-token>tok</D:sync-token><D:responsedescription>d</D:responsedescription>";
    let (items, tokens, description, faults) = read(&format!("<D:href>/too-long</D:href>{OK}{after}"));
    assert_eq!((items.len(), items[0].is_err(), faults), (1, true, 1));
    assert_eq!((tokens, description), (vec!["tok".to_owned()], Some("d".to_owned())));
    let long = "v".repeat(31);
    let (items, _, _, faults) = read(&format!("<D:href>/a</D:href><D:v>{long}</D:v>{OK}"));
    assert_eq!(
        (items[0].as_deref().ok(), faults),
        (Some("/a"), 0),
        "the text of what means nothing costs nothing"
    );
    let (items, _, _, faults) = read(&format!("<D:href>/a</D:href><D:sync-token>{long}</D:sync-token>{OK}"));
    assert_eq!((items.len(), faults), (2, 1), "a token that is too long is an error item, the run another");
    let many: String = (0..70_000).map(|i| format!("<v xmlns=\"u{i}\"/>")).collect();
    let (items, ..) = read(&format!("<D:href>/a</D:href>{many}{OK}"));
    assert_eq!(items[0].as_deref().ok(), Some("/a"));
    let body = multistatus(&format!("<D:href>/a</D:href>{OK}<D:v x:y=\"\"/>"));
    let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    assert!(
        response.tolerated().eq([Tolerance::ImplicitResponse]),
        "what is forgiven elsewhere is told elsewhere"
    );
}

#[test]
fn n3_a_property_with_an_undeclared_prefix_equals_no_name() {
    let body = multistatus(&format!(
        "<D:response><D:href>/a</D:href><D:propstat><D:prop><CY:color>1</CY:color><a:b:c>2</a:b:c><plain>3</plain>\
         </D:prop>{OK}</D:propstat></D:response>"
    ));
    let items = read(&body);
    let response = items[0].as_ref().expect("a response").as_response();
    let names: Vec<_> = response.props().iter().map(|p| p.name().to_string()).collect();
    assert_eq!(names, ["CY:color", "a:b:c", "{}plain"]);
    let first = response.props().iter().next().expect("a property");
    assert!(first.name().is_undeclared());
    assert_ne!(first.name(), Name::new("", "CY:color"));
    for name in ["CY:color", "{}CY:color", "color", "{}color"] {
        assert!(response.props().get(name).is_none(), "{name}");
    }
    assert_eq!(response.props().get("{}plain").expect("in no namespace").text(), "3");
    let tolerated: Vec<_> = response.tolerated().collect();
    assert_eq!(tolerated, [Tolerance::UndeclaredPrefix, Tolerance::ColonInName]);
}

#[test]
fn n4_an_attribute_with_an_undeclared_prefix_is_forgiven() {
    let body = multistatus(&format!(
        "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a x:b=\"1\" b=\"2\"/></D:prop>{OK}</D:propstat>\
         </D:response>"
    ));
    let items = read(&body);
    let response = items[0].as_ref().expect("a response").as_response();
    let a = response.props().get("a").expect("a value");
    assert_eq!((a.attribute("b").as_deref(), a.attribute("{}x:b")), (Some("2"), None));
    assert!(response.tolerated().eq([Tolerance::UndeclaredPrefix]));
}

#[test]
fn n5_reserved_prefixes_and_names_are_fatal() {
    for attribute in [
        "xmlns:xmlns=\"urn:x\"",
        "xmlns:xml=\"urn:x\"",
        "xmlns:p=\"http://www.w3.org/XML/1998/namespace\"",
        "xmlns:p=\"http://www.w3.org/2000/xmlns/\"",
        "xmlns=\"http://www.w3.org/2000/xmlns/\"",
        "xmlns=\"http://www.w3.org/XML/1998/namespace\"",
    ] {
        let body = multistatus(&format!("<D:x {attribute}/>"));
        let error = Multistatus::new(body.as_bytes()).next_response().expect_err(attribute);
        assert_eq!((error.kind(), error.is_fatal()), (&ErrorKind::Malformed, true), "{attribute}");
    }
    let used = multistatus("<xmlns:x/>");
    assert!(Multistatus::new(used.as_bytes()).next_response().is_err());
    let declared = multistatus("<D:x xmlns:xml=\"http://www.w3.org/XML/1998/namespace\"/>");
    assert!(Multistatus::new(declared.as_bytes()).finish().is_ok());
}

#[test]
fn a_namespace_name_is_compared_after_its_references_are_decoded() {
    for name in ["DAV&#58;", "&#x44;AV:", "D&#65;V:"] {
        let body =
            format!("<multistatus xmlns=\"{name}\"><response><href>/a</href>{OK}</response></multistatus>")
                .replace("D:status", "status");
        assert_eq!(read(&body)[0].as_ref().expect("a response").as_response().href().as_str(), "/a");
    }
    let spaced = "<multistatus xmlns=\" DAV: \"/>";
    assert!(Multistatus::new(spaced.as_bytes()).next_response().is_err());
}

#[test]
fn scopes_end_with_their_element() {
    let body = multistatus(
        "<n:x xmlns:n=\"urn:x\"/><D:response xmlns:n=\"DAV:\"><n:href>/a</n:href><D:propstat xmlns:n=\"urn:x\">\
         <D:prop><n:getetag>other</n:getetag></D:prop><D:prop xmlns:n=\"DAV:\"><n:getetag>right</n:getetag></D:prop>\
         <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>",
    );
    let items = read(&body);
    let response = items[0].as_ref().expect("a response").as_response();
    assert_eq!(response.href().as_str(), "/a");
    assert_eq!(response.props().get("getetag").expect("a value").text(), "right");
    assert_eq!(response.props().get("{urn:x}getetag").expect("a value").text(), "other");
}

#[test]
fn many_namespaces_over_many_responses() {
    let response = |i: usize| {
        format!(
            "<D:response><D:href>/{i}</D:href><D:propstat><D:prop><p:a xmlns:p=\"urn:{i}\">{i}</p:a><x:b>r</x:b>\
             </D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        )
    };
    let all: String = (0..2000).map(response).collect();
    let body = format!("<D:multistatus xmlns:D=\"DAV:\" xmlns:x=\"urn:root\">{all}</D:multistatus>");
    let mut responses = Multistatus::new(body.as_bytes());
    let kept: Vec<_> = responses.by_ref().collect::<Result<_, _>>().expect("well-formed");
    for (i, response) in kept.iter().enumerate() {
        let name = format!("{{urn:{i}}}a");
        assert_eq!(response.props().get(&*name).expect("a value").text(), i.to_string());
        assert_eq!(response.props().get("{urn:root}b").expect("a value").text(), "r");
    }
    responses.finish().expect("complete");
}

#[test]
fn names_without_a_namespace_and_in_other_letters_are_no_way_out() {
    for body in [
        multistatus("<Response><D:href>/a</D:href></Response>"),
        multistatus(
            "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a>1</D:a></D:prop><Status>HTTP/1.1 404 x</Status></D:propstat></D:response>",
        ),
        multistatus("<D:response><D:href>/a</D:href><x:Propstat/></D:response>"),
        multistatus("<D:response><D:href>/a</D:href><HREF xmlns='dav:'>/b</HREF></D:response>"),
    ] {
        assert_eq!(only(&body), ErrorKind::ForeignName, "{body}");
    }
}
