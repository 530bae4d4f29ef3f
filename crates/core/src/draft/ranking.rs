//! Which of a speaker's sentences tell most.
//!
//! The measure is plain on purpose, so that a referent can foresee it: a sentence counts its
//! words up to twenty, and more for every number, every name and every word of the item's title.

use crate::domain::agenda::AgendaItem;
use crate::domain::referat::Material;

use super::sentences::Sentence;

/// Words beyond this add nothing to a sentence's weight.
const ENOUGH_WORDS: usize = 20;

/// How many sentences are called the most telling ones.
const TELLING: usize = 2;

/// Returns the places of the sentences, the most telling first; equals in order of time.
pub(super) fn most_telling(sentences: &[Sentence], item: Option<&AgendaItem>) -> Vec<usize> {
    let title = item.map(|item| item.title.to_lowercase()).unwrap_or_default();
    let title: Vec<&str> = title.split_whitespace().filter(|word| word.len() > 4).collect();
    let mut places: Vec<usize> = (0..sentences.len()).collect();
    places.sort_by_cached_key(|place| {
        std::cmp::Reverse(sentences.get(*place).map_or(0, |sentence| weight(sentence, &title)))
    });
    places
}

/// Returns the sentences as material: the most telling ones first, then the others, both in
/// order of time; all in order of time where most were heard badly. What `others` said stands last.
pub(super) fn material<'s>(
    sentences: &'s [Sentence],
    others: impl Iterator<Item = &'s Sentence>,
    item: Option<&AgendaItem>,
) -> Vec<Material> {
    // Which words tell most cannot be seen in words that were heard badly.
    let poor = sentences.iter().filter(|sentence| sentence.is_poor()).count();
    let ranked = if poor * 2 > sentences.len() {
        (0..sentences.len()).collect()
    } else {
        most_telling(sentences, item)
    };
    let (telling, rest) = ranked.split_at(TELLING.min(ranked.len()));
    let mut telling = telling.to_vec();
    let mut rest = rest.to_vec();
    telling.sort_unstable();
    rest.sort_unstable();
    telling
        .into_iter()
        .chain(rest)
        .filter_map(|place| sentences.get(place))
        .chain(others)
        .map(|sentence| Material { at_ms: sentence.at, text: sentence.marked.clone() })
        .collect()
}

fn weight(sentence: &Sentence, title: &[&str]) -> usize {
    let words: Vec<&str> = sentence.text.split_whitespace().collect();
    let numbers = words.iter().filter(|word| word.contains(char::is_numeric)).count();
    let names =
        words.iter().skip(1).filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    let lower = sentence.text.to_lowercase();
    let named = title.iter().filter(|word| lower.contains(*word)).count();
    words.len().min(ENOUGH_WORDS) + 3 * numbers + names.count() + 3 * named
}
