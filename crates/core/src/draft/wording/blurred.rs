//! Lines of what was heard too badly: nothing of the words, only that there was talk.

use crate::domain::referat::StatementKind;
use crate::draft::entry::Entry;
use crate::language::outcomes::Outcomes;
use crate::language::reporting::Reporting;

use super::Writer;

impl Writer<'_> {
    /// Says that there was talk about the item, where neither voices nor words can be relied on.
    pub(super) fn blurred_talk(&self, entry: &Entry) -> String {
        let reporting = Reporting::of(self.language);
        let title = self.item.map(|item| item.title.as_str());
        let topic = title.and_then(|title| Outcomes::of(self.language).topic(title));
        match (topic, entry.again) {
            (Some(topic), false) => reporting.words("talk_of").replace("{rest}", &topic),
            (None, false) if self.item.is_none() => reporting.words("talk_opening").to_owned(),
            (None, false) => reporting.words("talk").to_owned(),
            (_, true) => reporting.words("talk_goes_on").to_owned(),
        }
    }

    /// Returns the act of somebody whose words were heard badly: nothing of the words.
    pub(super) fn blurred_act(&self, entry: &Entry) -> String {
        let reporting = Reporting::of(self.language);
        let topic = || self.topic(entry).filter(|_| !entry.again);
        match entry.kind.unwrap_or(StatementKind::Remark) {
            StatementKind::Question => reporting.words("asked_something").to_owned(),
            StatementKind::Proposal => reporting.words("proposed_something").to_owned(),
            StatementKind::Concern => reporting.words("concern").to_owned(),
            StatementKind::Objection => reporting.words("objection").to_owned(),
            StatementKind::Support => reporting.words("agreement").to_owned(),
            StatementKind::Thanks => reporting.words("thanks").to_owned(),
            StatementKind::Welcome => reporting.words("welcome").to_owned(),
            StatementKind::Opening => reporting.words("opening").to_owned(),
            StatementKind::Closing => reporting.words("closing").to_owned(),
            StatementKind::Information if entry.presents => match topic() {
                Some(topic) => format!("{} {topic}", reporting.words("briefed")),
                None => reporting.words("spoke").to_owned(),
            },
            _ => match topic() {
                Some(topic) => reporting.words("talked_of").replace("{rest}", &topic),
                None => reporting.words("spoke").to_owned(),
            },
        }
    }
}
