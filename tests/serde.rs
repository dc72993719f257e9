//! Properties as structs: what is matched, what is borrowed, what is missing, what goes wrong.
#![allow(dead_code, reason = "what is read is compared as it is shown")]

use std::{borrow::Cow, collections::BTreeMap};

use multistatus::{
    Decoder, Document, Href, Multistatus, Options, Props, Response, Tolerance, names,
    value::{
        Acl, ActiveLock, Checksums, ComponentSet as Set, DateTime, ElementName, EntityTag, Field,
        FileAttributes, HttpDate, List, LockEntry, MediaType, NeededPrivileges, ObjectData, ObjectDataType,
        OpaqueText, ParentBinding, PresenceFlag, Principal as Who, PrincipalSearchProperty, PrivilegeSet,
        PrivilegeTree, Quota, RecipientResponse, ResourceType, TextSet, UnixTime, ValueError, ValueErrorKind,
        VersionControlledBinding,
    },
};
use serde::{Deserialize, de::IgnoredAny};

/// A response with the properties `props`, those of `missing` under 404.
fn body(props: &str, missing: &str) -> String {
    format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:x='urn:x'><D:response>\
         <D:href>/a</D:href><D:propstat><D:prop>{props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>\
         <D:propstat><D:prop>{missing}</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>\
         </D:response></D:multistatus>"
    )
}

fn response(body: &str) -> Response<'_> {
    Multistatus::new(body.as_bytes()).next().expect("one response").expect("it is well-formed")
}

/// One test per line: properties, and what they are as a type.
macro_rules! cases {
    ($($test:ident: $type:ty, $props:literal => $shown:literal;)*) => { $(
        #[test]
        fn $test() {
            let body = body($props, "");
            let value: Result<$type, ValueError> = response(&body).props().deserialize();
            let shown = match value {
                Ok(value) => format!("{value:?}"),
                Err(error) => format!("{:?} {} {error}", error.kind(), error.property()),
            };
            assert_eq!(shown, $shown);
        }
    )* };
}

#[derive(Debug, Deserialize)]
struct Text<'a> {
    #[serde(borrow)]
    displayname: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
struct Borrowed<'a> {
    displayname: &'a str,
}

#[derive(Debug, Deserialize)]
struct Optional<'a> {
    displayname: Option<&'a str>,
    getcontentlength: Option<u64>,
    getlastmodified: Option<HttpDate>,
    ishidden: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Numbers {
    a: Option<i8>,
    b: Option<u128>,
    c: Option<f64>,
    d: Option<char>,
}

#[derive(Debug, Deserialize)]
struct Namesakes<'a> {
    note: Option<&'a str>,
    #[serde(rename = "{urn:x}note")]
    other: Option<&'a str>,
    #[serde(rename = "{}note")]
    bare: Option<&'a str>,
}

#[derive(Debug, Deserialize)]
struct Calendar<'a> {
    #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar-data", borrow)]
    data: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
struct Typed<'a> {
    #[serde(borrow)]
    getetag: EntityTag<'a>,
    getlastmodified: HttpDate,
    #[serde(borrow)]
    getcontenttype: MediaType<'a>,
}

#[derive(Debug, Deserialize)]
struct Components<'a> {
    #[serde(rename = "{urn:ietf:params:xml:ns:caldav}supported-calendar-component-set", borrow)]
    set: ComponentSet<'a>,
}

#[derive(Debug, Deserialize)]
struct ComponentSet<'a> {
    #[serde(rename = "{urn:ietf:params:xml:ns:caldav}comp", borrow, default)]
    comp: Vec<Component<'a>>,
}

#[derive(Debug, Deserialize)]
struct Component<'a> {
    #[serde(rename = "@name")]
    name: &'a str,
}

#[derive(Debug, Deserialize)]
struct Marks {
    resourcetype: Option<MarkedTypes>,
}

#[derive(Debug, Deserialize)]
struct MarkedTypes {
    collection: Option<()>,
    #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar")]
    calendar: Option<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct MarksBesideNumbers {
    resourcetype: MarkedTypes,
    getcontentlength: Option<u64>,
    childcount: Option<u64>,
    displayname: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Kinds {
    resourcetype: AnyTypes,
}

#[derive(Debug, Deserialize)]
struct AnyTypes {
    #[serde(rename = "$value", default)]
    kinds: Vec<Kind>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Collection,
    #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar")]
    Calendar,
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Locks {
    lockdiscovery: Discovery,
}

#[derive(Debug, Deserialize)]
struct Discovery {
    #[serde(default)]
    activelock: Vec<Lock>,
}

#[derive(Debug, Deserialize)]
struct Lock {
    lockscope: Scope,
    depth: Depth,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Scope {
    Exclusive,
    Shared,
}

#[derive(Debug, Deserialize)]
struct Scopes {
    lockscope: Vec<Scope>,
}

#[derive(Debug, Deserialize)]
enum Depth {
    #[serde(rename = "0")]
    Zero,
    #[serde(rename = "infinity")]
    Infinity,
}

#[derive(Debug, Deserialize)]
struct Owner<'a> {
    #[serde(borrow)]
    owner: Principal<'a>,
}

#[derive(Debug, Deserialize)]
enum Principal<'a> {
    #[serde(rename = "href")]
    Href(&'a str),
    #[serde(rename = "{urn:x}person")]
    Person {
        #[serde(rename = "@age")]
        age: u8,
        #[serde(rename = "$text")]
        name: &'a str,
    },
}

#[derive(Debug, Deserialize)]
struct Homes<'a> {
    #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar-home-set", borrow)]
    home: Hrefs<'a>,
}

#[derive(Debug, Deserialize)]
struct Hrefs<'a> {
    #[serde(borrow)]
    href: Vec<&'a str>,
}

#[derive(Debug, Deserialize)]
struct OneHome<'a> {
    #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar-home-set", borrow)]
    home: OneHref<'a>,
}

#[derive(Debug, Deserialize)]
struct OneHref<'a> {
    href: &'a str,
}

#[derive(Debug, Deserialize)]
struct Rest<'a> {
    getetag: &'a str,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Flattened {
    #[serde(flatten)]
    names: FlatNames,
    getcontentlength: u64,
}

#[derive(Debug, Deserialize)]
struct FlatNames {
    displayname: String,
    #[serde(rename = "{urn:x}note")]
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Everything {
    #[serde(rename = "{urn:x}all")]
    all: serde_json::Value,
}

#[derive(Debug, Deserialize)]
struct Repeated<'a> {
    #[serde(borrow)]
    displayname: Vec<&'a str>,
}

#[derive(Debug, Deserialize)]
struct Pair<'a> {
    #[serde(rename = "{urn:x}pair", borrow)]
    pair: Numbered<'a>,
}

