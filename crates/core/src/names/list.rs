//! Lists of people: one per line or many, titles before or after, columns, family names first.

use crate::language::people_words::PeopleWords;

use super::entry::{self, Entry};
use super::given::{is_capitals, is_given, is_name_word};

/// How the lines of one list are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// `Ravnkilde, Steen`.
    pub inverted: bool,
    /// Every line holds one person, so that what follows a comma belongs to that person.
    pub one_per_line: bool,
    /// The lines stand under a label of people, so that names nobody knows are taken too.
    pub listed: bool,
}

/// What a line of a list holds.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The people, in order.
    pub people: Vec<Entry>,
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
pub fn style_of(lines: &[&str], listed: bool) -> Style {
    let mut style = Style { listed, ..Style::default() };
    let (mut inverted, mut straight, mut several) = (0usize, 0usize, 0usize);
    for line in lines {
        for part in line.split([';', '·']) {
            match two_parts(part) {
                Some(true) => inverted += 1,
                Some(false) => straight += 1,
                None => {}
            }
        }
        let row = read(line, Style { listed, ..Style::default() });
        several += usize::from(row.people.iter().filter(|it| it.sure).count() > 1);
    }
    style.inverted = inverted > straight;
    style.one_per_line = lines.len() >= 2 && several * 3 <= lines.len();
    style
}

/// Tells whether the two parts around the first comma are family and given name (`Some(true)`),
/// or a given name first (`Some(false)`).
fn two_parts(text: &str) -> Option<bool> {
    let text = text.trim().trim_start_matches(|c: char| "•*-–~· ".contains(c));
    let (one, other) = text.split_once(',')?;
    let one = one.rsplit([':', '\t']).next().unwrap_or(one).trim();
    let one = one.rsplit("  ").next().unwrap_or(one);
    let family: Vec<&str> = one.split_whitespace().collect();
    let first = other.split_whitespace().next()?.trim_matches(|c: char| !c.is_alphanumeric());
    let known = PeopleWords::all();
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
pub fn read(text: &str, style: Style) -> Row {
    let mut text = tidy(text);
    let known = PeopleWords::all();
    let strong = text.contains([';', '·', '•']);
    let columns: Vec<String> = columns(&text);
    if columns.len() > 1 && !strong {
        return read_columns(&columns, style);
    }
    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut row = Row::default();
    let mut before: Vec<String> = Vec::new();
    let mut current: Option<Entry> = None;
    let mut plural: Option<String> = None;
    let pieces = pieces(&text, style);
    let mut at = 0;
    while at < pieces.len() {
        let (mark, piece) = &pieces[at];
        at += 1;
        if *mark == Mark::Strong {
            close(&mut row, &mut current, &mut before);
        }
        if style.inverted
            && let Some((Mark::Comma, given)) = pieces.get(at)
            && let Some(found) =
                entry::read_inverted(piece, given).filter(|it| it.sure || current.is_none())
        {
            close(&mut row, &mut current, &mut before);
            current = Some(found);
            at += 1;
            continue;
        }
        let sure_later = || {
            pieces[at..].iter().any(|(mark, it)| {
                *mark != Mark::Strong
                    && entry::read(it, false).is_some_and(|it| it.sure && it.name.contains(' '))
            })
        };
        let found = entry::read(piece, style.listed)
            .filter(|found| found.sure || current.is_some() || before.is_empty() || !sure_later())
            .filter(|found| begins(found, piece, *mark, current.as_ref(), style, &row));
        match found {
            Some(mut found) => {
                lead(&mut found, &mut before, &mut row);
                if let Some(entry) = current.take() {
                    row.people.push(entry.settle());
                }
                if let Some(title) = plural_title(piece, &found.name) {
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
                    if known.is_title(piece) && *mark == Mark::Comma && next_needs(&pieces, at) =>
                {
                    before.push(piece.clone());
                }
                Some(entry) => entry.beside(piece, false),
                None if known.is_nobody(piece) => {}
                None => before.push(piece.clone()),
            },
        }
    }
    close(&mut row, &mut current, &mut before);
    let unread = row.people.first().is_none_or(|it| !it.sure) || row.people.is_empty();
    if unread
        && style.listed
        && style.one_per_line
        && let Some(found) = trailing(&text)
    {
        return Row { people: vec![found.settle()], left: Vec::new() };
    }
    row
}

/// Reads a line whose name stands last, behind whatever function: `Elevrådet, 8.B Alma`,
/// `hal og klubhus Søren Holm, referent`.
fn trailing(text: &str) -> Option<Entry> {
    let known = PeopleWords::all();
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
            && super::given::name_length(&words[*from..]) == words.len() - from
    })?;
    if from > 7 || words[0].ends_with(':') {
        return None;
    }
    let mut found = entry::read(&words[from..].join(" "), true)?;
    found.lead_with(&words[..from].join(" "));
    if let Some(beside) = beside {
        found.beside(beside, false);
    }
    Some(found)
}

