//! Rounds that went wrong over whole answers: tokens that lead nowhere, servers that are busy, and answers that are not
//! those of the step they are given to. No change is lost, the round ends, and the next one with a server that does right
//! settles the rest.

#[path = "support/script.rs"]
mod script;
mod support;

use multistatus::{
    Reader,
    href::RequestUrl,
    meaning::{Advice, AskReport, Method, Observer, Pending, Propfind, Request, Step},
};
use script::{
    Client, cannot_sync, check, cut, data, error, failed, gone, head, http, itself, listing, more, names,
    play, round, say, there, token,
};
use support::{multistatus, request};

#[test]
fn a_named_member_that_is_not_found_is_looked_for_in_a_listing() {
    // SOGo names `a b` without an escape, and does not find it so.
    let done = play(
        round(&[]),
        Some("1"),
        &[
            ("report 1", say(&[there("a b", 1), token("2")])),
            ("fetch a b", say(&[gone("a b")])),
            ("list 1", say(&[itself(), there("a%20b", 1)])),
            ("fetch a%20b", say(&[data("a%20b", 1)])),
        ],
    );
    check(&done, &[], Some("2"), &[], &[]);
    // It was removed meanwhile, or the listing is late: the next round asks once more.
    let script = [
        ("report 1", say(&[there("a", 1), token("2")])),
        ("fetch a", say(&[gone("a")])),
        ("list 1", say(&[itself(), there("x", 1)])),
    ];
    let done = play(round(&[("x", 1)]), Some("1"), &script);
    check(&done, &[], Some("2"), &["a"], &[]);
    let script = [
        ("report 2", say(&[token("3")])),
        ("fetch a", say(&[gone("a")])),
        ("list 1", say(&[itself(), there("x", 1)])),
    ];
    let done = play(round(&[("x", 1)]).pending(done.pending), Some("2"), &script);
    check(&done, &[], Some("3"), &[], &[]);
}

#[test]
fn a_token_that_is_not_valid_starts_over() {
    let done = play(
        round(&[("a", 1), ("b", 1)]).limit(5),
        Some("old"),
        &[
            ("report old limit 5", (412, error("valid-sync-token"))),
            ("report - limit 5", say(&[there("a", 1), token("1")])),
            ("fetch b a", say(&[gone("b"), data("a", 1)])),
        ],
    );
    check(&done, &["b"], Some("1"), &[], &[]);
}

#[test]
fn a_limit_without_a_mark_is_dropped() {
    let done = play(
        round(&[]).limit(1),
        Some("1"),
        &[
            ("report 1 limit 1", say(&[there("a", 1), token("2")])),
            ("report 1", say(&[there("a", 1), there("b", 1), token("2")])),
            ("fetch a b", say(&[data("a", 1), data("b", 1)])),
        ],
    );
    check(&done, &[], Some("2"), &[], &[]);
}

#[test]
fn a_server_that_is_busy_ends_the_round_and_nothing_is_forgotten() {
    let known = [("a", 1), ("b%20", 1)];
    let pending = Pending::new(vec!["/cal/p".to_owned()], vec!["/cal/b%20".to_owned()]);
    for status in [401, 429, 503] {
        let done = play(round(&known).pending(pending.clone()), Some("1"), &[("report 1", http(status))]);
        check(&done, &[], None, &["p"], &["b%20"]);
        let script =
            [("report 1", say(&[there("a", 2), gone("b%20"), token("2")])), ("fetch p a", http(status))];
        let done = play(round(&known).pending(pending.clone()), Some("1"), &script);
        check(&done, &[], None, &["p", "a"], &["b%20"]);
    }
}

#[test]
fn the_report_of_another_step_is_as_good_as_none() {
    let body = say(&[gone("a"), token("2")]).1;
    let Step::Report(other) = round(&[("a", 1)]).start("1") else { panic!("it asks for a report") };
    let Step::Report(ask) = round(&[("a", 1)]).start("1") else { panic!("it asks for a report") };
    let answer = other.observer(207).read(body.as_bytes());
    let Step::Done(done) = ask.answer(answer) else { panic!("it is done") };
    check(&done, &[], None, &[], &[]);
    assert_eq!(done.advice, Advice::Repeat);
}

