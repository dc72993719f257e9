use std::sync::{Arc, OnceLock};

use super::{Frame, scope::Scope};

/// What is worked out of a response when it is asked for, and only once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derived {
    pub(crate) scope: OnceLock<Box<Scope>>,
    /// Of the elements, for paths.
    pub(crate) numbers: OnceLock<Box<[u16]>>,
    /// A copy that borrows nothing, which copies of the responses in it share.
    pub(crate) copy: OnceLock<Arc<Frame<'static>>>,
}

/// That of a frame, or of the one it borrows from.
#[derive(Clone, Debug)]
pub(crate) enum Shared<'a> {
    Own(Derived),
    Lent(&'a Derived),
}

impl Default for Shared<'_> {
    fn default() -> Self {
        Shared::Own(Derived::default())
    }
}

impl std::ops::Deref for Shared<'_> {
    type Target = Derived;

    fn deref(&self) -> &Derived {
        match self {
            Shared::Own(derived) => derived,
            Shared::Lent(derived) => derived,
        }
    }
}
