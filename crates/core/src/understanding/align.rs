//! The best way through the agenda: every segment gets an item, items come in order, and what
//! breaks the order (skipped items, returns) has its price.
//!
//! A state is a phase of the item that is dealt with (it is being opened, debated, closed), or
//! an excursion to an earlier item from which the meeting returns to where it was. What is said
//! when items are opened counts in the first phase, what is said when they are closed in the
//! last, so that a boundary lies between the two. The path with the highest sum of evidence less
//! prices is found by dynamic programming over all segments.
//!
//! The phases raised item accuracy on nine sittings without headings and with three letters in ten
//! wrong from 0.593 to 0.745, the price of waiting for the first item from 0.868 to 0.912
//! (2026-11-25).

use std::ops::Range;

use super::evidence::{Evidence, FORMAL, Place};

/// What it costs to begin the following item: evidence must outweigh it.
const STEP: f32 = 3.0;
/// What each item that is left out costs.
const SKIP: f32 = 2.5;
/// Most that leaving out items costs, however many.
const SKIP_MOST: f32 = 15.0;
/// What it costs to return to an earlier item.
const RETURN: f32 = 5.5;
/// What it costs to come back from a return without going on.
const RESUME: f32 = 3.0;
/// What every segment costs by which an opening or a closing is longer than one.
const LONG: f32 = 1.0;
/// Agendas longer than this are followed without returns, to bound time and memory.
const RETURNS_UP_TO: usize = 130;
/// A return needs at least this much that names the item, not only that something is returned to.
const NAMED: f32 = 1.2;
/// What an item's whole title counts when it is named for a return.
const TITLE: f32 = 6.0;
/// What the words count of a segment that closes an item with a formality: a vote's figures are
/// not the numbers of the bills.
const FORMAL_FIT: f32 = 0.2;
/// What every segment before the first item costs: meetings begin soon.
const WAITING: f32 = 0.1;
/// What speaks against a segment's item that a mark contradicts.
const IMPOSSIBLE: f32 = -1.0e6;

/// Returns the item of every segment; `None` before the first. Where a mark goes back to an
/// earlier item than the mark before it, the order begins anew with it.
pub(super) fn align(evidence: &Evidence) -> Vec<Option<usize>> {
    let states = States::new(evidence.items);
    let length = evidence.segments.len();
    let mut starts = vec![0];
    starts.extend(marks_back(evidence));
    let mut path = Vec::with_capacity(length);
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(length);
        path.extend(follow(&states, evidence, *start..end));
    }
    path
}

/// Returns the segments whose mark names an earlier item than the mark before it.
fn marks_back(evidence: &Evidence) -> Vec<usize> {
    let mut last = None;
    let mut back = Vec::new();
    for (at, place) in evidence.segments.iter().enumerate() {
        let Some(item) = place.marked else { continue };
        if at > 0 && last.is_some_and(|last| item < last) {
            back.push(at);
        }
        last = Some(item);
    }
    back
}

/// Returns the best path through a run of segments in which the marks keep to the order.
fn follow(states: &States, evidence: &Evidence, run: Range<usize>) -> Vec<Option<usize>> {
    if run.is_empty() {
        return Vec::new();
    }
    let mut score = states.start();
    let mut back: Vec<Vec<u16>> = Vec::with_capacity(run.len());
    for at in run.clone() {
        let (next, from) = states.step(&score, evidence, at);
        score = next;
        back.push(from);
    }
    let whole = run.end == evidence.segments.len();
    let mut state = states.end(&score, whole);
    let mut path = vec![None; run.len()];
    for at in (0..run.len()).rev() {
        path[at] = states.item(state);
        state = usize::from(back[at][state]);
    }
    path
}

/// Phases of an item.
const PHASES: usize = 3;
/// Places of the phases among an item's states.
const OPENING: usize = 0;
const DEBATE: usize = 1;
const CLOSING: usize = 2;

