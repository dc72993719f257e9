//! Instructions of typed values, next to those for walking the same responses without reading any: `cargo bench`, as
//! in `instructions.rs`.

#![allow(missing_docs, reason = "what the macros write has none")]

#[path = "support/measured.rs"]
#[macro_use]
mod measured;
mod support;

use gungraun::{library_benchmark, library_benchmark_group, main};
use support::documents::{Document, document};

measured!(walk(document), support::walk(document.bytes()));
measured!(getters(document), document.check_typed(support::getters(document.bytes())));
measured!(structs(document), document.check_typed(support::structs(document.bytes())));

library_benchmark_group!(
    name = values;
    compare_by_id = true;
    benchmarks = walk, getters, structs
);

main!(library_benchmark_groups = values);
