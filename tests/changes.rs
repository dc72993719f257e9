//! The answer to a sync-collection report, one test per row of the tables: C1 to C16 for a response, E1 to E6 for the end.

mod support;

use multistatus::{
    Multistatus, Options,
    meaning::{Change, Observer, SyncCollection, SyncLevel, SyncMember, TokenWithheld},
};
use support::{multistatus, own, propstat, request, resource, status};

const TOKEN: &str = "<D:sync-token>urn:2</D:sync-token>";
const GOOD: &str = "<D:response><D:href>/c/good</D:href><D:propstat><D:prop><D:getetag>\"1\"</D:getetag></D:prop>\
    <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";

fn asked() -> SyncCollection {
    SyncCollection::new(request("/c/"), 207).level(SyncLevel::Infinite)
}

fn code(status: Option<u16>) -> String {
    status.map_or(String::new(), |code| format!(" {code}"))
}

/// What a change is, and of what.
fn shown(change: &Change<'_>) -> String {
    match change {
        Change::Updated(member) => format!("updated {}", member.href),
        Change::CannotSync(member) => format!("cannot sync {}", member.href),
        Change::Foreign(href) => format!("foreign {href}"),
        Change::Failed(SyncMember { href, status, location, .. }) => {
            let status = code(*status);
            let location = location.as_ref().map_or(String::new(), |location| format!(" to {location}"));
            format!("failed {href}{status}{location}")
        }
        _ => unreachable!("no other change is known"),
    }
}

/// All that `children` of the root say, what only the end says after the rest, and the token or why it is withheld.
fn seen(asked: SyncCollection, children: &str) -> (Vec<String>, Result<String, TokenWithheld>) {
    let body = multistatus(children);
    let report = asked.read(body.as_bytes()).expect("it is complete");
    let mut all: Vec<_> = report.seen.iter().map(shown).collect();
    let end = report.end;
    all.extend(end.removed.iter().map(|member| format!("removed {}", member.href)));
    all.extend(end.doubtful.iter().map(|member| format!("doubtful {}", member.href)));
    all.extend(end.is_truncated.then(|| "truncated".to_owned()));
    if end.token == Err(TokenWithheld::CollectionFailed) {
        all.push(format!("collection failed{}", code(end.collection_status)));
    }
    (all, end.token)
}

/// What one response says, which has a good one beside it.
fn judged(one: &str) -> (String, Option<TokenWithheld>) {
    let (mut all, token) = seen(asked(), &format!("{one}{GOOD}{TOKEN}"));
    all.retain(|said| said != "updated /c/good");
    (all.join(", "), token.err())
}

macro_rules! rows {
    ($($row:ident { $($response:expr => $shown:literal, $withheld:expr;)+ })*) => {
        $(
            #[test]
            fn $row() {
                $(assert_eq!(judged(&$response), ($shown.to_owned(), $withheld), "{}", $response);)+
            }
        )*
    };
}

const ETAG: &str = "<D:getetag>\"1\"</D:getetag>";

