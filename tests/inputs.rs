//! Every body, read in every way and cut into chunks of every size, reads the same.

mod support;

use std::fs;

use multistatus::{Options, Repair};
use serde_json::Value;
use support::{
    Lines, bodies, cases, collections, complete_bodies,
    input::{self, Chunks, Input, transcoding},
    lines, reading_by,
};

/// Chunks of 0 bytes stand for random ones.
const CHUNKS: [usize; 6] = [1, 2, 7, 64, 4096, 0];

fn by(input: Input, body: &[u8], chunk: usize, options: &Options) -> (Value, String) {
    let chunks = match chunk {
        0 => Chunks::random(body, body.len() as u64),
        length => Chunks::new(body, length),
    };
    reading_by(input, body, chunks, options)
}

fn settings() -> [Options; 4] {
    [Options::new(), Options::strict().salvage(), Options::browse(), transcoding(Options::new())]
}

/// How many readings were compared.
fn compare(name: &str, body: &[u8]) -> usize {
    let mut count = 0;
    for options in settings() {
        let whole = by(Input::Slice, body, 1, &options);
        for &input in Input::STREAMS {
            for chunk in CHUNKS {
                assert_eq!(
                    by(input, body, chunk, &options),
                    whole,
                    "{name}: {input:?}, {chunk} bytes at a time"
                );
                count += 1;
            }
        }
    }
    count
}

#[test]
fn every_case_reads_the_same_in_every_way() {
    let cases = cases();
    let readings: usize = cases.iter().map(|case| compare(&case.name, &case.body)).sum();
    println!("inputs: {} cases, {readings} readings", cases.len());
}

/// With `MULTISTATUS_CORPUS`, as in `oracle.rs`.
#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn every_body_of_other_collections_reads_the_same_in_every_way() {
    let root = collections();
    let (mut count, mut readings) = (0, 0);
    for folder in ["corpus/bodies", "captures"] {
        for file in bodies(&root.join(folder)) {
            let body = fs::read(&file).expect("a readable file");
            readings += compare(&file.display().to_string(), &body);
            count += 1;
        }
    }
    println!("inputs: {count} bodies of other collections, {readings} readings");
    assert!(count > 1000);
}

#[test]
fn no_proper_prefix_of_a_body_is_complete() {
    let bodies = complete_bodies(200);
    let mut prefixes = 0;
    for (name, body) in &bodies {
        for cut in 0..body.len() {
            for &input in [Input::Slice].iter().chain(Input::STREAMS) {
                let is_complete = lines(input, &body[..cut], 64).is_complete;
                assert!(!is_complete, "{name} cut at byte {cut} passes as complete, by {input:?}");
            }
            prefixes += 1;
        }
    }
    println!("prefixes: {} bodies, {prefixes} prefixes", bodies.len());
    assert!(bodies.len() > 150);
}

/// What a body of anything is made of.
const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"abc",
    b" ",
    b"\n",
    b"{",
    b"\0",
    b"\xE9",
    "\u{E9}".as_bytes(),
    "\u{FEFF}".as_bytes(),
    b"<html>",
    b"<!doctype html>",
    b"<?xml version='1.0'?>",
    b"<?xml version='1.0' encoding='iso-8859-1'?>",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<!--",
    b"-->",
    b"<multistatus xmlns='DAV:'>",
    b"<response><href>/a</href></response>",
    b"</multistatus>",
    &[b'x'; 600],
    &[b' '; 600],
];

#[test]
fn a_charset_costs_a_body_that_is_no_xml_the_same_in_every_way() {
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    };
    let replacing = Options::new().repair(Repair::ForbiddenCharacters);
    let settings = [Options::new(), Options::strict(), Options::browse(), replacing];
    let labels = ["", "utf-8", "iso-8859-1", "us-ascii", "utf-16", "nonsense"];
    let (mut compared, mut complete) = (0, 0);
    while compared < 20_000 {
        let mut body: Vec<u8> = (0..below(8)).flat_map(|_| PIECES[below(PIECES.len())].to_vec()).collect();
        if below(4) == 0 {
            body.extend(PIECES[17..20].concat());
        }
        if below(3) == 0 {
            body.truncate(below(body.len() + 1));
        }
        let options = settings[below(settings.len())].clone().charset(labels[below(labels.len())]);
        let options = if below(2) == 0 { transcoding(options) } else { options };
        let read = |input: Input, chunks: Chunks<'_>| {
            let mut lines = Lines::default();
            input::read(input, &body, chunks, &options, &mut lines);
            lines
        };
        let whole = read(Input::Slice, Chunks::new(&body, 1));
        complete += u32::from(whole.is_complete);
        for &input in Input::STREAMS {
            let chunks = Chunks::new(&body, [1, 3, 7, 500, 5000][below(5)]);
            let text = String::from_utf8_lossy(&body);
            assert_eq!(read(input, chunks), whole, "{input:?}, {options:?}, {text:?}");
            compared += 1;
        }
    }
    println!("inputs: {compared} readings of bodies that are no XML, {complete} of complete ones");
    assert!(complete > 50);
}
