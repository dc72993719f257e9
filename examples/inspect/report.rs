//! What the parser sees in a body, as data: this example prints it, the tests compare it.

use multistatus::{
    Document, Element, Error, Name, Options, Propstat, Response, Root, RootKind, Tolerance, Trailer, names,
};
use serde::Serialize;

use super::{
    input::{self, Chunks, Input, Visitor},
    values,
};

/// Everything that was seen in one body.
#[derive(Serialize)]
pub(crate) struct Report {
    pub(crate) file: String,
    pub(crate) root: Option<String>,
    pub(crate) complete: bool,
    pub(crate) sync_token: Option<String>,
    pub(crate) responsedescription: Option<String>,
    pub(crate) responses: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) props: Option<Vec<Property>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) propstats: Option<Vec<Stat>>,
    pub(crate) fatal: Option<Fault>,
    /// Whether the sync-token may be stored.
    #[serde(skip)]
    pub(crate) is_token_usable: bool,
    /// What was forgiven outside the responses.
    #[serde(skip)]
    pub(crate) tolerated: Vec<Tolerance>,
    /// All that the end of a multistatus tells.
    #[serde(skip)]
    pub(crate) trailer: Option<Trailer>,
    /// Of another root than multistatus: its conditions, and its words for a user.
    #[serde(skip)]
    pub(crate) conditions: Vec<String>,
    #[serde(skip)]
    pub(crate) description: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Item {
    Response(Seen),
    Fault { fault: Fault },
}

impl Item {
    pub(crate) fn response(&self) -> Option<&Seen> {
        match self {
            Item::Response(seen) => Some(seen),
            Item::Fault { .. } => None,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct Seen {
    pub(crate) hrefs: Vec<String>,
    pub(crate) status: Option<u16>,
    pub(crate) error: Vec<String>,
    pub(crate) responsedescription: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) propstats: Vec<Stat>,
    pub(crate) tolerated: Vec<&'static str>,
    #[serde(skip)]
    pub(crate) entry: Entry,
}

/// What a file manager shows of a resource: empty where nothing was returned, a guess with a question mark, and what is
/// unreadable with the reason.
pub(crate) struct Entry {
    pub(crate) kind: String,
    pub(crate) bytes: Option<u64>,
    pub(crate) size: String,
    pub(crate) modified: String,
    pub(crate) etag: String,
}

#[derive(Serialize)]
pub(crate) struct Stat {
    pub(crate) status: Option<u16>,
    pub(crate) props: Vec<Property>,
    pub(crate) error: Vec<String>,
    pub(crate) responsedescription: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) children: Vec<String>,
    /// Its value, for a person.
    #[serde(skip)]
    pub(crate) shown: String,
}

#[derive(Serialize)]
pub(crate) struct Fault {
    pub(crate) kind: &'static str,
    pub(crate) offset: u64,
    pub(crate) path: String,
    pub(crate) message: String,
    /// Line and column, from 1.
    #[serde(skip)]
    pub(crate) place: (u64, u64),
}

impl Report {
    /// Reads `body`, which came from `file`, one way. `text` is the same in UTF-8, to find lines in.
    pub(crate) fn of(
        file: &str,
        body: &[u8],
        text: &[u8],
        options: &Options,
        input: Input,
        chunks: Chunks<'_>,
    ) -> Self {
        let mut report = Report {
            file: file.to_owned(),
            root: None,
            complete: false,
            sync_token: None,
            responsedescription: None,
            responses: Vec::new(),
            error: None,
            props: None,
            propstats: None,
            fatal: None,
            is_token_usable: false,
            tolerated: Vec::new(),
            trailer: None,
            conditions: Vec::new(),
            description: None,
        };
        let mut seen = Reading { report: &mut report, text };
        input::read(input, body, chunks, options, &mut seen);
        report
    }
}

/// A report that is being written.
struct Reading<'r> {
    report: &'r mut Report,
    text: &'r [u8],
}

