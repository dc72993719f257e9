//! What all observers have in common: pairs of them, and the memory that they take over many responses.

mod support;

use std::{
    fmt::Write,
    io::{self, BufRead, Read},
};

use multistatus::{
    Decoder, Multistatus, Reader,
    meaning::{
        Change, Method, Multiget, Observer, Propfind, Request, SyncCollection, TokenWithheld, Verdict,
    },
};
use support::{cases, multistatus, own, propstat, request, resource};

const TOKEN: &str = "<D:sync-token>urn:2</D:sync-token>";

fn asked() -> (SyncCollection, Request) {
    let url = || request("/c/");
    (SyncCollection::new(url(), 207).token("urn:1"), Request::new(Method::Report, url(), 207))
}

#[test]
fn a_pair_gives_the_reports_of_each_alone() {
    let etag = propstat("<D:getetag>\"1\"</D:getetag>", 200);
    let one = "<D:response><D:href>/c/x</D:href><D:href>/c/y</D:href><D:status>HTTP/1.1 404 x</D:status></D:response>";
    let mut bodies: Vec<(String, Vec<u8>)> = vec![
        multistatus(&(own("/c/", 200) + &own("/c/a", 404) + &resource("/c/b", &etag) + one + TOKEN)),
        multistatus(&(own("/c/a", 423) + "<D:response/>" + &own("/c/b", 507) + &own("/c/", 507) + TOKEN)),
        multistatus(""),
        "<D:error xmlns:D='DAV:'><D:valid-sync-token/></D:error>".to_owned(),
        "<D:multistatus xmlns:D='DAV:'><D:response><D:href>/c/a</D:href></D:response>".to_owned(),
    ]
    .into_iter()
    .map(|body| (body.clone(), body.into_bytes()))
    .collect();
    bodies.extend(cases().into_iter().map(|case| (case.name, case.body)));
    let mut whole = 0;
    for (name, body) in &bodies {
        let (sync, outcome) = (asked().0.read(body), asked().1.read(body));
        let from_memory = asked().read(body);
        let others =
            [asked().over(Reader::new(&**body)).read(), asked().over(Decoder::new()).read(body.chunks(5))];
        let (Ok(sync), Ok(outcome)) = (&sync, &outcome) else {
            // A body that does not answer one of them does not answer the pair.
            for pair in others.into_iter().chain([from_memory.map(|report| report.into_owned())]) {
                let pair = pair.expect_err(name);
                let one = sync.as_ref().err().map(|one| (one.error(), one.advice()));
                let one = one.or(outcome.as_ref().err().map(|other| (other.error(), other.advice())));
                let (error, advice) = one.expect("one of them");
                assert_eq!((pair.error().to_string(), pair.advice()), (error.to_string(), advice), "{name}");
            }
            continue;
        };
        let (first, second) = from_memory.expect(name).split();
        assert_eq!((&first, &second), (sync, outcome), "{name}");
        for pair in others {
            let (first, second) = pair.expect(name).split();
            assert_eq!((first, second), (sync.clone().into_owned(), outcome.clone().into_owned()), "{name}");
        }
        whole += 1;
    }
    assert!(whole >= 50, "{whole} of {}", bodies.len());
}

#[test]
fn pairs_of_pairs_and_of_all_observers() {
    let etag = propstat("<D:getetag>\"1\"</D:getetag>", 200);
    let body = multistatus(&(resource("/c/", &etag) + &resource("/c/b", &etag) + &own("/c/a", 404) + TOKEN));
    let multiget = || Multiget::new(request("/c/"), 207, "DAV:getetag", ["/c/a", "/c/b"]);
    let listing = || Propfind::new(request("/c/"), 207);
    let body = body.as_bytes();
    let all = (asked(), (multiget(), listing())).read(body).expect("it is complete");
    let (sync_and_outcome, others) = all.split();
    let (sync, outcome) = sync_and_outcome.split();
    let (got, listed) = others.split();
    assert_eq!(sync, asked().0.read(body).expect("complete"));
    assert_eq!(outcome, asked().1.read(body).expect("complete"));
    assert_eq!(got, multiget().read(body).expect("complete"));
    assert_eq!(listed, listing().read(body).expect("complete"));
    assert_eq!((got.end.not_found.len(), listed.members().count(), sync.end.removed.len()), (1, 1, 1));
}

