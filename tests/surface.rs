//! What can be done with every type: kept, put into a field, gone through, made of text, shown.

use multistatus::{
    Attribute, Decoder, Disposition, Document, Element, Error, ErrorKind, Href, Limit, Lookup, Multistatus,
    Name, Options, Props, Propstat, Reader, Repair, Response, Root, RootKind, Status, Tolerance,
    UnknownOption,
    href::HrefKey,
    iter, names,
    value::{
        Ace, Acl, ActiveLock, Checksums, ComponentSet, DateError, DateForm, DateTime, Depth, ElementName,
        ElementNames, EntityTag, HttpDate, IcalendarDate, LanguageTag, List, LockEntry, LockScope, MediaType,
        NeededPrivileges, ObjectData, ObjectDataType, OpaqueText, ParentBinding, Principal,
        PrincipalSearchProperty, PrivilegeSet, PrivilegeTree, RecipientResponse, ResourceType,
        SupportedPrivilege, SupportedSet, TextSet, Timeout, Value, ValueError, ValueErrorKind,
        VersionControlledBinding,
    },
};
use std::{fmt::Debug, io, iter::FusedIterator};

const BODY: &str = r#"<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:x="urn:x">
    <D:response><D:href>/a</D:href><D:href>/b</D:href>
      <D:propstat><D:prop><D:getetag>"1"</D:getetag><D:displayname>a</D:displayname></D:prop>
        <D:status>HTTP/1.1 200 OK</D:status></D:propstat>
      <D:propstat><D:prop><D:owner/></D:prop><D:status>HTTP/1.1 403 Forbidden</D:status>
        <D:error><D:inner/></D:error></D:propstat>
      <D:propstat><D:prop><D:group/><x:note a="1" D:b="2" xmlns:y="urn:y">n</x:note></D:prop>
        <D:prop><D:getetag>"1"</D:getetag></D:prop></D:propstat>
      <D:error><D:one/><D:two/></D:error>
      <D:responsedescription>no<D:error><D:three/></D:error></D:responsedescription></D:response>
    <D:sync-token>t</D:sync-token></D:multistatus>"#;

fn response() -> Response<'static> {
    Multistatus::new(BODY.as_bytes()).next().expect("one").expect("it is well-formed")
}

fn local_names<'r, 'a: 'r>(elements: impl Iterator<Item = Element<'r, 'a>>) -> Vec<&'r str> {
    elements.map(|element| element.name().local()).collect()
}

/// Every public type that borrows, but those that are references into a response, can be kept.
#[test]
fn what_borrows_can_be_kept() {
    fn kept<T, U: 'static>(_: fn(T) -> U) {}
    macro_rules! kept {
        ($($type:ident),* $(,)?) => { $( kept::<$type<'_>, $type<'static>>($type::into_owned); )* };
    }
    kept! {
        Status, Disposition, Root, Href,
        Ace, Acl, ActiveLock, Checksums, ComponentSet, Depth, ElementName, ElementNames, EntityTag, LanguageTag,
        LockEntry, LockScope, MediaType, NeededPrivileges, ObjectData, ObjectDataType, OpaqueText, ParentBinding,
        Principal, PrincipalSearchProperty, PrivilegeSet, PrivilegeTree, RecipientResponse, ResourceType,
        SupportedPrivilege, SupportedSet, TextSet, Timeout, VersionControlledBinding,
    }
    kept::<List<Href<'_>>, List<Href<'static>>>(List::into_owned);

    let kept = |status: &str| -> (Option<Status<'static>>, Disposition<'static>) {
        let body = format!(
            "<multistatus xmlns='DAV:'><response><href>/a</href><status>{status}</status></response></multistatus>"
        );
        let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
        (response.status().map(Status::into_owned), response.disposition().into_owned())
    };
    let (status, failed) = kept("HTTP/1.1 423 Locked");
    let status = status.expect("a status");
    assert_eq!(
        (status.as_u16(), status.reason(), status.raw()),
        (Some(423), "Locked", "HTTP/1.1 423 Locked")
    );
    assert_eq!(failed, Disposition::Failed(status));
    for (status, disposition) in [
        ("HTTP/1.1 200 OK", Disposition::Present),
        ("HTTP/1.1 302 Found", Disposition::Redirected),
        ("HTTP/1.1 410 Gone", Disposition::Gone),
        ("HTTP/1.1 507 Full", Disposition::Truncated),
    ] {
        assert_eq!(kept(status).1, disposition);
    }
}

