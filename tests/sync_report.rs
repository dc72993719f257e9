//! The answer to a sync-collection report, read as a whole.

mod support;

use multistatus::{
    Href, Options,
    meaning::{Advice, Observer, Report, SyncCollection, SyncMember, TokenWithheld},
};
use support::{multistatus, own, propstat, request, resource, status};

const TOKEN: &str = "<D:sync-token>urn:2</D:sync-token>";

fn asked() -> SyncCollection {
    SyncCollection::new(request("/c/"), 207)
}

fn report(asked: SyncCollection, children: &str) -> Report<'static, SyncCollection> {
    asked.read(multistatus(children).as_bytes()).expect("it is complete").into_owned()
}

/// The lists of a report that are not empty, and the token or why it is withheld.
fn read(children: &str) -> Vec<(&'static str, String)> {
    let report = report(asked(), children);
    let hrefs = |hrefs: Vec<&Href<'_>>| hrefs.iter().map(|href| format!("<{href}>")).collect::<String>();
    let join = |members: Vec<&SyncMember<'_>>| {
        members.iter().map(|member| member.href.as_str()).collect::<Vec<_>>().join(" ")
    };
    let lists = [
        ("updated", join(report.updated().collect())),
        ("removed", join(report.end.removed.iter().collect())),
        ("doubtful", join(report.end.doubtful.iter().collect())),
        ("failed", join(report.failed().collect())),
        ("cannot sync", join(report.cannot_sync().collect())),
        ("ambiguous", join(report.ambiguous().collect())),
        ("foreign", hrefs(report.foreign().collect())),
        ("token", report.end.token.unwrap_or_else(|reason| format!("{reason:?}"))),
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
        (own("/c/a", 200), "updated"),
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
    // A member that is both there and gone is there, and the token is withheld.
    let expected = [("updated", "/c/a"), ("cannot sync", "/c/a"), ("token", "Contradiction")];
    assert_eq!(read(&(gone.clone() + &both)), lists(&expected));
    assert_eq!(read(&(gone.repeat(2) + TOKEN)), lists(&[("doubtful", "/c/a"), ("token", "Contradiction")]));
}

/// D2 wins: whatever withholds the token, nothing is removed.
#[test]
fn without_a_token_nothing_is_removed() {
    assert_eq!(read(&own("/c/a", 404)), lists(&[("doubtful", "/c/a"), ("token", "NoToken")]));
    // Whatever else is wrong, no token is given first.
    for other in
        [own("/d/b", 404), own("", 404), own("/c/", 403), "<D:response/>".to_owned(), propstat("", 200)]
    {
        for children in [format!("{other}{}", own("/c/a", 404)), format!("{}{other}", own("/c/a", 404))] {
            let read = read(&children);
            assert!(read.contains(&("doubtful", "/c/a".to_owned())), "{children}: {read:?}");
            assert!(read.contains(&("token", "NoToken".to_owned())), "{children}: {read:?}");
        }
    }
    let elsewhere = own("/c/a", 404) + &own("/d/b", 404) + TOKEN;
    let expected = [("doubtful", "/c/a"), ("foreign", "</d/b>"), ("token", "Foreign")];
    assert_eq!(read(&elsewhere), lists(&expected));
    let unreadable = format!("<D:response/>{}{TOKEN}", own("/c/a", 404));
    assert_eq!(read(&unreadable), lists(&[("doubtful", "/c/a"), ("token", "Unreadable")]));
    let empty = own("", 404) + &own("", 404) + TOKEN;
    assert_eq!(read(&empty), lists(&[("foreign", "<><>"), ("token", "Href")]));
}

#[test]
fn what_it_tells_of_the_collection() {
    let end = |children: &str, limit: u64| {
        let end = report(asked().token("urn:1").limit(limit), &format!("{children}{TOKEN}")).end;
        (end.is_truncated, end.collection_status, end.token, end.advice)
    };
    let token = Ok("urn:2".to_owned());
    assert_eq!(end(&(own("/c/a", 200) + &own("/c/", 507)), 1), (true, None, token.clone(), Advice::NextPage));
    assert_eq!(end(&own("/c/a", 200), 1), (false, None, Err(TokenWithheld::Limit), Advice::WithoutLimit));
    assert_eq!(
        end(&own("/c/", 404), 9),
        (false, Some(404), Err(TokenWithheld::CollectionFailed), Advice::List)
    );
    assert_eq!(end("", 9), (false, None, token, Advice::Proceed));
    // Of several failures the first that has a status, and the first that has conditions.
    let needs = |condition: &str| format!("{}<D:error><D:{condition}/></D:error>", status(403));
    let refused =
        resource("/c/", &needs("need-privileges")) + &resource("/c/", &needs("other")) + &own("/c/", 404);
    let end =
        report(asked(), &format!("{}{refused}{TOKEN}", resource("/c", "<D:status>gone</D:status>"))).end;
    let conditions: Vec<_> = end.conditions.iter().map(ToString::to_string).collect();
    assert_eq!((end.collection_status, conditions), (Some(403), vec!["{DAV:}need-privileges".to_owned()]));
}

