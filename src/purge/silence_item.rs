//! One item's words and sound taken out of a meeting, the rest left where it is.
//!
//! The item's stretches of the recordings become silence of the same length, and its segments
//! leave the transcript, the draft's sources, the journals and the earlier generations. What
//! stands in the referat about the item stays, and is the referent's from then on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::store::folder::{MeetingFolder, all_files, is_audio};
use crate::store::traces::Traces;
use crate::store::{artefact, history};
use referat_core::domain::referat::{Referat, StatementId};
use referat_core::domain::transcript::Transcript;
use referat_core::time::{Span, Timestamp};
use referat_document::merge::{without_material, without_statements};

use crate::editing::base::{self, DraftBase};
use crate::error::PipelineError;
use crate::purge::plan::{PurgePlan, json};
use crate::purge::receipt;
use crate::purge::spoken::{self, Spoken};

/// Plans the deletion of what was said under the item numbered `item`.
pub fn plan(folder: &MeetingFolder, item: &str) -> Result<PurgePlan, PipelineError> {
    let referat: Referat = artefact::read_json(&folder.minutes())?;
    let transcript: Transcript = artefact::read_json(&folder.transcript())?;
    let section = referat.sections.iter().find(|section| section.item.as_deref() == Some(item));
    let spans: Vec<Span> =
        section.iter().flat_map(|section| &section.spans).map(|span| span.span).collect();
    if spans.is_empty() {
        return Err(PipelineError::NothingSaid {
            path: folder.root().to_owned(),
            item: item.to_owned(),
        });
    }
    let ids: BTreeSet<StatementId> =
        section.iter().flat_map(|it| &it.statements).map(|it| it.id.clone()).collect();
    let mut plan = PurgePlan { scope: vec![format!("item {item}")], ..PurgePlan::default() };
    recordings(folder, &transcript, &spans, &mut plan)?;
    let gone = Transcript {
        segments: transcript
            .segments
            .iter()
            .filter(|it| lies_in(it.span, &spans))
            .cloned()
            .collect(),
        removed: transcript.removed.iter().filter(|it| lies_in(it.span, &spans)).cloned().collect(),
        ..Transcript::default()
    };
    let mut left = transcript;
    left.segments.retain(|segment| !lies_in(segment.span, &spans));
    left.removed.retain(|removed| !lies_in(removed.span, &spans));
    let path = folder.transcript();
    plan.change(path.clone(), "what was said under the item", json(&path, &left)?);
    plan.change(
        folder.minutes(),
        "the item's sources",
        json(&folder.minutes(), &without(referat, item))?,
    );
    let spoken = Spoken::of(&gone);
    for path in all_files(folder.root())?.into_iter().filter(|path| path.is_file()) {
        file(folder, path, &Gone { spans: &spans, ids: &ids, spoken: &spoken }, &mut plan)?;
    }
    copies(folder, &mut plan)?;
    generations(folder, &Gone { spans: &spans, ids: &ids, spoken: &spoken }, &mut plan)?;
    Ok(plan)
}

/// Plans the deletion of files that hold a piece of a recording: which piece, nobody can tell.
fn copies(folder: &MeetingFolder, plan: &mut PurgePlan) -> Result<(), PipelineError> {
    let stay = all_files(folder.root())?
        .into_iter()
        .filter(|path| path.is_file() && !plan.delete.contains_key(path) && !is_audio(path))
        .collect();
    let traces = Traces::of(stay)?;
    let recordings: Vec<PathBuf> = plan.silence.keys().cloned().collect();
    for path in recordings {
        for holder in traces.search(&path)? {
            plan.delete(holder, "holds a part of the recording");
        }
    }
    Ok(())
}

/// What is to be gone.
struct Gone<'a> {
    spans: &'a [Span],
    ids: &'a BTreeSet<StatementId>,
    spoken: &'a Spoken,
}

/// Returns whether more than half of `span` lies in `spans`.
fn lies_in(span: Span, spans: &[Span]) -> bool {
    let common: Duration = spans.iter().map(|other| other.overlap(span)).sum();
    common * 2 > span.duration()
        || spans.iter().any(|other| {
            span.duration().is_zero() && other.start() <= span.start() && span.start() < other.end()
        })
}

/// Returns the draft without what its item `item` rests on.
fn without(mut referat: Referat, item: &str) -> Referat {
    for section in referat.sections.iter_mut().filter(|it| it.item.as_deref() == Some(item)) {
        section.statements.clear();
        for span in &mut section.spans {
            span.reason.quote.clear();
        }
    }
    referat
}

/// Plans the silence in the recordings.
fn recordings(
    folder: &MeetingFolder,
    transcript: &Transcript,
    spans: &[Span],
    plan: &mut PurgePlan,
) -> Result<(), PipelineError> {
    let Ok(found) = folder.recordings() else { return Ok(()) };
    for path in found {
        let name = folder.relative(&path);
        let known = transcript.audio.iter().find(|audio| audio.path == name);
        let Some(audio) = known else {
            return Err(PipelineError::UnknownPlace { path });
        };
        let offset = Duration::from_millis(audio.offset_ms);
        let whole = Span::from_start(
            Timestamp::from_ms(audio.offset_ms),
            Duration::from_millis(audio.duration_ms),
        );
        let own: Vec<Span> = spans
            .iter()
            .filter(|span| span.overlap(whole) > Duration::ZERO)
            .map(|span| {
                let start = span.start().since(Timestamp::ZERO + offset);
                let end = span.end().since(Timestamp::ZERO + offset);
                Span::from_start(Timestamp::ZERO + start, end.saturating_sub(start))
            })
            .collect();
        if !own.is_empty() {
            plan.silence.insert(path, own);
        }
    }
    Ok(())
}

