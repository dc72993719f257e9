//! The answer to a multiget report, one test per row of the tables: M1 to M11, and of table G what is about one answer.

mod support;

use multistatus::{
    Decoder, Multistatus, Options, Reader,
    meaning::{Advice, Answer, Multiget, MultigetEnd, Observer, Propfind, Report},
    names,
};
use support::{own, propstat, request, resource, status};

const DATA: &str = "<C:calendar-data>BEGIN</C:calendar-data>";
const ETAG: &str = "<D:getetag>1</D:getetag>";

fn body(children: &str) -> String {
    format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>{children}</D:multistatus>"
    )
}

fn asked(http_status: u16, hrefs: &[&str]) -> Multiget {
    Multiget::new(request("/a/"), http_status, names::caldav::CALENDAR_DATA, hrefs.iter().copied())
}

/// What a body says, which is the same by every input.
fn report<'a>(multiget: &Multiget, body: &'a [u8]) -> Report<'a, Multiget> {
    let report = multiget.clone().read(body).expect("it is complete");
    for other in [
        multiget.clone().over(Decoder::new()).read(body.chunks(1)),
        multiget.clone().over(Reader::new(body)).read(),
    ] {
        assert_eq!(report.clone().into_owned(), other.expect("it is complete"));
    }
    report
}

fn shown(answer: &Answer<'_>) -> String {
    let code = |status: &Option<u16>| status.map_or(String::new(), |code| format!(" {code}"));
    match answer {
        Answer::Got(got) => format!("got {}", got.asked),
        Answer::NoData { asked } => format!("no data {asked}"),
        Answer::Failed { asked, status } => format!("failed {asked}{}", code(status)),
        Answer::Unasked(href) => format!("unasked {href}"),
        _ => unreachable!("no other answer is known"),
    }
}

/// What came of the hrefs of a multiget of `/a/x` and `/a/y%20`, then what was not found and what is open.
fn multiget(children: &str) -> String {
    let body = body(children);
    let Report { seen, end, .. } = report(&asked(207, &["/a/x", "/a/y%20"]), body.as_bytes());
    let ends = [("not found", &end.not_found), ("open", &end.open)];
    let ends = ends.iter().flat_map(|(what, hrefs)| hrefs.iter().map(move |href| format!("{what} {href}")));
    seen.iter().map(shown).chain(ends).collect::<Vec<_>>().join(", ")
}

macro_rules! rows {
    ($($row:ident { $($children:expr => $answers:literal;)+ })*) => { $(
        #[test]
        fn $row() {
            $(assert_eq!(multiget(&$children), $answers, "{}", $children);)+
        }
    )* };
}

