//! What becomes a statement: one speaker's contribution, or what the meeting decided.

use crate::domain::referat::StatementKind;
use crate::domain::transcript::SegmentId;

use super::sentences::{POOR, Sentence};

/// A statement in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The act; absent while only its place in the talk can tell it.
    pub(super) kind: Option<StatementKind>,
    /// Who speaks; `None` when unknown or when the body acts.
    pub(super) speaker: Option<String>,
    /// How sure the speaker is, 0 to 1.
    pub(super) certainty: f32,
    /// The line, where it does not follow from the sentences alone.
    pub(super) text: Option<String>,
    /// What the speaker said, procedure left out.
    pub(super) sentences: Vec<Sentence>,
    /// The segments it rests on.
    pub(super) segments: Vec<SegmentId>,
    /// Who is to do it.
    pub(super) responsible: Option<String>,
    /// By when.
    pub(super) deadline: Option<String>,
    /// The sub-item it stands under.
    pub(super) sub: Option<usize>,
    /// Whether it presents the item.
    pub(super) presents: bool,
    /// Whether it answers the one before.
    pub(super) replies: bool,
    /// Whether it was heard too badly to tell who did what: only that there was talk.
    pub(super) blurred: bool,
    /// Whether it is taken for small talk: told only where nothing else is.
    pub(super) small_talk: bool,
    /// Whether the section has such an entry, or such a presentation, before it.
    pub(super) again: bool,
    /// What a decision or a task of few words answers, as somebody else said it.
    pub(super) answers: Option<Sentence>,
    /// What those who joined in said.
    pub(super) assent: Vec<Sentence>,
    /// Who thanked for it, named at the end of the line.
    pub(super) thanked: Option<String>,
    /// Those who joined in, named at the end of the line.
    pub(super) joined: Vec<String>,
}

impl Entry {
    /// Returns whether it is something the meeting decided or gave to somebody to do.
    pub(super) fn is_outcome(&self) -> bool {
        matches!(
            self.kind,
            Some(StatementKind::Decision | StatementKind::Vote | StatementKind::Action)
        )
    }

    /// Returns whether its words as a whole were heard too badly to be put into other words.
    pub(super) fn is_poor(&self) -> bool {
        let heard = self.sentences.iter().filter_map(|one| Some((one.confidence?, one.len())));
        let (sum, words) = heard.fold((0.0, 0), |(sum, words), (confidence, count)| {
            (sum + confidence * count as f32, words + count)
        });
        words > 0 && sum / words as f32 <= POOR
    }

    /// Adds sources, each once and in order.
    pub(super) fn cite(&mut self, segments: &[SegmentId]) {
        self.segments.extend(segments);
        self.segments.sort_unstable();
        self.segments.dedup();
    }

    /// Adds a sentence with its sources.
    pub(super) fn add(&mut self, sentence: Sentence) {
        self.cite(&sentence.segments);
        self.sentences.push(sentence);
    }
}
