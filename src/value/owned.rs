//! Makes values that borrow nothing. The names in such a value share their namespaces: a set may have 30,000 names in
//! one namespace, and the namespace may be a hundred times as long as each name.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

/// The namespaces of the names in one value, each of them once.
#[derive(Debug, Default)]
pub struct Namespaces {
    /// The namespace of the last name. The next name is mostly in that namespace, too.
    last: Option<Arc<str>>,
    all: HashSet<Arc<str>>,
}

impl Namespaces {
    pub(super) fn share(&mut self, name: &str) -> Arc<str> {
        if let Some(last) = self.last.as_ref().filter(|last| ***last == *name) {
            return Arc::clone(last);
        }
        let shared = match self.all.get(name) {
            Some(shared) => Arc::clone(shared),
            None => {
                let shared = Arc::<str>::from(name);
                self.all.insert(Arc::clone(&shared));
                shared
            }
        };
        self.last = Some(Arc::clone(&shared));
        shared
    }
}

/// A value that can be kept after the body is gone.
pub trait Own {
    /// The type of the value when it borrows nothing.
    type Owned: 'static;

    /// Turns the value into one that borrows nothing. The names in it take their namespaces from `namespaces`.
    fn own(self, namespaces: &mut Namespaces) -> Self::Owned;
}

impl Own for Cow<'_, str> {
    type Owned = Cow<'static, str>;

    fn own(self, _: &mut Namespaces) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

impl<T: Own> Own for Option<T> {
    type Owned = Option<T::Owned>;

    fn own(self, namespaces: &mut Namespaces) -> Self::Owned {
        self.map(|value| value.own(namespaces))
    }
}

impl<T: Own> Own for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn own(self, namespaces: &mut Namespaces) -> Self::Owned {
        self.into_iter().map(|value| value.own(namespaces)).collect()
    }
}

/// Implements [`Own`] for types that borrow nothing anyway.
macro_rules! owned {
    ($($type:ty),* $(,)?) => { $(
        impl $crate::value::owned::Own for $type {
            type Owned = Self;

            fn own(self, _: &mut $crate::value::owned::Namespaces) -> Self {
                self
            }
        }
    )* };
}
pub(super) use owned;

owned! { bool, u64, usize }

/// Implements [`Own`] for types with a lifetime, by their fields. For an enum, list the variants without content first.
macro_rules! own {
    ($($name:ident { $($field:ident),* $(,)? })*) => { $(
        $crate::value::owned::own! { @ own $name, self, namespaces => $name {
            $($field: $crate::value::owned::Own::own(self.$field, namespaces)),*
        } }
        $crate::value::owned::own! { @ into_owned $name }
    )* };
    ($($name:ident(_);)*) => { $(
        $crate::value::owned::own! { @ own $name, self, namespaces => {
            $name($crate::value::owned::Own::own(self.0, namespaces))
        } }
        $crate::value::owned::own! { @ into_owned $name }
    )* };
    ($(enum $name:ident { $($bare:ident),* } { $($holds:ident),* })*) => { $(
        $crate::value::owned::own! { @ own $name, self, namespaces => match self {
            $($name::$bare => $name::$bare,)*
            $($name::$holds(it) => $name::$holds($crate::value::owned::Own::own(it, namespaces)),)*
        } }
    )* };
    (@ own $name:ident, $value:ident, $namespaces:ident => $owned:expr) => {
        impl $crate::value::owned::Own for $name<'_> {
            type Owned = $name<'static>;

            fn own($value, $namespaces: &mut $crate::value::owned::Namespaces) -> Self::Owned {
                $owned
            }
        }
    };
    (@ into_owned $name:ident) => {
        impl $name<'_> {
            /// Turns the value into one that borrows nothing.
            #[must_use]
            pub fn into_owned(self) -> $name<'static> {
                $crate::value::owned::Own::own(self, &mut Default::default())
            }
        }
    };
}
pub(super) use own;
