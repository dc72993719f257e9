//! An answer of this server taken apart, and put together again.

use std::ops::Range;

use super::super::Answer;

const RESPONSE: (&str, &str) = ("<D:response>", "</D:response>\n");
const TOKEN: (&str, &str) = ("<D:sync-token>", "</D:sync-token>\n");
pub(crate) const STATUS: (&str, &str) = ("<D:status>", "</D:status>");
pub(crate) const HREF: (&str, &str) = ("<D:href>", "</D:href>");

/// The part before the responses of a multistatus, each of them, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) head: String,
    pub(crate) responses: Vec<String>,
    pub(crate) tail: String,
}

/// Splits a body that this server wrote. `None` when it is no multistatus, or cut. In text, `<` is always escaped, and
/// no response is in another.
pub(crate) fn split(body: &str) -> Option<Parts> {
    let mut responses = Vec::new();
    let start = body.find("<D:multistatus ").and_then(|at| Some(at + body.get(at..)?.find(">\n")? + 2))?;
    let (head, mut rest) = body.split_at_checked(start)?;
    while rest.starts_with(RESPONSE.0) {
        let (response, behind) = rest.split_at_checked(rest.find(RESPONSE.1)? + RESPONSE.1.len())?;
        responses.push(response.to_owned());
        rest = behind;
    }
    let is_whole = rest.ends_with("</D:multistatus>");
    is_whole.then(|| Parts { head: head.to_owned(), responses, tail: rest.to_owned() })
}

impl Parts {
    pub(crate) fn join(&self) -> String {
        format!("{}{}{}", self.head, self.responses.concat(), self.tail)
    }

    /// Where the element is that holds the sync-token, in the tail.
    pub(crate) fn token(&self) -> Option<Range<usize>> {
        let text = texts(&self.tail, TOKEN).next()?;
        Some(text.start - TOKEN.0.len()..text.end + TOKEN.1.len())
    }

    /// Whether a response is the mark that a report goes on.
    pub(crate) fn is_mark(response: &str) -> bool {
        texts(response, STATUS).next().is_some_and(|place| response[place].contains(" 507"))
    }

    pub(crate) fn answer(&self, status: u16) -> Answer {
        Answer { status, body: self.join() }
    }
}

/// The element of a sync-token.
pub(crate) fn token(text: &str) -> String {
    format!("{}{text}{}", TOKEN.0, TOKEN.1)
}

/// Where texts stand between a start and an end tag.
pub(crate) fn texts<'a>(
    xml: &'a str,
    (start, end): (&'a str, &'a str),
) -> impl Iterator<Item = Range<usize>> {
    xml.match_indices(start).filter_map(move |(at, _)| {
        let from = at + start.len();
        Some(from..from + xml.get(from..)?.find(end)?)
    })
}
