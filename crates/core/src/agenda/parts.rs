//! Who was given the minutes or the chair during the meeting, as the text under an item tells.

use crate::domain::agenda::AgendaItem;
use crate::language::labels::{Field, strip_words};
use crate::remark::Remark;

use super::header::{Read, Words};
use super::lines::Line;
use super::people::{self, PeopleLine};
use super::presenters;

/// How much text under an item is looked through, in characters.
const BODY: usize = 1200;

/// Fills in referent and chair from roles, from labels after the header, and from phrases.
/// `starts` are the places of the items' lines.
pub(super) fn fill(
    read: &mut Read,
    lines: &[Line],
    items: &[AgendaItem],
    starts: &[usize],
    words: Words,
) {
    from_roles(read, words);
    for line in &lines[read.end.min(lines.len())..] {
        let Some((field @ (Field::Referent | Field::Chair), value)) =
            words.labels.split(&line.text)
        else {
            continue;
        };
        let known =
            if field == Field::Referent { &read.header.referent } else { &read.header.chair };
        let named = !value.is_empty() && people::is_people(value, words.titles);
        if known.is_none() && named {
            let first = words.titles.person(value).is_some() || value.contains('(');
            let line = PeopleLine { number: line.number, text: value.to_owned() };
            if first || !value.contains("  ") {
                read.keep_part(field, &[line], words);
            }
        }
    }
    for part in &words.labels.given {
        let known =
            if part.role == Field::Referent { &read.header.referent } else { &read.header.chair };
        if known.is_some() {
            continue;
        }
        let mut found = None;
        for (index, item) in items.iter().enumerate() {
            let Some(start) = starts.get(index).copied() else { break };
            let end = starts.get(index + 1).copied().unwrap_or(lines.len()).max(start);
            let (start, end) = section(lines, &item.title, starts).unwrap_or((start, end));
            let title = item.title.to_lowercase();
            let own = part.items.contains(&title);
            let about = own || part.items.iter().any(|it| title.contains(it.as_str()));
            if !about && index > 4 {
                continue;
            }
            let body = body(&lines[start..end]);
            found = part.person(&body).and_then(|name| resolve(name, read, words));
            found = found
                .or_else(|| if own { bare_name(&lines[start..end], read, words) } else { None });
            found = found
                .or_else(|| if about { stand_in(&lines[start..end], read, words) } else { None });
            if found.is_some() {
                read.remarks.push(Remark::at(
                    lines[start].number,
                    format!("{} is read from the text under this item", name_of(part.role)),
                ));
                break;
            }
        }
        let slot = if part.role == Field::Referent {
            &mut read.header.referent
        } else {
            &mut read.header.chair
        };
        *slot = found;
    }
}

/// Returns where an item of a list at the start comes again with its text under it.
fn section(lines: &[Line], title: &str, starts: &[usize]) -> Option<(usize, usize)> {
    let after = starts.last()? + 1;
    let holds = |line: &Line| {
        let text = line.squeezed();
        title.chars().count() >= 6 && text.contains(title) && text.len() <= title.len() + 16
    };
    let at = after + lines.get(after..)?.iter().take(200).position(holds)?;
    Some((at, (at + 12).min(lines.len())))
}

fn name_of(role: Field) -> &'static str {
    if role == Field::Referent { "the referent" } else { "the chair" }
}

/// Takes referent and chair from the parts printed beside the participants' names.
fn from_roles(read: &mut Read, words: Words) {
    let with = |roles: &[String]| {
        let mut found = read.header.everybody().filter(|person| {
            person.role.as_ref().is_some_and(|role| roles.contains(&role.to_lowercase()))
        });
        found.next().map(|person| person.name.clone())
    };
    let (referent, chair) = (with(&words.titles.referent), with(&words.titles.chair));
    read.header.referent = read.header.referent.take().or(referent);
    read.header.chair = read.header.chair.take().or(chair);
}

fn body(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.squeezed());
        text.push(' ');
        if text.len() > BODY {
            break;
        }
    }
    text.trim_end().to_owned()
}

/// Returns the participant of this name, or the name itself when it is a full one.
fn resolve(name: &str, read: &Read, words: Words) -> Option<String> {
    let everybody: Vec<_> = read.header.everybody().cloned().collect();
    if let Some(person) = presenters::by_name(name, &everybody) {
        return Some(person.name.clone());
    }
    words.titles.person(name).map(|it| it.name).filter(|name| name.contains(' '))
}

/// Returns the name that alone opens the text under `Valg af dirigent`.
fn bare_name(lines: &[Line], read: &Read, words: Words) -> Option<String> {
    let line = lines.get(1)?;
    let text = line.squeezed();
    let first = text.split([',', '(', '–']).next().unwrap_or_default().trim();
    let written = words.titles.person(first)?;
    (text.chars().count() <= 60).then(|| resolve(&written.name, read, words)).flatten()
}

/// Returns the participant whom `Formanden valgte sig …` means.
fn stand_in(lines: &[Line], read: &Read, words: Words) -> Option<String> {
    let text = lines.get(1)?.squeezed();
    let word = words.labels.stand_ins.iter().find(|word| strip_words(&text, word).is_some())?;
    let everybody: Vec<_> = read.header.everybody().cloned().collect();
    presenters::by_title(word, words.titles, &everybody).map(|person| person.name.clone())
}
