//! The same elsewhere: owned copies, lent and given responses, values as XML of their own.

mod support;

use std::cell::Cell;

use multistatus::{
    Decoder, Document, Element, Multistatus, Options, OwnedResponse, Repair, Response, Tolerance, Trailer,
    names,
};
use support::{cases, with_props};

/// An element in all respects but where its namespaces and its language are declared.
fn told(element: Element<'_, '_>) -> String {
    let attributes = element.attributes().map(|a| (a.name.to_string(), a.value));
    let attributes: Vec<_> = attributes.filter(|(name, _)| !name.ends_with("/namespace}lang")).collect();
    let own = (element.name().to_string(), element.lang(), element.text());
    format!("{own:?} {attributes:?} [{}]", element.children().map(told).collect::<String>())
}

/// A response in all respects.
fn all(response: &Response<'_>) -> String {
    let marks = (response.tolerated().collect::<Vec<_>>(), response.repaired().collect::<Vec<_>>());
    let scope = response.element().namespaces().map(|(prefix, name)| format!("{prefix}={name}"));
    format!("{} {marks:?} {:?} {}", response.offset(), scope.collect::<Vec<_>>(), told(response.element()))
}

#[test]
fn owned_copies_are_equal_wherever_they_stood() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<(OwnedResponse, Trailer)>();
    let one = with_props("<x:a xmlns:x=\"urn:x\">1</x:a>");
    let again = one.replacen(
        "<D:response>",
        "<D:response><D:href>/0</D:href><D:status>200</D:status></D:response>\n<D:response>",
        1,
    );
    let first = Multistatus::new(one.as_bytes()).next().unwrap().unwrap().into_owned();
    let second = Multistatus::new(again.as_bytes()).nth(1).unwrap().unwrap().into_owned();
    assert_eq!(first, second);
    assert_ne!(first.as_response().offset(), second.as_response().offset());
    let other =
        one.replace("xmlns:D=\"DAV:\"", "xmlns:D=\"DAV:\" xmlns:y=\"urn:y\"").replace("urn:x", "urn:z");
    let third = Multistatus::new(other.as_bytes()).next().unwrap().unwrap().into_owned();
    assert_ne!(first, third);
}

#[test]
fn lent_and_given_responses_say_the_same() {
    for case in cases() {
        let owned = |response: &Response<'_>| {
            let copy = OwnedResponse::from(response);
            assert_eq!(all(&copy.as_response()), all(response), "the copy in {}", case.name);
            (all(response), copy)
        };
        let given = Multistatus::new(&case.body);
        let given: Vec<_> = given.map(|item| item.map(|r| owned(&r)).map_err(|e| e.to_string())).collect();
        let mut lent = Vec::new();
        let mut responses = Multistatus::new(&case.body);
        loop {
            match responses.next_response() {
                Ok(Some(response)) => lent.push(Ok(owned(&response))),
                Ok(None) => break,
                Err(error) => {
                    let is_fatal = error.is_fatal();
                    lent.push(Err(error.to_string()));
                    if is_fatal {
                        break;
                    }
                }
            }
        }
        assert_eq!(lent, given, "{}", case.name);
    }
}

