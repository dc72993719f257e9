//! Hrefs as servers really send them: one test per habit of section A of the project's list, each with the URL that was
//! asked for.

mod support;

use multistatus::{
    Href, Multistatus, Response,
    href::{HrefError, HrefKey, HrefRelation, HrefRepairs, LocatedHref, Origin, RequestUrl, SegmentError},
    names,
};
use support::multistatus;
use url::Url;

const DAV: &str = "https://dav.example/dav/docs/";

fn url(text: &str) -> Url {
    Url::parse(text).expect(text)
}

/// The href of a response, as the text of the element has it.
fn href(text: &str) -> Href<'static> {
    let body = multistatus(&format!(
        "<D:response><D:href>{text}</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>"
    ));
    let body: &'static str = body.leak();
    Multistatus::new(body.as_bytes()).next().expect("one").expect("well-formed").href()
}

fn key(text: &str, request: &str) -> HrefKey {
    href(text).key(&url(request)).expect(text)
}

/// Where it leads, how it relates to the request, and the origin.
fn seen(text: &str, request: &str) -> (String, HrefRelation, Origin) {
    let (href, request) = (href(text), url(request));
    let resolved = href.resolve(&request).expect(text);
    (resolved.url.to_string(), href.relation(&request).expect(text), resolved.origin)
}

fn locate(request: RequestUrl, text: &str) -> (HrefRelation, &'static str) {
    let LocatedHref { relation, repairs, .. } = request.locate(&href(text)).expect(text);
    (relation, name(repairs))
}

fn name(repairs: HrefRepairs) -> &'static str {
    match (repairs.by_path, repairs.mount, repairs.decode_twice) {
        (false, false, false) => "plain",
        (true, false, false) => "by path",
        (false, true, false) => "mount",
        (false, false, true) => "twice",
        (true, true, false) => "by path below the mount",
        _ => "several",
    }
}

#[test]
fn q001_raw_space() {
    let (leads, relation, _) = seen("/dav/docs/year plan.txt", DAV);
    assert_eq!((&*leads, relation), ("https://dav.example/dav/docs/year%20plan.txt", HrefRelation::Child));
    assert_eq!(key("/dav/docs/year plan.txt", DAV), key("/dav/docs/year%20plan.txt", DAV));
    assert_eq!(href("/dav/docs/year plan.txt").as_str(), "/dav/docs/year plan.txt", "it stays as sent");
}

#[test]
fn q002_raw_letters_beyond_ascii() {
    let (leads, relation, _) = seen("/dav/docs/blå/", DAV);
    assert_eq!((&*leads, relation), ("https://dav.example/dav/docs/bl%C3%A5/", HrefRelation::Child));
    assert_eq!(key("/dav/docs/blå/", DAV), key("/dav/docs/bl%C3%A5/", DAV));
}

#[test]
fn q003_raw_hash_and_question_mark() {
    let (leads, relation, _) = seen("/dav/docs/track#3.ogg", DAV);
    assert_eq!((&*leads, relation), ("https://dav.example/dav/docs/track%233.ogg", HrefRelation::Child));
    assert_eq!(href("/dav/docs/track#3.ogg").file_name(), Some(Ok("track#3.ogg".into())));
    assert_eq!(key("/dav/docs/track#3.ogg", DAV), key("/dav/docs/track%233.ogg", DAV));
    assert_ne!(key("/dav/docs/track#3?.ogg", DAV), key("/dav/docs/track#4?.ogg", DAV), "two files stay two");
    assert_ne!(key("/dav/docs/a?1.ogg", DAV), key("/dav/docs/a?2.ogg", DAV));
}

#[test]
fn q004_query_is_part_of_the_identity() {
    let (leads, relation, _) = seen("/dav/docs/item.txt?rev=7", DAV);
    assert_eq!((&*leads, relation), ("https://dav.example/dav/docs/item.txt?rev=7", HrefRelation::Child));
    assert_ne!(key("/dav/docs/item.txt?rev=7", DAV), key("/dav/docs/item.txt", DAV));
    assert_eq!(href("/dav/docs/item.txt?rev=7").file_name(), Some(Ok("item.txt".into())));
    assert_eq!(
        seen("/dav/docs/?page=2", DAV).1,
        HrefRelation::Outside,
        "not the collection that was asked for"
    );
}

