//! What an answer means for the request it belongs to.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use multistatus::{
    Href, Options,
    href::RequestUrl,
    meaning::{Method, Observer, Outcome, Request, Verdict},
};

use super::{
    report::{Item, Report},
    table::{printable, relation},
};

/// What was asked, and the status of HTTP it was answered with.
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) url: RequestUrl,
    pub(crate) http_status: u16,
    pub(crate) destination: Option<RequestUrl>,
    pub(crate) properties: Vec<String>,
}

impl Asked {
    /// The method with its arguments. A COPY or MOVE of which no destination is known is judged by its source alone.
    fn method(&self) -> Method {
        let destination = || self.destination.clone().unwrap_or_else(|| self.url.clone());
        match &*self.method.to_ascii_uppercase() {
            "COPY" => Method::Copy(destination()),
            "MOVE" => Method::Move(destination()),
            "PROPPATCH" => Method::proppatch(self.properties.iter().map(String::as_str)),
            _ => self.method.parse().unwrap_or_else(|_| Method::Other(self.method.clone())),
        }
    }
}

/// Prints the verdict on a body, the culprits, and how the responses stand to the URL. `None` when there is no verdict,
/// because the body was not complete or no answer.
pub(crate) fn print(
    asked: &Asked,
    body: &[u8],
    report: &Report,
    options: &Options,
    out: &mut impl Write,
) -> io::Result<Option<Verdict>> {
    let request = Request::new(asked.method(), asked.url.clone(), asked.http_status);
    let judged = request.read_with(body, options).map(|report| report.end);
    let shown = match &judged {
        Ok(outcome) => format!("{:?}", outcome.verdict),
        Err(incomplete) => format!("none, {incomplete}"),
    };
    writeln!(out, "verdict on {} {}: {shown}", asked.method, printable(asked.url.url().as_str()))?;
    if let Ok(Outcome { culprits, culprit_count, .. }) = &judged {
        for culprit in culprits {
            writeln!(out, "  culprit {}", printable(&culprit.to_string()))?;
        }
        let more = culprit_count - culprits.len() as u64;
        if more > 0 {
            writeln!(out, "  and {more} more")?;
        }
    }
    let mut relations = BTreeMap::<_, u64>::new();
    let seen = report.responses.iter().filter_map(Item::response);
    for href in seen.flat_map(|seen| &seen.hrefs) {
        *relations.entry(relation(&asked.url, &Href::new(&**href))).or_default() += 1;
    }
    if !relations.is_empty() {
        let counts: Vec<_> =
            relations.iter().map(|(relation, count)| format!("{count} {relation}")).collect();
        writeln!(out, "hrefs: {}", counts.join(", "))?;
    }
    Ok(judged.ok().map(|outcome| outcome.verdict))
}
