//! That no href leads where its text does not say, by an independent split of it.

use multistatus::{
    Href,
    href::{HrefError, HrefKey, HrefRelation, Origin, RequestUrl},
};
use regex::Regex;
use url::Url;

const REQUEST: &str = "https://dav.example/a/b/";

/// What an href is made of in these tests; several of them are what `url` forgives.
const PIECES: [&str; 27] = [
    "http:",
    "https:",
    "HTTPS:",
    "urn:",
    "mailto:",
    "/",
    "//",
    "///",
    "\\",
    "dav.example",
    "DAV.example",
    "evil.example",
    "me@",
    "dav.example@",
    ":443",
    ":8443",
    ":",
    "\t",
    "\n",
    "\u{0}",
    "%2e",
    "..",
    "?q=//x",
    "#f",
    "#@evil.example",
    " ",
    "a%2Fb",
];

/// Scheme, authority and where the path begins, by the expression of RFC 3986 appendix B, and what section 3.1 has for a scheme.
fn split<'t>(splitter: &Regex, text: &'t str) -> (Option<&'t str>, Option<&'t str>, usize) {
    let parts = splitter.captures(text).expect("it matches everything");
    let part = |at| parts.get(at).map(|part| part.as_str());
    (part(2), part(4), parts.get(5).map_or(text.len(), |path| path.start()))
}

fn is_own_authority(scheme: &str, authority: &str) -> bool {
    let authority = authority.to_ascii_lowercase();
    let https = ["dav.example", "dav.example:", "dav.example:443"].contains(&&*authority);
    scheme.eq_ignore_ascii_case("https") && https
}

/// Whether it is letters, digits, dots and a port that can be.
fn is_plain(authority: &str) -> bool {
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_port = port.is_empty() || port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') && is_port
}

fn check(splitter: &Regex, request: &Url, text: &str) {
    let href = Href::new(text);
    let text = href.as_str();
    let (scheme, authority, start) = split(splitter, text);
    // Hrefs have no fragments.
    let path = text[start..].split('?').next().unwrap_or_default();
    let is_odd = text.chars().any(|c| c.is_control() || c == '\\');
    let resolved = match href.resolve(request) {
        Ok(resolved) => resolved,
        Err(_) => {
            // What is refused has a reason that can be seen.
            let is_http = scheme.is_none_or(|scheme| scheme.to_ascii_lowercase().starts_with("http"));
            let is_bare = scheme.is_some() && authority.is_none();
            let is_bad = authority.is_some_and(|authority| !is_plain(authority));
            assert!(text.is_empty() || is_odd || (is_http && is_bare) || is_bad, "{text:?} is refused");
            return;
        }
    };
    assert!(!is_odd && !text.is_empty(), "{text:?}");
    let is_own = match (scheme, authority) {
        (None, None) => true,
        (scheme, Some(authority)) => is_own_authority(scheme.unwrap_or("https"), authority),
        (Some(_), None) => false,
    };
    assert_eq!(resolved.origin == Origin::Same, is_own, "{text:?} leads to {}", resolved.url);
    if resolved.origin == Origin::Same {
        assert_eq!(resolved.url.origin(), request.origin(), "{text:?}");
        assert_eq!(resolved.url.fragment(), None, "{text:?}");
        let is_without_dots = !path.contains("..") && !path.to_ascii_lowercase().contains("%2e");
        if is_without_dots && (path.starts_with('/') || authority.is_some()) {
            let sent = path.replace('#', "%23").replace(' ', "%20");
            let sent = if sent.starts_with('/') { sent } else { format!("/{sent}") };
            assert_eq!(resolved.url.path(), sent, "{text:?}");
        }
    }
    let relation = href.relation(request).expect("it can be resolved");
    let is_elsewhere = matches!(resolved.origin, Origin::Other);
    assert!(!is_elsewhere || relation == HrefRelation::OtherOrigin, "{text:?}");
}

#[test]
fn no_href_leads_where_its_text_does_not_say() {
    let splitter =
        Regex::new("(?s)^(([A-Za-z][A-Za-z0-9+.-]*):)?(//([^/?#]*))?([^?#]*)(\\?([^#]*))?(#(.*))?")
            .expect("an expression");
    let request = Url::parse(REQUEST).expect("a URL");
    let mut count = 0;
    for length in 1..=4u32 {
        for number in 0..PIECES.len().pow(length) {
            let mut rest = number;
            let text: String = (0..length)
                .map(|_| {
                    let piece = PIECES[rest % PIECES.len()];
                    rest /= PIECES.len();
                    piece
                })
                .collect();
            check(&splitter, &request, &text);
            count += 1;
        }
    }
    println!("hrefs: {count} texts resolved or refused");
}

