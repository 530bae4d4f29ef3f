//! Words of a document's frame: labels of the header, heads of titles, structural headings,
//! and phrases that give somebody a part. What they mean for a meeting is `import`'s matter.

mod closed;

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::pattern::Pattern;
use super::table_names::TableName;
use super::words::Words;

/// The fact that a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The meeting's name.
    Title,
    /// The body that meets.
    Forum,
    /// Date, time of day, or both.
    When,
    /// When the meeting ends.
    End,
    /// Date or time together with the place.
    WhenAndWhere,
    /// Where the meeting is held.
    Place,
    /// Those in the room.
    Present,
    /// Those taking part from elsewhere.
    Remote,
    /// Those who are not there.
    Absent,
    /// The minute taker.
    Referent,
    /// The chair.
    Chair,
    /// The list of items.
    Agenda,
    /// Something that the header does not keep.
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    field: Field,
    words: Vec<String>,
    inline: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    role: Field,
    item: Vec<String>,
    patterns: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    heads: Vec<String>,
    meetings: Vec<String>,
    item_words: Vec<String>,
    agenda_leads: Vec<String>,
    structural: HashSet<String>,
    closed: Vec<String>,
    run_on: Vec<String>,
    abbreviations: HashSet<String>,
    place_marks: Vec<String>,
    stand_ins: HashSet<String>,
    telling: HashSet<String>,
    letters: String,
    given: Vec<Given>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    label: Vec<Entry>,
    document: Document,
}

/// A phrase that gives a person a part; its first group is the person's name.
pub struct PartGiven {
    /// [`Field::Referent`] or [`Field::Chair`].
    pub role: Field,
    /// Titles of items under which a bare name means the part.
    pub items: Vec<String>,
    /// The phrases.
    patterns: Vec<Pattern>,
}

/// The words of a document's frame in one language, in lower case.
pub struct Labels {
    words: HashMap<String, Field>,
    inline: Vec<(String, Field)>,
    longest: usize,
    /// What stands before a meeting's name (`referat af`), longest first.
    pub heads: Vec<String>,
    /// Words that show that a line names a meeting.
    pub meetings: Vec<String>,
    /// Words before a number that make it an item's.
    pub item_words: Vec<String>,
    /// How a line begins or ends that leads into the agenda.
    pub agenda_leads: Vec<String>,
    /// Headings that are no items.
    pub structural: HashSet<String>,
    /// Marks of a closed item.
    pub closed: Vec<String>,
    /// How a sentence begins that runs on after a title.
    pub run_on: Vec<String>,
    /// Shortened words whose full stop ends no sentence.
    pub abbreviations: HashSet<String>,
    /// Words that open a place after a date.
    pub place_marks: Vec<String>,
    /// Words that mean a participant without naming one.
    pub stand_ins: HashSet<String>,
    telling: HashSet<String>,
    letters: String,
    /// Phrases that give a part.
    pub given: Vec<PartGiven>,
}

/// A name of one to five capitalised words, as a group of a pattern.
const NAME: &str =
    r"(\p{Lu}[\p{L}'’.-]*(?: (?:(?:de|van|von|der|af|la|du) )?\p{Lu}[\p{L}'’.-]*){0,4})";

pub(super) static DATA: Data<Labels> = Data::new(TableName::Labels);

impl Table for Labels {
    type Raw = File;

    fn ready(file: File) -> Result<Self, String> {
        Ok(Self::new(file))
    }

    fn check(&self, file: &File, _: Words<'_>) -> Result<(), String> {
        for entry in &file.label {
            let field = |line: &str| self.split(line).map(|it| it.0);
            for (line, carries) in entry
                .yes
                .iter()
                .map(|line| (line, true))
                .chain(entry.no.iter().map(|line| (line, false)))
            {
                let found = field(line);
                expect((found == Some(entry.field)) == carries, || {
                    format!("`{line}` carries {found:?}; beside {:?}", entry.field)
                })?;
            }
        }
        for (given, part) in file.document.given.iter().zip(&self.given) {
            for pattern in &part.patterns {
                pattern.check().map_err(|reason| format!("`{}`: {reason}", pattern.as_str()))?;
            }
            for line in &given.yes {
                expect(part.person(line).is_some(), || format!("`{line}` should give a part"))?;
            }
            for line in &given.no {
                expect(part.person(line).is_none(), || format!("`{line}` should give no part"))?;
            }
        }
        Ok(())
    }
}