#[derive(Debug, Deserialize)]
struct Numbered<'a> {
    #[serde(rename = "{urn:x}n")]
    n: (u8, u8),
    #[serde(rename = "@{urn:x}kind")]
    kind: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Whole<'a>(#[serde(borrow)] Text<'a>);

#[derive(Debug, Deserialize)]
struct Alias<'a> {
    #[serde(alias = "{urn:x}name")]
    displayname: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Only<'a> {
    displayname: &'a str,
}

const DATE: &str = "Thu, 03 Feb 2011 04:05:06 GMT";

cases! {
    a_bare_name_is_in_dav: Borrowed<'_>, "<D:displayname>a</D:displayname>" => r#"Borrowed { displayname: "a" }"#;
    white_space_of_text_is_kept: Borrowed<'_>, "<D:displayname>\n a </D:displayname>" =>
        r#"Borrowed { displayname: "\n a " }"#;
    one_cdata_section_is_borrowed: Borrowed<'_>, "<D:displayname><![CDATA[a&b]]></D:displayname>" =>
        r#"Borrowed { displayname: "a&b" }"#;
    what_was_escaped_cannot_be_borrowed: Borrowed<'_>, "<D:displayname>a&amp;b</D:displayname>" =>
        "Unreadable {DAV:}displayname not text that can be borrowed: use String or Cow at byte 137, in multistatus/response[1]/propstat[1]/prop/displayname";
    a_cow_is_owned_then: Text<'_>, "<D:displayname>a&amp;b</D:displayname>" => r#"Text { displayname: "a&b" }"#;
    text_may_be_empty: Text<'_>, "<D:displayname/>" => r#"Text { displayname: "" }"#;
    other_properties_are_passed_over: Borrowed<'_>, "<x:y><D:displayname>no</D:displayname></x:y><D:displayname>a</D:displayname>"
        => r#"Borrowed { displayname: "a" }"#;
    two_prefixes_for_one_namespace: Namesakes<'_>,
        "<d:note xmlns:d='DAV:'>dav</d:note><q:note xmlns:q='urn:x'>x</q:note><note>none</note>"
        => r#"Namesakes { note: Some("dav"), other: Some("x"), bare: Some("none") }"#;
    same_local_name_in_another_namespace: Namesakes<'_>, "<x:note>x</x:note>" =>
        r#"Namesakes { note: None, other: Some("x"), bare: None }"#;
    default_namespace_declared_again: Namesakes<'_>, "<note xmlns='urn:x'>x</note><note xmlns='DAV:'>dav</note>" =>
        r#"Namesakes { note: Some("dav"), other: Some("x"), bare: None }"#;
    namespace_name_with_references: Namesakes<'_>, "<q:note xmlns:q='urn&#58;x'>x</q:note>" =>
        r#"Namesakes { note: None, other: Some("x"), bare: None }"#;
    undeclared_prefix_is_no_name: Namesakes<'_>, "<undeclared:note>a</undeclared:note>" =>
        "Namesakes { note: None, other: None, bare: None }";
    calendar_data: Calendar<'_>, "<C:calendar-data>\r\nBEGIN:VCALENDAR&#13;\n</C:calendar-data>" =>
        r#"Calendar { data: "\nBEGIN:VCALENDAR\r\n" }"#;
    options_of_what_is_missing: Optional<'_>, "" =>
        "Optional { displayname: None, getcontentlength: None, getlastmodified: None, ishidden: None }";
    options_of_what_is_empty: Optional<'_>, "<D:displayname/><D:getcontentlength/><D:getlastmodified> </D:getlastmodified><D:ishidden/>"
        => r#"Optional { displayname: Some(""), getcontentlength: None, getlastmodified: None, ishidden: None }"#;
    options_of_values: Optional<'_>, "<D:getcontentlength> 7\n</D:getcontentlength><D:ishidden>T</D:ishidden>" =>
        "Optional { displayname: None, getcontentlength: Some(7), getlastmodified: None, ishidden: Some(true) }";
    booleans_in_their_spellings: Vec<Hidden>, "" => "Unreadable {DAV:}response not a sequence at byte 86, in multistatus/response[1]";
    numbers_of_all_kinds: Numbers, "<D:a>-5</D:a><D:b>340282366920938463463374607431768211455</D:b><D:c>2.5</D:c><D:d>ä</D:d>" =>
        "Numbers { a: Some(-5), b: Some(340282366920938463463374607431768211455), c: Some(2.5), d: Some('ä') }";
    number_too_large: Numbers, "<D:a>200</D:a>" =>
        "Unreadable {DAV:}a not a number within 2^7 at byte 137, in multistatus/response[1]/propstat[1]/prop/a";
    number_with_a_plus: Numbers, "<D:a>+5</D:a>" =>
        "Unreadable {DAV:}a not a number within 2^7 at byte 137, in multistatus/response[1]/propstat[1]/prop/a";
    missing_field: Borrowed<'_>, "" =>
        "Missing {DAV:}displayname displayname is missing at byte 86, in multistatus/response[1]";
    the_same_value_twice: Borrowed<'_>, "<D:displayname>a&#98;</D:displayname><D:displayname>a<![CDATA[b]]></D:displayname>" =>
        "Unreadable {DAV:}displayname not text that can be borrowed: use String or Cow at byte 137, in multistatus/response[1]/propstat[1]/prop/displayname";
    two_values_that_differ: Text<'_>, "<D:displayname>a</D:displayname><D:displayname>b</D:displayname>" =>
        "Conflicting {DAV:}displayname sent again with another value at byte 169, in multistatus/response[1]/propstat[1]/prop/displayname[2]";
    every_value_of_a_property: Repeated<'_>, "<D:displayname>a</D:displayname><D:displayname>b</D:displayname>" =>
        r#"Repeated { displayname: ["a", "b"] }"#;
    types_of_this_crate: Typed<'_>, "<D:getetag> \"7\" </D:getetag><D:getlastmodified>Thu, 03 Feb 2011 04:05:06 GMT</D:getlastmodified><D:getcontenttype>text/plain</D:getcontenttype>"
        => r#"Typed { getetag: EntityTag("\"7\""), getlastmodified: HttpDate(2011-02-03T04:05:06Z, ImfFixdate), getcontenttype: MediaType("text/plain") }"#;
    repeated_comp: Components<'_>, "<C:supported-calendar-component-set><C:comp name='VEVENT'/><C:comp name='VTODO'/></C:supported-calendar-component-set>"
        => r#"Components { set: ComponentSet { comp: [Component { name: "VEVENT" }, Component { name: "VTODO" }] } }"#;
    no_comp: Components<'_>, "<C:supported-calendar-component-set/>" => "Components { set: ComponentSet { comp: [] } }";
    marks: Marks, "<D:resourcetype><D:collection/></D:resourcetype>" =>
        "Marks { resourcetype: Some(MarkedTypes { collection: Some(()), calendar: None }) }";
    no_marks: Marks, "<D:resourcetype/>" => "Marks { resourcetype: Some(MarkedTypes { collection: None, calendar: None }) }";
    a_mark_stays_one_beside_empty_numbers: MarksBesideNumbers,
        "<D:resourcetype><C:calendar/><D:collection/></D:resourcetype><D:getcontentlength/><D:childcount/><D:displayname/>"
        => "MarksBesideNumbers { resourcetype: MarkedTypes { collection: Some(()), calendar: Some(IgnoredAny) }, getcontentlength: None, childcount: None, displayname: Some(\"\") }";
    enum_by_element: Kinds, "<D:resourcetype><C:calendar/><D:collection/><x:y/></D:resourcetype>" =>
        "Kinds { resourcetype: AnyTypes { kinds: [Calendar, Collection, Other] } }";
    enum_by_no_element: Kinds, "<D:resourcetype/>" => "Kinds { resourcetype: AnyTypes { kinds: [] } }";
    enum_by_the_element_inside_and_by_text: Locks,
        "<D:lockdiscovery><D:activelock><D:lockscope><D:shared/></D:lockscope><D:depth>infinity</D:depth></D:activelock></D:lockdiscovery>"
        => "Locks { lockdiscovery: Discovery { activelock: [Lock { lockscope: Shared, depth: Infinity }] } }";
    enum_that_knows_no_such_element: Locks,
        "<D:lockdiscovery><D:activelock><D:lockscope><D:secret/></D:lockscope><D:depth>0</D:depth></D:activelock></D:lockdiscovery>"
        => "Unreadable {DAV:}lockdiscovery not one of exclusive, shared at byte 168, in multistatus/response[1]/propstat[1]/prop/lockdiscovery/activelock/lockscope";
    enums_in_a_sequence: Scopes, "<D:lockscope><D:shared/></D:lockscope><D:lockscope>exclusive</D:lockscope>" =>
        "Scopes { lockscope: [Shared, Exclusive] }";
    variant_with_text: Owner<'_>, "<D:owner><D:href>/p/</D:href></D:owner>" => r#"Owner { owner: Href("/p/") }"#;
    variant_with_fields: Owner<'_>, "<D:owner><x:person age='7'>Ann</x:person></D:owner>" =>
        r#"Owner { owner: Person { age: 7, name: "Ann" } }"#;
    variant_of_two_elements: Owner<'_>, "<D:owner><D:href>/p/</D:href><D:href>/q/</D:href></D:owner>" =>
        "Unreadable {DAV:}owner not one element at byte 137, in multistatus/response[1]/propstat[1]/prop/owner";
    hrefs_in_a_list: Homes<'_>, "<C:calendar-home-set><D:href>/a/</D:href>\n<D:href>/b/</D:href></C:calendar-home-set>" =>
        r#"Homes { home: Hrefs { href: ["/a/", "/b/"] } }"#;
    one_href_of_two: OneHome<'_>, "<C:calendar-home-set><D:href>/a/</D:href><D:href>/b/</D:href></C:calendar-home-set>" =>
        "Conflicting {urn:ietf:params:xml:ns:caldav}calendar-home-set sent again with another value at byte 178, in multistatus/response[1]/propstat[1]/prop/C:calendar-home-set/href[2]";
    flattened_map: Rest<'_>, "<D:getetag>e</D:getetag><D:displayname>a</D:displayname><x:note>b</x:note>" =>
        r#"Rest { getetag: "e", rest: {"displayname": "a", "{urn:x}note": "b"} }"#;
    flattened_struct: Flattened, "<D:displayname>a</D:displayname><x:note>b</x:note><D:getcontentlength>7</D:getcontentlength>" =>
        r#"Flattened { names: FlatNames { displayname: "a", note: Some("b") }, getcontentlength: 7 }"#;
    map_of_everything: BTreeMap<&str, IgnoredAny>, "<D:b/><D:a>1</D:a><D:b/>" =>
        r#"{"a": IgnoredAny, "b": IgnoredAny}"#;
    any_value: Everything, "<x:all k='1' x:k='2'><D:a>t</D:a><D:b/><D:b>c</D:b><x:c q=''>d</x:c></x:all>" =>
        r#"Everything { all: Object {"@k": String("1"), "@{urn:x}k": String("2"), "a": String("t"), "b": Array [String(""), String("c")], "{urn:x}c": Object {"$text": String("d"), "@q": String("")}} }"#;
    tuples_and_attributes_in_a_namespace: Pair<'_>, "<x:pair x:kind='k'><x:n>1</x:n><x:n>2</x:n></x:pair>" =>
        r#"Pair { pair: Numbered { n: (1, 2), kind: "k" } }"#;
    newtypes: Whole<'_>, "<D:displayname>a</D:displayname>" => r#"Whole(Text { displayname: "a" })"#;
    aliases: Alias<'_>, "<x:name>a</x:name>" => r#"Alias { displayname: "a" }"#;
    a_struct_is_not_asked_for_what_it_does_not_know: Only<'_>, "<D:displayname>a</D:displayname><D:getetag/>" =>
        r#"Only { displayname: "a" }"#;
    markup_is_no_text: Text<'_>, "<D:displayname>a<x:b/></D:displayname>" =>
        "Unreadable {DAV:}displayname not text without elements at byte 137, in multistatus/response[1]/propstat[1]/prop/displayname";
}

