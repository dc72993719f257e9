//! An input shows each response, and then the end, to an observer. Inputs differ only in how they fetch bytes.

#[cfg(feature = "futures")]
use std::error;

use super::observed::Observed;
use super::observer::{Incomplete, Observer, Report, report};
use super::shown::{End, Shown, Unread};
#[cfg(feature = "futures")]
use crate::StreamReader;
#[cfg(feature = "tokio")]
use crate::TokioReader;
use crate::{Decoder, Error, Multistatus, Reader, Response, input::Next};

/// A response that an input lends, and what the response says.
pub type Lent<'s, O> = (Response<'s>, Vec<<O as Observer>::Seen<'s>>);

impl<I, O: Observer> Observed<I, O> {
    /// Returns the input, which knows how far the body was read.
    pub fn input(&self) -> &I {
        &self.input
    }
}

/// Shows a response to the observer, and returns what the response says.
fn observe<'a, O: Observer>(observer: &mut O, response: &Response<'a>) -> Vec<O::Seen<'a>> {
    let mut seen = Vec::new();
    observer.see(Shown(response), &mut seen);
    seen
}

/// Makes the methods that all inputs share. `$next` and `$finish` begin their documentation. `$lent` is the lifetime
/// of a response. `$decoder` gives the decoder of an input that has one, `$response` gives the response, and `$end`
/// ends a body. `[async await]` makes the methods async.
macro_rules! driven {
    (
        $next:literal, $finish:literal, $lent:lifetime,
        [$($decoder:ident)?] $response:ident, [$($end:ident)?], [$($async:tt $await:tt)*]
    ) => {
        #[doc = $next]
        ///
        /// # Errors
        /// The errors of the input. An error that is not fatal costs one response: the next call goes on after that
        /// response. After a retryable error, make the same call again.
        pub $($async)* fn next_response(&mut self) -> Result<Option<Lent<$lent, O>>, Error> {
            if self.input.watch()$(.$await)*? != Next::Response {
                return Ok(None);
            }
            self.is_begun = true;
            let response = self.input$(.$decoder())?.$response();
            let seen = observe(&mut self.observer, &response);
            Ok(Some((response, seen)))
        }

        #[doc = $finish]
        /// Take all responses first. If a response was not taken, the end proves no success and no removal.
        ///
        /// # Errors
        /// When the body cannot be read to its end.
        pub $($async)* fn finish(mut self) -> Result<O::End, Incomplete<O>> {
            $(self.input.$end();)?
            let ended = self.input.watch_rest()$(.$await)*;
            self.conclude(Vec::new(), ended)$(.$await)*.map(|report| report.end)
        }

        /// Makes the report. `ended` is how reading ended: with a root other than multistatus, a trailer or an error.
        $($async)* fn conclude<'s>(
            self,
            seen: Vec<O::Seen<'s>>,
            ended: Result<Next, Error>,
        ) -> Result<Report<'s, O>, Incomplete<O>> {
            let Observed { mut input, observer, .. } = self;
            let source = &mut input;
            match ended {
                Ok(Next::OtherRoot(kind)) => {
                    report(observer, seen, Ok(End::Other(&source$(.$decoder())?.other_root(kind))))
                }
                Ok(_) => report(observer, seen, Ok(End::Whole(&source$(.$decoder())?.trailer()))),
                Err(error) => {
                    let mentions_multistatus = error.is_not_dav() && source.mentions_multistatus()$(.$await)*;
                    report(observer, seen, Err(Unread { error: &error, mentions_multistatus }))
                }
            }
        }
    };
}

