//! A spoken sentence as a clause of reported speech, where its shape is one that is safe.

use super::{Clauses, bare};
use crate::domain::language::Language;
use crate::language::reporting::{Reporting, is_definite};

/// A longer first part of a sentence is seldom one plain part.
const PART: usize = 6;

/// A sentence of more words is not turned.
const LONGEST: usize = 40;

/// Words that open a condition before its main clause.
const CONDITIONS: [&str; 4] = ["hvis", "når", "da", "fordi"];

/// A sentence in reported speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// Stands behind `at`/`that`.
    That(String),
    /// Stands behind the speaker's name, who is its subject.
    Named(String),
}

/// A main clause taken apart.
struct Parts<'w> {
    /// Before the subject, to be put behind it.
    adverbial: &'w [&'w str],
    subject: &'w [&'w str],
    verb: &'w str,
    rest: &'w [&'w str],
}

impl Clauses {
    /// Returns a main clause in reported speech, or `None` where its shape is not known to be
    /// safe. In an answer a pronoun may stand for what was asked about.
    pub fn reported(
        &self,
        sentence: &str,
        answer: bool,
        is_name: &dyn Fn(&str) -> bool,
    ) -> Option<Reported> {
        let text = sentence.trim().trim_end_matches(['.', '!', ' ']);
        if text.contains(['?', '…', '"', ':', ';', '[', '(', '–', '”', '“']) || text.contains("..")
        {
            return None;
        }
        let text = self.expanded(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() > LONGEST || self.has_tag(&text) || self.is_call(&words) {
            return None;
        }
        if (0..words.len()).any(|place| self.is_second_person(&words, place)) {
            return None;
        }
        let main = Main { clauses: self, answer, is_name };
        main.reported(&words).or_else(|| main.conditional(&words))
    }

    /// Returns a text without the contractions of the first person.
    fn expanded(&self, text: &str) -> String {
        let Some((first, rest)) = text.split_once(' ') else { return text.to_owned() };
        match self.words.contractions.get(&first.to_lowercase()) {
            Some(long) => format!("{long} {rest}"),
            None => text.to_owned(),
        }
    }
}

struct Main<'a> {
    clauses: &'a Clauses,
    answer: bool,
    is_name: &'a dyn Fn(&str) -> bool,
}

