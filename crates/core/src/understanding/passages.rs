//! From the path through the agenda to passages with their reasons.

use super::evidence::{Evidence, snippet};
use crate::domain::agenda::ItemIndex;
use crate::domain::meeting::Meeting;
use crate::domain::passage::{Passage, Reason, ReasonKind};
use crate::domain::transcript::{Segment, Transcript};
use crate::remark::Remark;
use crate::time::Span;

/// Below this a passage's item is worth a second look.
pub(super) const DOUBTFUL: f32 = 0.5;

/// A sentence that opens an item with these odds (as their logarithm), by the learnt models, is a
/// reason: one in eight.
const LIKELY: f32 = -2.0;

/// Cuts the transcript where the item changes.
pub(super) fn passages(
    transcript: &Transcript,
    evidence: &Evidence,
    path: &[Option<usize>],
) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut start = 0;
    while start < path.len() {
        let item = path[start];
        let length = path[start..].iter().take_while(|next| **next == item).count();
        let end = start + length;
        let segments = &transcript.segments[start..end];
        let reason = reason(evidence, segments, start, item);
        passages.push(Passage {
            item: item.map(ItemIndex),
            segments: segments.iter().map(|segment| segment.id).collect(),
            span: hull(segments),
            confidence: confidence(evidence, start, end, item, &reason),
            reason,
        });
        start = end;
    }
    passages
}

/// Returns the interval from the first start to the last end.
pub(super) fn hull(segments: &[Segment]) -> Span {
    let start = segments.iter().map(|segment| segment.span.start()).min().unwrap_or_default();
    let end = segments.iter().map(|segment| segment.span.end()).max().unwrap_or_default();
    Span::new(start, end).unwrap_or_default()
}

fn reason(evidence: &Evidence, segments: &[Segment], at: usize, item: Option<usize>) -> Reason {
    let place = &evidence.segments[at];
    let order = || Reason { kind: ReasonKind::Order, quote: String::new(), score: 0.2 };
    if place.marked == Some(item) {
        return Reason { kind: ReasonKind::Mark, quote: String::new(), score: 1.0 };
    }
    let Some(item) = item else { return order() };
    let strongest = |kind: ReasonKind| {
        let own = place.targets.iter().filter(|t| t.item == item && t.reason.kind == kind);
        own.max_by(|a, b| a.reason.score.total_cmp(&b.reason.score)).map(|t| t.reason.clone())
    };
    if let Some(cue) = strongest(ReasonKind::Cue) {
        return cue;
    }
    let title = strongest(ReasonKind::Title);
    if let Some((strength, quote)) = &place.heard {
        let score = (strength / 6.0 + title.map_or(0.0, |title| 0.4 * title.score)).min(1.0);
        return Reason { kind: ReasonKind::Cue, quote: quote.clone(), score };
    }
    if let Some(title) = title {
        return title;
    }
    if place.opening.odds > LIKELY {
        let quote = snippet(&place.opening.said);
        let score = 0.6 / (1.0 + (-place.opening.odds).exp());
        return Reason { kind: ReasonKind::Cue, quote, score };
    }
    let fit = evidence.fitness.fit(at, item);
    if fit > 1.0 {
        let quote = segments.first().map(|segment| snippet(&segment.text)).unwrap_or_default();
        return Reason { kind: ReasonKind::Title, quote, score: (fit / 8.0).min(0.5) };
    }
    order()
}

/// How sure the item is: what told of its beginning, and whether its words were spoken.
fn confidence(
    evidence: &Evidence,
    start: usize,
    end: usize,
    item: Option<usize>,
    reason: &Reason,
) -> f32 {
    if reason.kind == ReasonKind::Mark {
        return 1.0;
    }
    let Some(item) = item else { return 0.5 };
    let place = &evidence.segments[start];
    let learnt = (place.opening.odds - LIKELY).max(0.0);
    let told = place.begins + place.next + place.back + place.target(item) + learnt;
    let spoken: f32 = (start..end).map(|at| evidence.fitness.fit(at, item)).sum();
    1.0 - (-(0.25 * told + 0.12 * spoken.min(8.0))).exp()
}

/// Says which items were not found, and which are in doubt.
pub(super) fn remarks(meeting: &Meeting, passages: &[Passage]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut unheard: Vec<&str> = Vec::new();
    for (index, item) in meeting.agenda.items.iter().enumerate() {
        let own = || passages.iter().filter(|p| p.item == Some(ItemIndex(index)));
        let number = &item.number;
        if own().next().is_none() {
            unheard.push(number);
        } else if own().all(|passage| passage.confidence < DOUBTFUL) {
            let text = format!("where item {number} begins is uncertain");
            remarks.push(Remark::on_whole(text));
        }
    }
    match &unheard[..] {
        [] => {}
        [one] => remarks.push(Remark::on_whole(format!("nothing was heard under item {one}"))),
        [first @ .., last] => remarks.push(Remark::on_whole(format!(
            "nothing was heard under items {} and {last}",
            first.join(", ")
        ))),
    }
    remarks
}
