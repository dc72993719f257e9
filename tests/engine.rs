//! The engine of `examples/sync.rs` against the server in memory, with every answer of a round spoiled in every way that
//! is written down in `tests/support/server/mutations`, one at a time.
//!
//! Of a mutation that can be seen, nothing may come: no live item is removed, no data is wrong, and after the next clean
//! round the client has what the server has. Of a lie, only the members that the answer names are touched, and the next
//! first report puts it right.
//!
//! `cargo test` takes a part of them. `ROUNDS=all cargo test --release --test engine -- --nocapture` takes all.

#[path = "../examples/sync/engine.rs"]
#[allow(dead_code, reason = "address books are for the example")]
mod engine;
#[path = "engine/scenes.rs"]
mod scenes;
#[path = "support/server/mod.rs"]
mod server;

use std::{
    cell::Cell,
    collections::BTreeMap,
    error::Error,
    io::{BufRead, Cursor},
};

use engine::{Kind, Member, Store, Transport, sync};
use multistatus::{Href, href::RequestUrl, meaning::Done};
use scenes::{Scene, scenes};
use server::{
    Answer, Server,
    mutations::{self, Setting},
};

const ORIGIN: &str = "http://server.example";
const WORK: &str = "/home/work/";
/// So many requests are more than any round needs.
const ENDLESS: usize = 200;
/// One in so many spoiled answers is taken by `cargo test`.
const SHARE: u64 = 19;

fn url(collection: &str) -> RequestUrl {
    format!("{ORIGIN}{collection}").parse().expect("a URL")
}

/// A request as it was sent, and its true answer.
#[derive(Clone, Debug)]
struct Exchange {
    method: String,
    path: String,
    depth: String,
    body: String,
    answer: Answer,
}

impl Exchange {
    fn request(&self) -> server::Request<'_> {
        server::Request { method: &self.method, path: &self.path, depth: Some(&self.depth), body: &self.body }
    }
}

/// Answers as the server does, but for the one request whose answer is spoiled.
struct Spoiled<'s> {
    server: Server,
    spoiled: Option<(usize, &'s Answer)>,
    exchanges: Vec<Exchange>,
}

impl Transport for Spoiled<'_> {
    fn send(&mut self, request: &engine::Request<'_>) -> Result<(u16, Box<dyn BufRead>), Box<dyn Error>> {
        let engine::Request { method, url, depth, body } = *request;
        let path = url.path();
        let mut answer = self.server.answer(&server::Request { method, path, depth: Some(depth), body });
        let exchange = Exchange {
            method: method.to_owned(),
            path: path.to_owned(),
            depth: depth.to_owned(),
            body: body.to_owned(),
            answer: answer.clone(),
        };
        if let Some((at, spoiled)) = self.spoiled {
            if at == self.exchanges.len() {
                answer = spoiled.clone();
            }
        }
        self.exchanges.push(exchange);
        if self.exchanges.len() > ENDLESS {
            return Err("the round does not end".into());
        }
        Ok((answer.status, Box::new(Cursor::new(answer.body))))
    }
}

/// A round, and what was asked in it.
fn round(
    collection: &str,
    store: &mut Store,
    server: &Server,
    spoiled: Option<(usize, &Answer)>,
) -> Result<(Done, Vec<Exchange>), String> {
    let mut transport = Spoiled { server: server.clone(), spoiled, exchanges: Vec::new() };
    let done = sync(&url(collection), Kind::Calendar, store, &mut transport, |_| Ok(()));
    done.map(|done| (done, transport.exchanges)).map_err(|error| error.to_string())
}

/// What the client has, by name.
fn has<'s>(collection: &str, store: &'s Store) -> BTreeMap<String, &'s Member> {
    store.members.values().map(|member| (name(collection, &member.href), member)).collect()
}

/// An href as the server spells it.
fn name(collection: &str, href: &str) -> String {
    let request = url(collection);
    let below = request.below(&Href::new(href)).and_then(Result::ok).unwrap_or_default();
    format!("{collection}{}", server::escaped(&below.join("/")))
}

/// What the client has and the server has not, and the other way round.
fn difference(collection: &str, store: &Store, server: &Server) -> Vec<String> {
    let mut client: BTreeMap<_, _> =
        has(collection, store).into_iter().map(|(name, member)| (name, member.data.clone())).collect();
    let mut wrong = Vec::new();
    for href in server.live(collection) {
        match client.remove(&href) {
            Some(data) if Some(&*data) == server.data_of(&href) => {}
            Some(_) => wrong.push(format!("{href} is out of date")),
            None => wrong.push(format!("{href} is missing")),
        }
    }
    wrong.extend(client.into_keys().map(|href| format!("{href} is left over")));
    wrong
}

