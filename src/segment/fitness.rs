//! How well each segment's words fit each item's: a language model of pieces of words per item,
//! measured against how common each piece is in the whole meeting.

use std::collections::{HashMap, HashSet};

use crate::lang::cues::Heard;
use crate::lang::lexicon::{Lexicon, Piece};
use crate::lang::normalize;
use crate::model::agenda::AgendaItem;
use crate::model::meeting::Meeting;

/// Share of an item's speech that is taken to repeat the item's own words.
const OWN_WORDS: f32 = 0.25;
/// Most that one segment's words can speak for an item, so that one long segment does not
/// outweigh the rest of a debate.
const MOST: f32 = 4.0;

/// So many segments of a passage can speak for its item as if each were heard alone; in a longer
/// debate they say the same over again, and their weight shrinks.
const INDEPENDENT: f32 = 10.0;

/// What the words say of items, segment by segment.
pub(super) struct Fitness {
    items: usize,
    /// Log-likelihood ratio per segment and item, row by row.
    fit: Vec<f32>,
    /// Share of the item's title that the segment (with the next one) repeats, 0 to 1.
    title: Vec<f32>,
}

impl Fitness {
    /// Compares every segment with every item.
    pub(super) fn new(meeting: &Meeting, heard: &[Heard]) -> Self {
        let lexicon = Lexicon::of(meeting.language);
        let agenda = &meeting.agenda.items;
        let items = agenda.len();
        let names = name_words(meeting);
        let segments: Vec<HashMap<Piece, f32>> = heard
            .iter()
            .map(|heard| {
                let words = heard.words.iter().map(|word| word.folded.as_str());
                pieces(lexicon, words.filter(|word| !names.contains(*word)))
            })
            .collect();
        let mut spoken: HashMap<Piece, f32> = HashMap::new();
        for piece in segments.iter().flat_map(HashMap::keys) {
            *spoken.entry(*piece).or_default() += 1.0;
        }
        let count = segments.len().max(1) as f32;

        let whole: Vec<_> = agenda.iter().map(|item| item_pieces(lexicon, item, true)).collect();
        let titles: Vec<_> = agenda.iter().map(|item| item_pieces(lexicon, item, false)).collect();
        let mut holders: HashMap<Piece, Vec<(usize, f32)>> = HashMap::new();
        for (index, words) in whole.iter().enumerate() {
            let total: f32 = words.values().sum();
            for (piece, weight) in words {
                holders.entry(*piece).or_default().push((index, weight / total.max(6.0)));
            }
        }
        // A word that many items share tells them apart badly; one said all the time, too.
        let rarity = |piece: &Piece| {
            let shared = holders.get(piece).map_or(0, Vec::len) as f32;
            let common = spoken.get(piece).copied().unwrap_or(0.0) / count;
            (1.0 + (items as f32 / shared.max(1.0))).ln() * (1.0 - common.sqrt()).max(0.05)
        };
        let title_weights: Vec<Vec<(Piece, f32)>> = titles
            .iter()
            .map(|words| {
                let mut weights: Vec<_> =
                    words.iter().map(|(piece, weight)| (*piece, weight * rarity(piece))).collect();
                weights.sort_by_key(|weight| weight.0);
                weights
            })
            .collect();
        let title_holders = invert(&title_weights);

        let scale = (INDEPENDENT * items as f32 / count).min(1.0);
        let mut fit = vec![0.0; items * segments.len()];
        let mut title = vec![0.0; items * segments.len()];
        for (at, words) in segments.iter().enumerate() {
            let row = at * items;
            let mut ordered: Vec<_> = words.iter().collect();
            ordered.sort_by_key(|(piece, _)| **piece);
            for (piece, weight) in ordered {
                let background = (spoken.get(piece).copied().unwrap_or(1.0) + 0.5) / (count * 8.0);
                for (item, share) in holders.get(piece).map_or(&[][..], Vec::as_slice) {
                    let odds = OWN_WORDS / (1.0 - OWN_WORDS) * share / background;
                    fit[row + item] += weight * (1.0 + odds).ln();
                }
                for (item, weight) in title_holders.get(piece).map_or(&[][..], Vec::as_slice) {
                    title[row + item] += weight;
                }
            }
            for value in &mut fit[row..row + items] {
                *value = scale * MOST * (*value / MOST).tanh();
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

/// Per piece the items whose title has it, each with its share of the title.
fn invert(weights: &[Vec<(Piece, f32)>]) -> HashMap<Piece, Vec<(usize, f32)>> {
    let mut holders: HashMap<Piece, Vec<(usize, f32)>> = HashMap::new();
    for (item, words) in weights.iter().enumerate() {
        let total: f32 = words.iter().map(|(_, weight)| weight).sum();
        for (piece, weight) in words {
            holders.entry(*piece).or_default().push((item, weight / total.max(f32::EPSILON)));
        }
    }
    holders
}

fn pieces<'a>(lexicon: &Lexicon, words: impl Iterator<Item = &'a str>) -> HashMap<Piece, f32> {
    let mut found = HashMap::new();
    for word in words {
        for (piece, weight) in lexicon.pieces(word) {
            let known: &mut f32 = found.entry(piece).or_default();
            *known = known.max(weight);
        }
    }
    found
}

fn item_pieces(lexicon: &Lexicon, item: &AgendaItem, with_parts: bool) -> HashMap<Piece, f32> {
    let parts = item.sub.iter().filter(|_| with_parts).map(|sub| sub.title.as_str());
    let text: Vec<&str> = std::iter::once(item.title.as_str()).chain(parts).collect();
    let words = normalize::words(&text.join(" "));
    pieces(lexicon, words.iter().map(|word| word.folded.as_str()))
}

/// The participants' names tell who is speaking, not what about.
fn name_words(meeting: &Meeting) -> HashSet<String> {
    let everybody = meeting.header.everybody();
    everybody.flat_map(|person| normalize::words(&person.name)).map(|word| word.folded).collect()
}
