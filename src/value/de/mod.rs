//! Reads properties as the structs of users. The fields are found by expanded names. The serde support of XML crates
//! cannot do that, because it knows only prefixes.

// `Fields` finds the fields that a struct names, and allocates nothing. `Entries` lists everything for a map. Both make
// one `Item` for each name, and `deserializer` turns the item into the value of a type. Only recursive types of users
// make the code recurse. They descend one element per level, up to `Limit::Depth`: raise that limit only with a larger
// stack.

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