/// What got twice with different data was got is taken back at the end of each report, that of a pair included.
#[test]
fn a_pair_takes_back_what_its_end_contradicts() {
    let data =
        |text: &str| resource("/c/a", &propstat(&format!("<D:displayname>{text}</D:displayname>"), 200));
    let body = multistatus(&(data("1") + &data("2")));
    let multiget = || Multiget::new(request("/c/"), 207, "DAV:displayname", ["/c/a"]);
    let alone = multiget().read(body.as_bytes()).expect("complete");
    let (first, second) = (multiget(), multiget()).read(body.as_bytes()).expect("complete").split();
    assert_eq!(alone.got().count(), 0);
    assert_eq!((&first, &second), (&alone, &alone));
}

#[test]
fn to_finish_before_all_were_taken_withholds_the_token_of_a_pair() {
    let body = multistatus(&(own("/c/a", 404) + &own("/c/b", 404) + TOKEN));
    for taken in 0..=2 {
        let mut observed = asked().over(Multistatus::new(body.as_bytes()));
        for _ in 0..taken {
            let (_, both) = observed.next_response().expect("well-formed").expect("one");
            assert!(both[0].0.is_empty() && both[0].1.is_empty());
        }
        let (sync, outcome) = observed.finish().expect("it is complete");
        match taken {
            2 => assert_eq!(
                (sync.token.as_deref(), sync.removed.len(), sync.doubtful.len()),
                (Ok("urn:2"), 2, 0)
            ),
            _ => {
                assert_eq!((sync.token, sync.removed.len()), (Err(TokenWithheld::Unseen), 0));
                assert_eq!(sync.doubtful.len(), taken);
                assert_ne!(outcome.verdict, Verdict::Success);
            }
        }
    }
}

/// A source of one byte at a time that is not ready before each.
struct Slow<'b> {
    rest: &'b [u8],
    is_ready: bool,
}

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Slow<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.is_ready = !self.is_ready;
        match self.is_ready {
            true => Ok(&self.rest[..self.rest.len().min(1)]),
            false => Err(io::ErrorKind::WouldBlock.into()),
        }
    }

    fn consume(&mut self, count: usize) {
        self.rest = &self.rest[count..];
    }
}

#[test]
fn a_source_that_is_not_ready_costs_no_response() {
    let body = multistatus(&(own("/c/a", 404) + "<D:response/>" + &own("/c/b", 200) + TOKEN));
    let source = || Slow { rest: body.as_bytes(), is_ready: true };
    let whole = asked().read(body.as_bytes()).expect("it is complete");
    let (mut observed, mut seen, mut faults) = (asked().over(Reader::new(source())), Vec::new(), 0);
    loop {
        match observed.next_response() {
            Ok(Some((_, both))) => {
                let own = |(changes, nothing): (Vec<Change<'_>>, _)| {
                    (changes.into_iter().map(Change::into_owned).collect::<Vec<_>>(), nothing)
                };
                seen.extend(both.into_iter().map(own));
            }
            Ok(None) => break,
            Err(error) if error.is_retryable() => {}
            Err(error) if error.is_fatal() => panic!("{error}"),
            Err(_) => faults += 1,
        }
    }
    assert_eq!((&seen, faults), (&whole.seen, 1));
    assert_eq!(observed.finish().expect("it is complete"), whole.end);
    // What reads all at once does not wait.
    let error = asked().over(Reader::new(source())).read().expect_err("it is not ready");
    assert!(error.error().is_retryable());
}

/// A multistatus of so many members, each with a name of its own, that is made while it is read.
struct Numbered {
    total: u64,
    /// How many were made.
    made: u64,
    response: fn(u64, &mut String),
    part: String,
    at: usize,
}

impl Numbered {
    fn new(total: u64, response: fn(u64, &mut String)) -> Self {
        let part = "<D:multistatus xmlns:D=\"DAV:\">".to_owned();
        Numbered { total, made: 0, response, part, at: 0 }
    }
}

