//! The hrefs that real servers sent, as keys: runs when `MULTISTATUS_CORPUS` names a folder with `captures` and
//! `corpus/bodies`.

mod support;

use std::{
    collections::{BTreeSet, HashMap},
    fs,
};

use multistatus::{Href, Multistatus, Options, href::HrefKey};
use support::{bodies, collections};
use url::Url;

fn key(href: &Href<'_>) -> Option<HrefKey> {
    href.key(&Url::parse("http://127.0.0.1/a/").expect("a URL")).ok()
}

/// One spelling of a path by other means: every escape decoded, the slash at the end cut off, what has no path dropped.
fn spelled(href: &str) -> Vec<u8> {
    let rest = href.split_once("://").map_or(href, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let bytes = rest.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (bytes[at], hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            // A slash that is escaped is not one.
            (b'%', Some(b'/')) => out.extend(b"%2F"),
            (b'%', Some(byte)) => out.push(byte),
            (byte, _) => {
                out.push(byte);
                at += 1;
                continue;
            }
        }
        at += 3;
    }
    while out.last() == Some(&b'/') {
        out.pop();
    }
    out
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn keys_merge_spellings_and_nothing_else() {
    let root = collections();
    let (mut hrefs, mut merged, mut unusable) = (0, 0, 0);
    for folder in ["captures", "corpus/bodies"] {
        for file in bodies(&root.join(folder)) {
            let body = fs::read(&file).expect("a readable file");
            let mut known: HashMap<HrefKey, BTreeSet<String>> = HashMap::new();
            for response in Multistatus::with_options(&body, &Options::browse()).flatten() {
                for href in response.hrefs() {
                    hrefs += 1;
                    match key(&href) {
                        Some(key) => drop(known.entry(key).or_default().insert(href.to_string())),
                        None => unusable += 1,
                    }
                }
            }
            for texts in known.values().filter(|texts| texts.len() > 1) {
                merged += 1;
                let spellings: BTreeSet<_> = texts.iter().map(|text| spelled(text)).collect();
                assert_eq!(spellings.len(), 1, "{}: {texts:?}", file.display());
            }
        }
    }
    println!(
        "hrefs: {hrefs} of real bodies, {merged} under several spellings in one body, {unusable} unusable"
    );
    assert!(hrefs > 35_000);
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn two_spellings_of_sogo() {
    let root = collections();
    let sogo = root.join("captures/sogo-5.8.0");
    let hrefs = |report: &str| -> Vec<String> {
        let body = fs::read(sogo.join(report)).expect("a readable file");
        Multistatus::new(&body).flatten().map(|response| response.href().to_string()).collect()
    };
    let sync = hrefs("045-REPORT-sync-initial.xml");
    let multiget = hrefs("042-REPORT-multiget.xml");
    let [raw] = &sync.iter().filter(|href| href.contains("ev 3")).collect::<Vec<_>>()[..] else {
        panic!("{sync:?}")
    };
    let [escaped] = &multiget.iter().filter(|href| href.contains("ev%203")).collect::<Vec<_>>()[..] else {
        panic!("{multiget:?}")
    };
    assert_ne!(raw, escaped);
    assert_eq!(key(&Href::new(&***raw)), key(&Href::new(&***escaped)));
}
