//! How much a small body can make any single call take: values of bodies that are made to be large.

use std::{collections::BTreeMap, fmt::Write};

use multistatus::{
    Element, Href, Limit, Multistatus, Options, OwnedResponse, Props, Response, names,
    value::{
        Acl, ActiveLock, Checksums, ComponentSet, DateTime, ElementName, ElementNames, EntityTag, Field,
        FileAttributes, HttpDate, IcalendarDate, LanguageTag, List, LockEntry, MediaType, NeededPrivileges,
        ObjectData, ObjectDataType, OpaqueText, ParentBinding, PresenceFlag, Principal,
        PrincipalSearchProperty, PrivilegeSet, PrivilegeTree, Quota, RecipientResponse, ResourceType,
        SupportedSet, TextSet, UnixTime, VersionControlledBinding,
    },
};
use serde::{Deserialize, de::IgnoredAny};

/// About how many bytes a body has.
const SIZE: usize = 250_000;

/// What a call may take for each byte of the body, and besides.
const MOST: (u64, u64) = (64, 1 << 20);

/// A namespace name as long as they may be, which differs from others at its end.
fn namespace(end: char) -> String {
    format!("urn:{}{end}", "x".repeat(251))
}

/// A response with one property, `name`, that holds `content`.
fn of_property(href: &str, declarations: &str, name: &str, content: &str) -> String {
    of_properties(href, declarations, &format!("<{name}>{content}</{name}>"))
}

fn of_properties(href: &str, declarations: &str, props: &str) -> String {
    format!(
        "<D:multistatus xmlns:D='DAV:' {declarations}><D:response><D:href>{href}</D:href><D:propstat><D:prop>{props}\
         </D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
    )
}

fn many(entry: &str) -> String {
    entry.repeat(SIZE / entry.len())
}

fn numbered(size: usize, entry: impl Fn(usize) -> String) -> String {
    let mut all = String::new();
    let mut number = 0;
    while all.len() < size {
        all.push_str(&entry(number));
        number += 1;
    }
    all
}

/// The bodies, and how each is read.
fn shapes() -> Vec<(&'static str, String, Options)> {
    let long = namespace('a');
    let one = format!("xmlns:p='{long}'");
    let two = format!("xmlns:p='{long}' xmlns:q='{}'", namespace('b'));
    let by_default = format!("xmlns='{long}'");
    let referred = format!("xmlns:p='{}&#98;'", &long[..255]);
    let types =
        |declarations: &str, child: &str| of_property("/a", declarations, "D:resourcetype", &many(child));
    let forbidden = |body: String| body.replace("</D:resourcetype>", "\u{1}</D:resourcetype>");
    let long_href = format!("/{}", "h".repeat(16_000));
    let own = numbered(SIZE, |number| format!("<a{number} xmlns='{}'/>", namespace('c')));
    let distinct = numbered(SIZE, |number| format!("<p:{number:x}z/>").replace("<p:", "<p:z"));
    let distinct_bare = numbered(SIZE, |number| format!("<z{number:x}/>"));
    let props = numbered(60_000, |number| format!("<p:z{number:x}/>"));
    let list = |property: &str, child: &str| of_property(&long_href, &one, property, &many(child));
    let mut shapes = vec![
        ("types in one long namespace", types(&one, "<p:a/>")),
        ("types in a long namespace by default", types(&by_default, "<a/>")),
        ("types in two long namespaces", types(&two, "<p:a/><q:a/>")),
        ("types in a namespace with a reference", types(&referred, "<p:a/>")),
        ("types that declare their namespace each", of_property("/a", "", "D:resourcetype", &own)),
        ("types in a body that is repaired", forbidden(types(&one, "<p:a/>"))),
        ("types that differ", of_property("/a", &one, "D:resourcetype", &distinct)),
        (
            "types that differ in a namespace by default",
            of_property("/a", &by_default, "D:resourcetype", &distinct_bare),
        ),
        ("properties that differ", of_properties("/a", &one, &props)),
        ("rights that cannot be read", list("D:acl", "<D:ace/>")),
        ("rights", list("D:acl", "<D:ace><D:principal><p:a/></D:principal><D:grant/></D:ace>")),
        ("parents that cannot be read", list("D:parent-set", "<D:parent/>")),
        ("locks", list("D:lockdiscovery", "<D:activelock/>")),
        (
            "locks of a long scope",
            list("D:lockdiscovery", "<D:activelock><D:lockscope><p:a/></D:lockscope></D:activelock>"),
        ),
        ("lock entries", list("D:supportedlock", "<D:lockentry/>")),
        ("reports", list("D:supported-report-set", "<D:report><p:a/></D:report>")),
        ("privileges", list("D:current-user-privilege-set", "<D:privilege><p:a/></D:privilege>")),
        ("privileges that cannot be read", list("D:supported-privilege-set", "<D:supported-privilege/>")),
        ("hrefs", list("D:group-membership", "<D:href>a</D:href>")),
        ("texts", list("D:supported-method-set", "<p:a>a</p:a>")),
        ("numbers that cannot be read", list("p:list", "<p:n>a</p:n>")),
        ("text", of_property(&long_href, &one, "D:displayname", &many("a&amp;"))),
    ];
    for (_, body) in &mut shapes {
        assert!(body.len() < SIZE + 60_000);
    }
    shapes
        .into_iter()
        .map(|(name, body)| {
            let options = Options::browse().limit(Limit::Properties, 1 << 20);
            (name, body, options)
        })
        .collect()
}

