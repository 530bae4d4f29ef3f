//! The agenda's items: which lines open them, their whole titles, presenters and parts.

use crate::domain::agenda::{Agenda, AgendaItem, SubItem};
use crate::domain::meeting::Header;
use crate::language::labels::Field;
use crate::remark::Remark;

use super::header::Words;
use super::lines::{Line, squeeze};
use super::numbering::{self, Candidate, Style};
use super::{chains, people, presenters, unnumbered};

/// The agenda as read, with the places of its items' lines.
#[derive(Default)]
pub(super) struct Read {
    pub(super) agenda: Agenda,
    /// Place of each item's line, in the order of the items.
    pub(super) starts: Vec<usize>,
    pub(super) remarks: Vec<Remark>,
}

/// A line that opens an item.
struct Opening {
    at: usize,
    printed: String,
    /// Title on the line; empty when it stands on the next.
    rest: String,
    presenter: Option<String>,
}

/// Reads the agenda from the lines after the header.
pub(super) fn read(lines: &[Line], end_of_header: usize, header: &Header, words: Words) -> Read {
    let mut candidates: Vec<Candidate> = (end_of_header..lines.len())
        .filter_map(|at| numbering::read(at, &lines[at], words.labels, words.dates))
        .collect();
    candidates.truncate(20_000);
    let label = (0..lines.len()).find(|at| is_agenda_label(lines, *at, words));
    let (whole, _) = chains::best(&candidates, lines);
    let mut read = Read::default();
    let listed = label.and_then(|label| under_label(&candidates, lines, label));
    let (chain, until) = match &listed {
        Some((chain, until)) if chain.len() * 2 > whole.len() => (chain.clone(), *until),
        _ => (whole, lines.len()),
    };
    let from = label.map_or(end_of_header, |label| label + 1);
    let enough = chain.len() >= 2
        || (chain.len() == 1 && (label.is_some() || chain[0].style == Style::Word));
    let (openings, until) = if enough {
        (chain.iter().map(|candidate| opening(candidate, lines)).collect(), until)
    } else {
        let found = without_numbers(lines, from, label.is_some(), words, &mut read.remarks);
        (found, lines.len())
    };
    let tight = is_tight(&openings, lines, until, label.is_some());
    let mut closed = false;
    for (index, opening) in openings.iter().enumerate() {
        let next = openings.get(index + 1).map_or(until, |next| next.at).min(lines.len());
        closed |= index > 0
            && (openings[index - 1].at..opening.at)
                .any(|at| lines[at].heading > 0 && words.labels.is_closed(&lines[at].text));
        let item = item(opening, next, lines, header, words, tight, &mut read.remarks);
        read.agenda.items.push(AgendaItem { closed: closed || item.closed, ..item });
        read.starts.push(opening.at);
    }
    numbers(&mut read, lines);
    read
}

fn opening(candidate: &Candidate, lines: &[Line]) -> Opening {
    let cells = &lines[candidate.at].cells;
    let presenter = cells.get(2).filter(|cell| candidate.style == Style::Cell && !cell.is_empty());
    Opening {
        at: candidate.at,
        printed: candidate.printed.clone(),
        rest: candidate.rest.clone(),
        presenter: presenter.cloned(),
    }
}

fn is_agenda_label(lines: &[Line], at: usize, words: Words) -> bool {
    lines[at].cells.is_empty()
        && matches!(words.labels.split(&lines[at].text), Some((Field::Agenda, value)) if value.is_empty())
}

/// Returns the chain right under the agenda's label and where the list ends: where its first
/// number comes again, or sections begin that carry the number in words (`Ad 1`).
fn under_label<'a>(
    candidates: &'a [Candidate],
    lines: &[Line],
    label: usize,
) -> Option<(Vec<&'a Candidate>, usize)> {
    let from = candidates.partition_point(|it| it.at <= label);
    let first = candidates[from..].iter().find(|it| !it.part)?;
    if first.at > label + 3 {
        return None;
    }
    let again = |it: &&Candidate| {
        it.at > first.at
            && (it.value == first.value
                && (chains::same_title(it, first) || lines[it.at].heading > 0)
                || (it.style == Style::Word && first.style != Style::Word))
    };
    let end = candidates[from..].iter().find(again).map_or(lines.len(), |it| it.at);
    let to = candidates.partition_point(|it| it.at < end);
    let (chain, _) = chains::best(&candidates[from..to], lines);
    // A heading after the last item ends a list in which no item is a heading.
    let plain = chain.iter().all(|it| lines[it.at].heading == 0);
    let last = chain.last()?.at;
    let heading = (last + 1..end).find(|at| plain && lines[*at].heading > 0);
    Some((chain, heading.unwrap_or(end)))
}