#[test]
fn what_url_would_turn_into_another_host_is_refused() {
    let request = Url::parse(REQUEST).expect("a URL");
    for (text, error) in [
        ("/\\evil.example", HrefError::Backslash),
        ("\\\\evil.example\\a", HrefError::Backslash),
        ("/\n/evil.example", HrefError::Control),
        ("ht\ttp://evil.example", HrefError::Control),
        ("/a\u{7f}b", HrefError::Control),
        ("http:/host:80/path", HrefError::NoHost),
        ("http:evil.example", HrefError::NoHost),
        ("https:a", HrefError::NoHost),
        ("http:///evil.example/a", HrefError::NoHost),
        ("///evil.example/a", HrefError::NoHost),
        ("https://", HrefError::NoHost),
        ("https://:443/a", HrefError::NoHost),
        ("https://dav.example@evil.example/a", HrefError::UserInfo),
        ("//me@dav.example/a", HrefError::UserInfo),
        ("https://dav.example:99999/a", HrefError::Invalid),
        ("https://a b/", HrefError::Invalid),
        ("", HrefError::Empty),
    ] {
        assert_eq!(Href::new(text).resolve(&request), Err(error), "{text:?}");
        let unusable = Href::new(text).key(&request);
        assert!(unusable == Err(error) || error == HrefError::UserInfo, "{text:?}: {unusable:?}");
    }
}

#[test]
fn what_only_becomes_the_same_host_is_refused() {
    let origin = |text: &str, request: &str| {
        let request = Url::parse(request).expect("a URL");
        Href::new(text).resolve(&request).map(|resolved| resolved.origin)
    };
    for text in ["https://dav.ex%61mple/a", "https://ｄav.example/a", "https://d\u{ad}av.example/a"] {
        assert_eq!(origin(text, REQUEST), Err(HrefError::Invalid), "{text}");
    }
    for text in ["//dav.example./a", "//dav.example.evil/a", "//xn--dv-xka.example/a"] {
        assert_eq!(origin(text, REQUEST), Ok(Origin::Other), "{text}");
    }
    assert_eq!(origin("http://0x7f.1/a", "http://127.0.0.1/"), Err(HrefError::Invalid));
    // Other spellings of what was asked for.
    for (text, request) in [
        ("https://bücher.example/dav/a", "https://bücher.example/dav/"),
        ("https://BÜCHER.example/dav/a", "https://bücher.example/dav/"),
        ("https://xn--bcher-kva.example/dav/a", "https://bücher.example/dav/"),
        ("http://[0:0:0:0:0:0:0:1]/a", "http://[::1]/"),
        ("http://[::1]:80/a", "http://[::1]/"),
    ] {
        assert_eq!(origin(text, request), Ok(Origin::Same), "{text}");
    }
}

/// What follows a `#` was once glued to the host, and led to another.
#[test]
fn a_hash_behind_a_host_begins_a_path() {
    let request = Url::parse(REQUEST).expect("a URL");
    for text in ["//dav.example#@evil.example/a", "https://dav.example:443#:p@evil.example/a"] {
        let resolved = Href::new(text).resolve(&request).expect("it can be resolved");
        assert_eq!((resolved.url.host_str(), resolved.origin), (Some("dav.example"), Origin::Same), "{text}");
        assert!(resolved.url.username().is_empty() && resolved.url.path().starts_with("/%23"), "{text}");
        assert_eq!(Href::new(text).relation(&request), Ok(HrefRelation::Outside));
    }
}

#[test]
fn the_user_of_the_request_goes_with_its_origin_and_nowhere_else() {
    let request = Url::parse("https://me:secret@dav.example/a/").expect("a URL");
    for (text, user) in [
        ("/a/b", "me"),
        ("https://dav.example/a/b", "me"),
        ("http://dav.example/a/b", ""),
        ("https://other.example/a/b", ""),
    ] {
        let resolved = Href::new(text).resolve(&request).expect("it can be resolved");
        assert_eq!(resolved.url.username(), user, "{text}");
    }
    let resolved = Href::new("/a/b").resolve(&request);
    assert!(!format!("{:?} {resolved:?}", RequestUrl::new(request)).contains("secret"));
}

#[test]
fn dots_climb_out_and_are_seen_to() {
    let request = Url::parse(REQUEST).expect("a URL");
    for (text, relation) in [
        ("../b/c", HrefRelation::Child),
        ("/a/b/%2e%2e/c", HrefRelation::Outside),
        ("/a/b/.%2E/%2e./c", HrefRelation::Outside),
        ("..", HrefRelation::Ancestor),
        (".", HrefRelation::Same),
        ("./c/./d", HrefRelation::Descendant),
    ] {
        assert_eq!(Href::new(text).relation(&request), Ok(relation), "{text}");
    }
}

#[test]
fn names_of_files() {
    use multistatus::href::SegmentError::{Forbidden, NotUtf8};
    for (text, name) in [
        ("/a/b%20c", Some(Ok("b c"))),
        ("/a/b/", Some(Ok("b"))),
        ("/a/b//", Some(Ok("b"))),
        ("/", None),
        ("", None),
        ("a\\b.txt", Some(Err(Forbidden))),
        ("///dav/x", Some(Err(Forbidden))),
        ("https://dav.example", None),
        ("https://dav.example/x?y/z", Some(Ok("x"))),
        ("a:b", Some(Ok("a:b"))),
        ("Re:mail.txt", Some(Ok("Re:mail.txt"))),
        ("/a/..", Some(Err(Forbidden))),
        ("/a/%2e%2E", Some(Err(Forbidden))),
        ("/a/x%2Fy", Some(Err(Forbidden))),
        ("/a/x%5Cy", Some(Err(Forbidden))),
        ("/a/x%00", Some(Err(Forbidden))),
        ("/a/x%0d%0A", Some(Err(Forbidden))),
        ("/a/x%FF", Some(Err(NotUtf8))),
        ("/a/100%", Some(Ok("100%"))),
    ] {
        let href = Href::new(text);
        assert_eq!(
            href.file_name().map(|name| name.map(String::from)),
            name.map(|name| name.map(String::from)),
            "{text}"
        );
    }
}

