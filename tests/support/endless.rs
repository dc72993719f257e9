//! A body as long as one likes, made while it is read.

use std::io::{self, BufRead, Read};

/// The same responses over and over, given in chunks of up to 8 KiB: no byte is allocated.
pub(crate) struct Repeated {
    head: Vec<u8>,
    responses: Vec<u8>,
    pub(crate) tail: Vec<u8>,
    /// How often.
    times: u64,
    /// Where in which part reading goes on.
    part: u64,
    at: usize,
}

const CHUNK: usize = 8192;

impl Repeated {
    /// The responses of `body` from byte `start` to `end`, until the whole has about `size` bytes.
    pub(crate) fn new(body: &str, start: usize, end: usize, size: u64) -> Self {
        let part = |range: std::ops::Range<usize>| body.as_bytes()[range].to_vec();
        let times = size / (end - start) as u64;
        Repeated {
            head: part(0..start),
            responses: part(start..end),
            tail: part(end..body.len()),
            times,
            part: 0,
            at: 0,
        }
    }

    /// Bytes of the whole.
    pub(crate) fn len(&self) -> u64 {
        self.head.len() as u64 + self.responses.len() as u64 * self.times + self.tail.len() as u64
    }
}

impl Read for Repeated {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Repeated {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let part = match self.part {
            0 => &self.head,
            part if part <= self.times => &self.responses,
            part if part == self.times + 1 => &self.tail,
            _ => return Ok(&[]),
        };
        Ok(&part[self.at..part.len().min(self.at + CHUNK)])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
        let length = match self.part {
            0 => self.head.len(),
            part if part <= self.times => self.responses.len(),
            _ => self.tail.len(),
        };
        if self.at == length {
            self.part += 1;
            self.at = 0;
        }
    }
}
