//! What the fuzz targets check. They run under cargo-fuzz; nothing in here needs it, and the tests of the crate run
//! it on the committed corpora.

mod inputs;
mod meaning;
mod slice;
mod values;

use multistatus::{Limit, Options, OwnedResponse, Repair, Response};

pub use self::{inputs::inputs, slice::slice};

/// The settings a body is read with, chosen by bytes of the input: one for strict and salvage, one bit for each repair in
/// the other two.
fn options([choice, low, high]: [u8; 3]) -> Options {
    const { assert!(Repair::ALL.len() <= u16::BITS as usize, "a repair without a bit") };
    let repairs = u16::from_le_bytes([low, high]);
    let mut options = if choice & 1 == 0 { Options::new() } else { Options::strict() };
    for (bit, repair) in Repair::ALL.iter().enumerate() {
        if repairs >> bit & 1 == 1 {
            options = options.repair(*repair);
        }
    }
    if choice >> 1 & 1 == 1 { options.salvage() } else { options }
}

/// The same with small limits, or none, chosen by another byte.
fn limited(options: Options, choice: u8) -> Options {
    let most = |limit: &Limit| match limit {
        Limit::Depth => 6,
        Limit::TagBytes | Limit::ResponseBytes => 90,
        Limit::TextBytes => u64::from(choice >> 6),
        _ => 4,
    };
    match choice & 3 {
        0 => Limit::ALL.iter().fold(options, |options, limit| options.limit(*limit, most(limit))),
        1 => Limit::ALL.iter().fold(options, |options, limit| options.limit(*limit, u64::MAX)),
        _ => options,
    }
}

/// All that is known of a response, comparable.
fn outline(response: &Response<'_>) -> (OwnedResponse, u64, String) {
    let tolerated: Vec<_> = response.tolerated().map(|t| t.as_str()).collect();
    (OwnedResponse::from(response), response.offset(), tolerated.join(" "))
}
