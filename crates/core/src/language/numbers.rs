//! Number words and numbers, both ways: `halvtredsindstyvende`, `to tusind og toogtyve`,
//! `thirty six`. The words themselves stand in `da/numbers.toml` and `en/numbers.toml`.

mod digits;
mod spelling;

use std::collections::HashMap;

use serde::Deserialize;

use super::data::{self, Table, expect};
use super::table_names::TableName;
use super::words::Words;

pub use spelling::{spell, spell_ordinal};

/// A number read from words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: u64,
    /// How many words it takes.
    pub words: usize,
    /// Whether it counts a place (`tredje`) and not an amount (`tre`).
    pub ordinal: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    units: Vec<Vec<String>>,
    tens: Vec<Vec<String>>,
    unit_ordinals: Vec<Vec<String>>,
    ten_ordinals: Vec<Vec<String>>,
    hundred: Vec<String>,
    thousand: Vec<String>,
    and: String,
    unit_first: bool,
    point: Vec<String>,
    half_after: Vec<String>,
    fixed: Vec<(String, String)>,
    decimal: String,
    group: String,
    ordinal_mark: String,
    day_link: Vec<String>,
    day_article_dropped: Vec<String>,
    months: Vec<String>,
    ordinal_before: Vec<String>,
    measures: Vec<String>,
    not_after: Vec<String>,
    /// More words for an amount: 0 to 99, a round hundred below a thousand, or a thousand.
    #[serde(default)]
    spellings: HashMap<String, u64>,
    /// More words for a place, 1 to 99.
    #[serde(default)]
    ordinal_spellings: HashMap<String, u64>,
    example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    words: String,
    digits: String,
}

/// What a single word says of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Small(u64),
    Nth(u64),
    Hundreds(u64),
    Thousand,
}

/// A language's number words, ready to be looked up.
pub(super) struct NumberWords {
    data: Data,
    parts: HashMap<String, Part>,
}

pub(super) static DATA: data::Data<NumberWords> = data::Data::new(TableName::Numbers);

fn words_of(language: Words<'_>) -> &NumberWords {
    DATA.of(language)
}

impl Table for NumberWords {
    type Raw = Data;

    fn ready(data: Data) -> Result<Self, String> {
        let mut parts = HashMap::new();
        for (value, spellings) in (0..).zip(&data.units) {
            for word in spellings {
                parts.insert(word.clone(), Part::Small(value));
                if value > 0 {
                    for hundred in &data.hundred {
                        parts.insert(format!("{word}{hundred}"), Part::Hundreds(value));
                    }
                }
            }
        }
        for (value, spellings) in (0..).zip(&data.unit_ordinals) {
            for word in spellings {
                parts.insert(word.clone(), Part::Nth(value));
            }
        }
        for (table, ordinal) in [(&data.tens, false), (&data.ten_ordinals, true)] {
            for (ten, spellings) in (2..).zip(table) {
                for word in spellings {
                    let part = if ordinal { Part::Nth } else { Part::Small };
                    parts.insert(word.clone(), part(ten * 10));
                    if data.unit_first {
                        for (unit, names) in (1..10).zip(data.units.iter().skip(1)) {
                            for name in names {
                                let whole = format!("{name}{}{word}", data.and);
                                parts.insert(whole, part(ten * 10 + unit));
                            }
                        }
                    }
                }
            }
        }
        if !data.unit_first {
            for (ten, spellings) in (2..).zip(&data.tens) {
                for word in spellings {
                    for (table, part) in [
                        (&data.units, Part::Small as fn(u64) -> Part),
                        (&data.unit_ordinals, Part::Nth),
                    ] {
                        for (unit, names) in (1..10).zip(table.iter().skip(1)) {
                            for name in names {
                                parts.insert(format!("{word}-{name}"), part(ten * 10 + unit));
                            }
                        }
                    }
                }
            }
        }
        for word in &data.hundred {
            parts.insert(word.clone(), Part::Hundreds(1));
        }
        for word in &data.thousand {
            parts.insert(word.clone(), Part::Thousand);
        }
        add_own(&data, &mut parts)?;
        Ok(Self { data, parts })
    }

    fn check(&self, raw: &Data, _: Words<'_>) -> Result<(), String> {
        raw.example.iter().try_for_each(|Example { words, digits }| {
            let written = digits::rewrite(words, self);
            expect(&written == digits, || {
                format!("`{words}` is written `{written}`, not `{digits}`")
            })
        })
    }
}

/// Adds the spellings that stand for a number by themselves.
fn add_own(data: &Data, parts: &mut HashMap<String, Part>) -> Result<(), String> {
    for (word, value) in &data.spellings {
        let part = match value {
            0..=99 => Part::Small(*value),
            100..=900 if value.is_multiple_of(100) => Part::Hundreds(value / 100),
            1000 => Part::Thousand,
            _ => {
                return Err(format!(
                    "`{word}` cannot be {value}: only 0 to 99 have words of \
                 their own, round hundreds below a thousand, and a thousand"
                ));
            }
        };
        parts.insert(word.to_lowercase(), part);
    }
    for (word, value) in &data.ordinal_spellings {
        if !(1..=99).contains(value) {
            return Err(format!("`{word}` cannot be place {value}: only 1 to 99 have words"));
        }
        parts.insert(word.to_lowercase(), Part::Nth(*value));
    }
    Ok(())
}

impl NumberWords {
    fn part(&self, words: &[&str], at: usize) -> Option<Part> {
        self.parts.get(*words.get(at)?).copied()
    }