/// Several members, one of them named twice: a server that cuts to so many members may have cut.
#[test]
fn a_limit_that_members_reach_though_hrefs_do_not() {
    let there = |href| resource(href, &propstat("<D:getetag>\"1\"</D:getetag>", 200));
    let children = there("/c/a") + &there("/c/a/") + &there("/c/b") + TOKEN;
    for (limit, token) in [
        (1, Ok("urn:2".to_owned())),
        (2, Err(TokenWithheld::Limit)),
        (3, Err(TokenWithheld::Limit)),
        (4, Ok("urn:2".to_owned())),
    ] {
        assert_eq!(report(asked().limit(limit), &children).end.token, token, "{limit}");
    }
}

#[test]
fn a_body_that_is_none_gives_nothing() {
    let body = multistatus(&(own("/c/a", 404) + TOKEN));
    for end in 0..body.len() {
        let cut = asked().read_with(&body.as_bytes()[..end], &Options::browse());
        let cut = cut.expect_err("it is cut");
        assert_eq!((cut.seen(), cut.advice()), (&[][..], Advice::Repeat), "cut at {end}");
    }
    // D9 wins: what was an error of parsing is a report with conditions.
    let locked = b"<D:error xmlns:D='DAV:'><D:lock-token-submitted><D:href>/c/</D:href></D:lock-token-submitted></D:error>";
    let refused = SyncCollection::new(request("/c/"), 423).read(locked).expect("it is complete").end;
    assert_eq!(refused.conditions[0].to_string(), "{DAV:}lock-token-submitted (/c/)");
    assert_eq!((refused.token, refused.advice), (Err(TokenWithheld::HttpStatus(423)), Advice::List));
    let page = SyncCollection::new(request("/c/"), 200).read(b"<html><body/></html>").expect_err("a page");
    assert_eq!(page.advice(), Advice::LogIn);
    assert_eq!(page.to_string(), format!("{}: log in first", page.error()));
    // Under a status of failure, a page says as much as no body.
    for (http, advice) in
        [(401, Advice::LogIn), (404, Advice::List), (429, Advice::Later), (503, Advice::Later)]
    {
        for body in ["", "<html><body/></html>", "no"] {
            let end = SyncCollection::new(request("/c/"), http)
                .read(body.as_bytes())
                .expect("the status counts")
                .end;
            assert_eq!(
                (end.token, end.advice),
                (Err(TokenWithheld::HttpStatus(http)), advice),
                "{http} {body}"
            );
        }
    }
}

#[test]
fn a_token_that_is_not_valid_any_more() {
    let error = "<D:error xmlns:D='DAV:'><D:valid-sync-token/></D:error>";
    for http in [403, 409, 412, 207] {
        let asked = || SyncCollection::new(request("/c/"), http).token("old");
        let report = asked().read(error.as_bytes()).expect("it is complete");
        assert!(report.seen.is_empty() && report.end.removed.is_empty());
        assert_eq!(
            (report.end.token, report.end.advice),
            (Err(TokenWithheld::InvalidToken), Advice::WithoutToken)
        );
        let cut = &error.as_bytes()[..error.len() - 1];
        assert!(asked().read(cut).is_err());
    }
}

/// D8 wins: nothing is reported at all, where members were reported as failed.
#[test]
fn under_a_status_of_failure_nothing_is_told() {
    let children = own("/c/a", 404) + &own("/c/b", 200) + &own("/c/", 200) + TOKEN;
    for children in [&*children, TOKEN] {
        for http in [401, 403, 500, 302] {
            let report = report(SyncCollection::new(request("/c/"), http), children);
            assert_eq!(report.end.token, Err(TokenWithheld::HttpStatus(http)));
            assert!(
                report.seen.is_empty() && report.end.removed.is_empty() && report.end.doubtful.is_empty()
            );
        }
    }
}

#[test]
fn what_is_known_of_a_member() {
    let tag = "<D:getetag>\"7\"</D:getetag>";
    let kind = "<D:resourcetype><D:collection/></D:resourcetype>";
    let tagged = resource("http://dav.example/c/a", &propstat(&format!("{tag}{kind}"), 200));
    let moved = format!("{}<D:location><D:href>/d/b</D:href></D:location>", status(301));
    let children = format!("{tagged}{}{}{TOKEN}", resource("/c/b", &moved), own("/c/d", 410));
    let report = report(asked().token(None).limit(None), &children);
    let [a] = &*report.updated().collect::<Vec<_>>() else { panic!("{report:?}") };
    // That which counts.
    assert_eq!((a.href.as_str(), a.status, a.is_collection), ("http://dav.example/c/a", None, Some(true)));
    assert_eq!(a.getetag.as_ref().map(|tag| tag.as_str()), Some("\"7\""));
    assert_eq!(Ok(&a.key), request("/c/").key(&multistatus::Href::new("/c/a")).as_ref());
    let [b] = &*report.failed().collect::<Vec<_>>() else { panic!("{report:?}") };
    assert_eq!((b.status, b.location.as_ref().map(Href::as_str)), (Some(301), Some("/d/b")));
    let [d] = &*report.end.removed else { panic!("{report:?}") };
    assert_eq!((d.status, d.is_collection, d.getetag.as_ref()), (Some(410), None, None));
}
