//! What tells for a way through the agenda: values that the learnt weights are of.

use super::super::evidence::{Evidence, FORMAL, Place};
use super::super::presenters::bit;
use super::calls::Calls;
use super::weights::{
    BREAK_VALUES, END_VALUES, ITEM_VALUES, ORDER_VALUES, ROUTE_VALUES, STAY_VALUES,
};
use crate::domain::passage::ReasonKind;

/// Segments ahead and behind whose words are compared with items.
const NEAR: usize = 6;
const FAR: usize = 20;
/// Segments within which a presenter has begun.
const PRESENTS: usize = 3;

/// What has been dealt with before a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RouteHistory {
    /// What is dealt with.
    pub(super) item: Option<usize>,
    /// What was dealt with before it.
    pub(super) before: Option<usize>,
    visited: u128,
    /// The segment with which the item began.
    since: usize,
}

impl RouteHistory {
    /// Returns what has been dealt with once an item is gone to.
    pub(super) fn gone_to(&self, item: usize, at: usize) -> Self {
        Self { item: Some(item), before: self.item, visited: self.visited | bit(item), since: at }
    }

    pub(super) fn has(&self, item: usize) -> bool {
        self.visited & bit(item) != 0
    }

    /// Returns whether two histories differ in nothing that matters from here on.
    pub(super) fn same(&self, other: &Self) -> bool {
        (self.item, self.visited) == (other.item, other.visited)
    }
}

/// A meeting's evidence, made ready.
pub(super) struct RouteScene<'a> {
    pub(super) evidence: &'a Evidence,
    /// For each item the sum of its words' fit up to each segment.
    sums: Vec<Vec<f32>>,
    /// For each item the words that its presenters say up to each segment, those that other items'
    /// presenters say, and, last, all words.
    said: Vec<[Vec<usize>; 2]>,
    words: Vec<usize>,
    /// What was announced last.
    calls: Calls,
    /// The strongest target of each segment, and the strongest of another item.
    strongest: Vec<[(Option<usize>, f32); 2]>,
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

impl<'a> RouteScene<'a> {
    pub(super) fn new(evidence: &'a Evidence) -> Self {
        let count = evidence.segments.len();
        let sums = (0..evidence.items).map(|item| {
            let mut sum = 0.0;
            let fit = |at| {
                sum += evidence.fitness.fit(at, item);
                sum
            };
            std::iter::once(0.0).chain((0..count).map(fit)).collect()
        });
        let sums = sums.collect();
        let strongest = evidence.segments.iter().map(|place| {
            let arrivals = place.arrivals(evidence.items);
            let mut two = [(None, 0.0); 2];
            for (item, strength) in arrivals.into_iter().enumerate() {
                if strength > two[0].1 {
                    two = [(Some(item), strength), two[0]];
                } else if strength > two[1].1 {
                    two[1] = (Some(item), strength);
                }
            }
            two
        });
        let strongest: Vec<[(Option<usize>, f32); 2]> = strongest.collect();
        let calls = Calls::new(evidence, &strongest);
        let up_to = |counts: &dyn Fn(&Place) -> bool| {
            let mut sum = 0;
            let add = |place: &Place| {
                sum += if counts(place) { place.words } else { 0 };
                sum
            };
            std::iter::once(0).chain(evidence.segments.iter().map(add)).collect::<Vec<usize>>()
        };
        let said = (0..evidence.items).map(|item| {
            [up_to(&|place| place.presented_by(item)), up_to(&|place| place.presented_away(item))]
        });
        Self { evidence, sums, said: said.collect(), words: up_to(&|_| true), calls, strongest }
    }

    fn place(&self, at: usize) -> &Place {
        &self.evidence.segments[at]
    }

    /// Returns how well the words of segments fit an item, on average of `over`.
    fn fit(&self, item: usize, from: usize, to: usize, over: usize) -> f32 {
        let sums = &self.sums[item];
        let last = sums.len() - 1;
        ((sums[to.min(last)] - sums[from.min(last)]) / over as f32).clamp(-4.0, 4.0)
    }

    /// Returns the share of the words of segments that an item's presenters say, and the share
    /// that other items' presenters do.
    fn presented(&self, item: usize, from: usize, to: usize) -> [f32; 2] {
        let within = |sums: &[usize]| {
            let last = sums.len() - 1;
            (sums[to.min(last)] - sums[from.min(last)]) as f32
        };
        let all = within(&self.words).max(1.0);
        [within(&self.said[item][0]) / all, within(&self.said[item][1]) / all]
    }

    fn odds(&self, at: usize) -> f32 {
        self.place(at).opening.odds.clamp(-6.0, 6.0) / 3.0
    }

