//! When a listing may be compared with the one before, and what it shows when not: one test per row of table H, and the
//! rules before it.

mod support;

use multistatus::{
    Decoder, Multistatus, Options, Reader,
    href::{HrefKey, HrefRelation},
    meaning::{Advice, DoubtReason, Observer, Propfind, Report},
};
use support::{multistatus, own, propstat, request, resource, stats, status};

fn depth_one() -> Propfind {
    Propfind::new(request("/a/"), 207)
}

/// What a body says, which is the same by every input.
fn report<'a>(listing: &Propfind, body: &'a [u8]) -> Report<'a, Propfind> {
    let report = listing.clone().read(body).expect("it is complete");
    for other in [
        listing.clone().over(Decoder::new()).read(body.chunks(1)),
        listing.clone().over(Reader::new(body)).read(),
    ] {
        assert_eq!(report.clone().into_owned(), other.expect("it is complete"));
    }
    report
}

/// The doubts, each with its example.
fn doubts_of(listing: &Propfind, children: &str) -> Vec<String> {
    let body = multistatus(children);
    let end = report(listing, body.as_bytes()).end;
    assert_eq!(end.advice == Advice::Proceed, end.is_complete());
    end.doubts
        .iter()
        .map(|doubt| {
            let reason = format!("{:?}", doubt.reason);
            doubt.example.iter().fold(reason, |reason, href| format!("{reason} {href}"))
        })
        .collect()
}

fn doubts(children: &str) -> Vec<String> {
    doubts_of(&depth_one(), children)
}

fn is_complete(children: &str) -> bool {
    doubts(children).is_empty()
}

/// A response with an entity tag.
fn tagged(href: &str, tag: &str) -> String {
    resource(href, &propstat(&format!("<D:getetag>\"{tag}\"</D:getetag>"), 200))
}

fn keys(hrefs: &[&str]) -> Vec<HrefKey> {
    hrefs.iter().map(|href| request("/a/").key(&multistatus::Href::new(*href)).expect("a key")).collect()
}

/// Those of `/a/b`, `/a/c` and `/a/d` that are gone, as far as that is proven.
fn absent(listing: &Propfind, children: &str) -> Vec<usize> {
    let (body, known) = (multistatus(children), keys(&["/a/b", "/a/c", "/a/d"]));
    let report = report(listing, body.as_bytes());
    let absent = report.absent(&known);
    known.iter().enumerate().filter(|(_, key)| absent.contains(key)).map(|(number, _)| number).collect()
}

#[test]
fn a_listing_is_complete_only_without_a_doubt() {
    let itself = stats("/a/", &[200]);
    assert!(is_complete(&itself));
    assert!(
        is_complete(&(stats("/a/b", &[200, 404]) + &itself + &own("/a/c", 200))),
        "it may stand anywhere"
    );
    for (doubt, why) in [
        (own("/a/b", 403), "a member failed"),
        (own("/a/b", 404), "a member is gone"),
        (own("/a/", 507), "it is cut"),
        (stats("/b/c", &[200]), "foreign"),
        (stats("https://other.example/a/b", &[200]), "another host"),
        (own("", 200), "an empty href"),
        (stats("/a/b", &[200, 500]), "a member failed in part"),
        ("<D:response/>".to_owned(), "an error item"),
        (format!("<D:href>/a/b</D:href>{}", status(200)), "an implicit response"),
        (
            format!(
                "<D:response><D:href>/a/b</D:href><D:href>/a/c</D:href>{}</D:response>",
                propstat("<D:a/>", 200)
            ),
            "several hrefs",
        ),
    ] {
        assert!(!is_complete(&(itself.clone() + &doubt)), "{why}");
        assert_eq!(absent(&depth_one(), &(itself.clone() + &tagged("/a/z", "1") + &doubt)), [0; 0], "{why}");
    }
    for code in [102, 301, 424, 999] {
        assert!(!is_complete(&(itself.clone() + &own("/a/b", code))), "{code}");
    }
    assert!(!is_complete(""), "itself is missing");
    assert!(!is_complete(&stats("/a/b", &[200])), "itself is missing");
    assert!(!is_complete(&own("/a/", 404)), "itself failed");
}

#[test]
fn a_cut_body_is_never_a_complete_listing() {
    let body = multistatus(&(stats("/a/", &[200]) + &stats("/a/b", &[200])));
    for end in 0..=body.len() {
        let read = depth_one().read(&body.as_bytes()[..end]);
        assert_eq!(read.is_ok_and(|report| report.end.is_complete()), end == body.len(), "cut at {end}");
    }
}

