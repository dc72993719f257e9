//! Where a fault is, as a path of elements. Built only when there is one.

use super::{
    grammar::Role,
    index::{Node, children, flag, upwards},
    scope::Texts,
};
use crate::error::quoted;

/// Most bytes of one name in a path.
const NAME: usize = 40;

/// The path of `id` below the root; `number` is that of the response it is in, 0 when that is not known.
#[cold]
pub(crate) fn of_node(nodes: &[Node], texts: &Texts<'_>, id: u32, number: u64) -> String {
    let mut chain: Vec<_> = upwards(nodes, id).collect();
    chain.reverse();
    let mut path = String::new();
    for (at, n) in chain {
        if n.has(flag::IMPLICIT) {
            continue;
        }
        let is_outermost = at == 0;
        let is_counted =
            matches!(n.role, Role::Response | Role::Propstat) || (is_outermost && n.has(flag::FOREIGN));
        let nth = if is_outermost { number } else { nth(nodes, texts, at, n) };
        push(&mut path, &name(n, texts.text));
        if nth > COUNTED && !is_outermost {
            path.push_str(&format!("[>{COUNTED}]"));
        } else if (is_counted && nth > 0) || (nth > 1 && !is_outermost) {
            path.push_str(&format!("[{nth}]"));
        }
    }
    path
}

/// Elements of one parent are counted as long as there are no more than so many: each of them may be at fault.
const COUNTED: u64 = 1000;

/// How many children of its parent up to `at` have its name; more than [`COUNTED`] when that is not known.
fn nth(nodes: &[Node], texts: &Texts<'_>, at: u32, n: &Node) -> u64 {
    let (name, namespace) = (n.local_name(texts.text), n.namespace());
    let is_twin = |twin: &Node| {
        let both_undeclared = twin.namespace().is_undeclared() && namespace.is_undeclared();
        // Mostly it is the same declaration, which need not be compared with itself letter by letter.
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

fn name(n: &Node, text: &str) -> String {
    let name = if n.namespace().is_dav() { n.local_name(text) } else { n.qualified_name(text) };
    quoted(name, NAME)
}

/// `path`, and below it elements that are known by their names only.
#[cold]
pub(crate) fn with_names<'t>(mut path: String, names: impl Iterator<Item = &'t str>) -> String {
    for name in names {
        push(&mut path, &quoted(name, NAME));
    }
    path
}

/// The first `count` elements of a path.
#[cold]
pub(crate) fn outermost(path: &str, count: usize) -> &str {
    let end = path.match_indices('/').map(|(at, _)| at).nth(count.wrapping_sub(1)).unwrap_or(path.len());
    if count == 0 { "" } else { path.get(..end).unwrap_or_default() }
}

/// `rest` below the root called `root`.
#[cold]
pub(crate) fn below(root: &str, rest: &str) -> String {
    let mut path = root.to_owned();
    if !rest.is_empty() {
        push(&mut path, rest);
    }
    path
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}
