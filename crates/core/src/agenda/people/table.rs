//! Tables of people.

use crate::language::remarks::RemarkKind;
use crate::names::entry::{self, ListedPerson};
use crate::names::list::{self, ListStyle};

use super::super::fate::{Fate, Fates};
use super::super::finding::Finding;
use super::super::gathered::{Group, People};
use super::super::lines::Line;
use super::super::opening::Column;
use super::super::tables;

/// Reads a table of people; returns the place after it.
pub(super) fn table(
    lines: &[Line],
    open: &[bool],
    at: usize,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    let heads = tables::people_head(&lines[at], people.page);
    let mut end = at;
    let barred = lines[at].cells.len() >= 2;
    if let Some(heads) = heads {
        end = at + 1;
        while end < lines.len() && open[end] && (!lines[end].after_blank || lines[end].after_rule) {
            let cells = tables::cells(&lines[end]);
            if barred != (lines[end].cells.len() >= 2)
                || cells.len() < 2 && !lines[end].text.contains(',')
            {
                break;
            }
            end += 1;
        }
        if end == at + 1 {
            return None;
        }
        let rows: Vec<String> = (at + 1..end).map(|row| lines[row].text.clone()).collect();
        let name = heads.iter().position(|it| *it == Some(Column::Name)).unwrap_or(0);
        let inverted = (at + 1..end)
            .filter(|row| {
                tables::cells(&lines[*row])
                    .get(name)
                    .is_some_and(|cell| list::style_of(&[cell], true, people.known).inverted)
            })
            .count()
            * 2
            > end - at - 1;
        for (row, text) in (at + 1..end).zip(&rows) {
            people.table_row(
                &tables::placed(&lines[row], &lines[at]),
                &heads,
                inverted,
                lines[row].number,
                text,
                fates,
            );
        }
        people.listed = true;
        fates.set(lines[at].number, Fate::People(Vec::new()));
        return Some(end);
    }
    if !barred {
        return None;
    }
    while end < lines.len()
        && open[end]
        && lines[end].cells.len() >= 2
        && fates.of(lines[end].number).is_none()
    {
        end += 1;
    }
    columns(lines, at, end, people, fates).then_some(end)
}

/// Reads a table whose columns are lists of people beside each other.
pub(super) fn columns(
    lines: &[Line],
    from: usize,
    to: usize,
    people: &mut People,
    fates: &mut Fates,
) -> bool {
    let width = (from..to).map(|at| lines[at].cells.len()).max().unwrap_or(0);
    let mut all: Vec<Vec<ListedPerson>> = Vec::new();
    for column in 0..width {
        let mut cells: Vec<String> = Vec::new();
        for line in &lines[from..to] {
            let text = line.cells.get(column).cloned().unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            let own = entry::read(&text, true, people.known);
            let goes_on = text.starts_with('(')
                || text.starts_with(char::is_lowercase)
                || cells.last().is_some_and(|last| {
                    let before = entry::read(last, true, people.known);
                    let cut = before.as_ref().is_some_and(|it| !it.name.contains(' '))
                        && last.contains(' ');
                    cut && own.as_ref().is_some_and(|it| !it.sure)
                });
            match cells.last_mut().filter(|_| goes_on) {
                Some(last) => {
                    last.push(' ');
                    last.push_str(&text);
                }
                None => cells.push(text),
            }
        }
        let lines: Vec<&str> = cells.iter().map(String::as_str).collect();
        let style = ListStyle { one_per_line: true, ..list::style_of(&lines, true, people.known) };
        let read: Vec<ListedPerson> = lines
            .iter()
            .flat_map(|line| {
                list::read(line, ListStyle { listed: false, ..style }, people.known).people
            })
            .filter(|it| it.sure)
            .collect();
        if read.len() >= 2 && read.len() * 2 >= lines.len().saturating_sub(1) {
            let read = lines
                .iter()
                .skip(usize::from(
                    list::read(lines[0], ListStyle { listed: false, ..style }, people.known)
                        .people
                        .iter()
                        .all(|it| !it.sure),
                ))
                .flat_map(|line| list::read(line, style, people.known).people)
                .collect();
            all.push(read);
        }
    }
    let several = all.len() * 2 > width;
    if !several || all.is_empty() {
        return false;
    }
    for line in &lines[from..to] {
        fates.set(line.number, Fate::People(Vec::new()));
    }
    for entry in all.into_iter().flatten() {
        people.add(entry, Group::Present);
    }
    true
}

