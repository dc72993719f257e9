//! What servers really send, and what it means: one test per habit of the project's list that is about meaning (sections C,
//! L, M and N, and hrefs of a whole answer).

mod support;

use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use multistatus::{
    ErrorKind, Lookup, Multistatus, Options, OtherBody, Response, Trailer,
    href::{HrefRelation, RequestUrl},
    meaning::{
        Advice, Answer, BodyHint, Change, ExpectedBody, Method, Multiget, Observer, Outcome, Propfind,
        Report, Request, SyncCollection, SyncEnd, TokenWithheld, Verdict,
    },
    names,
};
use support::{multistatus, propstat, request, resource, status};
use url::Url;

const ETAG: &str = "<D:propstat><D:prop><D:getetag>\"1\"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>";
const TOKEN: &str = "<D:sync-token>t</D:sync-token>";

/// Shows every response to `see`, and gives the end.
fn watch(children: &str, mut see: impl FnMut(&Response<'_>)) -> Trailer {
    let body = multistatus(children);
    let mut responses = Multistatus::new(body.as_bytes());
    let mut seen = 0;
    for response in responses.by_ref().flatten() {
        see(&response);
        seen += 1;
    }
    let trailer = responses.finish().expect("it is complete");
    assert_eq!(seen + trailer.faults(), children.matches("<D:response>").count() as u64);
    trailer
}

fn read<O: Observer>(observer: O, children: &str) -> Report<'static, O> {
    observer.read(multistatus(children).as_bytes()).expect("it is complete").into_owned()
}

fn sync() -> SyncCollection {
    SyncCollection::new(request("/c/"), 207)
}

/// What an answer says of changes, and what came of the token.
fn changes(children: &str) -> (Vec<String>, Result<String, TokenWithheld>) {
    let Report { seen, end, .. } = read(sync(), children);
    let seen = seen.iter().map(|change| match change {
        Change::Updated(member) => format!("updated {}", member.href),
        Change::Failed(member) => format!("failed {}", member.href),
        other => format!("{other:?}"),
    });
    let SyncEnd { removed, doubtful, is_truncated, token, .. } = end;
    let removed = removed.iter().map(|member| format!("removed {}", member.href));
    let doubtful = doubtful.iter().map(|member| format!("doubtful {}", member.href));
    let truncated = is_truncated.then(|| "truncated".to_owned());
    (seen.chain(removed).chain(doubtful).chain(truncated).collect(), token)
}

/// The changes in an answer with a token.
fn only(children: &str) -> String {
    changes(&format!("{children}{TOKEN}")).0.join(", ")
}

fn outcome(request: Request, children: &str) -> Verdict {
    read(request, children).end.verdict
}

fn asked(name: &str) -> Request {
    Request::new(name.parse().expect("a method without arguments"), request("/c/"), 207)
}

fn relations(children: &str) -> Vec<HrefRelation> {
    let listing = Propfind::new(request("/c/"), 207);
    read(listing, children).seen.iter().map(|entry| entry.relation).collect()
}

fn answers(children: &str) -> Vec<String> {
    let multiget = Multiget::new(request("/c/"), 207, names::GETETAG, ["/c/1", "/c/2", "/c/3"]);
    let Report { seen, end, .. } = read(multiget, children);
    let seen = seen.iter().map(|answer| match answer {
        Answer::Got(got) => format!("got {}", got.asked),
        Answer::NoData { asked } => format!("no data {asked}"),
        Answer::Failed { asked, .. } => format!("failed {asked}"),
        Answer::Unasked(href) => format!("unasked {href}"),
        _ => unreachable!("no other answer is known"),
    });
    seen.chain(end.not_found.iter().map(|asked| format!("not found {asked}"))).collect()
}

#[test]
fn q033_second_href_after_a_propstat() {
    let children = format!("<D:response><D:href>/c/a</D:href>{ETAG}<D:href>/c/b</D:href>{ETAG}</D:response>");
    let body = multistatus(&children);
    let error = Multistatus::new(body.as_bytes())
        .next()
        .expect("an item")
        .expect_err("whose values they are is not known");
    assert_eq!(error.kind(), &ErrorKind::Misplaced);
    assert_eq!(changes(&(children + TOKEN)).1, Err(TokenWithheld::Unreadable));
}