#[test]
fn q005_colon_in_the_name_of_a_member() {
    assert_eq!(href("urn:uuid:77.vcf").relation(&url(DAV)), Ok(HrefRelation::Child));
    assert_eq!(key("urn:uuid:77.vcf", DAV), key("/dav/docs/urn:uuid:77.vcf", DAV));
    assert_eq!(href("urn:uuid:77.vcf").resolve(&url(DAV)).expect("a URI").origin, Origin::NotHttp);
}

#[test]
fn q006_brackets_raw_and_escaped() {
    assert_eq!(seen("/a%5b1%5d/", "https://dav.example/a[1]/").1, HrefRelation::Same);
    assert_eq!(seen("/a[1]/b", "https://dav.example/a%5B1%5D/").1, HrefRelation::Child);
}

#[test]
fn q007_hex_digits_in_lower_case() {
    assert_eq!(seen("/caf%c3%a9/", "https://dav.example/caf%C3%A9/").1, HrefRelation::Same);
}

#[test]
fn q008_percent_sign_that_forms_an_escape_by_accident() {
    let (leads, relation, _) = seen("/dav/docs/sale%15off.ics", DAV);
    assert_eq!((&*leads, relation), ("https://dav.example/dav/docs/sale%15off.ics", HrefRelation::Child));
    assert_eq!(href("/dav/docs/sale%15off.ics").file_name(), Some(Err(SegmentError::Forbidden)));
}

#[test]
fn q009_percent_sign_without_hex_digits() {
    let (leads, relation, _) = seen("/dav/docs/100%/q.csv", DAV);
    assert_eq!((&*leads, relation), ("https://dav.example/dav/docs/100%/q.csv", HrefRelation::Descendant));
    assert_eq!(key("/dav/docs/100%", DAV), key("/dav/docs/100%25", DAV));
    let segments: Vec<_> = ["dav", "docs", "100%", "q.csv"].map(|name| Ok(name.into())).into();
    assert_eq!(href("/dav/docs/100%/q.csv").segments().collect::<Vec<_>>(), segments);
}

#[test]
fn q010_escaped_twice() {
    let request = || RequestUrl::new(url("https://dav.example/dav/me%40corp.example/"));
    assert_eq!(locate(request(), "/dav/me%2540corp.example/a.ics"), (HrefRelation::Outside, "plain"));
    let repaired = locate(request().decode_twice(), "/dav/me%2540corp.example/a.ics");
    assert_eq!(repaired, (HrefRelation::Child, "twice"));
    assert_eq!(
        locate(request().decode_twice(), "/dav/me%40corp.example/a.ics"),
        (HrefRelation::Child, "plain")
    );
}

#[test]
fn q011_at_sign_escaped_or_not() {
    assert_eq!(seen("/u/me%40x.example/", "https://dav.example/u/me@x.example/").1, HrefRelation::Same);
    assert_eq!(href("/u/me%40x.example/").as_str(), "/u/me%40x.example/", "what goes back is what came");
}

#[test]
fn q012_plus_is_a_plus() {
    assert_eq!(href("/c/a+b.ics").file_name(), Some(Ok("a+b.ics".into())));
    assert_ne!(key("/c/a+b.ics", DAV), key("/c/a%20b.ics", DAV));
    assert_eq!(key("/c/a+b.ics", DAV), key("/c/a%2Bb.ics", DAV));
}

#[test]
fn q013_delimiters_escaped_by_one_side() {
    assert_eq!(seen("/Bob%27s%20%281%29/", "https://dav.example/Bob's%20(1)/").1, HrefRelation::Same);
}

#[test]
fn q015_ampersand_escaped_twice() {
    assert_eq!(href("/R&amp;amp;D/").file_name(), Some(Ok("R&amp;D".into())));
    assert_eq!(href("/R&amp;D/").file_name(), Some(Ok("R&D".into())));
}

#[test]
fn q016_absolute_url() {
    let (_, relation, origin) = seen("https://dav.example/dav/docs/a.txt", DAV);
    assert_eq!((relation, origin), (HrefRelation::Child, Origin::Same));
    assert_eq!(key("https://dav.example/dav/docs/a.txt", DAV), key("/dav/docs/a.txt", DAV));
}

#[test]
fn q017_http_where_https_was_asked_for() {
    let (_, relation, origin) = seen("http://dav.example/dav/docs/a.txt", DAV);
    assert_eq!((relation, origin), (HrefRelation::Child, Origin::SameHost));
}

