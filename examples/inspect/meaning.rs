//! What an answer means for the request it belongs to.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use multistatus::{Document, Options, Outcome, RequestUrl, Verdict};

use super::table::{printable, relation};

/// The request, and the status of HTTP it was answered with.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: RequestUrl,
    pub(crate) http_status: u16,
    pub(crate) destination: Option<RequestUrl>,
}

/// Prints the verdict on a body, the culprits, and how the responses stand to the URL. `None` when the body was not
/// complete: then there is no verdict.
pub(crate) fn print(
    request: &Request,
    body: &[u8],
    options: &Options,
    out: &mut impl Write,
) -> io::Result<Option<Verdict>> {
    let mut outcome = Outcome::new(&request.method, request.http_status, request.url.clone());
    if let Some(destination) = &request.destination {
        outcome = outcome.destination(destination.clone());
    }
    let mut relations = BTreeMap::<_, u64>::new();
    let verdict = match Document::with_options(body, options) {
        Ok(Document::Multistatus(mut responses)) => {
            for response in responses.by_ref().flatten() {
                outcome.see(&response);
                for href in response.hrefs() {
                    *relations.entry(relation(&request.url, &href)).or_default() += 1;
                }
            }
            responses.finish().ok().map(|trailer| outcome.verdict(&trailer))
        }
        Ok(document) => {
            document.root().into_iter().for_each(|root| outcome.see_root(root));
            Some(outcome.verdict_without_responses())
        }
        Err(_) if body.is_empty() && request.http_status != 207 => Some(outcome.verdict_without_responses()),
        Err(_) => None,
    };
    let shown = verdict.map_or("none, the body is not complete".to_owned(), |verdict| format!("{verdict:?}"));
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
    if !relations.is_empty() {
        let counts: Vec<_> =
            relations.iter().map(|(relation, count)| format!("{count} {relation}")).collect();
        writeln!(out, "hrefs: {}", counts.join(", "))?;
    }
    Ok(verdict)
}
