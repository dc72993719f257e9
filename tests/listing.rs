//! When a listing may be compared with the one before.

mod support;

use multistatus::{Multistatus, Options, href::HrefRelation, meaning::Listing};
use support::{multistatus, own, propstat, request, stats, status};

/// Whether a listing of `/a/` is complete.
fn is_complete(children: &str) -> bool {
    let body = multistatus(children);
    let mut listing = Listing::new(207, request("/a/"));
    let mut responses = Multistatus::new(body.as_bytes());
    for response in responses.by_ref().flatten() {
        listing.see(&response);
    }
    listing.is_complete(&responses.finish().expect("it is complete"))
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
        let mut listing = Listing::new(207, request("/a/"));
        let mut responses = Multistatus::new(&body.as_bytes()[..end]);
        for response in responses.by_ref().flatten() {
            listing.see(&response);
        }
        let is_complete = responses.finish().is_ok_and(|trailer| listing.is_complete(&trailer));
        assert_eq!(is_complete, end == body.len(), "cut at {end}");
    }
}

#[test]
fn a_body_that_was_repaired_or_answers_a_failure_is_none() {
    let body = multistatus(&(stats("/a/", &[200]) + &stats("/a/b", &[200])));
    let is_complete = |http: u16, body: &str, options: &Options| {
        let mut listing = Listing::new(http, request("/a/"));
        let mut responses = Multistatus::with_options(body.as_bytes(), options);
        for response in responses.by_ref().flatten() {
            listing.see(&response);
        }
        listing.is_complete(&responses.finish().expect("it is complete"))
    };
    assert!(is_complete(207, &body, &Options::browse()));
    let repaired = body.replace("<D:a/>", "<D:a>&</D:a>");
    assert!(!is_complete(207, &repaired, &Options::browse()));
    assert!(!is_complete(401, &body, &Options::new()));
}

#[test]
fn members_are_counted_for_servers_that_list_none() {
    let members = |children: &str| {
        let body = multistatus(children);
        let mut listing = Listing::new(207, request("/a/"));
        for response in Multistatus::new(body.as_bytes()).flatten() {
            listing.see(&response);
        }
        listing.members()
    };
    assert_eq!(members(&stats("/a/", &[200])), 0);
    assert_eq!(members(&(stats("/a/b", &[200]) + &stats("/a/", &[200]) + &stats("/a/b/c", &[200]))), 2);
}

#[test]
fn the_collection_itself_is_found_by_its_href_wherever_it_stands() {
    let entries = [stats("/a/b", &[200]), stats("/%61", &[200]), stats("/a/c/", &[200])];
    for turn in 0..3 {
        let body = multistatus(
            &[&entries[turn % 3], &entries[(turn + 1) % 3], &entries[(turn + 2) % 3]].map(|s| &**s).concat(),
        );
        let mut listing = Listing::new(207, request("/a/"));
        let mut relations = Vec::new();
        for response in Multistatus::new(body.as_bytes()).flatten() {
            relations.push((response.href().to_string(), listing.see(&response)));
        }
        let itself: Vec<_> =
            relations.iter().filter(|(_, relation)| *relation == Some(HrefRelation::Same)).collect();
        assert_eq!(itself.len(), 1);
        assert_eq!(itself[0].0, "/%61");
    }
}
