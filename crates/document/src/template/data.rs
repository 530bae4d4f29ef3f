//! The names that a template may use, and their values.

use std::collections::HashMap;

use serde::Serialize;

use super::Contents;
use crate::document::{Beneath, Block, NumberedEntry, Said, StatementBlock, short_time};
use crate::text::{Run, Text};
use referat_core::domain::agenda::Agenda;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Header;
use referat_core::domain::referat::{Statement, StatementKind};
use referat_core::language::headings::Headings;

/// The level of the items' headings.
const ITEM_LEVEL: u8 = 2;

/// Everything that a template is given.
#[derive(Debug, Serialize)]
pub(super) struct Values<'a> {
    title: String,
    language: Language,
    draft: bool,
    words: &'a Headings,
    header: &'a Header,
    /// The day and the hours as the header prints them.
    when: Option<String>,
    agenda: &'a Agenda,
    blocks: Vec<Part<'a>>,
    sections: Vec<Section<'a>>,
}

/// A heading and what stands beneath it, up to the next heading of whatever level.
#[derive(Debug, Serialize)]
struct Section<'a> {
    heading: Shown<'a>,
    level: u8,
    /// Number of the agenda item that it belongs to.
    item: Option<&'a str>,
    blocks: Vec<Part<'a>>,
    statements: Vec<Part<'a>>,
}

/// A block under one name for its kind.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Part<'a> {
    Heading {
        level: u8,
        #[serde(flatten)]
        shown: Shown<'a>,
    },
    Rule,
    Label(Shown<'a>),
    Paragraph(Shown<'a>),
    Note(Shown<'a>),
    Comment {
        text: &'a str,
    },
    Numbered {
        entries: Vec<Entry<'a>>,
    },
    Table {
        head: Vec<Shown<'a>>,
        rows: Vec<Vec<Shown<'a>>>,
    },
    Statement(Entered<'a>),
}

/// A text: its words alone, and in runs of one style each.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    text: String,
    runs: &'a [Run],
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    number: &'a str,
    lines: Vec<Shown<'a>>,
}

/// A statement, or a bullet of the referent's own: then only its text and points are there.
#[derive(Debug, Serialize)]
struct Entered<'a> {
    #[serde(flatten)]
    shown: Shown<'a>,
    id: Option<&'a str>,
    at: &'a str,
    act: Option<StatementKind>,
    speaker: Option<&'a str>,
    responsible: Option<&'a str>,
    deadline: Option<&'a str>,
    points: Vec<Point<'a>>,
    said: Vec<Quote<'a>>,
}

#[derive(Debug, Serialize)]
struct Point<'a> {
    depth: u8,
    #[serde(flatten)]
    shown: Shown<'a>,
}

#[derive(Debug, Serialize)]
struct Quote<'a> {
    at: &'a str,
    #[serde(flatten)]
    shown: Shown<'a>,
}

/// What the machine knows, by the statements' names.
type Known<'a> = HashMap<&'a str, &'a Statement>;

/// Returns the values of `contents`.
pub(super) fn values<'a>(contents: &Contents<'a>, words: &'a Headings) -> Values<'a> {
    let Contents { document, meeting, language, draft, .. } = *contents;
    let all = contents.referat.iter().flat_map(|referat| &referat.sections);
    let all = all.flat_map(|section| &section.statements);
    let known: Known<'a> = all.map(|statement| (statement.id.0.as_str(), statement)).collect();
    let parts = |blocks: &'a [Block]| blocks.iter().map(|it| part(it, &known)).collect();
    let mut sections: Vec<Section<'a>> = Vec::new();
    let starts: Vec<usize> = document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block, Block::Heading { .. }))
        .map(|(index, _)| index)
        .collect();
    let mut current = None;
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(document.blocks.len());
        let Some(Block::Heading { level, text, .. }) = document.blocks.get(*start) else {
            continue;
        };
        // What stands under a heading of an item's, a part of it or her own, is the item's.
        if *level <= ITEM_LEVEL {
            current = item(text, &meeting.agenda);
        }
        let own = document.blocks.get(start + 1..end).unwrap_or_default();
        let statements = own.iter().filter(|block| matches!(block, Block::Statement(_)));
        sections.push(Section {
            heading: shown(text),
            level: *level,
            item: current,
            blocks: parts(own),
            statements: statements.map(|it| part(it, &known)).collect(),
        });
    }
    Values {
        title: document.title().unwrap_or_else(|| words.referat.clone()),
        language: language.language(),
        draft,
        words,
        header: &meeting.header,
        when: meeting
            .header
            .date
            .map(|day| words.time_line(day, meeting.header.start, meeting.header.end)),
        agenda: &meeting.agenda,
        blocks: parts(&document.blocks),
        sections,
    }
}

/// Returns the number of the item whose heading this is: a word (`Ad`), the number, the title.
fn item<'a>(heading: &Text, agenda: &'a Agenda) -> Option<&'a str> {
    let heading = heading.plain();
    let mut words = heading.split_whitespace().skip(1);
    let number = words.next()?;
    let items = agenda.items.iter().filter(|item| item.number == number);
    let mut fit = items.filter(|item| heading.contains(item.title.as_str()));
    fit.next().map(|item| item.number.as_str())
}

fn shown(text: &Text) -> Shown<'_> {
    Shown { text: text.plain(), runs: text.runs() }
}

fn part<'a>(block: &'a Block, known: &Known<'a>) -> Part<'a> {
    match block {
        Block::Heading { level, text, .. } => Part::Heading { level: *level, shown: shown(text) },
        Block::Rule => Part::Rule,
        Block::Label(text) => Part::Label(shown(text)),
        Block::Paragraph(text) => Part::Paragraph(shown(text)),
        Block::Note(text) => Part::Note(shown(text)),
        Block::Comment(text) => Part::Comment { text },
        Block::Numbered(entries) => Part::Numbered { entries: entries.iter().map(entry).collect() },
        Block::Table { head, rows } => Part::Table {
            head: head.iter().map(shown).collect(),
            rows: rows.iter().map(|row| row.iter().map(shown).collect()).collect(),
        },
        Block::Statement(statement) => Part::Statement(entered(statement, known)),
    }
}

fn entry(entry: &NumberedEntry) -> Entry<'_> {
    Entry { number: &entry.number, lines: entry.lines.iter().map(shown).collect() }
}

fn entered<'a>(block: &'a StatementBlock, known: &Known<'a>) -> Entered<'a> {
    let known = block.id.as_ref().and_then(|id| known.get(id.0.as_str()).copied());
    let points = block.beneath.iter().filter_map(|line| match line {
        Beneath::Point { depth, text } => Some(Point { depth: *depth, shown: shown(text) }),
        Beneath::Said(_) | Beneath::More { .. } => None,
    });
    let said = block.beneath.iter().flat_map(|line| match line {
        Beneath::Said(said) => std::slice::from_ref(said),
        Beneath::More { said, .. } => said.as_slice(),
        Beneath::Point { .. } => &[],
    });
    let quote = |said: &'a Said| Quote { at: short_time(&said.at), shown: shown(&said.text) };
    Entered {
        shown: shown(&block.text),
        id: block.id.as_ref().map(|id| id.0.as_str()),
        at: short_time(&block.at),
        act: known.map(|it: &Statement| it.kind),
        speaker: known.and_then(|it| it.speaker.as_deref()),
        responsible: known.and_then(|it| it.responsible.as_deref()),
        deadline: known.and_then(|it| it.deadline.as_deref()),
        points: points.collect(),
        said: said.map(quote).collect(),
    }
}
