//! The listings that real servers sent, and whether each is complete: runs when `MULTISTATUS_CORPUS` names a folder with
//! `captures`. What was asked for, and with which depth, is known by the name of the capture.

mod support;

use std::{collections::BTreeMap, fs, path::Path};

use multistatus::{
    Multistatus,
    href::RequestUrl,
    meaning::{DoubtReason, Observer, Propfind},
};
use support::{bodies, collections};
use url::Url;

/// Where a server has the files, the principal, the calendars and the address books.
fn folders(server: &str) -> [&'static str; 4] {
    match server.split('-').next() {
        Some("cyrus") => [
            "/dav/drive/user/user/cap/",
            "/dav/principals/user/user/",
            "/dav/calendars/user/user/",
            "/dav/addressbooks/user/user/",
        ],
        Some("radicale") => ["", "/user/", "/user/", "/user/"],
        Some("rust") => ["/cap/", "/", "/calendars/", "/addressbooks/"],
        Some("sabre") => ["/files/cap/", "/principals/user/", "/calendars/user/", "/addressbooks/user/"],
        Some("sogo") => ["", "/SOGo/dav/user/", "/SOGo/dav/user/Calendar/", "/SOGo/dav/user/Contacts/"],
        Some("xandikos") => ["", "/user/", "/user/calendars/", "/user/contacts/"],
        _ => ["/cap/", "", "", ""],
    }
}

/// The path that was asked for with depth 1. `None`: the depth was another one.
fn collection(server: &str, number: u16, what: &str) -> Option<String> {
    let [files, principal, calendars, cards] = folders(server);
    Some(match what {
        "allprop-d1" | "nobody-d1" | "propname-d1" | "known-unknown-d1" => files.to_owned(),
        "lockdiscovery-d1" => format!("{files}lk/"),
        "lockdiscovery-inherited" => format!("{files}sh/"),
        "principal-allprop-d1" => principal.to_owned(),
        "home-allprop-d1" | "home-calprops-d1" => calendars.to_owned(),
        "calendar-allprop-d1" | "calendar-propname-d1" | "calendar-data-as-prop" => {
            format!("{calendars}cap-cal/")
        }
        // Asked of the files before it was of the calendar.
        "prefer-minimal" if number < 25 => files.to_owned(),
        "prefer-minimal" => format!("{calendars}cap-cal/"),
        "card-home-allprop-d1" => cards.to_owned(),
        "card-allprop-d1" => format!("{cards}cap-card/"),
        large if large.starts_with("large-") && large.ends_with("-getetag-d1") => {
            format!("{calendars}large-cal/")
        }
        large if large.starts_with("large-") && large.ends_with("-d1") => format!("{files}large/"),
        other => {
            assert!(!other.ends_with("-d1"), "{server}: {other}");
            return None;
        }
    })
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn listings_of_real_servers() {
    let captures = collections().join("captures");
    let (mut count, mut complete, mut closed) = (0, 0, 0);
    let mut by_reason = BTreeMap::<_, Vec<_>>::new();
    for file in bodies(&captures) {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let parts: Vec<_> = name.splitn(3, '-').collect();
        let [number, "PROPFIND", what] = parts[..] else { continue };
        let server =
            file.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
        let Some(path) = collection(&server, number.parse().expect("a number"), what) else { continue };
        // The last head, where one before asked for a password.
        let headers = fs::read(file.with_extension("headers")).expect("headers");
        let headers = String::from_utf8_lossy(&headers);
        let http =
            headers.lines().rfind(|line| line.starts_with("HTTP/")).and_then(|line| line.split(' ').nth(1));
        let http = http.and_then(|code| code.parse().ok()).expect("a status line");
        let url = Url::parse("http://127.0.0.1:8080").and_then(|base| base.join(&path)).expect("a URL");
        let body = fs::read(&file).expect("a readable file");
        count += 1;
        let doubts: Vec<_> = match Propfind::new(RequestUrl::new(url), http).read(&body) {
            Ok(report) => {
                let all = Multistatus::new(&body).flatten().count();
                let is_all = report.itself().is_some() && report.seen.len() == all;
                assert!(
                    is_all || !report.end.is_complete(),
                    "{server}/{name}: {} of {all}",
                    report.seen.len()
                );
                report
                    .end
                    .doubts
                    .iter()
                    .map(|doubt| (format!("{:?}", doubt.reason), doubt.to_string()))
                    .collect()
            }
            Err(incomplete) => vec![("Incomplete".to_owned(), incomplete.to_string())],
        };
        complete += u32::from(doubts.is_empty());
        let is_h1 = |(reason, _): &(String, String)| {
            [DoubtReason::CollectionRefused, DoubtReason::NoSuccess]
                .iter()
                .any(|h1| *reason == format!("{h1:?}"))
        };
        closed += u32::from(!doubts.is_empty() && doubts.iter().all(is_h1));
        for (reason, text) in doubts {
            by_reason.entry(reason).or_default().push(format!("{server}/{name}: {text}"));
        }
    }
    for (reason, texts) in &by_reason {
        println!("{reason}: {}\n  {}", texts.len(), texts.join("\n  "));
    }
    println!("listings: {count}, complete {complete}, doubtful by H1 {closed}");
    assert_eq!((count, complete, closed), (130, 126, 3));
}
