//! A round of a sync engine against answers that are written down: tables F and G of the guide, D10 and D11. A test is a
//! list of steps, each what the round has to ask for and what it is answered.

mod support;

use multistatus::{
    href::RequestUrl,
    meaning::{Advice, Done, Known, Observer, Pending, Round, Step},
    names::caldav::CALENDAR_DATA,
};
use support::{multistatus, own, propstat, request, resource};
use url::Url;

/// What a step is answered: the status of HTTP, and the body.
type Answer = (u16, String);

/// HTTP 207 with these responses.
fn say(children: &[String]) -> Answer {
    (207, multistatus(&children.concat()))
}

/// An answer without a body.
fn http(status: u16) -> Answer {
    (status, String::new())
}

/// An answer that is cut after these responses.
fn cut(children: &[String]) -> Answer {
    let body = multistatus(&children.concat());
    (207, body[..body.len() - 3].to_owned())
}

fn error(condition: &str) -> String {
    format!("<D:error xmlns:D=\"DAV:\"><D:{condition}/></D:error>")
}

/// A member that is there, with a tag.
fn there(name: &str, tag: u32) -> String {
    let tag = format!("<D:getetag>\"{tag}\"</D:getetag>");
    resource(&format!("/cal/{name}"), &propstat(&tag, 200))
}

/// A member with its data.
fn data(name: &str, tag: u32) -> String {
    let data = "<C:calendar-data xmlns:C=\"urn:ietf:params:xml:ns:caldav\">BEGIN</C:calendar-data>";
    resource(&format!("/cal/{name}"), &propstat(&format!("<D:getetag>\"{tag}\"</D:getetag>{data}"), 200))
}

fn gone(name: &str) -> String {
    own(&format!("/cal/{name}"), 404)
}

/// The collection itself, as a listing has it.
fn itself() -> String {
    resource("/cal/", &propstat("<D:resourcetype><D:collection/></D:resourcetype>", 200))
}

fn token(token: &str) -> String {
    format!("<D:sync-token>{token}</D:sync-token>")
}

/// The mark of a page that is not the last.
fn more() -> String {
    own("/cal/", 507)
}

fn round(known: &[(&str, u32)]) -> Round {
    let known = known.iter().map(|(name, tag)| Known::new(format!("/cal/{name}"), &*format!("\"{tag}\"")));
    Round::new(request("/cal/"), known)
}

/// Plays a round: every step has to be the one that is written down.
#[track_caller]
fn play(round: Round, sent: Option<&str>, script: &[(&str, Answer)]) -> Done {
    let mut step = round.start(sent);
    let mut script = script.iter();
    let mut asked = Vec::new();
    loop {
        let what = describe(&step);
        if let Step::Done(done) = step {
            assert!(script.next().is_none(), "it has ended after {asked:?}");
            return done;
        }
        let Some((expected, (status, body))) = script.next() else {
            panic!("{what:?} after {asked:?}: {step:#?}")
        };
        assert_eq!(what, *expected, "after {asked:?}");
        asked.push(what);
        let body = body.as_bytes();
        step = match step {
            Step::Report(ask) => {
                let report = ask.observer(*status).read(body);
                ask.answer(report)
            }
            Step::Fetch(ask) => {
                let report = ask.observer(*status, CALENDAR_DATA).read(body);
                ask.answer(report)
            }
            Step::Probe(ask) => {
                let report = ask.observer(*status).read(body);
                ask.answer(report)
            }
            Step::List(ask) => {
                let report = ask.observer(*status).read(body);
                ask.answer(report)
            }
            Step::Done(_) => unreachable!("seen above"),
        };
    }
}

fn describe(step: &Step) -> String {
    let name = |href: &str| href.strip_prefix("/cal/").unwrap_or(href).to_owned();
    match step {
        Step::Report(ask) => {
            let limit = ask.limit().map_or(String::new(), |limit| format!(" limit {limit}"));
            format!("report {}{limit}", ask.token().unwrap_or("-"))
        }
        Step::Fetch(ask) => {
            let names: Vec<_> = ask.hrefs().iter().map(|href| name(href)).collect();
            format!("fetch {}", names.join(" "))
        }
        Step::Probe(ask) => format!("probe {}", name(ask.url().path())),
        Step::List(ask) => format!("list {}", ask.depth()),
        Step::Done(_) => "done".to_owned(),
    }
}

