//! What happens in a run, in words.

use super::record_words;
use crate::run::draft::{Redrafted, TextOutcome};
use crate::run::progress::RunEvent;
use crate::store::folder::MeetingFolder;
use referat_core::domain::transcript::Transcript;

/// Returns the lines that tell of `event`.
pub(super) fn event(event: &RunEvent<'_>) -> Vec<String> {
    match event {
        RunEvent::Recovered(one) => vec![format!("note: {}", record_words::recovered(one))],
        RunEvent::ModelChosen(name) => vec![format!("note: transcribing with model `{name}`")],
        RunEvent::ModelWarning(text) => vec![format!("note: {text}")],
        RunEvent::NoSpeechDetector => vec![
            "note: finding speech by loudness alone: the model `silero-vad` is not installed"
                .into(),
        ],
        RunEvent::TranscriptFromElsewhere => {
            vec!["note: using the transcript that is there".into()]
        }
        RunEvent::UpToDate(path) => vec![format!("`{}` is up to date", path.display())],
        RunEvent::Transcribed { first, output, transcript } => {
            let mut lines = transcribed(transcript);
            if transcript.segments.is_empty() {
                lines.insert(0, format!("note: no speech was found in `{}`", first.display()));
            }
            lines.push(format!("wrote `{}`", output.display()));
            lines
        }
        RunEvent::VoicesFromElsewhere => vec!["note: using the voices that are there".into()],
        RunEvent::NoVoices => vec![
            "note: voices are not told apart: the model `voices` is not installed".into(),
            "tip: `referat models pull voices`".into(),
        ],
        RunEvent::ToldApart { output, voices } => {
            vec![format!("wrote `{}`: {voices} voices", output.display())]
        }
        RunEvent::Drafted { folder, made } => drafted(folder, made),
    }
}

fn transcribed(transcript: &Transcript) -> Vec<String> {
    let counted = [
        (
            transcript.removed.len(),
            "passages were taken out as not spoken; they are listed under `removed`",
        ),
        (
            transcript.flagged.len(),
            "stretches did not come out well; they are listed under `flagged`",
        ),
    ];
    let there = counted.into_iter().filter(|(count, _)| *count > 0);
    there.map(|(count, what)| format!("note: {count} {what}")).collect()
}

fn drafted(folder: &MeetingFolder, made: &Redrafted) -> Vec<String> {
    let mut lines = Vec::new();
    if !made.corrections.is_empty() {
        let count = made.corrections.len();
        lines.push(format!("note: {count} misheard names were put right; what was heard is kept"));
    }
    let remarks = made.remarks.iter().chain(&made.drafted.remarks);
    lines.extend(remarks.map(|remark| format!("note: {remark}")));
    let (referat, root) = (folder.referat(), folder.root().display());
    let referat = referat.display();
    match made.drafted.text {
        TextOutcome::Written => lines.push(format!("wrote `{referat}`")),
        TextOutcome::Unchanged => lines.push(format!("`{referat}` is up to date")),
        TextOutcome::Merged => {
            lines.push(format!("wrote `{referat}`: the new draft, and all that was edited"));
            lines.push(format!("tip: `referat history {root}` lists what it was before"));
        }
    }
    lines
}
