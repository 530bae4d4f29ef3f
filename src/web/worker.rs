//! Does the jobs, one after another, each in a process of its own: `referat run`. It stops, keeping
//! what is done, when its standard input ends, and so also when this server does.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::job::{Failure, Job, JobStep, State};
use super::jobs::JobTask;
use super::state::Shared;
use crate::run::progress::ReportLine;

/// A process that was asked to stop and does not is ended after this time: its journal holds what
/// was done.
const PATIENCE: Duration = Duration::from_secs(20);
/// Lines of what the process says that are kept.
const LINES: usize = 50;

/// Does what is wanted, for ever.
pub(super) async fn work(app: Shared) {
    loop {
        let task = app.jobs.next().await;
        let begin = |job: &mut Job| {
            *job = Job { error: None, messages: Vec::new(), state: State::Running, ..job.clone() };
        };
        tokio::task::block_in_place(|| app.jobs.change(&task.id, &task.folder, true, begin));
        let outcome = match start(&app, &task) {
            Ok(child) => follow(&app, &task, child).await,
            Err(error) => Err(Failure::new(format!("cannot start: {error}"))),
        };
        tokio::task::block_in_place(|| app.jobs.end(&task, outcome));
    }
}

fn start(app: &Shared, task: &JobTask) -> std::io::Result<Child> {
    let mut command = Command::new(&app.program);
    command.arg("run").arg(task.folder.root()).arg("--report");
    if let Some(model) = &task.model {
        command.arg("--model").arg(model);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn()
}

async fn follow(app: &Shared, task: &JobTask, mut child: Child) -> Result<(), Failure> {
    let mut stdin = child.stdin.take();
    let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(Failure::new("the work cannot be followed"));
    };
    let mut steps = BufReader::new(stdout).lines();
    let mut words = BufReader::new(stderr).lines();
    let mut said: Vec<String> = Vec::new();
    let (mut told, mut talks) = (true, true);
    // Both end when the process does.
    while told || talks {
        tokio::select! {
            line = steps.next_line(), if told => match line {
                Ok(Some(line)) => {
                    if let Ok(step) = serde_json::from_str::<ReportLine>(&line) {
                        let step = JobStep::from(step);
                        app.jobs.change(&task.id, &task.folder, false, |job| {
                            job.step = step.after(&job.step);
                        });
                    }
                }
                Ok(None) | Err(_) => told = false,
            },
            line = words.next_line(), if talks => match line {
                Ok(Some(line)) => {
                    said.push(line.clone());
                    let excess = said.len().saturating_sub(LINES);
                    said.drain(..excess);
                    app.jobs.change(&task.id, &task.folder, false, |job| {
                        job.messages.push(line);
                        let excess = job.messages.len().saturating_sub(LINES);
                        job.messages.drain(..excess);
                    });
                }
                Ok(None) | Err(_) => talks = false,
            },
            () = task.stop.notified(), if stdin.is_some() => stdin = None,
            () = tokio::time::sleep(PATIENCE), if stdin.is_none() => break,
        }
    }
    let ended = tokio::time::timeout(PATIENCE, child.wait()).await;
    let ended = match ended {
        Ok(Ok(status)) => status.success(),
        _ => {
            // It does not end by itself.
            let _ = child.kill().await;
            false
        }
    };
    if ended { Ok(()) } else { Err(failure(&said)) }
}

/// Returns why the process failed, as it said.
fn failure(said: &[String]) -> Failure {
    let last =
        |mark: &str| said.iter().rev().find_map(|line| line.strip_prefix(mark)).map(str::to_owned);
    let why = last("error: ");
    Failure {
        died: why.is_none(),
        message: why.unwrap_or_else(|| "the work broke off".to_owned()),
        tip: last("tip: "),
    }
}
