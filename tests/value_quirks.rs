//! What servers really send as values: one test per habit of the project's list (sections F to L), with what is read by
//! default and what when strict. Where both are the same, the RFCs allow it or nothing is forgiven.

mod support;

use std::borrow::Cow;

use multistatus::{
    Href, Multistatus, Options, Response, names,
    value::{
        Checksums, ComponentSet, DateTime, ElementNames, EntityTag, Evidence, HttpDate, LanguageTag, List,
        MediaType, ObjectData, OpaqueText, Principal, PrivilegeSet, Quota, ResourceType, SupportedSet,
    },
};

/// A response for `href` with the properties `props`; `missing` is under 404.
fn body(href: &str, props: &str, missing: &str) -> String {
    format!(
        "<D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:O='http://owncloud.org/ns' \
         xmlns:A='http://apple.com/ns/ical/'><D:response><D:href>{href}</D:href><D:propstat><D:prop>{props}</D:prop>\
         <D:status>HTTP/1.1 200 OK</D:status></D:propstat><D:propstat><D:prop>{missing}</D:prop>\
         <D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response></D:multistatus>"
    )
}

fn response<'a>(body: &'a str, options: &Options) -> Response<'a> {
    Multistatus::with_options(body.as_bytes(), options)
        .next()
        .expect("one response")
        .expect("it is well-formed")
}

/// What is read of a property, or the kind of the error.
macro_rules! read {
    ($type:ty, $name:ident, $props:expr, $options:expr) => {{
        let body = body("/a", $props, "");
        match response(&body, $options).props().read::<$type>(names::$name) {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("{:?}", error.kind()),
        }
    }};
}

/// Named tests: what a property holds and as which type it is read; what that gives by default, and when strict.
macro_rules! quirks {
    ($($test:ident: $name:ident as $type:ty { $($content:literal => $lenient:literal, $strict:literal;)+ })*) => { $(
        #[test]
        fn $test() {
            $(
                let local = names::$name.local();
                let props = format!("<D:{local}>{}</D:{local}>", $content);
                assert_eq!(read!($type, $name, &props, &Options::new()), $lenient, "{props}");
                assert_eq!(read!($type, $name, &props, &Options::strict()), $strict, "{props}, strict");
            )+
        }
    )* };
}

