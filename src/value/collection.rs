use super::element_names::{Names, is_set_of_names};
use super::{ElementNames, MediaType, PresenceFlag, Value, ValueError};
use crate::{Element, Response, names};

/// The types of a resource (RFC 4918 section 15.9), as a set of names. A calendar has two, `DAV:collection` and
/// `CALDAV:calendar`. A plain file has an empty set.
///
/// If a server does not return `resourcetype`, [`Response::guess_collection`] may help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceType<'a>(ElementNames<'a>);

is_set_of_names!(ResourceType, "among its types");

impl ResourceType<'_> {
    /// Whether the resource is a collection: a folder, calendar, address book and the like.
    pub fn is_collection(&self) -> bool {
        self.contains(names::COLLECTION)
    }
}

impl<'a> Value<'a> for ResourceType<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(ElementNames::read(element)?.map(ResourceType))
    }
}

/// The result of [`Response::guess_collection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CollectionGuess {
    /// Whether the resource is a collection.
    pub is_collection: bool,
    /// What the guess is based on.
    pub evidence: Evidence,
}

/// The part of a response that a guess is based on. The surest evidence is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Evidence {
    /// `resourcetype`, the property that is meant for this: [`ResourceType::is_collection`].
    ResourceType,
    /// `iscollection` or `isfolder`, which Microsoft's old servers and Bitrix24 send.
    IsCollection,
    /// `getcontenttype` is `httpd/unix-directory` (Apache, Jianguoyun) or `inode/directory`.
    ContentType,
    /// `resourcetype` has the word `collection` as text. Some handwritten servers send this.
    TypeAsText,
    /// The href ends in a slash. This is only a guess.
    TrailingSlash,
}

impl Response<'_> {
    /// Guesses whether the resource is a collection, from everything the server has sent. `None` when the response has
    /// no evidence. A resource whose `resourcetype` was not returned need not be a file.
    ///
    /// `resourcetype` alone decides, if it was returned and can be read. The other [`Evidence`] is for servers that do
    /// not return `resourcetype`, and for programs that prefer a guess to no answer.
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
        let is_folder = |of: &MediaType<'_>| of.is("httpd/unix-directory") || of.is("inode/directory");
        if props.read(names::GETCONTENTTYPE).ok().flatten().as_ref().is_some_and(is_folder) {
            return guess(true, Evidence::ContentType);
        }
        if props.get(names::RESOURCETYPE).is_some_and(|types| types.text().trim() == "collection") {
            return guess(true, Evidence::TypeAsText);
        }
        if self.href().as_str().ends_with('/') { guess(true, Evidence::TrailingSlash) } else { None }
    }
}
