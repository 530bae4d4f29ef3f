//! Paragraphs and tables become the blocks of a referat, by their styles and lists.

use std::sync::LazyLock;

use regex::Regex;

use super::flow::{WordBlock, WordCell, WordParagraph};
use super::numbering::ListMark;
use super::runs::{PAGE_END, RunPiece};
use super::styles::{Role, Styles};
use crate::document::{Beneath, Block, Document, NumberedEntry, Said, StatementBlock, whole_time};
use crate::text::{Run, Style, Text};
use referat_core::domain::referat::StatementId;
use referat_core::language::pattern::regex;

static PRINTED: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(\w+(?:\.\w+)*)[.)](?:\s+|$)"));

/// Returns the document that a body is.
pub(super) fn document(body: Vec<WordBlock>, styles: &Styles) -> Document {
    let mut blocks = Blocks { styles, blocks: Vec::new(), last_list: None };
    blocks.add(body);
    Document { blocks: blocks.blocks }
}

/// The blocks so far.
#[derive(Debug)]
struct Blocks<'a> {
    styles: &'a Styles,
    blocks: Vec<Block>,
    last_list: Option<String>,
}

impl Blocks<'_> {
    fn add(&mut self, blocks: Vec<WordBlock>) {
        for block in blocks {
            match block {
                WordBlock::Paragraph(mut paragraph) => {
                    let boxes = std::mem::take(&mut paragraph.boxes);
                    self.paragraph(paragraph);
                    self.add(boxes);
                }
                WordBlock::Table(rows) => self.table(rows),
                // What lies whole inside is no part of a referat that we sent.
                WordBlock::Chunk(_) => {}
            }
        }
    }

    /// Adds a table; its first row is its head.
    fn table(&mut self, rows: Vec<Vec<WordCell>>) {
        let row = |row: Vec<WordCell>| row.into_iter().map(|it| cell(it.blocks).into()).collect();
        let mut rows = rows.into_iter().map(row);
        if let Some(head) = rows.next() {
            self.blocks.push(Block::Table { head, rows: rows.collect() });
        }
    }

    /// Adds a paragraph; one without words is a rule or nothing.
    fn paragraph(&mut self, paragraph: WordParagraph) {
        let role = self.styles.role(&paragraph.style);
        let (shown, sources): (Vec<&RunPiece>, Vec<&RunPiece>) =
            paragraph.pieces.iter().partition(|piece| !piece.source);
        let text = Text::from(shown.into_iter().map(words).collect::<Vec<_>>());
        let at = sources.first().map(|piece| time(&piece.run.text)).unwrap_or_default();
        if role == Role::Rule && text.is_empty() {
            return self.blocks.push(Block::Rule);
        }
        if text.is_empty() && (role != Role::Material || sources.is_empty()) {
            return;
        }
        match role {
            Role::Heading(level) => {
                let bold = text.all(|style| style.strong);
                let text = if bold { upright(&text, Style::STRONG) } else { text };
                return self.blocks.push(Block::Heading { level, text, bold });
            }
            Role::Label => return self.blocks.push(Block::Label(upright(&text, Style::STRONG))),
            Role::Note => return self.blocks.push(Block::Note(upright(&text, EMPHASIS))),
            Role::Material => return self.material(&paragraph),
            Role::Comment => {
                let words: Vec<&str> =
                    paragraph.pieces.iter().map(|piece| piece.run.text.as_str()).collect();
                return self.blocks.push(Block::Comment(words.concat().trim().to_owned()));
            }
            _ => {}
        }
        match (role, paragraph.mark.filter(|mark| mark.known)) {
            (_, Some(mark)) if mark.bullet => self.bullet(mark.level, paragraph.ids, at, text),
            (_, Some(mark)) => self.numbered(mark, &text),
            (Role::Bullet(depth), None) => self.bullet(depth.into(), paragraph.ids, at, text),
            (Role::Number, None) => self.printed(text),
            _ if !paragraph.ids.is_empty() => self.bullet(0, paragraph.ids, at, text),
            _ => self.plain(text),
        }
    }

    fn bullet(&mut self, depth: usize, ids: Vec<StatementId>, at: String, text: Text) {
        let id = ids.into_iter().next();
        if depth > 0
            && id.is_none()
            && let Some(Block::Statement(statement)) = self.blocks.last_mut()
        {
            let depth = u8::try_from(depth).unwrap_or(u8::MAX);
            statement.beneath.push(Beneath::Point { depth, text });
            return;
        }
        self.blocks.push(Block::Statement(StatementBlock { id, at, text, beneath: Vec::new() }));
    }

    /// Adds an entry whose number the list counts.
    fn numbered(&mut self, mark: ListMark, text: &Text) {
        let parts: Vec<String> = mark.counts.iter().map(u32::to_string).collect();
        let entry = NumberedEntry { number: parts.join("."), lines: text.lines() };
        let same = self.last_list.as_ref() == Some(&mark.definition) && !mark.anew;
        self.last_list = Some(mark.definition);
        match self.blocks.last_mut() {
            Some(Block::Numbered(entries)) if same => entries.push(entry),
            _ => self.blocks.push(Block::Numbered(vec![entry])),
        }
    }

    /// Adds an entry whose number is part of its text.
    fn printed(&mut self, text: Text) {
        let words = text.plain();
        let Some(found) = PRINTED.captures(&words) else { return self.plain(text) };
        let entry = NumberedEntry {
            number: found[1].to_owned(),
            lines: without_start(&text, found[0].chars().count()).lines(),
        };
        let same = self.last_list.as_deref() == Some("");
        self.last_list = Some(String::new());
        match self.blocks.last_mut() {
            Some(Block::Numbered(entries)) if same => entries.push(entry),
            _ => self.blocks.push(Block::Numbered(vec![entry])),
        }
    }

    /// Adds a paragraph, or the label or note that one all in bold or in italics is.
    fn plain(&mut self, text: Text) {
        let one_line = text.lines().len() == 1;
        let block = if one_line && text.all(|style| style.strong) {
            Block::Label(upright(&text, Style::STRONG))
        } else if one_line && text.all(|style| style.emphasis) {
            Block::Note(upright(&text, EMPHASIS))
        } else {
            Block::Paragraph(text)
        };
        self.blocks.push(block);
    }

    /// Adds the sentences that stand beneath a statement: each begins with its time.
    fn material(&mut self, paragraph: &WordParagraph) {
        let mut label = Vec::new();
        let mut said: Vec<(String, Vec<Run>)> = Vec::new();
        for piece in &paragraph.pieces {
            let run = words(piece);
            match said.last_mut() {
                _ if piece.source && !time(&run.text).is_empty() => {
                    said.push((time(&run.text), Vec::new()));
                }
                Some((_, runs)) => runs.push(run),
                None => label.push(run),
            }
        }
        let label = Text::from(label);
        let mut said: Vec<Said> =
            said.into_iter().map(|(at, runs)| Said { at, text: runs.into() }).collect();
        let line = match (label.is_empty(), said.len()) {
            (false, 0) => Beneath::Point { depth: 1, text: label },
            (true, 1) => Beneath::Said(said.remove(0)),
            _ => Beneath::More { label: label.plain(), said },
        };
        match self.blocks.last_mut() {
            Some(Block::Statement(statement)) => statement.beneath.push(line),
            _ => {
                let beneath = vec![line];
                self.blocks.push(Block::Statement(StatementBlock { beneath, ..<_>::default() }));
            }
        }
    }
}