#[derive(Debug, Deserialize)]
struct Hidden {
    ishidden: bool,
}

#[test]
fn booleans_in_all_spellings() {
    for (text, is_hidden) in [
        ("1", true),
        ("0", false),
        ("T", true),
        ("F", false),
        ("true", true),
        ("False", false),
        (" 1\n", true),
    ] {
        let body = body(&format!("<D:ishidden>{text}</D:ishidden>"), "");
        let hidden: Hidden = response(&body).props().deserialize().expect(text);
        assert_eq!(hidden.ishidden, is_hidden);
    }
    let body = body("<D:ishidden>perhaps</D:ishidden>", "");
    let error = response(&body).props().deserialize::<Hidden>().expect_err("it is no boolean");
    assert_eq!(error.found(), "perhaps");
}

#[test]
fn what_is_under_404_is_missing() {
    let body = body("<D:getcontentlength>1</D:getcontentlength>", "<D:displayname>stale</D:displayname>");
    let value: Optional<'_> = response(&body).props().deserialize().expect("all are optional");
    assert_eq!((value.displayname, value.getcontentlength), (None, Some(1)));
    let error = response(&body).props().deserialize::<Borrowed<'_>>().expect_err("it was not returned");
    assert_eq!((error.kind(), error.property()), (ValueErrorKind::Missing, "{DAV:}displayname"));
    assert_eq!(error.href(), "/a");
}

