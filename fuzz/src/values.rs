use std::{borrow::Cow, collections::BTreeMap, time::SystemTime};

use multistatus::{
    Element, Href, Response,
    value::{
        Acl, ActiveLock, Checksums, ComponentSet, DateTime, ElementName, ElementNames, EntityTag, Field,
        FileAttributes, HttpDate, LanguageTag, List, LockEntry, MediaType, NeededPrivileges, ObjectData,
        ObjectDataType, OpaqueText, ParentBinding, PresenceFlag, Principal, PrincipalSearchProperty,
        PrivilegeSet, PrivilegeTree, Quota, RecipientResponse, SupportedSet, TextSet, UnixTime, ValueError,
        ValueErrorKind, VersionControlledBinding,
    },
};
use serde::Deserialize;

/// Everything, as far as text and maps can hold it.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Any {
    Text(String),
    Several(Vec<Any>),
    Map(BTreeMap<String, Any>),
}

/// Something of all that a struct can have.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "that it can be read is enough")]
struct Fields<'a> {
    #[serde(rename = "@a")]
    attribute: Option<Cow<'a, str>>,
    #[serde(rename = "$text", borrow)]
    text: Cow<'a, str>,
    #[serde(rename = "$value", default)]
    children: Vec<Kind>,
    href: Option<Box<Fields<'a>>>,
    a: Option<u8>,
    b: Option<()>,
    acl: Field<Acl<'static>>,
    lockdiscovery: Option<Field<List<ActiveLock<'static>>>>,
    #[serde(default)]
    owner: Vec<Field<ElementName<'static>>>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "that it can be read is enough")]
enum Kind {
    #[serde(rename = "href")]
    Href(String),
    #[serde(rename = "a")]
    A { b: Option<bool> },
    #[serde(other)]
    Other,
}

/// The values of a response can be read as every type there is, or are errors with a place in the body.
pub(super) fn values(response: &Response<'_>, body: &[u8]) {
    let props = response.props();
    for property in props.iter() {
        read_all(property, body);
        check(property.deserialize::<Any>(), body);
        check(property.deserialize::<Fields<'_>>(), body);
        as_read(property, body);
        let is_conflicting =
            props.read::<()>(property.name()).is_err_and(|e| e.kind() == ValueErrorKind::Conflicting);
        assert!(!is_conflicting || props.get_all(property.name()).count() > 1);
    }
    check(props.deserialize::<BTreeMap<Cow<'_, str>, Any>>(), body);
    check(props.deserialize::<Fields<'_>>(), body);
    let _ = response.guess_collection();
}

fn check<T>(result: Result<T, ValueError>, body: &[u8]) {
    if let Err(error) = result {
        assert!(error.offset() <= body.len() as u64 && error.found().len() <= 256);
        let text = multistatus::Error::from(error).to_string();
        assert!(text.len() <= 512 && !text.chars().any(char::is_control), "{text:?}");
    }
}

/// A field has the value that a getter has, or its error.
fn as_read(property: Element<'_, '_>, body: &[u8]) {
    macro_rules! same {
        ($($type:ty),*) => { $({
            let read = property.read::<$type>();
            match (property.deserialize::<Field<$type>>(), &read) {
                (Ok(Field::Value(value)), Ok(Some(read))) => assert!(value == *read),
                (Ok(Field::Empty), Ok(None)) => {}
                (Ok(Field::Unreadable { error, .. }), Err(read)) => {
                    assert!((error.kind(), error.path(), error.found()) == (read.kind(), read.path(), read.found()));
                }
                // Its type cannot be made of nothing.
                (Ok(Field::Empty), Err(_)) => assert!(property.text().trim().is_empty()),
                // Nothing to an `Option`, and to the type that the property is known by.
                (Ok(Field::Empty), _) => assert!(property.deserialize::<Option<()>>().is_ok_and(|mark| mark.is_none())),
                (field, read) => panic!("{field:?}, but {read:?}"),
            }
            check(read, body);
        })* };
    }
    same! {
        u64, Quota, EntityTag<'_>, HttpDate, Acl<'_>, Checksums<'_>, ComponentSet<'_>, ElementName<'_>, ElementNames<'_>,
        PresenceFlag, ObjectData<'_>, Principal<'_>, PrivilegeSet<'_>, PrivilegeTree<'_>, SupportedSet<'_>, TextSet<'_>,
        ActiveLock<'_>, List<ActiveLock<'_>>, List<Href<'_>>, List<ParentBinding<'_>>, List<RecipientResponse<'_>>
    }
}

fn read_all(property: Element<'_, '_>, body: &[u8]) {
    macro_rules! read {
        ($($type:ty),*) => { $(check(property.read::<$type>(), body);)* };
    }
    read! {
        (), bool, u16, u32, u64, i64, String, Cow<'_, str>, SystemTime, Acl<'_>, Checksums<'_>, ComponentSet<'_>,
        ElementName<'_>, ElementNames<'_>, FileAttributes, Href<'_>, LanguageTag<'_>, ObjectData<'_>, Principal<'_>,
        PrivilegeSet<'_>, PrivilegeTree<'_>, Quota, SupportedSet<'_>, TextSet<'_>, OpaqueText<'_>, UnixTime,
        List<ActiveLock<'_>>, List<ObjectDataType<'_>>, List<Href<'_>>, List<LockEntry<'_>>, List<ParentBinding<'_>>,
        List<NeededPrivileges<'_>>, List<PrincipalSearchProperty<'_>>, List<RecipientResponse<'_>>,
        List<VersionControlledBinding<'_>>, Vec<Href<'_>>
    }
    if let Ok(Some(tag)) = property.read::<EntityTag<'_>>() {
        assert!(
            tag.weak_eq(&tag) && tag.strong_eq(&tag) != tag.is_weak() && tag.weak_eq_ignoring_coding(&tag)
        );
        assert!(
            tag.if_match().is_none_or(|sent| EntityTag::parse(&sent).is_some_and(|sent| sent.weak_eq(&tag)))
        );
    }
    if let Ok(Some(date)) = property.read::<HttpDate>() {
        // What it is shown as is read as the same again.
        assert_eq!(date.to_string().parse::<DateTime>().map(DateTime::time), Ok(date.time()), "{date:?}");
    }
    if let Ok(Some(media_type)) = property.read::<MediaType<'_>>() {
        assert!(media_type.is(media_type.essence()) && media_type.parameters().count() <= body.len());
    }
}
