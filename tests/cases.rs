//! Every case under `tests/corpus`: a body, `<server>/<case>.xml`, and beside it what is read from it, as
//! `<case>.json`. To add one, write the body, run this test with `BLESS=1`, and read what it wrote.

mod support;

use multistatus::Options;
use serde_json::{Value, json};
use support::{Case, cases, reading};

/// What a case must read as, leniently and strictly.
fn expected(case: &Case) -> Value {
    let lenient = reading(&case.body, &Options::new());
    let strict = reading(&case.body, &Options::strict());
    // Most bodies have nothing that is forgiven.
    if lenient == strict {
        json!({ "lenient": lenient })
    } else {
        json!({ "lenient": lenient, "strict": strict })
    }
}

#[test]
fn every_case_reads_as_expected() {
    let bless = std::env::var_os("BLESS").is_some();
    let cases = cases();
    let mut wrong = Vec::new();
    for case in &cases {
        let got = expected(case);
        let file = case.file.with_extension("json");
        if bless {
            let text = serde_json::to_string_pretty(&got).expect("plain data") + "\n";
            std::fs::write(&file, text).expect("a writable folder");
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let want: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        if got != want {
            wrong.push(format!("{}\n  want {want}\n  got  {got}", case.name));
        }
    }
    println!("cases: {}", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_proper_prefix_of_a_body_is_complete() {
    let (mut bodies, mut prefixes) = (0, 0);
    for case in cases().iter().filter(|case| case.body.len() < 6000) {
        // A body that ends in white space or a comment is complete before its last byte: cut off what may go.
        let whole = case.body.trim_ascii_end();
        if reading(whole, &Options::new())["complete"] != true {
            continue;
        }
        let root_end = whole.iter().rposition(|b| *b == b'>').map_or(0, |i| i + 1);
        if root_end != whole.len() || whole.ends_with(b"-->") || whole.ends_with(b"?>") {
            continue;
        }
        bodies += 1;
        for cut in 0..whole.len() {
            let prefix = &whole[..cut];
            prefixes += 1;
            assert!(
                multistatus::Document::new(prefix).is_err() || !is_complete(prefix),
                "{} cut at byte {cut} passes as complete",
                case.name
            );
        }
    }
    println!("prefixes: {bodies} bodies, {prefixes} prefixes");
    assert!(bodies >= 40, "{bodies} bodies");
}

/// Whether a loop to the end, and `finish`, both take `body` for a complete multistatus.
fn is_complete(body: &[u8]) -> bool {
    let mut responses = multistatus::Multistatus::new(body);
    let fatal = responses.by_ref().filter_map(Result::err).any(|error| error.is_fatal());
    let finished = responses.finish().is_ok();
    assert_ne!(fatal, finished, "the iterator and finish() disagree");
    finished
}
