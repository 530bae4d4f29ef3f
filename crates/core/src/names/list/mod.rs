//! Lists of people: one per line or many, titles before or after, columns, family names first.

mod pieces;
mod placed;

use crate::language::people_words::PeopleWords;

use super::entry::{self, ListedPerson};
use super::given::{is_capitals, is_given, is_name_word};

pub use pieces::columns;
use pieces::{pieces, plural_title, tidy};
use placed::{read_columns, trailing};

/// How the lines of one list are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListStyle {
    /// `Ravnkilde, Steen`.
    pub inverted: bool,
    /// Every line holds one person, so that what follows a comma belongs to that person.
    pub one_per_line: bool,
    /// The lines stand under a label of people, so that names nobody knows are taken too.
    pub listed: bool,
}

/// What a line of a list holds.
#[derive(Clone, Debug, Default)]
pub struct ListRow {
    /// The people, in order.
    pub people: Vec<ListedPerson>,
    /// Pieces that belong to nobody.
    pub left: Vec<String>,
}

/// How two pieces of a line are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Start,
    Comma,
    Dash,
    And,
    /// A semicolon or a dot in the middle: another person begins.
    Strong,
}

/// Tells how the lines of a list are written.
pub fn style_of(lines: &[&str], listed: bool, known: &PeopleWords) -> ListStyle {
    let mut style = ListStyle { listed, ..ListStyle::default() };
    let (mut inverted, mut straight, mut several) = (0usize, 0usize, 0usize);
    for line in lines {
        for part in line.split([';', '·']) {
            match two_parts(part, known) {
                Some(true) => inverted += 1,
                Some(false) => straight += 1,
                None => {}
            }
        }
        let row = read(line, ListStyle { listed, ..ListStyle::default() }, known);
        several += usize::from(row.people.iter().filter(|it| it.sure).count() > 1);
    }
    style.inverted = inverted > straight;
    style.one_per_line = lines.len() >= 2 && several * 3 <= lines.len();
    style
}

/// Tells whether the two parts around the first comma are family and given name (`Some(true)`),
/// or a given name first (`Some(false)`).
fn two_parts(text: &str, known: &PeopleWords) -> Option<bool> {
    let text = text.trim().trim_start_matches(|c: char| "•*-–~· ".contains(c));
    let (one, other) = text.split_once(',')?;
    let one = one.rsplit([':', '\t']).next().unwrap_or(one).trim();
    let one = one.rsplit("  ").next().unwrap_or(one);
    let family: Vec<&str> = one.split_whitespace().collect();
    let first = other.split_whitespace().next()?.trim_matches(|c: char| !c.is_alphanumeric());
    let name = |word: &&str| is_name_word(word) || is_capitals(word) || known.is_particle(word);
    let titled = family.iter().any(|word| known.is_title_word(word) && !is_given(word));
    if family.is_empty() || family.len() > 3 || !family.iter().all(name) || titled {
        return Some(false).filter(|_| family.len() > 1);
    }
    if is_name_word(first) && is_given(first) {
        let plain = !is_given(family[0]);
        return if plain {
            Some(true)
        } else if family.len() < 2 {
            None
        } else {
            Some(false)
        };
    }
    Some(false)
}

/// Reads a line of a list.
pub fn read(text: &str, style: ListStyle, known: &PeopleWords) -> ListRow {
    let mut text = tidy(text, known);
    let strong = text.contains([';', '·', '•']);
    let columns: Vec<String> = columns(&text);
    if columns.len() > 1 && !strong {
        return read_columns(&columns, style, known);
    }
    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut row = ListRow::default();
    let mut before: Vec<String> = Vec::new();
    let mut current: Option<ListedPerson> = None;
    let mut plural: Option<String> = None;
    let pieces = pieces(&text, style, known);
    let mut at = 0;
    while at < pieces.len() {
        let (mark, piece) = &pieces[at];
        at += 1;
        if *mark == Mark::Strong {
            close(&mut row, &mut current, &mut before, known);
        }
        if style.inverted
            && let Some((Mark::Comma, given)) = pieces.get(at)
            && let Some(found) =
                entry::read_inverted(piece, given, known).filter(|it| it.sure || current.is_none())
        {
            close(&mut row, &mut current, &mut before, known);
            current = Some(found);
            at += 1;
            continue;
        }
        let sure_later = || {
            pieces[at..].iter().any(|(mark, it)| {
                *mark != Mark::Strong
                    && entry::read(it, false, known)
                        .is_some_and(|it| it.sure && it.name.contains(' '))
            })
        };
        let found = entry::read(piece, style.listed, known)
            .filter(|found| found.sure || current.is_some() || before.is_empty() || !sure_later())
            .filter(|found| begins(found, piece, *mark, current.as_ref(), style, &row, known));
        match found {
            Some(mut found) => {
                lead(&mut found, &mut before, &mut row, known);
                if let Some(entry) = current.take() {
                    row.people.push(entry.settle(known));
                }
                if let Some(title) = plural_title(piece, &found.name, known) {
                    plural = Some(title);
                }
                if let Some(title) = &plural {
                    found.lead_plural(title);
                }
                current = Some(found);
            }
            None => match &mut current {
                // `chefkonsulent, planteavl Radmila Anđelić`: the title of the next.
                Some(_)
                    if known.is_title(piece)
                        && *mark == Mark::Comma
                        && next_needs(&pieces, at, known) =>
                {
                    before.push(piece.clone());
                }
                Some(entry) => entry.beside(piece, false, known),
                None if known.is_nobody(piece) => {}
                None => before.push(piece.clone()),
            },
        }
    }
    close(&mut row, &mut current, &mut before, known);
    let unread = row.people.first().is_none_or(|it| !it.sure) || row.people.is_empty();
    if unread
        && style.listed
        && style.one_per_line
        && let Some(found) = trailing(&text, known)
    {
        return ListRow { people: vec![found.settle(known)], left: Vec::new() };
    }
    row
}

