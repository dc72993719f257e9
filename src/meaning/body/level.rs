//! The level of a sync report.

/// How deep changes are asked for (`DAV:sync-level`, RFC 6578 section 6.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "RFC 6578 has no other level")]
pub enum SyncLevel {
    /// Members of the collection.
    #[default]
    One,
    /// Members of members, too.
    Infinite,
}

impl SyncLevel {
    /// The text to send: `1` or `infinite`.
    pub fn as_str(self) -> &'static str {
        match self {
            SyncLevel::One => "1",
            SyncLevel::Infinite => "infinite",
        }
    }
}
