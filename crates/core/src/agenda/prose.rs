//! People in sentences: `Mette kan desværre ikke, men Stig kommer i stedet for.`

use crate::language::people_words::PeopleWords;
use crate::names::entry::{self, Attendance, Entry};
use crate::names::given::{genitive, is_given, is_name_word};
use crate::names::list::{self, Style};

use super::fate::{Fate, Fates};
use super::lines::{Line, squeeze};
use super::people::{Group, People};
use super::words::Words;

/// Phrases that a list of those who come follows.
const LISTS: [&str; 24] = [
    "vi er altså",
    "i er altså",
    "vi er",
    "vi bliver",
    "i er",
    "til at se",
    "består af",
    "p.t.:",
    "består pt. af",
    "kommer:",
    "med:",
    "deltager:",
    "følgende deltager",
    "deltager også",
    "deltager desuden",
    "er det jer i",
    "we are",
    "joined by",
    "bestående af",
    "skal komme:",
    "skal komme",
    "indkaldt er",
    "besøg af",
    "kommer",
];
/// Phrases that say that somebody comes.
const COMES: [&str; 22] = [
    "kommer",
    "deltager",
    "er med",
    "er også med",
    "møder op",
    "besøg af",
    "indkaldt",
    "til at se",
    "består af",
    "stiller op",
    "dukker op",
    "er inviteret",
    "vi er",
    "vi bliver",
    "i er",
    "p.t.:",
    "will join",
    "joins",
    "attends",
    "is joining",
    "we are",
    "som dirigent",
];

/// Reads the sentences of the lines that nothing else has read.
pub(super) fn read(
    lines: &[Line],
    open: &[bool],
    words: Words,
    people: &mut People,
    fates: &mut Fates,
) {
    let mut paragraph = String::new();
    let mut places: Vec<usize> = Vec::new();
    for at in 0..=lines.len() {
        let line = lines.get(at).filter(|line| {
            open[at]
                && line.cells.len() < 2
                && (fates.of(line.number).is_none())
                && !is_fact(line, words)
        });
        let breaks = line.is_none_or(|line| line.after_blank || line.bullet || line.heading > 0)
            || paragraph.chars().count() < 40
                && places.last().is_some_and(|last| lines[*last].text.chars().count() < 45);
        if breaks && !paragraph.is_empty() {
            let number = places.first().map_or(0, |at| lines[*at].number);
            let told = sentences(&paragraph, number, words, people, fates, false);
            if told {
                for at in &places {
                    fates.people(lines[*at].number, Vec::new());
                }
            }
            paragraph.clear();
            places.clear();
        }
        if let Some(line) = line {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(&line.squeezed());
            places.push(at);
        }
    }
}

/// Tells whether a line is a label of the header with its value.
fn is_fact(line: &Line, words: Words) -> bool {
    use crate::language::labels::Field;
    line.text.contains(':')
        && matches!(words.label(&line.text), Some((Field::When | Field::End | Field::WhenAndWhere | Field::Place | Field::Title | Field::Forum, value)) if !value.is_empty())
}

/// Reads sentences; tells whether they said anything of people.
pub(super) fn sentences(
    text: &str,
    number: usize,
    words: Words,
    people: &mut People,
    fates: &mut Fates,
    in_list: bool,
) -> bool {
    let mut told = false;
    let _ = words;
    for sentence in split(text) {
        told |= one(&sentence, people, in_list);
    }
    if told {
        fates.people(number, Vec::new());
    }
    told
}

