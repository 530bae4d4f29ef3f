//! Scores of name correction on a text that is right: what it changes there, which must be
//! nothing, and how many of the participants' names it puts right after they were misspelt.

use std::collections::BTreeMap;

use super::misspell::{Mistake, misspell};
use referat::speech::misheard::{self, Correction};
use referat_core::domain::meeting::Meeting;
use referat_core::domain::transcript::Transcript;
use referat_core::language::cues::Heard;
use referat_core::language::names::{Form, Names};
use referat_core::language::words::{Vocabulary, Words};

/// How many misspelt names there were and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Names misspelt.
    pub misspelt: usize,
    /// Put right, and nothing else changed.
    pub right: usize,
    /// Made into something else.
    pub wrong: usize,
}

impl Count {
    /// Adds another text's counts.
    pub fn add(&mut self, other: Self) {
        self.misspelt += other.misspelt;
        self.right += other.right;
        self.wrong += other.wrong;
    }

    /// Returns the share of misspelt names that were put right, 0 when there were none.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.misspelt.max(1) as f64
    }
}

/// What is changed in a text that is right.
pub fn innocent(transcript: &Transcript, meeting: &Meeting) -> Vec<Correction> {
    misheard::correct(&mut transcript.clone(), meeting, Vocabulary::compiled())
}

/// Misspells one name in every segment that holds one, in each of the ways, and counts what is
/// put right: by kind of mistake, and by whether the name was said in full.
pub fn misspelt(transcript: &Transcript, meeting: &Meeting) -> BTreeMap<(Mistake, bool), Count> {
    let names = Names::new(&meeting.header, Words::of(meeting.language));
    let mut counts: BTreeMap<(Mistake, bool), Count> = BTreeMap::new();
    for mistake in Mistake::ALL {
        let mut damaged = transcript.clone();
        let mut hit: Vec<Option<bool>> = Vec::with_capacity(damaged.segments.len());
        for (at, segment) in damaged.segments.iter_mut().enumerate() {
            let heard = Heard::new(&segment.text);
            let mentions = names.mentions(&heard);
            let mention = mentions.iter().filter(|m| m.form != Form::Title).nth(at % 2);
            let slip = mention.and_then(|mention| {
                let (first, last) = (mention.words.0, mention.words.1 - 1);
                let place = heard.words[first].start..heard.words[last].end;
                let name = &segment.text[place.clone()];
                let full = name.contains(' ');
                // Of three letters nobody can tell what they were meant for.
                let long = full || name.chars().count() >= 5;
                let capital = name.chars().next().is_some_and(char::is_uppercase);
                let made = misspell(name, mistake, at as u64).filter(|_| long && capital)?;
                let (before, after) = (&segment.text[..place.start], &segment.text[place.end..]);
                Some((format!("{before}{made}{after}"), full))
            });
            hit.push(slip.as_ref().map(|(_, full)| *full));
            if let Some((text, _)) = slip {
                (segment.text, segment.words) = (text, Vec::new());
            }
        }
        let before = damaged.clone();
        misheard::correct(&mut damaged, meeting, Vocabulary::compiled());
        for (at, full) in hit.into_iter().enumerate() {
            let Some(full) = full else { continue };
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (now, then) = (plain(&damaged.segments[at].text), plain(&before.segments[at].text));
            let right = now == plain(&transcript.segments[at].text);
            let wrong = !right && now != then;
            let count = Count { misspelt: 1, right: right.into(), wrong: wrong.into() };
            counts.entry((mistake, full)).or_default().add(count);
        }
    }
    counts
}