rows! {
    m1_the_data_is_there {
        resource("/a/x", &propstat(DATA, 200)) => "got /a/x, open /a/y%20";
        resource("/a/x", &(propstat(DATA, 200) + &propstat("<D:z/>", 404))) => "got /a/x, open /a/y%20";
        resource("/a/x", &(propstat("<D:z/>", 404) + &propstat(DATA, 200))) => "got /a/x, open /a/y%20";
        resource("/a/x", &(status(200) + &propstat(DATA, 200))) => "got /a/x, open /a/y%20";
        resource("/a/x", &format!("<D:propstat><D:prop>{DATA}</D:prop></D:propstat>")) => "got /a/x, open /a/y%20";
    }
    m2_not_found {
        own("/a/x", 404) => "not found /a/x, open /a/y%20";
        resource("/a/x", &(status(410) + &propstat("", 418))) => "not found /a/x, open /a/y%20";
        // By G4 it is named as it was asked for.
        own("/%61/y%20/", 404) => "not found /a/y%20, open /a/x";
    }
    m3_failed {
        own("/a/x", 403) => "failed /a/x 403, open /a/x, open /a/y%20";
        own("/a/x", 507) => "failed /a/x 507, open /a/x, open /a/y%20";
        resource("/a/x", "<D:status>x</D:status>") => "failed /a/x, open /a/x, open /a/y%20";
        resource("/a/x", &(status(403) + &propstat(DATA, 200))) => "failed /a/x 403, open /a/x, open /a/y%20";
    }
    m4_there_without_its_data {
        resource("/a/x", &(propstat(ETAG, 200) + &propstat("<C:calendar-data/>", 404))) => "no data /a/x, open /a/x, open /a/y%20";
        resource("/a/x", &propstat(ETAG, 200)) => "no data /a/x, open /a/x, open /a/y%20";
    }
    m5_whether_it_is_there_is_not_said {
        resource("/a/x", &propstat("", 404)) => "failed /a/x 404, open /a/x, open /a/y%20";
        resource("/a/x", &(propstat("", 404) + &propstat("", 403))) => "failed /a/x 404, open /a/x, open /a/y%20";
    }
    m6_there_without_any_value {
        own("/a/x", 0) => "no data /a/x, open /a/x, open /a/y%20";
        resource("/a/x", &propstat("<C:calendar-data/>", 404)) => "no data /a/x, open /a/x, open /a/y%20";
        resource("/a/x", "<D:propstat><D:prop/></D:propstat>") => "no data /a/x, open /a/x, open /a/y%20";
        // Of itself it says that it is there.
        resource("/a/x", &(status(200) + &propstat("", 404))) => "no data /a/x, open /a/x, open /a/y%20";
    }
    m7_gone_and_with_values {
        resource("/a/x", &(status(404) + &propstat(ETAG, 200))) => "failed /a/x 404, open /a/x, open /a/y%20";
        resource("/a/x", &(status(410) + &propstat(DATA, 200))) => "failed /a/x 410, open /a/x, open /a/y%20";
    }
    m8_nobody_has_asked {
        own("/a/z", 404) => "unasked /a/z, open /a/x, open /a/y%20";
        own("/a", 200) => "unasked /a, open /a/x, open /a/y%20";
        own("https://other.example/a/x", 404) => "unasked https://other.example/a/x, open /a/x, open /a/y%20";
    }
    m9_unusable_href {
        // By G4 an answer that is about no href which was asked for is unasked.
        own("", 404) => "unasked , open /a/x, open /a/y%20";
        own("http:/dav.example/a/x", 404) => "unasked http:/dav.example/a/x, open /a/x, open /a/y%20";
        resource("", &propstat(DATA, 200)) => "unasked , open /a/x, open /a/y%20";
    }
    m10_what_was_not_answered_is_unknown {
        own("/a/x", 404) => "not found /a/x, open /a/y%20";
        "" => "open /a/x, open /a/y%20";
        // The one that could not be read may have been about it.
        format!("{}<D:response/>", own("/a/x", 404)) => "open /a/x, open /a/y%20";
        format!("{}<D:response/>", resource("/a/x", &propstat(DATA, 200))) => "got /a/x, open /a/y%20";
    }
    several_hrefs {
        format!("<D:response><D:href>/a/x</D:href><D:href>/a/y%20</D:href>{}</D:response>", status(404)) =>
            "not found /a/x, not found /a/y%20";
        // Whose data it is is not known.
        format!("<D:response><D:href>/a/x</D:href><D:href>/a/y%20</D:href>{}</D:response>", propstat(DATA, 200)) =>
            "failed /a/x, failed /a/y%20, open /a/x, open /a/y%20";
    }
    i5_implicit_responses_have_failed {
        format!("<D:href>/a/x</D:href>{}", status(404)) => "failed /a/x 404, open /a/x, open /a/y%20";
        format!("<D:href>/a/x</D:href>{}", propstat(DATA, 200)) => "failed /a/x, open /a/x, open /a/y%20";
        // By G4 an answer that is about no href which was asked for is unasked.
        format!("<D:href>/a/z</D:href>{}", status(404)) => "unasked /a/z, open /a/x, open /a/y%20";
    }
    g1_empty_data_is_none {
        resource("/a/x", &propstat("<C:calendar-data/>", 200)) => "no data /a/x, open /a/x, open /a/y%20";
        resource("/a/x", &propstat("<C:calendar-data> \n&#13;</C:calendar-data>", 200)) => "no data /a/x, open /a/x, open /a/y%20";
        resource("/a/x", &propstat("<C:calendar-data><![CDATA[]]></C:calendar-data>", 200)) => "no data /a/x, open /a/x, open /a/y%20";
        resource("/a/x", &(propstat("<C:calendar-data/>", 200) + &propstat(ETAG, 200))) => "no data /a/x, open /a/x, open /a/y%20";
        resource("/a/x", &propstat("<C:calendar-data><!-- none --></C:calendar-data>", 200)) => "no data /a/x, open /a/x, open /a/y%20";
    }
    g3_one_key_got_twice {
        format!("{0}{0}", resource("/a/x", &propstat(DATA, 200))) => "got /a/x, got /a/x, open /a/y%20";
        resource("/a/x", &propstat(DATA, 200)) + &resource("/a/%78", &propstat(DATA, 200)) => "got /a/x, got /a/x, open /a/y%20";
        // Which of them is right is not known.
        resource("/a/x", &propstat(DATA, 200)) + &resource("/a/x", &propstat("<C:calendar-data>OTHER</C:calendar-data>", 200)) =>
            "open /a/x, open /a/y%20";
        resource("/a/x", &propstat(DATA, 200)) + &resource("/a/x/", &propstat(&format!("{DATA}{ETAG}"), 200)) =>
            "open /a/x, open /a/y%20";
        resource("/a/x", &propstat(&format!("{DATA}{DATA}<C:calendar-data>OTHER</C:calendar-data>"), 200)) =>
            "failed /a/x, open /a/x, open /a/y%20";
    }
}