#[test]
fn q036_itself_under_an_alias() {
    let principal = resource("/174/principal/", ETAG);
    let root = || RequestUrl::new(Url::parse("https://dav.example/").expect("a URL"));
    let asked = || Request::new(Method::Propfind, root(), 207);
    assert_eq!(outcome(asked().depth_zero(), &principal), Verdict::Success);
    assert_eq!(outcome(asked(), &principal), Verdict::Unproven);
    let listing = read(Propfind::new(root(), 207).depth_zero(), &principal);
    assert_eq!(listing.itself().map(|entry| entry.href.as_str()), Some("/174/principal/"));
}

#[test]
fn q053_success_as_own_status_is_a_change() {
    assert_eq!(only(&resource("/c/1", &(status(201) + ETAG))), "updated /c/1");
    assert_eq!(only(&resource("/c/1", &status(200))), "updated /c/1");
}

#[test]
fn q054_teapot_beside_a_404() {
    let teapot = format!("<D:propstat><D:prop/>{}</D:propstat>", status(418));
    assert_eq!(only(&resource("/c/1", &(teapot + &status(404)))), "removed /c/1");
}

#[test]
fn q055_status_beside_propstats() {
    assert_eq!(only(&resource("/c/1", &(ETAG.to_owned() + &status(200)))), "updated /c/1");
    assert_eq!(only(&resource("/c/1", &(ETAG.to_owned() + &status(404)))), "failed /c/1", "a contradiction");
}

#[test]
fn q056_neither_status_nor_propstat() {
    assert_eq!(only(&resource("/c/1", "")), "updated /c/1");
    let proppatch = Request::new(Method::proppatch(["displayname"]), request("/c/"), 207);
    assert_eq!(outcome(proppatch, &resource("/c/", "")), Verdict::Unproven);
}

#[test]
fn q063_404_that_names_no_property() {
    let nothing = propstat("", 404);
    assert_eq!(outcome(asked("PROPFIND"), &resource("/c/", &nothing)), Verdict::Failure);
    assert_eq!(answers(&resource("/c/1", &nothing)), ["failed /c/1"], "whether it exists is not told");
    let listing =
        read(Propfind::new(request("/c/"), 207), &(resource("/c/", ETAG) + &resource("/c/1", &nothing)));
    assert!(!listing.end.is_complete(), "it is named, so it is not absent");
}

#[test]
fn q064_nothing_with_200_beside_all_with_404() {
    let empty = format!("<D:propstat><D:prop/>{}</D:propstat>", status(200));
    assert_eq!(
        answers(&resource("/c/1", &(empty.clone() + &propstat("<D:getetag/>", 404)))),
        ["no data /c/1"]
    );
    assert_eq!(only(&resource("/c/1", &(empty + &propstat("<D:getetag/>", 404)))), "updated /c/1");
}

#[test]
fn q065_one_href_in_several_responses() {
    let twice = resource("/c/1", ETAG) + &resource("/c/1", &status(404));
    assert_eq!(
        only(&twice),
        "updated /c/1",
        "by D1 removals are in the end, and what was updated is not removed"
    );
}

#[test]
fn q072_itself_absent_or_not_first() {
    let [child, itself] = [resource("/c/1", ETAG), resource("/c", ETAG)];
    assert_eq!(relations(&(child.clone() + &itself)), [HrefRelation::Child, HrefRelation::Same]);
    assert_eq!(outcome(asked("PROPFIND"), &child), Verdict::Unproven);
}

