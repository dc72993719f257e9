//! The conditions that a request can violate: children of `DAV:error` (RFC 4918 section 16). Those in `DAV:` are here,
//! those of other namespaces in the module of their namespace.
//!
//! Most are empty. What is in the others:
//!
//! | condition | content | read by |
//! |---|---|---|
//! | [`LOCK_TOKEN_SUBMITTED`] | the locked resources | [`Element::hrefs`](crate::Element::hrefs) |
//! | [`NO_CONFLICTING_LOCK`] | the roots of the locks that are in the way | `hrefs` |
//! | [`caldav::NO_UID_CONFLICT`], [`carddav::NO_UID_CONFLICT`] | the resource that has the UID | `hrefs` |
//! | [`caldav::UNIQUE_SCHEDULING_OBJECT_RESOURCE`] | the resource with the same event | `hrefs` |
//! | [`NEED_PRIVILEGES`] | privileges, and the resources they are needed on | [`NeededPrivileges`](crate::value::NeededPrivileges) |
//! | [`caldav::SUPPORTED_FILTER`], [`carddav::SUPPORTED_FILTER`] | what the filters that are not supported are about | [`TextSet`](crate::value::TextSet) |
//! | [`SEARCH_SCOPE_VALID`] | a response for each scope that is not valid | [`Element::responses`](crate::Element::responses) |
//!
//! ```
//! use multistatus::{Document, names::conditions};
//!
//! let body = b"<error xmlns='DAV:'><lock-token-submitted><href>/a/</href>\
//!     </lock-token-submitted></error>";
//! let Document::Other(root) = Document::new(body)? else { panic!("an error") };
//! let condition = root.conditions().next().unwrap();
//! assert_eq!(condition.name(), conditions::LOCK_TOKEN_SUBMITTED);
//! assert_eq!(condition.hrefs().next().unwrap(), "/a/");
//! # Ok::<(), multistatus::Error>(())
//! ```

use super::Name;

