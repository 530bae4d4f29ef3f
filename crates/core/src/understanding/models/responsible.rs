//! Whom a task falls to, and by when: a choice among those who speak or are named nearby.

use super::surroundings::Turns;
use super::unit::SpokenUnit;
use crate::domain::language::Language;
use crate::language::normalize;
use crate::language::sound::letters_apart;
use crate::language::tasks::TaskWords;

/// A name of at least this many letters is known with one letter wrong.
const KNOWN_MISSPELT: usize = 5;
/// An answer of at most this many words takes its deadline from what was asked.
const ANSWER: usize = 8;

// What speaks for whom, in the order of what the corpus' 433 Danish tasks tell (2026-11-28): three
// in four fall to whoever says it, one in six to somebody named in the sentence, and nearly all
// others to whoever spoke before or after.
const SPEAKER: f32 = 1.0;
const SAYS_FIRST: f32 = 1.5;
const TAKES_ON: f32 = 1.0;
const SAYS_SECOND: f32 = -1.5;
const NAMED: f32 = 0.5;
const TOLD_TO: f32 = 1.5;
const SPOKEN_OF: f32 = -1.5;
const NAMED_BEFORE: f32 = -0.5;
const NEIGHBOUR: f32 = -0.2;
const MEANT: f32 = 1.0;

/// Whom a task falls to, and by when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskParties {
    /// Place of the responsible among the names.
    pub responsible: Option<usize>,
    /// By how much more speaks for them than for the next; 0 where nobody is known.
    pub margin: f32,
    /// The deadline as said.
    pub due: Option<String>,
}

/// A participant's name in a sentence.
struct NamedHere {
    person: usize,
    /// First word, and one past the last.
    words: (usize, usize),
}

/// Tells whom the task of the unit at a place falls to, and by when. `speakers` are the places of
/// the units' speakers among `names`, where they are known.
pub fn task_parties(
    units: &[SpokenUnit],
    speakers: &[Option<usize>],
    names: &[String],
    at: usize,
    language: Language,
) -> TaskParties {
    let Some(unit) = units.get(at) else { return TaskParties::default() };
    let words = TaskWords::of(language);
    let scene = TaskScene { units, speakers, names, turns: Turns::new(units), words };
    let mut scores = scene.scores(at);
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = scores.first().copied();
    let second = scores.get(1).map_or(0.0, |(_, score)| *score);
    TaskParties {
        // Where more speaks for one who is not known, nobody is named.
        responsible: best.and_then(|(person, _)| person),
        margin: best.map_or(0.0, |(_, score)| score - second),
        due: scene.due(at, &unit.text),
    }
}

struct TaskScene<'a> {
    units: &'a [SpokenUnit],
    speakers: &'a [Option<usize>],
    names: &'a [String],
    turns: Turns,
    words: &'a TaskWords,
}