quirks! {
    q128_several_types_in_any_order: RESOURCETYPE as ResourceType<'_> {
        "<C:calendar/>\n<D:collection/>" =>
            "Some(ResourceType(ElementNames([{urn:ietf:params:xml:ns:caldav}calendar, {DAV:}collection])))",
            "Some(ResourceType(ElementNames([{urn:ietf:params:xml:ns:caldav}calendar, {DAV:}collection])))";
    }
    q130_redirect_reference_is_no_collection: RESOURCETYPE as ResourceType<'_> {
        "<D:redirectref/>" => "Some(ResourceType(ElementNames([{DAV:}redirectref])))",
            "Some(ResourceType(ElementNames([{DAV:}redirectref])))";
    }
    q132_unquoted_tag: GETETAG as EntityTag<'_> {
        "77120-3" => r#"Some(EntityTag("77120-3"))"#, "Refused(EntityTagForm)";
    }
    q133_weak_tag_in_every_spelling: GETETAG as EntityTag<'_> {
        "W/\"a\"" => r#"Some(EntityTag("W/\"a\""))"#, r#"Some(EntityTag("W/\"a\""))"#;
        "W/a" => r#"Some(EntityTag("W/a"))"#, "Refused(EntityTagForm)";
        "w/\"a\"" => r#"Some(EntityTag("w/\"a\""))"#, "Refused(EntityTagForm)";
        "W/" => "Unreadable", "Unreadable";
    }
    q135_doubled_quotes: GETETAG as EntityTag<'_> {
        "\"\"abc\"\"" => r#"Some(EntityTag("\"\"abc\"\""))"#, "Refused(EntityTagForm)";
        "\"\"\"abc\"\"\"" => r#"Some(EntityTag("\"\"\"abc\"\"\""))"#, "Refused(EntityTagForm)";
    }
    q136_quotes_as_references: GETETAG as EntityTag<'_> {
        "&quot;abc&#34;" => r#"Some(EntityTag("\"abc\""))"#, r#"Some(EntityTag("\"abc\""))"#;
    }
    q137_url_as_tag: GETETAG as EntityTag<'_> {
        "http://ox.example/etags/31-7" => r#"Some(EntityTag("http://ox.example/etags/31-7"))"#, "Refused(EntityTagForm)";
    }
    q138_empty_tag: GETETAG as EntityTag<'_> {
        "" => "None", "None";
        "\n " => "None", "None";
    }
    q139_zone_as_a_number: GETLASTMODIFIED as HttpDate {
        "Thu, 03 Feb 2011 04:05:06 +0000" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 03 Feb 2011 06:05:06 +02:00" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
    }
    q140_day_without_zero: GETLASTMODIFIED as HttpDate {
        "Thu, 3 Feb 2011 04:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
    }
    q141_asctime_and_unix_date: GETLASTMODIFIED as HttpDate {
        "Thu Feb  3 04:05:06 2011" => "Some(HttpDate(2011-02-03T04:05:06Z, Asctime))",
            "Some(HttpDate(2011-02-03T04:05:06Z, Asctime))";
        "Thu Feb 13 04:05:06 UTC 2011" => "Some(HttpDate(2011-02-13T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "garbage Feb  3 04:05:06 2011" => "Unreadable", "Unreadable";
        "Thu Feb  3 04:05:06 -2011" => "Unreadable", "Unreadable";
        "Thu Feb  3 04:05:06 11" => "Unreadable", "Unreadable";
    }
    asctime_with_one_blank: GETLASTMODIFIED as HttpDate {
        "Thu Feb 3 04:05:06 2011" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu Feb 3 4:05:06 2011" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Do Feb 3 04:05:06 2011" => "Unreadable", "Unreadable";
        "Thu Feb 31 04:05:06 2011" => "Unreadable", "Unreadable";
    }
    date_of_a_cookie: GETLASTMODIFIED as HttpDate {
        "Thursday, 03-Feb-2011 04:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 03-Feb-2011 04:05:06 UTC" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thursday, 03-Feb-1911 04:05:06 GMT" => "Some(HttpDate(1911-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thursday, 03-Feb-11 4:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thursday, 03-Feb-02011 04:05:06 GMT" => "Unreadable", "Unreadable";
        "Thursday, 03-Feb-2011 04:05:06 CET" => "Unreadable", "Unreadable";
    }
    date_as_go_prints_it: GETLASTMODIFIED as HttpDate {
        "2011-02-03 04:05:06 +0000 UTC" => "Some(HttpDate(2011-02-03T04:05:06Z, Go))", "Refused(DateForm)";
        "2011-02-03 05:05:06.123456789 +0100 CET" => "Some(HttpDate(2011-02-03T04:05:06.123456789Z, Go))",
            "Refused(DateForm)";
        "2011-02-03 07:05:06.5 +0300 +03 m=+0.000012" => "Some(HttpDate(2011-02-03T04:05:06.5Z, Go))",
            "Refused(DateForm)";
        "2011-02-03 04:05:06 +0000 UTC m=-0.1" => "Some(HttpDate(2011-02-03T04:05:06Z, Go))", "Refused(DateForm)";
        "2011-02-03 04:05:06 +0000 UTC m=0.1" => "Unreadable", "Unreadable";
        "2011-02-03 04:05:06 +0000 utc" => "Unreadable", "Unreadable";
        "2011-02-03 04:05:06 +9900 UTC" => "Unreadable", "Unreadable";
        "2011-02-03 +0000 UTC" => "Unreadable", "Unreadable";
        "2011-02-03 04:05:06 CET" => "Unreadable", "Unreadable";
    }
    date_as_ruby_prints_it: CREATIONDATE as DateTime {
        "2011-02-03 04:05:06 UTC" => "Some(DateTime(2011-02-03T04:05:06Z, Iso8601))", "Refused(DateForm)";
        "2011-02-03 05:05:06 +0100" => "Some(DateTime(2011-02-03T04:05:06Z, Iso8601))", "Refused(DateForm)";
    }
    date_as_java_script_prints_it: GETLASTMODIFIED as HttpDate {
        "Thu Feb 03 2011 04:05:06 GMT+0000 (Coordinated Universal Time)" =>
            "Some(HttpDate(2011-02-03T04:05:06Z, JavaScript))", "Refused(DateForm)";
        "Thu Feb 03 2011 05:05:06 GMT+0100 (Mitteleuropäische Normalzeit)" =>
            "Some(HttpDate(2011-02-03T04:05:06Z, JavaScript))", "Refused(DateForm)";
        "Wed Feb 02 2011 23:35:06 GMT-0430" => "Some(HttpDate(2011-02-03T04:05:06Z, JavaScript))", "Refused(DateForm)";
        "Thu Feb 03 2011" => "Unreadable", "Unreadable";
        "Thu Feb 03 2011 04:05:06 GMT" => "Unreadable", "Unreadable";
        "Thu Feb 03 2011 04:05:06 GMT+2400" => "Unreadable", "Unreadable";
    }
    hour_of_one_digit: GETLASTMODIFIED as HttpDate {
        "Thu, 03 Feb 2011 4:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 3 Feb 2011 4:05:06 +0000" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "2011-02-03 4:05:06Z" => "Some(HttpDate(2011-02-03T04:05:06Z, Iso8601))", "Refused(DateForm)";
        "2011-02-03T4:05:06Z" => "Some(HttpDate(2011-02-03T04:05:06Z, Iso8601))", "Refused(DateForm)";
        "2011-02-03 4:05:06" => "Some(HttpDate(2011-02-03T04:05:06Z, WithoutOffset))", "Refused(DateForm)";
        "Thu, 03 Feb 2011 4:5:06 GMT" => "Unreadable", "Unreadable";
    }
    zone_with_a_comment: GETLASTMODIFIED as HttpDate {
        "Thu, 03 Feb 2011 04:05:06 +0000 (UTC)" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 03 Feb 2011 05:05:06 +0100 (CET)" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 03 Feb 2011 04:05:06 (UTC)" => "Unreadable", "Unreadable";
    }
    size_with_an_exponent: GETCONTENTLENGTH as u64 {
        "1.2E+14" => "Some(120000000000000)", "Refused(NumberForm)";
        "1.2345678901235E+14" => "Some(123456789012350)", "Refused(NumberForm)";
        "1E+999999999" => "Unreadable", "Unreadable";
        "1.5E+0" => "Unreadable", "Unreadable";
    }
    quota_with_an_exponent: QUOTA_AVAILABLE_BYTES as Quota {
        "3.1E+12" => "Some(Bytes(3100000000000))", "Refused(NumberForm)";
        "1.0E+25" => "Unreadable", "Unreadable";
        "-1E+0" => "Unreadable", "Unreadable";
    }
    q142_year_of_two_digits: GETLASTMODIFIED as HttpDate {
        "Thursday, 03-Feb-11 04:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc850))",
            "Some(HttpDate(2011-02-03T04:05:06Z, Rfc850))";
        "Sunday, 06-Nov-94 08:49:37 GMT" => "Some(HttpDate(1994-11-06T08:49:37Z, Rfc850))",
            "Some(HttpDate(1994-11-06T08:49:37Z, Rfc850))";
    }
    q143_iso_date_where_http_has_its_own: GETLASTMODIFIED as HttpDate {
        "2011-02-03T04:05:06Z" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc3339))", "Refused(DateForm)";
        "2011-02-03T05:05:06.1234567890123+01:00" => "Some(HttpDate(2011-02-03T04:05:06.123456789Z, Rfc3339))",
            "Refused(DateForm)";
    }
    q144_http_date_where_iso_belongs: CREATIONDATE as DateTime {
        "Thu, 03 Feb 2011 04:05:06 GMT" => "Some(DateTime(2011-02-03T04:05:06Z, ImfFixdate))", "Refused(DateForm)";
        "2011-02-03T04:05:06Z" => "Some(DateTime(2011-02-03T04:05:06Z, Rfc3339))",
            "Some(DateTime(2011-02-03T04:05:06Z, Rfc3339))";
        "2011-02-03t04:05:06-00:00" => "Some(DateTime(2011-02-03T04:05:06Z, Rfc3339))",
            "Some(DateTime(2011-02-03T04:05:06Z, Rfc3339))";
        "2011-02-03T05:05:06+0100" => "Some(DateTime(2011-02-03T04:05:06Z, Iso8601))", "Refused(DateForm)";
        "2011-02-03 04:05:06Z" => "Some(DateTime(2011-02-03T04:05:06Z, Iso8601))", "Refused(DateForm)";
        "1970-01-01T00:00:00Z" => "Some(DateTime(1970-01-01T00:00:00Z, Rfc3339))",
            "Some(DateTime(1970-01-01T00:00:00Z, Rfc3339))";
        "1296705906" => "Some(DateTime(2011-02-03T04:05:06Z, UnixSeconds))", "Refused(DateForm)";
        "0" => "Some(DateTime(1970-01-01T00:00:00Z, UnixSeconds))", "Refused(DateForm)";
    }
    q145_zones_as_words: GETLASTMODIFIED as HttpDate {
        "Thu, 03 Feb 2011 04:05:06 GMT-00:00" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 03 Feb 2011 04:05:06 UTC" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 03 Feb 2011 06:05:06 GMT+02:00" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Thu, 03 Feb 2011 04:05:06 CET" => "Unreadable", "Unreadable";
        "Thu, 03 Feb 2011 04:05:06 GMTEST" => "Unreadable", "Unreadable";
        "thu, 03 feb 2011 04:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
    }
    q146_names_in_other_languages: GETLASTMODIFIED as HttpDate {
        "יום ה, 03 פבר 2011 04:05:06 GMT" => "Unreadable", "Unreadable";
        "Do, 03 Feb 2011 04:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
        "Fri, 03 Feb 2011 04:05:06 GMT" => "Some(HttpDate(2011-02-03T04:05:06Z, Rfc2822))", "Refused(DateForm)";
    }
    q147_digits_without_anything_between: GETLASTMODIFIED as HttpDate {
        "20110203040506" => "Unreadable", "Unreadable";
        "1296705906000" => "Unreadable", "Unreadable";
    }
    q148_no_zone: GETLASTMODIFIED as HttpDate {
        "2011-02-03 04:05:06" => "Some(HttpDate(2011-02-03T04:05:06Z, WithoutOffset))", "Refused(DateForm)";
    }
    q149_words_in_place_of_a_date: GETLASTMODIFIED as HttpDate {
        "Invalid Date" => "Unreadable", "Unreadable";
        "undefined" => "Unreadable", "Unreadable";
    }
    q150_empty_date: GETLASTMODIFIED as HttpDate {
        "" => "None", "None";
    }
    q151_absurd_year: GETLASTMODIFIED as HttpDate {
        "Thu, 03 Feb 43078 04:05:06 GMT" => "Unreadable", "Unreadable";
        "99999999999999999999" => "Unreadable", "Unreadable";
        "43078-02-03T04:05:06Z" => "Unreadable", "Unreadable";
    }
    q152_empty_length: GETCONTENTLENGTH as u64 {
        "" => "None", "None";
    }
    q153_length_with_spaces: GETCONTENTLENGTH as u64 {
        "0 " => "Some(0)", "Some(0)";
    }
    q154_negative_length: GETCONTENTLENGTH as u64 {
        "-1" => "Unreadable", "Unreadable";
    }
    q154_negative_length_as_sent: GETCONTENTLENGTH as i64 {
        "-1" => "Some(-1)", "Some(-1)";
    }
    q155_overflowing_length: GETCONTENTLENGTH as u64 {
        "99999999999999999999" => "Unreadable", "Unreadable";
        "12 KB" => "Unreadable", "Unreadable";
        "+5" => "Unreadable", "Unreadable";
        "5.0" => "Unreadable", "Unreadable";
    }
    q156_negative_quota: QUOTA_AVAILABLE_BYTES as Quota {
        "-1" => "Some(NotComputed)", "Some(NotComputed)";
        "-2" => "Some(Unknown)", "Some(Unknown)";
        "-3" => "Some(Unlimited)", "Some(Unlimited)";
        "18446744073709551615" => "Some(Bytes(18446744073709551615))", "Some(Bytes(18446744073709551615))";
    }
    q157_empty_quota: QUOTA_AVAILABLE_BYTES as Quota {
        "" => "None", "None";
    }
    q158_media_type_with_a_bare_semicolon: GETCONTENTTYPE as MediaType<'_> {
        "text/plain;" => r#"Some(MediaType("text/plain;"))"#, r#"Some(MediaType("text/plain;"))"#;
        "text; charset=utf-8" => r#"Some(MediaType("text; charset=utf-8"))"#, "Refused(MediaTypeForm)";
        "text/plain; charset=utf-8" => r#"Some(MediaType("text/plain; charset=utf-8"))"#,
            r#"Some(MediaType("text/plain; charset=utf-8"))"#;
        "nonsense" => "Unreadable", "Unreadable";
    }
    q159_display_name_like_a_number: DISPLAYNAME as Cow<'_, str> {
        "2031.10" => r#"Some("2031.10")"#, r#"Some("2031.10")"#;
        "007" => r#"Some("007")"#, r#"Some("007")"#;
        "1e3" => r#"Some("1e3")"#, r#"Some("1e3")"#;
        "true" => r#"Some("true")"#, r#"Some("true")"#;
        " a " => r#"Some(" a ")"#, r#"Some(" a ")"#;
    }
    q160_display_name_percent_encoded: DISPLAYNAME as Cow<'_, str> {
        "a%20b" => r#"Some("a%20b")"#, r#"Some("a%20b")"#;
    }
    q161_whole_path_as_display_name: DISPLAYNAME as Cow<'_, str> {
        "/buckets/a/b.txt" => r#"Some("/buckets/a/b.txt")"#, r#"Some("/buckets/a/b.txt")"#;
    }
    q166_several_hrefs_in_a_set: GROUP_MEMBERSHIP as List<Href<'_>> {
        "<D:href>/a/</D:href><D:href>/b/</D:href>" => r#"Some([Href("/a/"), Href("/b/")])"#,
            r#"Some([Href("/a/"), Href("/b/")])"#;
    }
    q167_principal_as_text: CURRENT_USER_PRINCIPAL as Principal<'_> {
        "/p/ann/" => r#"Some(Href(Href("/p/ann/")))"#, "Refused(HrefAsText)";
    }
    q168_unauthenticated: CURRENT_USER_PRINCIPAL as Principal<'_> {
        "<D:unauthenticated/>" => "Some(Unauthenticated)", "Some(Unauthenticated)";
        "<D:unauthenticated/><D:href>/p/</D:href>" => r#"Some(Href(Href("/p/")))"#, r#"Some(Href(Href("/p/")))"#;
    }
    q170_report_without_wrapper_or_as_text: SUPPORTED_REPORT_SET as SupportedSet<'_> {
        "<D:supported-report><D:sync-collection/></D:supported-report>" =>
            "Some(SupportedSet(ElementNames([{DAV:}sync-collection])))", "Refused(ReportForm)";
        "<D:supported-report><D:report>sync-collection</D:report></D:supported-report>" =>
            "Some(SupportedSet(ElementNames([{DAV:}sync-collection])))", "Refused(ReportForm)";
        "<D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report>" =>
            "Some(SupportedSet(ElementNames([{DAV:}sync-collection])))", "Some(SupportedSet(ElementNames([{DAV:}sync-collection])))";
    }
    the_last_second_of_http: GETLASTMODIFIED as HttpDate {
        "Fri, 31 Dec 9999 23:59:59 GMT" => "Some(HttpDate(9999-12-31T23:59:59Z, ImfFixdate))",
            "Some(HttpDate(9999-12-31T23:59:59Z, ImfFixdate))";
    }
    the_last_second_of_all_years: CREATIONDATE as DateTime {
        "9999-12-31T23:59:59Z" => "Some(DateTime(9999-12-31T23:59:59Z, Rfc3339))",
            "Some(DateTime(9999-12-31T23:59:59Z, Rfc3339))";
        "9999-12-31T23:59:59+01:00" => "Some(DateTime(9999-12-31T22:59:59Z, Rfc3339))",
            "Some(DateTime(9999-12-31T22:59:59Z, Rfc3339))";
        "9999-12-31T22:59:59.5-00:30" => "Some(DateTime(9999-12-31T23:29:59.5Z, Rfc3339))",
            "Some(DateTime(9999-12-31T23:29:59.5Z, Rfc3339))";
        "2011-02-03T04:05:06+25:59" => "Unreadable", "Unreadable";
        "2011-02-03" => "Unreadable", "Unreadable";
        "20110203" => "Unreadable", "Unreadable";
        "0001-01-01T00:00:00Z" => "Some(DateTime(0001-01-01T00:00:00Z, Rfc3339))",
            "Some(DateTime(0001-01-01T00:00:00Z, Rfc3339))";
    }
    language_tags_in_a_list: GETCONTENTLANGUAGE as LanguageTag<'_> {
        "de, en-GB" => r#"Some(LanguageTag("de, en-GB"))"#, "Refused(LanguageList)";
        "de" => r#"Some(LanguageTag("de"))"#, r#"Some(LanguageTag("de"))"#;
    }
}

