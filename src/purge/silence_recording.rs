//! A part of a recording made silent, under its own name and in its own form as far as there is an
//! encoder for it: WAV stays WAV, FLAC stays FLAC.

use std::path::{Path, PathBuf};

use crate::audio::silence::{SilencedForm, silenced};
use crate::recorder::capture::flac;
use crate::store::folder::MeetingFolder;
use crate::store::{artefact, erase};
use referat_core::domain::transcript::Transcript;
use referat_core::time::Span;

use crate::error::PipelineError;
use crate::purge::receipt::Receipt;

/// Where the encoder's WAV stands meanwhile; what is in it is silent already.
const BENCH: &str = "silence";

/// Returns what a recording is written as when it cannot stay what it is, and why; none where it
/// stays.
pub fn becomes(path: &Path) -> Result<Option<String>, PipelineError> {
    let kind = path.extension().unwrap_or_default().to_string_lossy().to_uppercase();
    Ok(match SilencedForm::of(path)? {
        SilencedForm::Wav | SilencedForm::Flac { .. } => None,
        SilencedForm::Decoded => Some(format!(
            "written as WAV of 16 bits, since referat cannot write {kind} of this kind"
        )),
    })
}

/// Makes a part of a recording silent. The transcript and the receipt follow its name.
pub(super) fn silence(
    folder: &MeetingFolder,
    path: &Path,
    spans: &[Span],
    receipt: &mut Receipt,
) -> Result<(), PipelineError> {
    let form = SilencedForm::of(path)?;
    let target = match form {
        SilencedForm::Wav => {
            write(path, form, spans, path)?;
            path.to_owned()
        }
        SilencedForm::Flac { .. } => {
            let bench = folder.internal(BENCH);
            let wav = bench.join("part.wav");
            write(path, form, spans, &wav)?;
            // Read back and compared with the WAV, sample for sample.
            let made = flac::archive(&wav)?;
            artefact::copy(&made, path)?;
            erase::file(&made)?;
            erase::file(&wav)?;
            erase::empty_folder(&bench);
            path.to_owned()
        }
        SilencedForm::Decoded => {
            let target = free(path);
            write(path, form, spans, &target)?;
            if target != path {
                erase::file(path)?;
            }
            target
        }
    };
    let (old, new) = (folder.relative(path), folder.relative(&target));
    let sha256 = artefact::sha256_of_file(&target)?;
    for changed in receipt.changed.iter_mut().filter(|changed| changed.path == old) {
        changed.path.clone_from(&new);
    }
    let path = folder.transcript();
    let mut transcript: Transcript = artefact::read_json(&path)?;
    for audio in transcript.audio.iter_mut().filter(|audio| audio.path == old) {
        audio.path.clone_from(&new);
        audio.sha256.clone_from(&sha256);
    }
    Ok(artefact::write_json(&path, &transcript)?)
}

/// Returns the WAV that takes a recording's place: never the name of another recording.
fn free(path: &Path) -> PathBuf {
    let wav = path.with_extension("wav");
    if wav == path || !wav.exists() {
        return wav;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".wav");
    name.into()
}

fn write(
    path: &Path,
    form: SilencedForm,
    spans: &[Span],
    target: &Path,
) -> Result<(), PipelineError> {
    let mut failed = None;
    let written = artefact::write_with(target, |file| {
        silenced(path, form, spans, file).map_err(|error| {
            failed = Some(error);
            std::io::Error::other("the recording cannot be read")
        })
    });
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(written?),
    }
}
