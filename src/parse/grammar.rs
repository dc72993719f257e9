//! What an element is by its name and its place, and whether a response is one (RFC 4918 section 14.24 and what
//! servers make of it).
//!
//! An element has a role only as the child of an element that gives it one: a `status` inside a property is part of
//! a value. To forgive one more fault: a row in `Tolerance`, a line in [`check`], a case in `tests/corpus`.

use std::{borrow::Cow, convert::Infallible};

use super::{
    chars::{self, seen},
    fault::Problem,
    index::{Node, children, flag, node},
    scope::NamespaceId,
    status, text,
};
use crate::{Options, Tolerance, options::Notes};

/// What an element is to the structure of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Not expected where it stands, or below such an element: passed over (RFC 4918 section 17).
    Other,
    /// The root `multistatus`.
    Multistatus,
    /// The root `mkcol-response` or `mkcalendar-response`.
    Properties,
    Response,
    Href,
    Status,
    Propstat,
    Prop,
    Error,
    Description,
    Location,
    SyncToken,
    /// A child of `prop`.
    Property,
    /// Below a property, or a condition and what is in it.
    Value,
}

impl Role {
    /// It makes part of an implicit response when it stands directly under the root.
    pub(crate) fn joins_run(self) -> bool {
        matches!(self, Role::Href | Role::Status | Role::Propstat | Role::Error | Role::Location)
    }
}

/// The role of the element `local` in `namespace`, whose parent has the role `parent`.
#[inline]
pub(crate) fn role(parent: Role, namespace: NamespaceId, local: &[u8]) -> Role {
    match parent {
        Role::Prop => return Role::Property,
        Role::Property | Role::Value | Role::Error if namespace != NamespaceId::DAV => return Role::Value,
        Role::Error if local == b"responsedescription" => return Role::Description,
        // The answer to a DAV:expand-property report, or to a search outside its scope.
        Role::Property | Role::Value | Role::Error => {
            return if local == b"response" { Role::Response } else { Role::Value };
        }
        Role::Href | Role::Status | Role::SyncToken | Role::Other => return Role::Other,
        _ if namespace != NamespaceId::DAV => return Role::Other,
        _ => {}
    }
    match (parent, local) {
        (Role::Multistatus, b"response") => Role::Response,
        (Role::Multistatus, b"sync-token") => Role::SyncToken,
        (Role::Multistatus | Role::Response | Role::Location, b"href") => Role::Href,
        (Role::Multistatus | Role::Response | Role::Propstat, b"status") => Role::Status,
        (Role::Multistatus | Role::Response | Role::Properties, b"propstat") => Role::Propstat,
        (Role::Multistatus | Role::Response, b"location") => Role::Location,
        (Role::Propstat, b"prop") => Role::Prop,
        (
            Role::Multistatus | Role::Response | Role::Propstat | Role::Properties | Role::Description,
            b"error",
        ) => Role::Error,
        (Role::Multistatus | Role::Response | Role::Propstat | Role::Properties, b"responsedescription") => {
            Role::Description
        }
        _ => Role::Other,
    }
}

/// Whether an element that has no role must not be passed over all the same, because what is in it would be lost
/// without a word: by its local name it is part of the structure, but it has no namespace or an undeclared prefix, or
/// in `DAV:` it is spelled in other letters or as a draft of RFC 6578 had it.
#[inline]
pub(crate) fn is_foreign(parent: Role, namespace: NamespaceId, name: &[u8], role: Role) -> bool {
    if role != Role::Other
        || !matches!(namespace, NamespaceId::NONE | NamespaceId::UNDECLARED | NamespaceId::DAV)
    {
        return false;
    }
    let local = name.rsplit(|b| *b == b':').next().unwrap_or_default();
    let structural: &[&[u8]] = match parent {
        Role::Multistatus => &[b"response", b"href", b"status", b"propstat", b"sync-token"],
        Role::Response | Role::Propstat | Role::Properties => &[
            b"response",
            b"href",
            b"status",
            b"propstat",
            b"prop",
            b"error",
            b"responsedescription",
            b"location",
        ],
        _ => return false,
    };
    if namespace != NamespaceId::DAV {
        return structural.contains(&local);
    }
    let in_other_letters = |known: &&[u8]| local != *known && local.eq_ignore_ascii_case(known);
    structural.iter().any(in_other_letters) || (parent == Role::Multistatus && local == b"sync-response")
}

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

/// The text of an element, as XML means it.
#[inline]
pub(crate) fn value<'t>(nodes: &[Node], text: &'t str, id: u32) -> Cow<'t, str> {
    let Some(n) = node(nodes, id) else { return Cow::Borrowed("") };
    text::content(n.content(text), n.flags, n.next != id + 1)
}

