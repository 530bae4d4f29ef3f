//! Reads the references of the evaluation folders: what was said, under which item, by whom.

use serde::Deserialize;
use serde_json::Value;

use super::score_segment::Label;
use crate::lang::lexicon::Lexicon;
use crate::model::agenda::{Agenda, AgendaItem, SubItem};
use crate::model::language::Language;
use crate::model::meeting::{Header, Meeting, Participant};
use crate::model::transcript::{Segment, SegmentId, Transcript};
use crate::time::{Span, Timestamp};

/// A meeting with a transcript and what is true of it.
#[derive(Clone, Debug)]
pub struct Gold {
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

#[derive(Deserialize)]
struct Document {
    title: String,
    language: String,
    agenda: Vec<Item>,
    participants: Vec<Person>,
    utterances: Vec<Utterance>,
    #[serde(default)]
    gold: Vec<Truth>,
}

#[derive(Deserialize)]
struct Item {
    number: Value,
    title: String,
    #[serde(default)]
    presenter: Option<String>,
    #[serde(default)]
    sub: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    title: String,
    #[serde(default)]
    presenter: Option<String>,
}

#[derive(Deserialize)]
struct Person {
    #[serde(default)]
    id: Option<String>,
    name: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    present: Option<Value>,
}

#[derive(Deserialize)]
struct Utterance {
    text: String,
    #[serde(default)]
    start: Option<f64>,
    #[serde(default)]
    end: Option<f64>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    item: Option<Value>,
}

#[derive(Deserialize)]
struct Truth {
    item: Option<usize>,
    speaker: String,
    #[serde(default)]
    heading: bool,
}

impl Gold {
    /// Reads a `gold.json` of a synthetic meeting, or a parliament's sitting with labels.
    ///
    /// # Errors
    /// When the text is not such a reference.
    pub fn read(json: &str, hardship: Hardship) -> Result<Self, serde_json::Error> {
        let document: Document = serde_json::from_str(json)?;
        let language = document.language.parse().unwrap_or_default();
        let header = document.header();
        let agenda = Agenda { items: document.agenda.iter().map(Item::read).collect() };
        let meeting = Meeting { header, agenda, language };
        let labels = document.labels(&meeting);
        let mut letters = Letters { state: 0x9e37_79b9_7f4a_7c15 };
        let mut clock = 0;
        let mut transcript =
            Transcript { version: 1, language: language.to_string(), ..Transcript::default() };
        let mut kept = Vec::new();
        for (at, (utterance, label)) in document.utterances.iter().zip(labels).enumerate() {
            // Speech takes about 400 ms a word where the reference has no times.
            let words = utterance.text.split_whitespace().count() as u64;
            let start = utterance.start.map_or(clock, ms);
            let end = utterance.end.map_or(start + 400 * words, ms).max(start);
            clock = end;
            if hardship.drop_headings && document.gold.get(at).is_some_and(|truth| truth.heading) {
                continue;
            }
            let span = Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end));
            transcript.segments.push(Segment {
                id: SegmentId(u32::try_from(kept.len()).unwrap_or(u32::MAX)),
                span: span.unwrap_or_default(),
                text: letters.damage(&utterance.text, hardship.noise),
                ..Segment::default()
            });
            kept.push(Label { weight: words, ..label });
        }
        Ok(Self { meeting, transcript, labels: kept })
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

impl Item {
    fn read(&self) -> AgendaItem {
        let sub = self.sub.iter().map(|part| SubItem {
            title: part.title.clone(),
            presenter: part.presenter.clone(),
            presenter_printed: None,
        });
        AgendaItem {
            number: number(&self.number),
            title: self.title.clone(),
            presenter: self.presenter.clone(),
            sub: sub.collect(),
            ..AgendaItem::default()
        }
    }
}

impl Document {
    fn header(&self) -> Header {
        let mut header = Header { title: Some(self.title.clone()), ..Header::default() };
        for person in &self.participants {
            let participant = Participant {
                name: person.name.clone(),
                title: person.title.clone().filter(|title| !title.is_empty()),
                role: person.role.clone().filter(|role| role != "chair"),
            };
            match &person.present {
                Some(Value::Bool(false)) => header.absent.push(participant),
                Some(Value::String(_)) => header.remote.push(participant),
                _ => header.present.push(participant),
            }
        }
        header
    }

    /// The labels of all utterances, without weights.
    fn labels(&self, meeting: &Meeting) -> Vec<Label> {
        let name = |id: &str| {
            let person = self.participants.iter().find(|person| person.id.as_deref() == Some(id));
            person.map_or_else(|| id.to_owned(), |person| person.name.clone())
        };
        let chair = |name: &str| {
            self.participants.iter().filter(|person| person.name == name).any(|person| {
                person.role.as_deref() == Some("chair")
                    || person.title.as_ref().is_some_and(|title| presides(title, meeting.language))
            })
        };
        let joint = self.joint();
        let mut labels = Vec::new();
        for (at, utterance) in self.utterances.iter().enumerate() {
            let (item, speaker) = match self.gold.get(at) {
                Some(truth) => (truth.item, Some(truth.speaker.clone())),
                None => {
                    let printed = utterance.item.as_ref().map(number).unwrap_or_default();
                    (
                        meeting.agenda.find(&printed).map(|item| item.0),
                        utterance.speaker.as_deref().map(name),
                    )
                }
            };
            let synthetic = self.gold.is_empty();
            let chair = speaker.as_deref().is_some_and(|name| !synthetic && chair(name));
            let also = item.and_then(|item| joint.get(item)).cloned().unwrap_or_default();
            labels.push(Label { item, also, speaker, chair, weight: 0 });
        }
        labels
    }

    /// Items that no utterance belongs to were debated together with the item before them.
    fn joint(&self) -> Vec<Vec<usize>> {
        let mut joint = vec![Vec::new(); self.agenda.len()];
        if self.gold.is_empty() {
            return joint;
        }
        let reached = |item: usize| self.gold.iter().any(|truth| truth.item == Some(item));
        let last = self.gold.iter().filter_map(|truth| truth.item).max().unwrap_or(0);
        let mut host = None;
        for item in 0..=last.min(self.agenda.len().saturating_sub(1)) {
            if reached(item) {
                host = Some(item);
            } else if let Some(host) = host {
                joint[host].push(item);
            }
        }
        joint
    }
}

fn presides(title: &str, language: Language) -> bool {
    Lexicon::of(language).presides(title)
}

fn number(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn ms(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1000.0).round() as u64
}

/// A small generator with a fixed seed: the same noise every time.
struct Letters {
    state: u64,
}

impl Letters {
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    /// Replaces or drops letters, as many of either.
    fn damage(&mut self, text: &str, noise: f64) -> String {
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
