//! Where bytes come from. Inputs differ in how they fetch, and in nothing else: [`Multistatus`] has the body,
//! [`Decoder`] is given it in chunks, and the others are drivers that fetch for a decoder.

mod decoder;
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

use std::borrow::Cow;

#[cfg(feature = "encoding")]
pub use self::encoding::decode;
#[cfg(feature = "futures")]
pub use self::stream::StreamReader;
#[cfg(feature = "tokio")]
pub use self::tokio::TokioReader;
pub use self::{decoder::Decoder, reader::Reader, slice::Multistatus};
use crate::{parse::Scanner, view::Frame};

/// The last item, its index lent by the scanner.
fn lend<'a>(scanner: &'a Scanner, head: &'a str, window: &'a str) -> Frame<'a> {
    Frame {
        head: Cow::Borrowed(head),
        text: Cow::Borrowed(window.get(scanner.child.clone()).unwrap_or_default()),
        nodes: Cow::Borrowed(scanner.nodes()),
        side: Cow::Borrowed(scanner.side()),
        base: scanner.base(),
        number: scanner.number(),
        notes: scanner.notes(),
        is_root_dav: scanner.is_root_dav(),
        repairs: scanner.options.repairs(),
        refused: scanner.options.refused(),
    }
}
