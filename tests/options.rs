//! Every tolerance forgiven and refused, every repair off and on.

mod support;

use multistatus::{Document, Error, ErrorKind, Multistatus, Options, Repair, Response, Tolerance};
use support::{multistatus, with_props};

const OK: &str = "<D:status>HTTP/1.1 200 OK</D:status>";

fn in_response(content: &str) -> String {
    multistatus(&format!("<D:response><D:href>/a</D:href>{content}</D:response>"))
}

fn with_status(line: &str) -> String {
    in_response(&format!("<D:status>{line}</D:status>"))
}

/// Bodies that need this tolerance and no other.
fn needing(tolerance: Tolerance) -> Vec<String> {
    match tolerance {
        Tolerance::StatusWithoutReason => {
            vec![with_status("HTTP/1.1 200"), with_status("\n  HTTP/1.1 404\n ")]
        }
        Tolerance::StatusVersion => vec![with_status("HTTP/2 200 OK"), with_status("http/1.1 200 OK")],
        Tolerance::StatusSpacing => {
            vec![
                with_status("HTTP/1.1  200 OK"),
                with_status("HTTP/1.1 200  OK"),
                with_status("HTTP/1.1\t200 OK"),
            ]
        }
        Tolerance::StatusWithoutVersion => vec![with_status("200 OK")],
        Tolerance::StatusEmpty => {
            // Beside another one: alone it also makes a propstat without status.
            vec![in_response(&format!("<D:propstat><D:prop/>{OK}</D:propstat><D:status>\n</D:status>"))]
        }
        Tolerance::StatusUnreadable => {
            vec![with_status("HTTP/1.1"), with_status("OK"), with_status("HTTP/1.1 2000 OK")]
        }
        Tolerance::StatusRepeated => vec![in_response(&format!("{OK}{OK}"))],
        Tolerance::StatusWithoutNamespace => vec![
            in_response("<D:propstat><D:prop/><status>HTTP/1.1 200 OK</status></D:propstat>"),
            in_response("<D:propstat><status>HTTP/1.1 404 Not Found</status><D:prop/></D:propstat>"),
        ],
        Tolerance::PropstatWithoutStatus => vec![in_response("<D:propstat><D:prop/></D:propstat>")],
        Tolerance::PropstatWithoutProp => vec![in_response(&format!("<D:propstat>{OK}</D:propstat>"))],
        Tolerance::PropRepeated => {
            vec![in_response(&format!("<D:propstat><D:prop/><D:prop/>{OK}</D:propstat>"))]
        }
        Tolerance::HrefOnly => vec![in_response("")],
        Tolerance::HrefsBesidePropstat => {
            vec![in_response(&format!("<D:href>/b</D:href><D:propstat><D:prop/>{OK}</D:propstat>"))]
        }
        Tolerance::StatusBesidePropstat => {
            vec![in_response(&format!("<D:propstat><D:prop/>{OK}</D:propstat>{OK}"))]
        }
        Tolerance::ImplicitResponse => vec![multistatus(&format!("<D:href>/a</D:href>{OK}"))],
        Tolerance::HrefEmpty => vec![
            multistatus(&format!("<D:response><D:href/>{OK}</D:response>")),
            multistatus(&format!("<D:response><D:href>\n <!-- --></D:href>{OK}</D:response>")),
        ],
        Tolerance::UndeclaredPrefix => {
            vec![with_props("<x:a/>"), with_props("<D:a x:b=\"\"/>"), with_props("<D:a><x:b/></D:a>")]
        }
        Tolerance::EmptyPrefixBinding => vec![with_props("<D:a xmlns:x=\"\"/>")],
        Tolerance::ColonInName => {
            vec![
                with_props("<a:b:c/>"),
                with_props("<D:/>"),
                with_props("<:a/>"),
                with_props("<D:a b:c:d=\"\"/>"),
            ]
        }
        Tolerance::SpaceBeforeDeclaration => {
            vec![format!("\n<?xml version=\"1.0\"?>{}", with_props("<D:a/>"))]
        }
        Tolerance::DeclaredEncoding => {
            let declared = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>");
            let body = with_props("<D:a>\u{E4}</D:a>");
            vec![
                format!("{}{}", declared("ISO-8859-1"), with_props("<D:a/>")),
                format!("\u{FEFF}{}{body}", declared("ISO-8859-1")),
                format!("\u{FEFF}{}{body}", declared("utf-16")),
                format!("{}{body}", declared("utf-16")),
                format!("{}{body}", declared("UTF-16LE")),
                format!("{}{body}", declared("ISO-10646-UCS-2")),
            ]
        }
        Tolerance::ByteOrderMark => {
            let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
            let body = with_props("<D:a>\u{E4}</D:a>");
            vec![
                format!("\u{FEFF}\u{FEFF}{declaration}{body}"),
                format!("\u{FEFF}\u{FEFF}{body}"),
                format!("\n\u{FEFF}{body}"),
                format!("\n\u{FEFF}\r\n\u{FEFF}{body}"),
            ]
        }
        Tolerance::ErrorNamespace => vec!["<D:error xmlns:D=\"DAV\">no</D:error>".to_owned()],
        Tolerance::MkcalendarNamespace => {
            vec!["<C:mkcalendar-response xmlns:C=\"urn:ietf:params:xml:ns:carldav:\"/>".to_owned()]
        }
        _ => unreachable!("a new tolerance needs a body here"),
    }
}

