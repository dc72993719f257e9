//! The server in memory that engines are tried against, and its faults.

#[path = "server/faults.rs"]
mod faults;
#[path = "server/mutations.rs"]
mod mutations;
#[path = "support/server/mod.rs"]
mod server;

use roxmltree::Document;
use server::{Answer, HOME, Kind, PRINCIPAL, Request, Server};

const WORK: &str = "/home/work/";
const CARDS: &str = "/home/cards/";

/// Names that have to be escaped, one that looks as if it were, and one that no decoding may reach.
const NAMES: [&str; 7] =
    ["a b.ics", "per%41.ics", "ü.ics", "x#y.ics", "q?.ics", "a%20b.ics", "s/t\u{1}&<.ics"];

const LISTED: &str = "<propfind xmlns='DAV:'><prop><resourcetype/><getetag/></prop></propfind>";

fn server() -> Server {
    let mut server = Server::new();
    server.collection(WORK, Kind::Calendar);
    server.collection(CARDS, Kind::AddressBook);
    for name in ["a.ics", "b.ics", "c.ics"] {
        server.put(WORK, name, &format!("BEGIN:VCALENDAR\r\nUID:{name}\r\n"));
    }
    server
}

fn send(server: &mut Server, method: &str, path: &str, depth: Option<&str>, body: &str) -> Answer {
    server.answer(&Request { method, path, depth, body })
}

fn list(server: &mut Server, path: &str, depth: &str) -> Vec<String> {
    shown(&send(server, "PROPFIND", path, Some(depth), LISTED))
}

fn sync(server: &mut Server, path: &str, token: &str, more: &str) -> Answer {
    send(server, "REPORT", path, Some("0"), &sync_body(token, more))
}

fn sync_body(token: &str, more: &str) -> String {
    let level = if more.contains("sync-level") { "" } else { "<sync-level>1</sync-level>" };
    format!(
        "<sync-collection xmlns='DAV:'><sync-token>{token}</sync-token>{level}{more}<prop><getetag/></prop>\
         </sync-collection>"
    )
}

fn limit(most: usize) -> String {
    format!("<limit><nresults>{most}</nresults></limit>")
}

fn multiget(server: &mut Server, hrefs: &[&str]) -> Answer {
    send(server, "REPORT", WORK, None, &multiget_body(hrefs))
}

fn multiget_body(hrefs: &[&str]) -> String {
    let hrefs: String = hrefs.iter().map(|href| format!("<D:href>{href}</D:href>")).collect();
    format!(
        "<C:calendar-multiget xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><D:prop><D:getetag/>\
         <C:calendar-data/></D:prop>{hrefs}</C:calendar-multiget>"
    )
}

/// One line for a response: its href, its status, and `name=value` for each property, or `name:404`.
fn shown(answer: &Answer) -> Vec<String> {
    let document = Document::parse(&answer.body).unwrap_or_else(|e| panic!("{e}: {answer:?}"));
    let text = |node: roxmltree::Node<'_, '_>| {
        let texts = node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
        texts.collect::<String>()
    };
    let code = |status: roxmltree::Node<'_, '_>| text(status)[9..12].to_owned();
    let mut lines = Vec::new();
    for response in document.root_element().children().filter(|node| node.has_tag_name("response")) {
        let mut words = Vec::new();
        for child in response.children().filter(roxmltree::Node::is_element) {
            match child.tag_name().name() {
                "href" => words.push(text(child)),
                "status" => words.push(code(child)),
                "propstat" => {
                    let status = child.children().find(|node| node.has_tag_name("status")).map(code);
                    let props = child.children().find(|node| node.has_tag_name("prop")).expect("props");
                    for prop in props.children() {
                        let types = prop.children().filter(roxmltree::Node::is_element);
                        let types: String =
                            types.map(|node| format!("<{}>", node.tag_name().name())).collect();
                        let value = types + &text(prop).replace('\r', "\\r").replace('\n', "\\n");
                        words.push(match status.as_deref() {
                            Some("200") => format!("{}={value}", prop.tag_name().name()),
                            status => format!("{}:{}", prop.tag_name().name(), status.expect("a status")),
                        });
                    }
                }
                _ => {}
            }
        }
        lines.push(words.join(" "));
    }
    lines
}

/// The hrefs of its responses.
fn hrefs(answer: &Answer) -> Vec<String> {
    shown(answer).iter().map(|line| line.split(" getetag").next().unwrap_or_default().to_owned()).collect()
}

