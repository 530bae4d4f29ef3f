//! People in columns, and names that stand last on their line.

use crate::language::people_words::PeopleWords;

use super::super::entry::{self, ListedPerson};
use super::super::given::{is_given, is_name_word};
use super::{ListRow, ListStyle, lead, pieces, two_parts};

/// Reads a line whose name stands last, behind whatever function: `Elevrådet, 8.B Alma`,
/// `hal og klubhus Søren Holm, referent`.
pub(super) fn trailing(text: &str, known: &PeopleWords) -> Option<ListedPerson> {
    let part = |text: &str| {
        known.is_part(text)
            || known.tells_absent(text)
            || known.tells_remote(text)
            || known.is_note(text)
    };
    let (body, beside) = match text.rsplit_once(", ") {
        Some((body, last)) if part(last) => (body, Some(last)),
        _ => (text, None),
    };
    let words: Vec<&str> = body.split(' ').collect();
    let from = (1..words.len()).find(|from| {
        let first = words[*from];
        is_name_word(first)
            && is_given(first)
            && !known.is_title_word(first)
            && super::super::given::name_length(&words[*from..], known) == words.len() - from
    })?;
    if from > 7 || words[0].ends_with(':') {
        return None;
    }
    let mut found = entry::read(&words[from..].join(" "), true, known)?;
    found.lead_with(&words[..from].join(" "));
    if let Some(beside) = beside {
        found.beside(beside, false, known);
    }
    Some(found)
}

/// Reads the columns of a line: the name stands in one, the others tell about the person.
pub(super) fn read_columns(columns: &[String], style: ListStyle, known: &PeopleWords) -> ListRow {
    let mut row = ListRow::default();
    let one = |text: &str, listed: bool| -> Option<ListedPerson> {
        let style = ListStyle { listed, one_per_line: true, ..style };
        if (style.inverted || two_parts(text, known) == Some(true))
            && let Some((family, given)) = text.split_once(',')
        {
            let (given, rest) =
                given.split_once(',').map_or((given, None), |it| (it.0, Some(it.1)));
            let mut found = entry::read_inverted(family, given.trim(), known)?;
            if let Some(rest) = rest {
                found.beside(rest, false, known);
            }
            return Some(found);
        }
        let mut inner = read_pieces(text, style, known);
        (!inner.is_empty()).then(|| inner.remove(0))
    };
    let sure: Vec<(usize, ListedPerson)> = columns
        .iter()
        .enumerate()
        .filter_map(|(at, text)| Some((at, one(text, false).filter(|it| it.sure)?)))
        .collect();
    let full = sure.iter().filter(|(_, it)| it.name.contains(' ')).count();
    if full >= 2 {
        // Two lists beside each other.
        for (_, found) in sure {
            row.people.push(found.settle(known));
        }
        return row;
    }
    let full_one = sure.iter().find(|it| it.1.name.contains(' ')).cloned();
    let chosen = full_one.or_else(|| sure.into_iter().next()).or_else(|| {
        let weak = |(at, text): (usize, &String)| Some((at, one(text, true)?));
        style.listed.then(|| columns.iter().enumerate().find_map(weak)).flatten()
    });
    let Some((at, mut found)) = chosen else {
        row.left = columns.to_vec();
        return row;
    };
    let before: Vec<&String> =
        columns[..at].iter().filter(|text| !text.trim().is_empty()).collect();
    for text in before {
        let text = text.trim();
        if found.has_initials(text) {
            found.initials.get_or_insert_with(|| text.to_owned());
        } else if known.is_title(text)
            || !known.tells_present(text) && text.starts_with(char::is_uppercase)
        {
            found.lead_with(text);
        }
    }
    for text in &columns[at + 1..] {
        let text = text.trim();
        let inside = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        match inside {
            Some(inside) if !inside.contains(['(', ')']) => found.beside(inside, true, known),
            _ if text.contains('(') => {
                let (outside, rest) = text.split_once('(').unwrap_or((text, ""));
                found.beside(outside, false, known);
                found.beside(rest.trim_end_matches(')'), true, known);
            }
            _ => found.beside_column(text, known),
        }
    }
    row.people.push(found.settle(known));
    row
}

/// Reads a column as a list of its own, not settled.
pub(super) fn read_pieces(text: &str, style: ListStyle, known: &PeopleWords) -> Vec<ListedPerson> {
    let mut people: Vec<ListedPerson> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for (_, piece) in pieces(text, style, known) {
        match (entry::read(&piece, style.listed, known), people.last_mut()) {
            (Some(mut found), None) => {
                lead(&mut found, &mut before, &mut ListRow::default(), known);
                people.push(found);
            }
            (_, Some(person)) => person.beside(&piece, false, known),
            (None, None) => before.push(piece),
        }
    }
    people
}
