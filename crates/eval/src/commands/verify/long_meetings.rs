//! Meetings of three hours, 10,000 segments and 60 items: divided, drafted and exported, against
//! the clock.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::json;
use wait4::Wait4;

use referat::store::artefact;

use super::bench::Workbench;
use super::process;
use crate::error::EvalError;

const SEGMENTS: usize = 10_000;
const ITEMS: usize = 60;

/// How much dividing may take, of the processor and of memory.
const DIVIDED_WITHIN: Duration = Duration::from_secs(1);
const DIVIDED_WITHIN_MB: u64 = 200;

/// How long a draft may take, and it and its exports.
const DRAFTED_WITHIN: Duration = Duration::from_secs(1);
const EXPORTED_WITHIN: Duration = Duration::from_secs(2);

/// What such a meeting is made of.
#[derive(Deserialize)]
struct Said {
    agenda: Vec<Title>,
    utterances: Vec<Words>,
}

#[derive(Deserialize)]
struct Title {
    title: String,
}

#[derive(Deserialize)]
struct Words {
    text: String,
}

/// Divides a meeting whose words and titles are those of a scripted one, over and over.
pub(super) fn divided(bench: &Workbench) -> Result<(), EvalError> {
    let source: Said = artefact::read_json(Path::new("tests/data/byraad_ravnholt/gold.json"))?;
    let titles = (1..=ITEMS).map(|number| {
        let title = &source.agenda[number % source.agenda.len()].title;
        format!("{number}. {title} i bydel {number}\n")
    });
    let agenda = format!("# Dagsorden\n\n{}", titles.collect::<String>());
    let said = |at: usize| source.utterances[at % source.utterances.len()].text.clone();
    let folder = write(bench.scratch("long-divided"), &agenda, said)?;

    let mut segment = bench.referat();
    segment.args(["segment", "--json", "--agenda"]).arg(folder.join("dagsorden.md"));
    segment.arg("--transcript").arg(folder.join("transcript.json"));
    let (work, megabytes) = used(&mut segment)?;
    println!("10,000 segments, 60 items: {:.2} s of work, {megabytes} MB", work.as_secs_f64());
    within(work < DIVIDED_WITHIN && megabytes < DIVIDED_WITHIN_MB, "1 s of work and 200 MB")
}

/// Returns the work of the processor that a program takes, and its memory at the most in MB.
fn used(command: &mut Command) -> Result<(Duration, u64), EvalError> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let ended = command.spawn().and_then(|mut child| child.wait4());
    let ended = ended.map_err(|error| process::unstarted(command, &error))?;
    if !ended.status.success() {
        return Err(process::failed(command, &ended.status.to_string()));
    }
    let used = ended.rusage;
    Ok((used.utime + used.stime, used.maxrss >> 20))
}

/// Drafts and exports a meeting in which the same three sentences are said.
pub(super) fn drafted(bench: &Workbench) -> Result<(), EvalError> {
    const SAID: [&str; 3] = [
        "Så er det sådan, at vi har brugt ni millioner mere end ventet på området.",
        "Jeg vil gerne spørge, hvor mange det drejer sig om.",
        "Vi beslutter, at vi laver en plan inden den første maj.",
    ];
    /// As many segments to an item as there are for each of them.
    const EACH: usize = SEGMENTS.div_ceil(ITEMS);
    let titles = (1..=ITEMS)
        .map(|number| format!("{number}. Orientering om økonomien på område {number}\n"));
    let agenda =
        format!("## Dagsorden for Byrådsmødet\n\n## Dagsorden\n\n{}", titles.collect::<String>());
    let folder = write(bench.scratch("long-drafted"), &agenda, |at| match at % EACH {
        0 => format!("Så går vi videre til punkt {}.", at / EACH + 1),
        _ => SAID[at % 3].to_owned(),
    })?;

    let timed = |command: &mut Command| {
        let begun = Instant::now();
        process::output(command).map(|_| begun.elapsed())
    };
    let drafted = timed(bench.referat().arg("draft").arg(&folder))?;
    let export = |formats: &str| {
        let mut export = bench.referat();
        export.arg("export").arg(&folder).args(["--to", formats]);
        export
    };
    let mut formats = "docx,html,md,txt,json".to_owned();
    // A program that was built with PDF makes that too.
    if export("pdf")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
    {
        formats += ",pdf";
    }
    let exported = timed(&mut export(&formats))?;
    println!("draft {} ms, exports ({formats}) {} ms", drafted.as_millis(), exported.as_millis());
    let held = drafted < DRAFTED_WITHIN && drafted + exported < EXPORTED_WITHIN;
    within(held, "1 s for the draft and 2 s together")
}

/// Writes the folder of a meeting: what is said at each place, a little over a second each.
fn write(
    folder: PathBuf,
    agenda: &str,
    said: impl Fn(usize) -> String,
) -> Result<PathBuf, EvalError> {
    let segments: Vec<_> = (0..SEGMENTS)
        .map(|at| {
            json!({
                "id": at, "start_ms": at * 1080, "end_ms": at * 1080 + 1000, "text": said(at),
            })
        })
        .collect();
    artefact::write(&folder.join("dagsorden.md"), agenda.as_bytes())?;
    let transcript = json!({"version": 1, "language": "da", "segments": segments});
    artefact::write_json(&folder.join("transcript.json"), &transcript)?;
    Ok(folder)
}

fn within(held: bool, promise: &str) -> Result<(), EvalError> {
    if held {
        return Ok(());
    }
    Err(EvalError::failed(
        format!("it took more than {promise}"),
        "measure a release build, with nothing else at work",
    ))
}
