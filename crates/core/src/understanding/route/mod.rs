//! The way through the agenda: at every segment the meeting stays with its item or goes to another.
//!
//! In: the evidence of every segment. Out: the item of every segment. A way is worth the weighed sum
//! of what tells for it ([`values`]): for going to an item, what was said (a number, a title, a
//! presenter, a phrase, what the learnt models tell of the sentence), what is said after and before,
//! and where the item stands among those that were dealt with; for being with an item, how its words
//! fit; at the end, what of the agenda was left out. The weights are learnt ([`RouteWeights`]); the
//! best way is found by keeping the best few at every segment ([`follow`]). A mark is never
//! overruled.

mod follow;
mod values;
pub(super) mod weights;

pub use weights::{ROUTE_VALUES, RouteWeights};

use super::cut::CutTranscript;
use super::evidence::Evidence;
use super::learnt::LearntModels;
use super::openings::openings;
use crate::domain::meeting::Meeting;
use crate::domain::transcript::{Segment, SegmentId, Transcript};
use crate::domain::voices::Voices;
use crate::language::words::Words;
use crate::time::Span;
use follow::Against;
use values::RouteScene;

/// Returns the item of every segment; `None` before the first.
pub(super) fn route(evidence: &Evidence, weights: &RouteWeights) -> Vec<Option<usize>> {
    follow::follow(&RouteScene::new(evidence), &weights.0, None)
}

/// A meeting whose way can be found with any weights: what they are learnt by.
pub struct RouteMeeting {
    evidence: Evidence,
    /// Of what segment each piece is, and when.
    pieces: Vec<(SegmentId, Span)>,
}

impl RouteMeeting {
    /// Gathers the evidence of a meeting, cut as it is to be understood, as `models` understand it.
    pub fn new(
        models: &LearntModels,
        meeting: &Meeting,
        language: Words<'_>,
        transcript: &Transcript,
        voices: Option<&Voices>,
    ) -> Self {
        let cut = CutTranscript::new(transcript, voices, language);
        let openings = openings(models, meeting, language, &cut.transcript);
        let evidence = Evidence::gather(meeting, language, &cut.transcript, &[], openings);
        let own = |piece: &Segment| {
            let mut ids = vec![piece.id];
            cut.restore(&mut ids);
            (ids.first().copied().unwrap_or(piece.id), piece.span)
        };
        let pieces = cut.transcript.segments.iter().map(own).collect();
        Self { evidence, pieces }
    }

    /// Returns the pieces that the meeting was cut into: of what segment each is, and when it is
    /// said.
    pub fn pieces(&self) -> &[(SegmentId, Span)] {
        &self.pieces
    }

    /// Returns the number of words of every segment.
    pub fn words(&self) -> Vec<usize> {
        self.evidence.segments.iter().map(|place| place.words).collect()
    }

    /// Returns the best way where every word that is not under the item of `truth` adds to what a
    /// way is worth: the one that the weights should be taught against.
    pub fn against(
        &self,
        weights: &RouteWeights,
        truth: &[Option<usize>],
        word: f32,
    ) -> Vec<Option<usize>> {
        let scene = RouteScene::new(&self.evidence);
        follow::follow(&scene, &weights.0, Some(Against { truth, word }))
    }

    /// Returns the sum of the values of a way.
    pub fn values(&self, way: &[Option<usize>]) -> [f32; ROUTE_VALUES] {
        RouteScene::new(&self.evidence).of_way(way)
    }
}
