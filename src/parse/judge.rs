//! Whether a response is one (RFC 4918 section 14.24 and what servers make of it).
//!
//! To forgive one more fault: a row in `Tolerance`, a line in [`check`], a body in `tests/options.rs`.

use std::convert::Infallible;

use super::{
    chars,
    fault::{Problem, tolerate},
    flag,
    node::{Node, children, node},
    node_text::{is_blank, own_value},
    role::Role,
    status,
};
use crate::{
    Options, Repair, Tolerance,
    options::{Notes, Repairs},
};

/// What the status of a response or propstat amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    /// Absent, or an empty element.
    None,
    Code(u16),
    /// Unreadable, or two that differ.
    Bad,
}

impl Judged {
    pub(crate) fn is_success(self) -> bool {
        matches!(self, Judged::Code(200..=299))
    }
}

/// The status among the children of `parent`, and the first element that is not empty.
#[inline]
pub(crate) fn status_of(nodes: &[Node], text: &str, parent: u32, repairs: Repairs) -> (Judged, Option<u32>) {
    let forgive_all = |_, _| Ok::<(), Infallible>(());
    match judge(nodes, text, parent, repairs, forgive_all) {
        Ok(status) => status,
    }
}

/// [`status_of`], telling `forgive` what has to be forgiven and of which element.
fn judge<E>(
    nodes: &[Node],
    text: &str,
    parent: u32,
    repairs: Repairs,
    mut forgive: impl FnMut(u32, Notes) -> Result<(), E>,
) -> Result<(Judged, Option<u32>), E> {
    let (mut judged, mut first) = (Judged::None, None);
    for (n, (id, _)) in children(nodes, parent).filter(|(_, n)| n.role == Role::Status).enumerate() {
        if n == 1 {
            forgive(id, Tolerance::StatusRepeated.into())?;
        }
        let line = own_value(nodes, text, id, repairs);
        let line = match status::plain(&line) {
            Some(line) => line,
            None if chars::trim(&line).is_empty() => {
                forgive(id, Tolerance::StatusEmpty.into())?;
                continue;
            }
            None => status::parse(&line),
        };
        forgive(id, line.forgiven)?;
        let this = line.code.map_or(Judged::Bad, Judged::Code);
        judged = if first.is_none() || judged == this { this } else { Judged::Bad };
        first.get_or_insert(id);
    }
    Ok((judged, first))
}

/// The node at fault, and what is wrong with it.
type AtFault = (u32, Problem);

/// Judges the response `id`, which is complete; `marks` takes the flags of its propstats.
pub(crate) fn check(
    nodes: &[Node],
    text: &str,
    id: u32,
    options: &Options,
    notes: &mut Notes,
    marks: &mut Vec<(u32, u16)>,
) -> Result<(), AtFault> {
    let is_implicit = node(nodes, id).is_some_and(|n| n.has(flag::IMPLICIT));
    let own = judge_or_refuse(nodes, text, id, options, notes)?;
    let (mut hrefs, mut propstats, mut statuses) = (0, 0, 0);
    for (child, n) in children(nodes, id) {
        check_node(n, child)?;
        match n.role {
            Role::Href => {
                hrefs += 1;
                if hrefs > 1 && propstats > 0 {
                    return Err((child, Problem::SecondHref));
                }
                if is_blank(nodes, text, child, options.repairs()) {
                    tolerate(Tolerance::HrefEmpty, child, options, notes)?;
                }
            }
            Role::Status => statuses += u32::from(!is_blank(nodes, text, child, options.repairs())),
            Role::Propstat => {
                propstats += 1;
                marks.push((child, propstat(nodes, text, child, own, options, notes)?));
            }
            // By a repair it is a propstat without status.
            Role::Prop => {
                propstats += 1;
                notes.repair(Repair::PropOutsidePropstat);
                marks.push((child, flag_of(own)));
            }
            Role::Location => {
                for (id, href) in children(nodes, child) {
                    check_node(href, id)?;
                }
            }
            _ => {}
        }
    }
    if is_implicit {
        if statuses > 1 || (hrefs == 0 && propstats == 0) {
            return Err((id + 1, Problem::StrayStatus));
        }
        tolerate(Tolerance::ImplicitResponse, id + 1, options, notes)?;
    } else if hrefs == 0 {
        return Err((id, Problem::MissingHref));
    }
    if propstats > 0 && hrefs > 1 {
        tolerate(Tolerance::HrefsBesidePropstat, id, options, notes)?;
    }
    if propstats > 0 && statuses > 0 {
        tolerate(Tolerance::StatusBesidePropstat, id, options, notes)?;
    }
    if propstats == 0 && statuses == 0 {
        tolerate(Tolerance::HrefOnly, id, options, notes)?;
    }
    Ok(())
}

