//! Generators of the six documents that speed is measured on, each with the sums a reader must arrive at.
//!
//! What they are modelled on: a, a listing by Apache's mod_dav; b, one by Nextcloud; c, an answer to
//! calendar-multiget; d, one to sync-collection; e, a listing with a default namespace and declarations on properties;
//! f, one in which each of twelve properties is there or missing at random, so that hardly two responses are alike.

use std::fmt::Write as _;

/// What is read from a document, added up over its responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) responses: u64,
    /// Bytes of hrefs.
    pub(crate) href: u64,
    /// Codes of all statuses.
    pub(crate) status: u64,
    /// Bytes of ETags.
    pub(crate) etag: u64,
    /// Values of `getcontentlength`.
    pub(crate) length: u64,
    /// Bytes of `getlastmodified`.
    pub(crate) modified: u64,
    pub(crate) collections: u64,
    /// Bytes of `calendar-data`, references resolved and line ends normalised.
    pub(crate) calendar: u64,
    /// Bytes of the sync-token.
    pub(crate) token: u64,
}

/// A body and what is in it.
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) sums: Sums,
}

impl Document {
    /// Its bytes, about which the compiler knows nothing.
    pub(crate) fn bytes(&self) -> &[u8] {
        std::hint::black_box(self.text.as_bytes())
    }

    /// Whether a reader of typed values has arrived at its sums, as far as it adds up the same.
    pub(crate) fn check_typed(&self, sums: Sums) {
        let Sums { etag, length, collections, .. } = self.sums;
        assert_eq!((sums.etag, sums.length, sums.collections), (etag, length, collections));
    }

    /// Whether a reader has arrived at its sums.
    pub(crate) fn check(&self, sums: Sums) {
        assert_eq!(sums, self.sums);
    }
}

/// The document called `name`, as the benches measure it.
pub(crate) fn document(name: &str) -> Document {
    generate(name, 500_000)
}

/// The names of the documents, for [`generate`].
pub(crate) const ALL: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// The document called `name`, of `size` bytes or one response more. `one` is the first response of `a`.
pub(crate) fn generate(name: &str, size: usize) -> Document {
    let (write, size): (fn(&mut Writer, usize), usize) = match name {
        "one" => (listing_of_apache, 1),
        "a" => (listing_of_apache, size),
        "b" => (listing_of_nextcloud, size),
        "c" => (calendar_multiget, size),
        "d" => (sync_collection, size),
        "e" => (default_namespace, size),
        _ => (irregular, size),
    };
    let seed = name.bytes().fold(0x9E37_79B9_7F4A_7C15, |seed, b| seed ^ u64::from(b) << 32);
    let mut writer = Writer { out: String::with_capacity(size + 8192), sums: Sums::default(), random: seed };
    write(&mut writer, size);
    Document { text: writer.out, sums: writer.sums }
}

/// One response with a calendar object of `size` bytes.
pub(crate) fn large(size: usize) -> Document {
    let line = "ATTACH:AAECAwQFBgcICQoLDA0ODw &amp;\r\n";
    let (href, data) = ("/cal/1.ics", line.repeat(size / line.len()));
    let text = format!(
        "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:response><D:href>{href}</D:href>\
         <D:propstat><D:prop><C:calendar-data>{data}</C:calendar-data></D:prop><D:status>HTTP/1.1 200 OK</D:status>\
         </D:propstat></D:response></D:multistatus>"
    );
    // References are resolved, line ends normalised.
    let calendar = (data.len() - data.len() / line.len() * 5) as u64;
    let sums = Sums { responses: 1, href: href.len() as u64, status: 200, calendar, ..Sums::default() };
    Document { text, sums }
}

struct Writer {
    out: String,
    sums: Sums,
    random: u64,
}

macro_rules! put {
    ($writer:ident, $($format:tt)*) => { write!($writer.out, $($format)*).expect("a String takes everything") };
}

