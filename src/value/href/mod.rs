//! Hrefs: as values of properties, and what they say about where a resource is.

#[cfg(feature = "url")]
mod key;
#[cfg(feature = "url")]
mod path;
#[cfg(feature = "url")]
mod relation;
#[cfg(feature = "url")]
mod request;
#[cfg(feature = "url")]
mod resolve;
#[cfg(feature = "url")]
mod segments;

#[cfg(feature = "url")]
pub use self::{
    key::HrefKey,
    relation::Relation,
    request::{Aids, Related, RequestUrl},
    resolve::{HrefError, Origin, Resolved},
    segments::SegmentError,
};
use super::{Element, Value, ValueError};
use crate::{Href, Tolerance, names};

/// The first `href` in the property, or that of a `response` which stands in its place after a `DAV:expand-property`
/// report (RFC 3253 section 3.8). Where there are no elements, text counts as one ([`Tolerance::HrefAsText`]).
///
/// `None` when it is empty, and when it holds a `DAV:unauthenticated` instead. An `href` itself is read, too.
impl<'a> Value<'a> for Href<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let mut hrefs = Vec::<Href<'a>>::read(element)?.unwrap_or_default();
        Ok(if hrefs.is_empty() { None } else { Some(hrefs.swap_remove(0)) })
    }
}

/// Every `href` in the property, in order, as [`Href`] reads the first. Empty ones are left out.
impl<'a> Value<'a> for Vec<Href<'a>> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let mut hrefs = Vec::new();
        let mut is_told = element.is_blank();
        if element.name() == names::HREF && !element.has_children() {
            is_told = true;
            hrefs.push(Href(element.frame.trimmed(element.node)));
        }
        for child in element.children() {
            let name = child.name();
            if name == names::HREF {
                hrefs.push(Href(child.frame.trimmed(child.node)));
            } else if name == names::RESPONSE {
                hrefs.extend(child.hrefs().next());
            } else {
                is_told |= name == names::UNAUTHENTICATED;
                continue;
            }
            is_told = true;
        }
        match element.trimmed_text("an href") {
            _ if is_told => {}
            Ok(Some(text)) => {
                element.forgive(Tolerance::HrefAsText)?;
                hrefs.push(Href(text));
            }
            _ => return Err(ValueError::new(element, "an href")),
        }
        hrefs.retain(|href| !href.is_empty());
        Ok(Some(hrefs))
    }
}
