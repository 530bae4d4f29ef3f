//! What of a meeting is to be deleted: recordings, transcript, voices.
//!
//! This is the plan of what goes and what loses a part, which can be shown without doing it;
//! `carry_out` does it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::store::error::StoreError;
use crate::store::folder::{MeetingFolder, all_files, is_audio};
use crate::store::traces::Traces;
use crate::store::{artefact, exported, history};
use referat_core::domain::transcript::Transcript;
use referat_core::time::Span;
use referat_document::merge::without_material;

use crate::purge::receipt;
use crate::purge::spoken::{self, Spoken};
use crate::run::names;

/// What is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The recordings and every copy and part of them.
    Audio,
    /// The transcript and everything that holds its sentences, but for the referat's own text and
    /// what was exported of it.
    Transcript,
    /// What tells the voices apart.
    Voices,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Audio, Self::Transcript, Self::Voices];

    /// Returns its name on the command line and in receipts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Audio => "audio",
            Self::Transcript => "transcript",
            Self::Voices => "voices",
        }
    }
}

/// What a purge will do.
#[derive(Clone, Debug, Default)]
pub struct PurgePlan {
    /// What was asked for, as receipts name it.
    pub scope: Vec<String>,
    /// Files that go, with what they are.
    pub delete: BTreeMap<PathBuf, String>,
    /// Files that lose a part: what they lose, and what they hold afterwards.
    pub change: BTreeMap<PathBuf, (String, Vec<u8>)>,
    /// Files that are new, without what went.
    pub write: BTreeMap<PathBuf, Vec<u8>>,
    /// Recordings of which a part becomes silent, with the stretches in their own time.
    pub silence: BTreeMap<PathBuf, Vec<Span>>,
    /// What is not touched and may hold the same.
    pub untouched: Vec<String>,
}

impl PurgePlan {
    /// Returns whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.delete.is_empty() && self.change.is_empty() && self.silence.is_empty()
    }

    pub(super) fn delete(&mut self, path: PathBuf, what: &str) {
        self.change.remove(&path);
        self.delete.entry(path).or_insert_with(|| what.to_owned());
    }

    pub(super) fn change(&mut self, path: PathBuf, what: &str, after: Vec<u8>) {
        if !self.delete.contains_key(&path) {
            self.change.insert(path, (what.to_owned(), after));
        }
    }
}

/// Plans the deletion of `scopes` from `folder`.
pub fn plan(folder: &MeetingFolder, scopes: &[Scope]) -> Result<PurgePlan, StoreError> {
    let mut plan = PurgePlan {
        scope: scopes.iter().map(|it| it.name().to_owned()).collect(),
        ..PurgePlan::default()
    };
    let files = all_files(folder.root())?;
    if scopes.contains(&Scope::Transcript) {
        transcript(folder, &files, &mut plan)?;
    }
    if scopes.contains(&Scope::Voices) {
        voices(folder, &files, &mut plan)?;
    }
    if scopes.contains(&Scope::Audio) {
        audio(folder, &files, &mut plan)?;
    }
    Ok(plan)
}

/// Tells whether `path` lies in the folder `inner` of the meeting.
fn lies_in(folder: &MeetingFolder, path: &Path, inner: &str) -> bool {
    path.starts_with(folder.root().join(inner))
}

fn audio(
    folder: &MeetingFolder,
    files: &[PathBuf],
    plan: &mut PurgePlan,
) -> Result<(), StoreError> {
    let mut recordings = Vec::new();
    for path in files {
        let internal = lies_in(folder, path, ".referat");
        if lies_in(folder, path, "audio") || is_audio(path) {
            let what = if internal { "playback copy" } else { "recording" };
            plan.delete(path.clone(), what);
            recordings.push(path.clone());
        } else if internal && !is_text(path)? {
            plan.delete(path.clone(), "cache");
        }
    }
    let stay: Vec<PathBuf> = files
        .iter()
        .filter(|path| !plan.delete.contains_key(*path) && path.is_file())
        .cloned()
        .collect();
    let traces = Traces::of(stay)?;
    for path in recordings {
        let about = std::fs::symlink_metadata(&path)
            .map_err(|source| StoreError::Read { path: path.clone(), source })?;
        if about.is_symlink() {
            let target = std::fs::read_link(&path).unwrap_or_default();
            plan.untouched.push(format!(
                "`{}` was a link to `{}`, which is not in this folder",
                folder.relative(&path),
                target.display()
            ));
            continue;
        }
        if other_names(&about) > 0 {
            plan.untouched.push(format!(
                "`{}` has {} other names outside this folder",
                folder.relative(&path),
                other_names(&about)
            ));
        }
        for holder in traces.search(&path)? {
            plan.delete(holder, "holds a part of the recording");
        }
    }
    plan.untouched
        .push("files that the recordings were copied from, outside this folder".to_owned());
    Ok(())
}

fn is_text(path: &Path) -> Result<bool, StoreError> {
    Ok(path.is_file() && std::str::from_utf8(&artefact::read(path)?).is_ok())
}

/// Returns how many other names the file has on its file system.
#[cfg(unix)]
fn other_names(about: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    about.nlink().saturating_sub(1)
}

