//! Every body, read in every way and cut into chunks of every size, reads the same.

mod support;

use std::fs;

use multistatus::Options;
use serde_json::Value;
use support::{
    bodies, cases, collections, complete_bodies,
    input::{Chunks, Input, in_utf8},
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

fn settings() -> [Options; 3] {
    [Options::new(), Options::strict().salvage(), Options::browse()]
}

/// How many readings were compared.
fn compare(name: &str, body: &[u8]) -> usize {
    let mut count = 0;
    for options in settings() {
        let text = in_utf8(body, None).expect("nobody names an encoding");
        let whole = by(Input::Slice, &text, 1, &options);
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
