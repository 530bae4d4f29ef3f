//! The domain's types as the editor's pages know them, written in TypeScript from the structs that
//! go over the wire: `web/src/api/domain.ts`.

use std::path::Path;

use ts_rs::{Config, TS};

use crate::domain::{
    agenda, guarded, mark, meeting, named_voice, passage, referat, review, speakers, transcript,
    voices,
};
use crate::remark::{About, Remark};
use crate::time::{Span, Timestamp};

/// The file, and what stands at its beginning.
const FILE: &str = "../../web/src/api/domain.ts";
const HEAD: &str = "\
/**
 * What a meeting is. Times are whole milliseconds on the meeting's axis. Written from the core's
 * structs by a test: `UPDATE=1 cargo test -p referat-core typescript`.
 */
";

fn written() -> String {
    let config = Config::new().with_large_int("number");
    let declared = [
        Timestamp::decl(&config),
        meeting::ClockTime::decl(&config),
        referat::StatementId::decl(&config),
        transcript::SegmentId::decl(&config),
        voices::VoiceId::decl(&config),
        Span::decl(&config),
        About::decl(&config),
        Remark::decl(&config),
        meeting::Participant::decl(&config),
        meeting::Header::decl(&config),
        agenda::SubItem::decl(&config),
        agenda::AgendaItem::decl(&config),
        passage::ReasonKind::decl(&config),
        passage::Reason::decl(&config),
        passage::BasisKind::decl(&config),
        passage::Basis::decl(&config),
        referat::SectionSpan::decl(&config),
        referat::StatementKind::decl(&config),
        referat::Material::decl(&config),
        referat::Statement::decl(&config),
        guarded::RemovalReason::decl(&config),
        guarded::FlagReason::decl(&config),
        transcript::Removed::decl(&config),
        transcript::Flagged::decl(&config),
        voices::VoiceSummary::decl(&config),
        named_voice::HintKind::decl(&config),
        named_voice::VoiceHint::decl(&config),
        speakers::SpokenTurn::decl(&config),
        mark::MarkKind::decl(&config),
        mark::Mark::decl(&config),
        review::ReviewKind::decl(&config),
        review::Review::decl(&config),
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
fn the_pages_know_the_domain_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let now = written();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, now, "run the test again with UPDATE=1");
}
