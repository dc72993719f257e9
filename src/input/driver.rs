//! What the readers have in common: everything except how they fetch bytes.

/// Makes the methods of `$reader`, which reads with a decoder. Its own method `fetch` gives the decoder the bytes that
/// the source has. `[async await]` makes the methods async.
macro_rules! driver {
    ($reader:ident<$source:ident>, [$($generics:tt)*], [$($bounds:tt)*], [$($async:tt $await:tt)*]) => {
        impl<$($generics)*> $reader<$source>
        where
            $($bounds)*
        {
            /// Makes a reader of `source` that forgives what [`Tolerance`](crate::Tolerance) lists.
            pub fn new(source: $source) -> Self {
                Self::with_options(source, &Options::new())
            }

            /// Makes a reader of `source` that reads as `options` say.
            pub fn with_options(source: $source, options: &Options) -> Self {
                $reader { source, decoder: Decoder::with_options(options) }
            }

            /// Lends the next response: nothing is allocated for it. `None` at the end of a complete body.
            ///
            /// # Errors
            /// Those listed at the type. An error that is not fatal stands for one response, and the next call goes on
            /// after that. Every later call returns a fatal error again, unless it is retryable.
            pub $($async)* fn next_response(&mut self) -> Result<Option<Response<'_>>, Error> {
                loop {
                    match self.decoder.advance()? {
                        Advance::Response => return Ok(Some(self.decoder.response())),
                        Advance::NeedInput => self.fetch()$(.$await)*?,
                        Advance::End => return Ok(None),
                    }
                }
            }

            /// Reads and checks the rest of the body. `Ok` only when the root was closed and nothing but comments,
            /// instructions and white space follows, up to the end of the source.
            ///
            /// # Errors
            /// The fatal error, if there is one, or a retryable error of the source. Errors of single responses are
            /// passed over; [`Trailer::faults`] counts them.
            pub $($async)* fn finish(&mut self) -> Result<Trailer, Error> {
                while self.decoder.pass()? == Advance::NeedInput {
                    self.fetch()$(.$await)*?;
                }
                Ok(self.decoder.trailer())
            }

            /// Reads up to what an observer is shown next.
            #[cfg(feature = "url")]
            pub(crate) $($async)* fn watch(&mut self) -> Result<crate::input::Next, Error> {
                loop {
                    match self.decoder.watch()? {
                        crate::input::Next::NeedInput => self.fetch()$(.$await)*?,
                        next => return Ok(next),
                    }
                }
            }

            /// Passes over responses, up to anything else that an observer is shown.
            #[cfg(feature = "url")]
            pub(crate) $($async)* fn watch_rest(&mut self) -> Result<crate::input::Next, Error> {
                loop {
                    match self.decoder.watch_rest()? {
                        crate::input::Next::NeedInput => self.fetch()$(.$await)*?,
                        next => return Ok(next),
                    }
                }
            }

            /// Whether the word `multistatus` appears in a body that is not of WebDAV. Reads the body to its end to
            /// find out. Also true when the source fails.
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

            /// Returns what document the body is, by its root. Call this before `next_response`. A root other than
            /// multistatus is read whole, to the end of the source; for such a root, `next_response` and `finish` fail.
            ///
            /// # Errors
            /// When the root is neither multistatus nor one of [`RootKind`](crate::RootKind). For a root other than
            /// multistatus, also when anything is wrong with the body. Also a retryable error of the source.
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
            /// Returns how much of the body was read, in bytes of its UTF-8 form: for a progress bar, next to the
            /// length of the body. For a body in another encoding, count what the source gives instead. While a
            /// response is lent, its offset ([`Response::offset`]) says how far reading has come.
            pub fn position(&self) -> u64 {
                self.decoder.position()
            }

            /// Returns the source. Bytes that were read ahead are no longer in it.
            pub fn get_ref(&self) -> &$source {
                &self.source
            }

            /// Returns the source, without the bytes that were read ahead.
            pub fn into_inner(self) -> $source {
                self.source
            }
        }

        /// Shows how far reading has come, but nothing of the body.
        impl<$source> fmt::Debug for $reader<$source> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($reader)).field(&self.decoder).finish()
            }
        }
    };
}

pub(super) use driver;
