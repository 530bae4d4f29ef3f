//! The best way through the agenda: every segment gets an item, items come in order, and what
//! breaks the order (skipped items, returns) has its price.
//!
//! A state is the item that is dealt with, or an excursion to an earlier item from which the
//! meeting returns to where it was. The path with the highest sum of evidence less prices is
//! found by dynamic programming over all segments.

use super::evidence::{Evidence, Place};

/// What it costs to begin the following item: evidence must outweigh it.
const STEP: f32 = 3.0;
/// What each item that is left out costs.
const SKIP: f32 = 3.0;
/// Most that leaving out items costs, however many.
const SKIP_MOST: f32 = 15.0;
/// What it costs to return to an earlier item.
const RETURN: f32 = 9.0;
/// What it costs to come back from a return without going on.
const RESUME: f32 = 3.0;
/// Agendas longer than this are followed without returns, to bound time and memory.
const RETURNS_UP_TO: usize = 130;
/// A return needs at least this much that names the item, not only that something is returned to.
const NAMED: f32 = 1.5;
/// What speaks against a segment's item that a mark contradicts.
const IMPOSSIBLE: f32 = -1.0e6;

/// Returns the item of every segment; `None` before the first.
pub(super) fn align(evidence: &Evidence) -> Vec<Option<usize>> {
    if evidence.segments.is_empty() {
        return Vec::new();
    }
    let states = States::new(evidence.items);
    let mut score = states.start();
    let mut back: Vec<Vec<u16>> = Vec::with_capacity(evidence.segments.len());
    for at in 0..evidence.segments.len() {
        let (next, from) = states.step(&score, evidence, at);
        score = next;
        back.push(from);
    }
    let mut state = states.end(&score);
    let mut path = vec![None; evidence.segments.len()];
    for at in (0..evidence.segments.len()).rev() {
        path[at] = states.item(state);
        state = usize::from(back[at][state]);
    }
    path
}

/// The states: `0` is before the first item, `1..=items` are the items, then excursions.
struct States {
    items: usize,
    /// Of each excursion: the item visited and the item (both from 1) it left.
    excursions: Vec<(usize, usize)>,
}

impl States {
    fn new(items: usize) -> Self {
        // States are counted in 16 bits; no agenda comes near.
        let items = items.min(usize::from(u16::MAX) - 1);
        let reach = if items <= RETURNS_UP_TO { items } else { 0 };
        let excursions = (2..=reach).flat_map(|from| (1..from).map(move |to| (to, from))).collect();
        Self { items, excursions }
    }

    fn len(&self) -> usize {
        1 + self.items + self.excursions.len()
    }

    fn item(&self, state: usize) -> Option<usize> {
        match state.checked_sub(1 + self.items) {
            Some(excursion) => self.excursions.get(excursion).map(|(to, _)| to - 1),
            None => state.checked_sub(1),
        }
    }

    fn start(&self) -> Vec<f32> {
        let mut score = vec![IMPOSSIBLE * 2.0; self.len()];
        score[0] = 0.0;
        score
    }

    /// Returns the best last state: an agenda that was not dealt with to its end costs.
    fn end(&self, score: &[f32]) -> usize {
        let left = |state: usize| match state.checked_sub(1 + self.items) {
            Some(excursion) => self.items - self.excursions.get(excursion).map_or(0, |e| e.1),
            None => self.items - state,
        };
        let worth = |state: usize| score[state] - (left(state) as f32 * SKIP).min(SKIP_MOST);
        (0..score.len()).max_by(|a, b| worth(*a).total_cmp(&worth(*b))).unwrap_or(0)
    }

    /// Moves every state over segment `at`: the new scores, and from which state each came.
    fn step(&self, score: &[f32], evidence: &Evidence, at: usize) -> (Vec<f32>, Vec<u16>) {
        let place = &evidence.segments[at];
        let arrivals: Vec<f32> = (0..self.items).map(|item| place.target(item)).collect();
        let mut next = score.to_vec();
        let mut from: Vec<u16> = (0..score.len()).map(|state| state as u16).collect();
        // The best state to leave when every item between costs SKIP, and when it costs the most.
        let (mut near, mut far) = ((f32::MIN, 0), (f32::MIN, 0));
        let returns = self.returns(score);
        for item in 1..=self.items {
            let before = score[item - 1];
            near = better((near.0 - SKIP, near.1), (before, item - 1));
            far = better(far, (before - SKIP_MOST, item - 1));
            let skipping = better(near, far);
            let following = if skipping.1 + 1 == item { place.next } else { 0.2 * place.next };
            let gain = place.begins + following + arrivals[item - 1] - STEP;
            let mut best = better((next[item], item), (skipping.0 + gain, skipping.1));
            // From an excursion: on to this item, or back to it where it was left.
            let (leaving, state) = returns[item - 1];
            best = better(
                best,
                (leaving + place.begins + place.next + arrivals[item - 1] - STEP, state),
            );
            let (leaving, state) = returns[item];
            best = better(best, (leaving + place.begins - RESUME, state));
            (next[item], from[item]) = (best.0, best.1 as u16);
        }
        for (index, (to, left)) in self.excursions.iter().enumerate() {
            let state = 1 + self.items + index;
            let told = place.back + arrivals[to - 1];
            // Without a word about it nobody can tell that the meeting went back.
            if told > 3.0 && arrivals[to - 1] >= NAMED {
                let best = better((next[state], state), (score[*left] + told - RETURN, *left));
                (next[state], from[state]) = (best.0, best.1 as u16);
            }
        }
        for (state, value) in next.iter_mut().enumerate() {
            *value += self.emission(place, evidence, at, state);
        }
        (next, from)
    }

    /// Returns for every item the best excursion that left it.
    fn returns(&self, score: &[f32]) -> Vec<(f32, usize)> {
        let mut best = vec![(f32::MIN, 0); self.items + 1];
        for (index, (_, left)) in self.excursions.iter().enumerate() {
            let state = 1 + self.items + index;
            best[*left] = better(best[*left], (score[state], state));
        }
        best
    }

    fn emission(&self, place: &Place, evidence: &Evidence, at: usize, state: usize) -> f32 {
        let item = self.item(state);
        if place.marked.is_some_and(|marked| item != Some(marked))
            || (item.is_some() && place.barred == item && place.marked != item)
        {
            return IMPOSSIBLE;
        }
        item.map_or(0.0, |item| evidence.fitness.fit(at, item))
    }
}

fn better(a: (f32, usize), b: (f32, usize)) -> (f32, usize) {
    if b.0 > a.0 { b } else { a }
}