#[test]
fn from_a_response_that_was_lent() {
    let body =
        body(&format!("<D:getetag>\"1\"</D:getetag><D:getlastmodified>{DATE}</D:getlastmodified>"), "");
    #[derive(Deserialize)]
    struct Entry<'a> {
        getetag: &'a str,
        getlastmodified: HttpDate,
    }
    let check = |props: Props<'_, '_>| {
        let entry: Entry<'_> = props.deserialize().expect("an entry");
        assert_eq!(entry.getetag, "\"1\"");
        assert!(entry.getlastmodified.is_well_formed());
    };
    let mut responses = Multistatus::new(body.as_bytes());
    check(responses.next_response().expect("well-formed").expect("one").props());
    let mut decoder = Decoder::new();
    let mut seen = 0;
    for chunk in body.as_bytes().chunks(3) {
        decoder.push(chunk);
        while let Some(response) = decoder.next_response().expect("well-formed") {
            check(response.props());
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
}

#[test]
fn what_is_borrowed_points_into_the_body() {
    let body = body("<D:displayname>abc</D:displayname>", "");
    let text: Borrowed<'_> = response(&body).props().deserialize().expect("text");
    assert!(body.as_bytes().as_ptr_range().contains(&text.displayname.as_ptr()));
}

#[test]
fn the_words_of_a_user_are_kept_apart() {
    #[derive(Debug)]
    struct Never;
    impl<'de> Deserialize<'de> for Never {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            Err(serde::de::Error::custom(format!("no use for {text}")))
        }
    }
    #[derive(Debug, Deserialize)]
    struct Field {
        #[serde(rename = "displayname")]
        _never: Never,
    }
    let body = body("<D:displayname>secret</D:displayname>", "");
    let error = response(&body).props().deserialize::<Field>().expect_err("never");
    assert_eq!(error.reason(), Some("no use for secret"));
    assert!(!error.to_string().contains("secret") && !format!("{error:?}").contains("secret"), "{error:?}");
    let error = multistatus::Error::from(error);
    assert!(!error.is_fatal() && !error.to_string().contains("secret"));
}

/// As deep as elements can be, a type that is inside itself ends there.
#[test]
fn types_inside_themselves() {
    #[derive(Default, Deserialize)]
    struct Nested {
        a: Option<Box<Nested>>,
    }
    let depth = 250;
    let body = body(&format!("<D:a>{}{}</D:a>", "<D:a>".repeat(depth), "</D:a>".repeat(depth)), "");
    let mut nested: Nested = response(&body).props().deserialize().expect("nested");
    let mut count = 0;
    while let Some(inside) = nested.a.take() {
        nested = *inside;
        count += 1;
    }
    assert_eq!(count, depth + 1);
}

#[derive(Debug, Deserialize)]
struct Owned {
    getetag: Option<EntityTag<'static>>,
    getcontenttype: Option<MediaType<'static>>,
    #[serde(default)]
    resourcetype: ResourceType<'static>,
    #[serde(rename = "quota-available-bytes")]
    quota: Option<Quota>,
    #[serde(rename = "sync-token")]
    token: Option<OpaqueText<'static>>,
    #[serde(rename = "current-user-privilege-set")]
    privileges: Option<PrivilegeSet<'static>>,
    owner: Option<Href<'static>>,
    group: Option<Href<'static>>,
    creationdate: Option<DateTime>,
}

const OWNED: &str = "<D:getetag>a</D:getetag><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>\
    <D:quota-available-bytes>-3</D:quota-available-bytes><D:sync-token> urn:1 </D:sync-token>\
    <D:current-user-privilege-set><D:privilege><D:read/></D:privilege></D:current-user-privilege-set>\
    <D:owner><D:href>/p/</D:href></D:owner><D:group/><D:creationdate/>";

/// They need no lifetime of the body.
#[test]
fn types_of_this_crate_own_what_they_hold() {
    fn read<T: serde::de::DeserializeOwned>(response: &Response<'_>) -> T {
        response.props().deserialize().expect("a struct")
    }
    let body = body(OWNED, "");
    let owned: Owned = read(&response(&body));
    assert_eq!(owned.getetag.expect("a tag").as_str(), "a");
    assert_eq!(owned.getcontenttype, None);
    assert!(owned.resourcetype.is_collection() && owned.resourcetype.contains(names::caldav::CALENDAR));
    assert_eq!((owned.quota, owned.token.expect("a token").as_str()), (Some(Quota::Unlimited), "urn:1"));
    assert!(owned.privileges.expect("a set").contains(names::READ));
    assert_eq!(owned.owner.expect("an owner"), "/p/");
    assert_eq!((owned.group, owned.creationdate), (None, None));
}

#[test]
fn types_of_this_crate_are_as_strict_as_the_body_was_read() {
    let body = body(OWNED, "");
    let options = Options::strict();
    let response =
        Multistatus::with_options(body.as_bytes(), &options).next().expect("one").expect("well-formed");
    let error = response.props().deserialize::<Owned>().expect_err("the tag has no quotes");
    assert_eq!(error.kind(), ValueErrorKind::Refused(Tolerance::EntityTagForm));
    assert_eq!(error.property(), "{DAV:}getetag");
}