#[test]
fn copies_of_responses_inside_values_keep_their_namespaces_and_language() {
    let body = "<D:multistatus xmlns:D=\"DAV:\" xmlns:r=\"urn:root\" xml:lang=\"en\"><D:response xmlns:o=\"urn:outer\">\
        <D:href>/a</D:href><D:propstat><D:prop><D:owner xmlns:e=\"urn:&#101;\" xml:lang=\"de\"><D:response \
        xmlns:i=\"urn:inner\"><D:href>/b</D:href><D:propstat><D:prop><r:a/><o:a/><e:a/><i:a/><D:a o:x=\"1\"/></D:prop>\
        <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:owner></D:prop>\
        <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>";
    let outer = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    let owner = outer.props().get(names::OWNER).expect("the owner");
    let inner = owner.responses().next().expect("one inside").expect("a response");
    let copy = OwnedResponse::from(&inner);
    assert_eq!(copy, copy.as_response().into_owned());
    for response in [inner, copy.as_response()] {
        let of = |p: Element<'_, '_>| format!("{} {:?}", p.name(), p.lang());
        let all: Vec<_> = response.props().iter().map(of).collect();
        let de = "Some(\"de\")";
        let expected = ["{urn:root}a", "{urn:outer}a", "{urn:e}a", "{urn:inner}a", "{DAV:}a"];
        assert_eq!(all, expected.map(|name| format!("{name} {de}")));
        let a = response.props().get("a").expect("a value");
        assert_eq!(a.attribute("{urn:outer}x").as_deref(), Some("1"));
        assert_eq!(a.namespaces().count(), 5);
        assert_eq!(response.offset(), body.rfind("<D:response ").expect("it is there") as u64);
        assert!(response.raw().starts_with("<D:response") && response.raw().ends_with("</D:response>"));
    }
}

/// Bytes that are still held of what `make` allocates.
fn held<T>(make: impl FnOnce() -> T) -> i64 {
    let mut made = None;
    let info = allocation_counter::measure(|| made = Some(make()));
    drop(made);
    info.bytes_current
}

/// A root's start tag as large as may be, half of it namespaces that are spelled with references.
fn large_root() -> String {
    let name = |i: usize| format!("urn:{}&#{};{i}", "x".repeat(220), 65 + i % 26);
    let declared: String = (0..100).map(|i| format!(" xmlns:p{i}=\"{}\"", name(i))).collect();
    let rest: String = (0..100).map(|i| format!(" a{i}=\"{}\"", "v".repeat(300))).collect();
    format!("<D:multistatus xmlns:D=\"DAV:\"{declared}{rest}>")
}

#[test]
fn ten_thousand_copies_share_the_start_tag_of_the_root() {
    const COUNT: usize = 10_000;
    let one = "<D:response><D:href>/a</D:href><D:propstat><D:prop><p7:x/></D:prop><D:status>HTTP/1.1 200 OK\
        </D:status></D:propstat></D:response>";
    let root = large_root();
    assert!(root.len() > 55_000);
    let body = format!("{root}{}</D:multistatus>", one.repeat(COUNT));
    // Each has its text and six nodes, and some words of its own.
    let most = (COUNT * (one.len() + 6 * 40 + 400)) as i64 + (1 << 20);
    let namespace = |copy: &OwnedResponse| {
        let response = copy.as_response();
        let value = response.props().iter().next().expect("a value");
        assert_eq!(value.namespaces().count(), 101);
        value.name().namespace().to_owned()
    };
    let check = |copies: &[OwnedResponse]| {
        assert_eq!(copies.len(), COUNT);
        assert_eq!(namespace(&copies[COUNT - 1]), format!("urn:{}H7", "x".repeat(220)));
    };
    let lent = || {
        let (mut responses, mut copies) = (Multistatus::new(body.as_bytes()), Vec::with_capacity(COUNT));
        while let Some(response) = responses.next_response().expect("well-formed") {
            copies.push(response.into_owned());
        }
        check(&copies);
        copies
    };
    let given = || {
        let responses = Multistatus::new(body.as_bytes());
        let copies: Vec<_> = responses.map(|response| response.expect("well-formed").into_owned()).collect();
        check(&copies);
        copies
    };
    let pushed = || {
        let (mut decoder, mut copies) = (Decoder::new(), Vec::with_capacity(COUNT));
        for chunk in body.as_bytes().chunks(8192) {
            decoder.push(chunk);
            while let Some(response) = decoder.next_response().expect("well-formed") {
                copies.push(response.into_owned());
            }
        }
        check(&copies);
        copies
    };
    for held in [held(lent), held(given), held(pushed)] {
        assert!(held < most, "{held} bytes are held");
    }
}

