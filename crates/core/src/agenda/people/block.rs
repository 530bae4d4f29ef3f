//! Blocks of people under a label, and those that stand under none.

use crate::language::labels::Field;
use crate::language::people_words::PeopleWords;
use crate::language::remarks::RemarkKind;
use crate::names::entry::{self, ListedPerson};
use crate::names::list::{self, ListStyle};

use super::super::fate::{Fate, Fates};
use super::super::finding::Finding;
use super::super::gathered::{Group, People};
use super::super::lines::Line;
use super::super::listing;
use super::super::words::PageWords;
use super::{group_of, is_sentence, label, starts_label};

/// Reads `KMJ: Karen Marie Juhl, kommunaldirektør · HBN = Henning Bech Nørby, direktør`, over
/// several lines maybe; returns the place after it.
pub(super) fn legend(
    lines: &[Line],
    open: &[bool],
    at: usize,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    if !lines[at].text.contains(['=', ':']) {
        return None;
    }
    let mut text = String::new();
    let mut end = at;
    while end < lines.len() && open[end] && (end == at || !lines[end].after_blank) && end < at + 8 {
        if end > at {
            text.push_str(if lines[end].cells.is_empty() { " " } else { " | " });
        }
        text.push_str(&lines[end].squeezed());
        end += 1;
    }
    let initials = |part: &str| {
        let (short, rest) = part.split_once(['=', ':'])?;
        let short = short.trim();
        let plain = (2..=5).contains(&short.chars().count())
            && short.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
        let found = list::read(
            rest.trim(),
            ListStyle { listed: true, one_per_line: true, ..ListStyle::default() },
            people.known,
        )
        .people
        .into_iter()
        .next()?;
        (plain && found.has_initials(short))
            .then(|| ListedPerson { initials: Some(short.to_owned()), ..found })
    };
    let parts: Vec<&str> = text.split(['|', '·', ';']).filter(|it| !it.trim().is_empty()).collect();
    let found: Vec<ListedPerson> = parts.iter().filter_map(|part| initials(part)).collect();
    if found.len() < 2 || found.len() < parts.len() {
        return None;
    }
    let names: Vec<String> = found.iter().map(|it| it.name.clone()).collect();
    fates.people(lines[at].number, names);
    for line in &lines[at..end] {
        fates.people(line.number, Vec::new());
    }
    people.listed = true;
    for entry in found {
        people.add(entry, Group::Present);
    }
    Some(end)
}

/// Reads a labelled block of people; returns the place after it.
pub(super) fn block(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: PageWords,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    let line = &lines[at];
    let known = words.people;
    let (name, value, group) = match label(line, words) {
        Some((name, value)) => {
            let group = group_of(&name, words);
            // `Formand: Bo Bech`, and a label that nobody knows before people.
            let field = words.labels().find_map(|labels| labels.exact(&name));
            let other = matches!(
                field,
                Some(
                    Field::When
                        | Field::End
                        | Field::WhenAndWhere
                        | Field::Place
                        | Field::Title
                        | Field::Agenda
                        | Field::Other
                )
            );
            let group = match group {
                Some(group) => Some(group),
                None if other => None,
                None if !value.is_empty() => {
                    let row = list::read(&value, ListStyle::default(), words.people);
                    let first = row.people.first().is_some_and(|it| it.sure);
                    let all = first && row.left.is_empty() && !is_sentence(&value, words);
                    (all && (row.people.len() >= 2
                        || name.split(' ').count() <= 4 && row.people[0].name.contains(' ')))
                    .then_some(Group::Present)
                }
                None => heads_people(lines, open, at, words).then_some(Group::Present),
            };
            (name, value, group?)
        }
        None => {
            let text = line.squeezed();
            let short = text.split_whitespace().count() <= 8;
            let group = group_of(&text, words).filter(|_| short);
            let set_apart = line.heading > 0
                || line.bold
                || line.after_blank
                || text == text.to_uppercase()
                || lines
                    .get(at + 1)
                    .is_some_and(|next| next.indent > line.indent || next.bullet && !line.bullet);
            if !short
                || !set_apart && group.is_none()
                || !heads_people(lines, open, at, words)
                || listing::is_lead(line, words)
            {
                return None;
            }
            if entry::read(&text, false, words.people).is_some_and(|it| it.sure) {
                return None;
            }
            (text, String::new(), group.unwrap_or(Group::Present))
        }
    };
    if group == Group::Copy {
        fates.set(line.number, Fate::People(Vec::new()));
        return Some(at + 1);
    }
    let mut block: Vec<(usize, String)> = Vec::new();
    let empty = value.is_empty();
    if !empty {
        block.push((at, value.clone()));
    }
    let mut next = at + 1;
    let single = matches!(group, Group::Chair | Group::Referent) && !empty;
    while next < lines.len() && !single {
        if !open[next] {
            break;
        }
        if fates.of(lines[next].number).is_some() {
            break;
        }
        let row = &lines[next];
        let text = if row.cells.is_empty() {
            row.text.clone()
        } else {
            row.cells.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join("  ")
        };
        if row.cells.len() >= 2 && (line.cells.is_empty() || !row.cells[0].is_empty()) {
            break;
        }
        let aligned = row.indent >= line.indent + 6;
        if row.heading > 0 || listing::is_lead(row, words) || starts_label(row, words) {
            break;
        }
        let read = list::read(
            &text,
            ListStyle { listed: true, one_per_line: true, ..ListStyle::default() },
            words.people,
        );
        let first = read.people.first();
        let sure = first.is_some_and(|it| it.sure) || list::starts_inverted(&text, words.people);
        let shaped = row_shape(&text, words.people)
            && first.is_some_and(|it| it.name.contains(' ') || it.name.chars().count() > 2)
            && text.split_whitespace().count() <= 12;
        let unfinished = block.last().is_some_and(|last| unfinished(&last.1, words.people));
        let beside = !row.after_blank
            && block.last().is_some()
            && (text.trim_start().starts_with(|c: char| c.is_lowercase() || c == '('));
        let long =
            block.last().is_some_and(|last| last.1.chars().count() >= 55 && last.1.contains(','));
        let sentence = is_sentence(&text, words);
        let goes_on = if row.after_blank {
            (sure || shaped && aligned) && !sentence && (empty || aligned)
                || block.is_empty() && (sure || shaped)
        } else {
            !sentence
                && (sure || shaped || known.is_nobody(&text))
                && (empty
                    || aligned
                    || row.indent > line.indent
                    || unfinished
                    || row.bullet
                    || (sure && !value.contains(',')))
                || unfinished
                || beside && !sentence
                || long && !sentence && row.indent >= line.indent
        };
        if !goes_on {
            break;
        }
        block.push((next, text));
        next += 1;
    }
    if block.is_empty() {
        return None;
    }
    let told = people.take(&block, group, &name, lines, words, fates);
    if !told && empty {
        return None;
    }
    fates.set(line.number, Fate::People(Vec::new()));
    Some(next)
}

