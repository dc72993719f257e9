//! The inputs: where bytes come from. They differ only in how they fetch bytes. [`Multistatus`] has the whole body,
//! [`Decoder`] is given the body in chunks, and the others fetch chunks for a decoder.

mod decoder;
mod document;
mod driver;
#[cfg(feature = "encoding")]
mod encoding;
mod intake;
mod parsing;
mod reader;
mod slice;
#[cfg(feature = "futures")]
mod stream;
#[cfg(feature = "tokio")]
mod tokio;

#[cfg(feature = "encoding")]
pub use self::encoding::decode;
#[cfg(feature = "futures")]
pub use self::stream::StreamReader;
#[cfg(feature = "tokio")]
pub use self::tokio::TokioReader;
pub use self::{decoder::Decoder, document::Document, reader::Reader, slice::Multistatus};
use crate::Error;
use crate::parse::RootKind;

/// What an observer of the module `meaning` is shown next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "url"), allow(dead_code))]
pub(crate) enum Next {
    Response,
    NeedInput,
    /// The multistatus is complete.
    End,
    /// A root other than multistatus was read whole.
    OtherRoot(RootKind),
}

/// The word `multistatus` in UTF-16 without its last zero byte, so that it is found in either byte order.
#[cfg(feature = "url")]
const WIDE_WORD: &[u8] = b"m\0u\0l\0t\0i\0s\0t\0a\0t\0u\0s";

/// Whether the word `multistatus` appears anywhere in `body`, which may be in any encoding.
#[cfg(feature = "url")]
fn mentions_multistatus(body: &[u8]) -> bool {
    [b"multistatus", WIDE_WORD].iter().any(|word| memchr::memmem::find(body, word).is_some())
}

/// Passes over responses and over errors that cost one response each, up to anything else that `next` gives.
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