/// Those of values, which `value_quirks.rs` tests: nothing is read of a value here.
const OF_VALUES: [Tolerance; 7] = [
    Tolerance::EntityTagForm,
    Tolerance::DateForm,
    Tolerance::MediaTypeForm,
    Tolerance::LanguageList,
    Tolerance::HrefAsText,
    Tolerance::ReportForm,
    Tolerance::NumberForm,
];

/// What is forgiven in a body, or why it is not read.
fn tolerated(body: &str, options: &Options) -> Result<Vec<Tolerance>, Error> {
    match Document::with_options(body.as_bytes(), options)? {
        Document::Multistatus(mut responses) => {
            let mut all: Vec<Tolerance> = Vec::new();
            while let Some(response) = responses.next_response()? {
                all.extend(response.tolerated());
            }
            let trailer = responses.finish()?;
            assert!(all.iter().all(|one| trailer.tolerated().any(|t| t == *one)), "the trailer tells all");
            Ok(trailer.tolerated().collect())
        }
        Document::Other(root) => Ok(root.tolerated().collect()),
        _ => unreachable!("there is no other document"),
    }
}

#[test]
fn each_tolerance_is_told_when_used_and_an_error_when_refused() {
    for &tolerance in Tolerance::ALL.iter().filter(|tolerance| !OF_VALUES.contains(tolerance)) {
        for body in needing(tolerance) {
            let lenient = tolerated(&body, &Options::new()).unwrap_or_else(|e| panic!("{body}: {e}"));
            assert_eq!(lenient, [tolerance], "{body}");
            for options in [Options::strict(), Options::new().refuse(tolerance)] {
                let error = tolerated(&body, &options).expect_err(&body);
                assert_eq!(error.kind(), &ErrorKind::Refused(tolerance), "{body}");
                assert_eq!(error.is_fatal(), tolerance.is_fatal());
                assert!(error.to_string().contains(tolerance.as_str()), "{error}");
            }
            let others = Tolerance::ALL.iter().filter(|other| **other != tolerance);
            let others = others.fold(Options::new(), |options, other| options.refuse(*other));
            for options in [others, Options::strict().forgive(tolerance)] {
                assert_eq!(tolerated(&body, &options).ok(), Some(vec![tolerance]), "{body}");
            }
        }
    }
}

#[test]
fn strict_is_every_tolerance_refused() {
    let all = Tolerance::ALL.iter();
    assert_eq!(Options::strict(), all.clone().fold(Options::new(), |options, one| options.refuse(*one)));
    assert_eq!(Options::new(), all.fold(Options::strict(), |options, one| options.forgive(*one)));
}