#[test]
fn a_body_that_was_repaired_or_answers_a_failure_is_none() {
    let body = multistatus(&(stats("/a/", &[200]) + &stats("/a/b", &[200])));
    let doubts = |http: u16, body: &str, options: &Options| {
        let listing = Propfind::new(request("/a/"), http);
        let end = listing.read_with(body.as_bytes(), options).expect("it is complete").end;
        (end.doubts.iter().map(|doubt| doubt.reason).collect::<Vec<_>>(), end.advice)
    };
    assert_eq!(doubts(207, &body, &Options::browse()), (vec![], Advice::Proceed));
    assert_eq!(doubts(200, &body, &Options::browse()), (vec![], Advice::Proceed));
    let repaired = body.replace("<D:a/>", "<D:a>&</D:a>");
    assert_eq!(doubts(207, &repaired, &Options::browse()), (vec![DoubtReason::Repaired], Advice::Later));
    // D8: also what is one of success, but not that of a listing.
    for (http, advice) in [
        (401, Advice::LogIn),
        (503, Advice::Later),
        (404, Advice::List),
        (206, Advice::List),
        (203, Advice::List),
    ] {
        let doubts = doubts(http, &body, &Options::new());
        assert_eq!(doubts, (vec![DoubtReason::HttpStatus(http)], advice), "{http}");
    }
}

/// One was taken before the listing was made of the rest (D7).
#[test]
fn what_was_taken_before_is_missing() {
    let body = multistatus(&(stats("/a/b", &[200]) + &stats("/a/", &[200]) + &stats("/a/c", &[200])));
    let mut responses = Multistatus::new(body.as_bytes());
    assert_eq!(responses.by_ref().take(1).count(), 1);
    let late = depth_one().over(responses).read().expect("it is complete");
    assert_eq!(late.end.doubts.iter().map(|doubt| doubt.reason).collect::<Vec<_>>(), [DoubtReason::Unread]);
    assert!(late.absent(&keys(&["/a/b"])).is_empty());
}

/// A page, and a body that only says why, differ from a listing that is empty.
#[test]
fn another_root_is_no_listing() {
    let error = b"<D:error xmlns:D='DAV:'><D:need-privileges/></D:error>";
    for (http, reasons) in [
        (207, vec![DoubtReason::OtherRoot]),
        (403, vec![DoubtReason::HttpStatus(403), DoubtReason::OtherRoot]),
    ] {
        let end = report(&Propfind::new(request("/a/"), http), error).end;
        assert_eq!(end.doubts.iter().map(|doubt| doubt.reason).collect::<Vec<_>>(), reasons);
        assert_eq!(end.culprits.iter().map(|culprit| culprit.conditions.len()).collect::<Vec<_>>(), [1]);
        assert!(!end.has_member && !end.proves_absence());
    }
    let page = b"<!DOCTYPE html><html></html>";
    assert_eq!(depth_one().read(page).expect_err("no listing").advice(), Advice::LogIn);
    let end = report(&Propfind::new(request("/a/"), 502), page).end;
    assert_eq!((end.advice, end.culprits[0].status), (Advice::Later, Some(502)));
}

#[test]
fn the_collection_itself_is_found_by_its_href_wherever_it_stands() {
    let entries = [stats("/a/b", &[200]), stats("/%61", &[200]), stats("/a/c/", &[200])];
    for turn in 0..3 {
        let body = multistatus(
            &[&entries[turn % 3], &entries[(turn + 1) % 3], &entries[(turn + 2) % 3]].map(|s| &**s).concat(),
        );
        let report = report(&depth_one(), body.as_bytes());
        assert_eq!(report.itself().map(|entry| entry.href.as_str()), Some("/%61"));
        assert_eq!((report.members().count(), report.by_key().len()), (2, 2));
        assert!(report.members().all(|entry| entry.relation == HrefRelation::Child));
    }
}

/// The resource of depth 0 is found under whatever alias: iCloud answers a PROPFIND of `/` with the path of the user.
#[test]
fn itself_under_an_alias() {
    let text = multistatus(&stats("/174/principal/", &[200]));
    for (path, is_complete) in [("/", true), ("/x/", true), ("/174/principal", true)] {
        let listing = Propfind::new(request(path), 207).depth_zero();
        let report = report(&listing, text.as_bytes());
        assert_eq!(report.end.is_complete(), is_complete, "{path}: {:?}", report.end.doubts);
        assert_eq!(report.itself().map(|entry| entry.href.as_str()), Some("/174/principal/"), "{path}");
        assert!(!report.end.proves_absence(), "one resource says nothing about others");
    }
    let other = multistatus(&stats("https://other.example/", &[200]));
    let report = report(&Propfind::new(request("/"), 207).depth_zero(), other.as_bytes());
    assert!(report.itself().is_none() && !report.end.is_complete());
}

