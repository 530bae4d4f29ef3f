//! A meeting of the evaluation folders to be divided: what was said, and of every segment under
//! which item and by whom.

use super::gold::Gold;
use super::score_segment::Label;
use referat_core::domain::meeting::{Header, Meeting};
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::language::lexicon::Lexicon;
use referat_core::language::words::Words;
use referat_core::time::{Span, Timestamp};

/// A meeting with a transcript and what is true of it.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// What the dagsorden says.
    pub meeting: Meeting,
    /// What was said.
    pub transcript: Transcript,
    /// One per segment of the transcript.
    pub labels: Vec<Label>,
}

/// How a reference is made harder before it is used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hardship {
    /// Leaves out the printed headings of items.
    pub drop_headings: bool,
    /// Share of the letters that are replaced or dropped, 0 to 1.
    pub noise: f64,
}

impl Labelled {
    /// Reads a `gold.json` of a synthetic meeting, or a parliament's sitting with labels.
    ///
    /// # Errors
    /// When the text is not such a reference.
    pub fn read(json: &str, hardship: Hardship) -> Result<Self, serde_json::Error> {
        let gold: Gold = serde_json::from_str(json)?;
        Ok(Self::of(&gold, hardship))
    }

    /// Returns the meeting as its dagsorden announces it, which does not tell who presides.
    pub(crate) fn of(gold: &Gold, hardship: Hardship) -> Self {
        let known = gold.meeting();
        let header = Header { date: None, referent: None, chair: None, ..known.header };
        let meeting = Meeting { header, ..known };
        let labels = labels(gold, &meeting);
        let mut letters = Letters::new();
        let mut clock = Timestamp::default();
        let mut transcript = Transcript {
            version: Transcript::VERSION,
            language: meeting.language.to_string(),
            ..Transcript::default()
        };
        let mut kept = Vec::new();
        for (at, (utterance, label)) in gold.utterances.iter().zip(labels).enumerate() {
            // Speech takes about 400 ms a word where the reference has no times.
            let words = utterance.text.split_whitespace().count() as u64;
            let span = utterance.start.map_or_else(
                || {
                    let end = Timestamp::from_ms(clock.as_ms() + 400 * words);
                    Span::new(clock, end).unwrap_or_default()
                },
                |_| utterance.span(),
            );
            clock = span.end();
            if hardship.drop_headings && gold.truths.get(at).is_some_and(|truth| truth.heading) {
                continue;
            }
            transcript.segments.push(Segment {
                id: SegmentId(u32::try_from(kept.len()).unwrap_or(u32::MAX)),
                span,
                text: letters.damage(&utterance.text, hardship.noise),
                ..Segment::default()
            });
            kept.push(Label { weight: words, ..label });
        }
        Self { meeting, transcript, labels: kept }
    }

    /// Returns the times and labels of the reference, to compare a transcript of other segments
    /// with: the item and speaker of the segment that a stretch overlaps most.
    pub fn label_at(&self, span: Span) -> Option<&Label> {
        let overlap = |other: Span| {
            let start = span.start().max(other.start()).as_ms();
            span.end().min(other.end()).as_ms().saturating_sub(start)
        };
        let segments = self.transcript.segments.iter().zip(&self.labels);
        segments
            .map(|(segment, label)| (overlap(segment.span), label))
            .filter(|(shared, _)| *shared > 0)
            .max_by_key(|(shared, _)| *shared)
            .map(|(_, label)| label)
    }
}

/// The labels of all utterances, without weights.
fn labels(gold: &Gold, meeting: &Meeting) -> Vec<Label> {
    let lexicon = Lexicon::of(Words::of(meeting.language));
    let people = &gold.participants;
    let name = |id: &str| {
        let person = people.iter().find(|person| !id.is_empty() && person.id == id);
        person.map_or_else(|| id.to_owned(), |person| person.name.clone())
    };
    let chair = |name: &str| {
        people.iter().filter(|person| person.name == name).any(|person| {
            person.role.as_deref() == Some("chair")
                || person.title.as_ref().is_some_and(|title| lexicon.presides(title))
        })
    };
    let joint = joint(gold);
    let label = |(at, utterance): (usize, &super::gold::Utterance)| {
        let (item, speaker) = match gold.truths.get(at) {
            Some(truth) => {
                (truth.items.first().copied(), truth.speaker.clone().unwrap_or_default())
            }
            None => {
                let item = meeting.agenda.find(&utterance.item);
                (item.map(|item| item.0), name(&utterance.speaker))
            }
        };
        let speaker = Some(speaker).filter(|name| !name.is_empty());
        let sitting = !gold.truths.is_empty();
        let chair = speaker.as_deref().is_some_and(|name| sitting && chair(name));
        let mut also = item.and_then(|item| joint.get(item)).cloned().unwrap_or_default();
        also.extend(gold.truths.get(at).iter().flat_map(|truth| &truth.items));
        Label { item, also, speaker, chair, weight: 0 }
    };
    gold.utterances.iter().enumerate().map(label).collect()
}

/// Items that no utterance belongs to were debated together with the item before them.
pub(crate) fn joint(gold: &Gold) -> Vec<Vec<usize>> {
    let mut joint = vec![Vec::new(); gold.agenda.len()];
    let reached = |item: usize| gold.truths.iter().any(|truth| truth.items.contains(&item));
    let Some(last) = gold.truths.iter().flat_map(|truth| &truth.items).max().copied() else {
        return joint;
    };
    let mut host = None;
    for item in 0..=last.min(gold.agenda.len().saturating_sub(1)) {
        if reached(item) {
            host = Some(item);
        } else if let Some(host) = host {
            joint[host].push(item);
        }
    }
    joint
}

/// A small generator with a fixed seed: the same noise every time.
pub(crate) struct Letters {
    state: u64,
}

impl Letters {
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    /// Begins with the seed.
    pub(crate) const fn new() -> Self {
        Self { state: 0x9e37_79b9_7f4a_7c15 }
    }

    /// Replaces or drops letters, as many of either.
    pub(crate) fn damage(&mut self, text: &str, noise: f64) -> String {
        const ALPHABET: [char; 29] = [
            'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q',
            'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'æ', 'ø', 'å',
        ];
        if noise <= 0.0 {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for letter in text.chars() {
            let roll = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
            if !letter.is_alphabetic() || roll >= noise {
                out.push(letter);
            } else if self.next() & 1 == 0 {
                let pick = self.next() % ALPHABET.len() as u64;
                out.push(ALPHABET[usize::try_from(pick).unwrap_or(0)]);
            }
        }
        out
    }
}
