//! An item's printed line taken apart: title, presenter, kind, minutes, and what is a note.

mod beside;
mod heading;

use std::sync::LazyLock;

use regex::Regex;

use crate::language::labels::{Labels, strip_words};
use crate::names::entry;

use super::lines::squeeze;
use super::persons::Persons;
use super::words::PageWords;
use crate::language::pattern::regex;

use beside::{brackets, tails};
use heading::set;
pub(super) use heading::{Heading, is_clock, is_kind, minutes};

/// Takes an item's line apart.
pub(super) fn split(text: &str, words: PageWords, persons: &Persons) -> Heading {
    let mut heading = Heading { closed: words.is_closed(text), ..Heading::default() };
    let mut text = squeeze(&leaders(text));
    text = lead_kind(&text, words, &mut heading);
    text = marked(&text, words, persons, &mut heading);
    text = brackets(&text, words, persons, &mut heading);
    text = tails(&text, words, persons, &mut heading);
    let cut = run_on_cut(&text, words).to_owned();
    if cut.len() < text.len() {
        let rest = text[cut.len()..].trim_start_matches([':', '.', ' ']).to_owned();
        if heading.presenter.is_none() {
            opening_person(&rest, persons, &mut heading);
        }
        heading.notes.push(rest);
        text = cut;
    }
    heading.title = tidy(&text, words);
    heading
}

/// Cuts the dots and the page number of a list of contents.
fn leaders(text: &str) -> String {
    static DOTS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\s*(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d*\s*$"));
    DOTS.replace(text, "").into_owned()
}

/// Reads `(O) Opfølgning`.
fn lead_kind(text: &str, words: PageWords, heading: &mut Heading) -> String {
    if let Some(rest) = text.strip_prefix('(')
        && let Some((kind, rest)) = rest.split_once(')')
        && is_kind(kind, words.page)
    {
        heading.kind = Some(kind.to_owned());
        return rest.trim().to_owned();
    }
    text.to_owned()
}

/// Reads the presenter behind a mark: `v/ Nadja`, `/v. pd Kim Christiansen`.
fn marked(text: &str, words: PageWords, persons: &Persons, heading: &mut Heading) -> String {
    let page = words.page;
    let found: Vec<(usize, usize, usize)> = page
        .patterns
        .title_presenter
        .captures_iter(text)
        .filter_map(|it| {
            let mark = it.get(1)?;
            Some((mark.start(), mark.start(), mark.end()))
        })
        .collect();
    for (start, from, end) in found.into_iter().rev() {
        let mark = text[from..end].trim().to_lowercase();
        let after = &text[end..];
        // What stands in brackets after the person is not the person's.
        let cut = after.find([')', '[', ';']).unwrap_or(after.len());
        let cut = after[..cut].find(" (").map_or(cut, |at| at.min(cut));
        let cut = [" - ", " – ", ". "]
            .iter()
            .filter_map(|dash| after[..cut].find(dash))
            .filter(|at| {
                !page.title.short.end(&after[..*at]) && at.saturating_sub(3) > 0 || *at > 3
            })
            .min()
            .map_or(cut, |at| at.min(cut));
        let named = after[..cut].trim().trim_end_matches([',', '.', ':', ' ']);
        let weak = page.title.weak.has(&mark);
        let Some(who) = persons.read(named, !weak) else { continue };
        // `Parkering ved Skoven` names a place, unless it is known to be a person.
        let titled = entry::read(named, false, persons.known).is_some_and(|it| it.sure);
        if weak && !who.known && !(titled && named.contains(' ')) || text[..start].trim().is_empty()
        {
            continue;
        }
        let bracket = text[..start].trim_end().ends_with('(');
        let rest = after[cut..].trim_start_matches([')', ' ']).trim();
        let shown = text[start..end + cut].trim();
        set(
            heading,
            who,
            format!("{}{shown}{}", if bracket { "(" } else { "" }, if bracket { ")" } else { "" }),
        );
        let title = text[..start].trim_end().trim_end_matches([',', '-', '–', '(', ' ']).trim_end();
        let rest = rest.trim_start_matches(['-', '–', ' ']);
        let title = title.to_owned();
        if rest.starts_with('(') || rest.starts_with('[') {
            return format!("{title} {rest}");
        }
        if !rest.is_empty() {
            heading.notes.push(rest.to_owned());
        }
        return title;
    }
    text.to_owned()
}

/// Takes the person who opens a sentence as presenter: `Stillet af Mads Thorsager`.
fn opening_person(text: &str, persons: &Persons, heading: &mut Heading) {
    if let Some(who) = persons.presents(text) {
        set(heading, who, text.to_owned());
    }
}

fn ends_shortened(text: &str, words: PageWords) -> bool {
    let last = text
        .trim_end_matches('.')
        .rsplit([' ', '(', '/'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    words.labels().any(|labels| labels.abbreviations.contains(&last))
        || crate::language::titles::Titles::of(words.language).expand(&last).is_some()
        || last.chars().count() <= 2
}

/// Cuts a title where a sentence begins on the same line: `Valg. På valg er …`.
fn run_on_cut<'t>(title: &'t str, words: PageWords) -> &'t str {
    for (at, mark) in title.char_indices().filter(|(_, c)| matches!(c, '.' | ':')) {
        let before = &title[..at];
        let after = title[at + 1..].trim_start();
        let dated = mark == ':'
            && words.dates.dates(after).iter().any(|it| it.year.is_some() || it.weekday.is_some())
            && at > 6;
        let known = dated
            || words
                .labels()
                .flat_map(|labels: &Labels| &labels.run_on)
                .any(|run| strip_words(after, run).is_some());
        let sentence = mark == '.'
            && title[at + 1..].starts_with(' ')
            && after.starts_with(char::is_uppercase)
            && after.split_whitespace().count() >= 2
            && (after.ends_with('.') || after.split_whitespace().count() >= 3)
            && !ends_shortened(before, words)
            && before.chars().next_back().is_some_and(|c| c.is_lowercase() || c == ')');
        if before.chars().count() >= 4 && (known || sentence) {
            return before;
        }
    }
    title
}

/// Takes the marks off the end of a title.
fn tidy(title: &str, words: PageWords) -> String {
    let title = title.trim().trim_end_matches([':', ';', ',', ' ', '-', '–', '→']);
    if title.ends_with("...")
        || title.ends_with('…')
        || (title.ends_with('.') && ends_shortened(title, words))
    {
        return title.to_owned();
    }
    title.trim_end_matches(['.', ':', ' ']).to_owned()
}