/// Makes the methods of a reader with an observer. `[async await]` makes them async.
macro_rules! observed {
    ($(#[$feature:meta])* $input:ty, [$($generics:tt)*], [$($bounds:tt)*], [$($async:tt $await:tt)*]) => {
        $(#[$feature])*
        impl<$($generics)* O: Observer> Observed<$input, O>
        where
            $($bounds)*
        {
            driven!(
                "Lends the next response with what it says. `None` at the end, and for a root other than multistatus.",
                "Reads what is left, and gives the end.", '_,
                [decoder] response, [], [$($async $await)*]
            );

            /// Reads the whole body, and gives the same report as [`Observer::read`] of that body in memory. If
            /// some responses were taken before, the report has only the others, and proves nothing.
            ///
            /// # Errors
            /// When the body cannot be read to its end, or the source is not ready. A program that may have to wait
            /// for the source should take the responses one by one.
            pub $($async)* fn read(mut self) -> Result<Report<'static, O>, Incomplete<O>> {
                let mut all = Vec::new();
                if self.is_begun {
                    self.input.decoder_mut().pass_one();
                }
                let ended = loop {
                    match self.input.watch()$(.$await)* {
                        Ok(Next::Response) => {
                            let seen = observe(&mut self.observer, &self.input.decoder().response());
                            all.extend(seen.into_iter().map(O::own));
                        }
                        Ok(next) => break Ok(next),
                        Err(error) if !error.is_fatal() => {}
                        Err(error) => break Err(error),
                    }
                };
                self.conclude(all, ended)$(.$await)*
            }
        }
    };
}

observed!(Reader<R>, [R,], [R: std::io::BufRead], []);
observed!(
    #[cfg(feature = "tokio")]
    TokioReader<R>, [R,], [R: ::tokio::io::AsyncBufRead + Unpin], [async await]
);
observed!(
    #[cfg(feature = "futures")]
    StreamReader<S>,
    [S, B, E,],
    [
        S: futures_core::Stream<Item = Result<B, E>> + Unpin,
        B: AsRef<[u8]>,
        E: Into<Box<dyn error::Error + Send + Sync>>
    ],
    [async await]
);

impl<O: Observer> Observed<Decoder, O> {
    /// Takes the next bytes of the body: see [`Decoder::push`].
    pub fn push(&mut self, chunk: &[u8]) {
        self.input.push(chunk);
    }

    driven!(
        "Lends the next response with what it says. `None`: push more. Only `finish` can say whether that was all.",
        "Says that the body has ended, reads what is left, and gives the end.", '_,
        [] response, [end], []
    );

    /// Reads a body that is given in chunks, and gives the same report as [`Observer::read`] of that body in memory.
    ///
    /// # Errors
    /// When the body cannot be read to its end.
    pub fn read<C: AsRef<[u8]>>(
        mut self,
        chunks: impl IntoIterator<Item = C>,
    ) -> Result<Report<'static, O>, Incomplete<O>> {
        let (mut all, mut chunks) = (Vec::new(), chunks.into_iter());
        if self.is_begun {
            self.input.pass_one();
        }
        let ended = loop {
            match self.input.watch() {
                Ok(Next::Response) => {
                    let seen = observe(&mut self.observer, &self.input.response());
                    all.extend(seen.into_iter().map(O::own));
                }
                Ok(Next::NeedInput) => match chunks.next() {
                    Some(chunk) => self.input.push(chunk.as_ref()),
                    None => self.input.end(),
                },
                Ok(next) => break Ok(next),
                Err(error) if !error.is_fatal() => {}
                Err(error) => {
                    // The rest of the body may mention a multistatus.
                    chunks.for_each(|chunk| self.input.push(chunk.as_ref()));
                    break Err(error);
                }
            }
        };
        self.conclude(all, ended)
    }
}

impl<'a, O: Observer> Observed<Multistatus<'a>, O> {
    driven!(
        "Gives the next response with what it says. `None` at the end, and for a root other than multistatus.",
        "Reads what is left, and gives the end.", 'a,
        [] given, [], []
    );

    /// Reads the whole body. The report borrows from the body where it can.
    ///
    /// # Errors
    /// When the body cannot be read to its end.
    pub fn read(mut self) -> Result<Report<'a, O>, Incomplete<O>> {
        let mut seen = Vec::new();
        if self.is_begun {
            self.input.pass_one();
        }
        let ended = loop {
            match self.input.watch() {
                Ok(Next::Response) => self.observer.see(Shown(&self.input.given()), &mut seen),
                Ok(next) => break Ok(next),
                Err(error) if !error.is_fatal() => {}
                Err(error) => break Err(error),
            }
        };
        self.conclude(seen, ended)
    }
}
