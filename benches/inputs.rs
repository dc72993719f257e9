//! Instructions of the streams, next to those for a body in memory: `cargo bench`, as in `instructions.rs`. They have a
//! file of their own because what is linked beside it changes how quick-xml's loop is compiled, by up to 15 %.

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
fn in_memory(document: Document) -> Document {
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
fn decoder(document: Document) -> Document {
    let sums = support::decoder(black_box(document.text.as_bytes()), support::CHUNK);
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
fn reader(document: Document) -> Document {
    let sums = support::reader(black_box(document.text.as_bytes()));
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
fn tokio(document: Document) -> Document {
    let sums = support::tokio(black_box(document.text.as_bytes()));
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
fn stream(document: Document) -> Document {
    let sums = support::stream(black_box(document.text.as_bytes()));
    assert_eq!(sums, document.sums);
    document
}

// One response with a value of so many bytes, pushed byte by byte.
#[library_benchmark(setup = support::documents::large)]
#[bench::bytes_600_000(600_000)]
#[bench::bytes_6_000_000(6_000_000)]
fn byte_by_byte(document: Document) -> Document {
    let sums = support::decoder(black_box(document.text.as_bytes()), 1);
    assert_eq!(sums, document.sums);
    document
}

library_benchmark_group!(
    name = inputs;
    compare_by_id = true;
    benchmarks = in_memory, decoder, reader, tokio, stream
);

library_benchmark_group!(
    name = one_large_response;
    benchmarks = byte_by_byte
);

main!(library_benchmark_groups = inputs, one_large_response);
