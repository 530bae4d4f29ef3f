//! How well voices are named: of all words, and of the words that were given a name.

use referat_core::understanding::people::certainty;
use referat_core::understanding::people::pairs::Pairs;
use referat_core::understanding::people::weights::PeopleModel;

use super::lessons::Lesson;
use super::stages;
use crate::score_segment::Tally;

/// Words that were named.
#[derive(Clone, Copy, Debug, Default)]
pub struct Named {
    /// Of everybody.
    pub all: Tally,
    /// Of the chair.
    pub chair: Tally,
    /// Of people on no list: asserted where they were taken for participants.
    pub guests: Tally,
    /// Of people on no list, named as guests.
    pub as_guests: u64,
}

impl Named {
    /// Adds the figures of another meeting.
    pub fn add(&mut self, other: &Self) {
        self.all.add(other.all);
        self.chair.add(other.chair);
        self.guests.add(other.guests);
        self.as_guests += other.as_guests;
    }
}

/// Scores a lesson at several thresholds of certainty.
pub fn of(lesson: &Lesson, model: &PeopleModel, thresholds: &[f32]) -> Vec<Named> {
    let pairs = Pairs::new(&lesson.floor, model);
    let turns = stages::turns(lesson, &pairs, &model.pair);
    let chair = lesson.chair();
    let score = |threshold: &f32| {
        let mut named = Named::default();
        for (spoken, (candidate, values)) in lesson.spoken.iter().zip(&turns) {
            let sure = certainty::sure(&model.turn, values);
            let given = (*candidate < lesson.listed() && sure >= *threshold).then_some(*candidate);
            for (person, words) in spoken {
                let words = *words as u64;
                let right = if given.is_some() && given == *person { words } else { 0 };
                let asserted = if given.is_some() { words } else { 0 };
                named.all.add(Tally { right, asserted, all: words });
                if person.is_none_or(|person| person >= lesson.listed()) {
                    named.guests.add(Tally { right: 0, asserted, all: words });
                }
                let (own, said) = (*person == chair, given.is_some() && given == chair);
                named.chair.add(Tally {
                    right: if own { right } else { 0 },
                    asserted: if said { words } else { 0 },
                    all: if own { words } else { 0 },
                });
            }
        }
        named
    };
    thresholds.iter().map(score).collect()
}
