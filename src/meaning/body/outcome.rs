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
    /// What failed, in the order of the body: at least one with [`Verdict::Failure`]. If the body names no culprit, it
    /// is the request itself, whose href is empty. At most 100, or as many as
    /// [`Request::most_culprits`](crate::meaning::Request::most_culprits) allows, and less than a megabyte.
    pub culprits: Vec<Culprit>,
    /// How many failed, kept or not.
    pub culprit_count: u64,
    /// The server has cut the answer to a query, and there is no way to go on (RFC 5323 section 2.3.1, RFC 6352 section
    /// 8.6.2).
    pub is_truncated: bool,
}

/// An error: a request has not succeeded. It displays as the verdict and the culprits, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotSuccess(Outcome);

impl NotSuccess {
    /// What became of the request.
    pub fn outcome(&self) -> &Outcome {
        &self.0
    }
}

/// The verdict and the culprits, one after the other.
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
    /// `Ok` for [`Verdict::Success`], and an error with the culprits for every other verdict.
    ///
    /// # Errors
    /// When the verdict is not [`Verdict::Success`].
    pub fn into_result(self) -> Result<(), NotSuccess> {
        if self.verdict == Verdict::Success { Ok(()) } else { Err(NotSuccess(self)) }
    }
}