rows! {
    c1_response_that_could_not_be_read {
        "<D:response><D:status>HTTP/1.1 404 x</D:status></D:response>" => "", Some(TokenWithheld::Unreadable);
    }
    // There is no member to fetch, so the href is given as foreign.
    c2_unusable_href {
        own("", 404) => "foreign ", Some(TokenWithheld::Href);
        resource("http:/dav.example:80/c/a", &propstat(ETAG, 200)) => "foreign http:/dav.example:80/c/a",
            Some(TokenWithheld::Href);
        own("/\\evil", 507) => "foreign /\\evil", Some(TokenWithheld::Href);
    }
    c3_elements_directly_under_the_root {
        format!("<D:href>/c/a</D:href>{}", status(404)) => "failed /c/a 404",
            Some(TokenWithheld::Implicit);
        propstat(ETAG, 200) => "foreign ", Some(TokenWithheld::Implicit);
    }
    c4_no_room_for_a_member {
        own("/c/a", 507) => "failed /c/a 507, truncated", None;
        resource("/c/a", &format!("{}<D:error><D:number-of-matches-within-limits/></D:error>", status(507))) =>
            "failed /c/a 507, truncated", None;
    }
    c5_truncated {
        own("/c/", 507) => "truncated", None;
        own("/c", 507) => "truncated", None;
        own("https://other.example/c/", 507) => "truncated", None;
        resource("/c/a", &format!("{}<D:error><D:number-of-matches-within-limits/></D:error>", status(507))) =>
            "failed /c/a 507, truncated", None;
    }
    c6_the_collection_itself {
        resource("/c/", &propstat(ETAG, 200)) => "", None;
        own("/c", 200) => "", None;
        own("https://dav.example:443/%63", 0) => "", None;
    }
    c7_the_collection_failed {
        own("/c/", 404) => "collection failed 404", Some(TokenWithheld::CollectionFailed);
        own("/c/", 403) => "collection failed 403", Some(TokenWithheld::CollectionFailed);
        resource("/c/", "<D:status>gone</D:status>") => "collection failed", Some(TokenWithheld::CollectionFailed);
    }
    c8_elsewhere {
        own("/", 404) => "foreign /", Some(TokenWithheld::Foreign);
        own("/d/a", 404) => "foreign /d/a", Some(TokenWithheld::Foreign);
        resource("https://other.example/c/a", &propstat(ETAG, 200)) => "foreign https://other.example/c/a",
            Some(TokenWithheld::Foreign);
        own("/c/s/b", 200) => "updated /c/s/b", None;
    }
    c9_removed {
        own("/c/a", 404) => "removed /c/a", None;
        own("/c/a", 410) => "removed /c/a", None;
        resource("/c/a", &format!("{}{}", status(404), propstat("", 418))) => "removed /c/a", None;
        own("http://dav.example/c/a", 404) => "removed http://dav.example/c/a", None;
    }
    c10_gone_and_with_values {
        resource("/c/a", &format!("{}{}", status(404), propstat(ETAG, 200))) =>
            "failed /c/a 404", None;
    }
    c11_cannot_be_synced {
        resource("/c/s/", &format!("{}<D:error><D:sync-traversal-supported/></D:error>", status(403))) =>
            "cannot sync /c/s/", None;
        resource("/c/s/", &format!("{}<D:error><D:supported-report/></D:error>", status(403))) =>
            "cannot sync /c/s/", None;
    }
    c12_success_of_its_own {
        own("/c/a", 201) => "updated /c/a", None;
        resource("/c/a", &format!("{}{}", status(200), propstat("<D:x/>", 404))) => "updated /c/a", None;
    }
    c13_whatever_its_propstats_say {
        resource("/c/a", &propstat("<D:x/>", 404)) => "updated /c/a", None;
        resource("/c/a", &(propstat(ETAG, 200) + &propstat("<D:x/>", 404))) => "updated /c/a", None;
        resource("/c/a", &format!("<D:propstat>{}</D:propstat>", status(404))) => "updated /c/a", None;
        resource("/c/a", "<D:propstat/>") => "updated /c/a", None;
    }
    c14_href_only {
        own("/c/a", 0) => "updated /c/a", None;
    }
    c15_moved {
        resource("/c/a", &format!("{}<D:location><D:href>/d/a</D:href></D:location>", status(301))) =>
            "failed /c/a 301 to /d/a", None;
        resource("/c/a", &format!("{}<D:location><D:href>/d/a</D:href></D:location>", status(423))) => "failed /c/a 423", None;
    }
    c16_anything_else {
        own("/c/a", 403) => "failed /c/a 403", None;
        resource("/c/a", "<D:status>whatever</D:status>") => "failed /c/a", None;
        resource("/c/a", &(status(404) + &status(200))) => "failed /c/a", None;
    }
    several_hrefs {
        format!("<D:response><D:href>/c/a</D:href><D:href>/c/b</D:href>{}</D:response>", status(404)) =>
            "removed /c/a, removed /c/b", None;
        format!("<D:response><D:href>/c/a</D:href><D:href>/c/b</D:href>{}</D:response>", propstat(ETAG, 200)) =>
            "failed /c/a, failed /c/b", None;
        format!("<D:response><D:href>/c/a</D:href><D:href/>{}</D:response>", propstat(ETAG, 200)) =>
            "failed /c/a, foreign ", Some(TokenWithheld::Href);
        format!("<D:response><D:href>/c/a</D:href><D:href>/d/x</D:href>{}</D:response>", propstat(ETAG, 200)) =>
            "failed /c/a, foreign /d/x", Some(TokenWithheld::Foreign);
        // The mark counts whatever else is wrong, or the whole answer would seem to have reached the limit.
        format!("<D:response><D:href>/c/a</D:href><D:href>/c/b</D:href>{}{}</D:response>", status(507), propstat("", 418)) =>
            "failed /c/a 507, failed /c/b 507, truncated", None;
        format!("<D:response><D:href>/c/a</D:href><D:href>/c/b</D:href>{}<D:location><D:href>/d</D:href></D:location></D:response>", status(301)) =>
            "failed /c/a 301, failed /c/b 301", None;
        format!("<D:response><D:href>/c/</D:href><D:href>/c/a</D:href>{}{}</D:response>", status(404), propstat("", 418)) =>
            "failed /c/a 404, collection failed 404", Some(TokenWithheld::CollectionFailed);
    }
}

