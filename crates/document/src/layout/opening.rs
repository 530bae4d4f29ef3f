//! What stands before the sections: the title, the labelled facts, notes on how the draft was made,
//! and the agenda.

use super::{Layout, Part, sub_line, with_presenter};
use crate::document::{Block, NumberedEntry};
use crate::text::Text;
use referat_core::domain::meeting::Participant;
use referat_core::language::headings::Headings;
use referat_core::language::prose::ProseWords;

impl Layout<'_> {
    pub(super) fn header(&mut self) {
        let (header, words) = (&self.referat.header, self.words);
        self.heading(1, title(header.title.as_deref(), words, self.part), false);
        self.blocks.push(Block::Rule);
        if let Some(date) = header.date {
            let line = words.time_line(date, header.start, header.end);
            self.labelled(&words.time, vec![format!("{line}.")]);
        } else if let Some(start) = header.start {
            let end = header.end.map(|end| format!(" - {end}")).unwrap_or_default();
            self.labelled(&words.time, vec![format!("{start}{end}")]);
        }
        self.labelled(&words.place, header.place.iter().cloned().collect());
        for (label, people) in [
            (&words.present, &header.present),
            (&words.remote, &header.remote),
            (&words.absent, &header.absent),
        ] {
            self.labelled(label, people.iter().map(Participant::printed).collect());
        }
        if self.profile.attendance {
            self.labelled(&words.attendance, vec![words.attendance_none.clone()]);
        }
        if self.is_all_blurred() {
            self.blocks.push(Block::Note(self.words.heard_badly_all(self.speech_model()).into()));
        }
        let notes = self.referat.notes.iter().map(|note| Block::Note(note.as_str().into()));
        self.blocks.extend(notes);
        if let Some(model) = &self.referat.language_model {
            let statements = self.referat.sections.iter().flat_map(|section| &section.statements);
            let worded = statements.filter(|statement| statement.own_text.is_some()).count();
            let note = ProseWords::of(self.language).note(model, worded);
            self.blocks.push(Block::Note(note.into()));
        }
    }

    pub(super) fn agenda(&mut self) {
        if !self.profile.agenda || self.referat.agenda.items.is_empty() {
            return;
        }
        let entries = self.referat.agenda.items.iter().enumerate().map(|(index, item)| {
            let first = with_presenter(&item.title, item.presenter_printed.as_deref());
            let lines = std::iter::once(first).chain(item.sub.iter().map(sub_line));
            let lines = lines.map(Text::from).collect();
            NumberedEntry { number: self.number(index, item), lines }
        });
        let entries = entries.collect();
        self.heading(1, self.words.agenda.clone(), false);
        self.blocks.push(Block::Numbered(entries));
    }
}

fn title(title: Option<&str>, words: &Headings, part: Part) -> String {
    let plain = title.map(|title| title.strip_prefix(&words.referat_of).unwrap_or(title).trim());
    match (plain, part) {
        (Some(name), Part::Open) => format!("{} {name}", words.referat_of),
        (Some(name), Part::Closed) => format!("{} {name}", words.closed_referat_of),
        (None, _) => words.referat.clone(),
    }
}