#[test]
fn a_root_is_kept_with_all_that_is_in_it() {
    let body = "\u{feff}<D:error xmlns:D='DAV:' xmlns:x='urn:&#120;'><D:one xml:lang='en'><x:y z='1'>&amp;</x:y></D:one>\
        <D:responsedescription> no </D:responsedescription></D:error>";
    let of = |body: &str| {
        let Ok(Document::Other(root)) = Document::new(body.as_bytes()) else { panic!("an error") };
        root.into_owned()
    };
    let root: Root<'static> = of(&String::from(body));
    assert_eq!(root.kind(), RootKind::Error);
    assert_eq!(root.description().as_deref(), Some("no"));
    let one = root.conditions().next().expect("a condition");
    let inner = one.child("{urn:x}y").expect("it is there");
    assert_eq!((inner.text().as_ref(), inner.lang().as_deref()), ("&", Some("en")));
    assert_eq!(inner.attribute("z").as_deref(), Some("1"));
    assert_eq!(inner.offset() as usize, body.find("<x:y").expect("it is there"));
    assert_eq!(ElementName::from(inner.name()).to_string(), "{urn:x}y");
    // So it is from a source that is read by parts, and once more.
    let mut reader = Reader::new(body.as_bytes());
    let Ok(Document::Other(lent)) = reader.document() else { panic!("an error") };
    let kept = lent.into_owned();
    drop(reader);
    assert_eq!(kept.clone().into_owned().element().to_xml(), root.element().to_xml());

    let prop = of("<D:prop xmlns:D='DAV:'><D:lockdiscovery/></D:prop>");
    assert_eq!(local_names(prop.props().iter()), ["lockdiscovery"]);
    assert!(!prop.props().is_empty() && prop.propstats().next().is_none());
    let made = of("<D:mkcol-response xmlns:D='DAV:'><D:propstat><D:prop><D:resourcetype/></D:prop>\
        <D:status>HTTP/1.1 403 No</D:status></D:propstat></D:mkcol-response>");
    assert_eq!(made.propstats().flat_map(|propstat| propstat.elements()).count(), 1);
}

/// A struct that goes through a response bit by bit.
struct Cursor<'r, 'a> {
    hrefs: iter::Hrefs<'r, 'a>,
    propstats: iter::Propstats<'r, 'a>,
    properties: iter::Properties<'r, 'a>,
    values: iter::Values<'r, 'a, 'static>,
    conditions: iter::Conditions<'r, 'a>,
    children: iter::Children<'r, 'a>,
    attributes: iter::Attributes<'r, 'a>,
    namespaces: iter::Namespaces<'r>,
    tolerances: iter::Tolerances,
}

