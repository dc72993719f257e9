//! One broken response does not hide the others, and the body never passes for complete.

mod support;

use multistatus::{Error, Limit, Multistatus, Options, Repair};
use support::{
    cases,
    input::{Chunks, Input},
    multistatus, reading, reading_by, response,
};

/// The first of `what` in `text` with `by` in its place.
fn replaced(text: &str, what: &str, by: &str) -> Option<String> {
    text.contains(what).then(|| text.replacen(what, by, 1))
}

/// `text` with `more` at the end of the content of its first href.
fn in_href(text: &str, more: &str) -> Option<String> {
    let end = text.find("href>").and_then(|start| Some(start + text.get(start..)?.find("</")?))?;
    Some(format!("{}{more}{}", &text[..end], &text[end..]))
}

/// `text` with `more` in its first start tag that ends in `href>`.
fn in_tag(text: &str, more: &str) -> Option<String> {
    replaced(text, "href>", &format!("href {more}>"))
}

/// `text` with `more` before the end tag of its last element.
fn at_end(text: &str, more: &str) -> Option<String> {
    let end = text.rfind("</")?;
    Some(format!("{}{more}{}", &text[..end], &text[end..]))
}

/// Without the last end tag whose name ends like this.
fn without_end(text: &str, name: &str) -> Option<String> {
    let end = text.rfind(&format!("{name}>"))?;
    let start = text[..end].rfind("</")?;
    // It is that of a longer name, or a start tag.
    if text[start..end].contains('>') {
        return None;
    }
    Some(format!("{}{}", &text[..start], &text[end + name.len() + 1..]))
}

/// The ways to break a response: each gives it with one fault of the XML, if it has a place for that.
#[expect(clippy::type_complexity, reason = "a table")]
const FAULTS: &[(&str, fn(&str) -> Option<String>)] = &[
    ("no end tag of the response", |r| without_end(r, "response")),
    ("no end tag of the propstat", |r| without_end(r, "propstat")),
    ("no end tag of the prop", |r| without_end(r, "prop")),
    ("no end tag of the href", |r| without_end(r, "href")),
    ("no end tag of a property", |r| without_end(r, "getetag")),
    ("another end tag", |r| at_end(r, "</x>")),
    ("an ampersand", |r| in_href(r, "a&b")),
    ("an entity of HTML", |r| in_href(r, "&nbsp;")),
    ("a control character", |r| in_href(r, "\u{1}")),
    ("a lone bracket", |r| in_href(r, "a < b")),
    ("a bracket before letters", |r| in_href(r, "a <b ")),
    ("the end of a section in text", |r| in_href(r, "]]>")),
    ("an attribute twice", |r| in_tag(r, "a='' a=''")),
    ("an attribute without quotes", |r| in_tag(r, "a=b")),
    ("an attribute without its second quote", |r| in_tag(r, "a='b")),
    ("a malformed start tag of the response", |r| replaced(r, "response>", "response a>")),
    ("hyphens in a comment", |r| in_href(r, "<!-- -- <D:response/> -->")),
    ("a comment without end", |r| in_href(r, "<!-- ")),
    ("an instruction without end", |r| in_href(r, "<?php ")),
    ("a document type", |r| in_href(r, "<!DOCTYPE html>")),
    ("an XML declaration", |r| in_href(r, "<?xml version='1.0'?>")),
    ("other markup", |r| in_href(r, "<!ELEMENT a>")),
    ("a reserved prefix", |r| in_tag(r, "xmlns:xmlns='urn:a'")),
];

/// Responses as they read, and where errors that are not fatal were.
fn items(body: &[u8], options: &Options) -> Vec<Result<serde_json::Value, serde_json::Value>> {
    let reading = reading(body, options);
    let items = reading["responses"].as_array().expect("a list").iter();
    items.map(|item| item.get("fault").map_or(Ok(item.clone()), |fault| Err(fault["kind"].clone()))).collect()
}

