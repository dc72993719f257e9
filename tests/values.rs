//! Values with a structure, and what holds for all values: duplicates, places of errors, types of users.

mod support;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use multistatus::{
    Decoder, Document, Element, Error, ErrorKind, Href, Multistatus, Name, Options, OwnedResponse, Response,
    Tolerance, names,
    value::{
        Ace, ActiveLock, Checksums, ComponentSet, Depth, EntityTag, HttpDate, List, LockScope,
        NeededPrivileges, ParentBinding, Principal, PrincipalSearchProperty, PrivilegeSet, RecipientResponse,
        SupportedSet, TextSet, Timeout, Value, ValueError, ValueErrorKind, VersionControlledBinding,
    },
};
use support::{multistatus, with_props};

fn response(body: &str) -> Response<'_> {
    Multistatus::new(body.as_bytes()).next().expect("one response").expect("it is well-formed")
}

/// What `read` says of the condition in an error.
fn of_condition<T>(condition: &str, read: impl FnOnce(Element<'_, '_>) -> T) -> T {
    let body =
        format!("<D:error xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>{condition}</D:error>");
    let document = Document::new(body.as_bytes()).expect("well-formed");
    let condition = document.root().and_then(|root| root.conditions().next());
    read(condition.expect("a condition"))
}

#[test]
fn conditions_say_what_they_are_about() {
    for name in ["D:lock-token-submitted", "D:no-conflicting-lock", "C:no-uid-conflict"] {
        of_condition(&format!("<{name}><D:href>/a</D:href></{name}>"), |condition| {
            assert_eq!(condition.hrefs().collect::<Vec<_>>(), ["/a"], "{name}");
        });
    }
    let filters = "<C:comp-filter name='VEVENT'/><C:prop-filter name='UID'/>";
    of_condition(&format!("<C:supported-filter>{filters}</C:supported-filter>"), |condition| {
        let names = condition.read::<TextSet<'_>>().expect("readable").expect("names");
        assert_eq!(names.iter().collect::<Vec<_>>(), ["VEVENT", "UID"]);
    });
    for (needed, expected) in [
        ("", Some("")),
        (
            "<D:resource><D:href>/a</D:href><D:privilege><D:unbind/></D:privilege></D:resource><D:resource>\
            <D:href>/b</D:href><D:privilege><D:bind/></D:privilege><D:privilege><D:read/></D:privilege></D:resource>",
            Some("/a unbind, /b bind read"),
        ),
        ("<D:resource/>", Some("")),
        ("<D:resource><D:privilege>unbind</D:privilege></D:resource>", None),
        ("unbind", None),
    ] {
        of_condition(&format!("<D:need-privileges>{needed}</D:need-privileges>"), |condition| {
            let needed = condition.read::<Vec<NeededPrivileges<'_>>>().ok().flatten();
            let shown = needed.map(|needed| needed.iter().map(shown).collect::<Vec<_>>().join(", "));
            assert_eq!(shown.as_deref(), expected);
        });
    }
    fn shown(needed: &NeededPrivileges<'_>) -> String {
        let privileges = needed.privileges.iter().map(|privilege| format!(" {}", privilege.local()));
        needed.href.as_str().to_owned() + &privileges.collect::<String>()
    }
}

#[test]
fn a_value_twice_is_read_and_two_that_differ_are_not() {
    // They differ by what they say, not by how.
    for (one, two, is_same) in [
        (
            "<D:getetag>\"a&amp;b\"</D:getetag>",
            "<x:getetag xmlns:x='DAV:'>\"a<![CDATA[&]]>b\"</x:getetag>",
            true,
        ),
        ("<D:getetag>\"a\"</D:getetag>", "<D:getetag>\"b\"</D:getetag>", false),
        ("<D:getetag>\"a\"</D:getetag>", "<D:getetag xml:lang='de'>\"a\"</D:getetag>", false),
        ("<D:getetag>\"a\"</D:getetag>", "<D:getetag/>", false),
        (
            "<D:resourcetype><D:a/></D:resourcetype>",
            "<D:resourcetype><a xmlns='DAV:'></a></D:resourcetype>",
            true,
        ),
        ("<D:resourcetype><D:a/></D:resourcetype>", "<D:resourcetype><D:b/></D:resourcetype>", false),
        ("<D:resourcetype><D:a/></D:resourcetype>", "<D:resourcetype><D:a/><D:a/></D:resourcetype>", false),
        ("<D:resourcetype><D:a/></D:resourcetype>", "<D:resourcetype><D:a k=''/></D:resourcetype>", false),
        (
            "<D:resourcetype><D:a/></D:resourcetype>",
            "<D:resourcetype><D:a><D:a/></D:a></D:resourcetype>",
            false,
        ),
        ("<D:resourcetype><D:a/>x</D:resourcetype>", "<D:resourcetype><D:a/></D:resourcetype>", false),
    ] {
        for (first, second) in [(one, two), (two, one)] {
            let body = with_props(&format!("{first}<D:x/>{second}"));
            let response = response(&body);
            let name = if first.contains("getetag") { names::GETETAG } else { names::RESOURCETYPE };
            let read = response.props().read::<()>(name);
            assert_eq!(read.is_ok(), is_same, "{first} {second}");
            if let Err(error) = read {
                assert_eq!(error.kind(), ValueErrorKind::Conflicting);
                assert_eq!(error.offset() as usize, body.rfind(second).expect("it is there"));
                assert!(response.props().get(name).is_some(), "the first is still there");
            }
        }
    }
}

