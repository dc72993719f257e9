//! What became of a request.

use std::fmt;

use super::{culprit::Culprit, verdict::Verdict};

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Outcome {
    /// Whether what was asked for has happened.
    pub verdict: Verdict,
    /// The resources that failed, in the order of the body. With [`Verdict::Failure`], there is at least one: if the
    /// body names no culprit, it is the request itself, with an empty href. At most 100 culprits are kept, or as many
    /// as [`Request::most_culprits`](crate::meaning::Request::most_culprits) allows, in less than a megabyte.
    pub culprits: Vec<Culprit>,
    /// The number of all culprits, including those that are not in `culprits`.
    pub culprit_count: u64,
    /// Whether the server has cut the answer to a query. There is no way to ask for the rest (RFC 5323 section 2.3.1,
    /// RFC 6352 section 8.6.2).
    pub is_truncated: bool,
}

/// An error: a request has not succeeded. The error displays as the verdict and the culprits, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotSuccess(Outcome);

impl NotSuccess {
    /// Returns what became of the request.
    pub fn outcome(&self) -> &Outcome {
        &self.0
    }
}

/// Shows the verdict and the culprits, one after the other.
impl fmt::Display for NotSuccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.verdict {
            Verdict::Success => "the request has succeeded",
            Verdict::Partial => "the request has succeeded in part",
            Verdict::Failure => "the request has failed",
            Verdict::Unproven => "the answer does not say whether the request has succeeded",
        })?;
        for (number, culprit) in self.0.culprits.iter().enumerate() {
            write!(f, "{} {culprit}", if number == 0 { ":" } else { "; then" })?;
        }
        Ok(())
    }
}

impl Outcome {
    /// Returns `Ok` for [`Verdict::Success`], and an error with the culprits for every other verdict.
    ///
    /// # Errors
    /// When the verdict is not [`Verdict::Success`].
    pub fn into_result(self) -> Result<(), NotSuccess> {
        if self.verdict == Verdict::Success { Ok(()) } else { Err(NotSuccess(self)) }
    }
}
