use serde::de::Deserialize;

use super::error::Read;
use super::item::{Item, Kind};
use super::source::{Inside, Reading, Source};
use crate::{Element, Props};

impl<'r, 'a> Props<'r, 'a> {
    /// The properties as a struct of your own. Properties without a field are passed over.
    ///
    /// A field is found by the expanded name of the property, whatever prefixes were used. A bare name is in `DAV:`.
    /// For any other, use `#[serde(rename = "{namespace}local")]`. A field can be:
    ///
    /// | type | what it is made of |
    /// |---|---|
    /// | `String`, `Cow<'a, str>` | text with its white space; elements in it are an error. A `Cow` is borrowed from the body where possible, if it is marked with `#[serde(borrow)]` |
    /// | `&'a str` | the same, if it can be borrowed. It is an error as soon as a server escapes one character, as SOGo does with the quotes of ETags |
    /// | numbers | text, white space around it cut off |
    /// | `bool` | `1`, `true`, `t`, `yes` or `0`, `false`, `f`, `no`, in upper or lower case |
    /// | the types of values in this crate, from [`EntityTag`](crate::value::EntityTag) to [`Acl`](crate::value::Acl), and [`List`](crate::value::List) of them | what [`Props::read`] reads, as strictly as the body is read. They own their content, so `EntityTag<'static>` is enough |
    /// | `Option` | `None` when there is no such property, and when it has no value: see below |
    /// | [`Field`](crate::value::Field) | the value, nothing, or why it cannot be read |
    /// | a struct | the elements inside, by the same rules. A field `@name` is an attribute, `$text` is the text, `$value` is all elements whatever their names |
    /// | `Vec` and other sequences | every element with the name of the field. The entries inside one property, such as the hrefs of `calendar-home-set`, are a [`List`](crate::value::List), or need a struct around them. A `Vec` of them is an error |
    /// | an enum | the variant that has the name of the only element inside. If there is no element, the text is the name. An item of `$value` is the variant that has its own name |
    /// | a map, also by `#[serde(flatten)]` | everything by its name, which is bare in `DAV:` and `{namespace}local` otherwise. Keys are `String` |
    /// | `()` | any content |
    ///
    /// A property that was not returned with success does not exist. A field for it has to be an `Option`, or
    /// `#[serde(default)]`, which does not apply to an empty element. The fields of a flattened struct go through a map
    /// first. As in all text formats, a value there is text if there is only text, a map if there are elements, and a
    /// sequence if a name is repeated: nearly every listing has all three.
    ///
    /// # Empty is `None`
    ///
    /// | what is empty | as an `Option` |
    /// |---|---|
    /// | a property that [`names`](crate::names) knows | `None` if [`Props::read`] with its type there returns `None`: a number, date, tag or href is `None`, text is `""`, a set is empty, a flag is there |
    /// | another property | `None`, unless it has attributes without a prefix. White space counts as empty |
    /// | an attribute, and `$text` | `None` when it is white space |
    /// | an element in a property | never `None`: `<collection/>` in `resourcetype` says something. An `Option<u64>` is an error, as `u64` is |
    ///
    /// A value that says nothing without being empty, such as an `upload_time` of 0, is `None` by the first row. A
    /// [`Field`](crate::value::Field) is `Empty` where an `Option` is `None`, and also where its type cannot be made
    /// from an empty element in a property.
    ///
    /// # One field that cannot be read
    ///
    /// It costs the whole struct, unless it is a [`Field`](crate::value::Field). That keeps the error and the text.
    ///
    /// A flattened struct is read through a map, which has only text. Numbers, dates and sets cannot be read there,
    /// empty is not `None`, and a [`Field`](crate::value::Field) is no more than an `Option`. Put such fields into the
    /// struct itself.
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
    /// The element as a type of your own, by the rules of [`Props::deserialize`].
    ///
    /// # Errors
    /// When it cannot be read as a `T`.
    pub fn deserialize<T: Deserialize<'a>>(self) -> Read<T> {
        let item = Item { element: self, kind: Kind::One, reading: &Reading::default() };
        T::deserialize(item).map_err(|error| error.placed(self))
    }
}