#[test]
fn types_of_this_crate_are_read_from_other_formats() {
    let json = r#"{"getetag": "W/\"a\"", "getcontenttype": "text/plain", "resourcetype": ["collection", "{urn:x}y"],
        "quota-available-bytes": "5", "owner": "/p/", "creationdate": "2011-02-03T04:05:06Z"}"#;
    let owned: Owned = serde_json::from_str(json).expect("JSON");
    assert!(owned.getetag.expect("a tag").is_weak());
    assert!(owned.resourcetype.contains("{urn:x}y") && owned.resourcetype.is_collection());
    assert_eq!(owned.quota, Some(Quota::Bytes(5)));
    assert!(owned.creationdate.expect("a date").is_well_formed());
    assert!(serde_json::from_str::<Owned>(r#"{"getetag": ""}"#).is_err());
}

/// An empty element in a property is there: an `Option` has it read, whatever comes of that.
#[test]
fn empty_elements_in_a_property() {
    #[derive(Debug, Deserialize)]
    struct Outer<T> {
        a: Inner<T>,
    }
    #[derive(Debug, Deserialize)]
    struct Inner<T> {
        n: T,
    }
    let body = body("<D:a><D:n/></D:a>", "");
    let response = response(&body);
    let word: Outer<Option<String>> = response.props().deserialize().expect("text may be empty");
    assert_eq!(word.a.n.as_deref(), Some(""));
    let mark: Outer<Option<()>> = response.props().deserialize().expect("a mark");
    assert_eq!(mark.a.n, Some(()));
    let error = response.props().deserialize::<Outer<Option<u64>>>().expect_err("no number");
    assert_eq!(error.path(), "multistatus/response[1]/propstat[1]/prop/a/n");
    let number: Outer<Field<u64>> = response.props().deserialize().expect("a field is what it can be");
    assert_eq!(number.a.n, Field::Empty);
    let word: Outer<Field<String>> = response.props().deserialize().expect("text may be empty");
    assert_eq!(word.a.n.value().map(String::as_str), Some(""));
}

/// An empty property is what its getter makes of it: nothing, or text, a set, a mark that may be empty.
#[test]
fn an_option_of_an_empty_property_is_as_its_getter_has_it() {
    #[derive(Debug, Deserialize, PartialEq, Default)]
    struct Known {
        displayname: Option<String>,
        getetag: Option<String>,
        getcontentlength: Option<u64>,
        resourcetype: Option<ResourceType<'static>>,
        lockdiscovery: Option<List<ActiveLock<'static>>>,
        isfolder: Option<PresenceFlag>,
        #[serde(rename = "{http://calendarserver.org/ns/}subscribed-strip-alarms")]
        mark: Option<()>,
    }
    let names = ["displayname", "getetag", "getcontentlength", "resourcetype", "lockdiscovery", "isfolder"];
    let empty: String = names.iter().map(|name| format!("<D:{name}/>")).collect();
    let mark = "<subscribed-strip-alarms xmlns='http://calendarserver.org/ns/'/>";
    let full = body(&(empty + mark), "");
    let known: Known = response(&full).props().deserialize().expect("a struct");
    assert_eq!((known.displayname.as_deref(), known.getetag, known.getcontentlength), (Some(""), None, None));
    assert!(known.resourcetype.is_some_and(|types| types.is_empty()));
    assert!(known.lockdiscovery.is_some_and(|locks| locks.is_empty()));
    assert!(known.isfolder.is_some_and(PresenceFlag::is_set) && known.mark.is_some());
    let none: Known = response(&body("", "")).props().deserialize().expect("a struct");
    assert_eq!(none, Known::default());

    // An unknown property says nothing when it is empty.
    #[derive(Debug, Deserialize)]
    struct Unknown<T> {
        #[serde(rename = "{urn:x}note")]
        note: Option<T>,
    }
    for (note, is_there) in [("<x:note/>", false), ("<x:note> </x:note>", false), ("<x:note a=''/>", true)] {
        let body = body(note, "");
        let text: Unknown<String> = response(&body).props().deserialize().expect("text");
        let mark: Unknown<()> = response(&body).props().deserialize().expect("a mark");
        assert_eq!((text.note.is_some(), mark.note.is_some()), (is_there, is_there), "{note}");
        let number: Result<Unknown<u64>, _> = response(&body).props().deserialize();
        assert_eq!(number.is_err(), is_there, "{note}");
    }
}

#[test]
fn many_empty_elements_in_a_map() {
    let many: String = (0..2000).map(|number| format!("<D:n{number}/>")).collect();
    let body = body(&many, "");
    let map: BTreeMap<String, Option<u64>> = response(&body).props().deserialize().expect("a map");
    assert!(map.len() == 2000 && map.values().all(Option::is_none));
}

#[test]
fn an_element_with_an_attribute_is_not_empty() {
    #[derive(Debug, Deserialize)]
    struct Holder {
        #[serde(rename = "{urn:x}p")]
        person: Option<Person>,
    }
    #[derive(Debug, Deserialize)]
    struct Person {
        #[serde(rename = "@age")]
        age: u8,
    }
    let body = body("<x:p age='seven'/>", "");
    let error = response(&body).props().deserialize::<Holder>().expect_err("no number");
    assert_eq!(error.property(), "{urn:x}p");
}

#[test]
fn what_is_missing_inside_a_property_is_told_of_that() {
    let body = body("<C:supported-calendar-component-set><C:comp/></C:supported-calendar-component-set>", "");
    let error = response(&body).props().deserialize::<Components<'_>>().expect_err("it has no name");
    assert_eq!(error.kind(), ValueErrorKind::Missing);
    assert_eq!(error.property(), "{urn:ietf:params:xml:ns:caldav}supported-calendar-component-set");
}

#[test]
fn numbers_are_digits() {
    for text in ["inf", "NaN", "-inf", "\u{A0}5", "1e400x"] {
        let body = body(&format!("<D:c>{text}</D:c>"), "");
        assert!(response(&body).props().deserialize::<Numbers>().is_err(), "{text}");
    }
}

/// What the getters read as `None` is `None` here.
#[test]
fn values_that_are_none() {
    #[derive(Debug, Deserialize)]
    struct Known {
        #[serde(rename = "{http://nextcloud.org/ns}upload_time")]
        upload: Option<UnixTime>,
        #[serde(rename = "{http://nextcloud.org/ns}creation_time")]
        creation: Option<UnixTime>,
        owner: Option<Href<'static>>,
        group: Option<Href<'static>>,
        #[serde(rename = "{urn:x}time")]
        unknown: Field<UnixTime>,
    }
    let body = body(
        "<upload_time xmlns='http://nextcloud.org/ns'>0</upload_time><creation_time xmlns='http://nextcloud.org/ns'>7\
         </creation_time><D:owner><D:unauthenticated/></D:owner><D:group><D:href/></D:group><x:time>0</x:time>",
        "",
    );
    let known: Known = response(&body).props().deserialize().expect("a struct");
    assert_eq!((known.upload, known.owner, known.group), (None, None, None));
    assert_eq!(known.creation.expect("a time").seconds(), 7);
    assert_eq!(known.unknown, Field::Empty);
}

#[test]
fn an_empty_value_beside_another_is_a_conflict() {
    let body = body("<D:getcontentlength/><D:getcontentlength>5</D:getcontentlength>", "");
    let error =
        response(&body).props().deserialize::<Optional<'_>>().expect_err("which one is meant is not known");
    assert_eq!(error.kind(), ValueErrorKind::Conflicting);
}

#[test]
fn undeclared_names_equal_no_other_in_structs_too() {
    let body = body("<D:resourcetype><u:collection/></D:resourcetype>", "");
    let owned: Owned = response(&body).props().deserialize().expect("a struct");
    assert!(owned.resourcetype.iter().all(|name| name.is_undeclared()) && !owned.resourcetype.is_empty());
}

#[test]
fn nothing_is_no_variant() {
    #[derive(Debug, Deserialize)]
    struct One {
        owner: Option<Kind>,
        resourcetype: Field<Kind>,
    }
    #[derive(Debug, Deserialize)]
    struct Every {
        resourcetype: Without,
    }
    #[derive(Debug, Deserialize)]
    struct Without {
        #[serde(rename = "$value")]
        kinds: Vec<Kind>,
    }
    let body = body("<D:resourcetype> </D:resourcetype><D:owner/>", "");
    let one: One = response(&body).props().deserialize().expect("a struct");
    assert!(one.owner.is_none() && one.resourcetype.value().is_none(), "and not the one for all others");
    let every: Every = response(&body).props().deserialize().expect("a struct");
    assert!(every.resourcetype.kinds.is_empty());
}

/// A listing as a map: text where there is only that, maps where there are elements.
#[test]
fn a_map_of_everything_needs_a_type_that_can_be_everything() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(untagged)]
    enum Any {
        Text(String),
        Several(Vec<Any>),
        Elements(BTreeMap<String, Any>),
    }
    #[derive(Debug, Deserialize)]
    struct Entry {
        getcontentlength: Option<u64>,
        #[serde(flatten)]
        rest: BTreeMap<String, Any>,
    }
    let body = body(
        "<D:getcontentlength>7</D:getcontentlength><D:getetag>a</D:getetag><D:getetag>a</D:getetag>\
        <D:resourcetype><D:collection/></D:resourcetype>",
        "",
    );
    let entry: Entry = response(&body).props().deserialize().expect("an entry");
    assert_eq!(entry.getcontentlength, Some(7));
    assert_eq!(entry.rest["getetag"], Any::Text("a".to_owned()), "the same twice is one");
    let collection = BTreeMap::from([("collection".to_owned(), Any::Text(String::new()))]);
    assert_eq!(entry.rest["resourcetype"], Any::Elements(collection));
}

