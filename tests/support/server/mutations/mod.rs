//! Answers as they must not come: what an engine has to survive without losing anything.
//!
//! ```text
//! let setting = Setting::new(&server, origin, &request, &answer);
//! for mutated in setting.mutated() { .. mutated.answer .. mutated.kind() .. mutated.label() .. }
//! ```
//!
//! # In which list a mutation is
//!
//! A mutated answer is a **lie** when an honest server could have sent it in another state of the collection, and not in
//! this one: it is a well-formed answer to the request ([`Question::said`] has the forms), and it contradicts the true
//! answer about at least one resource, or leaves out or adds one. Nothing in it shows that, so that no client can see it,
//! and it may mislead one about the resources that it lies about: [`Kind::Lie`] names them.
//!
//! Every other mutated answer is **visible**: either it shows that something is wrong, or it says what the true answer
//! says, such as the same responses in another order. No client loses anything by it.
//!
//! Marks and tokens say nothing about a resource. Whoever takes a page for the last one has its token, goes on from
//! there, and loses nothing; and another token than the true one is unknown to the server, which says so.

mod parts;
mod resolve;
mod says;
mod setting;
mod values;

use std::collections::BTreeMap;

pub(crate) use parts::{Parts, split};
pub(crate) use resolve::Place;
use says::{Question, Said};
pub(crate) use values::STATUSES;

use super::{Answer, write};

/// The statuses of HTTP that an answer may get.
pub(crate) const HTTP: [u16; 13] = [200, 203, 206, 226, 301, 401, 403, 404, 412, 429, 500, 503, 507];