/// What is made out of the properties `props` and `missing` of `href`.
fn guess(href: &str, props: &str, missing: &str) -> Option<(bool, Evidence)> {
    let body = body(href, props, missing);
    let guesses =
        [Options::new(), Options::strict()].map(|options| response(&body, &options).guess_collection());
    assert_eq!(guesses[0], guesses[1], "a guess is one, strict or not");
    guesses[0].map(|guess| (guess.is_collection, guess.evidence))
}

/// What `resourcetype` says, in both ways.
fn types(props: &str, missing: &str) -> String {
    let body = body("/a", props, missing);
    let shown = [Options::new(), Options::strict()].map(|options| {
        let response = response(&body, &options);
        let types = response.props().resourcetype();
        types.map_or_else(|error| format!("{:?}", error.kind()), |types| format!("{types:?}"))
    });
    assert_eq!(shown[0], shown[1]);
    shown[0].clone()
}

#[test]
fn q123_iscollection_where_there_is_no_resourcetype() {
    for (text, is_collection) in [("1", true), ("0", false), ("true", true), ("false", false), ("T", true)] {
        let props = format!("<D:iscollection>{text}</D:iscollection>");
        assert_eq!(guess("/a", &props, ""), Some((is_collection, Evidence::IsCollection)));
        assert_eq!(types(&props, ""), "None");
    }
}