fn without_numbers(
    lines: &[Line],
    from: usize,
    labelled: bool,
    words: Words,
    remarks: &mut Vec<Remark>,
) -> Vec<Opening> {
    let labels = words.labels;
    let mut found = if labelled { unnumbered::listed(lines, from, labels) } else { Vec::new() };
    let mut what = "lines under the agenda's label";
    if found.is_empty() {
        (found, what) = (unnumbered::headings(lines, from, labels), "headings");
    }
    if found.is_empty() {
        (found, what) = (unnumbered::bare(lines, from, labels), "lines that stand like headings");
    }
    if let Some(first) = found.first() {
        let text = format!("no numbered agenda; the items are {what} and are counted from 1");
        remarks.push(Remark::at(lines[*first].number, text));
    }
    let opening = |(index, at): (usize, usize)| Opening {
        at,
        printed: (index + 1).to_string(),
        rest: lines[at].text.clone(),
        presenter: None,
    };
    found.into_iter().enumerate().map(opening).collect()
}

/// Returns whether the lines between the items are parts of them and not the minutes' text.
fn is_tight(openings: &[Opening], lines: &[Line], until: usize, labelled: bool) -> bool {
    let (Some(first), Some(last)) = (openings.first(), openings.last()) else { return false };
    let end = if labelled && until < lines.len() { until } else { last.at + 1 };
    let between: Vec<&Line> = (first.at..end.min(lines.len()))
        .filter(|at| openings.iter().all(|opening| opening.at != *at))
        .map(|at| &lines[at])
        .collect();
    let sentences = between.iter().filter(|line| {
        !line.after_break
            && !line.bullet
            && line.text.ends_with('.')
            && line.text.split_whitespace().count() >= 4
    });
    let apart = between.iter().filter(|line| line.after_blank && !line.bullet).count();
    let dense = labelled || between.len() <= openings.len() * 3;
    dense && sentences.count() == 0 && apart * 4 <= openings.len()
}

fn item(
    opening: &Opening,
    next: usize,
    lines: &[Line],
    header: &Header,
    words: Words,
    tight: bool,
    remarks: &mut Vec<Remark>,
) -> AgendaItem {
    let mut at = opening.at;
    let mut text = opening.rest.clone();
    if text.is_empty() && at + 1 < next {
        at += 1;
        text = lines[at].text.clone();
    }
    let column = Line { text, ..Line::default() };
    let mut text = squeeze(column.first_column());
    while at + 1 < next && goes_on(&text, &lines[at], &lines[at + 1], words) {
        at += 1;
        let more = squeeze(lines[at].first_column());
        text = match text.strip_suffix('-').filter(|_| more.starts_with(char::is_lowercase)) {
            Some(start) if !more.starts_with("og ") => format!("{start}{more}"),
            _ => format!("{text} {more}"),
        };
    }
    let everybody: Vec<_> = header.everybody().cloned().collect();
    let number = lines[opening.at].number;
    let split = split(&text, words, &everybody, number, remarks);
    let mut item = AgendaItem {
        number: opening.printed.clone(),
        closed: words.labels.is_closed(&text),
        title: split.title,
        presenter: split.name,
        presenter_printed: split.printed,
        sub: Vec::new(),
    };
    if let Some(printed) = opening.presenter.as_ref().filter(|_| item.presenter.is_none())
        && people::is_people(printed, words.titles)
    {
        item.presenter = presenters::person(printed, words.titles, &everybody).map(|it| it.0);
        item.presenter_printed = Some(printed.clone());
    }
    if item.title.chars().count() > 300 {
        remarks.push(Remark::at(number, "the title is very long; maybe text runs on after it"));
    }
    if tight {
        item.sub = parts(&lines[at + 1..next.max(at + 1)], &everybody, words, remarks);
    }
    item
}

fn split(
    text: &str,
    words: Words,
    everybody: &[crate::domain::meeting::Participant],
    number: usize,
    remarks: &mut Vec<Remark>,
) -> presenters::Split {
    let mut split = presenters::split(text, words.titles, everybody);
    if split.name.is_some() && !split.known && !everybody.is_empty() {
        let name = split.name.as_deref().unwrap_or_default();
        remarks
            .push(Remark::at(number, format!("presenter `{name}` is not among the participants")));
    }
    split.title = tidy(run_on_cut(&split.title, words), words);
    split
}

