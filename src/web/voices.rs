//! The voices of a meeting for its page: how much each says, where to listen, whose it may be.

use serde::Serialize;

use super::transcripts::KnownTranscript;
use referat_core::domain::named_voice::{HintKind, NamedVoice, VoiceHint};
use referat_core::domain::voices::{VoiceId, VoiceSummary};
use referat_core::time::Span;

/// The voices as they stand, in the order in which they are first heard.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Voices"))]
pub(super) struct VoicesAnswer {
    list: Vec<VoiceAnswer>,
    /// A label for one more.
    #[cfg_attr(test, ts(type = "string"))]
    free: VoiceId,
}

/// A voice, and whom it is taken to belong to.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Voice"))]
pub(super) struct VoiceAnswer {
    #[cfg_attr(test, ts(type = "string"))]
    voice: VoiceId,
    total_ms: u64,
    /// Its part of all words, 0 to 1.
    share: f32,
    /// Stretches to know it by, the best first.
    #[cfg_attr(test, ts(type = "Span[]"))]
    samples: Vec<Span>,
    /// Whose it is; null where that is not clear.
    speaker: Option<String>,
    /// Whether the referent has said so.
    settled: bool,
    /// Whose it may be.
    suggested: Option<String>,
    /// How sure that is, 0 to 1.
    confidence: f32,
    #[cfg_attr(test, ts(type = "VoiceHint[]"))]
    reasons: Vec<VoiceHint>,
}

impl VoicesAnswer {
    /// Returns the voices of a transcript; none where nothing tells them apart.
    pub(super) fn of(heard: &KnownTranscript, named: &[NamedVoice]) -> Option<Self> {
        let voices = heard.voices.as_ref()?;
        let all = heard.words.values().sum::<usize>().max(1) as f32;
        let answer = |summary: &VoiceSummary| {
            let named = named.iter().find(|named| named.voice == summary.id);
            let words = heard.words.get(&summary.id.0).copied().unwrap_or_default();
            VoiceAnswer::of(summary, named, words as f32 / all)
        };
        Some(Self { list: voices.voices.iter().map(answer).collect(), free: heard.free.clone() })
    }
}

impl VoiceAnswer {
    fn of(summary: &VoiceSummary, named: Option<&NamedVoice>, share: f32) -> Self {
        let settled =
            |named: &NamedVoice| named.evidence.iter().any(|hint| hint.kind == HintKind::Referent);
        let speaker = named.and_then(|named| named.speaker.clone().or_else(|| named.guest.clone()));
        Self {
            voice: summary.id.clone(),
            total_ms: summary.total_ms,
            share,
            samples: summary.samples.clone(),
            speaker,
            settled: named.is_some_and(settled),
            suggested: named.and_then(|named| named.suggested.clone()),
            confidence: named.map_or(0.0, |named| named.confidence),
            reasons: named.map(|named| named.evidence.clone()).unwrap_or_default(),
        }
    }
}
