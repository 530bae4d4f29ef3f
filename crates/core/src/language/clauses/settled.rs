//! What a clause settles: what is to be, and what has come about by being decided.

use super::{bare, has};
use crate::language::headings::capitalised;
use crate::language::reporting::Reporting;

impl super::Clauses<'_> {
    /// `Lis er valgt` as `Lis blev valgt`, where what is told is a decision of the meeting's.
    pub fn settled(&self, clause: &str) -> Option<String> {
        let words: Vec<&str> = clause.split_whitespace().collect();
        let verb = words.iter().position(|word| bare(word) == self.words.is)?;
        let how = words.get(verb + 1).map(|word| bare(word))?;
        // A decision in a later clause is another's than the one that is told.
        if words[..verb].iter().any(|word| word.ends_with(',')) {
            return None;
        }
        let hanging = self.words.dangling.contains(&bare(words[0]));
        let thing =
            verb > 0 && !(verb == 1 && (hanging || self.words.subjects.contains(&bare(words[0]))));
        (thing && self.words.settled.contains(&how)).then(|| {
            let clause = format!(
                "{} {} {}",
                words[..verb].join(" "),
                self.words.became,
                words[verb + 1..].join(" ")
            );
            let phrases = Reporting::of(self.language).phrases;
            let joint = format!(", {} ", phrases.and);
            capitalised(&clause.replace(&format!("{joint}{} ", phrases.that), &joint))
        })
    }

    /// Returns whether a clause tells what is to be, and not how things are.
    pub fn is_resolve(&self, clause: &str) -> bool {
        let words: Vec<&str> = clause.split_whitespace().collect();
        let verb = (0..words.len()).find(|place| self.is_finite(&words, *place));
        verb.is_some_and(|verb| {
            let key = bare(words[verb]);
            let own = &self.words.function;
            let denies = words[..verb].iter().any(|word| has(&own.not, &bare(word)));
            let past = own.past_endings.iter().any(|ending| key.ends_with(ending.as_str()));
            let first = bare(words[0]);
            let hangs = [&own.it, &own.them, &own.there].iter().any(|words| has(words, &first))
                || words.get(verb + 1).is_some_and(|next| bare(next) == self.words.one);
            let may = has(&own.may, &key);
            let idle = self.words.idle.contains(&key) && !has(&own.becomes, &key);
            !hangs && !may && !denies && !past && !idle
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::language::clauses::Clauses;
    use crate::language::words::Words;

    #[test]
    fn what_is_settled_is_told_as_settled() {
        let clauses = Clauses::of(Words::danish());
        assert_eq!(
            clauses.settled("Yusuf og Rikke er valgt").as_deref(),
            Some("Yusuf og Rikke blev valgt")
        );
        assert_eq!(clauses.settled("det er taget til efterretning"), None);
        assert!(!clauses.is_resolve("antallet er faldet"));
        assert!(clauses.is_resolve("lukketiden bliver klokken 21"));
    }
}
