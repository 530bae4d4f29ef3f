//! A main clause taken apart: what stands before the verb, the subject, the verb, the rest.

use super::main_clause::Main;
use super::{bare, has};

/// A longer first part of a sentence is seldom one plain part.
const PART: usize = 6;

/// A main clause taken apart.
pub(super) struct Parts<'w> {
    /// Before the subject, to be put behind it.
    pub(super) adverbial: &'w [&'w str],
    pub(super) subject: &'w [&'w str],
    pub(super) verb: &'w str,
    pub(super) rest: &'w [&'w str],
}

impl Main<'_> {
    /// Takes a main clause apart: subject first, or an adverbial, the verb, and then the subject.
    pub(super) fn parts<'w>(&self, words: &'w [&'w str]) -> Option<Parts<'w>> {
        let own = &self.clauses.words;
        let particle =
            words.len() > 2 && own.particles.contains(&bare(words[0])) && !words[0].ends_with(',');
        let words = if particle { &words[1..] } else { words };
        let verb = (0..words.len().min(10)).find(|place| self.clauses.is_finite(words, *place))?;
        let (before, behind) = (&words[..verb], &words[verb + 1..]);
        // `Det betyder, at …`
        let open = behind.first().is_some_and(|word| own.subordinators.contains(&bare(word)));
        if (words[verb].ends_with(',') && !open) || before.iter().any(|word| word.ends_with(',')) {
            return None;
        }
        let next = behind.first().map(|word| bare(word)).unwrap_or_default();
        let there = has(&own.function.there, &next);
        let turned = self.clauses.is_person(&next) || there;
        // `Den har forsikringen taget`: what stands first may be the object.
        let object = before.len() == 1
            && has(&own.function.it, &bare(before[0]))
            && behind.first().is_some_and(|word| {
                (self.clauses.is_definite(word) && !own.adverbs.contains(&next))
                    || has(&own.function.amounts, &next)
                    || (self.is_name)(word)
            });
        let object = object || self.is_fronted(words[verb], behind);
        if object && self.clauses.words.verb_second {
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
        if !self.clauses.words.verb_second || before.len() > PART {
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
                            self.clauses.is_person(&key)
                                || own.subordinators.contains(&key)
                                    && key != first
                                    && !has(&own.function.reason, &key)
                        }))
            }
        };
        let (subject, rest) = behind.split_at_checked(1)?;
        (adverbial && self.begins_with_subject(behind, turned)).then_some(Parts {
            adverbial: before,
            subject,
            verb: words[verb],
            rest,
        })
    }

    /// Returns whether what stands behind a verb begins with a subject of one word; `turned` tells
    /// that it surely does if it is a person.
    fn begins_with_subject(&self, behind: &[&str], turned: bool) -> bool {
        let own = &self.clauses.words;
        let Some(subject) = behind.first() else { return false };
        let next = bare(subject);
        let pronoun = (own.subjects.contains(&next) || turned) && !subject.ends_with(',');
        let article = has(&own.function.article_like, &next)
            && behind.get(1).is_some_and(|word| {
                let key = bare(word);
                !own.adverbs.contains(&key)
                    && !own.prepositions.contains(&key)
                    && !own.determiners.contains(&key)
            });
        let thing = self.clauses.is_definite(subject)
            && subject.chars().next().is_some_and(char::is_lowercase)
            && behind.get(1).is_none_or(|word| !own.prepositions.contains(&bare(word)))
            && !subject.ends_with(',')
            && !own.adverbs.contains(&next);
        (pronoun && !article) || thing
    }

    /// `De kurve har foreningen betalt`: behind a verb that stands before another comes the subject,
    /// and what stands first is none.
    pub(super) fn is_fronted(&self, verb: &str, behind: &[&str]) -> bool {
        let [subject, next, ..] = behind else { return false };
        let own = &self.clauses.words;
        let lower = subject.chars().next().is_some_and(char::is_lowercase);
        let key = bare(subject);
        let thing = lower
            && self.clauses.is_definite(subject)
            && !own.adverbs.contains(&key)
            && !own.determiners.contains(&key);
        let last = behind.last().map(|word| bare(word)).unwrap_or_default();
        let endings = &own.function.part_endings;
        let participle = endings.iter().any(|ending| last.ends_with(ending));
        own.helping.contains(&bare(verb))
            && !subject.ends_with(',')
            && (thing || (self.is_name)(subject))
            && (participle || own.adverbs.contains(&bare(next)))
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
            let preposition = has(&own.function.prepositional, &key);
            let links = own.subordinators.contains(&key) || has(&own.function.linking, &key);
            let person = own.first_person.contains(&key) || self.clauses.is_person(&key);
            preposition || !(links || person)
        };
        if !words.iter().all(plain) || own.adverbs.contains(&key) {
            return false;
        }
        let number = first.chars().next().is_some_and(char::is_numeric);
        let determined =
            own.determiners.contains(&key) && words.len() > 1 && !has(&own.function.there, &key);
        let thing = self.clauses.is_definite(first)
            && self.clauses.words.verb_second
            && words.get(1).is_none_or(|next| {
                let key = bare(next);
                own.prepositions.contains(&key) || has(&own.function.and, &key)
            });
        determined || number || thing || self.is_named(words)
    }

    /// Returns whether the words are the name of somebody who takes part.
    fn is_named(&self, words: &[&str]) -> bool {
        words.len() <= 4 && words.iter().all(|word| (self.is_name)(word))
    }
}