/// The worst that was seen, of all calls.
struct Worst {
    shape: &'static str,
    body: u64,
    ratio: f64,
    call: String,
    failures: String,
}

impl Worst {
    /// Measures a call, which may take `besides` that much.
    fn call<T>(&mut self, name: &str, besides: u64, call: impl FnOnce() -> T) -> T {
        let mut result = None;
        let used = allocation_counter::measure(|| result = Some(call())).bytes_max;
        let ratio = used.saturating_sub(besides) as f64 / self.body as f64;
        if ratio > self.ratio {
            (self.ratio, self.call) = (ratio, format!("{name}, {}", self.shape));
        }
        if used > MOST.0 * self.body + MOST.1 + besides {
            writeln!(self.failures, "{}, {name}: {used} bytes, {ratio:.1} x", self.shape).expect("a string");
        }
        result.expect("it was called")
    }
}

#[derive(Deserialize)]
struct Names {
    #[allow(dead_code, reason = "that it is read is enough")]
    resourcetype: Option<Field<ResourceType<'static>>>,
    #[allow(dead_code, reason = "that it is read is enough")]
    acl: Option<Field<Acl<'static>>>,
    #[allow(dead_code, reason = "that it is read is enough")]
    lockdiscovery: Option<Field<List<ActiveLock<'static>>>>,
    #[serde(rename = "parent-set")]
    #[allow(dead_code, reason = "that it is read is enough")]
    parents: Option<Field<List<ParentBinding<'static>>>>,
    #[serde(rename = "supported-report-set")]
    #[allow(dead_code, reason = "that it is read is enough")]
    reports: Option<Field<SupportedSet<'static>>>,
}

#[derive(Deserialize)]
struct Children<T> {
    #[serde(rename = "$value", default = "Vec::new")]
    #[allow(dead_code, reason = "that it is read is enough")]
    children: Vec<T>,
}

