//! What follows the verb of a reported clause: persons, and further clauses that hang on.

use super::main_clause::Main;
use super::shape::Reported;
use super::{bare, has};
use crate::language::reporting::Reporting;

/// A clause of fewer words behind its verb is not left standing alone.
const WHOLE: usize = 5;

impl Main<'_> {
    /// Returns what follows the verb told by another: one clause, or further ones that are safe.
    pub(super) fn tail(&self, rest: &[&str], named: bool) -> Option<Vec<String>> {
        let own = &self.clauses.words;
        let mut out: Vec<String> = Vec::with_capacity(rest.len());
        let mut main = true;
        for (place, word) in rest.iter().enumerate() {
            let key = bare(word);
            let before = place.checked_sub(1).map(|before| rest[before]);
            let behind_comma = before.is_some_and(|before| before.ends_with(','));
            let opens = before.is_some_and(|before| own.subordinators.contains(&bare(before)));
            let subject = own.subjects.contains(&key) || self.clauses.is_person(&key);
            let finite_next = self.clauses.is_finite(rest, place + 1);
            let second = own.coordinators.contains(&key) && main;
            if second && self.second_clause(&rest[place + 1..]) {
                // `…, og det er dyrt`: a main clause of its own.
                if !has(&own.function.joins, &key) {
                    return None;
                }
                let Some(more) = self.second(&rest[place + 1..]) else {
                    // What hangs on behind `og` may be left out: the clause is whole without it.
                    let and = has(&own.function.and, &key);
                    let whole = and && behind_comma && out.len() + 1 >= WHOLE;
                    return whole.then(|| ended(out));
                };
                self.join(&mut out, word, more, named);
                return Some(out);
            }
            // `…, det er en skrædder`: two sentences in one, which `og` joins.
            let before_key = bare(before.unwrap_or(""));
            let of_it = has(&own.function.it, &before_key) || has(&own.function.them, &before_key);
            let it = has(&own.function.it, &key);
            if main && behind_comma && it && finite_next && !of_it {
                let more = self.second(&rest[place..])?;
                let and = &Reporting::of(self.clauses.language).phrases.and;
                self.join(&mut out, and, more, named);
                return Some(out);
            }
            // A clause of its own whose verb is not known.
            let opened = own.coordinators.contains(&bare(before.unwrap_or("")));
            let personal = self.clauses.is_person(&key);
            if (opened && main || behind_comma) && (personal || self.may_be_clause(&rest[place..]))
            {
                return None;
            }
            // `…, det koster for meget`: two sentences in one.
            if behind_comma && subject && finite_next && !has(&own.function.there, &key) {
                return None;
            }
            if behind_comma && has(&own.function.so, &key) && finite_next {
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
                if own.one.is_empty() || !beside || self.clauses.is_some_of_us(rest, place) {
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

    /// Returns a further main clause as it stands behind `at`.
    fn second(&self, words: &[&str]) -> Option<String> {
        match (Main { answer: true, ..*self }).reported(words)? {
            Reported::That(that) => Some(that),
            Reported::Named(_) => None,
        }
    }

    /// Joins a further clause: `…, og at …`; behind a clause of the speaker's own it needs a verb
    /// of its own: `… og oplyste, at …`.
    fn join(&self, out: &mut Vec<String>, and: &str, more: String, named: bool) {
        let reporting = Reporting::of(self.clauses.language);
        if let Some(last) = out.last_mut() {
            *last = last.trim_end_matches(',').to_owned();
            if !named {
                last.push(',');
            }
        }
        out.push(and.to_owned());
        out.push(match named {
            true => format!("{}{}", reporting.phrases.information, reporting.phrases.comma_that),
            false => reporting.phrases.that.clone(),
        });
        out.push(more);
    }

    /// `den duer på alle opgange`: a pronoun, and what may be a verb.
    fn may_be_clause(&self, words: &[&str]) -> bool {
        let [first, next, ..] = words else { return false };
        has(&self.clauses.words.function.it, &bare(first))
            && !first.ends_with(',')
            && bare(next).ends_with(['r', 's'])
    }

    /// Returns whether the words begin a clause with a subject of its own.
    pub(super) fn second_clause(&self, words: &[&str]) -> bool {
        let verb = (0..words.len().min(5)).find(|place| self.clauses.is_finite(words, *place));
        verb.is_some_and(|verb| {
            verb > 0
                && !words[..verb].iter().enumerate().any(|(place, word)| {
                    let key = bare(word);
                    let there = place == 0 && has(&self.clauses.words.function.there, &key);
                    word.ends_with(',') || self.clauses.words.subordinators.contains(&key) && !there
                })
        })
    }
}

/// Returns the words without the comma behind the last.
pub(super) fn ended(mut words: Vec<String>) -> Vec<String> {
    if let Some(last) = words.last_mut() {
        *last = last.trim_end_matches(',').to_owned();
    }
    words
}