/// The states: `0` is before the first item, then three for each item, then excursions.
struct States {
    items: usize,
    /// Of each excursion: the item visited and the item (both from 1) it left.
    excursions: Vec<(usize, usize)>,
}

/// A score and the state it belongs to.
type Best = (f32, usize);

impl States {
    fn new(items: usize) -> Self {
        // States are counted in 16 bits; no agenda comes near.
        let items = items.min(usize::from(u16::MAX) / PHASES - 1);
        let reach = if items <= RETURNS_UP_TO { items } else { 0 };
        let excursions = (2..=reach).flat_map(|from| (1..from).map(move |to| (to, from))).collect();
        Self { items, excursions }
    }

    fn first_excursion(&self) -> usize {
        1 + PHASES * self.items
    }

    fn len(&self) -> usize {
        self.first_excursion() + self.excursions.len()
    }

    /// Returns the state of an item (from 1) in a phase.
    fn phase(item: usize, phase: usize) -> usize {
        1 + PHASES * (item - 1) + phase
    }

    fn item(&self, state: usize) -> Option<usize> {
        match state.checked_sub(self.first_excursion()) {
            Some(excursion) => self.excursions.get(excursion).map(|(to, _)| to - 1),
            None => state.checked_sub(1).map(|state| state / PHASES),
        }
    }

    fn start(&self) -> Vec<f32> {
        let mut score = vec![IMPOSSIBLE * 2.0; self.len()];
        score[0] = 0.0;
        score
    }

    /// Returns the best last state. Where the meeting ends (`whole`), an agenda that was not
    /// dealt with to its end costs.
    fn end(&self, score: &[f32], whole: bool) -> usize {
        let left = |state: usize| match state.checked_sub(self.first_excursion()) {
            Some(excursion) => self.items - self.excursions.get(excursion).map_or(0, |e| e.1),
            None => self.items - self.item(state).map_or(0, |item| item + 1),
        };
        let missed =
            |state: usize| if whole { (left(state) as f32 * SKIP).min(SKIP_MOST) } else { 0.0 };
        let worth = |state: usize| score[state] - missed(state);
        (0..score.len()).max_by(|a, b| worth(*a).total_cmp(&worth(*b))).unwrap_or(0)
    }

    /// Returns the best phase of every item (from 1) to leave it from; of 0 the only state.
    fn leaving(&self, score: &[f32]) -> Vec<Best> {
        let phases = |item: usize| {
            let states = (0..PHASES).map(|phase| Self::phase(item, phase));
            states.fold((f32::MIN, 0), |best, state| better(best, (score[state], state)))
        };
        std::iter::once((score[0], 0)).chain((1..=self.items).map(phases)).collect()
    }

