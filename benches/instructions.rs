//! Instructions, counted by Valgrind: `cargo bench`, with `valgrind` from the system and `gungraun-runner` of the
//! version in Cargo.lock (`cargo install gungraun-runner`).
//!
//! Times say little on a busy machine, and instructions little alone: what counts is the ratio to the bare loop over
//! `quick_xml::Reader` on the same document, which each comparison prints. `one` is a body of a single response.

#![allow(missing_docs, reason = "what the macros write has none")]

mod support;

use gungraun::{library_benchmark, library_benchmark_group, main};
use std::hint::black_box;
use support::documents::{Document, generate};

fn document(name: &str) -> Document {
    generate(name, 500_000)
}

#[library_benchmark(setup = document)]
#[bench::a("a")]
#[bench::b("b")]
#[bench::c("c")]
#[bench::d("d")]
#[bench::e("e")]
#[bench::f("f")]
#[bench::one("one")]
fn bare(document: Document) -> Document {
    black_box(support::bare(black_box(document.text.as_bytes())));
    document
}

#[library_benchmark(setup = document)]
#[bench::a("a")]
#[bench::b("b")]
#[bench::c("c")]
#[bench::d("d")]
#[bench::e("e")]
#[bench::f("f")]
#[bench::one("one")]
fn lending(document: Document) -> Document {
    let sums = support::lending(black_box(document.text.as_bytes()));
    assert_eq!(sums, document.sums);
    document
}

#[library_benchmark(setup = document)]
#[bench::a("a")]
#[bench::b("b")]
#[bench::c("c")]
#[bench::d("d")]
#[bench::e("e")]
#[bench::f("f")]
#[bench::one("one")]
fn iterator(document: Document) -> Document {
    let sums = support::iterator(black_box(document.text.as_bytes()));
    assert_eq!(sums, document.sums);
    document
}

library_benchmark_group!(
    name = in_memory;
    compare_by_id = true;
    benchmarks = bare, lending, iterator
);

main!(library_benchmark_groups = in_memory);
