//! Who does what: the clause of a sentence that gives a task or decides something, told by another.

use super::main_clause::Main;
use super::tail::ended;
use super::{bare, has};
use crate::language::reporting::Reporting;

/// What stands before the verb has at most this many words.
const FRONT: usize = 5;

/// Who is to do what a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Whoever says it.
    Speaker,
    /// Whoever it is said to, or who is named.
    Called,
    /// The meeting.
    Body,
}

/// What is done: the verb as it was said, and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The finite verb.
    pub verb: String,
    /// What follows it.
    pub rest: String,
}

impl super::Clauses<'_> {
    /// Returns whether the word is the infinitive of a verb that is known.
    pub fn is_infinitive(&self, word: &str) -> bool {
        let key = bare(word);
        word.starts_with(char::is_lowercase)
            && (self.words.infinitives.contains(&key)
                || key.ends_with("es") && self.words.passive.contains(&key)
                || key.ends_with('e') && self.finite.contains(&format!("{key}r")))
    }

    /// Returns whether a text begins with an infinitive, whether or not it is one of the words
    /// that are known: `give dispensation`, but not `skolerne får` and not `alle får`.
    pub fn opens_with_infinitive(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        let Some(first) = words.first() else { return false };
        self.words.function.infinitive_endings.iter().any(|ending| first.ends_with(ending))
            && !self.is_definite(first)
            && !self.is_small(first)
            && !self.is_finite(&words, 1)
    }

    /// Returns whether the verb stands before an infinitive: `skal`.
    pub fn is_modal(&self, verb: &str) -> bool {
        self.words.busy.contains(verb)
    }

    /// Returns what `doing` does by the first clause of the sentence that tells it, and by those
    /// that follow it in the same manner; nothing where a word of it cannot be told by another.
    pub fn done(
        &self,
        sentence: &str,
        doing: Doing,
        is_name: &dyn Fn(&str) -> bool,
        is_doer: &dyn Fn(&str) -> bool,
    ) -> Vec<Done> {
        if self.words.busy.is_empty() || sentence.contains(['?', '…', '"', ':', ';', '[', '–'])
        {
            return Vec::new();
        }
        let text = sentence.trim().trim_end_matches(['.', '!', ' ']);
        let words: Vec<&str> = text.split_whitespace().collect();
        let main = Main { clauses: *self, answer: true, is_name, is_common: &|_| false };
        let pieces = main.pieces(&words);
        let mut found = Vec::new();
        for piece in pieces {
            match main.one_done(piece, doing, is_doer) {
                Some(done) => found.push(done),
                None if found.is_empty() => {}
                None => break,
            }
        }
        found
    }
}