#[test]
fn iterators_are_fields() {
    let response = response();
    let props = response.props();
    let note = props.get("{urn:x}note").expect("it has a value");
    let mut cursor = Cursor {
        hrefs: response.hrefs(),
        propstats: response.propstats(),
        properties: props.iter(),
        values: props.get_all(names::GETETAG),
        conditions: response.conditions(),
        children: response.element().children(),
        attributes: note.attributes(),
        namespaces: note.namespaces(),
        tolerances: response.tolerated(),
    };
    assert_eq!(cursor.hrefs.next().expect("one"), "/a");
    assert_eq!(cursor.hrefs.next().expect("another"), "/b");
    assert_eq!(local_names(cursor.properties.clone()), ["getetag", "displayname", "note", "getetag"]);
    assert_eq!(local_names(cursor.values), ["getetag", "getetag"]);
    assert_eq!(local_names(cursor.conditions), ["one", "two", "three"]);
    assert_eq!(cursor.children.size_hint().0, 0);
    assert!(cursor.children.size_hint().1.is_some_and(|most| most >= cursor.children.clone().count()));
    assert_eq!(cursor.children.count(), 7);
    let attributes: Vec<_> = cursor.attributes.map(|Attribute { name, .. }| name.to_string()).collect();
    assert_eq!(attributes, ["{}a", "{DAV:}b"]);
    let prefixes: Vec<_> = cursor.namespaces.map(|(prefix, _)| prefix).collect();
    assert_eq!(prefixes, ["y", "D", "C", "x"]);
    let elements: Vec<_> = cursor.propstats.map(|propstat| local_names(propstat.elements())).collect();
    assert_eq!(elements, [&["getetag", "displayname"][..], &["owner"], &["group", "note", "getetag"]]);
    let refused = response.propstats().nth(1).expect("a refusal");
    assert_eq!(local_names(refused.conditions()), ["inner"]);
    assert_eq!(cursor.tolerances.len(), cursor.tolerances.clone().count());
    assert_eq!(
        cursor.tolerances.collect::<Vec<_>>(),
        [Tolerance::PropstatWithoutStatus, Tolerance::PropRepeated, Tolerance::HrefsBesidePropstat]
    );
    let mut body = Multistatus::new(BODY.as_bytes());
    let trailer = body.finish().expect("it is complete");
    let tokens: iter::SyncTokens<'_> = trailer.sync_tokens();
    assert_eq!((tokens.len(), tokens.collect::<Vec<_>>()), (1, vec!["t"]));
    assert_eq!(trailer.repaired().len(), 0);
}

/// A clone goes on where the iterator is, the end stays the end, and `Debug` shows what is left.
#[test]
fn iterators_are_clones_fused_and_shown() {
    fn check<I: FusedIterator + Clone + Debug>(mut all: I, name: &str)
    where
        I::Item: Debug,
    {
        let mut before = Vec::new();
        loop {
            let left: Vec<_> = all.clone().collect();
            assert_eq!(format!("{all:?}"), format!("{left:?}"), "{name}");
            let (least, most) = all.size_hint();
            assert!(least <= left.len() && most.is_none_or(|most| most >= left.len()), "{name}");
            match all.next() {
                Some(item) => before.push(format!("{item:?}")),
                None => break,
            }
        }
        assert!(!before.is_empty(), "{name}");
        assert!(all.next().is_none() && all.next().is_none(), "{name}");
    }
    let response = response();
    let note = response.props().get("{urn:x}note").expect("it has a value");
    check(response.hrefs(), "hrefs");
    check(response.element().hrefs(), "hrefs of an element");
    check(response.propstats(), "propstats");
    check(response.conditions(), "conditions");
    check(response.tolerated(), "tolerances");
    check(response.props().iter(), "properties");
    check(response.props().get_all("getetag"), "values");
    check(response.propstats().next().expect("one").elements(), "elements");
    check(response.element().children(), "children");
    check(note.attributes(), "attributes");
    check(note.namespaces(), "namespaces");
    check(Href::new("/a/b%20c").segments(), "segments");
    check(MediaType::parse("text/plain; a=b; c=\"d;e\";f").expect("a type").parameters(), "parameters");
    let expanded = "<multistatus xmlns='DAV:'><response><href>/</href><propstat><prop><x><response><href>/a</href>\
        </response><response/></x></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
    let expanded = Multistatus::new(expanded.as_bytes()).next().expect("one").expect("it is well-formed");
    check(expanded.props().get("x").expect("it is there").responses(), "inner responses");
    let options = Options::browse();
    let mut repaired =
        Multistatus::with_options(b"<multistatus><sync-token>a</sync-token></multistatus>\0", &options);
    let trailer = repaired.finish().expect("it is repaired");
    check(trailer.repaired(), "repairs");
    check(trailer.sync_tokens(), "tokens");
}

/// The values of properties with each content.
fn value<'a, T: Value<'a>>(body: &'a str, local: &str) -> T {
    let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
    let element = response.props().get(local).expect("it is there");
    element.read().expect(local).expect(local)
}

