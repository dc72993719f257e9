//! What the head of an HTTP answer says about its body.

use http::{HeaderMap, StatusCode, header};

use crate::{MediaType, Status};

/// Whether a body is worth reading, and in which encoding, by the head of the answer (feature `http`).
///
/// The root of the body decides what it is, never the head: this only spares reading what cannot be WebDAV.
///
/// ```
/// use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
/// use multistatus::{Expected, Worth};
///
/// let mut headers = HeaderMap::new();
/// headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml;charset=\"utf-8\""));
/// let expected = Expected::of(StatusCode::MULTI_STATUS, &headers);
/// assert_eq!((expected.worth(), expected.charset()), (Worth::Reading, Some("utf-8")));
/// assert_eq!(Expected::of(StatusCode::NO_CONTENT, &headers).worth(), Worth::Nothing);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    worth: Worth,
    charset: Option<String>,
}

/// What to do with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Worth {
    /// Read it: any body with status 207, and what says that it is XML. That 207 has another type or none proves nothing:
    /// Open-Xchange and Davis send `text/html`, nginx nothing.
    Reading,
    /// It may be WebDAV: it has no type, or the wrong one that servers are known to send with XML. Reading it tells.
    Trying,
    /// There is none, or it is something else: JSON, a calendar object, a picture.
    Nothing,
}

impl Expected {
    /// By the status and the headers of an answer.
    pub fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let value = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = MediaType::parse(value(header::CONTENT_TYPE));
        let charset = media_type.as_ref().and_then(|media_type| media_type.parameter("charset"));
        let charset = charset
            .map(|charset| charset.trim_matches(['"', '\'', ' ']).into())
            .filter(|charset: &String| !charset.is_empty());
        let is_empty =
            matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
                || (value(header::CONTENT_LENGTH).trim() == "0" && status != StatusCode::MULTI_STATUS);
        let essence =
            media_type.as_ref().map_or(String::new(), |media_type| media_type.essence().to_ascii_lowercase());
        let worth = match &*essence {
            _ if is_empty => Worth::Nothing,
            _ if status == StatusCode::MULTI_STATUS => Worth::Reading,
            "text/xml" | "application/xml" => Worth::Reading,
            xml if xml.ends_with("+xml") && xml != "application/xhtml+xml" => Worth::Reading,
            "" | "text/html" | "text/plain" | "application/octet-stream" => Worth::Trying,
            _ => Worth::Nothing,
        };
        Expected { worth, charset }
    }

    /// What to do with the body.
    pub fn worth(&self) -> Worth {
        self.worth
    }

    /// The encoding that the head names, for [`Options::charset`](crate::Options::charset) and
    /// [`decode`](crate::decode).
    pub fn charset(&self) -> Option<&str> {
        self.charset.as_deref()
    }
}

/// The code of a status, unless it is unreadable.
impl TryFrom<&Status<'_>> for StatusCode {
    type Error = Unreadable;

    fn try_from(status: &Status<'_>) -> Result<Self, Unreadable> {
        status.as_u16().and_then(|code| StatusCode::from_u16(code).ok()).ok_or(Unreadable)
    }
}

/// A status has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the status has no readable code")]
#[non_exhaustive]
pub struct Unreadable;
