//! Every limit at one below, at, and one above its value; and what passing it costs.

mod support;

use multistatus::{Error, ErrorKind, Limit, Multistatus, Options};
use support::{multistatus, response};

const OK: &str = "HTTP/1.1 200 OK";

/// A body that reaches `count` of what `limit` limits, and the offset at which one more is noticed.
fn reaching(limit: Limit, count: usize) -> String {
    let fill = |text: &str, count: usize| text.repeat(count);
    let good = "<D:response><D:href>/good</D:href><D:status>HTTP/1.1 200 OK</D:status></D:response>";
    let children = match limit {
        // multistatus, response, propstat, prop.
        Limit::Depth => response(OK, &(fill("<D:x>", count - 4) + &fill("</D:x>", count - 4))),
        Limit::Attributes => {
            let attributes: String = (0..count).map(|i| format!(" a{i}=''")).collect();
            response(OK, &format!("<D:x{attributes}/>"))
        }
        // One is in force at the root.
        Limit::Namespaces => {
            let declared: String = (0..count - 1).map(|i| format!(" xmlns:p{i}='urn:x'")).collect();
            response(OK, &format!("<D:x{declared}/>"))
        }
        Limit::NamespaceBytes => response(OK, &format!("<x xmlns='{}'/>", fill("x", count))),
        Limit::TagBytes => {
            response(OK, &format!("<D:x a=\"{}\"/>", fill("v", count - "<D:x a=\"\"/>".len())))
        }
        Limit::NameBytes => response(OK, &format!("<D:{}/>", fill("x", count - 2))),
        Limit::HrefBytes => response(OK, "").replace("/a", &fill("/", count)),
        Limit::TextBytes => response(OK, &format!("<D:x>{}</D:x>", fill("v", count))),
        Limit::Properties => response(OK, &fill("<D:x/>", count)),
        // response, href, propstat, prop, status.
        Limit::Elements => response(OK, &format!("<D:x>{}</D:x>", fill("<D:y/>", count - 6))),
        Limit::ResponseBytes => {
            let empty = response(OK, "<D:x a=\"\"></D:x>").len();
            response(OK, &format!("<D:x a=\"{}\"></D:x>", fill("v", count - empty)))
        }
        _ => unreachable!("a new limit"),
    };
    multistatus(&(children + good))
}

fn read(body: &str, options: &Options) -> (usize, Vec<Error>) {
    let items: Vec<_> =
        Multistatus::with_options(body.as_bytes(), options).map(|item| item.map(drop)).collect();
    let good = items.iter().filter(|item| item.is_ok()).count();
    (good, items.into_iter().filter_map(Result::err).collect())
}

#[test]
fn each_limit_at_its_value_and_around_it() {
    for &limit in Limit::ALL {
        // Small values, so that other limits stay out of the way; for names the default is small enough.
        let most = match limit {
            Limit::ResponseBytes => 600,
            Limit::TagBytes => 300,
            _ => 40,
        };
        let options = Options::new().limit(limit, most as u64);
        for count in [most - 1, most] {
            let (good, errors) = read(&reaching(limit, count), &options);
            assert!(errors.is_empty(), "{limit} at {count} of {most}: {errors:?}");
            assert_eq!(good, 2);
        }
        let body = reaching(limit, most + 1);
        let (good, errors) = read(&body, &options);
        assert_eq!(errors.len(), 1, "{limit} at {} of {most}", most + 1);
        assert_eq!(errors[0].kind(), &ErrorKind::Limit(limit));
        assert_eq!(errors[0].is_fatal(), limit.is_fatal());
        assert_eq!(
            good,
            usize::from(!limit.is_fatal()),
            "{limit}: what follows a lost response is still read"
        );
        assert!(errors[0].to_string().contains(limit.as_str()), "{}", errors[0]);
        assert!(errors[0].path().starts_with("multistatus"), "{}", errors[0]);
        // At the element that is too much, or the one around it.
        let at = match limit {
            Limit::Depth => body.rfind("<D:x>"),
            Limit::Attributes => body.find(" a40=").map(|at| at + 1),
            Limit::Namespaces => body.find(" xmlns:p39=").map(|at| at + 1),
            Limit::NamespaceBytes => body.find("xmlns='x"),
            Limit::TagBytes | Limit::TextBytes => body.find("<D:x"),
            Limit::NameBytes => body.find("<D:xx"),
            Limit::HrefBytes => body.find("<D:href>"),
            Limit::Properties => body.rfind("<D:x/>"),
            Limit::Elements => body.find("<D:status>"),
            _ => body.find("<D:response>"),
        };
        assert_eq!(Some(errors[0].offset()), at.map(|at| at as u64), "{limit}");
    }
}

#[test]
fn each_default_at_its_value_and_one_above() {
    for &limit in Limit::ALL {
        // These take long in a debug build; the loop above has their boundaries.
        if matches!(limit, Limit::ResponseBytes | Limit::TextBytes | Limit::Elements) {
            continue;
        }
        let most = usize::try_from(limit.default_value()).expect("small");
        assert_eq!(read(&reaching(limit, most), &Options::new()).0, 2, "{limit} at {most}");
        let (_, errors) = read(&reaching(limit, most + 1), &Options::new());
        assert_eq!(errors.first().map(Error::kind), Some(&ErrorKind::Limit(limit)), "{limit} above {most}");
    }
    assert_eq!(Limit::TextBytes.default_value(), 16 << 20);
    assert_eq!(Limit::ResponseBytes.default_value(), 64 << 20);
}

