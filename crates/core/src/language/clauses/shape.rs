//! A spoken sentence as a clause of reported speech, where its shape is one that is safe.

use super::main_clause::Main;
use super::parts::Parts;
use super::{Clauses, bare, has};
use crate::language::reporting::Reporting;

/// A sentence of more words is not turned.
pub(super) const LONGEST: usize = 40;

/// A sentence in reported speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// Stands behind `at`/`that`.
    That(String),
    /// Stands behind the speaker's name, who is its subject.
    Named(String),
}

impl Clauses<'_> {
    /// Returns a main clause in reported speech, or `None` where its shape is not known to be
    /// safe. In an answer a pronoun may stand for what was asked about.
    pub fn reported(
        &self,
        sentence: &str,
        answer: bool,
        is_name: &dyn Fn(&str) -> bool,
    ) -> Option<Reported> {
        let text = self.tellable(sentence)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        if (0..words.len()).any(|place| self.is_second_person(&words, place)) {
            return None;
        }
        let main = Main { clauses: *self, answer, is_name, is_common: &|_| false };
        main.reported(&words).or_else(|| main.conditional(&words))
    }

    /// Returns a text without the contractions of the first person.
    pub(super) fn expanded(&self, text: &str) -> String {
        let Some((first, rest)) = text.split_once(' ') else { return text.to_owned() };
        match self.words.contractions.get(&first.to_lowercase()) {
            Some(long) => format!("{long} {rest}"),
            None => text.to_owned(),
        }
    }
}