impl Writer {
    /// xorshift64*: a number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) % end
    }

    fn name(&mut self, number: u64) -> String {
        const WORDS: [&str; 16] = [
            "report",
            "photo",
            "IMG",
            "draft",
            "budget",
            "notes",
            "meeting%20notes",
            "R%26D",
            "invoice",
            "Fran%C3%A7ais",
            "archive",
            "backup",
            "data",
            "Über",
            "a&b",
            "summary",
        ];
        let (first, last) = (self.below(16) as usize, self.below(16) as usize);
        format!("{}_{number}_{}", WORDS[first], WORDS[last])
    }

    fn date(&mut self) -> String {
        const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        // Weekdays from the start of the year to that of each month; the leap day comes at the end of February.
        const SHIFTS: [u64; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let (month, date, year) = (self.below(12) as usize, 1 + self.below(28), 2010 + self.below(16));
        let (hour, minute, second) = (self.below(24), self.below(60), self.below(60));
        let y = if month < 2 { year - 1 } else { year };
        let day = DAYS[((y + y / 4 - y / 100 + y / 400 + SHIFTS[month] + date) % 7) as usize];
        let month = MONTHS[month];
        format!("{day}, {date:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
    }

    /// Adds what every response has.
    fn count(&mut self, href: &str, statuses: u64) {
        self.sums.responses += 1;
        self.sums.href += href.len() as u64;
        self.sums.status += statuses;
    }

    fn etag(&mut self, bits: u32) -> String {
        let etag = format!("\"{:x}\"", self.below(1 << bits));
        self.sums.etag += etag.len() as u64;
        etag
    }

    fn modified(&mut self) -> String {
        let date = self.date();
        self.sums.modified += date.len() as u64;
        date
    }

    fn length(&mut self, bits: u32) -> u64 {
        let length = self.below(1 << bits);
        self.sums.length += length;
        length
    }
}

/// Escapes text for XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// As SabreDAV does.
fn quotes_escaped(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

fn listing_of_apache(w: &mut Writer, size: usize) {
    const LOCKS: &str = "<D:supportedlock>\n<D:lockentry>\n<D:lockscope><D:exclusive/></D:lockscope>\n\
        <D:locktype><D:write/></D:locktype>\n</D:lockentry>\n<D:lockentry>\n<D:lockscope><D:shared/></D:lockscope>\n\
        <D:locktype><D:write/></D:locktype>\n</D:lockentry>\n</D:supportedlock>\n<D:lockdiscovery/>\n";
    put!(
        w,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\" xmlns:ns0=\"DAV:\">\n"
    );
    for number in 1.. {
        let is_collection = w.below(10) == 0;
        let href =
            format!("/dav/projects/shared/{}{}", w.name(number), if is_collection { "/" } else { ".pdf" });
        w.count(&href, 200);
        put!(
            w,
            "<D:response xmlns:lp1=\"DAV:\" xmlns:lp2=\"http://apache.org/dav/props/\">\n<D:href>{}</D:href>\n\
             <D:propstat>\n<D:prop>\n",
            escaped(&href)
        );
        if is_collection {
            w.sums.collections += 1;
            put!(w, "<lp1:resourcetype><D:collection/></lp1:resourcetype>\n");
        } else {
            put!(w, "<lp1:resourcetype/>\n");
        }
        let (month, day) = (1 + w.below(12), 1 + w.below(28));
        put!(w, "<lp1:creationdate>2024-{month:02}-{day:02}T08:30:00Z</lp1:creationdate>\n");
        if !is_collection {
            let length = w.length(30);
            put!(w, "<lp1:getcontentlength>{length}</lp1:getcontentlength>\n");
        }
        let (modified, etag) = (w.modified(), w.etag(60));
        put!(w, "<lp1:getlastmodified>{modified}</lp1:getlastmodified>\n<lp1:getetag>{etag}</lp1:getetag>\n");
        if !is_collection {
            put!(w, "<lp2:executable>F</lp2:executable>\n");
        }
        let kind = if is_collection { "httpd/unix-directory" } else { "application/pdf" };
        put!(
            w,
            "{LOCKS}<D:getcontenttype>{kind}</D:getcontenttype>\n</D:prop>\n\
             <D:status>HTTP/1.1 200 OK</D:status>\n</D:propstat>\n</D:response>\n"
        );
        if w.out.len() >= size {
            break;
        }
    }
    put!(w, "</D:multistatus>\n");
}

fn listing_of_nextcloud(w: &mut Writer, size: usize) {
    put!(
        w,
        "<?xml version=\"1.0\"?>\n<d:multistatus xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\" \
         xmlns:oc=\"http://owncloud.org/ns\" xmlns:nc=\"http://nextcloud.org/ns\">"
    );
    for number in 1.. {
        let is_collection = w.below(8) == 0;
        let href = format!(
            "/remote.php/dav/files/alice/Photos/2024/{}{}",
            w.name(number),
            if is_collection { "/" } else { ".jpg" }
        );
        w.count(&href, 604);
        let (modified, etag) = (w.modified(), quotes_escaped(&w.etag(60)));
        put!(
            w,
            "<d:response><d:href>{}</d:href><d:propstat><d:prop><d:getlastmodified>{modified}</d:getlastmodified>\
             <d:getetag>{etag}</d:getetag>",
            quotes_escaped(&href)
        );
        let bytes = if is_collection {
            w.sums.collections += 1;
            put!(
                w,
                "<d:resourcetype><d:collection/></d:resourcetype><d:quota-used-bytes>123456</d:quota-used-bytes>\
                 <d:quota-available-bytes>-3</d:quota-available-bytes>"
            );
            w.below(1 << 26)
        } else {
            let length = w.length(26);
            put!(
                w,
                "<d:getcontenttype>image/jpeg</d:getcontenttype><d:resourcetype/>\
                 <d:getcontentlength>{length}</d:getcontentlength>"
            );
            length
        };
        put!(
            w,
            "<oc:id>{number:08}ocxyz123</oc:id><oc:fileid>{number}</oc:fileid>\
             <oc:permissions>RGDNVW</oc:permissions><oc:size>{bytes}</oc:size><oc:favorite>0</oc:favorite>\
             <oc:comments-unread>0</oc:comments-unread><oc:owner-id>alice</oc:owner-id>\
             <oc:owner-display-name>Alice &amp; Bob</oc:owner-display-name><oc:share-types/>\
             <nc:has-preview>true</nc:has-preview><nc:mount-type></nc:mount-type>\
             <nc:is-encrypted>0</nc:is-encrypted></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>\
             <d:propstat><d:prop>{}<oc:checksums/><nc:lock/><nc:lock-owner/></d:prop>\
             <d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>",
            if is_collection {
                "<d:getcontenttype/><d:getcontentlength/>"
            } else {
                "<d:quota-used-bytes/><d:quota-available-bytes/>"
            }
        );
        if w.out.len() >= size {
            break;
        }
    }
    put!(w, "</d:multistatus>\n");
}

/// A calendar object with lines ended by carriage return and line feed.
fn calendar_object(w: &mut Writer, number: u64) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Example Corp.//CalDAV Client//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "BEGIN:VTIMEZONE".to_owned(),
        "TZID:Europe/Berlin".to_owned(),
    ];
    for (part, from, to, name, start, rule) in [
        ("DAYLIGHT", "+0100", "+0200", "CEST", "19700329T020000", "BYMONTH=3;BYDAY=-1SU"),
        ("STANDARD", "+0200", "+0100", "CET", "19701025T030000", "BYMONTH=10;BYDAY=-1SU"),
    ] {
        lines.push(format!("BEGIN:{part}"));
        lines.push(format!("TZOFFSETFROM:{from}"));
        lines.push(format!("TZOFFSETTO:{to}"));
        lines.push(format!("TZNAME:{name}"));
        lines.push(format!("DTSTART:{start}"));
        lines.push(format!("RRULE:FREQ=YEARLY;{rule}"));
        lines.push(format!("END:{part}"));
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines.push("BEGIN:VEVENT".to_owned());
    lines.push(format!("UID:{:016x}-{number}@example.com", w.below(u64::MAX)));
    lines.push("DTSTAMP:20240115T083000Z".to_owned());
    lines.push("CREATED:20240110T101112Z".to_owned());
    lines.push(format!("SEQUENCE:{}", w.below(9)));
    lines.push(format!("SUMMARY:R&D sync {} <weekly>", w.below(1000)));
    lines.push(format!("DTSTART;TZID=Europe/Berlin:20240{}{:02}T0900", 1 + w.below(9), 1 + w.below(28)));
    lines.push(" 00".to_owned());
    lines.push("DTEND;TZID=Europe/Berlin:20240201T100000".to_owned());
    lines.push("LOCATION:Raum 4 & 5\\, Gebäude B".to_owned());
    lines.push("ORGANIZER;CN=\"Alice Example\":mailto:alice@example.com".to_owned());
    for guest in 0..3 + w.below(3) {
        lines.push(format!(
            "ATTENDEE;CN=\"Person {guest}\";PARTSTAT=NEEDS-ACTION;RSVP=TRUE;ROLE=REQ-PARTICIP"
        ));
        lines.push(format!(" ANT:mailto:person{guest}@example.com"));
    }
    lines.push("DESCRIPTION:Agenda:\\n1. Status\\n2. Budget Q&A\\n3. Roadmap and next steps".to_owned());
    lines.push("  for the whole team\\, see https://wiki.example.com/x?id=1&v=2".to_owned());
    for line in ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:Reminder", "END:VALARM"] {
        lines.push(line.to_owned());
    }
    lines.push("END:VEVENT".to_owned());
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect()
}

