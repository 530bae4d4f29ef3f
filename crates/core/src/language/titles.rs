//! How people are written: titles and their abbreviations, names, parts in a meeting.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::table_names::TableName;
use super::words::Words;

/// The words around names in one language, in lower case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    words: HashSet<String>,
    endings: Vec<String>,
    adjectives: HashSet<String>,
    /// Parts in the meeting, printed beside the name.
    pub roles: Vec<String>,
    /// Roles of the minute taker.
    pub referent: Vec<String>,
    /// Roles of the chair.
    pub chair: Vec<String>,
    organisations: HashSet<String>,
    particles: HashSet<String>,
    /// Words between a title and what it is of.
    of: HashSet<String>,
    /// Ends of the words for bodies that a title may be of.
    organ_endings: Vec<String>,
    /// Words that join the last two of a list.
    pub and: Vec<String>,
    nobody: HashSet<String>,
    /// Marks before an item's presenter, as in `/v.`.
    pub presenter_marks: Vec<String>,
    /// Those of the marks that also begin other things, so that a known person must follow.
    pub weak_marks: Vec<String>,
    not_names: HashSet<String>,
    abbreviations: HashMap<String, String>,
    example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    title: Option<String>,
    name: Option<String>,
}

/// A person as written: title before the name, both as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPerson {
    /// Title, without the name.
    pub title: Option<String>,
    /// Name, without the title.
    pub name: String,
}

impl WrittenPerson {
    /// Returns how many words the name has.
    pub fn name_words(&self) -> usize {
        self.name.split(' ').count()
    }
}

/// The most words that a name may have.
const NAME_WORDS: usize = 6;

pub(super) static DATA: Data<Titles> = Data::new(TableName::Titles);

impl Table for Titles {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        self.example.iter().try_for_each(|example| {
            let read = self.person(&example.text);
            let (name, title) = read.map_or((None, None), |it| (Some(it.name), it.title));
            expect(name == example.name && title == example.title, || {
                format!("`{}` is read as title {title:?} and name {name:?}", example.text)
            })
        })
    }
}

impl Titles {
    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Reads a title and a name, or a name alone; anything else is nobody.
    pub fn person(&self, text: &str) -> Option<WrittenPerson> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() || words.len() > NAME_WORDS + 8 {
            return None;
        }
        let titled = self.title_length(&words);
        let name = self.without_organisation(&words[titled..]);
        if !self.is_name(name) {
            return None;
        }
        let title = (titled > 0).then(|| words[..titled].join(" "));
        Some(WrittenPerson { title, name: name.join(" ") })
    }

    /// Returns how many leading words are a title that leaves a name behind it.
    fn title_length(&self, words: &[&str]) -> usize {
        let mut length = 0;
        // The longest known title of up to three words, else adjectives and a title's ending.
        for kept in (1..=3.min(words.len().saturating_sub(1))).rev() {
            if self.words.contains(&lower(&words[..kept].join(" "))) {
                length = kept;
                break;
            }
        }
        if length == 0 {
            let leading = words.iter().take_while(|word| self.adjectives.contains(&lower(word)));
            let at = leading.count();
            match words.get(at) {
                Some(word) if self.is_title_word(word) => length = at + 1,
                _ => return 0,
            }
        }
        if let Some(more) = words.get(length).filter(|word| self.is_title_word(word)) {
            // `Afdelingsleder, konsulent …` and `Highways Officer`: a second title word.
            if words.len() > length + 1 && !more.ends_with(',') {
                length += 1;
            }
        }
        let of = |word: &&str| self.of.contains(&lower(word));
        if words.get(length).is_some_and(of) {
            // `formand for Kultur- og Fritidsudvalget Mia Fuglsang`: up to the organ's own word.
            let organ = |word: &&str| {
                let word = lower(word);
                let mut endings = self.organ_endings.iter();
                let ending = endings.any(|ending| word.ends_with(ending.as_str()));
                word.chars().count() > 3 && ending
            };
            let until =
                words.iter().skip(length + 1).position(|word| organ(word) && !word.ends_with('-'));
            if let Some(at) = until.map(|at| length + 1 + at + 1)
                && at < words.len()
            {
                length = at;
            }
        }
        if length < words.len() { length } else { 0 }
    }

    fn is_title_word(&self, word: &str) -> bool {
        let word = lower(word);
        let ends = |ending: &String| word.len() > ending.len() && word.ends_with(ending.as_str());
        self.words.contains(&word)
            || self.abbreviations.contains_key(word.trim_end_matches('.'))
            || self.endings.iter().any(ends)
    }

    /// Returns the words of a name without the organisation that ends them.
    fn without_organisation<'a, 'b>(&self, words: &'a [&'b str]) -> &'a [&'b str] {
        let organ = |word: &&str| self.organisations.contains(&lower(word));
        match words.iter().position(organ) {
            // `Bo Bech Nordlys Bolig`: the organisation's own name stands before its kind.
            Some(at) if at >= 3 => &words[..at - 1],
            Some(_) => &[],
            None => words,
        }
    }

    fn is_name(&self, words: &[&str]) -> bool {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let particle = |word: &str| self.particles.contains(word);
        words.len() <= NAME_WORDS
            && is_name_word(first)
            && is_name_word(last)
            && words.iter().all(|word| is_name_word(word) || particle(word))
            && !words.iter().any(|word| self.not_names.contains(&lower(word)) && !particle(word))
            && words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
            && !self.is_title_word(last)
    }

    /// Returns whether the words are a title alone: `formand`, `juridisk konsulent`.
    pub fn is_title(&self, text: &str) -> bool {
        let text = lower(text);
        let mut words = text.split_whitespace().skip_while(|word| self.adjectives.contains(*word));
        self.words.contains(&text)
            || words.next().is_some_and(|word| self.is_title_word(word) && words.next().is_none())
    }

    /// Returns whether the words are a part in the meeting: `referent`.
    pub fn is_role(&self, text: &str) -> bool {
        let text = lower(text);
        self.roles.iter().any(|role| {
            text == *role || text.strip_prefix(role.as_str()).is_some_and(|it| it.starts_with(' '))
        })
    }

    /// Returns whether the words say that there is nobody to name.
    pub fn is_nobody(&self, text: &str) -> bool {
        self.nobody.contains(lower(text).as_str())
    }

    /// Returns whether the words end as an organisation's name does.
    pub fn is_organisation(&self, text: &str) -> bool {
        text.split_whitespace()
            .next_back()
            .is_some_and(|it| self.organisations.contains(&lower(it)))
    }

    /// Returns the title that an abbreviation stands for.
    pub fn expand(&self, abbreviation: &str) -> Option<&str> {
        let key = lower(abbreviation);
        self.abbreviations.get(key.trim_end_matches('.')).map(String::as_str)
    }
}

fn lower(text: &str) -> String {
    text.trim().trim_end_matches(',').to_lowercase()
}

/// A capitalised word of letters, which may hold a hyphen, an apostrophe or a full stop.
fn is_name_word(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || "-'’.´`".contains(c))
        && word.chars().count() <= 30
        && !word.trim_end_matches('.').contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_or_an_organisation_alone_is_no_person() {
        let titles = Titles::of(Words::danish());
        assert_eq!(titles.person("Formand"), None);
        assert_eq!(titles.person("Aarhus Kommune"), None);
        assert!(titles.is_title("juridisk konsulent"));
        assert!(!titles.is_title("Bo Bech"));
    }

    #[test]
    fn an_abbreviation_stands_for_a_title() {
        assert_eq!(Titles::of(Words::danish()).expand("Pd."), Some("politidirektør"));
    }
}
