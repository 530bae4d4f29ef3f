//! Time and place behind labels.

use crate::domain::meeting::Header;
use crate::language::labels::Field;

use super::super::fate::{Fate, Fates};
use super::super::lines::Line;
use super::super::tables;
use super::super::words::PageWords;
use super::{HEADER_LINES, place_text, sentence_of};

/// Splits a line into a label of the header and its value.
pub(super) fn fact(line: &Line, words: PageWords) -> Option<(Field, String)> {
    if line.cells.len() >= 2 {
        let field = words.labels().find_map(|labels| labels.exact(&line.cells[0]))?;
        return Some((field, line.cells[1..].join(" ").trim().to_owned()));
    }
    let (field, value) = words.label(&line.text)?;
    Some((field, value.to_owned()))
}

/// Reads time and place behind labels.
pub(super) fn labelled(
    lines: &[Line],
    open: &[bool],
    words: PageWords,
    header: &mut Header,
    fates: &mut Fates,
) {
    for (at, line) in lines.iter().enumerate().take(HEADER_LINES).filter(|(at, _)| open[*at]) {
        if matches!(
            fates.of(line.number),
            Some(Fate::Item(_) | Fate::Part(_) | Fate::Note(_) | Fate::People(_))
        ) {
            continue;
        }
        // Several labels on one line: `Dato:  10-10-2024   Kl.:  13:30-15:00`.
        let pieces: Vec<Line> = pieces(line);
        for piece in &pieces {
            let Some((field, value)) = fact(piece, words) else { continue };
            let below = value.is_empty();
            let value = if below { following(lines, open, at, words) } else { value };
            if value.is_empty() || words.page.patterns.later.is_match(&piece.text) {
                continue;
            }
            let mut mark = |fate: Fate| {
                fates.set(line.number, fate.clone());
                if below && let Some(next) = lines.get(at + 1) {
                    fates.set(next.number, fate);
                }
            };
            match field {
                Field::Place if header.place.is_none() => {
                    let text = place_text(sentence_of(&value));
                    if text.chars().any(char::is_alphanumeric) {
                        header.place = Some(text);
                        mark(Fate::Place);
                    }
                }
                Field::When | Field::WhenAndWhere => {
                    if header.start.is_none()
                        && line.indent < 30
                        && let Some(time) = words.dates.time(&value, true)
                    {
                        header.start = Some(time.start);
                        header.end = header.end.or(time.end);
                    }
                    mark(Fate::When);
                }
                Field::End if header.end.is_none() => {
                    let digits = |c: char| c.is_ascii_digit();
                    if let Some(time) =
                        words.dates.time(&value, true).filter(|_| value.contains(digits))
                    {
                        header.end = Some(time.start);
                        mark(Fate::When);
                    }
                }
                _ => {}
            }
        }
    }
}

pub(super) fn pieces(line: &Line) -> Vec<Line> {
    if !line.cells.is_empty() {
        return vec![line.clone()];
    }
    let parts: Vec<String> = line
        .text
        .split('·')
        .flat_map(|part| {
            let mut found: Vec<String> = Vec::new();
            for cell in tables::cells(&Line { text: part.trim().to_owned(), ..Line::default() }) {
                match found.last_mut() {
                    Some(last)
                        if last.ends_with(':') || !cell.contains(':') || cell.starts_with(':') =>
                    {
                        last.push(' ');
                        last.push_str(&cell);
                    }
                    _ => found.push(cell),
                }
            }
            found
        })
        .collect();
    if parts.len() < 2 {
        return vec![line.clone()];
    }
    parts
        .into_iter()
        .map(|text| Line { text, number: line.number, indent: line.indent, ..Line::default() })
        .collect()
}

/// Returns the line after a label that stands alone.
pub(super) fn following(lines: &[Line], open: &[bool], at: usize, words: PageWords) -> String {
    match lines.get(at + 1) {
        Some(next) if open[at + 1] && fact(next, words).is_none() && next.heading == 0 => {
            next.text.clone()
        }
        _ => String::new(),
    }
}
