//! What is kept in another format is read from it again as the same.

use multistatus::{
    Document, Href, Multistatus,
    value::{
        Acl, ActiveLock, Checksums, ComponentSet, DateForm, DateTime, ElementName, ElementNames, EntityTag,
        Field, FileAttributes, HttpDate, IcalendarDate, LanguageTag, List, LockEntry, MediaType,
        NeededPrivileges, ObjectData, ObjectDataType, OpaqueText, ParentBinding, PresenceFlag, Principal,
        PrincipalSearchProperty, PrivilegeSet, PrivilegeTree, Quota, RecipientResponse, ResourceType,
        SupportedSet, TextSet, UnixTime, Value, VersionControlledBinding,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// A response with a property `x` that holds `content`.
fn body(content: &str) -> String {
    format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:x='urn:x'><D:response>\
         <D:href>/a</D:href><D:propstat><D:prop><x:x>{content}</x:x></D:prop><D:status>HTTP/1.1 200 OK</D:status>\
         </D:propstat></D:response></D:multistatus>"
    )
}

fn read<T>(content: &str) -> T
where
    T: for<'a> Value<'a>,
{
    let body = body(content);
    let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
    let element = response.props().get("{urn:x}x").expect("it is there");
    element.read().expect(content).expect(content)
}

/// That `value` is kept as `json`, and read from it again.
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, json: &str) {
    assert_eq!(serde_json::to_string(value).expect("JSON"), json);
    assert_eq!(serde_json::from_str::<T>(json).expect(json), *value);
}

/// One row per type: what is sent, and what is kept.
macro_rules! kept {
    ($($test:ident: $type:ident$(<$of:ident>)?, $content:expr => $json:expr;)*) => { $(
        #[test]
        fn $test() {
            let body = body($content);
            let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
            let element = response.props().get("{urn:x}x").expect("it is there");
            kept!(@ element, $json, $type$(<$of>)?);
        }
    )* };
    (@ $element:ident, $json:expr, List<$of:ident>) => {
        let value = $element.read::<List<$of<'_>>>().expect("it can be read").expect("it says something");
        assert!(!value.is_empty());
        assert_eq!(serde_json::to_string(&value).expect("JSON"), $json);
        same(&value.into_owned(), $json);
    };
    (@ $element:ident, $json:expr, $type:ident) => {
        let value = $element.read::<$type<'_>>().expect("it can be read").expect("it says something");
        assert_eq!(serde_json::to_string(&value).expect("JSON"), $json);
        same(&value.into_owned(), $json);
    };
}