#[test]
fn m11_of_a_body_that_was_not_finished_nothing_is_said() {
    let body = body(&(own("/a/x", 404) + &resource("/a/y%20", &propstat(DATA, 200))));
    let multiget = asked(207, &["/a/x", "/a/y%20"]);
    for end in 0..body.len() {
        let cut = multiget.clone().read(&body.as_bytes()[..end]).expect_err("it is cut");
        // What was seen may be shown; that something was not found is not among it.
        let seen: Vec<_> = cut.seen().iter().map(shown).collect();
        assert!(seen.is_empty() || seen == ["got /a/y%20"], "cut at {end}: {seen:?}");
        assert!(
            multiget.clone().read_with(&body.as_bytes()[..end], &Options::browse()).is_err(),
            "cut at {end}"
        );
    }
    // Responses that were not taken may have been about it.
    let early = multiget.clone().over(Multistatus::new(body.as_bytes())).finish().expect("it is complete");
    assert_eq!((early.not_found.len(), early.open.len(), early.has_success), (0, 2, false));
    let mut one = multiget.over(Multistatus::new(body.as_bytes()));
    let (_, answers) = one.next_response().expect("well-formed").expect("one");
    assert_eq!(answers, []);
    assert_eq!(one.finish().expect("it is complete").not_found, [""; 0]);
    // Nor is one seen that was taken before (D7).
    let text = support::multistatus(&(own("/a/x", 403) + &own("/a/x", 404)));
    let mut responses = Multistatus::new(text.as_bytes());
    assert_eq!(responses.by_ref().take(1).count(), 1);
    let late = asked(207, &["/a/x"]).over(responses).read().expect("it is complete");
    assert_eq!((late.end.not_found.len(), late.end.open.len()), (0, 1));
}

/// What a client has to know beside the hrefs themselves.
fn end(http_status: u16, hrefs: &[&str], body: &str) -> MultigetEnd {
    report(&asked(http_status, hrefs), body.as_bytes()).end
}