fn token(answer: &Answer) -> String {
    let document = Document::parse(&answer.body).expect("XML");
    let mut tokens = document.root_element().children().filter(|node| node.has_tag_name("sync-token"));
    tokens.next().and_then(|token| token.text()).expect("a token").to_owned()
}

#[test]
fn a_client_finds_its_collections() {
    let mut server = server();
    let ask = |name: &str| {
        format!(
            "<propfind xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav' \
             xmlns:A='urn:ietf:params:xml:ns:carddav' xmlns:S='http://calendarserver.org/ns/'><prop>{name}</prop>\
             </propfind>"
        )
    };
    let principal = send(&mut server, "PROPFIND", "/", Some("0"), &ask("<current-user-principal/>"));
    assert_eq!(shown(&principal), [format!("/ current-user-principal=<href>{PRINCIPAL}")]);
    let homes = ask("<C:calendar-home-set/><A:addressbook-home-set/><C:other/>");
    let homes = send(&mut server, "PROPFIND", PRINCIPAL, Some("0"), &homes);
    let expected =
        format!("{PRINCIPAL} calendar-home-set=<href>{HOME} addressbook-home-set=<href>{HOME} other:404");
    assert_eq!(shown(&homes), [expected]);
    let props = ask("<resourcetype/><displayname/><sync-token/><S:getctag/><getcontentlength/>");
    let collections = send(&mut server, "PROPFIND", HOME, Some("1"), &props);
    let lines = shown(&collections);
    assert!(lines[0].starts_with("/home/ resourcetype=<collection> displayname=home sync-token=urn:"));
    assert!(lines[1].starts_with("/home/cards/ resourcetype=<collection><addressbook> displayname=cards"));
    let (token, tag) = (server.token(WORK), server.tag("/home/work/c.ics").expect("it is there"));
    assert_eq!(
        lines[2],
        format!(
            "/home/work/ resourcetype=<collection><calendar> displayname=work sync-token={token} \
             getctag={tag} getcontentlength:404"
        )
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn propfind_of_every_depth() {
    let mut server = server();
    let own = "/home/work/ resourcetype=<collection><calendar> getetag:404";
    assert_eq!(list(&mut server, WORK, "0"), [own]);
    assert_eq!(list(&mut server, "/home/work", "0"), [own]);
    let members = ["a", "b", "c"].map(|name| {
        let href = format!("/home/work/{name}.ics");
        format!("{href} resourcetype= getetag={}", server.tag(&href).expect("it is there"))
    });
    assert_eq!(list(&mut server, WORK, "1")[1..], members);
    assert_eq!(list(&mut server, "/home/work/b.ics", "1"), members[1..2]);
    let all = send(&mut server, "PROPFIND", "/", None, "");
    assert_eq!(shown(&all).len(), 9);
    assert_eq!(shown(&all), shown(&send(&mut server, "PROPFIND", "/", Some("Infinity"), "")));
    assert!(shown(&all)[6].contains(" displayname=c.ics getetag=\"9\" getcontentlength=28 "));
    let names =
        send(&mut server, "PROPFIND", WORK, Some("0"), "<propfind xmlns='DAV:'><propname/></propfind>");
    assert_eq!(shown(&names), ["/home/work/ resourcetype= displayname="]);
}

#[test]
fn methods_have_sensible_statuses() {
    let mut server = server();
    let rows = [
        ("GET", "/home/work/a.ics", "", 200),
        ("HEAD", "/home/work/a.ics", "", 200),
        ("GET", "/home/work/x.ics", "", 404),
        ("HEAD", WORK, "", 200),
        ("HEAD", "/home/play/", "", 404),
        ("PUT", "/home/work/x.ics", "new", 201),
        ("PUT", "/home/work/x.ics", "newer", 204),
        ("PUT", WORK, "", 405),
        ("PUT", "/home/play/x.ics", "", 409),
        ("PUT", "/home/work/x.ics/y", "", 409),
        ("PUT", "/home/work/%2e%2e", "", 400),
        ("PUT", "/home/work/%FF", "", 400),
        ("PUT", "/", "", 405),
        ("DELETE", "/home/work/x.ics", "", 204),
        ("DELETE", "/home/work/x.ics", "", 404),
        ("DELETE", "/", "", 403),
        ("MKCOL", "/home/play/", "", 405),
        ("PROPFIND", "/home/play/", "", 404),
        ("PROPFIND", "/home/work/", "<propfind", 400),
        ("PROPFIND", "/home/work/", "<propfind xmlns='DAV:'/>", 400),
        ("PROPFIND", "no path", "", 400),
        ("REPORT", "/home/play/", "", 404),
        ("REPORT", "/home/work/", "", 403),
        ("REPORT", "/home/work/", "<x/>", 403),
        ("REPORT", "/home/work/", "<sync-collection xmlns='DAV:'/>", 400),
    ];
    for (method, path, body, status) in rows {
        let answer = send(&mut server, method, path, None, body);
        assert_eq!(answer.status, status, "{method} {path} {body}");
        assert!(method != "HEAD" || answer.body.is_empty());
    }
    server.put(WORK, "y.ics", "data");
    assert_eq!(send(&mut server, "GET", "/home/work/y.ics", None, "").body, "data");
    assert_eq!(send(&mut server, "PROPFIND", WORK, Some("2"), "").status, 400);
}

#[test]
fn what_a_request_sends_never_panics() {
    let mut server = server();
    let body = "<sync-collection xmlns='DAV:'><sync-token>urn:ü</sync-token><sync-level>1</sync-level><limit>\
                <nresults>99999999999999999999</nresults></limit><prop><getetag/></prop></sync-collection>";
    for end in (0..=body.len()).filter(|end| body.is_char_boundary(*end)) {
        let status = send(&mut server, "REPORT", WORK, None, &body[..end]).status;
        assert_eq!(status, if end == 0 { 403 } else { 400 }, "{end}");
    }
    for token in ["urn:sync:0:0:0", "urn:sync:0:3:18446744073709551615", "ü", ":", "urn:sync:0:3:-1"] {
        assert_eq!(sync(&mut server, WORK, token, "").status, 403, "{token}");
    }
    for path in ["", "//", "/%", "/%4", "/%zz/%C3", "/home/work//a.ics", "/ü", "/home/work/é%"] {
        for method in ["PROPFIND", "GET", "PUT", "DELETE", "REPORT"] {
            let status = send(&mut server, method, path, Some("1"), "").status;
            // Some are paths after all: of the root, and of what has been put there.
            let is_path = matches!(path, "//" | "/ü" | "/%" | "/%4" | "/home/work/é%");
            assert!((400..500).contains(&status) || is_path, "{method} {path}: {status}");
        }
    }
}

#[test]
fn names_of_any_text_have_one_spelling() {
    let mut server = server();
    let spelled: Vec<_> = NAMES.iter().map(|name| server.put(WORK, name, name)).collect();
    assert_eq!(spelled[1], "/home/work/per%2541.ics");
    assert_eq!(spelled[6], "/home/work/s%2Ft%01%26%3C.ics");
    for (href, name) in spelled.iter().zip(NAMES) {
        assert_eq!(send(&mut server, "GET", href, None, "").body, name);
        assert_eq!(send(&mut server, "PUT", href, None, name).status, 204);
        let tag = server.tag(href).expect("it is there");
        let data = name.replace('\u{1}', "\u{FFFD}");
        let got = shown(&multiget(&mut server, &[href]));
        assert_eq!(got, [format!("{href} getetag={tag} calendar-data={data}")]);
    }
    assert_eq!(server.live(WORK).len(), 10);
    let listed = list(&mut server, WORK, "1");
    assert!(spelled.iter().all(|href| listed.iter().any(|line| line.starts_with(&format!("{href} ")))));
    let others = ["/home/work/%61.ics", "https://dav.example/home/work/a.ics", "/home/work/a.ics/", "a.ics"];
    for href in others {
        assert_eq!(shown(&multiget(&mut server, &[href])), [format!("{href} 404")]);
    }
    server.faults.any_spelling = true;
    for href in &others[..3] {
        assert!(shown(&multiget(&mut server, &[href]))[0].starts_with(&format!("{href} getetag=")));
    }
}

#[test]
fn cards_have_a_multiget_of_their_own() {
    let mut server = server();
    let href = server.put(CARDS, "x y.vcf", "BEGIN:VCARD");
    let events = multiget_body(&[&href]);
    let cards =
        events.replace("calendar-multiget", "addressbook-multiget").replace("calendar-data", "address-data");
    let cards = cards.replace("ns:caldav", "ns:carddav");
    let got = shown(&send(&mut server, "REPORT", CARDS, Some("0"), &cards));
    assert_eq!(got, ["/home/cards/x%20y.vcf getetag=\"10\" address-data=BEGIN:VCARD"]);
    assert_eq!(send(&mut server, "REPORT", CARDS, Some("0"), &events).status, 403);
    // What is in another collection is not found in this one.
    assert_eq!(shown(&multiget(&mut server, &[&href])), [format!("{href} 404")]);
}

#[test]
fn reports_tell_what_changed() {
    let mut server = server();
    let first = sync(&mut server, WORK, "", "");
    assert_eq!(hrefs(&first), ["/home/work/a.ics", "/home/work/b.ics", "/home/work/c.ics"]);
    assert_eq!(hrefs(&sync(&mut server, WORK, &token(&first), "")), Vec::<String>::new());
    server.put(WORK, "a.ics", "again");
    server.put(WORK, "d.ics", "new");
    server.remove("/home/work/b.ics");
    server.put(CARDS, "x.vcf", "elsewhere");
    let second = sync(&mut server, WORK, &token(&first), "");
    assert_eq!(hrefs(&second), ["/home/work/a.ics", "/home/work/d.ics", "/home/work/b.ics 404"]);
    assert_eq!(hrefs(&sync(&mut server, WORK, &token(&second), "")), Vec::<String>::new());
    assert_eq!(token(&second), server.token(WORK));
    let cards = sync(&mut server, CARDS, "", "");
    assert_eq!(hrefs(&cards), ["/home/cards/x.vcf"]);
    for unknown in [token(&cards), "urn:x".to_owned()] {
        let answer = sync(&mut server, WORK, &unknown, "");
        assert_eq!((answer.status, answer.body.contains("<D:valid-sync-token/>")), (403, true));
    }
    server.forget_tokens();
    assert_eq!(sync(&mut server, WORK, &token(&second), "").status, 403);
    let now = server.token(WORK);
    assert_eq!(sync(&mut server, WORK, &now, "").status, 207);
    assert_eq!(sync(&mut server, PRINCIPAL, "", "").status, 403);
}

#[test]
fn reports_come_in_pages() {
    let mut server = server();
    let old = server.token(WORK);
    server.remove("/home/work/b.ics");
    server.put(WORK, "d.ics", "");
    server.put(WORK, "a.ics", "");
    let mark = "/home/work/ 507".to_owned();
    for (since, all) in [
        ("", vec!["/home/work/c.ics", "/home/work/d.ics", "/home/work/a.ics"]),
        (&*old, vec!["/home/work/b.ics 404", "/home/work/d.ics", "/home/work/a.ics"]),
    ] {
        for most in 1..5 {
            let (mut seen, mut since, mut pages) = (Vec::new(), since.to_owned(), 0);
            loop {
                let page = sync(&mut server, WORK, &since, &limit(most));
                since = token(&page);
                let mut members = hrefs(&page);
                let goes_on = members.last() == Some(&mark);
                members.retain(|line| *line != mark);
                assert!(members.len() <= most);
                // What a first report passes over, the next page may tell as removed.
                seen.extend(members.into_iter().filter(|line| all.contains(&line.as_str())));
                pages += 1;
                if !goes_on {
                    break;
                }
            }
            assert_eq!(seen, all, "{most}");
            assert!(pages >= all.len().div_ceil(most));
            assert_eq!(since, server.token(WORK));
        }
    }
    assert_eq!(sync(&mut server, WORK, "", &limit(0)).status, 507);
    server.page = Some(2);
    assert_eq!(hrefs(&sync(&mut server, WORK, "", "")).len(), 3);
    assert_eq!(hrefs(&sync(&mut server, WORK, "", &limit(1))).len(), 2);
}

#[test]
fn reports_of_both_levels() {
    let mut server = server();
    server.collection("/home/work/sub/", Kind::Folder);
    server.put("/home/work/sub/", "deep.ics", "");
    let deep = "<sync-level>infinite</sync-level>";
    let first = sync(&mut server, WORK, "", deep);
    assert_eq!(hrefs(&first)[3..], ["/home/work/sub/ getetag:404", "/home/work/sub/deep.ics"].map(cut));
    assert_eq!(hrefs(&sync(&mut server, WORK, "", "")).len(), 4);
    server.remove("/home/work/sub/");
    let gone = sync(&mut server, WORK, &token(&first), deep);
    assert_eq!(hrefs(&gone), ["/home/work/sub/ 404"]);
    // It is made anew, and the removal of what was in it is reported.
    server.collection("/home/work/sub/", Kind::Folder);
    let anew = sync(&mut server, WORK, &token(&first), deep);
    assert_eq!(hrefs(&anew), ["/home/work/sub/deep.ics 404", "/home/work/sub/"]);
    assert_eq!(send(&mut server, "REPORT", WORK, Some("1"), "").status, 403);
}

fn cut(line: &str) -> String {
    line.split(" getetag").next().unwrap_or_default().to_owned()
}
