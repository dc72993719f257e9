//! Faults that are forgiven.

use crate::{listed::listed, set::Set};

listed! {
    /// A fault that is forgiven unless [`Options::refuse`](crate::Options::refuse) or
    /// [`Options::strict`](crate::Options::strict) says otherwise.
    ///
    /// [`Response::tolerated`](crate::Response::tolerated) reports what was forgiven in a response, and
    /// [`Trailer::tolerated`](crate::Trailer::tolerated) what was forgiven in the body. Neither reports the faults from
    /// [`Tolerance::EntityTagForm`] on: these are faults of values, which are read only on demand. Entity tags, dates
    /// and media types have `is_well_formed` instead, and a refused fault makes a
    /// [`ValueError`](crate::value::ValueError). What the RFCs allow (any order of children, white space around hrefs
    /// and statuses, a sync-token before the responses) is not in this list.
    ///
    /// A refused fault of the XML ([`Tolerance::is_fatal`]) ends the reading. Any other refused fault costs only its
    /// response or value.
    Tolerance {
        /// `HTTP/1.1 200` with neither reason nor a blank before it. Sent by 4shared and by servers reached over
        /// HTTP/2.
        StatusWithoutReason: response,
        /// An HTTP version other than digit, point, digit, such as `HTTP/2 200`, or a protocol not spelled `HTTP`.
        StatusVersion: response,
        /// Several blanks, or a tab or a line end, where the status line has one blank.
        StatusSpacing: response,
        /// `200 OK`: no protocol. Sent by hand-written servers.
        StatusWithoutVersion: response,
        /// An empty `status` element, which counts as missing. Seen from iCloud.
        StatusEmpty: response,
        /// A status without a readable code, such as `HTTP/1.1` (T-Online) or `OK`. Kept as sent; never a success.
        StatusUnreadable: response,
        /// Two or more `status` elements where one belongs. When they differ the status counts as unreadable.
        StatusRepeated: response,
        /// A `status` in no namespace, in a `propstat` without a `DAV:status`. Sent by Yaws 2.1. Any other element of
        /// the structure that has no namespace costs its response.
        StatusWithoutNamespace: response,
        /// A `propstat` without `status`. The response's own status applies, if there is one. Otherwise the non-empty
        /// properties count as values and the empty ones as [`Lookup::WithoutStatus`](crate::Lookup::WithoutStatus).
        /// Sent by PyWebDAV.
        PropstatWithoutStatus: response,
        /// A `propstat` without `prop`. Sent by Google and by dav-server 0.11 for a missing resource.
        PropstatWithoutProp: response,
        /// Several `prop` in one `propstat`, which are read as if they were one. Sent by PyWebDAV.
        PropRepeated: response,
        /// A `response` with neither `status` nor `propstat` beside its `href`. Sent by SabreDAV 1.8, WsgiDAV and
        /// dav-server 0.11.
        HrefOnly: response,
        /// Several `href` in a `response` with `propstat`. The first one counts;
        /// [`Response::hrefs`](crate::Response::hrefs) has all. Sent by serializers that lose the end of a response.
        HrefsBesidePropstat: response,
        /// A `response` with both `status` and `propstat`. Sent by SOGo, and by SabreDAV for removed members.
        StatusBesidePropstat: response,
        /// `href`, `status`, `propstat`, `error` or `location` directly under `multistatus`. Each uninterrupted
        /// sequence of them is read as one implicit response. Sent by Cyrus for a failed MKCALENDAR.
        ImplicitResponse: response,
        /// An empty `href`, which names no resource. Sent by iCloud in multiget answers and by phodav.
        HrefEmpty: response,
        /// A prefix that no `xmlns` declares, on a property, inside its value or on an attribute. The name keeps its
        /// prefix and equals no other name. Sent by Cyrus, by Fastmail and by Go's webdav package.
        UndeclaredPrefix: document,
        /// `xmlns:p=""`, which Namespaces in XML 1.0 forbids. The prefix counts as undeclared. Sent by PyWebDAV.
        EmptyPrefixBinding: document,
        /// A colon where a qualified name has no colon, as in `svn:svn:mime-type` or `DAV:`. The name equals no other
        /// name. Sent by Subversion, DAViCal and Zope.
        ColonInName: document,
        /// White space before the XML declaration. Sent by PHP programs with blank lines around their code.
        SpaceBeforeDeclaration: document,
        /// The declaration names an encoding that the body is not in. If that is a single-byte encoding, all bytes have
        /// to be ASCII, and the first other byte ends the reading. A declared UTF-16 or UTF-32 does not count: a
        /// declaration in them could not be read as ASCII, and .NET programs write `utf-16` into strings that are then
        /// sent as UTF-8. A byte order mark of UTF-8 counts more than any declaration (RFC 7303 section 3.3). Sent by
        /// lighttpd.
        DeclaredEncoding: document,
        /// A byte order mark after another one or after white space, before anything else. Sent by PHP programs that
        /// include files with a byte order mark.
        ByteOrderMark: document,
        /// A root `error` in the namespace `DAV`, without the colon. Sent by SOGo.
        ErrorNamespace: document,
        /// A root `mkcalendar-response` in the namespace `urn:ietf:params:xml:ns:carldav:`. Sent by Xandikos.
        MkcalendarNamespace: document,
        /// An entity tag without quotes (Seafile, Kolab, Jianguoyun), with several quotes (ownCloud), or with `w/` for
        /// `W/` (lernsax.de).
        EntityTagForm: value,
        /// A date in a form other than that of its property. `DateForm` in [`value`](crate::value) lists the forms, and
        /// which servers send them.
        DateForm: value,
        /// A media type without a subtype, such as `text;charset=utf-8`. Sent by servers written by hand.
        MediaTypeForm: value,
        /// Several language tags where one belongs, as in the HTTP header Content-Language.
        LanguageList: value,
        /// Text where an `href` element belongs. Sent by milton for `current-user-principal`.
        HrefAsText: value,
        /// A report in `supported-report-set` without the `report` element around it, or named by text. Sent by
        /// Xandikos and Radicale.
        ReportForm: value,
        /// A size, quota or count that is a whole number but written with an exponent, such as `1.2E+14`. Sent by
        /// ownCloud where PHP has 32 bits.
        NumberForm: value,
    }
    /// Whether a multistatus cannot be read any further when the fault is refused. Otherwise it costs one response or,
    /// for a fault of a value, one value.
}

/// The faults that are not forgiven.
pub(crate) type Refused = Set<Tolerance>;
