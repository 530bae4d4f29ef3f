//! What is measured, in order: the sections of the tables.

use std::process::Command;

use super::bench::Workbench;
use super::{busy, long_meetings, names_heard, process, synthetic, weights};
use crate::error::EvalError;

/// One section: what it tells, and what prints it.
pub(super) struct Measurement {
    pub(super) title: &'static str,
    /// Prints the section; fails where it cannot or where a promise does not hold.
    pub(super) measure: fn(&Workbench) -> Result<(), EvalError>,
}

/// How all tests are built, as `make test` does it.
const TESTED: [&str; 7] = [
    "--locked",
    "--workspace",
    "--exclude",
    "referat-fuzz",
    "--features",
    "referat/pdf",
    "--no-fail-fast",
];

pub(super) const MEASUREMENTS: [Measurement; 24] = [
    Measurement {
        title: "Dagsordener and referater",
        measure: |bench| bench.scored(&["agenda"], &["referater"]),
    },
    Measurement {
        title: "Sittings with headings",
        measure: |bench| bench.scored(&["meetings", "--each"], &["meetings"]),
    },
    Measurement {
        title: "Sittings without headings",
        measure: |bench| bench.scored(&["meetings", "--drop-headings", "--each"], &["meetings"]),
    },
    Measurement {
        title: "Sittings without headings, three letters in ten wrong",
        measure: |bench| {
            let options = ["meetings", "--drop-headings", "--noise", "0.3", "--each"];
            bench.scored(&options, &["meetings"])
        },
    },
    Measurement {
        title: "Committee meetings, with voices",
        measure: |bench| bench.scored(&["meetings", "--voices", "--each"], &["committee"]),
    },
    Measurement {
        title: "Synthetic meetings, what was said",
        measure: |bench| bench.scored(&["meetings", "--each"], &["synth"]),
    },
    Measurement {
        title: "The corpus, one set left out, its voices told apart",
        measure: |bench| corpus(bench, &[]),
    },
    Measurement {
        title: "The corpus, one set left out, its voices told apart, as it was heard",
        measure: |bench| corpus(bench, &["--heard"]),
    },
    Measurement {
        title: "A meeting of three hours divided: time and memory",
        measure: long_meetings::divided,
    },
    Measurement {
        title: "Transcripts, items and drafts, synthetic meetings, model base",
        measure: synthetic::run_and_scored,
    },
    Measurement {
        title: "The same draft in any time zone and locale",
        measure: synthetic::same_draft_everywhere,
    },
    Measurement {
        title: "Draft and exports of three hours: 1 s for the draft, 2 s together",
        measure: long_meetings::drafted,
    },
    Measurement {
        title: "Exports of the synthetic meetings, opened by LibreOffice",
        measure: synthetic::opened_by_libreoffice,
    },
    Measurement {
        title: "Names: words changed in right text (none may be)",
        measure: |bench| bench.scored(&["names"], &["meetings"]),
    },
    Measurement {
        title: "Names: misspelt names put right",
        measure: |bench| bench.scored(&["names"], &["synth"]),
    },
    Measurement {
        title: "Names right and CER: heard, put right, helped while decoding, told beforehand",
        measure: names_heard::measure,
    },
    Measurement { title: "Imported and quantised weights, model base", measure: weights::measure },
    Measurement {
        title: "What to expect of a model of large-v3-turbo's shape",
        measure: |bench| {
            tests(bench, &["--no-capture", "-E", "binary(decode) and test(/^turbo::/)"])
        },
    },
    Measurement {
        title: "Speed against faster-whisper, five runs in turn",
        measure: |bench| {
            let mut compare = Command::new("tests/scripts/compare");
            process::run(compare.arg(&bench.program).arg(&bench.eval).arg("5"))
        },
    },
    Measurement { title: "Speed with both cores kept busy, against alone", measure: busy::measure },
    Measurement {
        title: "Recording: 60 s at every rate, 20 kills, six hours",
        measure: |_| {
            let mut tests = nextest();
            tests.args(["--no-capture", "-E", "binary(record) or test(/^record::/)"]);
            process::run(tests.env("RECORD_IN_FULL", "1"))
        },
    },
    Measurement {
        title: "Any bytes read: ten minutes of changed documents",
        measure: |_| process::run(Command::new("tests/scripts/fuzz").arg("600")),
    },
    Measurement {
        title: "The editor: how long its pages take",
        measure: |bench| {
            let mut web = Command::new("tests/scripts/web");
            web.arg(&bench.program).args(["--project", "speed", "--no-deps"]);
            process::run(web.env("SLACK", "1"))
        },
    },
    Measurement {
        title: "Tests, in full, with the evaluation folders",
        measure: |bench| tests(bench, &["--profile", "full"]),
    },
];

/// Scores the corpus by models that have not seen the set of a meeting; they are trained once.
fn corpus(bench: &Workbench, options: &[&str]) -> Result<(), EvalError> {
    let mut score = bench.score();
    score.args(["meetings", "--voices"]).args(options);
    score.args(["--sets", "corpus/sets.tsv", "--folds"]).arg(bench.scratch("folds"));
    process::run(score.arg("corpus"))
}

/// Runs tests in full, with the evaluation folders.
fn tests(bench: &Workbench, options: &[&str]) -> Result<(), EvalError> {
    process::run(nextest().args(options).env("EVAL", &bench.eval))
}

fn nextest() -> Command {
    let mut tests = Command::new("cargo");
    tests.args(["nextest", "run"]).args(TESTED);
    tests
}