impl TaskScene<'_> {
    fn speaker(&self, at: usize) -> Option<usize> {
        self.speakers.get(at).copied().flatten()
    }

    /// Returns what speaks for each; `None` is a speaker who is not known.
    fn scores(&self, at: usize) -> Vec<(Option<usize>, f32)> {
        let text = &self.units[at].text;
        let said: Vec<String> =
            normalize::words(text).into_iter().map(|word| word.folded).collect();
        let has = |list: &[String]| said.iter().any(|word| list.contains(word));
        let (first, second) = (has(&self.words.first), has(&self.words.second));
        let takes = self.words.taken.is_in(text);
        let part = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
        let mut scores: Vec<(Option<usize>, f32)> = Vec::new();
        let mut add = |person: Option<usize>, score: f32| match scores
            .iter_mut()
            .find(|(other, _)| *other == person)
        {
            Some((_, sum)) => *sum = sum.max(score),
            None => scores.push((person, score)),
        };
        let own = SPEAKER
            + part(first, SAYS_FIRST)
            + part(takes, TAKES_ON)
            + part(second && !first, SAYS_SECOND);
        add(self.speaker(at), own);
        for named in self.named(text) {
            let before = named.words.0.checked_sub(1).map(|before| &said[before]);
            let after = said.get(named.words.1);
            let told =
                |word: Option<&String>| word.is_some_and(|word| self.words.does.contains(word));
            let spoken_of = before.is_some_and(|word| self.words.beside.contains(word));
            let score = NAMED
                + part(told(after) || told(before) || second, TOLD_TO)
                + part(spoken_of, SPOKEN_OF);
            if self.speaker(at) != Some(named.person) {
                add(Some(named.person), score);
            }
        }
        let (start, end) = self.turns.of(at);
        for earlier in start..at {
            for named in self.named(&self.units[earlier].text) {
                add(Some(named.person), NAMED_BEFORE + part(second, TOLD_TO));
            }
        }
        let beside = [start.checked_sub(1), Some(end + 1).filter(|next| *next < self.units.len())];
        for other in beside.into_iter().flatten() {
            // `Kan du nå det?` – `Det kan jeg godt` names nobody but is meant for them.
            let answers = self.words.taken.is_in(&self.units[other].text);
            let meant = second && (answers || other < at);
            add(self.speaker(other), NEIGHBOUR + part(meant, MEANT));
        }
        scores
    }

    /// Returns the participants whose names stand in a text; a name that several bear is nobody's.
    fn named(&self, text: &str) -> Vec<NamedHere> {
        let said = normalize::words(text);
        let mut found: Vec<NamedHere> = Vec::new();
        let mut at = 0;
        while at < said.len() {
            let capital = text[said[at].start..].chars().next().is_some_and(char::is_uppercase);
            let longest = (0..self.names.len())
                .filter(|_| capital)
                .map(|person| (self.length(person, &said[at..]), person))
                .filter(|(length, _)| *length > 0)
                .collect::<Vec<_>>();
            let length = longest.iter().map(|(length, _)| *length).max().unwrap_or(0);
            let mut best = longest.iter().filter(|(own, _)| *own == length);
            if let (Some((length, person)), None) = (best.next(), best.next()) {
                found.push(NamedHere { person: *person, words: (at, at + length) });
            }
            at += length.max(1);
        }
        found
    }

    /// Returns how many of the first words are a participant's name: their first name and what
    /// follows of it, or their last name alone.
    fn length(&self, person: usize, said: &[normalize::Word]) -> usize {
        let name = normalize::words(&self.names[person]);
        let alike = |word: &normalize::Word, name: &normalize::Word| {
            let (word, name): (Vec<char>, Vec<char>) =
                (word.folded.chars().collect(), name.folded.chars().collect());
            let misspelt = name.len() >= KNOWN_MISSPELT && word.len() >= KNOWN_MISSPELT;
            word == name || (misspelt && letters_apart(&word, &name) <= 1)
        };
        let run = |from: usize| {
            let pairs = name[from..].iter().zip(said);
            pairs.take_while(|(name, word)| alike(word, name)).count()
        };
        (0..name.len()).map(run).max().unwrap_or(0)
    }

    /// Returns the deadline: of the sentence itself, else of its turn, else of what it answers or
    /// what answers it.
    fn due(&self, at: usize, text: &str) -> Option<String> {
        let of = |text: &str| self.words.times(text).first().map(|said| (*said).to_owned());
        if let Some(said) = of(text) {
            return Some(said);
        }
        let (start, end) = self.turns.of(at);
        let near = [
            at.checked_add(1).filter(|next| *next <= end),
            at.checked_sub(1).filter(|last| *last >= start),
        ];
        if let Some(said) = near.into_iter().flatten().find_map(|other| of(&self.units[other].text))
        {
            return Some(said);
        }
        let words = |at: usize| self.units[at].text.split_whitespace().count();
        let before = start.checked_sub(1).filter(|_| words(at) <= ANSWER);
        let after = Some(end + 1).filter(|next| *next < self.units.len() && words(*next) <= ANSWER);
        let beside = [before, after].into_iter().flatten();
        beside.into_iter().find_map(|other| of(&self.units[other].text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(said: &[(usize, &str)], at: usize) -> TaskParties {
        let names = ["Torben Lund", "Lis Holm", "Bo Hansen"].map(str::to_owned);
        let units = said.iter().enumerate().map(|(turn, (speaker, text))| SpokenUnit {
            text: (*text).to_owned(),
            turn,
            voice: Some(*speaker as u32),
            ..SpokenUnit::default()
        });
        let units: Vec<SpokenUnit> = units.collect();
        let speakers: Vec<Option<usize>> = said.iter().map(|(speaker, _)| Some(*speaker)).collect();
        task_parties(&units, &speakers, &names, at, Language::Da)
    }

    #[test]
    fn who_says_i_will_is_responsible() {
        let found = parties(&[(0, "Jeg ringer til Lis på mandag.")], 0);
        assert_eq!((found.responsible, found.due.as_deref()), (Some(0), Some("på mandag")));
    }

    #[test]
    fn who_is_told_by_name_is_responsible() {
        let found = parties(&[(0, "Lis, du skriver til kommunen inden jul.")], 0);
        assert_eq!((found.responsible, found.due.as_deref()), (Some(1), Some("inden jul")));
    }

    #[test]
    fn an_answer_takes_the_deadline_of_what_was_asked() {
        let found = parties(&[(0, "Kan du nå det inden jul, Bo?"), (2, "Det kan jeg godt.")], 1);
        assert_eq!((found.responsible, found.due.as_deref()), (Some(2), Some("inden jul")));
    }
}
