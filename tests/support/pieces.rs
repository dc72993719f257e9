//! What [`generator`](super) puts together: names, texts and values, each as it may be written.

/// Prefixes that tags may declare; the empty one stands for the default namespace.
pub(crate) const PREFIXES: &[&str] = &["", "D", "d", "x", "a.b", "é", "long-prefix-of-some-server"];

const LONG_NAMESPACE: &str = "http://example.com/a/namespace/name/that/is/long/but/not/longer/than/it/may/be/by/default/\
    0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

const LONG_NAME: &str = "a-name-that-is-longer-than-any-block-that-is-read-at-once-0123456789abcdef0123456789abcdef\
    0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Namespace names, each as it may be written in a declaration.
pub(crate) const NAMESPACES: &[(&str, &[&str])] = &[
    ("DAV:", &["DAV:", "DAV:", "D&#65;V:", "DAV&#x3a;", "&#x44;AV:"]),
    ("urn:x", &["urn:x", "urn&#58;x"]),
    ("", &[""]),
    ("http://example.com/ns?a=1&b=2", &["http://example.com/ns?a=1&amp;b=2"]),
    ("urn:ietf:params:xml:ns:caldav", &["urn:ietf:params:xml:ns:caldav"]),
    ("DAV", &["DAV"]),
    ("dav:", &["dav:"]),
    ("urn:'\"<>", &["urn:&apos;&quot;&lt;&gt;", "urn:&#39;&#34;&#60;>"]),
    ("a b", &["a b", "a\tb", "a\nb", "a\r\nb", "a&#32;b"]),
    (LONG_NAMESPACE, &[LONG_NAMESPACE]),
    ("http://www.w3.org/XML/1998/namespac", &["http://www.w3.org/XML/1998/namespac"]),
];

/// Names of properties, of what is in them, and of what means nothing.
pub(crate) const NAMES: &[&str] = &[
    "displayname",
    "getetag",
    "resourcetype",
    "a",
    "b.c-d_e",
    "ünï",
    "response",
    "href",
    "status",
    "prop",
    "propstat",
    "multistatus",
    "error",
    "sync-token",
    "responsedescription",
    "Response",
    "HREF",
    "sync-response",
    "location",
    "名前",
    LONG_NAME,
];

pub(crate) const TEXTS: &[&str] = &[
    "a",
    "text",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "&amp;",
    "&lt;",
    "&gt;",
    "&quot;",
    "&apos;",
    "&#13;",
    "&#10;",
    "&#x20AC;",
    "&#65;",
    "é",
    "😀",
    "\u{FFFD}",
    "\u{7F}",
    "\u{85}",
    "\u{2028}",
    "]]",
    "]",
    ">",
    "\"",
    "'",
    "/",
    "%20",
    "<![CDATA[]]>",
    "<![CDATA[a]]>",
    "<![CDATA[ <b>&amp;</b>\r\n]] > ]]>",
    "<![CDATA[]]]]>",
    "<!--c-->",
    "<!---->",
    "<!--> <b> & - ]]> -->",
    "<!--->-->",
    "<?p?>",
    "<?p d?>",
    "<?p ?? > <b> ?>",
    "a longer text, so that blocks of sixteen bytes are passed",
];

/// What may be between elements.
pub(crate) const BETWEEN: &[&str] = &[
    "\n",
    " ",
    "\r\n",
    "\t",
    "<!--c-->",
    "<!--> <D:response> -->",
    "<?p?>",
    "<?xml-stylesheet href='a'?>",
    "<![CDATA[ ]]>",
    "<![CDATA[<D:response>]]>",
    "text",
    "&#32;",
];

pub(crate) const AROUND: &[&str] =
    &["\n", " ", "\r\n", "\t", "<!--c-->", "<!--> <a> -->", "<?p?>", "<?xml-stylesheet href='a'?>"];

pub(crate) const VALUES: &[&str] = &[
    "",
    "a",
    "en",
    "a b",
    " a\tb\nc\r\nd\re ",
    "&amp;",
    "&lt;",
    "&gt;",
    "&quot;",
    "&apos;",
    "&#9;",
    "&#13;&#10;",
    "é😀",
    "]]>",
    ">",
    "/",
    "=",
    "{",
    "a longer value, so that blocks of sixteen bytes are passed",
];

pub(crate) const STATUSES: &[&str] = &[
    "HTTP/1.1 200 OK",
    "HTTP/1.1 404 Not Found",
    "HTTP/1.1 200 OK",
    "HTTP/1.1 403 Forbidden",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 299",
    "HTTP/1.1 300 Multiple Choices",
    "HTTP/1.1 507 Insufficient Storage",
    "HTTP/1.1 424 Failed Dependency",
    "HTTP/1.0 100 Continue",
    "HTTP/2 200 ",
    "http/1.1 201 created",
    "  HTTP/1.1\t200  OK ",
    "200 OK",
    "404",
    "",
    " ",
    "HTTP/1.1 OK",
    "HTTP/1.1 2000 OK",
    "HTTP/1.1 099 OK",
    "HTTP/1.1 999 x",
    "OK",
];

pub(crate) const HREFS: &[&str] = &[
    "/a",
    "/b/",
    "/c%20d",
    "http://h/a?b=1&amp;c=2",
    " /e ",
    "\n/f\r\n",
    "",
    "/é",
    "<![CDATA[/g&h]]>",
    "/i<!-- -->j",
];

pub(crate) const DECLARATIONS: &[&str] = &[
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
    "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
    "<?xml version='1.0'?>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n",
    "\u{FEFF}<?xml version=\"1.1\"?>",
    "\u{FEFF}",
    "<?xml version = '1.0' encoding = 'us-ascii' ?>",
    "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>",
    "\n<?xml version=\"1.0\"?>",
    "<!DOCTYPE multistatus>",
];

const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";

/// Roots other than multistatus.
pub(crate) const ROOTS: &[(&str, &str)] = &[
    ("DAV:", "error"),
    ("DAV:", "prop"),
    ("DAV:", "mkcol-response"),
    (CALDAV, "mkcalendar-response"),
    (CALDAV, "schedule-response"),
    ("DAV:", "principal-search-property-set"),
    ("DAV", "error"),
    ("DAV:", "Multistatus"),
    ("", "multistatus"),
    ("urn:x", "multistatus"),
    ("", "html"),
];
