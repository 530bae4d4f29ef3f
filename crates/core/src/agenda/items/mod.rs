//! The agenda's items: titles over lines, presenters, kinds, parts and notes.

mod details;

use crate::domain::agenda::{Agenda, AgendaItem};
use crate::language::remarks::RemarkKind;
use crate::names::list;

use super::fate::{Fate, Fates};
use super::finding::Finding;
use super::lines::{Line, squeeze};
use super::opening::{Column, Listing, Opening};
use super::persons::Persons;
use super::title::{self, Heading};
use super::words::PageWords;

use details::{beside, details, under_cell};

/// Reads the items.
pub(super) fn read(
    listing: &Listing,
    lines: &[Line],
    persons: &Persons,
    words: PageWords,
    fates: &mut Fates,
    remarks: &mut Vec<Finding>,
) -> Agenda {
    let mut agenda = Agenda::default();
    let around = &words.page.item;
    let (mut closed, mut lasting) = (false, false);
    let starts: Vec<usize> = listing.openings.iter().map(|it| it.at).collect();
    for at in &listing.frame {
        fates.set(lines[*at].number, Fate::Agenda);
    }
    for (index, opening) in listing.openings.iter().enumerate() {
        let from = if index > 0 { starts[index - 1] + 1 } else { opening.at.saturating_sub(2) };
        for line in lines.get(from..opening.at).unwrap_or_default() {
            let text = line.text.trim_matches(|c: char| !c.is_alphanumeric());
            if words.is_closed(text) && text.split_whitespace().count() <= 3 {
                closed = true;
                // `LUKKET PUNKT` heads one item, `Lukkede punkter` all that follow.
                let lower = text.to_lowercase();
                lasting = around.closed_begins.begin(&lower) || around.closed_holds.are_in(&lower);
                fates.set(line.number, Fate::Agenda);
            } else if closed
                && around.open_begins.begin(&text.to_lowercase())
                && text.split_whitespace().count() <= 3
            {
                closed = false;
            }
        }
        let only = closed
            && lines[from..opening.at].iter().all(|line| {
                line.heading == 0 && !around.agenda_holds.are_in(&line.text.to_lowercase())
            });
        let mut item = item(opening, lines, persons, words, fates, remarks);
        item.closed |= closed;
        if only && !lasting {
            closed = false;
        }
        agenda.items.push(item);
    }
    numbers(&agenda, &listing.openings, lines, remarks);
    agenda
}

fn item(
    opening: &Opening,
    lines: &[Line],
    persons: &Persons,
    words: PageWords,
    fates: &mut Fates,
    remarks: &mut Vec<Finding>,
) -> AgendaItem {
    let page = words.page;
    let number = lines[opening.at].number;
    fates.set(number, Fate::Item(opening.number.clone()));
    let mut columns: Vec<(Column, String)> = opening.columns.clone();
    let mut body = opening.body.iter().copied().peekable();
    let mut text;
    let mut notes: Vec<String> = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    if opening.row {
        let mut parts = opening.rest.split('\n').map(str::to_owned);
        text = parts.next().unwrap_or_default();
        rows = parts.collect();
    } else {
        let mut own = list::columns(&opening.rest);
        while own.len() > 1 && page.patterns.case.is_match(&own[0])
            || own.len() == 1
                && page.patterns.case.is_match(&own[0])
                && page.item.case_begins.begin(&own[0].to_lowercase())
        {
            notes.push(own.remove(0));
            if own.is_empty() {
                break;
            }
        }
        if own.is_empty()
            && let Some(at) = body.next()
        {
            own = list::columns(&lines[at].text);
            fates.set(lines[at].number, Fate::Item(opening.number.clone()));
        }
        text = if own.is_empty() { String::new() } else { own.remove(0) };
        columns.extend(own.into_iter().map(|it| (Column::Other, it)));
        let mut before = opening.at;
        while let Some(at) = body.peek().copied() {
            if !goes_on(&text, &lines[before], &lines[at], words, persons) {
                break;
            }
            let mut more = list::columns(&lines[at].text);
            let first = if more.is_empty() { String::new() } else { more.remove(0) };
            text = joined(&text, &first, words);
            columns.extend(more.into_iter().map(|it| (Column::Other, it)));
            fates.set(lines[at].number, Fate::Item(opening.number.clone()));
            before = at;
            body.next();
        }
    }
    let mut heading = title::split(&text, words, persons);
    // `Havnemesteren har ordet`.
    if heading.presenter.is_none()
        && let Some((who, _)) = page.presenter.floor.split(&heading.title)
        && let Some(name) = persons.find(who)
    {
        heading.presenter = Some(name.to_owned());
        heading.known = true;
    }
    let mut item = AgendaItem {
        number: opening.number.clone(),
        title: heading.title.clone(),
        closed: heading.closed,
        presenter: heading.presenter.clone(),
        presenter_printed: heading.printed.clone(),
        kind: heading.kind.clone(),
        minutes: heading.minutes,
        notes: heading.notes.clone(),
        ..AgendaItem::default()
    };
    item.notes.extend(notes);
    for (column, cell) in &columns {
        beside(&mut item, *column, cell, words, persons);
    }
    told_unknown(&item, &heading, persons, number, remarks);
    let places: Vec<usize> = body.collect();
    for row in rows {
        under_cell(&mut item, &row, words, persons);
    }
    details(&mut item, &places, lines, opening, words, persons, fates);
    if item.title.chars().count() > 300 {
        remarks.push(Finding::at(number, RemarkKind::LongTitle).of_item(&item.number));
    }
    item
}

