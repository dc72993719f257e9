//! What reading a body in memory and reading a body in chunks have in common.

use std::{borrow::Cow, io, sync::Arc};

use crate::parse::{After, Item, KnownRoot, Scanner, Step, Window};
use crate::view::{About, Frame, Head, Shared};
use crate::{Error, Options, Trailer, text::slice};

/// A body that is being parsed.
pub(super) struct Parsing {
    pub(super) scanner: Scanner,
    /// The start tag of the root of a multistatus, once it was read.
    head: Option<Arc<Head>>,
    /// How many responses `finish` has passed over.
    pub(super) unseen: u64,
}

impl Parsing {
    pub(super) fn new(options: &Options) -> Self {
        Parsing { scanner: Scanner::new(options), head: None, unseen: 0 }
    }

    #[inline]
    pub(super) fn step(&mut self, text: &str, after: After) -> Result<Step, Error> {
        let step = self.scanner.advance(window(&self.head, text, after))?;
        if step == Step::Head && self.scanner.root() == Some(KnownRoot::Multistatus) {
            let (len, repairs) = (self.scanner.root_range().len(), self.scanner.options().repairs());
            self.head = Some(Arc::new(Head::new(self.scanner.root_tag(text), len, repairs)));
        }
        Ok(step)
    }

    /// Makes every later call fail, because bytes came after the end of the body was announced.
    pub(super) fn pushed_after_end(&mut self, text: &str) {
        self.scanner.pushed_after_end(window(&self.head, text, After::End));
    }

    /// Makes the error of a source that failed `held` bytes after `text`.
    pub(super) fn source_failed(&mut self, error: io::Error, held: usize, text: &str) -> Error {
        self.scanner.source_failed(error, held, window(&self.head, text, After::More))
    }

    /// Makes the error of a body that ends too early.
    pub(super) fn cut(&self, text: &str) -> Error {
        self.scanner.cut(window(&self.head, text, After::End))
    }

    /// Makes the trailer: what the root says beside its responses, and the counts.
    pub(super) fn trailer(&self) -> Trailer {
        Trailer { facts: self.scanner.facts().clone(), unseen: self.unseen }
    }

    /// Lends the item that was read last: a response, or a root other than multistatus. The scanner owns its index.
    pub(super) fn lend<'a>(&'a self, text: &'a str) -> Frame<'a> {
        let (Item { range, index }, options) = (self.scanner.item(), self.scanner.options());
        Frame {
            head: self.head.clone(),
            lasting_head: text_of(&self.head),
            text: Cow::Borrowed(slice(text, range.clone())),
            nodes: Cow::Borrowed(&index.nodes),
            decoded: Cow::Borrowed(self.scanner.decoded()),
            about: About {
                base: index.base,
                number: index.number,
                notes: index.notes,
                repairs: options.repairs(),
                refused: options.refused(),
            },
            derived: Shared::new(),
        }
    }
}

/// Returns the start tag of the root and its decoded namespace names; empty before the tag was read.
fn text_of(head: &Option<Arc<Head>>) -> &str {
    head.as_ref().map_or("", |head| &head.text)
}

/// Makes the window that the scanner reads.
fn window<'w>(head: &'w Option<Arc<Head>>, text: &'w str, after: After) -> Window<'w> {
    Window { root_tag: text_of(head), text, after }
}
