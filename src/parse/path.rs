//! Where a fault is, as a path of elements. A path is built only when there is a fault.
//!
//! One response may have thousands of faulty values, each inside many elements with many siblings. So the elements are
//! numbered once for all values ([`numbers`]), and a long path is built only as far as it is shown ([`of_value`]).

use std::{borrow::Cow, collections::HashMap, fmt::Write as _};

use super::{Node, Role, Texts, children, flag, node, upwards};
use crate::error::{self, quoted};
use crate::text::slice;

/// A path shows at most this many bytes of each name.
const NAME: usize = 40;

/// Returns the path of the node `id` below the root. `number` is the number of its response, 0 when not known.
#[cold]
pub(crate) fn of_node(nodes: &[Node], texts: &Texts<'_>, id: u32, number: u64) -> String {
    build(nodes, texts, id, number, None, usize::MAX, |at, n| nth(nodes, texts, at, n))
}

/// Returns the path of the node `id`, which begins with `root` unless the root is among `nodes`. `numbers` are the
/// [`numbers`] of the nodes. A long path has only the parts that [`shortened`](error::shortened) keeps.
#[cold]
pub(crate) fn of_value(
    nodes: &[Node],
    texts: &Texts<'_>,
    id: u32,
    number: u64,
    root: Option<&str>,
    numbers: &[u16],
) -> String {
    // The cut is between two characters, so it may be up to three bytes further.
    const ENOUGH: usize = error::PATH / 2 + 4;
    build(nodes, texts, id, number, root, ENOUGH, |at, _| match numbers.get(at as usize) {
        None | Some(0) => COUNTED + 1,
        Some(nth) => u64::from(*nth),
    })
}

/// Builds a path. A long path gets only its first and last `enough` bytes, and a little more.
fn build(
    nodes: &[Node],
    texts: &Texts<'_>,
    id: u32,
    number: u64,
    root: Option<&str>,
    enough: usize,
    nth: impl Fn(u32, &Node) -> u64,
) -> String {
    // Room for most paths, and for the root before them.
    let mut path = String::with_capacity(96);
    path.push_str(root.unwrap_or_default());
    let push_next = |path: &mut String, (at, n): (u32, &Node)| {
        let is_item = is_item(nodes, at, n);
        push_step(path, is_item, n, if is_item { number } else { nth(at, n) }, texts.text);
    };
    let elements = upwards(nodes, id).filter(|(_, n)| !n.has(flag::IMPLICIT));
    let mut elements = elements.collect::<Vec<_>>().into_iter();
    while path.len() < enough {
        let Some(outermost) = elements.next_back() else { return path };
        push_next(&mut path, outermost);
    }
    let mut len = 0;
    let innermost = elements.take_while(|(_, n)| {
        let is_shown = len < enough;
        // The step takes at least this many bytes.
        len += 1 + n.local_name(texts.text).len().min(NAME);
        is_shown
    });
    let innermost: Vec<_> = innermost.collect();
    innermost.into_iter().rev().for_each(|step| push_next(&mut path, step));
    path
}

/// Returns a number for each node: 1 for the first child of its parent with its name, 2 for the second, and so on.
/// Children after the first [`COUNTED`] + 1 get 0.
#[cold]
pub(crate) fn numbers(nodes: &[Node], texts: &Texts<'_>) -> Box<[u16]> {
    let mut numbers = vec![0; nodes.len()];
    let mut twins = HashMap::new();
    for parent in (0..nodes.len()).filter_map(|parent| u32::try_from(parent).ok()) {
        if node(nodes, parent).is_some_and(|n| n.next == parent + 1) {
            continue;
        }
        twins.clear();
        for (id, n) in children(nodes, parent).take(COUNTED as usize + 1) {
            let (namespace, local) = (n.namespace(), n.local_name(texts.text));
            let nth = twins.entry((namespace.is_undeclared(), namespace.name(texts), local)).or_insert(0);
            *nth += 1;
            if let Some(number) = numbers.get_mut(id as usize) {
                *number = *nth;
            }
        }
    }
    numbers.into()
}

/// Whether an element is shown with the number of its response: it is an item, or it begins a run and is out of place.
fn is_item(nodes: &[Node], at: u32, n: &Node) -> bool {
    at == 0 || (at == 1 && n.has(flag::FOREIGN) && node(nodes, 0).is_some_and(|run| run.has(flag::IMPLICIT)))
}

