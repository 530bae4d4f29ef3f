//! A spoken main clause told again with its order of words kept.
//!
//! Behind `at` a Danish main clause may stand as it was said where something else than its subject
//! begins it (`oplyste, at fra nytår koster turen 40 kr`), and where the subject begins it only
//! the adverbs behind the verb have another place. So nothing need be known of most of its words;
//! what must be known is where a clause ends, and that nobody is spoken to.

use super::main_clause::Main;
use super::shape::Reported;
use super::tail::ended;
use super::{bare, has};
use crate::language::headings::capitalised;

/// Before its verb a clause has at most this many words.
const FRONT: usize = 9;

/// What is named first and then taken up by a pronoun has at most this many words.
const NAMED_FIRST: usize = 6;

/// A clause of fewer words is not left standing alone.
const WHOLE: usize = 5;

impl Main<'_> {
    /// Returns a main clause, and those that follow it, as they stand behind `at`.
    pub(super) fn plain(&self, words: &[&str]) -> Option<Reported> {
        if !self.clauses.words.verb_second {
            return None;
        }
        let words = self.begun(&self.begun(&self.taken_up(words))?)?;
        let own = &self.clauses.words;
        let verb = self.first_verb(&words)?;
        let (front, rest) = (&words[..verb], &words[verb + 1..]);
        let next = rest.first().map(|word| bare(word)).unwrap_or_default();
        let first = bare(front[0]);
        if !self.answer && front.len() == 1 && own.dangling.contains(&first) {
            return None;
        }
        // `Der har man skrevet`: of which place, was said before.
        if has(&own.function.there, &first)
            && (own.nominative.contains(&next) || self.names_thing(&rest[..rest.len().min(1)]))
        {
            return None;
        }
        let turned = self.clauses.is_person(&next)
            || has(&own.function.there, &next)
            || own.prepositions.contains(&first)
            || own.adverbial.contains(&first)
            || own.adverbs.contains(&first);
        let (adverbs, rest) =
            if turned { (Vec::new(), rest.to_vec()) } else { self.ordered(rest)? };
        // Told of somebody spoken to, or of the speaker, it is not this sentence any more.
        let mut out: Vec<String> =
            (0..verb).map(|place| self.person(&words, place)).collect::<Option<_>>()?;
        out[0] = self.lowered(&out[0])?;
        out.extend(adverbs);
        out.push(words[verb].to_lowercase());
        out.extend(self.going_on(&rest, out.len())?);
        (out.len() >= WHOLE - 1).then(|| Reported::That(out.join(" ")))
    }

    fn names_thing(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.clauses.is_definite(word) || (self.is_name)(word))
    }

    /// Returns a sentence of its own as it is told by another, its order kept.
    pub(super) fn free(&self, words: &[&str]) -> Option<String> {
        let words = self.taken_up(words);
        self.first_verb(&words)?;
        let told = self.going_on(&words, 0)?;
        Some(capitalised(&told.join(" ")))
    }

    /// Returns the place of the clause's verb, with one plain part before it.
    fn first_verb(&self, words: &[&str]) -> Option<usize> {
        let own = &self.clauses.words;
        let verb = (0..words.len().min(FRONT + 1))
            .find(|place| self.clauses.is_finite(words, *place))
            .filter(|verb| *verb > 0)?;
        let front = &words[..verb];
        let clause = |place: usize| {
            let key = bare(front[place]);
            let links = own.subordinators.contains(&key) && !own.prepositions.contains(&key);
            links
                && !(place == 0 && (has(&own.function.there, &key) || has(&own.function.so, &key)))
        };
        let plain = !front.iter().any(|word| word.ends_with(','))
            && !(0..front.len()).any(clause)
            && !own.interjections.contains(&bare(front[0]))
            && !own.first_person.contains(&bare(front[0]))
            || bare(front[0]) == own.we && verb == 1;
        let open = words.get(verb + 1).is_some_and(|next| own.subordinators.contains(&bare(next)));
        (plain && (!words[verb].ends_with(',') || open)).then_some(verb)
    }

    /// `Taget, det er utæt` is `Taget er utæt`.
    fn taken_up<'w>(&self, words: &[&'w str]) -> Vec<&'w str> {
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
    fn begun<'w>(&self, words: &[&'w str]) -> Option<Vec<&'w str>> {
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
        known.then(|| {
            let mut out = vec![words[2], words[1]];
            out.extend(&words[3..]);
            out
        })
    }

    /// Returns a word with the first person resolved; `None` where it cannot be.
    fn person(&self, words: &[&str], place: usize) -> Option<String> {
        let own = &self.clauses.words;
        let key = bare(words[place]);
        let before = place.checked_sub(1);
        if key == own.we {
            let opens = before.is_some_and(|at| own.subordinators.contains(&bare(words[at])));
            let beside = self.clauses.is_finite(words, place + 1)
                || place == 0
                || before.is_some_and(|at| self.clauses.is_finite(words, at));
            return (beside || opens)
                .then(|| words[place].to_lowercase().replace(&own.we, &own.one));
        }
        let unresolved = own.first_person.contains(&key)
            || own.own.contains(&key)
            || self.clauses.is_second_person(words, place);
        (!unresolved).then(|| words[place].to_owned())
    }

    /// Returns what follows the verb, with the further clauses that can be told; one behind `og`
    /// that cannot be is left out. `so_far` words stand before.
    fn going_on(&self, words: &[&str], so_far: usize) -> Option<Vec<String>> {
        let own = &self.clauses.words;
        let mut out: Vec<String> = Vec::with_capacity(words.len());
        for place in 0..words.len() {
            let key = bare(words[place]);
            let before = place.checked_sub(1).map(|at| words[at]);
            let behind_comma = before.is_some_and(|before| before.ends_with(','));
            let more = &words[place + 1..];
            let and = has(&own.function.and, &key);
            let joins = (and || has(&own.function.reason, &key)) && behind_comma;
            if joins && self.second_clause(more) {
                let told = self.first_verb(more).and_then(|_| self.going_on(more, 0));
                match told {
                    Some(told) if and => {
                        out.push(words[place].to_owned());
                        out.extend(told);
                    }
                    _ if so_far + out.len() < WHOLE => return None,
                    _ => {}
                }
                return Some(ended(out));
            }
            let it = has(&own.function.it, &key);
            let before_key = bare(before.unwrap_or(""));
            let of_it = has(&own.function.it, &before_key) || has(&own.function.them, &before_key);
            if behind_comma && it && !of_it && self.clauses.is_finite(words, place + 1) {
                let told = self.free(&words[place..])?;
                let mut out = ended(out);
                if let Some(last) = out.last_mut() {
                    last.push('.');
                }
                out.push(told);
                return Some(out);
            }
            if self.breaks(words, place) {
                return None;
            }
            out.push(self.person(words, place)?);
        }
        Some(out)
    }

    /// Returns whether the sentence is broken off or turns to somebody here.
    fn breaks(&self, words: &[&str], place: usize) -> bool {
        let own = &self.clauses.words;
        let key = bare(words[place]);
        let behind_comma = place.checked_sub(1).is_some_and(|at| words[at].ends_with(','));
        let finite_next = self.clauses.is_finite(words, place + 1);
        let called = behind_comma
            && (own.interjections.contains(&key) || has(&own.function.and, &key))
            && words[place].ends_with(',');
        let halts = words[place].ends_with(',')
            && own.prepositions.contains(&key)
            && !own.particles.contains(&key)
            && place + 1 < words.len();
        let clipped = words[place].starts_with('\'') || words[place].ends_with('\'');
        let addressed = behind_comma && place + 1 == words.len() && (self.is_name)(words[place]);
        let person = has(&own.function.persons, &key) && behind_comma && finite_next;
        let so = behind_comma && has(&own.function.so, &key) && finite_next;
        let verb_first = behind_comma && self.clauses.is_finite(words, place);
        called || halts || clipped || addressed || person || so || verb_first
    }
}

