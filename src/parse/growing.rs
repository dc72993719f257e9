//! The state machine over windows that grow, as it sees them when a body arrives in chunks: what it finds, and where,
//! must not depend on where a chunk ended.

use std::{fs, ops::Range, path::Path};

use super::{After, Node, Scanner, Step};
use crate::{Error, Limit, Options, Repair, options::Notes};

/// One thing found, with everything that is known of it.
#[derive(Debug, PartialEq)]
enum Found {
    Head(Range<usize>),
    Item { nodes: Vec<Node>, child: Range<usize>, notes: Notes, number: u64 },
    Error { kind: String, offset: u64, text: String },
    End(String),
}

fn found(scanner: &Scanner, step: Result<Step, Error>) -> Found {
    match step {
        Ok(Step::Head) => Found::Head(scanner.head.clone()),
        Ok(Step::Item) => Found::Item {
            nodes: scanner.nodes().to_vec(),
            child: scanner.child.clone(),
            notes: scanner.notes(),
            number: scanner.number(),
        },
        Ok(Step::End) => Found::End(format!("{:?}", scanner.trailer(0))),
        Ok(Step::NeedInput) => unreachable!("asked for more is nothing found"),
        Err(error) => {
            let kind = format!("{:?} {}", error.kind(), error.is_fatal());
            Found::Error { kind, offset: error.offset(), text: error.to_string() }
        }
    }
}

/// Everything in `text`, of which `step` bytes more are there each time more is asked for.
fn read(text: &str, options: &Options, step: usize) -> Vec<Found> {
    let (mut scanner, mut all, mut end) = (Scanner::new(options), Vec::new(), 0);
    loop {
        end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let after = if end < text.len() { After::More } else { After::End };
        let head = text.get(scanner.head.clone()).expect("the head is in the window");
        match scanner.advance(head, &text[..end], after) {
            Ok(Step::NeedInput) => {
                assert_eq!(after, After::More, "nothing more can come");
                // To ask again without anything new changes nothing.
                let head = text.get(scanner.head.clone()).expect("the head is in the window");
                assert_eq!(scanner.advance(head, &text[..end], after).ok(), Some(Step::NeedInput));
                end = end.saturating_add(step).min(text.len());
            }
            step => {
                let is_last = step.as_ref().map_or_else(Error::is_fatal, |step| *step == Step::End);
                all.push(found(&scanner, step));
                if is_last {
                    return all;
                }
            }
        }
    }
}

fn settings() -> [Options; 4] {
    let repaired = Repair::ALL.iter().fold(Options::new(), |options, repair| options.repair(*repair));
    let small = [Limit::TextBytes, Limit::HrefBytes, Limit::Properties, Limit::Elements];
    let small = small.iter().fold(Options::new(), |options, limit| options.limit(*limit, 4));
    [
        Options::new(),
        Options::strict(),
        repaired,
        small.limit(Limit::TagBytes, 60).limit(Limit::ResponseBytes, 300),
    ]
}

fn compare(name: &str, text: &str, steps: &[usize]) -> u32 {
    let mut count = 0;
    for options in settings() {
        let whole = read(text, &options, usize::MAX);
        for step in steps {
            count += 1;
            assert_eq!(read(text, &options, *step), whole, "{name}, {step} bytes at a time");
        }
    }
    count
}

#[test]
fn nothing_depends_on_where_a_chunk_ends() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")];
    let (mut bodies, mut readings) = (0, 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "xml") {
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let steps: &[usize] = if text.len() < 2000 { &[1, 2, 3, 7, 64] } else { &[7, 64, 1000] };
                bodies += 1;
                readings += compare(&path.display().to_string(), &text, steps);
            }
        }
    }
    println!("growing: {bodies} bodies, {readings} readings");
    assert!(bodies > 150);
}

#[test]
fn searches_that_are_cut_go_on_where_they_were() {
    for text in [
        "<multistatus xmlns='DAV:'/><!--a->",
        "<multistatus xmlns='DAV:'><!-- - -> -- --></multistatus>",
        "<multistatus xmlns='DAV:'><?a b?><response><href>/</href></response><?c??></multistatus><?d?>",
        "<multistatus xmlns='DAV:'><response a='>' b=\"'>\"><href><![CDATA[]]]]><![CDATA[>]]></href></response></multistatus>",
        "<a xmlns:x='u' b='' b=''/>",
        "<!DOCTYPE multistatus [<!ENTITY a \"]>\"> <!-- ]> --> <?b ]>?>]><multistatus xmlns='DAV:'/>",
        "\u{FEFF}\n<?xml version='1.0' encoding='iso-8859-1'?><!---->\n<multistatus xmlns='DAV:'>\u{E4}</multistatus>",
        "<multistatus xmlns='DAV:'>&#x00041;&amp;&nbsp;&</multistatus>",
        "<multistatus xmlns='DAV:'><href>/a</href><sync-token>t</sync-token><status>200 OK</status><response/></multistatus>",
        "Warning: nothing here\n<html>",
        "<error xmlns='DAV:'><a/></error> ",
        "<response xmlns='DAV:' ",
        "   ",
    ] {
        compare(text, text, &[1, 2, 3, 5, 13]);
    }
}
