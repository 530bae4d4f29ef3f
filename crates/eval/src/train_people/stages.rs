//! What each stage of naming voices learns from lessons.

use referat_core::understanding::people::certainty;
use referat_core::understanding::people::context::{self, Told};
use referat_core::understanding::people::hashed::HashedModel;
use referat_core::understanding::people::likeness::fit;
use referat_core::understanding::people::pairs::Pairs;
use referat_core::understanding::people::presiding::{self, VOICE_VALUES};
use referat_core::understanding::people::register::{NamedBy, Naming};
use referat_core::understanding::people::weights::{PAIR_VALUES, TURN_VALUES};
use referat_core::understanding::people::{assign, scores};

use super::fit::{Choice, Example, Recipe, dense, hashed};
use super::lessons::Lesson;

/// Chosen on the corpus, one set left out (2026-11): more rounds or faster steps fit the lessons
/// better and the set left out worse.
const NAMING: Recipe = Recipe { bits: 15, classes: 4, rounds: 4, rate: 0.015, decay: 2e-4 };
const PRESIDING: Recipe = Recipe { bits: 16, classes: 2, rounds: 4, rate: 0.01, decay: 1e-4 };
const LEADS: Recipe = Recipe { bits: 12, classes: 2, rounds: 10, rate: 0.1, decay: 1e-3 };

/// Whether a turn is the chair's.
pub(super) fn presiding(lessons: &[&Lesson]) -> HashedModel {
    let mut examples = Vec::new();
    for lesson in lessons {
        let Some(chair) = lesson.chair() else { continue };
        for (at, turn) in lesson.floor.turns.iter().enumerate() {
            let class = usize::from(lesson.owners[turn.voice] == Some(chair));
            let bag = presiding::turn_features(&lesson.floor, at);
            examples.push(Example { bag, class, weight: 1.0 });
        }
    }
    hashed(PRESIDING, &examples)
}

/// Whether a participant leads the meeting.
pub(super) fn leads(lessons: &[&Lesson]) -> HashedModel {
    let mut examples = Vec::new();
    for lesson in lessons {
        let Some(chair) = lesson.chair() else { continue };
        for person in 0..lesson.listed() {
            let bag = presiding::person_features(&lesson.floor, person);
            examples.push(Example { bag, class: usize::from(person == chair), weight: 1.0 });
        }
    }
    hashed(LEADS, &examples)
}

/// The weights of a voice as the chair's; `by_turn` is a lesson's turns as seen by a model that
/// does not know it.
pub(super) fn chair(lessons: &[(&Lesson, Vec<f32>)]) -> Vec<f32> {
    let choice = |(lesson, by_turn): &(&Lesson, Vec<f32>)| {
        let chair = lesson.chair()?;
        let right = lesson.owners.iter().position(|owner| *owner == Some(chair))?;
        let rows = presiding::voice_values(&lesson.floor, by_turn);
        Some(Choice { rows, right, weight: 1.0 })
    };
    let choices: Vec<Choice> = lessons.iter().filter_map(choice).collect();
    dense(&choices, VOICE_VALUES, 400, 2e-3)
}

/// What a naming tells; `chairs` is how likely each voice is the chair's.
pub(super) fn naming(lessons: &[(&Lesson, Vec<f32>)]) -> HashedModel {
    let mut examples = Vec::new();
    for (lesson, chairs) in lessons {
        let mut note = |at: usize, naming: &Naming, person: Option<usize>, owner, weight| {
            let bag = context::features(&lesson.floor, at, naming, person, chairs);
            let class = told(lesson, at, owner) as usize;
            examples.push(Example { bag, class, weight });
        };
        for (at, turn) in lesson.floor.turns.iter().enumerate() {
            for naming in &turn.namings {
                if naming.by == NamedBy::Stranger {
                    note(at, naming, None, guest(lesson, at, naming), 1.0);
                }
                for person in &naming.people {
                    let weight = 1.0 / naming.people.len() as f32;
                    note(at, naming, Some(*person), Some(*person), weight);
                }
            }
        }
    }
    hashed(NAMING, &examples)
}

