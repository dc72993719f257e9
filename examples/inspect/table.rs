//! A report on a terminal.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};
use multistatus::{
    Href,
    href::{HrefRelation, Origin, RequestUrl},
};

use super::report::{Item, Property, Report, Seen};

/// What to print beside the table.
#[derive(Clone, Copy)]
pub(crate) struct How<'u> {
    pub(crate) with_name: bool,
    pub(crate) with_values: bool,
    /// How each href relates to this URL.
    pub(crate) relations: Option<&'u RequestUrl>,
}

/// Prints what was seen in a body of `size` bytes.
pub(crate) fn print(report: &Report, out: &mut impl Write, size: usize, how: How<'_>) -> io::Result<()> {
    if how.with_name {
        writeln!(out, "{}:", report.file)?;
    }
    match report.root.as_deref() {
        Some("{DAV:}multistatus") => {
            responses(report, out, how.relations)?;
            if how.with_values {
                values(report, out)?;
            }
        }
        Some(root) => writeln!(out, "root {}", printable(root))?,
        None => {}
    }
    for condition in &report.conditions {
        writeln!(out, "  condition {}", printable(condition))?;
    }
    let in_propstats = report.propstats.iter().flatten();
    let in_propstats = in_propstats.flat_map(|stat| stat.props.iter().map(|prop| (code(stat.status), prop)));
    let bare = report.props.iter().flatten().map(|prop| (code(None), prop));
    for (status, prop) in bare.chain(in_propstats) {
        property(prop, &status, out)?;
    }
    if let Some(description) = report.responsedescription.as_ref().or(report.description.as_ref()) {
        writeln!(out, "description: {}", printable(description))?;
    }
    if !report.tolerated.is_empty() {
        let tolerated: Vec<_> = report.tolerated.iter().map(|tolerance| tolerance.as_str()).collect();
        writeln!(out, "tolerated: {}", tolerated.join(", "))?;
    }
    if let Some(fatal) = &report.fatal {
        let (line, column) = fatal.place;
        writeln!(out, "fatal: {} (line {line}, column {column}; {size} bytes in all)", fatal.message)?;
    }
    Ok(())
}

fn responses(report: &Report, out: &mut impl Write, url: Option<&RequestUrl>) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    let heads = ["href", "status", "kind", "size", "modified", "etag"];
    table.set_header(heads.into_iter().chain(url.map(|_| "relation")));
    if let Some(size) = table.column_mut(3) {
        size.set_cell_alignment(CellAlignment::Right);
    }
    let (mut read, mut collections, mut bytes) = (0, 0, 0u64);
    for seen in report.responses.iter().filter_map(Item::response) {
        read += 1;
        collections += u64::from(seen.entry.kind.split(' ').any(|kind| kind == "collection"));
        bytes = bytes.saturating_add(seen.entry.bytes.unwrap_or_default());
        let relation = |url| lines(seen, |href| relation(url, &Href::new(href)));
        table.add_row(row(seen).into_iter().chain(url.map(relation)));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    for item in &report.responses {
        if let Item::Fault { fault } = item {
            let (line, column) = fault.place;
            writeln!(out, "unreadable: {} (line {line}, column {column})", fault.message)?;
        }
    }
    let unreadable = report.responses.len() as u64 - read;
    let counted = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let [responses, collections, bytes] = [(read, "response"), (collections, "collection"), (bytes, "byte")]
        .map(|(count, what)| counted(count, what));
    write!(out, "{responses}, {collections}, {bytes}, {unreadable} unreadable")?;
    if let Some(token) = &report.sync_token {
        write!(out, ", sync-token {}", printable(token))?;
        if !report.is_token_usable {
            write!(out, " (not to be stored)")?;
        }
    }
    writeln!(out, "; {}", if report.complete { "complete" } else { "not complete" })
}

/// Every property of every response, with its status.
fn values(report: &Report, out: &mut impl Write) -> io::Result<()> {
    for seen in report.responses.iter().filter_map(Item::response) {
        writeln!(out, "{}", seen.hrefs.iter().map(|href| printable(href)).collect::<Vec<_>>().join(" "))?;
        said(seen.status, &seen.error, &seen.responsedescription, out)?;
        for stat in &seen.propstats {
            for prop in &stat.props {
                property(prop, &code(stat.status), out)?;
            }
            said(stat.status, &stat.error, &stat.responsedescription, out)?;
        }
    }
    Ok(())
}

/// The conditions that were violated, and words for a user.
fn said(
    status: Option<u16>,
    conditions: &[String],
    description: &Option<String>,
    out: &mut impl Write,
) -> io::Result<()> {
    let lines = conditions
        .iter()
        .map(|name| ("condition", name))
        .chain(description.iter().map(|text| ("description", text)));
    for (what, text) in lines {
        writeln!(out, "  {} {what}: {}", code(status), printable(text))?;
    }
    Ok(())
}

fn property(property: &Property, status: &str, out: &mut impl Write) -> io::Result<()> {
    let name = property.name.strip_prefix("{DAV:}").unwrap_or(&property.name);
    writeln!(out, "  {status} {} {}", printable(name), printable(&property.shown))
}

fn row(seen: &Seen) -> [String; 6] {
    // The response's own status, or those of its propstats.
    let status = match (seen.status, &seen.propstats[..]) {
        (None, stats @ [_, ..]) => stats.iter().map(|stat| code(stat.status)).collect::<Vec<_>>().join(" "),
        (status, _) => code(status),
    };
    let hrefs = lines(seen, printable);
    let entry = &seen.entry;
    let [kind, size, modified, etag] =
        [&entry.kind, &entry.size, &entry.modified, &entry.etag].map(|text| printable(text));
    [hrefs, status, kind, size, modified, etag]
}

/// A line for each href.
fn lines(seen: &Seen, line: impl Fn(&str) -> String) -> String {
    seen.hrefs.iter().map(|href| line(href)).collect::<Vec<_>>().join("\n")
}

/// How an href relates to the URL of the request, and what had to be done to see it.
pub(crate) fn relation(url: &RequestUrl, href: &Href<'_>) -> String {
    let located = match url.locate(href) {
        Ok(located) => located,
        Err(error) => return format!("unusable ({error})"),
    };
    let relation = match located.relation {
        HrefRelation::Same => "same",
        HrefRelation::Child => "child",
        HrefRelation::Descendant => "descendant",
        HrefRelation::Ancestor => "ancestor",
        HrefRelation::Outside => "outside",
        _ => "other origin",
    };
    let repairs = located.repairs;
    let seen_through = [
        (located.origin == Origin::SameHost, "other port"),
        (repairs.by_path, "by path"),
        (repairs.mount, "mount"),
        (repairs.decode_twice, "decoded twice"),
    ];
    let seen_through: Vec<_> = seen_through.iter().filter(|(is_so, _)| *is_so).map(|(_, how)| *how).collect();
    if seen_through.is_empty() {
        return relation.to_owned();
    }
    format!("{relation} ({})", seen_through.join(", "))
}

fn code(status: Option<u16>) -> String {
    status.map_or("-".to_owned(), |code| code.to_string())
}

/// A server's text on a terminal: what is not printable is escaped.
pub(crate) fn printable(text: &str) -> String {
    let escape = |c: char| match c {
        '\'' | '"' | '\\' => vec![c],
        c => c.escape_debug().collect(),
    };
    text.chars().flat_map(escape).collect()
}
