//! What is forgiven.

use crate::{listed::listed, set::Set};

listed! {
    /// A fault that is forgiven unless [`Options::refuse`](crate::Options::refuse) or
    /// [`Options::strict`](crate::Options::strict) says otherwise.
    ///
    /// What was forgiven is reported by [`Response::tolerated`](crate::Response::tolerated) and, for the whole body, by
    /// [`Trailer::tolerated`](crate::Trailer::tolerated). Those from
    /// [`Tolerance::EntityTagForm`] on are of values, which are read only when they are asked for, so that neither
    /// reports them: entity tags, dates and media types have `is_well_formed`, and a refused one makes a
    /// [`ValueError`](crate::value::ValueError). What the RFCs allow (any order of children, white space
    /// around hrefs and statuses, a sync-token before the responses) is not in this list.
    ///
    /// When refused, a fault of the XML ([`Tolerance::is_fatal`]) ends the reading; any other costs its response or
    /// value only.
    Tolerance {
        /// `HTTP/1.1 200` with neither reason nor the blank before it. Sent by 4shared and by servers that are reached over HTTP/2.
        StatusWithoutReason: response,
        /// An HTTP version that is not digit, point, digit, such as `HTTP/2 200`, or a protocol in other letters.
        StatusVersion: response,
        /// Several blanks, or a tab or a line end, where the status line has one blank.
        StatusSpacing: response,
        /// `200 OK`: no protocol. Sent by hand-written servers.
        StatusWithoutVersion: response,
        /// An empty `status` element: it counts as missing. Seen from iCloud.
        StatusEmpty: response,
        /// A status without a readable code, such as `HTTP/1.1` (T-Online) or `OK`: kept as sent, never a success.
        StatusUnreadable: response,
        /// Two or more `status` elements where one belongs. When they differ the status counts as unreadable.
        StatusRepeated: response,
        /// A `status` in no namespace, in a `propstat` that has none in `DAV:`. Sent by Yaws 2.1. Any other element of
        /// the structure without a namespace costs its response.
        StatusWithoutNamespace: response,
        /// A `propstat` without `status`. It takes the response's own status if there is one; else its non-empty
        /// properties count as values and its empty ones as [`Lookup::WithoutStatus`](crate::Lookup::WithoutStatus). Sent by
        /// PyWebDAV.
        PropstatWithoutStatus: response,
        /// A `propstat` without `prop`. Sent by Google and by dav-server 0.11 for a missing resource.
        PropstatWithoutProp: response,
        /// Several `prop` in one `propstat`: read as if they were one. Sent by PyWebDAV.
        PropRepeated: response,
        /// A `response` with neither `status` nor `propstat` beside its `href`. Sent by SabreDAV 1.8, WsgiDAV and
        /// dav-server 0.11.
        HrefOnly: response,
        /// Several `href` in a `response` with `propstat`: the first one counts, all are given. Sent by serializers
        /// that lose the end of a response.
        HrefsBesidePropstat: response,
        /// A `response` with both `status` and `propstat`. Sent by SOGo, and by SabreDAV for removed members.
        StatusBesidePropstat: response,
        /// `href`, `status`, `propstat`, `error` or `location` directly under `multistatus`: each run of them is
        /// given as one implicit response. Sent by Cyrus for a failed MKCALENDAR.
        ImplicitResponse: response,
        /// An empty `href`, which names no resource. Sent by iCloud in multiget answers and by phodav.
        HrefEmpty: response,
        /// A prefix that no `xmlns` declares, on a property, inside its value or on an attribute. The name keeps its
        /// prefix and equals no other name. Sent by Cyrus, by Fastmail and by Go's webdav package.
        UndeclaredPrefix: document,
        /// `xmlns:p=""`, which Namespaces in XML 1.0 forbids: the prefix counts as undeclared. Sent by PyWebDAV.
        EmptyPrefixBinding: document,
        /// A colon where a qualified name has none, as in `svn:svn:mime-type` or `DAV:`: the name equals no other
        /// name. Sent by Subversion, DAViCal and Zope.
        ColonInName: document,
        /// White space before the XML declaration. Sent by PHP programs with blank lines around their code.
        SpaceBeforeDeclaration: document,
        /// The declaration names another encoding than the body is in. If it is a single-byte encoding, all bytes have
        /// to be ASCII, and the first that is not ends the reading. UTF-16 and UTF-32 do not count, because a
        /// declaration in them could not be read as ASCII: .NET programs write `utf-16` into strings that are then sent
        /// as UTF-8. A byte order mark of UTF-8 counts more than any declaration (RFC 7303 section 3.3). Sent by
        /// lighttpd.
        DeclaredEncoding: document,
        /// A second byte order mark, or one after white space, before anything else. Sent by PHP programs that include
        /// files with a byte order mark.
        ByteOrderMark: document,
        /// The root `error` in a namespace `DAV`, without the colon. Sent by SOGo.
        ErrorNamespace: document,
        /// The root `mkcalendar-response` in the namespace `urn:ietf:params:xml:ns:carldav:`. Sent by Xandikos.
        MkcalendarNamespace: document,
        /// An entity tag without quotes (Seafile, Kolab, Jianguoyun), with several (ownCloud), or with `w/` for `W/`
        /// (lernsax.de).
        EntityTagForm: value,
        /// A date in another form than its property has. `DateForm` in [`value`](crate::value) lists the forms, and who
        /// sends them.
        DateForm: value,
        /// A media type without a subtype, such as `text;charset=utf-8`. Sent by servers written by hand.
        MediaTypeForm: value,
        /// Several language tags where one belongs, as the HTTP header has them.
        LanguageList: value,
        /// Text where an `href` element belongs. Sent by milton for `current-user-principal`.
        HrefAsText: value,
        /// In `supported-report-set`, a report without the `report` around it, or named by text. Sent by Xandikos and
        /// Radicale.
        ReportForm: value,
        /// A size, quota or count with an exponent, such as `1.2E+14`, that is a whole number. Sent by ownCloud where PHP
        /// has 32 bits.
        NumberForm: value,
    }
    /// Whether a multistatus cannot be read any further when this is refused. Otherwise it costs one response or, for
    /// the faults of values, one value.
}

/// The tolerances that are not forgiven.
pub(crate) type Refused = Set<Tolerance>;
