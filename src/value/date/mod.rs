//! Reads dates in all forms that servers send. jiff reads the parts. The files here decide which form a text has.

// `form` has the names of all forms. `parse` tries the forms in turn, and `http`, `iso` and `printed` read them.

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

pub use self::form::DateForm;
pub use self::types::{DateError, DateTime, HttpDate, IcalendarDate};
