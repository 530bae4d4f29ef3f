//! Where those speak who present an item of the agenda, once it is known who speaks.

use std::collections::HashMap;

use super::evidence::{Evidence, Place};
use crate::domain::meeting::Meeting;
use crate::domain::passage::Turn;
use crate::domain::transcript::SegmentId;
use crate::language::names::Names;
use crate::language::words::Words;

/// Items beyond so many are told nothing of.
const REMEMBERED: usize = 128;

/// Returns an item as a bit; none beyond the last that has one.
pub(super) fn bit(item: usize) -> u128 {
    if item < REMEMBERED { 1 << item } else { 0 }
}

impl Place {
    /// Returns whether a presenter of `item` speaks here.
    pub(super) fn presented_by(&self, item: usize) -> bool {
        self.presents & bit(item) != 0
    }

    /// Returns whether somebody speaks here who presents other items, not `item`.
    pub(super) fn presented_away(&self, item: usize) -> bool {
        self.presents != 0 && !self.presented_by(item)
    }
}

impl Evidence {
    /// Notes who speaks, where that is known: who presents an item is heard when it is dealt with.
    pub(super) fn hear_presenters(
        &mut self,
        meeting: &Meeting,
        language: Words<'_>,
        turns: &[Turn],
        ids: &[SegmentId],
    ) {
        let names = Names::new(&meeting.header, language);
        let mut presents: HashMap<usize, u128> = HashMap::new();
        for (place, item) in meeting.agenda.items.iter().enumerate() {
            let subs = item.sub.iter().filter_map(|sub| sub.presenter.as_ref());
            for person in item.presenter.iter().chain(subs).filter_map(|name| names.find(name)) {
                *presents.entry(person).or_default() |= bit(place);
            }
        }
        let known = |name: &str| names.people().iter().position(|one| one.name == name);
        let mut speakers: HashMap<SegmentId, u128> = HashMap::new();
        for turn in turns {
            let person = turn.attribution.name().and_then(known);
            let Some(items) = person.and_then(|person| presents.get(&person)) else { continue };
            speakers.extend(turn.segments.iter().map(|id| (*id, *items)));
        }
        for (place, id) in self.segments.iter_mut().zip(ids) {
            place.presents = speakers.get(id).copied().unwrap_or_default();
            self.presented |= place.presents;
        }
    }
}
