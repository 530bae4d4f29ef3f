//! Who was given the minutes or the chair during the meeting, as the text under an item tells.

use crate::domain::agenda::AgendaItem;
use crate::domain::meeting::{Header, Participant};
use crate::language::labels::{Field, strip_words};
use crate::language::remarks::RemarkKind;
use crate::names::entry;

use super::finding::Finding;
use super::lines::Line;
use super::persons::Persons;
use super::words::PageWords;

/// How much text under an item is looked through, in characters.
const BODY: usize = 1200;

/// Fills in referent and chair from phrases under items where nothing else told them.
/// `starts` are the places of the items' lines.
pub(super) fn fill(
    header: &mut Header,
    remarks: &mut Vec<Finding>,
    lines: &[Line],
    items: &[AgendaItem],
    starts: &[usize],
    words: PageWords,
) {
    let people: Vec<Participant> = header.everybody().cloned().collect();
    let persons = Persons::new(&people, &[], words);
    for part in words.labels().flat_map(|labels| &labels.given) {
        let known = if part.role == Field::Referent { &header.referent } else { &header.chair };
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
            found = part.person(&body).and_then(|name| resolve(name, &persons));
            found =
                found.or_else(|| if own { bare_name(&lines[start..end], &persons) } else { None });
            found = found.or_else(|| {
                if about { stand_in(&lines[start..end], &persons, words) } else { None }
            });
            if found.is_some() {
                remarks.push(Finding::at(lines[start].number, kind_of(part.role)));
                break;
            }
        }
        let slot =
            if part.role == Field::Referent { &mut header.referent } else { &mut header.chair };
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

fn kind_of(role: Field) -> RemarkKind {
    if role == Field::Referent { RemarkKind::ReferentUnder } else { RemarkKind::ChairUnder }
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
fn resolve(name: &str, persons: &Persons) -> Option<String> {
    if let Some(known) = persons.find(name) {
        return Some(known.to_owned());
    }
    entry::read(name, false, persons.known)
        .filter(|it| it.sure)
        .map(|it| it.name)
        .filter(|name| name.contains(' '))
}

/// Returns the name that alone opens the text under `Valg af dirigent`.
fn bare_name(lines: &[Line], persons: &Persons) -> Option<String> {
    let line = lines.get(1)?;
    let text = line.squeezed();
    let first = text.split([',', '(', '–']).next().unwrap_or_default().trim();
    let written = entry::read(first, false, persons.known)?;
    (text.chars().count() <= 60).then(|| resolve(&written.name, persons)).flatten()
}

/// Returns the participant whom `Formanden valgte sig …` means.
fn stand_in(lines: &[Line], persons: &Persons, words: PageWords) -> Option<String> {
    let text = lines.get(1)?.squeezed();
    let mut all = words.labels().flat_map(|labels| &labels.stand_ins);
    let word = all.find(|word| strip_words(&text, word).is_some())?;
    persons.find(word).map(str::to_owned)
}
