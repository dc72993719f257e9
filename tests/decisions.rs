//! The tables that say what each kind of body means, against the tests: every row has one that is named after it, and
//! no test is named after a row that is not there.

use std::{collections::BTreeMap, fs, path::Path};

/// The letters of the rows of a table, how many there are, what it is about, and the file with its tests.
const TABLES: &[(char, usize, &str, &str)] = &[
    ('l', 6, "reading properties", "lookup.rs"),
    ('c', 16, "changes", "changes.rs"),
    ('e', 6, "the end of a sync report", "changes.rs"),
    ('d', 9, "removals and tokens", "removals.rs"),
    ('m', 11, "multiget", "multiget.rs"),
    ('o', 7, "outcomes, before any method", "outcome.rs"),
    ('p', 14, "methods on one resource", "outcome.rs"),
    ('t', 8, "methods on trees", "outcome.rs"),
    ('r', 10, "reading methods", "outcome.rs"),
    ('i', 5, "elements directly under multistatus", "structure.rs"),
    ('n', 5, "names without a namespace", "structure.rs"),
    ('k', 7, "structure that real servers send", "tolerated_structure.rs"),
];

/// The tests of `file` that are named after a row of the table `letter`, by the number of the row.
fn tests_of(file: &str, letter: char) -> BTreeMap<usize, usize> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    let text = fs::read_to_string(path).expect("the tests");
    let mut rows = BTreeMap::new();
    for line in text.lines().map(str::trim_start) {
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
fn every_row_has_a_test() {
    let (mut rows, mut tests) = (0, 0);
    for (letter, count, about, file) in TABLES {
        let named = tests_of(file, *letter);
        assert!(named.keys().copied().eq(1..=*count), "{about}: {:?} in {file}", named.keys());
        rows += count;
        tests += named.values().sum::<usize>();
        println!("decisions: {count} rows of {about}, {} tests", named.values().sum::<usize>());
    }
    println!("decisions: {rows} rows in {} tables, {tests} tests", TABLES.len());
}

/// Where the tables themselves are at hand.
#[test]
#[ignore = "needs decisions.md and decisions-2.md in MULTISTATUS_CORPUS"]
fn the_tables_have_these_rows() {
    let root = std::env::var_os("MULTISTATUS_CORPUS").expect("MULTISTATUS_CORPUS names the folder");
    let read = |file: &str| fs::read_to_string(Path::new(&root).join(file)).expect("the tables");
    let amended = read("decisions-2.md");
    // Of the amendments, tables D and K. D10 and D11 are about a round, not about one report.
    let is_kept = |line: &&str| {
        let is_of_round = line.starts_with("| D10 ") || line.starts_with("| D11 ");
        line.starts_with("| K") || (line.starts_with("| D") && !is_of_round)
    };
    let amended = amended.lines().filter(is_kept);
    let text = read("decisions.md");
    let is_row = |row: &&str| {
        row.starts_with(|c: char| c.is_ascii_uppercase())
            && row.len() > 1
            && row.bytes().skip(1).all(|b| b.is_ascii_digit())
    };
    let cells = text.lines().chain(amended).filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    let mut theirs: Vec<_> = cells.filter(is_row).map(str::to_ascii_lowercase).collect();
    let mut ours: Vec<_> = TABLES
        .iter()
        .flat_map(|(letter, count, ..)| (1..=*count).map(move |number| format!("{letter}{number}")))
        .collect();
    theirs.sort_unstable();
    ours.sort_unstable();
    assert_eq!(theirs, ours);
}