#[test]
fn responses_of_a_repaired_body_share_the_start_tag_of_the_root() {
    let one = "<D:response><D:href>/a</D:href></D:response>";
    let mut body = format!("{}{}</D:multistatus>", large_root(), one.repeat(2_000)).into_bytes();
    let at = body.windows(2).position(|pair| pair == b"vv").expect("it is there");
    body[at] = 0xFF;
    let options = Options::new().repair(Repair::ForbiddenCharacters);
    let held = held(|| {
        let responses = Multistatus::with_options(&body, &options);
        let given: Vec<_> = responses.map(|response| response.expect("repaired")).collect();
        assert_eq!(given.len(), 2_000);
        given
    });
    assert!(held < 3 << 20, "{held} bytes are held");
}

#[test]
fn copies_of_responses_inside_values_share_what_is_around_them() {
    let inside = "<D:owner><D:response><D:href>/b</D:href></D:response></D:owner>".repeat(2_000);
    let root = large_root();
    let large = root.trim_start_matches("<D:multistatus").trim_end_matches('>');
    let body = with_props(&inside).replacen("<D:response>", &format!("<D:response{large}>"), 1);
    let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    let held = held(|| {
        let owners = response.props().get_all(names::OWNER);
        let inside = owners.flat_map(|owner| owner.responses().collect::<Vec<_>>());
        let copies: Vec<_> = inside.map(|response| response.expect("a response").into_owned()).collect();
        assert_eq!(copies.len(), 2_000);
        assert!(copies.iter().all(|copy| copy.as_response().element().namespaces().count() == 101));
        assert_eq!(copies[0], copies[1_999]);
        assert_ne!(copies[0].as_response().offset(), copies[1].as_response().offset());
        copies
    });
    // Once the response around them, and some words for each.
    assert!(held < (4 * body.len() + 2_000 * 100 + (1 << 17)) as i64, "{held} bytes are held");
}

#[test]
fn copies_below_other_declarations_are_not_equal() {
    let body = |declared: &str| {
        format!(
            "<D:multistatus xmlns:D=\"DAV:\" {declared}><D:response><D:href>/a</D:href><D:propstat><D:prop>\
             <D:x p:a=\"1\"/></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
        )
    };
    let copy = |declared: &str| {
        let body = body(declared);
        Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response").into_owned()
    };
    assert_eq!(copy("xmlns:p=\"urn:1\""), copy("xmlns:p=\"urn:1\""));
    assert_ne!(copy("xmlns:p=\"urn:1\""), copy("xmlns:p=\"urn:2\""));
    assert_ne!(copy("xml:lang=\"en\""), copy("xml:lang=\"de\""));
}

#[test]
fn the_path_of_a_response_inside_a_value() {
    let body = with_props("<D:owner><D:response><D:href>/p</D:href></D:response><D:response/></D:owner>");
    let body = body.replacen("<D:response>", "<D:response><D:href>/0</D:href></D:response><D:response>", 1);
    let outer = Multistatus::new(body.as_bytes()).nth(1).expect("an item").expect("a response");
    let owner = outer.props().get(names::OWNER).expect("the owner");
    let error = owner.responses().nth(1).expect("the second").expect_err("no href");
    assert_eq!(error.path(), "multistatus/response[2]/propstat[1]/prop/owner/response[2]");
    let copy = OwnedResponse::from(&outer);
    let response = copy.as_response();
    let owner = response.props().get(names::OWNER).expect("the owner");
    let again = owner.responses().nth(1).expect("the second").expect_err("no href");
    assert_eq!((again.path(), again.offset()), (error.path(), error.offset()));
}