fn end(asked: SyncCollection, children: &str) -> Result<String, TokenWithheld> {
    seen(asked, children).1
}

#[test]
fn e1_a_cut_body_gives_no_report_and_no_token() {
    let body = multistatus(&format!("{GOOD}{TOKEN}"));
    for end in 0..body.len() {
        for options in [Options::new(), Options::browse()] {
            let cut = asked().read_with(&body.as_bytes()[..end], &options);
            let cut = cut.expect_err("a part of it is missing");
            assert!(cut.error().is_truncated(), "cut at {end}: {cut}");
        }
    }
}

#[test]
fn e2_every_response_has_to_be_seen() {
    let body = multistatus(&format!("{GOOD}{GOOD}{TOKEN}"));
    for taken in 0..=2 {
        let mut observed = asked().over(Multistatus::new(body.as_bytes()));
        for _ in 0..taken {
            observed.next_response().expect("well-formed").expect("one");
        }
        let end = observed.finish().expect("it is complete");
        let expected = if taken == 2 { Ok("urn:2".to_owned()) } else { Err(TokenWithheld::Unseen) };
        assert_eq!(end.token, expected, "{taken} taken");
    }
}

#[test]
fn e3_any_reason_withholds_it_and_the_first_is_told() {
    let children = format!("{}{}{GOOD}{TOKEN}", own("/d/", 0), own("", 0));
    assert_eq!(end(asked(), &children), Err(TokenWithheld::Foreign));
}

#[test]
fn e4_exactly_one_token() {
    let of = |tokens: &str| end(asked(), &format!("{GOOD}{tokens}"));
    assert_eq!(of(TOKEN), Ok("urn:2".to_owned()));
    assert_eq!(of("<D:sync-token>\n urn:2 </D:sync-token>"), Ok("urn:2".to_owned()));
    assert_eq!(of(&TOKEN.repeat(2)), Ok("urn:2".to_owned()));
    let (empty, other) = ("<D:sync-token/>", "<D:sync-token>urn:3</D:sync-token>");
    assert_eq!(of(&format!("{empty}{TOKEN}")), Ok("urn:2".to_owned()));
    for tokens in [[empty, TOKEN, other], [TOKEN, empty, other], [TOKEN, other, empty]] {
        assert_eq!(of(&tokens.concat()), Err(TokenWithheld::SeveralTokens));
    }
    assert_eq!(of(""), Err(TokenWithheld::NoToken));
    assert_eq!(of("<D:sync-token/>"), Err(TokenWithheld::NoToken));
    assert_eq!(of(&format!("{TOKEN}<D:sync-token>urn:3</D:sync-token>")), Err(TokenWithheld::SeveralTokens));
}

#[test]
fn e5_a_limit_that_was_reached_without_a_word() {
    let more = own("/c/", 507);
    let of =
        |limit, extra: &str| end(asked().limit(limit), &format!("{GOOD}{}{extra}{TOKEN}", own("/c/b", 404)));
    assert_eq!(of(2, ""), Err(TokenWithheld::Limit));
    assert_eq!(of(2, &more), Ok("urn:2".to_owned()));
    assert_eq!(of(3, ""), Ok("urn:2".to_owned()));
    assert_eq!(of(1, ""), Ok("urn:2".to_owned()), "the server has no limits");
    assert_eq!(of(2, &own("/c/", 0)), Err(TokenWithheld::Limit), "the collection may not count");
    assert_eq!(of(3, &own("/c/", 0)), Err(TokenWithheld::Limit), "or it may");
    let two_in_one =
        format!("<D:response><D:href>/c/d</D:href><D:href>/c/e</D:href>{}</D:response>", status(404));
    for limit in [3, 4, 5] {
        assert_eq!(of(limit, &(two_in_one.clone() + &own("/c/", 0))), Err(TokenWithheld::Limit), "{limit}");
    }
    for limit in [2, 6] {
        assert!(of(limit, &(two_in_one.clone() + &own("/c/", 0))).is_ok(), "{limit}");
    }
}

