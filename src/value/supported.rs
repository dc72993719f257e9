use std::iter;

use super::element_names::{Collected, Names, is_set_of_names};
use super::{ElementName, ElementNames, Value, ValueError, fault::Fault};
use crate::{Element, Name, Tolerance, names};

/// The names in a set of things that a server supports: reports, live properties, or grammars of queries (RFC 3253
/// section 3.1, RFC 5323 section 3.3).
///
/// Calypso leaves out the `supported-report` around a `report`, Xandikos leaves out the `report` around a name, and
/// Radicale used to write names as text ([`Tolerance::ReportForm`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportedSet<'a>(ElementNames<'a>);

is_set_of_names!(SupportedSet, "supported", errors);

/// The elements that may be around a name.
const AROUND: [Name<'static>; 4] = [names::REPORT, names::PROP, names::NAME, names::GRAMMAR];

impl<'a> Value<'a> for SupportedSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let mut collected = Collected::default();
        for member in element.children() {
            if let Err(fault) = read_member(member, &mut collected) {
                collected.set.unread.push(fault);
            }
        }
        let found = collected.set;
        found.unread.or_nothing(found.is_empty())?;
        if found.is_empty() && !element.is_blank() {
            return Err(ValueError::new(element, "a set of names"));
        }
        Ok(Some(SupportedSet(found)))
    }
}

/// Adds the names in a `supported-report` or a similar element.
fn read_member<'r, 'a>(member: Element<'r, 'a>, found: &mut Collected<'a>) -> Result<(), Fault<'r, 'a>> {
    if member.is_only_text() && !AROUND.contains(&member.name()) {
        return Err(Fault::not(member, "a name"));
    }
    // The form is checked before any name is added, so that no part of a refused member is in the set.
    let is_bare = AROUND.contains(&member.name());
    let is_odd = |child: Element<'_, '_>| !AROUND.contains(&child.name()) || child.is_only_text();
    if (is_bare && !member.is_blank()) || member.children().any(is_odd) {
        member.forgive(Tolerance::ReportForm)?;
    }
    if is_bare {
        add_inside(member, found);
        return Ok(());
    }
    for child in member.children() {
        match AROUND.contains(&child.name()) {
            true => add_inside(child, found),
            false => found.extend(iter::once(child)),
        }
    }
    Ok(())
}

/// Adds the names in a `report` or a similar element.
fn add_inside<'a>(around: Element<'_, 'a>, found: &mut Collected<'a>) {
    if around.has_children() {
        found.extend(around.children());
    } else if !around.is_blank() {
        found.push(ElementName::dav(around.frame.trimmed(around.node)));
    }
}
