//! What is read from generated documents, against a plain walk over the tree that roxmltree makes of them.
//!
//! `cargo test` reads 20,000 documents. More of them, and others:
//!
//! ```sh
//! DIFFERENTIAL=1000000 DIFFERENTIAL_SEED=7 cargo test --release --test differential -- --nocapture
//! ```
//!
//! No difference is allowed outside the list of reasons, [`Reason`]. What roxmltree accepts, the default options read to
//! the end; what it rejects, no strict reading finishes; and where both read it, they find the same.

#[path = "support/generator.rs"]
mod generator;
#[path = "support/walk.rs"]
mod walk;

use std::{collections::BTreeMap, fmt::Write, sync::LazyLock};

use multistatus::{
    Document, Element, Error, ErrorKind, Options, Propstat, Response, Root, Status, Tolerance,
};
use regex::Regex;
use roxmltree::Node;
use walk::{At, Kind, Writer};

/// Why the two need not agree on a document. Each has a predicate that does not ask the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// An instruction without white space after its target, or with the target `xml` in any letters (productions 16
    /// and 17), or with a colon in it (Namespaces in XML section 7): roxmltree lets it pass.
    Instruction,
    /// A name that begins with a colon: roxmltree takes what follows it for the name.
    Colon,
    /// A reference to a surrogate, or to what is beyond Unicode: roxmltree reads U+FFFD.
    Surrogate,
    /// The declaration: roxmltree looks at the names in it and not at the values, and does not mind the encoding.
    Declaration,
    /// `xmlns:p=""`, or `xmlns` twice in one tag: roxmltree lets it pass.
    Binding,
    /// The root is not one that a client meets.
    Root,
    /// In a `mkcol-response` or `mkcalendar-response`, an element that looks like part of the structure but is not:
    /// there are no error items in there.
    OutOfPlace,
}

fn reason(document: &str, tree: &roxmltree::Document<'_>) -> Option<Reason> {
    // Productions 23 to 32, and 80.
    static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
        let equals = r"[ \t\n]*=[ \t\n]*";
        let quoted = |value: &str| format!("{equals}(?:'{value}'|\"{value}\")");
        let (version, name) = (quoted(r"1\.[0-9]+"), r"[A-Za-z][A-Za-z0-9._-]*");
        let encoding = format!("{equals}(?:'(?<one>{name})'|\"(?<two>{name})\")");
        let standalone = quoted("(?:yes|no)");
        let whole = format!(
            "^<\\?xml[ \\t\\n]+version{version}(?:[ \\t\\n]+encoding{encoding})?(?:[ \\t\\n]+standalone{standalone})?[ \\t\\n]*\\?>"
        );
        Regex::new(&whole).expect("a pattern")
    });
    static REFERENCE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("&#(?:x([0-9a-fA-F]+)|([0-9]+));").expect("a pattern"));

    let without_mark = document.trim_start_matches('\u{FEFF}');
    if without_mark.starts_with("<?xml ") {
        let Some(declaration) = DECLARATION.captures(without_mark) else { return Some(Reason::Declaration) };
        let encoding =
            declaration.name("one").or(declaration.name("two")).map_or("utf-8", |name| name.as_str());
        let is_marked = without_mark.len() < document.len();
        let is_utf8 = encoding.eq_ignore_ascii_case("utf-8");
        // As these two say, as long as all is ASCII.
        let is_as_said = ["us-ascii", "iso-8859-1"].contains(&encoding) && document.is_ascii();
        if !is_marked && !is_utf8 && !is_as_said {
            return Some(Reason::Declaration);
        }
    }
    let code = |found: regex::Captures<'_>| match (found.get(1), found.get(2)) {
        (Some(hex), _) => u32::from_str_radix(hex.as_str(), 16),
        (_, decimal) => decimal.map_or("", |decimal| decimal.as_str()).parse(),
    };
    if REFERENCE
        .captures_iter(document)
        .any(|found| code(found).is_ok_and(|code| char::from_u32(code).is_none()))
    {
        return Some(Reason::Surrogate);
    }
    let is_odd_instruction = |node: Node<'_, '_>| {
        node.pi().is_some_and(|pi| {
            let rest =
                document[node.range()].strip_prefix("<?").and_then(|rest| rest.strip_prefix(pi.target));
            let rest = rest.unwrap_or_default();
            let is_odd = !rest.starts_with([' ', '\t', '\n']) && rest != "?>";
            is_odd || pi.target.eq_ignore_ascii_case("xml") || pi.target.contains(':')
        })
    };
    let has_colon = |node: Node<'_, '_>| {
        let tags = &document[node.range()];
        let of_end = || tags.rfind("</").is_some_and(|at| tags[at + 2..].starts_with(':'));
        let of_attributes = || node.attributes().any(|a| document[a.range_qname()].starts_with(':'));
        node.is_element() && (tags.starts_with("<:") || of_end() || of_attributes())
    };
    let is_odd_binding = |node: Node<'_, '_>| {
        let is_empty = node.namespaces().any(|binding| binding.name().is_some() && binding.uri().is_empty());
        let names = || attribute_names(&document[node.range()]);
        let is_default_twice = || names().into_iter().filter(|name| *name == "xmlns").count() > 1;
        node.is_element() && (is_empty || is_default_twice())
    };
    let has = |is_odd: &dyn Fn(Node<'_, '_>) -> bool| tree.root().descendants().any(is_odd);
    match () {
        () if has(&is_odd_instruction) => Some(Reason::Instruction),
        () if has(&has_colon) => Some(Reason::Colon),
        () if has(&is_odd_binding) => Some(Reason::Binding),
        () => None,
    }
}