#[test]
fn q073_another_depth_than_asked_for() {
    assert_eq!(relations(&resource("/c/", ETAG)), [HrefRelation::Same]);
    let deep = resource("/c/", ETAG) + &resource("/c/1", ETAG) + &resource("/c/s/1", ETAG);
    assert_eq!(relations(&deep), [HrefRelation::Same, HrefRelation::Child, HrefRelation::Descendant]);
    // H2.
    let listing = || Propfind::new(request("/c/"), 207);
    assert!(!read(listing(), &deep).end.is_complete());
    assert!(read(listing().depth_infinity(), &deep).end.is_complete());
}

#[test]
fn q074_descendants_among_children() {
    assert_eq!(relations(&resource("/c/b/c/d.txt", ETAG)), [HrefRelation::Descendant]);
}

#[test]
fn q080_items_nobody_asked_for() {
    let children = resource("/c/", ETAG) + &resource("/c/2", ETAG) + &resource("/c/9", ETAG);
    assert_eq!(answers(&children), ["unasked /c/", "got /c/2", "unasked /c/9"]);
}

#[test]
fn q081_one_bad_item_spoils_nothing() {
    let children = resource("/c/1", ETAG) + &resource("/c/2", &status(404)) + &resource("/c/3", ETAG);
    assert_eq!(answers(&children), ["got /c/1", "got /c/3", "not found /c/2"]);
}

#[test]
fn q180_tag_without_data() {
    let multiget = Multiget::new(request("/c/"), 207, names::caldav::CALENDAR_DATA, ["/c/1"]);
    let data = propstat("<C:calendar-data xmlns:C='urn:ietf:params:xml:ns:caldav'/>", 404);
    let report = read(multiget, &resource("/c/1", &(ETAG.to_owned() + &data)));
    assert_eq!(report.seen, [Answer::NoData { asked: "/c/1".to_owned() }], "it exists");
}

#[test]
fn q181_hrefs_go_back_as_they_came() {
    let multiget = Multiget::new(request("/c/"), 207, names::GETETAG, ["https://dav.example/c/a%20b"]);
    let open = read(multiget, "").end.open;
    assert_eq!(open, ["https://dav.example/c/a%20b"], "unknown, and in the spelling of the request");
}

#[test]
fn q182_errors_for_a_request_that_lacks_a_property() {
    let report =
        Request::new(Method::Report, request("/c/"), 500).read(b"").expect("the status of HTTP counts");
    assert_eq!(report.end.verdict, Verdict::Failure);
}

#[test]
fn q183_missing_property_is_no_removal() {
    let children = resource("/c/1", &(ETAG.to_owned() + &propstat("<D:resourcetype/>", 404)));
    assert_eq!(only(&children), "updated /c/1");
    assert_eq!(only(&resource("/c/1", &propstat("<D:getetag/>", 404))), "updated /c/1");
}

#[test]
fn q184_410_is_a_removal() {
    assert_eq!(only(&resource("/c/1", &status(410))), "removed /c/1");
}

#[test]
fn q185_the_collection_itself_in_a_sync_report() {
    assert_eq!(only(&resource("/c/", &status(200))), "");
    assert_eq!(only(&resource("https://dav.example/c", ETAG)), "");
}

#[test]
fn q186_collections_inside_in_a_sync_report() {
    assert_eq!(only(&resource("/c/sub/", ETAG)), "updated /c/sub/");
}

#[test]
fn q187_507_says_there_is_more() {
    let children = resource("/c/1", ETAG) + &resource("/c/", &status(507)) + TOKEN;
    assert_eq!(
        changes(&children),
        (vec!["updated /c/1".to_owned(), "truncated".to_owned()], Ok("t".to_owned()))
    );
}

#[test]
fn q188_507_under_another_spelling() {
    for href in ["/c", "https://dav.example/c/", "http://backend/c/"] {
        assert_eq!(only(&resource(href, &status(507))), "truncated", "{href}");
    }
}