#[test]
fn q123_isfolder_is_a_mark() {
    for (props, is_collection) in
        [("<D:isfolder/>", true), ("<D:isfolder>t</D:isfolder>", true), ("<D:isfolder>0</D:isfolder>", false)]
    {
        assert_eq!(guess("/a", props, ""), Some((is_collection, Evidence::IsCollection)));
    }
}

#[test]
fn q124_resourcetype_wins_over_iscollection() {
    let twice = "<D:iscollection>1</D:iscollection><D:iscollection>1</D:iscollection>";
    assert_eq!(guess("/a", twice, ""), Some((true, Evidence::IsCollection)));
    let contradicting = format!("<D:resourcetype/>{twice}");
    assert_eq!(guess("/a/", &contradicting, ""), Some((false, Evidence::ResourceType)));
    let both = "<D:iscollection>1</D:iscollection><D:iscollection>0</D:iscollection>";
    assert_eq!(guess("/a", both, ""), None);
}

#[test]
fn q125_collection_by_its_media_type() {
    for media_type in ["httpd/unix-directory", "inode/directory", "HTTPD/Unix-Directory"] {
        let props = format!("<D:getcontenttype>{media_type}</D:getcontenttype>");
        assert_eq!(guess("/a", &props, ""), Some((true, Evidence::ContentType)));
    }
    assert_eq!(guess("/a", "<D:getcontenttype>text/plain</D:getcontenttype>", ""), None);
}

