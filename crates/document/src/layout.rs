//! House rules: which blocks a referat consists of, and in which order.
//!
//! The order is the seed referat's: title, labelled facts, agenda, then one section per item.
//! What a profile may change stands in [`Profile`]; nothing here knows a file format.

mod closing;
mod opening;

use crate::document::{Beneath, Block, Document, Said, StatementBlock};
use crate::profile::{Body, Numbering, Profile};
use referat_core::domain::agenda::{AgendaItem, SubItem};
use referat_core::domain::referat::{Material, Referat, Section, Statement, StatementKind};
use referat_core::language::headings::Headings;
use referat_core::language::prose::ProseWords;
use referat_core::language::words::Words;

/// Words heard with less probability than this on average are said to be uncertain: the measure
/// from which the draft puts nothing into other words.
const HEARD_BADLY: f32 = 0.62;

/// Which of the two documents of a meeting is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything but what was said under closed items.
    Open,
    /// The closed items alone.
    Closed,
}

/// Returns the document that `referat` makes under the house rules of `profile`.
pub fn document(referat: &Referat, language: Words<'_>, profile: &Profile, part: Part) -> Document {
    let mut layout = Layout {
        referat,
        language,
        words: Headings::of(language),
        profile,
        part,
        blocks: Vec::new(),
    };
    layout.header();
    layout.agenda();
    layout.sections();
    layout.closing();
    Document { blocks: layout.blocks }
}

struct Layout<'a> {
    referat: &'a Referat,
    language: Words<'a>,
    words: &'a Headings,
    profile: &'a Profile,
    part: Part,
    blocks: Vec<Block>,
}

