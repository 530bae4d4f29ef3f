//! Questions as they stand after `spurgte`: the inversion goes, persons and tense follow.

use super::Reporting;
use super::clause::{bare, lowered};
use crate::language::clauses::Clauses;

impl Reporting<'_> {
    /// Returns a question as it stands after `spurgte`: `hvornår det bliver`, `om man kan`.
    pub fn indirect_question(&self, question: &str) -> Option<String> {
        let text = question.trim_end_matches(['?', '.', ' ']);
        let words: Vec<&str> = text.split_whitespace().collect();
        let verb =
            words.iter().take(4).position(|word| self.grammar.finite.contains(&bare(word)))?;
        // A question begins with its verb, or with a word that asks.
        let asks = |word: &&str| {
            let key = bare(word);
            key.starts_with("hv") || key.starts_with("wh") || key == "how"
        };
        if verb > 0 && !words[..verb].iter().any(asks) {
            return None;
        }
        if let Some(turned) = self.before_infinitive(&words, verb) {
            return Some(turned);
        }
        let subject = *words.get(verb + 1)?;
        let plural = self.is_plural_you(&words, verb + 1);
        if words[..=verb].iter().any(|word| word.ends_with(',')) {
            return None;
        }
        let pronoun = plural || self.grammar.pronouns.contains(&bare(subject));
        // `Hvem bestiller maden` asks for the one who does it; `Hvem skal kommunen spørge` does not.
        let doer = self.grammar.doer_asked.get(&bare(words[0]));
        let object = self.is_definite(subject) && words.len() == verb + 2;
        if let Some(doer) = doer
            && verb == 1
            && !pronoun
            && (object || !self.is_definite(subject))
            && !subject.starts_with(char::is_uppercase)
        {
            return Some(self.third_person(&format!("{doer} {}", words[1..].join(" "))));
        }
        if !pronoun && !self.is_definite(subject) {
            return self.plain_question(&words, verb);
        }
        // `Er taget på skolen tæt`: where the subject ends is not known.
        if !pronoun
            && words.get(verb + 2).is_some_and(|next| {
                self.grammar.subject_joints.contains(&bare(next))
                    && words.len() > verb + 4
                    && verb == 0
            })
        {
            return None;
        }
        // `det` and `de` may be articles: then the subject is longer than one word.
        if self.grammar.articles.contains(&bare(subject))
            && words.get(verb + 2).is_some_and(|next| {
                next.ends_with('e') && !self.grammar.finite.contains(&bare(next))
            })
        {
            return None;
        }
        Some(self.asked_of(&words, verb, subject))
    }

    /// Returns a question whose subject is one word behind its verb, in the order of a clause.
    fn asked_of(&self, words: &[&str], verb: usize, subject: &str) -> String {
        let mut out: Vec<String> = Vec::with_capacity(words.len() + 1);
        if verb == 0 {
            out.push(self.phrases.whether.clone());
        } else {
            out.push(lowered(words[0]));
            out.extend(words[1..verb].iter().map(|word| (*word).to_owned()));
        }
        out.push(subject.to_owned());
        let adverbs = words[verb + 2..]
            .iter()
            .take_while(|word| self.grammar.adverbs.contains(&bare(word)))
            .count();
        out.extend(words[verb + 2..verb + 2 + adverbs].iter().map(|word| (*word).to_owned()));
        out.push(lowered(words[verb]));
        out.extend(words[verb + 2 + adverbs..].iter().map(|word| (*word).to_owned()));
        self.third_person(&out.join(" "))
    }

    /// Returns `hvad koster to nye maskiner` as `hvad to nye maskiner koster`: a question word, a
    /// verb, and nothing behind but a short name of a thing.
    /// `Kan folk på øen sejle gratis` as `om folk på øen kan sejle gratis`: what stands between the
    /// two verbs is the subject, whatever words it is made of.
    fn before_infinitive(&self, words: &[&str], verb: usize) -> Option<String> {
        let clauses = Clauses::of(self.language);
        if !clauses.is_modal(&bare(words[verb])) {
            return None;
        }
        let whole = |place: &usize| !words[*place].ends_with(',');
        let found = (verb + 1..words.len()).take_while(whole);
        let mut found = found.chain((verb + 1..words.len()).find(|place| !whole(place)));
        let infinitive = found.find(|place| clauses.is_infinitive(words[*place]))?;
        let subject = &words[verb + 1..infinitive];
        let mut out = match verb {
            0 => vec![self.phrases.whether.clone()],
            _ => vec![lowered(words[0])],
        };
        out.extend(words[1.min(verb)..verb].iter().map(|word| (*word).to_owned()));
        if subject.is_empty() {
            if verb == 0 || clauses.is_small(words[verb - 1]) {
                return None;
            }
            out.push(self.grammar.doer_added.clone());
        }
        out.extend(subject.iter().map(|word| (*word).to_owned()));
        out.push(lowered(words[verb]));
        out.extend(words[infinitive..].iter().map(|word| (*word).to_owned()));
        Some(self.third_person(&out.join(" ")))
    }

    fn plain_question(&self, words: &[&str], verb: usize) -> Option<String> {
        let thing = words.get(verb + 1..)?;
        let plain = |word: &&str| {
            let key = bare(word);
            !self.grammar.openers.contains(&key)
                && !self.grammar.adverbs.contains(&key)
                && !self.grammar.finite.contains(&key)
                && !self.grammar.pronouns.contains(&key)
                && !word.ends_with(',')
        };
        if self.grammar.adverbs.is_empty() {
            return self.plain_english_question(words, verb, thing);
        }
        // `Er` may have a predicate behind it.
        let turned = verb > 0 && bare(words[verb]) != "er";
        if !turned || !(1..=4).contains(&thing.len()) || !thing.iter().all(plain) {
            return None;
        }
        let mut out = vec![lowered(words[0])];
        out.extend(words[1..verb].iter().chain(thing).map(|word| (*word).to_owned()));
        out.push(lowered(words[verb]));
        Some(self.third_person(&out.join(" ")))
    }

    /// Returns `what would a new tank cost` as `what a new tank would cost`, and `who is dealing
    /// with it` as it is: the one who does it is asked for.
    fn plain_english_question(
        &self,
        words: &[&str],
        verb: usize,
        thing: &[&str],
    ) -> Option<String> {
        if verb == 1 && bare(words[0]) == "who" {
            let rest = words[1..].join(" ");
            return Some(self.third_person(&format!("who {rest}")));
        }
        let modal = ["would", "will", "can", "could", "should", "might", "must"];
        let article = ["a", "an", "the", "this", "that", "their", "our"];
        let (last, named) = thing.split_last()?;
        let plain =
            |word: &&str| !self.grammar.openers.contains(&bare(word)) && !word.ends_with(',');
        let turned = verb > 0
            && modal.contains(&bare(words[verb]).as_str())
            && named.first().is_some_and(|word| article.contains(&bare(word).as_str()))
            && (2..=4).contains(&named.len())
            && thing.iter().all(plain);
        if !turned {
            return None;
        }
        let mut out = vec![lowered(words[0])];
        out.extend(words[1..verb].iter().chain(named).map(|word| (*word).to_owned()));
        out.push(words[verb].to_lowercase());
        out.push((*last).to_owned());
        Some(self.third_person(&out.join(" ")))
    }
}