#[test]
fn q126_collection_by_its_slash() {
    assert_eq!(guess("/a/", "", ""), Some((true, Evidence::TrailingSlash)));
    assert_eq!(guess("/a", "", ""), None);
}

#[test]
fn q127_missing_resourcetype_makes_no_file() {
    assert_eq!(types("", "<D:resourcetype/>"), "None");
    assert_eq!(guess("/a", "", "<D:resourcetype/>"), None);
}

#[test]
fn q129_text_in_place_of_a_type() {
    let props = "<D:resourcetype>collection</D:resourcetype>";
    assert_eq!(types(props, ""), "Unreadable");
    assert_eq!(guess("/a", props, ""), Some((true, Evidence::TypeAsText)));
    assert_eq!(guess("/a", "<D:resourcetype>file</D:resourcetype>", ""), None);
}

#[test]
fn q131_size_of_a_folder_tells_nothing() {
    let props =
        "<D:resourcetype><D:collection/></D:resourcetype><D:getcontentlength>4096</D:getcontentlength>";
    assert_eq!(guess("/a", props, ""), Some((true, Evidence::ResourceType)));
    assert_eq!(guess("/a", "<D:getcontentlength>4096</D:getcontentlength>", ""), None);
}

fn tag(text: &str) -> EntityTag<'_> {
    EntityTag::parse(text).expect(text)
}