#[test]
fn q189_507_of_http_with_a_condition() {
    let body = b"<D:error xmlns:D='DAV:'><D:number-of-matches-within-limits/></D:error>";
    let Outcome { verdict, culprits, .. } =
        Request::new(Method::Report, request("/c/"), 507).read(body).expect("it is complete").end;
    assert_eq!(verdict, Verdict::Failure);
    let conditions = culprits[0].conditions.iter().map(|condition| condition.name.as_name());
    assert!(conditions.eq([names::conditions::NUMBER_OF_MATCHES_WITHIN_LIMITS]));
    // D9.
    let sync = SyncCollection::new(request("/c/"), 507);
    assert_eq!(sync.clone().limit(5).read(body).expect("it is complete").end.advice, Advice::WithoutLimit);
    assert!(sync.read(body).expect("it is complete").end.token.is_err());
}

#[test]
fn q190_listing_cut_without_a_word_is_counted() {
    let children: String = (0..750).map(|number| resource(&format!("/c/{number}"), ETAG)).collect();
    assert_eq!(watch(&children, |_| {}).responses(), 750);
}

#[test]
fn q191_search_cut_by_the_server() {
    let search = read(asked("SEARCH"), &(resource("/z/1", ETAG) + &resource("/c/", &status(507)))).end;
    assert_eq!((search.verdict, search.is_truncated), (Verdict::Partial, true));
}

#[test]
fn q192_no_token() {
    assert_eq!(changes(&resource("/c/1", ETAG)).1, Err(TokenWithheld::NoToken));
}

#[test]
fn q195_token_as_a_property_is_another() {
    let prop =
        format!("<D:propstat><D:prop><D:sync-token>t</D:sync-token></D:prop>{}</D:propstat>", status(200));
    assert_eq!(changes(&resource("/c/", &prop)).1, Err(TokenWithheld::NoToken));
    watch(&resource("/c/", &prop), |response| {
        assert_eq!(response.props().sync_token().expect("a token").expect("it is there"), "t");
    });
}

#[test]
fn q196_empty_token() {
    assert_eq!(changes("<D:sync-token> </D:sync-token>").1, Err(TokenWithheld::NoToken));
}

#[test]
fn q197_token_that_never_moves() {
    let children = resource("/c/", &status(507)) + TOKEN;
    let end = read(sync().token("t"), &children).end;
    assert_eq!((end.token, end.is_truncated), (Err(TokenWithheld::NoProgress), true));
}

#[test]
fn q198_invalid_token_in_many_forms() {
    for (body, is_condition) in [
        ("<D:error xmlns:D='DAV:'><D:valid-sync-token/></D:error>", true),
        ("<D:error xmlns:D='DAV:'/>", false),
        (
            "<D:error xmlns:D='DAV:'><D:responsedescription>valid-sync-token</D:responsedescription></D:error>",
            false,
        ),
    ] {
        for http_status in [207, 403, 409, 412, 507] {
            let end = SyncCollection::new(request("/c/"), http_status).token("t").read(body.as_bytes());
            let end = end.expect("it is complete").end;
            assert_eq!(end.token == Err(TokenWithheld::InvalidToken), is_condition, "{http_status}: {body}");
            assert_eq!(end.advice == Advice::WithoutToken, is_condition, "{http_status}: {body}");
        }
    }
}

#[test]
fn q199_200_in_place_of_207() {
    let itself = resource("/c/", ETAG);
    assert_eq!(outcome(Request::new(Method::Propfind, request("/c/"), 200), &itself), Verdict::Success);
    assert!(read(Propfind::new(request("/c/"), 200), &itself).end.is_complete());
    assert!(read(SyncCollection::new(request("/c/"), 200), TOKEN).end.token.is_ok());
}

fn expected(status: u16, content_type: Option<&'static str>) -> (ExpectedBody, Option<String>) {
    let mut headers = HeaderMap::new();
    headers.extend(content_type.map(|text| (CONTENT_TYPE, HeaderValue::from_static(text))));
    let hint = BodyHint::new(StatusCode::from_u16(status).expect("a status"), &headers);
    (hint.expected(), hint.charset().map(str::to_owned))
}

