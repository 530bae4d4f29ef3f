//! An item's printed line taken apart: title, presenter, kind, minutes, and what is a note.

use std::sync::LazyLock;

use regex::Regex;

use crate::language::labels::{Labels, strip_words};
use crate::language::pages::PagePhrases;
use crate::names::entry;

use super::lines::squeeze;
use super::persons::{Found, Persons};
use super::words::PageWords;
use crate::language::pattern::regex;

/// An item's line taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) title: String,
    /// Full name of the presenter, or the name as printed.
    pub(super) presenter: Option<String>,
    /// The presenter as printed, mark included.
    pub(super) printed: Option<String>,
    /// Whether the presenter is one of the participants.
    pub(super) known: bool,
    pub(super) kind: Option<String>,
    pub(super) minutes: Option<u32>,
    pub(super) notes: Vec<String>,
    pub(super) closed: bool,
}

/// Tells whether a text is what is asked of the meeting: `B`, `til drøftelse`.
pub(super) fn is_kind(text: &str, page: &PagePhrases) -> bool {
    page.patterns.kind.is_match(text.trim())
}

/// Returns the minutes that a text sets aside.
pub(super) fn minutes(text: &str, page: &PagePhrases) -> Option<u32> {
    page.patterns.minutes.captures(text.trim()).and_then(|it| it[1].parse().ok())
}

/// Tells whether a text is a time of day.
pub(super) fn is_clock(text: &str, page: &PagePhrases) -> bool {
    page.patterns.clock.is_match(text.trim())
}

/// Takes an item's line apart.
pub(super) fn split(text: &str, words: PageWords, persons: &Persons) -> Heading {
    let mut heading = Heading { closed: words.is_closed(text), ..Heading::default() };
    let mut text = squeeze(&leaders(text));
    text = lead_kind(&text, words, &mut heading);
    text = marked(&text, words, persons, &mut heading);
    text = brackets(&text, words, persons, &mut heading);
    text = tails(&text, words, persons, &mut heading);
    let cut = run_on_cut(&text, words).to_owned();
    if cut.len() < text.len() {
        let rest = text[cut.len()..].trim_start_matches([':', '.', ' ']).to_owned();
        if heading.presenter.is_none() {
            opening_person(&rest, persons, &mut heading);
        }
        heading.notes.push(rest);
        text = cut;
    }
    heading.title = tidy(&text, words);
    heading
}

