//! The people of a page: under labels, in tables, one per line, in sentences.

mod block;
mod rows;
mod settle;
mod table;

use crate::language::labels::Field;
use crate::names::entry;
use crate::names::list::{self};

use super::fate::Fates;
use super::gathered::{Group, People};
use super::lines::Line;
use super::prose;
use super::words::PageWords;
use super::zones::Zones;

use block::{bare, block, legend, unfinished};
use table::table;

/// People stand on the first pages; no list of them is looked for beyond so many lines.
const MOST_LINES: usize = 4_000;

/// Gathers the people from the lines that `open` lets through.
pub(super) fn read<'v>(
    lines: &[Line],
    open: &[bool],
    zones: &Zones,
    words: PageWords<'v>,
    fates: &mut Fates,
) -> People<'v> {
    let mut people = People {
        known: words.people,
        page: words.page,
        found: Vec::new(),
        chair: None,
        referent: None,
        sender: zones.sender.clone(),
        own: false,
        listed: false,
        remarks: Vec::new(),
    };
    let mut at = 0;
    while at < lines.len().min(MOST_LINES) {
        if !open[at] || fates.of(lines[at].number).is_some() {
            at += 1;
            continue;
        }
        let next = legend(lines, open, at, &mut people, fates)
            .or_else(|| table(lines, open, at, &mut people, fates))
            .or_else(|| block(lines, open, at, words, &mut people, fates))
            .or_else(|| bare(lines, open, at, words, &mut people, fates));
        at = next.unwrap_or(at + 1).max(at + 1);
    }
    prose::read(lines, open, words, &mut people, fates);
    people.addressed(zones);
    people.signed();
    people
}

/// Returns what a label says of the people behind it.
pub(super) fn group_of(label: &str, words: PageWords) -> Option<Group> {
    let (known, phrases) = (words.people, &words.page.people);
    let bare = label.trim().trim_matches(|c: char| ":*_- ".contains(c));
    if bare.is_empty() || bare.split_whitespace().count() > 9 || bare.chars().count() > 80 {
        return None;
    }
    if known.tells_copy(bare)
        && !phrases.takes_part_stem.are_in(&bare.to_lowercase())
        && bare.split_whitespace().count() <= 3
    {
        return Some(Group::Copy);
    }
    let field = words.labels().find_map(|labels| labels.exact(bare));
    match field {
        Some(Field::Absent) => return Some(Group::Absent),
        Some(Field::Remote) => return Some(Group::Remote),
        Some(Field::Present) => return Some(Group::Present),
        Some(Field::Referent) => return Some(Group::Referent),
        Some(Field::Chair) => return Some(Group::Chair),
        Some(Field::When | Field::End | Field::WhenAndWhere | Field::Place | Field::Agenda) => {
            return None;
        }
        _ => {}
    }
    let outside = bare.split('(').next().unwrap_or(bare).trim();
    if known.tells_absent(bare) {
        return Some(Group::Absent);
    }
    let short = outside.split_whitespace().count() <= 3;
    if known.tells_remote(bare) && (short || known.tells_present(bare)) {
        return Some(Group::Remote);
    }
    if (known.tells_lead(bare) || phrases.chair.has_in_any_case(bare)) && short {
        return Some(Group::Chair);
    }
    if known.tells_minutes(bare) && outside.split_whitespace().count() <= 4 {
        return Some(Group::Referent);
    }
    known.tells_present(bare).then_some(Group::Present)
}

/// Splits a line into a label and what stands behind it on the same line.
fn label(line: &Line, words: PageWords) -> Option<(String, String)> {
    let text = line.text.trim();
    if line.cells.len() >= 2 {
        let label = line.cells[0].clone();
        let value = line.cells[1..]
            .iter()
            .filter(|it| !it.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ; ");
        return (!label.is_empty()).then_some((label, value));
    }
    if let Some(at) = text.find(':').filter(|at| *at <= 80) {
        let (label, value) = (&text[..at], text[at + 1..].trim());
        let clock = label.ends_with(|c: char| c.is_ascii_digit())
            && value.starts_with(|c: char| c.is_ascii_digit());
        if !clock && label.split_whitespace().count() <= 9 && label.chars().any(char::is_alphabetic)
        {
            return Some((label.trim().to_owned(), value.to_owned()));
        }
    }
    let gap = text.find('\t').or_else(|| text.find("  "));
    if let Some(at) = gap.filter(|at| *at <= 40) {
        let label = text[..at].trim();
        if group_of(label, words).is_some() && !words.people.is_title(label)
            || words.page.people.also.begin(&label.to_lowercase())
        {
            return Some((label.to_owned(), text[at..].trim().to_owned()));
        }
    }
    None
}

/// Tells whether a line is a label of its own.
fn starts_label(line: &Line, words: PageWords) -> bool {
    if let Some((name, _)) = label(line, words) {
        if line.cells.len() >= 2 {
            return group_of(&name, words).is_some();
        }
        let field = words.labels().any(|labels| labels.exact(&name).is_some());
        return field
            || group_of(&name, words).is_some()
                && entry::read(&name, false, words.people).is_none_or(|it| !it.sure);
    }
    let text = line.squeezed();
    words.labels().any(|labels| labels.exact(&text).is_some())
        || text.split_whitespace().count() <= 4
            && group_of(&text, words).is_some()
            && entry::read(&text, true, words.people).is_none()
            && !text.starts_with('(')
}

/// Tells whether a text is a sentence and no list.
pub(super) fn is_sentence(text: &str, page: PageWords) -> bool {
    let known = page.people;
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    if list::columns(text).len() > 1
        || text.contains('(')
            && entry::read(text.split('(').next().unwrap_or_default(), false, known).is_some_and(
                |it| {
                    it.sure
                        && it.name.split(' ').count() + 3
                            > text.split('(').next().unwrap_or_default().split_whitespace().count()
                },
            )
    {
        return false;
    }
    let verbs = &page.page.people.verbs;
    let verbs = words
        .iter()
        .filter(|word| verbs.has(&word.trim_matches([',', '.']).to_lowercase()))
        .count();
    let ended = text.ends_with('.') && words.len() > 8 && !text.contains(';');
    verbs > 0 && words.len() > 5 || ended && !text.contains(',')
}
