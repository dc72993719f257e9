//! A round of a sync engine against answers that are written down: tables F and G of the guide, D10 and D11. A test is a
//! list of steps, each what the round has to ask for and what it is answered.

#[path = "support/script.rs"]
mod script;
mod support;

use multistatus::meaning::Advice;
use script::{
    cannot_sync, check, cut, data, failed, gone, head, http, itself, more, play, round, say, there, token,
};
use support::{own, propstat, resource};

#[test]
fn changes_are_fetched_and_what_is_gone_is_removed() {
    let known = [("a", 1), ("b", 1), ("c", 1)];
    let done = play(
        round(&known),
        Some("1"),
        &[
            ("report 1", say(&[there("a", 2), there("d", 1), gone("b"), token("2")])),
            ("fetch a d", say(&[data("a", 2), data("d", 1)])),
        ],
    );
    check(&done, &["b"], Some("2"), &[], &[]);
    assert_eq!(done.known_count, 3);
}

#[test]
fn d3_two_spellings_of_one_key_are_left_to_a_listing() {
    let (one, other) = (there("a b", 2), gone("a%20b"));
    let pages = [
        vec![("report 1", say(&[one.clone(), other.clone(), token("2")]))],
        vec![("report 1", say(&[one, more(), token("p")])), ("report p", say(&[other, token("2")]))],
    ];
    for pages in pages {
        let script = [&pages[..], &[("list 1", http(403))]].concat();
        let done = play(round(&[("a%20b", 1), ("w", 1)]), Some("1"), &script);
        check(&done, &[], None, &[], &[]);
    }
}

#[test]
fn d4_a_removal_with_an_escape_is_confirmed_in_the_same_round() {
    let known = [("a", 1), ("b%20c", 1)];
    // It is gone.
    let report = say(&[gone("b%20c"), token("2")]);
    let done = play(
        round(&known),
        Some("1"),
        &[("report 1", report.clone()), ("fetch b%20c a", say(&[gone("b%20c"), data("a", 1)]))],
    );
    check(&done, &["b%20c"], Some("2"), &[], &[]);
    // It was the literal name that is gone: SOGo does not escape.
    let there = say(&[data("b%20c", 1), data("a", 1)]);
    let done = play(round(&known), Some("1"), &[("report 1", report), ("fetch b%20c a", there)]);
    check(&done, &[], Some("2"), &[], &[]);
}

#[test]
fn d4_the_literal_name_is_suspected_too() {
    // SOGo calls `per%41.ics` gone, which is known as `per%2541.ics`.
    let known = [("per%2541.ics", 1), ("perA.ics", 1), ("x", 1)];
    let done = play(
        round(&known),
        Some("1"),
        &[
            ("report 1", say(&[gone("per%41.ics"), token("2")])),
            (
                "fetch per%2541.ics perA.ics x",
                say(&[gone("per%2541.ics"), data("perA.ics", 1), data("x", 1)]),
            ),
        ],
    );
    check(&done, &["per%2541.ics"], Some("2"), &[], &[]);
}

#[test]
fn d4_an_update_without_a_tag_may_be_one_of_the_literal_name() {
    let done = play(
        round(&[("per%2541", 1), ("per%41", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[own("/cal/per%41", 200), token("2")])),
            ("fetch per%2541 per%41", say(&[data("per%2541", 2), data("per%41", 1)])),
        ],
    );
    check(&done, &[], Some("2"), &[], &[]);
}

#[test]
fn d10_a_collection_takes_its_members_along() {
    let known = [("sub/", 1), ("sub/a", 1), ("sub/deep/b", 1), ("subway", 1)];
    let report = |name: &str| say(&[gone(name), token("2")]);
    let done = play(round(&known).infinite(), Some("1"), &[("report 1", report("sub/"))]);
    check(&done, &["sub/", "sub/a", "sub/deep/b"], Some("2"), &[], &[]);
    // Also when it is not known itself.
    let done = play(round(&known[1..]).infinite(), Some("1"), &[("report 1", report("sub"))]);
    check(&done, &["sub/a", "sub/deep/b"], Some("2"), &[], &[]);
    // Something below is named as being there: then the rest is confirmed.
    let answer = say(&[gone("sub/"), there("sub/a", 1), token("2")]);
    let confirmed = say(&[data("sub/", 1), data("sub/deep/b", 1), data("sub/a", 1)]);
    let script = [("report 1", answer), ("fetch sub/ sub/deep/b sub/a", confirmed)];
    let done = play(round(&known).infinite(), Some("1"), &script);
    check(&done, &[], Some("2"), &[], &[]);
    // Of level 1, nothing below was asked for.
    let done = play(round(&known), Some("1"), &[("report 1", report("sub/"))]);
    check(&done, &["sub/"], Some("2"), &[], &[]);
}

