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
            (Some(topic), false) => reporting.phrases.talk_of.replace("{rest}", &topic),
            (None, false) if self.item.is_none() => reporting.phrases.talk_opening.clone(),
            (None, false) => reporting.phrases.talk.clone(),
            (_, true) => reporting.phrases.talk_goes_on.clone(),
        }
    }

    /// Returns the act of somebody whose words were heard badly: nothing of the words.
    pub(super) fn blurred_act(&self, entry: &Entry) -> String {
        let reporting = Reporting::of(self.language);
        let topic = || self.topic(entry).filter(|_| !entry.again);
        match entry.kind.unwrap_or(StatementKind::Remark) {
            StatementKind::Question => reporting.phrases.asked_something.clone(),
            StatementKind::Proposal => reporting.phrases.proposed_something.clone(),
            StatementKind::Concern => reporting.phrases.concern.clone(),
            StatementKind::Objection => reporting.phrases.objection.clone(),
            StatementKind::Support => reporting.phrases.agreement.clone(),
            StatementKind::Thanks => reporting.phrases.thanks.clone(),
            StatementKind::Welcome => reporting.phrases.welcome.clone(),
            StatementKind::Opening => reporting.phrases.opening.clone(),
            StatementKind::Closing => reporting.phrases.closing.clone(),
            StatementKind::Information if entry.presents => match topic() {
                Some(topic) => format!("{} {topic}", reporting.phrases.briefed),
                None => reporting.phrases.spoke.clone(),
            },
            _ => match topic() {
                Some(topic) => reporting.phrases.talked_of.replace("{rest}", &topic),
                None => reporting.phrases.spoke.clone(),
            },
        }
    }
}
