//! How well each segment's words fit each item's: a language model of pieces of words per item,
//! measured against how common each piece is in the whole meeting. What every stretch of the
//! meeting says for an item is taken off, so that words speak against an item as well as for it
//! (nine sittings without headings, three letters in ten wrong, 2026-11-25: 0.774 -> 0.858).

use std::collections::HashMap;

use super::pieces::Pieces;
use crate::domain::agenda::AgendaItem;
use crate::domain::meeting::Meeting;
use crate::language::lexicon::{Lexicon, Piece};
use crate::language::words::Words;

/// Share of an item's speech that is taken to repeat the item's own words.
const OWN_WORDS: f32 = 0.25;
/// Most that one segment's words can speak for an item, so that one long segment does not
/// outweigh the rest of a debate.
const MOST: f32 = 4.0;

/// So many segments of a passage can speak for its item as if each were heard alone; in a longer
/// debate they say the same over again, and their weight shrinks.
const INDEPENDENT: f32 = 10.0;

/// Words that are said more often than in this share of the segments count as if they were said
/// so often: the item that takes most of the meeting is talked about all the time.
const COMMON: f32 = 0.08;
/// The meeting is cut into so many stretches to see how much of an item's words is said anyway.
const BLOCKS: usize = 16;

/// What the words say of items, segment by segment.
pub(super) struct Fitness {
    items: usize,
    /// Log-likelihood ratio per segment and item, row by row.
    fit: Vec<f32>,
    /// Share of the item's title that the segment repeats, 0 to 1.
    title: Vec<f32>,
}

impl Fitness {
    /// Compares every segment with every item.
    pub(super) fn new(meeting: &Meeting, language: Words<'_>, pieces: &Pieces) -> Self {
        let lexicon = Lexicon::of(language);
        let agenda = &meeting.agenda.items;
        let items = agenda.len();
        let count = pieces.segments.len().max(1) as f32;
        let whole: Vec<_> = agenda.iter().map(|item| words(pieces, lexicon, item, true)).collect();
        let titles: Vec<_> =
            agenda.iter().map(|item| words(pieces, lexicon, item, false)).collect();
        let mut sharers: HashMap<Piece, f32> = HashMap::new();
        let mut holders: Vec<Vec<(usize, f32)>> = vec![Vec::new(); pieces.spoken.len()];
        for (index, words) in whole.iter().enumerate() {
            let total: f32 = words.iter().map(|word| word.2).sum();
            for (number, piece, weight) in words {
                *sharers.entry(*piece).or_default() += 1.0;
                if let Some(number) = number {
                    holders[*number as usize].push((index, weight / total.max(6.0)));
                }
            }
        }
        // A word that many items share tells them apart badly; one said all the time, too.
        let rarity = |number: &Option<u32>, piece: &Piece| {
            let shared = sharers.get(piece).copied().unwrap_or(1.0);
            let common = number.map_or(0.0, |number| pieces.spoken[number as usize]) / count;
            (1.0 + (items as f32 / shared)).ln() * (1.0 - common.sqrt()).max(0.05)
        };
        let mut title_holders: Vec<Vec<(usize, f32)>> = vec![Vec::new(); pieces.spoken.len()];
        for (index, words) in titles.iter().enumerate() {
            let weight = |word: &(Option<u32>, Piece, f32)| word.2 * rarity(&word.0, &word.1);
            let total: f32 = words.iter().map(weight).sum();
            for word in words {
                if let Some(number) = word.0 {
                    let share = weight(word) / total.max(f32::EPSILON);
                    title_holders[number as usize].push((index, share));
                }
            }
        }
        let scale = (INDEPENDENT * items as f32 / count).min(1.0);
        let mut fit = vec![0.0; items * pieces.segments.len()];
        let mut title = vec![0.0; items * pieces.segments.len()];
        for (at, own) in pieces.segments.iter().enumerate() {
            let row = at * items;
            for (number, weight) in own {
                let number = *number as usize;
                let common = pieces.spoken[number].min(COMMON * count);
                let background = (common + 0.5) / (count * 8.0);
                for (item, share) in &holders[number] {
                    let odds = OWN_WORDS / (1.0 - OWN_WORDS) * share / background;
                    fit[row + item] += weight * (1.0 + odds).ln();
                }
                for (item, weight) in &title_holders[number] {
                    title[row + item] += weight;
                }
            }
        }
        // What every stretch of speech says for an item tells nothing of this one.
        let length = |own: &Vec<(u32, f32)>| own.iter().map(|piece| piece.1).sum::<f32>();
        let lengths: Vec<f32> = pieces.segments.iter().map(length).collect();
        let block = (lengths.len() / BLOCKS).max(1);
        let elsewhere = (1.0 - 2.0 / items as f32).max(0.0);
        for item in 0..items {
            let mut rates: Vec<f32> = lengths
                .chunks(block)
                .enumerate()
                .map(|(chunk, lengths)| {
                    let own = (0..lengths.len()).map(|at| fit[(chunk * block + at) * items + item]);
                    own.sum::<f32>() / lengths.iter().sum::<f32>().max(1.0)
                })
                .collect();
            rates.sort_by(f32::total_cmp);
            rates.truncate(rates.len().div_ceil(4) * 3);
            let rate = elsewhere * rates.iter().sum::<f32>() / rates.len().max(1) as f32;
            for (at, length) in lengths.iter().enumerate() {
                let value = &mut fit[at * items + item];
                *value = scale * MOST * ((*value - rate * length) / MOST).tanh();
            }
        }
        Self { items, fit, title }
    }

    /// Returns how much the segment's words speak for the item, 0 for not at all.
    pub(super) fn fit(&self, segment: usize, item: usize) -> f32 {
        self.fit.get(segment * self.items + item).copied().unwrap_or(0.0)
    }

    /// Returns the share of the item's title that is said in the segment.
    pub(super) fn title(&self, segment: usize, item: usize) -> f32 {
        self.title.get(segment * self.items + item).copied().unwrap_or(0.0)
    }
}

/// The pieces of an item's title, and of its parts where these count.
fn words(
    pieces: &Pieces,
    lexicon: &Lexicon,
    item: &AgendaItem,
    with_parts: bool,
) -> Vec<(Option<u32>, Piece, f32)> {
    let parts = item.sub.iter().filter(|_| with_parts).map(|sub| sub.title.as_str());
    let text: Vec<&str> = std::iter::once(item.title.as_str()).chain(parts).collect();
    pieces.of_text(lexicon, &text.join(" "))
}
