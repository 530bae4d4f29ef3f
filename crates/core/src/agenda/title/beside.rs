//! What stands beside a title: in brackets, and behind a dash or a comma.

use crate::names::entry;

use super::super::lines::squeeze;
use super::super::persons::{Found, Persons};
use super::super::words::PageWords;
use super::heading::{Heading, is_clock, is_kind, minutes, set};

/// Reads what stands in brackets: presenter, kind, minutes, papers; a part of the title stays.
pub(super) fn brackets(
    text: &str,
    words: PageWords,
    persons: &Persons,
    heading: &mut Heading,
) -> String {
    let mut kept = String::new();
    let mut rest = text;
    let mut removed_person = false;
    while let Some(from) = rest.find(['(', '[', '`']) {
        let open = rest.as_bytes()[from];
        let close = match open {
            b'(' => ')',
            b'[' => ']',
            _ => '`',
        };
        let inner_from = from + 1;
        let Some(to) = rest[inner_from..].find(close).map(|at| inner_from + at) else { break };
        let inner = rest[inner_from..to].trim();
        let verdict = bracket(inner, words, persons, heading);
        kept.push_str(&rest[..from]);
        match verdict {
            Verdict::Keep => kept.push_str(&rest[from..=to]),
            Verdict::Person(who) => {
                set(heading, who, rest[from..=to].to_owned());
                removed_person = true;
            }
            Verdict::Taken => {
                // A page's number stands behind the kind.
                if rest[to + 1..].trim().chars().all(|c| c.is_ascii_digit()) {
                    rest = &rest[..to + 1];
                }
            }
            Verdict::Note => heading.notes.push(inner.to_owned()),
        }
        rest = &rest[to + 1..];
        if removed_person && !rest.trim().is_empty() && !rest.contains(['(', '[']) {
            // What follows the presenter is no more the title's.
            let note = rest.trim_matches(|c: char| " –-,".contains(c));
            if is_kind(note, words.page) {
                heading.kind.get_or_insert_with(|| note.to_owned());
            } else {
                heading.notes.push(note.to_owned());
            }
            rest = "";
        }
    }
    kept.push_str(rest);
    squeeze(&kept).replace(" .", ".").replace(" :", ":")
}

enum Verdict {
    Keep,
    Taken,
    Note,
    Person(Found),
}

fn bracket(inner: &str, words: PageWords, persons: &Persons, heading: &mut Heading) -> Verdict {
    if words.labels().any(|labels| labels.is_closed(&format!("({inner})"))) && !inner.contains('?')
    {
        heading.closed = true;
        return Verdict::Keep;
    }
    let parts: Vec<&str> = inner.split([',', ';']).map(str::trim).collect();
    let mut taken = 0;
    for part in &parts {
        if is_kind(part, words.page) {
            heading.kind.get_or_insert_with(|| (*part).to_owned());
            taken += 1;
        } else if let Some(minutes) = minutes(part, words.page) {
            heading.minutes.get_or_insert(minutes);
            taken += 1;
        } else if is_clock(part, words.page) {
            taken += 1;
        }
    }
    if taken == parts.len() {
        return Verdict::Taken;
    }
    if let Some(who) = persons.read_open(inner) {
        return Verdict::Person(who);
    }
    // A full name that is nobody's among the participants.
    let named = entry::read(inner, false, words.people)
        .filter(|it| it.sure && it.name.split(' ').count() >= 2 && it.name == inner);
    if let Some(named) = named {
        return Verdict::Person(Found { name: named.name, known: false });
    }
    let lower = inner.to_lowercase();
    let many = inner.split_whitespace().count() >= 6;
    let papers = words.page.patterns.title_note.is_match(&lower)
        || words
            .dates
            .dates(inner)
            .iter()
            .any(|it| it.year.is_some() || inner.split(' ').count() > 2);
    let said = inner.ends_with(['!', '?']) || words.people.is_nobody(inner);
    if taken > 0 || many || papers || said { Verdict::Note } else { Verdict::Keep }
}

/// Reads what follows the title after a dash or a comma.
pub(super) fn tails(
    text: &str,
    words: PageWords,
    persons: &Persons,
    heading: &mut Heading,
) -> String {
    let mut text = text.trim().to_owned();
    for _ in 0..4 {
        let before = text.len();
        text = text.trim_end_matches([' ', ',', '-', '–', '—', '·', ';']).to_owned();
        let dash = [" - ", " – ", " — ", " · ", " → "]
            .iter()
            .filter_map(|dash| text.rfind(dash).map(|at| (at, dash.len())))
            .max();
        if let Some((at, length)) = dash {
            let tail = text[at + length..].trim().to_owned();
            if tail_of(&tail, words, persons, heading, true).is_some() {
                text.truncate(at);
                continue;
            }
        }
        if let Some(at) = text.rfind(',') {
            let tail = text[at + 1..].trim().to_owned();
            if tail_of(&tail, words, persons, heading, false).is_some() {
                text.truncate(at);
                continue;
            }
        }
        if let Some(at) = text.rfind(' ') {
            let tail = &text[at + 1..];
            let two = text[..at].rfind(' ').map_or(0, |at| at + 1);
            if let Some(found) = minutes(&text[two..], words.page) {
                heading.minutes.get_or_insert(found);
                text.truncate(two);
            } else if tail.starts_with('(') && is_kind(tail.trim_matches(['(', ')']), words.page) {
                text.truncate(at);
            }
        }
        if text.len() == before {
            break;
        }
    }
    text
}

fn tail_of(
    tail: &str,
    words: PageWords,
    persons: &Persons,
    heading: &mut Heading,
    dashed: bool,
) -> Option<()> {
    let bare = tail.trim_end_matches(['.', '!', ' ']);
    if is_kind(bare, words.page) && (dashed || bare.chars().count() > 2) {
        heading.kind.get_or_insert_with(|| bare.to_owned());
        return Some(());
    }
    if let Some(found) = minutes(bare, words.page) {
        heading.minutes.get_or_insert(found);
        return Some(());
    }
    if is_clock(bare.split(" (").next().unwrap_or(bare), words.page) {
        return Some(());
    }
    if let Some(who) = persons.read_acting(bare).filter(|who| who.known) {
        set(heading, who, tail.to_owned());
        return Some(());
    }
    let told = &words.page.title;
    if dashed {
        if let Some(rest) = told.it_is.strip(bare).or_else(|| told.by.strip(bare))
            && let Some(who) = persons.read_open(rest).filter(|who| who.known)
        {
            set(heading, who, tail.to_owned());
            return Some(());
        }
        let lower = tail.to_lowercase();
        let capital = tail == tail.to_uppercase()
            && tail.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && tail.split(' ').count() == 1
            && tail.chars().count() <= 4;
        let question = tail.ends_with('?');
        if (words.page.patterns.title_note.is_match(&lower) && !question
            || capital && told.news.has(&lower))
            && !words.is_closed(tail)
        {
            heading.notes.push(tail.to_owned());
            return Some(());
        }
        // A person who comes: `fysioterapeut Lasse Hvilsom fra sundhedscentret kommer`.
        let guest =
            entry::read(tail, false, words.people).filter(|it| it.sure && it.name.contains(' '));
        if let Some(guest) = guest
            && let Some(who) = persons.read(&guest.name, true)
        {
            set(heading, who, tail.to_owned());
            return Some(());
        }
        return None;
    }
    let own = told.it_is.strip(bare).unwrap_or(bare);
    if own.len() < bare.len()
        && let Some(who) = persons.read_open(own).filter(|who| who.known)
    {
        set(heading, who, tail.to_owned());
        return Some(());
    }
    None
}
