//! The scenes: what the server has, and what the client has from before.

use super::{
    WORK, difference,
    engine::Store,
    round,
    server::{Failure, Faults, Kind, Once, Server},
};

/// A server and a client that has seen it before.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    /// The path of the collection.
    pub(crate) collection: &'static str,
    pub(crate) server: Server,
    pub(crate) store: Store,
    /// A clean round brings all of it to the client.
    pub(crate) converges: bool,
}

const NAMES: &[&str] = &["a.ics", "b c.ics", "ü.ics", "d.ics", "e.ics", "f.ics"];
/// Names that SOGo writes as those of others.
const LITERAL: &[&str] = &["what?.ics", "per%41.ics", "perA.ics", "a%20b.ics", "a b.ics"];
/// The path of this one has an escape.
const ESCAPED: &str = "/home/me%40x/work/";

/// The beginning of a scene: the client has all of it.
struct Start {
    collection: &'static str,
    server: Server,
    store: Store,
}

impl Start {
    fn new(collection: &'static str, names: &[&str]) -> Self {
        let mut server = Server::new();
        server.collection(collection, Kind::Calendar);
        server.collection("/home/play/", Kind::Calendar);
        server.put("/home/play/", "p.ics", "elsewhere");
        for name in names {
            server.put(collection, name, &format!("BEGIN:VCALENDAR {name}"));
        }
        let mut start = Start { collection, server, store: Store::default() };
        let _ = start.round();
        assert_eq!(difference(collection, &start.store, &start.server), [""; 0]);
        start
    }

    fn round(&mut self) -> multistatus::meaning::Done {
        round(self.collection, &mut self.store, &self.server, None).expect("a round that ends").0
    }

    /// The server changes.
    fn then(mut self, change: impl FnOnce(&mut Server)) -> Self {
        change(&mut self.server);
        self
    }

    /// The server is another.
    fn with(self, fault: impl FnOnce(&mut Faults)) -> Self {
        self.then(|server| fault(&mut server.faults))
    }

    /// A round that one failure ends, so that something is pending.
    fn pending(self, after: usize) -> Self {
        let mut start = self.once(after, Failure::Status(503));
        let done = start.round();
        assert_eq!((done.token, done.pending == Default::default()), (None, false));
        start.with(|faults| faults.once.clear())
    }

    fn once(self, after: usize, failure: Failure) -> Self {
        self.with(|faults| faults.once.push(Once { after, failure }))
    }

    fn forgotten(self) -> Self {
        self.then(Server::forget_tokens)
    }

    fn remove(self, names: &[&str]) -> Self {
        let collection = self.collection;
        self.then(|server| {
            for name in names {
                assert!(server.remove(&format!("{collection}{name}")), "{name}");
            }
        })
    }

    fn put(self, name: &str) -> Self {
        let collection = self.collection;
        self.then(|server| {
            server.put(collection, name, &format!("BEGIN:VCALENDAR new {name}"));
        })
    }

    /// Something of everything.
    fn changed(self) -> Self {
        self.put("a.ics").put("new one.ics").remove(&["d.ics", "b%20c.ics"])
    }

    fn scene(self, name: &'static str) -> Scene {
        let Start { collection, server, store } = self;
        Scene { name, collection, server, store, converges: true }
    }

    /// No round brings all of it.
    fn stuck(self, name: &'static str) -> Scene {
        Scene { converges: false, ..self.scene(name) }
    }
}