/// What nginx says of a resource that is not there is not that it may be removed: it is named.
#[test]
fn a_member_that_is_named_and_not_said_to_be_there_is_doubtful() {
    let listed = stats("/a/", &[200]) + &tagged("/a/c", "1");
    assert_eq!(absent(&depth_one(), &listed), [0, 2]);
    for nothing in
        [resource("/a/b", &propstat("", 404)), own("/a/b", 404), own("/a/b", 410), own("/a/b", 424)]
    {
        let children = listed.clone() + &nothing;
        assert_eq!(doubts(&children), ["Failed /a/b"]);
        assert_eq!(absent(&depth_one(), &children), [0; 0]);
    }
    assert_eq!(doubts(&(listed + &own("/a/b", 0))), [""; 0], "there, without properties");
}

#[test]
fn h1_the_collection_is_closed() {
    let member = tagged("/a/b", "1");
    for code in [401, 403, 500, 423, 301] {
        let found =
            doubts(&(resource("/a/", &(propstat("<D:a/>", 200) + &propstat("<D:b/>", code))) + &member));
        assert!(found.contains(&"CollectionRefused /a/".to_owned()), "{code}: {found:?}");
    }
    let unreadable = "<D:propstat><D:prop><D:b/></D:prop><D:status>x</D:status></D:propstat>";
    assert_eq!(doubts(&(resource("/a/", unreadable) + &member))[0], "CollectionRefused /a/");
    let refused = resource("/a/", &(propstat("<D:a/>", 200) + &propstat("<D:b/>", 403)));
    assert_eq!(doubts_of(&depth_one().depth_zero(), &refused), [""; 0], "it is not listed");
    // Missing is not refused, a member's properties are its own, and what names none refuses none.
    for children in [
        stats("/a/", &[200, 404]) + &member,
        stats("/a/", &[200]) + &stats("/a/b", &[200, 403]),
        resource("/a/", &(propstat("<D:a/>", 200) + &propstat("", 403))) + &member,
    ] {
        assert_eq!(doubts(&children), [""; 0], "{children}");
    }
    // Nothing at all under 2xx.
    for children in
        [own("/a/", 0), stats("/a/", &[404]), own("/a/", 0) + &own("/a/b", 0) + &stats("/a/c", &[404])]
    {
        assert_eq!(doubts(&children), ["NoSuccess"], "{children}");
        assert!(
            depth_one()
                .depth_zero()
                .read(multistatus(&own("/a/", 0)).as_bytes())
                .is_ok_and(|report| report.end.is_complete())
        );
    }
    // An empty propstat of 200 is enough, a response-level 200 too.
    for children in [
        resource("/a/", &propstat("", 200)),
        own("/a/", 200),
        own("/a/", 0) + &resource("/a/b", &propstat("", 200)),
    ] {
        assert_eq!(doubts(&children), [""; 0], "{children}");
    }
}

/// oCIS, after a token was revoked: the collection, and not a word about it.
#[test]
fn nothing_but_the_collections_href() {
    let body = "<d:multistatus xmlns:s=\"http://sabredav.org/ns\" xmlns:d=\"DAV:\"><d:response><d:href>/dav/spaces/0$1/</d:href>\
        </d:response></d:multistatus>";
    let report = report(&Propfind::new(request("/dav/spaces/0$1/"), 207), body.as_bytes());
    assert_eq!(
        report.end.doubts.iter().map(|doubt| doubt.reason).collect::<Vec<_>>(),
        [DoubtReason::NoSuccess]
    );
    let known = keys(&["/dav/spaces/0$1/a"]);
    assert!(report.absent(&known).is_empty());
}

#[test]
fn h2_deeper_than_was_asked_for() {
    let children = stats("/a/", &[200]) + &stats("/a/b/", &[200]) + &stats("/a/b/c", &[200]);
    assert_eq!(doubts(&children), ["TooDeep /a/b/c"]);
    assert_eq!(doubts_of(&depth_one().depth_infinity(), &children), [""; 0]);
    assert_eq!(doubts_of(&depth_one().depth_zero(), &children), ["TooDeep /a/b/"]);
}

