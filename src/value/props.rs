//! THE TABLE of the properties that are known by name.
//!
//! A row has a constant, a local name, a type, a getter (for the properties of RFCs), and a description or the place of
//! the definition. An attribute on the getter says which feature it needs. A row makes the constant in
//! [`crate::names`], the getter on [`Props`], and the tests in `samples.rs`, where each type says what its values look
//! like. Structured properties that are too rare for a type are only in [`crate::names`], and are read through
//! [`Props::get`].

use std::borrow::Cow;

use super::{
    Acl, ActiveLock, ComponentSet, ElementName, ElementNames, EntityTag, LanguageTag, List, LockEntry,
    MediaType, ObjectData, ObjectDataType, OpaqueText, ParentBinding, Principal, PrivilegeSet, PrivilegeTree,
    Quota, ResourceType, SupportedSet, TextSet, ValueError, VersionControlledBinding,
};
#[cfg(feature = "date")]
use super::{DateTime, HttpDate, IcalendarDate};
use crate::{Href, Name, Props};

/// Calls the macro `$with` with a namespace and its rows. With `each`, it calls the macro with the short name of each
/// namespace.
macro_rules! properties {
    (each $with:ident) => {
        $with!(dav);
        $with!(caldav);
        $with!(carddav);
        $with!(calendarserver);
        $with!(ical);
        $with!(owncloud);
        $with!(nextcloud);
        $with!(open_collaboration);
        $with!(open_cloud_mesh);
        $with!(push);
        $with!(apache);
        $with!(svn);
        $with!(microsoft);
        $with!(sabredav);
    };
    (dav $with:ident) => { $with! { "DAV:"
        CREATIONDATE "creationdate": DateTime, #[cfg(feature = "date")] creationdate, "RFC 4918 section 15.1";
        DISPLAYNAME "displayname": Cow<'a, str>, displayname, "RFC 4918 section 15.2";
        GETCONTENTLANGUAGE "getcontentlanguage": LanguageTag<'a>, getcontentlanguage, "RFC 4918 section 15.3";
        GETCONTENTLENGTH "getcontentlength": u64, getcontentlength, "in bytes, RFC 4918 section 15.4";
        GETCONTENTTYPE "getcontenttype": MediaType<'a>, getcontenttype, "RFC 4918 section 15.5";
        GETETAG "getetag": EntityTag<'a>, getetag, "RFC 4918 section 15.6";
        GETLASTMODIFIED "getlastmodified": HttpDate, #[cfg(feature = "date")] getlastmodified, "RFC 4918 section 15.7";
        LOCKDISCOVERY "lockdiscovery": List<ActiveLock<'a>>, lockdiscovery, "RFC 4918 section 15.8";
        RESOURCETYPE "resourcetype": ResourceType<'a>, resourcetype, "RFC 4918 section 15.9";
        SUPPORTEDLOCK "supportedlock": List<LockEntry<'a>>, supportedlock, "RFC 4918 section 15.10";
        COMMENT "comment": Cow<'a, str>, comment, "RFC 3253 section 3.1.1";
        CREATOR_DISPLAYNAME "creator-displayname": Cow<'a, str>, creator_displayname, "RFC 3253 section 3.1.2";
        SUPPORTED_METHOD_SET "supported-method-set": TextSet<'a>, supported_method_set, "RFC 3253 section 3.1.3";
        SUPPORTED_LIVE_PROPERTY_SET "supported-live-property-set": SupportedSet<'a>, supported_live_property_set, "RFC 3253 section 3.1.4";
        SUPPORTED_REPORT_SET "supported-report-set": SupportedSet<'a>, supported_report_set, "RFC 3253 section 3.1.5";
        CHECKED_IN "checked-in": Href<'a>, checked_in, "RFC 3253 section 3.2.1";
        AUTO_VERSION "auto-version": ElementName<'a>, auto_version, "RFC 3253 section 3.2.2";
        CHECKED_OUT "checked-out": Href<'a>, checked_out, "RFC 3253 section 3.3.1";
        PREDECESSOR_SET "predecessor-set": List<Href<'a>>, predecessor_set, "RFC 3253 section 3.3.2";
        SUCCESSOR_SET "successor-set": List<Href<'a>>, successor_set, "RFC 3253 section 3.4.2";
        CHECKOUT_SET "checkout-set": List<Href<'a>>, checkout_set, "RFC 3253 section 3.4.3";
        VERSION_NAME "version-name": Cow<'a, str>, version_name, "in Subversion the number of the revision, RFC 3253 section 3.4.4";
        CHECKOUT_FORK "checkout-fork": ElementName<'a>, checkout_fork, "RFC 3253 section 4.1.1";
        CHECKIN_FORK "checkin-fork": ElementName<'a>, checkin_fork, "RFC 3253 section 4.1.2";
        VERSION_SET "version-set": List<Href<'a>>, version_set, "RFC 3253 section 5.1.1";
        ROOT_VERSION "root-version": Href<'a>, root_version, "RFC 3253 section 5.1.2";
        VERSION_HISTORY "version-history": Href<'a>, version_history, "RFC 3253 section 5.2.1";
        WORKSPACE_CHECKOUT_SET "workspace-checkout-set": List<Href<'a>>, workspace_checkout_set, "RFC 3253 section 6.1.1";
        WORKSPACE "workspace": Href<'a>, workspace, "RFC 3253 section 6.2.1";
        LABEL_NAME_SET "label-name-set": TextSet<'a>, label_name_set, "RFC 3253 section 8.1.1";
        AUTO_UPDATE "auto-update": Href<'a>, auto_update, "RFC 3253 section 9.2.1";
        MERGE_SET "merge-set": List<Href<'a>>, merge_set, "RFC 3253 section 11.1.1";
        AUTO_MERGE_SET "auto-merge-set": List<Href<'a>>, auto_merge_set, "RFC 3253 section 11.1.2";
        BASELINE_CONTROLLED_COLLECTION "baseline-controlled-collection": Href<'a>, baseline_controlled_collection, "RFC 3253 section 12.1.1";
        SUBBASELINE_SET "subbaseline-set": List<Href<'a>>, subbaseline_set, "RFC 3253 section 12.2.1";
        BASELINE_COLLECTION "baseline-collection": Href<'a>, baseline_collection, "RFC 3253 section 12.3.1";
        VERSION_CONTROLLED_CONFIGURATION "version-controlled-configuration": Href<'a>, version_controlled_configuration, "RFC 3253 section 12.4.1";
        BASELINE_CONTROLLED_COLLECTION_SET "baseline-controlled-collection-set": List<Href<'a>>, baseline_controlled_collection_set, "RFC 3253 section 12.5.1";
        ACTIVITY_VERSION_SET "activity-version-set": List<Href<'a>>, activity_version_set, "RFC 3253 section 13.1.1";
        ACTIVITY_CHECKOUT_SET "activity-checkout-set": List<Href<'a>>, activity_checkout_set, "RFC 3253 section 13.1.2";
        SUBACTIVITY_SET "subactivity-set": List<Href<'a>>, subactivity_set, "RFC 3253 section 13.1.3";
        CURRENT_WORKSPACE_SET "current-workspace-set": List<Href<'a>>, current_workspace_set, "RFC 3253 section 13.1.4";
        ACTIVITY_SET "activity-set": List<Href<'a>>, activity_set, "RFC 3253 section 13.2.1";
        UNRESERVED "unreserved": bool, unreserved, "RFC 3253 section 13.3.1";
        CURRENT_ACTIVITY_SET "current-activity-set": List<Href<'a>>, current_activity_set, "RFC 3253 section 13.4.1";
        ECLIPSED_SET "eclipsed-set": TextSet<'a>, eclipsed_set, "RFC 3253 section 14.1.1";
        VERSION_CONTROLLED_BINDING_SET "version-controlled-binding-set": List<VersionControlledBinding<'a>>, version_controlled_binding_set, "RFC 3253 section 14.2.1";
        ALTERNATE_URI_SET "alternate-URI-set": List<Href<'a>>, alternate_uri_set, "RFC 3744 section 4.1";
        PRINCIPAL_URL "principal-URL": Href<'a>, principal_url, "RFC 3744 section 4.2";
        GROUP_MEMBER_SET "group-member-set": List<Href<'a>>, group_member_set, "RFC 3744 section 4.3";
        GROUP_MEMBERSHIP "group-membership": List<Href<'a>>, group_membership, "RFC 3744 section 4.4";
        OWNER "owner": Href<'a>, owner, "RFC 3744 section 5.1; of a lock, RFC 4918 section 14.17";
        GROUP "group": Href<'a>, group, "RFC 3744 section 5.2";
        SUPPORTED_PRIVILEGE_SET "supported-privilege-set": PrivilegeTree<'a>, supported_privilege_set, "RFC 3744 section 5.3";
        CURRENT_USER_PRIVILEGE_SET "current-user-privilege-set": PrivilegeSet<'a>, current_user_privilege_set, "RFC 3744 section 5.4";
        ACL "acl": Acl<'a>, acl, "RFC 3744 section 5.5";
        ACL_RESTRICTIONS "acl-restrictions": ElementNames<'a>, acl_restrictions, "RFC 3744 section 5.6";
        INHERITED_ACL_SET "inherited-acl-set": List<Href<'a>>, inherited_acl_set, "RFC 3744 section 5.7";
        PRINCIPAL_COLLECTION_SET "principal-collection-set": List<Href<'a>>, principal_collection_set, "RFC 3744 section 5.8";
        CURRENT_USER_PRINCIPAL "current-user-principal": Principal<'a>, current_user_principal, "RFC 5397 section 3";
        QUOTA_AVAILABLE_BYTES "quota-available-bytes": Quota, quota_available_bytes, "RFC 4331 section 3";
        QUOTA_USED_BYTES "quota-used-bytes": Quota, quota_used_bytes, "RFC 4331 section 4";
        RESOURCE_ID "resource-id": Href<'a>, resource_id, "any URI, RFC 5842 section 3.1";
        PARENT_SET "parent-set": List<ParentBinding<'a>>, parent_set, "RFC 5842 section 3.2";
        ADD_MEMBER "add-member": Href<'a>, add_member, "RFC 5995 section 3.2.1";
        SYNC_TOKEN "sync-token": OpaqueText<'a>, sync_token, "RFC 6578 section 4";
        SUPPORTED_QUERY_GRAMMAR_SET "supported-query-grammar-set": SupportedSet<'a>, supported_query_grammar_set, "RFC 5323 section 3.3";
        ORDERING_TYPE "ordering-type": Href<'a>, ordering_type, "a URI such as `DAV:custom`, RFC 3648 section 4.1.1";
        REDIRECT_LIFETIME "redirect-lifetime": ElementName<'a>, redirect_lifetime, "RFC 4437 section 13.1";
        REFTARGET "reftarget": Href<'a>, reftarget, "relative to the href of the response, RFC 4437 section 13.2";
        SHARE_ACCESS "share-access": ElementName<'a>, "sharing of calendars, SabreDAV, Nextcloud, Cyrus";
        SHARE_RESOURCE_URI "share-resource-uri": Href<'a>, "sharing of calendars, SabreDAV";
        SHARER_RESOURCE_URI "sharer-resource-uri": Href<'a>, "sharing of calendars, Cyrus";
        NOTIFICATION_URL "notification-URL": Href<'a>, "notifications, SabreDAV";
        GETCTAG "getctag": OpaqueText<'a>, "Xandikos, as that of `calendarserver`";
        QUOTA "quota": Quota, "before RFC 4331, old programs of Apple";
        QUOTAUSED "quotaused": Quota, "before RFC 4331, old programs of Apple";
        QUOTA_ASSIGNED_BYTES "quota-assigned-bytes": Quota, "before RFC 4331";
        ISCOLLECTION "iscollection": bool, "Microsoft: draft-hopmann-collection-props";
        ISFOLDER "isfolder": PresenceFlag, "Microsoft: draft-hopmann-collection-props";
        ISHIDDEN "ishidden": bool, "Microsoft: draft-hopmann-collection-props";
        ISREADONLY "isreadonly": bool, "Microsoft";
        ISROOT "isroot": bool, "Microsoft";
        ISSTRUCTUREDDOCUMENT "isstructureddocument": bool, "Microsoft: draft-hopmann-collection-props";
        HASSUBS "hassubs": bool, "Microsoft: draft-hopmann-collection-props";
        NOSUBS "nosubs": bool, "Microsoft: draft-hopmann-collection-props";
        RESERVED "reserved": bool, "Microsoft: draft-hopmann-collection-props";
        CHILDCOUNT "childcount": u64, "Microsoft: draft-hopmann-collection-props";
        OBJECTCOUNT "objectcount": u64, "Microsoft: draft-hopmann-collection-props";
        VISIBLECOUNT "visiblecount": u64, "Microsoft: draft-hopmann-collection-props";
        DEFAULTDOCUMENT "defaultdocument": Cow<'a, str>, "a path as text, Microsoft: draft-hopmann-collection-props";
        PARENTNAME "parentname": Cow<'a, str>, "a URL as text, Microsoft";
        ID "id": Cow<'a, str>, "Microsoft: draft-hopmann-collection-props";
        UID "uid": Cow<'a, str>, "Microsoft";
        CONTENTCLASS "contentclass": Cow<'a, str>, "Microsoft";
        LASTACCESSED "lastaccessed": DateTime, "Microsoft";
    } };
    (caldav $with:ident) => { $with! { "urn:ietf:params:xml:ns:caldav"
        CALENDAR_DESCRIPTION "calendar-description": Cow<'a, str>, calendar_description, "RFC 4791 section 5.2.1";
        CALENDAR_TIMEZONE "calendar-timezone": Cow<'a, str>, calendar_timezone, "RFC 4791 section 5.2.2";
        SUPPORTED_CALENDAR_COMPONENT_SET "supported-calendar-component-set": ComponentSet<'a>, supported_calendar_component_set, "RFC 4791 section 5.2.3";
        SUPPORTED_CALENDAR_DATA "supported-calendar-data": List<ObjectDataType<'a>>, supported_calendar_data, "RFC 4791 section 5.2.4";
        MAX_RESOURCE_SIZE "max-resource-size": u64, caldav_max_resource_size, "in bytes, RFC 4791 section 5.2.5";
        MIN_DATE_TIME "min-date-time": IcalendarDate, #[cfg(feature = "date")] min_date_time, "RFC 4791 section 5.2.6";
        MAX_DATE_TIME "max-date-time": IcalendarDate, #[cfg(feature = "date")] max_date_time, "RFC 4791 section 5.2.7";
        MAX_INSTANCES "max-instances": u64, max_instances, "RFC 4791 section 5.2.8";
        MAX_ATTENDEES_PER_INSTANCE "max-attendees-per-instance": u64, max_attendees_per_instance, "RFC 4791 section 5.2.9";
        CALENDAR_HOME_SET "calendar-home-set": List<Href<'a>>, calendar_home_set, "RFC 4791 section 6.2.1";
        SUPPORTED_COLLATION_SET "supported-collation-set": TextSet<'a>, caldav_supported_collation_set, "RFC 4791 section 7.5.1";
        CALENDAR_DATA "calendar-data": ObjectData<'a>, calendar_data, "RFC 4791 section 9.6";
        SCHEDULE_OUTBOX_URL "schedule-outbox-URL": Href<'a>, schedule_outbox_url, "RFC 6638 section 2.1.1";
        SCHEDULE_INBOX_URL "schedule-inbox-URL": Href<'a>, schedule_inbox_url, "RFC 6638 section 2.2.1";
        CALENDAR_USER_ADDRESS_SET "calendar-user-address-set": List<Href<'a>>, calendar_user_address_set, "any URIs, RFC 6638 section 2.4.1";
        CALENDAR_USER_TYPE "calendar-user-type": OpaqueText<'a>, calendar_user_type, "such as `INDIVIDUAL`, in any letters, RFC 6638 section 2.4.2";
        SCHEDULE_CALENDAR_TRANSP "schedule-calendar-transp": ElementName<'a>, schedule_calendar_transp, "RFC 6638 section 9.1";
        SCHEDULE_DEFAULT_CALENDAR_URL "schedule-default-calendar-URL": Href<'a>, schedule_default_calendar_url, "RFC 6638 section 9.2";
        SCHEDULE_TAG "schedule-tag": EntityTag<'a>, schedule_tag, "never weak, RFC 6638 section 9.3";
        TIMEZONE_SERVICE_SET "timezone-service-set": List<Href<'a>>, timezone_service_set, "RFC 7809 section 5.1";
        CALENDAR_TIMEZONE_ID "calendar-timezone-id": OpaqueText<'a>, calendar_timezone_id, "RFC 7809 section 5.2";
        SUPPORTED_RSCALE_SET "supported-rscale-set": TextSet<'a>, supported_rscale_set, "RFC 7529 section 10.1";
        CALENDAR_AVAILABILITY "calendar-availability": Cow<'a, str>, calendar_availability, "RFC 7953 section 7.2.4";
        MANAGED_ATTACHMENTS_SERVER_URL "managed-attachments-server-URL": Href<'a>, managed_attachments_server_url, "RFC 8607 section 6.1";
        MAX_ATTACHMENT_SIZE "max-attachment-size": u64, max_attachment_size, "in bytes, RFC 8607 section 6.2";
        MAX_ATTACHMENTS_PER_RESOURCE "max-attachments-per-resource": u64, max_attachments_per_resource, "RFC 8607 section 6.3";
        CALENDAR_FREE_BUSY_SET "calendar-free-busy-set": List<Href<'a>>, "before RFC 6638, CalendarServer and DAViCal";
        DEFAULT_ALARM_VEVENT_DATETIME "default-alarm-vevent-datetime": Cow<'a, str>, "draft-daboo-valarm-extensions";
        DEFAULT_ALARM_VEVENT_DATE "default-alarm-vevent-date": Cow<'a, str>, "draft-daboo-valarm-extensions";
        DEFAULT_ALARM_VTODO_DATETIME "default-alarm-vtodo-datetime": Cow<'a, str>, "draft-daboo-valarm-extensions";
        DEFAULT_ALARM_VTODO_DATE "default-alarm-vtodo-date": Cow<'a, str>, "draft-daboo-valarm-extensions";
    } };
    (carddav $with:ident) => { $with! { "urn:ietf:params:xml:ns:carddav"
        ADDRESSBOOK_DESCRIPTION "addressbook-description": Cow<'a, str>, addressbook_description, "RFC 6352 section 6.2.1";
        SUPPORTED_ADDRESS_DATA "supported-address-data": List<ObjectDataType<'a>>, supported_address_data, "RFC 6352 section 6.2.2";
        MAX_RESOURCE_SIZE "max-resource-size": u64, carddav_max_resource_size, "in bytes, RFC 6352 section 6.2.3";
        MAX_IMAGE_SIZE "max-image-size": u64, "in bytes, Apple and Xandikos";
        ADDRESSBOOK_HOME_SET "addressbook-home-set": List<Href<'a>>, addressbook_home_set, "RFC 6352 section 7.1.1";
        PRINCIPAL_ADDRESS "principal-address": Href<'a>, principal_address, "RFC 6352 section 7.1.2";
        SUPPORTED_COLLATION_SET "supported-collation-set": TextSet<'a>, carddav_supported_collation_set, "RFC 6352 section 8.3.1";
        ADDRESS_DATA "address-data": ObjectData<'a>, address_data, "RFC 6352 section 10.4";
        DIRECTORY_GATEWAY "directory-gateway": Href<'a>, "draft-daboo-carddav-directory-gateway section 3";
        ADDRESSBOOK_COLOR "addressbook-color": Cow<'a, str>, "DAViCal, InfCloud";
    } };
    (calendarserver $with:ident) => { $with! { "http://calendarserver.org/ns/"
        GETCTAG "getctag": OpaqueText<'a>, "changes with any member of the collection, caldav-ctag section 4.1";
        CALENDAR_PROXY_READ_FOR "calendar-proxy-read-for": List<Href<'a>>, "caldav-proxy section 5.3.1";
        CALENDAR_PROXY_WRITE_FOR "calendar-proxy-write-for": List<Href<'a>>, "caldav-proxy section 5.3.2";
        NOTIFICATION_URL "notification-URL": Href<'a>, "caldav-notifications section 4.1.1";
        NOTIFICATIONTYPE "notificationtype": ElementName<'a>, "caldav-notifications section 4.2.1";
        ALLOWED_SHARING_MODES "allowed-sharing-modes": ElementNames<'a>, "caldav-sharing section 5.2.3";
        SHARED_URL "shared-url": Href<'a>, "caldav-sharing section 5.2.4";
        NOTIFY_CHANGES "notify-changes": ElementName<'a>, "caldav-notifications section 5.3.4";
        PUSHKEY "pushkey": OpaqueText<'a>, "caldav-pubsubdiscovery section 3.2";
        SOURCE "source": Href<'a>, "URL of a calendar that is subscribed to";
        SUBSCRIBED_STRIP_TODOS "subscribed-strip-todos": (), "of a subscription: its tasks are left out";
        SUBSCRIBED_STRIP_ALARMS "subscribed-strip-alarms": (), "of a subscription: its alarms are left out";
        SUBSCRIBED_STRIP_ATTACHMENTS "subscribed-strip-attachments": (), "of a subscription: its attachments are left out";
        REFRESHRATE "refreshrate": OpaqueText<'a>, "of a subscription, a duration such as `P1D`";
        CALENDAR_AVAILABILITY "calendar-availability": Cow<'a, str>, "draft-daboo-calendar-availability section 5.2.3";
        EMAIL_ADDRESS_SET "email-address-set": TextSet<'a>, "of a principal";
        ME_CARD "me-card": Href<'a>, "the vCard of a principal";
        XMPP_SERVER "xmpp-server": OpaqueText<'a>, "old form of push";
        XMPP_URI "xmpp-uri": OpaqueText<'a>, "old form of push";
        DROPBOX_HOME_URL "dropbox-home-URL": Href<'a>, "of a principal";
        AUTO_SCHEDULE "auto-schedule": bool, "of a principal";
        AUTO_SCHEDULE_MODE "auto-schedule-mode": OpaqueText<'a>, "of a principal";
        EXPANDED_GROUP_MEMBER_SET "expanded-group-member-set": List<Href<'a>>, "of a group, with the members of its groups";
        EXPANDED_GROUP_MEMBERSHIP "expanded-group-membership": List<Href<'a>>, "of a principal, with the groups of its groups";
        FIRST_NAME "first-name": Cow<'a, str>, "of a principal";
        LAST_NAME "last-name": Cow<'a, str>, "of a principal";
        RECORD_TYPE "record-type": OpaqueText<'a>, "of a principal, such as `users`";
        UID "uid": Cow<'a, str>, "in answers to bulk requests";
        PUBLISH_URL "publish-url": Href<'a>, "where a calendar is published, Nextcloud";
        PRE_PUBLISH_URL "pre-publish-url": Href<'a>, "where a calendar would be published";
        ALLOWED_CALENDAR_COMPONENT_SET "allowed-calendar-component-set": ComponentSet<'a>, "iCloud";
    } };
    (ical $with:ident) => { $with! { "http://apple.com/ns/ical/"
        CALENDAR_COLOR "calendar-color": OpaqueText<'a>, "`#RRGGBBAA`, `#RRGGBB`, `#RGB` or a name of CSS";
        CALENDAR_ORDER "calendar-order": u64, "place in a list";
        REFRESHRATE "refreshrate": OpaqueText<'a>, "of a subscription, a duration such as `P1D`";
    } };
    (owncloud $with:ident) => { $with! { "http://owncloud.org/ns"
        ID "id": OpaqueText<'a>, "of the file, over servers; never a number";
        FILEID "fileid": OpaqueText<'a>, "of the file on its server; a number in Nextcloud";
        DOWNLOAD_URL "downloadURL": OpaqueText<'a>, "a URL as text, mostly empty";
        PERMISSIONS "permissions": OpaqueText<'a>, "letters, one per permission";
        SIZE "size": Quota, "in bytes, of a collection with all that is in it";
        FAVORITE "favorite": bool, "whether the user has marked it";
        TAGS "tags": TextSet<'a>, "the user's own";
        COMMENTS_HREF "comments-href": OpaqueText<'a>, "a path as text";
        COMMENTS_COUNT "comments-count": u64, "number of comments";
        COMMENTS_UNREAD "comments-unread": u64, "number of comments that were not read";
        OWNER_ID "owner-id": Cow<'a, str>, "name of the user";
        OWNER_DISPLAY_NAME "owner-display-name": Cow<'a, str>, "name of the user, for people";
        SHARE_TYPES "share-types": TextSet<'a>, "numbers, such as 0 for a user and 3 for a link";
        CHECKSUMS "checksums": Checksums<'a>, "of the content";
        DATA_FINGERPRINT "data-fingerprint": OpaqueText<'a>, "changes when a backup was restored";
        PRIVATELINK "privatelink": OpaqueText<'a>, "a URL as text";
        SPACEID "spaceid": OpaqueText<'a>, "ownCloud Infinite Scale";
        NAME "name": Cow<'a, str>, "ownCloud Infinite Scale";
        FILE_PARENT "file-parent": OpaqueText<'a>, "ownCloud Infinite Scale";
        SHAREID "shareid": OpaqueText<'a>, "ownCloud Infinite Scale";
        SHAREROOT "shareroot": Cow<'a, str>, "ownCloud Infinite Scale";
        SIGNATURE_AUTH "signature-auth": OpaqueText<'a>, "ownCloud";
        PUBLIC_LINK_PERMISSION "public-link-permission": u64, "of a link, one bit per permission";
        PUBLIC_LINK_ITEM_TYPE "public-link-item-type": OpaqueText<'a>, "of a link, `file` or `folder`";
        TRASHBIN_ORIGINAL_FILENAME "trashbin-original-filename": Cow<'a, str>, "in the trash of ownCloud";
        TRASHBIN_ORIGINAL_LOCATION "trashbin-original-location": Cow<'a, str>, "in the trash of ownCloud";
        TRASHBIN_DELETE_DATETIME "trashbin-delete-datetime": HttpDate, "in the trash of ownCloud";
        DISPLAY_NAME "display-name": Cow<'a, str>, "of a tag";
        USER_VISIBLE "user-visible": bool, "of a tag";
        USER_ASSIGNABLE "user-assignable": bool, "of a tag";
        CALENDAR_ENABLED "calendar-enabled": bool, "whether a calendar is shown";
        READ_ONLY "read-only": PresenceFlag, "of a calendar";
    } };
    (nextcloud $with:ident) => { $with! { "http://nextcloud.org/ns"
        CREATION_TIME "creation_time": UnixTime, "of the file";
        UPLOAD_TIME "upload_time": UnixTime, "of the file";
        MOUNT_TYPE "mount-type": OpaqueText<'a>, "`shared`, `group`, `external` or `external-session`; empty for none";
        IS_MOUNT_ROOT "is-mount-root": bool, "whether another storage begins there";
        IS_ENCRYPTED "is-encrypted": bool, "from end to end";
        HIDE_DOWNLOAD "hide-download": bool, "of a share";
        HAS_PREVIEW "has-preview": bool, "whether there is a picture of it";
        HIDDEN "hidden": bool, "of a photo";
        SHARE_ATTRIBUTES "share-attributes": Cow<'a, str>, "JSON";
        RICH_WORKSPACE_FILE "rich-workspace-file": OpaqueText<'a>, "id of the file that describes a folder";
        RICH_WORKSPACE "rich-workspace": Cow<'a, str>, "Markdown that describes a folder";
        NOTE "note": Cow<'a, str>, "of a share";
        CONTAINED_FOLDER_COUNT "contained-folder-count": u64, "folders in a folder";
        CONTAINED_FILE_COUNT "contained-file-count": u64, "files in a folder";
        DATA_FINGERPRINT "data-fingerprint": OpaqueText<'a>, "changes when a backup was restored";
        ACL_ENABLED "acl-enabled": bool, "of a group folder";
        ACL_CAN_MANAGE "acl-can-manage": bool, "of a group folder";
        GROUP_FOLDER_ID "group-folder-id": u64, "of a group folder";
        LOCK "lock": bool, "whether the file is locked";
        LOCK_OWNER_TYPE "lock-owner-type": u64, "0 for a user, 1 for an app, 2 for WebDAV";
        LOCK_OWNER "lock-owner": Cow<'a, str>, "name of the user or app";
        LOCK_OWNER_DISPLAYNAME "lock-owner-displayname": Cow<'a, str>, "name of the user or app, for people";
        LOCK_OWNER_EDITOR "lock-owner-editor": Cow<'a, str>, "name of the app";
        LOCK_TIME "lock-time": UnixTime, "when it was locked";
        LOCK_TIMEOUT "lock-timeout": u64, "seconds that the lock is held; 0 without end";
        LOCK_TOKEN "lock-token": OpaqueText<'a>, "of the lock";
        REMINDER_DUE_DATE "reminder-due-date": DateTime, "of a file";
        VERSION_LABEL "version-label": Cow<'a, str>, "of a version";
        VERSION_AUTHOR "version-author": Cow<'a, str>, "of a version";
        SYSTEM_TAGS "system-tags": TextSet<'a>, "set by the server";
        METADATA_FILES_LIVE_PHOTO "metadata-files-live-photo": OpaqueText<'a>, "id of the film that belongs to a photo";
        TRASHBIN_FILENAME "trashbin-filename": Cow<'a, str>, "in the trash";
        TRASHBIN_ORIGINAL_LOCATION "trashbin-original-location": Cow<'a, str>, "in the trash";
        TRASHBIN_DELETION_TIME "trashbin-deletion-time": UnixTime, "in the trash";
        TRASHBIN_TITLE "trashbin-title": Cow<'a, str>, "in the trash";
        DELETED_AT "deleted-at": DateTime, "in the trash of calendars";
        OWNER_DISPLAYNAME "owner-displayname": Cow<'a, str>, "of a calendar";
        TODO_ENABLED "todo-enabled": bool, "of a calendar";
    } };
    (open_collaboration $with:ident) => { $with! { "http://open-collaboration-services.org/ns"
        SHARE_PERMISSIONS "share-permissions": u64, "one bit each: read, update, create, delete, share";
    } };
    (open_cloud_mesh $with:ident) => { $with! { "http://open-cloud-mesh.org/ns"
        SHARE_PERMISSIONS "share-permissions": Cow<'a, str>, "JSON: a list of words";
    } };
    (push $with:ident) => { $with! { "https://bitfire.at/webdav-push"
        TRANSPORTS "transports": ElementNames<'a>, "ways to be notified, such as `web-push`";
        TOPIC "topic": OpaqueText<'a>, "what notifications of the collection are marked with";
        SUPPORTED_TRIGGERS "supported-triggers": ElementNames<'a>, "what one can be notified of";
    } };
    (apache $with:ident) => { $with! { "http://apache.org/dav/props/"
        EXECUTABLE "executable": bool, "of a file, mod_dav_fs";
    } };
    (svn $with:ident) => { $with! { "http://subversion.tigris.org/xmlns/dav/"
        REPOSITORY_UUID "repository-uuid": OpaqueText<'a>, "of the repository";
        BASELINE_RELATIVE_PATH "baseline-relative-path": Cow<'a, str>, "path below the root of the repository, not encoded";
        MD5_CHECKSUM "md5-checksum": OpaqueText<'a>, "of the content, hexadecimal";
        SHA1_CHECKSUM "sha1-checksum": OpaqueText<'a>, "of the content, hexadecimal";
        DEADPROP_COUNT "deadprop-count": u64, "number of properties of the user's own";
    } };
    (microsoft $with:ident) => { $with! { "urn:schemas-microsoft-com:"
        WIN32_CREATION_TIME "Win32CreationTime": HttpDate, "MS-WDVME";
        WIN32_LAST_ACCESS_TIME "Win32LastAccessTime": HttpDate, "MS-WDVME";
        WIN32_LAST_MODIFIED_TIME "Win32LastModifiedTime": HttpDate, "MS-WDVME";
        WIN32_FILE_ATTRIBUTES "Win32FileAttributes": FileAttributes, "MS-WDVME";
    } };
    (sabredav $with:ident) => { $with! { "http://sabredav.org/ns"
        READ_ONLY "read-only": bool, "of a calendar";
        OWNER_PRINCIPAL "owner-principal": Href<'a>, "mostly as text";
        EMAIL_ADDRESS "email-address": OpaqueText<'a>, "of a principal";
    } };
}
pub(crate) use properties;

