//! The corpus' meetings as lessons: the floor as the program sees it, and who really spoke.

use std::collections::BTreeMap;
use std::path::Path;

use referat_core::domain::meeting::{Header, Meeting, Participant};
use referat_core::domain::passage::Passage;
use referat_core::domain::transcript::{Segment, Transcript};
use referat_core::domain::voices::{HeardTurn, VoiceId, Voices};
use referat_core::language::words::Words;
use referat_core::time::{Span, Timestamp};
use referat_core::understanding::people::floor::Floor;
use referat_core::understanding::{LearntModels, structure_voiced};

use crate::gold::Gold;

/// A meeting with its truth. People are numbered as in the register, then guests.
pub struct Lesson {
    /// The writer's set.
    pub set: String,
    /// The folder's name.
    pub name: String,
    /// Whether it is the recogniser's and the diarizer's, not exact.
    pub heard: bool,
    /// What the program sees.
    pub meeting: Meeting,
    /// Cut at the voices.
    pub transcript: Transcript,
    /// As the program found them.
    pub passages: Vec<Passage>,
    /// As the program sees it.
    pub floor: Floor<'static>,
    /// Names of everybody who spoke; the first are the register's.
    pub people: Vec<String>,
    /// Per turn, whose words and how many.
    pub spoken: Vec<Vec<(Option<usize>, usize)>>,
    /// Per voice, whose six words in ten are.
    pub owners: Vec<Option<usize>>,
}

impl Lesson {
    /// Returns the number of participants on the dagsorden.
    pub fn listed(&self) -> usize {
        self.floor.register.people.len()
    }

    /// Returns the participant who leads.
    pub fn chair(&self) -> Option<usize> {
        self.floor.register.people.iter().position(|person| person.chair)
    }
}

/// Returns when somebody speaks and who, by the place among `people`; those that are missing there are
/// added.
fn said_by(gold: &Gold, people: &mut Vec<String>) -> Vec<(Span, Option<usize>)> {
    let names: BTreeMap<&str, &str> =
        gold.participants.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect();
    for name in names.values() {
        if !people.iter().any(|one| one == name) {
            people.push((*name).to_owned());
        }
    }
    gold.utterances
        .iter()
        .map(|one| {
            let name = names.get(one.speaker.as_str());
            (one.span(), name.and_then(|name| people.iter().position(|one| one == name)))
        })
        .collect()
}

/// Reads one meeting's folder; an error tells what is wrong with it.
pub fn read(
    folder: &Path,
    set: &str,
    heard: bool,
    models: &LearntModels,
) -> Result<Lesson, String> {
    let file = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let text = file("gold.json")?;
    let told = |error: serde_json::Error| format!("{}: {error}", folder.display());
    let mut value: serde_json::Value = serde_json::from_str(&text).map_err(told)?;
    join_presenters(&mut value["agenda"]);
    let gold: Gold = serde_json::from_value(value.clone()).map_err(told)?;
    let (transcript, rttm) = match heard {
        true => (file("transcript-heard.json")?, file("voices-heard.rttm")?),
        false => (file("transcript.json")?, file("voices.rttm")?),
    };
    let transcript: Transcript = serde_json::from_str(&transcript).map_err(told)?;
    let meeting = on_the_list(gold.meeting(), &value);
    let voices = voices(&rttm);
    let (cut, structure, _) = structure_voiced(
        models,
        &meeting,
        Words::of(meeting.language),
        &transcript,
        Some(&voices),
        &[],
        &[],
    );
    let (cut, passages) = (cut.transcript, structure.passages);
    let floor = Floor::new(&meeting, Words::of(meeting.language), &cut.segments, &passages);
    let mut people: Vec<String> =
        floor.register.people.iter().map(|person| person.name.clone()).collect();
    let utterances = said_by(&gold, &mut people);
    let (spoken, owners) = truth(&floor, &cut.segments, &utterances);
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let set = set.to_owned();
    Ok(Lesson {
        set,
        name,
        heard,
        meeting,
        transcript: cut,
        passages,
        floor,
        people,
        spoken,
        owners,
    })
}

/// Writes several presenters of an item as one text.
fn join_presenters(items: &mut serde_json::Value) {
    for item in items.as_array_mut().into_iter().flatten() {
        if let Some(several) = item["presenter"].as_array() {
            let names: Vec<&str> = several.iter().filter_map(|one| one.as_str()).collect();
            item["presenter"] = names.join(", ").into();
        }
        join_presenters(&mut item["sub"]);
    }
}

/// Leaves out those who do not stand on the dagsorden.
fn on_the_list(meeting: Meeting, gold: &serde_json::Value) -> Meeting {
    let people = gold["participants"].as_array().into_iter().flatten();
    let guests: Vec<&str> = people
        .filter(|person| person["listed"] == false)
        .filter_map(|person| person["name"].as_str())
        .collect();
    let keep = |people: Vec<Participant>| -> Vec<Participant> {
        people.into_iter().filter(|person| !guests.contains(&person.name.as_str())).collect()
    };
    let header = meeting.header;
    let header = Header {
        present: keep(header.present),
        remote: keep(header.remote),
        absent: keep(header.absent),
        ..header
    };
    Meeting { header, ..meeting }
}

/// Reads the turns of an RTTM file.
fn voices(rttm: &str) -> Voices {
    let turn = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let start = (fields.get(3)?.parse::<f64>().ok()? * 1000.0).round() as u64;
        let length = (fields.get(4)?.parse::<f64>().ok()? * 1000.0).round() as u64;
        let ms = Timestamp::from_ms;
        let span = Span::new(ms(start), ms(start + length))?;
        let voice = VoiceId((*fields.get(7)?).to_owned());
        Some(HeardTurn { span, voice, overlap: false })
    };
    Voices { turns: rttm.lines().filter_map(turn).collect(), ..Voices::default() }
}

type Spoken = Vec<(Option<usize>, usize)>;

/// Returns whose words each turn holds, and whose most of each voice's are.
fn truth(
    floor: &Floor,
    segments: &[Segment],
    utterances: &[(Span, Option<usize>)],
) -> (Vec<Spoken>, Vec<Option<usize>>) {
    let who = |span: Span| {
        let time = u64::midpoint(span.start().as_ms(), span.end().as_ms());
        let away = |span: Span| {
            let (start, end) = (span.start().as_ms(), span.end().as_ms());
            start.saturating_sub(time).max(time.saturating_sub(end))
        };
        utterances.iter().min_by_key(|one| away(one.0)).and_then(|one| one.1)
    };
    let mut voices: Vec<BTreeMap<Option<usize>, usize>> = vec![BTreeMap::new(); floor.voices.len()];
    let mut turns = Vec::with_capacity(floor.turns.len());
    for turn in &floor.turns {
        let mut spoken: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for segment in &segments[turn.segments.0..turn.segments.1] {
            if segment.words.is_empty() {
                let count = segment.text.split_whitespace().count();
                *spoken.entry(who(segment.span)).or_default() += count;
            }
            for word in &segment.words {
                *spoken.entry(who(word.span)).or_default() += 1;
            }
        }
        for (person, count) in &spoken {
            *voices[turn.voice].entry(*person).or_default() += count;
        }
        turns.push(spoken.into_iter().collect());
    }
    let owner = |counts: &BTreeMap<Option<usize>, usize>| {
        let all: usize = counts.values().sum();
        let most = counts.iter().max_by_key(|one| *one.1)?;
        most.0.filter(|_| *most.1 * 10 >= all * 6)
    };
    (turns, voices.iter().map(owner).collect())
}