#[test]
fn h3_one_key_twice() {
    let itself = stats("/a/", &[200]);
    let kind = |kind: &str| {
        let kind = format!("<D:getetag>\"1\"</D:getetag><D:resourcetype>{kind}</D:resourcetype>");
        resource("/a/b", &propstat(&kind, 200))
    };
    for (twice, expected) in [
        (tagged("/a/b", "1") + &tagged("/a/b", "2"), &["Twice /a/b"][..]),
        (tagged("/a/b", "1") + &stats("/a/b", &[200]), &["Twice /a/b"]),
        // Two spellings: SOGo writes the names `b c` and `b%20c` so.
        (tagged("/a/b c", "1") + &tagged("/a/b%20c", "1"), &["Twice /a/b%20c"]),
        (tagged("/a/%62", "1") + &tagged("/a/b", "1"), &["Twice /a/b"]),
        (kind("<D:collection/>") + &kind(""), &["Twice /a/b"]),
        // Without a tag, nothing shows that both are about the same.
        (own("/a/b", 200) + &own("/a/b", 200), &["Twice /a/b"]),
        (tagged("/a/b", "1") + &tagged("/a/b", "1"), &[]),
        // One spelling are an absolute URL and its path, the case of hex digits and a slash at the end.
        (tagged("/a/b", "1") + &tagged("https://dav.example/a/b/", "1"), &[]),
        (tagged("/a/%c3%bc", "1") + &tagged("/a/%C3%BC", "1"), &[]),
        // The collection itself, too: one of them was to be another resource. Its spelling does not matter.
        (tagged("/%61/", "1"), &["Twice /%61/"]),
        (stats("/%61/", &[200]), &[]),
    ] {
        assert_eq!(doubts(&(itself.clone() + &twice)), expected, "{twice}");
    }
}

#[test]
fn h4_no_name_that_was_asked_for_is_mentioned() {
    let children = stats("/a/", &[200, 404]) + &stats("/a/c", &[200]);
    for (names, expected) in [
        (&["z", "{urn:x}a"][..], &["NotMentioned"][..]),
        (&["z", "a"], &[]),
        // As missing it is mentioned, too.
        (&["b"], &[]),
        (&[], &[]),
    ] {
        assert_eq!(doubts_of(&depth_one().asked(names.iter().copied()), &children), expected, "{names:?}");
    }
    assert_eq!(doubts(&children), [""; 0], "with return=minimal nobody asks");
}

#[test]
fn h5_without_a_member_absence_is_not_proven() {
    let itself = stats("/a/", &[200]);
    let body = multistatus(&itself);
    let report = report(&depth_one(), body.as_bytes());
    assert!(report.end.is_complete() && !report.end.has_member && !report.end.proves_absence());
    assert_eq!(absent(&depth_one(), &itself), [0; 0]);
    assert_eq!(absent(&depth_one(), &(itself + &tagged("/a/b/", "1"))), [1, 2]);
    // What is elsewhere, or deeper than was asked for, is not absent.
    let known = keys(&["/a/b/c", "/a/b", "/a", "/z/b", "https://other.example/a/b", "/a/d"]);
    let body = multistatus(&(stats("/a/", &[200]) + &tagged("/a/b/", "1")));
    let absent_of = |listing: Propfind| {
        let found = listing.read(body.as_bytes()).expect("it is complete");
        found.absent(&known).into_iter().map(|key| format!("{key:?}")).collect::<Vec<_>>()
    };
    let [d, c] = ["https://dav.example:443/a/d", "https://dav.example:443/a/b/c"];
    assert_eq!(absent_of(depth_one()), [d]);
    assert_eq!(absent_of(depth_one().depth_infinity()), [c, d]);
    assert_eq!(absent_of(depth_one().depth_zero()), [""; 0]);
    // Without the collection itself, too, where that was not asked for.
    assert_eq!(absent(&depth_one().noroot(), &tagged("/a/%62", "1")), [1, 2]);
    assert_eq!(absent(&depth_one().noroot(), ""), [0; 0]);
}