impl Read for Numbered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Numbered {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.part.len() && self.made <= self.total {
            self.part.clear();
            self.at = 0;
            while self.made < self.total && self.part.len() < 8000 {
                (self.response)(self.made, &mut self.part);
                self.made += 1;
            }
            if self.made == self.total && self.part.len() < 8000 {
                self.part.push_str(TOKEN);
                self.part.push_str("</D:multistatus>");
                self.made += 1;
            }
        }
        Ok(&self.part.as_bytes()[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

fn updated(number: u64, into: &mut String) {
    write!(
        into,
        "<D:response><D:href>/c/member-{number:07}.ics</D:href><D:propstat><D:prop><D:getetag>\"{number}\"</D:getetag>\
         </D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
    )
    .expect("memory");
}

fn removed(number: u64, into: &mut String) {
    write!(
        into,
        "<D:response><D:href>/c/member-{number:07}.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
    )
    .expect("memory");
}

/// The collection itself has failed.
fn removed_beside_a_failure(number: u64, into: &mut String) {
    match number {
        0 => into.push_str(&own("/c/", 403)),
        _ => removed(number, into),
    }
}

fn removed_with_escape(number: u64, into: &mut String) {
    write!(
        into,
        "<D:response><D:href>/c/member%20{number:07}.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
    )
    .expect("memory");
}

fn refused(number: u64, into: &mut String) {
    write!(
        into,
        "<D:response><D:href>/c/member-{number:07}.ics</D:href><D:status>HTTP/1.1 423 Locked</D:status></D:response>"
    )
    .expect("memory");
}

/// Takes all members one by one, and gives the end with the most bytes that were on the heap at one time.
fn one_by_one<O: Observer>(
    total: u64,
    response: fn(u64, &mut String),
    asked: O,
    mut see: impl FnMut(&[O::Seen<'_>]),
) -> (O::End, u64) {
    let mut end = None;
    let most = allocation_counter::measure(|| {
        let mut observed = asked.over(Reader::new(Numbered::new(total, response)));
        while let Some((_, seen)) = observed.next_response().expect("well-formed") {
            see(&seen);
        }
        end = Some(observed.finish().expect("it is complete"));
    });
    (end.expect("it has ended"), most.bytes_max)
}

/// 100,000 members, or as many as `RESPONSES` says: `RESPONSES=1000000 cargo test --release --test observers`.
#[test]
fn memory_for_each_member_is_bounded() {
    let total = std::env::var("RESPONSES").map_or(100_000, |count| count.parse().expect("a number"));
    let sync = || SyncCollection::new(request("/c/"), 207).token("urn:1");
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    // In mebibytes for a million members, and those for any number.
    let check = |what: &str, bytes: u64, most_each: f64, most: f64| {
        println!("observers: {total} members, {what}: at most {:.2} MiB on the heap", mebibytes(bytes));
        let most = most_each * total as f64 / 1e6 + most;
        assert!(mebibytes(bytes) <= most, "{what}: {:.1} MiB, {most:.1} at most", mebibytes(bytes));
    };

    let (end, bytes) = one_by_one(total, refused, Request::new(Method::Delete, request("/c/"), 207), |_| {});
    assert_eq!((end.verdict, end.culprit_count), (Verdict::Partial, total));
    check("a request", bytes, 0.0, 1.0);

    let mut count = 0;
    let (end, bytes) = one_by_one(total, updated, sync(), |seen| {
        count += seen.iter().filter(|change| matches!(change, Change::Updated(_))).count() as u64;
    });
    assert_eq!((count, end.token.as_deref()), (total, Ok("urn:2")));
    check("all updated", bytes, 80.0, 0.0);

    let (end, bytes) = one_by_one(total, removed, sync(), |seen| assert!(seen.is_empty()));
    assert_eq!((end.removed.len() as u64, end.token.as_deref()), (total, Ok("urn:2")));
    check("all removed", bytes, 420.0, 0.0);

    let (end, bytes) = one_by_one(total, removed_with_escape, sync(), |seen| assert!(seen.is_empty()));
    assert_eq!((end.doubtful.len() as u64, end.token.as_deref()), (total, Ok("urn:2")));
    check("all doubtful by an escape", bytes, 420.0, 0.0);

    let (end, bytes) = one_by_one(total, removed_beside_a_failure, sync(), |seen| assert!(seen.is_empty()));
    assert_eq!((end.doubtful.len() as u64, end.token), (total - 1, Err(TokenWithheld::CollectionFailed)));
    check("all doubtful by the first, that of the collection", bytes, 420.0, 0.0);

    // Hrefs of no member are not kept.
    let withheld = SyncCollection::new(request("/d/"), 207);
    let (end, bytes) = one_by_one(total, removed, withheld, |seen| assert_eq!(seen.len(), 1));
    assert_eq!((end.doubtful.len(), end.token), (0, Err(TokenWithheld::Foreign)));
    check("all foreign", bytes, 0.0, 1.0);
}
