//! How much is too much.

use crate::listed::listed;

listed! {
    /// How much is too much. Each has a default and is set by [`Options::limit`](crate::Options::limit). Apart from
    /// these, a reference of more than 1,024 bytes is malformed, as if `&` began none.
    Limit {
        /// Elements inside one another, the root counted: 256, as libxml2 has it. Passing it is fatal.
        Depth: document,
        /// Attributes of one element, declarations of namespaces counted: 256. Passing it is fatal.
        Attributes: document,
        /// Namespace declarations in force at one place: 128, as quick-xml has it. Passing it is fatal.
        Namespaces: document,
        /// Bytes of one namespace name, references resolved: 256. Over a thousand bodies of real servers have none with
        /// more than 46. Each element and attribute has such a name, so a long one would make a small body costly to
        /// read and its names costly to keep. Passing it is fatal.
        NamespaceBytes: document,
        /// Bytes of one tag, comment or processing instruction, brackets counted: 65,536. Passing it is fatal.
        TagBytes: document,
        /// Bytes of one name, prefix counted: 1,024. At most 65,535 whatever is set. Passing it is fatal.
        NameBytes: document,
        /// Bytes of the content of one `href` of a response or location, as sent: 16,384.
        HrefBytes: response,
        /// Bytes of one value, as sent: the content of an element without child elements, or one uninterrupted run
        /// of character data. 16,777,216, enough for calendar objects with attachments.
        TextBytes: response,
        /// Properties of one response, over all its propstats: 4,096. Those of responses inside its values do not
        /// count.
        Properties: response,
        /// Elements of one response at any depth, itself counted: 1,048,576, whose index takes 36 bytes for each.
        Elements: response,
        /// Bytes of one child of the root: 67,108,864. At most 4 GiB whatever is set.
        ResponseBytes: response,
    }
    /// Whether a multistatus cannot be read any further when this is passed; otherwise it costs one response.
}

impl Limit {
    /// What applies when [`Options::limit`](crate::Options::limit) was not called.
    pub const fn default_value(self) -> u64 {
        match self {
            Limit::Depth | Limit::Attributes | Limit::NamespaceBytes => 256,
            Limit::Namespaces => 128,
            Limit::TagBytes => 64 << 10,
            Limit::NameBytes => 1 << 10,
            Limit::HrefBytes => 16 << 10,
            Limit::TextBytes => 16 << 20,
            Limit::Properties => 4 << 10,
            Limit::Elements => 1 << 20,
            Limit::ResponseBytes => 64 << 20,
        }
    }

    /// What no setting can exceed, because offsets and counts are kept in that many bits.
    pub(crate) const fn most(self) -> u64 {
        match self {
            Limit::NameBytes | Limit::Namespaces => u16::MAX as u64,
            Limit::Depth | Limit::Elements | Limit::TagBytes => u32::MAX as u64 >> 1,
            // A token that crosses the limit still has to fit.
            Limit::ResponseBytes => u32::MAX as u64 - (1 << 20),
            _ => u64::MAX,
        }
    }
}
