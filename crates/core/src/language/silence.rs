//! Phrases that whisper invents where nobody speaks.

use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::pattern::Pattern;
use super::table_names::TableName;
use super::words::Words;
use crate::domain::language::Language;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    phrase: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

/// The phrases of one language, each the whole of a text.
pub(super) struct Silence(Vec<Pattern>);

pub(super) static DATA: Data<Silence> = Data::new(TableName::Silence);

impl Table for Silence {
    type Raw = File;

    fn ready(file: File) -> Result<Self, String> {
        let whole = |entry: &Entry| Pattern::new(&format!("^(?:{})$", entry.pattern));
        Ok(Self(file.phrase.iter().map(whole).collect()))
    }

    fn check(&self, file: &File, _: Words<'_>) -> Result<(), String> {
        for (entry, pattern) in file.phrase.iter().zip(&self.0) {
            let Entry { pattern: written, yes, no } = entry;
            pattern.check().map_err(|reason| format!("`{written}`: {reason}"))?;
            let told = !yes.is_empty() && !no.is_empty();
            expect(told, || format!("`{written}` has no example of `yes` or of `no`"))?;
            for yes in yes {
                let fits = pattern.is_in(&plain(yes));
                expect(fits, || format!("`{written}` should fit `{yes}`"))?;
            }
            for no in no {
                let fits = pattern.is_in(&plain(no));
                expect(!fits, || format!("`{written}` should not fit `{no}`"))?;
            }
        }
        Ok(())
    }
}

/// Returns a text's words in lower case without punctuation.
fn plain(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' || c == '_' { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells whether `text` as a whole is a phrase that stands for silence in `language` or, since
/// whisper strays, in English.
pub fn is_silence_phrase(text: &str, language: Words<'_>) -> bool {
    let plain = plain(text);
    let english = language.vocabulary().of(Language::EN);
    let silent = |words| DATA.of(words).0.iter().any(|pattern| pattern.is_in(&plain));
    [language, english].into_iter().any(silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_strays_into_danish_and_not_the_other_way() {
        assert!(is_silence_phrase("Thank you for watching!", Words::danish()));
        assert!(is_silence_phrase("Tak fordi du så med.", Words::danish()));
        assert!(!is_silence_phrase("Tak fordi du så med.", Words::english()));
    }
}