const EMPHASIS: Style = Style { strong: false, emphasis: true, comment: false };

/// Returns a text without what its block shows by itself.
fn upright(text: &Text, shown: Style) -> Text {
    text.restyled(|style| Style {
        strong: style.strong && !shown.strong,
        emphasis: style.emphasis && !shown.emphasis,
        ..style
    })
}

/// Returns a run's words: the end of a page is a space.
fn words(piece: &RunPiece) -> Run {
    Run { text: piece.run.text.replace(PAGE_END, " "), style: piece.run.style }
}

/// Returns a cell's paragraphs, each ended; a table within is told line by line.
fn cell(blocks: Vec<WordBlock>) -> Vec<Run> {
    let end = || Run { text: "\n".into(), style: Style::default() };
    let mut runs = Vec::new();
    for block in blocks {
        match block {
            WordBlock::Paragraph(paragraph) => {
                runs.extend(paragraph.pieces.iter().map(words));
                runs.push(end());
                runs.extend(cell(paragraph.boxes));
            }
            WordBlock::Table(rows) => {
                for inner in rows.into_iter().flatten() {
                    runs.extend(Vec::<Run>::from(Text::from(cell(inner.blocks))));
                    runs.push(end());
                }
            }
            WordBlock::Chunk(_) => {}
        }
    }
    runs
}

/// Returns a time without the brackets it is shown in.
fn time(shown: &str) -> String {
    whole_time(shown.trim_matches(|c: char| c.is_whitespace() || c == '[' || c == ']'))
}

/// Returns the text without its first `count` characters.
fn without_start(text: &Text, mut count: usize) -> Text {
    let mut runs = Vec::new();
    for run in text.runs() {
        let length = run.text.chars().count();
        let cut = if run.style.comment { 0 } else { count.min(length) };
        count -= cut;
        runs.push(Run { text: run.text.chars().skip(cut).collect(), ..run.clone() });
    }
    runs.into()
}
