//! Instructions a byte on bodies that are made to cost much, and how they grow: `cargo bench --bench hostile`, and
//! `--bench bare` for what they are compared with. Needs `valgrind`.
//!
//! Reading, and each getter, may cost 15 times the bare loop; what is called once per property 2,000 instructions for
//! each byte of the body.

#[path = "support/counted.rs"]
mod counted;
#[path = "support/hostile.rs"]
mod shapes;

use counted::Row;
use multistatus::{Element, Multistatus, Options, OwnedResponse, Response};

const READING: &[usize] = &[100_000, 2_000_000, 10_000_000];
const ASKING: &[usize] = &[100_000, 2_000_000];

const GETTER: f64 = 480.0;
const EACH: f64 = 2_000.0;

macro_rules! rows {
    ($($sizes:ident $most:ident $operation:ident: $($shape:ident)*;)*) => { &[$($(Row {
        shape: stringify!($shape),
        operation: stringify!($operation),
        body: shapes::$shape,
        run: $operation,
        sizes: $sizes,
        most: $most,
    },)*)*] };
}

fn main() {
    counted::main(rows! {
        READING GETTER reading: small_under_a_large_root eight_namespaces many_namespaces last_prefix long_prefixes declared_by_reference
            declared_again many_attributes deep small_and_deep small references sections comments returns
            under_a_large_root in_a_large_response responses_under_a_large_root faulty_inside faulty bare_children
            many_statuses many_propstats;
        READING GETTER giving: small responses_under_a_large_root faulty;
        ASKING GETTER getetag: repeated_under_a_large_root repeated_after_a_large_tag repeated_after_a_large_value
            responses_under_a_large_root many_propstats;
        ASKING GETTER resourcetype: repeated_elements repeated_and_deep many_types;
        ASKING GETTER lists: many_aces many_locks many_privileges;
        ASKING GETTER structs: repeated_under_a_large_root repeated_after_a_large_tag repeated_after_a_large_value
            responses_under_a_large_root;
        ASKING GETTER copies: responses_under_a_large_root;
        ASKING EACH lang: under_a_large_root in_a_large_response responses_under_a_large_root small_and_deep;
        ASKING EACH attributes: eight_namespaces many_namespaces last_prefix long_prefixes declared_by_reference
            declared_again many_attributes under_a_large_root in_a_large_response responses_under_a_large_root
            small_and_deep;
        ASKING EACH attribute: many_attributes under_a_large_root in_a_large_response small_and_deep;
        ASKING EACH namespaces: declared_by_reference declared_again under_a_large_root in_a_large_response
            responses_under_a_large_root small_and_deep;
        ASKING EACH inside: faulty_inside faulty_apart;
        ASKING GETTER salvaging: small broken broken_at_end broken_in_depth broken_names brackets unclosed
            after_a_fault attributes_after_a_fault;
    });
}

/// Shows every response that can be read: one at least.
fn each(body: &[u8], mut visit: impl FnMut(&Response<'_>)) -> u64 {
    let mut count = 0;
    pass(body, |response| {
        visit(response);
        count += 1;
    });
    assert!(count > 0, "no response can be read");
    count
}

/// The same for bodies in which that may be none.
fn pass(body: &[u8], mut visit: impl FnMut(&Response<'_>)) {
    let mut responses = Multistatus::new(body);
    loop {
        match responses.next_response() {
            Ok(Some(response)) => visit(&response),
            Ok(None) => return,
            Err(error) => assert!(!error.is_fatal(), "{error}"),
        }
    }
}

/// Shows every element in a `prop`, at any depth.
fn each_element(body: &[u8], mut visit: impl FnMut(Element<'_, '_>)) -> u64 {
    each(body, |response| {
        let mut open: Vec<_> = response.propstats().flat_map(|propstat| propstat.elements()).collect();
        while let Some(element) = open.pop() {
            visit(element);
            open.extend(element.children());
        }
    })
}

fn reading(body: &[u8]) -> u64 {
    let mut count = 0;
    pass(body, |_| count += 1);
    count
}

fn salvaging(body: &[u8]) -> u64 {
    let mut responses = Multistatus::with_options(body, &Options::browse());
    let mut count = 0;
    loop {
        match responses.next_response() {
            Ok(Some(_)) => {}
            Err(error) if !error.is_fatal() => {}
            _ => return count,
        }
        count += 1;
    }
}

fn giving(body: &[u8]) -> u64 {
    Multistatus::new(body).filter(Result::is_ok).count() as u64
}

fn copies(body: &[u8]) -> u64 {
    let mut copies = Vec::new();
    each(body, |response| copies.push(OwnedResponse::from(response)));
    copies.len() as u64
}

fn getetag(body: &[u8]) -> u64 {
    let mut bytes = 0;
    each(body, |response| {
        bytes += response.props().getetag().map_or(0, |tag| tag.map_or(0, |tag| tag.as_str().len()));
    });
    bytes as u64
}

fn resourcetype(body: &[u8]) -> u64 {
    let mut found = 0;
    each(body, |response| {
        let types = response.props().resourcetype().expect("a set");
        found += types.map_or(0, |types| types.iter().count());
    });
    found as u64
}

fn lists(body: &[u8]) -> u64 {
    let mut found = 0;
    each(body, |response| {
        let props = response.props();
        found += u64::from(props.acl().is_ok_and(|acl| acl.is_some()));
        found += u64::from(props.lockdiscovery().is_ok_and(|locks| locks.is_some()));
        found += u64::from(props.supported_privilege_set().is_ok_and(|tree| tree.is_some()));
    });
    found
}

fn structs(body: &[u8]) -> u64 {
    #[derive(serde::Deserialize)]
    struct Member {
        getetag: Option<String>,
    }
    let mut bytes = 0;
    each(body, |response| {
        let member = response.props().deserialize::<Member>();
        bytes += member.map_or(0, |member| member.getetag.map_or(0, |tag| tag.len()));
    });
    bytes as u64
}

fn lang(body: &[u8]) -> u64 {
    let mut bytes = 0;
    each_element(body, |element| bytes += element.lang().map_or(0, |lang| lang.len()));
    bytes as u64
}

fn attributes(body: &[u8]) -> u64 {
    let mut bytes = 0;
    each_element(body, |element| {
        bytes += element.attributes().map(|a| a.name.namespace().len()).sum::<usize>()
    });
    bytes as u64
}

fn attribute(body: &[u8]) -> u64 {
    let mut found = 0;
    each_element(body, |element| {
        found += u64::from(element.attribute("z").is_some());
        found += u64::from(element.attribute("{urn:z}l").is_some());
    });
    found
}

fn namespaces(body: &[u8]) -> u64 {
    let mut found = 0;
    each_element(body, |element| found += element.namespaces().count());
    found as u64
}

fn inside(body: &[u8]) -> u64 {
    let mut bytes = 0;
    each_element(body, |element| {
        let errors = element.responses().filter_map(Result::err);
        bytes += errors.map(|error| error.path().len()).sum::<usize>();
    });
    bytes as u64
}
