//! The referent's approval of the finished referat, and whether it still holds.

use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;
use referat_core::domain::review::{Review, ReviewKind};
use referat_document::merge;

use crate::editing::texts;
use crate::purge::receipt;

/// How far a referat is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    /// Nobody has approved it.
    None,
    /// It was changed after its approval.
    Changed,
    /// It stands as it was approved.
    Approved {
        /// When (RFC 3339).
        at: String,
        /// By whom, where that was said.
        by: Option<String>,
    },
}

/// Returns how many proposals the referent has not settled yet.
pub fn open_proposals(folder: &MeetingFolder) -> Result<usize, StoreError> {
    let mut open = 0;
    for path in [folder.referat(), folder.closed_referat()] {
        let bytes = artefact::read_if_there(&path)?.unwrap_or_default();
        open += merge::open_proposals(&String::from_utf8_lossy(&bytes));
    }
    Ok(open)
}

/// Notes that `referat.md` is approved as it stands, and returns its SHA-256.
pub fn approve(folder: &MeetingFolder, by: Option<String>) -> Result<String, StoreError> {
    let _texts = texts::hold(folder)?;
    let sha256 = artefact::sha256(&artefact::read(&folder.referat())?);
    let kind = ReviewKind::Approve { sha256: sha256.clone(), by, taken_back: false };
    note(folder, kind)?;
    Ok(sha256)
}

/// Takes the last approval back; returns whether there was one.
pub fn withdraw(folder: &MeetingFolder) -> Result<bool, StoreError> {
    let _texts = texts::hold(folder)?;
    let Some(last) = last(folder)? else { return Ok(false) };
    let LastApproval { sha256, by, .. } = last;
    note(folder, ReviewKind::Approve { sha256, by, taken_back: true })?;
    Ok(true)
}

fn note(folder: &MeetingFolder, kind: ReviewKind) -> Result<(), StoreError> {
    let at = jiff::Timestamp::now().to_string();
    lines::append(&folder.review(), &Review { at, kind })
}

/// An approval that nobody has taken back.
struct LastApproval {
    at: String,
    sha256: String,
    by: Option<String>,
}

/// Returns the last approval, unless it was taken back.
fn last(folder: &MeetingFolder) -> Result<Option<LastApproval>, StoreError> {
    let reviews: Vec<Review> = lines::read(&folder.review())?;
    let last = reviews.into_iter().rev().find_map(|Review { at, kind }| match kind {
        ReviewKind::Approve { sha256, by, taken_back } => {
            Some((!taken_back).then_some(LastApproval { at, sha256, by }))
        }
        _ => None,
    });
    Ok(last.flatten())
}

/// Tells whether `referat.md` is approved as it stands. A purge that took the speakers' own
/// sentences out of it has its receipt to show that nothing else was changed.
pub fn approval(folder: &MeetingFolder) -> Result<Approval, StoreError> {
    let Some(LastApproval { at, mut sha256, by }) = last(folder)? else {
        return Ok(Approval::None);
    };
    let now = artefact::read_if_there(&folder.referat())?.map(|bytes| artefact::sha256(&bytes));
    for receipt in receipt::all(folder)? {
        for change in receipt.changed.iter().filter(|change| change.path == "referat.md") {
            if change.sha256_before == sha256 {
                sha256.clone_from(&change.sha256_after);
            }
        }
    }
    let stands = now.as_ref() == Some(&sha256);
    Ok(if stands { Approval::Approved { at, by } } else { Approval::Changed })
}
