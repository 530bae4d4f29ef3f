//! Makes text comparable: words in lower case without punctuation, and where they stand.

/// A word of a text: how it is compared and which bytes of the text it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower case, letters and digits only.
    pub folded: String,
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// Splits a text into its words; a hyphen or an apostrophe within a word does not split it.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut current: Option<Word> = None;
    for (at, letter) in text.char_indices() {
        if letter.is_alphanumeric() {
            let word =
                current.get_or_insert_with(|| Word { folded: String::new(), start: at, end: at });
            word.folded.extend(letter.to_lowercase().filter(|c| c.is_alphanumeric()));
            word.end = at + letter.len_utf8();
        } else if !matches!(letter, '\'' | '’' | '\u{ad}') {
            found.extend(current.take());
        }
    }
    found.extend(current);
    found
}

/// Returns the text's words in lower case with one space between them.
pub fn folded(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_punctuation_do_not_count() {
        assert_eq!(folded("  Så – er det; »FRU« Bech-Nielsen!"), "så er det fru bech nielsen");
        assert_eq!(folded("Let's go"), "lets go");
    }

    #[test]
    fn a_word_knows_its_place_in_the_text() {
        let text = "Næste: punkt 3.";
        let places: Vec<&str> =
            words(text).iter().map(|word| &text[word.start..word.end]).collect();
        assert_eq!(places, ["Næste", "punkt", "3"]);
    }
}
