//! The meeting as its turns: who has the floor by voice, under which item, and who is named.

use super::register::{Naming, Register};
use super::said::{SaidWord, said};
use crate::domain::meeting::Meeting;
use crate::domain::passage::Passage;
use crate::domain::transcript::Segment;
use crate::language::words::Words;
use crate::time::Timestamp;

/// One voice's unbroken stretch.
#[derive(Clone, Debug)]
pub struct VoicedTurn {
    /// Number of the voice.
    pub voice: usize,
    /// Its segments, by place: first and one past the last.
    pub segments: (usize, usize),
    /// When it begins.
    pub start: Timestamp,
    /// What was said.
    pub text: String,
    /// As words.
    pub words: Vec<SaidWord>,
    /// Who is named in it.
    pub namings: Vec<Naming>,
    /// The item it ends under.
    pub item: Option<usize>,
}

/// A meeting's turns.
#[derive(Clone, Debug)]
pub struct Floor<'v> {
    /// Everybody of the header.
    pub register: Register<'v>,
    /// In order of time.
    pub turns: Vec<VoicedTurn>,
    /// The voices' labels, by first speech.
    pub voices: Vec<String>,
    /// By item, who presents it.
    pub presenters: Vec<Vec<usize>>,
}

impl<'v> Floor<'v> {
    /// Joins segments of one voice to turns. A segment without a voice goes with the one before.
    pub fn new(
        meeting: &Meeting,
        language: Words<'v>,
        segments: &[Segment],
        passages: &[Passage],
    ) -> Self {
        let mut register = Register::new(meeting, language);
        let mut items = Vec::with_capacity(segments.len());
        for passage in passages {
            items.extend(passage.segments.iter().map(|_| passage.item.map(|item| item.0)));
        }
        items.resize(segments.len(), None);
        let mut voices: Vec<String> = Vec::new();
        let mut turns: Vec<VoicedTurn> = Vec::new();
        for (at, (segment, item)) in segments.iter().zip(items).enumerate() {
            let label = segment.voice.as_ref();
            let voice = match label.map(|label| voices.iter().position(|one| one == label)) {
                Some(Some(voice)) => voice,
                Some(None) => {
                    voices.extend(label.cloned());
                    voices.len() - 1
                }
                None => turns.last().map_or(usize::MAX, |turn| turn.voice),
            };
            if turns.last().is_none_or(|turn| turn.voice != voice) {
                turns.push(VoicedTurn {
                    voice,
                    segments: (at, at),
                    start: segment.span.start(),
                    text: String::new(),
                    words: Vec::new(),
                    namings: Vec::new(),
                    item,
                });
            }
            let Some(turn) = turns.last_mut() else { continue };
            turn.segments.1 = at + 1;
            turn.item = item.or(turn.item);
            if !turn.text.is_empty() {
                turn.text.push(' ');
            }
            turn.text.push_str(segment.text.trim());
        }
        for turn in &mut turns {
            // Words before the first voice are the first voice's.
            turn.voice = if turn.voice == usize::MAX { 0 } else { turn.voice };
            turn.words = said(&turn.text, register.classes);
        }
        let words = turns.iter().flat_map(|turn| &turn.words);
        register.common =
            words.filter(|word| !word.capital).map(|word| word.text.clone()).collect();
        for turn in &mut turns {
            turn.namings = register.namings(&turn.words);
        }
        let presenters = presenters(meeting, &register);
        Self { register, turns, voices, presenters }
    }

    /// Returns whose voice follows a turn, and whose comes before it.
    pub fn around(&self, turn: usize) -> (Option<usize>, Option<usize>) {
        let voice = |at: usize| self.turns.get(at).map(|turn| turn.voice);
        (voice(turn + 1), turn.checked_sub(1).and_then(voice))
    }

    /// Tells whether somebody presents the item of a turn.
    pub fn presents(&self, person: usize, turn: &VoicedTurn) -> bool {
        let item = turn.item.and_then(|item| self.presenters.get(item));
        item.is_some_and(|people| people.contains(&person))
    }

    /// Returns the words as they were said, with a few around them.
    pub fn quote(&self, turn: usize, words: (usize, usize)) -> String {
        let Some(turn) = self.turns.get(turn) else { return String::new() };
        let first = turn.words.get(words.0.saturating_sub(4));
        let last = turn.words.get((words.1 + 2).min(turn.words.len().saturating_sub(1)));
        let quote = first.zip(last).and_then(|(first, last)| turn.text.get(first.at.0..last.at.1));
        quote.unwrap_or_default().to_owned()
    }
}

fn presenters(meeting: &Meeting, register: &Register) -> Vec<Vec<usize>> {
    let item = |item: &crate::domain::agenda::AgendaItem| {
        let subs = item.sub.iter().filter_map(|sub| sub.presenter.as_ref());
        let mut people: Vec<usize> = Vec::new();
        for presenter in item.presenter.iter().chain(subs) {
            let namings = register.namings(&said(presenter, register.classes));
            let alone = namings.into_iter().filter(|naming| naming.people.len() == 1);
            people.extend(alone.flat_map(|naming| naming.people));
        }
        people.sort_unstable();
        people.dedup();
        people
    };
    meeting.agenda.items.iter().map(item).collect()
}
