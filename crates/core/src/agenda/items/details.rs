//! What stands beside and under a title: owner, kind, minutes, parts, notes.

use crate::domain::agenda::{AgendaItem, SubItem};
use crate::language::pages::PagePhrases;
use crate::names::list;

use super::super::fate::{Fate, Fates};
use super::super::lines::Line;
use super::super::numbering;
use super::super::opening::{Column, Opening};
use super::super::persons::Persons;
use super::super::tables;
use super::super::title::{self};
use super::super::words::PageWords;

/// Reads a column beside a title.
pub(super) fn beside(
    item: &mut AgendaItem,
    column: Column,
    cell: &str,
    words: PageWords,
    persons: &Persons,
) {
    let cell = cell.trim().trim_matches(['*', '[', ']', '`']).trim();
    let bare = cell.trim_matches(['(', ')']);
    if words.is_closed(bare) && !bare.contains('?') && column != Column::Papers {
        item.closed = true;
        return;
    }
    if tables::is_empty_cell(bare, words.people) {
        if column == Column::Owner && bare.chars().any(char::is_alphabetic) {
            item.owner.get_or_insert_with(|| bare.to_owned());
        }
        return;
    }
    if column != Column::Owner && title::is_kind(bare, words.page) {
        item.kind.get_or_insert_with(|| bare.to_owned());
        return;
    }
    if let Some(minutes) = title::minutes(bare, words.page) {
        item.minutes.get_or_insert(minutes);
        return;
    }
    if title::is_clock(bare, words.page) {
        return;
    }
    if bare.chars().all(|c| c.is_ascii_digit()) {
        if column == Column::Minutes
            && let Ok(minutes) = bare.parse()
        {
            item.minutes.get_or_insert(minutes);
        }
        return;
    }
    if !matches!(column, Column::Papers | Column::Kind) {
        if let Some(found) = persons
            .read_open(bare)
            .or_else(|| persons.read(bare, false).filter(|_| column == Column::Owner))
        {
            if item.presenter.is_none() {
                item.presenter = Some(found.name);
                item.presenter_printed = Some(cell.to_owned());
            }
            item.owner.get_or_insert_with(|| bare.to_owned());
            return;
        }
        if column == Column::Owner {
            item.owner.get_or_insert_with(|| bare.to_owned());
            return;
        }
    }
    item.notes.push(bare.to_owned());
}

/// Reads what stands under a title in the same cell.
pub(super) fn under_cell(item: &mut AgendaItem, text: &str, words: PageWords, persons: &Persons) {
    if let Some(part) = part_text(text, words.page) {
        let heading = title::split(part, words, persons);
        item.sub.push(SubItem {
            title: heading.title,
            presenter: heading.presenter,
            presenter_printed: heading.printed,
        });
    } else {
        present(item, text, persons);
        item.notes.push(text.trim_matches(['*', '_']).to_owned());
    }
}

pub(super) fn present(item: &mut AgendaItem, text: &str, persons: &Persons) {
    if item.presenter.is_none()
        && let Some(found) = persons.presents(text)
    {
        item.presenter = Some(found.name);
        // `v/ Lene Holm` belongs behind the title; `Lene Holm orienterer.` is a sentence of its own.
        let behind = text.trim_start().starts_with(|letter: char| !letter.is_uppercase());
        item.presenter_printed = behind.then(|| text.trim().to_owned());
    }
}

/// Returns the text of a part without its letter or number.
pub(super) fn part_text<'t>(text: &'t str, page: &PagePhrases) -> Option<&'t str> {
    if page.patterns.named_part.is_match(text) {
        return Some(text);
    }
    page.patterns.part.captures(text).and_then(|it| it.get(1)).map(|it| it.as_str())
}

