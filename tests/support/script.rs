//! Rounds of a sync engine by script: a list of steps, each what the round has to ask for and what it is answered. Names
//! are those of members of `/cal/`; other hrefs are written in full.
#![allow(dead_code, reason = "every test file uses a part of it")]

use std::collections::BTreeMap;

use multistatus::{
    href::{HrefKey, RequestUrl},
    meaning::{Advice, Done, Got, Known, Observer, Pending, Round, Step},
    names::caldav::CALENDAR_DATA,
};

use crate::support::{multistatus, own, propstat, request, resource};

/// What a step is answered: the status of HTTP, and the body.
pub(crate) type Answer = (u16, String);

/// HTTP 207 with these responses.
pub(crate) fn say(children: &[String]) -> Answer {
    (207, multistatus(&children.concat()))
}

/// An answer without a body.
pub(crate) fn http(status: u16) -> Answer {
    (status, String::new())
}

/// What a HEAD is answered that is sent instead of a PROPFIND.
pub(crate) fn head(status: u16) -> Answer {
    (status, "HEAD".to_owned())
}

/// An answer that is cut after these responses.
pub(crate) fn cut(children: &[String]) -> Answer {
    let body = multistatus(&children.concat());
    (207, body[..body.len() - 3].to_owned())
}

pub(crate) fn error(condition: &str) -> String {
    format!("<D:error xmlns:D=\"DAV:\"><D:{condition}/></D:error>")
}

/// The href of a name.
pub(crate) fn href(name: &str) -> String {
    let is_whole = name.starts_with('/') || name.starts_with("http");
    if is_whole { name.to_owned() } else { format!("/cal/{name}") }
}

fn tag(tag: u32) -> String {
    format!("<D:getetag>\"{tag}\"</D:getetag>")
}

/// A member that is there, with a tag.
pub(crate) fn there(name: &str, number: u32) -> String {
    resource(&href(name), &propstat(&tag(number), 200))
}

/// A member with its data.
pub(crate) fn data(name: &str, number: u32) -> String {
    let data = "<C:calendar-data xmlns:C=\"urn:ietf:params:xml:ns:caldav\">BEGIN</C:calendar-data>";
    resource(&href(name), &propstat(&format!("{}{data}", tag(number)), 200))
}

pub(crate) fn gone(name: &str) -> String {
    failed(name, 404)
}

/// A member with a status of its own.
pub(crate) fn failed(name: &str, code: u16) -> String {
    own(&href(name), code)
}

/// A collection, as a listing has it.
pub(crate) fn folder(name: &str) -> String {
    resource(&href(name), &propstat("<D:resourcetype><D:collection/></D:resourcetype>", 200))
}

/// A collection that has to be asked for by itself.
pub(crate) fn cannot_sync(name: &str) -> String {
    let why = "<D:status>HTTP/1.1 403 x</D:status><D:error><D:sync-traversal-supported/></D:error>";
    resource(&href(name), why)
}

/// A listing of the collection with these members.
pub(crate) fn listing(all: &[(&str, u32)]) -> Answer {
    let members = all.iter().map(|(name, number)| there(name, *number));
    say(&[itself()].into_iter().chain(members).collect::<Vec<_>>())
}

/// The collection itself.
pub(crate) fn itself() -> String {
    folder("/cal/")
}

pub(crate) fn token(token: &str) -> String {
    format!("<D:sync-token>{token}</D:sync-token>")
}

/// The mark of a page that is not the last.
pub(crate) fn more() -> String {
    own("/cal/", 507)
}

pub(crate) fn known(name: &str, number: u32) -> Known {
    Known::new(href(name), &*format!("\"{number}\""))
}

pub(crate) fn round(all: &[(&str, u32)]) -> Round {
    Round::new(request("/cal/"), all.iter().map(|(name, number)| known(name, *number)))
}

/// What may be asked for so often is more than any round needs.
const ENDLESS: usize = 60;

