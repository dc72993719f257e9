//! What is done to one answer: the written lists, filled in.

use super::{
    super::{Answer, Faults, Request, Server, path, tree},
    HTTP, Kind, Mutated, Mutation, STATUSES, Setting, TokenChange, href, parts,
    says::Question,
    split,
    values::Hrefs,
};

const LISTING: &str = "<propfind xmlns='DAV:'><prop><resourcetype/><getetag/></prop></propfind>";

impl<'a> Setting<'a> {
    /// For what the server answered to a request at `origin`, a URL without path. The server is as it was then; what is
    /// asked of it here, it is asked without faults.
    pub(crate) fn new(server: &Server, origin: &str, request: &Request<'_>, answer: &'a Answer) -> Self {
        let is_unescaped = server.faults.unescaped_reports;
        let mut server = server.clone();
        server.faults = Faults::default();
        let (collection, kind) = server.collection_of(request.path);
        let live = server.live(&collection);
        let elsewhere = server.another(&collection, kind);
        let foreign = server.live(&elsewhere);
        let question = Question::new(origin, request, answer, is_unescaped);
        let truth = question.said(answer).unwrap_or_default();
        let mut others = Vec::new();
        let mut ask = |label, method, path: &str, body: &str| {
            let depth = Some(if method == "PROPFIND" { "1" } else { "0" });
            let other = server.answer(&Request { method, path, depth, body });
            if other != *answer {
                others.push((label, other));
            }
        };
        let is_report = |name: &str| request.method == "REPORT" && request.body.contains(name);
        for (labels, path, members) in [
            (["a listing", "a report", "a multiget"], &collection, &live),
            (
                ["a listing of another collection", "a report of another", "a multiget of another"],
                &elsewhere,
                &foreign,
            ),
        ] {
            let is_own = *path == collection;
            // Of the same collection, only what is another kind of answer.
            if !is_own || request.method != "PROPFIND" {
                ask(labels[0], "PROPFIND", path, LISTING);
            }
            if !is_own || !is_report("sync-collection") {
                ask(labels[1], "REPORT", path, SYNC);
            }
            if !is_own || !is_report("multiget") {
                ask(labels[2], "REPORT", path, &multiget(kind, members));
            }
        }
        Setting {
            answer,
            question,
            truth,
            collection,
            live,
            elsewhere,
            foreign: foreign.first().cloned().unwrap_or_else(|| "/nowhere/x.ics".to_owned()),
            origin: origin.to_owned(),
            others,
        }
    }

    /// In which list an answer is that came instead of the true one.
    pub(crate) fn kind(&self, mutated: &Answer) -> Kind {
        let Some(said) = self.question.said(mutated) else { return Kind::Visible };
        let mut names: Vec<_> = self
            .truth
            .iter()
            .filter(|(place, true_said)| said.get(place).is_none_or(|said| said.contradicts(true_said)))
            .map(|(place, _)| place)
            .chain(said.keys().filter(|place| !self.truth.contains_key(place)))
            .collect();
        names.sort();
        let names: Vec<_> = names.into_iter().map(super::Place::spelled).collect();
        if names.is_empty() { Kind::Visible } else { Kind::Lie { names } }
    }

