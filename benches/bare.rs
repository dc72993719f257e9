//! The bare loop over `quick_xml::Reader` on document a, as in `instructions.rs`: what `hostile.rs` is compared with. It
//! has a file of its own because what is linked beside it changes it by up to 15 %.

#[path = "support/counted.rs"]
mod counted;
#[allow(unused_imports, reason = "the benches of the crate's inputs use the rest")]
mod support;

use counted::Row;
use support::documents;

fn main() {
    let body = |size| documents::generate("a", size).text;
    let (run, sizes, most) = (support::bare as fn(&[u8]) -> u64, &[100_000, 2_000_000][..], 100.0);
    counted::main(&[Row { shape: "document a", operation: "bare loop", body, run, sizes, most }]);
}
