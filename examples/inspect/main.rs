//! Shows what the parser sees in bodies of WebDAV servers.
//!
//! `cargo run --example inspect` reads a listing that Apache sent; with names of files, or `-` for standard input, it
//! reads those. Exit code 0 when every body was complete, 1 when not, 2 for wrong usage.

use std::{
    fs,
    io::{self, Read, Write},
    process::ExitCode,
};

use clap::Parser;
use multistatus::Options;

mod report;
mod table;

use report::Report;

/// Shows what the parser sees in bodies of WebDAV servers.
#[derive(Parser)]
struct Arguments {
    /// Bodies to read, `-` for standard input. Without any, a listing that Apache sent.
    files: Vec<String>,
    /// Refuse what is forgiven by default.
    #[arg(long)]
    strict: bool,
    /// One JSON object per body and line.
    #[arg(long)]
    json: bool,
}

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/apache/listing.xml");

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    if arguments.files.is_empty() {
        arguments.files.push(SAMPLE.to_owned());
    }
    match show_all(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(1),
        Err(error) => {
            eprintln!("inspect: {error}");
            ExitCode::from(1)
        }
    }
}

/// Whether every body was complete.
fn show_all(arguments: &Arguments) -> io::Result<bool> {
    let options = if arguments.strict { Options::strict() } else { Options::new() };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut all_complete = true;
    for file in &arguments.files {
        let body = match read(file) {
            Ok(body) => body,
            Err(error) => {
                out.flush()?;
                eprintln!("inspect: {file}: {error}");
                all_complete = false;
                continue;
            }
        };
        let report = Report::of(file, &body, &options);
        all_complete &= report.complete;
        if arguments.json {
            serde_json::to_writer(&mut out, &report)?;
            writeln!(out)?;
        } else {
            table::print(&report, &mut out, body.len(), arguments.files.len() > 1)?;
        }
    }
    out.flush()?;
    Ok(all_complete)
}

fn read(file: &str) -> io::Result<Vec<u8>> {
    if file != "-" {
        return fs::read(file);
    }
    let mut body = Vec::new();
    io::stdin().lock().read_to_end(&mut body)?;
    Ok(body)
}
