use std::{borrow::Cow, fmt, time::Duration};

use super::owned::{Namespaces, Own, own};
use super::{ElementName, List, Value, ValueError};
use crate::{Element, Href, names};

/// A lock that is held (RFC 4918 section 14.1). A part that was not sent is `None`. RFC 2518 had no `lockroot`.
///
/// A resource may have several shared locks. The answer to a LOCK request also names the locks of others, older locks
/// first (wsgidav, Nephele). [`ActiveLock::has_token`] finds your own lock.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActiveLock<'a> {
    /// Whether others can hold a lock on the resource at the same time.
    pub scope: Option<LockScope<'a>>,
    /// `DAV:write`, the only type there is.
    pub locktype: Option<ElementName<'a>>,
    /// How far the lock reaches below its root.
    pub depth: Option<Depth<'a>>,
    /// The holder of the lock, as named by the program that took the lock. This is the text of `owner`, including the
    /// text of an `href` inside `owner`. White space around the text is cut off.
    pub owner: Option<Cow<'a, str>>,
    /// When the lock expires.
    pub timeout: Option<Timeout<'a>>,
    /// The token of the lock, to be sent back. A token is a URI, but dufs and rclone send numbers. RFC 2518 allowed
    /// several tokens: this is the first.
    pub locktoken: Option<Href<'a>>,
    /// The resource that was locked.
    pub lockroot: Option<Href<'a>>,
}

/// A kind of lock that a resource supports (RFC 4918 section 14.10).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockEntry<'a> {
    /// Whether others can hold a lock on the resource at the same time.
    pub scope: Option<LockScope<'a>>,
    /// `DAV:write`, the only type there is.
    pub locktype: Option<ElementName<'a>>,
}

/// Whether others can hold a lock on the resource at the same time (RFC 4918 section 14.13).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockScope<'a> {
    /// Others can hold no lock.
    Exclusive,
    /// Others can hold shared locks.
    Shared,
    /// Another scope, by the name of its element.
    Other(ElementName<'a>),
}

/// How far a lock or request reaches below a resource (RFC 4918 section 14.4).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Depth<'a> {
    /// Only the resource.
    Zero,
    /// The resource and its members.
    One,
    /// The resource and everything below it.
    Infinity,
    /// Another depth, as sent.
    Other(Cow<'a, str>),
}

/// When a lock expires (RFC 4918 section 10.7).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timeout<'a> {
    /// The lock expires in this number of seconds from now. rclone sends 0 for a lock that does not expire.
    Seconds(u64),
    /// The lock never expires.
    Infinite,
    /// Another text, as sent.
    Other(Cow<'a, str>),
}

impl<'a> ActiveLock<'a> {
    /// Whether `lock_token` is the token of the lock, with or without the angle brackets of a `Lock-Token` header (RFC
    /// 4918 section 10.5).
    pub fn has_token(&self, lock_token: &str) -> bool {
        let token = lock_token.trim_ascii();
        let token = token.strip_prefix('<').and_then(|token| token.strip_suffix('>')).unwrap_or(token);
        self.locktoken.as_ref().is_some_and(|own| own.as_str() == token)
    }
}

own! {
    ActiveLock { scope, locktype, depth, owner, timeout, locktoken, lockroot }
    LockEntry { scope, locktype }
}

own! {
    enum LockScope { Exclusive, Shared } { Other }
    enum Depth { Zero, One, Infinity } { Other }
    enum Timeout { Infinite } { Seconds, Other }
}

impl LockScope<'_> {
    /// Turns the scope into one that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> LockScope<'static> {
        self.own(&mut Namespaces::default())
    }
}

/// Reads a single `activelock` element.
impl<'a> Value<'a> for ActiveLock<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let expected = "a lock by itself, but perhaps a list of them";
        element.called(names::ACTIVELOCK, expected).map(|lock| Some(active_lock(lock)))
    }

    /// Reads the locks that are held. An empty property is an empty list.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        List::read_members(element, names::ACTIVELOCK, "a set of locks", |lock| Ok(active_lock(lock)))
    }
}

/// Reads a single `lockentry` element.
impl<'a> Value<'a> for LockEntry<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let expected = "a lock entry by itself, but perhaps a list of them";
        element.called(names::LOCKENTRY, expected).map(|entry| Some(lock_entry(entry)))
    }

    /// Reads the kinds of lock that are supported. An empty property is an empty list.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        List::read_members(element, names::LOCKENTRY, "a set of lock entries", |entry| Ok(lock_entry(entry)))
    }
}

