//! How often the parser allocates, counted by the allocator.

#[path = "../benches/support/mod.rs"]
mod bench;
#[path = "support/endless.rs"]
mod endless;

use bench::documents::{self, Sums};
use endless::Repeated;
use multistatus::{
    Decoder, Error, Limit, Multistatus, Options, Reader,
    href::RequestUrl,
    meaning::{Method, Observer, Request, SyncCollection, TokenWithheld, Verdict},
};

/// Allocations while `run` runs.
fn allocations(run: impl FnOnce()) -> u64 {
    allocation_counter::measure(run).count_total
}

const WARM_UP: usize = 50;

#[test]
fn lending_allocates_nothing_per_response() {
    for name in documents::ALL {
        let body = documents::generate(name, 200_000).text;
        let mut responses = Multistatus::new(body.as_bytes());
        for _ in 0..WARM_UP {
            responses.next_response().expect("well-formed").expect("more than that");
        }
        let count = allocations(|| while responses.next_response().expect("well-formed").is_some() {});
        // The sync-token after the last response of d is kept.
        assert!(count <= if name == "d" { 2 } else { 0 }, "{name}: {count} allocations");
    }
}

#[test]
fn reading_borrowed_values_allocates_nothing() {
    let body = documents::generate("a", 200_000).text;
    let mut responses = Multistatus::new(body.as_bytes());
    let mut sums = Sums::default();
    for _ in 0..WARM_UP {
        responses.next_response().expect("well-formed").expect("more than that");
    }
    // Hrefs with an ampersand are decoded; they are the only values of a that are.
    let escaped = body.split("</D:href>").skip(WARM_UP).filter(|part| part.contains("&amp;")).count() as u64;
    let count = allocations(|| {
        while let Some(response) = responses.next_response().expect("well-formed") {
            bench::add(&mut sums, &response);
        }
    });
    assert!(sums.responses > 100);
    assert_eq!(count, escaped);
}

/// Fields that borrow, and others that are no text, of each response of `a`.
#[test]
fn structs_that_borrow_allocate_nothing() {
    #[derive(serde::Deserialize)]
    struct Entry<'a> {
        getetag: &'a str,
        getlastmodified: &'a str,
        #[serde(borrow)]
        getcontenttype: std::borrow::Cow<'a, str>,
        getcontentlength: Option<u64>,
        resourcetype: Types,
        missing: Option<&'a str>,
    }
    #[derive(serde::Deserialize)]
    struct Types {
        collection: Option<()>,
    }
    let body = documents::generate("a", 200_000).text;
    let mut responses = Multistatus::new(body.as_bytes());
    for _ in 0..WARM_UP {
        responses.next_response().expect("well-formed").expect("more than that");
    }
    let (mut entries, mut bytes) = (0, 0);
    let count = allocations(|| {
        while let Some(response) = responses.next_response().expect("well-formed") {
            let entry: Entry<'_> = response.props().deserialize().expect("an entry");
            bytes += entry.getetag.len() + entry.getlastmodified.len() + entry.getcontenttype.len();
            bytes += entry.missing.map_or(0, str::len);
            bytes += usize::from(entry.resourcetype.collection.is_some() && entry.getcontentlength.is_none());
            entries += 1;
        }
    });
    assert!(entries > 100 && bytes > entries * 50);
    assert_eq!(count, 0);
}

/// A set of one name is all that is allocated, for a collection.
#[test]
fn typed_values_allocate_for_sets_only() {
    let body = documents::generate("a", 200_000).text;
    let mut responses = Multistatus::new(body.as_bytes());
    let mut collections = 0;
    let count = allocations(|| {
        while let Some(response) = responses.next_response().expect("well-formed") {
            let props = response.props();
            assert!(props.getetag().expect("a tag").is_some());
            assert!(props.getlastmodified().expect("a date").is_some());
            assert!(props.creationdate().expect("a date").is_some());
            assert!(props.getcontenttype().expect("a media type").is_some());
            let types = props.resourcetype().expect("a set").expect("it is there");
            assert_eq!(types.is_collection(), props.getcontentlength().expect("a number").is_none());
            collections += u64::from(types.is_collection());
        }
    });
    // What the parser keeps comes with the first responses.
    assert!(collections > 10 && count >= collections && count < collections + 20, "{count}, {collections}");
}

