//! Everybody who may be spoken of, and where they are: by name (also misheard), part of the
//! name, title, tail of a title or initials; and strangers, who stand on no list.

use std::collections::BTreeSet;

use super::likeness::{Fit, fit};
use super::said::{SaidWord, said};
use crate::domain::meeting::Meeting;
use crate::language::lexicon::Lexicon;
use crate::language::mentions::MentionWords;
use crate::language::words::Words;

/// Somebody of the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Full name.
    pub name: String,
    /// Title as printed; empty when there is none.
    pub title: String,
    /// Whether the dagsorden says that they lead the meeting.
    pub chair: bool,
    /// Whether they take the minutes.
    pub referent: bool,
    /// Whether they sent apologies.
    pub absent: bool,
    /// Whether they take part from elsewhere.
    pub remote: bool,
}

/// How somebody is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedBy {
    /// First name to surname.
    Full,
    /// Without the surname.
    First,
    /// Without the first name.
    Last,
    /// By initials.
    Initials,
    /// By title.
    Title,
    /// By the tail of a title's compound.
    TitleTail,
    /// By a name that nobody on the list has.
    Stranger,
}

/// Words that speak of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// First word, and one past the last.
    pub words: (usize, usize),
    /// Whom they may mean; nobody for a stranger.
    pub people: Vec<usize>,
    /// How.
    pub by: NamedBy,
    /// Whether the name was not quite heard so.
    pub near: bool,
}

/// The people of a meeting and what they are called.
#[derive(Clone, Debug)]
pub struct Register<'v> {
    /// In the header's order, the absent last.
    pub people: Vec<Listed>,
    /// Words that the transcript also writes small: no misheard names.
    pub common: BTreeSet<String>,
    /// The classes of words of the meeting's language.
    pub classes: &'v MentionWords,
    names: Vec<Vec<String>>,
    initials: Vec<Vec<String>>,
    titles: Vec<Vec<String>>,
}

/// A reading of words as a name: how many, how well, by what, of whom.
struct Reading {
    length: usize,
    fit: Fit,
    by: NamedBy,
    person: usize,
}

impl<'v> Register<'v> {
    /// Takes everybody from the header.
    pub fn new(meeting: &Meeting, language: Words<'v>) -> Self {
        let header = &meeting.header;
        let lexicon = Lexicon::of(language);
        let classes = MentionWords::of(language);
        let same = |name: &Option<String>, other: &str| name.as_deref() == Some(other);
        let role = |text: &Option<String>| text.as_ref().is_some_and(|text| lexicon.presides(text));
        let named = header.chair.is_some();
        let listed = |person: &crate::domain::meeting::Participant| Listed {
            name: person.name.clone(),
            title: person.title.clone().unwrap_or_default(),
            chair: same(&header.chair, &person.name) || (!named && role(&person.role)),
            referent: same(&header.referent, &person.name),
            absent: false,
            remote: false,
        };
        let mut people: Vec<Listed> = header.present.iter().map(listed).collect();
        people.extend(header.remote.iter().map(|one| Listed { remote: true, ..listed(one) }));
        people.extend(header.absent.iter().map(|one| Listed { absent: true, ..listed(one) }));
        let small = |word: &String| word.chars().count() >= 4 && !classes.honorifics.contains(word);
        let title = |person: &Listed| {
            let words = said(&person.title.replace(['(', ')', '/', '&'], " "), classes);
            words.into_iter().map(|word| word.text).filter(small).collect()
        };
        let name = |person: &Listed| {
            person.name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>()
        };
        Self {
            names: people.iter().map(name).collect(),
            titles: people.iter().map(title).collect(),
            initials: people.iter().map(|person| initials(&person.name)).collect(),
            common: BTreeSet::new(),
            classes,
            people,
        }
    }

    /// Tells whether the words after each other are the title of a person.
    pub fn titled(&self, person: usize, word: &SaidWord) -> bool {
        let titles = self.titles.get(person).into_iter().flatten();
        titles.into_iter().any(|title| self.classes.is_title(&word.text, title))
    }