#[test]
fn keys_and_relations_agree() {
    let request = Url::parse("https://dav.example/dav/docs/?authz=token").expect("a URL");
    let own = HrefKey::from_url(&request);
    for text in
        ["/dav/docs/", "/dav/docs", "/dav/docs//", "http://dav.example/dav/docs/", "/dav/docs?authz=token"]
    {
        assert_eq!(Href::new(text).relation(&request), Ok(HrefRelation::Same), "{text}");
        assert_eq!(Href::new(text).key(&request).as_ref(), Ok(&own), "{text}");
    }
    for text in ["/dav/docs/?page=2", "/dav/docs//?page=2", "/dav/docs/?"] {
        assert_eq!(Href::new(text).relation(&request), Ok(HrefRelation::Outside), "{text}");
        assert_ne!(Href::new(text).key(&request).as_ref(), Ok(&own), "{text}");
    }
    let doubled = Url::parse("https://dav.example/dav/docs//").expect("a URL");
    assert_eq!(Href::new("/dav/docs/a").relation(&doubled), Ok(HrefRelation::Child));
    let other_port = Href::new("http://dav.example/dav/docs/a").key(&request);
    assert_eq!(other_port, Href::new("/dav/docs/a").key(&request));
    let escaped = Href::new("/a%2Fb").key(&request).expect("a key");
    assert_eq!(format!("{escaped:?}"), "https://dav.example:443/a%2Fb");
}

#[test]
fn aids_combine_and_never_make_two_members_one() {
    let request = || RequestUrl::new(Url::parse("https://dav.example/webdav/docs/").expect("a URL"));
    let key = |request: &RequestUrl, text: &str| request.key(&Href::new(text)).expect("a key");
    let both = request().by_path().mount("/webdav");
    for text in ["http://backend.lan:8080/docs/a.txt", "//docs/a.txt", "/docs//a.txt", "/docs/a.txt"] {
        let located = both.locate(&Href::new(text)).expect("it can be resolved");
        assert!(located.relation == HrefRelation::Child && located.repairs.mount, "{text}");
        assert_eq!(key(&both, text), key(&request(), "/webdav/docs/a.txt"), "{text}");
    }
    // What is found below the mount and without it is neither.
    let root = RequestUrl::new(Url::parse("https://dav.example/webdav/").expect("a URL")).mount("/webdav");
    for (text, relation) in [
        ("/a", Ok(HrefRelation::Child)),
        ("/", Ok(HrefRelation::Same)),
        ("/webdav/a", Err(HrefError::Ambiguous)),
    ] {
        assert_eq!(root.locate(&Href::new(text)).map(|located| located.relation), relation, "{text}");
    }
    assert_eq!(root.key(&Href::new("/webdav/a")), Err(HrefError::Ambiguous));
    // A relative reference, or a path whose slash is missing.
    for text in ["webdav/docs/a", "webdav/docs/webdav/docs"] {
        assert_eq!(request().by_path().key(&Href::new(text)), Err(HrefError::Ambiguous), "{text}");
        assert!(request().key(&Href::new(text)).is_ok());
    }
    let own = RequestUrl::new(Url::parse("https://dav.example/").expect("a URL")).by_path();
    assert_eq!(own.key(&Href::new("//dav.example/x")), Err(HrefError::Ambiguous), "a host or a folder");
    // What is no mount of this URL is passed over.
    for mount in ["", "/", "/other", "/webdav/docs/below"] {
        let located =
            request().mount(mount).locate(&Href::new("/webdav/docs/a")).expect("it can be resolved");
        assert!(located.relation == HrefRelation::Child && !located.repairs.mount, "{mount}");
    }
    let by_path = request().by_path();
    for text in ["file:///webdav/docs/a", "ftp://dav.example/webdav/docs/a"] {
        let located = by_path.locate(&Href::new(text)).map(|located| located.relation);
        assert_ne!(located, Ok(HrefRelation::Child), "{text}");
    }
    // What is above is seen through a repair, too.
    let above =
        |request: RequestUrl, text: &str| request.locate(&Href::new(text)).map(|located| located.relation);
    assert_eq!(above(request().mount("/webdav"), "/"), Ok(HrefRelation::Ancestor));
    assert_eq!(above(request().by_path(), "http://backend.lan/webdav/"), Ok(HrefRelation::Ancestor));
    assert_eq!(above(request(), "http://backend.lan/webdav/"), Ok(HrefRelation::OtherOrigin));
}
