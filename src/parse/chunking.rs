//! Tests of the state machine with bodies that arrive in chunks: what the machine finds, and where, must not depend on
//! where a chunk ends.

use std::path::Path;

use super::{After, Item, Node, Scanner, Step, Window};
use crate::{Error, Limit, Options, Repair, notes::Notes, testing::bodies};

/// One thing that the machine found. Offsets (`base`, `offset`) count from the start of the body.
#[derive(Debug, PartialEq)]
enum Found {
    Head(String),
    Item { nodes: Vec<Node>, base: u64, text: String, decoded: String, notes: Notes, number: u64 },
    Error { kind: String, offset: u64, text: String },
    End(String),
}

/// How a body arrives.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// How many bytes come at a time.
    step: usize,
    /// Whether bytes that were read are dropped whenever they can be.
    compacts: bool,
}

const WHOLE: Way = Way { step: usize::MAX, compacts: false };

/// Returns everything that the machine finds in `text` when the text arrives in this `way`.
fn read(text: &str, options: &Options, way: Way) -> Vec<Found> {
    let (mut scanner, mut all, mut start, mut end) = (Scanner::new(options), Vec::new(), 0, 0);
    let (mut window, mut head) = (String::new(), String::new());
    loop {
        end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        window += &text[start..end];
        start = end;
        let after = if end < text.len() { After::More } else { After::End };
        let step = scanner.advance(Window { root_tag: &head, text: &window, after });
        assert!(all.len() <= text.len(), "it does not end");
        if step.as_ref().ok() == Some(&Step::NeedInput) {
            assert_eq!(after, After::More, "nothing more can come");
            // Asking again without new bytes changes nothing.
            let again = scanner.advance(Window { root_tag: &head, text: &window, after });
            assert_eq!(again.ok(), Some(Step::NeedInput));
        } else {
            let is_last = step.as_ref().map_or_else(Error::is_fatal, |step| *step == Step::End);
            if step.as_ref().ok() == Some(&Step::Head) {
                head = scanner.root_tag(&window);
            }
            all.push(match step {
                Ok(Step::Head) => Found::Head(head.clone()),
                Ok(Step::Item) => {
                    let Item { range, index } = scanner.item();
                    Found::Item {
                        nodes: index.nodes.clone(),
                        base: index.base,
                        text: window[range.clone()].to_owned(),
                        decoded: scanner.decoded().to_owned(),
                        notes: index.notes,
                        number: index.number,
                    }
                }
                Ok(_) => Found::End(format!("{:?}", scanner.facts())),
                Err(error) => {
                    let kind = format!("{:?} {}", error.kind(), error.is_fatal());
                    Found::Error { kind, offset: error.offset(), text: error.to_string() }
                }
            });
            if is_last {
                return all;
            }
        }
        if way.compacts {
            scanner.compact(&mut window);
            assert_eq!(scanner.dead(&window), 0, "nothing is left to drop");
        }
        // More bytes may come although none were asked for: that changes nothing.
        end = end.saturating_add(way.step).min(text.len());
    }
}

fn settings() -> [Options; 11] {
    let repaired = Repair::ALL.iter().fold(Options::new(), |options, repair| options.repair(*repair));
    let small = [Limit::TextBytes, Limit::HrefBytes, Limit::Properties, Limit::Elements];
    let small = small.iter().fold(Options::new(), |options, limit| options.limit(*limit, 4));
    [
        Options::new(),
        Options::strict(),
        repaired.clone(),
        // `<!DOCTYPE` alone is longer than this limit.
        repaired.limit(Limit::TagBytes, 6),
        small.clone().limit(Limit::TagBytes, 60).limit(Limit::ResponseBytes, 300),
        Options::new().limit(Limit::ResponseBytes, 20),
        Options::strict().salvage(),
        small.limit(Limit::TagBytes, 60).limit(Limit::ResponseBytes, 300).salvage(),
        Options::new().limit(Limit::TextBytes, 0).limit(Limit::Depth, 5).salvage(),
        Options::new()
            .limit(Limit::NameBytes, 8)
            .limit(Limit::Attributes, 1)
            .limit(Limit::Namespaces, 2)
            .salvage(),
        Limit::ALL.iter().fold(Options::browse(), |options, limit| options.limit(*limit, u64::MAX)),
    ]
}

fn compare(text: &str, steps: &[usize]) -> u32 {
    let mut count = 0;
    for options in settings() {
        let whole = read(text, &options, WHOLE);
        for way in steps.iter().flat_map(|step| [false, true].map(|compacts| Way { step: *step, compacts })) {
            count += 1;
            assert_eq!(read(text, &options, way), whole, "{text:.300}, {way:?}");
        }
    }
    count
}

#[test]
fn nothing_depends_on_where_a_chunk_ends() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bodies: Vec<_> = bodies(&root.join("tests/corpus")).into_iter().flat_map(String::from_utf8).collect();
    let readings: u32 = bodies
        .iter()
        .map(|text| {
            let steps: &[usize] = if text.len() < 2000 { &[1, 2, 3, 7, 64] } else { &[7, 64, 1000] };
            compare(text, steps)
        })
        .sum();
    println!("chunking: {} bodies, {readings} readings", bodies.len());
    // The packed crate has only the body that the example reads.
    let is_packed = !root.join("tests/cases.rs").exists();
    assert!(bodies.len() > if is_packed { 0 } else { 150 });
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
        "<!DOCTYPE<a",
        "<!DOCTYPEx>",
        "<!DOCTYPE a [<multistatus xmlns='DAV:'/>",
        "<multistatus xmlns='DAV:'/>\u{FEFF}\u{0}<!-- -->\u{0}",
        "\n\u{FEFF}\u{FEFF}<?xml version='1.0' encoding='utf-16'?><multistatus xmlns='DAV:'>\u{E9}</multistatus>",
        "<multistatus xmlns='DAV:'><response><href>&#55357;&#56832;&#55357;&#x41;&#xDE00;&#55357;</href></response></multistatus>",
        "<multistatus xmlns='DAV:'><href>/a</href><x:href/><x xmlns='urn:x'/><response/><prop/><status/></multistatus>",
        "<multistatus xmlns='DAV:'><response><href>/<a>b</a>c</href><prop><a/></prop></response></multistatus>",
        "\u{FEFF}\n<?xml version='1.0' encoding='iso-8859-1'?><!---->\n<multistatus xmlns='DAV:'>\u{E4}</multistatus>",
        "<multistatus xmlns='DAV:'>&#x00041;&amp;&nbsp;&</multistatus>",
        "<multistatus xmlns='DAV:'><href>/a</href><sync-token>t</sync-token><status>200 OK</status><response/></multistatus>",
        "Warning: nothing here\n<html>",
        "<error xmlns='DAV:'><a/></error> ",
        "<response xmlns='DAV:' ",
        "<multistatus xmlns='DAV:'><response><href>/</href><c:a xmlns:c='urn:c'>äöü]]</c:a><é></é>\
            <response/><c:a/></b></response></multistatus>",
        "<multistatus xmlns='DAV:'><href>/</href><x xmlns='urn:&#65;' xmlns:y='urn:y'>a\rb<y:a y:b='' z=''/>€€€]]><z/></x>\
            <status>HTTP/1.1 200 OK</status><href>/b</href></multistatus>",
        "<multistatus xmlns='DAV:'><href>/</href><x xmlns:a='urn:a' xmlns:b='urn:a'><y a:c='' b:c=''/></x></multistatus>",
        "   ",
    ] {
        compare(text, &[1, 2, 3, 5, 13]);
    }
}
