//! The answer to a multiget report, one test per row of the table: M1 to M11.

mod support;

use multistatus::{
    Href, Multistatus, Options,
    meaning::{Answer, Multiget},
    names,
};
use support::{own, propstat, request, resource, status};

const DATA: &str = "<C:calendar-data>BEGIN</C:calendar-data>";
const ETAG: &str = "<D:getetag>1</D:getetag>";

/// What came of the hrefs of a multiget of `/a/x` and `/a/y`, and which of them were not answered.
fn multiget(children: &str) -> (Vec<String>, Option<Vec<String>>) {
    let body = format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>{children}</D:multistatus>"
    );
    let mut multiget = Multiget::new(207, request("/a/"), names::caldav::CALENDAR_DATA);
    multiget.ask("/a/x").expect("an href");
    multiget.ask("/a/y%20").expect("an href");
    let mut responses = Multistatus::new(body.as_bytes());
    let mut answers = Vec::new();
    for response in responses.by_ref().flatten() {
        answers.extend(multiget.see(&response).iter().map(|answer| match answer {
            Answer::Got(href) => format!("got {href}"),
            Answer::NotFound(href) => format!("not found {href}"),
            Answer::NoData(href) => format!("no data {href}"),
            Answer::Failed { href, status } => {
                format!("failed {href}{}", status.map_or(String::new(), |code| format!(" {code}")))
            }
            Answer::Unasked(href) => format!("unasked {href}"),
            _ => unreachable!("no other answer is known"),
        }));
    }
    let trailer = responses.finish().expect("it is complete");
    let open = multiget.unanswered(&trailer).map(|open| open.map(str::to_owned).collect());
    (answers, open)
}

macro_rules! rows {
    ($($row:ident { $($children:expr => $answers:literal;)+ })*) => { $(
        #[test]
        fn $row() {
            $(assert_eq!(multiget(&$children).0.join(", "), $answers, "{}", $children);)+
        }
    )* };
}

rows! {
    m1_the_data_is_there {
        resource("/a/x", &propstat(DATA, 200)) => "got /a/x";
        resource("/a/x", &(propstat(DATA, 200) + &propstat("<D:z/>", 404))) => "got /a/x";
        resource("/a/x", &(propstat("<D:z/>", 404) + &propstat(DATA, 200))) => "got /a/x";
        resource("/a/x", &(status(200) + &propstat(DATA, 200))) => "got /a/x";
    }
    m2_not_found {
        own("/a/x", 404) => "not found /a/x";
        resource("/a/x", &(status(410) + &propstat("", 418))) => "not found /a/x";
        own("/%61/y%20/", 404) => "not found /%61/y%20/";
    }
    m3_failed {
        own("/a/x", 403) => "failed /a/x 403";
        own("/a/x", 507) => "failed /a/x 507";
        resource("/a/x", "<D:status>x</D:status>") => "failed /a/x";
        resource("/a/x", &(status(403) + &propstat(DATA, 200))) => "failed /a/x 403";
    }
    m4_there_without_its_data {
        resource("/a/x", &(propstat(ETAG, 200) + &propstat("<C:calendar-data/>", 404))) => "no data /a/x";
        resource("/a/x", &propstat(ETAG, 200)) => "no data /a/x";
    }
    m5_whether_it_is_there_is_not_said {
        resource("/a/x", &propstat("", 404)) => "failed /a/x 404";
        resource("/a/x", &(propstat("", 404) + &propstat("", 403))) => "failed /a/x 404";
    }
    m6_there_without_any_value {
        own("/a/x", 0) => "no data /a/x";
        resource("/a/x", &propstat("<C:calendar-data/>", 404)) => "no data /a/x";
        resource("/a/x", "<D:propstat><D:prop/></D:propstat>") => "no data /a/x";
        // Of itself it says that it is there.
        resource("/a/x", &(status(200) + &propstat("", 404))) => "no data /a/x";
    }
    m7_gone_and_with_values {
        resource("/a/x", &(status(404) + &propstat(ETAG, 200))) => "failed /a/x 404";
        resource("/a/x", &(status(410) + &propstat(DATA, 200))) => "failed /a/x 410";
    }
    m8_nobody_has_asked {
        own("/a/z", 404) => "unasked /a/z";
        own("/a", 200) => "unasked /a";
        own("https://other.example/a/x", 404) => "unasked https://other.example/a/x";
    }
    m9_unusable_href {
        own("", 404) => "failed  404";
        own("http:/dav.example/a/x", 404) => "failed http:/dav.example/a/x 404";
    }
    several_hrefs {
        format!("<D:response><D:href>/a/x</D:href><D:href>/a/y%20</D:href>{}</D:response>", status(404)) =>
            "not found /a/x, not found /a/y%20";
        // Whose data it is is not known.
        format!("<D:response><D:href>/a/x</D:href><D:href>/a/y%20</D:href>{}</D:response>", propstat(DATA, 200)) =>
            "failed /a/x, failed /a/y%20";
    }
    i5_implicit_responses_have_failed {
        format!("<D:href>/a/x</D:href>{}", status(404)) => "failed /a/x 404";
        format!("<D:href>/a/z</D:href>{}", status(404)) => "failed /a/z 404";
        format!("<D:href>/a/x</D:href>{}", propstat(DATA, 200)) => "failed /a/x";
    }
}