#[test]
fn e6_a_token_that_has_not_moved() {
    let more = own("/c/", 507);
    let of = |token: &str, children: &str| end(asked().token(token), &format!("{GOOD}{children}{TOKEN}"));
    assert_eq!(of("urn:2", &more), Err(TokenWithheld::NoProgress));
    assert_eq!(of("urn:1", &more), Ok("urn:2".to_owned()));
    assert_eq!(of("urn:2", ""), Ok("urn:2".to_owned()), "nothing has changed");
    assert_eq!(of(" urn:2\n", &more), Err(TokenWithheld::NoProgress));
    // White space of Unicode that XML does not count as such stays part of a token.
    let odd = "<D:sync-token>t\u{a0}</D:sync-token>";
    let again = end(asked().token("t\u{a0}"), &format!("{GOOD}{more}{odd}"));
    assert_eq!(again, Err(TokenWithheld::NoProgress));
}

#[test]
fn conditions_count_in_propstats_too() {
    let stat = |condition: &str, code: u16| {
        format!("<D:propstat><D:prop/>{}<D:error><D:{condition}/></D:error></D:propstat>", status(code))
    };
    let full = resource("/c/a", &(status(507) + &stat("number-of-matches-within-limits", 507)));
    // It may be the member that there was no room for, whatever the condition says.
    assert_eq!(judged(&full).0, "failed /c/a 507, truncated");
    let traversal = resource("/c/s/", &(status(403) + &stat("sync-traversal-supported", 403)));
    assert_eq!(judged(&traversal).0, "cannot sync /c/s/");
}

#[test]
fn aids_never_make_a_member_of_what_climbs() {
    let gone = |href: &str| own(href, 404);
    for href in ["/c/../d/a", "/c/..", "/c/%2e%2e/d"] {
        let (changes, token) =
            seen(SyncCollection::new(request("/c/").by_path(), 207), &format!("{}{TOKEN}", gone(href)));
        assert_eq!((changes, token), (vec![format!("foreign {href}")], Err(TokenWithheld::Foreign)));
    }
    let (changes, _) =
        seen(SyncCollection::new(request("/c/").decode_twice(), 207), &gone("/%2563/%252e%252e/d"));
    assert_eq!(changes, ["foreign /%2563/%252e%252e/d"]);
    assert_eq!(
        judged(&gone("/c//")).1,
        Some(TokenWithheld::CollectionFailed),
        "the collection, with a slash too many"
    );
}

#[test]
fn keys_of_a_request_see_through_what_relations_see_through() {
    let plain = request("/c/").key(&multistatus::Href::new("/c/a"));
    assert_eq!(request("/c/").key(&multistatus::Href::new("http://dav.example:80/c/%61")), plain);
    assert_eq!(request("/c/").by_path().key(&multistatus::Href::new("http://backend.lan/c/a")), plain);
    assert_eq!(request("/c/").mount("/c").key(&multistatus::Href::new("/a")), plain);
    assert_ne!(request("/c/").key(&multistatus::Href::new("http://backend.lan/c/a")), plain);
}

#[test]
fn c8_elsewhere_but_for_the_mount_that_the_caller_gave() {
    let changes = || SyncCollection::new(request("/webdav/c/"), 207);
    let gone = format!("{}{TOKEN}", own("/c/a", 404));
    assert_eq!(seen(changes(), &gone), (vec!["foreign /c/a".to_owned()], Err(TokenWithheld::Foreign)));
    let mounted = SyncCollection::new(request("/webdav/c/").mount("/webdav"), 207);
    assert_eq!(seen(mounted, &gone), (vec!["removed /c/a".to_owned()], Ok("urn:2".to_owned())));
}

#[test]
fn hrefs_behind_a_proxy_by_the_aids_that_were_asked_for() {
    let foreign = own("https://backend.lan/c/a", 404);
    let children = format!("{foreign}{GOOD}{TOKEN}");
    assert_eq!(end(asked(), &children), Err(TokenWithheld::Foreign));
    let (changes, token) = seen(SyncCollection::new(request("/c/").by_path(), 207), &children);
    assert_eq!((&*changes[1], token), ("removed https://backend.lan/c/a", Ok("urn:2".to_owned())));
}

#[test]
fn c8_at_level_1_a_member_of_a_member_is_foreign() {
    for code in [200, 404] {
        let children = format!("{}{TOKEN}", own("/c/s/b", code));
        let (changes, token) = seen(SyncCollection::new(request("/c/"), 207), &children);
        assert_eq!((changes, token), (vec!["foreign /c/s/b".to_owned()], Err(TokenWithheld::TooDeep)));
    }
}