    /// Reads 0 to 99 at `at`.
    fn below_hundred(&self, words: &[&str], at: usize) -> Option<Number> {
        let number = |value, words, ordinal| Some(Number { value, words, ordinal });
        match self.part(words, at)? {
            Part::Nth(value) => number(value, 1, true),
            Part::Small(unit @ 1..=9) if self.data.unit_first => {
                // A recogniser may write `fem og tyve` for `femogtyve`.
                let ten = (words.get(at + 1) == Some(&self.data.and.as_str()))
                    .then(|| self.part(words, at + 2))
                    .flatten();
                match ten {
                    Some(Part::Small(ten)) if ten >= 20 && ten % 10 == 0 => {
                        number(ten + unit, 3, false)
                    }
                    _ => number(unit, 1, false),
                }
            }
            Part::Small(ten) if !self.data.unit_first && ten >= 20 && ten % 10 == 0 => {
                match self.part(words, at + 1) {
                    Some(Part::Small(unit @ 1..=9)) => number(ten + unit, 2, false),
                    Some(Part::Nth(unit @ 1..=9)) => number(ten + unit, 2, true),
                    _ => number(ten, 1, false),
                }
            }
            Part::Small(value) => number(value, 1, false),
            Part::Hundreds(_) | Part::Thousand => None,
        }
    }

    /// Adds what follows a round number, with or without `og`.
    fn tail(
        &self,
        words: &[&str],
        head: Number,
        at: usize,
        read: impl Fn(&[&str], usize) -> Option<Number>,
    ) -> Number {
        let end = at + head.words;
        let link = usize::from(words.get(end) == Some(&self.data.and.as_str()));
        match read(words, end + link) {
            Some(rest) if rest.value > 0 => Number {
                value: head.value + rest.value,
                words: head.words + link + rest.words,
                ordinal: rest.ordinal,
            },
            _ => head,
        }
    }

    /// Reads 0 to 9999 (`nitten hundrede`) at `at`.
    fn below_thousand(&self, words: &[&str], at: usize) -> Option<Number> {
        let lead = self.below_hundred(words, at);
        let skip = lead.map_or(0, |lead| lead.words);
        let head = match (self.part(words, at + skip), lead) {
            (Some(Part::Hundreds(1)), Some(lead)) if !lead.ordinal && lead.value > 0 => {
                Number { value: lead.value * 100, words: skip + 1, ordinal: false }
            }
            (Some(Part::Hundreds(count)), None) => {
                Number { value: count * 100, words: 1, ordinal: false }
            }
            _ => return lead,
        };
        Some(self.tail(words, head, at, |words, at| self.below_hundred(words, at)))
    }

    fn read(&self, words: &[&str]) -> Option<Number> {
        let lead = self.below_thousand(words, 0);
        let skip = lead.map_or(0, |lead| lead.words);
        if self.part(words, skip) == Some(Part::Thousand) && lead.is_none_or(|lead| !lead.ordinal) {
            let count = lead.map_or(1, |lead| lead.value);
            let head = Number { value: count * 1000, words: skip + 1, ordinal: false };
            return Some(self.tail(words, head, 0, |words, at| self.below_thousand(words, at)));
        }
        let lead = lead?;
        // `twenty twenty three`, `tyve toogtyve`: a year in two halves.
        if (19..=20).contains(&lead.value)
            && !lead.ordinal
            && let Some(rest) = self.below_hundred(words, lead.words)
            && rest.value >= 10
            && !rest.ordinal
        {
            let value = lead.value * 100 + rest.value;
            return Some(Number { value, words: lead.words + rest.words, ordinal: false });
        }
        Some(lead)
    }
}

/// Reads the longest number that starts `words` (lower case, without punctuation).
pub fn read(words: &[&str], language: Words<'_>) -> Option<Number> {
    words_of(language).read(words)
}

/// Writes the number words of a text in digits, as a referat does: amounts above ten, amounts
/// before a measure, days of a month. Round words alone (`tusind tak`) stay as they are.
pub fn to_digits(text: &str, language: Words<'_>) -> String {
    digits::rewrite(text, words_of(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Vocabulary;

    fn value(text: &str, language: Words<'_>) -> Option<(u64, bool)> {
        let words: Vec<&str> = text.split(' ').collect();
        read(&words, language)
            .filter(|number| number.words == words.len())
            .map(|number| (number.value, number.ordinal))
    }

    #[test]
    fn every_number_to_a_million_is_read_as_it_is_spelled() {
        for language in Vocabulary::compiled().all() {
            for number in (0..3000).chain((3000..999_999).step_by(997)) {
                let words = spell(number, language).unwrap();
                assert_eq!(value(&words, language), Some((number, false)), "{words}");
            }
            for number in 1..100 {
                let words = spell_ordinal(number, language).unwrap();
                assert_eq!(value(&words, language), Some((number, true)), "{words}");
            }
        }
    }

    #[test]
    fn old_and_split_spellings_are_read() {
        assert_eq!(value("halvtredsindstyvende", Words::danish()), Some((50, true)));
        assert_eq!(value("treoghalvfemsindstyvende", Words::danish()), Some((93, true)));
        assert_eq!(value("fem og tyve", Words::danish()), Some((25, false)));
        assert_eq!(value("tohundrede og fem", Words::danish()), Some((205, false)));
        assert_eq!(value("nitten hundrede og halvfems", Words::danish()), Some((1990, false)));
        assert_eq!(value("twenty first", Words::english()), Some((21, true)));
        assert_eq!(value("pølse", Words::danish()), None);
    }
}
