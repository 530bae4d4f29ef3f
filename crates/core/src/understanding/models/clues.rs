//! The clues of every sentence of a meeting: its own words, the words beside it, and facts.

use std::collections::BTreeMap;

use super::clue::{Clue, ClueSource, bucket};
use super::surroundings::{REACH, Turns, leader};
use super::tokens::{ReadSentence, ReadWord, SentenceReader};
use super::unit::{SpeakerPart, SpokenUnit};
use crate::domain::meeting::Meeting;
use crate::language::words::Words;

// What each kind of clue counts beside the sentence's own words, which count 1. Chosen on
// 2026-11-28 on the corpus, leaving one set out; only some of them were varied.
const STEMS: f32 = 0.7;
const LETTERS: f32 = 0.5;
const OPENING: f32 = 0.4;
const BESIDE: f32 = 0.3;
/// Beside a short sentence, which lives by what stands around it.
const BESIDE_SHORT: f32 = 0.5;
const PAIRED: f32 = 0.3;
const TURN: f32 = 0.3;
const FACT: f32 = 0.2;

/// A sentence of at most this many words is short.
const SHORT: usize = 6;
/// Words of the sentence before and after that count.
const LAST_WORDS: usize = 14;
const FIRST_WORDS: usize = 10;
/// A sentence is heard badly below this mean probability.
const POOR: f32 = 0.75;

/// What is known of a meeting before it is listened to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingFacts {
    /// The items' and sub-items' titles.
    pub titles: Vec<String>,
    /// The participants' names.
    pub names: Vec<String>,
}

impl MeetingFacts {
    /// Returns what a dagsorden tells.
    pub fn of(meeting: &Meeting) -> Self {
        let items = meeting.agenda.items.iter();
        let titles = items.flat_map(|item| {
            let subs = item.sub.iter().map(|sub| sub.title.clone());
            std::iter::once(item.title.clone()).chain(subs)
        });
        let names = meeting.header.everybody().map(|person| person.name.clone());
        Self { titles: titles.collect(), names: names.collect() }
    }
}

/// Gives the clues of the units of one meeting.
pub struct ClueReader<'a> {
    units: &'a [SpokenUnit],
    turns: Turns,
    read: Vec<ReadSentence>,
    leader: Option<u32>,
}

impl<'a> ClueReader<'a> {
    /// Reads the units of a meeting.
    pub fn new(units: &'a [SpokenUnit], facts: &MeetingFacts, language: Words<'_>) -> Self {
        let reader = SentenceReader::new(&facts.titles, &facts.names, language);
        Self {
            units,
            turns: Turns::new(units),
            read: units.iter().map(|unit| reader.read(&unit.text)).collect(),
            leader: leader(units),
        }
    }