impl Main<'_> {
    fn reported(&self, words: &[&str]) -> Option<Reported> {
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
                None if self.clauses.language == Language::En => return None,
                None => parts.verb.to_lowercase(),
            };
            out.push(verb);
            out.extend(adverbs);
            out.extend(adverbial);
            out.extend(tail);
            return Some(Reported::Named(out.join(" ")));
        }
        if first == own.we {
            if own.one.is_empty() {
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
        // English steps back in tense.
        let told = match self.clauses.language {
            Language::En => Reporting::of(Language::En).third_person(&text),
            Language::Da => text,
        };
        Some(Reported::That(told))
    }

    /// Returns `hvis bassinet bygges, falder vandet` as `vandet falder, hvis bassinet bygges`.
    fn conditional(&self, words: &[&str]) -> Option<Reported> {
        let clauses = self.clauses;
        let first = bare(words.first()?);
        if clauses.language != Language::Da || !CONDITIONS.contains(&first.as_str()) {
            return None;
        }
        let end = words.iter().position(|word| word.ends_with(','))?;
        let (condition, main) = words.split_at(end + 1);
        let so = main.first().is_some_and(|word| bare(word) == "så");
        let main = if so { &main[1..] } else { main };
        // With the verb first, as behind `så`.
        let mut turned = vec!["så"];
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

    /// Takes a main clause apart: subject first, or an adverbial, the verb, and then the subject.
    fn parts<'w>(&self, words: &'w [&'w str]) -> Option<Parts<'w>> {
        let own = &self.clauses.words;
        let particle =
            words.len() > 2 && own.particles.contains(&bare(words[0])) && !words[0].ends_with(',');
        let words = if particle { &words[1..] } else { words };
        let verb = (0..words.len().min(10)).find(|place| self.clauses.is_finite(words, *place))?;
        let (before, behind) = (&words[..verb], &words[verb + 1..]);
        if words[verb].ends_with(',') || before.iter().any(|word| word.ends_with(',')) {
            return None;
        }
        let next = behind.first().map(|word| bare(word)).unwrap_or_default();
        let turned = own.nominative.contains(&next) && next != "i";
        // `Den har forsikringen taget`: what stands first may be the object.
        let object = before.len() == 1
            && matches!(bare(before[0]).as_str(), "det" | "den" | "de")
            && behind.first().is_some_and(|word| {
                (is_definite(word) && !own.adverbs.contains(&next))
                    || matches!(next.as_str(), "alle" | "ingen" | "mange" | "flere")
                    || (self.is_name)(word)
            });
        if object && self.clauses.language == Language::Da {
            return None;
        }
        if !turned && self.is_subject(before) {
            return Some(Parts {
                adverbial: &[],
                subject: before,
                verb: words[verb],
                rest: behind,
            });
        }
        if self.clauses.language == Language::En || before.len() > PART {
            return None;
        }
        let adverbial = match before.first().map(|word| bare(word)) {
            None => particle,
            Some(first) => {
                (own.adverbial.contains(&first) && before.len() == 1)
                    || (own.prepositions.contains(&first)
                        && before.len() > 1
                        && !before.iter().any(|word| {
                            let key = bare(word);
                            own.nominative.contains(&key) && key != "i"
                                || own.subordinators.contains(&key) && key != first && key != "for"
                        }))
            }
        };
        let subject = *behind.first()?;
        let pronoun = (own.subjects.contains(&next) || turned) && !subject.ends_with(',');
        let article = matches!(next.as_str(), "det" | "de" | "den" | "alle" | "ingen" | "mange")
            && behind.get(1).is_some_and(|word| {
                let key = bare(word);
                !own.adverbs.contains(&key)
                    && !own.prepositions.contains(&key)
                    && !own.determiners.contains(&key)
            });
        let thing = is_definite(subject)
            && subject.chars().next().is_some_and(char::is_lowercase)
            && behind.get(1).is_none_or(|word| !own.prepositions.contains(&bare(word)))
            && !subject.ends_with(',')
            && !own.adverbs.contains(&next);
        (adverbial && ((pronoun && !article) || thing)).then_some(Parts {
            adverbial: before,
            subject: &behind[..1],
            verb: words[verb],
            rest: &behind[1..],
        })
    }

    /// Returns whether the words are one plain subject.
    fn is_subject(&self, words: &[&str]) -> bool {
        let own = &self.clauses.words;
        let Some(first) = words.first() else { return false };
        let key = bare(first);
        let pronoun = own.subjects.contains(&key) || key == own.me || key == own.we;
        if words.len() == 1 && pronoun {
            return true;
        }
        if words.len() > PART || own.adverbial.contains(&key) || own.prepositions.contains(&key) {
            return false;
        }
        let plain = |word: &&str| {
            let key = bare(word);
            !(own.nominative.contains(&key) && key != "i")
                && !own.subordinators.contains(&key)
                && !matches!(key.as_str(), "men" | "eller" | "but" | "or" | "også" | "ikke")
                && !own.first_person.contains(&key)
        };
        let plain =
            |word: &&str| plain(word) || matches!(bare(word).as_str(), "for" | "ved" | "efter");
        if !words.iter().all(plain) || own.adverbs.contains(&key) {
            return false;
        }
        let number = first.chars().next().is_some_and(char::is_numeric);
        let determined = own.determiners.contains(&key) && words.len() > 1 && key != "der";
        let thing = is_definite(first)
            && self.clauses.language == Language::Da
            && words.get(1).is_none_or(|next| {
                let key = bare(next);
                own.prepositions.contains(&key) || key == "og"
            });
        determined || number || thing || self.is_named(words)
    }

    /// Returns whether the words are the name of somebody who takes part.
    fn is_named(&self, words: &[&str]) -> bool {
        words.len() <= 4 && words.iter().all(|word| (self.is_name)(word))
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
        let it = matches!(first, "det" | "alt" | "begge" | "nogle" | "ingen" | "mange" | "flere");
        let what = ["at", "hvis"];
        !it || parts.rest.iter().any(|word| what.contains(&bare(word).as_str()))
    }

    /// Puts the adverbs of the clause apart from what follows; `None` where the clause's
    /// negation stands elsewhere.
    fn ordered<'w>(&self, rest: &'w [&'w str]) -> Option<(Vec<String>, Vec<&'w str>)> {
        let own = &self.clauses.words;
        let adverb = |word: &&&str| own.adverbs.contains(&bare(word)) && !word.ends_with(',');
        let pronoun = rest.len() > 1
            && own.object_pronouns.contains(&bare(rest[0]))
            && own.adverbs.contains(&bare(rest[1]))
            && !rest[1].ends_with(',');
        let skip = usize::from(pronoun);
        let count = rest[skip..].iter().take_while(adverb).count();
        let adverbs = rest[skip..skip + count].iter().map(|word| (*word).to_owned()).collect();
        let mut left: Vec<&str> = rest[..skip].to_vec();
        left.extend(&rest[skip + count..]);
        let main = left.iter().take_while(|word| {
            let key = bare(word);
            !own.subordinators.contains(&key) && !own.coordinators.contains(&key)
        });
        let mut denied = main.filter(|word| own.clause_adverbs.contains(&bare(word)));
        denied.next().is_none().then_some((adverbs, left))
    }

    /// Returns what follows the verb told by another: one clause, or further ones that are safe.
    fn tail(&self, rest: &[&str], named: bool) -> Option<Vec<String>> {
        let own = &self.clauses.words;
        let mut out: Vec<String> = Vec::with_capacity(rest.len());
        let mut main = true;
        for (place, word) in rest.iter().enumerate() {
            let key = bare(word);
            let before = place.checked_sub(1).map(|before| rest[before]);
            let behind_comma = before.is_some_and(|before| before.ends_with(','));
            let opens = before.is_some_and(|before| own.subordinators.contains(&bare(before)));
            let subject =
                own.subjects.contains(&key) || own.nominative.contains(&key) && key != "i";
            let finite_next = self.clauses.is_finite(rest, place + 1);
            let second = own.coordinators.contains(&key) && main;
            if second && self.second_clause(&rest[place + 1..]) {
                // `…, og det er dyrt`: a main clause of its own.
                if !matches!(key.as_str(), "og" | "men" | "and" | "but") {
                    return None;
                }
                let more = Main { answer: true, ..*self };
                let Some(Reported::That(that)) = more.reported(&rest[place + 1..]) else {
                    return None;
                };
                // The speaker's name is the subject of one clause alone.
                if named {
                    return None;
                }
                let that_word = Reporting::of(self.clauses.language).words("that");
                if let Some(last) = out.last_mut().filter(|last| !last.ends_with(',')) {
                    last.push(',');
                }
                out.push((*word).to_owned());
                out.push(that_word.to_owned());
                out.push(that);
                return Some(out);
            }
            // A clause of its own whose verb is not known.
            let opened = own.coordinators.contains(&bare(before.unwrap_or("")));
            let personal = own.nominative.contains(&key) && key != "i";
            if (opened && main || behind_comma) && (personal || self.may_be_clause(&rest[place..]))
            {
                return None;
            }
            // `…, det koster for meget`: two sentences in one.
            if behind_comma && subject && finite_next && !matches!(key.as_str(), "der") {
                return None;
            }
            if behind_comma && key == "så" {
                return None;
            }
            if behind_comma && self.clauses.is_finite(rest, place) {
                return None;
            }
            // `i, 26 dage`, `18, nej, 19`: the speaker looked for words.
            let halts = word.ends_with(',')
                && (own.prepositions.contains(&key)
                    || behind_comma && own.interjections.contains(&key));
            let clipped = word.starts_with('\'') || word.ends_with('\'');
            if halts || clipped {
                return None;
            }
            main &= !own.subordinators.contains(&key) && !own.coordinators.contains(&key);
            if main && self.clauses.is_finite(rest, place) {
                return None;
            }
            // Somebody is spoken to: `…, Lis`.
            if behind_comma && place + 1 == rest.len() && (self.is_name)(word) {
                return None;
            }
            if key == own.we {
                let beside = self.clauses.is_finite(rest, place + 1)
                    || before.is_some_and(|_| self.clauses.is_finite(rest, place - 1))
                    || opens;
                if own.one.is_empty() || !beside {
                    return None;
                }
                out.push(word.to_lowercase().replace(&own.we, &own.one));
            } else if own.first_person.contains(&key) {
                let new = own.named.get(&key).filter(|_| named && main)?;
                out.push(word.to_lowercase().replace(&key, new));
            } else if own.own.contains(&key) {
                return None;
            } else {
                out.push((*word).to_owned());
            }
        }
        Some(out)
    }

    /// `den duer på alle opgange`: a pronoun, and what may be a verb.
    fn may_be_clause(&self, words: &[&str]) -> bool {
        let [first, next, ..] = words else { return false };
        matches!(bare(first).as_str(), "det" | "den" | "de")
            && !first.ends_with(',')
            && bare(next).ends_with(['r', 's'])
    }

    /// Returns whether the words begin a clause with a subject of its own.
    fn second_clause(&self, words: &[&str]) -> bool {
        let verb = (0..words.len().min(5)).find(|place| self.clauses.is_finite(words, *place));
        verb.is_some_and(|verb| {
            verb > 0
                && !words[..verb].iter().enumerate().any(|(place, word)| {
                    let key = bare(word);
                    let there = place == 0 && key == "der";
                    word.ends_with(',') || self.clauses.words.subordinators.contains(&key) && !there
                })
        })
    }

    /// Returns a word that began a sentence as it stands inside one; `None` where it may be a
    /// name and may be none.
    fn lowered(&self, word: &str) -> Option<String> {
        let own = &self.clauses.words;
        let key = bare(word);
        if !word.chars().next().is_some_and(char::is_uppercase) || (self.is_name)(word) {
            return Some(word.to_owned());
        }
        let known = own.subjects.contains(&key)
            || own.nominative.contains(&key)
            || own.determiners.contains(&key)
            || own.prepositions.contains(&key)
            || own.adverbial.contains(&key)
            || own.adverbs.contains(&key)
            || (is_definite(word) && self.clauses.language == Language::Da);
        known.then(|| word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn that(sentence: &str) -> Option<String> {
        told(Language::Da, sentence)
    }

    fn told(language: Language, sentence: &str) -> Option<String> {
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
    fn the_speaker_is_named_where_they_say_i() {
        assert_eq!(
            that("Jeg har talt med kommunen.").as_deref(),
            Some("NAVN har talt med kommunen")
        );
        assert_eq!(
            that("I går talte jeg med kommunen.").as_deref(),
            Some("NAVN talte i går med kommunen")
        );
        assert_eq!(
            told(Language::En, "I have written to the county.").as_deref(),
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
            told(Language::En, "The tank has been leaking since May.").as_deref(),
            Some("the tank had been leaking since May")
        );
        assert_eq!(told(Language::En, "We need a new tank."), None);
    }
}