impl People<'_> {
    /// Takes those who are named behind a label of absence, as in `Afbud: Bo Kjær`; returns whether
    /// there is one.
    fn absent_behind_label(&mut self, text: &str, number: usize, fates: &mut Fates) -> bool {
        let Some((label, value)) = text.split_once(':') else { return false };
        if !self.known.tells_absent(label) {
            return false;
        }
        let style = ListStyle { listed: true, one_per_line: true, ..ListStyle::default() };
        for entry in list::read(value, style, self.known).people {
            fates.people(number, vec![entry.name.clone()]);
            self.add(entry, Group::Absent);
        }
        true
    }

    /// Reads a row of a table of people.
    pub(super) fn table_row(
        &mut self,
        cells: &[String],
        heads: &[Option<Column>],
        inverted: bool,
        number: usize,
        text: &str,
        fates: &mut Fates,
    ) {
        let name_at = heads.iter().position(|it| *it == Some(Column::Name)).unwrap_or(0);
        // Without bars empty cells leave no trace; initials before the name show where it stands.
        let cell = |column: Column| {
            heads
                .iter()
                .position(|it| *it == Some(column))
                .and_then(|at| cells.get(at))
                .map(String::as_str)
        };
        let Some(name) = cells.get(name_at).filter(|it| !it.is_empty()) else {
            self.absent_behind_label(text, number, fates);
            return;
        };
        if self.absent_behind_label(name, number, fates) {
            return;
        }
        let style = ListStyle {
            inverted: inverted || list::style_of(&[name], true, self.known).inverted,
            one_per_line: true,
            listed: true,
        };
        let Some(mut entry) = list::read(name, style, self.known).people.into_iter().next() else {
            let found = Finding::at(number, RemarkKind::NoPerson);
            self.remarks.push(found.with("text", name));
            return;
        };
        if let Some(initials) = cell(Column::Initials).filter(|it| !it.is_empty()) {
            entry.initials = Some(initials.to_owned());
        }
        let mut titled = false;
        for (at, text) in cells.iter().enumerate() {
            if at == name_at || text.is_empty() {
                continue;
            }
            match heads.get(at).copied().flatten() {
                Some(Column::Initials) => {}
                Some(Column::Office) => {
                    let mut beside =
                        ListedPerson { name: entry.name.clone(), ..ListedPerson::default() };
                    let (outside, inside) =
                        text.split_once('(').map_or((text.as_str(), ""), |it| {
                            (it.0.trim(), it.1.trim_end_matches(')'))
                        });
                    let marks = !inside.is_empty()
                        && (self.known.tells_remote(inside)
                            || self.known.tells_absent(inside)
                            || self.known.tells_minutes(inside)
                            || self.known.tells_lead(inside)
                            || self.known.head_rank(inside).is_some());
                    if marks {
                        beside.beside(inside, true, self.known);
                        entry.title = Some(outside.to_owned());
                    } else {
                        entry.title = Some(text.clone());
                    }
                    let settled = beside.settle(self.known);
                    entry.minutes |= settled.minutes;
                    entry.leads |= settled.leads;
                    entry.attendance = entry.attendance.max(settled.attendance);
                    entry.office = entry
                        .office
                        .take()
                        .or(settled.office)
                        .or_else(|| self.known.head_rank(outside).map(|_| outside.to_owned()));
                    titled = true;
                }
                Some(Column::Firm) => {
                    entry.tell(text, self.known);
                }
                head => {
                    let bare = text.trim();
                    let no = matches!(bare, "-" | "–") && head == Some(Column::Presence);
                    if no {
                        return;
                    }
                    let told = entry.tell(bare, self.known);
                    if self.known.tells_minutes(bare)
                        && bare.split(' ').count() > 1
                        && head.is_none()
                    {
                        entry.minutes = true;
                    }
                    let words = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
                    let office = self.known.head_rank(words).is_some();
                    if office {
                        entry.office.get_or_insert_with(|| {
                            words.split(',').next().unwrap_or(words).to_owned()
                        });
                    }
                    if head.is_none()
                        && !told
                        && !titled
                        && !office
                        && words.chars().any(char::is_alphabetic)
                        && words.chars().count() > 1
                    {
                        entry.title.get_or_insert_with(|| words.to_owned());
                        titled = true;
                    } else if head.is_none() && office && !titled {
                        entry.title.get_or_insert_with(|| words.to_owned());
                        titled = true;
                    }
                }
            }
        }
        fates.people(number, vec![entry.name.clone()]);
        self.add(entry, Group::Present);
    }
}
