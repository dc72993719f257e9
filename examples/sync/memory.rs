//! Requests to a server in memory.

use std::{
    error::Error,
    io::{BufRead, Cursor},
};

use crate::{
    engine::{Request, Transport},
    server::{self, Server},
};

pub(crate) struct Memory(pub(crate) Server);

impl Transport for Memory {
    fn send(&mut self, request: &Request<'_>) -> Result<(u16, Box<dyn BufRead>), Box<dyn Error>> {
        let Request { method, url, depth, body } = *request;
        let answer = self.0.answer(&server::Request { method, path: url.path(), depth: Some(depth), body });
        Ok((answer.status, Box::new(Cursor::new(answer.body))))
    }
}