#[test]
fn an_empty_token_is_none() {
    let mut client = Client::new(Some(" "), &[("old", 1), ("w", 1)]);
    let done = client.round(&[
        ("report -", say(&[there("w", 2), token("2")])),
        ("fetch w", say(&[data("w", 2)])),
        ("fetch old w", say(&[gone("old"), data("w", 2)])),
    ]);
    check(&done, &["old"], Some("2"), &[], &[]);
    client.settles(&[("w", 2)]);
    // Nor is one that came.
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let done = client.round(&[
        ("report 1", say(&[there("w", 2), token(" ")])),
        ("fetch w", say(&[data("w", 2)])),
        ("list 1", listing(&[("w", 2)])),
    ]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("w", 2)]);
}

fn refused() -> script::Answer {
    (403, error("valid-sync-token"))
}

#[test]
fn two_servers_that_refuse_each_others_tokens_are_asked_once() {
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let done = client.round(&[
        ("report 1", refused()),
        ("report -", say(&[there("a", 1), more(), token("p")])),
        ("report p", refused()),
        ("fetch a", say(&[data("a", 1)])),
        ("list 1", listing(&[("a", 1), ("w", 1)])),
    ]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("a", 1), ("w", 1)]);
}

#[test]
fn pages_that_bring_nothing_new_end_the_round() {
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let script = [("report 1", say(&[more(), token("p")])), ("list 1", listing(&[("w", 1)]))];
    let done = client.round(&script);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("w", 1)]);
    // The same member or collection on every page.
    let mut client = Client::new(Some("1"), &[("w", 1)]).infinite();
    let done = client.round(&[
        ("report 1", say(&[there("w", 2), more(), token("p")])),
        ("report p", say(&[cannot_sync("s/"), more(), token("q")])),
        ("report q", say(&[there("w", 2), cannot_sync("s/"), more(), token("r")])),
        ("fetch w", say(&[data("w", 2)])),
        ("list infinity", listing(&[("w", 2)])),
    ]);
    check(&done, &[], None, &[], &[]);
    assert_eq!(done.cannot_sync, ["/cal/s/"]);
    client.settles(&[("w", 2)]);
}

#[test]
fn one_bad_member_does_not_keep_the_others_of_its_batch() {
    let named = || ("report 1", say(&[there("bad", 1), there("x", 1), token("2")]));
    let live = [("bad", 1), ("x", 1)];
    let cut_off = cut(&[data("x", 1)]);
    let broken = (207, multistatus("<a></b>"));
    for (bad, times) in [(http(500), 1), (broken, 1), (cut_off, 2)] {
        let mut client = Client::new(Some("1"), &[]);
        let mut script = vec![named()];
        script.extend((0..times).map(|_| ("fetch bad x", bad.clone())));
        script.extend([("fetch bad", bad.clone()), ("fetch x", say(&[data("x", 1)]))]);
        script.push(("list 1", listing(&live)));
        script.extend((0..=times).map(|_| ("fetch bad", bad.clone())));
        let done = client.round(&script);
        check(&done, &[], Some("2"), &["bad"], &[]);
        client.settles(&live);
    }
    // Where three in a row are bad, it is the server.
    let mut client = Client::new(Some("1"), &[("d", 1)]);
    let all = ["a", "b", "c", "d"];
    let changes: Vec<_> = all.iter().map(|name| there(name, 2)).chain([token("2")]).collect();
    let bad = || http(500);
    let script = [("fetch a b c d", bad()), ("fetch a", bad()), ("fetch b", bad()), ("fetch c", bad())];
    let done = client.round(&[vec![("report 1", say(&changes))], script.to_vec()].concat());
    assert_eq!((done.token, done.advice, done.pending.fetch.len()), (None, Advice::Later, 4));
    client.settles(&all.map(|name| (name, 2)));
}

