//! Names a client meets, spelled as the standards spell them. Those in `DAV:` are here, those of other namespaces in
//! the module of their namespace, so that namesakes never clash.

use super::Name;

macro_rules! names {
    ($namespace:literal $($constant:ident = $local:literal: $source:literal;)*) => { $(
        #[doc = concat!("`", $local, "`: ", $source, ".")]
        pub const $constant: Name<'static> = Name::new($namespace, $local);
    )* };
}

names! { "DAV:"
    ACL = "acl": "access control list, RFC 3744 section 5.5";
    ACTIVELOCK = "activelock": "RFC 4918 section 14.1";
    COLLECTION = "collection": "in `resourcetype`, RFC 4918 section 14.3";
    CREATIONDATE = "creationdate": "RFC 4918 section 15.1";
    CURRENT_USER_PRINCIPAL = "current-user-principal": "RFC 5397 section 3";
    CURRENT_USER_PRIVILEGE_SET = "current-user-privilege-set": "RFC 3744 section 5.4";
    DEPTH = "depth": "of a lock, RFC 4918 section 14.4";
    DISPLAYNAME = "displayname": "RFC 4918 section 15.2";
    ERROR = "error": "RFC 4918 section 14.5";
    GETCONTENTLANGUAGE = "getcontentlanguage": "RFC 4918 section 15.3";
    GETCONTENTLENGTH = "getcontentlength": "RFC 4918 section 15.4";
    GETCONTENTTYPE = "getcontenttype": "RFC 4918 section 15.5";
    GETETAG = "getetag": "RFC 4918 section 15.6";
    GETLASTMODIFIED = "getlastmodified": "RFC 4918 section 15.7";
    GROUP_MEMBERSHIP = "group-membership": "RFC 3744 section 4.4";
    HREF = "href": "RFC 4918 section 14.7";
    LOCATION = "location": "RFC 4918 section 14.9";
    LOCKDISCOVERY = "lockdiscovery": "RFC 4918 section 15.8";
    LOCKROOT = "lockroot": "RFC 4918 section 14.12";
    LOCKSCOPE = "lockscope": "RFC 4918 section 14.13";
    LOCKTOKEN = "locktoken": "RFC 4918 section 14.14";
    LOCK_TOKEN_SUBMITTED = "lock-token-submitted": "condition, RFC 4918 section 16";
    MULTISTATUS = "multistatus": "RFC 4918 section 14.16";
    NUMBER_OF_MATCHES_WITHIN_LIMITS = "number-of-matches-within-limits": "condition, RFC 3744 section 9.2";
    OWNER = "owner": "RFC 3744 section 5.1";
    PRINCIPAL = "principal": "in `resourcetype`, RFC 3744 section 4";
    PRINCIPAL_URL = "principal-URL": "RFC 3744 section 4.2";
    PRIVILEGE = "privilege": "RFC 3744 section 5.3";
    PROP = "prop": "RFC 4918 section 14.18";
    PROPSTAT = "propstat": "RFC 4918 section 14.22";
    QUOTA_AVAILABLE_BYTES = "quota-available-bytes": "RFC 4331 section 3";
    QUOTA_USED_BYTES = "quota-used-bytes": "RFC 4331 section 4";
    REPORT = "report": "in `supported-report`, RFC 3253 section 3.1.5";
    RESOURCETYPE = "resourcetype": "RFC 4918 section 15.9";
    RESOURCE_ID = "resource-id": "RFC 5842 section 3.1";
    RESPONSE = "response": "RFC 4918 section 14.24";
    RESPONSEDESCRIPTION = "responsedescription": "RFC 4918 section 14.25";
    STATUS = "status": "RFC 4918 section 14.28";
    SUPPORTEDLOCK = "supportedlock": "RFC 4918 section 15.10";
    SUPPORTED_REPORT = "supported-report": "in `supported-report-set`, RFC 3253 section 3.1.5";
    SUPPORTED_REPORT_SET = "supported-report-set": "RFC 3253 section 3.1.5";
    SYNC_TOKEN = "sync-token": "property, RFC 6578 section 4";
    TIMEOUT = "timeout": "of a lock, RFC 4918 section 14.29";
    UNAUTHENTICATED = "unauthenticated": "in `current-user-principal`, RFC 5397 section 3";
    VALID_SYNC_TOKEN = "valid-sync-token": "condition, RFC 6578 section 3.2";
}

/// CalDAV (RFC 4791, RFC 6638).
pub mod caldav {
    use super::Name;
    names! { "urn:ietf:params:xml:ns:caldav"
        CALENDAR = "calendar": "in `resourcetype`, RFC 4791 section 4.2";
        CALENDAR_DATA = "calendar-data": "RFC 4791 section 9.6";
        CALENDAR_DESCRIPTION = "calendar-description": "RFC 4791 section 5.2.1";
        CALENDAR_HOME_SET = "calendar-home-set": "RFC 4791 section 6.2.1";
        CALENDAR_TIMEZONE = "calendar-timezone": "RFC 4791 section 5.2.2";
        CALENDAR_USER_ADDRESS_SET = "calendar-user-address-set": "RFC 6638 section 2.4.1";
        COMP = "comp": "in `supported-calendar-component-set`, RFC 4791 section 9.6.1";
        SCHEDULE_INBOX_URL = "schedule-inbox-URL": "RFC 6638 section 2.2.1";
        SCHEDULE_OUTBOX_URL = "schedule-outbox-URL": "RFC 6638 section 2.1.1";
        SCHEDULE_TAG = "schedule-tag": "RFC 6638 section 9.3";
        SUPPORTED_CALENDAR_COMPONENT_SET = "supported-calendar-component-set": "RFC 4791 section 5.2.3";
    }
}

/// CardDAV (RFC 6352).
pub mod carddav {
    use super::Name;
    names! { "urn:ietf:params:xml:ns:carddav"
        ADDRESSBOOK = "addressbook": "in `resourcetype`, RFC 6352 section 5.2";
        ADDRESSBOOK_DESCRIPTION = "addressbook-description": "RFC 6352 section 6.2.1";
        ADDRESSBOOK_HOME_SET = "addressbook-home-set": "RFC 6352 section 7.1.1";
        ADDRESS_DATA = "address-data": "RFC 6352 section 10.4";
    }
}

/// Apple's calendar server and those that follow it.
pub mod calendarserver {
    use super::Name;
    names! { "http://calendarserver.org/ns/"
        GETCTAG = "getctag": "changes with any member of the collection";
    }
}

/// Apple's calendar program.
pub mod ical {
    use super::Name;
    names! { "http://apple.com/ns/ical/"
        CALENDAR_COLOR = "calendar-color": "`#RRGGBB` or `#RRGGBBAA`";
        CALENDAR_ORDER = "calendar-order": "place in a list";
    }
}

/// ownCloud and Nextcloud.
pub mod owncloud {
    use super::Name;
    names! { "http://owncloud.org/ns"
        CHECKSUMS = "checksums": "of the content";
        FILEID = "fileid": "number of the file on its server";
        ID = "id": "of the file, over servers";
        PERMISSIONS = "permissions": "letters, one per permission";
        SIZE = "size": "in bytes, of a collection with all that is in it";
    }
}

/// Apache's mod_dav.
pub mod apache {
    use super::Name;
    names! { "http://apache.org/dav/props/"
        EXECUTABLE = "executable": "`T` or `F`";
    }
}