    /// Finds who is spoken of, in order.
    pub fn namings(&self, words: &[SaidWord]) -> Vec<Naming> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let naming = self
                .name_at(words, at)
                .or_else(|| self.title_at(words, at))
                .or_else(|| self.stranger_at(words, at));
            at = naming.as_ref().map_or(at + 1, |naming| naming.words.1);
            found.extend(naming);
        }
        found
    }

    fn is_a_name(&self, word: &str) -> bool {
        self.names.iter().flatten().any(|name| fit(word, name) == Some(Fit::Exact))
    }

    fn fits(&self, word: Option<&SaidWord>, name: &str) -> Option<Fit> {
        let word = word.filter(|word| word.capital)?;
        let fit = fit(&word.text, name)?;
        let taken = || self.common.contains(&word.text) || self.is_a_name(&word.text);
        (fit == Fit::Exact || !taken()).then_some(fit)
    }

    fn readings(&self, words: &[SaidWord], at: usize) -> Vec<Reading> {
        let mut readings = Vec::new();
        let follows = |length: usize| words[at + length - 1].mark == ' ';
        for (person, name) in self.names.iter().enumerate() {
            let Some(last) = name.len().checked_sub(1) else { continue };
            if let Some(mut fit) = self.fits(words.get(at), &name[0]) {
                let (mut length, mut next) = (1, 1);
                while next <= last && at + length < words.len() && follows(length) {
                    let step = (next..=last).find_map(|step| {
                        Some((step, self.fits(words.get(at + length), &name[step])?))
                    });
                    let Some((step, other)) = step else { break };
                    (length, next, fit) = (length + 1, step + 1, fit.min(other));
                }
                let by = if next > last { NamedBy::Full } else { NamedBy::First };
                readings.push(Reading { length, fit, by, person });
            }
            let from =
                (1..=last).find_map(|from| Some((from, self.fits(words.get(at), &name[from])?)));
            if let Some((from, mut fit)) = from {
                let mut length = 1;
                while from + length <= last && at + length < words.len() && follows(length) {
                    let Some(other) = self.fits(words.get(at + length), &name[from + length])
                    else {
                        break;
                    };
                    (length, fit) = (length + 1, fit.min(other));
                }
                readings.push(Reading { length, fit, by: NamedBy::Last, person });
            }
            if words[at].upper && self.initials[person].contains(&words[at].text) {
                let (length, fit) = (1, Fit::Exact);
                readings.push(Reading { length, fit, by: NamedBy::Initials, person });
            }
        }
        readings
    }

    fn name_at(&self, words: &[SaidWord], at: usize) -> Option<Naming> {
        if !words[at].capital {
            return None;
        }
        let readings = self.readings(words, at);
        let (length, fit) = readings.iter().map(|one| (one.length, one.fit)).max()?;
        let best = || readings.iter().filter(|one| (one.length, one.fit) == (length, fit));
        let by = best().map(|one| one.by).min()?;
        let mut people: Vec<usize> = best().map(|one| one.person).collect();
        people.dedup();
        // `Jens` is Jens Kirk sooner than Jens Peder Holm.
        let whole = |person: &usize| self.names[*person].len() <= 2;
        if length == 1 && people.iter().any(whole) {
            people.retain(whole);
        }
        // `Bodil Krogh` is not Jette Kragh.
        let led = at.checked_sub(1).map(|before| &words[before]).filter(|before| {
            let name = before.capital && !before.opens && before.text.chars().count() > 2;
            name && before.mark == ' '
        });
        let another =
            led.is_some_and(|before| !people.iter().any(|person| self.titled(*person, before)));
        if by == NamedBy::Last && fit == Fit::Near && another {
            return None;
        }
        Some(Naming { words: (at, at + length), people, by, near: fit == Fit::Near })
    }

    fn title_at(&self, words: &[SaidWord], at: usize) -> Option<Naming> {
        let word = &words[at].text;
        if word.chars().count() < 4 || self.classes.honorifics.contains(word) {
            return None;
        }
        let everybody = || 0..self.people.len();
        let mut people: Vec<usize> =
            everybody().filter(|person| self.titled(*person, &words[at])).collect();
        let mut by = NamedBy::Title;
        if people.is_empty() {
            let tail = |title: &String| self.classes.is_tail(word, title);
            people = everybody().filter(|person| self.titles[*person].iter().any(tail)).collect();
            by = NamedBy::TitleTail;
        }
        // A title that many hold names nobody.
        if people.is_empty() || people.len() > 3 {
            return None;
        }
        let mut end = at + 1;
        while let Some(next) = words.get(end).filter(|_| words[end - 1].mark == ' ') {
            let narrow: Vec<usize> =
                people.iter().copied().filter(|person| self.titled(*person, next)).collect();
            if narrow.is_empty() {
                break;
            }
            (people, end) = (narrow, end + 1);
        }
        Some(Naming { words: (at, end), people, by, near: false })
    }

    /// One or more words written like a name that nobody has.
    fn stranger_at(&self, words: &[SaidWord], at: usize) -> Option<Naming> {
        let like = |at: usize| {
            let word = &words[at];
            let letters = |letter: char| letter.is_alphabetic() || letter == '-';
            let common = word.opens && self.common.contains(&word.text);
            let known = self.name_at(words, at);
            let another = known.is_none_or(|one| one.by == NamedBy::Last && one.near);
            word.capital
                && word.text.chars().nth(1).is_some()
                && word.text.chars().all(letters)
                && !self.classes.honorifics.contains(&word.text)
                && !common
                && another
                && self.title_at(words, at).is_none()
        };
        let mut end = at;
        while end < words.len() && like(end) && (end == at || words[end - 1].mark == ' ') {
            end += 1;
        }
        let first = &words[at];
        let alone = end == at + 1 && first.opens && !matches!(first.mark, ',' | '.' | '?' | '!');
        (end > at && !alone).then(|| Naming {
            words: (at, end),
            people: Vec::new(),
            by: NamedBy::Stranger,
            near: false,
        })
    }
}

