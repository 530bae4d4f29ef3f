//! Which voice leads the meeting, and who of the participants is likely to.

use super::floor::{Floor, VoicedTurn};
use super::hashed::{Bag, HashedModel, dot, softmax};
use super::register::Naming;

/// Number of values of a voice.
pub const VOICE_VALUES: usize = 10;
/// Log-odds of a turn being the chair's before anything is known: a third of the turns of the
/// corpus are (2026-11).
const PRIOR: f32 = 0.6;

/// Returns the features of one turn as the chair's.
pub fn turn_features(floor: &Floor, at: usize) -> Bag {
    let turn = &floor.turns[at];
    let words = &turn.words;
    let sentences = words.last().map_or(0, |word| word.sentence);
    let word = |at: usize| word(turn, at);
    let mut bag = Bag::default();
    for at in 0..words.len() {
        let sentence = words[at].sentence;
        // The middle of a long turn tells little.
        if words.len() > 60 && sentence > 0 && sentence + 1 < sentences {
            continue;
        }
        let place = match sentence {
            last if last == sentences => 'L',
            0 => 'F',
            _ => 'M',
        };
        let close = |at: usize| at + 1 < words.len() && words[at].mark == ' ';
        bag.put(format_args!("w:{}", word(at)));
        bag.put(format_args!("{place}:{}", word(at)));
        if close(at) {
            bag.put(format_args!("b:{} {}", word(at), word(at + 1)));
            if close(at + 1) {
                bag.put(format_args!("t:{} {} {}", word(at), word(at + 1), word(at + 2)));
            }
        }
    }
    bag.0.sort_unstable();
    bag.0.dedup();
    if let Some(last) = words.last() {
        bag.put(format_args!("one:{}", word(0)));
        bag.put(format_args!("end:{}", last.mark));
        bag.put(format_args!("last:{}{}", word(words.len() - 1), last.mark));
    }
    let length = match words.len() {
        0..=2 => 0,
        3..=5 => 1,
        6..=10 => 2,
        11..=20 => 3,
        21..=40 => 4,
        41..=80 => 5,
        _ => 6,
    };
    bag.put(format_args!("bias"));
    bag.put(format_args!("length:{length}"));
    let before = at.checked_sub(1).map(|before| floor.turns[before].item);
    bag.put(format_args!("opens:{}", before.is_none_or(|item| item != turn.item)));
    bag.put(format_args!("first:{}", at == 0));
    match floor.turns.get(at + 1) {
        None => bag.put(format_args!("last-turn")),
        Some(next) => {
            bag.put(format_args!("next-long:{}", next.words.len() > 30));
            let first = next.words.first().map_or("", |word| &word.text);
            bag.put(format_args!("n1:{first}"));
        }
    }
    bag
}

fn word(turn: &VoicedTurn, at: usize) -> &str {
    let named = |naming: &Naming| naming.words.0 <= at && at < naming.words.1;
    if turn.namings.iter().any(named) { "<name>" } else { &turn.words[at].text }
}

/// Returns per turn the log-odds that the chair speaks.
pub fn by_turn(floor: &Floor, model: &HashedModel) -> Vec<f32> {
    let one = |at: usize| {
        let scores = model.scores(&turn_features(floor, at));
        (scores[1] - scores[0] + PRIOR).clamp(-5.0, 5.0)
    };
    (0..floor.turns.len()).map(one).collect()
}

/// Returns each voice's values as the chair's.
pub fn voice_values(floor: &Floor, by_turn: &[f32]) -> Vec<Vec<f32>> {
    let count = floor.voices.len();
    let mut values = vec![vec![0.0_f32; VOICE_VALUES]; count];
    let mut followed: Vec<Vec<usize>> = vec![Vec::new(); count];
    let (mut words, mut openings) = (0.0_f32, 0.0_f32);
    let mut sums = vec![0.0_f32; count];
    for (at, (turn, odds)) in floor.turns.iter().zip(by_turn).enumerate() {
        let odds = odds.clamp(-4.0, 4.0);
        let row = &mut values[turn.voice];
        sums[turn.voice] += odds;
        row[2] += 1.0;
        row[3] += turn.words.len() as f32;
        words += turn.words.len() as f32;
        row[8] = row[8].max(odds / 2.0);
        if at > 0 && floor.turns[at - 1].item != turn.item {
            row[6] += 1.0;
            openings += 1.0;
        }
        if let Some(next) = floor.turns.get(at + 1).map(|next| next.voice)
            && !followed[turn.voice].contains(&next)
        {
            followed[turn.voice].push(next);
        }
    }
    let first = floor.turns.first().map(|turn| turn.voice);
    let last = floor.turns.last().map(|turn| turn.voice);
    for (voice, row) in values.iter_mut().enumerate() {
        row[0] = sums[voice] / (row[2].max(1.0) + 2.0);
        row[1] = (sums[voice] / 5.0).clamp(-4.0, 6.0);
        row[2] /= floor.turns.len().max(1) as f32;
        row[3] /= words.max(1.0);
        row[4] = f32::from(u8::from(first == Some(voice)));
        row[5] = f32::from(u8::from(last == Some(voice)));
        row[6] /= openings.max(1.0);
        row[7] = followed[voice].len() as f32 / count.max(2) as f32;
        row[9] = f32::from(u8::from(sums[voice] > 0.0));
    }
    values
}

/// Returns how likely each voice is the chair's.
pub fn chairs(floor: &Floor, by_turn: &[f32], weights: &[f32]) -> Vec<f32> {
    let values = voice_values(floor, by_turn);
    softmax(&values.iter().map(|row| dot(weights, row)).collect::<Vec<_>>())
}

/// Returns the features of a participant as the chair, where the dagsorden does not say who is.
pub fn person_features(floor: &Floor, person: usize) -> Bag {
    let listed = &floor.register.people[person];
    let mut bag = Bag::default();
    bag.put(format_args!("order:{}", person.min(3)));
    bag.put(format_args!("absent:{}", listed.absent));
    bag.put(format_args!("referent:{}", listed.referent));
    bag.put(format_args!("remote:{}", listed.remote));
    let title = listed.title.to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if at == 0 {
            bag.put(format_args!("first:{word}"));
        }
        bag.put(format_args!("title:{word}"));
        for length in [4, 5, 6] {
            if let Some((from, _)) = word.char_indices().rev().nth(length - 1).filter(|at| at.0 > 0)
            {
                bag.put(format_args!("tail:{}", &word[from..]));
            }
        }
    }
    let opens = floor.presenters.first().is_some_and(|people| people.contains(&person));
    bag.put(format_args!("presents-first:{opens}"));
    bag
}

/// Returns how likely each participant is the chair.
pub fn likely(floor: &Floor, model: &HashedModel) -> Vec<f32> {
    let people = &floor.register.people;
    let Some(stated) = people.iter().position(|person| person.chair) else {
        let score = |person: usize| {
            let scores = model.scores(&person_features(floor, person));
            scores[1] - scores[0]
        };
        return softmax(&(0..people.len()).map(score).collect::<Vec<_>>());
    };
    // Whoever the dagsorden says; now and then a deputy leads instead.
    let rest = 0.04 / people.len() as f32;
    (0..people.len()).map(|person| if person == stated { 0.96 } else { rest }).collect()
}
