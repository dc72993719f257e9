//! Rounds that went wrong over a member: another spelling of it, a false removal, a listing that is not all. No
//! live member is removed, no change is lost, and the next round with a server that does right settles the rest.

#[path = "support/script.rs"]
mod script;
mod support;

use multistatus::href::RequestUrl;
use script::{
    Client, cannot_sync, check, data, failed, folder, gone, http, itself, known, listing, more, names, say,
    there, token,
};
use support::request;

#[test]
fn what_is_named_under_another_spelling_is_looked_for_and_not_removed() {
    let client = Client::new(Some("1"), &[("a@b", 1), ("w", 1)]);
    let live = [("a%40b", 2), ("w", 1)];
    let named = || ("report 1", say(&[there("a%40b", 2), token("2")]));
    let missed = || ("fetch a@b", say(&[gone("a@b")]));
    let mut found = client.clone();
    let done = found.round(&[
        named(),
        missed(),
        ("list 1", listing(&live)),
        ("fetch a%40b", say(&[data("a%40b", 2)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    assert_eq!(done.superseded, [known("a@b", 1)]);
    found.settles(&live);
    // A late listing does not have it, or has it as it was.
    let mut late = client.clone();
    let done = late.round(&[named(), missed(), ("list 1", listing(&[("w", 1)]))]);
    check(&done, &[], None, &[], &[]);
    late.settles(&live);
    let mut old = client;
    let done = old.round(&[
        named(),
        missed(),
        ("list 1", listing(&[("a%40b", 1), ("w", 1)])),
        ("fetch a%40b", say(&[data("a%40b", 1)])),
    ]);
    check(&done, &[], None, &[], &[]);
    old.settles(&live);
}

#[test]
fn what_is_pending_under_another_spelling_is_asked_for_by_that_one() {
    // The report of the next round is cut, so that it does not name it again.
    let mut client = Client::new(Some("1"), &[("a@b", 1), ("w", 1)]).pending(&["a%40b"], &[]);
    let done = client.round(&[("report 1", script::cut(&[])), ("fetch a%40b", say(&[data("a%40b", 2)]))]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("a%40b", 2), ("w", 1)]);
}

#[test]
fn a_probe_goes_to_the_spelling_that_was_known() {
    // Below a mount, the name is spelled as it was.
    let url = request("/webdav/docs/").mount("/webdav");
    let all = [("/docs/a%40b", 1)];
    let client = Client::of(url, "/docs/", Some("1"), &all).pending(&[], &["/docs/a%40b"]);
    let is_there = (say(&[there("/docs/a%40b", 1)]), &[][..]);
    for (answer, removed) in [is_there, (http(404), &["/docs/a%40b"][..])] {
        let mut client = client.clone();
        let done = client.round(&[
            ("report 1", say(&[token("2")])),
            ("fetch /docs/a%40b", http(403)),
            ("probe /webdav/docs/", say(&[folder("/docs/")])),
            ("probe /webdav/docs/a%40b", answer),
        ]);
        check(&done, removed, Some("2"), &[], &[]);
        client.settles(if removed.is_empty() { &all } else { &[] });
    }
    // How the server spells what was decoded twice is not known, so it is not asked for.
    let url = request("/me%40x/").decode_twice();
    let all = [("/me%2540x/a", 1)];
    let mut client = Client::of(url, "/me%2540x/", Some("1"), &all).pending(&[], &["/me%2540x/a"]);
    let done = client.round(&[
        ("report 1", say(&[token("2")])),
        ("fetch /me%2540x/a", http(403)),
        ("probe /me%40x/", say(&[folder("/me%2540x/")])),
    ]);
    check(&done, &[], Some("2"), &[], &["/me%2540x/a"]);
    client.settles(&all);
}

#[test]
fn a_collection_that_is_gone_does_not_take_a_live_member_along() {
    let all = [("sub/", 1), ("sub/a", 1), ("sub/b", 1), ("w", 1)];
    let mut client = Client::new(Some("1"), &all).infinite();
    // A multiget does not find collections.
    let done = client.round(&[
        ("report 1", say(&[gone("sub/"), there("sub/a", 2), token("2")])),
        ("fetch sub/a", say(&[data("sub/a", 2)])),
        ("fetch sub/ sub/b sub/a", say(&[gone("sub/"), data("sub/b", 1), data("sub/a", 2)])),
    ]);
    check(&done, &["sub/"], Some("2"), &[], &[]);
    client.settles(&[("sub/a", 2), ("sub/b", 1), ("w", 1)]);
    // One below it has to be asked for by itself, so that it is there.
    for page in [0, 1] {
        let mut client = Client::new(Some("1"), &[("sub/x/a", 1), ("sub/b", 1), ("w", 1)]).infinite();
        let pages = [vec![gone("sub/")], vec![cannot_sync("sub/x/")]];
        let first = pages[page].iter().cloned().chain([more(), token("p")]).collect::<Vec<_>>();
        let second = pages[1 - page].iter().cloned().chain([token("2")]).collect::<Vec<_>>();
        let done = client.round(&[
            ("report 1", say(&first)),
            ("report p", say(&second)),
            ("fetch sub/b sub/x/a w", say(&[data("sub/b", 1), data("sub/x/a", 1), data("w", 1)])),
        ]);
        check(&done, &[], Some("2"), &[], &[]);
        client.settles(&[("sub/x/a", 1), ("sub/b", 1), ("w", 1)]);
    }
}

#[test]
fn a_doubtful_collection_that_is_not_known_has_its_members_confirmed() {
    let mut client = Client::new(Some("1"), &[("my%20sub/x", 1), ("w", 1)]).infinite();
    let done = client.round(&[
        ("report 1", say(&[gone("my%20sub/"), token("2")])),
        ("fetch my%20sub/x w", say(&[gone("my%20sub/x"), data("w", 1)])),
    ]);
    check(&done, &["my%20sub/x"], Some("2"), &[], &[]);
    client.settles(&[("w", 1)]);
}

#[test]
fn below_a_collection_to_be_asked_by_itself_nothing_is_missed() {
    let all = [("s/", 1), ("s/x", 1), ("w", 1)];
    let mut client = Client::new(None, &all).infinite();
    let done = client.round(&[
        ("report -", say(&[cannot_sync("s/"), token("2")])),
        ("list infinity", say(&[itself(), there("w", 1), folder("s/"), there("t/y", 1)])),
        ("fetch t/y", say(&[data("t/y", 1)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    assert_eq!(done.cannot_sync, ["/cal/s/"]);
    client.settles(&[("s/", 1), ("s/x", 1), ("t/y", 1), ("w", 1)]);
    // It is there itself, whether a listing has it or not.
    let mut client = Client::new(None, &all).infinite();
    let done = client.round(&[("report -", say(&[cannot_sync("s/"), there("w", 1), token("2")]))]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&all);
    // Where the report starts over for ever, too.
    let mut client = Client::new(Some("1"), &all).infinite();
    let refused = (403, script::error("valid-sync-token"));
    let done = client.round(&[
        ("report 1", refused.clone()),
        ("report -", say(&[cannot_sync("s/"), more(), token("p")])),
        ("report p", refused),
        ("list infinity", say(&[itself(), there("w", 1), folder("s/"), there("t/y", 1)])),
        ("fetch t/y", say(&[data("t/y", 1)])),
    ]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("s/", 1), ("s/x", 1), ("t/y", 1), ("w", 1)]);
}

#[test]
fn a_blank_is_a_part_of_a_name() {
    let all = [("a", 1), ("a%20", 1), ("w", 1)];
    let mut client = Client::new(Some("1"), &all);
    let answer = ("fetch a a%20 w", say(&[data("a", 1), gone("a%20"), data("w", 1)]));
    let done = client.round(&[("report 1", say(&[gone("a "), token("2")])), answer]);
    check(&done, &["a%20"], Some("2"), &[], &[]);
    client.settles(&[("a", 1), ("w", 1)]);
    // One that has changed is found by a listing, as the other one has not.
    let mut client = Client::new(Some("1"), &all);
    let live = [("a", 1), ("a%20", 2), ("w", 1)];
    let done = client.round(&[
        ("report 1", say(&[there("a ", 2), token("2")])),
        ("fetch a", say(&[data("a", 1)])),
        ("list 1", listing(&live)),
        ("fetch a a%20", say(&[data("a", 1), data("a%20", 2)])),
    ]);
    check(&done, &[], Some("2"), &["a"], &[]);
    client.settles(&live);
}

#[test]
fn a_listing_without_a_member_is_not_taken_for_all() {
    // Zoho answers `Depth: 1` as if it were 0.
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let done = client.round(&[
        ("report 1", say(&[there("/other/x", 1), there("n", 1), token("2")])),
        ("fetch n", say(&[gone("n")])),
        ("list 1", say(&[itself()])),
        ("fetch w", say(&[data("w", 1)])),
    ]);
    check(&done, &[], None, &["n"], &[]);
    client.settles(&[("w", 1), ("n", 1)]);
    // No member is known, and what the report names cannot be placed.
    let mut client = Client::new(Some("1"), &[]);
    let done =
        client.round(&[("report 1", say(&[there("/other/x", 1), token("2")])), ("list 1", say(&[itself()]))]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("x", 1)]);
    // Report and listing agree that there is nothing.
    let mut client = Client::new(None, &[]);
    let done = client.round(&[("report -", say(&[token("2")])), ("list 1", say(&[itself()]))]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&[]);
}

#[test]
fn a_listing_that_leaves_out_a_live_member_is_not_all() {
    let mut client = Client::new(Some("1"), &[("a", 1), ("w", 1)]);
    let done = client.round(&[
        ("report 1", say(&[there("/other/x", 1), token("2")])),
        ("list 1", listing(&[("w", 1)])),
        ("fetch a w", say(&[data("a", 1), data("w", 1)])),
    ]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("a", 1), ("new", 1), ("w", 1)]);
}

#[test]
fn an_infinite_listing_of_children_alone_is_not_all() {
    let all = [("s/x", 1), ("w", 1)];
    let mut client = Client::new(Some("1"), &all).infinite();
    let done = client.round(&[
        ("report 1", say(&[there("/other/x", 1), token("2")])),
        ("list infinity", say(&[itself(), there("w", 1), folder("s/")])),
    ]);
    check(&done, &[], None, &[], &[]);
    client.settles(&all);
}

#[test]
fn one_resource_listed_by_its_path_and_by_its_url_is_fetched() {
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let twice = [("w", 1), ("x", 1), ("https://dav.example/cal/x", 1)];
    let done = client.round(&[
        ("report 1", say(&[there("/other/x", 1), token("2")])),
        ("list 1", listing(&twice)),
        ("fetch x", say(&[data("x", 1)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&[("w", 1), ("x", 1)]);
}

#[test]
fn two_members_with_one_key_and_equal_tags_are_told_apart() {
    // The tags of SOGo are counters: `per%41` is another member than `perA`, with the same number.
    let mut client = Client::new(Some("1"), &[("perA", 0), ("x", 0)]);
    let live = [("perA", 0), ("per%2541", 0)];
    let done = client.round(&[
        ("report 1", say(&[there("per%41", 0), gone("x"), token("2")])),
        ("list 1", listing(&live)),
        ("fetch per%2541", say(&[data("per%2541", 0)])),
    ]);
    check(&done, &["x"], Some("2"), &[], &[]);
    client.settles(&live);
}

#[test]
fn a_first_report_with_a_failed_member_looks_for_absent_ones() {
    let mut client = Client::new(None, &[("a", 1), ("old", 1)]);
    let done = client.round(&[
        ("report -", say(&[there("a", 1), failed("b", 500), token("2")])),
        ("fetch b", say(&[data("b", 1)])),
        ("list 1", listing(&[("a", 1), ("b", 1)])),
        ("fetch old a", say(&[gone("old"), data("a", 1)])),
    ]);
    check(&done, &["old"], Some("2"), &[], &[]);
    client.settles(&[("a", 1), ("b", 1)]);
}

#[test]
fn a_first_report_that_names_nobody_is_compared_though_nothing_is_known() {
    let mut client = Client::new(None, &[]);
    let done = client.round(&[
        ("report -", say(&[token("2")])),
        ("list 1", listing(&[("a", 1)])),
        ("fetch a", say(&[data("a", 1)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&[("a", 1)]);
}

#[test]
fn an_escape_in_the_path_of_the_collection_is_none_of_the_name() {
    let url: RequestUrl = "https://dav.example/me%40x/c/".parse().expect("a URL");
    let all = [("/me%40x/c/b%2520c", 1), ("/me%40x/c/b%20c", 1), ("/me%40x/c/w", 1)];
    let mut client = Client::of(url, "/me%40x/c/", Some("1"), &all);
    let done = client.round(&[
        ("report 1", say(&[gone("/me%40x/c/b%20c"), token("2")])),
        (
            "fetch /me%40x/c/b%20c /me%40x/c/b%2520c /me%40x/c/w",
            say(&[data(all[1].0, 1), gone(all[0].0), data(all[2].0, 1)]),
        ),
    ]);
    check(&done, &["/me%40x/c/b%2520c"], Some("2"), &[], &[]);
    client.settles(&all[1..]);
}

#[test]
fn a_question_mark_may_be_a_part_of_a_name() {
    let all = [("a%2520%3F", 1), ("what%3F", 1), ("w", 1)];
    let mut client = Client::new(Some("1"), &all);
    let done = client.round(&[
        ("report 1", say(&[gone("what?"), gone("a%20?"), token("2")])),
        ("fetch a%2520%3F what%3F w", say(&[gone("a%2520%3F"), gone("what%3F"), data("w", 1)])),
    ]);
    check(&done, &["a%2520%3F", "what%3F"], Some("2"), &[], &[]);
    client.settles(&[("w", 1)]);
    // One that has changed is found by a listing.
    let mut client = Client::new(Some("1"), &all);
    let live = [("a%2520%3F", 1), ("what%3F", 2), ("w", 1)];
    let done = client.round(&[
        ("report 1", say(&[there("what?", 2), token("2")])),
        ("fetch what?", say(&[gone("what?")])),
        ("list 1", listing(&live)),
        ("fetch what%3F", say(&[data("what%3F", 2)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&live);
}

#[test]
fn two_spellings_on_two_pages_are_one_member_or_two() {
    let page = |name| say(&[there(name, 1), more(), token("p")]);
    let mut client = Client::new(Some("1"), &[]);
    let live = [("a%20b", 1), ("a%2520b", 1)];
    let done = client.round(&[
        ("report 1", page("a b")),
        ("report p", say(&[there("a%20b", 1), token("2")])),
        ("list 1", listing(&live)),
        ("fetch a%20b a%2520b", say(&live.map(|(name, tag)| data(name, tag)))),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&live);
    // One is gone, and the other one has changed, on two pages or on one.
    let all = [("a%20b", 1), ("a%2520b", 1), ("w", 1)];
    let pages = [
        vec![
            ("report 1", say(&[gone("a b"), more(), token("p")])),
            ("report p", say(&[there("a%20b", 2), token("2")])),
        ],
        vec![("report 1", say(&[gone("a b"), there("a%20b", 2), token("2")]))],
    ];
    for pages in pages {
        let mut client = Client::new(Some("1"), &all);
        let live = [("a%2520b", 2), ("w", 1)];
        let rest = [
            ("list 1", listing(&live)),
            ("fetch a%2520b", say(&[data("a%2520b", 2)])),
            ("fetch a%20b a%2520b", say(&[gone("a%20b"), data("a%2520b", 2)])),
        ];
        let done = client.round(&[&pages[..], &rest].concat());
        check(&done, &["a%20b"], Some("2"), &[], &[]);
        client.settles(&live);
    }
    // The second one is gone: it is unknown which of the two.
    let mut client = Client::new(Some("1"), &[("a%20b", 1), ("w", 1)]);
    let live = [("a%20b", 1), ("w", 1)];
    let done = client.round(&[
        ("report 1", page("a b")),
        ("report p", say(&[gone("a%20b"), token("2")])),
        ("list 1", listing(&live)),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&live);
}

#[test]
fn what_neither_a_multiget_nor_a_listing_has_yet_is_asked_for_again() {
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let done = client.round(&[
        ("report 1", say(&[there("x", 1), token("2")])),
        ("fetch x", say(&[gone("x")])),
        ("list 1", listing(&[("w", 1)])),
    ]);
    check(&done, &[], Some("2"), &["x"], &[]);
    client.settles(&[("w", 1), ("x", 1)]);
    // A multiget that gives what was known, though the report has another tag.
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let done = client.round(&[
        ("report 1", say(&[there("w", 2), token("2")])),
        ("fetch w", say(&[data("w", 1)])),
        ("list 1", listing(&[("w", 1)])),
        ("fetch w", say(&[data("w", 1)])),
    ]);
    check(&done, &[], Some("2"), &["w"], &[]);
    client.settles(&[("w", 2)]);
}

#[test]
fn a_member_that_is_listed_in_another_spelling_takes_the_place_of_the_known_one() {
    let mut client = Client::new(Some("1"), &[("a b", 1), ("w", 1)]);
    let live = [("a%20b", 2), ("w", 1)];
    let done = client.round(&[
        ("report 1", say(&[there("/other/x", 1), token("2")])),
        ("list 1", listing(&live)),
        ("fetch a%20b", say(&[data("a%20b", 2)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    assert_eq!(names(&done.superseded), ["a b"]);
    client.settles(&live);
    // There and back again: what is kept in the end is not superseded.
    let mut client = Client::new(Some("1"), &[("xA", 1)]).pending(&["x%41"], &[]);
    let done = client.round(&[
        ("report 1", say(&[there("/other/x", 1), token("2")])),
        ("fetch x%41", say(&[data("x%41", 2)])),
        ("list 1", listing(&[("xA", 3)])),
        ("fetch xA", say(&[data("xA", 3)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    assert_eq!(names(&done.superseded), ["x%41"]);
    client.settles(&[("xA", 3)]);
}

#[test]
fn a_failed_name_with_an_escape_may_be_that_of_another_member() {
    // SOGo means `a%2520b` by it, which is gone.
    let mut client = Client::new(Some("1"), &[("a%2520b", 1), ("a%20b", 1)]);
    let done = client.round(&[
        ("report 1", say(&[failed("a%20b", 500), token("2")])),
        ("fetch a%20b a%2520b", say(&[data("a%20b", 1), gone("a%2520b")])),
        ("probe ", say(&[itself()])),
        ("probe a%2520b", http(404)),
    ]);
    check(&done, &["a%2520b"], Some("2"), &[], &[]);
    client.settles(&[("a%20b", 1)]);
}

#[test]
fn a_name_that_is_not_escaped_does_not_keep_another_one_that_is_gone() {
    let mut client = Client::new(None, &[("perA", 1), ("per%2541", 1)]);
    let live = [("per%2541", 1)];
    let done = client.round(&[
        ("report -", say(&[there("per%41", 1), token("2")])),
        ("list 1", listing(&live)),
        ("fetch perA per%2541", say(&[gone("perA"), data("per%2541", 1)])),
    ]);
    check(&done, &["perA"], Some("2"), &[], &[]);
    client.settles(&live);
    let mut client = Client::new(None, &[("perA", 1), ("per%2541", 2)]);
    let live = [("per%2541", 2)];
    let done = client.round(&[
        ("report -", say(&[there("per%41", 2), token("2")])),
        ("fetch perA", say(&[gone("perA")])),
        ("list 1", listing(&live)),
        ("fetch perA per%2541", say(&[gone("perA"), data("per%2541", 2)])),
    ]);
    check(&done, &["perA"], Some("2"), &[], &[]);
    client.settles(&live);
}
