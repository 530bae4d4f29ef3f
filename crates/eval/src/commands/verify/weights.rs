//! What importing and quantising costs in accuracy and brings in speed, on recordings with known
//! words: base from its CTranslate2 form against faster-whisper with the same weights, and fewer
//! bits against f16.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde::Deserialize;

use referat::store::artefact;
use referat::store::error::StoreError;

use super::bench::{Workbench, entry};
use super::process;
use crate::error::EvalError;

/// The forms that are compared; the others are made of the first.
const FORMS: [&str; 4] = ["f16", "q8_0", "q5_1", "q5_0"];

/// How often each form hears everything, in turn, so that what else the machine does meets all
/// alike.
const TURNS: usize = 3;

/// How often the recordings are repeated where time is measured: one long recording loads the
/// weights once, and a last window that is left to one core counts little.
const REPEATED: usize = 3;

/// Prints how near f16 is to faster-whisper, and a row for each form.
pub(super) fn measure(bench: &Workbench) -> Result<(), EvalError> {
    let trial = Trial::set_up(bench)?;
    println!(
        "base from CTranslate2: {} bytes (whisper.cpp's own file has 147951465)",
        trial.bytes("f16")?
    );
    let theirs = trial.faster_whisper()?;
    let said = trial.said()?;
    let text = |name: &str| theirs.join(format!("{name}.txt"));
    let transcripts = FORMS.map(|form| bench.scratch(format!("weights-{form}")));
    for (form, output) in FORMS.iter().zip(&transcripts) {
        trial.transcribe(form, &trial.recordings, output)?;
    }
    let ours = |output: &Path| {
        let output = output.to_owned();
        move |name: &str| output.join(name).join("transcript.json")
    };
    let near = trial.letters_wrong(ours(&transcripts[0]), &theirs)?;
    println!("f16 against faster-whisper's words: CER {near:.4}");
    println!("faster-whisper against what was said: CER {:.4}", trial.letters_wrong(text, &said)?);
    let seconds = trial.best_of_turns()?;
    println!("\n| weights | bytes | CER | seconds, best of {TURNS} | times as fast as f16 |");
    println!("|---|---|---|---|---|");
    for ((form, output), best) in FORMS.iter().zip(&transcripts).zip(seconds) {
        let wrong = trial.letters_wrong(ours(output), &said)?;
        let times = seconds[0] / best;
        println!("| {form} | {} | {wrong:.4} | {best:.1} | {times:.2} |", trial.bytes(form)?);
    }
    Ok(())
}

/// A library with the forms, and recordings to hear with them.
struct Trial<'bench> {
    bench: &'bench Workbench,
    library: PathBuf,
    /// The weights in CTranslate2's form.
    source: PathBuf,
    python: PathBuf,
    /// The folder of the recordings, with a list of what is said in them.
    spoken: PathBuf,
    recordings: Vec<PathBuf>,
}

/// The last row of `referat-eval transcript --json`, which is of all.
#[derive(Deserialize)]
struct Scored {
    cer: f64,
}

impl<'bench> Trial<'bench> {
    /// Installs faster-whisper, fetches the weights and imports them in every form.
    fn set_up(bench: &'bench Workbench) -> Result<Self, EvalError> {
        let python = bench.scratch("venv/bin/python");
        process::run(Command::new("python3").args(["-m", "venv"]).arg(bench.scratch("venv")))?;
        let install = ["-m", "pip", "--quiet", "--disable-pip-version-check", "install"];
        process::run(Command::new(&python).args(install).arg("faster-whisper"))?;
        let source = bench.scratch("ctranslate2");
        folder(&source)?;
        let mut fetch = Command::new(&python);
        process::run(fetch.args(["tests/scripts/compare.py", "weights"]).arg(&source))?;

        let spoken = bench.eval.join("tts");
        let mut recordings = files(&spoken)?;
        recordings.retain(|file| file.extension().is_some_and(|ending| ending == "flac"));
        let library = bench.scratch("library");
        let trial = Self { bench, library, source, python, spoken, recordings };
        trial.import()?;
        Ok(trial)
    }

    /// Fills the library: the speech detector that is installed, and base in every form.
    fn import(&self) -> Result<(), EvalError> {
        let models = self.bench.models()?;
        for file in [models.vad.clone(), entry(&models.vad)] {
            artefact::copy(&file, &self.library.join(file.file_name().unwrap_or_default()))?;
        }
        for form in FORMS {
            let mut import = self.referat();
            import.args(["models", "import"]).arg(&self.source).args(["--name", form]);
            if form != FORMS[0] {
                import.args(["--quantize", form]);
            }
            process::output(&mut import)?;
        }
        Ok(())
    }

