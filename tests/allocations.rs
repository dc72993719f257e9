//! How often the parser allocates, counted by the allocator.

#[path = "../benches/support/mod.rs"]
mod bench;

use bench::documents::{self, Sums};
use multistatus::Multistatus;

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
        // The sync-token that stands behind the last response of d is kept.
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
        assert_eq!(bench::lending(document.text.as_bytes()), document.sums, "{name}");
        assert_eq!(bench::iterator(document.text.as_bytes()), document.sums, "{name}");
        assert!(bench::bare(document.text.as_bytes()) > 0);
    }
}