/// Judges another root than multistatus, which is node 0 and complete: the propstats in it.
pub(crate) fn check_root(
    nodes: &[Node],
    text: &str,
    options: &Options,
    notes: &mut Notes,
) -> Result<(), AtFault> {
    for (id, n) in children(nodes, 0) {
        check_node(n, id)?;
        if n.role == Role::Propstat {
            propstat(nodes, text, id, Judged::None, options, notes)?;
        }
    }
    Ok(())
}

/// Judges a propstat of a response whose own status is `own`: its flags.
fn propstat(
    nodes: &[Node],
    text: &str,
    id: u32,
    own: Judged,
    options: &Options,
    notes: &mut Notes,
) -> Result<u16, AtFault> {
    let (mut props, mut qualified, mut unqualified) = (0, false, None);
    for (child, n) in children(nodes, id) {
        check_node(n, child)?;
        props += u32::from(n.role == Role::Prop);
        match n.role {
            Role::Status if n.has(flag::UNQUALIFIED) => unqualified = unqualified.or(Some(child)),
            Role::Status => qualified = true,
            _ => {}
        }
    }
    if let Some(status) = unqualified {
        if qualified {
            return Err((status, Problem::ForeignName));
        }
        tolerate(Tolerance::StatusWithoutNamespace, status, options, notes)?;
    }
    match props {
        0 => tolerate(Tolerance::PropstatWithoutProp, id, options, notes)?,
        1 => {}
        _ => tolerate(Tolerance::PropRepeated, id, options, notes)?,
    }
    let mut judged = judge_or_refuse(nodes, text, id, options, notes)?;
    if judged == Judged::None {
        tolerate(Tolerance::PropstatWithoutStatus, id, options, notes)?;
        judged = own;
    }
    Ok(flag_of(judged))
}

/// The flag of a propstat that is judged by this status.
fn flag_of(judged: Judged) -> u16 {
    match judged {
        Judged::None => flag::UNSAID,
        judged if judged.is_success() => flag::VALUES,
        _ => 0,
    }
}

/// [`status_of`], with what is not forgiven refused.
fn judge_or_refuse(
    nodes: &[Node],
    text: &str,
    parent: u32,
    options: &Options,
    notes: &mut Notes,
) -> Result<Judged, AtFault> {
    let forgive = |id, forgiven| match options.first_refused(forgiven) {
        Some(tolerance) => Err((id, Problem::Refused(tolerance))),
        None => {
            notes.add(forgiven);
            Ok(())
        }
    };
    judge(nodes, text, parent, options.repairs(), forgive).map(|(judged, _)| judged)
}

/// A node of the structure in itself.
fn check_node(n: &Node, id: u32) -> Result<(), AtFault> {
    if n.has(flag::FOREIGN) {
        return Err((id, Problem::ForeignName));
    }
    if n.has(flag::MISPLACED) {
        return Err((id, Problem::Misplaced));
    }
    match n.role {
        Role::Href if n.has(flag::FORBIDDEN) => Err((id, Problem::ForbiddenInHref)),
        Role::Status if n.has(flag::FORBIDDEN) => Err((id, Problem::ForbiddenInStatus)),
        _ => Ok(()),
    }
}
