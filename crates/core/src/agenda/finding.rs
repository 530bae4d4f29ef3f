//! What is uncertain on a page, and how it is told: in every language, with the line it stands on
//! and the field that it became.

use std::fmt;

use super::lines::Line;
use crate::domain::language::Language;
use crate::domain::meeting::Weekday;
use crate::language::remarks::{RemarkKind, RemarkTexts};
use crate::language::words::{Vocabulary, Words};
use crate::remark::{About, Remark};

/// The most letters of a line that are shown beside what was read of it.
const SHOWN: usize = 200;

/// Something uncertain.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// Line of the input, counted from 1.
    pub(super) line: Option<usize>,
    kind: RemarkKind,
    values: Vec<(&'static str, Value)>,
    /// Number of the item that it is about.
    item: Option<String>,
}

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Weekday(Weekday),
}

impl Finding {
    /// Returns something on one line.
    pub(super) fn at(line: usize, kind: RemarkKind) -> Self {
        Self { line: Some(line), kind, values: Vec::new(), item: None }
    }

    /// Returns something about the page as a whole.
    pub(super) fn on_whole(kind: RemarkKind) -> Self {
        Self { line: None, kind, values: Vec::new(), item: None }
    }

    /// Fills in a value.
    pub(super) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, Value::Text(value.to_string())));
        self
    }

    /// Fills in a weekday, which each language calls in its own way.
    pub(super) fn with_weekday(mut self, name: &'static str, day: Weekday) -> Self {
        self.values.push((name, Value::Weekday(day)));
        self
    }

    /// Says which item it is about.
    pub(super) fn of_item(mut self, number: &str) -> Self {
        self.item = Some(number.to_owned());
        self
    }

    /// Tells it in every language of `vocabulary`, with its line.
    pub(super) fn told(&self, vocabulary: &Vocabulary, lines: &[Line]) -> Remark {
        let source = self.line.and_then(|number| {
            let at = lines.binary_search_by_key(&number, |line| line.number).ok()?;
            Some(lines[at].squeezed().chars().take(SHOWN).collect())
        });
        Remark {
            line: self.line,
            text: self.text(vocabulary.of(Language::EN)),
            texts: vocabulary
                .all()
                .map(|words| (words.language().code().to_owned(), self.text(words)))
                .collect(),
            source,
            about: self.about(),
        }
    }

    fn text(&self, language: Words<'_>) -> String {
        let texts = RemarkTexts::of(language);
        let mut text = texts.get(self.kind).to_owned();
        for (name, value) in &self.values {
            let value = match value {
                Value::Text(value) => value.as_str(),
                Value::Weekday(day) => texts.weekday(*day),
            };
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Returns the field that was read of it.
    fn about(&self) -> Option<About> {
        use RemarkKind as Kind;
        match self.kind {
            Kind::ProgrammeCounted
            | Kind::BulletsCounted
            | Kind::LinesCounted
            | Kind::HeadingsCounted
            | Kind::BareCounted
            | Kind::NoAgenda => Some(About::Agenda),
            Kind::Twice | Kind::Jump | Kind::Anew | Kind::LongTitle | Kind::UnknownPresenter => {
                self.item.clone().map(About::Item)
            }
            Kind::NoPerson | Kind::NamesUnlabelled | Kind::PeopleUnlabelled => Some(About::People),
            Kind::ReferentUnder => Some(About::Referent),
            Kind::ChairUnder => Some(About::Chair),
            Kind::NoYear
            | Kind::YearSent
            | Kind::YearFits
            | Kind::WrongWeekday
            | Kind::NoDateLabel => Some(About::Date),
            Kind::EndsFirst => Some(About::Time),
            Kind::Unread | Kind::Labels | Kind::TooLong | Kind::Neither | Kind::NeitherTo => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_remark_is_told_in_every_language() {
        for kind in RemarkKind::ALL {
            let found = Finding::at(1, kind).told(Vocabulary::compiled(), &[]);
            assert_eq!(found.text, found.texts["en"]);
            assert_ne!(found.texts["da"], found.texts["en"], "{kind:?}");
            assert!(found.texts.values().all(|text| !text.is_empty() && !text.ends_with('.')));
        }
    }

    #[test]
    fn a_remark_says_what_line_became_which_field() {
        let text = "Møde i bestyrelsen\n\nDato: mandag den 4. juni 2024\n\nTil stede: Bo Bech, Ida Holm\n\n1. Valg\n3. Budget\n";
        let read = super::super::explain(Vocabulary::compiled(), text, None);
        let told: Vec<(&str, Option<&str>, Option<&About>)> = read
            .remarks
            .iter()
            .map(|it| (it.texts["da"].as_str(), it.source.as_deref(), it.about.as_ref()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "ugedagen er forkert: 2024-06-04 er en tirsdag, ikke en mandag",
                    Some("Dato: mandag den 4. juni 2024"),
                    Some(&About::Date)
                ),
                (
                    "numrene springer fra 1 til 3",
                    Some("3. Budget"),
                    Some(&About::Item("3".to_owned()))
                ),
            ]
        );
        assert_eq!(
            read.remarks[0].text,
            "the weekday is wrong: 2024-06-04 is a Tuesday, not a Monday"
        );
    }
}
