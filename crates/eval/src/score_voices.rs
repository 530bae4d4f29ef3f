//! Scores of turns against a reference: diarization error rate with its parts, words in the right
//! voice, and how many voices there are.
//!
//! The voices found are matched one to one with the speakers so that most speech agrees; then, of
//! each moment, what is missed, found where nobody speaks, and given to another is added up.

use std::collections::BTreeSet;

use referat_core::domain::voices::HeardTurn;
use referat_core::time::{Span, Timestamp};

/// Speech in milliseconds, of the reference and of each kind of error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiarizationErrors {
    /// Speech of the reference; two who speak at once count twice.
    pub reference: u64,
    /// Speech that was not found.
    pub missed: u64,
    /// Speech found where nobody speaks.
    pub false_alarm: u64,
    /// Speech given to another voice.
    pub confused: u64,
}

impl DiarizationErrors {
    /// Returns all errors over the reference. May exceed 1.
    pub fn rate(&self) -> f64 {
        (self.missed + self.false_alarm + self.confused) as f64 / self.reference.max(1) as f64
    }

    /// Returns the share of the reference that was given to another voice.
    pub fn confusion(&self) -> f64 {
        self.confused as f64 / self.reference.max(1) as f64
    }

    /// Adds another recording's.
    pub fn add(&mut self, other: Self) {
        self.reference += other.reference;
        self.missed += other.missed;
        self.false_alarm += other.false_alarm;
        self.confused += other.confused;
    }
}

/// Returns the errors of `found` against `wanted`. What is within `collar_ms` of an end or a
/// beginning of the reference, on either side, does not count.
pub fn errors(wanted: &[HeardTurn], found: &[HeardTurn], collar_ms: u64) -> DiarizationErrors {
    let (speakers, voices) = (labels(wanted), labels(found));
    let moments = moments(wanted, found, collar_ms);
    let mut together = vec![vec![0; voices.len()]; speakers.len()];
    for moment in &moments {
        for speaker in &moment.wanted {
            for voice in &moment.found {
                together[*speaker][*voice] += moment.length;
            }
        }
    }
    let matched = matching(&together);
    let mut errors = DiarizationErrors::default();
    for moment in &moments {
        let (wanted, found) = (moment.wanted.len() as u64, moment.found.len() as u64);
        let right =
            |speaker: &&usize| matched[**speaker].is_some_and(|v| moment.found.contains(&v));
        let right = moment.wanted.iter().filter(right).count() as u64;
        errors.reference += wanted * moment.length;
        errors.missed += wanted.saturating_sub(found) * moment.length;
        errors.false_alarm += found.saturating_sub(wanted) * moment.length;
        errors.confused += (wanted.min(found) - right) * moment.length;
    }
    errors
}

/// Returns how many of the words of `said`, stretches with a speaker's label and a number of
/// words, are in the voice that is matched with their speaker, and how many there are. The words
/// of a stretch are spread evenly over it; a word in a pause of the turns has the nearest voice.
pub fn words_in_the_right_voice(
    said: &[(Span, String, usize)],
    found: &[HeardTurn],
) -> (usize, usize) {
    const NEAR_MS: u64 = 500;
    let voices = labels(found);
    let speakers: BTreeSet<&str> = said.iter().map(|(_, speaker, _)| speaker.as_str()).collect();
    let speakers: Vec<&str> = speakers.into_iter().collect();
    let mut together = vec![vec![0; voices.len()]; speakers.len()];
    let mut all = 0;
    for (span, speaker, words) in said {
        let row = speakers.iter().position(|known| known == speaker);
        for word in 0..*words {
            all += 1;
            let length = span.duration().as_millis() as u64;
            let at = span.start().as_ms() + length * (2 * word as u64 + 1) / (2 * *words as u64);
            let away = |turn: &HeardTurn| {
                let (start, end) = (turn.span.start().as_ms(), turn.span.end().as_ms());
                start.saturating_sub(at).max((at + 1).saturating_sub(end))
            };
            let near = found.iter().min_by_key(|turn| (away(turn), turn.overlap));
            let near = near.filter(|turn| away(turn) <= NEAR_MS);
            let voice = near.and_then(|turn| voices.iter().position(|v| *v == turn.voice.0));
            if let (Some(row), Some(voice)) = (row, voice) {
                together[row][voice] += 1;
            }
        }
    }
    let matched = matching(&together);
    let right = together.iter().zip(matched).filter_map(|(row, voice)| Some(row[voice?]));
    (right.sum::<u64>() as usize, all)
}

/// Returns the labels of turns, in order.
pub fn labels(turns: &[HeardTurn]) -> Vec<&str> {
    let labels: BTreeSet<&str> = turns.iter().map(|turn| turn.voice.0.as_str()).collect();
    labels.into_iter().collect()
}

/// A stretch in which nothing changes.
struct Moment {
    length: u64,
    wanted: Vec<usize>,
    found: Vec<usize>,
}

