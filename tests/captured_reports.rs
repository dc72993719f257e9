//! The answers of real servers, as each observer reads them: from every input, however it is cut, the same report as from
//! memory. Over those of other collections when `MULTISTATUS_CORPUS` names a folder with `captures`.

mod support;

use std::{borrow::Cow, error::Error, fmt::Debug, fs, io};

use futures::{executor::block_on, stream};
use multistatus::{
    Decoder, Href, Multistatus, Reader, StreamReader, TokioReader,
    href::RequestUrl,
    meaning::{Incomplete, Method, Multiget, Observer, Propfind, Report, Request, SyncCollection},
    names,
};
use support::{
    bodies, cases, collections,
    input::{Chunks, Source},
};
use url::Url;

const CHUNKS: [usize; 3] = [1, 7, 4096];

/// A report in a form that is compared, or what could not be read and why.
type Read<O> = Result<Report<'static, O>, (String, String, usize)>;

fn read<O: Observer>(read: Result<Report<'_, O>, Incomplete<O>>) -> Read<O> {
    match read {
        Ok(report) => Ok(report.into_owned()),
        Err(incomplete) => {
            let text = incomplete.error().to_string();
            Err((text, incomplete.advice().to_string(), incomplete.seen().len()))
        }
    }
}

/// What was seen before a fault is compared, too, as far as it goes by its form.
fn seen_before<O: Observer>(read: &Result<Report<'_, O>, Incomplete<O>>) -> String {
    read.as_ref().err().map_or(String::new(), |incomplete| format!("{:?}", incomplete.seen()))
}

/// Compares the report from memory with that from each input, and gives how many there were.
fn compare<O: Observer + Clone + Debug>(name: &str, body: &[u8], asked: &O) -> usize {
    let text = Cow::Borrowed(body);
    let whole = asked.clone().read(&text);
    let (before, whole) = (seen_before(&whole), read(whole));
    let mut compared = 0;
    for length in CHUNKS {
        let chunks = || Chunks::new(body, length);
        let source = || Source::new(chunks().map(Ok));
        let asked = || asked.clone();
        let others = [
            ("Reader", asked().over(Reader::new(source())).read()),
            ("Decoder", asked().over(Decoder::new()).read(chunks())),
            ("TokioReader", block_on(asked().over(TokioReader::new(source())).read())),
            ("StreamReader", {
                let stream = stream::iter(chunks().map(Ok::<_, io::Error>));
                block_on(asked().over(StreamReader::new(stream)).read())
            }),
        ];
        for (input, other) in others {
            let at = || format!("{name}: {input}, {length} bytes at a time, {:?}", asked());
            assert_eq!(seen_before(&other), before, "{}", at());
            assert_eq!(read(other), whole, "{}", at());
            compared += 1;
        }
    }
    compared
}

/// The method by its name, with the arguments that it needs.
fn method(name: &str, url: &RequestUrl) -> Method {
    match name {
        "COPY" => Method::Copy(url.clone()),
        "MOVE" => Method::Move(url.clone()),
        "PROPPATCH" => Method::proppatch([names::DISPLAYNAME]),
        _ => name.parse().expect("it needs no arguments"),
    }
}

/// Compares all observers over one body. The URL is one that fits its hrefs.
fn compare_all(name: &str, method_name: &str, http: u16, body: &[u8]) -> Result<usize, Box<dyn Error>> {
    let text = Cow::Borrowed(body);
    let hrefs: Vec<Href<'_>> =
        Multistatus::new(&text).flatten().flat_map(|response| response.hrefs().collect::<Vec<_>>()).collect();
    let base = Url::parse("http://127.0.0.1:8080/")?;
    let first = hrefs.first().and_then(|href| base.join(href.as_str()).ok()).unwrap_or(base);
    let collection = if method_name == "REPORT" { first.join(".")? } else { first };
    let url = RequestUrl::new(collection);
    let has = |word: &[u8]| text.windows(word.len()).any(|at| at == word);
    let data = match (has(b"calendar-data"), has(b"address-data")) {
        (true, _) => names::caldav::CALENDAR_DATA,
        (_, true) => names::carddav::ADDRESS_DATA,
        _ => names::GETETAG,
    };
    let asked = hrefs.iter().map(Href::as_str).chain(["/nothing", "%"]);
    Ok(compare(name, body, &SyncCollection::new(url.clone(), http).token("urn:1").limit(3))
        + compare(name, body, &Multiget::new(url.clone(), http, data, asked))
        + compare(name, body, &Propfind::new(url.clone(), http))
        + compare(name, body, &Request::new(method(method_name, &url), url, http)))
}

#[test]
fn every_input_gives_the_same_reports() {
    let (mut count, mut compared) = (0, 0);
    for case in cases() {
        for (method, http) in [("REPORT", 207), ("PROPFIND", 207), ("DELETE", 200), ("MKCOL", 403)] {
            compared += compare_all(&case.name, method, http, &case.body).expect("a URL");
        }
        count += 1;
    }
    println!("reports: {count} bodies, {compared} reports compared");
    assert!(count >= 50, "{count} bodies");
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn every_input_gives_the_same_reports_of_captured_answers() {
    let (mut count, mut compared) = (0, 0);
    for file in bodies(&collections().join("captures")) {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let method = name.split('-').nth(1).expect("a method");
        let headers = fs::read(file.with_extension("headers")).expect("headers");
        let headers = String::from_utf8_lossy(&headers);
        let http = headers.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status line");
        let body = fs::read(&file).expect("a readable file");
        compared += compare_all(&file.display().to_string(), method, http, &body).expect("a URL");
        count += 1;
    }
    println!("reports: {count} bodies, {compared} reports compared");
    assert!(count >= 500, "{count} bodies");
}