/// Whether there is nothing but white space in an element.
fn is_blank(nodes: &[Node], text: &str, id: u32) -> bool {
    let content = node(nodes, id).map_or("", |n| n.content(text));
    match content.as_bytes().first() {
        None => true,
        Some(b'<' | b'&' | b' ' | b'\t' | b'\r' | b'\n') => chars::trim(&value(nodes, text, id)).is_empty(),
        Some(_) => false,
    }
}

/// The status among the children of `parent`, and the first element that is not empty.
#[inline]
pub(crate) fn status_of(nodes: &[Node], text: &str, parent: u32) -> (Judged, Option<u32>) {
    let forgive_all = |_, _| Ok::<(), Infallible>(());
    match judge(nodes, text, parent, forgive_all) {
        Ok(status) => status,
    }
}

/// [`status_of`], telling `forgive` what has to be forgiven and of which element.
fn judge<E>(
    nodes: &[Node],
    text: &str,
    parent: u32,
    mut forgive: impl FnMut(u32, Notes) -> Result<(), E>,
) -> Result<(Judged, Option<u32>), E> {
    let (mut judged, mut first) = (Judged::None, None);
    for (n, (id, _)) in children(nodes, parent).filter(|(_, n)| n.role == Role::Status).enumerate() {
        if n == 1 {
            forgive(id, Tolerance::StatusRepeated.into())?;
        }
        let line = value(nodes, text, id);
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

/// Judges the response `id`, which is complete, and marks its propstats. The error names the node at fault.
pub(crate) fn check(
    nodes: &mut [Node],
    text: &str,
    id: u32,
    options: &Options,
    notes: &mut Notes,
) -> Result<(), (u32, Problem)> {
    let is_implicit = node(nodes, id).is_some_and(|n| n.has(flag::IMPLICIT));
    let own = judge_or_refuse(nodes, text, id, options, notes)?;
    let (mut hrefs, mut propstats, mut statuses) = (0, 0, 0);
    let mut next = id + 1;
    let end = node(nodes, id).map_or(0, |n| n.next);
    while let Some(n) = node(nodes, next).copied().filter(|_| next < end) {
        sound(&n, next)?;
        match n.role {
            Role::Href => {
                hrefs += 1;
                if is_blank(nodes, text, next) {
                    tolerate(Tolerance::HrefEmpty, next, options, notes)?;
                }
            }
            Role::Status => statuses += u32::from(!is_blank(nodes, text, next)),
            Role::Propstat => {
                propstats += 1;
                let marks = propstat(nodes, text, next, own, options, notes)?;
                if let Some(n) = nodes.get_mut(next as usize) {
                    n.flags |= marks;
                }
            }
            Role::Location => {
                for (id, href) in children(nodes, next) {
                    sound(href, id)?;
                }
            }
            _ => {}
        }
        next = n.next;
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

/// Judges a propstat of a response whose own status is `own`: its flags.
pub(crate) fn propstat(
    nodes: &[Node],
    text: &str,
    id: u32,
    own: Judged,
    options: &Options,
    notes: &mut Notes,
) -> Result<u16, (u32, Problem)> {
    let mut props = 0;
    for (child, n) in children(nodes, id) {
        sound(n, child)?;
        props += u32::from(n.role == Role::Prop);
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
    Ok(match judged {
        Judged::None => flag::UNSAID,
        judged if judged.is_success() => flag::VALUES,
        _ => 0,
    })
}

/// [`status_of`], with what is not forgiven refused.
fn judge_or_refuse(
    nodes: &[Node],
    text: &str,
    parent: u32,
    options: &Options,
    notes: &mut Notes,
) -> Result<Judged, (u32, Problem)> {
    let forgive = |id, forgiven| match options.first_refused(forgiven) {
        Some(tolerance) => Err((id, Problem::Refused(tolerance))),
        None => {
            notes.add(forgiven);
            Ok(())
        }
    };
    judge(nodes, text, parent, forgive).map(|(judged, _)| judged)
}

/// A node of the structure in itself.
fn sound(n: &Node, id: u32) -> Result<(), (u32, Problem)> {
    if n.has(flag::FOREIGN) {
        return Err((id, Problem::ForeignName));
    }
    match n.role {
        Role::Href if n.has(seen::FORBIDDEN) => Err((id, Problem::ForbiddenInHref)),
        Role::Status if n.has(seen::FORBIDDEN) => Err((id, Problem::ForbiddenInStatus)),
        _ => Ok(()),
    }
}

fn tolerate(
    tolerance: Tolerance,
    id: u32,
    options: &Options,
    notes: &mut Notes,
) -> Result<(), (u32, Problem)> {
    if options.is_refused(tolerance) {
        return Err((id, Problem::Refused(tolerance)));
    }
    notes.tolerate(tolerance);
    Ok(())
}
