//! Limits of what a body may make a reader hold.

use crate::listed::listed;

listed! {
    /// How much of something a body may have. Each limit has a default; [`Options::limit`](crate::Options::limit) sets
    /// it. One limit is fixed: a reference of more than 1,024 bytes is malformed, as if its `&` began no reference.
    Limit {
        /// Elements inside one another, the root counted: 256, as in libxml2. Passing it is fatal.
        Depth: document,
        /// Attributes of one element, declarations of namespaces counted: 256. Passing it is fatal.
        Attributes: document,
        /// Namespace declarations in force at one place: 128, as in quick-xml. Passing it is fatal.
        Namespaces: document,
        /// Bytes of one namespace name, references resolved: 256. In over a thousand bodies of real servers, no such
        /// name has more than 46 bytes. Every element and attribute has a namespace name, so a long one would make a
        /// small body costly to read, and its names costly to keep. Passing it is fatal.
        NamespaceBytes: document,
        /// Bytes of one tag, comment or processing instruction, brackets counted: 65,536. Passing it is fatal.
        TagBytes: document,
        /// Bytes of one name, prefix counted: 1,024. At most 65,535 whatever is set. Passing it is fatal.
        NameBytes: document,
        /// Bytes of the content of one `href` in a response or in its `location`, as sent: 16,384.
        HrefBytes: response,
        /// Bytes of one value, as sent: 16,777,216, enough for calendar objects with attachments. A value is the
        /// content of an element without child elements, or one uninterrupted run of character data.
        TextBytes: response,
        /// Properties of one response, in all its propstats together: 4,096. The properties of responses inside values
        /// do not count.
        Properties: response,
        /// Elements of one response at any depth, the response counted: 1,048,576. The index takes 36 bytes for each.
        Elements: response,
        /// Bytes of one child of the root: 67,108,864. A limit above 4 GiB counts as 4 GiB.
        ResponseBytes: response,
    }
    /// Whether a multistatus cannot be read any further when the limit is passed. Otherwise one response is lost.
}

impl Limit {
    /// Returns the limit that applies unless [`Options::limit`](crate::Options::limit) sets another one.
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

    /// Returns the highest value the limit can be set to: offsets and counts are kept in a fixed number of bits.
    pub(crate) const fn most(self) -> u64 {
        match self {
            Limit::NameBytes | Limit::Namespaces => u16::MAX as u64,
            Limit::Depth | Limit::Elements | Limit::TagBytes => u32::MAX as u64 >> 1,
            // A token (tag, comment, text) that crosses the limit still has to fit.
            Limit::ResponseBytes => u32::MAX as u64 - (1 << 20),
            _ => u64::MAX,
        }
    }
}
