//! How a word sounds, from its spelling: how far two spellings are from being the same name to
//! the ear. The rules are data, one file per language, each with its own examples.

use std::collections::HashMap;

use serde::Deserialize;

use super::data::{self, Table, expect};
use super::table_names::TableName;
use super::words::Words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    rules: Vec<(String, String)>,
    vowels: String,
    near: HashMap<String, f32>,
    weak: HashMap<char, f32>,
    examples: Examples,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    same: Vec<(String, String)>,
    different: Vec<(String, String)>,
}

/// The sounds of one language's spelling.
pub struct Sounds {
    /// By first letter; the longest first.
    rules: HashMap<char, Vec<Rule>>,
    vowels: String,
    near: HashMap<(char, char), f32>,
    weak: HashMap<char, f32>,
}

struct Rule {
    from: Vec<char>,
    to: Vec<char>,
    at_start: bool,
    at_end: bool,
}

/// A word as its sounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sounded(Vec<char>);

/// What it costs to take one vowel for another, where the data says nothing closer.
const VOWEL: f32 = 0.5;

pub(super) static DATA: data::Data<Sounds> = data::Data::new(TableName::Sound);

impl Table for Sounds {
    type Raw = Data;

    fn ready(data: Data) -> Result<Self, String> {
        Self::new(data)
    }

    fn check(&self, data: &Data, _: Words<'_>) -> Result<(), String> {
        let Examples { same, different } = &data.examples;
        for (a, b) in same {
            let apart = self.apart(&self.sounded(a), &self.sounded(b));
            expect(apart <= 0.3, || format!("`{a}` and `{b}` should sound alike: {apart}"))?;
        }
        for (one, other) in different {
            let (a, b) = (self.sounded(one), self.sounded(other));
            let far = self.apart(&a, &b) >= 1.0 || !self.begin_alike(&a, &b);
            expect(far, || format!("`{one}` and `{other}` should not sound alike"))?;
        }
        Ok(())
    }
}

impl Sounds {
    /// Returns the sounds of a language.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    fn new(data: Data) -> Result<Self, String> {
        let mut rules: HashMap<char, Vec<Rule>> = HashMap::new();
        for (from, to) in data.rules {
            let bare = from.trim_matches(['^', '$']).chars().collect::<Vec<_>>();
            let Some(&first) = bare.first() else {
                return Err("a rule replaces nothing".to_owned());
            };
            rules.entry(first).or_default().push(Rule {
                from: bare,
                to: to.chars().collect(),
                at_start: from.starts_with('^'),
                at_end: from.ends_with('$'),
            });
        }
        for rules in rules.values_mut() {
            let bound = |rule: &Rule| usize::from(rule.at_start) + usize::from(rule.at_end);
            rules.sort_by_key(|rule| std::cmp::Reverse((rule.from.len(), bound(rule))));
        }
        let mut near = HashMap::new();
        for (pair, cost) in data.near {
            if let [a, b] = pair.chars().collect::<Vec<_>>()[..] {
                near.insert((a, b), cost);
                near.insert((b, a), cost);
            }
        }
        Ok(Self { rules, vowels: data.vowels, near, weak: data.weak })
    }

    /// Returns the sounds of a lower-case word of letters only.
    pub fn sounded(&self, word: &str) -> Sounded {
        let letters: Vec<char> = word.chars().collect();
        let mut sounds: Vec<char> = Vec::with_capacity(letters.len());
        let mut at = 0;
        while at < letters.len() {
            let fits = |rule: &&Rule| {
                letters[at..].starts_with(&rule.from)
                    && (!rule.at_start || at == 0)
                    && (!rule.at_end || (at > 0 && at + rule.from.len() == letters.len()))
            };
            let rule = self.rules.get(&letters[at]).and_then(|rules| rules.iter().find(fits));
            let (taken, made): (usize, &[char]) = match rule {
                Some(rule) => (rule.from.len(), &rule.to),
                None => (1, &letters[at..=at]),
            };
            for &sound in made {
                if sounds.last() != Some(&sound) {
                    sounds.push(sound);
                }
            }
            at += taken;
        }
        Sounded(sounds)
    }

    /// Returns how far two words are apart to the ear: 0 when they sound the same, about 1 for
    /// each sound that is another.
    pub fn apart(&self, a: &Sounded, b: &Sounded) -> f32 {
        let weight = |sound: char| self.weak.get(&sound).copied().unwrap_or(1.0);
        let mut row: Vec<f32> = Vec::with_capacity(b.0.len() + 1);
        row.push(0.0);
        for &sound in &b.0 {
            row.push(row[row.len() - 1] + weight(sound));
        }
        for &sound in &a.0 {
            let mut diagonal = row[0];
            row[0] += weight(sound);
            for (place, &other) in b.0.iter().enumerate() {
                let swapped = diagonal + self.swap(sound, other);
                diagonal = row[place + 1];
                row[place + 1] =
                    swapped.min(diagonal + weight(sound)).min(row[place] + weight(other));
            }
        }
        row[b.0.len()]
    }

    fn swap(&self, a: char, b: char) -> f32 {
        if a == b {
            return 0.0;
        }
        let both_vowels = || self.vowels.contains(a) && self.vowels.contains(b);
        self.near.get(&(a, b)).copied().unwrap_or_else(|| if both_vowels() { VOWEL } else { 1.0 })
    }

    /// Tells whether a letter or sound is a vowel.
    pub fn is_vowel(&self, sound: char) -> bool {
        self.vowels.contains(sound)
    }

    /// Tells whether two words begin alike to the ear.
    pub fn begin_alike(&self, a: &Sounded, b: &Sounded) -> bool {
        match (a.0.first(), b.0.first()) {
            (Some(&a), Some(&b)) => self.swap(a, b) <= VOWEL,
            _ => false,
        }
    }
}

/// Returns how many letters must be changed, dropped, inserted, or swapped with their
/// neighbour to make one word of the other.
pub fn letters_apart(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            next[j + 1] = cost;
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_changed_places_are_one_mistake() {
        let apart = |a: &str, b: &str| {
            letters_apart(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(apart("giraldi", "girladi"), 1);
        assert_eq!(apart("giraldi", "girardi"), 1);
        assert_eq!(apart("", "abc"), 3);
    }
}