#[test]
fn q018_internal_host_and_port() {
    let (_, relation, origin) = seen("http://backend.lan:8080/dav/docs/a.txt", DAV);
    assert_eq!((relation, origin), (HrefRelation::OtherOrigin, Origin::Other));
    let by_path = locate(RequestUrl::new(url(DAV)).by_path(), "http://backend.lan:8080/dav/docs/a.txt");
    assert_eq!(by_path, (HrefRelation::Child, "by path"));
    assert_eq!(seen("https://dav.example:8443/dav/docs/a.txt", DAV).2, Origin::SameHost);
}

#[test]
fn q019_entries_with_different_hosts() {
    let relations = ["/dav/docs/a", "https://other.example/dav/docs/b"].map(|text| seen(text, DAV).1);
    assert_eq!(relations, [HrefRelation::Child, HrefRelation::OtherOrigin]);
}

#[test]
fn q020_default_port_spelled_out() {
    let text = "https://dav.example:443/dav/docs/a";
    assert_eq!(seen(text, DAV).2, Origin::Same);
    assert_eq!(key(text, DAV), key("/dav/docs/a", DAV));
    assert_eq!(seen("https://DAV.example:/dav/docs/a", DAV).2, Origin::Same);
}

#[test]
fn q021_user_before_the_host() {
    let text = "https://me@dav.example/dav/docs/a";
    assert_eq!(href(text).resolve(&url(DAV)), Err(HrefError::UserInfo));
    assert_eq!(key(text, DAV), key("/dav/docs/a", DAV), "for comparison it does not count");
    assert_eq!(
        href("https://dav.example@evil.example/dav/docs/a").relation(&url(DAV)),
        Ok(HrefRelation::OtherOrigin)
    );
    assert!(!HrefError::UserInfo.to_string().contains("me@"));
}

#[test]
fn q022_prefix_lost_by_a_proxy() {
    let request = || RequestUrl::new(url("https://dav.example/webdav/docs/"));
    assert_eq!(locate(request(), "/docs/a.txt"), (HrefRelation::Outside, "plain"));
    assert_eq!(locate(request().mount("/webdav/"), "/docs/a.txt"), (HrefRelation::Child, "mount"));
    assert_eq!(locate(request().mount("/webdav"), "/docs/"), (HrefRelation::Same, "mount"));
    assert_eq!(locate(request().mount("/webdav"), "/webdav/docs/a"), (HrefRelation::Child, "plain"));
    assert_eq!(locate(request().mount("/webdav"), "/other/a"), (HrefRelation::Outside, "plain"));
}

#[test]
fn q023_members_of_the_parent() {
    assert_eq!(seen("/dav/c.txt", DAV).1, HrefRelation::Outside);
    assert_eq!(seen("/dav/", DAV).1, HrefRelation::Ancestor);
    assert_eq!(seen("/dav/docs/dav/docs/c.txt", DAV).1, HrefRelation::Descendant);
}

#[test]
fn q024_no_slash_at_the_start() {
    let text = "dav/docs/a.txt";
    assert_eq!(seen(text, DAV).0, "https://dav.example/dav/docs/dav/docs/a.txt");
    assert_eq!(
        locate(RequestUrl::new(url("https://dav.example/dav/docs")), text),
        (HrefRelation::Outside, "plain")
    );
    let request = |text: &str| RequestUrl::new(url(text)).by_path();
    assert_eq!(locate(request("https://dav.example/dav/docs"), text), (HrefRelation::Child, "by path"));
    // Below a collection it may be a relative reference just as well.
    assert_eq!(request(DAV).locate(&Href::new(text)), Err(HrefError::Ambiguous));
}

#[test]
fn q025_collection_without_slash() {
    assert_eq!(seen("/dav/docs", DAV).1, HrefRelation::Same);
    assert_eq!(key("/dav/docs/sub", DAV), key("/dav/docs/sub/", DAV));
}

#[test]
fn q026_self_under_another_slash() {
    assert_eq!(seen("/dav/", "https://dav.example/dav").1, HrefRelation::Same);
    assert_eq!(seen("/", "https://dav.example").1, HrefRelation::Same);
}

