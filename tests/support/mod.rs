//! What the tests share.
#![allow(dead_code, reason = "every test file uses a part of it")]

#[path = "../../examples/inspect/input.rs"]
pub(crate) mod input;
#[path = "../../examples/inspect/report.rs"]
mod report;

use std::{
    fs,
    path::{Path, PathBuf},
};

use input::{Chunks, Input};
use multistatus::Options;
use serde_json::Value;

/// A body of `tests/corpus`.
pub(crate) struct Case {
    /// `<server>/<case>`.
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    pub(crate) body: Vec<u8>,
}

/// All of them, in order.
pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    bodies(&folder)
        .into_iter()
        .map(|file| {
            let body = fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            let name = file.strip_prefix(&folder).expect("below the folder").with_extension("");
            Case { name: name.display().to_string(), file, body }
        })
        .collect()
}

/// Every `.xml` file below `folder`, in order.
pub(crate) fn bodies(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            found.extend(bodies(&path));
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What is seen in `body`, as `inspect --json` shows it, without the name of a file.
pub(crate) fn reading(body: &[u8], options: &Options) -> Value {
    without_file(&report::Report::of("", body, body, options, Input::Slice, Chunks::new(&[], 1)))
}

/// The same, read one way, and all that is known beside it.
pub(crate) fn reading_by(
    input: Input,
    body: &[u8],
    chunks: Chunks<'_>,
    options: &Options,
) -> (Value, String) {
    let report = report::Report::of("", body, body, options, input, chunks);
    let beside = (&report.trailer, &report.tolerated, &report.conditions, &report.description);
    (without_file(&report), format!("{beside:?}"))
}

fn without_file(report: &report::Report) -> Value {
    let mut reading = serde_json::to_value(report).expect("plain data");
    reading.as_object_mut().expect("an object").remove("file");
    reading
}

/// A multistatus around `children`, with `D` bound to `DAV:`.
pub(crate) fn multistatus(children: &str) -> String {
    format!("<D:multistatus xmlns:D=\"DAV:\">{children}</D:multistatus>")
}

/// A response for `/a` whose only propstat has `status` and the properties `prop`.
pub(crate) fn response(status: &str, prop: &str) -> String {
    format!(
        "<D:response><D:href>/a</D:href><D:propstat><D:prop>{prop}</D:prop><D:status>{status}</D:status>\
         </D:propstat></D:response>"
    )
}

/// A multistatus with one response, for `/a`, and the properties `props`.
pub(crate) fn with_props(props: &str) -> String {
    multistatus(&response("HTTP/1.1 200 OK", props))
}