#[test]
fn q132_tag_gets_its_quotes_for_if_match() {
    assert_eq!(tag("77120-3").if_match().as_deref(), Some("\"77120-3\""));
    assert_eq!(tag("\"77120-3\"").if_match().as_deref(), Some("\"77120-3\""));
    assert!(tag("77120-3").strong_eq(&tag("\"77120-3\"")));
    assert!(!tag("77120-3").is_well_formed());
}

#[test]
fn q132_what_no_quotes_make_a_tag_goes_into_no_if_match() {
    for text in ["a\", \"b", "a\"b", "a b", "\"a b\"", "\"\"a b\"\""] {
        assert_eq!(tag(text).if_match(), None, "{text}");
    }
    assert_eq!(tag("\"\"").if_match().as_deref(), Some("\"\""));
    assert_eq!(EntityTag::parse("\""), None);
}

#[test]
fn q133_weak_tag_never_goes_into_if_match() {
    for text in ["W/\"a\"", "W/a", "w/\"a\""] {
        let weak = tag(text);
        assert!(weak.is_weak() && weak.opaque() == "a" && weak.if_match().is_none(), "{text}");
        assert!(weak.weak_eq(&tag("\"a\"")) && !weak.strong_eq(&tag("\"a\"")) && !weak.strong_eq(&weak));
    }
    assert_eq!(EntityTag::parse("W/"), None);
}

#[test]
fn q134_compression_behind_a_tag() {
    for suffix in ["-gzip", ";gzip", "-br", ";br", "-deflate", ";deflate", "-zstd", ";zstd"] {
        let compressed = format!("\"abc{suffix}\"");
        assert!(tag(&compressed).weak_eq_ignoring_coding(&tag("\"abc\"")), "{compressed}");
        assert!(!tag(&compressed).weak_eq(&tag("\"abc\"")), "only when asked for");
        assert_eq!(tag(&compressed).as_str(), compressed);
    }
    assert!(!tag("\"abd-gzip\"").weak_eq_ignoring_coding(&tag("\"abc\"")));
    assert!(!tag("\"-gzip\"").weak_eq_ignoring_coding(&tag("\"abc\"")));
}

#[test]
fn q135_quotes_are_stripped_for_comparison() {
    let doubled = tag("\"\"abc\"\"");
    assert_eq!((doubled.as_str(), doubled.opaque()), ("\"\"abc\"\"", "abc"));
    assert!(doubled.strong_eq(&tag("\"abc\"")));
    assert_eq!(doubled.if_match().as_deref(), Some("\"abc\""));
}