#[test]
fn a_whole_body() {
    let got = resource("/a/x", &propstat(&format!("{ETAG}{DATA}"), 200));
    let text = body(&(got.clone() + &own("/a/y%20", 404) + &own("/a/other", 404) + &own("", 404)));
    let hrefs = ["/a/x", "/a/y%20", "/a/z"];
    let whole = report(&asked(207, &hrefs), text.as_bytes());
    let data = whole.got().next().expect("one");
    assert_eq!((data.asked.as_str(), data.href.as_str(), &*data.data), ("/a/x", "/a/x", "BEGIN"));
    assert_eq!(data.getetag.as_ref().map(|tag| tag.as_str()), Some("1"));
    assert_eq!(
        (&*whole.end.not_found, &*whole.end.open),
        (&["/a/y%20".to_owned()][..], &["/a/z".to_owned()][..])
    );
    assert_eq!((whole.end.has_success, whole.end.advice), (true, Advice::Repeat));
    // iCloud does not know any of them by this spelling.
    let none = body(&(own("/a/x", 404) + &own("/a/y%20", 404) + &own("/a/z", 404)));
    let none = end(207, &hrefs, &none);
    assert_eq!((none.not_found.len(), none.has_success, none.advice), (3, false, Advice::Proceed));
    // Two answers that differ prove nothing, whatever they are and in whatever order.
    for (other, answer) in [
        (got.clone(), "got /a/x"),
        (own("/a/%78", 200), "no data /a/x"),
        (own("/a/x/", 500), "failed /a/x 500"),
    ] {
        for children in [own("/a/x", 404) + &other, other.clone() + &own("/a/x", 404)] {
            let text = body(&children);
            let Report { seen, end, .. } = report(&asked(207, &hrefs), text.as_bytes());
            assert_eq!(seen.iter().map(shown).collect::<Vec<_>>(), [answer]);
            assert_eq!(end.not_found, [""; 0], "{children}");
        }
    }
}

/// What proves a 404: something of the collection was answered with success in the same answer.
#[test]
fn g2_success_beside_it() {
    let gone = own("/a/x", 404);
    for (beside, has_success) in [
        (resource("/a/y%20", &propstat(DATA, 200)), true),
        (resource("/a/y%20", &propstat(ETAG, 200)), true),
        (own("/a/y%20", 200), true),
        // The collection itself, and a member that was not asked for.
        (resource("/a/", &propstat(ETAG, 200)), true),
        (own("/a/other", 200), true),
        (String::new(), false),
        (own("/a/y%20", 404), false),
        (own("/a/y%20", 0), false),
        (own("/a/y%20", 403), false),
        (resource("/a/y%20", &propstat("<C:calendar-data/>", 404)), false),
        // Of another collection.
        (own("/b/", 200), false),
        (own("https://other.example/a/y%20", 200), false),
        (own("/", 200), false),
        (own("", 200), false),
    ] {
        let end = end(207, &["/a/x", "/a/y%20"], &body(&(gone.clone() + &beside)));
        assert_eq!(
            (end.not_found.first().map_or("", String::as_str), end.has_success),
            ("/a/x", has_success),
            "{beside}"
        );
    }
    // What cannot be read may be about it.
    let lost = end(207, &["/a/x"], &body(&(gone + &own("/a/", 200) + "<D:response/>")));
    assert_eq!((lost.not_found.len(), lost.open, lost.has_success), (0, vec!["/a/x".to_owned()], false));
}