/// Splits a text into sentences.
pub(super) fn split(text: &str) -> Vec<String> {
    let known = PeopleWords::all();
    let mut found = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '.' | '!' | '?' if depth == 0 => {
                let word = text[from..at].rsplit([' ', ',', '(']).next().unwrap_or_default();
                let after = &text[at + letter.len_utf8()..];
                let short = letter == '.'
                    && (word.chars().count() <= 1
                        || word.contains('.') && !word.ends_with(')')
                        || word.chars().all(|c| c.is_ascii_digit())
                        || known.is_qualifier(word)
                        || known.is_title_word(word) && word.chars().count() <= 5
                        || matches!(
                            word.to_lowercase().as_str(),
                            "kl" | "ca"
                                | "d"
                                | "st"
                                | "tv"
                                | "th"
                                | "hr"
                                | "fr"
                                | "jf"
                                | "mv"
                                | "nr"
                                | "pkt"
                                | "evt"
                                | "bl"
                                | "tlf"
                                | "fmd"
                                | "jan"
                                | "feb"
                                | "aug"
                                | "sept"
                                | "okt"
                                | "nov"
                                | "dec"
                        ));
                let begins = after
                    .trim_start()
                    .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(')
                    || after.trim().is_empty();
                if after.starts_with(' ') && begins && !short {
                    found.push(text[from..at + letter.len_utf8()].trim().to_owned());
                    from = at + letter.len_utf8();
                }
            }
            _ => {}
        }
    }
    let rest = text[from..].trim();
    if !rest.is_empty() {
        found.push(rest.to_owned());
    }
    found
}

/// Reads a sentence: a list of those who come, else clause by clause.
fn one(sentence: &str, people: &mut People, in_list: bool) -> bool {
    let known = PeopleWords::all();
    let lower = sentence.to_lowercase();
    let mut told = false;
    if lower.len() == sentence.len()
        && !known.tells_absent(sentence.split([',', ':']).next().unwrap_or_default())
    {
        for phrase in LISTS {
            let Some(at) = find_phrase(&lower, phrase) else { continue };
            let rest = sentence[at + phrase.len()..].trim_start_matches([' ', ':', ',']);
            let head = rest.split([',', '(', ';']).next().unwrap_or_default();
            let begins = entry::read(&squeeze(head), false).is_some_and(|it| it.sure)
                || head.split(' ').next().is_some_and(|word| known.is_own(word));
            if !begins {
                continue;
            }
            let style = list::style_of(&[rest], true);
            let row = list::read(rest.trim_end_matches(['.', '!']), style);
            let several = row.people.len() >= 2 || phrase != "kommer";
            if several
                && row.people.iter().filter(|it| it.sure || it.own).count() * 2 >= row.people.len()
            {
                people.listed |= row.people.len() > 1;
                for entry in row.people {
                    if entry
                        .name
                        .split(' ')
                        .next()
                        .is_some_and(|first| entry.sure || !first.is_empty())
                    {
                        people.add(entry, Group::Present);
                        told = true;
                    }
                }
                return told;
            }
        }
    }
    for clause in clauses(sentence) {
        told |= clause_of(&clause, sentence, people, in_list);
    }
    told | titled(sentence, people)
}

/// Reads `Stig Aaby er kommunaldirektør i Gammelby`: the title of somebody who is known.
fn titled(sentence: &str, people: &mut People) -> bool {
    let known = PeopleWords::all();
    let Some((before, after)) =
        [" er jo ", " er ", " is the ", " is "].iter().find_map(|it| sentence.split_once(it))
    else {
        return false;
    };
    let name = before.split([',', '.']).next().unwrap_or_default();
    let title = after.trim_end_matches(['.', '!']);
    let cut = [" i ", " på ", " in ", ",", " hos "]
        .iter()
        .filter_map(|mark| title.find(mark))
        .min()
        .unwrap_or(title.len());
    let title = title[..cut].trim();
    let first = title.split(' ').next().unwrap_or_default();
    let minutes = known.tells_minutes(title)
        || matches!(title.to_lowercase().as_str(), "sekretær" | "secretary");
    if !known.is_title(title) && !minutes || title.split(' ').count() > 5 || known.is_no_name(first)
    {
        return false;
    }
    let found = entry::read(name.split(" kommer").next().unwrap_or(name).trim(), false)
        .filter(|it| it.sure);
    match found.and_then(|it| people.place_of(&it.name)) {
        Some(at) if minutes => {
            people.found[at].minutes = true;
            true
        }
        Some(at) if people.found[at].title.is_none() => {
            people.found[at].title = Some(title.to_owned());
            true
        }
        _ => false,
    }
}

