//! The best way through the agenda: at every segment the best few ways go on, and of two that came
//! to the same only the better one.

use super::values::{RouteHistory, RouteScene};

/// Ways that are kept at every segment.
const WIDTH: usize = 32;
/// What may be gone to is worth this much at least, or nobody goes to it.
const HARDLY: f32 = -30.0;

/// A way that is not the right one is worth more, to learn what the right one lacks.
#[derive(Clone, Copy)]
pub(in super::super) struct Against<'a> {
    /// The right way.
    pub(in super::super) truth: &'a [Option<usize>],
    /// What each word under another item adds.
    pub(in super::super) word: f32,
}

/// A way so far.
#[derive(Clone, Copy)]
struct RouteSoFar {
    history: RouteHistory,
    score: f32,
    /// Its last step among all steps.
    step: Option<usize>,
}

/// A step of a way: from a segment on it is with an item.
struct RouteStep {
    at: usize,
    item: usize,
    before: Option<usize>,
}

/// Returns the item of every segment on the best way.
pub(super) fn follow(
    scene: &RouteScene<'_>,
    weights: &[f32],
    against: Option<Against<'_>>,
) -> Vec<Option<usize>> {
    let count = scene.evidence.segments.len();
    let mut path = vec![None; count];
    let mut steps: Vec<RouteStep> = Vec::new();
    let start = RouteSoFar { history: RouteHistory::default(), score: 0.0, step: None };
    let mut ways = vec![start];
    for at in 0..count {
        let mut stays = scene.stays(at, weights);
        if let Some(Against { truth, word }) = against {
            let right = truth.get(at).copied().flatten().unwrap_or(stays.len() - 1);
            let words = scene.evidence.segments[at].words as f32;
            for (_, worth) in stays.iter_mut().enumerate().filter(|(item, _)| *item != right) {
                *worth += word * words;
            }
        }
        ways = go_on(scene, weights, at, &ways, &stays, &mut steps);
    }
    let worth = |way: &RouteSoFar| way.score + scene.end(&way.history, weights);
    // The first of those that are worth the same.
    let best = ways.iter().rev().max_by(|a, b| worth(a).total_cmp(&worth(b)));
    let mut end = count;
    let mut step = best.and_then(|way| way.step);
    while let Some(RouteStep { at, item, before }) = step.and_then(|step| steps.get(step)) {
        path[*at..end].fill(Some(*item));
        (end, step) = (*at, *before);
    }
    path
}

/// Returns the best ways over a segment, the best first.
fn go_on(
    scene: &RouteScene<'_>,
    weights: &[f32],
    at: usize,
    ways: &[RouteSoFar],
    stays: &[f32],
    steps: &mut Vec<RouteStep>,
) -> Vec<RouteSoFar> {
    let place = &scene.evidence.segments[at];
    let settled = scene.settled(at, weights);
    let stay = |item: Option<usize>| stays[item.unwrap_or(stays.len() - 1)];
    // A mark is never overruled.
    let may = |item: Option<usize>| {
        let other = place.marked.is_some_and(|marked| marked != item);
        let barred = item.is_some() && place.barred == item && place.marked != Some(item);
        !other && !barred
    };
    let mut next: Vec<(RouteSoFar, Option<usize>)> = Vec::new();
    for way in ways {
        let own = way.history.item;
        // She may say that no item has begun; no way goes back to none.
        if may(own) || place.marked == Some(None) {
            next.push((RouteSoFar { score: way.score + stay(own), ..*way }, None));
        }
        for (item, sum) in settled.iter().enumerate() {
            if Some(item) == own || !may(Some(item)) {
                continue;
            }
            let gain = sum + scene.order(at, item, &way.history, weights) + stay(Some(item));
            if gain > HARDLY || place.marked.is_some() {
                next.push((RouteSoFar { score: way.score + gain, ..*way }, Some(item)));
            }
        }
    }
    next.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
    let mut kept: Vec<RouteSoFar> = Vec::with_capacity(WIDTH);
    for (way, item) in next {
        let history = item.map_or(way.history, |item| way.history.gone_to(item, at));
        if kept.iter().any(|other| other.history.same(&history)) {
            continue;
        }
        let step = match item {
            None => way.step,
            Some(item) => {
                steps.push(RouteStep { at, item, before: way.step });
                Some(steps.len() - 1)
            }
        };
        kept.push(RouteSoFar { history, score: way.score, step });
        if kept.len() == WIDTH {
            break;
        }
    }
    kept
}
