use multistatus::{
    Decoder, Document, Href, Multistatus, Options, decode,
    href::{Origin, RequestUrl},
    meaning::{
        Answer, Incomplete, Method, Multiget, Observer, Outcome, Propfind, Report, Request, SyncCollection,
        TokenWithheld, Verdict,
    },
    names,
};
use url::Url;

fn request() -> RequestUrl {
    RequestUrl::new(Url::parse("https://dav.example/a/").expect("a URL"))
}

fn sync(http_status: u16) -> SyncCollection {
    SyncCollection::new(request(), http_status).limit(1).token("a")
}

fn multiget() -> Multiget {
    Multiget::new(request(), 207, names::GETETAG, ["b", "c"])
}

fn listing() -> Propfind {
    Propfind::new(request(), 207).asked([names::GETETAG, names::DISPLAYNAME])
}

/// One for each set of rules.
fn requests() -> impl Iterator<Item = Request> {
    let asked = Method::proppatch(["a"]);
    let plain = ["LOCK", "MKCOL", "PUT", "DELETE", "PROPFIND", "REPORT", "UPDATE", "POST", "FROBNICATE"];
    let plain = plain.map(|name| name.parse().expect("a method without arguments"));
    let all = [asked, Method::Copy(request()), Method::Move(request())].into_iter().chain(plain);
    all.map(|method| Request::new(method, request(), 207).most_culprits(1))
}

/// Observers can be shown anything: what they say holds together, is the same however the body comes, and of one that is
/// cut they say nothing that could destroy something.
pub(super) fn meaning(body: &[u8], options: &Options) {
    for response in Multistatus::with_options(body, options).flatten() {
        response.hrefs().for_each(|href| lead(&href));
        let _ = response.unmentioned([names::GETETAG]).count();
    }
    for http_status in [200, 207, 206, 404] {
        if let Ok(report) = same(sync(http_status), body, options) {
            changes(&report, body, options);
        }
    }
    if let Ok(report) = same(multiget(), body, options) {
        answers(&report);
    }
    if let Ok(report) = same(listing(), body, options) {
        entries(&report);
    }
    for request in requests() {
        if let Ok(report) = same(request, body, options) {
            outcome(&report.end);
        }
    }
    cut(body, options);
}

/// What a body says, which is the same at once, response by response, in chunks and beside another observer.
fn same<'a, O: Observer + Clone>(
    observer: O,
    body: &'a [u8],
    options: &Options,
) -> Result<Report<'a, O>, Incomplete<O>> {
    let report = observer.clone().read_with(body, options);
    let mut one_by_one = observer.clone().over(Multistatus::with_options(body, options));
    loop {
        match one_by_one.next_response() {
            Ok(Some(_)) => {}
            Err(error) if !error.is_fatal() => {}
            _ => break,
        }
    }
    match (&report, one_by_one.finish()) {
        (Ok(report), Ok(end)) => assert_eq!(report.end, end),
        (Err(whole), Err(error)) => assert_eq!(whole.to_string(), error.to_string()),
        (report, end) => panic!("at once {report:?}, one by one {end:?}"),
    }
    // In memory nothing is decoded.
    if decode(body, None).is_ok_and(|text| *text == *body) {
        let chunks = observer.clone().over(Decoder::with_options(options)).read(body.chunks(3));
        equal(&report, &chunks);
    }
    let pair = (observer, Request::new(Method::Put, request(), 500)).read_with(body, options);
    match (&report, pair) {
        (Ok(report), Ok(pair)) => assert_eq!(*report, pair.split().0),
        (_, Err(_)) => {}
        (report, pair) => panic!("alone {report:?}, as a pair {pair:?}"),
    }
    report
}

fn equal<O: Observer>(
    one: &Result<Report<'_, O>, Incomplete<O>>,
    other: &Result<Report<'_, O>, Incomplete<O>>,
) {
    match (one, other) {
        (Ok(one), Ok(other)) => assert_eq!(one.clone().into_owned(), other.clone().into_owned()),
        (Err(one), Err(other)) => {
            assert_eq!((one.to_string(), one.seen()), (other.to_string(), other.seen()));
        }
        (one, other) => panic!("in memory {one:?}, in chunks {other:?}"),
    }
}