#[cfg(not(unix))]
fn other_names(_about: &std::fs::Metadata) -> u64 {
    0
}

fn transcript(
    folder: &MeetingFolder,
    files: &[PathBuf],
    plan: &mut PurgePlan,
) -> Result<(), StoreError> {
    let spoken = match artefact::read_if_there(&folder.transcript())? {
        // One that cannot be read has no sentences to look for, and goes all the same.
        Some(bytes) => serde_json::from_slice::<Transcript>(&bytes)
            .map_or_else(|_| Spoken::default(), |transcript| Spoken::of(&transcript)),
        None => Spoken::default(),
    };
    let texts = [folder.referat(), folder.closed_referat()];
    let hers = [folder.agenda(), folder.marks(), folder.review()];
    let kept = without_sources(folder, &texts, &spoken, plan)?;
    // A file that was exported of what stays may stay with it.
    let beyond = spoken.beyond(&kept);
    let given_out = exported::exported(folder)?;
    for path in files.iter().filter(|path| path.is_file()) {
        if is_transcript(folder, path) {
            plan.delete(path.clone(), "transcript");
        } else if *path == folder.voices() {
            plan.delete(path.clone(), "voices");
        } else if *path == folder.minutes() || *path == folder.speakers() {
            plan.delete(path.clone(), "draft with its sources");
        } else if lies_in(folder, path, ".referat/journal") {
            plan.delete(path.clone(), "journal");
        } else if lies_in(folder, path, &format!(".referat/{}", history::FOLDER)) {
            plan.delete(path.clone(), "earlier generation of the draft");
        } else if ["base.json", "redo.json"].iter().any(|name| *path == folder.internal(name)) {
            plan.delete(path.clone(), "draft with its sources");
        } else if !texts.contains(path)
            && !hers.contains(path)
            && !receipt::is_receipt(path)
            && !lies_in(folder, path, "audio")
            && !is_audio(path)
        {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let bytes = artefact::read(path)?;
            if given_out.contains(&artefact::sha256(&bytes)) {
                continue;
            }
            let sought = if receipt::is_export(folder, path) { &beyond } else { &spoken };
            match spoken::text_of(&bytes, &name) {
                Some(text) if sought.count_in(&text) > 0 => {
                    plan.delete(path.clone(), "holds sentences of the transcript");
                }
                // Whatever it is called after the referat: what nobody can look into goes.
                None if lies_in(folder, path, ".referat") || name.starts_with("referat") => {
                    plan.delete(path.clone(), "cannot be looked into");
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Plans that the texts lose the speakers' sentences; returns what stays in them.
fn without_sources(
    folder: &MeetingFolder,
    texts: &[PathBuf],
    spoken: &Spoken,
    plan: &mut PurgePlan,
) -> Result<String, StoreError> {
    let mut kept = String::new();
    for path in texts {
        let Some(bytes) = artefact::read_if_there(path)? else { continue };
        let before = String::from_utf8_lossy(&bytes);
        let after = without_material(&before, None);
        kept.push_str(&after);
        kept.push('\n');
        let left = spoken.count_in(&after);
        if left > 0 {
            plan.untouched.push(format!(
                "`{}` itself repeats sentences of the transcript word for word: {left}",
                folder.relative(path)
            ));
        }
        if after != before {
            let what = "the speakers' sentences beneath the statements";
            plan.change(path.clone(), what, after.into_bytes());
        }
    }
    Ok(kept)
}

/// Tells whether a file is the transcript, in any of its forms, or what it was imported from.
fn is_transcript(folder: &MeetingFolder, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let own = path.parent() == Some(folder.root()) && name.starts_with("transcript.");
    own || *path == folder.internal(names::ORIGINAL)
}

fn voices(
    folder: &MeetingFolder,
    files: &[PathBuf],
    plan: &mut PurgePlan,
) -> Result<(), StoreError> {
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let print = ["voice", "speaker", "embedding", "diari"].iter().any(|it| name.contains(it));
        let own = lies_in(folder, path, ".referat")
            && !lies_in(folder, path, &format!(".referat/{}", history::FOLDER));
        let rttm = path.extension().is_some_and(|ending| ending == "rttm");
        if [folder.speakers(), folder.voices()].contains(path) || rttm || (own && print) {
            plan.delete(path.clone(), "voices");
        }
    }
    let path = folder.transcript();
    if let Some(bytes) = artefact::read_if_there(&path)?
        && let Ok(mut transcript) = serde_json::from_slice::<Transcript>(&bytes)
        && transcript.segments.iter().any(|segment| segment.voice.is_some())
    {
        for segment in &mut transcript.segments {
            segment.voice = None;
        }
        plan.change(path.clone(), "labels of voices", json(&path, &transcript)?);
    }
    Ok(())
}

/// Returns `value` as the bytes of the JSON file at `path`.
pub(super) fn json(path: &Path, value: &impl serde::Serialize) -> Result<Vec<u8>, StoreError> {
    let mut bytes = serde_json::to_vec_pretty(value)
        .map_err(|source| StoreError::Parse { path: path.to_owned(), source })?;
    bytes.push(b'\n');
    Ok(bytes)
}
