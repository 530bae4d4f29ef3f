//! Participants from the lines under a label: one per line or many, titles before or after,
//! parts and organisations beside the name.

use crate::domain::meeting::Participant;
use crate::language::titles::{Titles, WrittenPerson};
use crate::remark::Remark;

/// A line of a list of persons.
pub(super) struct PeopleLine {
    /// Line of the input.
    pub(super) number: usize,
    /// The text.
    pub(super) text: String,
}

/// A stretch between two commas.
enum Chunk {
    Person(Participant),
    /// A title, part or place that belongs to the person before it.
    Beside(String),
}

/// Reads the persons of a block; what is no person is told.
pub(super) fn read(lines: &[PeopleLine], titles: &Titles) -> (Vec<Participant>, Vec<Remark>) {
    let mut remarks = Vec::new();
    let mut rows: Vec<(usize, Vec<Chunk>)> = Vec::new();
    for (number, text) in joined(lines, titles) {
        let text = before_sentence(&text, titles);
        let mut chunks = Vec::new();
        for part in split(&text, titles) {
            add_chunk(&part, titles, &mut chunks);
        }
        rows.push((number, chunks));
    }
    mend_affiliations(&mut rows);
    let mut people: Vec<Participant> = Vec::new();
    for (number, chunks) in rows {
        let before = people.len();
        for chunk in chunks {
            match chunk {
                Chunk::Person(person) => people.push(person),
                Chunk::Beside(text) if people.len() > before => {
                    if let Some(person) = people.last_mut() {
                        attach(person, &text, titles);
                    }
                }
                Chunk::Beside(text) if titles.is_nobody(&text) => {}
                // A number of people, as in `15 (inkl. bestyrelsen)`.
                Chunk::Beside(text) if text.starts_with(|c: char| c.is_ascii_digit()) => {}
                Chunk::Beside(text) => {
                    remarks.push(Remark::at(number, format!("`{text}` is not read as a person")));
                }
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    people.retain(|person| seen.insert(person.name.clone()));
    (people, remarks)
}

/// Returns whether a line holds persons only.
pub(super) fn is_people(text: &str, titles: &Titles) -> bool {
    let parts = split(text, titles);
    let mut chunks = Vec::new();
    parts.iter().for_each(|part| add_chunk(part, titles, &mut chunks));
    matches!(chunks.first(), Some(Chunk::Person(_)))
        && chunks.iter().all(|chunk| match chunk {
            Chunk::Person(_) => true,
            Chunk::Beside(text) => text.split_whitespace().count() <= 4 && !text.contains('.'),
        })
}

/// Joins the lines that one person is broken over.
fn joined(lines: &[PeopleLine], titles: &Titles) -> Vec<(usize, String)> {
    let mut rows: Vec<(usize, String)> = Vec::new();
    for line in lines {
        let text = line.text.trim();
        if let Some((_, last)) = rows.last_mut() {
            let joins = |word: &str| titles.and.iter().any(|and| and == word);
            let tail = last.rsplit(char::is_whitespace).next().unwrap_or_default();
            let head = text.split_whitespace().next().unwrap_or_default();
            let open = last.ends_with([',', ';', '/', '(']) || joins(tail);
            let goes_on = joins(head)
                || (head.starts_with(|c: char| c.is_lowercase() || c == '(')
                    && titles.person(text).is_none());
            // A name that a long line breaks: `…, Flemming` and `Alsøe, …`.
            let word = |part: &str| part.split_whitespace().count() == 1;
            let broken = last.contains(',')
                && last.chars().count() >= 55
                && last.rsplit(',').next().is_some_and(word)
                && text.split(',').next().is_some_and(word)
                && text.contains(',');
            if open || goes_on || broken {
                last.push(' ');
                last.push_str(text);
                continue;
            }
        }
        rows.push((line.number, text.to_owned()));
    }
    rows
}

/// Cuts a line where a list of names ends and a sentence begins.
fn before_sentence(text: &str, titles: &Titles) -> String {
    let mut from = 0;
    while let Some(at) = text[from..].find(". ").map(|at| from + at) {
        let word = text[..at].rsplit([' ', ',']).next().unwrap_or_default();
        let shortened = word.chars().count() <= 2
            || titles.expand(word).is_some()
            || titles.is_title(&format!("{word}."));
        if !shortened && word.chars().all(char::is_alphabetic) {
            return text[..at].to_owned();
        }
        from = at + 1;
    }
    text.to_owned()
}

/// Splits a line at commas, semicolons and words like `og`, outside parentheses.
fn split(text: &str, titles: &Titles) -> Vec<String> {
    let mut parts = Vec::new();
    let mut depth = 0usize;
    let mut part = String::new();
    for word in text.split_inclusive([' ', ',', ';', '/']) {
        let plain = word.trim_end_matches([' ', ',', ';', '/']);
        let and = depth == 0 && titles.and.iter().any(|and| and.eq_ignore_ascii_case(plain));
        depth = (depth + plain.matches('(').count()).saturating_sub(plain.matches(')').count());
        if and && !part.trim().is_empty() && !part.trim_end().ends_with('-') {
            parts.push(std::mem::take(&mut part));
        } else if and && part.trim().is_empty() {
            continue;
        } else if depth == 0
            && (word.ends_with([',', ';']) || (word.ends_with('/') && plain.is_empty()))
        {
            part.push_str(plain);
            parts.push(std::mem::take(&mut part));
        } else {
            part.push_str(word);
        }
    }
    parts.push(part);
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    parts
}

/// Reads one stretch between commas.
fn add_chunk(part: &str, titles: &Titles, chunks: &mut Vec<Chunk>) {
    let mut text = part.trim().trim_end_matches(['.', ':', ';']).trim();
    // `Bestyrelsen: Anna Bech` and `Formand: Anna Bech`.
    if titles.is_nobody(text) {
        chunks.push(Chunk::Beside(text.to_owned()));
        return;
    }
    let mut given = None;
    if let Some((before, after)) = text.split_once(':') {
        given = titles.is_title(before).then(|| before.trim().to_owned());
        text = after.trim();
    }
    // A bullet's or a list's own number; `1. viceborgmester` keeps its own.
    if titles.person(text).is_none() {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() < text.len() && rest.starts_with(['.', ')']) {
            text = rest[1..].trim();
        }
    }
    let (outside, inside) = parentheses(text);
    let (outside, dashed) = match find_dash(&outside) {
        Some((name, rest)) => (name, Some(rest)),
        None => (outside, None),
    };
    match titles.person(&outside) {
        Some(WrittenPerson { title, name }) => {
            let mut person = Participant { name, title: given.or(title), role: None };
            for text in inside.iter().chain(&dashed) {
                attach(&mut person, text, titles);
            }
            chunks.push(Chunk::Person(person));
        }
        None => match tail_title(&outside, titles) {
            Some(person) => chunks.push(Chunk::Person(person)),
            None => chunks.push(Chunk::Beside(text.to_owned())),
        },
    }
}

/// Splits `Anna Bech - formand` at its dash.
fn find_dash(text: &str) -> Option<(String, String)> {
    let at = [" - ", " – ", " — "].iter().filter_map(|dash| text.find(dash)).min()?;
    let rest = text[at..].trim_start_matches([' ', '-', '–', '—']);
    Some((text[..at].trim().to_owned(), rest.trim().to_owned()))
}

/// Reads a title in lower case straight after the name: `Anna Bech formand`.
fn tail_title(text: &str, titles: &Titles) -> Option<Participant> {
    let (name, title) = text.rsplit_once(' ')?;
    let plain = title.starts_with(char::is_lowercase);
    let person = titles
        .person(name)
        .filter(|_| plain && (titles.is_title(title) || titles.is_role(title)))?;
    let mut participant = Participant { name: person.name, title: person.title, role: None };
    attach(&mut participant, title, titles);
    Some(participant)
}

/// Takes what stands in parentheses out of a text.
fn parentheses(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        outside.push_str(before);
        let (within, behind) = after.split_once(')').unwrap_or((after, ""));
        inside.push(within.trim().to_owned());
        rest = behind;
    }
    outside.push_str(rest);
    (outside.split_whitespace().collect::<Vec<_>>().join(" "), inside)
}

/// Keeps what stands beside a name as the person's part or title; a place is left out.
fn attach(person: &mut Participant, text: &str, titles: &Titles) {
    let text = text.trim();
    if titles.is_role(text) {
        person.role.get_or_insert_with(|| text.to_owned());
    } else if titles.is_title(text)
        || titles.person(text).is_none() && opens_with_title(text, titles)
    {
        person.title.get_or_insert_with(|| text.to_owned());
    }
}

fn opens_with_title(text: &str, titles: &Titles) -> bool {
    text.split_whitespace().next().is_some_and(|word| titles.is_title(word))
}

/// Turns names that are organisations beside other names into what they are: in a list that
/// gives every person a second entry (`Anna Bech, Nordlys`), the second is no person.
fn mend_affiliations(rows: &mut [(usize, Vec<Chunk>)]) {
    let person = |chunk: &Chunk| matches!(chunk, Chunk::Person(_));
    let all = || rows.iter().flat_map(|(_, chunks)| chunks);
    let full =
        all().filter(|chunk| matches!(chunk, Chunk::Person(it) if it.name.contains(' '))).count();
    let beside = all().filter(|chunk| !person(chunk)).count();
    let paired = rows.iter().filter(|(_, chunks)| chunks.len() == 2 && person(&chunks[0])).count();
    let table = paired >= 3 && paired == rows.len();
    for (_, chunks) in rows.iter_mut() {
        for at in 1..chunks.len() {
            let after_person = person(&chunks[at - 1]);
            let Chunk::Person(it) = &chunks[at] else { continue };
            let single = it.title.is_none() && it.role.is_none() && !it.name.contains(' ');
            let lone = single && full >= 2 && (beside > 0 || paired >= 2);
            let second = table && at == 1 && it.title.is_none();
            if after_person && (lone || second) {
                let name = it.name.clone();
                chunks[at] = Chunk::Beside(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;

    fn names(text: &str) -> Vec<String> {
        people(text).into_iter().map(|person| person.name).collect()
    }

    fn people(text: &str) -> Vec<Participant> {
        let lines: Vec<PeopleLine> = text
            .lines()
            .enumerate()
            .map(|(at, text)| PeopleLine { number: at + 1, text: text.to_owned() })
            .collect();
        read(&lines, Titles::of(Language::Da)).0
    }

    #[test]
    fn a_line_of_names_ends_with_og() {
        assert_eq!(names("Anna, Bo, Carl og Dorte"), ["Anna", "Bo", "Carl", "Dorte"]);
        assert_eq!(
            names("Anna Bech, , Bo Lund og\nCarl Dam (formand)"),
            ["Anna Bech", "Bo Lund", "Carl Dam"]
        );
    }

    #[test]
    fn titles_and_parts_stand_before_or_after() {
        let list = people(
            "Juridisk konsulent Pia Aa, referent\nBo Lund, formand\nCarl Dam (kasserer)\nFormand: Eva Fog",
        );
        let title = |at: usize| list[at].title.as_deref();
        assert_eq!(
            (title(0), list[0].role.as_deref()),
            (Some("Juridisk konsulent"), Some("referent"))
        );
        assert_eq!(
            (title(1), title(2), title(3)),
            (Some("formand"), Some("kasserer"), Some("Formand"))
        );
    }

    #[test]
    fn a_place_or_firm_beside_a_name_is_no_person() {
        assert_eq!(
            names("Anna Bech, etape 1, Bo Lund, etape 2\nCarl Dam, Nordlys"),
            ["Anna Bech", "Bo Lund", "Carl Dam"]
        );
        assert_eq!(
            names("Anna Bech, Nordlys\nBo Lund, Sydvind\nCarl Dam, Vestvang"),
            ["Anna Bech", "Bo Lund", "Carl Dam"]
        );
    }

    #[test]
    fn sentences_and_counts_are_nobody() {
        assert!(names("Der var mødt 44 personer i alt").is_empty());
        assert!(names("20 + 4 (24 incl. Bestyrelsen)").is_empty());
        assert!(names("Ingen").is_empty());
    }
}
