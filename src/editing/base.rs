//! The machine's last draft, kept in `.referat/base.json`: what the referent's text is compared
//! with when the draft is made again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use referat_core::domain::referat::{Referat, StatementId};
use referat_core::draft::settled::Rejected;
use referat_core::language::words::Words;
use referat_core::time::Span;
use referat_document::merge::{Draft, Texts};
use referat_document::{markdown, profile::Profile};

/// The machine's last draft of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DraftBase {
    /// Version of the file's form; 1.
    pub version: u32,
    /// `referat.md` as the machine would have it.
    pub open: String,
    /// `referat-lukket.md`, where an item is closed.
    #[serde(default)]
    pub closed: Option<String>,
    /// When the statements were said.
    pub spans: BTreeMap<StatementId, Span>,
    /// When the statements that the referent rejected were said.
    #[serde(default)]
    pub rejected: Rejected,
}

/// Where it is, relative to the meeting's folder.
pub const PATH: &str = ".referat/base.json";

impl DraftBase {
    /// Returns the draft that `referat` makes.
    pub fn of(referat: &Referat, language: Words<'_>, profile: &Profile) -> Self {
        let statements = referat.sections.iter().flat_map(|section| &section.statements);
        Self {
            version: 1,
            open: markdown::referat_md(referat, language, profile),
            closed: markdown::closed_md(referat, language, profile),
            spans: statements.map(|it| (it.id.clone(), it.span)).collect(),
            rejected: Rejected::new(),
        }
    }

    /// Reads the last draft; one of a folder that is older than this file is made again from its
    /// `minutes.json`.
    pub fn read(
        folder: &MeetingFolder,
        language: Words<'_>,
        profile: &Profile,
    ) -> Result<Option<Self>, StoreError> {
        let path = folder.root().join(PATH);
        if path.exists() {
            return artefact::read_json(&path).map(Some);
        }
        let minutes = artefact::read_if_there(&folder.minutes())?;
        // A draft that cannot be read is made anew: it is the machine's.
        let minutes = minutes.and_then(|bytes| serde_json::from_slice::<Referat>(&bytes).ok());
        Ok(minutes.map(|referat| Self::of(&referat, language, profile)))
    }

    /// Returns it as a side of a merge.
    pub fn draft(&self) -> Draft {
        Draft {
            texts: Texts { open: self.open.clone(), closed: self.closed.clone() },
            spans: self.spans.iter().map(|(id, span)| (id.clone(), *span)).collect(),
        }
    }

    /// Returns it as `.referat/base.json` holds it.
    pub fn json(&self) -> Result<String, StoreError> {
        serde_json::to_string_pretty(self)
            .map_err(|source| StoreError::Parse { path: PATH.into(), source })
    }
}
