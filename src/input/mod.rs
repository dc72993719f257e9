//! Where bytes come from. Inputs differ in how they fetch, and in nothing else: [`Multistatus`] has the body,
//! [`Decoder`] is given it in chunks, and the others are drivers that fetch for a decoder.

mod decoder;
mod document;
mod driver;
#[cfg(feature = "encoding")]
mod encoding;
mod intake;
mod reader;
mod slice;
#[cfg(feature = "futures")]
mod stream;
#[cfg(feature = "tokio")]
mod tokio;

use std::{borrow::Cow, sync::Arc};

#[cfg(feature = "encoding")]
pub use self::encoding::decode;
#[cfg(feature = "futures")]
pub use self::stream::StreamReader;
#[cfg(feature = "tokio")]
pub use self::tokio::TokioReader;
pub use self::{decoder::Decoder, document::Document, reader::Reader, slice::Multistatus};
use crate::parse::{After, Item, RootFacts, RootKind, Scanner, Window};
use crate::view::{About, Frame, Head, Shared};
use crate::{Error, Trailer, text::slice};

/// What an observer is shown next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "url"), allow(dead_code))]
pub(crate) enum Next {
    Response,
    NeedInput,
    /// The multistatus is complete.
    End,
    /// Another root than multistatus was read whole.
    OtherRoot(RootKind),
}

/// The word `multistatus` in UTF-16 without its last zero: the byte order is either.
#[cfg(feature = "url")]
const WIDE_WORD: &[u8] = b"m\0u\0l\0t\0i\0s\0t\0a\0t\0u\0s";

/// Whether `multistatus` appears anywhere in `body`, which is in any encoding.
#[cfg(feature = "url")]
fn mentions_multistatus(body: &[u8]) -> bool {
    [b"multistatus", WIDE_WORD].iter().any(|word| memchr::memmem::find(body, word).is_some())
}

/// Passes over responses, and over errors that cost one each, up to whatever else `next` gives.
fn pass_over<I, N: PartialEq>(
    input: &mut I,
    response: N,
    next: fn(&mut I) -> Result<N, Error>,
    pass_one: fn(&mut I),
) -> Result<N, Error> {
    loop {
        match next(input) {
            Ok(found) if found == response => pass_one(input),
            Err(error) if !error.is_fatal() => {}
            ended => return ended,
        }
    }
}

/// The start tag of the root that the scanner has come to.
fn head(scanner: &Scanner, window: &str) -> Arc<Head> {
    let len = scanner.root_range().len();
    Arc::new(Head::new(scanner.root_tag(window), len, scanner.options().repairs()))
}

/// Its text; empty before it was read.
fn text_of(head: &Option<Arc<Head>>) -> &str {
    head.as_ref().map_or("", |head| &head.text)
}

/// What the scanner is given to read.
fn window<'w>(head: &'w Option<Arc<Head>>, text: &'w str, after: After) -> Window<'w> {
    Window { root_tag: text_of(head), text, after }
}

/// What the root says beside its responses; `unseen` of them were passed over.
fn trailer(scanner: &Scanner, unseen: u64) -> Trailer {
    let RootFacts { sync_tokens, description, notes, responses: _, readable, faults } =
        scanner.facts().clone();
    Trailer { sync_tokens, description, responses: readable, unseen, faults, notes }
}

/// The last item, with an index lent by the scanner.
fn lend<'a>(scanner: &'a Scanner, head: &'a Option<Arc<Head>>, window: &'a str) -> Frame<'a> {
    let (Item { range, index }, options) = (scanner.item(), scanner.options());
    Frame {
        head: head.clone(),
        lasting_head: text_of(head),
        text: Cow::Borrowed(slice(window, range.clone())),
        nodes: Cow::Borrowed(&index.nodes),
        decoded: Cow::Borrowed(scanner.decoded()),
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