fn calendar_multiget(w: &mut Writer, size: usize) {
    put!(
        w,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\" \
         xmlns:C=\"urn:ietf:params:xml:ns:caldav\">\n"
    );
    for number in 1.. {
        let href = format!("/calendars/users/alice/work/{:08x}-{number}.ics", w.below(1 << 32));
        w.count(&href, 200);
        let (etag, object) = (w.etag(50), calendar_object(w, number));
        let normalised = object.replace("\r\n", "\n");
        // The three ways in which servers send the end of a line.
        let (sent, meant) = match number % 3 {
            0 => (escaped(&object).replace('\r', "&#13;"), &object),
            1 => (escaped(&normalised), &normalised),
            _ => (escaped(&object), &normalised),
        };
        w.sums.calendar += meant.len() as u64;
        put!(
            w,
            "  <D:response>\n    <D:href>{href}</D:href>\n    <D:propstat>\n      <D:prop>\n        \
             <D:getetag>{etag}</D:getetag>\n        <C:calendar-data>{sent}</C:calendar-data>\n      </D:prop>\n      \
             <D:status>HTTP/1.1 200 OK</D:status>\n    </D:propstat>\n  </D:response>\n"
        );
        if w.out.len() >= size {
            break;
        }
    }
    put!(w, "</D:multistatus>\n");
}

