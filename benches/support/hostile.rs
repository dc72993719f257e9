//! Bodies that are legal and made to cost much: each a shape that is repeated up to a size.

/// Properties that [`in_responses`] puts into one response: a limit allows no more.
const PROPERTIES: usize = 4000;

/// A body whose root has the attributes `root`, with as many copies of `piece` in `before` and `after` as it takes. A
/// `%` in the piece becomes its number.
fn repeated(root: &str, before: &str, piece: &str, after: &str, size: usize) -> String {
    let mut body = format!("<D:multistatus xmlns:D=\"DAV:\"{root}>{before}");
    let end = format!("{after}</D:multistatus>");
    for number in 0.. {
        if body.len() + end.len() >= size {
            break;
        }
        match piece.contains('%') {
            true => body.push_str(&piece.replace('%', &number.to_string())),
            false => body.push_str(piece),
        }
    }
    body + &end
}

const BEFORE: &str = "<D:response><D:href>/a</D:href><D:propstat><D:prop>";
const AFTER: &str = "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";

/// Pieces inside one property.
fn in_property(root: &str, piece: &str, size: usize) -> String {
    repeated(root, &format!("{BEFORE}<D:owner>"), piece, &format!("</D:owner>{AFTER}"), size)
}

/// Pieces inside one property that is inside `depth` others.
fn in_depth(root: &str, depth: usize, piece: &str, size: usize) -> String {
    let (before, after) = ("<D:owner>".repeat(depth), "</D:owner>".repeat(depth));
    repeated(root, &format!("{BEFORE}{before}"), piece, &format!("{after}{AFTER}"), size)
}

/// Properties, so many in a response as the limit allows. `tag` is that of the response.
fn in_responses(root: &str, tag: &str, piece: &str, size: usize) -> String {
    let before = BEFORE.replacen("<D:response>", &format!("<D:response{tag}>"), 1);
    let count = PROPERTIES.min(size / 3 / piece.len());
    let between = format!("{before}{}{AFTER}", piece.repeat(count));
    repeated(root, "", &between, "", size)
}

/// Values of one property in one response.
fn in_prop(root: &str, piece: &str, size: usize) -> String {
    in_responses(root, "", piece, size)
}

/// Pieces under the root.
fn under_root(root: &str, piece: &str, size: usize) -> String {
    repeated(root, "", piece, "", size)
}

/// Declarations of `count` prefixes, `p0` and so on, of names that are `len` bytes long and differ at their ends.
fn declared(count: usize, len: usize) -> String {
    let name = |i: usize| format!("urn:{}{i:03}", "x".repeat(len.saturating_sub(7)));
    (0..count).map(|i| format!(" xmlns:p{i}=\"{}\"", name(i))).collect()
}

/// As many declarations as may be in force. In a small body they are shorter, so that most of it is pieces.
fn all_declared(size: usize) -> String {
    declared(120, (size / 5_000).min(250))
}

