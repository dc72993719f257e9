//! What an answer means for the request it belongs to.

use std::io::{self, Write};

use multistatus::{Document, Options, Outcome, Relation, RequestUrl, Response, Verdict};
use url::Url;

use super::table::printable;

/// The request, and the status of HTTP it was answered with.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: Url,
    pub(crate) http_status: u16,
    pub(crate) destination: Option<Url>,
}

/// Prints the verdict on a body, the culprits, and how the responses stand to the URL. `None` when the body was not
/// complete: then there is no verdict.
pub(crate) fn print(
    request: &Request,
    body: &[u8],
    options: &Options,
    out: &mut impl Write,
) -> io::Result<Option<Verdict>> {
    let url = RequestUrl::new(request.url.clone());
    let mut outcome = Outcome::new(&request.method, request.http_status, url.clone());
    if let Some(destination) = &request.destination {
        outcome = outcome.destination(RequestUrl::new(destination.clone()));
    }
    let mut relations = Relations::default();
    let verdict = match Document::with_options(body, options) {
        Ok(Document::Multistatus(mut responses)) => {
            for response in responses.by_ref().flatten() {
                outcome.see(&response);
                relations.add(&url, &response);
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
    writeln!(out, "verdict on {} {}: {shown}", request.method, printable(request.url.as_str()))?;
    for culprit in outcome.culprits() {
        let status = culprit.status().map_or("?".to_owned(), |status| status.to_string());
        let conditions = culprit.conditions().map(|name| format!(" {name}")).collect::<String>();
        writeln!(out, "  culprit {} {status}{}", printable(culprit.href()), printable(&conditions))?;
    }
    let more = outcome.culprit_count() - outcome.culprits().len() as u64;
    if more > 0 {
        writeln!(out, "  and {more} more")?;
    }
    relations.print(out)?;
    Ok(verdict)
}

/// How many hrefs stand how to the URL of the request.
#[derive(Default)]
struct Relations([(u64, &'static str); 7]);

impl Relations {
    fn add(&mut self, url: &RequestUrl, response: &Response<'_>) {
        for href in response.hrefs() {
            let (at, name) = match url.relate(&href).map(|related| related.relation) {
                Ok(Relation::Same) => (0, "the resource itself"),
                Ok(Relation::Child) => (1, "members"),
                Ok(Relation::Descendant) => (2, "further below"),
                Ok(Relation::Ancestor) => (3, "above"),
                Ok(Relation::Outside) => (4, "elsewhere"),
                Ok(_) => (5, "on another host"),
                Err(_) => (6, "unusable"),
            };
            self.0[at].0 += 1;
            self.0[at].1 = name;
        }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let counts: Vec<_> = self.0.iter().filter(|(count, _)| *count > 0).collect();
        if counts.is_empty() {
            return Ok(());
        }
        let counts: Vec<_> = counts.iter().map(|(count, name)| format!("{count} {name}")).collect();
        writeln!(out, "hrefs: {}", counts.join(", "))
    }
}
