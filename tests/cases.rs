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