#[test]
fn values_in_several_propstats_conflict_too() {
    let propstat = |tag: &str, status: &str| {
        format!(
            "<D:propstat><D:prop><D:getetag>{tag}</D:getetag></D:prop><D:status>HTTP/1.1 {status}</D:status></D:propstat>"
        )
    };
    for (second, is_conflict) in [("200 OK", true), ("404 Not Found", false)] {
        let stats = propstat("\"a\"", "200 OK") + &propstat("\"b\"", second);
        let body = multistatus(&format!("<D:response><D:href>/a</D:href>{stats}</D:response>"));
        assert_eq!(response(&body).props().getetag().is_err(), is_conflict);
    }
}

#[test]
fn an_error_knows_its_place() {
    let body = multistatus(
        "<D:response><D:href>/a</D:href><D:propstat><D:prop/><D:status>HTTP/1.1 200 OK</D:status></D:propstat>\
         </D:response><D:response><D:href>/b&amp;c</D:href><D:propstat><D:prop><D:acl><D:ace><D:principal><D:all/>\
         </D:principal></D:ace></D:acl></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>",
    );
    let response = Multistatus::new(body.as_bytes()).nth(1).expect("two").expect("well-formed");
    let error = response.props().acl().expect_err("neither granted nor denied");
    assert_eq!(error.kind(), ValueErrorKind::Unreadable);
    assert_eq!(error.property(), "{DAV:}acl");
    assert_eq!(error.href(), "/b&c");
    assert_eq!(error.offset() as usize, body.find("<D:ace>").expect("it is there"));
    assert_eq!(error.path(), "multistatus/response[2]/propstat[1]/prop/acl/ace");
    assert_eq!(error.found(), "<D:ace><D:principal><D:all/></D:principal></D:ace>");
    let shown =
        "not an access control entry at byte 208, in multistatus/response[2]/propstat[1]/prop/acl/ace";
    assert_eq!(error.to_string(), shown);
    let broken = body.replace("<D:ace>", "\r\n <D:ace>");
    assert_eq!(error.line_column(body.as_bytes()), (1, error.offset() + 1));
    let response = Multistatus::new(broken.as_bytes()).nth(1).expect("two").expect("well-formed");
    let in_line_2 = response.props().acl().expect_err("neither granted nor denied");
    assert_eq!(in_line_2.line_column(broken.as_bytes()), (2, 2));
    let general = Error::from(error);
    assert_eq!((general.kind(), general.is_fatal()), (&ErrorKind::Value, false));
    assert_eq!((general.offset(), general.to_string().as_str()), (208, shown));
    assert_eq!(ErrorKind::Value.as_str(), "Value");
}

#[test]
fn places_are_the_same_from_a_stream() {
    let body = with_props("<D:getcontentlength>many</D:getcontentlength>");
    let error = response(&body).props().getcontentlength().expect_err("no number");
    let mut decoder = Decoder::new();
    decoder.push(&body.as_bytes()[..100]);
    assert!(decoder.next_response().expect("well-formed").is_none());
    decoder.push(&body.as_bytes()[100..]);
    let response = decoder.next_response().expect("well-formed").expect("one");
    let streamed = response.props().getcontentlength().expect_err("no number");
    assert_eq!((streamed.offset(), streamed.to_string()), (error.offset(), error.to_string()));
}

#[test]
fn what_was_found_is_cut_and_never_shown() {
    let long = "ä".repeat(1000);
    let body = with_props(&format!("<D:getcontentlength>{long}</D:getcontentlength>"));
    let error = response(&body).props().getcontentlength().expect_err("no number");
    assert_eq!(error.found(), "ä".repeat(128));
    for shown in [error.to_string(), format!("{error:?}"), Error::from(error).to_string()] {
        assert!(!shown.contains('ä') && shown.len() <= 512, "{shown}");
    }
}