#[test]
fn what_the_rfcs_allow_is_no_tolerance() {
    for body in [
        multistatus(""),
        "<multistatus xmlns=\"DAV:\"/>".to_owned(),
        with_status(" \n HTTP/1.1 200 OK \t"),
        with_status("HTTP/1.1 200 "),
        with_status("HTTP/1.0 507 Insufficient Storage"),
        with_status("HTTP/1.1 2<!-- -->00 O<![CDATA[K]]>"),
        multistatus(&format!(
            "<D:sync-token>t</D:sync-token><D:response>{OK}<D:href>\n /a</D:href></D:response>"
        )),
        in_response(&format!("<D:propstat>{OK}<D:prop/></D:propstat>")),
        format!("\u{FEFF}<?xml version='1.0' encoding=\"utf-8\" standalone='no' ?>\r\n{}", with_props("")),
        format!("<?xml version=\"1.0\" encoding=\"US-ASCII\"?>{}", with_props("")),
        format!("<!-- a --><?b?>{}<!-- c -->\n<?d?>\n", with_props("<x xmlns=\"\"/>")),
        with_props("<C:comp xmlns:C=\"urn:c\" name=\"VEVENT\" C:name='a&gt;b' xml:lang=\"de\"/>"),
    ] {
        assert_eq!(tolerated(&body, &Options::strict()).unwrap_or_else(|e| panic!("{body}: {e}")), []);
    }
}

/// The text of the property `a`, the hrefs, and what was repaired.
fn values(body: &[u8], options: &Options) -> Result<(String, String, Vec<Repair>), Error> {
    let mut responses = Multistatus::with_options(body, options);
    let show = |response: &Response<'_>| {
        let a = response.props().get("a").map_or("-".into(), |a| a.text().into_owned());
        (a, response.href().to_string(), response.repaired().collect::<Vec<_>>())
    };
    let (a, href, mut repaired) = match responses.next() {
        Some(response) => show(&response?),
        None => return Err(responses.finish().expect_err("no response")),
    };
    let lent = Multistatus::with_options(body, options).next_response().map(|r| r.as_ref().map(show));
    assert_eq!(
        lent.ok().flatten(),
        Some((a.clone(), href.clone(), repaired.clone())),
        "lent and given are the same"
    );
    let trailer = responses.finish()?;
    assert!(repaired.iter().all(|one| trailer.repaired().any(|r| r == *one)));
    repaired.extend(trailer.repaired());
    repaired.dedup();
    Ok((a, href, repaired))
}

fn value(a: &str) -> String {
    with_props(&format!("<D:a>{a}</D:a>"))
}

#[test]
fn each_repair_is_off_by_default_and_told_when_used() {
    use Repair::*;
    let root = "<multistatus><response><href>/a</href><propstat><prop><a>v</a></prop><status>HTTP/1.1 200 OK</status>\
                </propstat></response></multistatus>";
    let prefixed = value("v").replace(" xmlns:D=\"DAV:\"", "");
    let doctype = format!("<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY e \"]>\">]>{}", value("v"));
    for (repair, body, kind, a) in [
        (RawAmpersand, value("R&D & &x; &nbsp; &amp;"), ErrorKind::Malformed, "R&D & &x; &nbsp; &"),
        (RawAmpersand, value("a&#x;&#;&"), ErrorKind::Malformed, "a&#x;&#;&"),
        (HtmlEntities, value("&Atilde;5&percnt;&add;&lt;"), ErrorKind::Malformed, "Ã5%&add;<"),
        (
            ForbiddenCharacters,
            value("a\u{10}b\u{FFFE}c&#0;&#xFFFF;"),
            ErrorKind::Malformed,
            "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}",
        ),
        (ForbiddenCharacters, value("<![CDATA[\u{1}]]><!--\u{2}-->"), ErrorKind::Malformed, "\u{FFFD}"),
        (
            RootNamespace,
            root.to_owned(),
            ErrorKind::NotDav { found: multistatus::OtherBody::Root("{}multistatus".into()) },
            "v",
        ),
        (
            RootNamespace,
            prefixed,
            ErrorKind::NotDav { found: multistatus::OtherBody::Root("D:multistatus".into()) },
            "v",
        ),
        (SkipDoctype, doctype, ErrorKind::Doctype, "v"),
        (
            SurrogatePairs,
            value("&#55357;&#56832;&#xD83D;&#xDE00;"),
            ErrorKind::Malformed,
            "\u{1F600}\u{1F600}",
        ),
        (BytesAfterRoot, value("v") + "\n\0", ErrorKind::Malformed, "v"),
        (BytesAfterRoot, value("v") + "\u{FEFF}<!-- -->\0\0 \u{FEFF}", ErrorKind::Malformed, "v"),
    ] {
        let error = values(body.as_bytes(), &Options::new()).expect_err(&body);
        assert_eq!(error.kind(), &kind, "{body}");
        let got =
            values(body.as_bytes(), &Options::new().repair(repair)).unwrap_or_else(|e| panic!("{body}: {e}"));
        assert_eq!(got, (a.to_owned(), "/a".to_owned(), vec![repair]), "{body}");
        let sound = values(value("v").as_bytes(), &Options::new().repair(repair)).expect("nothing to repair");
        assert_eq!(sound.2, []);
    }
}

