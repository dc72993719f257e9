//! What CalDAV and CardDAV have of their own.

use std::borrow::Cow;

use super::{Element, Name, Value, ValueError};
use crate::{names, view::with_crlf};

/// A calendar object or a vCard: `calendar-data` (RFC 4791 section 9.6), `address-data` (RFC 6352 section 10.4). None
/// when it is empty, which iCloud and Kolab send where there is no data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectData<'a> {
    /// All of it, white space kept, line ends as line feeds unless they were sent as references.
    pub text: Cow<'a, str>,
    /// What it is, when the server says so; otherwise `text/calendar` or `text/vcard`.
    pub content_type: Option<Cow<'a, str>>,
    /// Its version, when the server says so; otherwise 2.0 for a calendar object and 3.0 for a vCard.
    pub version: Option<Cow<'a, str>>,
}

impl<'a> ObjectData<'a> {
    /// The text with every line end as carriage return and line feed, as iCalendar and vCard have them.
    pub fn text_crlf(&self) -> Cow<'a, str> {
        with_crlf(self.text.clone())
    }

    /// The same, which borrows nothing.
    pub fn into_owned(self) -> ObjectData<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        ObjectData {
            text: owned(self.text),
            content_type: self.content_type.map(owned),
            version: self.version.map(owned),
        }
    }
}

impl<'a> Value<'a> for ObjectData<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let text = element.plain_text()?;
        let (content_type, version) = (element.attribute("content-type"), element.attribute("version"));
        Ok((!text.is_empty()).then_some(ObjectData { text, content_type, version }))
    }
}

/// A kind of data that a collection takes: a child of `supported-calendar-data` (RFC 4791 section 5.2.4) or
/// `supported-address-data` (RFC 6352 section 6.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataType<'a> {
    /// Its media type.
    pub content_type: Cow<'a, str>,
    /// Its version.
    pub version: Cow<'a, str>,
}

/// Every kind of data, in order. What an attribute does not say is what the RFC has for that case.
impl<'a> Value<'a> for Vec<DataType<'a>> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        // Many servers send `address-data`, as CalDAV has it, and Xandikos `content-type`.
        const ADDRESS_DATA: [Name<'static>; 3] = [
            names::carddav::ADDRESS_DATA_TYPE,
            names::carddav::ADDRESS_DATA,
            Name::new("urn:ietf:params:xml:ns:carddav", "content-type"),
        ];
        let data_type = |child: Element<'_, 'a>| {
            use names::caldav;
            let (content_type, version) = match child.name() {
                name if name == caldav::CALENDAR_DATA => ("text/calendar", "2.0"),
                name if ADDRESS_DATA.contains(&name) => ("text/vcard", "3.0"),
                _ => return None,
            };
            let or = |name, default| child.attribute(name).unwrap_or(Cow::Borrowed(default));
            Some(DataType { content_type: or("content-type", content_type), version: or("version", version) })
        };
        let types: Vec<_> = element.children().filter_map(data_type).collect();
        if types.is_empty() && !element.is_blank() {
            return Err(ValueError::new(element, "a set of kinds of data"));
        }
        Ok(Some(types))
    }
}

/// The components that a calendar takes, such as `VEVENT` (RFC 4791 section 5.2.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentSet<'a> {
    components: Vec<Cow<'a, str>>,
    has_all: bool,
}

impl ComponentSet<'_> {
    /// Whether `component`, in any letters, is named.
    pub fn contains(&self, component: &str) -> bool {
        self.iter().any(|one| one.eq_ignore_ascii_case(component))
    }

    /// Whether `component` may be stored: it is named, or `allcomp` is, or nothing is, which says as little as a property
    /// that was not returned.
    pub fn accepts(&self, component: &str) -> bool {
        self.has_all || self.components.is_empty() || self.contains(component)
    }

    /// The names, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.components.iter().map(|component| &**component)
    }

    /// Whether none is named.
    pub fn is_empty(&self) -> bool {
        self.components.is_empty()
    }

    /// The same, which borrows nothing.
    pub fn into_owned(self) -> ComponentSet<'static> {
        let owned = |component: Cow<'_, str>| Cow::Owned(component.into_owned());
        ComponentSet { components: self.components.into_iter().map(owned).collect(), has_all: self.has_all }
    }
}

impl<'a> Value<'a> for ComponentSet<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let components = element.children().filter(|child| child.name() == names::caldav::COMP);
        let components: Vec<_> = components.filter_map(|component| component.attribute("name")).collect();
        let has_all = element.child(names::caldav::ALLCOMP).is_some();
        if components.is_empty() && !element.is_blank() && !has_all {
            return Err(ValueError::new(element, "a set of components"));
        }
        Ok(Some(ComponentSet { components, has_all }))
    }
}