impl Main<'_> {
    /// Cuts a sentence where a comma and a linking word begin another clause.
    fn pieces<'w>(&self, words: &'w [&'w str]) -> Vec<&'w [&'w str]> {
        let mut cuts = vec![0];
        for place in 1..words.len() {
            let links = has(&self.clauses.words.function.links, &bare(words[place]));
            let verb =
                (place + 1..words.len().min(place + 5)).any(|at| self.clauses.is_finite(words, at));
            if words[place - 1].ends_with(',') && links && verb {
                cuts.push(place);
            }
        }
        cuts.push(words.len());
        cuts.windows(2).map(|cut| &words[cut[0]..cut[1]]).collect()
    }

    fn one_done(
        &self,
        piece: &[&str],
        doing: Doing,
        is_doer: &dyn Fn(&str) -> bool,
    ) -> Option<Done> {
        let own = &self.clauses.words;
        let begins = piece.iter().take_while(|word| {
            let key = bare(word);
            own.particles.contains(&key) || own.interjections.contains(&key)
        });
        let mut words: Vec<&str> = piece[begins.count()..].to_vec();
        let called = words.first().is_some_and(|word| is_doer(word)) && doing == Doing::Called;
        let apart = called && words[0].ends_with(',');
        while called && words.first().is_some_and(|word| is_doer(word)) {
            words.remove(0);
        }
        if called && words.first().is_some_and(|word| has(&own.function.so, &bare(word))) {
            words.remove(0);
        }
        let who = match doing {
            Doing::Speaker => own.me.as_str(),
            Doing::Called => own.function.called.as_str(),
            Doing::Body => own.we.as_str(),
        };
        let at = words.iter().take(FRONT + 2).position(|word| bare(word) == who);
        let (verb, front, rest) = match at {
            Some(0) => (*words.get(1)?, &[][..], &words[2..]),
            Some(at) => (words[at - 1], &words[..at - 1], &words[at + 1..]),
            None if called && !apart => (*words.first()?, &[][..], &words[1..]),
            None => return None,
        };
        let mut probe = vec![who];
        probe.extend([verb, "x"]);
        let plain = !front.iter().enumerate().any(|(place, word)| {
            let key = bare(word);
            word.ends_with(',')
                || self.clauses.is_finite(front, place)
                || own.subordinators.contains(&key) && !own.prepositions.contains(&key)
                || own.first_person.contains(&key)
                || own.second_person.contains(&key)
        });
        let verb = bare(verb);
        let known = self.clauses.is_finite(&probe, 1) || verb.ends_with('r') && at == Some(0);
        // `Du får den på fredag`: whoever is spoken to gets it.
        let gets = doing == Doing::Called && self.clauses.words.gets.contains(&verb);
        if gets || !plain || !known || own.idle.contains(&verb) {
            return None;
        }
        let request = own.requests.contains(&verb) && doing == Doing::Called;
        let told = if request { own.shall.clone() } else { verb };
        Some(Done {
            rest: self.done_with(front, rest, own.busy.contains(&told), doing)?,
            verb: told,
        })
    }

    /// Returns what belongs to the verb: without the small words of talk, without those who are
    /// spoken to, and what stood before the verb where it stands in writing.
    fn done_with(
        &self,
        front: &[&str],
        rest: &[&str],
        modal: bool,
        doing: Doing,
    ) -> Option<String> {
        let own = &self.clauses.words;
        let spoken = |key: &str| has(&own.function.spoken_to, key);
        let talk = |word: &&&str| {
            let key = bare(word);
            own.talk.contains(&key) && !word.ends_with(',')
        };
        let rest = &rest[rest.iter().take_while(talk).count()..];
        let denies = |key: &str| has(&own.function.not, key) || has(&own.function.never, key);
        if rest.first().is_some_and(|word| denies(&bare(word))) {
            return None;
        }
        let mut out: Vec<String> = Vec::new();
        let mut place = 0;
        while place < rest.len() {
            let word = rest[place];
            let key = bare(word);
            let behind_comma = place.checked_sub(1).is_some_and(|at| rest[at].ends_with(','));
            let next = rest.get(place + 1).map(|next| bare(next)).unwrap_or_default();
            if has(&own.function.to, &key) && spoken(&next) {
                // The comma behind whom it is for stays.
                if rest[place + 1].ends_with(',')
                    && let Some(last) = out.last_mut()
                {
                    last.push(',');
                }
                place += 2;
                continue;
            }
            if spoken(&key) && (place == 0 || modal && place == 1) {
                // `Jeg sender jer et notat`: the notes are sent. `Jeg sætter dig på` is not whole.
                let thing = !own.prepositions.contains(&next)
                    && !own.adverbs.contains(&next)
                    && !next.is_empty();
                if !thing {
                    return None;
                }
                place += 1;
                continue;
            }
            if behind_comma && (self.is_name)(word) {
                let names = rest[place..].iter().take_while(|one| (self.is_name)(one)).count();
                let called = &rest[place..place + names];
                if called[..names - 1].iter().all(|one| !one.ends_with(','))
                    && (called[names - 1].ends_with(',') || place + names == rest.len())
                {
                    out = ended(out);
                    place += names;
                    continue;
                }
            }
            let mine = match doing {
                Doing::Speaker => own.named.get(&key).cloned(),
                Doing::Called => own.function.yours.get(&key).cloned(),
                Doing::Body => None,
            };
            let personal =
                own.first_person.contains(&key) || self.clauses.is_second_person(rest, place);
            let tag = behind_comma && own.tags.contains(&key) && place + 1 == rest.len();
            if let Some(mine) = mine {
                out.push(word.to_lowercase().replace(&key, &mine));
            } else if tag {
                break;
            } else if personal {
                // What goes on about others is no part of the task.
                let comma = out.iter().rposition(|word| word.ends_with(','))?;
                out.truncate(comma + 1);
                break;
            } else {
                out.push(word.to_owned());
            }
            place += 1;
        }
        let mut out = ended(out);
        if !front.is_empty() {
            let told = front.iter().filter(|word| !own.talk.contains(&bare(word)));
            let mut own: Vec<String> = told.map(|word| (*word).to_owned()).collect();
            if let Some(first) = own.first_mut() {
                *first = self.lowered(first)?;
            }
            let at = usize::from(modal).min(out.len());
            out.splice(at..at, own);
        }
        let text = out.join(" ");
        (self.clauses.telling_words(&text) > 0 && !self.clauses.has_tag(&text)).then_some(text)
    }
}

