//! What a user lays over the words of a language: `ord.toml`.
//!
//! ```toml
//! [[da.silence.phrase]]         # language, table and list as in src/language
//! pattern = "tekstet af .*"
//! yes = ["Tekstet af Dansk Video Tekst"]
//! no = ["Vi har tekstet af hensyn til de døve"]
//!
//! [da.titles]
//! words = ["sognepræst", "-mester"]   # one more, and one less
//! ```
//! Entries of a list stand before the program's own, so that they win where the first one does,
//! and take a phrase or a pattern that both have away from it. Words are added; one with a
//! hyphen before it is taken out. Pairs are replaced by their first word. Anything else takes the
//! place of what was there. Every entry's examples are checked before the overlay is laid.

use toml::{Table, Value};

use super::TABLES;
use super::words::Vocabulary;

/// Changes to the words of the languages, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay(Table);

/// Why a file cannot be laid over the words of a language.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverlayError {
    /// It is no TOML.
    #[error("cannot read the words of `{file}`, line {line}: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// It is not UTF-8.
    #[error("cannot read the words of `{file}`: it is not UTF-8 text")]
    NotText {
        /// The file.
        file: String,
    },
    /// It names what there is none of.
    #[error("cannot use the words of `{file}`: there is no {what} `{name}`; there are: {known}")]
    Unknown {
        /// The file.
        file: String,
        /// Language or table.
        what: &'static str,
        /// As it is called there.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// A table with the changes is not well formed or does not live up to its examples.
    #[error("cannot use the words of `{file}`, `[{table}]`: {reason}")]
    Entry {
        /// The file.
        file: String,
        /// Language and table, as in `da.cues`.
        table: String,
        /// What is wrong, with the entry.
        reason: String,
    },
}

impl OverlayError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> String {
        match self {
            Self::Syntax { .. } => "texts stand in quotes, and a table begins as in `[da.titles]`",
            Self::NotText { .. } => "save the file as UTF-8",
            Self::Unknown { .. } => "take one of these, as in `[[da.cues.cue]]`",
            Self::Entry { .. } => "mend the entry or its examples, or take it out",
        }
        .to_owned()
    }
}

impl Overlay {
    /// Reads the words of `text`, the contents of `file`, and checks their examples.
    pub fn parse(file: &str, text: &str) -> Result<Self, OverlayError> {
        let file = file.to_owned();
        let languages: Table = match toml::from_str(text) {
            Ok(languages) => languages,
            Err(error) => {
                let line = line_of(text, &error);
                let reason = error.message().lines().next().unwrap_or("").to_owned();
                return Err(OverlayError::Syntax { file, line, reason });
            }
        };
        let overlay = Self(languages);
        let vocabulary = overlay.over(Vocabulary::compiled());
        for (code, tables) in &overlay.0 {
            let Some(language) = vocabulary.all().find(|known| known.language().code() == code)
            else {
                let known: Vec<_> = vocabulary.all().map(|one| one.language().code()).collect();
                let known = known.join(", ");
                return Err(OverlayError::Unknown {
                    file,
                    what: "language",
                    name: code.clone(),
                    known,
                });
            };
            for name in tables.as_table().into_iter().flat_map(Table::keys) {
                let Some(table) = TABLES.into_iter().find(|table| table.name().as_str() == name)
                else {
                    let known = TABLES.map(|table| table.name().as_str()).join(", ");
                    let name = name.clone();
                    return Err(OverlayError::Unknown { file, what: "table", name, known });
                };
                table.check(language).map_err(|reason| {
                    let table = format!("{code}.{name}");
                    OverlayError::Entry { file: file.clone(), table, reason }
                })?;
            }
        }
        Ok(overlay)
    }

    /// Returns `vocabulary` with the overlay laid over it.
    pub fn over(&self, vocabulary: &Vocabulary) -> Vocabulary {
        vocabulary.changed(&self.0)
    }
}

