//! What is done to answers, and in which list it is.

use std::collections::HashSet;

use super::{
    LISTED, WORK, limit, multiget_body, send,
    server::{
        Answer, Kind as Of, Request, Server,
        mutations::{HTTP, Kind, Mutation, STATUSES, Setting, TokenChange, split},
    },
    sync_body,
};

const ORIGIN: &str = "https://dav.example";

/// Eight members, of which six changed, two are gone and one is not reported yet, because the page ends.
fn server() -> (Server, String) {
    let mut server = Server::new();
    server.collection(WORK, Of::Calendar);
    server.collection("/home/play/", Of::Calendar);
    server.put("/home/play/", "p.ics", "elsewhere");
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        server.put(WORK, &format!("{name}.ics"), &event(name));
    }
    let token = server.token(WORK);
    for name in ["a", "b", "c", "d", "e x", "f x"] {
        server.put(WORK, &format!("{name}.ics"), &event(name));
    }
    server.remove("/home/work/g.ics");
    server.remove("/home/work/h.ics");
    server.put(WORK, "last.ics", "");
    (server, token)
}

fn event(uid: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         DTSTAMP:20260101T000000Z\r\nDTSTART:20260301T100000Z\r\nSUMMARY:A & <b>\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

/// Calls `see` with the setting of one request of a typical round.
fn setting<T>(request: &str, see: impl FnOnce(&mut Server, &Request<'_>, &Setting<'_>) -> T) -> T {
    let (mut server, token) = server();
    let asked = ["a", "b", "c", "d", "e%20x", "gone"].map(|name| format!("/home/work/{name}.ics"));
    let asked = asked.each_ref().map(String::as_str);
    let (method, path, depth, body) = match request {
        "report" => ("REPORT", WORK, Some("0"), sync_body(&token, &limit(8))),
        "multiget" => ("REPORT", WORK, None, multiget_body(&asked)),
        "listing" => ("PROPFIND", WORK, Some("1"), LISTED.to_owned()),
        "member" => ("PROPFIND", "/home/work/a.ics", Some("0"), LISTED.to_owned()),
        _ => ("HEAD", "/home/work/a.ics", None, String::new()),
    };
    let request = Request { method, path, depth, body: &body };
    let answer = server.answer(&request);
    let setting = Setting::new(&server, ORIGIN, &request, &answer);
    see(&mut server, &request, &setting)
}

#[test]
fn bodies_are_split_and_joined() {
    for name in ["report", "multiget", "listing", "member"] {
        setting(name, |_, _, setting| {
            let body = &setting.answer.body;
            let parts = split(body).expect("a multistatus");
            assert_eq!(parts.join(), *body);
            let expected = match name {
                "report" => 9,
                "multiget" => 6,
                "listing" => 10,
                _ => 1,
            };
            assert_eq!(parts.responses.len(), expected, "{name}");
            assert_eq!(parts.token().is_some(), name == "report");
            assert!((0..body.len()).all(|end| split(body.get(..end).unwrap_or_default()).is_none()));
        });
    }
    assert_eq!(split("<D:error xmlns:D=\"DAV:\"/>"), None);
}

#[test]
fn the_lists_are_what_they_say() {
    let (mut all, mut hidden) = (0, 0);
    assert_eq!(STATUSES.iter().collect::<HashSet<_>>().len(), 40);
    for name in ["report", "multiget", "listing", "member", "head"] {
        let (visible, lies) = setting(name, |_, _, setting| {
            let (mut labels, mut visible, mut lies) = (HashSet::new(), 0, 0);
            for mutated in setting.mutated() {
                assert_ne!(mutated.answer, *setting.answer);
                assert!(labels.insert(mutated.label()), "{name}: {}", mutated.label());
                match mutated.kind() {
                    Kind::Visible => visible += 1,
                    Kind::Lie { names } => {
                        assert!(!names.is_empty() && names.len() < 3, "{}: {names:?}", mutated.label());
                        lies += 1;
                    }
                }
            }
            // The same mutations again, each with the same name.
            let again: HashSet<_> = setting.mutated().map(|mutated| mutated.label()).collect();
            assert_eq!(again, labels);
            (visible, lies)
        });
        println!("mutations: {name}: {visible} visible, {lies} lies");
        all += visible + lies;
        hidden += lies;
    }
    println!("mutations: {all} in all, {hidden} of them lies");
    assert!(all > 9_000 && hidden > 300, "{all}, {hidden}");
}

/// What is meant to be seen is visible whatever it is applied to, where no text is replaced.
#[test]
fn structural_mutations_are_visible() {
    for name in ["report", "multiget", "listing", "member"] {
        setting(name, |_, _, setting| {
            for mutated in setting.mutated() {
                let is_visible = mutated.kind() == Kind::Visible;
                match &mutated.mutation {
                    Mutation::Prefix(_)
                    | Mutation::Repeated(_)
                    | Mutation::Swapped(_)
                    | Mutation::Shuffled(_)
                    | Mutation::Reversed
                    | Mutation::Instead { .. }
                    | Mutation::Token(_)
                    | Mutation::MarkAdded { .. }
                    | Mutation::MarkRemoved
                    | Mutation::Http(_) => assert!(is_visible, "{name}: {}", mutated.label()),
                    _ => {}
                }
            }
        });
    }
}

/// Kinds of single mutations: nothing for visible, or the names that it lies about.
#[test]
fn kinds() {
    let status = |response, place, text| Mutation::Status { response, place, text };
    let href = |response, href: &str| Mutation::Href { response, label: "", href: href.to_owned() };
    let (ok, no, gone) = ("HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 410 Gone");
    let rows: Vec<(&str, Mutation, &[&str])> = vec![
        // Responses of the report: a to d, e x, f x, g and h gone, the mark.
        ("report", Mutation::LeftOut(0), &["a.ics"]),
        ("report", Mutation::LeftOut(6), &["g.ics"]),
        ("report", Mutation::LeftOut(8), &[]),
        ("report", Mutation::Gone(0, 404), &["a.ics"]),
        ("report", Mutation::Gone(0, 410), &["a.ics"]),
        ("report", Mutation::Gone(6, 410), &[]),
        ("report", Mutation::Gone(8, 404), &[]),
        ("report", Mutation::Exchanged(0, 1), &["a.ics", "b.ics"]),
        ("report", Mutation::Exchanged(0, 6), &["a.ics", "g.ics"]),
        ("report", Mutation::Exchanged(6, 7), &[]),
        ("report", Mutation::Exchanged(0, 8), &[]),
        ("report", status(0, 0, no), &[]),
        ("report", status(0, 0, "HTTP/1.1 500"), &[]),
        ("report", status(6, 0, gone), &[]),
        ("report", status(6, 0, ok), &["g.ics"]),
        ("report", status(6, 0, "HTTP/2 200"), &["g.ics"]),
        ("report", status(6, 0, "200 OK"), &["g.ics"]),
        ("report", status(6, 0, "HTTP/1.1 403 Forbidden"), &[]),
        ("report", status(6, 0, "HTTP/1.1 507"), &[]),
        ("report", status(6, 0, ""), &[]),
        ("report", status(6, 0, "HTTP/1.1 404Not Found"), &[]),
        ("report", status(8, 0, ok), &[]),
        ("report", href(0, "/home/work/b.ics"), &[]),
        ("report", href(0, "/home/work/last.ics"), &["a.ics", "last.ics"]),
        ("report", href(0, "/home/work/%6cast.ics"), &["a.ics", "last.ics"]),
        ("report", href(0, "last.ics"), &["a.ics", "last.ics"]),
        ("report", href(0, "http://me@dav.example:80/home/work/last.ics/"), &["a.ics", "last.ics"]),
        ("report", href(0, "/home/work/./x/../last.ics"), &["a.ics", "last.ics"]),
        ("report", href(0, "/home/work/x:y"), &["a.ics", "x%3Ay"]),
        ("report", href(0, "urn:x"), &["a.ics", "urn%3Ax"]),
        ("report", href(0, "/home/work/a.ics#x"), &["a.ics", "a.ics%23x"]),
        ("report", href(0, "/home/work/a.ics?x"), &["a.ics", "a.ics?x"]),
        ("report", href(0, "/home/work/%61.ics"), &[]),
        ("report", href(0, "https://DAV.example/home/work/a.ics"), &[]),
        ("report", href(0, "/home/work/"), &["a.ics"]),
        ("report", href(0, "/home/work"), &["a.ics"]),
        ("report", href(0, "."), &["a.ics"]),
        ("report", href(0, "/home/work/?x"), &[]),
        ("report", href(6, "/home/work/"), &[]),
        ("report", href(6, "/home/work/last.ics"), &["g.ics", "last.ics"]),
        ("report", href(0, "/home/work/b.ics/x"), &[]),
        ("report", href(0, "/home/work//last.ics"), &[]),
        ("report", href(0, "/home/work%2Flast.ics"), &[]),
        ("report", href(0, "/home/work\\last.ics"), &[]),
        ("report", href(0, "/home/work/la\nst.ics"), &[]),
        ("report", href(0, "/home/play/p.ics"), &[]),
        ("report", href(0, "//other.example/home/work/last.ics"), &[]),
        ("report", href(0, "http:/home/work/last.ics"), &[]),
        ("report", href(0, ""), &[]),
        ("report", href(8, "/home/work/a.ics"), &[]),
        // The multiget: a to d, e x, and one that is not there.
        ("multiget", Mutation::LeftOut(0), &[]),
        ("multiget", Mutation::Gone(0, 404), &["a.ics"]),
        ("multiget", Mutation::Exchanged(0, 1), &["a.ics", "b.ics"]),
        ("multiget", Mutation::Exchanged(0, 5), &["a.ics", "gone.ics"]),
        ("multiget", status(0, 0, no), &[]),
        ("multiget", status(5, 0, ok), &[]),
        ("multiget", status(5, 0, gone), &[]),
        ("multiget", href(0, "/home/work/last.ics"), &[]),
        ("multiget", href(0, "/home/work/b.ics"), &[]),
        ("multiget", href(0, "/home/work/"), &[]),
        // The listing: the collection, then a to f, e x, f x, last in order.
        ("listing", Mutation::LeftOut(0), &[]),
        ("listing", Mutation::LeftOut(1), &["a.ics"]),
        ("listing", Mutation::Gone(1, 404), &[]),
        ("listing", Mutation::Exchanged(1, 2), &["a.ics", "b.ics"]),
        ("listing", Mutation::Exchanged(0, 1), &["a.ics"]),
        ("listing", status(1, 0, no), &[]),
        ("listing", status(0, 0, no), &[]),
        ("listing", href(1, "/home/work/"), &[]),
        ("listing", href(1, "/home/work/b.ics"), &[]),
        ("listing", href(1, "/home/work/new.ics"), &["a.ics", "new.ics"]),
        // Depth 0.
        ("member", Mutation::LeftOut(0), &[]),
        ("member", Mutation::Gone(0, 404), &["a.ics"]),
        ("member", status(0, 0, no), &[]),
        ("member", href(0, "/home/work/b.ics"), &[]),
        ("member", Mutation::Http(410), &[]),
        ("head", Mutation::Http(404), &["a.ics"]),
        ("head", Mutation::Http(410), &["a.ics"]),
        ("head", Mutation::Http(403), &[]),
        ("head", Mutation::Http(203), &[]),
        ("report", Mutation::Token(TokenChange::Changed), &[]),
    ];
    for (name, mutation, expected) in rows {
        setting(name, |_, _, setting| {
            let label = mutation.label();
            let mutated = setting.apply(mutation).unwrap_or_else(|| panic!("{name}: {label}: no change"));
            let names: Vec<_> = expected.iter().map(|name| format!("/home/work/{name}")).collect();
            let expected = if names.is_empty() { Kind::Visible } else { Kind::Lie { names } };
            assert_eq!(mutated.kind(), expected, "{name}: {label}");
        });
    }
}

/// The rule against the server itself: what it answers in another state is a lie about what differs there, and no mutation
/// makes anything else of it.
#[test]
fn answers_of_another_state_are_lies() {
    for (name, made) in [("listing", None), ("multiget", Some(404))] {
        setting(name, |server, request, setting| {
            let parts = split(&setting.answer.body).expect("a multistatus");
            for (at, response) in parts.responses.iter().enumerate() {
                let href = response.split(['<', '>']).nth(4).expect("an href");
                if server.tag(href).is_none() || href == WORK {
                    continue;
                }
                let mut other = server.clone();
                assert!(other.remove(href));
                let answer = other.answer(request);
                let mutation = made.map_or(Mutation::LeftOut(at), |status| Mutation::Gone(at, status));
                assert_eq!(mutation.apply(setting.answer).as_ref(), Some(&answer), "{href}");
                assert_eq!(setting.kind(&answer), Kind::Lie { names: vec![href.to_owned()] });
            }
            let mut other = server.clone();
            let made = other.put(WORK, "n.ics", "");
            other.put(WORK, "b.ics", "new");
            other.remove("/home/work/a.ics");
            let mut names = vec!["/home/work/a.ics".to_owned(), "/home/work/b.ics".to_owned()];
            if name == "listing" {
                names.push(made);
            }
            assert_eq!(setting.kind(&other.answer(request)), Kind::Lie { names });
            assert_eq!(setting.kind(&server.answer(request)), Kind::Visible);
        });
    }
    // What is not there is made to look as if it were.
    let (mut server, _) = server();
    for missing_is_207 in [false, true] {
        server.faults.missing_is_207 = missing_is_207;
        let request =
            Request { method: "PROPFIND", path: "/home/work/g.ics", depth: Some("0"), body: LISTED };
        let answer = server.answer(&request);
        let setting = Setting::new(&server, ORIGIN, &request, &answer);
        let mut alive = server.clone();
        alive.put(WORK, "g.ics", "");
        let lie = Kind::Lie { names: vec!["/home/work/g.ics".to_owned()] };
        assert_eq!(setting.kind(&alive.answer(&request)), lie);
    }
    let request = Request { method: "HEAD", path: "/home/work/g.ics", depth: None, body: "" };
    let answer = server.answer(&request);
    let setting = Setting::new(&server, ORIGIN, &request, &answer);
    let lies = HTTP
        .iter()
        .filter(|status| setting.kind(&Answer { status: **status, body: String::new() }) != Kind::Visible);
    assert_eq!(lies.copied().collect::<Vec<_>>(), [200, 203, 206, 226]);
    let write = Request { method: "DELETE", path: "/home/work/a.ics", depth: None, body: "" };
    let answer = send(&mut server, "DELETE", write.path, None, "");
    let setting = Setting::new(&server, ORIGIN, &write, &answer);
    assert!(setting.mutated().all(|mutated| mutated.kind() == Kind::Visible));
}