#[test]
fn g4_every_answer_says_which_href_it_is_about_as_asked() {
    let text = body(
        &(resource("https://dav.example/a/%78", &propstat(DATA, 200))
            + &own("/a/y%20", 404)
            + &own("/a/z", 500)),
    );
    let hrefs = ["x", "https://dav.example/a/y%20", "/%61/z"];
    let Report { seen, end, .. } = report(&asked(207, &hrefs), text.as_bytes());
    assert_eq!(seen.iter().map(shown).collect::<Vec<_>>(), ["got x", "failed /%61/z 500"]);
    assert_eq!(
        (&*end.not_found, &*end.open),
        (&["https://dav.example/a/y%20".to_owned()][..], &["/%61/z".to_owned()][..])
    );
    // Two asked hrefs of one key, and one that cannot be resolved, stay open, whatever comes.
    let hrefs = ["/a/x", "/a/%78", "http:/dav.example/a/y", "", "/a/z"];
    for (children, answer) in [
        (own("/a/x", 404), "failed /a/x"),
        (resource("/a/x", &propstat(DATA, 200)), "failed /a/x"),
        (own("", 404), "unasked "),
    ] {
        let text = body(&(children + &own("/a/z", 404)));
        let Report { seen, end, .. } = report(&asked(207, &hrefs), text.as_bytes());
        assert_eq!(seen.iter().map(shown).collect::<Vec<_>>(), [answer]);
        assert_eq!(
            (&*end.not_found, &*end.open),
            (
                &["/a/z".to_owned()][..],
                &hrefs[..4].iter().map(|href| (*href).to_owned()).collect::<Vec<_>>()[..]
            )
        );
        assert_eq!(end.advice, Advice::Repeat);
    }
}

#[test]
fn g5_a_request_that_fails_as_a_whole_is_split() {
    let error = "<D:error xmlns:D='DAV:'/>";
    let page = "<!DOCTYPE html><html></html>";
    let gone = body(&own("/a/x", 404));
    for text in [error, page, &gone, ""] {
        for (http_status, advice) in [
            (404, Advice::OneByOne),
            (403, Advice::OneByOne),
            (414, Advice::OneByOne),
            (400, Advice::OneByOne),
            (500, Advice::OneByOne),
            (401, Advice::LogIn),
            (429, Advice::Later),
            (502, Advice::Later),
            (503, Advice::Later),
            (504, Advice::Later),
        ] {
            let Report { seen, end, .. } = report(&asked(http_status, &["/a/x", "/a/y"]), text.as_bytes());
            assert_eq!((seen.len(), end.not_found.len(), end.open.len()), (0, 0, 2), "{http_status}: {text}");
            assert_eq!((end.advice, end.has_success), (advice, false), "{http_status}: {text}");
        }
    }
    // Repeating what was not understood helps as little.
    assert_eq!(end(207, &["/a/x"], error).advice, Advice::OneByOne);
}

/// D8: what a status of HTTP other than 200 and 207 goes with is no answer.
#[test]
fn d8_the_status_of_http() {
    let text = body(&resource("/a/x", &propstat(DATA, 200)));
    for (http_status, is_answer) in
        [(200, true), (207, true), (203, false), (206, false), (226, false), (301, false)]
    {
        let Report { seen, end, .. } = report(&asked(http_status, &["/a/x"]), text.as_bytes());
        assert_eq!(
            (seen.len() == 1, end.open.is_empty(), end.has_success),
            (is_answer, is_answer, is_answer)
        );
    }
}

/// What the parts of a pair say is the same as what each says alone.
#[test]
fn two_values_that_differ_beside_another_observer() {
    let text = body(
        &(resource("/a/x", &propstat(DATA, 200))
            + &resource("/a/x", &propstat("<C:calendar-data>OTHER</C:calendar-data>", 200))),
    );
    let pair = (asked(207, &["/a/x"]), Propfind::new(request("/a/"), 207));
    let (multiget, listing) = pair.read(text.as_bytes()).expect("it is complete").split();
    assert_eq!((multiget.seen.len(), multiget.end.open.len(), listing.seen.len()), (0, 1, 2));
}

/// A status in no namespace, and an href with an element in it, are not what the server may have meant (D5).
#[test]
fn d5_what_may_be_misread_is_not_found() {
    let text = body("<D:response><D:href>/a/<x/>x</D:href><D:status>HTTP/1.1 404 x</D:status></D:response>");
    let Report { seen, end, .. } = report(&asked(207, &["/a/x"]), text.as_bytes());
    assert_eq!(
        (&*seen.iter().map(shown).collect::<Vec<_>>(), end.not_found.len()),
        (&["failed /a/x 404".to_owned()][..], 0)
    );
}
