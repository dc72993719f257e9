//! What is kept between two runs: one file, written whole under another name and then renamed.

use std::{collections::BTreeMap, error::Error, fs, io::Write, path::Path};

use multistatus::{Href, href::RequestUrl, meaning::Pending};
use serde::{Deserialize, Serialize};

use crate::engine::{Member, Store};

/// All collections, by their URLs.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct State(BTreeMap<String, Saved>);

#[derive(Default, Serialize, Deserialize)]
struct Saved {
    token: Option<String>,
    fetch: Vec<String>,
    confirm: Vec<String>,
    members: Vec<(String, Option<String>, String)>,
}

impl State {
    /// Nothing, when there is no such file.
    pub(crate) fn load(path: &Path) -> Result<Self, Box<dyn Error>> {
        match fs::read(path) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(State::default()),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn save(&self, path: &Path) -> Result<(), Box<dyn Error>> {
        let beside = path.with_extension("new");
        let mut file = fs::File::create(&beside)?;
        serde_json::to_writer(&mut file, self)?;
        file.flush()?;
        file.sync_all()?;
        fs::rename(beside, path)?;
        Ok(())
    }

    /// What is kept of a collection.
    pub(crate) fn store(&self, url: &RequestUrl) -> Store {
        let Some(saved) = self.0.get(url.url().as_str()) else { return Store::default() };
        let member = |(href, tag, data): &(String, Option<String>, String)| {
            let key = url.key(&Href::new(href.as_str())).ok()?;
            Some((key, Member { href: href.clone(), tag: tag.clone(), data: data.clone() }))
        };
        let pending = Pending::new(saved.fetch.clone(), saved.confirm.clone());
        let members = saved.members.iter().filter_map(member).collect();
        Store { token: saved.token.clone(), pending, members }
    }

    pub(crate) fn set(&mut self, url: &RequestUrl, store: &Store) {
        let member = |member: &Member| (member.href.clone(), member.tag.clone(), member.data.clone());
        let saved = Saved {
            token: store.token.clone(),
            fetch: store.pending.fetch.clone(),
            confirm: store.pending.confirm.clone(),
            members: store.members.values().map(member).collect(),
        };
        self.0.insert(url.url().to_string(), saved);
    }
}
