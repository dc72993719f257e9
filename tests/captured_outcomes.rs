//! The answers of real servers to requests that change something, each with its status of HTTP, and the verdict on it:
//! runs when `MULTISTATUS_CORPUS` names a folder with `captures`. The table was reviewed against what each request tried;
//! `BLESS=1` writes it anew.

mod support;

use std::{fmt::Write, fs, path::Path};

use multistatus::{
    href::RequestUrl,
    meaning::{Method, Observer, Request},
};
use support::{bodies, collections};
use url::Url;

const METHODS: [&str; 12] = [
    "PROPPATCH",
    "LOCK",
    "UNLOCK",
    "MKCOL",
    "MKCALENDAR",
    "DELETE",
    "COPY",
    "MOVE",
    "PUT",
    "ACL",
    "POST",
    "ORDERPATCH",
];

/// Where the resource is whose name the capture tells, by the hrefs that a server sends, and where a copy was to go.
fn target(server: &str, name: &str) -> (String, Option<String>) {
    let files = match server {
        server if server.starts_with("cyrus") => "/dav/drive/user/user/cap/",
        server if server.starts_with("nextcloud") => "/remote.php/dav/files/user/cap/",
        server if server.starts_with("sabre") => "/files/cap/",
        _ => "/cap/",
    };
    let at = |path: &str| format!("{files}{path}");
    match name {
        "onto-locked" => (at("plain.txt"), Some(at("lk/one.txt"))),
        "collection-with-locked" => (at("lk/"), Some(at("lkcopy/"))),
        "over-collection-with-locked" => (at("lkcopy/"), Some(at("lk/"))),
        "no-overwrite" => (at("plain.txt"), Some(at("a%20b.txt"))),
        "no-parent" => (at("plain.txt"), Some(at("none/none/x"))),
        _ => (at(""), None),
    }
}

/// The names of the properties that a PROPPATCH was to set or remove. `z:` stands for their own namespace.
fn properties(number: u16, what: &str) -> Vec<String> {
    let names = match what {
        "set-dead" => {
            "z:plain z:entities z:cdata z:lang z:nested z:empty z:space z:lines {urn:p1}sameprefix {urn:p2}sameprefix \
             {urn:default}dflt"
        }
        "set-nons" => "{}nons",
        "set-one" | "missing" | "locked" => "z:one",
        "protected-getetag" => "z:two getetag z:three",
        "protected-resourcetype" => "z:two resourcetype lockdiscovery",
        // Of the file; then of a calendar.
        "remove" if number == 34 => "z:one z:neverset",
        "remove" => "z:plain z:neverset",
        "collection-displayname" => "displayname getcontentlanguage",
        "calendar-set" => {
            "displayname {http://apple.com/ns/ical/}calendar-color {urn:ietf:params:xml:ns:caldav}calendar-description"
        }
        "object-dead" => "z:plain",
        "protected" | "protected-clean" => "displayname getetag z:two",
        "set-resourcetype" => "resourcetype",
        "malformed" => "",
        other => panic!("what did {other} ask for?"),
    };
    names.split_whitespace().map(|name| name.replace("z:", "{http://example.org/ns/}")).collect()
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn verdicts_on_answers_of_real_servers() {
    let root = collections();
    let captures = root.join("captures");
    let mut table = String::new();
    let mut count = 0;
    for file in bodies(&captures) {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let parts: Vec<_> = name.splitn(3, '-').collect();
        let [number, name_of_method, what] = parts[..] else { continue };
        if !METHODS.contains(&name_of_method) {
            continue;
        }
        let server =
            file.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
        let headers = fs::read(file.with_extension("headers")).expect("headers");
        let headers = String::from_utf8_lossy(&headers);
        // The last head, where one before asked for a password.
        let line = headers.lines().rfind(|line| line.starts_with("HTTP/")).expect("a status line");
        let http: u16 = line.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let (path, destination) = target(&server, what);
        let url = |path: &str| {
            RequestUrl::new(
                Url::parse("http://127.0.0.1:8080").and_then(|base| base.join(path)).expect("a URL"),
            )
            .by_path()
        };
        let destination = url(&destination.unwrap_or("/elsewhere/".to_owned()));
        let method = match name_of_method {
            "COPY" => Method::Copy(destination),
            "MOVE" => Method::Move(destination),
            "PROPPATCH" => {
                let names = properties(number.parse().expect("a number"), what);
                Method::proppatch(names.iter().map(String::as_str))
            }
            name => name.parse().expect("a method without arguments"),
        };
        let body = fs::read(&file).expect("a readable file");
        let outcome = Request::new(method, url(&path), http).read(&body).map(|report| report.end);
        let verdict =
            outcome.as_ref().map_or("no verdict".to_owned(), |outcome| format!("{:?}", outcome.verdict));
        write!(table, "{server}/{name}\t{http}\t{verdict}").expect("memory");
        for culprit in outcome.iter().flat_map(|outcome| &outcome.culprits) {
            let status = culprit.status.map_or("?".to_owned(), |status| status.to_string());
            let conditions: Vec<_> =
                culprit.conditions.iter().map(|condition| condition.name.as_name().local()).collect();
            write!(table, "\t{} {status} {}", culprit.href, conditions.join(" ")).expect("memory");
        }
        table.push('\n');
        count += 1;
    }
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captured_outcomes.tsv");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&kept, &table).expect("writable");
    }
    let kept = fs::read_to_string(kept).expect("the table");
    table.lines().zip(kept.lines()).for_each(|(seen, known)| assert_eq!(seen, known));
    assert_eq!(table.lines().count(), kept.lines().count());
    println!("{table}meaning: {count} answers to requests that change something");
}
