//! A body reads the same in every build, whichever features it has: the same items, errors, places and end.
//!
//! No build can compare itself with another. So each compares what it reads with `tests/same_reading.tsv`, which any
//! build writes when `BLESS` is set. For bodies of other collections each writes a file, and the files are compared.

mod support;

use std::{fmt::Write, fs, path::Path};

use multistatus::{Document, Error, Options, Response, Trailer};
use support::{
    Lines, bodies, cases, collections,
    input::{self, Chunks, Input, Visitor},
};

/// What a body is read with. `Options::transcode` is not in it: most builds do not have that.
fn settings() -> [Options; 5] {
    [
        Options::new(),
        Options::strict().salvage(),
        Options::browse(),
        Options::new().charset("iso-8859-1"),
        Options::new().charset("utf-16"),
    ]
}

/// All that is read, in lines.
#[derive(Default)]
struct Reading(Lines);

impl Visitor for Reading {
    fn response(&mut self, response: Result<&Response<'_>, &Error>) {
        if let Ok(response) = response {
            let hrefs: Vec<_> = response.hrefs().map(|href| href.as_str().to_owned()).collect();
            let status = response.status().map(|status| (status.as_u16(), status.raw().to_owned()));
            let repaired: Vec<_> = response.repaired().collect();
            let mut line = format!("{hrefs:?} {status:?} {repaired:?} {:?}", response.description());
            for propstat in response.propstats() {
                let status = propstat.status().map(|status| status.as_u16());
                let _ = write!(line, " {status:?} {:?}", propstat.description());
                for element in propstat.elements() {
                    let _ = write!(line, " {} {:?} {}", element.name(), element.lang(), element.to_xml());
                }
            }
            self.0.lines.push(line);
        }
        self.0.response(response);
    }

    fn finished(&mut self, trailer: Result<&Trailer, &Error>) {
        self.0.finished(trailer);
    }

    fn document(&mut self, document: Result<&Document<'_, ()>, &Error>) {
        if let Some(root) = document.ok().and_then(Document::root) {
            self.0.lines.push(format!("{:?} {}", root.kind(), root.element().to_xml()));
        }
        self.0.document(document);
    }
}

/// FNV-1a: a hash that is the same in every build and on every machine.
fn hash(lines: &[String]) -> u64 {
    let bytes = lines.iter().flat_map(|line| line.bytes().chain([b'\n']));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
}

/// A row of the file: a hash for each setting, to which every input of this build agrees.
fn row(name: &str, body: &[u8]) -> String {
    let hashes = settings().map(|options| {
        let by = |input: Input, chunk: usize| {
            let mut reading = Reading::default();
            input::read(input, body, Chunks::new(body, chunk), &options, &mut reading);
            reading.0.lines
        };
        let whole = by(Input::Slice, 1);
        for &input in Input::STREAMS {
            for chunk in [1, 7, 4096].into_iter().filter(|chunk| *chunk > 1 || body.len() < 4096) {
                assert!(by(input, chunk) == whole, "{name}: {input:?}, {chunk} bytes at a time, {options:?}");
            }
        }
        format!("{:016x}", hash(&whole))
    });
    format!("{name}\t{}\n", hashes.join("\t"))
}

/// The body, and what it might have been: with a mark, in other encodings, cut.
fn variants(name: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
    let text = String::from_utf8_lossy(body).into_owned();
    let root =
        text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(&*text, |(_, rest)| rest);
    let latin = root.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    let declared = |name: &str| format!("<?xml version='1.0' encoding='{name}'?>").into_bytes();
    let wide = text.encode_utf16();
    vec![
        (name.to_owned(), body.to_vec()),
        (format!("{name} marked"), ["\u{FEFF}".as_bytes(), body].concat()),
        (format!("{name} cut"), body[..body.len() / 2].to_vec()),
        (format!("{name} latin"), [declared("iso-8859-1"), latin].concat()),
        (format!("{name} ascii"), [declared("us-ascii"), root.as_bytes().to_vec()].concat()),
        (
            format!("{name} utf-16le"),
            [0xFEFF].into_iter().chain(wide.clone()).flat_map(u16::to_le_bytes).collect(),
        ),
        (format!("{name} utf-16be"), wide.flat_map(u16::to_be_bytes).collect()),
    ]
}

#[test]
fn every_case_reads_as_in_every_other_build() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/same_reading.tsv");
    let cases = cases();
    let bodies = cases.iter().flat_map(|case| variants(&case.name, &case.body));
    let rows: Vec<_> = bodies.map(|(name, body)| row(&name, &body)).collect();
    println!("reading: {} bodies as in every build", rows.len());
    assert!(rows.len() > 700);
    if std::env::var_os("BLESS").is_some() {
        return fs::write(file, rows.concat()).expect("a writable file");
    }
    let known = fs::read_to_string(file).expect("a readable file");
    let strange: Vec<_> = rows.iter().filter(|row| !known.contains(row.as_str())).collect();
    assert!(
        strange.is_empty() && known == rows.concat(),
        "what is read has changed, for all builds or for this one. For all, BLESS=1 writes the file anew.\n{strange:#?}"
    );
}

/// With `MULTISTATUS_CORPUS`, as in `oracle.rs`. `SAME_READING` names the file.
#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn every_body_of_other_collections_reads_as_in_every_other_build() {
    let (root, mut rows) = (collections(), Vec::new());
    for file in ["corpus/bodies", "captures"].iter().flat_map(|folder| bodies(&root.join(folder))) {
        let name = file.strip_prefix(&root).expect("below the folder").display().to_string();
        rows.push(row(&name, &fs::read(&file).expect("a readable file")));
    }
    println!("reading: {} bodies of other collections", rows.len());
    assert!(rows.len() > 1000);
    let file = std::env::var_os("SAME_READING");
    let file = file.map_or(Path::new(env!("CARGO_TARGET_TMPDIR")).join("same_reading.tsv"), Into::into);
    fs::write(file, rows.concat()).expect("a writable file");
}
