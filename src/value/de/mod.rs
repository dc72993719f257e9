//! Properties into structs of users, by expanded names: what the serde of XML crates cannot do, because it knows
//! prefixes only.

// `Fields` serves a struct, which names what it wants, and allocates nothing. `Entries` serves a map, which wants
// everything. Both give an `Item` per name, which `deserializer` turns into what the type asks for. Types of users may
// contain themselves; nothing else recurses. Such a type goes down one element at each level, up to `Limit::Depth`. Raise
// that limit only with a larger stack.

mod deserializer;
mod empty;
mod entries;
mod error;
mod field;
mod fields;
mod item;
mod kept;
mod slot;
mod source;
mod structs;
mod values;
mod variant;

pub use self::field::Field;
