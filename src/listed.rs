//! The macro for the enums that list something: tolerances, repairs and limits.

/// Makes an enum without payload, with a list of all its variants in order and the name of each. The word after a colon
/// says what the error costs: `value` (a value is read on demand), `response` (the response with the error), or
/// `document` (nothing more can be read).
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($(#[$row:meta])* $variant:ident: $cost:ident,)* } $(#[$fatal:meta])*) => {
        listed! { $(#[$doc])* $name { $($(#[$row])* $variant,)* } }

        impl $name {
            $(#[$fatal])*
            pub const fn is_fatal(self) -> bool {
                match self { $($name::$variant => listed!(@ $cost),)* }
            }
        }
    };
    (@ document) => { true };
    (@ response) => { false };
    (@ value) => { false };
    ($(#[$doc:meta])* $name:ident { $($(#[$row:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$row])* $variant,)* }

        impl $name {
            /// Every variant, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// Returns the name of the variant as it is spelled in Rust.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => stringify!($variant),)* }
            }
        }

        impl $crate::set::Member for $name {
            const ALL: &'static [$name] = $name::ALL;

            #[inline]
            fn number(self) -> u32 {
                self as u32
            }
        }

        /// Shows what [`as_str`](Self::as_str) returns.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// Reads the name of the variant as it is spelled in Rust.
        impl std::str::FromStr for $name {
            type Err = $crate::UnknownOption;

            fn from_str(name: &str) -> Result<Self, $crate::UnknownOption> {
                let found = $name::ALL.iter().copied().find(|one| one.as_str() == name);
                found.ok_or($crate::UnknownOption { of: stringify!($name) })
            }
        }
    };
}
pub(crate) use listed;

/// The error of `parse` for a text that does not name a [`Tolerance`](crate::Tolerance), [`Repair`](crate::Repair) or
/// [`Limit`](crate::Limit).
///
/// ```
/// use multistatus::{Limit, Options, Tolerance};
///
/// let options = Options::new().refuse("HrefEmpty".parse::<Tolerance>()?);
/// let options = options.limit("Depth".parse()?, 64);
/// let unknown = "Height".parse::<Limit>().unwrap_err();
/// assert_eq!(unknown.to_string(), "no Limit has this name");
/// # Ok::<(), multistatus::UnknownOption>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {of} has this name")]
pub struct UnknownOption {
    pub(crate) of: &'static str,
}
