//! Which of a meeting's utterances the statements of a draft rest on.

use std::collections::{BTreeSet, HashMap};

use referat_core::domain::referat::Statement;
use referat_core::domain::transcript::{SegmentId, Transcript};
use referat_core::time::Span;

use crate::gold::Gold;

/// The segments of a transcript beside the utterances of its gold.
#[derive(Debug)]
pub struct Citations {
    utterances: Vec<Span>,
    segments: HashMap<SegmentId, (usize, Span)>,
    /// Whether segments are utterances, one for one.
    same: bool,
}

impl Citations {
    /// Returns the citations of statements that rest on `transcript`.
    pub fn new(gold: &Gold, transcript: &Transcript) -> Self {
        let utterances: Vec<Span> = gold.utterances.iter().map(|one| one.span()).collect();
        let spans: Vec<Span> = transcript.segments.iter().map(|one| one.span).collect();
        let segments = transcript.segments.iter().enumerate();
        let segments = segments.map(|(place, one)| (one.id, (place, one.span))).collect();
        Self { same: utterances == spans, utterances, segments }
    }

    /// Returns the utterances that a statement cites: where segments are no utterances, those that
    /// share half of their time, or of the segment's, with one of its segments.
    pub fn of(&self, statement: &Statement) -> BTreeSet<usize> {
        let own = || statement.segments.iter().filter_map(|id| self.segments.get(id));
        if self.same {
            return own().map(|(place, _)| *place).collect();
        }
        let mut cited = BTreeSet::new();
        for (_, segment) in own() {
            // Of a segment that two voices share, the statement's share.
            let start = segment.start().max(statement.span.start());
            let end = segment.end().min(statement.span.end());
            let Some(part) = Span::new(start, end) else { continue };
            for (place, utterance) in self.utterances.iter().enumerate() {
                let shorter = utterance.duration().min(part.duration());
                let shared = utterance.overlap(part);
                if !shared.is_zero() && shared * 2 >= shorter {
                    cited.insert(place);
                }
            }
        }
        cited
    }

    /// Returns the utterance that was under way at a time in a segment, or the nearest.
    pub fn at(&self, segment: SegmentId, ms: u64) -> Option<usize> {
        if self.same {
            return self.segments.get(&segment).map(|(place, _)| *place);
        }
        let away = |span: &Span| {
            let (start, end) = (span.start().as_ms(), span.end().as_ms());
            start.saturating_sub(ms).max(ms.saturating_sub(end))
        };
        let utterances = self.utterances.iter().enumerate();
        utterances.min_by_key(|(_, span)| away(span)).map(|(place, _)| place)
    }
}