/// Adds an element to a path. The element is the `nth` with its name.
fn push_step(path: &mut String, is_item: bool, n: &Node, nth: u64, text: &str) {
    let is_counted = matches!(n.role, Role::Response | Role::Propstat) || (is_item && n.has(flag::FOREIGN));
    push(path, &name(n, text));
    // Writing to a String cannot fail.
    let _ = if nth > COUNTED && !is_item {
        write!(path, "[>{COUNTED}]")
    } else if (is_counted && nth > 0) || (nth > 1 && !is_item) {
        write!(path, "[{nth}]")
    } else {
        Ok(())
    };
}

/// At most this many children of one parent are counted, because each of them may be at fault.
const COUNTED: u64 = 1000;

/// Returns how many children of the parent, up to the node `at`, have its name; over [`COUNTED`] if too many to count.
fn nth(nodes: &[Node], texts: &Texts<'_>, at: u32, n: &Node) -> u64 {
    let (name, namespace) = (n.local_name(texts.text), n.namespace());
    let is_twin = |twin: &Node| {
        let both_undeclared = twin.namespace().is_undeclared() && namespace.is_undeclared();
        // Mostly both come from one declaration: then the names need not be compared.
        twin.local_name(texts.text) == name
            && (both_undeclared
                || twin.namespace() == namespace
                || twin.namespace().is_same(namespace, texts))
    };
    let before = children(nodes, n.parent).take_while(|(id, _)| *id < at).take(COUNTED as usize + 1);
    let (count, twins) =
        before.fold((0, 0), |(count, twins), (_, twin)| (count + 1, twins + u64::from(is_twin(twin))));
    if count > COUNTED { count } else { 1 + twins }
}

fn name<'t>(n: &Node, text: &'t str) -> Cow<'t, str> {
    quoted(if n.namespace().is_dav() { n.local_name(text) } else { n.qualified_name(text) }, NAME)
}

/// Returns `path` with elements below it that are known by their names only.
#[cold]
pub(crate) fn with_names<'t>(mut path: String, names: impl Iterator<Item = &'t str>) -> String {
    for name in names {
        push(&mut path, &quoted(name, NAME));
    }
    path
}

/// Returns the first `count` elements of a path.
#[cold]
pub(crate) fn outermost(path: &str, count: usize) -> &str {
    let end = path.match_indices('/').map(|(at, _)| at).nth(count.wrapping_sub(1)).unwrap_or(path.len());
    if count == 0 { "" } else { slice(path, ..end) }
}

/// Returns `path` below the root called `root`.
#[cold]
pub(crate) fn below(root: &str, mut path: String) -> String {
    if !path.is_empty() {
        path.insert(0, '/');
    }
    path.insert_str(0, root);
    path
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}

#[cfg(test)]
mod tests {
    use super::{below, numbers, of_node, of_value};
    use crate::{Multistatus, error::shortened, testing::Random};

    /// Elements that open and close by chance, with long names and short ones.
    fn elements(mut random: Random) -> String {
        const LONG: &str = "x:name-of-more-than-forty-bytes-which-is-cut-somewhere";
        const NAMES: [&str; 6] = ["a", "bb", "D:prop", LONG, "é", "D:response"];
        let (mut out, mut open) = (String::new(), Vec::new());
        for _ in 0..600 {
            if random.below(16) < 9 && open.len() < 200 {
                let name = random.one_of(&NAMES);
                out.push_str(&format!("<{name}>"));
                open.push(name);
            } else if let Some(name) = open.pop() {
                out.push_str(&format!("</{name}>"));
            }
        }
        open.iter().rev().for_each(|name| out.push_str(&format!("</{name}>")));
        out
    }

    #[test]
    fn paths_of_values_are_those_of_other_faults_as_far_as_they_are_shown() {
        let (mut long, mut all) = (0, 0);
        for seed in 1..40 {
            let many = "<a/>".repeat(if seed % 4 == 0 { 1100 } else { 0 });
            let body = format!(
                "<D:multistatus xmlns:D=\"DAV:\" xmlns:x=\"urn:x\"><D:response><D:href>/</D:href><D:propstat><D:prop>\
                 {many}{}</D:prop><D:status>200</D:status></D:propstat></D:response></D:multistatus>",
                elements(Random(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed)))
            );
            let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
            let (nodes, texts) = (&response.frame.nodes, response.frame.texts());
            let numbers = numbers(nodes, &texts);
            for id in (0..nodes.len() as u32).filter(|id| id % 7 == 0 || *id > 1000) {
                let whole = below("multistatus", of_node(nodes, &texts, id, 5));
                long += u32::from(whole.len() > 200);
                all += 1;
                let part = of_value(nodes, &texts, id, 5, Some("multistatus"), &numbers);
                assert_eq!(shortened(part), shortened(whole));
            }
        }
        assert!(long > 200 && all > 2_000, "{long} of {all} are long");
    }
}