    fn most(&self, from: usize, to: usize) -> f32 {
        let count = self.evidence.segments.len();
        (from..to.min(count)).map(|at| self.odds(at)).fold(-2.0, f32::max)
    }

    /// Returns what tells for something new beginning with a segment.
    pub(super) fn breaks(&self, at: usize) -> [f32; BREAK_VALUES] {
        let place = self.place(at);
        let odds = self.odds(at);
        let closed = (at.saturating_sub(2)..at).map(|at| self.place(at).closes).fold(0.0, f32::max);
        let just = at.checked_sub(1).map_or(0.0, |before| self.place(before).closes);
        let decided = (at.saturating_sub(3)..at).map(|at| self.place(at).opening.decides);
        let decided = decided.fold(0.0, f32::max);
        let damage = self.evidence.damage;
        [
            1.0,
            odds,
            (self.most(at + 1, at + 3) - odds).max(0.0),
            (self.most(at.saturating_sub(2), at) - odds).max(0.0),
            place.begins / 3.0,
            place.next / 3.0,
            closed / 3.0,
            just / 3.0,
            place.change / 2.0,
            flag(place.new_voice),
            flag(place.leads),
            damage,
            damage * odds,
            damage * (place.begins + place.next) / 3.0,
            flag(place.words < 4),
            place.before / 3.0,
            decided,
            place.opening.decides,
            place.opening.presents,
            place.opening.conducts,
        ]
    }

    /// Returns what tells for an item being what a segment begins.
    pub(super) fn of_item(&self, at: usize, item: usize) -> [f32; ITEM_VALUES] {
        let place = self.place(at);
        let fitness = &self.evidence.fitness;
        let count = self.evidence.segments.len();
        let own = place.targets.iter().filter(|target| target.item == item);
        let sum = |kind: ReasonKind| {
            let fitting = own.clone().filter(|target| target.reason.kind == kind);
            (fitting.map(|target| target.strength).sum::<f32>() / 5.0).min(2.0)
        };
        let title = fitness.title(at, item);
        let soon = (at + 1..(at + 3).min(count)).map(|at| fitness.title(at, item));
        let soon = soon.fold(0.0, f32::max);
        let rival = self.strongest[at].iter().find(|(other, _)| *other != Some(item));
        let share = at as f32 / count.max(1) as f32;
        let order = (item as f32 + 0.5) / self.evidence.items.max(1) as f32;
        let last = item + 1 == self.evidence.items;
        let [soon_said, soon_away] = self.presented(item, at, at + FAR);
        let [just_said, _] = self.presented(item, at.saturating_sub(NEAR), at);
        let [at_once, _] = self.presented(item, at, at + PRESENTS);
        let speaks = self.evidence.presented & bit(item) != 0;
        [
            sum(ReasonKind::Cue),
            sum(ReasonKind::Title),
            title,
            soon,
            title * (self.odds(at) + 1.0).max(0.0),
            self.fit(item, at, at + NEAR, NEAR),
            self.fit(item, at, at + FAR, NEAR),
            self.fit(item, at.saturating_sub(NEAR), at, NEAR),
            rival.map_or(0.0, |(_, strength)| (strength / 5.0).min(2.0)),
            (share - order).abs(),
            flag(last),
            flag(last) * share,
            flag(place.presented_by(item)),
            soon_said,
            just_said,
            soon_away,
            flag(speaks && soon_said == 0.0),
            flag(at_once > 0.0 && just_said == 0.0),
        ]
    }

    /// Returns what the order of items tells for going to one.
    pub(super) fn of_order(
        &self,
        at: usize,
        item: usize,
        history: &RouteHistory,
    ) -> [f32; ORDER_VALUES] {
        let place = self.place(at);
        let odds = self.odds(at);
        let title = self.evidence.fitness.title(at, item);
        let arrival = (place.target(item) / 5.0).min(2.0);
        let visited = history.has(item);
        let after = history.item.map_or(0, |own| own + 1);
        let open = |from: usize, to: usize| (from..to).filter(|at| !history.has(*at)).count();
        let next = !visited && item >= after && open(after, item) == 0;
        let lowest = !visited && open(0, item) == 0;
        let skipped = if !visited && item > after { open(after, item) } else { 0 };
        let back = !visited && item < after;
        let resumes = visited && history.before == Some(item);
        let own = |to: usize| history.item.map_or(0.0, |own| self.fit(own, at, at + to, NEAR));
        let done = open(0, self.evidence.items) == 0;
        let stayed = (at - history.since.min(at)) as f32;
        let [next, visited] = [flag(next), flag(visited)];
        [
            next,
            flag(lowest) * (1.0 - next),
            (skipped as f32).ln_1p(),
            flag(skipped > 0),
            flag(back),
            visited,
            flag(resumes),
            visited * place.back / 3.0,
            visited * title,
            visited * odds,
            visited * arrival,
            next * odds,
            next * flag(arrival > 0.0),
            next * (place.next + place.begins) / 3.0,
            flag(skipped > 0) * odds,
            flag(skipped > 0) * arrival,
            flag(back) * arrival,
            flag(back) * title,
            flag(history.item.is_none()),
            own(NEAR),
            own(FAR),
            (1.0 + stayed).ln() / 3.0,
            flag(done),
            flag(resumes) * odds,
        ]
    }