#[test]
fn copies_from_below_another_root_know_it() {
    let body = "<prop><owner><response><href>/b</href><propstat><prop><x><response/></x></prop>\
        <status>HTTP/1.1 200 OK</status></propstat></response>\
        </owner></prop>";
    let document = Document::with_options(body.as_bytes(), &Options::new().repair(Repair::RootNamespace));
    let document = document.expect("repaired");
    let owner = document.root().and_then(|root| root.element().child("owner")).expect("the owner");
    let inner = owner.responses().next().expect("one inside").expect("a response");
    let copy = OwnedResponse::from(&inner);
    let again = copy.as_response();
    assert_eq!(all(&again), all(&inner));
    for response in [&inner, &again] {
        assert!(response.element().namespaces().eq([("", "DAV:")]));
        assert!(response.element().to_xml().starts_with("<response xmlns=\"DAV:\"><href>/b</href>"));
    }
    let broken = |response: &Response<'_>| {
        let x = response.props().get("x").expect("a value");
        x.responses().next().expect("one inside").expect_err("no href").path().to_owned()
    };
    assert_eq!(broken(&inner), "prop/owner/response[1]/propstat[1]/prop/x/response[1]");
    assert_eq!(broken(&again), broken(&inner));
}

#[test]
fn copies_of_what_was_repaired_are_not_equal() {
    let body = with_props("<D:a>R&amp;D</D:a>");
    let copy = |options: &Options, body: &str| {
        let mut responses = Multistatus::with_options(body.as_bytes(), options);
        responses.next_response().expect("repaired").expect("a response").into_owned()
    };
    let repairing = Options::new().repair(Repair::RawAmpersand);
    assert_eq!(copy(&repairing, &body), copy(&repairing, &body));
    let raw = with_props("<D:a>R&D</D:a>");
    assert_ne!(copy(&repairing, &raw), copy(&repairing.clone().repair(Repair::HtmlEntities), &raw));
    assert_ne!(copy(&repairing, &raw), copy(&repairing, &body));
}

#[test]
fn a_value_as_xml_means_the_same_elsewhere() {
    let read = Cell::new(0);
    let same = |value: Element<'_, '_>, name: &str| {
        let xml = value.to_xml();
        let elsewhere = format!(
            "<m:multistatus xmlns:m=\"DAV:\" xmlns:D=\"urn:D\" xmlns:d=\"urn:d\" xmlns:x=\"urn:x\" xmlns=\"urn:\">\
             <m:response xml:lang=\"eo\"><m:href>/</m:href><m:propstat><m:prop>{xml}</m:prop>\
             <m:status>HTTP/1.1 200 OK</m:status></m:propstat></m:response></m:multistatus>"
        );
        let response = Multistatus::new(elsewhere.as_bytes()).next().expect("an item");
        let response = response.unwrap_or_else(|e| panic!("{name}: {e}\n{elsewhere}"));
        let again = response.props().iter().next().expect("the value");
        // Where no language was in force, that of the new surroundings, Esperanto, is.
        assert_eq!(told(again).replace("Some(\"eo\")", "None"), told(value), "{name}: {xml}");
        read.set(read.get() + 1);
    };
    for case in cases() {
        for response in Multistatus::new(&case.body).filter_map(Result::ok) {
            if response.tolerated().all(|tolerance| tolerance != Tolerance::UndeclaredPrefix) {
                response.propstats().flat_map(|p| p.elements()).for_each(|value| same(value, &case.name));
            }
        }
    }
    let odd = "xmlns='urn:&amp;&quot;&lt;&#10;' xml:lang='a&amp;&quot;&lt;&#10;'";
    for props in [
        "<p xmlns='' a='1'/>".to_owned(),
        "<D:p xmlns:D='DAV:'><q xmlns='urn:q&amp;&quot;&lt;&#10;'><r/></q></D:p>".to_owned(),
        "<p xmlns='urn:&amp;&quot;&lt;&#10;' xml:lang=''\n>t</p >".to_owned(),
        format!("<p {odd}><q><r/><D:s xmlns=''/></q></p>"),
        format!("<x:p {odd}><x:q/></x:p>").replace("xmlns", "xmlns:x"),
    ] {
        let body = with_props(&props);
        let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect(&props);
        for value in response.props().iter() {
            same(value, &props);
            value.children().for_each(|child| same(child, &props));
        }
    }
    assert!(read.get() > 500, "{read:?}");
}
