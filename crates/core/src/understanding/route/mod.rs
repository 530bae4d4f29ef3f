//! The way through the agenda: at every segment the meeting stays with its item or goes to another.
//!
//! In: the evidence of every segment. Out: the item of every segment. A way is worth the weighed sum
//! of what tells for it ([`values`]): for going to an item, what was said (a number, a title, a
//! presenter, a phrase, what the learnt models tell of the sentence), what is said after and before,
//! and where the item stands among those that were dealt with; for being with an item, how its words
//! fit and what was announced last; at the end, what of the agenda was left out. The weights are
//! learnt ([`RouteWeights`]); the best way is found by keeping the best few at every segment
//! ([`follow`]). A mark is never overruled.

mod calls;
mod follow;
mod values;
pub(super) mod weights;

pub use weights::{ROUTE_VALUES, RouteWeights};

use super::evidence::Evidence;
use values::RouteScene;

pub(super) use follow::Against;

/// Returns the item of every segment; `None` before the first.
pub(super) fn route(evidence: &Evidence, weights: &RouteWeights) -> Vec<Option<usize>> {
    follow::follow(&RouteScene::new(evidence), &weights.0, None)
}

/// Returns the best way against the right one: every word under another item adds to what a way is
/// worth.
pub(super) fn against(
    evidence: &Evidence,
    weights: &RouteWeights,
    against: Against<'_>,
) -> Vec<Option<usize>> {
    follow::follow(&RouteScene::new(evidence), &weights.0, Some(against))
}

/// Returns the sum of the values of a way.
pub(super) fn values(evidence: &Evidence, way: &[Option<usize>]) -> [f32; ROUTE_VALUES] {
    RouteScene::new(evidence).of_way(way)
}