elements! { "DAV:"
    ACTIVITY_LOCATION_OK "activity-location-ok": "RFC 3253";
    ADD_MUST_BE_NEW_LABEL "add-must-be-new-label": "RFC 3253";
    ADD_OR_SET_LABEL "add-or-set-label": "RFC 3253";
    ALLOWED_PRINCIPAL "allowed-principal": "RFC 3744";
    ALLOW_CLIENT_DEFINED_URI "allow-client-defined-uri": "RFC 5995 section 4.1";
    APPLY_REQUEST_TO_LABELED_VERSION "apply-request-to-labeled-version": "RFC 3253";
    ATOMIC_ACTIVITY_CHECKIN "atomic-activity-checkin": "RFC 3253";
    AUTO_CHECKIN "auto-checkin": "RFC 3253";
    AUTO_CHECKOUT "auto-checkout": "RFC 3253";
    AUTO_CHECKOUT_CHECKIN "auto-checkout-checkin": "RFC 3253";
    BASELINES_FROM_SAME_HISTORY "baselines-from-same-history": "RFC 3253";
    BASELINE_CONTROLLED_MEMBERS_MUST_BE_CHECKED_IN "baseline-controlled-members-must-be-checked-in": "RFC 3253";
    BINDING_ALLOWED "binding-allowed": "RFC 5842";
    BINDING_DELETED "binding-deleted": "RFC 5842";
    BIND_INTO_COLLECTION "bind-into-collection": "RFC 5842";
    BIND_SOURCE_EXISTS "bind-source-exists": "RFC 5842";
    CANNOT_ADD_TO_EXISTING_HISTORY "cannot-add-to-existing-history": "RFC 3253";
    CANNOT_COPY_COLLECTION_VERSION "cannot-copy-collection-version": "RFC 3253";
    CANNOT_COPY_HISTORY "cannot-copy-history": "RFC 3253";
    CANNOT_MERGE_CHECKED_OUT_RESOURCE "cannot-merge-checked-out-resource": "RFC 3253";
    CANNOT_MODIFY_CHECKED_IN_PARENT "cannot-modify-checked-in-parent": "RFC 3253";
    CANNOT_MODIFY_DESTINATION_CHECKED_IN_PARENT "cannot-modify-destination-checked-in-parent": "RFC 3253";
    CANNOT_MODIFY_PROTECTED_PROPERTY "cannot-modify-protected-property": "RFC 4918 section 16";
    CANNOT_MODIFY_VERSION "cannot-modify-version": "RFC 3253";
    CANNOT_MODIFY_VERSION_CONTROLLED_CONFIGURATION "cannot-modify-version-controlled-configuration": "RFC 3253";
    CANNOT_MODIFY_VERSION_CONTROLLED_CONTENT "cannot-modify-version-controlled-content": "RFC 3253";
    CANNOT_MODIFY_VERSION_CONTROLLED_PROPERTY "cannot-modify-version-controlled-property": "RFC 3253";
    CANNOT_RENAME_HISTORY "cannot-rename-history": "RFC 3253";
    CANNOT_RENAME_VERSION "cannot-rename-version": "RFC 3253";
    CANNOT_RENAME_WORKING_RESOURCE "cannot-rename-working-resource": "RFC 3253";
    CAN_OVERWRITE "can-overwrite": "RFC 5842";
    CHECKIN_FORK_DISCOURAGED "checkin-fork-discouraged": "RFC 3253";
    CHECKIN_FORK_FORBIDDEN "checkin-fork-forbidden": "RFC 3253";
    CHECKOUT_NOT_ALLOWED "checkout-not-allowed": "RFC 3253";
    CHECKOUT_OF_CHECKED_OUT_VERSION_IS_DISCOURAGED "checkout-of-checked-out-version-is-discouraged": "RFC 3253";
    CHECKOUT_OF_CHECKED_OUT_VERSION_IS_FORBIDDEN "checkout-of-checked-out-version-is-forbidden": "RFC 3253";
    CHECKOUT_OF_VERSION_WITH_DESCENDANT_IS_DISCOURAGED "checkout-of-version-with-descendant-is-discouraged": "RFC 3253";
    CHECKOUT_OF_VERSION_WITH_DESCENDANT_IS_FORBIDDEN "checkout-of-version-with-descendant-is-forbidden": "RFC 3253";
    COLLECTION_MUST_BE_ORDERED "collection-must-be-ordered": "RFC 3648";
    CREATE_VERSION "create-version": "RFC 3253";
    CROSS_SERVER_BINDING "cross-server-binding": "RFC 5842";
    CYCLE_ALLOWED "cycle-allowed": "RFC 5842";
    DELETE_VERSION_SET "delete-version-set": "RFC 3253";
    DENY_BEFORE_GRANT "deny-before-grant": "RFC 3744";
    DEPTH_UPDATE "depth-update": "RFC 3253";
    GRANT_ONLY "grant-only": "RFC 3744";
    LABEL_MUST_EXIST "label-must-exist": "RFC 3253";
    LEGAL_REFTARGET "legal-reftarget": "RFC 4437";
    LIMITED_NUMBER_OF_ACES "limited-number-of-aces": "RFC 3744";
    LINEAR_ACTIVITY "linear-activity": "RFC 3253";
    LOCKED_OVERWRITE_ALLOWED "locked-overwrite-allowed": "RFC 5842";
    LOCKED_SOURCE_COLLECTION_UPDATE_ALLOWED "locked-source-collection-update-allowed": "RFC 5842";
    LOCKED_UPDATE_ALLOWED "locked-update-allowed": "RFC 5842";
    LOCK_DELETED "lock-deleted": "RFC 5842";
    LOCK_TOKEN_MATCHES_REQUEST_URI "lock-token-matches-request-uri": "RFC 4918 section 16";
    LOCK_TOKEN_SUBMITTED "lock-token-submitted": "RFC 4918 section 16";
    MERGE_MUST_BE_COMPLETE "merge-must-be-complete": "RFC 3253";
    MISSING_REQUIRED_PRINCIPAL "missing-required-principal": "RFC 3744";
    MUST_BE_ACTIVITY "must-be-activity": "RFC 3253";
    MUST_BE_BASELINE "must-be-baseline": "RFC 3253";
    MUST_BE_CHECKED_IN "must-be-checked-in": "RFC 3253";
    MUST_BE_CHECKED_OUT "must-be-checked-out": "RFC 3253";
    MUST_BE_CHECKED_OUT_VERSION_CONTROLLED_RESOURCE "must-be-checked-out-version-controlled-resource": "RFC 3253";
    MUST_BE_REDIRECTREF "must-be-redirectref": "RFC 4437";
    MUST_BE_VERSION "must-be-version": "RFC 3253";
    MUST_BE_VERSION_HISTORY "must-be-version-history": "RFC 3253";
    MUST_HAVE_NO_VERSION_CONTROLLED_MEMBERS "must-have-no-version-controlled-members": "RFC 3253";
    MUST_NOT_CHANGE_EXISTING_CHECKED_IN_OUT "must-not-change-existing-checked-in-out": "RFC 3253";
    MUST_NOT_COPY_VERSIONING_PROPERTY "must-not-copy-versioning-property": "RFC 3253";
    MUST_NOT_HAVE_LABEL_AND_APPLY_TO_VERSION "must-not-have-label-and-apply-to-version": "RFC 3253";
    MUST_NOT_UPDATE_BASELINE_COLLECTION "must-not-update-baseline-collection": "RFC 3253";
    MUST_SELECT_VERSION_IN_HISTORY "must-select-version-in-history": "RFC 3253";
    NAME_ALLOWED "name-allowed": "RFC 4437";
    NEED_PRIVILEGES "need-privileges": "RFC 3744";
    NEW_BINDING "new-binding": "RFC 5842";
    NEW_REDIRECTREF "new-redirectref": "RFC 4437";
    NEW_VERSION_HISTORY "new-version-history": "RFC 3253";
    NOT_SUPPORTED_PRIVILEGE "not-supported-privilege": "RFC 3744";
    NO_ABSTRACT "no-abstract": "RFC 3744";
    NO_ACE_CONFLICT "no-ace-conflict": "RFC 3744";
    NO_CHECKED_OUT_BASELINE_CONTROLLED_COLLECTION_MEMBERS "no-checked-out-baseline-controlled-collection-members": "RFC 3253";
    NO_CONFLICTING_LOCK "no-conflicting-lock": "RFC 4918 section 16";
    NO_EXTERNAL_ENTITIES "no-external-entities": "RFC 4918 section 16";
    NO_INHERITED_ACE_CONFLICT "no-inherited-ace-conflict": "RFC 3744";
    NO_INVERT "no-invert": "RFC 3744";
    NO_MODIFICATION "no-modification": "RFC 3253";
    NO_OVERWRITE_BY_AUTO_UPDATE "no-overwrite-by-auto-update": "RFC 3253";
    NO_PROTECTED_ACE_CONFLICT "no-protected-ace-conflict": "RFC 3744";
    NO_VERSION_DELETE "no-version-delete": "RFC 3253";
    NUMBER_OF_MATCHES_WITHIN_LIMITS "number-of-matches-within-limits": "RFC 3744";
    ONE_CHECKOUT_PER_ACTIVITY_PER_HISTORY "one-checkout-per-activity-per-history": "RFC 3253";
    ONE_VERSION_CONTROLLED_RESOURCE_PER_HISTORY_PER_WORKSPACE "one-version-controlled-resource-per-history-per-workspace": "RFC 3253";
    ONE_VERSION_PER_HISTORY_PER_BASELINE "one-version-per-history-per-baseline": "RFC 3253";
    ORDERED_COLLECTIONS_SUPPORTED "ordered-collections-supported": "RFC 3648";
    ORDERING_MODIFIED "ordering-modified": "RFC 3648";
    ORDERING_TYPE_SET "ordering-type-set": "RFC 3648";
    PARENT_RESOURCE_MUST_BE_NON_NULL "parent-resource-must-be-non-null": "RFC 4437";
    POSITION_SET "position-set": "RFC 3648";
    PRESERVED_LIVE_PROPERTIES "preserved-live-properties": "RFC 4918 section 16";
    PROPFIND_FINITE_DEPTH "propfind-finite-depth": "RFC 4918 section 16";
    PROTECTED_SOURCE_URL_DELETION_ALLOWED "protected-source-url-deletion-allowed": "RFC 5842";
    PROTECTED_URL_DELETION_ALLOWED "protected-url-deletion-allowed": "RFC 5842";
    PROTECTED_URL_MODIFICATION_ALLOWED "protected-url-modification-allowed": "RFC 5842";
    PUT_UNDER_VERSION_CONTROL "put-under-version-control": "RFC 3253";
    QUOTA_NOT_EXCEEDED "quota-not-exceeded": "RFC 4331 section 6";
    REBIND_INTO_COLLECTION "rebind-into-collection": "RFC 5842";
    REBIND_SOURCE_EXISTS "rebind-source-exists": "RFC 5842";
    RECOGNIZED_PRINCIPAL "recognized-principal": "RFC 3744";
    REDIRECTREF_SUPPORTED "redirectref-supported": "RFC 4437";
    REDIRECTREF_UPDATED "redirectref-updated": "RFC 4437";
    REDIRECT_LIFETIME_SUPPORTED "redirect-lifetime-supported": "RFC 4437";
    REDIRECT_LIFETIME_UPDATE_SUPPORTED "redirect-lifetime-update-supported": "RFC 4437";
    REMOVE_LABEL "remove-label": "RFC 3253";
    REPORT_PROPERTIES "report-properties": "RFC 3253";
    RESOURCE_MUST_BE_NULL "resource-must-be-null": "RFC 3253";
    SEARCH_GRAMMAR_DISCOVERY_SUPPORTED "search-grammar-discovery-supported": "RFC 5323 section 2.2.2";
    SEARCH_GRAMMAR_SUPPORTED "search-grammar-supported": "RFC 5323 section 2.2.2";
    SEARCH_MULTIPLE_SCOPE_SUPPORTED "search-multiple-scope-supported": "RFC 5323 section 2.2.2";
    SEARCH_SCOPE_VALID "search-scope-valid": "RFC 5323 section 2.2.2";
    SEGMENT_MUST_IDENTIFY_MEMBER "segment-must-identify-member": "RFC 3648";
    SUFFICIENT_DISK_SPACE "sufficient-disk-space": "RFC 4331 section 6";
    SUPPORTED_LIVE_PROPERTY "supported-live-property": "RFC 3253";
    SUPPORTED_REPORT "supported-report": "RFC 3253";
    SYNC_TRAVERSAL_SUPPORTED "sync-traversal-supported": "RFC 6578";
    UNBIND_FROM_COLLECTION "unbind-from-collection": "RFC 5842";
    UNBIND_SOURCE_EXISTS "unbind-source-exists": "RFC 5842";
    VALID_RESOURCETYPE "valid-resourcetype": "RFC 5689 section 3.3";
    VALID_SYNC_TOKEN "valid-sync-token": "RFC 6578";
    VERSION_CONTROLLED_CONFIGURATION_MUST_NOT_EXIST "version-controlled-configuration-must-not-exist": "RFC 3253";
    VERSION_HISTORY_HAS_ROOT "version-history-has-root": "RFC 3253";
    VERSION_HISTORY_IS_TREE "version-history-is-tree": "RFC 3253";
    WORKSPACE_LOCATION_OK "workspace-location-ok": "RFC 3253";
}