/// Who among the guests a stranger's name means.
fn guest(lesson: &Lesson, at: usize, naming: &Naming) -> Option<usize> {
    let said = &lesson.floor.turns[at].words[naming.words.0..naming.words.1];
    let named = |guest: &usize| {
        let name = lesson.people[*guest].to_lowercase();
        let mut words = name.split(' ').filter(|word| word.len() > 2);
        words.any(|word| said.iter().any(|one| fit(&one.text, word).is_some()))
    };
    (lesson.listed()..lesson.people.len()).find(named)
}

fn told(lesson: &Lesson, at: usize, person: Option<usize>) -> Told {
    let (next, before) = lesson.floor.around(at);
    let owns = |voice: usize| person.is_some() && lesson.owners[voice] == person;
    if owns(lesson.floor.turns[at].voice) {
        Told::Speaks
    } else if next.is_some_and(owns) {
        Told::Next
    } else if before.is_some_and(owns) {
        Told::Before
    } else {
        Told::Elsewhere
    }
}

/// Returns the right candidate of a voice.
pub(super) fn right(lesson: &Lesson, pairs: &Pairs, voice: usize) -> usize {
    let nobody = lesson.listed() + pairs.guests.len();
    let Some(owner) = lesson.owners[voice] else { return nobody };
    if owner < lesson.listed() {
        return owner;
    }
    let name = lesson.people[owner].to_lowercase();
    let named = |guest: &String| {
        let guest = guest.to_lowercase();
        guest.split(' ').any(|said| name.split(' ').any(|word| fit(said, word).is_some()))
    };
    pairs.guests.iter().position(named).map_or(nobody, |guest| lesson.listed() + guest)
}

/// The weights of a pair: each voice chooses among the people, each person among the voices.
pub(super) fn pair(lessons: &[(&Lesson, &Pairs)]) -> Vec<f32> {
    let mut choices = Vec::new();
    for (lesson, pairs) in lessons {
        let voices = lesson.floor.voices.len();
        let words: Vec<usize> = (0..voices)
            .map(|voice| {
                let own = lesson.floor.turns.iter().filter(|turn| turn.voice == voice);
                own.map(|turn| turn.words.len()).sum()
            })
            .collect();
        let all = words.iter().sum::<usize>().max(1) as f32;
        let owners: Vec<usize> = (0..voices).map(|voice| right(lesson, pairs, voice)).collect();
        for voice in 0..voices {
            let share = words[voice] as f32 / all * voices as f32;
            choices.push(Choice {
                rows: pairs.values[voice].clone(),
                right: owners[voice],
                weight: 0.5 + 0.5 * share,
            });
        }
        for person in 0..lesson.listed() {
            let mut rows: Vec<Vec<f32>> =
                pairs.values.iter().map(|rows| rows[person].clone()).collect();
            let mut none = vec![0.0; PAIR_VALUES];
            none[2] = 1.0;
            rows.push(none);
            let right = owners.iter().position(|owner| *owner == person).unwrap_or(voices);
            choices.push(Choice { rows, right, weight: 0.5 });
        }
    }
    dense(&choices, PAIR_VALUES, 300, 1e-3)
}

/// A lesson's turns with their candidates and what tells for them.
pub(super) fn turns(lesson: &Lesson, pairs: &Pairs, weights: &[f32]) -> Vec<(usize, Vec<f32>)> {
    let found = assign::probabilities(&scores(pairs, weights));
    certainty::values(&lesson.floor, pairs, &found)
}

/// The turns of a lesson, each with its candidate and its values.
pub(super) type JudgedTurns = Vec<(usize, Vec<f32>)>;

/// The weights of a turn's certainty.
pub(super) fn turn(lessons: &[(&Lesson, &JudgedTurns)]) -> Vec<f32> {
    let mut choices = Vec::new();
    for (lesson, turns) in lessons {
        for (spoken, (candidate, values)) in lesson.spoken.iter().zip(*turns) {
            if *candidate >= lesson.listed() {
                continue;
            }
            for (person, words) in spoken {
                choices.push(Choice {
                    rows: vec![values.clone(), vec![0.0; TURN_VALUES]],
                    right: usize::from(*person != Some(*candidate)),
                    weight: *words as f32 / 10.0,
                });
            }
        }
    }
    dense(&choices, TURN_VALUES, 200, 1e-4)
}