#[test]
fn h6_every_reason_is_named_with_an_example() {
    let children = resource("/a/", &(propstat("<D:a/>", 200) + &propstat("<D:b/>", 403)))
        + &own("/a/f", 423)
        + &own("/a/g", 423)
        + &stats("/a/b/c", &[200])
        + &stats("/b", &[200])
        + &tagged("/a/b", "1")
        + &tagged("/a/b", "2")
        + &stats("/a/x%2Fy", &[200])
        + "<D:response/>";
    let expected = [
        "CollectionRefused /a/",
        "Failed /a/f",
        "TooDeep /a/b/c",
        "Foreign /b",
        "Twice /a/b",
        "Name /a/x%2Fy",
        "Unread",
    ];
    assert_eq!(doubts_of(&depth_one().asked(["z"]), &children), [&expected[..], &["NotMentioned"]].concat());
    let body = multistatus(&children);
    let end = report(&depth_one(), body.as_bytes()).end;
    assert_eq!(end.doubts[1].to_string(), "a resource failed: /a/f");
    assert_eq!(end.culprits.iter().map(ToString::to_string).collect::<Vec<_>>(), ["/a/f: 423", "/a/g: 423"]);
    assert_eq!(doubts(""), ["NoCollection", "NoSuccess"]);
}

#[test]
fn h7_what_was_seen_is_handed_out() {
    let children = own("/a/f", 423)
        + &tagged("/a/b", "1")
        + &stats("/b", &[200])
        + &tagged("/a/c", "2")
        + "<D:response/>";
    let body = multistatus(&children);
    let names = |entries: &mut dyn Iterator<Item = &multistatus::meaning::Entry<'_>>| -> Vec<String> {
        entries.map(|entry| entry.name.clone().expect("a name")).collect()
    };
    let report = report(&depth_one(), body.as_bytes());
    assert_eq!(names(&mut report.members()), ["b", "c"]);
    assert!(!report.end.is_complete());
    // Also under another status of HTTP.
    for http in [206, 404, 503] {
        let other = self::report(&Propfind::new(request("/a/"), http), body.as_bytes());
        assert_eq!(names(&mut other.members()), ["b", "c"], "{http}");
        assert!(!other.end.is_complete(), "{http}");
    }
    // Also of a body that was cut, and response by response.
    let end = body.find("<D:response/>").expect("it is there");
    let cut = depth_one().read(&body.as_bytes()[..end]).expect_err("it is cut");
    assert_eq!(names(&mut cut.seen().iter()), ["b", "c"]);
    assert_eq!(cut.advice(), Advice::Repeat);
    let mut responses = depth_one().over(Multistatus::new(body.as_bytes()));
    let mut seen = Vec::new();
    loop {
        match responses.next_response() {
            Ok(Some((_, entries))) => seen.extend(entries),
            Ok(None) => break,
            Err(error) => assert!(!error.is_fatal()),
        }
    }
    assert_eq!(names(&mut seen.iter()), ["b", "c"]);
    assert_eq!(responses.finish().expect("it is complete"), report.end);
}

#[test]
fn h8_a_name_that_is_none() {
    let itself = stats("/a/", &[200]);
    for (href, is_name) in [
        ("/a/b%2Fc", false),
        ("/a/b%2fc/", false),
        ("/a/%FF", false),
        ("/a/%00", false),
        ("/a/b%0Ac", false),
        ("/a/%2E%2E", false),
        ("/a/b%20c", true),
        ("/a/100%", true),
        ("/a/b+c", true),
    ] {
        let found = doubts(&(itself.clone() + &stats(href, &[200])));
        assert_eq!(found.is_empty(), is_name, "{href}: {found:?}");
    }
    // Whatever the path of the collection has in it.
    let listing = Propfind::new(request("/x%2Fy/"), 207);
    assert_eq!(doubts_of(&listing, &(stats("/x%2Fy/", &[200]) + &stats("/x%2Fy/b", &[200]))), [""; 0]);
}

/// civetweb escapes the slashes of a path, so that an href leads below the collection, to where nothing is.
#[test]
fn slashes_are_escaped() {
    let children = stats("/webdav/docs/", &[200])
        + &stats("%2fwebdav%2fdocs%2fplan", &[200])
        + &stats("%2fwebdav%2fdocs%2fa.png", &[200]);
    let listing = Propfind::new(request("/webdav/docs/"), 207);
    assert_eq!(doubts_of(&listing, &children), ["Foreign %2fwebdav%2fdocs%2fplan"]);
    let body = multistatus(&children);
    let found = report(&listing, body.as_bytes());
    assert_eq!(found.members().count(), 0, "never a child with a wrong URL");
    // A repair reads them.
    let repaired = Propfind::new(request("/webdav/docs/").decode_twice(), 207);
    assert_eq!(doubts_of(&repaired, &children), [""; 0]);
    let found = report(&repaired, body.as_bytes());
    let names: Vec<_> = found.members().map(|entry| entry.display_name()).collect();
    assert_eq!(names, ["plan", "a.png"]);
}