#[test]
fn a_refused_form_is_an_error_by_its_name() {
    let body = with_props("<D:getetag>a</D:getetag>");
    for options in [Options::strict(), Options::new().refuse(Tolerance::EntityTagForm)] {
        let response =
            Multistatus::with_options(body.as_bytes(), &options).next().expect("one").expect("well-formed");
        let error = response.props().getetag().expect_err("it has no quotes");
        assert_eq!(error.kind(), ValueErrorKind::Refused(Tolerance::EntityTagForm));
        assert!(error.to_string().contains("EntityTagForm"), "{error}");
        // A copy is as strict.
        assert!(OwnedResponse::from(&response).as_response().props().getetag().is_err());
        assert_eq!(response.props().get(names::GETETAG).expect("it is there").text(), "a");
    }
    let options = Options::strict().forgive(Tolerance::EntityTagForm);
    let response =
        Multistatus::with_options(body.as_bytes(), &options).next().expect("one").expect("well-formed");
    assert!(response.props().getetag().is_ok());
}

#[test]
fn instants_of_this_system() {
    let body = with_props("<D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>");
    let time = UNIX_EPOCH + Duration::from_secs(784_111_777);
    let props = response(&body);
    assert_eq!(props.props().getlastmodified().expect("a date").map(HttpDate::time), Some(time));
    assert_eq!(props.props().read::<SystemTime>(names::GETLASTMODIFIED).expect("a date"), Some(time));
    let before = "Wed, 31 Dec 1969 23:59:58 GMT".parse::<HttpDate>().expect("a date");
    assert_eq!(
        (before.time(), before.to_string().as_str()),
        (UNIX_EPOCH - Duration::from_secs(2), "1969-12-31T23:59:58Z")
    );
}