#[test]
fn a_default_that_is_large_is_kept_too() {
    let text = "v".repeat(16 << 20);
    let body = |text: &str| multistatus(&response(OK, &format!("<D:x>{text}</D:x>")));
    assert_eq!(read(&body(&text), &Options::new()).0, 1);
    let (good, errors) = read(&body(&(text + "v")), &Options::new());
    assert_eq!((good, errors[0].kind()), (0, &ErrorKind::Limit(Limit::TextBytes)));
}

#[test]
fn text_counts_in_sections_and_between_children_too() {
    let options = Options::new().limit(Limit::TextBytes, 40);
    for (text, fits) in [
        (format!("<![CDATA[{}]]>", "v".repeat(28)), true),
        (format!("<![CDATA[{}]]>", "v".repeat(41)), false),
        (format!("{}<D:y/>{}", "v".repeat(40), "v".repeat(40)), true),
        (format!("{}<D:y/>", "v".repeat(41)), false),
        (format!("<D:y/><![CDATA[{}]]>", "v".repeat(40)), true),
        (format!("<D:y/><![CDATA[{}]]>", "v".repeat(41)), false),
        (format!("{}<!---->{}", "v".repeat(30), "v".repeat(30)), false),
    ] {
        let (good, errors) = read(&multistatus(&response(OK, &format!("<D:x>{text}</D:x>"))), &options);
        assert_eq!((good == 1, errors.is_empty()), (fits, fits), "{text}");
    }
}

#[test]
fn names_of_namespaces_are_limited_wherever_they_are_declared_and_however_they_are_spelled() {
    let options = Options::new().limit(Limit::NamespaceBytes, 20);
    let bodies = |name: &str| {
        let declared = [format!("xmlns=\"{name}\""), format!("xmlns:p=\"{name}\"")];
        declared.into_iter().flat_map(|declared| {
            let in_root = multistatus(&response(OK, "")).replacen(' ', &format!(" {declared} "), 1);
            let in_response =
                multistatus(&response(OK, "")).replace("<D:href>", &format!("<D:href {declared}>"));
            let in_value = multistatus(&response(OK, &format!("<D:x><D:y {declared}/></D:x>")));
            let unknown = multistatus(&format!("<D:unknown {declared}/>{}", response(OK, "")));
            [in_root, in_response, in_value, unknown]
        })
    };
    // A reference counts as what it stands for.
    for (name, fits) in [
        ("x".repeat(20), true),
        ("x".repeat(21), false),
        ("&#120;".repeat(20), true),
        ("&#120;".repeat(21), false),
        ("\u{E9}".repeat(10), true),
        ("\u{E9}".repeat(11), false),
    ] {
        for body in bodies(&name) {
            let (good, errors) = read(&body, &options);
            assert_eq!((good == 1, errors.is_empty()), (fits, fits), "{body}");
            if let [error] = &*errors {
                assert_eq!(error.kind(), &ErrorKind::Limit(Limit::NamespaceBytes));
                assert!(error.is_fatal());
                assert_eq!(
                    Some(error.offset()),
                    body.find(if body.contains("xmlns:p") { "xmlns:p" } else { "xmlns=" })
                        .map(|at| at as u64)
                );
            }
        }
    }
    let long = multistatus(&response(OK, &format!("<x xmlns='{}'/>", "x".repeat(60_000))));
    assert_eq!(read(&long, &Options::new().limit(Limit::NamespaceBytes, u64::MAX)).0, 1);
    let salvaged = read(
        &multistatus(&(response(OK, &format!("<x xmlns='{}'/>", "x".repeat(300))) + &response(OK, ""))),
        &Options::browse(),
    );
    assert_eq!((salvaged.0, salvaged.1.len()), (1, 2), "it is lost, and the end says so again");
}

#[test]
fn comments_and_instructions_are_limited_like_tags() {
    let options = Options::new().limit(Limit::TagBytes, 100);
    for (before, after) in [("<!--", "-->"), ("<?x ", "?>")] {
        let of = |bytes: usize| format!("{before}{}{after}", "c".repeat(bytes - before.len() - after.len()));
        for place in ["prolog", "between", "inside", "epilog"] {
            let body = |markup: &str| match place {
                "prolog" => markup.to_owned() + &multistatus(""),
                "between" => multistatus(markup),
                "inside" => multistatus(&response(OK, markup)),
                _ => multistatus("") + markup,
            };
            assert!(read(&body(&of(100)), &options).1.is_empty(), "{place}");
            let errors = read(&body(&of(101)), &options).1;
            assert_eq!(errors.first().map(Error::kind), Some(&ErrorKind::Limit(Limit::TagBytes)), "{place}");
        }
    }
}

#[test]
fn limits_that_cost_a_response_do_not_cost_the_next() {
    let options = Options::new().limit(Limit::HrefBytes, 10);
    let long = response(OK, "<D:x/>").replace("/a", "/too-long-a-name");
    let body = multistatus(&(long.clone() + &response(OK, "<D:y/>") + &long));
    let mut responses = Multistatus::with_options(body.as_bytes(), &options);
    let kinds: Vec<_> =
        responses.by_ref().map(|item| item.map(drop).map_err(|e| e.path().to_owned())).collect();
    assert_eq!(
        kinds,
        [
            Err("multistatus/response[1]/href".to_owned()),
            Ok(()),
            Err("multistatus/response[3]/href".to_owned())
        ]
    );
    assert_eq!(responses.finish().expect("well-formed").faults(), 2);
}