kept! {
    tags: EntityTag, "W/&quot;7&quot;" => r#""W/\"7\"""#;
    media_types: MediaType, "text/calendar; charset=utf-8" => r#""text/calendar; charset=utf-8""#;
    languages: LanguageTag, "de-AT, en" => r#""de-AT, en""#;
    tokens: OpaqueText, " a b&amp;" => r#""a b&""#;
    hrefs: Href, "<D:href> /a%20b </D:href>" => r#""/a%20b""#;
    names: ElementName, "<x:y/>" => r#""{urn:x}y""#;
    names_of_dav: ElementName, "<D:read/>" => r#""{DAV:}read""#;
    names_with_a_prefix_of_nobody: ElementName, "<no:y/>" => r#""no:y""#;
    names_without_namespace: ElementName, "<y/>" => r#""{}y""#;
    sets_of_names: ElementNames, "<D:read/><x:y/><D:read/>" => r#"["{DAV:}read","{urn:x}y","{DAV:}read"]"#;
    types: ResourceType, "<D:collection/>" => r#"["{DAV:}collection"]"#;
    privileges: PrivilegeSet, "<D:privilege><D:read/></D:privilege>" => r#"["{DAV:}read"]"#;
    reports: SupportedSet, "<D:supported-report><D:report><x:y/></D:report></D:supported-report>"
        => r#"["{urn:x}y"]"#;
    texts: TextSet, "<D:a>one</D:a><D:a name='two'/>" => r#"["one","two"]"#;
    checksums: Checksums, "<D:a>SHA1:aa MD5:bb</D:a>" => r#"["SHA1:aa MD5:bb"]"#;
    components: ComponentSet, "<C:comp name='VEVENT'/>" => r#"{"components":["VEVENT"],"has_all":false}"#;
    all_components: ComponentSet, "<C:allcomp/>" => r#"{"components":[],"has_all":true}"#;
    objects: ObjectData, "\nBEGIN:VCARD\n" => r#"{"text":"\nBEGIN:VCARD\n","content_type":null,"version":null}"#;
    principals: Principal, "<D:href>/p/</D:href>" => r#"{"kind":"href","value":"/p/"}"#;
    nobody: Principal, "<D:unauthenticated/>" => r#"{"kind":"unauthenticated","value":null}"#;
    access: Acl, "<D:ace><D:principal><D:property><D:owner/></D:property></D:principal><D:deny><D:privilege><D:write/>\
        </D:privilege></D:deny><D:inherited><D:href>/</D:href></D:inherited></D:ace>\
        <D:ace><D:invert><D:principal><D:all/></D:principal></D:invert><D:grant/><D:protected/></D:ace>\
        <D:ace><D:principal><D:self/></D:principal><D:grant/></D:ace>\
        <D:ace><D:principal><x:y/></D:principal><D:grant/></D:ace>\
        <D:ace><D:principal><D:authenticated/></D:principal><D:grant/></D:ace>"
        => concat!(
            r#"[{"principal":{"kind":"property","value":"{DAV:}owner"},"is_inverted":false,"is_grant":false,"#,
            r#""privileges":["{DAV:}write"],"is_protected":false,"inherited":"/"},"#,
            r#"{"principal":{"kind":"all","value":null},"is_inverted":true,"is_grant":true,"#,
            r#""privileges":[],"is_protected":true,"inherited":null},"#,
            r#"{"principal":{"kind":"self","value":null},"is_inverted":false,"is_grant":true,"#,
            r#""privileges":[],"is_protected":false,"inherited":null},"#,
            r#"{"principal":{"kind":"other","value":"{urn:x}y"},"is_inverted":false,"is_grant":true,"#,
            r#""privileges":[],"is_protected":false,"inherited":null},"#,
            r#"{"principal":{"kind":"authenticated","value":null},"is_inverted":false,"is_grant":true,"#,
            r#""privileges":[],"is_protected":false,"inherited":null}]"#,
        );
    trees: PrivilegeTree, "<D:supported-privilege><D:privilege><D:all/></D:privilege><D:abstract/>\
        <D:description>any</D:description></D:supported-privilege>"
        => r#"[{"name":"{DAV:}all","depth":0,"is_abstract":true,"description":"any"}]"#;
    lists_of_hrefs: List<Href>, "<D:href>/a</D:href><D:href>/b</D:href>" => r#"["/a","/b"]"#;
    locks: List<ActiveLock>, "<D:activelock><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>\
        <D:depth>infinity</D:depth><D:owner> me </D:owner><D:timeout>Second-60</D:timeout><D:locktoken>\
        <D:href>urn:1</D:href></D:locktoken></D:activelock><D:activelock><D:lockscope><x:odd/></D:lockscope>\
        <D:depth>7</D:depth><D:timeout>soon</D:timeout></D:activelock>"
        => concat!(
            r#"[{"scope":"exclusive","locktype":"{DAV:}write","depth":"infinity","owner":"me","timeout":"Second-60","#,
            r#""locktoken":"urn:1","lockroot":null},{"scope":"{urn:x}odd","locktype":null,"depth":"7","owner":null,"#,
            r#""timeout":"soon","locktoken":null,"lockroot":null}]"#,
        );
    kinds_of_locks: List<LockEntry>, "<D:lockentry><D:lockscope><D:shared/></D:lockscope></D:lockentry>"
        => r#"[{"scope":"shared","locktype":null}]"#;
    kinds_of_data: List<ObjectDataType>, "<C:calendar-data version='2.1'/>"
        => r#"[{"content_type":"text/calendar","version":"2.1"}]"#;
    parents: List<ParentBinding>, "<D:parent><D:href>/p/</D:href><D:segment>a</D:segment></D:parent>"
        => r#"[{"href":"/p/","segment":"a"}]"#;
    bindings: List<VersionControlledBinding>, "<D:version-controlled-binding><D:binding-name>a</D:binding-name>\
        <D:version-history><D:href>/h</D:href></D:version-history></D:version-controlled-binding>"
        => r#"[{"binding_name":"a","version_history":"/h"}]"#;
    needed: List<NeededPrivileges>, "<D:resource><D:privilege><D:bind/></D:privilege></D:resource>"
        => r#"[{"href":"","privileges":["{DAV:}bind"]}]"#;
    searched: List<PrincipalSearchProperty>, "<D:principal-search-property><D:prop><D:displayname/></D:prop>\
        </D:principal-search-property>" => r#"[{"name":"{DAV:}displayname","description":null}]"#;
    answers: List<RecipientResponse>, "<C:response><C:recipient><D:href>mailto:a</D:href></C:recipient>\
        <D:error><x:y/></D:error></C:response>"
        => concat!(
            r#"[{"recipient":"mailto:a","request_status":null,"calendar_data":null,"conditions":["{urn:x}y"],"#,
            r#""description":null}]"#,
        );
}

