//! Passages and turns become statements: the structured referat.
//!
//! In: a meeting, its transcript and its structure. Out: a referat whose every statement rests on
//! segments of the transcript and names nobody but participants. What was not said is not
//! written; what was heard badly is marked and not put into other words. No clock, no chance.

pub mod clock;
pub mod deadline;
mod entry;
mod frames;
mod judged;
pub mod lint;
mod outcome;
mod people;
mod presence;
pub mod prose;
mod ranking;
mod sentences;
pub mod settled;
mod subitems;
mod talk;
mod together;
mod wording;
mod worth;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use crate::domain::agenda::ItemIndex;
use crate::domain::meeting::{Header, Meeting};
use crate::domain::passage::{Attribution, Structure, Turn};
use crate::domain::referat::{
    Referat, Section, SectionSpan, Statement, StatementId, StatementKind,
};
use crate::domain::transcript::{SegmentId, Transcript};
use crate::language::headings::Headings;
use crate::language::outcomes::Outcomes;
use crate::language::reporting::Reporting;
use crate::language::words::Words;
use crate::remark::Remark;
use crate::time::Timestamp;
use crate::understanding::LearntModels;

use entry::Entry;
use judged::Verdicts;
pub use judged::{JudgedSentence, judgements};
use lint::Lint;
use outcome::Rules;
use people::People;
use sentences::Source;
use wording::Writer;

/// Returns the draft of a meeting's minutes by the words that are compiled in.
pub fn referat(
    meeting: &Meeting,
    transcript: &Transcript,
    structure: &Structure,
    recording_sha256: &str,
) -> (Referat, Vec<Remark>) {
    let (models, language) = (LearntModels::compiled(), Words::of(meeting.language));
    referat_by(&models, meeting, language, transcript, structure, recording_sha256)
}

/// Returns the draft of a meeting's minutes as these models understand it.
pub fn referat_by(
    models: &LearntModels,
    meeting: &Meeting,
    language: Words<'_>,
    transcript: &Transcript,
    structure: &Structure,
    recording_sha256: &str,
) -> (Referat, Vec<Remark>) {
    let source = Source::new(transcript, language);
    let mut drafter = Drafter {
        meeting,
        language,
        people: People::new(&meeting.header),
        verdicts: Verdicts::new(models, meeting, language, &source, structure),
        source,
        recording_sha256,
        assigned: structure.turns.iter().flat_map(|turn| &turn.segments).copied().collect(),
        starts: HashMap::new(),
        common: Rc::new(common_words(transcript)),
        notes: Vec::new(),
    };
    let mut sections = Vec::with_capacity(meeting.agenda.items.len() + 1);
    let opening = drafter.section(structure, None);
    if !opening.spans.is_empty() || !opening.statements.is_empty() {
        sections.push(opening);
    }
    for index in 0..meeting.agenda.items.len() {
        sections.push(drafter.section(structure, Some(ItemIndex(index))));
    }
    let header = titled(&meeting.header, language);
    let agenda = meeting.agenda.clone();
    let Drafter { notes, .. } = drafter;
    let present =
        "who is present was told otherwise than the dagsorden has it: see under the header";
    let remarks = match notes.is_empty() {
        true => Vec::new(),
        false => vec![Remark::on_whole(present)],
    };
    let referat = Referat {
        version: Referat::VERSION,
        header,
        agenda,
        sections,
        notes,
        speech_model: transcript.model.as_ref().map(|model| model.name.clone()),
        language_model: None,
    };
    (referat, remarks)
}

/// Returns the words that somebody said with a small letter.
fn common_words(transcript: &Transcript) -> HashSet<String> {
    let words = transcript.segments.iter().flat_map(|segment| segment.text.split_whitespace());
    let bare = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    bare.filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect()
}

/// Returns the header with the document's own title, `Referat af …`.
fn titled(header: &Header, language: Words<'_>) -> Header {
    let words = Headings::of(language);
    let mut header = header.clone();
    header.title = header.title.map(|title| {
        if title.starts_with(&words.referat_of) {
            title
        } else {
            format!("{} {title}", words.referat_of)
        }
    });
    header
}

struct Drafter<'a> {
    meeting: &'a Meeting,
    language: Words<'a>,
    people: People<'a>,
    source: Source<'a>,
    /// What the models say of every sentence.
    verdicts: Verdicts,
    recording_sha256: &'a str,
    /// Segments that belong to a turn.
    assigned: HashSet<SegmentId>,
    /// How many statements begin at each instant, so that their names differ.
    starts: HashMap<Timestamp, u32>,
    /// Words that were said with a small letter.
    common: Rc<HashSet<String>>,
    /// What was said against the header, in the referat's language.
    notes: Vec<String>,
}

