//! How a value of this crate passes through serde unchanged.
//!
//! A deserializer can give a visitor texts, numbers, and sequences and maps of them, but no value of another type,
//! because neither knows the type of the other. So the deserializer puts the value in a slot of the thread and calls
//! the visitor. The visitor takes the value out before it does anything else. Nothing else runs between the two.

use std::{any::Any, cell::RefCell};

use serde::de::Visitor;

use super::error::Read;

thread_local! {
    static SLOT: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

fn put(value: Option<Box<dyn Any>>) -> Option<Box<dyn Any>> {
    // The slot is gone while the thread ends. Then the visitor finds no value, which is an error.
    SLOT.try_with(|slot| slot.try_borrow_mut().ok().and_then(|mut slot| std::mem::replace(&mut *slot, value)))
        .ok()
        .flatten()
}

/// Leaves `value` for a visitor that calls [`take`] next.
pub(super) fn leave(value: impl Any) {
    put(Some(Box::new(value)));
}

/// Hands `value` to a visitor that calls [`take`] in `visit_unit`.
pub(super) fn hand_over<'de, V: Visitor<'de>>(value: impl Any, visitor: V) -> Read<V::Value> {
    leave(value);
    let result = visitor.visit_unit();
    // A visitor of another kind leaves the value in the slot.
    put(None);
    result
}

/// Takes the value that was handed over, if it is a `T`.
pub(super) fn take<T: Any>() -> Option<T> {
    put(None)?.downcast().ok().map(|value| *value)
}
