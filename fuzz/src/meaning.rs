use multistatus::{
    Document, Href, Multistatus, Options,
    href::{HrefRelation, Origin, RequestUrl},
    meaning::{Change, Changes, Listing, Multiget, Outcome, Withheld},
    names,
};
use url::Url;

fn request() -> RequestUrl {
    RequestUrl::new(Url::parse("https://dav.example/a/").expect("a URL"))
}

/// Observers can be shown anything, and what they say holds together.
pub(super) fn meaning(body: &[u8], options: &Options) {
    let mut changes = Changes::new(207, request()).limit(1).token("a");
    let mut listing = Listing::new(207, request());
    let mut multiget = asked();
    let methods =
        ["PROPPATCH", "LOCK", "MKCOL", "PUT", "DELETE", "COPY", "PROPFIND", "REPORT", "UPDATE", "POST"];
    let mut outcomes =
        methods.map(|method| Outcome::new(method, 207, request()).most_culprits(1).asked(["a"]));
    let mut responses = Multistatus::with_options(body, options);
    let mut has_failed = false;
    for response in responses.by_ref().flatten() {
        let seen = changes.see(&response);
        let is_gone = matches!(response.status().and_then(|status| status.as_u16()), Some(404 | 410));
        assert!(is_gone || !seen.iter().any(|change| matches!(change, Change::Removed(_))));
        has_failed |=
            seen.iter().any(|change| matches!(change, Change::CollectionFailed(_) | Change::Foreign(_)));
        let relation = listing.see(&response);
        assert!(
            relation != Some(HrefRelation::Same)
                || seen.iter().all(|change| !matches!(change, Change::Removed(_)))
        );
        multiget.see(&response);
        outcomes.iter_mut().for_each(|outcome| outcome.see(&response));
        response.hrefs().for_each(|href| lead(&href));
        let _ = response.unmentioned([names::GETETAG]).count();
    }
    let trailer = responses.finish();
    // What reads a whole body says the same.
    let report = Changes::new(207, request()).limit(1).token("a").read(body, options);
    let multiget_report = asked().read(body, options);
    let judged = Outcome::new("DELETE", 207, request()).judge(body, options);
    let Ok(trailer) = trailer else {
        assert!(judged.is_err() || !is_multistatus(body, options));
        return;
    };
    let report = report.expect("it is complete");
    assert!(report.removed.is_empty() || trailer.sync_tokens().any(|token| !token.is_empty()));
    for outcome in &outcomes {
        let _ = outcome.verdict(&trailer);
        assert!(outcome.culprits().len() as u64 <= outcome.culprit_count());
    }
    let _ = listing.is_complete(&trailer);
    let open = multiget.unanswered(&trailer).map(Iterator::count);
    let whole = multiget_report.expect("it is complete");
    assert_eq!(whole.unanswered.as_ref().map(Vec::len), open);
    assert!(whole.got.is_empty() || whole.not_found.is_empty(), "one was asked for");
    let token = changes.finish(&trailer);
    assert!(token.is_err() || (trailer.is_complete() && !has_failed));
    // It knows of more reasons.
    assert!(report.token == token || report.token == Err(Withheld::Limit));
    assert_eq!(judged.ok(), outcomes.get(4).map(|outcome| outcome.verdict(&trailer)));
}

fn asked() -> Multiget<'static> {
    let mut multiget = Multiget::new(207, request(), names::GETETAG);
    multiget.ask("b").expect("an href");
    multiget
}

fn is_multistatus(body: &[u8], options: &Options) -> bool {
    matches!(Document::with_options(body, options), Ok(Document::Multistatus(_)))
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
