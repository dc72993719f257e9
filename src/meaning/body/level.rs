//! The level of a sync report.

/// How deep below the collection a sync report looks for changes (`DAV:sync-level`, RFC 6578 section 6.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "RFC 6578 has no other level")]
pub enum SyncLevel {
    /// Changes of the members of the collection.
    #[default]
    One,
    /// Changes of members of members, too.
    Infinite,
}

impl SyncLevel {
    /// Returns the text to send: `1` or `infinite`.
    pub fn as_str(self) -> &'static str {
        match self {
            SyncLevel::One => "1",
            SyncLevel::Infinite => "infinite",
        }
    }
}