    /// Returns what a segment tells for being with an item, or with none.
    fn of_stay(&self, at: usize, item: Option<usize>) -> [f32; STAY_VALUES] {
        let place = self.place(at);
        let [called, else_called, titled, else_titled] = self.calls.told(at, item);
        let Some(item) = item else {
            let before = place.before / 3.0;
            return [0.0, 0.0, 0.0, 0.0, 0.1, before, 0.0, 0.0, 0.0, else_called, 0.0, else_titled];
        };
        let words = (place.words as f32 / 30.0).min(1.0);
        let fit = self.evidence.fitness.fit(at, item);
        let title = self.evidence.fitness.title(at, item);
        let formal = place.closes >= FORMAL;
        let own = if place.presented_by(item) { words } else { 0.0 };
        let away = if place.presented_away(item) { words } else { 0.0 };
        [
            fit,
            fit.clamp(-0.5, 0.5),
            if formal { fit } else { 0.0 },
            title,
            0.0,
            0.0,
            own,
            away,
            called,
            else_called,
            titled,
            else_titled,
        ]
    }

    /// Returns what the end of a way tells.
    pub(super) fn of_end(&self, history: &RouteHistory) -> [f32; END_VALUES] {
        let items = self.evidence.items;
        let left = (0..items).filter(|item| !history.has(*item)).count() as f32;
        let tail = items.checked_sub(1).is_some_and(|last| history.item == Some(last));
        [left.min(6.0), left / items.max(1) as f32, flag(tail), flag(history.item.is_none())]
    }

    /// Returns the sum of the values of a way.
    pub(super) fn of_way(&self, way: &[Option<usize>]) -> [f32; ROUTE_VALUES] {
        let mut sums = [0.0; ROUTE_VALUES];
        let mut history = RouteHistory::default();
        let mut add = |first: usize, values: &[f32]| {
            sums[first..].iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        };
        for (at, item) in way.iter().enumerate().take(self.evidence.segments.len()) {
            if let Some(item) = item.filter(|_| *item != history.item) {
                add(0, &self.of_item(at, item));
                add(BREAKS, &self.breaks(at));
                add(ORDER, &self.of_order(at, item, &history));
                history = history.gone_to(item, at);
            }
            add(STAY, &self.of_stay(at, history.item));
        }
        add(END, &self.of_end(&history));
        sums
    }

    /// Returns the weighed sum of what does not depend on the order: of every item, with what tells
    /// for something beginning.
    pub(super) fn settled(&self, at: usize, weights: &[f32]) -> Vec<f32> {
        let of_break = dot(&self.breaks(at), &weights[BREAKS..]);
        let items = 0..self.evidence.items;
        items.map(|item| of_break + dot(&self.of_item(at, item), weights)).collect()
    }

    /// Returns what being with each item is worth at a segment, and being with none, which is the last.
    pub(super) fn stays(&self, at: usize, weights: &[f32]) -> Vec<f32> {
        let items = (0..self.evidence.items).map(Some).chain([None]);
        items.map(|item| dot(&self.of_stay(at, item), &weights[STAY..])).collect()
    }

    /// Returns what the end of a way is worth.
    pub(super) fn end(&self, history: &RouteHistory, weights: &[f32]) -> f32 {
        dot(&self.of_end(history), &weights[END..])
    }

    /// Returns the weighed sum of what the order tells.
    pub(super) fn order(
        &self,
        at: usize,
        item: usize,
        history: &RouteHistory,
        weights: &[f32],
    ) -> f32 {
        dot(&self.of_order(at, item, history), &weights[ORDER..])
    }
}

/// Where the weights of each kind of value begin; those of the item gone to are the first.
const BREAKS: usize = ITEM_VALUES;
const ORDER: usize = BREAKS + BREAK_VALUES;
const STAY: usize = ORDER + ORDER_VALUES;
const END: usize = STAY + STAY_VALUES;

fn dot(values: &[f32], weights: &[f32]) -> f32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}
