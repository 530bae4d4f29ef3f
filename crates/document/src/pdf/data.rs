//! A document as the JSON that `referat.typ` reads.

use serde_json::{Value, json};

use crate::document::{Beneath, Block, Document, Said, StatementBlock, short_time};
use crate::outline;
use crate::text::{Run, Text};
use referat_core::language::headings::Headings;
use referat_core::language::words::Words;

/// Returns the template's data; `shown` gives the characters that stand for a text.
pub(super) fn value(
    document: &Document,
    language: Words<'_>,
    draft: bool,
    shown: impl FnMut(&str) -> String,
) -> Value {
    let mut data = Data { shown };
    let words = Headings::of(language);
    // Somebody began to write one: a heading without words cannot be tagged.
    let unwritten =
        |block: &&Block| matches!(block, Block::Heading { text, .. } if text.is_empty());
    let blocks: Vec<Block> =
        document.blocks.iter().filter(|block| !unwritten(block)).cloned().collect();
    let title = document.title().unwrap_or_else(|| words.referat.clone());
    let title = (data.shown)(&title);
    let mark = if draft { words.draft_mark.as_str() } else { "" };
    let running = if draft { format!("{mark}: {title}") } else { title.clone() };
    json!({
        "title": title, "running": running, "draft": mark,
        "language": language.language().code(),
        "region": words.locale.rsplit('-').next().unwrap_or("").to_lowercase(),
        "page": words.page, "page_of": words.page_of,
        "blocks": data.blocks(&blocks),
    })
}

struct Data<F> {
    shown: F,
}

impl<F: FnMut(&str) -> String> Data<F> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<Value> {
        let mut levels = outline::levels(blocks).into_iter();
        let mut values = Vec::new();
        let mut rest = blocks;
        while let Some(block) = rest.first() {
            let statements: Vec<&StatementBlock> = rest
                .iter()
                .map_while(|it| if let Block::Statement(one) = it { Some(one) } else { None })
                .collect();
            if !statements.is_empty() {
                let entries: Vec<Value> = statements.iter().map(|it| self.statement(it)).collect();
                values.push(json!({"kind": "statements", "entries": entries}));
                rest = &rest[statements.len()..];
                continue;
            }
            values.push(self.block(block, &mut levels));
            rest = &rest[1..];
        }
        values
    }

    fn block(&mut self, block: &Block, levels: &mut impl Iterator<Item = u8>) -> Value {
        match block {
            Block::Heading { text, .. } => {
                let level = levels.next().unwrap_or(1);
                json!({"kind": "heading", "level": level, "text": self.text(text)})
            }
            Block::Rule | Block::Statement(_) => json!({"kind": "rule"}),
            Block::Label(text) => json!({"kind": "label", "text": self.text(text)}),
            Block::Paragraph(text) => json!({"kind": "paragraph", "text": self.text(text)}),
            Block::Note(text) => json!({"kind": "note", "text": self.text(text)}),
            Block::Numbered(entries) => {
                let numbers: Vec<Option<u32>> =
                    entries.iter().map(|entry| entry.number.parse().ok()).collect();
                let first = numbers.first().copied().flatten();
                let runs_on = first.is_some_and(|first| {
                    numbers.iter().zip(first..).all(|(number, wanted)| *number == Some(wanted))
                });
                let entries: Vec<Value> = entries
                    .iter()
                    .map(|entry| {
                        let lines: Vec<Value> = entry.lines.iter().map(|l| self.text(l)).collect();
                        json!({"number": (self.shown)(&entry.number), "lines": lines})
                    })
                    .collect();
                json!({"kind": "numbered", "start": first.filter(|_| runs_on), "entries": entries})
            }
            Block::Table { head, rows } => {
                let columns =
                    rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0).max(1);
                let mut row = |cells: &[Text]| -> Vec<Value> {
                    let empty = Text::default();
                    let cells = (0..columns).map(|at| cells.get(at).unwrap_or(&empty));
                    cells.map(|cell| self.text(cell)).collect()
                };
                let head = row(head);
                let rows: Vec<Vec<Value>> = rows
                    .iter()
                    .map(|cells| row(cells).into_iter().map(|runs| json!({"runs": runs})).collect())
                    .collect();
                json!({"kind": "table", "columns": columns, "head": head, "rows": rows})
            }
            Block::Comment(words) => json!({"kind": "comment", "text": (self.shown)(words)}),
        }
    }

    fn statement(&mut self, statement: &StatementBlock) -> Value {
        let beneath: Vec<Value> = statement
            .beneath
            .iter()
            .map(|line| match line {
                Beneath::Said(said) => json!({"said": self.said(said)}),
                Beneath::More { label, said } => {
                    let said: Vec<Value> = said.iter().map(|one| self.said(one)).collect();
                    json!({"more": {"label": (self.shown)(label), "said": said}})
                }
                Beneath::Point { depth, text } => {
                    json!({"point": {"depth": (*depth).clamp(1, 8), "text": self.text(text)}})
                }
            })
            .collect();
        json!({"text": self.text(&statement.text), "at": short_time(&statement.at), "beneath": beneath})
    }

    fn said(&mut self, said: &Said) -> Value {
        json!({"at": short_time(&said.at), "text": self.text(&said.text)})
    }

    fn text(&mut self, text: &Text) -> Value {
        let one = |run: &Run| Run { text: (self.shown)(&run.text), style: run.style };
        json!(text.runs().iter().map(one).collect::<Vec<_>>())
    }
}