/// One getter per row that has one.
macro_rules! getters {
    ($module:ident) => { properties!($module getters); };
    ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => {
        impl<'a> Props<'_, 'a> { $($(
            #[doc = concat!("`", $local, "`: ", $doc, ".")]
            ///
            /// # Errors
            /// As [`Props::read`].
            $(#[$cfg])*
            pub fn $getter(&self) -> Result<Option<$type>, ValueError> {
                self.read(Name::new($namespace, $local))
            }
        )?)* }
    };
}
properties!(each getters);

/// Whether the property of a row reads as `None`, as the type of the row.
#[cfg(feature = "serde")]
mod nothing {
    use super::*;
    use crate::{
        Element, names,
        value::{Checksums, FileAttributes, PresenceFlag, UnixTime, Value},
    };

    #[cfg(not(feature = "date"))]
    type DateTime = u64;
    #[cfg(not(feature = "date"))]
    type HttpDate = u64;
    #[cfg(not(feature = "date"))]
    type IcalendarDate = u64;

    macro_rules! nothing {
        ($module:ident) => {
            mod $module {
                use super::*;
                properties!($module nothing);
            }
        };
        ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => {
            pub(super) const NAMESPACE: &str = $namespace;

            #[allow(clippy::extra_unused_lifetimes, clippy::needless_lifetimes, reason = "the types name one")]
            pub(super) fn is_nothing<'a>(local: &str, element: Element<'_, 'a>) -> Option<bool> {
                Some(match local {
                    $($local => <$type as Value<'a>>::read(element).is_ok_and(|value| value.is_none()),)*
                    _ => return None,
                })
            }
        };
    }
    properties!(each nothing);

    /// Whether a property reads as `None`, as its type in the table. `None` when it is not in the table.
    pub(in crate::value) fn is_nothing(element: Element<'_, '_>) -> Option<bool> {
        let name = element.name();
        if !may_be_nothing(element) {
            return Some(false);
        }
        if name.is_undeclared() {
            return None;
        }
        macro_rules! of {
            ($module:ident) => {
                if name.namespace() == $module::NAMESPACE {
                    return $module::is_nothing(name.local(), element);
                }
            };
        }
        properties!(each of);
        None
    }

    /// Whether some type might read it as `None`: it is blank, a time of 0, an empty href, or `DAV:unauthenticated`.
    fn may_be_nothing(element: Element<'_, '_>) -> bool {
        match element.children().next() {
            Some(child) => {
                child.name() == names::UNAUTHENTICATED || (child.name() == names::HREF && child.is_blank())
            }
            None => matches!(&*element.frame.trimmed(element.node), "" | "0"),
        }
    }
}
#[cfg(feature = "serde")]
pub(super) use nothing::is_nothing;
