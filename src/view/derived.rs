use std::sync::{Arc, OnceLock};

use super::{Frame, scope::Scope};

/// What is worked out of a response when it is asked for, and only once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derived {
    pub(crate) scope: OnceLock<Scope>,
    /// Of the elements, for paths.
    pub(crate) numbers: OnceLock<Box<[u16]>>,
    /// That of the response whose value was found wrong first, by its node: its errors share it.
    pub(crate) href: OnceLock<(u32, Arc<str>)>,
    /// A copy that borrows nothing, which copies of the responses in it share.
    pub(crate) copy: OnceLock<Arc<Frame<'static>>>,
}

/// That of a frame, or of the one it borrows from. Most frames never have any, so it is one word to them.
#[derive(Clone, Debug)]
pub(crate) enum Shared<'a> {
    Own(OnceLock<Box<Derived>>),
    Lent(&'a OnceLock<Box<Derived>>),
}

impl Shared<'_> {
    /// Nothing yet.
    #[inline]
    pub(crate) const fn new() -> Self {
        Shared::Own(OnceLock::new())
    }

    fn derived(&self) -> &OnceLock<Box<Derived>> {
        match self {
            Shared::Own(derived) => derived,
            Shared::Lent(derived) => derived,
        }
    }

    pub(crate) fn lend(&self) -> Shared<'_> {
        Shared::Lent(self.derived())
    }

    pub(crate) fn get(&self) -> &Derived {
        self.derived().get_or_init(Box::default)
    }
}
