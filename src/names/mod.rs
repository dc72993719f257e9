//! The names that a client meets, spelled as the standards spell them. Names in `DAV:` are in this module. Names in
//! each other namespace are in a module of their own, so that equal local names never clash.
//!
//! The docs of a property name the type that [`Props::read`](crate::Props::read) reads it as. The properties of the
//! RFCs also have getters on [`Props`](crate::Props).

pub(crate) use self::properties::properties;
use crate::Name;

/// Makes the constants of elements that are no properties, and of properties that have no type.
macro_rules! elements {
    ($namespace:literal $($constant:ident $local:literal: $doc:literal;)*) => { $(
        #[doc = concat!("`", $local, "`: ", $doc, ".")]
        pub const $constant: Name<'static> = Name::new($namespace, $local);
    )* };
}

pub mod conditions;
mod properties;

/// Makes the constants of properties, from the table in `properties.rs`.
macro_rules! constants {
    ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => { $(
        #[doc = concat!("`", $local, "`, read as `", stringify!($type), "`: ", $doc, ".")]
        pub const $constant: Name<'static> = Name::new($namespace, $local);
    )* };
}

properties!(dav constants);
elements! { "DAV:"
    ABSTRACT "abstract": "in `supported-privilege`, RFC 3744 section 5.3";
    ACE "ace": "in `acl`, RFC 3744 section 5.5";
    ACTIVELOCK "activelock": "in `lockdiscovery`, RFC 4918 section 14.1";
    ALL "all": "everybody, or every privilege, RFC 3744 sections 5.5.1 and 3.11";
    AUTHENTICATED "authenticated": "everybody who has logged in, RFC 3744 section 5.5.1";
    BINDING_NAME "binding-name": "in `version-controlled-binding`, RFC 3253 section 14.2.1";
    BIND "bind": "privilege, RFC 3744 section 3.9";
    COLLECTION "collection": "in `resourcetype`, RFC 4918 section 14.3";
    DENY "deny": "in `ace`, RFC 3744 section 5.5.2";
    DEPTH "depth": "of a lock, RFC 4918 section 14.4";
    DESCRIPTION "description": "in `supported-privilege`, RFC 3744 section 5.3";
    ERROR "error": "RFC 4918 section 14.5";
    EXCLUSIVE "exclusive": "in `lockscope`, RFC 4918 section 14.6";
    GRAMMAR "grammar": "in `supported-query-grammar`, RFC 5323 section 3.3";
    GRANT "grant": "in `ace`, RFC 3744 section 5.5.2";
    HREF "href": "RFC 4918 section 14.7";
    INHERITED "inherited": "in `ace`, RFC 3744 section 5.5.4";
    INVERT "invert": "in `ace`, RFC 3744 section 5.5.1";
    INVITE "invite": "property, sharing of calendars, SabreDAV";
    LOCATION "location": "RFC 4918 section 14.9";
    LOCKENTRY "lockentry": "in `supportedlock`, RFC 4918 section 14.10";
    LOCKROOT "lockroot": "of a lock, RFC 4918 section 14.12";
    LOCKSCOPE "lockscope": "of a lock, RFC 4918 section 14.13";
    LOCKTOKEN "locktoken": "of a lock, RFC 4918 section 14.14";
    LOCKTYPE "locktype": "of a lock, RFC 4918 section 14.15";
    MULTISTATUS "multistatus": "RFC 4918 section 14.16";
    NAME "name": "in `supported-live-property`, RFC 3253 section 3.1.4";
    PARENT "parent": "in `parent-set`, RFC 5842 section 3.2";
    PRINCIPAL "principal": "in `resourcetype` and in `ace`, RFC 3744 sections 4 and 5.5.1";
    PRINCIPAL_SEARCH_PROPERTY "principal-search-property": "in `principal-search-property-set`, RFC 3744 section 9.5";
    PRIVILEGE "privilege": "RFC 3744 section 5.3";
    PROP "prop": "RFC 4918 section 14.18";
    PROPERTY "property": "in a `principal`, RFC 3744 section 5.5.1";
    PROPSTAT "propstat": "RFC 4918 section 14.22";
    PROTECTED "protected": "in `ace`, RFC 3744 section 5.5.3";
    READ "read": "privilege, RFC 3744 section 3.1";
    READ_ACL "read-acl": "privilege, RFC 3744 section 3.6";
    READ_CURRENT_USER_PRIVILEGE_SET "read-current-user-privilege-set": "privilege, RFC 3744 section 3.7";
    REPORT "report": "in `supported-report`, RFC 3253 section 3.1.5";
    RESOURCE "resource": "in the condition `need-privileges`, RFC 3744 section 7.1.1";
    RESPONSE "response": "RFC 4918 section 14.24";
    RESPONSEDESCRIPTION "responsedescription": "RFC 4918 section 14.25";
    SEGMENT "segment": "in `parent`, RFC 5842 section 3.2";
    SELF "self": "in a `principal`, RFC 3744 section 5.5.1";
    SHARED "shared": "in `lockscope`, RFC 4918 section 14.27";
    SOURCE "source": "property, RFC 2518 section 13.10, dropped by RFC 4918";
    STATUS "status": "RFC 4918 section 14.28";
    SUPPORTED_PRIVILEGE "supported-privilege": "in `supported-privilege-set`, RFC 3744 section 5.3";
    SUPPORTED_REPORT "supported-report": "in `supported-report-set`, RFC 3253 section 3.1.5";
    SYNC_COLLECTION "sync-collection": "report, RFC 6578 section 3";
    TIMEOUT "timeout": "of a lock, RFC 4918 section 14.29";
    UNAUTHENTICATED "unauthenticated": "everybody who has not logged in, RFC 3744 section 5.5.1, RFC 5397 section 3";
    UNBIND "unbind": "privilege, RFC 3744 section 3.10";
    UNLOCK "unlock": "privilege, RFC 3744 section 3.5";
    VERSION_CONTROLLED_BINDING "version-controlled-binding": "in `version-controlled-binding-set`, RFC 3253 section 14.2.1";
    WRITE "write": "privilege, or type of a lock, RFC 3744 section 3.2, RFC 4918 section 14.30";
    WRITE_ACL "write-acl": "privilege, RFC 3744 section 3.8";
    WRITE_CONTENT "write-content": "privilege, RFC 3744 section 3.4";
    WRITE_PROPERTIES "write-properties": "privilege, RFC 3744 section 3.3";
}

