//! The types of what goes over the wire to the editor's pages, written in TypeScript from the
//! structs that are sent: `web/src/api/wire.ts`.

use std::path::Path;

use ts_rs::{Config, TS};

use super::{
    approve, audio, changed_lines, document, document_answer, error, events, export, history, job,
    job_requests, meeting, meetings, record, review, routes, sections, summary, transcripts,
    upload, voices,
};
use crate::editing::journal;
use crate::purge::receipt;
use crate::recorder::capture::device;
use crate::recorder::status;
use crate::run::{draft, progress};
use crate::store::history as generations;

/// The file, and what stands at its beginning.
const FILE: &str = "web/src/api/wire.ts";
const HEAD: &str = "\
/** What goes over the wire, written from the server's structs by a test: `UPDATE=1 cargo test --lib wire`. */
import type { Block } from \"../document/block\";
import type {
  AgendaItem,
  Flagged,
  Header,
  MachineStatement,
  Mark,
  Remark,
  Removed,
  Review,
  SectionSpan,
  Span,
  SpokenTurn,
  VoiceHint,
} from \"./domain\";

export * from \"./domain\";
";

fn written() -> String {
    let config = Config::new().with_large_int("number");
    let mut declared = work(&config);
    declared.extend(meeting(&config));
    declared.extend(files(&config));
    let mut text = HEAD.to_owned();
    for one in declared {
        let lines: Vec<&str> = one.lines().map(str::trim_end).collect();
        text += &format!("\nexport {}\n", lines.join("\n"));
    }
    text
}

/// The list of meetings, jobs, models, recording.
fn work(config: &Config) -> Vec<String> {
    vec![
        error::ErrorDetails::decl(config),
        error::ErrorBody::decl(config),
        routes::SessionAnswer::decl(config),
        job::State::decl(config),
        job::Failure::decl(config),
        progress::Stage::decl(config),
        job::JobStep::decl(config),
        job::Job::decl(config),
        job_requests::ModelRow::decl(config),
        job_requests::ModelsAnswer::decl(config),
        summary::Has::decl(config),
        summary::MeetingState::decl(config),
        meetings::MeetingRow::decl(config),
        meetings::MeetingList::decl(config),
        meetings::AgendaAnswer::decl(config),
        meetings::MadeMeeting::decl(config),
        status::Phase::decl(config),
        status::Reading::decl(config),
        device::InputInfo::decl(config),
        record::DeviceList::decl(config),
        upload::UploadedRecording::decl(config),
    ]
}

/// A meeting.
fn meeting(config: &Config) -> Vec<String> {
    vec![
        journal::EditedPart::decl(config),
        meeting::DocumentRevisions::decl(config),
        meeting::ExportFormat::decl(config),
        meeting::Plays::decl(config),
        meeting::RecordingAnswer::decl(config),
        sections::Verdict::decl(config),
        sections::StatementAnswer::decl(config),
        sections::SectionAnswer::decl(config),
        sections::TurnAnswer::decl(config),
        voices::VoiceAnswer::decl(config),
        voices::VoicesAnswer::decl(config),
        meeting::ApprovalState::decl(config),
        meeting::ApprovalAnswer::decl(config),
        meeting::KnownMeeting::decl(config),
        meeting::MeetingAnswer::decl(config),
        transcripts::Words::decl(config),
        transcripts::Columns::decl(config),
        events::DocumentChanged::decl(config),
        events::RevisionChanged::decl(config),
        events::AudioMade::decl(config),
        events::MeetingJob::decl(config),
    ]
}

/// A meeting's texts, sounds and receipts.
fn files(config: &Config) -> Vec<String> {
    vec![
        document_answer::DocumentAnswer::decl(config),
        document::SavedAnswer::decl(config),
        draft::TextOutcome::decl(config),
        review::NotRedrafted::decl(config),
        review::RedraftOutcome::decl(config),
        review::TextsAnswer::<history::Restored>::decl(config),
        generations::GenerationReason::decl(config),
        changed_lines::ChangedLines::decl(config),
        history::GenerationRow::decl(config),
        history::GenerationList::decl(config),
        export::ExportRequest::decl(config),
        history::Restored::decl(config),
        audio::PeaksAnswer::decl(config),
        audio::MakingAnswer::decl(config),
        approve::ApprovedAnswer::decl(config),
        approve::PurgedFile::decl(config),
        approve::PlannedPurge::decl(config),
        receipt::Deleted::decl(config),
        receipt::Changed::decl(config),
        receipt::Receipt::decl(config),
        approve::CarriedOut::decl(config),
    ]
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a source file, not one of our files")]
fn the_pages_types_are_those_of_what_is_sent() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let now = written();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, now, "run the test again with UPDATE=1");
}