#[test]
fn sets_are_gone_through_by_reference() {
    let body = "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><D:response><D:href>/a</D:href>\
        <D:propstat><D:prop><D:names><D:one/><D:two/></D:names><D:texts><D:a>b</D:a><D:c name='d'/></D:texts>\
        <D:privileges><D:privilege><D:read/></D:privilege></D:privileges><D:reports><D:supported-report><D:report><D:x/>\
        </D:report></D:supported-report></D:reports><D:components><C:comp name='VEVENT'/></D:components>\
        <D:sums><D:a>SHA1:aa MD5:bb</D:a><D:a>CRC:cc</D:a></D:sums><D:language>de, en</D:language>\
        <D:acl><D:ace/><D:ace><D:principal><D:all/></D:principal><D:grant/></D:ace></D:acl>\
        <D:tree><D:supported-privilege><D:privilege><D:all/></D:privilege><D:supported-privilege><D:privilege><D:read/>\
        </D:privilege></D:supported-privilege></D:supported-privilege></D:tree>\
        <D:hrefs><D:href>/a</D:href><D:href>/b</D:href></D:hrefs></D:prop><D:status>HTTP/1.1 200 OK</D:status>\
        </D:propstat></D:response></D:multistatus>";
    fn shown<I: IntoIterator<Item: Debug>>(all: I) -> String {
        all.into_iter().map(|one| format!("{one:?} ")).collect()
    }
    macro_rules! by_reference {
        ($($type:ident, $local:literal: $len:expr, $shown:literal;)*) => { $(
            let set: $type<'_> = value(body, $local);
            assert_eq!((set.len(), set.is_empty()), ($len, $len == 0), $local);
            assert_eq!(set.iter().len(), $len, $local);
            assert_eq!(shown(&set).split(' ').next(), Some($shown), $local);
            assert_eq!(shown(&set), shown(set.iter()), $local);
            assert_eq!(set.iter().rev().count(), $len, $local);
            assert_eq!(format!("{:?}", set.iter()), format!("{:?}", set.iter().collect::<Vec<_>>()));
        )* };
    }
    by_reference! {
        ElementNames, "names": 2, "Name";
        ResourceType, "names": 2, "Name";
        PrivilegeSet, "privileges": 1, "Name";
        SupportedSet, "reports": 1, "Name";
        TextSet, "texts": 2, "\"b\"";
        ComponentSet, "components": 1, "\"VEVENT\"";
        Acl, "acl": 2, "Err({DAV:}acl:";
        PrivilegeTree, "tree": 2, "SupportedPrivilege";
    }
    let sums: Checksums<'_> = value(body, "sums");
    assert_eq!(
        (sums.is_empty(), shown(&sums)),
        (false, r#"("SHA1", "aa") ("MD5", "bb") ("CRC", "cc") "#.to_owned())
    );
    let language: LanguageTag<'_> = value(body, "language");
    assert_eq!((shown(&language), language.to_string()), (r#""de" "en" "#.to_owned(), "de, en".to_owned()));
    let tree: PrivilegeTree<'_> = value(body, "tree");
    let including = tree.including(names::READ).map(|one| one.name.as_name());
    assert!(including.eq([names::READ, names::ALL]) && tree.including("none").next().is_none());
    let hrefs: List<Href<'_>> = value(body, "hrefs");
    assert_eq!(shown(&hrefs), shown(hrefs.clone()));
    let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
    let mut count = 0;
    for property in response.props() {
        assert_eq!(property.name().namespace(), "DAV:");
        count += 1;
    }
    assert_eq!(count, response.props().iter().count());
}

/// A colour as a user of this crate has it.
#[derive(Debug, PartialEq)]
struct Colour(String);

impl<'a> Value<'a> for Colour {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        match element.text() {
            text if text.is_empty() => Ok(None),
            text if text.starts_with('#') => Ok(Some(Colour(text.into_owned()))),
            _ => Err(ValueError::new(element, "a colour")),
        }
    }
}

/// The same, whose entries have a name.
#[derive(Debug, PartialEq)]
struct Named(Colour);

impl<'a> Value<'a> for Named {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Colour::read(element)?.map(Named))
    }

    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        List::read_children(element, "{urn:x}colour", "a set of colours")
    }
}

