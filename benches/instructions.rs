//! Instructions, counted by Valgrind: `cargo bench`, with `valgrind` from the system and `gungraun-runner` of the
//! version in Cargo.lock (`cargo install gungraun-runner`).
//!
//! Times say little on a busy machine, and instructions little alone: what counts is the ratio to the bare loop over
//! `quick_xml::Reader` on the same document, which each comparison prints. `one` is a body of a single response.

#![allow(missing_docs, reason = "what the macros write has none")]

#[path = "support/measured.rs"]
#[macro_use]
mod measured;
mod support;

use gungraun::{library_benchmark, library_benchmark_group, main};
use std::hint::black_box;
use support::documents::{Document, document};

measured!(bare(document), black_box(support::bare(document.bytes())));
measured!(lending(document), document.check(support::lending(document.bytes())));
measured!(iterator(document), document.check(support::iterator(document.bytes())));

library_benchmark_group!(
    name = in_memory;
    compare_by_id = true;
    benchmarks = bare, lending, iterator
);

main!(library_benchmark_groups = in_memory);
