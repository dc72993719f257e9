//! Reading elements: text, raw form, scope, attributes, responses inside values.

mod support;

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet},
    fmt::Debug,
};

use multistatus::{
    Document, Element, ErrorKind, Limit, Lookup, Multistatus, Name, Options, OwnedResponse, Response,
    RootKind, names,
};
use support::{multistatus, with_props};

/// What `read` says of the first property.
fn of<T: PartialEq + Debug>(props: &str, read: impl Fn(Element<'_, '_>) -> T) -> T {
    let body = with_props(props);
    let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    let first = response.props().iter().next().expect("a property");
    let owned = OwnedResponse::from(&response);
    let again = owned.as_response();
    let (first, again) = (read(first), read(again.props().iter().next().expect("the same property")));
    assert_eq!(first, again, "the same in a copy: {props}");
    first
}

#[test]
fn text_as_xml_means_it() {
    for (content, text) in [
        ("", ""),
        (" a ", " a "),
        ("a&amp;b&#x41;&#66;&lt;&gt;&quot;&apos;", "a&bAB<>\"'"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a&#13;\nb&#xD;", "a\r\nb\r"),
        ("a&#13;\r\nb", "a\r\nb"),
        ("<![CDATA[a&amp;<b>\r\n]]>", "a&amp;<b>\n"),
        ("x<![CDATA[a]]>y<![CDATA[]]]]><![CDATA[>]]>z", "xay]]>z"),
        ("a<!-- no -->b<?no no?>c", "abc"),
        ("a<D:b c='>'>d</D:b>e<D:f/>g", "adeg"),
        ("ä€😀", "ä€😀"),
        ("&#x1F600;", "😀"),
        ("]] > ]>", "]] > ]>"),
    ] {
        assert_eq!(of(&format!("<D:p>{content}</D:p>"), |p| p.text().into_owned()), text, "{content:?}");
    }
}

#[test]
fn text_is_borrowed_when_nothing_is_to_be_undone() {
    let is_borrowed =
        |content: &str| of(&format!("<D:p>{content}</D:p>"), |p| matches!(p.text(), Cow::Borrowed(_)));
    assert!(is_borrowed("plain"));
    assert!(is_borrowed("<![CDATA[BEGIN:VCALENDAR\nEND:VCALENDAR\n]]>"));
    assert!(is_borrowed(""));
    assert!(!is_borrowed("a&amp;"));
    assert!(!is_borrowed("a\r\n"));
    assert!(!is_borrowed("<![CDATA[a\r\n]]>"));
    assert!(!is_borrowed("<![CDATA[a]]>b"));
}

#[test]
fn text_crlf_ends_every_line_alike() {
    let crlf = |content: &str| of(&format!("<D:p>{content}</D:p>"), |p| p.text_crlf().into_owned());
    assert_eq!(crlf("a\nb\n"), "a\r\nb\r\n");
    assert_eq!(crlf("a\r\nb\r\n"), "a\r\nb\r\n");
    assert_eq!(crlf("a&#13;\nb&#13;\n"), "a\r\nb\r\n");
    assert_eq!(crlf("\n\na"), "\r\n\r\na");
    assert!(of("<D:p>a</D:p>", |p| matches!(p.text_crlf(), Cow::Borrowed("a"))));
}

#[test]
fn raw_and_the_namespaces_in_force() {
    let prop = "<x:p xmlns:x=\"urn:x\" a = '1' ><D:b>&amp;</D:b >\n</x:p\n>";
    assert_eq!(of(prop, |p| p.raw().into_owned()), prop);
    assert_eq!(of("<D:p/>", |p| p.raw().into_owned()), "<D:p/>");
    assert_eq!(of("<D:p a='>'><D:q/></D:p>", |p| p.raw().into_owned()), "<D:p a='>'><D:q/></D:p>");
    let scope = of(
        "<p xmlns=\"urn:p\" xmlns:D=\"urn:&#100;\" xmlns:x=\"urn:x\"><q xmlns=\"\" xmlns:x=\"urn:y\"/></p>",
        |p| {
            let q = p.children().next().expect("a child");
            q.namespaces().map(|(prefix, name)| format!("{prefix}={name}")).collect::<Vec<_>>()
        },
    );
    assert_eq!(scope, ["x=urn:y", "D=urn:d"]);
}

#[test]
fn shown_for_debugging_there_are_no_values() {
    let body = with_props("<D:a b='s3cret'>s3cret</D:a>");
    let mut responses = Multistatus::new(body.as_bytes());
    let mut shown = format!("{responses:?}");
    let response = responses.next().expect("an item").expect("a response");
    let (props, copy) = (response.props(), OwnedResponse::from(&response));
    let propstats: Vec<_> = response.propstats().collect();
    let a = props.get("a").expect("a value");
    let attributes: Vec<_> = a.attributes().collect();
    shown += &format!("{response:?} {copy:?} {props:?} {propstats:?} {a:?} {attributes:?}");
    let root = b"<prop xmlns='DAV:'><a>s3cret</a></prop>";
    shown += &format!("{:?}", Document::new(root).expect("a prop"));
    assert!(!shown.contains("s3cret"), "{shown}");
    for part in ["\"/a\"", "local: \"a\"", "local: \"b\"", "200"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn hrefs_are_found_in_maps_by_text() {
    let body = with_props("");
    let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    let href = response.href();
    assert!(href == "/a" && href == *"/a" && href != "/A");
    assert_eq!(String::from(href.clone()), "/a");
    assert!(HashSet::from([href.clone()]).contains("/a") && BTreeSet::from([href]).contains("/a"));
}

#[test]
fn the_nearest_language_counts() {
    let body = "<D:multistatus xmlns:D=\"DAV:\" xml:lang=\"en\"><D:response><D:href>/a</D:href><D:propstat>\
        <D:prop xml:lang=\"de\"><D:p xml:lang='fr'>x</D:p><D:q>x</D:q><D:r xml:lang=\"\">x</D:r></D:prop>\
        <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>";
    let response = Multistatus::new(body.as_bytes()).next().unwrap().unwrap();
    let langs: Vec<_> = response.props().iter().map(|p| p.lang().map(Cow::into_owned)).collect();
    assert_eq!(langs, [Some("fr".to_owned()), Some("de".to_owned()), None]);
    let propstat = response.propstats().next().unwrap();
    assert_eq!(propstat.element().lang().as_deref(), Some("en"));
    assert_eq!(response.element().lang().as_deref(), Some("en"));
}

#[test]
fn attributes_by_expanded_name() {
    let prop = "<D:p b='1' x:b=\"2\" xmlns:x=\"urn:x\" D:b='a&amp;&#10;\t\r\nz' xml:lang=\"de\"/>";
    of(prop, |p| {
        let all: Vec<_> = p.attributes().map(|a| format!("{}={}", a.name, a.value)).collect();
        let xml = "{http://www.w3.org/XML/1998/namespace}lang=de";
        assert_eq!(all, ["{}b=1", "{urn:x}b=2", "{DAV:}b=a&\n  z", xml]);
        assert_eq!(p.attribute("b").as_deref(), Some("1"));
        assert_eq!(p.attribute("{urn:x}b").as_deref(), Some("2"));
        assert_eq!(p.attribute("{DAV:}b").as_deref(), Some("a&\n  z"));
        assert_eq!(p.attribute("c"), None);
        assert!(matches!(p.attribute("b"), Some(Cow::Borrowed(_))));
    });
}

#[test]
fn children_hrefs_and_emptiness() {
    of("<D:owner> <D:href>\n /p/ann </D:href><x>y</x><D:href/></D:owner>", |p| {
        assert_eq!(p.hrefs().map(|h| h.to_string()).collect::<Vec<_>>(), ["/p/ann", ""]);
        assert_eq!(
            p.children().map(|c| c.name().to_string()).collect::<Vec<_>>(),
            ["{DAV:}href", "{}x", "{DAV:}href"]
        );
        assert_eq!(p.child("{}x").expect("a child").text(), "y");
        assert!(p.child("x").is_none());
        assert!(!p.is_empty());
    });
    for (prop, is_empty) in [
        ("<D:p/>", true),
        ("<D:p></D:p>", true),
        ("<D:p><!-- --></D:p>", true),
        ("<D:p><![CDATA[]]></D:p>", true),
        ("<D:p> </D:p>", false),
        ("<D:p><D:q/></D:p>", false),
        ("<D:p><![CDATA[ ]]></D:p>", false),
    ] {
        assert_eq!(of(prop, |p| p.is_empty()), is_empty, "{prop}");
    }
}

#[test]
fn responses_inside_a_value() {
    let inner = "<D:response><D:href>/p/ann</D:href><D:propstat><D:prop><D:displayname>Ann</D:displayname></D:prop>\
        <D:status>HTTP/1.1 200 OK</D:status></D:propstat><D:propstat><D:prop><D:group/></D:prop>\
        <D:status>HTTP/1.1 404 No</D:status></D:propstat></D:response>";
    let body =
        with_props(&format!("<D:owner>{inner}<D:response><D:status>x</D:status></D:response></D:owner>"));
    let outer = Multistatus::new(body.as_bytes())
        .next()
        .unwrap()
        .expect("faults inside a value cost nothing outside");
    assert_eq!(outer.href().as_str(), "/a");
    assert_eq!(outer.props().iter().count(), 1, "only the owner");
    let owner = outer.props().get(names::OWNER).expect("the owner");
    let nested: Vec<_> = owner.responses().collect();
    assert_eq!(nested.len(), 2);
    let ann = nested[0].as_ref().expect("a response");
    assert_eq!((ann.href().as_str(), &*ann.raw()), ("/p/ann", inner));
    assert_eq!(ann.offset(), body.find(inner).expect("it is there") as u64);
    assert_eq!(ann.props().get("displayname").expect("a value").text(), "Ann");
    assert!(ann.props().get("group").is_none());
    assert_eq!(OwnedResponse::from(ann).as_response().href().as_str(), "/p/ann");
    let error = nested[1].as_ref().expect_err("no href");
    assert_eq!(error.kind(), &ErrorKind::MissingHref);
    assert_eq!(error.offset(), body.find("<D:response><D:status>").expect("it is there") as u64);
}

#[test]
fn a_response_inside_a_value_is_one_by_its_namespace() {
    let body = with_props(
        "<D:owner><x:response xmlns:x=\"urn:x\"><D:href>/p</D:href></x:response><D:x><D:response/></D:x></D:owner>",
    );
    let outer = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    let owner = outer.props().get(names::OWNER).expect("the owner");
    assert_eq!(owner.responses().count(), 0);
    assert_eq!(owner.child("x").expect("a child").responses().count(), 1);
    let error = b"<error xmlns='DAV:'><x:responsedescription xmlns:x='urn:x'/></error>";
    let Ok(Document::Other(root)) = Document::new(error) else { panic!("an error") };
    assert_eq!((root.conditions().count(), root.description()), (1, None));
}

#[test]
fn the_parts_of_a_response() {
    let body = multistatus(
        "<D:response><D:href>/a</D:href><D:href> /b\n</D:href><D:status>HTTP/1.1 423 Locked, sorry</D:status>\
         <D:error><D:lock-token-submitted><D:href>/l</D:href></D:lock-token-submitted></D:error>\
         <D:responsedescription> locked <D:error><x:y xmlns:x=\"urn:x\"/></D:error></D:responsedescription>\
         <D:location><D:href> /c </D:href></D:location></D:response>",
    );
    let mut responses = Multistatus::new(body.as_bytes());
    let response = responses.next_response().unwrap().unwrap();
    assert_eq!(response.hrefs().map(|h| h.into_inner().into_owned()).collect::<Vec<_>>(), ["/a", "/b"]);
    let status = response.status().expect("a status");
    assert_eq!(
        (status.as_u16(), status.reason(), status.raw()),
        (Some(423), "Locked, sorry", "HTTP/1.1 423 Locked, sorry")
    );
    assert!(
        status.is_client_error()
            && !status.is_success()
            && !status.is_redirection()
            && !status.is_server_error()
    );
    let conditions: Vec<_> = response.conditions().map(|c| c.name().to_string()).collect();
    assert_eq!(conditions, ["{DAV:}lock-token-submitted", "{urn:x}y"]);
    assert_eq!(response.conditions().next().unwrap().hrefs().next().unwrap().as_str(), "/l");
    assert_eq!(response.description().as_deref(), Some("locked"));
    assert_eq!(response.location().expect("a location").as_str(), "/c");
    assert_eq!(response.propstats().count(), 0);
}

#[test]
fn the_parts_of_a_propstat() {
    let body = multistatus(
        "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a/></D:prop><D:status>HTTP/1.1 409 Conflict</D:status>\
         <D:error><D:cannot-modify-protected-property/></D:error><D:responsedescription>no</D:responsedescription>\
         </D:propstat></D:response>",
    );
    let response = Multistatus::new(body.as_bytes()).next().unwrap().unwrap();
    let propstat = response.propstats().next().expect("a propstat");
    assert_eq!(propstat.status().and_then(|s| s.as_u16()), Some(409));
    assert_eq!(propstat.conditions().next().unwrap().name(), Name::from("cannot-modify-protected-property"));
    assert_eq!(propstat.description().as_deref(), Some("no"));
    assert_eq!(propstat.elements().map(|e| e.name().local().to_owned()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(response.conditions().count(), 0, "those of a propstat are its own");
}

#[test]
fn items_outlive_the_parser_and_borrow_the_body() {
    let body = with_props("<D:getetag>\"1\"</D:getetag>");
    let items = {
        let responses = Multistatus::new(body.as_bytes());
        responses.collect::<Result<Vec<_>, _>>().expect("well-formed")
    };
    let etag: Cow<'_, str> = {
        let response: Response<'_> = items.into_iter().next().expect("a response");
        response.props().get(names::GETETAG).expect("a value").text()
    };
    assert_eq!(etag, "\"1\"");
}

#[test]
fn the_kind_of_a_root() {
    let kind = |root: &str| {
        let Ok(Document::Other(root)) = Document::new(root.as_bytes()) else { panic!("{root}") };
        root.kind()
    };
    assert_eq!(kind("<error xmlns='DAV:'/>"), RootKind::Error);
    assert_eq!(kind("<error xmlns='DAV'/>"), RootKind::Error);
    assert_eq!(kind("<prop xmlns='DAV:'/>"), RootKind::Prop);
    assert_eq!(kind("<mkcol-response xmlns='DAV:'/>"), RootKind::MkcolResponse);
    let caldav = |local: &str| kind(&format!("<{local} xmlns='urn:ietf:params:xml:ns:caldav'/>"));
    assert_eq!(caldav("mkcalendar-response"), RootKind::MkcalendarResponse);
    assert_eq!(caldav("schedule-response"), RootKind::ScheduleResponse);
    assert_eq!(kind("<principal-search-property-set xmlns='DAV:'/>"), RootKind::PrincipalSearchPropertySet);
}

#[test]
fn documents_with_other_roots() {
    let Ok(Document::Other(root)) =
        Document::new(b"<prop xmlns='DAV:'><lockdiscovery><activelock/></lockdiscovery></prop>")
    else {
        panic!("a prop");
    };
    let lock = root.element().child(names::LOCKDISCOVERY).and_then(|l| l.child(names::ACTIVELOCK));
    assert!(lock.is_some());
    let body = b"<D:error xmlns:D='DAV:'><D:responsedescription> sorry </D:responsedescription><D:valid-sync-token/></D:error>";
    let Ok(Document::Other(root)) = Document::new(body) else { panic!("an error") };
    assert_eq!(
        root.conditions().map(|c| c.name()).collect::<Vec<_>>(),
        [names::conditions::VALID_SYNC_TOKEN]
    );
    assert_eq!(root.description().as_deref(), Some("sorry"));
    let body = b"<error xmlns='DAV:'><responsedescription>1</responsedescription><responsedescription>2</responsedescription></error>";
    let document = Document::new(body).expect("an error");
    assert_eq!(document.root().and_then(|root| root.description()).as_deref(), Some("1"), "the first counts");
    let body = b"<D:mkcol-response xmlns:D='DAV:'><D:propstat><D:prop><D:a/></D:prop><D:status>HTTP/1.1 403 No</D:status>\
        </D:propstat><D:error><D:x/></D:error></D:mkcol-response>";
    let Ok(Document::Other(root)) = Document::new(body) else { panic!("a mkcol-response") };
    assert_eq!(root.propstats().next().and_then(|p| p.status()).and_then(|s| s.as_u16()), Some(403));
    assert_eq!(root.conditions().count(), 1);
    for cut in 0..body.len() {
        assert!(Document::new(&body[..cut]).is_err(), "cut at {cut}");
    }
    let document = Document::new(b"<multistatus xmlns='DAV:'/>").expect("a multistatus");
    assert!(document.root().is_none(), "it is read response by response");
    let Document::Multistatus(mut responses) = document else { panic!("a multistatus") };
    assert!(responses.finish().is_ok());
    assert!(Document::new(b"<D:error xmlns:D='DAV:'/>x").is_err());
}

/// Instructions are not counted here, but what took hours takes seconds.
#[test]
fn views_take_time_in_proportion_to_what_they_show() {
    let members = 20_000;
    let member =
        "<D:response><D:href>/p</D:href><D:propstat><D:prop><D:a/></D:prop></D:propstat></D:response>";
    let body = with_props(&format!("<D:owner>{}</D:owner>", member.repeat(members)));
    let outer = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    let owner = outer.props().get(names::OWNER).expect("the owner");
    let mut seen = 0;
    for inner in owner.responses() {
        let inner = inner.expect("a response");
        let copy = OwnedResponse::from(&inner);
        seen += copy.as_response().props().iter().count() + inner.element().namespaces().count();
        assert!(inner.element().lang().is_none());
    }
    assert_eq!(seen, members);
    let stats = "<D:propstat><D:prop><D:a/></D:prop></D:propstat>".repeat(members);
    let body = multistatus(&format!(
        "<D:response><D:href>/a</D:href><D:status>HTTP/1.1 403 No</D:status>{stats}</D:response>"
    ));
    let options = Options::new().limit(Limit::Properties, u64::MAX);
    let response =
        Multistatus::with_options(body.as_bytes(), &options).next().expect("an item").expect("a response");
    assert!(response.propstats().all(|p| p.effective_status().is_some_and(|s| s.as_u16() == Some(403))));
    assert!(matches!(response.lookup("a"), Lookup::Refused(_)));
}

#[test]
fn attributes_with_a_colon_in_the_wrong_place_equal_no_name() {
    let body = r#"<multistatus xmlns="DAV:" xmlns:p="urn:p"><response><href>/</href><propstat><prop>
        <a :x="1" p:="2" xml:a:b="3" p:1="4" p:a:b="5" q:x="6" xml:1="7" p:x="8" x="9" xml:lang:x="10"/></prop>
        <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"#;
    let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
    let a = response.props().get("a").expect("a value");
    let names: Vec<_> = a.attributes().map(|attribute| attribute.name).collect();
    let (proper, odd): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| !name.is_undeclared());
    assert_eq!(proper, [Name::new("urn:p", "x"), Name::new("", "x")]);
    let odd: Vec<_> = odd.into_iter().map(|name| (name.namespace(), name.local())).collect();
    let expected = [":x", "p:", "xml:a:b", "p:1", "p:a:b", "q:x", "xml:1", "xml:lang:x"];
    assert_eq!(odd, expected.map(|name| ("", name)));
    for name in ["{DAV:}x", "{}:x", ":x", "{urn:p}", "{urn:p}1", "{urn:p}a:b", "p:", "xml:a:b"] {
        assert_eq!(a.attribute(name), None, "{name}");
    }
    assert_eq!(a.attribute("{http://www.w3.org/XML/1998/namespace}a:b"), None);
    assert_eq!(a.attribute("{urn:p}x").as_deref(), Some("8"));
    assert_eq!(a.lang(), None);
    assert!(a.to_xml().contains(r#":x="1" p:="2" xml:a:b="3""#));
    // As written they are there once, like all others.
    for (attributes, fits) in [
        (":x='' x='' p:x=''", true),
        (":x='' y='' :x=''", false),
        ("xml:a:b='' p:a:b='' a:b=''", true),
        ("xml:a:b='' xml:a:b=''", false),
        ("p:='' :p='' p=''", true),
    ] {
        for more in ["", " c='' d='' e='' f='' g='' h='' i='' j=''"] {
            let body = with_props(&format!("<b xmlns:p='urn:p' {attributes}{more}/>"));
            let item = Multistatus::new(body.as_bytes()).next().expect("an item");
            assert_eq!(item.is_ok(), fits, "{attributes}{more}: {item:?}");
        }
    }
}