fn find_phrase(text: &str, phrase: &str) -> Option<usize> {
    text.match_indices(phrase).map(|it| it.0).find(|at| {
        let before = text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = text[at + phrase.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        before && (after || phrase.ends_with(':'))
    })
}

/// Splits a sentence where another subject begins.
fn clauses(sentence: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = sentence;
    loop {
        let cut = [", men ", " men ", ", mens ", ", så ", ", og ", " og ", ", but ", "; ", ", "]
            .iter()
            .filter_map(|mark| {
                rest.match_indices(mark)
                    .map(|it| it.0)
                    .find(|at| {
                        let open =
                            rest[..*at].matches('(').count() > rest[..*at].matches(')').count();
                        let right = rest[at + mark.len()..].trim_start();
                        let word = right.split_whitespace().next().unwrap_or_default();
                        let subject =
                            is_name_word(word) && is_given(word) || PeopleWords::all().is_own(word);
                        let left = &rest[..*at];
                        let verb = PeopleWords::all().tells_absent(left)
                            || PeopleWords::all().tells_remote(left)
                            || PeopleWords::all().tells_minutes(left)
                            || PeopleWords::all().tells_lead(left)
                            || COMES
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
fn clause_of(clause: &str, sentence: &str, people: &mut People, in_list: bool) -> bool {
    let known = PeopleWords::all();
    let lower = clause.to_lowercase();
    let absent = known.tells_absent(clause);
    let remote = known.tells_remote(clause);
    let minutes = known.tells_minutes(clause)
        && lower.contains(['r', 's'])
        && (lower.contains("skriv")
            || lower.contains("tager")
            || lower.contains("noter")
            || lower.contains("refereres")
            || lower.contains("referent")
            || lower.contains("minutes")
            || lower.contains("fører"));
    let leads = known.tells_lead(clause);
    let comes = COMES.iter().any(|it| find_phrase(&lower, it).is_some());
    // `Meld afbud til Gert`: nobody is away.
    let asked = lower.contains("afbud til") || lower.contains("apologies to");
    if asked || !(absent || remote || minutes || leads || comes || in_list) {
        return false;
    }
    let mut named = scan(clause);
    if named.is_empty() {
        let own = clause.split(|c: char| !c.is_alphanumeric()).any(|word| known.is_own(word))
            || clause.to_lowercase().starts_with("i ") && false;
        let undersigned = lower.contains("undertegnede") && comes;
        if undersigned || own && (minutes || leads) {
            named.push(Entry { own: true, sure: true, ..Entry::default() });
        } else if minutes && sentence.to_lowercase().contains("tur") || minutes {
            if let Some(name) = sentence.split_whitespace().find_map(genitive) {
                named.push(Entry { name: name.to_owned(), sure: true, ..Entry::default() });
            }
        } else if leads && let Some(after) = lower.split("ledes af ").nth(1) {
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
pub(super) fn guest(text: &str, people: &mut People) {
    let text = text.trim().trim_start_matches('(').trim_end_matches(')');
    for sentence in split(text) {
        let lower = sentence.to_lowercase();
        let chair = lower.contains("som dirigent") || lower.contains("som ordstyrer");
        if find_phrase(&lower, "deltager").is_none() && !chair || lower.contains("ikke") {
            continue;
        }
        for mut entry in scan(&sentence) {
            if entry.name.contains(' ') {
                entry.leads |= chair && lower.contains("foreslår");
                people.add(entry, Group::Present);
            }
        }
    }
}

/// Returns the people who are named in a clause, with titles before and brackets after.
fn scan(clause: &str) -> Vec<Entry> {
    let known = PeopleWords::all();
    let words: Vec<&str> = clause.split_whitespace().collect();
    let mut found: Vec<Entry> = Vec::new();
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
                && matches!(before.to_lowercase().as_str(), "og" | "for" | "i" | "af")
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
        if let Some(entry) = entry::read(&text, false).filter(|it| it.sure) {
            found.push(entry.settle());
        }
        at = to;
    }
    found
}

impl People {
    /// Notes who leads, by title.
    pub(super) fn told_chair(&mut self, title: &str) {
        self.set_chair(title);
    }
}

#[allow(unused_imports)]
use Attendance as _Attendance;
#[allow(unused_imports)]
use Fate as _Fate;
