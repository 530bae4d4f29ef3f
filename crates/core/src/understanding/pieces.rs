//! The segments' words as pieces with small numbers: what the comparisons of words count.

use std::collections::{HashMap, HashSet};

use crate::domain::meeting::Meeting;
use crate::language::cues::Heard;
use crate::language::lexicon::{Lexicon, Piece};
use crate::language::normalize;
use crate::language::words::Words;

/// The pieces of words that a meeting's segments hold.
pub(super) struct Pieces {
    /// Per segment its pieces in order of their numbers, each once with its weight.
    pub(super) segments: Vec<Vec<(u32, f32)>>,
    /// Number of segments that hold each piece.
    pub(super) spoken: Vec<f32>,
    numbers: HashMap<Piece, u32>,
}

impl Pieces {
    /// Takes the segments apart; names of participants are left out, because they tell who is
    /// speaking, not what about.
    pub(super) fn new(meeting: &Meeting, language: Words<'_>, heard: &[Heard]) -> Self {
        let lexicon = Lexicon::of(language);
        let names = name_words(meeting);
        let mut numbers: HashMap<Piece, u32> = HashMap::new();
        let mut words: HashMap<&str, Vec<(u32, f32)>> = HashMap::new();
        let mut spoken = Vec::new();
        let mut segments = Vec::with_capacity(heard.len());
        for heard in heard {
            let mut own: Vec<(u32, f32)> = Vec::new();
            for word in &heard.words {
                let pieces = words.entry(&word.folded).or_insert_with(|| {
                    if names.contains(&word.folded) {
                        return Vec::new();
                    }
                    let pieces = lexicon.pieces(&word.folded).into_iter();
                    pieces
                        .map(|(piece, weight)| {
                            let next = numbers.len() as u32;
                            (*numbers.entry(piece).or_insert(next), weight)
                        })
                        .collect()
                });
                own.extend_from_slice(pieces);
            }
            own.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            own.dedup_by_key(|piece| piece.0);
            spoken.resize(numbers.len(), 0.0);
            for (piece, _) in &own {
                spoken[*piece as usize] += 1.0;
            }
            segments.push(own);
        }
        Self { segments, spoken, numbers }
    }

    /// Returns the pieces of a text; those that are never spoken have no number.
    pub(super) fn of_text(&self, lexicon: &Lexicon, text: &str) -> Vec<(Option<u32>, Piece, f32)> {
        let mut found: Vec<(Option<u32>, Piece, f32)> = Vec::new();
        for word in normalize::words(text) {
            for (piece, weight) in lexicon.pieces(&word.folded) {
                found.push((self.numbers.get(&piece).copied(), piece, weight));
            }
        }
        found.sort_by(|a, b| a.1.cmp(&b.1).then(b.2.total_cmp(&a.2)));
        found.dedup_by_key(|piece| piece.1);
        found
    }
}

fn name_words(meeting: &Meeting) -> HashSet<String> {
    let everybody = meeting.header.everybody();
    everybody.flat_map(|person| normalize::words(&person.name)).map(|word| word.folded).collect()
}
