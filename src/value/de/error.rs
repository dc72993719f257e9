//! Turns the errors of serde into [`ValueError`]s.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::value::error::{ValueError, ValueErrorKind};

pub(super) type Read<T> = Result<T, ValueError>;

/// The messages never show a value. The message of a user's `Deserialize` might, so it becomes the reason.
impl de::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let unreadable = "not what its type wants".to_owned();
        ValueError::without_place(ValueErrorKind::Unreadable, unreadable, Some(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        not(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        not(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        not(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        let none = format!("not one of {}", expected.join(", "));
        ValueError::without_place(ValueErrorKind::Unreadable, none, None)
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        let none = format!("an entry whose name is not one of {}", expected.join(", "));
        ValueError::without_place(ValueErrorKind::Unreadable, none, None)
    }

    fn missing_field(field: &'static str) -> Self {
        ValueError::missing(field)
    }

    fn duplicate_field(_: &'static str) -> Self {
        ValueError::sent_again()
    }
}

fn not(expected: &dyn Expected) -> ValueError {
    match expected.to_string() == "a borrowed string" {
        true => ValueError::not(&"text that can be borrowed: use String or Cow"),
        false => ValueError::not(&expected),
    }
}
