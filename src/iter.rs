//! The types of the iterators that methods return. Use them for a field of a struct or a return type of a function.
//!
//! Each iterator is fused and can be cloned. The clone goes on at the same item. Items come in the order of the
//! document, unless the method that returns the iterator says otherwise.
//!
//! ```
//! use multistatus::{Multistatus, Response, iter::Properties, names};
//!
//! /// The properties of a response whose names begin with `get`.
//! struct Gets<'r, 'a>(Properties<'r, 'a>);
//!
//! impl<'r> Iterator for Gets<'r, '_> {
//!     type Item = &'r str;
//!
//!     fn next(&mut self) -> Option<&'r str> {
//!         let mut names = self.0.by_ref().map(|property| property.name().local());
//!         names.find(|name| name.starts_with("get"))
//!     }
//! }
//!
//! let body = b"<multistatus xmlns='DAV:'><response><href>/a</href><propstat>\
//!     <prop><displayname>a</displayname><getetag>1</getetag></prop>\
//!     <status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
//! let response = Multistatus::new(body).next().unwrap()?;
//! assert_eq!(Gets(response.props().iter()).collect::<Vec<_>>(), [names::GETETAG.local()]);
//! # Ok::<(), multistatus::Error>(())
//! ```

#[cfg(feature = "url")]
pub use crate::href::segments::Segments;
pub use crate::{
    value::{
        acl::AclEntries,
        checksums::ChecksumPairs,
        element_names::Names,
        media_type::{LanguageTags, Parameters},
        privilege_tree::{IncludingPrivileges, Privileges},
        text::Texts,
    },
    view::{
        Attributes, Children, Conditions, Hrefs, InnerResponses, Namespaces, Properties, Propstats, Repairs,
        SyncTokens, Tolerances, Values,
    },
};
