//! How sure each turn's name is: the voice's person, and what is said around the turn. A
//! diarizer gives some turns to another voice; what was said there can tell.

use super::floor::Floor;
use super::pairs::Pairs;

fn logit(sure: f32) -> f32 {
    let sure = sure.clamp(0.01, 0.99);
    (sure / (1.0 - sure)).ln()
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// Returns the likeliest candidate of a voice.
pub fn likeliest(row: &[f32]) -> usize {
    let places = 0..row.len();
    places.max_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap_or_default()
}

/// Returns how sure a turn's name is.
pub fn sure(weights: &[f32], values: &[f32]) -> f32 {
    1.0 / (1.0 + (-super::hashed::dot(weights, values)).exp())
}

/// Returns the candidate of each turn's voice, and what tells for and against it there.
pub fn values(floor: &Floor, pairs: &Pairs, found: &[Vec<f32>]) -> Vec<(usize, Vec<f32>)> {
    let mut counts = vec![0_usize; floor.voices.len()];
    for turn in &floor.turns {
        counts[turn.voice] += 1;
    }
    let led = pairs.chairs.iter().any(|chair| *chair >= 0.5);
    let one = |(at, turn): (usize, &super::floor::VoicedTurn)| {
        let candidate = likeliest(&found[turn.voice]);
        let sure = found[turn.voice][candidate].clamp(1e-4, 0.9999);
        let (mut support, mut against, mut own) = (0.0_f32, 0.0_f32, 0.0_f32);
        for claim in &pairs.claims[at] {
            if claim.person != candidate {
                against = against.max(claim.sure);
                continue;
            }
            support = support.max(claim.sure);
            if claim.own {
                own = own.min(logit(claim.sure) + 2.0);
            }
        }
        let chair = pairs.chairs[turn.voice] > 0.5;
        let odds = pairs.presides[at] / 3.0;
        let presents = floor.presents(candidate, turn);
        let item = turn.item.and_then(|item| floor.presenters.get(item));
        let presented = item.is_some_and(|people| !people.is_empty());
        let words = turn.words.len();
        let values = vec![
            1.0,
            (sure / (1.0 - sure)).ln() / 2.0,
            (words as f32 + 1.0).ln() / 3.0,
            flag(counts[turn.voice] == 1),
            flag(counts[turn.voice] == 2),
            support,
            if against > 0.15 { (logit(against) + 4.6) / 3.0 } else { 0.0 },
            if chair { odds } else { 0.0 },
            if chair { 0.0 } else { odds },
            flag(presents),
            flag(presented && !presents && words > 30 && !chair),
            own / 3.0,
            flag(chair),
            flag(!led),
            flag(support > 0.5),
            flag(sure > 0.97),
        ];
        (candidate, values)
    };
    floor.turns.iter().enumerate().map(one).collect()
}
