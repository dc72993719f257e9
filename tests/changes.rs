//! The answer to a sync-collection report, one test per row of the tables: C1 to C16 for a response, E1 to E6 for the end.

mod support;

use multistatus::{Change, Changes, Multistatus, RequestUrl, Withheld};
use support::multistatus;
use url::Url;

const TOKEN: &str = "<D:sync-token>urn:2</D:sync-token>";
const GOOD: &str = "<D:response><D:href>/c/good</D:href><D:propstat><D:prop><D:getetag>\"1\"</D:getetag></D:prop>\
    <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";

fn request() -> RequestUrl {
    RequestUrl::new(Url::parse("https://dav.example/c/").expect("a URL"))
}

fn response(href: &str, inside: &str) -> String {
    format!("<D:response><D:href>{href}</D:href>{inside}</D:response>")
}

fn status(line: &str) -> String {
    format!("<D:status>HTTP/1.1 {line}</D:status>")
}

fn propstat(prop: &str, line: &str) -> String {
    format!("<D:propstat><D:prop>{prop}</D:prop>{}</D:propstat>", status(line))
}

/// What a change is, and of what.
fn shown(change: &Change<'_>) -> String {
    match change {
        Change::Updated(href) => format!("updated {href}"),
        Change::Removed(href) => format!("removed {href}"),
        Change::Truncated => "truncated".to_owned(),
        Change::CannotSync(href) => format!("cannot sync {href}"),
        Change::CollectionFailed(status) => format!("collection failed {}", status.raw()),
        Change::Foreign(href) => format!("foreign {href}"),
        Change::Failed { href, status, location } => {
            let status = status.as_ref().map_or(String::new(), |status| format!(" {}", status.raw()));
            let location = location.as_ref().map_or(String::new(), |location| format!(" to {location}"));
            format!("failed {href}{status}{location}")
        }
        _ => unreachable!("no other change is known"),
    }
}

/// All changes in `children` of the root, and the token or why there is none.
fn seen(mut changes: Changes, children: &str) -> (Vec<String>, Result<String, Withheld>) {
    let body = multistatus(children);
    let mut responses = Multistatus::new(body.as_bytes());
    let mut all = Vec::new();
    for response in responses.by_ref().flatten() {
        all.extend(changes.see(&response).iter().map(shown));
    }
    (all, changes.finish(&responses.finish().expect("it is complete")))
}

/// What one response says; a good one stands beside it.
fn judged(one: &str) -> (String, Option<Withheld>) {
    let (changes, token) = seen(Changes::new(request()), &format!("{one}{GOOD}{TOKEN}"));
    let [rest @ .., good] = &*changes else { panic!("the good one is missing") };
    assert_eq!(good, "updated /c/good");
    (rest.join(", "), token.err())
}

macro_rules! rows {
    ($($row:ident { $($response:expr => $shown:literal, $withheld:expr;)+ })*) => {
        $(
            #[test]
            fn $row() {
                $(assert_eq!(judged(&$response), ($shown.to_owned(), $withheld), "{}", $response);)+
            }
        )*

        #[test]
        fn every_row_is_there() {
            let rows = [$(stringify!($row)),*];
            for number in 1..=16 {
                assert!(rows.iter().any(|row| row.starts_with(&format!("c{number}_"))), "C{number}");
            }
            println!("meaning: {} rows of changes, {ENDS} of their end", rows.len());
        }
    };
}

const ETAG: &str = "<D:getetag>\"1\"</D:getetag>";

