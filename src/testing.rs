//! Helpers of the tests in the crate: bodies from folders, and random numbers that are the same every time.

use std::{fs, path::Path};

/// Reads the bodies in `folder` and in the folders inside it.
pub(crate) fn bodies(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let read = |path: std::path::PathBuf| match path.extension() {
        _ if path.is_dir() => bodies(&path),
        Some(extension) if extension == "xml" => vec![fs::read(path).expect("a readable file")],
        _ => Vec::new(),
    };
    paths.flat_map(read).collect()
}

pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    pub(crate) fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}
