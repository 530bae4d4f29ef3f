//! Who speaks how much, under which items, and with whose words.

use std::collections::BTreeMap;

use super::floor::Floor;
use super::register::Listed;
use super::said::said;

/// Returns how much each voice speaks, as a logarithm against the mean.
pub(super) fn shares(floor: &Floor) -> Vec<f32> {
    let mut words = vec![0_usize; floor.voices.len()];
    for turn in &floor.turns {
        words[turn.voice] += turn.words.len();
    }
    let all = words.iter().sum::<usize>().max(1) as f32;
    let share = |words: &usize| ((*words).max(1) as f32 / all * floor.voices.len() as f32).ln();
    words.iter().map(|words| share(words).clamp(-3.0, 3.0)).collect()
}

/// Who speaks how much under each item.
pub(super) struct Talk {
    words: Vec<Vec<usize>>,
    /// By item, whose the longest turn is that is not the chair's.
    longest: Vec<(usize, Option<usize>)>,
}

impl Talk {
    pub(super) fn new(floor: &Floor, chairs: &[f32]) -> Self {
        let mut words = vec![vec![0; floor.voices.len()]; floor.presenters.len()];
        let mut longest = vec![(0, None); floor.presenters.len()];
        for turn in &floor.turns {
            let Some(item) = turn.item.filter(|item| *item < words.len()) else { continue };
            words[item][turn.voice] += turn.words.len();
            if chairs[turn.voice] < 0.5 && turn.words.len() > longest[item].0 {
                longest[item] = (turn.words.len(), Some(turn.voice));
            }
        }
        Self { words, longest }
    }

    /// Returns the voice's share of the words under a person's items, and the share of these
    /// items whose longest turn it has.
    pub(super) fn under(&self, floor: &Floor, voice: usize, person: usize) -> Option<(f32, f32)> {
        let items: Vec<usize> = (0..floor.presenters.len())
            .filter(|item| floor.presenters[*item].contains(&person))
            .collect();
        let own: usize = items.iter().map(|item| self.words[*item][voice]).sum();
        let all: usize = items.iter().flat_map(|item| &self.words[*item]).sum();
        let most = items.iter().filter(|item| self.longest[**item].1 == Some(voice)).count();
        (all > 0).then(|| (own as f32 / all as f32, most as f32 / items.len() as f32))
    }
}

/// Which voices use the words of somebody's title.
pub(super) struct TitleWords {
    voices: BTreeMap<String, Vec<usize>>,
    titles: Vec<Vec<String>>,
    count: usize,
}

impl TitleWords {
    pub(super) fn new(floor: &Floor) -> Self {
        let stem = |word: &str| word.chars().take(6).collect::<String>();
        let title = |person: &Listed| {
            let words = said(&person.title, floor.register.classes);
            words.iter().map(|word| stem(&word.text)).collect::<Vec<_>>()
        };
        let titles: Vec<Vec<String>> = floor.register.people.iter().map(title).collect();
        let mut voices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for word in titles.iter().flatten().filter(|word| word.chars().count() >= 4) {
            voices.insert(word.clone(), Vec::new());
        }
        for turn in &floor.turns {
            for word in &turn.words {
                let users = voices.get_mut(&stem(&word.text));
                if let Some(users) = users.filter(|users| !users.contains(&turn.voice)) {
                    users.push(turn.voice);
                }
            }
        }
        Self { voices, titles, count: floor.voices.len() }
    }

    /// Returns how rare the rarest word of the title is that the voice uses.
    pub(super) fn shared(&self, voice: usize, person: usize) -> f32 {
        let used = self.titles[person].iter().filter_map(|word| self.voices.get(word));
        let rare = |users: &Vec<usize>| (self.count as f32 / users.len() as f32).ln();
        used.filter(|users| users.contains(&voice)).map(rare).fold(0.0, f32::max)
    }
}
