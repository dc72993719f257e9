//! The source is a house: a room uses only those below it, no files need each other, and each has one idea.
//!
//! There is an arrow from a file to every other that defines an item which its code uses. A re-export makes no arrow:
//! it is followed to the file that defines. Tests and documentation make none.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use graph::{Arrows, arrows, circles};

#[path = "rooms/graph.rs"]
mod graph;
#[path = "rooms/sources.rs"]
mod sources;

/// The rooms from the bottom up. What is in no folder is at the bottom, but for [`ROOF`].
const ROOMS: [&str; 10] =
    ["", "xml", "parse", "view", "input", "names", "value", "href", "meaning", "the root"];

/// What gives the items out.
const ROOF: [&str; 3] = ["guide.rs", "iter.rs", "lib.rs"];

const MOST_LINES: usize = 450;

fn room(file: &str) -> usize {
    let name = match file.split_once('/') {
        _ if ROOF.contains(&file) => "the root",
        Some((folder, _)) => folder,
        None => "",
    };
    ROOMS.iter().position(|room| *room == name).unwrap_or_else(|| panic!("no room for {file}"))
}

/// The files below `src` by their paths there.
fn files() -> BTreeMap<String, String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    let mut open = vec![src.clone()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

/// The arrows that `is_one` picks, a line each, those with the fewest items first: they are the easiest to cut.
fn lines(arrows: &Arrows, is_one: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found: Vec<_> = arrows.iter().filter(|((from, to), _)| is_one(from, to)).collect();
    found.sort_by_key(|(_, items)| items.len());
    let line = |((from, to), items): (&(String, String), &BTreeSet<String>)| {
        format!("  {from} -> {to}: {}", items.iter().map(|item| &**item).collect::<Vec<_>>().join(", "))
    };
    found.into_iter().map(line).collect()
}

/// One text for each circle of files.
fn circles_of(arrows: &Arrows) -> Vec<String> {
    let show = |circle: BTreeSet<String>| {
        let inside = lines(arrows, |from, to| circle.contains(from) && circle.contains(to));
        format!("{} files need each other:\n{}", circle.len(), inside.join("\n"))
    };
    circles(arrows).into_iter().map(show).collect()
}

/// The arrows that go up.
fn upward(arrows: &Arrows) -> Vec<String> {
    lines(arrows, |from, to| room(from) < room(to))
}

/// Arrows that go up are reported by themselves, and make no circle here: so each circle is in one room.
#[test]
fn no_files_need_each_other() {
    let mut arrows = arrows(&files());
    arrows.retain(|(from, to), _| room(from) >= room(to));
    let found = circles_of(&arrows);
    assert!(found.is_empty(), "{} circles\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_room_uses_only_those_below_it() {
    let files = files();
    let arrows = arrows(&files);
    assert!(arrows.len() > 2 * files.len(), "only {} arrows among {} files", arrows.len(), files.len());
    let found = upward(&arrows);
    assert!(found.is_empty(), "{} arrows go up\n{}", found.len(), found.join("\n"));
}

#[test]
fn each_file_is_short() {
    let lengths = files().into_iter().map(|(file, text)| (text.lines().count(), file));
    let long: Vec<_> = lengths.filter(|(lines, _)| *lines > MOST_LINES).collect();
    assert!(long.is_empty(), "{long:#?}");
}

/// The fields, and those of them that are flags, of each struct in a text, fields of tests left out.
fn structs(text: &str) -> Vec<(String, usize, usize)> {
    let items = syn::parse_file(text).expect("valid Rust").items;
    let of = |item: syn::Item| match item {
        syn::Item::Struct(item) => {
            let is_kept = |field: &&syn::Field| !sources::is_of_tests(&field.attrs);
            let fields: Vec<_> = item.fields.iter().filter(is_kept).collect();
            let is_flag =
                |field: &&&syn::Field| matches!(&field.ty, syn::Type::Path(p) if p.path.is_ident("bool"));
            Some((item.ident.to_string(), fields.len(), fields.iter().filter(is_flag).count()))
        }
        _ => None,
    };
    items.into_iter().filter_map(of).collect()
}

/// States are types: no struct of the machine has many fields, or two flags whose combinations would be states.
#[test]
fn the_machine_has_small_structs_without_combined_flags() {
    let files =
        files().into_iter().filter(|(file, _)| file.starts_with("parse/") || file.starts_with("xml/"));
    let all: Vec<_> = files.flat_map(|(_, text)| structs(&text)).collect();
    assert!(all.len() > 25, "{all:?}");
    let large: Vec<_> = all.iter().filter(|(_, fields, flags)| *fields > 14 || *flags > 1).collect();
    assert!(large.is_empty(), "{large:?}");
    println!(
        "machine: {} structs, the largest is {:?}",
        all.len(),
        all.iter().max_by_key(|(_, fields, _)| fields)
    );
    let planted = "struct A { a: bool, b: u8, c: bool, #[cfg(test)] d: bool }";
    assert_eq!(structs(planted), [("A".to_owned(), 3, 2)]);
}

/// Files that are made up: their paths and texts.
fn made_up(files: &[(&str, &str)]) -> Arrows {
    arrows(&files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

fn shown(arrows: &Arrows) -> Vec<String> {
    lines(arrows, |_, _| true).into_iter().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_planted_circle_is_found() {
    let arrows = made_up(&[
        ("lib.rs", "mod set; mod text; mod error; mod limit;"),
        ("set.rs", "use crate::text::Text; pub struct Set(Text, crate::limit::Limit);"),
        ("text.rs", "pub struct Text; impl Text { fn f() -> super::error::Error { todo!() } }"),
        ("error.rs", "pub struct Error; fn f() { g!(crate::set::Set) }"),
        ("limit.rs", "pub struct Limit;"),
    ]);
    let found = circles_of(&arrows);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0],
        "3 files need each other:\n  error.rs -> set.rs: Set\n  set.rs -> text.rs: Text\n  text.rs -> error.rs: Error"
    );
}

#[test]
fn a_planted_arrow_up_is_found_through_its_exports() {
    let arrows = made_up(&[
        ("lib.rs", "mod parse; mod view; pub use view::Shown as Given;"),
        ("parse/mod.rs", "mod scan; mod text;"),
        ("parse/scan.rs", "use crate::Given; fn f(_: Given) { super::text::trim(1) }"),
        ("parse/text.rs", "pub fn trim(_: u8) {}"),
        ("view/mod.rs", "mod name; pub(crate) use self::name::{self as other, Name as Shown};"),
        ("view/name.rs", "pub struct Name; fn f() { crate::parse::scan::f() }"),
    ]);
    assert_eq!(upward(&arrows), ["  parse/scan.rs -> view/name.rs: Name"]);
    assert_eq!(
        shown(&arrows),
        [
            "parse/scan.rs -> parse/text.rs: trim",
            "parse/scan.rs -> view/name.rs: Name",
            "view/name.rs -> parse/scan.rs: f"
        ]
    );
}

#[test]
fn tests_and_documentation_need_nothing() {
    let arrows = made_up(&[
        ("lib.rs", "mod set; mod text; #[cfg(test)] mod random;"),
        (
            "set.rs",
            "//! See [`crate::text::Text`].
             #[cfg(test)] use crate::text::Text;
             #[cfg(all(test, feature = \"x\"))] mod tests { use crate::text::Text; }
             /// [`crate::text::Text`]
             pub struct Set { #[cfg(doctest)] a: crate::text::Text }
             fn f() { match 1 { #[cfg(test)] 1 => crate::text::f(), _ => {} } }",
        ),
        ("text.rs", "pub struct Text; #[cfg(not(test))] use crate::set::Set;"),
        ("random.rs", "use crate::set::Set;"),
    ]);
    assert_eq!(shown(&arrows), ["text.rs -> set.rs: Set"]);
}

#[test]
fn macros_are_followed() {
    let arrows = made_up(&[
        ("lib.rs", "#[macro_use] mod table; mod names; mod value; mod user;"),
        ("table.rs", "macro_rules! listed { ($name:ident) => { pub struct $name; } }"),
        ("names.rs", "macro_rules! constants { () => { pub const A: u8 = $crate::value::b(); } } constants!();"),
        ("value.rs", "listed! { Limit } macro_rules! own { () => {} } pub(crate) use own;"),
        (
            "user.rs",
            "use crate::value::{self, own as mine}; mine!(); fn f() { assert!(x.b == value::Limit && names::A); }
             use crate::names;",
        ),
    ]);
    assert_eq!(
        shown(&arrows),
        [
            "names.rs -> value.rs: b",
            "user.rs -> names.rs: A",
            "value.rs -> table.rs: listed",
            "user.rs -> value.rs: Limit, own",
        ]
    );
}