    fn who(&self, at: usize) -> &'static str {
        let unit = &self.units[at];
        let leads = match unit.part {
            SpeakerPart::Chair => true,
            SpeakerPart::Unknown => unit.voice.is_some() && unit.voice == self.leader,
            _ => false,
        };
        if leads { "lead" } else { "other" }
    }

    /// Returns the clues of the unit at a place.
    pub fn clues(&self, at: usize) -> Vec<Clue> {
        let mut clues = Vec::with_capacity(320);
        let own = &self.read[at].words;
        let who = self.who(at);
        own_words(own, who, &mut clues);
        self.beside(at, &mut clues);
        self.turn(at, &mut clues);
        for (place, fact) in self.facts(at, who).iter().enumerate() {
            let source = ClueSource::Fact(place as u16);
            clues.push(Clue { bucket: bucket("f", &[fact]), value: FACT, source });
        }
        clues
    }

    fn beside(&self, at: usize, clues: &mut Vec<Clue>) {
        let own = &self.read[at].words;
        let short = own.len() <= SHORT;
        let weight = if short { BESIDE_SHORT } else { BESIDE };
        let (first, last) = self.turns.of(at);
        if let Some(before) = at.checked_sub(1).map(|before| &self.read[before].words) {
            let words = &before[before.len().saturating_sub(LAST_WORDS)..];
            let from = before.len() - words.len();
            let space = if at > first { "p" } else { "P" };
            let source = |a, b| ClueSource::Before((from + a) as u16, (from + b) as u16);
            pairs(space, words, weight, source, clues);
            if short && at == first {
                // `Ja, det kan jeg godt` is what was asked before.
                let block = clues.len();
                let ends = [("x", own.first()), ("y", own.last())];
                for (place, word) in words.iter().enumerate() {
                    for (space, end) in ends {
                        let end = end.map_or("", |end| end.word.as_str());
                        let bucket = bucket(space, &[end, &word.word]);
                        let source = source(place, place + 1);
                        clues.push(Clue { bucket, value: 1.0, source });
                    }
                }
                level(&mut clues[block..], PAIRED);
            }
        }
        if let Some(after) = self.read.get(at + 1).map(|after| &after.words) {
            let words = &after[..after.len().min(FIRST_WORDS)];
            let space = if at < last { "n" } else { "N" };
            let source = |a, b| ClueSource::After(a as u16, b as u16);
            pairs(space, words, weight, source, clues);
        }
    }

    fn turn(&self, at: usize, clues: &mut Vec<Clue>) {
        let (first, last) = self.turns.of(at);
        let reach = first.max(at.saturating_sub(REACH))..=last.min(at + REACH);
        let others = reach.filter(|other| *other != at);
        let words = others.flat_map(|other| &self.read[other].words);
        let mut places: Vec<u32> = words.map(|word| bucket("t", &[&word.word])).collect();
        places.sort_unstable();
        places.dedup();
        let value = TURN / (places.len().max(1) as f32).sqrt();
        let clue = |bucket| Clue { bucket, value, source: ClueSource::Turn };
        clues.extend(places.into_iter().map(clue));
    }

    /// Returns what is to be said of the unit at a place, beside its words.
    pub(super) fn facts(&self, at: usize, who: &str) -> Vec<String> {
        let own = &self.read[at];
        let unit = &self.units[at];
        let (first, last) = self.turns.of(at);
        let mut facts = vec![
            "bias".to_owned(),
            format!("who:{who}"),
            format!("part:{}", unit.part.name()),
            format!("len{}", step(own.words.len(), &[1, 3, 6, 10, 16, 25])),
            format!("turnlen{}", (last - first + 1).min(6)),
            format!("from{}", (at - first).min(4)),
            format!("to{}", (last - at).min(4)),
            format!("pos{}", 8 * at / self.units.len()),
            format!("title{}", [0.01, 0.5, 0.99].iter().filter(|part| own.title >= **part).count()),
        ];
        let poor = unit.confidence.is_some_and(|confidence| confidence < POOR);
        let holds =
            [(at < 3, "start"), (at + 3 >= self.units.len(), "end"), (poor, "poor")].into_iter();
        facts.extend(holds.filter(|(holds, _)| *holds).map(|(_, fact)| fact.to_owned()));
        for fact in &own.facts {
            facts.push(fact.clone());
            facts.push(format!("{who}:{fact}"));
        }
        if let Some(before) = first.checked_sub(1) {
            let (start, _) = self.turns.of(before);
            facts.push(format!("prev:{}", self.who(before)));
            facts.push(format!("prevlen{}", (before - start + 1).min(3)));
            if self.units[before].text.ends_with('?') {
                facts.push(format!("prev?:{who}"));
            }
            facts.extend(self.read[before].facts.iter().map(|fact| format!("P:{fact}")));
            let back = start.checked_sub(1).map(|earlier| self.units[earlier].voice);
            if unit.voice.is_some() && back == Some(unit.voice) {
                facts.push("back".to_owned());
            }
        }
        if last + 1 < self.units.len() {
            let (_, end) = self.turns.of(last + 1);
            let words = (last + 1..=end).map(|other| self.read[other].words.len()).sum();
            facts.push(format!("next:{}", self.who(last + 1)));
            facts.push(format!("nextlen{}", step(words, &[2, 5, 12])));
            facts.extend(self.read[last + 1].facts.iter().map(|fact| format!("N:{fact}")));
        }
        if at > first {
            facts.extend(self.read[at - 1].facts.iter().map(|fact| format!("p:{fact}")));
        }
        if at < last {
            facts.extend(self.read[at + 1].facts.iter().map(|fact| format!("n:{fact}")));
        }
        facts
    }

    /// Returns a clue in words: what was said, or the fact.
    pub(super) fn quote(&self, at: usize, source: ClueSource) -> String {
        let words = |at: usize, from: u16, to: u16| {
            let words = self.read[at].words.get(usize::from(from)..usize::from(to));
            let words: Vec<&str> =
                words.unwrap_or_default().iter().map(|word| word.word.as_str()).collect();
            words.join(" ")
        };
        match source {
            ClueSource::Own(from, to) => words(at, from, to),
            ClueSource::Before(from, to) => words(at.saturating_sub(1), from, to),
            ClueSource::After(from, to) => words((at + 1).min(self.read.len() - 1), from, to),
            ClueSource::Turn => String::new(),
            ClueSource::Fact(place) => {
                let facts = self.facts(at, self.who(at));
                facts.into_iter().nth(usize::from(place)).unwrap_or_default()
            }
        }
    }
}

