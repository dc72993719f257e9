//! What the benches measure, and what they measure it on. The tests of allocations use it too.
#![allow(dead_code, reason = "each of them uses a part of it")]

pub(crate) mod documents;

use std::{borrow::Cow, io::BufReader};

use documents::Sums;
#[cfg(any(feature = "futures", feature = "tokio"))]
use futures::executor::block_on;
use multistatus::{Decoder, Multistatus, Reader, Response, Trailer, names};
use quick_xml::events::Event;

/// Reads what a client reads from every response, and adds it up.
pub(crate) fn add(sums: &mut Sums, response: &Response<'_>) {
    let text = |name| response.props().get(name).map(|value| value.text());
    let bytes = |name| text(name).map_or(0, |text| text.len() as u64);
    sums.responses += 1;
    sums.href += response.href().as_str().len() as u64;
    let own = response.status().into_iter();
    let statuses = own.chain(response.propstats().filter_map(|propstat| propstat.status()));
    sums.status += statuses.map(|status| u64::from(status.as_u16().unwrap_or_default())).sum::<u64>();
    sums.etag += bytes(names::GETETAG);
    sums.length += text(names::GETCONTENTLENGTH).map_or(0, |text| text.parse().unwrap_or(0));
    sums.modified += bytes(names::GETLASTMODIFIED);
    let types = response.props().get(names::RESOURCETYPE);
    sums.collections += u64::from(types.is_some_and(|types| types.child(names::COLLECTION).is_some()));
    sums.calendar += bytes(names::caldav::CALENDAR_DATA);
}

/// The loop over responses; where they are waited for, the third argument is `await`.
macro_rules! sums {
    ($responses:expr, $sums:expr $(, $await:tt)?) => {
        while let Some(response) = $responses.next_response()$(.$await)?.expect("the documents are well-formed") {
            add(&mut $sums, &response);
        }
        $sums.end(&$responses.finish()$(.$await)?.expect("the documents are complete"));
    };
}

impl Sums {
    fn end(&mut self, trailer: &Trailer) {
        self.token = trailer.sync_token().map_or(0, |token| token.len() as u64);
    }
}

/// A body in memory, lending.
pub(crate) fn lending(body: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut responses = Multistatus::new(body);
    sums!(responses, sums);
    sums
}

/// A body in memory, through the iterator.
pub(crate) fn iterator(body: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut responses = Multistatus::new(body);
    for response in responses.by_ref() {
        add(&mut sums, &response.expect("the documents are well-formed"));
    }
    sums.end(&responses.finish().expect("the documents are complete"));
    sums
}

/// A body in memory, of which nothing is read.
pub(crate) fn walk(body: &[u8]) -> u64 {
    let mut count = 0;
    let mut responses = Multistatus::new(body);
    while responses.next_response().expect("the documents are well-formed").is_some() {
        count += 1;
    }
    count
}

/// A body in memory, five typed values of each response.
pub(crate) fn getters(body: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut responses = Multistatus::new(body);
    while let Some(response) = responses.next_response().expect("the documents are well-formed") {
        let props = response.props();
        sums.etag += props.getetag().expect("a tag").map_or(0, |tag| tag.as_str().len() as u64);
        sums.length += props.getcontentlength().expect("a number").unwrap_or_default();
        sums.modified += u64::from(props.getlastmodified().expect("a date").is_some());
        sums.status += u64::from(props.creationdate().expect("a date").is_some());
        let types = props.resourcetype().expect("a set");
        sums.collections += u64::from(types.is_some_and(|types| types.is_collection()));
    }
    sums
}

/// What a client might make of a response.
#[derive(serde::Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    getetag: Option<Cow<'a, str>>,
    getcontentlength: Option<u64>,
    getlastmodified: Option<&'a str>,
    creationdate: Option<&'a str>,
    #[serde(default)]
    resourcetype: Types,
}

#[derive(Default, serde::Deserialize)]
struct Types {
    collection: Option<()>,
}

/// A body in memory, each response as a struct.
pub(crate) fn structs(body: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut responses = Multistatus::new(body);
    while let Some(response) = responses.next_response().expect("the documents are well-formed") {
        let entry: Entry<'_> = response.props().deserialize().expect("an entry");
        sums.etag += entry.getetag.map_or(0, |tag| tag.len() as u64);
        sums.length += entry.getcontentlength.unwrap_or_default();
        sums.modified += u64::from(entry.getlastmodified.is_some());
        sums.status += u64::from(entry.creationdate.is_some());
        sums.collections += u64::from(entry.resourcetype.collection.is_some());
    }
    sums
}

/// Bytes that come at a time.
pub(crate) const CHUNK: usize = 8192;

/// A body pushed in chunks.
pub(crate) fn decoder(body: &[u8], chunk: usize) -> Sums {
    let mut sums = Sums::default();
    let mut responses = Decoder::new();
    for chunk in body.chunks(chunk) {
        responses.push(chunk);
        while let Some(response) = responses.next_response().expect("the documents are well-formed") {
            add(&mut sums, &response);
        }
    }
    sums.end(&responses.finish().expect("the documents are complete"));
    sums
}

/// A body from a buffered source.
pub(crate) fn reader(body: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut responses = Reader::new(BufReader::with_capacity(CHUNK, body));
    sums!(responses, sums);
    sums
}

/// The same from one that is waited for.
#[cfg(feature = "tokio")]
pub(crate) fn tokio(body: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut responses = multistatus::TokioReader::new(::tokio::io::BufReader::with_capacity(CHUNK, body));
    block_on(async {
        sums!(responses, sums, await);
    });
    sums
}

/// The same from a stream.
#[cfg(feature = "futures")]
pub(crate) fn stream(body: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut responses =
        multistatus::StreamReader::new(futures::stream::iter(body.chunks(CHUNK).map(std::io::Result::Ok)));
    block_on(async {
        sums!(responses, sums, await);
    });
    sums
}

/// The baseline: quick-xml's reader, every event fetched and nothing done with it.
pub(crate) fn bare(body: &[u8]) -> u64 {
    let mut reader = quick_xml::Reader::from_reader(body);
    let mut sum = 0;
    loop {
        sum += match reader.read_event().expect("the documents are well-formed") {
            Event::Eof => return sum,
            Event::Start(tag) | Event::Empty(tag) => tag.len() as u64,
            Event::Text(text) => text.len() as u64,
            _ => 1,
        };
    }
}