/// The attributes of a start tag with nearly as many bytes as it may have: declarations, and the language at the end.
fn full(size: usize) -> String {
    let value = "v".repeat((size / 5_000).min(250));
    let rest: String = (0..100).map(|i| format!(" a{i}=\"{value}\"")).collect();
    format!("{}{rest} xml:lang=\"en\"", all_declared(size))
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident($size:ident) $body:expr;)*) => {
        $($(#[$doc])* pub(crate) fn $name($size: usize) -> String { $body })*
    };
}

shapes! {
    /// Attributes with the same local name in eight long namespaces.
    eight_namespaces(size) {
        let attributes: String = (0..8).map(|i| format!(" p{i}:l=''")).collect();
        in_property(&declared(8, 250), &format!("<a{attributes}/>"), size)
    };
    /// The same in as many as may be in force.
    many_namespaces(size) {
        let attributes: String = (0..120).map(|i| format!(" p{i}:l=''")).collect();
        in_property(&all_declared(size), &format!("<a{attributes}/>"), size)
    };
    /// The prefix that is found last.
    last_prefix(size) in_property(&declared(120, 20), "<p0:a p0:b=''/>", size);
    /// Prefixes that differ after many bytes only.
    long_prefixes(size) {
        let declared: String = (0..120).map(|i| format!(" xmlns:prefix-{i:03}='urn:{i}'")).collect();
        in_property(&declared, "<prefix-000:a prefix-000:b=''/>", size)
    };
    /// Each element declares a namespace by a reference.
    declared_by_reference(size) {
        in_property("", "<p:a xmlns:p='urn:&#120;%' p:b=''/>", size)
    };
    /// The same, with as many declarations around it as may be.
    declared_again(size) in_property(&all_declared(size), "<a xmlns='u' p0:b=''/>", size);
    /// As many attributes as an element may have.
    many_attributes(size) {
        let attributes: String = (0..250).map(|i| format!(" a{i}=''")).collect();
        in_property("", &format!("<a{attributes}/>"), size)
    };
    /// As deep as elements may be.
    deep(size) {
        let (before, after) = ("<a>".repeat(240), "</a>".repeat(240));
        in_property("", &format!("{before}{after}"), size)
    };
    /// Small elements, as deep as they may be, under full tags.
    small_and_deep(size) in_depth(&full(size), 240, "<a p0:b=''/>", size);
    small_under_a_large_root(size) in_property(&full(size), "<a/>", size);
    small(size) in_property("", "<a/>", size);
    references(size) in_property("", "&amp;", size);
    sections(size) in_property("", "<![CDATA[]]>", size);
    comments(size) in_property("", "<!---->", size);
    returns(size) in_property("", "\r", size);
    /// Properties under a root with a tag as large as may be.
    under_a_large_root(size) in_prop(&full(size), "<D:x p0:l=''/>", size);
    /// The same, but the tag is that of the response.
    in_a_large_response(size) in_responses("", &full(size), "<D:x p0:l=''/>", size);
    /// Many responses under a root with a tag as large as may be.
    responses_under_a_large_root(size) under_root(&full(size), &format!("{BEFORE}<D:x p0:l=''/>{AFTER}"), size);
    /// One property again and again, with attributes, under a large root.
    repeated_under_a_large_root(size) in_prop(&full(size), "<D:getetag p0:l=''>1</D:getetag>", size);
    /// One property again and again, of which the first has a large tag.
    repeated_after_a_large_tag(size) {
        let first = format!("<D:getetag{} l=''>1</D:getetag>", all_declared(size));
        repeated("", &format!("{BEFORE}{first}"), "<D:getetag l=''>1</D:getetag>", AFTER, size.min(130_000))
    };
    /// One property again and again, of which the first has much that means nothing.
    repeated_after_a_large_value(size) {
        let first = format!("<D:getetag>{}1</D:getetag>", "<!---->".repeat(size / 7));
        let more = "<D:getetag>1</D:getetag>".repeat(size / 21 / 24);
        format!("<D:multistatus xmlns:D=\"DAV:\">{BEFORE}{first}{more}{AFTER}</D:multistatus>")
    };
    /// Values of elements, each of them again and again.
    repeated_elements(size) {
        in_prop(&full(size), "<D:resourcetype><a p0:l=''/><a p0:l=''/><a/></D:resourcetype>", size)
    };
    /// The same value twice, in which small elements are as deep as may be.
    repeated_and_deep(size) {
        let (before, after) = ("<D:resourcetype>".repeat(240), "</D:resourcetype>".repeat(240));
        let value = |blank| format!("{before}{}{after}{blank}", "<a p0:b=''/>".repeat(size / 24));
        let (root, values) = (full(size), value("\n") + &value(""));
        format!("<D:multistatus xmlns:D=\"DAV:\"{root}>{BEFORE}{values}{AFTER}</D:multistatus>")
    };
    /// Responses inside a value, each without an href, as deep as elements may be.
    faulty_inside(size) in_depth("", 240, "<D:response/>", size);
    /// The same, each in an element of its own after many others.
    faulty_apart(size) in_depth("", 240, "<D:owner><D:response/></D:owner>", size);
    /// Responses without an href.
    faulty(size) under_root("", "<D:response/>", size);
    /// One run of bare children, with many statuses.
    bare_children(size) under_root("", "<D:href>/</D:href>", size);
    many_statuses(size) {
        let status = "<D:status>HTTP/1.1 200 OK</D:status>";
        repeated("", "<D:response><D:href>/</D:href>", status, "</D:response>", size)
    };
    many_propstats(size) {
        let piece = "<D:propstat><D:prop/><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>";
        repeated("", "<D:response><D:href>/</D:href>", piece, "</D:response>", size)
    };
    /// Lists that getters read.
    many_aces(size) {
        let ace = "<D:ace><D:principal><D:all/></D:principal><D:grant><D:privilege><p0:x/></D:privilege></D:grant></D:ace>";
        repeated(&all_declared(size), &format!("{BEFORE}<D:acl>"), ace, &format!("</D:acl>{AFTER}"), size)
    };
    many_types(size) {
        let (before, after) = (format!("{BEFORE}<D:resourcetype>"), format!("</D:resourcetype>{AFTER}"));
        repeated(&all_declared(size), &before, "<p0:x/>", &after, size)
    };
    many_locks(size) {
        let lock = "<D:activelock><D:locktype><D:write/></D:locktype><D:lockscope><D:shared/></D:lockscope></D:activelock>";
        repeated("", &format!("{BEFORE}<D:lockdiscovery>"), lock, &format!("</D:lockdiscovery>{AFTER}"), size)
    };
    many_privileges(size) {
        let one = "<D:supported-privilege><D:privilege><D:read/></D:privilege></D:supported-privilege>";
        let (before, after) =
            (format!("{BEFORE}<D:supported-privilege-set>"), format!("</D:supported-privilege-set>{AFTER}"));
        repeated("", &before, one, &after, size)
    };
    /// Responses with a fault of the XML each.
    broken(size) under_root("", "<D:response></x>", size);
    broken_at_end(size) under_root("", "<D:response><D:href>/</D:href></x></D:response>", size);
    /// The same, each deep inside.
    broken_in_depth(size) {
        under_root("", &format!("<D:response>{}</x>", "<D:a>".repeat(100)), size)
    };
    /// The same, with names that have to be escaped.
    broken_names(size) under_root("", &format!("<D:response><{0}></x>", "\u{E9}".repeat(30)), size);
    brackets(size) under_root("", "<", size);
    /// Comments and sections that do not end.
    unclosed(size) under_root("", "<D:response><!-- <![CDATA[ <? ", size);
    /// Elements on the way to a response that does not come.
    after_a_fault(size) repeated("", "<D:response></x>", "<D:a>x</D:a>", "", size);
    attributes_after_a_fault(size) repeated("", "<D:response></x>", "<D:a b=''/>", "", size);
}
