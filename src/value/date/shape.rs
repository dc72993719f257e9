//! The shape of a text, character by character, and the names of weekdays.

pub(super) const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Whether `text` has a capital for each `A` in `form`, a small letter for each `a`, and a digit for each `9`. The
/// other characters must be those of `form`.
pub(super) fn is_like(text: &str, form: &[u8]) -> bool {
    let fits = |(b, form): (u8, &u8)| match form {
        b'A' => b.is_ascii_uppercase(),
        b'a' => b.is_ascii_lowercase(),
        b'9' => b.is_ascii_digit(),
        _ => b == *form,
    };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// Returns `text` without a comment at its end, such as ` (UTC)`.
pub(super) fn without_comment(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((rest, comment)) if !comment.contains(['(', ')']) => rest.trim_ascii_end(),
        _ => text,
    }
}