/// The text before each `=` in the start tag at the beginning of `element`.
fn attribute_names(element: &str) -> Vec<&str> {
    let (mut names, mut rest) = (Vec::new(), element);
    while let Some(at) = rest.find(['=', '>']).filter(|at| rest[*at..].starts_with('=')) {
        let name = rest[..at].trim_end_matches([' ', '\t', '\n']);
        names.push(&name[name.rfind([' ', '\t', '\n']).map_or(0, |blank| blank + 1)..]);
        let Some(quote) = rest[at..].find(['"', '\'']).map(|quote| at + quote) else { break };
        let value = &rest[quote + 1..];
        rest = value.find(&rest[quote..=quote]).map_or("", |end| &value[end + 1..]);
    }
    names
}

/// What is read from a document, in lines; or the fatal error.
fn ours(document: &[u8], options: &Options) -> Result<(String, Vec<Tolerance>), Error> {
    let mut out = String::new();
    match Document::with_options(document, options)? {
        Document::Multistatus(mut responses) => {
            loop {
                match responses.next_response() {
                    Ok(Some(response)) => write_response(&mut out, &response),
                    Ok(None) => break,
                    Err(error) if error.is_fatal() => return Err(error),
                    Err(_) => out.push_str("error item\n"),
                }
            }
            let trailer = responses.finish()?;
            let (faults, token, description) =
                (trailer.faults(), trailer.sync_token(), trailer.description());
            writeln!(out, "faults {faults} token {token:?} description {description:?}").expect("a string");
            Ok((out, trailer.tolerated().collect()))
        }
        other => {
            let root = other.root().expect("it is not a multistatus");
            write_root(&mut out, root);
            Ok((out, root.tolerated().collect()))
        }
    }
}

fn said(status: Option<Status<'_>>) -> Option<(Option<u16>, String)> {
    status.map(|status| (status.as_u16(), status.raw().to_owned()))
}

fn write_response(out: &mut String, response: &Response<'_>) {
    let place = response.offset();
    let hrefs: Vec<_> = response.hrefs().map(String::from).collect();
    let (own, description) = (said(response.status()), response.description());
    let location = response.location().map(String::from);
    writeln!(out, "response @{place} {hrefs:?} {own:?} {description:?} {location:?}").expect("a string");
    write_conditions(out, response.conditions());
    for propstat in response.propstats() {
        write_propstat(out, &propstat);
        for property in propstat.elements() {
            write_element(out, property, 1);
        }
    }
    let values: String = response.props().iter().map(|property| format!("{} ", property.name())).collect();
    writeln!(out, "values {values}").expect("a string");
}

fn write_propstat(out: &mut String, propstat: &Propstat<'_, '_>) {
    let (own, effective) = (said(propstat.status()), said(propstat.effective_status()));
    writeln!(out, "propstat {own:?} {effective:?} {:?}", propstat.description()).expect("a string");
    write_conditions(out, propstat.conditions());
}

fn write_conditions<'r, 'a: 'r>(out: &mut String, conditions: impl Iterator<Item = Element<'r, 'a>>) {
    for condition in conditions {
        out.push_str("condition\n");
        write_element(out, condition, 1);
    }
}

fn write_root(out: &mut String, root: &Root<'_>) {
    write_element(out, root.element(), 0);
    writeln!(out, "description {:?}", root.description()).expect("a string");
    if root.name().local() == "error" {
        for condition in root.conditions() {
            writeln!(out, "condition {}", condition.name()).expect("a string");
        }
    } else {
        write_conditions(out, root.conditions());
    }
    for propstat in root.propstats() {
        write_propstat(out, &propstat);
    }
}

fn write_element(out: &mut String, element: Element<'_, '_>, depth: usize) {
    let (place, name, text, lang) = (element.offset(), element.name(), element.text(), element.lang());
    let attributes: Vec<_> = element.attributes().map(|a| (a.name.to_string(), a.value)).collect();
    let mut namespaces: Vec<_> = element.namespaces().filter(|(prefix, _)| *prefix != "xml").collect();
    namespaces.sort_unstable();
    let name = name.to_string();
    writeln!(out, "{:depth$}@{place} {name} {text:?} {lang:?} {attributes:?} {namespaces:?}", "")
        .expect("a string");
    for response in element.responses() {
        match response {
            Ok(response) => write_response(out, &response),
            Err(_) => out.push_str("error inside\n"),
        }
    }
    for child in element.children() {
        write_element(out, child, depth + 1);
    }
}

