//! Who presents an item: the end of its title after `/v.`, matched with the participants.

use crate::domain::meeting::Participant;
use crate::language::titles::Titles;

/// A title without its presenter, and the presenter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) title: String,
    /// As printed, mark included.
    pub(super) printed: Option<String>,
    /// Full name of the participant, or the name as printed.
    pub(super) name: Option<String>,
    /// Whether the name is that of a participant.
    pub(super) known: bool,
}

/// Splits a printed title into the title and its presenter.
pub(super) fn split(text: &str, titles: &Titles, people: &[Participant]) -> Split {
    let whole = || Split { title: text.to_owned(), ..Split::default() };
    let Some((at, mark)) = find_mark(text, titles) else { return whole() };
    let printed = text[at..].trim();
    let named = printed.trim_start_matches('(').get(mark.trim_start_matches('(').len()..);
    let named = named.unwrap_or_default().trim().trim_end_matches([')', '.', ':', ',', ' ']);
    let Some((name, known)) = person(named, titles, people) else { return whole() };
    let weak = titles.weak_marks.iter().any(|it| it == mark);
    let titled = titles.person(named).is_some_and(|it| it.title.is_some());
    // `Parkering ved Skoven` names a place, unless it is known to be a person.
    if weak && !known && !titled && (mark != "v." || titles.person(named).is_none()) {
        return whole();
    }
    let title = text[..at].trim_end().trim_end_matches([',', '-', '–', '(']).trim_end();
    if title.is_empty() {
        return whole();
    }
    Split { title: title.to_owned(), printed: Some(printed.to_owned()), name: Some(name), known }
}

/// Returns where the last mark of a presenter stands, and the mark.
fn find_mark<'a>(text: &str, titles: &'a Titles) -> Option<(usize, &'a str)> {
    let lower = text.to_lowercase();
    // Case may change a text's length; then its places are not the text's.
    if lower.len() != text.len() {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for mark in &titles.presenter_marks {
        let Some(mut at) = lower.rfind(mark.as_str()) else { continue };
        let open = lower[..at].chars().next_back().is_some_and(|c| !" (/,".contains(c));
        let glued = mark.ends_with(char::is_alphanumeric)
            && lower[at + mark.len()..].starts_with(char::is_alphanumeric);
        if open || glued || at == 0 {
            continue;
        }
        let mut length = mark.len();
        if lower[..at].ends_with('(') {
            at -= 1;
            length += 1;
        }
        // The earlier of overlapping marks is the longer: `/v.` holds `v.`.
        let better = best.is_none_or(|(other, found)| {
            let (end, other_end) = (at + length, other + found.len());
            if at < other_end && other < end {
                at < other || length > found.len()
            } else {
                at > other
            }
        });
        if better {
            best = Some((at, mark));
        }
    }
    best.filter(|(at, _)| text.is_char_boundary(*at))
}

/// Returns the person that a printed presenter means, and whether it is a participant.
pub(super) fn person(
    named: &str,
    titles: &Titles,
    people: &[Participant],
) -> Option<(String, bool)> {
    let first = named.split([',', ';']).next().unwrap_or_default().trim();
    let and = titles.and.iter().filter_map(|and| first.find(&format!(" {and} "))).min();
    // Of several presenters the first is kept; `formand for A- og Budvalget Bo Bech` is one.
    let whole = titles.person(first).is_some() || and.is_none();
    let first = if whole { first } else { &first[..and.unwrap_or(first.len())] };
    if first.is_empty() || first.split_whitespace().count() > 10 {
        return None;
    }
    let written = titles.person(first);
    let name = written.as_ref().map_or(first, |it| it.name.as_str());
    if let Some(person) = by_name(name, people).or_else(|| by_title(first, titles, people)) {
        return Some((person.name.clone(), true));
    }
    match written {
        Some(written) => Some((written.name, false)),
        None => Some((first.to_owned(), false)).filter(|_| first.split_whitespace().count() <= 4),
    }
}

/// Returns the participant whose name this is: in full, without middle names, or one part of it
/// when nobody else has that.
pub(super) fn by_name<'a>(name: &str, people: &'a [Participant]) -> Option<&'a Participant> {
    let wanted: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let fits = |person: &&Participant| {
        let full: Vec<String> = person.name.split_whitespace().map(str::to_lowercase).collect();
        match &wanted[..] {
            [] => false,
            [one] => full.contains(one),
            _ => full.first() == wanted.first() && full.last() == wanted.last(),
        }
    };
    if let Some(same) = people.iter().find(|person| person.name.eq_ignore_ascii_case(name)) {
        return Some(same);
    }
    let mut fitting = people.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Returns the only participant with this title, as in `politidirektøren` or `pd`.
pub(super) fn by_title<'a>(
    text: &str,
    titles: &Titles,
    people: &'a [Participant],
) -> Option<&'a Participant> {
    let text = titles.expand(text).map_or_else(|| text.to_lowercase(), str::to_owned);
    let fits = |person: &&Participant| {
        [&person.title, &person.role].into_iter().flatten().any(|title| {
            let title = title.to_lowercase();
            let definite = ["", "en", "n", "et", "eren"]
                .iter()
                .any(|end| text.strip_prefix(title.as_str()) == Some(*end));
            definite
                || format!("the {title}") == text
                || format!("{}en", title.trim_end_matches("en")) == text
        })
    };
    let mut fitting = people.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;

    fn people() -> Vec<Participant> {
        [("Kim Holm Bech", "Politidirektør"), ("Anna Lund", "Borgmester"), ("Bo Dam", "Borgmester")]
            .map(|(name, title)| Participant {
                name: name.into(),
                title: Some(title.into()),
                role: None,
            })
            .to_vec()
    }

    fn read(text: &str) -> (String, Option<String>) {
        let split = split(text, Titles::of(Language::Da), &people());
        (split.title, split.name)
    }

    #[test]
    fn a_presenter_is_found_by_name_first_name_or_title() {
        let is = |text: &str, title: &str, name: &str| {
            assert_eq!(read(text), (title.to_owned(), Some(name.to_owned())), "{text}");
        };
        is("Status /v. pd. Kim Bech", "Status", "Kim Holm Bech");
        is("Status v/ Anna", "Status", "Anna Lund");
        is("Nyt (v. Bo)", "Nyt", "Bo Dam");
        is("Nyt ved borgmester Bo Dam", "Nyt", "Bo Dam");
        is("Nyt /v. politidirektøren", "Nyt", "Kim Holm Bech");
        is("Plan /v. arkitekt Eva Fog", "Plan", "Eva Fog");
    }

    #[test]
    fn a_place_is_no_presenter() {
        assert_eq!(read("Parkering ved Skoven"), ("Parkering ved Skoven".to_owned(), None));
        assert_eq!(
            read("Parkering ved Lille Skov, Nord"),
            ("Parkering ved Lille Skov, Nord".to_owned(), None)
        );
    }
}
