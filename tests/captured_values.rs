//! What real servers sent as values, each checked against a second reading by other means: runs when
//! `MULTISTATUS_CORPUS` names a folder with `corpus/bodies` and `captures`.

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::SystemTime,
};

use multistatus::{
    Element, Multistatus, Name, Options, Props, names,
    value::{DateTime, EntityTag, HttpDate, ResourceType, Value, ValueErrorKind},
};
use support::{bodies, collections};

/// What came of the values of one property.
#[derive(Debug, Default)]
struct Counts {
    read: u64,
    empty: u64,
    unreadable: u64,
    conflicting: u64,
}

struct Seen {
    counts: BTreeMap<&'static str, Counts>,
    unreadable: BTreeSet<(&'static str, String)>,
}

impl Seen {
    /// Reads a property of one response as its type, and lets `check` compare with its text.
    fn read<'a, V: Value<'a>>(
        &mut self,
        props: Props<'_, 'a>,
        name: Name<'static>,
        check: impl Fn(&V, Element<'_, 'a>) -> bool,
    ) {
        let Some(element) = props.get(name) else { return };
        let counts = self.counts.entry(name.local()).or_default();
        match props.read::<V>(name) {
            Ok(Some(value)) => {
                assert!(check(&value, element), "{}", element.raw());
                counts.read += 1;
            }
            Ok(None) => {
                assert!(element.is_empty() || element.text().trim().is_empty(), "{}", element.raw());
                counts.empty += 1;
            }
            Err(error) if error.kind() == ValueErrorKind::Conflicting => {
                assert!(props.get_all(name).count() > 1);
                counts.conflicting += 1;
            }
            Err(error) => {
                assert!(error.found() == element.text() || error.found() == element.raw(), "{error}");
                counts.unreadable += 1;
                self.unreadable.insert((name.local(), error.found().to_owned()));
            }
        }
    }
}

/// The same date by another parser.
fn date(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    // Which weekday it was, some get wrong.
    let without_day = text.split_once(", ").map_or(text, |(_, rest)| rest).replace(" UTC", " GMT");
    let date = chrono::DateTime::parse_from_rfc2822(&without_day)
        .or_else(|_| chrono::DateTime::parse_from_rfc3339(text))
        .or_else(|_| chrono::DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z"));
    date.ok().map(SystemTime::from)
}

fn read(folder: &Path, seen: &mut Seen) -> u64 {
    let mut responses = 0;
    for file in bodies(folder) {
        let body = fs::read(&file).expect("a readable file");
        let mut reader = Multistatus::with_options(&body, &Options::browse());
        for response in reader.by_ref().flatten() {
            responses += 1;
            let props = response.props();
            seen.read::<HttpDate>(props, names::GETLASTMODIFIED, |value, element| {
                date(&element.text()) == Some(value.time())
            });
            seen.read::<DateTime>(props, names::CREATIONDATE, |value, element| {
                date(&element.text()) == Some(value.time())
            });
            seen.read::<EntityTag<'_>>(props, names::GETETAG, |value, element| {
                let text = element.text();
                let text = text.trim();
                let quotes = text.matches('"').count();
                let is_quoted =
                    quotes == 2 && text.trim_start_matches("W/").starts_with('"') && text.ends_with('"');
                value.as_str() == text && value.is_well_formed() == (is_quoted && !text.contains(' '))
            });
            seen.read::<u64>(props, names::GETCONTENTLENGTH, |value, element| {
                value.to_string() == element.text().trim()
            });
            seen.read::<ResourceType<'_>>(props, names::RESOURCETYPE, |value, element| {
                value.iter().eq(element.children().map(|child| child.name()))
            });
        }
    }
    responses
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn values_of_real_servers() {
    let root = collections();
    let mut seen = Seen { counts: BTreeMap::new(), unreadable: BTreeSet::new() };
    for folder in ["captures", "corpus/bodies"] {
        seen.counts.clear();
        let responses = read(&root.join(folder), &mut seen);
        assert!(responses > 400, "{folder} has {responses} responses");
        for (property, Counts { read, empty, unreadable, conflicting }) in &seen.counts {
            println!(
                "values: {folder}, {property}: {read} read, {empty} empty, {unreadable} unreadable, \
                 {conflicting} conflicting, in {responses} responses"
            );
        }
        assert_eq!(seen.counts.len(), 5);
    }
    assert!(seen.unreadable.is_empty(), "{:?}", seen.unreadable);
}
