//! The types of what goes over the wire to the editor's pages, written in TypeScript from the
//! structs that are sent: `web/src/api/wire.ts`.

use std::path::Path;

use ts_rs::{Config, TS};

use super::{document, history, job_requests, jobs, meeting, meetings, review, summary};
use crate::run::{draft, progress};

/// The file, and what stands at its beginning.
const FILE: &str = "web/src/api/wire.ts";
const HEAD: &str = "\
/** What the server answers, written from its structs by a test: `UPDATE=1 cargo test --lib wire`. */
import type { Block } from \"../document/block\";
import type { AgendaItem, Header, Part, Remark } from \"./types\";
";

fn written() -> String {
    let config = Config::new().with_large_int("number");
    let declared = [
        jobs::State::decl(&config),
        jobs::Failure::decl(&config),
        progress::Stage::decl(&config),
        jobs::JobStep::decl(&config),
        jobs::Job::decl(&config),
        job_requests::ModelRow::decl(&config),
        job_requests::ModelsAnswer::decl(&config),
        summary::Has::decl(&config),
        summary::MeetingState::decl(&config),
        meetings::MeetingRow::decl(&config),
        meetings::MeetingList::decl(&config),
        meetings::AgendaAnswer::decl(&config),
        meetings::MadeMeeting::decl(&config),
        meeting::DocumentRevisions::decl(&config),
        meeting::ExportFormat::decl(&config),
        meeting::Plays::decl(&config),
        meeting::RecordingAnswer::decl(&config),
        document::DocumentAnswer::decl(&config),
        document::SavedAnswer::decl(&config),
        draft::TextOutcome::decl(&config),
        review::NotRedrafted::decl(&config),
        review::RedraftOutcome::decl(&config),
        review::TextsAnswer::<history::Restored>::decl(&config),
        history::GenerationRow::decl(&config),
        history::GenerationList::decl(&config),
        history::Restored::decl(&config),
    ];
    let mut text = HEAD.to_owned();
    for one in declared {
        let lines: Vec<&str> = one.lines().map(str::trim_end).collect();
        text += &format!("\nexport {}\n", lines.join("\n"));
    }
    text
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