/// Plays a round: each step, with what it asks for, is answered by `answer`, and what is got is shown to `got`.
#[track_caller]
fn drive(
    mut step: Step,
    mut answer: impl FnMut(&Step, &str) -> Answer,
    mut got: impl FnMut(&Got<'_>),
) -> Done {
    let mut asked = Vec::new();
    loop {
        assert!(asked.len() < ENDLESS, "it does not end: {asked:?}");
        let what = describe(&step);
        let (status, body) = match &step {
            Step::Done(_) => http(0),
            step => answer(step, &what),
        };
        asked.push(what);
        let body = body.as_bytes();
        step = match step {
            Step::Report(ask) => {
                let report = ask.observer(status).read(body);
                ask.answer(report)
            }
            Step::Fetch(ask) => {
                let report = ask.observer(status, CALENDAR_DATA).read(body);
                report.iter().flat_map(|report| report.got()).for_each(&mut got);
                ask.answer(report)
            }
            Step::Probe(ask) if body == b"HEAD" => ask.answer_head(status),
            Step::Probe(ask) => {
                let report = ask.observer(status).read(body);
                ask.answer(report)
            }
            Step::List(ask) => {
                let report = ask.observer(status).read(body);
                ask.answer(report)
            }
            Step::Done(done) => return done,
        };
    }
}

/// Plays a round: every step has to be the one that is written down.
#[track_caller]
pub(crate) fn play(round: Round, sent: Option<&str>, script: &[(&str, Answer)]) -> Done {
    play_step(round.start(sent), script, |_| {})
}

#[track_caller]
fn play_step(step: Step, script: &[(&str, Answer)], got: impl FnMut(&Got<'_>)) -> Done {
    let mut script = script.iter();
    let answer = |step: &Step, what: &str| {
        let Some((expected, answer)) = script.next() else { panic!("it goes on with {what:?}: {step:#?}") };
        assert_eq!(what, *expected);
        answer.clone()
    };
    let done = drive(step, answer, got);
    assert_eq!(script.next(), None, "it has ended: {done:#?}");
    done
}

fn name(href: &str) -> &str {
    href.strip_prefix("/cal/").unwrap_or(href)
}

pub(crate) fn describe(step: &Step) -> String {
    match step {
        Step::Report(ask) => {
            let limit = ask.limit().map_or(String::new(), |limit| format!(" limit {limit}"));
            format!("report {}{limit}", ask.token().unwrap_or("-"))
        }
        Step::Fetch(ask) => {
            let names: Vec<_> = ask.hrefs().iter().map(|href| name(href)).collect();
            format!("fetch {}", names.join(" "))
        }
        Step::Probe(ask) => format!("probe {}", name(ask.url().path())),
        Step::List(ask) => format!("list {}", ask.depth()),
        Step::Done(_) => "done".to_owned(),
    }
}

/// The names of members.
pub(crate) fn names(all: &[Known]) -> Vec<&str> {
    all.iter().map(|known| name(&known.href)).collect()
}

/// What became of a round: the names removed, the token, and the names that are pending.
#[track_caller]
pub(crate) fn check(done: &Done, remove: &[&str], token: Option<&str>, fetch: &[&str], confirm: &[&str]) {
    assert_eq!(names(&done.remove), remove, "removed");
    assert_eq!(done.token.as_deref(), token, "token, {:?}", done.advice);
    let named = |hrefs: &[String]| hrefs.iter().map(|href| name(href).to_owned()).collect::<Vec<_>>();
    assert_eq!(named(&done.pending.fetch), fetch, "to be fetched");
    assert_eq!(named(&done.pending.confirm), confirm, "to be confirmed");
    assert_eq!(done.token.is_some(), done.advice == Advice::Proceed, "{:?}", done.advice);
}

/// A client: it goes through a round that goes wrong, and then through one with a server that does not.
#[derive(Clone)]
pub(crate) struct Client {
    url: RequestUrl,
    /// As the server spells the collection.
    own: &'static str,
    is_infinite: bool,
    token: Option<String>,
    members: BTreeMap<HrefKey, Known>,
    pending: Pending,
    /// What it had, and the token, before the first round.
    before: BTreeMap<HrefKey, Known>,
    sent: Option<String>,
}

impl Client {
    /// With the token that it has, and what it knows of `/cal/`.
    pub(crate) fn new(token: Option<&str>, all: &[(&str, u32)]) -> Self {
        Client::of(request("/cal/"), "/cal/", token, all)
    }

    /// The same for another collection, which the server spells as `own`.
    pub(crate) fn of(url: RequestUrl, own: &'static str, token: Option<&str>, all: &[(&str, u32)]) -> Self {
        let key = |one: &Known| url.key(&one.href.as_str().into()).expect("an href");
        let all = all.iter().map(|(name, number)| known(name, *number));
        let members: BTreeMap<_, _> = all.map(|one| (key(&one), one)).collect();
        let sent = token.map(str::to_owned);
        let (token, before) = (sent.clone(), members.clone());
        let pending = Pending::default();
        Client { url, own, is_infinite: false, token, members, pending, before, sent }
    }

    /// It asks for members of members, too.
    pub(crate) fn infinite(mut self) -> Self {
        self.is_infinite = true;
        self
    }

    /// Something is pending.
    pub(crate) fn pending(mut self, fetch: &[&str], confirm: &[&str]) -> Self {
        let hrefs = |names: &[&str]| names.iter().map(|name| href(name)).collect();
        self.pending = Pending::new(hrefs(fetch), hrefs(confirm));
        self
    }

    fn ready(&self) -> Round {
        let round =
            Round::new(self.url.clone(), self.members.values().cloned()).pending(self.pending.clone());
        if self.is_infinite { round.infinite() } else { round }
    }

    /// The first step of a round.
    pub(crate) fn start(&self) -> Step {
        self.ready().start(self.token.as_deref())
    }

    /// A round by a script.
    #[track_caller]
    pub(crate) fn round(&mut self, script: &[(&str, Answer)]) -> Done {
        self.go_on(self.start(), script)
    }

    /// The same, in batches of two.
    #[track_caller]
    pub(crate) fn round_in_pairs(&mut self, script: &[(&str, Answer)]) -> Done {
        self.go_on(self.ready().batch(2).start(self.token.as_deref()), script)
    }

    /// The rest of a round by a script.
    #[track_caller]
    pub(crate) fn go_on(&mut self, step: Step, script: &[(&str, Answer)]) -> Done {
        let mut got = Vec::new();
        let done = play_step(step, script, |one| got.push(kept(one)));
        self.take(&done, got);
        done
    }

    fn take(&mut self, done: &Done, got: Vec<Known>) {
        for one in got {
            let key = self.url.key(&one.href.as_str().into()).expect("an href");
            self.members.insert(key, one);
        }
        for gone in &done.remove {
            self.members.retain(|_, member| member.href != gone.href);
        }
        self.pending = done.pending.clone();
        self.token = done.token.clone().or(self.token.take());
    }

    /// Nothing of what the server has was removed. Then a round with a server that has these members, finds each by its
    /// own spelling alone, and does everything else right: after it, the client has the same, and nothing is open.
    #[track_caller]
    pub(crate) fn settles(&mut self, live: &[(&str, u32)]) {
        let key = |name: &str| self.url.key(&href(name).as_str().into()).expect("an href");
        let live: BTreeMap<_, _> = live.iter().map(|(name, number)| (key(name), (*name, *number))).collect();
        for (key, (name, _)) in &live {
            let is_kept = !self.before.contains_key(key) || self.members.contains_key(key);
            assert!(is_kept, "{name} was removed");
        }
        let mut changes = Vec::new();
        if self.token.is_none() || self.token == self.sent {
            let is_old = |key: &HrefKey, number: u32| {
                let before = self.before.get(key).filter(|_| self.token.is_some());
                before.is_some_and(|before| before.tag == Some(format!("\"{number}\"")))
            };
            let changed = live.iter().filter(|(key, (_, number))| !is_old(key, *number));
            changes.extend(changed.map(|(_, (name, number))| there(name, *number)));
            let gone = self.before.iter().filter(|(key, _)| self.token.is_some() && !live.contains_key(key));
            changes.extend(gone.map(|(_, known)| own(&known.href, 404)));
        }
        changes.push(token("sane"));
        let find = |href: &str| live.values().find(|(name, _)| href.ends_with(&self::href(name)));
        let (mut got, mut asked) = (Vec::new(), Vec::new());
        let answer = |step: &Step, what: &str| {
            asked.push(what.to_owned());
            match step {
                Step::Report(_) => say(&changes),
                Step::List(_) => {
                    let members = live.values().map(|(name, number)| there(name, *number));
                    say(&[folder(self.own)].into_iter().chain(members).collect::<Vec<_>>())
                }
                Step::Probe(ask) if ask.url().path().ends_with('/') => say(&[folder(self.own)]),
                Step::Probe(ask) => {
                    find(ask.url().path()).map_or(http(404), |(name, number)| say(&[there(name, *number)]))
                }
                Step::Fetch(ask) => {
                    let found = ask.hrefs().iter().map(|href| match find(href) {
                        Some((name, number)) => data(name, *number),
                        None => own(href, 404),
                    });
                    say(&found.collect::<Vec<_>>())
                }
                Step::Done(_) => unreachable!("it is not answered"),
            }
        };
        let done = drive(self.start(), answer, |one| got.push(kept(one)));
        let has = |known: &Known| known.tag.clone().unwrap_or_default();
        self.take(&done, got);
        let client: BTreeMap<_, _> = self.members.iter().map(|(key, known)| (key, has(known))).collect();
        let server: BTreeMap<_, _> =
            live.iter().map(|(key, (_, number))| (key, format!("\"{number}\""))).collect();
        assert_eq!(client, server, "{asked:?}: {done:#?}");
        assert_eq!(self.pending, Pending::default(), "{asked:?}");
        assert_eq!(self.token.as_deref(), Some("sane"), "{asked:?}: {:?}", done.advice);
    }
}

/// What a client keeps of what it got.
fn kept(got: &Got<'_>) -> Known {
    Known::new(&*got.asked, got.getetag.as_ref().map(|tag| tag.as_str()))
}
