//! Instants, in whatever form servers send them. jiff reads the parts; these files decide which form a text has.

// A form is read in the file that is named after where it comes from; `parse` tries them in turn. What a form is called
// for users is in `form`.

mod form;
mod http;
mod instant;
mod iso;
#[cfg(feature = "serde")]
mod kept;
mod parse;
mod printed;
mod shape;
mod types;

pub use self::{
    form::DateForm,
    types::{DateError, DateTime, HttpDate, IcalendarDate},
};
