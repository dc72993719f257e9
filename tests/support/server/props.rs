//! Properties of resources.

use super::{
    Server,
    ask::{CALDAV, CARDDAV, DAV, Name, Props, SERVER},
    path::{self, Path},
    tree::{Kind, Node},
    write,
};

/// Where clients find the user, and where the user's collections are.
pub(crate) const PRINCIPAL: &str = "/principals/me/";
pub(crate) const HOME: &str = "/home/";

/// What `allprop` gives.
const ALL: &[&str] = &["resourcetype", "displayname", "getetag", "getcontentlength", "getcontenttype"];

impl Server {
    /// The propstats of a response. The data is only in reports.
    pub(super) fn stated(&self, path: &Path, node: &Node, props: &Props, is_report: bool) -> String {
        let names = match props {
            Props::Named(names) => names.clone(),
            Props::All | Props::Names => {
                ALL.iter().map(|name| (DAV.to_owned(), (*name).to_owned())).collect()
            }
        };
        let (mut found, mut missing) = (String::new(), String::new());
        for name in &names {
            let value = match self.data(node, name, is_report) {
                None => self.value(path, node, name),
                data => data,
            };
            match (value, props) {
                (Some(_), Props::Names) => found += &write::property(name, ""),
                (Some(value), _) => found += &write::property(name, &value),
                // Who asks for all asks for none by name.
                (None, Props::Named(_)) => missing += &write::property(name, ""),
                (None, _) => {}
            }
        }
        write::propstats(&found, &missing)
    }

    fn data(&self, node: &Node, name: &Name, is_report: bool) -> Option<String> {
        let is_data = matches!((name.0.as_str(), name.1.as_str()), (CALDAV, "calendar-data"))
            || matches!((name.0.as_str(), name.1.as_str()), (CARDDAV, "address-data"));
        let is_given = is_data && is_report && node.kind == Kind::Resource;
        is_given.then(|| if self.faults.data_is_empty { String::new() } else { write::text(&node.data) })
    }

    /// The value of a property, as XML. `None` when the resource does not have it.
    fn value(&self, path: &Path, node: &Node, (namespace, name): &Name) -> Option<String> {
        let kind = node.kind;
        let href = |to: &str| Some(write::property(&(DAV.to_owned(), "href".to_owned()), to));
        match (namespace.as_str(), name.as_str()) {
            (DAV, "resourcetype") => Some(resource_type(kind).to_owned()),
            (DAV, "displayname") => Some(write::text(path.last().map_or("", String::as_str))),
            (DAV, "getetag") => (!kind.is_collection()).then(|| write::text(&node.tag())),
            (DAV, "getcontentlength") => (!kind.is_collection()).then(|| node.data.len().to_string()),
            (DAV, "getcontenttype") => (!kind.is_collection()).then(|| content_type(&node.data).to_owned()),
            (DAV, "sync-token") => can_sync(kind).then(|| self.tree.token(path, self.tree.state(path))),
            (DAV, "supported-report-set") => kind.is_collection().then(|| reports(kind)),
            (DAV, "current-user-principal") => href(PRINCIPAL),
            (DAV, "principal-URL") => (kind == Kind::Principal).then_some(()).and_then(|()| href(PRINCIPAL)),
            (SERVER, "getctag") => can_sync(kind).then(|| format!("\"{}\"", self.tree.state(path))),
            (CALDAV, "calendar-home-set") | (CARDDAV, "addressbook-home-set") => {
                (kind == Kind::Principal).then_some(()).and_then(|()| href(HOME))
            }
            (CALDAV, "supported-calendar-component-set") => (kind == Kind::Calendar)
                .then(|| "<C:comp name=\"VEVENT\"/><C:comp name=\"VTODO\"/>".to_owned()),
            _ => None,
        }
    }

    /// As this server spells the path of a resource.
    pub(super) fn spelled(&self, path: &Path, node: &Node) -> String {
        path::spelled(path, node.kind.is_collection())
    }
}

/// Whether a collection answers sync-collection.
pub(super) fn can_sync(kind: Kind) -> bool {
    matches!(kind, Kind::Folder | Kind::Calendar | Kind::AddressBook)
}

fn resource_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Folder => "<D:collection/>",
        Kind::Principal => "<D:collection/><D:principal/>",
        Kind::Calendar => "<D:collection/><C:calendar/>",
        Kind::AddressBook => "<D:collection/><A:addressbook/>",
        Kind::Resource => "",
    }
}

fn reports(kind: Kind) -> String {
    let report = |name| format!("<D:supported-report><D:report><{name}/></D:report></D:supported-report>");
    let mut reports = if can_sync(kind) { report("D:sync-collection") } else { String::new() };
    match kind {
        Kind::Calendar => reports += &report("C:calendar-multiget"),
        Kind::AddressBook => reports += &report("A:addressbook-multiget"),
        _ => {}
    }
    reports
}

fn content_type(data: &str) -> &'static str {
    match data.get(..10) {
        Some("BEGIN:VCAL") => "text/calendar; charset=utf-8",
        Some("BEGIN:VCAR") => "text/vcard; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}
