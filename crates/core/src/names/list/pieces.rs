//! A line of a list divided: columns, commas, words like `og`.

use crate::language::people_words::PeopleWords;

use super::super::entry::{self};
use super::{ListStyle, Mark};

/// Takes marks of lists and of emphasis off a line.
pub(super) fn tidy(text: &str, known: &PeopleWords) -> String {
    let text = text.replace("**", "").replace("~~", "").replace('`', "").replace(['\u{a0}'], " ");
    let text = text.trim_matches(|c: char| c == '|' || c.is_whitespace());
    let text = text.trim_start_matches(|c: char| "•*~–—-+▪◦●".contains(c)).trim_start();
    // A list's own number; `1. viceborgmester` keeps its.
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = digits.len() < text.len()
        && digits.strip_prefix(['.', ')']).is_some_and(|it| {
            let rest = it.trim_start();
            entry::read(rest, false, known).is_some_and(|it| it.sure) && !known.is_counted(rest)
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
pub(super) fn pieces(text: &str, style: ListStyle, known: &PeopleWords) -> Vec<(Mark, String)> {
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
                push(&mut found, mark, &mut part, style, known);
                mark = next;
            }
            None => part.push(letter),
        }
        at += 1;
    }
    push(&mut found, mark, &mut part, style, known);
    found
}

/// Adds a piece; `Line Abildtoft og konsulent Thomas Rask` is two.
pub(super) fn push(
    found: &mut Vec<(Mark, String)>,
    mark: Mark,
    part: &mut String,
    style: ListStyle,
    known: &PeopleWords,
) {
    let text = std::mem::take(part);
    let text = text.trim();
    // A full stop ends a list, or shortens a name: `Mette K.`
    let short = text
        .trim_end_matches('.')
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.chars().count() == 1 && last.chars().all(char::is_uppercase));
    let text = if short { text } else { text.trim_end_matches('.').trim() };
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
            entry::read(text, style.listed, known)
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
    let rest: Vec<&str> = words[from..].to_vec();
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
pub(super) fn plural_title(piece: &str, name: &str, known: &PeopleWords) -> Option<String> {
    let before = piece.split(name).next()?.trim();
    if known.is_of_one(before) {
        return None;
    }
    let word = before.split_whitespace().next_back()?;
    let stem = known.singular(word)?;
    known.is_title_word(&stem).then_some(stem)
}
