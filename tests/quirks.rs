//! `quirks.tsv` says for every habit of servers in the project's list which case covers it, or which later work will.

use std::{collections::BTreeSet, fs, path::Path};

/// What a row may name besides cases.
const WORDS: &[&str] = &[
    // Tests of their own: limits.rs; options.rs; encodings.rs; salvage.rs; allocations.rs and soak.rs.
    "limits",
    "repairs",
    "encodings",
    "salvage",
    "streams",
    // Tests whose names begin with its number: in value_quirks.rs, href_quirks.rs and meaning_quirks.rs.
    "values",
    "href",
    "meaning",
];

#[test]
fn every_quirk_is_covered() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let table = fs::read_to_string(tests.join("quirks.tsv")).expect("the table");
    let named_tests = ["value_quirks.rs", "href_quirks.rs", "meaning_quirks.rs"];
    let named_tests = named_tests.map(|file| fs::read_to_string(tests.join(file)).expect("the tests"));
    let rows: Vec<_> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), 208);
    let mut named = BTreeSet::new();
    for (number, row) in (1..).zip(rows) {
        let (quirk, by) = row.split_once('\t').expect("two columns");
        assert_eq!(quirk, number.to_string());
        let by: Vec<_> = by.split(',').map(str::trim).collect();
        assert!(by.iter().all(|entry| !entry.is_empty()), "quirk {quirk} is covered by nothing");
        for (word, tests) in ["values", "href", "meaning"].iter().zip(&named_tests) {
            let has_test = tests.contains(&format!("q{number:03}_"));
            assert_eq!(by.contains(word), has_test, "quirk {quirk} and the tests of {word}");
        }
        for entry in by.into_iter().filter(|entry| !WORDS.contains(entry)) {
            let case = tests.join("corpus").join(entry).with_extension("xml");
            assert!(case.is_file(), "quirk {quirk}: no case {entry}");
            named.insert(case);
        }
    }
    let folder = fs::read_dir(tests.join("corpus/quirks")).expect("the cases");
    for file in folder.map(|entry| entry.expect("a readable folder").path()) {
        let is_named = file.extension().is_none_or(|extension| extension != "xml") || named.contains(&file);
        assert!(is_named, "{} is in no row", file.display());
    }
    println!("quirks: 208, each with a case or a test");
}
