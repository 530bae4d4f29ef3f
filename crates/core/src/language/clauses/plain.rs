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
use crate::language::reporting::Reporting;

/// Before its verb a clause has at most this many words.
const FRONT: usize = 9;

/// A clause of fewer words is not left standing alone.
const WHOLE: usize = 5;

impl Main<'_> {
    /// Tells a sentence whose subject, a pronoun, stands behind the verb, with the pronoun first:
    /// `sidst var det 700 kr` is `det sidst var 700 kr`. `timed` tells that a time begins it.
    fn turned_about(
        &self,
        front: &[&str],
        verb: &str,
        rest: &[&str],
        timed: bool,
    ) -> Option<Reported> {
        let own = &self.clauses.words;
        let mut whole = vec![rest[0]];
        whole.extend(front);
        let mut out: Vec<String> =
            (0..whole.len()).map(|place| self.person(&whole, place)).collect::<Option<_>>()?;
        // Of somebody who says `we` minutes tell as of one.
        if bare(rest[0]) == own.we {
            out[0].clone_from(&own.one);
        }
        out[1] = if timed { out[1].to_lowercase() } else { self.lowered(&out[1])? };
        let (adverbs, rest) = self.ordered(&rest[1..])?;
        out.extend(adverbs);
        out.push(verb.to_lowercase());
        out.extend(self.going_on(&rest, out.len())?);
        let told = out.join(" ");
        (out.len() >= WHOLE - 1).then_some(Reported::That(told))
    }

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
        if self.is_fronted(words[verb], rest) {
            return None;
        }
        let turned = self.clauses.is_person(&next)
            || has(&own.function.there, &next)
            || own.prepositions.contains(&first)
            || own.adverbial.contains(&first)
            || own.adverbs.contains(&first);
        // A pronoun behind the verb goes before what began the sentence:
        // `sidst var det 700 kr` is `det sidst var 700 kr`.
        let timed = self.time(&words) == verb;
        let when = timed
            || own.prepositions.contains(&first) && front.len() > 1
            || own.adverbial.contains(&first) && front.len() == 1;
        if turned && rest.len() > 1 && self.is_plain_subject(rest) {
            // What else may begin a sentence is told of somebody: `liften kan man tage`.
            if !when {
                return None;
            }
            return self.turned_about(front, words[verb], rest, timed);
        }
        let (adverbs, rest) =
            if turned { (Vec::new(), rest.to_vec()) } else { self.ordered(rest)? };
        // Told of somebody spoken to, or of the speaker, it is not this sentence any more.
        let mut out: Vec<String> =
            (0..verb).map(|place| self.person(&words, place)).collect::<Option<_>>()?;
        out[0] = self.lowered(&out[0])?;
        out.extend(adverbs);
        out.push(words[verb].to_lowercase());
        out.extend(self.going_on(&rest, out.len())?);
        let told = out.join(" ");
        (out.len() >= WHOLE - 1).then(|| Reported::That(self.drawn_together(&told).unwrap_or(told)))
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
            return ((beside || opens) && !self.clauses.is_some_of_us(words, place))
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
                // With its subject first it is told in the order that `at` asks for.
                let subject_first = more.first().is_some_and(|first| !self.has_front(&bare(first)));
                let that = match self.plain(more) {
                    Some(Reported::That(that)) if and && so_far > 0 && subject_first => Some(that),
                    _ => None,
                };
                match (that, told) {
                    (Some(that), _) => {
                        out.push(words[place].to_owned());
                        out.push(Reporting::of(self.clauses.language).phrases.that.clone());
                        out.push(that);
                    }
                    (None, Some(told)) if and => {
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
                // `så det er ikke, det er ikke materiale` was begun anew.
                let broken = out
                    .last()
                    .is_some_and(|last| self.clauses.words.clause_adverbs.contains(&bare(last)));
                if broken || self.clauses.is_finite(words, place - 1) {
                    return None;
                }
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

    /// Returns whether the word begins a clause whose subject comes later.
    fn has_front(&self, first: &str) -> bool {
        let own = &self.clauses.words;
        has(&own.function.so, first)
            || own.prepositions.contains(first)
            || own.adverbial.contains(first)
            || own.adverbs.contains(first)
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
    fn when_stands_before_the_verb() {
        for (said, told) in [
            ("Foreningen fik sidste år 68 sager.", "foreningen sidste år fik 68 sager"),
            (
                "I februar tog man tre cykelkurve med hjem.",
                "man i februar tog tre cykelkurve med hjem",
            ),
            ("Sidste gang fik vi 12 nye sager.", "man sidste gang fik 12 nye sager"),
        ] {
            assert_eq!(that(said).as_deref(), Some(told), "{said}");
        }
    }

    #[test]
    fn what_begins_a_sentence_and_is_no_subject_leaves_it_as_said() {
        for said in [
            "De kurve har foreningen betalt.",
            "Pumpen har kommunen ikke skiftet.",
            "Liften kan man tage hele dagen.",
            "Når man ser på tallene fra kommunen, er de steget.",
            "Så det er ikke, det er ikke noget nyt.",
        ] {
            assert_eq!(that(said), None, "{said}");
        }
    }

    #[test]
    fn a_second_clause_has_its_own_at_or_the_first_ones_subject() {
        for (said, told) in [
            (
                "Mogens fra kontoret har skrevet, og kommunen har ikke svaret.",
                "Mogens fra kontoret har skrevet, og at kommunen ikke har svaret",
            ),
            ("Man har fået to nye, og så skal man på tur.", "man har fået to nye og skal på tur"),
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