/// Tells whether the next piece is a person with a part of a title before the name.
fn next_needs(pieces: &[(Mark, String)], at: usize) -> bool {
    let Some((Mark::Comma, next)) = pieces.get(at) else { return false };
    let first = next.split(' ').next().unwrap_or_default();
    first.starts_with(char::is_lowercase)
        && !PeopleWords::all().is_title(first)
        && !PeopleWords::all().is_and(first)
        && entry::read(next, true).is_some_and(|it| it.sure && it.name.contains(' '))
        && entry::read(next, false).is_none()
}

/// Tells whether a line begins with a family name and a given name after a comma.
pub fn starts_inverted(text: &str) -> bool {
    two_parts(text) == Some(true)
}

/// Gives a person the titles that stand before; what else stands there is left.
fn lead(found: &mut Entry, before: &mut Vec<String>, row: &mut Row) {
    let Some(first) = before.first() else { return };
    let known = PeopleWords::all();
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

fn close(row: &mut Row, current: &mut Option<Entry>, before: &mut Vec<String>) {
    if let Some(entry) = current.take() {
        row.people.push(entry.settle());
    }
    row.left.append(before);
}

/// Tells whether what reads as a person begins one, where another stands before it.
fn begins(
    found: &Entry,
    piece: &str,
    mark: Mark,
    current: Option<&Entry>,
    style: Style,
    row: &Row,
) -> bool {
    let Some(current) = current else { return true };
    let words = found.name.split(' ').count();
    let known = PeopleWords::all();
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

/// Reads the columns of a line: the name stands in one, the others tell about the person.
fn read_columns(columns: &[String], style: Style) -> Row {
    let mut row = Row::default();
    let one = |text: &str, listed: bool| -> Option<Entry> {
        let style = Style { listed, one_per_line: true, ..style };
        if (style.inverted || two_parts(text) == Some(true))
            && let Some((family, given)) = text.split_once(',')
        {
            let (given, rest) =
                given.split_once(',').map_or((given, None), |it| (it.0, Some(it.1)));
            let mut found = entry::read_inverted(family, given.trim())?;
            if let Some(rest) = rest {
                found.beside(rest, false);
            }
            return Some(found);
        }
        let mut inner = read_pieces(text, style);
        (!inner.is_empty()).then(|| inner.remove(0))
    };
    let sure: Vec<(usize, Entry)> = columns
        .iter()
        .enumerate()
        .filter_map(|(at, text)| Some((at, one(text, false).filter(|it| it.sure)?)))
        .collect();
    let full = sure.iter().filter(|(_, it)| it.name.contains(' ')).count();
    if full >= 2 {
        // Two lists beside each other.
        for (_, found) in sure {
            row.people.push(found.settle());
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
    let known = PeopleWords::all();
    let before: Vec<&String> =
        columns[..at].iter().filter(|text| !text.trim().is_empty()).collect();
    for text in before {
        let text = text.trim();
        if found.has_initials(text) {
            found.initials.get_or_insert_with(|| text.to_owned());
        } else if !known.tells_present(text) || known.is_title(text) {
            found.lead_with(text);
        }
    }
    for text in &columns[at + 1..] {
        let text = text.trim();
        let inside = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        match inside {
            Some(inside) if !inside.contains(['(', ')']) => found.beside(inside, true),
            _ if text.contains('(') => {
                let (outside, rest) = text.split_once('(').unwrap_or((text, ""));
                found.beside(outside, false);
                found.beside(rest.trim_end_matches(')'), true);
            }
            _ => found.beside_column(text),
        }
    }
    row.people.push(found.settle());
    row
}

/// Reads a column as a list of its own, not settled.
fn read_pieces(text: &str, style: Style) -> Vec<Entry> {
    let mut people: Vec<Entry> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for (_, piece) in pieces(text, style) {
        match (entry::read(&piece, style.listed), people.last_mut()) {
            (Some(mut found), None) => {
                lead(&mut found, &mut before, &mut Row::default());
                people.push(found);
            }
            (_, Some(person)) => person.beside(&piece, false),
            (None, None) => before.push(piece),
        }
    }
    people
}

/// Takes marks of lists and of emphasis off a line.
fn tidy(text: &str) -> String {
    let text = text.replace("**", "").replace("~~", "").replace('`', "").replace(['\u{a0}'], " ");
    let text = text.trim_matches(|c: char| c == '|' || c.is_whitespace());
    let text = text.trim_start_matches(|c: char| "•*~–—-+▪◦●".contains(c)).trim_start();
    // A list's own number; `1. viceborgmester` keeps its.
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = digits.len() < text.len()
        && digits.strip_prefix(['.', ')']).is_some_and(|it| {
            let rest = it.trim_start();
            const COUNTED: [&str; 6] = ["vice", "næst", "suppl", "deputy", "stedf", "assist"];
            let first = rest.split(' ').next().unwrap_or_default().to_lowercase();
            entry::read(rest, false).is_some_and(|it| it.sure)
                && !COUNTED.iter().any(|office| first.starts_with(office))
        });
    if counted { digits[1..].trim_start().to_owned() } else { text.to_owned() }
}

/// Splits a line at its tabs and wide gaps.
pub fn columns(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut spaces = 0;
    for letter in text.trim().chars() {
        if letter == '\t' {
            spaces = 9;
            continue;
        }
        if letter == ' ' {
            spaces += 1;
            continue;
        }
        if spaces >= 2 && !parts.last().is_none_or(String::is_empty) {
            parts.push(String::new());
        } else if spaces == 1
            && let Some(part) = parts.last_mut()
        {
            part.push(' ');
        }
        spaces = 0;
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    // Dot leaders are a gap too.
    parts
        .iter()
        .flat_map(|part| {
            let cut: Vec<String> = part
                .split("....")
                .map(|it| it.trim_matches([' ', '.']).to_owned())
                .filter(|it| !it.is_empty())
                .collect();
            if part.contains("....") { cut } else { vec![part.trim().to_owned()] }
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// Splits a line at commas, semicolons, dashes and words like `og`, outside parentheses.
fn pieces(text: &str, style: Style) -> Vec<(Mark, String)> {
    let mut found: Vec<(Mark, String)> = Vec::new();
    let mut mark = Mark::Start;
    let mut part = String::new();
    let mut depth = 0usize;
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        let next = match letter {
            '(' | '[' => {
                depth += 1;
                None
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                None
            }
            _ if depth > 0 => None,
            ',' if letters.get(at + 1).is_none_or(|c| !c.is_ascii_digit()) => Some(Mark::Comma),
            ';' | '·' | '•' | '|' => Some(Mark::Strong),
            '-' | '–' | '—' => {
                let open = |at: Option<&char>| at.is_none_or(|c| *c == ' ');
                let spaced = at > 0 && letters[at - 1] == ' ' && open(letters.get(at + 1));
                spaced.then_some(Mark::Dash)
            }
            _ => None,
        };
        match next {
            Some(next) => {
                push(&mut found, mark, &mut part, style);
                mark = next;
            }
            None => part.push(letter),
        }
        at += 1;
    }
    push(&mut found, mark, &mut part, style);
    found
}

/// Adds a piece; `Line Abildtoft og konsulent Thomas Rask` is two.
fn push(found: &mut Vec<(Mark, String)>, mark: Mark, part: &mut String, style: Style) {
    let text = std::mem::take(part);
    let text = text.trim();
    // A full stop ends a list, or shortens a name: `Mette K.`
    let short = text
        .trim_end_matches('.')
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.chars().count() == 1 && last.chars().all(char::is_uppercase));
    let text = if short { text } else { text.trim_end_matches('.').trim() };
    let known = PeopleWords::all();
    let words: Vec<&str> = text.split(' ').collect();
    let mut mark = mark;
    let mut from = 0;
    let mut depth = 0usize;
    for (at, word) in words.iter().enumerate() {
        depth = (depth + word.matches(['(', '[']).count())
            .saturating_sub(word.matches([')', ']']).count());
        if depth > 0 || !known.is_and(word) || at == from {
            continue;
        }
        let lead = words[from..at].iter().take_while(|word| known.is_and(word)).count();
        let left = words[from + lead..at].join(" ");
        let right = words[at + 1..].join(" ");
        let person = |text: &str| {
            entry::read(text, style.listed)
                .filter(|it| it.sure || style.listed && !style.one_per_line)
        };
        let own = right.split(' ').any(|word| known.is_own(word)) && right.split(' ').count() <= 4;
        let joins = person(&left).is_some() && (person(&right).is_some() || own);
        if joins && !left.ends_with('-') {
            found.push((mark, left));
            mark = Mark::And;
            from = at + 1;
        }
    }
    let rest: Vec<&str> = words[from..].iter().copied().collect();
    let lead = rest.iter().take_while(|word| known.is_and(word)).count();
    let rest = rest[lead..].join(" ");
    if lead > 0 && mark == Mark::Comma {
        mark = Mark::And;
    }
    if rest.chars().any(char::is_alphanumeric) {
        found.push((mark, rest));
    }
}

/// Returns the title that several people after it share: `borgmestrene` is `borgmester`.
fn plural_title(piece: &str, name: &str) -> Option<String> {
    let before = piece.split(name).next()?.trim();
    if before.contains(" for ") || before.contains(" af ") {
        return None;
    }
    let word = before.split_whitespace().next_back()?;
    let stem = word
        .strip_suffix("mestrene")
        .map(|it| format!("{it}mester"))
        .or_else(|| word.strip_suffix("ørerne").map(|it| format!("{it}ør")))
        .or_else(|| word.strip_suffix("erne").map(str::to_owned))?;
    PeopleWords::all().is_title_word(&stem).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.split('\n').collect();
        let style = style_of(&lines, true);
        lines.iter().flat_map(|line| read(line, style).people).map(|it| it.name).collect()
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
