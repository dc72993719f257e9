//! What real servers do to the structure of a body: table K of the decisions, every row through every input.

mod support;

use multistatus::{Multistatus, Options, Repair, Tolerance};
use serde_json::{Value, json};
use support::{
    input::{Chunks, Input},
    multistatus, reading, reading_by, resource,
};

const OK: &str = "<D:status>HTTP/1.1 200 OK</D:status>";

/// What is seen in `body`, by every input.
fn seen(body: &[u8], options: &Options) -> Value {
    let whole = reading_by(Input::Slice, body, Chunks::new(body, 1), options);
    for &input in Input::STREAMS {
        for chunk in [1, 2, 3, 5, 64] {
            let streamed = reading_by(input, body, Chunks::new(body, chunk), options);
            assert_eq!(streamed, whole, "{input:?}, {chunk} bytes at a time");
        }
    }
    whole.0
}

/// The responses of a body that has to be complete.
fn responses(body: &[u8], options: &Options) -> Vec<Value> {
    let seen = seen(body, options);
    assert_eq!(seen["complete"], true, "{seen}");
    seen["responses"].as_array().expect("a list").clone()
}

/// The kind of the fault that costs the only response.
fn fault(body: &[u8], options: &Options) -> String {
    let [response] = &*responses(body, options) else { panic!("one response") };
    response["fault"]["kind"].as_str().unwrap_or_else(|| panic!("{response}")).to_owned()
}

#[test]
fn k1_a_status_without_a_namespace_is_that_of_its_propstat() {
    let body = "<?xml version=\"1.0\" encoding=\"utf-8\" ?><D:multistatus xmlns:D=\"DAV:\"><D:response>\
        <D:href>/x/</D:href><D:propstat><D:prop><D:getetag>\"1\"</D:getetag><D:resourcetype><D:collection />\
        </D:resourcetype><access xmlns=\"http://yaws.hyber.org/\">read_write</access></D:prop>\
        <status>HTTP/1.1 200 OK</status></D:propstat></D:response></D:multistatus>";
    let [response] = &*responses(body.as_bytes(), &Options::new()) else { panic!("one response") };
    assert_eq!(response["tolerated"], json!(["StatusWithoutNamespace"]));
    assert_eq!(response["propstats"][0]["status"], 200);
    let given = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    assert_eq!(given.props().iter().count(), 3);
    assert_eq!(fault(body.as_bytes(), &Options::strict()), "Refused");
    assert_eq!(fault(body.as_bytes(), &Options::new().refuse(Tolerance::StatusWithoutNamespace)), "Refused");
}

#[test]
fn k1_every_other_name_without_a_namespace_costs_its_response() {
    let propstat = |status: &str| format!("<D:propstat><D:prop/>{status}</D:propstat>");
    let bare = "<status>HTTP/1.1 200 OK</status>";
    for inside in [
        // Beside one in `DAV:`, in either order.
        propstat(&format!("{OK}{bare}")),
        propstat(&format!("{bare}{OK}")),
        propstat(&format!("{bare}<D:status/>")),
        // Of the response, not of a propstat.
        bare.to_owned(),
        format!("{}{bare}", propstat(OK)),
        // Not without a namespace, but with an undeclared prefix, or in another.
        propstat("<x:status>HTTP/1.1 200 OK</x:status>"),
        propstat("<status xmlns=\"dav:\">HTTP/1.1 200 OK</status>"),
        propstat("<Status>HTTP/1.1 200 OK</Status>"),
        format!("<propstat><D:prop/>{OK}</propstat>"),
        format!("<D:propstat><prop/>{OK}</D:propstat>"),
        "<href>/b</href>".to_owned(),
        propstat(&format!("{OK}<error/>")),
    ] {
        let body = multistatus(&resource("/a", &inside));
        let kind = fault(body.as_bytes(), &Options::new());
        assert_eq!(kind, "ForeignName", "{inside}");
    }
}

