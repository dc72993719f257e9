//! Keeps calendars and address books in step with a server.
//!
//! ```text
//! cargo run --example sync                                       against a server in memory
//! cargo run --example sync -- https://dav.example/ state.json    with the header in $AUTHORIZATION
//! ```
//!
//! The second one finds the collections of the user, and keeps what it gets in the file. It changes nothing on the
//! server. See `sync/engine.rs` for the engine.

#[path = "sync/discovery.rs"]
mod discovery;
#[path = "sync/engine.rs"]
mod engine;
#[path = "sync/http.rs"]
mod http;
#[path = "sync/memory.rs"]
mod memory;
#[path = "../tests/support/server/mod.rs"]
mod server;
#[path = "sync/state.rs"]
mod state;

use std::{env, error::Error, path::Path};

use engine::{Kind, Store, sync};
use http::Http;
use memory::Memory;
use multistatus::{href::RequestUrl, meaning::Done};
use server::Server;
use state::State;
use url::Url;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match &*arguments {
        [] => in_memory(),
        [url, file] => over_http(&Url::parse(url)?, Path::new(file)),
        _ => Err("usage: sync [<url> <file>]".into()),
    }
}

/// Syncs every collection that is found at `start`.
fn over_http(start: &Url, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut transport = Http::new(env::var("AUTHORIZATION").ok());
    let mut state = State::load(file)?;
    for (url, kind) in discovery::collections(start, &mut transport)? {
        let mut store = state.store(&url);
        let done = sync(&url, kind, &mut store, &mut transport, |store| {
            state.set(&url, store);
            state.save(file)
        })?;
        println!("{}", line(url.url().as_str(), &done, &store));
    }
    Ok(())
}

/// The same against a server of the project's own, which changes between two rounds.
fn in_memory() -> Result<(), Box<dyn Error>> {
    const WORK: &str = "/home/work/";
    let mut server = Server::new();
    server.collection(WORK, server::Kind::Calendar);
    server.page = Some(3);
    for name in ["standup.ics", "lunch with Zoë.ics", "100%.ics", "holiday.ics"] {
        server.put(WORK, name, &format!("BEGIN:VCALENDAR\nUID:{name}\nEND:VCALENDAR\n"));
    }
    let mut transport = Memory(server);
    let start = Url::parse("http://server.example/")?;
    let (url, kind): (RequestUrl, Kind) =
        discovery::collections(&start, &mut transport)?.into_iter().next().ok_or("no collection")?;
    let mut store = Store::default();
    let round = |transport: &mut Memory, store: &mut Store, name: &str| {
        let done = sync(&url, kind, store, transport, |_| Ok(()))?;
        println!("{}", line(name, &done, store));
        Ok::<_, Box<dyn Error>>(())
    };
    round(&mut transport, &mut store, "first round")?;
    transport.0.put(WORK, "standup.ics", "BEGIN:VCALENDAR\nUID:moved\nEND:VCALENDAR\n");
    transport.0.remove("/home/work/100%25.ics");
    round(&mut transport, &mut store, "one changed, one removed")?;
    transport.0.forget_tokens();
    transport.0.remove("/home/work/holiday.ics");
    round(&mut transport, &mut store, "the token is forgotten, one removed")
}

fn line(name: &str, done: &Done, store: &Store) -> String {
    let token = store.token.as_deref().unwrap_or("none");
    let bytes: usize = store.members.values().map(|member| member.data.len()).sum();
    let (members, removed) = (store.members.len(), done.remove.len());
    format!("{name}: {members} members, {bytes} bytes, {removed} removed; {}; token {token}", done.advice)
}