/// CalDAV (RFC 4791, RFC 6638 and others).
pub mod caldav {
    use super::{Name, properties};

    properties!(caldav constants);
    elements! { "urn:ietf:params:xml:ns:caldav"
        ALLCOMP "allcomp": "all components, RFC 4791 section 9.6.2";
        CALENDAR "calendar": "in `resourcetype`, RFC 4791 section 4.2";
        CALENDAR_MULTIGET "calendar-multiget": "report, RFC 4791 section 7.9";
        CALENDAR_QUERY "calendar-query": "report, RFC 4791 section 7.8";
        COMP "comp": "in `supported-calendar-component-set`, RFC 4791 section 9.6.1";
        OPAQUE "opaque": "in `schedule-calendar-transp`, RFC 6638 section 9.1";
        READ_FREE_BUSY "read-free-busy": "privilege, RFC 4791 section 6.1.1";
        RECIPIENT "recipient": "in `response`, RFC 6638 section 10.3";
        REQUEST_STATUS "request-status": "in `response`, RFC 6638 section 10.4";
        RESPONSE "response": "in `schedule-response`, RFC 6638 section 10.2; not `DAV:response`";
        SCHEDULE_INBOX "schedule-inbox": "in `resourcetype`, RFC 6638 section 2.2";
        SCHEDULE_OUTBOX "schedule-outbox": "in `resourcetype`, RFC 6638 section 2.1";
        SUPPORTED_CALENDAR_COMPONENT_SETS "supported-calendar-component-sets": "property, draft-daboo-caldav-extensions section 4.1";
        TRANSPARENT "transparent": "in `schedule-calendar-transp`, RFC 6638 section 9.1";
    }
}

