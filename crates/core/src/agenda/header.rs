//! The facts above the agenda: labelled blocks, and what stands there without a label.

use crate::domain::meeting::Header;
use crate::language::dates::DateWords;
use crate::language::labels::{Field, Labels};
use crate::language::titles::Titles;
use crate::remark::Remark;

use super::lines::Line;
use super::people::{self, PeopleLine};
use super::presenters;
use super::{numbering, table, titles as names, unlabelled, when};

/// How many lines are looked through for a header that no numbered item ends.
const HEADER_LINES: usize = 400;

/// The words of one language, as every part of the reader needs them.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) labels: &'static Labels,
    pub(super) dates: &'static DateWords,
    pub(super) titles: &'static Titles,
}

/// The header, and where it ends.
#[derive(Default)]
pub(super) struct Read {
    pub(super) header: Header,
    /// Place of the first line that is not the header's.
    pub(super) end: usize,
    pub(super) remarks: Vec<Remark>,
    forum: Option<String>,
}

/// A label's value, maybe over several lines.
struct Block {
    field: Field,
    lines: Vec<PeopleLine>,
    /// Place of the first line after it.
    next: usize,
}

/// Reads the header from a document's lines.
pub(super) fn read(lines: &[Line], words: Words) -> Read {
    let mut read = Read::default();
    let years = years(lines);
    let mut at = 0;
    let mut last_block = 0;
    // A document that never comes to a numbered item has its header near its start.
    let limit = lines.len().min(HEADER_LINES);
    read.end = loop {
        if at >= limit {
            break last_block;
        }
        let line = &lines[at];
        let rows = table::read(&lines[at..], &mut read.header, words.labels, words.titles);
        if rows > 0 {
            at += rows;
            last_block = at;
            continue;
        }
        if let Some(block) = block(lines, at, words) {
            if block.field == Field::Agenda {
                break at;
            }
            at = block.next;
            last_block = at;
            read.keep(block, words, &years);
            continue;
        }
        if opens_agenda(lines, at, words) {
            break at;
        }
        if let Some(people) = unlabelled::names(lines, at, words) {
            let (found, _) = people::read(&[people], words.titles);
            read.remarks.push(Remark::at(
                line.number,
                "these names have no label; they are taken as present",
            ));
            read.header.present.extend(found);
        }
        at += 1;
    };
    let first = &lines[..read.end.max(3).min(lines.len())];
    read.header.title = names::find(first, words.labels, words.dates).or(read.forum.take());
    unlabelled::time(lines, &mut read, words, &years);
    people_once(&mut read.header);
    read
}

/// Returns the years that a document names, once each.
fn years(lines: &[Line]) -> Vec<i16> {
    let mut years = Vec::new();
    for line in lines.iter().take(2000) {
        for word in line.text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4) {
            if let Some(year) = word.parse().ok().filter(|year| (1900..2100).contains(year))
                && !years.contains(&year)
            {
                years.push(year);
            }
        }
    }
    years
}

/// Returns whether the first item stands here.
fn opens_agenda(lines: &[Line], at: usize, words: Words) -> bool {
    let Some(candidate) = numbering::read(at, &lines[at], words.labels, words.dates) else {
        return false;
    };
    let person = words.titles.person(&lines[at].squeezed()).is_some();
    let counted =
        candidate.style != numbering::Style::Bare && candidate.style != numbering::Style::Dash;
    !person && (counted || candidate.value == 1)
}

