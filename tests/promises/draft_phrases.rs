//! Promise: what people say at the meetings of other bodies becomes the statements of a referent.
//!
//! `tests/cases/draft-*.txt` hold what was said, one contribution per line and one item per
//! paragraph, then `---`, then the statements it becomes. `UPDATE=1` rewrites what is expected.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use referat_core::domain::agenda::{AgendaItem, ItemIndex};
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Date, Meeting, Participant};
use referat_core::domain::passage::{
    Attribution, Basis, BasisKind, Passage, Reason, ReasonKind, Structure, Turn,
};
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::draft;
use referat_core::time::{Span, Timestamp};

/// Returns the statements that a case's meeting becomes, one per line, items apart.
fn drafted(said: &str, language: Language) -> String {
    let mut meeting = Meeting { language, ..Meeting::default() };
    let (mut transcript, mut structure) = (Transcript::default(), Structure::default());
    let mut paragraphs = said.trim().split("\n\n");
    let mut head = paragraphs.next().unwrap().lines();
    meeting.header.title = Some(head.next().unwrap().to_owned());
    // A Tuesday.
    meeting.header.date = Some(Date::constant(2023, 3, 7));
    for name in head {
        meeting
            .header
            .present
            .push(Participant { name: name.to_owned(), ..Participant::default() });
    }
    meeting.header.chair = Some(meeting.header.present[0].name.clone());
    for (index, paragraph) in paragraphs.enumerate() {
        let mut lines = paragraph.lines();
        let title = lines.next().unwrap();
        let number = (index + 1).to_string();
        meeting.agenda.items.push(AgendaItem {
            number,
            title: title.to_owned(),
            ..AgendaItem::default()
        });
        let item = Some(ItemIndex(index));
        let mut segments = Vec::new();
        for line in lines {
            let (name, text) = line.split_once(": ").unwrap();
            let id = SegmentId(transcript.segments.len() as u32);
            let at = |ms: u64| Timestamp::from_ms(u64::from(id.0) * 10_000 + ms);
            let span = Span::new(at(0), at(9000)).unwrap();
            transcript.segments.push(Segment {
                id,
                span,
                text: text.to_owned(),
                ..Segment::default()
            });
            let known = meeting.header.present.iter().find(|one| one.name.starts_with(name));
            let attribution = known.map_or(Attribution::Unknown, |person| Attribution::Named {
                name: person.name.clone(),
                basis: Basis { kind: BasisKind::Referent, quote: String::new() },
                confidence: 1.0,
            });
            structure.turns.push(Turn { item, segments: vec![id], span, attribution });
            segments.push(id);
        }
        structure.passages.push(Passage {
            item,
            segments,
            span: Span::default(),
            reason: Reason { kind: ReasonKind::Mark, quote: String::new(), score: 1.0 },
            confidence: 1.0,
        });
    }
    let (referat, _) = draft::referat(&meeting, &transcript, &structure, "sha");
    let mut out = String::new();
    for section in &referat.sections {
        for one in &section.statements {
            let kind = serde_json::to_value(one.kind).unwrap();
            write!(out, "{}: {}", kind.as_str().unwrap(), one.text).unwrap();
            if let Some(who) = &one.responsible {
                write!(out, " [{who}]").unwrap();
            }
            if let Some(due) = &one.deadline {
                write!(out, " [{due}]").unwrap();
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}

#[test]
fn every_case_becomes_the_statements_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(name) = name.strip_prefix("draft-") else { continue };
        let language = if name.starts_with("en") { Language::EN } else { Language::DA };
        let text = fs::read_to_string(&path).unwrap();
        let (said, expected) = text.split_once("\n---\n").unwrap();
        let found = drafted(said, language);
        count += 1;
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{said}\n---\n{found}")).unwrap();
        } else if found != expected {
            wrong.push(format!("{name}:\n{found}\ninstead of\n{expected}"));
        }
    }
    assert!(count >= 3, "the cases are gone");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