#[test]
fn d11_an_update_under_another_spelling_is_asked_for_by_the_known_one() {
    // The tag that comes is the one from the server: it is the same member.
    let known = [("per%41.ics", 1), ("x", 1)];
    let report = say(&[there("perA.ics", 2), token("2")]);
    let done = play(
        round(&known),
        Some("1"),
        &[("report 1", report.clone()), ("fetch per%41.ics", say(&[data("per%41.ics", 2)]))],
    );
    check(&done, &[], Some("2"), &[], &[]);
    // It is another one: a listing tells.
    let done = play(
        round(&known),
        Some("1"),
        &[
            ("report 1", report),
            ("fetch per%41.ics", say(&[data("per%41.ics", 1)])),
            ("list 1", say(&[itself(), there("per%41.ics", 1), there("per%2541.ics", 2), there("x", 1)])),
            ("fetch per%2541.ics", say(&[data("per%2541.ics", 2)])),
        ],
    );
    check(&done, &[], Some("2"), &[], &[]);
    // One spelling are an absolute URL and its path, and hex digits in either case.
    let absolute = resource("https://dav.example/cal/b%c3", &propstat("<D:getetag>\"2\"</D:getetag>", 200));
    let done = play(
        round(&[("b%C3", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[absolute, token("2")])),
            ("fetch https://dav.example/cal/b%c3", say(&[data("b%C3", 2)])),
        ],
    );
    check(&done, &[], Some("2"), &[], &[]);
}

#[test]
fn f1_every_page_of_a_first_report_is_part_of_it() {
    let done = play(
        round(&[("a", 1), ("b", 1), ("c", 1)]).limit(1),
        None,
        &[
            ("report - limit 1", say(&[there("a", 1), more(), token("1")])),
            // A removal in a first report may name what never was there.
            ("report 1 limit 1", say(&[gone("c"), more(), token("2")])),
            ("report 2 limit 1", say(&[there("b", 1), gone("zz"), token("3")])),
            ("fetch c a", say(&[data("c", 1), data("a", 1)])),
        ],
    );
    check(&done, &[], Some("3"), &[], &[]);
}

#[test]
fn f1_the_later_page_wins_and_its_token_is_the_one() {
    let done = play(
        round(&[("a", 1), ("b", 1)]),
        Some("0"),
        &[
            ("report 0", say(&[gone("a"), there("b", 2), more(), token("1")])),
            ("report 1", say(&[there("a", 3), gone("b"), token("2")])),
            ("fetch a", say(&[data("a", 3)])),
        ],
    );
    check(&done, &["b"], Some("2"), &[], &[]);
}

#[test]
fn f1_removals_of_a_page_with_a_token_stand() {
    let done = play(
        round(&[("a", 1), ("b", 1), ("x", 1)]),
        Some("0"),
        &[("report 0", say(&[gone("a"), more(), token("1")])), ("report 1", cut(&[gone("b"), token("2")]))],
    );
    check(&done, &["a"], None, &[], &[]);
    assert_eq!(done.advice, Advice::Repeat);
    // Save in a first report.
    let done = play(
        round(&[("a", 1), ("x", 1)]),
        None,
        &[
            ("report -", say(&[gone("a"), there("x", 1), more(), token("1")])),
            ("report 1", cut(&[token("2")])),
            ("fetch a x", say(&[data("a", 1), data("x", 1)])),
        ],
    );
    check(&done, &[], None, &[], &[]);
}