#[test]
fn entries_by_themselves() {
    let body = b"<C:schedule-response xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:D='DAV:'><C:response><C:recipient>\
        <D:href>mailto:ann@example.org</D:href></C:recipient></C:response></C:schedule-response>";
    let Ok(Document::Other(root)) = Document::new(body) else { panic!("a schedule-response") };
    let entry: RecipientResponse<'_> =
        root.element().children().next().expect("one").read().expect("it can be read").expect("it is there");
    let json = serde_json::to_string(&entry).expect("JSON");
    assert_eq!(serde_json::from_str::<RecipientResponse<'_>>(&json).expect("the same"), entry);
    // A missing field is `None` where its type allows that, and otherwise an error. So is an unknown field.
    let entry = r#"{"recipient": "a", "conditions": []}"#;
    assert!(
        serde_json::from_str::<RecipientResponse<'_>>(entry).is_ok_and(|entry| entry.description.is_none())
    );
    for broken in [r#"{"recipient": "a"}"#, r#"{"recipient": "a", "conditions": [], "more": 1}"#, r#"["a"]"#]
    {
        assert!(serde_json::from_str::<RecipientResponse<'_>>(broken).is_err(), "{broken}");
    }
    // Formats without names have the parts in order.
    let lock = r#"["shared", null, "0", null, null, null, null]"#;
    let lock: ActiveLock<'_> = serde_json::from_str(lock).expect("all parts");
    assert_eq!(lock.depth.expect("a depth").to_string(), "0");
    let principal = r#"{"kind": "all", "value": "x"}"#;
    assert!(serde_json::from_str::<Principal<'_>>(principal).is_err());
}

#[test]
fn numbers_and_marks() {
    for (sent, kept) in [("7", "7"), ("-1", "-1"), ("-2", "-2"), ("-3", "-3"), ("1.2E+3", "1200")] {
        same(&read::<Quota>(sent), &format!("\"{kept}\""));
    }
    same(&read::<UnixTime>("1296705906"), "\"1296705906\"");
    same(&read::<FileAttributes>("20"), "\"00000020\"");
    same(&read::<PresenceFlag>(""), "\"true\"");
    same(&read::<PresenceFlag>("0"), "\"false\"");
}

/// A date has its instant and its form, and keeps both, whatever day it is read again.
#[test]
fn dates() {
    let kept = [
        ("Thu, 03 Feb 2011 04:05:06 GMT", "Thu, 03 Feb 2011 04:05:06 GMT"),
        ("Thursday, 03-Feb-11 04:05:06 GMT", "2011-02-03T04:05:06Z (Rfc850)"),
        ("Thu Feb  3 04:05:06 2011", "2011-02-03T04:05:06Z (Asctime)"),
        ("Thu, 3 Feb 2011 05:05:06 +0100", "2011-02-03T04:05:06Z (Rfc2822)"),
        ("2011-02-03T05:05:06.500+01:00", "2011-02-03T04:05:06.5Z"),
        ("2011-02-03 04:05:06.000000001Z", "2011-02-03T04:05:06.000000001Z (Iso8601)"),
        ("2011-02-03 04:05:06", "2011-02-03T04:05:06Z (WithoutOffset)"),
        ("20110203T040506Z", "20110203T040506Z"),
        ("1296705906", "2011-02-03T04:05:06Z (UnixSeconds)"),
        ("0", "1970-01-01T00:00:00Z (UnixSeconds)"),
        ("2011-02-03 04:05:06.5 +0000 UTC", "2011-02-03T04:05:06.5Z (Go)"),
        (
            "Thu Feb 03 2011 04:05:06 GMT+0000 (Coordinated Universal Time)",
            "2011-02-03T04:05:06Z (JavaScript)",
        ),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31T12:00:59-23:59"),
        ("0000-01-01T00:00:00+12:00", "0000-01-01T11:59:00+23:59"),
        ("0000-01-01 00:00:00+12:00", "0000-01-01T11:59:00+23:59 (Iso8601)"),
    ];
    let mut forms = Vec::new();
    for (sent, kept) in kept {
        let json = serde_json::to_string(kept).expect("JSON");
        same(&sent.parse::<HttpDate>().expect(sent), &json);
        same(&sent.parse::<DateTime>().expect(sent), &json);
        same(&sent.parse::<IcalendarDate>().expect(sent), &json);
        // As it was sent it can be read from another format, too.
        let sent = serde_json::to_string(sent).expect("JSON");
        let date: HttpDate = serde_json::from_str(&sent).expect("a date");
        assert_eq!(serde_json::to_string(&date).expect("JSON"), json);
        forms.push(date.form());
    }
    forms.sort();
    forms.dedup();
    assert_eq!((forms.len(), forms.last()), (11, Some(&DateForm::JavaScript)), "every form");
}

/// Read again it would pass for whole.
#[test]
fn what_is_not_whole_is_not_kept() {
    let list = "<D:parent><D:href>/p/</D:href><D:segment>a</D:segment></D:parent><D:parent/>";
    let text = body(list);
    let response = Multistatus::new(text.as_bytes()).next().expect("one").expect("it is well-formed");
    let element = response.props().get("{urn:x}x").expect("it is there");
    let parents = element.read::<List<ParentBinding<'_>>>().expect("one of them").expect("one of them");
    let error = serde_json::to_string(&parents).expect_err("it is not whole").to_string();
    assert!(error.starts_with("a part of it could not be read: not a parent at byte "), "{error}");
    assert!(serde_json::to_string(&parents.into_vec()).is_ok());

    fn check<'a, T: Value<'a> + Serialize>(body: &'a str) {
        let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
        let value = response.props().read::<T>("{urn:x}x").expect("a part").expect("a part");
        assert!(serde_json::to_string(&value).is_err(), "{body}");
    }
    check::<PrivilegeSet<'_>>(&body("<D:privilege><D:read/></D:privilege><D:privilege>x</D:privilege>"));
    check::<SupportedSet<'_>>(&body(
        "<D:supported-report><D:report><x:y/></D:report></D:supported-report><x:z>x</x:z>",
    ));
    check::<Checksums<'_>>(&body("<D:a>a:b</D:a><D:a>x</D:a>"));
    check::<ComponentSet<'_>>(&body("<C:comp name='VTODO'/><C:comp/>"));
    check::<PrivilegeTree<'_>>(&body(
        "<D:supported-privilege><D:privilege><D:all/></D:privilege></D:supported-privilege><D:supported-privilege/>",
    ));
    check::<Acl<'_>>(&body("<D:ace><D:principal><D:all/></D:principal><D:grant/></D:ace><D:ace/>"));
}

#[test]
fn fields() {
    #[derive(serde::Deserialize, serde::Serialize, PartialEq, Debug)]
    struct Row {
        a: Field<u64>,
        b: Field<HttpDate>,
        tag: EntityTag<'static>,
    }
    let row = Row {
        a: Field::Value(5),
        b: Field::Empty,
        tag: EntityTag::parse("\"1\"").expect("a tag").into_owned(),
    };
    same(&row, r#"{"a":5,"b":null,"tag":"\"1\""}"#);
    let text = body("<x:a>five</x:a>");
    let response = Multistatus::new(text.as_bytes()).next().expect("one").expect("it is well-formed");
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Inner {
        #[serde(rename = "{urn:x}a")]
        a: Field<u64>,
    }
    let inner: Inner =
        response.props().get("{urn:x}x").expect("it is there").deserialize().expect("a struct");
    assert!(inner.a.error().is_some() && serde_json::to_string(&inner).is_err());
}
