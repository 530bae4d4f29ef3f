//! Lines that open with an item's number, in all the ways that numbers are printed.

use std::sync::LazyLock;

use regex::Regex;

use crate::language::labels::strip_words;

use super::lines::Line;
use super::words::PageWords;
use crate::language::pattern::regex;

/// How a number is printed; items of one agenda share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Style {
    /// `Punkt 1`, `Ad 1`, `Item 1`.
    Word,
    /// `§ 1`.
    Section,
    /// `1.`
    Dot,
    /// `1)`.
    Paren,
    /// `1 -` or `1:`.
    Dash,
    /// `1 Title`.
    Bare,
    /// A number on a line of its own.
    Alone,
    /// The first cell of a table's row.
    Cell,
    /// `IV.`
    Roman,
    /// `b)`.
    Letter,
}

impl Style {
    /// Every style, the most telling first.
    pub(super) const ALL: [Self; 10] = [
        Self::Word,
        Self::Section,
        Self::Cell,
        Self::Dot,
        Self::Paren,
        Self::Alone,
        Self::Roman,
        Self::Dash,
        Self::Bare,
        Self::Letter,
    ];
}

/// A line that may open an item.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Place of the line.
    pub(super) at: usize,
    pub(super) style: Style,
    /// The number as printed.
    pub(super) printed: String,
    /// The number's value.
    pub(super) value: u32,
    /// Whether it numbers a part of an item (`4.1`).
    pub(super) part: bool,
    /// What follows the number on the line.
    pub(super) rest: String,
}

/// Returns the number that opens a line, if one does.
pub(super) fn read(at: usize, line: &Line, words: PageWords) -> Option<Candidate> {
    static SECTION: LazyLock<Regex> = LazyLock::new(|| regex(r"^§\s*(\d{1,3})\s*[.:)]?\s*(.*)$"));
    static MARKED: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^\(?(\d{1,3}(?:\.\d{1,2})*)\s?([.)])(?:\s*[)\]])?\s*(.*)$"));
    static DASH: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\d{1,3})\s*(?:[–—-]\s|:)\s*(.+)$"));
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(\d{1,3}(?:\.\d{1,2})*)\s+(\p{Lu}.*)$"));
    static ALONE: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\d{1,3})\s*[.):]?$"));
    static ROMAN: LazyLock<Regex> = LazyLock::new(|| regex(r"^([IVX]{1,6})\s?[.)]\s+(.+)$"));
    let found = |style, number: &str, rest: &str| {
        let value = number.split('.').next()?.parse().ok()?;
        let whole = number.strip_suffix(".0").unwrap_or(number);
        let (printed, part) = (whole.to_owned(), whole.contains('.'));
        Some(Candidate { at, style, printed, value, part, rest: rest.trim().to_owned() })
    };
    if let [number, title, ..] = &line.cells[..] {
        let number = number.trim_end_matches(['.', ')']);
        return found(Style::Cell, number, title)
            .filter(|it| it.rest.chars().any(char::is_alphabetic));
    }
    let patterns = &words.page.patterns;
    let clock = patterns.leading_clock.find(&line.text).map_or(0, |it| it.end());
    let text = &line.text[clock..];
    for word in words.labels().flat_map(|labels| &labels.item_words) {
        let Some(it) = strip_words(text, word).and_then(|rest| patterns.number.captures(rest))
        else {
            continue;
        };
        let number = format!("{}{}", &it[1], it.get(2).map_or("", |letter| letter.as_str().trim()));
        return found(Style::Word, &it[1], &it[3])
            .map(|candidate| Candidate { printed: number, ..candidate });
    }
    if let Some(it) = SECTION.captures(text) {
        return found(Style::Section, &it[1], &it[2]);
    }
    if let Some(it) = ALONE.captures(text) {
        return found(Style::Alone, &it[1], "");
    }
    if let Some(it) = MARKED.captures(text) {
        // `15. februar 2011` and `19.30` open with no item's number.
        let dated = words.dates.dates(text).first().is_some_and(|date| date.from == 0);
        let spaced = !it[3].starts_with(|c: char| c.is_ascii_digit())
            || text.as_bytes().get(it.get(3)?.start() - 1).is_some_and(u8::is_ascii_whitespace);
        let style = if &it[2] == ")" { Style::Paren } else { Style::Dot };
        if dated {
            return None;
        }
        if spaced {
            return found(style, &it[1], &it[3]);
        }
    }
    if let Some(it) = DASH.captures(text) {
        return found(Style::Dash, &it[1], &it[2]);
    }
    if let Some(it) = BARE.captures(text) {
        return found(Style::Bare, &it[1], &it[2]);
    }
    if let Some(it) = patterns.letter.captures(text) {
        let value = u32::from(it[1].chars().next()?) - u32::from('a') + 1;
        let (printed, rest) = (it[1].to_owned(), it[2].trim().to_owned());
        return Some(Candidate { at, style: Style::Letter, printed, value, part: false, rest });
    }
    let it = ROMAN.captures(text)?;
    let (printed, rest) = (it[1].to_owned(), it[2].to_owned());
    let value = roman(&printed)?;
    Some(Candidate { at, style: Style::Roman, printed, value, part: false, rest })
}

fn roman(text: &str) -> Option<u32> {
    let mut total = 0i32;
    let mut highest = 0;
    for letter in text.chars().rev() {
        let value = match letter {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        total += if value < highest { -value } else { value };
        highest = highest.max(value);
    }
    u32::try_from(total).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    fn number(text: &str) -> Option<(Style, String, String)> {
        let (lines, _) = super::super::lines::read(text);
        read(0, &lines[0], PageWords::of(Words::danish())).map(|it| (it.style, it.printed, it.rest))
    }

    #[test]
    fn every_way_of_numbering_is_known() {
        let is = |text: &str, style, printed: &str, rest: &str| {
            assert_eq!(number(text), Some((style, printed.to_owned(), rest.to_owned())), "{text}");
        };
        is("1. Valg", Style::Dot, "1", "Valg");
        is("4.1.   Forslag", Style::Dot, "4.1", "Forslag");
        is("12) Valg", Style::Paren, "12", "Valg");
        is("Punkt 3: Nyt", Style::Word, "3", "Nyt");
        is("### **Ad 2 Tema**", Style::Word, "2", "Tema");
        is("Pkt. 4 - Økonomi", Style::Word, "4", "Økonomi");
        is("§ 7. Valg", Style::Section, "7", "Valg");
        is("89 Godkendelse", Style::Bare, "89", "Godkendelse");
        is("2.", Style::Alone, "2", "");
        is("| 3 | Regnskab |", Style::Cell, "3", "Regnskab");
        is("IV. Eventuelt", Style::Roman, "IV", "Eventuelt");
    }

    #[test]
    fn dates_and_amounts_are_no_numbers_of_items() {
        assert_eq!(number("15. februar 2011 på Skovkroen"), None);
        assert_eq!(number("27 lejligheder var repræsenteret"), None);
        assert_eq!(number("850.000 kr. til taget"), None);
    }
}