#[test]
fn k2_elements_in_an_href_or_status_are_as_if_they_were_not_there() {
    let body = multistatus(
        "<D:response><D:href> /a<x>b</x>c<D:y z='>'/>&amp;<!-- - --><x><y>1</y>2</x><![CDATA[<d>]]>\n</D:href>\
         <D:status>HTTP/1.1 <x>404</x>200 O<x/>K</D:status><D:location><D:href>/<x>n</x>ew</D:href></D:location>\
         </D:response>",
    );
    for options in [Options::new(), Options::strict()] {
        let [response] = &*responses(body.as_bytes(), &options) else { panic!("one response") };
        assert_eq!(response["hrefs"], json!(["/ac&<d>"]), "{options:?}");
        assert_eq!((&response["status"], &response["location"]), (&json!(200), &json!("/ew")));
        assert_eq!(response["tolerated"], json!([]));
    }
    let given = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    assert_eq!(given.status().expect("a status").raw(), "HTTP/1.1 200 OK");
    let owned = given.into_owned();
    assert_eq!(owned.as_response().href(), "/ac&<d>");
}

#[test]
fn k2_what_is_only_in_elements_is_empty() {
    let href = multistatus(&resource("<x>/a</x>", OK));
    let [response] = &*responses(href.as_bytes(), &Options::new()) else { panic!("one response") };
    assert_eq!((&response["hrefs"], &response["tolerated"]), (&json!([""]), &json!(["HrefEmpty"])));
    let status = multistatus(&resource("/a", "<D:status><x>HTTP/1.1 404 Not Found</x></D:status>"));
    let [response] = &*responses(status.as_bytes(), &Options::new()) else { panic!("one response") };
    assert_eq!(response["status"], Value::Null);
    assert_eq!(response["tolerated"], json!(["StatusEmpty", "HrefOnly"]));
    let value = multistatus(&support::response(
        "HTTP/1.1 200 OK",
        "<D:current-user-principal><D:href>/p<x>q</x>/</D:href></D:current-user-principal>",
    ));
    let response = Multistatus::new(value.as_bytes()).next().expect("an item").expect("a response");
    let principal = response.props().get("current-user-principal").expect("a value");
    assert_eq!(principal.hrefs().collect::<Vec<_>>(), ["/p/"]);
    let read = response.props().current_user_principal().expect("a principal").expect("it is there");
    assert_eq!(read.href().expect("an href"), "/p/");
}

#[test]
fn k3_a_declaration_of_utf_16_that_could_be_read_as_ascii_is_wrong() {
    for (label, text) in
        [("utf-16", "caf\u{E9}"), ("utf-16", "a"), ("UTF-16BE", "\u{20AC}"), ("utf-32", "\u{E9}")]
    {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"{label}\"?>{}",
            multistatus(&resource(&format!("/{text}"), OK))
        );
        let [response] = &*responses(body.as_bytes(), &Options::new()) else { panic!("one response") };
        assert_eq!(response["hrefs"], json!([format!("/{text}")]));
        let strict = reading(body.as_bytes(), &Options::strict());
        assert_eq!(strict["fatal"]["kind"], "Refused", "{strict}");
        let mut responses = Multistatus::new(body.as_bytes());
        let trailer = responses.finish().expect("complete");
        assert!(trailer.tolerated().eq([Tolerance::DeclaredEncoding]));
    }
}

#[test]
fn k4_byte_order_marks_at_the_start_are_passed_over() {
    let root = multistatus(&resource("/\u{E9}", OK));
    for (before, is_strict) in [
        ("\u{FEFF}", true),
        ("\u{FEFF}\u{FEFF}", false),
        ("\u{FEFF}\u{FEFF}\u{FEFF}", false),
        ("\n\u{FEFF}", false),
        ("\u{FEFF}\n\u{FEFF}", false),
        ("\u{FEFF}\u{FEFF}<?xml version=\"1.0\"?>\n", false),
        ("\u{FEFF}\u{FEFF}<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n", false),
        ("\n\u{FEFF}<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n", false),
    ] {
        let body = format!("{before}{root}");
        let [response] = &*responses(body.as_bytes(), &Options::new()) else { panic!("one response") };
        assert_eq!(response["hrefs"], json!(["/\u{E9}"]), "{before:?}");
        assert_eq!(reading(body.as_bytes(), &Options::strict())["complete"], is_strict, "{before:?}");
    }
    // Elsewhere it is text.
    for before in ["<?xml version=\"1.0\"?>\u{FEFF}", "<!-- -->\u{FEFF}", "x\u{FEFF}"] {
        let seen = seen(format!("{before}{root}").as_bytes(), &Options::new());
        assert_eq!(seen["complete"], false, "{before:?}");
    }
}