/// Cuts the dots and the page number of a list of contents.
fn leaders(text: &str) -> String {
    static DOTS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\s*(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d*\s*$"));
    DOTS.replace(text, "").into_owned()
}

/// Reads `(O) Opfølgning`.
fn lead_kind(text: &str, words: PageWords, heading: &mut Heading) -> String {
    if let Some(rest) = text.strip_prefix('(')
        && let Some((kind, rest)) = rest.split_once(')')
        && is_kind(kind, words.page)
    {
        heading.kind = Some(kind.to_owned());
        return rest.trim().to_owned();
    }
    text.to_owned()
}

/// Reads the presenter behind a mark: `v/ Nadja`, `/v. pd Kim Christiansen`.
fn marked(text: &str, words: PageWords, persons: &Persons, heading: &mut Heading) -> String {
    let page = words.page;
    let found: Vec<(usize, usize, usize)> = page
        .patterns
        .title_presenter
        .captures_iter(text)
        .filter_map(|it| {
            let mark = it.get(1)?;
            Some((mark.start(), mark.start(), mark.end()))
        })
        .collect();
    for (start, from, end) in found.into_iter().rev() {
        let mark = text[from..end].trim().to_lowercase();
        let after = &text[end..];
        // What stands in brackets after the person is not the person's.
        let cut = after.find([')', '[', ';']).unwrap_or(after.len());
        let cut = after[..cut].find(" (").map_or(cut, |at| at.min(cut));
        let cut = [" - ", " – ", ". "]
            .iter()
            .filter_map(|dash| after[..cut].find(dash))
            .filter(|at| {
                !page.title.short.end(&after[..*at]) && at.saturating_sub(3) > 0 || *at > 3
            })
            .min()
            .map_or(cut, |at| at.min(cut));
        let named = after[..cut].trim().trim_end_matches([',', '.', ':', ' ']);
        let weak = page.title.weak.has(&mark);
        let Some(who) = persons.read(named, !weak) else { continue };
        // `Parkering ved Skoven` names a place, unless it is known to be a person.
        let titled = entry::read(named, false, persons.known).is_some_and(|it| it.sure);
        if weak && !who.known && !(titled && named.contains(' ')) || text[..start].trim().is_empty()
        {
            continue;
        }
        let bracket = text[..start].trim_end().ends_with('(');
        let rest = after[cut..].trim_start_matches([')', ' ']).trim();
        let shown = text[start..end + cut].trim();
        set(
            heading,
            who,
            format!("{}{shown}{}", if bracket { "(" } else { "" }, if bracket { ")" } else { "" }),
        );
        let title = text[..start].trim_end().trim_end_matches([',', '-', '–', '(', ' ']).trim_end();
        let rest = rest.trim_start_matches(['-', '–', ' ']);
        let title = title.to_owned();
        if rest.starts_with('(') || rest.starts_with('[') {
            return format!("{title} {rest}");
        }
        if !rest.is_empty() {
            heading.notes.push(rest.to_owned());
        }
        return title;
    }
    text.to_owned()
}

fn set(heading: &mut Heading, who: Found, printed: String) {
    if heading.presenter.is_none() {
        heading.presenter = Some(who.name);
        heading.known = who.known;
        heading.printed = Some(printed);
    }
}

/// Reads what stands in brackets: presenter, kind, minutes, papers; a part of the title stays.
fn brackets(text: &str, words: PageWords, persons: &Persons, heading: &mut Heading) -> String {
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
fn tails(text: &str, words: PageWords, persons: &Persons, heading: &mut Heading) -> String {
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

/// Takes the person who opens a sentence as presenter: `Stillet af Mads Thorsager`.
fn opening_person(text: &str, persons: &Persons, heading: &mut Heading) {
    if let Some(who) = persons.presents(text) {
        set(heading, who, text.to_owned());
    }
}

fn ends_shortened(text: &str, words: PageWords) -> bool {
    let last = text
        .trim_end_matches('.')
        .rsplit([' ', '(', '/'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    words.labels().any(|labels| labels.abbreviations.contains(&last))
        || crate::language::titles::Titles::of(words.language).expand(&last).is_some()
        || last.chars().count() <= 2
}

/// Cuts a title where a sentence begins on the same line: `Valg. På valg er …`.
fn run_on_cut<'t>(title: &'t str, words: PageWords) -> &'t str {
    for (at, mark) in title.char_indices().filter(|(_, c)| matches!(c, '.' | ':')) {
        let before = &title[..at];
        let after = title[at + 1..].trim_start();
        let dated = mark == ':'
            && words.dates.dates(after).iter().any(|it| it.year.is_some() || it.weekday.is_some())
            && at > 6;
        let known = dated
            || words
                .labels()
                .flat_map(|labels: &Labels| &labels.run_on)
                .any(|run| strip_words(after, run).is_some());
        let sentence = mark == '.'
            && title[at + 1..].starts_with(' ')
            && after.starts_with(char::is_uppercase)
            && after.split_whitespace().count() >= 2
            && (after.ends_with('.') || after.split_whitespace().count() >= 3)
            && !ends_shortened(before, words)
            && before.chars().next_back().is_some_and(|c| c.is_lowercase() || c == ')');
        if before.chars().count() >= 4 && (known || sentence) {
            return before;
        }
    }
    title
}

/// Takes the marks off the end of a title.
fn tidy(title: &str, words: PageWords) -> String {
    let title = title.trim().trim_end_matches([':', ';', ',', ' ', '-', '–', '→']);
    if title.ends_with("...")
        || title.ends_with('…')
        || (title.ends_with('.') && ends_shortened(title, words))
    {
        return title.to_owned();
    }
    title.trim_end_matches(['.', ':', ' ']).to_owned()
}