/// Tells whether a line may be a person whom nobody knows: no label, no count.
pub(super) fn row_shape(text: &str, known: &PeopleWords) -> bool {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    !known.tells_present(text)
        && !text.contains(':')
        && !known.is_no_name(first)
        && !text.ends_with(['!', '?'])
}

/// Tells whether people stand right under a line.
pub(super) fn heads_people(lines: &[Line], open: &[bool], at: usize, words: PageWords) -> bool {
    let known = words.people;
    let mut rows = (at + 1..lines.len()).take(3).filter(|at| open[*at]);
    let Some(first) = rows.next() else { return false };
    let sure = |at: usize| {
        let line = &lines[at];
        let row =
            list::read(&line.text, ListStyle { one_per_line: true, ..ListStyle::default() }, known);
        row.people.first().is_some_and(|it| it.sure)
            && row.left.is_empty()
            && !is_sentence(&line.text, words)
            && line.cells.len() < 2
    };
    let inverted = |at: usize| list::style_of(&[&lines[at].text], true, known).inverted;
    sure(first)
        || inverted(first)
        || rows.next().is_some_and(|at| {
            sure(at)
                && list::read(
                    &lines[first].text,
                    ListStyle { listed: true, one_per_line: true, ..ListStyle::default() },
                    known,
                )
                .people
                .len()
                    == 1
        })
}

pub(super) fn unfinished(text: &str, known: &PeopleWords) -> bool {
    let text = text.trim_end();
    let last = text.rsplit(' ').next().unwrap_or_default();
    text.ends_with([',', '·', '/', ';', '&'])
        || known.is_and(last)
        || text.matches('(').count() > text.matches(')').count()
}

/// Reads people that stand one per line without a label.
pub(super) fn bare(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: PageWords,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    let fits = |at: usize| {
        let line = &lines[at];
        if !open[at]
            || line.cells.len() >= 2
            || line.heading > 0
            || starts_label(line, words)
            || is_sentence(&line.text, words)
            || line.text.chars().count() > 120
        {
            return false;
        }
        let row = list::read(
            &line.text,
            ListStyle { one_per_line: true, ..ListStyle::default() },
            words.people,
        );
        let Some(first) = row.people.first() else { return false };
        let plain = line.squeezed();
        let beside = first.title.is_some()
            || first.party.is_some()
            || first.office.is_some()
            || first.minutes
            || first.leads;
        let alone = plain == first.name;
        first.sure
            && first.name.contains(' ')
            && (beside || alone)
            && row.left.is_empty()
            && words.dates.dates(&plain).is_empty()
    };
    let away = lines.get(at + 1).is_some_and(|next| {
        label(next, words).is_some_and(|it| group_of(&it.0, words) == Some(Group::Absent))
    });
    if away {
        let row = list::read(
            &lines[at].text,
            ListStyle { listed: true, ..ListStyle::default() },
            words.people,
        );
        if row.people.len() >= 2
            && row.left.is_empty()
            && row.people.iter().filter(|it| it.sure).count() * 2 >= row.people.len()
        {
            people.remarks.push(Finding::at(lines[at].number, RemarkKind::NamesUnlabelled));
            people.take(&[(at, lines[at].text.clone())], Group::Present, "", lines, words, fates);
            return Some(at + 1);
        }
    }
    if !fits(at) {
        return None;
    }
    let mut end = at + 1;
    while end < lines.len() && fits(end) && !lines[end].after_blank {
        end += 1;
    }
    let lone = end == at + 1;
    let several = list::read(&lines[at].text, ListStyle::default(), words.people).people.len() > 1;
    // Names before the label of those who are away need no label: `Jørgen, Bernd og Julie`.
    // A name alone near nothing may be anything: a signature, a firm.
    let row = list::read(
        &lines[at].text,
        ListStyle { one_per_line: true, ..ListStyle::default() },
        words.people,
    );
    if lone
        && !several
        && row.people.first().is_none_or(|it| it.title.is_none() && it.party.is_none())
    {
        return None;
    }
    let block: Vec<(usize, String)> = (at..end).map(|at| (at, lines[at].text.clone())).collect();
    people.remarks.push(Finding::at(lines[at].number, RemarkKind::PeopleUnlabelled));
    people.take(&block, Group::Present, "", lines, words, fates);
    Some(end)
}
