//! Bodies of other collections, against an independent reading of each: runs when `MULTISTATUS_CORPUS` names a
//! folder with `corpus/bodies` beside `corpus/expected` and `captures` beside `captures-expected`.

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use multistatus::Options;
use serde_json::Value;
use support::{bodies, collections, reading};

/// Where we read something else than the oracle, and by which rule.
const DIFFERENT: &[(&str, &str)] = &[
    // The oracle passes over what is directly under multistatus.
    ("captures/cyrus-3.6.1/096-MKCALENDAR-mkcalendar-bad-prop", "ImplicitResponse"),
    ("corpus/davical--0846-spec-proppatch-calendar", "ImplicitResponse"),
    ("corpus/sabredav--test-principal-match", "ImplicitResponse"),
    ("corpus/sabredav--test-principal-match-prop", "ImplicitResponse"),
    // The oracle skips document types.
    ("corpus/icaldav-kt--billion-laughs-attack-pattern-is-not-expanded", "Doctype"),
    ("corpus/icaldav-kt--doctype-declaration-does-not-affect-parsing", "Doctype"),
    ("corpus/icaldav-kt--external-entity-reference-in-response-is-treated-as-lite", "Doctype"),
    ("corpus/icaldav-kt--parameter-entity-reference-is-not-expanded", "Doctype"),
    // The oracle gives a response without href an empty list of them.
    ("corpus/icaldav-kt--extract-calendar-home-url-with-c-and-d-prefix", "MissingHref"),
    ("corpus/icaldav-kt--extract-calendar-home-url-with-no-prefix", "MissingHref"),
    ("corpus/metasploit--empty-response", "MissingHref"),
    ("corpus/neon--twooh7-2085", "MissingHref"),
    ("corpus/vdirsyncer--test-xml-utilities", "MissingHref"),
    ("corpus/yandex-disk--get-list-empty", "MissingHref"),
];

/// The roots that are read; of others only the name is given.
const KNOWN: &[&str] = &[
    "{DAV:}multistatus",
    "{DAV:}error",
    "{DAV}error",
    "{DAV:}prop",
    "{DAV:}mkcol-response",
    "{urn:ietf:params:xml:ns:caldav}mkcalendar-response",
    "{urn:ietf:params:xml:ns:carldav:}mkcalendar-response",
    "{urn:ietf:params:xml:ns:caldav}schedule-response",
    "{DAV:}principal-search-property-set",
];

struct Body {
    name: String,
    file: PathBuf,
    /// The oracle's reading; bodies that are not well-formed have none.
    expected: Option<Value>,
}

fn collection(root: &Path, bodies_in: &str, expected_in: &str, name: &str) -> Vec<Body> {
    let folder = root.join(bodies_in);
    let read = |file: PathBuf| {
        let below = file.strip_prefix(&folder).expect("below the folder").to_owned();
        let expected = fs::read(root.join(expected_in).join(&below).with_extension("json")).ok();
        let expected = expected.map(|text| serde_json::from_slice(&text).expect("JSON"));
        let name = Path::new(name).join(below).with_extension("").display().to_string();
        Body { name, file, expected }
    };
    bodies(&folder).into_iter().map(read).collect()
}

/// The oracle does not know what was forgiven, nor of faults and ends.
fn without_ours(reading: &Value) -> Value {
    let mut reading = reading.clone();
    let object = reading.as_object_mut().expect("an object");
    object.remove("complete");
    object.remove("fatal");
    for response in object["responses"].as_array_mut().expect("an array") {
        response.as_object_mut().expect("an object").remove("tolerated");
    }
    reading
}

#[test]
#[ignore = "needs the bodies of other collections in MULTISTATUS_CORPUS"]
fn bodies_read_as_the_oracle_reads_them() {
    let root = collections();
    let mut all = collection(&root, "corpus/bodies", "corpus/expected", "corpus");
    all.extend(collection(&root, "captures", "captures-expected", "captures"));
    let mut different: BTreeMap<&str, &str> = DIFFERENT.iter().copied().collect();
    let (mut equal, mut known, mut unknown, mut broken, mut wrong) = (0, 0, 0, 0, Vec::new());
    for body in &all {
        let bytes = fs::read(&body.file).expect("a readable file");
        let Some(expected) = &body.expected else {
            broken += 1;
            if reading(&bytes, &Options::strict())["complete"] != false {
                wrong.push(format!("{}: not well-formed, yet complete under strict options", body.name));
            }
            continue;
        };
        let got = reading(&bytes, &Options::new());
        let root = expected["root"].as_str().expect("a name");
        if !KNOWN.contains(&root) {
            unknown += 1;
            assert!(
                root.ends_with("}html") || root == "{}multistatus",
                "{}: root {root} is not known",
                body.name
            );
            if got["root"] != root || got["complete"] != false {
                wrong.push(format!("{}: root {}, expected {root}", body.name, got["root"]));
            }
        } else if got["complete"] == true && without_ours(&got) == *expected {
            if root == "{DAV:}multistatus" { equal += 1 } else { known += 1 }
        } else if let Some(rule) = different.remove(&*body.name) {
            assert!(got.to_string().contains(rule), "{} differs, but not by {rule}: {got}", body.name);
        } else {
            wrong.push(format!("{}\n  want {expected}\n  got  {got}", body.name));
        }
    }
    println!(
        "oracle: {} bodies: {equal} multistatus and {known} other known roots equal, {} different by rule, \
         {unknown} unknown roots named, {broken} not well-formed and refused",
        all.len(),
        DIFFERENT.len(),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(different.is_empty(), "no difference any more: {different:?}");
    assert!(equal + DIFFERENT.len() > 800 && DIFFERENT.len() <= 16);
}
