//! Each fault, switched on alone.

use super::{
    NAMES, WORK, hrefs, limit, list, multiget, send,
    server::{Failure, Faults, Once, Server},
    shown, sync, token,
};

fn with(change: impl FnOnce(&mut Faults)) -> Server {
    let mut server = super::server();
    change(&mut server.faults);
    server
}

const MEMBERS: [&str; 3] = ["/home/work/a.ics", "/home/work/b.ics", "/home/work/c.ics"];

#[test]
fn names_unescaped_in_reports() {
    let mut server = with(|faults| faults.unescaped_reports = true);
    for name in NAMES {
        server.put(WORK, name, name);
    }
    let named = hrefs(&sync(&mut server, WORK, "", ""));
    assert!(named[3..9].iter().zip(NAMES).all(|(href, name)| *href == format!("/home/work/{name}")));
    assert_eq!(named[9], "/home/work/s/t%01&<.ics");
    // Listings are escaped, and so are requests: the name of the report leads to another member, or to none.
    let listed = list(&mut server, WORK, "1");
    assert!(listed.iter().any(|line| line.starts_with("/home/work/per%2541.ics ")));
    assert_eq!(shown(&multiget(&mut server, &["/home/work/per%41.ics"])), ["/home/work/per%41.ics 404"]);
    let got = shown(&multiget(&mut server, &["/home/work/a%20b.ics", "/home/work/a b.ics"]));
    assert!(got.iter().all(|line| line.ends_with(" calendar-data=a b.ics")), "{got:?}");
}

#[test]
fn multigets() {
    let asked = ["/home/work/a.ics", "/home/work/gone.ics"];
    let lines = |change: fn(&mut Faults)| shown(&multiget(&mut with(change), &asked));
    let a = "/home/work/a.ics getetag=\"7\" calendar-data=BEGIN:VCALENDAR\\r\\nUID:a.ics\\r\\n";
    assert_eq!(lines(|_| {}), [a, "/home/work/gone.ics 404"]);
    assert_eq!(
        lines(|faults| faults.multiget_finds_nothing = true),
        ["/home/work/a.ics 404", "/home/work/gone.ics 404"]
    );
    assert_eq!(lines(|faults| faults.multiget_is_silent = true), [a]);
    assert_eq!(
        lines(|faults| faults.data_is_empty = true),
        ["/home/work/a.ics getetag=\"7\" calendar-data=", "/home/work/gone.ics 404"]
    );
    let mut server = with(|faults| faults.multiget_of_one = true);
    let answer = multiget(&mut server, &asked);
    assert_eq!((answer.status, &*answer.body), (404, ""));
    assert_eq!(shown(&multiget(&mut server, &asked[..1])), [a]);
}

#[test]
fn listings() {
    let mut server = with(|faults| faults.lists_itself = true);
    assert_eq!(list(&mut server, WORK, "1"), ["/home/work/ resourcetype=<collection><calendar> getetag:404"]);
    let mut server = with(|faults| faults.lists_bare_href = true);
    assert_eq!(list(&mut server, WORK, "1"), ["/home/work/"]);
    assert_eq!(list(&mut server, MEMBERS[0], "1").len(), 1);
    let mut server = with(|faults| faults.missing_is_207 = true);
    assert_eq!(list(&mut server, "/home/work/x.ics", "0"), ["/home/work/x.ics 404"]);
    assert_eq!(list(&mut server, "/home/play/", "1"), ["/home/play/ 404"]);
}

#[test]
fn first_reports() {
    let first = |change: fn(&mut Faults)| {
        let mut server = with(change);
        server.remove(MEMBERS[1]);
        let answer = sync(&mut server, WORK, "", "");
        assert_eq!(token(&answer), server.token(WORK));
        hrefs(&answer)
    };
    assert_eq!(first(|_| {}), [MEMBERS[0], MEMBERS[2]]);
    assert_eq!(first(|faults| faults.first_names_nobody = true), Vec::<String>::new());
    assert_eq!(
        first(|faults| faults.first_has_removals = true),
        [MEMBERS[0], MEMBERS[2], "/home/work/b.ics 404"]
    );
    let mut server = with(|faults| faults.first_names_nobody = true);
    let since = server.token(WORK);
    server.put(WORK, "a.ics", "");
    assert_eq!(hrefs(&sync(&mut server, WORK, &since, "")), MEMBERS[..1]);
}

