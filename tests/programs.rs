//! The programs of the documentation are as short as they are meant to be, and as narrow as the page.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// How wide a page of the documentation is, in characters.
const WIDTH: usize = 88;

/// Functions of the guide, in the program after a comment that says so, and how many lines each may have.
const FUNCTIONS: [(&str, &str, usize); 4] = [
    ("src/guide/list_folder.md", "list_folder", 12),
    ("src/guide/object_store.md", "list", 30),
    ("src/guide/object_store.md", "stat", 30),
    ("src/guide/object_store.md", "set", 30),
];

/// The engine, with discovery: the example without its server, its arguments and its state.
const ENGINE: [&str; 2] = ["examples/sync/engine.rs", "examples/sync/discovery.rs"];
const ENGINE_LINES: usize = 200;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A line of a program, with its number in the file.
type Line = (usize, String);

/// The programs of a text in Markdown, hidden lines left out. In Rust, the text is that of the comments.
fn programs(path: &Path) -> Vec<Vec<Line>> {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    let (mut programs, mut program) = (Vec::new(), None::<Vec<Line>>);
    for (number, line) in (1..).zip(read(path).lines()) {
        let line = match is_rust {
            false => line,
            true => {
                let comment = line.trim_start();
                let text = comment.strip_prefix("//!").or_else(|| comment.strip_prefix("///"));
                let Some(text) = text else { continue };
                text.strip_prefix(' ').unwrap_or(text)
            }
        };
        let is_hidden = line.trim_start() == "#" || line.trim_start().starts_with("# ");
        match (line.trim_start().starts_with("```"), &mut program) {
            (true, None) => program = Some(Vec::new()),
            (true, Some(_)) => programs.extend(program.take()),
            (false, Some(lines)) if !is_hidden => lines.push((number, line.to_owned())),
            (false, _) => {}
        }
    }
    assert!(program.is_none(), "{}: a program does not end", path.display());
    programs
}

/// Files below a folder, with one of these extensions.
fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("a folder") {
        let path = entry.expect("an entry").path();
        let path = path.strip_prefix(root()).expect("it is below").to_owned();
        if root().join(&path).is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|one| extensions.iter().any(|extension| one == *extension)) {
            found.push(path);
        }
    }
    found
}

/// Lines that say something to the compiler.
fn count<'l>(lines: impl IntoIterator<Item = &'l str>) -> usize {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    lines.into_iter().filter(is_code).count()
}

#[test]
fn the_programs_of_the_guide_are_short() {
    for (path, name, most) in FUNCTIONS {
        let text = read(path);
        let mark = format!("<!-- counted: {name} -->");
        let (_, after) = text.split_once(&mark).unwrap_or_else(|| panic!("{path} has no mark for {name}"));
        let mut lines = after.lines().skip_while(|line| !line.starts_with(&format!("fn {name}(")));
        let mut function: Vec<_> = lines.by_ref().take_while(|line| *line != "}").collect();
        function.push("}");
        let lines = count(function);
        println!("programs: {name} of {path} has {lines} lines, of at most {most}");
        assert!((2..=most).contains(&lines), "{name} has {lines} lines");
    }
    let marks: usize = files(Path::new("src/guide"), &["md"])
        .iter()
        .map(|path| read(path).matches("<!-- counted:").count())
        .sum();
    assert_eq!(marks, FUNCTIONS.len(), "every mark is counted");
}

#[test]
fn the_engine_is_short() {
    let lines: usize = ENGINE.iter().map(|path| count(read(path).lines())).sum();
    println!("programs: the engine has {lines} lines, of at most {ENGINE_LINES}");
    assert!(lines <= ENGINE_LINES, "the engine has {lines} lines");
}

#[test]
fn programs_fit_the_page() {
    let mut paths = files(Path::new("src"), &["rs", "md"]);
    paths.push(PathBuf::from("README.md"));
    let (mut checked, mut wide) = (0, Vec::new());
    for path in &paths {
        for (number, line) in programs(path).concat() {
            let width = line.chars().count();
            if width > WIDTH {
                wide.push(format!("{}:{number}: {width} characters", path.display()));
            }
            checked += 1;
        }
    }
    println!("programs: {checked} lines of at most {WIDTH} characters");
    assert!(checked > 500, "{checked} lines");
    assert!(wide.is_empty(), "{} lines are wider than {WIDTH}:\n{}", wide.len(), wide.join("\n"));
}

/// Code hosts show hidden lines, and a link into the tree leads nowhere from the page of a registry.
#[test]
fn the_readme_is_the_same_everywhere() {
    let text = read("README.md");
    let mut is_program = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("```") {
            is_program = !is_program;
        }
        let is_hidden = is_program && (line.trim() == "#" || line.trim_start().starts_with("# "));
        assert!(!is_hidden, "line {number} is hidden");
        if !is_program {
            let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            for target in targets {
                assert!(target.starts_with("https://"), "line {number} links to {target}");
            }
        }
    }
}
