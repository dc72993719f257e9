//! Where bytes come from. Inputs differ in how they fetch, and in nothing else.

mod slice;

pub use self::slice::Multistatus;
