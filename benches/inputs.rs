//! Instructions of the streams, next to those for a body in memory: `cargo bench`, as in `instructions.rs`. They have a
//! file of their own because what is linked beside it changes how quick-xml's loop is compiled, by up to 15 %.

#![allow(missing_docs, reason = "what the macros write has none")]

#[path = "support/measured.rs"]
#[macro_use]
mod measured;
mod support;

use gungraun::{library_benchmark, library_benchmark_group, main};
use support::documents::{Document, document};

measured!(in_memory(document), document.check(support::lending(document.bytes())));
measured!(decoder(document), document.check(support::decoder(document.bytes(), support::CHUNK)));
measured!(reader(document), document.check(support::reader(document.bytes())));
measured!(tokio(document), document.check(support::tokio(document.bytes())));
measured!(stream(document), document.check(support::stream(document.bytes())));

// One response with a value of so many bytes, pushed byte by byte.
#[library_benchmark(setup = support::documents::large)]
#[bench::bytes_600_000(600_000)]
#[bench::bytes_6_000_000(6_000_000)]
fn byte_by_byte(document: Document) -> Document {
    document.check(support::decoder(document.bytes(), 1));
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
