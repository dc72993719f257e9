//! Samples of the values of each type. Every row of the table in `names/properties.rs` is tested with them.

#![allow(
    clippy::extra_unused_lifetimes,
    clippy::needless_lifetimes,
    reason = "the types in the table name one"
)]

use std::borrow::Cow;

use super::*;
use crate::{Href, Multistatus, Name, names::properties};

/// Content of an element, the value that it is read as, and content that cannot be read.
///
/// The prefixes `D`, `C` and `R` are those of WebDAV, CalDAV and CardDAV.
trait Sample {
    const SAMPLES: Samples;
}

struct Samples {
    good: &'static str,
    shown: &'static str,
    /// The value that an empty element is read as.
    empty: &'static str,
    /// `None` when any content can be read.
    broken: Option<&'static str>,
}

macro_rules! samples {
    ($($type:ty: $good:literal => $shown:literal, $empty:literal, $broken:expr;)*) => { $(
        impl Sample for $type {
            const SAMPLES: Samples = Samples { good: $good, shown: $shown, empty: $empty, broken: $broken };
        }
    )* };
}

samples! {
    Cow<'_, str>: " a &amp; b " => r#"Some(" a & b ")"#, r#"Some("")"#, Some("a<D:b/>");
    (): "x" => "Some(())", "Some(())", None;
    bool: " True\n" => "Some(true)", "None", Some("perhaps");
    PresenceFlag: " 0 " => "Some(PresenceFlag(false))", "Some(PresenceFlag(true))", Some("perhaps");
    u64: "\n99 " => "Some(99)", "None", Some("-1");
    OpaqueText<'_>: "\n a&amp;b " => r#"Some(OpaqueText("a&b"))"#, "None", Some("a<D:b/>");
    TextSet<'_>: "<D:x> i;octet</D:x><D:x name='COPY'/><D:x/>" => r#"Some(TextSet(["i;octet", "COPY"]))"#,
        "Some(TextSet([]))", Some("i;octet");
    Quota: "-3" => "Some(Unlimited)", "None", Some("-4");
    UnixTime: "1296705906" => "Some(UnixTime(1296705906))", "None", Some("1296705906.5");
    FileAttributes: "00000020" => "Some(FileAttributes(32))", "None", Some("0x20");
    HttpDate: "Thu, 03 Feb 2011 04:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, ImfFixdate))", "None",
        Some("Invalid Date");
    DateTime: "2011-02-03T05:05:06.5+01:00" => "Some(DateTime(2011-02-03T04:05:06.5Z, Rfc3339))", "None",
        Some("20110203040506");
    IcalendarDate: "20110203T040506Z" => "Some(IcalendarDate(2011-02-03T04:05:06Z, Icalendar))", "None",
        Some("soon");
    EntityTag<'_>: "&quot;7&quot;" => r#"Some(EntityTag("\"7\""))"#, "None", Some("W/");
    MediaType<'_>: "text/plain;charset=utf-8" => r#"Some(MediaType("text/plain;charset=utf-8"))"#, "None",
        Some("not a type");
    LanguageTag<'_>: "de-AT" => r#"Some(LanguageTag("de-AT"))"#, "None", Some("what is this");
    Href<'_>: "<D:href>\n/a&amp;b </D:href>" => r#"Some(Href("/a&b"))"#, "None", Some("<D:x>/a</D:x>");
    List<Href<'_>>: "<D:href>/a</D:href><D:href/><D:href>/b</D:href>" => r#"Some([Href("/a"), Href("/b")])"#,
        "Some([])", Some("<D:x>/a</D:x>");
    ElementName<'_>: "<D:read/>" => "Some({DAV:}read)", "None", Some("read");
    ElementNames<'_>: "<D:read/> <x:y xmlns:x='urn:x'/>" => "Some(ElementNames([{DAV:}read, {urn:x}y]))",
        "Some(ElementNames([]))", Some("read");
    ResourceType<'_>: "<C:calendar/><D:collection/>"
        => "Some(ResourceType(ElementNames([{urn:ietf:params:xml:ns:caldav}calendar, {DAV:}collection])))",
        "Some(ResourceType(ElementNames([])))", Some("collection");
    SupportedSet<'_>: "<D:supported-report><D:report><C:calendar-query/></D:report></D:supported-report>"
        => "Some(SupportedSet(ElementNames([{urn:ietf:params:xml:ns:caldav}calendar-query])))", "Some(SupportedSet(ElementNames([])))",
        Some("calendar-query");
    ComponentSet<'_>: "<C:comp name='VEVENT'/>" => r#"Some(ComponentSet { components: ["VEVENT"], has_all: false, errors: [] })"#, "Some(ComponentSet { components: [], has_all: false, errors: [] })",
        Some("VEVENT");
    Checksums<'_>: "<D:checksum>SHA1:aa MD5:bb</D:checksum>" => r#"Some(Checksums { texts: ["SHA1:aa MD5:bb"], errors: [] })"#,
        "Some(Checksums { texts: [], errors: [] })", Some("SHA1:aa");
    ObjectData<'_>: "\nBEGIN:VCARD&#13;\n"
        => r#"Some(ObjectData { text: "\nBEGIN:VCARD\r\n", content_type: None, version: None })"#, "None",
        Some("<D:x/>");
    List<ObjectDataType<'_>>: "<C:calendar-data version='2.1'/><R:address-data-type/>"
        => r#"Some([ObjectDataType { content_type: "text/calendar", version: "2.1" }, ObjectDataType { content_type: "text/vcard", version: "3.0" }])"#,
        "Some([])", Some("text/calendar");
    List<ParentBinding<'_>>: "<D:parent><D:href>/p/</D:href><D:segment>a%20b</D:segment></D:parent>"
        => r#"Some([ParentBinding { href: Href("/p/"), segment: "a%20b" }])"#, "Some([])", Some("<D:parent/>");
    List<VersionControlledBinding<'_>>: "<D:version-controlled-binding><D:binding-name>a</D:binding-name>\
        <D:version-history><D:href>/h</D:href></D:version-history></D:version-controlled-binding>"
        => r#"Some([VersionControlledBinding { binding_name: "a", version_history: Href("/h") }])"#, "Some([])",
        Some("<D:version-controlled-binding/>");
    Principal<'_>: "<D:href>/p/ann/</D:href>" => r#"Some(Href(Href("/p/ann/")))"#, "None", Some("<D:x/>");
    PrivilegeSet<'_>: "<D:privilege><D:read/></D:privilege>" => "Some(PrivilegeSet(ElementNames([{DAV:}read])))",
        "Some(PrivilegeSet(ElementNames([])))", Some("<D:read/>");
    PrivilegeTree<'_>: "<D:supported-privilege><D:privilege><D:all/></D:privilege><D:abstract/></D:supported-privilege>"
        => "Some(PrivilegeTree { privileges: [SupportedPrivilege { name: {DAV:}all, depth: 0, is_abstract: true, description: None }], errors: [] })",
        "Some(PrivilegeTree { privileges: [], errors: [] })", Some("<D:supported-privilege/>");
    Acl<'_>: "<D:ace><D:principal><D:self/></D:principal><D:deny><D:privilege><D:write/></D:privilege></D:deny></D:ace>"
        => "Some(Acl([Ok(Ace { principal: This, is_inverted: false, is_grant: false, privileges: PrivilegeSet(ElementNames([{DAV:}write])), is_protected: false, inherited: None })]))",
        "Some(Acl([]))", Some("<D:ace><D:principal><D:self/></D:principal></D:ace>");
    List<ActiveLock<'_>>: "<D:activelock><D:lockscope><D:shared/></D:lockscope><D:depth>0</D:depth>\
        <D:timeout>Second-60</D:timeout></D:activelock>"
        => "Some([ActiveLock { scope: Some(Shared), locktype: None, depth: Some(Zero), owner: None, timeout: Some(Seconds(60)), locktoken: None, lockroot: None }])",
        "Some([])", Some("locked");
    List<LockEntry<'_>>: "<D:lockentry><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>\
        </D:lockentry>"
        => "Some([LockEntry { scope: Some(Exclusive), locktype: Some({DAV:}write) }])", "Some([])", Some("yes");
}

