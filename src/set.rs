//! Sets of the variants of an enum without payload: one bit each, in one word.

use std::{fmt, marker::PhantomData};

/// An enum whose variants a [`Set`] can hold.
pub(crate) trait Member: Copy + PartialEq + 'static {
    /// Every variant once, in the order of their numbers.
    const ALL: &'static [Self];

    /// Returns the number of the variant, from 0.
    fn number(self) -> u32;
}

/// A set has room for this many variants.
const ROOM: usize = u64::BITS as usize;

/// A set of variants of `T`.
pub(crate) struct Set<T> {
    bits: u64,
    of: PhantomData<fn() -> T>,
}

impl<T: Member> Set<T> {
    pub(crate) const EMPTY: Self = Self::from_bits(0);

    const fn from_bits(bits: u64) -> Self {
        // A bit that is shifted out of the word would be in no set. The compiler refuses an enum with so many variants.
        const { assert!(T::ALL.len() <= ROOM, "more variants than a set has bits") };
        Set { bits, of: PhantomData }
    }

    fn bit(member: T) -> u64 {
        1 << member.number()
    }

    pub(crate) fn all() -> Self {
        T::ALL.iter().fold(Self::EMPTY, |set, member| set.with(*member))
    }

    pub(crate) fn with(self, member: T) -> Self {
        Self::from_bits(self.bits | Self::bit(member))
    }

    pub(crate) fn without(self, member: T) -> Self {
        Self::from_bits(self.bits & !Self::bit(member))
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self::from_bits(self.bits | other.bits)
    }

    #[inline]
    pub(crate) fn has(self, member: T) -> bool {
        self.bits & Self::bit(member) != 0
    }

    /// Returns the members, in the order of their numbers.
    pub(crate) fn iter(self) -> Members<T> {
        Members { left: self }
    }
}

/// The members of a set, in the order of their numbers.
#[derive(Clone)]
pub(crate) struct Members<T> {
    left: Set<T>,
}

impl<T: Member> Iterator for Members<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let bits = self.left.bits;
        let member = *T::ALL.get(bits.trailing_zeros() as usize)?;
        self.left.bits = bits & bits.wrapping_sub(1);
        Some(member)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.left.bits.count_ones() as usize;
        (left, Some(left))
    }
}

impl<T: Member + fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

// If these were derived, they would require the same traits of `T`.
impl<T> Clone for Set<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Set<T> {}

impl<T> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Set<T> {}

impl<T: Member> Default for Set<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

#[cfg(test)]
mod tests {
    use super::{Member, ROOM, Set};
    use crate::{Repair, Tolerance};

    /// A type with as many variants as a set has room for.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Number(u32);

    static NUMBERS: [Number; ROOM] = {
        let mut all = [Number(0); ROOM];
        let mut at = 0;
        while at < ROOM {
            all[at] = Number(at as u32);
            at += 1;
        }
        all
    };

    impl Member for Number {
        const ALL: &'static [Self] = &NUMBERS;

        fn number(self) -> u32 {
            self.0
        }
    }

    fn holds_each_by_itself<T: Member + std::fmt::Debug>() {
        assert_eq!(Set::<T>::all().iter().collect::<Vec<_>>(), T::ALL);
        for (number, member) in (0..).zip(T::ALL) {
            assert_eq!(member.number(), number);
            assert_eq!(Set::EMPTY.with(*member).iter().collect::<Vec<_>>(), [*member]);
            let others = Set::all().without(*member);
            assert!(!others.has(*member));
            assert_eq!(others.iter().count() + 1, T::ALL.len());
        }
    }

    #[test]
    fn a_full_set_holds_each_variant_by_itself() {
        holds_each_by_itself::<Number>();
    }

    #[test]
    fn every_tolerance_and_repair_has_a_bit_of_its_own() {
        holds_each_by_itself::<Tolerance>();
        holds_each_by_itself::<Repair>();
    }
}