/// What goes round in circles for a type that is inside itself is an error.
#[test]
fn types_inside_themselves_end_with_the_elements() {
    #[derive(Debug, Deserialize)]
    struct Lists(Vec<Lists>);
    #[derive(Debug, Deserialize)]
    enum Chain {
        #[serde(rename = "a")]
        A(Box<Chain>),
        #[serde(rename = "b")]
        B,
    }
    #[derive(Debug, Deserialize)]
    struct Map(BTreeMap<String, Map>);
    #[derive(Debug, Deserialize)]
    struct Own {
        #[serde(rename = "$text")]
        _text: Option<Box<Own>>,
    }
    let body = body("<D:x>a</D:x><D:y><D:a><D:a><D:b/></D:a></D:a></D:y>", "");
    let response = response(&body);
    let element = |name| response.props().get(name).expect("it is there");
    assert!(element("x").deserialize::<Lists>().is_err() && element("y").deserialize::<Lists>().is_err());
    assert!(element("x").deserialize::<Map>().is_err() && element("y").deserialize::<Map>().is_ok());
    assert!(element("x").deserialize::<Own>().is_err());
    assert!(element("x").deserialize::<Chain>().is_err(), "the text names a variant, and is nothing else");
    let chain: Chain = element("y").deserialize().expect("one inside the other");
    assert_eq!(format!("{chain:?}"), "A(A(B))");
}

#[test]
fn one_element_by_itself() {
    let body = body("<C:comp-set><C:comp name='VEVENT'/></C:comp-set>", "");
    let response = response(&body);
    let set = response.props().get("{urn:ietf:params:xml:ns:caldav}comp-set").expect("it is there");
    let set: ComponentSet<'_> = set.deserialize().expect("a set");
    assert_eq!(set.comp[0].name, "VEVENT");
    let tag = response.props().get(names::GETETAG);
    assert!(tag.is_none());
}

