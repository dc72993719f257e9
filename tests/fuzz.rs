//! The committed corpora of the fuzz targets, read by the functions that the targets call.

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "it is a crate of its own")]
mod targets;

use std::{fs, path::Path};

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("a readable folder") {
        let file = entry.expect("a readable folder").path();
        let name = file.display().to_string();
        let input = fs::read(&file).expect("a readable file");
        let result = std::panic::catch_unwind(|| run(&input));
        assert!(result.is_ok(), "{name}");
        count += 1;
    }
    println!("fuzz: {count} inputs of {target}");
    assert!(count > 100);
}

#[test]
fn the_corpus_of_slice() {
    replay("slice", targets::slice);
}

#[test]
fn the_corpus_of_inputs() {
    replay("inputs", targets::inputs);
}
