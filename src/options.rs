//! Three lists, each one enum: what is forgiven, what is repaired, how much is too much.

use std::{fmt, str::FromStr};

use crate::set::{Member, Members, Set};

/// An enum without payload, all its variants in order, and the name each is shown by. The word after a colon is what
/// the error costs: `value`, which is read when it is asked for, `response`, the one it is in, or `document`, which
/// cannot be read any further.
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($(#[$row:meta])* $variant:ident: $cost:ident,)* } $(#[$fatal:meta])*) => {
        listed! { $(#[$doc])* $name { $($(#[$row])* $variant,)* } }

        impl $name {
            $(#[$fatal])*
            pub const fn is_fatal(self) -> bool {
                match self { $($name::$variant => listed!(@ $cost),)* }
            }
        }
    };
    (@ document) => { true };
    (@ response) => { false };
    (@ value) => { false };
    ($(#[$doc:meta])* $name:ident { $($(#[$row:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$row])* $variant,)* }

        impl $name {
            /// Every one there is, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The name of the variant, as it is spelled in Rust.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => stringify!($variant),)* }
            }
        }

        impl Member for $name {
            const ALL: &'static [$name] = $name::ALL;

            #[inline]
            fn number(self) -> u32 {
                self as u32
            }
        }

        /// As [`as_str`](Self::as_str).
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// From the name of the variant, as it displays and as it is spelled in Rust.
        impl FromStr for $name {
            type Err = UnknownOption;

            fn from_str(name: &str) -> Result<Self, UnknownOption> {
                let found = $name::ALL.iter().copied().find(|one| one.as_str() == name);
                found.ok_or(UnknownOption { of: stringify!($name) })
            }
        }
    };
}

/// A text is the name of no [`Tolerance`], [`Repair`] or [`Limit`], from `parse`.
///
/// ```
/// use multistatus::{Limit, Options, Tolerance};
///
/// let options = Options::new().refuse("HrefEmpty".parse::<Tolerance>()?);
/// let options = options.limit("Depth".parse()?, 64);
/// let unknown = "Height".parse::<Limit>().unwrap_err();
/// assert_eq!(unknown.to_string(), "no Limit has this name");
/// # Ok::<(), multistatus::UnknownOption>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {of} has this name")]
pub struct UnknownOption {
    of: &'static str,
}

listed! {
    /// A fault that is forgiven unless [`Options::refuse`] or [`Options::strict`] says otherwise.
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
        /// `HTTP/1.1 200` with neither reason nor the blank before it. Sent by 4shared and by servers behind HTTP/2.
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

listed! {
    /// Reads malformed XML as if it were well-formed. Each is off until named by [`Options::repair`], and each use is
    /// reported by [`Response::repaired`](crate::Response::repaired) or
    /// [`Trailer::repaired`](crate::Trailer::repaired).
    Repair {
        /// An `&` that begins none of the references XML knows stands for itself. Sent by JFrog Artifactory and early
        /// dufs.
        RawAmpersand,
        /// HTML's entities, such as `&nbsp;`: the 252 of HTML 4 and those of HTML 5 that name ASCII characters.
        /// Unknown names stand for themselves. Sent by MEGAcmd.
        HtmlEntities,
        /// Characters that XML forbids and bytes that are not UTF-8 read as U+FFFD in values and descriptions. In an
        /// href, a name or a status they make the response an error item. Sent by servers over byte-oriented
        /// file systems.
        ForbiddenCharacters,
        /// A root without a namespace, or with a prefix that is not declared, counts as if `DAV:` had been declared
        /// there: names without a namespace (or with that prefix) then are in `DAV:` throughout.
        RootNamespace,
        /// A document type declaration is passed over. What it declares is never used.
        SkipDoctype,
        /// A `prop` directly in a `response` is read as a `propstat` without a status of its own: see
        /// [`Tolerance::PropstatWithoutStatus`]. Without the repair its response is an error item. Sent by workers-dav.
        PropOutsidePropstat,
        /// Two character references in a row that are a surrogate pair, such as `&#55357;&#56832;`, read as the
        /// character that UTF-16 has for the pair. Sent by SOGo 5.8, in the hrefs of sync reports.
        SurrogatePairs,
        /// NULs and byte order marks after the root are passed over. Sent by servers that fill up a buffer, and by PHP
        /// programs with a byte order mark in one of their files.
        BytesAfterRoot,
    }
}

listed! {
    /// How much is too much. Each has a default and is set by [`Options::limit`]. Apart from these, a reference of more
    /// than 1,024 bytes is malformed, as if `&` began none.
    Limit {
        /// Elements inside one another, the root counted: 256, as libxml2 has it. Passing it is fatal.
        Depth: document,
        /// Attributes of one element, declarations of namespaces counted: 256. Passing it is fatal.
        Attributes: document,
        /// Namespace declarations in force at one place: 128, as quick-xml has it. Passing it is fatal.
        Namespaces: document,
        /// Bytes of one namespace name, references resolved: 256. Over a thousand bodies of real servers have none with
        /// more than 46. Each element and attribute has such a name, so a long one would make a small body costly to
        /// read and its names costly to keep. Passing it is fatal.
        NamespaceBytes: document,
        /// Bytes of one tag, comment or processing instruction, brackets counted: 65,536. Passing it is fatal.
        TagBytes: document,
        /// Bytes of one name, prefix counted: 1,024. At most 65,535 whatever is set. Passing it is fatal.
        NameBytes: document,
        /// Bytes of the content of one `href` of a response or location, as sent: 16,384.
        HrefBytes: response,
        /// Bytes of one value, as sent: the content of an element without child elements, or one uninterrupted run
        /// of character data. 16,777,216, enough for calendar objects with attachments.
        TextBytes: response,
        /// Properties of one response, over all its propstats: 4,096. Those of responses inside its values do not
        /// count.
        Properties: response,
        /// Elements of one response at any depth, itself counted: 1,048,576, whose index takes 36 bytes for each.
        Elements: response,
        /// Bytes of one child of the root: 67,108,864. At most 4 GiB whatever is set.
        ResponseBytes: response,
    }
    /// Whether a multistatus cannot be read any further when this is passed; otherwise it costs one response.
}

impl Limit {
    /// What applies when [`Options::limit`] was not called.
    pub const fn default_value(self) -> u64 {
        match self {
            Limit::Depth | Limit::Attributes | Limit::NamespaceBytes => 256,
            Limit::Namespaces => 128,
            Limit::TagBytes => 64 << 10,
            Limit::NameBytes => 1 << 10,
            Limit::HrefBytes => 16 << 10,
            Limit::TextBytes => 16 << 20,
            Limit::Properties => 4 << 10,
            Limit::Elements => 1 << 20,
            Limit::ResponseBytes => 64 << 20,
        }
    }

    /// What no setting can exceed, because offsets and counts are kept in that many bits.
    const fn most(self) -> u64 {
        match self {
            Limit::NameBytes | Limit::Namespaces => u16::MAX as u64,
            Limit::Depth | Limit::Elements | Limit::TagBytes => u32::MAX as u64 >> 1,
            // A token that crosses the limit still has to fit.
            Limit::ResponseBytes => u32::MAX as u64 - (1 << 20),
            _ => u64::MAX,
        }
    }
}

/// How a body is read. [`Options::new`] forgives every [`Tolerance`], makes no [`Repair`] and keeps the default of
/// every [`Limit`].
///
/// ```
/// use multistatus::{Limit, Multistatus, Options, Tolerance};
///
/// let options = Options::new().refuse(Tolerance::ImplicitResponse);
/// let options = options.limit(Limit::Depth, 64);
/// let body = b"<multistatus xmlns='DAV:'><href>/a</href><status>HTTP/1.1 200 OK</status>\
///     </multistatus>";
/// let mut responses = Multistatus::with_options(body, &options);
/// assert!(responses.next_response().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    refused: Refused,
    repairs: Repairs,
    limits: [u64; Limit::ALL.len()],
    salvages: bool,
    pub(crate) charset: Option<Box<str>>,
    #[cfg(feature = "encoding")]
    pub(crate) transcodes: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// Lenient, no repairs, default limits.
    pub fn new() -> Self {
        let limits = std::array::from_fn(|i| Limit::ALL.get(i).map_or(0, |limit| limit.default_value()));
        Options {
            refused: Refused::EMPTY,
            repairs: Repairs::EMPTY,
            limits,
            salvages: false,
            charset: None,
            #[cfg(feature = "encoding")]
            transcodes: false,
        }
    }

    /// Like [`Options::new`], but every [`Tolerance`] is refused.
    pub fn strict() -> Self {
        Options { refused: Refused::all(), ..Self::new() }
    }

    /// For programs that show what there is and delete nothing: every [`Repair`], and [`Options::salvage`].
    ///
    /// A listing is whole when `finish` is `Ok` and [`Trailer::is_complete`](crate::Trailer::is_complete). Otherwise
    /// the person should be told that rows may be missing.
    pub fn browse() -> Self {
        Repair::ALL.iter().fold(Self::new(), |options, repair| options.repair(*repair)).salvage()
    }

    /// Goes on after a fault that otherwise ends the reading, if it is inside the root of a multistatus: the response
    /// with the fault becomes an error item, and the next thing read is the next start tag of a `response` that is not
    /// inside a property. So one broken response does not hide the rest of a folder.
    ///
    /// After that the body can never pass for complete: at its end, and from `finish`, that first error comes again,
    /// now a fatal one, unless another one has ended the reading. What stands after the fault may be forged by
    /// whoever wrote the broken value. Show it, but never delete or overwrite anything because of it. On the way to
    /// the next response, whatever else stands under the root is passed over without a word.
    ///
    /// This holds for limits and refused faults that are fatal otherwise, too. A body that is cut stays cut; faults
    /// before the root or after it are as fatal as ever, and so are all of other documents than a multistatus.
    ///
    /// ```
    /// use multistatus::{Multistatus, Options};
    ///
    /// let body = b"<multistatus xmlns='DAV:'><response><href>/a&b</href></response>\
    ///     <response><href>/c</href></response></multistatus>";
    /// let mut responses = Multistatus::with_options(body, &Options::new().salvage());
    /// assert!(responses.next_response().is_err_and(|error| !error.is_fatal()));
    /// assert_eq!(responses.next_response()?.unwrap().href().as_str(), "/c");
    /// assert!(responses.finish().is_err_and(|error| error.is_fatal()));
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    #[must_use]
    pub fn salvage(mut self) -> Self {
        self.salvages = true;
        self
    }

    /// Makes this fault an error: [`ErrorKind::Refused`](crate::ErrorKind::Refused).
    #[must_use]
    pub fn refuse(mut self, tolerance: Tolerance) -> Self {
        self.refused = self.refused.with(tolerance);
        self
    }

    /// Forgives this fault, after [`Options::strict`] or [`Options::refuse`].
    #[must_use]
    pub fn forgive(mut self, tolerance: Tolerance) -> Self {
        self.refused = self.refused.without(tolerance);
        self
    }

    /// Repairs this fault: the body can still finish without an error.
    #[must_use]
    pub fn repair(mut self, repair: Repair) -> Self {
        self.repairs = self.repairs.with(repair);
        self
    }

    /// Sets a limit; reaching `most` is allowed, passing it is an error.
    #[must_use]
    pub fn limit(mut self, limit: Limit, most: u64) -> Self {
        if let Some(slot) = self.limits.get_mut(limit as usize) {
            *slot = most.min(limit.most());
        }
        self
    }

    /// The encoding of the body that the Content-Type header names, such as `utf-8` in `text/xml; charset="utf-8"`,
    /// quotes or not. A byte order mark in the body counts more, its XML declaration less (RFC 7303 section 3.3).
    ///
    /// Any encoding but UTF-8 is treated as one that the body declares: a single-byte encoding is read as long as all
    /// bytes are ASCII ([`Tolerance::DeclaredEncoding`]), and others are an error that names them. `Options::transcode`
    /// reads them all.
    #[must_use]
    pub fn charset(mut self, label: &str) -> Self {
        let is_around = |c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'');
        let label = label.trim_matches(is_around);
        self.charset = (!label.is_empty()).then(|| label.into());
        self
    }

    /// Reads bodies in any encoding of the Encoding Standard of the WHATWG, such as UTF-16 and windows-1252. A byte order
    /// mark tells which one it is, or else [`Options::charset`], or else the XML declaration (RFC 7303 section 3.3).
    ///
    /// Without this option every body is read as UTF-8, whether feature `encoding` is on or not. The option holds for
    /// every input. All places are those in the UTF-8 form of the body. What is in UTF-8 is still borrowed; the
    /// responses of another body in memory have a copy of their text, which [`decode`](crate::decode) avoids.
    ///
    /// ```
    /// use multistatus::{Multistatus, Options};
    ///
    /// let body = b"<multistatus xmlns='DAV:'>\
    ///     <response><href>/caf\xE9</href></response></multistatus>";
    /// let options = Options::new().charset("iso-8859-1");
    /// assert!(Multistatus::with_options(body, &options).next_response().is_err());
    /// let mut responses = Multistatus::with_options(body, &options.transcode());
    /// assert_eq!(responses.next_response()?.unwrap().href().as_str(), "/caf\u{E9}");
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    #[cfg(feature = "encoding")]
    #[must_use]
    pub fn transcode(mut self) -> Self {
        self.transcodes = true;
        self
    }

    pub(crate) fn refused(&self) -> Refused {
        self.refused
    }

    /// The first fault among `notes` that is not forgiven.
    pub(crate) fn first_refused(&self, notes: Notes) -> Option<Tolerance> {
        let refused = notes.tolerated.intersection(self.refused);
        if refused.is_empty() { None } else { refused.iter().next() }
    }

    pub(crate) fn salvages(&self) -> bool {
        self.salvages
    }

    /// Whether bytes that are not UTF-8 are replaced, so that reading goes on behind them.
    pub(crate) fn replaces_bytes(&self) -> bool {
        self.salvages || self.repairs.has(Repair::ForbiddenCharacters)
    }

    pub(crate) fn repairs(&self) -> Repairs {
        self.repairs
    }

    pub(crate) fn with_repairs(mut self, repairs: Repairs) -> Self {
        self.repairs = repairs;
        self
    }

    pub(crate) fn most(&self, limit: Limit) -> usize {
        let most = self.limits.get(limit as usize).copied().unwrap_or_default();
        usize::try_from(most).unwrap_or(usize::MAX)
    }
}

/// The tolerances that are not forgiven.
pub(crate) type Refused = Set<Tolerance>;

/// The repairs that are made.
pub(crate) type Repairs = Set<Repair>;

/// What was forgiven and what was repaired in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    tolerated: Set<Tolerance>,
    repaired: Set<Repair>,
}

impl From<Tolerance> for Notes {
    fn from(tolerance: Tolerance) -> Self {
        Notes { tolerated: Set::EMPTY.with(tolerance), repaired: Set::EMPTY }
    }
}

impl Notes {
    pub(crate) fn tolerate(&mut self, tolerance: Tolerance) {
        self.tolerated = self.tolerated.with(tolerance);
    }

    pub(crate) fn repair(&mut self, repair: Repair) {
        self.repaired = self.repaired.with(repair);
    }

    pub(crate) fn add(&mut self, other: Notes) {
        self.tolerated = self.tolerated.union(other.tolerated);
        self.repaired = self.repaired.union(other.repaired);
    }

    pub(crate) fn tolerated(self) -> Members<Tolerance> {
        self.tolerated.iter()
    }

    pub(crate) fn repaired(self) -> Members<Repair> {
        self.repaired.iter()
    }
}