/// Makes a body with one response. It has the property `local` of `namespace` for each of `contents`, under `status`.
fn body(namespace: &str, local: &str, contents: &[&str], status: &str) -> String {
    let props: String = contents.iter().map(|content| format!("<P:{local}>{content}</P:{local}>")).collect();
    format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav' \
         xmlns:R='urn:ietf:params:xml:ns:carddav' xmlns:P='{namespace}'><D:response><D:href>/a</D:href><D:propstat>\
         <D:prop>{props}</D:prop><D:status>HTTP/1.1 {status}</D:status></D:propstat></D:response></D:multistatus>"
    )
}

/// Checks a row of the table. `read` reads the property of the row from a body.
fn check(samples: Samples, namespace: &str, local: &str, read: impl Fn(&str) -> Result<String, ValueError>) {
    let ok = |contents: &[&str]| read(&body(namespace, local, contents, "200 OK"));
    let Samples { good, shown, empty, broken } = samples;
    assert_eq!(ok(&[good]).expect(good), shown);
    assert_eq!(ok(&[good, good]).expect(good), shown, "the same twice");
    assert_eq!(ok(&[""]).expect("it is empty"), empty);
    assert_eq!(ok(&["<!-- -->"]).expect("it is empty"), empty);
    assert_eq!(ok(&[]).expect("it is not there"), "None");
    assert_eq!(read(&body(namespace, local, &[""], "404 Not Found")).expect("it is not there"), "None");

    let Some(broken) = broken else { return };
    let text = body(namespace, local, &[broken], "200 OK");
    let error = read(&text).expect_err(broken);
    assert_eq!(error.kind(), ValueErrorKind::Unreadable);
    assert_eq!(error.property(), format!("{{{namespace}}}{local}"));
    assert_eq!(error.href(), "/a");
    let offset = text.find("<P:").expect("it is there") as u64;
    assert!(error.offset() >= offset, "{error}");
    let found = error.found();
    assert!(!found.is_empty() && (broken.contains(found) || found.contains(broken)), "{found}");
    assert!(!error.to_string().contains(broken), "{error}");
    assert_eq!(ok(&[good, broken]).expect_err(broken).kind(), ValueErrorKind::Conflicting);
}

/// Makes one test for each row, named after the constant of the row.
macro_rules! tests {
    ($module:ident) => {
        mod $module {
            use super::*;
            properties!($module tests);
        }
    };
    ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => {
        $(
            #[test]
            #[allow(non_snake_case, reason = "so that they are found by it")]
            fn $constant() {
                fn read<'a>(body: &'a str) -> Result<String, ValueError> {
                    let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("well-formed");
                    let value: Option<$type> = response.props().read(Name::new($namespace, $local))?;
                    $(assert_eq!(response.props().$getter()?, value);)?
                    Ok(format!("{value:?}"))
                }
                fn samples<'a>() -> Samples {
                    <$type>::SAMPLES
                }
                check(samples(), $namespace, $local, read);
            }
        )*

        #[test]
        fn no_row_is_there_twice() {
            let mut names = [$($local),*];
            names.sort();
            assert!(names.windows(2).all(|two| two[0] != two[1]));
            println!("properties: {} rows of {}", names.len(), $namespace);
        }
    };
}
properties!(each tests);
