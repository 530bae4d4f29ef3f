//! Tables of the agenda: which column holds the number, the title, the owner, the kind.

use crate::language::pages::{PagePhrases, PhraseList};
use crate::language::people_words::PeopleWords;
use crate::names::{entry, list};

use super::lines::{Line, squeeze};
use super::opening::{Column, Listing, Opening};
use super::words::PageWords;

/// Returns the columns with the heads that they are known by.
fn heads(page: &PagePhrases) -> [(Column, &PhraseList); 11] {
    let heads = &page.columns;
    [
        (Column::Number, &heads.number),
        (Column::Title, &heads.title),
        (Column::Owner, &heads.owner),
        (Column::Kind, &heads.kind),
        (Column::Minutes, &heads.minutes),
        (Column::Papers, &heads.papers),
        (Column::Name, &heads.name),
        (Column::Office, &heads.office),
        (Column::Firm, &heads.firm),
        (Column::Initials, &heads.initials),
        (Column::Presence, &heads.presence),
    ]
}

/// Returns what a head's cell says that its column holds, in an agenda's table or one of people.
fn column(cell: &str, people: bool, page: &PagePhrases) -> Option<Column> {
    let cell = cell.to_lowercase();
    let cell = cell.trim_matches(|c: char| ".:?* _".contains(c));
    let person = |column: Column| {
        matches!(
            column,
            Column::Name | Column::Office | Column::Firm | Column::Initials | Column::Presence
        )
    };
    heads(page)
        .into_iter()
        .filter(|(column, _)| person(*column) == people)
        .find(|(_, heads)| heads.has(cell))
        .map(|(column, _)| column)
}

/// Tells whether a line is the head of an agenda's columns: `Pkt.   Emne   Ansvar   Frist`.
pub(super) fn is_head(line: &Line, page: &PagePhrases) -> bool {
    let cells = cells(line);
    let known = cells.iter().filter_map(|cell| column(cell, false, page)).collect::<Vec<_>>();
    let name = cells.iter().any(|cell| column(cell, true, page) == Some(Column::Name));
    cells.len() >= 2 && !name && known.contains(&Column::Title) && known.len() * 2 > cells.len()
}

/// Returns the heads of a table of people: `Init.  Navn  Firma  Funktion  Mødt`.
pub(super) fn people_head(line: &Line, page: &PagePhrases) -> Option<Vec<Option<Column>>> {
    let cells = cells(line);
    let columns: Vec<Option<Column>> = cells.iter().map(|cell| column(cell, true, page)).collect();
    let name = columns.contains(&Some(Column::Name));
    let beside = columns.iter().flatten().count() >= 2
        || cells.iter().any(String::is_empty) && columns.iter().flatten().count() >= 1;
    (cells.len() >= 2 && name && beside).then_some(columns)
}

/// Returns the cells of a line: those of a table's row, or what its gaps divide.
pub(super) fn cells(line: &Line) -> Vec<String> {
    if line.cells.is_empty() { list::columns(&line.text) } else { line.cells.clone() }
}

/// Returns the cells of a line under those of its head, by where they begin.
pub(super) fn placed(line: &Line, head: &Line) -> Vec<String> {
    if !line.cells.is_empty() || line.text.contains('\t') || head.text.contains('\t') {
        return cells(line);
    }
    let starts = |line: &Line| {
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut gap = 2;
        for (at, letter) in line.text.chars().enumerate() {
            if letter == ' ' {
                gap += 1;
            } else {
                match found.last_mut() {
                    Some((_, text)) if gap < 2 => {
                        if gap == 1 {
                            text.push(' ');
                        }
                        text.push(letter);
                    }
                    _ => found.push((at + line.indent, letter.to_string())),
                }
                gap = 0;
            }
        }
        found
    };
    let heads = starts(head);
    let mut placed = vec![String::new(); heads.len()];
    for (at, text) in starts(line) {
        let place = heads.iter().rposition(|head| head.0 <= at + 2).unwrap_or(0);
        if let Some(cell) = placed.get_mut(place) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&text);
        }
    }
    placed
}

/// Finds the agenda in a table with bars.
pub(super) fn agenda(lines: &[Line], open: &[bool], words: PageWords) -> Option<Listing> {
    let mut best: Option<Listing> = None;
    let mut at = 0;
    while at < lines.len() {
        let from = at;
        while at < lines.len()
            && open[at]
            && lines[at].cells.len() >= 2
            && !(at > from && lines[at].after_empty)
        {
            at += 1;
        }
        if at > from + 1
            && let Some(listing) = one(lines, from, at, words)
            && best.as_ref().is_none_or(|best| best.openings.len() < listing.openings.len())
        {
            best = Some(listing);
        }
        at = at.max(from + 1);
    }
    best
}

