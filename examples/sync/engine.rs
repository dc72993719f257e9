//! The engine: one collection, one round. What it does between two requests is all here.

use std::{collections::BTreeMap, error::Error, io::BufRead};

use multistatus::{
    Href, Name, Reader,
    href::{HrefKey, RequestUrl},
    meaning::{Done, Known, Multiget, Observer, Pending, Report, Round, Step},
    names::{caldav::CALENDAR_DATA, carddav::ADDRESS_DATA},
};
use url::Url;

/// Sends a request and gives the status and the body of the answer.
pub(crate) trait Transport {
    fn send(&mut self, request: &Request<'_>) -> Result<(u16, Box<dyn BufRead>), Box<dyn Error>>;
}

/// A request. Its body is XML.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a Url,
    pub(crate) depth: &'a str,
    pub(crate) body: &'a str,
}

/// What is in a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Calendar,
    AddressBook,
}

/// A collection, as it is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Store {
    pub(crate) token: Option<String>,
    pub(crate) pending: Pending,
    pub(crate) members: BTreeMap<HrefKey, Member>,
}

/// A calendar object or a card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    /// The spelling by which it was got.
    pub(crate) href: String,
    pub(crate) tag: Option<String>,
    pub(crate) data: String,
}

/// Brings `store` up to date. What the round gives in the end is dealt with, and the token stored last: `save` is called
/// before that, and after it.
///
/// # Errors
/// When a request cannot be sent, or the store cannot be saved. Then nothing was removed.
pub(crate) fn sync(
    url: &RequestUrl,
    kind: Kind,
    store: &mut Store,
    transport: &mut impl Transport,
    mut save: impl FnMut(&Store) -> Result<(), Box<dyn Error>>,
) -> Result<Done, Box<dyn Error>> {
    let known = store.members.values().map(|member| Known::new(&*member.href, member.tag.as_deref()));
    let round = Round::new(url.clone(), known).pending(store.pending.clone());
    let mut step = round.start(store.token.as_deref());
    let mut send = |method, url: &Url, depth, body: &str| {
        let (status, body) = transport.send(&Request { method, url, depth, body })?;
        Ok::<_, Box<dyn Error>>((status, Reader::new(body)))
    };
    let done = loop {
        step = match step {
            Step::Report(ask) => {
                let (status, body) = send("REPORT", ask.url(), "0", &report(ask.token(), ask.limit()))?;
                let answer = ask.observer(status).over(body).read();
                ask.answer(answer)
            }
            Step::Fetch(ask) => {
                let (status, body) = send("REPORT", ask.url(), "0", &multiget(kind, ask.hrefs()))?;
                let answer = ask.observer(status, kind.data()).over(body).read();
                if let Ok(report) = &answer {
                    keep(url, store, report);
                }
                ask.answer(answer)
            }
            Step::Probe(ask) => {
                let (status, body) = send("PROPFIND", ask.url(), "0", PROPFIND)?;
                let answer = ask.observer(status).over(body).read();
                ask.answer(answer)
            }
            Step::List(ask) => {
                let (status, body) = send("PROPFIND", ask.url(), ask.depth(), PROPFIND)?;
                let answer = ask.observer(status).over(body).read();
                ask.answer(answer)
            }
            Step::Done(done) => break done,
        };
    };
    for gone in &done.remove {
        store.members.retain(|_, member| member.href != gone.href);
    }
    store.pending = done.pending.clone();
    save(store)?;
    if done.token.is_some() {
        store.token = done.token.clone();
        save(store)?;
    }
    Ok(done)
}

/// Stores what was got, under the spelling that it was asked for by.
fn keep(url: &RequestUrl, store: &mut Store, report: &Report<'_, Multiget>) {
    for got in report.got() {
        let Ok(key) = url.key(&Href::new(&*got.asked)) else { continue };
        let tag = got.getetag.as_ref().map(|tag| tag.as_str().to_owned());
        store.members.insert(key, Member { href: got.asked.clone(), tag, data: got.data.to_string() });
    }
}

const PROPFIND: &str = "<propfind xmlns='DAV:'><prop><resourcetype/><getetag/></prop></propfind>";

/// A sync-collection report (RFC 6578 section 3.2).
fn report(token: Option<&str>, limit: Option<u64>) -> String {
    let token = escaped(token.unwrap_or_default());
    let limit = limit.map_or(String::new(), |most| format!("<limit><nresults>{most}</nresults></limit>"));
    format!(
        "<sync-collection xmlns='DAV:'><sync-token>{token}</sync-token>\
         <sync-level>1</sync-level>{limit}<prop><getetag/><resourcetype/></prop></sync-collection>"
    )
}

/// A multiget report (RFC 4791 section 7.9, RFC 6352 section 8.7).
fn multiget(kind: Kind, hrefs: &[String]) -> String {
    let (namespace, name, data) = kind.names();
    let hrefs: String = hrefs.iter().map(|href| format!("<D:href>{}</D:href>", escaped(href))).collect();
    format!(
        "<C:{name} xmlns:D='DAV:' xmlns:C='{namespace}'><D:prop><D:getetag/><C:{data}/></D:prop>\
         {hrefs}</C:{name}>"
    )
}

impl Kind {
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Kind::Calendar => ("urn:ietf:params:xml:ns:caldav", "calendar-multiget", "calendar-data"),
            Kind::AddressBook => ("urn:ietf:params:xml:ns:carddav", "addressbook-multiget", "address-data"),
        }
    }

    fn data(self) -> Name<'static> {
        match self {
            Kind::Calendar => CALENDAR_DATA,
            Kind::AddressBook => ADDRESS_DATA,
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
