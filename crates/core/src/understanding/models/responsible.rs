//! Whom a task falls to, and by when: a choice among those who speak or are named nearby.

use super::surroundings::Turns;
use super::unit::SpokenUnit;
use crate::language::normalize;
use crate::language::sound::letters_apart;
use crate::language::tasks::TaskWords;
use crate::language::words::Words;

/// A name of at least this many letters is known with one letter wrong.
const KNOWN_MISSPELT: usize = 5;
/// An answer of at most this many words takes its deadline from what was asked.
const ANSWER: usize = 8;

/// Number of values of a candidate.
pub const PARTY_VALUES: usize = 26;

// Places of a candidate's values.
const SPEAKER: usize = 0;
const NAMED: usize = 8;
const NAMED_BEFORE: usize = 15;
const TURN_BEFORE: usize = 18;
const TURN_AFTER: usize = 22;

/// Candidates for a task, each with what tells for it.
pub type PartyRows = Vec<(Option<usize>, [f32; PARTY_VALUES])>;

/// Whom a task falls to, and by when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskParties {
    /// Place of the responsible among the names.
    pub responsible: Option<usize>,
    /// How probable it is that the task, if it is one, falls to them.
    pub sure: f32,
    /// The deadline as said.
    pub due: Option<String>,
}

/// A participant's name in a sentence.
struct NamedHere {
    person: usize,
    /// First word, and one past the last.
    words: (usize, usize),
}

/// The sentences of a meeting with those who say them.
#[derive(Clone, Copy, Debug)]
pub struct TaskMeeting<'a> {
    /// The sentences, in order of time.
    pub units: &'a [SpokenUnit],
    /// Places of their speakers among the names, where they are known.
    pub speakers: &'a [Option<usize>],
    /// The participants' names.
    pub names: &'a [String],
    /// The language.
    pub language: Words<'a>,
}

impl TaskMeeting<'_> {
    /// Tells whom the task of the unit at a place falls to, and by when, by the learnt `weights`
    /// of what tells for somebody.
    pub fn parties(self, weights: &[f32], at: usize) -> TaskParties {
        let Some(unit) = self.units.get(at) else { return TaskParties::default() };
        let scene = TaskScene::new(self);
        let rows = scene.rows(at);
        let score =
            |row: &[f32; PARTY_VALUES]| row.iter().zip(weights).map(|(a, b)| a * b).sum::<f32>();
        let scores: Vec<f32> = rows.iter().map(|(_, row)| score(row)).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let all: f32 = scores.iter().map(|score| (score - most).exp()).sum();
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        TaskParties {
            // Where more speaks for one who is not known, nobody is named.
            responsible: best.and_then(|best| rows[best].0),
            sure: best.map_or(0.0, |best| (scores[best] - most).exp() / all),
            due: scene.due(at, &unit.text),
        }
    }

    /// Returns the candidates for the task of the unit at a place.
    pub fn candidates(self, at: usize) -> PartyRows {
        if at < self.units.len() { TaskScene::new(self).rows(at) } else { Vec::new() }
    }
}

struct TaskScene<'a> {
    units: &'a [SpokenUnit],
    speakers: &'a [Option<usize>],
    names: &'a [String],
    turns: Turns,
    words: &'a TaskWords,
}

impl<'a> TaskScene<'a> {
    fn new(meeting: TaskMeeting<'a>) -> Self {
        let TaskMeeting { units, speakers, names, language } = meeting;
        let (turns, words) = (Turns::new(units), TaskWords::of(language));
        Self { units, speakers, names, turns, words }
    }

    fn speaker(&self, at: usize) -> Option<usize> {
        self.speakers.get(at).copied().flatten()
    }