/// Returns whether a single name stands at `place`.
fn is_name_alone(words: &[&str], place: usize, is_name: &dyn Fn(&str) -> bool) -> bool {
    is_name(words[place]) && !words.get(place + 1).is_some_and(|next| is_name(next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::clauses::Clauses;
    use crate::language::words::Words;

    fn that(sentence: &str) -> Option<String> {
        let is_name = |word: &str| ["Mogens", "Lis"].contains(&word.trim_matches(','));
        let is_common = |word: &str| ["ledige", "byggesagerne"].contains(&word);
        match Clauses::of(Words::danish()).retold(sentence, false, &is_name, &is_common)? {
            Reported::That(that) => Some(that),
            Reported::Named(named) => Some(format!("NAVN {named}")),
        }
    }

    #[test]
    fn a_clause_keeps_its_order_and_only_its_adverb_moves() {
        for (said, told) in [
            ("Ledige stillinger bliver ikke slået op.", "ledige stillinger ikke bliver slået op"),
            (
                "Fra nytår koster turen til Nørre Snold 40 kr.",
                "fra nytår koster turen til Nørre Snold 40 kr",
            ),
            ("Mogens fra kontoret er kommet.", "Mogens fra kontoret er kommet"),
            ("Taget på skolen, det er utæt.", "taget på skolen er utæt"),
            ("Så kommer der en ny taxa.", "der kommer en ny taxa"),
            ("For i år får vi flere penge.", "man i år får flere penge"),
        ] {
            assert_eq!(that(said).as_deref(), Some(told), "{said}");
        }
    }

    #[test]
    fn what_hangs_on_and_speaks_to_somebody_is_left_out() {
        assert_eq!(
            that("Der er 6.000 kr. på kontoen, og dem må I gerne bruge.").as_deref(),
            Some("der er 6.000 kr. på kontoen")
        );
        assert_eq!(that("Men I skal afsætte tolv timer."), None);
        assert_eq!(that("Bare de ikke kommer igen til sommer."), None);
    }

    #[test]
    fn what_a_speaker_holds_is_told_as_held() {
        assert_eq!(
            that("Jeg synes, at taget skal skiftes i år.").as_deref(),
            Some("NAVN mente, at taget skal skiftes i år")
        );
        assert_eq!(
            that("Jeg tror ikke, at taget holder til jul.").as_deref(),
            Some("NAVN mente ikke, at taget holder til jul")
        );
        assert_eq!(
            that("Jeg vil nødig have, at taget skiftes nu.").as_deref(),
            Some("NAVN vil nødig have, at taget skiftes nu")
        );
    }

    #[test]
    fn a_sentence_of_its_own_keeps_its_words() {
        let free = |said: &str| Clauses::of(Words::danish()).freed(said, &|_| false);
        assert_eq!(
            free("Det bliver dyrt, men vi har pengene.").as_deref(),
            Some("Det bliver dyrt, men man har pengene")
        );
        assert_eq!(free("Det ved jeg godt."), None);
    }
}
