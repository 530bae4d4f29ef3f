//! Which sub-item of the agenda a sentence or an entry stands under.

use std::collections::BTreeSet;

use crate::domain::agenda::AgendaItem;

use super::entry::Entry;

/// Words shorter than this tell no subject.
const SHORTEST: usize = 5;

/// The sub-items of one item, and the words that were spoken under each.
pub(super) struct SubItems {
    titles: Vec<BTreeSet<String>>,
    spoken: Vec<BTreeSet<String>>,
}

impl SubItems {
    /// Returns the sub-items of `item`.
    pub(super) fn new(item: Option<&AgendaItem>) -> Self {
        let titles: Vec<BTreeSet<String>> =
            item.iter().flat_map(|item| &item.sub).map(|sub| long_words(&sub.title)).collect();
        let spoken = vec![BTreeSet::new(); titles.len()];
        Self { titles, spoken }
    }

    /// Returns the sub-item whose title's words the sentence names.
    pub(super) fn heading_of(&self, sentence: &str) -> Option<usize> {
        best(&self.titles, &long_words(sentence))
    }

    /// Places an entry whose words name no sub-item: under the one that was spoken of in the same
    /// words, else where the talk is.
    pub(super) fn take(&mut self, entry: &mut Entry, last: Option<&Entry>) {
        if self.titles.is_empty() {
            return;
        }
        let text: Vec<&str> = entry.sentences.iter().map(|one| one.text.as_str()).collect();
        let words = long_words(&text.join(" "));
        entry.sub = entry
            .sub
            .or_else(|| best(&self.spoken, &words))
            .or_else(|| last.and_then(|last| last.sub));
        if let Some(spoken) = entry.sub.and_then(|sub| self.spoken.get_mut(sub)) {
            spoken.extend(words);
        }
    }
}

/// Returns the set that shares most words with `words`, the first of equals; none without any.
fn best(sets: &[BTreeSet<String>], words: &BTreeSet<String>) -> Option<usize> {
    let mut found = None;
    let mut most = 0;
    for (index, set) in sets.iter().enumerate() {
        let shared = words.iter().filter(|word| set.iter().any(|own| akin(own, word))).count();
        if shared > most {
            most = shared;
            found = Some(index);
        }
    }
    found
}

/// Returns whether two words are forms or compounds of one: a long common beginning.
fn akin(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(left, right)| left == right).count();
    let shorter = one.chars().count().min(other.chars().count());
    shared >= SHORTEST && shared * 10 >= shorter * 8
}

fn long_words(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST)
        .map(str::to_lowercase)
        .collect()
}