/// What is removed, by name.
fn removed(done: &Done) -> Vec<&str> {
    done.remove.iter().map(|known| known.href.strip_prefix("/cal/").expect("a member")).collect()
}

/// What became of a round: the names removed, the token, and the names that are pending.
#[track_caller]
fn check(done: &Done, remove: &[&str], token: Option<&str>, fetch: &[&str], confirm: &[&str]) {
    assert_eq!(removed(done), remove, "removed");
    assert_eq!(done.token.as_deref(), token, "token, {:?}", done.advice);
    let named = |hrefs: &[String]| hrefs.iter().map(|href| href.replace("/cal/", "")).collect::<Vec<_>>();
    assert_eq!(named(&done.pending.fetch), fetch, "to be fetched");
    assert_eq!(named(&done.pending.confirm), confirm, "to be confirmed");
    assert_eq!(done.token.is_some(), done.advice == Advice::Proceed, "{:?}", done.advice);
}

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
    // The tag that comes is the one that was told: it is the same member.
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
    let beside = [own("/cal/f", 500), own("/other/f", 200), there("%61", 1)];
    for beside in beside {
        let report = say(&[there("a", 1), beside, token("1")]);
        let mut step = round(&known).start(None);
        loop {
            step = match step {
                Step::Report(ask) => {
                    let answer = ask.observer(207).read(report.1.as_bytes());
                    ask.answer(answer)
                }
                Step::Fetch(ask) => {
                    assert!(ask.hrefs().iter().all(|href| href == "/cal/f"), "{:?}", ask.hrefs());
                    let answer = ask.observer(404, CALENDAR_DATA).read(b"");
                    ask.answer(answer)
                }
                Step::List(ask) => {
                    let answer = ask.observer(403).read(b"");
                    ask.answer(answer)
                }
                Step::Done(done) => {
                    assert_eq!(done.remove, []);
                    break;
                }
                other => panic!("{other:?}"),
            };
        }
    }
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
    let closed = format!("{}<D:error><D:sync-traversal-supported/></D:error>", support::status(403));
    let report = say(&[there("a", 1), resource("/cal/sub/", &closed), token("1")]);
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
    // Nobody was known: the members of such a home are found by a listing, too.
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
        &[("report 1", say(&[gone("a"), gone("b"), gone("c"), gone("never-known"), token("2")]))],
    );
    assert_eq!((done.remove.len(), done.known_count), (3, 3));
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
    let mut step = round(&[("a%20", 1)]).start("1");
    let mut statuses = [200, 404].into_iter();
    let done = loop {
        step = match step {
            Step::Report(ask) => {
                let answer = ask
                    .observer(207)
                    .read(say(&[gone("a%20"), token("2")]).1.as_bytes())
                    .map(|r| r.into_owned());
                ask.answer(answer)
            }
            Step::Fetch(ask) => {
                let answer =
                    ask.observer(207, CALENDAR_DATA).read(say(&[]).1.as_bytes()).map(|r| r.into_owned());
                ask.answer(answer)
            }
            Step::Probe(ask) => ask.answer_head(statuses.next().expect("two probes")),
            Step::Done(done) => break done,
            other => panic!("{other:?}"),
        };
    };
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
    // It was removed meanwhile, or the listing lags behind: the next round asks once more.
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
    let pending = Pending { fetch: vec!["/cal/p".to_owned()], confirm: vec!["/cal/b%20".to_owned()] };
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
fn behind_a_mount_members_are_probed_under_it() {
    let url = RequestUrl::new(Url::parse("https://dav.example/webdav/cal/").expect("a URL")).mount("/webdav");
    let round = Round::new(url, [Known::new("/cal/a%20", "\"1\"")]);
    let done = play(
        round,
        Some("1"),
        &[
            ("report 1", say(&[gone("a%20"), token("2")])),
            ("fetch a%20", say(&[])),
            ("probe /webdav/cal/", say(&[itself()])),
            ("probe /webdav/cal/a%20", http(404)),
        ],
    );
    check(&done, &["a%20"], Some("2"), &[], &[]);
}