#[test]
fn f1_a_token_that_came_before_ends_the_round() {
    let page = |number: &str| say(&[there("a", 1), more(), token(number)]);
    let done = play(
        round(&[("a", 1)]),
        Some("A"),
        &[
            ("report A", page("B")),
            ("report B", page("A")),
            // The listing tells what is there, but the token was not sent for it.
            ("list 1", say(&[itself(), there("a", 1)])),
        ],
    );
    check(&done, &[], None, &[], &[]);
    assert_eq!(done.advice, Advice::List);
    // Each page names somebody new, and the one that closes the circle may be the last one.
    for end in [more(), String::new()] {
        let done = play(
            round(&[("a", 1), ("b", 1)]),
            Some("A"),
            &[
                ("report A", say(&[there("a", 1), more(), token("B")])),
                ("report B", say(&[there("b", 1), end, token("A")])),
                ("list 1", say(&[itself(), there("a", 1), there("b", 1)])),
            ],
        );
        check(&done, &[], None, &[], &[]);
    }
}

#[test]
fn f1_the_last_page_may_repeat_the_token_that_was_sent() {
    let done = play(round(&[("a", 1)]), Some("1"), &[("report 1", say(&[token("1")]))]);
    check(&done, &[], Some("1"), &[], &[]);
}

#[test]
fn f2_what_a_first_report_does_not_name_is_a_candidate() {
    let known = [("a", 1), ("b", 1), ("c", 1)];
    let report = say(&[there("a", 1), token("1")]);
    let done = play(
        round(&known),
        None,
        &[("report -", report.clone()), ("fetch b c a", say(&[gone("b"), data("c", 1), data("a", 1)]))],
    );
    check(&done, &["b"], Some("1"), &[], &[]);
    // Not when something failed, was foreign or ambiguous.
    let fetch = ("fetch f", say(&[gone("f")]));
    for (beside, fetch) in
        [(failed("f", 500), Some(fetch)), (gone("/other/f"), None), (there("%61", 1), None)]
    {
        let report = ("report -", say(&[there("a", 1), beside, token("1")]));
        let script: Vec<_> = [report].into_iter().chain(fetch).chain([("list 1", http(403))]).collect();
        let done = play(round(&known), None, &script);
        assert_eq!((done.remove, done.token), (vec![], None));
    }
}

#[test]
fn f2_only_when_every_page_came_with_a_token() {
    let page = ("report -", say(&[there("a", 1), more(), token("1")]));
    let known = [("a", 1), ("b", 1)];
    let done = play(round(&known), None, &[page, ("report 1", cut(&[token("2")]))]);
    check(&done, &[], None, &[], &[]);
}

#[test]
fn f2_only_at_the_level_that_was_asked() {
    let known = [("a", 1), ("sub/b", 1)];
    let report = say(&[there("a", 1), token("1")]);
    let done = play(round(&known), None, &[("report -", report.clone())]);
    check(&done, &[], Some("1"), &[], &[]);
    let confirmed = say(&[gone("sub/b"), data("a", 1)]);
    let done = play(round(&known).infinite(), None, &[("report -", report), ("fetch sub/b a", confirmed)]);
    check(&done, &["sub/b"], Some("1"), &[], &[]);
}

#[test]
fn f2_not_below_a_member_that_cannot_be_synced() {
    let report = say(&[there("a", 1), cannot_sync("sub/"), token("1")]);
    let done = play(round(&[("a", 1), ("sub/b", 1)]).infinite(), None, &[("report -", report)]);
    check(&done, &[], Some("1"), &[], &[]);
    assert_eq!(done.cannot_sync, ["/cal/sub/"]);
}

#[test]
fn f3_a_first_report_that_names_nobody_gives_its_token_and_no_absence() {
    let report = say(&[token("1")]);
    let listing = say(&[itself(), there("a", 1), there("b", 1)]);
    let known = [("a", 1), ("b", 1)];
    let done = play(round(&known), None, &[("report -", report.clone()), ("list 1", listing)]);
    check(&done, &[], Some("1"), &[], &[]);
    // What has changed, the next report would not say.
    let done = play(round(&known), None, &[("report -", report.clone()), ("list 1", http(403))]);
    check(&done, &[], None, &[], &[]);
    // No member was known: the members of such a home are found by a listing, too.
    let listing = say(&[itself(), there("a", 1)]);
    let script = [("report -", report), ("list 1", listing), ("fetch a", say(&[data("a", 1)]))];
    let done = play(round(&[]), None, &script);
    check(&done, &[], Some("1"), &[], &[]);
}

