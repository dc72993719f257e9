//! Values that only CalDAV and CardDAV have.

use std::borrow::Cow;

use super::{
    List, Value, ValueError, fault::Fault, iter::by_reference, owned::own, text::Texts, unread::Unread,
};
use crate::{Element, Name, names, view::with_crlf, xml};

/// A calendar object or a vCard: `calendar-data` (RFC 4791 section 9.6) or `address-data` (RFC 6352 section 10.4).
/// Empty text or white space reads as `None`: iCloud and Kolab send such text where there is no data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectData<'a> {
    /// The whole text with its white space. Line ends are line feeds, unless they were sent as character references.
    pub text: Cow<'a, str>,
    /// The media type, if the server sends it. Without it, the type is `text/calendar` or `text/vcard`.
    pub content_type: Option<Cow<'a, str>>,
    /// The version, if the server sends it. Without it, a server means 2.0 for a calendar object and 3.0 for a vCard.
    pub version: Option<Cow<'a, str>>,
}

impl<'a> ObjectData<'a> {
    /// Returns the text with a carriage return and a line feed at every line end, as iCalendar and vCard require.
    pub fn text_crlf(&self) -> Cow<'a, str> {
        with_crlf(self.text.clone())
    }
}

own! { ObjectData { text, content_type, version } }

impl<'a> Value<'a> for ObjectData<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let text = element.plain_text()?;
        let (content_type, version) = (element.attribute("content-type"), element.attribute("version"));
        Ok((!xml::trim(&text).is_empty()).then_some(ObjectData { text, content_type, version }))
    }
}

/// A kind of data that a collection accepts: a child of `supported-calendar-data` (RFC 4791 section 5.2.4) or
/// `supported-address-data` (RFC 6352 section 6.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectDataType<'a> {
    /// The media type of the data.
    pub content_type: Cow<'a, str>,
    /// The version of that media type.
    pub version: Cow<'a, str>,
}

own! { ObjectDataType { content_type, version } }

/// Reads a single `calendar-data`, `address-data-type` or a similar element.
impl<'a> Value<'a> for ObjectDataType<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        data_type(element).map(Some).ok_or_else(|| ValueError::new(element, "a kind of data"))
    }

    /// Reads every kind of data, in order. A missing attribute has the default of the RFC.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        let types: Vec<_> = element.children().filter_map(data_type).collect();
        if types.is_empty() && !element.is_blank() {
            return Err(ValueError::new(element, "a set of kinds of data"));
        }
        Ok(Some(List::new(types)))
    }
}

fn data_type<'a>(child: Element<'_, 'a>) -> Option<ObjectDataType<'a>> {
    use names::caldav;
    // Many servers send `address-data`, by analogy with CalDAV. Xandikos sends `content-type`.
    const ADDRESS_DATA: [Name<'static>; 3] = [
        names::carddav::ADDRESS_DATA_TYPE,
        names::carddav::ADDRESS_DATA,
        Name::new("urn:ietf:params:xml:ns:carddav", "content-type"),
    ];
    let (content_type, version) = match child.name() {
        name if name == caldav::CALENDAR_DATA => ("text/calendar", "2.0"),
        name if ADDRESS_DATA.contains(&name) => ("text/vcard", "3.0"),
        _ => return None,
    };
    let or = |name, default| child.attribute(name).unwrap_or(Cow::Borrowed(default));
    Some(ObjectDataType { content_type: or("content-type", content_type), version: or("version", version) })
}

/// The components that a calendar accepts, such as `VEVENT` (RFC 4791 section 5.2.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentSet<'a> {
    components: Vec<Cow<'a, str>>,
    has_all: bool,
    errors: Unread,
}

own! { ComponentSet { components, has_all, errors } }

by_reference! { ComponentSet: Texts<'s, 'a>; }

impl<'a> ComponentSet<'a> {
    #[cfg(feature = "serde")]
    pub(super) fn of(components: Vec<Cow<'a, str>>, has_all: bool) -> Self {
        ComponentSet { components, has_all, errors: Unread::default() }
    }

    #[cfg(feature = "serde")]
    pub(super) fn has_all(&self) -> bool {
        self.has_all
    }

    /// Whether the set names `component`, ignoring case.
    pub fn contains(&self, component: &str) -> bool {
        self.iter().any(|one| one.eq_ignore_ascii_case(component))
    }

    /// Whether `component` may be stored: the set names `component` or has `allcomp`. An empty set accepts everything,
    /// because an empty set says no more than a property that was not returned.
    pub fn accepts(&self, component: &str) -> bool {
        self.has_all || self.components.is_empty() || self.contains(component)
    }

    /// The names of the components, in order.
    pub fn iter(&self) -> Texts<'_, 'a> {
        Texts(self.components.iter())
    }

    /// The number of components that are named.
    pub fn len(&self) -> usize {
        self.components.len()
    }

    /// Whether the set names no component.
    pub fn is_empty(&self) -> bool {
        self.components.is_empty()
    }

    /// The errors of the components that could not be read, in their order. At most the first 100 errors.
    pub fn errors(&self) -> &[ValueError] {
        self.errors.first()
    }
}

/// Reads every component that is named. A `comp` without `name` is one of the [errors](ComponentSet::errors).
impl<'a> Value<'a> for ComponentSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let (mut components, mut errors) = (Vec::new(), Unread::default());
        for component in element.children().filter(|child| child.name() == names::caldav::COMP) {
            match component.attribute("name") {
                Some(name) => components.push(name),
                None => errors.push(Fault::not(component, "a component with a name")),
            }
        }
        let has_all = element.child(names::caldav::ALLCOMP).is_some();
        errors.or_nothing(components.is_empty() && !has_all)?;
        if components.is_empty() && !element.is_blank() && !has_all {
            return Err(ValueError::new(element, "a set of components"));
        }
        Ok(Some(ComponentSet { components, has_all, errors }))
    }
}
