//! Where in a stretch the name stands.

use crate::language::people_words::PeopleWords;

use super::super::given::{from_capitals, is_capitals, is_given, is_name_word, name_length};

/// Returns the words as a name; a family name in capitals is written as names are.
pub(super) fn spelled(words: &[&str]) -> String {
    let one = |word: &&str| {
        let word = word.trim_matches(|c: char| ",;:*_\"“”".contains(c));
        if is_capitals(word) { from_capitals(word) } else { word.to_owned() }
    };
    words.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Finds the words of the name, and tells whether it is one beyond doubt.
pub(super) fn find(
    words: &[&str],
    listed: bool,
    known: &PeopleWords,
) -> Option<(usize, usize, bool)> {
    for from in 0..words.len() {
        let word = words[from].trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        if !is_name_word(word)
            || !is_given(word)
            || known.is_title_word(word) && from + 1 < words.len() && !is_name_word(words[from + 1])
        {
            continue;
        }
        if known.is_no_name(word) {
            continue;
        }
        let length = name_length(&words[from..], known);
        if length == 0 {
            continue;
        }
        let before = &words[..from];
        if before.is_empty() || is_before(before, length, known) {
            return Some((from, from + length, true));
        }
        if !listed {
            continue;
        }
        // Part of an office that stands before the comma: `planteavl Radmila Anđelić`.
        if before.len() <= 2
            && length >= 2
            && before.iter().all(|word| {
                word.starts_with(char::is_lowercase)
                    && !known.is_and(word)
                    && !known.is_no_name(word)
            })
        {
            return Some((from, from + length, true));
        }
        // A name that nobody knows before one that is known: `Sinnathamby Kumar`.
        if before.iter().all(|word| is_name_word(word) && !known.is_no_name(word))
            && before.len() <= 2
        {
            return Some((0, from + length, false));
        }
    }
    capitals(words, known).or_else(|| after_title(words, known)).or_else(|| {
        let length = name_length(words, known);
        let office = words[..length.min(words.len())].iter().any(|word| known.is_title_word(word));
        let open = length == words.len()
            || words[length].starts_with(char::is_lowercase) && !known.is_and(words[length]);
        (listed && length > 0 && open && !office).then_some((0, length, false))
    })
}

/// Reads `NGUYEN Thi Hanh`.
pub(super) fn capitals(words: &[&str], known: &PeopleWords) -> Option<(usize, usize, bool)> {
    let first = words.first().filter(|word| is_capitals(word))?;
    let length = words[1..].iter().take_while(|word| is_name_word(word)).count();
    (length > 0
        && !known.is_no_name(first)
        && !known.is_organisation(first)
        && words[1..=length].iter().any(|word| is_given(word)))
    .then_some((0, length + 1, true))
}

/// Tells whether the words before a known given name are a title or the like.
pub(super) fn is_before(words: &[&str], length: usize, known: &PeopleWords) -> bool {
    let text = words.join(" ");
    if text.ends_with([':', ',']) || known.is_title(&text) {
        return !text.contains(". ") || known.is_title(&text);
    }
    // An office that is not known, before a full name: `Kammersanger Peter Thorngreen`.
    let one = words.len() == 1 && length >= 2 && words[0].chars().count() >= 5;
    one && is_name_word(words[0]) && !is_given(words[0]) && !known.is_no_name(words[0])
}

/// Reads a title and a name that nobody knows after it: `borgmester Kjartan Jóhannesson`.
pub(super) fn after_title(words: &[&str], known: &PeopleWords) -> Option<(usize, usize, bool)> {
    let bare = |word: &str| known.is_title_word(word) && !is_given(word);
    let last = words.iter().rposition(|word| bare(word))?;
    let led = words[..last].iter().all(|word| {
        known.is_qualifier(word)
            || known.is_title_word(word)
            || word.ends_with(['-', ','])
            || known.is_and(word)
            || word.ends_with('s')
    });
    if !led {
        return None;
    }
    let rest = &words[last + 1..];
    let length = name_length(rest, known);
    if length > 0 && (length >= 2 || rest.len() == length) && length <= 4 {
        return Some((last + 1, last + 1 + length, true));
    }
    // `direktør for Social og Sundhed Sinnathamby Tharan`: the last two words are the name.
    let of = rest.first().is_some_and(|word| known.is_of(word));
    let end = words.len();
    let run = words.iter().rev().take_while(|word| is_name_word(word)).count();
    (of && run >= 2
        && end > last + 4
        && !words[end - 2..]
            .iter()
            .any(|word| known.is_no_name(word) || known.is_organisation(word)))
    .then(|| (end - 2, end, true))
}

/// Takes what stands in parentheses or brackets out of a text.
pub(super) fn parentheses(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut depth = 0usize;
    let mut part = String::new();
    for letter in text.chars() {
        match letter {
            '(' | '[' => {
                depth += 1;
                if depth > 1 {
                    part.push(letter);
                }
            }
            ')' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    inside.push(std::mem::take(&mut part).trim().to_owned());
                } else {
                    part.push(letter);
                }
            }
            _ if depth > 0 => part.push(letter),
            _ => outside.push(letter),
        }
    }
    if !part.trim().is_empty() {
        inside.push(part.trim().to_owned());
    }
    (outside.split_whitespace().collect::<Vec<_>>().join(" "), inside)
}

/// Takes a nickname in quotation marks out of a name.
pub(super) fn quoted(text: &str) -> (String, Option<String>) {
    let marks = ['"', '“', '”', '»', '«'];
    let Some(from) = text.find(marks) else { return (text.to_owned(), None) };
    let open = text[from..].chars().next().map_or(1, char::len_utf8);
    let Some(to) = text[from + open..].find(marks).map(|at| from + open + at) else {
        return (text.replace(marks, ""), None);
    };
    let inner = text[from + open..to].trim();
    let close = text[to..].chars().next().map_or(1, char::len_utf8);
    let rest = format!("{} {}", &text[..from], &text[to + close..]);
    let nick = (inner.split(' ').count() == 1).then(|| inner.to_owned());
    (rest.split_whitespace().collect::<Vec<_>>().join(" "), nick)
}

/// Tells whether initials belong to a name: first letters of its words, or letters in order.
pub(in crate::names) fn initials_of(name: &str, letters: &[char]) -> bool {
    let name: Vec<char> =
        name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    if name.first() != letters.first() {
        return false;
    }
    let mut rest = name.iter();
    letters.iter().all(|letter| {
        rest.any(|other| {
            other == letter
                || matches!((*letter, *other), ('o', 'ø' | 'ö') | ('a', 'å' | 'æ') | ('u', 'ü'))
        })
    })
}
