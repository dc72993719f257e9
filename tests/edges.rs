//! Edges: the number, the place or the byte beside the one that every other test has.

mod support;

use multistatus::{Decoder, Disposition, Lookup, Multistatus, Options};
use support::{multistatus, propstat, resource, response, status, with_props};

#[test]
fn only_codes_from_200_to_299_give_values() {
    for code in 100..=999 {
        let body =
            multistatus(&(resource("/a", &propstat("<D:a>1</D:a>", code)) + &resource("/b", &status(code))));
        let responses: Vec<_> =
            Multistatus::new(body.as_bytes()).collect::<Result<_, _>>().expect("both can be read");
        let is_success = (200..300).contains(&code);
        assert_eq!(responses[0].props().get("a").is_some(), is_success, "{code}");
        assert_eq!(responses[0].props().iter().count(), usize::from(is_success), "{code}");
        assert_eq!(matches!(responses[0].lookup("a"), Lookup::Found(_)), is_success, "{code}");
        assert_eq!(matches!(responses[0].lookup("a"), Lookup::Refused(_)), !is_success, "{code}");
        assert_eq!(responses[0].disposition(), Disposition::Present, "of the property alone: {code}");

        let status = responses[1].status().expect("it has one");
        assert_eq!((status.as_u16(), status.is_success()), (Some(code), is_success));
        assert_eq!(status.is_redirection(), (300..400).contains(&code), "{code}");
        assert_eq!(status.is_client_error(), (400..500).contains(&code), "{code}");
        assert_eq!(status.is_server_error(), (500..600).contains(&code), "{code}");
        let disposition = match code {
            200..300 => Disposition::Present,
            300..400 => Disposition::Redirected,
            404 | 410 => Disposition::Gone,
            507 => Disposition::Truncated,
            _ => Disposition::Failed(status.clone()),
        };
        assert_eq!(responses[1].disposition(), disposition, "{code}");
    }
}

/// A tag with so many attributes, of which the two with these numbers are called so.
fn tag(count: usize, pair: [(usize, &str); 2]) -> String {
    let name = |number| match pair.iter().find(|(at, _)| *at == number) {
        Some((_, name)) => (*name).to_owned(),
        None => format!("n{number}"),
    };
    let attributes: String = (0..count).map(|number| format!(" {}='v'", name(number))).collect();
    with_props(&format!("<D:a xmlns:p='urn:x' xmlns:q='urn&#58;x' xmlns:r='urn:y'{attributes}/>"))
}

#[test]
fn an_attribute_that_is_there_twice_is_found_among_any_number() {
    for count in [2, 4, 5, 6, 7, 8, 9, 10, 30, 200] {
        // Three declarations are attributes, too.
        for (first, last) in [(0, count - 1), (0, 1), (count - 2, count - 1), (count / 2 - 1, count / 2)] {
            let finish = |one, two| {
                let body = tag(count, [(first, one), (last, two)]);
                Multistatus::with_options(body.as_bytes(), &Options::new()).finish().map_err(|error| {
                    let at = body[..error.offset() as usize].matches("='").count() - 3;
                    (at, error.to_string().starts_with("an attribute that is there twice"))
                })
            };
            for (one, two) in [("a", "a"), ("p:a", "p:a"), ("p:a", "q:a"), ("q:é", "p:é")] {
                let found = finish(one, two).map(|_| ());
                assert_eq!(found, Err((last, true)), "{one} and {two} at {first} and {last} of {count}");
            }
            for (one, two) in [("a", "p:a"), ("p:a", "r:a"), ("a", "A"), ("p:a", "q:b"), ("xmlns:s", "p:s")] {
                assert!(finish(one, two).is_ok(), "{one} and {two} at {first} and {last} of {count}");
            }
        }
    }
}

#[test]
fn a_response_inside_a_value_is_never_judged_strictly() {
    let inside = "<D:response><D:href>/b</D:href><D:propstat><D:prop><D:displayname>b</D:displayname></D:prop>\
        <D:status>HTTP/1.1 200</D:status></D:propstat></D:response>";
    let body = with_props(&format!("<D:members>{inside}</D:members>"));
    for options in [Options::new(), Options::strict()] {
        let mut responses = Multistatus::with_options(body.as_bytes(), &options);
        let outer = responses.next_response().expect("it can be read").expect("it is there");
        let members = outer.props().get("members").expect("it has a value");
        let inner = members.responses().next().expect("it is there").expect("it can be read");
        assert_eq!(inner.href(), "/b");
        assert_eq!(inner.props().displayname().expect("a text").as_deref(), Some("b"));
        assert_eq!(inner.tolerated().count(), 1);
    }
    // The same fault in a response of the root is refused.
    let body = multistatus(inside);
    assert!(Multistatus::with_options(body.as_bytes(), &Options::strict()).next_response().is_err());
}

#[test]
fn no_error_text_is_longer_than_512_bytes() {
    let name = format!("D:{}", "n".repeat(40));
    let deep: String = (0..200).map(|_| format!("<{name}>")).collect();
    let mut longest = 0;
    // Characters that are shown by a longer escape than they have bytes.
    for wrong in ["\u{E0001}", "\u{2FF}", "n"] {
        let end = wrong.repeat(200);
        let body = multistatus(&response("HTTP/1.1 200 OK", &format!("{deep}</{end}>")));
        let error = Multistatus::new(body.as_bytes()).finish().expect_err("no such element is open");
        let text = error.to_string();
        assert!(text.starts_with("an end tag that does not match the open element: </"), "{text}");
        assert!(error.path().ends_with(&name[2..]) && error.path().len() > 180, "{}", error.path());
        longest = longest.max(text.len());
    }
    assert!((300..=512).contains(&longest), "{longest} bytes");
    // With the longest offset there is.
    assert!(longest + "18446744073709551615".len() <= 512, "{longest} bytes");
}

