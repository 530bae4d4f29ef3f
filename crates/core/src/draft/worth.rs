//! Which contributions make a line of their own.

use crate::domain::agenda::AgendaItem;
use crate::domain::referat::StatementKind;
use crate::domain::transcript::SegmentId;
use crate::language::clauses::Clauses;
use crate::language::cues::{Cues, Heard};
use crate::language::words::Words;

use super::entry::Entry;
use super::people::People;
use super::sentences::Sentence;

/// Learnt 2026-11-28 by logistic regression from the 6,119 turns of the corpus, of which 43 % have
/// a line of their own in the minutes written by hand. Leaving one set out, from
/// 0.30 on 0.62 of what is kept have one, and 0.87 of those that have are kept.
const WEIGHTS: Weights = Weights {
    always: -1.783,
    best: 0.195,
    all: 0.174,
    all_log: 0.461,
    best_log: -0.486,
    chair: 0.508,
    chair_best: -0.039,
    asks: -0.497,
    chair_asks: -0.556,
    answers: -0.192,
    outside: -1.319,
    second_person: -0.668,
    exclaims: -0.708,
    presents: -0.073,
    opens: -3.169,
    opens_all: 0.109,
    opens_asks: -0.973,
    sentences: 0.142,
    short: -0.685,
};

/// A contribution makes a line from this probability on.
const ENOUGH: f32 = 0.33;

/// Where nothing else was said under an item, a sentence of so many words is told.
const LITTLE: usize = 3;

/// A phrase that tells an act makes a line with this many telling words.
const FRAMED: usize = 2;

/// What each trait of a contribution counts.
struct Weights {
    always: f32,
    /// Telling words of its most telling sentence.
    best: f32,
    all: f32,
    all_log: f32,
    best_log: f32,
    chair: f32,
    chair_best: f32,
    asks: f32,
    chair_asks: f32,
    answers: f32,
    /// Said under no item.
    outside: f32,
    /// Tenths of its words that speak to somebody.
    second_person: f32,
    exclaims: f32,
    presents: f32,
    /// Is what the chair says first under the item.
    opens: f32,
    opens_all: f32,
    opens_asks: f32,
    sentences: f32,
    /// Fewer than six words.
    short: f32,
}

/// Judges the contributions under one item.
pub(super) struct Worth<'a> {
    pub(super) language: Words<'a>,
    pub(super) people: &'a People<'a>,
    pub(super) item: Option<&'a AgendaItem>,
    /// What was said first under the item, until another voice spoke.
    pub(super) first: Vec<SegmentId>,
}

