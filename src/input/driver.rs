//! What the readers have in common: everything except how they fetch.

/// The methods of `$reader`, which fetches for a decoder: its own `fetch` hands over what the source has. `[async
/// await]` makes them async.
macro_rules! driver {
    ($reader:ident<$source:ident>, [$($generics:tt)*], [$($bounds:tt)*], [$($async:tt $await:tt)*]) => {
        impl<$($generics)*> $reader<$source>
        where
            $($bounds)*
        {
            /// Reads `source`, forgiving what [`Tolerance`](crate::Tolerance) lists.
            pub fn new(source: $source) -> Self {
                Self::with_options(source, &Options::new())
            }

            /// Reads `source` as `options` say.
            pub fn with_options(source: $source, options: &Options) -> Self {
                $reader { source, decoder: Decoder::with_options(options) }
            }

            /// Lends the next response: nothing is allocated for it. `None` at the end of a complete body.
            ///
            /// # Errors
            /// Those listed at the type. One that is not fatal stands for one response, and the next call goes on
            /// after it. A fatal one is given by every later call too, unless it is retryable.
            pub $($async)* fn next_response(&mut self) -> Result<Option<Response<'_>>, Error> {
                loop {
                    match self.decoder.advance()? {
                        Advance::Response => return Ok(Some(self.decoder.response())),
                        Advance::NeedInput => self.fetch()$(.$await)*?,
                        Advance::End => return Ok(None),
                    }
                }
            }

            /// Reads and checks what is left. `Ok` only when the root was closed and nothing but comments, instructions
            /// and white space follows, up to the end of the source.
            ///
            /// # Errors
            /// The fatal error, if there is one, or one after which the call can be made again. Error items are passed
            /// over, and counted by [`Trailer::faults`].
            pub $($async)* fn finish(&mut self) -> Result<Trailer, Error> {
                while self.decoder.pass()? == Advance::NeedInput {
                    self.fetch()$(.$await)*?;
                }
                Ok(self.decoder.trailer())
            }

            /// What an observer is shown next.
            #[cfg(feature = "url")]
            pub(crate) $($async)* fn watch(&mut self) -> Result<crate::input::Next, Error> {
                loop {
                    match self.decoder.watch()? {
                        crate::input::Next::NeedInput => self.fetch()$(.$await)*?,
                        next => return Ok(next),
                    }
                }
            }

            /// Passes over responses, up to what else an observer is shown.
            #[cfg(feature = "url")]
            pub(crate) $($async)* fn watch_rest(&mut self) -> Result<crate::input::Next, Error> {
                loop {
                    match self.decoder.watch_rest()? {
                        crate::input::Next::NeedInput => self.fetch()$(.$await)*?,
                        next => return Ok(next),
                    }
                }
            }

            /// Whether `multistatus` appears in a body that is not of WebDAV. The body is read to its end for that. True,
            /// too, when the source fails.
            #[cfg(feature = "url")]
            pub(crate) $($async)* fn mentions_multistatus(&mut self) -> bool {
                while self.decoder.is_open() && !self.decoder.mentions_multistatus() {
                    if self.fetch()$(.$await)*.is_err() {
                        return true;
                    }
                }
                self.decoder.mentions_multistatus()
            }

            #[cfg(feature = "url")]
            pub(crate) fn decoder(&self) -> &Decoder {
                &self.decoder
            }

            #[cfg(feature = "url")]
            pub(crate) fn decoder_mut(&mut self) -> &mut Decoder {
                &mut self.decoder
            }

            /// What document it is, by its root: call it before `next_response`. Every other root than that of a
            /// multistatus is read whole, to the end of the source; for it, `next_response` and `finish` are errors.
            ///
            /// # Errors
            /// When the root is not one that a client meets, and, for another than multistatus, when anything is wrong
            /// with the body; or an error after which the call can be made again.
            pub $($async)* fn document(&mut self) -> Result<Document<'_, &mut Self>, Error> {
                let is_multistatus = loop {
                    match self.decoder.root()? {
                        None => self.fetch()$(.$await)*?,
                        Some(KnownRoot::Multistatus) => break true,
                        Some(_) if self.decoder.is_ready()? => break false,
                        Some(_) => self.fetch()$(.$await)*?,
                    }
                };
                if is_multistatus { Ok(Document::Multistatus(self)) } else { self.decoder.whole() }
            }
        }

        impl<$source> $reader<$source> {
            /// How much of the body was read, in bytes of its UTF-8 form: for a progress bar, next to the length of the
            /// body. Where it is in another encoding, count what the source gives instead. While a response is lent,
            /// [`Response::offset`] says how far it has come.
            pub fn position(&self) -> u64 {
                self.decoder.position()
            }

            /// The source. Bytes that were read ahead are no longer in it.
            pub fn get_ref(&self) -> &$source {
                &self.source
            }

            /// The source back, as far as it was not read ahead.
            pub fn into_inner(self) -> $source {
                self.source
            }
        }

        /// How far it has come: nothing of the body.
        impl<$source> fmt::Debug for $reader<$source> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($reader)).field(&self.decoder).finish()
            }
        }
    };
}

pub(super) use driver;
