//! What stands behind the sections: the table of tasks and the lines to sign on.

use super::{Layout, Part};
use crate::document::Block;
use crate::text::Text;
use referat_core::domain::meeting::Date;
use referat_core::domain::referat::StatementKind;
use referat_core::draft::deadline::day_meant;

impl Layout<'_> {
    pub(super) fn closing(&mut self) {
        if self.profile.action_table {
            self.action_table();
        }
        if self.profile.signatures {
            let words = self.words;
            self.heading(1, words.signatures.clone(), false);
            let head = [&words.signature_name, &words.signature];
            let present = self.referat.header.present.iter();
            let rows = present.map(|one| vec![one.printed().into(), Text::default()]).collect();
            let head = head.map(|word| word.as_str().into()).to_vec();
            self.blocks.push(Block::Table { head, rows });
        }
    }

    fn action_table(&mut self) {
        let closed = |number: &Option<String>| {
            let mut items = self.referat.agenda.items.iter();
            items.any(|item| item.closed && Some(&item.number) == number.as_ref())
        };
        let rows: Vec<Vec<Text>> = self
            .referat
            .sections
            .iter()
            .filter(|section| closed(&section.item) == (self.part == Part::Closed))
            .flat_map(|section| &section.statements)
            .filter(|statement| statement.kind == StatementKind::Action)
            .map(|action| {
                let who = action.responsible.clone().unwrap_or_default();
                let due = action.deadline.as_deref().map(|due| self.day(due)).unwrap_or_default();
                vec![action.text.as_str().into(), who.into(), due.into()]
            })
            .collect();
        if !rows.is_empty() {
            let words = self.words;
            let title = self.profile.words.actions.as_ref().unwrap_or(&words.actions);
            self.heading(1, title.clone(), false);
            let head = [&words.action_task, &words.action_who, &words.action_when];
            self.blocks
                .push(Block::Table { head: head.map(|word| word.as_str().into()).to_vec(), rows });
        }
    }

    /// Returns a deadline as it was said, and the day that it means where that counts from the
    /// meeting: after a week nobody knows what `i morgen` was.
    fn day(&self, due: &str) -> String {
        if let Ok(day) = due.parse::<Date>() {
            // Drafts before 2026-11-28 kept the day alone.
            return self.words.time_line(day, None, None);
        }
        let date = self.referat.header.date;
        let meant = date.and_then(|date| day_meant(due, date, self.language));
        meant.map_or_else(
            || due.to_owned(),
            |day| format!("{due} ({})", self.words.time_line(day, None, None)),
        )
    }
}
