//! The public items of the crate, compared with the list in `tests/public_items.txt`.
//!
//! The list is read from the pages that rustdoc makes: it alone knows what macros expand to, which traits are
//! implemented and which feature an item needs. That takes nightly Rust. To write the list anew:
//!
//! ```sh
//! BLESS=1 cargo test --test public_items -- --include-ignored
//! ```

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use regex::{Captures, Regex};

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/public_items.txt");

/// How many names may be at the root, modules included.
const ROOT: usize = 35;

#[test]
fn the_root_has_few_names() {
    let list = fs::read_to_string(LIST).expect("a readable file");
    let names: BTreeSet<_> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .map(|(path, _)| path)
        .filter(|path| !path.contains("::"))
        .collect();
    println!("public: {} names at the root", names.len());
    assert!((20..=ROOT).contains(&names.len()), "{names:#?}");
}

#[test]
#[ignore = "needs nightly Rust"]
fn the_public_items_are_those_of_the_list() {
    let rustdoc = Command::new("rustup").args(["run", "nightly", "rustc", "--version"]).output();
    let rustdoc = rustdoc.expect("rustup runs");
    assert!(rustdoc.status.success(), "{}", String::from_utf8_lossy(&rustdoc.stderr));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public_items");
    let built = Command::new("rustup")
        .args(["run", "nightly", "cargo", "doc", "--no-deps", "--all-features", "--lib", "--target-dir"])
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("RUSTDOCFLAGS", "--cfg docsrs --cap-lints warn")
        .output()
        .expect("rustup runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let lines = Pages { root: target.join("doc/multistatus") }.lines();

    let old = fs::read_to_string(LIST).unwrap_or_default();
    let (made_by, old) = old.split_once('\n').unwrap_or_default();
    let old: Vec<_> = old.lines().collect();
    println!("public: {} lines of public items", lines.len());
    let version = String::from_utf8_lossy(&rustdoc.stdout);
    let made_now = format!("# Made from the pages of {}", version.trim());
    if std::env::var_os("BLESS").is_some() {
        fs::write(LIST, format!("{made_now}\n{}\n", lines.join("\n"))).expect("a writable file");
        return;
    }
    let gone =
        old.iter().filter(|line| !lines.iter().any(|new| new == *line)).map(|line| format!("- {line}"));
    let new = lines.iter().filter(|line| !old.contains(&line.as_str())).map(|line| format!("+ {line}"));
    let changes: Vec<_> = gone.chain(new).collect();
    assert!(
        changes.is_empty() && lines == old,
        "{}\n\nthe list: {made_by}\nthis run: {made_now}\nIf that is wanted, write the list anew, and say in the \
         change log what breaks: BLESS=1 cargo test --test public_items -- --include-ignored",
        changes.join("\n")
    );
}

/// What rustdoc made.
struct Pages {
    root: PathBuf,
}

impl Pages {
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.modules("", &mut lines);
        // Items in their order at their one place, wherever else they can be found.
        for link in all(r#"<li><a href="([^"]+)">([^<]+)</a></li>"#, &self.page("all.html")) {
            self.item(&link[1], &link[2], &mut lines);
        }
        lines.retain(|line| !line.is_empty());
        assert!(lines.len() > 500, "rustdoc's pages are made otherwise than they were");
        lines
    }

    fn page(&self, name: &str) -> String {
        let page = self.root.join(name);
        let page = fs::read_to_string(&page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
        page.split_once("<main>").expect("rustdoc's pages are made otherwise than they were").1.to_owned()
    }

    /// The modules below the module `path`, which ends in `/`.
    fn modules(&self, path: &str, lines: &mut Vec<String>) {
        for link in all(
            r#"<dt><a class="mod" href="(\w+)/index\.html"(.*?)</dt>"#,
            &self.page(&format!("{path}index.html")),
        ) {
            let mark =
                one(r#"title="Available on ([^"]*)"#, &link[2]).map_or(String::new(), |title| mark(&title));
            let below = format!("{path}{}", &link[1]);
            lines.push(format!("{}: mod{mark}", below.replace('/', "::")));
            self.modules(&format!("{below}/"), lines);
        }
    }

    fn item(&self, page: &str, path: &str, lines: &mut Vec<String>) {
        let page = self.page(page);
        let (declared, page) = page.split_once("</code></pre>").expect("a declaration");
        let declared = declared.split_once(r#"<pre class="rust item-decl"><code>"#).expect("a declaration").1;
        let mut mark =
            page.strip_prefix(r#"<span class="item-info">"#).map_or(String::new(), |_| marks(page));
        for line in text(declared).lines().filter(|line| !line.trim().is_empty()) {
            lines.push(format!("{path}: {}{}", line.trim_end(), std::mem::take(&mut mark)));
        }
        for part in page.split(r#"<h2 id=""#) {
            let name = part.split('"').next().unwrap_or_default();
            let mut found: Vec<Vec<String>> = Vec::new();
            for section in all(
                r#"(?s)<section id="[^"]*" class="([a-z -]+)">(.*?)</section>(<span class="item-info">.*?</span>)?"#,
                part,
            ) {
                let header =
                    one(r#"(?s)<h[34] class="code-header">(.*?)</h[34]>"#, &section[2]).map(|it| text(&it));
                let header = words(&header.unwrap_or_default());
                let mark = marks(&section[0]);
                let is_impl = &section[1] == "impl";
                let is_listed = match name {
                    "implementations" => true,
                    "trait-implementations" | "foreign-impls" => {
                        (is_impl || section[1].starts_with("associatedtype"))
                            && !header.contains(" StructuralPartialEq ")
                    }
                    // Most types have all of them: the list has the opposite, with its condition.
                    "synthetic-implementations" => {
                        let has_a_name =
                            one(r"^impl(<.*>)? !?(Send|Sync|Unpin|UnwindSafe|RefUnwindSafe) for ", &header);
                        has_a_name.is_some() && (header.contains(" !") || header.contains(" where "))
                    }
                    _ => false,
                };
                if !is_listed {
                    continue;
                }
                let indent = if is_impl { "  " } else { "    " };
                let line = format!("{path}: {indent}{header}{mark}");
                match found.last_mut() {
                    Some(block) if !is_impl => block.push(line),
                    _ => found.push(vec![line]),
                }
            }
            // Methods stay in the order of the documentation.
            if name != "implementations" {
                found.sort();
            }
            lines.extend(found.into_iter().flatten());
        }
    }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

fn all<'t>(pattern: &str, text: &'t str) -> Vec<Captures<'t>> {
    regex(pattern).captures_iter(text).collect()
}

fn one(pattern: &str, text: &str) -> Option<String> {
    let captures = regex(pattern).captures(text)?;
    Some(captures.iter().flatten().last()?.as_str().to_owned())
}

/// HTML without its tags.
fn text(html: &str) -> String {
    static TAGS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)<summary.*?</summary>|<[^>]*>"));
    let html =
        html.replace(r#"<div class="code-attribute">"#, "").replace("<div", " <div").replace("</div>", "\n");
    let text = TAGS.replace_all(&html, "");
    [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")]
        .iter()
        .fold(text.into_owned(), |text, (from, to)| text.replace(from, to))
}

/// `text` in one line.
fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace("( ", "(").replace(", )", ")")
}

/// The features that the first note in `html` names.
fn marks(html: &str) -> String {
    one(r#"(?s)<div class="stab portability">Available on (.*?)</div>"#, html)
        .map_or(String::new(), |it| mark(&it))
}

fn mark(note: &str) -> String {
    let note = text(note).replace('`', "");
    let note = note.trim().trim_end_matches(" only.").trim_end_matches(" only");
    // Blanket implementations of the standard library have notes of their own.
    match note.contains("feature") {
        true => format!("  [{}]", note.replace("crate features ", "").replace("crate feature ", "")),
        false => String::new(),
    }
}
