//! What the tests share.
#![allow(dead_code, reason = "every test file uses a part of it")]

#[path = "../../examples/inspect/input.rs"]
pub(crate) mod input;
#[path = "../../examples/inspect/report.rs"]
mod report;
#[path = "../../examples/inspect/values.rs"]
mod values;

use std::{
    fs,
    path::{Path, PathBuf},
};

use input::{Chunks, Input, Visitor};
use multistatus::{Document, Error, Options, Response, Trailer};
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

/// The folder with bodies of other collections, for the tests that are ignored without it.
pub(crate) fn collections() -> PathBuf {
    std::env::var_os("MULTISTATUS_CORPUS").expect("MULTISTATUS_CORPUS names the folder").into()
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

/// The collection that was asked for, in tests of what an answer means.
#[cfg(feature = "url")]
pub(crate) fn request(path: &str) -> multistatus::href::RequestUrl {
    let url = url::Url::parse("https://dav.example").and_then(|base| base.join(path));
    multistatus::href::RequestUrl::new(url.expect("a URL"))
}

/// A response for `href`.
pub(crate) fn resource(href: &str, inside: &str) -> String {
    format!("<D:response><D:href>{href}</D:href>{inside}</D:response>")
}

/// A status with any reason.
pub(crate) fn status(code: u16) -> String {
    format!("<D:status>HTTP/1.1 {code} x</D:status>")
}

/// A response for `href` with a status of its own; 0 for none.
pub(crate) fn own(href: &str, code: u16) -> String {
    resource(href, &if code == 0 { String::new() } else { status(code) })
}

pub(crate) fn propstat(prop: &str, code: u16) -> String {
    format!("<D:propstat><D:prop>{prop}</D:prop>{}</D:propstat>", status(code))
}

/// A response with propstats of one property each, `<D:a/>` under the first code and so on.
pub(crate) fn stats(href: &str, codes: &[u16]) -> String {
    let names = ["<D:a/>", "<D:b/>", "<D:c/>"];
    let stats: String = codes.iter().zip(names).map(|(code, name)| propstat(name, *code)).collect();
    resource(href, &stats)
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

/// What is read, in lines: quicker than a reading, and as complete.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) lines: Vec<String>,
    /// A whole document was there.
    pub(crate) is_complete: bool,
}

impl Lines {
    fn error(&mut self, error: &Error) {
        self.lines.push(format!("{error}, {:?}, fatal: {}", error.kind(), error.is_fatal()));
    }
}

impl Visitor for Lines {
    fn response(&mut self, response: Result<&Response<'_>, &Error>) {
        match response {
            Ok(response) => {
                let tolerated: Vec<_> = response.tolerated().collect();
                self.lines.push(format!("{} {tolerated:?} {}", response.offset(), response.raw()));
            }
            Err(error) => self.error(error),
        }
    }

    fn finished(&mut self, trailer: Result<&Trailer, &Error>) {
        match trailer {
            Ok(trailer) => {
                self.lines.push(format!("{trailer:?}"));
                self.is_complete = true;
            }
            Err(error) => self.error(error),
        }
    }

    fn document(&mut self, document: Result<&Document<'_, ()>, &Error>) {
        match document {
            Ok(document) => {
                let root = document.root().expect("it is not a multistatus");
                let tolerated: Vec<_> = root.tolerated().collect();
                self.lines.push(format!("{tolerated:?} {}", root.element().raw()));
                self.is_complete = true;
            }
            Err(error) => self.error(error),
        }
    }
}

/// The lines of a body, read one way.
pub(crate) fn lines(input: Input, body: &[u8], chunk: usize) -> Lines {
    let mut lines = Lines::default();
    input::read(input, body, Chunks::new(body, chunk), &Options::new(), &mut lines);
    lines
}

/// At least `count` bodies that are complete and end with their root, short ones first; if there are not as many in
/// `tests/corpus`, and `MULTISTATUS_CORPUS` names other collections, of those too.
pub(crate) fn complete_bodies(count: usize) -> Vec<(String, Vec<u8>)> {
    let own = cases().into_iter().map(|case| (case.name, case.body));
    let mut found: Vec<_> = own.filter_map(up_to_root).collect();
    found.sort_by_key(|(_, body)| body.len());
    if let (Some(root), true) = (std::env::var_os("MULTISTATUS_CORPUS"), found.len() < count) {
        let files = ["captures", "corpus/bodies"].map(|folder| bodies(&Path::new(&root).join(folder)));
        let read = |file: PathBuf| (file.display().to_string(), fs::read(&file).expect("a readable file"));
        let mut others: Vec<_> = files.into_iter().flatten().map(read).filter_map(up_to_root).collect();
        others.sort_by_key(|(_, body)| body.len());
        others.truncate(count - found.len());
        found.extend(others);
    }
    found
}

/// A complete body without what may follow its root.
fn up_to_root((name, mut body): (String, Vec<u8>)) -> Option<(String, Vec<u8>)> {
    body.truncate(body.trim_ascii_end().len());
    let ends_with_root = body.ends_with(b">") && !body.ends_with(b"-->") && !body.ends_with(b"?>");
    (ends_with_root && body.len() < 6000 && lines(Input::Slice, &body, 1).is_complete).then_some((name, body))
}