#[test]
fn a_lock_as_apache_answers() {
    let body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:prop xmlns:D=\"DAV:\"><D:lockdiscovery><D:activelock>\
        <D:locktype><D:write/></D:locktype><D:lockscope><D:exclusive/></D:lockscope><D:depth>infinity</D:depth>\
        <D:owner><D:href>mailto:ann@example.org</D:href></D:owner><D:timeout>Second-600</D:timeout><D:locktoken>\
        <D:href>opaquelocktoken:e71d4fae</D:href></D:locktoken><D:lockroot><D:href>/a/</D:href></D:lockroot>\
        </D:activelock></D:lockdiscovery></D:prop>";
    let Document::Other(root) = Document::new(body.as_bytes()).expect("well-formed") else {
        panic!("a prop")
    };
    let locks = root.props().lockdiscovery().expect("locks").expect("they are there");
    let [lock]: [ActiveLock<'_>; 1] = locks.into_vec().try_into().expect("one lock");
    assert_eq!(lock.scope, Some(LockScope::Exclusive));
    assert_eq!(lock.locktype.expect("a type").as_name(), names::WRITE);
    assert_eq!(lock.depth, Some(Depth::Infinity));
    assert_eq!(lock.owner.as_deref(), Some("mailto:ann@example.org"));
    assert_eq!(lock.timeout, Some(Timeout::Seconds(600)));
    assert_eq!(lock.locktoken.expect("a token"), "opaquelocktoken:e71d4fae");
    assert_eq!(lock.lockroot.expect("a root"), "/a/");
}

/// Nephele and wsgidav answer the second one who asks for a shared lock with both.
#[test]
fn ones_own_lock_among_those_of_others() {
    let lock = |token: &str| {
        format!(
            "<D:activelock><D:locktoken><D:href>{token}</D:href></D:locktoken><D:owner>{token}</D:owner></D:activelock>"
        )
    };
    let body = with_props(&format!("<D:lockdiscovery>{}{}</D:lockdiscovery>", lock("urn:1"), lock("urn:2")));
    let locks = response(&body).props().lockdiscovery().expect("locks").expect("they are there");
    let locks: Vec<ActiveLock<'static>> = locks.into_iter().map(ActiveLock::into_owned).collect();
    drop(body);
    for header in ["<urn:2>", " <urn:2> ", "urn:2"] {
        let own: Vec<_> = locks.iter().filter(|lock| lock.has_token(header)).collect();
        assert_eq!(own.len(), 1, "{header}");
        assert_eq!(own[0].owner.as_deref(), Some("urn:2"));
    }
    assert!(!locks.iter().any(|lock| lock.has_token("") || lock.has_token("<urn:2")));
}

#[test]
fn locks_with_something_odd_are_locks() {
    let lock = |inside: &str| {
        let body =
            with_props(&format!("<D:lockdiscovery><D:activelock>{inside}</D:activelock></D:lockdiscovery>"));
        let locks = response(&body).props().lockdiscovery().expect("locks").expect("they are there");
        format!("{:?} {:?} {:?}", locks[0].depth, locks[0].timeout, locks[0].locktoken)
    };
    assert_eq!(lock(""), "None None None");
    assert_eq!(
        lock("<D:depth>2</D:depth><D:timeout>soon</D:timeout>"),
        r#"Some(Other("2")) Some(Other("soon")) None"#
    );
    assert_eq!(lock("<D:timeout>Infinite, Second-4100000000</D:timeout>"), "None Some(Infinite) None");
    for (sent, timeout) in [
        ("Second-599.997", "Seconds(599)"),
        ("second-60", "Seconds(60)"),
        ("Second-Infinite", "Infinite"),
        ("Second-Second-1200", "Seconds(1200)"),
        ("Second-", "Other(\"Second-\")"),
        ("Second-+5", "Other(\"Second-+5\")"),
        ("Second-5.x", "Other(\"Second-5.x\")"),
        ("1200", "Other(\"1200\")"),
    ] {
        assert_eq!(lock(&format!("<D:timeout>{sent}</D:timeout>")), format!("None Some({timeout}) None"));
    }
    assert_eq!(
        lock("<D:timeout>Second-99999999999999999999</D:timeout>"),
        r#"None Some(Other("Second-99999999999999999999")) None"#
    );
    assert_eq!(
        lock("<D:locktoken><D:href/><D:href>urn:a</D:href></D:locktoken>"),
        r#"None None Some(Href("urn:a"))"#
    );
}

#[test]
fn hrefs_of_an_expanded_property() {
    let body = with_props(
        "<D:version-history><D:response><D:href>/h/1</D:href><D:propstat><D:prop/><D:status>HTTP/1.1 200 OK\
         </D:status></D:propstat></D:response></D:version-history><D:group-membership>\n<D:href> /g/1 </D:href>\
         <D:response><D:href>/g/2</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response></D:group-membership>",
    );
    let response = response(&body);
    assert_eq!(response.props().version_history().expect("an href").expect("it is there"), "/h/1");
    assert_eq!(
        response.props().group_membership().expect("hrefs").expect("they are there"),
        ["/g/1", "/g/2"]
    );
}

#[test]
fn principals_of_an_access_control_list() {
    let ace = |principal: &str| {
        format!("<D:ace>{principal}<D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>")
    };
    let of = |inside: &str| ace(&format!("<D:principal>{inside}</D:principal>"));
    let list = of("<D:href>/p/</D:href>")
        + &of("<D:all/>")
        + &of("<D:authenticated/>")
        + &of("<D:unauthenticated/>")
        + &of("<D:property><D:owner/></D:property>")
        + &of("<D:self/>")
        + &of("<D:property/>")
        + &ace("<D:invert><D:principal><D:all/></D:principal></D:invert>")
        + "<D:ace><D:principal><D:all/></D:principal><D:deny><D:privilege><D:write/></D:privilege></D:deny>\
           <D:protected/><D:inherited><D:href>/up/</D:href></D:inherited></D:ace>";
    let body = with_props(&format!("<D:acl>{list}</D:acl>"));
    let response = response(&body);
    let acl = response.props().acl().expect("a list").expect("it is there");
    let entries: Vec<&Ace<'_>> = acl.iter().collect::<Result<_, _>>().expect("all can be read");
    let principals: Vec<_> = entries.iter().map(|ace| format!("{:?}", ace.principal)).collect();
    assert_eq!(
        principals,
        [
            r#"Href(Href("/p/"))"#,
            "All",
            "Authenticated",
            "Unauthenticated",
            "Property({DAV:}owner)",
            "This",
            "Other({DAV:}property)",
            "All",
            "All"
        ]
    );
    assert!(entries[0].is_grant && entries[0].privileges.contains(names::READ) && !entries[0].is_protected);
    assert!(entries[7].is_inverted && !entries[0].is_inverted);
    let last = entries[8];
    assert!(
        !last.is_grant && last.is_protected && last.inherited.as_ref().is_some_and(|href| *href == "/up/")
    );
}

#[test]
fn an_entry_of_rights_that_cannot_be_understood_is_an_error_in_its_place() {
    let privilege = "<D:grant><D:privilege><D:read/></D:privilege></D:grant>";
    for broken in [
        format!("<D:ace>{privilege}</D:ace>"),
        format!("<D:ace><D:principal/>{privilege}</D:ace>"),
        "<D:ace><D:principal><D:all/></D:principal></D:ace>".to_owned(),
        format!("<D:ace><D:principal><D:all/></D:principal>{privilege}<D:deny/></D:ace>"),
        "<D:ace><D:principal><D:all/></D:principal><D:deny><D:write/></D:deny></D:ace>".to_owned(),
        "<D:ace><D:principal><D:all/></D:principal><D:deny><D:privilege>write</D:privilege></D:deny></D:ace>"
            .to_owned(),
        "<D:ace><D:principal><D:all/></D:principal><D:deny/></D:ace>".to_owned(),
        format!("<D:ace><D:principal><D:all/></D:principal>{privilege}{privilege}</D:ace>"),
        format!("<D:ace><D:principal><D:all/><D:self/></D:principal>{privilege}</D:ace>"),
        format!("<D:ace><D:principal><D:href/></D:principal>{privilege}</D:ace>"),
        format!(
            "<D:ace><D:principal><D:all/></D:principal><D:invert><D:principal><D:all/></D:principal></D:invert>{privilege}</D:ace>"
        ),
        "<x:ace xmlns:x='urn:x'/>".to_owned(),
    ] {
        let good = format!("<D:ace><D:principal><D:all/></D:principal>{privilege}</D:ace>");
        let body = with_props(&format!("<D:acl>{good}{broken}{good}</D:acl>"));
        let acl = response(&body).props().acl().expect("a list").expect("it is there");
        assert_eq!(acl.iter().map(|ace| ace.is_ok()).collect::<Vec<_>>(), [true, false, true], "{broken}");
        assert!(!acl.is_complete() && acl.iter().collect::<Result<Vec<_>, _>>().is_err());
        let error = acl.iter().find_map(Result::err).expect("an error");
        assert!(error.offset() as usize >= body.find(&broken).expect("it is there"), "{error}");
        let alone = with_props(&format!("<D:acl>{broken}</D:acl>"));
        assert!(response(&alone).props().acl().is_err(), "nothing of it can be read: {broken}");
    }
}

/// DAViCal, for those who may do nothing.
#[test]
fn a_grant_without_privileges_grants_nothing() {
    let read = "<D:ace><D:principal><D:href>/p/u/</D:href></D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>";
    for grant in ["<D:grant/>", "<D:grant> </D:grant>", "<D:grant><D:privilege/></D:grant>"] {
        let body = with_props(&format!(
            "<D:acl><D:ace><D:principal><D:all/></D:principal>{grant}</D:ace>{read}</D:acl>"
        ));
        let acl = response(&body).props().acl().expect("a list").expect("it is there");
        let entries = acl.iter().collect::<Result<Vec<_>, _>>().expect("all can be read");
        assert_eq!(entries.iter().map(|ace| ace.privileges.iter().count()).collect::<Vec<_>>(), [0, 1]);
        assert!(entries[0].is_grant && entries[0].principal == Principal::All);
    }
}

/// What is read of each list when something in it cannot be, and at which element that is noticed.
#[test]
fn lists_are_read_entry_by_entry() {
    fn check<'a, T>(
        body: &'a str,
        name: Name<'_>,
        broken: &str,
        shown: impl Fn(&T) -> (String, Vec<ValueError>),
    ) where
        T: Value<'a> + std::fmt::Debug,
    {
        let response = response(body);
        let value = response.props().read::<T>(name).expect("something can be read").expect("it is there");
        let (read, errors) = shown(&value);
        assert!(read.contains('a') && read.contains('b'), "{read}");
        assert_eq!(errors.len(), 1, "{value:?}");
        assert_eq!(errors[0].offset() as usize, body.find(broken).expect("it is there"), "{value:?}");
        assert_eq!(errors[0].property(), name.to_string());
        assert!(!errors[0].path().is_empty());
    }
    fn list<T: std::fmt::Debug + Clone>(list: &List<T>) -> (String, Vec<ValueError>) {
        assert!(!list.is_complete() && list.clone().complete().is_err());
        assert_eq!(list.len(), list.iter().count());
        (format!("{:?}", &**list), list.errors().to_vec())
    }
    let of =
        |name: &str, entries: [&str; 3]| with_props(&format!("<D:{name}>{}</D:{name}>", entries.concat()));

    let parent = |name| format!("<D:parent><D:href>/{name}</D:href><D:segment>{name}</D:segment></D:parent>");
    let body = of("parent-set", [&parent("a"), "<D:parent/>", &parent("b")]);
    check(&body, names::PARENT_SET, "<D:parent/>", |parents: &List<ParentBinding<'_>>| list(parents));
    assert!(response(&body).props().read::<Vec<ParentBinding<'_>>>(names::PARENT_SET).is_err());

    let binding = |name| {
        format!(
            "<D:version-controlled-binding><D:binding-name>{name}</D:binding-name><D:version-history><D:href>/h</D:href>\
             </D:version-history></D:version-controlled-binding>"
        )
    };
    let broken = "<D:version-controlled-binding/>";
    let body = of("version-controlled-binding-set", [&binding("a"), broken, &binding("b")]);
    check(
        &body,
        names::VERSION_CONTROLLED_BINDING_SET,
        broken,
        |bindings: &List<VersionControlledBinding<'_>>| list(bindings),
    );

    let report = |name| format!("<D:supported-report><D:report><D:{name}/></D:report></D:supported-report>");
    let broken = "<D:supported-report>c</D:supported-report>";
    let body = of("supported-report-set", [&report("a"), broken, &report("b")]);
    check(&body, names::SUPPORTED_REPORT_SET, broken, |set: &SupportedSet<'_>| {
        (
            format!("{:?}", set.iter().map(|name| name.local().to_owned()).collect::<Vec<_>>()),
            set.errors().to_vec(),
        )
    });

    let privilege = |name| format!("<D:privilege><D:{name}/></D:privilege>");
    let broken = "<D:privilege>c</D:privilege>";
    let body = of("current-user-privilege-set", [&privilege("a"), broken, &privilege("b")]);
    check(&body, names::CURRENT_USER_PRIVILEGE_SET, broken, |set: &PrivilegeSet<'_>| {
        (
            format!("{:?}", set.iter().map(|name| name.local().to_owned()).collect::<Vec<_>>()),
            set.errors().to_vec(),
        )
    });

    let component = |name| format!("<comp name='{name}' xmlns='urn:ietf:params:xml:ns:caldav'/>");
    let broken = "<comp xmlns='urn:ietf:params:xml:ns:caldav'/>";
    let inside = [&*component("a"), broken, &component("b")].concat();
    let set = "supported-calendar-component-set";
    let body = with_props(&format!("<C:{set} xmlns:C='urn:ietf:params:xml:ns:caldav'>{inside}</C:{set}>"));
    check(&body, names::caldav::SUPPORTED_CALENDAR_COMPONENT_SET, broken, |set: &ComponentSet<'_>| {
        (format!("{:?}", set.iter().collect::<Vec<_>>()), set.errors().to_vec())
    });

    let inside = "<checksum>SHA1:a</checksum><checksum>c</checksum><checksum>MD5:b</checksum>";
    let body = with_props(&format!("<checksums xmlns='http://owncloud.org/ns'>{inside}</checksums>"));
    check(&body, names::owncloud::CHECKSUMS, "<checksum>c", |sums: &Checksums<'_>| {
        (format!("{:?}", sums.iter().collect::<Vec<_>>()), sums.errors().to_vec())
    });

    let member = |href: &str| format!("<D:response>{href}<D:status>HTTP/1.1 200 OK</D:status></D:response>");
    let broken = member("");
    let body =
        of("group-membership", [&member("<D:href>/a</D:href>"), &broken, &member("<D:href>/b</D:href>")]);
    check(&body, names::GROUP_MEMBERSHIP, &broken, |hrefs: &List<Href<'_>>| list(hrefs));
}

