//! That no href leads where its text does not say, by an independent split of it.

use multistatus::{Href, HrefError, Origin, Relation};
use regex::Regex;
use url::Url;

const REQUEST: &str = "https://dav.example/a/b/";

/// What an href is made of in these tests; several of them are what `url` forgives.
const PIECES: [&str; 26] = [
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

fn check(splitter: &Regex, request: &Url, text: &str) {
    let href = Href::from(text);
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
            let is_reason = text.is_empty() || is_odd || (is_http && (is_bare || authority.is_some()));
            assert!(is_reason || authority.is_some(), "{text:?} is refused");
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
            let sent = if sent.is_empty() { "/" } else { &*sent };
            assert_eq!(resolved.url.path(), sent, "{text:?}");
        }
    }
    let relation = href.relation(request).expect("it can be resolved");
    let is_elsewhere = matches!(resolved.origin, Origin::Other);
    assert!(!is_elsewhere || relation == Relation::OtherOrigin, "{text:?}");
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
        assert_eq!(Href::from(text).resolve(&request), Err(error), "{text:?}");
        let unusable = Href::from(text).key(&request);
        assert!(unusable == Err(error) || error == HrefError::UserInfo, "{text:?}: {unusable:?}");
    }
}

#[test]
fn what_only_becomes_the_same_host_is_another() {
    let request = Url::parse(REQUEST).expect("a URL");
    for text in
        ["https://dav.ex%61mple/a", "https://ｄav.example/a", "//dav.example./a", "//dav.example.evil/a"]
    {
        assert_eq!(
            Href::from(text).resolve(&request).map(|resolved| resolved.origin),
            Ok(Origin::Other),
            "{text}"
        );
    }
}

#[test]
fn dots_climb_out_and_are_seen_to() {
    let request = Url::parse(REQUEST).expect("a URL");
    for (text, relation) in [
        ("../b/c", Relation::Child),
        ("/a/b/%2e%2e/c", Relation::Outside),
        ("/a/b/.%2E/%2e./c", Relation::Outside),
        ("..", Relation::Ancestor),
        (".", Relation::Same),
        ("./c/./d", Relation::Descendant),
    ] {
        assert_eq!(Href::from(text).relation(&request), Ok(relation), "{text}");
    }
}

#[test]
fn names_of_files() {
    use multistatus::SegmentError::{Forbidden, NotUtf8};
    for (text, name) in [
        ("/a/b%20c", Some(Ok("b c"))),
        ("/a/b/", Some(Ok("b"))),
        ("/", None),
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
        let href = Href::from(text);
        assert_eq!(
            href.file_name().map(|name| name.map(String::from)),
            name.map(|name| name.map(String::from)),
            "{text}"
        );
    }
}
