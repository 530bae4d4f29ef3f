//! What the referent has settled about a draft (one line of `review.jsonl`). Her word is hard
//! evidence for every later run; the last line about a thing holds.

use serde::{Deserialize, Serialize};

use super::referat::StatementId;
use crate::time::{Span, Timestamp};

/// Something the referent settled, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// When, by the wall clock (RFC 3339).
    pub at: String,
    /// What she settled.
    #[serde(flatten)]
    pub kind: ReviewKind,
}

/// What was settled. Places are given in audio time and not by segment, so that they hold
/// for another transcript of the same recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ReviewKind {
    /// From here on this item is dealt with, until the next boundary.
    Boundary {
        /// Where it begins, in audio time.
        at_ms: Timestamp,
        /// The item's number as printed; null before the first item.
        item: Option<String>,
        /// The boundary this one replaces, where one was moved rather than made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        moved_from_ms: Option<Timestamp>,
    },
    /// This person speaks here.
    Speaker {
        /// The stretch meant.
        #[serde(flatten)]
        span: Span,
        /// The voice meant, everywhere it is heard; absent when only the stretch is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        voice: Option<String>,
        /// The participant's full name; null when nobody can tell.
        name: Option<String>,
    },
    /// The statement is right as it stands (a decision, a vote, an action).
    Accept {
        /// Which statement.
        statement: StatementId,
    },
    /// The statement does not belong in the referat.
    Reject {
        /// Which statement.
        statement: StatementId,
    },
    /// She takes back what she said of the statement: it is for the machine to say again.
    Reopen {
        /// Which statement.
        statement: StatementId,
    },
    /// The item is dealt with behind closed doors, or is not after all.
    Closed {
        /// The item's number as printed.
        item: String,
        /// Whether it is closed.
        closed: bool,
    },
    /// The referat is approved as it stands.
    Approve {
        /// SHA-256 of the `referat.md` that was approved.
        sha256: String,
        /// Who approved it, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_as_it_is_written() {
        let line = r#"{"at":"2026-11-25T10:00:00+01:00","kind":"speaker","start_ms":1200,"end_ms":4300,"name":"Kim Christiansen"}"#;
        let review: Review = serde_json::from_str(line).unwrap();
        assert!(matches!(&review.kind, ReviewKind::Speaker { name: Some(name), voice: None, .. }
            if name == "Kim Christiansen"));
        assert_eq!(serde_json::to_string(&review).unwrap(), line);
    }
}
