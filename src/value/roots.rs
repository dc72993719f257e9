//! Values in documents whose root is not `multistatus`. Read them from [`Root::element`](crate::Root::element).

use std::borrow::Cow;

use super::{ElementName, ElementNames, List, Value, ValueError, fault::Fault, owned::own};
use crate::{Element, Href, names};

/// The result of a scheduling request for one recipient: a `CALDAV:response` of a `schedule-response` (RFC 6638 section
/// 10.2). It is not a response of a multistatus, and its status is not an HTTP status.
///
/// ```
/// use multistatus::{
///     Document,
///     value::{List, RecipientResponse},
/// };
///
/// let body = b"<C:schedule-response xmlns:C='urn:ietf:params:xml:ns:caldav' \
///     xmlns:D='DAV:'><C:response><C:recipient>\
///     <D:href>mailto:ann@example.org</D:href></C:recipient>\
///     <C:request-status>3.7;Invalid</C:request-status></C:response>\
///     </C:schedule-response>";
/// let Document::Other(root) = Document::new(body)? else { panic!("a schedule-response") };
/// let responses = root.element().read::<List<RecipientResponse>>()?.unwrap();
/// assert_eq!(responses[0].recipient, "mailto:ann@example.org");
/// assert_eq!(responses[0].request_status.as_deref(), Some("3.7;Invalid"));
/// assert!(responses.is_complete());
/// # Ok::<(), multistatus::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecipientResponse<'a> {
    /// The recipient, such as `mailto:ann@example.org`.
    pub recipient: Href<'a>,
    /// The iTIP status, such as `2.0;Success` (RFC 5545 section 3.8.8.3).
    pub request_status: Option<Cow<'a, str>>,
    /// The data in the answer, such as the free and busy times.
    pub calendar_data: Option<Cow<'a, str>>,
    /// The names of the conditions that were not met.
    pub conditions: Vec<ElementName<'a>>,
    /// A description for people.
    pub description: Option<Cow<'a, str>>,
}

own! { RecipientResponse { recipient, request_status, calendar_data, conditions, description } }

/// Reads a single `CALDAV:response` element.
impl<'a> Value<'a> for RecipientResponse<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(answer(element)?))
    }

    /// Reads every response, in order. A response without the recipient's href is one of the [errors](List::errors).
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        List::read_members(element, names::caldav::RESPONSE, "a set of answers", answer)
    }
}

fn answer<'r, 'a>(response: Element<'r, 'a>) -> Result<RecipientResponse<'a>, Fault<'r, 'a>> {
    use names::caldav;
    let text = |name| response.child(name).map(|child| child.frame.trimmed(child.node));
    let recipient = response.child(caldav::RECIPIENT).and_then(|recipient| recipient.hrefs().next());
    let conditions = response.child(names::ERROR).map(|error| ElementNames::of(error.children()));
    Ok(RecipientResponse {
        recipient: recipient.ok_or(Fault::not(response, "an answer for a recipient"))?,
        request_status: text(caldav::REQUEST_STATUS),
        calendar_data: response.child(caldav::CALENDAR_DATA).map(|data| data.text()),
        conditions: conditions.unwrap_or_default().into_names(),
        description: text(names::RESPONSEDESCRIPTION),
    })
}

/// A property that principals can be searched by: a `principal-search-property` of a
/// `DAV:principal-search-property-set` (RFC 3744 section 9.5).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrincipalSearchProperty<'a> {
    /// The name of the property.
    pub name: ElementName<'a>,
    /// A description for people.
    pub description: Option<Cow<'a, str>>,
}

own! { PrincipalSearchProperty { name, description } }

/// Reads a single `principal-search-property` element.
impl<'a> Value<'a> for PrincipalSearchProperty<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(search_property(element)?))
    }

    /// Reads every property, in order.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        let expected = "a set of properties to search by";
        List::read_members(element, names::PRINCIPAL_SEARCH_PROPERTY, expected, search_property)
    }
}

fn search_property<'r, 'a>(one: Element<'r, 'a>) -> Result<PrincipalSearchProperty<'a>, Fault<'r, 'a>> {
    let name = one.child(names::PROP).and_then(|prop| prop.children().next());
    let name = name.ok_or(Fault::not(one, "a property to search by"))?;
    let description = one.child(names::DESCRIPTION).map(|text| text.frame.trimmed(text.node));
    Ok(PrincipalSearchProperty { name: ElementName::of(name), description })
}
