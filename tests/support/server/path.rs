//! Paths: as segments inside, percent-escaped in answers.

/// Decoded segments, none of them empty. The root of the server has none.
pub(crate) type Path = Vec<String>;

/// A segment as this server spells it: all but the unreserved characters of RFC 3986 is escaped.
pub(crate) fn escaped(name: &str) -> String {
    escaped_bytes(name.as_bytes())
}

/// The same for what may be no text.
pub(crate) fn escaped_bytes(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(*byte));
            }
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// The bytes that a segment stands for. A `%` that begins no escape stands for itself.
pub(crate) fn decoded(segment: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::with_capacity(segment.len()), segment.as_bytes());
    while let [first, behind @ ..] = rest {
        rest = behind;
        bytes.push(match (first, behind) {
            (b'%', [high, low, behind @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = behind;
                    high * 16 + low
                }
                _ => b'%',
            },
            (byte, _) => *byte,
        });
    }
    bytes
}

fn digit(byte: u8) -> Option<u8> {
    let value = char::from(byte).to_digit(16)?;
    u8::try_from(value).ok()
}

/// The segments of a path as requests have it, its query left out. `None` when one of them is no text or empty.
pub(crate) fn parse(path: &str) -> Option<Path> {
    let path = path.split('?').next().unwrap_or_default().strip_prefix('/')?;
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Some(Path::new());
    }
    let name = |segment| String::from_utf8(decoded(segment)).ok().filter(|name| !name.is_empty());
    path.split('/').map(name).collect()
}

/// The path as this server spells it, with a slash at the end if it is a collection's.
pub(crate) fn spelled(path: &[String], is_collection: bool) -> String {
    let mut text: String = path.iter().map(|name| format!("/{}", escaped(name))).collect();
    if is_collection {
        text.push('/');
    }
    text
}

/// The path as SOGo writes it in reports: nothing is escaped but what XML cannot hold.
pub(crate) fn unescaped(path: &[String], is_collection: bool) -> String {
    let mut text = String::new();
    for c in path.iter().flat_map(|name| ['/'].into_iter().chain(name.chars())) {
        match c.is_control() {
            true => text.push_str(&escaped(c.encode_utf8(&mut [0; 4]))),
            false => text.push(c),
        }
    }
    if is_collection {
        text.push('/');
    }
    text
}