impl Worth<'_> {
    /// Returns the contributions that make a line. Where none does, those that tell anything
    /// do: what was said under an item is never passed over in silence.
    pub(super) fn chosen(&self, entries: Vec<Entry>) -> Vec<Entry> {
        let (chosen, others): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|one| !one.small_talk && self.makes_a_line(one));
        if self.item.is_some() && chosen.iter().all(|entry| self.frames(entry)) {
            let mut all = chosen;
            all.extend(others.into_iter().filter(|entry| self.tells(entry)));
            all.sort_by_key(|entry| entry.segments.first().copied());
            return all;
        }
        chosen
    }

    /// Returns whether an entry opens or ends the meeting, or welcomes to it.
    fn frames(&self, entry: &Entry) -> bool {
        use StatementKind::{Closing, Opening, Welcome};
        matches!(entry.kind, Some(Welcome | Opening | Closing))
    }

    /// Returns whether a contribution tells anything, if little, and does not only lead on.
    fn tells(&self, entry: &Entry) -> bool {
        let clauses = Clauses::of(self.language);
        let told = |one: &Sentence| {
            !one.text.ends_with('?')
                && one.len() >= LITTLE
                && (clauses.telling_words(&one.text) > 0 || one.len() > LITTLE)
                && !Cues::of(self.language).leads_on(&Heard::new(&one.text), self.language)
        };
        entry.sentences.iter().any(told)
    }

    /// Returns whether the contribution makes a line: small talk, one-word answers and words
    /// that only lead the meeting do not.
    pub(super) fn makes_a_line(&self, entry: &Entry) -> bool {
        let kept = entry.text.is_some() || entry.is_outcome() || entry.blurred;
        let introduces =
            entry.sentences.iter().any(|one| one.act.as_ref().is_some_and(|act| act.introduction));
        let supports =
            matches!(entry.kind, Some(StatementKind::Support | StatementKind::Objection));
        // Who says in so many words what they do, does it.
        let framed = entry.sentences.iter().any(|one| {
            let told = one.act.as_ref().filter(|act| act.text.is_some() && act.rest.is_some());
            told.is_some_and(|act| Some(act.kind) == entry.kind)
                && Clauses::of(self.language).telling_words(&one.text) >= FRAMED
        });
        kept || self.frames(entry)
            || framed
            || introduces
            || supports
            || entry.is_poor()
            || self.chance(entry) >= ENOUGH
    }

    /// Returns how probable it is that a referent reports the contribution.
    fn chance(&self, entry: &Entry) -> f32 {
        let clauses = Clauses::of(self.language);
        let said: Vec<&str> = entry.sentences.iter().map(|one| one.text.as_str()).collect();
        let tells = |one: &Sentence| clauses.telling_words(&one.text);
        let best = entry.sentences.iter().map(tells).max().unwrap_or(0) as f32;
        let said = said.join(" ");
        let all = clauses.telling_words(&said) as f32;
        let words: Vec<&str> = said.split_whitespace().collect();
        let count = words.len().max(1) as f32;
        let spoken_to =
            (0..words.len()).filter(|place| clauses.is_second_person(&words, *place)).count();
        let yes = |holds: bool| f32::from(u8::from(holds));
        let chair = yes(self.people.chairs(entry.speaker.as_deref()));
        let asks = yes(said.ends_with('?'));
        let opens =
            chair * yes(entry.segments.first().is_some_and(|first| self.first.contains(first)));
        let presents = self.item.is_some_and(|item| {
            item.presenter.is_some() && item.presenter.as_deref() == entry.speaker.as_deref()
        });
        let is = WEIGHTS;
        let sum = is.always
            + is.best * best.min(12.0)
            + is.all * all.min(30.0)
            + is.all_log * all.ln_1p()
            + is.best_log * best.ln_1p()
            + is.chair * chair
            + is.chair_best * chair * best.min(10.0)
            + is.asks * asks
            + is.chair_asks * chair * asks
            + is.answers * yes(entry.replies)
            + is.outside * yes(self.item.is_none())
            + is.second_person * 10.0 * spoken_to as f32 / count
            + is.exclaims * yes(said.contains('!'))
            + is.presents * yes(presents)
            + is.opens * opens
            + is.opens_all * opens * all.min(30.0)
            + is.opens_asks * opens * asks
            + is.sentences * entry.sentences.len().min(8) as f32
            + is.short * yes(words.len() < 6);
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::Header;
    use crate::time::Timestamp;

    fn chance(said: &str) -> bool {
        let sentence = |text: &str| Sentence {
            text: text.to_owned(),
            marked: text.to_owned(),
            heard: text.to_owned(),
            at: Timestamp::from_ms(0),
            segments: vec![SegmentId(7)],
            confidence: None,
            act: None,
        };
        let item = AgendaItem::default();
        let header = Header::default();
        let worth = Worth {
            language: Words::danish(),
            people: &People::new(&header),
            item: Some(&item),
            first: Vec::new(),
        };
        let entry = Entry {
            speaker: Some("Bo Lund".to_owned()),
            sentences: vec![sentence(said)],
            segments: vec![SegmentId(7)],
            ..Entry::default()
        };
        worth.makes_a_line(&entry)
    }

    #[test]
    fn small_talk_makes_no_line() {
        assert!(!chance("Det er jo rigtigt."));
        assert!(!chance("Har du fået kaffe?"));
        assert!(chance(
            "Forsikringen er steget med 21 procent, fordi kommunen kræver to ekstra containere ved skolen."
        ));
    }
}