/// Of each type with more than text in it: as a field it is what the getters have.
macro_rules! fields {
    ($($test:ident: $type:ident $(<$inner:ident>)?, $name:literal, $content:literal;)*) => { $(
        #[test]
        fn $test() {
            #[derive(Deserialize)]
            struct Holder {
                #[serde(rename = $name)]
                field: fields!(@ 'static $type $($inner)?),
            }
            let name = multistatus::Name::from($name);
            let (local, namespace) = (name.local(), name.namespace());
            let body = body(&format!("<p:{local} xmlns:p='{namespace}'>{}</p:{local}>", $content), "");
            let response = response(&body);
            let element = response.props().get($name).expect("it is there");
            let read: fields!(@ '_ $type $($inner)?) = element.read().expect("readable").expect("something");
            assert_eq!(response.props().deserialize::<Holder>().expect("a struct").field, read);
            let optional: Option<fields!(@ 'static $type $($inner)?)> = element.deserialize().expect("an option");
            assert_eq!(optional.as_ref(), Some(&read));
            let field: Field<fields!(@ 'static $type $($inner)?)> = element.deserialize().expect("a field");
            assert_eq!(field.value(), Some(&read));
            let several: Vec<fields!(@ 'static $type $($inner)?)> =
                response.props().deserialize::<BTreeMap<String, _>>().expect("a map").remove($name).expect("it");
            assert_eq!(several, [read]);
        }
    )* };
    (@ $life:lifetime PresenceFlag) => { PresenceFlag };
    (@ $life:lifetime FileAttributes) => { FileAttributes };
    (@ $life:lifetime $type:ident) => { $type<$life> };
    (@ $life:lifetime List $inner:ident) => { List<$inner<$life>> };
}

fields! {
    acl_as_a_field: Acl, "acl", "<D:ace><D:principal><D:self/></D:principal><D:deny><D:privilege><x:y/></D:privilege>\
        </D:deny></D:ace><D:ace/>";
    privileges_as_a_field: PrivilegeTree, "supported-privilege-set",
        "<D:supported-privilege><D:privilege><D:all/></D:privilege></D:supported-privilege><D:supported-privilege/>";
    principal_as_a_field: Who, "current-user-principal", "<D:unauthenticated/>";
    checksums_as_a_field: Checksums, "{http://owncloud.org/ns}checksums", "<x:sum>SHA1:aa MD5:bb</x:sum><x:sum>c</x:sum>";
    flag_as_a_field: PresenceFlag, "isfolder", "0";
    file_attributes_as_a_field: FileAttributes, "{urn:schemas-microsoft-com:}Win32FileAttributes", "00000020";
    texts_as_a_field: TextSet, "supported-method-set", "<D:supported-method name='COPY'/><x:y>b</x:y>";
    name_as_a_field: ElementName, "auto-version", "<x:y/>";
    object_as_a_field: ObjectData, "{urn:ietf:params:xml:ns:caldav}calendar-data", "BEGIN&#13;";
    components_as_a_field: Set, "{urn:ietf:params:xml:ns:caldav}supported-calendar-component-set",
        "<C:comp name='VEVENT'/><C:comp/><C:allcomp/>";
    locks_as_a_field: List<ActiveLock>, "lockdiscovery", "<D:activelock><D:lockscope><x:y/></D:lockscope></D:activelock>";
    lock_as_a_field: ActiveLock, "activelock", "<D:depth>0</D:depth><D:owner>Ann</D:owner>";
    lock_entries_as_a_field: List<LockEntry>, "supportedlock", "<D:lockentry><D:locktype><D:write/></D:locktype></D:lockentry>";
    lock_entry_as_a_field: LockEntry, "lockentry", "<D:locktype><D:write/></D:locktype>";
    hrefs_as_a_field: List<Href>, "group-membership", "<D:href>/a</D:href><D:response/><D:href>/b</D:href>";
    data_types_as_a_field: List<ObjectDataType>, "{urn:ietf:params:xml:ns:caldav}supported-calendar-data", "<C:calendar-data version='1'/>";
    parents_as_a_field: List<ParentBinding>, "parent-set", "<D:parent><D:href>/</D:href><D:segment>a</D:segment></D:parent><D:parent/>";
    parent_as_a_field: ParentBinding, "parent", "<D:href>/</D:href><D:segment>a</D:segment>";
    bindings_as_a_field: List<VersionControlledBinding>, "version-controlled-binding-set",
        "<D:version-controlled-binding><D:binding-name>a</D:binding-name><D:version-history><D:href>/h</D:href></D:version-history>\
        </D:version-controlled-binding>";
    needed_privileges_as_a_field: List<NeededPrivileges>, "need-privileges",
        "<D:resource><D:href>/a</D:href><D:privilege><D:bind/></D:privilege></D:resource>";
    search_properties_as_a_field: List<PrincipalSearchProperty>, "principal-search-property-set",
        "<D:principal-search-property><D:prop><x:y/></D:prop></D:principal-search-property>";
    answers_as_a_field: List<RecipientResponse>, "{urn:ietf:params:xml:ns:caldav}schedule-response",
        "<C:response><C:recipient><D:href>mailto:ann</D:href></C:recipient><D:error><x:y/></D:error></C:response><C:response/>";
}

/// A root as a struct, its entries one by one: the bad one costs itself.
#[test]
fn a_schedule_response_as_a_struct() {
    #[derive(Deserialize)]
    struct Answers {
        #[serde(rename = "{urn:ietf:params:xml:ns:caldav}response")]
        answers: Vec<Field<RecipientResponse<'static>>>,
    }
    let body = "<C:schedule-response xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><C:response><C:recipient>\
        <D:href>mailto:ann@x.example</D:href></C:recipient></C:response><C:response><C:recipient>mailto:bob@x.example\
        </C:recipient></C:response></C:schedule-response>";
    let Document::Other(root) = Document::new(body.as_bytes()).expect("well-formed") else {
        panic!("a schedule-response")
    };
    let Answers { answers } = root.element().deserialize().expect("a struct");
    assert_eq!(answers[0].value().expect("it can be read").recipient, "mailto:ann@x.example");
    assert_eq!(answers[1].error().expect("it cannot").message(), "not an answer for a recipient");
    assert!(answers[1].text().expect("as sent").starts_with("<C:response>"));
}

/// What cannot be read costs its field.
#[test]
fn fields_keep_their_errors() {
    #[derive(Debug, Deserialize)]
    struct Row {
        getetag: Field<EntityTag<'static>>,
        getcontentlength: Field<u64>,
        getlastmodified: Option<Field<HttpDate>>,
        creationdate: Field<DateTime>,
        displayname: Field<String>,
        owner: Field<Href<'static>>,
        childcount: Field<u64>,
        resourcetype: Field<Vec<Mark>>,
        quota: Option<Field<Quota>>,
    }
    #[derive(Debug, Deserialize)]
    struct Mark {
        #[serde(rename = "$text")]
        _text: String,
    }
    let props = "<D:getetag>a</D:getetag><D:getcontentlength>many &amp; more</D:getcontentlength><D:getlastmodified>soon\
        </D:getlastmodified><D:creationdate/><D:displayname>a<x:b/></D:displayname><D:owner>/p/</D:owner>\
        <D:childcount>1</D:childcount><D:childcount>2</D:childcount>";
    let body = body(props, "<D:quota/>");
    for (options, is_strict) in [(Options::new(), false), (Options::strict(), true)] {
        let response =
            Multistatus::with_options(body.as_bytes(), &options).next().expect("one").expect("well-formed");
        let row: Row = response.props().deserialize().expect("a row, whatever is in it");
        let length = row.getcontentlength.error().expect("no number");
        assert_eq!(*length, response.props().getcontentlength().expect_err("the same"));
        assert_eq!(row.getcontentlength.text(), Some("many & more"));
        assert!(row.getcontentlength.value().is_none());
        let date = row.getlastmodified.as_ref().and_then(Field::error).expect("no date");
        assert_eq!(date.message(), "not a date");
        assert_eq!((&row.creationdate, &row.resourcetype.value().is_some()), (&Field::Empty, &false));
        assert_eq!(row.displayname.text(), Some("<D:displayname>a<x:b/></D:displayname>"));
        let kinds = (row.getetag.error().map(ValueError::kind), row.owner.error().map(ValueError::kind));
        let refused = |tolerance| is_strict.then_some(ValueErrorKind::Refused(tolerance));
        assert_eq!(kinds, (refused(Tolerance::EntityTagForm), refused(Tolerance::HrefAsText)));
        assert_eq!(row.childcount.error().map(ValueError::kind), Some(ValueErrorKind::Conflicting));
        assert!(row.quota.is_none());
        assert!(!format!("{row:?}").contains("many"), "{row:?}");
        assert!(row.childcount.into_result().is_err());
    }
}

/// Errors that are kept share what they have in common, and all but the first have no path.
#[test]
fn many_fields_that_cannot_be_read() {
    #[derive(Deserialize)]
    struct List {
        #[serde(rename = "{urn:x}list")]
        list: Numbers,
    }
    #[derive(Deserialize)]
    struct Numbers {
        #[serde(rename = "{urn:x}n")]
        numbers: Vec<Field<u64>>,
    }
    let body = body(&format!("<x:list>{}<x:n>5</x:n></x:list>", "<x:n>a</x:n>".repeat(1000)), "");
    let List { list } = response(&body).props().deserialize().expect("a list");
    assert_eq!(list.numbers.iter().filter_map(Field::error).count(), 1000);
    assert_eq!(list.numbers[1000], Field::Value(5));
    let (first, last) =
        (list.numbers[99].error().expect("an error"), list.numbers[999].error().expect("an error"));
    assert!(first.path().ends_with("/prop/x:list/x:n[100]"), "{first}");
    assert_eq!((last.path(), last.property(), last.href(), last.found()), ("", "{urn:x}list", "/a", "a"));
    assert_eq!(last.offset() as usize, body.rfind("<x:n>a").expect("it is there"));
}

#[test]
fn fields_in_other_formats() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        a: Field<u64>,
        b: Field<u64>,
        c: Field<u64>,
        hrefs: List<Href<'static>>,
        texts: TextSet<'static>,
        sums: Checksums<'static>,
        name: ElementName<'static>,
        flag: PresenceFlag,
        bits: FileAttributes,
    }
    let json = r#"{"a": 5, "b": null, "hrefs": ["/a"], "texts": ["x"], "sums": ["SHA1:aa"], "name": "{urn:x}y",
        "flag": "0", "bits": "20"}"#;
    let row: Row = serde_json::from_str(json).expect("JSON");
    assert_eq!((row.a, row.b, row.c), (Field::Value(5), Field::Empty, Field::Empty));
    assert_eq!(row.hrefs, ["/a"]);
    assert!(row.texts.contains("x") && row.sums.get("sha1") == Some("aa") && !row.flag.is_set());
    assert_eq!((row.name.to_string().as_str(), row.bits.bits()), ("{urn:x}y", 32));
    for json in ["{}", "null", "[]", "\"a\"", "5"] {
        assert!(serde_json::from_str::<Acl<'_>>(json).is_err() || json == "[]", "{json}");
        assert!(serde_json::from_str::<EntityTag<'_>>(json).is_err() || json == "\"a\"", "{json}");
    }
}

/// A flattened struct is filled from a map: there is text, but there are no elements of WebDAV any more.
#[test]
fn types_of_this_crate_in_a_flattened_struct() {
    #[derive(Debug, Deserialize)]
    struct Outer<T> {
        #[serde(flatten)]
        inner: T,
    }
    #[derive(Debug, Deserialize)]
    struct Text {
        getetag: EntityTag<'static>,
        getcontentlength: Field<u64>,
        getlastmodified: Field<HttpDate>,
    }
    #[derive(Debug, Deserialize)]
    struct Elements {
        #[serde(rename = "resourcetype")]
        _acl: Acl<'static>,
    }
    let body = body("<D:getetag>a</D:getetag><D:resourcetype><D:collection/></D:resourcetype>", "");
    let Outer { inner } = response(&body).props().deserialize::<Outer<Text>>().expect("a struct");
    assert_eq!((inner.getetag.as_str(), inner.getcontentlength.value()), ("a", None));
    assert_eq!(inner.getlastmodified, Field::Empty);
    let error = response(&body).props().deserialize::<Outer<Elements>>().expect_err("no elements");
    assert_eq!(error.message(), "not a sequence");
    // What it is kept as has other names than what it was sent as: what is not asked for is an error, and no lock without
    // anything.
    #[derive(Debug, Deserialize)]
    struct Lock {
        #[serde(rename = "lockdiscovery")]
        _lock: ActiveLock<'static>,
    }
    let body = self::body(
        "<D:lockdiscovery><D:depth>0</D:depth><D:lockscope><D:shared/></D:lockscope></D:lockdiscovery>",
        "",
    );
    let error = response(&body).props().deserialize::<Outer<Lock>>().expect_err("no lock");
    assert!(error.message().starts_with("an entry whose name is not one of scope, "), "{error}");
}

/// A size is read as its getter reads it.
#[test]
fn sizes_with_an_exponent() {
    #[derive(Debug, Deserialize)]
    struct Sizes {
        getcontentlength: u64,
        #[serde(rename = "quota-used-bytes")]
        used: Quota,
    }
    let body = body(
        "<D:getcontentlength>1.2E+14</D:getcontentlength><D:quota-used-bytes>2E+9</D:quota-used-bytes>",
        "",
    );
    let sizes: Sizes = response(&body).props().deserialize().expect("sizes");
    assert_eq!((sizes.getcontentlength, sizes.used), (120_000_000_000_000, Quota::Bytes(2_000_000_000)));
    let options = Options::strict();
    let response =
        Multistatus::with_options(body.as_bytes(), &options).next().expect("one").expect("well-formed");
    let error = response.props().deserialize::<Sizes>().expect_err("refused");
    assert_eq!(error.kind(), ValueErrorKind::Refused(Tolerance::NumberForm));
}

#[test]
fn entries_of_a_list_are_no_sequence_of_properties() {
    // Its first entry would stand for all of them.
    #[derive(Debug, Deserialize)]
    struct Hrefs {
        #[serde(rename = "{urn:ietf:params:xml:ns:caldav}calendar-home-set")]
        homes: Vec<Href<'static>>,
    }
    #[derive(Debug, Deserialize)]
    struct Locks {
        #[serde(default)]
        lockdiscovery: Vec<multistatus::value::ActiveLock<'static>>,
    }
    #[derive(Debug, Deserialize)]
    struct Entry {
        #[serde(default)]
        supportedlock: Option<multistatus::value::LockEntry<'static>>,
    }
    let homes = "<C:calendar-home-set xmlns:C='urn:ietf:params:xml:ns:caldav'><D:href>/1</D:href><D:href>/2</D:href>\
        </C:calendar-home-set>";
    let lock = "<D:activelock><D:depth>0</D:depth></D:activelock>";
    for props in [
        homes.to_owned(),
        "<D:lockdiscovery/>".to_owned(),
        format!("<D:lockdiscovery>{lock}{lock}</D:lockdiscovery>"),
        "<D:supportedlock><D:lockentry/></D:supportedlock>".to_owned(),
        "<D:supportedlock>yes</D:supportedlock>".to_owned(),
    ] {
        let body = format!(
            "<D:multistatus xmlns:D='DAV:'><D:response><D:href>/a</D:href><D:propstat><D:prop>{props}</D:prop>\
             <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
        );
        let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
        let error = match props.as_bytes()[3] {
            b'c' => response.props().deserialize::<Hrefs>().map(|read| format!("{:?}", read.homes)),
            b'l' => response.props().deserialize::<Locks>().map(|read| format!("{:?}", read.lockdiscovery)),
            _ => response.props().deserialize::<Entry>().map(|read| format!("{:?}", read.supportedlock)),
        };
        let error = error.expect_err(&props);
        assert!(error.message().contains("list"), "{error}");
    }
}

#[test]
fn a_field_keeps_a_conflict_whichever_value_comes_first() {
    #[derive(Debug, Deserialize)]
    struct Size {
        getcontentlength: multistatus::value::Field<u64>,
    }
    #[derive(Debug, Deserialize)]
    struct Texts {
        #[serde(rename = "{urn:x}p")]
        texts: Option<Vec<String>>,
    }
    let (empty, full) = ("<D:getcontentlength/>", "<D:getcontentlength>5</D:getcontentlength>");
    for props in [format!("{empty}{full}"), format!("{full}{empty}")] {
        let body = body(&props, "");
        let read = response(&body).props().deserialize::<Size>().expect("a struct");
        let error = read.getcontentlength.result().expect_err("two values");
        assert_eq!(error.kind(), ValueErrorKind::Conflicting, "{props}");
    }
    for (props, texts) in [("<x:p/><x:p>x</x:p>", ["", "x"]), ("<x:p>x</x:p><x:p/>", ["x", ""])] {
        let body = body(props, "");
        let read = response(&body).props().deserialize::<Texts>().expect("a struct");
        assert_eq!(read.texts.as_deref(), Some(&texts.map(str::to_owned)[..]));
    }
}
