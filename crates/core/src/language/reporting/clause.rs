//! One clause at a time: persons, tense, and the order of words after `at` or `om`.

use super::Reporting;
use crate::language::clauses::Clauses;

/// Returns the letters of a word in lower case, without punctuation around them.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// Returns `new` with the punctuation that stands around `old`'s letters.
fn dressed(old: &str, new: &str) -> String {
    let start = old.find(char::is_alphanumeric).unwrap_or(0);
    let end = old
        .rfind(char::is_alphanumeric)
        .map_or(old.len(), |at| at + old[at..].chars().next().map_or(1, char::len_utf8));
    format!("{}{new}{}", &old[..start], &old[end..])
}

/// Returns `text` with its first letter small, unless its first word is written with a capital
/// for another reason than beginning the sentence (a name before another capital, an acronym).
pub(super) fn lowered(word: &str) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(_), Some(second)) if second.is_uppercase() => word.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(word.chars().skip(1)).collect(),
        _ => word.to_owned(),
    }
}

impl Reporting<'_> {
    /// Returns `text` told of the speaker and not by them, in the tense of reported speech.
    pub fn third_person(&self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut out: Vec<String> = Vec::with_capacity(words.len());
        let cleft = words.first().is_some_and(|word| self.grammar.clefts.contains(&bare(word)));
        for (place, word) in words.iter().enumerate() {
            let key = bare(word);
            let previous = place.checked_sub(1).map(|before| bare(words[before]));
            let new = if self.is_plural_you(&words, place) {
                Some(self.grammar.plural_you.clone())
            } else if let Some(new) = self.subject.get(&key) {
                Some(new.clone())
            } else if key == self.phrases.was.trim()
                && previous
                    .as_ref()
                    .is_some_and(|before| self.grammar.first_person.contains(before))
            {
                // `I was` -> `they were`
                Some(self.phrases.were.trim().to_owned())
            } else if previous
                .as_ref()
                .is_some_and(|before| self.grammar.not_after.contains(before))
                || cleft
                // `in May`
                || (place > 0 && word.starts_with(char::is_uppercase))
            {
                None
            } else {
                self.grammar.backshift.get(&key).cloned()
            };
            let new = new.map(|new| {
                // English `I` has its capital wherever it stands.
                let capital = place == 0
                    && word.chars().next().is_some_and(char::is_uppercase)
                    && (key != "i" || words.len() == 1);
                let new = if capital { crate::language::headings::capitalised(&new) } else { new };
                dressed(word, &new)
            });
            out.push(new.unwrap_or_else(|| (*word).to_owned()));
        }
        out.join(" ")
    }

    /// Returns whether the word is the plural you, where only its capital tells it: Danish `I`
    /// (you) and not `i` (in).
    pub(in crate::language) fn is_plural_you(&self, words: &[&str], place: usize) -> bool {
        let you = self.grammar.plural_you.as_str();
        if !you.starts_with(char::is_uppercase) || bare(words[place]) != you.to_lowercase() {
            return false;
        }
        let capital = words[place].contains(you);
        let verb = |at: usize| {
            words.get(at).is_some_and(|word| self.grammar.finite.contains(&bare(word)))
                && !Clauses::of(self.language).is_no_verb(words, at)
        };
        capital && (place > 0 || verb(1))
    }

    /// Returns whether the text speaks of a proposal, so that who agrees supports it.
    pub fn speaks_of_proposal(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.grammar.proposal_words.iter().any(|word| text.contains(word.as_str()))
    }

    /// Returns whether the word is the body's own (`vi`), which reported speech has a word for.
    pub fn is_body(&self, word: &str) -> bool {
        self.grammar.body.contains(&bare(word))
    }

    /// Returns whether a noun carries its article, as its ending tells.
    pub(in crate::language) fn is_definite(&self, word: &str) -> bool {
        let key = bare(word);
        let endings = &self.grammar.definite_endings;
        key.chars().count() > 4 && endings.iter().any(|ending| key.ends_with(ending.as_str()))
    }

    /// Returns whether the speaker tells of themselves.
    pub fn tells_of_self(&self, text: &str) -> bool {
        text.split_whitespace().any(|word| self.grammar.first_person.contains(&bare(word)))
    }

    /// Returns `vi laver taget` as `lave taget`: the clause without its subject, its verb in the
    /// infinitive; `None` when its subject is not the body itself.
    pub fn infinitive(&self, clause: &str) -> Option<String> {
        let mut words = clause.split_whitespace();
        let subject = bare(words.next()?);
        if !self.grammar.bodies.contains(&subject) {
            return None;
        }
        let verb = words.next()?;
        let rest: Vec<&str> = words.collect();
        let infinitive = if self.grammar.adverbs.is_empty() {
            verb.to_owned()
        } else {
            self.infinitive_of(&bare(verb))?
        };
        let adverbs =
            rest.iter().take_while(|word| self.grammar.adverbs.contains(&bare(word))).count();
        let rest = self.third_person(&rest[adverbs..].join(" "));
        (adverbs == 0).then(|| format!("{infinitive} {rest}").trim_end().to_owned())
    }

    /// Returns `text` told of the speaker, its tense untouched: what is to be done lies ahead.
    pub fn in_the_third_person(&self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let changed = words.iter().enumerate().map(|(place, word)| {
            if self.is_plural_you(&words, place) {
                return dressed(word, &self.grammar.plural_you);
            }
            self.subject
                .get(&bare(word))
                .map_or_else(|| (*word).to_owned(), |new| dressed(word, new))
        });
        changed.collect::<Vec<_>>().join(" ")
    }

    /// Returns the line of a task: `Lis Holm sender …`, `Lis Holm skal regne …`.
    pub fn will(&self, name: &str, verb: &str, rest: &str) -> String {
        let present = !self.grammar.adverbs.is_empty() && verb.ends_with('r');
        let frame = if present { &self.phrases.does } else { &self.phrases.will };
        let line = frame.replace("{name}", name).replace("{verb}", verb).replace("{rest}", rest);
        line.replace(" ,", ",")
    }

    /// Returns the past form of a verb that decides.
    pub fn past_of(&self, verb: &str) -> String {
        self.grammar.past.get(verb).cloned().unwrap_or_else(|| verb.to_owned())
    }

    /// Returns the infinitive of a present form.
    pub fn infinitive_of(&self, verb: &str) -> Option<String> {
        if let Some(known) = self.grammar.infinitives.get(verb) {
            return Some(known.clone());
        }
        verb.strip_suffix('r').filter(|stem| stem.chars().count() > 1).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use crate::language::reporting::Reporting;
    use crate::language::words::Words;

    fn asked(question: &str) -> Option<String> {
        Reporting::of(Words::danish()).indirect_question(question)
    }

    #[test]
    fn a_question_loses_its_inversion() {
        assert_eq!(asked("Hvad koster det?").as_deref(), Some("hvad det koster"));
        assert_eq!(
            asked("Kan I blive ved med det?").as_deref(),
            Some("om I kan blive ved med det")
        );
        assert_eq!(asked("Hvornår bliver det første hus revet ned?"), None);
    }

    #[test]
    fn who_does_it_is_asked_for_with_der() {
        assert_eq!(asked("Hvem skal betale?").as_deref(), Some("hvem der skal betale"));
        assert_eq!(asked("Hvem bestiller maden?").as_deref(), Some("hvem der bestiller maden"));
        assert_eq!(
            asked("Hvem skal kommunen spørge?").as_deref(),
            Some("hvem kommunen skal spørge")
        );
        assert_ne!(asked("Hvem skal Lars spørge?").as_deref(), Some("hvem der skal Lars spørge"));
    }

    #[test]
    fn in_is_not_you() {
        let words = Reporting::of(Words::danish());
        assert_eq!(words.third_person("I torsdags så vi det."), "I torsdags så man det.");
        assert_eq!(
            words.third_person("Det har I sagt, og vi ved det."),
            "Det har I sagt, og man ved det."
        );
    }

    #[test]
    fn a_clause_as_subject_keeps_its_tense() {
        let words = Reporting::of(Words::english());
        assert_eq!(
            words.third_person("What we still need is a first aid team."),
            "What they still need is a first aid team."
        );
    }

    #[test]
    fn what_the_body_will_do_becomes_an_infinitive() {
        let words = Reporting::of(Words::danish());
        assert_eq!(words.infinitive("vi laver en ny plan").as_deref(), Some("lave en ny plan"));
        assert_eq!(words.infinitive("taget skiftes"), None);
    }
}
