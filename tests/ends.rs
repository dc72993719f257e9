//! Where bodies end, and that nothing but a complete one passes as complete.

mod support;

use multistatus::{ErrorKind, Multistatus, Trailer};
use support::{multistatus, response};

const OK: &str = "HTTP/1.1 200 OK";

#[test]
fn a_cut_body_gives_an_error_before_the_end() {
    let body = multistatus(&(response(OK, "<D:a/>") + &response(OK, "<D:b/>")));
    for cut in 0..body.len() {
        let mut responses = Multistatus::new(&body.as_bytes()[..cut]);
        let items: Vec<_> = responses.by_ref().collect();
        let last = items.last().expect("an item").as_ref().expect_err("cut");
        assert!(last.is_fatal() && last.is_truncated(), "cut at {cut}: {last}");
        assert_eq!(last.offset(), if cut == 0 { 0 } else { cut as u64 });
        assert!(items.iter().rev().skip(1).all(Result::is_ok), "responses before the cut are given");
        assert!(responses.next().is_none() && responses.next().is_none(), "fused");
        for _ in 0..2 {
            assert_eq!(responses.finish().expect_err("again").kind(), last.kind());
            assert_eq!(responses.next_response().expect_err("again").offset(), last.offset());
        }
    }
}

#[test]
fn a_body_that_goes_on_gives_an_error_before_the_end() {
    let whole = multistatus(&response(OK, "<D:a/>"));
    for more in [
        "<br/>Warning",
        "x",
        "\0",
        &whole,
        "<?xml version=\"1.0\"?>",
        "&#32;",
        "<![CDATA[]]>",
        "</x>",
        "<",
        "\u{FEFF}",
    ] {
        let body = format!("{whole}\n{more}");
        let mut responses = Multistatus::new(body.as_bytes());
        let items: Vec<_> = responses.by_ref().collect();
        assert_eq!(items.len(), 2, "{more}");
        let error = items[1].as_ref().expect_err(more);
        assert!(error.is_fatal() && error.offset() > whole.len() as u64, "{more}: {error}");
        assert!(responses.finish().is_err());
    }
    for more in ["", " \r\n", "<!-- x -->\n<?x y?>", "<?x?>", "<!-->-->", "<!--->-->", "<!-- - -->"] {
        assert!(Multistatus::new(format!("{whole}{more}").as_bytes()).finish().is_ok(), "{more}");
    }
}

fn finish(children: &str, taken: usize) -> Trailer {
    let body = multistatus(children);
    let mut responses = Multistatus::new(body.as_bytes());
    for _ in 0..taken {
        let _ = responses.next().expect("an item");
    }
    responses.finish().expect("complete")
}

#[test]
fn the_token_comes_only_when_all_was_seen() {
    let (one, bad, token) = (response(OK, "<D:a/>"), "<D:response/>", "<D:sync-token> t1\n</D:sync-token>");
    let all = finish(&format!("{token}{one}{one}"), 2);
    assert_eq!((all.sync_token(), all.unseen(), all.faults()), (Some("t1"), 0, 0));
    let early = finish(&format!("{token}{one}{one}"), 1);
    assert_eq!((early.sync_token(), early.unseen(), early.faults()), (None, 1, 0));
    let faulty = finish(&format!("{token}{one}{bad}"), 2);
    assert_eq!((faulty.sync_token(), faulty.unseen(), faulty.faults()), (None, 0, 1));
    assert_eq!(faulty.sync_tokens().collect::<Vec<_>>(), ["t1"]);
    let passed = finish(&format!("{one}{bad}{token}"), 0);
    assert_eq!((passed.sync_token(), passed.unseen(), passed.faults()), (None, 1, 1));
    assert_eq!(finish("<D:sync-token/>", 0).sync_token(), None);
    let (empty, one, two) =
        ("<D:sync-token/>", "<D:sync-token>1</D:sync-token>", "<D:sync-token>2</D:sync-token>");
    assert_eq!(finish(&[one, empty].concat(), 0).sync_token(), Some("1"));
    for tokens in [[empty, one, two], [one, empty, two], [one, two, empty]] {
        assert_eq!(finish(&tokens.concat(), 0).sync_token(), None);
    }
    assert_eq!(finish(&format!("{token}{token}"), 0).sync_token(), Some("t1"));
    assert_eq!(finish(&format!("{token}<D:sync-token>t2</D:sync-token>"), 0).sync_token(), None);
    assert_eq!(finish(&response(OK, token), 1).sync_token(), None, "a property is no token of the report");
}

#[test]
fn one_bad_response_among_good_ones() {
    let body = multistatus(&(response(OK, "<D:a/>") + "<D:response/>" + &response(OK, "<D:b/>")));
    let mut responses = Multistatus::new(body.as_bytes());
    let items: Vec<_> = responses.by_ref().collect();
    assert_eq!(items.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(responses.finish().expect("well-formed").faults(), 1);
}

#[test]
fn a_missing_end_tag_is_an_error_at_its_byte() {
    let broken =
        "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a></D:prop></D:propstat></D:response>";
    let body = multistatus(&(broken.to_owned() + &response(OK, "<D:a/>").repeat(100_000)));
    let mut responses = Multistatus::new(body.as_bytes());
    let error = responses.next_response().expect_err("a missing end tag");
    assert_eq!(error.offset(), body.find("</D:prop>").expect("the tag") as u64);
    assert_eq!(error.kind(), &ErrorKind::Malformed);
    assert_eq!(error.path(), "multistatus/response[1]/propstat[1]/prop/a");
    assert!(responses.position() < 200);
}

#[test]
fn empty_multistatus_in_every_form() {
    for body in [
        "<multistatus xmlns=\"DAV:\"/>",
        "<multistatus xmlns=\"DAV:\"></multistatus>",
        "<D:multistatus xmlns:D=\"DAV:\" >\n</D:multistatus\n>",
        "<D:multistatus xmlns:D=\"DAV:\"><D:responsedescription>none</D:responsedescription></D:multistatus>",
    ] {
        let mut responses = Multistatus::new(body.as_bytes());
        assert!(responses.next_response().expect(body).is_none());
        assert!(responses.next().is_none());
        let trailer = responses.finish().expect(body);
        assert_eq!((trailer.faults(), trailer.unseen()), (0, 0));
        assert_eq!(responses.position(), body.len() as u64);
    }
}

#[test]
fn nesting_takes_no_stack() {
    let depth = 1_000_000;
    let body = multistatus(&("<D:x>".repeat(depth) + &"</D:x>".repeat(depth)));
    let most = multistatus(&response(OK, &("<D:x>".repeat(252) + &"</D:x>".repeat(252))));
    let small = std::thread::Builder::new().stack_size(64 << 10);
    let thread = small.spawn(move || {
        let error = Multistatus::new(body.as_bytes()).finish().expect_err("too deep");
        let response = Multistatus::new(most.as_bytes()).next().expect("an item").expect("deep enough");
        let text = response.props().get("x").expect("a value").text().into_owned();
        (error.kind().clone(), text)
    });
    let (kind, text) = thread.expect("a thread").join().expect("no overflow");
    assert_eq!((kind, &*text), (ErrorKind::Limit(multistatus::Limit::Depth), ""));
}