/// Reads the label on a line and the lines of its value.
fn block(lines: &[Line], at: usize, words: Words) -> Option<Block> {
    let line = &lines[at];
    if let [label, cells @ ..] = &line.cells[..] {
        let field = words.labels.exact(label)?;
        let text = cells.join(", ");
        return Some(Block {
            field,
            lines: vec![PeopleLine { number: line.number, text }],
            next: at + 1,
        });
    }
    let (field, value) = words.labels.split(&line.text)?;
    if value.is_empty() && !stands_as_label(lines, at, field, words) {
        return None;
    }
    let mut block = Block { field, lines: Vec::new(), next: at + 1 };
    let mut add =
        |number: usize, text: &str| block.lines.push(PeopleLine { number, text: text.to_owned() });
    if !value.is_empty() {
        add(line.number, value);
    }
    let people = matches!(field, Field::Present | Field::Absent | Field::Remote);
    let mut open = value.to_owned();
    for next in &lines[at + 1..] {
        let aligned = next.indent >= line.indent + 6;
        let labelled =
            next.heading > 0 || words.labels.split(&next.text).is_some() || !next.cells.is_empty();
        if labelled {
            break;
        }
        let text = next.squeezed();
        let goes_on = if people {
            let named = people::is_people(&text, words.titles) || words.titles.is_nobody(&text);
            let unfinished = open.ends_with([',', ';'])
                || words.titles.and.iter().any(|and| open.ends_with(&format!(" {and}")));
            // Numbers before names are a list's; a single word after one is rather an item.
            let item = opens_agenda(lines, block.next, words) && !two_names(&text, words.titles);
            let beside =
                !next.after_blank && text.starts_with(|c: char| c.is_lowercase() || c == '(');
            (!item && named && (value.is_empty() || !next.after_blank || aligned))
                || (!next.after_blank && (unfinished || beside) && !item)
        } else if value.is_empty() {
            open.is_empty() && !opens_agenda(lines, block.next, words)
        } else {
            !next.after_blank && aligned && field == Field::Place
        };
        if !goes_on {
            break;
        }
        add(next.number, &next.text);
        open = text;
        block.next += 1;
    }
    Some(block)
}

fn two_names(text: &str, titles: &Titles) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".) ".contains(c));
    people::is_people(rest, titles)
        && rest.split(',').next().is_some_and(|name| name.trim().contains(' '))
}

/// Returns whether a label without a value on its line is one: set apart, or followed by one.
fn stands_as_label(lines: &[Line], at: usize, field: Field, words: Words) -> bool {
    let line = &lines[at];
    if line.text.trim_end().ends_with(':')
        || line.bold
        || line.heading > 0
        || field == Field::Agenda
    {
        return true;
    }
    let next = lines.get(at + 1).map(Line::squeezed).unwrap_or_default();
    match field {
        Field::Present | Field::Absent | Field::Remote | Field::Referent | Field::Chair => {
            people::is_people(&next, words.titles)
        }
        Field::When | Field::WhenAndWhere => !words.dates.dates(&next).is_empty(),
        Field::Place => line.after_blank,
        _ => false,
    }
}

impl Read {
    /// Keeps a block's value where it belongs; a field that is known already stays.
    fn keep(&mut self, block: Block, words: Words, years: &[i16]) {
        for (field, lines) in divide(block, words.labels) {
            let Some(number) = lines.first().map(|line| line.number) else { continue };
            let first = lines.first().map(|line| line.text.as_str()).unwrap_or_default();
            match field {
                Field::When | Field::WhenAndWhere => {
                    let text =
                        lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(", ");
                    let remarks =
                        when::read(&mut self.header, &text, number, words.dates, years, true);
                    self.remarks.extend(remarks);
                    if self.header.place.is_none() {
                        self.header.place = when::place_after(&text, words.dates, words.labels)
                            .or_else(|| rest_as_place(&text, field, words));
                    }
                }
                Field::End => {
                    let time = words.dates.time(first, true);
                    self.header.end = self.header.end.or(time.map(|time| time.start));
                }
                Field::Place => {
                    let text = lines
                        .iter()
                        .map(|line| when::tidy(&line.text))
                        .collect::<Vec<_>>()
                        .join(", ");
                    if self.header.place.is_none() && text.chars().any(char::is_alphanumeric) {
                        self.header.place = Some(text);
                    }
                }
                Field::Present | Field::Absent | Field::Remote => {
                    let (people, remarks) = people::read(&lines, words.titles);
                    self.remarks.extend(remarks);
                    match field {
                        Field::Absent => self.header.absent.extend(people),
                        Field::Remote => self.header.remote.extend(people),
                        _ => self.header.present.extend(people),
                    }
                }
                Field::Referent | Field::Chair => self.keep_part(field, &lines, words),
                Field::Forum | Field::Title if self.forum.is_none() => {
                    self.forum = Some(when::tidy(first)).filter(|text| !text.is_empty());
                }
                _ => {}
            }
        }
    }

