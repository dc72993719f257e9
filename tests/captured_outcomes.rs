//! The answers of real servers to requests that change something, each with its status of HTTP, and the verdict on it:
//! runs when `MULTISTATUS_CORPUS` names a folder with `captures`. The table was reviewed against what each request tried;
//! `BLESS=1` writes it anew.

mod support;

use std::{fmt::Write, fs, path::Path};

use multistatus::{Options, href::RequestUrl, meaning::Outcome};
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
        let [_, method, what] = parts[..] else { continue };
        if !METHODS.contains(&method) {
            continue;
        }
        let server =
            file.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
        let headers = fs::read(file.with_extension("headers")).expect("headers");
        let headers = String::from_utf8_lossy(&headers);
        let http: u16 = headers.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status line");
        let (path, destination) = target(&server, what);
        let url = |path: &str| {
            RequestUrl::new(
                Url::parse("http://127.0.0.1:8080").and_then(|base| base.join(path)).expect("a URL"),
            )
            .by_path()
        };
        let mut outcome = Outcome::new(method, http, url(&path));
        if let Some(destination) = destination {
            outcome = outcome.destination(url(&destination));
        }
        let body = fs::read(&file).expect("a readable file");
        let verdict = outcome.judge(&body, &Options::new());
        let verdict = verdict.map_or("no verdict".to_owned(), |verdict| format!("{verdict:?}"));
        write!(table, "{server}/{name}\t{http}\t{verdict}").expect("memory");
        for culprit in outcome.culprits() {
            let status = culprit.status().map_or("?".to_owned(), |status| status.to_string());
            let conditions: Vec<_> = culprit.conditions().map(|name| name.local().to_owned()).collect();
            write!(table, "\t{} {status} {}", culprit.href(), conditions.join(" ")).expect("memory");
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