/// Reads the lines under an item: who presents it, its parts, and notes.
pub(super) fn details(
    item: &mut AgendaItem,
    places: &[usize],
    lines: &[Line],
    opening: &Opening,
    words: PageWords,
    persons: &Persons,
    fates: &mut Fates,
) {
    let page = words.page;
    let mut noted = false;
    let mut parts_open = true;
    let (mut last_part, mut part_indent): (Option<usize>, usize) = (None, 0);
    let mut before = opening.at;
    for at in places {
        let line = &lines[*at];
        let text = line.squeezed();
        let cells = list::columns(&line.text);
        let apart = line.after_blank && !line.bullet && line.indent <= lines[opening.at].indent;
        let number = numbering::read(*at, line, words);
        let own_part = number.as_ref().is_some_and(|it| {
            it.part && it.printed.split('.').next() == Some(item.number.trim_end_matches(".0"))
        });
        let label = note_label(&text, words);
        if label {
            noted = true;
        } else if own_part || !line.bullet && part_text(&text, page).is_some() && !line.after_rule {
            noted = false;
        }
        let as_part = parts_open
            && !noted
            && !apart
            && cells_are_one(&cells)
            && (line.bullet && line.cells.is_empty()
                || own_part
                || part_text(&text, page).is_some()
                || broken(line, &text, words, persons)
                // What goes on behind a hard break is a part as the ones before it.
                || line.after_break && last_part == Some(before));
        if as_part {
            let bare = if own_part {
                number.map(|it| it.rest).unwrap_or_default()
            } else {
                part_text(&line.text, page)
                    .or_else(|| part_text(&text, page))
                    .unwrap_or(&line.text)
                    .to_owned()
            };
            let columns = list::columns(&bare);
            let shown = columns.first().cloned().unwrap_or_default();
            if shown.chars().count() >= 2 && shown.chars().count() <= 250 {
                if line.bullet && present_mark(&shown, page) {
                    present(item, &shown, persons);
                    detail(item, &shown, page);
                    fates.set(line.number, Fate::Note(item.number.clone()));
                    continue;
                }
                let heading = title::split(&shown, words, persons);
                // A sentence of the office's own stays one.
                let sentence = line.after_break && shown.ends_with('.');
                let stop = if sentence && !heading.title.ends_with('.') { "." } else { "" };
                let mut sub = SubItem {
                    title: heading.title + stop,
                    presenter: heading.presenter,
                    presenter_printed: heading.printed,
                };
                for cell in &columns[1..] {
                    if sub.presenter.is_none()
                        && let Some(found) = persons.read_open(cell)
                    {
                        sub.presenter = Some(found.name);
                        sub.presenter_printed = Some(cell.clone());
                    }
                }
                item.sub.push(sub);
                last_part = Some(*at);
                part_indent = line.indent;
                fates.set(line.number, Fate::Part(item.number.clone()));
                before = *at;
                continue;
            }
        }
        fates.set(line.number, Fate::Note(item.number.clone()));
        // A part's presenter or text stands deeper than the part.
        if last_part == Some(before)
            && line.indent > part_indent
            && let Some(part) = item.sub.last_mut()
        {
            if part.presenter.is_none()
                && let Some(found) = persons.presents(&text)
            {
                part.presenter = Some(found.name);
                part.presenter_printed = Some(text.clone());
            }
            item.notes.push(text);
            continue;
        }
        before = *at;
        if line.heading > 0 {
            parts_open = false;
        }
        let near = *at == opening.at + 1
            || text.starts_with('(')
            || text.split_whitespace().count() > 3
            || text.contains([':', '/']);
        if near {
            present(item, &text, persons);
        }
        detail(item, &text, page);
        item.notes.push(text);
    }
}

/// Tells whether a line stands under a title behind a hard break, as the project's own layout
/// writes parts.
pub(super) fn broken(line: &Line, text: &str, words: PageWords, persons: &Persons) -> bool {
    let sentence = text.ends_with('.') && text.split_whitespace().count() >= 4;
    line.after_break
        && !sentence
        && (persons.presents(text).is_none() || words.page.presenter.behind.are_in(text))
}

pub(super) fn cells_are_one(cells: &[String]) -> bool {
    cells.len() <= 4
}

/// Keeps minutes that stand on a line of their own: `Tid: 25 min.`
pub(super) fn detail(item: &mut AgendaItem, text: &str, page: &PagePhrases) {
    let value = text.split_once(':').map_or(text, |it| it.1);
    for part in value.split(['·', ',', ';']) {
        if let Some(minutes) = title::minutes(part.trim(), page) {
            item.minutes.get_or_insert(minutes);
        }
    }
}

/// Tells whether a bullet tells about its item: `Ved: …`, `Tid: …`, `Bilag: …`.
pub(super) fn present_mark(text: &str, page: &PagePhrases) -> bool {
    page.patterns.item_fact.is_match(text)
}

/// Tells whether a line heads notes: `Indstilling`, `Bilag: …`, `Sagsnr. …`.
pub(super) fn note_label(text: &str, words: PageWords) -> bool {
    let bare = text.trim_matches(|c: char| "*_: ".contains(c));
    let structural = words.labels().any(|labels| labels.structural.contains(&bare.to_lowercase()));
    structural
        || words.page.patterns.item_note.is_match(bare)
        || text.ends_with(',') && words.page.item.recommends.are_in(text)
}