    /// Keeps who takes the minutes or the chair, by name or by a title that one participant has.
    pub(super) fn keep_part(&mut self, field: Field, lines: &[PeopleLine], words: Words) {
        let Some(first) = lines.first() else { return };
        let (people, _) = people::read(lines, words.titles);
        let everybody: Vec<_> = self.header.everybody().cloned().collect();
        let meant = when::tidy(&first.text);
        let name = match people.first() {
            Some(person) => Some(
                presenters::by_name(&person.name, &everybody)
                    .map_or(person.name.clone(), |it| it.name.clone()),
            ),
            None => {
                presenters::by_title(&meant, words.titles, &everybody).map(|it| it.name.clone())
            }
        };
        let part = if field == Field::Referent {
            &mut self.header.referent
        } else {
            &mut self.header.chair
        };
        if part.is_none() {
            *part = name;
        }
        if part.is_none() && meant.chars().any(char::is_alphabetic) && meant.chars().count() <= 60 {
            self.remarks.push(Remark::at(first.number, format!("`{meant}` names nobody")));
        }
    }
}

/// Returns what stands beside day and time after a label for both.
fn rest_as_place(text: &str, field: Field, words: Words) -> Option<String> {
    if field != Field::WhenAndWhere {
        return None;
    }
    let mut end = words.dates.dates(text).iter().map(|date| date.to).max()?;
    end = words.dates.time(text, true).map_or(end, |time| end.max(time.to));
    let rest = text.get(end..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let place = when::tidy(rest);
    place.starts_with(char::is_uppercase).then_some(place)
}

/// Divides a value in which further labels stand: `3. maj  Sted: Salen`.
fn divide(block: Block, labels: &Labels) -> Vec<(Field, Vec<PeopleLine>)> {
    let mut parts: Vec<(Field, Vec<PeopleLine>)> = vec![(block.field, Vec::new())];
    for line in block.lines {
        let mut rest = line.text.as_str();
        let mut from = 0;
        while let Some(colon) = rest[from..].find(':').map(|at| from + at) {
            let label = labels_before(&rest[..colon], labels);
            if let Some((start, field)) = label {
                push(&mut parts, line.number, &rest[..start]);
                parts.push((field, Vec::new()));
                rest = &rest[colon + 1..];
                from = 0;
            } else {
                from = colon + 1;
            }
        }
        push(&mut parts, line.number, rest);
    }
    parts
}

fn push(parts: &mut [(Field, Vec<PeopleLine>)], number: usize, text: &str) {
    let text = text.trim().trim_end_matches('|').trim_end();
    if let Some((_, lines)) = parts.last_mut().filter(|_| !text.is_empty()) {
        lines.push(PeopleLine { number, text: text.to_owned() });
    }
}

/// Returns the capitalised label of up to three words at the end of a text.
fn labels_before(text: &str, labels: &Labels) -> Option<(usize, Field)> {
    let starts = text.char_indices().rev().filter(|(at, c)| {
        c.is_uppercase()
            && text[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
    });
    starts.take(3).filter_map(|(at, _)| Some((at, labels.exact(&text[at..])?))).last()
}

/// Leaves each person in one list only, and takes parts from what stands beside the names.
fn people_once(header: &mut Header) {
    let mut seen = std::collections::HashSet::new();
    header.present.retain(|person| seen.insert(person.name.clone()));
    header.remote.retain(|person| seen.insert(person.name.clone()));
    header.absent.retain(|person| seen.insert(person.name.clone()));
}
