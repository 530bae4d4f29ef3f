//! Clauses: whom one names and what it says of their coming.

use crate::names::entry::{self, ListedPerson};
use crate::names::given::{genitive, is_given, is_name_word};

use super::super::gathered::{Group, People};
use super::{find_phrase, split};

/// Splits a sentence where another subject begins.
pub(super) fn clauses(sentence: &str, people: &People) -> Vec<String> {
    let (known, phrases) = (people.known, &people.page.people);
    let mut found: Vec<String> = Vec::new();
    let mut rest = sentence;
    loop {
        let cut = phrases
            .cuts
            .iter()
            .filter_map(|mark| {
                rest.match_indices(mark)
                    .map(|it| it.0)
                    .find(|at| {
                        let open =
                            rest[..*at].matches('(').count() > rest[..*at].matches(')').count();
                        let right = rest[at + mark.len()..].trim_start();
                        let word = right.split_whitespace().next().unwrap_or_default();
                        let subject = is_name_word(word) && is_given(word) || known.is_own(word);
                        let left = &rest[..*at];
                        let verb = known.tells_absent(left)
                            || known.tells_remote(left)
                            || known.tells_minutes(left)
                            || known.tells_lead(left)
                            || phrases
                                .comes
                                .iter()
                                .any(|it| find_phrase(&left.to_lowercase(), it).is_some());
                        !open && subject && verb
                    })
                    .map(|at| (at, mark.len()))
            })
            .min();
        match cut {
            Some((at, length)) => {
                found.push(rest[..at].to_owned());
                rest = &rest[at + length..];
            }
            None => {
                found.push(rest.to_owned());
                return found;
            }
        }
    }
}

/// Reads a clause: whom it names, and what it says of their coming.
pub(super) fn clause_of(clause: &str, sentence: &str, people: &mut People, in_list: bool) -> bool {
    let (known, phrases) = (people.known, &people.page.people);
    let lower = clause.to_lowercase();
    let absent = known.tells_absent(clause);
    let remote = known.tells_remote(clause);
    let minutes = known.tells_minutes(clause)
        && lower.contains(['r', 's'])
        && phrases.minuting.are_in(&lower);
    let leads = known.tells_lead(clause);
    let comes = phrases.comes.iter().any(|it| find_phrase(&lower, it).is_some());
    // `Meld afbud til Gert`: nobody is away.
    let asked = phrases.asked.are_in(&lower);
    if asked || !(absent || remote || minutes || leads || comes || in_list) {
        return false;
    }
    let mut named = scan(clause, people);
    if named.is_empty() {
        let own = clause.split(|c: char| !c.is_alphanumeric()).any(|word| known.is_own(word));
        let undersigned = phrases.undersigned.are_in(&lower) && comes;
        if undersigned || own && (minutes || leads) {
            named.push(ListedPerson { own: true, sure: true, ..ListedPerson::default() });
        } else if minutes {
            if let Some(name) = sentence.split_whitespace().find_map(genitive) {
                named.push(ListedPerson {
                    name: name.to_owned(),
                    sure: true,
                    ..ListedPerson::default()
                });
            }
        } else if leads
            && let Some(after) = phrases.led_by.split(&lower).map(|it| phrases.led_by.cut(it.1))
        {
            people.told_chair(after.trim_end_matches('.'));
            return true;
        }
    }
    // `Mødet ledes af …`, `Aftenen refereres af …`: one person.
    let mut told = false;
    let many = named.len() > 1;
    for entry in named {
        let place = if entry.own { None } else { people.place_of(&entry.name) };
        let new = place.is_none();
        let full = entry.name.contains(' ') || entry.title.is_some();
        let mut entry = entry;
        if minutes && !many {
            entry.minutes = true;
        }
        if leads && !many {
            entry.leads = true;
        }
        let group = if absent {
            Group::Absent
        } else if remote && !many {
            Group::Remote
        } else {
            Group::Present
        };
        if absent && comes && many {
            // Nobody can tell which of them is meant.
            continue;
        }
        if new
            && !(absent
                || remote
                || comes && (full || entry.sure)
                || minutes
                || leads
                || entry.own
                || in_list)
        {
            continue;
        }
        if entry.attendance.is_none() && group == Group::Present {
            entry.attendance = None;
        }
        people.add(entry, group);
        told = true;
    }
    told
}