#[test]
fn a_name_in_question_beside_a_full_list_does_not_cost_the_token() {
    let mut client = Client::new(Some("1"), &[("perA", 1), ("w", 1)]);
    let live = [("perA", 1), ("per%2541", 2), ("w", 1)];
    let done = client.round(&[
        ("report 1", say(&[there("w", 1), there("per%41", 2), token("2")])),
        ("fetch perA", say(&[data("perA", 1)])),
        ("list 1", listing(&live)),
        ("fetch per%2541", say(&[data("per%2541", 2)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&live);
}

#[test]
fn updates_are_fetched_though_no_listing_is_ever_complete() {
    let mut client = Client::new(Some("1"), &[("v", 1), ("w", 1)]);
    let listed = ("list 1", say(&[there("n", 1), there("v", 1), there("w", 1)]));
    let report = ("report 1", say(&[there("w", 1), there("n", 1), token("2")]));
    let done = client.round(&[report.clone(), ("fetch n", say(&[data("n", 1)])), listed.clone()]);
    check(&done, &[], None, &[], &[]);
    // The token stays old, and all comes again: but nothing of it is fetched again.
    let done = client.round(&[report, listed]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("n", 1), ("v", 1), ("w", 1)]);
}

#[test]
fn a_token_that_is_refused_in_other_words_starts_over() {
    let inside =
        failed("/cal/", 403).replace("</D:response>", &(error("valid-sync-token") + "</D:response>"));
    let refusals = [http(400), http(409), http(410), http(412), say(&[inside])];
    for refusal in refusals {
        let mut client = Client::new(Some("1"), &[("old", 1), ("w", 1)]);
        let done = client.round(&[
            ("report 1", refusal),
            ("report -", say(&[there("w", 2), token("2")])),
            ("fetch w", say(&[data("w", 2)])),
            ("fetch old w", say(&[gone("old"), data("w", 2)])),
        ]);
        check(&done, &["old"], Some("2"), &[], &[]);
        client.settles(&[("w", 2)]);
    }
}

#[test]
fn what_is_pending_does_not_grow_while_the_server_is_busy() {
    let all = ["a", "b", "c", "d", "e"];
    let changes: Vec<_> = all.iter().map(|name| there(name, 1)).chain([token("2")]).collect();
    let mut client = Client::new(None, &[]);
    for _ in 0..4 {
        let done = client.round_in_pairs(&[("report -", say(&changes)), ("fetch a b", http(503))]);
        let mut fetch = done.pending.fetch;
        fetch.sort();
        assert_eq!((fetch, done.token), (all.map(script::href).to_vec(), None));
    }
    client.settles(&all.map(|name| (name, 1)));
}

#[test]
fn what_the_report_removes_is_not_pending_any_more() {
    let mut client = Client::new(Some("1"), &[("w", 1)]).pending(&["x"], &[]);
    let done = client.round(&[("report 1", say(&[gone("x"), token("2")]))]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&[("w", 1)]);
}

/// The first step, which asks for a report.
fn first(client: &Client) -> AskReport {
    match client.start() {
        Step::Report(ask) => ask,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_of_which_a_part_was_taken_is_compared_with_a_listing() {
    let mut client = Client::new(Some("1"), &[("x", 1)]);
    let (x, y) = (there("x", 2), there("y", 1));
    let body = say(&[x, y, token("2")]).1;
    let live = [("x", 2), ("y", 1)];
    let script =
        [("fetch y", say(&[data("y", 1)])), ("list 1", listing(&live)), ("fetch x", say(&[data("x", 2)]))];
    let ask = first(&client);
    let mut observed = ask.observer(207).over(Reader::new(body.as_bytes()));
    assert!(observed.next_response().expect("a response").is_some());
    let rest = observed.read();
    let done = client.go_on(ask.answer(rest), &script);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&live);
}

#[test]
fn a_report_that_was_emptied_counts_as_none() {
    let mut client = Client::new(Some("1"), &[("x", 1)]);
    let body = say(&[there("x", 2), token("2")]).1;
    let ask = first(&client);
    let mut report = ask.observer(207).read(body.as_bytes()).expect("a report");
    assert_eq!(report.seen.drain(..).count(), 1);
    let done = client.go_on(ask.answer(Ok(report)), &[]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("x", 2)]);
}

#[test]
fn a_pair_of_observers_is_taken_for_both() {
    let body = say(&[there("x", 2), token("2")]).1;
    for is_first in [true, false] {
        let mut client = Client::new(Some("1"), &[("x", 1)]);
        let ask = first(&client);
        let other = Request::new(Method::Report, request("/cal/"), 207);
        let report = match is_first {
            true => (ask.observer(207), other).read(body.as_bytes()).expect("a report").split().0,
            false => (other, ask.observer(207)).read(body.as_bytes()).expect("a report").split().1,
        };
        let done = client.go_on(ask.answer(Ok(report)), &[("fetch x", say(&[data("x", 2)]))]);
        check(&done, &[], Some("2"), &[], &[]);
        client.settles(&[("x", 2)]);
    }
}

#[test]
fn the_cut_answer_of_another_request_says_nothing() {
    let mut client = Client::new(Some("1"), &[("x", 1)]);
    let ask = first(&client);
    let answer = ask.observer(207).read(b"<a/>");
    let Step::List(list) = ask.answer(answer) else { panic!("it lists") };
    let url: RequestUrl = "https://dav.example/cal/".parse().expect("a URL");
    let (_, body) = cut(&[itself(), there("y", 1)]);
    let other = Propfind::new(url, 207).read(body.as_bytes());
    let done = client.go_on(list.answer(other), &[]);
    check(&done, &[], None, &[], &[]);
    client.settles(&[("x", 1)]);
}

#[test]
fn known_hrefs_that_are_of_no_use_are_left_alone() {
    let round = script::round(&[("a b", 1), ("a%20b", 2), ("http:/bad", 1), ("/elsewhere/x", 1)]);
    let done = script::play(round, Some("1"), &[("report 1", say(&[token("2")]))]);
    check(&done, &[], Some("2"), &[], &[]);
    assert_eq!(names(&done.left_alone), ["a b", "http:/bad", "/elsewhere/x"]);
    assert_eq!(done.known_count, 1);
}

#[test]
fn a_head_of_200_does_not_forget_a_doubtful_removal() {
    let mut client = Client::new(Some("1"), &[("a%20", 1)]);
    let done = client.round(&[
        ("report 1", say(&[gone("a%20"), token("2")])),
        ("fetch a%20", say(&[])),
        ("probe ", head(200)),
        ("probe a%20", head(200)),
    ]);
    check(&done, &[], Some("2"), &[], &["a%20"]);
    client.settles(&[("a%20", 1)]);
}

#[test]
fn what_is_named_twice_may_stand_for_another_member() {
    // Without tags: one of the two was to be `new`.
    let untold = |name| support::stats(&script::href(name), &[200]);
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let live = [("new", 1), ("w", 2)];
    let twice = say(&[untold("w"), untold("w"), token("2")]);
    let done = client.round(&[
        ("report 1", twice.clone()),
        ("fetch w", say(&[data("w", 2)])),
        ("list 1", listing(&live)),
        ("fetch new", say(&[data("new", 1)])),
    ]);
    check(&done, &[], Some("2"), &[], &[]);
    client.settles(&live);
    // A listing is not complete then, either.
    let mut client = Client::new(Some("1"), &[("w", 1)]);
    let done = client.round(&[
        ("report 1", twice),
        ("fetch w", say(&[data("w", 2)])),
        ("list 1", say(&[itself(), untold("w"), untold("w")])),
        ("fetch w", say(&[data("w", 2)])),
    ]);
    check(&done, &[], None, &[], &[]);
    client.settles(&live);
    // One of two removals was to be that of `b`.
    let mut client = Client::new(Some("1"), &[("a", 1), ("b", 1), ("w", 1)]);
    let done = client.round(&[
        ("report 1", say(&[gone("a"), gone("a"), token("2")])),
        ("list 1", listing(&[("w", 1)])),
        ("fetch a b w", say(&[gone("a"), gone("b"), data("w", 1)])),
    ]);
    check(&done, &["a", "b"], Some("2"), &[], &[]);
    client.settles(&[("w", 1)]);
}

#[test]
fn a_probe_that_returns_nothing_proves_nothing() {
    for answer in [failed("a", 200), failed("a", 0), support::stats("/cal/a", &[404])] {
        let mut client = Client::new(Some("1"), &[("a", 1)]).pending(&[], &["a"]);
        let done = client.round(&[
            ("report 1", say(&[token("2")])),
            ("fetch a", say(&[])),
            ("probe ", say(&[itself()])),
            ("probe a", say(&[answer])),
        ]);
        check(&done, &[], Some("2"), &[], &["a"]);
        client.settles(&[]);
    }
}