#[test]
fn bytes_that_are_no_utf_8_keep_the_places_of_all_others() {
    let options = Options::new().repair(Repair::ForbiddenCharacters);
    let mut body = value("caf\u{1}").into_bytes();
    let at = body.iter().position(|b| *b == 1).expect("the mark");
    body[at] = 0xE9;
    assert_eq!(values(&body, &Options::new()).expect_err("not UTF-8").kind(), &ErrorKind::Encoding);
    assert_eq!(values(&body, &Options::new()).expect_err("not UTF-8").offset(), at as u64);
    let (a, href, repaired) = values(&body, &options).expect("repaired");
    assert_eq!((&*a, &*href, &*repaired), ("caf\u{FFFD}", "/a", &[Repair::ForbiddenCharacters][..]));
    let declared = b"<?xml version='1.0' encoding='iso-8859-1'?>";
    let error =
        values(&[declared, &body[..]].concat(), &options).expect_err("it is no replacement character");
    assert_eq!((error.kind(), error.offset()), (&ErrorKind::Encoding, (declared.len() + at) as u64));
    body.extend(b"<x/>");
    let error = Multistatus::with_options(&body, &options).finish().expect_err("goes on");
    assert_eq!(error.offset(), body.len() as u64 - 4);
}

#[test]
fn forbidden_characters_in_href_status_and_name_cost_the_response() {
    let options = Options::new().repair(Repair::ForbiddenCharacters);
    for broken in [
        "<D:response><D:href>/\u{1}</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>".to_owned(),
        "<D:response><D:href>/a</D:href><D:status>HTTP/1.1 200 \u{1}</D:status></D:response>".to_owned(),
        format!("<D:response><D:href>/a</D:href><D:x\u{1}y>1</D:x\u{1}y>{OK}</D:response>"),
        format!("<D:response><D:href>/a</D:href><D:x a\u{1}=\"\"/>{OK}</D:response>"),
    ] {
        let good = format!("<D:response><D:href>/b</D:href>{OK}</D:response>");
        let body = multistatus(&format!("{broken}{good}"));
        let items: Vec<_> = Multistatus::with_options(body.as_bytes(), &options).collect();
        assert_eq!(items.len(), 2, "{broken:?}");
        let error = items[0].as_ref().expect_err("a fault");
        assert_eq!((error.kind(), error.is_fatal()), (&ErrorKind::ForbiddenCharacter, false), "{broken:?}");
        assert_eq!(items[1].as_ref().expect("untouched").href().as_str(), "/b");
        let unrepaired = Multistatus::new(body.as_bytes()).finish().expect_err("not XML");
        assert_eq!(unrepaired.kind(), &ErrorKind::Malformed);
    }
}