    /// All mutated answers, in the order of the lists.
    pub(crate) fn mutated(&self) -> impl Iterator<Item = Mutated<'_>> {
        self.mutations().into_iter().filter_map(|mutation| self.apply(mutation))
    }

    /// One of them, when it changes anything.
    pub(crate) fn apply(&self, mutation: Mutation) -> Option<Mutated<'_>> {
        let answer = mutation.apply(self.answer)?;
        Some(Mutated { setting: self, mutation, answer })
    }

    /// All that can be done to the answer: what is meant to be seen, then what is meant to be a lie. Which it is,
    /// [`Setting::kind`] says.
    pub(crate) fn mutations(&self) -> Vec<Mutation> {
        let mut list = self.seen();
        list.extend(self.lies());
        list
    }

    fn responses(&self) -> Vec<String> {
        split(&self.answer.body).map(|parts| parts.responses).unwrap_or_default()
    }

    fn seen(&self) -> Vec<Mutation> {
        let (body, responses) = (&self.answer.body, self.responses());
        let mut list: Vec<_> =
            (0..body.len()).filter(|at| body.is_char_boundary(*at)).map(Mutation::Prefix).collect();
        list.extend((0..responses.len()).map(Mutation::Repeated));
        list.extend((1..responses.len()).map(|at| Mutation::Swapped(at - 1)));
        list.extend((1..=10).map(Mutation::Shuffled));
        list.push(Mutation::Reversed);
        for (response, xml) in responses.iter().enumerate() {
            for place in 0..parts::texts(xml, parts::STATUS).count() {
                list.extend(STATUSES.map(|text| Mutation::Status { response, place, text }));
            }
            let rows = self.hrefs(xml, &responses).rows();
            list.extend(rows.map(|(label, href)| Mutation::Href { response, label, href }));
        }
        for (label, answer) in &self.others {
            list.push(Mutation::Instead { label, answer: answer.clone() });
        }
        use TokenChange::{Changed, DoubledBefore, DoubledBehind, Emptied, Removed};
        list.extend([Changed, Emptied, Removed, DoubledBefore, DoubledBehind].map(Mutation::Token));
        list.push(Mutation::MarkAdded { collection: self.collection.clone() });
        list.push(Mutation::MarkRemoved);
        list.extend(HTTP.map(Mutation::Http));
        list
    }

    fn lies(&self) -> Vec<Mutation> {
        let responses = self.responses();
        let mut list: Vec<_> = (0..responses.len()).map(Mutation::LeftOut).collect();
        for (response, xml) in responses.iter().enumerate() {
            let others = self.live.iter().filter(|live| href(xml) != Some(live.as_str()));
            let label = "another live one";
            list.extend(others.map(|href| Mutation::Href { response, label, href: href.clone() }));
            list.extend((response + 1..responses.len()).map(|other| Mutation::Exchanged(response, other)));
            list.extend([404, 410].map(|status| Mutation::Gone(response, status)));
        }
        list.push(Mutation::Http(410));
        list
    }

    /// What the hrefs in place of that of a response are made of.
    fn hrefs<'s>(&'s self, response: &'s str, responses: &'s [String]) -> Hrefs<'s> {
        let own = href(response).unwrap_or_default();
        let is_named = |live: &&String| responses.iter().any(|other| href(other) == Some(live.as_str()));
        let others = || self.live.iter().filter(|live| *live != own);
        let live = others().find(|live| !is_named(live)).or_else(|| others().next());
        Hrefs {
            origin: &self.origin,
            collection: &self.collection,
            own,
            live: live.map_or(own, String::as_str),
            foreign: &self.foreign,
            elsewhere: &self.elsewhere,
        }
    }
}

const SYNC: &str = "<sync-collection xmlns='DAV:'><sync-token/><sync-level>1</sync-level>\
                    <prop><getetag/></prop></sync-collection>";

fn multiget(kind: tree::Kind, hrefs: &[String]) -> String {
    let (namespace, report, data) = match kind {
        tree::Kind::AddressBook => (super::super::ask::CARDDAV, "addressbook-multiget", "address-data"),
        _ => (super::super::ask::CALDAV, "calendar-multiget", "calendar-data"),
    };
    let hrefs: String = hrefs.iter().map(|href| format!("<D:href>{href}</D:href>")).collect();
    format!(
        "<C:{report} xmlns:D='DAV:' xmlns:C='{namespace}'><D:prop><D:getetag/><C:{data}/></D:prop>{hrefs}</C:{report}>"
    )
}

impl Server {
    /// The collection that a path is, or is in, and what kind it is.
    fn collection_of(&self, request: &str) -> (String, tree::Kind) {
        let mut path = path::parse(request).unwrap_or_default();
        loop {
            match self.tree.get(&path) {
                Some(node) if node.kind.is_collection() => return (path::spelled(&path, true), node.kind),
                _ => path.pop(),
            };
        }
    }

    /// The first other collection of the same kind, which is not in this one; the principal without one.
    fn another(&self, collection: &str, kind: tree::Kind) -> String {
        let own = path::parse(collection).unwrap_or_default();
        let mut all = self
            .tree
            .below(&[], true)
            .filter(|(path, node)| node.kind == kind && !path.starts_with(&own) && !own.starts_with(path));
        all.next().map_or(super::super::PRINCIPAL.to_owned(), |(path, _)| path::spelled(path, true))
    }
}
