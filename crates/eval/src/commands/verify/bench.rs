//! Where everything is measured: the program, the evaluation folders, a folder to work in.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use tempfile::TempDir;

use referat::store::error::StoreError;

use super::process;
use crate::commands::references::meetings;
use crate::error::EvalError;

/// What the sections are measured with.
pub(super) struct Workbench {
    /// The program that is measured.
    pub(super) program: PathBuf,
    /// The evaluation folders.
    pub(super) eval: PathBuf,
    /// This program, whose scores are computed in processes of their own.
    score: PathBuf,
    scratch: TempDir,
    models: OnceCell<Models>,
    /// The synthetic meetings whose run is made.
    made: RefCell<HashSet<String>>,
}

/// The models that everything is measured with.
#[derive(Clone, Debug)]
pub(super) struct Models {
    pub(super) base: PathBuf,
    /// The speech detector.
    pub(super) vad: PathBuf,
}

impl Workbench {
    /// Finds the programs and makes the folder.
    pub(super) fn set_up(program: &Path, eval: &Path) -> Result<Self, EvalError> {
        let found = |path: &Path| {
            path.canonicalize().map_err(|source| StoreError::Read { path: path.to_owned(), source })
        };
        let program = found(program)?;
        let score = std::env::current_exe()
            .map_err(|source| StoreError::Read { path: PathBuf::from("referat-eval"), source })?;
        let scratch = tempfile::tempdir()
            .map_err(|source| StoreError::Write { path: std::env::temp_dir(), source })?;
        Ok(Self {
            program,
            eval: found(eval)?,
            score,
            scratch,
            models: OnceCell::new(),
            made: RefCell::default(),
        })
    }

    /// Returns the program that is measured, to be told what to do.
    pub(super) fn referat(&self) -> Command {
        Command::new(&self.program)
    }

    /// Returns this program, to be told what to score.
    pub(super) fn score(&self) -> Command {
        Command::new(&self.score)
    }

    /// Scores evaluation folders.
    pub(super) fn scored(&self, options: &[&str], folders: &[&str]) -> Result<(), EvalError> {
        let folders = folders.iter().map(|folder| self.eval.join(folder));
        process::run(self.score().args(options).args(folders))
    }

    /// Returns a path in the folder to work in.
    pub(super) fn scratch(&self, part: impl AsRef<Path>) -> PathBuf {
        self.scratch.path().join(part)
    }

    /// Finds the synthetic meetings, which have sound.
    pub(super) fn synthetic(&self) -> Result<Vec<SyntheticMeeting>, EvalError> {
        let folders = meetings(&[self.eval.join("synth")])?;
        Ok(folders.into_iter().map(|folder| SyntheticMeeting { folder }).collect())
    }

    /// Fetches the models once and tells where they lie.
    pub(super) fn models(&self) -> Result<&Models, EvalError> {
        if let Some(models) = self.models.get() {
            return Ok(models);
        }
        for model in ["base", "silero-vad"] {
            process::run(self.referat().args(["models", "pull", model]))?;
        }
        let listed = process::output(self.referat().args(["models", "list", "--json"]))?;
        let listed: Vec<Listed> =
            serde_json::from_str(&listed).map_err(|error| unlisted(&error))?;
        let installed = |name: &str| {
            let found = listed.iter().find(|one| one.model.name == name);
            found.and_then(|one| one.installed.clone()).ok_or_else(|| unlisted(&name))
        };
        let models = Models { base: installed("base")?, vad: installed("silero-vad")? };
        Ok(self.models.get_or_init(|| models))
    }

    /// Returns a synthetic meeting's folder after a whole run with base, which is made once.
    pub(super) fn run_meeting(&self, meeting: &SyntheticMeeting) -> Result<PathBuf, EvalError> {
        self.models()?;
        let made = self.scratch(meeting.name());
        if self.made.borrow().contains(&meeting.name()) {
            return Ok(made);
        }
        if !made.exists() {
            meeting.begin(self, &made)?;
        }
        process::output(self.referat().arg("run").arg(&made).args(["--model", "base"]))?;
        self.made.borrow_mut().insert(meeting.name());
        Ok(made)
    }
}

/// A row of `referat models list --json`.
#[derive(Deserialize)]
struct Listed {
    installed: Option<PathBuf>,
    model: ListedModel,
}

#[derive(Deserialize)]
struct ListedModel {
    name: String,
}

fn unlisted(what: &dyn std::fmt::Display) -> EvalError {
    EvalError::failed(
        format!("cannot tell where the models lie: {what}"),
        "see what `referat models list --json` prints",
    )
}

/// A scripted meeting with its dagsorden, its sound and what was said.
pub(super) struct SyntheticMeeting {
    folder: PathBuf,
}

impl SyntheticMeeting {
    pub(super) fn name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn agenda(&self) -> PathBuf {
        self.folder.join("dagsorden.md")
    }

    pub(super) fn gold(&self) -> PathBuf {
        self.folder.join("gold.json")
    }

    pub(super) fn sound(&self) -> PathBuf {
        self.folder.join("audio.flac")
    }

    /// Makes a meeting's folder with the dagsorden and the sound.
    pub(super) fn begin(&self, bench: &Workbench, made: &Path) -> Result<(), EvalError> {
        let mut new = bench.referat();
        new.arg("new").arg(made).arg("--agenda").arg(self.agenda());
        process::output(new.arg("--audio").arg(self.sound())).map(drop)
    }
}

/// Returns how many cores there are.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Returns the file beside a model's weights that tells what they are.
pub(super) fn entry(weights: &Path) -> PathBuf {
    let mut path = weights.as_os_str().to_owned();
    path.push(".json");
    PathBuf::from(path)
}
