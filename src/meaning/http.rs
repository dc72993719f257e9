//! What the head of an HTTP answer says about its body.

use http::{HeaderMap, StatusCode, header};

use crate::{Status, value::MediaType};

/// Whether a body is worth reading, and its encoding, by the head of the answer (feature `http`).
///
/// Only the root of a body decides what the body is. The head saves a client from reading what cannot be WebDAV.
///
/// ```
/// use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
/// use multistatus::meaning::{BodyHint, ExpectedBody};
///
/// let mut headers = HeaderMap::new();
/// let media_type = HeaderValue::from_static("application/xml;charset=\"utf-8\"");
/// headers.insert(CONTENT_TYPE, media_type);
/// let hint = BodyHint::new(StatusCode::MULTI_STATUS, &headers);
/// assert_eq!((hint.expected(), hint.charset()), (ExpectedBody::Dav, Some("utf-8")));
/// let hint = BodyHint::new(StatusCode::NO_CONTENT, &headers);
/// assert_eq!(hint.expected(), ExpectedBody::Other);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyHint {
    expected: ExpectedBody,
    charset: Option<String>,
}

/// What a body may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExpectedBody {
    /// Read it: the status is 207, or the type says XML. The type of a 207 proves nothing: Open-Xchange and Davis send
    /// `text/html`, nginx sends no type.
    Dav,
    /// It may be WebDAV: it has no type, or a wrong one that servers are known to send with XML. Read it to find out.
    MaybeDav,
    /// There is no body, or it is something else: JSON, a calendar object, a picture.
    Other,
}

impl BodyHint {
    /// From the status and the headers of an answer.
    pub fn new(status: StatusCode, headers: &HeaderMap) -> Self {
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
        let expected = match &*essence {
            _ if is_empty => ExpectedBody::Other,
            _ if status == StatusCode::MULTI_STATUS => ExpectedBody::Dav,
            "text/xml" | "application/xml" => ExpectedBody::Dav,
            xml if xml.ends_with("+xml") && xml != "application/xhtml+xml" => ExpectedBody::Dav,
            "" | "text/html" | "text/plain" | "application/octet-stream" => ExpectedBody::MaybeDav,
            _ => ExpectedBody::Other,
        };
        BodyHint { expected, charset }
    }

    /// What the body may be.
    pub fn expected(&self) -> ExpectedBody {
        self.expected
    }

    /// The encoding that the head names, for [`Options::charset`](crate::Options::charset) and
    /// [`decode`](crate::decode).
    pub fn charset(&self) -> Option<&str> {
        self.charset.as_deref()
    }
}

/// The code of a status, unless it is unreadable.
impl TryFrom<&Status<'_>> for StatusCode {
    type Error = UnreadableStatus;

    fn try_from(status: &Status<'_>) -> Result<Self, UnreadableStatus> {
        status.as_u16().and_then(|code| StatusCode::from_u16(code).ok()).ok_or(UnreadableStatus)
    }
}

/// A status has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the status has no readable code")]
#[non_exhaustive]
pub struct UnreadableStatus;
