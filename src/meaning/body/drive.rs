//! An input drives an observer: it shows each response, and then the end. Inputs differ only in how they fetch bytes.

#[cfg(feature = "futures")]
use std::error;

use super::{
    observed::Observed,
    observer::{Incomplete, Observer, Report, report},
    shown::{End, Shown, Unread},
};
#[cfg(feature = "futures")]
use crate::StreamReader;
#[cfg(feature = "tokio")]
use crate::TokioReader;
use crate::{Decoder, Error, Multistatus, Reader, Response, Root, RootKind, Trailer, input::Next};

/// A response that is lent, and what it says.
pub type Lent<'s, O> = (Response<'s>, Vec<<O as Observer>::Seen<'s>>);

impl<I, O: Observer> Observed<I, O> {
    /// The input. It knows how far the body was read.
    pub fn input(&self) -> &I {
        &self.input
    }
}

/// What a response says.
fn observe<'a, O: Observer>(observer: &mut O, response: &Response<'a>) -> Vec<O::Seen<'a>> {
    let mut seen = Vec::new();
    observer.see(Shown(response), &mut seen);
    seen
}

/// Makes the report. Reading has ended with another root, with a trailer, or with an error.
fn report_of<'a, 'r, O: Observer>(
    observer: O,
    seen: Vec<O::Seen<'a>>,
    ended: Result<Next, Error>,
    mentions_multistatus: bool,
    other_root: impl FnOnce(RootKind) -> Root<'r>,
    trailer: impl FnOnce() -> Trailer,
) -> Result<Report<'a, O>, Incomplete<O>> {
    match ended {
        Ok(Next::OtherRoot(kind)) => report(observer, seen, Ok(End::Other(&other_root(kind)))),
        Ok(_) => report(observer, seen, Ok(End::Whole(&trailer()))),
        Err(error) => report(observer, seen, Err(Unread { error: &error, mentions_multistatus })),
    }
}

/// The methods of a reader with an observer. `[async await]` makes them async.
macro_rules! observed {
    ($(#[$feature:meta])* $input:ty, [$($generics:tt)*], [$($bounds:tt)*], [$($async:tt $await:tt)*]) => {
        $(#[$feature])*
        impl<$($generics)* O: Observer> Observed<$input, O>
        where
            $($bounds)*
        {
            /// Lends the next response with what it says. `None` at the end, and for another root than multistatus.
            ///
            /// # Errors
            /// The errors of the input. One that is not fatal costs one response, and the next call goes on after it.
            /// After one that is retryable, the same call goes on, too.
            pub $($async)* fn next_response(&mut self) -> Result<Option<Lent<'_, O>>, Error> {
                if self.input.watch()$(.$await)*? != Next::Response {
                    return Ok(None);
                }
                self.is_begun = true;
                let response = self.input.decoder().response();
                let seen = observe(&mut self.observer, &response);
                Ok(Some((response, seen)))
            }

            /// Reads what is left, and gives the end. Responses that were not taken are missing from the proof: take
            /// all of them first.
            ///
            /// # Errors
            /// When the body cannot be read to its end.
            pub $($async)* fn finish(mut self) -> Result<O::End, Incomplete<O>> {
                let ended = self.input.watch_rest()$(.$await)*;
                self.conclude(Vec::new(), ended)$(.$await)*.map(|report| report.end)
            }

            /// Reads all, and gives the same report as [`Observer::read`] of the same body in memory. After responses
            /// were taken one by one, the report has only the rest, and proves nothing.
            ///
            /// # Errors
            /// When the body cannot be read to its end, also when the source is not ready. With a source that makes the
            /// program wait, take responses one by one.
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

            $($async)* fn conclude(
                mut self,
                seen: Vec<O::Seen<'static>>,
                ended: Result<Next, Error>,
            ) -> Result<Report<'static, O>, Incomplete<O>> {
                let mentions = match &ended {
                    Err(error) if error.is_not_dav() => self.input.mentions_multistatus()$(.$await)*,
                    _ => false,
                };
                let decoder = self.input.decoder();
                report_of(self.observer, seen, ended, mentions, |kind| decoder.other_root(kind), || decoder.trailer())
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

    /// Lends the next response with what it says. `None`: push more. Only `finish` can say whether that was all.
    ///
    /// # Errors
    /// The errors of the decoder. One that is not fatal costs one response, and the next call goes on after it.
    pub fn next_response(&mut self) -> Result<Option<Lent<'_, O>>, Error> {
        if self.input.watch()? != Next::Response {
            return Ok(None);
        }
        self.is_begun = true;
        let response = self.input.response();
        let seen = observe(&mut self.observer, &response);
        Ok(Some((response, seen)))
    }

    /// Says that the body has ended, reads what is left, and gives the end. Responses that were not taken are missing
    /// from the proof: take all of them first.
    ///
    /// # Errors
    /// When the body cannot be read to its end.
    pub fn finish(mut self) -> Result<O::End, Incomplete<O>> {
        self.input.end();
        let ended = self.input.watch_rest();
        self.conclude(Vec::new(), ended).map(|report| report.end)
    }

    /// Reads a body that is given in chunks, and gives the same report as [`Observer::read`] of the same body in
    /// memory.
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

    fn conclude(
        self,
        seen: Vec<O::Seen<'static>>,
        ended: Result<Next, Error>,
    ) -> Result<Report<'static, O>, Incomplete<O>> {
        let Observed { input, observer, .. } = self;
        let mentions = input.mentions_multistatus();
        report_of(observer, seen, ended, mentions, |kind| input.other_root(kind), || input.trailer())
    }
}

impl<'a, O: Observer> Observed<Multistatus<'a>, O> {
    /// Gives the next response with what it says. `None` at the end, and for another root than multistatus.
    ///
    /// # Errors
    /// The errors of the input. One that is not fatal costs one response, and the next call goes on after it.
    pub fn next_response(&mut self) -> Result<Option<Lent<'a, O>>, Error> {
        if self.input.watch()? != Next::Response {
            return Ok(None);
        }
        self.is_begun = true;
        let response = self.input.given();
        let seen = observe(&mut self.observer, &response);
        Ok(Some((response, seen)))
    }

    /// Reads what is left, and gives the end. Responses that were not taken are missing from the proof: take all of
    /// them first.
    ///
    /// # Errors
    /// When the body cannot be read to its end.
    pub fn finish(mut self) -> Result<O::End, Incomplete<O>> {
        let ended = self.input.watch_rest();
        self.conclude(Vec::new(), ended).map(|report| report.end)
    }

    /// Reads all. The report borrows from the body where it can.
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

    fn conclude<'s>(
        self,
        seen: Vec<O::Seen<'s>>,
        ended: Result<Next, Error>,
    ) -> Result<Report<'s, O>, Incomplete<O>> {
        let Observed { input, observer, .. } = self;
        let mentions = ended.is_err() && input.mentions_multistatus();
        report_of(observer, seen, ended, mentions, |kind| input.other_root(kind), || input.trailer())
    }
}
