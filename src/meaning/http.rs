//! What the head of an HTTP answer says about its body.

use http::{HeaderMap, StatusCode, header};

use crate::{Status, value::MediaType};

/// What the head of an answer says about its body: whether to read it, and its encoding (feature `http`).
///
/// Only the root element decides what a body is. The head saves a client from reading a body that cannot be WebDAV.
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

/// What the body of an answer may be, by the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExpectedBody {
    /// Read the body: the status is 207, or the media type is XML. The media type of a 207 proves nothing: Open-Xchange
    /// and Davis send `text/html`, nginx sends no type.
    Dav,
    /// The body may be WebDAV: it has no media type, or a wrong one that servers send with XML. Read it to find out.
    MaybeDav,
    /// There is no body, or the body is something else: JSON, a calendar object, a picture.
    Other,
}

impl BodyHint {
    /// Makes the hint from the status and the headers of an answer.
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

    /// Returns what the body may be.
    pub fn expected(&self) -> ExpectedBody {
        self.expected
    }

    /// Returns the encoding that the head names, for [`Options::charset`](crate::Options::charset) and
    /// [`decode`](crate::decode). `None` when the head names no encoding.
    pub fn charset(&self) -> Option<&str> {
        self.charset.as_deref()
    }
}

/// Converts a status to its code. Errs when the status has no readable code.
impl TryFrom<&Status<'_>> for StatusCode {
    type Error = UnreadableStatus;

    fn try_from(status: &Status<'_>) -> Result<Self, UnreadableStatus> {
        status.as_u16().and_then(|code| StatusCode::from_u16(code).ok()).ok_or(UnreadableStatus)
    }
}

/// An error: a status has no readable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the status has no readable code")]
#[non_exhaustive]
pub struct UnreadableStatus;