impl Visitor for Reading<'_> {
    fn response(&mut self, response: Result<&Response<'_>, &Error>) {
        self.report.responses.push(match response {
            Ok(response) => Item::Response(Seen::of(response)),
            Err(error) => Item::Fault { fault: Fault::of(error, self.text) },
        });
    }

    fn finished(&mut self, trailer: Result<&Trailer, &Error>) {
        let report = &mut *self.report;
        report.root = Some(names::MULTISTATUS.to_string());
        match trailer {
            Ok(trailer) => {
                report.complete = true;
                report.is_token_usable = trailer.sync_token().is_some();
                report.sync_token = trailer.sync_tokens().next().map(str::to_owned);
                report.responsedescription = trailer.description().map(str::to_owned);
                report.tolerated = trailer.tolerated().collect();
                report.trailer = Some(trailer.clone());
            }
            Err(error) => self.fail(error),
        }
    }

    fn document(&mut self, document: Result<&Document<'_, ()>, &Error>) {
        let document = match document {
            Ok(document) => document,
            Err(error) => return self.fail(error),
        };
        let Some(root) = document.root() else { return };
        let report = &mut *self.report;
        match root.kind() {
            // SOGo's, in another namespace, has no conditions.
            RootKind::Error => {
                report.error = (root.name() == names::ERROR).then(|| element_names(&root.element()));
            }
            RootKind::Prop => report.props = Some(root.element().children().map(Property::of).collect()),
            RootKind::MkcolResponse | RootKind::MkcalendarResponse => {
                report.propstats = Some(root.propstats().map(Stat::of).collect());
            }
            _ => {}
        }
        report.whole(root);
    }
}

impl Reading<'_> {
    fn fail(&mut self, error: &Error) {
        self.report.root = error.root().map(str::to_owned);
        self.report.fatal = Some(Fault::of(error, self.text));
    }
}

impl Report {
    fn whole(&mut self, root: &Root<'_>) {
        self.root = Some(root.name().to_string());
        self.complete = true;
        self.tolerated = root.tolerated().collect();
        self.conditions = root.conditions().map(|condition| condition.name().to_string()).collect();
        let is_foreign_error = root.name().local() == "error" && root.name() != names::ERROR;
        let text = || root.element().text().trim().to_owned();
        self.description = root.description().map(Into::into).or_else(|| is_foreign_error.then(text));
    }
}

impl Seen {
    fn of(response: &Response<'_>) -> Self {
        Seen {
            hrefs: response.hrefs().map(|href| href.as_str().to_owned()).collect(),
            status: response.status().and_then(|status| status.as_u16()),
            error: conditions(&response.element()),
            responsedescription: response.description().map(Into::into),
            location: response.location().map(|href| href.as_str().to_owned()),
            propstats: response.propstats().map(Stat::of).collect(),
            tolerated: tolerated(response),
            entry: Entry::of(response),
        }
    }
}

impl Entry {
    fn of(response: &Response<'_>) -> Self {
        let props = response.props();
        let shown = |name: Name<'_>| values::shown_of(props, name);
        let kind = match (props.resourcetype(), response.guess_collection()) {
            (Ok(Some(types)), _) if types.is_empty() => "resource".to_owned(),
            (Ok(Some(types)), _) => {
                types.iter().map(|kind| kind.local().to_owned()).collect::<Vec<_>>().join(" ")
            }
            (_, Some(guess)) if guess.is_collection => "collection ?".to_owned(),
            (Err(_), _) => "?".to_owned(),
            (Ok(None), _) => String::new(),
        };
        Entry {
            kind,
            bytes: props.getcontentlength().ok().flatten(),
            size: shown(names::GETCONTENTLENGTH),
            modified: shown(names::GETLASTMODIFIED),
            etag: shown(names::GETETAG),
        }
    }
}

fn tolerated(response: &Response<'_>) -> Vec<&'static str> {
    let repaired = response.repaired().map(|repair| repair.as_str());
    response.tolerated().map(Tolerance::as_str).chain(repaired).collect()
}

impl Stat {
    fn of(stat: Propstat<'_, '_>) -> Self {
        Stat {
            status: stat.status().and_then(|status| status.as_u16()),
            props: stat.elements().map(Property::of).collect(),
            error: conditions(&stat.element()),
            responsedescription: stat.description().map(Into::into),
        }
    }
}

impl Property {
    fn of(element: Element<'_, '_>) -> Self {
        let children = element_names(&element);
        let shown = values::shown(element);
        Property { name: element.name().to_string(), text: element.text().into(), children, shown }
    }
}

impl Fault {
    fn of(error: &Error, body: &[u8]) -> Self {
        Fault {
            kind: error.kind().as_str(),
            offset: error.offset(),
            path: error.path().to_owned(),
            message: error.to_string(),
            place: error.line_column(body),
        }
    }
}

/// The names in the first `error` of an element.
fn conditions(element: &Element<'_, '_>) -> Vec<String> {
    element.child(names::ERROR).map(|error| element_names(&error)).unwrap_or_default()
}

fn element_names(element: &Element<'_, '_>) -> Vec<String> {
    element.children().map(|child| child.name().to_string()).collect()
}