/// The privileges in one that has no name are included by the one around it.
#[test]
fn a_privilege_without_a_name_among_others() {
    let privilege = |name: &str, inside: &str| {
        format!("<D:supported-privilege><D:privilege>{name}</D:privilege>{inside}</D:supported-privilege>")
    };
    let nameless = privilege("", &privilege("<D:bind/>", ""));
    let all = privilege("<D:all/>", &(privilege("<D:read/>", "") + &nameless));
    let body = with_props(&format!("<D:supported-privilege-set>{all}</D:supported-privilege-set>"));
    let response = response(&body);
    let tree = response.props().supported_privilege_set().expect("a tree").expect("it is there");
    let including: Vec<_> = tree.including(names::BIND).map(|one| one.name.as_name()).collect();
    assert_eq!(including, [names::BIND, names::ALL], "and not read");
    assert_eq!(tree.errors().len(), 1);
    assert_eq!(tree.errors()[0].offset() as usize, body.find(&nameless).expect("it is there"));
}

#[test]
fn one_recipient_as_text_costs_no_other() {
    let answer = |recipient: &str| {
        format!(
            "<C:response><C:recipient>{recipient}</C:recipient><C:request-status>2.0;Success</C:request-status></C:response>"
        )
    };
    let (ann, bob) = ("<D:href>mailto:ann@x.example</D:href>", "mailto:bob@x.example");
    let body = format!(
        "<C:schedule-response xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>{}{}</C:schedule-response>",
        answer(ann),
        answer(bob)
    );
    let Document::Other(root) = Document::new(body.as_bytes()).expect("well-formed") else {
        panic!("a schedule-response")
    };
    let answers = root.element().read::<List<RecipientResponse<'_>>>().expect("a set").expect("it is there");
    assert_eq!(
        answers.iter().map(|answer| answer.recipient.as_str()).collect::<Vec<_>>(),
        ["mailto:ann@x.example"]
    );
    assert_eq!(answers.errors()[0].message(), "not an answer for a recipient");
    assert_eq!(answers.errors()[0].offset() as usize, body.rfind("<C:response>").expect("it is there"));
    assert!(root.element().read::<Vec<RecipientResponse<'_>>>().is_err());
}

/// A hundred errors say what is wrong with a list.
#[test]
fn errors_of_a_list_end_at_a_hundred() {
    let good = "<D:parent><D:href>/a</D:href><D:segment>a</D:segment></D:parent>";
    let body = with_props(&format!("<D:parent-set>{}{good}</D:parent-set>", "<D:parent/>".repeat(1000)));
    let parents = response(&body).props().parent_set().expect("a list").expect("it is there");
    assert_eq!((parents.len(), parents.errors().len()), (1, 100));
    assert_eq!(
        parents.errors()[99].path(),
        "multistatus/response[1]/propstat[1]/prop/parent-set/parent[100]"
    );

    // In a list of rights, each has its place.
    let good = "<D:ace><D:principal><D:all/></D:principal><D:grant/></D:ace>";
    let body = with_props(&format!("<D:acl>{}{good}</D:acl>", "<D:ace/>".repeat(1000)));
    let acl = response(&body).props().acl().expect("a list").expect("it is there");
    let errors: Vec<_> = acl.iter().filter_map(Result::err).collect();
    assert_eq!(errors.len(), 1000);
    assert_eq!(errors[99].path(), "multistatus/response[1]/propstat[1]/prop/acl/ace[100]");
    let last = errors[999];
    assert_eq!(
        (last.path(), last.property(), last.href(), last.found()),
        ("", "{DAV:}acl", "/a", "<D:ace/>")
    );
    let offset = body.rfind("<D:ace/>").expect("it is there");
    assert_eq!(last.to_string(), format!("not an access control entry at byte {offset}"));
}

/// Calypso leaves out the `supported-report`, and names some reports by text.
#[test]
fn reports_without_anything_around_them() {
    let body = with_props(
        "<D:supported-report-set><D:report>sync-collection</D:report><D:report><D:expand-property/></D:report>\
        </D:supported-report-set>",
    );
    let set = response(&body).props().supported_report_set().expect("a set").expect("it is there");
    assert_eq!(set.iter().collect::<Vec<_>>(), [names::SYNC_COLLECTION, Name::from("expand-property")]);
    let options = Options::strict();
    let response =
        Multistatus::with_options(body.as_bytes(), &options).next().expect("one").expect("well-formed");
    let error = response.props().supported_report_set().expect_err("refused");
    assert_eq!(error.kind(), ValueErrorKind::Refused(Tolerance::ReportForm));
}

#[test]
fn privileges_inside_one_another() {
    let privilege = |name: &str, inside: &str| {
        format!(
            "<D:supported-privilege><D:privilege><D:{name}/></D:privilege><D:description xml:lang='en'>{name}!\
             </D:description>{inside}</D:supported-privilege>"
        )
    };
    let write = privilege("write", &(privilege("write-content", "") + &privilege("bind", "")));
    let all = privilege("all", &(privilege("read", &privilege("read-acl", "")) + &write));
    let body = with_props(&format!("<D:supported-privilege-set>{all}</D:supported-privilege-set>"));
    let response = response(&body);
    let tree = response.props().supported_privilege_set().expect("a tree").expect("it is there");
    let flat: Vec<_> = tree.iter().map(|one| (one.name.as_name().local().to_owned(), one.depth)).collect();
    let expected =
        [("all", 0), ("read", 1), ("read-acl", 2), ("write", 1), ("write-content", 2), ("bind", 2)];
    assert_eq!(flat, expected.map(|(name, depth)| (name.to_owned(), depth)));
    assert_eq!(tree.iter().next().and_then(|one| one.description.as_deref()), Some("all!"));
    let including: Vec<_> = tree.including(names::BIND).map(|one| one.name.as_name()).collect();
    assert_eq!(including, [names::BIND, names::WRITE, names::ALL]);
    assert_eq!(tree.including(names::UNLOCK).count(), 0);
}

/// As deep as elements can be, and no call is inside another.
#[test]
fn privileges_as_deep_as_limits_allow() {
    let depth = 240;
    let open = "<D:supported-privilege><D:privilege><D:read/></D:privilege>".repeat(depth);
    let close = "</D:supported-privilege>".repeat(depth);
    let body = with_props(&format!("<D:supported-privilege-set>{open}{close}</D:supported-privilege-set>"));
    let tree = response(&body)
        .props()
        .supported_privilege_set()
        .expect("a tree")
        .expect("it is there")
        .iter()
        .count();
    assert_eq!(tree, depth);
}

#[test]
fn a_type_of_ones_own() {
    #[derive(Debug, PartialEq)]
    struct Names(Vec<String>);
    impl<'a> Value<'a> for Names {
        fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
            let names = element.children().map(|child| match child.name().local() {
                "secret" => Err(ValueError::new(child, "a name that can be told")),
                local => Ok(local.to_owned()),
            });
            Ok(Some(Names(names.collect::<Result<_, _>>()?)))
        }
    }
    let body = with_props(
        "<x:all xmlns:x='urn:x'><x:one/><x:two/></x:all><x:none xmlns:x='urn:x'><x:secret/></x:none>",
    );
    let response = response(&body);
    let read = |local| response.props().read::<Names>(Name::new("urn:x", local));
    assert_eq!(read("all").expect("names"), Some(Names(vec!["one".to_owned(), "two".to_owned()])));
    assert_eq!(read("other").expect("it is not there"), None);
    let error = read("none").expect_err("it is secret");
    assert_eq!(
        (error.property(), error.path()),
        ("{urn:x}none", "multistatus/response[1]/propstat[1]/prop/x:none/x:secret")
    );
    assert!(error.to_string().starts_with("not a name that can be told at byte "), "{error}");
}