/// What of the live items was lost or spoiled, apart from what a lie names.
fn harm(scene: &Scene, store: &Store, named: &[String]) -> Vec<String> {
    let (before, after) = (has(scene.collection, &scene.store), has(scene.collection, store));
    let mut harm = Vec::new();
    for href in scene.server.live(scene.collection).iter().filter(|href| !named.contains(href)) {
        match (before.get(href), after.get(href)) {
            (Some(_), None) => harm.push(format!("{href} was removed")),
            (before, Some(after)) => {
                let old = before.map(|member| &*member.data);
                if old != Some(&*after.data) && scene.server.data_of(href) != Some(&after.data) {
                    harm.push(format!("{href} has wrong data"));
                }
            }
            (None, None) => {}
        }
    }
    harm
}

#[test]
fn a_clean_round_brings_everything() {
    for scene in scenes() {
        let mut store = scene.store.clone();
        let (mut done, exchanges) = scene.round(&mut store, None).expect("it ends");
        let mut requests = exchanges.len();
        if scene.fails_once() {
            let (next, exchanges) = scene.clean_round(&mut store).expect("it ends");
            (done, requests) = (next, requests + exchanges.len());
        }
        let wrong = difference(scene.collection, &store, &scene.server);
        assert_eq!(wrong.is_empty(), scene.converges, "{}: {wrong:?} {done:?} {exchanges:#?}", scene.name);
        assert_eq!(harm(&scene, &store, &[]), [""; 0], "{}", scene.name);
        println!("engine: {}: {requests} requests, {:?}", scene.name, done.advice);
    }
}

impl Scene {
    fn fails_once(&self) -> bool {
        !self.server.faults.once.is_empty()
    }

    /// A round, and what was asked in it. One answer of it may be spoiled.
    fn round(
        &self,
        store: &mut Store,
        spoiled: Option<(usize, &Answer)>,
    ) -> Result<(Done, Vec<Exchange>), String> {
        round(self.collection, store, &self.server, spoiled)
    }

    /// The next round: what fails once has failed.
    fn clean_round(&self, store: &mut Store) -> Result<(Done, Vec<Exchange>), String> {
        let mut server = self.server.clone();
        server.faults.once.clear();
        round(self.collection, store, &server, None)
    }
}

#[test]
fn no_spoiled_answer_costs_an_item_or_a_change() {
    let all = std::env::var_os("ROUNDS").is_some();
    let (visible, lies, skipped) = (Cell::new(0_u64), Cell::new(0_u64), Cell::new(0_u64));
    let mut failures = Vec::new();
    for scene in scenes() {
        let (_, exchanges) = scene.round(&mut scene.store.clone(), None).expect("it ends");
        for (at, exchange) in exchanges.iter().enumerate() {
            let setting = Setting::new(&scene.server, ORIGIN, &exchange.request(), &exchange.answer);
            for mutated in setting.mutated() {
                skipped.set(skipped.get() + 1);
                if !all && skipped.get() % SHARE != 0 {
                    continue;
                }
                let kind = mutated.kind();
                let names = match &kind {
                    mutations::Kind::Visible => &[][..],
                    mutations::Kind::Lie { names } => names,
                };
                let count = if names.is_empty() { &visible } else { &lies };
                count.set(count.get() + 1);
                if let Err(wrong) = spoiled(&scene, at, &mutated.answer, names) {
                    failures.push(format!("{}, answer {at}, {}: {wrong}", scene.name, mutated.label()));
                }
            }
        }
    }
    println!("engine: {} visible mutations and {} lies", visible.get(), lies.get());
    assert!(visible.get() + lies.get() >= 5_000, "{} and {}", visible.get(), lies.get());
    let shown: Vec<_> = failures.iter().step_by(failures.len().div_ceil(30).max(1)).collect();
    assert!(failures.is_empty(), "{} failures: {shown:#?}", failures.len());
}

/// One round with one answer spoiled, then a clean one.
fn spoiled(scene: &Scene, at: usize, answer: &Answer, names: &[String]) -> Result<(), String> {
    let mut store = scene.store.clone();
    let (done, _) = scene.round(&mut store, Some((at, answer)))?;
    let harm_done = harm(scene, &store, names);
    if !harm_done.is_empty() {
        return Err(format!("{harm_done:?}, {done:?}"));
    }
    if !names.is_empty() {
        // The next first report puts a lie right.
        store.token = None;
    }
    let (next, exchanges) = scene.clean_round(&mut store)?;
    let harm_done = harm(scene, &store, names);
    if !harm_done.is_empty() {
        return Err(format!("the clean round: {harm_done:?}, {next:?}"));
    }
    let wrong = difference(scene.collection, &store, &scene.server);
    if scene.converges && !wrong.is_empty() {
        let asked: Vec<_> = exchanges.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        return Err(format!("after the next round {wrong:?}; {done:?}; {next:?}; {asked:?}"));
    }
    Ok(())
}