fn changes(report: &Report<'_, SyncCollection>, body: &[u8], options: &Options) {
    let end = &report.end;
    assert!(end.removed.is_empty() || matches!(end.token, Ok(_) | Err(TokenWithheld::Limit)));
    let trailer = Multistatus::with_options(body, options).finish();
    assert!(end.token.is_err() || trailer.is_ok_and(|trailer| trailer.faults() == 0));
    for gone in end.removed.iter().chain(&end.doubtful) {
        assert!(matches!(gone.status, Some(404 | 410)));
        let others = report.seen.iter().filter_map(|change| change.member());
        assert!(others.into_iter().all(|member| member.key != gone.key), "{gone:?}");
    }
}

fn answers(report: &Report<'_, Multiget>) {
    let end = &report.end;
    let count = |asked: &str| {
        let got = report.got().filter(|got| got.asked == asked).count().min(1);
        let is_in = |hrefs: &[String]| usize::from(hrefs.iter().any(|href| href == asked));
        got + is_in(&end.not_found) + is_in(&end.open)
    };
    assert_eq!(["b", "c"].map(count), [1, 1], "each is in one of three: {report:?}");
    let is_asked = |asked: &str| ["b", "c"].contains(&asked);
    assert!(report.seen.iter().all(|answer| match answer {
        Answer::Got(got) => is_asked(&got.asked) && !got.data.trim().is_empty(),
        Answer::NoData { asked } | Answer::Failed { asked, .. } => is_asked(asked),
        _ => true,
    }));
}

fn entries(report: &Report<'_, Propfind>) {
    let end = &report.end;
    assert!(!end.is_complete() || (report.itself().is_some() && end.culprits.is_empty()));
    let known: Vec<_> = ["b", "d"].iter().filter_map(|href| request().key(&Href::new(*href)).ok()).collect();
    let absent = report.absent(&known);
    assert!(absent.is_empty() || end.proves_absence());
    assert!(report.seen.iter().all(|entry| !absent.contains(&&entry.key)));
    assert!(end.doubts.iter().all(|doubt| !doubt.to_string().contains(char::is_control)));
}

fn outcome(outcome: &Outcome) {
    assert!(outcome.culprits.len() as u64 <= outcome.culprit_count);
    assert!(outcome.verdict != Verdict::Failure || !outcome.culprits.is_empty());
    assert!(outcome.verdict != Verdict::Success || outcome.culprits.is_empty());
    assert!(outcome.culprits.iter().all(|culprit| !culprit.to_string().contains(char::is_control)));
}

/// A body that is cut, somewhere in it, is no answer.
fn cut(body: &[u8], options: &Options) {
    let at = body.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let cut = &body[..at % (body.len() + 1)];
    let is_whole = match Document::with_options(cut, options) {
        Ok(Document::Multistatus(mut responses)) => responses.finish().is_ok(),
        Ok(_) => true,
        Err(_) => false,
    };
    if is_whole {
        return;
    }
    assert!(sync(207).read_with(cut, options).is_err());
    assert!(multiget().read_with(cut, options).is_err());
    assert!(listing().read_with(cut, options).is_err());
    assert!(requests().all(|request| request.read_with(cut, options).is_err()));
}

/// Nothing leads to the same origin that says otherwise.
fn lead(href: &Href<'_>) {
    let request = request();
    let _ = (href.segments().count(), href.file_name(), href.path().len());
    if let Ok(resolved) = href.resolve(request.url()) {
        assert_eq!(
            resolved.origin == Origin::Same,
            resolved.url.origin() == request.url().origin(),
            "{href}"
        );
        let (key, again) = (href.key(request.url()), Href::new(resolved.url.as_str()).key(request.url()));
        let is_http = matches!(resolved.origin, Origin::Same | Origin::SameHost | Origin::Other);
        assert!(key.is_ok() && (!is_http || key == again), "{href}");
    }
    let _ = request.by_path().decode_twice().mount("/b").locate(href);
}