fn moments(wanted: &[HeardTurn], found: &[HeardTurn], collar_ms: u64) -> Vec<Moment> {
    let ends = |turn: &HeardTurn| [turn.span.start().as_ms(), turn.span.end().as_ms()];
    let collars: Vec<(u64, u64)> = wanted
        .iter()
        .flat_map(ends)
        .map(|at| (at.saturating_sub(collar_ms), at + collar_ms))
        .collect();
    let mut edges: Vec<u64> = wanted.iter().chain(found).flat_map(ends).collect();
    edges.extend(collars.iter().flat_map(|(from, to)| [*from, *to]));
    edges.sort_unstable();
    edges.dedup();
    let (speakers, voices) = (labels(wanted), labels(found));
    let speaking = |turns: &[HeardTurn], labels: &[&str], at: u64| {
        let at = Timestamp::from_ms(at);
        let turns = turns.iter().filter(|turn| turn.span.start() <= at && at < turn.span.end());
        let who = turns.filter_map(|turn| labels.iter().position(|known| *known == turn.voice.0));
        who.collect::<BTreeSet<usize>>().into_iter().collect::<Vec<_>>()
    };
    edges
        .windows(2)
        .filter(|edge| !collars.iter().any(|(from, to)| *from <= edge[0] && edge[1] <= *to))
        .map(|edge| Moment {
            length: edge[1] - edge[0],
            wanted: speaking(wanted, &speakers, edge[0]),
            found: speaking(found, &voices, edge[0]),
        })
        .collect()
}

/// Matches rows with columns one to one so that the sum is greatest (Kuhn and Munkres).
fn matching(weights: &[Vec<u64>]) -> Vec<Option<usize>> {
    let columns = weights.first().map_or(0, Vec::len);
    let size = weights.len().max(columns);
    let cost = |row: usize, column: usize| {
        -(weights.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0) as i64)
    };
    let (mut rows, mut cols) = (vec![0_i64; size + 1], vec![0_i64; size + 1]);
    let (mut row_of, mut way) = (vec![0; size + 1], vec![0; size + 1]);
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![i64::MAX; size + 1];
        let mut used = vec![false; size + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let (from, mut step, mut next) = (row_of[column], i64::MAX, 0);
            for other in (1..=size).filter(|other| !used[*other]) {
                let reduced = cost(from - 1, other - 1) - rows[from] - cols[other];
                if reduced < least[other] {
                    (least[other], way[other]) = (reduced, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if used[other] {
                    rows[row_of[other]] += step;
                    cols[other] -= step;
                } else if other > 0 {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    let mut matched = vec![None; weights.len()];
    for (column, row) in row_of[1..=columns].iter().enumerate() {
        if let Some(place) = matched.get_mut(row - 1) {
            *place = Some(column);
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::domain::voices::VoiceId;

    fn turns(list: &[(u64, u64, &str)]) -> Vec<HeardTurn> {
        let turn = |(start, end, voice): &(u64, u64, &str)| HeardTurn {
            span: Span::new(Timestamp::from_ms(*start), Timestamp::from_ms(*end)).unwrap(),
            voice: VoiceId((*voice).into()),
            overlap: false,
        };
        list.iter().map(turn).collect()
    }

    #[test]
    fn each_kind_of_error_is_counted_for_itself() {
        let wanted = turns(&[(0, 1000, "A"), (1000, 2000, "B"), (1500, 2500, "A")]);
        let found = turns(&[(0, 1200, "x"), (1200, 2000, "y"), (2000, 2700, "x")]);
        let errors = errors(&wanted, &found, 0);
        let wanted =
            DiarizationErrors { reference: 3000, missed: 500, false_alarm: 200, confused: 200 };
        assert_eq!(errors, wanted);
        assert!((errors.rate() - 0.3).abs() < 1e-9);
    }

    #[test]
    fn what_is_near_an_end_of_the_reference_does_not_count() {
        let wanted = turns(&[(0, 1000, "A"), (1000, 2000, "B")]);
        let found = turns(&[(0, 1200, "x"), (1200, 2100, "y")]);
        let errors = errors(&wanted, &found, 250);
        let wanted = DiarizationErrors { reference: 1000, ..DiarizationErrors::default() };
        assert_eq!(errors, wanted);
    }

    #[test]
    fn words_go_to_the_matched_voice_and_to_the_nearest_in_a_pause() {
        let span =
            |start, end| Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end)).unwrap();
        let said = [(span(0, 1000), "A".to_owned(), 10), (span(1000, 2000), "B".to_owned(), 10)];
        let found = turns(&[(0, 800, "x"), (1200, 2000, "y")]);
        assert_eq!(words_in_the_right_voice(&said, &found), (20, 20));
        assert_eq!(words_in_the_right_voice(&said, &turns(&[(0, 2000, "x")])), (10, 20));
    }
}