/// The document with line feeds for line ends (XML 1.0 section 2.11: before anything else is looked at), and for each
/// byte where it was.
fn normalised(document: &str) -> (String, Vec<usize>) {
    let (mut text, mut places) = (String::with_capacity(document.len()), Vec::new());
    for (at, c) in document.char_indices() {
        let c = match c {
            '\r' if document[at + 1..].starts_with('\n') => continue,
            '\r' => '\n',
            c => c,
        };
        text.push(c);
        places.resize(text.len(), at);
    }
    (text, places)
}

/// Whether a child of the root or of a propstat in it is out of place.
fn is_out_of_place(root: At<'_>) -> bool {
    let is_odd = |parent: At<'_>| parent.children().any(|child| walk::is_out_of_place(parent.kind, child));
    is_odd(root) || root.all(Kind::Propstat).any(is_odd)
}

#[derive(Debug, Default)]
struct Counts {
    well_formed: u64,
    trees: u64,
    responses: u64,
    bytes: u64,
    passed: BTreeMap<Reason, u64>,
}

/// Faults of the XML that are forgiven.
fn is_of_xml(tolerance: &Tolerance) -> bool {
    tolerance.is_fatal()
}

/// What differs, if anything does.
fn compare(document: &[u8], counts: &mut Counts) -> Result<(), String> {
    counts.bytes += document.len() as u64;
    let lenient = ours(document, &Options::new());
    let strict = ours(document, &Options::strict());
    let sent = std::str::from_utf8(document);
    let (text, places) = sent.map(normalised).unwrap_or_default();
    let tree = match sent {
        Ok(_) => roxmltree::Document::parse(&text).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let tree = match tree {
        Ok(tree) => tree,
        Err(error) => {
            if strict.is_ok() {
                return Err(format!("strict is Ok, roxmltree says {error}"));
            }
            return match lenient {
                Ok((_, tolerated)) if !tolerated.iter().any(is_of_xml) => {
                    Err(format!("lenient is Ok without a tolerance of XML, roxmltree says {error}"))
                }
                _ => Ok(()),
            };
        }
    };
    counts.well_formed += 1;
    let root = At::root(&tree);
    if let Some(reason) = reason(&text, &tree) {
        *counts.passed.entry(reason).or_default() += 1;
        return Ok(());
    }
    let (lines, _) = match (lenient, root.kind) {
        (Ok(lenient), _) => lenient,
        (Err(error), Kind::Unknown) if matches!(error.kind(), ErrorKind::NotDav { .. }) => {
            *counts.passed.entry(Reason::Root).or_default() += 1;
            return Ok(());
        }
        (Err(error), Kind::Properties)
            if is_out_of_place(root)
                && matches!(error.kind(), ErrorKind::Misplaced | ErrorKind::ForeignName) =>
        {
            *counts.passed.entry(Reason::OutOfPlace).or_default() += 1;
            return Ok(());
        }
        (Err(error), _) => return Err(format!("roxmltree accepts, lenient says {error}")),
    };
    let mut writer = Writer { out: String::new(), places: &places };
    match root.kind {
        Kind::Multistatus => writer.items(root),
        _ => writer.root(root),
    }
    counts.trees += 1;
    counts.responses += lines.matches("response @").count() as u64;
    if lines == writer.out {
        return Ok(());
    }
    let differs = lines.lines().zip(writer.out.lines()).find(|(one, two)| one != two);
    Err(match differs {
        Some((one, two)) => format!("ours   {one}\ntheirs {two}"),
        None => format!("ours:\n{lines}\ntheirs:\n{}", writer.out),
    })
}

/// A generator of numbers; the same every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn choices(&mut self) -> Vec<u8> {
        let most = if self.next() % 8 == 0 { 3000 } else { 500 };
        let length = self.next() % most;
        (0..length).map(|_| (self.next() >> 56) as u8).collect()
    }
}

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().expect("a number"))
}

#[test]
fn generated_documents_are_read_as_roxmltree_reads_them() {
    let documents = from_environment("DIFFERENTIAL", 20_000);
    let mut random = Random(from_environment("DIFFERENTIAL_SEED", 1) * 2 + 1);
    let (mut counts, mut differences) = (Counts::default(), Vec::new());
    for _ in 0..documents {
        let document = generator::document(&random.choices());
        if let Err(difference) = compare(&document, &mut counts) {
            differences.push((document, difference));
        }
    }
    let Counts { well_formed, trees, responses, bytes, passed } = counts;
    println!(
        "differential: {documents} documents, {bytes} bytes, {well_formed} well-formed, {trees} trees with {responses} \
         responses compared, passed over {passed:?}, {} differences",
        differences.len()
    );
    differences.sort_by_key(|(document, _)| document.len());
    for (document, difference) in differences.iter().take(12) {
        println!("{}\n  {difference}\n", String::from_utf8_lossy(document).escape_debug());
    }
    assert!(differences.is_empty(), "{} differences", differences.len());
    assert!(trees > documents / 2 && well_formed < documents * 19 / 20, "too one-sided to show anything");
}