/// CalDAV.
pub mod caldav {
    use super::Name;

    elements! { "urn:ietf:params:xml:ns:caldav"
        ALLOWED_ATTENDEE_SCHEDULING_OBJECT_CHANGE "allowed-attendee-scheduling-object-change": "RFC 6638";
        ALLOWED_ORGANIZER_SCHEDULING_OBJECT_CHANGE "allowed-organizer-scheduling-object-change": "RFC 6638";
        CALENDAR_COLLECTION_LOCATION_OK "calendar-collection-location-ok": "RFC 4791";
        DEFAULT_CALENDAR_NEEDED "default-calendar-needed": "RFC 6638";
        INITIALIZE_CALENDAR_COLLECTION "initialize-calendar-collection": "RFC 4791";
        MAX_ATTACHMENTS_PER_RESOURCE "max-attachments-per-resource": "RFC 8607 section 3.11";
        MAX_ATTACHMENT_SIZE "max-attachment-size": "RFC 8607 section 3.11";
        MAX_ATTENDEES_PER_INSTANCE "max-attendees-per-instance": "RFC 4791";
        MAX_DATE_TIME "max-date-time": "RFC 4791";
        MAX_INSTANCES "max-instances": "RFC 4791";
        MAX_RESOURCE_SIZE "max-resource-size": "RFC 4791";
        MIN_DATE_TIME "min-date-time": "RFC 4791";
        NO_UID_CONFLICT "no-uid-conflict": "RFC 4791";
        SAME_ORGANIZER_IN_ALL_COMPONENTS "same-organizer-in-all-components": "RFC 6638";
        SUPPORTED_CALENDAR_COMPONENT "supported-calendar-component": "RFC 4791";
        SUPPORTED_CALENDAR_DATA "supported-calendar-data": "RFC 4791";
        SUPPORTED_COLLATION "supported-collation": "RFC 4791";
        SUPPORTED_FILTER "supported-filter": "RFC 4791";
        SUPPORTED_RSCALE "supported-rscale": "RFC 7529";
        UNIQUE_SCHEDULING_OBJECT_RESOURCE "unique-scheduling-object-resource": "RFC 6638";
        VALID_ACTION "valid-action": "RFC 8607 section 3.11";
        VALID_CALENDAR_DATA "valid-calendar-data": "RFC 4791";
        VALID_CALENDAR_OBJECT_RESOURCE "valid-calendar-object-resource": "RFC 4791";
        VALID_FILTER "valid-filter": "RFC 4791";
        VALID_MANAGED_ID "valid-managed-id": "RFC 8607 section 3.11";
        VALID_MANAGED_ID_PARAMETER "valid-managed-id-parameter": "RFC 8607 section 3.11";
        VALID_ORGANIZER "valid-organizer": "RFC 6638";
        VALID_RID "valid-rid": "RFC 8607 section 3.11";
        VALID_SCHEDULE_DEFAULT_CALENDAR_URL "valid-schedule-default-calendar-URL": "RFC 6638";
        VALID_SCHEDULING_MESSAGE "valid-scheduling-message": "RFC 6638";
        VALID_TIMEZONE "valid-timezone": "RFC 7809";
    }
}