impl Done {
    /// Returns it as an infinitive: `købe pumpen`; `None` where the verb has none known.
    pub fn infinitive(&self, reporting: Reporting<'_>) -> Option<String> {
        let verb = reporting.infinitive_of(&self.verb)?;
        Some(format!("{verb} {}", self.rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::clauses::Clauses;
    use crate::language::words::Words;

    fn done(said: &str, doing: Doing) -> Vec<String> {
        let is_name = |word: &str| ["Ngozi", "Stine"].contains(&word.trim_matches(','));
        let is_doer = |word: &str| word.trim_matches(',') == "Stine";
        let done = Clauses::of(Words::danish()).done(said, doing, &is_name, &is_doer);
        done.into_iter().map(|one| format!("{} {}", one.verb, one.rest)).collect()
    }

    #[test]
    fn the_clause_that_gives_the_task_is_told() {
        for (said, told) in [
            ("Så søger jeg fonden inden jul, og pladerne er til salg.", "søger fonden inden jul"),
            ("Jeg sender jer et notat på fredag.", "sender et notat på fredag"),
            ("I morgen ringer jeg til smeden.", "ringer i morgen til smeden"),
            ("Den skal jeg nok få væk i morgen.", "skal få den væk i morgen"),
            (
                "Jeg sender adgang til mappen, Ngozi, inden fredag.",
                "sender adgang til mappen inden fredag",
            ),
        ] {
            assert_eq!(done(said, Doing::Speaker), [told], "{said}");
        }
        for (said, told) in [
            ("Stine, du sørger for et svar til kommunen.", "sørger for et svar til kommunen"),
            ("Stine, kan du lave et udkast inden jul, ikke.", "skal lave et udkast inden jul"),
            ("Stine skriver til kommunen.", "skriver til kommunen"),
        ] {
            assert_eq!(done(said, Doing::Called), [told], "{said}");
        }
    }

    #[test]
    fn what_is_no_task_is_not_made_one() {
        assert!(done("Jeg tror, det går.", Doing::Speaker).is_empty());
        assert!(done("Jeg sender ikke flere breve.", Doing::Speaker).is_empty());
        assert!(done("Jeg sætter dig på som cc.", Doing::Speaker).is_empty());
        assert!(done("Stine, du får den på fredag.", Doing::Called).is_empty());
    }

    #[test]
    fn what_the_body_does_is_told_clause_by_clause() {
        let said = "Så tager vi den billige, og så køber vi pumpen.";
        assert_eq!(done(said, Doing::Body), ["tager den billige", "køber pumpen"]);
    }
}