/// What is done to an answer. Places count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// As many bytes come.
    Prefix(usize),
    /// A response is there twice.
    Repeated(usize),
    /// A response and the next change places.
    Swapped(usize),
    /// All responses in an order that the seed decides.
    Shuffled(u64),
    Reversed,
    /// A status of a response, that of its propstats included, gets another text.
    Status {
        response: usize,
        place: usize,
        text: &'static str,
    },
    /// The href of a response becomes another.
    Href {
        response: usize,
        label: &'static str,
        href: String,
    },
    /// Another answer comes.
    Instead {
        label: &'static str,
        answer: Answer,
    },
    Token(TokenChange),
    /// The mark that a report goes on, for the collection.
    MarkAdded {
        collection: String,
    },
    MarkRemoved,
    Http(u16),
    LeftOut(usize),
    /// Two responses have each other's hrefs.
    Exchanged(usize, usize),
    /// A response says that its resource is not there, by this status.
    Gone(usize, u16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenChange {
    /// One that the server never gave.
    Changed,
    Emptied,
    Removed,
    /// A different one is before it, or after it.
    DoubledBefore,
    DoubledBehind,
}

const NEVER_GIVEN: &str = "urn:sync:0:0:4294967295";

impl Mutation {
    /// The answer with this change. `None` when there is nothing to change, or nothing changes.
    pub(crate) fn apply(&self, answer: &Answer) -> Option<Answer> {
        let mutated = match self {
            Mutation::Prefix(length) => {
                Answer { status: answer.status, body: answer.body.get(..*length)?.to_owned() }
            }
            Mutation::Http(status) => Answer { status: *status, body: answer.body.clone() },
            Mutation::Instead { answer, .. } => answer.clone(),
            _ => {
                let mut parts = split(&answer.body)?;
                self.change(&mut parts)?;
                parts.answer(answer.status)
            }
        };
        (mutated != *answer).then_some(mutated)
    }

    fn change(&self, parts: &mut Parts) -> Option<()> {
        let responses = &mut parts.responses;
        match self {
            Mutation::Prefix(_) | Mutation::Http(_) | Mutation::Instead { .. } => return None,
            Mutation::Repeated(at) => responses.insert(*at, responses.get(*at)?.clone()),
            Mutation::Swapped(at) if at + 1 < responses.len() => responses.swap(*at, at + 1),
            Mutation::Swapped(_) => return None,
            Mutation::Shuffled(seed) => shuffle(responses, *seed),
            Mutation::Reversed => responses.reverse(),
            Mutation::Status { response, place, text } => {
                let response = responses.get_mut(*response)?;
                let place = parts::texts(response, parts::STATUS).nth(*place)?;
                response.replace_range(place, text);
            }
            Mutation::Href { response, href, .. } => {
                set_href(responses.get_mut(*response)?, &write::text(href))?
            }
            Mutation::Token(change) => {
                let place = parts.token()?;
                let (old, new) = (parts.tail.get(place.clone())?.to_owned(), parts::token(NEVER_GIVEN));
                let tokens = match change {
                    TokenChange::Changed => new,
                    TokenChange::Emptied => parts::token(""),
                    TokenChange::Removed => String::new(),
                    TokenChange::DoubledBefore => new + &old,
                    TokenChange::DoubledBehind => old + &new,
                };
                parts.tail.replace_range(place, &tokens);
            }
            Mutation::MarkAdded { .. } if responses.iter().any(|response| Parts::is_mark(response)) => {
                return None;
            }
            Mutation::MarkAdded { collection } => {
                responses.push(write::response(collection, &write::mark()));
            }
            Mutation::MarkRemoved => responses.retain(|response| !Parts::is_mark(response)),
            Mutation::LeftOut(at) if *at < responses.len() => {
                responses.remove(*at);
            }
            Mutation::LeftOut(_) => return None,
            Mutation::Exchanged(one, other) => {
                let hrefs =
                    (href(responses.get(*one)?)?.to_owned(), href(responses.get(*other)?)?.to_owned());
                set_href(responses.get_mut(*one)?, &hrefs.1)?;
                set_href(responses.get_mut(*other)?, &hrefs.0)?;
            }
            Mutation::Gone(at, status) => {
                let response = responses.get_mut(*at)?;
                let end = parts::texts(response, parts::HREF).next()?.end + parts::HREF.1.len();
                let inside = format!("{}</D:response>\n", write::status(*status));
                response.replace_range(end.., &inside);
            }
        }
        Some(())
    }

    /// For messages of tests: it says the same for the same mutation of the same answer.
    pub(crate) fn label(&self) -> String {
        match self {
            Mutation::Prefix(length) => format!("cut after {length} bytes"),
            Mutation::Repeated(at) => format!("response {at} twice"),
            Mutation::Swapped(at) => format!("responses {at} and {} swapped", at + 1),
            Mutation::Shuffled(seed) => format!("shuffled by {seed}"),
            Mutation::Reversed => "reversed".to_owned(),
            Mutation::Status { response, place, text } => {
                format!("status {place} of response {response} is {text:?}")
            }
            Mutation::Href { response, label, href } => {
                format!("href of response {response} is {label}, {href:?}")
            }
            Mutation::Instead { label, .. } => format!("{label} instead"),
            Mutation::Token(change) => format!("token: {change:?}"),
            Mutation::MarkAdded { .. } => "mark added".to_owned(),
            Mutation::MarkRemoved => "mark removed".to_owned(),
            Mutation::Http(status) => format!("HTTP {status}"),
            Mutation::LeftOut(at) => format!("response {at} left out"),
            Mutation::Exchanged(one, other) => format!("hrefs of responses {one} and {other} exchanged"),
            Mutation::Gone(at, status) => format!("response {at} is {status}"),
        }
    }
}

/// The href of a response as it is there.
fn href(response: &str) -> Option<&str> {
    response.get(parts::texts(response, parts::HREF).next()?)
}

fn set_href(response: &mut String, xml: &str) -> Option<()> {
    let place = parts::texts(response, parts::HREF).next()?;
    response.replace_range(place, xml);
    Some(())
}

/// The same order for a seed at all times (Fisher and Yates, numbers by SplitMix64).
fn shuffle<T>(list: &mut [T], seed: u64) {
    let mut state = seed;
    for end in (1..list.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = state;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^= number >> 31;
        let place = number % (u64::try_from(end).unwrap_or_default() + 1);
        list.swap(end, usize::try_from(place).unwrap_or_default());
    }
}

/// In which of the two lists a mutated answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No live item may be removed, and no change lost after the next clean round.
    Visible,
    /// Only these may be touched, and the next listing puts them right.
    Lie {
        /// As the server spells them, without a slash at the end; the collection may be one of them.
        names: Vec<String>,
    },
}

/// A true answer, and all that is needed to spoil it.
pub(crate) struct Setting<'a> {
    pub(crate) answer: &'a Answer,
    question: Question,
    truth: BTreeMap<Place, Said>,
    /// Path of the collection.
    collection: String,
    live: Vec<String>,
    elsewhere: String,
    foreign: String,
    origin: String,
    others: Vec<(&'static str, Answer)>,
}

/// A mutated answer.
pub(crate) struct Mutated<'s> {
    setting: &'s Setting<'s>,
    pub(crate) mutation: Mutation,
    pub(crate) answer: Answer,
}

impl Mutated<'_> {
    pub(crate) fn label(&self) -> String {
        self.mutation.label()
    }

    pub(crate) fn kind(&self) -> Kind {
        self.setting.kind(&self.answer)
    }
}
