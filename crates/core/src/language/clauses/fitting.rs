//! Whether a span of speech fits the place that a frame has for it: a clause, an infinitive, or
//! the name of a thing.

use super::{Clauses, bare, has};

/// A thing is named in at most this many words.
const THING: usize = 18;

/// What a frame has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A clause in the order of subordinate ones: `foreslog, at …`.
    Clause,
    /// An infinitive with what belongs to it: `foreslog at …`.
    Infinitive,
    /// The name of a thing: `takkede for …`.
    Thing,
}

impl Clauses<'_> {
    /// Returns whether words are as many, and begin so, as what the room is for.
    fn may_fill(&self, words: &[&str], room: Room) -> bool {
        let own = &self.words;
        let Some(first) = words.first().map(|word| bare(word)) else { return false };
        match room {
            Room::Clause => words.len() > 2,
            Room::Infinitive => {
                words.len() > 1
                    && (!own.verb_second
                        || first.ends_with('e')
                        || own.infinitives.contains(&first))
            }
            Room::Thing => {
                let pronoun = own.object_pronouns.contains(&first) && words.len() < 3;
                let hanging = own.dangling.contains(&first) || own.particles.contains(&first);
                words.len() <= THING && !pronoun && !hanging
            }
        }
    }

    /// Returns `span` as it stands in a frame's room told by another; `None` where it does not
    /// fit it.
    pub fn fitted(&self, span: &str, room: Room, is_name: &dyn Fn(&str) -> bool) -> Option<String> {
        let span = span.trim().trim_end_matches(['.', '!', '?', ',', ' ']);
        if span.contains(['?', '…', '"', ';', '[']) || span.contains("..") || self.has_tag(span) {
            return None;
        }
        let words: Vec<&str> = span.split_whitespace().collect();
        let own = &self.words;
        if !self.may_fill(&words, room) || self.has_splice(&words) {
            return None;
        }
        let mut main = true;
        let mut verbs = 0;
        let mut out: Vec<String> = Vec::with_capacity(words.len());
        for (place, word) in words.iter().enumerate() {
            let key = bare(word);
            if self.is_second_person(&words, place)
                || (place > 0
                    && place + 1 == words.len()
                    && is_name(word)
                    && words[place - 1].ends_with(','))
            {
                return None;
            }
            main &= !own.subordinators.contains(&key);
            let finite = self.is_finite(&words, place);
            verbs += usize::from(finite);
            if finite && main && room != Room::Clause {
                return None;
            }
            if key == own.we {
                let beside = self.is_finite(&words, place + 1)
                    || (place > 0 && self.is_finite(&words, place - 1))
                    || (place == 0 && room == Room::Clause)
                    || (place > 0 && own.subordinators.contains(&bare(words[place - 1])));
                if own.one.is_empty() || !beside || self.is_some_of_us(&words, place) {
                    return None;
                }
                out.push(word.to_lowercase().replace(&own.we, &own.one));
            } else if own.first_person.contains(&key) || own.own.contains(&key) {
                return None;
            } else {
                out.push((*word).to_owned());
            }
        }
        // An English verb in the present looks like any other word.
        (room != Room::Clause || verbs > 0 || !self.words.verb_second).then(|| out.join(" "))
    }

    /// Returns whether a word that may be a subject is more often something else.
    fn is_unsure(&self, key: &str) -> bool {
        let own = &self.words.function;
        has(&own.there, key) || has(&own.unsure_person, key)
    }

    /// Returns whether a second sentence follows a comma (`…, så er vi der`, `…, det er dyrt`).
    pub fn has_splice(&self, words: &[&str]) -> bool {
        (1..words.len()).any(|place| {
            let key = bare(words[place]);
            let subject =
                self.words.subjects.contains(&key) || self.words.nominative.contains(&key);
            words[place - 1].ends_with(',')
                && ((has(&self.words.function.so, &key) && self.is_finite(words, place + 1))
                    || (subject && !self.is_unsure(&key) && self.is_finite(words, place + 1)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    fn fitted(span: &str, room: Room) -> Option<String> {
        Clauses::of(Words::danish()).fitted(span, room, &|_| false)
    }

    #[test]
    fn a_span_fits_its_room_or_is_not_used() {
        assert_eq!(fitted("vi skifter taget", Room::Clause).as_deref(), Some("man skifter taget"));
        assert_eq!(fitted("vi to er imod forslaget", Room::Clause), None);
        assert_eq!(fitted("jeg er konstitueret, så bær over med mig", Room::Clause), None);
        assert_eq!(fitted("udskyde valget", Room::Infinitive).as_deref(), Some("udskyde valget"));
        assert_eq!(
            fitted("få lukket døren, så er vi der vist alle sammen", Room::Infinitive),
            None
        );
        assert_eq!(
            fitted("en flot konference", Room::Thing).as_deref(),
            Some("en flot konference")
        );
        assert_eq!(fitted("det", Room::Thing), None);
        assert_eq!(fitted("jer, og godt nytår", Room::Thing), None);
    }
}
