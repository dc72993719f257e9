//! The answer to a sync-collection report, read as a whole.

mod support;

use multistatus::{
    ErrorKind, Href, Options,
    meaning::{Changes, SyncMember, SyncReport, Withheld},
};
use support::{multistatus, own, propstat, request, resource, status};

const TOKEN: &str = "<D:sync-token>urn:2</D:sync-token>";

fn read(children: &str) -> Vec<(&'static str, String)> {
    let body = multistatus(children);
    let report = Changes::new(207, request("/c/")).read(body.as_bytes(), &Options::new());
    let SyncReport { updated, removed, failed, cannot_sync, foreign, unusable, token, .. } =
        report.expect("it is complete");
    let hrefs = |hrefs: &[Href<'_>]| hrefs.iter().map(|href| format!("<{href}>")).collect::<String>();
    let join = |members: &[SyncMember<'_>]| {
        members.iter().map(|member| member.href.as_str()).collect::<Vec<_>>().join(" ")
    };
    let lists = [
        ("updated", join(&updated)),
        ("removed", join(&removed)),
        ("failed", join(&failed)),
        ("cannot sync", join(&cannot_sync)),
        ("foreign", hrefs(&foreign)),
        ("unusable", hrefs(&unusable)),
        ("token", token.unwrap_or_else(|reason| format!("{reason:?}"))),
    ];
    lists.into_iter().filter(|(_, list)| !list.is_empty()).collect()
}

fn lists(expected: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    expected.iter().map(|(name, list)| (*name, (*list).to_owned())).collect()
}

#[test]
fn one_entry_per_member() {
    let changed = |href: &str| resource(href, &propstat("<D:getetag>1</D:getetag>", 200));
    let subtree = format!("{}<D:error><D:sync-traversal-supported/></D:error>", status(403));
    let children = own("/c/gone", 404)
        + &changed("/c/new")
        + &own("/c/", 200)
        + &own("/c/full", 500)
        + &resource("/c/sub/", &subtree)
        + TOKEN;
    let expected = [
        ("updated", "/c/new"),
        ("removed", "/c/gone"),
        ("failed", "/c/full"),
        ("cannot sync", "/c/sub/"),
        ("token", "urn:2"),
    ];
    assert_eq!(read(&children), lists(&expected));
}

#[test]
fn what_is_removed_and_something_else_is_not_gone() {
    let gone = own("/c/a", 404);
    for (other, list) in [
        (own("/c/%61", 200), "updated"),
        (own("http://dav.example/c/a", 0), "updated"),
        (own("/c/a/", 500), "failed"),
        (own("/c/a", 507), "failed"),
    ] {
        for children in [format!("{gone}{other}{TOKEN}"), format!("{other}{gone}{TOKEN}")] {
            let read = read(&children);
            assert_eq!((read.len(), read[0].0), (2, list), "{children}: {read:?}");
        }
    }
    let subtree = format!("{}<D:error><D:sync-traversal-supported/></D:error>", status(403));
    let both = resource("/c/a", &subtree) + &own("/c/a", 200) + TOKEN;
    let expected = [("updated", "/c/a"), ("cannot sync", "/c/a"), ("token", "urn:2")];
    assert_eq!(read(&both), lists(&expected), "a collection that has changed itself");
    assert_eq!(read(&(gone.clone() + &both)), lists(&expected));
    assert_eq!(read(&(gone.repeat(2) + TOKEN)), lists(&[("removed", "/c/a"), ("token", "urn:2")]));
}

#[test]
fn without_a_token_nothing_is_removed() {
    assert_eq!(read(&own("/c/a", 404)), lists(&[("failed", "/c/a"), ("token", "NoToken")]));
    // Whatever else is wrong.
    for other in
        [own("/d/b", 404), own("", 404), own("/c/", 403), "<D:response/>".to_owned(), propstat("", 200)]
    {
        for children in [format!("{other}{}", own("/c/a", 404)), format!("{}{other}", own("/c/a", 404))] {
            let read = read(&children);
            assert!(read.contains(&("failed", "/c/a".to_owned())), "{children}: {read:?}");
            assert!(read.contains(&("token", "NoToken".to_owned())), "{children}: {read:?}");
        }
    }
    let elsewhere = own("/c/a", 404) + &own("/d/b", 404) + TOKEN;
    let expected = [("removed", "/c/a"), ("foreign", "</d/b>"), ("token", "Foreign")];
    assert_eq!(read(&elsewhere), lists(&expected), "what was said of a member is true all the same");
    let unreadable = format!("<D:response/>{}{TOKEN}", own("/c/a", 404));
    assert_eq!(read(&unreadable), lists(&[("removed", "/c/a"), ("token", "Unreadable")]));
    let empty = own("", 404) + &own("", 404) + TOKEN;
    assert_eq!(read(&empty), lists(&[("unusable", "<><>"), ("token", "Href")]));
}

#[test]
fn what_it_tells_of_the_collection() {
    let report = |children: &str, limit: u64| {
        let body = multistatus(&format!("{children}{TOKEN}"));
        let changes = Changes::new(207, request("/c/")).token("urn:1").limit(limit);
        let report = changes.read(body.as_bytes(), &Options::new()).expect("it is complete");
        (report.is_truncated, report.collection_status, report.token)
    };
    let token = Ok("urn:2".to_owned());
    assert_eq!(report(&(own("/c/a", 200) + &own("/c/", 507)), 1), (true, None, token));
    assert_eq!(report(&own("/c/a", 200), 1), (false, None, Err(Withheld::Limit)));
    assert_eq!(report(&own("/c/", 404), 9), (false, Some(404), Err(Withheld::CollectionFailed)));
}

/// Two members, one of them named twice: a server that cuts to so many members may have cut.
#[test]
fn a_limit_that_members_reach_though_hrefs_do_not() {
    let body = multistatus(&(own("/c/a", 404) + &own("/c/%61", 200) + &own("/c/b", 200) + TOKEN));
    for (limit, token) in [
        (1, Ok("urn:2".to_owned())),
        (2, Err(Withheld::Limit)),
        (3, Err(Withheld::Limit)),
        (4, Ok("urn:2".to_owned())),
    ] {
        let report = Changes::new(207, request("/c/")).limit(limit).read(body.as_bytes(), &Options::new());
        assert_eq!(report.expect("it is complete").token, token, "{limit}");
    }
}

#[test]
fn a_body_that_is_none_gives_nothing() {
    let body = multistatus(&(own("/c/a", 404) + TOKEN));
    for end in 0..body.len() {
        let cut = Changes::new(207, request("/c/")).read(&body.as_bytes()[..end], &Options::browse());
        assert!(cut.is_err(), "cut at {end}");
    }
    let locked = "<D:error xmlns:D='DAV:'><D:lock-token-submitted/></D:error>";
    let refused = Changes::new(423, request("/c/")).read(locked.as_bytes(), &Options::new());
    assert!(matches!(refused.expect_err("no multistatus").kind(), ErrorKind::NotDav { .. }));
}

#[test]
fn a_token_that_is_not_valid_any_more() {
    let error = "<D:error xmlns:D='DAV:'><D:valid-sync-token/></D:error>";
    for http in [403, 409, 412, 207] {
        let report = Changes::new(http, request("/c/")).token("old").read(error.as_bytes(), &Options::new());
        let report = report.expect("it is complete");
        assert_eq!(report.token, Err(Withheld::InvalidToken));
        assert!(report.updated.is_empty() && report.removed.is_empty());
        let cut = &error.as_bytes()[..error.len() - 1];
        assert!(Changes::new(http, request("/c/")).read(cut, &Options::new()).is_err());
    }
}

#[test]
fn under_a_status_of_failure_nothing_is_changed() {
    let children = own("/c/a", 404) + &own("/c/b", 200) + &own("/c/", 200) + TOKEN;
    let body = multistatus(&children);
    for http in [401, 403, 500, 302] {
        let report = Changes::new(http, request("/c/")).read(body.as_bytes(), &Options::new());
        let report = report.expect("it is complete");
        assert_eq!((report.token, report.failed.len()), (Err(Withheld::HttpStatus), 3));
        assert!(report.updated.is_empty() && report.removed.is_empty());
    }
    let empty = multistatus(TOKEN);
    let report = Changes::new(401, request("/c/")).read(empty.as_bytes(), &Options::new());
    assert_eq!(report.expect("it is complete").token, Err(Withheld::HttpStatus));
}

#[test]
fn what_is_known_of_a_member() {
    let tagged = resource("/c/%61", &propstat("<D:getetag>\"7\"</D:getetag>", 200));
    let moved = format!("{}<D:location><D:href>/d/b</D:href></D:location>", status(301));
    let body = multistatus(&format!("{}{tagged}{}{TOKEN}", own("/c/a", 404), resource("/c/b", &moved)));
    let changes = Changes::new(207, request("/c/")).token(None).limit(None);
    let report = changes.read(body.as_bytes(), &Options::new()).expect("it is complete");
    let [a] = &*report.updated else { panic!("{report:?}") };
    // That which counts.
    assert_eq!((a.href.as_str(), a.status), ("/c/%61", None));
    assert_eq!(a.getetag.as_ref().map(|tag| tag.as_str()), Some("\"7\""));
    assert_eq!(Ok(&a.key), request("/c/").key(&"/c/a".into()).as_ref());
    let [b] = &*report.failed else { panic!("{report:?}") };
    assert_eq!((b.status, b.location.as_ref().map(Href::as_str)), (Some(301), Some("/d/b")));
}