/// Tells whether the next piece is a person with a part of a title before the name.
fn next_needs(pieces: &[(Mark, String)], at: usize, known: &PeopleWords) -> bool {
    let Some((Mark::Comma, next)) = pieces.get(at) else { return false };
    let first = next.split(' ').next().unwrap_or_default();
    first.starts_with(char::is_lowercase)
        && !known.is_title(first)
        && !known.is_and(first)
        && entry::read(next, true, known).is_some_and(|it| it.sure && it.name.contains(' '))
        && entry::read(next, false, known).is_none()
}

/// Tells whether a line begins with a family name and a given name after a comma.
pub fn starts_inverted(text: &str, known: &PeopleWords) -> bool {
    two_parts(text, known) == Some(true)
}

/// Gives a person the titles that stand before; what else stands there is left.
fn lead(
    found: &mut ListedPerson,
    before: &mut Vec<String>,
    row: &mut ListRow,
    known: &PeopleWords,
) {
    let Some(first) = before.first() else { return };
    if before.len() == 1 && found.has_initials(first) {
        found.initials.get_or_insert_with(|| first.clone());
        before.clear();
    } else if known.is_title(first) {
        found.lead_with(&before.join(", "));
        before.clear();
    } else if found.has_initials(first) && before.len() > 1 {
        let initials = before.remove(0);
        found.lead_with(&before.join(", "));
        found.initials.get_or_insert(initials);
        before.clear();
    } else {
        row.left.append(before);
    }
}

fn close(
    row: &mut ListRow,
    current: &mut Option<ListedPerson>,
    before: &mut Vec<String>,
    known: &PeopleWords,
) {
    if let Some(entry) = current.take() {
        row.people.push(entry.settle(known));
    }
    row.left.append(before);
}

/// Tells whether what reads as a person begins one, where another stands before it.
fn begins(
    found: &ListedPerson,
    piece: &str,
    mark: Mark,
    current: Option<&ListedPerson>,
    style: ListStyle,
    row: &ListRow,
    known: &PeopleWords,
) -> bool {
    let Some(current) = current else { return true };
    let words = found.name.split(' ').count();
    match mark {
        Mark::Start | Mark::Strong => true,
        Mark::And => found.sure || style.listed && !style.one_per_line,
        Mark::Dash => false,
        Mark::Comma if found.sure => !style.one_per_line || words >= 2 && !piece.contains("fra "),
        // Between names that nobody knows and places beside a name, the list decides.
        Mark::Comma => {
            style.listed
                && !style.one_per_line
                && words <= 2
                && (current.title.is_none() && !current.has_after())
                && (row.people.len() + 1 >= 2 || current.name.split(' ').count() == 1)
                && !known.is_party(piece)
                && !known.is_title(piece)
                && !piece.chars().all(char::is_uppercase)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    fn names(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.split('\n').collect();
        let known = PeopleWords::all(Words::danish());
        let style = style_of(&lines, true, known);
        lines.iter().flat_map(|line| read(line, style, known).people).map(|it| it.name).collect()
    }

    #[test]
    fn lists_of_every_kind_are_read() {
        assert_eq!(names("Karen (formand), Bo, Ulla fra forvaltningen"), ["Karen", "Bo", "Ulla"]);
        assert_eq!(
            names("Hansen, Bo; Bro, Mette; Overgaard, Finn (HR)"),
            ["Bo Hansen", "Mette Bro", "Finn Overgaard"]
        );
        assert_eq!(names("KMJ    Formand, advokat Kirsten Marie Juul"), ["Kirsten Marie Juul"]);
        assert_eq!(
            names("Asta Riis Holm, 9.b, og Elias Bech, 8.a"),
            ["Asta Riis Holm", "Elias Bech"]
        );
        assert_eq!(names("Alma og Oliver"), ["Alma", "Oliver"]);
        assert_eq!(
            names("Anna Bech, Nordlys\nBo Lund, Sydvind\nCarl Dam, Vestvang"),
            ["Anna Bech", "Bo Lund", "Carl Dam"]
        );
        assert_eq!(
            names(
                "Direktør Susanne Stenholt, jobcenterchef Rajesh Anand og sekretær Torben Wittrup, referent"
            ),
            ["Susanne Stenholt", "Rajesh Anand", "Torben Wittrup"]
        );
    }
}
