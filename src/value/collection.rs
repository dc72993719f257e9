use super::{
    ElementNames, MediaType, PresenceFlag, Value, ValueError,
    element_names::{Names, is_set_of_names},
};
use crate::{Element, Response, names};

/// What a resource is (RFC 4918 section 15.9): a set of names, of which several may hold, as `DAV:collection` and
/// `CALDAV:calendar` do for a calendar. Empty for a plain file.
///
/// Where a server does not return it, [`Response::guess_collection`] may know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceType<'a>(ElementNames<'a>);

is_set_of_names!(ResourceType, "among its types");

impl ResourceType<'_> {
    /// Whether it is a collection: a folder, calendar, address book and the like.
    pub fn is_collection(&self) -> bool {
        self.contains(names::COLLECTION)
    }
}

impl<'a> Value<'a> for ResourceType<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(ElementNames::read(element)?.map(ResourceType))
    }
}

/// What was made out by [`Response::guess_collection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CollectionGuess {
    /// Whether the resource is a collection.
    pub is_collection: bool,
    /// What says so.
    pub evidence: Evidence,
}

/// What says whether a resource is a collection, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Evidence {
    /// `resourcetype`, as it should be: [`ResourceType::is_collection`].
    ResourceType,
    /// `iscollection` or `isfolder`, of Microsoft's old servers and Bitrix24.
    IsCollection,
    /// `getcontenttype` is `httpd/unix-directory` (Apache, Jianguoyun) or `inode/directory`.
    ContentType,
    /// `resourcetype` has the word `collection` as text, from servers written by hand.
    TypeAsText,
    /// The href ends in a slash. A guess.
    TrailingSlash,
}

impl Response<'_> {
    /// Whether the resource is a collection, by whatever the server has sent. `None` when nothing tells; that
    /// `resourcetype` was not returned does not make it a file.
    ///
    /// Where `resourcetype` was returned and can be read it decides alone. The rest is for servers that do not return
    /// it, and for programs that rather guess than not know.
    ///
    /// ```
    /// use multistatus::{Multistatus, value::Evidence};
    ///
    /// let body = b"<multistatus xmlns='DAV:'><response><href>/a/</href><propstat><prop>\
    ///     <iscollection>1</iscollection>\
    ///     </prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
    /// let response = Multistatus::new(body).next().unwrap()?;
    /// assert_eq!(response.props().resourcetype()?, None);
    /// let guess = response.guess_collection().unwrap();
    /// assert!(guess.is_collection && guess.evidence == Evidence::IsCollection);
    /// # Ok::<(), multistatus::Error>(())
    /// ```
    pub fn guess_collection(&self) -> Option<CollectionGuess> {
        let props = self.props();
        let guess = |is_collection, evidence| Some(CollectionGuess { is_collection, evidence });
        if let Ok(Some(types)) = props.read::<ResourceType<'_>>(names::RESOURCETYPE) {
            return guess(types.is_collection(), Evidence::ResourceType);
        }
        if let Ok(Some(is_collection)) = props.read::<bool>(names::ISCOLLECTION) {
            return guess(is_collection, Evidence::IsCollection);
        }
        if let Ok(Some(is_folder)) = props.read::<PresenceFlag>(names::ISFOLDER) {
            return guess(is_folder.is_set(), Evidence::IsCollection);
        }
        if let Ok(Some(media_type)) = props.read::<MediaType<'_>>(names::GETCONTENTTYPE) {
            if media_type.is("httpd/unix-directory") || media_type.is("inode/directory") {
                return guess(true, Evidence::ContentType);
            }
        }
        if props.get(names::RESOURCETYPE).is_some_and(|types| types.text().trim() == "collection") {
            return guess(true, Evidence::TypeAsText);
        }
        if self.href().as_str().ends_with('/') { guess(true, Evidence::TrailingSlash) } else { None }
    }
}