/// Everything that can be done with one property.
fn values(worst: &mut Worst, property: Element<'_, '_>) {
    macro_rules! read {
        ($($type:ty),* $(,)?) => { $({
            let name = stringify!($type);
            let value = worst.call(&format!("read as {name}"), 0, || property.read::<$type>());
            match value {
                Ok(Some(value)) => {
                    // Its text is as long as its names are, and they are shown as they are.
                    worst.call(&format!("{name} compared"), 0, || value == value.clone());
                }
                Ok(None) => {}
                Err(error) => {
                    worst.call(&format!("{name}, error shown"), 0, || format!("{error} {error:?}").len());
                }
            }
        })* };
    }
    macro_rules! own {
        ($($type:ident $(<$inner:ident>)?),* $(,)?) => { $({
            let name = stringify!($type $(<$inner>)?);
            if let Ok(Some(value)) = property.read::<own!(@ $type $($inner)?)>() {
                worst.call(&format!("{name} into_owned"), 0, || value.into_owned());
            }
            worst.call(&format!("{name} by serde"), 0, || property.deserialize::<own!(@ $type $($inner)?)>().ok());
            worst.call(&format!("{name} as a field"), 0, || property.deserialize::<Field<own!(@ $type $($inner)?)>>().ok());
        })* };
        (@ $type:ident) => { $type<'_> };
        (@ List $inner:ident) => { List<$inner<'_>> };
    }
    read! {
        (), bool, u16, u32, u64, i64, String, Quota, UnixTime, FileAttributes, PresenceFlag, HttpDate, DateTime, IcalendarDate,
        EntityTag<'_>, MediaType<'_>, LanguageTag<'_>, OpaqueText<'_>, Href<'_>, ObjectData<'_>, ElementName<'_>,
        ElementNames<'_>, ResourceType<'_>, SupportedSet<'_>, PrivilegeSet<'_>, PrivilegeTree<'_>, TextSet<'_>,
        ComponentSet<'_>, Checksums<'_>, Principal<'_>, Acl<'_>, ActiveLock<'_>, LockEntry<'_>, ParentBinding<'_>, List<Href<'_>>,
        List<ActiveLock<'_>>, List<LockEntry<'_>>, List<ObjectDataType<'_>>, List<ParentBinding<'_>>, List<NeededPrivileges<'_>>,
        List<VersionControlledBinding<'_>>, List<PrincipalSearchProperty<'_>>, List<RecipientResponse<'_>>, Vec<Href<'_>>,
        Vec<ActiveLock<'_>>
    }
    own! {
        Href, ElementName, ElementNames, ResourceType, SupportedSet, PrivilegeSet, PrivilegeTree, TextSet, ComponentSet,
        Checksums, Principal, Acl, ActiveLock, ObjectData, List<Href>, List<ActiveLock>, List<LockEntry>, List<ParentBinding>
    }
    worst.call("numbers, each kept or not", 0, || property.deserialize::<Children<Field<u64>>>().ok());
    worst.call("names of children", 0, || property.deserialize::<Children<Field<ElementName<'_>>>>().ok());
    worst.call("sets of children", 0, || property.deserialize::<Children<ElementNames<'_>>>().ok());
    worst.call("marks", 0, || property.deserialize::<Children<IgnoredAny>>().ok());
    let keys: u64 = property.children().map(|child| key_room(child)).sum();
    worst.call("children as a map", keys, || property.deserialize::<BTreeMap<String, IgnoredAny>>().ok());
    worst.call("children as a map of options", keys, || {
        property.deserialize::<BTreeMap<String, Option<u64>>>().ok()
    });
    worst.call("children as a map of fields", keys, || {
        property.deserialize::<BTreeMap<String, Field<u64>>>().ok()
    });
    worst.call("text", 0, || property.text().len());
    worst.call("to_xml", 0, || property.to_xml().len());
    worst.call("namespaces", 0, || property.namespaces().count());
    worst.call("attributes", 0, || property.attributes().count());
    worst.call("lang", 0, || property.lang().is_some());
}

/// What a map may take for a name that it holds.
fn key_room(element: Element<'_, '_>) -> u64 {
    2 * (element.name().to_string().len() as u64 + 64)
}

fn properties(worst: &mut Worst, props: Props<'_, '_>) {
    worst.call("a struct", 0, || props.deserialize::<Names>().ok());
    let keys: u64 = props.iter().map(key_room).sum();
    worst.call("properties as a map", keys, || props.deserialize::<BTreeMap<String, IgnoredAny>>().ok());
    worst.call("properties as a map of options", keys, || {
        props.deserialize::<BTreeMap<String, Option<u64>>>().ok()
    });
    worst.call("properties as a map of fields", keys, || {
        props.deserialize::<BTreeMap<String, Field<u64>>>().ok()
    });
    worst.call("a tag", 0, || props.getetag().is_ok());
    worst.call("a number", 0, || props.read::<u64>(names::RESOURCETYPE).is_ok());
}

fn copies(worst: &mut Worst, response: &Response<'_>) {
    let copy = worst.call("a copy", 0, || OwnedResponse::from(response));
    worst.call("a copy compared", 0, || copy == copy.clone());
    worst.call("a copy read", 0, || copy.as_response().props().iter().count());
    worst.call("a copy's types", 0, || {
        copy.as_response().props().resourcetype().ok().flatten().map(|types| types.into_owned())
    });
    worst.call("a guess", 0, || response.guess_collection());
}

#[test]
fn no_call_takes_much_more_than_its_body() {
    let mut failures = String::new();
    let (mut ratio, mut call) = (0.0, String::new());
    for (shape, body, options) in shapes() {
        let mut worst = Worst {
            shape,
            body: body.len() as u64,
            ratio: 0.0,
            call: String::new(),
            failures: String::new(),
        };
        let mut responses = Multistatus::with_options(body.as_bytes(), &options);
        let response = worst.call("reading", 0, || responses.next()).expect("one").expect("well-formed");
        let lent = |worst: &mut Worst, response: &Response<'_>| {
            for property in response.props().iter().take(3) {
                values(worst, property);
            }
            properties(worst, response.props());
            copies(worst, response);
        };
        lent(&mut worst, &response);
        println!("heap: {shape}: {} bytes, at most {:.1} x, {}", body.len(), worst.ratio, worst.call);
        failures += &worst.failures;
        if worst.ratio > ratio {
            (ratio, call) = (worst.ratio, worst.call);
        }
    }
    println!("heap: at most {ratio:.1} x the body: {call}");
    assert!(failures.is_empty(), "{failures}");
}

/// Each list keeps its errors, and each error knows the href.
#[test]
fn errors_of_many_lists_share_what_is_long() {
    #[derive(Deserialize)]
    struct Lists {
        #[serde(rename = "parent-set")]
        parents: Vec<List<ParentBinding<'static>>>,
    }
    let good = "<D:parent><D:href>/</D:href><D:segment>a</D:segment></D:parent>";
    for (lists, faults) in [(100, 100), (3_000, 1)] {
        let lists: String = (0..lists)
            .map(|n| format!("<D:parent-set>{}{good}<!--{n}--></D:parent-set>", "<D:parent/>".repeat(faults)))
            .collect();
        let body = of_properties(&"/".repeat(16_000), "", &lists);
        let response = Multistatus::new(body.as_bytes()).next().expect("an item").expect("a response");
        let mut read = None;
        let used = allocation_counter::measure(|| read = Some(response.props().deserialize::<Lists>()));
        let read = read.expect("it was called").expect("lists");
        assert!(read.parents.iter().all(|list| list.len() == 1 && list.errors()[0].href().len() == 16_000));
        let most = MOST.0 * body.len() as u64 + MOST.1;
        assert!(used.bytes_max <= most, "{} of {} bytes", used.bytes_max, body.len());
    }
}