#[test]
fn reports() {
    let changes = |change: fn(&mut Faults), more: &str| {
        let mut server = with(change);
        let since = server.token(WORK);
        server.put(WORK, "a.ics", "");
        server.remove(MEMBERS[1]);
        let answer = sync(&mut server, WORK, &since, more);
        let is_last = token(&answer) == server.token(WORK);
        (shown(&answer), is_last)
    };
    let (changed, removed) =
        ("/home/work/a.ics getetag=\"10\"".to_owned(), "/home/work/b.ics 404".to_owned());
    let both = vec![changed.clone(), removed.clone()];
    assert_eq!(changes(|_| {}, ""), (both.clone(), true));
    assert_eq!(changes(|_| {}, &limit(1)), (vec![changed.clone(), "/home/work/ 507".to_owned()], false));
    assert_eq!(changes(|faults| faults.limit_without_mark = true, &limit(1)), (vec![changed.clone()], true));
    assert_eq!(changes(|faults| faults.limit_ignored = true, &limit(1)), (both, true));
    let own = "/home/work/ getetag:404".to_owned();
    let expected = vec![changed.clone(), removed, own];
    assert_eq!(changes(|faults| faults.report_has_itself = true, ""), (expected, true));
    let gone = "/home/work/b.ics 410".to_owned();
    assert_eq!(changes(|faults| faults.removals_are_410 = true, ""), (vec![changed, gone], true));
    let mut server = with(|faults| faults.removals_have_propstat = true);
    let since = server.token(WORK);
    server.remove(MEMBERS[1]);
    let body = sync(&mut server, WORK, &since, "").body;
    assert!(
        body.contains("<D:propstat><D:prop/><D:status>HTTP/1.1 418 I'm a teapot</D:status></D:propstat>")
    );
}

#[test]
fn tokens() {
    let mut server = super::server();
    let old = server.token(WORK);
    for _ in 0..3 {
        server.put(WORK, "a.ics", "");
    }
    assert_eq!(sync(&mut server, WORK, &old, "").status, 207);
    server.faults.token_life = Some(3);
    assert_eq!(sync(&mut server, WORK, &old, "").status, 207);
    server.faults.token_life = Some(2);
    assert_eq!(sync(&mut server, WORK, &old, "").status, 403);
    server.faults.unknown_token_is_412 = true;
    let answer = sync(&mut server, WORK, &old, "");
    assert_eq!((answer.status, answer.body.contains("valid-sync-token")), (412, true));
    server.faults.unknown_token_is_first = true;
    let answer = sync(&mut server, WORK, &old, "");
    assert_eq!(hrefs(&answer), [MEMBERS[1], MEMBERS[2], MEMBERS[0]]);
    assert_eq!(token(&answer), server.token(WORK));
}

#[test]
fn requests_fail_once() {
    for status in [401, 403, 429, 500, 503] {
        let mut server = with(|faults| {
            faults.once = vec![
                Once { after: 1, failure: Failure::Status(status) },
                Once { after: 2, failure: Failure::Cut(50) },
            ];
        });
        let mut put = |name: &str| send(&mut server, "PUT", &format!("/home/work/{name}"), None, "x").status;
        assert_eq!((put("x.ics"), put("y.ics")), (201, status));
        let mut without = server.clone();
        without.faults = Faults::default();
        let whole = send(&mut without, "PROPFIND", WORK, Some("1"), super::LISTED);
        let cut = send(&mut server, "PROPFIND", WORK, Some("1"), super::LISTED);
        assert_eq!(cut.body, whole.body[..whole.body.len() / 2]);
        assert_eq!(send(&mut server, "PROPFIND", WORK, Some("1"), super::LISTED), whole);
        assert!(!whole.body.contains("y.ics"));
        assert_eq!(server.faults, Faults::default());
    }
}