#[test]
fn repairs_of_attributes() {
    let body = with_props("<D:a b=\"R&D\" c=\"&eacute;\" d=\"x\u{1}\"/>");
    let options = Options::new().repair(Repair::RawAmpersand).repair(Repair::ForbiddenCharacters);
    let get = |options: &Options, name: &str| {
        let mut responses = Multistatus::with_options(body.as_bytes(), options);
        let response = responses.next_response().expect("repaired").expect("one");
        let a = response.props().get("a").expect("a value");
        a.attribute(name).map(|value| value.into_owned())
    };
    assert_eq!(get(&options, "b").as_deref(), Some("R&D"));
    assert_eq!(get(&options, "c").as_deref(), Some("&eacute;"));
    assert_eq!(get(&options, "d").as_deref(), Some("x\u{FFFD}"));
    assert_eq!(get(&options.repair(Repair::HtmlEntities), "c").as_deref(), Some("é"));
}

#[test]
fn a_doctype_is_passed_over_once_and_its_entities_are_never_used() {
    let options = Options::new().repair(Repair::SkipDoctype);
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    for body in [
        format!("{bomb}{}", value("&b;")),
        format!("{bomb}{bomb}{}", value("v")),
        multistatus(bomb),
        format!("{}{bomb}", value("v")),
        format!("<!doctype d>{}", value("v")),
    ] {
        let error = Multistatus::with_options(body.as_bytes(), &options).finish().expect_err(&body);
        assert!(error.is_fatal(), "{error}");
    }
}

#[test]
fn repairs_in_a_child_are_seen_in_the_value_around_it() {
    let forbidden = Options::new().repair(Repair::ForbiddenCharacters);
    assert_eq!(values(value("a<D:b>\u{1}</D:b>").as_bytes(), &forbidden).expect("repaired").0, "a\u{FFFD}");
    let sound = multistatus(&format!("<D:response><D:href>/a<D:b>b</D:b></D:href>{OK}</D:response>"));
    let read = values(sound.as_bytes(), &forbidden).expect("nothing to repair");
    assert_eq!((&*read.1, read.2), ("/a", vec![]));
    let html = Options::new().repair(Repair::HtmlEntities);
    assert_eq!(values(value("a<D:b>&eacute;</D:b>").as_bytes(), &html).expect("repaired").0, "aé");
    // What is in an href or status and does not count costs nothing either.
    for repaired in [
        "<D:href>/a<D:b>\u{1}</D:b></D:href>",
        "<D:href>/a</D:href><D:status>HTTP/1.1 200 <b>\u{1}</b></D:status>",
    ] {
        let body = multistatus(&format!("<D:response>{repaired}</D:response>"));
        let read = values(body.as_bytes(), &forbidden).expect("repaired");
        assert_eq!((&*read.1, read.2), ("/a", vec![Repair::ForbiddenCharacters]), "{repaired:?}");
    }
}

#[test]
fn entities_of_html_are_no_way_around_forbidden_characters() {
    let html = Options::new().repair(Repair::HtmlEntities);
    assert!(values(value("&a\u{FFFE};").as_bytes(), &html).is_err());
}

#[test]
fn repairs_outside_of_responses_are_told_by_the_trailer() {
    let good = format!("<D:response><D:href>/a</D:href>{OK}</D:response>");
    let options = Repair::ALL.iter().fold(Options::new(), |options, repair| options.repair(*repair));
    for (body, repair) in [
        (multistatus(&format!("{good} & ")), Repair::RawAmpersand),
        (multistatus(&format!(" & {good}")), Repair::RawAmpersand),
        (multistatus(&format!("{good}&nbsp;")), Repair::HtmlEntities),
        (multistatus(&format!("{good}&#xD83D;&#xDE00;")), Repair::SurrogatePairs),
        (multistatus(&good) + "\0", Repair::BytesAfterRoot),
        (multistatus(&format!("\u{0}{good}")), Repair::ForbiddenCharacters),
        (multistatus(&format!("{good}<D:response \u{1}='a'/>")), Repair::ForbiddenCharacters),
        (
            multistatus(&format!("{good}<D:responsedescription>R&D</D:responsedescription>")),
            Repair::RawAmpersand,
        ),
    ] {
        let mut responses = Multistatus::with_options(body.as_bytes(), &options);
        let told: Vec<_> = responses.by_ref().flatten().flat_map(|response| response.repaired()).collect();
        assert_eq!(told, [], "{body:?}");
        assert!(responses.finish().expect("repaired").repaired().eq([repair]), "{body:?}");
    }
}