#[test]
fn the_iterator_allocates_once_per_response() {
    for name in documents::ALL {
        let body = documents::generate(name, 200_000).text;
        let mut responses = Multistatus::new(body.as_bytes());
        let mut kept: Vec<_> = responses.by_ref().take(WARM_UP).collect();
        kept.reserve(10_000);
        let before = kept.len() as u64;
        let count = allocations(|| kept.extend(responses.by_ref()));
        let items = kept.len() as u64 - before;
        assert!(kept.iter().all(Result::is_ok));
        assert!(count <= items + 2, "{name}: {count} allocations for {items} responses");
    }
}

#[test]
fn the_documents_are_read_right() {
    for name in documents::ALL.iter().chain(&["one"]) {
        let document = documents::generate(name, 100_000);
        document.check_typed(bench::getters(document.text.as_bytes()));
        document.check_typed(bench::structs(document.text.as_bytes()));
        assert_eq!(bench::walk(document.text.as_bytes()), document.sums.responses);
        assert_eq!(bench::lending(document.text.as_bytes()), document.sums, "{name}");
        assert_eq!(bench::iterator(document.text.as_bytes()), document.sums, "{name}");
        assert!(bench::bare(document.text.as_bytes()) > 0);
    }
}

/// A document of `size` bytes, made of the responses of the one called `name`.
fn endless(name: &str, size: u64) -> Repeated {
    let body = documents::generate(name, 200_000).text;
    let mut places = Vec::new();
    let mut responses = Multistatus::new(body.as_bytes());
    while let Some(response) = responses.next_response().expect("well-formed") {
        places.push((response.offset() as usize, response.raw().len()));
    }
    let end = places.last().map_or(0, |(at, length)| at + length);
    Repeated::new(&body, places[0].0, end, size)
}

/// The most bytes on the heap at a time.
fn peak(run: impl FnOnce()) -> u64 {
    allocation_counter::measure(run).bytes_max
}

const MOST: u64 = 128 << 10;

#[test]
fn a_stream_of_any_length_takes_as_much_memory() {
    for (name, size) in
        [("a", 100_000_000), ("b", 20_000_000), ("d", 20_000_000), ("e", 20_000_000), ("f", 20_000_000)]
    {
        let mut responses = None;
        let source = endless(name, size);
        let length = source.len();
        let most = peak(|| {
            let mut warm = Reader::new(source);
            for _ in 0..WARM_UP {
                warm.next_response().expect("well-formed").expect("more than that");
            }
            responses = Some(warm);
        });
        let mut responses = responses.expect("it was made");
        let after =
            allocation_counter::measure(
                || while responses.next_response().expect("well-formed").is_some() {},
            );
        println!("streams: {name}, {length} bytes, at most {} bytes on the heap", most + after.bytes_max);
        assert!(most + after.bytes_max <= MOST, "{name}: {most} bytes, then {} more", after.bytes_max);
        // The sync-token after the last response of d is kept.
        let token = if name == "d" { 2 } else { 0 };
        assert!(after.count_total <= token, "{name}: {} allocations", after.count_total);
        assert_eq!(responses.position(), length);
    }
}

/// Pushes `chunks` as long as no error is fatal. The errors, and how many bytes were pushed.
fn pushed<'b>(chunks: impl Iterator<Item = &'b [u8]>, options: &Options) -> (Vec<Error>, usize) {
    let mut decoder = Decoder::with_options(options);
    let (mut errors, mut taken) = (Vec::new(), 0);
    for chunk in chunks {
        decoder.push(chunk);
        taken += chunk.len();
        loop {
            match decoder.next_response() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) if error.is_fatal() => {
                    errors.push(error);
                    return (errors, taken);
                }
                Err(error) => errors.push(error),
            }
        }
    }
    errors.extend(decoder.finish().err());
    (errors, taken)
}