fn lock_entry<'a>(entry: Element<'_, 'a>) -> LockEntry<'a> {
    LockEntry { scope: scope(entry), locktype: locktype(entry) }
}

fn active_lock<'a>(lock: Element<'_, 'a>) -> ActiveLock<'a> {
    let text =
        |name| lock.child(name).map(|child| child.frame.trimmed(child.node)).filter(|text| !text.is_empty());
    // Text is read as an href, too, because a lock cannot be removed without its token.
    let as_text =
        |child: Element<'_, 'a>| (!child.has_children()).then(|| Href(child.frame.trimmed(child.node)));
    let href = |name| {
        let child = lock.child(name)?;
        child.hrefs().find(|href| !href.is_empty()).or_else(|| as_text(child)).filter(|href| !href.is_empty())
    };
    ActiveLock {
        scope: scope(lock),
        locktype: locktype(lock),
        depth: text(names::DEPTH).map(Depth::of),
        owner: text(names::OWNER),
        timeout: text(names::TIMEOUT).map(Timeout::of),
        locktoken: href(names::LOCKTOKEN),
        lockroot: href(names::LOCKROOT),
    }
}

fn scope<'a>(lock: Element<'_, 'a>) -> Option<LockScope<'a>> {
    let scope = lock.child(names::LOCKSCOPE)?.children().next()?;
    Some(match scope.name() {
        name if name == names::EXCLUSIVE => LockScope::Exclusive,
        name if name == names::SHARED => LockScope::Shared,
        _ => LockScope::Other(ElementName::of(scope)),
    })
}

fn locktype<'a>(lock: Element<'_, 'a>) -> Option<ElementName<'a>> {
    lock.child(names::LOCKTYPE)?.children().next().map(ElementName::of)
}

impl Timeout<'_> {
    /// The time that is left. `None` unless a number of seconds other than 0 was sent.
    pub fn duration(&self) -> Option<Duration> {
        match self {
            Timeout::Seconds(0) => None,
            Timeout::Seconds(seconds) => Some(Duration::from_secs(*seconds)),
            Timeout::Infinite | Timeout::Other(_) => None,
        }
    }
}

impl<'a> Depth<'a> {
    /// Turns the depth into one that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Depth<'static> {
        self.own(&mut Namespaces::default())
    }

    pub(super) fn of(text: Cow<'a, str>) -> Self {
        match &*text {
            "0" => Depth::Zero,
            "1" => Depth::One,
            infinity if infinity.eq_ignore_ascii_case("infinity") => Depth::Infinity,
            _ => Depth::Other(text),
        }
    }
}

/// Shows the depth as the protocol writes it, or as it was sent.
impl fmt::Display for Depth<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Depth::Zero => "0",
            Depth::One => "1",
            Depth::Infinity => "infinity",
            Depth::Other(text) => text,
        })
    }
}

/// Shows the timeout as the protocol writes it, or as it was sent.
impl fmt::Display for Timeout<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Timeout::Seconds(seconds) => write!(f, "Second-{seconds}"),
            Timeout::Infinite => f.write_str("Infinite"),
            Timeout::Other(text) => f.write_str(text),
        }
    }
}

/// Shows the name of the element: `exclusive`, `shared` or another.
impl fmt::Display for LockScope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LockScope::Exclusive => f.write_str("exclusive"),
            LockScope::Shared => f.write_str("shared"),
            LockScope::Other(name) => name.fmt(f),
        }
    }
}

impl<'a> Timeout<'a> {
    /// Turns the timeout into one that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Timeout<'static> {
        self.own(&mut Namespaces::default())
    }

    /// Reads `Second-3600` or `Infinite`, or the first of a list of these. A fraction is cut off (Nephele sends one).
    /// `Second-` may be repeated or precede `Infinite` (pywebdav3).
    pub(super) fn of(text: Cow<'a, str>) -> Self {
        let mut first = text.split(',').next().unwrap_or_default().trim_ascii();
        let mut has_unit = false;
        while let Some(rest) = after_unit(first) {
            (has_unit, first) = (true, rest);
        }
        let (seconds, fraction) = first.split_once('.').unwrap_or((first, ""));
        let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        match seconds.parse() {
            Ok(number) if has_unit && is_number(seconds) && is_number(fraction) => Timeout::Seconds(number),
            _ if first.eq_ignore_ascii_case("Infinite") => Timeout::Infinite,
            _ => Timeout::Other(text),
        }
    }
}

/// Returns the text after `Second-`, if `text` starts with that.
fn after_unit(text: &str) -> Option<&str> {
    let (unit, rest) = text.split_at_checked(7)?;
    unit.eq_ignore_ascii_case("Second-").then_some(rest)
}