/// CardDAV (RFC 6352).
pub mod carddav {
    use super::{Name, properties};

    properties!(carddav constants);
    elements! { "urn:ietf:params:xml:ns:carddav"
        ADDRESSBOOK "addressbook": "in `resourcetype`, RFC 6352 section 5.2";
        ADDRESSBOOK_MULTIGET "addressbook-multiget": "report, RFC 6352 section 8.7";
        ADDRESSBOOK_QUERY "addressbook-query": "report, RFC 6352 section 8.6";
        ADDRESS_DATA_TYPE "address-data-type": "in `supported-address-data`, RFC 6352 section 6.2.2";
    }
}

/// Apple's calendar server, and the servers that follow it.
pub mod calendarserver {
    use super::{Name, properties};

    properties!(calendarserver constants);
    elements! { "http://calendarserver.org/ns/"
        CREATED_BY "created-by": "property: who has made the resource, and when";
        INVITE "invite": "property, caldav-sharing section 5.2.2";
        PUSH_TRANSPORTS "push-transports": "property, caldav-pubsubdiscovery section 3.1";
        SCHEDULE_CHANGES "schedule-changes": "property, caldav-schedulingchanges section 4.1.1";
        SHARED "shared": "in `resourcetype`, caldav-sharing section 5.2";
        SHARED_OWNER "shared-owner": "in `resourcetype`, caldav-sharing section 5.2";
        SUBSCRIBED "subscribed": "in `resourcetype`: a subscription";
        UPDATED_BY "updated-by": "property: who has changed the resource last, and when";
    }
}

/// Apple's calendar program.
pub mod ical {
    use super::{Name, properties};

    properties!(ical constants);
}

/// ownCloud, and Nextcloud where it uses the same names.
pub mod owncloud {
    use super::{Name, properties};

    properties!(owncloud constants);
}

/// Nextcloud.
pub mod nextcloud {
    use super::{Name, properties};

    properties!(nextcloud constants);
    elements! { "http://nextcloud.org/ns"
        ACL_LIST "acl-list": "property of a group folder";
        INHERITED_ACL_LIST "inherited-acl-list": "property of a group folder";
        METADATA_PHOTOS_GPS "metadata-photos-gps": "property of a photo, elements or JSON";
        METADATA_PHOTOS_SIZE "metadata-photos-size": "property of a photo, elements or JSON";
        SHAREES "sharees": "property: whom the resource is shared with";
        SHARE_DOWNLOAD_LIMITS "share-download-limits": "property of a share";
    }
}

/// The shares of ownCloud and Nextcloud.
pub mod open_collaboration {
    use super::{Name, properties};

    properties!(open_collaboration constants);
}

/// Shares between servers (Open Cloud Mesh), in the form that Nextcloud uses.
pub mod open_cloud_mesh {
    use super::{Name, properties};

    properties!(open_cloud_mesh constants);
}

/// WebDAV-Push (draft-bitfire-webdav-push).
pub mod push {
    use super::{Name, properties};

    properties!(push constants);
    elements! { "https://bitfire.at/webdav-push"
        CONTENT_UPDATE "content-update": "in `supported-triggers`";
        PROPERTY_UPDATE "property-update": "in `supported-triggers`";
        VAPID_PUBLIC_KEY "vapid-public-key": "in `web-push`";
        WEB_PUSH "web-push": "in `transports`";
    }
}

/// Apache's mod_dav.
pub mod apache {
    use super::{Name, properties};

    properties!(apache constants);
}

/// Subversion.
pub mod svn {
    use super::{Name, properties};

    properties!(svn constants);
}

/// Microsoft's client for Windows, which stores these properties on any server. Microsoft's servers use `DAV:`.
pub mod microsoft {
    use super::{Name, properties};

    properties!(microsoft constants);
}

/// SabreDAV.
pub mod sabredav {
    use super::{Name, properties};

    properties!(sabredav constants);
}
