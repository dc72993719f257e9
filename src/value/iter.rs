//! What the iterators over sets and lists have in common. Each iterator is in the file of the type it iterates over.

/// Makes the iterators of types that hold a slice, and lets `for` loops iterate over these types by reference.
macro_rules! in_slices {
    ($($(#[$doc:meta])* $name:ident of $set:ident: $one:ty => $item:ty, $get:expr;)*) => { $(
        $(#[$doc])*
        #[derive(Clone)]
        #[must_use = "iterators are lazy"]
        pub struct $name<'s, 'a>(pub(super) std::slice::Iter<'s, $one>);

        impl<'s, 'a> Iterator for $name<'s, 'a> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().map($get)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl DoubleEndedIterator for $name<'_, '_> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().map($get)
            }
        }

        impl ExactSizeIterator for $name<'_, '_> {}

        $crate::fused::fused! { $name<'_, '_>; }

        $crate::value::iter::by_reference! { $set: $name<'s, 'a>; }
    )* };
}

/// Lets a `for` loop iterate over a type by reference, as `iter` does.
macro_rules! by_reference {
    ($($name:ident: $iter:ident<'s $(, $life:lifetime)?>;)*) => { $(
        #[doc = concat!("Iterates as [`", stringify!($name), "::iter`] does.")]
        impl<'s, 'a> IntoIterator for &'s $name<'a> {
            type Item = <Self::IntoIter as Iterator>::Item;
            type IntoIter = $iter<'s $(, $life)?>;

            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }
    )* };
}
pub(super) use {by_reference, in_slices};