fn told_unknown(
    item: &AgendaItem,
    heading: &Heading,
    persons: &Persons,
    number: usize,
    remarks: &mut Vec<Finding>,
) {
    if let Some(name) = &item.presenter
        && !heading.known
        && persons.find(name).is_none()
    {
        let found = Finding::at(number, RemarkKind::UnknownPresenter).with("name", name);
        remarks.push(found.of_item(&item.number));
    }
}

/// Joins the lines of a title; a hyphen at the end of a line parts a word or two of a row.
fn joined(text: &str, more: &str, words: PageWords) -> String {
    match text.strip_suffix('-').filter(|_| more.starts_with(char::is_lowercase)) {
        Some(start) if !words.people.is_and(more.split(' ').next().unwrap_or_default()) => {
            format!("{start}{more}")
        }
        _ => {
            let _ = words;
            format!("{text} {more}")
        }
    }
}

/// Tells whether a title goes on on the next line.
fn goes_on(text: &str, line: &Line, next: &Line, words: PageWords, persons: &Persons) -> bool {
    if next.after_blank
        || next.after_break
        || next.bullet
        || next.heading > 0
        || !next.cells.is_empty()
        || words.label(&next.text).is_some()
    {
        return false;
    }
    let more = squeeze(&next.text);
    if words.page.patterns.part_begins.is_match(&more)
        || opens_with_presenter(&more, words, persons)
    {
        return false;
    }
    let unclosed = text.matches('(').count() > text.matches(')').count();
    let long = line.text.chars().count() + line.indent >= 50;
    let ended = text.ends_with(['.', ':', '?', '!', ')']);
    let lower = more.starts_with(|c: char| c.is_lowercase());
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let hanging = text.ends_with([',', '-', '/', '&', '–']) || words.page.item.hanging.has(&last);
    let full = line.text.chars().count() >= 75
        && next.text.chars().count() < line.text.chars().count()
        && next.indent >= line.indent + 2;
    let open = !ended && ((full || long) && lower || hanging && more.chars().count() <= 80);
    open || open_name(text, &more, words) || unclosed && next.text.contains(')')
}

/// Tells whether a presenter's name is broken over the lines: `/v. Åse` and `Kjær`.
fn open_name(text: &str, more: &str, words: PageWords) -> bool {
    let name = |text: &str| text.split(' ').all(crate::names::given::is_name_word);
    let tail = words
        .page
        .patterns
        .broken_presenter
        .captures(text)
        .map(|it| it[1].to_owned())
        .unwrap_or_default();
    let last = tail.rsplit(' ').next().unwrap_or_default();
    crate::names::given::is_given(last) && more.split(' ').count() <= 2 && name(more)
}

/// Tells whether a line tells who presents the item and is no more of its title.
fn opens_with_presenter(text: &str, words: PageWords, persons: &Persons) -> bool {
    words.page.patterns.opens_with_presenter.is_match(text)
        || !words.page.presenter.signs.are_in(text) && persons.presents(text).is_some()
}

/// Tells what is odd in the numbers.
fn numbers(agenda: &Agenda, openings: &[Opening], lines: &[Line], remarks: &mut Vec<Finding>) {
    let value = |number: &str| number.trim_end_matches(char::is_alphabetic).parse::<i64>().ok();
    for index in 1..agenda.items.len() {
        let (before, now) = (&agenda.items[index - 1].number, &agenda.items[index].number);
        let (Some(one), Some(other)) = (value(before), value(now)) else { continue };
        let line = lines[openings[index].at].number;
        let kind = if before == now {
            RemarkKind::Twice
        } else if other > one + 1 {
            RemarkKind::Jump
        } else if agenda.items[..index - 1].iter().any(|item| item.number == *now) {
            RemarkKind::Anew
        } else {
            continue;
        };
        let found = Finding::at(line, kind).with("number", now).with("before", before);
        remarks.push(found.of_item(now));
    }
}