/// Returns whether a title goes on on the next line.
fn goes_on(text: &str, line: &Line, next: &Line, words: Words) -> bool {
    if next.after_blank
        || next.after_break
        || next.bullet
        || next.heading > 0
        || !next.cells.is_empty()
    {
        return false;
    }
    let unclosed = text.matches('(').count() > text.matches(')').count();
    let long = line.text.chars().count() + line.indent >= 50;
    let ended = text.ends_with(['.', ':', '?', '!']) && !ends_shortened(text, words);
    let lower = next.text.starts_with(|c: char| c.is_lowercase());
    let hanging = text.ends_with([',', '-', '/', '&'])
        || words.titles.and.iter().any(|and| text.ends_with(&format!(" {and}")));
    let full =
        line.text.chars().count() >= 75 && next.text.chars().count() < line.text.chars().count();
    let full = full && next.indent >= line.indent + 2;
    let open = !ended && (full || long && (lower || hanging));
    open || unclosed && next.text.contains(')')
}

fn ends_shortened(text: &str, words: Words) -> bool {
    let last = text
        .trim_end_matches('.')
        .rsplit([' ', '(', '/'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    words.labels.abbreviations.contains(&last)
        || words.titles.expand(&last).is_some()
        || last.chars().count() <= 2
}

/// Cuts a title where a sentence begins on the same line: `Valg. På valg er …`.
fn run_on_cut(title: &str, words: Words) -> &str {
    for (at, mark) in title.char_indices().filter(|(_, c)| matches!(c, '.' | ':')) {
        let before = &title[..at];
        let after = title[at + 1..].trim_start();
        let known = words
            .labels
            .run_on
            .iter()
            .any(|run| crate::language::labels::strip_words(after, run).is_some());
        let sentence = mark == '.'
            && after.starts_with(char::is_uppercase)
            && after.split_whitespace().count() >= 3
            && !ends_shortened(before, words)
            && before.chars().next_back().is_some_and(char::is_lowercase);
        if before.chars().count() >= 4 && (known || sentence) {
            return before;
        }
    }
    title
}

/// Takes the marks off the end of a title.
fn tidy(title: &str, words: Words) -> String {
    let title = title.trim().trim_end_matches([':', ';', ',', ' ', '-', '–']);
    if title.ends_with("...")
        || title.ends_with('…')
        || (title.ends_with('.') && ends_shortened(title, words))
    {
        return title.to_owned();
    }
    title.trim_end_matches(['.', ':', ' ']).to_owned()
}

/// Reads the lines under an item as its parts.
fn parts(
    lines: &[Line],
    everybody: &[crate::domain::meeting::Participant],
    words: Words,
    remarks: &mut Vec<Remark>,
) -> Vec<SubItem> {
    let mut parts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.heading > 0 || words.labels.split(&line.text).is_some_and(|it| it.0 != Field::Other)
        {
            break;
        }
        let text = numbering::read(at, line, words.labels, words.dates)
            .map_or_else(|| line.text.clone(), |it| it.rest);
        let text = text.trim_start_matches(|c: char| "-–•*".contains(c)).trim();
        let text = match text.split_once(')') {
            Some((letter, rest)) if letter.chars().count() == 1 => rest.trim(),
            _ => text,
        };
        if text.chars().count() < 2 || text.chars().count() > 250 {
            continue;
        }
        let split = split(&squeeze(text), words, everybody, line.number, remarks);
        // A part that is written as a sentence keeps its full stop: it comes back as printed.
        let sentence = text.ends_with('.') && split.printed.is_none();
        let title = if sentence && !split.title.ends_with('.') {
            format!("{}.", split.title)
        } else {
            split.title
        };
        parts.push(SubItem { title, presenter: split.name, presenter_printed: split.printed });
    }
    parts
}

/// Tells what is odd in the numbers.
fn numbers(read: &mut Read, lines: &[Line]) {
    let value = |number: &str| number.trim_end_matches(char::is_alphabetic).parse::<i64>().ok();
    for index in 1..read.agenda.items.len() {
        let (before, now) =
            (&read.agenda.items[index - 1].number, &read.agenda.items[index].number);
        let (Some(one), Some(other)) = (value(before), value(now)) else { continue };
        let line = lines[read.starts[index]].number;
        if before == now {
            read.remarks.push(Remark::at(line, format!("item {now} stands twice")));
        } else if other > one + 1 {
            read.remarks.push(Remark::at(line, format!("the numbers jump from {before} to {now}")));
        }
    }
}