#[test]
fn lists_of_types_of_users() {
    let body = |content: &str| {
        format!(
            "<multistatus xmlns='DAV:' xmlns:x='urn:x'><response><href>/a</href><propstat><prop><x:colours>{content}\
             </x:colours></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
        )
    };
    fn list<T: for<'a> Value<'a>>(body: &str) -> Result<Option<List<T>>, ValueError> {
        let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
        response.props().read("{urn:x}colours")
    }
    let some = body("<x:colour>#1</x:colour><x:other>#2</x:other><x:colour/><x:colour>red</x:colour>");
    let colours = list::<Colour>(&some).expect("a list").expect("a list");
    assert_eq!(colours.iter().map(|colour| &*colour.0).collect::<Vec<_>>(), ["#1", "#2"]);
    assert_eq!(colours.errors().len(), 1);
    assert_eq!(colours.errors()[0].offset() as usize, some.find("<x:colour>red").expect("it is there"));
    let named = list::<Named>(&some).expect("a list").expect("a list");
    assert_eq!((named.len(), named.is_complete()), (1, false));
    let response = Multistatus::new(some.as_bytes()).next().expect("one").expect("it is well-formed");
    assert!(
        response
            .props()
            .read::<Vec<Colour>>("{urn:x}colours")
            .is_err_and(|error| error.message() == "not a colour")
    );
    assert!(list::<Colour>(&body("")).expect("a list").expect("a list").is_empty());
    assert_eq!(list::<Colour>(&body("red")).expect_err("text").message(), "not a list");
    assert_eq!(list::<Colour>(&body("<x:a>red</x:a>")).expect_err("no entry").message(), "not a colour");
    assert_eq!(list::<Named>(&body("<x:a/>")).expect_err("no entry").message(), "not a set of colours");
    // Those of this crate are what they were.
    let body = body("<href>/a</href><x:other/>");
    let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
    assert_eq!(
        response.props().read::<Vec<Href<'_>>>("{urn:x}colours").expect("a list"),
        Some(vec![Href::new("/a")])
    );
}

#[test]
fn options_from_their_names() {
    for tolerance in Tolerance::ALL {
        assert_eq!(tolerance.to_string().parse(), Ok(*tolerance));
    }
    for repair in Repair::ALL {
        assert_eq!(repair.as_str().parse(), Ok(*repair));
    }
    for limit in Limit::ALL {
        assert_eq!(limit.as_str().parse(), Ok(*limit));
    }
    let error: UnknownOption = "depth".parse::<Limit>().expect_err("other letters");
    assert_eq!(error.to_string(), "no Limit has this name");
    assert_ne!(
        "x".parse::<Repair>().expect_err("no name").to_string(),
        "x".parse::<Tolerance>().expect_err("no name").to_string()
    );
}

#[test]
fn dates_from_text() {
    let text = " Thu, 03 Feb 2011 04:05:06 GMT\n";
    let date: HttpDate = text.parse().expect("a date");
    assert_eq!((date.form(), date.to_string().as_str()), (DateForm::ImfFixdate, "2011-02-03T04:05:06Z"));
    assert_eq!(date.to_string().parse::<DateTime>().map(DateTime::time), Ok(date.time()));
    assert_eq!("20110203T040506Z".parse::<IcalendarDate>().map(IcalendarDate::time), Ok(date.time()));
    let error: DateError =
        "2011-02-03T04:05:06Z (ImfFixdate)".parse::<HttpDate>().expect_err("only serde has these");
    assert_eq!(error.to_string(), "not a date");
}