/// CardDAV.
pub mod carddav {
    use super::Name;

    elements! { "urn:ietf:params:xml:ns:carddav"
        ADDRESSBOOK_COLLECTION_LOCATION_OK "addressbook-collection-location-ok": "RFC 6352";
        MAX_RESOURCE_SIZE "max-resource-size": "RFC 6352";
        NO_UID_CONFLICT "no-uid-conflict": "RFC 6352";
        SUPPORTED_ADDRESS_DATA "supported-address-data": "RFC 6352";
        SUPPORTED_ADDRESS_DATA_CONVERSION "supported-address-data-conversion": "RFC 6352";
        SUPPORTED_COLLATION "supported-collation": "RFC 6352";
        SUPPORTED_FILTER "supported-filter": "RFC 6352";
        VALID_ADDRESS_DATA "valid-address-data": "RFC 6352";
    }
}

/// WebDAV-Push. The draft has two names for one of them.
pub mod push {
    use super::Name;

    elements! { "https://bitfire.at/webdav-push"
        INVALID_SUBSCRIPTION "invalid-subscription": "draft-bitfire-webdav-push";
        NO_SUPPORTED_TRIGGER "no-supported-trigger": "draft-bitfire-webdav-push";
        NO_TRIGGER_SUPPORTED "no-trigger-supported": "draft-bitfire-webdav-push";
        PUSH_NOT_AVAILABLE "push-not-available": "draft-bitfire-webdav-push";
    }
}
