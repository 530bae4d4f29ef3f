//! Writes a document as JSON for another program: the blocks as they stand in the referat, and
//! beside them what the machine knows of the meeting and of each statement that still stands.

use serde_json::{Map, Value, json};

use crate::document::{Block, Document};
use crate::format::{Export, ExportedFile, Format, FormatName, WriteError};
use referat_core::domain::language::Language;
use referat_core::domain::referat::{Referat, Statement};

/// JSON.
pub const FORMAT: Format = Format {
    ending: "json",
    name: FormatName::same("Data (JSON)"),
    media_type: "application/json",
    is_text: true,
    write: exported,
};

fn exported(export: &Export<'_>) -> Result<ExportedFile, WriteError> {
    let Export { document, referat, language, draft, .. } = *export;
    Ok(format!("{:#}\n", json(document, referat, language.language(), draft)).into_bytes().into())
}

/// Returns the document as JSON.
///
/// `header` and `agenda` are those of `minutes.json`, null without it. `statements` has an entry
/// per statement that the machine made and that still stands, by id, with its kind, speaker,
/// responsible and deadline; with `draft` also with its segments, times and confidence.
pub fn json(
    document: &Document,
    referat: Option<&Referat>,
    language: Language,
    draft: bool,
) -> Value {
    let mut statements = Map::new();
    for block in &document.blocks {
        let Block::Statement(block) = block else { continue };
        let Some(id) = &block.id else { continue };
        let all = referat.iter().flat_map(|referat| &referat.sections);
        let found = all.flat_map(|section| &section.statements).find(|one| one.id == *id);
        if let Some(statement) = found {
            statements.insert(id.0.clone(), facts(statement, draft));
        }
    }
    json!({
        "version": 1,
        "language": language,
        "draft": draft,
        "title": document.title(),
        "header": referat.map(|referat| &referat.header),
        "agenda": referat.map(|referat| &referat.agenda),
        "blocks": document.blocks,
        "statements": statements,
    })
}

fn facts(statement: &Statement, draft: bool) -> Value {
    let Statement { kind, speaker, responsible, deadline, segments, span, confidence, .. } =
        statement;
    let mut facts = json!({
        "kind": kind, "speaker": speaker, "responsible": responsible, "deadline": deadline,
    });
    if draft && let Some(facts) = facts.as_object_mut() {
        facts.insert("segments".into(), json!(segments));
        facts.insert("start_ms".into(), json!(span.start()));
        facts.insert("end_ms".into(), json!(span.end()));
        facts.insert("confidence".into(), json!(confidence));
    }
    facts
}
