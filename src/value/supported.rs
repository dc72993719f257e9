use super::{Element, ElementName, ElementNames, Name, Value, ValueError, element_names::is_set_of_names};
use crate::{Tolerance, names};

/// The names in a set of what a server supports: reports, live properties, grammars of queries (RFC 3253 section 3.1,
/// RFC 5323 section 3.3).
///
/// Xandikos leaves out the `report` around a name, Radicale wrote names as text ([`Tolerance::ReportForm`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportedSet<'a>(ElementNames<'a>);

is_set_of_names!(SupportedSet, "supported");

/// What stands around the names.
const AROUND: [Name<'static>; 4] = [names::REPORT, names::PROP, names::NAME, names::GRAMMAR];

impl<'a> Value<'a> for SupportedSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let mut found = Vec::new();
        let mut is_well_formed = true;
        for child in element.children().flat_map(|supported| supported.children()) {
            if !AROUND.contains(&child.name()) {
                is_well_formed = false;
                found.push(ElementName::of(child));
            } else if child.has_children() {
                found.extend(child.children().map(ElementName::of));
            } else if !child.is_blank() {
                is_well_formed = false;
                found.push(ElementName::dav(child.frame.trimmed(child.node)));
            }
        }
        if found.is_empty() && !element.is_blank() {
            return Err(ValueError::new(element, "a set of names"));
        }
        if !is_well_formed {
            element.forgive(Tolerance::ReportForm)?;
        }
        Ok(Some(SupportedSet(ElementNames::from_names(found))))
    }
}
