//! Typed values on a line of text.

use std::fmt::Debug;

use multistatus::{
    Acl, ActiveLock, ComponentSet, DataType, DateForm, DateTime, Element, EntityTag, Href, HttpDate,
    LockEntry, MediaType, Principal, PrivilegeSet, PrivilegeTree, Quota, ResourceType, SupportedSet, Value,
    ValueError, names,
};

/// What a property says: its value where its type is known here, and its text otherwise. A value that cannot be read is
/// its text with a question mark.
pub(crate) fn shown(property: Element<'_, '_>) -> String {
    typed(property).unwrap_or_else(|| Ok(text(property))).unwrap_or_else(|_| format!("{} ?", text(property)))
}

fn text(property: Element<'_, '_>) -> String {
    let text = property.text().trim().to_owned();
    let mut children = property.children().map(|child| child.name().to_string());
    match &*text {
        "" => children.by_ref().collect::<Vec<_>>().join(" "),
        _ => text,
    }
}

/// A date without what is the same everywhere.
fn date(date: impl ToString, form: DateForm, is_well_formed: bool) -> String {
    if is_well_formed { date.to_string() } else { format!("{} ({form:?})", date.to_string()) }
}

/// The value, or `None` for a property that is none of those in here.
fn typed(property: Element<'_, '_>) -> Option<Result<String, ValueError>> {
    let name = property.name();
    let read = match name {
        _ if name == names::GETLASTMODIFIED => {
            show(property, |value: HttpDate| date(value, value.form(), value.is_well_formed()))
        }
        _ if name == names::CREATIONDATE => {
            show(property, |value: DateTime| date(value, value.form(), value.is_well_formed()))
        }
        _ if name == names::GETCONTENTLENGTH => show(property, |bytes: u64| bytes.to_string()),
        _ if name == names::GETETAG || name == names::caldav::SCHEDULE_TAG => {
            show(property, |tag: EntityTag<'_>| tag.to_string())
        }
        _ if name == names::GETCONTENTTYPE => {
            show(property, |media_type: MediaType<'_>| media_type.to_string())
        }
        _ if name == names::RESOURCETYPE => show(property, |types: ResourceType<'_>| list(types.iter())),
        _ if name == names::QUOTA_AVAILABLE_BYTES || name == names::QUOTA_USED_BYTES => {
            show(property, |quota: Quota| {
                quota.bytes().map_or_else(|| debug(&quota), |bytes| bytes.to_string())
            })
        }
        _ if name == names::LOCKDISCOVERY => {
            show(property, |locks: Vec<ActiveLock<'_>>| lines(locks.iter().map(lock)))
        }
        _ if name == names::SUPPORTEDLOCK => {
            show(property, |locks: Vec<LockEntry<'_>>| lines(locks.iter().map(|lock| some(&lock.scope))))
        }
        _ if name == names::CURRENT_USER_PRINCIPAL => {
            show(property, |principal: Principal<'_>| debug(&principal))
        }
        _ if name == names::CURRENT_USER_PRIVILEGE_SET => {
            show(property, |privileges: PrivilegeSet<'_>| list(privileges.iter()))
        }
        _ if name == names::SUPPORTED_PRIVILEGE_SET => show(property, |tree: PrivilegeTree<'_>| {
            list(
                tree.iter()
                    .map(|privilege| format!("{}{}", ".".repeat(privilege.depth), privilege.name.as_name())),
            )
        }),
        _ if name == names::ACL => show(property, |acl: Acl<'_>| lines(acl.iter().map(debug))),
        _ if name == names::SUPPORTED_REPORT_SET => {
            show(property, |reports: SupportedSet<'_>| list(reports.iter()))
        }
        _ if name == names::caldav::SUPPORTED_CALENDAR_COMPONENT_SET => {
            show(property, |components: ComponentSet<'_>| list(components.iter()))
        }
        _ if name == names::caldav::SUPPORTED_CALENDAR_DATA
            || name == names::carddav::SUPPORTED_ADDRESS_DATA =>
        {
            show(property, |types: Vec<DataType<'_>>| {
                list(types.iter().map(|one| format!("{} {}", one.content_type, one.version)))
            })
        }
        _ if name == names::OWNER
            || name == names::PRINCIPAL_URL
            || name == names::caldav::CALENDAR_HOME_SET
            || name == names::carddav::ADDRESSBOOK_HOME_SET
            || name == names::caldav::CALENDAR_USER_ADDRESS_SET =>
        {
            show(property, |hrefs: Vec<Href<'_>>| list(hrefs.iter()))
        }
        _ => return None,
    };
    Some(read)
}

fn show<'a, V: Value<'a>>(
    property: Element<'_, 'a>,
    show: impl Fn(V) -> String,
) -> Result<String, ValueError> {
    Ok(property.read::<V>()?.map(show).unwrap_or_default())
}

fn lock(lock: &ActiveLock<'_>) -> String {
    let href = |href: &Option<Href<'_>>| href.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    format!(
        "{} by {}, depth {}, {}, {} on {}",
        some(&lock.scope),
        lock.owner.as_deref().unwrap_or("-"),
        some(&lock.depth),
        some(&lock.timeout),
        href(&lock.locktoken),
        href(&lock.lockroot)
    )
}

fn some(value: &Option<impl Debug>) -> String {
    value.as_ref().map_or_else(|| "-".to_owned(), debug)
}

fn debug(value: &impl Debug) -> String {
    format!("{value:?}")
}

fn list(items: impl Iterator<Item = impl ToString>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(" ")
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}
