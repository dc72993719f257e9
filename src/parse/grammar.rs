//! What an element is by its name and its place, and whether a response is one (RFC 4918 section 14.24 and what
//! servers make of it).
//!
//! An element has a role only as the child of an element that gives it one: a `status` inside a property is part of
//! a value. To forgive one more fault: a row in `Tolerance`, a line in [`check`], a body in `tests/options.rs`.

use std::{borrow::Cow, convert::Infallible};

use super::{
    chars::{self, seen},
    fault::Problem,
    index::{Node, children, flag, node},
    scope::{Namespace, Place, Texts},
    status, text,
};
use crate::{
    Options, Repair, Tolerance,
    options::{Notes, Repairs},
};

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

/// The role of the element `local`, in `DAV:` or not, whose parent has the role `parent`.
#[inline]
pub(crate) fn role(parent: Role, is_dav: bool, local: &[u8]) -> Role {
    match parent {
        Role::Prop => return Role::Property,
        Role::Property | Role::Value | Role::Error if !is_dav => return Role::Value,
        Role::Error if local == b"responsedescription" => return Role::Description,
        // The answer to a DAV:expand-property report, or to a search outside its scope.
        Role::Property | Role::Value | Role::Error => {
            return if local == b"response" { Role::Response } else { Role::Value };
        }
        _ if !is_dav => return Role::Other,
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

/// The role and the flags of an element that [`role`] gives none.
pub(crate) fn unexpected(
    parent: Role,
    namespace: Namespace,
    name: &[u8],
    texts: &Texts<'_>,
    repairs: Repairs,
) -> (Role, u16) {
    match (parent, local_name(name)) {
        // Yaws 2.1 writes `<status>` where it has bound `D` to `DAV:`.
        (Role::Propstat, b"status") if namespace.place == Place::None => (Role::Status, flag::UNQUALIFIED),
        (Role::Response, b"prop") if namespace.is_dav() && repairs.has(Repair::PropOutsidePropstat) => {
            (Role::Prop, 0)
        }
        _ => (Role::Other, out_of_place(parent, namespace, name, texts)),
    }
}

/// The role that a child of the root was meant to have that is out of place there, by its local name.
pub(crate) fn meant(name: &[u8]) -> Role {
    match local_name(name).to_ascii_lowercase().as_slice() {
        b"response" => Role::Response,
        b"href" => Role::Href,
        b"status" => Role::Status,
        b"propstat" | b"prop" => Role::Propstat,
        _ => Role::Other,
    }
}

fn local_name(name: &[u8]) -> &[u8] {
    name.rsplit(|b| *b == b':').next().unwrap_or_default()
}

/// The flag of an element that has no role and must not be passed over all the same, because what is in it would be
/// lost without a word; 0 for any other.
///
/// By its local name it is part of the structure. But it does not belong where it is, has no namespace, an
/// undeclared prefix or one that looks like `DAV:`, is spelled in other letters, or as a draft of RFC 6578 had it.
fn out_of_place(parent: Role, namespace: Namespace, name: &[u8], texts: &Texts<'_>) -> u16 {
    let local = local_name(name);
    let structural: &[&[u8]] = match parent {
        Role::Multistatus => &[b"response", b"href", b"status", b"propstat", b"sync-token", b"sync-response"],
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
        Role::Location => &[b"href"],
        _ => return 0,
    };
    if namespace.is_dav() {
        let carries_more = matches!(local, b"multistatus" | b"response" | b"propstat" | b"prop");
        if carries_more && parent != Role::Location {
            return flag::MISPLACED;
        }
        let in_other_letters = |known: &&[u8]| local != *known && local.eq_ignore_ascii_case(known);
        let is_draft = parent == Role::Multistatus && local == b"sync-response";
        let is_foreign = structural.iter().any(in_other_letters) || is_draft;
        return if is_foreign { flag::FOREIGN } else { 0 };
    }
    let looks_like_dav = || {
        let name = namespace.name(texts).trim().trim_end_matches([':', '/']);
        name.eq_ignore_ascii_case("dav")
    };
    let lacks_namespace = matches!(namespace.place, Place::None | Place::Undeclared);
    let is_structural = structural.iter().any(|known| local.eq_ignore_ascii_case(known));
    let is_foreign = is_structural && (lacks_namespace || looks_like_dav());
    if is_foreign { flag::FOREIGN } else { 0 }
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
pub(crate) fn value<'t>(nodes: &[Node], text: &'t str, id: u32, repairs: Repairs) -> Cow<'t, str> {
    let Some(n) = node(nodes, id) else { return Cow::Borrowed("") };
    text::content(n.content(text), n.flags, n.next != id + 1, repairs)
}

/// The text of an href or status. Elements in it are as if they were not there (RFC 4918 section 17).
#[inline]
pub(crate) fn own_value<'t>(nodes: &[Node], text: &'t str, id: u32, repairs: Repairs) -> Cow<'t, str> {
    match node(nodes, id) {
        Some(n) if n.next != id + 1 => Cow::Owned(between_children(nodes, text, id, repairs)),
        _ => value(nodes, text, id, repairs),
    }
}

#[cold]
fn between_children(nodes: &[Node], text: &str, id: u32, repairs: Repairs) -> String {
    let Some(n) = node(nodes, id) else { return String::new() };
    let mut own = String::new();
    let mut add = |from: usize, to: usize| {
        let piece = text.get(from..to).unwrap_or_default();
        own.push_str(&text::content(piece, n.flags, false, repairs));
    };
    let mut at = n.start as usize;
    for (_, child) in children(nodes, id) {
        add(at, child.at() as usize);
        at = child.outer_end(text);
    }
    add(at, n.end as usize);
    own
}

/// Whether there is nothing but white space in an href or status.
fn is_blank(nodes: &[Node], text: &str, id: u32, repairs: Repairs) -> bool {
    let content = node(nodes, id).map_or("", |n| n.content(text));
    match content.as_bytes().first() {
        None => true,
        Some(b'<' | b'&' | b' ' | b'\t' | b'\r' | b'\n') => {
            chars::trim(&own_value(nodes, text, id, repairs)).is_empty()
        }
        Some(_) => false,
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
        sound(n, child)?;
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
                    sound(href, id)?;
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
        sound(n, id)?;
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
        sound(n, child)?;
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
fn sound(n: &Node, id: u32) -> Result<(), AtFault> {
    if n.has(flag::FOREIGN) {
        return Err((id, Problem::ForeignName));
    }
    if n.has(flag::MISPLACED) {
        return Err((id, Problem::Misplaced));
    }
    match n.role {
        Role::Href if n.has(seen::FORBIDDEN) => Err((id, Problem::ForbiddenInHref)),
        Role::Status if n.has(seen::FORBIDDEN) => Err((id, Problem::ForbiddenInStatus)),
        _ => Ok(()),
    }
}

fn tolerate(tolerance: Tolerance, id: u32, options: &Options, notes: &mut Notes) -> Result<(), AtFault> {
    if options.is_refused(tolerance) {
        return Err((id, Problem::Refused(tolerance)));
    }
    notes.tolerate(tolerance);
    Ok(())
}