/// Takes a guest whom a sentence under an item names in full: who takes part in it.
pub(in crate::agenda) fn guest(text: &str, people: &mut People) {
    let text = text.trim().trim_start_matches('(').trim_end_matches(')');
    let phrases = &people.page.people;
    for sentence in split(text, people.known, people.page) {
        let lower = sentence.to_lowercase();
        let chair = phrases.as_chair.are_in(&lower);
        let mut takes_part = phrases.takes_part.iter();
        if !takes_part.any(|it| find_phrase(&lower, it).is_some()) && !chair
            || phrases.not.are_in(&lower)
        {
            continue;
        }
        for mut entry in scan(&sentence, people) {
            if entry.name.contains(' ') {
                entry.leads |= chair && phrases.proposes.are_in(&lower);
                people.add(entry, Group::Present);
            }
        }
    }
}

/// Returns the people who are named in a clause, with titles before and brackets after.
pub(super) fn scan(clause: &str, people: &People) -> Vec<ListedPerson> {
    let known = people.known;
    let words: Vec<&str> = clause.split_whitespace().collect();
    let mut found: Vec<ListedPerson> = Vec::new();
    let mut at = 0;
    let mut depth = 0usize;
    while at < words.len() {
        let word = words[at];
        let inside = depth > 0;
        depth = (depth + word.matches('(').count()).saturating_sub(word.matches(')').count());
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if inside
            || !is_name_word(bare)
            || !is_given(bare)
            || known.is_no_name(bare)
            || word.starts_with('(')
        {
            at += 1;
            continue;
        }
        // Titles stand before: lower case, or the clause's first words.
        let mut from = at;
        while from > 0 {
            let before = words[from - 1];
            let ends = before.ends_with([',', ':', ';', '!']);
            let office = known.is_title_word(before)
                || known.is_qualifier(before) && from < at
                || known.is_qualifier(before)
                    && at - from < 2
                    && known.is_title(&words[from - 1..at].join(" "));
            let small = from < at
                && people.page.people.inside_titles.has(&before.to_lowercase())
                && from >= 2
                && (words[from - 2].ends_with('-') || known.is_title_word(words[from - 2]));
            if ends || !(office || small || before.ends_with('-')) {
                break;
            }
            from -= 1;
        }
        let mut to = at + 1;
        while to < words.len() && !words[to - 1].ends_with([',', ';', '.', ':', ')', '!', '?']) {
            let next = words[to].trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
            let goes_on = is_name_word(next) && !known.is_no_name(next)
                || known.is_particle(words[to])
                    && words.get(to + 1).is_some_and(|it| is_name_word(it.trim_matches(',')));
            if words[to].starts_with('(') || !goes_on || to - at >= 5 {
                break;
            }
            to += 1;
        }
        let mut text = words[from..to].join(" ");
        text = text.trim_matches([',', '.', ';', ':', '!', '?']).to_owned();
        if words.get(to).is_some_and(|it| it.starts_with('('))
            && !words[to - 1].ends_with(['.', ';'])
        {
            let end = (to..words.len())
                .find(|at| words[*at].contains(')'))
                .map_or(words.len(), |at| at + 1);
            text.push(' ');
            text.push_str(words[to..end].join(" ").trim_end_matches([',', '.', ';', '!']));
        }
        if let Some(entry) = entry::read(&text, false, known).filter(|it| it.sure) {
            found.push(entry.settle(known));
        }
        at = to;
    }
    found
}