#[test]
fn f4_a_full_list_for_a_token_that_was_forgotten_is_compared_with_a_listing() {
    let known = [("a", 1), ("b", 1)];
    let done = play(
        round(&known),
        Some("old"),
        &[
            ("report old", say(&[there("a", 1), token("new")])),
            ("list 1", say(&[itself(), there("a", 1)])),
            ("fetch b a", say(&[gone("b"), data("a", 1)])),
        ],
    );
    check(&done, &["b"], Some("new"), &[], &[]);
    // Where the listing is not complete, the token stays.
    let done = play(
        round(&known),
        Some("old"),
        &[("report old", say(&[there("a", 1), token("new")])), ("list 1", say(&[there("a", 1)]))],
    );
    check(&done, &[], None, &[], &[]);
}

#[test]
fn f5_only_its_own_absence_stays_open() {
    let known = [("a", 1), ("b%20", 1), ("c%20", 1)];
    let done = play(
        round(&known),
        Some("1"),
        &[
            ("report 1", say(&[there("a", 2), gone("b%20"), gone("c%20"), token("2")])),
            ("fetch a", say(&[data("a", 2)])),
            // Nothing is said of the second one, and the server does not answer for it.
            ("fetch b%20 c%20 a", say(&[gone("b%20"), data("a", 2)])),
            ("probe ", say(&[itself()])),
            ("probe c%20", http(500)),
        ],
    );
    check(&done, &["b%20"], Some("2"), &[], &["c%20"]);
    // The next round asks for it again.
    let done = play(
        round(&[("a", 2), ("c%20", 1)]).pending(done.pending),
        Some("2"),
        &[("report 2", say(&[token("3")])), ("fetch c%20 a", say(&[gone("c%20"), data("a", 2)]))],
    );
    check(&done, &["c%20"], Some("3"), &[], &[]);
}

#[test]
fn f6_a_complete_listing_settles_what_the_report_left_open() {
    let known = [("a", 1), ("b", 1), ("c", 1)];
    let report = say(&[gone("a"), own("/other/x", 200), there("b", 2), token("2")]);
    let done = play(
        round(&known),
        Some("1"),
        &[
            ("report 1", report.clone()),
            ("fetch b", say(&[data("b", 2)])),
            ("list 1", say(&[itself(), there("b", 2), there("c", 2)])),
            ("fetch c", say(&[data("c", 2)])),
            ("fetch a b", say(&[gone("a"), data("b", 2)])),
        ],
    );
    check(&done, &["a"], Some("2"), &[], &[]);
    // Without it nothing is.
    let done = play(
        round(&known),
        Some("1"),
        &[
            ("report 1", report),
            ("fetch b", say(&[data("b", 2)])),
            ("list 1", http(404)),
            ("fetch a b", say(&[data("a", 1), data("b", 2)])),
        ],
    );
    check(&done, &[], None, &[], &[]);
}

#[test]
fn f7_it_says_how_many_of_the_known_members_it_removes() {
    let known = [("a", 1), ("b", 1), ("c", 1)];
    let done = play(
        round(&known),
        Some("1"),
        &[("report 1", say(&[gone("a"), gone("b"), gone("never-known"), token("2")]))],
    );
    assert_eq!((done.remove.len(), done.known_count), (2, 3));
}

#[test]
fn g2_a_404_alone_is_no_removal() {
    let known = [("a%20", 1), ("b", 1)];
    let report = || ("report 1", say(&[gone("a%20"), token("2")]));
    // iCloud: 404 for all. Then the collection and the member are asked for by themselves.
    let all_gone = || ("fetch a%20 b", say(&[gone("a%20"), gone("b")]));
    let done = play(
        round(&known),
        Some("1"),
        &[report(), all_gone(), ("probe ", say(&[itself()])), ("probe a%20", say(&[there("a%20", 1)]))],
    );
    check(&done, &[], Some("2"), &[], &[]);
    let done = play(
        round(&known),
        Some("1"),
        &[report(), all_gone(), ("probe ", say(&[itself()])), ("probe a%20", http(404))],
    );
    check(&done, &["a%20"], Some("2"), &[], &[]);
    // The collection is not there either: nothing is proven.
    let done = play(round(&known), Some("1"), &[report(), all_gone(), ("probe ", http(404))]);
    check(&done, &[], Some("2"), &[], &["a%20"]);
    // dufs and nginx say so inside of the body.
    let inside = say(&[own("/cal/a%20", 404)]);
    let done = play(
        round(&known),
        Some("1"),
        &[report(), all_gone(), ("probe ", say(&[itself()])), ("probe a%20", inside)],
    );
    check(&done, &["a%20"], Some("2"), &[], &[]);
}

