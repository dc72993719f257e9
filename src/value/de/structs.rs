use serde::de::Deserialize;

use super::error::Read;
use super::item::{Item, Kind};
use super::source::{Inside, Reading, Source};
use crate::{Element, Props};

impl<'r, 'a> Props<'r, 'a> {
    /// Reads the properties as a struct of your own. Properties without a field are passed over.
    ///
    /// A field is found by the expanded name of the property, whatever prefixes were used. The name of a field in
    /// `DAV:` is bare. For any other namespace, use `#[serde(rename = "{namespace}local")]`. A field can be:
    ///
    /// | type | what is read |
    /// |---|---|
    /// | `String`, `Cow<'a, str>` | text with its white space; elements inside are an error. A `Cow` is borrowed from the body where possible, if it is marked with `#[serde(borrow)]` |
    /// | `&'a str` | the same text, if it can be borrowed. Reading fails as soon as a server escapes one character, as SOGo does with the quotes of ETags |
    /// | numbers | text; white space around it is cut off |
    /// | `bool` | `1`, `true`, `t`, `yes` or `0`, `false`, `f`, `no`, in upper or lower case |
    /// | the types of values in this crate, from [`EntityTag`](crate::value::EntityTag) to [`Acl`](crate::value::Acl), and [`List`](crate::value::List) of them | what [`Props::read`] reads, with the options of the body. The values own their content, so `EntityTag<'static>` is enough |
    /// | `Option` | `None` when there is no such property, and when the property has no value: see below |
    /// | [`Field`](crate::value::Field) | the value, nothing, or the reason why the value cannot be read |
    /// | a struct | the elements inside, by the same rules. A field `@name` is an attribute, `$text` is the text, `$value` is all elements, whatever their names |
    /// | `Vec` and other sequences | every element with the name of the field. For the entries inside one property, such as the hrefs of `calendar-home-set`, use a [`List`](crate::value::List), or a struct around the sequence. A `Vec` of such entries is an error |
    /// | an enum | the variant with the name of the only element inside. If there is no element, the text is the name of the variant. In a `$value`, the name of each element is the name of the variant |
    /// | a map, also by `#[serde(flatten)]` | everything by name. A name is bare in `DAV:` and `{namespace}local` otherwise. Keys are `String` |
    /// | `()` | any content |
    ///
    /// A property that was not returned with success is missing. A field that may be missing has to be an
    /// `Option`, or have `#[serde(default)]`, which does not apply to an empty element. The fields of a flattened
    /// struct go through a map first. As in all text formats, a value in a map is text if there is only text, a map if
    /// there are elements, and a sequence if a name is repeated. Nearly every listing has all three.
    ///
    /// # Empty is `None`
    ///
    /// | what is empty | as an `Option` |
    /// |---|---|
    /// | a property that [`names`](crate::names) knows | `None` if [`Props::read`] returns `None` for the type listed there: an empty number, date, tag or href is `None`, empty text is `""`, an empty set is a set without entries, an empty flag is a flag that is set |
    /// | another property | `None`, unless it has attributes without a prefix. White space counts as empty |
    /// | an attribute, and `$text` | `None` when there is only white space |
    /// | an element in a property | never `None`, because `<collection/>` in `resourcetype` has a meaning. So an `Option<u64>` of an empty element fails, as a `u64` does |
    ///
    /// A value that says nothing without being empty, such as an `upload_time` of 0, is `None` by the first row. A
    /// [`Field`](crate::value::Field) is `Empty` where an `Option` is `None`, and also where its type cannot be read
    /// from an empty element in a property.
    ///
    /// # One field that cannot be read
    ///
    /// Reading the struct fails, unless that field is a [`Field`](crate::value::Field), which keeps the error and text.
    ///
    /// A flattened struct is read through a map, which has only text. Numbers, dates and sets cannot be read there, an
    /// empty value is not `None`, and a [`Field`](crate::value::Field) is no more than an `Option`. Put such fields
    /// into the struct itself.
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
    /// When a property cannot be read as the type of its field, was returned several times with different values, or is
    /// [missing](crate::value::ValueErrorKind::Missing). Other responses are not affected.
    pub fn deserialize<T: Deserialize<'a>>(&self) -> Read<T> {
        let response = Element { frame: self.frame, node: self.response };
        let reading = &Reading::default();
        let source = Source { inside: Inside::Props(*self), reading };
        T::deserialize(source).map_err(|error| error.placed(response))
    }
}

impl<'a> Element<'_, 'a> {
    /// Reads the element as a type of your own, by the rules of [`Props::deserialize`].
    ///
    /// # Errors
    /// When the element cannot be read as a `T`.
    pub fn deserialize<T: Deserialize<'a>>(self) -> Read<T> {
        let item = Item { element: self, kind: Kind::One, reading: &Reading::default() };
        T::deserialize(item).map_err(|error| error.placed(self))
    }
}