/// Returns the line of `text`, from 1, that `error` is about.
pub(super) fn line_of(text: &str, error: &toml::de::Error) -> usize {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    1 + text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

/// Lays `over` over `base`, or tells what does not go together.
pub(super) fn lay(base: &mut Table, over: &Table) -> Result<(), String> {
    for (key, new) in over {
        let Some(old) = base.get_mut(key) else {
            base.insert(key.clone(), new.clone());
            continue;
        };
        match (old, new) {
            (Value::Table(old), Value::Table(new)) => lay(old, new)?,
            (Value::Array(old), Value::Array(new)) => lay_list(old, new),
            (old, new) if old.same_type(new) => *old = new.clone(),
            (old, new) => {
                let (old, new) = (old.type_str(), new.type_str());
                return Err(format!("`{key}` is of type {old}, not {new}"));
            }
        }
    }
    Ok(())
}

fn lay_list(old: &mut Vec<Value>, new: &[Value]) {
    let all = |of: fn(&Value) -> bool| old.iter().chain(new).all(of);
    if all(Value::is_table) {
        for entry in new.iter().filter_map(Value::as_table) {
            old.retain_mut(|known| known.as_table_mut().is_none_or(|known| yields(known, entry)));
        }
        old.splice(0..0, new.iter().cloned());
    } else if all(Value::is_str) {
        for word in new.iter().filter_map(Value::as_str) {
            let taken = word.strip_prefix('-').filter(|rest| !rest.is_empty());
            old.retain(|known| known.as_str() != Some(taken.unwrap_or(word)));
            if taken.is_none() {
                old.push(Value::from(word));
            }
        }
    } else if all(is_pair) {
        old.retain(|known| !new.iter().any(|pair| pair.get(0) == known.get(0)));
        old.splice(0..0, new.iter().cloned());
    } else {
        *old = new.to_vec();
    }
}

fn is_pair(value: &Value) -> bool {
    value.as_array().is_some_and(|pair| pair.len() == 2 && pair.iter().all(Value::is_str))
}

/// Takes from an entry of the program's what an entry of the user's finds as well; returns whether
/// anything is left of it. Its examples may rest on what was taken, and go too.
fn yields(known: &mut Table, entry: &Table) -> bool {
    if known.contains_key("pattern") && known.get("pattern") == entry.get("pattern") {
        return false;
    }
    for list in ["phrases", "words"] {
        let (Some(taken), Some(Value::Array(own))) = (entry.get(list), known.get_mut(list)) else {
            continue;
        };
        let taken = taken.as_array().map_or(&[][..], Vec::as_slice);
        let before = own.len();
        own.retain(|phrase| !taken.contains(phrase));
        if own.is_empty() {
            return false;
        }
        if own.len() < before {
            for examples in ["yes", "no"] {
                known.insert(examples.to_owned(), Value::Array(Vec::new()));
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::domain::referat::StatementKind;
    use crate::language::acts;
    use crate::language::data::{self, Data};
    use crate::language::numbers;
    use crate::language::silence;
    use crate::language::titles;
    use crate::language::words::Words;

    fn laid_over(text: &str) -> Vocabulary {
        let overlay = Overlay::parse("ord.toml", text).unwrap_or_else(|error| panic!("{error}"));
        overlay.over(Vocabulary::compiled())
    }

    fn danish(vocabulary: &Vocabulary) -> Words<'_> {
        vocabulary.of(Language::DA)
    }

    fn written<T: data::Table>(vocabulary: &Vocabulary, table: &Data<T>) -> Table {
        table.written(danish(vocabulary)).unwrap()
    }

    fn refused(text: &str) -> String {
        Overlay::parse("ord.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn an_entry_is_added_before_the_programs_own() {
        let overlay = laid_over(
            r#"
            [[da.acts.frame]]
            kind = "proposal"
            pattern = '^mit bud er,? at (?P<rest>.+)'
            text = "foreslog, at {rest}"
            main = true
            yes = ["Mit bud er, at vi venter"]
            no = ["Buddet er givet"]
            "#,
        );
        let said = "Mit bud er, at vi venter til maj.";
        let read = |vocabulary| acts::Acts::of(danish(vocabulary)).read(said);
        let act = read(&overlay).unwrap();
        assert_eq!(act.kind, StatementKind::Proposal);
        assert_eq!(act.rest.as_deref(), Some("vi venter til maj"));
        assert_ne!(read(Vocabulary::compiled()).map(|act| act.kind), Some(StatementKind::Proposal));
    }

    #[test]
    fn an_entry_with_the_same_pattern_is_overruled() {
        let pattern = r#"(mange )?tak fordi du så med( .*)?"#;
        let own = format!(
            "[[da.silence.phrase]]\npattern = '{pattern}'\nyes = ['Tak fordi du så med']\nno = ['Ja']"
        );
        let table = written(&laid_over(&own), &silence::DATA);
        let entries = table["phrase"].as_array().unwrap();
        let same = entries.iter().filter(|entry| entry["pattern"].as_str() == Some(pattern));
        assert_eq!(same.count(), 1);
        assert_eq!(entries[0]["no"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn a_phrase_is_taken_from_the_programs_entries() {
        let own = r#"
            [[da.cues.cue]]
            kind = "onward"
            weight = 2.0
            phrases = ["forhandlingen er åben"]
            yes = ["Forhandlingen er åben"]
            no = ["Vi tager en pause"]
        "#;
        let table = written(&laid_over(own), &crate::language::cues::ITEMS);
        let holders = table["cue"].as_array().unwrap().iter().filter(|cue| {
            let phrases = cue["phrases"].as_array().unwrap();
            phrases.iter().any(|phrase| phrase.as_str() == Some("forhandlingen er åben"))
        });
        let kinds: Vec<&str> = holders.filter_map(|cue| cue["kind"].as_str()).collect();
        assert_eq!(kinds, ["onward"]);
    }

    #[test]
    fn words_are_added_and_taken_out() {
        let overlay = laid_over("[da.titles]\nwords = ['sognepræst', '-borgmester']");
        let titles = titles::Titles::of(danish(&overlay));
        assert!(titles.is_title("sognepræst"));
        let overlay = laid_over("[da.numbers.spellings]\nfemti = 50\ntohundred = 200");
        assert_eq!(
            numbers::to_digits("femti kroner og tohundred kroner", danish(&overlay)),
            "50 kroner og 200 kroner"
        );
    }

    #[test]
    fn a_wrong_example_is_told_with_file_table_and_entry() {
        let wrong = r#"
            [[da.acts.frame]]
            kind = "proposal"
            pattern = '^mit bud'
            yes = ["Dit bud"]
        "#;
        assert_eq!(
            refused(wrong),
            "cannot use the words of `ord.toml`, `[da.acts]`: `^mit bud` should fit `Dit bud`"
        );
        let broken = wrong.replace("^mit bud", "(mit bud");
        assert!(refused(&broken).contains("`(mit bud`: unclosed group"), "{}", refused(&broken));
        let without = wrong.replace("yes = [\"Dit bud\"]", "");
        assert!(refused(&without).contains("no example"), "{}", refused(&without));
        let cue =
            "[[da.cues.cue]]\nkind = 'open'\nweight = 1.0\nphrases = ['nu']\nyes = ['så']\nno = []";
        assert!(refused(cue).contains("`nu` should be found in `så`"), "{}", refused(cue));
    }

    #[test]
    fn two_vocabularies_stand_beside_each_other() {
        let frame = |text: &str| {
            format!(
                "[[da.acts.frame]]\nkind = 'proposal'\npattern = '^mit bud er,? at (?P<rest>.+)'\n\
                 text = '{text}'\nmain = true\nyes = ['Mit bud er, at vi venter']"
            )
        };
        let one = laid_over(&frame("bød ind med, at {rest}"));
        let other = laid_over(&frame("foreslog, at {rest}"));
        let told = |vocabulary| {
            let act = acts::Acts::of(danish(vocabulary)).read("Mit bud er, at vi venter.");
            act.and_then(|act| act.text)
        };
        assert_eq!(told(&one).as_deref(), Some("bød ind med, at {rest}"));
        assert_eq!(told(&other).as_deref(), Some("foreslog, at {rest}"));
        assert_eq!(told(Vocabulary::compiled()), None);
        // What neither changes is made ready once.
        let titles = |vocabulary| std::ptr::from_ref(titles::Titles::of(danish(vocabulary)));
        assert_eq!(titles(&one), titles(Vocabulary::compiled()));
    }

    #[test]
    fn what_is_not_known_is_told() {
        assert!(refused("[de.cues]").contains("no language `de`; there are: da, en"));
        assert!(refused("[da.koer]").contains("no table `koer`; there are: acts, clauses, cues"));
        assert!(refused("[da.titles]\nstikord = ['a']").contains("unknown field `stikord`"));
        assert!(
            refused("[da.titles]\nwords = 3").contains("`words` is of type array, not integer")
        );
        assert!(refused("\n[da.titles\n").contains("line 2"));
        assert!(refused("[da.numbers.spellings]\nmange = 4711").contains("`mange` cannot be 4711"));
    }
}
