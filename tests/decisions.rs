//! The rules of the guide against the tests: every row has at least one test that is named after it, and no test is named
//! after a row that is not there.

use std::{collections::BTreeMap, fs, path::Path};

/// The letter of a table, how many rows it has, what it is about, and the files with its tests.
const TABLES: &[(char, usize, &str, &[&str])] = &[
    ('l', 6, "reading properties", &["lookup.rs"]),
    ('i', 5, "elements directly under multistatus", &["structure.rs"]),
    ('n', 5, "names without a namespace", &["structure.rs"]),
    ('k', 7, "structure that real servers send", &["tolerated_structure.rs"]),
    ('c', 16, "changes", &["changes.rs"]),
    ('e', 6, "the end of a sync report", &["changes.rs"]),
    ('d', 11, "removals and tokens", &["removals.rs", "round.rs"]),
    ('m', 11, "multiget", &["multiget.rs"]),
    ('g', 5, "multiget and confirmation", &["multiget.rs", "round.rs"]),
    ('f', 7, "a round", &["round.rs"]),
    ('h', 8, "listings", &["listing.rs"]),
    ('o', 7, "outcomes, before any method", &["outcome.rs"]),
    ('p', 14, "methods on one resource", &["outcome.rs"]),
    ('t', 8, "methods on trees", &["outcome.rs"]),
    ('r', 10, "reading methods", &["outcome.rs"]),
    ('j', 5, "outcomes, whatever the method", &["outcome.rs"]),
];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The ids of rows in the tables of a text: `c4` of `| C4 | …`.
fn rows(text: &str) -> Vec<String> {
    let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    let is_row = |cell: &&str| {
        let number = cell.strip_prefix(|c: char| c.is_ascii_uppercase());
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    cells.filter(is_row).map(str::to_ascii_lowercase).collect()
}

/// The rows that the tables have by their counts.
fn counted() -> Vec<String> {
    let of = |(letter, count, ..): &(char, usize, &str, &[&str])| {
        let letter = *letter;
        (1..=*count).map(move |number| format!("{letter}{number}"))
    };
    TABLES.iter().flat_map(of).collect()
}

/// How many tests of `file` are named after each row of the table `letter`, by the number of the row.
fn tests_of(file: &str, letter: char) -> BTreeMap<usize, usize> {
    let mut rows = BTreeMap::new();
    for line in read(&format!("tests/{file}")).lines().map(str::trim_start) {
        // A function, or a name in the list that a macro makes functions of.
        let Some(name) = line.strip_prefix("fn ").or(line.ends_with('{').then_some(line)) else { continue };
        let number = name.strip_prefix(letter).and_then(|rest| rest.split_once('_'));
        if let Some(number) = number.and_then(|(number, _)| number.parse().ok()) {
            *rows.entry(number).or_insert(0) += 1;
        }
    }
    rows
}

#[test]
fn the_guide_has_every_row_once() {
    let (mut theirs, mut ours) = (rows(&read("src/guide/rules.md")), counted());
    theirs.sort_unstable();
    ours.sort_unstable();
    assert_eq!(theirs, ours);
}

#[test]
fn every_row_has_a_test() {
    let (mut rows, mut tests, mut wrong) = (0, 0, Vec::new());
    for (letter, count, about, files) in TABLES {
        let is_there = |file: &&&str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file).exists();
        let missing = files.iter().filter(|file| !is_there(file));
        wrong.extend(missing.map(|file| format!("tests/{file}, about {about}, is missing")));
        let mut named = BTreeMap::new();
        for (number, tests) in files.iter().filter(is_there).flat_map(|file| tests_of(file, *letter)) {
            *named.entry(number).or_insert(0) += tests;
        }
        let missing = (1..=*count).filter(|number| !named.contains_key(number));
        wrong.extend(missing.map(|number| format!("no test is named after {letter}{number}")));
        let unknown = named.keys().filter(|number| !(1..=*count).contains(*number));
        wrong.extend(unknown.map(|number| format!("a test is named after {letter}{number}")));
        rows += count;
        let of_table = named.values().sum::<usize>();
        tests += of_table;
        println!("decisions: {count} rows of {about}, {of_table} tests");
    }
    println!("decisions: {rows} rows in {} tables, {tests} tests", TABLES.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Where the texts that the rules were made from are at hand.
#[test]
#[ignore = "needs decisions.md and decisions-2.md in MULTISTATUS_CORPUS"]
fn the_tables_have_these_rows() {
    let root = std::env::var_os("MULTISTATUS_CORPUS").expect("MULTISTATUS_CORPUS names the folder");
    let read = |file: &str| fs::read_to_string(Path::new(&root).join(file)).expect("the tables");
    let (mut theirs, mut ours) = (rows(&(read("decisions.md") + &read("decisions-2.md"))), counted());
    theirs.sort_unstable();
    ours.sort_unstable();
    assert_eq!(theirs, ours);
}
