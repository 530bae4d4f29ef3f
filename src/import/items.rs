//! Numbered lines as agenda items, with their sub-items and presenters.

use std::sync::LazyLock;

use regex::Regex;

use crate::lang::labels::Labels;
use crate::lang::titles::Titles;
use crate::model::agenda::{Agenda, AgendaItem, SubItem};
use crate::model::language::Language;
use crate::remark::Remark;

/// `1.`, `1)`, `89.`, `Punkt 3:`, `Ad 3`, `Item 3`, `§ 4`.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?i:(?:ad|punkt|pkt\.?|item|dagsordenens punkt)\s+|§\s*)?(\d{1,3}(?:\.\d{1,2})?(?:\.?[a-z])?)(?:[.):]+|\s*[-–:])?\s+(\S.*)$").ok()
});

/// `/v. pd Kim Friis`, `v/ Kim Friis`, `ved Kim Friis`, `/by Councillor Joan Ockley`.
static PRESENTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|\s)(/\s?v\.?|v/|v\.|ved|/\s?by)\s+(\p{L}[^/]*)$").ok());

/// Returns a numbered line's number and the rest.
pub(super) fn number(line: &str) -> Option<(&str, &str)> {
    let found = NUMBER.as_ref()?.captures(line)?;
    let number = found.get(1)?;
    let rest = found.get(2)?.as_str();
    // `23. juni` and `10 kr.` are no items: what follows a number is written large, unless
    // the number carries its mark.
    let marked = line[number.end()..].starts_with(['.', ')', ':']) || number.start() > 0;
    let large = rest.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
    (marked && large).then_some((number.as_str(), rest))
}

/// The items while they are being read.
pub(super) struct Items {
    language: Language,
    agenda: Agenda,
    remarks: Vec<Remark>,
}

impl Items {
    pub(super) fn new(language: Language) -> Self {
        Self { language, agenda: Agenda::default(), remarks: Vec::new() }
    }

    /// Takes a line that stands under the agenda's heading.
    pub(super) fn take(&mut self, line: &str, at: usize, remarks: &mut Vec<Remark>) {
        let Some((number, rest)) = number(line) else {
            let (title, presenter_printed) = presenter(line);
            let presenter = self.name(presenter_printed.as_deref());
            match self.agenda.items.last_mut() {
                Some(item) => {
                    item_of(item, SubItem { title, presenter, presenter_printed });
                }
                None => remarks.push(Remark::at(at, format!("`{line}` stands before any item"))),
            }
            return;
        };
        if self.agenda.find(number).is_some() {
            self.remarks.push(Remark::at(at, format!("item {number} stands twice")));
        }
        let (title, presenter_printed) = presenter(rest);
        let (title, closed) = Labels::of(self.language).closed(&title);
        let presenter = self.name(presenter_printed.as_deref());
        self.agenda.items.push(AgendaItem {
            number: number.to_owned(),
            title,
            presenter,
            presenter_printed,
            closed,
            sub: Vec::new(),
        });
    }

    /// Returns the name in a presenter as printed, without mark and title.
    fn name(&self, printed: Option<&str>) -> Option<String> {
        let printed = printed?;
        let found = PRESENTER.as_ref()?.captures(printed)?;
        let (_, name) = Titles::of(self.language).split(found.get(2)?.as_str());
        (!name.is_empty()).then_some(name)
    }

    pub(super) fn finish(self) -> (Agenda, Vec<Remark>) {
        (self.agenda, self.remarks)
    }
}

fn item_of(item: &mut AgendaItem, sub: SubItem) {
    // A presenter alone on a line belongs to what stands above it.
    if !sub.title.is_empty() {
        item.sub.push(sub);
    } else if item.presenter_printed.is_none() {
        item.presenter = sub.presenter;
        item.presenter_printed = sub.presenter_printed;
    }
}

/// Splits a title from the presenter printed behind it.
fn presenter(line: &str) -> (String, Option<String>) {
    let found = PRESENTER.as_ref().and_then(|pattern| pattern.captures(line));
    // `ved` is an everyday word: it presents only somebody, who is written large.
    let found = found.filter(|found| {
        &found[1] != "ved"
            || found[2].split(' ').all(|word| word.chars().next().is_some_and(char::is_uppercase))
                && found[2].contains(' ')
    });
    match found.and_then(|found| found.get(0).map(|whole| whole.range())) {
        Some(range) => (line[..range.start].trim().to_owned(), Some(line[range].trim().to_owned())),
        None => (line.trim().to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_their_many_forms() {
        for line in ["1. Budget", "1) Budget", "Punkt 1 Budget", "Ad 1: Budget", "Item 1 Budget"] {
            assert_eq!(number(line), Some(("1", "Budget")), "{line}");
        }
        assert_eq!(number("89. Budget"), Some(("89", "Budget")));
        assert_eq!(number("23. juni 2022"), None);
        assert_eq!(number("2023 var et godt år"), None);
    }

    #[test]
    fn a_presenter_is_split_off_and_ved_alone_is_not_one() {
        assert_eq!(presenter("Trafik /v. Bo Ask"), ("Trafik".into(), Some("/v. Bo Ask".into())));
        assert_eq!(presenter("Trafik v/ Bo Ask").1.as_deref(), Some("v/ Bo Ask"));
        assert_eq!(presenter("Trafikken ved skolen"), ("Trafikken ved skolen".into(), None));
        assert_eq!(presenter("Trafik ved Bo Ask").1.as_deref(), Some("ved Bo Ask"));
    }
}