#[test]
fn q155_text_of_an_unreadable_length_is_kept() {
    let body = body("/a", "<D:getcontentlength>99999999999999999999</D:getcontentlength>", "");
    let error = response(&body, &Options::new()).props().getcontentlength().expect_err("it is too large");
    assert_eq!(error.found(), "99999999999999999999");
    assert!(!error.to_string().contains("9999"), "{error}");
}

/// ownCloud, of a folder that it has not scanned yet.
#[test]
fn size_of_a_folder_that_was_not_scanned() {
    let body = body("/a/", "<O:size>-1</O:size>", "");
    let response = response(&body, &Options::strict());
    let size = response.props().read::<Quota>(names::owncloud::SIZE).expect("a size").expect("it is there");
    assert_eq!((size, size.bytes()), (Quota::NotComputed, None));
}

#[test]
fn q157_quota_only_under_404() {
    let body = body("/a", "", "<D:quota-available-bytes/>");
    assert_eq!(response(&body, &Options::strict()).props().quota_available_bytes().expect("missing"), None);
}

#[test]
fn q162_display_name_empty_or_missing() {
    let missing = body("/a", "", "<D:displayname/>");
    assert_eq!(response(&missing, &Options::strict()).props().displayname().expect("missing"), None);
    let empty = body("/a", "<D:displayname/>", "");
    assert_eq!(
        response(&empty, &Options::strict()).props().displayname().expect("empty").as_deref(),
        Some("")
    );
}

#[test]
fn q163_display_name_beside_another_segment() {
    let body = body("/c/8f1b/", "<D:displayname>Work</D:displayname>", "");
    let response = response(&body, &Options::strict());
    assert_eq!(response.props().displayname().expect("text").as_deref(), Some("Work"));
    assert_eq!(response.href(), "/c/8f1b/");
}

#[test]
fn q164_several_checksums_in_one_text() {
    let props = "<O:checksums><O:checksum>SHA1:aa MD5:bb ADLER32:cc</O:checksum></O:checksums>";
    for options in [Options::new(), Options::strict()] {
        let body = body("/a", props, "");
        let sums = response(&body, &options).props().read::<Checksums<'_>>(names::owncloud::CHECKSUMS);
        let sums = sums.expect("checksums").expect("they are there");
        assert_eq!(sums.iter().collect::<Vec<_>>(), [("SHA1", "aa"), ("MD5", "bb"), ("ADLER32", "cc")]);
        assert_eq!((sums.get("md5"), sums.get("SHA256")), (Some("bb"), None));
    }
}

#[test]
fn q165_home_set_on_another_host() {
    let url = "https://p42-caldav.example:443/1/calendars/";
    let body = body("/p/", &format!("<C:calendar-home-set><D:href>{url}</D:href></C:calendar-home-set>"), "");
    for options in [Options::new(), Options::strict()] {
        let homes =
            response(&body, &options).props().calendar_home_set().expect("hrefs").expect("they are there");
        assert_eq!(homes, [url]);
    }
}

#[test]
fn q169_principal_missing_altogether() {
    let body = body("/", "", "<D:current-user-principal/>");
    assert_eq!(response(&body, &Options::strict()).props().current_user_principal().expect("missing"), None);
}

#[test]
fn q171_components_in_a_list_or_none() {
    let set = "supported-calendar-component-set";
    let props = format!("<C:{set}><C:comp name='VEVENT'/><C:comp name='VTODO'/></C:{set}>");
    let listed = body("/c/", &props, "");
    for options in [Options::new(), Options::strict()] {
        let response = response(&listed, &options);
        let components: ComponentSet<'_> =
            response.props().supported_calendar_component_set().expect("a set").expect("it is there");
        assert!(
            components.contains("VTODO") && components.contains("vevent") && !components.contains("VJOURNAL")
        );
    }
    for (all, named) in [
        ("<C:allcomp/>", false),
        ("<C:comp name='VEVENT'/><C:allcomp/>", false),
        ("", false),
        ("<C:comp name='VTODO'/>", true),
    ] {
        let body = body("/c/", &format!("<C:{set}>{all}</C:{set}>"), "");
        let response = response(&body, &Options::strict());
        let components =
            response.props().supported_calendar_component_set().expect("a set").expect("it is there");
        assert!(components.accepts("VTODO") && components.contains("VTODO") == named, "{all}");
        assert_eq!(components.accepts("VJOURNAL"), !named, "{all}");
    }
    let missing = body("/c/", "", &format!("<C:{set}/>"));
    let response = response(&missing, &Options::strict());
    assert_eq!(
        response.props().supported_calendar_component_set().expect("missing"),
        None,
        "that is not known"
    );
}

