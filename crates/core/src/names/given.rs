//! Which words are given names, and which words may stand in a name at all.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::language::people_words::PeopleWords;

static GIVEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let text = include_str!("../language/given-names.txt");
    text.lines().filter(|line| !line.starts_with('#')).map(str::trim).collect()
});

/// Tells whether a word is a given name that is known; of `Anne-Grethe` one part is enough.
pub fn is_given(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    GIVEN.contains(word.as_str())
        || (word.contains('-')
            && word.split('-').all(|part| part.chars().count() > 1)
            && word.split('-').any(|part| GIVEN.contains(part)))
}

/// Returns the given name in a genitive, as in `Astas tur`.
pub fn genitive(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = word.strip_suffix('s').map(|it| it.trim_end_matches(['\'', '’']));
    bare.filter(|bare| bare.starts_with(char::is_uppercase) && is_given(bare))
}

/// Tells whether a word has the shape of one in a name: a capital, then letters.
pub fn is_name_word(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let first = word.chars().next().is_some_and(char::is_uppercase);
    let initial = letters().count() == 1;
    first
        && word.chars().all(|c| c.is_alphabetic() || "-'’.´`\u{fffd}".contains(c))
        && word.chars().count() <= 30
        && !word.trim_end_matches('.').contains('.')
        && (initial || !word.ends_with('.'))
        && (initial || letters().any(char::is_lowercase))
        && !word.ends_with('-')
}

/// Tells whether a word is written in capitals, as some write family names.
pub fn is_capitals(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 5
        && letters().all(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
}

/// Returns a word that stood in capitals as names are written: `OSEI-APPIAH` is `Osei-Appiah`.
pub fn from_capitals(word: &str) -> String {
    let mut start = true;
    let letter = |c: char| {
        let shown: String =
            if start { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
        start = !c.is_alphabetic();
        shown
    };
    word.chars().map(letter).collect()
}

/// Returns how many words of a name begin at the start of `words`: name words and the small
/// words between them.
pub fn name_length(words: &[&str], known: &PeopleWords) -> usize {
    let mut length = 0;
    while let Some(word) = words.get(length) {
        let bare = word.trim_end_matches([',', ';', ':']);
        let name = is_name_word(bare) && (length > 0 && length < 3 || !known.is_no_name(bare));
        let office = known.is_title_word(bare) && !is_given(bare) && length > 0;
        let firm = length >= 2
            && known.is_organisation(bare)
            && !(length > 0
                && words
                    .get(length + 1)
                    .is_some_and(|next| is_name_word(next.trim_end_matches(','))));
        let small = length > 0
            && known.is_particle(word)
            && words[length + 1..]
                .iter()
                .find(|next| !known.is_particle(next))
                .is_some_and(|next| is_name_word(next));
        if firm && length >= 3 {
            // `Mads Thisted Skanska Bolig`: the firm's own word goes with it.
            length -= 1;
        }
        if !(name && !(office && length > 1) && !firm || small) || length >= 6 {
            break;
        }
        length += 1;
        if bare.len() < word.len() {
            break;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    #[test]
    fn given_names_of_many_countries_are_known() {
        for name in ["Bo", "Else-Marie", "Fatima", "Zeynep", "Piotr", "Thi", "Siobhán", "Kwame"] {
            assert!(is_given(name), "{name}");
        }
        assert!(!is_given("Punkt") && !is_given("Kommune") && !is_given("Den"));
        assert_eq!(genitive("Noors"), Some("Noor"));
    }

    #[test]
    fn a_name_ends_where_something_else_begins() {
        let known = PeopleWords::all(Words::danish());
        let length = |text: &str| name_length(&text.split(' ').collect::<Vec<_>>(), known);
        assert_eq!(length("Anna von der Bech fra Nord"), 4);
        assert_eq!(length("Mette K fortæller"), 2);
        assert_eq!(length("Bo Bech TR"), 2);
    }
}
