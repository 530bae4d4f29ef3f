//! What each stage was last made from: a stage whose inputs and settings are unchanged, and
//! whose artefact is as it left it, is skipped.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;

/// The stages' records of one meeting, kept in `.referat/stages.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stages(BTreeMap<String, Record>);

/// What a stage was made from and what it made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Record {
    inputs: String,
    output: String,
}

const FILE: &str = "stages.json";

impl Stages {
    /// Reads the records of `folder`.
    pub fn read(folder: &MeetingFolder) -> Result<Self, StoreError> {
        let path = folder.internal(FILE);
        match artefact::read_if_there(&path)? {
            // A torn or foreign file costs a stage done again, nothing else.
            Some(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            None => Ok(Self::default()),
        }
    }

    /// Tells whether `stage` made the file at `output` from `inputs`, and it is still so.
    pub fn is_current(&self, stage: &str, inputs: &str, output: &Path) -> Result<bool, StoreError> {
        let Some(record) = self.0.get(stage).filter(|record| record.inputs == inputs) else {
            return Ok(false);
        };
        Ok(artefact::read_if_there(output)?
            .is_some_and(|bytes| artefact::sha256(&bytes) == record.output))
    }

    /// Tells whether `stage` was ever run by this program.
    pub fn knows(&self, stage: &str) -> bool {
        self.0.contains_key(stage)
    }

    /// Tells whether the file at `output` is as `stage` left it.
    pub fn made(&self, stage: &str, output: &Path) -> Result<bool, StoreError> {
        let record = self.0.get(stage);
        let bytes = artefact::read_if_there(output)?;
        Ok(record.zip(bytes).is_some_and(|(r, bytes)| artefact::sha256(&bytes) == r.output))
    }

    /// Forgets what `stage` was made from: its artefact is then taken as it is.
    pub fn forget(&mut self, folder: &MeetingFolder, stage: &str) -> Result<(), StoreError> {
        if self.0.remove(stage).is_none() {
            return Ok(());
        }
        artefact::write_json(&folder.internal(FILE), self)
    }

    /// Notes that `stage` made the file at `output` from `inputs`.
    pub fn note(
        &mut self,
        folder: &MeetingFolder,
        stage: &str,
        inputs: String,
        output: &Path,
    ) -> Result<(), StoreError> {
        let output = artefact::sha256(&artefact::read(output)?);
        self.0.insert(stage.to_owned(), Record { inputs, output });
        artefact::write_json(&folder.internal(FILE), self)
    }

    /// Notes that the file at `output`, which `stage` made, was changed without its inputs.
    pub fn renew(
        &mut self,
        folder: &MeetingFolder,
        stage: &str,
        output: &Path,
    ) -> Result<(), StoreError> {
        match self.0.get(stage).map(|record| record.inputs.clone()) {
            Some(inputs) => self.note(folder, stage, inputs, output),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_current_until_its_inputs_or_its_output_change() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        let output = folder.minutes();
        artefact::write(&output, b"draft").unwrap();
        let mut stages = Stages::read(&folder).unwrap();
        stages.note(&folder, "draft", "in".into(), &output).unwrap();
        let stages = Stages::read(&folder).unwrap();
        assert!(stages.is_current("draft", "in", &output).unwrap());
        assert!(!stages.is_current("draft", "other", &output).unwrap());
        artefact::write(&output, b"hers").unwrap();
        assert!(!stages.is_current("draft", "in", &output).unwrap());
    }
}