#[test]
fn each_response_broken_in_each_way_costs_itself_only() {
    let (mut bodies, mut broken, mut kinds) = (0, 0, std::collections::BTreeSet::new());
    for case in cases() {
        let mut responses = Multistatus::new(&case.body);
        let Ok(all) = responses.by_ref().collect::<Result<Vec<_>, _>>() else { continue };
        // What stands for an implicit response has no tags to be found by; and a section may hide anything.
        let is_plain = all.iter().all(|r| r.raw().starts_with('<') && r.raw().contains("response"));
        let has_sections = case.body.windows(9).any(|bytes| bytes == b"<![CDATA[");
        if all.len() < 2 || !is_plain || has_sections || case.body.len() > 20_000 {
            continue;
        }
        bodies += 1;
        let whole = items(&case.body, &Options::new());
        let body = std::str::from_utf8(&case.body).expect("it was read");
        for (k, response) in all.iter().enumerate() {
            let raw = response.raw();
            let start = usize::try_from(response.offset()).expect("short");
            for (name, fault) in FAULTS {
                let Some(text) = fault(&raw) else { continue };
                let text = format!("{}{text}{}", &body[..start], &body[start + raw.len()..]);
                let what = format!("{}: {name}, in response {}", case.name, k + 1);
                let options = Options::new().salvage();
                // Without salvage it ends there.
                assert!(Multistatus::new(text.as_bytes()).finish().is_err_and(|e| e.is_fatal()), "{what}");
                let mut rest = items(text.as_bytes(), &options);
                let lost = rest.iter().position(Result::is_err);
                assert_eq!(lost, Some(k), "{what}");
                rest.retain(Result::is_ok);
                let mut others = whole.clone();
                let _ = others.remove(k);
                assert_eq!(rest, others, "{what}");
                let end = Multistatus::with_options(text.as_bytes(), &options).finish();
                assert!(end.is_err_and(|error| error.is_fatal()), "{what}");
                let by =
                    |input| reading_by(input, text.as_bytes(), Chunks::random(text.as_bytes(), 1), &options);
                let whole = by(Input::Slice);
                for &input in Input::STREAMS {
                    assert_eq!(by(input), whole, "{what}");
                }
                kinds.insert(*name);
                broken += 1;
            }
        }
    }
    println!("salvage: {bodies} bodies, {} kinds of faults, {broken} broken responses", kinds.len());
    assert!(bodies >= 30 && kinds.len() == FAULTS.len());
}

/// Hrefs of the responses and kinds of the errors in a body, by salvage; the last is that of `finish`.
fn seen(body: &[u8]) -> Vec<String> {
    let mut responses = Multistatus::with_options(body, &Options::new().salvage());
    let mut seen = Vec::new();
    loop {
        match responses.next_response() {
            Ok(Some(response)) => seen.push(response.href().to_string()),
            Ok(None) => break,
            Err(error) if error.is_fatal() => break,
            Err(error) => seen.push(format!("{} at {}", error.path(), error.offset())),
        }
    }
    let end = responses.finish().expect_err("it was salvaged");
    assert!(end.is_fatal());
    seen.push(format!("{:?}", end.kind()));
    seen
}

/// A response for `href`.
fn row(href: &str) -> String {
    format!("<D:response><D:href>{href}</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>")
}

/// A response with a property, the value of which is `value`.
fn with_value(value: &str) -> String {
    response("HTTP/1.1 200 OK", &format!("<x>{value}</x>"))
}

#[test]
fn responses_inside_a_broken_value_are_not_taken_for_those_of_the_root() {
    let hidden = row("/forged");
    for value in [
        format!("&{hidden}"),
        format!("&<y>{hidden}</y>"),
        format!("& <!-- {hidden} -->"),
        format!("& <![CDATA[{hidden}]]>"),
        format!("& <?x {hidden}?>"),
        format!("& <y a='{}'/>", hidden.replace('<', "&lt;")),
        format!("<![CDATA[\u{1}{hidden}]]>"),
        format!("<!-- -- {hidden}-->"),
        // The structure of a response inside the value.
        format!("{}&{hidden}", response("HTTP/1.1 200 OK", "<z/>")),
        format!("&{}{hidden}", response("HTTP/1.1 200 OK", "<D:href/>")),
    ] {
        let body = multistatus(&format!("{}{}{}", row("/1"), with_value(&value), row("/3")));
        let seen = seen(body.as_bytes());
        assert_eq!((&*seen[0], &*seen[2], seen.len()), ("/1", "/3", 4), "{value}: {seen:?}");
        assert!(seen[1].starts_with("multistatus/response[2]/"), "{seen:?}");
    }
}