#[test]
fn q027_doubled_slashes() {
    let text = "//dav//docs/a.txt";
    let (leads, relation, origin) = seen(text, DAV);
    assert_eq!(
        (&*leads, relation, origin),
        ("https://dav//docs/a.txt", HrefRelation::OtherOrigin, Origin::Other)
    );
    assert_eq!(locate(RequestUrl::new(url(DAV)).by_path(), text), (HrefRelation::Child, "by path"));
    for (request, text) in [
        (DAV, "/dav//docs/a.txt"),
        (DAV, "/dav/docs//a.txt"),
        (DAV, "//dav/docs/a.txt"),
        (DAV, "http://backend.lan//dav//docs/a.txt"),
        (DAV, "//a//b/../../dav/docs/a.txt?u=http://x/"),
        ("https://dav.example//dav/docs/", "/dav/docs/a.txt"),
        ("https://dav.example//dav/docs/", "//dav/docs/a.txt"),
    ] {
        let by_path = RequestUrl::new(url(request)).by_path();
        if text.contains("..") {
            assert_eq!(locate(by_path, text), (HrefRelation::OtherOrigin, "plain"), "it climbs");
            continue;
        }
        assert_eq!(locate(by_path.clone(), text), (HrefRelation::Child, "by path"), "{text}");
        assert_eq!(by_path.key(&Href::new(text)).ok(), Some(key("/dav/docs/a.txt", DAV)), "{text}");
    }
    let root = RequestUrl::new(url("https://dav.example/")).by_path();
    let keys = ["//alice/a.ics", "//bob/a.ics", "/a.ics"].map(|text| root.key(&Href::new(text)).expect(text));
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2], "members of three folders");
    assert_eq!(locate(root, "//alice/").0, HrefRelation::Child);
    // No host is left between them.
    let by_path = RequestUrl::new(url(DAV)).by_path();
    for text in ["///dav/docs/a.txt", "////dav//docs/a.txt"] {
        assert_eq!(Href::new(text).relation(&url(DAV)), Err(HrefError::NoHost));
        assert_eq!(locate(by_path.clone(), text), (HrefRelation::Child, "by path"));
        assert_eq!(by_path.key(&Href::new(text)), by_path.key(&Href::new("/dav/docs/a.txt")));
    }
    for text in ["///evil.example/a", "///dav/docs/../a", "///x/../dav/docs/a", "///", "http:///dav/docs/a"] {
        assert_eq!(by_path.locate(&Href::new(text)), Err(HrefError::NoHost), "{text}");
    }
    let root = RequestUrl::new(url("https://dav.example/")).by_path();
    assert_eq!(root.locate(&Href::new("///")), Err(HrefError::NoHost), "nothing never means the request");
    assert_eq!(by_path.locate(&Href::new("///dav/docs/")).map(|located| located.origin), Ok(Origin::Other));
}

#[test]
fn q028_empty_href() {
    for text in ["", " \n", "<!-- -->"] {
        let href = href(text);
        assert_eq!(href.resolve(&url(DAV)), Err(HrefError::Empty));
        assert_eq!(href.relation(&url(DAV)), Err(HrefError::Empty));
        assert_eq!(href.key(&url(DAV)), Err(HrefError::Empty));
        assert_eq!((href.path(), href.file_name()), ("", None));
    }
}

#[test]
fn q035_letters_in_another_case() {
    assert_ne!(key("/users/me/Calendar/X.EML", DAV), key("/users/me/calendar/X.EML", DAV));
}

#[test]
fn q037_bytes_that_are_not_utf_8() {
    let href = href("/dav/docs/caf%E9.txt");
    assert_eq!(href.file_name(), Some(Err(SegmentError::NotUtf8)));
    assert_eq!(href.relation(&url(DAV)), Ok(HrefRelation::Child));
    assert_eq!(key("/dav/docs/caf%E9.txt", DAV), key("/dav/docs/caf%e9.txt", DAV));
}

#[test]
fn q038_hrefs_of_locks_spelled_otherwise() {
    let body = multistatus(
        "<D:response><D:href>/dav/docs/a%20b</D:href><D:propstat><D:prop><D:lockdiscovery><D:activelock><D:lockroot>\
         <D:href>/dav/docs/a b</D:href></D:lockroot></D:activelock></D:lockdiscovery></D:prop>\
         <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>",
    );
    let response: Response<'_> = Multistatus::new(body.as_bytes()).next().expect("one").expect("well-formed");
    let locks = response.props().lockdiscovery().expect("locks").expect("they are there");
    let root = locks[0].lockroot.as_ref().expect("a root");
    assert_eq!(root.key(&url(DAV)), response.href().key(&url(DAV)));
    assert_eq!(response.props().get(names::LOCKDISCOVERY).expect("it is there").name(), names::LOCKDISCOVERY);
}