rows! {
    c1_response_that_could_not_be_read {
        "<D:response><D:status>HTTP/1.1 404 Not Found</D:status></D:response>" => "", Some(Withheld::Unreadable);
    }
    c2_unusable_href {
        response("", &status("404 Not Found")) => "failed  HTTP/1.1 404 Not Found", Some(Withheld::Href);
        response("http:/dav.example:80/c/a", &propstat(ETAG, "200 OK")) => "failed http:/dav.example:80/c/a",
            Some(Withheld::Href);
        response("/\\evil", &status("507 Insufficient Storage")) =>
            "failed /\\evil HTTP/1.1 507 Insufficient Storage", Some(Withheld::Href);
    }
    c3_elements_directly_under_the_root {
        format!("<D:href>/c/a</D:href>{}", status("404 Not Found")) => "failed /c/a HTTP/1.1 404 Not Found",
            Some(Withheld::Implicit);
        propstat(ETAG, "200 OK") => "failed ", Some(Withheld::Implicit);
    }
    c4_no_room_for_a_member {
        response("/c/a", &status("507 Insufficient Storage")) =>
            "truncated, failed /c/a HTTP/1.1 507 Insufficient Storage", None;
    }
    c5_truncated {
        response("/c/", &status("507 Insufficient Storage")) => "truncated", None;
        response("/c", &status("507 x")) => "truncated", None;
        response("https://other.example/c/", &status("507 x")) => "truncated", None;
        response("/c/a", &format!("{}<D:error><D:number-of-matches-within-limits/></D:error>", status("507 x"))) =>
            "truncated", None;
    }
    c6_the_collection_itself {
        response("/c/", &propstat(ETAG, "200 OK")) => "", None;
        response("/c", &status("200 OK")) => "", None;
        response("https://dav.example:443/%63", "") => "", None;
    }
    c7_the_collection_failed {
        response("/c/", &status("404 Not Found")) => "collection failed HTTP/1.1 404 Not Found",
            Some(Withheld::CollectionFailed);
        response("/c/", &status("403 Forbidden")) => "collection failed HTTP/1.1 403 Forbidden",
            Some(Withheld::CollectionFailed);
        response("/c/", "<D:status>gone</D:status>") => "collection failed gone", Some(Withheld::CollectionFailed);
    }
    c8_elsewhere {
        response("/", &status("404 Not Found")) => "foreign /", Some(Withheld::Foreign);
        response("/d/a", &status("404 Not Found")) => "foreign /d/a", Some(Withheld::Foreign);
        response("https://other.example/c/a", &propstat(ETAG, "200 OK")) => "foreign https://other.example/c/a",
            Some(Withheld::Foreign);
    }
    c9_removed {
        response("/c/a", &status("404 Not Found")) => "removed /c/a", None;
        response("/c/a", &status("410 Gone")) => "removed /c/a", None;
        response("/c/a", &format!("{}{}", status("404 Not Found"), propstat("", "418 I'm a teapot"))) =>
            "removed /c/a", None;
        response("http://dav.example/c/a", &status("404 Not Found")) => "removed http://dav.example/c/a", None;
    }
    c10_gone_and_with_values {
        response("/c/a", &format!("{}{}", status("404 Not Found"), propstat(ETAG, "200 OK"))) =>
            "failed /c/a HTTP/1.1 404 Not Found", None;
    }
    c11_cannot_be_synced {
        response("/c/s/", &format!("{}<D:error><D:sync-traversal-supported/></D:error>", status("403 Forbidden"))) =>
            "cannot sync /c/s/", None;
        response("/c/s/", &format!("{}<D:error><D:supported-report/></D:error>", status("403 Forbidden"))) =>
            "cannot sync /c/s/", None;
    }
    c12_success_of_its_own {
        response("/c/a", &status("201 Created")) => "updated /c/a", None;
        response("/c/a", &format!("{}{}", status("200 OK"), propstat("<D:x/>", "404 Not Found"))) =>
            "updated /c/a", None;
    }
    c13_whatever_its_propstats_say {
        response("/c/a", &propstat("<D:x/>", "404 Not Found")) => "updated /c/a", None;
        response("/c/a", &(propstat(ETAG, "200 OK") + &propstat("<D:x/>", "404 Not Found"))) => "updated /c/a", None;
        response("/c/a", &format!("<D:propstat>{}</D:propstat>", status("404 Not Found"))) => "updated /c/a", None;
        response("/c/a", "<D:propstat/>") => "updated /c/a", None;
    }
    c14_href_only {
        response("/c/a", "") => "updated /c/a", None;
        response("/c/s/b", "") => "updated /c/s/b", None;
    }
    c15_moved {
        response("/c/a", &format!("{}<D:location><D:href>/d/a</D:href></D:location>", status("301 Moved"))) =>
            "failed /c/a HTTP/1.1 301 Moved to /d/a", None;
    }
    c16_anything_else {
        response("/c/a", &status("403 Forbidden")) => "failed /c/a HTTP/1.1 403 Forbidden", None;
        response("/c/a", "<D:status>whatever</D:status>") => "failed /c/a whatever", None;
        response("/c/a", &(status("404 Not Found") + &status("200 OK"))) => "failed /c/a HTTP/1.1 404 Not Found", None;
    }
    several_hrefs {
        format!("<D:response><D:href>/c/a</D:href><D:href>/c/b</D:href>{}</D:response>", status("404 Not Found")) =>
            "removed /c/a, removed /c/b", None;
        format!("<D:response><D:href>/c/a</D:href><D:href>/c/b</D:href>{}</D:response>", propstat(ETAG, "200 OK")) =>
            "failed /c/a, failed /c/b", None;
        format!("<D:response><D:href>/c/a</D:href><D:href/>{}</D:response>", propstat(ETAG, "200 OK")) =>
            "failed /c/a, failed ", Some(Withheld::Href);
        format!("<D:response><D:href>/c/a</D:href><D:href>/d/x</D:href>{}</D:response>", propstat(ETAG, "200 OK")) =>
            "failed /c/a, failed /d/x", Some(Withheld::Foreign);
        format!("<D:response><D:href>/c/</D:href><D:href>/c/a</D:href>{}{}</D:response>", status("404 x"), propstat("", "418 x")) =>
            "failed /c/ HTTP/1.1 404 x, failed /c/a HTTP/1.1 404 x", Some(Withheld::CollectionFailed);
    }
}