#[test]
fn the_error_is_where_the_fault_is() {
    let body = multistatus(&format!("{}{}{}", row("/1"), row("/2&"), row("/3")));
    let at = body.find('&').expect("it is there");
    let href = format!("multistatus/response[2]/href at {at}");
    assert_eq!(seen(body.as_bytes()), ["/1", &href, "/3", "Malformed"]);
    // Numbers go on, and the first error is the one that `finish` gives.
    let body = body.replace("/3", "/3\u{1}");
    let options = Options::new().salvage();
    let mut responses = Multistatus::with_options(body.as_bytes(), &options);
    let errors: Vec<_> = responses.by_ref().filter_map(Result::err).collect();
    assert_eq!(errors.iter().map(Error::is_fatal).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(errors[1].path(), "multistatus/response[3]/href");
    assert_eq!((errors[2].offset(), errors[2].kind()), (errors[0].offset(), errors[0].kind()));
    assert_eq!(responses.finish().expect_err("it was salvaged").to_string(), errors[0].to_string());
}

#[test]
fn what_is_not_in_a_response_costs_no_response() {
    for (stray, count) in
        [("</D:response>", 1), ("&", 1), ("<x>&</x>", 1), ("<!-- -- -->", 1), ("<x", 1), ("\u{1}&", 1)]
    {
        let body = multistatus(&format!("{}{stray}{}", row("/1"), row("/2")));
        let seen = seen(body.as_bytes());
        assert_eq!((&*seen[0], &*seen[2], seen.len()), ("/1", "/2", 3 + count), "{stray}: {seen:?}");
    }
}

#[test]
fn a_response_that_stops_anywhere_in_its_structure_ends_where_the_next_begins() {
    let whole = response("HTTP/1.1 200 OK", "<D:getetag>1</D:getetag>");
    let ends: Vec<_> = whole.match_indices('>').map(|(at, _)| at + 1).collect();
    for end in &ends[..ends.len() - 1] {
        // Inside the value the next one is taken for a part of it.
        if whole[..*end].ends_with("<D:getetag>") {
            continue;
        }
        let body = multistatus(&format!("{}{}{}", &whole[..*end], row("/2"), row("/3")));
        let seen = seen(body.as_bytes());
        assert_eq!(&seen[1..], ["/2", "/3", "Malformed"], "{body}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_cost_their_response() {
    for (more, at) in [("<D:a>\u{FFFF}</D:a>", 0), ("", 0), ("\u{E4}\u{20AC}", 0)] {
        let mut body = multistatus(&format!("{}{}{more}{}", row("/1"), row("/2\n"), row("/3"))).into_bytes();
        let place = body.iter().position(|b| *b == b'\n').expect("it is there");
        body[place] = 0xFF;
        let seen = seen(&body);
        assert_eq!(seen[1], format!("multistatus/response[2]/href at {}", place + at));
        assert_eq!((seen.last().map(String::as_str), &*seen[0]), (Some("Encoding"), "/1"));
    }
}

#[test]
fn a_body_that_is_cut_is_truncated_all_the_same() {
    let body = multistatus(&format!("{}{}{}", row("/1"), row("/2&"), row("/3")));
    for end in body.find('&').expect("it is there") + 10..body.len() {
        let mut responses = Multistatus::with_options(&body.as_bytes()[..end], &Options::new().salvage());
        let last = responses.by_ref().last().expect("at least an error");
        assert!(last.is_err_and(|error| error.is_fatal() && error.is_truncated()), "{end}");
        assert!(responses.finish().is_err_and(|error| error.is_truncated()));
    }
}

#[test]
fn nothing_else_is_salvaged() {
    let row = row("/1");
    for body in [
        format!("<D:error xmlns:D='DAV:'>&{row}</D:error>"),
        format!("<!-- -- -->{}", multistatus(&row)),
        format!("{}&{}", multistatus(&row), multistatus(&row)),
        format!("<D:multistatus>{row}</D:multistatus>"),
        format!("<html>&{row}</html>"),
    ] {
        let mut responses = Multistatus::with_options(body.as_bytes(), &Options::new().salvage());
        assert!(responses.finish().is_err_and(|error| error.is_fatal()), "{body}");
        let errors =
            Multistatus::with_options(body.as_bytes(), &Options::new().salvage()).filter_map(Result::err);
        assert!(errors.map(|error| error.is_fatal()).eq([true]), "{body}");
    }
}

#[test]
fn browsing_repairs_what_it_can() {
    let body = multistatus(&format!("{}{}", row("/a&b"), row("/c")));
    let mut responses = Multistatus::with_options(body.as_bytes(), &Options::browse());
    assert_eq!(
        responses.by_ref().filter_map(Result::ok).map(|r| r.href().to_string()).collect::<Vec<_>>(),
        ["/a&b", "/c"]
    );
    assert!(responses.finish().is_ok_and(|trailer| trailer.repaired().eq([Repair::RawAmpersand])));
}

/// Markup without end, again and again: were each looked for to the end of the body, this would take hours.
#[test]
fn many_things_without_an_end_take_no_longer_than_others() {
    for piece in [
        "<D:response><!--",
        "<D:response><![CDATA[",
        "<D:response><?x ",
        "<!--",
        "<![CDATA[",
        "<D:a b=\"",
        "<D:response>&<!-- ",
    ] {
        for end in ["", "-->", "]]>"] {
            let body = multistatus(&format!("{}{end}", piece.repeat(3_000_000 / piece.len())));
            let mut responses = Multistatus::with_options(body.as_bytes(), &Options::new().salvage());
            // What is left is one section, and all of it is in it.
            let is_whole = piece == "<![CDATA[" && end == "]]>";
            assert_eq!(responses.finish().is_ok(), is_whole, "{piece}");
        }
    }
}

#[test]
fn a_value_that_is_too_deep_lets_nothing_out() {
    let hidden = row("/forged");
    for (open, close) in [(300, 0), (300, 256), (300, 299), (1000, 700)] {
        let (start, end) = ("<y>".repeat(open), "</y>".repeat(open - close));
        let value = format!("{start}{}{hidden}{end}", "</y>".repeat(close));
        let body = multistatus(&format!("{}{}{}", row("/1"), with_value(&value), row("/3")));
        let seen = seen(body.as_bytes());
        assert_eq!((&*seen[0], &*seen[2], seen.len()), ("/1", "/3", 4), "{open}, {close}: {seen:?}");
    }
    // Over a limit inside elements that are named as those of the structure are.
    let deep = "<y>".repeat(300) + &"</y>".repeat(300);
    let long_name = format!("<{0}/>", "n".repeat(2000));
    let long_tag = format!("<v a='{}'></v>", " ".repeat(70_000));
    for over in [&deep, &long_name, &long_tag] {
        for (start, end) in [
            ("<D:prop>", "</D:prop>"),
            ("<D:propstat>", "</D:propstat>"),
            ("<D:response>", "</D:response>"),
            ("<D:response><D:propstat><D:prop><D:prop>", "</D:prop></D:prop></D:propstat></D:response>"),
            ("<v>", "</v>"),
        ] {
            let value = format!("<v>{start}{over}{end}{hidden}</v>");
            let body = multistatus(&format!("{}{}{}", row("/1"), with_value(&value), row("/3")));
            let seen = seen(body.as_bytes());
            assert_eq!((&*seen[0], &*seen[2], seen.len()), ("/1", "/3", 4), "{start}: {seen:?}");
        }
    }
    // In comments, instructions and sections that are too long.
    let end = "</D:prop></D:propstat></D:response>";
    let long = "c".repeat(70_000);
    for (value, kind) in [
        (format!("<!-- {long}{end}{hidden} -->"), "Limit(TagBytes)"),
        (format!("<?a {long}{end}{hidden} ?>"), "Limit(TagBytes)"),
        (format!("&<![CDATA[{long}{end}{hidden}]]>"), "Malformed"),
    ] {
        let body = multistatus(&format!("{}{}{}", row("/1"), with_value(&value), row("/3")));
        assert_eq!(seen(body.as_bytes())[2..], ["/3", kind]);
    }
    // And in a response that is lost for another reason already.
    let long = format!("<D:response><D:href>{}</D:href><D:propstat><D:prop><x>", "h".repeat(17_000));
    let body = multistatus(&format!("{long}<![CDATA[\u{1} {end}{hidden}]]></x>{end}{}", row("/2")));
    assert_eq!(seen(body.as_bytes())[1..], ["/2", "Malformed"]);
    let body = multistatus(&format!("{long}<![CDATA[ x</x>{end}{}", row("/2")));
    assert_eq!(seen(body.as_bytes())[1..], ["/2", "Malformed"]);
    let value = format!("&<D:response>{hidden}</D:response>");
    let body = multistatus(&format!("{}{}", with_value(&value), row("/2")));
    assert_eq!(seen(body.as_bytes())[1..], ["/2", "Malformed"]);
}

#[test]
fn responses_with_a_namespace_of_their_own_are_found() {
    for (root, start, end) in [
        ("xmlns:D='DAV:' xmlns='urn:x'", "<response xmlns='DAV:'>", "</response>"),
        ("xmlns:D='DAV:' xmlns:d='urn:x'", "<d:response a='' xmlns:d='DAV:'>", "</d:response>"),
        ("xmlns:D='DAV:'", "<e:response xmlns:e='DAV:'>", "</e:response>"),
    ] {
        let own = |href: &str| format!("{start}<D:href xmlns:D='DAV:'>{href}</D:href>{end}");
        let body = format!("<D:multistatus {root}>{}{}{}</D:multistatus>", own("&"), own("/2"), own("/3"));
        assert_eq!(seen(body.as_bytes())[1..], ["/2", "/3", "Malformed"], "{body}");
        // One that is not in `DAV:` does not count.
        let body = body.replacen(
            "<D:href xmlns:D='DAV:'>/2",
            "<x:response xmlns:x='urn:x'/><D:href xmlns:D='DAV:'>/2",
            1,
        );
        assert_eq!(seen(body.as_bytes())[1..], ["/2", "/3", "Malformed"], "{body}");
    }
}

#[test]
fn what_does_not_end_the_reading_is_not_made_to() {
    let options = Options::new().limit(Limit::TextBytes, 20);
    let body = multistatus(&(with_value("<![CDATA[abcdefghijklmnopqrstuvwxyz]]>") + &row("/2")));
    for options in [options.clone(), options.salvage()] {
        let mut responses = Multistatus::with_options(body.as_bytes(), &options);
        assert_eq!(responses.finish().expect("well-formed").faults(), 1);
    }
}

#[test]
fn responses_are_counted_once() {
    let body = multistatus(&format!("<x:response></x:response>{}<D:response/>", row("/1")));
    let options = Options::strict().salvage();
    let errors: Vec<_> =
        Multistatus::with_options(body.as_bytes(), &options).filter_map(Result::err).collect();
    assert_eq!(
        errors.iter().map(Error::path).collect::<Vec<_>>(),
        ["multistatus", "multistatus/response[3]", "multistatus"]
    );
}

#[test]
fn a_property_named_response_is_one_as_long_as_nothing_is_wrong() {
    let hidden = row("/forged");
    let body = multistatus(&format!("{}{}", response("HTTP/1.1 200 OK", &hidden), row("/2")));
    let mut responses = Multistatus::with_options(body.as_bytes(), &Options::browse());
    let hrefs: Vec<_> = responses.by_ref().map(|r| r.expect("well-formed").href().to_string()).collect();
    assert_eq!(hrefs, ["/a", "/2"]);
    assert!(responses.finish().is_ok_and(|trailer| trailer.is_complete()));
}

#[test]
fn what_is_left_open_in_a_value_ends_with_it() {
    let nested = "<D:response><D:propstat><D:prop><D:displayname>x";
    for value in [
        format!("<D:owner>{nested}</D:owner>"),
        "<D:multistatus>&</D:multistatus>".to_owned(),
        "&<D:multistatus></D:multistatus>".to_owned(),
        format!("&{}", "<y>".repeat(100)),
    ] {
        let body = multistatus(&format!("{}{}{}", with_value(&value), row("/2"), row("/3")));
        assert_eq!(seen(body.as_bytes())[1..], ["/2", "/3", "Malformed"], "{value}");
    }
}
