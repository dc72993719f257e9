//! Comments and documentation are in plain English: some words of riddles are in none of them.

use std::{fs, path::Path};

/// Words, and the word that makes one of them harmless when it follows.
const RIDDLES: [(&[&str], &str); 5] =
    [(&["is", "none"], ""), (&["told"], ""), (&["nobody"], ""), (&["behind"], ""), (&["stands"], "for")];

/// A line of prose and its number from 1.
type Line = (usize, String);

/// The comments of a Rust source, documentation among them, line by line. What is in a literal is no comment.
fn comments(source: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut rest, mut number) = (source, 1);
    while let Some(c) = rest.chars().next() {
        let is_raw = rest.strip_prefix('r').is_some_and(|r| r.trim_start_matches('#').starts_with('"'));
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if is_raw {
            let hashes = rest[1..].find('"').unwrap_or(0);
            let end = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
        } else if c == '"' {
            let is_end = |at: &usize| {
                let escapes = rest.as_bytes()[1..*at].iter().rev().take_while(|b| **b == b'\\').count();
                rest.as_bytes()[*at] == b'"' && escapes % 2 == 0
            };
            (1..rest.len()).find(is_end).map_or(rest.len(), |at| at + 1)
        } else if rest.starts_with("'\"'") {
            3
        } else if let Some(escaped) = rest.strip_prefix("'\\") {
            // A quotation mark may be in a character.
            2 + escaped.chars().next().map_or(0, char::len_utf8)
        } else if c.is_alphanumeric() || c == '_' {
            // The `r` at the end of a name begins no raw text.
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (piece, left) = rest.split_at(len);
        if piece.starts_with("//") || piece.starts_with("/*") {
            found.extend((number..).zip(piece.lines().map(str::to_owned)));
        }
        number += piece.matches('\n').count();
        rest = left;
    }
    found
}

/// The riddles in lines of prose, those that a line end cuts among them: their lines and words.
fn riddles(lines: &[Line]) -> Vec<(usize, String)> {
    // What is in backticks is code.
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '`').to_lowercase();
    let mut words = Vec::new();
    for (number, line) in lines {
        words.extend(
            line.split_whitespace().map(|text| (*number, word(text))).filter(|(_, word)| !word.is_empty()),
        );
    }
    let mut found = Vec::new();
    for (at, (number, _)) in words.iter().enumerate() {
        for (riddle, harmless) in RIDDLES {
            let mut here = words[at..].iter().map(|(_, word)| &**word);
            if riddle.iter().all(|word| here.next() == Some(word))
                && (harmless.is_empty() || here.next() != Some(harmless))
            {
                found.push((*number, riddle.join(" ")));
            }
        }
    }
    found
}

/// The riddles of every text below `folder`, with their places.
fn search(folder: &Path, found: &mut Vec<String>, texts: &mut usize) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !["target", "corpus"].contains(&name) && !name.starts_with('.') {
                search(&path, found, texts);
            }
            continue;
        }
        // This file names them.
        let read = || fs::read_to_string(&path).unwrap();
        let lines = match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") if !path.ends_with("tests/prose.rs") => comments(&read()),
            Some("md") => (1..).zip(read().lines().map(str::to_owned)).collect(),
            _ => continue,
        };
        *texts += 1;
        let place = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display();
        found.extend(riddles(&lines).into_iter().map(|(line, words)| format!("{place}:{line}: {words}")));
    }
}

#[test]
fn no_comment_is_a_riddle() {
    let (mut found, mut texts) = (Vec::new(), 0);
    search(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found, &mut texts);
    found.sort();
    assert!(texts > 200, "only {texts} texts");
    assert!(found.is_empty(), "{} riddles\n{}", found.len(), found.join("\n"));
}

#[test]
fn comments_are_told_from_literals() {
    let source = "//! Nobody.\nlet a = \"// told \\\" // told\"; // It stands for one, and it\n// stands.\n\
        let b = (r#\"// told \" \"#, '\"', b'\\'', '\\\"'); /* behind\nis */ // none\nfn f<'a>(for_r: &'a str) {}\n\
        /// There is none.\nlet c = for_r\"told\"; // told_tokens, is `None`";
    let found = riddles(&comments(source));
    let found: Vec<_> = found.iter().map(|(line, words)| (*line, &**words)).collect();
    assert_eq!(found, [(1, "nobody"), (3, "stands"), (4, "behind"), (5, "is none"), (7, "is none")]);
}