/// The tests below whose names begin with `e`.
const ENDS: usize = 6;

fn end(changes: Changes, children: &str) -> Result<String, Withheld> {
    seen(changes, children).1
}

#[test]
fn e1_a_cut_body_gives_no_trailer_and_no_token() {
    let body = multistatus(&format!("{GOOD}{TOKEN}"));
    for end in 0..body.len() {
        let mut responses = Multistatus::new(&body.as_bytes()[..end]);
        let mut changes = Changes::new(request());
        for response in responses.by_ref().flatten() {
            changes.see(&response);
        }
        assert!(responses.finish().is_err(), "cut at {end}");
    }
}

#[test]
fn e2_every_response_has_to_be_seen() {
    let body = multistatus(&format!("{GOOD}{GOOD}{TOKEN}"));
    let mut responses = Multistatus::new(body.as_bytes());
    let mut changes = Changes::new(request());
    changes.see(&responses.next_response().expect("well-formed").expect("one"));
    let early = changes.clone().finish(&responses.finish().expect("complete"));
    assert_eq!(early, Err(Withheld::Unseen));
    // Taken, and not shown.
    let mut responses = Multistatus::new(body.as_bytes());
    assert_eq!(responses.by_ref().count(), 2);
    assert_eq!(changes.finish(&responses.finish().expect("complete")), Err(Withheld::Unseen));
}

#[test]
fn e3_any_reason_withholds_it_and_the_first_is_told() {
    let children = format!("{}{}{GOOD}{TOKEN}", response("/d/", ""), response("", ""));
    assert_eq!(end(Changes::new(request()), &children), Err(Withheld::Foreign));
}

#[test]
fn e4_exactly_one_token() {
    let of = |tokens: &str| end(Changes::new(request()), &format!("{GOOD}{tokens}"));
    assert_eq!(of(TOKEN), Ok("urn:2".to_owned()));
    assert_eq!(of("<D:sync-token>\n urn:2 </D:sync-token>"), Ok("urn:2".to_owned()));
    assert_eq!(of(&TOKEN.repeat(2)), Ok("urn:2".to_owned()));
    assert_eq!(of("<D:sync-token/><D:sync-token>urn:2</D:sync-token>"), Ok("urn:2".to_owned()));
    assert_eq!(of(""), Err(Withheld::NoToken));
    assert_eq!(of("<D:sync-token/>"), Err(Withheld::NoToken));
    assert_eq!(of(&format!("{TOKEN}<D:sync-token>urn:3</D:sync-token>")), Err(Withheld::SeveralTokens));
}

