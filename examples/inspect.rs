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
use multistatus::{
    Document, Element, Error, Multistatus, Name, Options, Propstat, Response, Root, Tolerance, names,
};
use serde::Serialize;

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
            report.print(&mut out, &body, arguments.files.len() > 1)?;
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

/// Everything that was seen in one body.
#[derive(Serialize)]
struct Report {
    file: String,
    root: Option<String>,
    complete: bool,
    sync_token: Option<String>,
    responsedescription: Option<String>,
    responses: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    props: Option<Vec<Property>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    propstats: Option<Vec<Stat>>,
    fatal: Option<Fault>,
    /// Line and column of the fatal error, and what was forgiven outside the responses.
    #[serde(skip)]
    place: Option<(u64, u64)>,
    #[serde(skip)]
    tolerated: Vec<Tolerance>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Item {
    Response(Seen),
    Fault { fault: Fault },
}

#[derive(Serialize)]
struct Seen {
    hrefs: Vec<String>,
    status: Option<u16>,
    error: Vec<String>,
    responsedescription: Option<String>,
    location: Option<String>,
    propstats: Vec<Stat>,
    tolerated: Vec<&'static str>,
    #[serde(skip)]
    row: [String; 6],
}

#[derive(Serialize)]
struct Stat {
    status: Option<u16>,
    props: Vec<Property>,
    error: Vec<String>,
    responsedescription: Option<String>,
}

#[derive(Serialize)]
struct Property {
    name: String,
    text: String,
    children: Vec<String>,
}

#[derive(Serialize)]
struct Fault {
    kind: &'static str,
    offset: u64,
    path: String,
    message: String,
}

impl Report {
    fn of(file: &str, body: &[u8], options: &Options) -> Self {
        let mut report = Report {
            file: file.to_owned(),
            root: None,
            complete: false,
            sync_token: None,
            responsedescription: None,
            responses: Vec::new(),
            error: None,
            props: None,
            propstats: None,
            fatal: None,
            place: None,
            tolerated: Vec::new(),
        };
        match Document::with_options(body, options) {
            Ok(Document::Multistatus(responses)) => report.multistatus(responses, body),
            Ok(Document::Error(root)) => {
                // SOGo's error in another namespace holds text only.
                report.error = (root.name() == names::ERROR).then(|| element_names(&root.element()));
                report.whole(&root);
            }
            Ok(Document::Prop(root)) => {
                report.props = Some(root.element().children().map(Property::of).collect());
                report.whole(&root);
            }
            Ok(Document::MkcolResponse(root) | Document::MkcalendarResponse(root)) => {
                report.propstats = Some(root.propstats().map(Stat::of).collect());
                report.whole(&root);
            }
            Ok(Document::ScheduleResponse(root) | Document::PrincipalSearchPropertySet(root)) => {
                report.whole(&root)
            }
            Ok(_) => {}
            Err(error) => report.fail(&error, body),
        }
        report
    }

    fn multistatus(&mut self, mut responses: Multistatus<'_>, body: &[u8]) {
        self.root = Some(names::MULTISTATUS.to_string());
        loop {
            match responses.next_response() {
                Ok(Some(response)) => self.responses.push(Item::Response(Seen::of(&response))),
                Ok(None) => break,
                Err(error) if error.is_fatal() => break,
                Err(error) => self.responses.push(Item::Fault { fault: Fault::of(&error) }),
            }
        }
        match responses.finish() {
            Ok(trailer) => {
                self.complete = true;
                self.sync_token = trailer.sync_tokens().next().map(str::to_owned);
                self.responsedescription = trailer.description().map(str::to_owned);
                self.tolerated = trailer.tolerated().collect();
            }
            Err(error) => self.fail(&error, body),
        }
    }

    fn whole(&mut self, root: &Root<'_>) {
        self.root = Some(root.name().to_string());
        self.complete = true;
        self.tolerated = root.tolerated().collect();
    }

    fn fail(&mut self, error: &Error, body: &[u8]) {
        self.root = error.root().map(str::to_owned);
        self.place = Some(error.line_column(body));
        self.fatal = Some(Fault::of(error));
    }

    fn print(&self, out: &mut impl Write, body: &[u8], with_name: bool) -> io::Result<()> {
        if with_name {
            writeln!(out, "{}:", self.file)?;
        }
        if self.root.as_deref() == Some("{DAV:}multistatus") {
            self.print_responses(out)?;
        } else if let Some(root) = &self.root {
            writeln!(out, "root {root}")?;
        }
        for condition in self.error.iter().flatten() {
            writeln!(out, "  condition {condition}")?;
        }
        let in_propstats = self.propstats.iter().flatten().flat_map(|stat| {
            let status = stat.status.map_or("-".to_owned(), |code| code.to_string());
            stat.props.iter().map(move |prop| (prop, status.clone()))
        });
        let bare = self.props.iter().flatten().map(|prop| (prop, "-".to_owned()));
        for (prop, status) in bare.chain(in_propstats) {
            writeln!(out, "  {status} {} {}", prop.name, printable(prop.text.trim()))?;
        }
        if let Some(description) = &self.responsedescription {
            writeln!(out, "description: {}", printable(description))?;
        }
        if !self.tolerated.is_empty() {
            let tolerated: Vec<_> = self.tolerated.iter().map(|t| t.as_str()).collect();
            writeln!(out, "tolerated: {}", tolerated.join(", "))?;
        }
        if let Some(fatal) = &self.fatal {
            let (line, column) = self.place.unwrap_or_default();
            writeln!(
                out,
                "NOT COMPLETE: {} (line {line}, column {column} of {} bytes)",
                fatal.message,
                body.len()
            )?;
        }
        Ok(())
    }

