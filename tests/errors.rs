//! Errors: what they name, where they point, and that they give nothing away.

mod support;

use multistatus::{Document, Error, ErrorKind, Multistatus, Options, OtherBody};
use support::{cases, multistatus, response};

const OK: &str = "HTTP/1.1 200 OK";

fn fatal(body: &str) -> Error {
    Multistatus::new(body.as_bytes()).finish().expect_err(body)
}

/// The place of `mark`, which is cut out of the body.
fn marked(body: &str) -> (String, u64) {
    let at = body.find('¦').expect("a mark");
    (body.replace('¦', ""), at as u64)
}

#[test]
fn what_is_no_webdav_document_is_named() {
    let found = |body: &[u8]| match Document::new(body).expect_err("no document").kind() {
        ErrorKind::NotDav { found } => found.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(found(b""), OtherBody::Empty);
    assert_eq!(found(b" \r\n\t"), OtherBody::Empty);
    assert_eq!(found("\u{FEFF}\n".as_bytes()), OtherBody::Empty);
    assert_eq!(found(b"{\"error\": 1}"), OtherBody::Json);
    assert_eq!(found(b" [1]"), OtherBody::Json);
    assert_eq!(found(b"Internal error"), OtherBody::Text);
    assert_eq!(found(b"<!DOCTYPE html><html><body>Sign in</body></html>"), OtherBody::Html);
    assert_eq!(found(b"<!doctype HTML>\n<title>Sign in</title>"), OtherBody::Html);
    assert_eq!(found(b"<HTML><P>Sign in</HTML>"), OtherBody::Html);
    assert_eq!(found(b"<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"), OtherBody::Html);
    assert_eq!(found(b"Warning: x\n<html>"), OtherBody::Html);
    assert_eq!(found(b"<?xml version=\"1.0\" encoding=\"big5\"?><html/>"), OtherBody::Html);
    assert_eq!(found(b"<x xmlns=\"urn:y\"/>"), OtherBody::Root("{urn:y}x".into()));
}

#[test]
fn another_root_than_multistatus_is_refused_where_one_is_asked_for() {
    let error = fatal("<!-- c --><D:error xmlns:D=\"DAV:\"><D:x/></D:error>");
    assert_eq!(error.kind(), &ErrorKind::NotDav { found: OtherBody::Root("{DAV:}error".into()) });
    assert_eq!(error.offset(), 10);
}

#[test]
fn other_encodings_are_named() {
    for (body, kind, word) in [
        (&b"\xFF\xFE<\0?\0"[..], ErrorKind::Encoding, "UTF-16"),
        (b"\xFE\xFF\0<\0?", ErrorKind::Encoding, "UTF-16"),
        (b"<\0?\0x\0m\0l\0", ErrorKind::Encoding, "UTF-16"),
        (b"\0<\0?\0x", ErrorKind::Encoding, "UTF-16"),
        (b"<?xml version=\"1.0\" encoding=\"shift_jis\"?><a/>", ErrorKind::Encoding, "shift_jis"),
    ] {
        let error = Multistatus::new(body).finish().expect_err("another encoding");
        assert_eq!(error.kind(), &kind);
        assert!(error.to_string().contains(word), "{error}");
    }
    let latin = "<?xml version='1.0' encoding='iso-8859-1'?><multistatus xmlns='DAV:'>é</multistatus>";
    let (before, after) = latin.split_once('é').expect("one");
    for letter in ["é".as_bytes(), b"\xE9"] {
        let body = [before.as_bytes(), letter, after.as_bytes()].concat();
        let error = Multistatus::new(&body).finish().expect_err("not ASCII");
        assert_eq!((error.kind(), error.offset()), (&ErrorKind::Encoding, before.len() as u64));
        assert!(error.to_string().contains("iso-8859-1"), "{error}");
    }
}

#[test]
fn faults_point_at_their_byte_and_path() {
    let head = "<D:multistatus xmlns:D=\"DAV:\">";
    for (inside, path) in [
        ("¦</D:response>", "multistatus"),
        ("<D:response><D:href>/a¦</D:response>", "multistatus/response[1]/href"),
        ("<D:response><D:href>/a</D:href>¦&x;", "multistatus/response[1]"),
        (
            "<D:response><D:href>/a</D:href></D:response><D:response><D:propstat/><D:propstat><D:prop>\
             <C:a xmlns:C=\"u\"/><C:a xmlns:C=\"u\"><D:b><D:b/><D:b>¦\u{1}",
            "multistatus/response[2]/propstat[2]/prop/C:a[2]/b/b[2]",
        ),
        ("<D:response ¦a=1>", "multistatus"),
        ("<D:response a=''¦b=''>", "multistatus"),
        ("<D:response a='' ¦a=''>", "multistatus"),
        ("<D:response a='x¦<y'>", "multistatus"),
        ("<D:href>/a</D:href><D:propstat>¦<1/>", "multistatus/propstat[1]"),
        ("<D:sync-token>¦]]>", "multistatus/sync-token"),
        ("¦<!-- -- -->", "multistatus"),
        ("¦<?xml version='1.0'?>", "multistatus"),
        ("¦<!DOCTYPE x>", "multistatus"),
        ("<D:x>", "multistatus/x"),
    ] {
        let inside = if inside.contains('¦') { inside.to_owned() } else { inside.to_owned() + "¦" };
        let (body, at) = marked(&format!("{head}{inside}"));
        let error = fatal(&body);
        assert_eq!(
            (error.offset(), error.path()),
            (at + u64::from(inside.contains("a=1")) * 2, path),
            "{body}: {error}"
        );
        assert_eq!(error.root(), Some("{DAV:}multistatus"));
    }
    for (body, kind) in [
        ("<D:multistatus xmlns:D=\"DAV:\"/>¦x", ErrorKind::Malformed),
        ("<D:multistatus xmlns:D=\"DAV:\"/>¦<x/>", ErrorKind::Malformed),
        ("<D:multistatus xmlns:D=\"DAV:\"/>\n¦\0", ErrorKind::Malformed),
        ("¦<!DOCTYPE x><D:multistatus xmlns:D=\"DAV:\"/>", ErrorKind::Doctype),
        ("<?xml version=\"1.0\"?>¦x<D:multistatus xmlns:D=\"DAV:\"/>", ErrorKind::Malformed),
    ] {
        let (body, at) = marked(body);
        let error = fatal(&body);
        assert_eq!((error.kind(), error.offset(), error.path()), (&kind, at, ""), "{body}");
    }
}

#[test]
fn a_fault_of_a_response_points_at_it() {
    let good = response(OK, "<D:a/>");
    let body = multistatus(&format!("{good}<D:response>\n<D:status>{OK}</D:status></D:response>{good}"));
    let items: Vec<_> = Multistatus::new(body.as_bytes()).collect();
    let error = items[1].as_ref().expect_err("no href");
    assert_eq!((error.kind(), error.path()), (&ErrorKind::MissingHref, "multistatus/response[2]"));
    assert_eq!(error.offset(), (body.find(&good).unwrap() + good.len()) as u64);
    assert!(items[0].is_ok() && items[2].is_ok() && items.len() == 3);
}

#[test]
fn line_and_column() {
    let error = |body: &str| {
        let (body, _) = marked(body);
        fatal(&body).line_column(body.as_bytes())
    };
    assert_eq!(error("¦<!DOCTYPE x>"), (1, 1));
    assert_eq!(error("<multistatus\r\nxmlns='DAV:'>\rä\n\n ö¦&x;"), (5, 3));
    let cut = "<multistatus xmlns='DAV:'>\r\n";
    assert_eq!(fatal(cut).line_column(cut.as_bytes()), (2, 1));
    assert_eq!(fatal(cut).line_column(b""), (1, 1), "another body than the one that was read");
}

#[test]
fn text_of_errors_is_short_and_escaped_and_has_no_values() {
    let secret = "s3cret";
    let evil = "\u{202E}\u{7}evil\u{1B}[31m";
    let long = "n".repeat(1000);
    let deep = format!("<D:{long}>").repeat(200);
    let mut shown = 0;
    for body in [
        multistatus(&response(OK, &format!("<D:a>{secret}&{secret};</D:a>"))),
        multistatus(&response(OK, &format!("<D:a b='{secret}<'/>"))),
        multistatus(&response(OK, &format!("<D:a b='{secret}' b='{secret}'/>"))),
        multistatus(&response(OK, &format!("<D:a>{secret}]]></D:a>"))),
        multistatus(&response(OK, &format!("<D:a>{secret}</D:{evil}{long}>"))),
        multistatus(&response(OK, &format!("<D:a>{secret}\u{0}</D:a>"))),
        multistatus(&response(OK, &format!("<D:{evil}>"))),
        multistatus(&response(OK, &format!("<!--{secret}-- -->"))),
        multistatus(&format!("<D:response><D:status>{secret}</D:status></D:response>")),
        multistatus(&deep),
        format!("<{long} xmlns=\"urn:{long}\"/>"),
        format!("<x xmlns=\"urn:{}\"/>", "\u{202E}\u{2066}\u{9B}"),
        format!("<?xml version='1.0' encoding='{evil}{long}'?><x/>"),
        format!("<html>{secret}"),
        secret.to_owned(),
    ] {
        let mut responses = Multistatus::with_options(body.as_bytes(), &Options::strict());
        let mut errors: Vec<_> = responses.by_ref().filter_map(Result::err).collect();
        errors.extend(responses.finish().err());
        assert!(!errors.is_empty(), "{body}");
        for error in errors {
            shown += 1;
            for text in [error.to_string(), format!("{error:?}"), error.path().to_owned()] {
                assert!(!text.contains(secret), "{text}");
                let is_safe = |c: char| {
                    !c.is_control()
                        && !('\u{202A}'..='\u{202E}').contains(&c)
                        && !('\u{2066}'..='\u{2069}').contains(&c)
                };
                assert!(text.chars().all(is_safe), "{text:?}");
            }
            assert!(error.to_string().len() <= 512, "{} bytes", error.to_string().len());
        }
    }
    assert!(shown >= 15);
}

#[test]
fn errors_are_small_and_cross_threads() {
    fn crosses<T: Send + Sync + Clone + std::error::Error + 'static>() {}
    crosses::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn every_error_of_every_case_has_its_place_in_the_body() {
    for case in cases() {
        for options in [Options::new(), Options::strict()] {
            let mut responses = Multistatus::with_options(&case.body, &options);
            for error in responses.by_ref().filter_map(Result::err) {
                assert!(error.offset() <= case.body.len() as u64, "{}: {error}", case.name);
                assert!(error.to_string().len() <= 512, "{}: {error}", case.name);
                let (line, column) = error.line_column(&case.body);
                assert!(line >= 1 && column >= 1);
            }
        }
    }
}

#[test]
fn a_fault_is_named_where_it_is_and_not_where_the_body_ends() {
    for (inside, kind) in [
        ("<D:response a=\"x>¦<D:href>/a</D:href></D:response>", ErrorKind::Malformed),
        ("<D:response><D:href>/a</D:href>¦</D:response'>", ErrorKind::Malformed),
        ("<D:response><D:href>/a ¦< b</D:href></D:response>", ErrorKind::Malformed),
        ("<D:response><D:href>¦<9</D:href>", ErrorKind::Malformed),
    ] {
        let (body, at) = marked(&format!("<D:multistatus xmlns:D=\"DAV:\">{inside}"));
        let error = fatal(&body);
        assert_eq!((error.kind(), error.offset()), (&kind, at), "{body}: {error}");
        assert!(!error.is_truncated());
    }
}

#[test]
fn a_path_keeps_its_numbers_when_the_response_is_lost_already() {
    let options = Options::new().limit(multistatus::Limit::TextBytes, 4);
    let body = multistatus(&response(OK, "<D:a>long text</D:a><D:b><D:c>&x;"));
    let error = Multistatus::with_options(body.as_bytes(), &options).finish().expect_err("a fault");
    assert_eq!(error.path(), "multistatus/response[1]/propstat[1]/prop/b/c");
}