/// Returns the first of `steps` that is not below `count`; 99 above them all.
fn step(count: usize, steps: &[usize]) -> usize {
    steps.iter().copied().find(|step| count <= *step).unwrap_or(99)
}

/// Makes the squares of a block's values add up to that of `weight`.
fn level(block: &mut [Clue], weight: f32) {
    let norm = block.iter().map(|clue| clue.value * clue.value).sum::<f32>().sqrt();
    if norm > 0.0 {
        block.iter_mut().for_each(|clue| clue.value *= weight / norm);
    }
}

fn own_words(words: &[ReadWord], who: &str, clues: &mut Vec<Clue>) {
    let count = words.len();
    let mut block = clues.len();
    let said = words.iter().map(|word| word.word.as_str());
    let padded: Vec<&str> = std::iter::once("^").chain(said).chain(["$"]).collect();
    for from in 0..padded.len() {
        for length in 1..=3_usize.min(padded.len() - from) {
            let edge = from == 0 || from + 1 == padded.len();
            if length == 1 && edge {
                continue;
            }
            let to = (from + length - 1).min(count);
            let source = ClueSource::Own(from.saturating_sub(1) as u16, to as u16);
            let bucket = bucket("w", &padded[from..from + length]);
            clues.push(Clue { bucket, value: 1.0, source });
        }
    }
    level(&mut clues[block..], 1.0);
    block = clues.len();
    for (at, word) in words.iter().enumerate() {
        let source = |to: usize| ClueSource::Own(at as u16, to as u16);
        let mut add = |bucket, value, to| clues.push(Clue { bucket, value, source: source(to) });
        add(bucket("s", &[&word.stem]), 1.0, at + 1);
        add(bucket("u", &[who, &word.stem]), 0.7, at + 1);
        for (gap, other) in words[at + 1..].iter().take(3).enumerate() {
            let (space, value) = if gap == 0 { ("s", 0.7) } else { ("k", 0.5) };
            add(bucket(space, &[&word.stem, &other.stem]), value, at + gap + 2);
        }
    }
    level(&mut clues[block..], STEMS);
    block = clues.len();
    for (at, word) in words.iter().enumerate() {
        let letters: Vec<char> = format!("_{}_", word.word).chars().collect();
        for run in letters.windows(4).filter(|_| letters.len() >= 5) {
            let bucket = bucket("c", &[&run.iter().collect::<String>()]);
            let source = ClueSource::Own(at as u16, at as u16 + 1);
            clues.push(Clue { bucket, value: 1.0, source });
        }
    }
    level(&mut clues[block..], LETTERS);
    block = clues.len();
    let mut opening = vec![who];
    for (at, word) in words.iter().take(3).enumerate() {
        opening.push(&word.word);
        let source = ClueSource::Own(0, at as u16 + 1);
        for bucket in [bucket("o", &opening[1..]), bucket("O", &opening)] {
            clues.push(Clue { bucket, value: 1.0, source });
        }
    }
    level(&mut clues[block..], OPENING);
}

fn pairs(
    space: &str,
    words: &[ReadWord],
    weight: f32,
    source: impl Fn(usize, usize) -> ClueSource,
    clues: &mut Vec<Clue>,
) {
    let block = clues.len();
    for (at, word) in words.iter().enumerate() {
        let bucket_of_one = bucket(space, &[&word.word]);
        clues.push(Clue { bucket: bucket_of_one, value: 1.0, source: source(at, at + 1) });
        if let Some(next) = words.get(at + 1) {
            let bucket = bucket(space, &[&word.word, &next.word]);
            clues.push(Clue { bucket, value: 1.0, source: source(at, at + 2) });
        }
    }
    level(&mut clues[block..], weight);
}

/// Adds up the clues that share a place.
pub fn merged(clues: &[Clue]) -> BTreeMap<u32, f32> {
    let mut sums = BTreeMap::new();
    for clue in clues {
        *sums.entry(clue.bucket).or_insert(0.0) += clue.value;
    }
    sums
}