#[test]
fn properties_that_principals_are_searched_by() {
    let body = "<D:principal-search-property-set xmlns:D='DAV:'><D:principal-search-property><D:prop><D:displayname/>\
        </D:prop><D:description xml:lang='en'>Full name</D:description></D:principal-search-property>\
        </D:principal-search-property-set>";
    let Document::Other(root) = Document::new(body.as_bytes()).expect("well-formed") else { panic!("a set") };
    let properties =
        root.element().read::<Vec<PrincipalSearchProperty<'_>>>().expect("a set").expect("it is there");
    assert_eq!(properties[0].name, names::DISPLAYNAME);
    assert_eq!(properties[0].description.as_deref(), Some("Full name"));
}

#[test]
fn values_outlive_the_response_they_came_from() {
    let body = with_props("<D:getetag>\"a\"</D:getetag><D:resourcetype><D:collection/></D:resourcetype>");
    let (tag, types) = {
        let response = response(&body);
        (response.props().getetag().expect("a tag"), response.props().resourcetype().expect("a set"))
    };
    assert_eq!(tag.expect("a tag").into_owned(), EntityTag::parse("\"a\"").expect("a tag"));
    assert!(types.expect("a set").is_collection());
}

#[test]
fn an_unnamed_principal_is_no_href() {
    let body = with_props("<D:principal-URL><D:unauthenticated/></D:principal-URL><D:owner/>");
    let response = response(&body);
    assert_eq!(response.props().principal_url().expect("nobody"), None);
    assert_eq!(response.props().owner().expect("nobody"), None);
    let principal = response.props().read::<Principal<'_>>(names::PRINCIPAL_URL).expect("nobody");
    assert_eq!(principal, Some(Principal::Unauthenticated));
    assert_eq!(response.props().read::<Vec<Href<'_>>>(names::PRINCIPAL_URL).expect("nobody"), Some(vec![]));
}

#[test]
fn a_denial_is_never_shortened() {
    let privilege = |name: &str| format!("<D:privilege><D:{name}/></D:privilege>");
    let ace = |rights: &str| format!("<D:ace><D:principal><D:all/></D:principal>{rights}</D:ace>");
    let read = privilege("read");
    let whole = ace(&format!("<D:grant>{read}</D:grant>"));
    let entries = |content: &str| {
        let body = with_props(&format!("<D:acl>{content}{whole}</D:acl>"));
        let acl = response(&body).props().acl().map(|acl| acl.expect("it is there").into_owned());
        acl.map(|acl| acl.iter().map(|entry| entry.is_ok()).collect::<Vec<_>>())
    };
    for rights in [
        format!("<D:deny>{read}<D:write/></D:deny>"),
        format!("<D:deny>{read}write</D:deny>"),
        format!("<D:deny>{read}<privilege xmlns=''><D:write/></privilege></D:deny>"),
        format!("<D:deny>{read}<D:privilege/></D:deny>"),
        "<D:deny><D:privilege><D:read/>write</D:privilege></D:deny>".to_owned(),
        "<D:deny/>".to_owned(),
        format!("<D:grant>{read}</D:grant><deny xmlns=''>{read}</deny>"),
        format!("<D:grant>{read}</D:grant><x:deny>{read}</x:deny>"),
        format!("<D:grant>{read}</D:grant><D:Deny>{read}</D:Deny>"),
    ] {
        assert_eq!(entries(&ace(&rights)).expect("a list"), [false, true], "{rights}");
    }
    for rights in [
        format!("<D:deny>{read}{}</D:deny>", privilege("write")),
        format!("<D:deny> {read} <!-- all --> </D:deny><x:note xmlns:x='urn:x'/>"),
        // What is passed over here is not granted.
        format!("<D:grant>{read}<D:write/></D:grant>"),
        "<D:grant/>".to_owned(),
    ] {
        assert_eq!(entries(&ace(&rights)).expect("a list"), [true, true], "{rights}");
    }
    assert!(entries("deny all").is_err());
}

#[test]
fn white_space_is_no_object_data() {
    let body = with_props("<C:calendar-data xmlns:C='urn:ietf:params:xml:ns:caldav'>\n </C:calendar-data>");
    assert_eq!(response(&body).props().calendar_data().expect("nothing is wrong"), None);
}

#[test]
fn whole_numbers_with_an_exponent_are_read_as_any_kind_of_number() {
    let read = |text: &str| {
        let body = with_props(&format!("<D:a>{text}</D:a>"));
        let props = response(&body);
        let props = props.props();
        (props.read::<i64>("a").ok().flatten(), props.read::<u32>("a").ok().flatten())
    };
    assert_eq!(read("1.2E+14"), (Some(120_000_000_000_000), None));
    assert_eq!(read("-1.2E+3"), (Some(-1200), None));
    assert_eq!(read("12e2"), (Some(1200), Some(1200)));
    for text in ["--1E2", "1E19", "1.25E1", "+1E2", "-9.3E18", "1E", "E1", "-"] {
        assert_eq!(read(text), (None, None), "{text}");
    }
    assert_eq!(read("-9.223372036854775808E18").0, Some(i64::MIN));
}
