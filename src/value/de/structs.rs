use serde::de::Deserialize;

use super::{
    item::Item,
    source::{Inside, Reading, Source},
};
use crate::{Element, Props, value::ValueError};

impl<'r, 'a> Props<'r, 'a> {
    /// The properties as a struct of your own. What it has no field for is passed over.
    ///
    /// A field is found by the expanded name of the property, whatever prefixes were used: a bare name is in `DAV:`,
    /// any other is given by `#[serde(rename = "{namespace}local")]`. What a field can be:
    ///
    /// | type | what it is made of |
    /// |---|---|
    /// | `String`, `Cow<'a, str>` | text, white space kept; elements in it are an error. A `Cow` is borrowed from the body where that can be, if it is marked with `#[serde(borrow)]` |
    /// | `&'a str` | the same, where it can be borrowed: an error as soon as a server escapes one letter, as SOGo does with the quotes of ETags |
    /// | numbers | text, white space around it cut off |
    /// | `bool` | `1`, `true`, `t`, `yes` or `0`, `false`, `f`, `no`, in any letters |
    /// | the types of values in this crate, from [`EntityTag`](crate::value::EntityTag) to [`Acl`](crate::value::Acl), and [`List`](crate::value::List) of them | what [`Props::read`] reads, as strict as the body is read. They own what they hold: `EntityTag<'static>` will do |
    /// | `Option` | `None` when there is no such property, and when it says nothing: see below |
    /// | [`Field`] | the value, nothing, or why it cannot be read |
    /// | a struct | the elements inside, by the same rules; `@name` is an attribute, `$text` the text, `$value` the elements whatever their names |
    /// | `Vec` and other sequences | every element with the name of the field. The entries of one property, such as the hrefs of `calendar-home-set`, are a [`List`](crate::value::List), or need a struct around them; a `Vec` of them is an error |
    /// | an enum | the variant with the name of the only element inside or, without one, the text; as an item of `$value` its own name |
    /// | a map, also by `#[serde(flatten)]` | everything, by name: bare in `DAV:`, `{namespace}local` otherwise. Keys are `String` |
    /// | `()` | whatever it holds |
    ///
    /// What was not returned with success does not exist: for it a field has to be an `Option`, or
    /// `#[serde(default)]`; to an empty element the latter does not apply. As in all text formats, what goes through a
    /// map first, as the fields of a flattened struct do, is text where there is only text, a map where there are
    /// elements, and a sequence where a name comes again: nearly every listing has all three.
    ///
    /// # Empty is `None`
    ///
    /// | what is empty | as an `Option` |
    /// |---|---|
    /// | a property that [`names`](crate::names) knows | `None` when [`Props::read`] with the type that it has there gives `None`: a number, date, tag or href is `None`; text is `""`, a set is empty, a mark is there |
    /// | another property | `None`, unless it has attributes without a prefix; white space counts as empty |
    /// | an attribute, and `$text` | `None` when it is white space |
    /// | an element in a property | never `None`: `<collection/>` in `resourcetype` is there. An `Option<u64>` is an error, as `u64` is |
    ///
    /// What says nothing without being empty, such as an `upload_time` of 0, is `None` by the first row. A [`Field`] is
    /// [`Field::Empty`] where an `Option` is `None`, and also where its type cannot be made of an empty element in a
    /// property.
    ///
    /// # One field that cannot be read
    ///
    /// It costs the whole struct, unless it is a [`Field`]. That keeps the error and the text.
    ///
    /// A flattened struct is read through a map, which knows text only: numbers, dates and sets cannot be read there,
    /// empty is not `None`, and a [`Field`] is what an `Option` is. Such fields belong into the struct itself.
    ///
    /// # Example
    ///
    /// ```
    /// use multistatus::{Multistatus, value::EntityTag};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Member<'a> {
    ///     getetag: EntityTag<'static>,
    ///     getcontentlength: Option<u64>,
    ///     #[serde(default)]
    ///     resourcetype: Types,
    ///     #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar-data", borrow)]
    ///     data: std::borrow::Cow<'a, str>,
    /// }
    ///
    /// #[derive(Default, Deserialize)]
    /// struct Types {
    ///     #[serde(rename = "$value", default)]
    ///     kinds: Vec<Kind>,
    /// }
    ///
    /// #[derive(Deserialize, PartialEq, Debug)]
    /// enum Kind {
    ///     #[serde(rename = "collection")]
    ///     Collection,
    ///     #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar")]
    ///     Calendar,
    ///     #[serde(other)]
    ///     Other,
    /// }
    ///
    /// let body = br#"<multistatus xmlns="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav">
    ///     <response><href>/c/1</href><propstat><prop><getetag>"7"</getetag>
    ///     <cal:calendar-data>BEGIN:VCALENDAR&#13;</cal:calendar-data>
    ///     <getcontentlength/><resourcetype><cal:calendar/><collection/></resourcetype></prop>
    ///     <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"#;
    /// let response = Multistatus::new(body).next().unwrap()?;
    /// let member: Member = response.props().deserialize()?;
    /// assert_eq!((member.getetag.as_str(), member.getcontentlength), ("\"7\"", None));
    /// assert_eq!(member.resourcetype.kinds, [Kind::Calendar, Kind::Collection]);
    /// assert_eq!(member.data, "BEGIN:VCALENDAR\r");
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a property cannot be read as its field wants, was returned several times with different values, or is
    /// [missing](ValueErrorKind::Missing). Other responses are not affected.
    pub fn deserialize<T: Deserialize<'a>>(&self) -> Result<T, ValueError> {
        let response = Element { frame: self.frame, node: self.response };
        let reading = &Reading::default();
        let source = Source { inside: Inside::Props(*self), reading };
        T::deserialize(source).map_err(|error| error.placed(response))
    }
}

impl<'a> Element<'_, 'a> {
    /// The element as a type of your own, by the rules of [`Props::deserialize`].
    ///
    /// # Errors
    /// When it cannot be read as that.
    pub fn deserialize<T: Deserialize<'a>>(self) -> Result<T, ValueError> {
        T::deserialize(Item::one(self, &Reading::default())).map_err(|error| error.placed(self))
    }
}
