//! A meeting with hand-made labels (`gold.json`), as the values the stages take.

use serde::Deserialize;

use crate::model::agenda::{Agenda, AgendaItem, ItemIndex, SubItem};
use crate::model::language::Language;
use crate::model::meeting::{Date, Header, Meeting, Participant};
use crate::model::passage::{
    Attribution, Basis, BasisKind, Passage, Reason, ReasonKind, Structure, Turn,
};
use crate::model::transcript::{Segment, SegmentId, Transcript};
use crate::time::{Span, Timestamp};

/// What a `gold.json` says.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Gold {
    pub title: String,
    pub language: Language,
    pub time: String,
    pub participants: Vec<Person>,
    pub agenda: Vec<Item>,
    pub utterances: Vec<Utterance>,
    #[serde(default)]
    pub decisions: Vec<Decision>,
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// A participant of a gold meeting.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Person {
    pub id: String,
    pub name: String,
    pub title: Option<String>,
    pub role: Option<String>,
    pub present: serde_json::Value,
}

/// An item of a gold meeting's agenda.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Item {
    pub number: u32,
    pub title: String,
    pub presenter: Option<String>,
    #[serde(default)]
    pub sub: Vec<Sub>,
}

/// A sub-item of a gold meeting's agenda.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Sub {
    pub title: String,
    pub presenter: Option<String>,
}

/// What one speaker said, with its labels.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Utterance {
    pub start: f64,
    pub end: f64,
    pub speaker: String,
    pub item: u32,
    pub text: String,
    pub act: String,
    #[serde(default)]
    pub procedural: bool,
}

/// A decision of a gold meeting.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Decision {
    pub item: u32,
    pub text: String,
    pub start: f64,
}

/// A task of a gold meeting.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Action {
    pub item: u32,
    pub text: String,
    pub responsible: Option<String>,
    pub deadline: Option<String>,
    pub start: f64,
}

fn ms(seconds: f64) -> Timestamp {
    Timestamp::from_ms((seconds.max(0.0) * 1000.0).round() as u64)
}

impl Gold {
    /// Returns the meeting as its dagsorden announces it.
    pub fn meeting(&self) -> Meeting {
        let people = |kind: fn(&serde_json::Value) -> bool| {
            let chosen = self.participants.iter().filter(move |person| kind(&person.present));
            chosen
                .map(|person| Participant {
                    name: person.name.clone(),
                    title: person.title.clone(),
                    role: person.role.clone().filter(|role| role != "chair"),
                })
                .collect::<Vec<_>>()
        };
        let role = |wanted: &str| {
            let mut people = self.participants.iter();
            people
                .find(|person| person.role.as_deref() == Some(wanted))
                .map(|person| person.name.clone())
        };
        let header = Header {
            title: Some(self.title.clone()),
            date: self.date(),
            present: people(|present| present == true),
            remote: people(serde_json::Value::is_string),
            absent: people(|present| present == false),
            referent: role("referent"),
            chair: role("chair"),
            ..Header::default()
        };
        let items = self.agenda.iter().map(|item| AgendaItem {
            number: item.number.to_string(),
            title: item.title.clone(),
            presenter: item.presenter.clone(),
            sub: item
                .sub
                .iter()
                .map(|sub| SubItem {
                    title: sub.title.clone(),
                    presenter: sub.presenter.clone(),
                    presenter_printed: None,
                })
                .collect(),
            ..AgendaItem::default()
        });
        Meeting { header, agenda: Agenda { items: items.collect() }, language: self.language }
    }

    /// Returns the day, read from the printed time: a day, a month's name and a year.
    fn date(&self) -> Option<Date> {
        let words: Vec<String> =
            self.time.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let months = &crate::lang::headings::Headings::of(self.language).months;
        words.windows(3).find_map(|three| {
            let day: i8 = three[0].trim_end_matches('.').parse().ok()?;
            let month = months.iter().position(|name| name.to_lowercase() == three[1])?;
            let year: i16 = three[2].trim_end_matches(',').parse().ok()?;
            Date::new(year, i8::try_from(month).ok()? + 1, day).ok()
        })
    }

    /// Returns what was said, one segment per utterance.
    pub fn transcript(&self) -> Transcript {
        let segments = self.utterances.iter().zip(0..).map(|(utterance, id)| Segment {
            id: SegmentId(id),
            span: span(utterance),
            text: utterance.text.clone(),
            ..Segment::default()
        });
        Transcript {
            version: Transcript::VERSION,
            language: self.language.code().to_owned(),
            segments: segments.collect(),
            ..Transcript::default()
        }
    }

    /// Returns the items and speakers as labelled.
    pub fn structure(&self) -> Structure {
        let mut structure = Structure::default();
        let mut last: Option<(u32, &str)> = None;
        for (utterance, id) in self.utterances.iter().zip(0..) {
            let id = SegmentId(id);
            let item = self.agenda.iter().position(|item| item.number == utterance.item);
            let item = item.map(ItemIndex);
            let speaker = utterance.speaker.as_str();
            match structure.passages.last_mut() {
                Some(passage) if last.is_some_and(|last| last.0 == utterance.item) => {
                    passage.segments.push(id);
                    passage.span = passage.span.cover(span(utterance));
                }
                _ => structure.passages.push(Passage {
                    item,
                    segments: vec![id],
                    span: span(utterance),
                    reason: Reason { kind: ReasonKind::Mark, quote: String::new(), score: 1.0 },
                    confidence: 1.0,
                }),
            }
            match structure.turns.last_mut() {
                Some(turn) if last == Some((utterance.item, speaker)) => {
                    turn.segments.push(id);
                    turn.span = turn.span.cover(span(utterance));
                }
                _ => structure.turns.push(Turn {
                    item,
                    segments: vec![id],
                    span: span(utterance),
                    attribution: self.attribution(speaker),
                }),
            }
            last = Some((utterance.item, speaker));
        }
        structure
    }

    fn attribution(&self, id: &str) -> Attribution {
        self.participants.iter().find(|person| person.id == id).map_or(
            Attribution::Unknown,
            |person| Attribution::Named {
                name: person.name.clone(),
                basis: Basis { kind: BasisKind::Referent, quote: String::new() },
                confidence: 1.0,
            },
        )
    }
}

fn span(utterance: &Utterance) -> Span {
    let start = ms(utterance.start);
    Span::new(start, ms(utterance.end).max(start)).unwrap_or_default()
}
