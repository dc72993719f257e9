//! Typed values on a line of text.

use std::fmt::{Debug, Display};

#[cfg(feature = "date")]
use multistatus::value::{DateForm, DateTime, HttpDate};
use multistatus::{
    Element, Href, Name, Props, names,
    value::{
        Ace, Acl, ActiveLock, ComponentSet, EntityTag, List, LockEntry, MediaType, ObjectDataType, Principal,
        PrivilegeSet, PrivilegeTree, Quota, ResourceType, SupportedSet, Value, ValueError,
    },
};

/// What a property says: its value where its type is known here, and its text otherwise. When a value cannot be read, its
/// text and why.
pub(crate) fn shown(property: Element<'_, '_>) -> String {
    typed(property).unwrap_or_else(|| Ok(text(property))).unwrap_or_else(|error| why(property, &error))
}

/// The same for the property `name`, or nothing.
pub(crate) fn shown_of(props: Props<'_, '_>, name: Name<'_>) -> String {
    let Some(property) = props.get(name) else { return String::new() };
    // As what it is read does not matter for whether it is there twice.
    props.read::<()>(name).map_or_else(|error| why(property, &error), |_| shown(property))
}

fn why(property: Element<'_, '_>, error: &ValueError) -> String {
    format!("{} ! {}", text(property), error.message())
}

fn text(property: Element<'_, '_>) -> String {
    let text = property.text().trim().to_owned();
    match &*text {
        "" => list(property.children().map(|child| child.name())),
        _ => text,
    }
}

/// A date without what is the same everywhere.
#[cfg(feature = "date")]
fn date(date: impl ToString, form: DateForm, is_well_formed: bool) -> String {
    if is_well_formed { date.to_string() } else { format!("{} ({form:?})", date.to_string()) }
}

/// The value, or `None` for a property that is not in here.
fn typed(property: Element<'_, '_>) -> Option<Result<String, ValueError>> {
    let name = property.name();
    let read = match name {
        #[cfg(feature = "date")]
        _ if name == names::GETLASTMODIFIED => {
            show(property, |value: HttpDate| date(value, value.form(), value.is_well_formed()))
        }
        #[cfg(feature = "date")]
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
            show(property, |locks: List<ActiveLock<'_>>| listed(&locks, lock))
        }
        _ if name == names::SUPPORTEDLOCK => {
            show(property, |locks: List<LockEntry<'_>>| listed(&locks, |lock| some(&lock.scope)))
        }
        _ if name == names::CURRENT_USER_PRINCIPAL => show(property, |who: Principal<'_>| principal(&who)),
        _ if name == names::CURRENT_USER_PRIVILEGE_SET => {
            show(property, |privileges: PrivilegeSet<'_>| list(privileges.iter()))
        }
        _ if name == names::SUPPORTED_PRIVILEGE_SET => show(property, |tree: PrivilegeTree<'_>| {
            list(
                tree.iter()
                    .map(|privilege| format!("{}{}", ".".repeat(privilege.depth), privilege.name.as_name())),
            )
        }),
        _ if name == names::ACL => show(property, |acl: Acl<'_>| lines(acl.iter().map(entry))),
        _ if name == names::SUPPORTED_REPORT_SET => {
            show(property, |reports: SupportedSet<'_>| list(reports.iter()))
        }
        _ if name == names::caldav::SUPPORTED_CALENDAR_COMPONENT_SET => {
            show(property, |components: ComponentSet<'_>| list(components.iter()))
        }
        _ if name == names::caldav::SUPPORTED_CALENDAR_DATA
            || name == names::carddav::SUPPORTED_ADDRESS_DATA =>
        {
            show(property, |types: List<ObjectDataType<'_>>| {
                list(types.iter().map(|one| format!("{} {}", one.content_type, one.version)))
            })
        }
        _ if name == names::OWNER
            || name == names::PRINCIPAL_URL
            || name == names::caldav::CALENDAR_HOME_SET
            || name == names::carddav::ADDRESSBOOK_HOME_SET
            || name == names::caldav::CALENDAR_USER_ADDRESS_SET =>
        {
            show(property, |hrefs: List<Href<'_>>| list(hrefs.iter()))
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
    format!(
        "{} by {}, depth {}, {}, {} on {}",
        some(&lock.scope),
        lock.owner.as_deref().unwrap_or("-"),
        some(&lock.depth),
        some(&lock.timeout),
        some(&lock.locktoken),
        some(&lock.lockroot)
    )
}

fn some(value: &Option<impl Display>) -> String {
    value.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)
}

fn principal(principal: &Principal<'_>) -> String {
    match principal {
        Principal::Href(href) => href.to_string(),
        Principal::Property(name) | Principal::Other(name) => name.to_string(),
        other => debug(other).to_lowercase(),
    }
}

fn entry(entry: Result<&Ace<'_>, &ValueError>) -> String {
    entry.map_or_else(|error| format!("! {}", error.message()), ace)
}

fn ace(ace: &Ace<'_>) -> String {
    let (who, what) = (principal(&ace.principal), list(ace.privileges.iter()));
    let (not, verb) =
        (if ace.is_inverted { "not " } else { "" }, if ace.is_grant { "may" } else { "must not" });
    format!("{not}{who} {verb} {what}")
}

/// The entries, and what is wrong with others.
fn listed<T>(list: &List<T>, show: impl Fn(&T) -> String) -> String {
    let errors = list.errors().iter().map(|error| format!("! {}", error.message()));
    lines(list.iter().map(show).chain(errors))
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