#[test]
fn k5_marks_and_nuls_after_the_root_are_passed_over_by_a_repair() {
    let options = Options::new().repair(Repair::BytesAfterRoot);
    let body = multistatus(&resource("/a", OK));
    for after in ["\0", "\n\0\0\0", "\u{FEFF}", "\u{FEFF}<!-- -->\0 <?a?>\u{FEFF}\n"] {
        let body = format!("{body}{after}");
        assert_eq!(responses(body.as_bytes(), &options).len(), 1, "{after:?}");
        assert_eq!(seen(body.as_bytes(), &Options::new())["fatal"]["kind"], "Malformed", "{after:?}");
    }
    for after in ["\u{1}", "\0x", "\0<a/>", "\u{FFFE}", "\0</D:multistatus>"] {
        let seen = seen(format!("{body}{after}").as_bytes(), &options);
        assert_eq!(seen["fatal"]["kind"], "Malformed", "{after:?}");
    }
    // The same after any root.
    let error = seen(b"<error xmlns='DAV:'/>\0", &options);
    assert_eq!(error["complete"], true, "{error}");
    // Before it they are none of this.
    assert_eq!(seen(format!("\0{body}").as_bytes(), &options)["complete"], false);
}

#[test]
fn k6_references_to_a_surrogate_pair_become_its_character_by_a_repair() {
    let options = Options::new().repair(Repair::SurrogatePairs);
    let href = |href: &str| {
        multistatus(&support::resource(
            href,
            "<D:propstat><D:prop/><D:status>HTTP/1.1 200 OK</D:status></D:propstat>",
        ))
    };
    for (sent, read) in [
        ("/c/&#55357;&#56832;.ics", "/c/\u{1F600}.ics"),
        ("/c/&#xD83D;&#xde00;&#55357;&#56832;", "/c/\u{1F600}\u{1F600}"),
        ("/c/&#xD800;&#xDC00;/&#xDBFF;&#xDFFF;", "/c/\u{10000}/\u{10FFFF}"),
    ] {
        let body = href(sent);
        let [response] = &*responses(body.as_bytes(), &options) else { panic!("one response") };
        assert_eq!(
            (&response["hrefs"], &response["tolerated"]),
            (&json!([read]), &json!(["SurrogatePairs"]))
        );
        assert_eq!(seen(body.as_bytes(), &Options::new())["fatal"]["kind"], "Malformed");
        let attribute = multistatus(&support::response("HTTP/1.1 200 OK", &format!("<D:a b=\"{sent}\"/>")));
        let given = Multistatus::with_options(attribute.as_bytes(), &options).next().expect("an item");
        let given = given.expect("a response");
        let a = given.props().get("a").expect("a value");
        assert_eq!(a.attribute("b").as_deref(), Some(read));
    }
    let both = options.clone().repair(Repair::ForbiddenCharacters);
    for (lone, replaced) in [
        ("&#xD83D;", "\u{FFFD}"),
        ("&#xDE00;", "\u{FFFD}"),
        ("&#xD83D;x", "\u{FFFD}x"),
        ("&#xD83D;<!-- -->&#xDE00;", "\u{FFFD}\u{FFFD}"),
        ("&#xDE00;&#xD83D;", "\u{FFFD}\u{FFFD}"),
        ("&#xD83D;&#xD83D;&#xDE00;", "\u{FFFD}\u{1F600}"),
        ("&#xD83D;&amp;", "\u{FFFD}&"),
    ] {
        let value = multistatus(&support::response("HTTP/1.1 200 OK", &format!("<D:a>{lone}</D:a>")));
        assert_eq!(seen(value.as_bytes(), &options)["fatal"]["kind"], "Malformed", "{lone}");
        let [response] = &*responses(value.as_bytes(), &both) else { panic!("one response") };
        assert_eq!(response["propstats"][0]["props"][0]["text"], replaced, "{lone}");
        if !lone.contains('<') {
            let value = value.replace(&format!(">{lone}<"), &format!(" b='{lone}'><"));
            let given = Multistatus::with_options(value.as_bytes(), &both).next().expect("an item");
            let given = given.expect("a response");
            let a = given.props().get("a").expect("a value");
            assert_eq!(a.attribute("b").as_deref(), Some(replaced), "{lone}");
        }
    }
}

