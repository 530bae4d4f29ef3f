//! A plan of deletion is carried out, with a receipt.
//!
//! The receipt is begun on disk before the first file goes; then the plan is carried out file by
//! file, each checked to be gone, and the receipt is ended. A purge that was cut short is
//! finished by the next one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::{artefact, erase};

use super::silence_recording::{becomes, silence};
use crate::editing::approval::Approval;
use crate::error::PipelineError;
use crate::purge::plan::PurgePlan;
use crate::purge::receipt::{self, Changed, Deleted, MEANING, Receipt};
use crate::run::stage::Stages;

/// Who purges, and on what grounds.
#[derive(Clone, Debug)]
pub struct PurgeOrder {
    /// By whom.
    pub by: Option<String>,
    /// The referat's approval when it was asked for.
    pub approval: Approval,
}

/// Carries out a plan and returns its receipt, which then stands in the folder.
pub fn carry_out(
    folder: &MeetingFolder,
    plan: &PurgePlan,
    order: &PurgeOrder,
) -> Result<(Receipt, PathBuf), PipelineError> {
    let mut receipt = entered(folder, plan, order)?;
    receipt.write(folder)?;
    for (path, bytes) in &plan.write {
        artefact::write(path, bytes)?;
    }
    for (path, (_, after)) in &plan.change {
        artefact::write(path, after)?;
    }
    for (path, spans) in &plan.silence {
        silence(folder, path, spans, &mut receipt)?;
    }
    for path in plan.delete.keys() {
        erase::file(path)?;
    }
    for inner in [".referat/journal", ".referat/history"] {
        erase::empty_folder(&folder.root().join(inner));
    }
    let transcript = folder.transcript();
    if plan.delete.contains_key(&transcript) || plan.change.contains_key(&transcript) {
        // What is left is not what that stage would make again.
        Stages::read(folder)?.forget(folder, "transcript")?;
    }
    // The transcript follows the recordings' new names and hashes.
    for changed in &mut receipt.changed {
        let path = folder.root().join(&changed.path);
        if path.exists() {
            changed.sha256_after = artefact::sha256_of_file(&path)?;
        }
    }
    receipt.done = true;
    receipt.write(folder)?;
    let path = receipt.path(folder);
    Ok((receipt, path))
}

/// Returns the receipt with everything entered that is to go: one that was begun, or a new one.
fn entered(
    folder: &MeetingFolder,
    plan: &PurgePlan,
    order: &PurgeOrder,
) -> Result<Receipt, PipelineError> {
    let approved = match &order.approval {
        Approval::Approved { at, .. } => Some(at.clone()),
        Approval::None | Approval::Changed => None,
    };
    let begun = receipt::all(folder)?.into_iter().find(|receipt| !receipt.done);
    let mut receipt = begun.unwrap_or_else(|| Receipt {
        version: 1,
        tool: concat!("referat ", env!("CARGO_PKG_VERSION")).to_owned(),
        at: jiff::Timestamp::now().to_string(),
        by: order.by.clone(),
        approved,
        meaning: MEANING.to_owned(),
        ..Receipt::default()
    });
    let scope: BTreeSet<String> =
        receipt.scope.drain(..).chain(plan.scope.iter().cloned()).collect();
    receipt.scope = scope.into_iter().collect();
    for line in &plan.untouched {
        if !receipt.untouched.contains(line) {
            receipt.untouched.push(line.clone());
        }
    }
    for (path, what) in &plan.delete {
        let relative = folder.relative(path);
        receipt.deleted.retain(|file| file.path != relative);
        receipt.deleted.push(deleted(path, relative, what)?);
    }
    for (path, (what, after)) in &plan.change {
        receipt.changed.push(Changed {
            path: folder.relative(path),
            what: what.clone(),
            sha256_before: artefact::sha256_of_file(path)?,
            sha256_after: artefact::sha256(after),
        });
    }
    for path in plan.silence.keys() {
        receipt.changed.push(Changed {
            path: folder.relative(path),
            what: match becomes(path)? {
                Some(other) => format!("the sound under the item; {other}"),
                None => "the sound under the item".to_owned(),
            },
            sha256_before: artefact::sha256_of_file(path)?,
            sha256_after: String::new(),
        });
    }
    Ok(receipt)
}

fn deleted(path: &Path, relative: String, what: &str) -> Result<Deleted, StoreError> {
    let about = std::fs::symlink_metadata(path)
        .map_err(|source| StoreError::Read { path: path.to_owned(), source })?;
    // A link is what goes, not what it leads to.
    let sha256 = match about.is_file() {
        true => artefact::sha256_of_file(path)?,
        false => String::new(),
    };
    let bytes = if about.is_file() { about.len() } else { 0 };
    Ok(Deleted { path: relative, what: what.to_owned(), bytes, sha256 })
}