#[test]
fn m10_what_was_not_answered_is_unknown() {
    assert_eq!(multiget(&own("/a/x", 404)).1, Some(vec!["/a/y%20".to_owned()]));
    assert_eq!(multiget("").1.map(|open| open.len()), Some(2));
    // The one that could not be read may have been it.
    assert_eq!(multiget(&format!("{}<D:response/>", own("/a/x", 404))).1, None);
}

#[test]
fn m11_of_a_body_that_was_not_finished_nothing_is_said() {
    let body = support::multistatus(&own("/a/x", 404));
    for end in 0..body.len() {
        assert!(Multistatus::new(&body.as_bytes()[..end]).finish().is_err(), "no trailer, cut at {end}");
    }
    let mut multiget = Multiget::new(207, request("/a/"), names::caldav::CALENDAR_DATA);
    multiget.ask("/a/x").expect("an href");
    let early = Multistatus::new(body.as_bytes()).finish().expect("it is complete");
    assert!(multiget.unanswered(&early).is_none(), "responses were not given out");
    let mut responses = Multistatus::new(body.as_bytes());
    assert_eq!(responses.by_ref().count(), 1);
    let taken = responses.finish().expect("it is complete");
    assert!(multiget.unanswered(&taken).is_none(), "one was taken, and not shown");
}

/// The lists of a report, and whether what was not found may be gone.
fn read(children: &str) -> (Vec<(&'static str, String)>, bool) {
    let body = format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>{children}</D:multistatus>"
    );
    let mut multiget = Multiget::new(207, request("/a/"), names::caldav::CALENDAR_DATA);
    for href in ["/a/x", "/a/y%20", "/a/z"] {
        multiget.ask(href).expect("an href");
    }
    let report = multiget.read(body.as_bytes(), &Options::new()).expect("it is complete");
    let hrefs = |hrefs: &[Href<'_>]| hrefs.iter().map(Href::as_str).collect::<Vec<_>>().join(" ");
    let mut open = report.unanswered.clone().map_or(vec!["?".to_owned()], |open| open);
    open.sort_unstable();
    let lists = [
        ("got", report.got.iter().map(|response| response.href().to_string()).collect::<Vec<_>>().join(" ")),
        ("not found", hrefs(&report.not_found)),
        ("no data", hrefs(&report.no_data)),
        ("failed", hrefs(&report.failed)),
        ("unasked", hrefs(&report.unasked)),
        ("unanswered", open.join(" ")),
    ];
    (lists.into_iter().filter(|(_, list)| !list.is_empty()).collect(), report.shows_removals())
}

#[test]
fn a_whole_body() {
    let lists = |expected: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        expected.iter().map(|(name, list)| (*name, (*list).to_owned())).collect()
    };
    let got = resource("/a/x", &propstat(DATA, 200));
    let all = got.clone() + &own("/a/y%20", 404) + &own("/a/other", 404) + &own("", 404);
    let expected = [
        ("got", "/a/x"),
        ("not found", "/a/y%20"),
        ("failed", ""),
        ("unasked", "/a/other"),
        ("unanswered", "/a/z"),
    ];
    let expected: Vec<_> = lists(&expected).into_iter().filter(|(_, list)| !list.is_empty()).collect();
    assert_eq!(read(&all), (expected, true));
    // iCloud does not know any of them by this spelling.
    let none = own("/a/x", 404) + &own("/a/y%20", 404) + &own("/a/z", 404);
    assert_eq!(read(&none), (lists(&[("not found", "/a/x /a/y%20 /a/z")]), false));
    // Two answers that differ prove nothing, whatever they are and in whatever order.
    for (other, list) in
        [(got.clone(), "got"), (own("/a/%78", 200), "no data"), (own("/a/x/", 500), "failed")]
    {
        for children in [own("/a/x", 404) + &other, other.clone() + &own("/a/x", 404)] {
            let (lists, _) = read(&children);
            assert_eq!((lists.len(), lists[0].0), (2, list), "{lists:?}");
        }
    }
    let lost = got + "<D:response/>";
    assert_eq!(read(&lost).0, lists(&[("got", "/a/x"), ("unanswered", "?")]));
}

#[test]
fn a_whole_body_that_is_none() {
    let body = support::multistatus(&own("/a/x", 404));
    for end in 0..body.len() {
        let multiget = Multiget::new(207, request("/a/"), names::caldav::CALENDAR_DATA);
        assert!(multiget.read(&body.as_bytes()[..end], &Options::browse()).is_err(), "cut at {end}");
    }
    let mut refused = Multiget::new(403, request("/a/"), names::caldav::CALENDAR_DATA);
    refused.ask("/a/x").expect("an href");
    let report = refused.read(body.as_bytes(), &Options::new()).expect("it is complete");
    assert_eq!((report.not_found.len(), report.failed.len()), (0, 1));
}