#[test]
fn e5_a_limit_that_was_reached_without_a_word() {
    let more = response("/c/", &status("507 Insufficient Storage"));
    let of = |limit, extra: &str| {
        end(
            Changes::new(request()).limit(limit),
            &format!("{GOOD}{}{extra}{TOKEN}", response("/c/b", &status("404 Not Found"))),
        )
    };
    assert_eq!(of(2, ""), Err(Withheld::Limit));
    assert_eq!(of(2, &more), Ok("urn:2".to_owned()));
    assert_eq!(of(3, ""), Ok("urn:2".to_owned()));
    assert_eq!(of(1, ""), Ok("urn:2".to_owned()), "the server has no limits");
    assert_eq!(of(2, &response("/c/", "")), Err(Withheld::Limit), "the collection may not count");
    assert_eq!(of(3, &response("/c/", "")), Err(Withheld::Limit), "or it may");
}

#[test]
fn e6_a_token_that_has_not_moved() {
    let more = response("/c/", &status("507 Insufficient Storage"));
    let of = |token: &str, children: &str| {
        end(Changes::new(request()).token(token), &format!("{GOOD}{children}{TOKEN}"))
    };
    assert_eq!(of("urn:2", &more), Err(Withheld::NoProgress));
    assert_eq!(of("urn:1", &more), Ok("urn:2".to_owned()));
    assert_eq!(of("urn:2", ""), Ok("urn:2".to_owned()), "nothing has changed");
}

#[test]
fn conditions_count_in_propstats_too() {
    let stat = |condition: &str, line: &str| {
        format!("<D:propstat><D:prop/>{}<D:error><D:{condition}/></D:error></D:propstat>", status(line))
    };
    let full = response("/c/a", &(status("507 x") + &stat("number-of-matches-within-limits", "507 x")));
    assert_eq!(judged(&full).0, "truncated");
    let traversal = response("/c/s/", &(status("403 x") + &stat("sync-traversal-supported", "403 x")));
    assert_eq!(judged(&traversal).0, "cannot sync /c/s/");
}

#[test]
fn what_was_shown_twice_was_not_all_seen() {
    let body = multistatus(&format!("{GOOD}{GOOD}{TOKEN}"));
    let mut responses = Multistatus::new(body.as_bytes());
    let mut changes = Changes::new(request());
    for response in responses.by_ref().flatten() {
        changes.see(&response);
        changes.see(&response);
    }
    assert_eq!(changes.finish(&responses.finish().expect("complete")), Err(Withheld::Unseen));
}

#[test]
fn aids_never_make_a_member_of_what_climbs() {
    let gone = |href: &str| response(href, &status("404 Not Found"));
    for href in ["/c/../d/a", "/c/..", "/c/%2e%2e/d"] {
        let (changes, token) = seen(Changes::new(request().by_path()), &format!("{}{TOKEN}", gone(href)));
        assert_eq!((changes, token), (vec![format!("foreign {href}")], Err(Withheld::Foreign)));
    }
    let (changes, _) = seen(Changes::new(request().decode_twice()), &gone("/%2563/%252e%252e/d"));
    assert_eq!(changes, ["foreign /%2563/%252e%252e/d"]);
    assert_eq!(
        judged(&gone("/c//")).1,
        Some(Withheld::CollectionFailed),
        "the collection, with a slash too many"
    );
}

#[test]
fn keys_of_a_request_see_through_what_relations_see_through() {
    let plain = request().key(&"/c/a".into());
    assert_eq!(request().key(&"http://dav.example:80/c/%61".into()), plain);
    assert_eq!(request().by_path().key(&"http://backend.lan/c/a".into()), plain);
    assert_eq!(request().mount("/c").key(&"/c/a".into()), plain);
    assert_ne!(request().key(&"http://backend.lan/c/a".into()), plain);
}

#[test]
fn hrefs_behind_a_proxy_by_the_aids_that_were_asked_for() {
    let foreign = response("https://backend.lan/c/a", &status("404 Not Found"));
    let children = format!("{foreign}{GOOD}{TOKEN}");
    assert_eq!(end(Changes::new(request()), &children), Err(Withheld::Foreign));
    let (changes, token) = seen(Changes::new(request().by_path()), &children);
    assert_eq!((&*changes[0], token), ("removed https://backend.lan/c/a", Ok("urn:2".to_owned())));
}