fn file(
    folder: &MeetingFolder,
    path: PathBuf,
    gone: &Gone<'_>,
    plan: &mut PurgePlan,
) -> Result<(), PipelineError> {
    let texts = [folder.referat(), folder.closed_referat()];
    let own =
        [folder.agenda(), folder.marks(), folder.review(), folder.transcript(), folder.minutes()];
    let internal = path.starts_with(folder.internal(""));
    let recording = plan.silence.contains_key(&path);
    if own.contains(&path) || recording || receipt::is_receipt(&path) || is_history(folder, &path) {
        return Ok(());
    }
    if path.starts_with(folder.internal("journal")) {
        plan.delete(path, "journal");
        return Ok(());
    }
    if is_audio(&path) {
        // A copy for playback, or a part beside the recordings that no transcript names.
        if internal {
            plan.delete(path, "playback copy");
        }
        return Ok(());
    }
    let bytes = artefact::read(&path)?;
    if texts.contains(&path) || path == folder.root().join(base::PATH) {
        let after = redacted(&folder.relative(&path), &bytes, gone)?;
        if after != bytes {
            plan.change(path, "the speakers' sentences under the item", after);
        }
        return Ok(());
    }
    if let Ok(mut value) = serde_json::from_slice::<Value>(&bytes)
        && redact(&mut value, gone.spans)
    {
        let after = json(&path, &value)?;
        plan.change(path, "what belongs to the item", after);
        return Ok(());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match spoken::text_of(&bytes, &name) {
        Some(text) if gone.spoken.count_in(&text) > 0 => {
            plan.delete(path, "holds sentences of the item");
        }
        None if internal => plan.delete(path, "cache"),
        _ => {}
    }
    Ok(())
}

fn is_history(folder: &MeetingFolder, path: &Path) -> bool {
    path.starts_with(folder.internal(history::FOLDER))
}

/// Plans the same for the earlier generations.
fn generations(
    folder: &MeetingFolder,
    gone: &Gone<'_>,
    plan: &mut PurgePlan,
) -> Result<(), PipelineError> {
    let mut generations = history::generations(folder)?;
    let (mut stay, mut go) = (BTreeSet::new(), BTreeSet::new());
    for file in generations.iter_mut().flat_map(|generation| &mut generation.files) {
        let path = history::object(folder, &file.sha256);
        let bytes = artefact::read(&path)?;
        let after = redacted(&file.path, &bytes, gone)?;
        if after == bytes {
            stay.insert(path);
            continue;
        }
        go.insert(path);
        file.sha256 = artefact::sha256(&after);
        file.bytes = after.len() as u64;
        let new = history::object(folder, &file.sha256);
        stay.insert(new.clone());
        plan.write.insert(new, after);
    }
    if go.is_empty() {
        return Ok(());
    }
    let mut lines = Vec::new();
    for generation in &generations {
        lines.extend(serde_json::to_vec(generation).map_err(|source| {
            crate::store::error::StoreError::Parse { path: history::index(folder), source }
        })?);
        lines.push(b'\n');
    }
    plan.change(history::index(folder), "hashes of earlier generations", lines);
    for path in go.difference(&stay) {
        plan.delete(path.clone(), "earlier generation of the draft");
    }
    Ok(())
}

/// Returns a text of the referent's, or the draft it goes back to, without what is to be gone.
fn redacted(path: &str, bytes: &[u8], gone: &Gone<'_>) -> Result<Vec<u8>, PipelineError> {
    if path != base::PATH {
        let text = String::from_utf8_lossy(bytes);
        return Ok(without_material(&text, Some(gone.spans)).into_bytes());
    }
    let mut base: DraftBase = serde_json::from_slice(bytes)
        .map_err(|source| crate::store::error::StoreError::Parse { path: path.into(), source })?;
    // What the machine no longer knows is the referent's, and stays in her text.
    for text in [Some(&mut base.open), base.closed.as_mut()].into_iter().flatten() {
        *text = without_statements(&without_material(text, Some(gone.spans)), gone.ids);
    }
    base.spans.retain(|id, _| !gone.ids.contains(id));
    Ok(base.json()?.into_bytes())
}

/// Takes entries of lists out that lie in `spans` by their times; returns whether any did.
fn redact(value: &mut Value, spans: &[Span]) -> bool {
    match value {
        Value::Array(entries) => {
            let before = entries.len();
            entries.retain(|entry| !span_of(entry).is_some_and(|span| lies_in(span, spans)));
            let mut changed = entries.len() != before;
            for entry in entries {
                changed |= redact(entry, spans);
            }
            changed
        }
        Value::Object(fields) => {
            fields.values_mut().fold(false, |changed, field| redact(field, spans) | changed)
        }
        _ => false,
    }
}

fn span_of(value: &Value) -> Option<Span> {
    let ms = |name: &str| value.get(name)?.as_u64().map(Timestamp::from_ms);
    Span::new(ms("start_ms")?, ms("end_ms")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_leave_lists_by_their_times() {
        let mut value = serde_json::json!({"turns": [
            {"start_ms": 0, "end_ms": 900, "name": "A"},
            {"start_ms": 1000, "end_ms": 1900, "name": "B"},
        ]});
        let span = Span::new(Timestamp::from_ms(950), Timestamp::from_ms(2000)).unwrap();
        assert!(redact(&mut value, &[span]));
        assert_eq!(value["turns"].as_array().unwrap().len(), 1);
        assert!(!redact(&mut value, &[span]));
    }
}