impl Main<'_> {
    pub(super) fn reported(&self, words: &[&str]) -> Option<Reported> {
        let own = &self.clauses.words;
        let parts = self.parts(words)?;
        let first = bare(parts.subject[0]);
        let named = parts.subject.len() == 1 && first == own.me;
        if !named && !self.answer && !self.stands_alone(&first, &parts) {
            return None;
        }
        let (adverbs, rest) = self.ordered(parts.rest)?;
        let tail = self.tail(&rest, named)?;
        let lowered = |words: &[&str]| -> Option<Vec<String>> {
            let mut own: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            if let Some(begin) = own.first_mut() {
                *begin = self.lowered(begin)?;
            }
            Some(own)
        };
        let adverbial = lowered(parts.adverbial)?;
        let mut out: Vec<String> = Vec::with_capacity(words.len() + 2);
        if named {
            let verb = match own.named_verbs.get(&bare(parts.verb)) {
                Some(verb) => verb.clone(),
                None if !self.clauses.words.verb_second => return None,
                None => parts.verb.to_lowercase(),
            };
            out.push(verb);
            out.extend(adverbs);
            out.extend(adverbial);
            out.extend(tail);
            return Some(Reported::Named(out.join(" ")));
        }
        if first == own.we {
            if own.one.is_empty() || self.clauses.is_some_of_us(parts.subject, 0) {
                return None;
            }
            out.push(own.one.clone());
        } else {
            out.extend(lowered(parts.subject)?);
        }
        out.extend(adverbial);
        out.extend(adverbs);
        out.push(parts.verb.to_lowercase());
        out.extend(tail);
        let text = out.join(" ");
        let text = self.drawn_together(&text).unwrap_or(text);
        Some(Reported::That(Reporting::of(self.clauses.language).stepped_back(text)))
    }

    /// Returns `hvis bassinet bygges, falder vandet` as `vandet falder, hvis bassinet bygges`.
    pub(super) fn conditional(&self, words: &[&str]) -> Option<Reported> {
        let clauses = self.clauses;
        let first = bare(words.first()?);
        if !clauses.words.verb_second || !has(&clauses.words.function.conditions, &first) {
            return None;
        }
        let end = words.iter().position(|word| word.ends_with(','))?;
        let (condition, main) = words.split_at(end + 1);
        let so_words = &clauses.words.function.so;
        let so = main.first().is_some_and(|word| has(so_words, &bare(word)));
        let main = if so { &main[1..] } else { main };
        // With the verb first, as behind `så`.
        let mut turned = vec![so_words.first()?.as_str()];
        turned.extend(main);
        if !clauses.is_finite(&turned, 1) || main.iter().any(|word| word.ends_with(',')) {
            return None;
        }
        let told = Main { answer: true, ..*self }.reported(&turned)?;
        let Reported::That(that) = told else { return None };
        let condition = condition.join(" ");
        let condition = condition.trim_end_matches(',');
        let fitted = clauses.fitted(condition, super::Room::Clause, self.is_name)?;
        let mut letters = fitted.chars();
        let lowered: String = letters.next()?.to_lowercase().chain(letters).collect();
        Some(Reported::That(format!("{that}, {lowered}")))
    }

    /// Returns whether the subject needs nothing said before it.
    fn stands_alone(&self, first: &str, parts: &Parts<'_>) -> bool {
        let own = &self.clauses.words;
        if parts.subject.len() > 1 {
            return true;
        }
        if own.dangling.contains(first) {
            return false;
        }
        // `Det er vigtigt, at …` tells what; `det koster 500` does not.
        let it = has(&own.function.unclear_alone, first);
        !it || parts.rest.iter().any(|word| has(&own.function.what, &bare(word)))
    }

    /// Puts the adverbs of the clause apart from what follows; `None` where the clause's
    /// negation stands elsewhere.
    pub(super) fn ordered<'w>(&self, rest: &'w [&'w str]) -> Option<(Vec<String>, Vec<&'w str>)> {
        let own = &self.clauses.words;
        // `Det er godt` finds it good; `det kan godt ske` has an adverb.
        let after = rest.iter().any(|word| self.clauses.is_infinitive(word));
        let adverb = |word: &&&str| {
            let key = bare(word);
            own.adverbs.contains(&key)
                && !word.ends_with(',')
                && (!has(&own.function.good, &key) || after)
        };
        let pronoun = rest.len() > 1
            && own.object_pronouns.contains(&bare(rest[0]))
            && own.adverbs.contains(&bare(rest[1]))
            && !rest[1].ends_with(',');
        let skip = usize::from(pronoun);
        let count = rest[skip..].iter().take_while(adverb).count();
        // An adverb that ends the clause stays: `det er nok`, `det er endnu en sag`.
        let behind = rest.get(skip + count).map(|word| bare(word)).unwrap_or_default();
        let last = count.checked_sub(1).map(|last| bare(rest[skip + last])).unwrap_or_default();
        let ends = behind.is_empty() && !own.clause_adverbs.contains(&last);
        let more = has(&own.function.yet, &last) && has(&own.function.yet_more, &behind);
        // `Allerede i brevet` is one part.
        let unit = has(&own.function.before_part, &last) && own.prepositions.contains(&behind);
        let count = if ends || more || unit { count.saturating_sub(1) } else { count };
        let mut adverbs: Vec<String> =
            rest[skip..skip + count].iter().map(|word| (*word).to_owned()).collect();
        let mut left: Vec<&str> = rest[..skip].to_vec();
        left.extend(&rest[skip + count..]);
        // `fik sidste år 68 sager` is `sidste år fik 68 sager`.
        let when = self.time(&left);
        if when > 0 {
            adverbs.extend(left.drain(..when).map(str::to_owned));
        }
        let main = left.iter().take_while(|word| {
            let key = bare(word);
            !own.subordinators.contains(&key) && !own.coordinators.contains(&key)
        });
        let mut denied = main.filter(|word| own.clause_adverbs.contains(&bare(word)));
        denied.next().is_none().then_some((adverbs, left))
    }

    /// Returns how many words tell when, right behind the verb and before more.
    pub(super) fn time(&self, rest: &[&str]) -> usize {
        let text = rest.join(" ");
        let found = self.clauses.words.times.iter().find_map(|time| {
            let found = time.find(&text)?;
            Some(found.get(0)?.as_str().split_whitespace().count())
        });
        found.filter(|count| !rest[count - 1].ends_with(',')).unwrap_or(0)
    }

    /// Returns a word that began a sentence as it stands inside one; `None` where it may be a
    /// name and may be none.
    pub(super) fn lowered(&self, word: &str) -> Option<String> {
        let own = &self.clauses.words;
        let key = bare(word);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if !capital || (self.is_name)(word) || own.proper.contains(&key) {
            return Some(word.to_owned());
        }
        let known = own.subjects.contains(&key)
            || own.nominative.contains(&key)
            || own.determiners.contains(&key)
            || own.prepositions.contains(&key)
            || own.adverbial.contains(&key)
            || own.adverbs.contains(&key)
            || (self.is_common)(&key)
            || (self.clauses.is_definite(word) && self.clauses.words.verb_second);
        known.then(|| word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    fn that(sentence: &str) -> Option<String> {
        told(Words::danish(), sentence)
    }

    fn told(language: Words<'_>, sentence: &str) -> Option<String> {
        let names = ["Bo", "Lis", "Ann"];
        let is_name = |word: &str| names.contains(&word.trim_matches(','));
        match Clauses::of(language).reported(sentence, false, &is_name)? {
            Reported::That(that) => Some(that),
            Reported::Named(named) => Some(format!("NAVN {named}")),
        }
    }

    #[test]
    fn a_plain_main_clause_stands_behind_at() {
        assert_eq!(
            that("Affugteren koster 4.200 kr.").as_deref(),
            Some("affugteren koster 4.200 kr")
        );
        assert_eq!(
            that("Vi har ikke fået svar fra kommunen.").as_deref(),
            Some("man ikke har fået svar fra kommunen")
        );
        assert_eq!(
            that("Fra april kommer der en ny taxa.").as_deref(),
            Some("der fra april kommer en ny taxa")
        );
    }

    #[test]
    fn a_sentence_that_breaks_off_is_told_or_not_and_harms_nothing() {
        assert_eq!(that("Fra april kommer"), None);
        let said =
            "Fra april kommer der en ny taxa, og nu har bestyrelsen, så vidt jeg ved, sagt ja.";
        let words: Vec<&str> = said.split_whitespace().collect();
        for from in 0..words.len() {
            for to in from + 1..=words.len() {
                assert_ne!(that(&words[from..to].join(" ")).as_deref(), Some(""));
            }
        }
    }

    #[test]
    fn some_of_us_are_not_told_as_one() {
        assert_eq!(that("Jeg vil godt have tilføjet, at vi to er imod."), None);
        assert_eq!(that("Vi to er imod forslaget."), None);
    }

    #[test]
    fn the_speaker_is_named_where_they_say_i() {
        assert_eq!(
            that("Jeg har talt med kommunen.").as_deref(),
            Some("NAVN har talt med kommunen")
        );
        assert_eq!(
            that("Jeg har talt cyklerne, og der er 72 i gården.").as_deref(),
            Some("NAVN har talt cyklerne og oplyste, at der er 72 i gården")
        );
        assert_eq!(
            that("I går talte jeg med kommunen.").as_deref(),
            Some("NAVN talte i går med kommunen")
        );
        assert_eq!(
            told(Words::english(), "I have written to the county.").as_deref(),
            Some("NAVN had written to the county")
        );
    }

    #[test]
    fn what_is_not_known_to_be_safe_is_left() {
        for said in [
            "Du kan så godt blive ved, for nytårsaften er også din.",
            "Det koster 500.",
            "Kom bare med det.",
            "Den er solgt, det blev til 1,2 millioner.",
            "Det er den altan, vi har drømt om.",
            "Hun skriver til dem inden jul, ikke.",
            "Det kan vi ikke garantere.",
            "Vi har det ikke i vores budget.",
            "Et betalingsanlæg koster femogtresserne …",
            "Hvis I vil, kan taget skiftes.",
            "Det er fint, Lis.",
        ] {
            assert_eq!(that(said), None, "{said}");
        }
    }

    #[test]
    fn a_second_main_clause_is_turned_too() {
        assert_eq!(
            that("Taget er utæt, og vi har ikke råd til et nyt.").as_deref(),
            Some("taget er utæt, og at man ikke har råd til et nyt")
        );
    }

    #[test]
    fn a_condition_goes_behind_its_main_clause() {
        assert_eq!(
            that("Hvis bassinet bliver bygget, så falder vandet med 30 cm.").as_deref(),
            None
        );
        assert_eq!(
            that("Hvis bassinet bliver bygget, falder vandet 30 cm.").as_deref(),
            Some("vandet falder 30 cm, hvis bassinet bliver bygget")
        );
    }

    #[test]
    fn english_steps_back_in_tense() {
        assert_eq!(
            told(Words::english(), "The tank has been leaking since May.").as_deref(),
            Some("the tank had been leaking since May")
        );
        assert_eq!(
            told(Words::english(), "We have bought a new tank.").as_deref(),
            Some("they had bought a new tank")
        );
        assert_eq!(told(Words::english(), "Our tank leaks."), None);
    }
}
