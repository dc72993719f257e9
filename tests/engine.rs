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
use server::{
    Answer, Server,
    mutations::{self, Setting},
};

const ORIGIN: &str = "http://server.example";
const WORK: &str = "/home/work/";
/// So many requests are more than any round needs.
const ENDLESS: usize = 200;

fn url() -> RequestUrl {
    format!("{ORIGIN}{WORK}").parse().expect("a URL")
}

/// A server and a client that has seen it before.
struct Scene {
    name: &'static str,
    server: Server,
    store: Store,
    /// A clean round brings all of it to the client.
    converges: bool,
}

/// A request as it was sent, and its true answer.
#[derive(Clone)]
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
    store: &mut Store,
    server: &Server,
    spoiled: Option<(usize, &Answer)>,
) -> Result<(Done, Vec<Exchange>), String> {
    let mut transport = Spoiled { server: server.clone(), spoiled, exchanges: Vec::new() };
    let done = sync(&url(), Kind::Calendar, store, &mut transport, |_| Ok(()));
    done.map(|done| (done, transport.exchanges)).map_err(|error| error.to_string())
}

/// What the client has, by name.
fn has(store: &Store) -> BTreeMap<String, &Member> {
    store.members.values().map(|member| (name(&member.href), member)).collect()
}

/// An href as the server spells it.
fn name(href: &str) -> String {
    let request = url();
    let below = request.below(&Href::new(href)).and_then(Result::ok).unwrap_or_default();
    format!("{WORK}{}", server::escaped(&below.join("/")))
}

/// What the client has and the server has not, and the other way round.
fn difference(store: &Store, server: &Server) -> Vec<String> {
    let mut client: BTreeMap<_, _> =
        has(store).into_iter().map(|(name, member)| (name, member.data.clone())).collect();
    let mut wrong = Vec::new();
    for href in server.live(WORK) {
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
    let (before, after) = (has(&scene.store), has(store));
    let mut harm = Vec::new();
    for href in scene.server.live(WORK).iter().filter(|href| !named.contains(href)) {
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

/// The scenes: what the server has, and what the client has from before.
fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    let server = || {
        let mut server = Server::new();
        server.collection(WORK, server::Kind::Calendar);
        server.collection("/home/play/", server::Kind::Calendar);
        server.put("/home/play/", "p.ics", "elsewhere");
        for name in ["a.ics", "b c.ics", "ü.ics", "d.ics", "e.ics", "f.ics"] {
            server.put(WORK, name, &format!("BEGIN:VCALENDAR {name}"));
        }
        server
    };
    let synced = |server: &Server| {
        let mut store = Store::default();
        let _ = round(&mut store, server, None).expect("a clean round");
        assert_eq!(difference(&store, server), [""; 0]);
        store
    };
    let mut scene = |name, faults: fn(&mut Server), change: fn(&mut Server), converges| {
        let mut server = server();
        let mut store = synced(&server);
        change(&mut server);
        faults(&mut server);
        if name == "everything is new" {
            store = Store::default();
        }
        scenes.push(Scene { name, server, store, converges });
    };
    let change = |server: &mut Server| {
        server.put(WORK, "a.ics", "BEGIN:VCALENDAR changed");
        server.put(WORK, "new one.ics", "BEGIN:VCALENDAR new");
        server.remove("/home/work/d.ics");
        server.remove("/home/work/b%20c.ics");
    };
    scene("everything is new", |_| {}, |_| {}, true);
    scene("changes", |_| {}, change, true);
    scene("pages", |server| server.page = Some(2), change, true);
    scene("nothing has changed", |_| {}, |_| {}, true);
    scene("the token is forgotten", Server::forget_tokens, change, true);
    scene(
        "a full list for a token that is forgotten",
        |server| {
            server.forget_tokens();
            server.faults.unknown_token_is_first = true;
        },
        change,
        true,
    );
    scene(
        "a first report that names nobody",
        |server| {
            server.forget_tokens();
            server.faults.first_names_nobody = true;
        },
        change,
        true,
    );
    scene("missing members are left out", |server| server.faults.multiget_is_silent = true, change, true);
    scene("one href in a multiget", |server| server.faults.multiget_of_one = true, change, true);
    scene("404 for every href", |server| server.faults.multiget_finds_nothing = true, change, false);
    scene("empty data", |server| server.faults.data_is_empty = true, change, false);
    scene(
        "410, an empty propstat, and the collection itself",
        |server| {
            server.faults.removals_are_410 = true;
            server.faults.removals_have_propstat = true;
            server.faults.report_has_itself = true;
        },
        change,
        true,
    );
    scene("names are not escaped", |server| server.faults.unescaped_reports = true, change, true);
    scene(
        "the collection has become empty",
        |_| {},
        |server| {
            for href in server.live(WORK) {
                server.remove(&href);
            }
        },
        true,
    );
    scene(
        "a listing of the collection alone",
        |server| {
            server.forget_tokens();
            server.faults.first_names_nobody = true;
            server.faults.lists_itself = true;
        },
        change,
        false,
    );
    scenes
}

#[test]
fn a_clean_round_brings_everything() {
    for scene in scenes() {
        let mut store = scene.store.clone();
        let (done, exchanges) = round(&mut store, &scene.server, None).expect("it ends");
        let asked: Vec<_> = exchanges.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        let wrong = difference(&store, &scene.server);
        assert_eq!(wrong.is_empty(), scene.converges, "{}: {wrong:?} {done:?} {asked:#?}", scene.name);
        assert_eq!(harm(&scene, &store, &[]), [""; 0], "{}", scene.name);
        println!("engine: {}: {} requests, {:?}", scene.name, exchanges.len(), done.advice);
    }
}

#[test]
fn no_spoiled_answer_costs_an_item_or_a_change() {
    let all = std::env::var_os("ROUNDS").is_some();
    let (visible, lies, skipped) = (Cell::new(0_u64), Cell::new(0_u64), Cell::new(0_u64));
    let mut failures = Vec::new();
    for scene in scenes() {
        let (_, exchanges) = round(&mut scene.store.clone(), &scene.server, None).expect("it ends");
        for (at, exchange) in exchanges.iter().enumerate() {
            let setting = Setting::new(&scene.server, ORIGIN, &exchange.request(), &exchange.answer);
            for mutated in setting.mutated() {
                skipped.set(skipped.get() + 1);
                if !all && skipped.get() % 7 != 0 {
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
    let (done, _) = round(&mut store, &scene.server, Some((at, answer)))?;
    let harm_done = harm(scene, &store, names);
    if !harm_done.is_empty() {
        return Err(format!("{harm_done:?}, {done:?}"));
    }
    if !names.is_empty() {
        // The next first report puts a lie right.
        store.token = None;
    }
    let (next, exchanges) = round(&mut store, &scene.server, None)?;
    let harm_done = harm(scene, &store, names);
    if !harm_done.is_empty() {
        return Err(format!("the clean round: {harm_done:?}, {next:?}"));
    }
    let wrong = difference(&store, &scene.server);
    if scene.converges && !wrong.is_empty() {
        let asked: Vec<_> = exchanges.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        return Err(format!("after the next round {wrong:?}; {done:?}; {next:?}; {asked:?}"));
    }
    Ok(())
}