    /// Moves every state over segment `at`: the new scores, and from which state each came.
    fn step(&self, score: &[f32], evidence: &Evidence, at: usize) -> (Vec<f32>, Vec<u16>) {
        let place = &evidence.segments[at];
        let arrivals = place.arrivals(self.items);
        let mut next = score.to_vec();
        let mut from: Vec<u16> = (0..score.len()).map(|state| state as u16).collect();
        // The best state to leave when every item between costs SKIP, and when it costs the most.
        let (mut near, mut far) = ((f32::MIN, 0), (f32::MIN, 0));
        let mut skipped = 0;
        let leaving = self.leaving(score);
        let returns = self.returns(score);
        let cost = STEP - place.change;
        for item in 1..=self.items {
            let before = leaving[item - 1];
            near = (near.0 - SKIP, near.1);
            if before.0 > near.0 {
                (near, skipped) = (before, item);
            }
            far = better(far, (before.0 - SKIP_MOST, before.1));
            let skipping = better(near, far);
            let adjacent = skipped == item && skipping.1 == near.1;
            let following = if adjacent { place.next } else { 0.2 * place.next };
            let gain = following + arrivals[item - 1] - cost;
            let mut enter = (skipping.0 + gain, skipping.1);
            // From an excursion: on to this item, or back to it where it was left.
            let (worth, state) = returns[item - 1];
            enter = better(enter, (worth + place.next + arrivals[item - 1] - cost, state));
            let (worth, state) = returns[item];
            let resume = (worth + place.begins - RESUME, state);
            let [opening, debate, closing] =
                [OPENING, DEBATE, CLOSING].map(|phase| Self::phase(item, phase));
            let opened = better((score[opening] - LONG, opening), enter);
            let opened = (opened.0 + place.begins, opened.1);
            let debated = better((score[debate], debate), (score[opening], opening));
            let debated = better(debated, resume);
            let closed = better((score[closing] - LONG, closing), (debated.0, debated.1));
            let closed = (closed.0 + place.closes, closed.1);
            for (state, best) in [(opening, opened), (debate, debated), (closing, closed)] {
                (next[state], from[state]) = (best.0, best.1 as u16);
            }
        }
        let told: Vec<Option<f32>> = (0..self.items)
            .map(|item| told_back(place, arrivals[item], evidence.fitness.title(at, item)))
            .collect();
        if told.iter().any(Option::is_some) {
            for (index, (to, left)) in self.excursions.iter().enumerate() {
                let Some(told) = told[to - 1] else { continue };
                let state = self.first_excursion() + index;
                let (worth, leave) = leaving[*left];
                let best = better((next[state], state), (worth + told - RETURN, leave));
                (next[state], from[state]) = (best.0, best.1 as u16);
            }
        }
        self.weigh(&mut next, evidence, at);
        (next, from)
    }

    /// Returns for every item the best excursion that left it.
    fn returns(&self, score: &[f32]) -> Vec<Best> {
        let best = |left: usize| {
            self.excursions_from(left)
                .map(|state| (score[state], state))
                .fold((f32::MIN, 0), better)
        };
        (0..=self.items).map(best).collect()
    }

    /// Adds to every state what the words of segment `at` say for its item.
    fn weigh(&self, next: &mut [f32], evidence: &Evidence, at: usize) {
        let place = &evidence.segments[at];
        let words: Vec<f32> =
            (0..self.items).map(|item| emission(place, evidence, at, Some(item))).collect();
        next[0] += emission(place, evidence, at, None);
        for (item, words) in words.iter().enumerate() {
            let first = Self::phase(item + 1, OPENING);
            next[first..first + PHASES].iter_mut().for_each(|value| *value += words);
        }
        for left in 2..=self.items {
            // In the order of the items that are returned to.
            for (value, words) in next[self.excursions_from(left)].iter_mut().zip(&words) {
                *value += words;
            }
        }
    }

    /// Returns the states of the excursions that left an item (from 1).
    fn excursions_from(&self, left: usize) -> Range<usize> {
        let before = |left: usize| left.saturating_sub(1) * left.saturating_sub(2) / 2;
        let (from, to) = (before(left), before(left + 1));
        let reached = self.excursions.len();
        self.first_excursion() + from.min(reached)..self.first_excursion() + to.min(reached)
    }
}

/// Returns how much tells that an item is returned to. Without a word about it nobody can tell
/// that the meeting went back.
fn told_back(place: &Place, arrival: f32, title: f32) -> Option<f32> {
    let named = arrival.max(TITLE * title);
    let told = place.back + named;
    (told > 3.0 && named >= NAMED).then_some(told)
}

/// What a segment says for an item, or for none having begun.
fn emission(place: &Place, evidence: &Evidence, at: usize, item: Option<usize>) -> f32 {
    if place.marked.is_some_and(|marked| item != marked)
        || (item.is_some() && place.barred == item && place.marked != Some(item))
    {
        return IMPOSSIBLE;
    }
    let telling = if place.closes >= FORMAL { FORMAL_FIT } else { 1.0 };
    item.map_or(place.before - WAITING, |item| telling * evidence.fitness.fit(at, item))
}

fn better(a: Best, b: Best) -> Best {
    if b.0 > a.0 { b } else { a }
}