#[test]
fn a_missing_end_tag_is_found_at_its_byte_in_a_stream_too() {
    let row = "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a/></D:prop></D:propstat></D:response>";
    let broken = row.replace("<D:a/>", "<D:a>");
    let body = format!("<D:multistatus xmlns:D=\"DAV:\">{broken}{}</D:multistatus>", row.repeat(100_000));
    let mut found = (Vec::new(), 0);
    let most = peak(|| found = pushed(body.as_bytes().chunks(8192), &Options::new()));
    let (errors, taken) = found;
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].offset(), body.find("</D:prop>").expect("it is there") as u64);
    assert!(taken <= 8192 && most <= 32 << 10, "{taken} bytes taken, {most} on the heap");
}

/// Whatever is too long is not kept: neither a response, nor a text, nor a comment.
#[test]
fn what_is_too_long_takes_no_memory() {
    let options = Options::new().limit(Limit::ResponseBytes, 16 << 10).limit(Limit::TextBytes, 8 << 10);
    let long = 20_000_000;
    for (name, inside) in [
        ("a value", "x".repeat(long)),
        ("a section", format!("<![CDATA[{}]]>", "x".repeat(long))),
        ("many values", "<D:a>x</D:a>".repeat(long / 12)),
        ("deep values", "<D:a><D:b>x</D:b></D:a>\n".repeat(long / 24)),
        ("wide characters", "\u{20AC}".repeat(long / 3)),
        ("many comments", "<!-- x -->".repeat(long / 10)),
    ] {
        let body = format!(
            "<D:multistatus xmlns:D=\"DAV:\"><D:response><D:href>/a</D:href><D:propstat><D:prop><D:b>{inside}</D:b></D:prop>\
             <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
        );
        let mut found = (Vec::new(), 0);
        let most = peak(|| found = pushed(body.as_bytes().chunks(8192), &options));
        let (errors, taken) = found;
        assert_eq!(errors.iter().map(Error::is_fatal).collect::<Vec<_>>(), [false], "{name}: {errors:?}");
        // What is kept at most is a response of 16 KiB and its index.
        assert!(taken == body.len() && most <= 2 * MOST, "{name}: {most} bytes on the heap");
    }
    let tokens: String = (0..500_000).map(|n| format!("<D:sync-token>urn:{n}</D:sync-token>")).collect();
    let text = |before: &str| format!("{before}{}", "x".repeat(long));
    let many = |before: &str| {
        format!("{before}{}", "<a xmlns:x='urn:&#65;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'/>".repeat(long / 50))
    };
    for (name, inside) in [
        ("many tokens", tokens),
        ("text behind an href without a response", text("<D:href>/a</D:href>")),
        ("blanks behind it", format!("<D:href>/a</D:href>{}", " ".repeat(long))),
        ("a section behind it", text("<D:href>/a</D:href><![CDATA[")),
        ("a section between children", text("<![CDATA[")),
        ("a section behind a fault", text("<D:response><D:href></x><![CDATA[")),
        ("a tag behind a fault", "<D:response><D:href></x><a ".to_owned() + &" ".repeat(long)),
        ("a token behind it", text("<D:href>/a</D:href><D:sync-token>")),
        ("an unknown element behind it", text("<D:href>/a</D:href><x><![CDATA[")),
        ("names of namespaces", many("<D:response>")),
        ("names of namespaces in an unknown element", many("<x>")),
        ("names of namespaces behind an href", many("<D:href>/a</D:href>")),
        ("an href that does not end", text("<D:response><D:href>")),
        ("a root that is another", "{".to_owned() + &"x".repeat(long)),
        ("a comment", format!("<!--{}-->", "x".repeat(long))),
        ("a tag", "<a ".to_owned() + &" ".repeat(long)),
    ] {
        let body = match inside.starts_with('{') {
            true => inside,
            false => format!("<D:multistatus xmlns:D=\"DAV:\">{inside}</D:multistatus>"),
        };
        let small = |options: Options| options.limit(Limit::ResponseBytes, 16 << 10);
        for options in [options.clone(), small(Options::new()), small(Options::browse())] {
            let most = peak(|| drop(pushed(body.as_bytes().chunks(8192), &options)));
            assert!(most <= 2 * MOST, "{name}: {most} bytes on the heap");
        }
    }
}

