//! A stream without end, as far as memory goes: 256 MB of it, or as many bytes as `SOAK_BYTES` says. Over 4 GiB it also
//! shows that places are right beyond 32 bits: `SOAK_BYTES=10000000000 cargo test --release --test soak`.
#![cfg(target_os = "linux")]

#[path = "../benches/support/documents.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod documents;
#[path = "support/endless.rs"]
mod endless;

use endless::Repeated;
use multistatus::{Multistatus, Reader};

/// Memory of this process that is not swapped out, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the kernel tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it is listed");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

#[test]
fn memory_is_flat_and_places_are_right() {
    let size =
        std::env::var("SOAK_BYTES").map_or(256_000_000, |size| size.parse().expect("a number of bytes"));
    let body = documents::generate("f", 1_000_000).text;
    let mut places = Vec::new();
    let mut all = Multistatus::new(body.as_bytes());
    while let Some(response) = all.next_response().expect("well-formed") {
        places.push((response.offset(), response.raw().len() as u64));
    }
    let (start, end) = (places[0].0, places.last().map_or(0, |(at, length)| at + length));
    let mut source = Repeated::new(&body, start as usize, end as usize, size);
    // At the end one that is lost, whose place is given.
    let lost = b"<response xmlns='DAV:'></response>";
    source.tail.splice(0..0, *lost);
    let (length, tail) = (source.len(), source.tail.len() as u64);

    let mut responses = Reader::new(source);
    let (mut count, mut early, mut most) = (0u64, None, 0);
    let error = loop {
        match responses.next_response() {
            Ok(Some(response)) => {
                let (round, number) = (count / places.len() as u64, count as usize % places.len());
                let (at, bytes) = places[number];
                assert_eq!(response.offset(), at + round * (end - start));
                assert_eq!(response.raw().len() as u64, bytes);
                count += 1;
            }
            Ok(None) => panic!("the last is no response"),
            Err(error) => break error,
        }
        if count % 100_000 == 0 {
            most = most.max(resident());
            // By then all has been allocated that ever is.
            if early.is_none() && responses.position() > length / 20 {
                early = Some(resident());
            }
        }
    };
    assert_eq!((error.offset(), error.is_fatal()), (length - tail, false));
    assert_eq!(error.path(), format!("multistatus/response[{}]", count + 1));
    assert_eq!(responses.finish().expect("complete").faults(), 1);
    assert_eq!(responses.position(), length);
    let grown = most.saturating_sub(early.expect("it is long enough"));
    println!("soak: {length} bytes, {count} responses, {grown} bytes more resident at most");
    assert!(grown <= 1 << 20, "{grown} bytes");
}
