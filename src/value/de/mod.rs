//! Properties as structs of users, by expanded names. The serde support of XML crates cannot do that, because it knows
//! only prefixes.

// A struct names its fields: `Fields` finds them and allocates nothing. A map takes everything: `Entries` lists it.
// Both make an `Item` per name, and `deserializer` turns that into what the type asks for. Only recursive types of
// users make this recurse. They descend one element per level, up to `Limit::Depth`: raise that limit only with a
// larger stack.

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