#[test]
fn g2_only_what_may_be_gone_is_removed_and_only_beside_data() {
    let known = [("a%20", 1), ("b%20", 1), ("w", 1)];
    let report = || ("report 1", say(&[gone("a%20"), gone("b%20"), token("2")]));
    // The one that was asked for beside them is in no doubt.
    let done = play(
        round(&known),
        Some("1"),
        &[report(), ("fetch a%20 b%20 w", say(&[gone("a%20"), data("b%20", 1), gone("w")]))],
    );
    check(&done, &["a%20"], Some("2"), &[], &[]);
    // A status of success alone is no witness.
    for witness in [there("w", 1), own("/cal/w", 200), itself()] {
        let done = play(
            round(&known),
            Some("1"),
            &[
                report(),
                ("fetch a%20 b%20 w", say(&[gone("a%20"), gone("b%20"), witness])),
                ("probe ", http(404)),
            ],
        );
        check(&done, &[], Some("2"), &[], &["a%20", "b%20"]);
    }
    // Nor is one asked for that is gone itself.
    let done = play(
        round(&[("a", 1), ("b%20", 1), ("w", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[gone("a"), gone("b%20"), token("2")])),
            ("fetch b%20 w", say(&[gone("b%20"), data("w", 1)])),
        ],
    );
    check(&done, &["a", "b%20"], Some("2"), &[], &[]);
}

#[test]
fn g2_the_404_of_another_resource_proves_nothing() {
    let done = play(
        round(&[("a%20", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[gone("a%20"), token("2")])),
            ("fetch a%20", say(&[gone("a%20")])),
            ("probe ", say(&[itself()])),
            ("probe a%20", say(&[gone("other")])),
        ],
    );
    check(&done, &[], Some("2"), &[], &["a%20"]);
}

#[test]
fn g2_where_no_member_is_left_the_collection_is_the_witness() {
    let done = play(
        round(&[("a%20", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[gone("a%20"), token("2")])),
            ("fetch a%20", say(&[gone("a%20")])),
            ("probe ", say(&[itself()])),
            ("probe a%20", http(410)),
        ],
    );
    check(&done, &["a%20"], Some("2"), &[], &[]);
}

#[test]
fn g2_a_head_confirms_too() {
    let done = play(
        round(&[("a%20", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[gone("a%20"), token("2")])),
            ("fetch a%20", say(&[])),
            ("probe ", head(200)),
            ("probe a%20", head(404)),
        ],
    );
    check(&done, &["a%20"], Some("2"), &[], &[]);
}

#[test]
fn g4_what_is_open_is_asked_once_more_then_one_by_one() {
    let done = play(
        round(&[("a", 1), ("b", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[there("a", 2), there("new", 1), token("2")])),
            // Nothing about either: servers leave out what is missing.
            ("fetch a new", say(&[])),
            ("fetch a new", say(&[])),
            // The new one may be there under another spelling.
            ("list 1", http(500)),
            ("probe ", say(&[itself()])),
            ("probe a", http(404)),
        ],
    );
    check(&done, &["a"], Some("2"), &["new"], &[]);
    // It is there: its data is still to be fetched.
    let done = play(
        round(&[("a", 1), ("b", 1)]),
        Some("1"),
        &[
            ("report 1", say(&[there("a", 2), token("2")])),
            ("fetch a", say(&[])),
            ("fetch a", say(&[])),
            ("probe ", say(&[itself()])),
            ("probe a", say(&[there("a", 2)])),
        ],
    );
    check(&done, &[], Some("2"), &["a"], &[]);
}

#[test]
fn g5_a_multiget_that_fails_with_404_is_asked_one_by_one() {
    let done = play(
        round(&[]),
        Some("1"),
        &[
            ("report 1", say(&[there("a", 1), there("b", 1), token("2")])),
            ("fetch a b", http(404)),
            ("fetch a", say(&[data("a", 1)])),
            ("fetch b", http(404)),
            ("list 1", http(404)),
        ],
    );
    check(&done, &[], Some("2"), &["b"], &[]);
}
