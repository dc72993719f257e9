//! The reports: sync-collection and the multigets.

use super::{
    Answer, Server,
    ask::Props,
    path::{self, Path},
    props::can_sync,
    tree::{Kind, Node},
    write,
};

/// What a sync-collection report asks for.
pub(super) struct Sync<'a> {
    pub(super) props: &'a Props,
    pub(super) token: Option<&'a str>,
    pub(super) is_deep: bool,
    pub(super) limit: Option<usize>,
}

impl Server {
    pub(super) fn sync(&self, path: &Path, node: &Node, sync: &Sync<'_>) -> Answer {
        if !can_sync(node.kind) {
            return write::error(403, "supported-report");
        }
        let known = sync.token.map(|token| self.tree.known(path, token, self.faults.token_life));
        let since = match known {
            None => None,
            Some(Some(since)) => Some(since),
            Some(None) if self.faults.unknown_token_is_first => None,
            Some(None) => {
                let status = if self.faults.unknown_token_is_412 { 412 } else { 403 };
                return write::error(status, "valid-sync-token");
            }
        };
        let mut changed = self.tree.changed(path, since.unwrap_or_default(), sync.is_deep);
        if since.is_none() && !self.faults.first_has_removals {
            changed.retain(|(_, node)| node.is_there);
        }
        if since.is_none() && self.faults.first_names_nobody {
            changed.clear();
        }
        let limit = sync.limit.filter(|_| !self.faults.limit_ignored);
        let limit = limit.into_iter().chain(self.page).min().unwrap_or(usize::MAX);
        let is_cut = changed.len() > limit;
        changed.truncate(limit);
        let is_marked = is_cut && !self.faults.limit_without_mark;
        let state = match changed.last() {
            Some((_, last)) if is_marked => last.changed,
            // Not even one fits in, and nothing goes on from here.
            None if is_marked => return write::error(507, "number-of-matches-within-limits"),
            _ => self.tree.state(path),
        };
        let own = self.spelled(path, node);
        let mut responses: Vec<_> =
            changed.iter().map(|(path, node)| self.change(path, node, sync.props)).collect();
        if self.faults.report_has_itself {
            responses.push(write::response(&own, &self.stated(path, node, sync.props, true)));
        }
        if is_marked {
            responses.push(write::response(&own, &write::mark()));
        }
        write::multistatus(&responses, Some(&self.tree.token(path, state)))
    }

    /// What a report says of one member.
    fn change(&self, path: &Path, node: &Node, props: &Props) -> String {
        let href = match self.faults.unescaped_reports {
            true => path::unescaped(path, node.kind.is_collection()),
            false => self.spelled(path, node),
        };
        if node.is_there {
            return write::response(&href, &self.stated(path, node, props, true));
        }
        let mut inside = write::status(if self.faults.removals_are_410 { 410 } else { 404 });
        if self.faults.removals_have_propstat {
            inside += &format!("<D:propstat><D:prop/>{}</D:propstat>", write::status(418));
        }
        write::response(&href, &inside)
    }

    pub(super) fn multiget(
        &self,
        path: &Path,
        node: &Node,
        props: &Props,
        are_cards: bool,
        hrefs: &[String],
    ) -> Answer {
        if node.kind != if are_cards { Kind::AddressBook } else { Kind::Calendar } {
            return write::error(403, "supported-report");
        }
        if self.faults.multiget_of_one && hrefs.len() > 1 {
            return Answer { status: 404, body: String::new() };
        }
        let mut responses = Vec::new();
        for href in hrefs {
            let found = self.member(path, href).filter(|_| !self.faults.multiget_finds_nothing);
            match found {
                Some((path, node)) => {
                    responses.push(write::response(href, &self.stated(&path, node, props, true)));
                }
                None if self.faults.multiget_is_silent => {}
                None => responses.push(write::response(href, &write::status(404))),
            }
        }
        write::multistatus(&responses, None)
    }

    /// The member of a collection that an href of a multiget names.
    fn member(&self, collection: &Path, href: &str) -> Option<(Path, &Node)> {
        let is_lenient = self.faults.any_spelling || self.faults.unescaped_reports;
        let behind = |scheme| href.strip_prefix(scheme).and_then(|rest| rest.find('/').map(|at| &rest[at..]));
        let absolute = if is_lenient { behind("https://").or(behind("http://")) } else { None };
        let path = path::parse(absolute.unwrap_or(href))?;
        let node = self.tree.get(&path)?;
        let is_inside = path.len() > collection.len() && path.starts_with(collection);
        let is_spelled = is_lenient || self.spelled(&path, node) == href;
        (is_inside && is_spelled).then_some((path, node))
    }
}
