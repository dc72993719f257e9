//! Hrefs as values of properties.

use super::owned::{Namespaces, Own};
use super::{List, Value, ValueError, fault::Fault, unread::Unread};
use crate::{Element, Href, Tolerance, names};

/// Reads the first `href` in the property, or the href of the first `response`. In the answer to a
/// `DAV:expand-property` report, a `response` replaces an `href` (RFC 3253 section 3.8). If there are no elements, the
/// text is read as an href ([`Tolerance::HrefAsText`]).
///
/// `None` when the property is empty, or has `DAV:unauthenticated` instead. The element may be an `href` itself, too.
impl<'a> Value<'a> for Href<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(all(element)?.into_iter().next())
    }

    /// Reads every `href` in the property, in order, by the same rules. Empty hrefs are left out. A `response` without
    /// an href is one of the [errors](List::errors).
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        all(element).map(Some)
    }
}

impl Own for Href<'_> {
    type Owned = Href<'static>;

    fn own(self, _: &mut Namespaces) -> Href<'static> {
        self.into_owned()
    }
}

fn all<'a>(element: Element<'_, 'a>) -> Result<List<Href<'a>>, ValueError> {
    let (mut hrefs, mut unread) = (Vec::new(), Unread::default());
    let mut is_understood = element.is_blank();
    let own = element.frame.own_trimmed(element.node);
    if element.name() == names::HREF && (!own.is_empty() || !element.has_children()) {
        is_understood = true;
        hrefs.push(Href(own));
    }
    for child in element.children() {
        let name = child.name();
        if name == names::HREF {
            hrefs.push(Href(child.frame.own_trimmed(child.node)));
        } else if name == names::RESPONSE {
            match child.hrefs().next() {
                Some(href) => hrefs.push(href),
                None => unread.push(Fault::not(child, "a response with an href")),
            }
        } else {
            is_understood |= name == names::UNAUTHENTICATED;
            continue;
        }
        is_understood = true;
    }
    match element.trimmed_text("an href") {
        _ if is_understood => {}
        Ok(Some(text)) => {
            element.forgive(Tolerance::HrefAsText)?;
            hrefs.push(Href(text));
        }
        _ => return Err(ValueError::new(element, "an href")),
    }
    hrefs.retain(|href| !href.is_empty());
    List::of(hrefs, unread)
}