#[test]
fn k7_a_prop_beside_propstats_is_read_as_one_without_status_by_a_repair() {
    let body = multistatus(
        "<D:response><D:href>/a/</D:href><D:propstat><D:status>HTTP/1.1 200 OK</D:status></D:propstat><D:prop>\
         <D:getetag>id1</D:getetag><D:getlastmodified></D:getlastmodified><D:resourcetype><D:collection/>\
         </D:resourcetype></D:prop></D:response>",
    );
    let options = Options::new().repair(Repair::PropOutsidePropstat);
    assert_eq!(fault(body.as_bytes(), &Options::new()), "Misplaced");
    let [response] = &*responses(body.as_bytes(), &options) else { panic!("one response") };
    assert_eq!(response["tolerated"], json!(["PropstatWithoutProp", "PropOutsidePropstat"]));
    let given =
        Multistatus::with_options(body.as_bytes(), &options).next().expect("an item").expect("a response");
    let check = |given: &multistatus::Response<'_>| {
        let props = given.props();
        let names: Vec<_> = props.iter().map(|property| property.name().local().to_owned()).collect();
        assert_eq!(names, ["getetag", "resourcetype"]);
        assert_eq!(props.getetag().expect("a tag").expect("it is there"), "id1");
        assert!(props.resourcetype().expect("a set").expect("it is there").is_collection());
        assert!(matches!(given.lookup("getlastmodified"), multistatus::Lookup::WithoutStatus));
        assert!(matches!(given.lookup("getetag"), multistatus::Lookup::Found(_)));
        let propstats: Vec<_> = given.propstats().map(|one| one.elements().count()).collect();
        assert_eq!(propstats, [0, 3]);
        assert!(
            given.propstats().all(|one| one.element().name().local() != "prop" || one.status().is_none())
        );
    };
    check(&given);
    check(&given.into_owned().as_response());

    // The response's own status counts for it, as for any propstat without one.
    for (code, found) in [(200, true), (404, false)] {
        let own = multistatus(&resource("/a", &format!("<D:prop><D:a/></D:prop>{}", support::status(code))));
        let given =
            Multistatus::with_options(own.as_bytes(), &options).next().expect("an item").expect("one");
        assert_eq!(given.props().get("a").is_some(), found);
        assert_eq!(matches!(given.lookup("a"), multistatus::Lookup::Refused(_)), !found);
    }
    // A response in a value has the note by itself.
    let inside = resource("/b", "<D:prop><D:a>1</D:a></D:prop>");
    let nested = multistatus(&support::response("HTTP/1.1 200 OK", &format!("<D:owner>{inside}</D:owner>")));
    let given = Multistatus::with_options(nested.as_bytes(), &options).next().expect("an item").expect("one");
    let owner = given.props().get("owner").expect("a value");
    let inner = owner.responses().next().expect("an item").expect("a response");
    assert!(inner.repaired().eq([Repair::PropOutsidePropstat]) && inner.props().get("a").is_some());
    // Nowhere else.
    for elsewhere in ["<D:prop><D:a/></D:prop>".to_owned(), resource("/a", "<prop><D:a/></prop>")] {
        let body = multistatus(&elsewhere);
        let [response] = &*responses(body.as_bytes(), &options) else { panic!("one response") };
        assert!(response["fault"].is_object(), "{response}");
    }
}
