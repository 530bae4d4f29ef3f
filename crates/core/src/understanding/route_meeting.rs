//! A meeting as the way through its agenda is learnt from it.

use super::cut::CutTranscript;
use super::evidence::Evidence;
use super::learnt::LearntModels;
use super::openings::openings;
use super::route::{self, Against, ROUTE_VALUES, RouteWeights};
use super::way;
use crate::domain::meeting::Meeting;
use crate::domain::transcript::{Segment, SegmentId, Transcript};
use crate::domain::voices::Voices;
use crate::language::words::Words;
use crate::time::Span;

/// A meeting whose way can be found with any weights: what they are learnt by.
pub struct RouteMeeting {
    evidence: Evidence,
    /// Of what segment each piece is, and when.
    pieces: Vec<(SegmentId, Span)>,
}

impl RouteMeeting {
    /// Gathers the evidence of a meeting, cut as it is to be understood, as `models` understand it;
    /// with `speakers` also when those speak who present an item, as far as `models` find it.
    pub fn new(
        models: &LearntModels,
        meeting: &Meeting,
        language: Words<'_>,
        transcript: &Transcript,
        voices: Option<&Voices>,
        speakers: bool,
    ) -> Self {
        let cut = CutTranscript::new(transcript, voices, language);
        let openings = openings(models, meeting, language, &cut.transcript);
        let mut evidence = Evidence::gather(meeting, language, &cut.transcript, &[], openings);
        if speakers {
            way::way_with_presenters(
                models,
                meeting,
                language,
                &cut.transcript,
                &mut evidence,
                &[],
            );
        }
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
        route::against(&self.evidence, weights, Against { truth, word })
    }

    /// Returns the sum of the values of a way.
    pub fn values(&self, way: &[Option<usize>]) -> [f32; ROUTE_VALUES] {
        route::values(&self.evidence, way)
    }
}
