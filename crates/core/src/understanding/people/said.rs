//! What was said as words, with what their capitals and marks tell.

use crate::language::mentions::MentionWords;

/// A word as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidWord {
    /// In lower case.
    pub text: String,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it is all capitals.
    pub upper: bool,
    /// Bytes of the text it stands for.
    pub at: (usize, usize),
    /// Whether it begins a sentence.
    pub opens: bool,
    /// The mark after it: none (a space), `,`, `.`, `?`, `!`, `:` or `-` (broken off).
    pub mark: char,
    /// Number of the sentence.
    pub sentence: usize,
}

/// Splits a text into its words.
pub fn said(text: &str, words: &MentionWords) -> Vec<SaidWord> {
    let mut found: Vec<SaidWord> = Vec::new();
    let (mut opens, mut sentence, mut base) = (true, 0, 0);
    for piece in text.split(char::is_whitespace) {
        let start = base;
        base += piece.len() + text[base + piece.len()..].chars().next().map_or(0, char::len_utf8);
        let inner = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
        if inner.is_empty() {
            let broken = piece.contains(['…', '–']) || piece.contains("...");
            if let Some(last) = found.last_mut().filter(|_| broken) {
                last.mark = '-';
            }
            continue;
        }
        let lead = piece.find(inner).unwrap_or_default();
        let lower = inner.to_lowercase();
        let mark = mark(&piece[lead + inner.len()..], &lower, words);
        found.push(SaidWord {
            capital: inner.chars().next().is_some_and(char::is_uppercase),
            upper: inner.chars().nth(1).is_some() && inner.chars().all(char::is_uppercase),
            at: (start + lead, start + lead + inner.len()),
            text: lower,
            opens,
            mark,
            sentence,
        });
        opens = matches!(mark, '.' | '?' | '!');
        sentence += usize::from(opens);
    }
    found
}

fn mark(tail: &str, lower: &str, words: &MentionWords) -> char {
    let mut mark = ' ';
    for letter in tail.chars() {
        mark = match letter {
            ',' | ';' if mark == ' ' => ',',
            '.' if tail.contains("...") => '-',
            '.' | '?' | '!' | ':' => letter,
            '…' | '–' => '-',
            _ => mark,
        };
    }
    // `hr.` ends no sentence.
    if mark == '.' && words.short_forms.iter().any(|form| form == lower) { ' ' } else { mark }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    #[test]
    fn a_word_knows_its_mark_and_its_sentence() {
        let text = "Tak, hr. Holm. Så er det … Bo?";
        let words = said(text, MentionWords::of(Words::danish()));
        let marks: String = words.iter().map(|word| word.mark).collect();
        assert_eq!(marks, ", .  -?");
        assert_eq!(words.last().map(|word| (word.sentence, word.capital)), Some((1, true)));
        assert!(words.iter().all(|word| text[word.at.0..word.at.1].to_lowercase() == word.text));
    }
}
