//! What a stream keeps of what it loses: little, whatever is lost and however it goes on.
//!
//! Each shape is something that goes on without end inside something else. `cargo test` reads a megabyte or two of
//! each; `LOSS_BYTES=40000000 cargo test --release --test loss` reads more, with larger responses allowed.

use multistatus::{Decoder, Document, Limit, Options};

/// What is open, a fault or a part of a run before it or not. What begins with `=` is the whole beginning of a body.
const AROUND: &[(&str, &str)] = &[
    ("nothing", ""),
    ("an href of a run", "<D:href>/a</D:href>"),
    ("a run that is full", "<D:href>/a</D:href><D:status>HTTP/1.1 200 OK</D:status>"),
    ("a run with a foreign child", "<D:href>/a</D:href><x:status/>"),
    ("an unknown element after an href", "<D:href>/a</D:href><y><D:z>"),
    ("a sync-token after an href", "<D:href>/a</D:href><D:sync-token>"),
    ("an open href", "<D:href>"),
    ("an open propstat", "<D:propstat>"),
    ("an open error", "<D:error>"),
    ("an open location", "<D:location>"),
    ("an open description", "<D:responsedescription>"),
    ("an unknown element", "<y xmlns='urn:y'>"),
    ("a response", "<D:response>"),
    ("an href of a response", "<D:response><D:href>"),
    ("a status of a response", "<D:response><D:href>/a</D:href><D:status>"),
    ("a prop", "<D:response><D:href>/a</D:href><D:propstat><D:prop>"),
    ("a value", "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a><y:b xmlns:y='urn:&#121;'>"),
    ("a response in a value", "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:a><D:response>"),
    ("a foreign element", "<x:response>"),
    ("another root", "=<D:error xmlns:D='DAV:'>"),
    ("a condition", "=<D:error xmlns:D='DAV:'><D:lock-token-submitted><D:href>"),
    ("the prolog", "=<?xml version='1.0'?>"),
    ("the epilog", "=<D:multistatus xmlns:D='DAV:'></D:multistatus>"),
    ("a response after a fault", "<D:response><D:href></x></D:response><D:response><D:href>/a</D:href>"),
];

/// What goes on.
const UNITS: &[(&str, &str)] = &[
    ("hrefs", "<D:href>/</D:href>"),
    ("statuses", "<D:status>HTTP/1.1 200 OK</D:status>"),
    ("propstats", "<D:propstat/>"),
    ("errors", "<D:error><D:x/></D:error>"),
    ("locations", "<D:location><D:href>/</D:href></D:location>"),
    ("tokens", "<D:sync-token>t</D:sync-token>"),
    ("descriptions", "<D:responsedescription>d</D:responsedescription>"),
    ("unknown elements", "<y:z xmlns:y='urn:y' y:a='b'>c</y:z>"),
    ("names by reference", "<z xmlns:y='urn:&#65;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'/>"),
    ("foreign elements", "<x:href/>"),
    ("text", "some text that goes on "),
    ("blanks", " \r\n"),
    ("references", "&amp;&#x20AC;"),
    ("sections", "<![CDATA[c]]>"),
    ("an endless section", "<![CDATA[ no end"),
    ("comments", "<!-- c -->"),
    ("instructions", "<?p i?>"),
    ("responses", "<D:response><D:href>/</D:href></D:response>"),
    ("faulty responses", "<D:response/>"),
    ("faults", "</x>"),
];

/// One in six of all pairs: to read all of them would take minutes.
fn shapes() -> impl Iterator<Item = (String, &'static str, &'static str)> {
    let pairs = (0..AROUND.len()).flat_map(|around| (0..UNITS.len()).map(move |unit| (around, unit)));
    pairs.filter(|(around, unit)| (around + unit) % 6 == 0).map(|(around, unit)| {
        let ((around, before), (what, unit)) = (AROUND[around], UNITS[unit]);
        (format!("{what} in {around}"), before, unit)
    })
}

/// A body of so many bytes, without an end.
fn endless(before: &str, unit: &str, size: usize) -> String {
    let mut body = match before.strip_prefix('=') {
        Some(beginning) => beginning.to_owned(),
        None => format!("<D:multistatus xmlns:D=\"DAV:\">{before}"),
    };
    while body.len() < size {
        body.push_str(unit);
    }
    body
}

/// The most bytes on the heap while `body` is pushed, and whether all of it was read.
fn peak(body: &str, chunk: usize, options: &Options) -> (u64, bool) {
    let mut is_read = true;
    let measured = allocation_counter::measure(|| {
        let mut decoder = Decoder::with_options(options);
        for chunk in body.as_bytes().chunks(chunk) {
            decoder.push(chunk);
            match decoder.document() {
                Err(_) => return is_read = false,
                Ok(Some(Document::Multistatus(_))) => {}
                Ok(_) => continue,
            }
            loop {
                match decoder.next_response() {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(error) if error.is_fatal() => return is_read = false,
                    Err(_) => {}
                }
            }
        }
    });
    (measured.bytes_max, is_read)
}

#[test]
fn the_heap_of_a_stream_does_not_grow_with_what_is_lost() {
    let given = std::env::var("LOSS_BYTES").ok();
    let size = given.as_ref().map_or(2_000_000, |size| size.parse().expect("a number of bytes"));
    let response: u64 = if given.is_some() { 1 << 20 } else { 128 << 10 };
    let all = [("new", Options::new()), ("strict", Options::strict()), ("browse", Options::browse())];
    let (mut count, mut worst) = (0, (0, String::new()));
    let (mut runs, mut read) = (0, 0);
    for (shape, before, unit) in shapes() {
        count += 1;
        let body = endless(before, unit, size);
        for (name, options) in &all {
            let options = options.clone().limit(Limit::ResponseBytes, response);
            let small = options.clone().limit(Limit::Elements, 1000);
            // Small chunks take longer.
            for chunk in if given.is_some() || count % 4 == 0 { &[100, 8192][..] } else { &[8192] } {
                let (most, is_read) = peak(&body, *chunk, &small);
                runs += 1;
                read += u32::from(is_read);
                let allowed = 2 * response + (512 << 10);
                assert!(most <= allowed, "{shape}, {name}, chunks of {chunk}: {most} bytes");
                if most > worst.0 {
                    worst = (most, format!("{shape}, {name}, chunks of {chunk}"));
                }
                let (half, _) = peak(&body[..body.floor_char_boundary(size / 2)], *chunk, &small);
                assert!(most <= half + (64 << 10), "{shape}, {name}, chunks of {chunk}: {half}, then {most}");
            }
            // The index comes on top.
            let tags = unit.matches('<').count() - unit.matches("</").count();
            let elements =
                (response * tags as u64 / unit.len() as u64 + 10).min(Limit::Elements.default_value());
            let (most, _) = peak(&body, 8192, &options);
            assert!(
                most <= 2 * response + (512 << 10) + 80 * elements,
                "{shape}, {name}, any number of elements: {most} bytes"
            );
        }
    }
    println!("loss: {count} shapes of {size} bytes, at most {} bytes on the heap, {}", worst.0, worst.1);
    println!("loss: {read} of {runs} bodies were read to their last byte, the others to a fatal error");
    assert!(count >= 50 && read * 3 > runs * 2);
}
