use std::ops::ControlFlow;

use super::{Value, ValueError};
use crate::{Element, Name, Props, view::Frame};

impl<'r, 'a> Props<'r, 'a> {
    /// Reads any property as any type. `None` when the property was not returned with success
    /// ([`Response::lookup`](crate::Response::lookup) says why). An empty property is `None` for numbers, dates, tags
    /// and hrefs, `""` for text, and an empty set for sets.
    ///
    /// ```
    /// # let body = br#"<D:multistatus xmlns:D="DAV:" xmlns:oc="http://owncloud.org/ns"><D:response><D:href>/a</D:href>
    /// #   <D:propstat><D:prop><oc:size>7</oc:size></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>
    /// #   </D:response></D:multistatus>"#;
    /// # let response = multistatus::Multistatus::new(body).next().unwrap()?;
    /// use multistatus::{names, value::Quota};
    ///
    /// let props = response.props();
    /// assert_eq!(props.read::<Quota>(names::owncloud::SIZE)?, Some(Quota::Bytes(7)));
    /// assert_eq!(props.read::<String>("{urn:x}note")?, None);
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the property was returned but cannot be read, or was returned several times with different values
    /// ([`ValueErrorKind::Conflicting`](super::ValueErrorKind::Conflicting)). The other properties are not affected.
    pub fn read<'n, V: Value<'a>>(&self, name: impl Into<Name<'n>>) -> Result<Option<V>, ValueError> {
        let Some(sought) = Frame::sought(&name.into()) else { return Ok(None) };
        let (mut first, mut differs) = (None, differs_from_last());
        let conflict = self.find(&sought, |element| {
            if differs(&element) {
                return ControlFlow::Break(element);
            }
            first.get_or_insert(element);
            ControlFlow::Continue(())
        });
        match (first, conflict) {
            (_, Some(element)) => Err(ValueError::conflicting(element)),
            (Some(element), None) => V::read(element),
            (None, None) => Ok(None),
        }
    }
}

/// Returns a function that checks whether an element has another value than the element of the last call. Call the
/// function on all elements with one name: the first for which it returns `true` is in conflict. Each element is
/// compared only with its neighbours, so a large element is looked at only twice.
pub(super) fn differs_from_last<'r, 'a: 'r>() -> impl FnMut(&Element<'r, 'a>) -> bool {
    let mut last = None::<Element<'r, 'a>>;
    move |element| last.replace(*element).is_some_and(|last| !last.is_same_value(element))
}

impl<'a> Element<'_, 'a> {
    /// Reads the element as a `V`, as [`Props::read`] reads a property.
    ///
    /// # Errors
    /// When the element cannot be read as a `V`.
    pub fn read<V: Value<'a>>(self) -> Result<Option<V>, ValueError> {
        V::read(self)
    }
}
