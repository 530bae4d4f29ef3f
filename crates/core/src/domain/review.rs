//! What the referent has settled about a draft (one line of `review.jsonl`). Her word is hard
//! evidence for every later run; the last line about a thing holds.

use serde::{Deserialize, Serialize};

use super::referat::StatementId;
use super::voices::VoiceId;
use crate::time::{Span, Timestamp};

/// Something the referent settled, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "ReviewLine"))]
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
        voice: Option<VoiceId>,
        /// Full name, also of somebody who is not among the participants; null when nobody can
        /// tell.
        name: Option<String>,
        /// Whether she takes the same line back: the machine is to say again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        taken_back: bool,
    },
    /// In this stretch another voice speaks than was heard: one of the others, or a new one.
    Voice {
        /// The stretch meant.
        #[serde(flatten)]
        span: Span,
        /// Whose it is.
        voice: VoiceId,
        /// Whether she takes the same line back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        taken_back: bool,
    },
    /// Two voices are one person's.
    Merge {
        /// The voice that there is no longer.
        voice: VoiceId,
        /// The one that it is.
        into: VoiceId,
        /// Whether she takes the same line back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        taken_back: bool,
    },
    /// From here on what was heard as one voice is another's.
    Split {
        /// The voice.
        voice: VoiceId,
        /// Where the other begins, in audio time.
        at_ms: Timestamp,
        /// The other.
        into: VoiceId,
        /// Whether she takes the same line back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        taken_back: bool,
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
        /// Whether she takes the same line back: it is not approved after all.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        taken_back: bool,
    },
}

impl ReviewKind {
    /// Returns the line that this one takes back, if it takes one back.
    fn taken_back(&self) -> Option<Self> {
        let mut line = self.clone();
        let back = match &mut line {
            Self::Speaker { taken_back, .. }
            | Self::Voice { taken_back, .. }
            | Self::Merge { taken_back, .. }
            | Self::Split { taken_back, .. }
            | Self::Approve { taken_back, .. } => std::mem::take(taken_back),
            _ => false,
        };
        back.then_some(line)
    }
}

/// Returns what stands of what was settled, in order: without the lines that were taken back.
pub fn standing(review: &[Review]) -> Vec<&ReviewKind> {
    let mut standing: Vec<&ReviewKind> = Vec::with_capacity(review.len());
    for line in review {
        let Some(meant) = line.kind.taken_back() else {
            standing.push(&line.kind);
            continue;
        };
        // One that nobody wrote takes nothing back.
        if let Some(at) = standing.iter().rposition(|kind| **kind == meant) {
            standing.remove(at);
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(line: &str) -> Review {
        serde_json::from_str(&format!(r#"{{"at":"2026-11-28T10:00:00Z",{line}}}"#)).unwrap()
    }

    #[test]
    fn a_line_that_is_taken_back_no_longer_stands_and_may_stand_again() {
        let merge = r#""kind":"merge","voice":"v4","into":"v2""#;
        let back = format!("{merge},\"taken_back\":true");
        let other = r#""kind":"split","voice":"v2","at_ms":70,"into":"v9""#;
        let mut lines = vec![review(merge), review(other), review(&back)];
        assert_eq!(standing(&lines), [&review(other).kind]);
        lines.push(review(merge));
        assert_eq!(standing(&lines), [&review(other).kind, &review(merge).kind]);
    }

    #[test]
    fn what_nobody_said_cannot_be_taken_back() {
        let back = r#""kind":"voice","start_ms":0,"end_ms":9,"voice":"v2","taken_back":true"#;
        assert_eq!(standing(&[review(back)]), Vec::<&ReviewKind>::new());
    }

    #[test]
    fn a_line_reads_as_it_is_written() {
        let line = r#"{"at":"2026-11-25T10:00:00+01:00","kind":"speaker","start_ms":1200,"end_ms":4300,"name":"Kim Christiansen"}"#;
        let review: Review = serde_json::from_str(line).unwrap();
        assert!(matches!(&review.kind, ReviewKind::Speaker { name: Some(name), voice: None, .. }
            if name == "Kim Christiansen"));
        assert_eq!(serde_json::to_string(&review).unwrap(), line);
    }
}
