//! Shows what the parser sees in bodies of WebDAV servers.
//!
//! `cargo run --example inspect` reads a listing that Apache sent; with names of files, or `-` for standard input, it
//! reads those. Exit code 0 when every body was complete, 1 when not, 2 for wrong usage. With `--url` it tells how each
//! href relates to that; with `--method` too it judges what the answer means: 0 for success, 1 for failure and for a body
//! that was not complete, 3 when only a part was done, 4 when that is not proven.

use std::{
    fs,
    io::{self, Read, Write},
    process::ExitCode,
};

use clap::Parser;
use multistatus::{Options, href::RequestUrl, meaning::Verdict};
use url::Url;

mod input;
mod meaning;
mod report;
mod table;
mod values;

use input::{Chunks, Input};
use meaning::Asked;
use report::Report;
use table::How;

/// Shows what the parser sees in bodies of WebDAV servers.
#[derive(Parser)]
struct Arguments {
    /// Bodies to read, `-` for standard input. Without any, a listing that Apache sent.
    files: Vec<String>,
    /// Refuse what is forgiven by default.
    #[arg(long)]
    strict: bool,
    /// After a fault of the XML, go on with the next response. The body stays incomplete.
    #[arg(long)]
    salvage: bool,
    /// Every property with its value, below the table.
    #[arg(long, conflicts_with = "json")]
    values: bool,
    /// The method of the request. With it, the report says whether the request succeeded.
    #[arg(long, requires = "url", conflicts_with = "json")]
    method: Option<String>,
    /// The URL that was asked for, redirects followed. With it, the report says how each href relates to it.
    #[arg(long, conflicts_with = "json")]
    url: Option<Url>,
    /// Compare hrefs that name another host by their paths.
    #[arg(long, requires = "url")]
    by_path: bool,
    /// Look for hrefs below this path, too, which a proxy cuts off.
    #[arg(long, value_name = "PATH", requires = "url")]
    mount: Option<String>,
    /// Decode hrefs twice, too.
    #[arg(long, requires = "url")]
    decode_twice: bool,
    /// Where a COPY or MOVE was to go.
    #[arg(long, requires = "method")]
    destination: Option<Url>,
    /// A property that a PROPPATCH was to set or remove, such as `displayname` or `{urn:x}name`, for each of them: without
    /// a word on it success is not proven.
    #[arg(long = "property", value_name = "NAME", requires = "method")]
    properties: Vec<String>,
    /// The status of HTTP.
    #[arg(long, value_name = "CODE", default_value_t = 207)]
    http_status: u16,
    /// One JSON object per body and line.
    #[arg(long)]
    json: bool,
    /// Who reads: the result is the same. `tokio` and `stream` need the features `tokio` and `futures`.
    #[arg(long, value_enum, default_value_t = Input::Slice)]
    input: Input,
    /// Bytes that come at a time, unless the input is `slice`.
    #[arg(long, value_name = "N", default_value_t = 8192)]
    chunk: usize,
    /// The encoding that the Content-Type header names. Others than UTF-8 need `--features encoding`.
    #[arg(long)]
    charset: Option<String>,
}

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/apache/listing.xml");

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    if arguments.files.is_empty() {
        arguments.files.push(SAMPLE.to_owned());
    }
    match show_all(&arguments) {
        Ok(code) => ExitCode::from(code),
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(1),
        Err(error) => {
            eprintln!("inspect: {error}");
            ExitCode::from(1)
        }
    }
}

impl Arguments {
    fn with_repairs(&self, url: &Url) -> RequestUrl {
        let url = RequestUrl::new(url.clone());
        let url = if self.by_path { url.by_path() } else { url };
        let url = if self.decode_twice { url.decode_twice() } else { url };
        match &self.mount {
            Some(prefix) => url.mount(prefix),
            None => url,
        }
    }
}

/// The exit code: that of the worst body.
fn show_all(arguments: &Arguments) -> io::Result<u8> {
    let charset = arguments.charset.as_deref();
    let options = if arguments.strict { Options::strict() } else { Options::new() };
    let options = if arguments.salvage { options.salvage() } else { options };
    let options = charset.map_or(options.clone(), |charset| options.charset(charset));
    let options = input::transcoding(options);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let url = arguments.url.as_ref().map(|url| arguments.with_repairs(url));
    let asked = arguments.method.clone().zip(url.clone()).map(|(method, url)| {
        let destination = arguments.destination.as_ref().map(|url| arguments.with_repairs(url));
        let (http_status, properties) = (arguments.http_status, arguments.properties.clone());
        Asked { method, url, http_status, destination, properties }
    });
    let mut worst = 0;
    for file in &arguments.files {
        let (body, text) = match load(file, charset) {
            Ok(loaded) => loaded,
            Err(error) => {
                out.flush()?;
                eprintln!("inspect: {file}: {error}");
                worst = 1;
                continue;
            }
        };
        let chunks = Chunks::new(&body, arguments.chunk);
        let report = Report::of(file, &body, &text, &options, arguments.input, chunks);
        let mut code = u8::from(!report.complete);
        if arguments.json {
            serde_json::to_writer(&mut out, &report)?;
            writeln!(out)?;
        } else {
            let how = How {
                with_name: arguments.files.len() > 1,
                with_values: arguments.values,
                relations: url.as_ref(),
            };
            table::print(&report, &mut out, body.len(), how)?;
        }
        if let Some(asked) = &asked {
            code = match meaning::print(asked, &body, &report, &options, &mut out)? {
                Some(Verdict::Success) => 0,
                Some(Verdict::Partial) => 3,
                Some(Verdict::Unproven) => 4,
                _ => 1,
            };
        }
        // Failure is worse than a part, and that than doubt.
        let rank = |code| [0, 4, 3, 1].iter().position(|known| *known == code);
        worst = if rank(code) > rank(worst) { code } else { worst };
    }
    out.flush()?;
    Ok(worst)
}

/// A body, and the same in UTF-8, if this build can do that.
#[cfg_attr(not(feature = "encoding"), allow(unused_variables))]
fn load(file: &str, charset: Option<&str>) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut body = Vec::new();
    match file {
        "-" => io::stdin().lock().read_to_end(&mut body)?,
        file => fs::File::open(file)?.read_to_end(&mut body)?,
    };
    #[cfg(feature = "encoding")]
    let text = multistatus::decode(&body, charset)?.into_owned();
    #[cfg(not(feature = "encoding"))]
    let text = body.clone();
    Ok((body, text))
}