/// What an answer means is known in the end without keeping the responses.
#[test]
fn meaning_takes_no_memory_over_a_million_responses() {
    const RESPONSES: u64 = 1_000_000;
    let body = multistatus_of(&[
        "<D:response><D:href>/a/b</D:href><D:status>HTTP/1.1 423 Locked</D:status></D:response>",
    ]);
    let start = body.find("<D:response>").expect("it is there");
    let length = body.find("</D:multistatus>").expect("it is there") - start;
    let source = Repeated::new(&body, start, start + length, RESPONSES * length as u64 + 100);
    let request = RequestUrl::new(url::Url::parse("https://dav.example/a/").expect("a URL"));
    let (mut seen, mut end) = (0, None);
    let most = peak(|| {
        let asked = (Request::new(Method::Delete, request.clone(), 207), SyncCollection::new(request, 207));
        let mut responses = asked.over(Reader::new(source));
        while let Some((_, both)) = responses.next_response().expect("well-formed") {
            seen += both[0].1.len() as u64;
        }
        end = Some(responses.finish().expect("complete"));
    });
    println!("meaning: {seen} responses, at most {most} bytes on the heap");
    let (outcome, sync) = end.expect("it has ended");
    assert!(seen >= RESPONSES && outcome.culprit_count == seen, "{outcome:?}");
    assert_eq!((outcome.verdict, sync.token), (Verdict::Partial, Err(TokenWithheld::NoToken)));
    assert!(most < 1 << 20, "{most} bytes");
}

/// Conditions have namespaces that are long, and culprits share them.
#[test]
fn culprits_are_kept_in_a_megabyte() {
    let namespace = "x".repeat(60_000);
    let conditions = |tag: &str| format!("<D:error xmlns='{namespace}'>{}</D:error>", tag.repeat(20_000));
    let hrefs = "<D:href>/a/b</D:href>".repeat(100);
    let empty = "<D:href/>".repeat(100_000);
    let long = format!("<D:href>/a/{}</D:href>", "b".repeat(50_000)).repeat(50);
    for (name, href, inside, code) in [
        ("names in a long namespace", "<D:href>/a/b</D:href>", conditions("<a/>"), 423),
        ("names where nothing failed", "<D:href>/a/b</D:href>", conditions("<a/>"), 204),
        ("names for each of many hrefs", &*hrefs, conditions("<D:a/>"), 423),
        ("long hrefs", &*long, String::new(), 423),
        ("hrefs that are empty", &*empty, String::new(), 423),
    ] {
        let status = format!("<D:status>HTTP/1.1 {code} x</D:status>");
        let body = multistatus_of(&[&format!("<D:response>{href}{status}{inside}</D:response>")]);
        let options = Options::new().limit(Limit::HrefBytes, 1 << 20).limit(Limit::NamespaceBytes, 1 << 20);
        let request = RequestUrl::new(url::Url::parse("https://dav.example/a/").expect("a URL"));
        let asked = Request::new(Method::Delete, request, 207).most_culprits(usize::MAX);
        let hrefs = href.matches("<D:href").count() as u64;
        // What the parser itself takes is measured beside it.
        let mut responses = Multistatus::with_options(body.as_bytes(), &options);
        let parsing = peak(|| assert!(responses.next_response().expect("well-formed").is_some()));
        let mut outcome = None;
        let mut used = allocation_counter::measure(|| {
            outcome = Some(asked.read_with(body.as_bytes(), &options).expect("it is complete").end);
        });
        used.bytes_max = used.bytes_max.saturating_sub(parsing);
        let outcome = outcome.expect("it was read");
        assert_eq!(outcome.culprit_count, if code == 423 { hrefs } else { 0 }, "{name}");
        assert!(used.bytes_current < 1 << 20, "{name}: {} bytes kept", used.bytes_current);
        assert!(used.bytes_max < 8 << 20, "{name}: {} bytes at most", used.bytes_max);
    }
}

fn multistatus_of(responses: &[&str]) -> String {
    format!("<D:multistatus xmlns:D=\"DAV:\">{}</D:multistatus>", responses.concat())
}
