//! The synthetic meetings: run, scored, drafted elsewhere, opened by others.

use std::process::Command;

use referat::store::artefact;

use super::bench::Workbench;
use super::process;
use crate::error::EvalError;

/// Runs them as a user does and scores transcripts, items and drafts.
pub(super) fn run_and_scored(bench: &Workbench) -> Result<(), EvalError> {
    let meetings = bench.synthetic()?;
    let mut transcripts = bench.score();
    transcripts.arg("transcript");
    for meeting in &meetings {
        let made = bench.run_meeting(meeting)?;
        transcripts.arg(made.join("transcript.json")).arg(meeting.gold());
    }
    process::run(&mut transcripts)?;
    for meeting in &meetings {
        let made = bench.run_meeting(meeting)?;
        let mut score = bench.score();
        score.args(["meetings", "--transcript"]).arg(made.join("transcript.json"));
        process::run(score.arg(meeting.folder()))?;
        let draft = artefact::read(&made.join("referat.md"))?;
        let statements = String::from_utf8_lossy(&draft).matches("<!-- s-").count();
        println!("{}: {statements} statements", meeting.name());
    }
    Ok(())
}

/// The meeting whose draft is made all over the world.
const TRAVELLER: &str = "kredsraad_soenderfjord";

/// Drafts one transcript in several time zones and locales.
pub(super) fn same_draft_everywhere(bench: &Workbench) -> Result<(), EvalError> {
    let meetings = bench.synthetic()?;
    let traveller = meetings.iter().find(|meeting| meeting.name() == TRAVELLER);
    let traveller = traveller.ok_or_else(|| {
        EvalError::failed(format!("there is no meeting {TRAVELLER}"), "give the evaluation folders")
    })?;
    let heard = bench.run_meeting(traveller)?;
    let mut drafts = Vec::new();
    for (at, (zone, locale)) in
        [("UTC", "C"), ("Asia/Tokyo", "tr_TR.UTF-8"), ("America/St_Johns", "da_DK.UTF-8")]
            .into_iter()
            .enumerate()
    {
        let there = bench.scratch(format!("zone-{at}"));
        for file in ["dagsorden.md", "transcript.json"] {
            artefact::copy(&heard.join(file), &there.join(file))?;
        }
        let mut draft = bench.referat();
        draft.arg("draft").arg(&there).env("TZ", zone);
        process::output(draft.env("LC_ALL", locale).env("LANG", locale))?;
        let draft = artefact::sha256(&artefact::read(&there.join("referat.md"))?);
        println!("{draft}  {zone} {locale}");
        drafts.push(draft);
    }
    if drafts.windows(2).all(|two| two[0] == two[1]) {
        return Ok(());
    }
    Err(EvalError::failed("the drafts differ", "compare two of them, drafted in these time zones"))
}

/// Exports them and lets LibreOffice open what was made.
pub(super) fn opened_by_libreoffice(bench: &Workbench) -> Result<(), EvalError> {
    if process::output(Command::new("soffice").arg("--version")).is_err() {
        println!("skipped: no LibreOffice (apt-get install libreoffice-writer-nogui)");
        return Ok(());
    }
    let settings = format!("-env:UserInstallation=file://{}", bench.scratch("office").display());
    for meeting in bench.synthetic()? {
        let made = bench.run_meeting(&meeting)?;
        let mut export = bench.referat();
        process::output(export.arg("export").arg(&made).args(["--to", "docx,html,txt"]))?;
        let mut office = Command::new("soffice");
        office.arg(&settings).args(["--headless", "--convert-to", "pdf", "--outdir"]);
        process::output(office.arg(&made).arg(made.join("referat.docx")))?;
        if !artefact::read(&made.join("referat.pdf"))?.starts_with(b"%PDF-") {
            return Err(EvalError::failed(
                format!("LibreOffice made no PDF of {}", meeting.name()),
                "open its referat.docx by hand",
            ));
        }
        println!("{}: opened", meeting.name());
    }
    Ok(())
}