    fn print_responses(&self, out: &mut impl Write) -> io::Result<()> {
        let mut table = comfy_table::Table::new();
        table.load_preset(comfy_table::presets::NOTHING);
        table.set_header(["href", "status", "kind", "size", "modified", "etag"]);
        let (mut faults, mut collections, mut bytes) = (0, 0, 0u64);
        for item in &self.responses {
            match item {
                Item::Response(seen) => {
                    let [_, _, kind, size, ..] = &seen.row;
                    collections += u64::from(kind.split(' ').any(|kind| kind == "collection"));
                    bytes = bytes.saturating_add(size.parse().unwrap_or(0));
                    table.add_row(&seen.row);
                }
                Item::Fault { .. } => faults += 1,
            }
        }
        if let Some(size) = table.column_mut(3) {
            size.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        for item in &self.responses {
            if let Item::Fault { fault } = item {
                writeln!(out, "unreadable: {}", fault.message)?;
            }
        }
        let read = self.responses.len() - faults;
        write!(out, "{read} responses, {collections} collections, {bytes} bytes, {faults} unreadable")?;
        if let Some(token) = &self.sync_token {
            write!(out, ", sync-token {}", printable(token))?;
        }
        writeln!(out, "; {}", if self.complete { "complete" } else { "not complete" })
    }
}

impl Seen {
    fn of(response: &Response<'_>) -> Self {
        Seen {
            hrefs: response.hrefs().map(|href| href.as_str().to_owned()).collect(),
            status: response.status().and_then(|status| status.as_u16()),
            error: conditions(&response.element()),
            responsedescription: response.description().map(Into::into),
            location: response.location().map(|href| href.as_str().to_owned()),
            propstats: response.propstats().map(Stat::of).collect(),
            tolerated: tolerated(response),
            row: row(response),
        }
    }
}

fn tolerated(response: &Response<'_>) -> Vec<&'static str> {
    let repaired = response.repaired().map(|repair| repair.as_str());
    response.tolerated().map(Tolerance::as_str).chain(repaired).collect()
}

/// A line of the table.
fn row(response: &Response<'_>) -> [String; 6] {
    let text = |name: Name<'_>| match response.props().get(name) {
        Some(value) => printable(value.text().trim()),
        None => String::new(),
    };
    let kind = match response.props().get(names::RESOURCETYPE) {
        Some(types) if types.is_empty() => "resource".to_owned(),
        Some(types) => {
            types.children().map(|kind| printable(kind.name().local())).collect::<Vec<_>>().join(" ")
        }
        None => String::new(),
    };
    let status = match response.status() {
        Some(status) => status.as_u16().map_or("unreadable".to_owned(), |code| code.to_string()),
        None => response
            .propstats()
            .map(|stat| {
                stat.status().and_then(|s| s.as_u16()).map_or("-".to_owned(), |code| code.to_string())
            })
            .collect::<Vec<_>>()
            .join(" "),
    };
    [
        response.hrefs().map(|href| printable(href.as_str())).collect::<Vec<_>>().join("\n"),
        status,
        kind,
        text(names::GETCONTENTLENGTH),
        text(names::GETLASTMODIFIED),
        text(names::GETETAG),
    ]
}

impl Stat {
    fn of(stat: Propstat<'_, '_>) -> Self {
        Stat {
            status: stat.status().and_then(|status| status.as_u16()),
            props: stat.elements().map(Property::of).collect(),
            error: conditions(&stat.element()),
            responsedescription: stat.description().map(Into::into),
        }
    }
}

impl Property {
    fn of(element: Element<'_, '_>) -> Self {
        let children = element_names(&element);
        Property { name: element.name().to_string(), text: element.text().into(), children }
    }
}

impl Fault {
    fn of(error: &Error) -> Self {
        let (kind, path) = (error.kind().as_str(), error.path().to_owned());
        Fault { kind, offset: error.offset(), path, message: error.to_string() }
    }
}

/// The names in the first `error` of an element.
fn conditions(element: &Element<'_, '_>) -> Vec<String> {
    element.child(names::ERROR).map(|error| element_names(&error)).unwrap_or_default()
}

fn element_names(element: &Element<'_, '_>) -> Vec<String> {
    element.children().map(|child| child.name().to_string()).collect()
}

/// Text of a server on a terminal: control characters escaped.
fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}
