//! A meeting with labels, as the values the stages take: the `gold.json` of a synthetic meeting,
//! or a parliament's sitting.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use referat_core::domain::agenda::{Agenda, AgendaItem, ItemIndex, SubItem};
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Date, Header, Meeting, Participant};
use referat_core::domain::passage::{
    Attribution, Basis, BasisKind, Passage, Reason, ReasonKind, Structure, Turn,
};
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::language::words::Words;
use referat_core::time::{Span, Timestamp};

/// What the file says. A sitting has neither times nor acts, and its labels stand apart.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Gold {
    pub title: String,
    pub language: Language,
    #[serde(default)]
    pub time: String,
    pub participants: Vec<Person>,
    pub agenda: Vec<Item>,
    pub utterances: Vec<Utterance>,
    #[serde(default)]
    pub decisions: Vec<Decision>,
    #[serde(default)]
    pub actions: Vec<Action>,
    /// One per utterance of a sitting; empty where the utterances carry their labels.
    #[serde(default, rename = "gold")]
    pub truths: Vec<Truth>,
}

/// A participant of a gold meeting.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Person {
    #[serde(default)]
    pub id: String,
    pub name: String,
    pub title: Option<String>,
    pub role: Option<String>,
    /// Whether they are there, or in words from where they take part.
    #[serde(default)]
    pub present: Value,
    /// Whether they stand on the dagsorden; a guest does not.
    #[serde(default = "listed")]
    pub listed: bool,
}

/// An item of a gold meeting's agenda.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Item {
    #[serde(deserialize_with = "number")]
    pub number: String,
    pub title: String,
    #[serde(default, deserialize_with = "presenter")]
    pub presenter: Option<String>,
    #[serde(default)]
    pub sub: Vec<Sub>,
}

/// A sub-item of a gold meeting's agenda.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Sub {
    pub title: String,
    #[serde(default, deserialize_with = "presenter")]
    pub presenter: Option<String>,
}

/// What one speaker said, with its labels.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are the file's own")]
pub struct Utterance {
    pub start: Option<f64>,
    pub end: Option<f64>,
    #[serde(default)]
    pub speaker: String,
    #[serde(default, deserialize_with = "number")]
    pub item: String,
    pub text: String,
    #[serde(default)]
    pub act: String,
    #[serde(default)]
    pub procedural: bool,
}

/// What is true of an utterance of a sitting.
#[derive(Debug, Deserialize)]
pub struct Truth {
    /// Places of the items, from 0: any of them is right; none before the first.
    #[serde(rename = "item", deserialize_with = "places")]
    pub items: Vec<usize>,
    /// Nobody where that is not known.
    pub speaker: Option<String>,
    /// Whether the utterance is a printed heading and was not said.
    #[serde(default)]
    pub heading: bool,
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

/// Reads who presents, which stands as one name or as several.
fn presenter<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(name) => Some(name),
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            Some(names.join(", "))
        }
        _ => None,
    })
}

const fn listed() -> bool {
    true
}

/// Reads places of items: none, one or several.
fn places<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<usize>, D::Error> {
    let place = |value: &Value| value.as_u64().and_then(|place| usize::try_from(place).ok());
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(places) => places.iter().filter_map(place).collect(),
        one => place(&one).into_iter().collect(),
    })
}

/// Reads an item's number, which stands as a number or as text.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        other => other.to_string(),
    })
}

impl Utterance {
    /// Returns when it was said; the meeting's start where the file does not tell.
    pub fn span(&self) -> Span {
        let ms = |seconds: f64| Timestamp::from_ms((seconds.max(0.0) * 1000.0).round() as u64);
        let start = ms(self.start.unwrap_or(0.0));
        Span::new(start, self.end.map_or(start, ms).max(start)).unwrap_or_default()
    }
}

impl Gold {
    /// Returns the meeting as its dagsorden announces it.
    pub fn meeting(&self) -> Meeting {
        let people = |kind: fn(&Value) -> bool| {
            let chosen = self.participants.iter().filter(move |person| kind(&person.present));
            chosen
                .map(|person| Participant {
                    name: person.name.clone(),
                    title: person.title.clone().filter(|title| !title.is_empty()),
                    role: person.role.clone().filter(|role| role != "chair"),
                    ..Participant::default()
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
            present: people(|present| present == true || present.is_null()),
            remote: people(Value::is_string),
            absent: people(|present| present == false),
            referent: role("referent"),
            chair: role("chair"),
            ..Header::default()
        };
        let items = self.agenda.iter().map(|item| AgendaItem {
            number: item.number.clone(),
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
        let months =
            &referat_core::language::headings::Headings::of(Words::of(self.language)).months;
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
            span: utterance.span(),
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
        let mut last: Option<(&str, &str)> = None;
        for (utterance, id) in self.utterances.iter().zip(0..) {
            let id = SegmentId(id);
            let item = self.agenda.iter().position(|item| item.number == utterance.item);
            let item = item.map(ItemIndex);
            let speaker = utterance.speaker.as_str();
            match structure.passages.last_mut() {
                Some(passage) if last.is_some_and(|last| last.0 == utterance.item.as_str()) => {
                    passage.segments.push(id);
                    passage.span = passage.span.cover(utterance.span());
                }
                _ => structure.passages.push(Passage {
                    item,
                    segments: vec![id],
                    span: utterance.span(),
                    reason: Reason { kind: ReasonKind::Mark, quote: String::new(), score: 1.0 },
                    confidence: 1.0,
                }),
            }
            match structure.turns.last_mut() {
                Some(turn) if last == Some((utterance.item.as_str(), speaker)) => {
                    turn.segments.push(id);
                    turn.span = turn.span.cover(utterance.span());
                }
                _ => structure.turns.push(Turn {
                    item,
                    segments: vec![id],
                    span: utterance.span(),
                    attribution: self.attribution(speaker),
                }),
            }
            last = Some((utterance.item.as_str(), speaker));
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