#[test]
fn names_and_hrefs_of_text() {
    let (name, response) = ("getetag".to_owned(), response());
    assert_eq!(response.props().get(&name).expect("it is there").text(), "\"1\"");
    assert!(matches!(response.lookup(&name), Lookup::Found(_)));
    assert_eq!(Name::from(&"{urn:x}y".to_owned()), Name::new("urn:x", "y"));
    let note = response.props().get("{urn:x}note").expect("it is there");
    for (name, value) in [
        ("a", Some("1")),
        ("b", None),
        ("D:b", None),
        ("{DAV:}b", Some("2")),
        ("{}a", Some("1")),
        ("xmlns:y", None),
    ] {
        assert_eq!(note.attribute(name).as_deref(), value, "{name}");
    }
    let b: Name<'static> = Name::new("DAV:", "b");
    assert_eq!(note.attribute_ns(b).as_deref(), Some("2"));
    assert_eq!(note.attribute_ns(Name::new("", "a")).as_deref(), Some("1"));
    assert_eq!(note.attribute_ns(names::GETETAG), None);
    for text in [" /a\t", "\r\n/a", "/a"] {
        assert_eq!(Href::new(text), "/a");
        assert_eq!(Href::new(text.to_owned()), "/a");
    }
    let url = "https://dav.example/x/".parse().expect("a URL");
    let key: HrefKey = Href::new("a%20b?c").key(&url).expect("a key");
    assert_eq!(
        (key.to_string(), format!("{key:?}")),
        ("https://dav.example:443/x/a b?c".into(), key.to_string())
    );
}

/// What `main` prints when it returns an error.
#[test]
fn errors_for_people() {
    let shown =
        |body: &str| format!("{:?}", Multistatus::new(body.as_bytes()).next_response().expect_err(body));
    assert_eq!(
        shown("<multistatus xmlns='DAV:'><response><href>/a"),
        "the body ends too early at byte 44, in multistatus/response[1]/href (Truncated)"
    );
    assert_eq!(shown("<html>"), "an HTML page instead of a WebDAV document (root {}html) at byte 0 (NotDav)");
    let strict = Options::new().limit(Limit::Depth, 1);
    let deep = "<multistatus xmlns='DAV:'><response/></multistatus>";
    let error =
        Multistatus::with_options(deep.as_bytes(), &strict).next_response().expect_err("it is too deep");
    assert!(format!("{error:?}").ends_with(" (Limit(Depth))"), "{error:?}");
    assert_eq!(error.kind().to_string(), "Limit(Depth)");
    assert_eq!(ErrorKind::Refused(Tolerance::HrefEmpty).to_string(), "Refused(HrefEmpty)");

    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::new(io::ErrorKind::ConnectionReset, "the cable was cut"))
        }
    }
    let mut reader = Reader::new(io::BufReader::new(Broken));
    let error = reader.next_response().expect_err("it is broken");
    assert_eq!(
        format!("{error:?}"),
        "the source failed: connection reset at byte 0 (Io(ConnectionReset)): the cable was cut"
    );
    assert_eq!(error.to_string(), "the source failed: connection reset at byte 0");
    assert_eq!(format!("{:?}", Err::<(), _>(error.clone())), format!("Err({error:?})"));
    let _: &dyn std::error::Error = &error;

    let body = "<multistatus xmlns='DAV:'><response><href>/a</href><propstat><prop><getcontentlength>secret\
        </getcontentlength></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
    let response = Multistatus::new(body.as_bytes()).next().expect("one").expect("it is well-formed");
    let error: ValueError = response.props().getcontentlength().expect_err("no number");
    let text =
        "not a number below 2^64 at byte 67, in multistatus/response[1]/propstat[1]/prop/getcontentlength";
    assert_eq!(error.to_string(), text);
    assert_eq!(format!("{error:?}"), format!("{{DAV:}}getcontentlength: {text} (Unreadable)"));
    assert_eq!(format!("{:?}", Error::from(error)), format!("{text} (Value)"));
    assert_eq!(ValueErrorKind::Refused(Tolerance::DateForm).to_string(), "Refused(DateForm)");
}

/// Types that a program has in fields and sends to other threads.
#[test]
fn threads() {
    fn is_shared<T: Send + Sync + Unpin>() {}
    is_shared::<Cursor<'_, '_>>();
    is_shared::<(Props<'_, '_>, Propstat<'_, '_>, Lookup<'_, '_>, Root<'_>, Decoder, Error, ValueError)>();
}
