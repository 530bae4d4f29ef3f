//! The people of a page: under labels, in tables, one per line, in sentences.

use crate::domain::meeting::{Header, Participant};
use crate::language::labels::Field;
use crate::language::people_words::PeopleWords;
use crate::names::entry::{self, Attendance, Entry};
use crate::names::list::{self, Style};
use crate::names::resolver::{Resolver, fold};
use crate::remark::Remark;

use super::fate::{Fate, Fates};
use super::lines::{Line, squeeze};
use super::listing;
use super::prose;
use super::tables::{self, Column};
use super::words::Words;
use super::zones::{Sender, Zones};

/// What the people under a label are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Present,
    Remote,
    Absent,
    Chair,
    Referent,
    /// They only get a copy.
    Copy,
}

/// The people as they are gathered.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) found: Vec<Entry>,
    /// Who leads, as told by initials or title.
    chair: Option<String>,
    referent: Option<String>,
    pub(super) sender: Option<Sender>,
    own: bool,
    /// Whether several people stood together anywhere.
    pub(super) listed: bool,
    pub(super) remarks: Vec<Remark>,
}

/// Gathers the people from the lines that `open` lets through.
pub(super) fn read(
    lines: &[Line],
    open: &[bool],
    zones: &Zones,
    words: Words,
    fates: &mut Fates,
) -> People {
    let mut people = People { sender: zones.sender.clone(), ..People::default() };
    let mut at = 0;
    while at < lines.len() {
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

/// Reads `KMJ: Karen Marie Juhl, kommunaldirektør · HBN = Henning Bech Nørby, direktør`, over
/// several lines maybe; returns the place after it.
fn legend(
    lines: &[Line],
    open: &[bool],
    at: usize,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    let mut text = String::new();
    let mut end = at;
    while end < lines.len() && open[end] && (end == at || !lines[end].after_blank) && end < at + 8 {
        if end > at {
            text.push(' ');
        }
        text.push_str(&lines[end].squeezed());
        end += 1;
    }
    let initials = |part: &str| {
        let (short, rest) = part.split_once(['=', ':'])?;
        let short = short.trim();
        let plain = (2..=5).contains(&short.chars().count())
            && short.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
        let found =
            list::read(rest.trim(), Style { listed: true, one_per_line: true, ..Style::default() })
                .people
                .into_iter()
                .next()?;
        (plain && found.has_initials(short))
            .then(|| Entry { initials: Some(short.to_owned()), ..found })
    };
    let parts: Vec<&str> = text.split(['|', '·', ';']).filter(|it| !it.trim().is_empty()).collect();
    let found: Vec<Entry> = parts.iter().filter_map(|part| initials(part)).collect();
    if found.len() < 2 || found.len() < parts.len() {
        return None;
    }
    let names: Vec<String> = found.iter().map(|it| it.name.clone()).collect();
    fates.people(lines[at].number, names);
    for place in at..end {
        fates.people(lines[place].number, Vec::new());
    }
    people.listed = true;
    for entry in found {
        people.add(entry, Group::Present);
    }
    Some(end)
}

/// Returns what a label says of the people behind it.
pub(super) fn group_of(label: &str, words: Words) -> Option<Group> {
    let known = PeopleWords::all();
    let bare = label.trim().trim_matches(|c: char| ":*_- ".contains(c));
    if bare.is_empty() || bare.split_whitespace().count() > 9 || bare.chars().count() > 80 {
        return None;
    }
    if known.tells_copy(bare)
        && !bare.to_lowercase().contains("deltag")
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
    if (known.tells_lead(bare) || bare.eq_ignore_ascii_case("lead")) && short {
        return Some(Group::Chair);
    }
    if known.tells_minutes(bare) && outside.split_whitespace().count() <= 4 {
        return Some(Group::Referent);
    }
    known.tells_present(bare).then_some(Group::Present)
}

/// Splits a line into a label and what stands behind it on the same line.
fn label(line: &Line, words: Words) -> Option<(String, String)> {
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
        if group_of(label, words).is_some() && !PeopleWords::all().is_title(label)
            || label.to_lowercase().starts_with("samt")
        {
            return Some((label.to_owned(), text[at..].trim().to_owned()));
        }
    }
    None
}

/// Reads a labelled block of people; returns the place after it.
fn block(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: Words,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    let line = &lines[at];
    let known = PeopleWords::all();
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
                    let row = list::read(&value, Style::default());
                    let first = row.people.first().is_some_and(|it| it.sure);
                    let all = first && row.left.is_empty() && !is_sentence(&value);
                    (all && (row.people.len() >= 2
                        || name.split(' ').count() <= 4 && row.people[0].name.contains(' ')))
                    .then_some(Group::Present)
                }
                None => heads_people(lines, open, at).then_some(Group::Present),
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
                || !heads_people(lines, open, at)
                || listing::is_lead(line, words)
            {
                return None;
            }
            if entry::read(&text, false).is_some_and(|it| it.sure) {
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
        let read =
            list::read(&text, Style { listed: true, one_per_line: true, ..Style::default() });
        let first = read.people.first();
        let sure = first.is_some_and(|it| it.sure) || list::starts_inverted(&text);
        let shaped = row_shape(&text)
            && first.is_some_and(|it| it.name.contains(' ') || it.name.chars().count() > 2)
            && text.split_whitespace().count() <= 12;
        let unfinished = block.last().is_some_and(|last| unfinished(&last.1));
        let beside = !row.after_blank
            && block.last().is_some()
            && (text.trim_start().starts_with(|c: char| c.is_lowercase() || c == '('));
        let long =
            block.last().is_some_and(|last| last.1.chars().count() >= 55 && last.1.contains(','));
        let sentence = is_sentence(&text);
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

/// Cuts a value where another label of people begins on the same line.
fn second_label(value: &str, words: Words) -> (String, Option<(String, String)>) {
    for (at, _) in value.match_indices(':') {
        let before = &value[..at];
        let start = before
            .rfind(['.', '·', '\t', ';'])
            .map(|at| at + before[at..].chars().next().map_or(1, char::len_utf8))
            .or_else(|| before.rfind("  ").map(|at| at + 2));
        let Some(start) = start else { continue };
        let start = start
            + (before[start..].len() - before[start..].trim_start_matches(['·', ' ', '*']).len());
        let label = before[start..].trim_matches(['*', ' ']);
        if !label.is_empty() && label.split(' ').count() <= 4 && group_of(label, words).is_some() {
            return (
                value[..start].trim_end_matches(['.', '·', ' ', '*', '\t', ';']).to_owned(),
                Some((label.to_owned(), value[at + 1..].trim().to_owned())),
            );
        }
    }
    (value.to_owned(), None)
}

/// Tells whether a line may be a person whom nobody knows: no label, no count.
fn row_shape(text: &str) -> bool {
    let known = PeopleWords::all();
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    !known.tells_present(text)
        && !text.contains(':')
        && !known.is_no_name(first)
        && !text.ends_with(['!', '?'])
}

/// Tells whether a line is a label of its own.
fn starts_label(line: &Line, words: Words) -> bool {
    if let Some((name, _)) = label(line, words) {
        if line.cells.len() >= 2 {
            return group_of(&name, words).is_some();
        }
        let field = words.labels().any(|labels| labels.exact(&name).is_some());
        return field
            || group_of(&name, words).is_some()
                && entry::read(&name, false).is_none_or(|it| !it.sure);
    }
    let text = line.squeezed();
    words.labels().any(|labels| labels.exact(&text).is_some())
        || text.split_whitespace().count() <= 4
            && group_of(&text, words).is_some()
            && entry::read(&text, true).is_none()
            && !text.starts_with('(')
}

/// Tells whether people stand right under a line.
fn heads_people(lines: &[Line], open: &[bool], at: usize) -> bool {
    let mut rows = (at + 1..lines.len()).take(3).filter(|at| open[*at]);
    let Some(first) = rows.next() else { return false };
    let sure = |at: usize| {
        let line = &lines[at];
        let row = list::read(&line.text, Style { one_per_line: true, ..Style::default() });
        row.people.first().is_some_and(|it| it.sure)
            && row.left.is_empty()
            && !is_sentence(&line.text)
            && line.cells.len() < 2
    };
    let inverted = |at: usize| list::style_of(&[&lines[at].text], true).inverted;
    sure(first)
        || inverted(first)
        || rows.next().is_some_and(|at| {
            sure(at)
                && list::read(
                    &lines[first].text,
                    Style { listed: true, one_per_line: true, ..Style::default() },
                )
                .people
                .len()
                    == 1
        })
}

/// Tells whether a text is a sentence and no list.
pub(super) fn is_sentence(text: &str) -> bool {
    let known = PeopleWords::all();
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    if list::columns(text).len() > 1
        || text.contains('(')
            && entry::read(text.split('(').next().unwrap_or_default(), false).is_some_and(|it| {
                it.sure
                    && it.name.split(' ').count() + 3
                        > text.split('(').next().unwrap_or_default().split_whitespace().count()
            })
    {
        return false;
    }
    let verbs = words
        .iter()
        .filter(|word| {
            matches!(
                word.trim_matches([',', '.']).to_lowercase().as_str(),
                "er" | "har"
                    | "skal"
                    | "kan"
                    | "bliver"
                    | "var"
                    | "vil"
                    | "foreslår"
                    | "sættes"
                    | "serveres"
                    | "husk"
                    | "bedes"
                    | "orienterer"
                    | "is"
                    | "are"
                    | "will"
                    | "have"
                    | "has"
            )
        })
        .count();
    let ended = text.ends_with('.') && words.len() > 8 && !text.contains(';');
    let _ = known;
    verbs > 0 && words.len() > 5 || ended && !text.contains(',')
}

fn unfinished(text: &str) -> bool {
    let text = text.trim_end();
    let last = text.rsplit(' ').next().unwrap_or_default();
    text.ends_with([',', '·', '/', ';', '&'])
        || PeopleWords::all().is_and(last)
        || text.matches('(').count() > text.matches(')').count()
}

/// Reads people that stand one per line without a label.
fn bare(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: Words,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    let fits = |at: usize| {
        let line = &lines[at];
        if !open[at]
            || line.cells.len() >= 2
            || line.heading > 0
            || starts_label(line, words)
            || is_sentence(&line.text)
            || line.text.chars().count() > 120
        {
            return false;
        }
        let row = list::read(&line.text, Style { one_per_line: true, ..Style::default() });
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
        let row = list::read(&lines[at].text, Style { listed: true, ..Style::default() });
        if row.people.len() >= 2
            && row.left.is_empty()
            && row.people.iter().filter(|it| it.sure).count() * 2 >= row.people.len()
        {
            people.remarks.push(Remark::at(
                lines[at].number,
                "these names have no label; they are taken as present",
            ));
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
    let several = list::read(&lines[at].text, Style::default()).people.len() > 1;
    // Names before the label of those who are away need no label: `Jørgen, Bernd og Julie`.
    // A name alone near nothing may be anything: a signature, a firm.
    let row = list::read(&lines[at].text, Style { one_per_line: true, ..Style::default() });
    if lone
        && !several
        && row.people.first().is_none_or(|it| it.title.is_none() && it.party.is_none())
    {
        return None;
    }
    let block: Vec<(usize, String)> = (at..end).map(|at| (at, lines[at].text.clone())).collect();
    people.remarks.push(Remark::at(
        lines[at].number,
        "these people stand under no label; they are taken as present",
    ));
    people.take(&block, Group::Present, "", lines, words, fates);
    Some(end)
}

/// Reads a table of people; returns the place after it.
fn table(
    lines: &[Line],
    open: &[bool],
    at: usize,
    people: &mut People,
    fates: &mut Fates,
) -> Option<usize> {
    let heads = tables::people_head(&lines[at]);
    let mut end = at;
    let barred = lines[at].cells.len() >= 2;
    if let Some(heads) = heads {
        end = at + 1;
        while end < lines.len() && open[end] && !(lines[end].after_blank && !lines[end].after_rule)
        {
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
                    .is_some_and(|cell| list::style_of(&[cell], true).inverted)
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
fn columns(lines: &[Line], from: usize, to: usize, people: &mut People, fates: &mut Fates) -> bool {
    let width = (from..to).map(|at| lines[at].cells.len()).max().unwrap_or(0);
    let mut all: Vec<Vec<Entry>> = Vec::new();
    for column in 0..width {
        let mut cells: Vec<String> = Vec::new();
        for at in from..to {
            let text = lines[at].cells.get(column).cloned().unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            let own = entry::read(&text, true);
            let goes_on = text.starts_with('(')
                || text.starts_with(char::is_lowercase)
                || cells.last().is_some_and(|last| {
                    let before = entry::read(last, true);
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
        let style = Style { one_per_line: true, ..list::style_of(&lines, true) };
        let read: Vec<Entry> = lines
            .iter()
            .flat_map(|line| list::read(line, Style { listed: false, ..style }).people)
            .filter(|it| it.sure)
            .collect();
        if read.len() >= 2 && read.len() * 2 >= lines.len().saturating_sub(1) {
            let read = lines
                .iter()
                .skip(usize::from(
                    list::read(lines[0], Style { listed: false, ..style })
                        .people
                        .iter()
                        .all(|it| !it.sure),
                ))
                .flat_map(|line| list::read(line, style).people)
                .collect();
            all.push(read);
        }
    }
    let several = all.len() * 2 > width;
    if !several || all.is_empty() {
        return false;
    }
    for at in from..to {
        fates.set(lines[at].number, Fate::People(Vec::new()));
    }
    for entry in all.into_iter().flatten() {
        people.add(entry, Group::Present);
    }
    true
}

impl People {
    /// Takes the people of a block; tells whether it held any or told that there are none.
    fn take(
        &mut self,
        block: &[(usize, String)],
        group: Group,
        label: &str,
        lines: &[Line],
        words: Words,
        fates: &mut Fates,
    ) -> bool {
        let known = PeopleWords::all();
        let rows = joined(block, lines);
        let texts: Vec<&str> = rows.iter().map(|it| it.1.as_str()).collect();
        let mut style = list::style_of(&texts, true);
        if matches!(group, Group::Chair | Group::Referent) {
            style.listed = false;
        }
        let mut told = false;
        let known_in = |row: &str| list::read(row, style).people.iter().any(|it| it.sure || it.own);
        let several = texts.iter().map(|row| list::read(row, style).people.len()).sum::<usize>();
        // Names that nobody knows are names among names; one word alone may be anything.
        if group == Group::Present && several < 2 && !texts.iter().any(|row| known_in(row)) {
            style.listed = false;
        }
        for (at, text) in &rows {
            let number = lines[*at].number;
            // `Mødeleder: Gitte      Skriver: Susan`, `Ordstyrer: Lisbet. Referent: Bodo`.
            let (text, second) = second_label(text, words);
            if let Some((label, value)) = second
                && let Some(group) = group_of(&label, words)
            {
                self.take(&[(*at, value)], group, &label, lines, words, fates);
                told = true;
            }
            let (list_text, rest) = first_sentence(&text);
            let read = list::read(list_text, style);
            let names: Vec<String> = read.people.iter().map(|it| it.name.clone()).collect();
            if read.people.is_empty() {
                let bare = list_text.trim().trim_matches(|c: char| "-–. ".contains(c));
                let role = matches!(group, Group::Chair | Group::Referent)
                    && !known.is_nobody(bare)
                    && bare.split_whitespace().count() <= 5;
                if role {
                    let slot =
                        if group == Group::Chair { &mut self.chair } else { &mut self.referent };
                    slot.get_or_insert_with(|| bare.to_owned());
                    told = true;
                } else if known.is_nobody(bare) || bare.starts_with(|c: char| c.is_ascii_digit()) {
                    told = true;
                } else if let Some(initials) = initials_only(bare) {
                    // `Deltagere: KMJ, HBN`: who they are stands elsewhere.
                    self.initials(&initials, bare, group);
                    told = true;
                } else if !read.left.is_empty() && told {
                    self.remarks.push(Remark::at(
                        number,
                        format!("`{}` is not read as a person", squeeze(bare)),
                    ));
                }
            } else {
                told = true;
                for left in read.left.iter().filter(|it| !known.is_nobody(it)) {
                    if let Some(initials) = initials_only(left) {
                        self.initials(&initials, left, group);
                        continue;
                    }
                    self.remarks
                        .push(Remark::at(number, format!("`{left}` is not read as a person")));
                }
            }
            self.listed |= read.people.len() > 1 || rows.len() > 1;
            for mut entry in read.people {
                if let Some(title) = title_label(label, &entry) {
                    entry.title = Some(title);
                }
                self.add(entry, group);
            }
            if told {
                fates.people(number, names);
            }
            if !rest.is_empty() {
                prose::sentences(rest, number, words, self, fates, true);
            }
        }
        told
    }

    /// Takes the people of an item that is called `Til stede`, one per line.
    pub(super) fn of_item(
        &mut self,
        places: &[usize],
        group: Group,
        lines: &[Line],
        words: Words,
        fates: &mut Fates,
    ) {
        let row = |at: &usize| {
            let text = lines[*at].text.trim_end_matches([';', '.']).trim_end_matches("; og");
            (*at, text.to_owned())
        };
        let named = |it: &(usize, String)| {
            list::read(&it.1, Style { listed: true, one_per_line: true, ..Style::default() })
                .people
                .first()
                .is_some()
        };
        let block: Vec<(usize, String)> = places.iter().map(row).take_while(named).collect();
        self.take(&block, group, "", lines, words, fates);
    }

    /// Reads a row of a table of people.
    fn table_row(
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
            if let Some((label, value)) = text.split_once(':')
                && PeopleWords::all().tells_absent(label)
            {
                for entry in list::read(
                    value,
                    Style { listed: true, one_per_line: true, ..Style::default() },
                )
                .people
                {
                    fates.people(number, vec![entry.name.clone()]);
                    self.add(entry, Group::Absent);
                }
            }
            return;
        };
        if let Some((label, value)) = name.split_once(':')
            && PeopleWords::all().tells_absent(label)
        {
            for entry in
                list::read(value, Style { listed: true, one_per_line: true, ..Style::default() })
                    .people
            {
                fates.people(number, vec![entry.name.clone()]);
                self.add(entry, Group::Absent);
            }
            return;
        }
        let style = Style {
            inverted: inverted || list::style_of(&[name], true).inverted,
            one_per_line: true,
            listed: true,
        };
        let Some(mut entry) = list::read(name, style).people.into_iter().next() else {
            self.remarks.push(Remark::at(number, format!("`{name}` is not read as a person")));
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
                    let mut beside = Entry { name: entry.name.clone(), ..Entry::default() };
                    let (outside, inside) =
                        text.split_once('(').map_or((text.as_str(), ""), |it| {
                            (it.0.trim(), it.1.trim_end_matches(')'))
                        });
                    let marks = !inside.is_empty()
                        && (PeopleWords::all().tells_remote(inside)
                            || PeopleWords::all().tells_absent(inside)
                            || PeopleWords::all().tells_minutes(inside)
                            || PeopleWords::all().tells_lead(inside)
                            || PeopleWords::all().head_rank(inside).is_some());
                    if marks {
                        beside.beside(inside, true);
                        entry.title = Some(outside.to_owned());
                    } else {
                        entry.title = Some(text.clone());
                    }
                    let settled = beside.settle();
                    entry.minutes |= settled.minutes;
                    entry.leads |= settled.leads;
                    entry.attendance = entry.attendance.max(settled.attendance);
                    entry.office = entry.office.take().or(settled.office).or_else(|| {
                        PeopleWords::all().head_rank(outside).map(|_| outside.to_owned())
                    });
                    titled = true;
                }
                Some(Column::Firm) => {
                    entry.tell(text);
                }
                head => {
                    let bare = text.trim();
                    let no = matches!(bare, "-" | "–") && head == Some(Column::Presence);
                    if no {
                        return;
                    }
                    let told = entry.tell(bare);
                    if PeopleWords::all().tells_minutes(bare)
                        && bare.split(' ').count() > 1
                        && head.is_none()
                    {
                        entry.minutes = true;
                    }
                    let words = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
                    let office = PeopleWords::all().head_rank(words).is_some();
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

    /// Notes initials that stand for people who are explained elsewhere.
    fn initials(&mut self, initials: &[String], text: &str, group: Group) {
        for one in initials {
            let noted = text
                .split([',', ';', '·'])
                .find(|part| part.trim().starts_with(one.as_str()))
                .unwrap_or_default();
            if PeopleWords::all().tells_minutes(noted) {
                self.referent.get_or_insert_with(|| one.clone());
            }
            if group == Group::Chair || PeopleWords::all().tells_lead(noted) {
                self.chair.get_or_insert_with(|| one.clone());
            }
            let absent = group == Group::Absent;
            if absent {
                self.found.push(Entry {
                    initials: Some(one.clone()),
                    attendance: Some(Attendance::Absent),
                    ..Entry::default()
                });
            }
        }
    }

    /// Adds a person, or what is new about one who is known.
    pub(super) fn add(&mut self, mut entry: Entry, group: Group) {
        match group {
            Group::Absent => entry.attendance = Some(Attendance::Absent),
            Group::Remote if entry.attendance.is_none() => {
                entry.attendance = Some(Attendance::Remote)
            }
            Group::Chair => entry.leads = true,
            Group::Referent => entry.minutes = true,
            _ => {}
        }
        if entry.own {
            self.own = true;
            let Some(sender) = self.sender.clone() else { return };
            entry.name = sender.name;
            if entry.title.is_none() {
                entry.title = sender.title;
            }
            entry.minutes |= sender.minutes;
            entry.own = false;
        }
        if fold(&entry.name).is_empty() {
            return;
        }
        match self.place_of(&entry.name) {
            Some(at) => merge(&mut self.found[at], entry),
            None => self.found.push(entry),
        }
    }

    /// Returns the place of the one person who is called so.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        let wanted = fold(name);
        if let Some(same) = self.found.iter().position(|it| fold(&it.name) == wanted) {
            return Some(same);
        }
        let fits: Vec<usize> = self
            .found
            .iter()
            .enumerate()
            .filter(|(_, it)| {
                same_person(&fold(&it.name), &wanted)
                    || it.nickname.as_deref().is_some_and(|nick| nick == name)
            })
            .map(|it| it.0)
            .collect();
        match fits[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Takes a mail's addressees where nobody else is named, and the writer with them.
    fn addressed(&mut self, zones: &Zones) {
        let read: Vec<Entry> = {
            let texts: Vec<&str> = zones.addressees.iter().map(String::as_str).collect();
            let style =
                Style { one_per_line: true, listed: false, ..list::style_of(&texts, false) };
            texts
                .iter()
                .flat_map(|text| list::read(text.trim_matches(['\'', '"', ' ']), style).people)
                .filter(|it| it.sure)
                .collect()
        };
        if !self.listed && read.len() >= 2 {
            for entry in read {
                self.add(entry, Group::Present);
            }
            if let Some(sender) = self.sender.clone() {
                self.add(
                    Entry {
                        name: sender.name,
                        title: sender.title,
                        sure: true,
                        ..Entry::default()
                    },
                    Group::Present,
                );
            }
            return;
        }
        // A first name in the list is that addressee's.
        for entry in read {
            if let Some(at) = self.place_of(&entry.name).filter(|at| {
                self.found[*at].name.split(' ').count() < entry.name.split(' ').count()
            }) {
                self.found[at].name = entry.name;
            }
        }
    }

    /// Gives the writer's full name and title to the one who is called so.
    fn signed(&mut self) {
        let Some(sender) = self.sender.clone() else { return };
        if let Some(at) = self.place_of(&sender.name) {
            let longer = self.found[at].name.split(' ').count() < sender.name.split(' ').count();
            if longer {
                self.found[at].name = sender.name;
            }
            let person = &mut self.found[at];
            if person.title.is_none() && sender.title.is_some() {
                person.title = sender.title;
                if let Some(title) = person.title.clone()
                    && PeopleWords::all().head_rank(&title).is_some()
                {
                    person.office.get_or_insert(title);
                }
            }
        }
    }

    /// Notes who leads, by title or initials.
    pub(super) fn set_chair(&mut self, text: &str) {
        self.chair.get_or_insert_with(|| text.to_owned());
    }

    /// Settles the header's people, chair and referent.
    pub(super) fn fill(
        mut self,
        header: &mut Header,
    ) -> (Vec<Participant>, Vec<(usize, String)>, Vec<Remark>) {
        // Initials that stood alone belong to the one whom they fit.
        let bare: Vec<Entry> = self.found.iter().filter(|it| it.name.is_empty()).cloned().collect();
        self.found.retain(|it| !it.name.is_empty());
        let all: Vec<Participant> = self.found.iter().map(participant).collect();
        let resolver = Resolver::new(&all);
        for entry in bare {
            if let Some(at) = entry.initials.as_deref().and_then(|it| resolver.find(it)) {
                self.found[at].attendance = entry.attendance;
            }
        }
        // Who only has a part in the meeting is no list of those who come.
        let name_of = |text: &str| resolver.find(text).map(|at| self.found[at].name.clone());
        let told = |text: &Option<String>| text.as_deref().and_then(name_of);
        header.referent = told(&self.referent)
            .or_else(|| {
                self.found
                    .iter()
                    .find(|it| it.minutes && it.attendance != Some(Attendance::Absent))
                    .map(|it| it.name.clone())
            })
            .or_else(|| {
                self.referent.clone().filter(|it| entry::read(it, false).is_some_and(|it| it.sure))
            });
        header.chair = self.chair(&told(&self.chair));
        if !self.listed && self.found.iter().all(|it| it.leads || it.minutes) {
            self.found.clear();
        }
        let mut called = Vec::new();
        let mut ordered = Vec::new();
        for attendance in [Attendance::Present, Attendance::Remote, Attendance::Absent] {
            for entry in self
                .found
                .iter()
                .filter(|it| it.attendance.unwrap_or(Attendance::Present) == attendance)
            {
                if let Some(nickname) = &entry.nickname {
                    called.push((ordered.len(), nickname.clone()));
                }
                let mut person = participant(entry);
                if let Some(role) = &entry.role {
                    person.role = Some(role.clone());
                } else if let Some(office) =
                    entry.office.clone().filter(|office| Some(office) != person.title.as_ref())
                {
                    person.role = Some(office);
                }
                ordered.push(person.clone());
                match attendance {
                    Attendance::Present => header.present.push(person),
                    Attendance::Remote => header.remote.push(person),
                    Attendance::Absent => header.absent.push(person),
                }
            }
        }
        (ordered, called, self.remarks)
    }

    /// Returns who leads the meeting: who is said to, else the head of the body who comes.
    fn chair(&self, told: &Option<String>) -> Option<String> {
        let known = PeopleWords::all();
        if told.is_some() {
            return told.clone();
        }
        let comes = |it: &&Entry| it.attendance != Some(Attendance::Absent);
        if let Some(leads) = self.found.iter().filter(comes).find(|it| it.leads) {
            return Some(leads.name.clone());
        }
        let rank = |it: &Entry| {
            let office = it.office.as_deref().and_then(|office| known.head_rank(office));
            office.or_else(|| it.title.as_deref().and_then(|title| known.head_rank(title)))
        };
        for wanted in 0..3 {
            let fits: Vec<&Entry> =
                self.found.iter().filter(comes).filter(|it| rank(it) == Some(wanted)).collect();
            // The head of another body comes last: `formand for Klimaudvalget`.
            let own = fits.iter().find(|it| {
                let office =
                    it.office.as_deref().or(it.title.as_deref()).unwrap_or_default().to_lowercase();
                !office.contains(" for ")
                    && !office.contains(" of ")
                    && !office.ends_with("s formand")
            });
            let own = own.or_else(|| fits.first().filter(|_| fits.len() == 1 || wanted == 0));
            let mayor = self.found.iter().filter(comes).find(|it| {
                it.title.as_deref().is_some_and(|title| {
                    matches!(title.to_lowercase().as_str(), "borgmester" | "mayor")
                })
            });
            let of_other = own.is_some_and(|it| {
                it.office
                    .as_deref()
                    .or(it.title.as_deref())
                    .unwrap_or_default()
                    .to_lowercase()
                    .contains(" for ")
            });
            if wanted == 0
                && (own.is_none() || of_other)
                && let Some(mayor) = mayor.filter(|_| {
                    self.found
                        .iter()
                        .filter(|it| {
                            it.title.as_deref().is_some_and(|it| it.to_lowercase() == "borgmester")
                        })
                        .count()
                        == 1
                })
            {
                return Some(mayor.name.clone());
            }
            if let Some(own) = own {
                return Some(own.name.clone());
            }
        }
        None
    }
}

fn participant(entry: &Entry) -> Participant {
    Participant {
        name: entry.name.clone(),
        title: entry.title.clone().filter(|it| !it.is_empty()),
        role: None,
        party: entry.party.clone(),
        initials: entry.initials.clone(),
    }
}

/// Tells whether a shorter name is that of the longer: one is the other's start.
fn same_person(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let initial =
        |word: &String, full: &String| word.chars().count() == 1 && full.starts_with(word.as_str());
    match short {
        [] => false,
        [first] => long.first() == Some(first) && long.len() > 1,
        [first, rest @ ..] => {
            long.first() == Some(first)
                && (long.starts_with(short)
                    || short.len() < long.len()
                        && rest.len() == 1
                        && (long.last() == rest.last() || initial(&rest[0], &long[long.len() - 1]))
                    || short.len() == long.len()
                        && rest
                            .iter()
                            .zip(&long[1..])
                            .all(|(word, full)| word == full || initial(word, full)))
        }
    }
}

/// Adds to a person what another mention tells.
fn merge(person: &mut Entry, other: Entry) {
    if other.name.split(' ').count() > person.name.split(' ').count() {
        person.name = other.name;
    }
    person.title = person.title.take().or(other.title);
    person.office = person.office.take().or(other.office);
    person.party = person.party.take().or(other.party);
    person.initials = person.initials.take().or(other.initials);
    person.nickname = person.nickname.take().or(other.nickname);
    person.role = person.role.take().or(other.role);
    person.attendance = person.attendance.max(other.attendance);
    person.leads |= other.leads;
    person.minutes |= other.minutes;
}

/// Returns the title that a label gives: `Formand: Bo Bech`.
fn title_label(label: &str, entry: &Entry) -> Option<String> {
    let known = PeopleWords::all();
    let bare = label.trim_matches(|c: char| ":*- ".contains(c));
    let office = known.is_title(bare)
        && !known.tells_copy(bare)
        && !bare.eq_ignore_ascii_case("lead")
        && bare.split(' ').count() <= 2
        && entry.title.is_none()
        && !known.tells_minutes(bare)
        && !known.tells_lead(bare)
        && !known.tells_present(bare);
    office.then(|| bare.to_owned())
}

/// Returns the initials of a text that holds nothing else.
fn initials_only(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for part in text.split([',', ';', '·', '/']) {
        let part = part.split('(').next().unwrap_or_default().trim();
        let short = (2..=4).contains(&part.chars().count())
            && part.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
        if !short {
            return None;
        }
        found.push(part.to_owned());
    }
    (!found.is_empty()).then_some(found)
}

/// Joins the lines that one list is broken over.
fn joined(block: &[(usize, String)], lines: &[Line]) -> Vec<(usize, String)> {
    let mut rows: Vec<(usize, String)> = Vec::new();
    for (at, text) in block {
        if let Some((_, last)) = rows.last_mut() {
            let head = text.trim_start();
            let lower = head.starts_with(|c: char| c.is_lowercase() || c == '(');
            let person = entry::read(&squeeze(head), false)
                .is_some_and(|it| it.sure && it.name.contains(' '));
            let strong = last.trim_end().ends_with(['·', ';']);
            if list::starts_inverted(head) {
                rows.push((*at, text.clone()));
                continue;
            }
            if lines[*at].after_blank && !unfinished(last) {
                rows.push((*at, text.clone()));
                continue;
            }
            let open = unfinished(last) && !strong;
            let long = last.chars().count() >= 55 && last.matches(',').count() >= 2;
            let begins_list = lower && entry::read(&squeeze(head), false).is_some_and(|it| it.sure);
            if open
                || head.starts_with('(') && !strong
                || long && !strong && !person
                || lower && !begins_list && !person
            {
                last.push(' ');
                last.push_str(head);
                continue;
            }
        }
        rows.push((*at, text.clone()));
    }
    rows
}

/// Cuts a list where it ends and a sentence begins.
fn first_sentence(text: &str) -> (&str, &str) {
    let known = PeopleWords::all();
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                let word = text[..at].rsplit([' ', ',', '(']).next().unwrap_or_default();
                let after = &text[at + 1..];
                let short = word.chars().count() <= 3 && !word.ends_with(')')
                    || known.is_qualifier(word)
                    || known.is_title_word(word);
                if after.starts_with(' ')
                    && after.trim_start().starts_with(char::is_uppercase)
                    && !short
                {
                    return (&text[..at], after.trim());
                }
            }
            _ => {}
        }
    }
    (text, "")
}
