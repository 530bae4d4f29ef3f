//! A segment's words as name correction sees them: letters apart from punctuation, and where
//! sentences begin and clauses end.

use referat_core::language::sound::{Sounded, Sounds};

/// A word between two spaces.
#[derive(Clone, Debug)]
pub(super) struct NameToken {
    /// Its letters in lower case; empty when it holds a digit or no letter.
    pub(super) letters: String,
    /// How the letters sound.
    pub(super) sound: Sounded,
    /// What stands before the first letter.
    pub(super) before: String,
    /// What stands after the last.
    pub(super) after: String,
    /// Whether the first letter is a capital.
    pub(super) capital: bool,
    /// Whether a sentence begins here, so that the capital tells nothing.
    pub(super) opens: bool,
    /// Whether a clause ends here: no name goes on beyond it.
    pub(super) closes: bool,
}

/// Reads the words of one segment.
pub(super) fn tokens<'a>(words: impl Iterator<Item = &'a str>, sounds: &Sounds) -> Vec<NameToken> {
    let mut opens = true;
    words
        .map(|word| {
            let letters = letters(word);
            let first = word.find(char::is_alphanumeric).unwrap_or(word.len());
            let last = word
                .rfind(char::is_alphanumeric)
                .map_or(word.len(), |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
            let (before, after) = (&word[..first], &word[last.max(first)..]);
            // The full stop of an initial, as in `Jan E. Holm`, ends nothing.
            let initial = letters.chars().count() == 1 && after == ".";
            let token = NameToken {
                sound: sounds.sounded(&letters),
                capital: word[first..].chars().next().is_some_and(char::is_uppercase),
                opens,
                closes: !initial && after.chars().any(|c| !matches!(c, '\'' | '’' | '"')),
                before: before.to_owned(),
                after: after.to_owned(),
                letters,
            };
            opens = !initial && after.contains(['.', '?', '!', ':', '…']);
            token
        })
        .collect()
}

/// Returns the letters of a word in lower case; none when it holds a digit.
pub(super) fn letters(word: &str) -> String {
    if word.chars().any(|c| c.is_ascii_digit()) {
        return String::new();
    }
    word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::language::words::Words;

    #[test]
    fn letters_stand_apart_from_punctuation() {
        let sounds = Sounds::of(Words::danish());
        let read = tokens(["»Høegh-Dam,", "Jan", "E.", "sagde:", "Nej."].into_iter(), sounds);
        assert_eq!(read[0].letters, "høeghdam");
        assert_eq!((read[0].before.as_str(), read[0].after.as_str()), ("»", ","));
        assert!(read[0].closes && !read[1].opens && !read[2].closes && read[4].opens);
        assert_eq!(letters("2023b"), "");
    }
}