impl Drafter<'_> {
    fn section(&mut self, structure: &Structure, index: Option<ItemIndex>) -> Section {
        let (meeting, language) = (self.meeting, self.language);
        let item = index.and_then(|index| meeting.agenda.get(index));
        let spans = structure.passages.iter().filter(|passage| passage.item == index);
        let spans: Vec<SectionSpan> = spans
            .map(|passage| SectionSpan {
                span: passage.span,
                reason: passage.reason.clone(),
                confidence: passage.confidence,
            })
            .collect();
        let unassigned = self.unassigned(structure, index);
        let own = structure.turns.iter().filter(|turn| turn.item == index);
        let mut turns: Vec<&Turn> = own.chain(&unassigned).collect();
        turns.sort_by_key(|turn| turn.span.start());
        if index.is_none_or(|index| index.0 == 0) {
            self.roll_call(&turns);
        }
        let title = meeting.header.title.as_deref().unwrap_or("");
        let outcomes = Outcomes::of(language);
        let reporting = Reporting::of(language);
        let rules = Rules {
            language,
            item,
            body: outcomes.body(title).unwrap_or_else(|| reporting.phrases.body.clone()),
            people: &self.people,
            verdicts: &self.verdicts,
        };
        let entries = talk::entries(&self.source, &turns, &rules);
        let first = turns.first().map(|turn| turn.segments.clone()).unwrap_or_default();
        let worth = worth::Worth { language, people: &self.people, item, first };
        let mut entries = together::merged(worth.chosen(entries), language);
        entries.retain(|entry| !self.stands_in_header(entry));
        let everybody = People::new(&meeting.header);
        let lint = Lint::new(language, &meeting.header);
        let body = rules.body.as_str();
        let common = Rc::clone(&self.common);
        let writer =
            Writer { language, item, people: &everybody, body, lint: &lint, common: &common };
        let mut proposed = false;
        let mut statements = Vec::with_capacity(entries.len());
        for entry in entries {
            if let Some(statement) = self.statement(&entry, &writer, proposed) {
                statements.push(statement);
            }
            proposed |= entry.kind == Some(StatementKind::Proposal);
        }
        let heard = self.source.heard(&turns);
        Section { item: item.map(|item| item.number.clone()), spans, statements, heard }
    }

    /// Notes what was said of who is there, where the header has it otherwise.
    fn roll_call(&mut self, turns: &[&Turn]) {
        let header = &self.meeting.header;
        for sentence in turns.iter().flat_map(|turn| self.source.sentences(&turn.segments)) {
            let (text, at) = (&sentence.text, sentence.at);
            let notes = presence::against_header(text, at, header, &self.people, self.language);
            for note in notes {
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
            }
        }
    }

    /// Returns what was said under the item in no turn: nobody is known to have said it, and it
    /// must not be lost.
    fn unassigned(&self, structure: &Structure, index: Option<ItemIndex>) -> Vec<Turn> {
        let mut turns = Vec::new();
        for passage in structure.passages.iter().filter(|passage| passage.item == index) {
            let runs = passage.segments.chunk_by(|left, right| {
                self.assigned.contains(left) == self.assigned.contains(right)
            });
            let free = runs.filter(|run| run.iter().all(|id| !self.assigned.contains(id)));
            turns.extend(free.map(|run| Turn {
                item: index,
                segments: run.to_vec(),
                span: self.source.span(run),
                attribution: Attribution::Unknown,
            }));
        }
        turns
    }

    /// Returns whether an entry tells only of apologies that the header lists already.
    fn stands_in_header(&self, entry: &Entry) -> bool {
        let absent = &self.meeting.header.absent;
        let apologies = &Reporting::of(self.language).phrases.apologies;
        let [only] = entry.sentences.as_slice() else { return false };
        let text = only.act.as_ref().and_then(|act| act.text.as_deref());
        text == Some(apologies)
            && !absent.is_empty()
            && absent.iter().all(|person| only.text.contains(&person.name))
    }

    fn statement(
        &mut self,
        entry: &Entry,
        writer: &Writer<'_>,
        proposed: bool,
    ) -> Option<Statement> {
        // A statement without a source would be an invention.
        if entry.segments.is_empty() {
            return None;
        }
        let text = writer.line(entry, proposed)?;
        let span = self.source.span(&entry.segments);
        let ordinal = self.starts.entry(span.start()).or_default();
        let id = statement_id(self.recording_sha256, span.start(), *ordinal);
        *ordinal += 1;
        let heard: Vec<f32> = entry.sentences.iter().filter_map(|one| one.confidence).collect();
        let mean = heard.iter().sum::<f32>() / heard.len().max(1) as f32;
        let heard = if heard.is_empty() { 1.0 } else { mean };
        Some(Statement {
            id,
            kind: entry.kind.unwrap_or(StatementKind::Remark),
            speaker: entry.speaker.clone(),
            text,
            own_text: None,
            segments: entry.segments.clone(),
            span,
            confidence: (heard * entry.certainty.max(0.1)).clamp(0.0, 1.0),
            responsible: entry.responsible.clone(),
            deadline: entry.deadline.clone(),
            sub: entry.sub,
            material: ranking::material(
                &entry.sentences,
                entry.assent.iter().chain(&entry.answers),
                writer.item,
            ),
        })
    }
}

/// Returns the name of a statement: it depends on the recording, the first source's start and how
/// many statements start there already, and not on the item, so that moving a boundary carries
/// the referent's text along.
fn statement_id(recording_sha256: &str, start: Timestamp, ordinal: u32) -> StatementId {
    let digest = Sha256::digest(format!("{recording_sha256}\n{}\n{ordinal}", start.as_ms()));
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    StatementId(format!("s-{hex}"))
}
