//! Participants in a table: one row per person, columns for title and attendance.

use crate::domain::meeting::{Header, Participant};
use crate::language::labels::{Field, Labels};
use crate::language::titles::Titles;

use super::lines::Line;

/// Names of the columns that matter, in both languages.
const NAME: [&str; 6] = ["navn", "name", "deltager", "medlem", "deltagere", "participant"];
const TITLE: [&str; 8] =
    ["titel", "title", "funktion", "stilling", "rolle", "role", "post", "position"];
const YES: [&str; 8] = ["x", "ja", "yes", "✓", "✔", "til stede", "tilstede", "present"];
const NO: [&str; 4] = ["nej", "no", "-", "–"];

/// Reads the rows under a head that has a column of names; returns how many lines it took.
pub(super) fn read(lines: &[Line], header: &mut Header, labels: &Labels, titles: &Titles) -> usize {
    let Some(head) = lines.first().filter(|line| line.cells.len() >= 2) else { return 0 };
    let find = |names: &[&str]| {
        head.cells.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()))
    };
    let Some(name_at) = find(&NAME) else { return 0 };
    let title_at = find(&TITLE);
    let field_of = |cell: &str| {
        labels.exact(cell).filter(|it| matches!(it, Field::Present | Field::Absent | Field::Remote))
    };
    let mut taken = 1;
    for line in lines[1..].iter().take_while(|line| !line.cells.is_empty()) {
        taken += 1;
        let cell = |at: usize| line.cells.get(at).map(String::as_str).unwrap_or_default();
        let Some(written) = titles.person(cell(name_at)) else { continue };
        let beside = title_at.map(cell).filter(|text| !text.is_empty()).map(str::to_owned);
        let role = beside.clone().filter(|text| titles.is_role(text));
        let title = written.title.or(beside).filter(|text| !titles.is_role(text));
        let person = Participant { name: written.name, title, role };
        let mut field = Field::Present;
        for (at, text) in line.cells.iter().enumerate().filter(|(at, _)| *at != name_at) {
            let lower = text.to_lowercase();
            // A cell may say it (`Afbud`), or its column may and the cell ticks it.
            let column =
                head.cells.get(at).and_then(|head| field_of(head)).filter(|_| Some(at) != title_at);
            field = match column {
                _ if field_of(text).is_some() => field_of(text).unwrap_or(field),
                Some(column) if YES.contains(&lower.as_str()) => column,
                Some(Field::Present) if NO.contains(&lower.as_str()) => Field::Absent,
                _ => field,
            };
        }
        match field {
            Field::Absent => header.absent.push(person),
            Field::Remote => header.remote.push(person),
            _ => header.present.push(person),
        }
    }
    taken
}
