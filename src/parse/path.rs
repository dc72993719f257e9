//! Where a fault is, as a path of elements. Built only when there is one.
//!
//! One response may hold as many faulty values as it has bytes to spell them, each below many elements that have many
//! siblings. So for those the elements are numbered once ([`numbers`]), and of a long path only what is left of it is
//! built ([`of_value`]).

use std::collections::HashMap;

use super::{
    grammar::Role,
    index::{Node, children, flag, node, upwards},
    scope::Texts,
};
use crate::error::{self, quoted};

/// Most bytes of one name in a path.
const NAME: usize = 40;

/// The path of `id` below the root; `number` is that of the response it is in, 0 when that is not known.
#[cold]
pub(crate) fn of_node(nodes: &[Node], texts: &Texts<'_>, id: u32, number: u64) -> String {
    let mut chain: Vec<_> = chain(nodes, id).collect();
    chain.reverse();
    let mut path = String::new();
    for (at, n) in chain {
        let nth = if at == 0 { number } else { nth(nodes, texts, at, n) };
        push(&mut path, &step(at, n, nth, texts.text));
    }
    path
}

/// The path of `id` below an element called `root`, if that is not among `nodes`, which have these [`numbers`]. Of a
/// long one only as much as [`shortened`](error::shortened) leaves of it.
#[cold]
pub(crate) fn of_value(
    nodes: &[Node],
    texts: &Texts<'_>,
    id: u32,
    number: u64,
    root: Option<&str>,
    numbers: &[u16],
) -> String {
    // What is cut between characters may reach a bit further.
    const ENOUGH: usize = error::PATH / 2 + 4;
    let of = |(at, n): &(u32, &Node)| {
        let counted = numbers.get(*at as usize).map_or(0, |nth| u64::from(*nth));
        let nth = if *at == 0 { number } else { counted };
        step(*at, n, if nth == 0 && *at != 0 { COUNTED + 1 } else { nth }, texts.text)
    };
    let chain: Vec<_> = chain(nodes, id).collect();
    let (mut path, mut rest) = (root.unwrap_or_default().to_owned(), &*chain);
    while let Some((outermost, inner)) = rest.split_last().filter(|_| path.len() < ENOUGH) {
        push(&mut path, &of(outermost));
        rest = inner;
    }
    let (mut innermost, mut len) = (Vec::new(), 0);
    while let Some((next, outer)) = rest.split_first().filter(|_| len < ENOUGH) {
        let step = of(next);
        len += step.len();
        innermost.push(step);
        rest = outer;
    }
    innermost.iter().rev().for_each(|step| push(&mut path, step));
    path
}

/// For each of `nodes`, how many children of its parent up to it have its name; 0 when that is not counted.
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

/// The node `id` and those around it that are elements, innermost first.
fn chain(nodes: &[Node], id: u32) -> impl Iterator<Item = (u32, &Node)> {
    upwards(nodes, id).filter(|(_, n)| !n.has(flag::IMPLICIT))
}

/// An element in a path; it is the `nth` with its name.
fn step(at: u32, n: &Node, nth: u64, text: &str) -> String {
    let is_outermost = at == 0;
    let is_counted =
        matches!(n.role, Role::Response | Role::Propstat) || (is_outermost && n.has(flag::FOREIGN));
    let mut step = name(n, text);
    if nth > COUNTED && !is_outermost {
        step.push_str(&format!("[>{COUNTED}]"));
    } else if (is_counted && nth > 0) || (nth > 1 && !is_outermost) {
        step.push_str(&format!("[{nth}]"));
    }
    step
}

/// Elements of one parent are counted as long as there are no more than so many: each of them may be at fault.
const COUNTED: u64 = 1000;

/// How many children of its parent up to `at` have its name; more than [`COUNTED`] when that is not known.
fn nth(nodes: &[Node], texts: &Texts<'_>, at: u32, n: &Node) -> u64 {
    let (name, namespace) = (n.local_name(texts.text), n.namespace());
    let is_twin = |twin: &Node| {
        let both_undeclared = twin.namespace().is_undeclared() && namespace.is_undeclared();
        twin.local_name(texts.text) == name && (both_undeclared || twin.namespace().is_same(namespace, texts))
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