fn sync_collection(w: &mut Writer, size: usize) {
    put!(
        w,
        "<?xml version=\"1.0\"?>\n<d:multistatus xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\" \
         xmlns:cal=\"urn:ietf:params:xml:ns:caldav\">"
    );
    for number in 1.. {
        let href = format!("/dav/cal/alice/{:08X}-{:04X}-{number}.ics", w.below(1 << 32), w.below(1 << 16));
        put!(w, "<d:response><d:href>{href}</d:href>");
        if w.below(5) == 0 {
            w.count(&href, 404);
            put!(w, "<d:status>HTTP/1.1 404 Not Found</d:status></d:response>");
        } else {
            w.count(&href, 200);
            let etag = quotes_escaped(&w.etag(62));
            put!(
                w,
                "<d:propstat><d:prop><d:getetag>{etag}</d:getetag></d:prop>\
                 <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
            );
        }
        if w.out.len() >= size {
            break;
        }
    }
    let token = format!("http://sabre.io/ns/sync/{}", 1000 + w.below(100_000));
    w.sums.token = token.len() as u64;
    put!(w, "<d:sync-token>{token}</d:sync-token></d:multistatus>\n");
}

fn default_namespace(w: &mut Writer, size: usize) {
    put!(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<multistatus xmlns=\"DAV:\">\n");
    for number in 1.. {
        let is_collection = w.below(6) == 0;
        let href = format!(
            "/dav/addressbooks/user/alice/{}{}",
            w.name(number),
            if is_collection { "/" } else { ".vcf" }
        );
        w.count(&href, 604);
        let kind = match (is_collection, number % 2) {
            (false, _) => "",
            (true, 0) => "<collection/>",
            (true, _) => "<collection/><addressbook xmlns=\"urn:ietf:params:xml:ns:carddav\"/>",
        };
        let (etag, modified) = (w.etag(50), w.modified());
        put!(
            w,
            "<response>\n <href>{}</href>\n <propstat>\n  <prop>\n   <resourcetype>{kind}</resourcetype>\n   \
             <getetag>{etag}</getetag>\n",
            escaped(&href)
        );
        if is_collection {
            w.sums.collections += 1;
        } else {
            let length = w.length(20);
            put!(
                w,
                "   <getcontentlength xmlns:b=\"urn:uuid:c2f41010-65b3-11d1-a29f-00aa00c14882/\" \
                 b:dt=\"int\">{length}</getcontentlength>\n"
            );
        }
        let ctag = w.below(1 << 30);
        put!(
            w,
            "   <getlastmodified>{modified}</getlastmodified>\n   \
             <calendar-color xmlns=\"http://apple.com/ns/ical/\">#FF2968FF</calendar-color>\n   \
             <getctag xmlns=\"http://calendarserver.org/ns/\">{number}-{ctag}</getctag>\n   \
             <C:supported-calendar-component-set xmlns:C=\"urn:ietf:params:xml:ns:caldav\">\
             <C:comp name=\"VEVENT\"/><C:comp name=\"VTODO\"/></C:supported-calendar-component-set>\n   \
             <current-user-privilege-set><privilege><read/></privilege><privilege><write/></privilege>\
             </current-user-privilege-set>\n   <owner><href>/dav/principals/user/alice/</href></owner>\n   \
             <displayname>Alice &amp; Co {number}</displayname>\n  </prop>\n  \
             <status>HTTP/1.1 200 OK</status>\n </propstat>\n <propstat>\n  <prop>\n   <quota-used-bytes/>\n   \
             <max-image-size xmlns=\"urn:ietf:params:xml:ns:carddav\"/>\n  </prop>\n  \
             <status>HTTP/1.1 404 Not Found</status>\n </propstat>\n</response>\n"
        );
        if w.out.len() >= size {
            break;
        }
    }
    put!(w, "</multistatus>\n");
}