/// All of them.
pub(crate) fn scenes() -> Vec<Scene> {
    let start = || Start::new(WORK, NAMES);
    let changed = || start().changed();
    let with = |fault: fn(&mut Faults)| changed().with(fault);
    let literal = || Start::new(WORK, LITERAL);
    let unescaped = |faults: &mut Faults| faults.unescaped_reports = true;
    let escaped = || Start::new(ESCAPED, &[NAMES, LITERAL].concat());
    let is_new = |start: Start| Start { store: Store::default(), ..start };
    vec![
        is_new(start()).scene("everything is new"),
        changed().scene("changes"),
        changed().then(|server| server.page = Some(2)).scene("pages"),
        start().scene("nothing has changed"),
        changed().forgotten().scene("the token is forgotten"),
        with(|faults| faults.unknown_token_is_first = true)
            .forgotten()
            .scene("a full list for a token that is forgotten"),
        with(|faults| faults.first_names_nobody = true).forgotten().scene("a first report that names nobody"),
        with(|faults| faults.multiget_is_silent = true).scene("missing members are left out"),
        with(|faults| faults.multiget_of_one = true).scene("one href in a multiget"),
        with(|faults| faults.multiget_finds_nothing = true).stuck("404 for every href"),
        with(|faults| faults.data_is_empty = true).stuck("empty data"),
        with(|faults| {
            faults.removals_are_410 = true;
            faults.removals_have_propstat = true;
            faults.report_has_itself = true;
        })
        .scene("410, an empty propstat, and the collection itself"),
        with(unescaped).scene("names are not escaped"),
        start()
            .remove(&["a.ics", "b%20c.ics", "%C3%BC.ics", "d.ics", "e.ics", "f.ics"])
            .scene("the collection has become empty"),
        with(|faults| {
            faults.first_names_nobody = true;
            faults.lists_itself = true;
        })
        .forgotten()
        .stuck("a listing of the collection alone"),
        with(|faults| faults.tags_are_missing = true).scene("no tags"),
        with(|faults| faults.tags_are_missing = true).forgotten().scene("no tags in a first report"),
        with(|faults| {
            faults.tags_are_missing = true;
            faults.first_names_nobody = true;
        })
        .forgotten()
        .scene("no tags in a listing"),
        start().remove(&["a.ics", "b%20c.ics", "%C3%BC.ics", "d.ics"]).scene("four removals"),
        start()
            .remove(&["a.ics", "b%20c.ics", "%C3%BC.ics", "d.ics"])
            .with(|faults| {
                faults.multiget_is_silent = true;
                faults.missing_is_207 = true;
            })
            .scene("four removals, and missing members are left out"),
        changed().pending(1).put("e.ics").scene("a fetch is pending"),
        changed().pending(2).put("e.ics").scene("confirmations are pending"),
        changed().once(1, Failure::Status(503)).scene("503 once"),
        changed().once(2, Failure::Status(401)).scene("401 once"),
        changed().once(1, Failure::Status(500)).scene("500 once"),
        changed().once(1, Failure::Cut(50)).scene("a multiget is cut once"),
        with(|faults| faults.multiget_is_silent = true).once(3, Failure::Status(503)).scene("503 at a probe"),
        escaped().changed().scene("an escape in the path of the collection"),
        escaped().changed().with(unescaped).scene("nothing is escaped, not even the path of the collection"),
        literal().put("what?.ics").remove(&["a%2520b.ics", "perA.ics"]).scene("names that look escaped"),
        is_new(literal()).with(unescaped).scene("names that look escaped are new"),
        literal().put("what?.ics").put("per%41.ics").with(unescaped).scene("names that look escaped change"),
        literal().put("perA.ics").put("a b.ics").with(unescaped).scene("names that are escaped change"),
        literal()
            .remove(&["what%3F.ics", "per%2541.ics", "a%2520b.ics"])
            .with(unescaped)
            .scene("names that look escaped are removed"),
        literal()
            .remove(&["perA.ics", "a%20b.ics"])
            .with(unescaped)
            .scene("names that are escaped are removed"),
        literal()
            .put("perA.ics")
            .remove(&["per%2541.ics", "a%20b.ics"])
            .put("a%20b.ics")
            .then(|server| server.page = Some(1))
            .with(unescaped)
            .scene("of two names with one key, one is removed and one changes"),
    ]
}
