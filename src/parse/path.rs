//! Where a fault is, as a path of elements. Built only when there is one.

use super::{
    grammar::Role,
    index::{Node, children, flag},
    scope::NamespaceId,
};
use crate::error::quoted;

/// Most characters of one name in a path.
const NAME: usize = 40;
/// Most bytes of a path: with the longest message it stays below the 512 an error may have.
const PATH: usize = 200;

/// The path of `id` below the root; `number` is that of the response it is in.
#[cold]
pub(crate) fn of_node(nodes: &[Node], text: &str, id: u32, number: u64) -> String {
    let mut path = String::new();
    let mut parent = None;
    for (at, n) in (0..).zip(nodes).take_while(|(at, _)| *at <= id) {
        // An open element has no end yet: all that follows is inside it.
        if at != id && n.next <= id {
            continue;
        }
        let nth = parent.map_or(number, |parent| nth(nodes, text, parent, at, n));
        parent = Some(at);
        if n.has(flag::IMPLICIT) {
            continue;
        }
        let is_counted =
            matches!(n.role, Role::Response | Role::Propstat) || (at == 0 && n.has(flag::FOREIGN));
        push(&mut path, &name(n, text));
        if is_counted || (nth > 1 && at > 0) {
            path.push_str(&format!("[{nth}]"));
        }
    }
    path
}

/// How many children of `parent` up to `at` have its name.
fn nth(nodes: &[Node], text: &str, parent: u32, at: u32, n: &Node) -> u64 {
    let is_twin = |twin: &Node| twin.namespace == n.namespace && twin.local_name(text) == n.local_name(text);
    1 + children(nodes, parent).take_while(|(id, _)| *id < at).filter(|(_, twin)| is_twin(twin)).count()
        as u64
}

fn name(n: &Node, text: &str) -> String {
    let name = if n.namespace == NamespaceId::DAV { n.local_name(text) } else { n.qualified_name(text) };
    quoted(name, NAME)
}

/// The path of elements that are known by their names only, as sent.
#[cold]
pub(crate) fn of_names<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let mut path = String::new();
    for name in names {
        push(&mut path, &quoted(name.rsplit(':').next().unwrap_or_default(), NAME));
    }
    path
}

/// `rest` below the root called `root`.
#[cold]
pub(crate) fn below(root: &str, rest: &str) -> String {
    let mut path = quoted(root.rsplit(':').next().unwrap_or_default(), NAME);
    if !rest.is_empty() {
        push(&mut path, rest);
    }
    if path.len() <= PATH {
        return path;
    }
    // The outermost elements and the innermost tell most.
    let head = path.char_indices().map(|(i, _)| i).take_while(|i| *i <= PATH / 2).last().unwrap_or_default();
    let tail = path.char_indices().map(|(i, _)| i).find(|i| path.len() - i < PATH / 2).unwrap_or_default();
    format!("{}…{}", path.get(..head).unwrap_or_default(), path.get(tail..).unwrap_or_default())
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}