/// The initials somebody may be called by: of the whole name when it has three parts, and of a
/// first name with a hyphen (`HJ` for Hans-Jørgen).
fn initials(name: &str) -> Vec<String> {
    let of = |text: &str| {
        let parts = text.split([' ', '-']).filter_map(|part| part.chars().next());
        parts.flat_map(char::to_lowercase).collect::<String>()
    };
    let first = name.split(' ').next().unwrap_or_default();
    let mut found = vec![of(name)];
    found.retain(|initials| initials.chars().count() >= 3);
    if first.contains('-') {
        found.push(of(first));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{Header, Participant};

    fn named(text: &str) -> Vec<(NamedBy, Vec<usize>)> {
        let person = |title: &str, name: &str| Participant {
            name: name.to_owned(),
            title: Some(title.to_owned()),
            ..Participant::default()
        };
        let header = Header {
            present: vec![
                person("Politidirektør", "Hans-Jørgen Lyhne"),
                person("Chefpolitiinspektør", "Jette Kragh"),
                person("Borgmester", "Jens Kirk"),
                person("Borgmester", "Jens Peder Bundgaard"),
            ],
            ..Header::default()
        };
        let register = Register::new(&Meeting { header, ..Meeting::default() }, Words::danish());
        let words = said(text, register.classes);
        register.namings(&words).into_iter().map(|one| (one.by, one.people)).collect()
    }

    #[test]
    fn people_are_known_by_name_title_and_initials() {
        assert_eq!(named("værsgo, Jette."), [(NamedBy::First, vec![1])]);
        assert_eq!(named("er HJ der"), [(NamedBy::Initials, vec![0])]);
        assert_eq!(named("ordet er inspektørens"), [(NamedBy::TitleTail, vec![1])]);
        assert_eq!(named("og Jens Peder Bundgård"), [(NamedBy::Full, vec![3])]);
    }

    #[test]
    fn a_first_name_is_the_one_who_is_called_by_it_alone() {
        assert_eq!(named("tak, Jens."), [(NamedBy::First, vec![2])]);
    }

    #[test]
    fn somebody_with_another_first_name_is_a_stranger() {
        assert_eq!(named("efter at Bodil Krogh er flyttet"), [(NamedBy::Stranger, vec![])]);
    }
}