    /// Returns what tells for each candidate; `None` is a speaker who is not known.
    fn rows(&self, at: usize) -> PartyRows {
        let text = &self.units[at].text;
        let said = normalize::words(text);
        let persons = self.persons(text, &said);
        let takes = self.words.taken.is_in(text);
        let asks = text.trim_end().ends_with('?');
        let named = self.named(text);
        let own = self.speaker(at);
        let others: Vec<&NamedHere> = named.iter().filter(|one| own != Some(one.person)).collect();
        let called = others.iter().any(|one| self.is_called(text, &said, one));
        let mut rows = PartyRows::new();
        let mut add = |person: Option<usize>, first: usize, values: &[bool]| {
            let at = rows.iter().position(|(other, _)| *other == person).unwrap_or_else(|| {
                rows.push((person, [0.0; PARTY_VALUES]));
                rows.len() - 1
            });
            for (value, holds) in rows[at].1[first..].iter_mut().zip(values) {
                *value = value.max(f32::from(u8::from(*holds)));
            }
        };
        let (first, second) = persons;
        let alone = second && !first;
        let values = [true, first, takes, alone, called, !others.is_empty(), asks, takes && first];
        add(own, SPEAKER, &values);
        for one in &others {
            let told = self.stands_beside(&said, one, &self.words.does);
            let spoken_of = self.stands_before(&said, one, &self.words.beside);
            let calls = self.is_called(text, &said, one);
            let values = [true, calls, told, second, calls && second, spoken_of, first];
            add(Some(one.person), NAMED, &values);
        }
        let (start, end) = self.turns.of(at);
        for earlier in start..at {
            let text = &self.units[earlier].text;
            let words = normalize::words(text);
            for one in self.named(text) {
                let calls = self.is_called(text, &words, &one);
                add(Some(one.person), NAMED_BEFORE, &[true, second, calls]);
            }
        }
        if let Some(before) = start.checked_sub(1) {
            let (asked, _) = self.turns.of(before);
            let said_to = (asked..=before).any(|one| {
                let text = &self.units[one].text;
                self.persons(text, &normalize::words(text)).1
            });
            add(self.speaker(before), TURN_BEFORE, &[true, second, said_to, takes]);
        }
        if let Some(after) = Some(end + 1).filter(|next| *next < self.units.len()) {
            // `Kan du nå det?` – `Det kan jeg godt` names nobody but is meant for them.
            let answers = self.words.taken.is_in(&self.units[after].text);
            add(self.speaker(after), TURN_AFTER, &[true, second, answers, answers && second]);
        }
        rows
    }

    /// Returns whether the speaker means themselves, and whoever is spoken to.
    fn persons(&self, text: &str, said: &[normalize::Word]) -> (bool, bool) {
        let has = |list: &[String]| said.iter().any(|word| list.contains(&word.folded));
        // `I` is whoever is spoken to, `i` is not; as the first word it may be either.
        let as_written = |word: &normalize::Word| {
            let rest = text.get(word.start..).unwrap_or_default();
            let written = rest.split(|letter: char| !letter.is_alphanumeric()).next();
            written.is_some_and(|word| self.words.second_as_written.iter().any(|own| own == word))
        };
        let plural = said.iter().skip(1).any(as_written);
        (has(&self.words.first), has(&self.words.second) || plural)
    }

    /// Returns whether somebody named is spoken to: `Lis, …`, `…, Lis?`.
    fn is_called(&self, text: &str, said: &[normalize::Word], named: &NamedHere) -> bool {
        let (from, to) = named.words;
        let after = |at: usize| {
            let rest = said.get(at).and_then(|word| text.get(word.start..)).unwrap_or_default();
            rest.trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '-')
        };
        let opens = from <= 1 && after(to - 1).starts_with(',');
        let comma = from.checked_sub(1).is_some_and(|before| after(before).starts_with(','));
        let closes = to == said.len() || after(to - 1).starts_with(',');
        opens || (comma && closes)
    }

    fn stands_before(&self, said: &[normalize::Word], named: &NamedHere, list: &[String]) -> bool {
        let before = named.words.0.checked_sub(1).and_then(|before| said.get(before));
        before.is_some_and(|word| list.contains(&word.folded))
    }

    fn stands_beside(&self, said: &[normalize::Word], named: &NamedHere, list: &[String]) -> bool {
        let after = said.get(named.words.1);
        after.is_some_and(|word| list.contains(&word.folded))
            || self.stands_before(said, named, list)
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
    use crate::understanding::models::Understanding;

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
        let language = Words::danish();
        let meeting = TaskMeeting { units: &units, speakers: &speakers, names: &names, language };
        meeting.parties(Understanding::compiled().parties(), at)
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
    fn who_is_called_is_responsible_for_what_they_are_to_do_together() {
        let found = parties(&[(0, "Bo, I laver et udkast inden jul.")], 0);
        assert_eq!(found.responsible, Some(2));
    }

    #[test]
    fn an_answer_takes_the_deadline_of_what_was_asked() {
        let found = parties(&[(0, "Kan du nå det inden jul, Bo?"), (2, "Det kan jeg godt.")], 1);
        assert_eq!((found.responsible, found.due.as_deref()), (Some(2), Some("inden jul")));
    }
}