fn one(lines: &[Line], from: usize, to: usize, words: PageWords) -> Option<Listing> {
    let PageWords { people: known, page, .. } = words;
    let head = &lines[from].cells;
    let mut columns: Vec<Column> =
        head.iter().map(|cell| column(cell, false, page).unwrap_or_default()).collect();
    let headed = columns.iter().filter(|it| **it != Column::Other).count() >= 2;
    let rows = if headed { from + 1..to } else { from..to };
    let share = |at: usize, fits: &dyn Fn(&str) -> bool| {
        let cells: Vec<&str> = rows
            .clone()
            .filter_map(|row| lines[row].cells.get(at).map(String::as_str))
            .filter(|cell| !cell.is_empty())
            .collect();
        let fitting = cells.iter().filter(|cell| fits(cell)).count();
        if cells.is_empty() { 0.0 } else { fitting as f64 / cells.len() as f64 }
    };
    let width = rows.clone().map(|row| lines[row].cells.len()).max()?;
    let number = (0..width.min(2)).find(|at| share(*at, &|cell| number(cell).is_some()) > 0.7);
    columns.resize(width, Column::Other);
    if let Some(number) = number {
        columns[number] = Column::Number;
    } else if !headed {
        return None;
    }
    for (at, column) in columns.iter_mut().enumerate() {
        if *column == Column::Number && Some(at) != number {
            *column =
                if head.get(at).is_some_and(|it| page.columns.titled.begin(&it.to_lowercase())) {
                    Column::Title
                } else {
                    Column::Other
                };
        }
    }
    let length = |at: usize| {
        rows.clone()
            .filter_map(|row| lines[row].cells.get(at))
            .map(|it| it.chars().count())
            .sum::<usize>()
    };
    let title = columns.iter().position(|it| *it == Column::Title).or_else(|| {
        (0..width).filter(|at| columns[*at] == Column::Other).max_by_key(|at| length(*at))
    })?;
    for (at, column) in columns.iter_mut().enumerate() {
        if *column == Column::Title && at != title {
            *column = Column::Other;
        }
    }
    // A table of people has its names where an agenda has its titles.
    let named = share(title, &|cell| {
        entry::read(&squeeze(cell), false, known).is_some_and(|it| it.sure && it.name.contains(' '))
    });
    if named > 0.5 || people_head(&lines[from], page).is_some() && number.is_none() {
        return None;
    }
    if number.is_none()
        && !columns
            .iter()
            .any(|it| *it == Column::Minutes || *it == Column::Owner || *it == Column::Kind)
    {
        return None;
    }
    let mut listing = Listing::default();
    if headed {
        listing.frame.push(from);
    }
    let bordered = rows.clone().filter(|row| lines[*row].after_rule).count() > 1;
    for row in rows.clone() {
        let cells = &lines[row].cells;
        let text = cells.get(title).cloned().unwrap_or_default();
        let printed = number.and_then(|at| cells.get(at)).and_then(|cell| self::number(cell));
        let counted = number.is_none() || printed.is_some();
        let pause = words.is_pause(&text);
        if (!counted || number.is_none() && pause) && !text.is_empty() {
            // A row without number: a pause, or the rest of a cell that a border closes.
            match listing.openings.last_mut() {
                Some(last) if !pause && !lines[row].after_rule && bordered => {
                    last.rest.push(' ');
                    last.rest.push_str(&text);
                    last.body.push(row);
                }
                _ => listing.frame.push(row),
            }
            continue;
        }
        if text.is_empty() {
            listing.frame.push(row);
            continue;
        }
        let beside = cells
            .iter()
            .enumerate()
            .filter(|(at, cell)| *at != title && Some(*at) != number && !cell.is_empty())
            .map(|(at, cell)| (columns.get(at).copied().unwrap_or_default(), cell.clone()))
            .collect();
        listing.openings.push(Opening {
            at: row,
            number: printed.unwrap_or_else(|| (listing.openings.len() + 1).to_string()),
            rest: text,
            columns: beside,
            body: Vec::new(),
            row: true,
        });
    }
    (listing.openings.len() >= 2).then_some(listing)
}

/// Returns the number in a cell: `3`, `3.`, `Punkt 3`.
fn number(cell: &str) -> Option<String> {
    let text = cell.trim().trim_end_matches(['.', ')', ':']);
    let text = text.rsplit(' ').next().unwrap_or(text);
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let whole = cell.split_whitespace().count() <= 2 && text.chars().count() <= 6;
    (digits && whole && text.starts_with(|c: char| c.is_ascii_digit())).then(|| text.to_owned())
}

/// Tells whether a table's cell says nothing.
pub(super) fn is_empty_cell(cell: &str, known: &PeopleWords) -> bool {
    known.is_nobody(cell)
}