/// Under 207 a body was announced: that it is empty is for the parser to say.
#[test]
fn a_length_of_0() {
    for (status, expected) in
        [(200, ExpectedBody::Other), (403, ExpectedBody::Other), (207, ExpectedBody::Dav)]
    {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        let hint = BodyHint::new(StatusCode::from_u16(status).expect("a status"), &headers);
        assert_eq!(hint.expected(), expected, "{status}");
    }
}

#[test]
fn q200_content_type_wrong_or_missing() {
    for content_type in
        [None, Some("text/html"), Some("text/plain"), Some("application/json"), Some("nonsense")]
    {
        assert_eq!(expected(207, content_type), (ExpectedBody::Dav, None), "{content_type:?}");
    }
    assert_eq!(
        expected(403, Some("application/xml; charset=\"iso-8859-1\"")),
        (ExpectedBody::Dav, Some("iso-8859-1".to_owned()))
    );
    assert_eq!(expected(403, Some("application/problem+xml")).0, ExpectedBody::Dav);
    assert_eq!(
        expected(404, Some("text/html;charset=utf-8")),
        (ExpectedBody::MaybeDav, Some("utf-8".to_owned()))
    );
    assert_eq!(expected(500, None).0, ExpectedBody::MaybeDav);
    assert_eq!(expected(200, Some("text/calendar")).0, ExpectedBody::Other);
    assert_eq!(expected(403, Some("application/json")).0, ExpectedBody::Other);
    assert_eq!(expected(204, Some("text/xml")).0, ExpectedBody::Other);
}

#[test]
fn q201_page_of_html_and_q202_empty_body_are_no_listings() {
    for (body, found) in
        [("<!DOCTYPE html><html><body>Sign in</body></html>", OtherBody::Html), ("", OtherBody::Empty)]
    {
        let listing = Propfind::new(request("/c/"), 207).read(body.as_bytes()).expect_err("no listing");
        assert!(listing.seen().is_empty());
        assert_eq!(listing.advice() == Advice::LogIn, found == OtherBody::Html);
        assert_eq!(listing.error().kind(), &ErrorKind::NotDav { found });
    }
}

#[test]
fn q204_multistatus_for_a_put() {
    let children = resource("/c/1", &status(412));
    assert_eq!(outcome(asked("PUT"), &children), Verdict::Failure);
}

#[test]
fn q205_404_inside_a_207() {
    assert_eq!(outcome(asked("PROPFIND"), &resource("/c/", &status(404))), Verdict::Failure);
}

#[test]
fn q206_404_for_an_empty_report() {
    let report =
        Request::new(Method::Report, request("/c/"), 404).read(b"").expect("the status of HTTP counts");
    assert_eq!(report.end.verdict, Verdict::Failure, "that is for the caller to know");
}

#[test]
fn q207_properties_that_are_not_mentioned() {
    watch(&resource("/c/1", &(ETAG.to_owned() + &propstat("<D:owner/>", 404))), |response| {
        let asked = [names::GETETAG, names::OWNER, names::owncloud::ID];
        assert_eq!(response.unmentioned(asked).collect::<Vec<_>>(), [names::owncloud::ID]);
        assert!(matches!(response.lookup(names::OWNER), Lookup::Refused(_)));
    });
}

#[test]
fn salvage_gives_neither_token_nor_verdict() {
    let body = multistatus(&format!(
        "{}<D:response><D:href>/c/2</D:hre></D:response>{}<D:sync-token>t</D:sync-token>",
        resource("/c/1", ETAG),
        resource("/c/3", ETAG)
    ));
    let incomplete = sync().read_with(body.as_bytes(), &Options::browse()).expect_err("no token");
    assert_eq!(incomplete.seen().len(), 2);
    assert!(asked("PROPFIND").read_with(body.as_bytes(), &Options::browse()).is_err(), "no verdict");
}

#[test]
fn codes_of_http() {
    watch(&(resource("/c/1", &status(423)) + &resource("/c/2", "<D:status>x</D:status>")), |response| {
        let status = response.status().expect("a status");
        let code = StatusCode::try_from(&status).ok();
        assert_eq!(code, (response.href() == "/c/1").then_some(StatusCode::LOCKED));
    });
}
