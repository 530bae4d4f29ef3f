//! People in sentences: `Mette kan desværre ikke, men Stig kommer i stedet for.`

mod clause;

use crate::language::pages::PagePhrases;
use crate::language::people_words::PeopleWords;
use crate::names::entry::{self};
use crate::names::list;

use super::fate::Fates;
use super::gathered::{Group, People};
use super::lines::{Line, squeeze};
use super::words::PageWords;

pub(super) use clause::guest;
use clause::{clause_of, clauses};

/// Reads the sentences of the lines that nothing else has read.
pub(super) fn read(
    lines: &[Line],
    open: &[bool],
    words: PageWords,
    people: &mut People,
    fates: &mut Fates,
) {
    let mut paragraph = String::new();
    let mut places: Vec<usize> = Vec::new();
    for (at, free) in open.iter().copied().chain([false]).enumerate() {
        let line = lines.get(at).filter(|line| {
            free && line.cells.len() < 2
                && (fates.of(line.number).is_none())
                && !is_fact(line, words)
        });
        let breaks = line.is_none_or(|line| line.after_blank || line.bullet || line.heading > 0)
            || paragraph.chars().count() < 40
                && places.last().is_some_and(|last| lines[*last].text.chars().count() < 45);
        if breaks && !paragraph.is_empty() {
            let number = places.first().map_or(0, |at| lines[*at].number);
            let told = sentences(&paragraph, number, words, people, fates, false);
            if told {
                for at in &places {
                    fates.people(lines[*at].number, Vec::new());
                }
            }
            paragraph.clear();
            places.clear();
        }
        if let Some(line) = line {
            if !paragraph.is_empty() {
                // A short line without its full stop ends what it says all the same.
                let short =
                    places.last().is_some_and(|last| lines[*last].text.chars().count() < 65);
                let stop = short
                    && !paragraph.ends_with(['.', ',', ':', ';', '!', '?', '-'])
                    && line.text.starts_with(char::is_uppercase);
                paragraph.push_str(if stop { ". " } else { " " });
            }
            paragraph.push_str(&line.squeezed());
            places.push(at);
        }
    }
}

/// Tells whether a line is a label of the header with its value.
fn is_fact(line: &Line, words: PageWords) -> bool {
    use crate::language::labels::Field;
    line.text.contains(':')
        && matches!(words.label(&line.text), Some((Field::When | Field::End | Field::WhenAndWhere | Field::Place | Field::Title | Field::Forum, value)) if !value.is_empty())
}

/// Reads sentences; tells whether they said anything of people.
pub(super) fn sentences(
    text: &str,
    number: usize,
    words: PageWords,
    people: &mut People,
    fates: &mut Fates,
    in_list: bool,
) -> bool {
    let mut told = false;
    for sentence in split(text, words.people, words.page) {
        told |= one(&sentence, people, in_list);
    }
    if told {
        fates.people(number, Vec::new());
    }
    told
}

/// Tells whether a number ends a sentence: `under punkt 2 og 3.`, not `den 3.` and `1.`
fn counted(before: &str, page: &PagePhrases) -> bool {
    let mut words = before.split_whitespace().rev().skip(1);
    words.next().is_some_and(|word| {
        !page.people.numbered.has(&word.to_lowercase()) && words.next().is_some()
    })
}

/// Splits a text into sentences.
pub(super) fn split(text: &str, known: &PeopleWords, page: &PagePhrases) -> Vec<String> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '.' | '!' | '?' if depth == 0 => {
                let word = text[from..at].rsplit([' ', ',', '(']).next().unwrap_or_default();
                let after = &text[at + letter.len_utf8()..];
                let short = letter == '.'
                    && (word.chars().count() <= 1
                        || word.contains('.') && !word.ends_with(')')
                        || word.chars().all(|c| c.is_ascii_digit())
                            && !counted(&text[from..at], page)
                        || known.is_qualifier(word) && !word.chars().all(|c| c.is_ascii_digit())
                        || known.is_title_word(word) && word.chars().count() <= 5
                        || page.people.short.has(&word.to_lowercase()));
                let begins = after
                    .trim_start()
                    .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(')
                    || after.trim().is_empty();
                if after.starts_with(' ') && begins && !short {
                    found.push(text[from..at + letter.len_utf8()].trim().to_owned());
                    from = at + letter.len_utf8();
                }
            }
            _ => {}
        }
    }
    let rest = text[from..].trim();
    if !rest.is_empty() {
        found.push(rest.to_owned());
    }
    found
}