#[test]
fn q172_privileges_absent_aggregated_or_nested() {
    let set = "current-user-privilege-set";
    let privileges = |privileges: &str| {
        let body = body("/c/", &format!("<D:{set}>{privileges}</D:{set}>"), "");
        [Options::new(), Options::strict()].map(|options| {
            let response = response(&body, &options);
            let set: PrivilegeSet<'_> =
                response.props().current_user_privilege_set().expect("a set").expect("it is there");
            (
                set.allows(names::WRITE_CONTENT),
                set.allows(names::caldav::READ_FREE_BUSY),
                set.contains(names::READ),
            )
        })
    };
    assert_eq!(privileges("<D:privilege><D:all/></D:privilege>"), [(true, true, false); 2]);
    assert_eq!(privileges("<D:privilege><D:write/></D:privilege>"), [(true, false, false); 2]);
    assert_eq!(privileges("<D:privilege><D:read/><D:bind/></D:privilege>"), [(false, true, true); 2]);
    let text = body("/c/", &format!("<D:{set}><D:privilege>read</D:privilege></D:{set}>"), "");
    assert!(
        response(&text, &Options::new()).props().current_user_privilege_set().is_err(),
        "not: nothing at all"
    );
    assert_eq!(privileges(""), [(false, false, false); 2]);
    let absent = body("/c/", "", "");
    assert_eq!(
        response(&absent, &Options::new()).props().current_user_privilege_set().expect("absent"),
        None
    );
}

#[test]
fn q173_colours_as_sent() {
    for colour in ["#FF8800FF", "FF8800", "#F80"] {
        let body =
            body("/c/", &format!("<A:calendar-color symbolic-color='x'>\n{colour}</A:calendar-color>"), "");
        let response = response(&body, &Options::strict());
        let token = response
            .props()
            .read::<OpaqueText<'_>>(names::ical::CALENDAR_COLOR)
            .expect("text")
            .expect("not empty");
        assert_eq!(token.as_str(), colour);
    }
}

#[test]
fn q178_attributes_and_white_space_of_calendar_data() {
    let data = "<C:calendar-data content-type='text/calendar' version='2.0'>\n <![CDATA[BEGIN:VCALENDAR]]>&#13;\n</C:calendar-data>";
    for options in [Options::new(), Options::strict()] {
        let body = body("/c/1.ics", data, "");
        let response = response(&body, &options);
        let data: ObjectData<'_> = response.props().calendar_data().expect("data").expect("it is there");
        assert_eq!(data.text, "\n BEGIN:VCALENDAR\r\n", "nothing is trimmed");
        assert_eq!(
            (data.content_type.as_deref(), data.version.as_deref()),
            (Some("text/calendar"), Some("2.0"))
        );
    }
}

#[test]
fn q179_empty_calendar_data_is_none() {
    let body = body("/c/1.ics", "<D:getetag>\"1\"</D:getetag><C:calendar-data/>", "");
    for options in [Options::new(), Options::strict()] {
        let response = response(&body, &options);
        assert_eq!(response.props().calendar_data().expect("it is empty"), None);
        assert!(response.props().getetag().expect("a tag").is_some(), "the item is not lost");
    }
}

#[test]
fn q084_child_without_namespace_equals_no_name() {
    let body = body("/c/", "<D:resourcetype><x:collection/></D:resourcetype>", "");
    let response = response(&body, &Options::new());
    let types = response.props().resourcetype().expect("a set").expect("it is there");
    assert!(!types.is_collection() && types.iter().all(|name| name.is_undeclared()));
}

#[test]
fn q121_language_of_a_value() {
    let body = body("/c/", "<D:displayname xml:lang='de'>Kalender</D:displayname>", "");
    let response = response(&body, &Options::strict());
    let element = response.props().get(names::DISPLAYNAME).expect("it is there");
    assert_eq!(element.lang().as_deref(), Some("de"));
    assert_eq!(element.read::<String>().expect("text").as_deref(), Some("Kalender"));
}

#[test]
fn q122_markup_in_a_text_property() {
    for (props, name) in [
        ("<D:owner><x:name xmlns:x='urn:x'>Ann</x:name></D:owner>", names::OWNER),
        ("<D:displayname>a <b xmlns=''>b</b></D:displayname>", names::DISPLAYNAME),
    ] {
        let body = body("/a", props, "");
        for options in [Options::new(), Options::strict()] {
            let response = response(&body, &options);
            let error = response.props().read::<String>(name).expect_err("it is not plain text");
            assert!(error.found().starts_with('<'), "{}", error.found());
            assert_eq!(response.props().get(name).expect("it is there").raw(), props);
        }
    }
}

#[test]
fn names_of_transports_are_a_set() {
    let body = body("/c/", "<transports xmlns='https://bitfire.at/webdav-push'><web-push/></transports>", "");
    let response = response(&body, &Options::strict());
    let transports: ElementNames<'_> =
        response.props().read(names::push::TRANSPORTS).expect("a set").expect("there");
    assert!(transports.contains(names::push::WEB_PUSH));
}
