//! Requests over HTTP, with ureq.

use std::{
    error::Error,
    io::{BufRead, BufReader},
    time::Duration,
};

use ureq::{Agent, http::Request as HttpRequest};

use crate::engine::{Request, Transport};

pub(crate) struct Http {
    agent: Agent,
    /// The value of the `Authorization` header.
    authorization: Option<String>,
}

impl Http {
    /// `authorization`: the value of that header, such as `Bearer …` or `Basic …`.
    pub(crate) fn new(authorization: Option<String>) -> Self {
        let config = Agent::config_builder()
            .allow_non_standard_methods(true)
            // The body of an error says why.
            .http_status_as_error(false)
            // A report that was redirected would be about another URL than the one that was asked for.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build();
        Http { agent: config.new_agent(), authorization }
    }
}

impl Transport for Http {
    fn send(&mut self, request: &Request<'_>) -> Result<(u16, Box<dyn BufRead>), Box<dyn Error>> {
        let mut builder = HttpRequest::builder()
            .method(request.method)
            .uri(request.url.as_str())
            .header("Depth", request.depth)
            .header("Content-Type", "application/xml; charset=utf-8");
        if let Some(authorization) = &self.authorization {
            builder = builder.header("Authorization", authorization);
        }
        let answer = self.agent.run(builder.body(request.body)?)?;
        let status = answer.status().as_u16();
        Ok((status, Box::new(BufReader::new(answer.into_body().into_reader()))))
    }
}
