//! What an answer means for the request it belongs to.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use multistatus::{
    Href, Options,
    href::RequestUrl,
    meaning::{Outcome, Verdict},
};

use super::{
    report::{Item, Report},
    table::{printable, relation},
};

/// The request, and the status of HTTP it was answered with.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: RequestUrl,
    pub(crate) http_status: u16,
    pub(crate) destination: Option<RequestUrl>,
}

/// Prints the verdict on a body, the culprits, and how the responses stand to the URL. `None` when there is no verdict,
/// because the body was not complete or no answer.
pub(crate) fn print(
    request: &Request,
    body: &[u8],
    report: &Report,
    options: &Options,
    out: &mut impl Write,
) -> io::Result<Option<Verdict>> {
    let mut outcome = Outcome::new(&request.method, request.http_status, request.url.clone());
    if let Some(destination) = &request.destination {
        outcome = outcome.destination(destination.clone());
    }
    let verdict = outcome.judge(body, options);
    let shown = match &verdict {
        Ok(verdict) => format!("{verdict:?}"),
        Err(error) => format!("none, {error}"),
    };
    writeln!(out, "verdict on {} {}: {shown}", request.method, printable(request.url.url().as_str()))?;
    for culprit in outcome.culprits() {
        let status = culprit.status().map_or("?".to_owned(), |status| status.to_string());
        let conditions = culprit.conditions().map(|name| format!(" {name}")).collect::<String>();
        writeln!(out, "  culprit {} {status}{}", printable(culprit.href()), printable(&conditions))?;
    }
    let more = outcome.culprit_count() - outcome.culprits().len() as u64;
    if more > 0 {
        writeln!(out, "  and {more} more")?;
    }
    let mut relations = BTreeMap::<_, u64>::new();
    let seen = report.responses.iter().filter_map(Item::response);
    for href in seen.flat_map(|seen| &seen.hrefs) {
        *relations.entry(relation(&request.url, &Href::new(&**href))).or_default() += 1;
    }
    if !relations.is_empty() {
        let counts: Vec<_> =
            relations.iter().map(|(relation, count)| format!("{count} {relation}")).collect();
        writeln!(out, "hrefs: {}", counts.join(", "))?;
    }
    Ok(verdict.ok())
}