#[test]
fn repairs_do_not_hide_what_a_body_is() {
    let all = Repair::ALL.iter().fold(Options::new(), |options, repair| options.repair(*repair));
    let kind = |body: &[u8]| Document::with_options(body, &all).expect_err("no document").kind().clone();
    assert_eq!(kind(b"\xFF\xFE<\0a\0"), ErrorKind::Encoding);
    let html = ErrorKind::NotDav { found: multistatus::OtherBody::Html };
    assert_eq!(kind(b"<!doctype html><html><body>Sign in</body></html>"), html);
    assert_eq!(kind(b"<!DOCTYPE html><html><body>Sign in<br></body></html>"), html);
    assert_eq!(kind(b"<!DOCTYPE ><multistatus xmlns='DAV:'/>"), ErrorKind::Doctype);
    assert_eq!(kind(b"<multistatus xmlns='DAV:' \x01='1'/>"), ErrorKind::Malformed);
}

#[test]
fn a_repaired_root_is_among_the_namespaces_in_force() {
    let options = Options::new().repair(Repair::RootNamespace);
    for body in [
        "<multistatus><response><href>/a</href><propstat><prop><a/></prop><status>HTTP/1.1 200 OK</status></propstat>\
         </response></multistatus>",
        "<multistatus xmlns=''><response><href>/a</href><propstat><prop><a/></prop><status>HTTP/1.1 200 OK</status>\
         </propstat></response></multistatus>",
    ] {
        let response =
            Multistatus::with_options(body.as_bytes(), &options).next().expect("an item").expect(body);
        let a = response.props().get("a").expect("a value");
        assert!(a.namespaces().eq([("", "DAV:")]), "{body}");
    }
    let prefixed = with_props("<D:a D:b='1'/>").replace(" xmlns:D=\"DAV:\"", "");
    let response =
        Multistatus::with_options(prefixed.as_bytes(), &options).next().expect("an item").expect("one");
    assert_eq!(response.props().get("a").and_then(|a| a.attribute("{DAV:}b")).as_deref(), Some("1"));
    for body in ["<error><valid-sync-token/></error>", "<error xmlns=''><valid-sync-token/></error>"] {
        let Ok(Document::Other(root)) = Document::with_options(body.as_bytes(), &options) else {
            panic!("{body}")
        };
        assert!(
            root.conditions().any(|c| c.name() == multistatus::names::conditions::VALID_SYNC_TOKEN),
            "{body}"
        );
        assert!(root.repaired().eq([Repair::RootNamespace]));
        assert!(root.element().namespaces().eq([("", "DAV:")]));
    }
    assert!(Document::new(b"<error/>").is_err());
}

#[test]
fn other_roots_are_judged_too() {
    let root = |content: &str| format!("<D:mkcol-response xmlns:D=\"DAV:\">{content}</D:mkcol-response>");
    let unreadable = root("<D:propstat><D:prop/><D:status>garbage</D:status></D:propstat>");
    let Ok(Document::Other(read)) = Document::new(unreadable.as_bytes()) else { panic!("a mkcol-response") };
    assert!(read.tolerated().eq([Tolerance::StatusUnreadable]));
    let error = Document::with_options(unreadable.as_bytes(), &Options::strict()).expect_err("refused");
    assert_eq!(error.kind(), &ErrorKind::Refused(Tolerance::StatusUnreadable));
    assert_eq!((error.path(), error.is_fatal()), ("mkcol-response/propstat[1]/status", true));
    for foreign in ["<propstat/>".to_owned(), format!("<D:propstat><prop/>{OK}</D:propstat>")] {
        let error = Document::new(root(&foreign).as_bytes()).expect_err(&foreign);
        assert_eq!(error.kind(), &ErrorKind::ForeignName);
    }
}
