//! The line of a decision, a task, or somebody's coming and leaving: as the rules made it, where
//! nothing is wrong with it, else in the words that were said.

use crate::domain::referat::StatementKind;
use crate::draft::entry::Entry;
use crate::language::reporting::Reporting;

use super::{Writer, whole};

impl Writer<'_> {
    /// Returns the line of an outcome whose words by rule are `text`.
    pub(super) fn outcome(&self, entry: &Entry, text: &str) -> Option<String> {
        let text = text.trim_end_matches(['.', ' ']).to_owned();
        let reporting = Reporting::of(self.language);
        let said: Vec<String> = entry.sentences.iter().map(|one| whole(&one.marked)).collect();
        let said = said.join(" ");
        let quoted = match entry.kind {
            _ if said.is_empty() => None,
            Some(StatementKind::Action) => {
                let name = entry.responsible.as_deref().unwrap_or_else(|| self.name(entry));
                Some(reporting.words("task_quoted").replace("{name}", name))
            }
            Some(StatementKind::Decision | StatementKind::Vote) => {
                Some(reporting.words("decided_quoted").replace("{body}", self.body))
            }
            _ => None,
        };
        let unclear = match entry.kind {
            Some(StatementKind::Action) => {
                let name = entry.responsible.as_deref().unwrap_or_else(|| self.name(entry));
                Some(reporting.words("task_unclear").replace("{name}", name))
            }
            Some(StatementKind::Decision) => {
                Some(reporting.words("decided_unclear").replace("{body}", self.body))
            }
            _ => None,
        };
        let quoted = quoted.map(|frame| frame.replace("{said}", &said));
        self.first_right([Some(text), quoted, unclear])
    }
}