/// Reads a sentence: a list of those who come, else clause by clause.
fn one(sentence: &str, people: &mut People, in_list: bool) -> bool {
    let (known, phrases) = (people.known, &people.page.people);
    let lower = sentence.to_lowercase();
    let mut told = false;
    if lower.len() == sentence.len()
        && !known.tells_absent(sentence.split([',', ':']).next().unwrap_or_default())
    {
        for phrase in phrases.lists.iter() {
            let Some(at) = find_phrase(&lower, phrase) else { continue };
            let rest = sentence[at + phrase.len()..].trim_start_matches([' ', ':', ',']);
            let head = rest.split([',', '(', ';']).next().unwrap_or_default();
            let begins = entry::read(&squeeze(head), false, people.known).is_some_and(|it| it.sure)
                || head.split(' ').next().is_some_and(|word| known.is_own(word));
            if !begins {
                continue;
            }
            let style = list::style_of(&[rest], true, people.known);
            let row = list::read(rest.trim_end_matches(['.', '!']), style, people.known);
            let several = row.people.len() >= 2 || !phrases.several.has(phrase);
            if several
                && row.people.iter().filter(|it| it.sure || it.own).count() * 2 >= row.people.len()
            {
                people.listed |= row.people.len() > 1;
                for entry in row.people {
                    if entry
                        .name
                        .split(' ')
                        .next()
                        .is_some_and(|first| entry.sure || !first.is_empty())
                    {
                        people.add(entry, Group::Present);
                        told = true;
                    }
                }
                return told;
            }
        }
    }
    for clause in clauses(sentence, people) {
        told |= clause_of(&clause, sentence, people, in_list);
    }
    told | titled(sentence, people)
}

/// Reads `Stig Aaby er kommunaldirektør i Gammelby`: the title of somebody who is known.
fn titled(sentence: &str, people: &mut People) -> bool {
    let (known, phrases) = (people.known, &people.page.people);
    let Some((before, after)) = phrases.is.split(sentence) else { return false };
    let name = before.split([',', '.']).next().unwrap_or_default();
    let title = after.trim_end_matches(['.', '!']);
    let title = phrases.title_cuts.cut(title).trim();
    let first = title.split(' ').next().unwrap_or_default();
    let minutes = known.tells_minutes(title) || phrases.secretary.has(&title.to_lowercase());
    if !known.is_title(title) && !minutes || title.split(' ').count() > 5 || known.is_no_name(first)
    {
        return false;
    }
    let found = entry::read(phrases.comes_behind.cut(name).trim(), false, people.known)
        .filter(|it| it.sure);
    match found.and_then(|it| people.place_of(&it.name)) {
        Some(at) if minutes => {
            people.found[at].minutes = true;
            true
        }
        Some(at) if people.found[at].title.is_none() => {
            people.found[at].title = Some(title.to_owned());
            true
        }
        _ => false,
    }
}

fn find_phrase(text: &str, phrase: &str) -> Option<usize> {
    text.match_indices(phrase).map(|it| it.0).find(|at| {
        let before = text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = text[at + phrase.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        before && (after || phrase.ends_with(':'))
    })
}

impl People<'_> {
    /// Notes who leads, by title.
    pub(super) fn told_chair(&mut self, title: &str) {
        self.set_chair(title);
    }
}
