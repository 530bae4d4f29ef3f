//! What begins a spoken sentence, put where a sentence that is told has it.

use super::main_clause::Main;
use super::{bare, has};

/// What is named first and then taken up by a pronoun has at most this many words.
const NAMED_FIRST: usize = 6;

impl Main<'_> {
    /// `man har fået to nye, og så skal man på tur` is `man har fået to nye og skal på tur`.
    pub(super) fn drawn_together(&self, told: &str) -> Option<String> {
        let own = &self.clauses.words;
        let (and, so) = (own.function.and.first()?, own.function.so.first()?);
        let (first, second) = told.split_once(&format!(", {and} {so} "))?;
        let words: Vec<&str> = second.split(' ').collect();
        let [verb, subject, third, ..] = words.as_slice() else { return None };
        let same = first.split(' ').next() == Some(own.one.as_str()) && *subject == own.one;
        let plain = !first.contains(',') && !own.adverbs.contains(&bare(third));
        (same && plain && self.clauses.is_finite(&[so, verb], 1))
            .then(|| format!("{first} {and} {verb} {}", words[2..].join(" ")))
    }

    /// Returns whether a pronoun that is a clause's subject stands first.
    pub(super) fn is_plain_subject(&self, rest: &[&str]) -> bool {
        let own = &self.clauses.words;
        let [subject, next, ..] = rest else { return false };
        let key = bare(subject);
        let person = has(&own.function.persons, &key) && key != own.me;
        let alone = has(&own.function.there, &key) || person || key == own.one || key == own.we;
        // `det` and `de` may be articles of what follows, unless it is none of a thing's words.
        let next = bare(next);
        let apart = has(&own.function.it, &key)
            && (next.starts_with(char::is_numeric)
                || own.determiners.contains(&next)
                || own.prepositions.contains(&next)
                || own.adverbs.contains(&next));
        !subject.ends_with(',') && (alone || apart)
    }

    /// `Taget, det er utæt` is `Taget er utæt`.
    pub(super) fn taken_up<'w>(&self, words: &[&'w str]) -> Vec<&'w str> {
        let own = &self.clauses.words;
        let end = words.iter().take(NAMED_FIRST).position(|word| word.ends_with(','));
        let taken = end.filter(|end| {
            let first = bare(words[0]);
            let again = words.get(end + 1).map(|word| bare(word)).unwrap_or_default();
            let thing = !own.prepositions.contains(&first)
                && !own.adverbial.contains(&first)
                && !own.particles.contains(&first)
                && !own.subordinators.contains(&first)
                && !own.interjections.contains(&first)
                && !own.subjects.contains(&bare(words[*end]));
            thing
                && has(&own.function.it, &again)
                && self.clauses.is_finite(words, end + 2)
                && !words[end + 1].ends_with(',')
                && !(0..=*end).any(|place| self.clauses.is_finite(words, place))
        });
        let Some(end) = taken else { return words.to_vec() };
        let mut out = words[..end].to_vec();
        out.push(words[end].trim_end_matches(','));
        out.extend(&words[end + 2..]);
        out
    }

    /// Returns a clause without the word that links it to what was said before:
    /// `så kommer der en taxa` is `der kommer en taxa`.
    pub(super) fn begun<'w>(&self, words: &[&'w str]) -> Option<Vec<&'w str>> {
        let own = &self.clauses.words;
        let first = bare(words.first()?);
        if words[0].ends_with(',') || !has(&own.function.links, &first) {
            return Some(words.to_vec());
        }
        if !self.clauses.is_finite(words, 1) {
            let next = bare(words.get(1)?);
            let pronoun = own.subjects.contains(&next) || own.nominative.contains(&next);
            // `For Lis har ventet` may be a reason, `for Lis har det ventet` is none.
            let ordinal = has(&own.function.it, &next)
                && words.get(2).is_some_and(|third| third.ends_with('e'));
            return match has(&own.function.reason, &first) {
                true if pronoun && !ordinal => Some(words[1..].to_vec()),
                true if ordinal || next.starts_with(char::is_numeric) => Some(words.to_vec()),
                true => None,
                false => Some(words[1..].to_vec()),
            };
        }
        let subject = bare(words.get(2)?);
        let known = self.clauses.is_person(&subject)
            || has(&own.function.there, &subject)
            || is_name_alone(words, 2, self.is_name);
        // `Så vedtager vi, at …`: the comma would come to stand before the verb.
        (known && !words[2].ends_with(',')).then(|| {
            let mut out = vec![words[2], words[1]];
            out.extend(&words[3..]);
            out
        })
    }
}

/// Returns whether a single name stands at `place`.
fn is_name_alone(words: &[&str], place: usize, is_name: &dyn Fn(&str) -> bool) -> bool {
    is_name(words[place]) && !words.get(place + 1).is_some_and(|next| is_name(next))
}