    fn referat(&self) -> Command {
        let mut referat = self.bench.referat();
        referat.env("REFERAT_MODELS", &self.library);
        referat
    }

    fn bytes(&self, form: &str) -> Result<u64, EvalError> {
        let path = self.library.join(format!("ggml-{form}.bin"));
        Ok(std::fs::metadata(&path).map_err(|source| StoreError::Read { path, source })?.len())
    }

    fn transcribe(
        &self,
        form: &str,
        recordings: &[PathBuf],
        output: &Path,
    ) -> Result<(), EvalError> {
        let mut transcribe = self.referat();
        transcribe.arg("transcribe").args(recordings).args(["--model", form, "--language", "da"]);
        process::output(transcribe.arg("-o").arg(output)).map(drop)
    }

    /// Lets faster-whisper hear the recordings; returns the folder of its texts.
    fn faster_whisper(&self) -> Result<PathBuf, EvalError> {
        let texts = self.bench.scratch("theirs");
        let mut theirs = Command::new(&self.python);
        theirs.arg("tests/scripts/faster-whisper").arg(&self.source).arg("da").arg(&texts);
        process::output(theirs.args(&self.recordings))?;
        Ok(texts)
    }

    /// Writes what is said in each recording; returns the folder of the texts.
    fn said(&self) -> Result<PathBuf, EvalError> {
        let texts = self.bench.scratch("said");
        let list = artefact::read(&self.spoken.join("manifest.tsv"))?;
        for row in String::from_utf8_lossy(&list).lines().skip(1) {
            let mut cells = row.split('\t');
            if let (Some(file), Some(text)) = (cells.next(), cells.next()) {
                let text_file = texts.join(file).with_extension("txt");
                artefact::write(&text_file, format!("{text}\n").as_bytes())?;
            }
        }
        Ok(texts)
    }

    /// Returns the character error rate over all recordings, of what was heard (where it lies for
    /// a recording's name) against a folder of texts.
    fn letters_wrong(
        &self,
        heard: impl Fn(&str) -> PathBuf,
        said: &Path,
    ) -> Result<f64, EvalError> {
        let mut score = self.bench.score();
        score.args(["transcript", "--json"]);
        for recording in &self.recordings {
            let name = recording.file_stem().unwrap_or_default().to_string_lossy();
            score.arg(heard(&name)).arg(said.join(format!("{name}.txt")));
        }
        let scores: Vec<Scored> = serde_json::from_str(&process::output(&mut score)?)
            .map_err(|source| StoreError::Parse { path: said.to_owned(), source })?;
        Ok(scores.last().map_or(0.0, |all| all.cer))
    }

    /// Returns the seconds that each form takes at best.
    fn best_of_turns(&self) -> Result<[f64; FORMS.len()], EvalError> {
        let joined = [self.joined()?];
        let mut best = [f64::INFINITY; FORMS.len()];
        for turn in 0..TURNS {
            for (form, best) in FORMS.iter().zip(&mut best) {
                let begun = Instant::now();
                let output = self.bench.scratch(format!("joined-{form}-{turn}"));
                self.transcribe(form, &joined, &output)?;
                *best = best.min(begun.elapsed().as_secs_f64());
            }
        }
        Ok(best)
    }

    /// Makes one recording of all of them.
    fn joined(&self) -> Result<PathBuf, EvalError> {
        let list = self.bench.scratch("joined.txt");
        let lines: Vec<String> =
            self.recordings.iter().map(|file| format!("file '{}'\n", file.display())).collect();
        artefact::write(&list, lines.concat().repeat(REPEATED).as_bytes())?;
        let joined = self.bench.scratch("joined.flac");
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.args(["-v", "error", "-f", "concat", "-safe", "0", "-i"]).arg(&list);
        process::run(ffmpeg.args(["-c:a", "flac"]).arg(&joined))?;
        Ok(joined)
    }
}

fn folder(path: &Path) -> Result<(), EvalError> {
    std::fs::create_dir_all(path)
        .map_err(|source| StoreError::Write { path: path.to_owned(), source }.into())
}

/// Returns the files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, EvalError> {
    let unread = |source| StoreError::Read { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(unread)?;
    let files: Result<Vec<PathBuf>, _> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut files = files.map_err(unread)?;
    files.sort();
    Ok(files)
}