#[test]
fn a_quota_has_no_sign_but_that_of_its_negative_numbers() {
    for (text, is_quota) in
        [("5", true), ("+5", false), ("-1", true), ("+1", false), ("-4", false), ("-0", false), ("", true)]
    {
        let body = with_props(&format!("<D:quota-used-bytes>{text}</D:quota-used-bytes>"));
        let response =
            Multistatus::new(body.as_bytes()).next().expect("it is there").expect("it can be read");
        assert_eq!(response.props().quota_used_bytes().is_ok(), is_quota, "{text:?}");
    }
}

#[test]
fn a_lock_without_end_has_no_duration() {
    use std::time::Duration;
    for (timeout, duration) in [
        ("Second-0", None),
        ("Second-1", Some(Duration::from_secs(1))),
        ("Second-4100000000", Some(Duration::from_secs(4_100_000_000))),
        ("Infinite", None),
        ("0", None),
    ] {
        let body = with_props(&format!(
            "<D:lockdiscovery><D:activelock><D:timeout>{timeout}</D:timeout></D:activelock></D:lockdiscovery>"
        ));
        let response =
            Multistatus::new(body.as_bytes()).next().expect("it is there").expect("it can be read");
        let locks = response.props().lockdiscovery().expect("it can be read").expect("it has a value");
        let timeout = locks[0].timeout.as_ref().expect("a timeout");
        assert_eq!(timeout.duration(), duration, "{timeout}");
    }
}

#[test]
#[cfg(feature = "http")]
fn xhtml_is_not_worth_reading() {
    use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
    use multistatus::meaning::{BodyHint, ExpectedBody};

    let expected = |status, media_type: &'static str| {
        let headers: HeaderMap = [(CONTENT_TYPE, HeaderValue::from_static(media_type))].into_iter().collect();
        BodyHint::new(status, &headers).expected()
    };
    for (media_type, ok) in [
        ("application/xhtml+xml", ExpectedBody::Other),
        ("Application/XHTML+XML; charset=utf-8", ExpectedBody::Other),
        ("application/davmount+xml", ExpectedBody::Dav),
        ("image/svg+xml", ExpectedBody::Dav),
        ("application/xml", ExpectedBody::Dav),
        ("text/html", ExpectedBody::MaybeDav),
        ("text/calendar", ExpectedBody::Other),
    ] {
        assert_eq!(expected(StatusCode::OK, media_type), ok, "{media_type}");
        assert_eq!(expected(StatusCode::MULTI_STATUS, media_type), ExpectedBody::Dav, "{media_type}");
    }
}

#[cfg(feature = "url")]
mod culprits {
    use multistatus::meaning::{Method, Observer, Outcome, Request};

    use super::support::{multistatus, own, request, resource, status};

    fn outcome(responses: &str) -> Outcome {
        let asked = Request::new(Method::Delete, request("/"), 207);
        asked.read(multistatus(responses).as_bytes()).expect("it can be read").end
    }

    #[test]
    fn a_hundred_are_kept_unless_another_number_is_said() {
        for count in [99, 100, 101, 150] {
            let responses: String = (0..count).map(|n| own(&format!("/{n}"), 423)).collect();
            let outcome = outcome(&responses);
            assert_eq!(outcome.culprits.len(), count.min(100));
            assert_eq!(outcome.culprit_count, count as u64);
        }
    }

    #[test]
    fn the_names_of_conditions_are_kept_up_to_64_kib() {
        let kept = |length: usize| {
            let name = "n".repeat(length);
            let conditions = format!("<D:{name}/>").repeat(200_000 / length);
            let failed = resource("/a", &(status(409) + &format!("<D:error>{conditions}</D:error>")));
            let outcome = outcome(&failed);
            outcome.culprits[0].conditions.len() * length
        };
        // A condition takes little more than a name of 1,000 bytes.
        assert!((55_000..=65_536).contains(&kept(1000)), "{} bytes", kept(1000));
        // What a name takes beside its bytes counts, too.
        assert!((1..=20_000).contains(&kept(10)), "{} bytes", kept(10));
    }
}

/// What a body is depends on its first four bytes, however they arrive.
#[test]
fn four_bytes_are_awaited_before_the_encoding_is_judged() {
    for body in [
        &b"\0\0\0<\0\0\0a"[..],
        b"<\0\0\0a\0\0\0",
        b"<\0a\0",
        b"\0<\0a",
        b"\0\0<a",
        b"\xEF\xBB\xBF<",
        b"\xEF\xBB\xBF",
        b"\xFF\xFE\0\0",
        b"\xFF\xFE<\0",
        b"<a/>",
        b"<a>",
        b"{}",
        b"<",
        b"\n",
        b"",
    ] {
        let whole = Multistatus::new(body).finish().expect_err("no multistatus");
        for chunk in 1..=4 {
            let mut decoder = Decoder::new();
            for chunk in body.chunks(chunk) {
                decoder.push(chunk);
                let _ = decoder.next_response();
            }
            let error = decoder.finish().expect_err("no multistatus");
            assert_eq!(
                (error.to_string(), error.kind()),
                (whole.to_string(), whole.kind()),
                "{body:?}, {chunk} bytes at a time"
            );
        }
    }
}