impl Labels {
    fn new(file: File) -> Self {
        let mut words = HashMap::new();
        let mut inline = Vec::new();
        for entry in &file.label {
            words.extend(entry.words.iter().map(|word| (word.clone(), entry.field)));
            inline.extend(entry.inline.iter().map(|word| (word.clone(), entry.field)));
        }
        inline.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let longest = words.keys().map(|word: &String| word.chars().count()).max().unwrap_or(0);
        let given = file.document.given.into_iter().map(PartGiven::new).collect();
        let mut heads = file.document.heads;
        heads.sort_by_key(|head| std::cmp::Reverse(head.len()));
        Self {
            words,
            inline,
            longest,
            heads,
            meetings: file.document.meetings,
            item_words: file.document.item_words,
            agenda_leads: file.document.agenda_leads,
            structural: file.document.structural,
            closed: file.document.closed,
            run_on: file.document.run_on,
            abbreviations: file.document.abbreviations,
            place_marks: file.document.place_marks,
            stand_ins: file.document.stand_ins,
            telling: file.document.telling,
            letters: file.document.letters,
            given,
        }
    }

    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns the field that exactly these words announce.
    pub fn exact(&self, words: &str) -> Option<Field> {
        let words = words.trim().trim_end_matches([':', '.', ' ']);
        if words.chars().count() > self.longest {
            return None;
        }
        let words = words.to_lowercase();
        self.words.get(words.split_whitespace().collect::<Vec<_>>().join(" ").as_str()).copied()
    }

    /// Tells whether a word in small letters tells that a page is of this language.
    pub fn is_telling(&self, word: &str) -> bool {
        self.telling.contains(word)
    }

    /// Tells whether a word in small letters is spelt as only this language spells.
    pub fn is_spelling(&self, word: &str) -> bool {
        word.contains(|letter| self.letters.contains(letter))
    }

    /// Splits a line into the field that its label announces and the value on the same line.
    /// A label stands alone, before a colon, or before a gap of a column; after its own words
    /// up to three more may stand before the colon (`Til stede fra bestyrelsen:`).
    pub fn split<'a>(&self, line: &'a str) -> Option<(Field, &'a str)> {
        let line = line.trim();
        if let Some(field) = self.exact(line) {
            return Some((field, ""));
        }
        if let Some(at) = line.find(':').filter(|at| *at <= 80) {
            let (label, value) = (&line[..at], line[at + 1..].trim());
            if let Some(field) = self.exact(label).or_else(|| self.opening(label)) {
                return Some((field, value));
            }
        }
        let gap = line.find("   ").or_else(|| line.find('\t')).or_else(|| line.find("  "));
        if let Some(at) = gap.filter(|at| *at <= 40)
            && let Some(field) = self.exact(&line[..at])
        {
            return Some((field, line[at..].trim()));
        }
        self.inline.iter().find_map(|(words, field)| {
            let rest = strip_words(line, words)?;
            rest.starts_with(char::is_uppercase).then_some((*field, rest))
        })
    }

    /// Returns the field whose words open `label`, when few and plain words follow them.
    fn opening(&self, label: &str) -> Option<Field> {
        let words: Vec<&str> = label.split_whitespace().collect();
        let plain = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "()/-&".contains(c));
        if words.len() > 7 || !words.iter().all(plain) {
            return None;
        }
        (1..words.len()).rev().filter(|kept| words.len() - kept <= 3).find_map(|kept| {
            let field = self.exact(&words[..kept].join(" "))?;
            let people = matches!(field, Field::Present | Field::Absent | Field::Remote);
            (people || field == Field::Agenda).then_some(field)
        })
    }
}

/// Returns what follows `words` at the start of `line`, whatever the case.
pub(crate) fn strip_words<'a>(line: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = line.char_indices();
    for wanted in words.chars() {
        let (_, found) = rest.next()?;
        if !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    let open = words.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    (!open).then(|| rest.trim_start_matches([':', ' ', '\t']))
}

impl PartGiven {
    fn new(raw: Given) -> Self {
        // Case counts in the name only.
        let name = format!("(?-i:{NAME})");
        let patterns = raw.patterns.iter().map(|text| Pattern::new(&text.replace("{name}", &name)));
        Self { role: raw.role, items: raw.item, patterns: patterns.collect() }
    }

    /// Returns the person that a phrase in `text` names.
    pub fn person<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.patterns.iter().find_map(|pattern| Some(pattern.find(text)?.get(1)?.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_after_the_colon_or_the_gap() {
        let labels = Labels::of(Words::danish());
        assert_eq!(labels.split("Til stede fra bestyrelsen: Bo"), Some((Field::Present, "Bo")));
        assert_eq!(
            labels.split("Mødested:    Salen, 1. sal"),
            Some((Field::Place, "Salen, 1. sal"))
        );
        assert_eq!(labels.split("Sted     Salen"), Some((Field::Place, "Salen")));
    }
}