impl Layout<'_> {
    fn speech_model(&self) -> Option<&str> {
        self.referat.speech_model.as_deref()
    }

    /// Returns whether most of what was heard was heard badly: then one note says so.
    fn is_all_blurred(&self) -> bool {
        let heard = self.referat.sections.iter().filter_map(|section| section.heard);
        let (poor, all) = heard
            .fold((0, 0), |(poor, all), heard| (poor + usize::from(heard < HEARD_BADLY), all + 1));
        poor * 2 > all
    }

    fn sections(&mut self) {
        let referat = self.referat;
        let opening: Vec<&Statement> = referat
            .sections
            .iter()
            .filter(|section| section.item.is_none() && self.part == Part::Open)
            .flat_map(|section| &section.statements)
            .collect();
        let first_opens = referat
            .agenda
            .items
            .first()
            .is_some_and(|item| !item.closed && self.words.opens_meeting(&item.title));
        if !opening.is_empty() && !first_opens {
            self.heading(2, self.words.opening.clone(), true);
            self.statements(&opening);
        }
        for (index, item) in referat.agenda.items.iter().enumerate() {
            if self.part == Part::Closed && !item.closed {
                continue;
            }
            self.item_heading(index, item);
            if index == 0 && first_opens {
                self.statements(&opening);
            }
            let section = referat
                .sections
                .iter()
                .find(|section| section.item.as_deref() == Some(item.number.as_str()));
            if item.closed && self.part == Part::Open {
                self.blocks.push(Block::Note(self.words.closed_item.as_str().into()));
            } else {
                self.item_body(item, section, index == 0 && first_opens && !opening.is_empty());
            }
        }
    }

    fn item_heading(&mut self, index: usize, item: &AgendaItem) {
        let word = self.profile.item_word.as_ref().unwrap_or(&self.words.item);
        let title = with_presenter(&item.title, item.presenter_printed.as_deref());
        let text = format!("{word} {} {title}", self.number(index, item));
        self.heading(2, text, true);
    }

    fn item_body(&mut self, item: &AgendaItem, section: Option<&Section>, opened: bool) {
        let statements: Vec<&Statement> =
            section.iter().flat_map(|section| &section.statements).collect();
        if statements.is_empty() {
            let heard = section.is_some_and(|section| !section.spans.is_empty());
            let note = if heard { &self.words.only_procedure } else { &self.words.nothing_said };
            if !opened {
                self.blocks.push(Block::Note(note.as_str().into()));
            }
            return;
        }
        let blurred = section.and_then(|section| section.heard).is_some_and(|it| it < HEARD_BADLY);
        if blurred && !self.is_all_blurred() {
            self.blocks.push(Block::Note(self.words.heard_badly(self.speech_model()).into()));
        }
        match self.profile.body {
            Body::AsSpoken => self.as_spoken(item, &statements),
            Body::DecisionsFirst => {
                let (decided, rest) = split(&statements, is_outcome);
                let (own, words) = (&self.profile.words, self.words);
                self.part_of_item(own.decisions.as_ref().unwrap_or(&words.decisions), &decided);
                self.part_of_item(own.discussion.as_ref().unwrap_or(&words.discussion), &rest);
            }
            Body::CaseParts => {
                let (decided, rest) = split(&statements, is_outcome);
                let (proposed, told) =
                    split(&rest, |statement| statement.kind == StatementKind::Proposal);
                let (own, words) = (&self.profile.words, self.words);
                self.part_of_item(own.case.as_ref().unwrap_or(&words.case), &told);
                let recommendation = own.recommendation.as_ref().unwrap_or(&words.recommendation);
                self.part_of_item(recommendation, &proposed);
                self.part_of_item(own.resolution.as_ref().unwrap_or(&words.resolution), &decided);
            }
        }
    }

    fn as_spoken(&mut self, item: &AgendaItem, statements: &[&Statement]) {
        let (loose, _) =
            split(statements, |statement| statement.sub.is_none_or(|sub| sub >= item.sub.len()));
        self.statements(&loose);
        for (index, sub) in item.sub.iter().enumerate() {
            let (under, _) = split(statements, |statement| statement.sub == Some(index));
            // The agenda names every part; here stand those that something was said under.
            if !under.is_empty() {
                self.heading(3, sub_line(sub), true);
                self.statements(&under);
            }
        }
    }

    fn part_of_item(&mut self, label: &str, statements: &[&Statement]) {
        if !statements.is_empty() {
            self.blocks.push(Block::Label(label.into()));
            self.statements(statements);
        }
    }

    fn statements(&mut self, statements: &[&Statement]) {
        for statement in statements {
            let material = if self.profile.material { statement.material.as_slice() } else { &[] };
            // A single sentence over would fold to a line of its own: no gain.
            let open = if material.len() <= self.profile.open_sentences + 1 {
                material.len()
            } else {
                self.profile.open_sentences
            };
            let (shown, folded) = material.split_at(open);
            let own = statement.own_text.as_ref().map(|line| Material {
                at_ms: statement.span.start(),
                text: ProseWords::of(self.language).own_line(line),
            });
            let open = own.iter().chain(shown).map(said);
            let mut beneath: Vec<Beneath> = open.map(Beneath::Said).collect();
            if !folded.is_empty() {
                let said = folded.iter().map(said).collect();
                beneath.push(Beneath::More { label: self.words.more.clone(), said });
            }
            self.blocks.push(Block::Statement(StatementBlock {
                id: Some(statement.id.clone()),
                at: statement.span.start().to_string(),
                text: statement.text.as_str().into(),
                beneath,
            }));
        }
    }

    fn number(&self, index: usize, item: &AgendaItem) -> String {
        match self.profile.numbering {
            Numbering::Printed => item.number.clone(),
            Numbering::Running => {
                let printed = self.referat.agenda.items.first().map(|item| item.number.parse());
                let printed = printed.and_then(Result::ok).unwrap_or(1_u32);
                (index + self.profile.first_number.max(printed) as usize).to_string()
            }
        }
    }

    fn heading(&mut self, level: u8, text: String, bold: bool) {
        self.blocks.push(Block::Heading { level, text: text.into(), bold });
    }

    fn labelled(&mut self, label: &str, values: Vec<String>) {
        if !values.is_empty() {
            self.blocks.push(Block::Label(label.into()));
            self.blocks.extend(values.into_iter().map(|value| Block::Paragraph(value.into())));
        }
    }
}

fn with_presenter(title: &str, printed: Option<&str>) -> String {
    printed.map_or_else(|| title.to_owned(), |printed| format!("{title} {printed}"))
}

fn said(material: &Material) -> Said {
    Said { at: material.at_ms.to_string(), text: material.text.as_str().into() }
}

fn sub_line(sub: &SubItem) -> String {
    with_presenter(&sub.title, sub.presenter_printed.as_deref())
}

fn is_outcome(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Decision | StatementKind::Vote | StatementKind::Action)
}

fn split<'a>(
    statements: &[&'a Statement],
    chosen: impl Fn(&Statement) -> bool,
) -> (Vec<&'a Statement>, Vec<&'a Statement>) {
    statements.iter().partition(|statement| chosen(statement))
}