fn irregular(w: &mut Writer, size: usize) {
    const SOMETIMES: [&str; 12] = [
        "oc:id",
        "oc:fileid",
        "oc:permissions",
        "oc:size",
        "oc:favorite",
        "oc:comments-unread",
        "oc:owner-id",
        "oc:owner-display-name",
        "oc:share-types",
        "nc:has-preview",
        "nc:mount-type",
        "nc:is-encrypted",
    ];
    put!(
        w,
        "<?xml version=\"1.0\"?>\n<d:multistatus xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\" \
         xmlns:oc=\"http://owncloud.org/ns\" xmlns:nc=\"http://nextcloud.org/ns\">"
    );
    for number in 1.. {
        let href = format!("/remote.php/dav/files/alice/{number}_{:x}.jpg", w.below(1 << 53));
        w.count(&href, 604);
        let (modified, etag, length) = (w.modified(), quotes_escaped(&w.etag(62)), w.length(24));
        put!(
            w,
            "<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:getlastmodified>{modified}</d:getlastmodified>\
             <d:getetag>{etag}</d:getetag><d:resourcetype/><d:getcontentlength>{length}</d:getcontentlength>"
        );
        let chosen = w.below(1 << SOMETIMES.len());
        let is_there = |i: usize| chosen >> i & 1 == 1;
        for (i, name) in SOMETIMES.iter().enumerate().filter(|(i, _)| is_there(*i)) {
            let value = w.below(1 << 30) + i as u64;
            put!(w, "<{name}>{value}</{name}>");
        }
        put!(w, "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop>");
        for (_, name) in SOMETIMES.iter().enumerate().filter(|(i, _)| !is_there(*i)) {
            put!(w, "<{name}/>");
        }
        put!(w, "</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>");
        if w.out.len() >= size {
            break;
        }
    }
    put!(w, "</d:multistatus>\n");
}
