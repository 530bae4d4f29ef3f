//! Lines as people: title, name, role.

use crate::lang::titles::Titles;
use crate::model::language::Language;
use crate::model::meeting::{Header, Participant};

/// Returns the people on a line: one, or several between semicolons, or between commas when
/// each part is a name.
pub(super) fn read(line: &str, language: Language) -> Vec<Participant> {
    let line = line.trim().trim_end_matches('.');
    let titles = Titles::of(language);
    if line.contains(';') {
        return line.split(';').filter_map(|part| person(part, titles)).collect();
    }
    let parts: Vec<&str> = line.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_name = |part: &&str| {
        let (_, name) = titles.split(part);
        name.contains(' ') && name.split(' ').all(starts_large)
    };
    if parts.len() > 1 && parts.iter().all(is_name) {
        return parts.iter().filter_map(|part| person(part, titles)).collect();
    }
    person(line, titles).into_iter().collect()
}

fn person(text: &str, titles: &Titles) -> Option<Participant> {
    let (who, role) = match text.split_once(',') {
        Some((who, role)) => (who.trim(), Some(role.trim().to_owned())),
        None => (text.trim(), None),
    };
    let (title, name) = titles.split(who);
    (!name.is_empty()).then_some(Participant { name, title, role })
}

fn starts_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Returns the participant that `name` names: in full, or by the one surname or first name
/// that fits.
pub(super) fn named<'a>(name: &str, header: &'a Header) -> Option<&'a Participant> {
    if let Some(person) = header.everybody().find(|person| person.name == name) {
        return Some(person);
    }
    let wanted: Vec<&str> = name.split(' ').collect();
    let fits = |person: &&Participant| {
        let parts: Vec<&str> = person.name.split(' ').collect();
        wanted.iter().all(|word| parts.contains(word))
    };
    let mut fitting = header.everybody().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_name_and_role_are_told_apart() {
        let people = read("Juridisk konsulent Eva Lund Bro, referent", Language::Da);
        assert_eq!(people[0].title.as_deref(), Some("Juridisk konsulent"));
        assert_eq!(people[0].name, "Eva Lund Bro");
        assert_eq!(people[0].role.as_deref(), Some("referent"));
        let people = read("1. viceborgmester Bo Ask", Language::Da);
        assert_eq!(people[0].title.as_deref(), Some("1. viceborgmester"));
        assert_eq!(read("Bo Ask, Ida Holm, Eva Bro", Language::Da).len(), 3);
    }
}
